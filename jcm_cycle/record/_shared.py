"""Rows on issuances that several projects share, and rows that name none: what of them no single project tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from jcm_cycle.days import exact, sort_day, surely_by
from jcm_cycle.record._bundle import Bundle, by
from jcm_cycle.record._issuances import decisions
from jcm_cycle.record._joint import same_fact
from jcm_cycle.record._registries import credits_issued
from jcm_cycle.record.claims import Claim, EventWord

__all__ = ["ASKED", "DECIDED", "ISSUED", "OF_ISSUANCES", "PERIODS", "Joint", "known_sum", "nameless"]

DECIDED = (EventWord.ISSUANCE_DECIDED, EventWord.ISSUANCE_NOTIFIED_SIDE, EventWord.ISSUANCE_ANNOUNCED)
ISSUED = (EventWord.CREDITS_ISSUED,)
PERIODS = (EventWord.MONITORING_PERIOD, EventWord.MONITORING_PERIOD_END)
ASKED = (EventWord.ISSUANCE_REQUESTED,)
OF_ISSUANCES = (*DECIDED, *ISSUED, *PERIODS, *ASKED)
"""The words of rows on an issuance; all others are on the project itself."""


@frozen
class Joint:
    """Rows about the same projects together, with the members that have rows of their own beside each.

    Attributes:
        refs: the projects.
        rows: all rows about them together.
        decided: each decision, with the amount that each member has of it in rows of its own.
        issued: what registries issued, with the members that have rows of their own for it.
    """

    refs: tuple[str, ...]
    rows: list[Claim]
    decided: list[tuple[Bundle, dict[str, int | None]]]
    issued: list[tuple[Bundle, frozenset[str]]]

    @classmethod
    def of(cls, rows: list[Claim], single: dict[str, list[Claim]]) -> Joint:
        """Hold the rows against those of each member.

        Args:
            rows: rows about the same projects together.
            single: the rows of single projects, by name.
        """
        refs = rows[0].subjects
        own = {ref: decisions(single.get(ref, ())) for ref in refs}
        decided = [(bundle, _covered(bundle, own)) for bundle in decisions(rows)]
        issued = [
            (bundle, frozenset(ref for ref in refs if _has_credits(single.get(ref, ()), bundle)))
            for (_, _), parts in by((c for c in rows if c.event in ISSUED), lambda c: (c.detail.side, c.day)).items()
            for bundle in credits_issued(parts, [one for one, _ in decided])
        ]
        return cls(refs, rows, decided, issued)

    def alone(self) -> list[Bundle]:
        """Return what no member has in a row of its own."""
        return [bundle for bundle, members in (*self.decided, *self.issued) if not members]

    def left_to(self, ref: str) -> list[Claim]:
        """Return the rows that tell of a member what no row of its own does; their amounts are those of all."""
        return [
            evolve(claim, amount=None, detail=evolve(claim.detail, holdings=()))
            for bundle, members in (*self.decided, *self.issued)
            if ref not in members
            for claim in bundle.claims
        ]


def _covered(joint: Bundle, own: dict[str, list[Bundle]]) -> dict[str, int | None]:
    """Return the members that have the decision in rows of their own, each with its amount.

    An announcement that names no decision speaks of the members' last ones by then, unless their amounts say that
    it cannot.
    """
    same = {ref: [one for one in bundles if same_fact(joint, one)] for ref, bundles in own.items()}
    day = exact(joint.on)
    if joint.family is EventWord.ISSUANCE_ANNOUNCED and day is not None and not any(same.values()):
        earlier = {ref: [one for one in bundles if surely_by(one.on, day)] for ref, bundles in own.items()}
        last = {ref: max(bundles, key=lambda one: sort_day(one.on)) for ref, bundles in earlier.items() if bundles}
        amounts = [one.amount for one in last.values()]
        known = [amount for amount in amounts if amount is not None]
        open_ = joint.amount is None or len(known) < len(amounts)
        if len(last) == len(own) and (open_ or sum(known) == joint.amount):
            same = {ref: [one] for ref, one in last.items()}
    return {ref: known_sum([one.amount for one in bundles]) for ref, bundles in same.items() if bundles}


def known_sum(amounts: Sequence[int | None]) -> int | None:
    """Return the sum, or None where an amount is not known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _has_credits(claims: Iterable[Claim], joint: Bundle) -> bool:
    side, day = joint.claims[0].detail.side, joint.claims[0].day
    return any(c.event in ISSUED and c.day == day and side in (None, c.detail.side) for c in claims)


def nameless(claims: list[Claim], others: list[Claim]) -> list[Bundle]:
    """Return the decisions and issuances that name no project, on days of which no row that names one tells."""
    found = []
    for country, rows in by(claims, lambda c: c.country).items():
        bundles = [*decisions(rows), *credits_issued([c for c in rows if c.event in ISSUED], [])]
        for bundle in bundles:
            words = DECIDED if bundle.family is not EventWord.CREDITS_ISSUED else ISSUED
            named = (c for c in others if c.country == country and c.names and c.event in words)
            if not any(claim.day == bundle.on for claim in named):
                found.append(bundle)
    return found
