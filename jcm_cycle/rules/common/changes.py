"""Rules on what is asked for after registration, and on its effect on the project."""

from __future__ import annotations

from jcm_cycle.entries import Act
from jcm_cycle.evidence import ChangeEffect, ChangeKind, ChangeRequest
from jcm_cycle.findings import CaseView, Finding, Standing, require
from jcm_cycle.register import Register
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.rules.common.filings import answered
from jcm_cycle.states import ChangeFile, ProjectFile, change, project

REQUESTS = (change.request_change, change.resubmit)


@rule("change.request_change.validation_report", on=REQUESTS)
def validation_report(act: Act[ChangeRequest], case: CaseView[ChangeFile], edition: Edition) -> Finding:
    """Where the design document changes, a validation report is attached."""
    del case, edition
    paper = act.evidence
    revised = paper.pdd_changes if paper.design_document is None else True
    if paper.kind is not ChangeKind.POST_REGISTRATION_CHANGE or revised is False:
        return require(True, kind=paper.kind)  # noqa: FBT003 - the design document stays as it is
    return require(revised, design_document_changes=revised, validation_report=paper.validation_report)


@rule(
    "project.apply_change.change_approved",
    on=(project.apply_change, project.renew, project.withdraw_project),
    integrity=Standing.INFERRED,
)
def change_approved(
    act: Act[ChangeEffect], case: CaseView[ProjectFile], edition: Edition, register: Register
) -> Finding:
    """What happens to the project is the effect of a change of it that the Committee has approved."""
    del edition
    named = act.evidence.change
    return answered(register.change(named, case.id, act.step, act.on), change=named)
