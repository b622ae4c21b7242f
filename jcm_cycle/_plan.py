"""The shortest way from where a case stands to a goal: steps, forms, waits, gates, and what is not known on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from jcm_cycle._labels import text
from jcm_cycle._next import form_in_force, form_text, roles
from jcm_cycle._words import named, say, told, told_name, word
from jcm_cycle._working import WORKING_DAY
from jcm_cycle.days import check_date, day_json, exact, next_day
from jcm_cycle.errors import UnknownStep
from jcm_cycle.evidence import Outcome, Version
from jcm_cycle.findings import Effect, Standing
from jcm_cycle.parties import Role
from jcm_cycle.rules import Edition, RuleBook
from jcm_cycle.rules._binding import Binding
from jcm_cycle.rules._books import of_case
from jcm_cycle.rules._clock import last, length
from jcm_cycle.rules._rows import Gate
from jcm_cycle.states import MACHINES, Machine, Step, Within, machine, step_of

__all__ = ["Plan", "PlannedStep", "Wait", "plan"]


@frozen(kw_only=True)
class Wait:
    """Days that have to pass before a step, or that an authority has for it.

    Attributes:
        value: id of the value of the book that says how many.
        days: calendar days, or working days where the book counts those; None where the book does not know.
        standing: how well founded the number is.
        limit: True where the days are those that an authority has: it may be done sooner.
        since: the step from which they count.
        working: whether they are working days.
    """

    value: str
    days: int | None
    standing: Standing
    limit: bool
    since: str
    working: bool = False

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text.

        Args:
            lang: code of the language, en or ja.
        """
        words = "{count} working days" if self.working else "{count} days"
        unknown = "a number of days that the book does not know"
        days = say(lang, words if self.days is not None else unknown, count=self.days)
        how = "within {days} of {since}" if self.limit else "not before {days} have passed since {since}"
        shown = say(lang, how, days=days, since=named("step", self.since, lang))
        return f"{shown} ({word('standing', self.standing, lang)}: {self.value})"

    def __str__(self) -> str:
        return self.explain()


@frozen(kw_only=True)
class PlannedStep:
    """One step of the way.

    Attributes:
        step: id of the step.
        outcome: how it has to end, where it can end in several ways.
        by: the roles that may take it.
        evidence: name of the class of its evidence.
        form: stem and version of the form; the version is None where the book is not sure.
        fields: fields of the evidence that may not be left out.
        waits: days that have to pass, and limits on an authority.
        gates: acts outside the Committee's set that come before it; advice only.
        rules: ids of the rules that may refuse it.
        unknown: what is not known about it.
        earliest: the first day on which it can be, as far as that is known.
    """

    step: str
    outcome: Outcome | None
    by: tuple[str, ...]
    evidence: str
    form: tuple[str, Version | None] | None
    fields: tuple[str, ...]
    waits: tuple[Wait, ...]
    gates: tuple[Gate, ...]
    rules: tuple[str, ...]
    unknown: tuple[str, ...]
    earliest: date

    def json(self) -> dict[str, Any]:
        """Return the step as data."""
        stem, version = self.form or (None, None)
        return {
            "step": self.step,
            "outcome": str(self.outcome) if self.outcome else None,
            "by": list(self.by),
            "evidence": self.evidence,
            "form": {"stem": stem, "version": str(version) if version else None} if stem else None,
            "fields": list(self.fields),
            "waits": [
                {"value": w.value, "days": w.days, "standing": str(w.standing), "limit": w.limit, "since": w.since}
                for w in self.waits
            ],
            "gates": [{"gate": g.id, "side": g.side, "act": g.act, "standing": str(g.standing)} for g in self.gates],
            "rules": list(self.rules),
            "unknown": list(self.unknown),
            "earliest": day_json(self.earliest),
        }


@frozen(kw_only=True)
class Plan:
    """The shortest way to a goal.

    Attributes:
        case: id of the case.
        goal: the state to be reached, with its machine.
        on: the day of planning, whose rules are taken for the whole way.
        steps: the steps in their order; none where the case stands at the goal.
        earliest: the first day on which the goal can be reached, as far as waits are known; every step by hand takes
            no day here.
        rules: the rule book that was asked, which may have names of its own for documents.
    """

    case: str
    goal: str
    on: date
    steps: tuple[PlannedStep, ...]
    rules: RuleBook | None = field(default=None, eq=False, repr=False)

    @property
    def earliest(self) -> date:
        """The first day on which the goal can be reached, as far as the waits are known."""
        return self.steps[-1].earliest if self.steps else self.on

    def json(self) -> dict[str, Any]:
        """Return the plan as data."""
        return {
            "schema": 1,
            "case": self.case,
            "goal": self.goal,
            "on": day_json(self.on),
            "earliest": day_json(self.earliest),
            "steps": [step.json() for step in self.steps],
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return the plan as text for a reader.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        machine, _, state = self.goal.rpartition(".")
        goal = self.goal if lang == "en" else f"{word('machine', machine, lang)} {word('state', state, lang)}"
        told_all = {"case": self.case, "goal": goal, "on": self.on, "count": len(self.steps), "day": self.earliest}
        head = "PLAN  {case} to {goal} on {on}: {count} steps, not before {day} as far as the waits are known"
        lines = [say(lang, head, **told_all)]
        for number, step in enumerate(self.steps, 1):
            lines += self._step(number, step, lang)
        return "\n".join(lines)

    def _step(self, number: int, step: PlannedStep, lang: str) -> Iterator[str]:
        ends = f" ({told_name(step.outcome, lang)})" if step.outcome else ""
        yield say(
            lang, "  {number}. {step}{ends}, by {by}, from {day}",
            number=number, step=named("step", step.step, lang), ends=ends, by=roles(step.by, lang), day=step.earliest,
        )  # fmt: skip
        rests = named("evidence", step.evidence, lang)
        if step.form is not None:
            rests = say(lang, "{evidence} on form {form}", evidence=rests, form=form_text(*step.form, lang, self.rules))
        yield say(lang, "      rests on {paper}", paper=rests)
        for wait in step.waits:
            yield say(lang, "      wait: {wait}", wait=wait.explain(lang=lang))
        for gate in step.gates:
            sure, act = word("standing", gate.standing, lang), text(gate.act, lang)
            yield say(
                lang,
                "      gate, {side}: {act} ({standing})",
                side=word("side", gate.side, lang),
                act=act,
                standing=sure,
            )
        for unknown in step.unknown:
            yield say(lang, "      not known: {what}", what=told(unknown, lang))

    def __str__(self) -> str:
        return self.explain()


def plan(case: Any, goal: str, *, on: date, rules: RuleBook | None = None) -> Plan:
    """Return the shortest way to a goal under the rules of a day.

    The way is that of the machine's table, with the steps that a rule demands before another one. Nothing is judged
    that needs an act: `rules` names what will be. Steps that somebody takes by hand take no day, so that the days
    given are the earliest and no forecast.

    Args:
        case: the case as it stands.
        goal: a state of its machine, such as `registered`, or of the machine of what belongs to it: for a project
            `issued`, for which a first issuance is opened on the way.
        on: the day of planning.
        rules: the country's rule book; without one only the table speaks.

    Raises:
        EvidenceError: the day is none.
        UnknownStep: no machine on the way has such a state, or no way leads to it.
    """
    check_date(on)
    steps = machine(case.machine)
    legs = _legs(steps, goal)
    book = of_case(rules, case)
    edition = book.edition(on) if book is not None else None
    way = _Way(case, on, edition)
    for leg, target in legs:
        way.go(leg, case.state if leg is steps else str(leg.start), target)
    return Plan(case=case.id, goal=f"{legs[-1][0].name}.{goal}", on=on, steps=tuple(way.steps), rules=book)


def _legs(steps: Machine[Any], goal: str) -> list[tuple[Machine[Any], str]]:
    """Return the machines to go through, each with the state to reach in it."""
    if goal in steps.states:
        return [(steps, goal)]
    for other in MACHINES.values():
        if other.of == steps.name and goal in other.states and other.needs:
            return [(steps, other.needs), (other, goal)]
    why = f"Neither {steps.name} nor what belongs to it has a state {goal!r}."
    beyond = [state for other in MACHINES.values() if other.of == steps.name for state in other.states]
    cure = f"States are {', '.join(dict.fromkeys((*steps.states, *beyond)))}."
    raise UnknownStep(why, cure=cure)


class _Way:
    """The steps found so far, and the day on which they have been taken at the earliest."""

    def __init__(self, case: Any, on: date, edition: Edition | None) -> None:
        self.steps: list[PlannedStep] = []
        self._case = case
        self._day = max(on, case.last) if case.last is not None else on
        self._edition = edition
        self._taken: dict[str, date | None] = {f"{case.machine}.{name}": exact(day) for name, day in case.days.items()}

    def go(self, steps: Machine[Any], start: str, goal: str) -> None:
        """Add the shortest way through one machine."""
        for step, outcome in _shortest(steps, start, goal, self._case.capabilities):
            for first in self._first(step, outcome):
                self._take(first, None)
            self._take(step, outcome)

    def _bindings(self, step: Step[Any, Any], outcome: Outcome | None) -> tuple[Binding, ...]:
        if self._edition is None:
            return ()
        return self._edition.bindings(step.id, outcome, self._case.switched)

    def _first(self, step: Step[Any, Any], outcome: Outcome | None) -> Iterator[Step[Any, Any]]:
        """Yield the steps that a rule demands before this one and that have not been taken."""
        for binding in self._bindings(step, outcome):
            name = binding.rule.first
            if name is not None and name not in self._taken:
                yield step_of(name)

    def _take(self, step: Step[Any, Any], outcome: Outcome | None) -> None:
        waits = tuple(self._waits(step))
        for wait in waits:
            begun = self._taken.get(wait.since)
            if self._edition is not None and not wait.limit and begun is not None:
                end, _ = last(self._edition, wait.value, begun)
                self._day = max(self._day, next_day(end)) if end is not None else self._day
        bindings = self._bindings(step, outcome)
        self.steps.append(
            PlannedStep(
                step=step.id,
                outcome=outcome,
                by=tuple(sorted(map(str, step.by))),
                evidence=step.evidence.__name__,
                form=form_in_force(step, self._edition),
                fields=step.fields,
                waits=waits,
                gates=tuple(gate for gate in self._edition.gates if gate.before == step.id) if self._edition else (),
                rules=tuple(b.rule.id for b in bindings if b.determined and b.ground.effect in _REFUSING),
                unknown=tuple(self._unknown(step, bindings, waits)),
                earliest=self._day,
            )
        )
        self._taken[step.id] = self._day

    def _waits(self, step: Step[Any, Any]) -> Iterator[Wait]:
        """Yield the days to be waited for, or those that an authority has, with the step from which they count."""
        timed = step.timed
        if timed is None:
            return
        names = [name for known in timed.since if (name := f"{step.machine}.{known}") in self._taken]
        since = max(names, key=lambda name: self._taken[name] or date.max, default=None)
        if since is None:
            return
        days, known = length(self._edition, timed.value) if self._edition is not None else (None, None)
        yield Wait(
            value=timed.value,
            days=days,
            standing=known.standing if known is not None else Standing.UNKNOWN,
            limit=isinstance(timed, Within),
            since=since,
            working=known is not None and known.unit == WORKING_DAY,
        )

    def _unknown(self, step: Step[Any, Any], bindings: tuple[Binding, ...], waits: tuple[Wait, ...]) -> Iterator[str]:
        if step.standing in (Standing.ASSUMED, Standing.UNKNOWN):
            yield f"whether the step is taken so: {step.standing}, {step.cites}"
        if step.capability is not None and self._case.capabilities.get(step.capability, "unknown") == "unknown":
            yield f"whether the procedure has the step: {step.capability}"
        if self._edition is None:
            yield "the rules: no rule book was given"
            return
        form = form_in_force(step, self._edition)
        if form is not None and form[1] is None:
            yield f"which version of {form[0]} is in force"
        if step.by <= _AUTHORITIES and not waits:
            yield "how long the authority may take"
        for binding in bindings:
            capability = binding.capability
            if not binding.determined or binding.ground.standing is Standing.UNKNOWN:
                yield f"whether it applies that: {binding.rule.sentence}"
            elif capability is not None and self._case.capabilities.get(capability, "unknown") == "unknown":
                yield f"whether it applies that: {binding.rule.sentence} ({capability})"
        yield from (point.text for point in self._edition.open_points if point.about == step.id)


_AUTHORITIES = frozenset({Role.SECRETARIAT, Role.JOINT_COMMITTEE, Role.SIDE})
_REFUSING = frozenset({Effect.BLOCKS, Effect.HOLDS})


def _shortest(
    steps: Machine[Any], start: str, goal: str, capabilities: Mapping[str, str]
) -> list[tuple[Step[Any, Any], Outcome | None]]:
    """Return the steps, each with how it ends, on the shortest way; of ways alike, the first of the table."""
    ways: dict[str, list[tuple[Step[Any, Any], Outcome | None]]] = {start: []}
    todo = deque([start])
    while todo:
        here = todo.popleft()
        if here == goal:
            return ways[here]
        for step in steps.steps.values():
            for outcome, row in step.targets.items():
                capability = step.brought[outcome]
                if capability is not None and capabilities.get(capability) == "no" and not step.finishes:
                    continue
                there = row.get(here)
                if there is not None and there not in ways:
                    ways[there] = [*ways[here], (step, outcome)]
                    todo.append(there)
    why = f"No way of the table leads from {start} to {goal}."
    raise UnknownStep(why, cure=f"From {start} one comes to {', '.join(list(ways)[1:]) or 'no other state'}.")
