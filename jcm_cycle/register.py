"""What other cases say: who is designated, which methodology is approved, which number is taken.

A register is open-world. It answers yes or no only where it knows, and otherwise says what it does not know; a rule
that asks it is then missing and never met.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

from jcm_cycle._known import (
    Answer,
    Approval,
    Clearance,
    Designation,
    Given,
    No,
    NotKnown,
    Number,
    ValidationOrVerification,
    Yes,
)
from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, sort_day, span, surely_after, surely_by
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import MethodologyVersion, Version

__all__ = [
    "NOTHING_KNOWN",
    "Answer",
    "Approval",
    "Clearance",
    "Designation",
    "No",
    "NotKnown",
    "Number",
    "Register",
    "ValidationOrVerification",
    "Yes",
    "facts",
    "of_record",
]


@runtime_checkable
class Register(Protocol):
    """What a rule may ask about other cases. Every method is pure: no I/O, no clock."""

    def entity(
        self, country: str, entity: str, role: ValidationOrVerification, scopes: tuple[int, ...], on: date
    ) -> Answer:
        """Tell whether an entity, by name or number, is usable for a role and all the scopes on a day."""

    def methodology(self, methodology: MethodologyVersion, on: date) -> Answer:
        """Tell whether a methodology version is approved and valid on a day."""

    def number(self, reference: str, case: str) -> Answer:
        """Tell whether a reference number has been given to another than this case."""

    def idea(self, country: str, reference: str, on: date) -> Answer:
        """Tell whether the Committee had no objection to an idea note by a day, or exempted the project."""


def facts(*given: Given, complete: Iterable[str] = ()) -> Register:
    """Return a register of the facts given.

    Args:
        given: the facts.
        complete: the kinds of which nothing else exists, out of "numbers"; about those the register says no
            where it would otherwise not know.

    Raises:
        EvidenceError: something given is no fact, or `complete` names another kind.
    """
    kinds = frozenset([complete] if isinstance(complete, str) else complete)
    if kinds - {"numbers"}:
        why = f"A register cannot be complete in {', '.join(sorted(kinds - {'numbers'}))}."
        raise EvidenceError(why, cure='Give complete=("numbers",), or leave it out.')
    return _Facts(given, kinds)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return " ".join(name.casefold().split())


class _Facts:
    """A register of facts, indexed once."""

    def __init__(self, given: Iterable[Given], complete: frozenset[str]) -> None:
        self._complete = complete
        self._entities: dict[tuple[str, str], list[Designation]] = {}
        self._approvals: dict[MethodologyVersion, Approval] = {}
        self._numbers: dict[str, set[str]] = {}
        self._ideas: dict[tuple[str, str], list[Clearance]] = {}
        for fact in given:
            self._take(fact)

    def _take(self, fact: Given | object) -> None:
        if isinstance(fact, Designation):
            for key in {_key(fact.entity), _key(fact.number or fact.entity)}:
                self._entities.setdefault((fact.country, key), []).append(fact)
        elif isinstance(fact, Approval):
            known = self._approvals.get(fact.methodology)
            self._approvals[fact.methodology] = _both(known, fact) if known is not None else fact
        elif isinstance(fact, Number):
            self._numbers.setdefault(fact.reference, set()).add(fact.case)
        elif isinstance(fact, Clearance):
            self._ideas.setdefault((fact.country, fact.reference), []).append(fact)
        else:  # whatever a caller without a type checker gives
            why = f"{fact!r} is no fact for a register."
            raise EvidenceError(why, cure="Give Designation, Approval, Number or Clearance.")

    def entity(
        self, country: str, entity: str, role: ValidationOrVerification, scopes: tuple[int, ...], on: date
    ) -> Answer:
        found = self._entities.get((country, _key(entity)))
        if not found:
            return NotKnown(f"The register knows no entity {entity!r} in {country}.")
        if len(found) == 1:
            return _usable(found[0], role, scopes, on)
        answer = _best([_usable(fact, role, scopes, on) for fact in found])
        if isinstance(answer, Yes) or len(scopes) < 2:  # noqa: PLR2004 - one scope is not shared out
            return answer
        # Several designations may hold the scopes between them; the scope that is worst off speaks for all.
        return _worst([_best([_usable(fact, role, (scope,), on) for fact in found]) for scope in scopes])

    def methodology(self, methodology: MethodologyVersion, on: date) -> Answer:
        fact = self._approvals.get(methodology)
        if fact is None:
            return NotKnown(f"The register does not know {methodology}.")
        shown = {"methodology": methodology, "approved_on": fact.approved_on}
        if surely_after(fact.approved_on, on):
            return No(shown, exact(fact.approved_on))
        if not surely_by(fact.approved_on, on):
            return NotKnown(f"Whether {methodology} was approved by {on} is not known.")
        if fact.superseded_on is not None and on >= fact.superseded_on:
            return NotKnown(
                f"{methodology} was superseded on {fact.superseded_on}; "
                "whether the old version may be cited after that is not known."
            )
        return Yes(shown)

    def number(self, reference: str, case: str) -> Answer:
        others = self._numbers.get(reference, set()) - {case}
        if others:
            return Yes({"reference": reference, "given_to": sorted(others)})
        if "numbers" in self._complete or reference in self._numbers:
            return No({"reference": reference})
        return NotKnown(f"Whether {reference} was given before is not known: the list of numbers is not complete.")

    def idea(self, country: str, reference: str, on: date) -> Answer:
        found = self._ideas.get((country, reference))
        if not found:
            return NotKnown(f"The register does not know the idea note {reference}.")
        for fact in found:
            if fact.cleared and surely_by(fact.on, on):
                return Yes({"idea": reference, "decided_on": fact.on})
        if any(fact.cleared and not surely_after(fact.on, on) for fact in found):
            return NotKnown(f"Whether the Committee had cleared {reference} by {on} is not known.")
        days = [day for fact in found if fact.cleared and (day := exact(fact.on))]
        return No({"idea": reference}, min(days, default=None))


def _usable(  # noqa: C901, PLR0911 - one answer for each thing that can be known
    fact: Designation, role: str, scopes: tuple[int, ...], on: date
) -> Answer:
    shown: dict[str, Any] = {"entity": fact.entity, "designated_on": fact.since}
    if fact.role is not None and fact.role != role:
        return No({**shown, "role": fact.role})
    if fact.scopes is not None and not fact.holds.issuperset(scopes):
        return No({**shown, "scopes_lacking": sorted(set(scopes) - set(fact.scopes))})
    since = fact.since
    if isinstance(since, date):
        begun, open_ = since <= on, False
    else:
        begun, open_ = not surely_after(since, on), not surely_by(since, on)
    if not begun:
        return No(shown, exact(since))
    if fact.until is not None and on > fact.until:
        return No({**shown, "until": fact.until})
    if fact.withdrawn is not None:
        if surely_by(fact.withdrawn, on):
            return No({**shown, "withdrawn": fact.withdrawn})
        if not surely_after(fact.withdrawn, on):
            return NotKnown(f"{fact.entity} was withdrawn on a day that is not known.")
    if fact.scopes is None:
        return NotKnown(f"The scopes of {fact.entity} are not known.")
    if open_:
        return NotKnown(f"Whether {fact.entity} was designated by {on} is not known.")
    return Yes(shown)


def _best(answers: list[Answer]) -> Answer:
    for kind in (Yes, NotKnown):
        for answer in answers:
            if isinstance(answer, kind):
                return answer
    return min(answers, key=_wait)


def _worst(answers: list[Answer]) -> Answer:
    against = [answer for answer in answers if isinstance(answer, No)]
    if against:
        return max(against, key=_wait)
    return next((answer for answer in answers if isinstance(answer, NotKnown)), answers[-1])


def _wait(answer: Answer) -> date:
    return (answer.earliest if isinstance(answer, No) else None) or date.max


def _both(one: Approval, other: Approval) -> Approval:
    ends = [fact.superseded_on for fact in (one, other) if fact.superseded_on is not None]
    days = span((one.approved_on, other.approved_on))
    return Approval(methodology=one.methodology, approved_on=days, superseded_on=min(ends, default=None))


NOTHING_KNOWN: Register = facts()
"""A register that knows nothing, for whoever has none."""


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


class _Record(Protocol):
    @property
    def claims(self) -> tuple[Any, ...]: ...


def of_record(record: _Record) -> Register:
    """Return a register of what a public record says; absence from a record proves nothing."""
    claims: tuple[_Claim, ...] = record.claims
    return _Facts([*_approvals(claims), *_designations(claims), *_clearances(claims)], frozenset())


def _approvals(claims: tuple[_Claim, ...]) -> list[Approval]:
    found: dict[str, list[tuple[Version, Day]]] = {}
    for claim in claims:
        if claim.event in ("methodology_approved", "methodology_revision_approved") and claim.detail.version:
            for reference in claim.subjects:
                found.setdefault(reference, []).append((Version.parse(str(claim.detail.version)), claim.day))
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
        key = (claim.country, _key(claim.title))
        if claim.event == "tpe_withdrawn":
            ended.setdefault(key, []).append(claim.day)
        elif claim.event == "tpe_accreditation_until" and not isinstance(claim.day, Between):
            until[key] = max(claim.day, until.get(key, claim.day))
    made = []
    for claim in claims:
        if claim.event not in ("tpe_designated", "tpe_scope_added", "tpe_redesignated"):
            continue
        key = (claim.country, _key(claim.title))
        begun = exact(claim.day)
        later = [day for day in ended.get(key, ()) if begun is None or not surely_by(day, begun)]
        scopes, lost = claim.detail.scopes or claim.detail.added_scopes, claim.detail.withdrawn_scopes
        made += [
            Designation(
                country=claim.country,
                entity=claim.title,
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
