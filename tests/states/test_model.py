"""Every machine under every set of capabilities that a rule book uses, and under none and all.

Each state is reached and has a way to a final one; a decision can end in all its ways; and when the days of a window
or of a time limit have passed, something follows: the clock closes the window, and whoever is late may still act.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from jcm_cycle import Accepted, Case, Outcome, Role, RuleBook, due, project, register, tick
from jcm_cycle.errors import ProcedureUnknown
from jcm_cycle.rules import books
from jcm_cycle.states import CAPABILITIES, MACHINES, Checked, Passing, check, step_of
from tests.papers import EARLIER, evidence, observed, opening
from tests.states.tables import ROWS, moves

DAY_ONE = timedelta(days=1)


def turning(book: RuleBook) -> set[date]:
    """Return the days on which another procedure of a book may begin or end, and the days before them."""
    bounds = [bound for row in book.rows["procedure"] for bound in (row.since, row.until) if bound is not None]
    days = {day for bound in bounds for day in (bound.on, bound.after, bound.by) if day is not None}
    return days | {day - DAY_ONE for day in days} | {day + DAY_ONE for day in days}


def used(book: RuleBook) -> set[frozenset[str]]:
    """Return the sets of capabilities under which cases of a country can be opened, whatever is not known of them.

    What a procedure has provisionally it has. What is not known of it may be so or not: both sets are taken.
    """
    found = set()
    for day, row in product([*turning(book), date(2026, 7, 1)], book.rows["procedure"]):
        try:
            _, values = book.pin(day, row.name)
        except ProcedureUnknown:
            continue
        has = {name for name, value in values.items() if value in ("yes", "provisional")}
        found |= {frozenset(has), frozenset(has | {name for name, value in values.items() if value == "unknown"})}
    return found


OF_BOOKS = {
    " ".join(filter(None, (country, row and row.name))): used(books[country].of_track(row and row.name))
    for country in books
    for row in (None, *books[country].rows["track"])
}
"""The sets of each book, those of special tracks among them."""
DIFFERENT = sorted(set().union(*OF_BOOKS.values()) | {frozenset(), frozenset(CAPABILITIES)}, key=sorted)
SETS = {", ".join(sorted(has)) or "none": has for has in DIFFERENT}
EVERY = list(product(MACHINES, SETS))


def model(name: str, of: str) -> Checked:
    """Check a machine under one of the sets."""
    return check(MACHINES[name], SETS[of])


def test_the_sets_are_those_of_the_books() -> None:
    """Of each book at least one, and the three that machines.md names are among them."""
    assert all(OF_BOOKS.values())
    assert {name.split()[0] for name in OF_BOOKS} == set(books)
    newer = {"idea_note", "reference_emissions", "credit_allocation", "implementation_report", "crediting_period"}
    known = [has - {"republication", "safeguards", "loss_event", "provisional_designation"} for has in SETS.values()]
    for has in (set(), {"reference_emissions", "crediting_period", "sd_plan"}, newer | {"sd_plan"}):
        assert has in known, has


@pytest.mark.parametrize(("name", "of"), EVERY)
def test_each_state_is_reached_and_has_a_way_to_a_final_one(name: str, of: str) -> None:
    """The ways that the check found can be walked in the table; what is not reached is brought by a capability."""
    made, found = MACHINES[name], model(name, of)
    if not found.reached:
        assert (name, "loss_event" in SETS[of]) == ("loss", False)
        return
    assert found.reached.keys() == found.ends.keys()
    lacking = made.states.keys() - found.reached.keys()
    assert {made.states[state].capability for state in lacking} <= set(CAPABILITIES) - SETS[of]
    for state, way in found.reached.items():
        assert walked(name, str(made.start), way) == state
        assert made.states[walked(name, state, found.ends[state])].final


def walked(name: str, state: str, way: tuple[str, ...]) -> str:
    """Return where steps lead by the second copy of the table."""
    for trigger in way:
        step, _, outcome = trigger.partition(":")
        state = moves(ROWS[f"{name}.{step}"][1])[outcome or None][state]
    return state


@pytest.mark.parametrize(("name", "of"), EVERY)
def test_each_decision_can_end_in_all_its_ways(name: str, of: str) -> None:
    """But for those that lead into what the procedure does not have, of which the check names the capability."""
    made, found = MACHINES[name], model(name, of)
    for step in made.steps.values():
        possible = found.outcomes.get(step.name, ())
        for outcome in step.rows:
            capability = found.lacking.get(step.triggers[outcome])
            assert (outcome in possible) is (capability is None)
            assert capability is None or capability not in SETS[of]
        if possible and step.name.startswith("decide_"):
            assert Outcome.OTHERWISE in possible
            assert len(possible) > 2 or found.lacking


def test_what_a_procedure_lacks_is_told_with_the_capability_that_brings_it() -> None:
    """The provisional designation of 2013, for one."""
    assert check(MACHINES["tpe"], frozenset()).lacking == {
        "decide_designation:provisional": "provisional_designation",
        "confirm_provisional:decided": "provisional_designation",
        "lapse_provisional:decided": "provisional_designation",
    }
    assert check(MACHINES["tpe"]).lacking == check(MACHINES["tpe"], frozenset(CAPABILITIES)).lacking == {}


# -- windows and limits ----------------------------------------------------------------------------------------------

PASSING = [(name, passing) for name in MACHINES for passing in check(MACHINES[name]).passing]
WINDOWS = [
    pytest.param(name, one, id=f"{name}.{one.step}-{one.state}") for name, one in PASSING if one.kind == "window"
]
LIMITS = [pytest.param(name, one, id=f"{name}.{one.step}-{one.state}") for name, one in PASSING if one.kind == "limit"]
OPENED, LENGTH = date(2024, 5, 1), 7
LAST = OPENED + timedelta(days=LENGTH - 1)
"""The last day of a window that counts the day of its opening."""


def test_every_timed_step_is_a_window_or_a_limit_in_each_of_its_states() -> None:
    """None is left out by the check, and each leads where the second copy of the table says, and nowhere else."""
    timed = {
        (name, step.name, str(source))
        for name, made in MACHINES.items()
        for step in made.steps.values()
        if step.timed is not None
        for source in step.sources
    }
    assert {(name, one.step, one.state) for name, one in PASSING} == timed
    for name, one in PASSING:
        rows = moves(ROWS[f"{name}.{one.step}"][1]).values()
        assert one.leads == tuple(dict.fromkeys(row[one.state] for row in rows))
    assert len(WINDOWS) == 6
    assert len(LIMITS) == 4


@pytest.mark.parametrize(("name", "of"), EVERY)
def test_what_follows_a_window_or_a_limit_leads_on_to_an_end(name: str, of: str) -> None:
    """Under each set of capabilities: a window changes the state or closes a region, a limit changes nothing itself."""
    found = model(name, of)
    for one in found.passing:
        assert one.leads
        assert set(one.leads) <= found.ends.keys()
        if one.kind == "window":
            assert one.closes is not None or set(one.leads) != {one.state}


def running(world: Any, name: str, passing: Passing) -> tuple[Case[Any], RuleBook]:
    """Return a case in which the days of a step run since OPENED, with a book that says how many there are."""
    made, step = MACHINES[name], MACHINES[name].steps[passing.step]
    values = [passing.value, *([step.timed.extended] if getattr(step.timed, "extended", None) else [])]
    value = {id_: {"value": LENGTH, "unit": "calendar day", "since": date(2021, 1, 1)} for id_ in values}
    book = world.book(value=value)
    case: Case[Any] = Case.imported(made, "case-1", opening(made), on=EARLIER).case
    begun = dict.fromkeys((step.answers[0], step.timed.since[0]))
    for earlier in map(made.step, begun):
        outcome = Outcome.COMPLETE if Outcome.COMPLETE in earlier.rows else next(iter(earlier.rows))
        paper = evidence(earlier, outcome)
        if earlier.by == {Role.CLOCK}:
            paper = step_of("project.end_crediting").evidence(window="synthetic", last_day=OPENED)
        case = case.record(earlier.fact(on=OPENED, evidence=paper)).case
    return observed(case, passing.state, on=OPENED), book


@pytest.mark.parametrize(("name", "passing"), WINDOWS)
def test_a_window_that_has_passed_is_closed_by_the_clock(world: Any, name: str, passing: Passing) -> None:
    """Not a day before it is over; afterwards the case stands where the check says, and nothing is left to close."""
    case, book = running(world, name, passing)
    (item,) = [item for item in due([case], LAST, rules=book) if item.what == f"{name}.{passing.step}"]
    assert (item.kind, item.until, item.days_left) == ("window", LAST, 0)
    assert tick([case], LAST, rules=book) == ()
    ((same, act),) = tick([case], LAST + DAY_ONE, rules=book)
    assert (same, act.step, act.on) == (case, passing.step, LAST + DAY_ONE)
    early = step_of(f"{name}.{passing.step}")(act.evidence, by=Role.CLOCK, on=LAST)
    if name == "project":
        text = "Public inputs stay open for the whole window, counting both ends."
        assert text in str(case.attempt(early, rules=book))
    answer = case.attempt(act, rules=book)
    assert isinstance(answer, Accepted), str(answer)
    assert answer.case.state in passing.leads
    assert passing.closes is None or str(getattr(answer.case.file, passing.closes)) == "closed"
    assert [item for item in due([answer.case], LAST + DAY_ONE, rules=book) if item.kind == "window"] == []
    assert tick([answer.case], LAST + DAY_ONE, rules=book) == ()


@pytest.mark.parametrize(("name", "passing"), LIMITS)
def test_a_limit_that_has_passed_is_a_duty_that_is_late(world: Any, name: str, passing: Passing) -> None:
    """It counts from the day after; the clock does nothing about it, and nothing is refused by it alone."""
    case, book = running(world, name, passing)
    step, last = MACHINES[name].steps[passing.step], OPENED + timedelta(days=LENGTH)
    for on, late in ((last, 0), (last + DAY_ONE, 1), (last + timedelta(days=400), 400)):
        told = due([case], on, rules=book)
        (item,) = [item for item in told if item.what == step.id]
        assert (item.kind, item.until, item.days_left) == ("limit", last, -late)
        assert ([item.what for item in told.late] == [step.id]) is bool(late)
        assert tick([case], on, rules=book) == ()
        for outcome in step.rows:
            act = step(evidence(step, outcome), by=max(step.by), on=on)
            answer = case.attempt(act, rules=world.only(), register=register.facts(complete=("numbers",)))
            assert isinstance(answer, Accepted), str(answer)
            assert answer.case.state in passing.leads


def test_a_late_step_says_by_how_many_days_where_a_book_has_the_duty(world: Any) -> None:
    """The rule is unmet, and the act goes through."""
    (passing,) = [one for name, one in PASSING if (name, one.step) == ("project", "check_request")]
    case, _ = running(world, "project", passing)
    book = world.only("project.check_request.in_time")
    act = project.check_request(
        evidence(project.check_request, Outcome.COMPLETE), by=Role.SECRETARIAT, on=OPENED + timedelta(days=10)
    )
    answer = case.attempt(act, rules=book)
    assert isinstance(answer, Accepted)
    assert "late_by: 3" in str(answer)


def test_ends_told_beforehand_are_closed_by_the_clock_or_are_somebodys_to_see_to(world: Any) -> None:
    """A crediting period ends by a step of the clock; a designation that runs out leaves the entity in its state."""
    ends = {name for name, made in MACHINES.items() if type(made).ends is not type(MACHINES["idea"]).ends}
    assert ends == {"project", "tpe"}
    made, last = MACHINES["project"], OPENED + timedelta(days=90)
    case: Case[Any] = observed(Case.imported(made, "case-1", opening(made), on=EARLIER).case, "registered", on=EARLIER)
    paper = step_of("project.renew").evidence(change="change-1", crediting_from=OPENED, crediting_until=last)
    case = case.record(project.renew.fact(on=OPENED, evidence=paper)).case
    (item,) = due([case], last, rules=world.book())
    assert (item.kind, item.what, item.until) == ("end", "project.end_crediting", last)
    ((_, act),) = tick([case], last + DAY_ONE, rules=world.book())
    answer = case.attempt(act, rules=world.book())
    assert isinstance(answer, Accepted)
    assert answer.case.state == "crediting_ended"
