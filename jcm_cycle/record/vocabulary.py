"""The words of a record: kinds of subjects, events, which event fits which subject, and references."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

__all__ = ["FITS", "REFERENCES", "EventWord", "SubjectType"]


class SubjectType(StrEnum):
    """What a row is about."""

    PROJECT = "project"
    METHODOLOGY = "methodology"
    TPE = "tpe"
    """A third-party entity."""
    PIN = "pin"
    """A project idea note."""
    RULE = "rule"
    """A rule document, a measure, a meeting or another institutional event."""


class EventWord(StrEnum):
    """What a row says happened; the remarks say what the day of the row means."""

    REGISTERED = "registered"
    """The day of registration."""
    REGISTRATION_ANNOUNCED = "registration_announced"
    """A ministry announced a registration that already has its day."""
    REGISTRATION_COMPLETED = "registration_completed"
    """The procedure was completed for a registration that already has its day."""
    REGISTRATION_REQUEST_WITHDRAWN = "registration_request_withdrawn"
    """The request was withdrawn; as a rule without a day."""
    STATUS_IN_VALIDATION = "status_in_validation"
    """The snapshot day on which a list shows the project in validation: seen, not an event."""
    VALIDATION_COMPLETED = "validation_completed"
    """The day on which the validation report was completed."""
    MONITORING_PERIOD = "monitoring_period"
    """The first and the last day of a period for which an issuance was decided."""
    MONITORING_PERIOD_END = "monitoring_period_end"
    """The last day of a monitoring period of which no more is known."""
    ISSUANCE_REQUESTED = "issuance_requested"
    """The request reached the Joint Committee."""
    ISSUANCE_DECIDED = "issuance_decided"
    """The Committee decided; the amount is that of both sides, if known."""
    ISSUANCE_NOTIFIED_SIDE = "issuance_notified_side"
    """The same decision, with the amount notified to one side."""
    CREDITS_ISSUED = "credits_issued"
    """Credits were issued in a registry."""
    ISSUANCE_ANNOUNCED = "issuance_announced"
    """The day of the announcement only; the decision was on it or before."""
    METHODOLOGY_PUBLIC_INPUTS = "methodology_public_inputs"
    """The first and the last day on which inputs were taken."""
    METHODOLOGY_CONSIDERED = "methodology_considered"
    """Dealt with at a meeting under its proposed number, and not approved there."""
    METHODOLOGY_APPROVED = "methodology_approved"
    """The day of approval."""
    METHODOLOGY_REVISION_APPROVED = "methodology_revision_approved"
    """The day on which a later version was approved."""
    METHODOLOGY_DECISION = "methodology_decision"
    """The day of a decision whose kind is not stated."""
    TPE_DESIGNATED = "tpe_designated"
    """The day of designation."""
    TPE_SCOPE_ADDED = "tpe_scope_added"
    """The day on which scopes were added."""
    TPE_REDESIGNATED = "tpe_redesignated"
    """The day of a new designation, on a new accreditation."""
    TPE_ACCREDITATION_UNTIL = "tpe_accreditation_until"
    """The day until which the accreditation holds: an end of validity, not an act."""
    TPE_WITHDRAWN = "tpe_withdrawn"
    """A list marks the entity as withdrawn; as a rule without a day."""
    PIN_NO_OBJECTION = "pin_no_objection"
    """The Committee had no objection to the planned project."""
    PIN_DECISION = "pin_decision"
    """The Committee decided on the planned project; how is not stated."""
    PIN_WAIVED = "pin_waived"
    """Existing projects were exempted from the step."""
    RULE_ADOPTED = "rule_adopted"
    RULE_ABOLISHED = "rule_abolished"
    SPECIAL_MEASURE_ADOPTED = "special_measure_adopted"
    SPECIAL_MEASURE_EXTENDED = "special_measure_extended"
    JC_MEETING = "jc_meeting"
    """A meeting of the Joint Committee."""
    BILATERAL_SIGNED = "bilateral_signed"
    """The bilateral document was signed."""
    BILATERAL_EXTENDED = "bilateral_extended"
    REGISTRY_OPENED = "registry_opened"
    AUTHORIZATION_GRANTED = "authorization_granted"


_OF_PROJECTS = (
    EventWord.REGISTERED,
    EventWord.REGISTRATION_ANNOUNCED,
    EventWord.REGISTRATION_COMPLETED,
    EventWord.REGISTRATION_REQUEST_WITHDRAWN,
    EventWord.STATUS_IN_VALIDATION,
    EventWord.VALIDATION_COMPLETED,
    EventWord.MONITORING_PERIOD,
    EventWord.MONITORING_PERIOD_END,
    EventWord.ISSUANCE_REQUESTED,
    EventWord.ISSUANCE_DECIDED,
    EventWord.ISSUANCE_NOTIFIED_SIDE,
    EventWord.CREDITS_ISSUED,
    EventWord.ISSUANCE_ANNOUNCED,
)
_BY_PREFIX = {"methodology_": SubjectType.METHODOLOGY, "tpe_": SubjectType.TPE, "pin_": SubjectType.PIN}


def _fitting(word: EventWord) -> frozenset[SubjectType]:
    if word is EventWord.PIN_WAIVED:  # an exemption is told of an idea, of the projects or as a rule
        return frozenset({SubjectType.PIN, SubjectType.PROJECT, SubjectType.RULE})
    if word in _OF_PROJECTS:
        return frozenset({SubjectType.PROJECT})
    by_prefix = (kind for prefix, kind in _BY_PREFIX.items() if word.startswith(prefix))
    return frozenset({next(by_prefix, SubjectType.RULE)})


FITS: Mapping[EventWord, frozenset[SubjectType]] = {word: _fitting(word) for word in EventWord}
"""The kinds of subjects that an event can happen to."""

REFERENCES: Mapping[SubjectType, tuple[re.Pattern[str], str]] = {
    SubjectType.PROJECT: (re.compile(r"(?P<country>[A-Z]{2})[0-9]{3}"), "{country}001"),
    SubjectType.METHODOLOGY: (re.compile(r"(?P<country>[A-Z]{2})_[AP]M[0-9]{3}"), "{country}_AM001"),
    SubjectType.TPE: (re.compile(r"TPE-(?P<country>[A-Z]{2})-[0-9]{3}"), "TPE-{country}-001"),
    SubjectType.PIN: (re.compile(r"(?P<country>[A-Z]{2})_PIN[0-9]{3}"), "{country}_PIN001"),
}
"""The form of a reference by kind of subject, with an example; a reference of a rule may be anything."""
