"""The public record: rows of facts, read as claims and grouped into decisions."""

from __future__ import annotations

from jcm_cycle.record.claims import Claim, Record, Unreadable, read, read_text, shipped
from jcm_cycle.record.countries import Country, countries
from jcm_cycle.record.detail import Detail, Holding, Period, Scopes
from jcm_cycle.record.groups import Group, group
from jcm_cycle.record.vocabulary import EventWord, SubjectType

__all__ = [
    "Claim",
    "Country",
    "Detail",
    "EventWord",
    "Group",
    "Holding",
    "Period",
    "Record",
    "Scopes",
    "SubjectType",
    "Unreadable",
    "countries",
    "group",
    "read",
    "read_text",
    "shipped",
]
