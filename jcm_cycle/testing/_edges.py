"""The edges of a book: for every row with an exact bound, the day before that day, and the day itself.

What is tested is what an act, or a question to the book, meets on the day: a rule that begins is judged and was not
judged the day before, a value or a form's version is there and was not, a measure relaxes its rule and no longer does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from attrs import field, frozen

from jcm_cycle._near import perhaps
from jcm_cycle.case import Case
from jcm_cycle.days import Bound
from jcm_cycle.errors import JCMCycleError, NoRuleBook, StoryError
from jcm_cycle.evidence import Block, Evidence, Opening
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.findings import Finding, Verdict
from jcm_cycle.parties import Actor
from jcm_cycle.rules import Edition, RuleBook, rules
from jcm_cycle.rules._binding import UNDETERMINED
from jcm_cycle.rules._rows import Adopt, Bilateral, Form, Gate, Overlay, Procedure, Row, Transition, Value, name_of
from jcm_cycle.states import CAPABILITIES, MACHINES, STEPS, Step
from jcm_cycle.testing._good import CASE, WHOLE
from jcm_cycle.testing._papers import known, paper, role

__all__ = ["Edge", "edges", "edges_of"]

ROWS: tuple[type[Row], ...] = (Adopt, Form, Gate, Overlay, Procedure, Transition, Value)
"""The tables whose rows are tested; the bilateral document is beside them."""
ONE_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Edge:
    """A day at the bound of a row, and what is to be so on it.

    Attributes:
        book: the book.
        table: the table of the row, such as `adopt`.
        name: the name of the row, such as the id of a rule.
        step: for a rule, the step at which it is judged.
        day: the day asked for: the day of the bound, or the day before.
        row: the row.
        began: whether the day is that of the bound.
    """

    book: RuleBook = field(repr=False)
    table: str
    name: str
    step: str | None = None
    day: date
    row: Any = field(repr=False)
    began: bool

    def wrong(self) -> str | None:
        """Return what is not as the row says, or None where all is."""
        expected = self._expected()
        found = _ASKED[self.table](self)
        if found == expected:
            return None
        told = self.row.cites or "no place told"
        return f"{self}: {found}, where the rows of the book give {expected} (row of {told})"

    def _expected(self) -> str:
        """Return what the rows on the same thing, and nothing else, make of the day."""
        rows = [row for row in self.book.rows.get(self.table, [self.row]) if self._same(row)]
        held = [row for row in rows if _holds(row, self.day) is not False]
        if not held:
            return NOTHING
        return _words(held[0]) if len(held) == 1 and _holds(held[0], self.day) else OPEN

    def _same(self, row: Any) -> bool:
        if _name(row) != self.name:
            return False
        if isinstance(row, Transition):
            return bool(row.older == self.row.older)
        return bool(self.step is None or row.steps is None or self.step in row.steps)

    def __str__(self) -> str:
        whose = f"{self.book.country}/{self.book.track}" if self.book.track else self.book.country
        at = f" at {self.step}" if self.step else ""
        return f"{whose} {self.table} {self.name}{at} on {self.day}, {'the day' if self.began else 'the day before'}"


def _holds(row: Row, day: date) -> bool | None:
    """Tell whether a row holds on a day, read from its bounds alone, so that what is tested does not test itself."""
    ends = Bound(on=date.max) if row.until is None else row.until
    begun, over = (_reached(bound, day) for bound in (row.since, ends))
    if begun is False or over is True:
        return False
    return None if begun is None or over is None else True


def _reached(bound: Bound, day: date) -> bool | None:
    number = day.toordinal()
    if bound.on is not None:
        return number >= bound.on.toordinal()
    if bound.by is not None and number >= bound.by.toordinal():
        return True
    return False if bound.after is not None and number <= bound.after.toordinal() else None


NOTHING, OPEN = "nothing", "not known which or whether"


def _words(row: Any) -> str:
    """Return what a row that surely holds gives."""
    if isinstance(row, Adopt):
        return f"judged, {row.standing}"
    if isinstance(row, Value):
        return f"value {tuple(row.value) if isinstance(row.value, list) else row.value}, {row.standing}"
    if isinstance(row, Form):
        return f"version {row.version}, {row.standing}"
    return f"there, {row.standing}"


def edges(book: RuleBook) -> tuple[Edge, ...]:
    """Return every day at an exact bound of a row of a book: the day before it, and the day.

    The books of the country's tracks have edges of their own.
    """
    found = [edge for cls in ROWS for row in book.rows[cls.table] for edge in _of(book, row)]
    if book.bilateral is not None:
        found += _of(book, book.bilateral)
    return tuple({str(edge): edge for edge in found}.values())


def edges_of(name: str, books: Mapping[str, RuleBook], file: Path) -> tuple[Edge, ...]:
    """Return the edges of a book that a file of stories names, such as `TH/existing`.

    Raises:
        StoryError: there is no such book, or it is broken.
    """
    country, slash, track = name.partition("/")
    try:
        if country not in books:
            why = f"edges: there is no rule book for {country!r}."
            raise NoRuleBook(why, cure=perhaps(country, books, f"Books are {', '.join(books)}."))
        book = books[country]
        own = book.of_track(track) if slash else book
    except JCMCycleError as error:
        raise StoryError(f"[stories]: {error}", file=file) from None
    if slash and own.track != track:
        tracks = [one.track for one in book.with_tracks() if one.track]
        why = f"[stories]: edges: {book.head.name} has no book for the track {track!r}."
        raise StoryError(why, cure=perhaps(track, tracks, f"Tracks with a book are {tracks}."), file=file)
    return edges(own)


def _of(book: RuleBook, row: Any) -> Iterator[Edge]:
    for bound in (row.since, row.until):
        if bound is None or bound.on in (None, date.min):
            continue
        steps: tuple[str | None, ...] = (None,)
        if isinstance(row, Adopt):
            steps = tuple(step for step in rules()[row.rule].steps if row.steps is None or step in row.steps)
        for step in steps:
            for began, day in ((False, bound.on - ONE_DAY), (True, bound.on)):
                yield Edge(book=book, table=row.table, name=_name(row), step=step, day=day, row=row, began=began)


def _name(row: Any) -> str:
    return str(row.name) if isinstance(row, Bilateral) else name_of(row)


def _rule(edge: Edge) -> str:
    """Return what an act meets of a rule: whether it is judged, and how well founded."""
    finding = _finding(edge, edge.name, str(edge.step))
    if finding is None or finding.ground is None:
        return NOTHING
    if finding.facts == UNDETERMINED and finding.verdict is Verdict.MISSING:
        return OPEN
    return f"judged, {finding.ground.standing}"


def _finding(edge: Edge, rule: str, step: str) -> Finding | None:
    """Return what a rule says of a good act at a step on the day, whatever else is against the act."""
    taken, outcome = STEPS[step], rules()[rule].when
    case, act = _case(edge.book.country, edge.book.track, taken, edge.day), _paper(taken, outcome, edge.book.country)
    answer = case.attempt(
        taken(act, by=Actor(role(taken)), on=edge.day), rules=edge.book, register=_register(edge.book.country)
    )
    return next((found for found in answer.findings if found.rule == rule), None)


_register = cache(known)


@cache
def _paper(step: Step[Any, Any], outcome: Outcome | None, country: str) -> Evidence:
    return paper(step, None if outcome not in step.rows else outcome, country=country)


@cache
def _case(country: str, track: str | None, step: Step[Any, Any], day: date) -> Case[Any]:
    """Return a case that has everything, and in which what a step answers was asked for on the day."""
    machine = MACHINES[step.machine]
    opening = Opening(
        country=country,
        track=track,
        procedure="synthetic",
        capabilities=dict.fromkeys(CAPABILITIES, "yes"),
        of=WHOLE if machine.of else None,
        block=Block(side=country, amount=1) if machine.name == "transfer" else None,
    )
    case: Case[Any] = Case.imported(machine, CASE, opening, on=day).case
    for name in step.answers[:1]:
        asked = machine.step(name)
        case = case.record(asked.fact(on=day, evidence=_paper(asked, None, country))).case
    return case


def _value(edge: Edge) -> str:
    known_ = edge.book.edition(edge.day).value(edge.name)
    if known_ is None:
        return NOTHING
    return f"value {known_.value}, {known_.standing}" if known_.determined else OPEN


def _form(edge: Edge) -> str:
    found = edge.book.edition(edge.day).form(edge.name)
    if found is None:
        return NOTHING
    return f"version {found.value}, {found.standing}" if found.determined else OPEN


def _overlay(edge: Edge) -> str:
    """Return whether a measure relaxes its rule: what a finding says of it where the rule is judged, else the book."""
    for step in rules()[edge.row.relaxes].steps:
        finding = _finding(edge, edge.row.relaxes, step)
        if finding is None or finding.ground is None:
            continue
        told = [measure for measure in finding.ground.relaxed if measure.id == edge.name]
        if not told:
            return NOTHING
        return f"there, {edge.row.standing}" if len(told) == 1 and told[0].sure else OPEN
    return _listed(edge)


def _listed(edge: Edge) -> str:
    """Return whether the book has a row on the day, as its edition lists it."""
    edition: Edition = edge.book.edition(edge.day)
    tables: dict[str, Any] = {
        "gate": edition.gates,
        "overlay": edition.overlays,
        "procedure": edition.procedures,
        "transition": edition.transitions,
        "bilateral": (edition.bilateral,),
    }
    held = [row for row in tables[edge.table] if edge._same(row) and edition.holds(row) is not False]  # noqa: SLF001
    if not held:
        return NOTHING
    return f"there, {held[0].standing}" if len(held) == 1 and edition.holds(held[0]) else OPEN


_ASKED = {
    "adopt": _rule,
    "bilateral": _listed,
    "form": _form,
    "gate": _listed,
    "overlay": _overlay,
    "procedure": _listed,
    "transition": _listed,
    "value": _value,
}
"""How it is found out what is so on a day, by table."""
