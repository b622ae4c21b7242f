"""A second copy of the tables of the machines, row by row, as the sources were read; and what differs from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jcm_cycle.states import After, Step, Within

# step | outcome: from > to; … | roles | evidence | standing | capability
TABLE = """
project.submit_pdd | drafting > submitted | focal point, participant | PDDSubmission | cited
project.acknowledge | submitted > submitted | secretariat | Receipt | cited
project.publish_pdd | submitted > in_validation | secretariat | Publication | inferred
project.submit_public_input | in_validation > in_validation | public | PublicInput | assumed
project.close_public_inputs | in_validation > in_validation; validation_negative > validation_negative; \
validated > validated; registration_requested > registration_requested; under_consideration > \
under_consideration | clock | Elapsed | inferred
project.republish_pdd | in_validation > in_validation | secretariat | Publication | unknown | republication
project.change_entity | submitted > submitted; in_validation > in_validation; validation_negative > \
validation_negative; validated > in_validation | focal point, participant | ModalitiesOfCommunication | \
inferred
project.request_reference_assessment | submitted > submitted; in_validation > in_validation | participant | \
ReferenceEmissionsRequest | inferred | reference_emissions
project.conclude_reference_assessment | accepted: submitted > submitted; accepted: in_validation > \
in_validation; not_accepted: submitted > submitted; not_accepted: in_validation > in_validation; otherwise: \
submitted > submitted; otherwise: in_validation > in_validation | Joint Committee, secretariat | \
AssessmentConclusion | unknown | reference_emissions
project.revise_pdd | in_validation > in_validation; validation_negative > in_validation | participant | \
DesignDocument | assumed
project.conclude_validation | positive: in_validation > validated; negative: in_validation > validation_negative \
| entity | ValidationReport | cited
project.request_registration | validated > registration_requested | focal point, participant | \
RegistrationRequest | cited
project.acknowledge_request | registration_requested > registration_requested | secretariat | Receipt | cited
project.check_request | complete: registration_requested > under_consideration; incomplete: \
registration_requested > validated | secretariat | CompletenessConclusion | cited
project.decide_registration | registered: under_consideration > registered; refused: under_consideration > \
not_registered; otherwise: under_consideration > under_consideration | Joint Committee | JointCommitteeDecision \
| cited
project.notify_registration | registered > registered | secretariat | Notice | cited
project.withdraw_request | registration_requested > request_withdrawn; under_consideration > request_withdrawn | \
focal point, participant | RegistrationRequestWithdrawal | cited
project.discontinue | submitted > discontinued; in_validation > discontinued; validation_negative > \
discontinued; validated > discontinued | participant, secretariat | Notice | assumed
project.replace_moc | submitted > submitted; in_validation > in_validation; validation_negative > \
validation_negative; validated > validated; registration_requested > registration_requested; \
under_consideration > under_consideration; registered > registered; crediting_ended > crediting_ended | focal \
point, participant | ModalitiesOfCommunication | cited
project.amend_moc | submitted > submitted; in_validation > in_validation; validation_negative > \
validation_negative; validated > validated; registration_requested > registration_requested; \
under_consideration > under_consideration; registered > registered; crediting_ended > crediting_ended | focal \
point, participant | ModalitiesAmendment | cited
project.submit_implementation_report | registered > registered; crediting_ended > crediting_ended | participant \
| ImplementationReport | inferred | implementation_report
project.apply_change | registered > registered | linked case | ChangeEffect | inferred
project.renew | registered > registered; crediting_ended > registered | linked case | ChangeEffect | cited | \
crediting_period
project.end_crediting | registered > crediting_ended | clock | Elapsed | inferred | crediting_period
project.withdraw_project | registered > withdrawn; crediting_ended > withdrawn | linked case | ChangeEffect | \
assumed
issuance.submit_monitoring_report | monitoring > reported | participant | MonitoringReport | cited
issuance.revise_monitoring_report | reported > reported; verification_negative > reported | participant | \
MonitoringReport | assumed
issuance.conclude_verification | positive: reported > verified; negative: reported > verification_negative | \
entity | VerificationReport | cited
issuance.request_issuance | verified > issuance_requested | focal point, participant | IssuanceRequest | cited
issuance.acknowledge_request | issuance_requested > issuance_requested | secretariat | Receipt | assumed
issuance.check_request | complete: issuance_requested > under_consideration; incomplete: issuance_requested > \
verified | secretariat | CompletenessConclusion | assumed
issuance.decide_issuance | notified: under_consideration > notified; zero: under_consideration > \
closed_without_credits; refused: under_consideration > not_issued; otherwise: under_consideration > \
under_consideration | Joint Committee | JointCommitteeDecision | cited
issuance.issue_credits | partly: notified > notified; complete: notified > issued | side | RegistryIssuance | \
cited
issuance.report_issuance | notified > notified; issued > issued | side | IssuanceNotice | cited
issuance.withdraw_request | issuance_requested > request_withdrawn; under_consideration > request_withdrawn | \
focal point, participant | IssuanceRequestWithdrawal | cited
issuance.discontinue | monitoring > discontinued; reported > discontinued; verification_negative > discontinued; \
verified > discontinued | participant | Notice | assumed
methodology.submit_proposal | new > submitted | proponent | ProposalSubmission | cited
methodology.request_revision | new > submitted | proponent, participant | MethodologyRevisionRequest | cited
methodology.check_proposal | complete: submitted > public_inputs; incomplete: submitted > returned | secretariat \
 | CompletenessConclusion | cited
methodology.resubmit | returned > submitted | proponent | ProposalSubmission | assumed
methodology.submit_public_input | public_inputs > public_inputs | public | PublicInput | cited
methodology.close_public_inputs | public_inputs > under_consideration | clock | Elapsed | cited
methodology.consider | under_consideration > under_consideration | Joint Committee | MeetingRecord | observed
methodology.extend_consideration | under_consideration > under_consideration | Joint Committee | Notice | cited
methodology.decide_methodology | approved: under_consideration > approved; \
 refused: under_consideration > not_approved; otherwise: under_consideration > under_consideration \
 | Joint Committee | JointCommitteeDecision | cited
methodology.withdraw_proposal | submitted > withdrawn; returned > withdrawn; public_inputs > withdrawn; \
 under_consideration > withdrawn | proponent | Notice | assumed
tpe.apply_for_designation | new > applied | candidate | DesignationApplication | cited
tpe.check_application | complete: applied > applied; incomplete: applied > returned | secretariat \
 | CompletenessConclusion | unknown
tpe.complete_application | returned > applied | candidate | DesignationApplication | assumed
tpe.decide_designation | designated: applied > designated; provisional: applied > provisional; \
 refused: applied > not_designated; otherwise: applied > applied | Joint Committee | JointCommitteeDecision | cited
tpe.confirm_provisional | decided: provisional > designated | Joint Committee | JointCommitteeDecision | inferred \
 | provisional_designation
tpe.lapse_provisional | decided: provisional > not_designated | Joint Committee | JointCommitteeDecision | inferred \
 | provisional_designation
tpe.add_scope | decided: designated > designated | Joint Committee | JointCommitteeDecision | cited
tpe.withdraw_scope | designated > designated | Joint Committee, entity | ScopeWithdrawal | cited
tpe.redesignate | decided: designated > designated; decided: suspended > designated | Joint Committee \
 | JointCommitteeDecision | observed
tpe.rename | applied > applied; returned > returned; provisional > provisional; designated > designated; \
 suspended > suspended | entity, secretariat | Renaming | cited
tpe.record_accreditation | applied > applied; returned > returned; provisional > provisional; \
 designated > designated; suspended > suspended | entity, secretariat | Accreditation | cited
tpe.suspend | decided: designated > suspended | Joint Committee | JointCommitteeDecision | cited
tpe.reinstate | decided: suspended > designated | Joint Committee | JointCommitteeDecision | assumed
tpe.withdraw | designated > withdrawn; suspended > withdrawn | entity, Joint Committee | DesignationWithdrawal | cited
idea.submit_idea | new > submitted | participant | ProjectIdeaNote | cited
idea.decide_idea | no_objection: submitted > no_objection; objected: submitted > objected; \
 otherwise: submitted > decided_otherwise | Joint Committee | JointCommitteeDecision | cited
idea.waive | decided: new > waived | Joint Committee | JointCommitteeDecision | observed
idea.withdraw_idea | submitted > withdrawn | participant | Notice | assumed
change.request_change | new > requested | participant, focal point | ChangeRequest | cited
change.check_request | complete: requested > under_consideration; incomplete: requested > returned | secretariat \
 | CompletenessConclusion | assumed
change.resubmit | returned > requested | participant, focal point | ChangeRequest | assumed
change.decide_change | approved: under_consideration > approved; refused: under_consideration > declined; \
 otherwise: under_consideration > under_consideration | Joint Committee | JointCommitteeDecision | assumed
change.withdraw_request | requested > request_withdrawn; returned > request_withdrawn; \
 under_consideration > request_withdrawn | participant, focal point | Notice | assumed
transfer.record_authorisation | partly: unauthorised > partly_authorised; \
 partly: partly_authorised > partly_authorised; complete: unauthorised > authorised; \
 complete: partly_authorised > authorised | host authority, Japanese authority | Authorisation | cited
transfer.revoke_authorisation | partly_authorised > revoked; authorised > revoked \
 | host authority, Japanese authority | Notice | cited
transfer.record_first_transfer | authorised > first_transferred | registry | TransferRecord | observed
transfer.record_adjustment | partly: first_transferred > first_transferred; complete: first_transferred > adjusted \
 | host authority, Japanese authority | Adjustment | inferred
transfer.record_report | partly: adjusted > adjusted; complete: adjusted > reported \
 | host authority, Japanese authority | ArticleSixReport | assumed
transfer.record_use | first_transferred > first_transferred; adjusted > adjusted; reported > reported \
 | registry | UseRecord | cited
transfer.record_cancellation | first_transferred > first_transferred; adjusted > adjusted; reported > reported \
 | registry | CancellationRecord | cited
transfer.split_block | unauthorised > split; partly_authorised > split; authorised > split; \
 first_transferred > split; adjusted > split | registry | BlockSplit | assumed
loss.report_loss | new > reported | participant | LossEventReport | cited | loss_event
loss.submit_plan | reported > plan_submitted; returned > plan_submitted | participant | CompensationPlan | cited \
 | loss_event
loss.decide_plan | approved: plan_submitted > plan_approved; returned: plan_submitted > returned; \
 otherwise: plan_submitted > plan_submitted | Joint Committee | JointCommitteeDecision | assumed | loss_event
loss.confirm_compensation | plan_approved > compensated | secretariat | Notice | assumed | loss_event
"""
ROWS = {
    cells[0]: cells for line in TABLE.strip().splitlines() for cells in [[cell.strip() for cell in line.split("|")]]
}

PUBLISHED = ("publish_pdd", "republish_pdd")
PROPOSED = ("submit_proposal", "request_revision", "resubmit")
APPLIED = ("apply_for_designation", "complete_application")
OPEN_INPUTS = ("public_inputs", "open")
CONDITIONS: dict[str, dict[str, Any]] = {
    "project.submit_public_input": {"region": OPEN_INPUTS},
    "project.close_public_inputs": {
        "region": OPEN_INPUTS,
        "answers": PUBLISHED,
        "timed": After("project.public_inputs", since=PUBLISHED),
    },
    "project.conclude_reference_assessment": {
        "region": ("reference_assessment", "open"),
        "finishes": True,
        "answers": ("request_reference_assessment",),
    },
    "project.check_request": {
        "answers": ("request_registration",),
        "timed": Within(
            "project.registration_check",
            since=("request_registration", "acknowledge_request"),
            told="request_received",
        ),
    },
    "project.decide_registration": {"answers": ("request_registration",)},
    "issuance.check_request": {"answers": ("request_issuance",)},
    "issuance.decide_issuance": {"answers": ("request_issuance",)},
    "methodology.check_proposal": {
        "answers": PROPOSED,
        "timed": Within("methodology.completeness", since=PROPOSED),
    },
    "methodology.close_public_inputs": {
        "answers": PROPOSED,
        "timed": After("methodology.public_inputs", since="check_proposal"),
    },
    "methodology.decide_methodology": {
        "answers": PROPOSED,
        "timed": Within(
            "methodology.consideration",
            since="close_public_inputs",
            told="inputs_closed",
            extended="methodology.consideration_extended",
        ),
    },
    "tpe.check_application": {"answers": APPLIED, "timed": Within("tpe.completeness", since=APPLIED)},
    "tpe.decide_designation": {"answers": APPLIED},
    "tpe.confirm_provisional": {"finishes": True},
    "tpe.lapse_provisional": {"finishes": True},
    "idea.decide_idea": {"answers": ("submit_idea",)},
    "change.decide_change": {"answers": ("request_change", "resubmit")},
    "loss.decide_plan": {"answers": ("submit_plan",)},
}
"""What rows say beyond their columns: only while a region is open, whose request is answered, within what time."""

_BARE: dict[str, Any] = {"region": None, "finishes": False, "answers": (), "timed": None}


def moves(text: str) -> dict[str | None, dict[str, str]]:
    """Read `outcome: from > to; …`."""
    found: dict[str | None, dict[str, str]] = {}
    for part in text.split(";"):
        outcome, _, move = part.rpartition(":")
        source, target = move.split(">")
        found.setdefault(outcome.strip() or None, {})[source.strip()] = target.strip()
    return found


def faults(name: str, steps: Mapping[str, Step[Any, Any]]) -> Iterator[str]:
    """Yield what the steps of a machine have otherwise than the table: the step, and what is wrong with it."""
    rows = {id_.split(".")[1]: id_ for id_ in ROWS if id_.startswith(f"{name}.")}
    for row, id_ in rows.items():
        if row not in steps:
            yield f"{id_}: the row of the table is no step"
    for step in steps.values():
        if step.name not in rows:
            yield f"{name}.{step.name}: the step is no row of the table"
        else:
            yield from _faults(rows[step.name], step)
    if set(steps) == set(rows) and list(steps) != list(rows):
        yield f"{name}: the steps come in the order {', '.join(steps)}, and in the table {', '.join(rows)}"


def _faults(id_: str, step: Any) -> Iterator[str]:
    _, way, by, evidence, standing, *capability = ROWS[id_]
    ours = {None if outcome is None else str(outcome): dict(row) for outcome, row in step.targets.items()}
    theirs = moves(way)
    for outcome in dict.fromkeys((*theirs, *ours)):
        if outcome not in ours:
            yield f"{id_}: it cannot end {outcome}, as the table has it"
        elif ours[outcome] != theirs.get(outcome):
            ends = "it leads" if outcome is None else f"{outcome} leads"
            yield f"{id_}: {ends} {ours[outcome]}, and in the table {theirs.get(outcome)}"
    roles = {str(role) for role in step.by}
    for role in sorted(set(by.split(", ")) - roles):
        yield f"{id_}: the {role} may not take it, as the table has it"
    for role in sorted(roles - set(by.split(", "))):
        yield f"{id_}: the {role} may take it, which the table does not have"
    columns = {
        "evidence": (step.evidence.__name__, evidence),
        "standing": (str(step.standing), standing),
        "capability": (step.capability, next(iter(capability), None)),
    }
    said = _BARE | CONDITIONS.get(id_, {})
    columns |= {name: (getattr(step, name), value) for name, value in said.items()}
    for name, (one, other) in columns.items():
        if one != other:
            yield f"{id_}: {name} is {one}, and in the table {other}"
    if not step.cites.strip() or (step.cites == "no text found") != (
        standing == "unknown" and id_.startswith("project.")
    ):
        yield f"{id_}: it says {step.cites!r} of where it was read, and is {standing}"
