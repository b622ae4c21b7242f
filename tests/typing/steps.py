"""What a type checker says of steps, acts and facts. `E:` names the error expected on its line, by code."""

from __future__ import annotations

from datetime import date

from jcm_cycle import Accepted, Act, Actor, Case, Fact, Faulted, Refused, Role, Step, project
from jcm_cycle.evidence import (
    CompletenessConclusion,
    DesignDocument,
    Evidence,
    FocalPoint,
    JointCommitteeDecision,
    ModalitiesOfCommunication,
    Outcome,
    Publication,
    Receipt,
    ValidationReport,
)
from jcm_cycle.states import ProjectFile

DAY = date(2024, 5, 1)
BY = Role.SECRETARIAT


def fine(case: Case[ProjectFile]) -> None:
    """Correct uses have no error, and types are inferred all the way."""
    act: Act[Publication] = project.publish_pdd(Publication(), by=BY, on=DAY)
    wider: Act[Evidence] = act
    reference: str | None = act.evidence.reference
    project.publish_pdd(Publication(), by=Actor(BY, "Synthetic"), on=DAY, despite={"some.rule": "a letter"})
    answer: Accepted[ProjectFile] | Refused[ProjectFile] | Faulted[ProjectFile] = case.attempt(act)
    requests: int = answer.case.file.requests
    fact: Fact = project.conclude_validation.fact(on=DAY, outcome=Outcome.POSITIVE)
    after: ProjectFile = project.publish_pdd.apply(case.file, Publication(), DAY)
    step: Step[ValidationReport, ProjectFile] = project.conclude_validation
    opened: Accepted[ProjectFile] = Case.open(project, "case-1", on=DAY, country="ZZ")
    del wider, reference, requests, fact, after, step, opened


def wrong_evidence() -> None:
    """A step takes evidence of its own class."""
    project.publish_pdd(Receipt(), by=BY, on=DAY)  # E: arg-type
    project.conclude_validation(CompletenessConclusion(conclusion="complete"), by=BY, on=DAY)  # E: arg-type
    project.revise_pdd("F_PDD", by=BY, on=DAY)  # E: arg-type
    project.publish_pdd.fact(on=DAY, evidence=Receipt())  # E: arg-type
    act: Act[Receipt] = project.publish_pdd(Publication(), by=BY, on=DAY)  # E: assignment
    del act


def wrong_acts() -> None:
    """An act has an actor, an exact day, and reasons that are texts."""
    project.acknowledge(Receipt(), on=DAY)  # E: call-arg
    project.acknowledge(Receipt(), by=BY)  # E: call-arg
    project.acknowledge(Receipt(), by="secretariat", on=DAY)  # E: arg-type
    project.acknowledge(Receipt(), by=BY, on="2024-05-01")  # E: arg-type
    project.acknowledge(Receipt(), by=BY, on=DAY, despite={"some.rule": 1})  # E: dict-item
    project.acknowledge(evidence=Receipt(), by=BY, on=DAY)  # E: call-arg
    project.aknowledge(Receipt(), by=BY, on=DAY)  # E: attr-defined


def wrong_files() -> None:
    """What a step folds is the file of its machine."""
    project.publish_pdd.apply("file", Publication(), DAY)  # E: arg-type
    project.publish_pdd.apply(ProjectFile(), Receipt(), DAY)  # E: arg-type
    other: Case[str] = Case.open(project, "case-1", on=DAY, country="ZZ").case  # E: assignment
    del other


def invariant(
    narrow: Step[ValidationReport, ProjectFile],
    wide: Step[Evidence, ProjectFile],
    other: Step[ValidationReport, object],
) -> None:
    """A step of one class of evidence stands neither for one of a wider class nor for one of a narrower."""
    one: Step[Evidence, ProjectFile] = narrow  # E: assignment
    two: Step[ValidationReport, ProjectFile] = wide  # E: assignment
    three: Step[ValidationReport, object] = narrow  # E: assignment
    four: Step[ValidationReport, ProjectFile] = other  # E: assignment
    del one, two, three, four


def wrong_fields() -> None:
    """Evidence is checked field by field."""
    DesignDocument()  # E: call-arg
    DesignDocument(title=5)  # E: arg-type
    DesignDocument(title="X", start_of_operation="2024-05-01")  # E: arg-type
    DesignDocument(title="X", colour="red")  # E: call-arg
    ModalitiesOfCommunication(title="X", focal_point="Synthetic Trading")  # E: arg-type
    JointCommitteeDecision(decision=5)  # E: arg-type
    DesignDocument(title="X").title = "Y"  # E: misc
    del FocalPoint(name="X").nme  # E: attr-defined
