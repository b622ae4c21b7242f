"""What comes of an attempt: accepted, refused or faulted, each with every finding, as text and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from attrs import frozen

from jcm_cycle._labels import label, text
from jcm_cycle._words import joined, named, padded, say, told, told_name, word
from jcm_cycle.days import Day, day_json
from jcm_cycle.entries import Basis, Draft
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.findings import Effect, Finding, Measure, Support, Verdict, plain

if TYPE_CHECKING:
    from jcm_cycle.case import Case

__all__ = ["Accepted", "Attempted", "Faulted", "Refused", "Together", "fact_text", "facts_text", "finding_text"]

F = TypeVar("F")


class Attempted:
    """What all answers to an attempt tell.

    Attributes:
        step: id of the step.
        outcome: how it was to end.
        on: the day of the act.
        findings: the judgement of every rule.
        governed_by: the day whose rules were asked; None where that day is not known.
        case: the case as it stands afterwards.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def step(self) -> str: ...
        @property
        def outcome(self) -> Outcome | None: ...
        @property
        def on(self) -> Day: ...
        @property
        def findings(self) -> tuple[Finding, ...]: ...
        @property
        def governed_by(self) -> Day | None: ...
        @property
        def case(self) -> Case[Any]: ...

    @property
    def verdict(self) -> str:
        """Accepted, recorded, refused or faulted."""
        return "refused"

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that refuse the act."""
        return tuple(finding for finding in self.findings if finding.refuses)

    def json(self, seq: int | None = None) -> dict[str, Any]:
        """Return the answer as data; every value is plain.

        Args:
            seq: number of the entry, where one was appended.
        """
        return {
            "schema": 1,
            "case": self.case.id,
            "step": self.step.split(".", 1)[-1],
            "outcome": str(self.outcome) if self.outcome else None,
            "on": day_json(self.on),
            "verdict": self.verdict,
            "seq": seq,
            "findings": [finding.json() for finding in self.findings],
        }

    def explain(self, *, full: bool = True, lang: str = "en") -> str:
        """Return the answer as text for a reader: verdict, and each finding with its facts, source and standing.

        Args:
            full: show every finding; else those that refuse, are unmet or went through, and a count of the rest.
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        lines = [heading(self.verdict, self.step, self.outcome, self.on, lang)]
        if self.governed_by is None:
            lines.append(say(lang, "  the day that picks the rules is not known"))
        elif self.governed_by != self.on:
            day = day_text(self.governed_by, lang)
            lines.append(say(lang, "  judged by the rules of {day}, the day of what it answers", day=day))
        lines += self._more(lang)
        weighed = sorted(self.findings, key=_weight)
        shown = [f for f in weighed if full or f.refuses or f.verdict is Verdict.UNMET or f.despite is not None]
        lines += [finding_text(finding, lang) for finding in shown]
        rest = Counter(finding.verdict for finding in weighed) - Counter(finding.verdict for finding in shown)
        if rest:
            counts = joined(
                (say(lang, _REST[verdict], count=rest[verdict]) for verdict in Verdict if rest[verdict]), lang
            )
            lines.append(say(lang, "  and {counts}", counts=counts))
        return "\n".join(lines)

    def _more(self, lang: str) -> list[str]:  # noqa: ARG002 - told by the kinds of answers
        return []

    def __str__(self) -> str:
        return self.explain()


@frozen
class Accepted(Attempted, Generic[F]):
    """The act may be taken, or the fact was recorded; nothing is kept before the draft is appended to a journal.

    Attributes:
        draft: what to append.
        case: the case as it stands afterwards.
        governed_by: the day whose rules were asked; None where that day is not known.
        refold: True where the fact takes its place before something the case already holds, so that only a fold
            of the journal gives the true state.
    """

    draft: Draft
    case: Case[F]
    governed_by: Day | None
    refold: bool = False

    @property
    def step(self) -> str:
        """Id of the step."""
        return f"{self.draft.machine}.{self.draft.step}"

    @property
    def outcome(self) -> Outcome | None:
        """How the step ended."""
        return self.draft.outcome

    @property
    def on(self) -> Day:
        """The day of the act."""
        return self.draft.on

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The judgement of every rule."""
        return self.draft.findings

    @property
    def verdict(self) -> str:
        """Accepted for an act, recorded for a fact."""
        return "accepted" if self.draft.basis is Basis.JUDGED else "recorded"

    def __bool__(self) -> Literal[True]:
        return True

    def _more(self, lang: str) -> list[str]:
        return [say(lang, "  the case now stands {state}", state=_state(self.case, lang))]


@frozen(kw_only=True)
class _NotAccepted(Attempted, Generic[F]):
    """What is kept of an act that was not accepted: nothing of it is in the case."""

    step: str
    outcome: Outcome | None
    on: Day
    findings: tuple[Finding, ...]
    governed_by: Day | None
    case: Case[F]

    def __bool__(self) -> Literal[False]:
        return False


@frozen(kw_only=True)
class Refused(_NotAccepted[F]):
    """The act is not permitted now; nothing is recorded and the case stays as it is.

    Attributes:
        step, outcome, on, findings, governed_by: see `Attempted`.
        case: the case, unchanged.
    """

    @property
    def earliest(self) -> date | None:
        """The first day on which waiting alone would help, or None where it would not or is not known."""
        days = [finding.earliest for finding in self.refusals]
        known = [day for day in days if day is not None]
        return max(known) if days and len(known) == len(days) else None

    def _more(self, lang: str) -> list[str]:
        return [say(lang, "  nothing was recorded; the case still stands {state}", state=_state(self.case, lang))]


@frozen(kw_only=True)
class Faulted(_NotAccepted[F]):
    """A rule failed while it judged: the act is not permitted, the case stays as it is.

    Attributes:
        step, outcome, on, findings, governed_by: see `Attempted`.
        case: the case, unchanged.
        rule: id of the rule that failed.
        error: what it raised.
    """

    rule: str
    error: Exception

    @property
    def verdict(self) -> str:
        """The word for it."""
        return "faulted"

    def _more(self, lang: str) -> list[str]:
        failure = f"{type(self.error).__name__}: {self.error}"
        failed = say(lang, "  the rule {rule} failed: {failure}", rule=self.rule, failure=failure)
        return [failed, say(lang, "  report it to whoever keeps the rule")]


@frozen
class Together:
    """The answers to acts that belong together, such as one decision on many cases; true where all are accepted.

    Attributes:
        answers: the answer for each case, in the order given.
    """

    answers: tuple[Accepted[Any] | Refused[Any] | Faulted[Any], ...]

    def __bool__(self) -> bool:
        return all(self.answers)

    def __iter__(self) -> Iterator[Accepted[Any] | Refused[Any] | Faulted[Any]]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)

    @property
    def refused(self) -> tuple[Refused[Any] | Faulted[Any], ...]:
        """The answers that were not accepted; because of them nothing of the rest is kept either."""
        return tuple(answer for answer in self.answers if not isinstance(answer, Accepted))

    def explain(self, *, full: bool = True, lang: str = "en") -> str:
        """Return the answers as text, those that were refused first.

        Args:
            full: also show the findings that are met.
            lang: code of the language, en or ja.
        """
        refused = self.refused
        head = say(
            lang,
            "{refused} of {all} were not accepted, so that nothing is kept of any of them",
            refused=len(refused),
            all=len(self.answers),
        )
        shown = [f"{answer.case.id}: {answer.explain(full=full, lang=lang)}" for answer in (refused or self.answers)]
        return "\n".join([head, *shown] if refused else shown)

    def __str__(self) -> str:
        return self.explain()


_REST = {
    Verdict.MET: "{count} met",
    Verdict.UNMET: "{count} unmet",
    Verdict.MISSING: "{count} missing that only advise",
}
_RANK = {Verdict.UNMET: 0, Verdict.MISSING: 1, Verdict.MET: 2}


def _weight(finding: Finding) -> tuple[bool, int]:
    return not finding.refuses, _RANK[finding.verdict]


def _state(case: Case[Any], lang: str) -> str:
    return word("state", case.state, lang)


def heading(verdict: str, step: str, outcome: Outcome | None, on: Day | None, lang: str) -> str:
    """Return the first line of an explanation: verdict, step, how it ended, and the day."""
    ends = f" ({word('outcome', outcome, lang)})" if outcome else ""
    called = say(lang, verdict.upper())
    what = named("step", step, lang)
    return say(lang, "{verdict}  {step}{ends} on {day}", verdict=called, step=what, ends=ends, day=day_text(on, lang))


def day_text(day: Day | None, lang: str = "en") -> str:
    """Return a day in words."""
    return say(lang, "a day not known") if day is None else told(str(day), lang)


def finding_text(finding: Finding, lang: str = "en") -> str:
    """Return one finding as text: verdict, sentence, facts, source, standing, and the earliest day."""
    english = lang == "en"
    facts = facts_text(finding.facts, lang)
    verdict = f"{finding.verdict:<8}" if english else padded(label("verdict", finding.verdict, lang), 10)
    lines = [f"  {verdict}{finding.sentence if english else text(finding.sentence, lang)}"]
    if facts:
        lines.append(f"          {facts}")
    if finding.earliest is not None:
        lines.append(say(lang, "          earliest day: {day}", day=finding.earliest))
    ground = finding.ground
    relaxed = ground.relaxed if ground is not None else ()
    lines += [say(lang, "          relaxed by {measure}", measure=measure_text(one, lang)) for one in relaxed]
    if finding.despite is not None:
        taken = "not accepted, the rule blocks" if finding.refuses else "went through despite it"
        lines.append(f"          {say(lang, taken)}: {finding.despite}")
    effect = word("effect", finding.effect, lang) if finding.effect else ""
    standing = ground.standing if ground is not None else finding.standing
    if finding.effect is Effect.ADVISES and finding.verdict is not Verdict.MET:
        effect = say(lang, "advises only")
    sure = word("standing", standing, lang) if standing else str(standing)
    lines.append(f"          {effect}; {sure}: {told(finding.cites, lang)}  [{finding.rule}]")
    lines += _rests_on(finding, lang)
    return "\n".join(lines)


def measure_text(measure: Measure, lang: str = "en") -> str:
    """Return a dated measure as text: its id, its source, whether it may have ended, and what it asks for instead."""
    parts = [say(lang, "{name} ({where})", name=measure.id, where=told(measure.cites, lang))]
    if not measure.sure:
        parts.append(say(lang, ", or perhaps not: the book does not know when it ended"))
    if measure.duty:
        parts.append(say(lang, "; instead: {duty}", duty=text(measure.duty, lang)))
    return "".join(parts)


def _rests_on(finding: Finding, lang: str) -> Iterator[str]:
    """Yield where the value was read on which a finding rests, where that is not where its rule was read."""
    ground, on = finding.ground, finding.rests_on
    if ground is None or on is None:
        return
    if isinstance(on, Support):
        if (on.cites, on.standing) != (ground.cites, ground.standing):
            name, sure = named("value", on.name, lang), word("standing", on.standing, lang)
            yield f"          {name}; {sure}: {told(on.cites, lang)}"
    elif on is not ground.standing:
        yield say(lang, "          and rests on what is {standing}", standing=word("standing", on, lang))


def facts_text(facts: Mapping[str, Any], lang: str = "en") -> str:
    """Return facts as a reader sees them, each with its name: in English the one by which the rule reads it."""
    return "; ".join(f"{word('fact', name, lang)}: {fact_text(value, lang)}" for name, value in facts.items())


def fact_text(value: Any, lang: str = "en") -> str:
    """Return a fact as a reader sees it."""
    shown = plain(value)
    if shown is None:
        return say(lang, "not given")
    if isinstance(shown, list):
        parts = [str(part) if lang == "en" else told_name(str(part), lang) for part in shown]
        return joined(parts, lang) or say(lang, "none")
    if isinstance(shown, dict):
        parts = [f"{told_name(str(name), lang)} ({fact_text(part, lang)})" for name, part in value.items()]
        return joined(parts, lang) or say(lang, "none")
    if isinstance(shown, bool):
        return say(lang, "yes" if shown else "no")
    if isinstance(value, str | int):
        return (str(shown) if lang == "en" else told_name(str(shown), lang)) or '""'
    return str(value) if lang == "en" else told(str(value), lang)
