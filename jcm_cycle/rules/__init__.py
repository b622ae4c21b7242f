"""When it may happen: rules, rule books, and the editions that books give for a day.

A name is loaded when it is first used: to list the countries that have a book, none of the rules is needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jcm_cycle.rules._binding import Known as Known
    from jcm_cycle.rules._book import RuleBook as RuleBook
    from jcm_cycle.rules._diff import Difference as Difference, Differences as Differences, diff as diff
    from jcm_cycle.rules._edition import Edition as Edition
    from jcm_cycle.rules._installed import RuleBooks as RuleBooks, books as books
    from jcm_cycle.rules._lint import lint as lint
    from jcm_cycle.rules._lint_finding import LintFinding as LintFinding
    from jcm_cycle.rules._rule import Rule as Rule, precondition as precondition, rule as rule, rules as rules
    from jcm_cycle.rules._texts import BookText as BookText, country_name as country_name, untranslated as untranslated

__all__ = [
    "BookText",
    "Difference",
    "Differences",
    "Edition",
    "Known",
    "LintFinding",
    "Rule",
    "RuleBook",
    "RuleBooks",
    "books",
    "country_name",
    "diff",
    "lint",
    "precondition",
    "rule",
    "rules",
    "untranslated",
]

_NAMES = {
    "_binding": ("Known",),
    "_book": ("RuleBook",),
    "_diff": ("Difference", "Differences", "diff"),
    "_edition": ("Edition",),
    "_installed": ("RuleBooks", "books"),
    "_lint": ("lint",),
    "_lint_finding": ("LintFinding",),
    "_rule": ("Rule", "precondition", "rule", "rules"),
    "_texts": ("BookText", "country_name", "untranslated"),
}
_MODULE = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, and with all but the list of books the rules of the library."""
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _MODULE[name]
    if module != "_installed":
        import_module(f"{__name__}._book")
    value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
    return value
