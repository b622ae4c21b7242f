"""The tonnes of the shipped record against sums made by hand, and what is odd in it, seen in the output.

The amounts and lines in this file were read in the record and added up by hand, not taken from what the library says.
The oddities that the shipped record does not have are shown with synthetic rows.
"""

from __future__ import annotations

from datetime import date

import pytest

from jcm_cycle.record import read, shipped
from jcm_cycle.record.replay import Replay, replay
from tests.record.rows import again, line

FOUND = replay(read(shipped()))
CASES = {case.case.id: case for case in FOUND.cases}

NOTIFIED = {
    "BD": 144 + 355,
    "ID": 17_673 + 40,  # three projects that are not named, and ID002 with ID003
    "KE": 974,
    "MN": (50 + 118 + 139) + (107 + 322) + (8_880 + 35_419) + (8_947 + 44_817) + 1 + 30_312,
}
"""Whole tonnes by country: each decision once, so neither 157 (MN001+MN002) nor 9,206 (with MN003)."""
ISSUED = {
    "LA": 207,
    "MN": (10 + 40 + 94 + 110) + (22 + 85 + 166 + 256) + (1_776 + 7_104 + 7_084 + 28_335)
    + (1_789 + 7_158 + 35_854 + 8_963) + 1 + 24_249,
    "VN": 288 + 151,
}  # fmt: skip
"""Whole tonnes by country: each side's own, or the total where a source gives only that; not the 125 of both."""


def odd(kind: str, of: Replay = FOUND) -> dict[str, str]:
    """Return what is said of each case that is odd in one way."""
    return {remark.case: remark.says for remark in of.remarks if remark.kind.startswith(kind)}


def record(*rows: tuple[str, ...]) -> Replay:
    """Replay a synthetic record of Palau; each row gives reference, title, event, day, amount and detail."""
    return again(
        *(
            line(event, day, detail, kind="project", number=reference, title=title, amount=amount)
            for reference, title, event, day, amount, detail in rows
        )
    )


class TestTonnes:
    """Each credit counts once."""

    def test_notified_is_the_hand_made_sum(self) -> None:
        """By country, and nothing for a country of which no amount is told."""
        assert {name: told.notified for name, told in FOUND.tonnes.items() if told.notified is not None} == NOTIFIED
        assert NOTIFIED["MN"] == 129_112

    def test_issued_is_the_hand_made_sum(self) -> None:
        """By country, side by side or by the total of a source."""
        assert {name: told.issued for name, told in FOUND.tonnes.items() if told.issued is not None} == ISSUED
        assert ISSUED["MN"] == 123_096

    def test_what_is_inferred_is_in_no_sum(self) -> None:
        """9,206 less 118 and 8,880 leaves 208 for MN002: shown beside the case, in none of its entries."""
        case = CASES["MN002 2018-11-06"]
        assert case.json()["notified"]["inferred"] == 9_206 - 118 - 8_880 == 208
        assert FOUND.tonnes["MN"].inferred == 208
        assert [one.case.id for one in FOUND.cases if one.inferred is not None] == [case.case.id]
        assert case.case.file.notified_total is None
        assert "208" not in repr(case.entries)

    def test_outstanding_by_side(self) -> None:
        """What Mongolia had not issued by the day of the list."""
        assert dict(FOUND.tonnes["MN"].outstanding) == {"MN": 29 + 66 + 6_063}
        assert all(not told.outstanding for name, told in FOUND.tonnes.items() if name != "MN")

    @pytest.mark.parametrize(
        ("name", "state", "notified", "issued", "outstanding"),
        [
            ("MN001 2015-09-20..2016-05-15", "issued", {"JP": 40, "MN": 10}, {"JP": 40, "MN": 10}, {}),
            ("MN001 2016-09-20..2018-05-15", "notified", {}, {"JP": 94}, None),
            ("MN001 2018-09-15..2020-12-31", "notified", {"JP": 110, "MN": 29}, {"JP": 110}, {"MN": 29}),
            ("MN002 2018-11-06", "notified", {}, {"JP": 166}, None),
            ("MN003 2018-06-01..2020-12-31", "issued", {"JP": 28_335, "MN": 7_084}, {"JP": 28_335, "MN": 7_084}, {}),
            ("MN005 2017-12-02..2018-12-31", "issued", {"JP": 0, "MN": 1}, {"MN": 1}, {}),
            ("LA001 by 2019-01-22", "issued", {}, {}, {}),
            ("VN001 by 2017-10-10", "issued", {}, {}, {}),
            ("KE002 2021-02-07", "notified", {}, {}, None),
        ],
    )
    def test_where_an_issuance_stands(
        self, name: str, state: str, notified: object, issued: object, outstanding: object
    ) -> None:
        """State, sides and what is left, issuance by issuance."""
        told = CASES[name].json()
        sides = (told["notified"]["sides"], told["issued"]["sides"])
        assert (told["state"], *sides, told["outstanding"]) == (state, notified, issued, outstanding)


class TestOddities:
    """What the notes on the record warn of, by their numbers there."""

    def test_1_periods_before_registration(self) -> None:
        """Five projects have a period that starts, or lies wholly, before registration; none of it contradicts."""
        found = odd("period lies before the registration")
        assert {name.split()[0] for name in found} == {"BD002", "BD004", "MN004", "MN006", "VN005"}
        assert "lies wholly before" in found["VN005 2016-10-06..2017-09-30"]
        assert all(CASES[name].contradictions == () for name in found)

    def test_2_a_title_is_no_key(self) -> None:
        """The withdrawn request and the later project of the same title are two cases."""
        assert odd("title of another project") == {
            "ID007": "has the title of ID010", "ID010": "has the title of ID007",
            "ID028": "has the title of ID040", "ID040": "has the title of ID028",
        }  # fmt: skip
        assert (CASES["ID007"].case.state, CASES["ID010"].case.state) == ("request_withdrawn", "registered")

    def test_3_numbers_out_of_order(self) -> None:
        """ID010 was registered after ID011, and LA002 after LA003."""
        found = odd("registered after")
        assert "ID011" in found["ID010"]
        assert "LA003" in found["LA002"]

    def test_4_completed_after_it_was_registered(self) -> None:
        """VN002 was registered as of a day before its procedure was completed."""
        assert odd("registered before the procedure") == {
            "VN002": "registered as of 2015-11-30, completed on 2015-12-08"
        }

    def test_6_sides_diverge(self) -> None:
        """Japan issued what was notified on 2026-01-24, Mongolia had not; MN005 has nothing for Japan."""
        assert {name: says.split()[0] for name, says in odd("one side has issued").items()} == {
            "MN001 2018-09-15..2020-12-31": "MN",
            "MN002 2018-09-15..2020-12-31": "MN",
            "MN006 2019-07-06..2020-12-31": "MN",
        }
        assert odd("one side was notified zero") == {"MN005 2017-12-02..2018-12-31": "JP was notified 0 t"}

    def test_7_gaps_and_the_cut(self) -> None:
        """Heating seasons leave gaps, and periods end with 2020."""
        assert odd("days between")["MN001 2016-09-20..2018-05-15"] == "no period has 2016-05-16..2016-09-19"
        assert {name[-10:] for name in odd("period ends where periods are cut")} == {"2020-12-31"}

    def test_11_what_is_left_unread_is_shown(self) -> None:
        """The two capacities of MN003 are told in words; the row says them."""
        (row,) = [row for row in FOUND.rows if row.line == 211]
        assert row.case == "MN003"
        assert "2.1 MW" in (row.why or "")
        assert "12.7 MW" in (row.why or "")

    def test_12_and_15_joint_rows(self) -> None:
        """157 t are 50 and 107 t: a check. 9,206 t give MN002 its decision, and no amount."""
        by_line = {row.line: row for row in FOUND.rows}
        assert str(by_line[195].became) == str(by_line[196].became) == "cross_check"
        assert by_line[195].why is not None
        assert "MN001 50 t + MN002 107 t against 157 t" in by_line[195].why
        assert (str(by_line[197].became), by_line[197].case) == ("entry", "MN002 2018-11-06")

    def test_14_eight_registrations_on_the_day_of_the_newer_procedure(self) -> None:
        """Nothing of the newer procedure stands against them."""
        day = date(2024, 12, 18)
        eight = [one for one in CASES.values() if one.case.days.get("decide_registration") == day]
        assert len([one for one in eight if one.case.country == "ID"]) == 8
        assert all(one.contradictions == () for one in eight)

    def test_16_order_of_rows_and_what_is_lacking(self) -> None:
        """Credits stand before their decision in the file; periods, decisions and splits are lacking elsewhere."""
        case = CASES["MN004 2017-01-01..2017-07-31"].case
        assert case.days["decide_issuance"] == case.days["issue_credits"] == date(2017, 10, 24)
        assert {"KE002 2021-02-07", "MN002 2018-11-06"} <= odd("period is not told").keys()
        assert set(odd("decision is not told")) == {
            "LA001 by 2019-01-22", "VN001 by 2017-10-10", "VN004 by 2017-10-10"
        }  # fmt: skip
        assert odd("decision is not told").keys() <= odd("amount is not split").keys()

    def test_17_holders(self) -> None:
        """201 t of VN001 went to the Japanese government and 29 t to the Vietnamese; the rest is not told."""
        issued = CASES["VN001 by 2017-10-10"].json()["issued"]
        assert issued["holders"] == [
            {"side": "JP", "holder": "government", "amount": 201},
            {"side": "VN", "holder": "government", "amount": 29},
        ]
        assert (issued["total"], issued["unsplit"]) == (288, 288)

    def test_5_many_decisions_in_one_meeting(self) -> None:
        """The first idea of Sri Lanka had its no objection on the day of the first rules."""
        assert odd("decided no later than the first rules") == {
            "LK_PIN001": "decided on 2023-10-13, on the day of the first rules of LK (2023-10-13)"
        }

    def test_8_withdrawn_in_one_country_and_long_past_in_another(self) -> None:
        """A list that marks an entity, and lists that go on without a mark."""
        assert odd("withdrawn here, designated in another country") == {
            "TPE-ET-004": "is designated as TPE-MN-007", "TPE-ET-007": "is designated as TPE-MN-011",
            "TPE-VN-001": "is designated as TPE-MN-007", "TPE-VN-006": "is designated as TPE-MN-011",
        }  # fmt: skip
        assert {name: says.split(",")[0] for name, says in odd("accreditation ended, and").items()} == {
            "TPE-ET-005": "the accreditation ended on 2024-11-28",
            "TPE-ET-009": "the accreditation ended on 2022-07-20",
            "TPE-VN-004": "the accreditation ended on 2022-11-01",
            "TPE-VN-005": "the accreditation ended on 2024-11-21",
            "TPE-VN-008": "the accreditation ended on 2024-11-28",
        }

    def test_9_versions_and_numbers_of_one_methodology(self) -> None:
        """No row approves a first version of MN_AM003, and the numbers of three proposals stand in one row."""
        assert odd("version before it is not told") == {
            "MN_AM003 Ver2.0": "no row tells of a version before MN_AM003 Ver2.0"
        }
        assert odd("number of the proposal is not sure") == {
            "MN_AM003 Ver3.0": "a row names MN_PM005, MN_PM004, MN_PM003"
        }
        assert CASES["MN_AM003 Ver3.0"].case.references == ("MN_AM003 Ver3.0",)
        assert odd("window names no version").keys() == {
            "MN_AM001 Ver1.0", "MN_AM002 Ver1.0", "MN_AM003 Ver3.0", "MN_AM004 Ver1.0"
        }  # fmt: skip

    def test_10_an_idea_that_was_decided_under_another_heading(self) -> None:
        """It is no no objection, and the row that says so can be followed."""
        assert odd("decided, and how is not told") == {"ID_PIN006": "decided on 2025-07-31, and how is not told"}
        assert CASES["ID_PIN006"].case.state == "decided_otherwise"

    def test_13_ends_of_a_validity_are_no_acts(self) -> None:
        """Twelve rows give the last day of an accreditation: each is an attribute of what the entity holds."""
        ends = [row for row in FOUND.rows if str(row.became) == "attribute" and (row.case or "").startswith("TPE-")]
        assert len(ends) == 12
        for row in ends:
            case = CASES[row.case or ""].case
            day = next(c.day for c in FOUND.record.claims if c.line == row.line)
            assert {held.until for held in case.file.holdings} == {day}, row
            assert day not in case.days.values()

    def test_18_names_numbers_and_scopes_of_entities(self) -> None:
        """Sixteen have no number, two are named nearly alike, one was renamed, two were designated again."""
        assert len(odd("number is not told")) == 16
        assert odd("went by another name before") == {
            "TPE-ET-004": "LRQA Limited, formerly Lloyd’s Register Quality Assurance Limited"
        }
        assert {name[:2] for name in odd("name is nearly that of an entity elsewhere")} == {"ID", "KG"}
        assert odd("designated again while designated") == {
            "ID tpe ampere for renewable energy": "designated on 2026-05-01",
            "KG tpe ampere for renewable energy": "designated on 2025-09-02, and on 2026-05-25",
        }
        assert odd("designation is not told").keys() == {"ID tpe ampere for renewable energy"}
        assert odd("single scopes were withdrawn") == {"TPE-MN-006": "scopes 6, 7, 9"}

    def test_19_rows_on_rules_and_rows_that_only_count(self) -> None:
        """Rules are institutional; 22 outlines and three projects that nobody names stay claims, and say why."""
        claimed = {row.line: row.why for row in FOUND.rows if str(row.became) == "claim"}
        assert claimed == {56: "it names no project", 271: "it names no idea note"}
        for row, claim in zip(FOUND.rows, sorted(FOUND.record.claims, key=lambda claim: claim.line), strict=True):
            if claim.subject_type == "rule":
                assert str(row.became) == "institutional"


class TestOdditiesThatTheShippedRecordLacks:
    """Synthetic rows for what is not in the file."""

    def test_a_title_that_differs_from_row_to_row(self) -> None:
        """The case bears the title of the registration, and the other one is told."""
        found = record(
            ("PW001", "2.1 MW plant (synthetic)", "validation_completed", "2017-03-15", "", ""),
            ("PW001", "12.7 MW plant (synthetic)", "registered", "2017-05-26", "", ""),
        )
        assert odd("title differs", found) == {"PW001": "also titled 2.1 MW plant (synthetic)"}

    def test_two_decisions_of_one_period_cut_at_the_end_of_2020(self) -> None:
        """One effort, two issuances that meet at the cut: they leave no gap and do not overlap."""
        found = record(
            ("PW001", "A (synthetic)", "registered", "2017-05-26", "", ""),
            ("PW001", "A (synthetic)", "issuance_decided", "2025-07-26", "10", "period 2019-01-01..2020-12-31"),
            ("PW001", "A (synthetic)", "issuance_decided", "2026-05-16", "12", "period 2021-01-01..2022-06-30"),
        )
        assert [case.contradictions for case in found.cases] == [(), (), ()]
        assert odd("days between", found) == {}
        assert found.tonnes["PW"].notified == 22
