"""What a record tells of papers that are not in it: methodology versions and periods, held against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from attrs import evolve, frozen

from jcm_cycle import _judge
from jcm_cycle.case import Case
from jcm_cycle.days import Between, Day
from jcm_cycle.entries import Entry
from jcm_cycle.evidence import MethodologyVersion, MonitoringReport
from jcm_cycle.findings import Effect, Finding, Ground, Standing, Verdict
from jcm_cycle.parties import Actor, Role
from jcm_cycle.record._against import Contradiction, rows_of, unmet
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord
from jcm_cycle.register import No, NotKnown, Register
from jcm_cycle.rules import RuleBook, rules
from jcm_cycle.states import issuance

__all__ = ["Held", "approvals", "period_held", "versions_held"]

PERIOD_RULES = (
    "issuance.submit_monitoring_report.no_overlap",
    "issuance.submit_monitoring_report.period_over",
    "issuance.submit_monitoring_report.not_across_2020",
)
METHODOLOGY_RULE = "project.submit_pdd.methodology_valid"

_APPROVED = (EventWord.METHODOLOGY_APPROVED, EventWord.METHODOLOGY_REVISION_APPROVED)


@frozen
class Held:
    """What a record tells of something that is not in it, held against the rules.

    Attributes:
        findings: what the rules make of it.
        contradictions: the findings that are unmet, with the rows to follow them by.
    """

    findings: tuple[Finding, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def versions_held(
    case: Case[Any],
    entries: tuple[Entry, ...],
    claims: Iterable[Claim],
    register: Register,
    book: RuleBook | None,
    approved: Mapping[MethodologyVersion, tuple[int, ...]],
) -> Held:
    """Hold the versions against the last day by which the project must have been submitted.

    The submission itself is not in the record, so that a version was approved by then does not yet meet the
    rule; that it was approved only later contradicts it.
    """
    versions = getattr(case.file, "methodologies", None)
    latest = [(day, entry) for entry in entries if (day := _latest(entry.on)) is not None]
    if not versions or not latest:
        return Held()
    by, first = min(latest, key=lambda pair: (pair[0], pair[1].seq))
    ground, standing, effect = _ground(book, by)
    found, against = [], []
    for version in versions:
        finding = evolve(_held(version, by, register), standing=standing, effect=effect, ground=ground)
        found.append(finding)
        if finding.verdict is Verdict.UNMET:
            cited = (claim.line for claim in claims if version in claim.detail.methodologies)
            against.append(unmet(finding, (*cited, *rows_of(first), *approved.get(version, ()))))
    return Held(tuple(found), tuple(against))


def period_held(
    case: Case[Any],
    entries: tuple[Entry, ...],
    claims: Iterable[Claim],
    register: Register,
    book: RuleBook | None,
) -> Held:
    """Hold the period against the last day by which the monitoring report must have been filed.

    The report itself is not in the record: its period is known from what followed it.
    """
    period = getattr(case.file, "period", None)
    days = [day for entry in entries if (day := _latest(entry.on)) is not None]
    if period is None or not days:
        return Held()
    step, by = issuance.submit_monitoring_report, min(days)
    act = step(MonitoringReport(period=period), by=Actor(Role.PARTICIPANT), on=by)
    judged: list[Finding] = []
    with suppress(_judge.Fault):
        _judge.judge(act, None, case, _judge.edition_on(by, case, book), register, step.id, judged)
    found = tuple(finding for finding in judged if finding.rule in PERIOD_RULES)
    rows = [claim.line for claim in claims]
    return Held(found, tuple(unmet(finding, rows) for finding in found if finding.verdict is Verdict.UNMET))


def approvals(claims: Iterable[Claim]) -> dict[MethodologyVersion, tuple[int, ...]]:
    """Return the lines on which each methodology version is said to be approved."""
    found: dict[MethodologyVersion, tuple[int, ...]] = {}
    for claim in claims:
        version = claim.detail.version
        if claim.event not in _APPROVED or version is None:
            continue
        for reference in claim.subjects:
            if "_AM" in reference:
                key = MethodologyVersion(reference, version)
                found[key] = (*found.get(key, ()), claim.line)
    return found


def _latest(day: Day) -> date | None:
    return day.not_after if isinstance(day, Between) else day


def _held(version: MethodologyVersion, by: date, register: Register) -> Finding:
    answer = register.methodology(version, by)
    facts: dict[str, Any] = {"methodology": version, "submitted_by": by}
    if isinstance(answer, No):
        return Finding(Verdict.UNMET, facts | answer.facts, answer.earliest)
    if isinstance(answer, NotKnown):
        return Finding(Verdict.MISSING, facts | {"why": answer.why})
    return Finding(Verdict.MISSING, facts | answer.facts | {"why": "the day of submission is not known"})


def _ground(book: RuleBook | None, day: date) -> tuple[Ground, Standing, Effect]:
    if book is not None:
        for binding in book.edition(day).bindings("project.submit_pdd", None, frozenset()):
            if binding.rule.id == METHODOLOGY_RULE:
                return binding.ground, binding.ground.standing, binding.ground.effect
    return rules()[METHODOLOGY_RULE].ground(), Standing.UNKNOWN, Effect.ADVISES
