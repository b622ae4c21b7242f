"""What a record says of one idea note, or of projects that need none, as facts of its machine."""

from __future__ import annotations

from collections.abc import Iterable

from jcm_cycle.evidence import Opening, Outcome
from jcm_cycle.record._recorded import (
    Told,
    before_and_beside,
    by_day,
    by_name,
    decided,
    recorded,
    roles,
    titled,
    told_day,
    words,
)
from jcm_cycle.record._rows import Made, sources
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord, SubjectType
from jcm_cycle.states import idea

__all__ = ["by_idea", "idea_case"]


def by_idea(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the rows on each idea note, and on each project that was exempted, by the id of its case."""
    told = list(claims)
    waived = by_name((claim for claim in told if claim.event is EventWord.PIN_WAIVED), SubjectType.PROJECT)
    return by_name(told, SubjectType.PIN) | {f"{name} waiver": rows for name, rows in waived.items()}


def idea_case(name: str, claims: list[Claim]) -> list[Made]:
    """Return the opening and the recorded facts of one idea note.

    Args:
        name: id of the case.
        claims: all that the record says of it, in the order of the file.
    """
    note, numbered = claims[0].subject_type is SubjectType.PIN, bool(claims[0].subjects)
    about = (name.removesuffix(" waiver"),)
    opened_by = titled(claims)
    told = [
        *_decisions(claims, about, name if numbered else None),
        *_waiver(words(claims, EventWord.PIN_WAIVED), about),
    ]
    reference = name if note and numbered else None
    opening = Opening(country=claims[0].country, title=opened_by.title or None, reference=reference)
    return recorded(idea, name, opening, told, opened_by=[opened_by])


def _decisions(claims: Iterable[Claim], about: tuple[str, ...], number: str | None) -> list[Told]:
    """A decision that no row calls no objection is otherwise; one that came before a no objection left it open."""
    cleared, vague = words(claims, EventWord.PIN_NO_OBJECTION), words(claims, EventWord.PIN_DECISION)
    if not cleared:
        return [_decided(Outcome.OTHERWISE, rows, about, number) for rows in by_day(vague).values()]
    earlier, beside = before_and_beside(vague, told_day(cleared))
    return [
        *((idea.decide_idea.fact(on=on, sources=sources(rows)), roles(rows)) for on, rows in earlier.items()),
        _decided(Outcome.NO_OBJECTION, [*cleared, *beside], about, number),
    ]


def _decided(outcome: Outcome, rows: list[Claim], about: tuple[str, ...], number: str | None) -> Told:
    on = told_day([claim for claim in rows if claim.event is rows[0].event])
    evidence = decided(outcome, on, rows, number=number, cases=about)
    return idea.decide_idea.fact(on=on, evidence=evidence, sources=sources(rows)), roles(rows)


def _waiver(rows: list[Claim], about: tuple[str, ...]) -> list[Told]:
    if not rows:
        return []
    on = told_day(rows)
    evidence = decided(Outcome.DECIDED, on, rows, cases=about)
    return [(idea.waive.fact(on=on, evidence=evidence, sources=sources(rows)), roles(rows))]
