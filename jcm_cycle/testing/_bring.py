"""Brings a case so far as a story says, and takes the act that the story is about."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from jcm_cycle._near import perhaps
from jcm_cycle.case import Case
from jcm_cycle.codec import read
from jcm_cycle.entries import Act
from jcm_cycle.errors import EvidenceError, NoRuleBook, ProcedureUnknown, StoryError
from jcm_cycle.evidence import Block, Opening, Outcome
from jcm_cycle.parties import JAPAN, Actor, Role
from jcm_cycle.register import Register
from jcm_cycle.rules import RuleBook
from jcm_cycle.states import MACHINES, Machine, Step, step_of
from jcm_cycle.testing._good import CASE, WHOLE, block
from jcm_cycle.testing._papers import known, paper, role
from jcm_cycle.testing._story import Given, Story, When

__all__ = ["Stage", "set_up"]

UNKNOWN = "unknown"
_BESIDE = {"project.conclude_validation": "close_public_inputs"}
"""What in good order is done before a step, although the table does not ask for it."""


@frozen(kw_only=True)
class Stage:
    """Where a story is played.

    Attributes:
        story: the story.
        book: the book of the country.
        own: the book by which the case is judged: that of its track, where it has one.
        machine: the machine of the case.
        register: what is known of other cases.
    """

    story: Story
    book: RuleBook
    own: RuleBook
    machine: Machine[Any]
    register: Register

    def step(self, name: str) -> Step[Any, Any]:
        """Return a step of the machine, written with or without its name."""
        return step_of(name if name.startswith(f"{self.machine.name}.") else f"{self.machine.name}.{name}")

    def act(self, told: Given | When, name: str) -> Act[Any]:
        """Return the act of a step on good evidence, with what the story changes in it."""
        step = self.step(name)
        made = paper(
            step, told.outcome, rules=self.own, on=told.on, without=told.without, **_fields(told.evidence, step)
        )
        by = Actor(role(step) if told.by is None else _role(told.by))
        return step(made, by=by, on=told.on, despite=told.despite)

    def opened(self) -> Case[Any]:
        """Return the case on the day on which it is opened."""
        story, machine = self.story, self.machine
        days = [given.on for given in story.given] + [story.when.on if story.when else date.max]
        on = story.opened or min(days)
        of = WHOLE if machine.of else None
        credits_ = read(Block, block(self.book.country, on)) if machine.name == "transfer" else None
        if story.procedure == UNKNOWN:
            opening = Opening(country=story.country, track=story.track, of=of, block=credits_)
            return Case.imported(machine, CASE, opening, on=on).case
        try:
            return Case.open(
                machine, CASE, on=on, rules=self.own, track=story.track, procedure=story.procedure,
                of=of, block=credits_,
            ).case  # fmt: skip
        except ProcedureUnknown as error:
            cure = f'{error.cure} Of a case whose procedure nobody knows, write procedure = "{UNKNOWN}".'
            raise StoryError(error.why, cure=cure) from None

    def before(self) -> Case[Any]:
        """Return the case after all that is given.

        Raises:
            StoryError: an act that is given was not accepted.
        """
        case = self.opened()
        for place, given in enumerate(self.story.given, 1):
            case = self._after(case, given, place)
        return case

    def _after(self, case: Case[Any], given: Given, place: int) -> Case[Any]:
        if given.step is not None:
            answer = case.attempt(self.act(given, given.step), rules=self.own, register=self.register)
            if not answer:
                why = f"given {place}: {given.step} on {given.on} was not accepted, so that the story cannot begin."
                raise StoryError(f"{why}\n{answer.explain(full=False)}\n")
            return answer.case
        if given.fact is not None:
            act = self.act(given, given.fact)
            return case.record(self.step(given.fact).fact(on=given.on, evidence=act.evidence, by=act.by)).case
        if given.seen is not None:
            return case.record(self.machine.observed(self._state(given.seen), on=given.on)).case
        if given.move is not None:
            return case.move(given.move, on=given.on, rules=self.book, reason=given.reason or "").case
        for step, outcome in way(self.machine, case, self._state(str(given.state))):
            for changes in _each_side(step, outcome, self.book.country):
                made = paper(step, outcome, rules=self.own, on=given.on, **changes)
                case = case.record(step.fact(on=given.on, outcome=outcome, evidence=made)).case
        return case

    def _state(self, name: str) -> str:
        if name not in self.machine.states:
            why = f"The machine {self.machine.name!r} has no state {name!r}."
            raise StoryError(
                why, cure=perhaps(name, self.machine.states, f"States are {', '.join(self.machine.states)}.")
            )
        return name


def set_up(story: Story, books: Mapping[str, RuleBook]) -> Stage:
    """Return the stage of a story, on which its names have been looked up.

    Raises:
        StoryError, NoRuleBook, EvidenceError: country, track, machine, or a kind of facts is unknown.
    """
    if story.country not in books:
        why = f"There is no rule book for {story.country!r}."
        raise NoRuleBook(why, cure=perhaps(story.country, books, f"Books are {', '.join(books) or 'none'}."))
    book = books[story.country]
    tracks = [row.name for row in book.rows["track"]]
    if story.track is not None and story.track not in tracks:
        why = f"{book.head.name} has no track {story.track!r}."
        raise StoryError(why, cure=perhaps(story.track, tracks, f"Tracks are {', '.join(tracks) or 'none'}."))
    name = story.machine
    if story.when is not None and story.when.step is not None and "." in story.when.step:
        name = story.when.step.partition(".")[0]
    if name not in MACHINES:
        why = f"There is no machine {name!r}."
        raise StoryError(why, cure=perhaps(name, MACHINES, f"Machines are {', '.join(MACHINES)}."))
    return Stage(
        story=story,
        book=book,
        own=book.of_track(story.track),
        machine=MACHINES[name],
        register=_register(story),
    )


def _register(story: Story) -> Register:
    given = dict(story.register)
    complete = given.pop("complete", None)
    if "country" in given or not isinstance(complete, list | None):
        what = "there is no kind of facts 'country'" if "country" in given else "complete must be a list"
        raise StoryError(f"register: {what}.", cure='Write complete = ["numbers", "periods"], and kinds of facts.')
    return (
        known(story.country, **given)
        if complete is None
        else known(story.country, complete=map(str, complete), **given)
    )


def way(machine: Machine[Any], case: Case[Any], goal: str) -> list[tuple[Step[Any, Any], Outcome | None]]:
    """Return the steps, each with its outcome, that lead a case to a state in good order.

    Raises:
        StoryError: no way leads there from where it stands.
    """
    start = case.state
    came: dict[str, tuple[str, Step[Any, Any], Outcome | None]] = {}
    queue = deque([start])
    while queue and goal not in came and goal != start:
        here = queue.popleft()
        for step in machine.steps.values():
            for outcome, row in step.targets.items():
                there = row.get(here)
                if there is not None and there not in (here, start, *came):
                    came[there] = here, step, outcome
                    queue.append(there)
    if goal != start and goal not in came:
        why = f"No way leads from {start} to {goal}."
        raise StoryError(why, cure="Give a state that comes later, or the state as a list showed it with `seen`.")
    found: list[tuple[Step[Any, Any], Outcome | None]] = []
    while goal != start:
        goal, step, outcome = came[goal]
        found.append((step, outcome))
        if step.id in _BESIDE and (open_ := machine.steps[_BESIDE[step.id]]).name not in case.days:
            found.append((open_, None))
    return found[::-1]


def _each_side(step: Step[Any, Any], outcome: Outcome | None, country: str) -> Iterator[dict[str, Any]]:
    """Yield what is told otherwise in each paper: where both sides have to act, there is one of each."""
    if step.derive is None or outcome is not Outcome.COMPLETE:
        yield {}
        return
    key = "side" if step.machine == "issuance" else "party"
    yield {key: JAPAN}
    yield {key: country}


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise StoryError(
            f"{text!r} is not a role.", cure=perhaps(text, Role, f"Roles are {', '.join(Role)}.")
        ) from None


_TAKEN = ("rules", "country", "on", "without")


def _fields(told: Mapping[str, Any], step: Step[Any, Any]) -> dict[str, Any]:
    for name in told:
        if name in _TAKEN:
            why = f"{step.evidence.__name__} has no field {name!r}."
            raise EvidenceError(why, cure="Leave it out of the evidence.")
    return dict(told)
