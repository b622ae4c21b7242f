"""Rows that speak of one fact are grouped and compared; all rows that are made here are synthetic."""

# A verdict among the parameters of a test is no switch:
# ruff: noqa: FBT001

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from jcm_cycle.days import UNKNOWN_DAY, Between, Day
from jcm_cycle.record import Claim, Detail, EventWord, Group, SubjectType, group, read, read_text, shipped
from jcm_cycle.record.claims import COLUMNS

D1, D2, D3, D4 = date(2020, 5, 5), date(2020, 5, 9), date(2020, 6, 1), date(2020, 7, 1)
P1 = "monitoring 2018-01-01..2018-12-31"
P2 = "monitoring 2019-01-01..2019-12-31"
KINDS = {"methodology": SubjectType.METHODOLOGY, "pin": SubjectType.PIN, "tpe": SubjectType.TPE}


def fact(
    event: str,
    on: Day = D1,
    amount: int | None = None,
    detail: str = "",
    *,
    ref: str = "PW001",
    title: str = "A synthetic project",
    end: date | None = None,
    kind: SubjectType | None = None,
) -> Claim:
    """Return a synthetic claim about a project of Palau, without a line."""
    by_event = next((k for prefix, k in KINDS.items() if event.startswith(prefix)), SubjectType.PROJECT)
    return Claim(
        line=0,
        country="PW",
        subject_type=kind or by_event,
        subjects=tuple(ref.split("+")) if ref else (),
        reference=ref,
        title=title,
        event=EventWord(event),
        day=on,
        end=end,
        amount=amount,
        detail=Detail.parse(detail),
        detail_text=detail,
    )


def groups(*claims: Claim) -> tuple[Group, ...]:
    """Group claims that stand on the lines from 2 on."""
    return group(_numbered(claims))


def _numbered(claims: Iterable[Claim]) -> list[Claim]:
    return [evolve(claim, line=line) for line, claim in enumerate(claims, start=2)]


def one(*claims: Claim) -> Group:
    """Return the one group of these claims, which holds all of them."""
    (found,) = groups(*claims)
    assert found.rows == tuple(range(2, len(claims) + 2))
    return found


def told(found: Group) -> tuple[str, Day, int | None, bool | None]:
    """Return what a group tells apart from its subjects and rows."""
    return str(found.kind), found.on, found.amount, found.agrees


class TestTheSameFact:
    """Rows of several sources on one fact."""

    @pytest.mark.parametrize(
        ("claims", "kind", "agrees"),
        [
            ([fact("validation_completed")] * 2, "validation_completed", True),
            ([fact("status_in_validation")] * 3, "status_in_validation", True),
            ([fact("issuance_requested", D1, 5), fact("issuance_requested", D1)], "issuance_requested", True),
            (
                [fact("issuance_requested", D1, 5), fact("issuance_requested", D1, 6)],
                "issuance_requested",
                False,
            ),
            (
                [fact("monitoring_period", D1, end=D2), fact("monitoring_period", D1, end=D3)],
                "monitoring_period",
                False,
            ),
            (
                [fact("monitoring_period", D1, end=D2), fact("monitoring_period", D1)],
                "monitoring_period",
                True,
            ),
            (
                [fact("pin_decision", ref="PW_PIN001"), fact("pin_no_objection", ref="PW_PIN001")],
                "pin_no_objection",
                True,
            ),
            (
                [
                    fact("methodology_decision", ref="PW_AM001"),
                    fact("methodology_revision_approved", D1, detail="Ver2.0", ref="PW_AM001"),
                ],
                "methodology_revision_approved",
                True,
            ),
            (
                [
                    fact("methodology_approved", ref="PW_AM001"),
                    fact("methodology_revision_approved", ref="PW_AM001"),
                ],
                "methodology_approved",
                False,
            ),
        ],
    )
    def test_rows_of_one_day_are_one_fact(self, claims: list[Claim], kind: str, agrees: bool | None) -> None:
        """They agree unless amounts, last days or outcomes differ; the more exact word names them."""
        found = one(*claims)
        assert (found.kind, found.on, found.agrees) == (kind, D1, agrees)
        assert found.refs == claims[0].subjects
        assert found.says

    @pytest.mark.parametrize(
        "claims",
        [
            [fact("validation_completed", D1), fact("validation_completed", D2)],
            [fact("validation_completed"), fact("status_in_validation")],
            [fact("validation_completed"), fact("validation_completed", ref="PW002")],
            [
                fact("methodology_approved", D1, detail="Ver1.0", ref="PW_AM001"),
                fact("methodology_revision_approved", D1, detail="Ver2.0", ref="PW_AM001"),
            ],
            [
                fact("monitoring_period", D1, detail="decision of 2020-05-05", end=D2),
                fact("monitoring_period", D1, detail="decision of 2020-06-01", end=D3),
            ],
            [
                fact("rule_adopted", ref="ver02.0", title="One form", kind=SubjectType.RULE),
                fact("rule_adopted", ref="ver02.0", title="Another form", kind=SubjectType.RULE),
            ],
            [
                fact("tpe_designated", ref="", title="One entity"),
                fact("tpe_designated", ref="", title="Other"),
            ],
            [fact("tpe_designated", ref="TPE-PW-001"), fact("tpe_redesignated", ref="TPE-PW-001")],
        ],
    )
    def test_other_facts_are_not_grouped(self, claims: list[Claim]) -> None:
        """Another day, event, subject, version or decision makes another fact."""
        assert groups(*claims) == ()

    @pytest.mark.parametrize(
        ("claims", "says"),
        [
            ([fact("validation_completed")] * 3, "3 rows say the same."),
            (
                [fact("monitoring_period", D1, 6, end=D3), fact("monitoring_period", D1, 5, end=D2)],
                "The rows give different amounts: 5 t, 6 t. The rows end on different days: 2020-05-09, 2020-06-01.",
            ),
            (
                [
                    fact("methodology_approved", ref="PW_AM001"),
                    fact("methodology_revision_approved", ref="PW_AM001"),
                ],
                "The rows name different outcomes: methodology_approved, methodology_revision_approved.",
            ),
        ],
    )
    def test_a_group_says_what_was_compared(self, claims: list[Claim], says: str) -> None:
        """In words that a reader of the record can follow."""
        assert one(*claims).says == says

    def test_a_group_has_the_amount_that_its_rows_agree_on(self) -> None:
        """Where they do not, there is none."""
        assert one(fact("issuance_requested", D1, 5), fact("issuance_requested")).amount == 5
        assert one(fact("issuance_requested", D1, 5), fact("issuance_requested", D1, 6)).amount is None

    def test_groups_stand_in_the_order_of_their_first_rows(self) -> None:
        """Whatever their kind."""
        rows = [fact("registered"), fact("issuance_decided"), fact("registered"), fact("issuance_decided")]
        assert [g.rows for g in groups(*rows)] == [(2, 4), (3, 5)]

    def test_what_has_no_number_is_known_by_its_title(self) -> None:
        """However it is spaced or capitalised."""
        found = one(
            fact("tpe_designated", ref="", title="Coast  Certification"),
            fact("tpe_designated", ref="", title="COAST certification"),
        )
        assert (found.refs, found.agrees) == ((), True)

    def test_rows_without_a_day_never_surely_agree(self) -> None:
        """Two undated withdrawals may be one, or not."""
        undated = fact("registration_request_withdrawn", UNKNOWN_DAY)
        assert told(one(undated, undated)) == ("registration_request_withdrawn", UNKNOWN_DAY, None, None)

    def test_facts_of_different_countries_are_never_grouped(self) -> None:
        """Titles are the same in many countries."""
        text = (
            ",".join(COLUMNS)
            + "\n"
            + "".join(f"{code},rule,,Bilateral document,bilateral_signed,2015-01-01,,,,,\n" for code in ("PW", "TH"))
        )
        assert group(read_text(text).claims) == ()


class TestRegistration:
    """A project is registered once."""

    def test_different_days_disagree_and_leave_a_stretch(self) -> None:
        """Which source is right is not for the library to choose."""
        found = one(fact("registered", D2), fact("registered", D1), fact("registered", D3))
        assert told(found) == ("registered", Between(D1, D3), None, False)

    def test_the_same_day_agrees(self) -> None:
        """Two sources with one day."""
        assert told(one(fact("registered"), fact("registered"))) == ("registered", D1, None, True)

    @pytest.mark.parametrize("event", ["registration_announced", "registration_completed"])
    @pytest.mark.parametrize(("day", "agrees"), [(D1, False), (D2, True), (D3, True), (UNKNOWN_DAY, None)])
    def test_later_views_are_not_earlier(self, event: str, day: Day, agrees: bool | None) -> None:
        """An announcement or completion is on the day of registration or after it."""
        found = one(fact(event, day), fact("registered", D2))
        assert told(found) == ("registered", D2, None, agrees)

    def test_without_a_registration_the_announcements_bound_its_day(self) -> None:
        """The registration was on or before the first of them."""
        found = one(fact("registration_announced", D2), fact("registration_completed", D1))
        assert told(found) == ("registration_announced", Between(None, D1), None, None)
        found = one(fact("registered", UNKNOWN_DAY), fact("registration_completed", UNKNOWN_DAY))
        assert told(found) == ("registered", UNKNOWN_DAY, None, None)

    def test_a_row_without_a_day_contradicts_nothing(self) -> None:
        """The day is that of the other row, and whether both mean the same is open."""
        found = one(fact("registered", UNKNOWN_DAY), fact("registered", D1))
        assert told(found) == ("registered", D1, None, None)

    def test_the_first_row_names_the_kind(self) -> None:
        """In whatever order the claims are given."""
        claims = _numbered([fact("registration_completed", D2), fact("registration_announced", D1)])
        assert [g.kind for g in group(reversed(claims))] == ["registration_completed"]

    @pytest.mark.parametrize(
        ("claims", "says"),
        [
            (
                [fact("registered", D2), fact("registered", D1)],
                "The rows give different days of registration: 2020-05-05, 2020-05-09.",
            ),
            ([fact("registered"), fact("registered")], "2 rows say the same."),
            ([fact("registered"), fact("registered", UNKNOWN_DAY)], "2 rows are not all dated."),
            (
                [fact("registration_announced", D2), fact("registered", D1)],
                "registration_announced on 2020-05-09, registered on 2020-05-05.",
            ),
        ],
    )
    def test_a_group_says_what_was_compared(self, claims: list[Claim], says: str) -> None:
        """In words that a reader of the record can follow."""
        assert one(*claims).says == says

    def test_a_registration_by_itself_is_no_group(self) -> None:
        """There is nothing to compare."""
        assert groups(fact("registered")) == ()


class TestTheShippedRecord:
    """What the rules make of the record that comes with the library; rows are found by what they say."""

    claims = read(shipped()).claims
    found = group(claims)

    def of(self, refs: tuple[str, ...], kind: str, on: Day) -> Group:
        """Return the one group of these subjects, kind and day."""
        (found,) = (g for g in self.found if (g.refs, g.kind, g.on) == (refs, kind, on))
        return found

    def test_every_joint_row_is_in_a_group_of_its_own(self) -> None:
        """A joint row is never left uncompared."""
        for claim in self.claims:
            if claim.joint:
                assert any(claim.line in g.rows and g.refs == tuple(sorted(claim.subjects)) for g in self.found)

    def test_no_group_contradicts_itself(self) -> None:
        """The views of the same credits that can be compared are consistent."""
        assert [g for g in self.found if g.agrees is False] == []

    def test_the_sides_make_up_every_decision_that_names_them(self) -> None:
        """Each total beside two sides is their sum."""
        days = {(c.subjects, c.day) for c in self.claims if c.event is EventWord.ISSUANCE_NOTIFIED_SIDE}
        assert days
        for refs, day in days:
            assert self.of(refs, "issuance_decided", day).agrees is True

    def test_a_joint_decision_is_a_cross_check(self) -> None:
        """157 t are 50 and 107; of 9,206 t one member has no amount, and none is made up."""
        assert self.of(("MN001", "MN002"), "issuance_decided", date(2016, 9, 29)).agrees is True
        open_one = self.of(("MN001", "MN002", "MN003"), "issuance_decided", date(2018, 11, 6))
        assert (open_one.amount, open_one.agrees) == (9206, None)
        assert 208 not in {g.amount for g in self.found}

    def test_a_completion_after_the_registration_agrees(self) -> None:
        """Registered as of one day, completed on a later one."""
        assert self.of(("VN002",), "registered", date(2015, 11, 30)).agrees is True

    def test_sides_that_issue_on_different_days_leave_a_stretch(self) -> None:
        """No contradiction: each side for itself."""
        apart = self.of(("MN004",), "credits_issued", Between(date(2025, 4, 11), date(2025, 5, 7)))
        assert (apart.amount, apart.agrees) == (44817, True)

    def test_credits_before_their_decision_in_the_file_are_not_early(self) -> None:
        """The order of the rows of one day means nothing."""
        assert self.of(("MN004",), "credits_issued", date(2017, 10, 24)).agrees is True


def test_a_group_has_a_form_in_json() -> None:
    """With the day as all days are written, and lists for tuples."""
    found = one(fact("registered", D1), fact("registered", D2))
    assert found.json() == {
        "refs": ["PW001"],
        "kind": "registered",
        "on": {"not_before": "2020-05-05", "not_after": "2020-05-09"},
        "amount": None,
        "agrees": False,
        "rows": [2, 3],
    }


def test_the_synthetic_record_of_three_countries_is_grouped() -> None:
    """Two days of registration, an undated withdrawal and a joint row, for three other countries."""
    text = f"""{",".join(COLUMNS)}
PW,project,PW001,Synthetic solar power,registered,2019-03-01,,,methodology PW_AM001 Ver1.0,,
PW,project,PW001,Synthetic solar power,registered,2019-03-04,,,,,
TH,project,TH001,"Synthetic
cogeneration",registration_request_withdrawn,,,,undated: marked in the list,,
CL,project,CL001+CL002,(two synthetic projects),issuance_decided,2020-05-05,,30,total,,
CL,project,CL001,Synthetic biogas,issuance_decided,2020-05-05,,10,total,,
CL,project,CL002,Synthetic wind power,issuance_decided,2020-05-05,,20,total,,
"""
    record = read_text(text)
    assert (record.rows, record.unreadable) == (6, ())
    assert [(g.refs, g.kind, str(g.on), g.amount, g.agrees, g.rows) for g in group(record.claims)] == [
        (("PW001",), "registered", "between 2019-03-01 and 2019-03-04", None, False, (2, 3)),
        (("CL001", "CL002"), "issuance_decided", "2020-05-05", 30, True, (6, 7, 8)),
    ]


DETAILS = [
    "",
    "total",
    "Japan side",
    "Palau side",
    "Thailand side",
    P1,
    f"Japan side; {P1}",
    f"Palau side; {P2}",
]
DETAILS += ["decision of 2020-05-05", "Japan registry; decision of 2020-05-09", "Ver1.0", "Ver2.0"]
FACTS = st.builds(
    fact,
    event=st.sampled_from([*EventWord]),
    on=st.sampled_from([D1, D2, D3, UNKNOWN_DAY]),
    amount=st.sampled_from([None, 0, 1, 2, 3]),
    detail=st.sampled_from(DETAILS),
    ref=st.sampled_from(["", "PW001", "PW002", "PW001+PW002", "PW001+PW002+PW003"]),
    end=st.sampled_from([None, D3, D4]),
)


@given(st.lists(FACTS, max_size=12), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_in_which_claims_are_given(claims: list[Claim], random: Random) -> None:
    """Claims are known by their lines; a group has each of its rows once, and only rows of the record."""
    numbered = _numbered(claims)
    found = group(numbered)
    random.shuffle(numbered)
    assert group(numbered) == found
    lines = {claim.line: claim for claim in numbered}
    for one_group in found:
        assert list(one_group.rows) == sorted(set(one_group.rows))
        assert set(one_group.rows) <= lines.keys()
        assert len(one_group.rows) > 1 or lines[one_group.rows[0]].joint


@given(st.lists(FACTS, max_size=12))
def test_a_row_is_in_one_group_of_its_own_subjects_at_most(claims: list[Claim]) -> None:
    """And in others only as a member's row beside a joint one; a joint row is always in one."""
    numbered = _numbered(claims)
    found = group(numbered)
    for claim in numbered:
        own = [g for g in found if claim.line in g.rows and g.refs == tuple(sorted(claim.subjects))]
        assert len(own) == 1 if claim.joint else len(own) <= 1
        others = [g for g in found if claim.line in g.rows and g not in own]
        assert all(set(claim.subjects) < set(g.refs) for g in others)
