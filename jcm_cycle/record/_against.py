"""What a record has against itself and against the rules, and which steps it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any

from attrs import field, frozen

from jcm_cycle._fold import in_effect
from jcm_cycle._labels import text
from jcm_cycle._outcomes import facts_text
from jcm_cycle._words import say, step_name, told, word
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
        tell: says it in the language of a code; left out, it is told in English.
    """

    rows: tuple[int, ...]
    rule: str
    says: str
    cites: str
    standing: str
    tell: Callable[[str], str] | None = field(default=None, eq=False, repr=False)

    def json(self) -> dict[str, Any]:
        """Return the contradiction as data."""
        return {
            "rows": list(self.rows),
            "rule": self.rule,
            "says": self.says,
            "cites": self.cites,
            "standing": self.standing,
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return what is contradicted as text, without the rows.

        Args:
            lang: code of the language, en or ja.
        """
        return self.says if self.tell is None else self.tell(lang)


def rows_of(entry: Entry) -> tuple[int, ...]:
    return tuple(source.row for source in entry.sources if source.row is not None)


def unmet(finding: Finding, rows: Iterable[int]) -> Contradiction:
    return _of(rows, finding.rule, partial(_tell_unmet, finding), finding.cites, finding.standing)


def _tell_unmet(finding: Finding, lang: str) -> str:
    return f"{text(finding.sentence, lang)} ({facts_text(finding.facts, lang)})"


def _of(
    rows: Iterable[int],
    rule: str,
    tell: Callable[[str], str],
    cites: str = "rows of the record",
    standing: Standing | None = Standing.OBSERVED,
) -> Contradiction:
    return Contradiction(
        rows=tuple(sorted({*rows})), rule=rule, says=tell("en"), cites=cites, standing=str(standing), tell=tell
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
        yield _of(group.rows, "record.views_agree", partial(_tell_apart, group))


def _tell_apart(group: Group, lang: str) -> str:
    return group.explain(lang=lang)


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
                tell = partial(_tell_no_way, (start, before), (end, after))
                yield _of((*rows_of(before), *rows_of(after)), rule, tell)


def _tell_no_way(early: tuple[str, Entry], late: tuple[str, Entry], lang: str) -> str:
    (start, before), (end, after) = early, late
    return say(
        lang, "No way leads from {start} ({before}) to {end} ({after}).",
        start=word("state", start, lang), before=_told(before, lang),
        end=word("state", end, lang), after=_told(after, lang),
    )  # fmt: skip


def _told(entry: Entry, lang: str) -> str:
    what = say(lang, "a list") if entry.basis is Basis.OBSERVED else step_name(entry.machine, entry.step, lang)
    if isinstance(entry.on, date):
        return say(lang, "{what} on {day}", what=what, day=entry.on)
    return say(lang, "{what}, {day}", what=what, day=told(str(entry.on), lang))


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
