"""What can happen: the machines with their states, steps and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jcm_cycle.errors import UnknownStep
from jcm_cycle.states._issuance_file import IssuanceFile, Issued, Side
from jcm_cycle.states._machine import CAPABILITIES, STAYS, Machine, State, Step
from jcm_cycle.states._project_file import DocumentVersion, ProjectFile, Region
from jcm_cycle.states.issuance import IssuanceMachine, issuance
from jcm_cycle.states.project import ProjectMachine, project

__all__ = [
    "CAPABILITIES",
    "MACHINES",
    "STAYS",
    "DocumentVersion",
    "IssuanceFile",
    "IssuanceMachine",
    "Issued",
    "Machine",
    "ProjectFile",
    "ProjectMachine",
    "Region",
    "Side",
    "State",
    "Step",
    "issuance",
    "machine",
    "project",
]

MACHINES: Mapping[str, Machine[Any]] = {made.name: made for made in (project, issuance)}
"""All machines by name."""


def machine(name: str) -> Machine[Any]:
    """Return the machine of this name.

    Raises:
        UnknownStep: there is none.
    """
    try:
        return MACHINES[name]
    except (KeyError, TypeError):
        why = f"There is no machine {name!r}."
        raise UnknownStep(why, cure=f"Machines are {', '.join(MACHINES)}.") from None
