"""What a book says over time, as stretches of days: surely so, provisionally, surely not, or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Literal, TypeAlias

from attrs import frozen

from jcm_cycle._labels import label, text
from jcm_cycle.pictures._words import word
from jcm_cycle.rules import Edition, RuleBook
from jcm_cycle.rules._rows import Bilateral
from jcm_cycle.states import CAPABILITIES

__all__ = ["How", "Line", "Stretch", "capability_said", "days_between", "form_said", "lines", "reach"]

How: TypeAlias = Literal["yes", "provisional", "no", "unknown"]
"""What a stretch is drawn as."""

EARLIEST = date(2011, 1, 1)
"""Before it there was no such mechanism; a row that holds since ever begins here in the picture."""
YEARS_AHEAD = 6


@frozen(kw_only=True)
class Stretch:
    """Some days on which a book says the same of one thing.

    Attributes:
        start: the first day.
        end: the day after the last.
        how: what the book says.
        told: what is written on it.
    """

    start: date
    end: date
    how: How
    told: str = ""


@frozen(kw_only=True)
class Line:
    """One thing over time.

    Attributes:
        group: what kind of thing it is: bilateral, procedure, capability or form.
        name: what it is called.
        stretches: its stretches, in their order; between them the book says nothing.
    """

    group: str
    name: str
    stretches: tuple[Stretch, ...]


Said: TypeAlias = tuple[How, str] | None


def reach(book: RuleBook) -> tuple[date, date]:
    """Return the days between which a book is drawn: from its first turn to its review, or to what it knows ahead."""
    reviewed = book.head.reviewed_on
    turns = [turn for turn in book.turns if turn >= EARLIEST]
    first = min([*turns, reviewed])
    ahead = date(min(reviewed.year + YEARS_AHEAD, date.max.year - 1), 1, 1)
    last = max([reviewed, *(turn for turn in turns if turn <= ahead)])
    return date(first.year, 1, 1), date(min(last.year, date.max.year - 1) + 1, 1, 1)


def lines(book: RuleBook, lang: str) -> Iterator[Line]:
    """Yield everything that is drawn of a book: its bilateral document, procedures, capabilities and forms."""
    document = book.bilateral
    if document is not None:
        yield _line(book, "bilateral", text(document.name, lang), partial(_document, document))
    for name in dict.fromkeys(row.name for row in book.rows["procedure"]):
        yield _line(book, "procedure", text(name, lang), partial(_procedure, name))
    if book.rows["procedure"]:
        for name in CAPABILITIES:
            yield _line(book, "capability", label("capability", name, lang), partial(_capability, name, lang))
    for stem in dict.fromkeys(row.stem for row in book.rows["form"]):
        yield _line(book, "form", label("form", stem, lang), partial(_form, stem))


def _line(book: RuleBook, group: str, name: str, says: Callable[[Edition], Said]) -> Line:
    start, end = reach(book)
    days = [start, *(turn for turn in book.turns if start < turn < end), end]
    found: list[Stretch] = []
    for first, after in pairwise(days):
        said = says(book.edition(first))
        if said is None:
            continue
        how, told = said
        last = found[-1] if found else None
        if last is not None and (last.end, last.how, last.told) == (first, how, told):
            found[-1] = Stretch(start=last.start, end=after, how=how, told=told)
        else:
            found.append(Stretch(start=first, end=after, how=how, told=told))
    return Line(group=group, name=name, stretches=tuple(found))


def _document(document: Bilateral, edition: Edition) -> Said:
    held = edition.holds(document)
    if held is False:
        return None
    return ("yes", "") if held else ("unknown", "?")


def _procedure(name: str, edition: Edition) -> Said:
    held = [edition.holds(row) for row in edition.procedures if row.name == name]
    if not held:
        return None
    return ("yes", "") if True in held else ("unknown", "?")


def _capability(name: str, lang: str, edition: Edition) -> Said:
    return capability_said(edition, name, lang)


def _form(stem: str, edition: Edition) -> Said:
    return form_said(edition, stem)


def capability_said(edition: Edition, name: str, lang: str) -> Said:
    """Return what it is under the procedures that were in force, or may have been: the one value that all give."""
    given = {edition.capabilities.get(row.name, {}).get(name, "unknown") for row in edition.procedures}
    if not given:
        return None
    if len(given) > 1 or edition.rules_in_force is not True or given == {"unknown"}:
        return "unknown", "?"
    (one,) = given
    how: How = "yes" if one == "yes" else "provisional" if one == "provisional" else "no"
    return how, word(f"had_{one}", lang)


def form_said(edition: Edition, stem: str) -> Said:
    """Return which version of a form applied, or which may have."""
    rows = [row for row in edition.forms if row.stem == stem]
    if not rows:
        return None
    versions = " / ".join(dict.fromkeys("?" if row.version is None else str(row.version) for row in rows))
    sure = len(rows) == 1 and edition.holds(rows[0]) is True and rows[0].version is not None
    return ("yes", versions) if sure else ("unknown", versions if "?" in versions else f"{versions} ?")


def days_between(start: date, day: date) -> int:
    """Return how many days lie between two days."""
    return (day - start) // timedelta(days=1)
