"""The time of steps: limits and windows, counted by the book's values."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from attrs import frozen

from jcm_cycle._working import WORKING_DAY, last_working_day
from jcm_cycle.days import Between, Day, exact, last_day, next_day, sort_day
from jcm_cycle.evidence import Outcome
from jcm_cycle.findings import CaseView, Finding, Standing, from_day, missing, require
from jcm_cycle.states import MACHINES, After, Step, Within

if TYPE_CHECKING:
    from jcm_cycle.rules._binding import Known
    from jcm_cycle.rules._edition import Edition

__all__ = ["Counted", "begun", "counted", "due_day", "in_time", "last", "length", "over"]


def length(edition: Edition, name: str) -> tuple[int | None, Known | None]:
    """Return a window's length in calendar days, and the value it comes from; None where the book has none."""
    known = edition.value(name)
    return _days(known), known


def _days(known: Known | None) -> int | None:
    return known.value if known is not None and known.determined and type(known.value) is int else None


def last(edition: Edition, name: str, since: Day | None, *, first: bool = True) -> tuple[date | None, Known | None]:
    """Return the last day of a window or time limit, and the value it comes from.

    Days are calendar days, unless the unit of the value is "working day": then they are those of the country.

    Args:
        edition: what the book says.
        name: id of the value.
        since: the day from which it counts.
        first: whether that day is the first that counts; of a time limit the day after is.

    Returns:
        None for the day where the length or the day from which it counts is not known.

    Raises:
        NeedsExtra, EvidenceError: the book counts working days, and what days are worked is not known here.
    """
    days, known = length(edition, name)
    begins = exact(since)
    if days is None or known is None or begins is None:
        return None, known
    if known.unit == WORKING_DAY:
        return last_working_day(begins, days, edition.country, first=first), known
    return last_day(begins, days if first else days + 1), known


@frozen
class Counted:
    """How the time of a step counts for a case.

    Attributes:
        value: id of the value of the book.
        since: the day from which it counts, as well as it is known; None where it has not begun.
        days: how many days the book gives; None where it does not know.
        until: the last day; None where it is not known.
        known: what the book says of the value.
    """

    value: str
    since: Day | None
    days: int | None
    until: date | None
    known: Known | None

    @property
    def standing(self) -> Standing:
        """How well founded the number of days is."""
        return self.known.standing if self.known is not None else Standing.UNKNOWN

    @property
    def rests_on(self) -> Known | Standing:
        """What a finding on the time rests on."""
        return self.known or Standing.UNKNOWN


def counted(step: Step[Any, Any], case: CaseView[Any], edition: Edition | None) -> Counted:
    """Return how the time of a timed step counts for a case, by the edition that governs the step."""
    timed = cast("After | Within", step.timed)
    value = timed.value if isinstance(timed, After) else timed.value_for(case.file)
    since = begun(step, case)
    if edition is None:
        return Counted(value, since, None, None, None)
    until, known = last(edition, value, since, first=isinstance(timed, After))
    return Counted(value, since, _days(known), until, known)


def begun(step: Step[Any, Any], case: CaseView[Any]) -> Day | None:
    """Return the day from which the time of a step counts, or None where it has not begun.

    That is the latest day of what opens it. Where something has ended the wait since, and the case was only observed
    to wait again, it is some day after that. A step that was taken since and leaves the case where it is, has ended
    its own wait, unless it may have ended otherwise.
    """
    timed = step.timed
    if timed is None:
        return None
    since = _latest(case, timed.since)
    if isinstance(timed, Within) and timed.told is not None:
        since = getattr(case.file, timed.told) or since
    if since is not None and step.taken_in(case.state):
        taken = case.days.get(step.name)
        if taken is not None and _rests(step) and sort_day(taken) >= sort_day(since):
            return None
        over = _latest(case, _ending(step))
        if over is not None and sort_day(over) > sort_day(since):
            return Between(not_before=exact(over))
    return since


def _latest(case: CaseView[Any], names: tuple[str, ...]) -> Day | None:
    return max((case.days[name] for name in names if name in case.days), key=sort_day, default=None)


@cache
def _rests(step: Step[Any, Any]) -> bool:
    """Tell whether a step that is done leaves the case where it is, and nothing beside the state tells that."""
    stays = any(row.get(state) == state for row in step.targets.values() for state in row)
    return stays and step.region is None and Outcome.OTHERWISE not in step.targets


@cache
def _ending(step: Step[Any, Any]) -> tuple[str, ...]:
    """Return the steps that, however they end, lead out of the states in which a step may be taken."""
    here = {state.name for state in step.sources}
    return tuple(
        other.name
        for other in MACHINES[step.machine].steps.values()
        if any(other.taken_in(state) for state in here)
        and not any(row[state] in here for row in other.targets.values() for state in here & set(row))
    )


def due_day(step: Step[Any, Any], case: CaseView[Any], edition: Edition) -> date | None:
    """Return the last day on which a step is in time, or None where no limit or no first day is known."""
    return counted(step, case, edition).until if isinstance(step.timed, Within) else None


def in_time(step: Step[Any, Any], on: date, case: CaseView[Any], edition: Edition) -> Finding:
    """Judge whether a step is in time: unmet with the days that it is late, missing where the limit is not known."""
    time = counted(step, case, edition)
    if time.until is None:
        return missing("the limit or the day from which it counts is not known", days=time.days)
    late = max((on - time.until).days, 0)
    return require(late == 0, rests_on=time.rests_on, days=time.days, due=time.until, late_by=late)


def over(step: Step[Any, Any], on: date, case: CaseView[Any], edition: Edition) -> Finding:
    """Judge whether the window before a step is over, counting both its days: unmet with the first day after it."""
    time = counted(step, case, edition)
    opened, days = time.since, time.days
    if days is None:
        return missing("the book has no length of the window", rests_on=Standing.UNKNOWN, opened=opened)
    if time.until is None:
        why = "the day on which public inputs were opened is not known"
        return missing(why, rests_on=time.rests_on, opened=opened, days=days)
    first = next_day(time.until)
    return from_day(on, first, rests_on=time.rests_on, opened=opened, days=days, last_day=time.until)
