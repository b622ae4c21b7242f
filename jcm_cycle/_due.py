"""What is due over many cases on a day: open windows, time limits and ends, from whom, and on what ground.

Nothing of it is stored: it follows from where the cases stand and from the books, whenever it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, TypeAlias

from attrs import frozen

from jcm_cycle import _judge
from jcm_cycle._ics import calendar
from jcm_cycle.case import Case, once
from jcm_cycle.days import Day, check_date, day_json, surely_by
from jcm_cycle.entries import Act
from jcm_cycle.evidence import Elapsed
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.rules import RuleBook, books
from jcm_cycle.rules._clock import begun, last, limited_by
from jcm_cycle.states import MACHINES, Step, project, step_of

__all__ = ["Due", "DueItem", "due", "tick"]

Kind: TypeAlias = Literal["window", "limit", "end"]

CREDITING = "project.crediting_period"
"""What has passed when a crediting period ends; no value of a book, for the case itself tells its last day."""


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

    def __str__(self) -> str:
        left, word = self.days_left, "by" if self.kind == "limit" else "until"
        if left is None:
            when = f"{word} a day that is not known"
        else:
            days = f"{abs(left)} {'day' if abs(left) == 1 else 'days'}"
            passed = "late" if self.kind == "limit" else "ago"
            when = f"{word} {self.until}, {days} {'left' if left >= 0 else passed}"
        since = f" since {self.since}" if self.since is not None else ""
        return f"{self.case}: {self.what}, {self.who}, {when}{since} ({self.standing}: {self.cites})"


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

    def explain(self) -> str:
        """Return all items as text, a line each."""
        head = f"DUE  on {self.on}: {len(self.items)}, of them late: {len(self.late)}"
        return "\n".join([head, *(f"  {item}" for item in self.items)])

    def __str__(self) -> str:
        return self.explain()


def due(cases: Iterable[Case[Any]], on: date, *, rules: Mapping[str, RuleBook] = books) -> Due:
    """Return every window that is open, every time limit that runs and every end that was told beforehand.

    Days are calendar days, save where the book counts working days of the country. A window counts the day on which
    it was opened as its first, a limit begins on the day after. What began after the day asked for is left out; what
    began on a day that is not known has no last day.

    Args:
        cases: cases of any machine, each as it stands.
        on: the day asked for.
        rules: the rule book of each country; a country without one has no lengths of windows and limits.

    Raises:
        EvidenceError: a case stands twice, the day is none, or working days of the country are not known.
        NeedsExtra: a book counts working days, and the extra `calendar` is not installed.
    """
    check_date(on)
    found: list[DueItem] = []
    for case in once(cases):
        book = rules.get(case.country)
        for step in _timed(case.machine, case.state):
            if step.region is not None and str(getattr(case.file, step.region[0])) != step.region[1]:
                continue
            item = _counted(step, case, on, book)
            if item is not None:
                found.append(item)
        if case.machine in _ENDS:
            found += _ENDS[case.machine](case, on)
    found.sort(key=lambda item: (item.until or date.max, item.until is None, item.case, item.what))
    return Due(on, tuple(found))


def tick(
    cases: Iterable[Case[Any]], on: date, *, rules: Mapping[str, RuleBook] = books
) -> tuple[tuple[Case[Any], Act[Any]], ...]:
    """Return the acts that the clock performs by a day: windows and periods whose last day has passed are closed.

    Each act has effect on the first day after; it is to be attempted like any other, one case at a time or all of
    them with `attempt_all`. Asked again of the cases that come of it, there is nothing left.

    Args:
        cases: cases of any machine, each as it stands.
        on: the last day on which an act may have effect.
        rules: the rule book of each country.

    Raises:
        EvidenceError: a case stands twice, or the day is none.
    """
    kept = list(cases)
    known = {case.id: case for case in kept}
    found = []
    for item in due(kept, on, rules=rules):
        case, until = known[item.case], item.until
        if item.who != Role.CLOCK or until is None or until >= on:
            continue
        day = max(until + timedelta(days=1), case.last or date.min)
        if day <= on:
            step = step_of(item.what)
            found.append((case, step(Elapsed(window=item.value or CREDITING, last_day=until), by=Role.CLOCK, on=day)))
    return tuple(found)


@cache
def _timed(machine: str, state: str) -> tuple[Step[Any, Any], ...]:
    """Return the steps that a value of the book times and that may be taken in a state."""
    return tuple(
        step for step in MACHINES[machine].steps.values() if (step.within or step.after) and step.taken_in(state)
    )


def _counted(step: Step[Any, Any], case: Case[Any], on: date, book: RuleBook | None) -> DueItem | None:
    since = begun(step, case)
    if isinstance(since, date) and since > on:
        return None
    value = step.after or limited_by(step, case) or ""
    _, edition = _judge.governing(step, on, case, book)
    until, known = last(edition, value, since, first=bool(step.after)) if edition is not None else (None, None)
    return DueItem(
        case=case.id,
        machine=case.machine,
        kind="window" if step.after else "limit",
        what=step.id,
        who=_who(step),
        since=since,
        until=until,
        days_left=(until - on).days if until is not None else None,
        value=value,
        days=known.value if known is not None and known.determined else None,
        cites=known.cites if known is not None else "no text found",
        standing=known.standing if known is not None else Standing.UNKNOWN,
    )


@cache
def _who(step: Step[Any, Any]) -> str:
    return " or ".join(sorted(map(str, step.by)))


def _crediting(case: Case[Any], on: date) -> Iterator[DueItem]:
    """The crediting period that runs: its last day is told by the case."""
    since, until = case.file.crediting or (None, None)
    step = project.end_crediting
    if until is None or (since is not None and since > on) or not step.taken_in(case.state):
        return
    if case.capabilities.get(str(step.capability)) == "no":
        return
    yield _end(case, step.id, _who(step), since, until, on, step.standing, step.cites or "told by the case")


def _designations(case: Case[Any], on: date) -> Iterator[DueItem]:
    """What an entity holds to a day that was told beforehand."""
    if case.state != "designated":
        return
    for held in case.file.held:
        if held.until is not None and surely_by(held.since, on):
            scopes = "all its scopes" if held.scopes is None else f"scopes {', '.join(map(str, held.scopes))}"
            what = f"end of the designation for {held.role or 'validation and verification'}, {scopes}"
            yield _end(case, what, str(Role.ENTITY), held.since, held.until, on, Standing.INFERRED, "told by the case")


_ENDS = {"project": _crediting, "tpe": _designations}


def _end(
    case: Case[Any],
    what: str,
    who: str,
    since: Day | None,
    until: date,
    on: date,
    standing: Standing,
    cites: str,
) -> DueItem:
    return DueItem(
        case=case.id, machine=case.machine, kind="end", what=what, who=who, since=since, until=until,
        days_left=(until - on).days, value=None, days=None, cites=cites, standing=standing,
    )  # fmt: skip
