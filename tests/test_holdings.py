"""What an entity holds, over suspensions, redesignations and withdrawals; all of it is synthetic.

A register is asked on single days: what it says of a scope is what counts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import Between, Case, Outcome, books, due, evidence as ev, register, tpe
from jcm_cycle.states import Holding

RULES = books["MN"]
FIRST, LAST = date(2022, 3, 1), date(2026, 11, 27)


def decided(**more: Any) -> ev.JointCommitteeDecision:
    """Return what the Committee decides of an entity."""
    return ev.JointCommitteeDecision(**{"decision": "decided", **more})


def scopes(*numbers: int, **more: Any) -> list[ev.Scopes]:
    """Return sectoral scopes."""
    return [ev.Scopes(numbers=numbers, **more)]


def entity(*facts: Any) -> Case[Any]:
    """Return an entity that was designated for scopes 1 and 3, to the end of its accreditation, after more facts."""
    case = Case.open(tpe, "cert", on=date(2020, 1, 6), rules=RULES, procedure="PCP 07.0").case
    asked = ev.DesignationApplication(entity="Synthetic Certification Ltd.", scopes=scopes(1, 3, until=LAST))
    for fact in (
        tpe.apply_for_designation.fact(on=date(2022, 1, 9), evidence=asked),
        tpe.decide_designation.fact(on=FIRST, evidence=decided(decision="designated")),
        *facts,
    ):
        case = case.record(fact).case
    return case


def usable(case: Case[Any], scope: int, on: date) -> str:
    """Return what a register says of a scope on a day: Yes, No or NotKnown."""
    answer = register.of([case]).entity("MN", "Synthetic Certification Ltd.", "validation", (scope,), on)
    return type(answer).__name__


def over(case: Case[Any], scope: int, *days: date) -> list[str]:
    """Return what it says on several days."""
    return [usable(case, scope, day) for day in days]


COMING = tpe.redesignate.fact(on=date(2025, 3, 1), evidence=decided(effective_on=date(2026, 1, 1)))
JUNE, JULY, NEXT = date(2025, 6, 1), date(2025, 7, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    "end",
    [
        tpe.withdraw.fact(on=JUNE, evidence=ev.DesignationWithdrawal(reason="synthetic")),
        tpe.withdraw.fact(on=JUNE),
        tpe.suspend.fact(on=JUNE, evidence=decided()),
        tpe.suspend.fact(on=JUNE, outcome=Outcome.DECIDED),
        tpe.withdraw_scope.fact(on=JUNE, evidence=ev.ScopeWithdrawal(reason="synthetic", scopes=scopes(1, 3))),
        tpe.redesignate.fact(on=JUNE, evidence=decided(scopes=scopes(13))),
    ],
    ids=lambda fact: f"{fact.step} {'' if fact.evidence else 'without its document'}",
)
@pytest.mark.parametrize("before", [(), (COMING,)], ids=["", "after a redesignation to come"])
def test_what_ends_it_ends_what_is_held_and_what_was_to_come(end: Any, before: Any) -> None:
    """From its day on, and not before."""
    case = entity(*before, end)
    assert over(case, 3, JUNE - timedelta(days=1), JUNE, JULY, NEXT) == ["Yes", "No", "No", "No"]
    assert [item for item in due([case], JULY) if item.until == LAST] == []


@pytest.mark.parametrize("state", ["withdrawn", "suspended"])
def test_what_a_list_shows_ends_it_on_some_day_before(state: str) -> None:
    """Until the last day on record it was held, and from the day of the list on it is not."""
    case = entity(tpe.observed(state, on=JUNE))
    assert over(case, 3, JUNE - timedelta(days=1), JUNE, JULY) == ["NotKnown", "No", "No"]
    again = entity(tpe.observed("suspended", on=JUNE), tpe.observed("suspended", on=JULY))
    assert again.file.suspended == ((Between(None, JUNE), None),)
    back = entity(tpe.suspend.fact(on=JUNE, evidence=decided()), tpe.observed("designated", on=JULY))
    assert over(back, 3, JUNE, JULY) == ["NotKnown", "Yes"]


@pytest.mark.parametrize("state", list(tpe.states))
def test_what_a_list_shows_of_an_entity_that_is_suspended(state: str) -> None:
    """Once more suspended it stays so, also for the second time; a state before the designation tells nothing."""
    first = tpe.suspend.fact(on=date(2025, 1, 1), evidence=decided())
    back = tpe.reinstate.fact(on=date(2025, 2, 1), evidence=decided())
    again = tpe.suspend.fact(on=JUNE, evidence=decided())
    shown = tpe.observed(state, on=JULY)
    for before in ((again,), (first, back, again)):
        entity_before, entity_after = entity(*before).file, entity(*before, shown).file
        *earlier, (day, end) = entity_after.suspended
        assert (*earlier, (day, None)) == entity_before.suspended
        assert (end is None) is (state != "designated")
        gone = state in ("withdrawn", "not_designated")
        assert [holding.ended for holding in entity_after.granted] == [Between(None, JULY) if gone else None]


def test_a_holding_that_begins_when_a_suspension_ends_was_never_interrupted() -> None:
    """It is one holding, from that day on; nothing is left over of it."""
    added = tpe.add_scope.fact(on=date(2025, 1, 1), evidence=decided(effective_on=JULY, scopes=scopes(13)))
    case = entity(
        added,
        tpe.suspend.fact(on=JUNE, evidence=decided()),
        tpe.reinstate.fact(on=JULY, evidence=decided()),
    )
    (late,) = [holding for holding in case.file.holdings if holding.scopes == (13,)]
    assert (late.since, late.ended) == (JULY, None)


def test_a_designation_is_not_provisional_unless_that_is_decided() -> None:
    """The register takes one that is for what it is, and of the other says that it does not know."""
    assert not Holding(scopes=(1,), since=FIRST).provisional
    assert [holding.provisional for holding in entity().file.granted] == [False]


def test_scopes_that_are_to_come_are_not_held_before() -> None:
    """Whatever happens to the others meanwhile."""
    added = tpe.add_scope.fact(on=date(2025, 1, 1), evidence=decided(effective_on=NEXT, scopes=scopes(13, 14)))
    gone = ev.ScopeWithdrawal(reason="synthetic", scopes=scopes(14))
    for between in (
        (),
        (tpe.withdraw_scope.fact(on=date(2025, 5, 1), evidence=gone),),
        (
            tpe.suspend.fact(on=date(2025, 2, 1), evidence=decided()),
            tpe.reinstate.fact(on=date(2025, 3, 1), evidence=decided()),
        ),
        (tpe.redesignate.fact(on=date(2025, 5, 1), evidence=decided()),),
    ):
        case = entity(added, *between)
        assert over(case, 13, JULY, NEXT - timedelta(days=1), NEXT) == ["No", "No", "Yes"]
        assert usable(case, 14, NEXT) == ("No" if between and between[0].step == "withdraw_scope" else "Yes")


def test_reinstating_gives_back_what_was_held_and_nothing_else() -> None:
    """A scope that was withdrawn on the day of the suspension stays withdrawn."""
    gone = ev.ScopeWithdrawal(reason="synthetic", scopes=scopes(3))
    for back in (
        tpe.reinstate.fact(on=JULY, evidence=decided()),
        tpe.reinstate.fact(on=JULY, outcome=Outcome.DECIDED),
        tpe.redesignate.fact(on=JULY, evidence=decided()),
    ):
        case = entity(
            tpe.withdraw_scope.fact(on=JUNE, evidence=gone), tpe.suspend.fact(on=JUNE, evidence=decided()), back
        )
        assert over(case, 3, JUNE, JULY, NEXT) == ["No", "No", "No"]
        assert over(case, 1, JUNE - timedelta(days=1), JUNE, JULY) == ["Yes", "No", "Yes"]


def test_a_provisional_designation_that_lapses() -> None:
    """Nothing is held from then on, also where the decision is not at hand."""
    case = Case.open(tpe, "cert", on=date(2020, 1, 6), rules=RULES, procedure="2013 set").case
    asked = ev.DesignationApplication(entity="Synthetic Certification Ltd.", scopes=scopes(1, 3))
    for fact in (
        tpe.apply_for_designation.fact(on=date(2022, 1, 9), evidence=asked),
        tpe.decide_designation.fact(on=FIRST, evidence=decided(decision="provisional")),
    ):
        case = case.record(fact).case
    for end in (
        tpe.lapse_provisional.fact(on=JUNE, evidence=decided()),
        tpe.lapse_provisional.fact(on=JUNE, outcome=Outcome.DECIDED),
    ):
        assert over(case.record(end).case, 1, JUNE - timedelta(days=1), JUNE) == ["NotKnown", "No"]


DAYS = st.integers(0, 400).map(lambda days: date(2024, 1, 1) + timedelta(days=days))
MOVES = st.lists(
    st.tuples(st.sampled_from(["suspend", "reinstate", "withdraw_scope", "redesignate", "add_scope"]), DAYS, DAYS),
    max_size=6,
)


@given(moves=MOVES, on=DAYS)
def test_nothing_is_held_while_it_is_suspended_or_after_it_was_withdrawn(moves: Any, on: date) -> None:
    """Whatever came before, and whatever was to come."""
    facts = []
    for name, day, effective in sorted(moves, key=lambda one: one[1]):
        paper: Any = decided(effective_on=max(day, effective) if name in ("redesignate", "add_scope") else None)
        if name == "withdraw_scope":
            paper = ev.ScopeWithdrawal(reason="synthetic", scopes=scopes(3))
        if name == "add_scope":
            paper = decided(effective_on=max(day, effective), scopes=scopes(13))
        facts.append(tpe.step(name).fact(on=day, evidence=paper))
    last = max([FIRST, *(fact.on for fact in facts)])
    case = entity(*facts, tpe.suspend.fact(on=last, evidence=decided()))
    after = max(on, last)
    assert {usable(case, scope, after) for scope in (1, 3, 13)} == {"No"}
    gone = entity(*facts, tpe.withdraw.fact(on=last, evidence=ev.DesignationWithdrawal(reason="synthetic")))
    assert {usable(gone, scope, after) for scope in (1, 3, 13)} == {"No"}
    for holding in gone.file.holdings:
        assert holding.ended is not None


@pytest.mark.parametrize("told", [None, date(2025, 5, 20)])
def test_the_day_of_the_latest_decision_is_kept(told: date | None) -> None:
    """As the decision tells it, else that of the act."""
    paper, more = decided(decided_on=told), decided(decided_on=told, scopes=scopes(13))
    for facts in (
        (tpe.suspend.fact(on=JUNE, evidence=paper),),
        (tpe.suspend.fact(on=FIRST, evidence=decided()), tpe.reinstate.fact(on=JUNE, evidence=paper)),
        (tpe.redesignate.fact(on=JUNE, evidence=paper),),
        (tpe.add_scope.fact(on=JUNE, evidence=more),),
        (tpe.lapse_provisional.fact(on=JUNE, evidence=paper),),
    ):
        assert entity(*facts).file.decided_on == (told or JUNE)


def test_each_of_several_suspensions_counts() -> None:
    """The second one ends by itself, and the first stays as it was."""
    days = [date(2025, month, 1) for month in (1, 2, 3, 4)]
    steps = (tpe.suspend, tpe.reinstate, tpe.suspend, tpe.reinstate)
    case = entity(*(step.fact(on=day, evidence=decided()) for step, day in zip(steps, days, strict=True)))
    assert case.file.suspended == ((days[0], days[1]), (days[2], days[3]))
    assert over(case, 1, *days, JUNE) == ["No", "Yes", "No", "Yes", "Yes"]
    held = {(holding.since, holding.ended) for holding in case.file.holdings}
    assert held == {(FIRST, days[0]), (days[1], days[2]), (days[3], None)}
    assert [holding.since for holding in case.file.held] == [days[3]]
    again = case.record(tpe.reinstate.fact(on=JUNE, evidence=decided())).case
    assert again.file.suspended == case.file.suspended


def test_what_is_withdrawn_for_one_role_stays_for_the_other() -> None:
    """A designation that never held the scope, or had ended, is left alone."""
    gone = ev.ScopeWithdrawal(reason="synthetic", scopes=[ev.Scopes(numbers=(3,), role="verification")])
    case = entity(tpe.withdraw_scope.fact(on=JUNE, evidence=gone))
    assert over(case, 3, JULY) == ["Yes"]
    told = {(holding.scopes, holding.role, holding.since, holding.ended) for holding in case.file.holdings}
    assert told == {((1, 3), None, FIRST, JUNE), ((1,), None, JUNE, None), ((3,), "validation", JUNE, None)}
    other = ev.ScopeWithdrawal(reason="synthetic", scopes=scopes(14))
    assert entity(tpe.withdraw_scope.fact(on=JUNE, evidence=other)).file.granted == entity().file.granted


@pytest.mark.parametrize(
    ("role", "ended"), [("validation", [JUNE, None]), ("verification", [None, JUNE]), (None, [JUNE, JUNE])]
)
def test_what_is_held_for_one_role_ends_where_it_is_withdrawn_for_that_role_or_for_both(
    role: str | None, ended: list[date | None]
) -> None:
    """What is withdrawn for the other role is none of its own; what has ended once does not end again."""
    held = [*scopes(13, role="validation"), *scopes(13, role="verification")]
    added = tpe.add_scope.fact(on=date(2025, 1, 1), evidence=decided(scopes=held))
    gone = ev.ScopeWithdrawal(reason="synthetic", scopes=scopes(13, role=role))
    withdrawn = tpe.withdraw_scope.fact(on=JUNE, evidence=gone)
    once = entity(added, withdrawn)
    assert [holding.ended for holding in once.file.granted if holding.scopes == (13,)] == ended
    again = once.record(tpe.withdraw_scope.fact(on=JULY, evidence=gone)).case
    assert again.file.granted == once.file.granted
