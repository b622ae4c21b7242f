"""Acts, facts and entries: one attempt at a step, what happened elsewhere, and what the journal keeps of either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from jcm_cycle.days import Day, check_date, check_day
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import Evidence, Outcome
from jcm_cycle.findings import Finding
from jcm_cycle.parties import Actor

__all__ = ["Act", "Basis", "Draft", "Entry", "Fact", "Source"]

E_co = TypeVar("E_co", bound=Evidence, covariant=True)


class Basis(StrEnum):
    """Why the journal holds an entry."""

    JUDGED = "judged"
    """An act that was judged and accepted."""
    IMPORTED = "imported"
    """A fact that happened elsewhere."""
    OBSERVED = "observed"
    """A status seen on a snapshot day."""
    CORRECTION = "correction"
    """Replaces an earlier entry."""


def _no_time(_: object, __: object, value: date) -> None:
    check_date(value)


def _a_day(_: object, __: object, value: Day) -> None:
    check_day(value)


def _reasons(_: object, __: object, value: Mapping[str, str]) -> None:
    for rule, reason in value.items():
        if not isinstance(reason, str) or not reason.strip():
            why = f"despite: no reason is given for {rule}."
            raise EvidenceError(why, cure="Say what stands in for the rule.")


@frozen
class Act(Generic[E_co]):
    """One attempt at a step. Made by calling the step.

    Attributes:
        machine: name of the machine.
        step: name of the step.
        evidence: the form, report or decision it rests on.
        by: who acts; None only in an audit, where several may and the record does not say who did.
        on: the day on which it has effect.
        despite: reasons for going through in spite of rules that hold, by rule id.
    """

    machine: str
    step: str
    evidence: E_co
    by: Actor | None
    on: date = field(validator=_no_time)
    despite: Mapping[str, str] = field(factory=dict, validator=_reasons)


@frozen(kw_only=True)
class Source:
    """Where a recorded fact was read.

    Attributes:
        row: the line in the file on which it starts, the header being line 1.
        url: the public page.
        text: what the row carries that was not read into fields.
    """

    row: int | None = None
    url: str | None = None
    text: str | None = None


@frozen(kw_only=True)
class Fact:
    """Something that happened elsewhere: recorded without being judged, audited later.

    Attributes:
        machine: name of the machine.
        step: name of the step, or "observe" for a status seen on a day.
        on: the day, as well as it is known.
        outcome: how the step ended; None where the step has one way only or the source does not say.
        state: the state seen, for an observation.
        evidence: what is known of the document.
        by: who acted, if known.
        sources: where it was read.
    """

    machine: str
    step: str
    on: Day = field(validator=_a_day)
    outcome: Outcome | None = None
    state: str | None = None
    evidence: Evidence | None = None
    by: Actor | None = None
    sources: tuple[Source, ...] = ()


@frozen(slots=False)
class Draft:
    """What is to be appended to a journal: an accepted act or a recorded fact, not yet stamped and sealed.

    Attributes:
        case: id of the case.
        machine: name of the machine.
        step: name of the step; "open", "observe" and "move" are the library's own.
        outcome: how the step ended.
        on: the day of its effect.
        by: who acted.
        evidence: what it rests on.
        basis: judged, imported, observed or correction.
        findings: the judgement of every rule.
        editions: the editions that governed, each with all it says.
        state: the state seen, for an observation.
        sources: where it was read, for a fact.
        replaces: seq of the entry that this one replaces, for a correction.
        after: how many entries the case had when the act was judged.
        hypothetical: True for the outcome of `what_if`, which no journal takes.
        together: the cases of what belongs together, such as one decision: a journal takes the drafts of all of them
            at once, or none.
    """

    case: str
    machine: str
    step: str
    outcome: Outcome | None
    on: Day
    by: Actor | None
    evidence: Evidence | None
    basis: Basis
    findings: tuple[Finding, ...] = ()
    editions: tuple[Any, ...] = ()
    state: str | None = None
    sources: tuple[Source, ...] = ()
    replaces: int | None = None
    after: int = 0
    hypothetical: bool = False
    together: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Entry:
    """One line of the journal that belongs to a case, stamped and sealed.

    Attributes:
        seq: its number in the journal, from 1, rising.
        recorded_at: instant of recording, in UTC; never falls.
        editions: fingerprints of the editions that governed.
        withheld: True where the confidential part is not at hand.

    All other attributes are those of `Draft`.
    """

    seq: int
    recorded_at: datetime
    case: str
    machine: str
    step: str
    outcome: Outcome | None = None
    on: Day
    by: Actor | None = None
    evidence: Evidence | None = None
    basis: Basis
    findings: tuple[Finding, ...] = ()
    editions: tuple[str, ...] = ()
    state: str | None = None
    sources: tuple[Source, ...] = ()
    replaces: int | None = None
    withheld: bool = False
