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
