"""The rule book of Ethiopia: no document at all, and what the library says then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Case, Effect, RuleBook, Standing, Verdict, project, register
from jcm_cycle.errors import ProcedureUnknown
from jcm_cycle.record import read, shipped
from jcm_cycle.rules import builtin

SIGNED, DESIGNATED = date(2013, 5, 27), date(2013, 12, 5)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    """Return the book of Ethiopia."""
    return builtin.ET()


def test_the_signature(book: RuleBook) -> None:
    """It was signed in Addis Ababa; its name was not read, and no end is known."""
    assert book.bilateral is not None
    assert (book.bilateral.since.on, book.bilateral.cites) == (SIGNED, "signed in Addis Ababa")
    assert "was not read" in (book.bilateral.note or "")


def test_the_procedure_is_called_what_it_is(book: RuleBook) -> None:
    """From the first designation on there were rules; a case is pinned to a procedure that is not known."""
    with pytest.raises(ProcedureUnknown, match="Name the procedure, one of 'not known'"):
        Case.open(project, "x", on=date(2013, 12, 4), rules=book)
    assert book.on(date(2013, 12, 4)).rules_in_force is None
    assert book.on(DESIGNATED).rules_in_force is True
    case = Case.open(project, "x", on=date(2024, 1, 1), rules=book).case
    assert case.procedure.name == "not known"
    assert {value for name, value in case.capabilities.items() if name != "republication"} == {"unknown"}


def test_nothing_blocks_but_integrity(book: RuleBook) -> None:
    """No rule was read in a document of Ethiopia, so each holds or advises, and says from where it is concluded.

    What is said of transfers by Article 6 and Japanese law is said for all partners.
    """
    for binding in book.on(date(2024, 1, 1)).all_bindings:
        if binding.rule.integrity is None and not binding.rule.id.startswith("transfer."):
            assert binding.ground.effect is not Effect.BLOCKS
            assert binding.ground.standing in (Standing.INFERRED, Standing.ASSUMED, Standing.UNKNOWN)


def test_a_step_that_only_some_procedures_have_says_that_it_is_not_known(book: RuleBook) -> None:
    """Whether there is an assessment of reference emissions is missing, and so is the rule on idea notes."""
    case = Case.open(project, "x", on=date(2024, 1, 1), rules=book).case
    found = {step.step: step for step in case.next_steps(on=date(2024, 1, 2), rules=book)}
    assert found["submit_pdd"].verdict == "ready"
    assert "project.submit_pdd.idea_cleared" in found["submit_pdd"].to_judge
    assert "request_reference_assessment" not in found


def test_what_switches_on_what_is_not_known_is_missing(book: RuleBook, world: Any) -> None:
    """A rule of a capability of which nothing is known advises, and says which capability."""
    case = Case.open(project, "case-1", on=world.opened, rules=book).case
    answer = case.attempt(world.act("submit_pdd"), rules=book, register=world.register)
    assert answer
    finding = {found.rule: found for found in answer.findings}["project.submit_pdd.idea_cleared"]
    assert (finding.verdict, finding.effect) == (Verdict.MISSING, Effect.ADVISES)
    assert "idea_note" in str(finding.facts["why"])


@pytest.mark.parametrize("source", ["book", "record"])
def test_its_entities_are_those_of_the_list(book: RuleBook, source: str) -> None:
    """Listed is not usable: some are marked as withdrawn on a day not known, one has an end in the past."""
    record = read(shipped(), country="ET")
    known = register.facts(*book.designations) if source == "book" else register.of_record(record)
    day = date(2024, 1, 1)
    assert isinstance(known.entity("ET", "TPE-ET-006", "verification", (14,), day), register.Yes)
    assert isinstance(known.entity("ET", "TPE-ET-006", "validation", (14,), day), register.No)
    assert isinstance(known.entity("ET", "TPE-ET-002", "validation", (1,), day), register.NotKnown)
    assert isinstance(known.entity("ET", "TPE-ET-009", "validation", (1,), day), register.No)
    assert isinstance(known.entity("ET", "TPE-ET-009", "validation", (1,), date(2022, 7, 20)), register.Yes)
    assert isinstance(known.entity("ET", "TPE-ET-001", "validation", (1,), date(2013, 12, 4)), register.No)


def test_the_book_lists_what_the_record_lists(book: RuleBook) -> None:
    """Nine entities, by number, name, day and end, row by row as the public list has them."""
    claims = [claim for claim in read(shipped(), country="ET").claims if claim.subject_type == "tpe"]
    ends = {claim.subjects[0]: claim.day for claim in claims if claim.event == "tpe_accreditation_until"}
    gone = {claim.subjects[0] for claim in claims if claim.event == "tpe_withdrawn"}
    listed = [
        (claim.subjects[0], claim.title, claim.day, ends.get(claim.subjects[0]), claim.subjects[0] in gone)
        for claim in claims
        if claim.event == "tpe_designated"
    ]
    assert len(listed) == 9
    assert [
        (row.number, row.name, row.since.on, row.accredited_until, row.until is not None) for row in book.rows["entity"]
    ] == listed
    scopes = {fact.number: fact.scopes for fact in book.designations if fact.role in (None, "validation")}
    assert scopes == {
        claim.subjects[0]: claim.detail.scopes.validation for claim in claims if claim.event == "tpe_designated"
    }


def test_what_is_lacking_is_said(book: RuleBook) -> None:
    """No document, no procedure, no project."""
    about = {point.about for point in book.rows["open_point"]}
    assert {"sources", "procedure", "project", "bilateral", "tpe", "form"} <= about
