"""Rules on changes of the modalities of communication."""

from __future__ import annotations

from jcm_cycle.entries import Act
from jcm_cycle.evidence import ModalitiesAmendment, ModalitiesOfCommunication
from jcm_cycle.findings import CaseView, Finding, missing, require, unmet
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.states import ProjectFile, project

CHANGES = (project.replace_moc, project.amend_moc)


@rule("project.replace_moc.right_sections", on=CHANGES)
def right_sections(
    act: Act[ModalitiesOfCommunication | ModalitiesAmendment], case: CaseView[ProjectFile], edition: Edition
) -> Finding:
    """A new focal point needs a whole new statement; other changes need the sections of Annex 1 that belong to them."""
    del case, edition
    paper = act.evidence
    if isinstance(paper, ModalitiesOfCommunication):
        return require(True, whole_statement=True)  # noqa: FBT003 - a whole statement may change anything
    if paper.new_focal_point is not None:
        return unmet(new_focal_point=paper.new_focal_point, needs="a whole new statement")
    names = {name for pair in paper.renamed for name in pair}
    needed = {1}
    needed |= {2} if paper.added or paper.renamed else set()
    needed |= {3} if paper.withdrawn else set()
    needed |= {4} if set(paper.contacts_changed) - names else set()
    if needed == {1}:
        return missing("the annex says nothing that changes", sections=paper.sections)
    filled = paper.sections
    return require(filled and needed <= filled, sections=filled, needed=needed)


@rule("project.replace_moc.signatures", on=CHANGES)
def signatures(
    act: Act[ModalitiesOfCommunication | ModalitiesAmendment], case: CaseView[ProjectFile], edition: Edition
) -> Finding:
    """All participants sign, save one that has ceased to exist, with proof."""
    del edition
    paper = act.evidence
    people = case.file.participants
    renamed: dict[str, str] = {}
    if isinstance(paper, ModalitiesOfCommunication):
        people = paper.participants
    elif people is not None:
        people = tuple(dict.fromkeys((*people, *paper.added)))
        renamed = dict(paper.renamed)
    if people is None or paper.signed_by is None:
        return missing("participants or signatures are not given", participants=people, signed_by=paper.signed_by)
    done = {*paper.signed_by, *(paper.ceased if paper.ceased_proof is not None else ())}
    lacking = [name for name in people if name not in done and renamed.get(name) not in done]
    return require(not lacking, lacking=lacking, proof_of_end=paper.ceased_proof is not None)
