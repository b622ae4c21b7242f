"""Rows that follow each other on one rule and step, value or form: they neither overlap nor leave a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from jcm_cycle.errors import BookError
from jcm_cycle.rules._rows import Adopt
from jcm_cycle.rules._rule import rules

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["neighbours", "told_of"]

AT = " at "
END = "Let the earlier row end on the day on which the later one begins."
ONE = "Keep one of them, or mend the day on which it begins."
"""What to do where two rows begin on one day, so that neither can end on it."""
LIST = " A list takes the place of the earlier one as a whole: repeat in the later one what stays."


class _Dated(NamedTuple):
    """A row of which both days are exact."""

    begins: date
    ends: date
    place: int


def neighbours(book: RuleBook) -> Iterator[BookError]:
    """Yield the error of each row that overlaps with one before it, or leaves a gap, where the days are exact."""
    yield from _in_table(book, "adopt", _bound)
    yield from _in_table(book, "form", lambda row: (row.stem,))
    yield from _in_table(book, "value", lambda row: (row.id,))


def told_of(book: RuleBook, table: str, place: int) -> str:
    """Return what a row is called where another is told of it: by its place in the file, or by what takes it over."""
    taken, written = book.taken_at(table, place), book.written_at(table, place)
    if taken is None:
        return written
    return "a row of the country's book" if taken == "main" else f"a row that {written} takes over"


def _bound(row: Adopt) -> Iterator[str]:
    """Yield what a row on a rule speaks of: the rule at each of its steps."""
    rule = rules().get(row.rule)
    steps = row.steps or (rule.steps if rule is not None else ())
    return (f"{row.rule}{AT}{step}" for step in steps)


def _in_table(book: RuleBook, table: str, names: Callable[[Any], Iterable[str]]) -> Iterator[BookError]:
    found: dict[str, list[int]] = {}
    for place, row in enumerate(book.rows[table], 1):
        for name in names(row) if book.taken_at(table, place) != "main" else ():  # it is told in the country's book
            found.setdefault(name, []).append(place)
    for name, places in found.items():
        exact = sorted(_exact(book, table, places))
        for earlier, later in zip(accumulate(exact, _further), exact[1:], strict=False):
            first = told_of(book, table, earlier.place)
            if later.begins < earlier.ends:
                why = f"the row overlaps with {first}, which speaks of {name} {_to(earlier.ends)}."
                cure = _cure(book, table, name, earlier, later)
                yield book.error_in(table, later.place, why, key="since", cure=cure, mistake="overlap")
            # a row with a stretch may fill the gap, and so may one that could not be read
            whole = len(exact) == len(places) and name.partition(AT)[0] not in book.lost[table]
            if later.begins > earlier.ends and whole:
                why = f"nothing is said of {name} from {earlier.ends}, when {first} ends, to {later.begins}."
                cure = "Let it begin on that day, or write the gap as a stretch: { after = …, by = … }."
                yield book.error_in(table, later.place, why, key="since", cure=cure, mistake="gap")


def _further(one: _Dated, other: _Dated) -> _Dated:
    """Return the row that reaches further."""
    return one if one.ends >= other.ends else other


def _exact(book: RuleBook, table: str, places: Iterable[int]) -> Iterator[_Dated]:
    for place in places:
        row = book.rows[table][place - 1]
        end = row.until.on if row.until is not None else date.max
        if row.since.on is not None and end is not None and row.since.on < end:
            yield _Dated(row.since.on, end, place)


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
