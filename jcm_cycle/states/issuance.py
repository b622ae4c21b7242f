"""The machine `issuance`: one monitoring period of one project, from its report to credits issued by both sides.

The table is reference/machines.md of the project's sources, row by row; `standing` says how well founded a row
is, `cites` where it was read. The documents behind the short names are in `states/sources.md`.
"""

from __future__ import annotations

from typing import Any

from jcm_cycle.evidence import (
    CompletenessConclusion,
    IssuanceNotice,
    IssuanceRequest,
    IssuanceRequestWithdrawal,
    JointCommitteeDecision,
    MonitoringReport,
    Notice,
    Outcome,
    Receipt,
    RegistryIssuance,
    VerificationReport,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states import _issuance_file as fold
from jcm_cycle.states._file import unchanged
from jcm_cycle.states._issuance_file import IssuanceFile
from jcm_cycle.states._machine import STAYS, Machine, State, Step

__all__ = ["IssuanceMachine", "issuance"]

MONITORING = State("monitoring")
REPORTED = State("reported")
VERIFICATION_NEGATIVE = State("verification_negative")
VERIFIED = State("verified")
ISSUANCE_REQUESTED = State("issuance_requested")
UNDER_CONSIDERATION = State("under_consideration")
NOTIFIED = State("notified")
ISSUED = State("issued", final=True)
CLOSED_WITHOUT_CREDITS = State("closed_without_credits", final=True)
NOT_ISSUED = State("not_issued", final=True)
REQUEST_WITHDRAWN = State("request_withdrawn", final=True)
DISCONTINUED = State("discontinued", final=True)

FILERS = (Role.PARTICIPANT, Role.FOCAL_POINT)

CITED, ASSUMED = Standing.CITED, Standing.ASSUMED

nothing = unchanged(IssuanceFile)


class IssuanceMachine(Machine[IssuanceFile]):
    """One monitoring period of one project, from its report to issued credits."""

    name = "issuance"
    initial = MONITORING
    file = IssuanceFile
    of = "project"
    needs = "registered"

    submit_monitoring_report = Step(
        "submit_monitoring_report", MONITORING, to=REPORTED,
        by=Role.PARTICIPANT, evidence=MonitoringReport, apply=fold.report,
        standing=CITED, cites="form lists: Monitoring Report (its contents are assumed)",
    )  # fmt: skip
    revise_monitoring_report = Step(
        "revise_monitoring_report", {REPORTED: REPORTED, VERIFICATION_NEGATIVE: REPORTED},
        by=Role.PARTICIPANT, evidence=MonitoringReport, apply=fold.report,
        standing=ASSUMED, cites="general knowledge: a report is revised until it can be verified",
    )  # fmt: skip
    conclude_verification = Step(
        "conclude_verification", REPORTED,
        outcomes={Outcome.POSITIVE: VERIFIED, Outcome.NEGATIVE: VERIFICATION_NEGATIVE},
        by=Role.ENTITY, evidence=VerificationReport, apply=fold.verify,
        standing=CITED, cites="form lists: Verification Report (that it is positive or negative is inferred)",
    )  # fmt: skip
    request_issuance = Step(
        "request_issuance", VERIFIED, to=ISSUANCE_REQUESTED,
        by=FILERS, evidence=IssuanceRequest, apply=fold.request,
        standing=CITED, cites="form lists: Credits Issuance Request",
    )  # fmt: skip
    acknowledge_request = Step(
        "acknowledge_request", ISSUANCE_REQUESTED,
        by=Role.SECRETARIAT, evidence=Receipt, apply=nothing,
        standing=ASSUMED, cites="general knowledge: as for a request for registration",
    )  # fmt: skip
    check_request = Step(
        "check_request", ISSUANCE_REQUESTED,
        outcomes={Outcome.COMPLETE: UNDER_CONSIDERATION, Outcome.INCOMPLETE: VERIFIED},
        by=Role.SECRETARIAT, evidence=CompletenessConclusion, apply=nothing,
        answers="request_issuance",
        standing=ASSUMED, cites="general knowledge: as for a request for registration",
    )  # fmt: skip
    decide_issuance = Step(
        "decide_issuance", UNDER_CONSIDERATION,
        outcomes={
            Outcome.NOTIFIED: NOTIFIED,
            Outcome.ZERO: CLOSED_WITHOUT_CREDITS,
            Outcome.REFUSED: NOT_ISSUED,
            Outcome.OTHERWISE: STAYS,
        },
        by=Role.JOINT_COMMITTEE, evidence=JointCommitteeDecision, apply=fold.decide, answers="request_issuance",
        standing=CITED, cites="Joint Committee decisions of Palau; issuance table of Mongolia (a refusal is assumed)",
    )  # fmt: skip
    issue_credits = Step(
        "issue_credits", NOTIFIED,
        outcomes={Outcome.PARTLY: STAYS, Outcome.COMPLETE: ISSUED}, derive=fold.issued_outcome,
        by=Role.SIDE, evidence=RegistryIssuance, apply=fold.issue,
        standing=CITED, cites="issuance table of Mongolia: each side on its own day",
    )  # fmt: skip
    report_issuance = Step(
        "report_issuance", (NOTIFIED, ISSUED),
        by=Role.SIDE, evidence=IssuanceNotice, apply=fold.notice,
        standing=CITED, cites="JCM website, overview: the sides report to the Committee",
    )  # fmt: skip
    withdraw_request = Step(
        "withdraw_request", (ISSUANCE_REQUESTED, UNDER_CONSIDERATION), to=REQUEST_WITHDRAWN,
        by=FILERS, evidence=IssuanceRequestWithdrawal, apply=nothing,
        standing=CITED, cites="form lists: Issuance Request Withdrawal (until when is assumed)",
    )  # fmt: skip
    discontinue = Step(
        "discontinue", (MONITORING, REPORTED, VERIFICATION_NEGATIVE, VERIFIED), to=DISCONTINUED,
        by=Role.PARTICIPANT, evidence=Notice, apply=nothing,
        standing=ASSUMED, cites="general knowledge: monitoring that is never verified; there is no JCM form",
    )  # fmt: skip

    def opened(self, file: IssuanceFile, evidence: Any, on: Any) -> IssuanceFile:
        """Take over to which project the case belongs."""
        return fold.opened(file, evidence, on)


issuance = IssuanceMachine()
