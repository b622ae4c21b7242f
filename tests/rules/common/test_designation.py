"""The designation of third-party entities: what each decision leaves usable, on which days; all of it is synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Case, Outcome, Role, Verdict, evidence as ev, register, tpe
from jcm_cycle.errors import EvidenceError
from jcm_cycle.states import CAPABILITIES

NAME, NUMBER = "Example Entity", "TPE-ZZ-009"
ASKED, DESIGNATED, ADDED, CUT = date(2022, 1, 10), date(2022, 3, 1), date(2022, 6, 1), date(2022, 9, 1)
STOPPED, BACK, GONE = date(2023, 1, 1), date(2023, 3, 1), date(2024, 1, 1)
SCOPES = (ev.Scopes(numbers=(1, 3)), ev.Scopes(numbers=(13,), role="verification", until=date(2023, 12, 31)))
ISO = ev.Accreditation(basis="ISO 14065", until=date(2025, 12, 31))
COMMITTEE = Role.JOINT_COMMITTEE
RULE = "tpe.decide_designation.accreditation"


def opened(accreditation: ev.Accreditation | None = ISO) -> Case[Any]:
    """Return an application of a synthetic entity, in a procedure that has everything."""
    opening = ev.Opening(country="ZZ", procedure="synthetic", capabilities=dict.fromkeys(CAPABILITIES, "yes"))
    case: Case[Any] = Case.imported(tpe, "entity", opening, on=ASKED).case
    paper = ev.DesignationApplication(entity=NAME, scopes=SCOPES, accreditation=accreditation)
    return case.record(tpe.apply_for_designation.fact(on=ASKED, evidence=paper)).case


def decision(on: date, outcome: Outcome = Outcome.DECIDED, **more: Any) -> ev.JointCommitteeDecision:
    """Return a decision on the entity."""
    return ev.JointCommitteeDecision(decision=outcome, decided_on=on, mode="meeting", cases=(NUMBER,), **more)


def after(case: Case[Any], *facts: Any) -> Case[Any]:
    """Record what happened."""
    for fact in facts:
        case = case.record(fact).case
    return case


def designated(**more: Any) -> Case[Any]:
    """Return an entity that was designated for what it asked."""
    paper = decision(DESIGNATED, Outcome.DESIGNATED, number=NUMBER, **more)
    return after(opened(), tpe.decide_designation.fact(on=DESIGNATED, evidence=paper))


def usable(case: Case[Any], on: date, *scopes: int, role: Any = "validation", name: str = NAME) -> type[Any]:
    """Return what a register says of the entity: yes, no or not known."""
    return type(register.of([case]).entity("ZZ", name, role, scopes or (1,), on))


YES, NO, OPEN = register.Yes, register.No, register.NotKnown


def test_a_designation_is_for_the_scopes_of_each_role_until_their_ends() -> None:
    """Where the decision names no scopes, those of the application count; listed is not usable."""
    case = designated()
    assert (case.state, case.references) == ("designated", (NUMBER,))
    assert usable(case, date(2022, 2, 28)) is NO
    assert usable(case, DESIGNATED, 1, 3) is YES
    assert usable(case, DESIGNATED, 13) is NO
    assert usable(case, DESIGNATED, 13, role="verification") is YES
    assert usable(case, date(2023, 12, 31), 13, role="verification") is YES
    assert usable(case, date(2024, 1, 1), 13, role="verification") is NO
    assert usable(case, DESIGNATED, name=NUMBER) is YES
    fewer = designated(scopes=(ev.Scopes(numbers=(3,)),))
    assert (usable(fewer, DESIGNATED, 1), usable(fewer, DESIGNATED, 3)) == (NO, YES)


def test_a_scope_may_be_added_and_withdrawn_for_one_role() -> None:
    """What is held beside it goes on, and what was held before stays true of the days before."""
    added = tpe.add_scope.fact(on=ADDED, evidence=decision(ADDED, scopes=(ev.Scopes(numbers=(12,)),)))
    cut = tpe.withdraw_scope.fact(
        on=CUT, evidence=ev.ScopeWithdrawal(scopes=(ev.Scopes(numbers=(3,), role="verification"),))
    )
    case = after(designated(), added, cut)
    assert usable(case, ADDED, 1, 12) is YES
    assert usable(case, date(2022, 5, 31), 12) is NO
    assert usable(case, date(2022, 8, 31), 3, role="verification") is YES
    assert usable(case, CUT, 3, role="verification") is NO
    assert usable(case, CUT, 3) is YES
    assert usable(case, CUT, 1, role="verification") is YES
    assert usable(case, CUT, 13, role="verification") is YES
    whole = after(designated(), tpe.withdraw_scope.fact(on=CUT, evidence=ev.ScopeWithdrawal(scopes=SCOPES)))
    for role in ("validation", "verification"):
        assert {usable(whole, CUT, scope, role=role) for scope in (1, 3, 13)} == {NO}


def test_a_suspended_entity_is_not_usable_until_it_is_reinstated() -> None:
    """The days of the suspension stay what they were."""
    stop = tpe.suspend.fact(on=STOPPED, evidence=decision(STOPPED))
    stopped = after(designated(), stop)
    assert (stopped.state, usable(stopped, STOPPED), usable(stopped, date(2022, 12, 31))) == ("suspended", NO, YES)
    back = after(stopped, tpe.reinstate.fact(on=BACK, evidence=decision(BACK)))
    assert back.state == "designated"
    assert [usable(back, on) for on in (date(2022, 12, 31), STOPPED, date(2023, 2, 28), BACK)] == [YES, NO, NO, YES]
    assert usable(back, BACK, 13, role="verification") is YES


def test_an_entity_may_be_designated_again_while_it_is_designated() -> None:
    """By a new decision with scopes of its own, as the Kyrgyz Republic and Indonesia did."""
    again = decision(ADDED, scopes=(ev.Scopes(numbers=(1,)),), effective_on=CUT)
    case = after(designated(), tpe.redesignate.fact(on=ADDED, evidence=again))
    assert (usable(case, date(2022, 8, 31), 3), usable(case, CUT, 3), usable(case, CUT, 1)) == (YES, NO, YES)
    unknown = after(opened(), tpe.redesignate.fact(on=ADDED, evidence=decision(ADDED)))
    assert usable(unknown, ADDED) is OPEN


def test_a_withdrawn_entity_keeps_its_number_and_is_usable_no_more() -> None:
    """What it reported before stands."""
    gone = tpe.withdraw.fact(on=GONE, evidence=ev.DesignationWithdrawal(cause="voluntary"))
    case = after(designated(), gone)
    assert (case.state, case.references) == ("withdrawn", (NUMBER,))
    assert (usable(case, date(2023, 12, 31)), usable(case, GONE)) == (YES, NO)


def test_an_entity_is_known_by_its_former_names() -> None:
    """A new name changes no designation."""
    renamed = tpe.rename.fact(on=ADDED, evidence=ev.Renaming(new_name="Example Entity International"))
    case = after(designated(), renamed)
    assert (case.file.title, case.file.former_names) == ("Example Entity International", (NAME,))
    for name in (NAME, NUMBER, "Example Entity International"):
        assert usable(case, CUT, name=name) is YES


def test_what_a_provisional_designation_allows_is_not_known() -> None:
    """Confirmed it is a designation; lapsed it is none."""
    provisional = decision(DESIGNATED, Outcome.PROVISIONAL, number=NUMBER)
    case = after(opened(None), tpe.decide_designation.fact(on=DESIGNATED, evidence=provisional))
    assert (case.state, usable(case, DESIGNATED)) == ("provisional", OPEN)
    confirmed = after(case, tpe.confirm_provisional.fact(on=ADDED, evidence=decision(ADDED)))
    assert (confirmed.state, usable(confirmed, ADDED)) == ("designated", YES)
    lapsed = after(case, tpe.lapse_provisional.fact(on=ADDED, evidence=decision(ADDED)))
    assert (lapsed.state, usable(lapsed, ADDED)) == ("not_designated", NO)


def test_an_application_that_was_completed_counts_and_a_refusal_designates_nothing() -> None:
    """The accreditation may be told later, by the entity or the secretariat."""
    back = tpe.check_application.fact(on=ASKED, evidence=ev.CompletenessConclusion(conclusion="incomplete"))
    more = tpe.complete_application.fact(on=ADDED, evidence=ev.DesignationApplication(entity=NAME))
    case = after(opened(None), back, more)
    assert (case.state, case.file.completions, case.file.asked, case.file.basis) == ("applied", 1, SCOPES, None)
    told = after(case, tpe.record_accreditation.fact(on=ADDED, evidence=ISO))
    assert (told.file.basis, told.file.accredited_until) == ("ISO 14065", date(2025, 12, 31))
    refused = after(told, tpe.decide_designation.fact(on=CUT, evidence=decision(CUT, Outcome.REFUSED)))
    assert (refused.state, refused.file.holdings, refused.file.decided_on) == ("not_designated", (), CUT)


@pytest.mark.parametrize(
    ("accreditation", "outcome", "verdict"),
    [
        (ISO, Outcome.DESIGNATED, Verdict.MET),
        (ev.Accreditation(basis="CDM operational entity"), Outcome.DESIGNATED, Verdict.MET),
        (ev.Accreditation(basis="ISO 14065", until=DESIGNATED), Outcome.DESIGNATED, Verdict.MET),
        (ev.Accreditation(basis="ISO 14065", until=date(2022, 2, 28)), Outcome.DESIGNATED, Verdict.UNMET),
        (None, Outcome.DESIGNATED, Verdict.MISSING),
        (None, Outcome.PROVISIONAL, Verdict.MET),
        (None, Outcome.REFUSED, Verdict.MET),
    ],
)
def test_an_entity_is_accredited_or_designated_provisionally(
    world: Any, accreditation: ev.Accreditation | None, outcome: Outcome, verdict: Verdict
) -> None:
    """38: on the day of the decision."""
    book = world.only(adopt={RULE: {"since": date(2021, 1, 1)}})
    act = tpe.decide_designation(decision(DESIGNATED, outcome, number=NUMBER), by=COMMITTEE, on=DESIGNATED)
    answer = opened(accreditation).attempt(act, rules=book, register=register.facts(complete=("numbers",)))
    (found,) = [finding for finding in answer.findings if finding.rule == RULE]
    assert found.verdict is verdict
    assert bool(answer) is (verdict is Verdict.MET)


def test_scopes_outside_the_list_are_refused_where_they_are_made() -> None:
    """A scope is a whole number from 1 to 16."""
    for numbers in ((), (0,), (17,), ("1",), (True,), 1):
        with pytest.raises(EvidenceError, match=r"^numbers: .* is not a list of sectoral scopes\. Give whole numbers"):
            ev.Scopes(numbers=numbers)  # type: ignore[arg-type]
    with pytest.raises(EvidenceError, match=r"^role: 'audit' is none of the words that can stand here\. Words are val"):
        ev.Scopes(numbers=(1,), role="audit")
    with pytest.raises(EvidenceError, match=r"^scopes: .* must be a list of Scopes\. Make each with Scopes"):
        ev.ScopeWithdrawal(scopes=((1,),))
    assert [str(scope) for scope in SCOPES] == ["1, 3", "13 for verification until 2023-12-31"]
    assert [str(one) for one in (ISO, ev.Accreditation())] == ["ISO 14065 until 2025-12-31", "accreditation"]
