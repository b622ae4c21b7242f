"""What must hold of cases that know each other, looked up in what was done, and not by asking the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from jcm_cycle import Act, Case, Role
from jcm_cycle.states import EFFECTS, MACHINES

Acts = Iterable[tuple[str, Act[Any]]]
SPEAKS = {Role.HOST_AUTHORITY: "ZZ", Role.JAPANESE_AUTHORITY: "JP"}


def broken(cases: Mapping[str, Case[Any]], acts: Acts, since: date) -> Iterator[str]:
    """Yield the rules of integrity that do not hold in cases of Synthetia, as they stand after acts on them.

    Args:
        cases: the cases by id.
        acts: what was done, and in which of them.
        since: the first day on which there was a procedure.
    """
    done = list(acts)
    if any(MACHINES[act.machine].steps[act.step].is_filing and act.on < since for _, act in done):
        yield "common.rules_in_force"
    if any(set(one.references) & set(other.references) for one, other in combinations(cases.values(), 2)):
        yield "common.reference_never_reused"
    yield from _effects(cases, done)
    issuances = [case for case in cases.values() if case.machine == "issuance"]
    for one, other in combinations(issuances, 2):
        periods = one.file.period, other.file.period
        freed = {one.state, other.state} & {"request_withdrawn", "not_issued", "discontinued"}
        if one.file.of == other.file.of and not freed and None not in periods and periods[0].overlaps(periods[1]):
            yield "issuance.submit_monitoring_report.no_overlap"
    for case in cases.values():
        own = [act for name, act in done if name == case.id]
        if case.machine == "issuance":
            yield from _issuance(cases, case, {act.step: act.on for act in own})
        elif case.machine == "transfer":
            yield from _block(case, own)


def _effects(cases: Mapping[str, Case[Any]], done: Acts) -> Iterator[str]:
    """Yield what does not hold in effects of changes; one that nobody had asked for yet was not known."""
    asked: set[str] = set()
    for name, act in done:
        if act.step == "request_change":
            asked.add(name)
        elif act.step in ("apply_change", "renew", "withdraw_project") and act.evidence.change in asked:
            yield from _effect(cases[act.evidence.change], name, act)


def _effect(asked: Case[Any], name: str, act: Act[Any]) -> Iterator[str]:
    """Yield what does not hold in the effect of a change that is one of the cases."""
    file = asked.file
    mine = asked.state == "approved" and (file.of, EFFECTS[file.kind].name) == (name, act.step)
    if not mine or file.effective_on > act.on:
        yield "project.apply_change.change_approved"


def _issuance(cases: Mapping[str, Case[Any]], case: Case[Any], taken: Mapping[str, date]) -> Iterator[str]:
    """Yield what does not hold in one issuance."""
    file = case.file
    reports = [taken[step] for step in ("submit_monitoring_report", "revise_monitoring_report") if step in taken]
    if file.period is not None and file.period.end > max(reports):
        yield "issuance.submit_monitoring_report.period_over"
    if file.asked is not None and sum(line.amount for line in file.asked_lines) != file.asked:
        yield "issuance.request_issuance.lines_sum"
    if file.asked is not None and file.asked > file.verified_total:
        yield "issuance.request_issuance.lines_sum"
    if file.notified_lines is not None:
        if file.notified_total > file.verified_total:
            yield "issuance.decide_issuance.within_verified"
        zero = case.state == "closed_without_credits"
        if (file.notified_total == 0) is not zero or file.notified_amount not in (None, file.notified_total):
            yield "issuance.decide_issuance.sides_sum"
        whole, on = cases[file.of], taken["decide_issuance"]
        ended = whole.days.get("withdraw_project")
        if whole.file.registered_on is None or whole.file.registered_on > on or (ended is not None and ended <= on):
            yield "issuance.decide_issuance.project_registered"
        if any(file.issued_by(side) > notified for side, notified in file.notified.items()):
            yield "issuance.issue_credits.within_notified"


def _block(case: Case[Any], acts: list[Act[Any]]) -> Iterator[str]:
    """Yield what does not hold in the acts on one block."""
    spoken: dict[str, list[str]] = {}
    closed = False
    for act in acts:
        own = SPEAKS.get(act.by.role) if act.by is not None else None
        before = spoken.setdefault(act.step, [])
        if act.step in ("record_authorisation", "record_adjustment", "record_report"):
            if act.evidence.party in before or act.evidence.party != own:
                yield "transfer.record_authorisation.own_party"
            before.append(act.evidence.party)
        if act.step == "revoke_authorisation" and own not in spoken["record_authorisation"]:
            yield "transfer.revoke_authorisation.by_giver"
        if act.step in ("record_use", "record_cancellation", "split_block"):
            if closed:
                yield "transfer.record_use.still_open"
            closed = True
        if act.step == "split_block" and sum(part.amount for part in act.evidence.parts) != case.file.block.amount:
            yield "transfer.split_block.amounts_sum"
