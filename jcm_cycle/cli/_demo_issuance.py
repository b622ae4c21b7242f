"""The second part of the demo: from a monitoring report of the registered project to credits of both governments.

Reports, amounts and days are synthetic.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from jcm_cycle import Actor, Outcome, Role, issuance
from jcm_cycle.days import Period
from jcm_cycle.entries import Act
from jcm_cycle.evidence import (
    AllocationLine,
    CompletenessConclusion,
    DecisionMode,
    IssuanceNotice,
    IssuanceRequest,
    JointCommitteeDecision,
    MonitoringReport,
    Receipt,
    RegistryIssuance,
    SustainableDevelopmentReport,
    VerificationReport,
    YearAmount,
)

__all__ = ["JAPAN_ISSUED", "MONGOLIA_LATE", "OPENED", "PERIOD", "issuance_acts"]

OPENED = date(2026, 2, 16)
PERIOD = Period(date(2025, 9, 1), date(2026, 2, 28))
JAPAN_ISSUED = date(2026, 6, 10)
MONGOLIA_LATE = date(2026, 8, 20)
"""The day on which the second side issues."""

SECRETARIAT, COMMITTEE = Actor(Role.SECRETARIAT), Actor(Role.JOINT_COMMITTEE)
JAPAN, MONGOLIA = Actor(Role.SIDE, "Japan"), Actor(Role.SIDE, "Mongolia")

AMOUNTS = (YearAmount(year=2025, amount=1_640), YearAmount(year=2026, amount=810))


def issuance_acts(title: str, company: Actor, entity: Actor, focal_point: str) -> list[tuple[str, Act[Any]]]:
    """Return the acts of this part in their order, each with what it is about; some of them are refused.

    Args:
        title: title of the project.
        company: the participant that files.
        entity: the third-party entity that verifies.
        focal_point: the focal point named in the modalities of communication.
    """
    report = MonitoringReport(
        title=title, period=PERIOD, amounts=AMOUNTS, scopes=(1,), document_version="1.1", contains_confidential=False
    )
    notified = (
        AllocationLine(side="JP", amount=1_450, holder="Government of Japan"),
        AllocationLine(side="JP", amount=510, holder=focal_point),
        AllocationLine(side="MN", amount=490, holder=company.name),
    )
    decision = JointCommitteeDecision(
        decision=Outcome.NOTIFIED,
        decided_on=date(2026, 5, 28),
        mode=DecisionMode.MEETING,
        meeting="a second synthetic meeting",
        cases=("MN999",),
        lines=notified,
    )

    def verified(day: date, *, visited: bool) -> VerificationReport:
        return VerificationReport(
            title=title,
            entity=entity.name,
            completed_on=day,
            opinion=Outcome.POSITIVE,
            period=PERIOD,
            amounts=AMOUNTS,
            document_versions=("1.1",),
            site_visit=visited,
            registered_elsewhere="",
            contains_confidential=False,
        )

    def asked(amount: int) -> IssuanceRequest:
        return IssuanceRequest(
            title=title,
            amount=amount,
            lines=notified,
            sd_report=SustainableDevelopmentReport(),
            account_open=True,
            signed_for=focal_point,
            contains_confidential=False,
        )

    by_japan, by_mongolia = notified[:2], notified[2:]
    too_much = (notified[0], AllocationLine(side="JP", amount=560, holder=focal_point))
    submit, verify, request = (
        issuance.submit_monitoring_report,
        issuance.conclude_verification,
        issuance.request_issuance,
    )
    issue = issuance.issue_credits
    return [
        ("The company reports on a period that is not over", submit(report, by=company, on=date(2026, 2, 20))),
        ("and again when it is", submit(report, by=company, on=date(2026, 3, 10))),
        (
            "The entity verifies for the first time without a visit",
            verify(verified(date(2026, 4, 15), visited=False), by=entity, on=date(2026, 4, 15)),
        ),
        ("and after one", verify(verified(date(2026, 4, 28), visited=True), by=entity, on=date(2026, 4, 28))),
        ("The amounts by receiver are not what is asked for", request(asked(2_500), by=company, on=date(2026, 5, 6))),
        ("corrected", request(asked(2_450), by=company, on=date(2026, 5, 7))),
        ("", issuance.acknowledge_request(Receipt(), by=SECRETARIAT, on=date(2026, 5, 8))),
        (
            "",
            issuance.check_request(CompletenessConclusion(conclusion="complete"), by=SECRETARIAT, on=date(2026, 5, 13)),
        ),
        ("", issuance.decide_issuance(decision, by=COMMITTEE, on=date(2026, 5, 28))),
        (
            "Japan would issue more than it was notified",
            issue(RegistryIssuance(side="JP", lines=too_much), by=JAPAN, on=JAPAN_ISSUED),
        ),
        ("and issues what it was", issue(RegistryIssuance(side="JP", lines=by_japan), by=JAPAN, on=JAPAN_ISSUED)),
        (
            "",
            issuance.report_issuance(
                IssuanceNotice(side="JP", amount=1_960, issued_on=JAPAN_ISSUED), by=JAPAN, on=date(2026, 6, 12)
            ),
        ),
        (
            "Mongolia follows ten weeks later",
            issue(RegistryIssuance(side="MN", lines=by_mongolia), by=MONGOLIA, on=MONGOLIA_LATE),
        ),
    ]
