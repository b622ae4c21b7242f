"""What lint looks for in the rows of a book beyond what a book is refused for: where each comes from, since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from jcm_cycle.errors import BookError
from jcm_cycle.findings import Effect, Standing
from jcm_cycle.parties import JAPAN
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._head import about_another
from jcm_cycle.rules._rows import Capability, Entity, Gate, Row
from jcm_cycle.rules._rule import rules

__all__ = ["look_at_age", "look_at_review", "look_at_rows"]

GENERAL, NOTHING = "general knowledge", "no text found"
"""How `cites` begins where nothing was read: because it is generally known, or because nothing was found."""
GOVERNING = ("procedure", "capability", "transition", "adopt", "value", "overlay")
"""The tables that say what holds: what the public record shows of it is observed, and was not read in it."""


def look_at_rows(book: RuleBook) -> Iterator[BookError]:
    """Yield what is wrong with single rows: without a source, before their time, or founded better than their source.

    Rows that a track takes over from the book of its country are looked at there.
    """
    if book.bilateral is not None and book.taken_at("bilateral", 0) is None:
        yield from _row(book, "bilateral", 0, book.bilateral)
    for table, rows in book.rows.items():
        for place, row in enumerate(rows, 1):
            taken = book.taken_at(table, place)
            if taken is None:
                yield from _row(book, table, place, row)
            if taken != "main":
                yield from _before(book, table, place, row)


def _row(book: RuleBook, table: str, place: int, row: Any) -> Iterator[BookError]:
    yield from _unsourced(book, table, place, row)
    yield from _too_good(book, table, place, row)
    if table == "form":
        yield from _form(book, place, row)


def _unsourced(book: RuleBook, table: str, place: int, row: Any) -> Iterator[BookError]:
    standing = getattr(row, "standing", None)
    if standing is None or table == "source":
        return
    in_words = (getattr(row, "cites", None) or "").strip()
    if row.source is None and standing is Standing.CITED and not _refused(row):
        why, cure = (
            "the row is cited, and no source is named.",
            "Name the source in which it was read, or lower the standing.",
        )
    elif row.source is None and isinstance(row, Row | Capability | Entity) and not in_words:
        why = "the row names neither a source nor a place in words."
        cure = 'Name the source, or say in `cites` what it rests on, such as "no text found".'
    elif row.source is None and not hasattr(row, "cites") and standing not in (Standing.ASSUMED, Standing.UNKNOWN):
        why, cure = f"the row is {standing}, and names no source.", "Name the source, or call the row assumed."
    else:
        return
    yield book.error_in(table, place, why, cure=cure, mistake="unsourced")


def _refused(row: Any) -> bool:
    """Tell whether the book is refused for a cited row without a source: then that is told already."""
    rule = rules().get(getattr(row, "rule", ""))
    return rule is not None and rule.ceiling is Effect.BLOCKS


def _form(book: RuleBook, place: int, row: Any) -> Iterator[BookError]:
    told = row.note or "version" in (row.cites or "").lower()
    if row.version is None and not told:
        why = f"the row on {row.stem} has no version."
        cure = 'Give the version as printed; where none is shown, say so: note = "No version is shown."'
        yield book.error_in("form", place, why, cure=cure, mistake="form-without-version")


def _before(book: RuleBook, table: str, place: int, row: Any) -> Iterator[BookError]:
    """Yield the error of a row that begins before the bilateral document, as only what is not the country's may."""
    begun = book.bilateral.since.on if book.bilateral is not None else None
    source = book.sources.get(getattr(row, "source", None) or "")
    if begun is None or not isinstance(row, Row) or row.since.on is None or row.since.on >= begun:
        return
    if source is not None and source.about in ("all", JAPAN):
        return
    why = f"the row begins on {row.since.on}, before the bilateral document of {begun}."
    yield book.error_in(
        table, place, why, key="since", cure="Mend the day, or that of the document.", mistake="before-bilateral"
    )


def _too_good(book: RuleBook, table: str, place: int, row: Any) -> Iterator[BookError]:
    standing, source = getattr(row, "standing", None), book.sources.get(getattr(row, "source", None) or "")
    if standing is None:
        return
    found = _most(book, table, row, source)
    if found is None:
        return
    most, why = found
    if standing.or_weaker(most) is not standing:
        cure = f"Call the row {most}, or name the source in which it was read."
        yield book.error_in(
            table, place, f"the row is {standing}, and {why}", key="standing", cure=cure, mistake="standing-too-good"
        )


def _most(book: RuleBook, table: str, row: Any, source: Any) -> tuple[Standing, str] | None:
    """Return the best standing that the source of a row allows, and why, or None where it allows any."""
    words = (getattr(row, "cites", None) or "").lower()
    for begins, most in ((GENERAL, Standing.ASSUMED), (NOTHING, Standing.UNKNOWN)):
        if words.startswith(begins):
            return most, f"rests on this: {begins}."
    if source is None or (table == "adopt" and _refused(row)):
        return None
    if source.kind == "record" and table in GOVERNING:
        return Standing.OBSERVED, f"{source.key} is a record, which shows what happened and not what holds."
    japan = isinstance(row, Gate) and row.side == "japan" and source.about == JAPAN
    if about_another(book, source) and not japan:
        return Standing.INFERRED, f"{source.key} is about {source.about}, and not about {book.country}."
    return None


def look_at_review(book: RuleBook, on: date | None) -> Iterator[BookError]:
    """Yield the error of a book that knows of a newer day than that of its review, or whose review is still to come.

    Without a day, only the adoption of its sources is known to have happened.
    """
    reviewed, newest = book.head.reviewed_on, _newest(book, on)
    for place, row in enumerate(book.rows["source"] if on is not None else (), 1):
        if row.adopted is not None and row.adopted.on is not None and row.adopted.on > on:
            why = f"the source {row.key} is adopted on {row.adopted.on}, which is after {on}: nobody can have read it."
            cure = "Leave `adopted` out until it is, or mend the day."
            yield book.error_in("source", place, why, key="adopted", cure=cure, mistake="wrong-value")
    if newest > reviewed:
        why = f"the book was last compared with its sources on {reviewed}, and knows of {newest}."
        yield _stale(book, why)
    elif on is not None and reviewed > on:
        why = f"the book is said to have been compared with its sources on {reviewed}, which is after {on}."
        cure = "Write the day on which it was."
        yield book.error_in("book", 0, why, key="reviewed_on", cure=cure, mistake="review-in-future")


def look_at_age(book: RuleBook, on: date | None, days: int) -> Iterator[BookError]:
    """Yield what is to be told of a book that was last compared with its sources too long ago, and is not stale."""
    reviewed = book.head.reviewed_on
    if on is not None and on - reviewed > timedelta(days=days) and _newest(book, on) <= reviewed:
        why = f"the book was last compared with its sources on {reviewed}, more than {days} days before {on}."
        yield _stale(book, why)


def _stale(book: RuleBook, why: str) -> BookError:
    cure = "Compare it with its sources, and write the day."
    return book.error_in("book", 0, why, key="reviewed_on", cure=cure, mistake="stale-review")


def _newest(book: RuleBook, on: date | None) -> date:
    """Return the newest day that the book knows to be past, or else that of its review."""
    return max(_days(book, on), default=book.head.reviewed_on)


def _days(book: RuleBook, on: date | None) -> Iterator[date]:
    """Yield the days on which sources were adopted, and where today is known also the bounds that have come."""
    for table, rows in book.rows.items():
        for place, row in enumerate(rows, 1):
            if book.taken_at(table, place) is not None:
                continue
            keys = ("adopted",) if on is None else ("adopted", "since", "until")
            bounds = (getattr(row, key, None) for key in keys)
            days = (bound.on for bound in bounds if bound is not None and bound.on is not None)
            yield from (day for day in days if on is None or day <= on)
