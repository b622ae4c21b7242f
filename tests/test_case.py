"""A case: opened, attempted, recorded, moved and corrected, and never changed in place."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Accepted,
    Act,
    Actor,
    Basis,
    Between,
    Case,
    Draft,
    Entry,
    Fact,
    Faulted,
    Finding,
    Journal,
    Outcome,
    Refused,
    Role,
    Verdict,
    attempt_all,
    books,
    evidence as ev,
    issuance,
    project,
    register,
)
from jcm_cycle.case import UNPINNED
from jcm_cycle.errors import EvidenceError, JournalError, ProcedureUnknown, StaleDraft, UnknownStep
from jcm_cycle.rules import rules as all_rules
from jcm_cycle.states import CAPABILITIES

DAY = date(2024, 4, 1)
OUTCOMES = [(step.name, outcome) for step in project.steps.values() for outcome in dict.fromkeys((*step.rows, None))]


def bare(case: str = "case-1") -> Case[Any]:
    """Return a case opened without a book."""
    return Case.open(project, case, on=DAY, country="ZZ").case


def standing_in(state: str) -> Case[Any]:
    """Return a case that a list shows in a state."""
    return bare().record(project.observed(state, on=DAY)).case


# Opening


def test_a_case_is_opened_in_the_first_state_under_the_procedure_named(world: Any) -> None:
    """It stands where the machine begins, pinned to what the opener named, with nothing gathered."""
    opened = Case.open(project, "case-1", on=world.opened, rules=world.book(), procedure="full", title="Solar")
    case = opened.case
    assert (case.id, case.machine, case.country, case.state) == ("case-1", "project", "ZZ", "drafting")
    assert (case.procedure.name, case.capabilities["sd_plan"]) == ("full", "yes")
    assert (case.entries, case.last, dict(case.days), case.references) == (1, world.opened, {}, ())
    assert case.file.title == "Solar"
    assert opened.draft.basis is Basis.JUDGED
    assert [edition.country for edition in opened.draft.editions] == ["ZZ"]


def test_a_case_needs_a_country() -> None:
    """Without a book, nobody else says where it is."""
    with pytest.raises(EvidenceError, match="No country is given"):
        Case.open(project, "case-1", on=DAY)


@pytest.mark.parametrize("country", ["BD", "ZZ"])
def test_a_case_is_not_opened_under_the_book_of_another_country(world: Any, country: str) -> None:
    """The country given must be that of the book."""
    with pytest.raises(EvidenceError, match="The book is that of MN"):
        Case.open(project, "case-1", on=DAY, rules=books["MN"], country=country)
    with pytest.raises(EvidenceError, match="The book is that of ZZ"):
        Case.open(project, "case-1", on=DAY, rules=world.book(), country="YY", procedure="full")


@pytest.mark.parametrize("name", ["", " ", "\n\t", None, 7, "half \ud800"])
def test_a_case_needs_an_id_that_is_not_blank(name: Any) -> None:
    """Nothing could be told from it."""
    with pytest.raises(EvidenceError, match="cannot be opened as"):
        Case.open(project, name, on=DAY, country="ZZ")


def test_where_the_book_does_not_know_the_procedure_the_opener_is_told_the_candidates(world: Any) -> None:
    """Four procedures are in force; which one applies is for the opener to say."""
    with pytest.raises(ProcedureUnknown) as caught:
        Case.open(project, "case-1", on=DAY, rules=world.book())
    assert caught.value.candidates == ("plain", "full", "trial", "dark")
    with pytest.raises(ProcedureUnknown) as caught:
        Case.open(project, "case-1", on=DAY, rules=world.book(), procedure="empty")
    assert caught.value.candidates == ("plain", "full", "trial", "dark")


def test_before_the_first_procedure_no_case_is_opened(world: Any) -> None:
    """There is no candidate to name."""
    with pytest.raises(ProcedureUnknown) as caught:
        Case.open(project, "case-1", on=date(2020, 12, 31), rules=world.book())
    assert caught.value.candidates == ()


@pytest.mark.parametrize("day", [UNKNOWN_DAY, Between(date(2024, 1, 1), date(2024, 2, 1))])
def test_a_book_is_asked_about_exact_days_only(world: Any, day: Between) -> None:
    """On a day that is not exactly known a case is opened without a book, its procedure unknown."""
    with pytest.raises(EvidenceError, match="exact day"):
        Case.open(project, "case-1", on=day, rules=world.book(), procedure="full")
    case = Case.open(project, "case-1", on=day, country="ZZ").case
    assert (case.procedure.name, dict(case.capabilities)) == (None, UNPINNED)
    assert set(case.capabilities) == set(CAPABILITIES)


def test_a_case_from_elsewhere_brings_what_is_known_of_it() -> None:
    """Title, number and methodologies of a record are in the file from the first day."""
    opening = ev.Opening(country="ZZ", title="Solar", reference="ZZ001", methodologies=("ZZ_AM001 Ver1.0",))
    opened = Case.imported(project, "ZZ001", opening, on=UNKNOWN_DAY)
    assert opened.case.references == ("ZZ001",)
    assert opened.case.file.title == "Solar"
    assert [str(m) for m in opened.case.file.methodologies] == ["ZZ_AM001 Ver1.0"]


# Attempting


def test_an_accepted_act_gives_a_new_case_and_leaves_the_old_one_as_it_was(world: Any) -> None:
    """Nothing that the old case holds is shared in a way that could change it."""
    before = world.case()
    kept = pickle.dumps(before)
    answer = before.attempt(world.act("submit_pdd"), rules=world.book(), register=world.register)
    assert isinstance(answer, Accepted)
    assert pickle.dumps(before) == kept
    assert (before.state, answer.case.state) == ("drafting", "submitted")
    assert (answer.case.entries, answer.case.last) == (2, world.day("submit_pdd"))
    assert answer.case.days == {"submit_pdd": world.day("submit_pdd")}
    assert (answer.verdict, answer.draft.after, answer.governed_by) == ("accepted", 1, world.day("submit_pdd"))


def test_a_refused_act_leaves_the_case_and_says_every_reason(world: Any) -> None:
    """All rules are judged, not only the first that fails."""
    before = world.before("conclude_validation")
    late = before.attempt(
        world.act("conclude_validation", open_requests=("CAR 1",), ticked=()),
        rules=world.book(),
        register=world.register,
    )
    assert isinstance(late, Refused)
    assert not late
    assert late.case is before
    assert {finding.rule for finding in late.refusals} == {
        "project.conclude_validation.no_open_requests",
        "project.conclude_validation.checklist",
    }
    assert len(late.findings) > len(late.refusals)


def test_a_refusal_names_the_earliest_day_only_where_waiting_alone_would_help(world: Any) -> None:
    """A window that is still open is a wait; a wrong role beside it is none."""
    before = world.before("close_public_inputs")
    end = world.day("close_public_inputs") - timedelta(days=1)
    act = world.act("close_public_inputs", on=end)
    answer = before.attempt(act, rules=world.book(), register=world.register)
    assert isinstance(answer, Refused)
    assert answer.earliest == end + timedelta(days=1)
    both = before.attempt(attrs.evolve(act, by=Actor(Role.PUBLIC)), rules=world.book(), register=world.register)
    assert isinstance(both, Refused)
    assert both.earliest is None


def broken(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    """Let a rule raise."""

    def fails(*_: object) -> Finding:
        raise ZeroDivisionError(rule)

    monkeypatch.setitem(all_rules(), rule, attrs.evolve(all_rules()[rule], function=fails))  # type: ignore[arg-type]


FRAGILE = "project.conclude_validation.no_open_requests"


def test_a_rule_that_fails_and_could_refuse_faults_the_act(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case is unchanged, and the answer names rule and error."""
    before = world.before("conclude_validation")
    broken(monkeypatch, FRAGILE)
    answer = world.attempt("conclude_validation", case=before, book=world.book(book={"name": "Other"}))
    assert isinstance(answer, Faulted)
    assert not answer
    assert answer.case is before
    assert (answer.rule, type(answer.error), answer.verdict) == (FRAGILE, ZeroDivisionError, "faulted")
    assert "ZeroDivisionError" in answer.explain()


def test_a_rule_that_fails_and_only_advises_is_missing(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The act goes through, and the finding carries the error."""
    before = world.before("conclude_validation")
    broken(monkeypatch, FRAGILE)
    book = world.book(adopt={FRAGILE: {"standing": "assumed"}})
    answer = world.attempt("conclude_validation", case=before, book=book)
    assert isinstance(answer, Accepted)
    found = next(finding for finding in answer.findings if finding.rule == FRAGILE)
    assert found.verdict is Verdict.MISSING
    assert "ZeroDivisionError" in found.facts["error"]


def test_a_rule_that_answers_with_something_else_is_a_rule_that_fails(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bare bool is no finding."""
    before = world.before("conclude_validation")
    rule = attrs.evolve(all_rules()[FRAGILE], function=lambda *_: True)
    monkeypatch.setitem(all_rules(), FRAGILE, rule)  # type: ignore[arg-type]
    answer = world.attempt("conclude_validation", case=before, book=world.book(book={"name": "Other"}))
    assert isinstance(answer, Faulted)
    assert isinstance(answer.error, TypeError)


def test_an_act_of_another_machine_or_step_is_an_error() -> None:
    """It is for no procedure to accept or refuse."""
    case = bare()
    paper = ev.Receipt()
    for machine, step in (("transfer", "acknowledge"), ("issuance", "check_request"), ("project", "celebrate")):
        with pytest.raises(UnknownStep):
            case.attempt(Act(machine, step, paper, Actor(Role.SECRETARIAT), DAY))


def test_evidence_of_another_class_is_an_error() -> None:
    """Neither the step nor the attempt takes it."""
    case = bare()
    with pytest.raises(EvidenceError, match="rests on PDDSubmission"):
        project.submit_pdd(ev.Receipt(), by=Role.PARTICIPANT, on=DAY)  # type: ignore[arg-type]
    with pytest.raises(EvidenceError, match="rests on PDDSubmission"):
        case.attempt(Act("project", "submit_pdd", ev.Receipt(), Actor(Role.PARTICIPANT), DAY))
    decision = ev.JointCommitteeDecision(decision=Outcome.POSITIVE)
    with pytest.raises(EvidenceError, match="cannot end"):
        project.decide_registration(decision, by=Role.JOINT_COMMITTEE, on=DAY)


def test_a_reason_for_a_rule_that_is_not_judged_is_an_error(world: Any) -> None:
    """It would be kept beside nothing."""
    with pytest.raises(EvidenceError, match="is not judged on this step"):
        world.attempt("submit_pdd", despite={"project.conclude_validation.checklist": "why not"})


def test_a_reason_helps_where_a_rule_holds_and_not_where_it_blocks(world: Any) -> None:
    """The entry keeps the reason."""
    held = world.standing(FRAGILE, "inferred")
    changes = {"open_requests": ("CAR 1",), "despite": {FRAGILE: "closed by letter"}}
    answer = world.attempt("conclude_validation", book=held, **changes)
    assert isinstance(answer, Accepted)
    assert [f.despite for f in answer.findings if f.rule == FRAGILE] == ["closed by letter"]
    assert isinstance(world.attempt("conclude_validation", **changes), Refused)


def test_a_day_before_the_last_one_is_refused_with_a_finding_of_its_own(world: Any) -> None:
    """The finding says from which day on it goes."""
    case = world.before("publish_pdd")
    early = world.day("submit_pdd") - timedelta(days=1)
    answer = world.attempt("publish_pdd", case=case, on=early)
    assert isinstance(answer, Refused)
    assert [(f.rule, f.earliest) for f in answer.refusals] == [("procedure.day", world.day("submit_pdd"))]
    assert world.attempt("publish_pdd", case=case, on=world.day("submit_pdd"))


@pytest.mark.parametrize("role", sorted(set(Role) - project.publish_pdd.by))
def test_a_role_that_the_step_does_not_name_is_refused_with_a_finding_of_its_own(world: Any, role: Role) -> None:
    """The finding names the roles that may, and how well founded that is."""
    answer = world.attempt("publish_pdd", by=role)
    assert isinstance(answer, Refused)
    (finding,) = answer.refusals
    assert (finding.rule, finding.facts["allowed"]) == ("procedure.role", ["secretariat"])
    assert finding.standing == project.publish_pdd.standing


def test_a_state_in_which_the_step_is_not_taken_is_refused_with_a_finding_of_its_own(world: Any) -> None:
    """No reason helps: the table is no rule of a book."""
    answer = world.attempt("publish_pdd", case=world.case(), despite={"procedure.state": "we are in a hurry"})
    assert isinstance(answer, Refused)
    assert "procedure.state" in {finding.rule for finding in answer.refusals}
    assert answer.case.state == "drafting"


def test_what_runs_beside_the_state_is_refused_with_a_finding_of_its_own(world: Any) -> None:
    """Inputs come while the window is open, and not after."""
    closed = world.before("conclude_validation")
    answer = world.attempt("submit_public_input", case=closed, on=world.day("conclude_validation"))
    assert [finding.rule for finding in answer.refusals] == ["procedure.region"]


def test_without_a_book_an_act_needs_a_reason() -> None:
    """That no book was found is missing, which a reason may stand in for."""
    paper = ev.PDDSubmission(design_document=ev.DesignDocument(title="Solar"))
    act = project.submit_pdd(paper, by=Role.PARTICIPANT, on=DAY)
    refused = bare().attempt(act)
    assert [f.rule for f in refused.refusals] == ["common.rules_in_force"]
    taken = bare().attempt(attrs.evolve(act, despite={"common.rules_in_force": "book in preparation"}))
    assert isinstance(taken, Accepted)
    assert taken.case.state == "submitted"


# A case is plain data


def test_cases_compare_by_what_they_hold(world: Any) -> None:
    """Two cases with the same history are equal; one step more is another case."""
    assert world.case("submit_pdd") == world.case("submit_pdd")
    assert world.case("submit_pdd") != world.case()
    assert world.case(procedure="full") != world.case(procedure="plain")


def test_a_case_travels_between_processes(world: Any, whole_way: tuple[str, ...]) -> None:
    """Pickled and unpickled it is equal, and may be gone on with."""
    case = world.case(*whole_way)
    again = pickle.loads(pickle.dumps(case))  # noqa: S301 - pickled one line before
    assert again == case
    assert world.attempt("notify_registration", case=again) == world.attempt("notify_registration", case=case)


def held_by(value: Any, seen: set[int]) -> set[type[Any]]:
    """Return the classes of everything that can be reached from a value."""
    if id(value) in seen or isinstance(value, type):
        return set()
    seen.add(id(value))
    parts: list[Any] = []
    if isinstance(value, Mapping):
        parts += [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        parts += list(value)
    elif attrs.has(type(value)):
        parts += [getattr(value, field.name) for field in attrs.fields(type(value))]
    found = {type(value)}
    for part in parts:
        found |= held_by(part, seen)
    return found


def test_a_case_holds_no_entries_findings_or_rules(world: Any, whole_way: tuple[str, ...]) -> None:
    """What made it is in the journal; a case that lived ten years stays small."""
    held = held_by(world.case(*whole_way), set())
    assert not held & {Act, Draft, Entry, Fact, Finding, Accepted}
    assert not {cls for cls in held if cls.__module__.startswith("jcm_cycle.rules")}


def test_acts_that_add_nothing_to_the_file_leave_the_case_as_large_as_it_was() -> None:
    """A hundred receipts are in the journal a hundred times, and in the case once."""
    case = standing_in("submitted")
    receipt = project.acknowledge.fact(on=DAY, evidence=ev.Receipt())
    once = case.record(receipt).case
    often = once
    for _ in range(100):
        often = often.record(receipt).case
    assert attrs.evolve(often, entries=once.entries) == once


# Recording


@pytest.mark.parametrize("state", project.states)
@pytest.mark.parametrize(("name", "outcome"), OUTCOMES)
def test_a_fact_is_never_refused_and_leads_where_the_table_says(state: str, name: str, outcome: Outcome | None) -> None:
    """From a state that the row names it leads where the row says, and always to a state of the table."""
    before = standing_in(state)
    answer = before.record(project.step(name).fact(on=DAY, outcome=outcome))
    assert isinstance(answer, Accepted)
    assert (answer.draft.basis, answer.verdict) == (Basis.IMPORTED, "recorded")
    assert answer.case.state in project.states
    targets = project.step(name).targets.get(outcome, {})
    if state in targets:
        assert answer.case.state == targets[state]


@pytest.mark.parametrize(
    ("state", "name", "outcome", "after"),
    [
        ("drafting", "decide_registration", Outcome.REGISTERED, "registered"),
        ("discontinued", "decide_registration", Outcome.REGISTERED, "registered"),
        ("drafting", "decide_registration", Outcome.REFUSED, "not_registered"),
        ("drafting", "withdraw_request", None, "request_withdrawn"),
        ("registered", "withdraw_request", None, "request_withdrawn"),
        ("drafting", "publish_pdd", None, "in_validation"),
        ("drafting", "conclude_validation", Outcome.POSITIVE, "validated"),
        ("drafting", "check_request", Outcome.INCOMPLETE, "validated"),
        ("drafting", "acknowledge", None, "drafting"),
        ("registered", "amend_moc", None, "registered"),
        ("withdrawn", "renew", None, "registered"),
    ],
)
def test_a_fact_puts_a_case_where_step_and_outcome_lead_from_wherever_it_stood(
    state: str, name: str, outcome: Outcome | None, after: str
) -> None:
    """Who records a registration has a registered project, however little is known of its way there."""
    assert standing_in(state).record(project.step(name).fact(on=DAY, outcome=outcome)).case.state == after


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("conclude_validation", "in_validation"),
        ("check_request", "registration_requested"),
        ("decide_registration", "under_consideration"),
    ],
)
def test_where_the_outcome_is_not_stated_the_case_stands_before_it(name: str, after: str) -> None:
    """That a step was taken shows where the case stood; how it ended is not guessed."""
    assert bare().record(project.step(name).fact(on=DAY)).case.state == after


def test_a_status_seen_on_a_day_puts_the_case_there() -> None:
    """The basis says that it was seen, not that a step was taken."""
    answer = bare().record(project.observed("in_validation", on=DAY))
    assert (answer.case.state, answer.draft.basis, answer.draft.state) == (
        "in_validation",
        Basis.OBSERVED,
        "in_validation",
    )
    with pytest.raises(EvidenceError, match="no state 'paradise'"):
        project.observed("paradise", on=DAY)


def test_a_fact_of_another_machine_or_step_is_an_error() -> None:
    """Recording is never refused, but what no machine knows cannot be recorded."""
    for machine, step in (("transfer", "acknowledge"), ("project", "celebrate")):
        with pytest.raises(UnknownStep):
            bare().record(Fact(machine=machine, step=step, on=DAY))


def test_a_recorded_document_is_taken_into_the_file() -> None:
    """A fact may carry what is known of the document, on a day that is not exactly known."""
    day = Between(None, date(2024, 5, 1))
    paper = ev.Publication(reference="ZZ001")
    case = bare().record(project.publish_pdd.fact(on=day, evidence=paper)).case
    assert (case.file.references, case.references, case.last) == ((("ZZ001", day),), ("ZZ001",), DAY)


def test_a_fact_that_takes_an_earlier_place_says_so(world: Any) -> None:
    """Only a fold of the journal gives the true state then."""
    case = world.case("submit_pdd", "publish_pdd")
    early = project.acknowledge.fact(on=world.day("submit_pdd") + timedelta(days=1))
    assert case.record(early).refold
    assert not case.record(project.conclude_validation.fact(on=world.day("conclude_validation"))).refold


def test_a_fact_of_the_same_day_and_an_earlier_row_of_the_table_says_so(world: Any) -> None:
    """Within a day the table gives the order, so that it takes an earlier place."""
    case = world.case("submit_pdd", "publish_pdd")
    assert case.record(project.acknowledge.fact(on=world.day("publish_pdd"))).refold


def test_a_fact_after_one_whose_day_is_not_known_says_so() -> None:
    """The unknown day comes last, so that the fact takes an earlier place."""
    case = bare().record(project.withdraw_request.fact(on=UNKNOWN_DAY)).case
    assert case.record(project.publish_pdd.fact(on=DAY)).refold


def test_an_act_is_refused_before_the_first_day_of_something_known_roughly(world: Any) -> None:
    """What surely came later than the act was not there to be judged."""
    later = Between(world.day("publish_pdd"), None)
    case = world.case("submit_pdd").record(project.acknowledge.fact(on=later)).case
    answer = world.attempt("publish_pdd", case=case, on=world.day("publish_pdd") - timedelta(days=1))
    assert "procedure.day" in {finding.rule for finding in answer.refusals}


def test_evidence_of_another_class_cannot_be_recorded_either() -> None:
    """A fact may be made by hand; what it carries is still the document of its step."""
    with pytest.raises(EvidenceError, match="rests on PDDSubmission"):
        bare().record(Fact(machine="project", step="submit_pdd", on=DAY, evidence=ev.Receipt()))


def test_there_is_no_way_into_a_state_that_the_table_does_not_have() -> None:
    """Not even for an observation made by hand."""
    with pytest.raises(EvidenceError):
        bare().record(Fact(machine="project", step="observe", on=DAY, state="paradise"))


# What if


def test_what_if_asks_on_another_day_and_under_another_book(world: Any, journal: Journal) -> None:
    """The act itself stays refused, and the answer is none for a journal."""
    book = world.book()
    opened = Case.open(project, "case-1", on=world.opened, rules=book, procedure="full")
    journal.append(opened)
    act = world.act("submit_pdd", contains_confidential=True)
    assert not opened.case.attempt(act, rules=book, register=world.register)
    lenient = world.standing("common.confidential_two_versions", "assumed")
    answer = opened.case.what_if(act, rules=lenient, register=world.register)
    assert isinstance(answer, Accepted)
    assert answer.draft.hypothetical
    with pytest.raises(JournalError, match="what_if"):
        journal.append(answer)
    early = opened.case.what_if(act, rules=lenient, register=world.register, on=world.opened - timedelta(days=1))
    assert "procedure.day" in {finding.rule for finding in early.refusals}
    assert early.on == world.opened - timedelta(days=1)
    assert len(journal) == 1


def test_a_draft_of_what_if_is_refused_also_by_itself(world: Any, journal: Journal) -> None:
    """However it is handed over."""
    journal.append(Case.open(project, "case-1", on=world.opened, rules=world.book(), procedure="full"))
    answer = world.case().what_if(world.act("submit_pdd"), rules=world.book(), register=world.register)
    with pytest.raises(JournalError):
        journal.append(answer.draft)


# Capabilities, and moving to another procedure

SWITCHED = {
    "request_reference_assessment": ("in_validation", "reference_emissions"),
    "submit_implementation_report": ("registered", "implementation_report"),
    "end_crediting": ("registered", "crediting_period"),
    "renew": ("registered", "crediting_period"),
}
PAPERS = {
    "request_reference_assessment": ev.ReferenceEmissionsRequest(),
    "submit_implementation_report": ev.ImplementationReport(),
    "end_crediting": ev.Elapsed(window="project.crediting"),
    "renew": ev.ChangeEffect(change="case-2"),
    "withdraw_project": ev.ChangeEffect(change="case-2"),
}


def switched(step: str, state: str, procedure: str, book: Any, world: Any, **more: Any) -> Any:
    """Attempt a step in a state under a procedure, with rules that only ask for the bilateral document."""
    opened = Case.open(project, "case-1", on=world.opened, rules=book, procedure=procedure).case
    case = opened.record(project.observed(state, on=world.opened)).case
    taken = project.step(step)
    act = taken(PAPERS[step], by=min(taken.by), on=world.opened, **more)
    changed = register.Changed(case="case-2", project="case-1", effect=step, approved=True, since=world.opened)
    return case.attempt(act, rules=book, register=register.first_of(register.facts(changed), world.register))


@pytest.mark.parametrize("step", SWITCHED)
@pytest.mark.parametrize(
    ("procedure", "verdict"), [("full", None), ("trial", None), ("plain", "unmet"), ("dark", "missing")]
)
def test_a_step_is_there_where_the_procedure_has_its_capability(
    world: Any, step: str, procedure: str, verdict: str | None
) -> None:
    """Yes and provisional have it, no has it not, and where it is unknown a reason may stand in."""
    state, capability = SWITCHED[step]
    book = world.only("common.bilateral_valid")
    answer = switched(step, state, procedure, book, world)
    assert bool(answer) is (verdict is None)
    if verdict is not None:
        (finding,) = answer.refusals
        assert (finding.rule, finding.verdict, finding.facts["capability"]) == (
            "procedure.capability",
            verdict,
            capability,
        )
        despite = {"procedure.capability": "the secretariat says so"}
        assert bool(switched(step, state, procedure, book, world, despite=despite)) is (verdict == "missing")


@pytest.mark.parametrize("step", ["renew", "withdraw_project"])
def test_what_was_entered_under_a_capability_may_be_left_without_it(world: Any, step: str) -> None:
    """A case whose crediting has ended goes on also under a procedure that knows no such end."""
    book = world.only("common.bilateral_valid")
    assert switched(step, "crediting_ended", "plain", book, world)


def test_what_was_entered_may_be_finished_after_a_move(world: Any) -> None:
    """An assessment asked for under one procedure is concluded under another that has none."""
    book = world.only("common.bilateral_valid")
    case = world.case("submit_pdd", "publish_pdd", book=book)
    asked = world.attempt("request_reference_assessment", case=case, book=book)
    moved = asked.case.move("plain", on=asked.on, rules=book, reason="both sides agreed")
    again = world.attempt("request_reference_assessment", case=moved.case, book=book)
    assert [finding.rule for finding in again.refusals] == ["procedure.capability"]
    conclusion = ev.AssessmentConclusion(conclusion=Outcome.ACCEPTED)
    act = project.conclude_reference_assessment(conclusion, by=Role.SECRETARIAT, on=asked.on)
    done = moved.case.attempt(act, rules=book, register=world.register)
    assert isinstance(done, Accepted), str(done)
    assert done.case.file.assessment is Outcome.ACCEPTED
    assert not done.case.attempt(act, rules=book, register=world.register)


def test_a_case_is_moved_by_a_recorded_act(world: Any) -> None:
    """State and file stay; the procedure and its capabilities are those of the other."""
    case = world.case("submit_pdd")
    answer = case.move("plain", on=world.day("publish_pdd"), rules=world.book(), reason="both sides agreed")
    moved = answer.case
    assert (moved.procedure.name, moved.capabilities["sd_plan"]) == ("plain", "no")
    assert (moved.state, moved.file, moved.entries) == (case.state, case.file, case.entries + 1)
    assert (answer.draft.step, answer.draft.basis, answer.draft.after) == ("move", Basis.JUDGED, 2)
    assert case.procedure.name == "full"


def test_a_case_is_not_moved_without_a_reason_or_to_a_procedure_that_is_not_there(world: Any) -> None:
    """The error names the candidates."""
    case = world.case()
    with pytest.raises(EvidenceError, match="reason"):
        case.move("plain", on=world.opened, rules=world.book(), reason="  ")
    with pytest.raises(ProcedureUnknown) as caught:
        case.move("empty", on=world.opened, rules=world.book(), reason="why not")
    assert "plain" in caught.value.candidates


def test_a_case_is_not_moved_to_a_procedure_of_another_country(world: Any) -> None:
    """A book speaks for its own country."""
    other = world.book(book={"country": "YY"}, source={"MEMO": {"about": "YY"}, "PCP": {"about": "YY"}})
    with pytest.raises(EvidenceError):
        world.case().move("plain", on=world.opened, rules=other, reason="why not")
    with pytest.raises(EvidenceError, match="The book is that of ZZ, the case one of YY"):
        Case.open(project, "p", on=DAY, country="YY").case.move("plain", on=DAY, rules=world.book(), reason="why not")


def test_a_case_moved_on_an_earlier_day_asks_for_a_fold(world: Any, journal: Journal, walk: Any) -> None:
    """The move takes its place before what came later."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    answer = case.move("plain", on=world.day("submit_pdd"), rules=world.book(), reason="both sides agreed")
    journal.append(answer)
    assert answer.refold or answer.case == journal.case()


# Correcting


def test_no_act_is_taken_that_was_judged_on_a_case_which_should_have_been_folded(world: Any, journal: Journal) -> None:
    """Whoever overlooks `refold` is told that the draft is stale."""
    opened = Case.open(project, "case-1", on=world.opened, country="ZZ")
    journal.append(opened)
    later = opened.case.record(project.withdraw_request.fact(on=world.day("withdraw_request")))
    journal.append(later)
    early = later.case.record(project.submit_pdd.fact(on=world.day("submit_pdd")))
    journal.append(early)
    assert early.refold
    assert journal.case().state == "request_withdrawn"
    despite = {"common.rules_in_force": "no book yet"}
    day = world.day("decide_registration")
    answer = early.case.attempt(project.acknowledge(ev.Receipt(), by=Role.SECRETARIAT, on=day, despite=despite))
    assert isinstance(answer, Accepted)
    with pytest.raises(StaleDraft):
        journal.append(answer)


def test_a_correction_and_a_void_ask_for_a_fold(world: Any) -> None:
    """They change what came before, which the case does not hold."""
    case = world.case("submit_pdd")
    right = case.correct(project.submit_pdd.fact(on=world.day("submit_pdd")), replaces=2)
    gone = case.void(replaces=2, reason="entered twice", on=world.day("publish_pdd"))
    for answer in (right, gone):
        assert answer.refold
        assert (answer.draft.basis, answer.draft.replaces) == (Basis.CORRECTION, 2)
    assert gone.draft.evidence == ev.Notice(reason="entered twice")


def test_a_correction_is_of_a_step_that_the_machine_has() -> None:
    """As any fact is."""
    with pytest.raises(UnknownStep):
        bare().correct(Fact(machine="project", step="celebrate", on=DAY), replaces=2)


def test_days_with_a_time_are_no_days() -> None:
    """Decisions name days, and a day compares with days only."""
    with pytest.raises(EvidenceError):
        Case.open(project, "case-1", on=datetime(2024, 4, 1), country="ZZ")  # noqa: DTZ001 - what it must refuse
    with pytest.raises(EvidenceError):
        project.acknowledge.fact(on=datetime(2024, 4, 1))  # noqa: DTZ001 - what it must refuse
    with pytest.raises(EvidenceError):
        project.acknowledge(ev.Receipt(), by=Role.SECRETARIAT, on=datetime(2024, 4, 1))  # noqa: DTZ001 - the same


@pytest.mark.parametrize("rules", ["MN", {}, 5])
def test_what_is_no_rule_book_is_told(world: Any, rules: Any) -> None:
    """Opening and attempting say what to give instead."""
    with pytest.raises(EvidenceError, match="no rule book"):
        Case.open(project, "case-9", on=world.opened, rules=rules)
    with pytest.raises(EvidenceError, match="no rule book"):
        world.case().attempt(project.acknowledge(ev.Receipt(), by=Role.SECRETARIAT, on=world.opened), rules=rules)


def test_evidence_is_checked_where_the_act_is_made() -> None:
    """A field of the wrong type, at whatever depth, is named before anything is judged."""
    paper = ev.PDDSubmission(design_document=ev.DesignDocument(title="x", monitoring_plan="plan.pdf"))  # type: ignore[arg-type]
    with pytest.raises(EvidenceError, match="monitoring_plan"):
        project.submit_pdd(paper, by=Role.PARTICIPANT, on=DAY)


# Cases that belong to another one, and facts that say more or less than the table


def test_an_issuance_names_the_project_it_is_of_and_a_project_none() -> None:
    """By its case, or by its id alone; anything else is an error that says what to give."""
    with pytest.raises(EvidenceError, match=r"belongs to a case of project\. Name it with `of`\.$"):
        Case.open(issuance, "i", on=DAY, country="ZZ")
    with pytest.raises(EvidenceError, match=r"belongs to no other case\. Leave `of` out\.$"):
        Case.open(project, "p", on=DAY, country="ZZ", of="x")
    first = Case.open(issuance, "i", on=DAY, country="ZZ", of="x").case
    with pytest.raises(EvidenceError, match=r"^i is a case of issuance in ZZ\. Give one of project in ZZ\.$"):
        Case.open(issuance, "j", on=DAY, country="ZZ", of=first)
    with pytest.raises(EvidenceError, match=r"^case-1 is a case of project in ZZ\. Give one of project in YY\.$"):
        Case.open(issuance, "j", on=DAY, country="YY", of=bare())
    elsewhere = Case.open(project, "p", on=DAY, country="MN").case
    with pytest.raises(EvidenceError, match=r"^p is a case of project in MN\. Give one of project in ZZ\.$"):
        Case.open(issuance, "j", on=DAY, country="ZZ", of=elsewhere)
    with pytest.raises(EvidenceError, match=r"^case-1 is a case of project in ZZ\. Give one of none in ZZ\.$"):
        Case.open(project, "p", on=DAY, country="ZZ", of=bare())


def test_an_issuance_takes_title_and_latest_number_from_its_project() -> None:
    """Of several numbers the last one counts; of a project without one there is none."""
    whole = bare()
    assert Case.open(issuance, "i", on=DAY, country="ZZ", of=whole).case.file.of_reference is None
    for number in ("ZZ001", "ZZ002", "ZZ003"):
        whole = whole.record(project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference=number))).case
    titled = whole.record(
        project.submit_pdd.fact(on=DAY, evidence=ev.PDDSubmission(design_document=ev.DesignDocument(title="Solar")))
    ).case
    file = Case.open(issuance, "i", on=DAY, country="ZZ", of=titled).case.file
    assert (file.of, file.of_reference, file.title) == ("case-1", "ZZ003", "Solar")
    assert Case.open(issuance, "i", on=DAY, country="ZZ", of=titled, title="Other").case.file.title == "Other"


def test_where_the_day_that_picks_the_rules_is_not_known_only_integrity_is_asked(world: Any) -> None:
    """A decision on a request of unknown day: no edition governs, the rules of the book are missing and advise."""
    case: Case[Any] = Case.open(project, "case-1", on=DAY, rules=world.book(), procedure="full").case
    for fact in (
        project.request_registration.fact(on=UNKNOWN_DAY, evidence=world.good["request_registration"]),
        project.check_request.fact(on=UNKNOWN_DAY, evidence=world.good["check_request"]),
    ):
        case = case.record(fact).case
    answer = case.attempt(world.act("decide_registration"), rules=world.book(), register=world.register)
    assert answer
    assert answer.draft.editions == ()
    assert answer.governed_by == UNKNOWN_DAY
    told = {finding.rule: finding for finding in answer.findings}
    assert told["common.committee_decision_identified"].facts["why"].startswith("the day that picks the edition")
    assert told["common.reference_never_reused"].verdict is Verdict.MET
    number = world.act("decide_registration", number="ZZ009")
    taken = register.facts(register.Number(reference="ZZ009", case="another"))
    refused = case.attempt(number, rules=world.book(), register=taken)
    assert isinstance(refused, Refused)
    assert [finding.rule for finding in refused.refusals] == ["common.reference_never_reused"]


def test_a_fact_of_the_same_day_and_row_takes_the_next_place() -> None:
    """Two inputs of one day follow each other: nothing has to be folded again."""
    told = project.submit_public_input.fact(on=DAY, evidence=ev.PublicInput(summary="Well done."))
    first = bare().record(told)
    second = first.case.record(told)
    assert (first.refold, second.refold, second.case.entries) == (False, False, 3)
    assert not bare().record(project.submit_pdd.fact(on=date.min)).refold


def test_a_case_moved_on_the_day_of_its_last_act_needs_no_fold(world: Any) -> None:
    """Only an earlier day asks for one."""
    case = world.case("submit_pdd")
    for days, refold in ((0, False), (1, False), (-1, True)):
        on = world.day("submit_pdd") + timedelta(days=days)
        assert case.move("plain", on=on, rules=world.book(), reason="asked for").refold is refold


def test_the_last_day_never_falls_and_is_taken_from_what_is_surely_known() -> None:
    """An earlier fact leaves it, a later one raises it, and where nothing was known the first one gives it."""
    told = ev.PublicInput(summary="Well done.")
    later = DAY + timedelta(days=5)
    case = bare().record(project.submit_public_input.fact(on=later, evidence=told)).case
    assert case.last == later
    assert case.record(project.submit_public_input.fact(on=DAY, evidence=told)).case.last == later
    unknown = Case.imported(project, "x", ev.Opening(country="ZZ"), on=UNKNOWN_DAY).case
    assert unknown.last is None
    assert unknown.record(project.submit_public_input.fact(on=UNKNOWN_DAY, evidence=told)).case.last is None
    assert unknown.record(project.submit_public_input.fact(on=DAY, evidence=told)).case.last == DAY
    roughly = Between(later, later + timedelta(days=3))
    assert unknown.record(project.submit_public_input.fact(on=roughly, evidence=told)).case.last == later


def test_an_outcome_that_is_recorded_counts_and_one_that_is_not_follows_from_the_amounts() -> None:
    """A source may say that all was issued where the amounts do not tell; without a word they do."""
    case = Case.open(issuance, "i", on=DAY, country="ZZ", of="x").case
    lines = (ev.AllocationLine(side="JP", amount=8), ev.AllocationLine(side="ZZ", amount=2))
    paper = ev.JointCommitteeDecision(decision="notified", lines=lines)
    case = case.record(issuance.decide_issuance.fact(on=DAY, evidence=paper)).case
    part = ev.RegistryIssuance(side="JP", amount=8)
    derived = case.record(issuance.issue_credits.fact(on=DAY, evidence=part)).case
    assert derived.state == "notified"
    said = case.record(issuance.issue_credits.fact(on=DAY, evidence=part, outcome=Outcome.COMPLETE)).case
    assert said.state == "issued"
    rest = ev.RegistryIssuance(side="ZZ", amount=2)
    assert derived.record(issuance.issue_credits.fact(on=DAY, evidence=rest)).case.state == "issued"
    assert derived.record(issuance.issue_credits.fact(on=DAY, evidence=rest, outcome=Outcome.PARTLY)).case.state == (
        "notified"
    )


def test_of_two_names_that_stand_twice_the_first_is_told(world: Any) -> None:
    """Acts that belong together are of different cases."""
    first, second = bare("a"), bare("b")
    act = world.act("submit_pdd")
    with pytest.raises(EvidenceError, match=r"^a stands twice"):
        attempt_all([(second, act), (first, act), (first, act), (second, act)])


def test_an_act_of_nobody_is_an_error() -> None:
    """A fact may be without an actor; an act that is attempted is somebody's."""
    act = attrs.evolve(project.submit_public_input(ev.PublicInput(), by=Role.PUBLIC, on=date(2024, 5, 1)), by=None)
    with pytest.raises(
        EvidenceError, match=r"^project\.submit_public_input: nobody is said to act\. Call the step with"
    ):
        Case.open(project, "case-1", on=date(2024, 4, 1), country="ZZ").case.attempt(act)
