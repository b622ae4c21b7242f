"""How a rule is written: a function of act, case and edition, with an id, the steps it binds to, and a sentence.

    @rule("project.conclude_validation.no_open_requests", on=project.conclude_validation, when=Outcome.POSITIVE)
    def no_open_requests(act, case, edition) -> Finding:
        '''No corrective action or clarification request is left open.'''
        return require(not act.evidence.open_requests, open_requests=act.evidence.open_requests)

A rule that asks about other cases takes the register as a fourth argument. A precondition takes no act but the day:
`(case, edition, on[, register])`, so that it can be judged before there is an act. Rules read no clock, do no I/O.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from attrs import frozen

from jcm_cycle._labels import means
from jcm_cycle.entries import Act
from jcm_cycle.errors import DefinitionError
from jcm_cycle.evidence._base import Evidence, Outcome
from jcm_cycle.findings import CaseView, Effect, Finding, Ground, Measure, Standing
from jcm_cycle.register import Register
from jcm_cycle.states import CAPABILITIES, STEPS, Step, Within

if TYPE_CHECKING:
    from jcm_cycle.rules._edition import Edition

__all__ = ["Rule", "lengths", "lists_of_items", "precondition", "rule", "rules", "values_read"]

E = TypeVar("E", bound=Evidence)
F = TypeVar("F")

Kind = Literal["computed", "declared", "manual"]


@frozen(eq=False, kw_only=True)
class Rule:
    """A condition on a step, with everything that a book does not decide.

    Attributes:
        id: `<machine>.<step>.<name>`, or `common.<name>`.
        sentence: what it demands, in one sentence; the function's docstring.
        revision: rises whenever the sense changes.
        steps: ids of the steps it binds to.
        when: the one outcome it binds to, or None for all.
        function: judges.
        kind: computed from facts, declared by the entity, or manual.
        integrity: for a rule that keeps the record coherent under any procedure, how well founded it is; no book
            changes such a rule. None for a procedure rule.
        advises_at: ids of the steps at which it only advises.
        ceiling: the strongest effect it can have, however well founded.
        silence: the effect of a missing fact, where it is weaker than that of an unmet rule.
        capability: the capability that switches it on.
        first: the step that has to be taken before, where the rule demands one.
        values: ids of the values of the book that it reads.
        items: those of them that list what is to be looked at one by one.
        asks: whether it takes the register.
        precondition: whether it can be judged before there is an act.
        judges_duty: whether it judges itself what a dated measure of the book asks for in its place; such a measure
            then leaves its effect as it is.
    """

    id: str
    sentence: str
    revision: int
    steps: tuple[str, ...]
    when: Outcome | None
    function: Callable[..., Finding]
    kind: Kind
    integrity: Standing | None
    advises_at: tuple[str, ...]
    ceiling: Effect
    silence: Effect | None
    capability: str | None
    first: str | None
    values: tuple[str, ...]
    items: tuple[str, ...]
    asks: bool
    precondition: bool
    judges_duty: bool

    def ground(
        self,
        *,
        effect: Effect = Effect.ADVISES,
        standing: Standing = Standing.UNKNOWN,
        cites: str = "no rule book",
        url: str | None = None,
        capped: bool = True,
        relaxed: tuple[Measure, ...] = (),
    ) -> Ground:
        """Return what a finding rests on: the rule with what a book says of it, or with what there is without one."""
        return Ground(
            rule=self.id,
            revision=self.revision,
            sentence=self.sentence,
            effect=effect,
            standing=standing,
            cites=cites,
            url=url,
            kind=self.kind,
            capped=capped,
            relaxed=relaxed,
        )


_RULES: dict[str, Rule] = {}


def rules() -> Mapping[str, Rule]:
    """Return all rules that have been defined, by id."""
    return _RULES


@cache
def lengths() -> frozenset[str]:
    """Return the ids of the values that tell how long a step may take, or a window stands open."""
    timers = [step.timed for step in STEPS.values() if step.timed is not None]
    longer = {timer.extended for timer in timers if isinstance(timer, Within) and timer.extended is not None}
    return frozenset({timer.value for timer in timers} | longer)


def values_read() -> frozenset[str]:
    """Return the ids of all values that a book may have: those that a rule reads, or the time of a step."""
    return lengths().union(*(rule.values for rule in _RULES.values()))


def lists_of_items() -> frozenset[str]:
    """Return the ids of the values that list what is to be looked at one by one."""
    return frozenset(name for rule in _RULES.values() for name in rule.items)


Judge: TypeAlias = """(
    Callable[[Act[E], CaseView[F], Edition], Finding]
    | Callable[[Act[E], CaseView[F], Edition, Register], Finding]
)"""
"""A function that judges an act."""

DayJudge: TypeAlias = """(
    Callable[[CaseView[F], Edition, date], Finding]
    | Callable[[CaseView[F], Edition, date, Register], Finding]
)"""
"""A function that judges a day."""


def rule(
    id: str,  # noqa: A002 - the word of the field
    *,
    on: Step[E, F] | tuple[Step[Any, F], ...],
    when: Outcome | None = None,
    revision: int = 1,
    kind: Kind = "computed",
    integrity: Standing | None = None,
    advises_at: tuple[Step[Any, Any], ...] = (),
    ceiling: Effect = Effect.BLOCKS,
    silence: Effect | None = None,
    capability: str | None = None,
    first: Step[Any, Any] | None = None,
    values: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    judges_duty: bool = False,
) -> Callable[[Judge[E, F]], Rule]:
    """Make a rule of a function that judges an act.

    Args:
        id: id of the rule.
        on: the step or steps it binds to.
        when: the one outcome it binds to.
        revision: rises whenever the sense changes.
        kind: computed, declared or manual.
        integrity: how well founded it is, for a rule that keeps the record coherent under any procedure.
        advises_at: those of its steps at which it only advises.
        ceiling: the strongest effect it can have; `Effect.DUTY` for a time limit on an authority.
        silence: the effect of a missing fact, where it is weaker.
        capability: the capability that switches it on.
        first: the step that has to be taken before, where the rule demands one.
        values: ids of the values of the book that it reads, save the time of its steps. A book has no value that
            nothing reads.
        items: ids of those that list what is to be looked at one by one.
        judges_duty: whether it judges itself what a dated measure of the book asks for in its place.

    Raises:
        DefinitionError: the id is taken or of the wrong form, or the function has no sentence.
    """

    def define(function: Callable[..., Finding]) -> Rule:
        return _define(
            id, function, on, when, revision, kind, integrity, advises_at, ceiling, silence, capability,
            arguments=3, first=first, values=values, items=items, judges_duty=judges_duty,
        )  # fmt: skip

    return define


def precondition(
    id: str,  # noqa: A002 - the word of the field
    *,
    on: Step[Any, F] | tuple[Step[Any, F], ...],
    when: Outcome | None = None,
    revision: int = 1,
    kind: Kind = "computed",
    integrity: Standing | None = None,
    advises_at: tuple[Step[Any, Any], ...] = (),
    ceiling: Effect = Effect.BLOCKS,
    silence: Effect | None = None,
    capability: str | None = None,
    values: tuple[str, ...] = (),
) -> Callable[[DayJudge[F]], Rule]:
    """Make a rule of a function that judges a day, so that it can be asked before there is an act.

    The arguments and errors are those of `rule`.
    """

    def define(function: Callable[..., Finding]) -> Rule:
        return _define(
            id, function, on, when, revision, kind, integrity, advises_at, ceiling, silence, capability,
            arguments=3, before=True, values=values,
        )  # fmt: skip

    return define


def _define(
    id: str,  # noqa: A002
    function: Callable[..., Finding],
    on: Step[Any, Any] | tuple[Step[Any, Any], ...],
    when: Outcome | None,
    revision: int,
    kind: Kind,
    integrity: Standing | None,
    advises_at: tuple[Step[Any, Any], ...],
    ceiling: Effect,
    silence: Effect | None,
    capability: str | None,
    *,
    arguments: int,
    before: bool = False,
    first: Step[Any, Any] | None = None,
    values: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    judges_duty: bool = False,
) -> Rule:
    steps = (on,) if isinstance(on, Step) else on
    sentence = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").strip()
    if not sentence:
        raise DefinitionError(f"{id}: the rule has no sentence.", cure="Write it as the docstring.")
    if id in _RULES and _RULES[id].function.__qualname__ != function.__qualname__:
        raise DefinitionError(f"{id}: another rule has this id.", cure="Choose another.")
    if not steps:
        raise DefinitionError(f"{id}: the rule binds to no step.", cure="Name its steps with `on`.")
    if capability is not None and capability not in CAPABILITIES:
        why = f"{id}: {capability!r} is not a capability."
        raise DefinitionError(why, cure=f"Capabilities are {', '.join(CAPABILITIES)}.")
    if when is not None and any(when not in step.rows for step in steps):
        why = f"{id}: not every step it binds to can end {when}."
        raise DefinitionError(why, cure="Name an outcome of the step.")
    if not (id.startswith("common.") or any(f"{step.id}." in id for step in steps)):
        why = f"{id}: the id does not name the machine and step it binds to."
        raise DefinitionError(why, cure=f"Begin it with {steps[0].id} or common.")
    for word, names in (("values", values), ("items", items)):
        if not isinstance(names, tuple) or not all(isinstance(name, str) for name in names):
            why = f"{id}: {word} is not a tuple of ids, but {names!r}."
            raise DefinitionError(why, cure=f'Write {word}=("xx.days",), with the comma also where there is but one.')
    given = len(inspect.signature(function).parameters)
    if given not in (arguments, arguments + 1):
        why = f"{id}: a rule takes {arguments} arguments, and the register as one more, not {given}."
        raise DefinitionError(why, cure="See the head of jcm_cycle/rules/_rule.py.")
    made = Rule(
        id=id,
        sentence=sentence,
        revision=revision,
        steps=tuple(step.id for step in steps),
        when=when,
        function=function,
        kind=kind,
        integrity=integrity,
        advises_at=tuple(step.id for step in advises_at),
        ceiling=ceiling,
        silence=silence,
        capability=capability,
        first=first.id if first is not None else None,
        values=(*values, *items),
        items=items,
        asks=given > arguments,
        precondition=before,
        judges_duty=judges_duty,
    )
    _RULES[id] = made
    means(sentence, "rule", id)
    return made
