"""What is on record of a block of credits under Article 6: authorisations, transfers, adjustments, use."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from attrs import field, frozen
from attrs.validators import optional

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._amounts import check_year, check_years, tonnes
from jcm_cycle.evidence._base import Evidence, as_tuple, country, name, one_of, required_name

__all__ = [
    "Adjustment",
    "ArticleSixReport",
    "Authorisation",
    "AuthorisedObject",
    "Block",
    "BlockPart",
    "BlockSplit",
    "CancellationRecord",
    "FirstTransfer",
    "Purpose",
    "TransferRecord",
    "UseRecord",
]


class Purpose(StrEnum):
    """What mitigation outcomes are authorised or used for."""

    NDC = "NDC"
    """Towards a nationally determined contribution."""
    IMP = "IMP"
    """International mitigation purposes."""
    OP = "OP"
    """Other purposes."""


def _purpose(value: str | None) -> Purpose | None:
    return one_of("purpose", Purpose, value)


class AuthorisedObject(StrEnum):
    """What a Party authorises."""

    APPROACH = "approach"
    ACTIVITY = "activity"
    OUTCOMES = "outcomes"
    ENTITY = "entity"


def _object(value: str | None) -> AuthorisedObject | None:
    return one_of("object", AuthorisedObject, value)


class FirstTransfer(StrEnum):
    """What a Party takes for the first transfer."""

    AUTHORISATION = "authorisation"
    ISSUANCE = "issuance"
    USE_OR_CANCELLATION = "use or cancellation"
    INTERNATIONAL_TRANSFER = "first international transfer"


def _first_transfer(value: str | None) -> FirstTransfer | None:
    return one_of("first_transfer", FirstTransfer, value)


def _purposes(value: Any) -> Any:
    found = as_tuple(value)
    return tuple(one_of("purposes", Purpose, item) for item in found) if isinstance(found, tuple) else found


def _known(_: object, attribute: Any, value: Any) -> None:
    if value is not None and not (isinstance(value, tuple) and all(isinstance(item, Purpose) for item in value)):
        why = f"{attribute.name}: {value!r} is not a list of purposes."
        raise EvidenceError(why, cure=f"Purposes are {', '.join(Purpose)}.")


def _some(_: object, attribute: Any, value: Any) -> None:
    tonnes(_, attribute, value)
    if value < 1:
        why = f"{attribute.name}: a block of {value} t holds no credits."
        raise EvidenceError(why, cure="Give whole tonnes, at least 1.")


def _each_once(_: object, attribute: Any, value: Any) -> None:
    twice = sorted({year for year in value or () if value.count(year) > 1})
    if twice:
        why = f"{attribute.name}: {twice[0]} stands twice."
        raise EvidenceError(why, cure="Give each calendar year once.")


@frozen(kw_only=True)
class Block:
    """Credits of one issuance that one side issued and that are dealt with together.

    Attributes:
        side: two-letter code of the side that issued them.
        amount: whole tonnes of CO2 equivalent.
        years: the calendar years of the reductions; None where they are not known.
        holder: who holds them, where that is told.
    """

    side: str = field(validator=country)
    amount: int = field(validator=_some)
    years: tuple[int, ...] | None = field(default=None, converter=as_tuple, validator=[check_years, _each_once])
    holder: str | None = field(default=None, validator=name)

    def __str__(self) -> str:
        years = f" of {', '.join(map(str, self.years))}" if self.years else ""
        return f"{self.side} {self.amount} t{years}" + (f" ({self.holder})" if self.holder else "")


@frozen(kw_only=True)
class Authorisation(Evidence):
    """A Party authorises mitigation outcomes under Article 6.

    Attributes:
        party: two-letter code of the Party.
        object: what is authorised: the approach, an activity, outcomes or an entity.
        purposes: for what they may be used; None where that was not read.
        first_transfer: what the Party takes for the first transfer.
        reference: number or title of the document.
    """

    tag: ClassVar[str] = "authorisation"

    party: str = field(validator=country)
    object: AuthorisedObject | None = field(default=None, converter=_object)
    purposes: tuple[Purpose, ...] | None = field(default=None, converter=_purposes, validator=_known)
    first_transfer: FirstTransfer | None = field(default=None, converter=_first_transfer)
    reference: str | None = field(default=None, validator=name)


@frozen(kw_only=True)
class TransferRecord(Evidence):
    """A registry records the first transfer of a block.

    Attributes:
        reference: its number, where it has one.
        to: the Party that receives it.
        approval_ended: whether the host country's approval of these results had been revoked or had expired.
    """

    tag: ClassVar[str] = "transfer_record"

    reference: str | None = field(default=None, validator=name)
    to: str | None = field(default=None, validator=optional(country))
    approval_ended: bool | None = None


@frozen(kw_only=True)
class Adjustment(Evidence):
    """A Party applies its corresponding adjustment.

    Attributes:
        party: two-letter code of the Party.
        year: the calendar year to which it is applied.
    """

    tag: ClassVar[str] = "adjustment"

    party: str = field(validator=country)
    year: int | None = field(default=None, validator=check_year)


@frozen(kw_only=True)
class ArticleSixReport(Evidence):
    """A Party reports on the transfer under Article 6.

    Attributes:
        party: two-letter code of the Party.
        report: title of the report.
    """

    tag: ClassVar[str] = "article_six_report"

    party: str = field(validator=country)
    report: str | None = field(default=None, validator=name)


@frozen(kw_only=True)
class UseRecord(Evidence):
    """A registry records that a block was used; it moves no more after that.

    Attributes:
        purpose: what it was used for.
        reference: the number of the record.
    """

    tag: ClassVar[str] = "use_record"

    purpose: Purpose | None = field(default=None, converter=_purpose)
    reference: str | None = field(default=None, validator=name)


@frozen(kw_only=True)
class CancellationRecord(Evidence):
    """A registry records that a block was cancelled; it moves no more after that.

    Attributes:
        reason: why, in words.
        reference: the number of the record.
    """

    tag: ClassVar[str] = "cancellation_record"

    reason: str | None = None
    reference: str | None = field(default=None, validator=name)


@frozen(kw_only=True)
class BlockPart:
    """One of the blocks into which a block is split.

    Attributes:
        case: id of its case.
        amount: whole tonnes of CO2 equivalent.
        holder: who holds it, where that is told.
    """

    case: str = field(validator=required_name)
    amount: int = field(validator=_some)
    holder: str | None = field(default=None, validator=name)

    def __str__(self) -> str:
        return f"{self.case} {self.amount} t"


def _parts(_: object, attribute: Any, value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(item, BlockPart) for item in value):
        why = f"{attribute.name}: {value!r} must be a list of BlockPart."
        raise EvidenceError(why, cure='Make each with BlockPart(case="…", amount=…).')


@frozen(kw_only=True)
class BlockSplit(Evidence):
    """A block is split into blocks of their own.

    Attributes:
        parts: the blocks that come of it.
    """

    tag: ClassVar[str] = "block_split"

    parts: tuple[BlockPart, ...] = field(converter=as_tuple, validator=_parts)
