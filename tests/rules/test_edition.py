"""What a book says for one governing day, and what it does not know is never chosen silently."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import UNKNOWN_DAY, Between, Edition, Finding, Outcome, Standing, Verdict, project, register
from jcm_cycle.codec import dump
from jcm_cycle.errors import DefinitionError, EvidenceError

RULE = "project.conclude_validation.no_open_requests"
STEP = "conclude_validation"
OPEN = {"open_requests": ("CAR 1",)}
WAY = (
    "submit_pdd",
    "publish_pdd",
    "close_public_inputs",
    "conclude_validation",
    "request_registration",
    "acknowledge_request",
    "check_request",
)
UNDETERMINED = {"why": "not known which version applied, or whether any did, on the governing day"}


def of(answer: Any, rule: str = RULE) -> Finding:
    """Return what one rule says in an answer."""
    (found,) = [finding for finding in answer.findings if finding.rule == rule]
    return found


# --- bounds


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ({"since": {"after": "2024-05-01", "by": "2024-06-01"}}, [(1, None), (2, False), (31, False), (32, True)]),
        ({"since": {"by": "2024-06-01"}}, [(1, False), (31, False), (32, True)]),
        ({"since": {"after": "2024-05-01"}}, [(1, None), (2, False), (32, False)]),
        ({"since": "unknown"}, [(1, False), (32, False)]),
        ({"since": date(2024, 1, 1), "until": "unknown"}, [(1, False), (32, False)]),
        (
            {"since": date(2024, 1, 1), "until": {"after": "2024-05-01", "by": "2024-06-01"}},
            [(1, True), (2, False), (31, False), (32, None)],
        ),
    ],
)
def test_a_day_in_an_undetermined_stretch_is_missing(
    world: Any, bounds: dict[str, Any], days: list[tuple[int, bool | None]]
) -> None:
    """Judged where it surely applied, not where it surely did not, and between them missing and only advice."""
    book = world.book(adopt={RULE: bounds})
    case = world.case("submit_pdd", "publish_pdd", start=date(2024, 1, 1))
    for day, applied in days:
        on = date(2024, 5, 1) + timedelta(days=day - 1)
        answer = world.attempt(STEP, case=case, book=book, on=on, **OPEN)
        if applied is None:
            assert RULE not in {finding.rule for finding in answer.findings}
            continue
        found = of(answer)
        expected = (Verdict.UNMET, "cited", "blocks") if applied else (Verdict.MISSING, "unknown", "advises")
        assert (found.verdict, found.standing, found.effect) == expected
        assert applied or found.facts == UNDETERMINED


def test_two_rows_that_may_both_hold_are_never_chosen_between(world: Any) -> None:
    """Between the end of one version and the beginning of the next the finding is missing."""
    earlier = {"since": date(2024, 1, 1), "until": {"after": "2024-05-01", "by": "2024-06-01"}, "standing": "inferred"}
    later = {"since": {"after": "2024-05-01", "by": "2024-06-01"}, "cites": "the new text"}
    book = world.book(adopt={RULE: [earlier, later]})
    case = world.case("submit_pdd", "publish_pdd", start=date(2024, 1, 1))
    expected = {
        date(2024, 5, 1): (Verdict.UNMET, "inferred", "holds"),
        date(2024, 5, 2): (Verdict.MISSING, "unknown", "advises"),
        date(2024, 5, 31): (Verdict.MISSING, "unknown", "advises"),
        date(2024, 6, 1): (Verdict.UNMET, "cited", "blocks"),
    }
    for on, (verdict, standing, effect) in expected.items():
        found = of(world.attempt(STEP, case=case, book=book, on=on, **OPEN))
        assert (found.verdict, found.standing, found.effect) == (verdict, standing, effect)


def test_a_row_that_holds_is_not_chosen_where_another_may_hold(world: Any) -> None:
    """Neither of a rule nor of a value, in whichever order they stand."""
    sure = {"standing": "inferred", "until": "2024-12-31"}
    perhaps = {"since": {"after": "2024-01-01", "by": "2024-12-31"}}
    for rows in ([sure, perhaps], [perhaps, sure]):
        book = world.book(adopt={RULE: rows}, value={"project.public_inputs": rows})
        found = of(world.attempt(STEP, book=book, **OPEN))
        assert (found.verdict, found.standing, found.effect) == (Verdict.MISSING, "unknown", "advises")
        assert book.edition(date(2024, 5, 1)).value("project.public_inputs").determined is False


def test_an_effect_given_by_the_book_counts_only_where_the_row_does(world: Any) -> None:
    """A row that says that the rule blocks, of which nobody knows whether it held, only advises."""
    book = world.book(adopt={RULE: {"since": "unknown", "effect": "blocks", "why": "decided"}})
    found = of(world.attempt(STEP, book=book, **OPEN))
    assert (found.verdict, found.effect) == (Verdict.MISSING, "advises")


def test_a_row_may_speak_for_some_steps_of_a_rule_only(world: Any) -> None:
    """The others then have the row of their own, or none."""
    name = "common.confidential_two_versions"
    rows = [{"steps": ["project.submit_pdd"]}, {"steps": ["project.revise_pdd"], "standing": "inferred"}]
    book = world.book(adopt={name: rows})
    assert of(world.attempt("submit_pdd", book=book), name).standing == "cited"
    assert of(world.attempt("revise_pdd", book=book), name).standing == "inferred"
    assert world.finding(name, "amend_moc", book=book) is None


def test_a_book_may_give_a_rule_another_effect(world: Any) -> None:
    """With a reason; the standing of the row stays, and a ceiling of the rule stays above it."""
    book = world.book(adopt={RULE: {"standing": "inferred", "effect": "blocks", "why": "decided by both sides"}})
    found = of(world.attempt(STEP, book=book, **OPEN))
    assert (found.standing, found.effect) == ("inferred", "blocks")
    book = world.book(adopt={RULE: {"effect": "advises", "why": "a trial"}})
    assert of(world.attempt(STEP, book=book, **OPEN)).effect == "advises"
    for name, step, ceiling in (
        ("common.bilateral_valid", "submit_pdd", "advises"),
        ("project.check_request.in_time", "check_request", "duty"),
    ):
        book = world.book(adopt={name: {"effect": "blocks", "why": "for once"}})
        assert of(world.attempt(step, book=book), name).effect == ceiling


def test_an_effect_given_by_the_book_does_not_weaken_with_a_value(world: Any) -> None:
    """The book has said what the rule does; a value that is only assumed does not change that."""
    name = "project.submit_pdd.start_of_operation"
    value = {"project.start_of_operation": {"standing": "assumed"}}
    early = {"design_document": {"start_of_operation": date(2012, 1, 1)}}
    book = world.book(adopt={name: {"effect": "blocks", "why": "decided"}}, value=value)
    assert of(world.attempt("submit_pdd", book=book, **early), name).effect == "blocks"
    book = world.book(value=value)
    assert of(world.attempt("submit_pdd", book=book, **early), name).effect == "advises"


@pytest.mark.parametrize("name", ["project.check_request.in_time", "project.submit_pdd.start_of_operation"])
def test_a_finding_is_no_better_founded_than_its_value(world: Any, name: str) -> None:
    """Also where its effect is fixed, by the rule or by the book."""
    book = world.book(
        adopt={"project.submit_pdd.start_of_operation": {"effect": "blocks", "why": "decided"}},
        value={
            "project.registration_check": {"standing": "inferred"},
            "project.start_of_operation": {"standing": "inferred"},
        },
    )
    step = name.split(".")[1]
    assert of(world.attempt(step, book=book), name).standing == "inferred"


# --- the governing day


@pytest.mark.parametrize(("requested", "asked"), [(date(2024, 2, 29), False), (date(2024, 3, 1), True)])
@pytest.mark.parametrize("step", ["check_request", "decide_registration"])
def test_a_decision_is_governed_by_the_day_of_its_request(
    world: Any, step: str, requested: date, *, asked: bool
) -> None:
    """A request filed on the last day of the old rules is decided by them, however much later."""
    start = requested - (world.day("request_registration") - world.opened)
    answer = world.attempt(step, start=start, on=date(2024, 12, 1))
    assert answer.governed_by == requested
    judged = {finding.rule for finding in answer.findings} - {"common.reference_never_reused"}
    assert bool(judged) is asked
    assert (f"judged by the rules of {requested}" in answer.explain()) is True
    assert [edition.fingerprint for edition in answer.draft.editions] == [world.book().edition(requested).fingerprint]


def test_the_latest_request_governs(world: Any) -> None:
    """After a request that was returned the day of the new one counts."""
    start = date(2024, 2, 20) - (world.day("request_registration") - world.opened)
    case = world.case(*WAY[:7], start=start, check_request={"conclusion": Outcome.INCOMPLETE})
    case = world.attempt("request_registration", case=case, on=date(2024, 3, 5)).case
    assert world.attempt("check_request", case=case, on=date(2024, 3, 6)).governed_by == date(2024, 3, 5)


def requested(world: Any, on: Any) -> Any:
    """Return a case that asks for registration on a day that a record gives."""
    paper = world.evidence("request_registration")
    fact = project.request_registration.fact(on=on, evidence=paper)
    case = world.before("request_registration", start=date(2023, 11, 1)).record(fact).case
    return case.record(project.check_request.fact(on=on, outcome="complete")).case


@pytest.mark.parametrize(
    "unknown", [UNKNOWN_DAY, Between(None, date(2024, 3, 5)), Between(date(2024, 2, 1), date(2024, 3, 1))]
)
def test_a_request_on_a_day_that_leaves_the_edition_open_makes_every_rule_missing(world: Any, unknown: Any) -> None:
    """Each rule of the step says that the day is not known; none refuses, and none is chosen."""
    answer = world.attempt("decide_registration", case=requested(world, unknown), cases=None)
    assert answer.governed_by == unknown
    found = of(answer, "common.committee_decision_identified")
    assert (found.verdict, found.standing, found.effect) == (Verdict.MISSING, "unknown", "advises")
    assert found.facts == {"why": "the day that picks the edition is not known"}
    assert found.cites.startswith("Synthetic procedure")


@pytest.mark.parametrize(
    ("between", "asked"),
    [
        (Between(date(2024, 3, 1), date(2024, 3, 5)), True),
        (Between(date(2024, 2, 1), date(2024, 2, 29)), False),
    ],
)
def test_a_rough_day_within_one_edition_is_as_good_as_a_day(world: Any, between: Between, *, asked: bool) -> None:
    """Wherever it lies between the two days, the same rules govern."""
    answer = world.attempt("decide_registration", case=requested(world, between))
    judged = {finding.rule for finding in answer.findings if finding.verdict is Verdict.MET}
    assert ("common.committee_decision_identified" in judged) is asked


def test_a_decision_on_a_request_that_nobody_knows_of_is_governed_by_no_day(world: Any) -> None:
    """A case that a list shows under consideration has no day of request at all."""
    case = world.case().record(project.observed("under_consideration", on=date(2024, 5, 1))).case
    answer = world.attempt("decide_registration", case=case)
    assert answer.governed_by is None
    assert "the day that picks the rules is not known" in answer.explain()
    assert of(answer, "common.committee_decision_identified").verdict is Verdict.MISSING


def test_integrity_is_judged_where_the_governing_day_is_not_known(world: Any) -> None:
    """No day picks a rule of integrity: a number of another case is refused under any procedure."""
    known = register.facts(register.Number(reference="ZZ001", case="case-2"))
    case = requested(world, UNKNOWN_DAY)
    answer = world.attempt("decide_registration", case=case, register=known, number="ZZ001")
    found = of(answer, "common.reference_never_reused")
    assert (found.verdict, found.effect) == (Verdict.UNMET, "blocks")


def test_a_citation_makes_no_rule_one_of_integrity(world: Any) -> None:
    """Whatever words a book cites, a procedure rule is not asked where no day picks its edition."""
    row = {"standing": "inferred", "source": None, "cites": "integrity"}
    book = world.book(adopt={"common.committee_decision_identified": row})
    case = requested(world, UNKNOWN_DAY)
    answer = world.attempt("decide_registration", case=case, book=book, cases=("ZZ777",))
    found = of(answer, "common.committee_decision_identified")
    assert found.cites == "integrity"
    assert (found.verdict, found.effect) == (Verdict.MISSING, "advises")


# --- editions of a book


def test_days_between_two_turns_are_one_edition(world: Any) -> None:
    """The same object, and the same fingerprint; across a turn it is another one."""
    book = world.book()
    before, first, later = (book.edition(day) for day in (date(2024, 2, 29), date(2024, 3, 1), date(2030, 1, 1)))
    assert first is later
    assert before.fingerprint != first.fingerprint
    assert world.book(adopt={RULE: {}}).edition(date(2024, 3, 1)).fingerprint == first.fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"adopt": {RULE: {"standing": "inferred"}}},
        {"adopt": {RULE: {"cites": "another place"}}},
        {"adopt": {RULE: {"effect": "advises", "why": "a trial"}}},
        {"adopt": {RULE: None}},
        {"value": {"project.public_inputs": {"value": 15}}},
        {"value": {"project.public_inputs": {"standing": "inferred"}}},
        {"form": {"F_PDD": {"version": "04.0"}}},
        {"source": {"PCP": {"url": "https://example.org/zz/other"}}},
        {"bilateral": {"until": date(2030, 1, 1)}},
        {"procedure": {"full": {"since": "unknown"}}},
        {"overlay": [{"id": "o", "relaxes": RULE, "since": "unknown", "standing": "cited"}]},
        {"gate": [{"id": "g", "side": "host", "act": "letter", "since": date(2020, 1, 1), "standing": "cited"}]},
        {"open_point": [{"text": "not found"}]},
    ],
)
def test_a_fingerprint_changes_with_what_the_edition_says(world: Any, changes: dict[str, Any]) -> None:
    """Whatever table is changed."""
    day = date(2024, 3, 1)
    assert world.book(**changes).edition(day).fingerprint != world.book().edition(day).fingerprint


def test_an_edition_is_shown_by_country_and_fingerprint(world: Any) -> None:
    """Enough to tell two of them apart."""
    edition = world.book().edition(date(2024, 3, 1))
    assert repr(edition) == f"<edition ZZ {edition.fingerprint[:12]}>"
    assert repr(world.book()) == "<rule book ZZ>"


def test_a_row_of_other_days_does_not_change_a_fingerprint(world: Any) -> None:
    """What has not begun, or has ended, is no part of the edition."""
    day = date(2024, 3, 1)
    later = {"version": "04.0", "since": date(2025, 1, 1)}
    book = world.book(
        form={"F_New": later}, value={"tpe.completeness": {"value": 1, "since": date(2020, 1, 1), "until": day}}
    )
    assert book.edition(day).fingerprint == world.book().edition(day).fingerprint
    assert book.edition(day + timedelta(days=365)).fingerprint != book.edition(day).fingerprint


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ({}, (30, "cited", True)),
        ({"value": 15, "standing": "assumed"}, (15, "assumed", True)),
        ({"value": None}, (None, "cited", True)),
        ({"since": "unknown"}, (None, "unknown", False)),
        (
            [{"until": "unknown"}, {"since": "unknown", "value": 15}],
            (None, "unknown", False),
        ),
        ([{"until": date(2024, 3, 1)}, {"since": date(2024, 3, 1), "value": 15}], (15, "cited", True)),
    ],
)
def test_a_value_is_known_determined_or_neither(world: Any, rows: Any, found: tuple[Any, ...]) -> None:
    """One row that surely holds gives the value; anything else says that it is not determined."""
    known = world.book(value={"project.public_inputs": rows}).edition(date(2024, 3, 1)).value("project.public_inputs")
    assert (known.value, known.standing, known.determined) == found
    assert (known.unit, known.cites) == ("calendar day", "Synthetic procedure ver01.0, para 10")


def test_what_a_book_does_not_have_is_none(world: Any) -> None:
    """No such value, no such form."""
    edition = world.book().edition(date(2024, 3, 1))
    assert edition.value("tpe.completeness") is None
    assert edition.form("F_Unheard") is None
    with pytest.raises(DefinitionError, match=r"'project\.public_inputz'\. Did you mean 'project\.public"):
        edition.value("project.public_inputz")


@pytest.mark.parametrize(
    ("rows", "version", "standing", "known"),
    [
        ({}, "03.0", "cited", True),
        ({"since": "unknown"}, "03.0", "unknown", False),
        ([{"until": "unknown"}, {"since": "unknown", "version": "04.0"}], "None", "unknown", False),
    ],
)
def test_a_form_says_how_well_its_version_is_known(
    world: Any, rows: Any, version: str, standing: str, *, known: bool
) -> None:
    """One row that may hold names its version without certainty, two name none."""
    form = world.book(form={"F_PDD": rows}).edition(date(2024, 3, 1)).form("F_PDD")
    assert (str(form.value), form.standing, form.determined) == (version, standing, known)
    assert (form.name, form.cites) == ("F_PDD", "Synthetic procedure ver01.0, annex 1")


def test_a_place_names_document_version_and_place(world: Any) -> None:
    """And says so where there is no source."""
    edition = world.book().edition(date(2024, 3, 1))
    row = world.book().rows["adopt"][0]
    assert edition.place(row) == f"Synthetic procedure ver01.0, {row.cites}"
    assert edition.url(row) == "https://example.org/zz/pcp"
    assert edition.place(world.book().bilateral) == "Synthetic memorandum, item 1"
    bare = world.book(value={"tpe.completeness": {"value": 1, "source": None, "since": date(2020, 1, 1)}}).rows[
        "value"
    ][-1]
    assert (edition.place(bare), edition.url(bare)) == ("no source", None)


# --- no book


def test_without_a_book_only_integrity_is_judged_and_the_lack_is_said(world: Any) -> None:
    """Every step says that no book was found; a reason carries it through."""
    case = world.before(STEP)
    answer = case.attempt(world.act(STEP, **OPEN))
    (found,) = answer.findings
    assert (found.rule, found.verdict, found.effect) == ("common.rules_in_force", Verdict.MISSING, "blocks")
    assert found.facts == {"why": "no rule book was found for ZZ"}
    assert not answer
    assert case.attempt(world.act(STEP, **OPEN, despite={"common.rules_in_force": "judged by hand"}))


def test_the_edition_of_no_book_says_that_it_is_none(world: Any) -> None:
    """It is a part of what is archived."""
    answer = world.before(STEP).attempt(world.act(STEP, despite={"common.rules_in_force": "judged by hand"}))
    (edition,) = answer.draft.editions
    assert (edition.absent, edition.rules_in_force, edition.country) == (True, None, "ZZ")
    again = Edition.archived(edition.content)
    assert (again.absent, again.rules_in_force) == (True, None)


# --- archives

ARCHIVED = [
    {},
    {"adopt": {RULE: {"standing": "inferred", "effect": "advises", "why": "a trial"}}},
    {"adopt": {RULE: {"since": "unknown"}}},
    {"adopt": {RULE: [{"until": "unknown"}, {"since": "unknown", "standing": "inferred"}]}},
    {"value": {"project.start_of_operation": {"standing": "assumed"}}},
    {"value": {"project.public_inputs": {"since": "unknown"}}},
    {"form": {"F_PDD": {"since": "unknown"}, "F_MoC": {"version": None}}},
    {"bilateral": {"until": date(2024, 1, 1)}},
    {"bilateral": {"until": "unknown"}},
    {"procedure": {name: {"since": "unknown"} for name in ("full", "plain", "trial", "dark")}},
]

ACTS = [
    ("submit_pdd", {}),
    ("submit_pdd", {"design_document": {"start_of_operation": date(2012, 1, 1), "form_version": "01.0"}}),
    ("close_public_inputs", {"on": date(2024, 5, 1)}),
    (STEP, {**OPEN, "ticked": ()}),
    ("request_registration", {"allocation": None}),
    ("check_request", {"on": date(2024, 7, 1)}),
]


def same(one: Finding, other: Finding) -> bool:
    """Tell whether two findings say the same."""
    return one.json() == other.json()


@pytest.mark.parametrize("changes", ARCHIVED)
@pytest.mark.parametrize(("step", "act"), ACTS)
def test_an_archived_edition_judges_the_same(
    world: Any, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], step: str, act: dict[str, Any]
) -> None:
    """Its content is plain data, and an edition made of it finds what the first one found."""
    book = world.book(**changes)
    day = world.rules_from
    edition = book.edition(day)
    kept = Edition.archived(dump(edition.content))
    case = world.before(step)
    first = world.attempt(step, case=case, book=book, **act)
    monkeypatch.setattr(type(book), "edition", lambda *_: kept)
    again = world.attempt(step, case=case, book=book, **act)
    assert len(first.findings) == len(again.findings) > 0
    assert all(map(same, first.findings, again.findings))


def test_an_archived_edition_knows_no_day(world: Any) -> None:
    """What held when it was kept holds for ever, what was open stays open."""
    book = world.book(
        value={"project.public_inputs": {"until": date(2024, 4, 1)}, "tpe.completeness": {"since": "unknown"}}
    )
    kept = Edition.archived(book.edition(date(2024, 3, 1)).content)
    assert kept.value("project.public_inputs").value == 30
    assert kept.value("tpe.completeness").determined is False
    assert kept.value("project.start_of_operation").value == date(2013, 1, 1)
    assert kept.rules_in_force is True


def test_an_archive_that_is_none_is_refused(world: Any) -> None:
    """A row with a key that no row has."""
    content = dict(world.book().edition(date(2024, 3, 1)).content)
    content["values"] = [{**content["values"][0], "colour": "blue"}]
    with pytest.raises(EvidenceError, match="colour"):
        Edition.archived(content)


@given(day=st.dates(date(2019, 1, 1), date(2026, 1, 1)), other=st.dates(date(2019, 1, 1), date(2026, 1, 1)))
def test_two_days_have_one_fingerprint_where_no_row_turns_between_them(world: Any, day: date, other: date) -> None:
    """And a rough day has an edition only where both its ends have the same."""
    book = world.book()
    first, last = sorted((day, other))
    one = not any(first < turn <= last for turn in book.turns)
    assert (book.edition(first) is book.edition(last)) is one
    assert (book.edition(first).fingerprint == book.edition(last).fingerprint) is one
    rough = book.edition_for(Between(first, last))
    assert rough is (book.edition(first) if one else None)


@pytest.mark.parametrize(
    ("turns", "open_"),
    [
        (
            {"gate": [{"id": "g", "side": "host", "act": "letter", "since": date(2024, 5, 2), "standing": "cited"}]},
            False,
        ),
        ({"adopt": {RULE: {"until": date(2024, 5, 2)}}}, True),
        ({"value": {"project.public_inputs": {"until": date(2024, 5, 2)}}}, True),
        ({"form": {"F_PDD": {"until": {"by": date(2024, 5, 2)}}}}, True),
        ({"bilateral": {"until": date(2024, 5, 2)}}, True),
        ({"procedure": {"full": {"since": date(2024, 5, 2)}}}, True),
        ({"overlay": [{"id": "o", "relaxes": RULE, "since": date(2024, 5, 2), "standing": "cited"}]}, True),
        ({"form": {"F_PDD": {"until": {"after": date(2024, 4, 20), "by": date(2024, 4, 22)}}}}, True),
    ],
)
def test_a_rough_day_is_open_where_something_that_judges_turns_within_it(
    world: Any, turns: dict[str, Any], *, open_: bool
) -> None:
    """A gate judges nothing; a row that ends between the two days, or may have ended, does."""
    book = world.book(**turns)
    found = book.edition_for(Between(date(2024, 4, 1), date(2024, 6, 1)))
    assert found is (None if open_ else book.edition(date(2024, 6, 1)))


def test_a_day_open_to_one_side_has_no_edition(world: Any) -> None:
    """Nobody knows what governs it; nor a day of which nothing is known at all."""
    book = world.book()
    for day in (None, UNKNOWN_DAY, Between(date(2024, 5, 1), None), Between(None, date(2024, 5, 1))):
        assert book.edition_for(day) is None
    assert book.edition_for(date(2024, 5, 1)) is book.edition(date(2024, 5, 1))


def test_the_standing_of_a_row_orders_from_cited_to_unknown() -> None:
    """A conclusion is no better founded than the weaker of two."""
    order = list(Standing)
    for one in order:
        assert one.or_weaker(None) is one
        for other in order:
            assert one.or_weaker(other) is max(one, other, key=order.index)
