"""What things are called in English and Japanese, read from `labels/*.toml`; a label that lacks falls back to English.

Names of machines, states, steps, outcomes, roles, forms, standings and the like have a label by their kind and name;
whole texts, such as the places and remarks of a rule book, have a translation by their English wording. A book brings
its own texts in a file beside it, such as `ja.toml` beside `book.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jcm_cycle._toml import load
from jcm_cycle.errors import BookError, LanguageUnknown

__all__ = [
    "LANGUAGES",
    "check_language",
    "check_texts",
    "find_text",
    "has_label",
    "has_text",
    "label",
    "labels",
    "learn",
    "means",
    "text",
]

LANGUAGES = ("en", "ja")
"""The languages that the library speaks, by their two-letter codes."""

_HERE = Path(__file__).parent / "labels"
_BESIDE: dict[Path, dict[str, Callable[[], frozenset[str]]]] = {}
"""The folders of books, in the order in which they were read, with what each file of them says."""
_READ: dict[Path, Mapping[str, str]] = {}  # files of texts, as they were read
_BROKEN: set[Path] = set()  # those of them that cannot be read
_SENTENCES: dict[tuple[str, str], str] = {}  # the sentence of a rule or the like, by kind and name


def check_language(lang: object) -> None:
    """Let pass the code of a language that the library speaks.

    Raises:
        LanguageUnknown: it is another one.
    """
    if lang not in LANGUAGES:
        why = f"lang: {lang!r} is no language of this library."
        raise LanguageUnknown(why, cure=f"Languages are {', '.join(LANGUAGES)}.")


def label(kind: str, name: str, lang: str = "en") -> str:
    """Return what something is called in a language; in English its name in words, where it has no other label.

    The label of a rule is its sentence, once the rule is loaded, as it is with any book.

    Args:
        kind: what it is: machine, state, step, outcome, role, form, standing, effect, verdict, capability, rule.
        name: its name, such as `in_validation`; of a step with its machine, of a rule its id.
        lang: code of the language.

    Raises:
        LanguageUnknown: the library does not speak it.
    """
    check_language(lang)
    found = _labels(lang).get(kind, {}).get(name)
    if found is None and lang != "en":
        found = _labels("en").get(kind, {}).get(name)
    if found is None and (sentence := _SENTENCES.get((kind, name))) is not None:
        found = text(sentence, lang)
    return found if found is not None else name.rpartition(".")[2].replace("_", " ")


def has_label(kind: str, name: str, lang: str) -> bool:
    """Tell whether something has a label of its own in a language."""
    check_language(lang)
    return name in _labels(lang).get(kind, {})


def labels(kind: str, lang: str) -> Mapping[str, str]:
    """Return all labels of a kind that a language has of its own, by name."""
    check_language(lang)
    return _labels(lang).get(kind, {})


def text(english: str, lang: str = "en") -> str:
    """Return a text in a language, such as a place in a source; the English one where it has no translation.

    Raises:
        LanguageUnknown: the library does not speak it.
        BookError: it is a text of a book whose texts in the language cannot be read.
    """
    return find_text(english, lang) or english


def find_text(english: str, lang: str) -> str | None:
    """Return a text in a language, or None where it has no translation.

    Raises:
        LanguageUnknown: the library does not speak it.
        BookError: it is a text of a book whose texts in the language cannot be read.
    """
    if lang == "en":
        return english
    check_language(lang)
    found = _known(english, lang)
    if found is None and (file := _asked_of(english, lang)) is not None:
        _checked(file)
        _forget(file)  # it has been mended
        return find_text(english, lang)
    return found


def _asked_of(english: str, lang: str) -> Path | None:
    """Return the broken file that should have a text: only the book beside it says it."""
    if not _BROKEN:
        return None
    said_in = [folder for folder, files in _BESIDE.items() if any(english in said() for said in files.values())]
    found = [folder / f"{lang}.toml" for folder in said_in]
    return found[0] if found and _BROKEN.issuperset(found) else None


def has_text(english: str, lang: str) -> bool:
    """Tell whether a text has a translation."""
    if lang == "en":
        return True
    check_language(lang)
    return _known(english, lang) is not None


def _known(english: str, lang: str) -> str | None:
    return _texts(lang).get(english)


def means(english: str, kind: str, name: str) -> None:
    """Remember that a text is the sentence of something, such as a rule, and so the label of that.

    Its translation is that of the text: a sentence in other words, such as one that a journal keeps of an older
    revision, has another, or none.
    """
    _SENTENCES[kind, name] = english


def learn(book: Path, said: Callable[[], Iterable[str]]) -> None:
    """Remember the file of a book, beside which its texts may lie in other languages; they are read when asked for.

    Where they cannot be read, only who asks for a text of that book is told; for all other books that changes nothing.
    What the library itself says is never replaced by it. Of a book that is read again the texts are, too.

    Args:
        book: the file.
        said: gives the texts of the book in English.
    """
    _BESIDE.setdefault(book.parent, {})[book.name] = cache(lambda: frozenset(said()))
    for lang in LANGUAGES:
        _forget(book.parent / f"{lang}.toml")


def _forget(file: Path) -> None:
    """Let a file of texts be read again when the next text is asked for."""
    _READ.pop(file, None)
    _BROKEN.discard(file)
    _texts.cache_clear()


def check_texts(folder: Path, lang: str) -> None:
    """Let pass the texts beside a book in a language, if there are any.

    Raises:
        LanguageUnknown: the library does not speak it.
        BookError: they cannot be read.
    """
    check_language(lang)
    if folder in _BESIDE:
        _checked(folder / f"{lang}.toml")


@cache
def _labels(lang: str) -> Mapping[str, Mapping[str, str]]:
    return _read(_HERE / f"{lang}.toml")


@cache
def _texts(lang: str) -> Mapping[str, str]:
    found = dict(_own_texts(lang))
    for folder in _BESIDE:
        for english, translated in _beside(folder / f"{lang}.toml").items():
            found.setdefault(english, translated)
    return found


@cache
def _own_texts(lang: str) -> Mapping[str, str]:
    return _checked(_HERE / f"texts.{lang}.toml")


def _beside(file: Path) -> Mapping[str, str]:
    """Return the texts beside a book; none where they cannot be read, which harms no other book."""
    if file not in _READ:
        try:
            _READ[file] = _checked(file)
        except BookError:
            _READ[file] = {}
            _BROKEN.add(file)
    return _READ[file]


def _checked(file: Path) -> Mapping[str, str]:
    """Return the texts of a file, each with its translation."""
    _check_place(file)
    found = _read(file)
    for english, translated in found.items():
        if not isinstance(translated, str) or not translated.strip():
            why = f"{english[:_SHOWN]!r} has no text in the other language."
            raise BookError(why, file=file, cure='Write "English text" = "text in the language".')
    return found


_SHOWN = 100
"""Letters of a text that an error shows."""


def _check_place(file: Path) -> None:
    """Refuse a link that leads out of the folder of a book, save of those that come with the library."""
    if (
        file.is_symlink()
        and _HERE.parent not in file.parents
        and not file.resolve().is_relative_to(file.parent.resolve())
    ):
        why = "leads out of the folder of the book."
        raise BookError(why, file=file, cure="Put the file itself there instead of a link to it.")


def _read(file: Path) -> dict[str, Any]:
    return load(file)[0] if file.exists() else {}
