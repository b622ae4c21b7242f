"""Reads a book to the end, whatever is wrong with it: what a reader would be refused for is noted, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jcm_cycle._labels import learn
from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._file import load

__all__ = ["Examined", "examine"]


class Examined(RuleBook):
    """A book of which everything that could be read is there, and beside it everything that is wrong.

    Attributes:
        mistakes: what the book would be refused for.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        path: Path | str = "book.toml",
        text: str = "",
        main: RuleBook | None = None,
        mistakes: list[BookError],
        foreseen: frozenset[str] = frozenset(),
    ) -> None:
        self.mistakes = mistakes
        self.foreseen = foreseen
        super().__init__(data, path=path, text=text, main=main)

    def wrong(self, error: BookError) -> None:
        """Note what is wrong, and go on."""
        self.mistakes.append(error)


def examine(
    path: Path, *, main: RuleBook | None = None, foreseen: frozenset[str] = frozenset()
) -> tuple[Examined | None, tuple[BookError, ...]]:
    """Return the book in a file, and everything that it would be refused for.

    Args:
        path: the file.
        main: the book of the country, where this is that of a track; left out, it is read from beside the file.
        foreseen: ids of rules that are written beside the book, and of the values that they read: they need not be
            loaded.

    Returns:
        None for the book where not even its head can be read.
    """
    mistakes: list[BookError] = []
    try:
        data, text = load(path)
        beside = path.with_name("book.toml")
        if "main" in data and main is None and beside != path:
            main = RuleBook.read(beside)
        learn(path.parent)
        book = Examined(data, path=path, text=text, main=main, mistakes=mistakes, foreseen=foreseen)
    except BookError as error:
        return None, (*mistakes, error, *error.others)
    return book, tuple(mistakes)
