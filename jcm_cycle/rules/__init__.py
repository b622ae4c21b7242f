"""When it may happen: rules, rule books, and the editions that books give for a day."""

from __future__ import annotations

from jcm_cycle.rules._binding import Known
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._books import RuleBooks
from jcm_cycle.rules._diff import Difference, Differences, diff
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rule import Rule, precondition, rule, rules

__all__ = [
    "Difference",
    "Differences",
    "Edition",
    "Known",
    "Rule",
    "RuleBook",
    "RuleBooks",
    "books",
    "diff",
    "precondition",
    "rule",
    "rules",
]

books = RuleBooks()
"""The rule books that are installed, by country code; each is read when it is first asked for."""
