"""Replay: a public record becomes cases, each row accounted for, every recorded fact audited by its country's rules.

Rows are read as claims and grouped; each project's claims become recorded facts, the facts are folded, and the book
of the country is asked what it makes of them. Nothing is refused, and absence from a record proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from jcm_cycle._fold import in_effect
from jcm_cycle.case import Case, fold
from jcm_cycle.entries import Basis, Draft, Entry
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.findings import Finding
from jcm_cycle.record._against import (
    IN_FORCE,
    Contradiction,
    Versions,
    apart,
    approvals,
    broken_rules,
    disagreements,
    disorder,
    not_in_record,
    without_book,
)
from jcm_cycle.record._facts import CHECKED, OBSERVED, REPLAYED, by_case, drafts
from jcm_cycle.record.claims import Claim, Record
from jcm_cycle.record.groups import Group, group
from jcm_cycle.record.vocabulary import SubjectType
from jcm_cycle.register import Register, of_record
from jcm_cycle.review import audit
from jcm_cycle.rules import RuleBooks, books

__all__ = ["Contradiction", "Replay", "ReplayedCase", "replay"]

UNRECORDED = datetime(1, 1, 1, tzinfo=UTC)
"""Stands where an entry of a replay has no instant of recording: it is in no journal."""

INSTITUTIONAL, CLAIMED, UNREADABLE = "institutional", "claimed", "unreadable"
COUNTS = (REPLAYED, CHECKED, OBSERVED, INSTITUTIONAL, CLAIMED, UNREADABLE)


def _no_amounts() -> dict[str, Any]:
    return {"total": None, "sides": {}, "holders": [], "unsplit": None, "inferred": None}


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
            "notified": _no_amounts(),
            "issued": _no_amounts(),
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
    known = of_record(record) if register is None else register
    groups = group(record.claims)
    differing, approved = apart(groups), approvals(record.claims)
    became: dict[int, str] = {}
    cases = []
    for name, claims in sorted(by_case(record.claims).items()):
        made = drafts(name, claims, became)
        if made:
            cases.append(_case(made, claims, differing, rules, known, approved))
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


def _case(
    made: list[Draft],
    claims: list[Claim],
    groups: Mapping[int, list[Group]],
    shelf: RuleBooks,
    register: Register,
    approved: Mapping[MethodologyVersion, tuple[int, ...]],
) -> ReplayedCase:
    entries = tuple(_entry(draft, seq) for seq, draft in enumerate(made, 1))
    case = fold(entries)
    book = shelf.get_or_none(case.country)
    audited = audit(entries, rules=book, register=register)
    versions = Versions.of(case, entries, claims, register, book, approved)
    findings = (*audited.findings, *versions.findings)
    if book is None and not any(finding.rule == IN_FORCE for finding in findings):
        findings = (without_book(case.country), *findings)
    return ReplayedCase(
        case=case,
        entries=entries,
        basis=in_effect(entries)[-1].basis,
        findings=findings,
        contradictions=(
            *broken_rules(audited),
            *versions.contradictions,
            *disagreements(groups, claims),
            *disorder(entries),
        ),
        not_in_record=not_in_record(entries),
    )


def _entry(draft: Draft, seq: int) -> Entry:
    return Entry(
        seq=seq, recorded_at=UNRECORDED, case=draft.case, machine=draft.machine, step=draft.step,
        outcome=draft.outcome, on=draft.on, by=draft.by, evidence=draft.evidence, basis=draft.basis,
        state=draft.state, sources=draft.sources,
    )  # fmt: skip
