"""The eight guideline documents of 2013, and which of a country's documents stand in their place today."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from jcm_cycle._labels import label
from jcm_cycle.codec import read
from jcm_cycle.findings import Standing
from jcm_cycle.rules import RuleBook

__all__ = ["Guideline", "guidelines", "origin", "today"]

_FILE = Path(__file__).with_name("eight.toml")


@frozen(kw_only=True)
class Guideline:
    """A guideline document of the first set of 2013, one that came later, or one that holds several of them.

    Attributes:
        key: under which its name stands among the labels.
        kind: document, for one of the eight; later; whole, for several in one.
        keys: by which keys, up to the first hyphen, the books name it.
        titles: one of these stands in its title.
        machines: the machines of the library that it is about.
    """

    key: str
    kind: Literal["document", "later", "whole"]
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    machines: tuple[str, ...]

    def name(self, lang: str = "en") -> str:
        """Return what it is called."""
        return label("page", f"document {self.key}", lang)

    def is_it(self, source: Any) -> bool:
        """Tell whether a source of a book is this document."""
        return source.key.partition("-")[0] in self.keys and any(
            part.lower() in source.title.lower() for part in self.titles
        )


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def guidelines() -> tuple[Guideline, ...]:
    """Return the eight documents, those that came later, and those that hold several of them."""
    kinds = ("document", "later", "whole")
    return tuple(read(Guideline, {**row, "kind": kind}) for kind in kinds for row in _data()[kind])


def origin(lang: str = "en") -> tuple[str, Standing]:
    """Return where it was read that there were eight documents, and how well founded that is."""
    return label("page", "document source", lang), Standing(_data()["source"]["standing"])


def today(book: RuleBook) -> dict[Guideline, tuple[Any, ...]]:
    """Return each guideline document with the sources of a book that are it, or stand in its place today."""
    own = [row for row in book.rows["source"] if row.about == book.country]
    return {one: tuple(row for row in own if one.is_it(row)) for one in guidelines()}
