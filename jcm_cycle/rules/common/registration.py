"""Rules on the request for registration and its check."""

from __future__ import annotations

from decimal import Decimal

from jcm_cycle.entries import Act
from jcm_cycle.evidence import CompletenessConclusion, RegistrationRequest
from jcm_cycle.findings import CaseView, Effect, Finding, missing, require
from jcm_cycle.rules._clock import in_time
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.states import ProjectFile, project

REQUEST = project.request_registration


@rule("project.request_registration.attachments", on=REQUEST)
def attachments(act: Act[RegistrationRequest], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The request carries the validated design document, the modalities of communication and the validation report."""
    del case, edition
    paper = act.evidence
    return require(
        True,  # noqa: FBT003 - what is left out is None, which makes the finding missing
        design_document=paper.design_document,
        modalities=paper.modalities,
        validation_report=paper.validation_report,
    )


@rule("project.request_registration.same_version", on=REQUEST)
def same_version(act: Act[RegistrationRequest], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The design document attached is the version the report validated."""
    del edition
    paper, report = act.evidence.design_document, case.file.validation
    attached = paper.version if paper else None
    validated = report.document_version if report else None
    return require(attached == validated, attached=attached, validated=validated)


@rule("project.request_registration.allocation", on=REQUEST, capability="credit_allocation")
def allocation(act: Act[RegistrationRequest], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The credit allocation is agreed and its shares sum to one hundred."""
    del case, edition
    paper = act.evidence.allocation
    if paper is None or paper.shares is None:
        return missing("no credit allocation is attached")
    total = sum((Decimal(share.percent) for share in paper.shares), Decimal(0))
    return require(paper.agreed and total == 100, agreed=paper.agreed, total=total)  # noqa: PLR2004 - per cent


@rule("project.request_registration.sd_plan", on=REQUEST, capability="sd_plan")
def sd_plan(act: Act[RegistrationRequest], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The sustainable development plan is attached."""
    del edition
    attached = act.evidence.sd_plan is not None or case.file.sd_plan
    return require(True, sd_plan=attached or None)  # noqa: FBT003 - left out it is missing


@rule("project.check_request.in_time", on=project.check_request, ceiling=Effect.DUTY)
def checked_in_time(act: Act[CompletenessConclusion], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The secretariat concludes within the days that the book gives, from receipt."""
    return in_time(project.check_request, act.on, case, edition)
