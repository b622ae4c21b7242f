"""What a register can answer, and the facts it can be given."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from jcm_cycle.days import Between, Day, Period
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import MethodologyVersion, Version, as_tuple, as_versions, day, name, names, wholes

__all__ = [
    "Answer",
    "Approval",
    "Clearance",
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


def _code(_: Any, attribute: Any, value: Any) -> None:
    if not (isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()):  # noqa: PLR2004
        why = f"{attribute.name}: {value!r} is not the code of a country."
        raise EvidenceError(why, cure="Write two capital letters, such as MN.")


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
    """

    country: str = field(validator=_code)
    entity: str = field(validator=name)
    number: str | None = field(default=None, validator=name)
    scopes: tuple[int, ...] | None = field(default=None, converter=as_tuple, validator=_scopes)
    role: ValidationOrVerification | None = None
    since: Day = field(validator=_a_day)
    until: date | None = field(default=None, validator=day)
    withdrawn: Day | None = field(default=None, validator=_a_day)
    holds: frozenset[int] = field(init=False, repr=False, eq=False)

    @holds.default
    def _holds(self) -> frozenset[int]:
        return frozenset(self.scopes or ())


def _methodology(value: str | MethodologyVersion) -> MethodologyVersion:
    return MethodologyVersion.parse(value)


@frozen(kw_only=True)
class Approval:
    """A methodology version is approved, and perhaps superseded later."""

    methodology: MethodologyVersion = field(converter=_methodology)
    approved_on: Day = field(validator=_a_day)
    superseded_on: date | None = field(default=None, validator=day)


@frozen(kw_only=True)
class Number:
    """A reference number was given to a case."""

    reference: str = field(validator=name)
    case: str = field(validator=name)


@frozen(kw_only=True)
class Clearance:
    """The Committee had no objection to an idea note, or exempted it; or it objected."""

    country: str = field(validator=_code)
    reference: str = field(validator=name)
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

    case: str = field(validator=name)
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

    project: str = field(validator=name)
    case: str = field(validator=name)
    period: Period | None = field(default=None, converter=_period)
    counts: bool = True
    verified: bool | None = None


@frozen
class Periods:
    """The monitoring periods of a project that a register knows, and whether there can be no other."""

    known: tuple[Monitored, ...]
    complete: bool


Given: TypeAlias = Designation | Approval | Number | Clearance | Project | Monitored
