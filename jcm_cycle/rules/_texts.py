"""The texts of a book that a reader meets, and those of them that a language lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from jcm_cycle._labels import LANGUAGES, check_texts, has_label, has_text, label, text
from jcm_cycle.errors import BookError
from jcm_cycle.rules._rule import rules

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["BookText", "broken_texts", "country_name", "texts", "untranslated"]

KEYS = ("cites", "note", "why", "duty", "act", "issuer", "decided_by", "text", "title")
"""The keys under which a row has a text in words."""
NAMED = ("bilateral", "procedure")
"""The tables whose rows have a name in words."""


@frozen
class BookText:
    """One text of a book, and where it stands: enough for `book.error_in` to find its line.

    Attributes:
        table: the table of the row.
        place: which row of the table it is, from 1; 0 where the table stands once.
        key: the key under which it stands.
        text: the text in English.
    """

    table: str
    place: int
    key: str
    text: str


def texts(book: RuleBook) -> Iterator[BookText]:
    """Yield every text of a book that a reader meets, rows that it takes over included, as often as it stands there.

    Names of entities and versions are left out, for they are the same in every language; so are names of documents that
    are in another language already.
    """
    yield BookText("book", 0, "name", book.head.name)
    if book.bilateral is not None:
        yield from _of_row("bilateral", 0, book.bilateral)
    for table, rows in book.rows.items():
        for place, row in enumerate(rows, 1):
            yield from _of_row(table, place, row)


def _of_row(table: str, place: int, row: Any) -> Iterator[BookText]:
    if table == "label" and row.language != "en":
        return
    if table == "adopt" and row.rule in rules():
        yield BookText(table, place, "rule", rules()[row.rule].sentence)
    if table == "value" and isinstance(row.value, list | tuple):
        for item in row.value:
            yield BookText(table, place, "value", str(item))
    for key in (*KEYS, "name") if table in NAMED else KEYS:
        found = getattr(row, key, None)
        if isinstance(found, str) and found:
            yield BookText(table, place, key, found)


def broken_texts(book: RuleBook) -> Iterator[BookError]:
    """Yield what is wrong with the files beside a book in which its texts lie in other languages; nothing is kept."""
    for lang in LANGUAGES:
        try:
            check_texts(Path(str(book.path)).parent, lang)
        except BookError as error:
            yield error


def untranslated(book: RuleBook, lang: str) -> tuple[BookText, ...]:
    """Return the texts of a book that a language lacks, each once: a reader of the language meets them in English.

    Args:
        book: the book.
        lang: code of the language; nothing lacks in en.

    Raises:
        LanguageUnknown: the library does not speak the language.
        BookError: the texts beside a book cannot be read.
    """
    check_texts(Path(str(book.path)).parent, lang)
    found: dict[str, BookText] = {}
    for one in texts(book):
        if not has_text(one.text, lang) and not _has_name(book, one, lang):
            found.setdefault(one.text, one)
    return tuple(found.values())


def _has_name(book: RuleBook, one: BookText, lang: str) -> bool:
    """Tell whether a language has a name for the country, or for an item of a list."""
    if one.table == "book":
        return has_label("country", book.country, lang)
    return one.table == "value" and one.key == "value" and has_label("item", one.text, lang)


def country_name(book: RuleBook, lang: str = "en") -> str:
    """Return the name of the country of a book in a language; as the book has it, where the language has none.

    Raises:
        LanguageUnknown: the library does not speak the language.
    """
    return called(book.country, book.head.name, lang)


def called(country: str, name: str, lang: str) -> str:
    """Return the name of a country in a language, by its code or else by its name in English."""
    return label("country", country, lang) if has_label("country", country, lang) else text(name, lang)
