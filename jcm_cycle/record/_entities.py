"""The rows on each third-party entity of each country, brought together by number, by name and by former name."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define

from jcm_cycle._claimed import name_key
from jcm_cycle.record._names import named, names_of
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.countries import JAPAN
from jcm_cycle.record.vocabulary import SubjectType

__all__ = ["by_entity"]


@define(eq=False)
class _Group:
    """Rows that name one entity of a country, and what it is known by."""

    keys: set[str]
    claims: list[Claim]


def by_entity(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the rows on each entity of each country, by the id of its case.

    It is the number, or country, kind and name where there is none. Two numbers are two entities, whatever their names;
    a row without a number belongs to the one number that bears its name, and stands by itself where two do.
    """
    numbered: dict[str, _Group] = {}
    nameless: dict[str, list[_Group]] = {}
    for claim in claims:
        if claim.subject_type is not SubjectType.TPE or claim.country == JAPAN:
            continue
        for number in claim.subjects:
            one = numbered.setdefault(number, _Group(set(), []))
            one.claims.append(claim)
            one.keys |= set() if claim.joint else named(claim.title).all
        if not claim.subjects and claim.names:
            _join(nameless.setdefault(claim.country, []), _Group(set(named(claim.title).all), [claim]))
    found = {number: one.claims for number, one in numbered.items()}
    for country, groups in nameless.items():
        for one in groups:
            bears = [
                number for number, other in numbered.items()
                if other.claims[0].country == country and not one.keys.isdisjoint(other.keys)
            ]  # fmt: skip
            if len(bears) == 1:
                found[bears[0]] += one.claims
            else:
                now, *_ = names_of(one.claims)
                found[f"{country} {SubjectType.TPE} {name_key(now)}"] = one.claims
    return found


def _join(groups: list[_Group], new: _Group) -> None:
    """Add a group, with all that share a name with it."""
    same = [one for one in groups if not one.keys.isdisjoint(new.keys)]
    for one in same:
        groups.remove(one)
        new.keys |= one.keys
        new.claims += one.claims
    groups.append(new)
