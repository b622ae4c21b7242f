"""Rules of Viet Nam alone: on translations, on the completion of an application, and on transfers under Article 6."""

from __future__ import annotations

from jcm_cycle.entries import Act
from jcm_cycle.evidence import (
    Authorisation,
    AuthorisedObject,
    DesignationApplication,
    PDDSubmission,
    RegistrationRequest,
    TransferRecord,
)
from jcm_cycle.findings import CaseView, Finding, missing, require, unmet
from jcm_cycle.register import Register
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import rule
from jcm_cycle.rules.common.filings import answered
from jcm_cycle.states import EntityFile, ProjectFile, TransferFile, project, tpe, transfer

LANGUAGE = "Vietnamese"


@rule("vn.project.submit_pdd.translation", on=(project.submit_pdd, project.request_registration))
def translation(
    act: Act[PDDSubmission | RegistrationRequest], case: CaseView[ProjectFile], edition: Edition
) -> Finding:
    """A project that the Japanese environment ministry supports files Vietnamese translations with its papers."""
    del case, edition
    supported, languages = act.evidence.ministry_supported, act.evidence.translations
    if supported is False or LANGUAGE in (languages or ()):
        return require(True, asked_for=LANGUAGE)  # noqa: FBT003 - it is there, or not asked for
    return require(False, ministry_supported=supported, translations=languages, asked_for=LANGUAGE)  # noqa: FBT003


@rule("vn.tpe.complete_application.one_request", on=tpe.complete_application)
def one_request(act: Act[DesignationApplication], case: CaseView[EntityFile], edition: Edition) -> Finding:
    """An incomplete application is completed once: the secretariat asks for that one single time."""
    del act, edition
    return require(case.file.completions < 1, completed_before=case.file.completions)


@rule("vn.transfer.record_authorisation.after_issuance", on=transfer.record_authorisation)
def after_issuance(
    act: Act[Authorisation], case: CaseView[TransferFile], edition: Edition, register: Register
) -> Finding:
    """Viet Nam approves the transfer of results after the credits are issued."""
    del edition
    party, approved, block = act.evidence.party, act.evidence.object, case.file.block
    if party != case.country or approved not in (None, AuthorisedObject.OUTCOMES):
        return require(True, party=party, object=approved or "any")  # noqa: FBT003 - it binds neither
    if approved is None:
        return missing("what is authorised is not told", party=party)
    if block is None:
        return missing("the case does not tell which side issued the credits", party=party)
    return answered(register.credited(case.file.of or "", block.side, act.on), party=party)


@rule("vn.transfer.record_first_transfer.not_revoked", on=transfer.record_first_transfer)
def not_revoked(act: Act[TransferRecord], case: CaseView[TransferFile], edition: Edition) -> Finding:
    """Results whose approval was revoked or has expired are not transferred."""
    del edition
    ended, revoked = act.evidence.approval_ended, case.file.revoked
    if revoked:
        return unmet(approval_ended=ended, revoked_on=revoked)
    return require(not ended, approval_ended=ended)
