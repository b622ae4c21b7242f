"""Idea notes before a project, and losses after one: what the Committee's decision leaves known; all is synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Case, Outcome, Role, Verdict, evidence as ev, idea, loss, register

SUBMITTED, DECIDED = date(2024, 2, 1), date(2024, 3, 1)
NUMBER, CLEARED = "ZZ_PIN001", "project.submit_pdd.idea_cleared"


def note(outcome: Outcome | None = None, **more: Any) -> Case[Any]:
    """Return an idea note that was submitted and, where an outcome is given, decided on."""
    case: Case[Any] = Case.open(idea, "note", on=SUBMITTED, country="ZZ").case
    paper = ev.ProjectIdeaNote(title="Synthetic", participants=("Synthetia Solar",))
    case = case.record(idea.submit_idea.fact(on=SUBMITTED, evidence=paper)).case
    if outcome is None:
        return case
    decision = ev.JointCommitteeDecision(decision=outcome, decided_on=DECIDED, **{"number": NUMBER, **more})
    return case.record(idea.decide_idea.fact(on=DECIDED, evidence=decision)).case


def test_a_number_may_come_with_the_decision() -> None:
    """Or stand on the note already; it is one number."""
    case = note(Outcome.NO_OBJECTION)
    assert (case.state, case.references, case.file.decided_on) == ("no_objection", (NUMBER,), DECIDED)
    assert (case.file.title, case.file.participants) == ("Synthetic", ("Synthetia Solar",))
    early: Case[Any] = Case.open(idea, "note", on=SUBMITTED, country="ZZ").case
    paper = ev.ProjectIdeaNote(title="Synthetic", reference=NUMBER)
    assert early.record(idea.submit_idea.fact(on=SUBMITTED, evidence=paper)).case.references == (NUMBER,)


@pytest.mark.parametrize(
    ("outcome", "state", "verdict"),
    [
        (Outcome.NO_OBJECTION, "no_objection", Verdict.MET),
        (Outcome.OBJECTED, "objected", Verdict.UNMET),
        (Outcome.OTHERWISE, "decided_otherwise", Verdict.MISSING),
    ],
)
def test_a_project_follows_an_idea_to_which_there_was_no_objection(
    world: Any, outcome: Outcome, state: str, verdict: Verdict
) -> None:
    """What was decided otherwise, such as “adopted”, is no answer to the question."""
    case = note(outcome)
    assert case.state == state
    known = register.first_of(register.of([case]), world.register) if verdict is not Verdict.MISSING else None
    found = world.finding(CLEARED, "submit_pdd", register=known or register.of([case]))
    assert found.verdict is verdict


def test_a_waiver_names_the_projects_that_need_no_idea_note(world: Any) -> None:
    """It is an opening step of its own; a project names what the waiver names."""
    decision = ev.JointCommitteeDecision(decision=Outcome.DECIDED, decided_on=DECIDED, cases=(NUMBER, "ZZ_PIN002"))
    case = Case.open(idea, "waiver", on=DECIDED, country="ZZ").case
    case = case.record(idea.waive.fact(on=DECIDED, evidence=decision)).case
    assert (case.state, case.file.exempts) == ("waived", (NUMBER, "ZZ_PIN002"))
    for number in case.file.exempts:
        assert isinstance(register.of([case]).idea("ZZ", number, DECIDED), register.Yes)
    assert world.finding(CLEARED, "submit_pdd", register=register.of([case])).verdict is Verdict.MET
    assert isinstance(register.of([note()]).idea("ZZ", NUMBER, DECIDED), register.NotKnown)


def test_a_loss_is_reported_planned_and_compensated() -> None:
    """A plan that was returned comes again; everything beyond the names of the forms is assumed."""
    opening = ev.Opening(country="ZZ", capabilities={"loss_event": "yes"}, of="forest", of_reference="ZZ002")
    case: Case[Any] = Case.imported(loss, "fire", opening, on=SUBMITTED).case
    plan = ev.CompensationPlan(version="1.0", amount=40)
    for fact in (
        loss.report_loss.fact(on=SUBMITTED, evidence=ev.LossEventReport(occurred_on=SUBMITTED, amount=40)),
        loss.submit_plan.fact(on=SUBMITTED, evidence=plan),
        loss.decide_plan.fact(on=DECIDED, evidence=ev.JointCommitteeDecision(decision=Outcome.RETURNED)),
        loss.submit_plan.fact(on=DECIDED, evidence=plan),
        loss.decide_plan.fact(on=DECIDED, evidence=ev.JointCommitteeDecision(decision=Outcome.APPROVED)),
        loss.confirm_compensation.fact(on=DECIDED, evidence=ev.Notice(text="done")),
    ):
        case = case.record(fact).case
    file = case.file
    assert (case.state, file.of, file.of_reference) == ("compensated", "forest", "ZZ002")
    assert (file.occurred_on, file.lost, file.plans, file.compensated, file.decided_on) == (
        SUBMITTED, 40, 2, 40, DECIDED,
    )  # fmt: skip


def test_without_the_capability_there_is_no_loss_to_report(world: Any) -> None:
    """The refusal says that the procedure does not have it."""
    case = Case.open(loss, "fire", on=world.opened, rules=world.book(), procedure="plain", of="forest").case
    act = loss.report_loss(ev.LossEventReport(), by=Role.PARTICIPANT, on=world.opened)
    answer = case.attempt(act, rules=world.book())
    assert not answer
    assert "capability: loss_event" in str(answer)
