"""Rows that speak of one fact or decision, and what was found when they were compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from attrs import field, frozen

from jcm_cycle.days import UNKNOWN_DAY, Day
from jcm_cycle.record.claims import Claim, EventWord
from jcm_cycle.record.countries import JAPAN
from jcm_cycle.record.detail import Period

__all__ = ["Bundle", "Check", "against_total", "amounts", "by", "split", "stated", "stranger", "together", "written"]

K = TypeVar("K", bound=Hashable)


@frozen(kw_only=True)
class Check:
    """One comparison of what rows say.

    Attributes:
        agrees: yes, no, or None where it cannot be told.
        says: what was compared, in words.
    """

    agrees: bool | None
    says: str


@frozen(kw_only=True)
class Bundle:
    """Rows of the same subjects that speak of one fact or decision; it may be one row.

    Attributes:
        family: the event word that stands for all views of this fact.
        kind: the event word that says most of it.
        on: the day, as far as it is known.
        claims: its rows.
        amount: whole tonnes, if known.
        sides: whole tonnes by side, where the rows tell.
        period: the monitoring period, where the rows name one.
        follows: the decision that issued credits follow from, where that is sure.
        checks: what was compared.
        compared: rows of the members of a joint fact, which have a bundle of their own.
    """

    family: EventWord
    kind: EventWord
    on: Day
    claims: tuple[Claim, ...]
    amount: int | None = None
    sides: Mapping[str, int] = field(factory=dict)
    period: Period | None = None
    follows: Bundle | None = None
    checks: tuple[Check, ...] = ()
    compared: tuple[Claim, ...] = ()

    @property
    def agrees(self) -> bool | None:
        """Whether its rows agree: no where one comparison fails, else open where one is open.

        Where the day is unknown nobody can tell whether rows mean the same, so the answer is never yes.
        """
        answers = [check.agrees for check in self.checks]
        if False in answers:
            return False
        return None if None in answers or self.on == UNKNOWN_DAY else True


def by(claims: Iterable[Claim], key: Callable[[Claim], K]) -> dict[K, list[Claim]]:
    """Return the claims by a key, in their order."""
    found: dict[K, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[key(claim)].append(claim)
    return dict(found)


def split(claims: list[Claim], mark: Callable[[Claim], Hashable | None]) -> list[list[Claim]]:
    """Keep claims together unless they bear different marks; those without one then stand by themselves."""
    if len(stated(map(mark, claims))) < 2:  # noqa: PLR2004
        return [claims]
    return list(by(claims, mark).values())


def stated(values: Iterable[K | None]) -> list[K]:
    """Return the different values that are stated, in their order."""
    return list(dict.fromkeys(value for value in values if value is not None))


def amounts(values: Iterable[int]) -> str:
    """Return amounts as a reader sees them: `9 t, 40 t`."""
    return ", ".join(f"{value} t" for value in values)


def together(claims: Iterable[Claim]) -> int | None:
    """Return the sum of the parts that rows give, a repeated one once; None where one is unknown."""
    parts = {(claim.detail.side, claim.day, claim.amount): claim.amount for claim in claims}
    known = [amount for amount in parts.values() if amount is not None]
    return sum(known) if len(known) == len(parts) else None


def written(claim: Claim) -> tuple[object, ...]:
    """Return what orders rows that speak of one fact: those on fewer subjects first, then by what they say.

    Two rows that say the same follow their lines, so that the order of a file changes nothing that is told of it.
    """
    amount = "" if claim.amount is None else str(claim.amount)
    days = (str(claim.day), str(claim.end or ""))
    said = (claim.event, *days, amount, claim.detail_text, claim.title, claim.decided_by or "", claim.url)
    return (len(claim.subjects), claim.reference, *said, claim.line)


def stranger(claims: Iterable[Claim]) -> list[Check]:
    """Find sides that have no part in the issuance: neither Japan nor the host."""
    foreign = {c.detail.side for c in claims if c.detail.side not in (None, JAPAN, c.country)}
    return [
        Check(agrees=False, says=f"{side} is neither the host nor Japan.") for side in sorted(filter(None, foreign))
    ]


def against_total(sides: Mapping[str, Iterable[int]], total: int, *, fits: bool | None) -> Check:
    """Hold what the sides have against the total.

    Args:
        sides: the amounts by side.
        total: the total of both sides.
        fits: whether the sum is right, or None where not both sides have an amount.
    """
    told = " + ".join(f"{side} {amounts(sorted(set(values)))}" for side, values in sorted(sides.items()))
    if fits is not None:
        return Check(agrees=fits, says=f"Of both sides, {told}, against a total of {total} t.")
    if sum(max(values) for values in sides.values()) > total:
        return Check(agrees=False, says=f"{told}, which is more than the total of {total} t.")
    return Check(agrees=None, says=f"The total of {total} t cannot be split: {told or 'no amount of a side'}.")
