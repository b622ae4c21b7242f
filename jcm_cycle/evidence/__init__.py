"""The forms, reports and decisions that acts rest on."""

from __future__ import annotations

from jcm_cycle.evidence._amounts import AllocationLine, YearAmount
from jcm_cycle.evidence._base import (
    Document,
    Evidence,
    Filing,
    MethodologyVersion,
    Outcome,
    Person,
    Version,
)
from jcm_cycle.evidence.decisions import DecisionMode, JointCommitteeDecision
from jcm_cycle.evidence.forms import (
    CreditAllocation,
    DesignDocument,
    FocalPoint,
    ImplementationReport,
    ModalitiesAmendment,
    ModalitiesOfCommunication,
    PDDSubmission,
    ReferenceEmissionsRequest,
    RegistrationRequest,
    RegistrationRequestWithdrawal,
    Share,
    SustainableDevelopmentPlan,
)
from jcm_cycle.evidence.issuance import (
    IssuanceNotice,
    IssuanceRequest,
    IssuanceRequestWithdrawal,
    MonitoringReport,
    RegistryIssuance,
    SustainableDevelopmentReport,
    VerificationReport,
)
from jcm_cycle.evidence.openings import Move, Opening
from jcm_cycle.evidence.reports import (
    AssessmentConclusion,
    ChangeEffect,
    CompletenessConclusion,
    Elapsed,
    Notice,
    Publication,
    PublicInput,
    Receipt,
    ValidationReport,
)

__all__ = [
    "AllocationLine",
    "AssessmentConclusion",
    "ChangeEffect",
    "CompletenessConclusion",
    "CreditAllocation",
    "DecisionMode",
    "DesignDocument",
    "Document",
    "Elapsed",
    "Evidence",
    "Filing",
    "FocalPoint",
    "ImplementationReport",
    "IssuanceNotice",
    "IssuanceRequest",
    "IssuanceRequestWithdrawal",
    "JointCommitteeDecision",
    "MethodologyVersion",
    "ModalitiesAmendment",
    "ModalitiesOfCommunication",
    "MonitoringReport",
    "Move",
    "Notice",
    "Opening",
    "Outcome",
    "PDDSubmission",
    "Person",
    "PublicInput",
    "Publication",
    "Receipt",
    "ReferenceEmissionsRequest",
    "RegistrationRequest",
    "RegistrationRequestWithdrawal",
    "RegistryIssuance",
    "Share",
    "SustainableDevelopmentPlan",
    "SustainableDevelopmentReport",
    "ValidationReport",
    "VerificationReport",
    "Version",
    "YearAmount",
]
