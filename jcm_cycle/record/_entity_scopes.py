"""The scopes that rows on an entity tell, as it holds them: by role, with the last day that stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from jcm_cycle.evidence import EntityRole, Scopes
from jcm_cycle.evidence._base import LARGEST_SCOPE
from jcm_cycle.record import _scopes
from jcm_cycle.record._bundle import stated
from jcm_cycle.record.claims import Claim

__all__ = ["held", "no_scopes", "withdrawn"]

_Numbers = Mapping[EntityRole, tuple[int, ...]]


def held(claims: Iterable[Claim], until: date | None) -> tuple[Scopes, ...] | None:
    """Return the scopes of one designation: those that stay, and by themselves those withdrawn later.

    None where no row tells them, or where rows tell different ones.

    Args:
        claims: the rows on it.
        until: the last day of the accreditation; it is told of the scopes that stay.
    """
    rows = list(claims)
    lists = stated(_told(claim) for claim in rows)
    if len(lists) != 1:
        return None
    gone = _by_role(_lost(rows))
    kept = {
        role: tuple(number for number in numbers if number not in gone.get(role, ()))
        for role, numbers in _by_role(lists).items()
    }
    return (*_as_held(kept, until), *withdrawn(rows)) or None


def withdrawn(claims: Iterable[Claim]) -> tuple[Scopes, ...]:
    """Return the scopes of a designation that rows say were withdrawn later."""
    return tuple(_as_held(_by_role(_lost(claims))))


def no_scopes(claims: Iterable[Claim]) -> list[int]:
    """Return the numbers that rows give as scopes, and that are none."""
    rows = list(claims)
    told = [*stated(_told(claim) for claim in rows), *_lost(rows)]
    return sorted({n for one in told for numbers in _roles(one).values() for n in numbers if not _is_scope(n)})


def _told(claim: Claim) -> _scopes.Scopes | None:
    return claim.detail.scopes or claim.detail.added_scopes


def _lost(claims: Iterable[Claim]) -> list[_scopes.Scopes]:
    return stated(claim.detail.withdrawn_scopes for claim in claims)


def _roles(told: _scopes.Scopes) -> _Numbers:
    return {role: numbers for role in EntityRole if (numbers := getattr(told, role)) is not None}


def _by_role(lists: Iterable[_scopes.Scopes]) -> _Numbers:
    """Return all scopes that lists name for each kind of work; a number that no scope has is left out."""
    found: dict[EntityRole, set[int]] = {}
    for told in lists:
        for role, numbers in _roles(told).items():
            found.setdefault(role, set()).update(filter(_is_scope, numbers))
    return {role: tuple(sorted(numbers)) for role, numbers in found.items()}


def _is_scope(number: int) -> bool:
    return 0 < number <= LARGEST_SCOPE


def _as_held(numbers: _Numbers, until: date | None = None) -> Iterable[Scopes]:
    """Return scopes by role, once where both roles have the same."""
    alike = len(numbers) == len(EntityRole) and len(set(numbers.values())) == 1
    by_role = list(numbers.items())[:1] if alike else numbers.items()
    return [Scopes(numbers=some, role=None if alike else role, until=until) for role, some in by_role if some]
