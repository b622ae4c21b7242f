"""What can happen: the machines with their states, steps and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jcm_cycle._near import perhaps
from jcm_cycle.errors import UnknownStep
from jcm_cycle.states._checked import Checked, Passing
from jcm_cycle.states._issuance_file import IssuanceFile, Issued, Side
from jcm_cycle.states._machine import CAPABILITIES, NEW, STAYS, After, End, Machine, State, Step, Within, check
from jcm_cycle.states._project_file import DocumentVersion, ProjectFile, Region
from jcm_cycle.states._tpe_file import EntityFile, Holding
from jcm_cycle.states.change import EFFECTS, ChangeFile, ChangeMachine, change
from jcm_cycle.states.idea import IdeaFile, IdeaMachine, idea
from jcm_cycle.states.issuance import IssuanceMachine, issuance
from jcm_cycle.states.loss import LossFile, LossMachine, loss
from jcm_cycle.states.methodology import MethodologyFile, MethodologyMachine, methodology
from jcm_cycle.states.project import ProjectMachine, project
from jcm_cycle.states.tpe import TpeMachine, tpe
from jcm_cycle.states.transfer import Closing, TransferFile, TransferMachine, transfer

__all__ = [
    "CAPABILITIES",
    "EFFECTS",
    "MACHINES",
    "NEW",
    "STAYS",
    "STEPS",
    "After",
    "ChangeFile",
    "ChangeMachine",
    "Checked",
    "Closing",
    "DocumentVersion",
    "End",
    "EntityFile",
    "Holding",
    "IdeaFile",
    "IdeaMachine",
    "IssuanceFile",
    "IssuanceMachine",
    "Issued",
    "LossFile",
    "LossMachine",
    "Machine",
    "MethodologyFile",
    "MethodologyMachine",
    "Passing",
    "ProjectFile",
    "ProjectMachine",
    "Region",
    "Side",
    "State",
    "Step",
    "TpeMachine",
    "TransferFile",
    "TransferMachine",
    "Within",
    "change",
    "check",
    "idea",
    "issuance",
    "loss",
    "machine",
    "methodology",
    "project",
    "step_of",
    "tpe",
    "transfer",
]

MACHINES: Mapping[str, Machine[Any]] = {
    made.name: made for made in (project, issuance, methodology, tpe, idea, change, transfer, loss)
}
"""All machines by name."""

STEPS: Mapping[str, Step[Any, Any]] = {step.id: step for made in MACHINES.values() for step in made.steps.values()}
"""All steps by id, in the order in which machines and procedures are told."""


def step_of(id: str) -> Step[Any, Any]:  # noqa: A002 - the word of the field
    """Return the step of this id, such as `project.publish_pdd`.

    Raises:
        UnknownStep: there is none.
    """
    try:
        return STEPS[id]
    except (KeyError, TypeError):
        why = f"There is no step {id!r}."
        raise UnknownStep(why, cure=perhaps(id, STEPS, "Write it as project.conclude_validation.")) from None


def machine(name: str) -> Machine[Any]:
    """Return the machine of this name.

    Raises:
        UnknownStep: there is none.
    """
    try:
        return MACHINES[name]
    except (KeyError, TypeError):
        why = f"There is no machine {name!r}."
        raise UnknownStep(why, cure=perhaps(name, MACHINES, f"Machines are {', '.join(MACHINES)}.")) from None
