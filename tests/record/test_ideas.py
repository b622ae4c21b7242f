"""Rows on idea notes become cases; what is decided under another heading is no no objection.

What the shipped record says was read in the file by hand; all other rows are synthetic.
"""

from __future__ import annotations

from datetime import date

import pytest

from jcm_cycle import UNKNOWN_DAY, Between, register
from jcm_cycle.record import read, shipped
from jcm_cycle.record.precedents import precedents
from jcm_cycle.record.replay import replay
from tests.record.rows import Row, again, line, one

FOUND = replay(read(shipped()))
CASES = {case.case.id: case for case in FOUND.cases if case.case.machine == "idea"}


def row(event: str, day: str = "", **cells: str) -> Row:
    """Return a synthetic row on an idea."""
    told = {"kind": "pin", "number": "PW_PIN001", "title": "A plant", "by": "electronic decision", **cells}
    return line(event, day, **told)


class TestTheShippedRecord:
    """Ten idea notes of Georgia, Indonesia and Sri Lanka; 22 outlines of the Philippines are only counted."""

    def test_where_each_stands(self) -> None:
        """Nine had no objection, one was decided under another heading."""
        assert {name: (case.case.state, case.case.days["decide_idea"].isoformat()) for name, case in CASES.items()} == {
            "GE_PIN001": ("no_objection", "2025-08-06"),
            "ID_PIN001": ("no_objection", "2025-01-07"),
            "ID_PIN002": ("no_objection", "2025-01-07"),
            "ID_PIN003": ("no_objection", "2025-04-30"),
            "ID_PIN004": ("no_objection", "2025-04-30"),
            "ID_PIN005": ("no_objection", "2025-04-30"),
            "ID_PIN006": ("decided_otherwise", "2025-07-31"),
            "ID_PIN007": ("no_objection", "2025-12-02"),
            "ID_PIN008": ("no_objection", "2025-12-02"),
            "LK_PIN001": ("no_objection", "2023-10-13"),
        }
        assert all(case.not_in_record == ("submit_idea",) for case in CASES.values())
        assert all(case.case.references == (name,) for name, case in CASES.items())

    def test_the_same_json_as_any_case(self) -> None:
        """An idea, an entity and a proposal have the keys of a project, and no tonnes."""
        keys = list(FOUND.cases[0].json())
        for case in FOUND.cases:
            told = case.json()
            assert list(told) == keys
            if case.case.machine in ("methodology", "tpe", "idea"):
                assert (told["of"], told["notified"]["total"], told["issued"]["total"], told["outstanding"]) == (
                    None,
                ) * 4

    def test_they_are_precedents_too(self) -> None:
        """A rule that binds to decisions of several machines finds cases of each."""
        machines = {case.case.id: case.case.machine for case in FOUND.cases}
        found = precedents("common.reference_never_reused", FOUND)
        assert {"project", "idea", "tpe", "methodology"} <= {machines[one.case] for one in found}
        (ours,) = (one for one in found if one.case == "GE_PIN001")
        assert ours.facts["decided_on"] == date(2025, 8, 6)


class TestDecisions:
    """No objection, a decision whose kind is not told, and an exemption."""

    @pytest.mark.parametrize(
        ("rows", "outcomes", "day"),
        [
            ([row("pin_no_objection", "2025-01-07")], ["no_objection"], date(2025, 1, 7)),
            ([row("pin_no_objection")], ["no_objection"], UNKNOWN_DAY),
            ([row("pin_decision", "2025-01-07")], ["otherwise"], date(2025, 1, 7)),
            (
                [row("pin_decision", "2025-01-07"), row("pin_no_objection", "2025-01-07")],
                ["no_objection"], date(2025, 1, 7),
            ),
            (
                [row("pin_decision", "2025-01-01"), row("pin_no_objection", "2025-01-07")],
                [None, "no_objection"], date(2025, 1, 7),
            ),
            (
                [row("pin_decision", "2025-02-01"), row("pin_no_objection", "2025-01-07"), row("pin_decision")],
                ["no_objection"], date(2025, 1, 7),
            ),
        ],
    )  # fmt: skip
    def test_how_it_ended(self, rows: list[Row], outcomes: object, day: object) -> None:
        """An earlier decision left it open; a later one, or one without a day, changes nothing."""
        case = one(*rows)
        assert sorted((e.outcome for e in case.entries[1:]), key=lambda o: o is not None) == outcomes
        assert case.case.days["decide_idea"] == day
        assert case.contradictions == ()

    def test_two_days_of_one_no_objection(self) -> None:
        """The day lies between both, and the rows contradict each other."""
        case = one(row("pin_no_objection", "2025-01-07"), row("pin_no_objection", "2025-01-09"))
        assert case.case.days["decide_idea"] == Between(date(2025, 1, 7), date(2025, 1, 9))
        assert [(c.rule, c.rows) for c in case.contradictions] == [("record.views_agree", (2, 3))]

    def test_a_decision_of_unknown_day_is_told(self) -> None:
        """In the words of the remark."""
        found = again(row("pin_decision"))
        assert [remark.says for remark in found.remarks] == ["decided on an unknown day, and how is not told"]

    def test_an_idea_that_was_exempted(self) -> None:
        """The register knows it as cleared."""
        case = one(row("pin_waived", "2025-01-07"))
        assert (case.case.state, case.case.file.exempts) == ("waived", ("PW_PIN001",))
        assert isinstance(register.of([case.case]).idea("PW", "PW_PIN001", date(2025, 1, 7)), register.Yes)

    def test_projects_that_need_no_note(self) -> None:
        """Each has a case of its own beside that of the project, which names it."""
        registered = row("registered", "2020-01-01", kind="project", number="PW001")
        found = again(registered, row("pin_waived", "2025-01-07", kind="project", number="PW001+PW002", title="(two)"))
        assert [(case.case.id, case.case.machine, case.case.state) for case in found.cases] == [
            ("PW001", "project", "registered"), ("PW001 waiver", "idea", "waived"), ("PW002 waiver", "idea", "waived")
        ]  # fmt: skip
        assert [case.case.file.exempts for case in found.cases[1:]] == [("PW001",), ("PW002",)]
        assert [str(row.became) for row in found.rows] == ["entry", "entry"]

    def test_joint_rows_and_names(self) -> None:
        """A joint row counts for each note, a name stands for a number, and a count names none."""
        found = again(row("pin_no_objection", "2025-01-07", number="PW_PIN001+PW_PIN002", title="(two)"))
        assert [case.case.id for case in found.cases] == ["PW_PIN001", "PW_PIN002"]
        named = one(row("pin_no_objection", "2025-01-07", number=""))
        assert (named.case.id, named.case.references) == ("PW pin a plant", ())
        (count,) = again(row("pin_decision", "2025-01-07", number="", title="(22 outlines)")).rows
        assert (str(count.became), count.why) == ("claim", "it names no idea note")

    def test_before_the_first_rules(self) -> None:
        """That is told, with both days."""
        rules = ("PW", "rule", "", "Rules", "rule_adopted", "2025-02-01", "", "", "", "", "")
        later = ("PW", "rule", "", "More rules", "rule_adopted", "2025-03-01", "", "", "", "", "")
        says = [r.says for r in again(row("pin_no_objection", "2025-01-07"), later, rules).remarks]
        assert says == ["decided on 2025-01-07, before the first rules of PW (2025-02-01)"]
        assert again(row("pin_no_objection", "2025-02-07"), rules).remarks == ()
