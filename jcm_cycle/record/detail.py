"""What a row's `detail` says in fixed phrases; everything else stays text, and nothing is guessed.

The parts of a detail stand between semicolons. A phrase is read only where it is complete: an unknown
country, a day that does not exist, a number that is not whole or a list that breaks off leaves it unread.
Where two phrases of one kind contradict each other (two sides, two periods, a side beside a total) neither
is read.
"""

from __future__ import annotations

import re
from datetime import date

from attrs import frozen

from jcm_cycle.days import Period, parse_day
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import MethodologyVersion, Version
from jcm_cycle.record._parts import Parts
from jcm_cycle.record._scopes import Scopes, scopes
from jcm_cycle.record.countries import government, side

__all__ = ["Detail", "Holding", "Period", "Scopes"]


@frozen(kw_only=True)
class Holding:
    """The part of the credits that goes to one holder, in tonnes of CO2 equivalent.

    Attributes:
        side: country code of the side.
        holder: who of that side; only "government" is ever read.
        amount: whole tonnes.
    """

    side: str
    holder: str = "government"
    amount: int


@frozen(kw_only=True)
class Detail:
    """What the details of a row say, as far as they could be read.

    Attributes:
        methodologies: the approved methodologies named, with their versions.
        version: a version that stands alone.
        proposals: the numbers under which a methodology was proposed.
        proponent: who proposed it, as written.
        side: country code of the side that the amount belongs to.
        total: whether the amount is said to be that of both sides.
        holdings: the parts that go to governments.
        period: the monitoring period that the row belongs to.
        decision: the day of the decision that the row belongs to.
        scopes: the scopes of a designation.
        added_scopes: the scopes that came later.
        withdrawn_scopes: the scopes that were withdrawn later.
        effective: the days, both included, on which a measure has effect.
        revisions: whether something was approved with revisions.
        undated: the remark on a fact whose day is unknown.
        snapshot: the day of the list that shows the fact.
        text: the parts of which something was left unread, as written, joined by semicolons.
    """

    methodologies: tuple[MethodologyVersion, ...] = ()
    version: Version | None = None
    proposals: tuple[str, ...] = ()
    proponent: str | None = None
    side: str | None = None
    total: bool = False
    holdings: tuple[Holding, ...] = ()
    period: Period | None = None
    decision: date | None = None
    scopes: Scopes | None = None
    added_scopes: Scopes | None = None
    withdrawn_scopes: Scopes | None = None
    effective: Period | None = None
    revisions: bool = False
    undated: str | None = None
    snapshot: date | None = None
    text: str = ""

    @classmethod
    def parse(cls, text: str) -> Detail:
        """Read the details of a row; there is no text that this could not take."""
        parts = Parts.of(text)
        named_side, total = _side_or_total(parts)
        plain, added, withdrawn = scopes(parts)
        return cls(
            methodologies=tuple(m for found in parts.all(_METHODOLOGIES, _methodologies) for m in found),
            version=parts.one(_VERSION, lambda found: Version.parse(found["version"])),
            proposals=tuple(p for found in parts.all(_PROPOSALS, _proposals) for p in found),
            proponent=parts.one(_PROPONENT, lambda found: found["name"]),
            side=named_side,
            total=total,
            holdings=parts.all(_HOLDING, _holding),
            period=parts.one(_PERIOD, _period),
            decision=parts.one(_DECISION, _day),
            scopes=plain,
            added_scopes=added,
            withdrawn_scopes=withdrawn,
            effective=parts.one(_EFFECTIVE, _period),
            revisions=bool(parts.all(_REVISIONS, lambda _: True)),
            undated=parts.one(_UNDATED, lambda found: found["remark"]),
            snapshot=parts.one(_SNAPSHOT, _day),
            text=parts.rest(),
        )


_D = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9/]|-[0-9])"
_VER = r"[Vv]er ?[0-9]{1,3}\.[0-9]{1,3}"
_AND = r"(?:, (?:and )?|,| and | )"
_REMARK = r"(?= \(.*\)$|$)"
_NAME = r"[^\W\d_][^;,:()\d]*?"

_APPROVED = rf"[A-Z]{{2}}_AM[0-9]{{3}} {_VER}"
_PROPOSED = "[A-Z]{2}_PM[0-9]{3}"
_METHODOLOGIES = re.compile(rf"^methodolog(?:y|ies) (?P<list>{_APPROVED}(?:{_AND}{_APPROVED})*){_REMARK}")
_VERSION = re.compile(rf"^(?P<version>{_VER})(?=$| \(|,? with revisions)")
_PROPOSALS = re.compile(rf"^proposed as (?P<list>{_PROPOSED}(?:{_AND}{_PROPOSED})*){_REMARK}")
_PROPONENT = re.compile(r"^proponent (?P<name>.+?)(?=$| \([a-z][^()]*\)$)")
_SIDE = re.compile(
    rf"(?:^|(?<=, ))(?:amount notified to the )?(?P<name>{_NAME}) (?:side|registry)"
    r"(?=$|[,:]| \(| for (?:monitoring|period) )"
)
_TOTAL = re.compile(
    r"^(?:total|total notified|total of both sides|sum of the two sides['\u2019] notified amounts)(?=$|,| \()"
)
_HOLDING = re.compile(
    r"(?<![\w.,/-])(?<![0-9] )(?P<amount>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12}) t"
    rf" (?:(?:to be )?acquired by|to) the (?P<name>{_NAME}) government\b(?!['\u2019])"
)
_PERIOD = re.compile(rf"\b(?:monitoring|period) (?P<start>{_D})\.\.(?P<end>{_D})")
_DECISION = re.compile(
    r"\b(?:period of the credits notified on|period of the issuance decided|decision of)"
    rf" (?P<day>{_D})"
)
_EFFECTIVE = re.compile(rf"\beffective from (?P<start>{_D}) until (?P<end>{_D})")
_SNAPSHOT = re.compile(rf"\bsnapshot of (?P<day>{_D})")
_REVISIONS = re.compile(r"(?<!not )\bwith revisions\b")
_UNDATED = re.compile(r"^undated: (?P<remark>.+)$")


def _day(found: re.Match[str], name: str = "day") -> date | None:
    try:
        return parse_day(found[name])
    except EvidenceError:
        return None


def _period(found: re.Match[str]) -> Period | None:
    start, end = _day(found, "start"), _day(found, "end")
    return Period(start, end) if start and end and start <= end else None


def _methodologies(found: re.Match[str]) -> list[MethodologyVersion]:
    return [MethodologyVersion.parse(text) for text in re.findall(_APPROVED, found["list"])]


def _proposals(found: re.Match[str]) -> list[str]:
    return re.findall(_PROPOSED, found["list"])


def _holding(found: re.Match[str]) -> Holding | None:
    code = government(found["name"])
    return Holding(side=code, amount=int(found["amount"].replace(",", ""))) if code else None


def _side_or_total(parts: Parts) -> tuple[str | None, bool]:
    sides = parts.find(_SIDE, lambda found: side(found["name"]))
    totals = parts.find(_TOTAL, lambda _: True)
    if len({code for _, _, code in sides}) + bool(totals) != 1:
        return None, False
    parts.keep(sides)
    parts.keep(totals)
    return (sides[0][2] if sides else None), bool(totals)
