"""Each table is broken on purpose, in every way that it can be; something notices, and names the fault.

What could not work is refused when the machine is defined. What could work but is not what was read differs from the
second copy of the table, step by step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from jcm_cycle import Outcome, Role, Standing, evidence as ev
from jcm_cycle.errors import DefinitionError
from jcm_cycle.states import MACHINES, STAYS, Machine, State, Step
from tests.states.tables import faults

PARTS = (
    "by",
    "evidence",
    "apply",
    "standing",
    "cites",
    "capability",
    "finishes",
    "region",
    "answers",
    "timed",
    "derive",
)


def rebuilt(step: Step[Any, Any], **changes: Any) -> Step[Any, Any]:
    """Return a step like another, save for what is given."""
    rows: Mapping[Outcome | None, Mapping[State, State]] = changes.pop("rows", step.rows)
    given = {name: getattr(step, name) for name in PARTS} | changes
    given["by"] = tuple(given["by"])
    if None in rows:
        return Step(step.name, dict(rows[None]), **given)
    return Step(step.name, step.sources, outcomes={outcome: target(row) for outcome, row in rows.items()}, **given)


def target(row: Mapping[State, State]) -> State:
    """Return the one state to which an outcome leads from all states, or that it stays where it is."""
    if all(source == leads for source, leads in row.items()):
        return STAYS
    (leads,) = set(row.values())
    return leads


def added(name: str, source: State, to: State) -> Step[Any, Any]:
    """Return a synthetic step that is fine by itself."""
    return Step(
        name, source, to=to, by=Role.SECRETARIAT, evidence=ev.Receipt,
        apply=lambda file, *_: file, standing=Standing.ASSUMED,
    )  # fmt: skip


class Noticed(NamedTuple):
    """What is said of a broken table: by the definition of the machine, if it is refused, and beside the table."""

    refused: str
    differs: list[str]


def noticed(name: str, *more: Step[Any, Any], without: str = "", **instead: Step[Any, Any]) -> Noticed:
    """Define a machine of the library again, with steps taken out, put in the place of others, or added."""
    made = MACHINES[name]
    kept = [instead.get(step.name, rebuilt(step)) for step in made.steps.values() if step.name != without]
    steps = {step.name: step for step in (*kept, *more)}
    body = {"name": name, "initial": made.initial, "file": made.file, "of": made.of, "needs": made.needs}
    refused = ""
    try:
        type("Broken", (Machine,), {**body, **steps})
    except DefinitionError as error:
        refused = str(error)
    return Noticed(refused, list(faults(name, steps)))


def changed(step: Step[Any, Any], **changes: Any) -> Noticed:
    """Return what is said of a machine of which one step is another."""
    return noticed(step.machine, **{step.name: rebuilt(step, **changes)})


STEPS = [step for made in MACHINES.values() for step in made.steps.values()]
EACH = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
STATES = [
    pytest.param(name, state, id=f"{name}-{state}") for name, made in MACHINES.items() for state in made.states.values()
]
OUTCOMES = [
    pytest.param(step, outcome, id=f"{step.id}-{outcome}") for step in STEPS for outcome in step.rows if step.several
]


@pytest.mark.parametrize("name", MACHINES)
def test_of_a_table_that_is_not_broken_nothing_is_said(name: str) -> None:
    """So that what is noticed below is the fault."""
    assert noticed(name) == ("", [])


@pytest.mark.parametrize(("step", "outcome"), OUTCOMES)
def test_an_outcome_that_is_removed_is_named(step: Step[Any, Any], outcome: Outcome) -> None:
    """With its step; the definition says which opposite it lacks, or to which state nothing leads any more."""
    found = changed(step, rows={other: row for other, row in step.rows.items() if other != outcome})
    assert found.differs == [f"{step.id}: it cannot end {outcome}, as the table has it"]
    if len(step.rows) == 1:
        assert found.refused.startswith(f"{step.id}: an outcome has no target.")
    elif outcome is Outcome.OTHERWISE and step.name.startswith("decide_"):
        assert found.refused.startswith(f"{step.id}: a decision can always end otherwise, and this one cannot.")
    elif found.refused.startswith(f"{step.id}: it can end "):
        assert outcome in found.refused.partition(" but not ")[2].partition(".")[0].split(" or ")
    elif found.refused:
        (lost,) = {str(leads) for source, leads in step.rows[outcome].items() if source != leads}
        assert found.refused.startswith(f"{step.machine}: no step leads to the state {lost}, in which ")


UNREFUSED = {
    "issuance.decide_issuance zero",
    "project.conclude_reference_assessment otherwise",
}
"""Outcomes without which a machine would work: only the table says that they are lacking."""


def test_only_a_few_outcomes_could_be_lacking_from_a_machine_that_works() -> None:
    """Every other one is missed when the machine is defined."""
    unrefused = {
        f"{step.id} {outcome}"
        for step, outcome in (row.values for row in OUTCOMES)
        if not changed(step, rows={other: row for other, row in step.rows.items() if other != outcome}).refused
    }
    assert unrefused == UNREFUSED


@EACH
def test_a_step_that_is_removed_is_named(step: Step[Any, Any]) -> None:
    """The definition names what answers it or counts from it, or the state to or from which nothing leads any more."""
    found = noticed(step.machine, without=step.name)
    assert found.differs == [f"{step.id}: the row of the table is no step"]
    others = [other for other in MACHINES[step.machine].steps.values() if other is not step]
    asked = next((other for other in others if step.name in other.answers), None)
    counted = next((other for other in others if other.timed is not None and step.name in other.timed.since), None)
    if asked is not None:
        assert found.refused.startswith(f"{asked.id}: it answers {step.name!r}, which is no step.")
    elif counted is not None:
        assert found.refused.startswith(f"{counted.id}: its time is counted from {step.name!r}, which is no step.")
    elif found.refused:
        moves = {(str(one), str(other)) for row in step.rows.values() for one, other in row.items() if one != other}
        said = [f"{step.machine}: no step leads to the state {other}, " for _, other in moves]
        said += [f"{step.machine}: from the state {one}, to which " for one, _ in moves]
        said += [f"{step.machine}: from the state {one} no way leads" for one, _ in moves]
        assert found.refused.startswith(tuple(said))


@EACH
def test_a_request_or_a_day_that_is_no_step_is_named(step: Step[Any, Any]) -> None:
    """Of an answer, and of what a window or a limit is counted from."""
    for name in step.answers:
        wrong = tuple("nothing" if one == name else one for one in step.answers)
        assert changed(step, answers=wrong).refused.startswith(f"{step.id}: it answers 'nothing', which is no step.")
    if step.timed is not None:
        wrong = type(step.timed)(step.timed.value, since="nothing")
        text = f"{step.id}: its time is counted from 'nothing', which is no step. Name a step of the machine."
        assert changed(step, timed=wrong).refused == text
    if step.timed is not None and step.answers:
        assert changed(step, answers=()).refused.startswith(f"{step.id}: it is timed, but no request says the rules")


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_trap_is_named(name: str, state: State) -> None:
    """A new state without a way out, to which a step leads from any state; a final state is left by no step."""
    found = noticed(name, added("fall", state, to=State("trap")))
    if state.final:
        assert found.refused.startswith(f"{name}: the state {state} is final, but fall leads from it to trap. Take")
    else:
        text = f"{name}: from the state trap, to which fall leads, no way leads to a final state. Add a step that leads"
        assert found.refused.startswith(text)
    assert found.differs == [f"{name}.fall: the step is no row of the table"]


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_state_to_which_nothing_leads_is_named(name: str, state: State) -> None:
    """With the step that is taken in it."""
    found = noticed(name, added("climb", State("lost"), to=state))
    assert found.refused.startswith(f"{name}: no step leads to the state lost, in which climb is taken. Add the step")


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_final_state_that_is_called_final_no_more_is_named(name: str, state: State) -> None:
    """It becomes a trap; another that is called final is left by a step."""
    other = State(state.name, final=not state.final, capability=state.capability)
    if state is MACHINES[name].initial:
        return

    def turned(row: Mapping[State, State]) -> dict[State, State]:
        return {other if one == state else one: other if leads == state else leads for one, leads in row.items()}

    instead = {}
    for step in MACHINES[name].steps.values():
        rows = {outcome: turned(row) for outcome, row in step.rows.items()}
        made = rebuilt(step)
        if rows != step.rows:
            sources = tuple(other if one == state else one for one in step.sources)
            given = {part: getattr(step, part) for part in PARTS}
            ways = {outcome: target(row) for outcome, row in rows.items() if outcome is not None}
            made = Step(step.name, sources if ways else rows[None], **given, **({"outcomes": ways} if ways else {}))
        instead[step.name] = made
    refused = noticed(name, **instead).refused
    if state.final:
        assert refused.startswith(f"{name}: from the state {state}, to which ")
    else:
        assert refused.startswith(f"{name}: the state {state} is final, but ")


@EACH
def test_a_citation_that_is_dropped_is_named(step: Step[Any, Any]) -> None:
    """When a row that was read, seen or concluded is defined; of one that was not, beside the table."""
    found = changed(step, cites="")
    assert found.differs == [f"{step.id}: it says '' of where it was read, and is {step.standing}"]
    if step.standing in (Standing.CITED, Standing.OBSERVED, Standing.INFERRED):
        text = f"{step.id}: the row is {step.standing}, but nothing says where it was read. Name the place with `cites`"
        assert found.refused.startswith(text)
    else:
        assert found.refused == ""


@EACH
def test_a_role_that_is_dropped_or_added_is_named(step: Step[Any, Any]) -> None:
    """Where nobody is left, when it is defined; else beside the table."""
    found = changed(step, by=())
    assert found.refused.startswith(f"{step.id}: nobody may take the step. Name its roles with `by`.")
    for role in step.by:
        differs = changed(step, by=step.by - {role}).differs
        assert differs == [f"{step.id}: the {role} may not take it, as the table has it"]
    other = min(set(Role) - step.by - {Role.CLOCK})
    found = changed(step, by=step.by | {other})
    assert found.differs == [f"{step.id}: the {other} may take it, which the table does not have"]
    clock = f"{step.id}: what the clock does rests on Elapsed, and nobody else does it."
    assert found.refused.startswith(clock) is (Role.CLOCK in step.by)
    assert changed(step, by=(Role.CLOCK,)).refused.startswith(clock) is (Role.CLOCK not in step.by)


@EACH
def test_a_paper_standing_or_capability_that_is_another_is_named(step: Step[Any, Any]) -> None:
    """The machine would work, but is not what was read."""
    paper = ev.Renaming if step.evidence is not ev.Renaming else ev.Receipt
    assert f"{step.id}: evidence is {paper.__name__}, and in the table {step.evidence.__name__}" in (
        changed(step, evidence=paper).differs
    )
    standing = Standing.UNKNOWN if step.standing is not Standing.UNKNOWN else Standing.ASSUMED
    assert f"{step.id}: standing is {standing}, and in the table {step.standing}" in (
        changed(step, standing=standing).differs
    )
    assert f"{step.id}: capability is safeguards, and in the table {step.capability}" in (
        changed(step, capability="safeguards").differs
    )
    assert changed(step, capability="teleport").refused.startswith(f"{step.id}: 'teleport' is not a capability.")


@EACH
def test_a_target_that_is_another_is_named(step: Step[Any, Any]) -> None:
    """Each outcome of each step leads to each final state in turn, and nowhere else unnoticed."""
    for final in (state for state in MACHINES[step.machine].states.values() if state.final):
        for outcome, row in step.rows.items():
            wrong = dict.fromkeys(row, final)
            if wrong == dict(row):
                continue
            text = f"{step.id}: {'it' if outcome is None else outcome} leads "
            assert any(fault.startswith(text) for fault in changed(step, rows={**step.rows, outcome: wrong}).differs)
