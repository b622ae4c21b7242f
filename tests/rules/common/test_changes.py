"""What is asked for after registration, and its effect on the project; projects and changes are synthetic."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Case,
    Journal,
    Outcome,
    Role,
    Verdict,
    change,
    evidence as ev,
    linked,
    project,
    register,
    rejudge,
)
from jcm_cycle.errors import EvidenceError

REGISTERED, ASKED, DECIDED, HOLDS = date(2023, 1, 10), date(2024, 5, 1), date(2024, 7, 1), date(2024, 8, 1)
PAPER = ev.Document(version="2.0")
REPORT, APPROVED = "change.request_change.validation_report", "project.apply_change.change_approved"


def registered(name: str = "solar") -> Case[Any]:
    """Return a project registered elsewhere."""
    opening = ev.Opening(country="ZZ", title="Synthetic", reference="ZZ001")
    case: Case[Any] = Case.imported(project, name, opening, on=UNKNOWN_DAY).case
    return case.record(project.decide_registration.fact(on=REGISTERED, outcome=Outcome.REGISTERED)).case


def asks(kind: str = "post_registration_change", **more: Any) -> ev.ChangeRequest:
    """Return a request."""
    return ev.ChangeRequest(kind=kind, **more)


def decided(paper: ev.ChangeRequest, outcome: Outcome = Outcome.APPROVED, *, of: str = "solar") -> Case[Any]:
    """Return a change that was asked for and decided elsewhere."""
    case: Case[Any] = Case.open(change, "change-1", on=ASKED, country="ZZ", of=of).case
    decision = ev.JointCommitteeDecision(decision=outcome, decided_on=DECIDED, effective_on=HOLDS)
    for fact in (
        change.request_change.fact(on=ASKED, evidence=paper),
        change.check_request.fact(on=ASKED, outcome=Outcome.COMPLETE),
        change.decide_change.fact(on=DECIDED, evidence=decision),
    ):
        case = case.record(fact).case
    return case


def test_a_change_of_a_project_goes_its_way(world: Any) -> None:
    """It is asked for, checked, and decided; it may go together with a request for issuance."""
    case: Case[Any] = Case.open(change, "c", on=ASKED, rules=world.book(), procedure="full", of="solar").case
    paper = asks(design_document=PAPER, validation_report=PAPER, issuance="solar 2023", form_version="01.0")
    for act in (
        change.request_change(paper, by=Role.FOCAL_POINT, on=ASKED),
        change.check_request(ev.CompletenessConclusion(conclusion="incomplete"), by=Role.SECRETARIAT, on=ASKED),
        change.resubmit(paper, by=Role.PARTICIPANT, on=ASKED),
        change.check_request(ev.CompletenessConclusion(conclusion="complete"), by=Role.SECRETARIAT, on=ASKED),
        change.decide_change(
            ev.JointCommitteeDecision(decision="approved", decided_on=DECIDED), by=Role.JOINT_COMMITTEE, on=DECIDED
        ),
    ):
        answer = case.attempt(act, rules=world.only())
        assert answer, str(answer)
        case = answer.case
    assert (case.state, case.file.requests, case.file.issuance) == ("approved", 2, "solar 2023")
    assert (str(case.file.document_version), case.file.effective_on) == ("02.0", DECIDED)


def test_a_decision_answers_the_request_as_it_was_filed_last(world: Any) -> None:
    """The rules of that day govern it."""
    again = DECIDED - timedelta(days=1)
    case: Case[Any] = Case.open(change, "c", on=ASKED, rules=world.book(), procedure="full", of="solar").case
    for fact in (
        change.request_change.fact(on=ASKED),
        change.resubmit.fact(on=again),
        change.check_request.fact(on=again, outcome="complete"),
    ):
        case = case.record(fact).case
    act = change.decide_change(ev.JointCommitteeDecision(decision="approved"), by=Role.JOINT_COMMITTEE, on=DECIDED)
    assert case.attempt(act, rules=world.only()).governed_by == again


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"design_document": PAPER, "validation_report": PAPER}, Verdict.MET),
        ({"design_document": PAPER}, Verdict.MISSING),
        ({"pdd_changes": True}, Verdict.MISSING),
        ({"pdd_changes": False}, Verdict.MET),
        ({}, Verdict.MISSING),
        ({"kind": "renewal"}, Verdict.MET),
        ({"kind": "project_withdrawal"}, Verdict.MET),
        ({"kind": "renewal", "design_document": PAPER}, Verdict.MET),
    ],
)
def test_a_report_is_attached_where_the_design_document_changes(
    world: Any, given: dict[str, Any], verdict: Verdict
) -> None:
    """49: a revised document attached is a change of it, whatever the request says."""
    case = Case.open(change, "c", on=ASKED, rules=world.book(), procedure="full", of="solar").case
    book = world.only(adopt={REPORT: {"since": date(2021, 1, 1)}})
    act = change.request_change(asks(**given), by=Role.PARTICIPANT, on=ASKED)
    (found,) = [finding for finding in case.attempt(act, rules=book).findings if finding.rule == REPORT]
    assert found.verdict is verdict


KINDS = {
    "post_registration_change": ("apply_change", {"design_document": PAPER}),
    "renewal": ("renew", {"crediting_from": date(2025, 1, 1), "crediting_until": date(2034, 12, 31)}),
    "project_withdrawal": ("withdraw_project", {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_approved_change_makes_its_effect_ready_and_moves_nothing(world: Any, kind: str) -> None:
    """Once the project has had the effect, it is offered no more."""
    step, given = KINDS[kind]
    whole, asked = registered(), decided(asks(kind, **given))
    (ready,) = linked.effects([whole, asked])
    assert (ready.case, ready.change, ready.step, ready.since) == ("solar", "change-1", f"project.{step}", HOLDS)
    assert (ready.standing, ready.cites) == (project.step(step).standing, project.step(step).cites)
    assert f"solar: project.{step} is ready since {HOLDS}, for change-1 is approved" in str(ready)
    assert whole.state == "registered"
    early = whole.attempt(ready.act(on=DECIDED), rules=world.only(), register=register.of([whole, asked]))
    (refusal,) = [finding for finding in early.findings if finding.rule == APPROVED]
    assert (bool(early), refusal.verdict, refusal.earliest) == (False, Verdict.UNMET, HOLDS)
    fact = whole.record(project.step(step).fact(on=HOLDS, evidence=ready.evidence))
    assert fact.case.file.changes == (("change-1", HOLDS),)
    assert linked.effects([fact.case, asked]) == ()
    if kind == "post_registration_change":
        assert str(fact.case.file.documents[-1].version) == "02.0"
    if kind == "renewal":
        assert fact.case.file.crediting == (date(2025, 1, 1), date(2034, 12, 31))


def test_effects_are_of_approved_changes_of_known_projects_only() -> None:
    """A project is also known by its number; what was declined or is of another project offers nothing."""
    paper = asks(design_document=PAPER)
    assert linked.effects([registered(), decided(paper, Outcome.REFUSED)]) == ()
    assert linked.effects([registered(), decided(paper, of="other")]) == ()
    assert linked.effects([decided(paper)]) == ()
    assert [ready.case for ready in linked.effects([registered(), decided(paper, of="ZZ001")])] == ["solar"]


def test_an_effect_rests_on_an_approved_change_of_this_project_and_kind(world: Any) -> None:
    """Unmet where the register knows better, and missing where it knows nothing; a reason may then stand in."""
    whole = registered()
    asked = decided(asks(design_document=PAPER))
    act = project.apply_change(ev.ChangeEffect(change="change-1"), by=Role.LINKED_CASE, on=HOLDS)
    other = project.withdraw_project(ev.ChangeEffect(change="change-1"), by=Role.LINKED_CASE, on=HOLDS)
    declined = decided(asks(design_document=PAPER), Outcome.REFUSED)
    undecided = Case.open(change, "change-1", on=ASKED, country="ZZ", of="solar").case
    undecided = undecided.record(change.request_change.fact(on=ASKED, evidence=asks())).case
    for cases, made, accepted, verdict in (
        ([asked], act, True, Verdict.MET),
        ([asked], other, False, Verdict.UNMET),
        ([declined], act, False, Verdict.UNMET),
        ([undecided], act, False, Verdict.UNMET),
        ([decided(asks(), of="other")], act, False, Verdict.UNMET),
        ([], act, False, Verdict.MISSING),
    ):
        answer = whole.attempt(made, rules=world.only(), register=register.of([whole, *cases]))
        (found,) = [finding for finding in answer.findings if finding.rule == APPROVED]
        assert (bool(answer), found.verdict) == (accepted, verdict)
    told = attrs.evolve(act, despite={APPROVED: "the change is kept on paper"})
    assert whole.attempt(told, rules=world.only(), register=register.of([whole]))


def test_a_change_of_which_the_day_is_not_known_leaves_it_open() -> None:
    """Given as a fact; the register then says what it does not know, and that is kept for whoever judges again."""
    facts = [
        register.Changed(case="a", project="ZZ001", effect="renew", approved=True),
        register.Changed(case="b", project="ZZ001", effect="renew", approved=True, since=HOLDS),
    ]
    known = register.first_of(register.of([registered()]), register.facts(*facts))
    assert isinstance(known.change("a", "ZZ001", "renew", HOLDS), register.NotKnown)
    assert isinstance(known.change("b", "ZZ001", "renew", HOLDS), register.Yes)
    assert isinstance(known.change("b", "ZZ002", "renew", HOLDS), register.No)


def test_what_the_register_said_of_a_change_is_kept_for_whoever_judges_again(world: Any, journal: Journal) -> None:
    """Without the register the same verdict comes out of the journal alone."""
    opening = ev.Opening(country="ZZ", title="Synthetic", reference="ZZ001")
    opened = Case.imported(project, "solar", opening, on=REGISTERED)
    journal.append(opened)
    journal.append(opened.case.record(project.decide_registration.fact(on=REGISTERED, outcome=Outcome.REGISTERED)))
    asked = decided(asks(design_document=PAPER))
    (ready,) = linked.effects([journal.case("solar"), asked])
    known = register.of([journal.case("solar"), asked])
    answer = journal.case("solar").attempt(ready.act(on=HOLDS), rules=world.only(), register=known)
    assert answer, str(answer)
    journal.append(answer)
    again = rejudge(journal)
    assert (again.same, again.differs, again.revised) == (len(answer.findings), (), ())


def test_a_request_says_what_it_asks_for() -> None:
    """One of three kinds, each with a form of its own; a period does not end before it begins."""
    forms = {kind: asks(kind).forms[0][0] for kind in ev.ChangeKind}
    assert forms == {
        "post_registration_change": "F_PRC_Req",
        "renewal": "F_Ren_Req",
        "project_withdrawal": "F_PW_Req",
    }
    with pytest.raises(EvidenceError, match=r"^kind: 'party' is none of the words that can stand here\. Words"):
        asks("party")
    with pytest.raises(EvidenceError, match=r"^kind: nothing is asked for\. Give one of post_registration_change, "):
        asks(None)  # type: ignore[arg-type]
    with pytest.raises(EvidenceError, match=r"^crediting_until: the period ends on 2024-05-01, before it begins on"):
        asks("renewal", crediting_from=DECIDED, crediting_until=ASKED)
    with pytest.raises(EvidenceError, match=r"^A case of change belongs to a case of project\. Name it with `of`\.$"):
        Case.open(change, "c", on=ASKED, country="ZZ")
