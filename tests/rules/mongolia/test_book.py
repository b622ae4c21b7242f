"""The rule book of Mongolia says what its sources say, no better founded, and from the days that are known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jcm_cycle import Case, Edition, Effect, RuleBook, Standing, Verdict, project
from jcm_cycle.errors import ProcedureUnknown
from jcm_cycle.evidence.reports import CHECKLIST
from jcm_cycle.rules import builtin, rules
from jcm_cycle.rules._rows import Row
from jcm_cycle.states._machine import CAPABILITIES

BEFORE, AFTER = -timedelta(days=1), timedelta(days=1)
SIGNED = date(2013, 1, 8)
FIRST_RULES = date(2013, 4, 11)
REVISION = date(2016, 8, 23)
NEWER_FORMS = date(2026, 6, 4)
DEMO = date(2024, 5, 1)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    """Return the book of Mongolia."""
    return builtin.MN()


def rows(book: RuleBook) -> list[Any]:
    """Return every row of the book, the bilateral document among them."""
    return [book.bilateral, *(row for found in book.rows.values() for row in found)]


def effects(edition: Edition) -> dict[tuple[str, str], tuple[str, str]]:
    """Return standing and effect of each rule at each step."""
    return {
        (binding.rule.id, binding.step): (str(binding.ground.standing), str(binding.ground.effect))
        for binding in edition.all_bindings
    }


def by_rule(edition: Edition) -> dict[str, set[tuple[str, str]]]:
    """Return standing and effect of each rule over all its steps."""
    found: dict[str, set[tuple[str, str]]] = {}
    for (rule, _), says in effects(edition).items():
        found.setdefault(rule, set()).add(says)
    return found


# --- the book as a whole


def test_it_loads(book: RuleBook) -> None:
    """The book can be read and is that of Mongolia."""
    assert (book.country, book.head.name, book.track) == ("MN", "Mongolia", None)
    assert book.head.reviewed_on == date(2026, 11, 30)


def test_a_rule_that_blocks_as_cited_was_read_in_a_source_of_its_own(book: RuleBook) -> None:
    """No rule is cited on a secondary source, on another country's, or on one whose country is not known."""
    blocking = [
        row
        for row in book.rows["adopt"]
        if row.standing is Standing.CITED and rules()[row.rule].ceiling is Effect.BLOCKS
    ]
    assert len(blocking) == 15
    for row in blocking:
        source = book.sources[row.source]
        assert source.kind in ("primary", "official_summary")
        assert source.about in ("all", "MN")
        assert source.url


# --- days


def test_each_exactly_dated_row_begins_on_its_day(book: RuleBook) -> None:
    """A row whose first day is known does not hold on the day before, and does, or may, on the day."""
    dated = [row for row in rows(book) if isinstance(row, Row) and row.since.on is not None]
    assert len(dated) == 43
    for row in dated:
        day = row.since.on
        assert day is not None
        assert row.holds(day + BEFORE) is False
        assert row.holds(day) is not False


def test_each_exact_end_is_the_first_day_on_which_a_row_no_longer_holds(book: RuleBook) -> None:
    """A row whose end is known may hold on the day before it, and does not on the day."""
    ended = [row for row in rows(book) if isinstance(row, Row) and row.until and row.until.on]
    assert len(ended) > 5
    for row in ended:
        assert row.holds(row.until.on + BEFORE) is not False
        assert row.holds(row.until.on) is False


def test_no_stretch_leaves_a_row_that_can_never_hold(book: RuleBook) -> None:
    """Every row may hold on some day."""
    days = [*book.turns, book.turns[0] + BEFORE, date(2030, 1, 1)]
    for row in rows(book):
        if isinstance(row, Row):
            assert any(row.holds(day) is not False for day in days), row


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (FIRST_RULES + BEFORE, False),
        (FIRST_RULES, True),
        (REVISION, True),
        (REVISION + AFTER, True),
        (DEMO, True),
        (NEWER_FORMS + BEFORE, True),
        (NEWER_FORMS, True),
    ],
)
def test_rules_were_in_force_from_the_first_joint_committee_on(book: RuleBook, day: date, *, in_force: bool) -> None:
    """That rules were in force is known on every day since, also where the version is not."""
    assert book.on(day).rules_in_force is in_force


def test_a_rule_of_which_only_the_day_of_reading_is_known_is_missing_and_advises(book: RuleBook, world: Any) -> None:
    """On a day before the page was read nobody knows whether the note applied, so it does not refuse."""
    case = Case.open(project, "case-1", on=DEMO, rules=book, procedure="PCP 07.0").case
    answer = case.attempt(world.act("submit_pdd", on=DEMO + AFTER), rules=book)
    found = {finding.rule: finding for finding in answer.findings}["common.confidential_two_versions"]
    assert (found.verdict, found.effect, found.standing) == (
        Verdict.MISSING,
        Effect.ADVISES,
        Standing.UNKNOWN,
    )
    assert not found.refuses
    assert "not known which version applied" in found.facts["why"]


def test_from_the_day_of_reading_on_the_pages_hold(book: RuleBook) -> None:
    """The FAQ and the note on confidential parts are cited rules from the day on which they were read."""
    read = date(2026, 11, 23)
    for rule in (
        "common.confidential_two_versions",
        "project.replace_moc.right_sections",
        "project.replace_moc.signatures",
    ):
        assert by_rule(book.on(read + BEFORE))[rule] == {("unknown", "advises")}
        assert by_rule(book.on(read))[rule] == {("cited", "blocks")}


@pytest.mark.parametrize(
    ("rule", "by"),
    [
        ("common.entity_usable", date(2013, 10, 16)),
        ("common.committee_decision_identified", REVISION),
        ("project.submit_pdd.documents", date(2016, 2, 1)),
        ("project.request_registration.attachments", date(2016, 2, 1)),
        ("project.check_request.in_time", date(2016, 2, 1)),
        ("common.form_version_in_force", date(2017, 3, 15)),
        ("project.submit_pdd.methodology_valid", date(2017, 3, 15)),
        ("project.conclude_validation.no_open_requests", date(2017, 3, 15)),
        ("project.conclude_validation.checklist", date(2017, 3, 15)),
        ("project.conclude_validation.eia", date(2017, 3, 15)),
    ],
)
def test_a_rule_is_known_from_the_day_of_the_document_that_shows_it(book: RuleBook, rule: str, by: date) -> None:
    """From the first rules on it may have applied; from the day of the document on it did."""
    known = {binding.rule.id: binding.determined for binding in book.on(by).all_bindings}
    open_ = {binding.rule.id: binding.determined for binding in book.on(by + BEFORE).all_bindings}
    assert known[rule] is True
    assert open_[rule] is False
    assert rule not in {binding.rule.id for binding in book.on(FIRST_RULES + BEFORE).all_bindings}


# --- effects: the columns "standing" and "effect" of the project's table of rules, by its numbers

ON_DEMO_DAY = {
    "methodology.submit_proposal.forms": ("cited", "blocks"),  # 35
    "methodology.decide_methodology.inputs_closed": ("cited", "blocks"),  # 36
    "methodology.decide_methodology.in_time": ("cited", "duty"),  # 37
    "methodology.check_proposal.in_time": ("cited", "duty"),  # 48
    "tpe.decide_designation.accreditation": ("cited", "blocks"),  # 38
    "transfer.record_authorisation.from_2021": ("cited", "blocks"),  # 39
    "change.request_change.validation_report": ("inferred", "holds"),  # 49
    "project.apply_change.change_approved": ("inferred", "blocks"),
    "transfer.record_authorisation.own_party": ("inferred", "blocks"),
    "transfer.revoke_authorisation.by_giver": ("cited", "blocks"),
    "transfer.record_use.still_open": ("cited", "blocks"),
    "transfer.split_block.amounts_sum": ("inferred", "blocks"),
    "issuance.submit_monitoring_report.not_across_2020": ("inferred", "advises"),  # 27, the book says why
    "issuance.conclude_verification.first_site_visit": ("inferred", "holds"),  # 28
    "issuance.conclude_verification.pdd_version": ("inferred", "holds"),  # 29
    "issuance.submit_monitoring_report.no_overlap": ("inferred", "blocks"),  # 26
    "issuance.submit_monitoring_report.period_over": ("inferred", "blocks"),
    "issuance.request_issuance.lines_sum": ("inferred", "blocks"),  # 31
    "issuance.decide_issuance.within_verified": ("inferred", "blocks"),  # 32
    "issuance.decide_issuance.sides_sum": ("observed", "blocks"),  # 33
    "issuance.issue_credits.within_notified": ("cited", "blocks"),  # 34
    "issuance.request_issuance.account_open": ("inferred", "advises"),  # 46
    "issuance.request_issuance.sd_report": ("inferred", "holds"),  # 47, where the procedure has it
    "common.rules_in_force": ("cited", "blocks"),  # 1
    "common.confidential_two_versions": ("unknown", "advises"),  # 2, since when is not known
    "common.committee_decision_identified": ("cited", "blocks"),  # 4
    "common.electronic_decision": ("assumed", "advises"),  # 5
    "common.entity_usable": ("cited", "blocks"),  # 6
    "common.entity_named": ("inferred", "holds"),  # 7
    "common.no_double_registration": ("inferred", "blocks"),  # 8, the book says why
    "common.reference_never_reused": ("observed", "blocks"),  # 9
    "project.submit_pdd.documents": ("inferred", "holds"),  # 10
    "project.submit_pdd.idea_cleared": ("inferred", "holds"),  # 11, where the procedure has it
    "project.submit_pdd.methodology_valid": ("cited", "blocks"),  # 12
    "project.submit_pdd.start_of_operation": ("assumed", "advises"),  # 13
    "project.close_public_inputs.full_window": ("inferred", "holds"),  # 14
    "project.conclude_validation.inputs_treated": ("inferred", "holds"),  # 15
    "project.conclude_validation.no_open_requests": ("cited", "blocks"),  # 16
    "project.conclude_validation.checklist": ("cited", "blocks"),  # 17
    "project.conclude_validation.eia": ("cited", "blocks"),  # 18
    "project.request_registration.attachments": ("inferred", "holds"),  # 19
    "project.request_registration.same_version": ("inferred", "holds"),  # 20
    "project.request_registration.allocation": ("inferred", "holds"),  # 21, where the procedure has it
    "project.request_registration.sd_plan": ("inferred", "holds"),  # 22, where the procedure has it
    "project.check_request.in_time": ("inferred", "duty"),  # 23
    "project.replace_moc.right_sections": ("unknown", "advises"),  # 24, since when is not known
    "project.replace_moc.signatures": ("unknown", "advises"),  # 25, since when is not known
    "common.bilateral_valid": ("inferred", "advises"),  # 50
}
FORM_VERSION = "common.form_version_in_force"  # 3: cited for the design document, inferred for other forms
REGISTERED = "issuance.decide_issuance.project_registered"  # 30: blocks the decision, advises at the request
PDD_STEPS = {"project.submit_pdd", "project.revise_pdd"}


def test_what_each_rule_does_in_2024(book: RuleBook) -> None:
    """On 2024-05-01 each rule does what the table of rules says of Mongolia."""
    edition = book.on(DEMO)
    expected = {rule: {says} for rule, says in ON_DEMO_DAY.items()}
    expected[FORM_VERSION] = {("cited", "blocks"), ("inferred", "holds")}
    expected[REGISTERED] = {("inferred", "blocks"), ("inferred", "advises")}
    assert by_rule(edition) == expected
    for (rule, step), says in effects(edition).items():
        if rule == FORM_VERSION:
            assert says == (("cited", "blocks") if step in PDD_STEPS else ("inferred", "holds"))


def test_what_was_read_in_older_documents_is_inferred_once_newer_forms_are_there(book: RuleBook) -> None:
    """On the day on which the newer forms are first seen, what older ones say is no longer cited, and holds."""
    older, newer = by_rule(book.on(NEWER_FORMS + BEFORE)), by_rule(book.on(NEWER_FORMS))
    changed = {rule for rule in older if older[rule] != newer[rule]}
    assert changed == {
        "common.entity_usable",
        "project.submit_pdd.methodology_valid",
        "project.conclude_validation.no_open_requests",
        "project.conclude_validation.checklist",
        "project.conclude_validation.eia",
        "methodology.submit_proposal.forms",
        "methodology.check_proposal.in_time",
        "methodology.decide_methodology.inputs_closed",
        "methodology.decide_methodology.in_time",
        "tpe.decide_designation.accreditation",
        FORM_VERSION,
    }
    for rule in changed:
        duty = rule.endswith("in_time")
        assert ("cited", "duty" if duty else "blocks") in older[rule]
        assert newer[rule] == {("inferred", "duty" if duty else "holds")}


# --- procedures


@pytest.mark.parametrize("day", [FIRST_RULES, date(2014, 1, 1), date(2015, 6, 30), REVISION])
def test_up_to_the_revision_of_2016_the_first_set_applied(book: RuleBook, day: date) -> None:
    """Until the last day on which the older set is known to be there, a case is pinned to it."""
    assert book.pin(day)[0] == "2013 set"


@pytest.mark.parametrize("day", [REVISION + AFTER, date(2018, 1, 1), DEMO, NEWER_FORMS + BEFORE])
def test_between_2016_and_2026_the_opener_names_the_procedure(book: RuleBook, day: date) -> None:
    """Nobody knows when one procedure took the place of another, so the error lists what it may have been."""
    with pytest.raises(ProcedureUnknown) as caught:
        book.pin(day)
    assert caught.value.candidates == ("2013 set", "PCP 07.0", "RG 02.0")
    for name in caught.value.candidates:
        assert book.pin(day, name)[0] == name


@pytest.mark.parametrize("day", [NEWER_FORMS, date(2027, 1, 1)])
def test_since_the_merged_rules_were_seen_they_apply(book: RuleBook, day: date) -> None:
    """From the day on which the newer set is first seen a case is pinned to it, and to nothing else."""
    assert book.pin(day)[0] == "RG 02.0"
    with pytest.raises(ProcedureUnknown, match=r"no procedure 'PCP 07\.0' on"):
        book.pin(day, "PCP 07.0")


def test_before_the_first_rules_no_case_is_opened(book: RuleBook) -> None:
    """On the day before the first Joint Committee there is no candidate."""
    with pytest.raises(ProcedureUnknown) as caught:
        book.pin(FIRST_RULES + BEFORE)
    assert caught.value.candidates == ()


NEWER_PARTS = {
    "idea_note",
    "reference_emissions",
    "credit_allocation",
    "implementation_report",
    "crediting_period",
    "sd_plan",
}


@pytest.mark.parametrize(
    ("name", "yes", "unknown"),
    [
        ("2013 set", set(), set()),
        (
            "PCP 07.0",
            {"reference_emissions", "crediting_period", "sd_plan"},
            {"idea_note", "credit_allocation", "implementation_report", "provisional_designation"},
        ),
        ("RG 02.0", NEWER_PARTS, {"provisional_designation"}),
    ],
)
def test_what_each_procedure_has(book: RuleBook, name: str, yes: set[str], unknown: set[str]) -> None:
    """Each capability has a value under each procedure: those of its set are there, unread ones are unknown."""
    assert book.capabilities[name] == {
        part: "yes" if part in yes else "unknown" if part in unknown else "no" for part in CAPABILITIES
    }


def test_whether_running_cases_move_is_not_known(book: RuleBook) -> None:
    """No transition rule was found, and the book says so."""
    assert {row.moves for row in book.rows["transition"]} == {"unknown"}
    assert {row.standing for row in book.rows["transition"]} == {Standing.UNKNOWN}


# --- values, forms, gates, labels, open points


def test_the_values_of_2024(book: RuleBook) -> None:
    """Values known from Indonesia are inferred here, general knowledge is assumed, the list is cited."""
    edition = book.on(DEMO)
    read, rest = CHECKLIST[:6], CHECKLIST[6:]
    expected: dict[str, tuple[Any, str]] = {
        "issuance.period_cut": (date(2020, 12, 31), "inferred"),
        "project.public_inputs": (30, "inferred"),
        "project.registration_check": (7, "inferred"),
        "project.start_of_operation": (date(2013, 1, 1), "assumed"),
        "committee.electronic_objection": (10, "assumed"),
        "committee.electronic_ways": (("co_chairs_without_objection", "all_members"), "assumed"),
        "project.validation_checklist": (read, "cited"),
        "project.validation_checklist_rest": (rest, "inferred"),
        "methodology.completeness": (7, "cited"),
        "methodology.public_inputs": (15, "cited"),
        "methodology.consideration": (60, "cited"),
        "methodology.consideration_extended": (90, "cited"),
    }
    assert {row.id for row in edition.values} == set(expected)
    for name, (value, standing) in expected.items():
        known = edition.value(name)
        assert known is not None
        assert (known.value, known.standing, known.determined) == (value, standing, True)


def test_the_window_is_not_known_before_the_slides(book: RuleBook) -> None:
    """On the last day on which nothing shows the window, its value is undetermined."""
    known = book.on(date(2016, 1, 31)).value("project.public_inputs")
    assert known is not None
    assert (known.value, known.determined) == (None, False)


@pytest.mark.parametrize(
    ("day", "forms"),
    [
        (REVISION + BEFORE, {}),
        (REVISION, {"F_PDD": "03.0", "F_Vrf_Rep": "02.0", "F_Iss_Req": "03.0"}),
        (DEMO, {}),
        (
            NEWER_FORMS,
            {
                **dict.fromkeys(
                    ("F_PDD", "F_MoC", "F_Asst_Req", "F_Val_Rep", "F_Crd_Allc", "F_Reg_Req", "F_Imp_Rep"), "05.0"
                ),
                **dict.fromkeys(("F_Vrf_Rep", "F_Iss_Req", "F_Ren_Req", "F_AMR_Req", "F_PRC_Req"), "05.0"),
                **dict.fromkeys(("F_PW_Req", "F_RW_Req", "F_IW_Req", "F_PM", "F_PMS"), "05.0"),
                **dict.fromkeys(("F_SDIP", "F_SDIR"), "05.0"),
                **dict.fromkeys(("F_PIN", "F_TPE"), "06.0"),
            },
        ),
    ],
)
def test_the_forms_surely_in_force(book: RuleBook, day: date, forms: dict[str, str]) -> None:
    """A version counts as in force only on days on which no other may have been."""
    edition = book.on(day)
    found = {}
    for stem in {row.stem for row in book.rows["form"]}:
        known = edition.form(stem)
        if known is not None and known.determined:
            found[stem] = str(known.value)
    assert found == forms


def test_gates_are_those_of_the_japanese_side(book: RuleBook) -> None:
    """No gate of Mongolia's own is known; Japan's begin on their days."""
    assert {row.side for row in book.rows["gate"]} == {"japan"}
    assert {row.id: row.since.on for row in book.rows["gate"]} == {
        "japan.umbrella_authorisation": date(2025, 3, 31),
        "japan.design_document": date(2025, 4, 1),
        "japan.recording": date(2025, 4, 1),
    }


def test_the_plan_has_its_mongolian_name(book: RuleBook) -> None:
    """What others call an implementation plan was a contribution plan here."""
    labels = {row.of: row.text for row in book.rows["label"]}
    assert labels["F_SDIP"].endswith("(earlier: Contribution Plan)")
    assert labels["F_SDIR"].endswith("(earlier: Contribution Report)")


def test_what_is_not_there_is_said(book: RuleBook) -> None:
    """There is no overlay, no track and no host gate, and open points say that none is known."""
    assert not book.rows["overlay"]
    assert not book.rows["track"]
    about = {row.about for row in book.rows["open_point"]}
    assert {"overlay", "gate", "procedure", "transition", "bilateral", "days", "idea"} <= about


# --- editions


def test_two_days_of_one_stretch_have_one_edition(book: RuleBook) -> None:
    """Nothing changes between two turns, so fingerprints are equal, also of books read twice."""
    assert book.on(DEMO).fingerprint == book.on(DEMO + AFTER).fingerprint
    assert book.on(DEMO).fingerprint == builtin.MN().on(DEMO).fingerprint


def test_days_on_both_sides_of_a_turn_have_different_editions(book: RuleBook) -> None:
    """On every day on which a bound turns, the book says something else than on the day before."""
    for day in book.turns:
        assert book.edition(day + BEFORE).fingerprint != book.edition(day).fingerprint, day
