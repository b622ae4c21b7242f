"""What of a book has no words in another language: texts without a translation, forms without a label."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jcm_cycle._labels import has_label, has_text
from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._lint_source import BESIDE, written_in
from jcm_cycle.rules._rule import rules
from jcm_cycle.rules._texts import untranslated

__all__ = ["look_at_words"]


def look_at_words(book: RuleBook, lang: str) -> Iterator[BookError]:
    """Yield each name and text of a book that has no words in a language; what a track takes over is told once."""
    for one in untranslated(book, lang):
        if book.taken_at(one.table, one.place) != "main":
            yield _missing(book, one.table, one.place, one.key, one.text, lang)
    yield from _sentences(book, lang)
    told: set[str] = set()
    for place, row in enumerate(book.rows["form"], 1):
        named = has_label("form", row.stem, lang) or book.own_label(row.stem, lang) is not None
        if book.taken_at("form", place) != "main" and not named and row.stem not in told:
            told.add(row.stem)
            why = f"the form {row.stem} has no label in the language {lang}."
            cure = f"Name it in a [[label]] of the language {lang}; until then the English one is shown."
            yield book.error_in("form", place, why, key="stem", cure=cure, mistake="missing-label")


def _sentences(book: RuleBook, lang: str) -> Iterator[BookError]:
    """Yield the sentences of rules beside the book that have no translation, where their code is not loaded."""
    beside = written_in(Path(str(book.path)).with_name(BESIDE)) if book.foreseen else {}
    told: set[str] = set()
    for place, row in enumerate(book.rows["adopt"], 1):
        if row.rule in rules() or row.rule not in beside or row.rule in told:
            continue
        told.add(row.rule)
        sentence = beside[row.rule].sentence
        if not has_text(sentence, lang):
            yield _missing(book, "adopt", place, "rule", sentence, lang)


def _missing(book: RuleBook, table: str, place: int, key: str, english: str, lang: str) -> BookError:
    why = f"{english!r} has no translation into the language {lang}."
    cure = f"Add it to {lang}.toml beside the book; until then the English text is shown."
    return book.error_in(table, place, why, key=key, cure=cure, mistake="missing-text")
