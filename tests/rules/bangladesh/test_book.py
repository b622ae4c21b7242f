"""The rule book of Bangladesh: one document, known by a description, and what the library says when little is known."""

from __future__ import annotations

from datetime import date

import pytest

from jcm_cycle import Case, Effect, RuleBook, Standing, project
from jcm_cycle.errors import ProcedureUnknown
from jcm_cycle.record import read, shipped
from jcm_cycle.record.replay import replay
from jcm_cycle.rules import builtin

SIGNED, DESCRIBED = date(2013, 3, 19), date(2016, 2, 29)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    """Return the book of Bangladesh."""
    return builtin.BD()


def test_the_signature(book: RuleBook) -> None:
    """It was signed in Dhaka; its name was not read, and no end is known."""
    assert book.bilateral is not None
    assert (book.bilateral.since.on, book.bilateral.cites) == (SIGNED, "signed in Dhaka")
    assert "was not read" in (book.bilateral.note or "")
    assert book.sources["bilateral"].kind == "secondary"


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(SIGNED, None), (date(2016, 2, 28), None), (DESCRIBED, True), (date(2018, 1, 10), True), (date(2026, 1, 1), True)],
)
def test_rules_are_known_to_be_in_force_from_the_description_on(book: RuleBook, day: date, in_force: object) -> None:
    """Before it, nothing tells; after it, the Committee registered projects and decided on issuance."""
    assert book.on(day).rules_in_force is in_force


def test_the_one_procedure_is_sure_on_one_day_only(book: RuleBook) -> None:
    """On the day of the description it applied; later the opener names it, or that it is not known."""
    assert Case.open(project, "x", on=DESCRIBED, rules=book).case.procedure.name == "PCP 03.0"
    with pytest.raises(ProcedureUnknown, match=r"'PCP 03\.0', 'not known'") as caught:
        Case.open(project, "x", on=date(2018, 1, 10), rules=book)
    assert caught.value.candidates == ("PCP 03.0", "not known")
    for name in caught.value.candidates:
        case = Case.open(project, "x", on=date(2018, 1, 10), rules=book, procedure=name).case
        assert case.capabilities["idea_note"] == ("no" if name == "PCP 03.0" else "unknown")


def test_nothing_blocks_but_integrity(book: RuleBook) -> None:
    """No rule was read in a document of Bangladesh, so each holds or advises, and says from where it is concluded."""
    for binding in book.on(date(2018, 1, 10)).all_bindings:
        if binding.rule.integrity is None:
            assert binding.ground.effect is not Effect.BLOCKS
            assert binding.ground.standing in (Standing.INFERRED, Standing.ASSUMED, Standing.UNKNOWN)
            assert binding.ground.cites


def test_what_is_lacking_is_said(book: RuleBook) -> None:
    """The documents before and after, the entities, the forms."""
    about = {point.about for point in book.rows["open_point"]}
    assert {"sources", "procedure", "transition", "tpe", "form", "bilateral"} <= about


def test_the_projects_of_the_record_contradict_nothing() -> None:
    """Three registered, one in validation, two issuances: judged by this book, none is against it."""
    found = replay(read(shipped(), country="BD"))
    assert [case.case.id.split()[0] for case in found.cases] == ["BD001", "BD002", "BD002", "BD003", "BD004", "BD004"]
    assert all(case.contradictions == () for case in found.cases)
    why = {str(finding.facts.get("why", "")) for case in found.cases for finding in case.findings}
    assert not any("no rule book was found" in text for text in why)
