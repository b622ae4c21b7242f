"""Forms that parties file: what each must be like, and which forms it is made of."""

from __future__ import annotations

from typing import Any

import pytest

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import (
    CreditAllocation,
    DesignDocument,
    FocalPoint,
    MethodologyVersion,
    ModalitiesAmendment,
    ModalitiesOfCommunication,
    PDDSubmission,
    RegistrationRequest,
    Share,
    SustainableDevelopmentPlan,
    Version,
)

PAPER = DesignDocument(title="Synthetic solar power", form_version="05.0")
STATEMENT = ModalitiesOfCommunication(title="Synthetic solar power", focal_point=FocalPoint(name="X"))


def test_versions_and_methodologies_may_be_given_as_text() -> None:
    """As the paper has them."""
    paper = DesignDocument(title="X", version="Ver1.1", methodologies=["MN_AM003 Ver2.0"], scopes=[1, 3])
    assert paper.version == Version(1, 1)
    assert paper.methodologies == (MethodologyVersion("MN_AM003", Version(2)),)
    assert paper.scopes == (1, 3)


def test_methodologies_left_out_are_not_an_empty_list() -> None:
    """Nothing said is None; a paper that names none is another thing."""
    assert DesignDocument(title="X").methodologies is None
    assert DesignDocument(title="X", methodologies=[]).methodologies == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"methodologies": "MN_AM003 Ver2.0"}, "is one text where several are meant"),
        ({"methodologies": ["MN_AM003"]}, "is not a version of an approved methodology"),
        ({"version": 1.1}, "is not a version"),
        ({"scopes": ("1",)}, "^scopes: .* is not a list of sectoral scopes"),
        ({"scopes": (-1,)}, "^scopes: .* is not a list of sectoral scopes"),
        ({"scopes": (True,)}, "^scopes: .* is not a list of sectoral scopes"),
        ({"scopes": (17,)}, "^scopes: .* Give whole numbers from 1 to 16"),
        ({"scopes": 1}, "^scopes: .* is not a list of sectoral scopes"),
        ({"expected_lifetime": -1}, "^expected_lifetime: .* is not a whole number of zero or more"),
        ({"expected_lifetime": 1.5}, "^expected_lifetime: .* is not a whole number of zero or more"),
        ({"expected_lifetime": True}, "^expected_lifetime: .* is not a whole number of zero or more"),
    ],
)
def test_a_design_document_with_an_impossible_field_is_refused(fields: dict[str, Any], words: str) -> None:
    """The error names the field."""
    with pytest.raises(EvidenceError, match=words):
        DesignDocument(title="X", **fields)


def test_one_sending_is_made_of_all_its_forms() -> None:
    """A rule on form versions sees the design document, the modalities and the plan, and no form twice."""
    assert PDDSubmission(design_document=PAPER).forms == (("F_PDD", Version(5)),)
    whole = PDDSubmission(
        design_document=PAPER, modalities=STATEMENT, sd_plan=SustainableDevelopmentPlan(form_version="01.0")
    )
    assert whole.forms == (("F_PDD", Version(5)), ("F_MoC", None), ("F_SDIP", Version(1)))


def test_a_request_is_made_of_its_own_form_and_those_within() -> None:
    """Allocation and plan are forms of their own."""
    assert RegistrationRequest().forms == (("F_Reg_Req", None),)
    whole = RegistrationRequest(
        form_version="03.0", allocation=CreditAllocation(), sd_plan=SustainableDevelopmentPlan(form_version="01.0")
    )
    assert whole.forms == (("F_Reg_Req", Version(3)), ("F_Crd_Allc", None), ("F_SDIP", Version(1)))


@pytest.mark.parametrize(
    ("cls", "field", "value"),
    [
        (PDDSubmission, "idea", "ID001"),
        (RegistrationRequest, "reference", "ID_PIN001"),
        (RegistrationRequest, "resubmits", "MN1"),
    ],
)
def test_a_reference_is_of_the_kind_that_is_meant(cls: Any, field: str, value: str) -> None:
    """An idea is not a project."""
    base = {"design_document": PAPER} if cls is PDDSubmission else {}
    with pytest.raises(EvidenceError, match=rf"^{field}: '{value}' is not the reference of a"):
        cls(**base, **{field: value})


# -- Annex 1 of the modalities ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [[1, 2], (2, 1), {1, 2}, frozenset({1, 2})])
def test_sections_are_a_set_however_they_are_given(given: Any) -> None:
    """Their order says nothing."""
    assert ModalitiesAmendment(sections=given).sections == frozenset({1, 2})


@pytest.mark.parametrize("given", [[0], [1, 5], {"1"}, 3, "12", [None]])
def test_annex_1_has_four_sections(given: Any) -> None:
    """Others are named in the error."""
    with pytest.raises(EvidenceError, match=r"^sections: Annex 1 has the sections 1 to 4, not"):
        ModalitiesAmendment(sections=given)


def test_no_section_filled_in_is_not_the_same_as_nothing_said() -> None:
    """None is what the paper leaves out."""
    assert ModalitiesAmendment(sections=[]).sections == frozenset()
    assert ModalitiesAmendment().sections is None


def test_a_renaming_is_the_old_name_and_the_new() -> None:
    """Lists become tuples, so that it can be compared after it was stored."""
    assert ModalitiesAmendment(renamed=[["A", "B"]]).renamed == (("A", "B"),)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("AB", "is one text where several are meant"),
        (["AB"], "is one text where several are meant"),
        ([["A"]], "^renamed: .* must be pairs of names"),
        ([["A", "B", "C"]], "^renamed: .* must be pairs of names"),
        ([5], "^renamed: .* must be pairs of names"),
        (5, "^renamed: .* must be pairs of names"),
        ([["A", ""]], "^renamed: .* must be names"),
        ([["A", 5]], "^renamed: .* must be names"),
    ],
)
def test_what_is_no_renaming_is_refused(given: Any, words: str) -> None:
    """Two letters are not two names."""
    with pytest.raises(EvidenceError, match=words):
        ModalitiesAmendment(renamed=given)


# -- shares ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("percent", ["0", "50", "33.5", "100", "100.00", "0.001"])
def test_a_share_is_a_decimal_number_as_text(percent: str) -> None:
    """Measured values are text, so that nothing is lost."""
    assert Share(side="JP", percent=percent).percent == percent


@pytest.mark.parametrize("percent", [50, 33.5, "", "-1", "5.", ".5", "1e2", "1,5", "5.²", "٥", "50 %", "NaN", None])
def test_what_is_no_share_is_refused(percent: Any) -> None:
    """A number, a sign, an exponent or another script is not how a share is written."""
    with pytest.raises(EvidenceError, match=r"^percent: .* is not a share\. Write a decimal number as text"):
        Share(side="JP", percent=percent)


def test_shares_may_be_given_as_a_list() -> None:
    """And left out: nobody has agreed on anything then."""
    share = Share(side="JP", percent="50")
    assert CreditAllocation(shares=[share]).shares == (share,)
    assert CreditAllocation().shares is None
