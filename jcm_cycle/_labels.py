"""What things are called in English and Japanese, read from `labels/*.toml`; a label that lacks falls back to English.

Names of machines, states, steps, outcomes, roles, forms, standings and the like have a label by their kind and name;
whole texts, such as the places and remarks of a rule book, have a translation by their English wording. A book brings
its own texts in a file beside it, such as `ja.toml` beside `book.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jcm_cycle.errors import BookError, LanguageUnknown

__all__ = ["LANGUAGES", "check_language", "has_label", "has_text", "label", "learn", "text"]

LANGUAGES = ("en", "ja")
"""The languages that the library speaks, by their two-letter codes."""

_HERE = Path(__file__).parent / "labels"
_BESIDE: dict[Path, None] = {}  # folders of books, in the order in which they were read


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

    Args:
        kind: what it is: machine, state, step, outcome, role, form, standing, effect, verdict, capability, rule.
        name: its name, such as `in_validation`; of a step with its machine, of a rule its id.
        lang: code of the language.

    Raises:
        LanguageUnknown: the library does not speak it.
    """
    check_language(lang)
    for language in dict.fromkeys((lang, "en")):
        found = _labels(language).get(kind, {}).get(name)
        if found is not None:
            return str(found)
    return name.rpartition(".")[2].replace("_", " ")


def has_label(kind: str, name: str, lang: str) -> bool:
    """Tell whether something has a label of its own in a language."""
    check_language(lang)
    return name in _labels(lang).get(kind, {})


def text(english: str, lang: str = "en") -> str:
    """Return a text in a language, such as a place in a source; the English one where it has no translation.

    Raises:
        LanguageUnknown: the library does not speak it.
    """
    check_language(lang)
    return english if lang == "en" else _texts(lang, tuple(_BESIDE)).get(english, english)


def has_text(english: str, lang: str) -> bool:
    """Tell whether a text has a translation."""
    check_language(lang)
    return lang == "en" or english in _texts(lang, tuple(_BESIDE))


def learn(folder: Path) -> None:
    """Remember the folder of a book, in which its texts may lie in other languages; they are read when first asked for.

    What the library itself says is never replaced by it.
    """
    _BESIDE[folder] = None


@cache
def _labels(lang: str) -> Mapping[str, Mapping[str, Any]]:
    return _read(_HERE / f"{lang}.toml")


@cache
def _texts(lang: str, folders: tuple[Path, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for folder in (_HERE, *folders):
        for english, translated in _read(
            folder / (f"texts.{lang}.toml" if folder is _HERE else f"{lang}.toml")
        ).items():
            found.setdefault(english, str(translated))
    return found


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        why = f"cannot be read as TOML: {error}."
        raise BookError(why, file=file, cure="Mend the file, or take it away.") from None
