"""What the maps outward lose of a case, and what is asked for outside that a case does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jcm_cycle._fold import OBSERVE
from jcm_cycle._outward_map import DEFINITIONS, Row
from jcm_cycle.days import UNKNOWN_DAY, Day, exact
from jcm_cycle.evidence import Authorisation, AuthorisedObject, FirstTransfer
from jcm_cycle.states import IssuanceFile, ProjectFile, Region, TransferFile

__all__ = ["lacking", "lost", "told_day"]


def told_day(day: Day | None) -> str:
    """Return a day in a sentence: `on 2024-05-01`, or what is known of it in brackets."""
    return f"on {day}" if exact(day) is not None else f"({day or UNKNOWN_DAY})"


def lost(case: Any, row: Row, others: tuple[str, ...], *, mapped: bool) -> Iterator[str]:
    """Yield what a row leaves out of a case.

    Args:
        case: the case.
        row: what its state is called outside.
        others: the other states that are called so.
        mapped: whether the vocabulary has words for its machine; if not, the whole case is lost.
    """
    if others:
        yield f"that it stands in {case.state}: {row.word} also stands for {', '.join(others)}"
    elif row.word is None:
        yield f"that it stands in {case.state}"
    yield from row.loses
    file = case.file
    if isinstance(file, IssuanceFile) and file.sides:
        yield f"how far each side has come: {', '.join(f'{side} {word}' for side, word in file.sides.items())}"
    if mapped and isinstance(file, ProjectFile):
        yield from _of_project(file)
    if mapped and isinstance(file, TransferFile):
        yield from _of_block(file)
    elif case.days:
        days = (f"{_SEEN if step == OBSERVE else step} {told_day(day)}" for step, day in case.days.items())
        yield f"the days of its steps: {', '.join(days)}"


_SEEN = "seen in a list"


def _of_project(file: ProjectFile) -> Iterator[str]:
    if file.public_inputs is Region.OPEN:
        yield f"that public inputs are open, opened {told_day(file.inputs_opened)}"
    elif file.public_inputs is Region.CLOSED:
        yield f"that public inputs were closed {told_day(file.inputs_closed)}, {file.inputs} received"
    if file.reference_assessment is not Region.NONE:
        yield f"that an assessment of the reference emissions was asked for: {file.assessment or 'not concluded'}"
    if file.requests > 1:
        yield f"that registration was asked for {file.requests} times"
    if file.resubmits:
        yield f"that it follows the withdrawn request {file.resubmits}"
    known = (("decided", file.decided_on), ("registered", file.registered_on), ("notified", file.notified_on))
    days = {day for _, day in known if day is not None}
    if len(days) > 1:
        told = ", ".join(f"{what} {told_day(day)}" for what, day in known if day is not None)
        yield f"that decision, registration and notice have days of their own: {told}"
    if file.crediting is not None:
        first, last = (day or "not known" for day in file.crediting)
        yield f"the crediting period: from {first} until {last}"
    if len(file.documents) > 1:
        yield f"that the design document has {len(file.documents)} versions"
    if file.changes:
        yield f"the changes that had effect: {', '.join(change for change, _ in file.changes)}"


def _of_block(file: TransferFile) -> Iterator[str]:
    for made, on in file.adjusted:
        year = f" for {made.year}" if made.year else ""
        yield f"the adjustment of {made.party}{year} {told_day(on)}, for which there is no action"
    for told, on in file.reported:
        yield f"the report of {told.party} {told_day(on)}, for which there is no action"
    for on in file.revoked:
        yield f"that an authorisation was taken back {told_day(on)}"
    if file.parts:
        yield f"that it was split into {', '.join(map(str, file.parts))}"
    if file.block is not None and file.block.holder:
        yield f"who holds it: {file.block.holder}"
    for given, _ in file.authorised:
        if given.object not in (None, AuthorisedObject.OUTCOMES):
            yield f"that {given.party} authorised the {given.object}, and not these outcomes alone"
    days = [("an authorisation", on) for _, on in file.authorised]
    days += [("the first transfer", file.first_transfer[1])] if file.first_transfer else []
    days += [("its end", file.closing.on)] if file.closing else []
    for what, day in days:
        if exact(day) is None:
            yield f"that the day of {what} is not exactly known ({day}), where an action has one day"


def lacking(file: TransferFile) -> Iterator[str]:
    """Yield what an action asks for that the case of a block does not hold."""
    yield "serial numbers and units: the library keeps no ledger"
    if file.block is None:
        yield "amount and vintage: the block is not known"
    elif file.block.years is None:
        yield "the vintage: the years of the block are not known"
    elif len(file.block.years) > 1:
        yield f"the amount of each vintage: the block is of {' and '.join(map(str, file.block.years))} together"
    for given, on in file.authorised:
        yield from _unsaid(given, on)
    if file.first_transfer is not None:
        to = file.first_transfer[0].to
        yield f"the acquisition by {to}: a case holds the first transfer alone" if to else "the Party that receives it"
    if file.closing is not None and file.closing.step == "record_use":
        yield "the Party or entity that used it"
        if file.closing.purpose is None:
            yield "the purpose of the use"


def _unsaid(given: Authorisation, on: Day) -> Iterator[str]:
    """Yield what an authorisation does not say, and the first transfer that it would make by its own definition."""
    if given.purposes is None:
        yield f"the purposes for which {given.party} authorised it"
    if given.first_transfer is None:
        yield f"what {given.party} takes for the first transfer"
    elif given.first_transfer is not FirstTransfer.INTERNATIONAL_TRANSFER:
        word = DEFINITIONS[given.first_transfer]
        when = f" {told_day(on)}" if given.first_transfer is FirstTransfer.AUTHORISATION else ""
        yield (
            f"the first transfer as {given.party} defines it, by {word.lower()}{when}: "
            "a case holds the one that a registry records"
        )
