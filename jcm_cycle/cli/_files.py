"""What the command reads from files: evidence, and facts for a register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from jcm_cycle import register as registers
from jcm_cycle._claimed import claimed, name_key
from jcm_cycle._known import FACTS
from jcm_cycle.case import Case
from jcm_cycle.codec import read, read_evidence
from jcm_cycle.errors import EvidenceError, JournalError
from jcm_cycle.evidence import Block, Evidence
from jcm_cycle.register import Designation, Register
from jcm_cycle.rules import RuleBook
from jcm_cycle.states import Step

__all__ = ["read_block", "read_evidence_file", "read_register"]

ENVELOPE = {"tag", "schema", "public"}


def _json(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise EvidenceError(f"is not JSON: {error}.", cure="Mend the file.", file=path) from None
    except OSError as error:
        raise EvidenceError(f"cannot be read: {error.strerror}.", cure="Check the path.", file=path) from None


def read_evidence_file(path: Path, step: Step[Any, Any]) -> Evidence:
    """Read the evidence of a step from a JSON object of its fields, or from one as a journal keeps it.

    Raises:
        EvidenceError: the file is no JSON, holds the evidence of another step, or a field is not what it should be.
    """
    data = _json(path)
    try:
        if isinstance(data, dict) and set(data) >= ENVELOPE:
            found = read_evidence(data)
            step.check(found)
        else:
            found = read(step.evidence, data)
    except (EvidenceError, JournalError) as error:
        why = error.why if error.why.startswith(step.id) else f"{step.evidence.__name__}: {error.why}"
        raise EvidenceError(why, cure=error.cure, file=path) from None
    return found


def read_block(path: Path) -> Block:
    """Read the credits that a transfer is about from a JSON object of the fields of a block.

    Raises:
        EvidenceError: the file is no JSON, or a field is not what it should be.
    """
    try:
        return read(Block, _json(path))
    except EvidenceError as error:
        raise EvidenceError(f"Block: {error.why}", cure=error.cure, file=path) from None


def read_register(
    paths: Iterable[Path] = (), cases: Iterable[Case[Any]] = (), *, book: RuleBook | None = None
) -> Register:
    """Return a register of the facts in files, of what cases say, and of the entities that a book lists.

    A file is a public record (`.csv`), or a JSON object with lists of `designations`, `approvals`, `numbers`,
    `clearances`, `projects`, `periods`, `changes` and `authorisations`, and `complete`, the kinds of which nothing else
    exists. Facts are asked first, then each record. The book speaks only of entities of which nothing else does.

    Raises:
        EvidenceError: a file is no such file.
        RecordError: a record cannot be read.
    """
    own: list[Any] = []
    complete: set[str] = set()
    from jcm_cycle.record import read as read_record  # noqa: PLC0415 - a record loads much that few commands need

    records = []
    for path in paths:
        if path.suffix.lower() == ".csv":
            records.append(read_record(path))
        else:
            data = _json(path)
            own += _facts(data, path)
            complete |= _complete(data, path)
    kept = list(cases)
    if book is not None:
        said = {*_named(own), *_named(fact for record in records for fact in claimed(record)), *_entities(kept)}
        own += [fact for fact in book.designations if said.isdisjoint(_named([fact]))]
    known = registers.of(kept, *own, complete=complete)
    return registers.first_of(known, *map(registers.of_record, records))


def _named(facts: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield what the entities in facts are known by: a country with a name or number."""
    for fact in facts:
        if isinstance(fact, Designation):
            for name in (fact.entity, fact.number, fact.now):
                if name is not None:
                    yield fact.country, name_key(name)


def _entities(cases: Iterable[Case[Any]]) -> Iterator[tuple[str, str]]:
    """Yield what the entities are known by of which a case tells a designation."""
    for case in cases:
        if case.machine == "tpe" and case.file.holdings:
            for name in (case.file.title, *case.file.former_names, *case.references):
                if name is not None:
                    yield case.country, name_key(name)


def _facts(data: Any, path: Path) -> Iterator[Any]:
    if not isinstance(data, dict) or not set(data) <= {*FACTS, "complete"}:
        why = "is no register."
        cure = f"Give an object with lists of {', '.join(FACTS)}, and complete."
        raise EvidenceError(why, cure=cure, file=path)
    for name, cls in FACTS.items():
        for place, row in enumerate(_list(data, name, path), 1):
            try:
                yield read(cls, row)
            except EvidenceError as error:
                raise EvidenceError(f"{name} {place}: {error.why}", cure=error.cure, file=path) from None


def _complete(data: dict[str, Any], path: Path) -> set[str]:
    found = {str(kind) for kind in _list(data, "complete", path)}
    try:
        registers.facts(complete=found)
    except EvidenceError as error:
        raise EvidenceError(error.why, cure='Write "complete": ["numbers"], or leave it out.', file=path) from None
    return found


def _list(data: dict[str, Any], name: str, path: Path) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list):
        why = f"{name}: {found!r} is not a list."
        raise EvidenceError(why, cure="Put it in square brackets.", file=path)
    return found
