"""Amounts of credits: whole tonnes of CO2 equivalent by calendar year, and by side and holder; never recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import MethodologyVersion, as_methodology, country, name, whole

__all__ = [
    "AllocationLine",
    "YearAmount",
    "by_side",
    "check_amounts",
    "check_lines",
    "check_year",
    "check_years",
    "tonnes",
    "total",
]


def check_year(_: object, attribute: Any, value: Any) -> None:
    """Let pass a calendar year, or None."""
    if value is not None and (type(value) is not int or not 1990 <= value <= 9999):  # noqa: PLR2004 - four digits
        why = f"{attribute.name}: {value!r} is not a calendar year."
        raise EvidenceError(why, cure="Give it as a whole number, such as 2024.")


def check_years(_: object, attribute: Any, value: Any) -> None:
    """Let pass a tuple of calendar years, or None."""
    if value is not None and not (isinstance(value, tuple) and value and None not in value):
        why = f"{attribute.name}: {value!r} is not a list of calendar years."
        raise EvidenceError(why, cure="Give whole numbers, such as (2021, 2022).")
    for item in value or ():
        check_year(_, attribute, item)


def tonnes(_: object, attribute: Any, value: Any) -> None:
    """Let pass whole tonnes, and nothing else."""
    if value is None:
        raise EvidenceError(f"{attribute.name}: no amount is given.", cure="Give whole tonnes, 0 for none.")
    whole(_, attribute, value)


def _methodology(value: Any) -> Any:
    return None if value is None else as_methodology(value)


@frozen(kw_only=True)
class YearAmount:
    """Emission reductions of one calendar year, in whole tonnes of CO2 equivalent.

    Attributes:
        year: the calendar year.
        amount: whole tonnes.
        methodology: the methodology version they were calculated by, where a project applies several.
    """

    year: int = field(validator=check_year)
    amount: int = field(validator=tonnes)
    methodology: MethodologyVersion | None = field(default=None, converter=_methodology)

    @year.validator
    def _given(self, _: object, value: object) -> None:
        if value is None:
            raise EvidenceError("year: no calendar year is given.", cure="Give it, such as 2024.")


@frozen(kw_only=True)
class AllocationLine:
    """What one receiver gets of the credits, in whole tonnes of CO2 equivalent.

    Attributes:
        side: two-letter code of the side whose registry issues it.
        amount: whole tonnes, 0 for none.
        holder: who gets it, where that is told.
        year: the calendar year of the reductions, where that is told.
    """

    side: str = field(validator=country)
    amount: int = field(validator=tonnes)
    holder: str | None = field(default=None, validator=name)
    year: int | None = field(default=None, validator=check_year)

    def __str__(self) -> str:
        whose = f" ({self.holder})" if self.holder else ""
        return f"{self.side}{whose} {self.amount} t" + (f" of {self.year}" if self.year else "")


def check_lines(_: object, attribute: Any, value: Any) -> None:
    """Let pass a tuple of allocation lines, or None."""
    _all(attribute, value, AllocationLine)


def check_amounts(_: object, attribute: Any, value: Any) -> None:
    """Let pass a tuple of amounts by year, or None."""
    _all(attribute, value, YearAmount)


def _all(attribute: Any, value: Any, cls: type[Any]) -> None:
    if value is not None and not (isinstance(value, tuple) and all(isinstance(item, cls) for item in value)):
        why = f"{attribute.name}: {value!r} must be a list of {cls.__name__}."
        raise EvidenceError(why, cure=f"Make each with {cls.__name__}.")


def total(parts: Iterable[YearAmount | AllocationLine] | None) -> int | None:
    """Return the sum in whole tonnes, or None where the parts are not given."""
    return None if parts is None else sum(part.amount for part in parts)


def by_side(parts: Iterable[AllocationLine]) -> Mapping[str, int]:
    """Return the sum of each side in whole tonnes."""
    found: dict[str, int] = {}
    for part in parts:
        found[part.side] = found.get(part.side, 0) + part.amount
    return found
