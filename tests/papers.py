"""Papers for every step of every machine, and cases in every state, as a list showed them; all of it is synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

from jcm_cycle import Accepted, Actor, Case, Outcome, Refused, Role, Verdict, evidence as ev, register
from jcm_cycle.days import Period
from jcm_cycle.states import CAPABILITIES, MACHINES, NEW, Machine, Step

EARLIER, BEFORE, DAY = date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)
PROPOSAL = ev.ProposedMethodology(title="Synthetic methodology")
PAPER = ev.DesignDocument(title="Synthetic")
POINT = ev.FocalPoint(name="Example Trading")
MODALITIES = ev.ModalitiesOfCommunication(title="Synthetic", focal_point=POINT)
SCOPES = (ev.Scopes(numbers=(1,)),)
BLOCK = ev.Block(side="ZZ", amount=10, years=(2022,))
PARTS = (ev.BlockPart(case="part-1", amount=4), ev.BlockPart(case="part-2", amount=6))
BOTH = (ev.AllocationLine(side="JP", amount=3), ev.AllocationLine(side="ZZ", amount=7))
PERIOD = Period(date(2022, 1, 1), date(2022, 12, 31))

MADE: dict[str, Any] = {
    "Accreditation": {},
    "Adjustment": {"party": "ZZ"},
    "ArticleSixReport": {"party": "ZZ"},
    "Authorisation": {"party": "ZZ"},
    "BlockSplit": {"parts": PARTS},
    "ChangeRequest": {"kind": "renewal"},
    "DesignDocument": {"title": "Synthetic"},
    "DesignationApplication": {"entity": "Example Entity", "scopes": SCOPES},
    "Elapsed": {"window": "synthetic"},
    "IssuanceNotice": {"side": "JP"},
    "IssuanceRequest": {"amount": 10, "lines": BOTH},
    "MethodologyRevisionRequest": {"revises": "ZZ_AM001 Ver1.0"},
    "ModalitiesOfCommunication": {"title": "Synthetic", "focal_point": POINT},
    "MonitoringReport": {"period": PERIOD},
    "PDDSubmission": {"design_document": PAPER, "modalities": MODALITIES},
    "ProjectIdeaNote": {"title": "Synthetic"},
    "ProposalSubmission": {"proposal": PROPOSAL},
    "Publication": {"reference": "ZZ001"},
    "Renaming": {"new_name": "Example Entity International"},
    "ScopeWithdrawal": {"scopes": SCOPES},
}
"""What each class of evidence needs; those that are not here need nothing, or name an outcome."""

NAMED = {
    "AssessmentConclusion": "conclusion",
    "CompletenessConclusion": "conclusion",
    "JointCommitteeDecision": "decision",
    "ValidationReport": "opinion",
    "VerificationReport": "opinion",
}
"""The field in which evidence names how the step ends."""

ONE, OTHER = "JP", "ZZ"
FACTS: dict[tuple[str, str | None], list[tuple[str, ev.Evidence]]] = {
    ("transfer.record_authorisation", "complete"): [("record_authorisation", ev.Authorisation(party=ONE))],
    ("transfer.revoke_authorisation", None): [("record_authorisation", ev.Authorisation(party=OTHER))],
    ("transfer.record_adjustment", "complete"): [("record_adjustment", ev.Adjustment(party=ONE))],
    ("transfer.record_report", "complete"): [("record_report", ev.ArticleSixReport(party=ONE))],
    ("issuance.conclude_verification", "positive"): [("submit_monitoring_report", ev.MonitoringReport(period=PERIOD))],
}
"""What the file must hold for an outcome that follows from it, or for a rule of integrity."""
NOTIFIED = ("decide_issuance", ev.JointCommitteeDecision(decision="notified", lines=BOTH))
FACTS |= {("issuance.issue_credits", outcome): [NOTIFIED] for outcome in ("partly", "complete")}
FACTS["issuance.issue_credits", "complete"].append(("issue_credits", ev.RegistryIssuance(side="JP", amount=3)))


def evidence(step: Step[Any, Any], outcome: Outcome | None) -> ev.Evidence:
    """Return evidence on which the step ends so."""
    cls = step.evidence
    given = dict(MADE.get(cls.__name__, {}))
    if cls.__name__ in NAMED:
        given[NAMED[cls.__name__]] = outcome or Outcome.OTHERWISE
    if cls is ev.ChangeEffect:
        given["change"] = step.name
    if cls is ev.ValidationReport:
        given["title"] = "Synthetic"
    if step.name == "decide_issuance" and outcome is Outcome.NOTIFIED:
        given["lines"] = BOTH
    if step.name == "decide_issuance" and outcome is Outcome.ZERO:
        given["lines"] = (ev.AllocationLine(side="JP", amount=0), ev.AllocationLine(side="ZZ", amount=0))
    if step.name == "issue_credits":
        given |= {"side": "ZZ", "amount": 7 if outcome is Outcome.COMPLETE else 1}
    if step.name == "conclude_verification":
        given["amounts"] = (ev.YearAmount(year=2022, amount=10),)
    if step.id == "methodology.check_proposal" and outcome is Outcome.COMPLETE:
        given["reference"] = "ZZ_PM001"
    return cls(**given)


def placed(step: Step[Any, Any], state: str, outcome: Outcome | None = None) -> Case[Any]:
    """Return a case of which a list showed that it stands in a state, with all capabilities."""
    made = MACHINES[step.machine]
    case: Case[Any] = Case.imported(made, "case-1", opening(made), on=EARLIER).case
    for name, paper in FACTS.get((step.id, None if outcome is None else str(outcome)), ()):
        case = case.record(made.step(name).fact(on=EARLIER, evidence=paper)).case
    if step.region is not None:  # what runs beside the state is opened where the table has it
        opened = made.step("publish_pdd" if step.region[0] == "public_inputs" else "request_reference_assessment")
        case = case.record(opened.fact(on=EARLIER, evidence=evidence(opened, None))).case
    return observed(case, state)


def opening(made: Machine[Any]) -> ev.Opening:
    """Return the opening of a case in Synthetia, in a procedure that has everything."""
    return ev.Opening(
        country="ZZ",
        procedure="synthetic",
        capabilities=dict.fromkeys(CAPABILITIES, "yes"),
        of=made.of and "whole",
        block=BLOCK if made.name == "transfer" else None,
    )


def observed(case: Case[Any], state: str, on: date = BEFORE) -> Case[Any]:
    """Return the case as a list showed it in a state; one that is new is on no list."""
    return case if state == NEW.name else case.record(MACHINES[case.machine].observed(state, on=on)).case


KNOWN = register.facts(
    register.Project(case="whole", registered=True, registered_on=EARLIER),
    *(
        register.Changed(case=effect, project="case-1", effect=effect, approved=True, since=EARLIER)
        for effect in ("apply_change", "renew", "withdraw_project")
    ),
    complete=("numbers", "periods"),
)


def attempt(
    step: Step[Any, Any], case: Case[Any], outcome: Outcome | None, by: Role | None = None
) -> Accepted[Any] | Refused[Any]:
    """Attempt a step on its evidence; what is only missing has a reason, since no register knows everything."""
    role = by or max(step.by)
    if step.machine == "transfer" and by is None and Role.HOST_AUTHORITY in step.by:
        role = Role.HOST_AUTHORITY
    reasons: dict[str, str] = {}
    for _ in range(2):
        act = step(evidence(step, outcome), by=Actor(role), on=DAY, despite=reasons)
        answer = case.attempt(act, register=KNOWN)
        open_ = [found for found in answer.findings if found.refuses and found.verdict is Verdict.MISSING]
        reasons = {found.rule: "synthetic" for found in open_ if not found.rule.startswith("procedure.")}
    assert isinstance(answer, Accepted | Refused)
    return answer
