"""Plays stories: the act is attempted, and what comes of it is laid beside what the story says.

A story passes only for its own reason: every rule that refuses is one that it names, and each in the way it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve

from jcm_cycle._due import DueItem, due
from jcm_cycle._judge import _SENTENCES
from jcm_cycle._near import perhaps
from jcm_cycle.case import Accepted, Case, Faulted, Refused
from jcm_cycle.entries import Act
from jcm_cycle.errors import JCMCycleError, StoryError
from jcm_cycle.findings import Effect, Finding, Verdict
from jcm_cycle.rules import RuleBook, RuleBooks, books as installed, rules
from jcm_cycle.rules._at import book_at
from jcm_cycle.rules._folder import NAME
from jcm_cycle.testing._bring import Stage, set_up
from jcm_cycle.testing._edges import edges_of
from jcm_cycle.testing._reading import read_stories
from jcm_cycle.testing._story import Stories, Story, Then
from jcm_cycle.testing._told import Played, Told

__all__ = ["books_of", "play", "play_all", "play_story"]

TABLE = (*(f"procedure.{name}" for name in _SENTENCES), "procedure.transition")
"""What the table of the machine says is judged like a rule, under these ids."""
REASON = "a reason, to see whether one helps"

Answer = Accepted[Any] | Refused[Any] | Faulted[Any]


def play(path: Path | str, *, books: Mapping[str, RuleBook] | None = None) -> Played:
    """Play every story of a file, and test the days at the bounds of the books that it names.

    Args:
        path: the file.
        books: the books by country; left out, those that the file names, or else those that are installed.

    Raises:
        StoryError: the file cannot be read, or the books that it names are not there.
    """
    found = read_stories(path)
    known = books_of(found) if books is None else books
    told = tuple(play_story(story, known) for story in found.stories)
    edges = [edge for name in found.head.edges for edge in edges_of(name, known, found.file)]
    wrong = [why for edge in edges if (why := edge.wrong()) is not None]
    return Played(file=found.file, stories=told, edges=tuple(wrong), tested=len(edges))


def play_all(paths: Iterable[Path]) -> Iterator[Played]:
    """Yield what came of each file; one that cannot be read fails with what is wrong with it, and the others go on."""
    for path in paths:
        try:
            yield play(path)
        except StoryError as error:
            broken = Story(title="the file as a whole", file=path, line=error.line or 1, broken=str(error))
            yield Played(file=path, stories=(Told(story=broken, against=(broken.broken,)),))


def books_of(stories: Stories) -> Mapping[str, RuleBook]:
    """Return the books that a file of stories names, or those that are installed.

    Raises:
        StoryError: there is no such folder.
    """
    if stories.head.books is None:
        return installed
    folder = stories.file.parent / stories.head.books
    try:
        if (folder / NAME).is_file():
            book = book_at(folder)
            return {book.country: book}
        return RuleBooks.from_folder(folder)
    except (JCMCycleError, OSError, ValueError) as error:
        raise StoryError(f"[stories]: books: {error}", file=stories.file) from None


def play_story(story: Story, books: Mapping[str, RuleBook]) -> Told:
    """Play one story; whatever keeps it from being played is told like what it is wrong about."""
    if story.broken:
        return Told(story=story, against=(story.broken,))
    try:
        return _played(set_up(story, books))
    except JCMCycleError as error:
        return Told(story=story, against=(f"it cannot be played: {error}",))


def _played(stage: Stage) -> Told:
    story, when, then = stage.story, stage.story.when, stage.story.then
    assert when is not None  # noqa: S101 - only a broken story has none
    act = stage.act(when, when.step) if when.step is not None else None
    _check_names(stage, act)
    case = stage.before()
    tell = partial(Told, story=story, expected=expected(then))
    if act is None:
        return tell(happened=f"asked on {when.on}", against=tuple(_due(stage, case)))
    attempt = partial(case.attempt, rules=stage.own, register=stage.register)
    answer: Answer = attempt(act)
    hard, soft = _refusals(answer, act, attempt)
    against = [
        *_outcome(stage, answer, hard, soft), *_verdicts(then, answer), *_relaxed(then, answer),
        *_due(stage, answer.case),
    ]  # fmt: skip
    return tell(
        step=answer.step,
        happened=_happened(answer, hard, soft),
        against=tuple(against),
        findings=answer.findings,
        accepted=bool(answer),
    )


def _check_names(stage: Stage, act: Act[Any] | None) -> None:
    """Refuse rules that do not exist, or are never judged at the step.

    Raises:
        StoryError: with the name that comes nearest.
    """
    if act is None:
        return
    step, known = stage.step(act.step), {*rules(), *TABLE}
    for name in stage.story.rules:
        if name not in known:
            raise StoryError(f"There is no rule {name!r}.", cure=perhaps(name, sorted(known), "Mend the name."))
        if name in rules() and step.id not in rules()[name].steps:
            why = f"The rule {name} is never judged at {step.id}."
            raise StoryError(why, cure=f"It is judged at {', '.join(rules()[name].steps)}.")
    measures = [row.id for row in stage.own.rows["overlay"]]
    for name in stage.story.then.relaxed_by or ():
        if name not in measures:
            why = f"relaxed_by: the book has no measure {name!r}."
            raise StoryError(why, cure=perhaps(name, measures, f"Measures are {', '.join(measures) or 'none'}."))
    lands = stage.story.then.accepted
    if isinstance(lands, str) and lands not in stage.machine.states:
        states = stage.machine.states
        why = f"accepted: the machine {stage.machine.name!r} has no state {lands!r}."
        raise StoryError(why, cure=perhaps(lands, states, f"States are {', '.join(states)}."))


def _refusals(answer: Answer, act: Act[Any], attempt: Any) -> tuple[list[str], list[str]]:
    """Return the rules that refuse whatever reason is given, and those that do so without one."""
    refusing = [found.rule for found in answer.findings if found.refuses]
    if answer or isinstance(answer, Faulted):
        return refusing, []

    again = attempt(evolve(act, despite={**dict.fromkeys(refusing, REASON), **act.despite}))
    hard = [found.rule for found in again.findings if found.refuses]
    if not again and not hard:
        hard = refusing
    return hard, [name for name in refusing if name not in hard]


def expected(then: Then) -> str:
    """Return what a story says, in one sentence."""
    parts = []
    if then.accepted is not None:
        parts.append("accepted" + (f", and the case stands {then.accepted}" if then.accepted is not True else ""))
    parts += [f"refused by {', '.join(then.refused_by)}"] if then.refused_by else []
    parts += [f"held by {', '.join(then.held_by)}"] if then.held_by else []
    for word in ("met", "unmet", "missing", "not_judged"):
        names = getattr(then, word)
        parts += [f"{word.replace('_', ' ')}: {', '.join(names)}"] if names else []
    if then.relaxed_by is not None:
        parts.append(f"relaxed by {', '.join(then.relaxed_by) or 'no measure'}")
    if then.due is not None:
        parts.append("due: " + (", ".join(f"{one.what} by {one.until}" for one in then.due) or "nothing"))
    return "; ".join(parts)


def _happened(answer: Answer, hard: list[str], soft: list[str]) -> str:
    if isinstance(answer, Faulted):
        return f"the rule {answer.rule} failed: {type(answer.error).__name__}: {answer.error}"
    if answer:
        return f"accepted; the case stands {answer.case.state}"
    parts = [f"refused by {', '.join(hard)}"] if hard else []
    parts += [f"held by {', '.join(soft)}"] if soft else []
    return "; ".join(parts)


def _outcome(stage: Stage, answer: Answer, hard: list[str], soft: list[str]) -> Iterator[str]:
    """Yield in what the answer is another one than the story says."""
    then, when = stage.story.then, stage.story.when
    if isinstance(answer, Faulted):
        yield f"the rule {answer.rule} failed, so that nothing can be said. Report it to whoever keeps the rule."
        return
    if when is not None and when.outcome is not None and str(answer.outcome) != when.outcome:
        yield f"the step ends {answer.outcome}, and not {when.outcome} as the story says"
    if then.accepted is not None:
        yield from (f"{name} refuses it" for name in hard)
        yield from (f"{name} holds it, and no reason is given" for name in soft)
        if answer and then.accepted not in (True, answer.case.state):
            yield f"the case stands {answer.case.state}, and not {then.accepted}"
        return
    if answer:
        yield "it was accepted"
    found = {finding.rule: finding for finding in answer.findings}
    for name in then.refused_by or ():
        if name not in hard:
            yield _not_refusing(name, found.get(name), soft, "refused_by")
    for name in then.held_by or ():
        if name not in soft:
            yield _not_refusing(name, found.get(name), hard, "held_by")
    named = (*(then.refused_by or ()), *(then.held_by or ()))
    yield from (f"{name} refuses it as well, which the story does not say" for name in hard if name not in named)
    yield from (f"{name} holds it as well, which the story does not say" for name in soft if name not in named)


def _not_refusing(name: str, finding: Finding | None, other: list[str], key: str) -> str:
    """Say why a rule does not refuse in the way that a story says."""
    if name in other:
        held = key == "refused_by"
        way = "holds it, and lets it pass with a reason" if held else "refuses it, whatever reason is given"
        return f"{name} {way}: name it in {'held_by' if held else 'refused_by'}"
    if finding is None:
        return f"{name} is not judged: the book does not have it on the day that governs, or not for this outcome"
    if finding.verdict is Verdict.MET:
        return f"{name} is met"
    if finding.effect is Effect.DUTY:
        return f"{name} is a time limit on an authority, and refuses nothing"
    if finding.effect is Effect.ADVISES:
        return f"{name} is {finding.verdict}, but only advises here, as {finding.standing}"
    return f"{name} is {finding.verdict}, and went through with a reason"


def _verdicts(then: Then, answer: Answer) -> Iterator[str]:
    found = {finding.rule: finding for finding in answer.findings}
    for word in ("met", "unmet", "missing"):
        for name in getattr(then, word):
            verdict = str(found[name].verdict) if name in found else "not judged"
            if verdict != word:
                yield f"{name} is {verdict}, and not {word}"
    yield from (f"{name} is judged: {found[name].verdict}" for name in then.not_judged if name in found)


def _relaxed(then: Then, answer: Answer) -> Iterator[str]:
    """Yield the measures that relax a rule and are not told, and those that are told and relax none."""
    if then.relaxed_by is None:
        return
    grounds = [finding.ground for finding in answer.findings if finding.ground is not None]
    found = dict.fromkeys(measure.id for ground in grounds for measure in ground.relaxed if measure.sure)
    yield from (f"{name} relaxes no rule on the day" for name in then.relaxed_by if name not in found)
    yield from (f"{name} relaxes a rule, which the story does not say" for name in found if name not in then.relaxed_by)


def _due(stage: Stage, case: Case[Any]) -> Iterator[str]:
    """Yield what is due and not told, and what is told and not due."""
    told, when = stage.story.then.due, stage.story.when
    if told is None or when is None:
        return
    left = list(due([case], when.on, rules={stage.book.country: stage.book}))
    for line in told:
        same = next((item for item in left if _is(item, line.what, str(line.until), line.who)), None)
        if same is None:
            by = f" by {line.who}" if line.who else ""
            yield f"{line.what}{by} is not due until {line.until}"
        else:
            left.remove(same)
    yield from (f"due as well: {item}" for item in left)


def _is(item: DueItem, what: str, until: str, who: str | None) -> bool:
    named = what in (item.what, item.what.rpartition(".")[2])
    return named and until == (str(item.until) if item.until else "unknown") and who in (None, item.who)
