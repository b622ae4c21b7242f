"""What an issuance rests on: reports of monitoring and verification, the request, and what the registries did."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from attrs import field, frozen
from attrs.validators import instance_of, optional

from jcm_cycle.days import Period
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._amounts import AllocationLine, YearAmount, check_amounts, check_lines, total
from jcm_cycle.evidence._base import (
    Document,
    Evidence,
    Filing,
    Outcome,
    Person,
    Version,
    as_opinion,
    as_tuple,
    as_version,
    as_versions,
    confidential,
    day,
    is_reference,
    name,
    required_name,
    scope_numbers,
    whole,
)

__all__ = [
    "IssuanceNotice",
    "IssuanceRequest",
    "IssuanceRequestWithdrawal",
    "MonitoringReport",
    "RegistryIssuance",
    "SustainableDevelopmentReport",
    "VerificationReport",
]


def _in_period(period: Period | None, given: tuple[YearAmount, ...] | None) -> None:
    """Refuse amounts of a year that has no day in the period, or two for one year and methodology."""
    if given is None or period is None:
        return
    stray = sorted({part.year for part in given if not period.start.year <= part.year <= period.end.year})
    if stray:
        why = f"amounts: {', '.join(map(str, stray))} has no day in the period {period}."
        raise EvidenceError(why, cure="Give an amount for the calendar years of the period only.")
    keys = [(part.year, part.methodology) for part in given]
    if len(set(keys)) < len(keys):
        why = "amounts: a calendar year has two amounts under one methodology."
        raise EvidenceError(why, cure="Give one amount for each calendar year and methodology.")


@frozen(kw_only=True)
class MonitoringReport(Filing):
    """The participants' report on what was monitored in a period; the contents of its form were not read.

    Attributes:
        title: title of the project.
        reference: number of the project.
        period: first and last day of the monitoring period; it may lie before registration.
        amounts: reductions by calendar year, and by methodology where there are several; in whole tonnes.
        scopes: sectoral scopes of the methodologies applied.
        document_version: version of the design document by which was monitored.
    """

    tag: ClassVar[str] = "monitoring_report"

    title: str | None = field(default=None, validator=name)
    reference: str | None = field(default=None, validator=is_reference("project"))
    period: Period = field(validator=instance_of(Period))
    amounts: tuple[YearAmount, ...] | None = field(default=None, converter=as_tuple, validator=check_amounts)
    scopes: tuple[int, ...] | None = field(default=None, converter=as_tuple, validator=scope_numbers)
    document_version: Version | None = field(default=None, converter=as_version)

    def __attrs_post_init__(self) -> None:
        _in_period(self.period, self.amounts)


@frozen(kw_only=True)
class VerificationReport(Filing):
    """The third-party entity's report on a monitoring report, with its opinion and the amounts it verified.

    Attributes:
        title: title of the project.
        reference: number of the project.
        entity: name of the entity.
        completed_on: day of completion.
        opinion: positive or negative.
        period: the period verified, where the report names it.
        amounts: what was verified, by calendar year, in whole tonnes.
        document_versions: versions of the design document that it relies on.
        site_visit: whether the site was visited.
        no_visit_reason: why not, where it was not.
        other_means: by what other means was verified then.
        registered_elsewhere: other international mechanism under which the project is registered, or ""
            where the entity declares that there is none; None where the report is silent.
        team: the verification team; kept beside the journal.
    """

    tag: ClassVar[str] = "verification_report"
    form: ClassVar[str | None] = "F_Vrf_Rep"

    title: str | None = field(default=None, validator=name)
    reference: str | None = field(default=None, validator=is_reference("project"))
    entity: str | None = field(default=None, validator=name)
    completed_on: date | None = field(default=None, validator=day)
    opinion: Outcome = field(converter=as_opinion)
    period: Period | None = field(default=None, validator=optional(instance_of(Period)))
    amounts: tuple[YearAmount, ...] | None = field(default=None, converter=as_tuple, validator=check_amounts)
    document_versions: tuple[Version, ...] | None = field(default=None, converter=as_versions)
    site_visit: bool | None = None
    no_visit_reason: str | None = field(default=None, validator=name)
    other_means: str | None = field(default=None, validator=name)
    registered_elsewhere: str | None = None
    team: tuple[Person, ...] | None = confidential(default=None, converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        _in_period(self.period, self.amounts)

    @property
    def outcome(self) -> Outcome:
        """The opinion."""
        return self.opinion


@frozen(kw_only=True)
class SustainableDevelopmentReport(Filing):
    """The report on how the project served sustainable development; the contents of its form were not read."""

    tag: ClassVar[str] = "sustainable_development_report"
    form: ClassVar[str | None] = "F_SDIR"


@frozen(kw_only=True)
class IssuanceRequest(Filing):
    """The request to notify credits for issuance, with who is to get how much.

    Attributes:
        title: title of the project.
        reference: number of the project.
        amount: what is asked for, in whole tonnes.
        lines: who gets how much of it.
        verification_report: the report attached.
        sd_report: the report on sustainable development, where the procedure has one.
        account_open: whether the receivers' accounts are open.
        signed_for: name of the focal point for which the representative signed.
    """

    tag: ClassVar[str] = "issuance_request"
    form: ClassVar[str | None] = "F_Iss_Req"

    title: str | None = field(default=None, validator=name)
    reference: str | None = field(default=None, validator=is_reference("project"))
    amount: int | None = field(default=None, validator=whole)
    lines: tuple[AllocationLine, ...] | None = field(default=None, converter=as_tuple, validator=check_lines)
    verification_report: Document | None = None
    sd_report: SustainableDevelopmentReport | None = None
    account_open: bool | None = None
    signed_for: str | None = field(default=None, validator=name)

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The forms that the request is made of."""
        own = (("F_Iss_Req", self.form_version),)
        return own + (self.sd_report.forms if self.sd_report is not None else ())


@frozen(kw_only=True)
class IssuanceRequestWithdrawal(Filing):
    """The participants take their request for issuance back; the same period may be opened again."""

    tag: ClassVar[str] = "issuance_request_withdrawal"
    form: ClassVar[str | None] = "F_IW_Req"

    reason: str | None = None


@frozen(kw_only=True)
class RegistryIssuance(Evidence):
    """A registry has issued credits, all that were notified to its side or a part of them.

    Attributes:
        side: two-letter code of the side; None where the source names none.
        amount: whole tonnes; left out, the sum of the lines.
        lines: who got how much, where that is told.
        total: whether the source calls the amount the total of both sides.
        holders: what single holders got where a source tells it without the rest; in no sum.
    """

    tag: ClassVar[str] = "registry_issuance"

    side: str | None = field(default=None, validator=name)
    amount: int | None = field(default=None, validator=whole)
    lines: tuple[AllocationLine, ...] | None = field(default=None, converter=as_tuple, validator=check_lines)
    total: bool = False
    holders: tuple[AllocationLine, ...] = field(default=(), converter=as_tuple, validator=check_lines)

    def __attrs_post_init__(self) -> None:
        if self.side is not None and any(line.side != self.side for line in self.lines or ()):
            why = f"lines: one is of another side than {self.side}."
            raise EvidenceError(why, cure="Give what each side issues by itself.")
        if self.amount is not None and self.lines and total(self.lines) != self.amount:
            why = f"amount: the lines sum to {total(self.lines)} t, not to {self.amount} t."
            raise EvidenceError(why, cure="Correct the lines or the amount.")

    @property
    def issued(self) -> int | None:
        """What was issued, in whole tonnes, or None where that is not told."""
        return self.amount if self.amount is not None else total(self.lines)


@frozen(kw_only=True)
class IssuanceNotice(Evidence):
    """A side reports to the Joint Committee what it has issued.

    Attributes:
        side: two-letter code of the side.
        amount: whole tonnes that it reports.
        issued_on: the day of issuance that it reports.
    """

    tag: ClassVar[str] = "issuance_notice"

    side: str = field(validator=required_name)
    amount: int | None = field(default=None, validator=whole)
    issued_on: date | None = field(default=None, validator=day)
