"""What comes before a project: proposals of methodologies, and idea notes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from attrs import field, frozen
from attrs.validators import instance_of

from jcm_cycle.evidence._base import (
    Document,
    Evidence,
    Filing,
    MethodologyVersion,
    Version,
    as_methodology,
    as_tuple,
    as_version,
    day,
    is_reference,
    name,
    names,
    required_name,
    scope_numbers,
)

__all__ = [
    "MeetingRecord",
    "MethodologyRevisionRequest",
    "MethodologySpreadsheet",
    "ProjectIdeaNote",
    "ProposalSubmission",
    "ProposedMethodology",
]


@frozen(kw_only=True)
class ProposedMethodology(Filing):
    """The form of a proposed methodology.

    Attributes:
        title: title of the methodology.
        version: version of the proposal.
        proponents: who proposes it.
        scopes: sectoral scopes.
    """

    tag: ClassVar[str] = "proposed_methodology"
    form: ClassVar[str | None] = "F_PM"

    title: str = field(validator=required_name)
    version: Version | None = field(default=None, converter=as_version)
    proponents: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    scopes: tuple[int, ...] | None = field(default=None, converter=as_tuple, validator=scope_numbers)


@frozen(kw_only=True)
class MethodologySpreadsheet(Filing):
    """The spreadsheet in which the reductions are calculated.

    Attributes:
        version: its version.
    """

    tag: ClassVar[str] = "methodology_spreadsheet"
    form: ClassVar[str | None] = "F_PMS"

    version: Version | None = field(default=None, converter=as_version)


@frozen(kw_only=True)
class ProposalSubmission(Filing):
    """The sending with which a methodology is proposed: form and spreadsheet together.

    Attributes:
        proposal: the form.
        spreadsheet: the spreadsheet.
        draft_pdd: a draft design document to which it would apply; it may be left out.
    """

    tag: ClassVar[str] = "proposal_submission"
    form: ClassVar[str | None] = "F_PM"

    proposal: ProposedMethodology = field(validator=instance_of(ProposedMethodology))
    spreadsheet: MethodologySpreadsheet | None = None
    draft_pdd: Document | None = None

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The forms that the sending is made of."""
        parts: tuple[Filing | None, ...] = (self.proposal, self.spreadsheet)
        return tuple(form for part in parts if part is not None for form in part.forms)


@frozen(kw_only=True)
class MethodologyRevisionRequest(Filing):
    """Request to revise an approved methodology.

    Attributes:
        revises: the version that is to be revised.
        proposal: the form of the revised methodology, where it is attached.
    """

    tag: ClassVar[str] = "methodology_revision_request"
    form: ClassVar[str | None] = "F_AMR_Req"

    revises: MethodologyVersion = field(converter=as_methodology)
    proposal: ProposedMethodology | None = None

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The request and, where it is attached, the proposal."""
        own: tuple[tuple[str, Version | None], ...] = (("F_AMR_Req", self.form_version),)
        return own + (self.proposal.forms if self.proposal is not None else ())


@frozen(kw_only=True)
class MeetingRecord(Evidence):
    """The Joint Committee considered something at a meeting without deciding on it.

    Attributes:
        meeting: label of the meeting.
        first_day: its first day, where it lasted longer than the day of the entry.
        text: what was said.
    """

    tag: ClassVar[str] = "meeting_record"

    meeting: str | None = field(default=None, validator=name)
    first_day: date | None = field(default=None, validator=day)
    text: str | None = None


@frozen(kw_only=True)
class ProjectIdeaNote(Filing):
    """The idea note of a planned project; its form was not read beyond its name.

    Attributes:
        title: title of the planned project.
        reference: its number, where it has one already.
        participants: names of the participants.
        location: where the project is to stand.
    """

    tag: ClassVar[str] = "project_idea_note"
    form: ClassVar[str | None] = "F_PIN"

    title: str = field(validator=required_name)
    reference: str | None = field(default=None, validator=is_reference("idea"))
    participants: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    location: str | None = None
