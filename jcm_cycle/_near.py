"""The known name that comes nearest to one that nothing has: where a name is refused, it is told with the error."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["nearest", "perhaps"]

LONGEST = 100
"""No name is longer; what is, is compared by its beginning, since comparing takes long."""


def nearest(name: object, known: Iterable[object], *, alike: float = 0.6) -> str:
    """Return the known name that comes nearest to one that is not known, or nothing where none comes near.

    Args:
        name: what is not known.
        known: the names that are.
        alike: how alike the two have to be at least, from 0 to 1.
    """
    by_case = {str(one).lower(): str(one) for one in known}
    close = get_close_matches(str(name)[:LONGEST].lower(), by_case, n=1, cutoff=alike)
    return by_case[close[0]] if close else ""


def perhaps(name: object, known: Iterable[object], cure: str) -> str:
    """Return what to do about a name that is not known, with the one that was perhaps meant before it."""
    found = nearest(name, known)
    return f"Did you mean {found!r}? {cure}" if found else cure
