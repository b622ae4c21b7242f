"""Rules on every filing, form and decision, and on the submission of the design document."""

from __future__ import annotations

from datetime import date
from typing import Any

from jcm_cycle.entries import Act
from jcm_cycle.evidence import (
    CompletenessConclusion,
    DecisionMode,
    Filing,
    IssuanceRequest,
    JointCommitteeDecision,
    MethodologyRevisionRequest,
    MethodologyVersion,
    Outcome,
    PDDSubmission,
    ProposalSubmission,
    Publication,
    RegistrationRequest,
    ValidationReport,
)
from jcm_cycle.findings import CaseView, Effect, Finding, Standing, Verdict, missing, require, unmet
from jcm_cycle.register import No, NotKnown, Register, Yes
from jcm_cycle.rules._binding import Known
from jcm_cycle.rules._clock import last, length, over
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import precondition, rule
from jcm_cycle.states import STEPS, ProjectFile, Step, idea, methodology, project, tpe

__all__ = ["answered"]

FILINGS = tuple(step for step in STEPS.values() if step.is_filing)
FORMS = tuple(step for step in STEPS.values() if step.evidence.form)
DECISIONS = tuple(step for step in STEPS.values() if step.name.startswith("decide_"))


def answered(answer: Yes | No | NotKnown, **facts: Any) -> Finding:
    """Turn a register's answer into a finding: yes is met, no is unmet with the earliest day, else missing."""
    if isinstance(answer, Yes):
        return Finding(Verdict.MET, facts | answer.facts)
    if isinstance(answer, No):
        return Finding(Verdict.UNMET, facts | answer.facts, answer.earliest)
    return missing(answer.why, **facts)


@precondition("common.rules_in_force", on=FILINGS, integrity=Standing.CITED)
def rules_in_force(case: CaseView[Any], edition: Edition, on: date) -> Finding:
    """The host country's rules have been adopted and are in force on the governing day, or an early intake is open."""
    if edition.absent:
        return missing(f"no rule book was found for {case.country}")
    if edition.rules_in_force is None:
        return missing("not known whether the rules were in force on the governing day", day=on)
    return require(edition.rules_in_force, day=on)


@precondition("common.bilateral_valid", on=FILINGS, ceiling=Effect.ADVISES)
def bilateral_valid(case: CaseView[Any], edition: Edition, on: date) -> Finding:
    """The bilateral document of the two governments is valid on the day."""
    del case
    document = edition.bilateral
    if document is None or document.holds(on) is None:
        why = "the book does not know whether the bilateral document was valid on the day"
        return missing(why, rests_on=Standing.UNKNOWN, day=on)
    return require(document.holds(on), rests_on=document.standing, day=on)


@rule("common.confidential_two_versions", on=FORMS)
def confidential_two_versions(act: Act[Filing], case: CaseView[Any], edition: Edition) -> Finding:
    """A submission with confidential parts comes in a public and a full version."""
    del case, edition
    paper = act.evidence
    stated = paper.contains_confidential
    both = paper.public_version is not None and paper.full_version is not None
    hidden = [part for part in _parts(paper) if part.contains_confidential]
    if hidden and not both:  # what holds a confidential part is confidential, whatever its cover says
        stated = True
        both = all(part.public_version is not None and part.full_version is not None for part in hidden)
    return require(both or not stated, contains_confidential=stated, both_versions=both)


def _parts(paper: Filing) -> tuple[Filing, ...]:
    parts: tuple[Filing | None, ...] = ()
    if isinstance(paper, PDDSubmission):
        parts = (paper.design_document, paper.modalities, paper.sd_plan)
    elif isinstance(paper, RegistrationRequest):
        parts = (paper.allocation, paper.sd_plan)
    elif isinstance(paper, IssuanceRequest):
        parts = (paper.sd_report,)
    elif isinstance(paper, ProposalSubmission):
        parts = (paper.proposal, paper.spreadsheet)
    elif isinstance(paper, MethodologyRevisionRequest):
        parts = (paper.proposal,)
    return tuple(part for part in parts if part is not None)


@rule("common.form_version_in_force", on=FORMS)
def form_version_in_force(act: Act[Filing], case: CaseView[Any], edition: Edition) -> Finding:
    """The form is of the version in force on the day it is filed."""
    for part in (act.evidence, *_parts(act.evidence)):
        if part.form_track not in (None, case.track):
            why = "no version of a form of another track is in force for this case"
            return unmet(why=why, form=part.form, made_for=part.form_track, track=case.track)
    compared: list[Known] = []
    filed: list[str] = []
    wrong: list[Finding] = []
    open_: list[Finding] = []
    for stem, version in act.evidence.forms:
        known = edition.form(stem)
        if known is None or known.value is None or not known.determined:
            why = f"the book does not know which version of {stem} was in force on the day"
            open_.append(missing(why, rests_on=Standing.UNKNOWN, form=stem))
            continue
        if version is None:
            open_.append(missing("the form names no version", rests_on=known, form=stem, in_force=known.value))
        elif version != known.value:
            wrong.append(unmet(rests_on=known, form=stem, version=version, in_force=known.value))
        compared.append(known)
        filed.append(f"{stem} ver{version}")
    found = wrong or open_
    if found:  # the best founded speaks for all
        return min(found, key=lambda finding: _ORDER.index(finding.limit))
    weakest = max(compared, key=lambda known: _ORDER.index(known.standing), default=None)
    return require(True, rests_on=weakest, forms=filed)  # noqa: FBT003 - every form was compared above


_ORDER: list[Standing | None] = list(Standing)
"""Standings, the best first."""


@rule("common.committee_decision_identified", on=DECISIONS)
def committee_decision_identified(act: Act[JointCommitteeDecision], case: CaseView[Any], edition: Edition) -> Finding:
    """A decision names its day, its kind (meeting, electronic, unlabelled) and the cases it covers."""
    del edition
    made, own = act.evidence, case.references or own_reference(case)
    covered = made.cases and (not own or any(reference in made.cases for reference in own))
    return require(covered, decided_on=made.decided_on, mode=made.mode, cases=made.cases, this_case=own)


def own_reference(case: CaseView[Any]) -> tuple[str, ...]:
    """Return the number of the project to which an issuance belongs."""
    reference = getattr(case.file, "of_reference", None)
    return (reference,) if reference else ()


OBJECTION = "committee.electronic_objection"
"""How many days an electronic decision stands open for objection."""

WAYS = "committee.electronic_ways"
"""The ways to an electronic decision."""

ALL_MEMBERS = "all_members"
"""The approval of all members, where the book has it among the ways to an electronic decision."""


@rule("common.electronic_decision", on=DECISIONS, values=(OBJECTION, WAYS))
def electronic_decision(act: Act[JointCommitteeDecision], case: CaseView[Any], edition: Edition) -> Finding:
    """An electronic decision stood open for objection for its days and has both co-chairs' approval."""
    del case
    made = act.evidence
    if made.mode is None or made.mode is not DecisionMode.ELECTRONIC:
        return require(True, mode=made.mode)  # noqa: FBT003 - missing where the mode is, else not electronic
    ways = edition.value(WAYS)
    if made.all_members_approved and ways is not None and ways.determined and ALL_MEMBERS in ways.items:
        return require(True, rests_on=ways, all_members_approved=True)  # noqa: FBT003 - it is one of the ways
    since, decided = made.circulated_on, made.decided_on
    days, known = length(edition, OBJECTION)
    if days is None or known is None:
        return missing("the book has no number of days for objections", rests_on=Standing.UNKNOWN)
    earliest, _ = last(edition, OBJECTION, since, first=False)
    agreed = made.co_chairs_approved and not made.objections
    return require(
        agreed and earliest and decided and decided >= earliest,
        rests_on=known,
        earliest=earliest if agreed else None,
        circulated_on=since,
        decided_on=decided,
        objections=made.objections,
        co_chairs_approved=made.co_chairs_approved,
    )


_PAPERS: dict[type[Any], str] = {Publication: "publication", CompletenessConclusion: "listing"}

NUMBERED: tuple[Step[Any, Any], ...] = (
    project.publish_pdd,
    project.republish_pdd,
    project.decide_registration,
    methodology.check_proposal,
    methodology.decide_methodology,
    tpe.decide_designation,
    idea.decide_idea,
)
"""The steps that give a number, or may give one."""


@rule("common.reference_never_reused", on=NUMBERED, integrity=Standing.OBSERVED)
def reference_never_reused(
    act: Act[Publication | CompletenessConclusion | JointCommitteeDecision],
    case: CaseView[Any],
    edition: Edition,
    register: Register,
) -> Finding:
    """A number once given, also to a withdrawn request, is never given again."""
    del edition
    paper = act.evidence
    if isinstance(paper, JointCommitteeDecision):
        number, gives = paper.number, False
        if number is not None and paper.version is not None:  # a methodology keeps its number through its versions
            number = f"{number} Ver{paper.version.major}.{paper.version.minor}"
    else:
        number, gives = paper.reference, paper.outcome is not Outcome.INCOMPLETE
    if number is None:
        if gives:
            return missing(f"the {_PAPERS[type(paper)]} gives no number")
        return require(True, gives_a_number=False)  # noqa: FBT003 - no number, none reused
    if number.removeprefix("TPE-")[:2] != case.country:
        return unmet(number=number, country=case.country)
    answer = register.number(number, case.id)
    if isinstance(answer, NotKnown):
        return missing(answer.why, number=number)
    return require(isinstance(answer, No), number=number, given_to=answer.facts.get("given_to", []))


@rule("project.submit_pdd.documents", on=project.submit_pdd)
def documents(act: Act[PDDSubmission], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The design document with its monitoring plan and the modalities of communication are filed together."""
    del case, edition
    paper = act.evidence
    return require(
        True,  # noqa: FBT003 - what is left out is None, which makes the finding missing
        monitoring_plan=paper.design_document.monitoring_plan,
        modalities=paper.modalities and paper.modalities.title,
    )


@rule("project.submit_pdd.idea_cleared", on=project.submit_pdd, capability="idea_note")
def idea_cleared(act: Act[PDDSubmission], case: CaseView[ProjectFile], edition: Edition, register: Register) -> Finding:
    """The planned project has the Committee's no objection or is exempt."""
    del edition
    idea = act.evidence.idea
    if idea is None:
        return missing("the submission names no idea note")
    return answered(register.idea(case.country, idea, act.on), idea_note=idea)


@rule("project.submit_pdd.methodology_valid", on=project.submit_pdd)
def methodology_valid(
    act: Act[PDDSubmission], case: CaseView[ProjectFile], edition: Edition, register: Register
) -> Finding:
    """Each methodology version cited is approved and valid on the day of submission, and stays with the project."""
    del case, edition
    cited: tuple[MethodologyVersion, ...] | None = act.evidence.design_document.methodologies
    if not cited:
        return missing("the design document cites no methodology")
    found = [answered(register.methodology(methodology, act.on)) for methodology in cited]
    against = [finding for finding in found if finding.verdict is Verdict.UNMET]
    if against:  # the one that is approved last, or of which no day is known, speaks for all
        return max(against, key=lambda finding: finding.earliest or date.max)
    for finding in found:
        if finding.verdict is Verdict.MISSING:
            return finding
    return require(True, methodologies=cited, submitted_on=act.on)  # noqa: FBT003 - all were found valid


START = "project.start_of_operation"
"""The first day on which operation may start."""


@rule("project.submit_pdd.start_of_operation", on=(project.submit_pdd, project.conclude_validation), values=(START,))
def start_of_operation(
    act: Act[PDDSubmission | ValidationReport], case: CaseView[ProjectFile], edition: Edition
) -> Finding:
    """Operation started on or after the day set by the rules."""
    paper = act.evidence
    if isinstance(paper, PDDSubmission):
        begun = paper.design_document.start_of_operation
    else:
        begun = paper.start_of_operation or case.file.start_of_operation
    known = edition.value(START)
    if known is None or not isinstance(known.value, date):
        return missing("the book has no day for the start of operation", rests_on=Standing.UNKNOWN, start=begun)
    first = known.value
    return require(begun and begun >= first, rests_on=known, start=begun, first=first)


@precondition("project.close_public_inputs.full_window", on=project.close_public_inputs)
def full_window(case: CaseView[ProjectFile], edition: Edition, on: date) -> Finding:
    """Public inputs stay open for the whole window, counting both ends."""
    return over(project.close_public_inputs, on, case, edition)
