"""What a third-party entity files, and what is told of its designation: scopes by role, each with its own end."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from attrs import field, frozen

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import (
    LARGEST_SCOPE,
    Evidence,
    Filing,
    as_tuple,
    day,
    name,
    one_of,
    required_name,
    scope_numbers,
)
from jcm_cycle.evidence.reports import Notice

__all__ = [
    "Accreditation",
    "AccreditationBasis",
    "DesignationApplication",
    "DesignationWithdrawal",
    "EntityRole",
    "Renaming",
    "ScopeWithdrawal",
    "Scopes",
    "WithdrawalReason",
    "check_scopes",
]


class EntityRole(StrEnum):
    """What a third-party entity is designated for."""

    VALIDATION = "validation"
    VERIFICATION = "verification"


def _role(value: str | None) -> EntityRole | None:
    return one_of("role", EntityRole, value)


class AccreditationBasis(StrEnum):
    """What a designation rests on."""

    ISO_14065 = "ISO 14065"
    CDM = "CDM operational entity"


def _basis(value: str | None) -> AccreditationBasis | None:
    return one_of("basis", AccreditationBasis, value)


class WithdrawalReason(StrEnum):
    """Why a designation is withdrawn."""

    VOLUNTARY = "voluntary"
    AFTER_REVIEW = "after_review"
    ACCREDITATION_LOST = "accreditation_lost"


def _cause(value: str | None) -> WithdrawalReason | None:
    return one_of("cause", WithdrawalReason, value)


def _numbers(_: object, attribute: Any, value: Any) -> None:
    if not value:
        why = f"{attribute.name}: {value!r} is not a list of sectoral scopes."
        raise EvidenceError(why, cure=f"Give whole numbers from 1 to {LARGEST_SCOPE}, such as (1, 3).")
    scope_numbers(_, attribute, value)


@frozen(kw_only=True)
class Scopes:
    """Sectoral scopes that are held alike.

    Attributes:
        numbers: the scopes, 1 to 16.
        role: validation or verification; None for both.
        until: the last day on which they are held, where one is told.
    """

    numbers: tuple[int, ...] = field(converter=as_tuple, validator=_numbers)
    role: EntityRole | None = field(default=None, converter=_role)
    until: date | None = field(default=None, validator=day)

    def __str__(self) -> str:
        told = ", ".join(map(str, self.numbers)) + (f" for {self.role}" if self.role else "")
        return told + (f" until {self.until}" if self.until else "")


def check_scopes(_: object, attribute: Any, value: Any) -> None:
    """Let pass a tuple of scopes, or None."""
    if value is not None and not (isinstance(value, tuple) and all(isinstance(item, Scopes) for item in value)):
        why = f"{attribute.name}: {value!r} must be a list of Scopes."
        raise EvidenceError(why, cure="Make each with Scopes(numbers=(1, 3)).")


@frozen(kw_only=True)
class Accreditation(Evidence):
    """The accreditation on which a designation rests.

    Attributes:
        basis: ISO 14065, or CDM operational entity.
        until: its last day, where one is told.
        body: who accredited.
    """

    tag: ClassVar[str] = "accreditation"

    basis: AccreditationBasis | None = field(default=None, converter=_basis)
    until: date | None = field(default=None, validator=day)
    body: str | None = field(default=None, validator=name)

    def __str__(self) -> str:
        return (str(self.basis) if self.basis else "accreditation") + (f" until {self.until}" if self.until else "")


@frozen(kw_only=True)
class DesignationApplication(Filing):
    """A candidate applies for designation as a third-party entity.

    Attributes:
        entity: name of the candidate.
        scopes: the scopes asked for, by role.
        accreditation: what it is accredited by; None where the application does not say.
    """

    tag: ClassVar[str] = "designation_application"
    form: ClassVar[str | None] = "F_TPE"

    entity: str = field(validator=required_name)
    scopes: tuple[Scopes, ...] | None = field(default=None, converter=as_tuple, validator=check_scopes)
    accreditation: Accreditation | None = None


@frozen(kw_only=True)
class ScopeWithdrawal(Notice):
    """Single scopes of an entity are withdrawn; it stays designated for the others.

    Attributes:
        scopes: the scopes that are withdrawn, by role.
    """

    tag: ClassVar[str] = "scope_withdrawal"

    scopes: tuple[Scopes, ...] = field(converter=as_tuple, validator=check_scopes)


@frozen(kw_only=True)
class Renaming(Notice):
    """An entity goes by another name; its number stays.

    Attributes:
        new_name: the name from now on.
    """

    tag: ClassVar[str] = "renaming"

    new_name: str = field(validator=required_name)


@frozen(kw_only=True)
class DesignationWithdrawal(Notice):
    """A designation is withdrawn as a whole.

    Attributes:
        cause: voluntary, after a review, or because the accreditation was lost.
    """

    tag: ClassVar[str] = "designation_withdrawal"

    cause: WithdrawalReason | None = field(default=None, converter=_cause)
