"""The Joint Crediting Mechanism's project cycle as guarded state machines, with a rule book for each country.

    from jcm_cycle import Case, Journal, Role, books, project
    from jcm_cycle.evidence import DesignDocument, PDDSubmission

The documents that acts rest on are in `jcm_cycle.evidence`, what is known of other cases in `jcm_cycle.register`,
what one case makes of others in `jcm_cycle.linked`, decisions on many cases in `jcm_cycle.decision`, what a case is
called in other registries in `jcm_cycle.outward`, public records in `jcm_cycle.record`, and everything that can go
wrong in `jcm_cycle.errors`. A name is loaded when it is first used, so that importing the package costs a host next
to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jcm_cycle import (
        decision as decision,
        evidence as evidence,
        linked as linked,
        outward as outward,
        record as record,
        register as register,
    )
    from jcm_cycle._advice import advice as advice
    from jcm_cycle._affected_by import affected_by as affected_by
    from jcm_cycle._agenda import committee_agenda as committee_agenda
    from jcm_cycle._cases import cases as cases
    from jcm_cycle._checklist import checklist as checklist
    from jcm_cycle._due import due as due, tick as tick
    from jcm_cycle._labels import label as label
    from jcm_cycle._outstanding import outstanding as outstanding
    from jcm_cycle._plan import plan as plan
    from jcm_cycle._publication import publication as publication
    from jcm_cycle._resembles import resembles as resembles
    from jcm_cycle.case import (
        Accepted as Accepted,
        Case as Case,
        Faulted as Faulted,
        Refused as Refused,
        as_of as as_of,
        attempt_all as attempt_all,
        fold as fold,
        known_at as known_at,
    )
    from jcm_cycle.days import UNKNOWN_DAY as UNKNOWN_DAY, Between as Between
    from jcm_cycle.entries import (
        Act as Act,
        Basis as Basis,
        Draft as Draft,
        Entry as Entry,
        Fact as Fact,
        Source as Source,
    )
    from jcm_cycle.errors import JCMCycleError as JCMCycleError
    from jcm_cycle.evidence import Outcome as Outcome
    from jcm_cycle.findings import (
        CaseView as CaseView,
        Effect as Effect,
        Finding as Finding,
        Standing as Standing,
        Verdict as Verdict,
        from_day as from_day,
        missing as missing,
        require as require,
        unmet as unmet,
    )
    from jcm_cycle.journal import Journal as Journal
    from jcm_cycle.parties import Actor as Actor, Role as Role
    from jcm_cycle.review import audit as audit, counterfactual as counterfactual, rejudge as rejudge, verify as verify
    from jcm_cycle.rules import (
        Edition as Edition,
        RuleBook as RuleBook,
        RuleBooks as RuleBooks,
        books as books,
        diff as diff,
        lint as lint,
        precondition as precondition,
        rule as rule,
        untranslated as untranslated,
    )
    from jcm_cycle.states import (
        Machine as Machine,
        State as State,
        Step as Step,
        change as change,
        idea as idea,
        issuance as issuance,
        loss as loss,
        methodology as methodology,
        project as project,
        tpe as tpe,
        transfer as transfer,
    )

_NAMES = {
    "_advice": ("advice",),
    "_affected_by": ("affected_by",),
    "_agenda": ("committee_agenda",),
    "_cases": ("cases",),
    "_checklist": ("checklist",),
    "_due": ("due", "tick"),
    "_labels": ("label",),
    "_outstanding": ("outstanding",),
    "_plan": ("plan",),
    "_publication": ("publication",),
    "_resembles": ("resembles",),
    "case": ("Accepted", "Case", "Faulted", "Refused", "as_of", "attempt_all", "fold", "known_at"),
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
    "rules": ("Edition", "RuleBook", "RuleBooks", "books", "diff", "lint", "precondition", "rule", "untranslated"),
    "states": (
        "Machine", "State", "Step", "change", "idea", "issuance", "loss", "methodology", "project", "tpe", "transfer",
    ),
}  # fmt: skip
_MODULE = {name: module for module, names in _NAMES.items() for name in names}
_MODULES = ("decision", "evidence", "linked", "outward", "record", "register")

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
