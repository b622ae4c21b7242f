"""The engine gives the answers of the table: compared with a plain machine of `transitions` built from it."""

from __future__ import annotations

from functools import cache

import pytest
import transitions
from hypothesis import given, strategies as st

from jcm_cycle.states import CAPABILITIES, Machine, State, project
from jcm_cycle.states._engine import engine, fire

SETS = {
    "2013": frozenset[str](),
    "PCP 07.0": frozenset({"reference_emissions", "crediting_period", "sd_plan"}),
    "newer": frozenset(
        {
            "idea_note",
            "reference_emissions",
            "credit_allocation",
            "implementation_report",
            "crediting_period",
            "sd_plan",
        }
    ),
}
STATES = sorted(project.states)
TRIGGERS = sorted(trigger for step in project.steps.values() for trigger in step.triggers.values())

sets = st.sampled_from(sorted(SETS.values(), key=len)) | st.frozensets(st.sampled_from(CAPABILITIES))
states, triggers = st.sampled_from(STATES), st.sampled_from(TRIGGERS)


class Subject:
    """What a machine of `transitions` moves; its one condition reads the verdict."""

    state: str

    def permitted(self, *, verdict: bool) -> bool:
        """Tell whether the rules permit the move."""
        return verdict


class Peer:
    """The table in a machine of `transitions` as it is shipped, with a model and a condition on every move."""

    def __init__(self, capabilities: frozenset[str]) -> None:
        self.subject = Subject()
        self.moves: set[tuple[str, str, str]] = set()
        self.machine = transitions.Machine(
            self.subject, states=STATES, initial="drafting", auto_transitions=False, ignore_invalid_triggers=True
        )
        for step in project.steps.values():
            if step.capability is not None and step.capability not in capabilities:
                continue
            for outcome, row in step.rows.items():
                for source, target in row.items():
                    trigger = step.name if outcome is None else f"{step.name}:{outcome}"
                    self.machine.add_transition(trigger, str(source), str(target), conditions="permitted")
                    self.moves.add((trigger, str(source), str(target)))

    def fire(self, state: str, trigger: str, *, verdict: bool) -> str | None:
        """Return the state that a trigger leads to, or None where it is refused."""
        if trigger not in self.machine.events:
            return None
        self.machine.set_state(state, self.subject)
        return self.subject.state if self.machine.dispatch(trigger, verdict=verdict) else None


@cache
def peer(capabilities: frozenset[str]) -> Peer:
    """Return the peer for a set of capabilities."""
    return Peer(capabilities)


@given(sets, states, triggers, st.booleans())
def test_the_engine_and_a_plain_machine_give_the_same_answer(
    capabilities: frozenset[str],
    state: str,
    trigger: str,
    verdict: bool,  # noqa: FBT001 - Hypothesis draws it
) -> None:
    """The same target or the same refusal."""
    expected = peer(capabilities).fire(state, trigger, verdict=verdict)
    assert fire(engine(project, capabilities), state, trigger, verdict) == expected


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("verdict", [True, False])
def test_they_agree_on_every_state_and_trigger_of_the_sets_that_books_use(name: str, *, verdict: bool) -> None:
    """Not on samples only."""
    plain, moves = peer(SETS[name]), engine(project, SETS[name])
    for state in STATES:
        for trigger in TRIGGERS:
            assert fire(moves, state, trigger, verdict) == plain.fire(state, trigger, verdict=verdict)


@given(sets, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 9)), min_size=50, max_size=50))
def test_a_walk_of_fifty_steps_leads_both_to_the_same_state(
    capabilities: frozenset[str], walk: list[tuple[int, int]]
) -> None:
    """Mostly along moves that the table has, now and then by any trigger, now and then without permission."""
    plain, moves = peer(capabilities), engine(project, capabilities)
    here = there = "drafting"
    for pick, chance in walk:
        known = sorted(trigger for trigger, source, _ in plain.moves if source == here)
        trigger = known[pick % len(known)] if known and chance else TRIGGERS[pick % len(TRIGGERS)]
        verdict = chance != 1
        here = fire(moves, here, trigger, verdict) or here
        there = plain.fire(there, trigger, verdict=verdict) or there
        assert here == there


@given(sets, st.text(), st.text(), st.booleans())
def test_an_unknown_state_or_trigger_leads_nowhere(
    capabilities: frozenset[str],
    state: str,
    trigger: str,
    verdict: bool,  # noqa: FBT001 - Hypothesis draws it
) -> None:
    """Whatever the text."""
    moves = engine(project, capabilities)
    if state not in STATES:
        assert all(fire(moves, state, known, verdict) is None for known in TRIGGERS)
    if trigger not in TRIGGERS:
        assert all(fire(moves, known, trigger, verdict) is None for known in STATES)


@given(sets)
def test_there_is_no_way_into_a_state_that_the_table_does_not_have(capabilities: frozenset[str]) -> None:
    """Above all no shortcuts of the library beneath: its triggers are those of the table, each with its moves."""
    moves = engine(project, capabilities)
    found = {
        (trigger, source, move.dest)
        for trigger, event in moves.events.items()
        for source, several in event.transitions.items()
        for move in several
    }
    assert found == peer(capabilities).moves
    assert not any(fire(moves, state, f"to_{target}", True) for state in STATES for target in STATES)  # noqa: FBT003


def test_asking_leaves_no_trace() -> None:
    """A refused or unknown question adds neither states nor moves to the shared engine."""
    moves = engine(project, SETS["newer"])
    before = {trigger: dict(event.transitions) for trigger, event in moves.events.items()}
    for state in ("lost", "registered"):
        for trigger in (*TRIGGERS, "fly"):
            fire(moves, state, trigger, verdict=False)
    assert {trigger: dict(event.transitions) for trigger, event in moves.events.items()} == before


def test_an_engine_is_shared_by_all_cases_of_a_set() -> None:
    """It holds no case, and is made once."""
    moves = engine(project, SETS["newer"])
    assert engine(project, frozenset(SETS["newer"])) is moves
    assert moves is not engine(project, SETS["2013"])
    assert not moves.models


def test_without_a_verdict_nothing_moves() -> None:
    """The single condition reads it."""
    moves = engine(project, SETS["2013"])
    assert fire(moves, "drafting", "submit_pdd", verdict=True) == "submitted"
    assert fire(moves, "drafting", "submit_pdd", verdict=False) is None


def test_a_machine_without_steps_leads_nowhere() -> None:
    """There is nothing to take."""

    class Empty(Machine[object]):
        name = "empty"
        initial = State("over", final=True)

    assert fire(engine(Empty(), frozenset()), "drafting", "submit_pdd", verdict=True) is None
