"""Looking back at a journal: is the chain whole, would today's rules judge the same, what do recorded facts contradict.

`verify` needs no code: it looks at the stored bytes. `rejudge` runs today's rules on the editions that the journal
keeps. `audit` judges facts that were recorded without being judged. `counterfactual` asks another book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from jcm_cycle import _judge
from jcm_cycle._chain import Chain, Line, split_lines
from jcm_cycle._fold import in_effect
from jcm_cycle.case import Case, fold
from jcm_cycle.days import sort_day, surely_after
from jcm_cycle.entries import Act, Basis, Entry
from jcm_cycle.errors import JournalError
from jcm_cycle.findings import Effect, Finding, Standing, Verdict
from jcm_cycle.journal import Journal
from jcm_cycle.parties import Actor
from jcm_cycle.register import NOTHING_KNOWN, Answer, No, NotKnown, Register, Yes
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._edition import Edition
from jcm_cycle.states import machine

__all__ = [
    "Audit",
    "Audited",
    "Broken",
    "Change",
    "Rejudged",
    "Verification",
    "audit",
    "counterfactual",
    "rejudge",
    "verify",
]


@frozen
class Broken:
    """The first line that is not what was sealed, and why."""

    line: int
    why: str


@frozen
class Verification:
    """What looking at the stored bytes gave.

    Attributes:
        entries: number of whole entries up to the first broken line.
        first_broken: the first broken line, or None where all are whole.
        head: hash of the last whole line; compare it with one kept elsewhere.
    """

    entries: int
    first_broken: Broken | None
    head: str

    @property
    def intact(self) -> bool:
        """Whether every line is what was sealed."""
        return self.first_broken is None


def verify(path: Path | str, *, head: str | None = None) -> Verification:
    """Check every line of a journal: sealed, in its place, and findings that fit what was accepted.

    Args:
        path: the journal.
        head: hash of its last line as kept elsewhere; without it, lines cut off the end go unseen.

    Raises:
        JournalError: there is no such file.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise JournalError(f"cannot be read: {error.strerror}.", cure="Check the path.", file=path) from None
    lines, fragment = split_lines(data)
    chain = Chain()
    for number, raw in enumerate(lines, 1):
        try:
            chain.take(Line(number, raw))
        except JournalError as error:
            return Verification(chain.seq, Broken(number, error.why), chain.head)
    broken = None
    if fragment:
        broken = Broken(len(lines) + 1, "the journal ends in the middle of a line.")
    elif head is not None and head != chain.head:
        broken = Broken(len(lines) + 1, "the last line is not the one that was noted: lines are missing.")
    return Verification(chain.seq, broken, chain.head)


@frozen
class Change:
    """A finding that is not what it was.

    Attributes:
        seq: the entry.
        rule: id of the rule.
        was: verdict then, or None where the rule was not judged.
        now: verdict now, or None where the rule is no longer judged.
    """

    seq: int
    rule: str
    was: Verdict | None
    now: Verdict | None

    def json(self) -> dict[str, Any]:
        """Return the change as data."""
        return {
            "seq": self.seq,
            "rule": self.rule,
            "was": str(self.was) if self.was else None,
            "is": str(self.now) if self.now else None,
        }


@frozen
class Rejudged:
    """What judging again gave: how many findings are the same, which differ, and which rest on a revised rule."""

    same: int
    differs: tuple[Change, ...]
    revised: tuple[Change, ...]

    def json(self) -> dict[str, Any]:
        """Return the result as data."""
        return {
            "same": self.same,
            "differs": [change.json() for change in self.differs],
            "revised": [change.json() for change in self.revised],
        }


def rejudge(journal: Journal, *, register: Register | None = None) -> Rejudged:
    """Judge every accepted act again, by today's rules on the editions that governed it then.

    Args:
        journal: the journal.
        register: what is known of other cases; left out, each rule is told again what the register told it then.
    """
    editions = {key: Edition.archived(content) for key, content in journal.editions.items()}

    def again(entry: Entry, case: Case[Any], act: Act[Any]) -> list[Finding]:
        return [
            finding
            for fingerprint in entry.editions
            for finding in _ask(act, entry, case, editions[fingerprint], register)
        ]

    return _compare(journal, again)


def counterfactual(journal: Journal, rules: RuleBook, *, register: Register | None = None) -> Rejudged:
    """Judge every accepted act again by another book: what would it have said."""

    def other(entry: Entry, case: Case[Any], act: Act[Any]) -> list[Finding]:
        step = machine(case.machine).step(act.step)
        _, edition = _judge.governing(step, act.on, case, rules)
        return _ask(act, entry, case, edition, register) if edition is not None else []

    return _compare(journal, other)


def _compare(journal: Journal, judge: Callable[[Entry, Case[Any], Act[Any]], list[Finding]]) -> Rejudged:
    same = 0
    differs: list[Change] = []
    revised: list[Change] = []
    for name in journal.cases:
        entries = journal.entries(name)
        for place, entry in enumerate(entries):
            act = _act(entry)
            if entry.basis is not Basis.JUDGED or act is None:
                continue
            before = fold(e for e in entries[:place] if not surely_after(e.on, act.on))
            was = {f.rule: f for f in entry.findings if not f.rule.startswith("procedure.")}
            now = {f.rule: f for f in judge(entry, before, act)}
            for rule in dict.fromkeys((*was, *now)):
                old, new = was.get(rule), now.get(rule)
                if old and new and old.verdict is new.verdict:
                    same += 1
                    continue
                change = Change(entry.seq, rule, old.verdict if old else None, new.verdict if new else None)
                is_revised = bool(
                    old and new and old.ground and new.ground and old.ground.revision != new.ground.revision
                )
                (revised if is_revised else differs).append(change)
    return Rejudged(same, tuple(differs), tuple(revised))


def _act(entry: Entry) -> Act[Any] | None:
    """Return the act that an entry keeps, or None where it keeps none that could be judged."""
    steps = machine(entry.machine).steps
    if entry.step not in steps or entry.evidence is None or not isinstance(entry.on, date):
        return None
    by = entry.by or Actor(sorted(steps[entry.step].by)[0])
    reasons = {f.rule: f.despite for f in entry.findings if f.despite is not None}
    return Act(entry.machine, entry.step, entry.evidence, by, entry.on, reasons)


def _ask(
    act: Act[Any], entry: Entry, case: Case[Any], edition: Edition, register: Register | None
) -> list[Finding]:
    step = machine(case.machine).step(act.step)
    outcome = step.key(act.evidence)
    found: list[Finding] = []
    told = register or _Recalled(entry)
    with suppress(_judge.Fault):
        _judge.judge(act, outcome, case, edition, told, step.id, found)
    return found


class _Recalled:
    """A register that says again what it said when an entry was judged, as its findings show."""

    def __init__(self, entry: Entry) -> None:
        self._verdicts: Mapping[str, Verdict] = {f.rule: f.verdict for f in entry.findings}

    def _said(self, rule: str, *, yes: Verdict = Verdict.MET) -> Answer:
        verdict = self._verdicts.get(rule, Verdict.MISSING)
        if verdict is Verdict.MISSING:
            return NotKnown("the register did not know when the act was judged")
        return Yes() if verdict is yes else No()

    def entity(self, *_: object) -> Answer:
        return self._said("common.entity_usable")

    def methodology(self, *_: object) -> Answer:
        return self._said("project.submit_pdd.methodology_valid")

    def number(self, *_: object) -> Answer:
        return self._said("common.reference_never_reused", yes=Verdict.UNMET)

    def idea(self, *_: object) -> Answer:
        return self._said("project.submit_pdd.idea_cleared")


@frozen
class Audited:
    """One recorded fact with what the rules make of it."""

    entry: Entry
    findings: tuple[Finding, ...]

    @property
    def contradictions(self) -> tuple[Finding, ...]:
        """The findings that a recorded fact contradicts: unmet, and no duty."""
        return tuple(f for f in self.findings if f.verdict is Verdict.UNMET and f.effect is not Effect.DUTY)


@frozen
class Audit:
    """What the rules make of the recorded facts of one case.

    Attributes:
        facts: each recorded fact with its findings.
        judged_before: judged entries before which in effect something was recorded later, each with the seq of
            what was not yet known.
    """

    facts: tuple[Audited, ...]
    judged_before: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all facts."""
        return tuple(finding for fact in self.facts for finding in fact.findings)


def audit(
    entries: Iterable[Entry], *, rules: RuleBook | None = None, register: Register = NOTHING_KNOWN
) -> Audit:
    """Judge the facts of one case that were recorded without being judged; nothing is refused.

    Args:
        entries: the entries of one case.
        rules: the country's rule book, or None where there is none.
        register: what is known of other cases.
    """
    placed = in_effect(entries)
    facts = []
    for place, entry in enumerate(placed):
        if entry.basis is Basis.JUDGED or entry.step not in machine(entry.machine).steps:
            continue
        case = attrs.evolve(fold(placed[:place]), last=None)
        facts.append(Audited(entry, tuple(_audit(entry, case, rules, register))))
    before = []
    for place, entry in enumerate(placed):
        if entry.basis is Basis.JUDGED and entry.step != "open":
            later = tuple(
                e.seq for e in placed[:place] if e.seq > entry.seq and sort_day(e.on) <= sort_day(entry.on)
            )
            if later:
                before.append((entry.seq, later))
    return Audit(tuple(facts), tuple(before))


def _audit(entry: Entry, case: Case[Any], book: RuleBook | None, register: Register) -> list[Finding]:
    step = machine(case.machine).step(entry.step)
    day, edition = _judge.governing(step, entry.on, case, book)
    outcome = entry.outcome if entry.outcome in step.rows else next(iter(step.rows))
    act = _act(entry)
    if edition is None and book is not None:
        return _judge.unpicked(entry.on, step.id, outcome, case, book)
    if edition is None:
        return []
    if act is None or not isinstance(act.evidence, step.evidence):
        why = "the day is not exactly known" if day is not None else "the document is not in the record"
        if isinstance(entry.on, date):
            why = "the document is not in the record"
        return [
            Finding(Verdict.MISSING, {"why": why}, None, Standing.UNKNOWN, Effect.ADVISES, binding.ground)
            for binding in edition.bindings(step.id, outcome, case.switched)
        ]
    return _ask(act, entry, case, edition, register)
