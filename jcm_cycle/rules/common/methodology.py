"""Rules on proposals of methodologies."""

from __future__ import annotations

from datetime import date, timedelta

from jcm_cycle.days import last_day
from jcm_cycle.entries import Act
from jcm_cycle.evidence import CompletenessConclusion, JointCommitteeDecision, ProposalSubmission
from jcm_cycle.findings import CaseView, Effect, Finding, Standing, from_day, missing, require
from jcm_cycle.rules._clock import in_time, length
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
    days, known = length(edition, "methodology.public_inputs")
    opened = case.file.inputs_opened
    if days is None or known is None:
        return missing("the book has no length of the window", rests_on=Standing.UNKNOWN, opened=opened)
    if not isinstance(opened, date):
        why = "the day on which public inputs were opened is not known"
        return missing(why, rests_on=known.standing, opened=opened, days=days)
    end = last_day(opened, days)
    return from_day(on, end + timedelta(days=1), rests_on=known.standing, opened=opened, days=days, last_day=end)


@rule("methodology.decide_methodology.in_time", on=DECISION, ceiling=Effect.DUTY)
def decided_in_time(act: Act[JointCommitteeDecision], case: CaseView[MethodologyFile], edition: Edition) -> Finding:
    """The Committee decides within the days that the book gives, and within those of an extension."""
    longer = "methodology.consideration_extended" if case.file.extended else None
    return in_time(DECISION, act.on, case, edition, within=longer)
