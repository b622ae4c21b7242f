"""What the library itself puts on record about a case: its opening, and a move to another procedure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from attrs import field, frozen
from attrs.validators import instance_of, optional

from jcm_cycle.days import Period
from jcm_cycle.evidence._base import Evidence, MethodologyVersion, methodologies, name, required_name
from jcm_cycle.evidence.background import Background, made_with
from jcm_cycle.evidence.transfer import Block

__all__ = ["Move", "Opening"]


@frozen(kw_only=True)
class Opening(Evidence):
    """A case is opened under one procedure of one country.

    Attributes:
        country: two-letter code of the host country.
        track: special track of the country, or None.
        procedure: label of the procedure it is pinned to; None where it is not known.
        capabilities: value of each capability under that procedure: yes, provisional, no or unknown.
        title: title, where it is known from elsewhere.
        reference: public reference, where the case comes from a record.
        methodologies: methodology versions, where the case comes from a record.
        of: id of the case to which this one belongs: an issuance is of a project.
        of_reference: public reference of that case.
        period: the monitoring period of an issuance, where it is known from elsewhere.
        block: for a transfer, the credits that it is about.
        background: what is told beside the procedure: funding, consortium, origin.
    """

    tag: ClassVar[str] = "opening"

    country: str = field(validator=required_name)
    track: str | None = None
    procedure: str | None = None
    capabilities: Mapping[str, str] = field(factory=dict)
    title: str | None = field(default=None, validator=name)
    reference: str | None = field(default=None, validator=name)
    methodologies: tuple[MethodologyVersion, ...] | None = field(default=None, converter=methodologies)
    of: str | None = field(default=None, validator=name)
    of_reference: str | None = field(default=None, validator=name)
    period: Period | None = field(default=None, validator=optional(instance_of(Period)))
    block: Block | None = field(default=None, validator=optional(instance_of(Block)))
    background: Background | None = field(default=None, validator=made_with(Background))


@frozen(kw_only=True)
class Move(Evidence):
    """A case is moved to another procedure, by a recorded act or by a transition of the book.

    Attributes:
        procedure: label of the procedure it is moved to.
        capabilities: value of each capability under that procedure.
        reason: why, in words.
    """

    tag: ClassVar[str] = "move"

    procedure: str = field(validator=required_name)
    capabilities: Mapping[str, str] = field(factory=dict)
    reason: str | None = None
