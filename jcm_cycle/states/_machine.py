"""What a machine is: states, and steps that lead from state to state, each with roles, evidence and outcomes.

A machine is written as a class whose attributes are its steps, in the order of the table; the place of a step in
it is its rank. A machine that could not work is refused when it is defined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar, cast

import attrs
from attrs import frozen

from jcm_cycle._near import perhaps
from jcm_cycle.codec import dump_evidence
from jcm_cycle.days import Day
from jcm_cycle.entries import Act, Fact, Source
from jcm_cycle.errors import DefinitionError, EvidenceError, UnknownStep
from jcm_cycle.evidence._base import Evidence, Outcome
from jcm_cycle.findings import Standing
from jcm_cycle.parties import FILING_ROLES, Actor, Role
from jcm_cycle.states._soundness import CAPABILITIES, check, states_of
from jcm_cycle.states._timed import After, End, Within

__all__ = ["CAPABILITIES", "NEW", "OBSERVE", "STAYS", "After", "End", "Machine", "State", "Step", "Within", "check"]

E = TypeVar("E", bound=Evidence)
F = TypeVar("F")


@frozen
class State:
    """A state of a machine.

    Attributes:
        name: its name.
        final: whether the procedure ends here.
        capability: the capability that brings it, if it is not in every procedure.
    """

    name: str
    final: bool = False
    capability: str | None = None

    def __str__(self) -> str:
        return self.name


OBSERVE = "observe"
"""In the place of a step: a list showed a case in a state."""

NEW = State("new")
"""Where a case stands that was opened and that its opening step has not made yet; no table lists it."""

STAYS = State("(stays)")
"""Target of a step that leaves the state as it is."""

Targets = Mapping[State, State]


class Step(Generic[E, F]):
    """One official act of a machine. Called with its evidence it gives an act to attempt.

    Args:
        name: name of the step, as machines.md has it.
        sources: the states in which it may be taken, or a mapping from each to the state it leads to.
        by: the roles that may take it.
        evidence: the class of its evidence.
        apply: folds the evidence into the file of the case: `apply(file, evidence, on) -> file`.
        bare: what the day alone tells the file, where the evidence of a recorded fact is not at hand:
            `bare(file, on) -> file`.
        to: the state it leads to, where it has one outcome and the target is the same from every state.
        outcomes: the state each outcome leads to, where it has several.
        standing: how well founded the row is.
        cites: where it comes from.
        capability: the capability that brings the step.
        finishes: True where the step ends what was entered under the capability, so that it stays open.
        region: a region of the file and the value it must have.
        answers: the step or steps whose request this one answers; the rules of the latest such day govern.
        timed: the limit within which it is to be taken, or the window after which it may be; what opened either is
            (a part of) what it answers, so that the length is that of the rules of one day.
        derive: for an outcome that the evidence does not name but that follows from file and evidence:
            `derive(file, evidence) -> outcome`.
    """

    rank: int
    """The place of the step in the table of its machine, which counts from 0."""

    def __init__(
        self,
        name: str,
        sources: State | tuple[State, ...] | Targets,
        *,
        by: Role | tuple[Role, ...],
        evidence: type[E],
        apply: Callable[[F, E, Day], F],
        bare: Callable[[F, Day], F] | None = None,
        to: State = STAYS,
        outcomes: Mapping[Outcome, State] | None = None,
        standing: Standing,
        cites: str = "",
        capability: str | None = None,
        finishes: bool = False,
        region: tuple[str, str] | None = None,
        answers: str | tuple[str, ...] = (),
        timed: After | Within | None = None,
        derive: Callable[[F, E], Outcome] | None = None,
    ) -> None:
        self.name = name
        self.by = frozenset((by,) if isinstance(by, Role) else by)
        self.evidence = evidence
        self.apply = apply
        self.bare = bare
        self.standing = standing
        self.cites = cites
        self.capability = capability
        self.finishes = finishes
        self.region = region
        self.answers = (answers,) if isinstance(answers, str) else answers
        self.timed = timed
        self.derive = derive
        self.called = name
        self.machine = ""
        self.id = name
        if isinstance(sources, State):
            sources = (sources,)
        if (to is not STAYS) + (outcomes is not None) + isinstance(sources, Mapping) > 1:
            why = f"The step {name!r} names its targets twice."
            raise DefinitionError(why, cure="Give `to`, or `outcomes`, or a mapping of states.")
        if isinstance(sources, Mapping):
            rows: dict[Outcome | None, dict[State, State]] = {None: dict(sources)}
        elif outcomes is None:
            rows = {None: dict.fromkeys(sources, to)}
        else:
            rows = {outcome: dict.fromkeys(sources, target) for outcome, target in outcomes.items()}
        self.rows = {
            outcome: {source: source if target is STAYS else target for source, target in row.items()}
            for outcome, row in rows.items()
        }
        self.targets = {
            outcome: {source.name: target.name for source, target in row.items()} for outcome, row in self.rows.items()
        }

        self.brought = {outcome: capability or _brought(row) for outcome, row in self.rows.items()}
        self.several = None not in self.rows
        self.named = self.several and derive is None
        self.triggers = {outcome: self.name if outcome is None else f"{self.name}:{outcome}" for outcome in self.rows}

    def __set_name__(self, owner: type[Machine[Any]], name: str) -> None:
        self.called = name  # the machine compares: what is raised here comes out as another error
        self.machine = owner.name
        self.id = f"{owner.name}.{name}"

    def __call__(
        self, evidence: E, /, *, by: Actor | Role, on: date, despite: Mapping[str, str] | None = None
    ) -> Act[E]:
        """Return the act of taking this step.

        Args:
            evidence: what the act rests on.
            by: who acts; a bare role where the name does not matter.
            on: the day of the act.
            despite: reasons for going through in spite of rules that hold, by rule id.

        Raises:
            EvidenceError: the evidence is of another class, or a field of it is not what its type says.
        """
        self.check(evidence)
        dump_evidence(evidence)  # what could not be kept is told where it is made
        actor = by if isinstance(by, Actor) else Actor(by)
        return Act(self.machine, self.name, evidence, actor, on, despite or {})

    def check(self, evidence: Evidence) -> None:
        """Raise `EvidenceError` unless the evidence is of this step's class and names one of its outcomes."""
        if type(evidence) is not self.evidence and not isinstance(evidence, self.evidence):
            why = f"{self.id} rests on {self.evidence.__name__}, not on {type(evidence).__name__}."
            raise EvidenceError(why, cure=f"Give a {self.evidence.__name__}.")
        if self.named and evidence.outcome not in self.rows:
            why = f"{self.id} cannot end {evidence.outcome or 'without an outcome'}."
            raise EvidenceError(why, cure=f"It ends {', '.join(map(str, self.rows))}.")

    def fact(
        self,
        *,
        on: Day,
        outcome: Outcome | None = None,
        evidence: E | None = None,
        by: Actor | None = None,
        sources: tuple[Source, ...] = (),
    ) -> Fact:
        """Return the fact that this step was taken elsewhere.

        Args:
            on: the day, as well as it is known.
            outcome: how it ended; left out, the evidence says so, or it is not known.
            evidence: what is known of the document.
            by: who acted, if known.
            sources: where it was read.
        """
        if evidence is not None and outcome is None and self.named:
            outcome = evidence.outcome
        self.check_fact(outcome, evidence)
        return Fact(
            machine=self.machine,
            step=self.name,
            on=on,
            outcome=outcome,
            evidence=evidence,
            by=by,
            sources=sources,
        )

    def taken_in(self, state: str) -> bool:
        """Tell whether the table lets the step be taken in a state, with one outcome or another."""
        return any(state in row for row in self.targets.values())

    def check_fact(self, outcome: Outcome | None, evidence: Evidence | None) -> None:
        """Raise `EvidenceError` unless the step can end so, on evidence of its class that says the same."""
        if outcome is not None and outcome not in self.rows:
            why = f"{self.id} cannot end {outcome}."
            raise EvidenceError(why, cure=f"It ends {', '.join(str(o) for o in self.rows if o) or 'one way'}.")
        if evidence is None:
            return
        self.check(evidence)
        if outcome is not None and self.named and outcome != evidence.outcome:
            why = f"{self.id} is said to have ended {outcome}, but its evidence says {evidence.outcome}."
            raise EvidenceError(why, cure="Leave the outcome out.")

    @property
    def sources(self) -> tuple[State, ...]:
        """The states in which it may be taken."""
        return tuple(dict.fromkeys(source for row in self.rows.values() for source in row))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of its evidence that may not be left out."""
        return tuple(field.name for field in attrs.fields(self.evidence) if field.default is attrs.NOTHING)

    @property
    def is_filing(self) -> bool:
        """Whether one of those who file may take it."""
        return bool(self.by & FILING_ROLES)

    def key(self, evidence: E, file: F) -> Outcome | None:
        """Return the outcome under which the act counts; None where there is one way only.

        It is that of the evidence, or follows from file and evidence.
        """
        if self.derive is not None:
            return self.derive(file, evidence)
        return evidence.outcome if self.several else None

    def lands(self, state: str, outcome: Outcome | None) -> str:
        """Return the state to which a recorded step leads, from wherever the case stood."""
        row = self.targets.get(outcome)
        if row is None or (self.derive is not None and state not in row and set(row) == set(row.values())):
            before = {source.name for source in self.sources}
            return before.pop() if len(before) == 1 else state
        if state in row:
            return row[state]
        targets = {target for source, target in row.items() if target != source}
        return targets.pop() if len(targets) == 1 else state

    def __repr__(self) -> str:
        return f"<step {self.id}>"


def _brought(row: Targets) -> str | None:
    """Return the capability that brings the state to which a row leads, where it is not entered already."""
    return next(
        (target.capability for source, target in row.items() if target.capability not in (None, source.capability)),
        None,
    )


class Machine(Generic[F]):
    """One procedure. Subclass it, name its first state, and write its steps as attributes."""

    name: ClassVar[str] = ""
    initial: ClassVar[State | None] = None
    """The state in which a case is opened without a step; None where an opening step, one from `NEW`, makes it."""
    start: ClassVar[State] = NEW
    """Where a case stands when it is opened: in `initial`, or new."""
    of: ClassVar[str | None] = None
    """The machine of the case to which each of its cases belongs, if they belong to one."""
    needs: ClassVar[str | None] = None
    """The state that this other case must have reached for the way through."""
    file: ClassVar[type[Any]] = object
    """The class of what a case gathers."""
    steps: ClassVar[Mapping[str, Step[Any, Any]]] = {}
    states: ClassVar[Mapping[str, State]] = {}

    def __init_subclass__(cls) -> None:
        """Number the steps and refuse a machine that could not work."""
        super().__init_subclass__()
        cls.steps = {name: step for name, step in vars(cls).items() if isinstance(step, Step)}
        for rank, step in enumerate(cls.steps.values()):
            step.rank = rank
        cls.start = cls.initial or NEW
        found: dict[str, State] = {}
        for state in [cls.start, *states_of(cls.steps.values())]:
            if found.setdefault(state.name, state) != state:
                why = f"The machine {cls.name!r} has two different states called {state.name!r}."
                raise DefinitionError(why, cure="Define each state once.")
        cls.states = {name: state for name, state in found.items() if state is not NEW}
        check(cls)

    def new_file(self) -> F:
        """Return the empty file of a new case."""
        return cast(F, type(self).file())

    def opened(self, file: F, opening: Any, on: Day) -> F:
        """Return the file of a case that is opened with what is known of it; a machine may say more here."""
        del opening, on
        return file

    def seen(self, file: F, before: str, state: str, on: Day) -> F:
        """Return the file of a case that was observed in a state, having stood in another; a machine may say more."""
        del before, state, on
        return file

    def ends(self, file: F) -> tuple[End, ...]:
        """Return the ends that were told beforehand of what a case holds; a machine may have some."""
        del file
        return ()

    def step(self, name: str) -> Step[Any, F]:
        """Return the step of this name.

        Raises:
            UnknownStep: there is none.
        """
        try:
            return self.steps[name]
        except (KeyError, TypeError):
            why = f"The machine {self.name!r} has no step {name!r}."
            raise UnknownStep(why, cure=perhaps(name, self.steps, f"Its steps are {', '.join(self.steps)}.")) from None

    def observed(self, state: str, *, on: Day, sources: tuple[Source, ...] = ()) -> Fact:
        """Return the fact that a list showed a case in this state on a day.

        Raises:
            EvidenceError: the machine has no such state.
        """
        if state not in self.states:
            why = f"The machine {self.name!r} has no state {state!r}."
            raise EvidenceError(why, cure=f"Its states are {', '.join(self.states)}.")
        return Fact(machine=self.name, step=OBSERVE, on=on, state=state, sources=sources)

    def check(self, fact: Fact) -> None:
        """Raise unless a case of this machine could have such a fact.

        Raises:
            UnknownStep: it is of another machine, or of a step that this one does not have.
            EvidenceError: the machine has no such state, or the step cannot end so or rests on other evidence.
        """
        if fact.machine != self.name:
            why = f"{fact.machine}.{fact.step} is no step of a case of {self.name}."
            raise UnknownStep(why, cure=f"Its steps are {', '.join(self.steps)}.")
        if fact.step == OBSERVE:
            self.observed(fact.state or "", on=fact.on)
        else:
            self.step(fact.step).check_fact(fact.outcome, fact.evidence)

    def available(self, capabilities: frozenset[str]) -> dict[str, Step[Any, F]]:
        """Return the steps that exist with these capabilities."""
        return {
            name: step
            for name, step in self.steps.items()
            if (step.capability is None or step.capability in capabilities)
        }

    def __repr__(self) -> str:
        return f"<machine {self.name}>"
