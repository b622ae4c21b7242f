"""Precedents: how recorded cases stood to a rule."""

from __future__ import annotations

from datetime import date

import pytest

from jcm_cycle import Verdict
from jcm_cycle.days import Period
from jcm_cycle.errors import UnknownRule
from jcm_cycle.record import read, shipped
from jcm_cycle.record.precedents import precedents
from jcm_cycle.record.replay import replay

OVERLAP = "issuance.submit_monitoring_report.no_overlap"
FOUND = replay(read(shipped()))


def test_periods_before_registration_are_seen() -> None:
    """Whether reductions before registration count: those of which the decision has a day."""
    early = {
        one.case.split()[0]
        for one in precedents(OVERLAP, FOUND)
        if one.facts["period"].start < one.facts.get("project_registered_on", date.min)
    }
    assert early == {"BD002", "BD004", "MN004", "MN006"}


def test_a_precedent_says_what_was_read() -> None:
    """The period, when the project was registered, when issuance was decided, and the rows to follow it by."""
    (one,) = [
        one for one in precedents("issuance.issue_credits.within_notified", FOUND) if one.case.startswith("MN005")
    ]
    assert one.verdict is Verdict.MET
    assert one.facts["period"] == Period(date(2017, 12, 2), date(2018, 12, 31))
    assert one.facts["decided_on"] == date(2019, 5, 17)
    assert one.facts["notified"] == 1
    assert one.rows == (240, 241, 242, 243, 244)
    assert str(one).startswith("MN005 2017-12-02..2018-12-31: met (period: 2017-12-02..2018-12-31; ")


def test_a_rule_on_projects_has_precedents_too() -> None:
    """The day of registration stands with what the rule read."""
    found = precedents("common.reference_never_reused", FOUND)
    assert all(one.facts["registered_on"] for one in found if one.case == "MN001")
    assert any(one.case == "MN001" for one in found)


def test_the_shipped_record_is_asked_where_none_is_given() -> None:
    """The same as for that record replayed."""
    assert precedents(OVERLAP) == precedents(OVERLAP, FOUND)


def test_what_the_record_does_not_give_is_no_precedent() -> None:
    """No monitoring report, so nothing on the form it was filed on."""
    assert precedents("issuance.request_issuance.sd_report", FOUND) == ()


@pytest.mark.parametrize(
    ("rule", "cure"),
    [("issuance.submit_monitoring_report.no_overlp", OVERLAP), ("x", "jcm-cycle rules lists their ids")],
)
def test_an_unknown_rule_is_an_error(rule: str, cure: str) -> None:
    """The error names the rule that may be meant."""
    with pytest.raises(UnknownRule, match=cure):
        precedents(rule, FOUND)
