"""What a register can answer, and the facts it can be given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

from attrs import field, frozen
from attrs.validators import optional

from jcm_cycle.days import Between, Day, Period
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import (
    MethodologyVersion,
    Version,
    as_methodology,
    as_tuple,
    as_version,
    as_versions,
    country,
    day,
    name,
    names,
    required_name,
    wholes,
)

__all__ = [
    "FACTS",
    "Answer",
    "Approval",
    "Authorised",
    "Changed",
    "Clearance",
    "Credited",
    "Designation",
    "Given",
    "Monitored",
    "No",
    "NotKnown",
    "Number",
    "Periods",
    "Project",
    "ValidationOrVerification",
    "Yes",
]

ValidationOrVerification: TypeAlias = Literal["validation", "verification"]


@frozen
class Yes:
    """It is so, and here is what shows it."""

    facts: dict[str, Any] = field(factory=dict)


@frozen
class No:
    """It is not so; `earliest` is the first day on which it will be, where one is known."""

    facts: dict[str, Any] = field(factory=dict)
    earliest: date | None = None


@frozen
class NotKnown:
    """The register cannot say."""

    why: str


Answer: TypeAlias = Yes | No | NotKnown


def _a_day(_: Any, attribute: Any, value: Any) -> None:
    if value is not None and not isinstance(value, Between):
        day(None, attribute, value)


def _scopes(_: Any, attribute: Any, value: Any) -> None:
    if value is not None and not (isinstance(value, tuple) and all(type(item) is int for item in value)):
        why = f"{attribute.name}: {value!r} is not a list of sectoral scopes."
        raise EvidenceError(why, cure="Give their numbers, such as (1, 3).")


@frozen(kw_only=True)
class Designation:
    """An entity is designated in a country.

    Attributes:
        country: two-letter code.
        entity: its name.
        number: its number, if it has one.
        scopes: sectoral scopes; None where they are not known.
        role: validation or verification; None for both.
        since: the day of designation.
        until: last day of the accreditation behind it, if known.
        withdrawn: the day of withdrawal or suspension, if there was one.
        provisional: whether the designation is provisional; what that allows was not found.
        now: its name now, where `entity` is one that it bore before.
    """

    country: str = field(validator=country)
    entity: str = field(validator=required_name)
    number: str | None = field(default=None, validator=name)
    scopes: tuple[int, ...] | None = field(default=None, converter=as_tuple, validator=_scopes)
    role: ValidationOrVerification | None = None
    since: Day = field(validator=_a_day)
    until: date | None = field(default=None, validator=day)
    withdrawn: Day | None = field(default=None, validator=_a_day)
    provisional: bool = False
    now: str | None = field(default=None, validator=name)
    holds: frozenset[int] = field(init=False, repr=False, eq=False)

    @holds.default
    def _holds(self) -> frozenset[int]:
        return frozenset(self.scopes or ())


@frozen(kw_only=True)
class Approval:
    """A methodology version is approved, and perhaps superseded later.

    Attributes:
        methodology: the version, such as MN_AM003 Ver2.0.
        approved_on: the day of its approval.
        superseded_on: the day from which a later version stands in its place.
        corrected_from: the version of which it is no more than a correction, such as Ver1.0 of Ver1.1.
    """

    methodology: MethodologyVersion = field(converter=as_methodology)
    approved_on: Day = field(validator=_a_day)
    superseded_on: date | None = field(default=None, validator=day)
    corrected_from: Version | None = field(default=None, converter=as_version)


@frozen(kw_only=True)
class Number:
    """A reference number was given to a case."""

    reference: str = field(validator=required_name)
    case: str = field(validator=required_name)


@frozen(kw_only=True)
class Clearance:
    """The Committee had no objection to an idea note, or exempted it; or it objected."""

    country: str = field(validator=country)
    reference: str = field(validator=required_name)
    on: Day = field(validator=_a_day)
    cleared: bool = True


def _period(value: Any) -> Any:
    return None if value is None else Period.parse(value)


@frozen(kw_only=True)
class Project:
    """What is known of a project that an issuance depends on; None where something is not known.

    Attributes:
        case: id of the project's case.
        reference: its public number.
        registered: whether it has been registered.
        registered_on: the registration day.
        ended_on: the day from which it is a project no more: withdrawn, or never registered after all.
        documents: versions of the design document that hold: the registered one and its approved revisions.
        entities: third-party entities named in the modalities of communication.
        scopes: sectoral scopes of its methodologies.
        focal_point: who speaks for all participants.
    """

    case: str = field(validator=required_name)
    reference: str | None = field(default=None, validator=name)
    registered: bool | None = None
    registered_on: Day | None = field(default=None, validator=_a_day)
    ended_on: Day | None = field(default=None, validator=_a_day)
    documents: tuple[Version, ...] | None = field(default=None, converter=as_versions)
    entities: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    scopes: tuple[int, ...] | None = field(default=None, converter=as_tuple, validator=wholes)
    focal_point: str | None = field(default=None, validator=name)


@frozen(kw_only=True)
class Monitored:
    """A monitoring period of a project belongs to a case of issuance.

    Attributes:
        project: id of the project's case, or its public number.
        case: id of the issuance.
        period: first and last day, or None while it is not known.
        counts: whether the case is live or has come to a decision on credits; a withdrawn, refused or discontinued
            one leaves its period free.
        verified: whether it has been verified with a positive opinion.
    """

    project: str = field(validator=required_name)
    case: str = field(validator=required_name)
    period: Period | None = field(default=None, converter=_period)
    counts: bool = True
    verified: bool | None = None


@frozen
class Periods:
    """The monitoring periods of a project that a register knows, and whether there can be no other."""

    known: tuple[Monitored, ...]
    complete: bool


@frozen(kw_only=True)
class Changed:
    """A change, a renewal or a withdrawal of a registered project was decided, or is still to be decided.

    Attributes:
        case: id of the case of `change`, or its reference.
        project: id of the project's case.
        effect: the step of the project that it makes ready when it is approved, such as `apply_change`.
        approved: whether it was approved; None while nothing is decided.
        since: the day from which an approval holds.
    """

    case: str = field(validator=required_name)
    project: str = field(validator=required_name)
    effect: str = field(validator=required_name)
    approved: bool | None = None
    since: Day | None = field(default=None, validator=_a_day)


@frozen(kw_only=True)
class Authorised:
    """A Party has authorised credits of a country under Article 6 beforehand, as a whole.

    Attributes:
        party: two-letter code of the Party.
        country: the host country whose credits it covers; None for every partner.
        since: the day from which it holds.
        revoked: the day from which it holds no more, if it was taken back.
        reference: number or title of the document.
    """

    party: str = field(validator=country)
    country: str | None = field(default=None, validator=optional(country))
    since: Day = field(validator=_a_day)
    revoked: Day | None = field(default=None, validator=_a_day)
    reference: str | None = field(default=None, validator=name)


@frozen(kw_only=True)
class Credited:
    """A side has issued credits of an issuance, or is known to have issued none.

    Attributes:
        issuance: id of the case of the issuance.
        side: two-letter code of the side; None for every side of which nothing else is told.
        on: the day on which it did; None where it has issued none so far.
    """

    issuance: str = field(validator=required_name)
    side: str | None = field(default=None, validator=optional(country))
    on: Day | None = field(default=None, validator=_a_day)


Given: TypeAlias = Designation | Approval | Number | Clearance | Project | Monitored | Changed | Authorised | Credited

FACTS: Mapping[str, type[Any]] = {
    "approvals": Approval,
    "authorisations": Authorised,
    "changes": Changed,
    "clearances": Clearance,
    "credited": Credited,
    "designations": Designation,
    "numbers": Number,
    "periods": Monitored,
    "projects": Project,
}
"""The kinds of facts by the names under which files list them."""
