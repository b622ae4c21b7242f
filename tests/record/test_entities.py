"""Rows on third-party entities become cases: one entity in one country, its names, scopes and their ends.

What the shipped record says was read in the file by hand; all other rows are synthetic.
"""

from __future__ import annotations

from datetime import date

import pytest

from jcm_cycle import UNKNOWN_DAY, Basis, Between, register
from jcm_cycle.record import read, shipped
from jcm_cycle.record.replay import ReplayedCase, replay
from jcm_cycle.states import Holding
from tests.record.rows import Row, again, line, odd, one

FOUND = replay(read(shipped()))
CASES = {case.case.id: case for case in FOUND.cases if case.case.machine == "tpe"}

ONE = "TPE-PW-001"


def row(event: str, day: str = "", detail: str = "", **cells: str) -> Row:
    """Return a synthetic row on an entity."""
    return line(f"tpe_{event}", day, detail, **{"kind": "tpe", "number": ONE, "title": "Coast Ltd", **cells})


def held(case: ReplayedCase) -> list[tuple[object, ...]]:
    """Return scopes, role, first and last day, and end of each holding."""
    return [(h.scopes, str(h.role) if h.role else None, h.since, h.until, h.ended) for h in case.case.file.holdings]


def steps(case: ReplayedCase) -> list[str]:
    """Return the steps of its entries, after the opening."""
    return [entry.step for entry in case.entries[1:]]


class TestTheShippedRecord:
    """43 entities of six countries."""

    def test_one_case_for_each_entity_of_each_country(self) -> None:
        """27 with a number, and 16 known by their names."""
        by_country = {
            code: sum(c.case.country == code for c in CASES.values()) for code in ["ET", "GE", "ID", "KG", "MN", "VN"]
        }
        assert by_country == {"ET": 9, "GE": 4, "ID": 7, "KG": 5, "MN": 10, "VN": 8}
        assert sum(by_country.values()) == len(CASES) == 43
        assert sum(name.startswith("TPE-") for name in CASES) == 27
        assert [c.case.id for c in CASES.values() if c.case.state == "withdrawn"] == [
            "TPE-ET-002", "TPE-ET-003", "TPE-ET-004", "TPE-ET-007", "TPE-MN-005", "TPE-MN-009", "TPE-VN-001",
            "TPE-VN-006",
        ]  # fmt: skip
        assert {c.case.state for c in CASES.values()} == {"withdrawn", "designated"}

    @pytest.mark.parametrize(
        ("name", "title", "days", "holdings"),
        [
            (
                "TPE-ET-001", "Japan Quality Assurance Organization", {"decide_designation": date(2013, 12, 5)},
                [((1, 3, 4, 5, 10, 13, 14), None, date(2013, 12, 5), date(2027, 11, 20), None)],
            ),
            (
                "TPE-ET-006", "Japan Management Association", {"decide_designation": date(2016, 2, 5)},
                [
                    ((1, 2, 3), "validation", date(2016, 2, 5), date(2027, 5, 31), None),
                    ((1, 2, 3, 14), "verification", date(2016, 2, 5), date(2027, 5, 31), None),
                ],
            ),
            (
                "TPE-ET-004", "LRQA Limited",
                {"decide_designation": date(2013, 12, 12), "rename": UNKNOWN_DAY, "withdraw": UNKNOWN_DAY},
                [(tuple(range(1, 16)), None, date(2013, 12, 12), None, UNKNOWN_DAY)],
            ),
            (
                "TPE-MN-006", "Deloitte Tohmatsu Evaluation and Certification Organization Co., Ltd",
                {"decide_designation": date(2013, 12, 5), "withdraw_scope": Between(not_before=date(2013, 12, 5))},
                [
                    ((1, 2, 3, 5, 10, 12, 13, 15), None, date(2013, 12, 5), None, None),
                    ((6, 7, 9), None, date(2013, 12, 5), None, Between(not_before=date(2013, 12, 5))),
                ],
            ),
            (
                "TPE-VN-001", "Lloyd’s Register Quality Assurance Limited",
                {"decide_designation": date(2014, 4, 23), "withdraw": UNKNOWN_DAY},
                [((1, 2, 3, 7, 13), None, date(2014, 4, 23), date(2019, 12, 20), UNKNOWN_DAY)],
            ),
            (
                "ID tpe ampere for renewable energy", "Ampere for Renewable Energy",
                {
                    "decide_designation": Between(not_after=date(2025, 7, 31)),
                    "add_scope": date(2025, 7, 31),
                    "redesignate": date(2026, 5, 1),
                },
                [
                    (None, None, Between(not_after=date(2025, 7, 31)), None, date(2026, 5, 1)),
                    ((2, 4, 6, 7), None, date(2025, 7, 31), None, date(2026, 5, 1)),
                    (None, None, date(2026, 5, 1), None, None),
                    ((2, 4, 6, 7), None, date(2026, 5, 1), None, None),
                ],
            ),
            (
                "KG tpe ampere for renewable energy", "Ampere for Renewable Energy",
                {"decide_designation": date(2025, 9, 2), "redesignate": date(2026, 5, 25)},
                [
                    (None, None, date(2025, 9, 2), None, date(2026, 5, 25)),
                    (None, None, date(2026, 5, 25), None, None),
                ],
            ),
        ],
    )  # fmt: skip
    def test_an_entity_by_hand(self, name: str, title: str, days: object, holdings: object) -> None:
        """Its name of now, its days, and what it holds with scopes, role and ends."""
        case = CASES[name]
        assert (case.case.file.title, dict(case.case.days), held(case)) == (title, days, holdings)
        assert case.basis is Basis.IMPORTED
        assert case.contradictions == ()

    def test_the_register_of_the_record_answers_as_before(self) -> None:
        """Scopes that a case is sure of deny nothing that the rows leave open."""
        of_rows = register.of_record(FOUND.record)
        of_cases = register.of([case.case for case in CASES.values()], whole=False)
        for known in (of_rows, of_cases):
            answers = [
                known.entity(name[:2], name[3:], "validation", (scope,), date(2026, 6, 1))
                for name, scope in (
                    ("ID Ampere for Renewable Energy", 2),
                    ("ID Ampere for Renewable Energy", 1),
                    ("MN TPE-MN-006", 1),
                    ("MN TPE-MN-006", 6),
                )
            ]
            assert [type(answer) for answer in answers] == [
                register.Yes, register.NotKnown, register.Yes, register.NotKnown
            ]  # fmt: skip


class TestNames:
    """Spelt in two ways, with letters in brackets, or with “formerly”."""

    @pytest.mark.parametrize(
        "other",
        ["COAST LTD", "Coast  Ltd.", "Coast, Ltd", "Cöast Ltd", "Coast Ltd (CL)", "Harbour Ltd (formerly Coast Ltd)"],
    )
    def test_spellings_of_one_name_are_one_entity(self, other: str) -> None:
        """Also where one row has a number and the other none."""
        for number in ("", ONE):
            case = one(row("designated", "2019-03-01", number=number), row("withdrawn", number="", title=other))
            assert case.case.state == "withdrawn"
            assert case.case.references == ((ONE,) if number else ())

    @pytest.mark.parametrize("other", ["Coast Inc", "Coast Ltd (UK)", "Coast Ltd (Palau)", "Coasts Ltd"])
    def test_other_names_are_other_entities(self, other: str) -> None:
        """A country in brackets tells two entities apart, and a plural is only told as nearly the same."""
        found = again(row("designated", "2019-03-01", number=""), row("withdrawn", number="", title=other))
        assert len(found.cases) == 2
        assert bool(odd(found, "name is nearly that of an entity elsewhere")) is (other == "Coasts Ltd")

    def test_another_country_is_another_case(self) -> None:
        """Withdrawn in one, designated in the other: that is told."""
        found = again(
            row("designated", "2019-03-01"), row("withdrawn"),
            row("designated", "2020-03-01", number="TPE-TH-007", country="TH", title="COAST Ltd."),
        )  # fmt: skip
        assert [case.case.state for case in found.cases] == ["withdrawn", "designated"]
        assert odd(found, "withdrawn here, designated in another country") == {ONE: "is designated as TPE-TH-007"}

    @pytest.mark.parametrize(
        "title",
        ["New Ltd (formerly Coast Ltd)", "New Ltd, formerly Coast Ltd", "New Ltd (Formerly known as Coast Ltd)"],
    )
    def test_a_former_name_renames(self, title: str) -> None:
        """Since when is not told; the number stays, and it is known by both names."""
        case = one(row("designated", "2019-03-01", "scopes 1"), row("scope_added", "2020-01-01", title=title))
        assert (case.case.file.title, case.case.file.former_names) == ("New Ltd", ("Coast Ltd",))
        assert case.case.days["rename"] == UNKNOWN_DAY
        known = register.of([case.case], whole=False)
        for name in ("New Ltd", "coast ltd", ONE):
            assert isinstance(known.entity("PW", name, "validation", (1,), date(2019, 3, 1)), register.Yes)

    def test_a_chain_of_names(self) -> None:
        """Each name is kept, the one of now stands, and rows that call each other former leave the first."""
        chain = [row("designated", "2019-03-01", title=t) for t in ("C Co (formerly B Co)", "B Co (formerly A Co)")]
        assert (one(*chain).case.file.title, set(one(*chain).case.file.former_names)) == ("C Co", {"A Co", "B Co"})
        turn = [row("designated", "2019-03-01", title=t) for t in ("A Co (formerly B Co)", "B Co (formerly A Co)")]
        assert one(*turn).case.file.title == "A Co"

    def test_two_names_under_one_number(self) -> None:
        """One case, and the other name is told."""
        found = again(row("designated", "2019-03-01"), row("withdrawn", title="Quite Another Ltd"))
        assert odd(found, "name differs from row to row") == {ONE: "also named Quite Another Ltd"}

    def test_one_name_under_two_numbers(self) -> None:
        """Two cases; a row without a number that could be either stands by itself."""
        rows = [row("designated", "2019-03-01", number=f"TPE-PW-00{n}") for n in (1, 2)]
        found = again(*rows, row("withdrawn", number=""))
        assert [case.case.id for case in found.cases] == ["PW tpe coast ltd", ONE, "TPE-PW-002"]
        assert (
            odd(found, "name of another entity of the country")[ONE] == "has the name of PW tpe coast ltd, TPE-PW-002"
        )
        assert again(*rows).rows[0].why == "has the name of TPE-PW-002"

    def test_joint_rows_and_rows_without_a_name(self) -> None:
        """A joint row counts for each number and names none; a number without a name is a case all the same."""
        found = again(row("designated", "2019-03-01", number="TPE-PW-001+TPE-PW-002", title="(2 entities)"))
        assert [(case.case.id, case.case.state, case.case.file.title) for case in found.cases] == [
            (ONE, "designated", None), ("TPE-PW-002", "designated", None)
        ]  # fmt: skip
        assert one(row("designated", "2019-03-01", title="")).case.references == (ONE,)
        (count,) = again(row("designated", "2019-03-01", number="", title="(3 entities)")).rows
        assert (str(count.became), count.why) == ("claim", "it names no entity")


class TestDesignations:
    """Designated, extended, designated again, withdrawn."""

    def test_a_second_source_changes_nothing(self) -> None:
        """One designation of one day; a row without a day leaves it to the others."""
        case = one(row("designated", "2019-03-01"), row("designated", "2019-03-01"), row("designated"))
        assert steps(case) == ["decide_designation"]
        assert case.case.days["decide_designation"] == date(2019, 3, 1)

    def test_a_redesignation_replaces_what_was_held(self) -> None:
        """The scopes of the new one follow, and the last day stands beside them, and only there."""
        case = one(
            row("designated", "2014-03-01", "scopes 1,2"),
            row("redesignated", "2020-03-01", "scopes 3"),
            row("accreditation_until", "2026-03-01"),
        )
        assert held(case) == [
            ((1, 2), None, date(2014, 3, 1), None, date(2020, 3, 1)),
            ((3,), None, date(2020, 3, 1), date(2026, 3, 1), None),
        ]
        assert [str(made.became) for made in again(
            row("designated", "2014-03-01", "scopes 1,2"), row("accreditation_until", "2026-03-01")
        ).rows] == ["entry", "attribute"]  # fmt: skip

    def test_a_redesignation_alone_was_designated_by_then(self) -> None:
        """The earlier designation has no scopes and no day of its own, and is told as missing."""
        found = again(row("redesignated", "2020-03-01", "scopes 3"))
        (case,) = found.cases
        assert case.case.days["decide_designation"] == Between(not_after=date(2020, 3, 1))
        assert odd(found, "designation is not told, only what followed it")

    def test_scopes_added_to_a_designation_without_a_day(self) -> None:
        """It was designated by the day on which they were added."""
        case = one(
            row("designated", "", "scopes 1"), row("scope_added", "2020-03-01", "additional sectoral scopes of 5")
        )
        assert case.case.days["decide_designation"] == Between(not_after=date(2020, 3, 1))
        assert [h.scopes for h in case.case.file.held] == [(1,), (5,)]
        assert steps(one(row("designated"))) == ["decide_designation"]

    def test_the_day_of_a_list_says_by_when_it_was_withdrawn(self) -> None:
        """Where a row gives no day; and two days become the stretch that holds both, and a contradiction."""
        marked = row("withdrawn", "", 'undated: marked "withdrawn"; snapshot of 2021-05-01')
        case = one(row("designated", "2014-03-01", "scopes 1"), marked)
        assert case.case.days["withdraw"] == Between(not_after=date(2021, 5, 1))
        two = one(row("designated", "2014-03-01"), row("withdrawn", "2020-01-01"), row("withdrawn", "2020-01-05"))
        assert two.case.days["withdraw"] == Between(date(2020, 1, 1), date(2020, 1, 5))
        assert [(c.rule, c.rows) for c in two.contradictions] == [("record.views_agree", (3, 4))]

    def test_all_else_came_before_a_withdrawal_that_has_a_day(self) -> None:
        """Scopes lost, a new name and an accreditation of unknown day change nothing of the end."""
        case = one(
            row("designated", "2014-03-01", "scopes 1; scopes 5 later withdrawn", title="New Ltd (formerly Coast Ltd)"),
            row("withdrawn", "2020-01-01"),
        )
        assert case.case.state == "withdrawn"
        assert case.case.days["withdraw_scope"] == Between(date(2014, 3, 1), date(2020, 1, 1))
        assert case.case.days["rename"] == Between(not_after=date(2020, 1, 1))
        assert case.contradictions == ()

    def test_withdrawn_and_designated_or_listed_later(self) -> None:
        """A later designation contradicts; a later list is odd."""
        rows = (row("designated", "2014-03-01"), row("withdrawn", "2018-01-01"))
        case = one(*rows, row("designated", "2020-03-01"))
        assert [(c.rule, c.rows) for c in case.contradictions] == [("record.facts_follow", (3, 4))]
        listed = again(rows[0], rows[1], row("accreditation_until", "2027-01-01", "snapshot of 2019-05-05"))
        says = {ONE: "withdrawn on 2018-01-01, shown on a list of 2019-05-05"}
        assert odd(listed, "shown on a list after its withdrawal") == says
        by = again(
            row("designated", "2014-03-01", "snapshot of 2021-01-01"),
            row("withdrawn", "", "snapshot of 2020-01-01"),
        )
        assert "on or before 2020-01-01" in odd(by, "shown on a list after its withdrawal")[ONE]

    def test_what_only_an_end_or_a_withdrawal_tells(self) -> None:
        """A list that shows an end shows the entity designated; a withdrawal tells no more than itself."""
        case = one(row("accreditation_until", "2027-01-01"))
        assert (case.case.state, case.basis, case.case.file.accredited_until) == (
            "designated", Basis.OBSERVED, date(2027, 1, 1)
        )  # fmt: skip
        shown = one(row("accreditation_until", "2027-01-01", "snapshot of 2021-05-01"))
        assert shown.entries[-1].on == date(2021, 5, 1)
        gone = one(row("withdrawn"), row("accreditation_until", "2027-01-01"))
        assert (gone.case.state, gone.case.file.holdings) == ("withdrawn", ())
        (undated,) = again(row("accreditation_until")).rows
        assert (str(undated.became), undated.why) == ("claim", "it does not tell the last day")


class TestScopes:
    """Read from text, by role; what cannot be read is told and never guessed."""

    @pytest.mark.parametrize(
        ("detail", "scopes"),
        [
            ("scopes 1,3-5", [((1, 3, 4, 5), None)]),
            ("scopes validation 1,2; verification 1,2,14", [((1, 2), "validation"), ((1, 2, 14), "verification")]),
            ("scopes validation 1,2; verification 1,2", [((1, 2), None)]),
            ("scopes 1,2; scopes 2 later withdrawn", [((1,), None), ((2,), None)]),
            (
                "scopes 1-3; scopes 2 for validation later withdrawn",
                [((1, 3), "validation"), ((1, 2, 3), "verification"), ((2,), "validation")],
            ),
            ("scopes 15-18", [((15, 16), None)]),
            ("scopes 17,18", [(None, None)]),
            ("scopes 5-3", [(None, None)]),
            ("all scopes but two", [(None, None)]),
            ("scopes 7 later withdrawn", [(None, None)]),
            ("", [(None, None)]),
        ],
    )  # fmt: skip
    def test_what_a_detail_tells(self, detail: str, scopes: object) -> None:
        """Scopes by role, those withdrawn later by themselves; None where they are not known."""
        case = one(row("designated", "2019-03-01", detail))
        assert [(h[0], h[1]) for h in held(case)] == scopes
        assert case.case.state == "designated"

    def test_what_cannot_be_read_is_told(self) -> None:
        """The words as they stand, and numbers that no scope has."""
        found = again(row("designated", "2019-03-01", "scopes 1; scopes 5-3; of good repute"))
        assert odd(found, "scopes could not be read") == {ONE: "“scopes 5-3”"}
        assert odd(again(row("designated", "2019-03-01", "scopes 0-17")), "number that is no scope") == {
            ONE: "scope 0, 17 is left out"
        }

    def test_rows_that_tell_different_scopes(self) -> None:
        """None is chosen: they are not known, and the rows contradict each other."""
        case = one(row("designated", "2019-03-01", "scopes 1"), row("designated", "2019-03-01", "scopes 2"))
        assert case.case.file.holdings == (Holding(scopes=None, since=date(2019, 3, 1)),)
        assert [(c.rule, c.says) for c in case.contradictions] == [
            ("record.views_agree", "The rows tell different scopes.")
        ]

    def test_ends_that_differ_or_come_too_early(self) -> None:
        """The latest of several is kept, and an end before the designation is odd."""
        found = again(
            row("designated", "2019-03-01", "scopes 1"),
            row("accreditation_until", "2018-01-01"),
            row("accreditation_until", "2017-01-01"),
        )
        (case,) = found.cases
        assert held(case)[0][3] == date(2018, 1, 1)
        assert odd(found, "last day of the accreditation differs from row to row")
        assert "2018-01-01" in odd(found, "accreditation ended before the designation")[ONE]
        assert odd(found, "accreditation ended, and no withdrawal is told")

    def test_a_withdrawal_dated_before_the_designation(self) -> None:
        """Days that run backwards contradict, and raise nothing."""
        case = one(
            row("designated", "2019-03-01", "scopes 1; scopes 5 later withdrawn"), row("withdrawn", "2010-01-01")
        )
        assert case.case.days["withdraw_scope"] == UNKNOWN_DAY
        assert [c.rule for c in case.contradictions] == ["record.facts_follow"]
