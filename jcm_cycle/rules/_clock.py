"""Time limits of steps, counted from the book's values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jcm_cycle._working import WORKING_DAY, last_working_day
from jcm_cycle.days import Day, exact, last_day
from jcm_cycle.findings import CaseView, Finding, Standing, from_day, missing, require
from jcm_cycle.states._machine import Step

if TYPE_CHECKING:
    from jcm_cycle.rules._binding import Known
    from jcm_cycle.rules._edition import Edition

__all__ = ["begun", "due_day", "in_time", "last", "length", "limited_by", "over"]


def length(edition: Edition, name: str) -> tuple[int | None, Known | None]:
    """Return a window's length in calendar days, and the value it comes from; None where the book has none."""
    known = edition.value(name)
    days = known.value if known is not None and known.determined and type(known.value) is int else None
    return days, known


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


def limited_by(step: Step[Any, Any], case: CaseView[Any]) -> str | None:
    """Return the value that limits a step of a case: the longer one, where its file says that it was extended."""
    return step.extended if step.extended is not None and case.file.extended else step.within


def due_day(step: Step[Any, Any], case: CaseView[Any], edition: Edition) -> date | None:
    """Return the last day on which a step is in time, or None where no limit or no first day is known."""
    limit = limited_by(step, case)
    return last(edition, limit, begun(step, case), first=False)[0] if limit is not None else None


def begun(step: Step[Any, Any], case: CaseView[Any]) -> Day | None:
    """Return the day from which a time limit or window of a step counts, or None where it has not begun."""
    asked = max((day for name in step.answers if (day := exact(case.days.get(name)))), default=None)
    for name in step.counted_from:
        since = case.days.get(name)
        day = exact(since)
        # What was taken before the request that the step answers belongs to an earlier one.
        if since is not None and (day is None or asked is None or day >= asked):
            return since
    return None


def in_time(step: Step[Any, Any], on: date, case: CaseView[Any], edition: Edition) -> Finding:
    """Judge whether a step is in time: unmet with the days that it is late, missing where the limit is not known."""
    days, known = length(edition, limited_by(step, case) or "")
    due = due_day(step, case, edition)
    if due is None:
        return missing("the limit or the day from which it counts is not known", days=days)
    late = max((on - due).days, 0)
    return require(late == 0, rests_on=known.standing if known else None, days=days, due=due, late_by=late)


def over(edition: Edition, name: str, opened: Day | None, on: date) -> Finding:
    """Judge whether a window is over, counting both its days: unmet with the first day after it."""
    days, known = length(edition, name)
    if days is None or known is None:
        return missing("the book has no length of the window", rests_on=Standing.UNKNOWN, opened=opened)
    end, _ = last(edition, name, opened)
    if end is None:
        why = "the day on which public inputs were opened is not known"
        return missing(why, rests_on=known.standing, opened=opened, days=days)
    return from_day(on, end + timedelta(days=1), rests_on=known.standing, opened=opened, days=days, last_day=end)
