"""What is checked of a machine when it is defined, as a whole or under some capabilities only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import attrs

from jcm_cycle.errors import DefinitionError
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.evidence.reports import Elapsed
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states._checked import Checked, edges_of, ways
from jcm_cycle.states._timed import After, Within

if TYPE_CHECKING:
    from jcm_cycle.states._machine import Machine, State, Step

__all__ = ["CAPABILITIES", "check", "states_of"]

CAPABILITIES = (
    "idea_note",
    "reference_emissions",
    "credit_allocation",
    "implementation_report",
    "crediting_period",
    "sd_plan",
    "safeguards",
    "loss_event",
    "provisional_designation",
    "republication",
)
"""The parts of the procedure that one rule set has and another has not."""

READ = (Standing.CITED, Standing.OBSERVED, Standing.INFERRED)
"""Standings of a row that was read or seen somewhere, or concluded from what was."""

OPPOSITES = {
    Outcome.POSITIVE: (Outcome.NEGATIVE,),
    Outcome.NEGATIVE: (Outcome.POSITIVE,),
    Outcome.COMPLETE: (Outcome.INCOMPLETE, Outcome.PARTLY),
    Outcome.INCOMPLETE: (Outcome.COMPLETE,),
    Outcome.PARTLY: (Outcome.COMPLETE,),
    Outcome.ACCEPTED: (Outcome.NOT_ACCEPTED,),
    Outcome.NOT_ACCEPTED: (Outcome.ACCEPTED,),
    Outcome.REGISTERED: (Outcome.REFUSED,),
    Outcome.NOTIFIED: (Outcome.REFUSED,),
    Outcome.ZERO: (Outcome.NOTIFIED,),
    Outcome.APPROVED: (Outcome.REFUSED, Outcome.RETURNED),
    Outcome.DESIGNATED: (Outcome.REFUSED,),
    Outcome.PROVISIONAL: (Outcome.DESIGNATED,),
    Outcome.REFUSED: (Outcome.REGISTERED, Outcome.NOTIFIED, Outcome.APPROVED, Outcome.DESIGNATED),
    Outcome.NO_OBJECTION: (Outcome.OBJECTED,),
    Outcome.OBJECTED: (Outcome.NO_OBJECTION,),
}
"""What a step must be able to end with besides: what can be granted can be refused, and the reverse."""


def states_of(steps: Iterable[Step[Any, Any]]) -> list[State]:
    """Return every state that the steps name, each as often as it is named."""
    return [state for step in steps for row in step.rows.values() for pair in row.items() for state in pair]


def check(made: Machine[Any] | type[Machine[Any]], capabilities: frozenset[str] | None = None) -> Checked:
    """Refuse a machine that could not work, as a whole or with some capabilities only.

    Returns:
        What was found of one that works: the way to each state and out of it, the outcomes that are possible, and
        what follows when a window or a time limit has passed.

    Raises:
        DefinitionError: a state is unreachable or a trap; a final state is left; a step has no role, evidence or
            citation; an outcome has no target or no opposite, or a decision cannot end otherwise; a request can be
            answered without being made; nothing follows when a window has passed.
    """
    for step in made.steps.values():
        _check_step(made, step)
    edges = edges_of(made, capabilities)
    for edge in edges:
        if edge.source.final and edge.target != edge.source:
            why = f"{made.name}: the state {edge.source} is final, but {edge.step.name} leads from it to {edge.target}."
            raise DefinitionError(why, cure="Take the step out, or do not call the state final.")
    found = Checked.of(made, capabilities, edges)
    shown = dict.fromkeys(str(state) for edge in edges for state in (edge.source, edge.target))
    for state in shown:
        if state not in found.reached:
            taken = _names(edge.step for edge in edges if str(edge.source) == state)
            why = f"{made.name}: no step leads to the state {state}, in which {taken or 'nothing'} is taken."
            raise DefinitionError(why, cure="Add the step that does, or take the state out.")
    trapped = [state for state in found.reached if state not in found.ends]
    left = {str(edge.source) for edge in edges if edge.source != edge.target}
    for state in sorted(trapped, key=left.__contains__):  # first what no step leaves at all
        led = _names(edge.step for edge in edges if str(edge.target) == state and edge.source != edge.target)
        reached = f", to which {led} leads," if led else ""
        why = f"{made.name}: from the state {state}{reached} no way leads to a final state."
        raise DefinitionError(why, cure="Add a step that leads out of it, or call the state final.")
    _check_answers(made, capabilities)
    return found


def _names(steps: Iterable[Step[Any, Any]]) -> str:
    return " or ".join(dict.fromkeys(step.name for step in steps))


def _check_step(made: Machine[Any] | type[Machine[Any]], step: Step[Any, Any]) -> None:
    where = f"{made.name}.{step.name}"
    if step.called != step.name:
        why = f"The step {step.name!r} is called {step.called!r} in the machine {made.name!r}."
        raise DefinitionError(why, cure="Give it the same name in both places.")
    if not step.by:
        raise DefinitionError(f"{where}: nobody may take the step.", cure="Name its roles with `by`.")
    if not getattr(step.evidence, "tag", ""):
        raise DefinitionError(f"{where}: the step has no evidence.", cure="Name a class of Evidence.")
    if step.standing in READ and not step.cites.strip():
        why = f"{where}: the row is {step.standing}, but nothing says where it was read."
        raise DefinitionError(why, cure="Name the place with `cites`, or call the row assumed.")
    if not step.rows or not all(step.rows.values()):
        raise DefinitionError(f"{where}: an outcome has no target.", cure="Say which state it leads to.")
    if step.name.startswith("decide_") and Outcome.OTHERWISE not in step.rows:
        why = f"{where}: a decision can always end otherwise, and this one cannot."
        raise DefinitionError(why, cure="Give the outcome OTHERWISE a target.")
    for outcome in step.rows:
        others = OPPOSITES.get(outcome, ()) if outcome is not None else ()
        if others and not any(other in step.rows for other in others):
            why = f"{where}: it can end {outcome}, but not {' or '.join(others)}."
            raise DefinitionError(why, cure="Give both outcomes a target.")
    _check_requests(made, step, where)
    _check_time(step, where)
    _check_file(made, step, where)
    _check_capabilities(made, step)


def _check_requests(made: Machine[Any] | type[Machine[Any]], step: Step[Any, Any], where: str) -> None:
    for request in step.answers:
        if request not in made.steps:
            why = f"{where}: it answers {request!r}, which is no step."
            raise DefinitionError(why, cure="Name a step of the machine.")
    if step.timed is not None:
        for earlier in step.timed.since:
            if earlier not in made.steps:
                why = f"{where}: its time is counted from {earlier!r}, which is no step."
                raise DefinitionError(why, cure="Name a step of the machine.")
        if not step.answers:
            why = f"{where}: it is timed, but no request says the rules of which day tell its time."
            raise DefinitionError(why, cure="Name with `answers` what it answers.")


def _check_time(step: Step[Any, Any], where: str) -> None:
    """A window is closed by the clock and leads on; a limit is a duty of somebody, and never of the clock."""
    clock = step.by == {Role.CLOCK}
    if (Role.CLOCK in step.by or step.evidence is Elapsed) and not (clock and step.evidence is Elapsed):
        why = f"{where}: what the clock does rests on Elapsed, and nobody else does it."
        raise DefinitionError(why, cure="Let the clock alone take the step, on Elapsed, or another role on its paper.")
    if isinstance(step.timed, After) and not clock:
        why = f"{where}: it waits for a window to pass, but is not taken by the clock."
        raise DefinitionError(why, cure="Let the clock take it, or give a limit with `Within`.")
    if isinstance(step.timed, Within) and clock:
        why = f"{where}: it has a time limit, but the clock is nobody who could be late."
        raise DefinitionError(why, cure="Name who has to act, or give a window with `After`.")
    stays = all(source == target for row in step.rows.values() for source, target in row.items())
    if isinstance(step.timed, After) and stays and step.region is None:
        why = f"{where}: nothing follows when its window has passed."
        raise DefinitionError(why, cure="Say which state it leads to, or which region it closes.")


def _check_file(made: Machine[Any] | type[Machine[Any]], step: Step[Any, Any], where: str) -> None:
    read = {step.region[0]: "waits for a region"} if step.region is not None else {}
    if isinstance(step.timed, Within) and step.timed.told is not None:
        read[step.timed.told] = "counts its time from a field"
    known = {field.name for field in attrs.fields(made.file)} if attrs.has(made.file) else set()
    for name, does in read.items():
        if name not in known:
            why = f"{where}: it {does} {name!r} that its file does not have."
            raise DefinitionError(why, cure=f"Name a field of {made.file.__name__}.")


def _check_capabilities(made: Machine[Any] | type[Machine[Any]], step: Step[Any, Any]) -> None:
    named = {f"{made.name}.{step.name}": step.capability}
    named |= {f"{made.name}: the state {state}": state.capability for state in states_of([step])}
    for where, capability in named.items():
        if capability is not None and capability not in CAPABILITIES:
            why = f"{where}: {capability!r} is not a capability."
            raise DefinitionError(why, cure=f"Capabilities are {', '.join(CAPABILITIES)}.")


def _check_answers(made: Machine[Any] | type[Machine[Any]], capabilities: frozenset[str] | None) -> None:
    """No state in which a request is answered is reached without it; where a region is opened, that says so."""
    edges = edges_of(made, capabilities)
    for step in dict.fromkeys(edge.step for edge in edges):
        if not step.answers or step.region is not None:
            continue
        without = ways({made.start}, [edge for edge in edges if edge.step.name not in step.answers])
        for source in step.sources:
            if source in without:
                why = f"{made.name}.{step.name}: in the state {source} it may answer {' or '.join(step.answers)}, "
                way = " and ".join(without[source]) or "nothing"
                raise DefinitionError(f"{why}but {way} leads there without it.", cure="Take the other way out.")
