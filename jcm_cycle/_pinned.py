"""The procedure to which a case is pinned: one object for all cases of one procedure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import frozen

from jcm_cycle.states import CAPABILITIES

__all__ = ["UNPINNED", "Pinned", "pinned"]

UNPINNED = dict.fromkeys(CAPABILITIES, "unknown")


@frozen
class Pinned:
    """The procedure to which a case is pinned.

    Attributes:
        name: its name; None where it is not known.
        capabilities: the value of each capability under it.
        available: the capabilities that it has, provisionally or not.
        switched: the capabilities whose rules are asked: those that it has, or may have.
    """

    name: str | None
    capabilities: Mapping[str, str]
    available: frozenset[str]
    switched: frozenset[str]

    def __reduce__(self) -> tuple[object, ...]:
        """Stay one object for all cases, also where they travel between processes."""
        return pinned, (self.name, dict(self.capabilities))


@cache
def _pinned(name: str | None, items: tuple[tuple[str, str], ...]) -> Pinned:
    capabilities = {**UNPINNED, **dict(items)}
    available = frozenset(key for key, value in capabilities.items() if value in ("yes", "provisional"))
    switched = frozenset(key for key, value in capabilities.items() if value != "no")
    return Pinned(name, capabilities, available, switched)


def pinned(name: str | None, capabilities: Mapping[str, str]) -> Pinned:
    """Return the one object for a procedure, shared by all cases pinned to it."""
    return _pinned(name, tuple(sorted(capabilities.items())))
