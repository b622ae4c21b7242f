"""What a record says of one issuance, as facts of its machine: amounts by side; totals and joint rows are checks."""

from __future__ import annotations

from collections.abc import Iterable

from jcm_cycle.days import sort_day
from jcm_cycle.evidence import AllocationLine, IssuanceRequest, Opening, Outcome, RegistryIssuance
from jcm_cycle.record._batches import Batch
from jcm_cycle.record._bundle import Bundle, written
from jcm_cycle.record._recorded import Told, decided, recorded, told_day
from jcm_cycle.record._registries import parts
from jcm_cycle.record._rows import As, Made, sources
from jcm_cycle.record.claims import Claim, EventWord
from jcm_cycle.states import issuance

__all__ = ["issuance_case"]


def issuance_case(name: str, project: str, title: str | None, batch: Batch) -> list[Made]:
    """Return the opening and the recorded facts of one issuance.

    Args:
        name: id of the case.
        project: reference of the project, which is also the id of its case.
        title: title of the project.
        batch: all that the record says of the issuance.
    """
    decision = _decision(project, batch)
    facts = [*_request(batch), *([decision] if decision else []), *_credits(batch)]
    told = [*batch.periods, *(claim for claim in batch.checks if claim.event is not EventWord.CREDITS_ISSUED)]
    shown = set().union(*(rows for _, rows in facts))
    attributes = [claim for claim in told if claim.line not in shown]
    opening = Opening(
        country=batch.claims[0].country,
        title=title,
        of=project,
        of_reference=project if batch.claims[0].subjects else None,
        period=batch.period,
    )
    opened_by = attributes or batch.claims[:1]
    return recorded(issuance, name, opening, facts, opened_by=opened_by, attributes=attributes)


def _roles(entry: Iterable[Claim], checks: Iterable[Claim]) -> dict[int, As]:
    made = {claim.line: As.ENTRY for claim in entry}
    return made | {claim.line: As.CROSS_CHECK for claim in checks if claim.line not in made}


def _request(batch: Batch) -> list[Told]:
    if not batch.asked:
        return []
    rows = sorted(batch.asked, key=written)
    amounts = {claim.amount for claim in rows}
    request = IssuanceRequest(amount=amounts.pop() if len(amounts) == 1 else None)
    fact = issuance.request_issuance.fact(on=told_day(rows), evidence=request, sources=sources(rows))
    return [(fact, _roles(rows[:1], rows[1:]))]


def _decision(project: str, batch: Batch) -> Told | None:
    """The amounts of the sides make the decision; without them the total does, and its split is not known."""
    bundle, on = batch.decided, batch.decided_on
    implied = [claim for claim in batch.periods if claim.event is EventWord.MONITORING_PERIOD]
    if on is None or (bundle is None and not implied):
        return None
    rows = list(bundle.claims) if bundle else implied[:1]
    by_side = [claim for claim in rows if claim.detail.side]
    amount = bundle.amount if bundle else None
    lines = tuple(AllocationLine(side=side, amount=n) for side, n in bundle.sides.items()) if bundle else ()
    split = sum(line.amount for line in lines) if lines else None
    known = lines if split is not None and amount in (None, split) else None
    makers = _once(by_side) if known else _first(rows)
    checks = [claim for claim in batch.checks if claim.event is not EventWord.CREDITS_ISSUED]
    evidence = decided(
        Outcome.ZERO if (split if known else amount) == 0 else Outcome.NOTIFIED,
        on,
        rows,
        cases=(project,),
        lines=known,
        amount=None if known else amount,
        holders=(*(() if known else lines), *_holders(rows)),
    )
    made = _roles(makers, [*rows, *checks])
    told = sorted([*rows, *checks], key=lambda claim: made[claim.line] is not As.ENTRY)
    fact = issuance.decide_issuance.fact(on=on, outcome=evidence.decision, evidence=evidence, sources=sources(told))
    return fact, made


def _once(rows: Iterable[Claim]) -> list[Claim]:
    """Return the rows that give the amount of a side, a repeated one once."""
    found: dict[object, Claim] = {}
    for claim in sorted(rows, key=written):
        if claim.amount is not None:
            found.setdefault((claim.detail.side, claim.amount), claim)
    return list(found.values())


_WORDS = (EventWord.ISSUANCE_DECIDED, EventWord.ISSUANCE_NOTIFIED_SIDE, EventWord.ISSUANCE_ANNOUNCED)


def _first(rows: list[Claim]) -> list[Claim]:
    """Return the row that says most: of the project alone, or of few, and of the decision itself."""
    order = [*_WORDS, EventWord.MONITORING_PERIOD]
    return sorted(rows, key=lambda c: (len(c.subjects), order.index(c.event), c.amount is None, written(c)))[:1]


def _holders(rows: Iterable[Claim]) -> tuple[AllocationLine, ...]:
    """Return what single holders get, each told once."""
    held = dict.fromkeys(holding for claim in rows for holding in claim.detail.holdings)
    return tuple(AllocationLine(side=one.side, amount=one.amount, holder=one.holder) for one in held)


def _credits(batch: Batch) -> list[Told]:
    """Each side issues on its own day, and may issue in parts; a total makes a fact only where a side is lacking."""
    found: list[Told] = []
    for bundle in batch.issued:
        found += _bundle(batch, bundle)
    return sorted(found, key=lambda told: (sort_day(told[0].on), str(told[0].evidence)))


def _bundle(batch: Batch, bundle: Bundle) -> list[Told]:
    notified = batch.decided.sides if batch.decided else {}
    found = []
    made = parts(bundle.claims, notified)
    totals = [claim for claim in bundle.claims if claim not in [c for part in made for c in part.claims]]
    for place, part in enumerate(made):
        joint = [
            claim for claim in batch.checks
            if claim.event is EventWord.CREDITS_ISSUED and claim.day == part.on
            and claim.detail.side in (None, part.side)
        ]  # fmt: skip
        rows = sorted(part.claims, key=written)
        checks = [*rows[1:], *joint, *(totals if place == 0 else ())]
        evidence = RegistryIssuance(
            side=part.side,
            amount=part.amount,
            total=part.total,
            holders=_holders([*rows, *(totals if place == 0 else ())]),
        )
        fact = issuance.issue_credits.fact(on=part.on, evidence=evidence, sources=sources((rows[0], *checks)))
        found.append((fact, _roles(rows[:1], checks)))
    return found
