"""The words of the pages in each language, and how days, values and rows are put into them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from jcm_cycle._labels import has_label, label, text
from jcm_cycle._words import amount
from jcm_cycle.days import ALWAYS, UNKNOWN, Bound
from jcm_cycle.findings import EFFECT_BY_STANDING, STRICTNESS, Effect
from jcm_cycle.pictures._markup import code, plain
from jcm_cycle.rules import RuleBook
from jcm_cycle.rules._rule import Rule
from jcm_cycle.rules._texts import country_name
from jcm_cycle.states import Step

__all__ = [
    "book_name",
    "bound",
    "called",
    "effect_of",
    "named",
    "roles",
    "sentence",
    "span",
    "step_name",
    "value",
    "word",
]


def word(key: str, lang: str, **parts: object) -> str:
    """Return one of the fixed texts of the pages; its parts are put in as they are."""
    found = label("page", key, lang)
    return found.format(**parts) if parts else found


def bound(row: Bound | None, lang: str) -> str:
    """Return the day on which something begins or ends, as well as it is known; nothing where there is no end."""
    if row is None:
        return ""
    if row == ALWAYS:
        return word("always", lang)
    if row == UNKNOWN:
        return word("not_known", lang)
    if row.on is not None:
        return row.on.isoformat()
    if row.after is not None and row.by is not None:
        return word("after_by", lang, after=row.after, by=row.by)
    return word("after", lang, after=row.after) if row.after is not None else word("by", lang, by=row.by)


def span(row: Any, lang: str) -> tuple[str, str]:
    """Return since when and until when a row holds, for two cells of a table."""
    return bound(row.since, lang), bound(row.until, lang)


def sentence(rule: Rule, lang: str) -> str:
    """Return what a rule demands, in one sentence."""
    return text(rule.sentence, lang)


def step_name(step: Step[Any, Any], lang: str) -> str:
    """Return what a step is called."""
    return label("step", step.id, lang)


def roles(step: Step[Any, Any], lang: str) -> str:
    """Return who may take a step."""
    return word("comma", lang).join(label("role", role, lang) for role in sorted(step.by))


def named(kind: str, name: str, lang: str) -> str:
    """Return what something of the library is called, with the name that the library and its commands use."""
    return f"{plain(label(kind, name, lang))} {code(name)}"


def called(kind: str, name: str, lang: str) -> str:
    """Return what something that a book names is called, as it is written where the library does not know it."""
    return label(kind, name, lang) if has_label(kind, name, lang) else text(name, lang)


def value(row_value: Any, unit: str | None, lang: str) -> str:
    """Return a value of a book in words, as Markdown."""
    if row_value is None:
        return word("not_known", lang)
    if isinstance(row_value, date):
        return row_value.isoformat()
    if isinstance(row_value, list | tuple):
        return word("comma", lang).join(_item(str(item), lang) for item in row_value) or word("empty_list", lang)
    if unit is None:
        return plain(text(str(row_value), lang))
    return plain(amount(row_value, unit, lang))


def book_name(book: RuleBook, lang: str) -> str:
    """Return what the country of a book is called, or its track."""
    return country_name(book, lang) if book.track is None else text(book.head.name, lang)


def _item(item: str, lang: str) -> str:
    """Return one item of a list; the names that rules look up have the type of code where they have no other."""
    told = called("item", item, lang)
    return code(told) if told == item and re.fullmatch("[a-z][a-z0-9_]*", item) else plain(told)


def effect_of(rule: Rule, row: Any) -> Effect:
    """Return what an unmet rule does by a row of a book, on a day on which the row surely holds."""
    given = row.effect or EFFECT_BY_STANDING[row.standing]
    return min(given, rule.ceiling, key=STRICTNESS.__getitem__)
