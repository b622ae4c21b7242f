"""The page of a country: everything that its rule book says, for readers who have never seen the book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jcm_cycle._labels import check_texts
from jcm_cycle.pictures import _head, _rules, _sections
from jcm_cycle.pictures._markup import heading, inside, slug
from jcm_cycle.pictures._sources import Sources
from jcm_cycle.pictures._timeline import timeline
from jcm_cycle.pictures._tracks import tracks
from jcm_cycle.pictures._words import word
from jcm_cycle.rules import RuleBook

__all__ = ["MARK", "page"]

MARK = "<!-- Written by jcm_cycle from a rule book"
"""How the second line of every such page begins, so that it is known for one that may be written anew."""


def page(book: RuleBook, lang: str = "en", *, on: date | None = None, picture: str | None = None) -> str:
    """Return the page of a country, or of one of its special tracks, as Markdown.

    Args:
        book: the rule book.
        lang: code of the language.
        on: the day for which diagrams and numbers of rules are shown; left out, that of the book's last review.
        picture: a file beside the page that holds the book over time; left out, the picture is part of the page.

    Raises:
        LanguageUnknown: the library does not speak the language.
        BookError: the texts beside the book cannot be read in the language.
    """
    check_texts(Path(str(book.path)).parent, lang)
    day = on if on is not None else book.head.reviewed_on
    shown = [(name, parts) for name, found in _parts(book, day, lang, picture) if (parts := list(filter(None, found)))]
    where = " · ".join(inside(word(name, lang), f"#{slug(word(name, lang))}") for name, _ in shown)
    mark = f"{MARK} of {book.country}; change the book, and write it anew. -->"
    out = [f"# {_head.title(book, lang)}", mark, word("intro", lang, reviewed=book.head.reviewed_on, on=day), where]
    for name, parts in shown:
        out += [heading(2, word(name, lang)), *parts]
    return "\n\n".join(part.strip("\n") for part in out) + "\n"


def _parts(book: RuleBook, on: date, lang: str, picture: str | None) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections, each by the key of its heading; one without content is left out."""
    sources, edition = Sources(book, lang), book.edition(on)
    drawn = timeline(book, lang) if picture is None else f"![{word('over_time', lang)}]({picture})"
    yield "glance", [_head.glance(book, edition, on, lang)]
    yield "well_founded", [word("well_founded_intro", lang), _head.legend(book, lang)]
    yield "bilateral", [_head.bilateral(book, lang, sources)]
    yield "sources", [sources.table()]
    yield "eight", [_sections.eight(book, lang, sources)]
    yield "procedures", [_sections.procedures(book, lang, sources), *_sections.capabilities(book, lang, sources)]
    yield "over_time", [word("over_time_intro", lang), drawn]
    yield "rules", [word("rules_intro", lang, on=on), *_rules.by_step(book, edition, lang, sources)]
    yield "rules_integrity", [word("rules_integrity_intro", lang), _rules.integrity(lang)]
    yield "rules_unknown", [_rules.unknown_rules(book, lang, sources)]
    yield "values", [_sections.values(book, lang, sources)]
    yield "forms", [_sections.forms(book, lang, sources)]
    yield "overlays", [_sections.overlays(book, lang, sources)]
    gates = _sections.gates(book, lang, sources)
    yield "gates", [word("gates_intro", lang), gates] if gates else []
    yield "entities", [_sections.entities(book, lang, sources)]
    yield "names", [_sections.names(book, lang, sources)]
    yield "transitions", [_sections.transitions(book, lang, sources)]
    yield "tracks", list(tracks(book, on, lang, sources))
    yield "open_points", [_sections.open_points(book, lang)]
