"""What a third-party entity has gathered: its names, and every scope set that it held, each for a stretch of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from attrs import evolve, frozen

from jcm_cycle.days import Day, surely_after
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
        holdings: every scope set that it held, in the order in which they began.
        completions: how many times the application was completed.
        decided_on: the day of the Committee's latest decision.
    """

    title: str | None = None
    former_names: tuple[str, ...] = ()
    references: tuple[tuple[str, Day], ...] = ()
    asked: tuple[Scopes, ...] | None = None
    basis: AccreditationBasis | None = None
    accredited_until: date | None = None
    holdings: tuple[Holding, ...] = ()
    completions: int = 0
    decided_on: Day | None = None

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
        holdings=(*file.holdings, *_held(scopes, since, provisional=evidence.outcome is Outcome.PROVISIONAL)),
        decided_on=decided,
    )


def _held(scopes: Iterable[Scopes] | None, since: Day, *, provisional: bool = False) -> list[Holding]:
    if scopes is None:
        return [Holding(scopes=None, since=since, provisional=provisional)]
    return [
        Holding(scopes=one.numbers, role=one.role, since=since, until=one.until, provisional=provisional)
        for one in scopes
    ]


def _ended(file: EntityFile, on: Day) -> tuple[Holding, ...]:
    return tuple(evolve(holding, ended=on) if holding.ended is None else holding for holding in file.holdings)


def redesignate(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Let the scopes of the decision follow those held so far; where it names none, the same ones, to no told end."""
    return _again(file, evidence, on, lambda _: None)


def reinstate(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Let what was suspended go on, to the end that was told unless that has passed."""
    since = evidence.effective_on or evidence.decided_on or on
    return _again(file, evidence, on, lambda until: until if until and not surely_after(since, until) else None)


def _again(
    file: EntityFile, evidence: JointCommitteeDecision, on: Day, until: Callable[[date | None], date | None]
) -> EntityFile:
    since = evidence.effective_on or evidence.decided_on or on
    last = file.held or _last(file)
    again = [
        evolve(holding, since=since, until=until(holding.until), ended=None, provisional=False) for holding in last
    ]
    new = again if evidence.scopes is None and again else _held(evidence.scopes, since)
    return change(
        file,
        references=numbered(file.references, evidence.number, on),
        holdings=(*_ended(file, since), *new),
        decided_on=evidence.decided_on or on,
    )


def _last(file: EntityFile) -> tuple[Holding, ...]:
    """Return what was held until the latest end."""
    if not file.holdings:
        return ()
    end = file.holdings[-1].ended
    return tuple(holding for holding in file.holdings if holding.ended == end)


def suspend(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Let all that is held end with the day of the suspension."""
    since = evidence.effective_on or evidence.decided_on or on
    return change(file, holdings=_ended(file, since), decided_on=evidence.decided_on or on)


def add_scope(file: EntityFile, evidence: JointCommitteeDecision, on: Day) -> EntityFile:
    """Add the scopes of the decision to those held."""
    since = evidence.effective_on or evidence.decided_on or on
    added = _held(evidence.scopes, since) if evidence.scopes is not None else []
    return change(file, holdings=(*file.holdings, *added), decided_on=evidence.decided_on or on)


def withdraw_scope(file: EntityFile, evidence: ScopeWithdrawal, on: Day) -> EntityFile:
    """Let single scopes end; what is held beside them goes on from that day."""
    holdings = list(file.holdings)
    for gone in evidence.scopes:
        holdings = [part for holding in holdings for part in _without(holding, gone, on)]
    return change(file, holdings=tuple(holdings))


def _without(holding: Holding, gone: Scopes, on: Day) -> list[Holding]:
    """Return a holding cut where scopes of it are withdrawn, for one role or for both."""
    held = set(holding.scopes or ())
    roles_meet = holding.role is None or gone.role is None or holding.role is gone.role
    if holding.ended is not None or not roles_meet or held.isdisjoint(gone.numbers):
        return [holding]
    parts = [evolve(holding, ended=on)]
    rest = tuple(scope for scope in holding.scopes or () if scope not in gone.numbers)
    if rest:
        parts.append(evolve(holding, scopes=rest, since=on))
    if holding.role is None and gone.role is not None:  # withdrawn for one role, kept for the other
        other = next(role for role in EntityRole if role is not gone.role)
        kept = tuple(scope for scope in holding.scopes or () if scope in gone.numbers)
        parts.append(evolve(holding, scopes=kept, role=other, since=on))
    return parts


def withdraw(file: EntityFile, evidence: DesignationWithdrawal, on: Day) -> EntityFile:
    """Let all that is held end."""
    del evidence
    return change(file, holdings=_ended(file, on))


def rename(file: EntityFile, evidence: Renaming, on: Day) -> EntityFile:
    """Give the entity another name; its number stays."""
    del on
    former = (*file.former_names, file.title) if file.title is not None else file.former_names
    return change(file, title=evidence.new_name, former_names=former)


def opened(file: EntityFile, evidence: Opening, on: Day) -> EntityFile:
    """Take over what the opening says of an entity that comes from elsewhere."""
    return change(file, title=evidence.title, references=numbered((), evidence.reference, on))


def ends(file: EntityFile) -> tuple[End, ...]:
    """Return the end of everything that was held to a day that was told beforehand."""
    found = []
    for holding in file.holdings:
        if holding.until is not None:
            scopes = "all its scopes" if holding.scopes is None else f"scopes {', '.join(map(str, holding.scopes))}"
            kind = "provisional designation" if holding.provisional else "designation"
            what = f"end of the {kind} for {holding.role or 'validation and verification'}, {scopes}"
            found.append(
                End(what=what, who=Role.ENTITY, since=holding.since, until=holding.until, replaced=holding.ended)
            )
    return tuple(found)


nothing = unchanged(EntityFile)
