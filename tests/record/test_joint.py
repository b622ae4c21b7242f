"""A joint row is a cross-check of the rows of its members; all rows are synthetic."""

# A verdict among the parameters of a test is no switch:
# ruff: noqa: FBT001

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from jcm_cycle.days import UNKNOWN_DAY, Day
from jcm_cycle.record import Claim, Detail, EventWord, Group, SubjectType, group

D1, D2, D3 = date(2020, 5, 5), date(2020, 5, 9), date(2020, 6, 1)
P1 = "monitoring 2018-01-01..2018-12-31"
P2 = "monitoring 2019-01-01..2019-12-31"


def fact(
    event: str,
    on: Day,
    amount: int | None = None,
    detail: str = "",
    *,
    ref: str,
    end: date | None = None,
) -> Claim:
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
        end=end,
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


@pytest.mark.parametrize(
    ("first", "second", "agrees"),
    [(50, 107, True), (50, 106, False), (50, None, None), (157, None, None), (158, None, False)],
)
def test_the_members_add_up_to_the_joint_amount(first: int, second: int | None, agrees: bool | None) -> None:
    """A member without an amount leaves it open, unless the others have too much already."""
    found = one(decided(157, ref="PW001+PW002"), decided(first), decided(second, ref="PW002"))
    assert told(found) == ("issuance_decided", D1, 157, agrees)
    assert found.refs == ("PW001", "PW002")


def test_a_member_without_a_row_leaves_it_open() -> None:
    """And what it would have to be is not worked out here."""
    found = one(decided(157, ref="PW002+PW001"), decided(50))
    assert (found.agrees, found.refs) == (None, ("PW001", "PW002"))
    assert "no amount is known of PW002" in found.says
    assert one(decided(157, ref="PW001+PW002")).agrees is None


def test_the_sides_of_a_member_are_its_amount() -> None:
    """Where both sides are known, a total is not needed."""
    rows = [decided(57, ref="PW001+PW002"), notified(40, "Japan side"), notified(10, "Palau side")]
    joint, own = groups(*rows, decided(7, ref="PW002"))
    assert (joint.rows, joint.agrees) == ((2, 3, 4, 5), True)
    assert (own.rows, own.agrees) == ((3, 4), None)


@pytest.mark.parametrize(("amount", "agrees"), [(45, True), (46, False)])
def test_a_joint_amount_of_one_side_is_compared_with_that_side(amount: int, agrees: bool) -> None:
    """The other side of the members has no part in it."""
    joint, *_ = groups(
        notified(amount, "Japan side", ref="PW001+PW002"),
        notified(40, "Japan side"),
        notified(10, "Palau side"),
        notified(5, "Japan side", ref="PW002"),
    )
    assert joint.agrees is agrees
    joint, *_ = groups(
        issued(amount, "Japan side", ref="PW001+PW002"),
        issued(40, "Japan registry"),
        issued(10, "Palau registry"),
        issued(5, "Japan registry", ref="PW002"),
    )
    assert (joint.agrees, joint.rows) == (agrees, (2, 3, 5))


@pytest.mark.parametrize(("amount", "agrees"), [(57, True), (58, False)])
def test_a_joint_issuance_of_both_sides_needs_both(amount: int, agrees: bool) -> None:
    """Of each member a total, or what Japan and the host issued on that day."""
    rows = [issued(40, "Japan registry"), issued(10, "Palau registry"), issued(7, "total", ref="PW002")]
    joint, *_ = groups(issued(amount, "total", ref="PW001+PW002"), *rows)
    assert joint.agrees is agrees
    joint, *_ = groups(issued(amount, "total", ref="PW001+PW002"), rows[0], rows[2])
    assert joint.agrees is None


def test_a_joint_issuance_without_amount_is_there_or_not() -> None:
    """Rows of all members on that day say the same."""
    rows = [issued(None, "Japan side", ref="PW001+PW002"), issued(1, "Japan side")]
    assert groups(*rows)[0].agrees is None
    assert groups(*rows, issued(2, "Japan side", ref="PW002"))[0].agrees is True


def test_another_day_is_another_fact() -> None:
    """Members' rows of other days, kinds or periods are not compared."""
    assert one(decided(57, ref="PW001+PW002")).agrees is None
    others = [decided(50, on=D2), issued(50, "total", D1), decided(7, on=D2, ref="PW002")]
    assert groups(decided(57, ref="PW001+PW002"), *others)[0].rows == (2,)
    others = [decided(50, P1), decided(7, P1, ref="PW002")]
    assert groups(decided(57, P1, ref="PW001+PW002"), *others)[0].rows == (2, 3, 4)
    others = [decided(50, P2), decided(7, ref="PW002")]
    assert groups(decided(57, P1, ref="PW001+PW002"), *others)[0].rows == (2, 4)


def test_several_joint_rows_of_one_decision_are_one_group() -> None:
    """In whatever order they name their members; and they are compared with each other too."""
    rows = [decided(57, ref="PW001+PW002"), decided(58, ref="PW002+PW001")]
    assert told(one(*rows)) == ("issuance_decided", D1, None, False)


def test_a_joint_announcement_is_compared_with_decisions_only_if_it_names_the_day() -> None:
    """Else with the announcements of its own day."""
    rows = [decided(50), decided(7, ref="PW002")]
    joint = announced(57, "decision of 2020-05-05", ref="PW001+PW002")
    assert told(groups(*rows, joint)[0]) == ("issuance_announced", D1, 57, True)
    assert groups(*rows, announced(57, ref="PW001+PW002"))[0].agrees is None
    assert groups(*rows, announced(57, on=D1, ref="PW001+PW002"))[0].rows == (4,)
    rows = [announced(50), announced(8, ref="PW002")]
    assert groups(*rows, announced(57, ref="PW001+PW002"))[0].agrees is False


@pytest.mark.parametrize(
    ("days", "agrees"),
    [
        ([D1, D1], True),
        ([D1, D2], False),
        ([D1], None),
        ([], None),
        ([D1, UNKNOWN_DAY], None),
        ([D2], False),
    ],
)
def test_a_joint_registration_is_that_of_each(days: list[Day], agrees: bool | None) -> None:
    """A project is registered once, so another day of a member is a contradiction."""
    rows = [fact("registered", day, ref=f"PW00{n}") for n, day in enumerate(days, start=1)]
    found = one(fact("registered", D1, ref="PW001+PW002"), *rows)
    assert (found.kind, found.agrees) == ("registered", agrees)


def test_a_joint_fact_without_amount_is_told_of_all_or_not() -> None:
    """Where the members' rows say the same it agrees; where their last days differ it does not."""
    joint = fact("monitoring_period", D1, ref="PW001+PW002", end=D2)
    single = [fact("monitoring_period", D1, ref=ref, end=D2) for ref in ("PW001", "PW002")]
    assert one(joint).agrees is None
    assert groups(joint, single[0])[0].agrees is None
    assert groups(joint, *single)[0].agrees is True
    other = fact("monitoring_period", D1, ref="PW002", end=D3)
    assert groups(joint, single[0], other)[0].agrees is False


def test_rows_of_other_kinds_are_not_compared() -> None:
    """Whatever the members have on that day or side."""
    others = [notified(40, "Japan side", D3), decided(7, "Japan side", D3, ref="PW002")]
    joint, *_ = groups(issued(47, "Japan side", ref="PW001+PW002"), *others)
    assert (joint.agrees, joint.rows) == (None, (2,))
    joint, *_ = groups(fact("registered", D1, ref="PW001+PW002"), decided(50), decided(7, ref="PW002"))
    assert (joint.agrees, joint.rows) == (None, (2,))


def test_joint_rows_that_contradict_each_other_on_a_side_disagree() -> None:
    """And no amount of the side is compared with the members."""
    rows = [notified(40, "Japan side", ref="PW001+PW002"), notified(41, "Japan side", ref="PW001+PW002")]
    found = one(*rows)
    assert (found.amount, found.agrees) == (None, False)


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        (
            [decided(57, ref="PW002+PW001"), decided(7, ref="PW002"), decided(50)],
            "PW001 50 t + PW002 7 t against 57 t together.",
        ),
        (
            [decided(57, ref="PW003+PW002+PW001")],
            "57 t together cannot be compared: no amount is known of PW001, PW002, PW003.",
        ),
        (
            [decided(57, ref="PW002+PW001"), decided(58)],
            "PW001 58 t, which is more than 57 t together.",
        ),
        (
            [notified(5, "Palau side", ref="PW001+PW002"), notified(4, "Japan side", ref="PW001+PW002")],
            (
                "There is no single total to compare the sides with. "
                "9 t together cannot be compared: no amount is known of PW001, PW002. "
                "JP: 4 t together cannot be compared: no amount is known of PW001, PW002. "
                "PW: 5 t together cannot be compared: no amount is known of PW001, PW002."
            ),
        ),
        (
            [notified(5, "Palau side", ref="PW001+PW002")],
            "PW: 5 t together cannot be compared: no amount is known of PW001, PW002.",
        ),
        (
            [issued(5, "Palau side", ref="PW001+PW002")],
            "PW: 5 t together cannot be compared: no amount is known of PW001, PW002.",
        ),
        (
            [issued(5, "total", ref="PW001+PW002")],
            "5 t together cannot be compared: no amount is known of PW001, PW002.",
        ),
        (
            [fact("validation_completed", D1, ref="PW002+PW001")],
            "There is no row of the same kind and day for PW001, PW002.",
        ),
        (
            [
                fact("registered", D2, ref="PW001+PW002"),
                fact("registered", D3, ref="PW001"),
                fact("registered", D1, ref="PW002"),
            ],
            "The rows give different days of registration: 2020-05-05, 2020-05-09, 2020-06-01.",
        ),
        (
            [
                fact("monitoring_period", D1, ref="PW001+PW002", end=D3),
                fact("monitoring_period", D1, ref="PW001", end=D2),
            ],
            "The rows end on different days: 2020-05-09, 2020-06-01.",
        ),
    ],
)
def test_a_group_says_what_was_compared(claims: list[Claim], says: str) -> None:
    """In words that a reader of the record can follow, in the order of the references."""
    assert one(*claims).says == says
