"""What the funding of a project and its consortium lead one to expect: advice beside the rules, which refuses nothing.

No rule of the mechanism that was read makes a subsidy a condition of anything. What stands here was read of single
programmes, or in the presentation of the mechanism of 2013; whether it holds for the programme at hand is a
conclusion, so that no row is cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from jcm_cycle._outcomes import finding_text
from jcm_cycle.case import Case, once
from jcm_cycle.evidence import Consortium, Funding, FundingDuty
from jcm_cycle.findings import Effect, Finding, Ground, Standing, missing, require, unmet
from jcm_cycle.parties import JAPAN

__all__ = ["Advice", "advice"]


@frozen(kw_only=True)
class Advice:
    """What one thing that a funding programme expects comes to in one project.

    Attributes:
        case: id of the project.
        finding: met, unmet or missing, with the facts read, source and standing; it only advises.
    """

    case: str
    finding: Finding

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {"case": self.case, **self.finding.json()}

    def __str__(self) -> str:
        return f"{self.case}\n{finding_text(self.finding)}"


def _ground(id: str, sentence: str, standing: Standing, cites: str, kind: str = "computed") -> Ground:  # noqa: A002
    return Ground(
        rule=id, revision=1, sentence=sentence, effect=Effect.ADVISES, standing=standing, cites=cites, kind=kind
    )


CREDITS = _ground(
    "funding.credits_to_japan",
    "The Japanese side gets at least the programme's share of the credits.",
    Standing.INFERRED,
    "IGES slides, February 2016, and JCM Bangladesh, eligibility criteria: half, or the subsidy's share of the cost",
)
REGISTRATION = _ground(
    "funding.apply_for_registration",
    "The participants of a funded project apply for its registration.",
    Standing.INFERRED,
    "GEC, page on the model projects, and the presentation of the mechanism of 2013",
)
REPORT = _ground(
    "funding.report_to_ministry",
    "What is monitored in a funded project is reported to the ministry that pays.",
    Standing.ASSUMED,
    "the presentation of the mechanism of 2013",
    kind="manual",
)
REPRESENTATIVE = _ground(
    "consortium.japanese_representative",
    "The representative of the consortium is a Japanese legal person.",
    Standing.INFERRED,
    "JCM Bangladesh, eligibility criteria, and a call of GEC for the fiscal year 2018",
)
CONTACT = _ground(
    "consortium.single_contact",
    "The representative is the single contact of the consortium.",
    Standing.ASSUMED,
    "the presentation of the mechanism of 2013",
)


def advice(cases: Iterable[Case[Any]]) -> tuple[Advice, ...]:
    """Return what the funding and the consortium of projects lead one to expect, and whether it is so.

    Nothing of it refuses anything, and the focal point of the modalities of communication is not looked at.

    Args:
        cases: projects with their issuances, each as it stands; a project without funding and consortium is passed
            over, and so is every other case.

    Raises:
        EvidenceError: a case stands twice, so that its credits would be counted twice.
    """
    known = tuple(once(cases))
    issuances = [case for case in known if case.machine == "issuance"]
    found = []
    for case in known:
        if case.machine != "project":
            continue
        background = case.file.background
        own = [one for one in issuances if one.file.of == case.id or one.file.of_reference in case.references]
        parts: list[tuple[Ground, Finding]] = []
        if background.funding is not None:
            parts += _of_funding(case, background.funding, own)
        if background.consortium is not None:
            parts += _of_consortium(background.consortium)
        for ground, finding in parts:
            whole = evolve(finding, ground=ground, effect=ground.effect, standing=ground.standing)
            found.append(Advice(case=case.id, finding=whole))
    return tuple(found)


def _of_funding(case: Case[Any], funding: Funding, issuances: list[Case[Any]]) -> Iterator[tuple[Ground, Finding]]:
    """Yield what the contract asks, or may ask where its duties are not known."""
    asked = tuple(FundingDuty) if funding.duties is None else funding.duties
    if FundingDuty.CREDITS_TO_JAPAN in asked:
        yield CREDITS, _credits(funding, issuances)
    if FundingDuty.APPLY_FOR_REGISTRATION in asked:
        yield REGISTRATION, _registration(case)
    if FundingDuty.REPORT_TO_MINISTRY in asked:
        yield REPORT, missing("no case holds a report to the ministry", programme=funding.programme)


def _credits(funding: Funding, issuances: list[Case[Any]]) -> Finding:
    """Hold the notified tonnes of the Japanese side against the programme's share of all, exactly."""
    decided = [case for case in issuances if case.file.notified_total]
    if not decided:
        return missing("no credits were notified yet", share=funding.share)
    unsplit = [case.id for case in decided if case.file.notified is None]
    if unsplit:
        return missing("it is not known how the credits are split by side", share=funding.share, issuances=unsplit)
    to_japan = sum(case.file.notified.get(JAPAN, 0) for case in decided)
    total = sum(case.file.notified_total for case in decided)
    enough = funding.share is not None and to_japan >= Fraction(funding.share) * total
    return require(enough, share=funding.share, to_japan=to_japan, total=total, issuances=[case.id for case in decided])


_ASKED = frozenset(
    {"registration_requested", "under_consideration", "registered", "crediting_ended", "not_registered", "withdrawn"}
)
"""The states of a project that were not reached without a request that still counts."""


def _registration(case: Case[Any]) -> Finding:
    """Tell whether registration was asked for, and the request not taken back."""
    asked = case.state in _ASKED or (case.file.requests > 0 and case.state != "request_withdrawn")
    return require(asked, state=case.state, requests=case.file.requests)


def _of_consortium(consortium: Consortium) -> Iterator[tuple[Ground, Finding]]:
    one = consortium.representative
    facts: dict[str, Any] = {"representative": one.name, "country": one.country, "legal_person": one.legal_person}
    against = one.country not in (None, JAPAN) or one.legal_person is False
    yield REPRESENTATIVE, unmet(**facts) if against else require(True, **facts)  # noqa: FBT003 - nothing is against it
    yield CONTACT, require(consortium.single_contact, representative=one.name, single_contact=consortium.single_contact)
