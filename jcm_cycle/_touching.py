"""How a change of an entity or of a methodology version reaches a case, machine by machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, field

from jcm_cycle import _judge
from jcm_cycle._affected import ONCE, AffectedItem, Touch
from jcm_cycle._cases import UNVERIFIED, Names, projects_of
from jcm_cycle.case import Case
from jcm_cycle.days import Day, exact
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.evidence._base import LARGEST_SCOPE
from jcm_cycle.register import Answer, No, NotKnown, Register, ValidationOrVerification, VersionStatus, Yes
from jcm_cycle.rules._books import Books, book_of
from jcm_cycle.states import MACHINES, Step, issuance, methodology, project

__all__ = ["AHEAD", "REGISTERED", "UNVALIDATED", "World", "by_entity", "by_methodology", "item"]

UNVALIDATED = frozenset({"submitted", "in_validation", "validation_negative"})
AHEAD: Mapping[tuple[str, str], tuple[Step[Any, Any], ...]] = {
    ("project", "validated"): (project.request_registration, project.decide_registration),
    ("project", "registration_requested"): (project.decide_registration,),
    ("project", "under_consideration"): (project.decide_registration,),
    ("issuance", "verified"): (issuance.request_issuance, issuance.decide_issuance),
    ("issuance", "issuance_requested"): (issuance.decide_issuance,),
    ("issuance", "under_consideration"): (issuance.decide_issuance,),
}
"""The steps ahead that rest on a report that was concluded, by machine and state."""
REGISTERED = frozenset({"registered", "crediting_ended"})
USABLE, VALID = "common.entity_usable", "project.submit_pdd.methodology_valid"


@define
class World:
    """What is asked about the cases: the day, the register, and the rule book of each country."""

    on: date
    register: Register
    rules: Books
    _grounds: dict[tuple[str, str | None, str, str], dict[str, Any]] = field(factory=dict)

    def ground(self, rule: str, step: Step[Any, Any], case: Case[Any]) -> dict[str, Any]:
        """Return what a rule rests on at a step of a country on the day."""
        key = (case.country, case.track, rule, step.id)
        if key not in self._grounds:
            edition = _judge.edition_on(self.on, case, book_of(self.rules, case))
            bound = (one for one in edition.all_bindings if one.step == step.id and one.rule.id == rule)
            told = next(({"standing": one.ground.standing, "cites": one.ground.cites} for one in bound), {})
            self._grounds[key] = {"rule": rule, **told}
        return self._grounds[key]


def item(case: Case[Any], touch: Touch, steps: Iterable[Step[Any, Any]], **more: Any) -> AffectedItem:
    """Return that a case is touched, with the steps ahead."""
    ids = tuple(step.id for step in steps)
    return AffectedItem(case=case.id, machine=case.machine, state=case.state, touch=touch, steps=ids, **more)


@define
class _Entity:
    """An entity, and whether it is usable, asked once for each role, scopes and day."""

    names: Names
    world: World
    _told: dict[tuple[Any, ...], Answer] = field(factory=dict)

    def usable(self, role: ValidationOrVerification, scopes: tuple[int, ...] | None, on: date) -> Answer:
        key = (role, scopes, on)
        if key not in self._told:
            self._told[key] = self._asked(role, scopes, on)
        return self._told[key]

    def _asked(self, role: ValidationOrVerification, scopes: tuple[int, ...] | None, on: date) -> Answer:
        def ask(*asked: int) -> Answer:
            return self.world.register.entity(str(self.names.country), self.names.shown, role, asked, on)

        whole = ask(*(scopes or ()))
        if scopes or not isinstance(whole, Yes):
            return whole
        gone = [scope for scope in range(1, LARGEST_SCOPE + 1) if _gone(ask(scope))]
        if not gone:
            return whole
        scopes_gone = ", ".join(map(str, gone))
        return NotKnown(
            f"The sectoral scopes of the case are not known, and the entity may not be usable for {scopes_gone}."
        )

    def item(
        self,
        case: Case[Any],
        touch: Touch,
        steps: tuple[Step[Any, Any], ...],
        scopes: tuple[int, ...] | None,
        *,
        since: Day | None = None,
        rule: str | None = None,
    ) -> Iterator[AffectedItem]:
        """Yield that the case is touched, unless the entity is usable for what it does there."""
        role: ValidationOrVerification = "verification"
        if touch is Touch.VALIDATED or steps == (project.conclude_validation,):
            role = "validation"
        answer = self.usable(role, scopes, self.world.on)
        if isinstance(answer, Yes):
            return
        ground = self.world.ground(rule, steps[0], case) if rule is not None else {}
        day = exact(since) if touch in ONCE else None
        then = self.usable(role, scopes, day) if day is not None else None
        sure = isinstance(answer, No)
        yield item(case, touch, steps, since=since, answer=answer, then=then, sure=sure, **ground)


def _gone(answer: Answer) -> bool:
    """Tell whether a scope that was held is so no more, or perhaps not."""
    return isinstance(answer, NotKnown) or (isinstance(answer, No) and not answer.facts.keys().isdisjoint(_ENDS))


_ENDS = ("until", "withdrawn")


def by_entity(cases: list[Case[Any]], names: Names, world: World) -> Iterator[AffectedItem]:
    """Yield the projects and issuances that an entity serves, where it is not usable or that is not known."""
    entity, whole = _Entity(names, world), projects_of(cases)
    for case in cases:
        if case.country != names.country:
            continue
        if case.machine == "project":
            yield from _validated(case, entity)
        elif case.machine == "issuance":
            yield from _verified(case, entity, whole(case))


def _validated(case: Case[Any], entity: _Entity) -> Iterator[AffectedItem]:
    file, state = case.file, case.state
    named, ahead = entity.names.among(file.entities), AHEAD.get(("project", state), ())
    since = file.modalities[-1][0] if file.modalities else None
    if named and state in UNVALIDATED:
        touch = Touch.VALIDATING if state == "in_validation" else Touch.NAMED
        first = (project.conclude_validation,)
        yield from entity.item(case, touch, first, file.scopes, since=since, rule=USABLE)
    if ahead and file.validation is not None and file.validation.entity in entity.names:
        yield from entity.item(case, Touch.VALIDATED, ahead, file.scopes, since=file.validation.on)
    if named and (ahead or state in REGISTERED):
        later = (issuance.conclude_verification,)
        yield from entity.item(case, Touch.NAMED, later, file.scopes, since=since, rule=USABLE)


def _verified(case: Case[Any], entity: _Entity, whole: Case[Any] | None) -> Iterator[AffectedItem]:
    file = case.file
    known = entity.world.register.project(file.of) if whole is None and file.of is not None else None
    told = whole.file if whole is not None else known
    scopes = file.scopes or (told.scopes if told is not None else None)
    if case.state in UNVERIFIED and told is not None and entity.names.among(told.entities):
        touch = Touch.VERIFYING if case.state == "reported" else Touch.NAMED
        yield from entity.item(case, touch, (issuance.conclude_verification,), scopes, rule=USABLE)
    ahead = AHEAD.get(("issuance", case.state), ())
    if ahead and file.verification is not None and file.verification.entity in entity.names:
        yield from entity.item(case, Touch.VERIFIED, ahead, scopes, since=file.verification.on)


def by_methodology(cases: Iterable[Case[Any]], version: MethodologyVersion, world: World) -> Iterator[AffectedItem]:
    """Yield the projects that cite a version, and the revisions of it, unless it is approved and valid."""
    answer = world.register.methodology(version, world.on)
    if isinstance(answer, Yes):
        return
    listed = world.register.versions(version.reference, world.on)
    superseded = any(one.methodology == version and one.status is VersionStatus.SUPERSEDED for one in listed)
    told = {"answer": answer, "sure": superseded or isinstance(answer, No)}
    for case in cases:
        if case.machine == "methodology" and case.file.revises == version and not _final(case):
            yield item(case, Touch.REVISED, (methodology.decide_methodology,), **told)
        elif case.machine == "project" and version in (case.file.methodologies or ()):
            yield from _cited(case, version, world, told)


def _cited(
    case: Case[Any], version: MethodologyVersion, world: World, told: Mapping[str, Any]
) -> Iterator[AffectedItem]:
    since = case.days.get("submit_pdd")
    day = exact(since)
    then = world.register.methodology(version, day) if day is not None else None
    told = {**told, "since": since, "then": then}
    ground = world.ground(VALID, project.submit_pdd, case)
    if case.state == "drafting":
        yield item(case, Touch.CITED, (project.submit_pdd,), **told, **ground)
    elif case.state in UNVALIDATED:
        steps = (project.conclude_validation, project.request_registration, project.decide_registration)
        yield item(case, Touch.CITED, steps, **told, **ground)
    elif ahead := AHEAD.get(("project", case.state)):
        yield item(case, Touch.CITED, ahead, **told, **ground)
    elif case.state in REGISTERED and case.capabilities.get(str(project.renew.capability)) != "no":
        yield item(case, Touch.CITED, (project.renew,), **told)


def _final(case: Case[Any]) -> bool:
    state = MACHINES[case.machine].states.get(case.state)
    return state is not None and state.final
