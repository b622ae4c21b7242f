"""Books that can be had, before any of them is read: what the ways by which books come have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from jcm_cycle.errors import BookError

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["Shelf"]


class Shelf(NamedTuple):
    """Books that can be had.

    Attributes:
        books: what reads the book of each country.
        stray: what is broken in a way that does not tell its country, by the name of what brings it.
    """

    books: Mapping[str, Callable[[], RuleBook]]
    stray: Mapping[str, BookError]
