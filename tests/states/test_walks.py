"""Each step of each machine is taken, with each of its outcomes from each of its states, and refused elsewhere.

A case is placed in a state by what a list showed, so that every row stands for itself. All of it is synthetic.
"""

from __future__ import annotations

from typing import Any

import pytest

from jcm_cycle import Accepted, Case, Outcome, Refused, Role, evidence as ev
from jcm_cycle.states import MACHINES, NEW, Step
from tests.papers import BEFORE, DAY, EARLIER, attempt, placed

STEPS = [step for made in MACHINES.values() for step in made.steps.values()]
OUTCOMES = [pytest.param(step, outcome, id=f"{step.id}-{outcome}") for step in STEPS for outcome in step.rows]
ROWS = [
    pytest.param(step, outcome, source, target, id=f"{step.id}-{outcome}-{source}")
    for step in STEPS
    for outcome, row in step.targets.items()
    for source, target in row.items()
]


def test_no_step_or_outcome_is_left_out() -> None:
    """Each is taken from each of its states, and there is a state or a role to which it is refused."""
    taken = [row.values[:3] for row in ROWS]
    for step, outcome in (row.values for row in OUTCOMES):
        named = f"{step.id} ({outcome})"
        left = [str(source) for source in step.sources if (step, outcome, str(source)) not in taken]
        assert left == [], f"no test takes {named} from {', '.join(left)}"
        elsewhere = set(MACHINES[step.machine].states) - {source.name for source in step.sources}
        assert elsewhere or set(Role) - step.by, f"nothing refuses {named}"


@pytest.mark.parametrize(("step", "outcome", "source", "target"), ROWS)
def test_each_outcome_leads_where_its_row_says(
    step: Step[Any, Any], outcome: Outcome | None, source: str, target: str
) -> None:
    """From each state in which the step may be taken; the entry keeps the outcome."""
    answer = attempt(step, placed(step, source, outcome), outcome)
    assert isinstance(answer, Accepted), str(answer)
    assert (answer.case.state, answer.outcome) == (target, outcome)
    assert (answer.draft.step, answer.draft.outcome) == (step.name, outcome)


def refused(step: Step[Any, Any], outcome: Outcome | None, answer: Any) -> str:
    """Return the text of a refusal, with the step, the outcome, and how well founded its row is."""
    assert isinstance(answer, Refused)
    text = str(answer)
    assert text.startswith(f"REFUSED  {step.id}{f' ({outcome})' if outcome else ''} on {DAY}")
    assert f"blocks; {step.standing}: {step.cites}" in text
    return text


@pytest.mark.parametrize(("step", "outcome"), OUTCOMES)
def test_each_outcome_is_refused_in_every_other_state(step: Step[Any, Any], outcome: Outcome | None) -> None:
    """The refusal says where the case stands, where the step may be taken, and how well founded that is."""
    made, allowed = MACHINES[step.machine], {state.name for state in step.sources}
    for state in (str(made.start), *made.states):
        if state in allowed:
            continue
        answer = attempt(step, placed(step, state, outcome), outcome)
        text = refused(step, outcome, answer)
        assert "unmet   The step may be taken in the state in which the case stands." in text
        assert f"state: {state}; allowed: {', '.join(state.name for state in step.sources)}" in text


@pytest.mark.parametrize(("step", "outcome"), OUTCOMES)
def test_each_outcome_is_refused_to_every_other_role(step: Step[Any, Any], outcome: Outcome | None) -> None:
    """The refusal names the role and those who may take the step."""
    source = next(iter(step.targets[outcome]))
    for role in sorted(set(Role) - step.by):
        text = refused(step, outcome, attempt(step, placed(step, source, outcome), outcome, by=role))
        assert "unmet   The step is taken by one of its roles." in text
        assert f"role: {role}; allowed: {', '.join(sorted(step.by))}" in text


BROUGHT = [
    pytest.param(step, outcome, source, id=f"{step.id}-{outcome}")
    for step in STEPS
    for outcome, row in step.rows.items()
    for source in [next(iter(row))]
    if step.brought[outcome] is not None and not step.finishes and source.capability is None
]


@pytest.mark.parametrize(("step", "outcome", "source"), BROUGHT)
@pytest.mark.parametrize(("value", "verdict"), [("no", "unmet"), ("unknown", "missing")])
def test_what_a_capability_brings_is_refused_without_it(
    step: Step[Any, Any], outcome: Outcome | None, source: Any, value: str, verdict: str
) -> None:
    """Also an outcome that leads into a state of it, such as a provisional designation."""
    case = placed(step, source.name, outcome)
    given = {**case.capabilities, str(step.brought[outcome]): value}
    opening = ev.Opening(country="ZZ", procedure="other", capabilities=given, of=MACHINES[step.machine].of and "whole")
    made = MACHINES[step.machine]
    poor = Case.imported(made, "case-1", opening, on=EARLIER).case
    poor = poor if source is NEW else poor.record(made.observed(source.name, on=BEFORE)).case
    answer = attempt(step, poor, outcome)
    assert isinstance(answer, Refused)
    text = "The procedure to which the case is pinned has the step, and the state to which it leads."
    assert f"{verdict:<8}{text}" in str(answer)
    assert f"capability: {step.brought[outcome]}; value: {value}" in str(answer)
