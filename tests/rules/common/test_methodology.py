"""Rules on proposals of methodologies, at their bounds; proposals and days are synthetic."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from jcm_cycle import UNKNOWN_DAY, Case, Outcome, Role, Verdict, books, evidence as ev, methodology, register

BOOK = books["MN"]
FILED, CHECKED = date(2024, 7, 20), date(2024, 7, 27)
OPENED = date(2024, 7, 31)
CLOSED, DECIDED = date(2024, 8, 15), date(2024, 10, 14)
PROPOSAL = ev.ProposedMethodology(title="Synthetic methodology", form_version="02.0", contains_confidential=False)
SHEET = ev.MethodologySpreadsheet(form_version="02.0")
KNOWN = register.facts(complete=("numbers",))
FORMS, INPUTS = "methodology.submit_proposal.forms", "methodology.decide_methodology.inputs_closed"
CHECK_TIME, DECISION_TIME = "methodology.check_proposal.in_time", "methodology.decide_methodology.in_time"


def opened(name: str = "pm") -> Case[Any]:
    """Return a new proposal in Mongolia."""
    return Case.open(methodology, name, on=date(2024, 7, 1), rules=BOOK, procedure="2013 set").case


def submits(on: date = FILED, **changes: Any) -> Any:
    """Return the act of submitting the proposal."""
    whole = {"proposal": PROPOSAL, "spreadsheet": SHEET, "contains_confidential": False}
    paper = ev.ProposalSubmission(**(whole | changes))
    why = {"common.form_version_in_force": "synthetic"}
    return methodology.submit_proposal(paper, by=Role.PROPONENT, on=on, despite=why)


def checks(on: date = OPENED, reference: str | None = "MN_PM099") -> Any:
    """Return the act of listing it."""
    paper = ev.CompletenessConclusion(conclusion="complete", reference=reference)
    return methodology.check_proposal(paper, by=Role.SECRETARIAT, on=on)


def closes(on: date = CLOSED) -> Any:
    """Return the end of public inputs."""
    return methodology.close_public_inputs(ev.Elapsed(window="methodology.public_inputs"), by=Role.CLOCK, on=on)


def decides(on: date = DECIDED, outcome: Outcome = Outcome.APPROVED, **changes: Any) -> Any:
    """Return the Committee's decision."""
    given: dict[str, Any] = {"cases": ("MN_PM099",)}
    given |= {"number": "MN_AM099", "version": "1.0"} if outcome is Outcome.APPROVED else {}
    paper = ev.JointCommitteeDecision(decision=outcome, decided_on=on, mode="meeting", **(given | changes))
    return methodology.decide_methodology(paper, by=Role.JOINT_COMMITTEE, on=on)


def taken(case: Case[Any], *acts: Any) -> Case[Any]:
    """Take the acts, each of which is accepted."""
    for act in acts:
        answer = case.attempt(act, rules=BOOK, register=KNOWN)
        assert answer, str(answer)
        case = answer.case
    return case


def judged(rule: str, case: Case[Any], act: Any, known: Any = KNOWN) -> Any:
    """Return what one rule says of an attempt."""
    (found,) = [finding for finding in case.attempt(act, rules=BOOK, register=known).findings if finding.rule == rule]
    return found


def test_a_proposal_goes_its_way() -> None:
    """From the form and the spreadsheet to an approved version, under the book of Mongolia."""
    case = taken(opened(), submits(), checks(), closes(), decides(with_revisions=True))
    file = case.file
    assert (case.state, str(file.approved), file.with_revisions) == ("approved", "MN_AM099 Ver1.0", True)
    assert case.references == ("MN_PM099", "MN_AM099 Ver1.0")
    assert (file.inputs_opened, file.inputs_closed, file.decided_on) == (OPENED, CLOSED, DECIDED)


def test_without_the_spreadsheet_a_proposal_is_refused() -> None:
    """35: the rule was read and is missing a part."""
    answer = opened().attempt(submits(spreadsheet=None), rules=BOOK, register=KNOWN)
    assert not answer
    assert "A proposal consists of the form and the spreadsheet." in str(answer)
    assert judged(FORMS, opened(), submits()).verdict is Verdict.MET
    assert judged(FORMS, opened(), submits(spreadsheet=None)).verdict is Verdict.MISSING


@pytest.mark.parametrize(("on", "late"), [(CHECKED, 0), (CHECKED + timedelta(days=1), 1), (date(2024, 9, 1), 36)])
def test_the_secretariat_has_seven_days(on: date, late: int) -> None:
    """48: a duty, so that a late conclusion goes through and says by how many days."""
    found = judged(CHECK_TIME, taken(opened(), submits()), checks(on))
    assert (found.verdict, found.effect) == (Verdict.UNMET if late else Verdict.MET, "duty")
    assert (found.facts["days"], found.facts["due"], found.facts["late_by"]) == (7, CHECKED, late)


def test_a_proposal_that_came_again_is_checked_anew() -> None:
    """The days count from the latest submission."""
    back = methodology.check_proposal(
        ev.CompletenessConclusion(conclusion="incomplete"), by=Role.SECRETARIAT, on=CHECKED
    )
    again = methodology.resubmit(
        submits().evidence, by=Role.PROPONENT, on=OPENED, despite={"common.form_version_in_force": "synthetic"}
    )
    case = taken(opened(), submits(), back, again)
    assert (case.state, case.file.submissions) == ("submitted", 2)
    assert judged(CHECK_TIME, case, checks(OPENED + timedelta(days=7))).verdict is Verdict.MET
    assert judged(CHECK_TIME, case, checks(OPENED + timedelta(days=8))).facts["late_by"] == 1


def test_the_committee_decides_after_the_window() -> None:
    """36: fifteen days counting both ends, as the window of 31 July to 14 August 2024 has it."""
    case = taken(opened(), submits(), checks(), closes(date(2024, 8, 14)))
    early = judged(INPUTS, case, decides(date(2024, 8, 14)))
    assert (early.verdict, early.earliest, early.facts["last_day"]) == (Verdict.UNMET, CLOSED, date(2024, 8, 14))
    assert judged(INPUTS, case, decides(CLOSED)).verdict is Verdict.MET
    assert not case.attempt(decides(date(2024, 8, 14)), rules=BOOK, register=KNOWN)


def test_where_the_day_of_the_listing_is_not_known_the_window_is_missing() -> None:
    """The rule cannot tell when the window ended."""
    paper = ev.CompletenessConclusion(conclusion="complete", reference="MN_PM099")
    listed = methodology.check_proposal.fact(on=UNKNOWN_DAY, evidence=paper)
    case = taken(opened(), submits()).record(listed).case
    found = judged(INPUTS, case.record(methodology.observed("under_consideration", on=UNKNOWN_DAY)).case, decides())
    assert (found.verdict, found.facts["why"]) == (
        Verdict.MISSING, "the day on which public inputs were opened is not known",
    )  # fmt: skip


@pytest.mark.parametrize(("extended", "days"), [(False, 60), (True, 90)])
def test_the_committee_has_sixty_days_and_ninety_where_it_said_so(*, extended: bool, days: int) -> None:
    """37: counted from the end of public inputs; a duty, for 128 days were observed."""
    longer = methodology.extend_consideration(ev.Notice(), by=Role.JOINT_COMMITTEE, on=CLOSED)
    case = taken(opened(), submits(), checks(), closes(), *([longer] if extended else []))
    due = CLOSED + timedelta(days=days)
    for on, late in ((due, 0), (due + timedelta(days=1), 1)):
        found = judged(DECISION_TIME, case, decides(on))
        assert (found.facts["days"], found.facts["due"], found.facts["late_by"]) == (days, due, late)
        assert case.attempt(decides(on), rules=BOOK, register=KNOWN)


def test_a_number_is_given_once_and_a_version_of_a_methodology_too() -> None:
    """9: a later version keeps the number of the methodology."""
    first = taken(opened(), submits(), checks(), closes(), decides())
    known = register.of([first], complete=("numbers",))
    other = opened("other")
    other = taken(other, submits())
    rule = "common.reference_never_reused"
    assert judged(rule, other, checks(), known).facts["given_to"] == ["pm"]
    assert judged(rule, other, checks(reference="MN_PM100"), known).verdict is Verdict.MET
    assert judged(rule, other, checks(reference=None), known).facts["why"] == "the listing gives no number"
    assert judged(rule, other, checks(reference="ID_PM100"), known).verdict is Verdict.UNMET
    other = taken(other, checks(reference="MN_PM100"), closes())
    assert judged(rule, other, decides(), known).verdict is Verdict.UNMET
    assert judged(rule, other, decides(version="2.0"), known).verdict is Verdict.MET


def test_approved_versions_are_records_of_the_register() -> None:
    """The later version supersedes the earlier; what may be done with that afterwards is not known."""
    first = taken(opened(), submits(), checks(), closes(), decides())
    later = taken(opened("later"), submits(), checks(reference="MN_PM100"), closes())
    later = taken(later, decides(DECIDED + timedelta(days=9), version="2.0", cases=("MN_PM100",)))
    known = register.of([first, later])
    one, two = (ev.MethodologyVersion.parse(f"MN_AM099 Ver{number}.0") for number in (1, 2))
    assert isinstance(known.methodology(one, DECIDED - timedelta(days=1)), register.No)
    assert isinstance(known.methodology(one, DECIDED), register.Yes)
    assert isinstance(known.methodology(one, DECIDED + timedelta(days=9)), register.NotKnown)
    assert isinstance(known.methodology(two, DECIDED + timedelta(days=9)), register.Yes)


def test_a_refused_or_deferred_proposal_approves_nothing() -> None:
    """The day of the decision is kept; `otherwise` leaves the proposal where it was."""
    ready = taken(opened(), submits(), checks(), closes())
    for outcome, state in ((Outcome.REFUSED, "not_approved"), (Outcome.OTHERWISE, "under_consideration")):
        case = taken(ready, decides(outcome=outcome))
        assert (case.state, case.file.approved, case.file.decided_on) == (state, None, DECIDED)
    assert taken(ready, decides(version=None)).file.approved is None


def test_a_revision_says_what_it_revises() -> None:
    """The request for a revision is an opening step of its own; meetings and inputs are counted."""
    asks = ev.MethodologyRevisionRequest(revises="MN_AM003 Ver2.0", proposal=PROPOSAL)
    case = opened().record(methodology.request_revision.fact(on=FILED, evidence=asks)).case
    assert (case.state, str(case.file.revises), case.file.title) == (
        "submitted", "MN_AM003 Ver2.0", "Synthetic methodology",
    )  # fmt: skip
    bare = ev.MethodologyRevisionRequest(revises="MN_AM003 Ver2.0")
    assert opened().record(methodology.request_revision.fact(on=FILED, evidence=bare)).case.file.title is None
    assert [stem for stem, _ in asks.forms] == ["F_AMR_Req", "F_PM"]
    case = taken(opened(), submits(), checks())
    comment = methodology.submit_public_input(ev.PublicInput(summary="Good."), by=Role.PUBLIC, on=OPENED)
    meeting = methodology.consider(ev.MeetingRecord(meeting="JC9"), by=Role.JOINT_COMMITTEE, on=CLOSED)
    case = taken(case, comment, comment, closes(), meeting)
    assert (case.file.inputs, case.file.considered) == (2, 1)


def test_a_request_for_a_revision_is_a_submission_too() -> None:
    """The first; a proposal that comes again is the next."""
    asks = ev.MethodologyRevisionRequest(revises="MN_AM003 Ver2.0", proposal=PROPOSAL)
    case = opened().record(methodology.request_revision.fact(on=FILED, evidence=asks)).case
    assert case.file.submissions == 1
    again = methodology.resubmit.fact(on=CHECKED, evidence=submits().evidence)
    assert case.record(again).case.file.submissions == 2


def test_who_proposes_is_kept_until_another_paper_says_otherwise() -> None:
    """A proposal that comes again without its proponents leaves them as they were."""
    named = evolve(PROPOSAL, proponents=("Synthetia Heat",))
    first = opened().record(methodology.submit_proposal.fact(on=FILED, evidence=submits(proposal=named).evidence)).case
    assert first.file.proponents == ("Synthetia Heat",)
    for proposal, proponents in (
        (PROPOSAL, ("Synthetia Heat",)),
        (evolve(named, proponents=("Synthetia Cold",)), ("Synthetia Cold",)),
    ):
        again = methodology.resubmit.fact(on=CHECKED, evidence=submits(proposal=proposal).evidence)
        assert first.record(again).case.file.proponents == proponents


def test_an_opening_tells_from_what_a_methodology_came() -> None:
    """Or nothing, where it says nothing of that."""
    background = ev.Background(origin=ev.Origin(kind="mrv_demonstration"))
    for told, kept in ((background, background), (None, ev.Background())):
        opening = ev.Opening(country="MN", title="Synthetic methodology", reference="MN_PM099", background=told)
        case: Case[Any] = Case.imported(methodology, "pm", opening, on=FILED).case
        assert (case.file.title, case.references, case.file.background) == (
            "Synthetic methodology", ("MN_PM099",), kept,
        )  # fmt: skip


OF_MN: dict[str, Any] = {
    "book": {"country": "MN"},
    "source": {"MEMO": {"about": "MN"}, "PCP": {"about": "MN"}},
}
"""What makes the book of Synthetia one of Mongolia."""


def test_a_confidential_part_makes_the_whole_confidential(world: Any) -> None:
    """2: of a proposal as of a request for revision; both versions are then needed of the part."""
    rule = "common.confidential_two_versions"
    book = world.only(adopt={rule: {"since": date(2021, 1, 1)}}, **OF_MN)
    hidden = evolve(PROPOSAL, contains_confidential=True)
    both = evolve(hidden, public_version=ev.Document(version="1.0"), full_version=ev.Document(version="1.0"))
    for part, verdict in ((PROPOSAL, Verdict.MET), (hidden, Verdict.UNMET), (both, Verdict.MET)):
        paper = ev.MethodologyRevisionRequest(revises="MN_AM003 Ver2.0", proposal=part, contains_confidential=False)
        asked = methodology.request_revision(paper, by=Role.PROPONENT, on=FILED)
        for act in (evolve(submits(proposal=part), despite={}), asked):
            (found,) = [f for f in opened().attempt(act, rules=book, register=KNOWN).findings if f.rule == rule]
            assert found.verdict is verdict


def test_a_book_that_does_not_know_the_window_leaves_it_open(world: Any) -> None:
    """Missing, and without a day on which it would be over."""
    case = taken(opened(), submits(), checks(), closes())
    book = world.only(adopt={INPUTS: {"since": date(2021, 1, 1)}}, **OF_MN)
    (found,) = [f for f in case.attempt(decides(), rules=book, register=KNOWN).findings if f.rule == INPUTS]
    assert (found.verdict, found.facts["why"]) == (Verdict.MISSING, "the book has no length of the window")
