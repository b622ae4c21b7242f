"""The work that every candidate does: a simplified project cycle of 14 states and 20 guarded events.

Each subject makes 14 attempts: six are accepted, one is refused by its guard, the field it reads is then set,
and the same and six more are accepted. Each accepted attempt adds one audit row (event, source, target, at).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, ClassVar

from attrs import define, field, frozen

__all__ = ["EVENTS", "STATES", "Adapter", "Event", "Subject", "measure", "verify"]

Row = tuple[str, str, str, int]
"""One line of the audit log: event, source, target, at."""


@frozen
class Event:
    """One event: from any of its sources to its target, where the subject's field `guard` is true."""

    name: str
    sources: tuple[str, ...]
    target: str
    guard: str


EVENTS = (
    Event("submit_pdd", ("idea",), "pdd_submitted", "has_pdd"),
    Event("open_public_inputs", ("pdd_submitted",), "public_inputs", "pdd_published"),
    Event("start_validation", ("public_inputs",), "validating", "inputs_closed"),
    Event("validate", ("validating",), "validated", "opinion"),
    Event("request_registration", ("validated",), "registration_requested", "letter"),
    Event("start_completeness", ("registration_requested",), "completeness_check", "fee_paid"),
    Event("pass_completeness", ("completeness_check",), "committee_review", "complete"),
    Event("register", ("committee_review",), "registered", "registration_decided"),
    Event("start_monitoring", ("registered",), "monitoring", "started"),
    Event("start_verification", ("monitoring",), "verifying", "report"),
    Event("verify", ("verifying",), "verified", "verification_opinion"),
    Event("request_issuance", ("verified",), "issuance_requested", "modalities"),
    Event("issue", ("issuance_requested",), "issued", "issuance_decided"),
    Event(
        "withdraw",
        ("pdd_submitted", "public_inputs", "validating", "validated", "registration_requested"),
        "idea",
        "withdrawn",
    ),
    Event("return_pdd", ("validating",), "pdd_submitted", "revise"),
    Event("fail_completeness", ("completeness_check",), "validated", "incomplete"),
    Event("reject_registration", ("committee_review",), "validated", "registration_rejected"),
    Event("fail_verification", ("verifying",), "monitoring", "verification_negative"),
    Event("refuse_issuance", ("issuance_requested",), "verified", "issuance_refused"),
    Event("next_period", ("issued",), "monitoring", "more_periods"),
)
STATES = tuple(dict.fromkeys(event.sources[0] for event in EVENTS))

# The way from the first state to the last, and the event on it that is refused at the first attempt.
_CYCLE = EVENTS[:13]
_BEFORE = tuple(event.name for event in _CYCLE[:6])
_REFUSED = _CYCLE[6].name
_AFTER = tuple(event.name for event in _CYCLE[6:])
_ATTEMPTS = len(_CYCLE) + 1
_ROWS: list[Row] = [(event.name, event.sources[0], event.target, 0) for event in _CYCLE]


@define(eq=False)
class Subject:
    """What moves through the cycle: its state, its audit log, and the fields that the guards read."""

    number: int
    state: str = STATES[0]
    log: list[Row] = field(factory=list)
    at: int = 0
    has_pdd: bool = True
    pdd_published: bool = True
    inputs_closed: bool = True
    opinion: bool = True
    letter: bool = True
    fee_paid: bool = True
    complete: bool = False
    registration_decided: bool = True
    started: bool = True
    report: bool = True
    verification_opinion: bool = True
    modalities: bool = True
    issuance_decided: bool = True
    withdrawn: bool = False
    revise: bool = False
    incomplete: bool = True
    registration_rejected: bool = False
    verification_negative: bool = False
    issuance_refused: bool = False
    more_periods: bool = False


class Adapter:
    """One way to do the work. `setup` builds what all subjects share; only calls of `fire` are measured."""

    title: ClassVar[str]
    """What the table prints."""

    distribution: ClassVar[str | None] = None
    """The installed package whose version the table prints."""

    fire: Callable[[Any, str], object]
    """Attempt an event on a handle; true where it was accepted, false where its guard refused.

    Either a method or a function that `setup` puts there, whichever the measured library is quicker with.
    """

    def setup(self) -> None:
        """Build what all subjects share."""
        raise NotImplementedError

    def make(self, number: int) -> Any:
        """Return a handle on a new subject: the subject itself, or an object around it."""
        return Subject(number)

    def subject(self, handle: Any) -> Subject:
        """Return the subject behind a handle."""
        subject: Subject = handle
        return subject

    def state(self, handle: Any) -> str:
        """Return the state a handle is in."""
        return self.subject(handle).state

    def log(self, handle: Any) -> list[Row]:
        """Return the audit log of a handle."""
        return self.subject(handle).log


class _Disagreement(Exception):
    """A candidate did other work than the others."""


def verify(adapter: Adapter) -> None:
    """Drive one subject and compare every answer, its last state and its audit log with what the work says.

    Raises:
        _Disagreement: where one of them is another one.
    """
    handle = adapter.make(0)
    answers = [bool(adapter.fire(handle, event)) for event in (*_BEFORE, _REFUSED)]
    adapter.subject(handle).complete = True
    answers += [bool(adapter.fire(handle, event)) for event in _AFTER]
    if answers != [True] * len(_BEFORE) + [False] + [True] * len(_AFTER):
        why = f"{adapter.title} answers {answers}."
        raise _Disagreement(why)
    _compare(adapter, [handle])


def measure(adapter: Adapter, subjects: int) -> float:
    """Return the seconds that one attempt takes, over this many subjects after a short warm-up."""
    _drive(adapter, [adapter.make(number) for number in range(subjects // 100 + 1)])
    handles = [adapter.make(number) for number in range(subjects)]
    gc.collect()
    seconds = _drive(adapter, handles)
    _compare(adapter, handles)
    return seconds / (subjects * _ATTEMPTS)


def _drive(adapter: Adapter, handles: Sequence[Any]) -> float:
    fire = adapter.fire
    start = perf_counter()
    for handle in handles:
        for event in _BEFORE:
            fire(handle, event)
        fire(handle, _REFUSED)
    seconds = perf_counter() - start
    for handle in handles:
        adapter.subject(handle).complete = True
    start = perf_counter()
    for handle in handles:
        for event in _AFTER:
            fire(handle, event)
    return seconds + perf_counter() - start


def _compare(adapter: Adapter, handles: Sequence[Any]) -> None:
    for handle in handles:
        if adapter.state(handle) != _CYCLE[-1].target or adapter.log(handle) != _ROWS:
            why = f"{adapter.title} ends in {adapter.state(handle)} with the rows {adapter.log(handle)}."
            raise _Disagreement(why)
