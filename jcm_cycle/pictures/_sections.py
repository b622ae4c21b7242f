"""The sections of a country's page below its head: one table each, made from the rows of its book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jcm_cycle._labels import label, text
from jcm_cycle.pictures._eight import origin, today
from jcm_cycle.pictures._markup import code, items, plain, table
from jcm_cycle.pictures._sources import Sources
from jcm_cycle.pictures._words import bound, named, span, value, word
from jcm_cycle.rules import RuleBook
from jcm_cycle.rules._rows import TABLES
from jcm_cycle.states import CAPABILITIES, STEPS

__all__ = [
    "capabilities",
    "eight",
    "entities",
    "forms",
    "gates",
    "names",
    "open_points",
    "overlays",
    "procedures",
    "transitions",
    "values",
]

FOUNDED, WHEN = ("standing", "read_in"), ("since", "until")


def _made(book: RuleBook, rows: str, lang: str, sources: Sources, *cells: Any, head: tuple[str, ...]) -> str:
    """Return a table of rows: cells of their own, then how well founded, where read and, if dated, since and until."""
    dated = hasattr(TABLES[rows], "until")
    body = (
        (
            *(cell(row) for cell in cells),
            label("standing", row.standing, lang),
            sources.point(row),
            *(span(row, lang) if dated else ()),
        )
        for row in book.rows[rows]
    )
    return table((word(name, lang) for name in (*head, *FOUNDED, *(WHEN if dated else ()))), body)


def eight(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the eight documents of 2013, those that came later, and the country's documents in their place."""
    found = today(book)
    none = word("none_seen", lang)
    body = (
        (
            word(f"guideline_{one.kind}", lang),
            plain(one.name(lang)),
            plain(word("comma", lang).join(label("machine", name, lang) for name in one.machines)),
            "<br>".join(_dated(row, lang, sources) for row in documents) or none,
        )
        for one, documents in found.items()
        if one.kind == "document" or documents
    )
    title, standing = origin(lang)
    told = word("eight_intro", lang, source=plain(title), standing=label("standing", standing, lang))
    return f"{told}\n\n{table((word(name, lang) for name in ('set', 'document', 'about', 'today')), body)}"


def _dated(row: Any, lang: str, sources: Sources) -> str:
    day = bound(row.adopted, lang)
    return f"{sources.name(row.key)}, {word('adopted_on', lang, day=day)}" if day else sources.name(row.key)


def procedures(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the procedures to which a case is pinned when it is opened."""
    return _made(
        book, "procedure", lang, sources, lambda row: plain(text(row.name, lang)), head=("procedure",)
    )  # fmt: skip


def capabilities(book: RuleBook, lang: str, sources: Sources) -> Iterator[str]:
    """Yield what each procedure has, and where that was read."""
    under = book.capabilities
    if not under:
        return
    rows = (
        (
            named("capability", name, lang),
            *(word(f"had_{values.get(name, 'unknown')}", lang) for values in under.values()),
        )
        for name in CAPABILITIES
    )
    yield table((word("capability", lang), *(plain(text(name, lang)) for name in under)), rows)
    comma = word("comma", lang)
    yield _made(
        book,
        "capability",
        lang,
        sources,
        lambda row: plain(text(row.procedure, lang)),
        lambda row: (
            word("all_others", lang)
            if row.names is None
            else plain(comma.join(label("capability", n, lang) for n in row.names))
        ),
        lambda row: word(f"had_{row.value}", lang),
        head=("procedure", "capability", "had"),
    )


def values(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the numbers, days and lists that rules read."""
    return _made(
        book,
        "value",
        lang,
        sources,
        lambda row: f"{plain(label('value', row.id, lang))}<br>{code(row.id)}",
        lambda row: value(row.value, row.unit, lang),
        head=("name", "value"),
    )


def forms(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the versions of the forms."""
    return _made(
        book,
        "form",
        lang,
        sources,
        lambda row: f"{plain(book.label(row.stem, lang))} {code(row.stem)}",
        lambda row: plain(row.version) if row.version is not None else word("not_known", lang),
        head=("form", "version"),
    )


def overlays(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the dated measures that relax a rule."""
    return _made(
        book,
        "overlay",
        lang,
        sources,
        lambda row: code(row.id),
        lambda row: code(row.relaxes),
        lambda row: plain(text(row.duty, lang)) if row.duty else "",
        head=("measure", "relaxes", "instead"),
    )


def gates(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the acts outside the Joint Committee's set, on the host's or Japan's side."""
    return _made(
        book,
        "gate",
        lang,
        sources,
        lambda row: f"{plain(text(row.act, lang))}<br>{code(row.id)}",
        lambda row: word(f"side_{row.side}", lang),
        lambda row: plain(text(row.issuer, lang)) if row.issuer else "",
        lambda row: _before(row.before, lang) if row.before else "",
        head=("act", "side", "by_whom", "before"),
    )


def _before(step: str, lang: str) -> str:
    """Return before which step something comes, as the book writes it where it is none."""
    return named("step", step, lang) if step in STEPS else plain(text(step, lang))


def entities(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return the third-party entities that are designated in the country."""
    return _made(
        book,
        "entity",
        lang,
        sources,
        lambda row: plain(row.number) if row.number else "",
        lambda row: plain(row.name),
        lambda row: _scopes(row.scopes),
        lambda row: _scopes(row.verification_scopes),
        lambda row: row.accredited_until.isoformat() if row.accredited_until else "",
        head=("number", "name", "scopes", "verification_scopes", "accredited_until"),
    )


def _scopes(scopes: tuple[int, ...] | None) -> str:
    return ", ".join(map(str, scopes)) if scopes is not None else ""


def names(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return what things are called in the country."""
    return _made(
        book,
        "label",
        lang,
        sources,
        lambda row: code(row.of),
        lambda row: plain(text(row.text, lang)),
        lambda row: code(row.language),
        head=("name", "called", "language"),
    )


def transitions(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return what a newer procedure does to running cases."""
    comma = word("comma", lang)
    return _made(
        book,
        "transition",
        lang,
        sources,
        lambda row: plain(text(row.older, lang)),
        lambda row: plain(text(row.newer, lang)),
        lambda row: word(f"moves_{row.moves}", lang),
        lambda row: plain(comma.join(label("state", name, lang) for name in row.states)) if row.states else "",
        head=("older", "newer", "running", "in_states"),
    )


def open_points(book: RuleBook, lang: str) -> str:
    """Return what was looked for and not found."""
    return items(
        f"{plain(text(row.text, lang))} {code(row.about)}" if row.about else plain(text(row.text, lang))
        for row in book.rows["open_point"]
    )
