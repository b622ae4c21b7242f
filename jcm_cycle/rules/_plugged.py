"""The books that distributions bring: found in their metadata, read when asked for, and none able to harm another.

A distribution names its books in the entry-point group `jcm_cycle.books`, each under the code of its country; the
built-in countries come through the same door. What stands behind an entry point is code that runs in this process.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import metadata
from typing import TYPE_CHECKING

from jcm_cycle.errors import BookError
from jcm_cycle.rules._names import GROUP
from jcm_cycle.rules._shelf import Shelf

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["shelf"]

REMOVE = "Mend or remove the distribution that brings it."


def shelf() -> Shelf:
    """Return the books of all distributions that are installed; only their metadata are read."""
    stray: dict[str, BookError] = {}
    try:
        points: Iterable[metadata.EntryPoint] = metadata.entry_points(group=GROUP)
    except Exception:  # noqa: BLE001 - one distribution with a broken list hides those of all others
        points, stray = _one_by_one()
    by_country: dict[str, list[metadata.EntryPoint]] = {}
    for point in points:
        by_country.setdefault(point.name, []).append(point)
    return Shelf({country: partial(_load, country, found) for country, found in by_country.items()}, stray)


def _one_by_one() -> tuple[list[metadata.EntryPoint], dict[str, BookError]]:
    """Return the entry points of each distribution whose list can be read, and what is wrong with the others."""
    points: list[metadata.EntryPoint] = []
    stray: dict[str, BookError] = {}
    seen: set[str] = set()
    for place, distribution in enumerate(metadata.distributions()):
        name = _name(distribution) or f"the nameless distribution {place}"
        key = _name(distribution, bare=True).lower().replace("_", "-").replace(".", "-")
        if key in seen:  # the same one again, further down the path
            continue
        seen |= {key} - {""}
        try:
            points += distribution.entry_points.select(group=GROUP)
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the others are not to suffer
            if _may_bring(distribution):
                why = f"{name} may bring rule books, and its entry_points.txt cannot be read: {_words(error)}."
                stray[name] = BookError(why, cure=REMOVE)
    return points, stray


def _may_bring(distribution: metadata.Distribution) -> bool:
    """Tell whether a list of entry points that cannot be read could name a book."""
    try:
        return GROUP in (distribution.read_text("entry_points.txt") or "")
    except Exception:  # noqa: BLE001 - not even its letters can be read
        return True


def _load(country: str, points: list[metadata.EntryPoint]) -> RuleBook:
    """Return the book of a country from the one distribution that brings it.

    Raises:
        BookError: several bring one, or the one that does is broken.
    """
    if len(points) > 1:
        why = f"Several distributions bring a book for {country}: {'; '.join(sorted(map(_told, points)))}."
        cure = f'Remove all but one, or let your program choose: books | {{"{country}": book}}.'
        raise BookError(why, cure=cure)
    (point,) = points
    try:
        book = point.load()()
        given = getattr(book, "country", None)
    except BookError as error:
        whose = _whose(point)
        if not whose:
            raise
        cure = f"{error.cure} The book comes with {whose}.".strip()
        raise BookError(
            error.why, table=error.table, key=error.key, cure=cure, file=error.file, line=error.line, name=error.name
        ) from error
    except (Exception, SystemExit) as error:
        why = f"The plug-in {_told(point)} for {country} failed: {_words(error)}."
        raise BookError(why, cure=REMOVE) from error
    from jcm_cycle.rules._book import RuleBook  # noqa: PLC0415 - loaded by whatever makes a book

    if not isinstance(book, RuleBook) or given != country:
        what = f"the book of {given}" if isinstance(book, RuleBook) else f"a {type(book).__name__}"
        why = f"The plug-in {_told(point)} gives {what}, not the book of {country}."
        raise BookError(why, cure="Let it return a RuleBook of that country.")
    return book


def _told(point: metadata.EntryPoint) -> str:
    whose = _whose(point)
    return f"{point.value!r} of {whose}" if whose else repr(point.value)


def _whose(point: metadata.EntryPoint) -> str:
    return _name(point.dist) if point.dist is not None else ""


def _name(distribution: metadata.Distribution, *, bare: bool = False) -> str:
    """Return name and version of a distribution, or the bare name; nothing where its metadata do not tell them."""
    try:
        told = (distribution.name,) if bare else (distribution.name, distribution.version)
        return " ".join(told) if all(told) else ""
    except Exception:  # noqa: BLE001 - metadata can be broken in any way
        return ""


def _words(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - the text of an error is foreign code, too
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
