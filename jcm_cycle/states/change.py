"""The machine `change`: a change, a renewal or a withdrawal that is asked for after registration.

What an approved case does to its project is `EFFECTS`: a step of the project, which nobody takes but who applies it.
The table is reference/machines.md of the project's sources, row by row; `standing` says how well founded a row is,
`cites` where it was read. The documents behind the short names are in `states/sources.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from jcm_cycle.days import Day
from jcm_cycle.evidence import (
    ChangeEffect,
    ChangeKind,
    ChangeRequest,
    CompletenessConclusion,
    JointCommitteeDecision,
    Notice,
    Opening,
    Outcome,
    Version,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states import _file
from jcm_cycle.states._machine import NEW, STAYS, Machine, State, Step
from jcm_cycle.states.project import project

__all__ = ["EFFECTS", "ChangeFile", "ChangeMachine", "change"]


@frozen(kw_only=True, slots=False)
class ChangeFile:
    """What a case of `change` has gathered.

    Attributes:
        of: id of the project.
        of_reference: its public number.
        kind: what is asked for.
        requests: how many times it was asked for.
        document_version: version of the revised design document.
        crediting_from: first day of the new crediting period.
        crediting_until: last day of the new crediting period.
        issuance: the request for issuance with which it goes together.
        decided_on: the day of the Committee's decision.
        effective_on: the day from which an approval holds.
    """

    of: str | None = None
    of_reference: str | None = None
    kind: ChangeKind | None = None
    requests: int = 0
    document_version: Version | None = None
    crediting_from: date | None = None
    crediting_until: date | None = None
    issuance: str | None = None
    decided_on: Day | None = None
    effective_on: Day | None = None


def ask(file: ChangeFile, evidence: ChangeRequest, on: Day) -> ChangeFile:
    """Take in what is asked for."""
    del on
    paper = evidence.design_document
    return _file.change(
        file,
        kind=evidence.kind,
        requests=file.requests + 1,
        document_version=paper.version if paper is not None else None,
        crediting_from=evidence.crediting_from,
        crediting_until=evidence.crediting_until,
        issuance=evidence.issuance,
    )


def decide(file: ChangeFile, evidence: JointCommitteeDecision, on: Day) -> ChangeFile:
    """Keep the day of the decision, and from when it holds."""
    decided = evidence.decided_on or on
    effective = (evidence.effective_on or decided) if evidence.outcome is Outcome.APPROVED else None
    return _file.change(file, decided_on=decided, effective_on=effective)


EFFECTS: Mapping[ChangeKind, Step[ChangeEffect, Any]] = {
    ChangeKind.POST_REGISTRATION_CHANGE: project.apply_change,
    ChangeKind.RENEWAL: project.renew,
    ChangeKind.PROJECT_WITHDRAWAL: project.withdraw_project,
}
"""The step of the project that each kind of approved change makes ready, with its standing."""


REQUESTED = State("requested")
RETURNED = State("returned")
UNDER_CONSIDERATION = State("under_consideration")
APPROVED = State("approved", final=True)
DECLINED = State("declined", final=True)
REQUEST_WITHDRAWN = State("request_withdrawn", final=True)

FILERS = (Role.PARTICIPANT, Role.FOCAL_POINT)

CITED, ASSUMED = Standing.CITED, Standing.ASSUMED

nothing = _file.unchanged(ChangeFile)


class ChangeMachine(Machine[ChangeFile]):
    """One request after registration: a change of the project, a renewal, or its withdrawal."""

    name = "change"
    file = ChangeFile
    of = "project"

    request_change = Step(
        "request_change", NEW, to=REQUESTED,
        by=FILERS, evidence=ChangeRequest, apply=ask,
        standing=CITED, cites="form lists: post-registration changes, renewal, withdrawal (who files is assumed)",
    )  # fmt: skip
    check_request = Step(
        "check_request", REQUESTED,
        outcomes={Outcome.COMPLETE: UNDER_CONSIDERATION, Outcome.INCOMPLETE: RETURNED},
        by=Role.SECRETARIAT, evidence=CompletenessConclusion, apply=nothing,
        standing=ASSUMED, cites="general knowledge: as for a request for registration",
    )  # fmt: skip
    resubmit = Step(
        "resubmit", RETURNED, to=REQUESTED,
        by=FILERS, evidence=ChangeRequest, apply=ask,
        standing=ASSUMED, cites="general knowledge: a returned request may come again",
    )  # fmt: skip
    decide_change = Step(
        "decide_change", UNDER_CONSIDERATION, answers=("request_change", "resubmit"),
        outcomes={Outcome.APPROVED: APPROVED, Outcome.REFUSED: DECLINED, Outcome.OTHERWISE: STAYS},
        by=Role.JOINT_COMMITTEE, evidence=JointCommitteeDecision, apply=decide,
        standing=ASSUMED, cites="general knowledge: the Committee decides on what changes a registered project",
    )  # fmt: skip
    withdraw_request = Step(
        "withdraw_request", (REQUESTED, RETURNED, UNDER_CONSIDERATION), to=REQUEST_WITHDRAWN,
        by=FILERS, evidence=Notice, apply=nothing,
        standing=ASSUMED, cites="general knowledge: a request may be taken back",
    )  # fmt: skip

    def opened(self, file: ChangeFile, evidence: Opening, on: Any) -> ChangeFile:
        """Take over to which project the case belongs."""
        del on
        return _file.change(file, of=evidence.of, of_reference=evidence.of_reference)


change = ChangeMachine()
