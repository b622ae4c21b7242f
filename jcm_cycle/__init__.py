"""The Joint Crediting Mechanism's project cycle as guarded state machines, with a rule book for each country.

    from jcm_cycle import Case, Journal, Role, books, project
    from jcm_cycle.evidence import DesignDocument, PDDSubmission

The documents that acts rest on are in `jcm_cycle.evidence`, what is known of other cases in `jcm_cycle.register`,
public records in `jcm_cycle.record`, and everything that can go wrong in `jcm_cycle.errors`. A name is loaded when
it is first used, so that importing the package costs a host next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jcm_cycle import evidence as evidence
    from jcm_cycle import record as record
    from jcm_cycle import register as register
    from jcm_cycle.case import Accepted as Accepted
    from jcm_cycle.case import Case as Case
    from jcm_cycle.case import Faulted as Faulted
    from jcm_cycle.case import Refused as Refused
    from jcm_cycle.case import as_of as as_of
    from jcm_cycle.case import fold as fold
    from jcm_cycle.case import known_at as known_at
    from jcm_cycle.days import UNKNOWN_DAY as UNKNOWN_DAY
    from jcm_cycle.days import Between as Between
    from jcm_cycle.entries import Act as Act
    from jcm_cycle.entries import Basis as Basis
    from jcm_cycle.entries import Draft as Draft
    from jcm_cycle.entries import Entry as Entry
    from jcm_cycle.entries import Fact as Fact
    from jcm_cycle.entries import Source as Source
    from jcm_cycle.errors import JCMCycleError as JCMCycleError
    from jcm_cycle.evidence import Outcome as Outcome
    from jcm_cycle.findings import CaseView as CaseView
    from jcm_cycle.findings import Effect as Effect
    from jcm_cycle.findings import Finding as Finding
    from jcm_cycle.findings import Standing as Standing
    from jcm_cycle.findings import Verdict as Verdict
    from jcm_cycle.findings import from_day as from_day
    from jcm_cycle.findings import missing as missing
    from jcm_cycle.findings import require as require
    from jcm_cycle.findings import unmet as unmet
    from jcm_cycle.journal import Journal as Journal
    from jcm_cycle.parties import Actor as Actor
    from jcm_cycle.parties import Role as Role
    from jcm_cycle.review import audit as audit
    from jcm_cycle.review import counterfactual as counterfactual
    from jcm_cycle.review import rejudge as rejudge
    from jcm_cycle.review import verify as verify
    from jcm_cycle.rules import Edition as Edition
    from jcm_cycle.rules import RuleBook as RuleBook
    from jcm_cycle.rules import RuleBooks as RuleBooks
    from jcm_cycle.rules import books as books
    from jcm_cycle.rules import precondition as precondition
    from jcm_cycle.rules import rule as rule
    from jcm_cycle.states import Machine as Machine
    from jcm_cycle.states import State as State
    from jcm_cycle.states import Step as Step
    from jcm_cycle.states import project as project

_NAMES = {
    "case": ("Accepted", "Case", "Faulted", "Refused", "as_of", "fold", "known_at"),
    "days": ("UNKNOWN_DAY", "Between"),
    "entries": ("Act", "Basis", "Draft", "Entry", "Fact", "Source"),
    "errors": ("JCMCycleError",),
    "evidence": ("Outcome",),
    "findings": (
        "CaseView", "Effect", "Finding", "Standing", "Verdict", "from_day", "missing", "require", "unmet",
    ),
    "journal": ("Journal",),
    "parties": ("Actor", "Role"),
    "review": ("audit", "counterfactual", "rejudge", "verify"),
    "rules": ("Edition", "RuleBook", "RuleBooks", "books", "precondition", "rule"),
    "states": ("Machine", "State", "Step", "project"),
}  # fmt: skip
_MODULE = {name: module for module, names in _NAMES.items() for name in names}
_MODULES = ("evidence", "record", "register")

__all__ = [  # noqa: PLE0604 - text, made of the names above
    *sorted((*_MODULE, *_MODULES))
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
