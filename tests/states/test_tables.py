"""The tables of the machines around the project, row by row: a second copy, as the sources were read.

Those of `project` and `issuance` stand in the tests of these machines.
"""

from __future__ import annotations

from typing import Any

import pytest

from jcm_cycle.states import MACHINES, NEW

# step | outcome: from > to; … | roles | evidence | standing | capability
TABLE = """
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
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]

FINAL = {
    "methodology": {"approved", "not_approved", "withdrawn"},
    "tpe": {"not_designated", "withdrawn"},
    "idea": {"no_objection", "objected", "decided_otherwise", "waived", "withdrawn"},
    "change": {"approved", "declined", "request_withdrawn"},
    "transfer": {"reported", "revoked", "split"},
    "loss": {"compensated"},
}
OF = {"change": "project", "loss": "project", "transfer": "issuance"}
INITIAL = {"transfer": "unauthorised"}
BROUGHT = {"provisional": "provisional_designation"}
"""States of a machine of which not every state needs the same capability."""


def moves(text: str) -> dict[str | None, dict[str, str]]:
    """Read `outcome: from > to; …`."""
    found: dict[str | None, dict[str, str]] = {}
    for part in text.split(";"):
        outcome, _, move = part.rpartition(":")
        source, target = move.split(">")
        found.setdefault(outcome.strip() or None, {})[source.strip()] = target.strip()
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_is_that_of_the_table(row: list[str]) -> None:
    """States, outcomes, roles, evidence, standing and capability; and it says where it was read."""
    name, way, by, evidence, standing, *capability = row
    step: Any = MACHINES[name.split(".", maxsplit=1)[0]].step(name.split(".")[1])
    assert step.id == name
    assert {None if outcome is None else str(outcome): dict(row) for outcome, row in step.targets.items()} == moves(way)
    assert {str(role) for role in step.by} == set(by.split(", "))
    assert step.evidence.__name__ == evidence
    assert str(step.standing) == standing
    assert step.capability == next(iter(capability), None)
    assert step.cites.strip()
    assert step.cites != "no text found"


def test_the_order_is_that_of_the_table_and_no_row_is_missing() -> None:
    """The place of a step is its rank."""
    ours = [step.id for name in FINAL for step in MACHINES[name].steps.values()]
    assert ours == [row[0] for row in ROWS]


@pytest.mark.parametrize("name", FINAL)
def test_the_states_are_those_of_the_table(name: str) -> None:
    """Which of them end the procedure, what brings them, and where a case of the machine begins."""
    made = MACHINES[name]
    assert {state.name for state in made.states.values() if state.final} == FINAL[name]
    assert str(made.start) == INITIAL.get(name, NEW.name)
    assert made.of == OF.get(name)
    for state in made.states.values():
        assert state.capability == ("loss_event" if name == "loss" else BROUGHT.get(state.name))
    assert NEW.name not in made.states
