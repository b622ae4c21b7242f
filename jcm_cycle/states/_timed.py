"""What the clock has to do with a machine: limits and windows of its steps, and ends that were told beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import field, frozen

from jcm_cycle.days import Day
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role

__all__ = ["After", "End", "Within"]


def _steps(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@frozen
class After:
    """A window: a step is not taken before the days of a value of the book have passed.

    Attributes:
        value: id of the value; the day of opening is the first that counts.
        since: the step or steps that open it; the latest that was taken counts.
    """

    value: str
    since: tuple[str, ...] = field(converter=_steps, kw_only=True)


@frozen
class Within:
    """A time limit: a step is to be taken within the days of a value of the book.

    Attributes:
        value: id of the value; the day after the one from which it counts is the first.
        since: the step or steps from whose day it counts; the latest that was taken counts.
        told: the field of the file that tells this day better than the day of the step, such as the last day of a
            window that was closed later.
        extended: the value that limits it instead, where the file of the case says that it was extended.
    """

    value: str
    since: tuple[str, ...] = field(converter=_steps, kw_only=True)
    told: str | None = field(default=None, kw_only=True)
    extended: str | None = field(default=None, kw_only=True)

    def value_for(self, file: Any) -> str:
        """Return the value that limits the step of a case."""
        return self.extended if self.extended is not None and file.extended else self.value


@frozen(kw_only=True)
class End:
    """The end of something that was granted to a day that was told beforehand.

    Attributes:
        what: what ends; the id of the step, where one ends it.
        who: who has to see to it.
        since: the first day for which it was granted, as well as it is known.
        until: the last day.
        replaced: the day from which something else takes its place, where that is known.
        step: name of the step by which the clock ends it; None where it ends without one.
        standing: how well founded it is that it ends on that day.
        cites: where that was read.
    """

    what: str
    who: Role
    since: Day | None
    until: date
    replaced: Day | None = None
    step: str | None = None
    standing: Standing = Standing.INFERRED
    cites: str = "told by the case"
