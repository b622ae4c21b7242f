"""The shortest way to a goal: steps, forms, waits, gates, and what is not known on it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import orjson
import pytest

from jcm_cycle import UNKNOWN_DAY, Case, Role, Standing, books, issuance, plan, project
from jcm_cycle.days import Period
from jcm_cycle.errors import EvidenceError, UnknownStep
from jcm_cycle.evidence import MonitoringReport, Notice

WAY = [
    "submit_pdd",
    "publish_pdd",
    "close_public_inputs",
    "conclude_validation",
    "request_registration",
    "check_request",
    "decide_registration",
]
TO_CREDITS = [
    "submit_monitoring_report",
    "conclude_verification",
    "request_issuance",
    "check_request",
    "decide_issuance",
    "issue_credits",
]


def names(found: Any) -> list[str]:
    """Return the steps of a plan without their machine."""
    return [step.step.partition(".")[2] for step in found.steps]


def test_the_way_to_registration_has_what_a_rule_demands_before(world: Any) -> None:
    """Public inputs are closed on the way, though no state depends on it: a rule on the opinion does."""
    found = plan(world.case(), "registered", on=world.opened, rules=world.book())
    assert names(found) == WAY
    assert [str(step.outcome) for step in found.steps] == [
        "None", "None", "None", "positive", "None", "complete", "registered"
    ]  # fmt: skip
    assert found.goal == "project.registered"


def test_a_plan_can_be_walked(world: Any) -> None:
    """Attempted on its days, each step is accepted and the goal is reached; a day earlier the window is open."""
    case = world.case()
    found = plan(case, "registered", on=world.opened, rules=world.book())
    for step in found.steps:
        name = step.step.partition(".")[2]
        told = {"decided_on": step.earliest} if name == "decide_registration" else {}
        act = world.act(name, on=step.earliest, **told)
        if name == "close_public_inputs":
            early = case.attempt(
                world.act(name, on=step.earliest - timedelta(days=1)), rules=world.book(), register=world.register
            )
            assert not early
        answer = case.attempt(act, rules=world.book(), register=world.register)
        assert answer, str(answer)
        case = answer.case
    assert case.state == "registered"
    assert found.earliest == case.days["decide_registration"]


def test_what_was_taken_is_not_on_the_way(world: Any) -> None:
    """From validation on, with the window closed, three steps are left; with it still open, it counts from its day."""
    closed = world.case("submit_pdd", "publish_pdd", "close_public_inputs")
    assert names(plan(closed, "registered", on=date(2024, 6, 1), rules=world.book())) == WAY[3:]
    opened = world.case("submit_pdd", "publish_pdd")
    found = plan(opened, "registered", on=date(2024, 4, 20), rules=world.book())
    assert names(found) == WAY[2:]
    assert found.steps[0].earliest == opened.days["publish_pdd"] + timedelta(days=30)
    late = plan(opened, "registered", on=date(2025, 1, 1), rules=world.book())
    assert late.earliest == date(2025, 1, 1)


def test_the_way_goes_on_to_credits(world: Any) -> None:
    """For a project, a goal of what belongs to it lies beyond its registration."""
    found = plan(world.case(), "issued", on=world.opened, rules=world.book())
    assert names(found) == WAY + TO_CREDITS
    assert found.goal == "issuance.issued"
    assert str(found.steps[-1].outcome) == "complete"
    registered = world.case(*WAY[:5], "acknowledge_request", *WAY[5:])
    assert names(plan(registered, "issued", on=date(2025, 1, 1), rules=world.book())) == TO_CREDITS


def test_an_issuance_has_its_own_way(world: Any) -> None:
    """From where it stands to issued credits."""
    case = Case.open(issuance, "i", on=world.opened, rules=world.book(), procedure="full", of="case-1").case
    assert names(plan(case, "issued", on=world.opened, rules=world.book())) == TO_CREDITS
    report = MonitoringReport(period=Period(date(2022, 1, 1), date(2022, 12, 31)))
    reported = case.record(issuance.submit_monitoring_report.fact(on=date(2024, 5, 1), evidence=report)).case
    assert names(plan(reported, "verified", on=date(2024, 5, 2), rules=world.book())) == ["conclude_verification"]


def test_waits_and_limits_are_told_apart(world: Any) -> None:
    """A window has to pass; the days of an authority are a limit, and may be fewer."""
    found = {step.step: step for step in plan(world.case(), "registered", on=world.opened, rules=world.book()).steps}
    (window,) = found["project.close_public_inputs"].waits
    assert (window.days, window.limit, window.standing, window.since) == (
        30, False, Standing.CITED, "project.publish_pdd"
    )  # fmt: skip
    (check,) = found["project.check_request"].waits
    assert (check.days, check.limit, check.since) == (7, True, "project.request_registration")
    assert str(window) == "not before 30 days have passed since project.publish_pdd (cited: project.public_inputs)"
    assert str(check) == "within 7 days of project.request_registration (cited: project.registration_check)"


def test_a_clock_that_the_book_does_not_know_is_shown_as_unknown(world: Any) -> None:
    """The wait stands without a number, and the days that follow are those of what is known."""
    book = world.book(value={"project.public_inputs": None})
    found = plan(world.case(), "registered", on=world.opened, rules=book)
    (window,) = found.steps[2].waits
    assert (window.days, window.standing) == (None, Standing.UNKNOWN)
    assert "a number of days that the book does not know" in str(window)
    assert found.earliest == world.opened


def test_what_is_not_known_is_said(world: Any) -> None:
    """Rules, forms and capabilities of which the book is not sure, limits that are lacking, and its open points."""
    book = world.book(
        adopt={"project.submit_pdd.idea_cleared": {"standing": "unknown"}},
        form={"F_PDD": None},
        open_point=[{"about": "project.decide_registration", "text": "Whether there is an appeal."}],
    )
    steps = {step.step: step for step in plan(world.case(), "registered", on=world.opened, rules=book).steps}
    unknown = steps["project.submit_pdd"].unknown
    assert any(text.startswith("whether it applies that: The planned project has") for text in unknown)
    assert "which version of F_PDD is in force" in unknown
    assert "how long the authority may take" in steps["project.decide_registration"].unknown
    assert "Whether there is an appeal." in steps["project.decide_registration"].unknown
    assert "how long the authority may take" not in steps["project.check_request"].unknown


def test_rules_that_may_refuse_are_named(world: Any) -> None:
    """Those that block or hold, and none that only advise."""
    book = world.book(adopt={"project.conclude_validation.eia": {"standing": "assumed"}})
    steps = {step.step: step for step in plan(world.case(), "registered", on=world.opened, rules=book).steps}
    rules = steps["project.conclude_validation"].rules
    assert "project.conclude_validation.no_open_requests" in rules
    assert "project.conclude_validation.eia" not in rules


def test_gates_stand_before_their_step() -> None:
    """Japan's recording comes before credits are issued, from the day on which it is in force."""
    case = Case.open(project, "x", on=date(2025, 6, 1), rules=books["MN"], procedure="PCP 07.0").case
    found = plan(case, "issued", on=date(2025, 6, 1), rules=books["MN"])
    gates = {gate.id: step.step for step in found.steps for gate in step.gates}
    assert gates == {"japan.recording": "issuance.issue_credits"}
    earlier = Case.open(project, "x", on=date(2025, 1, 2), rules=books["MN"], procedure="PCP 07.0").case
    assert not any(step.gates for step in plan(earlier, "issued", on=date(2025, 1, 2), rules=books["MN"]).steps)


def test_without_a_book_only_the_table_speaks() -> None:
    """The way is the same but for what rules demand, and each step says that no rules were given."""
    case = Case.open(project, "x", on=date(2025, 1, 2), country="ZZ").case
    found = plan(case, "registered", on=date(2025, 1, 2))
    assert names(found) == [name for name in WAY if name != "close_public_inputs"]
    assert all("the rules: no rule book was given" in step.unknown for step in found.steps)


def test_a_capability_that_the_procedure_lacks_is_no_way(world: Any) -> None:
    """Where it is not known whether there is the step, the plan says so."""
    registered = world.case(*WAY[:5], "acknowledge_request", *WAY[5:])
    found = plan(registered, "crediting_ended", on=date(2025, 1, 1), rules=world.book())
    assert names(found) == ["end_crediting"]
    older = world.case(procedure="plain")
    with pytest.raises(UnknownStep, match="No way of the table leads"):
        plan(older, "crediting_ended", on=world.opened, rules=world.book())
    unsure = Case.open(project, "x", on=date(2025, 1, 2), country="ZZ").case
    (*_, last) = plan(unsure, "crediting_ended", on=date(2025, 1, 2)).steps
    assert "whether the procedure has the step: crediting_period" in last.unknown


def test_at_the_goal_nothing_is_left(world: Any) -> None:
    """The plan is empty, and its day that of planning."""
    found = plan(world.case(), "drafting", on=world.opened, rules=world.book())
    assert (found.steps, found.earliest) == ((), world.opened)


def test_a_goal_that_cannot_be_reached_is_an_error(world: Any) -> None:
    """An unknown state names those there are; a final state has no way out."""
    with pytest.raises(UnknownStep, match="States are drafting"):
        plan(world.case(), "certified", on=world.opened, rules=world.book())
    gone = world.case("submit_pdd").attempt(
        project.discontinue(Notice(), by=Role.PARTICIPANT, on=date(2024, 5, 1)), rules=world.book()
    )
    with pytest.raises(UnknownStep, match="no other state"):
        plan(gone.case, "registered", on=date(2024, 6, 1), rules=world.book())


@pytest.mark.parametrize("wrong", [UNKNOWN_DAY, datetime(2024, 1, 1), "2024-01-01"])  # noqa: DTZ001 - it is refused
def test_a_plan_is_made_on_a_day(world: Any, wrong: Any) -> None:
    """Anything else is an error."""
    with pytest.raises(EvidenceError, match="is not a day"):
        plan(world.case(), "registered", on=wrong, rules=world.book())


def test_a_plan_begins_no_earlier_than_what_is_on_record(world: Any) -> None:
    """A day before the last act of the case is no day for the next one."""
    case = world.case("submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation")
    found = plan(case, "registered", on=world.opened, rules=world.book())
    assert found.steps[0].earliest == case.last


def test_as_data_and_as_text(world: Any) -> None:
    """Both have every step, its form, its waits, and what is not known."""
    found = plan(world.case(), "registered", on=world.opened, rules=world.book())
    data = orjson.loads(orjson.dumps(found.json()))
    assert list(data) == ["schema", "case", "goal", "on", "earliest", "steps"]
    assert data["earliest"] == found.earliest.isoformat()
    assert [step["step"] for step in data["steps"]] == [step.step for step in found.steps]
    assert data["steps"][0]["form"] == {"stem": "F_PDD", "version": "03.0"}
    assert data["steps"][1]["form"] is None
    assert data["steps"][2]["waits"][0]["days"] == 30
    text = str(found)
    assert text.startswith("PLAN  case-1 to project.registered on 2024-04-01: 7 steps, not before 2024-05-01")
    assert "  1. project.submit_pdd, by focal point or participant, from 2024-04-01" in text
    assert "      rests on PDDSubmission on form F_PDD ver03.0" in text
    assert "      wait: not before 30 days" in text
    assert "      not known: how long the authority may take" in text
