"""Rules of Thailand alone: on the track for existing projects."""

from __future__ import annotations

from jcm_cycle.entries import Act
from jcm_cycle.evidence import PDDSubmission
from jcm_cycle.findings import CaseView, Finding, require
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.states import ProjectFile, project


@rule("th.project.submit_pdd.existing_member", on=project.submit_pdd)
def existing_member(act: Act[PDDSubmission], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The project is one of the existing projects to which the rules of implementation of the track refer."""
    del case, edition
    return require(act.evidence.of_track, of_track=act.evidence.of_track)
