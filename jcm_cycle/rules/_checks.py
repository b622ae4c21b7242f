"""What is checked of a book as a whole: names that must exist, overlaps, standings better than the source allows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jcm_cycle.findings import Effect, Standing
from jcm_cycle.rules._rows import Row
from jcm_cycle.rules._rule import rules
from jcm_cycle.states._machine import CAPABILITIES

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["check_rows"]


def check_rows(book: RuleBook) -> None:
    """Refuse a book whose rows do not fit together.

    Raises:
        BookError: names the file, the table, the key and the line, and says what to do.
    """
    keys = _unique(book)
    procedures = {row.name for row in book.rows["procedure"]}
    for table, rows in book.rows.items():
        for place, row in enumerate(rows, 1):
            source = getattr(row, "source", None)
            if source is not None and source not in keys:
                why = f"no [[source]] has the key {source!r}."
                raise book.error_in(table, place, why, key="source", cure="Add the source, or mend the key.")
            if isinstance(row, Row):
                _bounds(book, table, place, row)
    for place, row in enumerate(book.rows["capability"], 1):
        if row.procedure not in procedures:
            why = f"no [[procedure]] has the name {row.procedure!r}."
            raise book.error_in("capability", place, why, key="procedure", cure="Add it, or mend the name.")
        for name in row.names:
            if name not in CAPABILITIES:
                why = f"{name!r} is not a capability."
                cure = f"Capabilities are {', '.join(CAPABILITIES)}."
                raise book.error_in("capability", place, why, key="names", cure=cure)
    for place, row in enumerate(book.rows["transition"], 1):
        for key in ("older", "newer"):
            if getattr(row, key) not in procedures:
                why = f"no [[procedure]] has the name {getattr(row, key)!r}."
                raise book.error_in("transition", place, why, key=key, cure="Add it, or mend the name.")
    for place, row in enumerate(book.rows["overlay"], 1):
        if row.relaxes not in rules() and "." not in row.relaxes:
            why = f"no rule has the id {row.relaxes!r}."
            raise book.error_in("overlay", place, why, key="relaxes", cure="Mend the id.")
    for place, row in enumerate(book.rows["adopt"], 1):
        _adopt(book, place, row)
    _overlaps(book, "adopt", lambda row: [(row.rule, step) for step in row.steps or rules()[row.rule].steps])
    _overlaps(book, "form", lambda row: [row.stem])
    _overlaps(book, "value", lambda row: [row.id])


def _unique(book: RuleBook) -> set[str]:
    seen: set[str] = set()
    for place, row in enumerate(book.rows["source"], 1):
        if row.key in seen:
            why = f"two sources have the key {row.key!r}."
            raise book.error_in("source", place, why, key="key", cure="Give each a key of its own.")
        seen.add(row.key)
    return seen


def _bounds(book: RuleBook, table: str, place: int, row: Row) -> None:
    since, until = row.since.on, row.until.on if row.until is not None else None
    if since is not None and until is not None and since >= until:
        why = f"the row ends on {until}, before it begins on {since}."
        cure = "`until` is the first day on which the row no longer holds."
        raise book.error_in(table, place, why, key="until", cure=cure)


def _adopt(book: RuleBook, place: int, row: Any) -> None:
    def error(why: str, key: str, cure: str) -> Exception:
        return book.error_in("adopt", place, why, key=key, cure=cure)

    rule = rules().get(row.rule)
    if rule is None:
        raise error(f"no rule has the id {row.rule!r}.", "rule", "Mend the id, or write the rule in rules.py.")
    if rule.integrity is not None:
        why = f"{row.rule} is a rule of integrity, which holds without a book."
        raise error(why, "rule", "Take the row out.")
    for step in row.steps or ():
        if step not in rule.steps:
            why = f"{row.rule} does not bind to {step!r}."
            raise error(why, "steps", f"It binds to {', '.join(rule.steps)}.")
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


def _overlaps(book: RuleBook, table: str, names: Any) -> None:
    found: dict[Any, list[tuple[int, Row]]] = {}
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
        for (_, ends, first), (begin, _, second) in zip(exact, exact[1:], strict=False):
            if begin < ends:
                why = f"the row overlaps with [[{table}]] {first}, which speaks of {name!r} until {ends}."
                cure = "Let the earlier row end on the day on which the later one begins."
                raise book.error_in(table, second, why, key="since", cure=cure)
