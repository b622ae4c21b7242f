"""Folding: entries in the order of their effect make a case, without asking a rule or running an engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from attrs import frozen

from jcm_cycle.days import Between, Day, sort_day, surely_after, surely_by
from jcm_cycle.entries import Basis, Entry
from jcm_cycle.errors import JournalError
from jcm_cycle.states import machine

__all__ = ["AsOf", "as_of", "first_day", "in_effect", "known_at", "place_key"]

OPEN, OBSERVE, MOVE, VOID = "open", "observe", "move", "void"


def place_key(of: str, step: str, on: Day) -> tuple[date, int]:
    """Return what a fact of a machine is placed by: its day, and within a day the rank of its step."""
    steps = machine(of).steps
    found = steps.get(step)
    return sort_day(on), found.rank if found is not None else len(steps)


def _counting(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that count, in the order of recording: without those replaced, and without voids."""
    known = sorted(entries, key=lambda entry: entry.seq)
    replaced = {entry.replaces for entry in known if entry.replaces is not None}
    return [entry for entry in known if entry.seq not in replaced and entry.step != VOID]


def in_effect(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of one case in the order of their effect, without those that were replaced.

    Entries are placed in the order of recording. A fact goes after everything of an earlier day, and within a
    day after the steps that stand before its own in the table. A judged act was judged with all that was then
    on record, so it goes after all of that, save what surely came later. The opening comes first.
    """
    placed: list[Entry] = []
    keys: list[tuple[date, int]] = []
    latest = date.min
    for entry in _counting(entries):
        place, key = len(placed), place_key(entry.machine, entry.step, entry.on)
        if entry.step == OPEN:
            place, key = 0, (date.min, -1)
        elif entry.basis is Basis.JUDGED and isinstance(entry.on, date):
            if entry.on < latest:
                later = (n for n, other in enumerate(placed) if surely_after(other.on, key[0]))
                place = next((n for n in later if placed[n].step != OPEN), place)
        else:
            while place and keys[place - 1] > key:
                place -= 1
        placed.insert(place, entry)
        keys.insert(place, key)
        latest = max(latest, first_day(entry.on) or latest)
    return placed


def first_day(on: Day) -> date | None:
    """Return the first day that it can be, or None where that is open."""
    return on.not_before if isinstance(on, Between) else on


@frozen
class AsOf:
    """The entries of a journal as of a day.

    Attributes:
        entries: what surely had effect by the end of the day.
        unsure: what may have had effect by then: its day is not exactly known.
        later: what surely came later.
    """

    entries: tuple[Entry, ...]
    unsure: tuple[Entry, ...]
    later: tuple[Entry, ...]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


def as_of(entries: Iterable[Entry], day: date) -> AsOf:
    """Take what surely had effect by the end of a day, and name the rest; what was replaced is neither.

    The opening of a case whose day is not known is taken: without it there is no case.

    Raises:
        JournalError: the day is an instant.
    """
    if isinstance(day, datetime):
        why = f"{day} is an instant, not a day."
        raise JournalError(why, cure="Give a date without a time.")
    sure, unsure, later = [], [], []
    for entry in _counting(entries):
        if surely_by(entry.on, day) or (entry.step == OPEN and not surely_after(entry.on, day)):
            sure.append(entry)
        elif surely_after(entry.on, day):
            later.append(entry)
        else:
            unsure.append(entry)
    return AsOf(tuple(sure), tuple(unsure), tuple(later))


def known_at(entries: Iterable[Entry], instant: datetime) -> tuple[Entry, ...]:
    """Take what had been recorded by an instant, which must name its time zone.

    Raises:
        JournalError: it names none.
    """
    if not isinstance(instant, datetime) or instant.utcoffset() is None:
        why = f"{instant} is no instant with a time zone."
        raise JournalError(why, cure="Write 2024-05-01T12:00:00+00:00.")
    return tuple(entry for entry in entries if entry.recorded_at <= instant)
