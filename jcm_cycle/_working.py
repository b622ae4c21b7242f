"""Working days of a country, where a rule book counts them, through the `holidays` package."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from jcm_cycle.errors import EvidenceError, NeedsExtra

__all__ = ["WORKING_DAY", "last_working_day"]

WORKING_DAY = "working day"
"""The unit of a value that counts working days; every other number of days counts calendar days."""


def last_working_day(since: date, days: int, country: str, *, first: bool = True) -> date:
    """Return the last of so many working days: neither weekend nor public holiday of the country.

    Args:
        since: the day from which they count.
        days: how many.
        country: two-letter code.
        first: whether that day is the first that counts, if it is a working day.

    Raises:
        NeedsExtra: `holidays` is not installed.
        EvidenceError: it knows no public holidays of the country, or the days run beyond the calendar.
    """
    calendar = _calendar(country)
    try:
        day = since - timedelta(days=1) if first else since
        for _ in range(days):
            day += timedelta(days=1)
            while not calendar.is_working_day(day):
                day += timedelta(days=1)
    except OverflowError:
        why = f"{days} working days from {since} run beyond the calendar."
        raise EvidenceError(why, cure="Mend the number of days in the book, or the day.") from None
    return day


@cache
def _calendar(country: str) -> Any:
    try:
        import holidays  # noqa: PLC0415 - comes with an extra
    except ModuleNotFoundError as error:
        why = "The rule book counts working days, which needs the package holidays."
        raise NeedsExtra(why, cure="pip install 'jcm-cycle[calendar]'") from error
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        why = f"No public holidays of {country} are known, so that its working days cannot be counted."
        raise EvidenceError(why, cure="Count the days by hand; a day that was told can be recorded.") from None
