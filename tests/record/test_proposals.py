"""Rows on methodologies become cases: one proposal each, a revision too, known by the version that came of it.

What the shipped record says was read in the file by hand; all other rows are synthetic.
"""

from __future__ import annotations

from datetime import date

import pytest

from jcm_cycle import UNKNOWN_DAY, Basis, Between, register
from jcm_cycle.evidence import MeetingRecord, MethodologyVersion
from jcm_cycle.record import read, shipped
from jcm_cycle.record.replay import Replay, replay
from tests.record.rows import Row, again, line, odd, one

FOUND = replay(read(shipped()))
CASES = {case.case.id: case for case in FOUND.cases if case.case.machine == "methodology"}

AM = "PW_AM001"


def row(event: str, day: str = "", detail: str = "", **cells: str) -> Row:
    """Return a synthetic row on a methodology."""
    told = {"kind": "methodology", "number": AM, "title": "Heat", **cells}
    return line(f"methodology_{event}", day, detail, **told)


def project(day: str, detail: str) -> Row:
    """Return a synthetic row on a registered project of Palau."""
    return line("registered", day, detail, kind="project", number="PW001", title="A project")


def stands(found: Replay) -> dict[str, str]:
    """Return where each case stands."""
    return {case.case.id: case.case.state for case in found.cases}


class TestTheShippedRecord:
    """Nine rows on four Mongolian methodologies: five proposals, all approved."""

    @pytest.mark.parametrize(
        ("name", "references", "days", "window"),
        [
            (
                "MN_AM001 Ver1.0", ("MN_PM001", "MN_AM001 Ver1.0"),
                {"check_proposal": date(2014, 2, 4), "close_public_inputs": date(2014, 2, 19),
                 "decide_methodology": date(2014, 2, 20)},
                (date(2014, 2, 4), date(2014, 2, 18)),
            ),
            (
                "MN_AM002 Ver1.0", ("MN_PM002", "MN_AM002 Ver1.0"),
                {"check_proposal": date(2014, 11, 18), "close_public_inputs": date(2014, 12, 3),
                 "decide_methodology": date(2015, 1, 28)},
                (date(2014, 11, 18), date(2014, 12, 2)),
            ),
            (
                "MN_AM003 Ver2.0", ("MN_PM004", "MN_AM003 Ver2.0"),
                {"decide_methodology": date(2017, 1, 30)}, (None, None),
            ),
            (
                "MN_AM003 Ver3.0", ("MN_AM003 Ver3.0",),
                {"check_proposal": date(2024, 5, 23), "close_public_inputs": date(2024, 6, 7),
                 "decide_methodology": date(2024, 8, 4)},
                (date(2024, 5, 23), date(2024, 6, 6)),
            ),
            (
                "MN_AM004 Ver1.0", ("MN_PM006", "MN_AM004 Ver1.0"),
                {"check_proposal": date(2024, 7, 31), "close_public_inputs": date(2024, 8, 15),
                 "decide_methodology": date(2024, 12, 20)},
                (date(2024, 7, 31), date(2024, 8, 14)),
            ),
        ],
    )  # fmt: skip
    def test_a_proposal_by_hand(self, name: str, references: object, days: object, window: object) -> None:
        """Its numbers, its days, and the first and the last day of its window."""
        case = CASES[name].case
        assert (case.state, CASES[name].basis, CASES[name].contradictions) == ("approved", Basis.IMPORTED, ())
        assert (case.references, dict(case.days)) == (references, days)
        assert (case.file.inputs_opened, case.file.inputs_closed) == window
        assert str(case.file.approved) == name

    def test_there_is_no_other(self) -> None:
        """Two versions of one methodology are two cases."""
        assert list(CASES) == [f"MN_AM00{n}" for n in ("1 Ver1.0", "2 Ver1.0", "3 Ver2.0", "3 Ver3.0", "4 Ver1.0")]

    def test_a_later_version_supersedes(self) -> None:
        """From the day of its approval on, the cases are not sure of the older one."""
        known = register.of([case.case for case in CASES.values()], whole=False)
        version = MethodologyVersion.parse("MN_AM003 Ver2.0")
        answers = [type(known.methodology(version, date(2024, 8, day))) for day in (3, 4)]
        assert answers == [register.Yes, register.NotKnown]
        assert isinstance(known.methodology(version, date(2017, 1, 29)), register.No)


class TestWhichRowsBelongTogether:
    """By version, by number, else by the first decision after them."""

    def test_windows_and_meetings_belong_to_the_next_decision(self) -> None:
        """Two versions, each with a window of its own; what came after both is still pending."""
        found = again(
            row("approved", "2015-06-01", "Ver1.0"), row("revision_approved", "2018-06-01", "Ver2.0"),
            row("public_inputs", "2015-01-01", end="2015-01-15"), row("public_inputs", "2018-01-01", end="2018-01-15"),
            row("considered", "2018-03-01"), row("considered", "2021-03-01"), row("public_inputs", "2021-01-01"),
        )  # fmt: skip
        assert stands(found) == {AM: "public_inputs", f"{AM} Ver1.0": "approved", f"{AM} Ver2.0": "approved"}
        cases = {case.case.id: case.case for case in found.cases}
        assert cases[f"{AM} Ver1.0"].file.inputs_opened == date(2015, 1, 1)
        assert (cases[f"{AM} Ver2.0"].file.inputs_opened, cases[f"{AM} Ver2.0"].file.considered) == (
            date(2018, 1, 1),
            1,
        )
        assert (cases[AM].file.considered, cases[AM].references) == (1, (AM,))

    def test_a_number_leads_to_the_version_that_names_it(self) -> None:
        """Also where the row of the number names no methodology."""
        found = again(
            row("considered", "2015-01-05", number="PW_PM001"),
            row("approved", "2015-06-01", "Ver1.0; proposed as PW_PM001"),
            row("considered", "2014-01-05", number="PW_PM002"),
        )  # fmt: skip
        assert stands(found) == {f"{AM} Ver1.0": "approved", "PW_PM002": "under_consideration"}
        assert found.cases[0].case.references == ("PW_PM001", f"{AM} Ver1.0")

    def test_a_number_that_no_decision_names_leads_to_the_next_one(self) -> None:
        """The latest of several; the earlier ones, and those of later days, stay by themselves."""
        found = again(
            row("public_inputs", "2014-01-01", "proposed as PW_PM001"),
            row("public_inputs", "2015-01-01", "proposed as PW_PM002"),
            row("public_inputs", "2016-01-01", "proposed as PW_PM003"),
            row("approved", "2015-06-01", "Ver1.0"),
        )
        assert stands(found) == {
            f"{AM} Ver1.0": "approved", "PW_PM001": "public_inputs", "PW_PM003": "public_inputs"
        }  # fmt: skip
        (case,) = (case.case for case in found.cases if case.case.state == "approved")
        assert case.references[0] == "PW_PM002"

    def test_a_decision_without_a_version(self) -> None:
        """It is the one of its day, or a case by itself that is known by the day."""
        same = one(row("approved", "2015-06-01", "Ver1.0"), row("decision", "2015-06-01"))
        assert (same.case.id, len(same.entries)) == (f"{AM} Ver1.0", 2)
        assert one(row("approved", "2015-06-01", "Ver1.0"), row("decision")).case.id == f"{AM} Ver1.0"
        found = again(row("approved", "2015-06-01", "Ver1.0"), row("decision", "2016-06-01"))
        assert stands(found) == {f"{AM} Ver1.0": "approved", f"{AM} 2016-06-01": "under_consideration"}
        unversioned = one(row("approved", "2015-06-01"))
        assert (unversioned.case.id, unversioned.case.state) == (f"{AM} 2015-06-01", "approved")
        assert (unversioned.case.file.approved, unversioned.case.references) == (None, (AM,))

    def test_a_decision_whose_kind_is_not_told_leaves_the_outcome_open(self) -> None:
        """Before an approval it decided nothing; after one it changes nothing."""
        early = one(row("decision", "2015-01-01", "Ver1.0"), row("approved", "2015-06-01", "Ver1.0"))
        assert [entry.outcome for entry in early.entries] == [None, None, "approved"]
        late = one(row("decision", "2015-07-01", "Ver1.0"), row("approved", "2015-06-01", "Ver1.0"))
        assert (late.case.state, late.case.days["decide_methodology"]) == ("approved", date(2015, 6, 1))

    def test_a_name_stands_for_a_number(self) -> None:
        """And a proposal may be approved under its own number, which is no approved methodology."""
        named = one(row("approved", "2015-06-01", "Ver1.0", number="", title="Heat  PUMPS"))
        assert (named.case.id, named.case.state) == ("PW methodology heat pumps Ver1.0", "approved")
        proposed = one(row("approved", "2015-06-01", "Ver1.0", number="PW_PM001"))
        assert (proposed.case.id, proposed.case.file.approved) == ("PW_PM001", None)
        (count,) = again(row("decision", "2015-06-01", number="", title="(3 methodologies)")).rows
        assert (str(count.became), count.why) == ("claim", "it names no methodology")

    def test_a_joint_row_counts_for_each(self) -> None:
        """Two methodologies approved in one row are two cases."""
        found = again(row("approved", "2015-06-01", "Ver1.0", number="PW_AM001+PW_AM002", title="(two)"))
        assert stands(found) == {"PW_AM001 Ver1.0": "approved", "PW_AM002 Ver1.0": "approved"}
        assert stands(again(row("considered", "2015-06-01", number="PW_PM001+PW_PM002"))).keys() == {
            "PW_PM001", "PW_PM002"
        }  # fmt: skip


class TestFacts:
    """Windows, meetings and decisions."""

    def test_a_meeting_alone_shows_it_under_consideration(self) -> None:
        """What the meeting did stands in the file, what it shows is observed."""
        case = one(row("considered", "2015-06-01", by="1st Joint Committee in Koror", number="PW_PM001"))
        assert (case.case.state, case.basis, case.case.file.considered) == ("under_consideration", Basis.OBSERVED, 1)
        assert case.entries[1].evidence == MeetingRecord(meeting="1st Joint Committee in Koror")
        assert case.not_in_record == ("check_proposal", "close_public_inputs")

    def test_with_revisions(self) -> None:
        """Told, or not known."""
        assert one(row("approved", "2015-06-01", "Ver1.0, with revisions")).case.file.with_revisions is True
        assert one(row("approved", "2015-06-01", "Ver1.0")).case.file.with_revisions is None

    def test_a_window_of_which_only_the_end_is_known(self) -> None:
        """It was opened by its end, or by the decision; the last day of the calendar ends no later."""
        case = one(row("public_inputs", "", end="2015-01-15"))
        assert case.case.days["check_proposal"] == Between(not_after=date(2015, 1, 16))
        by = one(row("public_inputs"), row("approved", "2015-06-01", "Ver1.0"))
        assert by.case.days["check_proposal"] == Between(not_after=date(2015, 6, 1))
        assert one(row("public_inputs")).case.days["check_proposal"] == UNKNOWN_DAY
        assert one(row("public_inputs", "9999-12-01", end="9999-12-31")).case.state == "under_consideration"

    def test_ends_of_one_window_that_differ(self) -> None:
        """It closed between the two, and the rows disagree."""
        case = one(
            row("public_inputs", "2015-01-01", end="2015-01-15"), row("public_inputs", "2015-01-01", end="2015-01-16")
        )
        assert case.case.days["close_public_inputs"] == Between(date(2015, 1, 16), date(2015, 1, 17))
        assert [c.rule for c in case.contradictions] == ["record.views_agree"]
        early = one(row("public_inputs", "", end="2015-01-15"), row("public_inputs", "", end="2015-01-16"))
        assert early.case.days["check_proposal"] == Between(not_after=date(2015, 1, 17))

    def test_approved_while_the_window_was_open(self) -> None:
        """It stays approved, nobody saw the window close, and that is odd."""
        found = again(row("public_inputs", "2015-01-01", end="2015-01-15"), row("approved", "2015-01-10", "Ver1.0"))
        (case,) = found.cases
        assert (case.case.state, "close_public_inputs" in case.case.days) == ("approved", False)
        assert odd(found, "decided before the window of public inputs was over") == {
            f"{AM} Ver1.0": "decided on 2015-01-10, inputs were taken until 2015-01-15"
        }

    def test_two_days_of_one_approval(self) -> None:
        """The day lies between both, and the rows contradict each other."""
        case = one(row("approved", "2015-06-01", "Ver1.0"), row("approved", "2015-06-04", "Ver1.0"))
        assert case.case.days["decide_methodology"] == Between(date(2015, 6, 1), date(2015, 6, 4))
        assert [(c.rule, c.rows, c.says) for c in case.contradictions] == [
            ("record.views_agree", (2, 3), "The rows give different days: 2015-06-01, 2015-06-04.")
        ]
        undated = again(row("approved", "2015-06-01", "Ver1.0"), row("approved", "", "Ver1.0"))
        assert undated.cases[0].case.days["decide_methodology"] == date(2015, 6, 1)
        assert [group.agrees for group in undated.groups] == [None]


class TestOddities:
    """What a reader would stumble over."""

    def test_one_number_of_two_proposals(self) -> None:
        """Told of both; and a listing under a number that was given before breaks a rule."""
        found = again(
            row("public_inputs", "2014-01-01", "Ver1.0; proposed as PW_PM001"),
            row("approved", "2015-06-01", "Ver1.0", number="PW_AM002"),
            row("public_inputs", "2014-02-01", "Ver1.0; proposed as PW_PM001", number="PW_AM002"),
        )
        assert odd(found, "number of another proposal") == {
            "PW_AM001 Ver1.0": "PW_PM001 is also that of PW_AM002 Ver1.0",
            "PW_AM002 Ver1.0": "PW_PM001 is also that of PW_AM001 Ver1.0",
        }
        assert {c.rule for case in found.cases for c in case.contradictions} == {"common.reference_never_reused"}
        both = again(
            row("considered", "2014-01-01", number="PW_PM001"),
            row("approved", "2015-06-01", "Ver1.0; proposed as PW_PM001"),
            row("approved", "2015-06-01", "Ver1.0; proposed as PW_PM001", number="PW_AM002"),
        )  # fmt: skip
        assert "PW_PM001" in stands(both)

    def test_versions_that_are_lacking_or_out_of_order(self) -> None:
        """A version between two that no row tells of, and a later one that was approved first."""
        found = again(row("approved", "2018-06-01", "Ver1.0"), row("revision_approved", "2015-06-01", "Ver3.0"))
        assert odd(found, "version before it is not told") == {
            f"{AM} Ver3.0": f"no row tells of a version between Ver1 and {AM} Ver3.0"
        }
        assert odd(found, "approved before an earlier version") == {
            f"{AM} Ver3.0": f"approved on 2015-06-01, before {AM} Ver1.0"
        }

    def test_a_version_that_was_never_approved(self) -> None:
        """A project cites it, and the record tells of others of the same methodology only."""
        rows = (row("approved", "2015-06-01", "Ver1.0"), project("2018-01-01", f"methodology {AM} Ver2.0"))
        says = {"PW001": f"cites {AM} Ver2.0, which no row approves"}
        assert odd(again(*rows), "cites a version of which no row tells, though of others") == says
        assert odd(again(rows[1]), "cites a version of which no row tells, though of others") == {}

    def test_titles_that_differ(self) -> None:
        """The case bears that of the approval."""
        found = again(row("public_inputs", "2015-01-01", title="Heat pumps"), row("approved", "2015-06-01", "Ver1.0"))
        assert odd(found, "title differs from row to row") == {f"{AM} Ver1.0": "also titled Heat pumps"}
