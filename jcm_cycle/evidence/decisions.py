"""Decisions of the Joint Committee."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from attrs import field, fields, frozen

from jcm_cycle.days import Period
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._amounts import AllocationLine, check_lines
from jcm_cycle.evidence._base import (
    Evidence,
    Outcome,
    Version,
    as_tuple,
    as_version,
    day,
    name,
    names,
    one_of,
    outcome_of,
    whole,
)
from jcm_cycle.evidence.designation import Scopes, check_scopes

__all__ = ["DecisionMode", "HowDecided", "JointCommitteeDecision"]


class DecisionMode(StrEnum):
    """How the Joint Committee decided."""

    MEETING = "meeting"
    ELECTRONIC = "electronic"
    UNLABELLED = "unlabelled"
    """The source gives neither a meeting nor electronic means."""


def _mode(value: str | None) -> DecisionMode | None:
    return one_of("mode", DecisionMode, value)


def _decision(value: str) -> Outcome:
    return outcome_of("decision", value)


def _a_period(_: object, attribute: Any, value: Any) -> None:
    if value is not None and not isinstance(value, Period):
        why = f"{attribute.name}: {value!r} is no stretch of days."
        raise EvidenceError(why, cure="Give Period(first day, last day).")


def _yes_or_no(_: object, attribute: Any, value: Any) -> None:
    if value is not None and not isinstance(value, bool):
        why = f"{attribute.name}: {value!r} is neither true nor false."
        raise EvidenceError(why, cure="Give True or False, or leave it out where it is not known.")


@frozen(kw_only=True)
class HowDecided:
    """How and when the Joint Committee decided: the same for every case that one decision covers.

    Attributes:
        decided_on: day of the decision.
        met: first and last day of the meeting, where it took more than one; `decided_on` is one of them, or not known.
        effective_on: day from which it holds, where that is another one, later or earlier.
        notified_on: day on which it was notified, where that is another one.
        mode: meeting, electronic or unlabelled.
        meeting: label of the meeting.
        cases: references of the cases that it covers.
        circulated_on: for an electronic decision, the day on which the draft was sent round.
        objections: objections raised; an empty tuple where there were none.
        co_chairs_approved: whether both co-chairs approved.
        all_members_approved: whether every member of the Committee approved.
    """

    decided_on: date | None = field(default=None, validator=day)
    met: Period | None = field(default=None, validator=_a_period)
    effective_on: date | None = field(default=None, validator=day)
    notified_on: date | None = field(default=None, validator=day)
    mode: DecisionMode | None = field(default=None, converter=_mode)
    meeting: str | None = field(default=None, validator=name)
    cases: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    circulated_on: date | None = field(default=None, validator=day)
    objections: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    co_chairs_approved: bool | None = field(default=None, validator=_yes_or_no)
    all_members_approved: bool | None = field(default=None, validator=_yes_or_no)

    def __attrs_post_init__(self) -> None:
        decided, met = self.decided_on, self.met
        if decided is not None and met is not None and not met.start <= decided <= met.end:
            why = f"decided_on: {decided} is no day of the meeting of {met}."
            raise EvidenceError(why, cure="Give a day of the meeting, or leave it out where it is not known.")
        first = decided or (met.start if met is not None else None)
        last = decided or (met.end if met is not None else None)
        if first is not None and self.notified_on is not None and self.notified_on < first:
            why = f"notified_on: {self.notified_on} lies before the decision of {first}."
            raise EvidenceError(why, cure="Give the day of the notice, which is not before the decision.")
        if last is not None and self.circulated_on is not None and self.circulated_on > last:
            why = f"circulated_on: {self.circulated_on} lies after the decision of {last}."
            raise EvidenceError(why, cure="Give the day on which the draft was sent round, which is not after it.")

    @property
    def how(self) -> dict[str, Any]:
        """How and when, by field: what every case of one decision shares."""
        return {field.name: getattr(self, field.name) for field in fields(HowDecided)}


@frozen(kw_only=True)
class JointCommitteeDecision(HowDecided, Evidence):
    """A decision of the Joint Committee, one act of two governments, as it is taken on one case.

    Attributes:
        record: id of the decision of which this is the part of one case (see `jcm_cycle.decision`); every other
            part says the same of how and when it was decided.
        decision: how it was decided, in the word of the step.
        number: the number given with the decision, if one was.
        reasons: the reasons given.
        version: for a methodology, the version that is approved under the number.
        with_revisions: for a methodology, whether it is approved with revisions.
        scopes: for an entity, the sectoral scopes, by role.
        lines: for an issuance, the whole tonnes by side, and by holder where they are told; 0 for a side without.
        amount: for an issuance, the total of both sides in whole tonnes; beside lines a check of them, alone a
            total whose split is not known.
        holders: what single holders, or one side, get where a source tells it without the rest; in no sum.

    How and when it was decided stands in the fields of `HowDecided`.
    """

    tag: ClassVar[str] = "joint_committee_decision"

    decision: Outcome = field(converter=_decision)
    record: str | None = field(default=None, validator=name)
    number: str | None = field(default=None, validator=name)
    reasons: tuple[str, ...] = field(default=(), converter=as_tuple, validator=names)
    version: Version | None = field(default=None, converter=as_version)
    with_revisions: bool | None = None
    scopes: tuple[Scopes, ...] | None = field(default=None, converter=as_tuple, validator=check_scopes)
    lines: tuple[AllocationLine, ...] | None = field(default=None, converter=as_tuple, validator=check_lines)
    amount: int | None = field(default=None, validator=whole)
    holders: tuple[AllocationLine, ...] = field(default=(), converter=as_tuple, validator=check_lines)

    @property
    def outcome(self) -> Outcome:
        """The decision."""
        return self.decision
