"""Rows that take the place of those that books share, and leave days or steps of theirs without any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._neighbours import first_day, last_day, steps_of, sure_days
from jcm_cycle.rules._rows import Adopt, Row, name_of
from jcm_cycle.rules._shared import NAMED, replaced

__all__ = ["look_at_replaced"]

CURE = "Write a row of your own for them, or name the shared one under `rows` of a [[take]] with their days."


class _Placed(NamedTuple):
    """A row, where it stands, and whether it is the book's own."""

    table: str
    place: int
    row: Row
    own: bool


def look_at_replaced(book: RuleBook) -> Iterator[BookError]:
    """Yield the rows that take the place of one that books share, and say nothing of some of its days or steps.

    Rows of the same name that the book takes over by their name speak of theirs.
    """
    found: dict[str, list[_Placed]] = {}
    for cls in NAMED:
        for place, row in enumerate(book.rows[cls.table], 1):
            own = book.taken_at(cls.table, place) is None
            found.setdefault(name_of(row), []).append(_Placed(cls.table, place, row, own))
    names = {name for name, rows in found.items() if any(one.own for one in rows)}
    for name, shared in replaced(book.taking, names):
        days = sure_days(shared)
        if days is None:
            continue
        for step in _steps(shared):
            at = f"{name} at {step}" if step is not None else name
            speaking = [one.row for one in found[name] if step is None or step in _steps(one.row)]
            if lacking := _lacking(*days, speaking):
                mine = next(one for one in found[name] if one.own)
                why = f"the row takes the place of the one that books share: nothing is said of {at} {lacking}."
                yield book.error_in(mine.table, mine.place, why, key="since", cure=CURE, mistake="shared-cut-short")


def _steps(row: Row) -> tuple[str | None, ...]:
    """Return the steps for which a row speaks; None where it is on no rule."""
    return steps_of(row) if isinstance(row, Adopt) else (None,)


def _lacking(begins: date, ends: date, rows: list[Row]) -> str:
    """Return the days of a shared row, before or else after all others, of which none speaks; nothing for none."""
    first, last = min(map(first_day, rows), default=date.max), max(map(last_day, rows), default=begins)
    if rows and begins < first:
        return f"from {begins} to {min(first, ends)}"
    if last < ends:
        return f"from {max(last, begins)}" + ("" if ends == date.max else f" to {ends}")
    return ""
