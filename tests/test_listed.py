"""Which entities and which methodology versions a register lists on a day; all of them are synthetic."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import UNKNOWN_DAY, Between, Case, books, evidence as ev, methodology, register, tpe
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.register import NOTHING_KNOWN, Approval, Designation, No, NotKnown, Yes, facts, first_of

SINCE, ON = date(2020, 1, 10), date(2024, 5, 1)
ROUGH = Between(date(2024, 4, 1), date(2024, 6, 1))


def held(entity: str, number: str | None = None, **changes: Any) -> Designation:
    """Return the designation of an entity for the scopes 1 and 3."""
    fact: dict[str, Any] = {"country": "ZZ", "scopes": (1, 3), "since": SINCE}
    return Designation(**{**fact, "entity": entity, "number": number, **changes})


def names(found: Any) -> list[str]:
    """Return the names of what is listed."""
    return [one.entity for one in found]


KNOWN = facts(
    held("Beta Example", "TPE-ZZ-002", until=date(2024, 4, 30)),
    held("Alpha Example", "TPE-ZZ-001"),
    held("Gamma Example", since=ROUGH),
    held("Delta Example", scopes=None),
    held("Epsilon Example", since=date(2024, 6, 1)),
    held("Elsewhere", country="YY"),
    Approval(methodology="ZZ_AM001 Ver1.0", approved_on=SINCE, superseded_on=date(2023, 1, 1)),
    Approval(methodology="ZZ_AM001 Ver2.0", approved_on=date(2023, 1, 1)),
    Approval(methodology="ZZ_AM001 Ver3.0", approved_on=date(2024, 6, 1)),
    Approval(methodology="ZZ_AM001 Ver1.1", approved_on=UNKNOWN_DAY),
    Approval(methodology="ZZ_AM002 Ver1.0", approved_on=SINCE),
)


def test_entities_are_listed_by_what_is_known_of_them() -> None:
    """Usable ones, those that may be, and those that are not; of the country asked for, by name."""
    found = KNOWN.entities("ZZ", "validation", (1,), ON)
    assert names(found.usable) == ["Alpha Example"]
    assert names(found.perhaps) == ["Delta Example", "Gamma Example"]
    assert names(found.unusable) == ["Beta Example", "Epsilon Example"]
    assert names(found) == ["Alpha Example", "Delta Example", "Gamma Example"]
    assert len(found) == 3
    assert [type(one.answer) for one in found.known] == [Yes, NotKnown, NotKnown, No, No]
    assert names(KNOWN.entities("ZZ", "validation", (2,), ON).perhaps) == ["Delta Example"]


def test_entities_as_text_and_as_data() -> None:
    """With what speaks for and against each, and the day from which one is usable."""
    found = KNOWN.entities("ZZ", "validation", [3, 1, 3], ON)  # type: ignore[arg-type]
    assert str(found) == (
        "ENTITIES  ZZ on 2024-05-01, validation, scopes 3, 1\n"
        "  usable  Alpha Example (TPE-ZZ-001): yes: designated_on: 2020-01-10\n"
        "  perhaps  Delta Example: not known: The scopes of Delta Example are not known\n"
        "  perhaps  Gamma Example: not known: Whether Gamma Example was designated by 2024-05-01 is not known\n"
        "  unusable  Beta Example (TPE-ZZ-002): no: designated_on: 2020-01-10; until: 2024-04-30\n"
        "  unusable  Epsilon Example: no: designated_on: 2024-06-01; earliest day: 2024-06-01"
    )
    data = json.loads(json.dumps(found.json()))
    assert {name: data[name] for name in ("schema", "country", "role", "scopes", "on")} == {
        "schema": 1,
        "country": "ZZ",
        "role": "validation",
        "scopes": [3, 1],
        "on": "2024-05-01",
    }
    assert data["usable"] == [
        {
            "entity": "Alpha Example",
            "number": "TPE-ZZ-001",
            "former": [],
            "answer": {
                "verdict": "yes",
                "facts": {"entity": "Alpha Example", "designated_on": "2020-01-10"},
                "earliest": None,
                "why": None,
            },
        }
    ]
    assert data["unusable"][1]["answer"]["earliest"] == "2024-06-01"
    assert data["perhaps"][0]["answer"]["why"] == "The scopes of Delta Example are not known."


def test_a_register_that_knows_nothing_lists_nothing() -> None:
    """Which proves nothing."""
    found = NOTHING_KNOWN.entities("ZZ", "verification", (1,), ON)
    assert (len(found), found.known) == (0, ())
    assert str(found) == "ENTITIES  ZZ on 2024-05-01, verification, scope 1\n  the register knows none"
    assert (
        str(NOTHING_KNOWN.versions("ZZ_AM001", ON)) == "VERSIONS  ZZ_AM001 on 2024-05-01: 0\n  the register knows none"
    )


def test_an_entity_is_listed_once_under_its_name_of_now() -> None:
    """With its number and the names that it bore before, in a register of cases."""
    case = Case.open(tpe, "cert", on=SINCE, country="ZZ").case
    asked = ev.DesignationApplication(entity="Old Name", scopes=[ev.Scopes(numbers=(1,)), ev.Scopes(numbers=(3,))])
    for fact in (
        tpe.apply_for_designation.fact(on=SINCE, evidence=asked),
        tpe.decide_designation.fact(
            on=SINCE, evidence=ev.JointCommitteeDecision(decision="designated", number="TPE-ZZ-007")
        ),
        tpe.rename.fact(on=ON, evidence=ev.Renaming(new_name="New Name")),
    ):
        case = case.record(fact).case
    (one,) = register.of([case]).entities("ZZ", "validation", (1, 3), ON)
    assert (one.entity, one.number, one.former) == ("New Name", "TPE-ZZ-007", ("Old Name",))
    assert isinstance(one.answer, Yes)
    (two,) = facts(held("Old Name", "TPE-ZZ-007"), held("New Name", "tpe-zz-007", scopes=(2,), since=ON)).entities(
        "ZZ", "validation", (1, 2), ON
    )
    assert (two.entity, two.former) == ("New Name", ("Old Name",))
    assert isinstance(two.answer, Yes)


def test_the_first_register_that_knows_has_the_say() -> None:
    """Of entities and of versions, each of which is listed once."""
    other = facts(
        held("DELTA example", "TPE-ZZ-004"),
        held("Alpha Example", until=SINCE),
        held("Zeta Example"),
        Approval(methodology="ZZ_AM001 Ver1.1", approved_on=SINCE),
        Approval(methodology="ZZ_AM001 Ver2.0", approved_on=date(2025, 1, 1)),
    )
    found = first_of(KNOWN, other).entities("ZZ", "validation", (1,), ON)
    assert names(found.usable) == ["Alpha Example", "Delta Example", "Zeta Example"]
    assert found.usable[1].number == "TPE-ZZ-004"
    versions = first_of(KNOWN, other).versions("ZZ_AM001", ON)
    assert [(str(one.methodology), one.status) for one in versions] == [
        ("ZZ_AM001 Ver3.0", "not yet"),
        ("ZZ_AM001 Ver2.0", "approved"),
        ("ZZ_AM001 Ver1.1", "approved"),
        ("ZZ_AM001 Ver1.0", "superseded"),
    ]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("zz", "validation", (1,), ON), r"country: 'zz' is not the code of a country\. Write two capital"),
        ((None, "validation", (1,), ON), "country: None is not the code of a country"),
        (("ZZ", "auditor", (1,), ON), r"role: 'auditor' is none of the words .* Words are validation, verification"),
        (("ZZ", None, (1,), ON), "role: None is none of the words"),
        (("ZZ", "validation", (), ON), r"\(\) is not a list of sectoral scopes\. Give whole numbers from 1 to 16"),
        (("ZZ", "validation", (0,), ON), "is not a list of sectoral scopes"),
        (("ZZ", "validation", (17,), ON), "is not a list of sectoral scopes"),
        (("ZZ", "validation", (True,), ON), "is not a list of sectoral scopes"),
        (("ZZ", "validation", 1, ON), "1 is not a list of sectoral scopes"),
        (("ZZ", "validation", "13", ON), "'13' is one text where several are meant"),
        (("ZZ", "validation", None, ON), "None is not a list of sectoral scopes"),
        (("ZZ", "validation", (1,), "2024-05-01"), "on: '2024-05-01' is not a day"),
        (("ZZ", "validation", (1,), UNKNOWN_DAY), "is not a day"),
    ],
)
def test_what_cannot_be_asked_of_entities_is_said(asked: tuple[Any, ...], why: str) -> None:
    """By one register, and by several."""
    for known in (KNOWN, first_of(KNOWN, NOTHING_KNOWN)):
        with pytest.raises(EvidenceError, match=why):
            known.entities(*asked)


def test_versions_are_listed_with_how_they_stand() -> None:
    """The latest first; what is superseded, not yet or not known is said."""
    found = KNOWN.versions("ZZ_AM001", ON)
    assert str(found) == (
        "VERSIONS  ZZ_AM001 on 2024-05-01: 4\n"
        "  ZZ_AM001 Ver3.0: not yet, approved on 2024-06-01\n"
        "  ZZ_AM001 Ver2.0: approved, approved on 2023-01-01\n"
        "  ZZ_AM001 Ver1.1: unknown, approved on day unknown\n"
        "  ZZ_AM001 Ver1.0: superseded, approved on 2020-01-10, superseded on 2023-01-01"
    )
    assert [str(one.methodology) for one in found.usable] == ["ZZ_AM001 Ver2.0"]
    assert len(found) == 4
    assert found.json()["items"][3] == {
        "methodology": "ZZ_AM001 Ver1.0",
        "status": "superseded",
        "approved_on": "2020-01-10",
        "superseded_on": "2023-01-01",
        "answer": {
            "verdict": "not known",
            "facts": {},
            "earliest": None,
            "why": "ZZ_AM001 Ver1.0 was superseded on 2023-01-01; "
            "whether the old version may be cited after that is not known.",
        },
    }
    assert json.loads(json.dumps(found.json()))["items"][0]["answer"]["verdict"] == "no"


def test_versions_of_cases() -> None:
    """An approved methodology lists its version from the day of its approval."""
    case = Case.open(methodology, "heat", on=SINCE, country="ZZ").case
    paper = ev.JointCommitteeDecision(decision="approved", number="ZZ_AM009", version="1.0")
    case = case.record(methodology.decide_methodology.fact(on=ON, evidence=paper)).case
    for day, status in ((ON - timedelta(days=1), "not yet"), (ON, "approved")):
        assert [one.status for one in register.of([case]).versions("ZZ_AM009", day)] == [status]


@pytest.mark.parametrize(
    "number", ["ZZ_AM001 Ver1.0", "ZZ_PM001", "", None, MethodologyVersion.parse("ZZ_AM001 Ver1.0")]
)
def test_versions_are_asked_for_by_number(number: Any) -> None:
    """Without a version."""
    for known in (KNOWN, first_of(KNOWN, NOTHING_KNOWN)):
        with pytest.raises(EvidenceError, match=r"is not the reference of an approved .* MN_AM003, without a version"):
            known.versions(number, ON)
        with pytest.raises(EvidenceError, match="on: None is not a day"):
            known.versions("ZZ_AM001", None)  # type: ignore[arg-type]


def test_the_entities_of_a_book_are_listed() -> None:
    """The nine of Ethiopia, whichever of them are usable."""
    known = facts(*books["ET"].designations)
    assert len(known.entities("ET", "validation", (1,), date(2025, 1, 1)).known) == 9
    assert len(known.entities("MN", "validation", (1,), date(2025, 1, 1)).known) == 0


DAYS = st.one_of(st.dates(date(2024, 4, 20), date(2024, 5, 10)), st.sampled_from([ROUGH, UNKNOWN_DAY]))
DESIGNATIONS = st.builds(
    held,
    st.sampled_from(["One", "Two", "Three"]),
    scopes=st.one_of(st.none(), st.sets(st.integers(1, 4)).map(tuple)),
    role=st.sampled_from([None, "validation", "verification"]),
    since=DAYS,
    withdrawn=st.one_of(st.none(), DAYS),
)


@given(st.lists(DESIGNATIONS, max_size=6), st.sets(st.integers(1, 4), min_size=1).map(tuple))
def test_what_is_listed_is_what_is_answered(given_: list[Designation], scopes: tuple[int, ...]) -> None:
    """Each entity stands in one group, with the answer to the question about it alone."""
    known = facts(*given_)
    found = known.entities("ZZ", "validation", scopes, ON)
    assert sorted(names(found.known)) == sorted({fact.entity for fact in given_})
    for one in found.known:
        assert one.answer == known.entity("ZZ", one.entity, "validation", scopes, ON)
    assert first_of(known, NOTHING_KNOWN).entities("ZZ", "validation", scopes, ON) == found
