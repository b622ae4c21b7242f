"""What funding and consortium lead one to expect: advice, apart from the rules; everything here is synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import Case, Effect, Standing, Verdict, advice, evidence as ev, issuance, methodology, project
from jcm_cycle.errors import EvidenceError
from jcm_cycle.states import MACHINES

OPENED, DAY = date(2024, 1, 8), date(2024, 6, 3)
CREDITS, REGISTRATION, REPORT = (
    "funding.credits_to_japan",
    "funding.apply_for_registration",
    "funding.report_to_ministry",
)
REPRESENTATIVE, CONTACT = "consortium.japanese_representative", "consortium.single_contact"
MET, UNMET, MISSING = Verdict.MET, Verdict.UNMET, Verdict.MISSING


def park(share: str | None = "0.5", *, reference: str | None = None, **more: Any) -> Case[Any]:
    """Return a project that a programme pays for."""
    background = ev.Background(funding=ev.Funding(programme="Synthetic model projects", share=share, **more))
    opening = ev.Opening(country="MN", reference=reference, background=background)
    return Case.imported(project, "park", opening, on=OPENED).case


def carried(**of: Any) -> Case[Any]:
    """Return a project with a consortium and no funding."""
    single = of.pop("single_contact", None)
    one = ev.ConsortiumMember(name="Synthetic Power Japan K.K.", **of)
    background = ev.Background(consortium=ev.Consortium(representative=one, single_contact=single))
    return Case.open(project, "park", on=OPENED, country="MN", background=background).case


def notified(name: str, japan: int | None, host: int, *, of: str = "park") -> Case[Any]:
    """Return an issuance that was notified so; without a number for Japan, as a total without a split."""
    case: Case[Any] = Case.open(issuance, name, on=OPENED, country="MN", of=of).case
    lines = None
    if japan is not None:
        lines = (ev.AllocationLine(side="JP", amount=japan), ev.AllocationLine(side="MN", amount=host))
    paper = ev.JointCommitteeDecision(
        decision="notified", decided_on=DAY, lines=lines, amount=host if japan is None else None
    )
    return case.record(issuance.decide_issuance.fact(on=DAY, evidence=paper)).case


def told(*cases: Case[Any]) -> dict[str, Any]:
    """Return the findings of advice by what they are about."""
    return {one.finding.rule: one.finding for one in advice(cases)}


def test_a_funded_project_is_told_what_its_contract_may_ask() -> None:
    """All duties where they are not known, those of the contract where they are; each only advises."""
    found = told(park())
    assert list(found) == [CREDITS, REGISTRATION, REPORT]
    assert {one.effect for one in found.values()} == {Effect.ADVISES}
    assert not any(one.refuses for one in found.values())
    assert list(told(park(duties=["report_to_ministry"]))) == [REPORT]
    assert told(park(duties=[])) == {}


def test_nothing_is_better_founded_than_a_conclusion() -> None:
    """What was read is of single programmes; each finding has its source."""
    found = told(park()) | told(carried())
    assert {rule: one.standing for rule, one in found.items()} == {
        CREDITS: Standing.INFERRED,
        REGISTRATION: Standing.INFERRED,
        REPORT: Standing.ASSUMED,
        REPRESENTATIVE: Standing.INFERRED,
        CONTACT: Standing.ASSUMED,
    }
    assert all(one.cites and one.sentence.endswith(".") for one in found.values())


@pytest.mark.parametrize(("japan", "host", "verdict"), [(50, 50, MET), (49, 51, UNMET), (80, 20, MET), (0, 1, UNMET)])
def test_the_share_is_held_against_the_credits_notified(japan: int, host: int, verdict: Verdict) -> None:
    """Side by side, whoever holds them; exactly the share is enough."""
    finding = told(park(), notified("i1", japan, host))[CREDITS]
    assert finding.verdict is verdict
    assert (finding.facts["to_japan"], finding.facts["total"]) == (japan, japan + host)
    assert finding.facts["issuances"] == ["i1"]


def test_credits_of_several_periods_are_summed_and_those_of_others_are_not() -> None:
    """The issuances are those of the project, by its id or its public number."""
    cases = (
        park(reference="MN099"),
        notified("i1", 10, 30),
        notified("i2", 60, 20),
        notified("i3", 0, 500, of="other"),
        Case.open(issuance, "i4", on=OPENED, country="MN", of="park").case,
    )
    finding = told(*cases)[CREDITS]
    assert (finding.verdict, finding.facts["to_japan"], finding.facts["total"]) == (MET, 70, 120)
    opening = ev.Opening(country="MN", of="a case elsewhere", of_reference="MN099")
    paper = ev.JointCommitteeDecision(decision="notified", lines=(ev.AllocationLine(side="MN", amount=1_000),))
    far = Case.imported(issuance, "i5", opening, on=OPENED).case
    far = far.record(issuance.decide_issuance.fact(on=DAY, evidence=paper)).case
    assert told(*cases, far)[CREDITS].verdict is UNMET


def test_what_is_not_known_of_the_credits_is_missing() -> None:
    """No credits yet, zero for both sides, a total without a split, or a share that nobody told."""
    for others in ((), (notified("i1", 0, 0),)):
        assert told(park(), *others)[CREDITS].facts["why"] == "no credits were notified yet"
    finding = told(park(), notified("i1", 50, 50), notified("i2", None, 100))[CREDITS]
    assert finding.verdict is MISSING
    assert finding.facts["why"] == "it is not known how the credits are split by side"
    assert finding.facts["issuances"] == ["i2"]
    finding = told(park(None), notified("i1", 100, 0))[CREDITS]
    assert (finding.verdict, finding.facts["share"]) == (MISSING, None)


@given(st.integers(1, 10**12), st.integers(1, 20))
def test_the_share_is_not_rounded(total: int, digits: int) -> None:
    """One third is never quite reached by a third that is cut off, and one tonne less is one too few."""
    share = "0." + "3" * digits
    enough = -(-total * int("3" * digits) // 10**digits)  # the least whole number of tonnes
    assert told(park(share), notified("i1", enough, total - enough))[CREDITS].verdict is MET
    if enough:
        assert told(park(share), notified("i1", enough - 1, total - enough + 1))[CREDITS].verdict is UNMET


@pytest.mark.parametrize("state", project.states)
def test_a_funded_project_applies_for_registration(state: str) -> None:
    """A request that was taken back is none; one that was refused was made."""
    case = park() if state == "drafting" else park().record(project.observed(state, on=DAY)).case
    asked = {
        "registration_requested", "under_consideration", "registered", "crediting_ended", "not_registered", "withdrawn",
    }  # fmt: skip
    assert (told(case)[REGISTRATION].verdict is MET) == (state in asked)


def test_a_request_that_came_back_incomplete_was_made() -> None:
    """The project stands validated again; only when it is withdrawn does it no longer count."""
    case = park().record(project.request_registration.fact(on=DAY, evidence=ev.RegistrationRequest())).case
    paper = ev.CompletenessConclusion(conclusion="incomplete")
    case = case.record(project.check_request.fact(on=DAY, evidence=paper)).case
    finding = told(case)[REGISTRATION]
    assert (case.state, finding.verdict, finding.facts) == ("validated", MET, {"state": "validated", "requests": 1})
    assert told(case.record(project.observed("request_withdrawn", on=DAY)).case)[REGISTRATION].verdict is UNMET


def test_a_report_to_the_ministry_is_for_a_reader_to_look_for() -> None:
    """No case holds one, so that it is neither met nor unmet."""
    finding = told(park())[REPORT]
    assert (finding.verdict, finding.facts["why"]) == (MISSING, "no case holds a report to the ministry")
    assert finding.ground is not None
    assert finding.ground.kind == "manual"


@pytest.mark.parametrize(
    ("of", "verdict"),
    [
        ({"country": "JP", "legal_person": True}, MET),
        ({"country": "JP", "legal_person": False}, UNMET),
        ({"country": "MN", "legal_person": True}, UNMET),
        ({"country": "MN"}, UNMET),
        ({"legal_person": False}, UNMET),
        ({"country": "JP"}, MISSING),
        ({"legal_person": True}, MISSING),
        ({}, MISSING),
    ],
)
def test_the_representative_is_a_japanese_legal_person(of: dict[str, Any], verdict: Verdict) -> None:
    """What is known to be otherwise is unmet, whatever else is not known."""
    assert told(carried(**of))[REPRESENTATIVE].verdict is verdict


@pytest.mark.parametrize(("single", "verdict"), [(True, MET), (False, UNMET), (None, MISSING)])
def test_the_representative_is_the_single_contact(*, single: bool | None, verdict: Verdict) -> None:
    """As far as it is told."""
    assert told(carried(single_contact=single))[CONTACT].verdict is verdict


def test_the_focal_point_is_not_looked_at() -> None:
    """Another focal point than the representative changes nothing."""
    case = carried(country="JP", legal_person=True, single_contact=True)
    statement = ev.ModalitiesOfCommunication(title="S", focal_point=ev.FocalPoint(name="Synthetic Solar LLC"))
    other = case.record(project.replace_moc.fact(on=DAY, evidence=statement)).case
    assert told(case) == told(other)


def test_who_has_neither_is_passed_over() -> None:
    """Projects without, with an origin alone, and cases of every machine."""
    origin = ev.Background(origin=ev.Origin(kind="mrv_demonstration"))
    cases = [
        Case.open(made, name, on=OPENED, country="MN", of="whole" if made.of else None).case
        for name, made in MACHINES.items()
    ]
    cases.append(Case.open(project, "park", on=OPENED, country="MN", background=origin).case)
    cases.append(Case.open(methodology, "heat", on=OPENED, country="MN", background=origin).case)
    assert advice(cases) == ()
    assert advice([]) == ()


def test_no_case_is_counted_twice() -> None:
    """Its credits would be."""
    with pytest.raises(EvidenceError, match="i1 stands twice among the cases"):
        advice([park(), notified("i1", 1, 1), notified("i1", 1, 1)])


def test_advice_as_data_and_as_text() -> None:
    """Every value is plain, and the text says that it only advises."""
    one = advice([park("0.25", duties=["credits_to_japan"]), notified("i1", 10, 40)])[0]
    assert one.json() == {
        "case": "park",
        "rule": "funding.credits_to_japan",
        "verdict": "unmet",
        "effect": "advises",
        "sentence": "The Japanese side gets at least the programme's share of the credits.",
        "facts": {"share": "0.25", "to_japan": 10, "total": 50, "issuances": ["i1"]},
        "cites": one.finding.cites,
        "url": None,
        "standing": "inferred",
        "rests_on": None,
        "earliest": None,
        "despite": None,
    }
    assert str(one) == (
        "park\n"
        "  unmet   The Japanese side gets at least the programme's share of the credits.\n"
        "          share: 0.25; to_japan: 10; total: 50; issuances: i1\n"
        "          advises only; inferred: IGES slides, February 2016, and JCM Bangladesh, eligibility criteria: "
        "half, or the subsidy's share of the cost  [funding.credits_to_japan]"
    )
