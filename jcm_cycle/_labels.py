"""What things are called in English and Japanese, read from `labels/*.toml`; a label that lacks falls back to English.

Names of machines, states, steps, outcomes, roles, forms, standings and the like have a label by their kind and name;
whole texts, such as the places and remarks of a rule book, have a translation by their English wording. A book brings
its own texts in a file beside it, such as `ja.toml` beside `book.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
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
_OURS = Path(__file__).parent / "rules"
_BESIDE: dict[Path, None] = {}  # folders of other books, in the order in which they were read
_READ: dict[Path, Mapping[str, str]] = {}  # files of texts beside them, as they were read
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
    if found is not None:
        return found
    english = _labels("en").get(kind, {}).get(name)
    if english is not None:
        return text(english, lang)
    return text(_SENTENCES.get((kind, name), name.rpartition(".")[2].replace("_", " ")), lang)


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
    """
    return find_text(english, lang) or english


def find_text(english: str, lang: str) -> str | None:
    """Return a text in a language, or None where it has no translation, or where that cannot be read.

    Raises:
        LanguageUnknown: the library does not speak it.
    """
    if lang == "en":
        return english
    check_language(lang)
    return _texts(lang).get(english)


def has_text(english: str, lang: str) -> bool:
    """Tell whether a text has a translation."""
    return find_text(english, lang) is not None


def means(english: str, kind: str, name: str) -> None:
    """Remember that a text is the sentence of something, such as a rule, and so the label of that.

    Its translation is that of the text: a sentence in other words, such as one that a journal keeps of an older
    revision, has another, or none.
    """
    _SENTENCES[kind, name] = english


def learn(folder: Path) -> None:
    """Remember the folder of a book, in which its texts may lie in other languages; they are read when asked for.

    What the library itself says is never replaced by them. Where they cannot be read the book is told in English;
    `check_texts` says why. Of a book that is read again the texts are, too.
    """
    if folder.parent == _OURS:  # they are read with those of the library
        return
    _BESIDE[folder] = None
    for lang in LANGUAGES:
        _READ.pop(folder / f"{lang}.toml", None)
    _texts.cache_clear()


def check_texts(folder: Path, lang: str) -> None:
    """Let pass the texts beside a book in a language, if there are any.

    Raises:
        LanguageUnknown: the library does not speak it.
        BookError: they cannot be read.
    """
    check_language(lang)
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
    """Return the texts of the library and of its books, whichever of them have been read."""
    files = (_HERE / f"texts.{lang}.toml", *sorted(_OURS.glob(f"*/{lang}.toml")))
    return {english: translated for file in reversed(files) for english, translated in _checked(file).items()}


def _beside(file: Path) -> Mapping[str, str]:
    """Return the texts beside a book; none where they cannot be read, which harms no other book."""
    if file not in _READ:
        try:
            _READ[file] = _checked(file)
        except BookError:
            _READ[file] = {}
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
