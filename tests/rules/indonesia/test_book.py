"""The rule book of Indonesia has two editions: the older procedure, and PCP ver06.0 since 18 December 2024."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Between,
    Case,
    Edition,
    Effect,
    Fact,
    Journal,
    Outcome,
    RuleBook,
    Standing,
    Verdict,
    audit,
    evidence as ev,
    project,
)
from jcm_cycle.errors import ProcedureUnknown
from jcm_cycle.evidence.reports import CHECKLIST
from jcm_cycle.rules import builtin, rules
from jcm_cycle.rules._rows import Row
from jcm_cycle.states._machine import CAPABILITIES

BEFORE, AFTER = -timedelta(days=1), timedelta(days=1)
SIGNED = date(2013, 8, 26)
FIRST_MEETING = date(2013, 10, 17)
SLIDES = date(2016, 2, 1)
NEWER = date(2024, 12, 18)
OLDER = NEWER + BEFORE


@pytest.fixture(scope="module")
def book() -> RuleBook:
    """Return the book of Indonesia."""
    return builtin.ID()


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
    """The book can be read and is that of Indonesia."""
    assert (book.country, book.head.name, book.track) == ("ID", "Indonesia", None)
    assert book.head.reviewed_on == date(2026, 11, 30)


def test_a_rule_that_blocks_as_cited_was_read_in_a_source_of_its_own(book: RuleBook) -> None:
    """No rule is cited on a secondary source, on another country's, or on one whose country is not known."""
    blocking = [
        row
        for row in book.rows["adopt"]
        if row.standing is Standing.CITED and rules()[row.rule].ceiling is Effect.BLOCKS
    ]
    assert len(blocking) == 16
    for row in blocking:
        source = book.sources[row.source]
        assert source.kind in ("primary", "official_summary")
        assert source.about in ("all", "ID")
        assert source.url


def test_what_was_read_in_a_secondary_source_is_cited_for_clocks_only(book: RuleBook) -> None:
    """Slides found values and the time limit of the older procedure; nothing else is cited on a secondary source."""
    cited = {
        (row.table, getattr(row, "id", None) or getattr(row, "rule", None))
        for row in rows(book)
        if row.table != "source" and getattr(row, "standing", None) is Standing.CITED
        if (source := book.sources.get(row.source or "")) is not None and source.kind == "secondary"
    }
    assert cited == {
        ("value", "project.public_inputs"),
        ("value", "project.registration_check"),
        ("adopt", "project.check_request.in_time"),
    }


# --- days


def test_each_exactly_dated_row_begins_on_its_day(book: RuleBook) -> None:
    """A row whose first day is known does not hold on the day before, and does, or may, on the day."""
    dated = [row for row in rows(book) if isinstance(row, Row) and row.since.on is not None]
    assert len(dated) > 30
    for row in dated:
        day = row.since.on
        assert day is not None
        assert row.holds(day + BEFORE) is False
        assert row.holds(day) is not False


def test_each_exact_end_is_the_first_day_on_which_a_row_no_longer_holds(book: RuleBook) -> None:
    """A row whose end is known holds on the day before it, and does not on the day."""
    ended = [row for row in rows(book) if isinstance(row, Row) and row.until and row.until.on]
    assert {row.until.on for row in ended} == {NEWER}
    for row in ended:
        assert row.holds(OLDER) is True
        assert row.holds(NEWER) is False


def test_a_rule_of_the_older_procedure_is_known_from_the_slides_on(book: RuleBook) -> None:
    """Before February 2016 nobody knows whether the undated form applied, so its rules advise as missing."""
    rule = "project.conclude_validation.no_open_requests"
    assert by_rule(book.on(SLIDES + BEFORE))[rule] == {("unknown", "advises")}
    assert by_rule(book.on(SLIDES))[rule] == {("cited", "blocks")}


def test_in_a_stretch_a_rule_is_missing_and_advises(book: RuleBook, world: Any) -> None:
    """An act on a day of a stretch is judged, and what the book does not know does not refuse it."""
    day = SLIDES + BEFORE
    case = Case.open(project, "case-1", on=day, rules=book).case
    answer = case.attempt(world.act("submit_pdd", on=day), rules=book)
    for rule in ("project.submit_pdd.documents", "project.submit_pdd.methodology_valid"):
        found = {finding.rule: finding for finding in answer.findings}[rule]
        assert (found.verdict, found.effect) == (Verdict.MISSING, Effect.ADVISES)
        assert not found.refuses
    assert answer


# --- effects: the columns "standing" and "effect" of the project's table of rules, by its numbers

UNDER_THE_OLDER = {
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
    "issuance.request_issuance.account_open": ("cited", "advises"),  # 46
    "common.rules_in_force": ("cited", "blocks"),  # 1
    "common.confidential_two_versions": ("unknown", "advises"),  # 2, since when is not known
    "common.committee_decision_identified": ("cited", "blocks"),  # 4
    "common.electronic_decision": ("assumed", "advises"),  # 5
    "common.entity_usable": ("cited", "blocks"),  # 6
    "common.entity_named": ("inferred", "holds"),  # 7
    "common.no_double_registration": ("inferred", "blocks"),  # 8, the book says why
    "common.reference_never_reused": ("observed", "blocks"),  # 9
    "project.submit_pdd.documents": ("inferred", "holds"),  # 10, read in a secondary source
    "project.submit_pdd.methodology_valid": ("cited", "blocks"),  # 12
    "project.submit_pdd.start_of_operation": ("assumed", "advises"),  # 13
    "project.close_public_inputs.full_window": ("inferred", "holds"),  # 14
    "project.conclude_validation.inputs_treated": ("inferred", "holds"),  # 15
    "project.conclude_validation.no_open_requests": ("cited", "blocks"),  # 16
    "project.conclude_validation.checklist": ("cited", "blocks"),  # 17
    "project.conclude_validation.eia": ("cited", "blocks"),  # 18
    "project.request_registration.attachments": ("inferred", "holds"),  # 19, read in a secondary source
    "project.request_registration.same_version": ("inferred", "holds"),  # 20
    "project.check_request.in_time": ("cited", "duty"),  # 23, a duty may be cited on a secondary source
    "project.replace_moc.right_sections": ("unknown", "advises"),  # 24, since when is not known
    "project.replace_moc.signatures": ("unknown", "advises"),  # 25, since when is not known
    "common.bilateral_valid": ("inferred", "advises"),  # 50
}
REGISTERED = "issuance.decide_issuance.project_registered"  # 30: blocks the decision, advises at the request
UNDER_THE_NEWER = UNDER_THE_OLDER | {
    "issuance.request_issuance.sd_report": ("inferred", "holds"),  # 47
    # what was read in older texts is not taken over as cited
    "common.entity_usable": ("inferred", "holds"),
    "project.submit_pdd.methodology_valid": ("inferred", "holds"),
    "project.conclude_validation.no_open_requests": ("inferred", "holds"),
    "project.conclude_validation.checklist": ("inferred", "holds"),
    "project.conclude_validation.eia": ("inferred", "holds"),
    "project.check_request.in_time": ("inferred", "duty"),
    "methodology.submit_proposal.forms": ("inferred", "holds"),
    "methodology.decide_methodology.inputs_closed": ("inferred", "holds"),
    "methodology.decide_methodology.in_time": ("inferred", "duty"),
    "methodology.check_proposal.in_time": ("inferred", "duty"),
    "tpe.decide_designation.accreditation": ("inferred", "holds"),
    # what the newer parts bring
    "project.submit_pdd.idea_cleared": ("inferred", "holds"),  # 11
    "project.request_registration.allocation": ("inferred", "holds"),  # 21
    "project.request_registration.sd_plan": ("inferred", "holds"),  # 22
}
FORM_VERSION = "common.form_version_in_force"  # 3: cited for the design document, inferred for other forms
PDD_STEPS = {"project.submit_pdd", "project.revise_pdd"}


def test_what_each_rule_does_on_the_last_day_of_the_older_procedure(book: RuleBook) -> None:
    """On 2024-12-17 each rule does what the table of rules says of Indonesia's older procedure."""
    edition = book.on(OLDER)
    expected = {rule: {says} for rule, says in UNDER_THE_OLDER.items()}
    expected[FORM_VERSION] = {("cited", "blocks"), ("inferred", "holds")}
    expected[REGISTERED] = {("inferred", "blocks"), ("inferred", "advises")}
    assert by_rule(edition) == expected
    for (rule, step), says in effects(edition).items():
        if rule == FORM_VERSION:
            assert says == (("cited", "blocks") if step in PDD_STEPS else ("inferred", "holds"))


def test_what_each_rule_does_from_the_first_day_of_the_newer_procedure(book: RuleBook) -> None:
    """On 2024-12-18 rules that were read in older texts hold instead of block, and those of the newer parts begin."""
    expected = {rule: {says} for rule, says in UNDER_THE_NEWER.items()}
    expected[REGISTERED] = {("inferred", "blocks"), ("inferred", "advises")}
    assert by_rule(book.on(NEWER)) == expected | {FORM_VERSION: {("inferred", "holds")}}


# --- procedures


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (FIRST_MEETING, "older procedure"),
        (date(2014, 10, 31), "older procedure"),
        (OLDER, "older procedure"),
        (NEWER, "PCP 06.0"),
        (date(2027, 1, 1), "PCP 06.0"),
    ],
)
def test_a_case_is_pinned_to_the_procedure_of_its_day(book: RuleBook, day: date, name: str) -> None:
    """From the end of the first meeting on the book knows which procedure applies on every day."""
    assert book.pin(day)[0] == name


@pytest.mark.parametrize("day", [SIGNED, FIRST_MEETING + BEFORE])
def test_before_the_first_meeting_ended_the_opener_names_the_procedure(book: RuleBook, day: date) -> None:
    """Between signature and first meeting the older procedure may have applied, and nobody knows."""
    with pytest.raises(ProcedureUnknown) as caught:
        book.pin(day)
    assert caught.value.candidates == ("older procedure",)
    assert book.pin(day, "older procedure")[0] == "older procedure"


def test_no_case_is_opened_under_a_procedure_that_is_no_longer_or_not_yet_there(book: RuleBook) -> None:
    """Naming a procedure does not help on a day on which it surely did not apply."""
    with pytest.raises(ProcedureUnknown, match=r"Candidates are older procedure\."):
        book.pin(OLDER, "PCP 06.0")
    with pytest.raises(ProcedureUnknown, match=r"Candidates are PCP 06\.0\."):
        book.pin(NEWER, "older procedure")


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
        ("older procedure", {"provisional_designation"}, {"sd_plan"}),
        ("PCP 06.0", NEWER_PARTS, {"provisional_designation"}),
    ],
)
def test_what_each_procedure_has(book: RuleBook, name: str, yes: set[str], unknown: set[str]) -> None:
    """Each capability has a value under each procedure: those of its set are there, unread ones are unknown."""
    assert book.capabilities[name] == {
        part: "yes" if part in yes else "unknown" if part in unknown else "no" for part in CAPABILITIES
    }


def test_whether_running_cases_move_is_not_known(book: RuleBook) -> None:
    """No transition rule was found, and the book says so from the day of the newer procedure on."""
    (row,) = book.rows["transition"]
    assert (row.older, row.newer, row.moves, row.standing) == (
        "older procedure",
        "PCP 06.0",
        "unknown",
        Standing.UNKNOWN,
    )
    assert (book.on(OLDER).transitions, book.on(NEWER).transitions) == ((), (row,))


# --- values, forms, gates, tracks, open points


@pytest.mark.parametrize(("day", "standing"), [(OLDER, "cited"), (NEWER, "inferred")])
def test_the_newer_procedure_does_not_take_over_the_clocks_as_cited(book: RuleBook, day: date, standing: str) -> None:
    """Window, check and list are cited for the older procedure only; what is general knowledge stays so."""
    edition = book.on(day)
    expected: dict[str, tuple[Any, str]] = {
        "issuance.period_cut": (date(2020, 12, 31), "inferred"),
        "project.public_inputs": (30, standing),
        "project.registration_check": (7, standing),
        "project.start_of_operation": (date(2013, 1, 1), "assumed"),
        "committee.electronic_objection": (10, "assumed"),
        "committee.electronic_ways": (("co_chairs_without_objection", "all_members"), "assumed"),
        "project.validation_checklist": (CHECKLIST[:6], standing),
        "project.validation_checklist_rest": (CHECKLIST[6:], "inferred"),
        "methodology.completeness": (7, standing),
        "methodology.public_inputs": (15, standing),
        "methodology.consideration": (60, standing),
        "methodology.consideration_extended": (90, standing),
    }
    assert {row.id for row in edition.values} == set(expected)
    for name, (value, founded) in expected.items():
        known = edition.value(name)
        assert known is not None
        assert (known.value, known.standing, known.determined) == (value, founded, True)


@pytest.mark.parametrize(
    ("day", "forms"),
    [
        (SLIDES + BEFORE, {}),
        (OLDER, {"F_Val_Rep": "01.0"}),
        (
            NEWER,
            {
                "F_PIN": "01.0",
                "F_MoC": "02.0",
                "F_Asst_Req": "01.0",
                "F_Val_Rep": "02.0",
                "F_Crd_Allc": "01.0",
                "F_Reg_Req": "02.0",
                "F_Imp_Rep": "01.0",
                "F_Vrf_Rep": "02.0",
                "F_Iss_Req": "04.0",
                "F_Ren_Req": "01.0",
                "F_PRC_Req": "02.0",
                "F_PW_Req": "02.0",
                "F_RW_Req": "02.0",
                "F_IW_Req": "02.0",
            },
        ),
    ],
)
def test_the_forms_surely_in_force(book: RuleBook, day: date, forms: dict[str, str]) -> None:
    """The fourteen forms of the decision are in force from its day on; before it one is known."""
    edition = book.on(day)
    found = {}
    for stem in {row.stem for row in book.rows["form"]}:
        known = edition.form(stem)
        if known is not None and known.determined:
            found[stem] = str(known.value)
    assert found == forms


def test_the_versions_of_forms_that_come_with_guidelines_are_not_invented(book: RuleBook) -> None:
    """The decision shows versions of guidelines, not of their forms, and does not issue the revision request again."""
    for stem in ("F_PDD", "F_PM", "F_PMS", "F_SDIP", "F_SDIR", "F_TPE", "F_AMR_Req"):
        assert book.on(NEWER).form(stem) is None


def test_gates_stand_on_both_sides(book: RuleBook) -> None:
    """The host's gates are known from secondary sources and are not cited; Japan's begin on their days."""
    assert {row.id: (row.side, str(row.since), str(row.standing)) for row in book.rows["gate"]} == {
        "id.mutual_recognition": ("host", "2024-10-28", "inferred"),
        "id.authorisation": ("host", "after 2024-12-31, by 2025-12-31", "inferred"),
        "japan.umbrella_authorisation": ("japan", "2025-03-31", "inferred"),
        "japan.design_document": ("japan", "2025-04-01", "cited"),
        "japan.recording": ("japan", "2025-04-01", "inferred"),
    }


def test_carbon_storage_is_a_track_of_its_own(book: RuleBook) -> None:
    """The one special track is that of CCS and CCUS, known by its guidelines."""
    assert [row.name for row in book.rows["track"]] == ["ccs_ccus"]


def test_what_is_not_there_is_said(book: RuleBook) -> None:
    """There is no overlay, and open points say that none is known and what else was not found."""
    assert not book.rows["overlay"]
    about = {row.about for row in book.rows["open_point"]}
    assert {"overlay", "gate", "procedure", "transition", "bilateral", "days", "idea", "form"} <= about


# --- editions


def test_two_days_of_one_stretch_have_one_edition(book: RuleBook) -> None:
    """Nothing changes between two turns, so fingerprints are equal, also of books read twice."""
    assert book.on(OLDER).fingerprint == book.on(OLDER + BEFORE).fingerprint
    assert book.on(NEWER).fingerprint == book.on(NEWER + AFTER).fingerprint
    assert book.on(NEWER).fingerprint == builtin.ID().on(NEWER).fingerprint


def test_days_on_both_sides_of_a_turn_have_different_editions(book: RuleBook) -> None:
    """On every day on which a bound turns, the book says something else than on the day before."""
    assert NEWER in book.turns
    for day in book.turns:
        assert book.edition(day + BEFORE).fingerprint != book.edition(day).fingerprint, day


# --- the registrations of the day of the change

EIGHT = ("ID025", "ID026", "ID027", "ID029", "ID032", "ID033", "ID034", "ID035")


def registered(path: Path, book: RuleBook, reference: str, *requested: Fact) -> Journal:
    """Return a journal in which a project from a record was registered on 2024-12-18."""
    opening = ev.Opening(country="ID", reference=reference)
    opened = Case.imported(project, reference, opening, on=UNKNOWN_DAY, rules=book)
    decision = ev.JointCommitteeDecision(
        decision=Outcome.REGISTERED, decided_on=NEWER, mode=ev.DecisionMode.MEETING, cases=(reference,)
    )
    decided = Fact(
        machine="project",
        step="decide_registration",
        on=NEWER,
        outcome=Outcome.REGISTERED,
        evidence=decision,
    )
    journal = Journal(path / "journal.jsonl")
    journal.append(opened)
    case = opened.case
    for fact in (*requested, decided):
        accepted = case.record(fact)
        journal.append(accepted)
        case = accepted.case
    assert case.state == "registered"
    return journal


@pytest.mark.parametrize("reference", EIGHT)
def test_the_registrations_of_the_day_of_the_change_contradict_nothing(
    book: RuleBook, tmp_path: Path, reference: str
) -> None:
    """Their requests were filed on days that are not public, so the rules that govern them are missing, not unmet."""
    looked = audit(registered(tmp_path, book, reference).entries(reference), rules=book)
    assert looked.findings
    assert [fact.contradictions for fact in looked.facts if fact.contradictions] == []
    integrity = {finding.rule for finding in looked.findings if finding.verdict is Verdict.MET}
    assert integrity == {"common.reference_never_reused"}  # holds without a book, so that it needs no day
    for finding in looked.findings:
        if finding.rule not in integrity:
            assert (finding.verdict, finding.effect) == (Verdict.MISSING, Effect.ADVISES)


def test_a_request_filed_before_the_change_is_decided_under_the_older_rules(book: RuleBook, tmp_path: Path) -> None:
    """Where the day of the request is known to lie before the change, the older edition judges the decision."""
    filed = Between(date(2024, 11, 1), date(2024, 11, 30))
    request = Fact(machine="project", step="request_registration", on=filed)
    journal = registered(tmp_path, book, "ID025", request)
    looked = audit(journal.entries("ID025"), rules=book)
    (decided,) = [fact for fact in looked.facts if fact.entry.step == "decide_registration"]
    found = {finding.rule: finding for finding in decided.findings}["common.committee_decision_identified"]
    assert (found.verdict, found.effect) == (Verdict.MET, Effect.BLOCKS)
    assert found.ground is not None
    assert "sixth Joint Committee" in found.ground.cites
    assert decided.contradictions == ()
