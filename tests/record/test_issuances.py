"""Total, sides and announcements of one decision on issuance, all synthetic: compared, never added up."""

# A verdict among the parameters of a test is no switch:
# ruff: noqa: FBT001

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from jcm_cycle.days import UNKNOWN_DAY, Day
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


@pytest.mark.parametrize(
    ("claims", "amount", "agrees"),
    [
        ([decided(50), notified(40, "Japan side"), notified(10, "Palau side")], 50, True),
        ([decided(1), notified(0, "Japan side"), notified(1, "Palau side")], 1, True),
        ([decided(51), notified(40, "Japan side"), notified(10, "Palau side")], 50, False),
        ([decided(50), notified(40, "Japan side")], 50, None),
        ([decided(50), notified(50, "Japan side")], 50, None),
        ([decided(50), notified(60, "Japan side")], 50, False),
        ([decided(50), notified(40, "Japan side"), notified(10, "who knows")], 50, None),
        ([decided(50), notified(40, "Japan side"), notified(None, "Palau side")], 50, None),
        ([decided(None), notified(40, "Japan side"), notified(10, "Palau side")], 50, None),
        ([notified(40, "Japan side"), notified(10, "Palau side")], 50, None),
        ([notified(40, "Japan side"), notified(40, "Japan side")], None, True),
        ([notified(40, "Japan side"), notified(41, "Japan side")], None, False),
        ([notified(40, "Japan side"), notified(None, "Japan side")], None, True),
        ([notified(None, "Japan side"), notified(None, "Japan side")], None, True),
        ([notified(40, "who knows"), notified(40, "who knows")], None, None),
        ([decided(None), notified(40, "Japan side")], None, None),
        ([notified(None, "Japan side"), notified(None, "Palau side")], None, None),
        ([decided(50), notified(None, "Japan side")], 50, None),
        ([decided(50), notified(30, "Japan side"), notified(60, "Japan side")], 50, False),
        (
            [decided(50), notified(40, "Japan side"), notified(10, "Palau side"), notified(5, "who knows")],
            50,
            None,
        ),
        (
            [decided(50), notified(40, "Japan side"), notified(10, "Palau side"), notified(None, "Palau side")],
            50,
            None,
        ),
        ([decided(50), decided(50)], 50, True),
        ([decided(50), decided(None)], 50, True),
        ([decided(50), decided(51)], None, False),
        ([decided(50), decided(51), notified(40, "Japan side"), notified(10, "Palau side")], 50, False),
        ([decided(50), notified(40, "Japan side"), notified(10, "Thailand side")], 50, False),
    ],
)
def test_the_sides_are_held_against_the_total(claims: list[Claim], amount: int | None, agrees: bool | None) -> None:
    """A sum needs Japan and the host; what cannot be split is open; the sides give the amount."""
    found = one(*claims)
    assert told(found) == (str(claims[0].event), D1, amount, agrees)
    assert found.says


def test_a_row_that_is_repeated_counts_once() -> None:
    """Two sources for one side do not double it."""
    claims = [
        decided(50),
        notified(40, "Japan side"),
        notified(40, "Japan side"),
        notified(10, "Palau side"),
    ]
    assert told(one(*claims)) == ("issuance_decided", D1, 50, True)


@pytest.mark.parametrize("parts", [(15, 25), (20, 20)])
def test_a_side_may_have_several_parts(parts: tuple[int, int]) -> None:
    """Where all rows, and only they, make up the total, they are parts, even if they are equal."""
    rows = [notified(part, "Japan side") for part in parts]
    assert told(one(decided(50), *rows, notified(10, "Palau side"))) == ("issuance_decided", D1, 50, True)


def test_parts_that_make_up_no_total_disagree() -> None:
    """Which of two amounts of a side is right stays open, so the total stands."""
    rows = [notified(40, "Japan side"), notified(45, "Japan side"), notified(10, "Palau side")]
    assert told(one(decided(50), *rows)) == ("issuance_decided", D1, 50, False)


def test_a_decision_may_be_told_for_one_side() -> None:
    """A side in the details makes the amount that of the side, whatever the event word."""
    claims = [decided(40, "Japan side"), decided(10, "Palau side"), decided(50, "total")]
    assert told(one(*claims)) == ("issuance_decided", D1, 50, True)


def test_two_periods_on_one_day_are_two_decisions() -> None:
    """A row that names no period then belongs to neither."""
    found = groups(
        decided(50, P1),
        decided(7, P2),
        notified(40, f"Japan side; {P1}"),
        notified(10, f"Palau side; {P1}"),
        notified(7, f"Japan side; {P2}"),
        decided(57),
    )
    assert [(g.amount, g.agrees, g.rows) for g in found] == [(50, True, (2, 4, 5)), (7, None, (3, 6))]


def test_a_row_without_period_belongs_to_the_only_one() -> None:
    """The sides may name the period where the total does not."""
    found = one(decided(50), notified(40, f"Japan side; {P1}"), notified(10, f"Palau side; {P1}"))
    assert found.agrees is True


def test_other_days_are_other_decisions() -> None:
    """Even with the same amount."""
    assert groups(decided(50, on=D1), decided(50, on=D2)) == ()


@pytest.mark.parametrize(
    ("detail", "amount", "agrees"),
    [
        ("decision of 2020-05-05", 50, True),
        ("decision of 2020-05-05", 51, False),
        (P1, 50, True),
        (P1, 51, False),
        ("", 50, True),
        ("Japan side", 40, True),
    ],
)
def test_it_belongs_to_the_decision_that_it_speaks_of(detail: str, amount: int, agrees: bool) -> None:
    """By the day or the period that it names, else by its amount."""
    rows = [decided(50, P1), notified(40, "Japan side"), notified(10, "Palau side")]
    found = one(*rows, announced(amount, detail))
    assert (found.kind, found.on, found.agrees) == ("issuance_decided", D1, agrees)


@pytest.mark.parametrize(
    ("detail", "amount", "day"),
    [
        ("", 51, D2),
        ("", None, D2),
        ("", 50, date(2020, 5, 4)),
        ("", 50, UNKNOWN_DAY),
        (P2, 50, D2),
        (P1, 50, date(2020, 5, 4)),
        ("decision of 2020-05-06", 50, D2),
        (f"decision of 2020-05-05; {P2}", 50, D2),
        ("Thailand side", 50, D2),
    ],
)
def test_it_stands_by_itself_where_that_is_not_sure(detail: str, amount: int | None, day: Day) -> None:
    """Another amount, an earlier day, another period or another decision."""
    assert groups(decided(50, P1), announced(amount, detail, day)) == ()


def test_with_two_decisions_of_one_day_it_has_to_name_the_period() -> None:
    """The day alone does not tell which is meant."""
    rows = [decided(50, P1), decided(7, P2)]
    assert groups(*rows, announced(50, "decision of 2020-05-05")) == ()
    (found,) = groups(*rows, announced(50, f"decision of 2020-05-05; {P1}"))
    assert found.rows == (2, 4)


def test_without_a_name_it_belongs_to_the_last_with_its_amount() -> None:
    """The decision was on the day of the announcement or before."""
    found = groups(decided(50, on=D1), decided(50, on=D2), decided(50, on=D4), announced(50, on=D3))
    assert [g.rows for g in found] == [(3, 5)]


def test_without_a_name_or_an_amount_it_stands_by_itself() -> None:
    """That two rows both leave the amount open makes them no match."""
    assert groups(decided(None), announced(None)) == ()
    assert groups(decided(50), announced(50, P1)) == ()


def test_without_a_day_it_may_still_name_its_decision() -> None:
    """And then it cannot be too early."""
    found = one(decided(50), announced(50, "decision of 2020-05-05", UNKNOWN_DAY))
    assert told(found) == ("issuance_decided", D1, 50, True)


def test_an_announcement_on_a_day_is_not_one_that_names_the_day() -> None:
    """They may speak of different decisions."""
    assert groups(announced(50, "decision of 2020-05-09", D3), announced(50, on=D2)) == ()
    found = one(announced(50, on=D2), announced(50, on=D2))
    assert told(found) == ("issuance_announced", D2, 50, True)
    assert groups(announced(50, P1), announced(50, P2)) == ()


def test_it_may_stand_before_its_decision_in_the_file() -> None:
    """Groups come in the order of their first rows, whichever row that is."""
    rows = [announced(50, "decision of 2020-05-05"), decided(7, on=D4), decided(7, on=D4), decided(50)]
    assert [g.rows for g in groups(*rows)] == [(2, 5), (3, 4)]


def test_it_cannot_come_before_its_decision() -> None:
    """If it names a later decision, one of the days is wrong."""
    assert one(decided(50, on=D2), announced(50, "decision of 2020-05-09", D1)).agrees is False


def test_announcements_of_one_decision_are_one_group() -> None:
    """Even where the decision has no row of its own."""
    found = one(announced(50, "decision of 2020-05-05", D2), announced(50, "decision of 2020-05-05", D3))
    assert told(found) == ("issuance_announced", D1, 50, True)


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ([decided(51), decided(50)], "The rows give different totals: 50 t, 51 t."),
        ([decided(50), decided(50)], "2 rows of the total do not differ."),
        (
            [decided(50), notified(10, "Palau side"), notified(40, "Japan side")],
            "Of both sides, JP 40 t + PW 10 t, against a total of 50 t.",
        ),
        (
            [decided(50), notified(40, "Japan side"), notified(30, "Japan side")],
            "The total of 50 t cannot be split: JP 30 t, 40 t.",
        ),
        (
            [decided(50), notified(60, "Japan side")],
            "JP 60 t, which is more than the total of 50 t.",
        ),
        (
            [decided(50), notified(None, "Japan side")],
            "The total of 50 t cannot be split: no amount of a side.",
        ),
        (
            [notified(1, "Viet Nam side"), notified(1, "Thailand side")],
            (
                "TH is neither the host nor Japan. VN is neither the host nor Japan. "
                "There is no single total to compare the sides with."
            ),
        ),
        ([notified(2, "Japan side"), notified(1, "Japan side")], "The rows give different amounts for one side."),
        ([notified(1, "Japan side"), notified(1, "Japan side")], "The rows give the same amount for the side."),
        (
            [announced(50, "decision of 2020-05-09", D1), decided(50, on=D2)],
            "2 rows of the total do not differ. Announced on 2020-05-05, before the decision of 2020-05-09.",
        ),
    ],
)
def test_a_group_says_what_was_compared(claims: list[Claim], says: str) -> None:
    """In words that a reader of the record can follow, the smaller and the earlier first."""
    assert one(*claims).says == says
