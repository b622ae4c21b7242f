"""Rules on every filing, form and decision, and on the submission of the design document.

Two of them cannot be unmet: what `project.submit_pdd.documents` demands is either there or left out, and left out it
is missing; `common.rules_in_force` and `common.reference_never_reused` are rules of integrity, which no book begins.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jcm_cycle import Between, Case, Finding, Outcome, Role, Verdict, evidence as ev, issuance, project, register
from jcm_cycle.errors import JCMCycleError
from jcm_cycle.evidence import DecisionMode

MET, UNMET, MISSING = Verdict.MET, Verdict.UNMET, Verdict.MISSING
PAPER = ev.Document(version="1.0")
FORMS = (
    "submit_pdd",
    "change_entity",
    "request_reference_assessment",
    "revise_pdd",
    "conclude_validation",
    "request_registration",
    "withdraw_request",
    "replace_moc",
    "amend_moc",
    "submit_implementation_report",
)


def judged(found: Finding | None) -> tuple[Verdict, date | None]:
    """Return verdict and earliest day of a finding that must be there."""
    assert found is not None
    return found.verdict, found.earliest


# --- 1 and 50: rules and bilateral document in force


@pytest.mark.parametrize(("days", "verdict"), [(-1, UNMET), (0, MET)])
def test_rules_are_in_force_from_the_first_day_of_a_procedure(world: Any, days: int, verdict: Verdict) -> None:
    """A filing is refused on the day before the first procedure begins, and not on the day."""
    since = world.day("submit_pdd") + timedelta(days=1)
    book = world.book(procedure={name: {"since": since} for name in ("full", "plain", "trial", "dark")})
    answer = world.attempt("submit_pdd", case=world.case(), book=book, on=since + timedelta(days=days))
    found = next(f for f in answer.findings if f.rule == "common.rules_in_force")
    assert judged(found) == (verdict, None)
    assert found.facts == {"day": since + timedelta(days=days)}
    assert bool(answer) is (verdict is MET)


def test_rules_are_not_in_force_outside_the_bilateral_document(world: Any) -> None:
    """Before the bilateral document and after a known end of it there are no rules, whatever procedures say."""
    day = world.day("submit_pdd")
    for bounds in ({"since": day + timedelta(days=1)}, {"until": day}):
        found = world.finding("common.rules_in_force", "submit_pdd", book=world.book(bilateral=bounds))
        assert judged(found) == (UNMET, None)
    assert world.finding("common.rules_in_force", "submit_pdd", book=world.book(bilateral={"until": "unknown"}))


def test_an_unknown_beginning_of_the_procedures_is_missing_and_refuses(world: Any) -> None:
    """Where nobody knows whether rules were in force the filing waits for a reason to go through."""
    unknown = world.book(procedure={name: {"since": "unknown"} for name in ("full", "plain", "trial", "dark")})
    answer = world.attempt("submit_pdd", case=world.case(), book=unknown)
    (found,) = answer.refusals
    assert (found.rule, found.verdict, found.effect) == ("common.rules_in_force", MISSING, "blocks")
    assert "not known whether the rules were in force" in found.facts["why"]
    reason = {"common.rules_in_force": "the secretariat opened an early intake"}
    assert world.attempt("submit_pdd", case=world.case(), book=unknown, despite=reason)


@pytest.mark.parametrize(
    ("until", "verdict"),
    [
        ("unknown", MET),
        ({"by": date(2024, 4, 3)}, MET),
        ({"by": date(2024, 4, 2)}, UNMET),
        (date(2024, 4, 2), UNMET),
        (date(2024, 4, 3), MET),
    ],
)
def test_rules_stay_in_force_until_the_last_procedure_has_surely_ended(
    world: Any, until: Any, verdict: Verdict
) -> None:
    """When one gave way to the next may be unknown; that some rules applied is known all the same."""
    gone = {"since": date(2021, 1, 1), "until": date(2022, 1, 1)}
    book = world.book(procedure={"full": {"until": until}, "plain": gone, "trial": gone, "dark": gone})
    found = world.finding("common.rules_in_force", "submit_pdd", case=world.case(), book=book, on=date(2024, 4, 2))
    assert judged(found) == (verdict, None)


def test_a_provisional_intake_counts_as_rules_in_force(world: Any) -> None:
    """One procedure that has begun is enough, such as an early intake beside rules that are still to come."""
    later = {"since": date(2030, 1, 1)}
    book = world.book(procedure={"full": later, "plain": later, "dark": later})
    assert judged(world.finding("common.rules_in_force", "submit_pdd", book=book)) == (MET, None)


def test_every_filing_asks_for_rules_and_bilateral_document_and_no_other_step_does(world: Any) -> None:
    """Steps of participants and focal points are filings, those of everyone else are not."""
    filers = {"participant", "focal point"}
    for step in world.good:
        asked = {finding.rule for finding in world.attempt(step).findings}
        filing = bool(filers & set(project.step(step).by))
        assert ("common.rules_in_force" in asked) is filing, step
        assert ("common.bilateral_valid" in asked) is filing, step


@pytest.mark.parametrize(
    ("bounds", "verdict", "standing"),
    [
        ({}, MET, "cited"),
        ({"until": date(2024, 4, 3)}, MET, "cited"),
        ({"until": date(2024, 4, 2)}, UNMET, "cited"),
        ({"since": date(2024, 4, 3)}, UNMET, "cited"),
        ({"until": "unknown"}, MISSING, "unknown"),
        ({"standing": "inferred"}, MET, "inferred"),
    ],
)
def test_the_bilateral_document_is_valid_on_the_day_of_the_filing(
    world: Any, bounds: dict[str, Any], verdict: Verdict, standing: str
) -> None:
    """It holds from its first day and no longer on the day of its end; an end nobody knows is missing."""
    found = world.finding(
        "common.bilateral_valid", "submit_pdd", book=world.book(bilateral=bounds), on=date(2024, 4, 2)
    )
    assert judged(found) == (verdict, None)
    assert (found.effect, found.standing) == ("advises", standing)


# --- 2: confidential parts


@pytest.mark.parametrize(
    ("filed", "verdict"),
    [
        ({"contains_confidential": False}, MET),
        ({"contains_confidential": True, "public_version": PAPER, "full_version": PAPER}, MET),
        ({"contains_confidential": True, "public_version": PAPER}, UNMET),
        ({"contains_confidential": True, "full_version": PAPER}, UNMET),
        ({"contains_confidential": True}, UNMET),
        ({"contains_confidential": None}, MISSING),
    ],
)
@pytest.mark.parametrize("step", FORMS)
def test_confidential_parts_need_both_versions(world: Any, step: str, filed: dict[str, Any], verdict: Verdict) -> None:
    """Only a form that says it has no confidential parts may come in one version."""
    assert judged(world.finding("common.confidential_two_versions", step, **filed)) == (verdict, None)


@pytest.mark.parametrize("part", ["design_document", "modalities"])
def test_confidential_parts_of_a_part_count(world: Any, part: str) -> None:
    """A sending that holds a confidential design document is confidential, whatever its cover says."""
    found = world.finding("common.confidential_two_versions", "submit_pdd", **{part: {"contains_confidential": True}})
    assert judged(found) == (UNMET, None)
    both = {"contains_confidential": True, "public_version": PAPER, "full_version": PAPER}
    for cover in (True, False, None):
        found = world.finding(
            "common.confidential_two_versions", "submit_pdd", **{part: both}, contains_confidential=cover
        )
        assert judged(found) == (MET, None)


@pytest.mark.parametrize("version", ["public_version", "full_version"])
def test_a_confidential_part_needs_both_versions_too(world: Any, version: str) -> None:
    """One of them is not enough."""
    part = {"contains_confidential": True, version: PAPER}
    found = world.finding("common.confidential_two_versions", "submit_pdd", design_document=part)
    assert judged(found) == (UNMET, None)


def test_a_confidential_attachment_of_the_request_counts(world: Any) -> None:
    """So does the credit allocation that comes with the request for registration."""
    found = world.finding(
        "common.confidential_two_versions", "request_registration", allocation={"contains_confidential": True}
    )
    assert judged(found) == (UNMET, None)


# --- 3: form version


@pytest.mark.parametrize("step", FORMS)
@pytest.mark.parametrize(("version", "verdict"), [("09.0", UNMET), (None, MISSING)])
def test_the_form_is_of_the_version_in_force(world: Any, step: str, version: str | None, verdict: Verdict) -> None:
    """Another version is unmet, no version is missing, on every step that has a form."""
    filed: dict[str, Any] = {"form_version": version}
    if step == "submit_pdd":
        filed = {"modalities": filed}
    found = world.finding("common.form_version_in_force", step, **filed)
    assert judged(found) == (verdict, None)
    assert judged(world.finding("common.form_version_in_force", step)) == (MET, None)


def test_a_form_changes_on_its_day(world: Any) -> None:
    """The old version is good until the day before the new one, the new one from that day on."""
    day = world.day("revise_pdd")
    book = world.book(form={"F_PDD": [{"until": day}, {"version": "04.0", "since": day}]})
    for on, good, bad in ((day - timedelta(days=1), "03.0", "04.0"), (day, "04.0", "03.0")):
        for version, verdict in ((good, MET), (bad, UNMET)):
            found = world.finding("common.form_version_in_force", "revise_pdd", book=book, on=on, form_version=version)
            assert judged(found) == (verdict, None)
    assert found.facts == {"form": "F_PDD", "version": ev.Version(3), "in_force": ev.Version(4)}


@pytest.mark.parametrize("row", [None, {"version": None}, {"since": "unknown"}])
def test_a_version_that_the_book_does_not_know_only_advises(world: Any, row: dict[str, Any] | None) -> None:
    """No form, a form without a version, or one of which nobody knows since when: missing, standing unknown."""
    answer = world.attempt("revise_pdd", book=world.book(form={"F_PDD": row}))
    found = next(f for f in answer.findings if f.rule == "common.form_version_in_force")
    assert judged(found) == (MISSING, None)
    assert (found.standing, found.effect) == ("unknown", "advises")
    assert answer


def test_every_form_of_a_sending_is_looked_at_and_the_worst_counts(world: Any) -> None:
    """A form that the book does not know does not hide another one of a wrong version, nor one without a version."""
    book = world.book(form={"F_PDD": None})
    for version, verdict in (("09.0", UNMET), (None, MISSING)):
        found = world.finding(
            "common.form_version_in_force", "submit_pdd", book=book, modalities={"form_version": version}
        )
        assert judged(found) == (verdict, None)
        assert (found.standing, found.effect, found.facts["form"]) == ("cited", "blocks", "F_MoC")


@pytest.mark.parametrize("version", ["09.0", None])
@pytest.mark.parametrize("weak", ["F_PDD", "F_MoC"])
def test_of_several_forms_that_are_wrong_the_best_founded_speaks(world: Any, weak: str, version: str | None) -> None:
    """An assumed row does not take the edge off one that is cited."""
    found = world.finding(
        "common.form_version_in_force",
        "submit_pdd",
        book=world.book(form={weak: {"standing": "assumed"}}),
        design_document={"form_version": version},
        modalities={"form_version": version},
    )
    assert judged(found) == (MISSING if version is None else UNMET, None)
    assert (found.standing, found.effect) == ("cited", "blocks")
    assert found.facts["form"] == ("F_MoC" if weak == "F_PDD" else "F_PDD")


def test_forms_that_are_met_are_no_better_founded_than_the_weakest_row(world: Any) -> None:
    """The finding of a sending of two forms stands as well as the weaker of their rows."""
    book = world.book(form={"F_MoC": {"standing": "inferred"}})
    found = world.finding("common.form_version_in_force", "submit_pdd", book=book)
    assert (judged(found), found.standing, found.effect) == ((MET, None), "inferred", "holds")
    assert found.facts == {"forms": ["F_PDD ver03.0", "F_MoC ver02.0"]}


# --- 4, 5 and 9: decisions and numbers


@pytest.mark.parametrize(
    ("left_out", "verdict"),
    [
        ({}, MET),
        ({"decided_on": None}, MISSING),
        ({"mode": None}, MISSING),
        ({"cases": None}, MISSING),
        ({"cases": ()}, UNMET),
        ({"mode": DecisionMode.UNLABELLED}, MET),
        ({"decision": Outcome.REFUSED}, MET),
        ({"decision": Outcome.OTHERWISE, "cases": None}, MISSING),
    ],
)
def test_a_decision_names_its_day_its_kind_and_its_cases(
    world: Any, left_out: dict[str, Any], verdict: Verdict
) -> None:
    """However it ends; a decision that covers no case is unmet, one that leaves something out is missing."""
    found = world.finding("common.committee_decision_identified", "decide_registration", **left_out)
    assert judged(found) == (verdict, None)


ELECTRONIC = {
    "mode": DecisionMode.ELECTRONIC,
    "circulated_on": date(2024, 6, 10),
    "decided_on": date(2024, 6, 20),
    "objections": (),
    "co_chairs_approved": True,
}


@pytest.mark.parametrize(
    ("changes", "verdict", "earliest"),
    [
        ({}, MET, None),
        ({"mode": DecisionMode.MEETING, "objections": None}, MET, None),
        ({"mode": DecisionMode.UNLABELLED, "circulated_on": None}, MET, None),
        ({"circulated_on": date(2024, 6, 9)}, MET, None),
        ({"circulated_on": date(2024, 6, 11)}, UNMET, date(2024, 6, 21)),
        ({"decided_on": date(2024, 6, 19)}, UNMET, date(2024, 6, 20)),
        ({"objections": ("too early",)}, UNMET, None),
        ({"co_chairs_approved": False}, UNMET, None),
        ({"circulated_on": date(2024, 6, 11), "co_chairs_approved": False}, UNMET, None),
        ({"mode": None}, MISSING, None),
        ({"circulated_on": None}, MISSING, None),
        ({"decided_on": None}, MISSING, None),
        ({"objections": None}, MISSING, None),
        ({"co_chairs_approved": None}, MISSING, None),
    ],
)
def test_an_electronic_decision_stood_open_and_has_both_co_chairs(
    world: Any, changes: dict[str, Any], verdict: Verdict, earliest: date | None
) -> None:
    """Ten days after it was sent round, without objection; a day is named only where waiting is all."""
    found = world.finding("common.electronic_decision", "decide_registration", **{**ELECTRONIC, **changes})
    assert judged(found) == (verdict, earliest)


@pytest.mark.parametrize(("row", "effect"), [({"standing": "assumed"}, "advises"), ({"standing": "inferred"}, "holds")])
def test_the_days_of_objection_weaken_what_rests_on_them(world: Any, row: dict[str, Any], effect: str) -> None:
    """An assumed number of days only advises, whatever the rule itself stands on."""
    book = world.book(value={"committee.electronic_objection": row})
    changes = {**ELECTRONIC, "circulated_on": date(2024, 6, 11)}
    found = world.finding("common.electronic_decision", "decide_registration", book=book, **changes)
    assert (judged(found)[0], found.effect, found.standing) == (UNMET, effect, row["standing"])


@pytest.mark.parametrize("row", [None, {"value": None}, {"since": "unknown"}])
def test_a_number_of_days_that_the_book_does_not_know_only_advises(world: Any, row: dict[str, Any] | None) -> None:
    """For an electronic decision; one of a meeting needs no days."""
    book = world.book(value={"committee.electronic_objection": row})
    found = world.finding("common.electronic_decision", "decide_registration", book=book, **ELECTRONIC)
    assert (judged(found), found.standing, found.effect) == ((MISSING, None), "unknown", "advises")
    assert judged(world.finding("common.electronic_decision", "decide_registration", book=book)) == (MET, None)


@pytest.mark.parametrize(
    ("ways", "approved", "verdict"),
    [
        (["co_chairs_without_objection", "all_members"], True, MET),
        (["co_chairs_without_objection", "all_members"], False, UNMET),
        (["co_chairs_without_objection", "all_members"], None, UNMET),
        (["co_chairs_without_objection"], True, UNMET),
        (None, True, UNMET),
    ],
)
def test_the_approval_of_all_members_stands_for_both_where_the_book_says_so(
    world: Any, ways: list[str] | None, approved: Any, verdict: Verdict
) -> None:
    """A way of the book, with its standing; without one the days and the co-chairs count."""
    row = {"value": ways, "standing": "assumed", "since": world.rules_from} if ways else None
    days = {"value": 10, "standing": "cited"}
    book = world.book(value={"committee.electronic_objection": days, "committee.electronic_ways": row})
    changes = {**ELECTRONIC, "decided_on": date(2024, 6, 12), "all_members_approved": approved}
    found = world.finding("common.electronic_decision", "decide_registration", book=book, **changes)
    assert judged(found)[0] == verdict
    if verdict == MET:
        assert (found.standing, found.facts) == ("assumed", {"all_members_approved": True})


def test_a_number_goes_to_one_project_only(world: Any) -> None:
    """A number that another case was given is refused for ever, even if the act brings a reason."""
    known = register.facts(register.Number(reference="ZZ001", case="case-2"), complete=("numbers",))
    answer = world.attempt("publish_pdd", register=known, despite={"common.reference_never_reused": "a slip"})
    (found,) = answer.refusals
    assert (found.rule, found.verdict, found.effect) == ("common.reference_never_reused", UNMET, "blocks")
    assert found.facts == {"number": "ZZ001", "given_to": ["case-2"]}


def test_a_number_is_one_of_the_country(world: Any) -> None:
    """The number of another country's project is no number for this one."""
    found = world.finding("common.reference_never_reused", "publish_pdd", reference="YY001")
    assert judged(found) == (UNMET, None)
    assert found.facts == {"number": "YY001", "country": "ZZ"}
    case = Case.open(project, "p", on=world.opened, country="MN").case
    act = project.publish_pdd(ev.Publication(reference="ZZ001"), by=Role.SECRETARIAT, on=world.opened)
    found = next(f for f in case.attempt(act).findings if f.rule == "common.reference_never_reused")
    assert (judged(found), found.facts) == ((UNMET, None), {"number": "ZZ001", "country": "MN"})


def test_a_decision_on_other_cases_is_none_on_this_one(world: Any) -> None:
    """The decision names the cases it covers, and this case is one of them."""
    found = world.finding("common.committee_decision_identified", "decide_registration", cases=("ZZ777",))
    assert judged(found) == (UNMET, None)
    assert found.facts["this_case"] not in ((), ("ZZ777",))


@pytest.mark.parametrize(
    ("project_number", "covered", "verdict"),
    [("ZZ001", ("ZZ001",), MET), ("ZZ001", ("ZZ777",), UNMET), (None, ("ZZ777",), MET), (None, (), UNMET)],
)
def test_a_decision_on_an_issuance_names_the_project(
    world: Any, project_number: str | None, covered: tuple[str, ...], verdict: Verdict
) -> None:
    """By the number of its project, where that has one; an issuance has no number of its own."""
    opening = ev.Opening(country="ZZ", of="solar", of_reference=project_number)
    asked = issuance.request_issuance.fact(on=world.opened, evidence=ev.IssuanceRequest())
    case = Case.imported(issuance, "i", opening, on=world.opened).case.record(asked).case
    paper = ev.JointCommitteeDecision(
        decision=Outcome.ZERO, decided_on=world.opened, mode=DecisionMode.MEETING, cases=covered
    )
    act = issuance.decide_issuance(paper, by=Role.JOINT_COMMITTEE, on=world.opened)
    answer = case.attempt(act, rules=world.book(), register=world.register)
    (found,) = [f for f in answer.findings if f.rule == "common.committee_decision_identified"]
    assert judged(found) == (verdict, None)
    assert found.facts["this_case"] == ((project_number,) if project_number else ())


def test_a_number_may_be_given_to_its_own_case_again(world: Any) -> None:
    """The register knows whose number it is."""
    known = register.facts(register.Number(reference="ZZ001", case="case-1"))
    found = world.finding("common.reference_never_reused", "publish_pdd", register=known)
    assert judged(found) == (MET, None)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"register": register.NOTHING_KNOWN}, "is not known"), ({"reference": None}, "gives no number")],
)
def test_a_number_of_which_nothing_is_known_needs_a_reason(world: Any, changes: dict[str, Any], why: str) -> None:
    """Where the list of numbers is not complete, or a publication gives none, the act says what stands in."""
    answer = world.attempt("publish_pdd", **changes)
    (found,) = answer.refusals
    assert (found.rule, found.verdict, found.effect) == ("common.reference_never_reused", MISSING, "blocks")
    assert why in found.facts["why"]
    assert world.attempt("publish_pdd", despite={found.rule: "looked up by hand"}, **changes)


@pytest.mark.parametrize(("number", "verdict"), [(None, MET), ("ZZ001", UNMET), ("ZZ002", MET)])
def test_a_decision_that_gives_a_number_is_asked_too(world: Any, number: str | None, verdict: Verdict) -> None:
    """A decision without a number reuses none, and says that it gives none."""
    known = register.facts(register.Number(reference="ZZ001", case="case-2"), complete=("numbers",))
    found = world.finding("common.reference_never_reused", "decide_registration", register=known, number=number)
    assert judged(found) == (verdict, None)
    assert found.facts.get("gives_a_number", True) is (number is not None)


def test_integrity_holds_before_any_book_and_without_one(world: Any) -> None:
    """A rule of integrity is judged under any edition and under none, with the same effect."""
    known = register.facts(register.Number(reference="ZZ001", case="case-2"))
    case = world.before("publish_pdd")
    act = world.act("publish_pdd")
    for rules in (world.book(), world.book(bilateral={"since": date(2050, 1, 1)}), None):
        found = {f.rule: f for f in case.attempt(act, rules=rules, register=known).findings}
        rule = found["common.reference_never_reused"]
        assert (rule.verdict, rule.effect, rule.cites, rule.standing) == (UNMET, "blocks", "integrity", "observed")


@pytest.mark.parametrize("rule", ["common.reference_never_reused", "common.rules_in_force"])
def test_no_book_may_change_a_rule_of_integrity(world: Any, rule: str) -> None:
    """A book that adopts one is refused."""
    with pytest.raises(JCMCycleError, match="is a rule of integrity"):
        world.book(adopt={rule: {"since": date(2024, 3, 1), "effect": "advises", "why": "no"}})


# --- 10 to 14: the submission and its window


@pytest.mark.parametrize("left_out", [{"design_document": {"monitoring_plan": None}}, {"modalities": None}])
def test_plan_and_modalities_come_with_the_design_document(world: Any, left_out: dict[str, Any]) -> None:
    """What is left out is missing; it cannot be unmet, for nothing says that a thing which is there is not."""
    assert judged(world.finding("project.submit_pdd.documents", "submit_pdd")) == (MET, None)
    found = world.finding("project.submit_pdd.documents", "submit_pdd", **left_out)
    assert judged(found) == (MISSING, None)
    assert None in found.facts.values()


CLEARED = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("known", "verdict", "earliest"),
    [
        ({"on": date(2024, 4, 2)}, MET, None),
        ({"on": CLEARED}, UNMET, CLEARED),
        ({"on": date(2024, 1, 1), "cleared": False}, UNMET, None),
        ({"on": Between(date(2024, 1, 1), None)}, MISSING, None),
        ({"on": date(2024, 1, 1), "reference": "ZZ_PIN002"}, MISSING, None),
        ({"on": date(2024, 1, 1), "country": "YY"}, MISSING, None),
    ],
)
def test_the_idea_was_cleared_by_the_day_of_the_submission(
    world: Any, known: dict[str, Any], verdict: Verdict, earliest: date | None
) -> None:
    """No objection on the day is enough; an objection is unmet, and a day nobody knows is missing."""
    cleared = register.Clearance(**{"country": "ZZ", "reference": "ZZ_PIN001", **known})
    answer = world.attempt(
        "submit_pdd", book=world.only("project.submit_pdd.idea_cleared"), register=register.facts(cleared)
    )
    found = next(f for f in answer.findings if f.rule == "project.submit_pdd.idea_cleared")
    assert judged(found) == (verdict, earliest)
    assert found.facts["idea_note"] == "ZZ_PIN001"
    assert bool(answer) is (verdict is MET)
    if verdict is UNMET:
        assert answer.earliest == earliest


def test_a_submission_that_names_no_idea_note_is_missing(world: Any) -> None:
    """Whether the project is exempt the sending does not say."""
    assert judged(world.finding("project.submit_pdd.idea_cleared", "submit_pdd", idea=None)) == (MISSING, None)


@pytest.mark.parametrize(
    ("procedure", "verdict", "standing"),
    [("full", UNMET, "cited"), ("trial", UNMET, "cited"), ("dark", MISSING, "unknown"), ("plain", None, None)],
)
def test_the_idea_note_is_asked_for_where_the_procedure_has_it(
    world: Any, procedure: str, verdict: Verdict | None, standing: str | None
) -> None:
    """Asked where it is there, even provisionally; missing and only advice where nobody knows; else not asked."""
    known = register.facts(register.Clearance(country="ZZ", reference="ZZ_PIN001", on=CLEARED, cleared=False))
    answer = world.attempt(
        "submit_pdd",
        book=world.only("project.submit_pdd.idea_cleared"),
        register=known,
        procedure=procedure,
    )
    found = {f.rule: f for f in answer.findings}.get("project.submit_pdd.idea_cleared")
    assert (found and found.verdict, found and found.standing) == (verdict, standing)
    assert bool(answer) is (verdict is not UNMET)


@pytest.mark.parametrize(
    ("approved", "verdict", "earliest"),
    [
        (date(2024, 4, 1), MET, None),
        (date(2024, 4, 2), MET, None),
        (date(2024, 4, 3), UNMET, date(2024, 4, 3)),
        (Between(date(2024, 4, 1), date(2024, 4, 3)), MISSING, None),
        (Between(date(2024, 4, 3), date(2024, 4, 9)), UNMET, None),
    ],
)
def test_a_methodology_is_approved_on_the_day_of_submission(
    world: Any, approved: Any, verdict: Verdict, earliest: date | None
) -> None:
    """Approved on the very day is enough; one that is approved later names the first day."""
    known = register.facts(register.Approval(methodology="ZZ_AM001 Ver1.0", approved_on=approved))
    answer = world.attempt(
        "submit_pdd", book=world.only("project.submit_pdd.methodology_valid"), register=known, on=date(2024, 4, 2)
    )
    found = next(f for f in answer.findings if f.rule == "project.submit_pdd.methodology_valid")
    assert judged(found) == (verdict, earliest)
    if verdict is UNMET:
        assert answer.earliest == earliest


def test_a_superseded_version_is_missing_from_the_day_of_the_next_one(world: Any) -> None:
    """Whether the old version may be cited after that no text says."""
    known = register.facts(
        register.Approval(methodology="ZZ_AM001 Ver1.0", approved_on=date(2022, 1, 1), superseded_on=date(2024, 4, 3))
    )
    for day, verdict in ((2, MET), (3, MISSING)):
        found = world.finding(
            "project.submit_pdd.methodology_valid", "submit_pdd", register=known, on=date(2024, 4, day)
        )
        assert judged(found) == (verdict, None)


@pytest.mark.parametrize("methodologies", [None, ()])
def test_a_design_document_without_methodology_is_missing(world: Any, methodologies: Any) -> None:
    """There is nothing to look up."""
    found = world.finding(
        "project.submit_pdd.methodology_valid", "submit_pdd", design_document={"methodologies": methodologies}
    )
    assert judged(found) == (MISSING, None)


@pytest.mark.parametrize(
    ("days", "verdict", "earliest"),
    [
        ((date(2024, 1, 1), date(2024, 1, 1)), MET, None),
        ((date(2024, 5, 1), date(2024, 1, 1)), UNMET, date(2024, 5, 1)),
        ((date(2024, 5, 1), date(2024, 6, 1)), UNMET, date(2024, 6, 1)),
        ((date(2024, 6, 1), date(2024, 5, 1)), UNMET, date(2024, 6, 1)),
        ((date(2024, 5, 1), Between(date(2024, 5, 1), date(2024, 7, 1))), UNMET, None),
        ((None, date(2024, 5, 1)), UNMET, date(2024, 5, 1)),
        ((date(2024, 5, 1), None), UNMET, date(2024, 5, 1)),
        ((None, date(2024, 1, 1)), MISSING, None),
        ((date(2024, 1, 1), None), MISSING, None),
    ],
)
def test_all_methodologies_count_and_the_last_one_names_the_day(
    world: Any, days: tuple[Any, Any], verdict: Verdict, earliest: date | None
) -> None:
    """One that is not approved is enough; the earliest day is that on which the last of them is."""
    names = ("ZZ_AM001 Ver1.0", "ZZ_AM002 Ver1.0")
    known = register.facts(
        *(
            register.Approval(methodology=name, approved_on=day)
            for name, day in zip(names, days, strict=True)
            if day is not None
        )
    )
    found = world.finding(
        "project.submit_pdd.methodology_valid",
        "submit_pdd",
        register=known,
        design_document={"methodologies": names},
    )
    assert judged(found) == (verdict, earliest)


STARTS = [(date(2013, 1, 1), MET), (date(2012, 12, 31), UNMET), (None, MISSING)]


@pytest.mark.parametrize(("start", "verdict"), STARTS)
def test_operation_started_on_or_after_the_day_of_the_rules(world: Any, start: date | None, verdict: Verdict) -> None:
    """No waiting mends a project that started too early, so that no earliest day is named."""
    changes = {"design_document": {"start_of_operation": start}}
    found = world.finding("project.submit_pdd.start_of_operation", "submit_pdd", **changes)
    assert judged(found) == (verdict, None)
    assert found.facts == {"start": start, "first": date(2013, 1, 1)} or verdict is MISSING


@pytest.mark.parametrize(("found_by_entity", "verdict"), [*STARTS[:2], (None, MET)])
def test_the_entity_may_find_another_start_of_operation(
    world: Any, found_by_entity: date | None, verdict: Verdict
) -> None:
    """The report goes before the design document; where it is silent the design document counts."""
    found = world.finding(
        "project.submit_pdd.start_of_operation", "conclude_validation", start_of_operation=found_by_entity
    )
    assert judged(found) == (verdict, None)


@pytest.mark.parametrize(
    ("row", "standing", "effect", "verdict"),
    [
        ({"standing": "assumed"}, "assumed", "advises", UNMET),
        ({"standing": "inferred"}, "inferred", "holds", UNMET),
        ({"value": None, "standing": "cited"}, "unknown", "advises", MISSING),
        ({"since": "unknown"}, "unknown", "advises", MISSING),
        (None, "unknown", "advises", MISSING),
    ],
)
def test_a_start_of_operation_that_is_not_well_founded_refuses_less(
    world: Any, row: dict[str, Any] | None, standing: str, effect: str, verdict: Verdict
) -> None:
    """The finding stands as well as the day of the book, and a day that the book does not know only advises."""
    found = world.finding(
        "project.submit_pdd.start_of_operation",
        "submit_pdd",
        book=world.book(value={"project.start_of_operation": row}),
        design_document={"start_of_operation": date(2012, 5, 1)},
    )
    assert (judged(found)[0], found.standing, found.effect) == (verdict, standing, effect)


OPENED = date(2024, 4, 10)  # `world` publishes on the ninth day: the thirtieth of thirty days is May 9


@pytest.mark.parametrize(
    ("on", "verdict", "earliest"),
    [
        (date(2024, 5, 8), UNMET, date(2024, 5, 10)),
        (date(2024, 5, 9), UNMET, date(2024, 5, 10)),
        (date(2024, 5, 10), MET, None),
        (date(2024, 6, 1), MET, None),
    ],
)
def test_public_inputs_close_on_the_day_after_the_last(
    world: Any, on: date, verdict: Verdict, earliest: date | None
) -> None:
    """Thirty days counting both ends, and the refusal names the first day after them."""
    answer = world.attempt("close_public_inputs", on=on)
    found = next(f for f in answer.findings if f.rule == "project.close_public_inputs.full_window")
    assert judged(found) == (verdict, earliest)
    assert {**found.facts, "opened": OPENED, "days": 30, "last_day": date(2024, 5, 9)} == found.facts
    if verdict is UNMET:
        assert answer.earliest == earliest


@pytest.mark.parametrize(
    ("row", "standing", "effect", "verdict"),
    [
        ({"standing": "inferred"}, "inferred", "holds", UNMET),
        ({"standing": "assumed"}, "assumed", "advises", UNMET),
        ({"value": 15}, "cited", "blocks", MET),
        ({"value": None, "standing": "cited"}, "unknown", "advises", MISSING),
        ({"until": "unknown"}, "unknown", "advises", MISSING),
        (None, "unknown", "advises", MISSING),
    ],
)
def test_a_window_stands_as_well_as_its_length(
    world: Any, row: dict[str, Any] | None, standing: str, effect: str, verdict: Verdict
) -> None:
    """A length that is only inferred holds, and one that the book does not know only advises."""
    found = world.finding(
        "project.close_public_inputs.full_window",
        "close_public_inputs",
        book=world.book(value={"project.public_inputs": row}),
        on=date(2024, 5, 1),
    )
    assert (judged(found)[0], found.standing, found.effect) == (verdict, standing, effect)


def test_a_window_that_opened_on_a_day_nobody_knows_is_missing(world: Any) -> None:
    """Where the publication comes from a record with a rough day the closing needs a reason."""
    case = (
        world.case("submit_pdd")
        .record(
            project.publish_pdd.fact(
                on=Between(date(2024, 4, 3), date(2024, 4, 5)), evidence=world.evidence("publish_pdd")
            )
        )
        .case
    )
    answer = world.attempt("close_public_inputs", case=case)
    (found,) = answer.refusals
    assert (found.rule, found.verdict) == ("project.close_public_inputs.full_window", MISSING)
    assert found.effect == "blocks"
