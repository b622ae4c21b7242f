"""What there is of a country's book at a glance: how many rows, how well founded, since when, last looked at when.

The rows of the books of special tracks are added to those of the country's main book. A row that says the same as
one already counted, in every part of it, is not counted again; a source counts once by its key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from jcm_cycle.days import UNKNOWN, Bound
from jcm_cycle.findings import Standing
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.states import CAPABILITIES

__all__ = ["Summary", "summary"]

COUNTED = {"sources": "source", "forms": "form", "values": "value", "rules": "adopt", "overlays": "overlay"}
"""What is counted, each with the table whose rows are."""
HAD = ("yes", "provisional")


@frozen(kw_only=True)
class Summary:
    """One country's rules at a glance, those of its special tracks among them.

    Attributes:
        country: two-letter code.
        name: the name of the country.
        tracks: the special tracks, with or without a book of their own.
        capabilities: what some procedure of it surely or provisionally has.
        counts: how many sources, forms, values, adopted rules and overlays the books have.
        standing: how many rows, of all tables that have a standing, are founded how well.
        reviewed_on: the day on which somebody last compared with the sources; of several books the earliest.
        since: the first day of the bilateral document.
    """

    country: str
    name: str
    tracks: tuple[str, ...]
    capabilities: tuple[str, ...]
    counts: Mapping[str, int]
    standing: Mapping[str, int]
    reviewed_on: date
    since: Bound

    def json(self) -> dict[str, Any]:
        """Return the summary as data."""
        return {
            "country": self.country,
            "name": self.name,
            "tracks": list(self.tracks),
            "capabilities": list(self.capabilities),
            **self.counts,
            "standing": dict(self.standing),
            "reviewed_on": self.reviewed_on.isoformat(),
            "since": self.since.json(),
        }


def summary(book: RuleBook) -> Summary:
    """Return what there is of a country: of its main book, and of those of its tracks.

    Raises:
        BookError: the book of a track is broken.
    """
    books = book.with_tracks()
    rows = {table: _once(table, books) for table in book.rows}
    documents = {repr(one.bilateral): one.bilateral for one in books if one.bilateral is not None}
    founded = [*documents.values(), *(row for found in rows.values() for row in found if hasattr(row, "standing"))]
    standings = Counter(row.standing for row in founded)
    had = {name for one in books for held in one.capabilities.values() for name in held if held[name] in HAD}
    return Summary(
        country=book.country,
        name=book.head.name,
        tracks=tuple(row.name for row in book.rows["track"]),
        capabilities=tuple(name for name in CAPABILITIES if name in had),
        counts={name: len(rows[table]) for name, table in COUNTED.items()},
        standing={str(standing): standings[standing] for standing in Standing},
        reviewed_on=min(one.head.reviewed_on for one in books),
        since=book.bilateral.since if book.bilateral is not None else UNKNOWN,
    )


def _once(table: str, books: tuple[RuleBook, ...]) -> list[Any]:
    """Return the rows of a table of several books, each once."""
    found = [row for one in books for row in one.rows[table]]
    if len(books) == 1:
        return found
    return list({row.key if table == "source" else repr(row): row for row in found}.values())
