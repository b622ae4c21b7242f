"""Rules on the request for registration and its check.

Two of them cannot be unmet: what `attachments` and `sd_plan` demand is either there or left out, and left out it is
missing. `project.check_request.in_time` is a duty of the secretariat and refuses nobody.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jcm_cycle import Between, Finding, Outcome, Verdict, evidence as ev, project

MET, UNMET, MISSING = Verdict.MET, Verdict.UNMET, Verdict.MISSING
STEP, CHECK = "request_registration", "check_request"


def judged(found: Finding | None) -> tuple[Verdict, date | None]:
    """Return verdict and earliest day of a finding that must be there."""
    assert found is not None
    return found.verdict, found.earliest


# --- 19 and 20: what is attached


@pytest.mark.parametrize("left_out", ["design_document", "modalities", "validation_report"])
def test_the_request_carries_three_papers(world: Any, left_out: str) -> None:
    """One that is left out is missing; nothing says that it is not there."""
    assert judged(world.finding("project.request_registration.attachments", STEP)) == (MET, None)
    found = world.finding("project.request_registration.attachments", STEP, **{left_out: None})
    assert judged(found) == (MISSING, None)
    assert found.facts[left_out] is None


@pytest.mark.parametrize(
    ("validated", "attached", "verdict"),
    [
        ("1.0", "1.0", MET),
        ("1.0", "ver01.0", MET),
        ("1.0", "1.1", UNMET),
        ("1.1", "1.0", UNMET),
        (None, "1.0", MISSING),
        ("1.0", None, MISSING),
    ],
)
def test_the_design_document_attached_is_the_one_validated(
    world: Any, validated: str | None, attached: str | None, verdict: Verdict
) -> None:
    """By the version that the report names, however it is written."""
    case = world.before(STEP, conclude_validation={"document_version": validated})
    found = world.finding(
        "project.request_registration.same_version", STEP, case=case, design_document={"version": attached}
    )
    assert judged(found) == (verdict, None)


def test_no_document_or_no_report_is_missing(world: Any) -> None:
    """A request without design document has no version, and neither has a case without report."""
    rule = "project.request_registration.same_version"
    assert judged(world.finding(rule, STEP, design_document=None)) == (MISSING, None)
    case = world.case("submit_pdd", "publish_pdd")
    case = case.record(project.conclude_validation.fact(on=world.day("conclude_validation"))).case
    case = case.record(project.observed("validated", on=world.day("conclude_validation"))).case
    assert judged(world.finding(rule, STEP, case=case)) == (MISSING, None)


# --- 21 and 22: what newer procedures ask for


@pytest.mark.parametrize(
    ("percents", "agreed", "verdict"),
    [
        (("100",), True, MET),
        (("33.5", "66.5"), True, MET),
        (("33.3", "33.3", "33.3", "0.1"), True, MET),
        (("33.3", "33.3", "33.3"), True, UNMET),
        (("50", "50.1"), True, UNMET),
        ((), True, UNMET),
        (("100",), False, UNMET),
        (("100",), None, MISSING),
        (None, True, MISSING),
    ],
)
def test_the_shares_of_an_agreed_allocation_sum_to_one_hundred(
    world: Any, percents: Any, verdict: Verdict, *, agreed: bool | None
) -> None:
    """Exactly: decimal numbers, no rounding."""
    shares = None if percents is None else tuple(ev.Share(side="ZZ", percent=percent) for percent in percents)
    found = world.finding(
        "project.request_registration.allocation", STEP, allocation={"shares": shares, "agreed": agreed}
    )
    assert judged(found) == (verdict, None)


def test_a_request_without_allocation_is_missing(world: Any) -> None:
    """Nothing is attached."""
    found = world.finding("project.request_registration.allocation", STEP, allocation=None)
    assert judged(found) == (MISSING, None)


def test_a_plan_filed_with_the_design_document_is_there(world: Any) -> None:
    """The plan may come with the request or have come before; left out of both it is missing."""
    rule = "project.request_registration.sd_plan"
    plan = ev.SustainableDevelopmentPlan(form_version="01.0")
    before = world.before(STEP, submit_pdd={"sd_plan": plan})
    assert judged(world.finding(rule, STEP)) == (MET, None)
    assert judged(world.finding(rule, STEP, case=before, sd_plan=None)) == (MET, None)
    assert judged(world.finding(rule, STEP, sd_plan=None)) == (MISSING, None)


@pytest.mark.parametrize(
    ("procedure", "verdict", "standing", "effect"),
    [
        ("full", MISSING, "cited", "blocks"),
        ("trial", MISSING, "cited", "blocks"),
        ("dark", MISSING, "unknown", "advises"),
        ("plain", None, None, None),
    ],
)
@pytest.mark.parametrize(("rule", "part"), [("allocation", "allocation"), ("sd_plan", "sd_plan")])
def test_allocation_and_plan_are_asked_for_where_the_procedure_has_them(
    world: Any, rule: str, part: str, procedure: str, verdict: Any, standing: str | None, effect: str | None
) -> None:
    """Asked where they are there, even provisionally; only advice where nobody knows; else not asked."""
    answer = world.attempt(STEP, procedure=procedure, **{part: None})
    found = {f.rule: f for f in answer.findings}.get(f"project.request_registration.{rule}")
    assert (found and found.verdict, found and found.standing, found and found.effect) == (verdict, standing, effect)
    assert bool(answer) is (effect != "blocks")


# --- 23: the check is in time

REQUESTED = date(2024, 5, 31)  # `world` requests on the sixtieth day and acknowledges on the day after


@pytest.mark.parametrize(("days", "verdict", "late_by"), [(0, MET, 0), (7, MET, 0), (8, UNMET, 1), (30, UNMET, 23)])
@pytest.mark.parametrize("acknowledged", [True, False])
def test_a_late_check_is_said_to_be_late_and_goes_through(
    world: Any, days: int, verdict: Verdict, late_by: int, *, acknowledged: bool
) -> None:
    """Seven days from the receipt, or from the request where no receipt is on record."""
    case = world.before(CHECK)
    received = REQUESTED + timedelta(days=1)
    if not acknowledged:
        case, received = world.before("acknowledge_request"), REQUESTED
    answer = world.attempt(CHECK, case=case, on=received + timedelta(days=days))
    found = next(f for f in answer.findings if f.rule == "project.check_request.in_time")
    assert judged(found) == (verdict, None)
    assert (found.effect, found.refuses) == ("duty", False)
    assert found.facts == {"days": 7, "due": received + timedelta(days=7), "late_by": late_by}
    assert answer


def test_the_receipt_of_an_earlier_request_does_not_count(world: Any) -> None:
    """After a request that was found incomplete the days run from the new one."""
    case = world.case(
        "submit_pdd",
        "publish_pdd",
        "close_public_inputs",
        "conclude_validation",
        "request_registration",
        "acknowledge_request",
        "check_request",
        check_request={"conclusion": Outcome.INCOMPLETE},
    )
    again = date(2024, 7, 1)
    case = world.attempt(STEP, case=case, on=again).case
    found = world.finding("project.check_request.in_time", CHECK, case=case, on=again + timedelta(days=7))
    assert (judged(found), found.facts["due"]) == ((MET, None), again + timedelta(days=7))
    case = world.attempt("acknowledge_request", case=case, on=again + timedelta(days=2)).case
    found = world.finding("project.check_request.in_time", CHECK, case=case, on=again + timedelta(days=10))
    assert (judged(found), found.facts["late_by"]) == ((UNMET, None), 1)


@pytest.mark.parametrize("row", [None, {"value": None}, {"until": "unknown"}])
def test_a_limit_that_the_book_does_not_know_is_missing(world: Any, row: dict[str, Any] | None) -> None:
    """Missing, and still a duty."""
    answer = world.attempt(CHECK, book=world.book(value={"project.registration_check": row}))
    found = next(f for f in answer.findings if f.rule == "project.check_request.in_time")
    assert (judged(found), found.effect) == ((MISSING, None), "duty")
    assert found.facts == {"why": "the limit or the day from which it counts is not known", "days": None}
    assert answer


def test_a_limit_stands_as_well_as_the_value_it_comes_from(world: Any) -> None:
    """The duty stays a duty; the finding says how well founded the days are."""
    book = world.book(value={"project.registration_check": {"standing": "inferred"}})
    answer = world.attempt(CHECK, book=book, on=date(2024, 7, 1))
    found = next(f for f in answer.findings if f.rule == "project.check_request.in_time")
    assert (found.verdict, found.effect, found.standing) == (UNMET, "duty", "inferred")


def test_a_request_on_a_day_nobody_knows_leaves_the_rules_open(world: Any) -> None:
    """Its rules govern the check, so that each is missing and only advises."""
    case = world.before(STEP)
    paper = world.evidence(STEP)
    case = case.record(
        project.request_registration.fact(on=Between(date(2024, 2, 1), date(2024, 6, 2)), evidence=paper)
    ).case
    answer = world.attempt(CHECK, case=case)
    assert answer
    found = next(f for f in answer.findings if f.rule == "project.check_request.in_time")
    assert (found.verdict, found.effect, found.standing) == (MISSING, "advises", "unknown")
