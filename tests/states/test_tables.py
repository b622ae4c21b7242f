"""The tables of the machines are those that were read: row by row, a second copy agrees (`tables.py`)."""

from __future__ import annotations

import pytest

from jcm_cycle.states import MACHINES, NEW
from tests.states.tables import ROWS, faults

FINAL = {
    "project": {"not_registered", "request_withdrawn", "withdrawn", "discontinued"},
    "issuance": {"issued", "closed_without_credits", "not_issued", "request_withdrawn", "discontinued"},
    "methodology": {"approved", "not_approved", "withdrawn"},
    "tpe": {"not_designated", "withdrawn"},
    "idea": {"no_objection", "objected", "decided_otherwise", "waived", "withdrawn"},
    "change": {"approved", "declined", "request_withdrawn"},
    "transfer": {"reported", "revoked", "split"},
    "loss": {"compensated"},
}
OF = {"issuance": "project", "change": "project", "loss": "project", "transfer": "issuance"}
INITIAL = {"project": "drafting", "issuance": "monitoring", "transfer": "unauthorised"}
BROUGHT = {("tpe", "provisional"): "provisional_designation", ("project", "crediting_ended"): "crediting_period"}
"""States of a machine of which not every state needs the same capability."""


@pytest.mark.parametrize("name", MACHINES)
def test_each_row_is_that_of_the_table(name: str) -> None:
    """States, outcomes, roles, evidence, standing, capability, order and conditions; and it says where it was read."""
    assert [step.rank for step in MACHINES[name].steps.values()] == list(range(len(MACHINES[name].steps)))
    assert list(faults(name, MACHINES[name].steps)) == []


def test_only_three_steps_finish_what_a_capability_has_brought() -> None:
    """They stay open when the procedure has it no more."""
    assert {step.id for made in MACHINES.values() for step in made.steps.values() if step.finishes} == {
        "project.conclude_reference_assessment",
        "tpe.confirm_provisional",
        "tpe.lapse_provisional",
    }


def test_no_machine_is_without_a_table() -> None:
    """And no row is of a machine that there is not."""
    assert {id_.split(".", maxsplit=1)[0] for id_ in ROWS} == set(MACHINES) == set(FINAL)


@pytest.mark.parametrize("name", FINAL)
def test_the_states_are_those_of_the_table(name: str) -> None:
    """Which of them end the procedure, what brings them, and where a case of the machine begins."""
    made = MACHINES[name]
    assert {state.name for state in made.states.values() if state.final} == FINAL[name]
    assert str(made.start) == INITIAL.get(name, NEW.name)
    assert made.of == OF.get(name)
    for state in made.states.values():
        assert state.capability == ("loss_event" if name == "loss" else BROUGHT.get((name, state.name)))
    assert NEW.name not in made.states
