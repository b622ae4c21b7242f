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

from attrs import frozen

from jcm_cycle import _judge
from jcm_cycle._chain import Chain, Line
from jcm_cycle._disk import Beside, read_lines
from jcm_cycle._fold import OPEN, as_of, in_effect
from jcm_cycle.case import Case, fold
from jcm_cycle.days import read_day, sort_day, surely_after
from jcm_cycle.entries import Act, Basis, Entry
from jcm_cycle.errors import BookError, BrokenJournal, JournalError
from jcm_cycle.findings import Effect, Finding, Standing, Verdict
from jcm_cycle.journal import Journal
from jcm_cycle.parties import Actor
from jcm_cycle.register import (
    NOTHING_KNOWN,
    Answer,
    ListedEntities,
    ListedVersions,
    Monitored,
    No,
    NotKnown,
    Periods,
    Project,
    Register,
    Yes,
)
from jcm_cycle.rules import RuleBook, books, rules as defined
from jcm_cycle.rules._books import of_case
from jcm_cycle.rules._edition import IN_FORCE, Edition
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

    A confidential part that is at hand must be what was sealed, too; one that is withheld or erased does no harm.

    Args:
        path: the journal.
        head: hash of its last line as kept elsewhere; without it, lines cut off the end go unseen.

    Raises:
        JournalError: there is no such file.
    """
    if not Path(path).exists():
        why = "there is no such journal."
        raise JournalError(why, cure="Check the path.", file=path)
    lines, fragment = read_lines(Path(path))
    _, altered = Beside.of(Path(path)).read()
    chain = Chain()
    broken = None
    for number, raw in enumerate(lines, 1):
        try:
            found = chain.take(Line(number, raw))
        except JournalError as error:
            return Verification(chain.seq, broken or Broken(number, error.why), chain.head)
        if broken is None and _confidential(found) in altered:
            broken = Broken(number, "the confidential part beside the journal is not what was sealed.")
    if broken is not None:
        return Verification(chain.seq, broken, chain.head)
    if fragment:
        part = "entries that belong together" if fragment.endswith(b"\n") else "a line"
        broken = Broken(len(lines) + 1, f"the journal ends in the middle of {part}.")
    elif head is not None and head != chain.head:
        broken = Broken(len(lines) + 1, "the last line is not the one that was noted: lines are missing.")
    return Verification(chain.seq, broken, chain.head)


def _confidential(found: Mapping[str, Any]) -> str | None:
    """Return the digest of the confidential part that belongs to a line, if one does."""
    paper = found.get("evidence")
    digest = paper.get("confidential") if isinstance(paper, dict) else None
    return digest if isinstance(digest, str) else None


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

    Raises:
        BrokenJournal: an archived edition cannot be read.
    """
    editions = {key: _archived(key, content) for key, content in journal.editions.items()}

    def again(entry: Entry, case: Case[Any], act: Act[Any]) -> list[Finding]:
        if not entry.editions:  # the day that picks the rules was not known: they were not asked then
            return list(entry.findings)
        return [
            finding
            for fingerprint in entry.editions
            for finding in _ask(act, entry, case, editions[fingerprint], register)
        ]

    return _compare(journal, again)


def _archived(fingerprint: str, content: Mapping[str, Any]) -> Edition:
    try:
        if any(row["rule"] not in defined() for row in content["adopted"]):
            with suppress(BookError):  # the rules of a country's own come with its book
                books.get_or_none(content["country"])
        return Edition.archived(content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        why = f"the archived edition {fingerprint[:12]} cannot be read: {error!r}."
        raise BrokenJournal(why, cure="Read it with the version of the library that wrote it.") from error


def counterfactual(journal: Journal, rules: RuleBook, *, register: Register | None = None) -> Rejudged:
    """Judge every accepted act again by another book: what would it have said."""

    def other(entry: Entry, case: Case[Any], act: Act[Any]) -> list[Finding]:
        step = machine(case.machine).step(act.step)
        _, edition = _judge.governing(step, act.on, case, of_case(rules, case))
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
            before = fold(_seen(entries[:place], act.on))
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


def _seen(entries: tuple[Entry, ...], on: date) -> Iterable[Entry]:
    """Return what an act was judged on: all then on record, or what surely had effect where something came later."""
    return as_of(entries, on) if any(surely_after(entry.on, on) for entry in in_effect(entries)) else entries


def _act(entry: Entry) -> Act[Any] | None:
    """Return the act that an entry keeps, or None where it keeps none that could be judged."""
    steps = machine(entry.machine).steps
    if entry.step not in steps or entry.evidence is None or not isinstance(entry.on, date):
        return None
    roles = steps[entry.step].by
    by = entry.by or (Actor(min(roles)) if len(roles) == 1 else None)  # of several, nobody is made up
    reasons = {f.rule: f.despite for f in entry.findings if f.despite is not None}
    return Act(entry.machine, entry.step, entry.evidence, by, entry.on, reasons)


def _ask(act: Act[Any], entry: Entry, case: Case[Any], edition: Edition, register: Register | None) -> list[Finding]:
    step = machine(case.machine).step(act.step)
    outcome = step.key(act.evidence, case.file)
    found: list[Finding] = []
    told = _Recalled(entry) if register is None else register
    with suppress(_judge.Fault):
        _judge.judge(act, outcome, case, edition, told, step.id, found)
    return found


class _Recalled:
    """A register that says again what it said when an entry was judged, as its findings show."""

    def __init__(self, entry: Entry) -> None:
        self._verdicts: Mapping[str, Verdict] = {f.rule: f.verdict for f in entry.findings}
        self._told = {name: value for finding in entry.findings for name, value in finding.facts.items()}

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

    def change(self, *_: object) -> Answer:
        return self._said("project.apply_change.change_approved")

    def authorised(self, *_: object) -> Answer:
        return self._said("transfer.record_use.both_parties")

    def credited(self, *_: object) -> Answer:
        return self._said("vn.transfer.record_authorisation.after_issuance")

    def project(self, project: str) -> Project | None:
        told = self._told.get
        since, ended = told("registered_on"), told("ended_on")
        return Project(
            case=project,
            registered=told("registered"),
            registered_on=None if since is None else read_day(since),
            ended_on=None if ended is None else read_day(ended),
            documents=told("documents"),
            entities=told("named"),
            scopes=told("scopes"),
            focal_point=told("focal_point"),
        )

    def periods(self, project: str) -> Periods:
        found = [
            Monitored(project=project, case=case, period=period)
            for case, period in (self._told.get("other_periods") or {}).items()
        ]
        found += [
            Monitored(project=project, case=case, counts=False, verified=True)
            for case in self._told.get("verified_before") or ()
        ]
        return Periods(tuple(found), bool(self._told.get("all_known")))

    def entities(self, *asked: Any) -> ListedEntities:
        return NOTHING_KNOWN.entities(*asked)  # no rule asks for a list

    def versions(self, *asked: Any) -> ListedVersions:
        return NOTHING_KNOWN.versions(*asked)


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


def audit(entries: Iterable[Entry], *, rules: RuleBook | None = None, register: Register = NOTHING_KNOWN) -> Audit:
    """Judge the facts of one case that were recorded without being judged; nothing is refused.

    Args:
        entries: the entries of one case.
        rules: the country's rule book, or None where there is none.
        register: what is known of other cases.
    """
    entries = tuple(entries)
    placed = in_effect(entries)
    whole = fold(placed).days if placed else {}
    facts = []
    before = []
    for place, entry in enumerate(placed):
        if entry.basis is Basis.JUDGED:
            later = _not_yet_known(entry, placed[:place], entries)
            if later and entry.step != OPEN:
                before.append((entry.seq, later))
        elif entry.step in machine(entry.machine).steps:
            step = machine(entry.machine).step(entry.step)
            order = _judge.decided(step, entry.on, entry.evidence, whole)
            facts.append(Audited(entry, (*order, *_audit(entry, fold(placed[:place]), rules, register))))
    return Audit(tuple(facts), tuple(before))


def _not_yet_known(entry: Entry, before: list[Entry], entries: tuple[Entry, ...]) -> tuple[int, ...]:
    """Return what was recorded after a judged act and touches what came before it: facts, corrections and voids."""
    day = sort_day(entry.on)
    earlier = {e.seq for e in entries if e.seq < entry.seq and sort_day(e.on) <= day}
    late = {e.seq for e in before if e.seq > entry.seq and sort_day(e.on) <= day}
    late |= {e.seq for e in entries if e.seq > entry.seq and e.replaces in earlier}
    return tuple(sorted(late))


def _audit(entry: Entry, case: Case[Any], book: RuleBook | None, register: Register) -> list[Finding]:
    step = machine(case.machine).step(entry.step)
    book = of_case(book, case)
    _, edition = _judge.governing(step, entry.on, case, book)
    act = _act(entry)
    outcome = entry.outcome if entry.outcome in step.rows else next(iter(step.rows))
    if outcome is not entry.outcome and step.derive is not None and act is not None:
        outcome = step.key(act.evidence, case.file)
    if edition is None and book is not None and act is not None and isinstance(act.evidence, step.evidence):
        with suppress(_judge.Fault):
            return _judge.unpicked(act, outcome, case, book, register, step.id)
    if edition is None and book is not None:
        edition = book.edition(sort_day(entry.on))
    if edition is None:
        return []
    if act is None or not isinstance(act.evidence, step.evidence):
        why = "the day is not exactly known"
        if isinstance(entry.on, date):
            why = "the document is not in the record"
        no_book = f"no rule book was found for {case.country}"
        return [
            Finding(
                Verdict.MISSING,
                {"why": no_book if edition.absent and binding.rule.id == IN_FORCE else why},
                None,
                None,
                Standing.UNKNOWN,
                Effect.ADVISES,
                binding.ground,
            )
            for binding in edition.bindings(step.id, outcome, case.switched)
        ]
    return _ask(act, entry, case, edition, register)
