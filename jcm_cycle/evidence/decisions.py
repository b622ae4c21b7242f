"""Decisions of the Joint Committee."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen

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

__all__ = ["DecisionMode", "JointCommitteeDecision"]


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


@frozen(kw_only=True)
class JointCommitteeDecision(Evidence):
    """A decision of the Joint Committee, one act of two governments.

    Attributes:
        decision: how it was decided, in the word of the step.
        decided_on: day of the decision.
        effective_on: day from which it holds, where that is another one.
        notified_on: day on which it was notified, where that is another one.
        mode: meeting, electronic or unlabelled.
        meeting: label of the meeting.
        cases: references of the cases that it covers.
        number: the number given with the decision, if one was.
        circulated_on: for an electronic decision, the day on which the draft was sent round.
        objections: objections raised; an empty tuple where there were none.
        co_chairs_approved: whether both co-chairs approved.
        reasons: the reasons given.
        version: for a methodology, the version that is approved under the number.
    with_revisions: for a methodology, whether it is approved with revisions.
    scopes: for an entity, the sectoral scopes, by role.
    lines: for an issuance, the whole tonnes by side, and by holder where they are told; 0 for a side without.
        amount: for an issuance, the total of both sides in whole tonnes; beside lines a check of them, alone a
            total whose split is not known.
        holders: what single holders, or one side, get where a source tells it without the rest; in no sum.
    """

    tag: ClassVar[str] = "joint_committee_decision"

    decision: Outcome = field(converter=_decision)
    decided_on: date | None = field(default=None, validator=day)
    effective_on: date | None = field(default=None, validator=day)
    notified_on: date | None = field(default=None, validator=day)
    mode: DecisionMode | None = field(default=None, converter=_mode)
    meeting: str | None = field(default=None, validator=name)
    cases: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    number: str | None = field(default=None, validator=name)
    circulated_on: date | None = field(default=None, validator=day)
    objections: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    co_chairs_approved: bool | None = None
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
