"""What is odd in the rows on third-party entities: their names, their scopes and the ends of what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from jcm_cycle._claimed import name_key
from jcm_cycle.days import UNKNOWN_DAY, Between, Day, exact, sort_day, surely_by
from jcm_cycle.record._bundle import stated
from jcm_cycle.record._entity_facts import gone_on
from jcm_cycle.record._entity_scopes import no_scopes, withdrawn
from jcm_cycle.record._names import Named, named
from jcm_cycle.record._odd import Background, Odd, Told
from jcm_cycle.record.detail import Detail
from jcm_cycle.record.vocabulary import EventWord

__all__ = ["of_entities"]

_BEGUN = (EventWord.TPE_DESIGNATED, EventWord.TPE_SCOPE_ADDED, EventWord.TPE_REDESIGNATED)
_UNTIL, _GONE = EventWord.TPE_ACCREDITATION_UNTIL, EventWord.TPE_WITHDRAWN


def of_entities(told: Iterable[Told], behind: Background) -> Iterator[tuple[str, Odd]]:
    """Yield what is odd in entities, by kind.

    Args:
        told: all cases of the record.
        behind: what the record says of each country.
    """
    cases = [one for one in told if one.case.machine == "tpe"]
    yield "designated again while designated", _again(cases)
    yield "designation is not told, only what followed it", _implied(cases)
    yield "withdrawn here, designated in another country", _elsewhere(cases)
    yield "shown on a list after its withdrawal", _shown_later(cases)
    yield "accreditation ended, and no withdrawal is told", _ended(cases, behind)
    yield "accreditation ended before the designation", _ended_before(cases)
    yield "last day of the accreditation differs from row to row", _ends(cases)
    yield "single scopes were withdrawn, on a day that is not told", _scopes_lost(cases)
    yield "scopes could not be read", _unread(cases)
    yield "number that is no scope", _no_scopes(cases)
    yield "went by another name before", _former(cases)
    yield "name differs from row to row", _names(cases)
    yield "name of another entity of the country", _same_name(cases)
    yield "name is nearly that of an entity elsewhere", _nearly(cases)
    yield "number is not told", _numberless(cases)


def _again(cases: Iterable[Told]) -> Odd:
    for one in cases:
        days = sorted({c.day for c in one.claims if c.event is EventWord.TPE_DESIGNATED}, key=sort_day)
        if "redesignate" in one.case.days and days:
            yield one, f"designated on {', and on '.join(map(str, days))}", (EventWord.TPE_DESIGNATED,)


def _implied(cases: Iterable[Told]) -> Odd:
    for one in cases:
        rows = [claim for claim in one.claims if claim.event in _BEGUN]
        first = min((sort_day(claim.day) for claim in rows), default=None)
        told = [claim for claim in rows if claim.event is EventWord.TPE_DESIGNATED]
        if not any(claim.day == UNKNOWN_DAY or sort_day(claim.day) == first for claim in told):
            words = ", ".join(sorted({claim.event for claim in one.claims} - {EventWord.TPE_DESIGNATED}))
            yield one, f"no row tells of a designation before {words}", ()


def _elsewhere(cases: Sequence[Told]) -> Odd:
    bears = _by_key(cases)
    for one in cases:
        if one.case.state != "withdrawn":
            continue
        same = {other.case.id: other for key in _keys(one) for other in bears[key]}
        still = sorted(
            name for name, other in same.items()
            if other.case.country != one.case.country and other.case.state == "designated"
        )  # fmt: skip
        if still:
            yield one, f"is designated as {', '.join(still)}", (_GONE,)


def _shown_later(cases: Iterable[Told]) -> Odd:
    for one in cases:
        gone = [claim for claim in one.claims if claim.event is _GONE]
        on = gone_on(gone)
        lists = sorted(stated(claim.detail.snapshot for claim in one.claims if claim.event in (*_BEGUN, _UNTIL)))
        if gone and lists and surely_by(on, lists[-1] - timedelta(days=1)):
            yield one, f"withdrawn {_when(on)}, shown on a list of {lists[-1]}", (_GONE,)


def _ended(cases: Iterable[Told], behind: Background) -> Odd:
    for one in cases:
        until, seen = _until(one), behind.seen
        if until and seen and until < seen and one.case.state == "designated":
            yield one, f"the accreditation ended on {until}, the record goes on to {seen}", (_UNTIL,)


def _ended_before(cases: Iterable[Told]) -> Odd:
    for one in cases:
        until = _until(one)
        begun = [day for claim in one.claims if claim.event in _BEGUN and (day := exact(claim.day))]
        if until and begun and until < min(begun):
            yield one, f"the accreditation ended on {until}, the designation is of {min(begun)}", (_UNTIL,)


def _ends(cases: Iterable[Told]) -> Odd:
    for one in cases:
        days = sorted({day for claim in one.claims if claim.event is _UNTIL and (day := exact(claim.day))})
        if len(days) > 1:
            yield one, f"until {', '.join(map(str, days))}: the latest is kept", (_UNTIL,)


def _until(one: Told) -> date | None:
    return max((day for claim in one.claims if claim.event is _UNTIL and (day := exact(claim.day))), default=None)


def _scopes_lost(cases: Iterable[Told]) -> Odd:
    for one in cases:
        if "withdraw_scope" in one.case.days:
            gone = [str(scopes) for claim in one.claims for scopes in withdrawn([claim])]
            yield one, f"scopes {'; '.join(dict.fromkeys(gone))}", _BEGUN


def _unread(cases: Iterable[Told]) -> Odd:
    for one in cases:
        parts = [part for claim in one.claims if claim.event in _BEGUN for part in claim.detail_text.split(";")]
        texts = stated(" ".join(part.split()) for part in parts if "scope" in part.casefold() and not _tells(part))
        if texts:
            yield one, "; ".join(f"“{text}”" for text in texts), _BEGUN


def _tells(part: str) -> bool:
    """Tell whether scopes could be read in one part of a detail."""
    detail = Detail.parse(part)
    return bool(detail.scopes or detail.added_scopes or detail.withdrawn_scopes)


def _no_scopes(cases: Iterable[Told]) -> Odd:
    for one in cases:
        numbers = no_scopes(claim for claim in one.claims if claim.event in _BEGUN)
        if numbers:
            yield one, f"scope {', '.join(map(str, numbers))} is left out", _BEGUN


def _named(one: Told) -> list[Named]:
    return [named(claim.title) for claim in one.claims if not claim.joint and claim.title]


def _keys(one: Told) -> frozenset[str]:
    return frozenset[str]().union(*(name.all for name in _named(one)))


def _by_key(cases: Iterable[Told]) -> Mapping[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in cases:
        for key in _keys(one):
            found.setdefault(key, []).append(one)
    return found


def _former(cases: Iterable[Told]) -> Odd:
    for one in cases:
        if one.case.file.former_names:
            yield one, f"{one.case.file.title}, formerly {', '.join(one.case.file.former_names)}", ()


def _names(cases: Iterable[Told]) -> Odd:
    for one in cases:
        now = one.case.file.title or ""
        known = {name_key(name) for name in (now, *one.case.file.former_names)}
        other = {name_key(name.now): name.now for name in _named(one) if name_key(name.now) not in known}
        if other:
            yield one, f"also named {'; '.join(sorted(other.values()))}", ()


def _same_name(cases: Sequence[Told]) -> Odd:
    bears = _by_key(cases)
    for one in cases:
        same = {other.case.id for key in _keys(one) for other in bears[key] if other.case.country == one.case.country}
        if same - {one.case.id}:
            yield one, f"has the name of {', '.join(sorted(same - {one.case.id}))}", ()


def _nearly(cases: Sequence[Told]) -> Odd:
    """A plural or a lost letter at the end of a word makes no other name."""
    keys = {one.case.id: _keys(one) for one in cases}
    loose: dict[str, list[Told]] = {}
    for one in cases:
        for key in {_loose(key) for key in keys[one.case.id]}:
            loose.setdefault(key, []).append(one)
    for same in loose.values():
        for one in same:
            others = sorted(
                f"{other.case.id} ({other.case.file.title})" for other in same
                if keys[other.case.id].isdisjoint(keys[one.case.id])
            )  # fmt: skip
            if others:
                yield one, f"{one.case.file.title}; elsewhere {', '.join(others)}", ()


def _loose(key: str) -> str:
    return " ".join(word.removesuffix("s") for word in key.split())


def _numberless(cases: Iterable[Told]) -> Odd:
    for one in cases:
        if not one.case.references:
            yield one, "it is known by its name", ()


def _when(on: Day) -> str:
    return str(on) if isinstance(on, Between) else f"on {on}"
