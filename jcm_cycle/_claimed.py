"""What a public record says of approvals, designations and idea notes, as facts for a register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from jcm_cycle._known import Approval, Clearance, Designation, Given, ValidationOrVerification
from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, sort_day, span, surely_by
from jcm_cycle.evidence._base import MethodologyVersion, Version

__all__ = ["ClaimedRecord", "approvals", "claimed", "name_key"]


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return what a name is known by: neither case nor blanks count."""
    return " ".join(name.casefold().split())


class _Claim(Protocol):
    """What a register reads of a claim of the public record."""

    @property
    def country(self) -> str: ...
    @property
    def event(self) -> str: ...
    @property
    def subjects(self) -> tuple[str, ...]: ...
    @property
    def title(self) -> str: ...
    @property
    def day(self) -> Day: ...
    @property
    def detail(self) -> Any: ...


class ClaimedRecord(Protocol):
    """A public record as read."""

    @property
    def claims(self) -> tuple[Any, ...]: ...


def claimed(record: ClaimedRecord) -> list[Given]:
    """Return the facts that a record gives; absence from a record proves nothing."""
    claims: tuple[_Claim, ...] = record.claims
    return [*_approvals(claims), *_designations(claims), *_clearances(claims)]


def _approvals(claims: tuple[_Claim, ...]) -> list[Approval]:
    found: list[tuple[MethodologyVersion, Day]] = []
    for claim in claims:
        if claim.event in ("methodology_approved", "methodology_revision_approved") and claim.detail.version:
            for reference in claim.subjects:
                if "_AM" not in reference:  # a proposal: what it was approved as is not told
                    continue
                found.append((MethodologyVersion(reference, Version.parse(str(claim.detail.version))), claim.day))
    return approvals(found)


def approvals(said_of: Iterable[tuple[MethodologyVersion, Day | None]]) -> list[Approval]:
    """Return each version with the day of its approval, and the day on which the next one superseded it."""
    found: dict[str, list[tuple[Version, Day]]] = {}
    for methodology, on in said_of:
        found.setdefault(methodology.reference, []).append((methodology.version, on or UNKNOWN_DAY))
    made = []
    for reference, versions in found.items():
        said: dict[Version, tuple[Day, ...]] = {}
        for version, on in versions:
            said[version] = (*said.get(version, ()), on)
        days = {version: span(said[version]) for version in sorted(said)}
        order = list(days)
        for place, version in enumerate(order):
            later = exact(days[order[place + 1]]) if place + 1 < len(order) else None
            methodology = MethodologyVersion(reference, version)
            made.append(Approval(methodology=methodology, approved_on=days[version], superseded_on=later))
    return made


_ROLES: tuple[ValidationOrVerification, ...] = ("validation", "verification")


def _designations(claims: tuple[_Claim, ...]) -> list[Designation]:
    ended: dict[tuple[str, str], list[Day]] = {}
    until: dict[tuple[str, str], date] = {}
    for claim in claims:
        key = (claim.country, name_key(claim.title))
        if claim.event == "tpe_withdrawn":
            ended.setdefault(key, []).append(claim.day)
        elif claim.event == "tpe_accreditation_until" and not isinstance(claim.day, Between):
            until[key] = max(claim.day, until.get(key, claim.day))
    made = []
    for claim in claims:
        if claim.event not in ("tpe_designated", "tpe_scope_added", "tpe_redesignated"):
            continue
        key = (claim.country, name_key(claim.title))
        begun = exact(claim.day)
        later = [day for day in ended.get(key, ()) if begun is None or not surely_by(day, begun)]
        scopes, lost = claim.detail.scopes or claim.detail.added_scopes, claim.detail.withdrawn_scopes
        made += [
            Designation(
                country=claim.country,
                entity=claim.title or claim.subjects[0],  # a row names one or the other
                number=claim.subjects[0] if claim.subjects else None,
                scopes=held,
                role=role,
                since=claim.day,
                until=until.get(key),
                withdrawn=withdrawn,
            )
            for role in _ROLES
            for held, withdrawn in (
                (getattr(scopes, role, None), min(later, key=sort_day, default=None)),
                (getattr(lost, role, None) or (), UNKNOWN_DAY),
            )
            if held != ()
        ]
    return made


def _clearances(claims: tuple[_Claim, ...]) -> list[Clearance]:
    return [
        Clearance(country=claim.country, reference=reference, on=claim.day)
        for claim in claims
        if claim.event in ("pin_no_objection", "pin_waived")
        for reference in claim.subjects
    ]
