"""The tables of a book as its file has them: every row read, and the place in the file of every error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jcm_cycle._near import perhaps
from jcm_cycle.codec import read
from jcm_cycle.errors import BookError, JCMCycleError
from jcm_cycle.rules._file import quoted_day
from jcm_cycle.rules._lines import find_line
from jcm_cycle.rules._rows import TABLES, Bilateral, Head
from jcm_cycle.rules._shared import Take

__all__ = ["Tables"]

API = 1
"""The version of the book format that this library reads."""
LONGEST = 500
"""Letters of an error that are shown of what an author wrote: a line of nonsense may be as long as the book."""


class Tables:
    """The rows of a book by their table, those of its file first; what it takes over is added after them.

    Attributes:
        head: country, name, format, day of the last review.
        bilateral: the bilateral document, or None.
        path: the file.
        track: special track, or None.
        rows: the rows of each table.
        taking: the rows of `[[take]]`.
        lost: names of rows that could not be read, where the book was not refused for them.
    """

    def __init__(self, data: Mapping[str, Any], *, path: Path | str, text: str) -> None:
        self.path = path
        self._text = text
        self.track: str | None = None
        self.rows: dict[str, list[Any]] = {name: [] for name in TABLES}
        self.lost: dict[str, set[str]] = {name: set() for name in TABLES}
        self._taken: dict[str, list[tuple[str, int, str]]] = {}
        self._places: dict[str, list[int]] = {}
        self._check_format(data.get("book"))
        known = ("book", "bilateral", "main", *TABLES, "take")
        for name in data:
            if name not in known:
                cure = perhaps(name, known, f"Tables are {', '.join(known)}.")
                self.wrong(self._error("a book has no such table.", name, cure=cure, mistake="unknown-table"))
        self.head = self._one(data, "book", Head)
        self.track = self.head.track
        self.bilateral: Bilateral | None = None
        if "bilateral" in data:
            self.bilateral = self._kept(self._one, data, "bilateral", Bilateral)
        self.taking: list[Take] = []
        for name, cls in {**TABLES, "take": Take}.items():
            rows = data.get(name, [])
            if not isinstance(rows, list):
                why = "the table must be a list."
                self.wrong(self._error(why, name, cure=f"Write [[{name}]].", mistake="wrong-value"))
                continue
            made = [self._kept(self._row, cls, name, place, row) for place, row in enumerate(rows, 1)]
            self._places[name] = [place for place, row in enumerate(made, 1) if row is not None]
            found = [row for row in made if row is not None]
            if name == "take":
                self.taking = found
                continue
            self.rows[name] = found
            gone = [row for row, one in zip(rows, made, strict=True) if one is None and isinstance(row, Mapping)]
            self.lost[name] = {str(row.get(getattr(cls, "named", ""))) for row in gone}

    def _check_format(self, head: Any) -> None:
        """Refuse a book of another format before anything else: its tables and keys may be others."""
        api = head.get("api") if isinstance(head, dict) else None
        if type(api) is int and api != API:
            why = f"it was written for format {api}; this library reads format {API}."
            cure = f"Use the library it was written for, or an edition of the book in format {API}."
            raise self._error(why, "book", key="api", cure=cure, mistake="another-format")

    def wrong(self, error: BookError) -> None:
        """Refuse the book for what is wrong with it; whoever looks for all that is wrong notes it and goes on."""
        raise error

    def _kept(self, made: Callable[..., Any], *words: Any) -> Any:
        """Return a row, or None where it is wrong and the book is not refused for it."""
        try:
            return made(*words)
        except BookError as error:
            for one in (error, *error.others):
                self.wrong(one)
            return None

    def _one(self, data: Mapping[str, Any], name: str, cls: type[Any]) -> Any:
        if not isinstance(data.get(name), dict):
            why = "the table is missing."
            raise self._error(why, name, cure=f"Write [{name}] once.", mistake="missing-key")
        return self._row(cls, name, 0, data[name])

    def _row(self, cls: type[Any], name: str, place: int, row: Any) -> Any:
        if self._text and (found := quoted_day(row)) is not None:  # data from elsewhere may have days as text
            why = f"the day {found[1]!r} stands in quotation marks, which make it a text."
            cure = f"Write {found[1]}, without them."
            raise self.error_in(name, place, why, key=found[0], cure=cure, mistake="wrong-value")
        for key, value in row.items() if isinstance(row, Mapping) else ():
            if any(isinstance(one, str) and not one.strip() for one in (value if isinstance(value, list) else [value])):
                why, cure = "an empty text says nothing.", "Write the text, or leave it out."
                raise self.error_in(name, place, why, key=str(key), cure=cure, mistake="wrong-value")
        try:
            return read(cls, row)
        except JCMCycleError as error:
            told = [self._unread(one, name, place) for one in (error, *getattr(error, "others", ()))]
            if "unknown-key" in {one.name for one in told}:  # what is missing is perhaps there, under another name
                told = [one for one in told if one.name != "missing-key"]
            first, *others = told
            first.others = tuple(others)
            raise first from None

    def _unread(self, error: JCMCycleError, table: str, place: int) -> BookError:
        """Return what is wrong with one key of a row."""
        key = str(getattr(error, "key", ""))
        mistake = str(getattr(error, "name", "wrong-value"))
        return self.error_in(
            table, place, error.why.removeprefix(f"{key}: "), key=key, cure=error.cure, mistake=mistake
        )

    def _error(self, why: str, table: str, *, mistake: str, key: str = "", cure: str = "") -> BookError:
        return self.error_in(table, 0, why, key=key, cure=cure, mistake=mistake)

    def _add(self, table: str, row: Any, named_at: tuple[str, int, str]) -> None:
        """Add a row that the book takes over, and remember where it does so."""
        self.rows[table].append(row)
        self._taken.setdefault(table, []).append(named_at)

    def taken_at(self, table: str, place: int) -> str | None:
        """Return the table that takes over a row, `take` or `main`, or None where the row is the book's own."""
        own = len(self.rows.get(table, ())) - len(self._taken.get(table, ()))
        return self._taken[table][place - own - 1][0] if table in self._taken and place > own else None

    def written_at(self, table: str, place: int) -> str:
        """Return the name of a row as the file has it, such as `[[value]] 3`; of one taken over, of what takes it."""
        if self.taken_at(table, place) is not None:
            table, place, _ = self._taken[table][place - len(self.rows[table]) - 1]
        return _numbered(table, self._written(table, place))

    def _written(self, table: str, place: int) -> int:
        """Return which row of the file a row is: those that could not be read are counted, too."""
        return self._places[table][place - 1] if place and len(self._places.get(table, ())) >= place else place

    def error_in(self, table: str, place: int, why: str, *, mistake: str, key: str = "", cure: str = "") -> BookError:
        """Return the error of one row, with the line found in the file; of a row taken over, where it is named."""
        if self.taken_at(table, place) is not None:
            table, place, key = self._taken[table][place - len(self.rows[table]) - 1]
        place = self._written(table, place)
        line = find_line(self._text, table, place, key) if self._text else None
        label = _numbered(table[:LONGEST], place)
        told = why if len(why) <= 2 * LONGEST else f"{why[:LONGEST]} … {why[-LONGEST:]}"
        return BookError(told, table=label, key=key[:LONGEST], cure=cure, file=self.path, line=line, name=mistake)


def _numbered(table: str, place: int) -> str:
    return f"[[{table}]] {place}" if place else f"[{table}]"
