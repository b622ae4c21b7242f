"""Rules on the request for issuance, its decision, and what the registries issue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jcm_cycle.days import exact, surely_after, surely_by
from jcm_cycle.entries import Act
from jcm_cycle.evidence import (
    AllocationLine,
    IssuanceRequest,
    JointCommitteeDecision,
    Outcome,
    RegistryIssuance,
)
from jcm_cycle.evidence._amounts import by_side, total
from jcm_cycle.findings import CaseView, Effect, Finding, Standing, missing, require, unmet
from jcm_cycle.parties import JAPAN
from jcm_cycle.register import Register
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import precondition, rule
from jcm_cycle.states import IssuanceFile, issuance

REQUEST, DECISION, ISSUE = issuance.request_issuance, issuance.decide_issuance, issuance.issue_credits


def _strange(lines: Iterable[AllocationLine], case: CaseView[IssuanceFile]) -> list[str]:
    """Return the sides that are neither Japan nor the host country."""
    return sorted({line.side for line in lines} - {JAPAN, case.country})


@precondition(
    "issuance.decide_issuance.project_registered",
    on=(DECISION, REQUEST),
    integrity=Standing.INFERRED,
    advises_at=(REQUEST,),
)
def project_registered(case: CaseView[IssuanceFile], edition: Edition, on: date, register: Register) -> Finding:
    """Credits are decided only for a registered project."""
    del edition
    of = case.file.of
    known = register.project(of or "")
    if known is None or known.registered is None:
        return missing("whether the project is registered is not known", project=of)
    since, ended = known.registered_on, known.ended_on
    if ended is not None and not surely_after(ended, on):
        return unmet(project=of, registered=known.registered, ended_on=ended)
    if not known.registered:
        return unmet(project=of, registered=False)
    if since is None or not (surely_by(since, on) or surely_after(since, on)):
        return missing("whether it was registered by the day is not known", project=of, registered=True)
    return require(surely_by(since, on), earliest=exact(since), project=of, registered=True, registered_on=since)


@rule("issuance.request_issuance.lines_sum", on=REQUEST, integrity=Standing.INFERRED)
def lines_sum(act: Act[IssuanceRequest], case: CaseView[IssuanceFile], edition: Edition) -> Finding:
    """The amounts by receiver are whole tonnes and sum to the amount asked for, which is not above the verified one."""
    del edition
    paper, verified = act.evidence, case.file.verified_total
    strange = _strange(paper.lines or (), case)
    if strange:
        return unmet(unknown_sides=strange, lines=paper.lines)
    summed, asked = total(paper.lines), paper.amount
    if asked is not None and ((summed is not None and summed != asked) or (verified is not None and asked > verified)):
        return unmet(sum_of_lines=summed, asked=asked, verified=verified)
    return require(True, sum_of_lines=summed, asked=asked, verified=verified)  # noqa: FBT003 - what was not compared is None


@rule("issuance.request_issuance.account_open", on=REQUEST, ceiling=Effect.ADVISES)
def account_open(
    act: Act[IssuanceRequest], case: CaseView[IssuanceFile], edition: Edition, register: Register
) -> Finding:
    """The receivers' accounts are open, and the representative named in the modalities of communication has signed."""
    del edition
    paper = act.evidence
    known = register.project(case.file.of or "")
    speaks = known.focal_point if known is not None else None
    return require(
        paper.account_open and paper.signed_for == speaks,
        account_open=paper.account_open, signed_for=paper.signed_for, focal_point=speaks,
    )  # fmt: skip


@rule("issuance.request_issuance.sd_report", on=REQUEST, capability="sd_plan")
def sd_report(act: Act[IssuanceRequest], case: CaseView[IssuanceFile], edition: Edition) -> Finding:
    """The report on sustainable development is attached."""
    del case, edition
    return require(True, sd_report=act.evidence.sd_report and "attached")  # noqa: FBT003 - left out it is missing


@rule("issuance.decide_issuance.within_verified", on=DECISION, when=Outcome.NOTIFIED, integrity=Standing.INFERRED)
def within_verified(act: Act[JointCommitteeDecision], case: CaseView[IssuanceFile], edition: Edition) -> Finding:
    """What is notified is not above what was verified."""
    del edition
    notified, verified = _notified(act.evidence), case.file.verified_total
    return require(
        notified is not None and verified is not None and notified <= verified, notified=notified, verified=verified
    )


def _notified(paper: JointCommitteeDecision) -> int | None:
    return total(paper.lines) if paper.lines is not None else paper.amount


@rule("issuance.decide_issuance.sides_sum", on=DECISION, integrity=Standing.OBSERVED)
def sides_sum(act: Act[JointCommitteeDecision], case: CaseView[IssuanceFile], edition: Edition) -> Finding:
    """The sides' whole amounts sum to the decision; zero is possible; no share is recomputed from a percentage."""
    del edition
    paper = act.evidence
    if paper.outcome not in (Outcome.NOTIFIED, Outcome.ZERO):
        return require(True, notifies=False)  # noqa: FBT003 - nothing is notified, so that nothing can be wrong
    summed, told = total(paper.lines), paper.amount
    strange = _strange(paper.lines or (), case)
    known = summed if summed is not None else told
    if strange:
        return unmet(unknown_sides=strange, lines=paper.lines)
    if (summed is not None and told not in (None, summed)) or (
        known is not None and (known == 0) != (paper.outcome is Outcome.ZERO)
    ):
        return unmet(decided=paper.outcome, sum_of_sides=summed, amount=told)
    lacking = sorted({JAPAN, case.country} - by_side(paper.lines or ()).keys())
    if lacking:
        return missing("not every side has an amount", sides=paper.lines, amount=told, lacking=lacking)
    return require(True, sum_of_sides=summed, lines=paper.lines)  # noqa: FBT003 - compared above


@rule("issuance.issue_credits.within_notified", on=ISSUE, integrity=Standing.CITED)
def within_notified(act: Act[RegistryIssuance], case: CaseView[IssuanceFile], edition: Edition) -> Finding:
    """A side issues on or after the decision and never more than it was notified, in all and to each holder."""
    del edition
    paper, file = act.evidence, case.file
    decided, notified = file.decided_on, file.notified
    if decided is not None and surely_after(decided, act.on):
        return unmet(earliest=exact(decided), decided_on=decided, issued_on=act.on)
    if paper.side is None:
        return missing("the side that issues is not named", issued=paper.issued)
    if paper.side not in (JAPAN, case.country):
        return unmet(unknown_sides=[paper.side])
    if notified is None:
        return missing("what the side was notified is not known", side=paper.side, issued=paper.issued)
    before, now, most = file.issued_by(paper.side), paper.issued, notified.get(paper.side, 0)
    summed = None if before is None or now is None else before + now
    above = [] if summed is None else _above(paper, file)
    within = summed is not None and 0 < summed <= most and not above
    if within and decided is not None and not surely_by(decided, act.on):
        return missing(
            "whether it was decided by then is not known",
            side=paper.side, issued_with_this=summed, notified=most, decided_on=decided,
        )  # fmt: skip
    return require(
        within,
        side=paper.side, issued_with_this=summed, notified=most, decided_on=decided, holders_above=above,
    )  # fmt: skip


def _above(paper: RegistryIssuance, file: IssuanceFile) -> list[str]:
    """Return the holders of a side that would have more than was notified for them."""
    due: dict[str, int] = {}
    for line in file.notified_lines or ():
        if line.side == paper.side and line.holder is not None:
            due[line.holder] = due.get(line.holder, 0) + line.amount
    done: dict[str, int] = {}
    earlier = [part.lines or () for part in file.issued if part.side == paper.side]
    for lines in (*earlier, paper.lines or ()):
        for line in lines:
            if line.holder is not None:
                done[line.holder] = done.get(line.holder, 0) + line.amount
    return [holder for holder, amount in done.items() if holder in due and amount > due[holder]]
