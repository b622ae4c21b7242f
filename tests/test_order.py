"""The days of a decision: not later than the act, and not before what it answers; all cases are synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Between, Case, Journal, Outcome, Role, audit, evidence as ev, project

ASKED, CHECKED, DAY = date(2025, 4, 1), date(2025, 4, 3), date(2025, 5, 1)
NO_BOOK = {"common.rules_in_force": "synthetic"}


def considered() -> Case[Any]:
    """Return a project that lies before the Committee."""
    case = Case.open(project, "park", on=date(2025, 1, 6), country="ZZ").case
    for fact in (
        project.request_registration.fact(on=ASKED),
        project.check_request.fact(on=CHECKED, outcome=Outcome.COMPLETE),
    ):
        case = case.record(fact).case
    return case


def decides(decided_on: Any, on: date = DAY) -> Any:
    """Return the act of registering it."""
    paper = ev.JointCommitteeDecision(decision="registered", decided_on=decided_on)
    return project.decide_registration(paper, by=Role.JOINT_COMMITTEE, on=on)


@pytest.mark.parametrize(
    ("decided_on", "rules"),
    [
        (None, []),
        (DAY, []),
        (date(2025, 4, 30), []),
        (ASKED, []),
        (date(2025, 5, 2), ["procedure.decision"]),
        (date(2035, 5, 1), ["procedure.decision"]),
        (date(2025, 3, 31), ["procedure.request"]),
        (date(2015, 5, 1), ["procedure.request"]),
    ],
)
def test_a_decision_whose_day_cannot_be(decided_on: Any, rules: list[str]) -> None:
    """A year that was mistyped is refused, with both days."""
    answer = considered().attempt(decides(decided_on))
    found = [finding for finding in answer.findings if finding.rule in ("procedure.decision", "procedure.request")]
    assert [finding.rule for finding in found] == rules
    for finding in found:
        assert finding.refuses
        assert finding.facts["decided_on"] == decided_on
        assert not answer


def test_a_request_whose_day_is_not_known_is_in_nobodys_way() -> None:
    """Only what is sure counts."""
    case = Case.open(project, "park", on=date(2025, 1, 6), country="ZZ").case
    case = case.record(project.request_registration.fact(on=Between(date(2025, 2, 1), date(2025, 6, 1)))).case
    answer = case.attempt(decides(date(2025, 3, 1)))
    assert "procedure.request" not in [finding.rule for finding in answer.findings]


def test_an_audit_tells_a_decision_that_was_recorded_before_its_request(journal: Journal) -> None:
    """Facts are never refused; that they cannot both be so is shown."""
    opened = Case.open(project, "park", on=date(2025, 1, 6), country="ZZ")
    journal.append(opened)
    for fact in (
        project.decide_registration.fact(on=date(2025, 3, 1), outcome=Outcome.REGISTERED),
        project.request_registration.fact(on=ASKED),
    ):
        journal.append(journal.case("park").record(fact))
    found = {one.entry.step: [item.rule for item in one.contradictions] for one in audit(journal.entries("park")).facts}
    assert found == {"decide_registration": ["procedure.request"], "request_registration": []}
