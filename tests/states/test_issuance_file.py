"""What an issuance has gathered, step by step; all amounts are synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Case, evidence as ev, issuance
from jcm_cycle.days import Period
from jcm_cycle.states import Side

DAY = date(2024, 1, 10)
FIRST, SECOND = (Period(date(year, 1, 1), date(year, 12, 31)) for year in (2021, 2022))


def line(side: str, amount: int) -> ev.AllocationLine:
    """Return one line of an allocation."""
    return ev.AllocationLine(side=side, amount=amount)


def after(*facts: Any, **opening: Any) -> Any:
    """Return the file of an issuance after facts."""
    case = Case.open(issuance, "i1", on=date(2020, 1, 1), country="MN", of="park", **opening).case
    for fact in facts:
        case = case.record(fact).case
    return case.file


def notified(*lines: ev.AllocationLine, amount: int | None = None) -> Any:
    """Return the fact that so much was notified."""
    paper = ev.JointCommitteeDecision(decision="notified", lines=lines or None, amount=amount)
    return issuance.decide_issuance.fact(on=DAY, evidence=paper)


def issued(side: str | None, amount: int | None, *, total: bool = False) -> Any:
    """Return the fact that so much was issued."""
    return issuance.issue_credits.fact(on=DAY, evidence=ev.RegistryIssuance(side=side, amount=amount, total=total))


def reported(period: Period = FIRST, **more: Any) -> Any:
    """Return the fact that a report was filed."""
    return issuance.submit_monitoring_report.fact(on=DAY, evidence=ev.MonitoringReport(period=period, **more))


def test_reports_and_requests_are_counted_and_the_latest_holds() -> None:
    """The title stays where the report has none, and so do the scopes; the period is that of the report."""
    empty = after(title="Synthetic park")
    assert (empty.reports, empty.requests, empty.title, empty.period) == (0, 0, "Synthetic park", None)
    one = after(reported(scopes=(1,)), title="Synthetic park")
    assert (one.reports, one.title, one.period, one.scopes) == (1, "Synthetic park", FIRST, (1,))
    again = issuance.revise_monitoring_report.fact(
        on=DAY, evidence=ev.MonitoringReport(period=SECOND, title="Synthetic park II")
    )
    two = after(reported(scopes=(1,)), again, title="Synthetic park")
    assert (two.reports, two.title, two.period, two.scopes) == (2, "Synthetic park II", SECOND, (1,))
    asks = [issuance.request_issuance.fact(on=DAY, evidence=ev.IssuanceRequest(amount=amount)) for amount in (5, 7)]
    assert [(file.requests, file.asked) for file in (after(*asks[:1]), after(*asks))] == [(1, 5), (2, 7)]


def test_a_verification_tells_the_period_where_no_report_did() -> None:
    """And only then."""
    paper = ev.VerificationReport(opinion="positive", period=SECOND, amounts=(ev.YearAmount(year=2022, amount=9),))
    verified = issuance.conclude_verification.fact(on=DAY, evidence=paper)
    assert after(verified).period == SECOND
    assert after(reported(), verified).period == FIRST
    assert after(verified).verified_total == 9
    assert after().verified_total is None


def test_what_was_notified_is_the_sum_of_the_lines_or_the_total() -> None:
    """Each only where it is told."""
    assert after().notified_total is None
    assert after(notified(amount=12)).notified_total == 12
    assert after(notified(amount=12)).notified is None
    both = after(notified(line("JP", 8), line("MN", 4)))
    assert (both.notified_total, dict(both.notified)) == (12, {"JP": 8, "MN": 4})


@pytest.mark.parametrize(
    ("facts", "by_side", "whole"),
    [
        ((), 0, 0),
        ((issued("JP", 3),), 3, 3),
        ((issued("JP", 3), issued("JP", 2), issued("MN", 4)), 5, 9),
        ((issued("JP", 3), issued(None, 3, total=True)), 3, 3),
        ((issued("JP", 3), issued(None, 8, total=True)), 3, 8),
        ((issued("JP", None),), None, None),
        ((issued("JP", None), issued(None, 8, total=True)), None, 8),
    ],
)
def test_each_tonne_that_was_issued_counts_once(facts: Any, by_side: int | None, whole: int | None) -> None:
    """A total beside the sides' own is a view of the same, and an amount that is not told is no zero."""
    file = after(*facts)
    assert (file.issued_by("JP"), file.issued_total) == (by_side, whole)


@pytest.mark.parametrize(
    ("facts", "sides", "complete", "left"),
    [
        ((issued("JP", 3),), {"JP": Side.UNKNOWN}, False, None),
        ((notified(line("JP", 8), line("MN", 0)),), {"JP": Side.PENDING, "MN": Side.NOT_APPLICABLE}, False, {"JP": 8}),
        (
            (notified(line("JP", 8), line("MN", 4)), issued("JP", 5)),
            {"JP": Side.PARTLY_ISSUED, "MN": Side.PENDING},
            False,
            {"JP": 3, "MN": 4},
        ),
        (
            (notified(line("JP", 8), line("MN", 4)), issued("JP", 9)),
            {"JP": Side.ISSUED, "MN": Side.PENDING},
            False,
            {"MN": 4},
        ),
        (
            (notified(line("JP", 8), line("MN", 4)), issued("JP", None)),
            {"JP": Side.UNKNOWN, "MN": Side.PENDING},
            False,
            None,
        ),
        (
            (notified(line("JP", 8), line("MN", 4)), issued("JP", 8), issued("MN", 4)),
            {"JP": Side.ISSUED, "MN": Side.ISSUED},
            True,
            {},
        ),
        (
            (notified(line("JP", 8), line("MN", 4)), issued(None, 12, total=True)),
            {"JP": Side.PENDING, "MN": Side.PENDING},
            True,
            {},
        ),
        (
            (notified(line("JP", 8), line("MN", 4)), issued(None, 12)),
            {"JP": Side.PENDING, "MN": Side.PENDING},
            False,
            {"JP": 8, "MN": 4},
        ),
        *(
            (
                (notified(line("JP", 8), line("MN", 4)), issued(None, amount, total=True)),
                {"JP": Side.PENDING, "MN": Side.PENDING},
                False,
                {"JP": 8, "MN": 4},
            )
            for amount in (11, 13)
        ),
        ((notified(amount=12), issued(None, 12, total=True)), {}, True, {}),
        ((notified(amount=12), issued(None, 11, total=True)), {}, False, None),
        ((notified(amount=12), issued(None, 12)), {}, False, None),
    ],
)
def test_how_far_each_side_has_come(facts: Any, sides: Any, complete: bool, left: Any) -> None:  # noqa: FBT001
    """From pending to issued, with what is left; nothing is concluded where a split or an amount is not told."""
    file = after(*facts)
    assert (dict(file.sides), file.complete, file.outstanding) == (sides, complete, left)
