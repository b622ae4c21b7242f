"""What the book of a special track takes over from the book of its country: the rows that are common to both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jcm_cycle.rules._rows import TABLES, Bilateral, Main, Track, name_of
from jcm_cycle.rules._shared import check_names

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["take_over"]

_SOURCE, _TRACK = "source", Track.table


def take_over(main: RuleBook, own: Mapping[str, list[Any]], wanted: Main) -> Iterator[tuple[str, Any]]:
    """Yield the rows of the country's book that hold in a track too, each with its table.

    The sources to which the rows point come along; all others only where their table is asked for.

    Args:
        main: the book of the country.
        own: the rows that the track has itself.
        wanted: what it says it takes over.

    Raises:
        KeyError: the main book has no such table or row; each argument is a key, such a name, and one that comes near.
    """
    known = {*TABLES, Bilateral.table} - {_TRACK}
    rows_known = {name_of(row) for rows in main.rows.values() for row in rows}
    check_names(("tables", wanted.tables or (), known), ("without", wanted.without, rows_known))
    tables = known if wanted.tables is None else set(wanted.tables)
    points = {getattr(row, _SOURCE, None) for rows in own.values() for row in rows}
    if Bilateral.table in tables and main.bilateral is not None:
        points.add(main.bilateral.source)
    for table, rows in main.rows.items():
        if table in (_SOURCE, _TRACK) or table not in tables:
            continue
        for row in _left(rows, own[table], wanted):
            points.add(getattr(row, _SOURCE, None))
            yield table, row
    for row in _left(main.rows[_SOURCE], own[_SOURCE], wanted):
        if _SOURCE in tables or row.key in points:
            yield _SOURCE, row


def _left(rows: list[Any], own: list[Any], wanted: Main) -> Iterator[Any]:
    """Yield the rows that are neither named as left out nor replaced by one of the same name."""
    gone = {*wanted.without, *map(name_of, own)}
    return (row for row in rows if name_of(row) not in gone)
