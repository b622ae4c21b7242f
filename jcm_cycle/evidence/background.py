"""Where a project comes from and who pays for it: what analysts sort by, and what no rule of the mechanism reads.

No rule that was read makes a subsidy a condition of registration. What a funding contract asks is told by
`jcm_cycle.advice`, apart from the rules, and the representative of a consortium is not the focal point that the
modalities of communication name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attrs import field, frozen
from attrs.validators import optional

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence._base import as_tuple, country, day, name, one_of

__all__ = [
    "Background",
    "Consortium",
    "ConsortiumMember",
    "Funding",
    "FundingDuty",
    "Origin",
    "OriginKind",
    "made_with",
]


class OriginKind(StrEnum):
    """From what a project or a methodology came."""

    FEASIBILITY_STUDY = "feasibility_study"
    MRV_DEMONSTRATION = "mrv_demonstration"
    """A project by which measurement, reporting and verification were tried out."""
    PROGRAMME = "programme"


class FundingDuty(StrEnum):
    """What a funding contract can ask of the participants."""

    CREDITS_TO_JAPAN = "credits_to_japan"
    """At least the programme's share of the credits for the Japanese side."""
    APPLY_FOR_REGISTRATION = "apply_for_registration"
    REPORT_TO_MINISTRY = "report_to_ministry"
    """What was monitored is reported to the ministry that pays."""


def _kind(value: Any) -> OriginKind:
    found = one_of("kind", OriginKind, value)
    if found is None:
        raise EvidenceError("kind: none is given.", cure=f"Words are {', '.join(OriginKind)}.")
    return found


def _duties(value: Any) -> Any:
    found = as_tuple(value)
    if found is not None and not isinstance(found, tuple):
        raise EvidenceError(f"duties: {value!r} is not a list.", cure=f"Give a list of {', '.join(FundingDuty)}.")
    if found is not None and None in found:
        raise EvidenceError("duties: one is not given.", cure=f"Words are {', '.join(FundingDuty)}.")
    return None if found is None else tuple(one_of("duties", FundingDuty, item) for item in found)


_DIGITS = 20
"""How many a share may have after the point."""


def _share(value: Any) -> Decimal | None:
    """Read a fraction of more than zero and at most one, exactly; a float is none, for it has no one text."""
    if value is None:
        return None
    found = Decimal(value) if isinstance(value, str) and re.fullmatch(r"[01](\.[0-9]+)?", value) else value
    if not isinstance(found, Decimal) or not found.is_finite() or not 0 < found <= 1:
        why = f"share: {value!r} is not a fraction of more than 0 and at most 1."
        raise EvidenceError(why, cure='Write it as text of a decimal number, such as "0.5" for one half.')
    if -int(found.as_tuple().exponent) > _DIGITS:
        why = f"share: {value!r} has more than {_DIGITS} digits after the point."
        raise EvidenceError(why, cure='Write it shorter, such as "0.3333" for one third.')
    return found


def made_with(cls: type[Any]) -> Callable[[Any, Any, Any], None]:
    """Return a validator for objects of a class; None passes."""

    def check(_: Any, attribute: Any, value: Any) -> None:
        if value is not None and not isinstance(value, cls):
            why = f"{attribute.name}: {value!r} is no {cls.__name__}."
            raise EvidenceError(why, cure=f"Make it with {cls.__name__}(…).")

    return check


def _given(_: object, attribute: Any, value: Any) -> None:
    if value is None:
        raise EvidenceError(f"{attribute.name}: none is given.", cure="Give a text that is not blank.")
    name(_, attribute, value)


@frozen(kw_only=True)
class Funding:
    """The programme that bears a part of the cost.

    Attributes:
        programme: its name.
        share: the part of the initial investment that it bears, as an exact fraction: more than 0, at most 1.
        granted_on: the day of the grant decision.
        duties: what the contract asks; None where that is not known, and then every duty known here is looked at.
    """

    programme: str = field(validator=_given)
    share: Decimal | None = field(default=None, converter=_share)
    granted_on: date | None = field(default=None, validator=day)
    duties: tuple[FundingDuty, ...] | None = field(default=None, converter=_duties)


def _yes_or_no(_: object, attribute: Any, value: object) -> None:
    if value is not None and not isinstance(value, bool):
        why = f"{attribute.name}: {value!r} is neither true nor false."
        raise EvidenceError(why, cure="Give True or False, or leave it out where it is not known.")


@frozen(kw_only=True)
class ConsortiumMember:
    """One member of a consortium.

    Attributes:
        name: name of the organisation.
        country: two-letter code of the country under whose law it stands.
        legal_person: whether it is a legal person.
    """

    name: str = field(validator=_given)
    country: str | None = field(default=None, validator=optional(country))
    legal_person: bool | None = field(default=None, validator=_yes_or_no)


def _members(_: object, attribute: Any, value: Any) -> None:
    for item in value if isinstance(value, tuple) else (value,):
        if not isinstance(item, ConsortiumMember):
            why = f"{attribute.name}: {item!r} is not a member of a consortium."
            raise EvidenceError(why, cure='Make each with ConsortiumMember(name="…").')


@frozen(kw_only=True)
class Consortium:
    """The organisations that carry a funded project together; the representative is no focal point by this.

    Attributes:
        representative: the member that speaks for all towards the programme.
        members: the other members; None where they are not known.
        single_contact: whether the representative is the programme's only contact; None where that is not told.
    """

    representative: ConsortiumMember = field(validator=_members)
    members: tuple[ConsortiumMember, ...] | None = field(default=None, converter=as_tuple, validator=optional(_members))
    single_contact: bool | None = field(default=None, validator=_yes_or_no)

    def __attrs_post_init__(self) -> None:
        names = [one.name for one in (self.representative, *(self.members or ()))]
        twice = next((one for one in names if names.count(one) > 1), None)
        if twice is not None:
            why = f"members: {twice} stands twice in the consortium."
            raise EvidenceError(why, cure="Name each member once; the representative is not named again.")


@frozen(kw_only=True)
class Origin:
    """From what a project or a methodology came, where it was not simply proposed.

    Attributes:
        kind: feasibility_study, mrv_demonstration or programme.
        text: more of it, in words.
        source: where that was read.
    """

    kind: OriginKind = field(converter=_kind)
    text: str | None = field(default=None, validator=name)
    source: str | None = field(default=None, validator=name)

    def __attrs_post_init__(self) -> None:
        if self.text is not None and self.source is None:
            raise EvidenceError("source: the text has none.", cure="Say where it was read, or leave the text out.")


@frozen(kw_only=True)
class Background:
    """What is told of a case beside its procedure: it changes no state, and no rule reads it.

    Attributes:
        funding: the programme that bears a part of the cost of a project.
        consortium: who carries a funded project.
        origin: from what a project or a methodology came.
    """

    funding: Funding | None = field(default=None, validator=made_with(Funding))
    consortium: Consortium | None = field(default=None, validator=made_with(Consortium))
    origin: Origin | None = field(default=None, validator=made_with(Origin))

    def check_of(self, machine: str) -> None:
        """Let pass the background of a project, and of a methodology its origin.

        Raises:
            EvidenceError: a case of this machine has no such background.
        """
        told = [what for what in ("funding", "consortium", "origin") if getattr(self, what) is not None]
        stray = [what for what in told if machine != "project" and (machine, what) != ("methodology", "origin")]
        if stray:
            why = f"background: a case of {machine} has no {' and no '.join(stray)}."
            raise EvidenceError(why, cure="Tell it of the project; of a methodology, tell the origin alone.")
