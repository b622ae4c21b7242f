"""What can be done next, by whom, on which form, by when, and what is still to be judged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from jcm_cycle import Outcome, Verdict, precondition, project, register, require
from jcm_cycle.case import NextStep, NextSteps
from jcm_cycle.rules import _rule, rules

KEYS = [
    "step",
    "verdict",
    "earliest",
    "by",
    "evidence",
    "form",
    "fields",
    "due",
    "findings",
    "to_judge",
]


def after(world: Any, step: str, **where: Any) -> Any:
    """Bring a case past a step."""
    case = world.before(step, **where)
    return world.attempt(step, case=case).case


def steps(world: Any, case: Any, on: date, **where: Any) -> NextSteps:
    """Ask what is next."""
    found: NextSteps = case.next_steps(on=on, **{"rules": world.book(), "register": world.register, **where})
    return found


# --- which steps


@pytest.mark.parametrize(
    ("past", "names"),
    [
        ("submit_pdd", "acknowledge publish_pdd change_entity request_reference_assessment discontinue"),
        ("check_request", "close_public_inputs decide_registration withdraw_request"),
        (
            "decide_registration",
            "notify_registration submit_implementation_report apply_change renew end_crediting withdraw_project",
        ),
    ],
)
def test_every_step_that_the_table_allows_is_there(world: Any, past: str, names: str) -> None:
    """In every state also changes of the modalities; a step of a region that is not so is blocked."""
    found = {step.step: step for step in steps(world, after(world, past), date(2024, 7, 1))}
    standing = {"conclude_reference_assessment"} if past == "submit_pdd" else set()
    assert set(found) == {*names.split(), "replace_moc", "amend_moc"} | standing
    closed = {"close_public_inputs", "conclude_reference_assessment"}
    assert {name for name, step in found.items() if step.verdict == "blocked"} == closed & set(found)


def test_at_the_beginning_there_is_one_step(world: Any) -> None:
    """A project begins with its design document."""
    (step,) = steps(world, world.case(), date(2024, 4, 2))
    assert (step.step, step.verdict) == ("submit_pdd", "ready")


def test_after_the_end_there_is_none(world: Any) -> None:
    """A final state is left by no step."""
    case = after(world, "withdraw_request")
    assert len(steps(world, case, date(2024, 7, 1))) == 0


@pytest.mark.parametrize(
    ("procedure", "verdict"), [("full", "ready"), ("trial", "ready"), ("dark", "unknown"), ("plain", None)]
)
def test_a_step_of_a_capability_is_there_where_the_procedure_has_it_or_may(
    world: Any, procedure: str, verdict: str | None
) -> None:
    """Unknown where nobody knows, with a finding that says so."""
    case = world.case("submit_pdd", procedure=procedure)
    found = {step.step: step for step in steps(world, case, date(2024, 4, 5))}
    step = found.get("request_reference_assessment")
    assert (step and step.verdict) == verdict
    if verdict == "unknown":
        (finding,) = [f for f in step.findings if f.verdict is Verdict.MISSING and f.refuses]
        assert finding.rule == "procedure.capability"


# --- what a step says


def test_a_step_that_is_ready_says_what_it_takes(world: Any) -> None:
    """Who, on which evidence and form, with which fields, and which rules look at it then."""
    step = steps(world, world.case(), date(2024, 4, 2))["submit_pdd"]
    assert isinstance(step, NextStep)
    assert step.by == ("focal point", "participant")
    assert (step.evidence, step.fields) == ("PDDSubmission", ("design_document",))
    assert (step.form[0], str(step.form[1])) == ("F_PDD", "03.0")
    assert (step.earliest, step.due) == (None, None)
    assert {finding.rule for finding in step.findings} == {"common.rules_in_force", "common.bilateral_valid"}
    assert set(step.to_judge) == {
        "common.confidential_two_versions",
        "common.form_version_in_force",
        "project.submit_pdd.documents",
        "project.submit_pdd.idea_cleared",
        "project.submit_pdd.methodology_valid",
        "project.submit_pdd.start_of_operation",
    }


@pytest.mark.parametrize("step", ["submit_pdd", "conclude_validation", "request_registration", "replace_moc"])
def test_what_was_judged_and_what_is_to_be_judged_are_the_rules_of_the_step(world: Any, step: str) -> None:
    """Each once, over all its outcomes."""
    found = steps(world, world.before(step), world.day(step))[step]
    asked = [finding.rule for finding in found.findings] + list(found.to_judge)
    assert sorted(asked) == sorted(set(asked))
    assert set(asked) == {finding.rule for finding in world.attempt(step).findings}
    assert all(rules()[finding.rule].precondition for finding in found.findings)


@pytest.mark.parametrize(
    ("step", "fields", "stem"),
    [
        ("conclude_validation", ("title", "opinion"), "F_Val_Rep"),
        ("request_registration", (), "F_Reg_Req"),
        ("check_request", ("conclusion",), None),
        ("decide_registration", ("decision",), None),
        ("replace_moc", ("title", "focal_point"), "F_MoC"),
        ("close_public_inputs", ("window",), None),
    ],
)
def test_the_fields_that_the_evidence_must_have_are_named(
    world: Any, step: str, fields: tuple[str, ...], stem: str | None
) -> None:
    """And no others; a step without a form has none."""
    found = steps(world, world.before(step), world.day(step))[step]
    assert found.fields == fields
    assert (found.form and found.form[0]) == stem


@pytest.mark.parametrize(
    ("row", "version"),
    [
        ({}, "03.0"),
        ({"version": "04.0"}, "04.0"),
        ({"since": "unknown"}, None),
        ({"version": None}, None),
        (None, None),
    ],
)
def test_a_form_has_the_version_in_force_where_the_book_knows_it(world: Any, row: Any, version: str | None) -> None:
    """A version of which the book is not sure is not named."""
    book = world.book(form={"F_PDD": row})
    step = steps(world, world.case(), date(2024, 4, 2), rules=book)["submit_pdd"]
    assert step.form[0] == "F_PDD"
    assert step.json()["form"] == {"stem": "F_PDD", "version": version}


@pytest.mark.parametrize(
    ("row", "due"), [({}, date(2024, 6, 8)), ({"value": 14}, date(2024, 6, 15)), (None, None), ({"value": None}, None)]
)
def test_a_step_with_a_limit_says_by_when(world: Any, row: Any, due: date | None) -> None:
    """Counted from the receipt of the request; not known where the book does not know the limit."""
    book = world.book(value={"project.registration_check": row})
    found = steps(world, after(world, "acknowledge_request"), date(2024, 6, 2), rules=book)
    assert found["check_request"].due == due
    assert {step.due for step in found if step.step != "check_request"} == {None}


def test_a_limit_runs_from_the_latest_request(world: Any) -> None:
    """Not from the receipt of one that was returned."""
    case = world.before("check_request")
    case = world.attempt("check_request", case=case, conclusion=Outcome.INCOMPLETE).case
    case = world.attempt("request_registration", case=case, on=date(2024, 7, 1)).case
    assert steps(world, case, date(2024, 7, 2))["check_request"].due == date(2024, 7, 8)


# --- verdicts


@pytest.mark.parametrize(
    ("on", "verdict", "earliest"),
    [(date(2024, 5, 9), "not_yet", date(2024, 5, 10)), (date(2024, 5, 10), "ready", None)],
)
def test_a_wait_names_the_first_day(world: Any, on: date, verdict: str, earliest: date | None) -> None:
    """On that day the step is ready."""
    step = steps(world, world.case("submit_pdd", "publish_pdd"), on)["close_public_inputs"]
    assert (step.verdict, step.earliest) == (verdict, earliest)


def test_a_day_before_the_last_one_is_not_yet(world: Any) -> None:
    """Of two waits the later day counts."""
    case = world.case("submit_pdd", "publish_pdd")
    early = world.day("submit_pdd") - timedelta(days=1)
    found = steps(world, case, early)
    assert found["revise_pdd"].verdict == "not_yet"
    assert found["revise_pdd"].earliest == world.day("publish_pdd")
    assert found["close_public_inputs"].earliest == date(2024, 5, 10)


def test_what_waiting_does_not_mend_is_blocked(world: Any) -> None:
    """Also where there is a wait or something missing beside it."""
    book = world.book(bilateral={"until": date(2024, 4, 2)})
    case = world.case("submit_pdd")
    found = steps(world, case, world.day("submit_pdd") - timedelta(days=1), rules=book)
    step = found["change_entity"]
    assert (step.verdict, step.earliest) == ("not_yet", world.day("submit_pdd"))
    step = steps(world, case, world.day("submit_pdd"), rules=book)["change_entity"]
    assert (step.verdict, step.earliest) == ("blocked", None)
    dark = steps(world, world.case("submit_pdd", procedure="dark"), world.day("submit_pdd"), rules=book)
    assert dark["request_reference_assessment"].verdict == "blocked"


def test_a_fact_that_is_not_known_makes_a_step_unknown(world: Any) -> None:
    """Where its rule refuses; one that only advises leaves it ready."""
    case = world.case("submit_pdd").record(project.publish_pdd.fact(on=date(2024, 4, 10))).case
    case = case.record(project.publish_pdd.fact(on=date(2024, 4, 10), evidence=world.evidence("publish_pdd"))).case
    book = world.book(value={"project.public_inputs": None})
    step = steps(world, case, date(2024, 5, 1), rules=book)["close_public_inputs"]
    (found,) = [f for f in step.findings if f.rule == "project.close_public_inputs.full_window"]
    assert (found.verdict, found.effect, step.verdict) == (Verdict.MISSING, "advises", "ready")
    unknown = world.book(procedure={name: {"since": "unknown"} for name in ("full", "plain", "trial", "dark")})
    step = steps(world, case, date(2024, 5, 1), rules=unknown)["revise_pdd"]
    assert (step.verdict, step.earliest) == ("unknown", None)


def test_a_precondition_of_which_nobody_knows_whether_it_applied_leaves_a_step_ready(world: Any) -> None:
    """As in an attempt: missing, and only advice."""
    rule = "project.close_public_inputs.full_window"
    book = world.book(adopt={rule: {"since": "unknown"}})
    step = steps(world, world.case("submit_pdd", "publish_pdd"), date(2024, 5, 1), rules=book)["close_public_inputs"]
    (found,) = step.findings
    assert (found.rule, found.verdict, found.standing, found.effect) == (rule, Verdict.MISSING, "unknown", "advises")
    assert found.facts == {"why": "not known which version applied, or whether any did, on the governing day"}
    assert step.verdict == "ready"


def test_without_a_book_every_step_is_unknown_and_says_so(world: Any) -> None:
    """No form version, no limit, and the finding that there is no book."""
    for step in steps(world, world.case("submit_pdd"), date(2024, 4, 5), rules=None):
        if step.verdict == "blocked":
            assert step.step == "conclude_reference_assessment"
            continue
        assert step.verdict == "unknown"
        assert any(f.facts.get("why") == "no rule book was found for ZZ" for f in step.findings)
        assert step.due is None
        assert step.form is None or step.form[1] is None


def test_a_decision_on_a_request_of_unknown_day_is_unknown(world: Any) -> None:
    """Nobody knows whose rules govern it."""
    case = world.case().record(project.observed("under_consideration", on=date(2024, 4, 2))).case
    step = steps(world, case, date(2024, 5, 1))["decide_registration"]
    assert (step.verdict, step.due) == ("unknown", None)


def test_the_rules_of_the_request_govern_a_decision(world: Any) -> None:
    """As in an attempt: a case that was requested before the rules began has none to be judged."""
    start = date(2024, 2, 29) - timedelta(days=60)
    old = steps(world, world.before("decide_registration", start=start), date(2024, 4, 1))
    new = steps(world, world.before("decide_registration"), date(2024, 7, 1))
    assert set(old["decide_registration"].to_judge) == {"common.reference_never_reused"}
    assert set(new["decide_registration"].to_judge) > {"common.reference_never_reused"}


@pytest.fixture
def own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the rules that a test defines."""
    monkeypatch.setattr(_rule, "_RULES", dict(_rule._RULES))


def test_a_precondition_may_ask_the_register(world: Any, own_rules: None) -> None:
    """It is asked before there is an act, with the register that was given."""
    del own_rules

    def asks(case: Any, edition: Any, on: date, known: Any) -> Any:
        """Something is so."""
        del edition, on
        return require(isinstance(known.number("ZZ001", case.id), register.No), number="ZZ001")

    rule = "project.submit_pdd.synthetic"
    precondition(rule, on=project.submit_pdd)(asks)
    book = world.only(rule, adopt={rule: {"since": date(2024, 1, 1)}})
    taken = register.facts(register.Number(reference="ZZ001", case="case-2"))
    for known, verdict in ((world.register, "ready"), (taken, "blocked")):
        step = steps(world, world.case(), date(2024, 4, 2), rules=book, register=known)["submit_pdd"]
        assert step.verdict == verdict
        answer = world.attempt("submit_pdd", book=book, register=known)
        assert bool(answer) is (verdict == "ready")


def test_a_precondition_of_a_step_of_several_outcomes_is_asked_once(world: Any, own_rules: None) -> None:
    """However the step may end; one of a single outcome is asked for that."""
    del own_rules
    rule = "project.conclude_validation.synthetic"

    def asked(case: Any, edition: Any, on: date) -> Any:
        """Something is so."""
        del case, edition
        return require(True, on=on)  # noqa: FBT003 - always met

    precondition(rule, on=project.conclude_validation)(asked)
    book = world.only(rule, adopt={rule: {"since": date(2024, 1, 1)}})
    step = steps(world, world.before("conclude_validation"), date(2024, 6, 1), rules=book)["conclude_validation"]
    assert [finding.rule for finding in step.findings] == [rule]
    precondition(rule, on=project.conclude_validation, when=Outcome.NEGATIVE)(asked)
    book = world.only(rule, adopt={rule: {"since": date(2024, 1, 1)}})
    step = steps(world, world.before("conclude_validation"), date(2024, 6, 1), rules=book)["conclude_validation"]
    assert [finding.rule for finding in step.findings] == [rule]


# --- order, data, text


def test_what_is_ready_comes_first(world: Any) -> None:
    """Then what waits, what is unknown, and what is blocked; each in the order of the table."""
    found = list(steps(world, world.case("submit_pdd", "publish_pdd", procedure="dark"), date(2024, 5, 1)))
    order = ["ready", "not_yet", "unknown", "blocked"]
    ranks = [(order.index(step.verdict), project.step(step.step).rank) for step in found]
    assert ranks == sorted(ranks)
    assert {step.verdict for step in found} == set(order)


def test_a_step_is_found_by_name(world: Any) -> None:
    """One that is not there is an error like that of any mapping."""
    found = steps(world, world.case(), date(2024, 4, 2))
    assert found["submit_pdd"] in list(found)
    with pytest.raises(KeyError):
        found["decide_registration"]


def test_the_steps_as_data_have_the_promised_shape(world: Any) -> None:
    """The keys in their order, every value plain."""
    found = steps(world, after(world, "acknowledge_request"), date(2024, 6, 2))
    data = found.json()
    assert list(data) == ["schema", "case", "on", "steps"]
    assert (data["schema"], data["case"], data["on"]) == (1, "case-1", "2024-06-02")
    assert all(list(step) == KEYS for step in data["steps"])
    (step,) = [step for step in data["steps"] if step["step"] == "check_request"]
    assert step == {
        "step": "check_request",
        "verdict": "ready",
        "earliest": None,
        "by": ["secretariat"],
        "evidence": "CompletenessConclusion",
        "form": None,
        "fields": ["conclusion"],
        "due": "2024-06-08",
        "findings": [],
        "to_judge": ["project.check_request.in_time"],
    }
    assert orjson.loads(orjson.dumps(data)) == data


def test_a_wait_as_data_names_the_day(world: Any) -> None:
    """And its finding, in the shape of every finding."""
    found = steps(world, world.case("submit_pdd", "publish_pdd"), date(2024, 5, 1)).json()
    (step,) = [step for step in found["steps"] if step["step"] == "close_public_inputs"]
    assert (step["verdict"], step["earliest"], step["by"]) == ("not_yet", "2024-05-10", ["clock"])
    (finding,) = step["findings"]
    assert list(finding) == [
        "rule",
        "verdict",
        "effect",
        "sentence",
        "facts",
        "cites",
        "url",
        "standing",
        "rests_on",
        "earliest",
        "despite",
    ]


def test_the_steps_as_text_say_who_on_what_and_when(world: Any) -> None:
    """One paragraph a step, and what is not met beneath it."""
    text = steps(world, world.case("submit_pdd", "publish_pdd"), date(2024, 5, 1)).explain()
    assert text.splitlines()[0] == "NEXT  case-1 on 2024-05-01"
    assert "close_public_inputs: not yet before 2024-05-10, by clock" in text
    assert "rests on Elapsed with window" in text
    assert "rests on DesignDocument on form F_PDD ver03.0 with title" in text
    assert "Public inputs stay open for the whole window" in text
    found = steps(world, after(world, "acknowledge_request"), date(2024, 6, 2))
    assert "due by 2024-06-08" in str(found)
