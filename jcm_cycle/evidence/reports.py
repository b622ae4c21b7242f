"""Reports, notices and conclusions: what entities, secretariats, the public and the clock put on record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from attrs import field, frozen

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import (
    Evidence,
    Filing,
    Outcome,
    Person,
    Version,
    as_opinion,
    as_tuple,
    as_version,
    confidential,
    day,
    is_reference,
    name,
    names,
    outcome_of,
    required_name,
)

__all__ = [
    "AssessmentConclusion",
    "ChangeEffect",
    "CompletenessConclusion",
    "Elapsed",
    "Notice",
    "PublicInput",
    "Publication",
    "Receipt",
    "ValidationReport",
]

CHECKLIST = (
    "pdd_form",
    "project_description",
    "methodology",
    "emission_sources",
    "environmental_impact",
    "stakeholder_consultation",
    "monitoring",
    "public_inputs",
    "modalities_of_communication",
    "double_registration",
    "start_of_operation",
)
"""What a validation looks at, in the order of the guidelines' contents; a country may look at more."""


ITEM = re.compile(r"[a-z0-9_]{1,100}")
"""How an item of the report's list is written; each country may have items of its own."""
_SHOWN = 3
"""Wrong items that an error shows."""


def _items(*given: Any) -> None:
    names(*given)
    wrong = sorted(one for one in set(given[-1] or ()) if not ITEM.fullmatch(one))
    if wrong:
        why = f"ticked: {', '.join(repr(one[:100]) for one in wrong[:_SHOWN])}: an item is not written so."
        raise EvidenceError(why, cure=f"Write small letters, digits and _, such as {', '.join(CHECKLIST)}.")


def _completeness(value: str) -> Outcome:
    return outcome_of("conclusion", value, (Outcome.COMPLETE, Outcome.INCOMPLETE))


def _assessment(value: str) -> Outcome:
    return outcome_of("conclusion", value, (Outcome.ACCEPTED, Outcome.NOT_ACCEPTED, Outcome.OTHERWISE))


@frozen(kw_only=True)
class ValidationReport(Filing):
    """The third-party entity's report on a design document, with its opinion.

    Attributes:
        title: title of the project as the report gives it.
        reference: number of the project.
        entity: name of the entity.
        contracted_by: the participant that contracted it.
        completed_on: day of completion.
        opinion: positive or negative.
        document_version: version of the design document that was validated.
        open_requests: corrective action and clarification requests still open.
        ticked: items of the report's list without anything left open, as the book of the country writes them.
        eia_done: whether an environmental impact assessment was done; only asked where one is required.
        eia_required: whether the host country requires one, as the entity found.
        inputs_treated: whether the report deals with every public input.
        registered_elsewhere: other international mechanism under which the project is registered, or ""
            where the entity declares that there is none; None where the report is silent.
        start_of_operation: the day the entity found.
        team: the validation team; kept beside the journal.
    """

    tag: ClassVar[str] = "validation_report"
    form: ClassVar[str | None] = "F_Val_Rep"

    title: str = field(validator=required_name)
    reference: str | None = field(default=None, validator=is_reference("project"))
    entity: str | None = field(default=None, validator=name)
    contracted_by: str | None = field(default=None, validator=name)
    completed_on: date | None = field(default=None, validator=day)
    opinion: Outcome = field(converter=as_opinion)
    document_version: Version | None = field(default=None, converter=as_version)
    open_requests: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    ticked: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=_items)
    eia_required: bool | None = None
    eia_done: bool | None = None
    inputs_treated: bool | None = None
    registered_elsewhere: str | None = None
    start_of_operation: date | None = field(default=None, validator=day)
    team: tuple[Person, ...] | None = confidential(default=None, converter=as_tuple)

    @property
    def outcome(self) -> Outcome:
        """The opinion."""
        return self.opinion


@frozen(kw_only=True)
class Receipt(Evidence):
    """The secretariat confirms that something has arrived.

    Attributes:
        received_on: day of arrival, where it is not the day of the receipt.
    """

    tag: ClassVar[str] = "receipt"

    received_on: date | None = field(default=None, validator=day)


@frozen(kw_only=True)
class Publication(Evidence):
    """The secretariat publishes a design document and gives the project its number.

    Attributes:
        reference: the number given.
        url: where it is published.
    """

    tag: ClassVar[str] = "publication"

    reference: str | None = field(default=None, validator=is_reference("project"))
    url: str | None = None


@frozen(kw_only=True)
class PublicInput(Evidence):
    """A comment of the public.

    Attributes:
        summary: what it says.
        author: who wrote it; kept beside the journal.
    """

    tag: ClassVar[str] = "public_input"

    summary: str | None = None
    author: Person | None = confidential(default=None)


@frozen(kw_only=True)
class Elapsed(Evidence):
    """A window or period has passed; nobody files this.

    Attributes:
        window: what has passed, by the id of its value in the book.
        last_day: its last day.
    """

    tag: ClassVar[str] = "elapsed"

    window: str = field(validator=required_name)
    last_day: date | None = field(default=None, validator=day)


@frozen(kw_only=True)
class CompletenessConclusion(Evidence):
    """The secretariat concludes whether a submission is complete.

    Attributes:
        conclusion: complete or incomplete.
        reasons: what is missing.
        reference: the number with which a complete proposal of a methodology is listed.
    """

    tag: ClassVar[str] = "completeness_conclusion"

    conclusion: Outcome = field(converter=_completeness)
    reasons: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)
    reference: str | None = field(default=None, validator=is_reference("proposed methodology"))

    @property
    def outcome(self) -> Outcome:
        """The conclusion."""
        return self.conclusion


@frozen(kw_only=True)
class AssessmentConclusion(Evidence):
    """What became of a request to assess the reference emissions; no text on it was found."""

    tag: ClassVar[str] = "assessment_conclusion"

    conclusion: Outcome = field(converter=_assessment)
    reasons: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)

    @property
    def outcome(self) -> Outcome:
        """The conclusion."""
        return self.conclusion


@frozen(kw_only=True)
class Notice(Evidence):
    """Somebody tells what has come to pass.

    Attributes:
        text: what is told.
        reason: why it came to pass.
        announced_on: day of a public announcement, where there was one.
    """

    tag: ClassVar[str] = "notice"

    text: str | None = None
    reason: str | None = None
    announced_on: date | None = field(default=None, validator=day)


@frozen(kw_only=True)
class ChangeEffect(Evidence):
    """The decision of another case has its effect here; nobody files this.

    Attributes:
        change: id or reference of the case that was decided.
        decided_on: day of that decision.
        document_version: version of the design document that holds from then on.
        crediting_from: first day of the new crediting period.
        crediting_until: last day of the new crediting period.
    """

    tag: ClassVar[str] = "change_effect"

    change: str = field(validator=required_name)
    decided_on: date | None = field(default=None, validator=day)
    document_version: Version | None = field(default=None, converter=as_version)
    crediting_from: date | None = field(default=None, validator=day)
    crediting_until: date | None = field(default=None, validator=day)

    def __attrs_post_init__(self) -> None:
        first, last = self.crediting_from, self.crediting_until
        if first and last and first > last:
            why = f"crediting_until: the period ends on {last}, before it begins on {first}."
            raise EvidenceError(why, cure="Swap the two days.")
