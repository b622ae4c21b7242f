"""What of a book has no words in another language: rules and forms without a label, texts without a translation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jcm_cycle._labels import has_label, has_text
from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook

__all__ = ["look_at_words"]

NAMED = {"adopt": ("rule", "rule"), "form": ("form", "stem")}
"""The tables whose rows name something that has a label: its kind, and the key that names it."""
TEXTS = {
    "adopt": ("why",),
    "bilateral": ("name",),
    "gate": ("act", "issuer"),
    "open_point": ("text",),
    "overlay": ("duty",),
    "procedure": ("name",),
    "source": ("title", "decided_by"),
    "track": ("text",),
}
"""The keys of each table that are read as texts, beside `cites` and `note`."""


def look_at_words(book: RuleBook, lang: str) -> Iterator[BookError]:
    """Yield each name and text of a book that has no words in a language; what it takes over is looked at elsewhere."""
    told: set[str] = set()
    if book.bilateral is not None and book.taken_at("bilateral", 0) is None:
        yield from _texts(book, "bilateral", 0, book.bilateral, lang, told)
    for table, rows in book.rows.items():
        for place, row in enumerate(rows, 1):
            if book.taken_at(table, place) is None:
                yield from _label(book, table, place, row, lang, told)
                yield from _texts(book, table, place, row, lang, told)


def _label(book: RuleBook, table: str, place: int, row: Any, lang: str, told: set[str]) -> Iterator[BookError]:
    kind, key = NAMED.get(table, ("", ""))
    name = getattr(row, key, "")
    if kind and name not in told and not has_label(kind, name, lang):
        told.add(name)
        why = f"the {kind} {name} has no label in the language {lang}."
        cure = f"Add it to the labels of {lang}; until then the English one is shown."
        yield book.error_in(table, place, why, key=key, cure=cure, mistake="missing-label")


def _texts(book: RuleBook, table: str, place: int, row: Any, lang: str, told: set[str]) -> Iterator[BookError]:
    for key in (*TEXTS.get(table, ()), "cites", "note"):
        text = getattr(row, key, None)
        if text and text not in told and not has_text(text, lang):
            told.add(text)
            why = f"{text!r} has no translation into the language {lang}."
            cure = f"Add it to {lang}.toml beside the book; until then the English text is shown."
            yield book.error_in(table, place, why, key=key, cure=cure, mistake="missing-text")
