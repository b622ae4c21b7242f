"""What a type checker says of rules. `E:` names the error expected on its line, by code."""

# ruff: noqa: ARG001 - what is judged here is the signature

from __future__ import annotations

from datetime import date

from jcm_cycle import Act, CaseView, Edition, Finding, Outcome, precondition, project, require, rule
from jcm_cycle.evidence import (
    DesignDocument,
    Evidence,
    ModalitiesAmendment,
    ModalitiesOfCommunication,
    Receipt,
    ValidationReport,
)
from jcm_cycle.register import Register
from jcm_cycle.states import ProjectFile


@rule("project.conclude_validation.right", on=project.conclude_validation, when=Outcome.POSITIVE)
def right(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """It judges the evidence of its step."""
    return require(not act.evidence.open_requests, requests=case.file.requests)


@rule("project.conclude_validation.asking", on=project.conclude_validation)
def asking(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition, register: Register) -> Finding:
    """It asks about other cases."""
    return require(register.entity(case.country, act.evidence.entity or "", "validation", (), act.on))


@rule("project.conclude_validation.any_evidence", on=project.conclude_validation)
def any_evidence(act: Act[Evidence], case: CaseView[object], edition: Edition) -> Finding:
    """It judges any evidence, so that of its step as well."""
    return require(act.evidence.forms)


@rule("project.replace_moc.both", on=(project.replace_moc, project.amend_moc))
def both(
    act: Act[ModalitiesOfCommunication | ModalitiesAmendment], case: CaseView[ProjectFile], edition: Edition
) -> Finding:
    """It binds to several steps."""
    return require(act.evidence.signed_by)


@precondition("project.conclude_validation.day", on=project.conclude_validation)
def day(case: CaseView[ProjectFile], edition: Edition, on: date) -> Finding:
    """It judges a day before there is an act."""
    return require(case.file.inputs_closed)


@rule("project.conclude_validation.wrong_evidence", on=project.conclude_validation)  # E: arg-type
def wrong_evidence(act: Act[Receipt], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """It judges evidence of another step."""
    return require(act.evidence.received_on)


@rule("project.conclude_validation.wrong_file", on=project.conclude_validation)  # E: arg-type
def wrong_file(act: Act[ValidationReport], case: CaseView[str], edition: Edition) -> Finding:
    """It reads the file of another machine."""
    return require(case.file.title())


@rule("project.replace_moc.wrong_file", on=(project.replace_moc, project.amend_moc))  # E: arg-type
def wrong_file_of_several(
    act: Act[ModalitiesOfCommunication | ModalitiesAmendment], case: CaseView[str], edition: Edition
) -> Finding:
    """It reads the file of another machine, too."""
    return require(act.evidence.signed_by, file=case.file)


@rule("project.conclude_validation.bare", on=project.conclude_validation)  # E: arg-type
def bare(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> bool:
    """It gives a bare bool."""
    return not act.evidence.open_requests


@rule("project.conclude_validation.short", on=project.conclude_validation)  # E: arg-type
def short(act: Act[ValidationReport], case: CaseView[ProjectFile]) -> Finding:
    """It takes no edition."""
    return require(act.evidence.ticked)


@precondition("project.conclude_validation.no_day", on=project.conclude_validation)  # E: arg-type
def no_day(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """It wants an act before there is one."""
    return require(act.evidence.ticked)


@precondition("project.conclude_validation.other_file", on=project.conclude_validation)  # E: arg-type
def other_file(case: CaseView[str], edition: Edition, on: date) -> Finding:
    """It reads the file of another machine."""
    return require(case.file.title())


@rule("project.conclude_validation.no_field", on=project.conclude_validation)
def no_field(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """It reads what is not there."""
    return require(act.evidence.closed_requests, title=case.file.titel)  # E: attr-defined attr-defined


@rule("project.revise_pdd.loud", on=project.revise_pdd, kind="loud")  # E: arg-type
def loud(act: Act[DesignDocument], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """Its kind is none."""
    return require(act.evidence.scopes)


@rule("project.revise_pdd.when", on=project.revise_pdd, when="positive")  # E: arg-type
def when(act: Act[DesignDocument], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """Its outcome is a text."""
    return require(act.evidence.scopes)
