"""Rules on the conclusion of a validation."""

from __future__ import annotations

from typing import Any

from jcm_cycle.days import next_day
from jcm_cycle.entries import Act
from jcm_cycle.evidence import Outcome, ValidationReport, VerificationReport
from jcm_cycle.findings import CaseView, Effect, Finding, Standing, missing, require, unmet
from jcm_cycle.register import Register, ValidationOrVerification
from jcm_cycle.rules._binding import Known
from jcm_cycle.rules._clock import counted
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.rules.common.filings import answered
from jcm_cycle.states import ProjectFile, Region, Step, issuance, project

VALIDATION = project.conclude_validation
VERIFICATION = issuance.conclude_verification
BOTH: tuple[Step[Any, Any], ...] = (VALIDATION, VERIFICATION)


def _role_and_project(
    act: Act[ValidationReport | VerificationReport], case: CaseView[Any], register: Register
) -> tuple[ValidationOrVerification, tuple[int, ...] | None, tuple[str, ...] | None]:
    """Return the role of the entity, the sectoral scopes, and the entities named in the modalities."""
    if isinstance(act.evidence, ValidationReport):
        return "validation", case.file.scopes, case.file.entities
    known = register.project(case.file.of)
    scopes = case.file.scopes or (known.scopes if known is not None else None)
    return "verification", scopes, known.entities if known is not None else None


@rule("common.entity_usable", on=BOTH)
def entity_usable(
    act: Act[ValidationReport | VerificationReport], case: CaseView[Any], edition: Edition, register: Register
) -> Finding:
    """The entity is designated in this country, for this role and every sectoral scope, on the day of the report."""
    del edition
    report = act.evidence
    role, scopes, _ = _role_and_project(act, case, register)
    day = report.completed_on or act.on
    if report.entity is None or not scopes:
        return missing("entity or scopes are not given", entity=report.entity, scopes=scopes)
    if day > act.on:
        return unmet(why="the report is dated after its conclusion", report_of=day, concluded_on=act.on)
    answer = register.entity(case.country, report.entity, role, scopes, day)
    return answered(answer, report_of=day, scopes=scopes)


@rule("common.entity_named", on=BOTH)
def entity_named(
    act: Act[ValidationReport | VerificationReport], case: CaseView[Any], edition: Edition, register: Register
) -> Finding:
    """The entity is the one named in the modalities of communication."""
    del edition
    entity = act.evidence.entity
    _, _, named = _role_and_project(act, case, register)
    return require(named and entity in named, entity=entity, named=named)


@rule("common.no_double_registration", on=BOTH, kind="declared", silence=Effect.ADVISES)
def no_double_registration(
    act: Act[ValidationReport | VerificationReport], case: CaseView[Any], edition: Edition
) -> Finding:
    """The report states that the project is not registered under another international mitigation mechanism."""
    del case, edition
    elsewhere = act.evidence.registered_elsewhere
    return require(elsewhere == "", registered_elsewhere=elsewhere)


@rule("project.conclude_validation.inputs_treated", on=VALIDATION, first=project.close_public_inputs)
def inputs_treated(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The opinion comes after the window for public inputs has closed and deals with every input."""
    file = case.file
    region = file.public_inputs
    if region is Region.NONE:
        return missing("public inputs were never opened")
    if region is Region.OPEN:
        end = counted(project.close_public_inputs, case, edition).until
        # After its last day the window waits to be closed, and waiting alone no longer helps.
        earliest = next_day(end) if end is not None and end >= act.on else None
        return unmet(earliest=earliest, public_inputs=region, last_day=end, first="close_public_inputs")
    if file.inputs == 0:
        return require(True, inputs=0)  # noqa: FBT003 - there is nothing to deal with
    return require(act.evidence.inputs_treated, inputs=file.inputs, treated=act.evidence.inputs_treated)


@rule("project.conclude_validation.no_open_requests", on=VALIDATION, when=Outcome.POSITIVE)
def no_open_requests(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """No corrective action or clarification request is left open."""
    del case, edition
    return require(not act.evidence.open_requests, open_requests=act.evidence.open_requests)


ITEMS = ("project.validation_checklist", "project.validation_checklist_rest")


@rule("project.conclude_validation.checklist", on=VALIDATION, when=Outcome.POSITIVE, revision=2, items=ITEMS)
def checklist(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """Every item of the report's list is ticked."""
    del case
    ticked = act.evidence.ticked
    if ticked is None:
        return missing("the report's list is not given")
    read_, rest = (edition.value(name) for name in ITEMS)
    done = frozenset(ticked)
    others = _not_listed(ticked, read_, rest)
    for known in (read_, rest):
        if known is not None and not known.items <= done:
            return unmet(rests_on=known, lacking=[item for item in known.value if item not in done], **others)
    if read_ is None or read_.value is None:
        return missing("the book does not know the items of the list", rests_on=Standing.UNKNOWN)
    return require(True, rests_on=read_, ticked=len(ticked), **others)  # noqa: FBT003 - no item was lacking


def _not_listed(ticked: tuple[str, ...], read_: Known | None, rest: Known | None) -> dict[str, Any]:
    """Return as a fact what is ticked and stands in no list of the book, which may be mistyped; nothing for nothing."""
    if read_ is None or read_.value is None or (rest is not None and rest.value is None):
        return {}
    listed = read_.items | (rest.items if rest is not None else frozenset())
    found = sorted(set(ticked) - listed)
    return {"not_listed": found} if found else {}


@rule("project.conclude_validation.eia", on=VALIDATION, when=Outcome.POSITIVE, kind="declared")
def eia(act: Act[ValidationReport], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """An environmental impact assessment was done where the host country requires one."""
    del case, edition
    required, done = act.evidence.eia_required, act.evidence.eia_done
    if required is False:
        return require(True, required=False)  # noqa: FBT003 - none is required
    return require(done, required=required, done=done)
