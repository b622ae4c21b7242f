"""The rule books of many countries by code: those that are installed, those of a folder, or those a host has chosen.

The names are known before any book is read. This module needs nothing of the library but its errors, so that a list
of the countries costs a host next to nothing; what a book needs is loaded with the first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jcm_cycle._near import perhaps
from jcm_cycle.errors import BookError, NoRuleBook
from jcm_cycle.rules._names import names
from jcm_cycle.rules._shelf import Shelf

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["RuleBooks", "books"]


class RuleBooks(Mapping[str, "RuleBook"]):
    """Rule books by country code: all that are installed, or those that are given; each is read when asked for.

    `books | {"KE": mine}` are these books with another one for Kenya; nothing is read by that.
    """

    def __init__(self, books: Mapping[str, RuleBook] | None = None) -> None:
        self._find: Callable[[], Shelf] = _installed if books is None else partial(self._given, books)
        self._installed = books is None
        self._read: dict[str, RuleBook] = {}

    @classmethod
    def from_folder(cls, path: Path | str) -> RuleBooks:
        """Return the books of a folder that holds one folder for each country, with its `book.toml`.

        They are data: nothing in the folder is run. Only the country is looked for in each file before it is asked for.

        Raises:
            BookError: there is no such folder, or it holds the book of one country itself.
        """
        from jcm_cycle.rules._folder import shelf  # noqa: PLC0415 - what it needs is needed for folders only

        made = cls({})
        made._find = partial(shelf, Path(path))
        _ = made.shelf  # what is wrong with the folder itself is told at once
        return made

    @staticmethod
    def _given(books: Mapping[str, RuleBook]) -> Shelf:
        """Return books that a host gives; none of them is asked for by that."""
        stray = books.shelf.stray if isinstance(books, RuleBooks) else {}
        return Shelf({country: partial(books.__getitem__, country) for country in books}, stray)

    @classmethod
    def _joined(cls, *several: Mapping[str, RuleBook]) -> RuleBooks:
        """Return the books of several mappings; where more than one has a country, the last of them counts."""

        def find() -> Shelf:
            shelves = [cls._given(books) for books in several]
            return Shelf({k: v for one in shelves for k, v in one.books.items()},
                         {k: v for one in shelves for k, v in one.stray.items()})  # fmt: skip

        made = cls({})
        made._find = find
        return made

    @cached_property
    def shelf(self) -> Shelf:
        """What can be had, before any of it is read."""
        return self._find()

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The countries, found without what it takes to load the book of one."""
        known = names() if self._installed else None
        return frozenset(self.shelf.books) if known is None else known

    def __getitem__(self, country: str) -> RuleBook:
        """Return the book of a country.

        Raises:
            NoRuleBook: there is none.
            BookError: it is broken, or several distributions bring one.
        """
        book = self._read.get(country)
        if book is None:
            if country not in self.shelf.books:
                raise self._none(country)
            book = self._read[country] = self.shelf.books[country]()
        return book

    def _none(self, country: str) -> NoRuleBook:
        cure = perhaps(country, self, f"Books are installed for {', '.join(self) or 'no country'}.")
        if self.shelf.stray:
            cure += f" Perhaps it is one that cannot be read: {', '.join(self.shelf.stray)}; problems() tells why."
        return NoRuleBook(f"There is no rule book for {country!r}.", cure=cure)

    def __contains__(self, country: object) -> bool:
        return country in self._countries

    def get(self, country: str, default: Any = None, /) -> Any:
        """Return the book of a country, or something else where there is none."""
        found = self.get_or_none(country)
        return default if found is None else found

    def get_or_none(self, country: str) -> RuleBook | None:
        """Return the book of a country, or None where there is none."""
        return self[country] if country in self else None  # noqa: SIM401 - `get` of this class asks here

    def problems(self) -> dict[str, BookError]:
        """Read every book, those of special tracks and the texts beside it too, and return what is wrong, by country.

        What does not tell its country stands under the name of the distribution or folder that brings it.
        """
        from jcm_cycle.rules._texts import broken_texts  # noqa: PLC0415 - what it needs is needed for books only

        found = dict(self.shelf.stray)
        for country in self:
            try:
                self[country].with_tracks()
                for error in broken_texts(self[country]):
                    raise error
            except BookError as error:
                found[country] = error
        return found

    def __or__(self, others: Mapping[str, RuleBook]) -> RuleBooks:
        return self._joined(self, others)

    def __ror__(self, others: Mapping[str, RuleBook]) -> RuleBooks:
        return self._joined(others, self)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._countries))

    def __len__(self) -> int:
        return len(self._countries)


def _installed() -> Shelf:
    from jcm_cycle.rules._plugged import shelf  # noqa: PLC0415 - it loads what reads the metadata of distributions

    return shelf()


books = RuleBooks()
"""The rule books that are installed, by country code; each is read when it is first asked for."""
