"""What a record says of one proposal of a methodology, as facts of its machine: window, meetings, decision."""

from __future__ import annotations

from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, last_day, surely_by
from jcm_cycle.evidence import CompletenessConclusion, Elapsed, MeetingRecord, Opening, Outcome
from jcm_cycle.record._bundle import stated
from jcm_cycle.record._proposals import APPROVED, Proposal
from jcm_cycle.record._recorded import (
    Told,
    before_and_beside,
    by_day,
    decided,
    recorded,
    roles,
    titled,
    told_day,
    words,
)
from jcm_cycle.record._rows import Made, sources
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord
from jcm_cycle.states import methodology

__all__ = ["proposal_case", "window_over"]


def proposal_case(name: str, proposal: Proposal) -> list[Made]:
    """Return the opening and the recorded facts of one proposal.

    Args:
        name: id of the case.
        proposal: all that the record says of it.
    """
    told = [*_windows(proposal), *_meetings(proposal), *_decision(proposal)]
    first = proposal.claims[0]
    opened_by = titled(proposal.claims, *APPROVED)
    opening = Opening(
        country=first.country,
        title=opened_by.title or None,
        reference=proposal.number or (proposal.of if first.subjects and proposal.version is None else None),
    )
    return recorded(methodology, name, opening, told, opened_by=[opened_by])


def window_over(claims: list[Claim]) -> Day | None:
    """Return the day after a window of public inputs, whose end rows may tell differently; None where none does."""
    ends = [last_day(end, 2) for end in stated(claim.end for claim in claims)]
    return (Between(min(ends), max(ends)) if len(ends) > 1 else ends[0]) if ends else None


def _windows(proposal: Proposal) -> list[Told]:
    """A proposal is listed on the first day of its window; one decided before the last day saw it never close."""
    found: list[Told] = []
    decision = exact(proposal.on)
    for day, rows in by_day(words(proposal.claims, EventWord.METHODOLOGY_PUBLIC_INPUTS)).items():
        over = window_over(rows)
        latest = decision if over is None else over.not_after if isinstance(over, Between) else over
        on = Between(not_after=latest) if day == UNKNOWN_DAY else day
        listed = CompletenessConclusion(conclusion=Outcome.COMPLETE, reference=proposal.number)
        found.append((methodology.check_proposal.fact(on=on, evidence=listed, sources=sources(rows)), roles(rows)))
        if over is not None and (decision is None or surely_by(over, decision)):
            ends = stated(claim.end for claim in rows)
            closed = Elapsed(window="methodology.public_inputs", last_day=ends[0] if len(ends) == 1 else None)
            found.append((methodology.close_public_inputs.fact(on=over, evidence=closed, sources=sources(rows)), {}))
    return found


def _meetings(proposal: Proposal) -> list[Told]:
    """A meeting that does not decide shows the proposal under consideration, where no window did so before."""
    found: list[Told] = []
    rows = words(proposal.claims, EventWord.METHODOLOGY_CONSIDERED)
    windows = words(proposal.claims, EventWord.METHODOLOGY_PUBLIC_INPUTS)
    for day, same in by_day(rows).items():
        meeting = MeetingRecord(meeting=next(iter(stated(claim.decided_by for claim in same)), None))
        found.append((methodology.consider.fact(on=day, evidence=meeting, sources=sources(same)), roles(same)))
        if not windows:
            found.append((methodology.observed("under_consideration", on=day, sources=sources(same)), {}))
    return found


def _decision(proposal: Proposal) -> list[Told]:
    """An approval is one decision, whatever the days; a decision whose kind is not told leaves the outcome open."""
    rows = words(proposal.claims, *APPROVED)
    vague = words(proposal.claims, EventWord.METHODOLOGY_DECISION)
    on, made = told_day(rows), proposal.methodology
    earlier, beside = before_and_beside(vague, on) if rows else (by_day(vague), [])
    found = [
        (methodology.decide_methodology.fact(on=day, sources=sources(other)), roles(other))
        for day, other in earlier.items()
    ]
    if not rows:
        return found
    told = [*rows, *beside]
    about = {name: None for name in (proposal.number, proposal.of, *stated(c.title for c in rows)[:1]) if name}
    evidence = decided(
        Outcome.APPROVED,
        on,
        told,
        number=made.reference if made else None,
        version=made.version if made else None,
        with_revisions=any(claim.detail.revisions for claim in told) or None,
        cases=tuple(about),
    )
    fact = methodology.decide_methodology.fact(on=on, evidence=evidence, sources=sources(told))
    return [*found, (fact, roles(told))]
