"""The special tracks of a country: each with what differs from the country's main book on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from jcm_cycle._labels import label, text
from jcm_cycle.pictures._markup import code, heading, plain, table
from jcm_cycle.pictures._sources import Sources
from jcm_cycle.pictures._words import book_name, bound, sentence, step_name, value, word
from jcm_cycle.rules import Difference, Edition, RuleBook, diff, rules
from jcm_cycle.rules._binding import Binding
from jcm_cycle.rules._rows import Row
from jcm_cycle.rules._said import ASPECTS, AT, ON, UNUSED, called_so, passage, said
from jcm_cycle.states import STEPS

__all__ = ["tracks"]


def tracks(book: RuleBook, on: date, lang: str, sources: Sources) -> Iterator[str]:
    """Yield each special track of a country, with what its book says otherwise."""
    for row in book.rows["track"]:
        yield f"{heading(3, word('track', lang))} {code(row.name)}"
        yield f"{plain(text(row.text, lang))} ({label('standing', row.standing, lang)}; {sources.point(row)})"
        own = book.of_track(row.name)
        if own is book:
            yield word("track_without_book", lang)
            continue
        main, other = book.edition(on), own.edition(on)
        head = (word("what", lang), word("name", lang), plain(book_name(book, lang)), code(row.name))
        yield word("track_differs", lang, on=on)
        yield table(head, _rows(diff(main, other), main, other, lang)) or word("track_same", lang)


def _rows(found: Any, main: Edition, other: Edition, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield the differences, a rule once for all steps at which it differs in the same way."""
    gathered: dict[tuple[str, ...], list[str]] = {}
    for item in found:
        what, name = _subject(item)
        bare, _, step = name.rpartition(AT) if what == "rule" else (name, "", "")
        cells = (what, bare, _said(main, what, name, lang), _said(other, what, name, lang))
        gathered.setdefault(cells, []).extend([step] if step else [])
    for (what, name, a, b), steps in gathered.items():
        told = _name(what, name, lang)
        if steps:
            at = word("comma", lang).join(step_name(STEPS[step], lang) for step in steps if step in STEPS)
            told += f"<br>{plain(word('at_steps', lang, steps=at))}"
        yield word(f"what_{what}", lang), told, a, b


def _subject(item: Difference) -> tuple[str, str]:
    """Return what differs, also where only its standing or the place in its source does."""
    if item.what in ASPECTS:
        what, _, name = item.id.partition(" ")
        return what, name
    return item.what, item.id


def _name(what: str, name: str, lang: str) -> str:
    if what == "rule" and name in rules():
        return f"{plain(sentence(rules()[name], lang))}<br>{code(name)}"
    if what in ("capability", "form", "value"):
        return f"{plain(label(what, name, lang))}<br>{code(name)}"
    if what in ("in_force", "bilateral"):
        return ""
    if what in ("procedure", "transition"):
        return plain(called_so(what, name, lang))
    if what == "overlay":
        measure, _, rule = name.partition(ON)
        return f"{code(measure)}<br>{word('relaxes', lang)}: {code(rule)}"
    return code(name)


def _said(edition: Edition, what: str, name: str, lang: str) -> str:
    """Return what an edition says of one thing, with its standing; a dash where it says nothing."""
    told = list(dict.fromkeys(_each(edition, what, name, lang)))
    return f" {word('or', lang)} ".join(told) or "–"


def _each(edition: Edition, what: str, name: str, lang: str) -> Iterator[str]:
    """Yield what each row of an edition that may hold says of one thing."""
    if what == "in_force":
        yield word(f"in_force_{edition.rules_in_force}", lang)
    elif what == "capability":
        for row in edition.procedures:
            yield word(f"had_{edition.capabilities.get(row.name, {}).get(name, 'unknown')}", lang)
    elif what == "source":
        yield from _source(edition, name, lang)
    elif what == "rule":
        yield from (_rule(one, lang) for one in edition.all_bindings if f"{one.rule.id}{AT}{one.step}" == name)
    else:
        rows, named, told = _TABLES[what]
        for row in rows(edition):
            if named(row) == name:
                yield _row(edition, row, told(row, lang), lang)


def _source(edition: Edition, name: str, lang: str) -> Iterator[str]:
    """Yield what a document is, and that nothing rests on it where that is so."""
    row = edition.sources.get(name)
    if row is None:
        return
    title = text(row.title, lang) + (f" ver{row.version}" if row.version else "")
    parts = [plain(title), word(f"kind_{row.kind}", lang)]
    parts += [word("adopted_on", lang, day=bound(row.adopted, lang))] if row.adopted is not None else []
    parts += [word("unused", lang)] if said(edition)["source", name].text.endswith(UNUSED) else []
    yield _row(edition, row, word("comma", lang).join(parts), lang)


def _rule(binding: Binding, lang: str) -> str:
    parts = [label("effect", binding.ground.effect, lang), label("standing", binding.ground.standing, lang)]
    parts += [] if binding.determined else [word("perhaps", lang)]
    parts += [word("relaxed", lang)] if binding.ground.relaxed else []
    return plain(word("comma", lang).join(parts))


def _row(edition: Edition, row: Any, said: str, lang: str) -> str:
    sure = edition.holds(row) if isinstance(row, Row) else True
    parts = [label("standing", row.standing, lang), *([] if sure else [word("perhaps", lang)])]
    return f"{said} ({word('comma', lang).join(parts)})"


def _version(row: Any, lang: str) -> str:
    return plain(row.version) if row.version is not None else word("not_known", lang)


_TABLES: dict[str, tuple[Callable[[Edition], Iterable[Any]], Callable[[Any], str], Callable[[Any, str], str]]] = {
    "bilateral": (
        lambda edition: [edition.bilateral] if edition.bilateral is not None else [],
        lambda _: "document",
        lambda row, lang: plain(text(row.name, lang)),
    ),
    "form": (lambda edition: edition.forms, lambda row: str(row.stem), _version),
    "gate": (lambda edition: edition.gates, lambda row: str(row.id), lambda row, lang: plain(text(row.act, lang))),
    "overlay": (
        lambda edition: edition.overlays,
        lambda row: f"{row.id}{ON}{row.relaxes}",
        lambda row, lang: plain(text(row.duty, lang)) if row.duty else word("there", lang),
    ),
    "procedure": (
        lambda edition: edition.procedures,
        lambda row: str(row.name),
        lambda _, lang: word("there", lang),
    ),
    "transition": (
        lambda edition: edition.transitions,
        passage,
        lambda row, lang: word(f"moves_{row.moves}", lang),
    ),
    "value": (
        lambda edition: edition.values,
        lambda row: str(row.id),
        lambda row, lang: value(row.value, row.unit, lang),
    ),
}
"""Where the rows of an edition are, by which name a difference means one, and what it says."""
