"""What is asked for, and reported, after registration: changes, renewal, withdrawal, and losses of a forest project."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import (
    Document,
    Filing,
    Version,
    as_version,
    day,
    name,
    one_of,
    whole,
)

__all__ = ["ChangeKind", "ChangeRequest", "CompensationPlan", "LossEventReport"]


class ChangeKind(StrEnum):
    """What a request after registration asks for."""

    POST_REGISTRATION_CHANGE = "post_registration_change"
    RENEWAL = "renewal"
    PROJECT_WITHDRAWAL = "project_withdrawal"


def _kind(value: str | None) -> ChangeKind | None:
    return one_of("kind", ChangeKind, value)


_FORMS = {
    ChangeKind.POST_REGISTRATION_CHANGE: "F_PRC_Req",
    ChangeKind.RENEWAL: "F_Ren_Req",
    ChangeKind.PROJECT_WITHDRAWAL: "F_PW_Req",
}


@frozen(kw_only=True)
class ChangeRequest(Filing):
    """Request for a change, a renewal of the crediting period, or the withdrawal of a registered project.

    The three have forms of their own, of which no more than the names was read.

    Attributes:
        kind: what is asked for.
        summary: what is to change, in words.
        design_document: the revised design document; left out where it stays as it is.
        pdd_changes: whether the design document changes; None if nobody said.
        validation_report: the report on the change.
        crediting_from: for a renewal, the first day of the new period.
        crediting_until: for a renewal, its last day.
        issuance: id or reference of a request for issuance with which it goes together.
    """

    tag: ClassVar[str] = "change_request"
    form: ClassVar[str | None] = "F_PRC_Req"

    kind: ChangeKind = field(converter=_kind)
    summary: str | None = None
    design_document: Document | None = None
    pdd_changes: bool | None = None
    validation_report: Document | None = None
    crediting_from: date | None = field(default=None, validator=day)
    crediting_until: date | None = field(default=None, validator=day)
    issuance: str | None = field(default=None, validator=name)

    @kind.validator
    def _given(self, _: object, value: object) -> None:
        if value is None:
            raise EvidenceError("kind: nothing is asked for.", cure=f"Give one of {', '.join(ChangeKind)}.")

    def __attrs_post_init__(self) -> None:
        first, last = self.crediting_from, self.crediting_until
        if first and last and first > last:
            why = f"crediting_until: the period ends on {last}, before it begins on {first}."
            raise EvidenceError(why, cure="Swap the two days.")

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The official form of the kind."""
        return ((_FORMS[self.kind], self.form_version),)


@frozen(kw_only=True)
class LossEventReport(Filing):
    """Report of an event in which credited removals or reductions of a forest project were lost.

    Only the name of its form was read; the form has no stem that was seen.

    Attributes:
        summary: what happened.
        occurred_on: the day of the event.
        amount: whole tonnes of CO2 equivalent that were lost, where that is told.
    """

    tag: ClassVar[str] = "loss_event_report"

    summary: str | None = None
    occurred_on: date | None = field(default=None, validator=day)
    amount: int | None = field(default=None, validator=whole)


@frozen(kw_only=True)
class CompensationPlan(Filing):
    """Plan by which a loss is made good; only the name of its form was read.

    Attributes:
        version: its version.
        amount: whole tonnes of CO2 equivalent that it makes good, where that is told.
    """

    tag: ClassVar[str] = "compensation_plan"

    version: Version | None = field(default=None, converter=as_version)
    amount: int | None = field(default=None, validator=whole)
