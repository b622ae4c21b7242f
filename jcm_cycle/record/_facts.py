"""What a record says of one project, as facts of its machine: each row makes an entry, or checks one."""

from __future__ import annotations

from jcm_cycle.days import UNKNOWN_DAY, Between, exact, sort_day
from jcm_cycle.evidence import JointCommitteeDecision, Opening, Outcome, ValidationReport
from jcm_cycle.record._recorded import Told, by_day, mode, recorded, roles, titled, told_day, words
from jcm_cycle.record._rows import As, Made, sources
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord
from jcm_cycle.states import project

__all__ = ["project_case"]

_LATER = (EventWord.REGISTRATION_ANNOUNCED, EventWord.REGISTRATION_COMPLETED)
_AFTER_VALIDATION = (EventWord.REGISTERED, EventWord.REGISTRATION_REQUEST_WITHDRAWN, *_LATER)


def project_case(name: str, claims: list[Claim]) -> list[Made]:
    """Return the opening and the recorded facts of one project; none where no row gives a fact.

    Args:
        name: id of the case.
        claims: all that the record says of it, in the order of the file.
    """
    facts = [
        *_registration(name, words(claims, EventWord.REGISTERED), words(claims, *_LATER)),
        *_validation(claims),
        *_withdrawal(words(claims, EventWord.REGISTRATION_REQUEST_WITHDRAWN)),
        *_observations(words(claims, EventWord.STATUS_IN_VALIDATION)),
    ]
    if not facts:
        return []
    own = [claim for claim in claims if not claim.joint] or claims
    opened_by = titled(claims, EventWord.REGISTERED)
    versions = tuple(dict.fromkeys(m for claim in own for m in claim.detail.methodologies))
    opening = Opening(
        country=claims[0].country,
        title=opened_by.title.strip() or None,
        reference=name if claims[0].subjects else None,
        methodologies=versions or None,
    )
    return recorded(project, name, opening, facts, opened_by=[opened_by])


def _registration(name: str, registered: list[Claim], later: list[Claim]) -> list[Told]:
    """A project is registered once: several days become the stretch that holds them.

    An announcement, or the completion of the procedure, is a later view; alone it says by when it was registered.
    """
    if not registered and not later:
        return []
    rows = [*registered, *sorted(later, key=lambda claim: sort_day(claim.day))]
    day = told_day(registered) if registered else Between(not_after=exact(rows[0].day))
    decided_by = next((claim.decided_by for claim in rows if claim.decided_by), None)
    decision = JointCommitteeDecision(
        decision=Outcome.REGISTERED,
        effective_on=exact(day),
        mode=mode(decided_by),
        meeting=decided_by,
        cases=(name,),
    )
    fact = project.decide_registration.fact(on=day, evidence=decision, sources=sources(rows))
    return [(fact, roles(rows))]


def _validation(claims: list[Claim]) -> list[Told]:
    """The opinion is not stated; it was positive where registration was asked for later, else it is left open.

    A report without a day was completed by the day of the registration, where that is known.
    """
    went_on = any(claim.event in _AFTER_VALIDATION for claim in claims)
    registered = told_day(words(claims, EventWord.REGISTERED))
    latest = registered.not_after if isinstance(registered, Between) else registered
    facts = []
    for day, rows in by_day(words(claims, EventWord.VALIDATION_COMPLETED)).items():
        report = None
        if went_on and rows[0].title.strip():
            report = ValidationReport(title=rows[0].title, completed_on=exact(day), opinion=Outcome.POSITIVE)
        outcome = Outcome.POSITIVE if went_on else None
        on = Between(not_after=latest) if day == UNKNOWN_DAY else day
        fact = project.conclude_validation.fact(on=on, outcome=outcome, evidence=report, sources=sources(rows))
        facts.append((fact, roles(rows)))
    return facts


def _withdrawal(claims: list[Claim]) -> list[Told]:
    if not claims:
        return []
    return [(project.withdraw_request.fact(on=told_day(claims), sources=sources(claims)), roles(claims))]


def _observations(claims: list[Claim]) -> list[Told]:
    return [
        (project.observed("in_validation", on=day, sources=sources(rows)), roles(rows, As.OBSERVATION))
        for day, rows in by_day(claims).items()
    ]
