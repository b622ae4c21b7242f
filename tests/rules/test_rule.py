"""How rules are written, what is refused when one is defined, and what becomes of one that fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jcm_cycle import (
    Act,
    CaseView,
    Edition,
    Effect,
    Faulted,
    Finding,
    Outcome,
    Standing,
    Verdict,
    precondition,
    project,
    require,
    rule,
)
from jcm_cycle.errors import DefinitionError
from jcm_cycle.rules import _rule, rules

SUBMIT, VALIDATE = project.submit_pdd, project.conclude_validation
RULE = "project.submit_pdd.synthetic"


@pytest.fixture(autouse=True)
def own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the rules that a test defines."""
    monkeypatch.setattr(_rule, "_RULES", dict(_rule._RULES))


def good(act: Act[Any], case: CaseView[Any], edition: Edition) -> Finding:
    """Something is so.

    And this is no part of the sentence.
    """
    return require(act and case and edition)


# --- defining


def test_a_rule_takes_its_sentence_from_the_first_paragraph_of_the_docstring() -> None:
    """With its id, its steps, and what the function asks for."""
    made = rule(RULE, on=(SUBMIT, VALIDATE), revision=3, kind="manual")(good)
    assert rules()[RULE] is made
    assert (made.sentence, made.revision, made.kind) == ("Something is so.", 3, "manual")
    assert made.steps == ("project.submit_pdd", "project.conclude_validation")
    assert (made.asks, made.precondition, made.integrity, made.when) == (False, False, None, None)
    assert (made.ceiling, made.silence, made.capability) == (Effect.BLOCKS, None, None)


def test_a_sentence_may_go_on_over_two_lines() -> None:
    """It is shown as one."""

    def long(act: Act[Any], case: CaseView[Any], edition: Edition) -> Finding:
        raise NotImplementedError

    long.__doc__ = "Something is so\n    for a long time.\n\n    And more.\n"
    assert rule(RULE, on=SUBMIT)(long).sentence == "Something is so for a long time."


def test_a_fourth_argument_is_the_register() -> None:
    """Of a rule and of a precondition."""

    def asks(act: Any, case: Any, edition: Any, register: Any) -> Finding:
        """Something is so."""
        raise NotImplementedError

    assert rule(RULE, on=SUBMIT)(asks).asks
    assert precondition(f"{RULE}_before", on=SUBMIT)(asks).asks
    assert precondition(f"{RULE}_before", on=SUBMIT)(asks).precondition


def no_sentence(act: Any, case: Any, edition: Any) -> Finding:  # noqa: D103 - that is what it is for
    raise NotImplementedError


def too_few(act: Any, case: Any) -> Finding:
    """Something is so."""
    raise NotImplementedError


def too_many(act: Any, case: Any, edition: Any, register: Any, clock: Any) -> Finding:
    """Something is so."""
    raise NotImplementedError


@pytest.mark.parametrize("define", [rule, precondition])
@pytest.mark.parametrize(
    ("name", "on", "more", "function", "says"),
    [
        (RULE, SUBMIT, {}, no_sentence, f"{RULE}: the rule has no sentence. Write it as the docstring."),
        (
            "common.entity_named",
            VALIDATE,
            {},
            good,
            "common.entity_named: another rule has this id. Choose another.",
        ),
        (RULE, (), {}, good, f"{RULE}: the rule binds to no step. Name its steps with `on`."),
        (
            RULE,
            SUBMIT,
            {"capability": "wings"},
            good,
            f"{RULE}: 'wings' is not a capability. Capabilities are idea_note, reference_emissions, ",
        ),
        (
            RULE,
            (VALIDATE, SUBMIT),
            {"when": Outcome.POSITIVE},
            good,
            f"{RULE}: not every step it binds to can end positive. Name an outcome of the step.",
        ),
        (
            "project.revise_pdd.synthetic",
            (SUBMIT, VALIDATE),
            {},
            good,
            "project.revise_pdd.synthetic: the id does not name the machine and step it binds to. Begin it with",
        ),
        (
            RULE,
            SUBMIT,
            {"values": "zz.days"},
            good,
            f"{RULE}: values is not a tuple of ids, but 'zz.days'. Write values=(\"xx.days\",), with the comma",
        ),
        (
            RULE,
            SUBMIT,
            {"values": (SUBMIT,)},
            good,
            f"{RULE}: values is not a tuple of ids, but (<step",
        ),
        (
            RULE,
            SUBMIT,
            {},
            too_few,
            f"{RULE}: a rule takes 3 arguments, and the register as one more, not 2. See the head of",
        ),
        (
            RULE,
            SUBMIT,
            {},
            too_many,
            f"{RULE}: a rule takes 3 arguments, and the register as one more, not 5. See the head of",
        ),
    ],
)
def test_a_rule_that_could_not_work_is_refused(
    define: Callable[..., Any], name: str, on: Any, more: dict[str, Any], function: Any, says: str
) -> None:
    """The error names the rule, says what is wrong with it and what to do, and nothing is defined."""
    known = dict(rules())
    with pytest.raises(DefinitionError) as error:
        define(name, on=on, **more)(function)
    assert str(error.value).startswith(says)
    assert rules() == known


@pytest.mark.parametrize("name", ["common.synthetic", RULE, "zz.project.submit_pdd.synthetic"])
def test_an_id_names_a_step_or_is_common(name: str) -> None:
    """A rule of one country has its code in front."""
    assert rule(name, on=SUBMIT)(good).id == name


def test_a_module_that_is_read_again_defines_its_rules_again() -> None:
    """The same function may take its id once more."""
    rule(RULE, on=SUBMIT)(good)
    assert rule(RULE, on=SUBMIT, revision=2)(good).revision == 2
    assert rules()[RULE].revision == 2


# --- the rules of the library

FILINGS = {
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
FILINGS |= {
    f"issuance.{step}"
    for step in (
        "submit_monitoring_report",
        "revise_monitoring_report",
        "request_issuance",
        "withdraw_request",
        "discontinue",
    )
}
FILINGS |= {
    "methodology.submit_proposal",
    "methodology.request_revision",
    "methodology.resubmit",
    "methodology.withdraw_proposal",
    "tpe.apply_for_designation",
    "tpe.complete_application",
    "idea.submit_idea",
    "idea.withdraw_idea",
    "change.request_change",
    "change.resubmit",
    "change.withdraw_request",
    "loss.report_loss",
    "loss.submit_plan",
}
NO_FORMS = {
    "discontinue",
    "methodology.withdraw_proposal",
    "idea.withdraw_idea",
    "change.withdraw_request",
    "loss.report_loss",
    "loss.submit_plan",
}
FORMS = FILINGS - NO_FORMS | {"conclude_validation", "issuance.conclude_verification"}
FORMS -= {f"issuance.{step}" for step in ("submit_monitoring_report", "revise_monitoring_report", "discontinue")}
DECISIONS = {
    "decide_registration",
    "issuance.decide_issuance",
    "methodology.decide_methodology",
    "tpe.decide_designation",
    "idea.decide_idea",
    "change.decide_change",
    "loss.decide_plan",
}
REPORTS = {"conclude_validation", "issuance.conclude_verification"}
MONITORED = {"issuance.submit_monitoring_report", "issuance.revise_monitoring_report"}

BINDINGS: dict[str, tuple[set[str], dict[str, Any]]] = {
    "common.rules_in_force": (FILINGS, {"integrity": Standing.CITED, "precondition": True}),
    "common.confidential_two_versions": (FORMS, {}),
    "common.form_version_in_force": (FORMS, {}),
    "common.committee_decision_identified": (DECISIONS, {}),
    "common.electronic_decision": (DECISIONS, {}),
    "common.entity_usable": (REPORTS, {"asks": True}),
    "common.entity_named": (REPORTS, {"asks": True}),
    "common.no_double_registration": (REPORTS, {"kind": "declared", "silence": Effect.ADVISES}),
    "common.reference_never_reused": (
        {
            "publish_pdd",
            "republish_pdd",
            "decide_registration",
            "methodology.check_proposal",
            "methodology.decide_methodology",
            "tpe.decide_designation",
            "idea.decide_idea",
        },
        {"integrity": Standing.OBSERVED, "asks": True},
    ),
    "project.submit_pdd.documents": ({"submit_pdd"}, {}),
    "project.submit_pdd.idea_cleared": ({"submit_pdd"}, {"capability": "idea_note", "asks": True}),
    "project.submit_pdd.methodology_valid": ({"submit_pdd"}, {"asks": True}),
    "project.submit_pdd.start_of_operation": ({"submit_pdd", "conclude_validation"}, {}),
    "project.close_public_inputs.full_window": ({"close_public_inputs"}, {"precondition": True}),
    "project.conclude_validation.inputs_treated": (
        {"conclude_validation"},
        {"first": "project.close_public_inputs"},
    ),
    "project.conclude_validation.no_open_requests": ({"conclude_validation"}, {"when": Outcome.POSITIVE}),
    "project.conclude_validation.checklist": (
        {"conclude_validation"},
        {
            "when": Outcome.POSITIVE,
            "items": ("project.validation_checklist", "project.validation_checklist_rest"),
        },
    ),
    "project.conclude_validation.eia": ({"conclude_validation"}, {"when": Outcome.POSITIVE, "kind": "declared"}),
    "project.request_registration.attachments": ({"request_registration"}, {}),
    "project.request_registration.same_version": ({"request_registration"}, {}),
    "project.request_registration.allocation": ({"request_registration"}, {"capability": "credit_allocation"}),
    "project.request_registration.sd_plan": ({"request_registration"}, {"capability": "sd_plan"}),
    "project.check_request.in_time": ({"check_request"}, {"ceiling": Effect.DUTY}),
    "project.replace_moc.right_sections": ({"replace_moc", "amend_moc"}, {}),
    "project.replace_moc.signatures": ({"replace_moc", "amend_moc"}, {}),
    "issuance.submit_monitoring_report.no_overlap": (MONITORED, {"integrity": Standing.INFERRED, "asks": True}),
    "issuance.submit_monitoring_report.period_over": (MONITORED, {"integrity": Standing.INFERRED}),
    "issuance.submit_monitoring_report.not_across_2020": (MONITORED, {}),
    "issuance.conclude_verification.first_site_visit": ({"issuance.conclude_verification"}, {"asks": True}),
    "issuance.conclude_verification.pdd_version": ({"issuance.conclude_verification"}, {"asks": True}),
    "issuance.decide_issuance.project_registered": (
        {"issuance.decide_issuance", "issuance.request_issuance"},
        {
            "integrity": Standing.INFERRED,
            "advises_at": ("issuance.request_issuance",),
            "asks": True,
            "precondition": True,
        },
    ),
    "issuance.request_issuance.lines_sum": ({"issuance.request_issuance"}, {"integrity": Standing.INFERRED}),
    "issuance.request_issuance.account_open": (
        {"issuance.request_issuance"},
        {"asks": True, "ceiling": Effect.ADVISES},
    ),
    "issuance.request_issuance.sd_report": ({"issuance.request_issuance"}, {"capability": "sd_plan"}),
    "issuance.decide_issuance.within_verified": (
        {"issuance.decide_issuance"},
        {"integrity": Standing.INFERRED, "when": Outcome.NOTIFIED},
    ),
    "issuance.decide_issuance.sides_sum": ({"issuance.decide_issuance"}, {"integrity": Standing.OBSERVED}),
    "issuance.issue_credits.within_notified": ({"issuance.issue_credits"}, {"integrity": Standing.CITED}),
    "methodology.submit_proposal.forms": ({"methodology.submit_proposal", "methodology.resubmit"}, {}),
    "methodology.check_proposal.in_time": ({"methodology.check_proposal"}, {"ceiling": Effect.DUTY}),
    "methodology.decide_methodology.inputs_closed": ({"methodology.decide_methodology"}, {"precondition": True}),
    "methodology.decide_methodology.in_time": ({"methodology.decide_methodology"}, {"ceiling": Effect.DUTY}),
    "tpe.decide_designation.accreditation": ({"tpe.decide_designation"}, {}),
    "change.request_change.validation_report": ({"change.request_change", "change.resubmit"}, {}),
    "project.apply_change.change_approved": (
        {"apply_change", "renew", "withdraw_project"},
        {"integrity": Standing.INFERRED, "asks": True},
    ),
    "transfer.record_authorisation.from_2021": ({"transfer.record_authorisation"}, {}),
    "transfer.record_authorisation.own_party": (
        {"transfer.record_authorisation", "transfer.record_adjustment", "transfer.record_report"},
        {"integrity": Standing.INFERRED},
    ),
    "transfer.revoke_authorisation.by_giver": (
        {"transfer.revoke_authorisation"},
        {"integrity": Standing.CITED},
    ),
    "transfer.record_use.still_open": (
        {
            "transfer.record_use",
            "transfer.record_cancellation",
            "transfer.record_first_transfer",
            "transfer.split_block",
        },
        {"integrity": Standing.CITED, "precondition": True},
    ),
    "transfer.record_use.both_parties": ({"transfer.record_use"}, {"asks": True}),
    "transfer.split_block.amounts_sum": ({"transfer.split_block"}, {"integrity": Standing.INFERRED}),
    "common.bilateral_valid": (FILINGS, {"ceiling": Effect.ADVISES, "precondition": True}),
}
"""The steps that each rule binds to, and all in which it is not like the others."""

USUAL = {
    "when": None,
    "kind": "computed",
    "integrity": None,
    "advises_at": (),
    "ceiling": Effect.BLOCKS,
    "silence": None,
    "capability": None,
    "first": None,
    "items": (),
    "asks": False,
    "precondition": False,
}


def test_the_rules_of_the_library_bind_where_their_table_says() -> None:
    """Steps, outcome, kind, capability, limits of the effect, and what they ask for."""
    found = {
        name: (
            {step.removeprefix("project.") for step in made.steps},
            {key: getattr(made, key) for key, usual in USUAL.items() if getattr(made, key) != usual},
        )
        for name, made in rules().items()
        if made.function.__module__.startswith("jcm_cycle.rules.common")
    }
    assert found == BINDINGS


@pytest.mark.parametrize("name", BINDINGS)
def test_a_sentence_is_one_sentence(name: str) -> None:
    """It begins with a capital, ends with a full stop, and fits on a line."""
    sentence = rules()[name].sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    assert len(sentence) <= 120


# --- judging


def book_of(world: Any, standing: str = "cited", **more: Any) -> Any:
    """Return a book that adopts the rule of a test and no other."""
    return world.only(RULE, adopt={RULE: {"standing": standing, "since": date(2024, 1, 1), **more}})


def define(function: Callable[..., Any], **more: Any) -> None:
    """Define the rule of a test."""
    function.__doc__ = "Something is so."
    rule(RULE, on=SUBMIT, **more)(function)


@pytest.mark.parametrize("standing", ["cited", "observed", "inferred"])
def test_a_rule_that_refuses_and_fails_faults_the_attempt(world: Any, standing: str) -> None:
    """The case stays as it is, the answer names rule and error, and even a reason does not carry it through."""

    def fails(act: Any, case: Any, edition: Any) -> Finding:
        del act, case, edition
        raise ZeroDivisionError("no days")

    define(fails)
    case = world.case()
    answer = world.attempt("submit_pdd", case=case, book=book_of(world, standing), despite={RULE: "it is so"})
    assert isinstance(answer, Faulted)
    assert not answer
    assert (answer.verdict, answer.rule, answer.case) == ("faulted", RULE, case)
    assert isinstance(answer.error, ZeroDivisionError)
    assert f"the rule {RULE} failed: ZeroDivisionError: no days" in answer.explain()
    assert answer.json()["verdict"] == "faulted"
    assert answer.governed_by == world.day("submit_pdd")


def test_a_fault_comes_with_all_other_findings(world: Any) -> None:
    """Rules after the one that failed are judged as well."""

    def fails(act: Any, case: Any, edition: Any) -> Finding:
        del act, case, edition
        raise ZeroDivisionError

    before = {finding.rule for finding in world.attempt("submit_pdd").findings}
    known = _rule._RULES
    define(fails)
    _rule._RULES = {RULE: known.pop(RULE), **known}
    book = world.book(adopt={RULE: {"since": date(2024, 1, 1)}})
    answer = world.attempt("submit_pdd", book=book)
    assert isinstance(answer, Faulted)
    assert {finding.rule for finding in answer.findings} - {RULE} == before


@pytest.mark.parametrize("more", [{"standing": "assumed"}, {"effect": "advises", "why": "a trial"}])
def test_a_rule_that_advises_and_fails_is_missing(world: Any, more: dict[str, Any]) -> None:
    """The error is the fact that is shown, and the act goes through."""

    def fails(act: Any, case: Any, edition: Any) -> Finding:
        del act, case, edition
        raise KeyError("day")

    define(fails)
    answer = world.attempt("submit_pdd", book=book_of(world, **more))
    assert answer
    found = next(finding for finding in answer.findings if finding.rule == RULE)
    assert (found.verdict, found.effect, found.facts) == (Verdict.MISSING, "advises", {"error": "KeyError: 'day'"})


@pytest.mark.parametrize("returned", [True, None, "met", Verdict.MET])
def test_a_rule_that_returns_no_finding_has_failed(world: Any, returned: Any) -> None:
    """A bare truth is no judgement."""

    def bare(act: Any, case: Any, edition: Any) -> Any:
        del act, case, edition
        return returned

    define(bare)
    answer = world.attempt("submit_pdd", book=book_of(world))
    assert isinstance(answer, Faulted)
    assert str(answer.error) == f"the rule returned {returned!r}, not a Finding"
    advised = world.attempt("submit_pdd", book=book_of(world, "assumed"))
    assert advised
    found = next(finding for finding in advised.findings if finding.rule == RULE)
    assert found.facts == {"error": f"TypeError: the rule returned {returned!r}, not a Finding"}


def test_a_precondition_that_fails_is_unknown_beforehand_and_faults_the_attempt(world: Any) -> None:
    """Before there is an act nothing can be refused, so that the error is shown as what is missing."""

    def fails(case: Any, edition: Any, on: date) -> Finding:
        """Something is so."""
        del case, edition
        raise ValueError(on)

    precondition(RULE, on=SUBMIT)(fails)
    book = book_of(world)
    step = world.case().next_steps(on=world.day("submit_pdd"), rules=book)["submit_pdd"]
    assert step.verdict == "unknown"
    assert "ValueError" in next(f for f in step.findings if f.rule == RULE).facts["error"]
    assert isinstance(world.attempt("submit_pdd", book=book), Faulted)


def test_a_precondition_that_returns_no_finding_is_unknown_beforehand(world: Any) -> None:
    """As one that fails."""

    def bare(case: Any, edition: Any, on: date) -> Any:
        """Something is so."""
        del case, edition, on
        return True

    precondition(RULE, on=SUBMIT)(bare)
    step = world.case().next_steps(on=world.day("submit_pdd"), rules=book_of(world))["submit_pdd"]
    assert step.verdict == "unknown"


@pytest.mark.parametrize("verdict", Verdict)
def test_one_finding_may_be_returned_many_times(world: Any, verdict: Verdict) -> None:
    """A rule that keeps its finding gives each answer one of its own: nothing leaks from attempt to attempt."""
    shared = Finding(verdict, {"kept": "by the rule"})

    def keeps(act: Any, case: Any, edition: Any) -> Finding:
        del act, case, edition
        return shared

    define(keeps)
    first = world.attempt("submit_pdd", book=book_of(world, "inferred"), despite={RULE: "the first reason"})
    second = world.attempt("submit_pdd", book=book_of(world, "inferred"))
    for answer, despite in ((first, "the first reason"), (second, None)):
        found = next(finding for finding in answer.findings if finding.rule == RULE)
        assert (found.verdict, found.standing, found.effect) == (verdict, "inferred", "holds")
        assert found.despite == (despite if verdict is not Verdict.MET else None)
        assert found.facts == {"kept": "by the rule"}


def test_a_finding_that_a_rule_keeps_does_not_carry_one_book_into_another(world: Any) -> None:
    """Judged under a book that only assumes the rule, it still blocks under one that cites it."""
    shared = Finding(Verdict.UNMET)

    def keeps(act: Any, case: Any, edition: Any) -> Finding:
        del act, case, edition
        return shared

    define(keeps)
    for standing, effect in (("assumed", "advises"), ("cited", "blocks")):
        answer = world.attempt("submit_pdd", book=book_of(world, standing))
        found = next(finding for finding in answer.findings if finding.rule == RULE)
        assert (found.standing, found.effect) == (standing, effect)


@pytest.mark.parametrize("rests_on", ["cited", 30, Verdict.MET])
def test_a_rule_whose_finding_rests_on_what_has_no_standing_has_failed(world: Any, rests_on: Any) -> None:
    """The number of a value, or a word, in the place of the value itself."""

    def loose(act: Any, case: Any, edition: Any) -> Finding:
        del act, case, edition
        return require(True, rests_on=rests_on, days=30)  # noqa: FBT003 - only what it rests on matters

    define(loose)
    answer = world.attempt("submit_pdd", book=book_of(world))
    assert isinstance(answer, Faulted)
    assert str(answer.error) == (
        f"the finding rests on {rests_on!r}, which is neither a value of the book nor a standing"
    )
    assert world.attempt("submit_pdd", book=book_of(world, "assumed"))
