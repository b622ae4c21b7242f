"""The machine `transfer`: one block of issued credits under Article 6; its state is read from facts of each Party.

The table is reference/machines.md of the project's sources, row by row; `standing` says how well founded a row
is, `cites` where it was read. The documents behind the short names are in `states/sources.md`. Use and cancellation
close a whole block; holdings, further transfers and balances are no part of the library.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from jcm_cycle.days import Day
from jcm_cycle.evidence import (
    Adjustment,
    ArticleSixReport,
    Authorisation,
    Block,
    BlockPart,
    BlockSplit,
    CancellationRecord,
    Notice,
    Opening,
    Outcome,
    TransferRecord,
    UseRecord,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states._file import change
from jcm_cycle.states._machine import STAYS, Machine, State, Step

__all__ = ["Closing", "TransferFile", "TransferMachine", "transfer"]


@frozen(kw_only=True)
class Closing:
    """The use or cancellation of a block; it moves no more after that.

    Attributes:
        step: `record_use` or `record_cancellation`.
        on: the day.
        purpose: what it was used for.
    """

    step: str
    on: Day
    purpose: str | None = None


@frozen(kw_only=True, slots=False)
class TransferFile:
    """What a case of `transfer` has gathered.

    Attributes:
        of: id of the issuance.
        of_reference: public number of its project.
        block: the credits that it is about.
        authorised: what each Party authorised, with the day.
        revoked: the Parties that took it back, with the day.
        first_transfer: the first transfer, with the day.
        adjusted: the Parties that applied their adjustment, with the day.
        reported: the Parties that reported, with the day.
        closing: its use or cancellation.
        parts: the blocks into which it was split.
    """

    of: str | None = None
    of_reference: str | None = None
    block: Block | None = None
    authorised: tuple[tuple[Authorisation, Day], ...] = ()
    revoked: tuple[Day, ...] = ()
    first_transfer: tuple[TransferRecord, Day] | None = None
    adjusted: tuple[tuple[Adjustment, Day], ...] = ()
    reported: tuple[tuple[ArticleSixReport, Day], ...] = ()
    closing: Closing | None = None
    parts: tuple[BlockPart, ...] = ()

    @property
    def parties(self) -> frozenset[str]:
        """The Parties that have authorised it."""
        return frozenset(given.party for given, _ in self.authorised)


def authorise(file: TransferFile, evidence: Authorisation, on: Day) -> TransferFile:
    """Keep what the Party authorised."""
    return change(file, authorised=(*file.authorised, (evidence, on)))


def revoke(file: TransferFile, evidence: Notice, on: Day) -> TransferFile:
    """Keep the day on which a Party took its authorisation back."""
    del evidence
    return change(file, revoked=(*file.revoked, on))


def move(file: TransferFile, evidence: TransferRecord, on: Day) -> TransferFile:
    """Keep the first transfer."""
    return change(file, first_transfer=(evidence, on))


def adjust(file: TransferFile, evidence: Adjustment, on: Day) -> TransferFile:
    """Keep the Party's adjustment."""
    return change(file, adjusted=(*file.adjusted, (evidence, on)))


def report(file: TransferFile, evidence: ArticleSixReport, on: Day) -> TransferFile:
    """Keep the Party's report."""
    return change(file, reported=(*file.reported, (evidence, on)))


def use(file: TransferFile, evidence: UseRecord, on: Day) -> TransferFile:
    """Close the block."""
    return change(file, closing=Closing(step="record_use", on=on, purpose=evidence.purpose))


def cancel(file: TransferFile, evidence: CancellationRecord, on: Day) -> TransferFile:
    """Close the block."""
    del evidence
    return change(file, closing=Closing(step="record_cancellation", on=on))


def split(file: TransferFile, evidence: BlockSplit, on: Day) -> TransferFile:
    """Keep the blocks that come of it."""
    del on
    return change(file, parts=evidence.parts)


def _both(known: frozenset[str], party: str) -> Outcome:
    """Two Parties take part: with the second one it is complete."""
    return Outcome.COMPLETE if known - {party} else Outcome.PARTLY


def authorised_outcome(file: TransferFile, evidence: Authorisation) -> Outcome:
    """Tell whether both Parties have now authorised the block."""
    return _both(file.parties, evidence.party)


def adjusted_outcome(file: TransferFile, evidence: Adjustment) -> Outcome:
    """Tell whether both Parties have now applied their adjustment."""
    return _both(frozenset(made.party for made, _ in file.adjusted), evidence.party)


def reported_outcome(file: TransferFile, evidence: ArticleSixReport) -> Outcome:
    """Tell whether both Parties have now reported."""
    return _both(frozenset(made.party for made, _ in file.reported), evidence.party)


UNAUTHORISED = State("unauthorised")
PARTLY_AUTHORISED = State("partly_authorised")
AUTHORISED = State("authorised")
FIRST_TRANSFERRED = State("first_transferred")
ADJUSTED = State("adjusted")
REPORTED = State("reported", final=True)
REVOKED = State("revoked", final=True)
SPLIT = State("split", final=True)

PARTY = (Role.HOST_AUTHORITY, Role.JAPANESE_AUTHORITY)
REGISTRY = Role.REGISTRY
MOVED = (FIRST_TRANSFERRED, ADJUSTED, REPORTED)

CITED, OBSERVED, INFERRED, ASSUMED = Standing.CITED, Standing.OBSERVED, Standing.INFERRED, Standing.ASSUMED


class TransferMachine(Machine[TransferFile]):
    """One block of issued credits under Article 6."""

    name = "transfer"
    initial = UNAUTHORISED
    file = TransferFile
    of = "issuance"

    record_authorisation = Step(
        "record_authorisation", (UNAUTHORISED, PARTLY_AUTHORISED),
        outcomes={Outcome.PARTLY: PARTLY_AUTHORISED, Outcome.COMPLETE: AUTHORISED}, derive=authorised_outcome,
        by=PARTY, evidence=Authorisation, apply=authorise,
        standing=CITED, cites="Japan, decision of 31 March 2025; Viet Nam, Decree 112/2026 (its place was not found)",
    )  # fmt: skip
    revoke_authorisation = Step(
        "revoke_authorisation", (PARTLY_AUTHORISED, AUTHORISED), to=REVOKED,
        by=PARTY, evidence=Notice, apply=revoke,
        standing=CITED, cites="Viet Nam, Decree 112/2026, article 14: not for transfers already approved",
    )  # fmt: skip
    record_first_transfer = Step(
        "record_first_transfer", AUTHORISED, to=FIRST_TRANSFERRED,
        by=REGISTRY, evidence=TransferRecord, apply=move,
        standing=OBSERVED, cites="first transfers of Thailand, the Maldives, Palau and Mongolia",
    )  # fmt: skip
    record_adjustment = Step(
        "record_adjustment", FIRST_TRANSFERRED,
        outcomes={Outcome.PARTLY: STAYS, Outcome.COMPLETE: ADJUSTED}, derive=adjusted_outcome,
        by=PARTY, evidence=Adjustment, apply=adjust,
        standing=INFERRED, cites="a secondary account of Article 6 in practice",
    )  # fmt: skip
    record_report = Step(
        "record_report", ADJUSTED,
        outcomes={Outcome.PARTLY: STAYS, Outcome.COMPLETE: REPORTED}, derive=reported_outcome,
        by=PARTY, evidence=ArticleSixReport, apply=report,
        standing=ASSUMED, cites="general knowledge of Article 6: both Parties report",
    )  # fmt: skip
    record_use = Step(
        "record_use", MOVED,
        by=REGISTRY, evidence=UseRecord, apply=use,
        standing=CITED, cites="Indonesia, registry page; Japan, Act 57-11 and its summary",
    )  # fmt: skip
    record_cancellation = Step(
        "record_cancellation", MOVED,
        by=REGISTRY, evidence=CancellationRecord, apply=cancel,
        standing=CITED, cites="Indonesia, registry page; Japan, Act 57-11 (before a first transfer: not found)",
    )  # fmt: skip
    split_block = Step(
        "split_block", (UNAUTHORISED, PARTLY_AUTHORISED, AUTHORISED, FIRST_TRANSFERRED, ADJUSTED), to=SPLIT,
        by=REGISTRY, evidence=BlockSplit, apply=split,
        standing=ASSUMED, cites="general knowledge: a registry divides what it holds",
    )  # fmt: skip

    def opened(self, file: TransferFile, evidence: Opening, on: Any) -> TransferFile:
        """Take over of which issuance it is, and which credits."""
        del on
        return change(file, of=evidence.of, of_reference=evidence.of_reference, block=evidence.block)


transfer = TransferMachine()
