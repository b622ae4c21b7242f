"""Rows become facts: days, opinions and decisions as far as they are known; all rows are synthetic."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from jcm_cycle import UNKNOWN_DAY, Between, register
from jcm_cycle.evidence import JointCommitteeDecision
from jcm_cycle.record import read_text
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.replay import Replay, ReplayedCase, replay

HEADER = ",".join(COLUMNS)


def row(
    reference: str = "PW001",
    event: str = "registered",
    day: str = "2019-03-01",
    detail: str = "",
    *,
    title: str = "A synthetic project",
    kind: str = "project",
    end: str = "",
    amount: str = "",
    by: str = "",
    country: str = "",
) -> str:
    """Return a row of a synthetic record; its country is that of the reference, or Palau."""
    code = country or (reference.removeprefix("TPE-")[:2] or "PW")
    cells = (code, kind, reference, title, event, day, end, amount, detail, by, "https://example.org/synthetic")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def again(*rows: str, known: register.Register | None = None) -> Replay:
    """Replay a synthetic record of these rows; the first stands on line 2."""
    return replay(read_text(HEADER + "\n" + "".join(rows)), register=known)


def one(*rows: str, known: register.Register | None = None) -> ReplayedCase:
    """Return the one case of a synthetic record."""
    (case,) = again(*rows, known=known).cases
    return case


def told(case: ReplayedCase) -> list[tuple[str, tuple[int, ...]]]:
    """Return the contradictions of a case: the rule and the rows."""
    return [(found.rule, found.rows) for found in case.contradictions]


def test_a_row_without_a_day_leaves_it_to_the_others() -> None:
    """A second source that gives no day takes nothing away from the first."""
    assert one(row(), row(day="")).case.days["decide_registration"] == date(2019, 3, 1)
    assert one(row(day="")).case.days["decide_registration"] == UNKNOWN_DAY


def test_a_joint_row_on_another_day_is_a_view_like_any_other() -> None:
    """The day lies between both, and both projects show the disagreement."""
    found = again(row("PW001+PW002", day="2019-03-09", title="(two)"), row("PW001"))
    first, second = found.cases
    assert first.case.days["decide_registration"] == Between(date(2019, 3, 1), date(2019, 3, 9))
    assert second.case.days["decide_registration"] == date(2019, 3, 9)
    assert ("record.views_agree", (2, 3)) in told(first)


def test_three_days() -> None:
    """The stretch holds the first and the last of them."""
    case = one(row(day="2019-03-05"), row(day="2019-03-01"), row(day="2019-03-09"))
    assert case.case.days["decide_registration"] == Between(date(2019, 3, 1), date(2019, 3, 9))
    assert told(case) == [("record.views_agree", (2, 3, 4))]


def test_a_report_without_a_day_comes_before_the_registration() -> None:
    """The project stays registered: what is not known of the report does not undo what is."""
    case = one(row(event="validation_completed", day=""), row())
    assert case.case.state == "registered"
    assert case.case.days["conclude_validation"] == Between(not_after=date(2019, 3, 1))
    assert case.contradictions == ()
    assert one(row(event="validation_completed", day=""), row(day="")).case.state == "registered"


def test_a_report_alone_leaves_the_opinion_open() -> None:
    """Nothing says that it was positive, so the project is still in validation."""
    case = one(row(event="validation_completed"))
    assert (case.case.state, str(case.basis)) == ("in_validation", "imported")
    assert list(case.not_in_record) == ["submit_pdd", "publish_pdd"]


@pytest.mark.parametrize("later", [{}, {"event": "registration_request_withdrawn", "day": ""}])
def test_a_report_that_was_followed_was_positive(later: dict[str, str]) -> None:
    """A registration, and a request that was withdrawn, need a positive opinion."""
    case = one(row(event="validation_completed", day="2018-01-01"), row(**later))
    (report,) = [entry for entry in case.entries if entry.step == "conclude_validation"]
    assert str(report.outcome) == "positive"
    assert case.contradictions == ()


def test_what_became_of_a_second_report() -> None:
    """Reports of two days are two facts; of one day, one."""
    early, late = (row(event="validation_completed", day=f"2018-01-0{n}") for n in (1, 2))
    steps = [entry.step for entry in one(early, late, early, row()).entries]
    assert steps.count("conclude_validation") == 2


def test_a_mark_of_validation_on_the_last_day_of_the_calendar() -> None:
    """No day of the calendar is too early or too late to be replayed."""
    for day in ("0001-01-01", "9999-12-31"):
        assert one(row(day=day)).case.state == "registered"
        assert one(row("MN001", day=day)).case.state == "registered"
        assert one(row("ID001", "status_in_validation", day)).case.state == "in_validation"


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("2nd Joint Committee in Koror", "meeting"),
        ("electronic decision", "electronic"),
        ("Joint Committee (Palau)", None),
        ("", None),
    ],
)
def test_how_it_was_decided(words: str, mode: str | None) -> None:
    """Only a meeting or an electronic decision that the row names is read."""
    decision = one(row(by=words)).entries[1].evidence
    assert isinstance(decision, JointCommitteeDecision)
    assert decision.mode == mode
    assert decision.meeting == (words or None)


@pytest.mark.parametrize("single", ["PW001", "PW002"])
def test_a_joint_row_is_a_fact_for_a_member_without_a_row_of_its_own(single: str) -> None:
    """It is a check of the one and the only source of the other, and counts as what became an entry."""
    found = again(row("PW001+PW002", title="(two)"), row(single))
    assert (found.counts["replayed"], found.counts["checked"]) == (2, 0)
    assert [case.case.state for case in found.cases] == ["registered", "registered"]


def test_a_project_of_japan_is_no_case() -> None:
    """Japan is no host country: whatever its rows say is institutional."""
    found = again(row("JP001"), row("", country="JP", title="A synthetic project in Japan"))
    assert (found.cases, found.counts["institutional"]) == ((), 2)


def test_what_a_case_is_called() -> None:
    """Its number is its reference; without a title it has none."""
    case = one(row(title=""))
    assert (case.case.references, case.case.file.title) == (("PW001",), None)
    assert case.json()["title"] is None
