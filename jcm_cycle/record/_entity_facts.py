"""What a record says of one third-party entity, as facts of its machine: designations, scopes and their ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, sort_day
from jcm_cycle.evidence import Accreditation, DesignationWithdrawal, Opening, Outcome, Renaming, ScopeWithdrawal
from jcm_cycle.record._bundle import stated
from jcm_cycle.record._entity_scopes import held, withdrawn
from jcm_cycle.record._names import named, names_of
from jcm_cycle.record._recorded import Told, by_day, decided, recorded, roles, titled, told_day, words
from jcm_cycle.record._rows import As, Made, sources
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord
from jcm_cycle.states import tpe

__all__ = ["entity_case", "gone_on"]

_DESIGNATED = EventWord.TPE_DESIGNATED
_BEGUN = (_DESIGNATED, EventWord.TPE_SCOPE_ADDED, EventWord.TPE_REDESIGNATED)


def entity_case(name: str, claims: list[Claim]) -> list[Made]:
    """Return the opening and the recorded facts of one entity in one country; none where no row gives a fact.

    Args:
        name: id of the case.
        claims: all that the record says of it, in the order of the file.
    """
    gone = words(claims, EventWord.TPE_WITHDRAWN)
    by = Between(not_after=exact(gone_on(gone)))  # by the day of the withdrawal all else had come to pass
    begun = _begun(claims, by)
    ends = [claim for claim in words(claims, EventWord.TPE_ACCREDITATION_UNTIL) if exact(claim.day)]
    names = names_of(claims)
    number = name if any(claim.subjects for claim in claims) else None
    told = [
        *_designations(begun, ends, number, (number or names[0],)),
        *_scopes_withdrawn(begun, by),
        *_renamed(names, claims, by),
        *_accredited(begun, ends, by),
        *_seen([] if begun or gone else ends),
        *_withdrawn(gone),
    ]
    if not told:
        return []
    opening = Opening(country=claims[0].country, title=next(iter((*names[1:2], *names[:1])), None), reference=number)
    return recorded(tpe, name, opening, told, opened_by=[titled(claims, _DESIGNATED)])


def gone_on(claims: Iterable[Claim]) -> Day:
    """Return the day of a withdrawal; without one, the day of the list that marks it says by when it was."""
    rows = list(claims)
    day = told_day(rows)
    marked = stated(claim.detail.snapshot for claim in rows)
    return Between(not_after=min(marked)) if day == UNKNOWN_DAY and marked else day


@frozen
class _Begun:
    """Rows on one day that designate, add scopes or designate again."""

    on: Day
    word: EventWord
    claims: list[Claim]

    @property
    def by(self) -> Between:
        """By when it had come to pass."""
        return Between(not_after=self.on.not_after if isinstance(self.on, Between) else self.on)


def _begun(claims: Sequence[Claim], by: Between) -> list[_Begun]:
    """Return designations and added scopes in the order of their days.

    A designation without a day is the first that has one; else it came before all other rows.
    """
    found = {word: by_day(words(claims, word)) for word in _BEGUN}
    first = found[_DESIGNATED]
    undated = first.pop(UNKNOWN_DAY, [])
    if undated and first:
        first[min(first, key=sort_day)] += undated
    elif undated:
        later = [day for days in found.values() for known in days if (day := exact(known))]
        first[Between(not_after=min([*later, *stated([by.not_after])], default=None))] = undated
    begun = [_Begun(on, word, rows) for word in _BEGUN for on, rows in found[word].items()]
    return sorted(begun, key=lambda one: (sort_day(one.on), _BEGUN.index(one.word)))


def _designations(
    begun: Sequence[_Begun], ends: Sequence[Claim], number: str | None, cases: tuple[str, ...]
) -> list[Told]:
    """The first designation, and each that follows while it holds: that one is a new designation of the same entity.

    What is extended, or designated again, was designated by then.
    """
    found: list[Told] = []
    if begun and begun[0].word is not _DESIGNATED:
        rows = begun[0].claims
        evidence = decided(Outcome.DESIGNATED, UNKNOWN_DAY, (), number=number, cases=cases)
        found.append((tpe.decide_designation.fact(on=begun[0].by, evidence=evidence, sources=sources(rows)), {}))
    told = _with_scopes(begun)
    for place, one in enumerate(begun):
        beside = ends if place in told else []
        scopes = held(one.claims, _until(beside))
        if one.word is EventWord.TPE_SCOPE_ADDED:
            step, says = tpe.add_scope, decided(Outcome.DECIDED, one.on, one.claims, scopes=scopes, cases=cases)
        elif found:
            step, says = tpe.redesignate, decided(Outcome.DECIDED, one.on, one.claims, scopes=scopes, cases=cases)
        else:
            step = tpe.decide_designation
            says = decided(Outcome.DESIGNATED, one.on, one.claims, scopes=scopes, number=number, cases=cases)
        shown = [*one.claims, *(beside if place == min(told, default=None) else [])]
        fact = step.fact(on=one.on, evidence=says, sources=sources(shown))
        found.append((fact, {**dict.fromkeys((c.line for c in shown), As.ATTRIBUTE), **roles(one.claims)}))
    return found


def _with_scopes(begun: Sequence[_Begun]) -> range | list[int]:
    """Return the places of what is held now with scopes that are told: from the last designation that tells some."""
    told = [place for place, one in enumerate(begun) if held(one.claims, None)]
    last = [place for place in told if begun[place].word is not EventWord.TPE_SCOPE_ADDED]
    return [place for place in told if place >= max(last, default=0)]


def _until(ends: Iterable[Claim]) -> date | None:
    """Return the last day of the accreditation; of several the latest, for a list shows one at a time."""
    return max((day for claim in ends if (day := exact(claim.day))), default=None)


def _scopes_withdrawn(begun: Sequence[_Begun], by: Between) -> list[Told]:
    """Single scopes that a row says were withdrawn later: after the designation, on a day that is not told."""
    found: list[Told] = []
    for one in begun:
        scopes, since = withdrawn(one.claims), exact(one.on)
        if scopes:
            backwards = since and by.not_after and since > by.not_after
            on = UNKNOWN_DAY if backwards else Between(since, by.not_after)
            fact = tpe.withdraw_scope.fact(on=on, evidence=ScopeWithdrawal(scopes=scopes), sources=sources(one.claims))
            found.append((fact, {}))
    return found


def _renamed(names: Sequence[str], claims: Iterable[Claim], by: Between) -> list[Told]:
    """A row with “formerly” tells that the entity goes by another name, and not since when."""
    rows = [claim for claim in claims if named(claim.title).before]
    now, before = names[:1], names[1:]
    return [
        (tpe.rename.fact(on=by, evidence=Renaming(new_name=new), sources=sources(rows)), {})
        for new in ((*before[1:], *now) if before else ())
    ]


def _accredited(begun: Sequence[_Begun], ends: Sequence[Claim], by: Between) -> list[Told]:
    """The end of an accreditation stands with the scopes; where none are told, it is told by itself."""
    if not ends or _with_scopes(begun):
        return []
    fact = tpe.record_accreditation.fact(on=by, evidence=Accreditation(until=_until(ends)), sources=sources(ends))
    return [(fact, {claim.line: As.ATTRIBUTE for claim in ends})]


def _seen(ends: Sequence[Claim]) -> list[Told]:
    """An end that a list shows beside the scopes of an entity, of which nothing else is told, shows it designated."""
    days = stated(claim.detail.snapshot for claim in ends)
    on = max(days) if days else UNKNOWN_DAY
    return [(tpe.observed("designated", on=on, sources=sources(ends)), {})] if ends else []


def _withdrawn(gone: Sequence[Claim]) -> list[Told]:
    if not gone:
        return []
    fact = tpe.withdraw.fact(on=gone_on(gone), evidence=DesignationWithdrawal(), sources=sources(gone))
    return [(fact, roles(gone))]
