"""The head of a country's page: how well founded it is, what it holds, and what was in force on its day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from jcm_cycle._labels import label, text
from jcm_cycle.findings import EFFECT_BY_STANDING, Effect, Standing
from jcm_cycle.pictures._markup import code, plain, table
from jcm_cycle.pictures._sources import Sources
from jcm_cycle.pictures._words import book_name, bound, called, word
from jcm_cycle.rules import Edition, RuleBook

__all__ = ["bilateral", "effects", "glance", "legend", "standings", "title"]


def title(book: RuleBook, lang: str) -> str:
    """Return the heading of the page."""
    return plain(word("title", lang, country=book_name(book, lang)))


def standings(book: RuleBook) -> Counter[Standing]:
    """Return how many rows of a book are founded how well."""
    rows = [book.bilateral] if book.bilateral is not None else []
    rows += [row for found in book.rows.values() for row in found if hasattr(row, "standing")]
    return Counter(row.standing for row in rows)


def effects(edition: Edition) -> Counter[Effect]:
    """Return how many rules of an edition do what where they are not met, each counted once at each of its steps."""
    return Counter(binding.ground.effect for binding in edition.all_bindings if binding.rule.integrity is None)


def glance(book: RuleBook, edition: Edition, on: date, lang: str) -> str:
    """Return what there is of a country at a glance."""
    counted = effects(edition)
    comma = word("comma", lang)
    procedures = comma.join(
        plain(text(row.name, lang)) + ("" if edition.holds(row) else f" ({word('perhaps', lang)})")
        for row in edition.procedures
    )
    told = comma.join(f"{plain(label('effect', effect, lang))} {counted[effect]}" for effect in Effect)
    rows = [
        (word("country", lang), f"{plain(book_name(book, lang))} {code(book.country)}"),
        (word("track", lang), code(book.track) if book.track else ""),
        (word("reviewed_on", lang), book.head.reviewed_on.isoformat()),
        (word("in_force_on", lang, on=on), word(f"in_force_{edition.rules_in_force}", lang)),
        (word("procedure_on", lang, on=on), procedures or word("none", lang)),
        (word("rules_on", lang, on=on), told),
        (word("languages", lang), plain(comma.join(called("language", name, lang) for name in book.head.languages))),
        (word("utc_offset", lang), plain(f"UTC{book.head.utc_offset}") if book.head.utc_offset else ""),
    ]
    return table((word("what", lang), word("told", lang)), (row for row in rows if row[1]))


def legend(book: RuleBook, lang: str) -> str:
    """Return what the standings mean, what a rule does by each, and how many rows of the book have it."""
    counted = standings(book)
    rows = (
        (
            f"**{plain(label('standing', standing, lang))}**{'' if lang == 'en' else f' {code(standing)}'}",
            word(f"means_{standing}", lang),
            f"{plain(label('effect', effect, lang))}: {word(f'does_{effect}', lang)}",
            str(counted[standing]),
        )
        for standing, effect in EFFECT_BY_STANDING.items()
    )
    return table((word(name, lang) for name in ("standing", "means", "effect", "rows_here")), rows)


def bilateral(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the document of the two governments."""
    row = book.bilateral
    if row is None:
        return word("none_seen", lang)
    cells = (
        plain(text(row.name, lang)),
        bound(row.since, lang),
        bound(row.until, lang) or word("no_end", lang),
        label("standing", row.standing, lang),
        sources.point(row),
    )
    return table((word(name, lang) for name in ("document", "since", "until", "standing", "read_in")), [cells])
