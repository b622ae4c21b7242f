"""Rules on monitoring periods and their verification under a book; projects, entities and reports are synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Case, Role, Verdict, books, evidence as ev, issuance, register
from jcm_cycle.days import Period

COMPANY = "Synthetic Certification Ltd."
ACROSS = Period(date(2020, 7, 1), date(2021, 6, 30))
AFTER = Period(date(2021, 1, 1), date(2021, 12, 31))
REPORTED, VERIFIED = date(2023, 8, 1), date(2023, 9, 1)
REGISTERED = register.Project(
    case="solar",
    registered=True,
    registered_on=date(2021, 5, 5),
    documents=("1.0", "2.0"),
    entities=(COMPANY,),
    scopes=(1,),
    focal_point="Synthetic Solar LLC",
)
DESIGNATED = register.Designation(country="MN", entity=COMPANY, scopes=(1,), since=date(2020, 1, 1))


def opened(name: str = "first") -> Case[Any]:
    """Return a new issuance under the book of Mongolia."""
    opening = Case.open(issuance, name, on=date(2022, 1, 1), rules=books["MN"], procedure="PCP 07.0", of="solar")
    return opening.case


def reported(period: Period = AFTER) -> Case[Any]:
    """Return an issuance of which the period is reported."""
    act = issuance.submit_monitoring_report(ev.MonitoringReport(period=period), by=Role.PARTICIPANT, on=REPORTED)
    known = register.facts(REGISTERED, complete=("periods",))
    answer = opened().attempt(act, rules=books["MN"], register=known)
    assert answer, answer.explain()
    return answer.case


def verification(known: register.Register, **fields: Any) -> dict[str, Any]:
    """Return the findings on a verification report, by rule."""
    report = ev.VerificationReport(opinion="positive", **fields)
    act = issuance.conclude_verification(report, by=Role.ENTITY, on=VERIFIED)
    return {f.rule: f for f in reported().attempt(act, rules=books["MN"], register=known).findings}


@pytest.mark.parametrize(("period", "verdict"), [(ACROSS, Verdict.UNMET), (AFTER, Verdict.MET)])
def test_a_period_across_the_end_of_2020_is_warned_of(period: Period, verdict: Verdict) -> None:
    """It only advises: the cut is a pattern of decisions, and no text was read."""
    act = issuance.submit_monitoring_report(ev.MonitoringReport(period=period), by=Role.PARTICIPANT, on=REPORTED)
    answer = opened().attempt(act, rules=books["MN"], register=register.facts(REGISTERED, complete=("periods",)))
    assert answer
    (found,) = [f for f in answer.findings if f.rule == "issuance.submit_monitoring_report.not_across_2020"]
    assert (found.verdict, found.refuses, str(found.standing)) == (verdict, False, "inferred")


VISIT = "issuance.conclude_verification.first_site_visit"
EARLIER = register.Monitored(project="solar", case="zero", period="2019-01-01..2019-12-31", verified=True)


@pytest.mark.parametrize(
    ("given", "complete", "visit", "verdict"),
    [
        ((), ("periods",), True, Verdict.MET),
        ((), ("periods",), False, Verdict.UNMET),
        ((), ("periods",), None, Verdict.MISSING),
        ((), (), False, Verdict.MISSING),
        ((EARLIER,), (), False, Verdict.MET),
    ],
)
def test_the_first_verification_includes_a_visit(given: Any, complete: Any, visit: Any, verdict: Verdict) -> None:
    """Whether it is the first is known from the other periods of the project."""
    known = register.facts(REGISTERED, *given, complete=complete)
    assert verification(known, site_visit=visit)[VISIT].verdict is verdict


VERSION = "issuance.conclude_verification.pdd_version"


@pytest.mark.parametrize(
    ("versions", "verdict"), [(["2.0"], Verdict.MET), (["3.0"], Verdict.UNMET), (None, Verdict.MISSING)]
)
def test_a_verification_relies_on_registered_documents(versions: Any, verdict: Verdict) -> None:
    """The registered design document or an approved revision of it."""
    known = register.facts(REGISTERED, complete=("periods",))
    found = verification(known, document_versions=versions)[VERSION]
    assert (found.verdict, found.refuses) == (verdict, verdict is not Verdict.MET)


def test_before_registration_the_version_only_advises() -> None:
    """Validation and first verification may run together."""
    known = register.facts(register.Project(case="solar", registered=False), complete=("periods",))
    found = verification(known, document_versions=["1.0"])[VERSION]
    assert (found.verdict, found.refuses) == (Verdict.MISSING, False)
    found = verification(register.NOTHING_KNOWN, document_versions=["1.0"])[VERSION]
    assert (found.verdict, found.refuses) == (Verdict.MISSING, True)


@pytest.mark.parametrize(("entity", "verdict"), [(COMPANY, Verdict.MET), ("Another", Verdict.UNMET)])
def test_the_entity_that_validated_may_verify(entity: str, verdict: Verdict) -> None:
    """It is the one named in the modalities of the project, and designated for verification and every scope."""
    known = register.facts(REGISTERED, DESIGNATED, complete=("periods",))
    found = verification(known, entity=entity)
    assert found["common.entity_named"].verdict is verdict
    assert found["common.entity_usable"].verdict is (Verdict.MET if entity == COMPANY else Verdict.MISSING)
    assert found["common.no_double_registration"].verdict is Verdict.MISSING


def test_a_request_names_accounts_signature_and_the_report_on_development() -> None:
    """The account only advises; the report is held for where the procedure has the plan."""
    case = reported()
    report = ev.VerificationReport(
        opinion="positive", site_visit=True, document_versions=["1.0"], entity=COMPANY, registered_elsewhere="",
        amounts=[ev.YearAmount(year=2021, amount=10)], form_version="02.1", contains_confidential=False,
    )  # fmt: skip
    known = register.facts(REGISTERED, DESIGNATED, complete=("periods",))
    answer = case.attempt(
        issuance.conclude_verification(report, by=Role.ENTITY, on=VERIFIED), rules=books["MN"], register=known
    )
    assert answer, answer.explain()
    request = ev.IssuanceRequest(
        amount=10, lines=[ev.AllocationLine(side="JP", amount=10)], account_open=True, signed_for="Somebody"
    )
    act = issuance.request_issuance(request, by=Role.FOCAL_POINT, on=date(2023, 10, 1))
    found = {f.rule: f for f in answer.case.attempt(act, rules=books["MN"], register=known).findings}
    account = found["issuance.request_issuance.account_open"]
    assert (account.verdict, account.refuses) == (Verdict.UNMET, False)
    plan = found["issuance.request_issuance.sd_report"]
    assert (plan.verdict, plan.refuses) == (Verdict.MISSING, True)


@pytest.mark.parametrize("signed", ["Synthetic Solar LLC", "Somebody", None])
@pytest.mark.parametrize("open_", [True, False, None])
@pytest.mark.parametrize("attached", [True, False])
def test_a_request_that_has_all_of_it_meets_both_rules(
    signed: str | None, *, open_: bool | None, attached: bool
) -> None:
    """Accounts open and signed by the focal point of the modalities, and the report on development with it."""
    verified = ev.VerificationReport(opinion="positive", amounts=[ev.YearAmount(year=2021, amount=10)])
    case = reported().record(issuance.conclude_verification.fact(on=VERIFIED, evidence=verified)).case
    request = ev.IssuanceRequest(
        amount=10, lines=[ev.AllocationLine(side="JP", amount=10)], account_open=open_, signed_for=signed,
        sd_report=ev.SustainableDevelopmentReport() if attached else None,
    )  # fmt: skip
    act = issuance.request_issuance(request, by=Role.FOCAL_POINT, on=date(2023, 10, 1))
    found = {f.rule: f for f in case.attempt(act, rules=books["MN"], register=register.facts(REGISTERED)).findings}
    account = found["issuance.request_issuance.account_open"]
    assert dict(account.facts) == {
        "account_open": open_, "signed_for": signed, "focal_point": "Synthetic Solar LLC"
    }  # fmt: skip
    if open_ and signed == "Synthetic Solar LLC":
        assert account.verdict is Verdict.MET
    else:
        assert account.verdict is not Verdict.MET
    plan = found["issuance.request_issuance.sd_report"]
    assert plan.verdict is (Verdict.MET if attached else Verdict.MISSING)
    assert dict(plan.facts) == {"sd_report": "attached" if attached else None}


def test_nobody_speaks_for_a_project_that_is_not_known() -> None:
    """The focal point is not given, so the rule is not met by leaving out the signature too."""
    verified = ev.VerificationReport(opinion="positive", amounts=[ev.YearAmount(year=2021, amount=10)])
    case = reported().record(issuance.conclude_verification.fact(on=VERIFIED, evidence=verified)).case
    request = ev.IssuanceRequest(amount=10, account_open=True, signed_for="Somebody")
    act = issuance.request_issuance(request, by=Role.FOCAL_POINT, on=date(2023, 10, 1))
    answer = case.attempt(act, rules=books["MN"], register=register.NOTHING_KNOWN)
    (found,) = [f for f in answer.findings if f.rule == "issuance.request_issuance.account_open"]
    assert found.verdict is not Verdict.MET
    assert found.facts["focal_point"] is None


CUT = "issuance.submit_monitoring_report.not_across_2020"


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        (date(2020, 12, 31), date(2021, 1, 1), Verdict.UNMET),
        (date(2020, 12, 30), date(2021, 1, 1), Verdict.UNMET),
        (date(2020, 7, 1), date(2020, 12, 31), Verdict.MET),
        (date(2020, 12, 31), date(2020, 12, 31), Verdict.MET),
        (date(2020, 7, 1), date(2020, 12, 30), Verdict.MET),
        (date(2021, 1, 1), date(2021, 6, 30), Verdict.MET),
    ],
)
def test_the_cut_lies_between_two_days(start: date, end: date, verdict: Verdict) -> None:
    """A period may end on the last day of 2020 or begin on the first of 2021, and not hold both days."""
    act = issuance.submit_monitoring_report(
        ev.MonitoringReport(period=Period(start, end)), by=Role.PARTICIPANT, on=REPORTED
    )
    answer = opened().attempt(act, rules=books["MN"], register=register.facts(REGISTERED, complete=("periods",)))
    (found,) = [f for f in answer.findings if f.rule == CUT]
    assert (found.verdict, found.facts["last_day_before"]) == (verdict, date(2020, 12, 31))


@pytest.mark.parametrize("value", [None, {"value": 2020}, {"since": "unknown"}])
def test_a_book_without_the_day_of_the_cut_leaves_it_open(world: Any, value: Any) -> None:
    """Neither a book that has no such value, nor one in which it is no day or of unknown standing, decides it."""
    row = {"id": "issuance.period_cut", "standing": "cited", "source": "PCP", "cites": "para 20", "since": "2021-01-01"}
    row |= {"value": date(2020, 12, 31), **(value or {})}
    book = world.book(
        adopt={CUT: {"since": date(2021, 1, 1), "cites": "para 21"}},
        value={} if value is None else {"issuance.period_cut": {k: _day(v) for k, v in row.items() if k != "id"}},
    )
    case = Case.open(issuance, "i", on=date(2024, 4, 1), rules=book, procedure="full", of="solar").case
    act = issuance.submit_monitoring_report(
        ev.MonitoringReport(period=ACROSS), by=Role.PARTICIPANT, on=date(2024, 4, 2)
    )
    (found,) = [f for f in case.attempt(act, rules=book).findings if f.rule == CUT]
    assert (found.verdict, found.refuses) == (Verdict.MISSING, False)
    assert found.facts["why"] == "the book has no day at which periods are cut"


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if value == "2021-01-01" else value


def test_a_period_is_over_on_its_last_day() -> None:
    """A report of that day is filed in time; one of the day before is told when it could be."""
    rule = "issuance.submit_monitoring_report.period_over"
    known = register.facts(REGISTERED, complete=("periods",))
    for days, verdict in ((0, Verdict.MET), (-1, Verdict.UNMET)):
        on = AFTER.end.replace(day=AFTER.end.day + days)
        act = issuance.submit_monitoring_report(ev.MonitoringReport(period=AFTER), by=Role.PARTICIPANT, on=on)
        case = Case.open(issuance, "i", on=date(2021, 1, 1), rules=books["MN"], procedure="PCP 07.0", of="solar").case
        (found,) = [f for f in case.attempt(act, rules=books["MN"], register=known).findings if f.rule == rule]
        assert (found.verdict, found.facts["day"]) == (verdict, on)
        assert found.earliest == (None if days == 0 else AFTER.end)


def test_what_is_read_of_a_visit_is_told() -> None:
    """Whether there was one, what was verified before, and whether all periods are known."""
    none_before = register.facts(REGISTERED, complete=("periods",))
    assert dict(verification(none_before, site_visit=True)[VISIT].facts) == {"site_visit": True}
    assert dict(verification(none_before, site_visit=False)[VISIT].facts) == {
        "site_visit": False, "verified_before": (), "all_known": True
    }  # fmt: skip
    before = register.facts(REGISTERED, EARLIER)
    for visit in (False, None):
        assert dict(verification(before, site_visit=visit)[VISIT].facts) == {
            "site_visit": False, "verified_before": ["zero"]
        }  # fmt: skip
    for name in ("another", "zero"):  # the one that is asked itself is called first
        for case, verified in ((name, [name]), ("first", None)):
            told = register.Monitored(project="solar", case=case, period=EARLIER.period, verified=True)
            facts = verification(register.facts(REGISTERED, told), site_visit=False)[VISIT].facts
            assert facts.get("verified_before") == verified
    other = register.facts(REGISTERED, register.Monitored(project="solar", case="zero", period=EARLIER.period))
    assert verification(other, site_visit=False)[VISIT].verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("visit", "reason", "means", "verdict"),
    [
        (False, "no flights", "video", Verdict.MET),
        (False, None, "video", Verdict.MISSING),
        (False, "no flights", None, Verdict.MISSING),
        (False, None, None, Verdict.MISSING),
        (None, "no flights", "video", Verdict.MISSING),
    ],
)
def test_a_dated_waiver_stands_in_for_a_visit_where_the_report_justifies_it(
    world: Any, visit: Any, reason: str | None, means: str | None, verdict: Verdict
) -> None:
    """Both the reason and the other means are given, and the report says that there was no visit."""
    overlay = {
        "id": "synthetic.remote", "relaxes": VISIT, "since": date(2021, 1, 16), "until": date(2025, 1, 1),
        "source": "PCP", "cites": "para 30", "standing": "cited", "duty": "justify other means",
    }  # fmt: skip
    book = world.book(adopt={VISIT: {"since": date(2021, 1, 1), "cites": "para 22"}}, overlay=[overlay])
    case = Case.open(issuance, "i", on=date(2024, 4, 1), rules=book, procedure="full", of="solar").case
    case = case.record(
        issuance.submit_monitoring_report.fact(on=date(2024, 4, 2), evidence=ev.MonitoringReport(period=AFTER))
    ).case
    report = ev.VerificationReport(opinion="positive", site_visit=visit, no_visit_reason=reason, other_means=means)
    act = issuance.conclude_verification(report, by=Role.ENTITY, on=date(2024, 5, 1))
    known = register.facts(REGISTERED, complete=("periods",))
    (found,) = [f for f in case.attempt(act, rules=book, register=known).findings if f.rule == VISIT]
    assert found.verdict is verdict
    assert "error" not in found.facts
    if visit is False:
        assert found.facts["all_known"] is True
        assert (found.facts["reason"], found.facts["other_means"]) == (reason, means)
        assert "synthetic.remote" in str(found.facts["waiver"])


@pytest.mark.parametrize(
    ("on", "until", "effect", "accepted", "relaxed"),
    [
        (date(2021, 7, 10), date(2022, 1, 1), "blocks", set(), False),
        (date(2021, 7, 11), date(2022, 1, 1), "blocks", {"why"}, True),
        (date(2021, 12, 31), date(2022, 1, 1), "blocks", {"why"}, True),
        (date(2022, 1, 1), date(2022, 1, 1), "blocks", set(), False),
        (date(2030, 1, 1), "unknown", "advises", {"why", ""}, True),
    ],
)
def test_a_dated_waiver_relaxes_between_two_bounds_and_only_where_its_duty_is_done(
    world: Any, on: date, until: Any, effect: str, accepted: set[str], *, relaxed: bool
) -> None:
    """Its first day and its last one count; one whose end is not known may have ended, and refuses nobody."""
    overlay = {
        "id": "synthetic.remote", "relaxes": VISIT, "since": date(2021, 7, 11), "until": until,
        "source": "PCP", "cites": "para 30", "standing": "cited", "duty": "state why, and by what other means",
    }  # fmt: skip
    early = {"since": date(2021, 1, 1), "cites": "para 22"}
    book = world.only(VISIT, adopt={VISIT: early}, overlay=[overlay])
    case = Case.open(issuance, "i", on=date(2021, 4, 1), rules=book, procedure="full", of="solar").case
    first = ev.MonitoringReport(period=Period(date(2021, 1, 1), date(2021, 3, 1)))
    case = case.record(issuance.submit_monitoring_report.fact(on=date(2021, 4, 2), evidence=first)).case
    known = register.facts(REGISTERED, complete=("periods",))
    went = set()
    for reason in ("why", ""):
        told = {"no_visit_reason": reason, "other_means": "video"} if reason else {}
        report = ev.VerificationReport(opinion="positive", site_visit=False, **told)
        answer = case.attempt(issuance.conclude_verification(report, by=Role.ENTITY, on=on), rules=book, register=known)
        (found,) = [finding for finding in answer.findings if finding.rule == VISIT]
        assert found.effect == effect
        words = "relaxed by synthetic.remote (Synthetic procedure ver01.0, para 30)"
        assert (words in answer.explain()) is relaxed
        assert ("; instead: state why, and by what other means" in answer.explain()) is relaxed
        if VISIT not in [refusal.rule for refusal in getattr(answer, "refusals", ())]:
            went.add(reason)
    assert went == accepted


@pytest.mark.parametrize(
    ("project", "verdict", "why"),
    [
        ({"registered": None}, Verdict.MISSING, "whether the project is registered is not known"),
        ({"registered_on": None}, Verdict.MET, None),
        ({"registered_on": VERIFIED}, Verdict.MET, None),
        ({"registered_on": date(2023, 9, 2)}, Verdict.MISSING, "is not registered yet"),
        ({"registered": False}, Verdict.MISSING, "is not registered yet"),
        ({"documents": ("2.0",)}, Verdict.MET, None),
        ({"documents": None}, Verdict.MISSING, None),
    ],
)
def test_which_document_is_the_registered_one_depends_on_the_day(project: Any, verdict: Verdict, why: Any) -> None:
    """On the day of registration it is; before, and where registration is not known, it is missing."""
    fields = {
        "case": "solar", "registered": True, "registered_on": date(2021, 5, 5), "documents": ("1.0", "2.0"), **project
    }  # fmt: skip
    found = verification(register.facts(register.Project(**fields)), document_versions=["2.0"])[VERSION]
    assert found.verdict is verdict
    assert (why or "") in str(found.facts.get("why", ""))
    told = found.facts.get("registered")
    assert told is (None if fields["registered"] is None else fields["registered"])


@pytest.mark.parametrize(
    ("known", "named", "scopes"),
    [(REGISTERED, (COMPANY,), (1,)), (None, None, None)],
)
def test_entity_and_scopes_are_those_of_the_project(known: Any, named: Any, scopes: Any) -> None:
    """Where the monitoring report names no scope, those of the project count; of one not known there are none."""
    told = register.facts(*([known] if known else []), DESIGNATED, complete=("periods",))
    found = verification(told, entity=COMPANY)
    assert found["common.entity_named"].facts["named"] == named
    assert found["common.entity_usable"].verdict is (Verdict.MET if scopes else Verdict.MISSING)


def test_scopes_of_the_monitoring_report_come_first() -> None:
    """An entity that is designated for the project's scope and not for that of the report is not usable."""
    report = ev.MonitoringReport(period=AFTER, scopes=(2,))
    case = opened().record(issuance.submit_monitoring_report.fact(on=REPORTED, evidence=report)).case
    act = issuance.conclude_verification(
        ev.VerificationReport(opinion="positive", entity=COMPANY), by=Role.ENTITY, on=VERIFIED
    )
    answer = case.attempt(act, rules=books["MN"], register=register.facts(REGISTERED, DESIGNATED))
    (found,) = [f for f in answer.findings if f.rule == "common.entity_usable"]
    assert found.verdict is Verdict.UNMET


@pytest.mark.parametrize(
    ("whole", "report", "verdict"),
    [
        (False, False, Verdict.MET),
        (False, True, Verdict.UNMET),
        (True, True, Verdict.UNMET),
        (None, None, Verdict.MISSING),
    ],
)
def test_a_report_with_confidential_parts_makes_the_request_confidential(
    world: Any, whole: Any, report: Any, verdict: Verdict
) -> None:
    """The request for issuance is looked at with the report on development that goes with it."""
    rule = "common.confidential_two_versions"
    case = Case.open(issuance, "i", on=date(2024, 4, 1), rules=world.book(), procedure="full", of="solar").case
    verified = ev.VerificationReport(opinion="positive", amounts=[ev.YearAmount(year=2021, amount=10)])
    case = case.record(issuance.conclude_verification.fact(on=date(2024, 4, 2), evidence=verified)).case
    request = ev.IssuanceRequest(
        amount=10, contains_confidential=whole,
        sd_report=ev.SustainableDevelopmentReport(contains_confidential=report),
    )  # fmt: skip
    act = issuance.request_issuance(request, by=Role.FOCAL_POINT, on=date(2024, 5, 1))
    found = {f.rule: f for f in case.attempt(act, rules=world.book()).findings}
    assert found[rule].verdict is verdict
