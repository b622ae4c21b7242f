"""What an issuance has gathered on its way, and how each step adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import frozen

from jcm_cycle.days import UNKNOWN_DAY, Day, Period
from jcm_cycle.evidence import (
    AllocationLine,
    IssuanceNotice,
    IssuanceRequest,
    JointCommitteeDecision,
    MonitoringReport,
    Opening,
    Outcome,
    RegistryIssuance,
    VerificationReport,
    Version,
    YearAmount,
)
from jcm_cycle.evidence._amounts import by_side, total
from jcm_cycle.states._file import change

__all__ = ["IssuanceFile", "Issued", "Side", "VerifiedBy"]


class Side(StrEnum):
    """How far one side has come with what it was notified."""

    UNKNOWN = "unknown"
    """Only a total is known, and not how it is split."""
    NOT_APPLICABLE = "not_applicable"
    """Notified zero: there is nothing to issue."""
    PENDING = "pending"
    PARTLY_ISSUED = "partly_issued"
    ISSUED = "issued"


@frozen
class Issued:
    """One issuance in a registry.

    Attributes:
        side: two-letter code, or None where the source names none.
        amount: whole tonnes, if known.
        on: the day.
        lines: who got how much, where that is told.
        total: whether the source calls the amount the total of both sides.
        holders: what single holders got where a source tells it without the rest; in no sum.
    """

    side: str | None
    amount: int | None
    on: Day
    lines: tuple[AllocationLine, ...] | None
    total: bool
    holders: tuple[AllocationLine, ...] = ()


@frozen
class VerifiedBy:
    """What the latest verification report says that later steps depend on."""

    entity: str | None
    opinion: Outcome | None
    document_versions: tuple[Version, ...] | None
    on: Day


@frozen(kw_only=True, slots=False)
class IssuanceFile:
    """What a case of `issuance` has gathered: one project and one monitoring period.

    Attributes:
        title: title of the project.
        of: id of the project's case.
        of_reference: public reference of the project.
        period: the monitoring period; None while it is not known.
        reports: how many monitoring reports were filed.
        reported: reductions reported, by calendar year, in whole tonnes.
        scopes: sectoral scopes of the methodologies applied, as the monitoring report names them.
        verification: the latest verification report.
        verified: reductions verified, by calendar year, in whole tonnes.
        requests: how many times issuance was asked for.
        asked: whole tonnes asked for.
        asked_lines: who is to get how much of it.
        decided_on: the day of the Committee's decision.
        notified_on: the day of the notice, where it is another one.
        notified_lines: what was notified, by side and holder; None where the split is not known.
        notified_amount: the total of both sides, where it is told.
        holders: what was notified for single holders, or for one side, where that is told without the rest; in no sum.
        issued: each issuance in a registry.
        notices: what the sides reported to the Committee.
    """

    title: str | None = None
    of: str | None = None
    of_reference: str | None = None
    period: Period | None = None
    reports: int = 0
    reported: tuple[YearAmount, ...] | None = None
    scopes: tuple[int, ...] | None = None
    verification: VerifiedBy | None = None
    verified: tuple[YearAmount, ...] | None = None
    requests: int = 0
    asked: int | None = None
    asked_lines: tuple[AllocationLine, ...] | None = None
    decided_on: Day | None = None
    notified_on: Day | None = None
    notified_lines: tuple[AllocationLine, ...] | None = None
    notified_amount: int | None = None
    holders: tuple[AllocationLine, ...] = ()
    issued: tuple[Issued, ...] = ()
    notices: tuple[IssuanceNotice, ...] = ()

    @property
    def verified_total(self) -> int | None:
        """What was verified, in whole tonnes, or None where that is not told."""
        return total(self.verified)

    @property
    def notified(self) -> Mapping[str, int] | None:
        """What was notified to each side, in whole tonnes; None where the split is not known."""
        return None if self.notified_lines is None else by_side(self.notified_lines)

    @property
    def notified_total(self) -> int | None:
        """What was notified to both sides together, in whole tonnes."""
        return self.notified_amount if self.notified_lines is None else total(self.notified_lines)

    def issued_by(self, side: str) -> int | None:
        """What a side has issued, in whole tonnes; None where one of its amounts is not known."""
        return _sum(part.amount for part in self.issued if part.side == side)

    @property
    def issued_total(self) -> int | None:
        """What was issued, in whole tonnes, each tonne once: a total beside the sides' own is a view of the same."""
        by_side = _sum(part.amount for part in self.issued if part.side is not None)
        without = _sum(part.amount for part in self.issued if part.side is None)
        return max((told for told in (by_side, without) if told), default=None if None in (by_side, without) else 0)

    @property
    def sides(self) -> Mapping[str, Side]:
        """How far each side has come, from the decision on."""
        notified = self.notified
        if notified is None:
            return {part.side: Side.UNKNOWN for part in self.issued if part.side is not None}
        return {side: self._stands(side, amount) for side, amount in sorted(notified.items())}

    def _stands(self, side: str, notified: int) -> Side:
        if notified == 0:
            return Side.NOT_APPLICABLE
        issued = [part for part in self.issued if part.side == side]
        if not issued:
            return Side.PENDING
        done = self.issued_by(side)
        if done is None:
            return Side.UNKNOWN
        return Side.ISSUED if done >= notified else Side.PARTLY_ISSUED

    @property
    def complete(self) -> bool:
        """Whether all that was notified is issued.

        So it is when each side with an amount has issued it; and, where no split is known, when a source calls the
        amount issued the total and no other total was notified.
        """
        notified = self.notified
        if notified is not None:
            return all(state in (Side.ISSUED, Side.NOT_APPLICABLE) for state in self.sides.values()) or any(
                part.total and part.amount == sum(notified.values()) for part in self.issued
            )
        return any(part.total and self.notified_amount in (None, part.amount) for part in self.issued)

    @property
    def outstanding(self) -> Mapping[str, int] | None:
        """What each side has still to issue, in whole tonnes, without those that have nothing left to issue.

        None where it is not known: before the decision, where its split is not known, or what a side has issued.
        """
        if self.complete:
            return {}
        if self.notified is None:
            return None
        left = {}
        for side, amount in sorted(self.notified.items()):
            done = self.issued_by(side)
            if done is None:
                return None
            if done < amount:
                left[side] = amount - done
        return left


def _sum(amounts: Any) -> int | None:
    found = list(amounts)
    return None if None in found else sum(found)


def opened(file: IssuanceFile, evidence: Opening, on: Day) -> IssuanceFile:
    """Take over to which project the case belongs, and what is known of it from elsewhere."""
    del on
    return change(
        file, title=evidence.title, of=evidence.of, of_reference=evidence.of_reference, period=evidence.period
    )


def report(file: IssuanceFile, evidence: MonitoringReport, on: Day) -> IssuanceFile:
    """Take in the period and the amounts; a revised report takes the place of the one before."""
    del on
    return change(
        file,
        title=evidence.title or file.title,
        period=evidence.period,
        reports=file.reports + 1,
        reported=evidence.amounts,
        scopes=evidence.scopes if evidence.scopes is not None else file.scopes,
    )


def verify(file: IssuanceFile, evidence: VerificationReport, on: Day) -> IssuanceFile:
    """Keep what later steps depend on."""
    found = VerifiedBy(evidence.entity, evidence.opinion, evidence.document_versions, on)
    return change(file, period=file.period or evidence.period, verification=found, verified=evidence.amounts)


def request(file: IssuanceFile, evidence: IssuanceRequest, on: Day) -> IssuanceFile:
    """Count the request and keep what it asks for."""
    del on
    return change(file, requests=file.requests + 1, asked=evidence.amount, asked_lines=evidence.lines)


def decide(file: IssuanceFile, evidence: JointCommitteeDecision, on: Day) -> IssuanceFile:
    """Keep the day, and what was notified to whom."""
    file = change(file, decided_on=evidence.decided_on or on)
    if evidence.decision not in (Outcome.NOTIFIED, Outcome.ZERO):
        return file
    return change(
        file,
        notified_on=evidence.notified_on,
        notified_lines=evidence.lines,
        notified_amount=evidence.amount,
        holders=evidence.holders,
    )


def issue(file: IssuanceFile, evidence: RegistryIssuance, on: Day) -> IssuanceFile:
    """Add what a registry issued."""
    part = Issued(evidence.side, evidence.issued, on, evidence.lines, evidence.total, evidence.holders)
    return change(file, issued=(*file.issued, part))


def issued_outcome(file: IssuanceFile, evidence: RegistryIssuance) -> Outcome:
    """Tell whether with this every side with an amount has issued all of it."""
    return Outcome.COMPLETE if issue(file, evidence, UNKNOWN_DAY).complete else Outcome.PARTLY


def notice(file: IssuanceFile, evidence: IssuanceNotice, on: Day) -> IssuanceFile:
    """Keep what a side reported."""
    del on
    return change(file, notices=(*file.notices, evidence))
