"""Replay: a public record becomes cases, each row accounted for, every recorded fact audited by its country's rules.

Rows are read as claims and grouped; each project's claims become recorded facts, the facts are folded, and the book
of the country is asked what it makes of them. Nothing is refused, and absence from a record proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from attrs import frozen

from jcm_cycle._fold import in_effect
from jcm_cycle.case import Case, fold
from jcm_cycle.entries import Basis, Draft, Entry
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
from jcm_cycle.record._batches import Batch, batches
from jcm_cycle.record._bundle import Bundle
from jcm_cycle.record._facts import by_project, project_case
from jcm_cycle.record._held import approvals, period_held, versions_held
from jcm_cycle.record._issuance_facts import issuance_case
from jcm_cycle.record._remarks import Remark, Told, remarks
from jcm_cycle.record._rows import Made, Row, by_row, counted
from jcm_cycle.record._shared import OF_ISSUANCES
from jcm_cycle.record.claims import Claim, Record
from jcm_cycle.record.groups import Group, group
from jcm_cycle.record.vocabulary import EventWord, SubjectType
from jcm_cycle.register import Register, first_of, of as register_of, of_record
from jcm_cycle.review import audit
from jcm_cycle.rules import RuleBooks, books

__all__ = ["Contradiction", "Remark", "Replay", "ReplayedCase", "Row", "Tonnes", "replay"]

UNRECORDED = datetime(1, 1, 1, tzinfo=UTC)
"""Stands where an entry of a replay has no instant of recording: it is in no journal."""


@frozen
class Tonnes:
    """What a record tells of the credits of one country, in whole tonnes, each counted once.

    Attributes:
        notified: notified by the Joint Committee; None where no amount is told.
        issued: issued in the registries; None where no amount is told.
        inferred: what joint amounts leave for single projects; in neither sum.
        outstanding: what each side has still to issue, where that is known.
    """

    notified: int | None
    issued: int | None
    inferred: int | None
    outstanding: Mapping[str, int]


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
            "outstanding": None if self._project else _plain(self.case.file.outstanding),
        }

    @property
    def _project(self) -> bool:
        return self.case.machine == "project"

    def _notified(self) -> dict[str, Any]:
        if self._project:
            return _amounts(None, {}, ())
        file = self.case.file
        sides = file.notified or {line.side: line.amount for line in file.holders if line.holder is None}
        return _amounts(file.notified_total, sides, file.holders, self.inferred)

    def _issued(self) -> dict[str, Any]:
        if self._project or not self.case.file.issued:
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
        cases: the cases, by reference; the issuances of a project follow it.
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

    def json(self, *, rows: bool = False) -> dict[str, Any]:
        """Return the replay as data.

        Args:
            rows: also tell row by row what became of it.
        """
        told = {"by_row": [row.json() for row in self.rows]} if rows else {}
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
    found = _cases(record, told.of)
    folded = {name: fold(one.entries) for name, one in found.items()}
    if register is None:
        register = first_of(of_record(record), register_of(folded.values(), whole=False))
    looked = _Looked(rules, register, apart(groups), approvals(record.claims))
    cases = []
    for name, one in found.items():
        cases.append(looked.at(folded[name], one))
        if seen is not None:
            seen(name)
    odd = remarks(Told(one.case, found[one.case.id].claims, one.findings) for one in cases)
    rows = by_row(record, {name: one.made for name, one in found.items()}, groups, odd)
    return Replay(
        record=record,
        counts=counted(rows),
        groups=groups,
        cases=tuple(cases),
        rows=rows,
        tonnes=_tonnes(cases, told.alone),
        remarks=odd,
    )


@frozen
class _Found:
    """What the rows make of one case."""

    made: tuple[Made, ...]
    claims: tuple[Claim, ...]
    inferred: int | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(_entry(one.draft, seq) for seq, one in enumerate(self.made, 1))


def _cases(record: Record, issued: Mapping[str, Sequence[Batch]]) -> dict[str, _Found]:
    """Return what the rows make of each case: the projects by name, each followed by its issuances."""
    projects = by_project(record.claims)
    found: dict[str, _Found] = {}
    for name in sorted({*projects, *issued}):
        claims = projects.get(name, [])
        about = tuple(claim for claim in claims if claim.event not in OF_ISSUANCES)
        made = project_case(name, claims)
        if made:
            found[name] = _Found(tuple(made), about)
        for batch in issued.get(name, ()):
            case = _free(f"{name} {batch.label}", found)
            title = next((c.title.strip() for c in claims if not c.joint and c.title.strip()), None)
            found[case] = _Found(tuple(issuance_case(case, name, title, batch)), tuple(batch.claims), batch.inferred)
    return found


def _free(name: str, taken: Container[str]) -> str:
    """Return the name, with a number where it is taken: two decisions on one day of which no period is known."""
    names = (f"{name} ({n})" if n > 1 else name for n in count(1))
    return next(one for one in names if one not in taken)


def _tonnes(cases: Iterable[ReplayedCase], alone: Iterable[Bundle]) -> dict[str, Tonnes]:
    """Count each credit once: what single projects have, and joint amounts that none of them has."""
    sums: dict[str, dict[str, int]] = {}
    left: dict[str, dict[str, int]] = {}
    for one in cases:
        if one.case.machine != "issuance":
            continue
        file, country = one.case.file, one.case.country
        told = {"notified": file.notified_total, "inferred": one.inferred}
        told["issued"] = file.issued_total if file.issued else None
        _add(sums.setdefault(country, {}), told)
        _add(left.setdefault(country, {}), file.outstanding or {})
    for bundle in alone:
        kind = "issued" if bundle.family is EventWord.CREDITS_ISSUED else "notified"
        _add(sums.setdefault(bundle.claims[0].country, {}), {kind: bundle.amount})
    return {
        country: Tonnes(told.get("notified"), told.get("issued"), told.get("inferred"), left.get(country, {}))
        for country, told in sorted(sums.items())
    }


def _add(sums: dict[str, int], more: Mapping[str, int | None]) -> None:
    for name, amount in more.items():
        if amount is not None:
            sums[name] = sums.get(name, 0) + amount


@frozen
class _Looked:
    """What every case is looked at with."""

    rules: RuleBooks
    register: Register
    apart: Mapping[int, list[Group]]
    approved: Mapping[MethodologyVersion, tuple[int, ...]]

    def at(self, case: Case[Any], found: _Found) -> ReplayedCase:
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


def _entry(draft: Draft, seq: int) -> Entry:
    return Entry(
        seq=seq, recorded_at=UNRECORDED, case=draft.case, machine=draft.machine, step=draft.step,
        outcome=draft.outcome, on=draft.on, by=draft.by, evidence=draft.evidence, basis=draft.basis,
        state=draft.state, sources=draft.sources,
    )  # fmt: skip
