"""What every decision of the Committee leaves in a file, whatever the machine; all of it is synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import UNKNOWN_DAY, Outcome, evidence as ev
from jcm_cycle.states import MACHINES, Step

TOLD, ON = date(2024, 5, 1), date(2024, 6, 1)
DECISIONS = [
    pytest.param(step, outcome, id=f"{step.id}-{outcome}")
    for made in MACHINES.values()
    for step in made.steps.values()
    if step.evidence is ev.JointCommitteeDecision
    for outcome in step.rows
]


def test_there_are_decisions_in_every_machine_but_that_of_blocks() -> None:
    """Parties decide on those, each for itself."""
    assert {row.values[0].machine for row in DECISIONS} == MACHINES.keys() - {"transfer"}


@pytest.mark.parametrize(("step", "outcome"), DECISIONS)
def test_the_day_of_a_decision_is_that_which_it_tells_else_that_of_the_act(
    step: Step[Any, Any], outcome: Outcome
) -> None:
    """However it ended; a day that is told is better than one that is not known."""
    file = MACHINES[step.machine].new_file()
    silent = ev.JointCommitteeDecision(decision=outcome)
    telling = ev.JointCommitteeDecision(decision=outcome, decided_on=TOLD)
    assert step.apply(file, silent, ON).decided_on == ON
    assert step.apply(file, telling, ON).decided_on == TOLD
    assert step.apply(file, telling, UNKNOWN_DAY).decided_on == TOLD
