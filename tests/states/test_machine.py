"""What a machine is: steps that are called, recorded and land somewhere; definitions that could not work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, strategies as st

from jcm_cycle import evidence as ev
from jcm_cycle.days import UNKNOWN_DAY, Between
from jcm_cycle.entries import Fact, Source
from jcm_cycle.errors import DefinitionError, EvidenceError, UnknownStep
from jcm_cycle.evidence import Outcome
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Actor, Role
from jcm_cycle.states import (
    CAPABILITIES,
    MACHINES,
    STAYS,
    After,
    Machine,
    ProjectFile,
    State,
    Step,
    Within,
    check,
    issuance,
    loss,
    machine,
    project,
    transfer,
)

DAY = date(2024, 5, 1)
A, B, C, END = State("a"), State("b"), State("c"), State("end", final=True)


@frozen
class File:
    """What a synthetic machine gathers."""

    seen: int = 0


def seen(file: File, evidence: ev.Evidence, on: Any) -> File:
    """Count the step."""
    del evidence, on
    return File(file.seen + 1)


def step(name: str, sources: Any, **changes: Any) -> Step[Any, Any]:
    """Return a step that is fine save for what is given."""
    fine: dict[str, Any] = {
        "by": Role.SECRETARIAT,
        "evidence": ev.Receipt,
        "apply": seen,
        "standing": Standing.ASSUMED,
    }
    return Step(name, sources, **{**fine, **changes})


def defined(*steps: Step[Any, Any], initial: State | None = A, **more: Any) -> type[Machine[File]]:
    """Define a machine of these steps, each under its own name unless another is given."""
    body: dict[str, Any] = {"name": "synthetic", "initial": initial, "file": File}
    return type("Synthetic", (Machine,), {**body, **{made.name: made for made in steps}, **more})


# -- definitions that could not work ---------------------------------------------------------------------------------


def decision(**changes: Any) -> Step[Any, Any]:
    """Return a decision that can end in all ways it should, save for what is given."""
    ways = {Outcome.REGISTERED: END, Outcome.REFUSED: END, Outcome.OTHERWISE: STAYS}
    return step("decide_it", A, **{"evidence": ev.JointCommitteeDecision, "outcomes": ways, **changes})


def decided(outcome: Outcome) -> type[Machine[File]]:
    """Define a machine with a decision that can end so, or otherwise."""
    return defined(decision(outcomes={outcome: END, Outcome.OTHERWISE: STAYS}))


def timed(time: After | Within, **changes: Any) -> type[Machine[File]]:
    """Define a machine with a step that answers a request in time, or when time has passed."""
    given: dict[str, Any] = {"to": END, "answers": "ask", "timed": time, **changes}
    return defined(step("ask", A, to=B), step("go", B, **given), step("out", B, to=END))


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "a state that no step leads to": (
        lambda: defined(step("go", A, to=END), step("leave", B, to=END)),
        "synthetic: no step leads to the state b, in which leave is taken. Add the step that does, or take the state",
    ),
    "states that only lead to each other": (
        lambda: defined(step("go", A, to=END), step("on", B, to=C), step("back", C, to=B), step("out", C, to=END)),
        "synthetic: no step leads to the state b, in which on is taken.",
    ),
    "a trap": (
        lambda: defined(step("go", A, to=END), step("fall", A, to=B)),
        "synthetic: from the state b, to which fall leads, no way leads to a final state. Add a step that leads out",
    ),
    "a trap of two states": (
        lambda: defined(step("go", A, to=END), step("fall", A, to=B), step("on", B, to=C), step("back", C, to=B)),
        "synthetic: from the state b, to which fall or back leads, no way leads to a final state.",
    ),
    "a state that is only stayed in": (
        lambda: defined(step("go", A, to=END), step("fall", A, to=B), step("stay", B)),
        "synthetic: from the state b, to which fall leads, no way leads to a final state.",
    ),
    "a machine that never ends": (
        lambda: defined(step("stay", A)),
        "synthetic: from the state a no way leads to a final state.",
    ),
    "a final state that is left": (
        lambda: defined(step("go", A, to=END), step("wake", END, to=A)),
        "synthetic: the state end is final, but wake leads from it to a. Take the step out, or do not call",
    ),
    "a step that nobody may take": (
        lambda: defined(step("go", A, to=END, by=())),
        "synthetic.go: nobody may take the step. Name its roles with `by`.",
    ),
    "a step without evidence": (
        lambda: defined(step("go", A, to=END, evidence=None)),
        "synthetic.go: the step has no evidence. Name a class of Evidence.",
    ),
    "a step on evidence without a tag": (
        lambda: defined(step("go", A, to=END, evidence=ev.Filing)),
        "synthetic.go: the step has no evidence.",
    ),
    "a step that can be taken nowhere": (
        lambda: defined(step("go", (), to=END)),
        "synthetic.go: an outcome has no target. Say which state it leads to.",
    ),
    "a step without outcomes": (
        lambda: defined(step("go", A, outcomes={})),
        "synthetic.go: an outcome has no target.",
    ),
    "a mapping without states": (
        lambda: defined(step("go", {})),
        "synthetic.go: an outcome has no target.",
    ),
    "a decision that cannot end otherwise": (
        lambda: defined(decision(outcomes={Outcome.REGISTERED: END})),
        "synthetic.decide_it: a decision can always end otherwise, and this one cannot. Give the outcome OTHERWISE",
    ),
    "a decision with one way only": (
        lambda: defined(decision(outcomes=None, to=END)),
        "synthetic.decide_it: a decision can always end otherwise, and this one cannot.",
    ),
    "a step of an unknown capability": (
        lambda: defined(step("go", A, to=END, capability="teleport")),
        "synthetic.go: 'teleport' is not a capability. Capabilities are idea_note, reference_emissions,",
    ),
    "a state of an unknown capability": (
        lambda: defined(step("go", A, to=State("end", final=True, capability="teleport"))),
        "synthetic: the state end: 'teleport' is not a capability. Capabilities are idea_note,",
    ),
    "an answer to no step": (
        lambda: defined(step("go", A, to=END, answers="ask")),
        "synthetic.go: it answers 'ask', which is no step. Name a step of the machine.",
    ),
    "a time counted from no step": (
        lambda: defined(step("go", A, to=END, answers="go", timed=Within("synthetic.days", since=("go", "ask")))),
        "synthetic.go: its time is counted from 'ask', which is no step. Name a step of the machine.",
    ),
    "a time that no day governs": (
        lambda: defined(step("go", A, to=END, timed=After("synthetic.days", since="go"))),
        "synthetic.go: it is timed, but no request says the rules of which day tell its time. Name with `answers`",
    ),
    "a row that was read nowhere": (
        lambda: defined(step("go", A, to=END, standing=Standing.CITED)),
        "synthetic.go: the row is cited, but nothing says where it was read. Name the place with `cites`, or call",
    ),
    "a row that was seen nowhere": (
        lambda: defined(step("go", A, to=END, standing=Standing.OBSERVED, cites=" ")),
        "synthetic.go: the row is observed, but nothing says where it was read.",
    ),
    "a row that was concluded from nothing": (
        lambda: defined(step("go", A, to=END, standing=Standing.INFERRED)),
        "synthetic.go: the row is inferred, but nothing says where it was read.",
    ),
    "an opinion that is always positive": (
        lambda: defined(step("go", A, outcomes={Outcome.POSITIVE: END}, evidence=ev.ValidationReport)),
        "synthetic.go: it can end positive, but not negative. Give both outcomes a target.",
    ),
    "a registration that cannot be refused": (
        lambda: decided(Outcome.REGISTERED),
        "synthetic.decide_it: it can end registered, but not refused.",
    ),
    "a refusal of nothing": (
        lambda: decided(Outcome.REFUSED),
        "synthetic.decide_it: it can end refused, but not registered or notified or approved or designated.",
    ),
    "a window that somebody closes": (
        lambda: timed(After("synthetic.days", since="ask")),
        "synthetic.go: it waits for a window to pass, but is not taken by the clock. Let the clock take it, or give",
    ),
    "a limit of the clock": (
        lambda: timed(Within("synthetic.days", since="ask"), by=Role.CLOCK, evidence=ev.Elapsed),
        "synthetic.go: it has a time limit, but the clock is nobody who could be late. Name who has to act, or give",
    ),
    "a window after which nothing follows": (
        lambda: timed(After("synthetic.days", since="ask"), by=Role.CLOCK, evidence=ev.Elapsed, to=STAYS),
        "synthetic.go: nothing follows when its window has passed. Say which state it leads to, or which region it",
    ),
    "a clock that files a paper": (
        lambda: defined(step("go", A, to=END, by=Role.CLOCK)),
        "synthetic.go: what the clock does rests on Elapsed, and nobody else does it. Let the clock alone take",
    ),
    "a clock that shares its step": (
        lambda: defined(step("go", A, to=END, by=(Role.CLOCK, Role.SECRETARIAT), evidence=ev.Elapsed)),
        "synthetic.go: what the clock does rests on Elapsed, and nobody else does it.",
    ),
    "time that somebody says has passed": (
        lambda: defined(step("go", A, to=END, evidence=ev.Elapsed)),
        "synthetic.go: what the clock does rests on Elapsed, and nobody else does it.",
    ),
    "a region that the file does not have": (
        lambda: defined(step("go", A, to=END, region=("inputs", "open"))),
        "synthetic.go: it waits for a region 'inputs' that its file does not have. Name a field of File.",
    ),
    "a time counted from a field that the file does not have": (
        lambda: timed(Within("synthetic.days", since="ask", told="closed")),
        "synthetic.go: it counts its time from a field 'closed' that its file does not have. Name a field of File.",
    ),
    "an answer without a request": (
        lambda: defined(
            step("ask", A, to=B), step("skip", A, to=B), step("go", B, to=END, answers="ask"), step("out", B, to=END)
        ),
        "synthetic.go: in the state b it may answer ask, but skip leads there without it. Take the other way out.",
    ),
    "an answer before anything": (
        lambda: defined(step("ask", A), step("go", A, to=END, answers="ask")),
        "synthetic.go: in the state a it may answer ask, but nothing leads there without it.",
    ),
    "one state defined in two ways": (
        lambda: defined(step("go", A, to=B), step("end", State("b", capability="sd_plan"), to=END)),
        "The machine 'synthetic' has two different states called 'b'. Define each state once.",
    ),
    "a first state defined in two ways": (
        lambda: defined(step("go", A, to=END), initial=State("a", final=True)),
        "The machine 'synthetic' has two different states called 'a'.",
    ),
    "a step under another name": (
        lambda: defined(go_on=step("go", A, to=END)),
        "The step 'go' is called 'go_on' in the machine 'synthetic'. Give it the same name in both places.",
    ),
    "a step under a name before its own": (
        lambda: defined(begin=step("go", A, to=END)),
        "The step 'go' is called 'begin' in the machine 'synthetic'.",
    ),
    "targets named as one and by outcome": (
        lambda: decision(to=END),
        "The step 'decide_it' names its targets twice. Give `to`, or `outcomes`, or a mapping of states.",
    ),
    "targets named by state and by outcome": (
        lambda: step("go", {A: B}, outcomes={Outcome.POSITIVE: END}),
        "The step 'go' names its targets twice.",
    ),
    "targets named by state and as one": (
        lambda: step("go", {A: B}, to=END),
        "The step 'go' names its targets twice.",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_machine_that_could_not_work_is_refused_when_it_is_defined(wrong: str) -> None:
    """With a sentence that names machine, step or state, and says what to do."""
    define, text = WRONG[wrong]
    with pytest.raises(DefinitionError) as caught:
        define()
    assert str(caught.value).startswith(text)


def test_a_machine_that_works_is_accepted() -> None:
    """States are collected from its steps, and steps numbered in their order."""
    made = defined(
        step("go", A, to=B),
        step("stay", (A, B)),
        decision(outcomes={Outcome.REGISTERED: B, Outcome.REFUSED: END, Outcome.OTHERWISE: STAYS}),
        step("finish", {B: END}),
    )
    assert list(made.states.values()) == [A, B, END]
    assert [(found.name, found.rank) for found in made.steps.values()] == [
        ("go", 0),
        ("stay", 1),
        ("decide_it", 2),
        ("finish", 3),
    ]
    assert {found.machine for found in made.steps.values()} == {"synthetic"}


def test_a_step_that_stays_may_be_taken_in_a_final_state() -> None:
    """Only leaving it is refused."""
    made = defined(step("go", A, to=END), step("note", END))
    assert made.steps["note"].targets == {None: {"end": "end"}}


def test_a_machine_of_one_final_state_is_whole() -> None:
    """Nothing has to happen."""
    assert defined(initial=END).states == {"end": END}


# -- capabilities ----------------------------------------------------------------------------------------------------

BROUGHT = State("extra", capability="loss_event")


def switched() -> type[Machine[File]]:
    """Define a machine with a state and steps that a capability brings."""
    return defined(
        step("go", A, to=END),
        step("enter", A, to=BROUGHT, capability="loss_event"),
        step("leave", BROUGHT, to=END, capability="loss_event"),
        step("plan", A, capability="sd_plan"),
    )


@given(st.frozensets(st.sampled_from(CAPABILITIES)))
def test_a_step_is_available_where_its_capability_is(capabilities: frozenset[str]) -> None:
    """Steps without one always are; the order stays."""
    made = switched()
    expected = ["go"]
    expected += ["enter", "leave"] if "loss_event" in capabilities else []
    expected += ["plan"] if "sd_plan" in capabilities else []
    assert list(made().available(capabilities)) == expected
    check(made, capabilities)


def test_a_state_may_be_unreachable_where_its_capability_is_not() -> None:
    """But a state that only a missing capability leads to, or out of, is refused for that set."""
    check(switched(), frozenset())
    trap = defined(step("go", A, to=B), step("leave", B, to=END, capability="sd_plan"))
    check(trap, frozenset({"sd_plan"}))
    with pytest.raises(
        DefinitionError, match=r"^synthetic: from the state b, to which go leads, no way leads to a final"
    ):
        check(trap, frozenset())
    lost = defined(step("end", A, to=END), step("go", A, to=B, capability="sd_plan"), step("leave", B, to=END))
    with pytest.raises(DefinitionError, match=r"^synthetic: no step leads to the state b"):
        check(lost, frozenset())


def test_what_is_lacking_is_told_with_the_capability_that_would_bring_it() -> None:
    """That of the step, else that of the state to which it leads, else that of a state in which it is taken."""
    made = defined(
        step("go", A, to=END),
        step("plan", A, capability="sd_plan"),
        step("enter", A, to=BROUGHT),
        step("note", (END, BROUGHT)),
        step("guard", BROUGHT, capability="safeguards"),
        step("leave", BROUGHT, to=END),
    )
    assert check(made, frozenset()).lacking == {
        "plan": "sd_plan",
        "enter": "loss_event",
        "guard": "safeguards",
        "leave": "loss_event",
    }
    assert check(made, frozenset({"loss_event"})).lacking == {"plan": "sd_plan", "guard": "safeguards"}
    assert set(check(type(loss), frozenset()).lacking.values()) == {"loss_event"}


def test_the_capabilities_are_those_of_the_procedures() -> None:
    """Ten parts of the procedure that one rule set has and another has not."""
    assert set(CAPABILITIES) == {
        "reference_emissions",
        "implementation_report",
        "crediting_period",
        "provisional_designation",
        "loss_event",
        "republication",
        "idea_note",
        "credit_allocation",
        "sd_plan",
        "safeguards",
    }
    assert len(CAPABILITIES) == 10


# -- calling a step --------------------------------------------------------------------------------------------------


def test_a_step_called_with_its_evidence_gives_an_act() -> None:
    """With machine and step by name, the actor in its role, and no reasons unless some are given."""
    act = project.publish_pdd(ev.Publication(reference="ZZ001"), by=Role.SECRETARIAT, on=DAY)
    assert (act.machine, act.step, act.on, act.despite) == ("project", "publish_pdd", DAY, {})
    assert act.evidence == ev.Publication(reference="ZZ001")
    assert act.by == Actor(Role.SECRETARIAT)
    named = Actor(Role.SECRETARIAT, "Synthetic secretariat")
    act = project.publish_pdd(ev.Publication(), by=named, on=DAY, despite={"some.rule": "a letter"})
    assert (act.by, act.despite) == (named, {"some.rule": "a letter"})


def test_a_role_may_be_given_as_its_word() -> None:
    """A word that is no role is refused at once, and not in the middle of an attempt."""
    assert project.acknowledge(ev.Receipt(), by="secretariat", on=DAY).by.role is Role.SECRETARIAT  # type: ignore[arg-type]
    for by in ("secretary", None, 5):
        with pytest.raises(EvidenceError, match="is not a role"):
            project.acknowledge(ev.Receipt(), by=by, on=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("on", [datetime(2024, 5, 1, tzinfo=UTC), "2024-05-01", Between(DAY), None])
def test_an_act_is_of_an_exact_day(on: Any) -> None:
    """A date with a time, a text and a day that is known roughly are none."""
    with pytest.raises(EvidenceError, match=r"^on: .* is not a day\. Give a date without a time"):
        project.acknowledge(ev.Receipt(), by=Role.SECRETARIAT, on=on)


@pytest.mark.parametrize("reason", ["", "  ", None, 5])
def test_a_reason_is_never_blank(reason: Any) -> None:
    """Who goes through despite a rule says what stands in for it."""
    with pytest.raises(EvidenceError, match=r"^despite: no reason is given for some\.rule\. Say what stands in"):
        project.acknowledge(ev.Receipt(), by=Role.SECRETARIAT, on=DAY, despite={"some.rule": reason})


def test_evidence_of_another_class_is_an_error() -> None:
    """No procedure could accept it."""
    with pytest.raises(EvidenceError, match=r"^project\.publish_pdd rests on Publication, not on Receipt\. Give a"):
        project.publish_pdd(ev.Receipt(), by=Role.SECRETARIAT, on=DAY)  # type: ignore[arg-type]
    with pytest.raises(EvidenceError, match="rests on Publication, not on str"):
        project.publish_pdd("ZZ001", by=Role.SECRETARIAT, on=DAY)  # type: ignore[arg-type]


def test_evidence_of_a_subclass_is_evidence() -> None:
    """A country's form may hold more than the form of all countries."""

    @frozen(kw_only=True)
    class Longer(ev.Receipt):
        pages: int = 0

    assert project.acknowledge(Longer(pages=3), by=Role.SECRETARIAT, on=DAY).evidence == Longer(pages=3)


def test_a_decision_ends_in_a_word_of_its_step() -> None:
    """Others are an error that lists them."""
    with pytest.raises(EvidenceError, match=r"^project\.decide_registration cannot end positive\. It ends registered,"):
        project.decide_registration(ev.JointCommitteeDecision(decision="positive"), by=Role.JOINT_COMMITTEE, on=DAY)
    silent = defined(step("go", A, outcomes={Outcome.DECIDED: END}))
    with pytest.raises(EvidenceError, match=r"^synthetic\.go cannot end without an outcome"):
        silent.steps["go"].check(ev.Receipt())


def test_a_step_with_one_way_asks_its_evidence_for_no_outcome() -> None:
    """Neither does one whose outcome follows from the file: whatever the evidence says, the act may be made."""
    report = ev.ValidationReport(title="X", opinion="positive")
    single = defined(step("go", A, to=END, evidence=ev.ValidationReport)).steps["go"]
    assert single(report, by=Role.SECRETARIAT, on=DAY).evidence is report
    assert single.fact(on=DAY, evidence=report).outcome is None
    paper = ev.Authorisation(party="JP")
    derived = transfer.record_authorisation
    assert derived(paper, by=Role.JAPANESE_AUTHORITY, on=DAY).evidence is paper
    assert derived.fact(on=DAY, evidence=paper).outcome is None
    assert derived.fact(on=DAY, evidence=paper, outcome=Outcome.PARTLY).outcome is Outcome.PARTLY


# -- facts -----------------------------------------------------------------------------------------------------------


def test_a_fact_ends_as_its_evidence_says() -> None:
    """Or as the source says, or nobody knows how."""
    report = ev.ValidationReport(title="X", opinion="negative")
    assert project.conclude_validation.fact(on=DAY, evidence=report).outcome is Outcome.NEGATIVE
    assert project.conclude_validation.fact(on=DAY, outcome=Outcome.POSITIVE).outcome is Outcome.POSITIVE
    assert project.conclude_validation.fact(on=UNKNOWN_DAY).outcome is None
    assert project.acknowledge.fact(on=Between(DAY), evidence=ev.Receipt()).outcome is None


def test_a_fact_keeps_who_and_where() -> None:
    """As far as they are known."""
    sources = (Source(row=7, url="https://example.org"),)
    actor = Actor(Role.SECRETARIAT, "Synthetic secretariat")
    made = project.publish_pdd.fact(on=DAY, by=actor, sources=sources)
    assert made == Fact(machine="project", step="publish_pdd", on=DAY, by=actor, sources=sources)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: project.conclude_validation.fact(on=DAY, outcome=Outcome.REGISTERED),
            r"^project\.conclude_validation cannot end registered\. It ends positive, negative",
        ),
        (
            lambda: project.publish_pdd.fact(on=DAY, outcome=Outcome.POSITIVE),
            r"^project\.publish_pdd cannot end positive\. It ends one way",
        ),
        (
            lambda: project.publish_pdd.fact(on=DAY, evidence=ev.Receipt()),  # type: ignore[arg-type]
            r"^project\.publish_pdd rests on Publication, not on Receipt",
        ),
        (
            lambda: project.conclude_validation.fact(
                on=DAY, outcome=Outcome.POSITIVE, evidence=ev.ValidationReport(title="X", opinion="negative")
            ),
            r"^project\.conclude_validation is said to have ended positive, but its evidence says negative\. Leave",
        ),
        (
            lambda: project.conclude_validation.fact(
                on=DAY, outcome=Outcome.NEGATIVE, evidence=ev.ValidationReport(title="X", opinion="positive")
            ),
            r"^project\.conclude_validation is said to have ended negative, but its evidence says positive\. Leave",
        ),
        (
            lambda: project.publish_pdd.fact(on=datetime(2024, 5, 1, tzinfo=UTC)),
            r"^on: .* is not a day",
        ),
        (lambda: project.publish_pdd.fact(on="2024-05-01"), r"^on: .* is not a day"),  # type: ignore[arg-type]
        (
            lambda: project.observed("lost", on=DAY),
            r"^The machine 'project' has no state 'lost'\. Its states are drafting, submitted",
        ),
    ],
)
def test_a_fact_that_could_not_be_is_an_error(make: Callable[[], Any], words: str) -> None:
    """Whatever happened elsewhere, it happened to a step in a way that the step has."""
    with pytest.raises(EvidenceError, match=words):
        make()


def test_an_observation_is_a_state_seen_on_a_day() -> None:
    """It is no step."""
    sources = (Source(row=7),)
    assert project.observed("in_validation", on=DAY, sources=sources) == Fact(
        machine="project", step="observe", on=DAY, state="in_validation", sources=sources
    )


@pytest.mark.parametrize(
    ("fact", "error", "words"),
    [
        (Fact(machine="issuance", step="renew", on=DAY), UnknownStep, r"^issuance\.renew is no step of a case of"),
        (Fact(machine="tpe", step="rename", on=DAY), UnknownStep, r"^tpe\.rename is no step of a case of project\."),
        (Fact(machine="project", step="fly", on=DAY), UnknownStep, r"^The machine 'project' has no step 'fly'"),
        (
            Fact(machine="project", step="observe", on=DAY, state="lost"),
            EvidenceError,
            r"^The machine 'project' has no state 'lost'",
        ),
        (Fact(machine="project", step="observe", on=DAY), EvidenceError, r"^The machine 'project' has no state ''"),
        (
            Fact(machine="project", step="renew", on=DAY, outcome=Outcome.POSITIVE),
            EvidenceError,
            r"^project\.renew cannot end positive",
        ),
        (
            Fact(machine="project", step="renew", on=DAY, evidence=ev.Receipt()),
            EvidenceError,
            r"^project\.renew rests on ChangeEffect",
        ),
    ],
)
def test_a_fact_made_by_hand_is_looked_at_as_well(fact: Fact, error: type[Exception], words: str) -> None:
    """A machine refuses one that none of its cases could have."""
    with pytest.raises(error, match=words):
        project.check(fact)


def test_a_fact_that_could_be_passes() -> None:
    """With and without evidence, and as an observation."""
    project.check(project.observed("validated", on=DAY))
    project.check(Fact(machine="project", step="conclude_validation", on=DAY))
    project.check(project.check_request.fact(on=DAY, evidence=ev.CompletenessConclusion(conclusion="complete")))


# -- where a recorded step leads -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outcome", "state", "target"),
    [
        # in a state of its row: as the table has it
        ("submit_pdd", None, "drafting", "submitted"),
        ("change_entity", None, "validated", "in_validation"),
        ("change_entity", None, "submitted", "submitted"),
        ("decide_registration", "otherwise", "under_consideration", "under_consideration"),
        # from wherever the case stood: the one target there is
        ("publish_pdd", None, "drafting", "in_validation"),
        ("publish_pdd", None, "registered", "in_validation"),
        ("decide_registration", "registered", "drafting", "registered"),
        ("decide_registration", "registered", "in_validation", "registered"),
        ("decide_registration", "refused", "drafting", "not_registered"),
        ("withdraw_request", None, "in_validation", "request_withdrawn"),
        ("withdraw_project", None, "drafting", "withdrawn"),
        ("revise_pdd", None, "validated", "in_validation"),
        ("renew", None, "drafting", "registered"),
        # a step that stays leaves the case where it stands
        ("acknowledge", None, "validated", "validated"),
        ("notify_registration", None, "drafting", "drafting"),
        ("amend_moc", None, "drafting", "drafting"),
        ("decide_registration", "otherwise", "drafting", "drafting"),
        # an outcome that is not known: the case stands where the step is taken
        ("conclude_validation", None, "drafting", "in_validation"),
        ("decide_registration", None, "drafting", "under_consideration"),
        ("conclude_reference_assessment", None, "in_validation", "in_validation"),
        ("conclude_reference_assessment", None, "validated", "validated"),
    ],
)
def test_a_recorded_step_puts_the_case_where_its_row_leads(
    name: str, outcome: str | None, state: str, target: str
) -> None:
    """From wherever it stood: a record has gaps."""
    assert project.step(name).lands(state, Outcome(outcome) if outcome else None) == target


@pytest.mark.parametrize(
    ("taken", "outcome", "state", "target"),
    [
        # it leads somewhere: there, from wherever the case stood
        (transfer.record_authorisation, "complete", "unauthorised", "authorised"),
        (transfer.record_authorisation, "complete", "adjusted", "authorised"),
        (transfer.record_authorisation, "partly", "adjusted", "partly_authorised"),
        (transfer.record_adjustment, "complete", "authorised", "adjusted"),
        (issuance.issue_credits, "complete", "monitoring", "issued"),
        # it stays: where the step is taken, if that is one state
        (transfer.record_adjustment, "partly", "authorised", "first_transferred"),
        (transfer.record_report, "partly", "first_transferred", "adjusted"),
        (issuance.issue_credits, "partly", "monitoring", "notified"),
        (transfer.record_adjustment, "partly", "first_transferred", "first_transferred"),
    ],
)
def test_a_recorded_step_whose_outcome_follows_from_the_file_shows_where_the_case_stood(
    taken: Step[Any, Any], outcome: str, state: str, target: str
) -> None:
    """Who has issued a part was notified before; a decision that ends otherwise is no such witness."""
    assert taken.lands(state, Outcome(outcome)) == target


def test_a_recorded_step_that_may_lead_to_several_states_leaves_the_case_where_it_stands() -> None:
    """Outside its row nothing tells which of them."""
    made = defined(step("go", A, to=B), step("on", B, to=C), step("part", {A: B, B: END}), step("out", C, to=END))
    assert [made.steps["part"].lands(state, None) for state in ("a", "b", "c")] == ["b", "end", "c"]


@given(st.data())
def test_a_recorded_step_never_leads_out_of_the_table(data: st.DataObject) -> None:
    """It lands in a state of the machine, and in a state of its row exactly where the table says."""
    taken = data.draw(st.sampled_from(list(project.steps.values())))
    outcome = data.draw(st.sampled_from([None, *taken.rows]))
    state = data.draw(st.sampled_from(list(project.states)))
    target = taken.lands(state, outcome)
    assert target in project.states
    if state in taken.targets.get(outcome, {}):
        assert target == taken.targets[outcome][state]


# -- the rest --------------------------------------------------------------------------------------------------------


def test_a_step_says_whether_it_is_a_filing() -> None:
    """One that participants and focal points may take is; an authority's, an entity's and the clock's are not."""
    filings = {name for name, found in project.steps.items() if found.is_filing}
    assert filings == {
        "submit_pdd",
        "change_entity",
        "request_reference_assessment",
        "revise_pdd",
        "request_registration",
        "withdraw_request",
        "discontinue",
        "replace_moc",
        "amend_moc",
        "submit_implementation_report",
    }


def test_a_step_counts_under_the_outcome_of_its_evidence() -> None:
    """Where it has several; a step with one way counts under none."""
    report = ev.ValidationReport(title="X", opinion="positive")
    assert project.conclude_validation.key(report, ProjectFile()) is Outcome.POSITIVE
    assert project.conclude_validation.several
    assert project.acknowledge.key(ev.Receipt(), ProjectFile()) is None
    assert not project.acknowledge.several


def test_a_step_lists_the_states_in_which_it_may_be_taken() -> None:
    """Each once, in the order of the row."""
    assert [str(state) for state in project.check_request.sources] == ["registration_requested"]
    assert [str(state) for state in project.withdraw_request.sources] == [
        "registration_requested",
        "under_consideration",
    ]


def test_a_step_lists_the_fields_that_its_evidence_must_have() -> None:
    """In the order of the form, without those that may be left out."""
    assert project.conclude_validation.fields == ("title", "opinion")
    assert project.acknowledge.fields == ()


def test_a_step_finishes_nothing_unless_that_is_said() -> None:
    """It is closed with its capability."""
    assert not step("go", A, to=END, capability="sd_plan").finishes
    assert step("go", A, to=END, capability="sd_plan", finishes=True).finishes


@pytest.mark.parametrize("name", ["fly", "", "observe", None, ["submit_pdd"]])
def test_an_unknown_step_is_an_error_that_lists_the_steps(name: Any) -> None:
    """Whatever is given for its name."""
    with pytest.raises(UnknownStep, match=r"^The machine 'project' has no step .* Its steps are submit_pdd,"):
        project.step(name)


@pytest.mark.parametrize("name", ["Project", "", None, ["project"]])
def test_an_unknown_machine_is_an_error_that_lists_the_machines(name: Any) -> None:
    """Whatever is given for its name."""
    with pytest.raises(UnknownStep, match=r"^There is no machine .* Machines are project"):
        machine(name)


def test_a_machine_is_found_by_its_name() -> None:
    """And each stands under its own."""
    assert machine("project") is project
    assert all(found.name == name for name, found in MACHINES.items())


def test_a_machine_opens_an_empty_file() -> None:
    """An opening that the machine reads nothing from leaves it so."""
    made = defined(step("go", A, to=END))()
    assert made.new_file() == File()
    assert made.opened(File(3), ev.Opening(country="ZZ"), DAY) == File(3)
    assert project.new_file() == ProjectFile()


def test_machines_steps_and_states_are_shown_by_name() -> None:
    """In errors and on a console."""
    assert (repr(project), repr(project.renew), str(A)) == ("<machine project>", "<step project.renew>", "a")


@pytest.mark.parametrize("name", MACHINES)
def test_every_set_of_capabilities_leaves_a_machine_that_works(name: str) -> None:
    """Whatever a book says that a procedure has, no state is unreachable and none is a trap."""
    for size in range(len(CAPABILITIES) + 1):
        for names in combinations(CAPABILITIES, size):
            check(type(MACHINES[name]), frozenset(names))
