"""Time limits of steps, counted from the book's values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jcm_cycle.days import Day, exact
from jcm_cycle.findings import CaseView, Finding, missing, require
from jcm_cycle.states._machine import Step

if TYPE_CHECKING:
    from jcm_cycle.rules._binding import Known
    from jcm_cycle.rules._edition import Edition

__all__ = ["begun", "due_day", "in_time", "length"]


def length(edition: Edition, name: str) -> tuple[int | None, Known | None]:
    """Return a window's length in calendar days, and the value it comes from; None where the book has none."""
    known = edition.value(name)
    days = known.value if known is not None and known.determined and type(known.value) is int else None
    return days, known


def due_day(step: Step[Any, Any], case: CaseView[Any], edition: Edition, *, within: str | None = None) -> date | None:
    """Return the last day on which a step is in time, or None where no limit or no first day is known.

    Args:
        step: the step.
        case: the case.
        edition: what the book says.
        within: the value that limits it, where it is not the step's own.
    """
    limit = within or step.within
    if limit is None:
        return None
    days, _ = length(edition, limit)
    since = exact(begun(step, case))
    return since + timedelta(days=days) if since is not None and days is not None else None


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


def in_time(
    step: Step[Any, Any], on: date, case: CaseView[Any], edition: Edition, *, within: str | None = None
) -> Finding:
    """Judge whether a step is in time: unmet with the days that it is late, missing where the limit is not known."""
    days, known = length(edition, within or step.within or "")
    due = due_day(step, case, edition, within=within)
    if due is None:
        return missing("the limit or the day from which it counts is not known", days=days)
    late = max((on - due).days, 0)
    return require(late == 0, rests_on=known.standing if known else None, days=days, due=due, late_by=late)
