"""What is due over many cases on a day: open windows, time limits and ends, from whom, and on what ground.

Nothing of it is stored: it follows from where the cases stand and from the books, whenever it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, Literal, TypeAlias

from attrs import frozen

from jcm_cycle import _judge
from jcm_cycle._ics import calendar
from jcm_cycle._words import joined, named, say, told, told_name, word
from jcm_cycle.case import Case, listed, once
from jcm_cycle.days import Day, check_date, day_json, next_day, surely_after
from jcm_cycle.entries import Act
from jcm_cycle.evidence import Elapsed
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.register import NOTHING_KNOWN, Register
from jcm_cycle.rules import RuleBook, books
from jcm_cycle.rules._books import Books, book_of, check_books
from jcm_cycle.rules._clock import counted
from jcm_cycle.states import MACHINES, After, Machine, Step, step_of

__all__ = ["Due", "DueItem", "due", "tick"]

Kind: TypeAlias = Literal["window", "limit", "end"]

CREDITING = "project.crediting_period"
"""What has passed when a crediting period ends; no value of a book, for the case itself tells its last day."""


_PASSED = {
    (True, True): "{days} left",
    (True, False): "{days} left",
    (False, True): "{days} late",
    (False, False): "{days} ago",
}
"""How the days to the last day are told, by whether it is still to come, and whether it is a time limit."""


@frozen(kw_only=True)
class DueItem:
    """One window, time limit or end of one case.

    Attributes:
        case: id of the case.
        machine: name of its machine.
        kind: a window that is open, a time limit on an authority, or the end of something that was granted.
        what: the step that is due, or what ends.
        who: the role or roles that have to act; for a window the clock.
        since: the day from which it counts, as well as it is known.
        until: the last day, counted in; None where the book or the case does not tell it.
        days_left: calendar days to the last day: 0 on that day, negative where it has passed, None where it is not
            known.
        value: id of the value of the book that says how many days; None where the case itself tells the last day.
        days: how many days the book gives: calendar days, unless it counts working days.
        cites: where they were read.
        standing: how well founded they are.
    """

    case: str
    machine: str
    kind: Kind
    what: str
    who: str
    since: Day | None
    until: date | None
    days_left: int | None
    value: str | None
    days: int | None
    cites: str
    standing: Standing

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "case": self.case,
            "machine": self.machine,
            "what": self.what,
            "who": self.who,
            "since": day_json(self.since),
            "until": day_json(self.until),
            "days_left": self.days_left,
            "value": self.value,
            "cites": self.cites,
            "standing": str(self.standing),
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text, in a line.

        Args:
            lang: code of the language, en or ja.
        """
        when = self._when(lang)
        if self.since is not None:
            when = say(lang, "{when}, since {day}", when=when, day=told(str(self.since), lang))
        what = named("step", self.what, lang) if "." in self.what else told(self.what, lang)
        who = joined((told_name(name, lang) for name in self.who.split(" or ")), lang, " or ")
        return say(
            lang, "{case}: {what}, {who}, {when} ({standing}: {cites})",
            case=self.case, what=what, who=who, when=when,
            standing=word("standing", self.standing, lang), cites=told(self.cites, lang),
        )  # fmt: skip

    def _when(self, lang: str) -> str:
        left = self.days_left
        if left is None:
            return say(lang, "by a day that is not known" if self.kind == "limit" else "until a day that is not known")
        days = say(lang, "{count} day" if abs(left) == 1 else "{count} days", count=abs(left))
        passed = say(lang, _PASSED[left >= 0, self.kind == "limit"], days=days)
        by = say(lang, "by {day}" if self.kind == "limit" else "until {day}", day=self.until)
        return f"{by}{say(lang, ', ')}{passed}"

    def __str__(self) -> str:
        return self.explain()


@frozen
class Due:
    """What is due on a day, the earliest last day first, what has none last; iterates over the items."""

    on: date
    items: tuple[DueItem, ...]

    def __iter__(self) -> Iterator[DueItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def late(self) -> tuple[DueItem, ...]:
        """The time limits whose last day has passed."""
        return tuple(item for item in self.items if item.kind == "limit" and (item.days_left or 0) < 0)

    def json(self) -> dict[str, Any]:
        """Return all items as data."""
        return {"schema": 1, "on": day_json(self.on), "items": [item.json() for item in self.items]}

    def ics(self) -> bytes:
        """Return all items as an iCalendar file: what has no last day is a task, everything else an event on it.

        Raises:
            NeedsExtra: the extra `calendar` is not installed.
        """
        return calendar(self.items, self.on)

    def explain(self, *, lang: str = "en") -> str:
        """Return all items as text, a line each.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        counts = {"all": len(self.items), "late": len(self.late)}
        head = say(lang, "DUE  on {day}: {all}, of them late: {late}", day=self.on, **counts)
        return "\n".join([head, *(f"  {item.explain(lang=lang)}" for item in self.items)])

    def __str__(self) -> str:
        return self.explain()


def due(cases: Iterable[Case[Any]], on: date, *, rules: Books = books) -> Due:
    """Return every window that is open, every time limit that runs and every end that was told beforehand.

    Days are calendar days, save where the book counts working days of the country. A window counts the day on which
    it was opened as its first, a limit begins on the day after. How long they are is told by the rules that govern
    the step: those of the day of the request that it answers, not those of the day asked for. What surely began
    after the day asked for is left out; what began on a day that is not known has no last day.

    Args:
        cases: cases of any machine, each as it stands.
        on: the day asked for.
        rules: the rule book of each country, or of the only one; a country without a book has no lengths of windows
            and limits.

    Raises:
        EvidenceError: a case stands twice, the day is none, or working days of the country are not known.
        NeedsExtra: a book counts working days, and the extra `calendar` is not installed.
    """
    check_date(on)
    check_books(rules)
    found: list[DueItem] = []
    for case in once(cases):
        steps, ending = _timed(case.machine, case.state)
        book = book_of(rules, case)
        for step in steps:
            item = _counted(step, case, on, book)
            if item is not None:
                found.append(item)
        if ending:
            found += _ends(case, on)
    found.sort(key=lambda item: (item.until or date.max, item.until is None, item.case, item.what))
    return Due(on, tuple(found))


def tick(
    cases: Iterable[Case[Any]], on: date, *, rules: Books = books, register: Register = NOTHING_KNOWN
) -> tuple[tuple[Case[Any], Act[Any]], ...]:
    """Return the acts that the clock performs by a day: windows and periods whose last day has passed are closed.

    Each act has effect on the first day after, or on the day of the latest that the case holds. Only acts that the
    rules accept are returned, so that asked again of the cases that come of them, there is nothing left; what they
    refuse stays in `due`.

    Args:
        cases: cases of any machine, each as it stands.
        on: the last day on which an act may have effect.
        rules: the rule book of each country, or of the only one.
        register: what is known of other cases.

    Returns:
        Each case with its act: to be attempted like any other, or all of them with `attempt_all` and the same rules.

    Raises:
        EvidenceError, NeedsExtra: see `due`.
    """
    kept = list(listed(cases, "cases"))
    known = {case.id: case for case in kept if isinstance(case, Case)}
    found = []
    for item in due(kept, on, rules=rules):
        case, until = known[item.case], item.until
        if item.who != Role.CLOCK or until is None or until >= on:
            continue
        day = max(next_day(until), case.last or date.min)
        act = step_of(item.what)(Elapsed(window=item.value or CREDITING, last_day=until), by=Role.CLOCK, on=day)
        if day <= on and case.attempt(act, rules=book_of(rules, case), register=register):
            found.append((case, act))
    return tuple(found)


@cache
def _timed(machine: str, state: str) -> tuple[tuple[Step[Any, Any], ...], bool]:
    """Return the timed steps that may be taken in a state, and whether anything may end in it beforehand."""
    steps = MACHINES[machine]
    found = tuple(step for step in steps.steps.values() if step.timed is not None and step.taken_in(state))
    final = state in steps.states and steps.states[state].final
    return found, type(steps).ends is not Machine.ends and not final


def _counted(step: Step[Any, Any], case: Case[Any], on: date, book: RuleBook | None) -> DueItem | None:
    if step.region is not None and str(getattr(case.file, step.region[0])) != step.region[1]:
        return None
    _, edition = _judge.governing(step, on, case, book)
    time = counted(step, case, edition)
    if time.since is None and step.name in case.days:
        return None
    if time.since is not None and surely_after(time.since, on):
        return None
    return DueItem(
        case=case.id,
        machine=case.machine,
        kind="window" if isinstance(step.timed, After) else "limit",
        what=step.id,
        who=_who(step),
        since=time.since,
        until=time.until,
        days_left=(time.until - on).days if time.until is not None else None,
        value=time.value,
        days=time.days,
        cites=time.known.cites if time.known is not None else "no text found",
        standing=time.standing,
    )


@cache
def _who(step: Step[Any, Any]) -> str:
    return " or ".join(sorted(map(str, step.by)))


def _ends(case: Case[Any], on: date) -> Iterator[DueItem]:
    """Yield the ends of what a case holds: nothing that has not begun, and nothing in whose place something else is."""
    steps = MACHINES[case.machine]
    for end in steps.ends(case.file):
        step = steps.steps[end.step] if end.step is not None else None
        if step is not None and (not step.taken_in(case.state) or case.capabilities.get(str(step.capability)) == "no"):
            continue
        replaced = end.replaced
        if replaced is not None and not (surely_after(replaced, on) and surely_after(replaced, end.until)):
            continue  # something else has its place, or will have it before its end
        if end.since is not None and surely_after(end.since, on):
            continue
        yield DueItem(
            case=case.id, machine=case.machine, kind="end", what=end.what,
            who=str(end.who), since=end.since, until=end.until,
            days_left=(end.until - on).days, value=None, days=None, cites=end.cites, standing=end.standing,
        )  # fmt: skip
