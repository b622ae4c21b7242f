"""What is checked of a machine when it is defined, as a whole or under some capabilities only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jcm_cycle.errors import DefinitionError
from jcm_cycle.evidence._base import Outcome

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


def states_of(steps: Iterable[Step[Any, Any]]) -> list[State]:
    """Return every state that the steps name, each as often as it is named."""
    return [state for step in steps for row in step.rows.values() for pair in row.items() for state in pair]


def check(cls: type[Machine[Any]], capabilities: frozenset[str] | None = None) -> None:
    """Refuse a machine that could not work, as a whole or with some capabilities only.

    Raises:
        DefinitionError: a state is unreachable or a trap, a final state is left, a step has no role or evidence,
            an outcome has no target, or a decision cannot end otherwise.
    """
    steps = [
        step
        for step in cls.steps.values()
        if capabilities is None or step.capability is None or step.capability in capabilities
    ]
    edges = [
        (source, target)
        for step in steps
        for row in step.rows.values()
        for source, target in row.items()
        if capabilities is None or {source.capability, target.capability} - {None} <= capabilities
    ]
    for step in steps:
        _check_step(cls, step)
    if capabilities is not None and not edges:  # the procedure has no such machine
        return
    for source, target in edges:
        if source.final and target != source:
            why = f"{cls.name}: the state {source} is final, but a step leads from it to {target}."
            raise DefinitionError(why, cure="Take the step out, or do not call the state final.")
    reached = _closure({cls.start}, edges)
    shown = {state for edge in edges for state in edge}
    for state in sorted(shown - reached, key=str):
        why = f"{cls.name}: no step leads to the state {state}."
        raise DefinitionError(why, cure="Add the step that does, or take the state out.")
    ends = {state for state in reached if state.final}
    ways = _closure(ends, [(target, source) for source, target in edges])
    for state in sorted(reached - ways, key=str):
        why = f"{cls.name}: from the state {state} no way leads to a final state."
        raise DefinitionError(why, cure="Add a step that leads out of it, or call the state final.")


def _check_step(cls: type[Machine[Any]], step: Step[Any, Any]) -> None:
    where = f"{cls.name}.{step.name}"
    if step.called != step.name:
        why = f"The step {step.name!r} is called {step.called!r} in the machine {cls.name!r}."
        raise DefinitionError(why, cure="Give it the same name in both places.")
    if not step.by:
        raise DefinitionError(f"{where}: nobody may take the step.", cure="Name its roles with `by`.")
    if not getattr(step.evidence, "tag", ""):
        raise DefinitionError(f"{where}: the step has no evidence.", cure="Name a class of Evidence.")
    if not step.rows or not all(step.rows.values()):
        raise DefinitionError(f"{where}: an outcome has no target.", cure="Say which state it leads to.")
    if step.name.startswith("decide_") and Outcome.OTHERWISE not in step.rows:
        why = f"{where}: a decision can always end otherwise, and this one cannot."
        raise DefinitionError(why, cure="Give the outcome OTHERWISE a target.")
    _check_time(cls, step, where)
    _check_capabilities(cls, step)


def _check_time(cls: type[Machine[Any]], step: Step[Any, Any], where: str) -> None:
    for request in step.answers:
        if request not in cls.steps:
            why = f"{where}: it answers {request!r}, which is no step."
            raise DefinitionError(why, cure="Name a step of the machine.")
    if step.timed is not None:
        for earlier in step.timed.since:
            if earlier not in cls.steps:
                why = f"{where}: its time is counted from {earlier!r}, which is no step."
                raise DefinitionError(why, cure="Name a step of the machine.")
        if not step.answers:
            why = f"{where}: it is timed, but no request says the rules of which day tell its time."
            raise DefinitionError(why, cure="Name with `answers` what it answers.")


def _check_capabilities(cls: type[Machine[Any]], step: Step[Any, Any]) -> None:
    named = {f"{cls.name}.{step.name}": step.capability}
    named |= {f"{cls.name}: the state {state}": state.capability for state in states_of([step])}
    for where, capability in named.items():
        if capability is not None and capability not in CAPABILITIES:
            why = f"{where}: {capability!r} is not a capability."
            raise DefinitionError(why, cure=f"Capabilities are {', '.join(CAPABILITIES)}.")


def _closure(start: Iterable[State], edges: Iterable[tuple[State, State]]) -> set[State]:
    reached = set(start)
    edges = list(edges)
    grown = True
    while grown:
        more = {target for source, target in edges if source in reached and target not in reached}
        reached |= more
        grown = bool(more)
    return reached
