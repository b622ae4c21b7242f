"""The words in which the library explains: phrases, names and places in the language of the reader.

The code says what it has to say in English, once; `labels/ja.toml` has the same phrases in Japanese. What was composed
before anybody asked for a language, such as the reason for which something is not known, is taken apart again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from jcm_cycle._labels import find_text, has_label, label, labels, text

__all__ = ["amount", "composed", "joined", "named", "padded", "say", "step_name", "told", "told_name", "word"]

NAMES = ("role", "outcome", "state", "capability", "item", "document", "mode", "standing", "country")
"""The kinds of things whose names stand in facts, the one first that is meant where a name has two meanings."""

COUNTED = ("day", "week", "month", "year")
"""The units that have a plural in `s`, also after a word such as calendar or working."""

LONGEST = 2_000
"""Letters of a text that is taken apart: a longer one is nothing that the library composed."""


def say(lang: str, english: str, /, **values: object) -> str:
    """Return a phrase in a language with values put in; in English, where the language lacks it.

    Args:
        lang: code of the language.
        english: the phrase in English, with the names of the values in braces; blanks before it indent it.
        values: the values by name.

    Raises:
        LanguageUnknown: the library does not speak the language.
    """
    if lang != "en":
        bare = english.lstrip(" ")
        english = english[: len(english) - len(bare)] + labels("word", lang).get(bare, bare)
    return english.format_map(values)


def word(kind: str, name: str, lang: str) -> str:
    """Return what something is called in an explanation: in English by its name, in another language by its label."""
    return name if lang == "en" else label(kind, name, lang)


def named(kind: str, name: str, lang: str) -> str:
    """Return what something is called, with the name that the library knows it by; in English that name alone."""
    if lang == "en":
        return name
    short = name.rpartition(".")[2] if kind == "step" else name
    known = next((one for one in (name, short) if has_label(kind, one, lang)), None)
    return f"{label(kind, known, lang)} ({short})" if known is not None else name


def step_name(machine: str, step: str, lang: str) -> str:
    """Return what a step is called, by the name of its machine and its own; in English its own name alone."""
    if lang == "en":
        return step
    whole = f"{machine}.{step}"
    return label("step", whole if has_label("step", whole, lang) else step, lang)


def joined(parts: Iterable[str], lang: str, english: str = ", ") -> str:
    """Return texts in a row: after one another, or with `or` between them."""
    return (english if lang == "en" else labels("word", lang).get(english, english)).join(parts)


def amount(count: object, unit: str, lang: str) -> str:
    """Return how much of a unit there is: 1 day, 30 calendar days, 2 per cent.

    A unit is as somebody wrote it: only one that has a plural in `s` gets it.
    """
    if lang != "en" and has_label("unit", unit, lang):
        return f"{count}{label('unit', unit, lang)}"
    plural = lang == "en" and count != 1 and unit.rpartition(" ")[2] in COUNTED
    return f"{count} {text(unit, lang)}{'s' if plural else ''}"


def padded(shown: str, width: int) -> str:
    """Return a text with blanks after it up to a width, in which a Japanese letter takes the place of two."""
    wide = 0 if shown.isascii() else sum(unicodedata.east_asian_width(letter) in "WF" for letter in shown)
    return shown.ljust(width - wide)


def told_name(name: str, lang: str) -> str:
    """Return what stands in a fact: the name of a role, state or the like by its label, a reason by its pattern.

    Any other text is what somebody wrote, such as a title, and stays as it is.
    """
    if lang == "en":
        return name
    kind = next((kind for kind in NAMES if has_label(kind, name, lang)), None)
    return label(kind, name, lang) if kind is not None else _matched(name, lang) or name


def told(english: str, lang: str) -> str:
    """Return a text that was composed in English: whole, by its pattern, or as a citation part by part.

    Of a citation (document, version, place) the longest tail that has a translation is the place, and what is before
    it the document. What has no translation stays as it is.

    Raises:
        LanguageUnknown: the library does not speak the language.
    """
    if lang == "en":
        return english
    found = find_text(english, lang)
    if found is not None or len(english) > LONGEST:
        return found or english
    found = _matched(english, lang)
    if found is not None:
        return found
    for document, tail in _cuts(english):
        place = find_text(tail, lang)
        if place is not None:
            return joined((_document(document, lang), place), lang)
    return _document(english, lang)


def composed(english: str, lang: str) -> str:
    """Return what the library is sure to have composed in English, such as what is odd in a record, by its pattern.

    Its patterns are not tried on any other text, which may be what somebody wrote.

    Raises:
        LanguageUnknown: the library does not speak the language.
    """
    if lang == "en":
        return english
    found = _matched(english, lang, "composed", composed)
    if found is None and "; " in english:
        return "; ".join(composed(one, lang) for one in english.split("; "))
    return _part(english, lang) if found is None else found


def _matched(
    english: str, lang: str, kind: str = "pattern", part: Callable[[str, str], str] | None = None
) -> str | None:
    """Return a text by its pattern, its parts told one by one; None where it has none."""
    for head, pattern, other in _patterns(kind, lang) if len(english) <= LONGEST else ():
        found = pattern.fullmatch(english) if english.startswith(head) else None
        if found is not None:
            return other.format(*((part or _part)(one, lang) for one in found.groups()))
    return None


def _part(part: str, lang: str) -> str:
    known = told_name(part, lang)
    return known if known != part else told(part, lang)


def _cuts(english: str) -> Iterator[tuple[str, str]]:
    parts = english.split(", ")
    for place in range(1, len(parts)):
        yield ", ".join(parts[:place]), ", ".join(parts[place:])


_VERSION = re.compile(r"(.+) (ver\S+)")


def _document(english: str, lang: str) -> str:
    """Return the title of a document, with its version where it has one."""
    found = _VERSION.fullmatch(english) if find_text(english, lang) is None else None
    return f"{text(found[1], lang)} {found[2]}" if found is not None else text(english, lang)


@cache
def _patterns(kind: str, lang: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the patterns of a kind and language with how they begin, those first that say the most themselves."""
    rows = sorted(labels(kind, lang).items(), key=lambda row: -len(re.sub(r"\{\w*\}", "", row[0])))
    return tuple((english.partition("{")[0], _pattern(english), other) for english, other in rows)


_GAPS = {
    "{}": "(.+?)",
    "{day}": r"(\d{4}-\d\d-\d\d)",
    "{word}": r"(\S+)",
    "{id}": r"(\w+(?:\.\w+)+)",
    "{name}": r"([^();]+)",
}
"""What stands in a pattern for a part that changes, each with what the part can be."""


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w*\})", english)
    return re.compile("".join(_GAPS.get(part) or re.escape(part) for part in parts), re.DOTALL)
