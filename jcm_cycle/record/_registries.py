"""What the registries issued, held against the decision it follows from; each side issues on its own day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from jcm_cycle.days import Day, exact, span
from jcm_cycle.record._bundle import Bundle, Check, against_total, amounts, by, stated, stranger, together
from jcm_cycle.record.claims import Claim, EventWord
from jcm_cycle.record.countries import JAPAN

__all__ = ["Part", "credits_issued", "parts"]


def credits_issued(claims: Sequence[Claim], decisions: Sequence[Bundle]) -> list[Bundle]:
    """Return the batches that registries issued for one project, or for several together."""
    batches = by(claims, lambda claim: _batch(claim, decisions))
    return [_issued(tuple(rows), None if place is None else decisions[place]) for (place, *_), rows in batches.items()]


def _batch(claim: Claim, decisions: Sequence[Bundle]) -> tuple[int | None, object, object]:
    """Tell batches apart: by the decision where it is sure, else by what the row says of it, else by day."""
    place = _decision_of(claim, decisions)
    if place is not None:
        return place, None, None
    period, named = claim.detail.period, claim.detail.decision
    return None, period, named or (None if period else claim.day)


def _decision_of(claim: Claim, decisions: Sequence[Bundle]) -> int | None:
    """Return the place of the one decision that has the period, or the day, that the row names."""
    period, named = claim.detail.period, claim.detail.decision
    if not period and not named:
        return None
    fitting = [
        place
        for place, one in enumerate(decisions)
        if one.kind is not EventWord.ISSUANCE_ANNOUNCED
        and (one.on == named if named else one.period == period)
        and (period is None or one.period in (None, period))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _issued(claims: tuple[Claim, ...], decision: Bundle | None) -> Bundle:
    named = by((c for c in claims if c.detail.side), lambda c: c.detail.side or "")
    totals = [c for c in claims if not c.detail.side]
    sides = {side: together(rows) for side, rows in sorted(named.items())}
    known = {side: value for side, value in sides.items() if value is not None}
    whole = known.keys() == {JAPAN, claims[0].country} == sides.keys()
    different = sorted(stated(c.amount for c in totals))
    total = different[0] if len(different) == 1 else None
    summed = sum(known.values()) if known.keys() == sides.keys() and (whole or not totals) else None
    amount = summed if total is None else total
    notified: Mapping[str, int] = decision.sides if decision else {}

    checks = stranger(claims)
    checks += [
        Check(agrees=False, says=f"{side} issued different amounts on {day}: {amounts(different)}.")
        for side, day, different in _one_day_twice(named, notified)
    ]
    if len(different) > 1:
        checks.append(Check(agrees=False, says=f"The rows give different totals: {amounts(different)}."))
    if total is not None and known:
        fits = sum(known.values()) == total if whole else None
        checks.append(against_total({side: [value] for side, value in known.items()}, total, fits=fits))
    checks += [_against(known[side], notified[side], side) for side in known if side in notified]
    if decision and decision.amount is not None and (totals or any(side not in notified for side in sides)):
        checks.append(_against(amount, decision.amount, "Together"))
    checks += _too_early(claims, decision)
    return Bundle(
        family=EventWord.CREDITS_ISSUED,
        kind=EventWord.CREDITS_ISSUED,
        on=span(tuple(c.day for c in claims)),
        claims=claims,
        amount=amount,
        sides=known,
        period=next(iter(stated(c.detail.period for c in claims)), None),
        follows=decision,
        checks=tuple(checks or _by_themselves(claims)),
    )


def _one_day_twice(
    named: Mapping[str, Sequence[Claim]], notified: Mapping[str, int]
) -> list[tuple[str, Day, list[int]]]:
    """Find sides with different amounts on one day that are not the parts of what was notified."""
    return [
        (side, day, different)
        for side, rows in named.items()
        for day, of_day in by(rows, lambda c: c.day).items()
        if len(different := sorted(stated(c.amount for c in of_day))) > 1 and together(rows) != notified.get(side)
    ]


@frozen(kw_only=True)
class Part:
    """One issuance in a registry, or a total of which no side is told.

    Attributes:
        side: country code of the side, or None.
        on: the day.
        amount: whole tonnes; None where they are not known, or the rows tell different ones.
        total: whether the rows call it the total of both sides.
        claims: its rows.
    """

    side: str | None
    on: Day
    amount: int | None
    total: bool = False
    claims: Sequence[Claim]


def parts(claims: Sequence[Claim], notified: Mapping[str, int]) -> list[Part]:
    """Return what was issued one by one: by side and day, or in all where a side is lacking.

    Args:
        claims: rows on the credits of one batch.
        notified: whole tonnes by side, where they are known.
    """
    named = by((c for c in claims if c.detail.side), lambda c: c.detail.side or "")
    apart = {(side, day) for side, day, _ in _one_day_twice(named, notified)}
    found = []
    for side, of_side in named.items():
        for day, rows in by(of_side, lambda c: c.day).items():
            told = by((c for c in rows if c.amount is not None), lambda c: c.amount)
            if len(told) > 1 and (side, day) not in apart:
                open_ = [c for c in rows if c.amount is None]
                found += [Part(side=side, on=day, amount=n, claims=[*one, *open_]) for n, one in told.items()]
            else:
                found.append(Part(side=side, on=day, amount=next(iter(told)) if len(told) == 1 else None, claims=rows))
    totals = [c for c in claims if not c.detail.side]
    whole = named.keys() == {JAPAN, claims[0].country} and all(part.amount is not None for part in found)
    if totals and not whole:
        amounts_told = stated(c.amount for c in totals)
        amount = amounts_told[0] if len(amounts_told) == 1 else None
        called = any(c.detail.total for c in totals)
        on = span(tuple(c.day for c in totals))
        found.append(Part(side=None, on=on, amount=amount, total=called, claims=totals))
    return found


def _against(issued: int | None, notified: int, whose: str) -> Check:
    """Hold what was issued against what was notified; less may be issued so far, more may not."""
    if issued is None:
        return Check(agrees=None, says=f"{whose}: not known how much of {notified} t is issued.")
    return Check(
        agrees=None if issued < notified else issued == notified,
        says=f"{whose}: {issued} t of {notified} t issued.",
    )


def _too_early(claims: Sequence[Claim], decision: Bundle | None) -> list[Check]:
    decided = exact(decision.on) if decision else None
    days = stated(exact(c.day) for c in claims)
    return [
        Check(agrees=False, says=f"Issued on {day}, before the decision of {decided}.")
        for day in days
        if decided and day < decided
    ]


def _by_themselves(claims: Sequence[Claim]) -> list[Check]:
    if len(claims) == 1:
        return []
    if len({(claim.detail.side, claim.day, claim.amount) for claim in claims}) == 1:
        return [Check(agrees=True, says=f"{len(claims)} rows say the same.")]
    return [Check(agrees=None, says="There is no decision or total to compare with.")]
