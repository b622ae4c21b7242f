"""What is odd in the rows on proposals of methodologies and on idea notes, and in the versions that projects cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jcm_cycle.days import UNKNOWN_DAY, exact, sort_day, surely_after
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.record._odd import Background, Odd, Told
from jcm_cycle.record._proposals import APPROVED
from jcm_cycle.record.vocabulary import EventWord

__all__ = ["of_ideas", "of_proposals"]

_INPUTS = EventWord.METHODOLOGY_PUBLIC_INPUTS


def of_proposals(told: Iterable[Told]) -> Iterator[tuple[str, Odd]]:
    """Yield what is odd in proposals, by kind.

    Args:
        told: all cases of the record.
    """
    cases = list(told)
    proposals = [one for one in cases if one.case.machine == "methodology"]
    versions: dict[str, list[Told]] = {}
    for one in proposals:
        if one.case.file.approved is not None:
            versions.setdefault(one.case.file.approved.reference, []).append(one)
    yield "number of the proposal is not sure", _several_numbers(proposals)
    yield "number of another proposal", _same_number(proposals)
    yield "version before it is not told", _versions_missing(versions)
    yield "approved before an earlier version", _versions_backwards(versions)
    yield "decided before the window of public inputs was over", _decided_early(proposals)
    yield "window names no version: taken to be that of the next decision", _window_of_next(proposals)
    yield "cites a version of which no row tells, though of others", _never_approved(cases, versions)


def of_ideas(told: Iterable[Told], behind: Background) -> Iterator[tuple[str, Odd]]:
    """Yield what is odd in idea notes, by kind.

    Args:
        told: all cases of the record.
        behind: what the record says of each country.
    """
    ideas = [one for one in told if one.case.machine == "idea"]
    yield "decided, and how is not told", _decided_somehow(ideas)
    yield "decided no later than the first rules", _with_first_rules(ideas, behind)


def _several_numbers(proposals: Iterable[Told]) -> Odd:
    for one in proposals:
        several = [claim for claim in one.claims if len(claim.detail.proposals) > 1]
        for claim in several[:1]:
            yield one, f"a row names {', '.join(claim.detail.proposals)}", (claim.event,)


def _same_number(proposals: Iterable[Told]) -> Odd:
    by_number: dict[str, list[Told]] = {}
    for one in proposals:
        for number in one.case.references:
            by_number.setdefault(number, []).append(one)
    for number, same in by_number.items():
        for one in same if len(same) > 1 else ():
            others = ", ".join(other.case.id for other in same if other is not one)
            yield one, f"{number} is also that of {others}", ()


def _versions_missing(versions: dict[str, list[Told]]) -> Odd:
    for told in versions.values():
        before = 0
        for one in sorted(told, key=lambda one: one.case.file.approved):
            approved: MethodologyVersion = one.case.file.approved
            if approved.version.major > before + 1:
                lacking = f"between Ver{before} and {approved}" if before else f"before {approved}"
                yield one, f"no row tells of a version {lacking}", APPROVED
            before = approved.version.major


def _versions_backwards(versions: dict[str, list[Told]]) -> Odd:
    for told in versions.values():
        for one in told:
            day = exact(one.case.file.decided_on)
            later = [
                str(other.case.file.approved) for other in told
                if day and other.case.file.approved < one.case.file.approved
                and surely_after(other.case.file.decided_on, day)
            ]  # fmt: skip
            if later:
                yield one, f"approved on {day}, before {', '.join(later)}", APPROVED


def _decided_early(proposals: Iterable[Told]) -> Odd:
    for one in proposals:
        day, ends = exact(one.case.file.decided_on), [claim.end for claim in one.claims if claim.event is _INPUTS]
        late = [end for end in ends if end and day and end >= day]
        if late:
            yield one, f"decided on {day}, inputs were taken until {max(late)}", (_INPUTS, *APPROVED)


def _window_of_next(proposals: Iterable[Told]) -> Odd:
    for one in proposals:
        if one.case.file.decided_on is not None and any(
            claim.event is _INPUTS and claim.detail.version is None for claim in one.claims
        ):
            yield one, f"a window is taken to be that of {one.case.id}", (_INPUTS,)


def _never_approved(cases: Iterable[Told], versions: dict[str, list[Told]]) -> Odd:
    known = {reference: {one.case.file.approved for one in told} for reference, told in versions.items()}
    for one in cases:
        cited = getattr(one.case.file, "methodologies", None) or ()
        lacking = [str(m) for m in cited if m.reference in known and m not in known[m.reference]]
        if lacking:
            yield one, f"cites {', '.join(lacking)}, which no row approves", ()


def _decided_somehow(ideas: Iterable[Told]) -> Odd:
    for one in ideas:
        vague = [claim for claim in one.claims if claim.event is EventWord.PIN_DECISION]
        days = sorted({claim.day for claim in vague}, key=sort_day)
        if days:
            when = ", ".join("an unknown day" if day == UNKNOWN_DAY else str(day) for day in days)
            yield one, f"decided on {when}, and how is not told", (EventWord.PIN_DECISION,)


def _with_first_rules(ideas: Iterable[Told], behind: Background) -> Odd:
    for one in ideas:
        day, rules = exact(one.case.file.decided_on), behind.rules.get(one.case.country)
        if day and rules and day <= rules:
            how = "on the day of" if day == rules else "before"
            yield one, f"decided on {day}, {how} the first rules of {one.case.country} ({rules})", ()
