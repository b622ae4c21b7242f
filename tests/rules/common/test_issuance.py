"""Issuance, from a monitoring period to credits issued by both sides; projects, periods and reports are synthetic."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from jcm_cycle import (
    UNKNOWN_DAY,
    Accepted,
    Case,
    Effect,
    Journal,
    Outcome,
    Role,
    Verdict,
    evidence as ev,
    issuance,
    project,
    register,
    rejudge,
    verify,
)
from jcm_cycle.days import Period
from jcm_cycle.errors import EvidenceError
from jcm_cycle.states import Side

FIRST = Period(date(2021, 1, 1), date(2022, 6, 30))
SECOND = Period(date(2022, 7, 1), date(2023, 6, 30))
REPORTED, VERIFIED, ASKED, CHECKED = date(2023, 8, 1), date(2023, 9, 1), date(2023, 10, 1), date(2023, 10, 5)
DECIDED, LATER = date(2023, 12, 1), date(2024, 1, 10)
REGISTERED = date(2021, 5, 5)


def registered(name: str = "solar", *, on: date = REGISTERED) -> Case[Any]:
    """Return a project registered elsewhere."""
    opening = ev.Opening(country="MN", title="Synthetic", reference="MN099")
    case = Case.imported(project, name, opening, on=UNKNOWN_DAY).case
    fact = project.decide_registration.fact(
        on=on, evidence=ev.JointCommitteeDecision(decision=Outcome.REGISTERED, decided_on=on, cases=("MN099",))
    )
    return case.record(fact).case


def opened(name: str, of: Case[Any] | str = "solar") -> Case[Any]:
    """Return a new issuance of the project, without a rule book: only the rules of integrity are asked."""
    return Case.open(issuance, name, on=date(2021, 1, 1), country="MN", of=of).case


def line(side: str, amount: int, holder: str | None = None) -> ev.AllocationLine:
    """Return one line of an allocation."""
    return ev.AllocationLine(side=side, amount=amount, holder=holder)


def reports(period: Period = FIRST, *, on: date = REPORTED) -> Any:
    """Return the act of reporting a period."""
    return issuance.submit_monitoring_report(ev.MonitoringReport(period=period), by=Role.PARTICIPANT, on=on)


def verifies(amount: int = 100) -> Any:
    """Return the act of verifying an amount of 2022."""
    report = ev.VerificationReport(opinion="positive", amounts=[ev.YearAmount(year=2022, amount=amount)])
    return issuance.conclude_verification(report, by=Role.ENTITY, on=VERIFIED)


def asks(amount: int, *lines: ev.AllocationLine) -> Any:
    """Return the act of asking for credits."""
    request = ev.IssuanceRequest(amount=amount, lines=lines)
    return issuance.request_issuance(request, by=Role.FOCAL_POINT, on=ASKED)


CHECKS = issuance.check_request(ev.CompletenessConclusion(conclusion="complete"), by=Role.SECRETARIAT, on=CHECKED)


def decides(outcome: Outcome, *lines: ev.AllocationLine, on: date = DECIDED, amount: int | None = None) -> Any:
    """Return the act of deciding."""
    decision = ev.JointCommitteeDecision(
        decision=outcome, decided_on=on, mode="meeting", cases=("MN099",), lines=lines, amount=amount
    )
    return issuance.decide_issuance(decision, by=Role.JOINT_COMMITTEE, on=on)


def issues(side: str, amount: int, *, on: date = LATER, lines: Any = None) -> Any:
    """Return the act of issuing."""
    paper = ev.RegistryIssuance(side=side, amount=amount, lines=lines)
    return issuance.issue_credits(paper, by=Role.SIDE, on=on)


def taken(case: Case[Any], *acts: Any, known: Any = None) -> Case[Any]:
    """Return the case after acts that are all accepted."""
    told = known or register.of([registered(), case])
    for act in acts:
        answer = case.attempt(evolve(act, despite={"common.rules_in_force": "no book in this test"}), register=told)
        assert isinstance(answer, Accepted), answer.explain()
        case = answer.case
    return case


def refusal(case: Case[Any], act: Any, rule: str, *, known: Any = None) -> Any:
    """Return the finding of a rule that refuses an act."""
    answer = case.attempt(act, register=known or register.of([registered(), case]))
    assert not answer
    assert answer.case is case
    (found,) = [finding for finding in answer.refusals if finding.rule == rule]
    assert found.effect is Effect.BLOCKS
    return found


def ready() -> Case[Any]:
    """Return an issuance under consideration: 100 t verified and asked for."""
    return taken(
        opened("first", registered()), reports(), verifies(), asks(100, line("JP", 80), line("MN", 20)), CHECKS
    )


def notified() -> Case[Any]:
    """Return an issuance of which both sides were notified."""
    return taken(ready(), decides(Outcome.NOTIFIED, line("JP", 80), line("MN", 20)))


def test_both_sides_issue_each_on_its_own_day_and_in_parts() -> None:
    """The case is issued only when every side with an amount has issued all of it."""
    case = notified()
    assert (case.state, dict(case.file.sides)) == ("notified", {"JP": Side.PENDING, "MN": Side.PENDING})
    case = taken(case, issues("JP", 50))
    assert (case.state, dict(case.file.sides)) == ("notified", {"JP": Side.PARTLY_ISSUED, "MN": Side.PENDING})
    case = taken(case, issues("JP", 30))
    assert (case.state, dict(case.file.sides)) == ("notified", {"JP": Side.ISSUED, "MN": Side.PENDING})
    case = taken(case, issues("MN", 20, on=date(2024, 6, 1)))
    assert (case.state, case.file.issued_total) == ("issued", 100)


def test_a_side_with_zero_has_nothing_to_issue() -> None:
    """It is done from the start, and the other side completes the issuance."""
    case = taken(ready(), decides(Outcome.NOTIFIED, line("JP", 0), line("MN", 1)))
    assert dict(case.file.sides) == {"JP": Side.NOT_APPLICABLE, "MN": Side.PENDING}
    assert taken(case, issues("MN", 1)).state == "issued"


def test_both_sides_with_zero_close_the_case_without_credits() -> None:
    """Zero is possible, and is another end than an issuance."""
    case = ready()
    assert taken(case, decides(Outcome.ZERO, line("JP", 0), line("MN", 0))).state == "closed_without_credits"
    refusal(case, decides(Outcome.ZERO, line("JP", 1), line("MN", 0)), "issuance.decide_issuance.sides_sum")
    refusal(case, decides(Outcome.NOTIFIED, line("JP", 0), line("MN", 0)), "issuance.decide_issuance.sides_sum")


@pytest.mark.parametrize(
    ("lines", "amount", "rule"),
    [
        ([line("JP", 81), line("MN", 20)], None, "issuance.decide_issuance.within_verified"),
        ([line("JP", 80), line("MN", 20)], 99, "issuance.decide_issuance.sides_sum"),
        ([line("JP", 80), line("VN", 20)], None, "issuance.decide_issuance.sides_sum"),
    ],
)
def test_a_decision_that_does_not_add_up_is_refused(lines: Any, amount: int | None, rule: str) -> None:
    """More than was verified, another sum, or a side unknown to the country: nothing is half-applied."""
    found = refusal(ready(), decides(Outcome.NOTIFIED, *lines, amount=amount), rule)
    assert found.verdict is Verdict.UNMET


def test_a_decision_without_the_amount_of_a_side_is_missing_it() -> None:
    """What the other side gets is not known, and not concluded from the rest."""
    found = refusal(ready(), decides(Outcome.NOTIFIED, line("JP", 80)), "issuance.decide_issuance.sides_sum")
    assert (found.verdict, found.facts["lacking"]) == (Verdict.MISSING, ["MN"])


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        (issues("JP", 81), {"issued_with_this": 81, "notified": 80}),
        (issues("MN", 0), {"issued_with_this": 0, "notified": 20}),
        (issues("VN", 1), {"unknown_sides": ["VN"]}),
        (issues("JP", 80, on=date(2023, 11, 30)), {"decided_on": DECIDED}),
    ],
)
def test_a_side_issues_after_the_decision_and_never_more_than_it_was_notified(act: Any, facts: dict[str, Any]) -> None:
    """Nor nothing, nor a side that has no part in it."""
    found = refusal(notified(), act, "issuance.issue_credits.within_notified")
    assert facts.items() <= found.facts.items()


def test_no_holder_gets_more_than_was_notified_for_it() -> None:
    """Line by line, also where the side as a whole keeps within its amount."""
    lines = [line("JP", 30, "government"), line("JP", 50, "company"), line("MN", 20)]
    case = taken(ready(), decides(Outcome.NOTIFIED, *lines))
    wrong = [line("JP", 40, "government"), line("JP", 40, "company")]
    found = refusal(case, issues("JP", 80, lines=wrong), "issuance.issue_credits.within_notified")
    assert found.facts["holders_above"] == ["government"]
    assert taken(case, issues("JP", 80, lines=lines[:2]))


def test_credits_are_decided_for_a_registered_project_only() -> None:
    """Verification does not need registration, the decision does; one meeting may do both."""
    case = ready()
    act = decides(Outcome.NOTIFIED, line("JP", 80), line("MN", 20))
    rule = "issuance.decide_issuance.project_registered"
    not_yet = register.facts(register.Project(case="solar", registered=False))
    assert refusal(case, act, rule, known=not_yet).verdict is Verdict.UNMET
    late = register.of([registered(on=date(2024, 3, 1)), case])
    assert refusal(case, act, rule, known=late).earliest == date(2024, 3, 1)
    assert refusal(case, act, rule, known=register.NOTHING_KNOWN).verdict is Verdict.MISSING
    assert taken(case, act, known=register.of([registered(on=DECIDED), case]))
    answer = taken(opened("first", registered()), reports(), verifies()).attempt(asks(1, line("JP", 1)), register=late)
    (found,) = [finding for finding in answer.findings if finding.rule == rule]
    assert (found.verdict, found.effect, found.refuses) == (Verdict.UNMET, Effect.ADVISES, False)


def test_a_withdrawn_project_gets_no_credits() -> None:
    """From the day of its withdrawal on; on what day, where that is not known, does not help."""
    effect = project.withdraw_project.fact(on=date(2023, 11, 1), evidence=ev.ChangeEffect(change="w"))
    gone = registered().record(effect).case
    case = ready()
    act = decides(Outcome.NOTIFIED, line("JP", 80), line("MN", 20))
    found = refusal(case, act, "issuance.decide_issuance.project_registered", known=register.of([gone, case]))
    assert found.facts["ended_on"] == date(2023, 11, 1)


def test_a_period_is_taken_once_until_its_case_is_given_up() -> None:
    """Withdrawn, refused and discontinued cases leave their period free for a new one."""
    first = taken(opened("first", registered()), reports())
    again = opened("again", registered())
    rule = "issuance.submit_monitoring_report.no_overlap"
    known = register.of([registered(), first, again])
    assert refusal(again, reports(), rule, known=known).facts["clash"] == {"first": FIRST}
    assert taken(again, reports(SECOND), known=known).file.period == SECOND
    given_up = taken(first, issuance.discontinue(ev.Notice(), by=Role.PARTICIPANT, on=VERIFIED))
    assert taken(again, reports(), known=register.of([registered(), given_up, again]))
    assert refusal(again, reports(), rule, known=register.NOTHING_KNOWN).verdict is Verdict.MISSING


def test_a_period_in_the_future_is_not_reported() -> None:
    """Nobody has monitored it yet; the day on which it is over is told."""
    found = refusal(opened("first"), reports(on=date(2022, 1, 1)), "issuance.submit_monitoring_report.period_over")
    assert found.earliest == FIRST.end


def test_the_lines_of_a_request_add_up_and_keep_within_what_was_verified() -> None:
    """In whole tonnes, for sides that have a part in it."""
    case = taken(opened("first", registered()), reports(), verifies(100))
    rule = "issuance.request_issuance.lines_sum"
    for act in (
        asks(100, line("JP", 80)),
        asks(80, line("JP", 100)),
        asks(101, line("JP", 101)),
        asks(100, line("JP", 80), line("VN", 20)),
    ):
        assert refusal(case, act, rule).verdict is Verdict.UNMET
    assert taken(case, asks(90, line("JP", 80), line("MN", 10)))


@pytest.mark.parametrize("amount", [-1, 1.5, True, None, "1"])
def test_an_amount_is_whole_tonnes(amount: Any) -> None:
    """Negative and fractional ones cannot even be written down."""
    with pytest.raises(EvidenceError, match=r"^amount: "):
        ev.AllocationLine(side="JP", amount=amount)
    with pytest.raises(EvidenceError, match=r"^amount: "):
        ev.YearAmount(year=2022, amount=amount)


def test_a_period_ends_after_it_begins_and_its_years_are_its_own() -> None:
    """What cannot be a period, or is no year of it, is told where it is made."""
    with pytest.raises(EvidenceError, match=r"The period ends on 2021-01-01, before it begins on 2021-01-02\."):
        Period(date(2021, 1, 2), date(2021, 1, 1))
    with pytest.raises(EvidenceError, match=r"^amounts: 2024 has no day in the period"):
        ev.MonitoringReport(period=FIRST, amounts=[ev.YearAmount(year=2024, amount=1)])
    with pytest.raises(EvidenceError, match=r"^amounts: a calendar year has two amounts"):
        ev.MonitoringReport(period=FIRST, amounts=[ev.YearAmount(year=2021, amount=1)] * 2)
    assert Period.parse(str(FIRST)) == FIRST


def test_an_issuance_belongs_to_a_project_and_a_project_to_none() -> None:
    """The error says what to give."""
    with pytest.raises(EvidenceError, match=r"belongs to a case of project\. Name it with `of`"):
        Case.open(issuance, "first", on=REPORTED, country="MN")
    with pytest.raises(EvidenceError, match=r"belongs to no other case\. Leave `of` out"):
        Case.open(project, "first", on=REPORTED, country="MN", of="x")
    with pytest.raises(EvidenceError, match=r"first is a case of issuance in MN"):
        Case.open(issuance, "second", on=REPORTED, country="MN", of=opened("first"))


def test_a_recorded_total_completes_a_case_of_which_no_other_total_is_known() -> None:
    """Without a split nothing is made up: the case is issued by its total, and stays notified by one side."""
    whole = issuance.issue_credits.fact(on=LATER, evidence=ev.RegistryIssuance(amount=288, total=True))
    case = opened("first").record(whole).case
    assert (case.state, case.file.issued_total, dict(case.file.sides)) == ("issued", 288, {})
    part = issuance.issue_credits.fact(on=LATER, evidence=ev.RegistryIssuance(side="JP", amount=94))
    case = opened("first").record(part).case
    assert (case.state, dict(case.file.sides)) == ("notified", {"JP": Side.UNKNOWN})


def test_a_journal_of_an_issuance_is_judged_again_alike(tmp_path: Path) -> None:
    """What the register told is in the findings, so that nothing but the journal is needed later."""
    journal = Journal(tmp_path / "j.jsonl")
    at = datetime(2024, 2, 1, tzinfo=UTC)
    opening = Case.open(issuance, "first", on=date(2021, 1, 1), country="MN", of=registered())
    journal.append(opening, at=at)
    case = opening.case
    known = register.of([registered(), case])
    acts = [
        reports(), verifies(), asks(100, line("JP", 80), line("MN", 20)), CHECKS,
        decides(Outcome.NOTIFIED, line("JP", 80), line("MN", 20)), issues("JP", 80), issues("MN", 20),
    ]  # fmt: skip
    for act in acts:
        held = {f.rule: "in this test" for f in case.attempt(act, register=known).refusals}
        assert set(held) <= {"common.rules_in_force"}
        answer = case.attempt(issuance.step(act.step)(act.evidence, by=act.by, on=act.on, despite=held), register=known)
        journal.append(answer, at=at)
        case = answer.case
    assert case.state == "issued"
    assert verify(journal.path).intact
    assert not rejudge(Journal(journal.path)).differs
    assert Journal(journal.path).case("first") == case


@given(
    st.lists(st.tuples(st.sampled_from(["JP", "MN"]), st.integers(0, 120)), max_size=8),
    st.tuples(st.integers(0, 120), st.integers(0, 120)),
)
def test_whatever_is_tried_issued_keeps_within_notified_and_notified_within_verified(
    tries: list[tuple[str, int]], sides: tuple[int, int]
) -> None:
    """In every run, whatever amounts are tried in whatever order."""
    case = ready()
    known = register.of([registered(), case])
    japan, host = sides
    for outcome in (Outcome.NOTIFIED, Outcome.ZERO):
        answer = case.attempt(decides(outcome, line("JP", japan), line("MN", host)), register=known)
        case = answer.case
    for side, amount in tries:
        case = case.attempt(issues(side, amount), register=known).case
        file = case.file
        if file.notified is not None:
            assert sum(file.notified.values()) <= file.verified_total
            assert all(file.issued_by(side) <= file.notified[side] for side in ("JP", "MN"))
        assert (case.state == "issued") == bool(file.notified and file.issued_total == sum(file.notified.values()) > 0)


REGISTRATION = "issuance.decide_issuance.project_registered"
BOTH = (line("JP", 80), line("MN", 20))


@pytest.mark.parametrize(
    ("known", "verdict", "facts"),
    [
        ({"registered": None, "registered_on": REGISTERED}, Verdict.MISSING, {"registered": None}),
        ({"registered": False}, Verdict.UNMET, {"registered": False}),
        ({"registered": True, "registered_on": None}, Verdict.MISSING, {"registered": True}),
        ({"registered": True, "registered_on": UNKNOWN_DAY}, Verdict.MISSING, {"registered": True}),
        ({"registered": True, "registered_on": DECIDED}, Verdict.MET, {"registered": True, "registered_on": DECIDED}),
    ],
)
def test_what_is_known_of_a_registration_decides(known: Any, verdict: Verdict, facts: Any) -> None:
    """Where whether or when is not known, the rule is missing and says what it read."""
    told = register.facts(register.Project(case="solar", **known))
    answer = ready().attempt(decides(Outcome.NOTIFIED, *BOTH), register=told)
    (found,) = [finding for finding in answer.findings if finding.rule == REGISTRATION]
    assert found.verdict is verdict
    shown = {name: value for name, value in found.facts.items() if name in ("registered", "registered_on")}
    assert shown == {name: value for name, value in facts.items() if value is not None or name in shown}


def test_a_decision_that_notifies_nothing_has_no_amounts_to_add_up() -> None:
    """A refusal, or a decision that leaves it open, meets the rule on sums and says that it notifies nothing."""
    for outcome in (Outcome.REFUSED, Outcome.OTHERWISE):
        answer = ready().attempt(decides(outcome), register=register.of([registered(), ready()]))
        (found,) = [finding for finding in answer.findings if finding.rule == "issuance.decide_issuance.sides_sum"]
        assert (found.verdict, dict(found.facts)) == (Verdict.MET, {"notifies": False})


def recorded(*lines: ev.AllocationLine) -> Case[Any]:
    """Return an issuance of which the decision was recorded with these lines and no others."""
    paper = ev.JointCommitteeDecision(decision=Outcome.NOTIFIED, decided_on=DECIDED, lines=lines)
    return opened("first").record(issuance.decide_issuance.fact(on=DECIDED, evidence=paper)).case


WITHIN = "issuance.issue_credits.within_notified"


def test_a_side_that_was_notified_nothing_issues_nothing() -> None:
    """Not even one tonne, and not because of what the other side has."""
    found = refusal(recorded(line("JP", 80)), issues("MN", 1), WITHIN)
    assert (found.verdict, found.facts["notified"], found.facts["issued_with_this"]) == (Verdict.UNMET, 0, 1)


def test_an_amount_that_is_not_known_leaves_the_sum_open() -> None:
    """Of what was issued before, or of what is issued now."""
    unknown = issuance.issue_credits.fact(on=LATER, evidence=ev.RegistryIssuance(side="JP"))
    before = recorded(*BOTH).record(unknown).case
    assert refusal(before, issues("JP", 1), WITHIN).verdict is Verdict.MISSING
    act = issuance.issue_credits(ev.RegistryIssuance(side="JP"), by=Role.SIDE, on=LATER)
    found = refusal(recorded(*BOTH), act, WITHIN)
    assert (found.verdict, found.facts["issued_with_this"]) == (Verdict.MISSING, None)
    nobody = issuance.issue_credits(ev.RegistryIssuance(amount=1), by=Role.SIDE, on=LATER)
    assert refusal(recorded(*BOTH), nobody, WITHIN).facts["why"] == "the side that issues is not named"


def test_a_holder_is_counted_over_all_lines_of_its_side() -> None:
    """Over years and parts, and apart from a holder of the same name on the other side."""
    old, new = (ev.AllocationLine(side="JP", amount=30, holder="company", year=year) for year in (2021, 2022))
    case = recorded(old, new, line("MN", 90, "company"))
    assert taken(case, issues("JP", 60, lines=[line("JP", 60, "company")]))
    first = taken(case, issues("JP", 40, lines=[line("JP", 40, "company")]))
    assert taken(first, issues("JP", 20, lines=[line("JP", 20, "company")]))
    both = recorded(line("JP", 30, "company"), line("JP", 30, "other"))
    part = taken(both, issues("JP", 20, lines=[line("JP", 20, "company")]))
    found = refusal(part, issues("JP", 11, lines=[line("JP", 11, "company")]), WITHIN)
    assert found.facts["holders_above"] == ["company"]
    host = recorded(line("JP", 30, "company"), line("MN", 30, "company"))
    issued_by_host = taken(host, issues("MN", 30, lines=[line("MN", 30, "company")]))
    assert taken(issued_by_host, issues("JP", 30, lines=[line("JP", 30, "company")])).state == "issued"
    found = refusal(
        recorded(line("JP", 30, "company"), line("JP", 30, "other"), line("MN", 30, "company")),
        issues("JP", 60, lines=[line("JP", 60, "company")]), WITHIN,
    )  # fmt: skip
    assert found.facts["holders_above"] == ["company"]
    issued_by_japan = taken(host, issues("JP", 30, lines=[line("JP", 30, "company")]))
    assert taken(issued_by_japan, issues("MN", 30, lines=[line("MN", 30, "company")])).state == "issued"
    found = refusal(
        recorded(line("JP", 30, "company"), line("MN", 30, "company"), line("MN", 30, "other")),
        issues("MN", 60, lines=[line("MN", 60, "company")]), WITHIN,
    )  # fmt: skip
    assert found.facts["holders_above"] == ["company"]
    nameless = recorded(line("JP", 30), line("JP", 30, "company"))
    assert taken(nameless, issues("JP", 60, lines=[line("JP", 30), line("JP", 30, "company")]))


def test_parts_of_equal_size_add_up() -> None:
    """For the side, and for each of its holders."""
    half = taken(recorded(line("JP", 79), line("MN", 1)), issues("JP", 40))
    found = refusal(half, issues("JP", 40), WITHIN)
    assert (found.facts["issued_with_this"], found.facts["notified"]) == (80, 79)
    holders = recorded(line("JP", 30, "company"), line("JP", 30, "other"))
    half = taken(holders, issues("JP", 16, lines=[line("JP", 16, "company")]))
    found = refusal(half, issues("JP", 16, lines=[line("JP", 16, "company")]), WITHIN)
    assert found.facts["holders_above"] == ["company"]


def test_a_decision_of_which_the_day_is_not_known_leaves_it_open_whether_an_issue_follows_it() -> None:
    """The amounts fit, and the rule is missing all the same."""
    paper = ev.JointCommitteeDecision(decision=Outcome.NOTIFIED, lines=BOTH)
    case = opened("first").record(issuance.decide_issuance.fact(on=UNKNOWN_DAY, evidence=paper)).case
    answer = case.attempt(issues("JP", 80), register=register.of([registered(), case]))
    (found,) = [finding for finding in answer.findings if finding.rule == WITHIN]
    assert (found.verdict, found.facts["decided_on"]) == (Verdict.MISSING, UNKNOWN_DAY)
    assert found.facts["why"] == "whether it was decided by then is not known"
    above = case.attempt(issues("JP", 81), register=register.of([registered(), case]))
    assert [finding.verdict for finding in above.findings if finding.rule == WITHIN] == [Verdict.UNMET]


def test_a_refused_decision_notifies_nothing() -> None:
    """The case ends, or stays where the Committee left it, with the day of the decision and no amounts."""
    for outcome, state in ((Outcome.REFUSED, "not_issued"), (Outcome.OTHERWISE, "under_consideration")):
        case = taken(ready(), decides(outcome))
        assert (case.state, case.file.decided_on) == (state, DECIDED)
        assert (case.file.notified, case.file.notified_total, case.file.outstanding) == (None, None, None)
