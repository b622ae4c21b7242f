"""What stands in good papers, by class of evidence: names, numbers and amounts are made up, and say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from jcm_cycle.evidence.reports import CHECKLIST
from jcm_cycle.parties import JAPAN

__all__ = [
    "CANDIDATE",
    "CASE",
    "CHANGE",
    "ENTITY",
    "FIELDS",
    "HOST",
    "PARTNER",
    "WHOLE",
    "block",
    "methodology",
    "number",
]

HOST, PARTNER = "Synthetic Host Company", "Synthetic Trading"
"""The participants: the one of the host country, and the Japanese one, which is the focal point."""
ENTITY, CANDIDATE = "Synthetic Certification Ltd.", "Synthetic Candidate Ltd."
CASE, WHOLE, CHANGE = "case-1", "whole-1", "change-1"
"""Ids: of the case of a story, of the project or issuance to which it belongs, and of a change that was approved."""
TITLE = "A synthetic project"
AMOUNT, HALF = 1_000, 500
"""Tonnes verified, asked for and notified; half of it for each side."""

_DOCUMENT = {"version": "1.0"}
_SCOPES = [{"numbers": [1]}]
_PUBLIC = {"contains_confidential": False}

Fields: TypeAlias = dict[str, Any]


def _before(on: date) -> int:
    """Return the year before; the first year of the calendar has none."""
    return max(on.year - 1, 1)


def number(country: str, kind: str = "") -> str:
    """Return a public number that no real case has reached: MN999, MN_PM999, TPE-MN-999."""
    return f"TPE-{country}-999" if kind == "TPE" else f"{country}{f'_{kind}' if kind else ''}999"


def methodology(country: str) -> str:
    """Return the version of a methodology that is approved in the register in which all is well."""
    return f"{number(country, 'AM')} Ver1.0"


def block(country: str, on: date) -> Fields:
    """Return the credits that a transfer is about: reductions of the year before, issued by the host country."""
    return {"side": country, "amount": AMOUNT, "years": [_before(on)], "holder": HOST}


def _lines(country: str) -> list[Fields]:
    return [{"side": JAPAN, "amount": HALF}, {"side": country, "amount": HALF}]


def _amounts(on: date) -> list[Fields]:
    return [{"year": _before(on), "amount": AMOUNT}]


def _design(country: str, on: date) -> Fields:
    return {
        **_PUBLIC,
        "title": TITLE,
        "version": "1.0",
        "methodologies": [methodology(country)],
        "scopes": [1],
        "monitoring_plan": _DOCUMENT,
        "start_of_operation": date(on.year, 1, 1),
        "participants": [HOST, PARTNER],
        "eia_required": False,
    }


def _modalities(_: str, __: date) -> Fields:
    return {
        **_PUBLIC,
        "title": TITLE,
        "focal_point": {"name": PARTNER},
        "entities": [ENTITY],
        "participants": [HOST, PARTNER],
        "signed_by": [HOST, PARTNER],
    }


def _proposal(_: str, __: date) -> Fields:
    return {**_PUBLIC, "title": "A synthetic methodology", "version": "1.0", "proponents": [PARTNER], "scopes": [1]}


FIELDS: dict[str, Callable[[str, date], Fields]] = {
    "Accreditation": lambda _, __: {"basis": "ISO 14065"},
    "Adjustment": lambda country, on: {"party": country, "year": on.year},
    "ArticleSixReport": lambda country, _: {"party": country, "report": "A synthetic report"},
    "Authorisation": lambda country, _: {"party": country, "object": "outcomes", "purposes": ["NDC"]},
    "BlockSplit": lambda _, __: {"parts": [{"case": f"part-{n}", "amount": HALF} for n in (1, 2)]},
    "CancellationRecord": lambda _, __: {"reason": "synthetic"},
    "ChangeEffect": lambda _, on: {"change": CHANGE, "decided_on": on},
    "ChangeRequest": lambda _, __: {
        **_PUBLIC,
        "kind": "post_registration_change",
        "pdd_changes": True,
        "design_document": {"version": "1.1"},
        "validation_report": _DOCUMENT,
    },
    "CompensationPlan": lambda _, __: {**_PUBLIC, "version": "1.0", "amount": AMOUNT},
    "DesignDocument": _design,
    "DesignationApplication": lambda _, __: {
        **_PUBLIC,
        "entity": CANDIDATE,
        "scopes": _SCOPES,
        "accreditation": {"basis": "ISO 14065"},
    },
    "DesignationWithdrawal": lambda _, __: {"cause": "voluntary"},
    "IssuanceNotice": lambda _, on: {"side": JAPAN, "amount": HALF, "issued_on": on},
    "IssuanceRequest": lambda country, _: {
        **_PUBLIC,
        "amount": AMOUNT,
        "lines": _lines(country),
        "verification_report": _DOCUMENT,
        "sd_report": _PUBLIC,
        "account_open": True,
        "signed_for": PARTNER,
    },
    "JointCommitteeDecision": lambda _, on: {"decided_on": on, "mode": "meeting", "meeting": "JC99"},
    "LossEventReport": lambda _, on: {**_PUBLIC, "occurred_on": on, "amount": AMOUNT},
    "MeetingRecord": lambda _, __: {"meeting": "JC99"},
    "MethodologyRevisionRequest": lambda country, on: {
        **_PUBLIC,
        "revises": methodology(country),
        "proposal": _proposal(country, on),
    },
    "ModalitiesAmendment": lambda _, __: {
        **_PUBLIC,
        "sections": [1, 2],
        "added": ["Synthetic Newcomer"],
        "signed_by": [HOST, PARTNER, "Synthetic Newcomer"],
    },
    "ModalitiesOfCommunication": _modalities,
    "MonitoringReport": lambda _, on: {
        **_PUBLIC,
        "period": {"start": date(_before(on), 1, 1), "end": date(_before(on), 12, 31)},
        "amounts": _amounts(on),
        "scopes": [1],
        "document_version": "1.0",
    },
    "Notice": lambda _, __: {"text": "synthetic"},
    "PDDSubmission": lambda country, on: {
        **_PUBLIC,
        "design_document": _design(country, on),
        "modalities": _modalities(country, on),
        "sd_plan": _PUBLIC,
        "idea": number(country, "PIN"),
        "of_track": True,
        "ministry_supported": False,
    },
    "ProjectIdeaNote": lambda _, __: {**_PUBLIC, "title": TITLE, "participants": [HOST, PARTNER]},
    "ProposalSubmission": lambda country, on: {
        **_PUBLIC,
        "proposal": _proposal(country, on),
        "spreadsheet": {**_PUBLIC, "version": "1.0"},
    },
    "PublicInput": lambda _, __: {"summary": "synthetic"},
    "Publication": lambda country, _: {"reference": number(country)},
    "Receipt": lambda _, __: {},
    "RegistrationRequest": lambda country, _: {
        **_PUBLIC,
        "title": TITLE,
        "design_document": _DOCUMENT,
        "modalities": _DOCUMENT,
        "validation_report": _DOCUMENT,
        "allocation": {
            **_PUBLIC,
            "shares": [{"side": JAPAN, "percent": "50"}, {"side": country, "percent": "50"}],
            "agreed": True,
        },
        "sd_plan": _PUBLIC,
        "ministry_supported": False,
    },
    "RegistryIssuance": lambda _, __: {"side": JAPAN, "amount": HALF},
    "Renaming": lambda _, __: {"new_name": "Synthetic Certification International"},
    "ScopeWithdrawal": lambda _, __: {"scopes": _SCOPES},
    "TransferRecord": lambda _, __: {"to": JAPAN, "approval_ended": False},
    "UseRecord": lambda _, __: {"purpose": "NDC"},
    "ValidationReport": lambda _, __: {
        **_PUBLIC,
        "title": TITLE,
        "entity": ENTITY,
        "document_version": "1.0",
        "open_requests": [],
        "ticked": list(CHECKLIST),
        "eia_required": False,
        "inputs_treated": True,
        "registered_elsewhere": "",
    },
    "VerificationReport": lambda _, on: {
        **_PUBLIC,
        "entity": ENTITY,
        "amounts": _amounts(on),
        "document_versions": ["1.0"],
        "site_visit": True,
        "registered_elsewhere": "",
    },
}
"""The fields of good evidence of each class, for a host country and a day; a form that is not here has no more than
that nothing in it is confidential."""
