"""What a third-party entity has gathered: its names, and every scope set that it held, each for a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import evolve, frozen

from jcm_cycle.days import Between, Day, sort_day, surely_after
from jcm_cycle.evidence import (
    Accreditation,
    AccreditationBasis,
    DesignationApplication,
    DesignationWithdrawal,
    EntityRole,
    JointCommitteeDecision,
    Opening,
    Outcome,
    Renaming,
    Scopes,
    ScopeWithdrawal,
)
from jcm_cycle.parties import Role
from jcm_cycle.states._file import change, numbered, unchanged
from jcm_cycle.states._timed import End

__all__ = ["EntityFile", "Holding"]


@frozen(kw_only=True)
class Holding:
    """Scopes that an entity held for a stretch of days.

    Attributes:
        scopes: the scopes; None where a designation does not tell them.
        role: validation or verification; None for both.
        since: the first day.
        until: the last day that was told beforehand, such as the end of the accreditation.
        ended: the day from which it is held no more: withdrawn, suspended, or designated again.
        provisional: whether the designation was provisional.
    """

    scopes: tuple[int, ...] | None
    role: EntityRole | None = None
    since: Day
    until: date | None = None
    ended: Day | None = None
    provisional: bool = False


@frozen(kw_only=True, slots=False)
class EntityFile:
    """What a case of `tpe` has gathered.

    Attributes:
        title: name of the entity now.
        former_names: names that it went by before, the latest last.
        references: its number, with the day from which it is known.
        asked: the scopes that were applied for.
        basis: what it is accredited by.
        accredited_until: the last day of its accreditation.
        granted: every scope set that it was designated for, in the order in which that was decided.
        suspended: each suspension, from its day to that of its end; None where none is known of.
        completions: how many times the application was completed.
        decided_on: the day of the Committee's latest decision.
    """

    title: str | None = None
    former_names: tuple[str, ...] = ()
    references: tuple[tuple[str, Day], ...] = ()
    asked: tuple[Scopes, ...] | None = None
    basis: AccreditationBasis | None = None
    accredited_until: date | None = None
    granted: tuple[Holding, ...] = ()
    suspended: tuple[tuple[Day, Day | None], ...] = ()
    completions: int = 0
    decided_on: Day | None = None

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """Every scope set that it held: what was granted, without the days on which it was suspended."""
        found = self.granted
        for since, until in self.suspended:
            found = tuple(part for holding in found for part in _interrupted(holding, since, until))
        return found

    @property
    def held(self) -> tuple[Holding, ...]:
        """What it holds now, as far as nothing has ended it."""
        return tuple(holding for holding in self.holdings if holding.ended is None)


def apply_for(file: EntityFile, evidence: DesignationApplication, on: Day) -> EntityFile:
    """Take in the application."""
    del on
    return change(file, **_asked(file, evidence))


def complete(file: EntityFile, evidence: DesignationApplication, on: Day) -> EntityFile:
    """Take in the application once more, and count that."""
    del on
    return change(file, **_asked(file, evidence), completions=file.completions + 1)


def _asked(file: EntityFile, evidence: DesignationApplication) -> dict[str, Any]:
    behind = evidence.accreditation
    return {
        "title": evidence.entity,
        "asked": evidence.scopes if evidence.scopes is not None else file.asked,
        "basis": behind.basis if behind is not None else file.basis,
        "accredited_until": behind.until if behind is not None else file.accredited_until,
    }


def accredit(file: EntityFile, evidence: Accreditation, on: Day) -> EntityFile:
    """Keep the accreditation; the scopes that were designated stay as they are."""
    del on
    return change(file, basis=evidence.basis or file.basis, accredited_until=evidence.until)


def decide(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Designate for the scopes of the decision; where it names none, for those that were asked for."""
    decided = evidence.decided_on or on
    if evidence.outcome not in (Outcome.DESIGNATED, Outcome.PROVISIONAL):
        return change(file, decided_on=decided)
    since = evidence.effective_on or decided
    scopes = evidence.scopes if evidence.scopes is not None else file.asked
    return change(
        file,
        references=numbered(file.references, evidence.number, on),
        granted=(*file.granted, *_held(scopes, since, provisional=evidence.outcome is Outcome.PROVISIONAL)),
        decided_on=decided,
    )


def _held(scopes: Iterable[Scopes] | None, since: Day, *, provisional: bool = False) -> list[Holding]:
    if scopes is None:
        return [Holding(scopes=None, since=since, provisional=provisional)]
    return [
        Holding(scopes=one.numbers, role=one.role, since=since, until=one.until, provisional=provisional)
        for one in scopes
    ]


def _before(one: Day, other: Day) -> bool:
    return sort_day(one) < sort_day(other)


def _later(one: Day, other: Day) -> Day:
    return other if _before(one, other) else one


def _interrupted(holding: Holding, since: Day, until: Day | None) -> list[Holding]:
    """Return what a suspension leaves of a holding: the part before it, and the part after it if it has ended."""
    if holding.ended is not None and not _before(since, holding.ended):
        return [holding]
    if until is not None and not _before(holding.since, until):
        return [holding]
    parts = [evolve(holding, ended=since)]
    told = holding.until is None or until is None or not surely_after(until, holding.until)
    if until is not None and told and (holding.ended is None or _before(until, holding.ended)):
        parts.append(evolve(holding, since=_later(holding.since, until)))
    return parts


def _live(holding: Holding, on: Day) -> bool:
    """Tell whether nothing has ended a holding by a day; it may be one that is to begin later."""
    return holding.ended is None or _before(on, holding.ended)


def ended(file: EntityFile, on: Day) -> EntityFile:
    """Let all that is held end, and all that was to be held later."""
    return change(file, granted=_ended(file, on))


def _ended(file: EntityFile, on: Day) -> tuple[Holding, ...]:
    return tuple(evolve(holding, ended=on) if _live(holding, on) else holding for holding in file.granted)


def _effect(evidence: JointCommitteeDecision, on: Day) -> Day:
    return evidence.effective_on or evidence.decided_on or on


def redesignate(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Let the scopes of the decision follow those held so far; where it names none, the same ones, to no told end."""
    since = _effect(evidence, on)
    again = [
        evolve(holding, since=_later(holding.since, since), until=None, ended=None, provisional=False)
        for holding in file.granted
        if _live(holding, since)
    ]
    new = again if evidence.scopes is None and again else _held(evidence.scopes, since)
    return change(
        resumed(file, since),
        references=numbered(file.references, evidence.number, on),
        granted=(*_ended(file, since), *new),
        decided_on=evidence.decided_on or on,
    )


def suspend(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Let nothing be held from the day of the suspension on."""
    return change(interrupted(file, _effect(evidence, on)), decided_on=evidence.decided_on or on)


def interrupted(file: EntityFile, on: Day) -> EntityFile:
    """Begin a suspension."""
    return change(file, suspended=(*file.suspended, (on, None)))


def reinstate(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Let what was suspended go on, to the end that was told unless that has passed."""
    return change(resumed(file, _effect(evidence, on)), decided_on=evidence.decided_on or on)


def resumed(file: EntityFile, on: Day) -> EntityFile:
    """End a suspension, if one runs."""
    if not file.suspended or file.suspended[-1][1] is not None:
        return file
    return change(file, suspended=(*file.suspended[:-1], (file.suspended[-1][0], on)))


def lapse(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Let what was held provisionally end."""
    return change(ended(file, _effect(evidence, on)), decided_on=evidence.decided_on or on)


def add_scope(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Add the scopes of the decision to those held."""
    added = _held(evidence.scopes, _effect(evidence, on)) if evidence.scopes is not None else []
    return change(file, granted=(*file.granted, *added), decided_on=evidence.decided_on or on)


def withdraw_scope(file: EntityFile, evidence: ScopeWithdrawal, on: Day) -> EntityFile:
    """Let single scopes end; what is held beside them goes on from that day."""
    granted = list(file.granted)
    for gone in evidence.scopes:
        granted = [part for holding in granted for part in _without(holding, gone, on)]
    return change(file, granted=tuple(granted))


def _without(holding: Holding, gone: Scopes, on: Day) -> list[Holding]:
    """Return a holding cut where scopes of it are withdrawn, for one role or for both."""
    held = set(holding.scopes or ())
    roles_meet = holding.role is None or gone.role is None or holding.role is gone.role
    if not _live(holding, on) or not roles_meet or held.isdisjoint(gone.numbers):
        return [holding]
    parts, since = [evolve(holding, ended=on)], _later(holding.since, on)
    rest = tuple(scope for scope in holding.scopes or () if scope not in gone.numbers)
    if rest:
        parts.append(evolve(holding, scopes=rest, since=since))
    if holding.role is None and gone.role is not None:  # withdrawn for one role, kept for the other
        other = next(role for role in EntityRole if role is not gone.role)
        kept = tuple(scope for scope in holding.scopes or () if scope in gone.numbers)
        parts.append(evolve(holding, scopes=kept, role=other, since=since))
    return parts


def withdraw(file: EntityFile, evidence: DesignationWithdrawal, on: Day) -> EntityFile:
    """Let all that is held end."""
    del evidence
    return ended(file, on)


def seen(file: EntityFile, state: str, on: Day) -> EntityFile:
    """Take in the state in which a list showed the entity: what brought it there happened on some day up to then."""
    by = on if isinstance(on, Between) else Between(not_after=on)
    if state in ("withdrawn", "not_designated"):
        return ended(file, by)
    if state == "suspended":
        running = file.suspended and file.suspended[-1][1] is None
        return file if running else interrupted(file, by)
    return resumed(file, by) if state == "designated" else file


def rename(file: EntityFile, evidence: Renaming, on: Day) -> EntityFile:
    """Give the entity another name; its number stays."""
    del on
    former = (*file.former_names, file.title) if file.title is not None else file.former_names
    return change(file, title=evidence.new_name, former_names=former)


def opened(file: EntityFile, evidence: Opening, on: Day) -> EntityFile:
    """Take over what the opening says of an entity that comes from elsewhere."""
    return change(file, title=evidence.title, references=numbered((), evidence.reference, on))


def ends(file: EntityFile) -> tuple[End, ...]:
    """Return the ends that were told beforehand: of all that was held, and of the accreditation behind it."""
    found = []
    for holding in file.holdings:
        if holding.until is not None and not (holding.ended is not None and not _before(holding.since, holding.ended)):
            scopes = "all its scopes" if holding.scopes is None else f"scopes {', '.join(map(str, holding.scopes))}"
            kind = "provisional designation" if holding.provisional else "designation"
            what = f"end of the {kind} for {holding.role or 'validation and verification'}, {scopes}"
            found.append(
                End(what=what, who=Role.ENTITY, since=holding.since, until=holding.until, replaced=holding.ended)
            )
    if file.accredited_until is not None:
        found.append(End(what="end of the accreditation", who=Role.ENTITY, since=None, until=file.accredited_until))
    return tuple(found)


nothing = unchanged(EntityFile)
