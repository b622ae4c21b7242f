"""Judging: every rule that binds is asked, and the machine's table is judged like a rule, with findings of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jcm_cycle import Between, Effect, Finding, Outcome, Role, Standing, Verdict, evidence as ev, project
from jcm_cycle.errors import EvidenceError

UNMET, MISSING = Verdict.UNMET, Verdict.MISSING


def procedural(answer: Any) -> dict[str, Finding]:
    """Return what the table has against an act, by the name of the finding."""
    return {f.rule: f for f in answer.findings if f.rule.startswith("procedure.")}


# --- every rule is judged


def test_all_rules_are_judged_and_not_just_the_first_that_fails(world: Any) -> None:
    """An act that breaks everything it can hears of everything at once, and of what is met beside it."""
    met = [finding.rule for finding in world.attempt("conclude_validation").findings]
    answer = world.attempt(
        "conclude_validation",
        case=world.case("submit_pdd", "publish_pdd"),
        entity="Other",
        open_requests=("CAR 1", "CL 1"),
        ticked=(),
        eia_done=False,
        registered_elsewhere="CDM 1234",
        form_version="09.0",
        contains_confidential=True,
        start_of_operation=date(2012, 1, 1),
    )
    assert [finding.rule for finding in answer.findings] == met
    assert {finding.rule: finding.verdict for finding in answer.findings} == {
        "common.confidential_two_versions": UNMET,
        "common.form_version_in_force": UNMET,
        "common.entity_usable": MISSING,
        "common.entity_named": UNMET,
        "common.no_double_registration": UNMET,
        "project.submit_pdd.start_of_operation": UNMET,
        "project.conclude_validation.inputs_treated": UNMET,
        "project.conclude_validation.no_open_requests": UNMET,
        "project.conclude_validation.checklist": UNMET,
        "project.conclude_validation.eia": UNMET,
    }
    assert answer.refusals == answer.findings


def test_table_and_rules_are_judged_together(world: Any) -> None:
    """State, region, role and day do not hide what the rules say, nor each other."""
    case = world.case("submit_pdd")
    answer = world.attempt(
        "close_public_inputs", case=case, by=Role.PUBLIC, on=world.day("submit_pdd") - timedelta(days=1)
    )
    assert [finding.rule for finding in answer.findings] == [
        "procedure.state",
        "procedure.region",
        "procedure.role",
        "procedure.day",
        "project.close_public_inputs.full_window",
    ]
    assert [finding.refuses for finding in answer.findings] == [True, True, True, True, False]
    assert answer.findings[-1].facts == {"why": "the day that picks the edition is not known"}


# --- what the table says


def test_a_wrong_state_says_where_the_case_stands_and_where_the_step_is_taken(world: Any) -> None:
    """With the standing and source of the row of the table."""
    found = procedural(world.attempt("revise_pdd", case=world.case("submit_pdd")))["procedure.state"]
    assert (found.verdict, found.effect, found.earliest) == (UNMET, Effect.BLOCKS, None)
    assert found.facts == {"state": "submitted", "allowed": ["in_validation", "validation_negative"]}
    assert "state" in found.sentence
    assert (found.standing, found.cites) == (project.revise_pdd.standing, project.revise_pdd.cites)


def test_a_wrong_role_says_who_may(world: Any) -> None:
    """By the words of the procedure."""
    found = procedural(world.attempt("submit_pdd", by=Role.SECRETARIAT))["procedure.role"]
    assert (found.verdict, found.effect, found.earliest) == (UNMET, Effect.BLOCKS, None)
    assert found.facts == {"role": "secretariat", "allowed": ["focal point", "participant"]}
    assert "role" in found.sentence
    assert (found.standing, found.cites) == (project.submit_pdd.standing, project.submit_pdd.cites)


def test_a_day_before_the_last_one_says_which_that_was(world: Any) -> None:
    """Founded on the order of the journal alone; waiting helps."""
    last = world.day("publish_pdd")
    case = world.case("submit_pdd", "publish_pdd")
    answer = world.attempt("submit_public_input", case=case, on=last - timedelta(days=1))
    found = procedural(answer)["procedure.day"]
    assert (found.verdict, found.effect, found.earliest) == (UNMET, Effect.BLOCKS, last)
    assert found.facts == {"day": last - timedelta(days=1), "last": last}
    assert "day" in found.sentence
    assert (found.standing, found.cites) == (Standing.CITED, "order of the journal")
    assert answer.earliest == last
    assert world.attempt("submit_public_input", case=case, on=last)


def test_a_wrong_region_says_how_it_stands_and_how_it_is_needed(world: Any) -> None:
    """Here: public inputs have been closed."""
    answer = world.attempt("submit_public_input", case=world.before("conclude_validation"), on=date(2024, 5, 11))
    found = procedural(answer)["procedure.region"]
    assert (found.verdict, found.effect, found.earliest) == (UNMET, Effect.BLOCKS, None)
    assert found.facts == {"region": "public_inputs", "stands": "closed", "needed": "open"}
    assert "beside the state" in found.sentence
    assert (found.standing, found.cites) == (Standing.ASSUMED, project.submit_public_input.cites)


@pytest.mark.parametrize(("procedure", "verdict", "value"), [("plain", UNMET, "no"), ("dark", MISSING, "unknown")])
def test_a_step_that_the_procedure_has_not_says_which_part_is_lacking(
    world: Any, procedure: str, verdict: Verdict, value: str
) -> None:
    """Unmet where the procedure is known to be without it, missing where nobody knows."""
    answer = world.attempt("request_reference_assessment", procedure=procedure)
    found = procedural(answer)["procedure.capability"]
    assert (found.verdict, found.effect, found.refuses) == (verdict, Effect.BLOCKS, True)
    assert found.facts == {"capability": "reference_emissions", "value": value}
    assert "procedure" in found.sentence
    reason = {"procedure.capability": "the secretariat takes it"}
    again = world.attempt("request_reference_assessment", procedure=procedure, despite=reason)
    assert bool(again) is (verdict is MISSING)
    assert procedural(again)["procedure.capability"].despite == "the secretariat takes it"


def test_a_step_of_which_no_text_was_found_says_so(world: Any) -> None:
    """The source of its row is that there is none."""
    step = project.republish_pdd
    act = step(ev.Publication(), by=Role.SECRETARIAT, on=date(2024, 6, 1))
    answer = world.case("submit_pdd", "publish_pdd").attempt(act, rules=world.book(), register=world.register)
    found = procedural(answer)["procedure.capability"]
    assert (found.cites, found.standing) == ("no text found", Standing.UNKNOWN)


def test_no_reason_goes_past_what_the_table_forbids(world: Any) -> None:
    """It is kept beside the finding, and the act is refused all the same."""
    reasons = {"procedure.state": "a", "procedure.role": "b", "procedure.region": "c", "procedure.day": "d"}
    answer = world.attempt(
        "close_public_inputs",
        case=world.case("submit_pdd"),
        by=Role.PUBLIC,
        on=world.day("submit_pdd") - timedelta(days=1),
        despite=reasons,
    )
    assert {rule: found.despite for rule, found in procedural(answer).items()} == reasons
    assert {finding.rule for finding in answer.refusals} >= set(reasons)
    assert answer.case.state == "submitted"


# --- reasons


def test_a_reason_for_a_rule_of_another_step_is_an_error_that_lists_those_judged(world: Any) -> None:
    """Nobody would ever read it again."""
    with pytest.raises(EvidenceError) as error:
        world.attempt("acknowledge_request", despite={"b.rule": "b", "a.rule": "a"})
    assert str(error.value) == "despite: a.rule, b.rule is not judged on this step. Rules judged are none."
    with pytest.raises(EvidenceError, match=r"Rules judged are common\.bilateral_valid, common\.conf"):
        world.attempt("revise_pdd", despite={"project.conclude_validation.eia": "b"})


# --- capabilities that nobody knows of


def test_a_rule_of_a_capability_that_nobody_knows_is_not_asked(world: Any) -> None:
    """It is missing, says what is not known, and only advises, however well its row is founded."""
    answer = world.attempt("request_registration", procedure="dark", allocation={"agreed": False}, sd_plan=None)
    assert answer
    for rule, capability in (("allocation", "credit_allocation"), ("sd_plan", "sd_plan")):
        (found,) = [f for f in answer.findings if f.rule == f"project.request_registration.{rule}"]
        assert (found.verdict, found.standing, found.effect) == (MISSING, Standing.UNKNOWN, Effect.ADVISES)
        assert found.facts == {"why": f"not known whether the procedure has the capability {capability}"}


# --- measures and transitions


def test_a_dated_measure_relaxes_a_rule(world: Any) -> None:
    """While it holds the rule only advises, and says what stands in its place."""
    rule = "project.conclude_validation.eia"
    day = world.day("conclude_validation")
    measure = {
        "id": "interim.eia",
        "relaxes": rule,
        "since": day,
        "until": day + timedelta(days=1),
        "duty": "say why in the report",
        "source": "PCP",
        "cites": "decision 3",
        "standing": "cited",
    }
    book = world.book(overlay=[measure])
    for offset, effect in ((-1, "blocks"), (0, "advises"), (1, "blocks")):
        answer = world.attempt("conclude_validation", book=book, on=day + timedelta(days=offset), eia_done=False)
        (found,) = [finding for finding in answer.findings if finding.rule == rule]
        assert (found.verdict, found.effect, bool(answer)) == (UNMET, effect, effect == "advises")
        relaxed = "relaxed by interim.eia (Synthetic procedure ver01.0, decision 3); instead: say why in the report"
        assert (relaxed in answer.explain()) is (effect == "advises")


def test_a_measure_of_unknown_end_relaxes_and_says_that_it_may_have_ended(world: Any) -> None:
    """Nobody is refused by a rule that may have been suspended."""
    rule = "project.conclude_validation.eia"
    measure = {"id": "interim.eia", "relaxes": rule, "since": date(2021, 1, 1), "until": "unknown"}
    book = world.book(overlay=[{**measure, "standing": "cited"}])
    answer = world.attempt("conclude_validation", book=book, eia_done=False)
    assert answer
    assert "relaxed by interim.eia (no source), or perhaps not" in answer.explain()


def test_measures_that_overlap_are_all_told(world: Any) -> None:
    """Two may relax one rule at a time, such as one of a ministry and one of the Committee."""
    row = {"relaxes": "project.conclude_validation.eia", "since": date(2021, 1, 1), "standing": "cited"}
    book = world.book(overlay=[{**row, "id": "ministry"}, {**row, "id": "committee", "until": "unknown"}])
    answer = world.attempt("conclude_validation", book=book, eia_done=False)
    assert [line.strip() for line in answer.explain().splitlines() if "relaxed by" in line] == [
        "relaxed by ministry (no source)",
        "relaxed by committee (no source), or perhaps not: the book does not know when it ended",
    ]
    assert [line.strip() for line in answer.explain(lang="ja").splitlines() if "緩和措置" in line] == [
        "緩和措置：ministry（出典なし）",
        "緩和措置：committee（出典なし）。ただし終期が不明のため、緩和されていない可能性がある",
    ]


@pytest.mark.parametrize(
    ("row", "verdict", "effect"),
    [
        ({"since": date(2024, 4, 10)}, UNMET, "holds"),
        ({"since": date(2024, 4, 11)}, None, None),
        ({"since": "unknown"}, MISSING, "advises"),
        ({"since": date(2024, 4, 10), "moves": "no"}, None, None),
        ({"since": date(2024, 4, 10), "states": ["submitted"]}, UNMET, "holds"),
        ({"since": date(2024, 4, 10), "states": ["validated"]}, None, None),
        ({"since": date(2024, 4, 10), "older": "trial"}, None, None),
    ],
)
def test_a_case_that_the_book_moves_is_moved_first(
    world: Any, row: dict[str, Any], verdict: Verdict | None, effect: str | None
) -> None:
    """From the day of the row, in its states, out of its procedure; a reason goes past it."""
    transition = {"older": "plain", "newer": "full", "moves": "yes", "source": "PCP", "cites": "para 1"}
    book = world.book(transition=[{**transition, "standing": "cited", **row}])
    answer = world.attempt("publish_pdd", book=book, procedure="plain")
    found = procedural(answer).get("procedure.transition")
    assert (found and found.verdict, found and found.effect) == (verdict, effect)
    assert bool(answer) is (effect != "holds")
    if effect == "holds":
        assert found.facts["newer"] == "full"
        assert found.cites == "Synthetic procedure ver01.0, para 1"
        assert world.attempt(
            "publish_pdd", book=book, procedure="plain", despite={"procedure.transition": "asked to stay"}
        )
        moved = world.before("publish_pdd", procedure="plain").move(
            "full", on=world.day("publish_pdd"), rules=book, reason="the book moves it"
        )
        assert not procedural(world.attempt("publish_pdd", case=moved.case, book=book))


# --- rough days


def test_a_rough_last_day_is_not_held_against_an_act(world: Any) -> None:
    """What surely lies before the act is in order."""
    paper = world.evidence("publish_pdd")
    rough = project.publish_pdd.fact(on=Between(date(2024, 4, 3), date(2024, 4, 9)), evidence=paper)
    case = world.case("submit_pdd").record(rough).case
    assert "procedure.day" not in procedural(world.attempt("submit_public_input", case=case, on=date(2024, 4, 12)))


def test_each_outcome_is_judged_by_its_own_rules(world: Any) -> None:
    """The rules of a positive opinion do not bind a negative one."""
    rules = {
        outcome: {f.rule for f in world.attempt("conclude_validation", opinion=outcome).findings}
        for outcome in (Outcome.POSITIVE, Outcome.NEGATIVE)
    }
    assert rules[Outcome.NEGATIVE] < rules[Outcome.POSITIVE]
