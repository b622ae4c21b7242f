"""Days as the procedure counts them: exact, between two days, or unknown; bounds of rules; windows.

All days are calendar days without a time zone, as decision pages print them. No function here reads a clock.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeAlias

from attrs import field, frozen

from jcm_cycle.errors import EvidenceError

__all__ = [
    "ALWAYS",
    "UNKNOWN",
    "UNKNOWN_DAY",
    "Between",
    "Bound",
    "Day",
    "Period",
    "check_date",
    "check_day",
    "day_json",
    "exact",
    "last_day",
    "next_day",
    "parse_day",
    "read_day",
    "sort_day",
    "span",
    "surely_after",
    "surely_by",
]

_LAST = date.max


def _a_date(_: object, attribute: Any, value: Any) -> None:
    if type(value) is not date:
        why = f"{attribute.name} must be a date without a time, not {value!r}."
        raise EvidenceError(why, cure="Write date(2024, 5, 1).")


def _only_a_date(_: object, attribute: Any, value: object) -> None:
    if value is not None:
        _a_date(_, attribute, value)


@frozen
class Between:
    """A day that is known only to lie between two days, both included; either may be open.

    Attributes:
        not_before: the first day it can be, or None.
        not_after: the last day it can be, or None.
    """

    not_before: date | None = field(default=None, validator=_only_a_date)
    not_after: date | None = field(default=None, validator=_only_a_date)

    def __attrs_post_init__(self) -> None:
        if self.not_before and self.not_after and self.not_before > self.not_after:
            why = f"A day cannot lie between {self.not_before} and {self.not_after}."
            raise EvidenceError(why, cure="Swap the two days.")

    def __str__(self) -> str:
        if self.not_before and self.not_after:
            return f"between {self.not_before} and {self.not_after}"
        if self.not_before:
            return f"on or after {self.not_before}"
        return f"on or before {self.not_after}" if self.not_after else "day unknown"


@frozen(order=True)
class Period:
    """A stretch of days, the first and the last included.

    Attributes:
        start: the first day.
        end: the last day.
    """

    start: date = field(validator=_a_date)
    end: date = field(validator=_a_date)

    def __attrs_post_init__(self) -> None:
        if self.start > self.end:
            why = f"The period ends on {self.end}, before it begins on {self.start}."
            raise EvidenceError(why, cure="Give the first day and the last day, in this order.")

    def overlaps(self, other: Period) -> bool:
        """Tell whether a day belongs to both."""
        return self.start <= other.end and other.start <= self.end

    @classmethod
    def parse(cls, text: str | Period) -> Period:
        """Read `2024-01-01..2024-12-31`.

        Raises:
            EvidenceError: the text is no such period.
        """
        if isinstance(text, Period):
            return text
        first, dots, last = str(text).partition("..")
        if not dots:
            why = f"{text!r} is not a period."
            raise EvidenceError(why, cure="Write it as 2024-01-01..2024-12-31, both days included.")
        return cls(parse_day(first), parse_day(last))

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"


Day: TypeAlias = date | Between
"""An exact day, or what is known of it."""

UNKNOWN_DAY = Between()
"""A day of which nothing is known."""


def check_day(day: Any) -> None:
    """Let pass a date without a time and a `Between`.

    Raises:
        EvidenceError: it is neither.
    """
    if type(day) is not date and not isinstance(day, Between):
        why = f"on: {day!r} is not a day."
        raise EvidenceError(why, cure="Give a date without a time, such as date(2024, 5, 1).")


def check_date(day: Any) -> None:
    """Let pass a date without a time, and nothing else.

    Raises:
        EvidenceError: it is none.
    """
    if type(day) is not date:
        why = f"on: {day!r} is not a day."
        raise EvidenceError(why, cure="Give a date without a time, such as date(2024, 5, 1).")


def exact(day: Day | None) -> date | None:
    """Return the day where it is exactly known, else None."""
    return day if isinstance(day, date) else None


def sort_day(day: Day) -> date:
    """Return the day by which an entry takes its place: a `Between` counts by its end, unknown comes last."""
    if isinstance(day, Between):
        return day.not_after or _LAST
    return day


def surely_by(day: Day, on: date) -> bool:
    """Tell whether something of this day had surely happened by the end of `on`."""
    return sort_day(day) <= on and not (isinstance(day, Between) and day.not_after is None)


def surely_after(day: Day, on: date) -> bool:
    """Tell whether something of this day had surely not yet happened at the end of `on`."""
    if isinstance(day, Between):
        return day.not_before is not None and day.not_before > on
    return day > on


def span(days: tuple[Day, ...]) -> Day:
    """Return what several sources that name different days for one fact leave: the stretch that holds all."""
    if len(set(days)) == 1:
        return days[0]
    first = [d.not_before if isinstance(d, Between) else d for d in days]
    last = [d.not_after if isinstance(d, Between) else d for d in days]
    return Between(
        None if None in first else min(d for d in first if d),
        None if None in last else max(d for d in last if d),
    )


def parse_day(text: str) -> date:
    """Read `YYYY-MM-DD`, and nothing else.

    Raises:
        EvidenceError: the text is no such day, or there is no such day.
    """
    try:
        found = date.fromisoformat(text)
    except (TypeError, ValueError):
        found = None
    if found is None or found.isoformat() != text:  # ISO 8601 knows other forms, such as 2024-W18-3
        why = f"{text!r} is not a day."
        raise EvidenceError(why, cure="Write it as YYYY-MM-DD, such as 2024-05-01.")
    return found


def day_json(day: Day | None) -> Any:
    """Return a day as JSON has it: `"YYYY-MM-DD"`, `{"not_before", "not_after"}`, `"unknown"` or None."""
    if day is None:
        return None
    if isinstance(day, date):
        return day.isoformat()
    if day == UNKNOWN_DAY:
        return "unknown"
    return {"not_before": day_json(day.not_before), "not_after": day_json(day.not_after)}


def read_day(value: Any) -> Day:
    """Read what `day_json` wrote.

    Raises:
        EvidenceError: it is nothing of the kind.
    """
    if value == "unknown":
        return UNKNOWN_DAY
    if isinstance(value, dict):
        if set(value) != {"not_before", "not_after"}:
            why = f"{value!r} is not a day."
            raise EvidenceError(why, cure="Give not_before and not_after.")
        first, last = value["not_before"], value["not_after"]
        return Between(
            None if first is None else parse_day(first),
            None if last is None else parse_day(last),
        )
    return parse_day(value)


@frozen
class Bound:
    """The day on which something begins or ends to apply, as well as it is known.

    A bound is exact (`on`), or lies in a stretch: not yet so on the day `after`, so on the day `by`;
    either side may be open, and with both open nothing is known.
    """

    on: date | None = field(default=None, validator=_only_a_date)
    after: date | None = field(default=None, validator=_only_a_date)
    by: date | None = field(default=None, validator=_only_a_date)

    def __attrs_post_init__(self) -> None:
        if self.on is not None and (self.after is not None or self.by is not None):
            why = "A bound is either a day or a stretch, not both."
            raise EvidenceError(why, cure="Give `on`, or `after` and `by`.")
        if self.after is not None and self.by is not None and self.after >= self.by:
            why = f"The bound says 'not yet on {self.after}' and 'so on {self.by}'."
            raise EvidenceError(why, cure="`after` must be earlier than `by`.")

    def reached(self, day: date) -> bool | None:
        """Tell whether the bound is reached on the day: yes, no, or None where it is not known."""
        if self.on is not None:
            return day >= self.on
        if self.by is not None and day >= self.by:
            return True
        if self.after is not None and day <= self.after:
            return False
        return None

    def turns(self) -> tuple[date, ...]:
        """Return the days on which the answer of `reached` changes."""
        if self.on is not None:
            return (self.on,)
        found = []
        if self.after is not None and self.after < date.max:
            found.append(self.after + timedelta(days=1))
        if self.by is not None and self.by not in found:
            found.append(self.by)
        return tuple(found)

    def json(self) -> Any:
        """Return the form in JSON: `"YYYY-MM-DD"`, `{"after", "by"}` or `"unknown"`."""
        if self.on is not None:
            return self.on.isoformat()
        if self == UNKNOWN:
            return "unknown"
        return {"after": day_json(self.after), "by": day_json(self.by)}

    def __str__(self) -> str:
        if self.on is not None:
            return self.on.isoformat()
        parts = [f"after {self.after}"] if self.after else []
        parts += [f"by {self.by}"] if self.by else []
        return ", ".join(parts) or "unknown"


UNKNOWN = Bound()
"""A bound of which nothing is known."""

ALWAYS = Bound(on=date.min)
"""A bound that lies before every day."""


def next_day(day: date) -> date:
    """Return the day after; the last day of the calendar has none and stands for itself."""
    return day + timedelta(days=1) if day < _LAST else _LAST


def last_day(opened: date, days: int) -> date:
    """Return the last day of a window of so many days, the day of opening counted as the first."""
    try:
        return opened + timedelta(days=days - 1)
    except OverflowError:
        return _LAST  # beyond the calendar: it never ends
