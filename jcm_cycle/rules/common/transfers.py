"""Rules on blocks of credits under Article 6; those of integrity keep a block from being counted twice."""

from __future__ import annotations

from datetime import date

from jcm_cycle.entries import Act
from jcm_cycle.evidence import Adjustment, ArticleSixReport, Authorisation, BlockSplit, Notice, Purpose, UseRecord
from jcm_cycle.findings import CaseView, Finding, Standing, Verdict, missing, require, unmet
from jcm_cycle.parties import JAPAN, Role
from jcm_cycle.register import No, NotKnown, Register
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import precondition, rule
from jcm_cycle.rules.common.filings import answered
from jcm_cycle.states import TransferFile, transfer

FIRST_YEAR = 2021
"""The first year of the reductions that Article 6 authorises for transfer."""


@rule("transfer.record_authorisation.from_2021", on=transfer.record_authorisation)
def from_2021(act: Act[Authorisation], case: CaseView[TransferFile], edition: Edition) -> Finding:
    """Only reductions from 2021 on are authorised for transfer."""
    del act, edition
    block = case.file.block
    if block is None or not block.years:
        return missing("the years of the reductions are not known")
    return require(min(block.years) >= FIRST_YEAR, years=block.years, first=FIRST_YEAR)


_PARTY = {Role.JAPANESE_AUTHORITY: JAPAN}


@rule(
    "transfer.record_authorisation.own_party",
    on=(transfer.record_authorisation, transfer.record_adjustment, transfer.record_report),
    integrity=Standing.INFERRED,
)
def own_party(
    act: Act[Authorisation | Adjustment | ArticleSixReport], case: CaseView[TransferFile], edition: Edition
) -> Finding:
    """Each of the two Parties speaks once, and for itself."""
    del edition
    file, party = case.file, act.evidence.party
    own = None if act.by is None else _PARTY.get(act.by.role, case.country)
    before = {
        "record_authorisation": [given.party for given, _ in file.authorised],
        "record_adjustment": [made.party for made, _ in file.adjusted],
        "record_report": [made.party for made, _ in file.reported],
    }[act.step]
    return require(party == own and party not in before, party=party, acts_for=own, before=before)


@rule("transfer.revoke_authorisation.by_giver", on=transfer.revoke_authorisation, integrity=Standing.CITED)
def by_giver(act: Act[Notice], case: CaseView[TransferFile], edition: Edition) -> Finding:
    """An authorisation is taken back by the Party that gave it."""
    del edition
    own = None if act.by is None else _PARTY.get(act.by.role, case.country)
    return require(own in case.file.parties, acts_for=own, authorised_by=sorted(case.file.parties))


@precondition(
    "transfer.record_use.still_open",
    on=(
        transfer.record_use, transfer.record_cancellation, transfer.record_first_transfer, transfer.split_block,
    ),
    integrity=Standing.CITED,
)  # fmt: skip
def still_open(case: CaseView[TransferFile], edition: Edition, on: date) -> Finding:
    """A block that was used or cancelled moves no more."""
    del edition, on
    closing = case.file.closing
    if closing is None:
        return require(True, closed=False)  # noqa: FBT003 - nothing has closed it
    return unmet(closed_by=closing.step, on=closing.on)


@rule("transfer.record_use.both_parties", on=transfer.record_use)
def both_parties(act: Act[UseRecord], case: CaseView[TransferFile], edition: Edition, register: Register) -> Finding:
    """A credit used for the target has the authorisation of Japan and of the partner."""
    del edition
    purpose, given = act.evidence.purpose, case.file.parties
    if purpose is not Purpose.NDC:
        return require(True, purpose=purpose)  # noqa: FBT003 - missing where the purpose is, else not for the target
    asked = {party: register.authorised(party, case.country, act.on) for party in (JAPAN, case.country)}
    lacking = {party: answer for party, answer in asked.items() if party not in given}
    found = [answered(answer, party=party) for party, answer in lacking.items() if isinstance(answer, No | NotKnown)]
    if not found:
        return require(True, authorised_by=sorted(given | lacking.keys()))  # noqa: FBT003 - each was found
    return min(found, key=lambda finding: finding.verdict is not Verdict.UNMET)


@rule("transfer.split_block.amounts_sum", on=transfer.split_block, integrity=Standing.INFERRED)
def amounts_sum(act: Act[BlockSplit], case: CaseView[TransferFile], edition: Edition) -> Finding:
    """The blocks into which a block is split are several, have cases of their own, and sum to it."""
    del edition
    parts, block = act.evidence.parts, case.file.block
    names = [part.case for part in parts]
    summed, whole = sum(part.amount for part in parts), None if block is None else block.amount
    if len(parts) < 2 or len(set(names)) < len(names) or case.id in names:  # noqa: PLR2004 - a split makes two
        return unmet(parts=names, whole=whole)
    return require(summed == whole and all(part.amount for part in parts), parts=parts, sum=summed, whole=whole)
