"""Reports, notices and conclusions: the words each can end with, and what cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import (
    AssessmentConclusion,
    ChangeEffect,
    CompletenessConclusion,
    Outcome,
    Publication,
    ValidationReport,
)
from jcm_cycle.evidence.reports import CHECKLIST

ITEMS = (
    "pdd_form",
    "project_description",
    "methodology",
    "emission_sources",
    "environmental_impact",
    "stakeholder_consultation",
    "monitoring",
    "public_inputs",
    "modalities_of_communication",
    "double_registration",
    "start_of_operation",
)

ENDS: list[tuple[Any, str, set[str]]] = [
    (ValidationReport, "opinion", {"positive", "negative"}),
    (CompletenessConclusion, "conclusion", {"complete", "incomplete"}),
    (AssessmentConclusion, "conclusion", {"accepted", "not_accepted", "otherwise"}),
]


def made(cls: Any, **fields: Any) -> Any:
    """Return evidence of a class."""
    return cls(**({"title": "Synthetic"} if cls is ValidationReport else {}), **fields)


@pytest.mark.parametrize(("cls", "field", "words"), ENDS)
def test_the_outcome_of_the_step_is_what_the_paper_concludes(cls: Any, field: str, words: set[str]) -> None:
    """As a word or as an outcome; the evidence names it to the step."""
    for word in words:
        assert made(cls, **{field: word}).outcome is Outcome(word)
        assert made(cls, **{field: Outcome(word)}) == made(cls, **{field: word})


@pytest.mark.parametrize(("cls", "field", "words"), ENDS)
def test_a_paper_cannot_conclude_what_its_step_cannot_end_with(cls: Any, field: str, words: set[str]) -> None:
    """The error names the field and the words that can stand there."""
    for other in ({str(outcome) for outcome in Outcome} - words) | {"", "Positive", None, 5}:
        with pytest.raises(EvidenceError, match=rf"^{field}: .* is none of the words .* Words are") as caught:
            made(cls, **{field: other})
        assert all(word in caught.value.cure for word in words)


def test_the_list_of_a_validation_is_the_guidelines() -> None:
    """Journals keep these words."""
    assert CHECKLIST == ITEMS
    assert made(ValidationReport, opinion="positive", ticked=list(ITEMS)).ticked == ITEMS


def test_a_country_has_items_of_its_own() -> None:
    """Whatever is written as a name may be ticked: which items there are, the book of the country says."""
    ticked = ("monitoring", "local_content", "item_7", "x" * 100)
    assert made(ValidationReport, opinion="positive", ticked=list(ticked)).ticked == ticked


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        (["monitoring", "local content"], "^ticked: 'local content': an item is not written so. Write small letters"),
        (["Soil", "b-a", "café", "x y"], "^ticked: 'Soil', 'b-a', 'café': an item"),
        (["x" * 101], "^ticked: 'x{100}': an item"),
        (["monitoring\n"], "an item is not written so"),
        (["monitoring", 5], "^ticked: .* must be names"),
        ("monitoring", "is one text where several are meant"),
        (5, "^ticked: .* must be names"),
        ([""], "^ticked: .* must be names"),
    ],
)
def test_only_what_is_written_as_an_item_is_ticked(ticked: Any, words: str) -> None:
    """Others are named in the error."""
    with pytest.raises(EvidenceError, match=words):
        made(ValidationReport, opinion="positive", ticked=ticked)


def test_no_mechanism_is_not_the_same_as_nothing_said() -> None:
    """An empty text declares that there is none; None is a report that is silent."""
    assert made(ValidationReport, opinion="positive", registered_elsewhere="").registered_elsewhere == ""
    assert made(ValidationReport, opinion="positive").registered_elsewhere is None


@pytest.mark.parametrize("cls", [ValidationReport, Publication])
def test_the_number_of_a_project_is_checked(cls: Any) -> None:
    """A report and a publication name a project, not an idea."""
    base = {"opinion": "positive"} if cls is ValidationReport else {}
    assert made(cls, **base, reference="MN001").reference == "MN001"
    with pytest.raises(EvidenceError, match=r"^reference: 'MN_PIN001' is not the reference of a project"):
        made(cls, **base, reference="MN_PIN001")


def test_a_crediting_period_does_not_end_before_it_begins() -> None:
    """One of a single day may be; either side may be left out."""
    first, last = date(2024, 5, 1), date(2034, 4, 30)
    assert ChangeEffect(change="c", crediting_from=first, crediting_until=first).crediting_until == first
    assert ChangeEffect(change="c", crediting_from=last).crediting_until is None
    with pytest.raises(EvidenceError, match=r"^crediting_until: the period ends on 2024-05-01, before it begins"):
        ChangeEffect(change="c", crediting_from=last, crediting_until=first)
