"""Rules on proposals of methodologies."""

from __future__ import annotations

from datetime import date

from jcm_cycle.entries import Act
from jcm_cycle.evidence import CompletenessConclusion, JointCommitteeDecision, ProposalSubmission
from jcm_cycle.findings import CaseView, Effect, Finding, require
from jcm_cycle.rules._clock import in_time, over
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import precondition, rule
from jcm_cycle.states import MethodologyFile, methodology

DECISION = methodology.decide_methodology


@rule("methodology.submit_proposal.forms", on=(methodology.submit_proposal, methodology.resubmit))
def forms(act: Act[ProposalSubmission], case: CaseView[MethodologyFile], edition: Edition) -> Finding:
    """A proposal consists of the form and the spreadsheet."""
    del case, edition
    paper = act.evidence
    sheet = None if paper.spreadsheet is None else str(paper.spreadsheet.version or "attached")
    return require(True, form=paper.proposal.title, spreadsheet=sheet)  # noqa: FBT003 - left out it is missing


@rule("methodology.check_proposal.in_time", on=methodology.check_proposal, ceiling=Effect.DUTY)
def checked_in_time(act: Act[CompletenessConclusion], case: CaseView[MethodologyFile], edition: Edition) -> Finding:
    """The secretariat concludes on a proposal within the days that the book gives, from receipt."""
    return in_time(methodology.check_proposal, act.on, case, edition)


@precondition("methodology.decide_methodology.inputs_closed", on=DECISION)
def inputs_closed(case: CaseView[MethodologyFile], edition: Edition, on: date) -> Finding:
    """The Committee decides after the window of public inputs, counting both ends."""
    return over(methodology.close_public_inputs, on, case, edition)


@rule("methodology.decide_methodology.in_time", on=DECISION, ceiling=Effect.DUTY)
def decided_in_time(act: Act[JointCommitteeDecision], case: CaseView[MethodologyFile], edition: Edition) -> Finding:
    """The Committee decides within the days that the book gives, and within those of an extension."""
    return in_time(DECISION, act.on, case, edition)
