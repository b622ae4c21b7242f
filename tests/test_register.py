"""What a register answers: yes or no where it knows, and otherwise what it does not know."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import UNKNOWN_DAY, Between, Case, issuance, project, register
from jcm_cycle.days import surely_after, surely_by
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.register import (
    NOTHING_KNOWN,
    Approval,
    Clearance,
    Designation,
    No,
    NotKnown,
    Number,
    Periods,
    Register,
    Yes,
    facts,
    of_record,
)

SINCE, ON = date(2020, 1, 10), date(2024, 5, 1)
ROUGH = Between(date(2024, 4, 1), date(2024, 6, 1))


def day(number: int) -> date:
    """Return a day so many days after the one that is asked about."""
    return ON + timedelta(days=number)


def designation(**changes: Any) -> Designation:
    """Return the designation of an entity for the scopes 1 and 3."""
    fact: dict[str, Any] = {"country": "ZZ", "entity": "Example Entity", "number": "TPE-ZZ-001", "since": SINCE}
    return Designation(**{**fact, "scopes": (1, 3), **changes})


def entity(*given_: Designation, scopes: tuple[int, ...] = (1,), role: Any = "validation", name: str = "") -> Any:
    """Ask whether the entity is usable."""
    return facts(*given_).entity("ZZ", name or "Example Entity", role, scopes, ON)


# --- entities


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, Yes),
        ({"since": ON}, Yes),
        ({"since": day(1)}, No),
        ({"since": ROUGH}, NotKnown),
        ({"since": Between(None, ON)}, Yes),
        ({"since": Between(day(1), None)}, No),
        ({"since": UNKNOWN_DAY}, NotKnown),
        ({"until": ON}, Yes),
        ({"until": day(-1)}, No),
        ({"withdrawn": day(1)}, Yes),
        ({"withdrawn": ON}, No),
        ({"withdrawn": ROUGH}, NotKnown),
        ({"withdrawn": UNKNOWN_DAY}, NotKnown),
        ({"withdrawn": Between(day(1), None)}, Yes),
        ({"withdrawn": Between(None, ON)}, No),
        ({"role": "validation"}, Yes),
        ({"role": "verification"}, No),
        ({"scopes": (2,)}, No),
        ({"scopes": ()}, No),
        ({"scopes": None}, NotKnown),
        ({"scopes": None, "role": "verification"}, No),
        ({"scopes": None, "until": day(-1)}, No),
        ({"scopes": None, "withdrawn": ON}, No),
        ({"country": "YY"}, NotKnown),
    ],
)
def test_an_entity_is_usable_unusable_or_not_known(changes: dict[str, Any], answer: type[Any]) -> None:
    """By country, role, scopes, designation, end and withdrawal, each on the day asked about."""
    found = entity(designation(**changes))
    assert type(found) is answer


def test_an_entity_that_is_designated_later_names_the_day() -> None:
    """Where the day is exactly known."""
    assert entity(designation(since=day(7))) == No({"entity": "Example Entity", "designated_on": day(7)}, day(7))
    assert entity(designation(since=Between(day(1), day(7)))).earliest is None


@pytest.mark.parametrize("name", ["Example Entity", "  example   ENTITY ", "TPE-ZZ-001", "tpe-zz-001"])
def test_an_entity_is_known_by_name_or_number(name: str) -> None:
    """Capitals and blanks do not matter."""
    assert isinstance(entity(designation(), name=name), Yes)
    assert isinstance(entity(designation(), name="Example"), NotKnown)


def test_the_answer_shows_what_it_rests_on() -> None:
    """The designation, and what speaks against it."""
    assert entity(designation()).facts == {"entity": "Example Entity", "designated_on": SINCE}
    assert entity(designation(), scopes=(1, 2, 4)).facts["scopes_lacking"] == [2, 4]
    assert entity(designation(role="verification")).facts["role"] == "verification"
    assert entity(designation(until=SINCE)).facts["until"] == SINCE
    assert entity(designation(withdrawn=ON)).facts["withdrawn"] == ON


@pytest.mark.parametrize(
    ("more", "answer", "earliest"),
    [
        ({"scopes": (2,)}, Yes, None),
        ({"scopes": (2,), "since": day(5)}, No, day(5)),
        ({"scopes": (2,), "since": ROUGH}, NotKnown, None),
        ({"scopes": (2,), "withdrawn": UNKNOWN_DAY}, NotKnown, None),
        ({"scopes": None}, NotKnown, None),
        ({"scopes": (1, 2)}, Yes, None),
        ({"scopes": (4,)}, No, None),
    ],
)
def test_several_designations_hold_their_scopes_between_them(
    more: dict[str, Any], answer: type[Any], earliest: date | None
) -> None:
    """A scope that was added later counts from its own day; the scope that is worst off speaks for all."""
    for pair in ((designation(), designation(**more)), (designation(**more), designation())):
        found = entity(*pair, scopes=(1, 2))
        assert type(found) is answer
        assert getattr(found, "earliest", None) == earliest


def test_scopes_that_come_one_after_the_other_wait_for_the_last() -> None:
    """Both are held from the later day on; where one of them never comes no day is named."""
    first, last = designation(scopes=(1,), since=day(5)), designation(scopes=(2,), since=day(9))
    for pair in ((first, last), (last, first)):
        assert entity(*pair, scopes=(1, 2)).earliest == day(9)
        assert entity(*pair, scopes=(1, 2, 4)) == No(entity(*pair, scopes=(4,)).facts)


def test_the_best_of_several_designations_counts() -> None:
    """One that is usable makes up for one that has ended; of two that are to come the sooner counts."""
    assert isinstance(entity(designation(until=SINCE), designation()), Yes)
    assert isinstance(entity(designation(until=SINCE), designation(since=ROUGH)), NotKnown)
    assert entity(designation(since=day(9)), designation(since=day(5))).earliest == day(5)
    assert entity(designation(until=SINCE), designation(since=day(5))).earliest == day(5)


# --- methodologies

VERSION = MethodologyVersion.parse("ZZ_AM001 Ver1.0")


@pytest.mark.parametrize(
    ("fact", "answer", "earliest"),
    [
        ({"approved_on": ON}, Yes, None),
        ({"approved_on": day(1)}, No, day(1)),
        ({"approved_on": Between(day(1), None)}, No, None),
        ({"approved_on": ROUGH}, NotKnown, None),
        ({"approved_on": UNKNOWN_DAY}, NotKnown, None),
        ({"approved_on": SINCE, "superseded_on": day(1)}, Yes, None),
        ({"approved_on": SINCE, "superseded_on": ON}, NotKnown, None),
        ({"approved_on": SINCE, "methodology": "ZZ_AM001 Ver2.0"}, NotKnown, None),
        ({"approved_on": SINCE, "methodology": "ZZ_AM002 Ver1.0"}, NotKnown, None),
    ],
)
def test_a_methodology_version_is_valid_not_yet_or_not_known(
    fact: dict[str, Any], answer: type[Any], earliest: date | None
) -> None:
    """From its approval on; what becomes of it when it is superseded no text says."""
    found = facts(Approval(**{"methodology": VERSION, **fact})).methodology(VERSION, ON)
    assert type(found) is answer
    assert getattr(found, "earliest", None) == earliest


def test_a_superseded_version_says_since_when() -> None:
    """And that the grace after it is not known."""
    known = facts(Approval(methodology=VERSION, approved_on=SINCE, superseded_on=ON))
    why = known.methodology(VERSION, ON).why  # type: ignore[union-attr]
    assert why.startswith("ZZ_AM001 Ver1.0 was superseded on 2024-05-01")


def test_two_days_of_approval_leave_what_lies_between_open() -> None:
    """Two sources that differ are no reason to choose one."""
    two = facts(Approval(methodology=VERSION, approved_on=day(-5)), Approval(methodology=VERSION, approved_on=day(5)))
    assert isinstance(two.methodology(VERSION, day(-6)), No)
    assert isinstance(two.methodology(VERSION, ON), NotKnown)
    assert isinstance(two.methodology(VERSION, day(5)), Yes)


# --- numbers and ideas


@pytest.mark.parametrize(
    ("case", "complete", "answer"),
    [
        ("case-1", (), No),
        ("case-2", (), Yes),
        ("case-2", ("numbers",), Yes),
    ],
)
def test_a_number_that_was_given_is_known(case: str, complete: Any, answer: type[Any]) -> None:
    """To this case or to another one, whether or not the list is complete."""
    found = facts(Number(reference="ZZ001", case="case-1"), complete=complete).number("ZZ001", case)
    assert type(found) is answer


def test_a_number_nobody_gave_is_known_only_where_the_list_is_complete() -> None:
    """Absence proves nothing elsewhere."""
    given_ = Number(reference="ZZ001", case="case-1")
    assert isinstance(facts(given_).number("ZZ002", "case-1"), NotKnown)
    assert facts(given_, complete=("numbers",)).number("ZZ002", "case-1") == No({"reference": "ZZ002"})
    several = facts(*(Number(reference="ZZ001", case=case) for case in ("case-3", "case-1", "case-2")))
    assert several.number("ZZ001", "case-1") == Yes({"reference": "ZZ001", "given_to": ["case-2", "case-3"]})


@pytest.mark.parametrize(
    ("known", "answer", "earliest"),
    [
        ([{"on": ON}], Yes, None),
        ([{"on": Between(None, ON)}], Yes, None),
        ([{"on": day(1)}], No, day(1)),
        ([{"on": day(9)}, {"on": day(5)}], No, day(5)),
        ([{"on": Between(day(1), day(5))}], No, None),
        ([{"on": ROUGH}], NotKnown, None),
        ([{"on": UNKNOWN_DAY}], NotKnown, None),
        ([{"on": day(5)}, {"on": ROUGH}], NotKnown, None),
        ([{"on": ON, "cleared": False}], No, None),
        ([{"on": SINCE, "cleared": False}, {"on": ON}], Yes, None),
        ([{"on": ON, "country": "YY"}], NotKnown, None),
        ([{"on": ON, "reference": "ZZ_PIN002"}], NotKnown, None),
        ([], NotKnown, None),
    ],
)
def test_an_idea_is_cleared_not_yet_or_not_known(
    known: list[dict[str, Any]], answer: type[Any], earliest: date | None
) -> None:
    """By the day asked about; an objection is a no without a day."""
    given_ = [Clearance(**{"country": "ZZ", "reference": "ZZ_PIN001", **fact}) for fact in known]
    found = facts(*given_).idea("ZZ", "ZZ_PIN001", ON)
    assert type(found) is answer
    assert getattr(found, "earliest", None) == earliest


# --- making one


def test_a_register_takes_facts_and_nothing_else() -> None:
    """The error says what it was given and what it takes."""
    with pytest.raises(EvidenceError, match=r"'MN_AM001' is no fact for a register\. Give Designation, Approval"):
        facts("MN_AM001")  # type: ignore[arg-type]
    with pytest.raises(
        EvidenceError, match=r"A register cannot be complete in ideas, numbres\. Give .numbers., .periods."
    ):
        facts(complete=("numbres", "ideas", "numbers"))


def test_a_register_that_knows_nothing_says_so() -> None:
    """To each question; it is a register like any other, and so is one that somebody else writes."""
    assert isinstance(NOTHING_KNOWN, Register)
    assert isinstance(NOTHING_KNOWN.entity("ZZ", "Example Entity", "validation", (1,), ON), NotKnown)
    assert isinstance(NOTHING_KNOWN.methodology(VERSION, ON), NotKnown)
    assert isinstance(NOTHING_KNOWN.number("ZZ001", "case-1"), NotKnown)
    assert isinstance(NOTHING_KNOWN.idea("ZZ", "ZZ_PIN001", ON), NotKnown)
    assert isinstance(NOTHING_KNOWN.change("change-1", "case-1", "renew", ON), NotKnown)
    assert isinstance(NOTHING_KNOWN.authorised("JP", "ZZ", ON), NotKnown)
    assert isinstance(_Refuses(), Register)


class _Refuses:
    """A register that somebody else wrote."""

    def change(self, *_: object) -> No:
        """Say no."""
        return No()

    def authorised(self, *_: object) -> No:
        """Say no."""
        return No()

    def entity(self, *_: object) -> No:
        """Say no, with a fact of every name that a rule uses itself."""
        return No({"report_of": "another day", "earliest": "soon", "rests_on": "nothing", "why": "because"})

    methodology = number = idea = credited = entity

    def project(self, *_: object) -> None:
        """Know nothing of any project."""

    def periods(self, *_: object) -> Periods:
        """Know no period."""
        return Periods((), complete=False)

    def entities(self, *asked: Any) -> Any:
        """List none."""
        return NOTHING_KNOWN.entities(*asked)

    def versions(self, *asked: Any) -> Any:
        """List none."""
        return NOTHING_KNOWN.versions(*asked)


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        ("conclude_validation", "common.entity_usable"),
        ("submit_pdd", "project.submit_pdd.methodology_valid"),
        ("submit_pdd", "project.submit_pdd.idea_cleared"),
    ],
)
def test_a_register_may_name_its_facts_as_it_likes(world: Any, step: str, rule: str) -> None:
    """They are shown as they are and break no rule."""
    found = world.finding(rule, step, register=_Refuses())
    assert found.verdict == "unmet"
    assert found.facts["why"] == "because"


# --- of a record


def claim(event: str, on: Any = SINCE, **more: Any) -> Any:
    """Return a claim of a record made up for the test."""
    detail = {name: more.pop(name, None) for name in ("version", "scopes", "added_scopes", "withdrawn_scopes")}
    fact: dict[str, Any] = {"country": "ZZ", "subjects": (), "title": "Example Entity", "event": event, "day": on}
    return SimpleNamespace(**{**fact, **more}, detail=SimpleNamespace(**detail))


def scopes(*numbers: int, verification: tuple[int, ...] | None = None) -> Any:
    """Return scopes for validation, and the same for verification unless others are given."""
    return SimpleNamespace(validation=numbers, verification=numbers if verification is None else verification)


def read(*claims: Any) -> Register:
    """Return the register of a record of these claims."""
    return of_record(SimpleNamespace(claims=claims))  # type: ignore[arg-type]


def asks(known: Register, *wanted: int, on: date = ON, role: Any = "validation", name: str = "Example Entity") -> str:
    """Ask for an entity; return the name of the answer."""
    return type(known.entity("ZZ", name, role, wanted or (1,), on)).__name__


def test_a_record_knows_designations_by_role_and_scope() -> None:
    """With the number of the entity, where it has one."""
    known = read(
        claim("tpe_designated", subjects=("TPE-ZZ-001",), scopes=scopes(1, 2, verification=(1, 2, 14))),
        claim("tpe_designated", title="No Scopes"),
    )
    assert asks(known, 1, 2) == "Yes"
    assert asks(known, 1, 2, name="TPE-ZZ-001") == "Yes"
    assert asks(known, 14) == "No"
    assert asks(known, 14, role="verification") == "Yes"
    assert asks(known, 1, on=SINCE - timedelta(days=1)) == "No"
    assert asks(known, 1, name="No Scopes") == "NotKnown"
    assert asks(known, 1, name="Somebody") == "NotKnown"


def test_a_record_knows_scopes_that_were_added_and_those_that_were_lost() -> None:
    """Added ones count from their day; of lost ones nobody knows until when they were held."""
    known = read(
        claim("tpe_designated", scopes=scopes(1), withdrawn_scopes=scopes(6)),
        claim("tpe_scope_added", day(0), added_scopes=scopes(2)),
    )
    assert asks(known, 1, 2) == "Yes"
    assert asks(known, 1, 2, on=day(-1)) == "No"
    assert asks(known, 6) == "NotKnown"
    assert asks(known, 1, 6) == "NotKnown"
    assert asks(known, 7) == "No"


def test_a_record_knows_the_end_of_an_accreditation() -> None:
    """The latest of several; a rough one is no end."""
    known = read(
        claim("tpe_designated", scopes=scopes(1)),
        claim("tpe_accreditation_until", day(0)),
        claim("tpe_accreditation_until", day(-30)),
        claim("tpe_accreditation_until", ROUGH),
    )
    assert asks(known) == "Yes"
    assert asks(known, on=day(1)) == "No"


def test_a_mark_of_withdrawal_without_a_day_leaves_the_answer_open() -> None:
    """From the designation on nobody knows; before it the answer is no."""
    known = read(claim("tpe_designated", scopes=scopes(1)), claim("tpe_withdrawn", UNKNOWN_DAY))
    assert asks(known) == "NotKnown"
    assert asks(known, on=SINCE - timedelta(days=1)) == "No"


def test_an_entity_that_was_designated_again_is_usable_again() -> None:
    """A withdrawal ends what was before it, and nothing that came after it."""
    known = read(
        claim("tpe_designated", scopes=scopes(1)),
        claim("tpe_withdrawn", date(2022, 1, 1)),
        claim("tpe_redesignated", date(2023, 1, 1), scopes=scopes(1)),
    )
    assert asks(known, on=date(2021, 12, 31)) == "Yes"
    assert asks(known, on=date(2022, 1, 1)) == "No"
    assert asks(known, on=date(2022, 12, 31)) == "No"
    assert asks(known, on=date(2023, 1, 1)) == "Yes"


def test_the_first_withdrawal_after_a_designation_ends_it() -> None:
    """In whatever order the record has them."""
    known = read(
        claim("tpe_withdrawn", date(2023, 1, 1)),
        claim("tpe_designated", scopes=scopes(1)),
        claim("tpe_withdrawn", date(2022, 1, 1)),
    )
    assert asks(known, on=date(2021, 12, 31)) == "Yes"
    assert asks(known, on=date(2022, 1, 1)) == "No"


def test_a_record_knows_versions_of_methodologies_and_which_followed() -> None:
    """In the order of the versions, whatever the order of the rows; other events approve nothing."""
    known = read(
        claim("methodology_revision_approved", day(0), subjects=("ZZ_AM001",), version="2.0"),
        claim("methodology_approved", SINCE, subjects=("ZZ_AM001",), version="Ver1.0"),
        claim("methodology_approved", SINCE, subjects=("ZZ_AM002",)),
        claim("methodology_considered", SINCE, subjects=("ZZ_AM003",), version="1.0"),
    )

    def valid(name: str, on: date) -> str:
        return type(known.methodology(MethodologyVersion.parse(name), on)).__name__

    assert valid("ZZ_AM001 Ver1.0", SINCE - timedelta(days=1)) == "No"
    assert valid("ZZ_AM001 Ver1.0", SINCE) == "Yes"
    assert valid("ZZ_AM001 Ver1.0", day(-1)) == "Yes"
    assert valid("ZZ_AM001 Ver1.0", day(0)) == "NotKnown"
    assert valid("ZZ_AM001 Ver2.0", day(-1)) == "No"
    assert valid("ZZ_AM001 Ver2.0", day(0)) == "Yes"
    assert valid("ZZ_AM001 Ver3.0", day(0)) == "NotKnown"
    assert valid("ZZ_AM002 Ver1.0", day(0)) == "NotKnown"
    assert valid("ZZ_AM003 Ver1.0", day(0)) == "NotKnown"


def test_a_version_that_two_rows_date_differently_is_open_between_them() -> None:
    """Until the later day it is not known whether it was approved."""
    rows = [claim("methodology_approved", on, subjects=("ZZ_AM001",), version="1.0") for on in (day(0), day(9))]
    for claims in (rows, rows[::-1]):
        known = read(*claims)
        assert isinstance(known.methodology(VERSION, day(-1)), No)
        assert isinstance(known.methodology(VERSION, day(8)), NotKnown)
        assert isinstance(known.methodology(VERSION, day(9)), Yes)


@pytest.mark.parametrize(
    ("event", "answer"), [("pin_no_objection", Yes), ("pin_waived", Yes), ("pin_decision", NotKnown)]
)
def test_a_record_knows_ideas_without_objection_and_those_waived(event: str, answer: type[Any]) -> None:
    """A decision whose outcome is not stated says nothing; a joint one clears each of its ideas."""
    known = read(claim(event, ON, subjects=("ZZ_PIN001", "ZZ_PIN002")))
    for reference in ("ZZ_PIN001", "ZZ_PIN002"):
        assert type(known.idea("ZZ", reference, ON)) is answer


def test_a_record_is_complete_in_nothing() -> None:
    """Absence from a record proves nothing."""
    known = read(claim("registered", subjects=("ZZ001",)))
    assert isinstance(known.number("ZZ002", "case-1"), NotKnown)


# --- always

DAYS = st.dates(date(2019, 1, 1), date(2025, 1, 1))
ROUGHLY = st.builds(
    lambda one, other, open_: Between(
        None if open_ == "from" else min(one, other), None if open_ == "to" else max(one, other)
    ),
    DAYS,
    DAYS,
    st.sampled_from(["from", "to", "neither"]),
)
ANY_DAY = DAYS | ROUGHLY | st.just(UNKNOWN_DAY)
SCOPES = st.lists(st.integers(1, 4), unique=True).map(tuple)
NAMES = st.sampled_from(["Example Entity", "Other Entity"])
ROLES = st.sampled_from(["validation", "verification"])
DESIGNATIONS = st.builds(
    Designation,
    country=st.sampled_from(["ZZ", "YY"]),
    entity=NAMES,
    number=st.none() | st.just("TPE-ZZ-001"),
    scopes=st.none() | SCOPES,
    role=st.none() | ROLES,
    since=ANY_DAY,
    until=st.none() | DAYS,
    withdrawn=st.none() | ANY_DAY,
)
VERSIONS = st.sampled_from(["ZZ_AM001 Ver1.0", "ZZ_AM001 Ver2.0", "ZZ_AM002 Ver1.0"]).map(MethodologyVersion.parse)
APPROVALS = st.builds(Approval, methodology=VERSIONS, approved_on=ANY_DAY, superseded_on=st.none() | DAYS)
NUMBERS = st.builds(Number, reference=st.sampled_from(["ZZ001", "ZZ002"]), case=st.sampled_from(["a", "b"]))
IDEAS = st.builds(Clearance, country=st.just("ZZ"), reference=st.just("ZZ_PIN001"), on=ANY_DAY, cleared=st.booleans())
GIVEN = st.lists(DESIGNATIONS | APPROVALS | NUMBERS | IDEAS, max_size=8)
COMPLETE = st.sampled_from([(), ("numbers",)])


@given(GIVEN, COMPLETE, NAMES, ROLES, SCOPES, VERSIONS, DAYS)
def test_every_question_has_one_of_three_answers_and_always_the_same(
    given_: list[Any], complete: Any, name: str, role: Any, wanted: tuple[int, ...], version: Any, on: date
) -> None:
    """Whatever the facts; a register keeps nothing of what it was asked."""

    def ask(known: Register) -> list[Any]:
        return [
            known.entity("ZZ", name, role, wanted, on),
            known.methodology(version, on),
            known.number("ZZ001", "a"),
            known.idea("ZZ", "ZZ_PIN001", on),
        ]

    known = facts(*given_, complete=complete)
    first = ask(known)
    assert all(type(answer) in (Yes, No, NotKnown) for answer in first)
    assert ask(known) == first == ask(facts(*given_, complete=complete))


@given(GIVEN, NAMES, ROLES, SCOPES, VERSIONS, DAYS)
def test_the_order_of_the_facts_does_not_change_an_answer(
    given_: list[Any], name: str, role: Any, wanted: tuple[int, ...], version: Any, on: date
) -> None:
    """Nor does giving one twice."""
    forward, backward = facts(*given_, *given_), facts(*given_[::-1])
    for ask in (
        lambda known: known.entity("ZZ", name, role, wanted, on),
        lambda known: known.methodology(version, on),
        lambda known: known.idea("ZZ", "ZZ_PIN001", on),
    ):
        one, other = ask(forward), ask(backward)
        assert type(one) is type(other)
        assert getattr(one, "earliest", None) == getattr(other, "earliest", None)


@given(st.lists(DESIGNATIONS, max_size=4), NAMES, ROLES, SCOPES, DAYS)
def test_no_names_a_day_on_which_it_is_no_longer_no(
    given_: list[Designation], name: str, role: Any, wanted: tuple[int, ...], on: date
) -> None:
    """An earliest day lies ahead; and where one designation alone says yes the register does."""
    known = facts(*given_)
    found = known.entity("ZZ", name, role, wanted, on)
    if isinstance(found, No) and found.earliest is not None:
        assert found.earliest > on
    alone = [facts(fact).entity("ZZ", name, role, wanted, on) for fact in given_]
    if any(isinstance(answer, Yes) for answer in alone):
        assert isinstance(found, Yes)


@given(st.lists(IDEAS, min_size=1, max_size=4), DAYS)
def test_an_idea_is_denied_only_where_no_clearance_can_have_come(given_: list[Clearance], on: date) -> None:
    """Yes where one surely had come, no where all surely come later or object, else not known."""
    cleared = [fact.on for fact in given_ if fact.cleared]
    found = facts(*given_).idea("ZZ", "ZZ_PIN001", on)
    if any(surely_by(one, on) for one in cleared):
        assert isinstance(found, Yes)
    elif all(surely_after(one, on) for one in cleared):
        assert isinstance(found, No)
    else:
        assert isinstance(found, NotKnown)


@pytest.mark.parametrize(
    ("fact", "changes"),
    [
        (register.Designation, {"country": "Mongolia"}),
        (register.Designation, {"since": "2024-01-01"}),
        (register.Designation, {"scopes": "1"}),
        (register.Designation, {"scopes": (1, "2")}),
        (register.Designation, {"entity": " "}),
        (register.Designation, {"withdrawn": 5}),
        (register.Approval, {"approved_on": "2024-12-20"}),
        (register.Approval, {"superseded_on": "2024-12-20"}),
        (register.Number, {"case": ""}),
        (register.Clearance, {"on": "2024-01-01"}),
    ],
)
def test_a_fact_is_what_its_fields_say(fact: Any, changes: dict[str, Any]) -> None:
    """A text for a day, or the name of a country for its code, is told at once and not when a rule asks."""
    right: dict[Any, dict[str, Any]] = {
        register.Designation: {"country": "ZZ", "entity": "Example Entity", "since": date(2024, 1, 1)},
        register.Approval: {"methodology": "ZZ_AM001 Ver1.0", "approved_on": date(2024, 1, 1)},
        register.Number: {"reference": "ZZ001", "case": "case-1"},
        register.Clearance: {"country": "ZZ", "reference": "ZZ_PIN001", "on": date(2024, 1, 1)},
    }
    fact(**right[fact])
    with pytest.raises(EvidenceError, match=next(iter(changes)) if changes != {"scopes": "1"} else "list"):
        fact(**{**right[fact], **changes})


def test_a_number_that_one_of_several_registers_has_given_is_given() -> None:
    """Also where another one, which is complete, does not know it."""
    whole = register.facts(complete=["numbers"])
    other = register.facts(register.Number(reference="MN101", case="other"))
    for several in (register.first_of(whole, other), register.first_of(other, whole)):
        assert isinstance(several.number("MN101", "mine"), register.Yes)
        assert isinstance(several.number("MN102", "mine"), register.No)
        assert isinstance(several.number("MN101", "other"), register.No)


def test_a_period_that_was_not_reported_yet_is_in_nobodys_way() -> None:
    """An issuance is opened before its report, and judged when that comes."""
    day = date(2024, 1, 8)
    whole = Case.open(project, "park", on=day, country="MN").case
    opened = [Case.open(issuance, name, on=day, country="MN", of=whole).case for name in ("first", "second")]
    known = register.of([whole, *opened])
    assert known.periods("park").known == ()
    assert known.periods("park").complete
