"""What registries issued is held against what was notified; all rows are synthetic."""

# A verdict among the parameters of a test is no switch:
# ruff: noqa: FBT001

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from jcm_cycle.days import Between, Day
from jcm_cycle.record import Claim, Detail, EventWord, Group, SubjectType, group

D1, D2, D3, D4 = date(2020, 5, 5), date(2020, 5, 9), date(2020, 6, 1), date(2020, 7, 1)
P1 = "monitoring 2018-01-01..2018-12-31"
P2 = "monitoring 2019-01-01..2019-12-31"


def fact(event: str, on: Day, amount: int | None, detail: str, ref: str) -> Claim:
    """Return a synthetic claim about projects of Palau, without a line."""
    return Claim(
        line=0,
        country="PW",
        subject_type=SubjectType.PROJECT,
        subjects=tuple(ref.split("+")),
        reference=ref,
        title="A synthetic project",
        event=EventWord(event),
        day=on,
        amount=amount,
        detail=Detail.parse(detail),
    )


def groups(*claims: Claim) -> tuple[Group, ...]:
    """Group claims that stand on the lines from 2 on."""
    return group(evolve(claim, line=line) for line, claim in enumerate(claims, start=2))


def one(*claims: Claim) -> Group:
    """Return the one group of these claims, which holds all of them."""
    (found,) = groups(*claims)
    assert found.rows == tuple(range(2, len(claims) + 2))
    return found


def told(found: Group) -> tuple[str, Day, int | None, bool | None]:
    """Return what a group tells apart from its subjects and rows."""
    return str(found.kind), found.on, found.amount, found.agrees


def decided(amount: int | None, detail: str = "", on: Day = D1, ref: str = "PW001") -> Claim:
    """Return the decision on an issuance."""
    return fact("issuance_decided", on, amount, detail, ref=ref)


def notified(amount: int | None, detail: str, on: Day = D1, ref: str = "PW001") -> Claim:
    """Return what was notified to a side."""
    return fact("issuance_notified_side", on, amount, detail, ref=ref)


def announced(amount: int | None, detail: str = "", on: Day = D2, ref: str = "PW001") -> Claim:
    """Return the announcement of an issuance."""
    return fact("issuance_announced", on, amount, detail, ref=ref)


def issued(amount: int | None, detail: str, on: Day = D3, ref: str = "PW001") -> Claim:
    """Return what was issued in a registry."""
    return fact("credits_issued", on, amount, detail, ref=ref)


BOTH = [decided(50, P1), notified(40, "Japan side"), notified(10, "Palau side")]


@pytest.mark.parametrize(
    ("claims", "on", "amount", "agrees"),
    [
        ([issued(40, f"Japan registry; {P1}"), issued(10, f"Palau registry; {P1}")], D3, 50, True),
        (
            [issued(40, f"Japan registry; {P1}"), issued(10, f"Palau registry; {P1}", D4)],
            Between(D3, D4),
            50,
            True,
        ),
        ([issued(40, f"Japan registry; {P1}"), issued(9, f"Palau registry; {P1}")], D3, 49, None),
        ([issued(40, f"Japan registry; {P1}"), issued(11, f"Palau registry; {P1}")], D3, 51, False),
        (
            [issued(40, f"Japan registry; {P1}"), issued(10, "Palau registry; decision of 2020-05-05")],
            D3,
            50,
            True,
        ),
        (
            [issued(15, f"Japan registry; {P1}"), issued(25, f"Japan registry; {P1}", D4)],
            Between(D3, D4),
            40,
            True,
        ),
        ([issued(15, f"Japan registry; {P1}"), issued(25, f"Japan registry; {P1}")], D3, 40, True),
        ([issued(15, f"Japan registry; {P1}"), issued(20, f"Japan registry; {P1}")], D3, 35, False),
        ([issued(40, f"Japan registry; {P1}")] * 2, D3, 40, True),
        ([issued(40, f"Japan registry; {P1}"), issued(None, f"Palau registry; {P1}")], D3, None, True),
        ([issued(50, f"total; {P1}"), issued(40, f"Japan registry; {P1}")], D3, 50, None),
        ([issued(51, f"total; {P1}")] * 2, D3, 51, False),
        ([issued(None, f"total; {P1}")] * 2, D3, None, None),
        ([issued(50, f"total; {P1}"), issued(49, f"total; {P1}")], D3, None, False),
        ([issued(40, f"Japan registry; {P1}", date(2020, 5, 4))] * 2, date(2020, 5, 4), 40, False),
        ([issued(40, f"Japan registry; {P1}"), issued(5, f"Thailand registry; {P1}")], D3, 45, False),
        (
            [
                issued(50, f"total; {P1}"),
                issued(49, f"total; {P1}"),
                issued(40, f"Japan registry; {P1}"),
                issued(10, f"Palau registry; {P1}"),
            ],
            D3,
            50,
            False,
        ),
        (
            [issued(50, f"total; {P1}"), issued(49, f"total; {P1}"), issued(40, f"Japan registry; {P1}")],
            D3,
            None,
            False,
        ),
    ],
)
def test_credits_are_held_against_their_decision(
    claims: list[Claim], on: Day, amount: int | None, agrees: bool | None
) -> None:
    """All that was notified agrees, less is open, more or earlier disagrees; parts add up."""
    found = groups(*BOTH, *claims)
    assert [g.kind for g in found] == ["issuance_decided", "credits_issued"]
    assert told(found[1]) == ("credits_issued", on, amount, agrees)
    assert found[1].rows == tuple(range(5, 5 + len(claims)))
    assert found[1].says


@pytest.mark.parametrize(
    ("claims", "agrees"),
    [
        ([issued(40, "Japan registry"), issued(10, "Palau registry")], None),
        ([issued(40, "Japan registry"), issued(10, "Palau registry"), issued(50, "total")], True),
        ([issued(40, "Japan registry"), issued(10, "Palau registry"), issued(51, "total")], False),
        ([issued(60, "Japan registry"), issued(50, "total")], False),
        ([issued(40, "Japan registry"), issued(50, "total")], None),
        ([issued(40, "Japan registry"), issued(40, "Japan registry")], True),
        ([issued(40, "Japan registry"), issued(41, "Japan registry")], False),
        ([issued(50, "total"), issued(50, "total")], True),
    ],
)
def test_without_a_decision_they_are_held_against_each_other(claims: list[Claim], agrees: bool | None) -> None:
    """Rows of one day, with nothing that links them to more."""
    assert one(*claims).agrees is agrees


def test_what_is_not_linked_to_the_decision_is_not_compared_with_it() -> None:
    """Credits of another period, or of none, may be other credits."""
    found = groups(*BOTH, issued(99, f"Japan registry; {P2}"), issued(99, "Palau registry"))
    assert [g.kind for g in found] == ["issuance_decided"]


def test_a_total_that_cannot_be_split_still_bounds_a_side() -> None:
    """A decision without sides: one registry may have issued part of it, and not more than all."""
    for amount, agrees in ((30, None), (50, True), (51, False)):
        claim = issued(amount, "Japan registry; decision of 2020-05-05")
        assert groups(decided(50), claim, claim)[0].agrees is agrees


def test_an_announcement_is_no_decision() -> None:
    """Its day is not that of the decision, so nothing is too early."""
    rows = [issued(40, f"Japan registry; {P1}", D1), issued(10, f"Palau registry; {P1}", D1)]
    (found,) = groups(announced(50, P1, D2), *rows)
    assert (found.kind, found.agrees) == ("credits_issued", None)


def test_a_period_decided_twice_does_not_tell_which_is_meant() -> None:
    """Unless the row names the day."""
    rows = [decided(50, P1, D1), decided(60, P1, D2)]
    twice = [issued(60, f"total; {P1}")] * 2
    assert groups(*rows, *twice)[0].agrees is True  # with each other, and with neither decision
    twice = [issued(60, f"total; {P1}; decision of 2020-05-05")] * 2
    assert groups(*rows, *twice)[0].agrees is False


def test_credits_of_one_period_belong_together_without_a_decision() -> None:
    """On whatever days, and only where they name the same period, or the same decision."""
    found = one(issued(40, f"Japan registry; {P1}"), issued(10, f"Palau registry; {P1}", D4))
    assert told(found) == ("credits_issued", Between(D3, D4), 50, None)
    named = "decision of 2020-05-05"
    found = one(issued(40, f"Japan registry; {named}"), issued(10, f"Palau registry; {named}", D4))
    assert told(found) == ("credits_issued", Between(D3, D4), 50, None)
    assert groups(issued(40, f"Japan registry; {P1}"), issued(10, f"Palau registry; {P2}")) == ()
    assert groups(issued(40, "Japan registry"), issued(10, "Palau registry", D4)) == ()
    assert groups(issued(40, f"Japan registry; {P1}"), issued(10, f"Palau registry; {P1}; {named}")) == ()


def test_a_row_that_names_day_and_period_has_to_fit_both() -> None:
    """A decision of that day on another period is another decision."""
    claim = issued(99, f"total; {P2}; decision of 2020-05-05")
    assert [g.agrees for g in groups(decided(50, P1), claim, claim)] == [True]
    assert [g.agrees for g in groups(decided(50), claim, claim)] == [False]


def test_a_decision_without_an_amount_bounds_nothing() -> None:
    """There is nothing to be more than."""
    claim = issued(99, f"total; {P1}")
    assert [g.agrees for g in groups(decided(None, P1), claim, claim)] == [True]


def test_where_one_side_is_not_notified_the_sum_is_compared() -> None:
    """With the total of the decision."""
    rows = [decided(50, P1), notified(40, f"Japan side; {P1}"), issued(40, f"Japan registry; {P1}")]
    for amount, agrees in ((9, None), (10, True), (11, False)):
        assert groups(*rows, issued(amount, f"Palau registry; {P1}"))[1].agrees is agrees


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        (
            [issued(10, f"Palau registry; {P1}"), issued(40, f"Japan registry; {P1}")],
            "JP: 40 t of 40 t issued. PW: 10 t of 10 t issued.",
        ),
        (
            [issued(None, f"total; {P1}")] * 2,
            "Together: not known how much of 50 t is issued.",
        ),
        (
            [issued(21, f"Japan registry; {P1}"), issued(20, f"Japan registry; {P1}")],
            "JP issued different amounts on 2020-06-01: 20 t, 21 t. JP: 41 t of 40 t issued.",
        ),
        (
            [issued(51, f"total; {P1}"), issued(50, f"total; {P1}", date(2020, 5, 4))],
            (
                "The rows give different totals: 50 t, 51 t. Together: not known how much of 50 t is issued. "
                "Issued on 2020-05-04, before the decision of 2020-05-05."
            ),
        ),
        ([issued(1, "Japan side")] * 2, "2 rows say the same."),
        ([issued(1, "Japan side"), issued(1, "Palau side")], "There is no decision or total to compare with."),
        (
            [issued(3, "total"), issued(2, "Palau side"), issued(1, "Japan side")],
            "Of both sides, JP 1 t + PW 2 t, against a total of 3 t.",
        ),
    ],
)
def test_a_group_says_what_was_compared(claims: list[Claim], says: str) -> None:
    """In words that a reader of the record can follow, side by side."""
    assert groups(*BOTH, *claims)[1].says == says
