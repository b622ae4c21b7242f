"""Which book is that of a case: of one book, or of those of several countries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol, TypeAlias

from jcm_cycle.errors import EvidenceError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._installed import RuleBooks

__all__ = ["Books", "absent", "book_of", "check_books", "of_case"]


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
