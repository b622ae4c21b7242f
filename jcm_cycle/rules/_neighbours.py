"""Rows that follow each other on one rule and step, value, form or measure: they neither overlap nor leave a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from jcm_cycle.errors import BookError
from jcm_cycle.rules._rows import Adopt, Row
from jcm_cycle.rules._rule import rules

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["first_day", "last_day", "meet", "neighbours", "steps_of", "sure_days", "told_of"]

AT = " at "
END = "Let the earlier row end on the day on which the later one begins."
ONE = "Keep one of them, or mend the day on which it begins."
"""What to do where two rows begin on one day, so that neither can end on it."""
LIST = " A list takes the place of the earlier one as a whole: repeat in the later one what stays."


class _Dated(NamedTuple):
    """A row with the days on which it surely holds, or on which it may hold: from the first to before the second."""

    begins: date
    ends: date
    place: int


def neighbours(book: RuleBook) -> Iterator[BookError]:
    """Yield the error of each row that surely overlaps with one before it, or leaves a gap that none may fill."""
    yield from _in_table(book, "adopt", _bound)
    yield from _in_table(book, "form", lambda row: (row.stem,))
    yield from _in_table(book, "value", lambda row: (row.id,))
    yield from _in_table(book, "overlay", lambda row: (row.id,), gaps=False)


def told_of(book: RuleBook, table: str, place: int) -> str:
    """Return what a row is called where another is told of it: by its place in the file, or by what takes it over."""
    taken, written = book.taken_at(table, place), book.written_at(table, place)
    if taken is None:
        return written
    return "a row of the country's book" if taken == "main" else f"a row that {written} takes over"


def _bound(row: Adopt) -> Iterator[str]:
    """Yield what a row on a rule speaks of: the rule at each of its steps."""
    return (f"{row.rule}{AT}{step}" for step in steps_of(row))


def steps_of(row: Adopt) -> tuple[str, ...]:
    """Return the steps for which a row on a rule speaks: those that it names, or all of the rule."""
    rule = rules().get(row.rule)
    return row.steps or (rule.steps if rule is not None else ())


def _in_table(
    book: RuleBook, table: str, names: Callable[[Any], Iterable[str]], *, gaps: bool = True
) -> Iterator[BookError]:
    found: dict[str, list[int]] = {}
    for place, row in enumerate(book.rows[table], 1):
        for name in names(row) if book.taken_at(table, place) != "main" else ():  # it is told in the country's book
            found.setdefault(name, []).append(place)
    for name, places in found.items():
        for earlier, later in _followed(_surely(book, table, places)):
            if later.begins < earlier.ends:
                first = told_of(book, table, earlier.place)
                why = f"the row overlaps with {first}, which speaks of {name} {_to(earlier.ends)}."
                cure = _cure(book, table, name, earlier, later)
                yield book.error_in(table, later.place, why, key="since", cure=cure, mistake="overlap")
        if not gaps or name.partition(AT)[0] in book.lost[table]:  # a row that could not be read may fill a gap
            continue
        for earlier, later in _followed(_perhaps(book, table, places)):
            if later.begins > earlier.ends:
                first = told_of(book, table, earlier.place)
                why = f"nothing is said of {name} from {earlier.ends}, when {first} ends, to {later.begins}."
                cure = "Let it begin on that day, or write the gap as a stretch: { after = …, by = … }."
                yield book.error_in(table, later.place, why, key="since", cure=cure, mistake="gap")


def _followed(rows: Iterable[_Dated]) -> Iterator[tuple[_Dated, _Dated]]:
    """Yield each row but the first, after the one of those before it that reaches furthest."""
    ordered = sorted(rows)
    return zip(accumulate(ordered, _further), ordered[1:], strict=False)


def _further(one: _Dated, other: _Dated) -> _Dated:
    """Return the row that reaches further."""
    return one if one.ends >= other.ends else other


def _surely(book: RuleBook, table: str, places: Iterable[int]) -> Iterator[_Dated]:
    """Yield the rows that surely hold on some days, with those days."""
    for place in places:
        if (days := sure_days(book.rows[table][place - 1])) is not None:
            yield _Dated(*days, place)


def meet(one: Row, other: Row) -> bool:
    """Tell whether there are days on which both of two rows may hold."""
    return first_day(one) < last_day(other) and first_day(other) < last_day(one)


def _perhaps(book: RuleBook, table: str, places: Iterable[int]) -> Iterator[_Dated]:
    """Yield all rows, with the days on which each may hold."""
    for place in places:
        row = book.rows[table][place - 1]
        yield _Dated(first_day(row), last_day(row), place)


def last_day(row: Row) -> date:
    """Return the first day on which a row surely holds no longer; the last of the calendar where there is none."""
    ends = None if row.until is None else row.until.on or row.until.by
    return ends or date.max


def sure_days(row: Row) -> tuple[date, date] | None:
    """Return the days on which a row surely holds, from the first to before the second, or None for none."""
    begins = row.since.on or row.since.by
    ends = date.max if row.until is None else row.until.on or _next(row.until.after)
    return (begins, ends) if begins is not None and ends is not None and begins < ends else None


def first_day(row: Row) -> date:
    """Return the first day on which a row may hold."""
    return row.since.on or _next(row.since.after) or date.min


def _next(day: date | None) -> date | None:
    return day + timedelta(days=1) if day is not None and day < date.max else None


def _cure(book: RuleBook, table: str, name: str, earlier: _Dated, later: _Dated) -> str:
    """Return what to do about an overlap: a row that is taken over is not there to be changed."""
    bare = name.partition(AT)[0]
    first, second = (book.taken_at(table, row.place) and book.written_at(table, row.place) for row in (earlier, later))
    follows = earlier.begins < later.begins
    kept = LIST if isinstance(getattr(book.rows[table][later.place - 1], "value", None), list) else ""
    if first and second:
        ended = f", or let {first} end on the day on which {second} begins" if follows else ""
        return f"Take {bare} over only once{ended}."
    if first:
        ended = "; for the days before, name it in a [[take]] of its own with that of your row as `until`"
        return f"Leave {bare} out of {first}{ended if follows else ''}.{kept}"
    if second:
        ended = ", or let your own row end on the day on which it begins there"
        return f"Leave {bare} out of {second}{ended if follows else ''}."
    return f"{END}{kept}" if follows else ONE


def _to(end: date) -> str:
    return "without an end" if end == date.max else f"until {end}"
