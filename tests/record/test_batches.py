"""What a record says of issuances becomes one case for each period, or decision: all rows here are synthetic."""

from __future__ import annotations

import csv
import io
from datetime import date
from random import Random

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import UNKNOWN_DAY, Between, Verdict, register
from jcm_cycle.days import Period
from jcm_cycle.evidence import JointCommitteeDecision
from jcm_cycle.record import read_text
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.replay import Replay, ReplayedCase, replay
from jcm_cycle.states import Side

PERIOD = "2018-01-01..2018-12-31"
LATER = "2019-01-01..2019-12-31"


def row(
    event: str,
    day: str = "",
    amount: int | str = "",
    detail: str = "",
    *,
    of: str = "PW001",
    end: str = "",
    title: str = "A synthetic project",
    by: str = "",
) -> str:
    """Return a row of a synthetic record on a project of Palau."""
    cells = ("PW", "project", of, title, event, day, end, amount, detail, by, "https://example.org/synthetic")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def registered(of: str = "PW001", day: str = "2017-06-01") -> str:
    """Return the row of a registration."""
    return row("registered", day, of=of)


def decided(amount: int | str = "", detail: str = "", day: str = "2020-01-10", of: str = "PW001") -> str:
    """Return the row of a decision."""
    return row("issuance_decided", day, amount, detail, of=of)


def notified(side: str, amount: int, day: str = "2020-01-10", of: str = "PW001", period: str = "") -> str:
    """Return the row of what was notified to one side."""
    told = f"amount notified to the {side} side" + (f" for monitoring {period}" if period else "")
    return row("issuance_notified_side", day, amount, told, of=of)


def issued(side: str, amount: int | str, day: str = "2020-01-20", of: str = "PW001", more: str = "") -> str:
    """Return the row of what a registry issued."""
    link = more or "decision of 2020-01-10"
    return row("credits_issued", day, amount, f"{side} registry; {link}" if side else f"total; {link}", of=of)


def monitored(start: str, end: str, detail: str = "", of: str = "PW001") -> str:
    """Return the row of a monitoring period."""
    return row("monitoring_period", start, "", detail, of=of, end=end)


def again(*rows: str) -> Replay:
    """Replay these rows; the first stands on line 2."""
    return replay(read_text(",".join(COLUMNS) + "\n" + "".join(rows)))


def issuances(*rows: str) -> list[ReplayedCase]:
    """Return the issuances that these rows make."""
    return [case for case in again(*rows).cases if case.case.machine == "issuance"]


def one(*rows: str) -> ReplayedCase:
    """Return the one issuance that these rows make."""
    (case,) = issuances(*rows)
    return case


def fates(found: Replay) -> list[str]:
    """Return what became of each row."""
    return [str(row.became) for row in found.rows]


class TestKnownBy:
    """An issuance is known by its period, else by its decision, else by what followed."""

    @pytest.mark.parametrize(
        ("rows", "name"),
        [
            ([decided(10, f"period {PERIOD}")], f"PW001 {PERIOD}"),
            ([decided(10)], "PW001 2020-01-10"),
            ([decided(10), monitored("2018-01-01", "2018-12-31", "decision of 2020-01-10")], f"PW001 {PERIOD}"),
            ([row("issuance_announced", "2020-02-01", 10)], "PW001 by 2020-02-01"),
            ([row("issuance_announced", "2020-02-01", 10, "decision of 2020-01-10")], "PW001 2020-01-10"),
            ([issued("Japan", 10, more="x")], "PW001 by 2020-01-20"),
            ([issued("Japan", 10)], "PW001 2020-01-10"),
            ([issued("Japan", 10, more=f"monitoring {PERIOD}")], f"PW001 {PERIOD}"),
            ([monitored("2018-01-01", "2018-12-31")], f"PW001 {PERIOD}"),
            ([row("issuance_requested", "2019-11-01")], "PW001 until 2019-11-01"),
            ([decided(10, day="")], "PW001 undated"),
            ([row("issuance_requested", "")], "PW001 undated"),
        ],
    )
    def test_its_name(self, rows: list[str], name: str) -> None:
        """The id says what it is known by."""
        case = one(*rows)
        assert case.case.id == name
        assert case.case.file.of == "PW001"
        assert case.json()["of"] == "PW001"

    def test_two_decisions_on_one_day_without_a_period(self) -> None:
        """Two periods decided on one day are two cases, and a row of that day without a period is a third."""
        found = issuances(decided(10, f"period {PERIOD}"), decided(20, f"period {LATER}"), decided(30))
        assert {case.case.id: case.case.file.notified_total for case in found} == {
            f"PW001 {PERIOD}": 10,
            f"PW001 {LATER}": 20,
            "PW001 2020-01-10": 30,
        }

    def test_a_period_decided_twice_is_two_cases_that_overlap(self) -> None:
        """Nothing is merged: each has its own name, and the rule on overlap names both."""
        found = issuances(
            registered(), decided(10, f"period {PERIOD}"), decided(12, f"period {PERIOD}", day="2020-03-01")
        )
        assert [case.case.id for case in found] == [f"PW001 {PERIOD}", f"PW001 {PERIOD} (2)"]
        for case in found:
            assert [c.rule for c in case.contradictions] == ["issuance.submit_monitoring_report.no_overlap"]

    def test_a_project_without_a_number_has_issuances_too(self) -> None:
        """It is known by its title, as its case is."""
        found = again(
            row("registered", "2017-06-01", of="", title="Wind (synthetic)"),
            row("issuance_decided", "2020-01-10", 7, of="", title="wind (Synthetic)"),
        )
        project, issuance = found.cases
        assert issuance.case.file.of == project.case.id == "PW project wind (synthetic)"
        assert issuance.case.file.of_reference is None
        assert found.tonnes["PW"].notified == 7


class TestAmounts:
    """Amounts come from the sides; a total checks them, or stands alone unsplit."""

    def test_the_sides_make_the_decision_and_the_total_checks_it(self) -> None:
        """Both side rows are the entry, and the total is a view of it."""
        found = again(registered(), decided(30), notified("Japan", 24), notified("Palau", 6))
        case = found.cases[1]
        (_, decision) = case.entries
        assert isinstance(decision.evidence, JointCommitteeDecision)
        assert {line.side: line.amount for line in decision.evidence.lines or ()} == {"JP": 24, "PW": 6}
        assert fates(found) == ["entry", "cross_check", "entry", "entry"]
        assert case.json()["notified"] == {
            "total": 30,
            "sides": {"JP": 24, "PW": 6},
            "holders": [],
            "unsplit": 0,
            "inferred": None,
        }
        assert case.json()["outstanding"] == {"JP": 24, "PW": 6}

    def test_a_total_alone_is_not_split(self) -> None:
        """It is kept as a total, its holders apart, and what is left by side is not known."""
        case = one(registered(), decided(30, "total of both sides; 18 t to the Japanese government"))
        assert case.json()["notified"] == {
            "total": 30,
            "sides": {},
            "holders": [{"side": "JP", "holder": "government", "amount": 18}],
            "unsplit": 30,
            "inferred": None,
        }
        assert case.json()["outstanding"] is None
        assert case.case.file.notified is None

    def test_a_total_with_one_side(self) -> None:
        """The side is shown, the rest stays unsplit, and the case is not issued when the side has issued."""
        case = one(registered(), decided(30), notified("Japan", 24), issued("Japan", 24))
        assert case.case.state == "notified"
        assert case.json()["notified"]["sides"] == {"JP": 24}
        assert case.json()["notified"]["unsplit"] == 6
        assert case.json()["outstanding"] is None

    def test_one_side_without_a_total(self) -> None:
        """Each side with a notified amount has issued it: the case is issued."""
        case = one(registered(), notified("Japan", 24), issued("Japan", 24))
        assert case.case.state == "issued"
        assert case.json()["notified"]["total"] == 24

    def test_a_side_without_an_amount_leaves_the_split_open(self) -> None:
        """What the other side was notified is shown, and nothing is made up for this one."""
        without = row("issuance_notified_side", "2020-01-10", "", "amount notified to the Japan side")
        case = one(registered(), decided(30), without, notified("Palau", 6))
        assert case.json()["notified"]["sides"] == {"PW": 6}
        assert case.json()["notified"]["unsplit"] == 24
        alone = one(registered(), without, notified("Palau", 6))
        assert alone.case.file.notified == {"PW": 6}
        assert [str(r.became) for r in again(registered(), without, notified("Palau", 6)).rows] == [
            "entry", "cross_check", "entry"
        ]  # fmt: skip

    def test_no_amount_at_all(self) -> None:
        """A decision without an amount is a decision all the same."""
        case = one(registered(), decided())
        assert (case.case.state, case.json()["notified"]["total"]) == ("notified", None)

    def test_zero_to_both_closes_it(self) -> None:
        """The Committee notified nothing: the case is closed without credits."""
        case = one(registered(), notified("Japan", 0), notified("Palau", 0))
        assert case.case.state == "closed_without_credits"
        assert one(registered(), decided(0)).case.state == "closed_without_credits"

    def test_zero_to_one_side(self) -> None:
        """That side has nothing to issue."""
        case = one(registered(), notified("Japan", 0), notified("Palau", 1), issued("Palau", 1))
        assert case.case.state == "issued"
        assert case.case.file.sides == {"JP": Side.NOT_APPLICABLE, "PW": Side.ISSUED}

    def test_views_that_differ_are_a_contradiction_and_the_sides_count(self) -> None:
        """The total says other than the sides' sum."""
        case = one(registered(), decided(31), notified("Japan", 24), notified("Palau", 6))
        assert case.case.file.notified_total == 30
        assert [c.rule for c in case.contradictions] == ["record.views_agree"]

    def test_a_side_that_is_neither_japan_nor_the_host(self) -> None:
        """Credits notified to a third country are told, and contradict."""
        case = one(registered(), notified("Japan", 24), notified("Kenya", 6))
        assert "record.views_agree" in [c.rule for c in case.contradictions]
        assert any(c.rule == "issuance.decide_issuance.sides_sum" for c in case.contradictions)

    def test_the_same_side_twice_counts_once(self) -> None:
        """A second source for a side is a check of the first."""
        found = again(registered(), notified("Japan", 24), notified("Japan", 24), notified("Palau", 6))
        assert found.cases[1].case.file.notified == {"JP": 24, "PW": 6}
        assert fates(found) == ["entry", "entry", "cross_check", "entry"]


class TestCredits:
    """Each side issues on its own day; parts add up, views do not."""

    def test_both_sides_on_their_days(self) -> None:
        """The case is issued on the day of the later one."""
        case = one(
            registered(), notified("Japan", 24), notified("Palau", 6), issued("Palau", 6, "2020-02-20"),
            issued("Japan", 24),
        )  # fmt: skip
        assert case.case.state == "issued"
        assert [entry.on for entry in case.entries[2:]] == [date(2020, 1, 20), date(2020, 2, 20)]
        assert [str(entry.outcome) for entry in case.entries[2:]] == ["None", "None"]
        assert case.json()["outstanding"] == {}

    def test_a_side_in_parts(self) -> None:
        """Two parts of what was notified are two issuances, also on one day."""
        for second in ("2020-01-20", "2020-02-20"):
            case = one(
                registered(),
                notified("Japan", 24),
                issued("Japan", 20),
                issued("Japan", 4, second),
                notified("Palau", 6),
            )
            assert case.case.file.issued_by("JP") == 24
            assert case.case.file.sides["JP"] is Side.ISSUED
            assert case.json()["outstanding"] == {"PW": 6}

    def test_two_sources_that_differ_leave_the_amount_unknown(self) -> None:
        """Neither is picked and they are not added up; the rows contradict each other."""
        case = one(registered(), notified("Japan", 24), notified("Palau", 6), issued("Japan", 24), issued("Japan", 25))
        assert case.case.file.issued_by("JP") is None
        assert case.case.file.outstanding is None
        assert [c.rule for c in case.contradictions] == ["record.views_agree"]

    def test_a_total_beside_the_sides_is_a_check(self) -> None:
        """It is in no sum."""
        found = again(
            registered(),
            decided(30),
            issued("Japan", 24),
            issued("Palau", 6),
            row("credits_issued", "2020-01-20", 30, "total; decision of 2020-01-10"),
        )
        assert found.tonnes["PW"].issued == 30
        assert fates(found)[-1] == "cross_check"

    def test_the_total_of_a_source_issues_the_case(self) -> None:
        """No other total is known, or the same: the case is issued. Another one leaves it notified."""
        total = row("credits_issued", "2020-01-20", 30, "total")
        assert one(registered(), total).case.state == "issued"
        linked = row("credits_issued", "2020-01-20", 30, "total; decision of 2020-01-10")
        assert one(registered(), decided(30), linked).case.state == "issued"
        assert one(registered(), decided(31), linked).case.state == "notified"

    def test_an_amount_that_nobody_calls_the_total(self) -> None:
        """It is issued by a side that is not known, so the case stays notified; nothing of it is lost."""
        case = one(registered(), decided(30), row("credits_issued", "2020-01-20", 30, "decision of 2020-01-10"))
        assert case.case.state == "notified"
        assert case.json()["issued"] == {"total": 30, "sides": {}, "holders": [], "unsplit": 30, "inferred": None}

    def test_a_total_told_twice_on_different_days_is_one(self) -> None:
        """Two sources name different days: the day lies between them, and the amount counts once."""
        rows = [row("credits_issued", day, 30, "total; decision of 2020-01-10") for day in ("2020-01-20", "2020-01-22")]
        case = one(registered(), decided(30), *rows)
        assert case.case.days["issue_credits"] == Between(date(2020, 1, 20), date(2020, 1, 22))
        assert case.case.file.issued_total == 30

    def test_credits_before_an_announcement(self) -> None:
        """What was only announced later had been decided when the credits were issued."""
        case = one(
            registered(), row("issuance_announced", "2020-02-01", 24, "Japan side; decision of 2020-01-10"),
            issued("Japan", 24, "2020-01-15"),
        )  # fmt: skip
        assert case.case.state == "issued"
        assert case.contradictions == ()

    def test_credits_before_the_decision_contradict(self) -> None:
        """A decision that has its day came too late for them."""
        case = one(registered(), notified("Japan", 24), notified("Palau", 6), issued("Japan", 24, "2020-01-05"))
        assert [(c.rule, c.rows) for c in case.contradictions] == [("record.views_agree", (3, 4, 5))]

    def test_more_than_was_notified_contradicts(self) -> None:
        """The integrity rule is unmet, and the rows are named."""
        case = one(registered(), notified("Japan", 24), notified("Palau", 6), issued("Japan", 25))
        found = {c.rule: c.rows for c in case.contradictions}
        assert 5 in found["issuance.issue_credits.within_notified"]

    def test_unlinked_credits_are_their_own_case(self) -> None:
        """Nothing says that they belong to the decision, so nothing is guessed."""
        found = issuances(registered(), decided(30), row("credits_issued", "2020-02-20", 30, "total"))
        assert [case.case.id for case in found] == ["PW001 2020-01-10", "PW001 by 2020-02-20"]

    def test_an_announcement_and_credits_of_one_day_are_one(self) -> None:
        """Both say when it had been decided by."""
        case = one(
            registered(), row("issuance_announced", "2020-01-20", 30), row("credits_issued", "2020-01-20", 30, "total")
        )
        assert (case.case.id, case.case.state) == ("PW001 by 2020-01-20", "issued")


class TestPeriods:
    """A monitoring period belongs to the decision that it names, or to none."""

    def test_a_row_on_the_period_is_an_attribute(self) -> None:
        """Its period is that of the case, which it makes no entry of."""
        found = again(registered(), decided(10), monitored("2018-01-01", "2018-12-31", "decision of 2020-01-10"))
        case = found.cases[1]
        assert case.case.file.period == Period(date(2018, 1, 1), date(2018, 12, 31))
        assert fates(found) == ["entry", "entry", "attribute"]
        assert found.rows[2].case == case.case.id

    def test_alone_it_says_that_issuance_was_decided(self) -> None:
        """The word is used for periods of which issuance was decided, on a day that is not known."""
        case = one(registered(), monitored("2018-01-01", "2018-12-31"))
        assert case.case.state == "notified"
        assert case.case.days["decide_issuance"] == UNKNOWN_DAY

    def test_a_decision_that_has_another_period(self) -> None:
        """The period does not fit, so it is another issuance of that day."""
        found = issuances(
            registered(),
            decided(10, f"period {PERIOD}"),
            monitored("2019-01-01", "2019-12-31", "decision of 2020-01-10"),
        )
        assert [case.case.id for case in found] == [f"PW001 {PERIOD}", f"PW001 {LATER}"]

    def test_only_the_end_is_known(self) -> None:
        """It belongs to the one decision after it that has no period, and to none where there are two."""
        end = row("monitoring_period_end", "2018-12-31")
        assert fates(again(registered(), decided(10), end))[-1] == "attribute"
        assert one(registered(), decided(10), end).case.file.period is None
        two = again(registered(), decided(10), decided(12, day="2021-01-10"), end)
        assert fates(two)[-1] == "claim"
        assert two.rows[-1].why == "it does not tell to what it belongs"
        assert fates(again(registered(), decided(10, day="2018-01-10"), end))[-1] == "claim"

    def test_a_period_without_its_days(self) -> None:
        """A row on a period that leaves its days out says nothing that could be kept as a period."""
        found = again(registered(), decided(10), row("monitoring_period", "", "", "decision of 2020-01-10"))
        assert fates(found)[-1] == "claim"

    def test_periods_that_share_a_day_contradict(self) -> None:
        """Both cases say so, with the rows of each."""
        found = issuances(
            registered(),
            decided(10, f"period {PERIOD}"),
            decided(12, "period 2018-12-31..2019-06-30", day="2020-05-05"),
        )
        for case in found:
            assert [c.rule for c in case.contradictions] == ["issuance.submit_monitoring_report.no_overlap"]

    def test_a_period_that_ends_after_the_decision_contradicts(self) -> None:
        """What is not over cannot have been monitored."""
        case = one(registered(), decided(10, "period 2019-01-01..2020-12-31"))
        assert [c.rule for c in case.contradictions] == ["issuance.submit_monitoring_report.period_over"]

    def test_a_project_that_was_never_registered(self) -> None:
        """Credits decided for a project whose request was withdrawn contradict; absence of a row proves nothing."""
        withdrawn = row("registration_request_withdrawn")
        case = one(withdrawn, decided(10))
        assert [c.rule for c in case.contradictions] == ["issuance.decide_issuance.project_registered"]
        assert one(decided(10)).contradictions == ()
        early = one(registered(day="2020-02-02"), decided(10))
        assert [c.rule for c in early.contradictions] == ["issuance.decide_issuance.project_registered"]


class TestRequests:
    """A request for issuance is a fact of its own."""

    def test_it_belongs_to_the_period_that_it_names(self) -> None:
        """The request comes before the decision, and says how much was asked for."""
        case = one(
            registered(),
            decided(10, f"period {PERIOD}"),
            row("issuance_requested", "2019-11-01", 11, f"period {PERIOD}"),
        )
        assert [entry.step for entry in case.entries] == ["open", "request_issuance", "decide_issuance"]
        assert case.case.file.asked == 11
        assert "request_issuance" not in case.not_in_record

    def test_it_stands_alone_where_it_names_nothing(self) -> None:
        """A case that was asked for, of which no decision is known."""
        found = issuances(registered(), decided(10), row("issuance_requested", "2019-11-01"))
        assert [(case.case.id, case.case.state) for case in found] == [
            ("PW001 2020-01-10", "notified"),
            ("PW001 until 2019-11-01", "issuance_requested"),
        ]


class TestTogether:
    """Rows about several projects together: checks of their members, and what no member has of its own."""

    JOINT = "PW001+PW002"

    def test_beside_the_rows_of_all_members_it_is_a_check(self) -> None:
        """No second decision, no second tonne."""
        found = again(
            registered(), registered("PW002"), decided(157, of=self.JOINT), decided(50), decided(107, of="PW002")
        )
        assert fates(found) == ["entry", "entry", "cross_check", "entry", "entry"]
        assert found.tonnes["PW"].notified == 157
        assert [case.case.machine for case in found.cases] == ["project", "issuance"] * 2
        assert found.rows[2].group is not None

    def test_a_member_without_a_row_has_its_decision_from_it(self) -> None:
        """Its amount is what is left, shown as inferred: in no entry and in no sum."""
        found = again(registered(), registered("PW002"), decided(157, of=self.JOINT), decided(50))
        case = found.cases[3]
        assert case.case.id == "PW002 2020-01-10"
        assert case.json()["notified"] == {"total": None, "sides": {}, "holders": [], "unsplit": 0, "inferred": 107}
        assert found.tonnes["PW"].notified == 50
        assert found.tonnes["PW"].inferred == 107
        assert fates(found)[2] == "entry"

    def test_nothing_is_inferred_where_two_are_lacking_or_too_much_is_told(self) -> None:
        """One amount cannot be split in two, and none is below zero."""
        three = again(decided(157, of="PW001+PW002+PW003"), decided(50))
        assert [case.inferred for case in three.cases] == [None, None, None]
        assert three.tonnes["PW"].notified == 50
        less = again(decided(40, of=self.JOINT), decided(50))
        assert [case.inferred for case in less.cases] == [None, None]

    def test_without_any_row_of_a_member_it_counts_itself(self) -> None:
        """Each member has a decision without an amount, and the country the amount of both, once."""
        found = again(registered(), registered("PW002"), decided(40, of=self.JOINT))
        assert [case.json()["notified"]["total"] for case in found.cases] == [None] * 4
        assert found.tonnes["PW"].notified == 40

    def test_an_announcement_says_by_when(self) -> None:
        """The decision of each member was taken by its day."""
        found = again(registered(), registered("PW002"), row("issuance_announced", "2016-05-13", 40, of=self.JOINT))
        assert [case.case.id for case in found.cases[1::2]] == ["PW001 by 2016-05-13", "PW002 by 2016-05-13"]
        assert found.cases[1].case.days["decide_issuance"] == Between(not_after=date(2016, 5, 13))
        assert found.tonnes["PW"].notified == 40

    def test_an_announcement_of_decisions_that_members_have(self) -> None:
        """Their amounts make its amount: it is a check, and counts nothing."""
        rows = [decided(50), decided(107, of="PW002")]
        found = again(*rows, row("issuance_announced", "2020-02-01", 157, of=self.JOINT))
        assert len(found.cases) == 2
        assert found.tonnes["PW"].notified == 157
        assert fates(found)[-1] == "cross_check"
        other = again(*rows, row("issuance_announced", "2022-02-01", 99, of=self.JOINT))
        assert len(other.cases) == 4
        assert other.tonnes["PW"].notified == 157 + 99

    def test_credits_of_members_together(self) -> None:
        """Where each member has a row of that side and day it is a check; else the member has them without amount."""
        own = [notified("Japan", 40), notified("Japan", 85, of="PW002"), issued("Japan", 40)]
        second = issued("Japan", 85, of="PW002")
        joint = issued("Japan", 125, of=self.JOINT, more="x")
        found = again(*own, second, joint)
        assert fates(found)[-1] == "cross_check"
        assert found.tonnes["PW"].issued == 125
        lacking = again(*own, joint)
        assert fates(lacking)[-1] == "entry"
        assert lacking.tonnes["PW"].issued == 40
        alone = again(joint)
        assert alone.tonnes["PW"].issued == 125

    def test_a_row_that_names_no_project_counts_where_no_other_tells_of_the_day(self) -> None:
        """It is in a group, in the country's sum, and in no case."""
        nameless = row("issuance_announced", "2020-01-16", 17673, of="", title="(3 projects, synthetic)")
        found = again(nameless)
        assert found.cases == ()
        assert found.tonnes["PW"].notified == 17673
        assert (found.rows[0].group, found.rows[0].why) == (0, "it names no project")
        assert found.groups[0].amount == 17673
        beside = again(nameless, decided(10, day="2020-01-16"))
        assert beside.tonnes["PW"].notified == 10

    def test_credits_of_projects_that_are_not_named(self) -> None:
        """They count in the country's sum of what was issued."""
        nameless = row("credits_issued", "2020-01-16", 12, "total", of="", title="(3 projects, synthetic)")
        assert again(nameless).tonnes["PW"].issued == 12
        assert again(nameless, issued("Japan", 5, "2020-01-16")).tonnes["PW"].issued == 5


class TestAskedOfTheRegister:
    """The cases of a record know each other, and what is not in it proves nothing."""

    def test_the_register_is_open(self) -> None:
        """A free period is missing, never met: the record need not have all periods."""
        case = one(registered(), decided(10, f"period {PERIOD}"))
        (finding,) = [f for f in case.findings if f.rule == "issuance.submit_monitoring_report.no_overlap"]
        assert finding.verdict is Verdict.MISSING

    def test_a_register_of_its_own(self) -> None:
        """Who gives another register is told what that one knows."""
        text = ",".join(COLUMNS) + "\n" + registered() + decided(10)
        found = replay(read_text(text), register=register.facts())
        (finding,) = [f for f in found.cases[1].findings if f.rule == "issuance.decide_issuance.project_registered"]
        assert finding.verdict is Verdict.MISSING


ROWS = st.one_of(
    st.builds(decided, st.integers(0, 40), st.sampled_from(["", f"period {PERIOD}", "Japan side", "total"])),
    st.builds(notified, st.sampled_from(["Japan", "Palau", "Kenya"]), st.integers(0, 40)),
    st.builds(
        issued,
        st.sampled_from(["Japan", "Palau", ""]),
        st.integers(0, 40),
        st.sampled_from(["2020-01-20", "2020-01-09"]),
    ),
    st.builds(decided, st.integers(0, 90), of=st.just("PW001+PW002")),
    st.builds(row, st.just("issuance_announced"), st.just("2020-02-01"), st.integers(0, 40)),
    st.builds(monitored, st.just("2018-01-01"), st.just("2018-12-31"), st.sampled_from(["", "decision of 2020-01-10"])),
)


@given(st.lists(ROWS, max_size=7))
def test_no_tonne_is_counted_twice(rows: list[str]) -> None:
    """The sum of a country is that of its cases, and of joint rows that stand alone."""
    found = again(registered(), registered("PW002"), *rows)
    told = [case for case in found.cases if case.case.machine == "issuance"]
    alone = 0
    cells = list(csv.reader(io.StringIO("".join(rows))))
    own_days = {(c[2], c[5]) for c in cells if c[4] in ("issuance_decided", "issuance_notified_side")}
    for c in cells:
        if "+" in c[2] and not any((ref, c[5]) in own_days for ref in c[2].split("+")):
            alone = int(c[7])
    joint = {c[7] for c in cells if "+" in c[2]}
    if len(joint) < 2:
        notified_sum = sum(case.case.file.notified_total or 0 for case in told)
        assert (found.tonnes["PW"].notified or 0 if "PW" in found.tonnes else 0) == notified_sum + alone
    for case in told:
        amounts = case.json()["notified"]
        assert amounts["unsplit"] == max(0, (amounts["total"] or 0) - sum(amounts["sides"].values()))


MANY_ROWS = st.builds(
    row,
    st.sampled_from(
        ["registered", "registration_request_withdrawn", "monitoring_period_end", "issuance_requested",
         "issuance_decided", "issuance_decided", "issuance_notified_side", "credits_issued", "credits_issued",
         "issuance_announced"]
    ),
    st.sampled_from(["", "2020-01-10", "2020-01-20", "2019-05-05", "2021-03-03"]),
    st.sampled_from(["", "0", "10", "20"]),
    st.sampled_from(
        ["", "Japan side", "Palau side", "Kenya side", "total", "total of both sides; 5 t to the Japanese government",
         f"period {PERIOD}", "monitoring 2018-06-01..2019-03-31", "Japan registry; decision of 2020-01-10",
         f"Palau registry; monitoring {PERIOD}", f"amount notified to the Japan side for monitoring {PERIOD}"]
    ),
    of=st.sampled_from(["PW001", "PW001", "PW002", "PW001+PW002", "PW002+PW003", "PW001+PW002+PW003", ""]),
    title=st.sampled_from(["A synthetic project", "Another (synthetic)", "(2 projects, synthetic)"]),
)  # fmt: skip
PERIOD_ROWS = st.builds(
    monitored,
    st.just("2018-01-01"),
    st.sampled_from(["2018-12-31", "2019-12-31"]),
    st.sampled_from(["", "decision of 2020-01-10"]),
    of=st.sampled_from(["PW001", "PW002", "PW001+PW002"]),
)


def told(found: Replay) -> object:
    """Return what the order of the rows must not change."""
    shown = ("case", "state", "of", "notified", "issued", "outstanding", "not_in_record", "findings")
    cases = sorted(str({name: case.json()[name] for name in shown}) for case in found.cases)
    return dict(found.counts), cases, dict(found.tonnes)


@given(st.lists(st.one_of(MANY_ROWS, PERIOD_ROWS), max_size=7), st.randoms(use_true_random=False))
def test_whatever_the_rows_their_order_and_repetition_change_nothing(rows: list[str], random: Random) -> None:
    """Cases, states, amounts and sums stay; each row that is part of a case is a source of the entry that it names."""
    found = again(*rows)
    other = list(rows)
    random.shuffle(other)
    assert told(again(*other)) == told(found)
    doubled = again(*rows, *rows)
    assert {name: (sums.notified, sums.issued) for name, sums in doubled.tonnes.items()} == {
        name: (sums.notified, sums.issued) for name, sums in found.tonnes.items()
    }
    assert [(case.case.id, case.case.state) for case in doubled.cases] == [
        (case.case.id, case.case.state) for case in found.cases
    ]
    entries = {case.case.id: case.entries for case in found.cases}
    for line in found.rows:
        if line.case is None:
            assert fates(found)[line.line - 2] == "claim"
            assert line.why
        else:
            assert line.line in {source.row for source in entries[line.case][(line.seq or 0) - 1].sources}
