"""What a new statement of modalities of communication changes, and which cases that reaches, machine by machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from attrs import evolve, frozen

from jcm_cycle._affected import AffectedItem, Touch
from jcm_cycle._cases import UNVERIFIED
from jcm_cycle._claimed import name_key
from jcm_cycle._outstanding import outstanding
from jcm_cycle._touching import AHEAD, REGISTERED, UNVALIDATED, World, item
from jcm_cycle.case import Case
from jcm_cycle.days import Day, surely_after, surely_by
from jcm_cycle.evidence import ModalitiesOfCommunication
from jcm_cycle.parties import Role
from jcm_cycle.states import MACHINES, Step, issuance, project

__all__ = ["Difference", "by_modalities"]

NAMED, SIGNED = "common.entity_named", "issuance.request_issuance.account_open"


@frozen
class Difference:
    """What a new statement changed in the modalities of communication of a project."""

    since: Day
    before: ModalitiesOfCommunication
    now: ModalitiesOfCommunication

    @classmethod
    def of(cls, case: Case[Any], on: date) -> Difference | None:
        """Return the last change by a day; None where there was none."""
        held = [one for one in case.file.modalities if not surely_after(one[0], on)]
        return cls(held[-1][0], held[-2][1], held[-1][1]) if len(held) > 1 else None

    @property
    def focal_point(self) -> bool:
        """Whether another speaks for the participants."""
        return name_key(self.before.focal_point.name) != name_key(self.now.focal_point.name)

    @property
    def entities(self) -> bool:
        """Whether other entities are named."""
        return self.now.entities is not None and _keys(self.before.entities) != _keys(self.now.entities)

    def no_more(self, what: str) -> frozenset[str]:
        """Return what was named before and is not named now, of `entities` or `participants`."""
        now = getattr(self.now, what)
        return _keys(getattr(self.before, what)) - _keys(now) if now is not None else frozenset()

    def __str__(self) -> str:
        found = [name for name in ("focal point", "entities") if getattr(self, name.replace(" ", "_"))]
        if _keys(self.before.participants) != _keys(self.now.participants):
            found.append("participants")
        return ", ".join(found) or "nothing that a case depends on"


def _keys(names: Iterable[str] | None) -> frozenset[str]:
    return frozenset(map(name_key, names or ()))


def by_modalities(
    cases: Iterable[Case[Any]], whole: Case[Any], change: Difference, world: World
) -> Iterator[AffectedItem]:
    """Yield the project whose modalities changed, and the cases that belong to it, where they depend on the change."""
    names = {whole.id, *whole.references}
    for case in cases:
        own = case.id == whole.id
        if own or (case.machine != "transfer" and not names.isdisjoint(_belongs(case))):
            one = whole if own else case
            sure = surely_by(change.since, world.on)
            for found in (*_named(one, change, world), *_spoken(one, change, world), *_holds(one, change)):
                yield evolve(found, since=change.since, sure=sure)


def _belongs(case: Case[Any]) -> tuple[Any, Any]:
    return getattr(case.file, "of", None), getattr(case.file, "of_reference", None)


def _named(case: Case[Any], change: Difference, world: World) -> Iterator[AffectedItem]:
    """The entities: who may validate and verify, and who did."""
    ahead = AHEAD.get((case.machine, case.state), ())
    step: Step[Any, Any] | None = None
    if case.machine == "project":
        step = issuance.conclude_verification if ahead or case.state in REGISTERED else None
        step = project.conclude_validation if case.state in UNVALIDATED else step
    elif case.machine == "issuance" and case.state in UNVERIFIED:
        step = issuance.conclude_verification
    if change.entities and step is not None:
        yield item(case, Touch.ENTITIES, (step,), **world.ground(NAMED, step, case))
    report = getattr(case.file, "validation" if case.machine == "project" else "verification", None)
    if ahead and report is not None and report.entity and name_key(report.entity) in change.no_more("entities"):
        yield item(case, Touch.NAMED_NO_MORE, ahead)


def _spoken(case: Case[Any], change: Difference, world: World) -> Iterator[AffectedItem]:
    """The focal point: who files, and who signs a request for issuance."""
    if not change.focal_point:
        return
    if case.machine == "issuance" and case.state in {*UNVERIFIED, "verified"}:
        step: Step[Any, Any] = issuance.request_issuance
        yield item(case, Touch.FOCAL_POINT, (step,), **world.ground(SIGNED, step, case))
        return
    steps = _filed(case.machine, case.state)
    for step in steps:
        ground = {"rule": "procedure.role", "standing": step.standing, "cites": step.cites}
        yield item(case, Touch.FOCAL_POINT, (step,), **ground)


@cache
def _filed(machine: str, state: str) -> tuple[Step[Any, Any], ...]:
    """Return the steps that a focal point may take in a state, save those that change the modalities."""
    own = (project.replace_moc, project.amend_moc, project.change_entity)
    steps = MACHINES[machine].steps.values()
    return tuple(step for step in steps if Role.FOCAL_POINT in step.by and step.taken_in(state) and step not in own)


def _holds(case: Case[Any], change: Difference) -> Iterator[AffectedItem]:
    """The participants: who is to get credits."""
    step = _CREDITS.get(case.state) if case.machine == "issuance" else None
    if step is None:
        return
    file = case.file
    lines = file.asked_lines or ()
    if case.state == "notified":
        told = (*(file.notified_lines or ()), *file.holders)
        lines = [line for left in outstanding([case]) for line in left.lines or told if left.side in (None, line.side)]
    if not change.no_more("participants").isdisjoint(_keys(line.holder for line in lines if line.holder)):
        yield item(case, Touch.HOLDER, (step,))


_CREDITS: Mapping[str, Step[Any, Any]] = {
    "issuance_requested": issuance.decide_issuance,
    "under_consideration": issuance.decide_issuance,
    "notified": issuance.issue_credits,
}
"""The step ahead by which credits come to their holders, by the state of an issuance."""
