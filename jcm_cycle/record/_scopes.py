"""The sectoral scopes that a detail names: plain, by role, added later, or withdrawn later."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from jcm_cycle.record._parts import Parts

__all__ = ["Scopes", "scopes"]

_NUMBERS = r"[0-9]{1,2}(?:-[0-9]{1,2})?(?:(?:, (?:and )?|,| and )[0-9]{1,2}(?:-[0-9]{1,2})?)*"
_SCOPES = re.compile(
    r"^(?P<added>additional sectoral )?scopes? (?:of )?(?:(?P<role>validation|verification) )?"
    rf"(?P<list>{_NUMBERS})(?: for (?P<only>validation|verification))?"
    rf"(?:$|(?P<withdrawn> later withdrawn)(?= \(.*\)$|$))"
)
_SECOND_ROLE = re.compile(rf"^(?P<role>validation|verification) (?P<list>{_NUMBERS})$")


@frozen(kw_only=True)
class Scopes:
    """Sectoral scopes by the work they allow; None where nothing is said of that work.

    Attributes:
        validation: numbers of the scopes for validation, rising.
        verification: numbers of the scopes for verification, rising.
    """

    validation: tuple[int, ...] | None = None
    verification: tuple[int, ...] | None = None


@frozen(kw_only=True)
class _List:
    """One list of scopes: its part, whether they were added or withdrawn, and the role if one is named."""

    part: int
    kind: str
    role: str
    numbers: tuple[int, ...]


def scopes(parts: Parts) -> tuple[Scopes | None, Scopes | None, Scopes | None]:
    """Read the scopes of a designation, those added later and those withdrawn later."""
    lists = _lists(parts)
    return _merge(lists, ""), _merge(lists, "added"), _merge(lists, "withdrawn")


def _lists(parts: Parts) -> list[_List]:
    """Read the lists of scopes; the list of the other role may follow in a part of its own."""
    lists: list[_List] = []
    for number, part in enumerate(parts.parts):
        follows = bool(lists) and lists[-1].part == number - 1 and lists[-1].kind == "" and lists[-1].role
        found = _SCOPES.match(part) or (_SECOND_ROLE.match(part) if follows else None)
        read = _scope_list(number, found) if found else None
        if found and read:
            parts.keep([(number, found.span(), read)])
            lists.append(read)
    return lists


def _scope_list(part: int, found: re.Match[str]) -> _List | None:
    said = {key: value for key, value in found.groupdict().items() if value}
    roles = {said[key] for key in ("role", "only") if key in said}
    kinds = [key for key in ("added", "withdrawn") if key in said]
    numbers = _numbers(found["list"])
    if numbers is None or len(roles) > 1 or len(kinds) > 1:
        return None
    return _List(part=part, kind="".join(kinds), role="".join(roles), numbers=numbers)


def _numbers(text: str) -> tuple[int, ...] | None:
    """Return the numbers of `1,3-5`; None where a stretch runs backwards."""
    numbers: list[int] = []
    for first, last in re.findall(r"([0-9]+)(?:-([0-9]+))?", text):
        if last and int(last) < int(first):
            return None
        numbers.extend(range(int(first), int(last or first) + 1))
    return tuple(numbers)


def _merge(lists: Iterable[_List], kind: str) -> Scopes | None:
    by_role: dict[str, set[int]] = {}
    for one in lists:
        if one.kind == kind:
            for role in (one.role,) if one.role else ("validation", "verification"):
                by_role.setdefault(role, set()).update(one.numbers)
    return Scopes(**{role: tuple(sorted(numbers)) for role, numbers in by_role.items()}) if by_role else None
