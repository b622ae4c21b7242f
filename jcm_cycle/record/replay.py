"""Replay: a public record becomes cases, each row accounted for, every recorded fact audited by its country's rules.

Rows are read as claims and grouped; the claims on each project, issuance, proposal of a methodology, entity and idea
note become recorded facts, the facts are folded, and the book of the country is asked what it makes of them. Nothing
is refused, and absence from a record proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import frozen

from jcm_cycle._fold import in_effect
from jcm_cycle.case import Case, fold
from jcm_cycle.entries import Basis, Entry
from jcm_cycle.evidence import AllocationLine, MethodologyVersion
from jcm_cycle.findings import Finding
from jcm_cycle.record._against import (
    IN_FORCE,
    Contradiction,
    apart,
    broken_rules,
    disagreements,
    disorder,
    not_in_record,
    without_book,
)
from jcm_cycle.record._batches import batches
from jcm_cycle.record._found import Found, cases_of
from jcm_cycle.record._held import approvals, period_held, versions_held
from jcm_cycle.record._odd import Remark, Told
from jcm_cycle.record._remarks import remarks
from jcm_cycle.record._rows import Row, by_row, counted
from jcm_cycle.record._summary import CountrySummary, RuleSummary, summaries
from jcm_cycle.record._tonnes import Tonnes, tonnes
from jcm_cycle.record.claims import Record
from jcm_cycle.record.groups import Group, group
from jcm_cycle.record.vocabulary import SubjectType
from jcm_cycle.register import Number, Register, first_of, of as register_of, of_record
from jcm_cycle.review import audit
from jcm_cycle.rules import RuleBooks, books

__all__ = [
    "Contradiction",
    "CountrySummary",
    "Remark",
    "Replay",
    "ReplayedCase",
    "Row",
    "RuleSummary",
    "Tonnes",
    "replay",
]


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
        inferred: what is left for the project of a joint amount, in whole tonnes; in no entry and in no sum.
    """

    case: Case[Any]
    entries: tuple[Entry, ...]
    basis: Basis
    findings: tuple[Finding, ...]
    contradictions: tuple[Contradiction, ...]
    not_in_record: tuple[str, ...]
    inferred: int | None = None

    def json(self) -> dict[str, Any]:
        """Return the case as data."""
        verdicts = Counter(str(finding.verdict) for finding in self.findings)
        return {
            "case": self.case.id,
            "of": getattr(self.case.file, "of", None),
            "machine": self.case.machine,
            "country": self.case.country,
            "title": self.case.file.title,
            "state": self.case.state,
            "state_basis": str(self.basis),
            "entries": len(self.entries),
            "findings": {name: verdicts.get(name, 0) for name in ("met", "unmet", "missing")},
            "contradictions": [found.json() for found in self.contradictions],
            "not_in_record": list(self.not_in_record),
            "notified": self._notified(),
            "issued": self._issued(),
            "outstanding": None if not self._issuance else _plain(self.case.file.outstanding),
        }

    @property
    def _issuance(self) -> bool:
        return self.case.machine == "issuance"

    def _notified(self) -> dict[str, Any]:
        if not self._issuance:
            return _amounts(None, {}, ())
        file = self.case.file
        sides = file.notified or {line.side: line.amount for line in file.holders if line.holder is None}
        return _amounts(file.notified_total, sides, file.holders, self.inferred)

    def _issued(self) -> dict[str, Any]:
        if not self._issuance or not self.case.file.issued:
            return _amounts(None, {}, ())
        file = self.case.file
        sides = {part.side: file.issued_by(part.side) for part in file.issued if part.side is not None}
        known = {side: amount for side, amount in sides.items() if amount is not None}
        return _amounts(file.issued_total, known, [line for part in file.issued for line in part.holders])


def _amounts(
    total: int | None, sides: Mapping[str, int], holders: Iterable[AllocationLine], inferred: int | None = None
) -> dict[str, Any]:
    return {
        "total": total,
        "sides": dict(sorted(sides.items())),
        "holders": [
            {"side": line.side, "holder": line.holder, "amount": line.amount}
            for line in dict.fromkeys(holders)
            if line.holder is not None
        ],
        "unsplit": max(0, (total or 0) - sum(sides.values())),
        "inferred": inferred,
    }


def _plain(outstanding: Mapping[str, int] | None) -> dict[str, int] | None:
    return None if outstanding is None else dict(outstanding)


@frozen(kw_only=True)
class Replay:
    """A record, replayed: every row counted once.

    Attributes:
        record: the record as read.
        counts: number of rows by what became of them.
        groups: rows that speak of one decision.
        cases: the cases, by kind and then by reference; the issuances of a project follow it.
        rows: what became of each row, by line.
        tonnes: credits notified and issued, by country.
        remarks: what a reader would stumble over although it contradicts nothing.
    """

    record: Record
    counts: Mapping[str, int]
    groups: tuple[Group, ...]
    cases: tuple[ReplayedCase, ...]
    rows: tuple[Row, ...]
    tonnes: Mapping[str, Tonnes]
    remarks: tuple[Remark, ...]

    @property
    def countries(self) -> tuple[CountrySummary, ...]:
        """What the rules of each country make of its cases, rule by rule, and why."""
        return summaries(self.cases)

    def json(self, *, rows: bool = False, explain: bool = False) -> dict[str, Any]:
        """Return the replay as data.

        Args:
            rows: also tell row by row what became of it.
            explain: also tell for each country, rule by rule, what was found and why.
        """
        told: dict[str, Any] = {"by_row": [row.json() for row in self.rows]} if rows else {}
        if explain:
            told["countries"] = [country.json() for country in self.countries]
        return {
            "schema": 1,
            "rows": self.record.rows,
            "counts": dict(self.counts),
            "unreadable": [{"line": row.line, "why": row.why} for row in self.record.unreadable],
            "groups": [found.json() for found in self.groups],
            "cases": [case.json() for case in self.cases],
            **told,
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
    groups = group(record.claims)
    told = batches(claim for claim in record.claims if claim.subject_type is SubjectType.PROJECT)
    found = cases_of(record, told.of)
    folded = {name: fold(one.entries) for name, one in found.items()}
    if register is None:
        register = first_of(of_record(record), _of_cases(folded.values()))
    looked = _Looked(rules, register, apart(groups), approvals(record.claims))
    cases = []
    for name, one in found.items():
        cases.append(looked.at(folded[name], one))
        if seen is not None:
            seen(name)
    odd = remarks((Told(one.case, found[one.case.id].claims, one.findings) for one in cases), record.claims)
    rows = by_row(record, {name: one.made for name, one in found.items()}, groups, odd)
    return Replay(
        record=record,
        counts=counted(rows),
        groups=groups,
        cases=tuple(cases),
        rows=rows,
        tonnes=tonnes(((one.case, one.inferred) for one in cases), told.alone),
        remarks=odd,
    )


def _of_cases(cases: Iterable[Case[Any]]) -> Register:
    """Return what cases of a record say of each other; of entities only their numbers.

    What an entity may do is left to the rows: a case is sure of scopes that a record may not tell in full.
    """
    told = list(cases)
    numbers = (
        Number(reference=number, case=case.id) for case in told if case.machine == "tpe" for number in case.references
    )
    return register_of((case for case in told if case.machine != "tpe"), *numbers, whole=False)


@frozen
class _Looked:
    """What every case is looked at with."""

    rules: RuleBooks
    register: Register
    apart: Mapping[int, list[Group]]
    approved: Mapping[MethodologyVersion, tuple[int, ...]]

    def at(self, case: Case[Any], found: Found) -> ReplayedCase:
        entries, claims = found.entries, found.claims
        book = self.rules.get_or_none(case.country)
        audited = audit(entries, rules=book, register=self.register)
        versions = versions_held(case, entries, claims, self.register, book, self.approved)
        periods = period_held(case, entries, claims, self.register, book)
        findings = (*audited.findings, *versions.findings, *periods.findings)
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
                *periods.contradictions,
                *disagreements(self.apart, claims),
                *disorder(entries),
            ),
            not_in_record=not_in_record(entries),
            inferred=found.inferred,
        )
