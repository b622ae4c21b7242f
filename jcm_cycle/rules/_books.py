"""Books of several countries: those that are installed, and which of them is that of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from jcm_cycle.errors import BookError, EvidenceError, NoRuleBook
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._edition import Edition

__all__ = ["Books", "RuleBooks", "absent", "book_of", "check_books", "of_case"]


class RuleBooks(Mapping[str, RuleBook]):
    """All rule books that are installed, by country code; a book is read when it is first asked for."""

    group = "jcm_cycle.books"

    def __init__(self, books: Mapping[str, RuleBook] | None = None) -> None:
        self._given = books
        self._read: dict[str, RuleBook] = dict(books or {})

    @cached_property
    def _points(self) -> dict[str, Any]:
        if self._given is not None:
            return {}
        from importlib.metadata import entry_points  # noqa: PLC0415 - slow to load, and needed only here

        return {point.name: point for point in entry_points(group=self.group)}

    def __getitem__(self, country: str) -> RuleBook:
        """Return the book of a country.

        Raises:
            NoRuleBook: none is installed.
            BookError: it is broken.
        """
        if country in self._read:
            return self._read[country]
        point = self._points.get(country)
        if point is None:
            why = f"There is no rule book for {country!r}."
            cure = f"Books are installed for {', '.join(self) or 'no country'}."
            raise NoRuleBook(why, cure=cure)
        try:
            book = point.load()()
        except BookError:
            raise
        except Exception as error:
            why = f"The plug-in {point.value!r} for {country} failed: {type(error).__name__}: {error}."
            raise BookError(why, cure="Mend or remove the distribution that brings it.") from error
        if not isinstance(book, RuleBook) or book.country != country:
            why = f"The plug-in {point.value!r} gives {book!r}, not the book of {country}."
            raise BookError(why, cure="Let it return a RuleBook of that country.")
        self._read[country] = book
        return book

    def __contains__(self, country: object) -> bool:
        return country in self._read or country in self._points

    def get(self, country: str, default: Any = None, /) -> Any:
        """Return the book of a country, or something else where there is none."""
        found = self.get_or_none(country)
        return default if found is None else found

    def get_or_none(self, country: str) -> RuleBook | None:
        """Return the book of a country, or None where there is none."""
        try:
            return self[country]
        except NoRuleBook:
            return None

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._read, *self._points}))

    def __len__(self) -> int:
        return len({*self._read, *self._points})


Books: TypeAlias = RuleBook | Mapping[str, RuleBook] | None
"""The rule book of a country, those of several by country code, or none."""


def check_books(rules: object) -> None:
    """Let pass a rule book, rule books by the code of their country, and None.

    Raises:
        EvidenceError: it is none of them, or a book stands under another country.
    """
    if rules is None or isinstance(rules, RuleBook | RuleBooks):
        return
    if not isinstance(rules, Mapping):
        why = f"rules: {rules!r} is no rule book."
        raise EvidenceError(why, cure='Give the book of the country, such as books["MN"], or books for all.')
    for country, book in rules.items():
        if not isinstance(book, RuleBook) or book.country != country:
            why = f"rules: {book!r} is not the book of {country!r}."
            raise EvidenceError(why, cure="Put each book under the two-letter code of its country.")


class _OfCountry(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def track(self) -> str | None: ...


def book_of(rules: Books, case: _OfCountry) -> RuleBook | None:
    """Return the book of the country and track of a case, of those that are given; None where there is none.

    Raises:
        EvidenceError: the only book given is that of another country or track.
    """
    if not isinstance(rules, RuleBook):
        book = None if rules is None else rules.get(case.country)
        return None if book is None else book.of_track(case.track)
    if rules.country != case.country:
        why = f"rules: the book is that of {rules.country}, {case.id} a case of {case.country}."
        raise EvidenceError(why, cure="Give the book of its own country, or books for all.")
    if rules.track not in (None, case.track):
        why = f"rules: the book is that of the track {rules.track}, {case.id} a case of {case.track or 'no track'}."
        raise EvidenceError(why, cure="Give the book of the country, which knows its tracks, or books for all.")
    return rules.of_track(case.track)


def of_case(book: RuleBook | None, case: _OfCountry) -> RuleBook | None:
    """Return the book by which a case is judged: that of its track, where the one given is the main one of its country.

    Any other is left as it is, to see what it would say.
    """
    if book is None or case.track is None or (book.country, book.track) != (case.country, None):
        return book
    return book.of_track(case.track)


def absent(country: str, track: str | None = None) -> Edition:
    """Return the edition of a country without a book: it says nothing, and says so."""
    return Edition(country=country, track=track, day=date.min, sources={}, bilateral=None, absent=True)
