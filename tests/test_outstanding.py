"""What is still to be issued: by which side, and to whom; all amounts are synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import Case, evidence as ev, issuance, outstanding, project
from jcm_cycle.errors import EvidenceError

DECIDED = date(2024, 1, 10)


def line(side: str, amount: int, holder: str | None = None, year: int | None = None) -> ev.AllocationLine:
    """Return one line of an allocation."""
    return ev.AllocationLine(side=side, amount=amount, holder=holder, year=year)


def notified(name: str, *lines: ev.AllocationLine, amount: int | None = None) -> Case[Any]:
    """Return an issuance that was notified so."""
    case = Case.open(issuance, name, on=date(2020, 1, 1), country="MN", of="MN099").case
    paper = ev.JointCommitteeDecision(decision="notified", decided_on=DECIDED, lines=lines or None, amount=amount)
    return case.record(issuance.decide_issuance.fact(on=DECIDED, evidence=paper)).case


def issued(case: Case[Any], side: str, *lines: ev.AllocationLine, amount: int | None = None) -> Case[Any]:
    """Return the case after one registry has issued so much."""
    paper = ev.RegistryIssuance(side=side, lines=lines or None, amount=amount)
    return case.record(issuance.issue_credits.fact(on=DECIDED, evidence=paper)).case


def test_each_side_has_what_it_has_not_issued() -> None:
    """One side is done, the other has a part left, with its case, its project and the day of the decision."""
    case = issued(issued(notified("i1", line("JP", 80), line("MN", 20)), "JP", amount=80), "MN", amount=5)
    (left,) = outstanding([case])
    assert (left.case, left.of, left.side, left.amount, left.since) == ("i1", "MN099", "MN", 15, DECIDED)
    assert left.why is None


def test_it_is_told_to_whom() -> None:
    """By holder and year, where the lines of decision and issues tell."""
    case = notified("i1", line("JP", 50, "Government of Japan", 2021), line("JP", 30, "Synthetic KK"), line("MN", 20))
    part = issued(case, "JP", line("JP", 30, "Synthetic KK"))
    jp, mn = outstanding([part])
    assert (jp.amount, jp.lines) == (50, (line("JP", 50, "Government of Japan", 2021),))
    assert (mn.amount, mn.lines) == (20, ())
    more = issued(case, "JP", line("JP", 10, "Government of Japan", 2021))
    assert outstanding([more], "JP")[0].lines == (
        line("JP", 40, "Government of Japan", 2021), line("JP", 30, "Synthetic KK")
    )  # fmt: skip


def test_holders_are_left_out_where_the_parts_do_not_make_the_whole() -> None:
    """An issue without lines, or for a holder of whom the decision does not know, leaves open who got it."""
    case = notified("i1", line("JP", 50, "Government of Japan"), line("JP", 30, "Synthetic KK"), line("MN", 0))
    assert [left.lines for left in outstanding([issued(case, "JP", amount=30)])] == [()]
    assert [left.lines for left in outstanding([issued(case, "JP", line("JP", 30, "Nobody"))])] == [()]


def test_a_side_with_zero_has_nothing_left() -> None:
    """It does not stand in the list."""
    assert [left.side for left in outstanding([notified("i1", line("JP", 0), line("MN", 1))])] == ["MN"]


def test_a_total_without_split_is_told_without_an_amount() -> None:
    """Nothing is computed from a share; asked for one side it is told too, because it may be that side's."""
    case = notified("i1", amount=100)
    for side in (None, "JP", "MN"):
        (left,) = outstanding([case], side)
        assert (left.side, left.amount, left.why) == (None, None, "the decision is not split by side")


def test_an_issue_without_an_amount_leaves_its_side_open() -> None:
    """The other side is told as usual."""
    case = issued(notified("i1", line("JP", 80), line("MN", 20)), "JP")
    jp, mn = outstanding([case])
    assert (jp.side, jp.amount, jp.why) == ("JP", None, "an amount that the side issued is not known")
    assert (mn.side, mn.amount) == ("MN", 20)


def test_only_issuances_that_were_notified_count() -> None:
    """A project, an issuance before its decision and one that is issued have nothing left."""
    done = issued(issued(notified("i1", line("JP", 8), line("MN", 2)), "JP", amount=8), "MN", amount=2)
    assert done.state == "issued"
    early = Case.open(issuance, "i2", on=date(2020, 1, 1), country="MN", of="MN099").case
    whole = Case.open(project, "MN099", on=date(2020, 1, 1), country="MN").case
    assert outstanding([done, early, whole]) == ()
    assert [left.case for left in outstanding([whole, notified("i3", line("JP", 1)), done])] == ["i3"]


@given(st.lists(st.tuples(st.sampled_from(["JP", "MN"]), st.integers(0, 60)), max_size=6), st.integers(0, 99))
def test_what_was_notified_is_issued_or_outstanding(parts: list[tuple[str, int]], japan: int) -> None:
    """Side by side the two make up what was notified, as long as no side issued too much."""
    case = notified("i1", line("JP", japan), line("MN", 99 - japan))
    due = {"JP": japan, "MN": 99 - japan}
    for side, amount in parts:
        if amount <= due[side]:
            due[side] -= amount
            case = issued(case, side, amount=amount)
    left = {one.side: one.amount for one in outstanding([case])}
    assert left == {side: amount for side, amount in due.items() if amount}
    assert left == case.file.outstanding


def test_a_side_that_issues_nothing_here() -> None:
    """A mistyped code is told, and is not taken for nothing outstanding."""
    case = notified("i1", line("JP", 80), line("MN", 20))
    for side in ("mn", "XX", "Japan"):
        with pytest.raises(EvidenceError, match=f"side: {side!r} issues no credits of these cases") as caught:
            outstanding([case], side)
        assert caught.value.cure == "Sides are JP, MN."
    with pytest.raises(EvidenceError, match=r"cases: .* is no list"):
        outstanding(case)
