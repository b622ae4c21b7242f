"""Rules on monitoring periods and their verification."""

from __future__ import annotations

from datetime import date
from typing import Any

from jcm_cycle.days import exact
from jcm_cycle.entries import Act
from jcm_cycle.evidence import MonitoringReport, VerificationReport
from jcm_cycle.findings import CaseView, Finding, Standing, missing, require, unmet
from jcm_cycle.register import Monitored, Register
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.states import IssuanceFile, issuance

REPORTS = (issuance.submit_monitoring_report, issuance.revise_monitoring_report)
VERIFICATION = issuance.conclude_verification


def _others(case: CaseView[IssuanceFile], register: Register) -> tuple[list[Monitored], bool]:
    """Return the other issuances of the project, and whether there can be more."""
    found = register.periods(case.file.of or "")
    return [other for other in found.known if other.case != case.id], found.complete


@rule("issuance.submit_monitoring_report.no_overlap", on=REPORTS, integrity=Standing.INFERRED)
def no_overlap(
    act: Act[MonitoringReport], case: CaseView[IssuanceFile], edition: Edition, register: Register
) -> Finding:
    """No day of the period belongs to another live or credited period of the project."""
    del edition
    period = act.evidence.period
    others, complete = _others(case, register)
    taken = {other.case: other.period for other in others if other.counts}
    clash = {name: other for name, other in taken.items() if other is not None and other.overlaps(period)}
    facts: dict[str, Any] = {"period": period, "other_periods": taken, "all_known": complete}
    if clash:
        return unmet(clash=clash, **facts)
    if not complete or None in taken.values():
        return missing("not all periods of the project are known", **facts)
    return require(True, **facts)  # noqa: FBT003 - every other period was compared


@rule("issuance.submit_monitoring_report.period_over", on=REPORTS, integrity=Standing.INFERRED)
def period_over(act: Act[MonitoringReport], case: CaseView[IssuanceFile], edition: Edition) -> Finding:
    """The period is over on the day of the report: what lies in the future has not been monitored."""
    del case, edition
    period = act.evidence.period
    return require(period.end <= act.on, earliest=period.end, period=period, day=act.on)


@rule("issuance.submit_monitoring_report.not_across_2020", on=REPORTS, values=("issuance.period_cut",))
def not_across_2020(act: Act[MonitoringReport], case: CaseView[IssuanceFile], edition: Edition) -> Finding:
    """The period does not cross the end of 2020."""
    del case
    known = edition.value("issuance.period_cut")
    if known is None or not isinstance(known.value, date):
        return missing("the book has no day at which periods are cut", rests_on=Standing.UNKNOWN)
    period, last = act.evidence.period, known.value
    crosses = period.start <= last < period.end
    return require(not crosses, rests_on=known, period=period, last_day_before=last)


@rule("issuance.conclude_verification.first_site_visit", on=VERIFICATION, judges_duty=True)
def first_site_visit(
    act: Act[VerificationReport], case: CaseView[IssuanceFile], edition: Edition, register: Register
) -> Finding:
    """The first verification includes a visit, unless a dated waiver covers the day and the report justifies it."""
    paper = act.evidence
    if paper.site_visit:
        return require(True, site_visit=True)  # noqa: FBT003 - the site was visited
    others, complete = _others(case, register)
    before = [other.case for other in others if other.verified]
    if before:
        return require(True, site_visit=paper.site_visit or False, verified_before=before)  # noqa: FBT003 - not the first
    if not complete:
        return missing("whether this is the first verification is not known", site_visit=paper.site_visit)
    waivers = edition.waivers("issuance.conclude_verification.first_site_visit")
    if waivers and paper.site_visit is False:
        return require(
            paper.no_visit_reason and paper.other_means,
            waiver=waivers, reason=paper.no_visit_reason, other_means=paper.other_means, all_known=True,
        )  # fmt: skip
    return require(paper.site_visit, site_visit=paper.site_visit, verified_before=(), all_known=True)


@rule("issuance.conclude_verification.pdd_version", on=VERIFICATION)
def pdd_version(
    act: Act[VerificationReport], case: CaseView[IssuanceFile], edition: Edition, register: Register
) -> Finding:
    """The report relies on the registered design document or an approved revision of it."""
    del edition
    relied = act.evidence.document_versions
    known = register.project(case.file.of or "")
    if known is None or known.registered is None:
        return missing("whether the project is registered is not known", relied_on=relied)
    day = exact(known.registered_on) if known.registered_on is not None else None
    if not known.registered or (day is not None and day > act.on):
        why = "the project is not registered yet, so that no design document is the registered one"
        return missing(why, rests_on=Standing.UNKNOWN, relied_on=relied, registered=known.registered)
    documents = known.documents
    within = relied and documents and set(relied) <= set(documents)
    return require(within, relied_on=relied, documents=documents, registered=True)
