"""What is checked of a book as a whole: names that must exist, overlaps, gaps, standings above the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jcm_cycle._labels import LANGUAGES
from jcm_cycle._near import perhaps
from jcm_cycle._working import WORKING_DAY
from jcm_cycle.evidence._base import LARGEST_SCOPE
from jcm_cycle.findings import Effect, Standing
from jcm_cycle.rules._rows import Adopt, Entity, Row, Value
from jcm_cycle.rules._rule import rules
from jcm_cycle.states import CAPABILITIES, MACHINES, Within

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["check_rows"]

LARGEST = 10**9
"""The largest whole number that a value may be."""

DAYS = ("calendar day", WORKING_DAY)
"""The units of a length: of a window or a time limit."""

NAME_IT = "Add it, or mend the name."

TRACK = re.compile(r"[a-z0-9_]+")
"""The name of a track is that of its file, too: one that could lead elsewhere is none."""

ONCE: dict[str, tuple[str, ...]] = {
    "procedure": ("name",),
    "track": ("name",),
    "gate": ("id", "since", "until"),
    "overlay": ("id", "relaxes", "since", "until"),
}
"""The keys by which rows of a table are told apart, where no two rows may have the same."""


def check_rows(book: RuleBook) -> None:
    """Refuse a book whose rows do not fit together.

    Raises:
        BookError: names the file, the table, the key and the line, and says what to do.
    """
    _sources(book)
    _capabilities(book)
    _transitions(book)
    _overlays(book)
    _tracks(book)
    _twice(book)
    _entities(book)
    for place, row in enumerate(book.rows["adopt"], 1):
        _adopt(book, place, row)
    for place, row in enumerate(book.rows["value"], 1):
        _value(book, place, row)
    bound = rules()
    _neighbours(book, "adopt", lambda row: (f"{row.rule} at {step}" for step in row.steps or bound[row.rule].steps))
    _neighbours(book, "form", lambda row: (row.stem,))
    _neighbours(book, "value", lambda row: (row.id,))


def _sources(book: RuleBook) -> None:
    keys: set[str] = set()
    own = "source"
    for place, row in enumerate(book.rows[own], 1):
        if row.key in keys:
            why = f"two sources have the key {row.key!r}."
            raise book.error_in(own, place, why, key="key", cure="Give each a key of its own.")
        keys.add(row.key)
    for table, rows in book.rows.items():
        for place, row in enumerate(rows, 1):
            _row(book, table, place, row, keys)
    if book.bilateral is not None:
        _row(book, "bilateral", 0, book.bilateral, keys)


def _row(book: RuleBook, table: str, place: int, row: Any, keys: set[str]) -> None:
    source = getattr(row, "source", None)
    if source is not None and source not in keys:
        why = f"no [[source]] has the key {source!r}."
        cure = perhaps(source, keys, "Add the source, or mend the key.")
        raise book.error_in(table, place, why, key="source", cure=cure)
    if isinstance(row, Row | Entity):
        _bounds(book, table, place, row)


def _bounds(book: RuleBook, table: str, place: int, row: Row | Entity) -> None:
    for key, bound in (("since", row.since), ("until", row.until)):
        if bound is not None and bound.after == date.max:
            why = f"no day comes after {bound.after}."
            raise book.error_in(table, place, why, key=key, cure="Leave `after` out.")
    if row.until is None:
        return
    since = row.since.on or (row.since.after + timedelta(days=1) if row.since.after is not None else None)
    until = row.until.on or row.until.by
    if since is not None and until is not None and since >= until:
        begins = f"on {since}" if row.since.on else f"after {row.since.after}"
        why = f"the row begins {begins} and ends {'on' if row.until.on else 'by'} {until}."
        cure = "`until` is the first day on which the row no longer holds."
        raise book.error_in(table, place, why, key="until", cure=cure)


def _capabilities(book: RuleBook) -> None:
    table = "capability"
    procedures = {row.name for row in book.rows["procedure"]}
    said: dict[tuple[str, str], int] = {}
    for place, row in enumerate(book.rows[table], 1):
        if row.procedure not in procedures:
            why = f"no [[procedure]] has the name {row.procedure!r}."
            raise book.error_in(table, place, why, key="procedure", cure=perhaps(row.procedure, procedures, NAME_IT))
        for name in ("all others",) if row.names is None else row.names:
            if row.names is not None and name not in CAPABILITIES:
                why = f"{name!r} is not a capability."
                cure = perhaps(name, CAPABILITIES, f"Capabilities are {', '.join(CAPABILITIES)}.")
                raise book.error_in(table, place, why, key="names", cure=cure)
            earlier = said.setdefault((row.procedure, name), place)
            if earlier != place:
                why = f"[[capability]] {earlier} speaks of {name!r} under {row.procedure!r} too."
                raise book.error_in(table, place, why, key="names", cure="Name it in one of them.")


def _transitions(book: RuleBook) -> None:
    table = "transition"
    procedures = {row.name for row in book.rows["procedure"]}
    for place, row in enumerate(book.rows[table], 1):
        for key in ("older", "newer"):
            if (name := getattr(row, key)) not in procedures:
                why = f"no [[procedure]] has the name {name!r}."
                raise book.error_in(table, place, why, key=key, cure=perhaps(name, procedures, NAME_IT))


def _entities(book: RuleBook) -> None:
    numbers: set[str] = set()
    for place, row in enumerate(book.rows["entity"], 1):
        if row.number in numbers:
            why = f"two entities have the number {row.number!r}."
            raise book.error_in("entity", place, why, key="number", cure="Give each entity once.")
        numbers |= {row.number} - {None}
        for key in ("scopes", "verification_scopes"):
            if not all(0 < scope <= LARGEST_SCOPE for scope in getattr(row, key) or ()):
                why = f"a sectoral scope is a whole number from 1 to {LARGEST_SCOPE}."
                raise book.error_in("entity", place, why, key=key, cure="Correct the list.")


def _overlays(book: RuleBook) -> None:
    """Refuse a measure that relaxes something else than a rule: nothing, another measure, or in a circle itself."""
    table = "overlay"
    measures = {row.id: row.relaxes for row in book.rows[table]}
    for place, row in enumerate(book.rows[table], 1):
        if row.relaxes in rules():
            continue
        if row.relaxes not in measures:
            why, cure = f"no rule has the id {row.relaxes!r}.", perhaps(row.relaxes, rules(), "Mend the id.")
            raise book.error_in(table, place, why, key="relaxes", cure=cure)
        way = [row.id]
        while way[-1] in measures and way[-1] not in way[:-1]:
            way.append(measures[way[-1]])
        circle = f"; they go in a circle: {' relaxes '.join(map(repr, way))}" if way[-1] == row.id else ""
        why = f"{row.relaxes!r} is a measure of this book, and no rule{circle}."
        raise book.error_in(table, place, why, key="relaxes", cure="Name the rule that is relaxed.")


def _tracks(book: RuleBook) -> None:
    """Refuse a track whose name could not be that of a file beside the book, or is that of its texts in a language."""
    names = [("book", 0, "track", book.track)] if book.track is not None else []
    names += [("track", place, "name", row.name) for place, row in enumerate(book.rows["track"], 1)]
    for table, place, key, name in names:
        if not TRACK.fullmatch(name) or name in ("book", *LANGUAGES):
            why = f"{name!r} cannot be the name of a track, which is that of its file, too."
            cure = "Write small letters without accents, digits and _, such as redd_plus."
            raise book.error_in(table, place, why, key=key, cure=cure)


def _twice(book: RuleBook) -> None:
    for table, keys in ONCE.items():
        seen: dict[tuple[Any, ...], int] = {}
        for place, row in enumerate(book.rows[table], 1):
            first = seen.setdefault(tuple(getattr(row, key) for key in keys), place)
            if first != place:
                why = f"[[{table}]] {first} has the {keys[0]} {getattr(row, keys[0])!r} too."
                raise book.error_in(table, place, why, key=keys[0], cure="Keep one of them, or mend the name.")


def _value(book: RuleBook, place: int, row: Value) -> None:
    table = "value"
    value = row.value
    if value is None or isinstance(value, str) or type(value) is date:
        return
    if type(value) is int and abs(value) <= LARGEST:
        if value < 1 and (row.unit in DAYS or row.id in _lengths()):
            why = f"{value} days are no time at all."
            raise book.error_in(table, place, why, key="value", cure="Give at least one, or leave the value out.")
        return
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return
    why = f"{value!r} is not a whole number, a day, a text or a list of texts."
    raise book.error_in(table, place, why, key="value", cure="Write it as one of them.")


@cache
def _lengths() -> frozenset[str]:
    """Return the ids of the values that tell how long a step may take, or a window stands open."""
    timers = [step.timed for steps in MACHINES.values() for step in steps.steps.values() if step.timed is not None]
    longer = {timer.extended for timer in timers if isinstance(timer, Within) and timer.extended is not None}
    return frozenset({timer.value for timer in timers} | longer)


def _adopt(book: RuleBook, place: int, row: Adopt) -> None:
    table = "adopt"

    def error(why: str, key: str, cure: str) -> Exception:
        return book.error_in(table, place, why, key=key, cure=cure)

    rule = rules().get(row.rule)
    if rule is None:
        why = f"no rule has the id {row.rule!r}."
        raise error(why, "rule", perhaps(row.rule, rules(), "Mend the id, or write the rule in rules.py."))
    if rule.integrity is not None:
        why = f"{row.rule} is a rule of integrity, which holds without a book."
        raise error(why, "rule", "Take the row out.")
    for step in row.steps or ():
        if step not in rule.steps:
            why = f"{row.rule} does not bind to {step!r}."
            raise error(why, "steps", perhaps(step, rule.steps, f"It binds to {', '.join(rule.steps)}."))
    if row.effect is not None and not row.why:
        why = f"the effect is changed to {row.effect} without a reason."
        raise error(why, "effect", "Say why= in words.")
    if row.standing is Standing.CITED and rule.ceiling is Effect.BLOCKS:
        source = book.sources.get(row.source) if row.source else None
        if source is None:
            why = f"{row.rule} would block, and no source is given."
            raise error(why, "source", "Name the source, or lower the standing.")
        if source.kind == "secondary" or source.about not in ("all", book.country):
            why = (
                f"{row.rule} would block on {source.key}, "
                f"which is {source.kind.replace('_', ' ')} and about {source.about}."
            )
            raise error(why, "standing", "Call the row inferred, or name a source of this country.")


def _neighbours(book: RuleBook, table: str, names: Callable[[Any], Iterable[str]]) -> None:
    """Refuse rows on one thing that overlap, or leave a gap, where the days of both are exact."""
    found: dict[str, list[tuple[int, Row]]] = {}
    for place, row in enumerate(book.rows[table], 1):
        for name in names(row):
            found.setdefault(name, []).append((place, row))
    for name, rows in found.items():
        exact: list[tuple[date, date, int]] = []
        for place, row in rows:
            end = row.until.on if row.until is not None else date.max
            if row.since.on is not None and end is not None:
                exact.append((row.since.on, end, place))
        exact.sort()
        for (_, ends, first), (begin, _, second) in pairwise(exact):
            if begin < ends:
                why = f"the row overlaps with [[{table}]] {first}, which speaks of {name} {_to(ends)}."
                cure = "Let the earlier row end on the day on which the later one begins."
                raise book.error_in(table, second, why, key="since", cure=cure)
            if begin > ends and len(exact) == len(rows):  # else a row with a stretch may fill the gap
                why = f"nothing is said of {name} from {ends}, when [[{table}]] {first} ends, to {begin}."
                cure = "Let it begin on that day, or write the gap as a stretch: { after = …, by = … }."
                raise book.error_in(table, second, why, key="since", cure=cure)


def _to(end: date) -> str:
    return "without an end" if end == date.max else f"until {end}"
