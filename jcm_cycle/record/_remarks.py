"""What a reader of a record would stumble over although nothing of it contradicts anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from jcm_cycle.days import exact
from jcm_cycle.record._odd import Background, Odd, Remark, Told
from jcm_cycle.record._odd_entities import of_entities
from jcm_cycle.record._odd_proposals import of_ideas, of_proposals
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord
from jcm_cycle.states import Side

__all__ = ["remarks"]

_TITLED = ("project", "methodology", "idea")
_CUT = "issuance.submit_monitoring_report.not_across_2020"


def remarks(cases: Iterable[Told], claims: Iterable[Claim]) -> tuple[Remark, ...]:
    """Return what is odd, by kind and case.

    Args:
        cases: the cases of one record.
        claims: all rows of the record.
    """
    told = list(cases)
    behind = Background.of(claims)
    projects = {one.case.id: one for one in told if one.case.machine == "project"}
    issuances = [one for one in told if one.case.machine == "issuance"]
    found: list[Remark] = []

    def note(kind: str, odd: Odd) -> None:
        for one, says, words in odd:
            of_words = {c.line for c in one.claims if c.event in words}
            rows = tuple(sorted(of_words or {c.line for c in one.claims}))
            found.append(Remark(kind=kind, case=one.case.id, says=says, rows=rows))

    note("registered after a project of a later number", _out_of_order(projects.values()))
    note("registered before the procedure was completed", _completed_later(projects.values()))
    note("title of another project, which proves nothing", _same_title(projects.values()))
    note("title differs from row to row", _titles(one for one in told if one.case.machine in _TITLED))
    note("period lies before the registration, or begins before it", _before(issuances, projects.get))
    note("days between two periods belong to neither", _gaps(issuances))
    note("period ends where periods are cut", _cut(issuances))
    note("one side has issued, the other has not", _one_side(issuances))
    note("one side was notified zero", _zero(issuances))
    note("amount is not split by side", _unsplit(issuances))
    note("decision is not told", _undecided(issuances))
    note("period is not told", _no_period(issuances))
    note("amount is told only together with other projects", _together(issuances))
    for kind, odd in (*of_proposals(told), *of_ideas(told, behind), *of_entities(told, behind)):
        note(kind, odd)
    return tuple(found)


def _registered(one: Told) -> Any:
    return exact(one.case.file.registered_on) if one.case.file.registered_on is not None else None


def _out_of_order(projects: Iterable[Told]) -> Odd:
    numbered = sorted((one for one in projects if one.case.references), key=lambda one: one.case.references[-1])
    for place, one in enumerate(numbered):
        day = _registered(one)
        later = [
            other.case.id for other in numbered[place + 1 :]
            if other.case.country == one.case.country and day and (its := _registered(other)) and its < day
        ]  # fmt: skip
        if later:
            yield one, f"registered on {day}, after {', '.join(later)}", (EventWord.REGISTERED,)


def _completed_later(projects: Iterable[Told]) -> Odd:
    word = EventWord.REGISTRATION_COMPLETED
    for one in projects:
        day = _registered(one)
        done = [c.day for c in one.claims if c.event is word and day and (on := exact(c.day)) and on > day]
        if done:
            yield one, f"registered as of {day}, completed on {done[0]}", (EventWord.REGISTERED, word)


def _plain(title: str | None) -> str:
    return " ".join((title or "").casefold().split())


def _same_title(projects: Iterable[Told]) -> Odd:
    by_title: dict[tuple[str, str], list[Told]] = {}
    for one in projects:
        by_title.setdefault((one.case.country, _plain(one.case.file.title)), []).append(one)
    for (_, title), same in by_title.items():
        for one in same if title and title[0] != "(" and len(same) > 1 else ():
            others = ", ".join(other.case.id for other in same if other is not one)
            yield one, f"has the title of {others}", (EventWord.REGISTERED, EventWord.REGISTRATION_REQUEST_WITHDRAWN)


def _titles(cases: Iterable[Told]) -> Odd:
    for one in cases:
        told = {_plain(c.title): c.title.strip() for c in one.claims if not c.joint and c.title.strip()}
        other = [title for plain, title in told.items() if plain != _plain(one.case.file.title)]
        if other:
            yield one, f"also titled {'; '.join(other)}", ()


def _before(issuances: Iterable[Told], project: Callable[[str], Told | None]) -> Odd:
    for one in issuances:
        period, whole = one.case.file.period, project(one.case.file.of)
        day = _registered(whole) if whole else None
        if period and day and period.start < day:
            how = "lies wholly before" if period.end < day else "begins before"
            yield one, f"{how} the registration of {day}", (EventWord.MONITORING_PERIOD,)


def _gaps(issuances: Sequence[Told]) -> Odd:
    by_project: dict[str, list[Told]] = {}
    for one in issuances:
        if one.case.file.period:
            by_project.setdefault(one.case.file.of, []).append(one)
    for same in by_project.values():
        for one, other in pairwise(sorted(same, key=lambda told: told.case.file.period)):
            first = one.case.file.period.end + timedelta(days=1)
            last = other.case.file.period.start - timedelta(days=1)
            if first <= last:
                yield other, f"no period has {first}..{last}", (EventWord.MONITORING_PERIOD,)


def _cut(issuances: Iterable[Told]) -> Odd:
    for one in issuances:
        days = [f.facts.get("last_day_before") for f in one.findings if f.rule == _CUT]
        if one.case.file.period and one.case.file.period.end in days:
            yield one, f"ends on {one.case.file.period.end}", (EventWord.MONITORING_PERIOD,)


def _one_side(issuances: Iterable[Told]) -> Odd:
    for one in issuances:
        left = one.case.file.outstanding or {}
        if left and one.case.file.issued:
            says = ", ".join(f"{side} has {amount:,} t still to issue" for side, amount in left.items())
            yield one, says, (EventWord.CREDITS_ISSUED,)


def _zero(issuances: Iterable[Told]) -> Odd:
    for one in issuances:
        none = [side for side, state in one.case.file.sides.items() if state is Side.NOT_APPLICABLE]
        if none:
            yield one, f"{', '.join(none)} was notified 0 t", (EventWord.ISSUANCE_NOTIFIED_SIDE,)


def _unsplit(issuances: Iterable[Told]) -> Odd:
    for one in issuances:
        file = one.case.file
        amount = file.notified_total or file.issued_total
        if amount and file.notified is None and (file.notified_total or any(part.total for part in file.issued)):
            held = dict.fromkeys((*file.holders, *(line for part in file.issued for line in part.holders)))
            known = "; ".join(map(str, held))
            words = (EventWord.ISSUANCE_DECIDED, EventWord.ISSUANCE_ANNOUNCED, EventWord.CREDITS_ISSUED)
            says = f"{amount:,} t of which {known}" if known else f"{amount:,} t"
            yield one, f"{says}, not split by side", words


def _undecided(issuances: Iterable[Told]) -> Odd:
    for one in issuances:
        if one.case.file.decided_on is None and one.case.file.issued:
            yield one, "no row tells of the decision", ()


def _no_period(issuances: Iterable[Told]) -> Odd:
    for one in issuances:
        if one.case.file.period is None:
            yield one, "no row tells its period", ()


def _together(issuances: Iterable[Told]) -> Odd:
    for one in issuances:
        joint = [c for c in one.claims if c.joint]
        if joint and one.case.file.notified_total is None:
            others = sorted({ref for c in joint for ref in c.subjects} - {one.case.file.of})
            yield one, f"its amount is told only together with {', '.join(others)}", tuple({c.event for c in joint})
