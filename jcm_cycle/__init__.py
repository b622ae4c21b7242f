"""The Joint Crediting Mechanism's project cycle as guarded state machines, with a rule book for each country.

    from jcm_cycle import Case, Journal, Role, books, project
    from jcm_cycle.evidence import DesignDocument, PDDSubmission

The documents acts rest on are in `jcm_cycle.evidence`, what is known of other cases in `jcm_cycle.register`, public
records in `jcm_cycle.record`, and everything that can go wrong in `jcm_cycle.errors`.
"""

from __future__ import annotations

from jcm_cycle import evidence, register
from jcm_cycle.case import Accepted, Case, Faulted, NextStep, NextSteps, Refused, as_of, fold, known_at
from jcm_cycle.days import UNKNOWN_DAY, Between
from jcm_cycle.entries import Act, Basis, Draft, Entry, Fact, Source
from jcm_cycle.errors import JCMCycleError
from jcm_cycle.evidence import Outcome
from jcm_cycle.findings import CaseView, Effect, Finding, Standing, Verdict, from_day, missing, require, unmet
from jcm_cycle.journal import Journal
from jcm_cycle.parties import Actor, Role
from jcm_cycle.review import audit, counterfactual, rejudge, verify
from jcm_cycle.rules import Edition, RuleBook, RuleBooks, books, precondition, rule
from jcm_cycle.states import Machine, State, Step, project

__all__ = [
    "UNKNOWN_DAY",
    "Accepted",
    "Act",
    "Actor",
    "Basis",
    "Between",
    "Case",
    "CaseView",
    "Draft",
    "Edition",
    "Effect",
    "Entry",
    "Fact",
    "Faulted",
    "Finding",
    "JCMCycleError",
    "Journal",
    "Machine",
    "NextStep",
    "NextSteps",
    "Outcome",
    "Refused",
    "Role",
    "RuleBook",
    "RuleBooks",
    "Source",
    "Standing",
    "State",
    "Step",
    "Verdict",
    "as_of",
    "audit",
    "books",
    "counterfactual",
    "evidence",
    "fold",
    "from_day",
    "known_at",
    "missing",
    "precondition",
    "project",
    "register",
    "rejudge",
    "require",
    "rule",
    "unmet",
    "verify",
]
