"""What a record says of one project, as facts of the machine: each row becomes a fact, a status seen, or a check."""

from __future__ import annotations

from collections.abc import Iterable

from jcm_cycle.case import Case
from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, span
from jcm_cycle.entries import Draft, Fact, Source
from jcm_cycle.evidence import DecisionMode, JointCommitteeDecision, Opening, Outcome, ValidationReport
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord, SubjectType
from jcm_cycle.states import project

__all__ = ["CHECKED", "OBSERVED", "REPLAYED", "by_case", "drafts"]

REPLAYED, CHECKED, OBSERVED = "replayed", "checked", "observed"
"""What becomes of a row: an entry, a check of one, or a status seen on a day."""

_ATTRIBUTES = (EventWord.REGISTRATION_ANNOUNCED, EventWord.REGISTRATION_COMPLETED)
_AFTER_VALIDATION = (EventWord.REGISTERED, EventWord.REGISTRATION_REQUEST_WITHDRAWN)


def by_case(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims of each project by its reference, else by country, machine and title."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.subject_type is not SubjectType.PROJECT or claim.country == "JP":
            continue
        title = " ".join(claim.title.casefold().split())
        names = claim.subjects or ((f"{claim.country} project {title}",) if title and title[0] != "(" else ())
        for name in names:
            found.setdefault(name, []).append(claim)
    return found


def drafts(name: str, claims: list[Claim], became: dict[int, str]) -> list[Draft]:
    """Return the opening and the recorded facts of one project; none where no row gives a fact.

    Args:
        name: id of the case.
        claims: all that the record says of it, in the order of the file.
        became: takes what became of each row, by its line.
    """
    registered = _words(claims, EventWord.REGISTERED)
    facts = [
        *_registration(name, registered, became),
        *_validation(claims, became),
        *_withdrawal(_words(claims, EventWord.REGISTRATION_REQUEST_WITHDRAWN), became),
        *_observations(_words(claims, EventWord.STATUS_IN_VALIDATION), became),
    ]
    if not facts:
        return []
    for claim in claims:
        if claim.event in _ATTRIBUTES:
            became.setdefault(claim.line, CHECKED)
    own = [claim for claim in claims if not claim.joint] or claims
    titled = sorted(own, key=lambda claim: (claim.event is not EventWord.REGISTERED, claim.line))
    versions = tuple(dict.fromkeys(m for claim in own for m in claim.detail.methodologies))
    opening = Opening(
        country=claims[0].country,
        title=titled[0].title.strip() or None,
        reference=name if claims[0].subjects else None,
        methodologies=versions or None,
    )
    opened = Case.imported(project, name, opening, on=UNKNOWN_DAY, sources=_sources(titled[:1]))
    return [opened.draft, *(opened.case.record(fact).draft for fact in facts)]


def _words(claims: list[Claim], word: EventWord) -> list[Claim]:
    return [claim for claim in claims if claim.event is word]


def _sources(claims: Iterable[Claim]) -> tuple[Source, ...]:
    return tuple(Source(row=c.line, url=c.url or None, text=c.detail_text or None) for c in claims)


def _noted(claims: list[Claim], became: dict[int, str], first: str) -> None:
    """Note the first row as what it became, and the others as checks of it."""
    for place, claim in enumerate(claims):
        fate = first if place == 0 else CHECKED
        if became.get(claim.line) != first:
            became[claim.line] = fate


def _day(claims: Iterable[Claim]) -> Day:
    """Return the day that all rows leave; a row without one leaves it to the others."""
    days = tuple(claim.day for claim in claims if claim.day != UNKNOWN_DAY)
    return span(days) if days else UNKNOWN_DAY


def _registration(name: str, claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    """A project is registered once: several days become the stretch that holds them."""
    if not claims:
        return []
    own = sorted(claims, key=lambda claim: (claim.joint, claim.line))
    _noted(own, became, REPLAYED)
    day = _day(own)
    decided_by = next((claim.decided_by for claim in own if claim.decided_by), None)
    decision = JointCommitteeDecision(
        decision=Outcome.REGISTERED,
        effective_on=exact(day),
        mode=_mode(decided_by),
        meeting=decided_by,
        cases=(name,),
    )
    return [project.decide_registration.fact(on=day, evidence=decision, sources=_sources(own))]


def _mode(decided_by: str | None) -> DecisionMode | None:
    """Read how it was decided from what the record says, and nothing else."""
    if decided_by is None:
        return None
    if decided_by == "electronic decision":
        return DecisionMode.ELECTRONIC
    return DecisionMode.MEETING if "Joint Committee in " in decided_by else None


def _validation(claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    """The opinion is not stated; it was positive where registration was asked for later, else it is left open.

    A report without a day was completed by the day of the registration, where that is known.
    """
    went_on = any(claim.event in _AFTER_VALIDATION for claim in claims)
    registered = _day(_words(claims, EventWord.REGISTERED))
    latest = registered.not_after if isinstance(registered, Between) else registered
    facts = []
    for day, rows in _by_day(_words(claims, EventWord.VALIDATION_COMPLETED)).items():
        _noted(rows, became, REPLAYED)
        report = None
        if went_on and rows[0].title.strip():
            report = ValidationReport(title=rows[0].title, completed_on=exact(day), opinion=Outcome.POSITIVE)
        outcome = Outcome.POSITIVE if went_on else None
        on = Between(not_after=latest) if day == UNKNOWN_DAY else day
        facts.append(project.conclude_validation.fact(on=on, outcome=outcome, evidence=report, sources=_sources(rows)))
    return facts


def _withdrawal(claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    if not claims:
        return []
    _noted(claims, became, REPLAYED)
    return [project.withdraw_request.fact(on=_day(claims), sources=_sources(claims))]


def _observations(claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    facts = []
    for day, rows in _by_day(claims).items():
        _noted(rows, became, OBSERVED)
        facts.append(project.observed("in_validation", on=day, sources=_sources(rows)))
    return facts


def _by_day(claims: list[Claim]) -> dict[Day, list[Claim]]:
    found: dict[Day, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.day, []).append(claim)
    return found
