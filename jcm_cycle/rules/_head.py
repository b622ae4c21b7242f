"""The head of a book: the code of its country, its languages, and how far its clocks are ahead of UTC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jcm_cycle.errors import BookError

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["CODE", "LANGUAGE", "OFFSET", "about_another", "head", "look_at_head"]

CODE = re.compile(r"[A-Z]{2}")
"""The code of a country."""
LANGUAGE = re.compile(r"[a-z]{2,3}")
"""The code of a language, in which a label is."""
OFFSET = re.compile(r"[+-](0[0-9]|1[0-4]):(00|15|30|45)")
"""How far clocks are ahead of UTC."""


def head(book: RuleBook) -> Iterator[BookError]:
    """Yield the error of a book whose country has no code."""
    if not CODE.fullmatch(book.country):
        why, cure = f"{book.country!r} is not the code of a country.", "Write two capital letters."
        yield book.error_in("book", 0, why, key="country", cure=cure, mistake="wrong-value")


def look_at_head(book: RuleBook) -> Iterator[BookError]:
    """Yield what is wrong in the head of a book with what only readers meet: a language or time that is none.

    A track has both from the book of its country, where it is told.
    """
    if book.track is not None:
        return
    told = []
    for language in book.head.languages:
        if not language[:1].isupper():
            why, cure = f"{language!r} is not the name of a language.", "Write it in English words, such as Indonesian."
            told.append(("languages", why, cure))
    if (offset := book.head.utc_offset) is not None and not OFFSET.fullmatch(offset):
        why, cure = f"{offset!r} is not how far clocks are ahead of UTC.", "Write it as +07:00 or -04:30."
        told.append(("utc_offset", why, cure))
    for key, why, cure in told:
        yield book.error_in("book", 0, why, key=key, cure=cure, mistake="wrong-value")


def about_another(book: RuleBook, source: Any) -> bool:
    """Tell whether a source is about another country than the book; nobody knows where the book has no code."""
    return source.about not in ("all", book.country) and CODE.fullmatch(book.country) is not None
