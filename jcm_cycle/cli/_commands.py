"""All commands together: each module adds its own to `app`, in the order in which they are listed."""

from __future__ import annotations

from jcm_cycle.cli import (  # noqa: F401 - each adds its commands when it is loaded
    _across,
    _books,
    _diff,
    _lint,
    _new_book,
    _pages,
    _queries,
    _stories,
)
from jcm_cycle.cli._app import app

__all__ = ["app"]
