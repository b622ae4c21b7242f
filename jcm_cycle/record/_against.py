"""What a record has against itself and against the rules, and which steps it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from attrs import frozen

from jcm_cycle._fold import in_effect
from jcm_cycle._outcomes import fact_text
from jcm_cycle.case import fold
from jcm_cycle.days import Between, surely_by
from jcm_cycle.entries import Basis, Entry
from jcm_cycle.findings import Finding, Standing, Verdict
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.groups import Group
from jcm_cycle.review import Audit
from jcm_cycle.rules import rules
from jcm_cycle.states import Machine, machine

__all__ = [
    "IN_FORCE",
    "Contradiction",
    "apart",
    "broken_rules",
    "disagreements",
    "disorder",
    "not_in_record",
    "rows_of",
    "unmet",
    "without_book",
]

IN_FORCE = "common.rules_in_force"


@frozen(kw_only=True)
class Contradiction:
    """Something that cannot all be so, with the rows to follow it by.

    Attributes:
        rows: the lines in the file.
        rule: the rule that is unmet, or `record.…` where rows differ among themselves.
        says: what is contradicted, in words.
        cites: where the rule or the rows come from.
        standing: how well founded that is.
    """

    rows: tuple[int, ...]
    rule: str
    says: str
    cites: str
    standing: str

    def json(self) -> dict[str, Any]:
        """Return the contradiction as data."""
        return {
            "rows": list(self.rows),
            "rule": self.rule,
            "says": self.says,
            "cites": self.cites,
            "standing": self.standing,
        }


def rows_of(entry: Entry) -> tuple[int, ...]:
    return tuple(source.row for source in entry.sources if source.row is not None)


def unmet(finding: Finding, rows: Iterable[int]) -> Contradiction:
    facts = "; ".join(f"{name}: {fact_text(value)}" for name, value in finding.facts.items())
    return Contradiction(
        rows=tuple(sorted({*rows})),
        rule=finding.rule,
        says=f"{finding.sentence} ({facts})",
        cites=finding.cites,
        standing=str(finding.standing),
    )


def _amongrows_of(rows: Iterable[int], rule: str, says: str) -> Contradiction:
    return Contradiction(
        rows=tuple(sorted({*rows})), rule=rule, says=says, cites="rows of the record", standing=str(Standing.OBSERVED)
    )


def broken_rules(audited: Audit) -> Iterator[Contradiction]:
    """Return what the recorded facts contradict of the country's rules."""
    for fact in audited.facts:
        for finding in fact.contradictions:
            yield unmet(finding, rows_of(fact.entry))


def apart(groups: Iterable[Group]) -> dict[int, list[Group]]:
    """Return the decisions of which the rows tell different things, by the lines of their rows."""
    found: dict[int, list[Group]] = {}
    for group in groups:
        if group.agrees is False:
            for line in group.rows:
                found.setdefault(line, []).append(group)
    return found


def disagreements(groups: Mapping[int, list[Group]], claims: Iterable[Claim]) -> Iterator[Contradiction]:
    """Return what the rows on a case tell differently; `groups` is what `apart` gave for the whole record."""
    own = {id(group): group for claim in claims for group in groups.get(claim.line, ())}
    for group in own.values():
        yield _amongrows_of(group.rows, "record.views_agree", group.says)


def disorder(entries: Iterable[Entry]) -> Iterator[Contradiction]:
    """Return the facts and statuses that cannot come after one before them: no way of the table leads there."""
    placed = in_effect(entries)
    states = [fold(placed[: place + 1]).state for place in range(len(placed))]
    steps = machine(placed[0].machine)
    for late, after in enumerate(placed):
        for early, before in enumerate(placed[:late]):
            start, end = states[early], states[late]
            if _reaches(steps, start, end):
                continue
            first = after.on.not_before if isinstance(after.on, Between) else after.on
            surely_later = first is not None and surely_by(before.on, first)
            if surely_later or not _reaches(steps, end, start):
                rule = "record.status_follows" if after.basis is Basis.OBSERVED else "record.facts_follow"
                says = f"No way leads from {start} ({_told(before)}) to {end} ({_told(after)})."
                yield _amongrows_of((*rows_of(before), *rows_of(after)), rule, says)


def _told(entry: Entry) -> str:
    what = "a list" if entry.basis is Basis.OBSERVED else entry.step
    return f"{what} on {entry.on}" if isinstance(entry.on, date) else f"{what}, {entry.on}"


def without_book(country: str) -> Finding:
    """Return the finding of a case of which no step could be judged, because there is no book."""
    facts = {"why": f"no rule book was found for {country}"}
    ground = rules()[IN_FORCE].ground()
    return Finding(Verdict.MISSING, facts, None, None, ground.standing, ground.effect, ground)


@cache
def _edges(steps: Machine[Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (step.name, source, target)
        for step in steps.steps.values()
        for row in step.targets.values()
        for source, target in row.items()
        if source != target
    )


@cache
def _reaches(steps: Machine[Any], start: str, end: str, without: str = "") -> bool:
    """Tell whether a way of the table leads from one state to another, one of the steps left out."""
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for name, source, target in _edges(steps):
            if name != without and source == here and target not in seen:
                seen.add(target)
                todo.append(target)
    return end in seen


@cache
def _must(steps: Machine[Any], start: str, end: str) -> tuple[str, ...]:
    """Return the steps that stand on every way from one state to another; none where there is no way."""
    if start == end or not _reaches(steps, start, end):
        return ()
    return tuple(name for name in steps.steps if not _reaches(steps, start, end, name))


def not_in_record(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the steps on every way between the states that the record shows, save those it shows."""
    placed = in_effect(entries)
    steps = machine(placed[0].machine)
    shown = {entry.step for entry in placed}
    here = str(steps.start)
    found: set[str] = set()
    for place in range(2, len(placed) + 1):
        state = fold(placed[:place]).state
        found.update(_must(steps, here, state))
        here = state
    return tuple(name for name in steps.steps if name in found - shown)
