"""The machine `methodology`: one proposal of a methodology, or of its revision, to the Committee's decision.

The table is reference/machines.md of the project's sources, row by row; `standing` says how well founded a row
is, `cites` where it was read. The documents behind the short names are in `states/sources.md`. Approved versions are
no states: a register serves them.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from jcm_cycle.days import Day
from jcm_cycle.evidence import (
    Background,
    CompletenessConclusion,
    Elapsed,
    JointCommitteeDecision,
    MeetingRecord,
    MethodologyRevisionRequest,
    MethodologyVersion,
    Notice,
    Opening,
    Outcome,
    ProposalSubmission,
    PublicInput,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states._file import change, numbered, unchanged
from jcm_cycle.states._machine import NEW, STAYS, After, Machine, State, Step, Within

__all__ = ["MethodologyFile", "MethodologyMachine", "methodology"]


@frozen(kw_only=True, slots=False)
class MethodologyFile:
    """What a case of `methodology` has gathered.

    Attributes:
        title: title of the methodology.
        proponents: who proposes it.
        references: its number as a proposal, and the version that was approved, each with the day.
        revises: the approved version that is to be revised.
        submissions: how many times it was submitted.
        inputs_opened: the day on which public inputs were opened.
        inputs_closed: the last day of the window.
        inputs: number of public inputs received.
        considered: how many meetings considered it without deciding.
        extended: whether the time for consideration was extended.
        approved: the version that was approved.
        with_revisions: whether it was approved with revisions; None where that is not told.
        decided_on: the day of the Committee's decision.
        background: its origin, where one is told; no rule reads it.
    """

    title: str | None = None
    proponents: tuple[str, ...] | None = None
    references: tuple[tuple[str, Day], ...] = ()
    revises: MethodologyVersion | None = None
    submissions: int = 0
    inputs_opened: Day | None = None
    inputs_closed: Day | None = None
    inputs: int = 0
    considered: int = 0
    extended: bool = False
    approved: MethodologyVersion | None = None
    with_revisions: bool | None = None
    decided_on: Day | None = None
    background: Background = Background()


def submit(file: MethodologyFile, evidence: ProposalSubmission, on: Day) -> MethodologyFile:
    """Take in the proposal."""
    del on
    paper = evidence.proposal
    return change(
        file,
        title=paper.title,
        proponents=paper.proponents if paper.proponents is not None else file.proponents,
        submissions=file.submissions + 1,
    )


def ask_revision(file: MethodologyFile, evidence: MethodologyRevisionRequest, on: Day) -> MethodologyFile:
    """Take in which approved version is to be revised."""
    del on
    paper = evidence.proposal
    return change(
        file,
        title=paper.title if paper is not None else file.title,
        proponents=paper.proponents if paper is not None else file.proponents,
        revises=evidence.revises,
        submissions=file.submissions + 1,
    )


def check(file: MethodologyFile, evidence: CompletenessConclusion, on: Day) -> MethodologyFile:
    """List a complete proposal under its number, and open public inputs."""
    if evidence.outcome is not Outcome.COMPLETE:
        return file
    return change(file, references=numbered(file.references, evidence.reference, on), inputs_opened=on)


def receive_input(file: MethodologyFile, evidence: PublicInput, on: Day) -> MethodologyFile:
    """Count the input."""
    del evidence, on
    return change(file, inputs=file.inputs + 1)


def close_inputs(file: MethodologyFile, evidence: Elapsed, on: Day) -> MethodologyFile:
    """Close public inputs."""
    return change(file, inputs_closed=evidence.last_day or on)


def count_meeting(file: MethodologyFile, evidence: MeetingRecord, on: Day) -> MethodologyFile:
    """Count the meeting."""
    del evidence, on
    return change(file, considered=file.considered + 1)


def extend(file: MethodologyFile, evidence: Notice, on: Day) -> MethodologyFile:
    """Note that consideration takes longer."""
    del evidence, on
    return change(file, extended=True)


def decide(file: MethodologyFile, evidence: JointCommitteeDecision, on: Day) -> MethodologyFile:
    """Keep the version that was approved; a number without a version is no version."""
    decided = evidence.decided_on or on
    if evidence.outcome is not Outcome.APPROVED:
        return change(file, decided_on=decided)
    approved = None
    if evidence.number is not None and evidence.version is not None:
        approved = MethodologyVersion(evidence.number, evidence.version)
    return change(
        file,
        approved=approved,
        references=numbered(file.references, None if approved is None else str(approved), on),
        with_revisions=evidence.with_revisions,
        decided_on=decided,
    )


SUBMITTED = State("submitted")
RETURNED = State("returned")
PUBLIC_INPUTS = State("public_inputs")
UNDER_CONSIDERATION = State("under_consideration")
APPROVED = State("approved", final=True)
NOT_APPROVED = State("not_approved", final=True)
WITHDRAWN = State("withdrawn", final=True)

PROPONENT = Role.PROPONENT
PROPOSED = ("submit_proposal", "request_revision", "resubmit")

CITED, OBSERVED, ASSUMED = Standing.CITED, Standing.OBSERVED, Standing.ASSUMED

FAQ = "OECC, FAQ on the JCM, question 1"

nothing = unchanged(MethodologyFile)


class MethodologyMachine(Machine[MethodologyFile]):
    """One proposal of a methodology, from its submission to the Joint Committee's decision."""

    name = "methodology"
    file = MethodologyFile

    submit_proposal = Step(
        "submit_proposal", NEW, to=SUBMITTED,
        by=PROPONENT, evidence=ProposalSubmission, apply=submit,
        standing=CITED, cites=FAQ,
    )  # fmt: skip
    request_revision = Step(
        "request_revision", NEW, to=SUBMITTED,
        by=(PROPONENT, Role.PARTICIPANT), evidence=MethodologyRevisionRequest, apply=ask_revision,
        standing=CITED, cites="form lists: Approved Methodology Revision Request (who files it was not found)",
    )  # fmt: skip
    check_proposal = Step(
        "check_proposal", SUBMITTED,
        outcomes={Outcome.COMPLETE: PUBLIC_INPUTS, Outcome.INCOMPLETE: RETURNED},
        by=Role.SECRETARIAT, evidence=CompletenessConclusion, apply=check,
        answers=PROPOSED, timed=Within("methodology.completeness", since=PROPOSED),
        standing=CITED, cites=f"{FAQ} (the branch back is assumed)",
    )  # fmt: skip
    resubmit = Step(
        "resubmit", RETURNED, to=SUBMITTED,
        by=PROPONENT, evidence=ProposalSubmission, apply=submit,
        standing=ASSUMED, cites="general knowledge: a returned proposal may come again",
    )  # fmt: skip
    submit_public_input = Step(
        "submit_public_input", PUBLIC_INPUTS,
        by=Role.PUBLIC, evidence=PublicInput, apply=receive_input,
        standing=CITED, cites=FAQ,
    )  # fmt: skip
    close_public_inputs = Step(
        "close_public_inputs", PUBLIC_INPUTS, to=UNDER_CONSIDERATION,
        by=Role.CLOCK, evidence=Elapsed, apply=close_inputs,
        answers=PROPOSED, timed=After("methodology.public_inputs", since="check_proposal"),
        standing=CITED, cites=f"{FAQ}; windows of Mongolia, both ends counted",
    )  # fmt: skip
    consider = Step(
        "consider", UNDER_CONSIDERATION,
        by=Role.JOINT_COMMITTEE, evidence=MeetingRecord, apply=count_meeting,
        standing=OBSERVED, cites="Joint Committee decisions that consider a methodology without deciding on it",
    )  # fmt: skip
    extend_consideration = Step(
        "extend_consideration", UNDER_CONSIDERATION,
        by=Role.JOINT_COMMITTEE, evidence=Notice, apply=extend,
        standing=CITED, cites=FAQ,
    )  # fmt: skip
    decide_methodology = Step(
        "decide_methodology", UNDER_CONSIDERATION,
        outcomes={
            Outcome.APPROVED: APPROVED,
            Outcome.REFUSED: NOT_APPROVED,
            Outcome.OTHERWISE: STAYS,
        },
        by=Role.JOINT_COMMITTEE, evidence=JointCommitteeDecision, apply=decide,
        answers=PROPOSED,
        timed=Within(
            "methodology.consideration", extended="methodology.consideration_extended",
            since="close_public_inputs", told="inputs_closed",
        ),
        standing=CITED, cites=f"{FAQ}; Joint Committee decisions of Costa Rica (a refusal is assumed)",
    )  # fmt: skip
    withdraw_proposal = Step(
        "withdraw_proposal", (SUBMITTED, RETURNED, PUBLIC_INPUTS, UNDER_CONSIDERATION), to=WITHDRAWN,
        by=PROPONENT, evidence=Notice, apply=nothing,
        standing=ASSUMED, cites="general knowledge: a proposal may be taken back",
    )  # fmt: skip

    def opened(self, file: MethodologyFile, evidence: Opening, on: Any) -> MethodologyFile:
        """Take over what the opening says of a proposal that comes from elsewhere."""
        return change(
            file,
            title=evidence.title,
            references=numbered((), evidence.reference, on),
            background=evidence.background or file.background,
        )


methodology = MethodologyMachine()
