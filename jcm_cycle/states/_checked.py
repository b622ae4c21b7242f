"""What is found of a machine that works: ways to and out of each state, possible outcomes, what passes with time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from attrs import frozen

from jcm_cycle.states._timed import After

if TYPE_CHECKING:
    from jcm_cycle.evidence._base import Outcome
    from jcm_cycle.states._machine import Machine, State, Step

__all__ = ["Checked", "Edge", "Passing", "edges_of", "ways"]


class Edge(NamedTuple):
    """One way in which a step leads from one state to another, or stays."""

    step: Step[Any, Any]
    outcome: Outcome | None
    source: State
    target: State


@frozen(kw_only=True)
class Passing:
    """What follows in one state when the days of a step have passed.

    Attributes:
        step: name of the step.
        kind: a window, which the clock closes, or a limit, which is a duty of whoever has to act.
        value: id of the value of the book that says how many days.
        state: the state in which they pass.
        leads: the state or states in which the case stands after the step.
        closes: the region of the file that the step closes, if it closes one.
    """

    step: str
    kind: Literal["window", "limit"]
    value: str
    state: str
    leads: tuple[str, ...]
    closes: str | None = None


@frozen(kw_only=True)
class Checked:
    """What was found of a machine that works, as a whole or under some capabilities.

    Attributes:
        machine: its name.
        capabilities: the capabilities; None for the whole table.
        reached: each state that a case can reach, with the shortest way to it: steps and their outcomes.
        ends: each state from which a final one can be reached, with the shortest way there.
        outcomes: each step that can be taken, with the outcomes that are possible.
        lacking: outcomes and steps of the table that are not possible, with the capability that would bring them.
        passing: what follows when a window or a time limit has passed.
    """

    machine: str
    capabilities: frozenset[str] | None
    reached: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]
    outcomes: Mapping[str, tuple[Outcome | None, ...]]
    lacking: Mapping[str, str]
    passing: tuple[Passing, ...]

    @classmethod
    def of(
        cls, made: Machine[Any] | type[Machine[Any]], capabilities: frozenset[str] | None, edges: list[Edge]
    ) -> Checked:
        """Return what is found of a machine of these edges."""
        none = capabilities is not None and not edges  # the procedure has no such machine
        reached = {} if none else ways({made.start}, edges)
        outcomes: dict[str, tuple[Outcome | None, ...]] = {}
        for edge in edges:
            kept = outcomes.get(edge.step.name, ())
            outcomes[edge.step.name] = kept if edge.outcome in kept else (*kept, edge.outcome)
        ends = ways({state for state in reached if state.final}, [_turned(edge) for edge in edges])
        return cls(
            machine=made.name,
            capabilities=capabilities,
            reached={str(state): way for state, way in reached.items()},
            ends={str(state): way[::-1] for state, way in ends.items()},
            outcomes=outcomes,
            lacking={
                step.triggers[outcome]: step.brought[outcome] or _needed(row)
                for step in made.steps.values()
                for outcome, row in step.rows.items()
                if outcome not in outcomes.get(step.name, ())
            },
            passing=tuple(_passing(edges)),
        )


def edges_of(made: Machine[Any] | type[Machine[Any]], capabilities: frozenset[str] | None = None) -> list[Edge]:
    """Return what a machine's steps lead from and to, as a whole or under some capabilities only."""
    return [
        Edge(step, outcome, source, target)
        for step in made.steps.values()
        for outcome, row in step.rows.items()
        for source, target in row.items()
        if capabilities is None or {step.capability, source.capability, target.capability} - {None} <= capabilities
    ]


def ways(start: Iterable[State], edges: Iterable[Edge]) -> dict[State, tuple[str, ...]]:
    """Return each state that can be reached from one of these, with the steps of a shortest way to it."""
    out: dict[State, list[Edge]] = {}
    for edge in edges:
        out.setdefault(edge.source, []).append(edge)
    found: dict[State, tuple[str, ...]] = dict.fromkeys(start, ())
    last = list(found)
    while last:
        reached = []
        for state in last:
            for edge in out.get(state, ()):
                if edge.target not in found:
                    found[edge.target] = (*found[state], edge.step.triggers[edge.outcome])
                    reached.append(edge.target)
        last = reached
    return found


def _turned(edge: Edge) -> Edge:
    return edge._replace(source=edge.target, target=edge.source)


def _needed(row: Mapping[State, State]) -> str:
    return next((source.capability for source in row if source.capability is not None), "")


def _passing(edges: list[Edge]) -> Iterable[Passing]:
    for step, state in dict.fromkeys((edge.step, edge.source) for edge in edges if edge.step.timed is not None):
        leads = [str(edge.target) for edge in edges if edge.step is step and edge.source is state]
        yield Passing(
            step=step.name,
            kind="window" if isinstance(step.timed, After) else "limit",
            value=step.timed.value if step.timed is not None else "",
            state=str(state),
            leads=tuple(dict.fromkeys(leads)),
            closes=step.region[0] if step.region is not None else None,
        )
