"""Openings, facts and files of the tests of the journal; all of it is synthetic."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from subprocess import Popen
from typing import Any

import orjson

from jcm_cycle import (
    Accepted,
    Case,
    evidence as ev,
    project,
)

DAY = date(2024, 4, 1)

Walk = Callable[..., Case[Any]]
Started = Callable[..., AbstractContextManager[Popen[str]]]


def opened(name: str = "case-1") -> Accepted[Any]:
    """Return the opening of a case without a book."""
    return Case.open(project, name, on=DAY, country="ZZ")


def an_input(case: Case[Any], text: str = "Well done.", author: str | None = None) -> Accepted[Any]:
    """Return a recorded input of the public, with a confidential part where an author is given."""
    person = ev.Person(name=author, email=f"{author}@example.org") if author else None
    return case.record(project.submit_public_input.fact(on=DAY, evidence=ev.PublicInput(summary=text, author=person)))


def lines_of(path: Path) -> list[Any]:
    """Return the objects of all lines of a file."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what every file of a folder holds."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def world_opening(world: Any) -> Accepted[Any]:
    """Return the opening of the case that the world brings so far."""
    return Case.open(project, "case-1", on=world.opened, rules=world.book(), procedure="full")
