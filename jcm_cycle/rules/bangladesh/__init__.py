"""Rule book of Bangladesh."""

from __future__ import annotations

from pathlib import Path

from jcm_cycle.rules._book import RuleBook

__all__ = ["book"]


def book() -> RuleBook:
    """Read the rule book of Bangladesh."""
    return RuleBook.read(Path(__file__).with_name("book.toml"))
