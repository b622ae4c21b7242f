"""The rows on each proposal of a methodology, or of its revision: by the version that came of it, or by its number.

One methodology has a proposal for each of its versions. A row belongs to one by the version or the number that it
names. A window or a meeting that names neither belongs to the first decision after it, as does a number that no
decision names; and a decision without a version is one with that of its day.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from jcm_cycle.days import UNKNOWN_DAY, Day, sort_day
from jcm_cycle.evidence import MethodologyVersion, Version
from jcm_cycle.record._bundle import stated
from jcm_cycle.record._recorded import by_name, told_day, words
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord, SubjectType

__all__ = ["APPROVED", "DECIDED", "Proposal", "by_proposal"]

APPROVED = (EventWord.METHODOLOGY_APPROVED, EventWord.METHODOLOGY_REVISION_APPROVED)
DECIDED = (*APPROVED, EventWord.METHODOLOGY_DECISION)
_BEFORE = (EventWord.METHODOLOGY_PUBLIC_INPUTS, EventWord.METHODOLOGY_CONSIDERED)


@define(kw_only=True, eq=False)
class Proposal:
    """One proposal.

    Attributes:
        of: the methodology: its number, the number of the proposal where it has none yet, or its name.
        number: the number of the proposal, where rows tell exactly one.
        version: the version that came of it.
        claims: its rows.
    """

    of: str
    number: str | None = None
    version: Version | None = None
    claims: list[Claim] = field(factory=list)

    @property
    def decided(self) -> list[Claim]:
        """The rows on its decision."""
        return words(self.claims, *DECIDED)

    @property
    def on(self) -> Day:
        """The day of its decision."""
        return told_day(self.decided)

    @property
    def methodology(self) -> MethodologyVersion | None:
        """The version that came of it, with its number, where both are told."""
        return MethodologyVersion(self.of, self.version) if "_AM" in self.of and self.version else None

    @property
    def name(self) -> str:
        """What it is known by: the version that came of it, its number, or the day of its decision."""
        if self.version is not None and "_PM" not in self.of:
            return f"{self.of} Ver{self.version.major}.{self.version.minor}"
        if self.number is not None:
            return self.number
        return self.of if self.on == UNKNOWN_DAY else f"{self.of} {self.on}"


def by_proposal(claims: Iterable[Claim]) -> list[Proposal]:
    """Return the proposals that rows tell of, methodology by methodology."""
    told = by_name(claims, SubjectType.METHODOLOGY)
    home: dict[str, set[str]] = {}
    for of, rows in told.items():
        for number in {n for claim in rows if "_AM" in of and not claim.joint for n in claim.detail.proposals}:
            home.setdefault(number, set()).add(of)
    for number in sorted(home.keys() & told.keys()):
        if len(home[number]) == 1:
            told[next(iter(home[number]))] += told.pop(number)
    return [one for of, rows in sorted(told.items()) for one in _Methodology(of).read(rows)]


@define(eq=False)
class _Methodology:
    """The proposals of one methodology, as far as they have been read."""

    of: str
    proposals: list[Proposal] = field(factory=list)

    def read(self, claims: list[Claim]) -> list[Proposal]:
        """Read first what names a version, then a number, then a decision, and last what came before one."""
        rows = words(claims, *EventWord)
        named = [claim for claim in rows if claim.detail.version]
        numbered = [claim for claim in rows if not claim.detail.version and self._number(claim)]
        others = [claim for claim in rows if not claim.detail.version and not self._number(claim)]
        for version in sorted({claim.detail.version for claim in named if claim.detail.version}):
            own = [claim for claim in named if claim.detail.version == version]
            numbers = stated(map(self._number, own))
            self._new(own, version, numbers[0] if len(numbers) == 1 else None)
        self._numbered(numbered)
        for claim in others:
            if claim.event in DECIDED:
                self._decided(claim)
        for claim in others:
            if claim.event in _BEFORE:
                self._before(claim)
        return self.proposals

    def _new(self, claims: list[Claim], version: Version | None = None, number: str | None = None) -> None:
        self.proposals.append(Proposal(of=self.of, number=number, version=version, claims=claims))

    def _number(self, claim: Claim) -> str | None:
        """Return the number of the proposal that a row names, if it names one and no other."""
        if "_PM" in self.of:
            return self.of
        told = {n for n in claim.subjects if "_PM" in n and not claim.joint} or {*claim.detail.proposals}
        return next(iter(told)) if len(told) == 1 else None

    def _numbered(self, claims: list[Claim]) -> None:
        versions = sorted(self.proposals, key=lambda one: (sort_day(one.on), one.version))
        alone: dict[str, list[Claim]] = {}
        for claim in claims:
            number = self._number(claim)
            owners = [one for one in versions if one.number == number]
            (owners[0].claims if len(owners) == 1 else alone.setdefault(number or "", [])).append(claim)
        for one in versions:
            open_ = {number: rows for number, rows in alone.items() if _may_lead_to(rows, one)}
            if one.number is None and open_:
                one.number = max(open_, key=lambda number: (min(sort_day(c.day) for c in open_[number]), number))
                one.claims += alone.pop(one.number)
        for number, rows in alone.items():
            self._new(rows, number=number)

    def _decided(self, claim: Claim) -> None:
        same = [one for one in self.proposals if any(other.day == claim.day for other in one.decided)]
        if claim.day == UNKNOWN_DAY and not same:
            same = self.proposals
        if len(same) == 1:
            same[0].claims.append(claim)
        else:
            self._new([claim])

    def _before(self, claim: Claim) -> None:
        later = [one for one in self.proposals if one.decided and sort_day(one.on) >= sort_day(claim.day)]
        pending = [one for one in self.proposals if not one.decided and one.number is None]
        if claim.day == UNKNOWN_DAY and len(self.proposals) == 1:
            later = self.proposals
        if later or pending:
            min(later or pending, key=lambda one: sort_day(one.on)).claims.append(claim)
        else:
            self._new([claim])


def _may_lead_to(claims: list[Claim], proposal: Proposal) -> bool:
    """Tell whether rows under a number may be on a proposal: they began before its decision, and know no other."""
    decided = words(claims, *DECIDED)
    begun = min(sort_day(claim.day) for claim in claims)
    return begun <= sort_day(proposal.on) and (not decided or told_day(decided) == proposal.on)
