"""What a project has gathered on its way, and how each step adds to it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeAlias

from attrs import evolve, frozen

from jcm_cycle.days import Day, exact
from jcm_cycle.evidence import (
    AssessmentConclusion,
    Background,
    ChangeEffect,
    DesignDocument,
    Elapsed,
    ImplementationReport,
    JointCommitteeDecision,
    MethodologyVersion,
    ModalitiesAmendment,
    ModalitiesOfCommunication,
    Notice,
    Opening,
    Outcome,
    PDDSubmission,
    Publication,
    PublicInput,
    Receipt,
    ReferenceEmissionsRequest,
    RegistrationRequest,
    ValidationReport,
    Version,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states._file import change, numbered
from jcm_cycle.states._timed import End

__all__ = ["DocumentVersion", "ProjectFile", "Region", "Validation"]


class Region(StrEnum):
    """Something that runs beside the state: not begun, open, or closed."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"


@frozen
class DocumentVersion:
    """One version of the design document in the chain of all versions.

    Attributes:
        version: its version, if the paper says so.
        since: the day from which it was before the procedure.
        step: the step that brought it.
    """

    version: Version | None
    since: Day
    step: str


@frozen
class Validation:
    """What the latest validation report says that later steps depend on."""

    entity: str | None
    document_version: Version | None
    opinion: Outcome | None
    on: Day


CreditingPeriod: TypeAlias = tuple[date | None, date | None]
"""First and last day, as far as they are told."""


@frozen(kw_only=True, slots=False)
class ProjectFile:
    """What a case of `project` has gathered.

    Attributes:
        title: title of the project.
        references: public numbers, each with the day from which it is known.
        documents: all versions of the design document, the latest last.
        methodologies: methodology versions applied; they stay with the project.
        scopes: sectoral scopes of those methodologies.
        modalities: the modalities of communication as they stood from each day on.
        location: where the project stands, as the design document has it.
        start_of_operation: as the design document has it.
        sd_plan: whether a sustainable development plan is in the file.
        idea: reference of the idea note.
        public_inputs: none, open or closed.
        inputs_opened: the day on which public inputs were opened last.
        inputs_closed: the last day of the window.
        inputs: number of public inputs received.
        reference_assessment: none, open (asked for) or closed.
        assessment: what became of it.
        validation: the latest validation report.
        requests: how many times registration was asked for.
        requested: version of the design document in the latest request.
        request_received: the day on which the latest request arrived, as its receipt tells it.
        resubmits: number of a withdrawn request that this project follows.
        registered_on: the registration day.
        decided_on: the day of the Committee's decision.
        notified_on: the day of the notice.
        crediting: first and last day of the crediting period that was added last, as far as they are told.
        crediting_before: those of the crediting periods before it that were told.
        implementation_reports: how many were filed.
        changes: ids of the cases of `change` that have had their effect, each with the day.
        background: funding, consortium and origin, as far as they are told; no rule reads them.
    """

    title: str | None = None
    references: tuple[tuple[str, Day], ...] = ()
    documents: tuple[DocumentVersion, ...] = ()
    methodologies: tuple[MethodologyVersion, ...] | None = None
    scopes: tuple[int, ...] | None = None
    modalities: tuple[tuple[Day, ModalitiesOfCommunication], ...] = ()
    location: str | None = None
    start_of_operation: date | None = None
    sd_plan: bool = False
    idea: str | None = None
    public_inputs: Region = Region.NONE
    inputs_opened: Day | None = None
    inputs_closed: Day | None = None
    inputs: int = 0
    reference_assessment: Region = Region.NONE
    assessment: Outcome | None = None
    validation: Validation | None = None
    requests: int = 0
    requested: Version | None = None
    request_received: Day | None = None
    resubmits: str | None = None
    registered_on: Day | None = None
    decided_on: Day | None = None
    notified_on: Day | None = None
    crediting: CreditingPeriod | None = None
    crediting_before: tuple[CreditingPeriod, ...] = ()
    implementation_reports: int = 0
    changes: tuple[tuple[str, Day], ...] = ()
    background: Background = Background()

    @property
    def participants(self) -> tuple[str, ...] | None:
        """Names of the participants as they stand now."""
        return self.modalities[-1][1].participants if self.modalities else None

    @property
    def focal_point(self) -> str | None:
        """Name of the focal point as it stands now."""
        return self.modalities[-1][1].focal_point.name if self.modalities else None

    @property
    def entities(self) -> tuple[str, ...] | None:
        """Third-party entities named in the modalities of communication as they stand now."""
        return self.modalities[-1][1].entities if self.modalities else None


def opened(file: ProjectFile, evidence: Opening, on: Day) -> ProjectFile:
    """Take over what is known of a project that comes from elsewhere."""
    references = numbered((), evidence.reference, on)
    return change(
        file,
        title=evidence.title,
        references=references,
        methodologies=evidence.methodologies,
        background=evidence.background or file.background,
    )


def _document(file: ProjectFile, paper: DesignDocument, on: Day, step: str) -> dict[str, Any]:
    return {
        "title": paper.title,
        "documents": (*file.documents, DocumentVersion(paper.version, on, step)),
        "scopes": paper.scopes if paper.scopes is not None else file.scopes,
        "location": paper.location or file.location,
        "start_of_operation": paper.start_of_operation or file.start_of_operation,
    }


def submit(file: ProjectFile, evidence: PDDSubmission, on: Day) -> ProjectFile:
    """Take in the design document, the modalities and the methodology versions, which stay."""
    paper = evidence.design_document
    statement = evidence.modalities
    return change(
        file,
        **_document(file, paper, on, "submit_pdd"),
        methodologies=paper.methodologies if paper.methodologies is not None else file.methodologies,
        modalities=((on, statement),) if statement else (),
        sd_plan=evidence.sd_plan is not None,
        idea=evidence.idea,
    )


def revise(file: ProjectFile, evidence: DesignDocument, on: Day) -> ProjectFile:
    """Take in the next version of the design document; the methodology versions stay."""
    return change(file, **_document(file, evidence, on, "revise_pdd"))


def publish(file: ProjectFile, evidence: Publication, on: Day) -> ProjectFile:
    """Give the project its number and open public inputs."""
    return change(opened_inputs(file, on), references=numbered(file.references, evidence.reference, on))


def opened_inputs(file: ProjectFile, on: Day) -> ProjectFile:
    """Open public inputs."""
    return change(file, public_inputs=Region.OPEN, inputs_opened=on, inputs_closed=None)


def receive_input(file: ProjectFile, evidence: PublicInput, on: Day) -> ProjectFile:
    """Count the input."""
    del evidence, on
    return change(file, inputs=file.inputs + 1)


def close_inputs(file: ProjectFile, evidence: Elapsed, on: Day) -> ProjectFile:
    """Close public inputs."""
    return change(file, public_inputs=Region.CLOSED, inputs_closed=evidence.last_day or on)


def take_modalities(file: ProjectFile, evidence: ModalitiesOfCommunication, on: Day) -> ProjectFile:
    """Let a whole new statement supersede the one before."""
    return change(file, modalities=(*file.modalities, (on, evidence)))


def amend_modalities(file: ProjectFile, evidence: ModalitiesAmendment, on: Day) -> ProjectFile:
    """Apply Annex 1 to the statement as it stands; without one there is nothing to amend."""
    if not file.modalities:
        return file
    statement = file.modalities[-1][1]
    renamed = dict(evidence.renamed)
    people = statement.participants
    if people is not None:
        kept = tuple(renamed.get(who, who) for who in people if who not in evidence.withdrawn)
        people = kept + tuple(who for who in evidence.added if who not in kept)
    return change(file, modalities=(*file.modalities, (on, evolve(statement, participants=people))))


def ask_assessment(file: ProjectFile, evidence: ReferenceEmissionsRequest, on: Day) -> ProjectFile:
    """Note that an assessment was asked for."""
    del evidence, on
    return change(file, reference_assessment=Region.OPEN, assessment=None)


def conclude_assessment(file: ProjectFile, evidence: AssessmentConclusion, on: Day) -> ProjectFile:
    """Note what became of it; `otherwise` leaves it open."""
    del on
    if evidence.outcome is Outcome.OTHERWISE:
        return change(file, assessment=evidence.outcome)
    return change(file, reference_assessment=Region.CLOSED, assessment=evidence.outcome)


def validate(file: ProjectFile, evidence: ValidationReport, on: Day) -> ProjectFile:
    """Keep what later steps depend on."""
    return change(
        file,
        title=file.title or evidence.title,
        validation=Validation(evidence.entity, evidence.document_version, evidence.opinion, on),
    )


def request(file: ProjectFile, evidence: RegistrationRequest, on: Day) -> ProjectFile:
    """Count the request and keep the version it carries."""
    del on
    paper = evidence.design_document
    return change(
        file,
        requests=file.requests + 1,
        requested=paper.version if paper else None,
        request_received=None,
        sd_plan=file.sd_plan or evidence.sd_plan is not None,
        resubmits=evidence.resubmits or file.resubmits,
    )


def acknowledge(file: ProjectFile, evidence: Receipt, on: Day) -> ProjectFile:
    """Keep the day on which the request arrived."""
    return change(file, request_received=evidence.received_on or on)


def decide(file: ProjectFile, evidence: JointCommitteeDecision, on: Day) -> ProjectFile:
    """Keep the days of registration, decision and notice apart."""
    if evidence.outcome is not Outcome.REGISTERED:
        return change(file, decided_on=evidence.decided_on or on)
    return change(
        file,
        references=numbered(file.references, evidence.number, on),
        decided_on=evidence.decided_on or on,
        registered_on=evidence.effective_on or (on if exact(on) is None else evidence.decided_on or on),
        notified_on=evidence.notified_on,
    )


def notify(file: ProjectFile, evidence: Notice, on: Day) -> ProjectFile:
    """Keep the day of the notice."""
    del evidence
    return change(file, notified_on=on)


def report_implementation(file: ProjectFile, evidence: ImplementationReport, on: Day) -> ProjectFile:
    """Count the report."""
    del evidence, on
    return change(file, implementation_reports=file.implementation_reports + 1)


def apply_change(file: ProjectFile, evidence: ChangeEffect, on: Day) -> ProjectFile:
    """Let a new version of the design document hold from the day of the effect."""
    version = DocumentVersion(evidence.document_version, on, "apply_change")
    return change(end(file, evidence, on), documents=(*file.documents, version))


def renew(file: ProjectFile, evidence: ChangeEffect, on: Day) -> ProjectFile:
    """Add a crediting period; the one that runs goes on until the new one begins."""
    return end(_credited(file, (evidence.crediting_from, evidence.crediting_until)), evidence, on)


def renewed(file: ProjectFile, on: Day) -> ProjectFile:
    """Add a crediting period of which nothing is told."""
    del on
    return _credited(file, (None, None))


def _credited(file: ProjectFile, period: CreditingPeriod) -> ProjectFile:
    before = file.crediting_before if file.crediting is None else (*file.crediting_before, file.crediting)
    return change(file, crediting=period, crediting_before=before)


def end(file: ProjectFile, evidence: ChangeEffect, on: Day) -> ProjectFile:
    """Keep which case of `change` has had its effect."""
    return change(file, changes=(*file.changes, (evidence.change, on)))


def ends(file: ProjectFile, step: str, standing: Standing, cites: str) -> tuple[End, ...]:
    """Return the ends of the crediting periods: the clock ends the last one, where none that is not known follows."""
    if file.crediting is None:
        return ()
    periods = (*file.crediting_before, file.crediting)
    known = sorted(
        (period for period in periods if any(period)), key=lambda one: (min(filter(None, one)), one[1] or date.max)
    )
    found = []
    for (since, until), (following, _) in pairwise((*known, (None, None))):
        if until is None:
            continue
        if (since, until) != known[-1] or file.crediting == (None, None):
            what = "end of the crediting period before its renewal"
            found.append(End(what=what, who=Role.PARTICIPANT, since=since, until=until, replaced=following))
        else:
            found.append(
                End(
                    what=f"project.{step}", who=Role.CLOCK, since=since, until=until, step=step,
                    standing=standing, cites=cites,
                )
            )  # fmt: skip
    return tuple(found)
