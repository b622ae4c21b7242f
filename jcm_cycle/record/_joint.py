"""Rows about several subjects together, held against the rows of each: a cross-check, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from jcm_cycle.days import exact
from jcm_cycle.record._bundle import Bundle, Check, by, stated, together
from jcm_cycle.record.claims import Claim, EventWord
from jcm_cycle.record.countries import JAPAN

__all__ = ["Members", "against_members", "same_fact"]

Members = Mapping[str, Sequence[Bundle]]
"""What the rows of single subjects say, by reference."""


def against_members(joint: Bundle, members: Members) -> Bundle:
    """Return a joint bundle with the rows of its members and what comes of the comparison."""
    if joint.family is EventWord.CREDITS_ISSUED:
        checks, rows = _credits(joint, members)
    elif joint.family is EventWord.REGISTERED:
        checks, rows = _registration(joint, members)
    else:
        checks, rows = _same_day(joint, members)
    return evolve(joint, checks=(*joint.checks, *checks), compared=tuple(rows))


def _same_day(joint: Bundle, members: Members) -> tuple[list[Check], list[Claim]]:
    """Compare with what the members have of the same kind on the same day."""
    same = {ref: [one for one in bundles if same_fact(joint, one)] for ref, bundles in members.items()}
    rows = [claim for bundles in same.values() for one in bundles for claim in one.claims]
    checks = _ends((*joint.claims, *rows))
    if joint.amount is not None:
        checks.append(_sum("", joint.amount, {ref: [one.amount for one in same[ref]] for ref in same}))
    for side, amount in sorted(joint.sides.items()):
        checks.append(_sum(f"{side}: ", amount, {ref: [one.sides.get(side) for one in same[ref]] for ref in same}))
    return checks or [_present(same)], rows


def same_fact(joint: Bundle, one: Bundle) -> bool:
    told_apart = joint.period and one.period and joint.period != one.period
    return one.family is joint.family and one.on == joint.on and not told_apart


def _ends(rows: Iterable[Claim]) -> list[Check]:
    ends = sorted(stated(claim.end for claim in rows))
    told = ", ".join(map(str, ends))
    return [Check(agrees=False, says=f"The rows end on different days: {told}.")] if len(ends) > 1 else []


def _present(same: Mapping[str, Sequence[object]]) -> Check:
    absent = ", ".join(sorted(ref for ref, found in same.items() if not found))
    if absent:
        return Check(agrees=None, says=f"There is no row of the same kind and day for {absent}.")
    return Check(agrees=True, says="The rows of all members say the same.")


def _sum(said: str, amount: int, parts: Mapping[str, Sequence[int | None]]) -> Check:
    """Compare the amount of all with the sum over the members."""
    known = {ref: sum(filter(None, found)) for ref, found in parts.items() if found and None not in found}
    told = said + " + ".join(f"{ref} {value} t" for ref, value in sorted(known.items()))
    total = sum(known.values())
    if known.keys() == parts.keys():
        return Check(agrees=total == amount, says=f"{told} against {amount} t together.")
    absent = ", ".join(sorted(parts.keys() - known.keys()))
    if total > amount:
        return Check(agrees=False, says=f"{told}, which is more than {amount} t together.")
    return Check(agrees=None, says=f"{said}{amount} t together cannot be compared: no amount is known of {absent}.")


def _registration(joint: Bundle, members: Members) -> tuple[list[Check], list[Claim]]:
    """Compare the day with the members' days; a project is registered once."""
    found = {ref: [one for one in bundles if one.family is joint.family] for ref, bundles in members.items()}
    known = [one for bundles in found.values() for one in bundles]
    days = {joint.on, *(one.on for one in known)}
    if len(days) > 1 and all(exact(day) for day in days):
        check = Check(
            agrees=False, says=f"The rows give different days of registration: {', '.join(sorted(map(str, days)))}."
        )
    elif len(days) > 1:
        check = Check(agrees=None, says="The day of a member is not exactly known.")
    else:
        check = _present(found)
    return [check], [claim for one in known for claim in one.claims]


def _credits(joint: Bundle, members: Members) -> tuple[list[Check], list[Claim]]:
    """Compare what a side, or both, issued on one day with what it issued for the members on that day."""
    issued = {
        ref: [claim for one in bundles if one.family is joint.family for claim in one.claims]
        for ref, bundles in members.items()
    }
    checks, rows = [], []
    for (side, day), claims in by(joint.claims, lambda claim: (claim.detail.side, claim.day)).items():
        same = {ref: [c for c in of_one if c.day == day] for ref, of_one in issued.items()}
        if side:
            same = {ref: [c for c in of_one if c.detail.side == side] for ref, of_one in same.items()}
        rows += [claim for of_one in same.values() for claim in of_one]
        amount = together(claims)
        if amount is None:
            checks.append(_present(same))
        else:
            parts = {ref: [_issued(of_one, side)] for ref, of_one in same.items()}
            checks.append(_sum(f"{side}: " if side else "", amount, parts))
    return checks, rows


def _issued(claims: Sequence[Claim], side: str | None) -> int | None:
    """Return what was issued for one member on the day: by the side, or by both."""
    totals = [claim for claim in claims if not claim.detail.side]
    if side or totals:
        rows = totals if not side else claims
        return together(rows) if rows else None
    both = {claim.detail.side for claim in claims} == {JAPAN, *(claim.country for claim in claims)}
    return together(claims) if both else None
