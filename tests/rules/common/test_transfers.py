"""Blocks of credits under Article 6: facts of each Party, and what closes a block; blocks and Parties are synthetic."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Case,
    Journal,
    Role,
    Verdict,
    books,
    evidence as ev,
    linked,
    project,
    register,
    transfer,
)
from jcm_cycle.errors import EvidenceError
from jcm_cycle.register import Authorised

DAY = date(2024, 5, 1)
BOOK = books["MN"]
"""Only 39 and 40 bind to a transfer in it, the latter since 1 April 2025."""
HOST, JAPAN, REGISTRY = Role.HOST_AUTHORITY, Role.JAPANESE_AUTHORITY, Role.REGISTRY
FROM_2021, BOTH = "transfer.record_authorisation.from_2021", "transfer.record_use.both_parties"
UMBRELLA = Authorised(party="JP", since=date(2025, 3, 31), reference="decision of 31 March 2025")


def opened(name: str = "block", amount: int = 10, years: Any = (2022,)) -> Case[Any]:
    """Return a block of credits that the host issued."""
    block = ev.Block(side="MN", amount=amount, years=years)
    return Case.open(transfer, name, on=DAY, rules=BOOK, procedure="2013 set", of="issuance", block=block).case


def authorises(party: str, role: Role, on: date = DAY, **more: Any) -> Any:
    """Return the act of authorising the block."""
    return transfer.record_authorisation(ev.Authorisation(party=party, **more), by=role, on=on)


def adjusts(party: str, role: Role) -> Any:
    """Return the act of applying an adjustment."""
    return transfer.record_adjustment(ev.Adjustment(party=party, year=2024), by=role, on=DAY)


def reports(party: str, role: Role) -> Any:
    """Return the act of reporting."""
    return transfer.record_report(ev.ArticleSixReport(party=party), by=role, on=DAY)


MOVES = transfer.record_first_transfer(ev.TransferRecord(to="JP"), by=REGISTRY, on=DAY)
AUTHORISED = (authorises("JP", JAPAN), authorises("MN", HOST))
ADJUSTED = (*AUTHORISED, MOVES, adjusts("MN", HOST), adjusts("JP", JAPAN))
REPORTED = (*ADJUSTED, reports("JP", JAPAN), reports("MN", HOST))


def uses(purpose: str | None = "NDC", on: date = DAY) -> Any:
    """Return the act of recording a use."""
    return transfer.record_use(ev.UseRecord(purpose=purpose), by=REGISTRY, on=on)


def taken(case: Case[Any], *acts: Any) -> Case[Any]:
    """Take the acts, each of which is accepted."""
    for act in acts:
        answer = case.attempt(act, rules=BOOK)
        assert answer, str(answer)
        case = answer.case
    return case


def test_the_state_is_read_from_the_facts_of_both_parties() -> None:
    """Each Party authorises, adjusts and reports on its own; the second of them moves the block on."""
    states = [taken(opened(), *REPORTED[:count]).state for count in range(len(REPORTED) + 1)]
    assert states == [
        "unauthorised", "partly_authorised", "authorised", "first_transferred", "first_transferred", "adjusted",
        "adjusted", "reported",
    ]  # fmt: skip
    host_first = taken(opened(), authorises("MN", HOST), authorises("JP", JAPAN))
    assert (host_first.state, host_first.file.parties) == ("authorised", {"MN", "JP"})


@pytest.mark.parametrize(
    ("before", "act", "facts"),
    [
        (0, authorises("JP", HOST), "party: JP; acts_for: MN"),
        (0, authorises("YY", HOST), "party: YY; acts_for: MN"),
        (1, authorises("JP", JAPAN), "party: JP; acts_for: JP; before: JP"),
        (4, adjusts("MN", HOST), "party: MN; acts_for: MN; before: MN"),
        (6, reports("JP", JAPAN), "party: JP; acts_for: JP; before: JP"),
    ],
)
def test_a_party_speaks_once_and_for_itself(before: int, act: Any, facts: str) -> None:
    """A rule of integrity: otherwise one Party would do for two."""
    answer = taken(opened(), *REPORTED[:before]).attempt(act, rules=BOOK)
    assert not answer
    assert "Each of the two Parties speaks once, and for itself." in str(answer)
    assert facts in str(answer)


def test_an_authorisation_is_taken_back_by_who_gave_it() -> None:
    """Before a transfer only."""
    back = transfer.revoke_authorisation(ev.Notice(reason="ended"), by=HOST, on=DAY)
    assert "acts_for: MN; authorised_by: JP" in str(taken(opened(), AUTHORISED[0]).attempt(back, rules=BOOK))
    case = taken(opened(), *AUTHORISED, back)
    assert (case.state, case.file.revoked) == ("revoked", (DAY,))
    assert not taken(opened(), *AUTHORISED, MOVES).attempt(back, rules=BOOK)


def test_a_block_that_was_used_or_cancelled_moves_no_more() -> None:
    """A rule of integrity: one credit is used once."""
    cancels = transfer.record_cancellation(ev.CancellationRecord(reason="voluntary"), by=REGISTRY, on=DAY)
    for case in (taken(opened(), *AUTHORISED, MOVES), taken(opened(), *REPORTED)):
        for first, closing in ((uses("IMP"), "record_use"), (cancels, "record_cancellation")):
            closed = taken(case, first)
            assert (closed.state, closed.file.closing.step, closed.file.closing.on) == (case.state, closing, DAY)
            for again in (uses("IMP"), cancels, _split(4, 6)):
                answer = closed.attempt(again, rules=BOOK)
                assert not answer
                assert f"A block that was used or cancelled moves no more.\n          closed_by: {closing}" in str(
                    answer
                )


def _split(*amounts: int, names: tuple[str, ...] = ("part-1", "part-2", "part-3")) -> Any:
    parts = tuple(ev.BlockPart(case=name, amount=amount) for name, amount in zip(names, amounts, strict=False))
    return transfer.split_block(ev.BlockSplit(parts=parts), by=REGISTRY, on=DAY)


@pytest.mark.parametrize(
    ("act", "accepted"),
    [
        (_split(4, 6), True),
        (_split(1, 2, 7), True),
        (_split(4, 5), False),
        (_split(10), False),
        (_split(4, 6, names=("part-1", "part-1")), False),
        (_split(4, 6, names=("part-1", "block")), False),
    ],
)
def test_the_parts_of_a_block_are_several_and_sum_to_it(act: Any, *, accepted: bool) -> None:
    """A rule of integrity; each part has a case of its own."""
    answer = taken(opened(), *AUTHORISED).attempt(act, rules=BOOK)
    assert bool(answer) is accepted
    assert accepted or "The blocks into which a block is split are several" in str(answer)


@pytest.mark.parametrize("count", range(6))
def test_the_parts_of_a_block_stand_where_it_stood(count: int, journal: Journal) -> None:
    """With the facts of their parent; what is theirs alone is their amount, and a journal keeps it all."""
    whole = taken(opened(), *REPORTED[:count])
    split = taken(whole, _split(4, 6))
    assert split.state == "split"
    for part in linked.children(split):
        for answer in part:
            journal.append(answer)
    cases = [journal.case(name) for name in ("part-1", "part-2")]
    assert [case.state for case in cases] == [whole.state] * 2
    assert [case.file.block.amount for case in cases] == [4, 6]
    assert sum(case.file.block.amount for case in cases) == split.file.block.amount
    for case in cases:
        assert (case.file.authorised, case.file.first_transfer) == (whole.file.authorised, whole.file.first_transfer)
        assert (case.file.adjusted, case.file.of) == (whole.file.adjusted, "issuance")
    with pytest.raises(EvidenceError, match=r"^block is not a block that was split\. Give a case of transfer after"):
        linked.children(whole)


def test_of_a_block_that_a_list_shows_as_split_the_parts_are_not_known() -> None:
    """The error says what to record."""
    seen = opened().record(transfer.observed("split", on=DAY)).case
    text = r"^block was split, but into what is not known\. Record split_block with its parts\.$"
    with pytest.raises(EvidenceError, match=text):
        linked.children(seen)


# --- the rules of a book


def judged(world: Any, rule: str, case: Case[Any], act: Any, known: Any = register.NOTHING_KNOWN) -> Any:
    """Return what a rule that a book has adopted says of an attempt."""
    book = world.only(adopt={rule: {"since": date(2021, 1, 1)}}, book={"country": "MN"}, source=_OF_MN)
    (found,) = [f for f in case.attempt(act, rules=book, register=known).findings if f.rule == rule]
    return found


_OF_MN = {"MEMO": {"about": "MN"}, "PCP": {"about": "MN"}}


@pytest.mark.parametrize(
    ("years", "verdict"),
    [((2021,), Verdict.MET), ((2020,), Verdict.UNMET), ((2022, 2020), Verdict.UNMET), (None, Verdict.MISSING)],
)
def test_only_reductions_from_2021_on_are_authorised(world: Any, years: Any, verdict: Verdict) -> None:
    """39: of every year of the block."""
    assert judged(world, FROM_2021, opened(years=years), AUTHORISED[0]).verdict is verdict


def test_a_use_for_the_target_needs_the_authorisation_of_both_parties(world: Any) -> None:
    """40: on the block itself, or beforehand and as a whole."""
    moved = opened().record(transfer.record_first_transfer.fact(on=DAY)).case
    both = taken(opened(), *AUTHORISED, MOVES)
    later = UMBRELLA.since
    host = Authorised(party="MN", country="MN", since=DAY)
    assert judged(world, BOTH, both, uses()).verdict is Verdict.MET
    assert judged(world, BOTH, moved, uses()).verdict is Verdict.MISSING
    assert judged(world, BOTH, moved, uses("IMP")).verdict is Verdict.MET
    assert judged(world, BOTH, moved, uses(None)).verdict is Verdict.MISSING
    known = register.facts(UMBRELLA, host)
    early = judged(world, BOTH, moved, uses(on=later - timedelta(days=1)), known)
    assert (early.verdict, early.earliest) == (Verdict.UNMET, later)
    found = judged(world, BOTH, moved, uses(on=later), known)
    assert (found.verdict, found.facts["authorised_by"]) == (Verdict.MET, ["JP", "MN"])
    assert judged(world, BOTH, moved, uses(on=later), register.facts(UMBRELLA)).verdict is Verdict.MISSING
    one = opened().record(transfer.record_authorisation.fact(on=DAY, evidence=ev.Authorisation(party="MN"))).case
    one = one.record(transfer.record_first_transfer.fact(on=DAY)).case
    assert judged(world, BOTH, one, uses(on=later), register.facts(UMBRELLA)).verdict is Verdict.MET


def test_an_authorisation_given_beforehand_holds_for_its_country_until_it_is_revoked() -> None:
    """Each question has one of three answers."""
    revoked = Authorised(party="MN", country="MN", since=DAY, revoked=date(2024, 6, 1))
    unknown = Authorised(party="YY", since=UNKNOWN_DAY)
    known = register.first_of(register.facts(UMBRELLA), register.facts(revoked, unknown))
    ask = known.authorised
    assert isinstance(ask("MN", "MN", DAY), register.Yes)
    assert isinstance(ask("MN", "MN", date(2024, 5, 31)), register.Yes)
    assert isinstance(ask("MN", "MN", date(2024, 6, 1)), register.No)
    assert isinstance(ask("MN", "YY", DAY), register.NotKnown)
    assert isinstance(ask("YY", "YY", DAY), register.NotKnown)
    assert ask("JP", "MN", DAY) == register.No({"party": "JP"}, UMBRELLA.since)


def test_what_is_no_block_or_purpose_is_refused_where_it_is_made() -> None:
    """Parties, years, purposes and parts: the error names the field."""
    for make, why in (
        (lambda: ev.Block(side="Japan", amount=1), "side: 'Japan' is not the code of a country"),
        (lambda: ev.Block(side="JP", amount=0), "amount: a block of 0 t holds no credits"),
        (lambda: ev.BlockPart(case="a", amount=0), "amount: a block of 0 t holds no credits"),
        (lambda: ev.BlockPart(case=None, amount=1), "case: None is not a name"),
        (lambda: ev.Block(side="JP", amount=1, years=(2022, 2022)), "years: 2022 stands twice"),
        (lambda: ev.Block(side="JP", amount=-1), "amount: -1 is not a whole number of zero or more"),
        (lambda: ev.Block(side="JP", amount=1, years=2022), "years: 2022 is not a list of calendar years"),
        (lambda: ev.Block(side="JP", amount=1, years=(20,)), "years: 20 is not a calendar year"),
        (lambda: ev.Authorisation(party="JP", purposes=("fun",)), "purposes: 'fun' is none of the words"),
        (lambda: ev.Authorisation(party="JP", purposes=7), "purposes: 7 is not a list of purposes"),
        (lambda: ev.Authorisation(party="JP", object="all"), "object: 'all' is none of the words"),
        (lambda: ev.BlockSplit(parts=("a",)), "parts: .* must be a list of BlockPart"),
        (lambda: ev.TransferRecord(to="Japan"), "to: 'Japan' is not the code of a country"),
    ):
        with pytest.raises(EvidenceError, match=f"^{why}"):
            make()
    with pytest.raises(EvidenceError, match=r"^A case of project is about no block of credits\. Leave `block` out\.$"):
        Case.open(project, "p", on=DAY, country="MN", block=ev.Block(side="JP", amount=1))
    block = ev.Block(side="JP", amount=5, years=(2021, 2022), holder="Example Trading")
    assert str(block) == "JP 5 t of 2021, 2022 (Example Trading)"
    assert all(one != other for one, other in pairwise(ev.Purpose))
