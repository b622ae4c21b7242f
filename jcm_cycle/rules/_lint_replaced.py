"""Rows that take the place of those that books share, and leave days or steps of theirs without any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._neighbours import first_day, last_day, sure_days
from jcm_cycle.rules._rows import Adopt, Row, name_of
from jcm_cycle.rules._rule import rules
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
        for step in _steps(shared) if days is not None else ():
            at = f"{name} at {step}" if step is not None else name
            speaking = [one for one in found[name] if step is None or step in _steps(one.row)]
            lacking = next(_lacking(days, speaking), None) if days is not None else None
            if lacking is not None:
                mine = next(one for one in found[name] if one.own)
                why = f"the row takes the place of the one that books share: nothing is said of {at} {lacking}."
                yield book.error_in(mine.table, mine.place, why, key="since", cure=CURE, mistake="shared-cut-short")


def _steps(row: Row) -> tuple[str | None, ...]:
    """Return the steps for which a row speaks; None where it is on no rule."""
    if not isinstance(row, Adopt):
        return (None,)
    rule = rules().get(row.rule)
    return row.steps or (rule.steps if rule is not None else ())


def _lacking(days: tuple[date, date], rows: list[_Placed]) -> Iterator[str]:
    """Yield the days of a shared row, before and after all others, of which none speaks."""
    begins, ends = days
    if not rows:
        yield f"from {begins}" + ("" if ends == date.max else f" to {ends}")
        return
    first, last = min(first_day(one.row) for one in rows), max(last_day(one.row) for one in rows)
    if begins < first:
        yield f"from {begins} to {min(first, ends)}"
    if last < ends:
        yield f"from {max(last, begins)}" + ("" if ends == date.max else f" to {ends}")
