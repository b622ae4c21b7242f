"""How the file of a case changes, whatever its machine."""

from __future__ import annotations

from typing import Any, TypeVar

__all__ = ["change"]

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
