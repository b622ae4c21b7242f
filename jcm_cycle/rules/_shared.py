"""The rows that the books of several countries take over by name: written once, each with where it was read.

A book names them in `[[take]]`, with the day from which they hold there and how well founded that is. The sources to
which rows point come along by themselves. The file is `common/rows.toml`; it is the rule book of no country.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from attrs import evolve, frozen

from jcm_cycle._near import nearest
from jcm_cycle.codec import read
from jcm_cycle.days import Bound
from jcm_cycle.findings import Standing
from jcm_cycle.rules._rows import Adopt, Gate, Row, SourceDocument, Value

__all__ = ["NAMED", "Take", "check_names", "common_sources", "sets", "shared_rows", "shared_sources", "take"]

FILE = Path(__file__).parent / "common" / "rows.toml"
NAMED: tuple[type[Adopt | Gate | Value], ...] = (Adopt, Gate, Value)
"""The classes of the rows that can be taken over."""


@frozen(kw_only=True)
class Take:
    """Rows of the common file that hold in this country too.

    Attributes:
        sets: names of sets of rows; a row of which the book has one of its own is left out.
        rows: names of single rows: ids of rules, values and gates.
        since: the day from which they hold here; left out, that of each row.
        until: the first day on which they no longer hold here.
        standing: how well founded it is that they hold here; none becomes better founded than it is.
        cites: why they do, in words; it is added to where each was read.
    """

    table: ClassVar[str] = "take"

    sets: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    since: Bound | None = None
    until: Bound | None = None
    standing: Standing
    cites: str | None = None


@cache
def _common() -> Mapping[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def shared_rows() -> Mapping[str, tuple[str, Row]]:
    """Return every row that can be taken over by its name, with its table."""
    found: dict[str, tuple[str, Row]] = {}
    for cls in NAMED:
        for row in _common().get(cls.table, ()):
            found[row[cls.named]] = cls.table, read(cls, row)
    return found


@cache
def common_sources() -> Mapping[str, SourceDocument]:
    return {row["key"]: read(SourceDocument, row) for row in _common()["source"]}


@cache
def sets() -> Mapping[str, tuple[str, ...]]:
    """Return the sets of rows that can be taken over, each with the names of its rows."""
    return {row["name"]: tuple(row["rows"]) for row in _common()["set"]}


def check_names(*asked: tuple[str, Iterable[str], Collection[str]]) -> None:
    """Refuse names that nothing has: under each key those that are asked for, beside those that are known.

    Raises:
        KeyError: each of its arguments is a key, a name that nothing has, and one that comes near.
    """
    unknown = [(key, name, nearest(name, known)) for key, names, known in asked for name in names if name not in known]
    if unknown:
        raise KeyError(*unknown)


def take(taken: Take, own: Container[str]) -> Iterator[tuple[str, str, Row]]:
    """Yield the rows that a book takes over, as they hold there, each with the key that names it and its table.

    Args:
        taken: what the book names.
        own: names of rows that the book has itself.

    Raises:
        KeyError: nothing has some of the names; each argument is a key, such a name, and one that comes near.
    """
    check_names(("sets", taken.sets, sets()), ("rows", taken.rows, shared_rows()))
    members = [("sets", name) for one in taken.sets for name in sets()[one] if name not in own]
    for key, name in (*members, *(("rows", name) for name in taken.rows)):
        table, row = shared_rows()[name]
        yield key, table, _taken(row, taken)


def replaced(taking: Iterable[Take], own: Container[str]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of sets that a book does not take over, since it has rows of their names, each as it would hold.

    Args:
        taking: what the book names.
        own: names of rows that the book has itself.
    """
    for taken in taking:
        for name in (name for one in taken.sets for name in sets().get(one, ()) if name in own):
            yield name, _taken(shared_rows()[name][1], taken)


def _taken(row: Row, taken: Take) -> Row:
    """Return a shared row as it holds in a book that takes it over."""
    changes: dict[str, Any] = {"standing": row.standing.or_weaker(taken.standing)}
    changes |= {name: bound for name in ("since", "until") if (bound := getattr(taken, name)) is not None}
    if taken.cites is not None:
        changes["cites"] = f"{row.cites}; {taken.cites}" if row.cites else taken.cites
    return evolve(row, **changes)


def shared_sources(keys: Iterable[str]) -> Iterator[SourceDocument]:
    """Yield the common sources with these keys, in the order of the file."""
    wanted = set(keys)
    return (source for key, source in common_sources().items() if key in wanted)
