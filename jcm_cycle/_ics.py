"""Items with a last day as an iCalendar file (RFC 5545), through the `icalendar` package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from jcm_cycle.errors import NeedsExtra

__all__ = ["calendar"]


def calendar(items: Iterable[Any], on: date) -> bytes:
    """Return items as a calendar: an event on the last day of each, and a task for one whose last day is not known.

    An item keeps its identity from one export to the next, so that a calendar moves what it already shows: it is what
    is due of a case, and of several such items its place among them.

    Args:
        items: items as `due` returns them.
        on: the day for which they were asked, taken for the day of the export.

    Raises:
        NeedsExtra: `icalendar` is not installed.
    """
    try:
        from icalendar import Calendar, Event, Todo  # noqa: PLC0415 - comes with an extra
    except ModuleNotFoundError as error:
        why = "A calendar file needs the package icalendar."
        raise NeedsExtra(why, cure="pip install 'jcm-cycle[calendar]'") from error
    made = Calendar()
    made.add("prodid", "-//jcm_cycle//due//EN")
    made.add("version", "2.0")
    stamp = datetime.combine(on, time(), UTC)
    places: Counter[tuple[str, str]] = Counter()
    for item in items:
        same = (item.case, item.what)
        places[same] += 1
        one = Todo() if item.until is None else Event()
        since = item.since if isinstance(item.since, date) else None
        told = repr((*same, places[same]))
        one.add("uid", f"{sha256(told.encode()).hexdigest()[:32]}@jcm-cycle")
        one.add("dtstamp", stamp)
        one.add("summary", f"{item.case}: {item.what}")
        one.add("description", str(item))
        one.add("categories", [item.kind, item.who])
        if item.until is not None:
            one.add("dtstart", item.until)
            one.add("transp", "TRANSPARENT")
        elif since is not None:
            one.add("dtstart", since)
        made.add_component(one)
    return bytes(made.to_ical())
