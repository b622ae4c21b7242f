"""Funding, consortium and origin: read exactly, kept with the opening, and no part of the procedure; all synthetic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import Case, Journal, Role, books, evidence as ev, methodology, project, tpe, verify
from jcm_cycle.codec import dump_evidence, read_evidence
from jcm_cycle.errors import EvidenceError
from jcm_cycle.states import MACHINES

OPENED, DAY = date(2025, 1, 6), date(2025, 1, 8)
MEMBER = ev.ConsortiumMember(name="Synthetic Power Japan K.K.", country="JP", legal_person=True)
WHOLE = ev.Background(
    funding=ev.Funding(
        programme="Synthetic model projects", share="0.5", granted_on=date(2024, 9, 2), duties=["credits_to_japan"]
    ),
    consortium=ev.Consortium(
        representative=MEMBER,
        members=[ev.ConsortiumMember(name="Synthetic Solar LLC", country="MN")],
        single_contact=True,
    ),
    origin=ev.Origin(kind="feasibility_study", text="a synthetic study", source="synthetic list of studies"),
)
ORIGIN = ev.Background(origin=WHOLE.origin)


def refused(make: Callable[[], Any], why: str, cure: str) -> None:
    """Assert that something cannot be made, for this reason and with this to do about it."""
    with pytest.raises(EvidenceError) as caught:
        make()
    assert (caught.value.why, caught.value.cure) == (why, cure)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("0.5", Decimal("0.5")),
        ("1", Decimal(1)),
        ("1.00", Decimal(1)),
        ("0.3333", Decimal("0.3333")),
        (Decimal("1E-7"), Decimal("0.0000001")),
        (None, None),
    ],
)
def test_a_share_is_an_exact_fraction_of_at_most_one(given: Any, read: Decimal | None) -> None:
    """Text and decimal number are read alike, and survive storage."""
    made = ev.Funding(programme="Synthetic", share=given)
    assert made.share == read
    opening = ev.Opening(country="MN", background=ev.Background(funding=made))
    assert read_evidence(dump_evidence(opening)[0]) == opening


@pytest.mark.parametrize(
    "hostile",
    [
        "half", "", " ", "50%", "50", "1.01", "0", "0.0", "-0.5", "+0.5", "NaN", "inf", "1e-1", ".5", "0,5", "٠.٥",
        "0.5\n", 0.5, 1, True, (), ["0.5"], date(2024, 5, 1),
        Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal(0), Decimal("-0.1"), Decimal("1.1"),
        Decimal("1E+999999999"),
    ],
)  # fmt: skip
def test_what_is_no_share_is_refused(hostile: Any) -> None:
    """A percentage is none, nor is a float, which has no one text."""
    refused(
        lambda: ev.Funding(programme="Synthetic", share=hostile),
        f"share: {hostile!r} is not a fraction of more than 0 and at most 1.",
        'Write it as text of a decimal number, such as "0.5" for one half.',
    )


@pytest.mark.parametrize("long", ["0." + "3" * 21, Decimal("1E-999999999")])
def test_a_share_has_an_end(long: Any) -> None:
    """Twenty digits are enough."""
    refused(
        lambda: ev.Funding(programme="Synthetic", share=long),
        f"share: {long!r} has more than 20 digits after the point.",
        'Write it shorter, such as "0.3333" for one third.',
    )
    assert ev.Funding(programme="Synthetic", share="0." + "3" * 20).share == Decimal("0." + "3" * 20)


KINDS = "Words are feasibility_study, mrv_demonstration, programme."
DUTIES = "credits_to_japan, apply_for_registration, report_to_ministry"
MAKE = 'Make each with ConsortiumMember(name="…").'


@pytest.mark.parametrize(
    ("make", "why", "cure"),
    [
        (lambda: ev.Funding(programme=""), "programme: '' is not a name.", "Give a text that is not blank."),
        (lambda: ev.Funding(programme=None), "programme: none is given.", "Give a text that is not blank."),  # type: ignore[arg-type]
        (lambda: ev.Funding(programme="S", duties="credits_to_japan"),
         "'credits_to_japan' is one text where several are meant.", "Give a list, with one item if there is one."),
        (lambda: ev.Funding(programme="S", duties=["pay"]),
         "duties: 'pay' is none of the words that can stand here.", f"Words are {DUTIES}."),
        (lambda: ev.Funding(programme="S", duties=[None]), "duties: one is not given.", f"Words are {DUTIES}."),
        (lambda: ev.Funding(programme="S", duties=7), "duties: 7 is not a list.", f"Give a list of {DUTIES}."),
        (lambda: ev.Funding(programme="S", granted_on="2024-05-01"),  # type: ignore[arg-type]
         "granted_on: '2024-05-01' is not a day.", "Give a date without a time."),
        (lambda: ev.Origin(kind="subsidy"), "kind: 'subsidy' is none of the words that can stand here.", KINDS),
        (lambda: ev.Origin(kind=None), "kind: none is given.", KINDS),
        (lambda: ev.Origin(kind="programme", text="more"),
         "source: the text has none.", "Say where it was read, or leave the text out."),
        (lambda: ev.ConsortiumMember(name=" "), "name: ' ' is not a name.", "Give a text that is not blank."),
        (lambda: ev.ConsortiumMember(name="S", country="Japan"),
         "country: 'Japan' is not the code of a country.",
         "Write two capital letters: JP, or the host country's code such as MN."),
        (lambda: ev.ConsortiumMember(name="S", legal_person="yes"),  # type: ignore[arg-type]
         "legal_person: 'yes' is neither true nor false.",
         "Give True or False, or leave it out where it is not known."),
        (lambda: ev.Consortium(representative="S"),  # type: ignore[arg-type]
         "representative: 'S' is not a member of a consortium.", MAKE),
        (lambda: ev.Consortium(representative=MEMBER, members=[None]),
         "members: None is not a member of a consortium.", MAKE),
        (lambda: ev.Consortium(representative=MEMBER, members=7),
         "members: 7 is not a member of a consortium.", MAKE),
        (lambda: ev.Consortium(representative=MEMBER, members=[MEMBER]),
         "members: Synthetic Power Japan K.K. stands twice in the consortium.",
         "Name each member once; the representative is not named again."),
        (lambda: ev.Consortium(representative=MEMBER, single_contact=1),  # type: ignore[arg-type]
         "single_contact: 1 is neither true nor false.",
         "Give True or False, or leave it out where it is not known."),
        (lambda: ev.Background(funding="half"), "funding: 'half' is no Funding.", "Make it with Funding(…)."),  # type: ignore[arg-type]
        (lambda: ev.Opening(country="MN", background={}),  # type: ignore[arg-type]
         "background: {} is no Background.", "Make it with Background(…)."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(make: Callable[[], Any], why: str, cure: str) -> None:
    """It says which field, what is wrong with it, and what to do."""
    refused(make, why, cure)


def test_a_background_is_kept_sealed_and_read_back(tmp_path: Path) -> None:
    """It enters the journal with the opening of the case, and stays with the case on its way."""
    journal = Journal(tmp_path / "journal.jsonl")
    journal.append(Case.open(project, "park", on=OPENED, country="MN", background=WHOLE))
    journal.append(Case.open(methodology, "heat", on=OPENED, country="MN", background=ORIGIN))
    published = project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="MN099"))
    journal.append(journal.case("park").record(published))
    again = Journal(journal.path)
    assert verify(journal.path, head=journal.head).intact
    assert again.case("park").file.background == WHOLE
    assert again.case("heat").file.background == ORIGIN
    line = journal.path.read_text(encoding="utf-8").splitlines()[0]
    assert '"share":"0.5"' in line
    journal.path.write_text(
        journal.path.read_text(encoding="utf-8").replace('"share":"0.5"', '"share":"0.6"'), encoding="utf-8"
    )
    assert not verify(journal.path, head=journal.head).intact


@pytest.mark.parametrize("share", ["1.5", 0.5, "NaN", None])
def test_a_background_that_could_not_have_been_written_is_not_read(share: Any) -> None:
    """The error names the field, from the opening down."""
    data, _ = dump_evidence(ev.Opening(country="MN", background=WHOLE))
    data["public"]["background"]["funding"]["share"] = share
    if share is None:
        assert read_evidence(data).background.funding.share is None  # type: ignore[attr-defined]
        return
    with pytest.raises(EvidenceError, match=r"^background\.funding"):
        read_evidence(data)


@pytest.mark.parametrize("machine", [name for name in MACHINES if name != "project"])
@pytest.mark.parametrize("part", ["funding", "consortium", "origin"])
def test_only_a_project_has_all_of_it_and_a_methodology_an_origin(machine: str, part: str) -> None:
    """A case of any other machine is not opened with it."""
    made = MACHINES[machine]
    background = ev.Background(**{part: getattr(WHOLE, part)})

    def opened() -> Any:
        whole = "whole" if made.of else None
        return Case.open(made, "c", on=OPENED, country="MN", of=whole, background=background)

    if (machine, part) == ("methodology", "origin"):
        assert opened().case.file.background == ORIGIN
        return
    refused(
        opened,
        f"background: a case of {machine} has no {part}.",
        "Tell it of the project; of a methodology, tell the origin alone.",
    )


def test_all_that_is_out_of_place_is_named() -> None:
    """At once."""
    refused(
        lambda: Case.open(methodology, "heat", on=OPENED, country="MN", background=WHOLE),
        "background: a case of methodology has no funding and no consortium.",
        "Tell it of the project; of a methodology, tell the origin alone.",
    )


def test_whoever_is_not_asked_for_it_has_an_empty_one() -> None:
    """A case without it, and one that was opened with nothing in it."""
    for background in (None, ev.Background()):
        case = Case.open(project, "park", on=OPENED, country="MN", background=background).case
        assert case.file.background == ev.Background()
    assert Case.open(tpe, "cert", on=OPENED, country="MN", background=ev.Background()).case.state == "new"


def test_no_rule_and_no_contact_depends_on_it() -> None:
    """The same act is judged the same with it and without it; the representative is no focal point."""
    rules = books["MN"]
    paper = ev.PDDSubmission(
        design_document=ev.DesignDocument(title="A synthetic park", monitoring_plan=ev.Document(version="1.0")),
        modalities=ev.ModalitiesOfCommunication(
            title="A synthetic park", focal_point=ev.FocalPoint(name="Synthetic Solar LLC")
        ),
    )
    answers: list[Any] = []
    next_: list[str] = []
    for background in (None, WHOLE):
        case = Case.open(project, "park", on=OPENED, rules=rules, procedure="PCP 07.0", background=background).case
        answer = case.attempt(project.submit_pdd(paper, by=Role.PARTICIPANT, on=DAY), rules=rules)
        case = case.record(project.submit_pdd.fact(on=DAY, evidence=paper)).case
        contacts = case.contacts(DAY).statement
        assert contacts is not None
        assert contacts.focal_point.name == "Synthetic Solar LLC"
        answers.append(answer.json())
        next_.append(str(case.next_steps(on=DAY, rules=rules)))
    assert answers[0] == answers[1]
    assert next_[0] == next_[1]


def test_an_opening_without_it_is_written_as_before() -> None:
    """Old journals have none, and new ones only where it is told."""
    assert dump_evidence(ev.Opening(country="MN"))[0]["public"] == {"country": "MN"}
