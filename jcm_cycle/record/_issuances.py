"""Decisions on issuance: totals, amounts by side and announcements of the same credits, never added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import define, frozen

from jcm_cycle.days import UNKNOWN_DAY, Day, exact, sort_day, surely_by
from jcm_cycle.record._bundle import Bundle, Check, against_total, amounts, by, split, stated, stranger
from jcm_cycle.record.claims import Claim, EventWord
from jcm_cycle.record.countries import JAPAN
from jcm_cycle.record.detail import Period

__all__ = ["decisions"]

_DECIDED = (EventWord.ISSUANCE_DECIDED, EventWord.ISSUANCE_NOTIFIED_SIDE)


@frozen(kw_only=True)
class _Split:
    """What rows say of one decision side by side.

    Attributes:
        sides: the amounts by side, each row counted.
        whole: whether Japan and the host, and nobody else, have an amount in every row that names a side.
    """

    sides: Mapping[str, Sequence[int]]
    whole: bool

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> _Split:
        """Split the rows of one decision by side."""
        named = by((c for c in claims if c.detail.side), lambda c: c.detail.side or "")
        sides = {side: [c.amount for c in rows if c.amount is not None] for side, rows in named.items()}
        broken = any(_is_side(c) and (c.amount is None or not c.detail.side) for c in claims)
        whole = not broken and sides.keys() == {JAPAN, claims[0].country}
        return cls(sides={side: values for side, values in sides.items() if values}, whole=whole)

    def reading(self, total: int | None) -> Mapping[str, int] | None:
        """Return one amount a side; rows that repeat an amount count once, unless only all make the total."""
        once = {side: sum(set(values)) for side, values in self.sides.items()}
        every = {side: sum(values) for side, values in self.sides.items()}
        for reading in (once, every):
            if sum(reading.values()) == total:
                return reading
        return once if all(len(set(values)) == 1 for values in self.sides.values()) else None


def _is_side(claim: Claim) -> bool:
    return claim.event is EventWord.ISSUANCE_NOTIFIED_SIDE or claim.detail.side is not None


@define
class _Batch:
    day: Day
    period: Period | None
    claims: list[Claim]


def decisions(claims: Sequence[Claim]) -> list[Bundle]:
    """Return the decisions on issuance of one project, or of several together, with their announcements."""
    batches: list[_Batch] = []
    for day, rows in by((c for c in claims if c.event in _DECIDED), lambda c: c.day).items():
        for part in split(rows, lambda c: c.detail.period):
            period = next(iter(stated(c.detail.period for c in part)), None)
            batches.append(_Batch(day=day, period=period, claims=part))
    firm = [_decision(batch) for batch in batches]
    alone: list[Claim] = []
    for claim in claims:
        if claim.event is EventWord.ISSUANCE_ANNOUNCED:
            place = _announced(claim, firm)
            (alone if place is None else batches[place].claims).append(claim)
    for (named, period, day), rows in by(alone, _by_itself).items():
        batches.append(_Batch(day=named or day, period=period, claims=rows))
    return [_decision(batch) for batch in batches]


def _announced(claim: Claim, firm: Sequence[Bundle]) -> int | None:
    """Return the place of the decision that an announcement speaks of, or None where that is not sure."""
    named, period, day = claim.detail.decision, claim.detail.period, exact(claim.day)
    of_period = [n for n, one in enumerate(firm) if period is None or one.period in (None, period)]
    if named:
        found = [n for n in of_period if firm[n].on == named]
        return found[0] if len(found) == 1 else None
    earlier = [n for n in of_period if day and surely_by(firm[n].on, day)]
    if period:
        found = [n for n in earlier if firm[n].period == period]
        return found[0] if len(found) == 1 else None
    same = [n for n in earlier if claim.amount is not None and _amount(firm[n], claim.detail.side) == claim.amount]
    return max(same, key=lambda n: sort_day(firm[n].on), default=None)


def _by_itself(claim: Claim) -> tuple[date | None, Period | None, Day]:
    """Tell announcements without a decision apart: by the day that they name, else by their own."""
    named = claim.detail.decision
    return named, claim.detail.period, UNKNOWN_DAY if named else claim.day


def _amount(decision: Bundle, side: str | None) -> int | None:
    return decision.sides.get(side) if side else decision.amount


def _decision(batch: _Batch) -> Bundle:
    claims = tuple(sorted(batch.claims, key=lambda c: c.line))
    totals = [c for c in claims if not _is_side(c)]
    different = sorted(stated(c.amount for c in totals))
    total = different[0] if len(different) == 1 else None
    parts = _Split.of(claims)
    reading = parts.reading(total)
    sums = sum(reading.values()) if reading and parts.whole else None
    kinds = [word for word in (*_DECIDED, EventWord.ISSUANCE_ANNOUNCED) if any(c.event is word for c in claims)]
    sure = kinds[0] is not EventWord.ISSUANCE_ANNOUNCED or claims[0].detail.decision is not None
    return Bundle(
        family=EventWord.ISSUANCE_DECIDED if sure else EventWord.ISSUANCE_ANNOUNCED,
        kind=kinds[0],
        on=batch.day,
        claims=claims,
        amount=total if sums is None else sums,
        sides=reading or {},
        period=batch.period,
        checks=(
            *stranger(claims),
            *_of_totals(totals, different),
            *_of_sides(parts, claims, total),
            *_too_early(batch),
        ),
    )


def _of_totals(totals: Sequence[Claim], different: Sequence[int]) -> list[Check]:
    if len(different) > 1:
        return [Check(agrees=False, says=f"The rows give different totals: {amounts(different)}.")]
    if len(totals) > 1:
        return [Check(agrees=True, says=f"{len(totals)} rows of the total do not differ.")]
    return []


def _of_sides(parts: _Split, claims: Sequence[Claim], total: int | None) -> list[Check]:
    """Compare the amounts of the sides with the total, or with each other where there is none."""
    if not any(_is_side(c) for c in claims):
        return []
    reading = parts.reading(total)
    if total is not None:
        fits = reading is not None and sum(reading.values()) == total if parts.whole else None
        return [against_total(parts.sides, total, fits=fits)]
    if reading is None:
        return [Check(agrees=False, says="The rows give different amounts for one side.")]
    if len({c.detail.side for c in claims}) == 1 and claims[0].detail.side:
        same = Check(agrees=True, says="The rows give the same amount for the side.")
        return [same] if len(claims) > 1 else []
    return [Check(agrees=None, says="There is no single total to compare the sides with.")]


def _too_early(batch: _Batch) -> list[Check]:
    decided = exact(batch.day)
    days = stated(exact(c.day) for c in batch.claims)
    return [
        Check(agrees=False, says=f"Announced on {day}, before the decision of {decided}.")
        for day in days
        if decided and day < decided
    ]
