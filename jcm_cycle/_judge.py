"""Judging: every rule that binds to a step is asked, and what the machine's table says is judged like a rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Protocol

from jcm_cycle._labels import means
from jcm_cycle.days import Day, sort_day, surely_after
from jcm_cycle.entries import Act
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.findings import (
    EFFECT_BY_STANDING,
    STRICTNESS,
    CaseView,
    Effect,
    Finding,
    Ground,
    Standing,
    Verdict,
)
from jcm_cycle.parties import Role
from jcm_cycle.register import Register
from jcm_cycle.rules._binding import ACT, ACT_ASKING, DAY, DAY_ASKING, UNDETERMINED, Binding
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._books import absent
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rules
from jcm_cycle.states._machine import Step

__all__ = ["Fault", "Judged", "decided", "governing", "judge", "judge_before", "procedure"]

_MET, _MISSING = Verdict.MET, Verdict.MISSING
_absent = cache(absent)


class Judged(CaseView[Any], Protocol):
    """What judging reads of a case beyond what a rule sees."""

    @property
    def capabilities(self) -> Mapping[str, str]: ...
    @property
    def switched(self) -> frozenset[str]: ...
    @property
    def last(self) -> date | None: ...


class Fault(Exception):
    """A rule that refuses failed while it judged; never leaves the library, but becomes `Faulted`."""

    def __init__(self, rule: str, error: Exception) -> None:
        self.rule = rule
        self.error = error
        super().__init__(rule)


def governing(step: Step[Any, Any], on: Day, case: Judged, book: RuleBook | None) -> tuple[Day | None, Edition | None]:
    """Return the day whose rules govern a step, and the edition of that day; None where either is not known."""
    day: Day | None = on
    if step.answers:
        asked = (case.days[name] for name in step.answers if name in case.days)
        day = max(asked, key=sort_day, default=None)
    if type(day) is date:
        return day, edition_on(day, case, book)
    return day, _absent(case.country, case.track) if book is None else book.edition_for(day)


def decided(step: Step[Any, Any], on: Day, paper: object, days: Mapping[str, Day]) -> list[Finding]:
    """Return what is out of order in the days of a decision: made later than it is told, or before it was asked for."""
    made = getattr(paper, "decided_on", None)
    found = []
    if made is not None and surely_after(made, latest := on if isinstance(on, date) else on.not_after or made):
        found.append(_table(step, "decision", Verdict.UNMET, decided_on=made, day=latest))
    asked = [days[name] for name in step.answers if name in days]
    day = made if made is not None else on
    if asked and day is not None and all(sort_day(day) < _first(one) for one in asked):
        found.append(_table(step, "request", Verdict.UNMET, decided_on=day, requested_on=min(asked, key=sort_day)))
    return found


def _first(day: Day) -> date:
    """Return the first day that a day can be."""
    return day if isinstance(day, date) else day.not_before or date.min


def edition_on(day: date, case: Judged, book: RuleBook | None) -> Edition:
    """Return the edition of a day; of a country without a book, the one that says so."""
    return _absent(case.country, case.track) if book is None else book.edition(day)


def procedure(
    step: Step[Any, Any], outcome: Outcome | None, case: Judged, role: Role | None, on: date
) -> list[Finding]:
    """Return what the machine's table has against a step: state, capability, region, role, order of days."""
    found = []
    state = case.state
    if state not in step.targets[outcome]:
        allowed = [source.name for source in step.sources]
        found.append(_table(step, "state", Verdict.UNMET, state=state, allowed=allowed))
    capability = step.brought[outcome]
    if capability is not None:
        value = case.capabilities.get(capability, "unknown")
        if value not in ("yes", "provisional") and not step.finishes and not _entered(step, state, capability):
            verdict = Verdict.UNMET if value == "no" else Verdict.MISSING
            found.append(_table(step, "capability", verdict, capability=capability, value=value))
    if step.region is not None:
        name, needed = step.region
        is_ = str(getattr(case.file, name))
        if is_ != needed:
            found.append(_table(step, "region", Verdict.UNMET, region=name, stands=is_, needed=needed))
    if role is not None and role not in step.by:
        found.append(_table(step, "role", Verdict.UNMET, role=role, allowed=sorted(step.by)))
    if case.last is not None and on < case.last:
        found.append(_table(step, "day", Verdict.UNMET, earliest=case.last, day=on, last=case.last))
    return found


def transition(case: Judged, procedure: str | None, book: RuleBook, on: date) -> list[Finding]:
    """Return what the book says of a running case under an older procedure that it moves to a newer one."""
    row = book.move_from(procedure, case.state, on)
    if row is None:
        return []
    known = row.holds(on) is True
    ground = Ground(
        rule="procedure.transition",
        revision=1,
        sentence=_MOVED,
        effect=Effect.HOLDS if known else Effect.ADVISES,
        standing=row.standing if known else Standing.UNKNOWN,
        cites=book.edition(on).place(row),
    )
    verdict = Verdict.UNMET if known else _MISSING
    facts = {"older": row.older, "newer": row.newer, "since": row.since}
    return [Finding(verdict, facts, None, None, ground.standing, ground.effect, ground)]


_MOVED = "A case that the book moves to a newer procedure has been moved by a recorded act."
_SENTENCES = {
    "state": "The step may be taken in the state in which the case stands.",
    "capability": "The procedure to which the case is pinned has the step, and the state to which it leads.",
    "region": "What runs beside the state is where the step needs it.",
    "role": "The step is taken by one of its roles.",
    "decision": "The decision was made on the day of the act or before it.",
    "request": "The decision was not made before what it answers.",
    "day": "The day is not before the last day on which something had effect; for an earlier one fold `as_of` it.",
}
for _name, _sentence in (*_SENTENCES.items(), ("transition", _MOVED)):
    means(_sentence, "rule", f"procedure.{_name}")


def _entered(step: Step[Any, Any], state: str, capability: str) -> bool:
    return any(source.name == state and source.capability == capability for source in step.sources)


def _table(step: Step[Any, Any], name: str, verdict: Verdict, *, earliest: date | None = None, **facts: Any) -> Finding:
    order = name in ("day", "decision", "request")
    standing = Standing.CITED if order else step.standing
    cites = "order of the journal" if order else step.cites or "no text found"
    ground = Ground(
        rule=f"procedure.{name}",
        revision=1,
        sentence=_SENTENCES[name],
        effect=Effect.BLOCKS,
        standing=standing,
        cites=cites,
    )
    return Finding(verdict, facts, earliest, None, standing, Effect.BLOCKS, ground)


def judge(  # noqa: C901, PLR0912 - the one hot loop: calls in it would double what it costs
    act: Act[Any],
    outcome: Outcome | None,
    case: Judged,
    edition: Edition,
    register: Register,
    step: str,
    found: list[Finding],
) -> bool:
    """Ask every rule that binds to the step and outcome, and add its finding to those found.

    Returns:
        Whether one of the findings refuses the act, were no reason given.

    Raises:
        Fault: a rule that refuses raised an exception; all others were asked all the same.
    """
    on = act.on
    refused = False
    fault: Fault | None = None
    for call, function, capability, ground, standing, effect, binding in edition.plan(step, outcome, case.switched):
        if capability is not None and case.capabilities[capability] == "unknown":
            found.append(_switch_unknown(binding))
            continue
        try:
            if call == ACT:
                finding = function(act, case, edition)
            elif call == ACT_ASKING:
                finding = function(act, case, edition, register)
            elif call == DAY:
                finding = function(case, edition, on)
            elif call == DAY_ASKING:
                finding = function(case, edition, on, register)
            else:
                found.append(Finding(_MISSING, UNDETERMINED, None, None, standing, effect, ground))
                continue
            if type(finding) is not Finding or (finding.rests_on is not None and type(finding.limit) is not Standing):
                raise _unfit(finding)  # noqa: TRY301
        except Exception as error:  # noqa: BLE001 - a rule is foreign code
            finding = _failed(error)
            if effect is Effect.BLOCKS or effect is Effect.HOLDS:
                fault = fault or Fault(ground.rule, error)
        if finding.verdict is _MET and finding.rests_on is None and finding.ground is None:
            finding.standing = standing
            finding.effect = effect
            finding.ground = ground
            found.append(finding)
        else:
            finding = _stamp(finding, binding)
            found.append(finding)
            refused = refused or finding.refuses
    if fault is not None:
        raise fault
    return refused


def refuses(findings: list[Finding]) -> bool:
    """Tell whether one of the findings refuses the act."""
    return any(finding.refuses for finding in findings)


def judge_before(
    step: str, outcome: Outcome | None, case: Judged, edition: Edition, register: Register, on: date
) -> tuple[list[Finding], list[str]]:
    """Ask the preconditions of a step; return their findings and the ids of the rules that need an act."""
    found, later = [], []
    for binding in edition.bindings(step, outcome, case.switched):
        rule = binding.rule
        if not rule.precondition:
            later.append(rule.id)
            continue
        try:
            finding = binding.judge(case, edition, on, register) if rule.asks else binding.judge(case, edition, on)
            if type(finding) is not Finding or (finding.rests_on is not None and type(finding.limit) is not Standing):
                raise _unfit(finding)  # noqa: TRY301
        except Exception as error:  # noqa: BLE001 - a rule is foreign code
            finding = _failed(error)
        found.append(_stamp(finding, binding))
    return found, later


def _failed(error: Exception) -> Finding:
    return Finding(_MISSING, {"error": f"{type(error).__name__}: {error}"})


def _unfit(found: Any) -> TypeError:
    """Return the error of a rule that has returned no finding, or one that rests on what has no standing."""
    if type(found) is not Finding:
        return TypeError(f"the rule returned {found!r}, not a Finding")
    return TypeError(f"the finding rests on {found.rests_on!r}, which is neither a value of the book nor a standing")


def _switch_unknown(binding: Binding) -> Finding:
    why = f"not known whether the procedure has the capability {binding.rule.capability}"
    return Finding(_MISSING, {"why": why}, None, Standing.UNKNOWN, Standing.UNKNOWN, Effect.ADVISES, binding.ground)


def _stamp(finding: Finding, binding: Binding) -> Finding:
    """Put ground, standing and effect into a finding; one that a rule has kept is copied first."""
    ground = binding.ground
    if finding.ground is not None:
        finding = Finding(finding.verdict, finding.facts, finding.earliest, finding.rests_on)
    effect, standing = ground.effect, ground.standing
    limit = finding.limit
    if limit is not None and limit is not standing:
        standing = standing.or_weaker(limit)
        if ground.capped:
            effect = _weaker(effect, EFFECT_BY_STANDING[standing])
    if finding.verdict is _MISSING and binding.rule.silence is not None:
        effect = _weaker(effect, binding.rule.silence)
    finding.standing = standing
    finding.effect = effect
    finding.ground = ground
    return finding


def _weaker(one: Effect, other: Effect) -> Effect:
    return one if STRICTNESS[one] <= STRICTNESS[other] else other


def with_reasons(findings: list[Finding], despite: Mapping[str, str]) -> list[Finding]:
    """Put the reasons of an act beside the findings they answer.

    Raises:
        EvidenceError: a reason is given for a rule that was not judged.
    """
    known = {finding.rule for finding in findings}
    stray = sorted(set(despite) - known)
    if stray:
        why = f"despite: {', '.join(stray)} is not judged on this step."
        raise EvidenceError(why, cure=f"Rules judged are {', '.join(sorted(known)) or 'none'}.")
    for finding in findings:
        if finding.verdict is not _MET and finding.rule in despite:
            finding.despite = despite[finding.rule]
    return findings


def unpicked(
    act: Act[Any], outcome: Outcome | None, case: Judged, book: RuleBook, register: Register, step: str
) -> list[Finding]:
    """Judge a step where the day that picks the rules is not known: only the rules of integrity can be asked."""
    found: list[Finding] = []
    edition = book.edition(act.on)
    try:
        judge(act, outcome, case, edition, register, step, found)
    except Fault as fault:  # a rule of an edition that may not govern has no say
        if rules()[fault.rule].integrity is not None:
            raise
    return not_picked(found)


def not_picked(found: list[Finding]) -> list[Finding]:
    """Return what stands of findings where the day that picks the rules is not known: those of integrity."""
    return [f if rules()[f.rule].integrity is not None else _not_picked(f) for f in found]


def _not_picked(finding: Finding) -> Finding:
    why = "the day that picks the edition is not known"
    return Finding(_MISSING, {"why": why}, None, Standing.UNKNOWN, Standing.UNKNOWN, Effect.ADVISES, finding.ground)
