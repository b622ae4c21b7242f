"""Rules on the conclusion of a validation, each met, unmet and missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jcm_cycle import UNKNOWN_DAY, Between, Finding, Outcome, Verdict, project, register
from jcm_cycle._words import told_name

MET, UNMET, MISSING = Verdict.MET, Verdict.UNMET, Verdict.MISSING
STEP = "conclude_validation"


def judged(found: Finding | None) -> tuple[Verdict, date | None]:
    """Return verdict and earliest day of a finding that must be there."""
    assert found is not None
    return found.verdict, found.earliest


# --- 6: the entity is usable


@pytest.mark.parametrize(
    ("changes", "verdict", "earliest"),
    [
        ({}, MET, None),
        ({"since": date(2024, 5, 20)}, MET, None),
        ({"since": date(2024, 5, 21)}, UNMET, date(2024, 5, 21)),
        ({"until": date(2024, 5, 20)}, MET, None),
        ({"until": date(2024, 5, 19)}, UNMET, None),
        ({"withdrawn": date(2024, 5, 21)}, MET, None),
        ({"withdrawn": date(2024, 5, 20)}, UNMET, None),
        ({"withdrawn": UNKNOWN_DAY}, MISSING, None),
        ({"role": "validation"}, MET, None),
        ({"role": "verification"}, UNMET, None),
        ({"scopes": (2, 3)}, UNMET, None),
        ({"scopes": None}, MISSING, None),
        ({"since": Between(date(2024, 5, 1), date(2024, 6, 1))}, MISSING, None),
        ({"entity": "Another Entity"}, MISSING, None),
        ({"country": "YY"}, MISSING, None),
    ],
)
def test_the_entity_is_usable_on_the_day_of_the_report(
    world: Any, changes: dict[str, Any], verdict: Verdict, earliest: date | None
) -> None:
    """Designated in the country for validation and the scope, neither expired nor withdrawn, on that day."""
    fact = {"country": "ZZ", "entity": "Example Entity", "scopes": (1, 3), "since": date(2021, 1, 1), **changes}
    known = register.facts(register.Designation(**fact))
    found = world.finding("common.entity_usable", STEP, register=known, completed_on=date(2024, 5, 20))
    assert judged(found) == (verdict, earliest)
    assert found.facts["report_of"] == date(2024, 5, 20)


def test_a_report_is_not_of_a_day_to_come(world: Any) -> None:
    """What is concluded today cannot rest on a report that is completed tomorrow."""
    later = world.day(STEP) + timedelta(days=1)
    found = world.finding("common.entity_usable", STEP, completed_on=later)
    assert judged(found) == (UNMET, None)
    why = "the report is dated after its conclusion"
    assert found.facts == {"why": why, "report_of": later, "concluded_on": world.day(STEP)}
    assert told_name(why, "ja") == "報告書の日付が結論の日より後である"


def test_the_day_of_the_report_goes_before_the_day_of_the_act(world: Any) -> None:
    """An entity designated between report and act was not usable; a report without a day is one of that day."""
    fact = register.Designation(country="ZZ", entity="Example Entity", scopes=(1,), since=world.day(STEP))
    known = register.facts(fact)
    assert judged(world.finding("common.entity_usable", STEP, register=known)) == (MET, None)
    early = world.finding("common.entity_usable", STEP, register=known, completed_on=date(2024, 5, 1))
    assert judged(early) == (UNMET, world.day(STEP))
    fact = register.Designation(
        country="ZZ", entity="Example Entity", scopes=(1,), since=date(2021, 1, 1), until=world.day(STEP)
    )
    assert judged(world.finding("common.entity_usable", STEP, register=register.facts(fact))) == (MET, None)


@pytest.mark.parametrize("scopes", [None, ()])
def test_an_entity_that_is_not_named_or_a_project_without_scopes_is_missing(world: Any, scopes: Any) -> None:
    """There is nothing to look up, and no scope is not every scope."""
    assert judged(world.finding("common.entity_usable", STEP, entity=None)) == (MISSING, None)
    case = world.before(STEP, submit_pdd={"design_document": {"scopes": scopes}})
    assert judged(world.finding("common.entity_usable", STEP, case=case)) == (MISSING, None)


def test_every_scope_of_the_project_counts(world: Any) -> None:
    """One scope that the entity does not hold is enough."""
    case = world.before(STEP, submit_pdd={"design_document": {"scopes": (1, 2)}})
    found = world.finding("common.entity_usable", STEP, case=case)
    assert (judged(found), found.facts["scopes_lacking"]) == ((UNMET, None), [2])


# --- 7: the entity is the one named


@pytest.mark.parametrize(
    ("named", "verdict"),
    [(("Example Entity",), MET), (("Other", "Example Entity"), MET), (("Other",), UNMET), ((), UNMET), (None, MISSING)],
)
def test_the_entity_is_one_that_the_modalities_name(world: Any, named: Any, verdict: Verdict) -> None:
    """The statement may name several; where it names none at all the report's entity is not among them."""
    case = world.before(STEP, submit_pdd={"modalities": {"entities": named}})
    assert judged(world.finding("common.entity_named", STEP, case=case)) == (verdict, None)


def test_a_new_statement_names_a_new_entity(world: Any) -> None:
    """The statement counts as it stands on the day of the report; a report without entity is missing."""
    case = world.case("submit_pdd", "publish_pdd", "change_entity", change_entity={"entities": ("Other",)})
    assert judged(world.finding("common.entity_named", STEP, case=case)) == (UNMET, None)
    assert judged(world.finding("common.entity_named", STEP, case=case, entity="Other")) == (MET, None)
    assert judged(world.finding("common.entity_named", STEP, entity=None)) == (MISSING, None)


# --- 8: no double registration


@pytest.mark.parametrize(
    ("elsewhere", "verdict", "effect"),
    [("", MET, "blocks"), ("CDM 1234", UNMET, "blocks"), (None, MISSING, "advises")],
)
def test_a_report_that_declares_another_registration_refuses_and_a_silent_one_advises(
    world: Any, elsewhere: str | None, verdict: Verdict, effect: str
) -> None:
    """A declared registration elsewhere blocks; silence is missing and lets the opinion through."""
    answer = world.attempt(STEP, registered_elsewhere=elsewhere)
    found = next(f for f in answer.findings if f.rule == "common.no_double_registration")
    assert (found.verdict, found.effect, found.standing) == (verdict, effect, "cited")
    assert bool(answer) is (verdict is not UNMET)


# --- 15: public inputs


@pytest.mark.parametrize("on", [date(2024, 4, 11), date(2024, 5, 8), date(2024, 5, 9)])
def test_the_opinion_comes_after_the_window(world: Any, on: date) -> None:
    """While the window is open the rule is unmet, and names the first day after it."""
    case = world.case("submit_pdd", "publish_pdd")
    answer = world.attempt(STEP, case=case, on=on)
    found = next(f for f in answer.findings if f.rule == "project.conclude_validation.inputs_treated")
    assert judged(found) == (UNMET, date(2024, 5, 10))
    assert found.facts == {"public_inputs": "open", "last_day": date(2024, 5, 9), "first": "close_public_inputs"}
    assert answer.earliest == date(2024, 5, 10)


def test_a_window_that_nobody_closed_is_no_wait(world: Any) -> None:
    """When its days have passed and it still stands open, waiting does not help: somebody must close it."""
    case = world.case("submit_pdd", "publish_pdd")
    answer = world.attempt(STEP, case=case, on=date(2024, 5, 10))
    found = next(f for f in answer.findings if f.rule == "project.conclude_validation.inputs_treated")
    assert judged(found) == (UNMET, None)
    assert answer.earliest is None


@pytest.mark.parametrize("unknown", ["opening", "length"])
def test_an_open_window_of_unknown_end_names_no_day(world: Any, unknown: str) -> None:
    """The verdict does not depend on how long the window is."""
    case = world.case("submit_pdd")
    opened = world.day("publish_pdd") if unknown == "length" else Between(date(2024, 4, 3), date(2024, 4, 5))
    paper = world.evidence("publish_pdd")
    case = case.record(project.publish_pdd.fact(on=opened, evidence=paper)).case
    book = world.book(value={"project.public_inputs": None}) if unknown == "length" else None
    found = world.finding("project.conclude_validation.inputs_treated", STEP, case=case, book=book, on=date(2024, 5, 1))
    assert judged(found) == (UNMET, None)


@pytest.mark.parametrize(("treated", "verdict"), [(True, MET), (False, UNMET), (None, MISSING)])
def test_every_input_is_dealt_with(world: Any, verdict: Verdict, *, treated: bool | None) -> None:
    """Where there was an input the report says that it deals with all of them."""
    case = world.case("submit_pdd", "publish_pdd", "submit_public_input", "close_public_inputs")
    found = world.finding("project.conclude_validation.inputs_treated", STEP, case=case, inputs_treated=treated)
    assert judged(found) == (verdict, None)
    assert found.facts == {"inputs": 1, "treated": treated}


@pytest.mark.parametrize("treated", [False, None])
def test_without_inputs_there_is_nothing_to_deal_with(world: Any, *, treated: bool | None) -> None:
    """The report may then say what it likes."""
    found = world.finding("project.conclude_validation.inputs_treated", STEP, inputs_treated=treated)
    assert (judged(found), found.facts) == ((MET, None), {"inputs": 0})


def test_inputs_that_were_never_opened_are_missing(world: Any) -> None:
    """A case from a record may stand in validation without anyone knowing of a window."""
    case = world.case("submit_pdd").record(project.observed("in_validation", on=world.day("publish_pdd"))).case
    found = world.finding("project.conclude_validation.inputs_treated", STEP, case=case)
    assert judged(found) == (MISSING, None)
    assert found.effect == "blocks"


# --- 16 to 18: a positive opinion


@pytest.mark.parametrize(("left", "verdict"), [((), MET), (("CAR 1", "CL 2"), UNMET), (None, MISSING)])
def test_a_positive_opinion_leaves_no_request_open(world: Any, left: Any, verdict: Verdict) -> None:
    """Neither a corrective action request nor a clarification request."""
    found = world.finding("project.conclude_validation.no_open_requests", STEP, open_requests=left)
    assert (judged(found), found.facts) == ((verdict, None), {"open_requests": left})


CHECKLIST = ("pdd_form", "project_description", "methodology", "emission_sources", "environmental_impact")
CHECKLIST += ("stakeholder_consultation",)
REST = ("monitoring", "public_inputs", "modalities_of_communication", "double_registration", "start_of_operation")
LIST, OTHERS = "project.validation_checklist", "project.validation_checklist_rest"


@pytest.mark.parametrize("item", [*CHECKLIST, *REST])
def test_every_item_of_the_list_is_ticked(world: Any, item: str) -> None:
    """One item that is not ticked is unmet and is named."""
    ticked = tuple(other for other in (*CHECKLIST, *REST) if other != item)
    found = world.finding("project.conclude_validation.checklist", STEP, ticked=ticked)
    assert (judged(found), found.facts) == ((UNMET, None), {"lacking": [item]})


def test_a_list_that_is_not_given_is_missing(world: Any) -> None:
    """An empty list says that nothing was ticked; no list says nothing."""
    assert judged(world.finding("project.conclude_validation.checklist", STEP)) == (MET, None)
    assert judged(world.finding("project.conclude_validation.checklist", STEP, ticked=None)) == (MISSING, None)
    assert judged(world.finding("project.conclude_validation.checklist", STEP, ticked=())) == (UNMET, None)


@pytest.mark.parametrize(
    ("ticked", "standing", "effect", "lacking"),
    [
        (CHECKLIST, "inferred", "holds", list(REST)),
        (REST, "cited", "blocks", list(CHECKLIST)),
        ((), "cited", "blocks", list(CHECKLIST)),
    ],
)
def test_an_item_is_as_well_founded_as_its_part_of_the_list(
    world: Any, ticked: Any, standing: str, effect: str, lacking: list[str]
) -> None:
    """An item that was read blocks; one that is only inferred holds, unless one of the others lacks as well."""
    book = world.book(value={OTHERS: {"standing": "inferred"}})
    found = world.finding("project.conclude_validation.checklist", STEP, book=book, ticked=ticked)
    assert (found.verdict, found.standing, found.effect) == (UNMET, standing, effect)
    assert found.facts == {"lacking": lacking}


@pytest.mark.parametrize("row", [None, {"value": None}, {"since": "unknown"}])
def test_a_list_that_the_book_does_not_know_only_advises(world: Any, row: dict[str, Any] | None) -> None:
    """Missing and standing unknown; the rest of the list is still asked for where the book knows that."""
    book = world.book(value={LIST: row})
    found = world.finding("project.conclude_validation.checklist", STEP, book=book)
    assert (judged(found)[0], found.standing, found.effect) == (MISSING, "unknown", "advises")
    found = world.finding("project.conclude_validation.checklist", STEP, book=book, ticked=CHECKLIST)
    assert (judged(found)[0], found.standing, found.effect) == (UNMET, "cited", "blocks")


def test_a_book_without_the_rest_of_the_list_asks_for_its_first_part(world: Any) -> None:
    """The rest need not be there."""
    book = world.book(value={OTHERS: None})
    found = world.finding("project.conclude_validation.checklist", STEP, book=book, ticked=CHECKLIST)
    assert (judged(found), found.facts) == ((MET, None), {"ticked": 6})


def test_an_item_of_the_country_is_asked_for(world: Any) -> None:
    """Its book names it; what stands in no list of the book is told with the finding, whatever that is."""
    book = world.book(value={LIST: {"value": ["pdd_form", "local_content"]}, OTHERS: None})
    rule = "project.conclude_validation.checklist"
    found = world.finding(rule, STEP, book=book, ticked=("local_content", "pdd_form"))
    assert (judged(found), found.facts) == ((MET, None), {"ticked": 2})
    found = world.finding(rule, STEP, book=book, ticked=("pdd_form", "local_contents", "monitoring"))
    others = ["local_contents", "monitoring"]
    assert (judged(found), found.facts) == ((UNMET, None), {"lacking": ["local_content"], "not_listed": others})
    found = world.finding(rule, STEP, book=book, ticked=("pdd_form", "local_content", "monitoring"))
    assert (judged(found), found.facts) == ((MET, None), {"ticked": 3, "not_listed": ["monitoring"]})


@pytest.mark.parametrize("unsure", [LIST, OTHERS])
def test_what_may_stand_in_a_list_that_is_not_known_is_not_told(world: Any, unsure: str) -> None:
    """Nobody can say that it is in none."""
    book = world.book(value={unsure: {"value": None}})
    found = world.finding("project.conclude_validation.checklist", STEP, book=book, ticked=("soil",))
    assert list(found.facts) == ["lacking"]


@pytest.mark.parametrize(
    ("required", "done", "verdict"),
    [
        (True, True, MET),
        (True, False, UNMET),
        (True, None, MISSING),
        (False, None, MET),
        (False, False, MET),
        (None, True, MISSING),
        (None, None, MISSING),
    ],
)
def test_an_impact_assessment_was_done_where_one_is_required(
    world: Any, verdict: Verdict, *, required: bool | None, done: bool | None
) -> None:
    """Where the host country requires none nothing is asked; whether it does must be said."""
    found = world.finding("project.conclude_validation.eia", STEP, eia_required=required, eia_done=done)
    assert judged(found) == (verdict, None)
    assert found.facts == ({"required": False} if required is False else {"required": required, "done": done})
    assert found.ground.kind == "declared"


POSITIVE_ONLY = {
    "project.conclude_validation.no_open_requests",
    "project.conclude_validation.checklist",
    "project.conclude_validation.eia",
}


def test_a_negative_opinion_may_leave_things_open(world: Any) -> None:
    """Requests, list and impact assessment are asked for a positive opinion only, all else for both."""
    positive = {finding.rule for finding in world.attempt(STEP).findings}
    answer = world.attempt(STEP, opinion=Outcome.NEGATIVE, open_requests=("CAR 1",), ticked=(), eia_done=False)
    assert answer
    assert positive - {finding.rule for finding in answer.findings} == POSITIVE_ONLY
