"""What all evidence has in common: versions, references, tags, what may be left out, what is confidential."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

import attrs
import pytest
from attrs import frozen
from hypothesis import given, strategies as st

from jcm_cycle import evidence
from jcm_cycle.errors import DefinitionError, EvidenceError
from jcm_cycle.evidence import Document, Evidence, MethodologyVersion, Outcome, Person, Version
from jcm_cycle.evidence._base import REFERENCE_KINDS, evidence_classes, is_reference

parts = st.integers(0, 999)
versions = st.builds(Version, parts, parts)

# -- versions --------------------------------------------------------------------------------------------------------


@given(versions)
def test_a_version_is_read_as_it_is_written(version: Version) -> None:
    """Text and version are the same thing."""
    assert Version.parse(str(version)) == version


@given(parts, parts, st.sampled_from(["", "ver", "Ver", "ver.", "Ver ", "version ", "Version"]))
def test_the_spellings_of_the_sources_are_read_alike(major: int, minor: int, before: str) -> None:
    """`ver05.0`, `Ver5.0`, `version 5.0` and `5.0` are one version, with and without zeros in front."""
    for number in (f"{major}.{minor}", f"{major:03d}.{minor}", f" {major:02d}.{minor} "):
        assert Version.parse(f"{before}{number.strip()}") == Version(major, minor)


def test_a_version_without_a_point_is_the_first_of_its_number() -> None:
    """`Ver2` is `Ver2.0`."""
    assert Version.parse("Ver2") == Version.parse("02.0") == Version(2) == Version(2, 0)


@given(versions, versions)
def test_versions_are_in_the_order_of_their_numbers(one: Version, other: Version) -> None:
    """The tenth comes after the ninth, whatever their texts do."""
    assert (one < other) == ((one.major, one.minor) < (other.major, other.minor))


@pytest.mark.parametrize(
    "text", ["", " ", "five", "5.", ".5", "1.2.3", "-1", "1000", "5,0", "５.0", "ver", "v5", 5, 5.0, None, ()]
)
def test_what_is_no_version_is_refused(text: Any) -> None:
    """A number is none either: 5.10 and 5.1 are two versions and one number."""
    with pytest.raises(EvidenceError, match=r"is not a version\. Write it as 05\.0 or Ver1\.0"):
        Version.parse(text)


@pytest.mark.parametrize("part", [-1, 1000, True, "5", 5.0, None])
@pytest.mark.parametrize("name", ["major", "minor"])
def test_a_version_that_could_not_be_read_again_is_not_made(name: str, part: Any) -> None:
    """Each part is a whole number of at most three digits."""
    with pytest.raises(EvidenceError, match=f"^{name}: .* is not a part of a version"):
        Version(**{"major": 1, name: part})


@given(versions, st.integers(0, 999))
def test_a_methodology_version_is_read_as_it_is_written(version: Version, number: int) -> None:
    """Reference and version in one text."""
    made = MethodologyVersion(f"MN_AM{number:03d}", version)
    assert MethodologyVersion.parse(str(made)) == made
    assert MethodologyVersion.parse(made) is made


def test_a_methodology_version_shows_its_version_as_the_sources_do() -> None:
    """`Ver2.0`, without a zero in front."""
    assert str(MethodologyVersion.parse("MN_AM003  ver 02.0")) == "MN_AM003 Ver2.0"


@pytest.mark.parametrize(
    "text",
    ["", "MN_AM003", "MN_AM003 2.0", "MN_PM003 Ver1.0", "mn_AM003 Ver1.0", "MN_AM03 Ver1.0", "MN_AM٠٠٣ Ver1", 5],
)
def test_what_is_no_methodology_version_is_refused(text: Any) -> None:
    """A proposal is none, nor is a reference without a version."""
    with pytest.raises(EvidenceError, match=r"is not a version of an approved methodology\. Write it as MN_AM003"):
        MethodologyVersion.parse(text)


@pytest.mark.parametrize(
    ("reference", "version", "words"),
    [
        ("MN_PM003", Version(1), "is not the reference of an approved methodology"),
        ("", Version(1), "is not the reference of an approved methodology"),
        (None, Version(1), "is not the reference of an approved methodology"),
        ("MN_AM003", "Ver1.0", "is not a version"),
    ],
)
def test_a_methodology_version_that_could_not_be_read_again_is_not_made(
    reference: Any, version: Any, words: str
) -> None:
    """Its parts are what they say."""
    with pytest.raises(EvidenceError, match=words):
        MethodologyVersion(reference, version)


# -- references ------------------------------------------------------------------------------------------------------

REFERENCES = {
    "project": ("MN001", ["MN1", "mn001", "MN0001", "MN_001", "MN001 ", "MN٠٠١"]),
    "idea": ("ID_PIN001", ["ID001", "ID_PIN1", "PIN001"]),
    "proposed methodology": ("MN_PM006", ["MN_AM006", "MN_PM6"]),
    "approved methodology": ("MN_AM003", ["MN_PM003", "AM003"]),
    "tpe": ("TPE-MN-014", ["TPE-MN-14", "TPE_MN_014", "MN-014"]),
}


class Named:
    """An attribute that a validator is told about."""

    name = "reference"


@pytest.mark.parametrize("kind", REFERENCES)
def test_a_reference_has_the_form_of_its_kind(kind: str) -> None:
    """Those of other kinds and those that look alike are refused by name; none at all passes."""
    check = is_reference(kind)
    good, bad = REFERENCES[kind]
    check(None, Named, good)
    check(None, Named, None)
    for value in (*bad, "", 1, *(other for key, (other, _) in REFERENCES.items() if key != kind)):
        with pytest.raises(EvidenceError, match=rf"^reference: .* is not the reference of a {kind}\. Write it as"):
            check(None, Named, value)  # type: ignore[arg-type]


def test_every_kind_of_reference_is_tried() -> None:
    """None is added without an example."""
    assert set(REFERENCES) == set(REFERENCE_KINDS)


# -- fields ----------------------------------------------------------------------------------------------------------

FILING = "form_version form_track translations contains_confidential public_version full_version passages"
FIELDS: dict[str, tuple[str, str]] = {
    "Accreditation": ("", "basis until body"),
    "Adjustment": ("party", "year"),
    "AllocationLine": ("side amount", "holder year"),
    "ArticleSixReport": ("party", "report"),
    "Authorisation": ("party", "object purposes first_transfer reference"),
    "Background": ("", "funding consortium origin"),
    "Block": ("side amount", "years holder"),
    "BlockPart": ("case amount", "holder"),
    "BlockSplit": ("parts", ""),
    "CancellationRecord": ("", "reason reference"),
    "ChangeRequest": (
        "kind",
        "summary design_document pdd_changes validation_report crediting_from crediting_until issuance",
    ),
    "CompensationPlan": ("", "version amount"),
    "DesignationApplication": ("entity", "scopes accreditation"),
    "DesignationWithdrawal": ("", "cause text reason announced_on"),
    "LossEventReport": ("", "summary occurred_on amount"),
    "MeetingRecord": ("", "meeting first_day text"),
    "MethodologyRevisionRequest": ("revises", "proposal"),
    "MethodologySpreadsheet": ("", "version"),
    "Consortium": ("representative", "members single_contact"),
    "ConsortiumMember": ("name", "country legal_person"),
    "Funding": ("programme", "share granted_on duties"),
    "Origin": ("kind", "text source"),
    "ProjectIdeaNote": ("title", "reference participants location"),
    "ProposalSubmission": ("proposal", "spreadsheet draft_pdd"),
    "ProposedMethodology": ("title", "version proponents scopes"),
    "Renaming": ("new_name", "text reason announced_on"),
    "ScopeWithdrawal": ("scopes", "text reason announced_on"),
    "Scopes": ("numbers", "role until"),
    "TransferRecord": ("", "reference to approval_ended"),
    "UseRecord": ("", "purpose reference"),
    "IssuanceNotice": ("side", "amount issued_on"),
    "IssuanceRequest": ("", "title reference amount lines verification_report sd_report account_open signed_for"),
    "IssuanceRequestWithdrawal": ("", "reason"),
    "MonitoringReport": ("period", "title reference amounts scopes document_version"),
    "RegistryIssuance": ("", "side amount lines total holders"),
    "SustainableDevelopmentReport": ("", ""),
    "VerificationReport": (
        "opinion",
        (
            "title reference entity completed_on period amounts document_versions site_visit no_visit_reason"
            " other_means registered_elsewhere team"
        ),
    ),
    "YearAmount": ("year amount", "methodology"),
    # class: what it must have; what may be left out beside what every filing may leave out
    "AssessmentConclusion": ("conclusion", "reasons"),
    "ChangeEffect": ("change", "decided_on document_version crediting_from crediting_until"),
    "CompletenessConclusion": ("conclusion", "reasons reference"),
    "CreditAllocation": ("", "shares agreed"),
    "DesignDocument": (
        "title",
        (
            "version methodologies scopes monitoring_plan start_of_operation expected_lifetime participants location"
            " eia_required"
        ),
    ),
    "Document": ("", "version digest url"),
    "Elapsed": ("window", "last_day"),
    "FocalPoint": ("name", "also_participant signatories contact"),
    "ImplementationReport": ("", ""),
    "JointCommitteeDecision": (
        "decision",
        (
            "decided_on met effective_on notified_on mode meeting cases circulated_on objections"
            " co_chairs_approved all_members_approved record number reasons version with_revisions scopes lines"
            " amount holders"
        ),
    ),
    "ModalitiesAmendment": (
        "",
        "sections added renamed withdrawn contacts_changed new_focal_point signed_by ceased ceased_proof contacts",
    ),
    "ModalitiesOfCommunication": (
        "title focal_point",
        "submitted_on entities participants signed_by ceased ceased_proof signatories",
    ),
    "Move": ("procedure", "capabilities reason"),
    "Notice": ("", "text reason announced_on"),
    "Opening": (
        "country",
        "track procedure capabilities title reference methodologies of of_reference period block background",
    ),
    "PDDSubmission": ("design_document", "modalities sd_plan idea of_track ministry_supported"),
    "Person": ("name", "position email telephone address"),
    "PublicInput": ("", "summary author"),
    "Publication": ("", "reference url"),
    "Receipt": ("", "received_on"),
    "ReferenceEmissionsRequest": ("", ""),
    "RegistrationRequest": (
        "",
        "title reference design_document modalities validation_report allocation sd_plan resubmits ministry_supported",
    ),
    "RegistrationRequestWithdrawal": ("", "reason"),
    "Share": ("side percent", "receiver"),
    "SustainableDevelopmentPlan": ("", "version"),
    "ValidationReport": (
        "title opinion",
        (
            "reference entity contracted_by completed_on document_version open_requests ticked eia_required eia_done"
            " inputs_treated registered_elsewhere start_of_operation team"
        ),
    ),
}

EMPTY_WHEN_LEFT_OUT = {
    "AssessmentConclusion": "reasons",
    "CompletenessConclusion": "reasons",
    "JointCommitteeDecision": "reasons holders",
    "RegistryIssuance": "total holders",
    "ModalitiesAmendment": "added renamed withdrawn contacts_changed ceased",
    "ModalitiesOfCommunication": "ceased",
    "Move": "capabilities",
    "Opening": "capabilities",
}
"""Fields in which nothing said means nothing there; in all others it is None, which no rule takes for yes."""

CONFIDENTIAL = {
    "FocalPoint": "signatories contact",
    "ModalitiesAmendment": "contacts",
    "ModalitiesOfCommunication": "signatories",
    "PublicInput": "author",
    "ValidationReport": "team",
    "VerificationReport": "team",
}


def classes() -> dict[str, type[Any]]:
    """Return every class of evidence, and of its parts, that the library exports."""
    exported = {name: getattr(evidence, name) for name in evidence.__all__}
    whole = {name: cls for name, cls in exported.items() if attrs.has(cls)}
    return {
        name: cls for name, cls in whole.items() if cls not in (Evidence, evidence.Filing, Version, MethodologyVersion)
    }


def files(cls: type[Any]) -> bool:
    """Tell whether a class is a form that a party files."""
    return issubclass(cls, evidence.Filing)


@pytest.mark.parametrize("name", sorted(classes()))
def test_only_what_makes_no_sense_otherwise_is_required(name: str) -> None:
    """Whatever a rule judges may be left out: then the rule says that it is missing, and not the type."""
    cls = classes()[name]
    required, optional = (fields.split() for fields in FIELDS[name])
    fields = attrs.fields_dict(cls)
    left_out = {field for field, a in fields.items() if a.default is not attrs.NOTHING}
    assert set(fields) - left_out == set(required)
    assert left_out == set(optional) | set(FILING.split() if files(cls) else ())


@pytest.mark.parametrize("name", sorted(classes()))
def test_what_is_left_out_is_none(name: str) -> None:
    """A fact that evidence leaves out is `None` and makes a rule missing, save where an empty list says it all."""
    cls = classes()[name]
    empty = EMPTY_WHEN_LEFT_OUT.get(name, "").split()
    for field, a in attrs.fields_dict(cls).items():
        if a.default is attrs.NOTHING:
            continue
        default: Any = getattr(a.default, "factory", lambda a=a: a.default)()
        assert not default
        assert (default is not None) == (field in empty), field


@pytest.mark.parametrize("name", sorted(classes()))
def test_persons_and_what_is_illegible_in_public_are_confidential(name: str) -> None:
    """Names and contacts of persons, and the full version of a filing, never enter the chain."""
    cls = classes()[name]
    hidden = {a.name for a in attrs.fields(cls) if a.metadata.get("confidential")}
    assert hidden == set(CONFIDENTIAL.get(name, "").split()) | ({"full_version", "passages"} if files(cls) else set())
    attrs.resolve_types(cls)
    for a in attrs.fields(cls):
        if "Person" in str(a.type):
            assert a.name in hidden


@pytest.mark.parametrize("name", sorted(classes()))
def test_evidence_is_frozen_and_given_by_keyword(name: str) -> None:
    """What was filed does not change, and no field is given by its place."""
    cls = classes()[name]
    assert all(a.kw_only for a in attrs.fields(cls))
    assert "__setattr__" in vars(cls)
    assert "__eq__" in vars(cls)


def dated() -> list[tuple[str, str]]:
    """Return every field that holds a day, with its class."""
    found = []
    for name, cls in sorted(classes().items()):
        attrs.resolve_types(cls)
        found += [(name, a.name) for a in attrs.fields(cls) if a.type == date | None]
    return found


SHORTEST: dict[str, dict[str, Any]] = {
    "ChangeEffect": {"change": "change-1"},
    "ChangeRequest": {"kind": "renewal"},
    "DesignationApplication": {"entity": "X"},
    "MethodologyRevisionRequest": {"revises": "MN_AM003 Ver1.0"},
    "ProjectIdeaNote": {"title": "Synthetic"},
    "ProposalSubmission": {"proposal": evidence.ProposedMethodology(title="Synthetic")},
    "ProposedMethodology": {"title": "Synthetic"},
    "Renaming": {"new_name": "X"},
    "ScopeWithdrawal": {"scopes": (evidence.Scopes(numbers=(1,)),)},
    "Scopes": {"numbers": (1,)},
    "DesignDocument": {"title": "Synthetic"},
    "Funding": {"programme": "Synthetic programme"},
    "Elapsed": {"window": "project.public_inputs"},
    "JointCommitteeDecision": {"decision": "registered"},
    "ModalitiesOfCommunication": {"title": "Synthetic", "focal_point": evidence.FocalPoint(name="X")},
    "IssuanceNotice": {"side": "JP"},
    "ValidationReport": {"title": "Synthetic", "opinion": "positive"},
    "VerificationReport": {"opinion": "positive"},
}


@pytest.mark.parametrize(("name", "field"), dated())
def test_a_day_is_a_date_without_a_time(name: str, field: str) -> None:
    """A date with a time, a text and a number are refused with the name of the field."""
    cls, base = classes()[name], SHORTEST.get(name, {})
    assert getattr(cls(**base, **{field: date(2024, 5, 1)}), field) == date(2024, 5, 1)
    for value in (datetime(2024, 5, 1, tzinfo=UTC), "2024-05-01", 20240501):
        with pytest.raises(EvidenceError, match=rf"^{field}: .* is not a day\. Give a date without a time"):
            cls(**base, **{field: value})


def test_the_days_of_evidence_are_found() -> None:
    """The test above is about all of them."""
    assert len(dated()) == 26


NAMES = [
    ("DesignDocument", "title"),
    ("ChangeEffect", "change"),
    ("Elapsed", "window"),
    ("FocalPoint", "name"),
    ("JointCommitteeDecision", "meeting"),
    ("JointCommitteeDecision", "number"),
    ("JointCommitteeDecision", "record"),
    ("ModalitiesAmendment", "new_focal_point"),
    ("ModalitiesOfCommunication", "title"),
    ("Move", "procedure"),
    ("Opening", "country"),
    ("Opening", "title"),
    ("Opening", "reference"),
    ("Person", "name"),
    ("RegistrationRequest", "title"),
    ("Share", "side"),
    ("Share", "receiver"),
    ("ValidationReport", "title"),
    ("ValidationReport", "entity"),
    ("ValidationReport", "contracted_by"),
]
SHORTEST |= {"Share": {"side": "JP", "percent": "50"}, "Opening": {"country": "MN"}}


@pytest.mark.parametrize(("name", "field"), NAMES)
@pytest.mark.parametrize("value", ["", "  ", "\n", 5, ("X",)])
def test_a_name_is_never_blank(name: str, field: str, value: Any) -> None:
    """A blank text and what is no text are refused with the name of the field."""
    with pytest.raises(EvidenceError, match=rf"^{field}: .* is not a name\. Give a text that is not blank"):
        classes()[name](**{**SHORTEST.get(name, {}), field: value})


LISTS = [
    ("CompletenessConclusion", "reasons", {"conclusion": "complete"}),
    ("AssessmentConclusion", "reasons", {"conclusion": "accepted"}),
    ("DesignDocument", "participants", {}),
    ("JointCommitteeDecision", "cases", {}),
    ("JointCommitteeDecision", "objections", {}),
    ("JointCommitteeDecision", "reasons", {}),
    ("ModalitiesAmendment", "added", {}),
    ("ModalitiesAmendment", "ceased", {}),
    ("ModalitiesAmendment", "contacts_changed", {}),
    ("ModalitiesAmendment", "signed_by", {}),
    ("ModalitiesAmendment", "withdrawn", {}),
    ("ModalitiesOfCommunication", "ceased", {}),
    ("ModalitiesOfCommunication", "entities", {}),
    ("ModalitiesOfCommunication", "participants", {}),
    ("ModalitiesOfCommunication", "signed_by", {}),
    ("ValidationReport", "open_requests", {}),
]


@pytest.mark.parametrize(("name", "field", "base"), LISTS)
def test_several_names_are_a_list_of_texts(name: str, field: str, base: dict[str, Any]) -> None:
    """A list becomes a tuple; one text is not a list of its letters, and no name is blank."""
    cls, given_fields = classes()[name], {**SHORTEST.get(name, {}), **base}
    assert getattr(cls(**given_fields, **{field: ["A", "B"]}), field) == ("A", "B")
    assert getattr(cls(**given_fields, **{field: ()}), field) == ()
    with pytest.raises(EvidenceError, match="is one text where several are meant"):
        cls(**given_fields, **{field: "AB"})
    for value in (("A", " "), ("A", 5), 5, {"A"}, {"A": "B"}):
        with pytest.raises(EvidenceError, match=rf"^{field}: .* must be names"):
            cls(**given_fields, **{field: value})


@pytest.mark.parametrize("field", ["signatories", "contact"])
def test_a_list_of_persons_may_be_given_as_a_list(field: str) -> None:
    """It is kept as a tuple, so that evidence can be compared after it was stored."""
    person = Person(name="A. Example")
    value: Any = [person] if field == "signatories" else person
    made = evidence.FocalPoint(name="X", **{field: value})
    assert getattr(made, field) == ((person,) if field == "signatories" else person)


# -- documents -------------------------------------------------------------------------------------------------------


def test_a_document_is_shown_by_what_is_known_of_it() -> None:
    """Its version before its address before its digest."""
    assert str(Document(version="1.0", url="https://example.org")) == "version 01.0"
    assert str(Document(url="https://example.org", digest="ab")) == "https://example.org"
    assert str(Document(digest="ab")) == "ab"
    assert str(Document()) == "a document"


# -- tags ------------------------------------------------------------------------------------------------------------

TAGS = {
    "assessment_conclusion": ("AssessmentConclusion", 1, None),
    "change_effect": ("ChangeEffect", 1, None),
    "completeness_conclusion": ("CompletenessConclusion", 1, None),
    "credit_allocation": ("CreditAllocation", 1, "F_Crd_Allc"),
    "design_document": ("DesignDocument", 1, "F_PDD"),
    "elapsed": ("Elapsed", 1, None),
    "implementation_report": ("ImplementationReport", 1, "F_Imp_Rep"),
    "issuance_notice": ("IssuanceNotice", 1, None),
    "issuance_request": ("IssuanceRequest", 1, "F_Iss_Req"),
    "issuance_request_withdrawal": ("IssuanceRequestWithdrawal", 1, "F_IW_Req"),
    "joint_committee_decision": ("JointCommitteeDecision", 1, None),
    "modalities_amendment": ("ModalitiesAmendment", 1, "F_MoC"),
    "modalities_of_communication": ("ModalitiesOfCommunication", 1, "F_MoC"),
    "monitoring_report": ("MonitoringReport", 1, None),
    "registry_issuance": ("RegistryIssuance", 1, None),
    "sustainable_development_report": ("SustainableDevelopmentReport", 1, "F_SDIR"),
    "verification_report": ("VerificationReport", 1, "F_Vrf_Rep"),
    "accreditation": ("Accreditation", 1, None),
    "adjustment": ("Adjustment", 1, None),
    "article_six_report": ("ArticleSixReport", 1, None),
    "authorisation": ("Authorisation", 1, None),
    "block_split": ("BlockSplit", 1, None),
    "cancellation_record": ("CancellationRecord", 1, None),
    "change_request": ("ChangeRequest", 1, "F_PRC_Req"),
    "compensation_plan": ("CompensationPlan", 1, None),
    "designation_application": ("DesignationApplication", 1, "F_TPE"),
    "designation_withdrawal": ("DesignationWithdrawal", 1, None),
    "loss_event_report": ("LossEventReport", 1, None),
    "meeting_record": ("MeetingRecord", 1, None),
    "methodology_revision_request": ("MethodologyRevisionRequest", 1, "F_AMR_Req"),
    "methodology_spreadsheet": ("MethodologySpreadsheet", 1, "F_PMS"),
    "project_idea_note": ("ProjectIdeaNote", 1, "F_PIN"),
    "proposal_submission": ("ProposalSubmission", 1, "F_PM"),
    "proposed_methodology": ("ProposedMethodology", 1, "F_PM"),
    "renaming": ("Renaming", 1, None),
    "scope_withdrawal": ("ScopeWithdrawal", 1, None),
    "transfer_record": ("TransferRecord", 1, None),
    "use_record": ("UseRecord", 1, None),
    "move": ("Move", 1, None),
    "notice": ("Notice", 1, None),
    "opening": ("Opening", 1, None),
    "pdd_submission": ("PDDSubmission", 1, "F_PDD"),
    "public_input": ("PublicInput", 1, None),
    "publication": ("Publication", 1, None),
    "receipt": ("Receipt", 1, None),
    "reference_emissions_request": ("ReferenceEmissionsRequest", 1, "F_Asst_Req"),
    "registration_request": ("RegistrationRequest", 1, "F_Reg_Req"),
    "registration_request_withdrawal": ("RegistrationRequestWithdrawal", 1, "F_RW_Req"),
    "sustainable_development_plan": ("SustainableDevelopmentPlan", 1, "F_SDIP"),
    "validation_report": ("ValidationReport", 1, "F_Val_Rep"),
}


def test_tags_never_change() -> None:
    """Journals of years ago name them: tag, class, schema and form stand here a second time."""
    ours = {tag: cls for tag, cls in evidence_classes().items() if cls.__module__.startswith("jcm_cycle.")}
    assert {tag: (cls.__name__, cls.schema, cls.form) for tag, cls in ours.items()} == TAGS
    assert all(cls.tag == tag for tag, cls in ours.items())


def test_two_classes_cannot_share_a_tag() -> None:
    """Not even two of the same name in two modules: the journal could not tell them apart."""
    with pytest.raises(DefinitionError, match=r"^Two classes of evidence have the tag 'receipt'\. Give each a tag"):

        class Receipt(Evidence):
            tag: ClassVar[str] = "receipt"

    assert evidence_classes()["receipt"] is evidence.Receipt
    with pytest.raises(DefinitionError, match="the tag 'receipt'"):
        type("Receipt", (Evidence,), {"tag": "receipt", "__module__": "elsewhere", "__qualname__": "Receipt"})
    assert evidence_classes()["receipt"] is evidence.Receipt


def test_a_class_without_a_tag_of_its_own_is_not_known() -> None:
    """A base class for forms is no form, and a subclass does not take its parent's tag."""
    before = dict(evidence_classes())

    @frozen(kw_only=True)
    class Local(evidence.Receipt):
        pass

    assert dict(evidence_classes()) == before
    assert issubclass(Local, Evidence)


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_every_form_names_itself_with_its_version(tag: str) -> None:
    """A rule on form versions finds the official form of each filing; what is no form names none."""
    cls, _, form = TAGS[tag]
    if tag in ("pdd_submission", "proposal_submission", "change_request") or form is None:
        return
    made = classes()[cls](**SHORTEST.get(cls, {}), form_version="02.0")
    assert made.forms == ((form, Version(2)),)


def test_what_is_no_form_names_none_and_ends_no_way() -> None:
    """A receipt has neither form nor outcome."""
    assert evidence.Receipt().forms == ()
    assert evidence.Receipt().outcome is None
    assert evidence.Filing().forms == ()


def test_outcomes_are_the_words_of_the_table() -> None:
    """They are kept in journals, so they never change."""
    assert {str(outcome) for outcome in Outcome} == {
        "positive",
        "negative",
        "complete",
        "incomplete",
        "accepted",
        "not_accepted",
        "registered",
        "refused",
        "otherwise",
        "notified",
        "zero",
        "partly",
        "approved",
        "no_objection",
        "objected",
        "designated",
        "provisional",
        "returned",
        "decided",
    }


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: evidence.YearAmount(year=20, amount=1), "year: 20 is not a calendar year"),
        (lambda: evidence.YearAmount(year=True, amount=1), "year: True is not a calendar year"),
        (lambda: evidence.YearAmount(year=None, amount=1), "year: no calendar year is given"),
        (lambda: evidence.AllocationLine(side="Japan", amount=1), "side: 'Japan' is not the code of a country"),
        (lambda: evidence.AllocationLine(side="JP", amount=None), "amount: no amount is given"),
        (lambda: evidence.IssuanceRequest(lines=["JP 1 t"]), "lines: .* must be a list of AllocationLine"),
        (
            lambda: evidence.RegistryIssuance(side="JP", lines=(evidence.AllocationLine(side="MN", amount=1),)),
            "lines: one is of another side than JP",
        ),
        (
            lambda: evidence.RegistryIssuance(
                side="JP", amount=2, lines=(evidence.AllocationLine(side="JP", amount=1),)
            ),
            "amount: the lines sum to 1 t, not to 2 t",
        ),
    ],
)
def test_amounts_that_cannot_be_are_told_where_they_are_made(make: Any, why: str) -> None:
    """Years, sides, tonnes and sums: the error names the field, and what is wrong with it."""
    with pytest.raises(EvidenceError, match=f"^{why}"):
        make()


def test_a_registry_names_no_side_where_its_source_names_none() -> None:
    """The amount is kept; the rule that asks for the side is then missing it."""
    paper = evidence.RegistryIssuance(amount=207, total=True)
    assert (paper.side, paper.issued, paper.total) == (None, 207, True)
    assert evidence.RegistryIssuance(lines=(evidence.AllocationLine(side="JP", amount=3),)).issued == 3
