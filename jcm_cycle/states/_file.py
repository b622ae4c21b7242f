"""How the file of a case changes, whatever its machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from jcm_cycle.days import Day
from jcm_cycle.evidence import Evidence

__all__ = ["change", "numbered", "unchanged"]

T = TypeVar("T")


def change(old: T, **changes: Any) -> T:
    """Return a copy with some fields changed and nothing validated: `evolve` for what the library itself made.

    For classes without slots only: their instances share one table of names, so a copy is quick and small.
    """
    copy: T = object.__new__(type(old))
    held = vars(copy)
    held.update(vars(old))
    held.update(changes)
    return copy


def unchanged(cls: type[T]) -> Callable[[T, Evidence, Day], T]:
    """Return the function that leaves a file of this class as it is, where the state and the journal say it all."""
    del cls  # it is the type that is meant

    def nothing(file: T, evidence: Evidence, on: Day) -> T:
        del evidence, on
        return file

    return nothing


def numbered(references: tuple[tuple[str, Day], ...], number: str | None, on: Day) -> tuple[tuple[str, Day], ...]:
    """Return the public numbers with one more, unless there is none or it is known already."""
    if number is None or any(number == known for known, _ in references):
        return references
    return (*references, (number, on))
