"""What is checked of a book as a whole: names that must exist, overlaps, gaps, standings above the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jcm_cycle._claimed import name_key
from jcm_cycle._labels import LANGUAGES
from jcm_cycle._near import nearest, perhaps
from jcm_cycle._working import WORKING_DAY
from jcm_cycle.errors import BookError
from jcm_cycle.evidence._base import LARGEST_SCOPE
from jcm_cycle.evidence.reports import ITEM
from jcm_cycle.findings import Effect, Standing
from jcm_cycle.rules._head import about_another, head
from jcm_cycle.rules._named import NAME_IT, named
from jcm_cycle.rules._neighbours import meet, neighbours, told_of
from jcm_cycle.rules._rows import Adopt, Entity, Overlay, Row, Value
from jcm_cycle.rules._rule import lengths, lists_of_items, rules, values_read
from jcm_cycle.states import CAPABILITIES

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["problems"]

LARGEST = 10**9
"""The largest whole number that a value may be."""

LONGEST = 3660
"""The most days that a time limit or the like may have: no procedure waits for ten years."""

DAYS = ("calendar day", WORKING_DAY)
"""The units of a length: of a window or a time limit."""

TRACK = re.compile(r"[a-z0-9_]+")
"""The name of a track is that of its file, too: one that could lead elsewhere is none."""

ONCE: dict[str, tuple[str, ...]] = {
    "procedure": ("name",),
    "track": ("name",),
    "gate": ("id", "since", "until"),
    "label": ("of", "language"),
}
"""The keys by which rows of a table are told apart, where no two rows may have the same."""


def problems(book: RuleBook) -> Iterator[BookError]:
    """Yield what is wrong with how the rows of a book fit together, each with its place and what to do.

    A book is refused for the first of them; `lint` tells all.
    """
    yield from head(book)
    yield from _sources(book)
    yield from _capabilities(book)
    yield from named(book)
    yield from _overlays(book)
    yield from _tracks(book)
    yield from _twice(book)
    yield from _entities(book)
    for place, row in enumerate(book.rows["adopt"], 1):
        yield from _adopt(book, place, row)
    for place, row in enumerate(book.rows["overlay"], 1):
        yield from _relaxing(book, place, row)
    known = values_read() | book.foreseen
    for place, row in enumerate(book.rows["value"], 1):
        yield from _value(book, place, row, known)
    yield from neighbours(book)


def _sources(book: RuleBook) -> Iterator[BookError]:
    keys: set[str] = set()
    own = "source"
    for place, row in enumerate(book.rows[own], 1):
        if row.key in keys:
            why = f"two sources have the key {row.key!r}."
            yield book.error_in(own, place, why, key="key", cure="Give each a key of its own.", mistake="twice")
        keys.add(row.key)
    for table, rows in book.rows.items():
        for place, row in enumerate(rows, 1):
            yield from _row(book, table, place, row, keys | book.lost[own])
    if book.bilateral is not None:
        yield from _row(book, "bilateral", 0, book.bilateral, keys | book.lost[own])


def _row(book: RuleBook, table: str, place: int, row: Any, keys: set[str]) -> Iterator[BookError]:
    source = getattr(row, "source", None)
    if source is not None and source not in keys:
        why = f"no [[source]] has the key {source!r}."
        cure = perhaps(source, keys, "Add the source, or mend the key.")
        yield book.error_in(table, place, why, key="source", cure=cure, mistake="unknown-source")
    if isinstance(row, Row | Entity):
        yield from _bounds(book, table, place, row)


def _bounds(book: RuleBook, table: str, place: int, row: Row | Entity) -> Iterator[BookError]:
    for key, bound in (("since", row.since), ("until", row.until)):
        if bound is not None and bound.after == date.max:
            why = f"no day comes after {bound.after}."
            yield book.error_in(table, place, why, key=key, cure="Leave `after` out.", mistake="impossible-day")
            return
    if row.until is None:
        return
    since = row.since.on or (row.since.after + timedelta(days=1) if row.since.after is not None else None)
    until = row.until.on or row.until.by
    if since is not None and until is not None and since >= until:
        begins = f"on {since}" if row.since.on else f"after {row.since.after}"
        why = f"the row begins {begins} and ends {'on' if row.until.on else 'by'} {until}."
        cure = "`until` is the first day on which the row no longer holds."
        yield book.error_in(table, place, why, key="until", cure=cure, mistake="ends-before-it-begins")


def _capabilities(book: RuleBook) -> Iterator[BookError]:
    table = "capability"
    procedures = {row.name for row in book.rows["procedure"]}
    known = procedures | book.lost["procedure"]
    said: dict[tuple[str, str], int] = {}
    for place, row in enumerate(book.rows[table], 1):
        if row.procedure not in known:
            why = f"no [[procedure]] has the name {row.procedure!r}."
            cure = perhaps(row.procedure, procedures, NAME_IT)
            yield book.error_in(table, place, why, key="procedure", cure=cure, mistake="unknown-procedure")
        for name in ("all others",) if row.names is None else row.names:
            if row.names is not None and name not in CAPABILITIES:
                why = f"{name!r} is not a capability."
                cure = perhaps(name, CAPABILITIES, f"Capabilities are {', '.join(CAPABILITIES)}.")
                yield book.error_in(table, place, why, key="names", cure=cure, mistake="unknown-capability")
            earlier = said.setdefault((row.procedure, name), place)
            if earlier != place:
                why = f"{told_of(book, table, earlier)} speaks of {name!r} under {row.procedure!r} too."
                yield book.error_in(table, place, why, key="names", cure="Name it in one of them.", mistake="twice")


def _entities(book: RuleBook) -> Iterator[BookError]:
    numbers: set[str] = set()
    for place, row in enumerate(book.rows["entity"], 1):
        if row.number in numbers:
            why = f"two entities have the number {row.number!r}."
            yield book.error_in("entity", place, why, key="number", cure="Give each entity once.", mistake="twice")
        numbers |= {row.number} - {None}
        for key in ("scopes", "verification_scopes"):
            if not all(0 < scope <= LARGEST_SCOPE for scope in getattr(row, key) or ()):
                why = f"a sectoral scope is a whole number from 1 to {LARGEST_SCOPE}."
                yield book.error_in("entity", place, why, key=key, cure="Correct the list.", mistake="wrong-value")
    yield from _listed_twice(book)


def _listed_twice(book: RuleBook) -> Iterator[BookError]:
    """Yield each row on a designation that is listed before; an entity may be designated again, and for more scopes."""
    listed: dict[tuple[Any, ...], int] = {}
    unnumbered: dict[tuple[Any, ...], int] = {}
    for place, row in enumerate(book.rows["entity"], 1):
        key = (name_key(row.name), row.since, row.scopes, row.verification_scopes)
        first = (listed if row.number is None else unnumbered).get(key)  # of two that have numbers these tell
        if first is not None:
            why = (
                f"{told_of(book, 'entity', first)} has {row.name!r} too, from the same day on and for the same scopes."
            )
            cure = "Keep one of them, or say what tells them apart."
            yield book.error_in("entity", place, why, key="name", cure=cure, mistake="twice")
        listed.setdefault(key, place)
        if row.number is None:
            unnumbered.setdefault(key, place)


def _overlays(book: RuleBook) -> Iterator[BookError]:
    """Refuse a measure that relaxes something else than a rule: nothing, another measure, or in a circle itself."""
    table = "overlay"
    measures = {row.id: row.relaxes for row in book.rows[table]}
    for place, row in enumerate(book.rows[table], 1):
        if row.relaxes in rules() or row.relaxes in book.foreseen:
            continue
        if row.relaxes not in measures:
            why, cure = f"no rule has the id {row.relaxes!r}.", perhaps(row.relaxes, rules(), "Mend the id.")
            yield book.error_in(table, place, why, key="relaxes", cure=cure, mistake="unknown-rule")
            continue
        way, last = {row.id: None}, row.relaxes
        while last in measures and last not in way:
            way[last], last = None, measures[last]
        circle = f"; they go in a circle: {' relaxes '.join(map(repr, (*way, last)))}" if last == row.id else ""
        why = f"{row.relaxes!r} is a measure of this book, and no rule{circle}."
        cure = "Name the rule that is relaxed."
        yield book.error_in(table, place, why, key="relaxes", cure=cure, mistake="measure-of-a-measure")


def _relaxing(book: RuleBook, place: int, row: Overlay) -> Iterator[BookError]:
    """Yield what is wrong with a measure that relaxes a rule of integrity, or one that the book does not have then."""
    rule = rules().get(row.relaxes)
    if rule is None and row.relaxes not in book.foreseen:
        return
    if rule is not None and rule.integrity is not None:
        why, cure = f"{row.relaxes} is a rule of integrity, which no measure relaxes.", "Take the row out."
        yield book.error_in("overlay", place, why, key="relaxes", cure=cure, mistake="rule-of-integrity")
        return
    adopted = [other for other in book.rows["adopt"] if other.rule == row.relaxes]
    if row.relaxes not in book.lost["adopt"] and not any(meet(row, other) for other in adopted):
        then = " while the measure holds" if adopted else ""
        why = f"the book does not have the rule {row.relaxes}{then}, so that there is nothing to relax."
        cure = "Adopt the rule for these days, or take the measure out."
        yield book.error_in("overlay", place, why, key="relaxes", cure=cure, mistake="nothing-relaxed")


def _tracks(book: RuleBook) -> Iterator[BookError]:
    """Refuse a track whose name could not be that of a file beside the book, or is that of its texts in a language."""
    names = [("book", 0, "track", book.track)] if book.track is not None else []
    names += [("track", place, "name", row.name) for place, row in enumerate(book.rows["track"], 1)]
    for table, place, key, name in names:
        if not TRACK.fullmatch(name) or name in ("book", *LANGUAGES):
            why = f"{name!r} cannot be the name of a track, which is that of its file, too."
            cure = "Write small letters without accents, digits and _, such as redd_plus."
            yield book.error_in(table, place, why, key=key, cure=cure, mistake="wrong-track-name")


def _twice(book: RuleBook) -> Iterator[BookError]:
    for table, keys in ONCE.items():
        seen: dict[tuple[Any, ...], int] = {}
        for place, row in enumerate(book.rows[table], 1):
            first = seen.setdefault(tuple(getattr(row, key) for key in keys), place)
            if first != place:
                why = f"{told_of(book, table, first)} has the {keys[0]} {getattr(row, keys[0])!r} too."
                cure = "Keep one of them, or mend the name."
                yield book.error_in(table, place, why, key=keys[0], cure=cure, mistake="twice")


def _value(book: RuleBook, place: int, row: Value, known: frozenset[str]) -> Iterator[BookError]:
    table = "value"
    value = row.value
    if row.id not in known:
        why = f"neither a rule nor the time of a step reads {row.id!r}."
        cure = perhaps(row.id, known, "Mend the id, or name it with `values` where the rule that reads it is made.")
        yield book.error_in(table, place, why, key="id", cure=cure, mistake="unknown-value")
        return
    none = type(value) in (str, list, date)
    if row.id in lengths() and (none or row.unit not in (None, *DAYS)):
        key, given = ("value", value) if none else ("unit", row.unit)
        why = f"{row.id} is a number of days, and not {given if type(given) is date else repr(given)}."
        cure = f"Give a whole number, with the unit {' or '.join(map(repr, DAYS))}."
        yield book.error_in(table, place, why, key=key, cure=cure, mistake="wrong-value")
        return
    if row.id in lists_of_items() and not (value is None or isinstance(value, list)):
        why, cure = f"{row.id} is a list of items, and not {value!r}.", "Put the items in square brackets."
        yield book.error_in(table, place, why, key="value", cure=cure, mistake="wrong-value")
        return
    if row.unit not in (None, *DAYS) and nearest(row.unit, DAYS):
        why, cure = f"{row.unit!r} counts nothing.", perhaps(row.unit, DAYS, "Mend the unit.")
        yield book.error_in(table, place, why, key="unit", cure=cure, mistake="wrong-value")
    if value is None or isinstance(value, str) or type(value) is date:
        return
    if type(value) is int and abs(value) <= LARGEST:
        if row.unit in DAYS or row.id in lengths():
            yield from _days(book, place, value)
        return
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield from _items(book, place, row)
        return
    why = f"{value!r} is not a whole number, a day, a text or a list of texts."
    yield book.error_in(table, place, why, key="value", cure="Write it as one of them.", mistake="wrong-value")


def _items(book: RuleBook, place: int, row: Value) -> Iterator[BookError]:
    """Yield the error of a list in whose words a report could not tick an item."""
    wrong = [item for item in row.value if not ITEM.fullmatch(item)] if row.id in lists_of_items() else []
    if wrong:
        why = f"an item of a list is not written like {wrong[0]!r}."
        cure = "Write small letters, digits and _, as it is ticked in a report."
        yield book.error_in("value", place, why, key="value", cure=cure, mistake="wrong-value")


def _days(book: RuleBook, place: int, number: int) -> Iterator[BookError]:
    if number < 1:
        why, cure = f"{number} days are no time at all.", "Give at least one, or leave the value out."
    elif number > LONGEST:
        why, cure = f"{number} days are more than ten years.", "Mend the number."
    else:
        return
    yield book.error_in("value", place, why, key="value", cure=cure, mistake="wrong-value")


def _adopt(book: RuleBook, place: int, row: Adopt) -> Iterator[BookError]:
    def error(mistake: str, why: str, key: str, cure: str) -> BookError:
        return book.error_in("adopt", place, why, key=key, cure=cure, mistake=mistake)

    if row.effect is not None and not row.why:
        why = f"the effect is changed to {row.effect} without a reason."
        yield error("effect-without-why", why, "effect", "Say why= in words.")
    rule = rules().get(row.rule)
    if rule is None:
        if row.rule not in book.foreseen:
            why = f"no rule has the id {row.rule!r}."
            cure = perhaps(row.rule, rules(), "Mend the id, or write the rule in rules.py.")
            yield error("unknown-rule", why, "rule", cure)
        return
    if rule.integrity is not None:
        why = f"{row.rule} is a rule of integrity, which holds without a book."
        yield error("rule-of-integrity", why, "rule", "Take the row out.")
        return
    for step in row.steps or ():
        if step not in rule.steps:
            why = f"{row.rule} does not bind to {step!r}."
            cure = perhaps(step, rule.steps, f"It binds to {', '.join(rule.steps)}.")
            yield error("unknown-step", why, "steps", cure)
    if row.standing is Standing.CITED and rule.ceiling is Effect.BLOCKS:
        yield from _blocking(book, place, row)


def _blocking(book: RuleBook, place: int, row: Adopt) -> Iterator[BookError]:
    """Yield what is wrong with the source of a rule that would block."""
    source = book.sources.get(row.source) if row.source else None
    if source is None and row.source is None:
        why = f"{row.rule} would block, and no source is given."
        cure = "Name the source, or lower the standing."
        yield book.error_in("adopt", place, why, key="source", cure=cure, mistake="unsourced")
    elif source is not None and (source.kind == "secondary" or about_another(book, source)):
        why = (
            f"{row.rule} would block on {source.key}, "
            f"which is {source.kind.replace('_', ' ')} and about {source.about}."
        )
        cure = "Call the row inferred, or name a source of this country."
        yield book.error_in("adopt", place, why, key="standing", cure=cure, mistake="standing-too-good")
