"""What a record says of one project, as facts of its machine: each row makes an entry, or checks one."""

from __future__ import annotations

from collections.abc import Iterable

from jcm_cycle.case import Case
from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, sort_day, span
from jcm_cycle.entries import Fact
from jcm_cycle.evidence import DecisionMode, JointCommitteeDecision, Opening, Outcome, ValidationReport
from jcm_cycle.record._bundle import written
from jcm_cycle.record._rows import As, Made, sources
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord, SubjectType
from jcm_cycle.states import project

__all__ = ["by_project", "mode", "project_case"]

_LATER = (EventWord.REGISTRATION_ANNOUNCED, EventWord.REGISTRATION_COMPLETED)
_AFTER_VALIDATION = (EventWord.REGISTERED, EventWord.REGISTRATION_REQUEST_WITHDRAWN, *_LATER)


def by_project(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims of each project."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.subject_type is SubjectType.PROJECT and claim.country != "JP":
            for name in claim.names:
                found.setdefault(name, []).append(claim)
    return found


def project_case(name: str, claims: list[Claim]) -> list[Made]:
    """Return the opening and the recorded facts of one project; none where no row gives a fact.

    Args:
        name: id of the case.
        claims: all that the record says of it, in the order of the file.
    """
    facts = [
        *_registration(name, _words(claims, EventWord.REGISTERED), _words(claims, *_LATER)),
        *_validation(claims),
        *_withdrawal(_words(claims, EventWord.REGISTRATION_REQUEST_WITHDRAWN)),
        *_observations(_words(claims, EventWord.STATUS_IN_VALIDATION)),
    ]
    if not facts:
        return []
    own = [claim for claim in claims if not claim.joint] or claims
    titled = sorted(own, key=lambda claim: (claim.event is not EventWord.REGISTERED, claim.line))
    versions = tuple(dict.fromkeys(m for claim in own for m in claim.detail.methodologies))
    opening = Opening(
        country=claims[0].country,
        title=titled[0].title.strip() or None,
        reference=name if claims[0].subjects else None,
        methodologies=versions or None,
    )
    opened = Case.imported(project, name, opening, on=UNKNOWN_DAY, sources=sources(titled[:1]))
    return [
        Made(opened.draft, {}),
        *(Made(opened.case.record(fact).draft, _roles(rows, first)) for fact, rows, first in facts),
    ]


_Told = tuple[Fact, list[Claim], As]
"""A fact, its rows, and what the first of them is to it; the others check it."""


def _roles(claims: list[Claim], first: As) -> dict[int, As]:
    return {claim.line: As.CROSS_CHECK if place else first for place, claim in enumerate(claims)}


def _words(claims: list[Claim], *words: EventWord) -> list[Claim]:
    """Return the claims of these words, those on the project alone first."""
    found = (claim for claim in claims if claim.event in words)
    return sorted(found, key=written)


def _day(claims: Iterable[Claim]) -> Day:
    """Return the day that all rows leave; a row without one leaves it to the others."""
    days = tuple(claim.day for claim in claims if claim.day != UNKNOWN_DAY)
    return span(days) if days else UNKNOWN_DAY


def _registration(name: str, registered: list[Claim], later: list[Claim]) -> list[_Told]:
    """A project is registered once: several days become the stretch that holds them.

    An announcement, or the completion of the procedure, is a later view; alone it says by when it was registered.
    """
    if not registered and not later:
        return []
    rows = [*registered, *sorted(later, key=lambda claim: sort_day(claim.day))]
    day = _day(registered) if registered else Between(not_after=exact(rows[0].day))
    decided_by = next((claim.decided_by for claim in rows if claim.decided_by), None)
    decision = JointCommitteeDecision(
        decision=Outcome.REGISTERED,
        effective_on=exact(day),
        mode=mode(decided_by),
        meeting=decided_by,
        cases=(name,),
    )
    fact = project.decide_registration.fact(on=day, evidence=decision, sources=sources(rows))
    return [(fact, rows, As.ENTRY)]


def mode(decided_by: str | None) -> DecisionMode | None:
    """Read how it was decided from what the record says, and nothing else."""
    if decided_by is None:
        return None
    if decided_by == "electronic decision":
        return DecisionMode.ELECTRONIC
    return DecisionMode.MEETING if "Joint Committee in " in decided_by else None


def _validation(claims: list[Claim]) -> list[_Told]:
    """The opinion is not stated; it was positive where registration was asked for later, else it is left open.

    A report without a day was completed by the day of the registration, where that is known.
    """
    went_on = any(claim.event in _AFTER_VALIDATION for claim in claims)
    registered = _day(_words(claims, EventWord.REGISTERED))
    latest = registered.not_after if isinstance(registered, Between) else registered
    facts = []
    for day, rows in _by_day(_words(claims, EventWord.VALIDATION_COMPLETED)).items():
        report = None
        if went_on and rows[0].title.strip():
            report = ValidationReport(title=rows[0].title, completed_on=exact(day), opinion=Outcome.POSITIVE)
        outcome = Outcome.POSITIVE if went_on else None
        on = Between(not_after=latest) if day == UNKNOWN_DAY else day
        fact = project.conclude_validation.fact(on=on, outcome=outcome, evidence=report, sources=sources(rows))
        facts.append((fact, rows, As.ENTRY))
    return facts


def _withdrawal(claims: list[Claim]) -> list[_Told]:
    if not claims:
        return []
    return [(project.withdraw_request.fact(on=_day(claims), sources=sources(claims)), claims, As.ENTRY)]


def _observations(claims: list[Claim]) -> list[_Told]:
    return [
        (project.observed("in_validation", on=day, sources=sources(rows)), rows, As.OBSERVATION)
        for day, rows in _by_day(claims).items()
    ]


def _by_day(claims: list[Claim]) -> dict[Day, list[Claim]]:
    found: dict[Day, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.day, []).append(claim)
    return found
