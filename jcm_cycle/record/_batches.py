"""What a record says of the issuances of each project, sorted by monitoring period or by decision.

A batch is all that rows say of one issuance of one project. It is known by its period, or by the day of its decision
while the period is not known. Rows about several projects together belong to a member's batch as a check where the
member has a row of its own for that day; a member without one has its batch from them, but none of their amount.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve, field, frozen

from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, sort_day
from jcm_cycle.record._bundle import Bundle, by, written
from jcm_cycle.record._issuances import decisions
from jcm_cycle.record._joint import same_fact
from jcm_cycle.record._registries import credits_issued
from jcm_cycle.record._shared import ASKED, ISSUED, OF_ISSUANCES, PERIODS, Joint, known_sum, nameless
from jcm_cycle.record.claims import Claim, EventWord
from jcm_cycle.record.detail import Period

__all__ = ["Batch", "Batches", "batches"]


@define(kw_only=True, eq=False)
class Batch:
    """One issuance of one project.

    Attributes:
        period: its monitoring period, where that is told.
        decided: what the rows say of its decision.
        named: day of the decision where only other rows name it.
        issued: what registries issued.
        asked: rows on the request.
        periods: rows on the period.
        checks: rows about several projects together that this project's own rows are a part of.
        inferred: what is left for this project of a joint amount, in whole tonnes; in no sum.
    """

    period: Period | None = None
    decided: Bundle | None = None
    named: Day = UNKNOWN_DAY
    issued: list[Bundle] = field(factory=list)
    asked: list[Claim] = field(factory=list)
    periods: list[Claim] = field(factory=list)
    checks: list[Claim] = field(factory=list)
    inferred: int | None = None

    @property
    def decided_on(self) -> Day | None:
        """The day of the decision; by when it was taken, where only what followed is known; None where nothing is."""
        if self.decided is not None and self.decided.family is EventWord.ISSUANCE_DECIDED:
            return self.decided.on
        if self.named != UNKNOWN_DAY:
            return self.named
        later = [bundle.on for bundle in (self.decided, *self.issued) if bundle is not None]
        if not later and not any(claim.event is EventWord.MONITORING_PERIOD for claim in self.periods):
            return None
        last = min(map(sort_day, later), default=None)
        return Between(not_after=None if last is None or sort_day(UNKNOWN_DAY) == last else last)

    @property
    def open(self) -> bool:
        """Whether nothing tells on what day it was decided."""
        return self.decided is None and self.named == UNKNOWN_DAY

    @property
    def claims(self) -> list[Claim]:
        """All its rows."""
        decided = self.decided.claims if self.decided else ()
        issued = (claim for bundle in self.issued for claim in bundle.claims)
        return [*self.periods, *self.asked, *decided, *issued, *self.checks]

    @property
    def label(self) -> str:
        """What it is known by: the period, else the day of the decision, else by when it was decided."""
        on = self.decided_on
        if self.period is not None:
            return str(self.period)
        if on is None:
            day = min((day for claim in self.claims if (day := exact(claim.day))), default=None)
            return f"until {day}" if day else "undated"
        if isinstance(on, Between):
            return f"by {on.not_after}" if on.not_after else "undated"
        return str(on)


@frozen
class Batches:
    """The issuances of all projects, and what is told of several together that no project's own rows tell.

    Attributes:
        of: the batches of each project, by day and period.
        alone: joint rows of which no member has a row of its own for that day, and rows that name no project.
    """

    of: dict[str, list[Batch]]
    alone: tuple[Bundle, ...]


def batches(claims: Iterable[Claim]) -> Batches:
    """Sort the rows on issuances.

    Args:
        claims: the claims of one record; those on anything else are passed over.
    """
    wanted = (claim for claim in claims if claim.event in OF_ISSUANCES and claim.country != "JP")
    found = sorted(wanted, key=lambda claim: claim.line)
    single = by((c for c in found if len(c.names) == 1), lambda c: c.names[0])
    joint = [Joint.of(rows, single) for rows in by((c for c in found if c.joint), lambda c: c.subjects).values()]
    members = {ref for one in joint for ref in one.refs}
    made = {
        ref: _of_project(ref, single.get(ref, []), [one for one in joint if ref in one.refs])
        for ref in sorted({*single, *members})
    }
    alone = [bundle for one in joint for bundle in one.alone()]
    alone += nameless([claim for claim in found if not claim.names], found)
    return Batches(made, tuple(alone))


def _of_project(ref: str, own: list[Claim], joint: list[Joint]) -> list[Batch]:
    rows = [*own, *(claim for one in joint for claim in one.left_to(ref))]
    found = [Batch(period=one.period, decided=one) for one in decisions(rows)]
    told = [c for c in own if c.event in PERIODS] + [c for one in joint for c in one.rows if c.event in PERIODS]
    for claim in sorted(told, key=lambda c: (c.event, written(c))):
        _with_period(found, claim)
    for bundle in credits_issued([c for c in rows if c.event in ISSUED], [b.decided for b in found if b.decided]):
        _with_credits(found, bundle)
    for claim in (c for c in rows if c.event in ASKED):
        _with_request(found, claim)
    _with_checks(ref, found, joint)
    return sorted(found, key=lambda b: (sort_day(b.decided_on or UNKNOWN_DAY), b.label, sorted(map(written, b.claims))))


def _fitting(found: list[Batch], period: Period | None, named: Day | None) -> Batch | None:
    """Return the one batch that has the period, or else the one that was decided on the day."""
    if period is not None:
        same = [batch for batch in found if batch.period == period and named in (None, batch.decided_on)]
        same = same or [batch for batch in found if batch.period == period and batch.open]
        if len(same) == 1:
            return same[0]
    if named is not None:
        same = [batch for batch in found if batch.decided_on == named and (period is None or batch.period is None)]
        if len(same) == 1:
            return same[0]
    return None


def _new(found: list[Batch], period: Period | None, named: Day | None) -> Batch:
    batch = Batch(period=period, named=named or UNKNOWN_DAY)
    found.append(batch)
    return batch


def _with_period(found: list[Batch], claim: Claim) -> None:
    """Put a period where it belongs; its end alone belongs to the one decision that is left without a period."""
    first, named = exact(claim.day), claim.detail.decision
    if claim.event is EventWord.MONITORING_PERIOD and first and claim.end:
        period = Period(first, claim.end)
        alike = next((b for b in found if b.period == period and named in (None, b.decided_on)), None)
        batch = _fitting(found, period, named) or alike or _new(found, period, named)
        batch.period = period
        if batch.open and named is not None:
            batch.named = named
        if batch.decided is not None:
            batch.decided = evolve(batch.decided, period=period)
        batch.periods.append(claim)
        return
    last = claim.end or first
    without = [
        batch for batch in found
        if batch.period is None and (named is None or batch.decided_on == named)
        and last and sort_day(batch.decided_on or UNKNOWN_DAY) >= last
    ]  # fmt: skip
    if len(without) == 1:
        without[0].periods.append(claim)


def _with_credits(found: list[Batch], bundle: Bundle) -> None:
    if bundle.follows is not None:
        batch = next(batch for batch in found if batch.decided is bundle.follows)
    else:
        named = min((c.detail.decision for c in bundle.claims if c.detail.decision), default=None)
        announced = [
            b for b in found
            if b.decided and b.decided.family is EventWord.ISSUANCE_ANNOUNCED and b.decided.on == bundle.on
        ]  # fmt: skip
        batch = _fitting(found, bundle.period, named) or (
            announced[0]
            if len(announced) == 1 and bundle.period is None and named is None
            else _new(found, bundle.period, named)
        )
    batch.issued.append(bundle)


def _with_request(found: list[Batch], claim: Claim) -> None:
    """Put a request where it says that it belongs, else with those of its day; nothing else is known of it then."""
    period, named = claim.detail.period, claim.detail.decision
    alike = (b for b in found if b.decided is None and b.asked and b.asked[0].day == claim.day)
    same = next((b for b in alike if (b.period, b.named) == (period, named or UNKNOWN_DAY)), None)
    batch = _fitting(found, period, named) or same or _new(found, period, named)
    batch.asked.append(claim)


def _with_checks(ref: str, found: list[Batch], joint: list[Joint]) -> None:
    """Add the joint rows that this project's own rows are a part of, and what they leave for a project without."""
    for one in joint:
        for bundle, members in one.decided:
            mine = [batch for batch in found if batch.decided and same_fact(bundle, batch.decided)]
            if ref in members:
                batch = mine[0] if mine else _last(found, bundle.on)
                batch.checks += bundle.claims
            rest = [amount for name, amount in members.items() if name != ref]
            left = None if bundle.amount is None else bundle.amount - (known_sum(rest) or 0)
            if mine and members.get(ref) is None and len(rest) == len(one.refs) - 1 and None not in rest:
                mine[0].inferred = left if left is not None and left >= 0 else None
        for bundle, having in one.issued:
            first = bundle.claims[0]
            for batch in found:
                parts = [c for part in batch.issued for c in part.claims if c.day == first.day and not c.joint]
                if ref in having and any(first.detail.side in (None, c.detail.side) for c in parts):
                    batch.checks += bundle.claims
                    break


def _last(found: list[Batch], by_day: Day) -> Batch:
    """Return the last decision by a day, of which a joint announcement speaks."""
    earlier = [(sort_day(b.decided.on), n) for n, b in enumerate(found) if b.decided]
    return found[max(place for place in earlier if place[0] <= sort_day(by_day))[1]]
