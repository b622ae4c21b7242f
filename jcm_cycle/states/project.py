"""The machine `project`: from the design document to the Joint Committee's decision, and what may follow.

The table is reference/machines.md of the project's sources, row by row; `standing` says how well founded a row
is, `cites` where it was read. The documents behind the short names are in `states/sources.md`.
"""

from __future__ import annotations

from typing import Any

from jcm_cycle.evidence import (
    AssessmentConclusion,
    ChangeEffect,
    CompletenessConclusion,
    DesignDocument,
    Elapsed,
    ImplementationReport,
    JointCommitteeDecision,
    ModalitiesAmendment,
    ModalitiesOfCommunication,
    Notice,
    Outcome,
    PDDSubmission,
    Publication,
    PublicInput,
    Receipt,
    ReferenceEmissionsRequest,
    RegistrationRequest,
    RegistrationRequestWithdrawal,
    ValidationReport,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states import _project_file as fold
from jcm_cycle.states._file import unchanged
from jcm_cycle.states._machine import STAYS, After, End, Machine, State, Step, Within
from jcm_cycle.states._project_file import ProjectFile

__all__ = ["ProjectMachine", "project"]

DRAFTING = State("drafting")
SUBMITTED = State("submitted")
IN_VALIDATION = State("in_validation")
VALIDATION_NEGATIVE = State("validation_negative")
VALIDATED = State("validated")
REGISTRATION_REQUESTED = State("registration_requested")
UNDER_CONSIDERATION = State("under_consideration")
REGISTERED = State("registered")
CREDITING_ENDED = State("crediting_ended", capability="crediting_period")
NOT_REGISTERED = State("not_registered", final=True)
REQUEST_WITHDRAWN = State("request_withdrawn", final=True)
WITHDRAWN = State("withdrawn", final=True)
DISCONTINUED = State("discontinued", final=True)

OPEN = (
    SUBMITTED,
    IN_VALIDATION,
    VALIDATION_NEGATIVE,
    VALIDATED,
    REGISTRATION_REQUESTED,
    UNDER_CONSIDERATION,
    REGISTERED,
    CREDITING_ENDED,
)
"""Every state after drafting that is not final."""

PARTICIPANT, FOCAL_POINT, ENTITY = Role.PARTICIPANT, Role.FOCAL_POINT, Role.ENTITY
SECRETARIAT, JOINT_COMMITTEE, CLOCK = Role.SECRETARIAT, Role.JOINT_COMMITTEE, Role.CLOCK
FILERS = (PARTICIPANT, FOCAL_POINT)
PUBLISHED = ("publish_pdd", "republish_pdd")

CITED, INFERRED, ASSUMED, UNKNOWN = Standing.CITED, Standing.INFERRED, Standing.ASSUMED, Standing.UNKNOWN

nothing = unchanged(ProjectFile)


class ProjectMachine(Machine[ProjectFile]):
    """One project, from its design document to registration and beyond."""

    name = "project"
    initial = DRAFTING
    file = ProjectFile

    submit_pdd = Step(
        "submit_pdd", DRAFTING, to=SUBMITTED,
        by=FILERS, evidence=PDDSubmission, apply=fold.submit,
        standing=CITED, cites="IGES slides on registration in Indonesia, slide 9 (one combined sending)",
    )  # fmt: skip
    acknowledge = Step(
        "acknowledge", SUBMITTED,
        by=SECRETARIAT, evidence=Receipt, apply=nothing,
        standing=CITED, cites="IGES slides on registration in Indonesia, slide 9",
    )  # fmt: skip
    publish_pdd = Step(
        "publish_pdd", SUBMITTED, to=IN_VALIDATION,
        by=SECRETARIAT, evidence=Publication, apply=fold.publish, bare=fold.opened_inputs,
        standing=INFERRED, cites="project list of jcm.go.jp: every project in validation has a number",
    )  # fmt: skip
    submit_public_input = Step(
        "submit_public_input", IN_VALIDATION, region=("public_inputs", "open"),
        by=Role.PUBLIC, evidence=PublicInput, apply=fold.receive_input,
        standing=ASSUMED, cites="general knowledge: anyone may comment",
    )  # fmt: skip
    close_public_inputs = Step(
        "close_public_inputs",
        (IN_VALIDATION, VALIDATION_NEGATIVE, VALIDATED, REGISTRATION_REQUESTED, UNDER_CONSIDERATION),
        region=("public_inputs", "open"), answers=PUBLISHED, timed=After("project.public_inputs", since=PUBLISHED),
        by=CLOCK, evidence=Elapsed, apply=fold.close_inputs,
        standing=INFERRED, cites="IGES slides on registration in Indonesia, slide 9 (window beside validation)",
    )  # fmt: skip
    republish_pdd = Step(
        "republish_pdd", IN_VALIDATION, capability="republication",
        by=SECRETARIAT, evidence=Publication, apply=fold.publish, bare=fold.opened_inputs,
        standing=UNKNOWN, cites="no text found",
    )  # fmt: skip
    change_entity = Step(
        "change_entity",
        {
            SUBMITTED: STAYS,
            IN_VALIDATION: STAYS,
            VALIDATION_NEGATIVE: STAYS,
            VALIDATED: IN_VALIDATION,
        },
        by=FILERS, evidence=ModalitiesOfCommunication, apply=fold.take_modalities,
        standing=INFERRED, cites="JCM_LA_F_MoC_ver01.0, section 3",
    )  # fmt: skip
    request_reference_assessment = Step(
        "request_reference_assessment", (SUBMITTED, IN_VALIDATION), capability="reference_emissions",
        by=PARTICIPANT, evidence=ReferenceEmissionsRequest, apply=fold.ask_assessment,
        standing=INFERRED, cites="form lists of Mongolia and Indonesia (the form is listed, its place concluded)",
    )  # fmt: skip
    conclude_reference_assessment = Step(
        "conclude_reference_assessment", (SUBMITTED, IN_VALIDATION), capability="reference_emissions",
        outcomes={Outcome.ACCEPTED: STAYS, Outcome.NOT_ACCEPTED: STAYS, Outcome.OTHERWISE: STAYS},
        region=("reference_assessment", "open"), finishes=True, answers="request_reference_assessment",
        by=(JOINT_COMMITTEE, SECRETARIAT), evidence=AssessmentConclusion, apply=fold.conclude_assessment,
        standing=UNKNOWN, cites="no text found",
    )  # fmt: skip
    revise_pdd = Step(
        "revise_pdd", {IN_VALIDATION: STAYS, VALIDATION_NEGATIVE: IN_VALIDATION},
        by=PARTICIPANT, evidence=DesignDocument, apply=fold.revise,
        standing=ASSUMED, cites="general knowledge: open requests are closed by a new version",
    )  # fmt: skip
    conclude_validation = Step(
        "conclude_validation", IN_VALIDATION,
        outcomes={Outcome.POSITIVE: VALIDATED, Outcome.NEGATIVE: VALIDATION_NEGATIVE},
        by=ENTITY, evidence=ValidationReport, apply=fold.validate,
        standing=CITED, cites="JCM Validation Report Form, A.2 (as filled for MN003)",
    )  # fmt: skip
    request_registration = Step(
        "request_registration", VALIDATED, to=REGISTRATION_REQUESTED,
        by=FILERS, evidence=RegistrationRequest, apply=fold.request,
        standing=CITED, cites="IGES slides on registration in Indonesia, slide 9",
    )  # fmt: skip
    acknowledge_request = Step(
        "acknowledge_request", REGISTRATION_REQUESTED,
        by=SECRETARIAT, evidence=Receipt, apply=fold.acknowledge,
        standing=CITED, cites="IGES slides on registration in Indonesia, slide 9",
    )  # fmt: skip
    check_request = Step(
        "check_request", REGISTRATION_REQUESTED, answers="request_registration",
        timed=Within(
            "project.registration_check", since=("request_registration", "acknowledge_request"),
            told="request_received",
        ),
        outcomes={Outcome.COMPLETE: UNDER_CONSIDERATION, Outcome.INCOMPLETE: VALIDATED},
        by=SECRETARIAT, evidence=CompletenessConclusion, apply=nothing,
        standing=CITED, cites="IGES slides on registration in Indonesia, slide 9 (the branch back is assumed)",
    )  # fmt: skip
    decide_registration = Step(
        "decide_registration", UNDER_CONSIDERATION, answers="request_registration",
        outcomes={
            Outcome.REGISTERED: REGISTERED,
            Outcome.REFUSED: NOT_REGISTERED,
            Outcome.OTHERWISE: STAYS,
        },
        by=JOINT_COMMITTEE, evidence=JointCommitteeDecision, apply=fold.decide,
        standing=CITED, cites="Joint Committee decisions of Thailand, Palau and Costa Rica (a refusal is assumed)",
    )  # fmt: skip
    notify_registration = Step(
        "notify_registration", REGISTERED,
        by=SECRETARIAT, evidence=Notice, apply=fold.notify,
        standing=CITED, cites="IGES slides on registration in Indonesia, slide 9",
    )  # fmt: skip
    withdraw_request = Step(
        "withdraw_request", (REGISTRATION_REQUESTED, UNDER_CONSIDERATION), to=REQUEST_WITHDRAWN,
        by=FILERS, evidence=RegistrationRequestWithdrawal, apply=nothing,
        standing=CITED, cites="form lists: Registration Request Withdrawal (until when is assumed)",
    )  # fmt: skip
    discontinue = Step(
        "discontinue", (SUBMITTED, IN_VALIDATION, VALIDATION_NEGATIVE, VALIDATED), to=DISCONTINUED,
        by=(PARTICIPANT, SECRETARIAT), evidence=Notice, apply=nothing,
        standing=ASSUMED, cites="no JCM form; the CDM knows the withdrawal of a published design document",
    )  # fmt: skip
    replace_moc = Step(
        "replace_moc", OPEN,
        by=FILERS, evidence=ModalitiesOfCommunication, apply=fold.take_modalities,
        standing=CITED, cites="JCM website, FAQ on changes to registered MoC, Q1",
    )  # fmt: skip
    amend_moc = Step(
        "amend_moc", OPEN,
        by=FILERS, evidence=ModalitiesAmendment, apply=fold.amend_modalities,
        standing=CITED, cites="JCM website, FAQ on changes to registered MoC, Q2",
    )  # fmt: skip
    submit_implementation_report = Step(
        "submit_implementation_report", (REGISTERED, CREDITING_ENDED), capability="implementation_report",
        by=PARTICIPANT, evidence=ImplementationReport, apply=fold.report_implementation,
        standing=INFERRED, cites="form lists: Project Implementation Report (its place is concluded)",
    )  # fmt: skip
    apply_change = Step(
        "apply_change", REGISTERED,
        by=Role.LINKED_CASE, evidence=ChangeEffect, apply=fold.apply_change,
        standing=INFERRED, cites="form lists: Post-Registration Changes Request",
    )  # fmt: skip
    renew = Step(
        "renew", (REGISTERED, CREDITING_ENDED), to=REGISTERED, capability="crediting_period",
        by=Role.LINKED_CASE, evidence=ChangeEffect, apply=fold.renew, bare=fold.renewed,
        standing=CITED, cites="form lists: Renewal of Crediting Period Request",
    )  # fmt: skip
    end_crediting = Step(
        "end_crediting", REGISTERED, to=CREDITING_ENDED, capability="crediting_period",
        by=CLOCK, evidence=Elapsed, apply=nothing,
        standing=INFERRED, cites="form lists: a renewal implies a bounded crediting period",
    )  # fmt: skip
    withdraw_project = Step(
        "withdraw_project", (REGISTERED, CREDITING_ENDED), to=WITHDRAWN,
        by=Role.LINKED_CASE, evidence=ChangeEffect, apply=fold.end,
        standing=ASSUMED, cites="form lists: Project Withdrawal Request (its effect is assumed)",
    )  # fmt: skip

    def opened(self, file: ProjectFile, evidence: Any, on: Any) -> ProjectFile:
        """Take over what the opening says of a project that comes from elsewhere."""
        return fold.opened(file, evidence, on)

    def seen(self, file: ProjectFile, before: str, state: str, on: Any) -> ProjectFile:
        """Take in that a project whose crediting period had ended was seen registered: it was renewed meanwhile."""
        back = (before, state) == (str(CREDITING_ENDED), str(REGISTERED))
        return fold.renewed(file, on) if back else file

    def ends(self, file: ProjectFile) -> tuple[End, ...]:
        """Return the ends of the crediting periods that renewals told."""
        step = self.end_crediting
        return fold.ends(file, step.name, step.standing, step.cites)


project = ProjectMachine()
