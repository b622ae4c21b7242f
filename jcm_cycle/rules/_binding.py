"""One rule at one step in one edition, and the values of the book as rules read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import field, frozen

from jcm_cycle.evidence._base import Outcome
from jcm_cycle.findings import Effect, Finding, Ground, Standing, Support, Verdict
from jcm_cycle.rules._rows import Adopt
from jcm_cycle.rules._rule import Rule

__all__ = [
    "ACT",
    "ACT_ASKING",
    "DAY",
    "DAY_ASKING",
    "INTEGRITY",
    "UNDETERMINED",
    "Binding",
    "Known",
    "Plan",
    "bind",
    "integral",
]

INTEGRITY = "integrity"
"""What rules of integrity cite: no text, but that the record would not hold together without them."""


@frozen(kw_only=True)
class Known(Support):
    """A value of the book, or the version of a form, with how well founded it is and where it was read.

    Attributes:
        value: the number, day, text, list or version; None where the book does not know it.
        unit: what a number counts.
        determined: False where the book does not know which value applied.
        items: the items of a list, to look things up in.
    """

    value: Any
    unit: str | None = None
    determined: bool = True
    items: frozenset[Any] = field(init=False, repr=False, eq=False)

    @items.default
    def _items(self) -> frozenset[Any]:
        return frozenset(self.value) if isinstance(self.value, tuple) else frozenset()


ACT, ACT_ASKING, DAY, DAY_ASKING, UNASKED = range(5)
"""How a rule is asked: with an act or a day, with or without the register; or not, where nobody knows whether it
applied."""

UNDETERMINED = {"why": "not known which version applied, or whether any did, on the governing day"}
"""What is found where the book does not know whether a rule applied."""

Plan: TypeAlias = tuple[int, Callable[..., Finding], str | None, Ground, Standing, Effect, "Binding"]
"""What judging reads of a binding, laid out flat for speed."""


@frozen(eq=False)
class Binding:
    """One rule as it is judged at one step in one edition.

    Attributes:
        rule: the rule.
        ground: what its findings rest on.
        judge: the function to call; where the book does not know whether the rule applied, one that says so.
        determined: whether the book knows that the rule applied.
        since, until: the bounds of the row.
        step: id of the step.
        outcome: the one outcome it binds to, or None.
        call: how the function is called.
        capability: the capability that switches the rule on, or None.
    """

    rule: Rule
    ground: Ground
    judge: Callable[..., Finding]
    determined: bool
    since: Any
    until: Any
    step: str
    outcome: Outcome | None
    call: int
    capability: str | None


def bind(rule: Rule, ground: Ground, step: str, row: Adopt | None = None, *, determined: bool = True) -> Binding:
    """Return a rule as it is judged at a step, by the row of a book that has adopted it, if one has."""
    call = (DAY if rule.precondition else ACT) + rule.asks if determined else UNASKED
    judge = rule.function if determined else _undetermined
    since, until = (row.since, row.until) if row is not None else (None, None)
    return Binding(rule, ground, judge, determined, since, until, step, rule.when, call, rule.capability)


def _undetermined(*_: object) -> Finding:
    return Finding(
        Verdict.MISSING,
        UNDETERMINED,
        None,
        Standing.UNKNOWN,
    )


def integral(rule: Rule, step: str) -> Binding:
    """Return a rule of integrity as it is judged at a step, under every book and without one."""
    effect = Effect.ADVISES if step in rule.advises_at else Effect.BLOCKS
    ground = rule.ground(effect=effect, standing=rule.integrity or Standing.INFERRED, cites=INTEGRITY, capped=False)
    return bind(rule, ground, step)
