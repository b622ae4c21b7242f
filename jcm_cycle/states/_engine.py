"""The seam to `transitions`: one shared machine per capability set, fired with the verdict already reached.

The library is used through its public hooks: a `Machine` without models, with its own event and transition
classes, one trigger for each outcome of each step, and a single condition that reads the verdict. A case never
becomes a model: its state goes in, the state it leads to comes out.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import transitions

from jcm_cycle.states._machine import Machine

__all__ = ["Engine", "engine", "fire"]


class _Transition(transitions.Transition):
    """A transition that stands or falls with the verdict it is given."""

    def execute(self, event_data: Any) -> bool:
        return bool(event_data)


class _Event(transitions.Event):
    """A trigger that answers with the state it leads to and touches no model."""

    def trigger(self, model: Any, *args: Any, **_: Any) -> Any:
        for transition in self.transitions.get(model, ()):
            if transition.execute(*args):
                return transition.dest
        return None


class Engine(transitions.Machine):
    """The table of one machine, under one set of capabilities, as a machine of `transitions`."""

    event_cls = _Event
    transition_cls = _Transition


def table(machine: Machine[Any], capabilities: frozenset[str]) -> list[dict[str, str]]:
    """Return the rows of the machine in the form that `transitions` takes."""
    return [
        {"trigger": step.triggers[outcome], "source": source, "dest": target}
        for step in machine.available(capabilities).values()
        for outcome, row in step.targets.items()
        for source, target in row.items()
    ]


@cache
def engine(machine: Machine[Any], capabilities: frozenset[str]) -> Engine:
    """Return the shared engine of a machine under a set of capabilities."""
    rows = table(machine, capabilities)
    states = dict.fromkeys(state for row in rows for state in (row["source"], row["dest"]))
    states.setdefault(machine.start.name)
    return Engine(model=None, states=list(states), initial=None, transitions=rows, auto_transitions=False)


def fire(moves: Engine, state: str, step: str, verdict: bool) -> str | None:  # noqa: FBT001 - the one condition
    """Return the state that a trigger leads to, or None where the verdict or the table says no."""
    event = moves.events.get(step)
    return cast("str | None", event.trigger(state, verdict)) if event is not None else None
