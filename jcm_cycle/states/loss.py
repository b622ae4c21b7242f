"""The machine `loss`: an event in which a forest project loses what was credited, and how it is made good.

Only the names of its two forms were read, so that everything else in the table is assumed. The table is
reference/machines.md of the project's sources; the documents behind the short names are in `states/sources.md`.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from jcm_cycle.days import Day
from jcm_cycle.evidence import (
    CompensationPlan,
    JointCommitteeDecision,
    LossEventReport,
    Notice,
    Opening,
    Outcome,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states._file import change, unchanged
from jcm_cycle.states._machine import NEW, STAYS, Machine, State, Step

__all__ = ["LossFile", "LossMachine", "loss"]

CAPABILITY = "loss_event"


@frozen(kw_only=True, slots=False)
class LossFile:
    """What a case of `loss` has gathered.

    Attributes:
        of: id of the project.
        of_reference: its public number.
        occurred_on: the day of the event.
        lost: whole tonnes that were lost.
        plans: how many plans were submitted.
        compensated: whole tonnes that the latest plan makes good.
        decided_on: the day of the Committee's decision.
    """

    of: str | None = None
    of_reference: str | None = None
    occurred_on: Day | None = None
    lost: int | None = None
    plans: int = 0
    compensated: int | None = None
    decided_on: Day | None = None


def report(file: LossFile, evidence: LossEventReport, on: Day) -> LossFile:
    """Take in what happened."""
    del on
    return change(file, occurred_on=evidence.occurred_on, lost=evidence.amount)


def plan(file: LossFile, evidence: CompensationPlan, on: Day) -> LossFile:
    """Take in how the loss is to be made good."""
    del on
    return change(file, plans=file.plans + 1, compensated=evidence.amount)


def decide(file: LossFile, evidence: JointCommitteeDecision, on: Day) -> LossFile:
    """Keep the day of the decision."""
    return change(file, decided_on=evidence.decided_on or on)


REPORTED = State("reported", capability=CAPABILITY)
PLAN_SUBMITTED = State("plan_submitted", capability=CAPABILITY)
RETURNED = State("returned", capability=CAPABILITY)
PLAN_APPROVED = State("plan_approved", capability=CAPABILITY)
COMPENSATED = State("compensated", final=True, capability=CAPABILITY)

CITED, ASSUMED = Standing.CITED, Standing.ASSUMED

nothing = unchanged(LossFile)


class LossMachine(Machine[LossFile]):
    """One event of loss of a forest project, from its report to its compensation."""

    name = "loss"
    file = LossFile
    of = "project"

    report_loss = Step(
        "report_loss", NEW, to=REPORTED, capability=CAPABILITY,
        by=Role.PARTICIPANT, evidence=LossEventReport, apply=report,
        standing=CITED, cites="form list of the Philippines: Loss Event Report (all beyond the name is assumed)",
    )  # fmt: skip
    submit_plan = Step(
        "submit_plan", (REPORTED, RETURNED), to=PLAN_SUBMITTED, capability=CAPABILITY,
        by=Role.PARTICIPANT, evidence=CompensationPlan, apply=plan,
        standing=CITED, cites="form list of the Philippines: Compensation Plan (all beyond the name is assumed)",
    )  # fmt: skip
    decide_plan = Step(
        "decide_plan", PLAN_SUBMITTED, answers="submit_plan", capability=CAPABILITY,
        outcomes={Outcome.APPROVED: PLAN_APPROVED, Outcome.RETURNED: RETURNED, Outcome.OTHERWISE: STAYS},
        by=Role.JOINT_COMMITTEE, evidence=JointCommitteeDecision, apply=decide,
        standing=ASSUMED, cites="general knowledge: the Committee approves a plan or returns it",
    )  # fmt: skip
    confirm_compensation = Step(
        "confirm_compensation", PLAN_APPROVED, to=COMPENSATED, capability=CAPABILITY,
        by=Role.SECRETARIAT, evidence=Notice, apply=nothing,
        standing=ASSUMED, cites="general knowledge: somebody confirms that it was made good",
    )  # fmt: skip

    def opened(self, file: LossFile, evidence: Opening, on: Any) -> LossFile:
        """Take over to which project the case belongs."""
        del on
        return change(file, of=evidence.of, of_reference=evidence.of_reference)


loss = LossMachine()
