"""How the lists of a register are made: who is who, what is answered of each, and several registers as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from attrs import evolve

from jcm_cycle._claimed import name_key
from jcm_cycle._known import Answer, Approval, Designation, No, NotKnown, ValidationOrVerification, Yes
from jcm_cycle._listed import ListedEntities, ListedEntity, ListedVersion, ListedVersions, VersionStatus
from jcm_cycle.days import check_date, exact, surely_by
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import REFERENCE_KINDS, MethodologyVersion, check_country
from jcm_cycle.evidence.designation import EntityRole, Scopes

__all__ = [
    "check_entities",
    "check_versions",
    "listed",
    "merged_entities",
    "merged_versions",
    "sorted_entities",
    "sorted_versions",
    "version",
]


def check_entities(country: str, role: str, scopes: Any, on: date) -> tuple[ValidationOrVerification, tuple[int, ...]]:
    """Return the role and the scopes that are asked for.

    Raises:
        EvidenceError: the country, the role, a scope or the day is none, or no scope is given.
    """
    check_date(on)
    check_country("country", country)
    if role not in list(EntityRole):
        why = f"role: {role!r} is none of the words that can stand here."
        raise EvidenceError(why, cure=f"Words are {', '.join(EntityRole)}.")
    asked: ValidationOrVerification = "validation" if role == EntityRole.VALIDATION else "verification"
    return asked, tuple(dict.fromkeys(Scopes(numbers=scopes).numbers))


def check_versions(methodology: str, on: date) -> None:
    """Let pass the number of an approved methodology and a day.

    Raises:
        EvidenceError: either is none.
    """
    check_date(on)
    if not isinstance(methodology, str) or not REFERENCE_KINDS["approved methodology"].fullmatch(methodology):
        why = f"{methodology!r} is not the reference of an approved methodology."
        raise EvidenceError(why, cure="Write it as MN_AM003, without a version.")


def sorted_entities(
    country: str, role: str, scopes: tuple[int, ...], on: date, found: Iterable[ListedEntity]
) -> ListedEntities:
    """Return entities by what is answered of them, then by name."""
    groups: dict[type[Any], list[ListedEntity]] = {Yes: [], NotKnown: [], No: []}
    for one in sorted(found, key=lambda one: (name_key(one.entity), one.number or "")):
        groups[type(one.answer)].append(one)
    usable, perhaps, unusable = map(tuple, groups.values())
    return ListedEntities(
        country=country, role=role, scopes=scopes, on=on, usable=usable, perhaps=perhaps, unusable=unusable
    )


def sorted_versions(methodology: str, on: date, found: Iterable[ListedVersion]) -> ListedVersions:
    """Return versions with the latest first."""
    items = sorted(found, key=lambda one: one.methodology, reverse=True)
    return ListedVersions(methodology=methodology, on=on, items=tuple(items))


def listed(designations: Iterable[Designation], ask: Callable[[str], Answer]) -> list[ListedEntity]:
    """Return each entity of which designations tell, once under all its names, with what is answered of it."""
    facts = list(designations)
    numbers = {name_key(fact.entity): fact.number for fact in facts if fact.number is not None}
    groups: dict[str, list[Designation]] = {}
    for fact in facts:
        name = fact.now or fact.entity
        groups.setdefault(name_key(fact.number or numbers.get(name_key(name)) or name), []).append(fact)
    return [_entity(group, ask) for group in groups.values()]


def _entity(group: list[Designation], ask: Callable[[str], Answer]) -> ListedEntity:
    own = [fact for fact in group if fact.now is None] or group
    last = max(own, key=lambda fact: exact(fact.since) or date.min)
    name = last.now or last.entity
    number = next((fact.number for fact in group if fact.number is not None), None)
    named = {name_key(fact.entity): fact.entity for fact in group}
    several = len({name_key(fact.entity) for fact in own}) > 1
    return ListedEntity(
        entity=name,
        number=number,
        former=tuple(one for key, one in named.items() if key != name_key(name)),
        answer=ask(number if several and number is not None else name),
    )


def merged_entities(lists: Iterable[ListedEntities]) -> list[ListedEntity]:
    """Return the entities of several lists, each once: the first list that knows has the say."""
    found: list[ListedEntity] = []
    for one in (one for listed in lists for one in listed.known):
        place = next((place for place, known in enumerate(found) if not known.keys.isdisjoint(one.keys)), None)
        if place is None:
            found.append(one)
        elif isinstance(found[place].answer, NotKnown) and not isinstance(one.answer, NotKnown):
            known = found[place]
            number = known.number or one.number
            found[place] = evolve(known, number=number, answer=one.answer)
    return found


def version(fact: Approval, answer: Answer, on: date) -> ListedVersion:
    """Return a version with how it stands on a day and what is answered of it."""
    ended = fact.superseded_on is not None and on >= fact.superseded_on
    status = VersionStatus.UNKNOWN
    if isinstance(answer, Yes):
        status = VersionStatus.APPROVED
    elif isinstance(answer, No):
        status = VersionStatus.NOT_YET
    elif ended and surely_by(fact.approved_on, on):
        status = VersionStatus.SUPERSEDED
    return ListedVersion(
        methodology=fact.methodology,
        status=status,
        approved_on=fact.approved_on,
        superseded_on=fact.superseded_on,
        answer=answer,
    )


def merged_versions(lists: Iterable[ListedVersions]) -> list[ListedVersion]:
    """Return the versions of several lists, each once: the first list that knows has the say."""
    found: dict[MethodologyVersion, ListedVersion] = {}
    for one in (one for versions in lists for one in versions):
        known = found.setdefault(one.methodology, one)
        if isinstance(known.answer, NotKnown) and not isinstance(one.answer, NotKnown):
            found[one.methodology] = one
    return list(found.values())
