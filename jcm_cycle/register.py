"""What other cases say: who is designated, which methodology is approved, which number is taken.

A register is open-world. It answers yes or no only where it knows, and otherwise says what it does not know; a rule
that asks it is then missing and never met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar, get_args, runtime_checkable

from attrs import frozen

from jcm_cycle._claimed import ClaimedRecord, approvals, claimed, name_key
from jcm_cycle._known import (
    Answer,
    Approval,
    Authorised,
    Changed,
    Clearance,
    Credited,
    Designation,
    Given,
    Monitored,
    No,
    NotKnown,
    Number,
    Periods,
    Project,
    ValidationOrVerification,
    Yes,
)
from jcm_cycle._listed import ListedEntities, ListedEntity, ListedVersion, ListedVersions, VersionStatus
from jcm_cycle._listing import (
    check_entities,
    check_versions,
    listed,
    merged_entities,
    merged_versions,
    sorted_entities,
    sorted_versions,
    version,
)
from jcm_cycle.days import UNKNOWN_DAY, Day, exact, span, surely_after, surely_by
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import MethodologyVersion
from jcm_cycle.states.change import EFFECTS

__all__ = [
    "NOTHING_KNOWN",
    "Answer",
    "Approval",
    "Authorised",
    "Changed",
    "Clearance",
    "Credited",
    "Designation",
    "ListedEntities",
    "ListedEntity",
    "ListedVersion",
    "ListedVersions",
    "Monitored",
    "No",
    "NotKnown",
    "Number",
    "Periods",
    "Project",
    "Register",
    "ValidationOrVerification",
    "VersionStatus",
    "Yes",
    "facts",
    "first_of",
    "of",
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

    def project(self, project: str) -> Project | None:
        """Return what is known of a project, by the id of its case or its public number; None for nothing."""

    def change(self, change: str, project: str, effect: str, on: date) -> Answer:
        """Tell whether a change of a project is approved by a day and makes a step of the project ready."""

    def authorised(self, party: str, country: str, on: date) -> Answer:
        """Tell whether a Party has authorised the credits of a country beforehand, as a whole."""

    def credited(self, issuance: str, side: str, on: date) -> Answer:
        """Tell whether a side had issued credits of an issuance by a day."""

    def periods(self, project: str) -> Periods:
        """Return the monitoring periods of a project that are known, and whether there can be no other."""

    def entities(
        self, country: str, role: ValidationOrVerification, scopes: tuple[int, ...], on: date
    ) -> ListedEntities:
        """List the entities of a country that are usable for a role and all the scopes on a day, or may be.

        What is said of each is what `entity` answers. There may be entities that the register does not know.

        Raises:
            EvidenceError: the country, the role, a scope or the day is none, or no scope is given.
        """

    def versions(self, methodology: str, on: date) -> ListedVersions:
        """List the versions of a methodology by its number, each with how it stands on a day.

        What is said of each is what `methodology` answers. There may be versions that the register does not know.

        Raises:
            EvidenceError: the number or the day is none.
        """


_GIVEN = [kind.__name__ for kind in get_args(Given)]
_COMPLETE = frozenset({"numbers", "periods"})


def facts(*given: Given, complete: Iterable[str] = ()) -> Register:
    """Return a register of the facts given.

    Args:
        given: the facts.
        complete: the kinds of which nothing else exists, out of "numbers" and "periods"; about those the register
            says no where it would otherwise not know.

    Raises:
        EvidenceError: something given is no fact, or `complete` names another kind.
    """
    return _Facts(given, _kinds(complete))


def _kinds(complete: Iterable[str]) -> frozenset[str]:
    kinds = frozenset([complete] if isinstance(complete, str) else complete)
    if kinds - _COMPLETE:
        why = f"A register cannot be complete in {', '.join(sorted(kinds - _COMPLETE))}."
        raise EvidenceError(why, cure='Give "numbers", "periods" or both, or leave it out.')
    return kinds


class _Case(Protocol):
    """What a register reads of a case."""

    @property
    def id(self) -> str: ...
    @property
    def machine(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def file(self) -> Any: ...
    @property
    def days(self) -> Mapping[str, Day]: ...
    @property
    def references(self) -> tuple[str, ...]: ...


def of(cases: Iterable[_Case], *given: Given, complete: Iterable[str] = (), whole: bool = True) -> Register:
    """Return a register of what a set of cases says of each other, beside facts that are given.

    Of a project that is not in the set nothing is concluded.

    Args:
        cases: cases of any machine, each as it stands.
        given: facts from elsewhere.
        complete: see `facts`.
        whole: whether the set holds all issuances of the projects in it, so that a period that none of them has is
            free; False for what was read in a record.
    """
    projects: set[str] = set()
    found = list(given)
    approved = []
    for case in cases:
        found += [Number(reference=reference, case=case.id) for reference in case.references]
        if case.machine == "project":
            projects.add(case.id)
            found.append(_project(case))
        elif case.machine == "issuance" and (case.state != "monitoring" or case.file.period is not None):
            found += _credited(case)
            found.append(_monitored(case))  # one that has not reported yet has no period, and is judged when it does
        elif case.machine == "methodology" and case.file.approved is not None:
            approved.append((case.file.approved, case.file.decided_on))
        elif case.machine == "tpe":
            found += _designations(case)
        elif case.machine == "idea":
            found += _clearances(case)
        elif case.machine == "change" and case.file.kind is not None:
            found.append(_changed(case))
    return _Facts([*found, *approvals(approved)], _kinds(complete), whole=frozenset(projects) if whole else frozenset())


_REGISTERED = frozenset({"registered", "crediting_ended", "withdrawn"})
_FREE = frozenset({"request_withdrawn", "not_issued", "discontinued"})
_VERIFIED = frozenset(
    {"verified", "issuance_requested", "under_consideration", "notified", "issued", "closed_without_credits"}
)


def _project(case: _Case) -> Project:
    file = case.file
    registered = case.state in _REGISTERED
    first = file.requested or (file.validation.document_version if file.validation else None)
    later = [paper.version for paper in file.documents if paper.step == "apply_change"]
    versions = [first, *later] if registered else []
    return Project(
        case=case.id,
        reference=case.references[-1] if case.references else None,
        registered=registered,
        registered_on=file.registered_on,
        ended_on=case.days.get("withdraw_project", UNKNOWN_DAY) if case.state == "withdrawn" else None,
        documents=None if None in versions or not versions else tuple(versions),
        entities=file.entities,
        scopes=file.scopes,
        focal_point=file.focal_point,
    )


def _monitored(case: _Case) -> Monitored:
    file = case.file
    verified = case.state in _VERIFIED or (file.verification is not None and file.verification.opinion == "positive")
    return Monitored(
        project=file.of, case=case.id, period=file.period, counts=case.state not in _FREE, verified=verified
    )


def _credited(case: _Case) -> list[Credited]:
    """Return when each side issued credits, and that no other has; nothing of the latter where a side is not told."""
    parts = case.file.issued
    told = [Credited(issuance=case.id, side=part.side, on=part.on) for part in parts if part.side is not None]
    return told if len(told) < len(parts) else [*told, Credited(issuance=case.id)]


def _designations(case: _Case) -> list[Designation]:
    """Return what an entity held, under its name of now and those before; the number stays."""
    number = case.references[-1] if case.references else None
    names = [name for name in (case.file.title, *case.file.former_names) if name is not None]
    return [
        Designation(
            country=case.country,
            entity=name,
            number=number if name == case.file.title else None,
            scopes=holding.scopes,
            role=holding.role,
            since=holding.since,
            until=holding.until,
            withdrawn=holding.ended,
            provisional=holding.provisional,
            now=None if name == case.file.title else case.file.title,
        )
        for holding in case.file.holdings
        for name in names
    ]


_CLEARED = {"no_objection": True, "waived": True, "objected": False}


def _clearances(case: _Case) -> list[Clearance]:
    """Return what the Committee said of an idea note; what was decided otherwise is no answer."""
    cleared = _CLEARED.get(case.state)
    if cleared is None:
        return []
    on = case.file.decided_on or UNKNOWN_DAY
    return [
        Clearance(country=case.country, reference=reference, on=on, cleared=cleared)
        for reference in dict.fromkeys((*case.references, *case.file.exempts))
    ]


def _changed(case: _Case) -> Changed:
    approved = {"approved": True, "declined": False, "request_withdrawn": False}.get(case.state)
    return Changed(
        case=case.id,
        project=case.file.of,
        effect=EFFECTS[case.file.kind].name,
        approved=approved,
        since=case.file.effective_on,
    )


F = TypeVar("F")

_GATHERED: dict[type[Any], Callable[[Any], Any]] = {
    Authorised: lambda fact: fact.party,
    Clearance: lambda fact: (fact.country, fact.reference),
    Credited: lambda fact: fact.issuance,
    Monitored: lambda fact: fact.project,
}
"""Facts of which several may be told about one thing, and what each is about."""


class _Facts:
    """A register of facts, indexed once."""

    def __init__(self, given: Iterable[Given], complete: frozenset[str], whole: frozenset[str] = frozenset()) -> None:
        self._complete = complete
        self._whole = whole  # projects of which all issuances are known
        self._entities: dict[tuple[str, str], list[Designation]] = {}
        self._approvals: dict[MethodologyVersion, Approval] = {}
        self._numbers: dict[str, set[str]] = {}
        self._projects: dict[str, Project] = {}
        self._changes: dict[str, Changed] = {}
        self._gathered: dict[tuple[type[Any], Any], list[Any]] = {}
        for fact in given:
            self._take(fact)

    def _take(self, fact: Given | object) -> None:
        if isinstance(fact, Designation):
            for key in {name_key(fact.entity), name_key(fact.number or fact.entity)}:
                self._entities.setdefault((fact.country, key), []).append(fact)
        elif isinstance(fact, Approval):
            known = self._approvals.get(fact.methodology)
            self._approvals[fact.methodology] = _both(known, fact) if known is not None else fact
        elif isinstance(fact, Number):
            self._numbers.setdefault(fact.reference, set()).add(fact.case)
        elif isinstance(fact, Project):
            self._projects.update(dict.fromkeys((fact.case, fact.reference or fact.case), fact))
        elif isinstance(fact, Changed):
            self._changes[fact.case] = fact
        elif isinstance(fact, tuple(_GATHERED)):
            self._gathered.setdefault((type(fact), _GATHERED[type(fact)](fact)), []).append(fact)
        else:  # whatever a caller without a type checker gives
            why = f"{fact!r} is no fact for a register."
            raise EvidenceError(why, cure=f"Give {', '.join(_GIVEN[:-1])} or {_GIVEN[-1]}.")

    def _about(self, kind: type[F], about: object) -> list[F]:
        """Return the facts of a kind about one thing."""
        return self._gathered.get((kind, about), [])

    def entity(
        self, country: str, entity: str, role: ValidationOrVerification, scopes: tuple[int, ...], on: date
    ) -> Answer:
        found = self._entities.get((country, name_key(entity)))
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
        found = self._about(Clearance, (country, reference))
        if not found:
            return NotKnown(f"The register does not know the idea note {reference}.")
        for fact in found:
            if fact.cleared and surely_by(fact.on, on):
                return Yes({"idea": reference, "decided_on": fact.on})
        if any(fact.cleared and not surely_after(fact.on, on) for fact in found):
            return NotKnown(f"Whether the Committee had cleared {reference} by {on} is not known.")
        days = [day for fact in found if fact.cleared and (day := exact(fact.on))]
        return No({"idea": reference}, min(days, default=None))

    def project(self, project: str) -> Project | None:
        return self._projects.get(project)

    def change(self, change: str, project: str, effect: str, on: date) -> Answer:
        fact = self._changes.get(change)
        if fact is None:
            return NotKnown(f"The register does not know the change {change}.")
        shown = {"change": change, "of": fact.project, "effect": fact.effect, "approved": fact.approved}
        known = self._projects.get(fact.project)
        names = {fact.project} if known is None else {fact.project, known.case, known.reference}
        if project not in names or effect != fact.effect or not fact.approved:
            return No(shown)
        since = fact.since
        if since is None or not (surely_by(since, on) or surely_after(since, on)):
            return NotKnown(f"From when the change {change} holds is not known.")
        return Yes(shown | {"holds_from": since}) if surely_by(since, on) else No(shown, exact(since))

    def authorised(self, party: str, country: str, on: date) -> Answer:
        found = [fact for fact in self._about(Authorised, party) if fact.country in (None, country)]
        for fact in found:
            if surely_by(fact.since, on) and (fact.revoked is None or surely_after(fact.revoked, on)):
                return Yes({"party": party, "since": fact.since, "reference": fact.reference})
        if found and all(
            surely_after(fact.since, on) or (fact.revoked is not None and surely_by(fact.revoked, on)) for fact in found
        ):
            days = [day for fact in found if surely_after(fact.since, on) and (day := exact(fact.since))]
            return No({"party": party}, min(days, default=None))
        return NotKnown(f"Whether {party} has authorised the credits of {country} is not known.")

    def credited(self, issuance: str, side: str, on: date) -> Answer:
        found = [fact for fact in self._about(Credited, issuance) if fact.side in (None, side)]
        days = [fact.on for fact in found if fact.on is not None]
        shown = {"issuance": issuance, "side": side}
        by_then = [day for day in days if surely_by(day, on)]
        if by_then:
            return Yes(shown | {"issued_on": by_then[0]})
        if found and all(surely_after(day, on) for day in days):
            return No(shown, min((day for day in map(exact, days) if day is not None), default=None))
        return NotKnown(f"Whether {side} had issued the credits of {issuance} by {on} is not known.")

    def periods(self, project: str) -> Periods:
        known = self._projects.get(project)
        names = {project} if known is None else {project, known.case, known.reference or known.case}
        found = {fact.case: fact for name in sorted(names) for fact in self._about(Monitored, name)}
        return Periods(tuple(found.values()), "periods" in self._complete or not self._whole.isdisjoint(names))

    def entities(
        self, country: str, role: ValidationOrVerification, scopes: tuple[int, ...], on: date
    ) -> ListedEntities:
        role, scopes = check_entities(country, role, scopes, on)
        there = [fact for (place, _), found in self._entities.items() if place == country for fact in found]
        known = {id(fact): fact for fact in there}.values()  # by name and by number it is the same one
        found = listed(known, lambda name: self.entity(country, name, role, scopes, on))
        return sorted_entities(country, role, scopes, on, found)

    def versions(self, methodology: str, on: date) -> ListedVersions:
        check_versions(methodology, on)
        known = [fact for name, fact in self._approvals.items() if name.reference == methodology]
        found = [version(fact, self.methodology(fact.methodology, on), on) for fact in known]
        return sorted_versions(methodology, on, found)


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
    if fact.provisional:
        return NotKnown(f"{fact.entity} is designated provisionally; what that allows is not known.")
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


def of_record(record: ClaimedRecord) -> Register:
    """Return a register of what a public record says; absence from a record proves nothing."""
    return _Facts(claimed(record), frozenset())


def first_of(*registers: Register) -> Register:
    """Return a register that asks several, one after the other: the first that knows answers."""
    return registers[0] if len(registers) == 1 else _Several(registers)


@frozen
class _Several:
    registers: tuple[Register, ...]

    def entity(
        self, country: str, entity: str, role: ValidationOrVerification, scopes: tuple[int, ...], on: date
    ) -> Answer:
        return self._first(lambda known: known.entity(country, entity, role, scopes, on))

    def methodology(self, methodology: MethodologyVersion, on: date) -> Answer:
        return self._first(lambda known: known.methodology(methodology, on))

    def number(self, reference: str, case: str) -> Answer:
        answers = [known.number(reference, case) for known in self.registers]
        given = next((answer for answer in answers if isinstance(answer, Yes)), None)
        return given or self._first(lambda known: known.number(reference, case))  # a number is given once for all

    def idea(self, country: str, reference: str, on: date) -> Answer:
        return self._first(lambda known: known.idea(country, reference, on))

    def change(self, change: str, project: str, effect: str, on: date) -> Answer:
        return self._first(lambda known: known.change(change, project, effect, on))

    def authorised(self, party: str, country: str, on: date) -> Answer:
        return self._first(lambda known: known.authorised(party, country, on))

    def credited(self, issuance: str, side: str, on: date) -> Answer:
        return self._first(lambda known: known.credited(issuance, side, on))

    def project(self, project: str) -> Project | None:
        return next((found for known in self.registers if (found := known.project(project)) is not None), None)

    def periods(self, project: str) -> Periods:
        told = [known.periods(project) for known in self.registers]
        known = {period.case: period for found in reversed(told) for period in found.known}
        return Periods(tuple(known.values()), any(found.complete for found in told))

    def entities(
        self, country: str, role: ValidationOrVerification, scopes: tuple[int, ...], on: date
    ) -> ListedEntities:
        role, scopes = check_entities(country, role, scopes, on)
        found = merged_entities(known.entities(country, role, scopes, on) for known in self.registers)
        return sorted_entities(country, role, scopes, on, found)

    def versions(self, methodology: str, on: date) -> ListedVersions:
        check_versions(methodology, on)
        found = merged_versions(known.versions(methodology, on) for known in self.registers)
        return sorted_versions(methodology, on, found)

    def _first(self, ask: Callable[[Register], Answer]) -> Answer:
        answers = [ask(known) for known in self.registers]
        return next((answer for answer in answers if not isinstance(answer, NotKnown)), answers[-1])
