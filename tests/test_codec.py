"""The codec: objects as plain data and back, strictly, with what is confidential apart."""

from __future__ import annotations

import json
import string
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

import attrs
import pytest
from attrs import field, frozen
from hypothesis import given, strategies as st

from jcm_cycle import evidence as ev
from jcm_cycle.codec import dump, dump_evidence, merge, read, read_evidence, split
from jcm_cycle.days import UNKNOWN, UNKNOWN_DAY, Between, Bound, Period
from jcm_cycle.errors import EvidenceError, NewerSchema, UnknownTag
from jcm_cycle.evidence import (
    ConsortiumMember,
    Evidence,
    MethodologyVersion,
    Origin,
    OriginKind,
    Outcome,
    Person,
    Version,
)
from jcm_cycle.evidence._base import evidence_classes
from jcm_cycle.evidence.reports import CHECKLIST
from jcm_cycle.findings import Effect, Ground, Standing
from jcm_cycle.parties import Actor, Role

DAY = date(2024, 5, 1)
CLASSES = {tag: cls for tag, cls in evidence_classes().items() if cls.__module__.startswith("jcm_cycle.")}

# -- evidence of every class, made by Hypothesis ---------------------------------------------------------------------

texts = st.text(string.ascii_letters + " .-'%é山\"\\\n", min_size=1, max_size=8).filter(str.strip)
parts = st.integers(0, 999)
versions = st.builds(Version, parts, parts)
countries = st.sampled_from(["MN", "ID", "JP"])

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(0, 2**53),
    bool: st.booleans(),
    date: st.dates(),
    Version: versions,
    Period: st.builds(Period, st.dates(max_value=DAY), st.dates(min_value=DAY)),
    MethodologyVersion: st.builds("{}_AM{:03d}".format, countries, parts).flatmap(
        lambda name: st.builds(MethodologyVersion, st.just(name), versions)
    ),
}
SCOPES = st.none() | st.lists(st.integers(1, 16), max_size=3)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "AssessmentConclusion.conclusion": st.sampled_from(["accepted", "not_accepted", "otherwise"]),
    "Background.origin": st.none() | st.builds(Origin, kind=st.sampled_from(OriginKind), text=texts, source=texts),
    "ChangeEffect.crediting_from": st.none() | st.dates(max_value=DAY),
    "ChangeEffect.crediting_until": st.none() | st.dates(min_value=DAY),
    "CompletenessConclusion.conclusion": st.sampled_from(["complete", "incomplete"]),
    "AllocationLine.side": st.sampled_from(["JP", "MN"]),
    "AllocationLine.year": st.none() | st.integers(2013, 2050),
    "Consortium.members": st.sampled_from([(), (ConsortiumMember(name="§", country="MN"),)]),
    "ConsortiumMember.country": st.none() | st.just("JP"),
    "Funding.share": st.none() | st.decimals("0.01", 1, places=2),
    "IssuanceRequest.reference": st.none() | st.just("MN001"),
    "Adjustment.party": st.just("JP"),
    "Adjustment.year": st.none() | st.integers(2021, 2050),
    "ArticleSixReport.party": st.just("MN"),
    "Authorisation.party": st.just("JP"),
    "Block.side": st.just("JP"),
    "Block.amount": st.integers(1, 2**53),
    "Block.years": st.none() | st.lists(st.integers(2021, 2050), min_size=1, max_size=2, unique=True),
    "BlockPart.amount": st.integers(1, 2**53),
    "ChangeRequest.crediting_from": st.none() | st.dates(max_value=DAY),
    "ChangeRequest.crediting_until": st.none() | st.dates(min_value=DAY),
    "CompletenessConclusion.reference": st.none() | st.just("MN_PM006"),
    "JointCommitteeDecision.circulated_on": st.none() | st.dates(max_value=DAY),
    "JointCommitteeDecision.decided_on": st.none() | st.just(DAY),
    "JointCommitteeDecision.met": st.none() | st.dates(max_value=DAY).map(lambda day: Period(day, DAY)),
    "JointCommitteeDecision.notified_on": st.none() | st.dates(min_value=DAY),
    "MonitoringReport.amounts": st.none(),
    "ProjectIdeaNote.reference": st.none() | st.just("ID_PIN001"),
    "DesignDocument.scopes": SCOPES,
    "MonitoringReport.scopes": SCOPES,
    "ProposedMethodology.scopes": SCOPES,
    "Scopes.numbers": st.lists(st.integers(1, 16), min_size=1, max_size=3),
    "TransferRecord.to": st.none() | st.just("JP"),
    "MonitoringReport.reference": st.none() | st.just("MN001"),
    "RegistryIssuance.lines": st.none(),
    "RegistryIssuance.side": st.just("JP"),
    "VerificationReport.amounts": st.none(),
    "VerificationReport.opinion": st.sampled_from(["positive", "negative"]),
    "VerificationReport.reference": st.none() | st.just("MN001"),
    "YearAmount.year": st.integers(2013, 2050),
    "ModalitiesAmendment.sections": st.none() | st.frozensets(st.integers(1, 4)),
    "PDDSubmission.idea": st.none() | st.just("ID_PIN001"),
    "Publication.reference": st.none() | st.just("MN001"),
    "RegistrationRequest.reference": st.none() | st.just("MN001"),
    "RegistrationRequest.resubmits": st.none() | st.just("MN002"),
    "Share.percent": st.decimals(0, 100, places=2).map(str),
    "ValidationReport.opinion": st.sampled_from(["positive", "negative"]),
    "ValidationReport.reference": st.none() | st.just("MN001"),
    "ValidationReport.ticked": st.none() | st.lists(st.sampled_from(CHECKLIST)),
}


def some(kind: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one for each kind of type
    """Return a strategy for a type as evidence uses it."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.none() | some(next(part for part in inner if part is not type(None)))
    if origin is tuple and inner[1] is Ellipsis:
        return st.lists(some(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(some, inner))
    if origin is Mapping:
        return st.dictionaries(some(inner[0]), some(inner[1]), max_size=2)
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    attrs.resolve_types(kind)
    names = {f"{kind.__name__}.{a.name}": a for a in attrs.fields(kind)}
    return st.builds(kind, **{a.name: FIELDS[name] if name in FIELDS else some(a.type) for name, a in names.items()})


ANY = {tag: some(cls) for tag, cls in CLASSES.items()}
anything = st.one_of(*ANY.values())


def as_json(data: Any) -> Any:
    """Return data after a journey through JSON, in which there are no floats."""
    return json.loads(json.dumps(data), parse_float=pytest.fail)


@pytest.mark.parametrize("tag", sorted(CLASSES))
def test_evidence_of_every_class_survives_storage(tag: str) -> None:
    """What is written as tagged data, public and confidential apart, is read as the same evidence."""

    @given(ANY[tag])
    def survives(paper: Evidence) -> None:
        data, hidden = as_json(dump_evidence(paper))
        assert set(data) == {"tag", "schema", "public"}
        assert (data["tag"], data["schema"]) == (tag, CLASSES[tag].schema)
        again = read_evidence(data, hidden)
        assert again == paper
        assert type(again) is CLASSES[tag]
        assert dump_evidence(again) == (data, hidden)

    survives()


@given(anything)
def test_evidence_survives_as_one_object_as_well(paper: Evidence) -> None:
    """`read` reads what `dump` writes, which is what users write into evidence files."""
    assert read(type(paper), as_json(dump(paper))) == paper


@given(anything)
def test_what_is_left_out_is_not_written(paper: Evidence) -> None:
    """No null stands in the data of evidence, at whatever depth: a line holds what was said."""

    def nulls(data: Any) -> bool:
        if isinstance(data, dict):
            return any(map(nulls, data.values()))
        return any(map(nulls, data)) if isinstance(data, list) else data is None

    assert not nulls(dump(paper))


@pytest.mark.parametrize(
    ("name", "empty"), [("open_requests", ()), ("ticked", ()), ("registered_elsewhere", ""), ("eia_done", False)]
)
def test_an_empty_answer_is_not_taken_for_none(name: str, empty: Any) -> None:
    """An empty list, an empty text and no are answers, and survive; None stays None."""
    said = ev.ValidationReport(title="X", opinion="positive", **{name: empty})
    silent = ev.ValidationReport(title="X", opinion="positive")
    assert getattr(read_evidence(*as_json(dump_evidence(said))), name) == empty
    assert getattr(read_evidence(*as_json(dump_evidence(silent))), name) is None


# -- public and confidential -----------------------------------------------------------------------------------------

HIDDEN = "secret of a person"
PERSON = Person(name=HIDDEN, position=HIDDEN, email=HIDDEN, telephone=HIDDEN, address=HIDDEN)
KEPT_APART: dict[str, Any] = {"full_version": ev.Document(url=HIDDEN), "passages": {"A.1": HIDDEN}}
POINT = ev.FocalPoint(name="Synthetic Trading", signatories=(PERSON,), contact=PERSON)
STATEMENT = ev.ModalitiesOfCommunication(title="X", focal_point=POINT, signatories=(PERSON, PERSON), **KEPT_APART)
DEEP = ev.PDDSubmission(
    design_document=ev.DesignDocument(title="X", **KEPT_APART),
    modalities=STATEMENT,
    sd_plan=ev.SustainableDevelopmentPlan(**KEPT_APART),
    **KEPT_APART,
)


@pytest.mark.parametrize(
    "paper",
    [
        STATEMENT,
        DEEP,
        ev.ModalitiesAmendment(contacts=(PERSON,), **KEPT_APART),
        ev.RegistrationRequest(allocation=ev.CreditAllocation(**KEPT_APART)),
        ev.ValidationReport(title="X", opinion="positive", team=(PERSON,), **KEPT_APART),
        ev.PublicInput(summary="Well done.", author=PERSON),
    ],
    ids=lambda paper: type(paper).__name__,
)
def test_nothing_confidential_stands_in_the_public_part(paper: Evidence) -> None:
    """At whatever depth; with the confidential part all is there again, and without it the rest can be read."""
    data, hidden = dump_evidence(paper)
    assert HIDDEN not in json.dumps(data)
    assert HIDDEN in json.dumps(hidden)
    assert read_evidence(data, hidden) == paper
    erased = read_evidence(data)
    assert HIDDEN not in str(erased)
    assert dump_evidence(erased) == (data, None)


@given(anything)
def test_the_confidential_part_has_nothing_but_confidential_fields(paper: Evidence) -> None:
    """Public fields are not hidden: taking the confidential ones out first gives the same public part."""
    public, hidden = split(paper)
    assert split(without_secrets(paper)) == (public, None)
    assert (hidden is None) == (without_secrets(paper) == paper)


def without_secrets(thing: Any) -> Any:
    """Return an object without its confidential fields, at whatever depth."""
    if isinstance(thing, tuple):
        return tuple(map(without_secrets, thing))
    if not attrs.has(type(thing)) or isinstance(thing, Version | MethodologyVersion | Period):
        return thing
    changes = {
        a.name: None if a.metadata.get("confidential") else without_secrets(getattr(thing, a.name))
        for a in attrs.fields(type(thing))
    }
    return attrs.evolve(thing, **changes)


def test_what_has_no_confidential_part_has_none() -> None:
    """None, and not an empty object: no digest is sealed for it."""
    assert dump_evidence(ev.Receipt())[1] is None
    assert dump_evidence(ev.PDDSubmission(design_document=ev.DesignDocument(title="X")))[1] is None


@frozen(kw_only=True)
class Circle:
    """Several parts, each with something confidential."""

    points: tuple[ev.FocalPoint, ...] = ()
    names: tuple[str, ...] = ()


def test_several_parts_keep_what_is_confidential_apart() -> None:
    """In a list, each part is split for itself and put together in its place."""
    circle = Circle(points=(ev.FocalPoint(name="A"), POINT), names=("B",))
    public, hidden = split(circle)
    assert public == {"points": [{"name": "A"}, {"name": "Synthetic Trading"}], "names": ["B"]}
    assert HIDDEN in json.dumps(hidden)
    assert read(Circle, merge(public, hidden)) == circle
    assert split(Circle(points=(ev.FocalPoint(name="A"),))) == ({"points": [{"name": "A"}]}, None)


# -- nothing is written that could not be read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "paper",
    [
        ev.Publication(url=5),  # type: ignore[arg-type]
        ev.Notice(text=("two", "texts")),  # type: ignore[arg-type]
        ev.DesignDocument(title="X", eia_required="yes"),  # type: ignore[arg-type]
        ev.DesignDocument(title="X", monitoring_plan="attached"),  # type: ignore[arg-type]
        ev.DesignDocument(title="X", passages={"A.1": 5}),  # type: ignore[dict-item]
        ev.CreditAllocation(shares=({"side": "JP"},)),
        ev.Opening(country="MN", capabilities={"idea_note": 1.0}),  # type: ignore[dict-item]
        ev.Opening(country="MN", track=False),  # type: ignore[arg-type]
    ],
    ids=lambda paper: str(paper)[:40],
)
def test_evidence_that_could_not_be_read_again_is_not_written(paper: Evidence) -> None:
    """Whoever works without a type checker is told before a line is sealed, not when the journal is opened."""
    with pytest.raises(EvidenceError):
        dump_evidence(paper)


def test_evidence_that_would_change_on_the_way_is_not_written() -> None:
    """A list where a tuple is meant comes back as a tuple."""

    @frozen(kw_only=True)
    class Loose(Evidence):
        tag: ClassVar[str] = "test_codec_loose"

        items: tuple[str, ...] = ()

    assert dump_evidence(Loose(items=("a",)))[0]["public"] == {"items": ["a"]}
    with pytest.raises(EvidenceError, match=r"^Loose would not be the same when it is read again"):
        dump_evidence(Loose(items=["a"]))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1.5, float("nan"), {"a": 1.0}, [1.0], (1.0,)])
def test_a_float_is_never_written(value: Any) -> None:
    """It has no one text, so no one hash."""
    with pytest.raises(EvidenceError, match=r"is a floating-point number, which has no one text"):
        dump(value)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("text", "text"),
        (Outcome.POSITIVE, "positive"),
        (DAY, "2024-05-01"),
        (Between(DAY), {"not_before": "2024-05-01", "not_after": None}),
        (UNKNOWN_DAY, "unknown"),
        (Bound(on=DAY), "2024-05-01"),
        (Bound(by=DAY), {"after": None, "by": "2024-05-01"}),
        (UNKNOWN, "unknown"),
        (Version(5), "05.0"),
        (MethodologyVersion.parse("MN_AM003 Ver2.0"), "MN_AM003 Ver2.0"),
        (Decimal("33.50"), "33.50"),
        ({"b", "a"}, ["a", "b"]),
        (frozenset({2, 1}), [1, 2]),
        ((DAY, None), ["2024-05-01", None]),
        ({1: Version(1)}, {"1": "01.0"}),
        (Actor(Role.ENTITY), {"role": "entity"}),
    ],
)
def test_each_kind_of_value_has_one_form_in_data(value: Any, data: Any) -> None:
    """Of exact types, so that it can be sealed."""
    assert dump(value) == data
    assert type(dump(value)) is type(data)


# -- strictness ------------------------------------------------------------------------------------------------------

REPORT = {"title": "X", "opinion": "positive"}


@pytest.mark.parametrize(
    ("cls", "data", "text"),
    [
        (ev.Receipt, {"on": "x"}, "on: unknown key 'on'. Keys are received_on."),
        (ev.PDDSubmission, {}, "design_document: 'design_document' is missing. Add design_document."),
        (ev.PDDSubmission, {"design_document": {}}, "design_document.title: 'title' is missing. Add title."),
        (
            ev.PDDSubmission,
            {"design_document": {"title": "X", "colour": "red"}},
            "design_document.colour: unknown key 'colour'. Keys are form_version,",
        ),
        (ev.PDDSubmission, {"design_document": []}, "design_document: [] is not a table of fields. Give the fields"),
        (ev.PDDSubmission, [], "[] is not a table of fields. Give the fields of PDDSubmission."),
        (ev.PDDSubmission, None, "None is not a table of fields."),
        (ev.ValidationReport, {**REPORT, "title": 5}, "title: 5 is not a text."),
        (ev.ValidationReport, {**REPORT, "title": " "}, "title: ' ' is not a name."),
        (ev.ValidationReport, {**REPORT, "opinion": "good"}, "opinion: 'good' is not one of the words known here."),
        (ev.ValidationReport, {**REPORT, "opinion": []}, "opinion: [] is not one of the words known here."),
        (ev.ValidationReport, {**REPORT, "opinion": "complete"}, "opinion: 'complete' is none of the words"),
        (ev.ValidationReport, {**REPORT, "completed_on": 20240501}, "completed_on: 20240501 is not a day."),
        (ev.ValidationReport, {**REPORT, "completed_on": "1.5.2024"}, "completed_on: '1.5.2024' is not a day."),
        (
            ev.ValidationReport,
            {**REPORT, "completed_on": datetime(2024, 5, 1, tzinfo=UTC)},
            "completed_on: datetime",
        ),
        (ev.ValidationReport, {**REPORT, "eia_done": 1}, "eia_done: 1 is neither true nor false."),
        (ev.ValidationReport, {**REPORT, "eia_done": "yes"}, "eia_done: 'yes' is neither true nor false."),
        (ev.ValidationReport, {**REPORT, "open_requests": "CAR 1"}, "open_requests: 'CAR 1' is not a list."),
        (ev.ValidationReport, {**REPORT, "open_requests": {"a": 1}}, "open_requests: {'a': 1} is not a list."),
        (ev.ValidationReport, {**REPORT, "open_requests": [1]}, "open_requests: 1 is not a text."),
        (ev.ValidationReport, {**REPORT, "document_version": 1.0}, "document_version: 1.0 is not a version."),
        (ev.ValidationReport, {**REPORT, "team": [{"nme": "A"}]}, "team"),
        (ev.ValidationReport, {**REPORT, "reference": "X"}, "reference: 'X' is not the reference of a project."),
        (ev.DesignDocument, {"title": "X", "scopes": [1, 2.0]}, "scopes: 2.0 is not a whole number."),
        (ev.DesignDocument, {"title": "X", "scopes": [True]}, "scopes: True is not a whole number."),
        (ev.DesignDocument, {"title": "X", "scopes": ["1"]}, "scopes: '1' is not a whole number."),
        (ev.DesignDocument, {"title": "X", "expected_lifetime": "9"}, "expected_lifetime: '9' is not a whole"),
        (ev.DesignDocument, {"title": "X", "passages": ["A"]}, "passages: "),
        (ev.DesignDocument, {"title": "X", "passages": {"A": 1}}, "passages.A: 1 is not a text."),
        (ev.DesignDocument, {"title": "X", "methodologies": ["X"]}, "methodologies: 'X' is not a version of an"),
        (ev.ModalitiesAmendment, {"sections": "12"}, "sections: '12' is not a list."),
        (ev.ModalitiesAmendment, {"sections": [5]}, "sections: Annex 1 has the sections 1 to 4, not [5]."),
        (ev.ModalitiesAmendment, {"renamed": [["A"]]}, "renamed: ['A'] must have 2 parts."),
        (ev.JointCommitteeDecision, {"decision": "registered", "mode": "x"}, "mode: 'x' is not one of the words"),
        (ev.CreditAllocation, {"shares": [{"side": "JP", "percent": 5}]}, "shares.percent: 5 is not a text."),
        (Actor, {"role": "auditor"}, "role: 'auditor' is not one of the words known here. Words are participant,"),
        (Ground, {"rule": "x"}, "revision: 'revision' is missing."),
        (str, 1, "1 is not a text."),
        (str, None, "None is not a text."),
        (int, True, "True is not a whole number."),
        (int, "1", "'1' is not a whole number."),
        (int, 1.0, "1.0 is not a whole number."),
        (bool, 0, "0 is neither true nor false."),
        (Decimal, 1, "1 is not a text."),
        (Decimal, 1.5, "1.5 is not a text."),
        (Decimal, "many", "'many' is not a decimal number."),
        (Decimal, "NaN", "'NaN' is not a decimal number."),
        (Decimal, "-Infinity", "'-Infinity' is not a decimal number."),
        (Bound, {}, "{} is not a bound."),
        (Bound, {"since": "2024-05-01"}, "{'since': '2024-05-01'} is not a bound."),
        (Bound, "soon", "'soon' is not a day."),
        (Bound, 5, "5 is not a day."),
        (tuple[str, int], ["a"], "['a'] must have 2 parts."),
        (date, "2024-02-30", "'2024-02-30' is not a day."),
        (Literal["yes", "no"], "maybe", "'maybe' is not one of the words known here. Words are yes, no."),
        (Literal["yes", "no"], ["yes"], "['yes'] is not one of the words known here."),
    ],
)
def test_what_is_not_what_it_should_be_is_refused_by_key(cls: Any, data: Any, text: str) -> None:
    """An unknown key, a missing one and a wrong type are errors that name the key; nothing is converted."""
    with pytest.raises(EvidenceError) as caught:
        read(cls, data)
    assert str(caught.value).startswith(text)
    assert caught.value.cure


def test_the_key_of_an_error_can_be_asked_for() -> None:
    """With the keys that lead to it, so that the line of a file can be found."""
    with pytest.raises(EvidenceError) as caught:
        read(ev.PDDSubmission, {"design_document": {"title": "X", "version": "x"}})
    assert caught.value.key == "design_document.version"  # type: ignore[attr-defined]


scraps = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_whatever_the_data_are_one_kind_of_error_comes_out(data: st.DataObject) -> None:
    """Good evidence in which one value was replaced is read or refused, and nothing else."""
    paper = data.draw(anything)
    public = as_json(dump(paper))
    if public:
        public[data.draw(st.sampled_from(sorted(public)))] = data.draw(scraps)
    try:
        found = read(type(paper), public)
    except EvidenceError:
        return
    assert isinstance(found, type(paper))
    assert read(type(paper), as_json(dump(found))) == found


@pytest.mark.parametrize(
    ("value", "bound"),
    [
        ("2024-05-01", Bound(on=DAY)),
        (DAY, Bound(on=DAY)),
        ("unknown", UNKNOWN),
        ({"by": DAY}, Bound(by=DAY)),
        ({"after": "2024-05-01"}, Bound(after=DAY)),
        ({"after": None, "by": "2024-05-01"}, Bound(by=DAY)),
        (Bound(on=DAY), Bound(on=DAY)),
    ],
)
def test_a_bound_is_read_from_toml_and_from_json(value: Any, bound: Bound) -> None:
    """A day, a stretch or unknown; what `json` writes is read again."""
    assert read(Bound, value) == bound
    assert read(Bound, bound.json()) == bound


def test_other_values_are_read_from_their_one_form() -> None:
    """Decimals from text, days as well as they are known, words as enums."""
    assert read(Decimal, "33.50") == Decimal("33.50")
    assert read(date | Between, {"not_before": "2024-05-01", "not_after": None}) == Between(DAY)  # type: ignore[arg-type]
    assert read(Actor, {"role": "Joint Committee"}).role is Role.JOINT_COMMITTEE
    assert read(tuple[str, int], ["a", 1]) == ("a", 1)
    assert read(Literal["yes", "no"], "no") == "no"  # type: ignore[arg-type]
    assert read(frozenset[int], [1, 1]) == frozenset({1})


def test_a_ground_survives_an_archive() -> None:
    """Rules as an edition has them are kept in journals."""
    ground = Ground(
        rule="project.x.y",
        revision=2,
        sentence="It is so.",
        effect=Effect.HOLDS,
        standing=Standing.INFERRED,
        cites="a paragraph",
        capped=False,
    )
    assert read(Ground, as_json(dump(ground))) == ground


# -- tags and schemas ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["receip", "", "Receipt", None, 5, ["receipt"], {}])
def test_an_unknown_tag_is_an_error_of_its_own(tag: Any) -> None:
    """It says what to read the journal with."""
    with pytest.raises(UnknownTag, match=r"^No class of evidence has the tag .* Read it with the version"):
        read_evidence({"tag": tag, "schema": 1, "public": {}})


@pytest.mark.parametrize("schema", [2, 99, 0, -1, "1", 1.0, True, None])
def test_a_newer_schema_is_an_error_of_its_own(schema: Any) -> None:
    """So is one that is no number of a schema."""
    with pytest.raises(NewerSchema, match=r"^receipt has schema .*; this version knows up to 1\. Read it with a"):
        read_evidence({"tag": "receipt", "schema": schema, "public": {}})


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"tag": "receipt", "schema": 1},
        {"tag": "receipt", "public": {}},
        {"schema": 1, "public": {}},
        {"tag": "receipt", "schema": 1, "public": {}, "private": {}},
        [],
        None,
        "receipt",
    ],
)
def test_stored_evidence_has_its_members_and_no_others(data: Any) -> None:
    """One that is missing or unknown is an error, not a default."""
    with pytest.raises(EvidenceError, match=r"^Evidence has the members tag, schema and public"):
        read_evidence(data)


def test_the_digest_of_a_part_that_is_kept_elsewhere_may_stand_beside_it() -> None:
    """A journal's line holds it; the part itself is given, or was withheld."""
    data = {"tag": "public_input", "schema": 1, "public": {"summary": "Well done."}, "confidential": "ab12"}
    assert read_evidence(data) == ev.PublicInput(summary="Well done.")
    assert read_evidence(data, {"author": {"name": "A"}}).author == Person(name="A")  # type: ignore[attr-defined]


def test_a_confidential_part_that_is_not_one_is_refused() -> None:
    """It is read as strictly as the rest."""
    data = {"tag": "public_input", "schema": 1, "public": {}}
    wrong: list[Any] = [{"author": {"name": ""}}, {"editor": {}}, {"author": "A"}, [1]]
    for hidden in wrong:
        with pytest.raises(EvidenceError):
            read_evidence(data, hidden)


@frozen(kw_only=True)
class Measured(Evidence):
    """Evidence with a measured value, as a plug-in may define it."""

    tag: ClassVar[str] = "test_codec_measured"

    tonnes: Decimal = field()


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_measured_value_survives_as_text(tonnes: Decimal) -> None:
    """Digit by digit; classes of plug-ins are read like those of the library."""
    data, _ = dump_evidence(Measured(tonnes=tonnes))
    assert data["public"] == {"tonnes": str(tonnes)}
    again = read_evidence(as_json(data))
    assert isinstance(again, Measured)
    assert str(again.tonnes) == str(tonnes)
