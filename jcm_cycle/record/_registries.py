"""What the registries issued, held against the decision it follows from; each side issues on its own day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jcm_cycle.days import exact, span
from jcm_cycle.record._bundle import Bundle, Check, against_total, amounts, by, stated, stranger, together
from jcm_cycle.record.claims import Claim, EventWord
from jcm_cycle.record.countries import JAPAN

__all__ = ["credits_issued"]


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
    checks += _one_day_twice(named, notified)
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
        checks=tuple(checks or _by_themselves(claims)),
    )


def _one_day_twice(named: Mapping[str, Sequence[Claim]], notified: Mapping[str, int]) -> list[Check]:
    """Find sides with different amounts on one day that are not the parts of what was notified."""
    return [
        Check(agrees=False, says=f"{side} issued different amounts on {day}: {amounts(different)}.")
        for side, rows in named.items()
        for day, of_day in by(rows, lambda c: c.day).items()
        if len(different := sorted(stated(c.amount for c in of_day))) > 1 and together(rows) != notified.get(side)
    ]


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
