"""How rows become the facts of a case of any machine: their days, who decided, and what each row is to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from jcm_cycle.case import Case
from jcm_cycle.days import UNKNOWN_DAY, Day, exact, sort_day, span
from jcm_cycle.entries import Fact
from jcm_cycle.evidence import DecisionMode, JointCommitteeDecision, Opening, Outcome
from jcm_cycle.record._bundle import written
from jcm_cycle.record._rows import As, Made, sources
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.countries import JAPAN
from jcm_cycle.record.vocabulary import EventWord, SubjectType
from jcm_cycle.states import Machine

__all__ = [
    "Told",
    "before_and_beside",
    "by_day",
    "by_name",
    "decided",
    "mode",
    "recorded",
    "roles",
    "titled",
    "told_day",
    "words",
]

Told: TypeAlias = tuple[Fact, dict[int, As]]
"""A fact, and what each row is to it, by its line."""


def by_name(claims: Iterable[Claim], *kinds: SubjectType) -> dict[str, list[Claim]]:
    """Return the claims on each thing of these kinds in a host country, by what it is known by."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.subject_type in kinds and claim.country != JAPAN:
            for name in claim.names:
                found.setdefault(name, []).append(claim)
    return found


def recorded(
    of: Machine[Any],
    name: str,
    opening: Opening,
    told: Iterable[Told],
    *,
    opened_by: Iterable[Claim],
    attributes: Iterable[Claim] = (),
) -> list[Made]:
    """Return the opening of a case, and its facts on record.

    Args:
        of: the machine.
        name: id of the case.
        opening: what is known of it from the start.
        told: its facts.
        opened_by: the rows on which the opening rests.
        attributes: those of them that tell nothing else.
    """
    opened = Case.imported(of, name, opening, on=UNKNOWN_DAY, sources=sources(opened_by))
    return [
        Made(opened.draft, {claim.line: As.ATTRIBUTE for claim in attributes}),
        *(Made(opened.case.record(fact).draft, rows) for fact, rows in told),
    ]


def roles(claims: Iterable[Claim], first: As = As.ENTRY) -> dict[int, As]:
    """Return what rows are to a fact: the first makes it, the others check it."""
    return {claim.line: As.CROSS_CHECK if place else first for place, claim in enumerate(claims)}


def words(claims: Iterable[Claim], *of: EventWord) -> list[Claim]:
    """Return the claims of these words, those on the subject alone first."""
    return sorted((claim for claim in claims if claim.event in of), key=written)


def titled(claims: Iterable[Claim], *first: EventWord) -> Claim:
    """Return the row that gives a case its title: one on it alone, with a title, and of these words, if any."""
    return min(claims, key=lambda c: (c.joint, not c.title.strip(), c.event not in first, c.line))


def told_day(claims: Iterable[Claim]) -> Day:
    """Return the day that all rows leave; a row without one leaves it to the others."""
    days = tuple(claim.day for claim in claims if claim.day != UNKNOWN_DAY)
    return span(days) if days else UNKNOWN_DAY


def by_day(claims: Iterable[Claim]) -> dict[Day, list[Claim]]:
    """Return the claims by their days, in their order."""
    found: dict[Day, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.day, []).append(claim)
    return found


def before_and_beside(claims: Iterable[Claim], on: Day) -> tuple[dict[Day, list[Claim]], list[Claim]]:
    """Part rows on decisions whose kind is not told from the decision that is: earlier ones by day, and its own.

    One of the same day is the same decision, and one without a day, or of a later one, changes nothing.

    Args:
        claims: the rows.
        on: the day of the decision whose kind is told.
    """
    rows, day = list(claims), sort_day(on)
    return by_day(c for c in rows if sort_day(c.day) < day), [c for c in rows if sort_day(c.day) >= day]


def decided(outcome: Outcome, on: Day, claims: Iterable[Claim], **says: Any) -> JointCommitteeDecision:
    """Return a decision of the Committee, with who decided and how, where a row tells."""
    decided_by = next((claim.decided_by for claim in claims if claim.decided_by), None)
    return JointCommitteeDecision(
        decision=outcome, decided_on=exact(on), mode=mode(decided_by), meeting=decided_by, **says
    )


def mode(decided_by: str | None) -> DecisionMode | None:
    """Read how it was decided from what the record says, and nothing else."""
    if decided_by is None:
        return None
    if decided_by == "electronic decision":
        return DecisionMode.ELECTRONIC
    return DecisionMode.MEETING if "Joint Committee in " in decided_by else None
