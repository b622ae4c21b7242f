"""All countries side by side on one day: what they have, what holds, and how well it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from jcm_cycle._labels import check_language, label, text
from jcm_cycle.findings import Effect, Standing
from jcm_cycle.pictures._head import effects, standings
from jcm_cycle.pictures._markup import code, heading, inside, plain, table
from jcm_cycle.pictures._page import MARK
from jcm_cycle.pictures._stretches import capability_said, form_said
from jcm_cycle.pictures._words import book_name, bound, value, word
from jcm_cycle.rules import Edition, RuleBook
from jcm_cycle.states import CAPABILITIES

__all__ = ["comparison"]

SIGNS = {"yes": "●", "provisional": "◐", "no": "–", "unknown": "?"}


def comparison(
    books: Mapping[str, RuleBook], on: date, lang: str = "en", *, pages: Mapping[str, str] | None = None
) -> str:
    """Return all countries side by side, as Markdown.

    Args:
        books: the books by country.
        on: the day.
        lang: code of the language.
        pages: where the page of a country lies, by its code.
    """
    check_language(lang)
    found = {code: (book, book.edition(on)) for code, book in books.items()}
    editions = {code: edition for code, (_, edition) in found.items()}
    names = {code: _name(book, lang, (pages or {}).get(code)) for code, (book, _) in found.items()}
    parts = [
        f"# {word('comparison', lang)}",
        f"{MARK} of each country; change the books, and write it anew. -->",
        word("comparison_intro", lang, on=on),
    ]
    for key, head, row in _tables(editions, lang):
        cells = ((names[code], *row(found[code][0], edition)) for code, edition in editions.items())
        made = table((word("country", lang), *head), cells)
        intro = word(f"{key}_intro", lang)
        parts += [heading(2, word(key, lang)), *([intro] if intro != f"{key} intro" else []), made]
    return "\n\n".join(parts) + "\n"


def _name(book: RuleBook, lang: str, target: str | None) -> str:
    name = book_name(book, lang)
    return f"{inside(name, target) if target is not None else plain(name)} {code(book.country)}"


Row = Callable[[RuleBook, Edition], tuple[str, ...]]


def _tables(editions: Mapping[str, Edition], lang: str) -> Iterator[tuple[str, tuple[str, ...], Row]]:
    """Yield the tables: heading, columns, and what one country has in them."""
    yield (
        "compared",
        tuple(word(name, lang) for name in ("bilateral_since", "in_force", "procedure", "tracks", "reviewed_on")),
        lambda book, edition: _state(book, edition, lang),
    )
    yield (
        "compared_standing",
        tuple(plain(label("standing", one, lang)) for one in Standing),
        lambda book, _: tuple(str(standings(book)[one]) for one in Standing),
    )
    yield (
        "compared_effects",
        tuple(plain(label("effect", one, lang)) for one in Effect),
        lambda _, edition: tuple(str(effects(edition)[one]) for one in Effect),
    )
    yield (
        "compared_capabilities",
        tuple(plain(label("capability", name, lang)) for name in CAPABILITIES),
        lambda _, edition: tuple(_sign(edition, name, lang) for name in CAPABILITIES),
    )
    ids = _known(row.id for edition in editions.values() for row in edition.values if not isinstance(row.value, list))
    yield (
        "compared_values",
        tuple(plain(label("value", name, lang)) for name in ids),
        lambda _, edition: tuple(_value(edition, name, lang) for name in ids),
    )
    stems = _known(row.stem for edition in editions.values() for row in edition.forms)
    yield (
        "compared_forms",
        tuple(code(stem) for stem in stems),
        lambda _, edition: tuple(_version(edition, stem) for stem in stems),
    )


def _known(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _state(book: RuleBook, edition: Edition, lang: str) -> tuple[str, ...]:
    procedures = "<br>".join(
        plain(text(row.name, lang)) + ("" if edition.holds(row) else f" ({word('perhaps', lang)})")
        for row in edition.procedures
    )
    tracks = "<br>".join(code(row.name) for row in book.rows["track"])
    since = bound(book.bilateral.since, lang) if book.bilateral is not None else word("none_seen", lang)
    in_force = word(f"in_force_{edition.rules_in_force}", lang)
    return since, in_force, procedures, tracks, book.head.reviewed_on.isoformat()


def _sign(edition: Edition, name: str, lang: str) -> str:
    said = capability_said(edition, name, lang)
    return SIGNS[said[0]] if said is not None else ""


def _value(edition: Edition, name: str, lang: str) -> str:
    known = edition.value(name)
    if known is None:
        return ""
    if not known.determined:
        return "?"
    return f"{value(known.value, None, lang)}<br>*{label('standing', known.standing, lang)}*"


def _version(edition: Edition, stem: str) -> str:
    said = form_said(edition, stem)
    return plain(said[1]) if said is not None else ""
