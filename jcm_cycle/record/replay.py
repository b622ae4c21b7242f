"""Replay: a public record becomes cases, each row accounted for, every recorded fact audited by its country's rules.

Rows are read as claims and grouped; each project's claims become recorded facts, the facts are folded, and the book
of the country is asked what it makes of them. Nothing is refused, and absence from a record proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from attrs import frozen

from jcm_cycle._fold import in_effect
from jcm_cycle.case import Case, fold
from jcm_cycle.days import UNKNOWN_DAY, Day, exact, span
from jcm_cycle.entries import Basis, Draft, Entry, Fact, Source
from jcm_cycle.evidence import DecisionMode, JointCommitteeDecision, Opening, Outcome, ValidationReport
from jcm_cycle.findings import Effect, Finding, Standing, Verdict, plain
from jcm_cycle.record.claims import Claim, Record
from jcm_cycle.record.groups import Group, group
from jcm_cycle.record.vocabulary import EventWord, SubjectType
from jcm_cycle.register import No, NotKnown, Register, of_record
from jcm_cycle.review import audit
from jcm_cycle.rules import RuleBooks, books, rules
from jcm_cycle.states import Machine, project

__all__ = ["Contradiction", "Replay", "ReplayedCase", "replay"]

UNRECORDED = datetime(1, 1, 1, tzinfo=UTC)
"""Stands where an entry of a replay has no instant of recording: it is in no journal."""

METHODOLOGY_RULE = "project.submit_pdd.methodology_valid"

REPLAYED, CHECKED, OBSERVED = "replayed", "checked", "observed"
INSTITUTIONAL, CLAIMED, UNREADABLE = "institutional", "claimed", "unreadable"
COUNTS = (REPLAYED, CHECKED, OBSERVED, INSTITUTIONAL, CLAIMED, UNREADABLE)

_ATTRIBUTES = (EventWord.REGISTRATION_ANNOUNCED, EventWord.REGISTRATION_COMPLETED)
_NO_AMOUNTS: Mapping[str, Any] = {"total": None, "sides": {}, "holders": [], "unsplit": None, "inferred": None}


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


@frozen(kw_only=True)
class ReplayedCase:
    """One case of the record.

    Attributes:
        case: the case as its facts leave it.
        entries: the facts as entries; they are in no journal.
        basis: what the state rests on: imported or observed.
        findings: what the country's rules make of the facts.
        contradictions: what cannot all be so.
        not_in_record: steps that must have been taken, of which the record says nothing.
    """

    case: Case[Any]
    entries: tuple[Entry, ...]
    basis: Basis
    findings: tuple[Finding, ...]
    contradictions: tuple[Contradiction, ...]
    not_in_record: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """Return the case as data."""
        verdicts = Counter(str(finding.verdict) for finding in self.findings)
        return {
            "case": self.case.id,
            "of": None,
            "machine": self.case.machine,
            "country": self.case.country,
            "title": self.case.file.title,
            "state": self.case.state,
            "state_basis": str(self.basis),
            "entries": len(self.entries),
            "findings": {name: verdicts.get(name, 0) for name in ("met", "unmet", "missing")},
            "contradictions": [found.json() for found in self.contradictions],
            "not_in_record": list(self.not_in_record),
            "notified": dict(_NO_AMOUNTS),
            "issued": dict(_NO_AMOUNTS),
            "outstanding": None,
        }


@frozen(kw_only=True)
class Replay:
    """A record, replayed: every row counted once.

    Attributes:
        record: the record as read.
        counts: number of rows by what became of them.
        groups: rows that speak of one decision.
        cases: the cases, by country and reference.
    """

    record: Record
    counts: Mapping[str, int]
    groups: tuple[Group, ...]
    cases: tuple[ReplayedCase, ...]

    def json(self) -> dict[str, Any]:
        """Return the replay as data."""
        return {
            "schema": 1,
            "rows": self.record.rows,
            "counts": dict(self.counts),
            "unreadable": [{"line": row.line, "why": row.why} for row in self.record.unreadable],
            "groups": [found.json() for found in self.groups],
            "cases": [case.json() for case in self.cases],
        }


def replay(
    record: Record,
    *,
    rules: RuleBooks = books,
    register: Register | None = None,
    seen: Callable[[str], None] | None = None,
) -> Replay:
    """Replay a record under the rule books of its countries.

    Args:
        record: the record as read.
        rules: the rule books; a country without one is folded, and its findings say so.
        register: what is known of other cases; the record itself, if left out.
        seen: called with the id of each case when it is done.
    """
    known = register or of_record(record)
    groups = group(record.claims)
    became: dict[int, str] = {}
    cases = []
    for name, claims in sorted(_by_case(record.claims).items()):
        drafts = _drafts(name, claims, became)
        if drafts:
            cases.append(_case(drafts, claims, groups, rules, known))
            if seen is not None:
                seen(name)
    counts = Counter(_fate(claim, became) for claim in record.claims)
    counts[UNREADABLE] = len(record.unreadable)
    return Replay(
        record=record, counts={name: counts.get(name, 0) for name in COUNTS}, groups=groups, cases=tuple(cases)
    )


def _fate(claim: Claim, became: Mapping[int, str]) -> str:
    if claim.subject_type is SubjectType.RULE or claim.country == "JP":
        return INSTITUTIONAL
    return became.get(claim.line, CLAIMED)


def _by_case(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims of each project by its reference, else by country, machine and title."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.subject_type is not SubjectType.PROJECT or claim.country == "JP":
            continue
        title = " ".join(claim.title.casefold().split())
        names = claim.subjects or ((f"{claim.country} project {title}",) if title and title[0] != "(" else ())
        for name in names:
            found.setdefault(name, []).append(claim)
    return found


def _drafts(name: str, claims: list[Claim], became: dict[int, str]) -> list[Draft]:
    """Return the opening and the recorded facts of one project, and note what became of each row."""
    facts = [
        *_registration(name, _words(claims, EventWord.REGISTERED), became),
        *_validation(claims, became),
        *_withdrawal(_words(claims, EventWord.REGISTRATION_REQUEST_WITHDRAWN), became),
        *_observations(_words(claims, EventWord.STATUS_IN_VALIDATION), became),
    ]
    for claim in claims:
        if claim.event in _ATTRIBUTES and facts:
            became.setdefault(claim.line, CHECKED)
    if not facts:
        return []
    own = [claim for claim in claims if not claim.joint] or claims
    titled = sorted(own, key=lambda claim: (claim.event is not EventWord.REGISTERED, claim.line))
    versions = tuple(dict.fromkeys(m for claim in own for m in claim.detail.methodologies))
    opening = Opening(
        country=claims[0].country,
        title=titled[0].title.strip() or None,
        reference=name if claims[0].subjects else None,
        methodologies=versions or None,
    )
    opened = Case.imported(project, name, opening, on=UNKNOWN_DAY, sources=_sources(titled[:1]))
    return [opened.draft, *(opened.case.record(fact).draft for fact in facts)]


def _words(claims: list[Claim], word: EventWord) -> list[Claim]:
    return [claim for claim in claims if claim.event is word]


def _sources(claims: Iterable[Claim]) -> tuple[Source, ...]:
    return tuple(Source(row=c.line, url=c.url or None, text=c.detail_text or None) for c in claims)


def _noted(claims: list[Claim], became: dict[int, str], first: str) -> None:
    """Note the first row as what it became, and the others as checks of it."""
    for place, claim in enumerate(claims):
        fate = first if place == 0 else CHECKED
        if became.get(claim.line) != first:
            became[claim.line] = fate


def _registration(name: str, claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    """A project is registered once: several days become the stretch that holds them."""
    if not claims:
        return []
    own = sorted(claims, key=lambda claim: (claim.joint, claim.line))
    single = [claim for claim in own if not claim.joint] or own
    _noted(own, became, REPLAYED)
    day = span(tuple(claim.day for claim in single))
    decided_by = next((claim.decided_by for claim in own if claim.decided_by), None)
    decision = JointCommitteeDecision(
        decision=Outcome.REGISTERED,
        effective_on=exact(day),
        mode=_mode(decided_by),
        meeting=decided_by,
        cases=(name,),
    )
    return [project.decide_registration.fact(on=day, evidence=decision, sources=_sources(own))]


def _mode(decided_by: str | None) -> DecisionMode | None:
    """Read how it was decided from what the record says, and nothing else."""
    if decided_by is None:
        return None
    if decided_by == "electronic decision":
        return DecisionMode.ELECTRONIC
    return DecisionMode.MEETING if "Joint Committee in " in decided_by else None


def _validation(claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    """The opinion is not stated; it was positive where registration was asked for later, else it is left open."""
    went_on = any(
        c.event in (EventWord.REGISTERED, EventWord.REGISTRATION_REQUEST_WITHDRAWN) for c in claims
    )
    facts = []
    for day, rows in _by_day(_words(claims, EventWord.VALIDATION_COMPLETED)).items():
        _noted(rows, became, REPLAYED)
        report = None
        if went_on and rows[0].title.strip():
            report = ValidationReport(
                title=rows[0].title, completed_on=exact(day), opinion=Outcome.POSITIVE
            )
        outcome = Outcome.POSITIVE if went_on else None
        facts.append(
            project.conclude_validation.fact(on=day, outcome=outcome, evidence=report, sources=_sources(rows))
        )
    return facts


def _withdrawal(claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    if not claims:
        return []
    _noted(claims, became, REPLAYED)
    day = span(tuple(claim.day for claim in claims))
    return [project.withdraw_request.fact(on=day, sources=_sources(claims))]


def _observations(claims: list[Claim], became: dict[int, str]) -> list[Fact]:
    facts = []
    for day, rows in _by_day(claims).items():
        _noted(rows, became, OBSERVED)
        facts.append(project.observed("in_validation", on=day, sources=_sources(rows)))
    return facts


def _by_day(claims: list[Claim]) -> dict[Day, list[Claim]]:
    found: dict[Day, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.day, []).append(claim)
    return found


def _case(
    drafts: list[Draft], claims: list[Claim], groups: tuple[Group, ...], shelf: RuleBooks, register: Register
) -> ReplayedCase:
    entries = tuple(_entry(draft, seq) for seq, draft in enumerate(drafts, 1))
    case = fold(entries)
    book = shelf.get_or_none(case.country)
    audited = audit(entries, rules=book, register=register)
    cited = _methodologies(case, entries, register, book)
    contradictions = [
        _contradiction(fact.entry, finding) for fact in audited.facts for finding in fact.contradictions
    ]
    contradictions += [_contradiction(entries[0], f) for f in cited if f.verdict is Verdict.UNMET]
    contradictions += [_disagreement(found) for found in groups if _against(found, claims)]
    contradictions += _late_status(entries)
    return ReplayedCase(
        case=case,
        entries=entries,
        basis=in_effect(entries)[-1].basis,
        findings=(*audited.findings, *cited),
        contradictions=tuple(contradictions),
        not_in_record=_not_in_record(project, entries),
    )


def _entry(draft: Draft, seq: int) -> Entry:
    return Entry(
        seq=seq, recorded_at=UNRECORDED, case=draft.case, machine=draft.machine, step=draft.step,
        outcome=draft.outcome, on=draft.on, by=draft.by, evidence=draft.evidence, basis=draft.basis,
        state=draft.state, sources=draft.sources,
    )  # fmt: skip


def _rows(entry: Entry) -> tuple[int, ...]:
    return tuple(source.row for source in entry.sources if source.row is not None)


def _contradiction(entry: Entry, finding: Finding) -> Contradiction:
    facts = "; ".join(f"{name}: {plain(value)}" for name, value in finding.facts.items())
    return Contradiction(
        rows=_rows(entry),
        rule=finding.rule,
        says=f"{finding.sentence} ({facts})",
        cites=finding.cites,
        standing=str(finding.standing),
    )


def _against(found: Group, claims: list[Claim]) -> bool:
    return found.agrees is False and any(claim.line in found.rows for claim in claims)


def _disagreement(found: Group) -> Contradiction:
    return Contradiction(
        rows=found.rows,
        rule="record.views_agree",
        says=found.says,
        cites="rows of the record",
        standing=str(Standing.OBSERVED),
    )


def _late_status(entries: tuple[Entry, ...]) -> list[Contradiction]:
    """A list that shows a project in validation after it was registered contradicts its registration."""
    found = []
    registered = [e for e in entries if e.step == "decide_registration" and exact(e.on)]
    for entry in entries:
        day = exact(entry.on)
        for other in registered:
            if entry.basis is Basis.OBSERVED and day and isinstance(other.on, date) and other.on <= day:
                found.append(
                    Contradiction(
                        rows=(*_rows(other), *_rows(entry)),
                        rule="record.status_follows",
                        says=f"A list shows the project in validation on {day}, after its registration on {other.on}.",
                        cites="rows of the record",
                        standing=str(Standing.OBSERVED),
                    )
                )
    return found


def _methodologies(
    case: Case[Any], entries: tuple[Entry, ...], register: Register, book: Any
) -> tuple[Finding, ...]:
    """Hold the methodology versions against the last day by which the project must have been submitted.

    The submission itself is not in the record, so that a version was approved by then does not yet meet the rule;
    that it was approved only later contradicts it.
    """
    versions = case.file.methodologies
    days = [day for entry in entries if (day := exact(entry.on))]
    if not versions or not days:
        return ()
    by = min(days)
    found = []
    for version in versions:
        answer = register.methodology(version, by)
        facts: dict[str, Any] = {"methodology": version, "submitted_by": by}
        if isinstance(answer, No):
            finding = Finding(Verdict.UNMET, facts | answer.facts, answer.earliest)
        elif isinstance(answer, NotKnown):
            finding = Finding(Verdict.MISSING, facts | {"why": answer.why})
        else:
            finding = Finding(Verdict.MISSING, facts | answer.facts | {"why": "the day of submission is not known"})
        finding.standing, finding.effect, finding.ground = _ground(book, by)
        found.append(finding)
    return tuple(found)


def _ground(book: Any, day: date) -> tuple[Standing, Effect, Any]:
    if book is not None:
        for binding in book.edition(day).bindings("project.submit_pdd", None, frozenset()):
            if binding.rule.id == METHODOLOGY_RULE:
                return binding.ground.standing, binding.ground.effect, binding.ground
    rule = rules()[METHODOLOGY_RULE]
    return Standing.UNKNOWN, Effect.ADVISES, rule.ground_without_book()


@cache
def _must(machine: Machine[Any], start: str, end: str) -> tuple[str, ...]:
    """Return the steps that stand on every way from one state to another."""
    edges = [
        (step.name, source, target)
        for step in machine.steps.values()
        for row in step.targets.values()
        for source, target in row.items()
        if source != target
    ]

    def reaches(without: str) -> bool:
        seen, todo = {start}, [start]
        while todo:
            here = todo.pop()
            for name, source, target in edges:
                if name != without and source == here and target not in seen:
                    seen.add(target)
                    todo.append(target)
        return end in seen

    return tuple(name for name in machine.steps if start != end and not reaches(name))


def _not_in_record(machine: Machine[Any], entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """Return the steps on every way between the states that the record shows, save those it shows."""
    shown = {entry.step for entry in entries}
    here = str(machine.initial)
    found: dict[str, None] = {}
    for place in range(2, len(entries) + 1):
        state = fold(entries[:place]).state
        found.update(dict.fromkeys(name for name in _must(machine, here, state) if name not in shown))
        here = state
    return tuple(name for name in machine.steps if name in found)
