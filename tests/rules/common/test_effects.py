"""What a rule does to an act: from its first day on, as far as it is well founded, and not where a reason is given.

`UNMET` and `MISSING` have, for each rule, an act that leaves it unmet or does not give what it reads. Rules that
cannot be unmet are named in the tests of their module. The two rules of integrity begin with no day and stand on no
row of a book; their effects are tested where they are.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jcm_cycle import Between, Case, Effect, Standing, Verdict, evidence as ev, project, register
from jcm_cycle.rules import rules

MET, UNMET_, MISSING_ = Verdict.MET, Verdict.UNMET, Verdict.MISSING

STEPS = {
    "common.bilateral_valid": "submit_pdd",
    "common.confidential_two_versions": "submit_pdd",
    "common.form_version_in_force": "conclude_validation",
    "common.committee_decision_identified": "decide_registration",
    "common.electronic_decision": "decide_registration",
    "common.entity_usable": "conclude_validation",
    "common.entity_named": "conclude_validation",
    "common.no_double_registration": "conclude_validation",
    "project.submit_pdd.documents": "submit_pdd",
    "project.submit_pdd.idea_cleared": "submit_pdd",
    "project.submit_pdd.methodology_valid": "submit_pdd",
    "project.submit_pdd.start_of_operation": "submit_pdd",
    "project.close_public_inputs.full_window": "close_public_inputs",
    "project.conclude_validation.inputs_treated": "conclude_validation",
    "project.conclude_validation.no_open_requests": "conclude_validation",
    "project.conclude_validation.checklist": "conclude_validation",
    "project.conclude_validation.eia": "conclude_validation",
    "project.request_registration.attachments": "request_registration",
    "project.request_registration.same_version": "request_registration",
    "project.request_registration.allocation": "request_registration",
    "project.request_registration.sd_plan": "request_registration",
    "project.check_request.in_time": "check_request",
    "project.replace_moc.right_sections": "amend_moc",
    "project.replace_moc.signatures": "replace_moc",
}
"""Every rule of a book, and a step at which it is judged."""

ELECTRONIC = {
    "mode": ev.DecisionMode.ELECTRONIC,
    "circulated_on": date(2024, 6, 1),
    "objections": (),
    "co_chairs_approved": False,
}

UNMET: dict[str, dict[str, Any]] = {
    "common.bilateral_valid": {"bilateral": {"until": date(2024, 4, 2)}},
    "common.confidential_two_versions": {"contains_confidential": True},
    "common.form_version_in_force": {"form_version": "09.0"},
    "common.committee_decision_identified": {"cases": ()},
    "common.electronic_decision": ELECTRONIC,
    "common.entity_usable": {"completed_on": date(2020, 12, 31)},
    "common.entity_named": {"entity": "Other"},
    "common.no_double_registration": {"registered_elsewhere": "CDM 1234"},
    "project.submit_pdd.idea_cleared": {
        "register": register.facts(
            register.Clearance(country="ZZ", reference="ZZ_PIN001", on=date(2024, 1, 1), cleared=False)
        )
    },
    "project.submit_pdd.methodology_valid": {
        "register": register.facts(register.Approval(methodology="ZZ_AM001 Ver1.0", approved_on=date(2030, 1, 1)))
    },
    "project.submit_pdd.start_of_operation": {"design_document": {"start_of_operation": date(2012, 12, 31)}},
    "project.close_public_inputs.full_window": {"on": date(2024, 5, 9)},
    "project.conclude_validation.inputs_treated": {"input": True, "inputs_treated": False},
    "project.conclude_validation.no_open_requests": {"open_requests": ("CAR 1",)},
    "project.conclude_validation.checklist": {"ticked": ()},
    "project.conclude_validation.eia": {"eia_done": False},
    "project.request_registration.same_version": {"design_document": {"version": "2.0"}},
    "project.request_registration.allocation": {"allocation": {"agreed": False}},
    "project.check_request.in_time": {"on": date(2024, 7, 1)},
    "project.replace_moc.right_sections": {"sections": (1,)},
    "project.replace_moc.signatures": {"signed_by": ()},
}

MISSING: dict[str, dict[str, Any]] = {
    "common.bilateral_valid": {"bilateral": {"until": "unknown"}},
    "common.confidential_two_versions": {"contains_confidential": None},
    "common.form_version_in_force": {"form_version": None},
    "common.committee_decision_identified": {"cases": None},
    "common.electronic_decision": {"mode": None},
    "common.entity_usable": {"entity": None},
    "common.entity_named": {"entity": None},
    "common.no_double_registration": {"registered_elsewhere": None},
    "project.submit_pdd.documents": {"modalities": None},
    "project.submit_pdd.idea_cleared": {"idea": None},
    "project.submit_pdd.methodology_valid": {"register": register.NOTHING_KNOWN},
    "project.submit_pdd.start_of_operation": {"design_document": {"start_of_operation": None}},
    "project.close_public_inputs.full_window": {"rough": True},
    "project.conclude_validation.inputs_treated": {"input": True, "inputs_treated": None},
    "project.conclude_validation.no_open_requests": {"open_requests": None},
    "project.conclude_validation.checklist": {"ticked": None},
    "project.conclude_validation.eia": {"eia_done": None},
    "project.request_registration.attachments": {"modalities": None},
    "project.request_registration.same_version": {"design_document": {"version": None}},
    "project.request_registration.allocation": {"allocation": None},
    "project.request_registration.sd_plan": {"sd_plan": None},
    "project.check_request.in_time": {"value": {"project.registration_check": None}},
    "project.replace_moc.right_sections": {"sections": None},
    "project.replace_moc.signatures": {"signed_by": None},
}

EFFECTS = {
    Standing.CITED: Effect.BLOCKS,
    Standing.OBSERVED: Effect.HOLDS,
    Standing.INFERRED: Effect.HOLDS,
    Standing.ASSUMED: Effect.ADVISES,
    Standing.UNKNOWN: Effect.ADVISES,
}

ALWAYS = {"common.bilateral_valid": Effect.ADVISES, "project.check_request.in_time": Effect.DUTY}
"""Rules that never do more, however well they are founded."""

BY_THE_BOOK = {"common.bilateral_valid", "project.check_request.in_time"}
"""Rules of which nothing can be missing but what the book does not know."""


NEVER_UNMET = {
    "project.submit_pdd.documents": "what is not filed is missing, and no document is a wrong one",
    "project.request_registration.attachments": "what is not attached is missing, and no attachment is a wrong one",
    "project.request_registration.sd_plan": "what is not attached is missing, and no plan is a wrong one",
}
"""Rules that cannot be unmet, with the reason."""


def test_every_rule_of_a_book_is_tried(world: Any) -> None:
    """The tables above leave none out."""
    adopted = {row.rule for row in world.book().rows["adopt"]}
    assert set(STEPS) == set(MISSING) == adopted
    assert adopted - NEVER_UNMET.keys() == set(UNMET)
    assert {rule for rule in rules() if rules()[rule].integrity} == {
        "common.rules_in_force",
        "common.reference_never_reused",
        "issuance.submit_monitoring_report.no_overlap",
        "issuance.submit_monitoring_report.period_over",
        "issuance.decide_issuance.project_registered",
        "issuance.request_issuance.lines_sum",
        "issuance.decide_issuance.within_verified",
        "issuance.decide_issuance.sides_sum",
        "issuance.issue_credits.within_notified",
        "project.apply_change.change_approved",
        "transfer.record_authorisation.own_party",
        "transfer.revoke_authorisation.by_giver",
        "transfer.record_use.still_open",
        "transfer.split_block.amounts_sum",
    }


def attempt(
    world: Any, rule: str, changes: dict[str, Any], standing: str = "cited", despite: str | None = None
) -> tuple[Any, Any]:
    """Attempt an act under a book of this rule alone; return the answer and what the rule says."""
    changes = dict(changes)
    rows = {table: changes.pop(table) for table in ("bilateral", "value") if table in changes}
    book = world.only(rule, adopt={rule: {"standing": standing}}, **rows)
    if changes.pop("input", False):
        changes["case"] = world.case("submit_pdd", "publish_pdd", "submit_public_input", "close_public_inputs")
    if changes.pop("rough", False):
        changes["case"] = _published_on_a_rough_day(world)
    reasons = {rule: despite} if despite else None
    answer = world.attempt(STEPS[rule], book=book, despite=reasons, **changes)
    (found,) = [finding for finding in answer.findings if finding.rule == rule]
    return answer, found


def _published_on_a_rough_day(world: Any) -> Case[Any]:
    rough = Between(world.day("submit_pdd"), world.day("publish_pdd"))
    published = project.publish_pdd.fact(on=rough, evidence=world.evidence("publish_pdd"))
    case: Case[Any] = world.case("submit_pdd").record(published).case
    return case


@pytest.mark.parametrize("rule", STEPS)
def test_a_rule_is_judged_from_its_first_day_on(world: Any, rule: str) -> None:
    """Not on the day before, and met on the day: of the act, or of the request that a decision answers."""
    step = STEPS[rule]
    governing = (*project.step(step).answers, step)[0]
    first = world.rules_from
    found = {}
    for day in (first - timedelta(days=1), first):
        start = day - (world.day(governing) - world.opened)
        found[day] = world.finding(rule, step, start=start)
    before, after = found.values()
    assert before is None
    assert after is not None
    assert after.verdict is MET


@pytest.mark.parametrize("rule", STEPS)
def test_a_rule_ends_on_the_day_of_its_end(world: Any, rule: str) -> None:
    """Judged on the day before the end, and not on the day."""
    step = STEPS[rule]
    day = world.day((*project.step(step).answers, step)[0])
    for end, judged in ((day + timedelta(days=1), True), (day, False)):
        book = world.book(adopt={rule: {"until": end}})
        assert (world.finding(rule, step, book=book) is not None) is judged


@pytest.mark.parametrize("rule", STEPS)
def test_a_finding_says_where_its_rule_stands(world: Any, rule: str) -> None:
    """The sentence, the place of the row in its source, the address, and the standing of the row."""
    row = next(row for row in world.book().rows["adopt"] if row.rule == rule)
    found = world.finding(rule, STEPS[rule])
    assert found.sentence == rules()[rule].sentence
    assert found.cites == f"Synthetic procedure ver01.0, {row.cites}"
    assert (found.ground.url, found.standing) == ("https://example.org/zz/pcp", Standing.CITED)
    book = world.book(adopt={rule: {"cites": "another place"}})
    assert world.finding(rule, STEPS[rule], book=book).cites == "Synthetic procedure ver01.0, another place"


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("rule", UNMET)
def test_an_unmet_rule_refuses_as_far_as_it_is_well_founded(world: Any, rule: str, standing: Standing) -> None:
    """Cited it blocks, observed and inferred it holds, assumed and unknown it only advises."""
    # The same days that end the bilateral document put the rules out of force.
    besides = {"common.rules_in_force"} if rule == "common.bilateral_valid" else set()
    answer, found = attempt(world, rule, UNMET[rule], standing)
    effect = ALWAYS.get(rule, EFFECTS[standing])
    assert (found.verdict, found.standing, found.effect) == (UNMET_, standing, effect)
    refusing = {rule} if effect in (Effect.BLOCKS, Effect.HOLDS) else set()
    assert {refusal.rule for refusal in answer.refusals} == refusing | besides
    assert answer.verdict == ("refused" if answer.refusals else "accepted")


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("rule", MISSING)
def test_a_missing_fact_refuses_as_its_rule_does(world: Any, rule: str, standing: Standing) -> None:
    """Where evidence or register do not give a fact; a silent report on double registration only advises."""
    answer, found = attempt(world, rule, MISSING[rule], standing)
    effect = ALWAYS.get(rule, EFFECTS[standing])
    if rule == "common.no_double_registration":
        effect = Effect.ADVISES
    assert (found.verdict, found.effect) == (MISSING_, effect)
    assert found.standing == standing or rule in BY_THE_BOOK
    refusing = [rule] if effect in (Effect.BLOCKS, Effect.HOLDS) else []
    assert [refusal.rule for refusal in answer.refusals] == refusing
    assert answer.verdict == ("refused" if refusing else "accepted")


REASON = "agreed with the secretariat on the telephone"


@pytest.mark.parametrize("standing", [Standing.CITED, Standing.INFERRED, Standing.ASSUMED])
@pytest.mark.parametrize("rule", sorted(set(UNMET) - {"common.bilateral_valid"}))
def test_a_reason_carries_an_act_over_a_rule_that_holds_and_not_over_one_that_blocks(
    world: Any, rule: str, standing: Standing
) -> None:
    """The reason stands beside the finding, whether it helped or not, and the draft keeps it."""
    answer, found = attempt(world, rule, UNMET[rule], standing, REASON)
    assert found.despite == REASON
    blocked = ALWAYS.get(rule, EFFECTS[standing]) is Effect.BLOCKS
    assert found.refuses is blocked
    assert bool(answer) is not blocked
    if answer:
        kept = {finding.rule: finding.despite for finding in answer.draft.findings}
        assert kept == {**dict.fromkeys(kept), rule: REASON}


@pytest.mark.parametrize("standing", [Standing.CITED, Standing.INFERRED, Standing.ASSUMED])
@pytest.mark.parametrize("rule", MISSING)
def test_a_reason_stands_in_for_a_missing_fact(world: Any, rule: str, standing: Standing) -> None:
    """Even where the rule blocks."""
    answer, found = attempt(world, rule, MISSING[rule], standing, REASON)
    assert (found.despite, found.refuses, bool(answer)) == (REASON, False, True)


@pytest.mark.parametrize("rule", STEPS)
def test_a_rule_that_is_met_keeps_no_reason(world: Any, rule: str) -> None:
    """A reason for nothing is not shown."""
    answer, found = attempt(world, rule, {}, "inferred", REASON)
    assert (found.verdict, found.despite, bool(answer)) == (MET, None, True)


@pytest.mark.parametrize("rule", STEPS)
def test_a_rule_of_which_nobody_knows_whether_it_applied_only_advises(world: Any, rule: str) -> None:
    """Never a silent choice: missing, standing unknown, with the sentence and place of the row."""
    changes = UNMET.get(rule, MISSING[rule])
    book = world.book(adopt={rule: {"since": "unknown"}})
    changes = {key: value for key, value in changes.items() if key not in ("bilateral", "value", "input")}
    answer = world.attempt(STEPS[rule], book=book, **changes)
    found = next(finding for finding in answer.findings if finding.rule == rule)
    effect = Effect.DUTY if rule == "project.check_request.in_time" else Effect.ADVISES
    assert (found.verdict, found.standing, found.effect) == (MISSING_, Standing.UNKNOWN, effect)
    assert found.facts == {"why": "not known which version applied, or whether any did, on the governing day"}
    assert found.cites.startswith("Synthetic procedure")
