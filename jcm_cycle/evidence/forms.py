"""Forms that participants, focal points and entities file.

Which fields each form has comes from the forms that could be read; a field seen there without which the form
makes no sense is required, everything recalled or judged by a rule may be left out.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from attrs import field, frozen

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import (
    Document,
    Evidence,
    Filing,
    MethodologyVersion,
    Person,
    Version,
    as_tuple,
    as_version,
    confidential,
    day,
    is_reference,
    methodologies,
    name,
    names,
    required_name,
    scope_numbers,
    whole,
)

__all__ = [
    "CreditAllocation",
    "DesignDocument",
    "FocalPoint",
    "ImplementationReport",
    "ModalitiesAmendment",
    "ModalitiesOfCommunication",
    "PDDSubmission",
    "ReferenceEmissionsRequest",
    "RegistrationRequest",
    "RegistrationRequestWithdrawal",
    "Share",
    "SustainableDevelopmentPlan",
]


@frozen(kw_only=True)
class DesignDocument(Filing):
    """The project design document (PDD) in one version.

    Attributes:
        title: title of the project.
        version: version of the document; every later version replaces it for what follows.
        methodologies: the methodology versions applied, one or more.
        scopes: sectoral scopes of those methodologies, 1 to 15 in the lists seen.
        monitoring_plan: the plan attached, made of the sheets of the methodology.
        start_of_operation: the day on which operation started or will start.
        expected_lifetime: in years.
        participants: names of the participants of both sides.
        location: where the project stands.
        eia_required: whether the host country requires an environmental impact assessment.
    """

    tag: ClassVar[str] = "design_document"
    form: ClassVar[str | None] = "F_PDD"

    title: str = field(validator=required_name)
    version: Version | None = field(default=None, converter=as_version)
    methodologies: tuple[MethodologyVersion, ...] | None = field(default=None, converter=methodologies)
    scopes: tuple[int, ...] | None = field(default=None, converter=as_tuple, validator=scope_numbers)
    monitoring_plan: Document | None = None
    start_of_operation: date | None = field(default=None, validator=day)
    expected_lifetime: int | None = field(default=None, validator=whole)
    participants: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    location: str | None = None
    eia_required: bool | None = None


@frozen(kw_only=True)
class FocalPoint:
    """The one entity that speaks for all participants.

    Attributes:
        name: name of the entity.
        also_participant: whether it is a participant as well.
        signatories: primary and alternate signatory; kept beside the journal.
        contact: kept beside the journal.
    """

    name: str = field(validator=required_name)
    also_participant: bool | None = None
    signatories: tuple[Person, ...] | None = confidential(default=None, converter=as_tuple)
    contact: Person | None = confidential(default=None)


@frozen(kw_only=True)
class ModalitiesOfCommunication(Filing):
    """The statement by which the participants name who speaks for them and which entity they contract (MoC).

    Attributes:
        title: title of the project.
        submitted_on: day of submission as the form gives it.
        focal_point: the one entity that speaks for all.
        entities: third-party entities contracted for validation (and verification).
        participants: names of all participants, the focal point among them if it is one.
        signed_by: names of the participants that signed.
        ceased: participants that have ceased to exist and cannot sign.
        ceased_proof: the proof of that.
        signatories: who signs for each participant; kept beside the journal.
    """

    tag: ClassVar[str] = "modalities_of_communication"
    form: ClassVar[str | None] = "F_MoC"

    title: str = field(validator=required_name)
    submitted_on: date | None = field(default=None, validator=day)
    focal_point: FocalPoint
    entities: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    participants: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    signed_by: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    ceased: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)
    ceased_proof: Document | None = None
    signatories: tuple[Person, ...] | None = confidential(default=None, converter=as_tuple)


_SECTIONS = frozenset({1, 2, 3, 4})


def _sections(_: object, __: object, value: Any) -> None:
    if value is not None and not (isinstance(value, frozenset) and value <= _SECTIONS):
        shown = sorted(value - _SECTIONS, key=str) if isinstance(value, frozenset) else repr(value)
        why = f"sections: Annex 1 has the sections 1 to 4, not {shown}."
        raise EvidenceError(why, cure="Name the sections that were filled in.")


def _pairs(value: Any) -> Any:
    pairs = as_tuple(value)
    return tuple(as_tuple(pair) for pair in pairs) if isinstance(pairs, tuple) else pairs


_OLD_AND_NEW = 2


def _renamed(_: object, attribute: Any, value: Any) -> None:
    if not isinstance(value, tuple) or any(not isinstance(pair, tuple) or len(pair) != _OLD_AND_NEW for pair in value):
        why = f"renamed: {value!r} must be pairs of names."
        raise EvidenceError(why, cure="Give the old name and the new name of each participant renamed.")
    for pair in value:
        names(_, attribute, pair)


def _as_set(value: object) -> object:
    return frozenset(value) if isinstance(value, list | tuple | set) else value


@frozen(kw_only=True)
class ModalitiesAmendment(Filing):
    """Annex 1 of the modalities of communication: participants added, renamed or withdrawn, contacts changed.

    Attributes:
        sections: the sections of Annex 1 that were filled in, out of 1 to 4.
        added: participants added.
        renamed: old name and new name (or legal status) of each participant renamed.
        withdrawn: participants withdrawn.
        contacts_changed: participants whose contacts or specimen signatures change.
        new_focal_point: set where the paper asks for another focal point, for which Annex 1 is not made.
        signed_by: names of the participants that signed.
        ceased: participants that have ceased to exist and cannot sign.
        ceased_proof: the proof of that.
        contacts: the new contacts; kept beside the journal.
    """

    tag: ClassVar[str] = "modalities_amendment"
    form: ClassVar[str | None] = "F_MoC"

    sections: frozenset[int] | None = field(default=None, converter=_as_set, validator=_sections)
    added: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)
    renamed: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs, validator=_renamed)
    withdrawn: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)
    contacts_changed: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)
    new_focal_point: str | None = field(default=None, validator=name)
    signed_by: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    ceased: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)
    ceased_proof: Document | None = None
    contacts: tuple[Person, ...] | None = confidential(default=None, converter=as_tuple)


@frozen(kw_only=True)
class SustainableDevelopmentPlan(Filing):
    """The plan of how the project serves sustainable development; the contents of its form were not read."""

    tag: ClassVar[str] = "sustainable_development_plan"
    form: ClassVar[str | None] = "F_SDIP"

    version: Version | None = field(default=None, converter=as_version)


@frozen(kw_only=True)
class PDDSubmission(Filing):
    """The one sending with which a project enters the procedure: design document and modalities together.

    The version of the form is that of the design document; where it gives none, that of the sending.

    Attributes:
        design_document: the design document with its monitoring plan.
        modalities: the modalities of communication.
        sd_plan: the sustainable development plan, where the procedure has one.
        idea: reference of the idea note to which the Committee had no objection.
        of_track: whether the project is one of those for which the special track of the case is meant.
        ministry_supported: whether the Japanese environment ministry supports the project.
    """

    tag: ClassVar[str] = "pdd_submission"
    form: ClassVar[str | None] = "F_PDD"

    design_document: DesignDocument
    modalities: ModalitiesOfCommunication | None = None
    sd_plan: SustainableDevelopmentPlan | None = None
    idea: str | None = field(default=None, validator=is_reference("idea"))
    of_track: bool | None = None
    ministry_supported: bool | None = None

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The forms that the sending is made of."""
        design = self.design_document
        own = (("F_PDD", design.form_version if design.form_version is not None else self.form_version),)
        parts: tuple[Evidence | None, ...] = (self.modalities, self.sd_plan)
        return own + tuple(form for part in parts if part is not None for form in part.forms)


@frozen(kw_only=True)
class ReferenceEmissionsRequest(Filing):
    """Request to assess the reference emissions; the contents of its form were not read."""

    tag: ClassVar[str] = "reference_emissions_request"
    form: ClassVar[str | None] = "F_Asst_Req"


@frozen(kw_only=True)
class Share:
    """What one receiver gets of the credits.

    Attributes:
        side: two-letter code of the side that issues it.
        receiver: who gets it, if named.
        percent: per cent of all credits, as text of a decimal number such as "50" or "33.5".
    """

    side: str = field(validator=required_name)
    receiver: str | None = field(default=None, validator=name)
    percent: str = field()

    @percent.validator
    def _decimal(self, _: object, value: object) -> None:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
            why = f"percent: {value!r} is not a share."
            raise EvidenceError(why, cure='Write a decimal number as text, such as "33.5".')


@frozen(kw_only=True)
class CreditAllocation(Filing):
    """The agreed shares of the credits; the contents of the form were not read, shares are what it must hold."""

    tag: ClassVar[str] = "credit_allocation"
    form: ClassVar[str | None] = "F_Crd_Allc"

    shares: tuple[Share, ...] | None = field(default=None, converter=as_tuple)
    agreed: bool | None = None


@frozen(kw_only=True)
class RegistrationRequest(Filing):
    """The request to register a validated project, with what is attached.

    Attributes:
        title: title of the project.
        reference: its number.
        design_document: the validated design document attached, by version.
        modalities: the modalities of communication attached.
        validation_report: the report attached.
        allocation: the credit allocation, where the procedure has one.
        sd_plan: the sustainable development plan, where the procedure has one.
        resubmits: reference of a withdrawn request that this one follows.
        ministry_supported: whether the Japanese environment ministry supports the project.
    """

    tag: ClassVar[str] = "registration_request"
    form: ClassVar[str | None] = "F_Reg_Req"

    title: str | None = field(default=None, validator=name)
    reference: str | None = field(default=None, validator=is_reference("project"))
    design_document: Document | None = None
    modalities: Document | None = None
    validation_report: Document | None = None
    allocation: CreditAllocation | None = None
    sd_plan: SustainableDevelopmentPlan | None = None
    resubmits: str | None = field(default=None, validator=is_reference("project"))
    ministry_supported: bool | None = None

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The forms that the request is made of."""
        parts: tuple[Evidence | None, ...] = (self.allocation, self.sd_plan)
        own = (("F_Reg_Req", self.form_version),)
        return own + tuple(form for part in parts if part is not None for form in part.forms)


@frozen(kw_only=True)
class RegistrationRequestWithdrawal(Filing):
    """The participants take their request for registration back."""

    tag: ClassVar[str] = "registration_request_withdrawal"
    form: ClassVar[str | None] = "F_RW_Req"

    reason: str | None = None


@frozen(kw_only=True)
class ImplementationReport(Filing):
    """Report on the implementation of a registered project; the contents of its form were not read."""

    tag: ClassVar[str] = "implementation_report"
    form: ClassVar[str | None] = "F_Imp_Rep"
