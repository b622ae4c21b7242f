"""Something odd in a record that is no contradiction, and what is looked at to find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from attrs import frozen

from jcm_cycle.case import Case
from jcm_cycle.days import exact
from jcm_cycle.findings import Finding
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord

__all__ = ["Background", "Odd", "Remark", "Told"]


@frozen(kw_only=True)
class Remark:
    """Something odd that is no contradiction.

    Attributes:
        kind: what is odd, in words that are the same for all cases.
        case: id of the case.
        says: what is so in this case.
        rows: the lines in the file.
    """

    kind: str
    case: str
    says: str
    rows: tuple[int, ...]


@frozen
class Told:
    """A case with the claims that tell of it and the findings on it."""

    case: Case[Any]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]


Odd: TypeAlias = Iterator[tuple[Told, str, tuple[EventWord, ...]]]
"""The case, what is odd in it, and the words of the rows to look at; none of them for all rows."""


@frozen
class Background:
    """What a record says as a whole.

    Attributes:
        seen: the last day of which its rows tell, an end of validity not counted; None where no row has a day.
        rules: the day on which the first rules of each country were adopted.
    """

    seen: date | None
    rules: Mapping[str, date]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Background:
        """Read it from all rows."""
        days = [
            (claim, day) for claim in claims
            if (day := exact(claim.day)) and claim.event is not EventWord.TPE_ACCREDITATION_UNTIL
        ]  # fmt: skip
        rules: dict[str, date] = {}
        for claim, day in days:
            if claim.event is EventWord.RULE_ADOPTED:
                rules[claim.country] = min(day, rules.get(claim.country, day))
        return cls(max((day for _, day in days), default=None), rules)
