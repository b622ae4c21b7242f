"""Rules on the designation of third-party entities."""

from __future__ import annotations

from jcm_cycle.entries import Act
from jcm_cycle.evidence import JointCommitteeDecision, Outcome
from jcm_cycle.findings import CaseView, Finding, missing, require
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.states import EntityFile, tpe


@rule("tpe.decide_designation.accreditation", on=tpe.decide_designation)
def accreditation(act: Act[JointCommitteeDecision], case: CaseView[EntityFile], edition: Edition) -> Finding:
    """The candidate holds ISO 14065 accreditation or is a CDM operational entity, or is designated provisionally."""
    del edition
    outcome, basis, until = act.evidence.outcome, case.file.basis, case.file.accredited_until
    if outcome is not Outcome.DESIGNATED:
        return require(True, decided=outcome)  # noqa: FBT003 - nothing is designated for good
    if basis is None:
        return missing("the application does not say by what the candidate is accredited")
    return require(until is None or act.on <= until, accredited_by=basis, until=until or "no end is told")
