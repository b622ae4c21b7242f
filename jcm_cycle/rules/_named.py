"""What rows name by its id beside their own: procedures and states between which cases move, the step of a gate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jcm_cycle._near import perhaps
from jcm_cycle.errors import BookError
from jcm_cycle.rules._neighbours import sure_days, told_of
from jcm_cycle.rules._rows import Transition
from jcm_cycle.states import MACHINES, STEPS

if TYPE_CHECKING:
    from jcm_cycle.rules._book import RuleBook

__all__ = ["ID", "NAME_IT", "named"]

NAME_IT = "Add it, or mend the name."
ID = re.compile(r"[A-Za-z]\w*([._]\w+)+")
"""How the id of a step or rule is written; whatever is not written so is free words."""
STATES = {name: None for made in MACHINES.values() for name in made.states}
"""The states of all machines: a case of each runs under a procedure, and may move to a newer one."""


def named(book: RuleBook) -> Iterator[BookError]:
    """Yield what is wrong with what rows name: a procedure, state or step that is not there, a state named twice."""
    yield from _transitions(book)
    yield from _moved_twice(book)
    for place, row in enumerate(book.rows["gate"], 1):
        if row.before is not None and ID.fullmatch(row.before) and row.before not in STEPS:
            cure = perhaps(row.before, STEPS, "Mend the id, or say it in words.")
            why = f"no step has the id {row.before!r}."
            yield book.error_in("gate", place, why, key="before", cure=cure, mistake="unknown-step")


def _transitions(book: RuleBook) -> Iterator[BookError]:
    table = "transition"
    procedures = {row.name for row in book.rows["procedure"]}
    for place, row in enumerate(book.rows[table], 1):
        for key in ("older", "newer"):
            if (name := getattr(row, key)) not in procedures | book.lost["procedure"]:
                why, cure = f"no [[procedure]] has the name {name!r}.", perhaps(name, procedures, NAME_IT)
                yield book.error_in(table, place, why, key=key, cure=cure, mistake="unknown-procedure")
        if row.states is not None and not row.states:
            why, cure = "the list names no state.", "Name some, or leave `states` out for all of them."
            yield book.error_in(table, place, why, key="states", cure=cure, mistake="wrong-value")
        for name in row.states or ():
            if name not in STATES:
                why, cure = f"no machine has a state {name!r}.", perhaps(name, STATES, "Mend the name.")
                yield book.error_in(table, place, why, key="states", cure=cure, mistake="unknown-state")


def _moved_twice(book: RuleBook) -> Iterator[BookError]:
    """Yield each row that says of a state that its cases move, where another says on the same days that they do not."""
    table = "transition"
    rows = [(place, row) for place, row in enumerate(book.rows[table], 1) if row.moves != "unknown"]
    for later, (place, row) in enumerate(rows):
        for first, other in rows[:later]:
            if row.moves == other.moves or (row.older, row.newer) != (other.older, other.newer):
                continue
            if (both := _shared(row, other)) and _overlap(row, other):
                why = f"{told_of(book, table, first)} says of {both} that moves = {other.moves!r}."
                key, cure = "states" if row.states else "moves", "Name each state in one of them."
                yield book.error_in(table, place, why, key=key, cure=cure, mistake="twice")


def _shared(row: Transition, other: Transition) -> str:
    """Return the states of which both rows speak, in words, or nothing."""
    if row.states is None or other.states is None:
        states = row.states or other.states
        return "all states" if states is None else ", ".join(states)
    return ", ".join(state for state in row.states if state in other.states)


def _overlap(row: Transition, other: Transition) -> bool:
    """Tell whether two rows surely hold on the same days."""
    days, others = sure_days(row), sure_days(other)
    if (row.since, row.until) == (other.since, other.until):
        return True
    return days is not None and others is not None and days[0] < others[1] and others[0] < days[1]
