"""Which cases are touched by what happened to another: an entity, a methodology version, modalities of communication.

Nothing here decides or changes anything. What the texts say of most of these effects was not found; then the ground
says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import frozen

from jcm_cycle._labels import text
from jcm_cycle._listed import answer_json, answer_text, answer_word
from jcm_cycle._words import composed, joined, named, say, told, word
from jcm_cycle.days import Day, day_json
from jcm_cycle.findings import Standing
from jcm_cycle.register import Answer

__all__ = ["ONCE", "Affected", "AffectedItem", "Touch"]


class Touch(StrEnum):
    """How a case is touched."""

    NAMED = "named in the modalities of communication"
    VALIDATING = "validation under way"
    VALIDATED = "validation concluded by it"
    VERIFYING = "verification under way"
    VERIFIED = "verification concluded by it"
    CITED = "methodology version cited"
    REVISED = "revision of the methodology version asked for"
    ENTITIES = "entities named are others"
    NAMED_NO_MORE = "concluded by an entity that is named no more"
    FOCAL_POINT = "focal point is another"
    HOLDER = "credits for a participant that is named no more"


ONCE = frozenset({Touch.VALIDATED, Touch.VERIFIED, Touch.CITED})
"""What was done on one day, and was judged by what was known of that day."""


@frozen(kw_only=True)
class AffectedItem:
    """One way in which one case is touched.

    Attributes:
        case: id of the case.
        machine: name of its machine.
        state: the state in which it stands.
        touch: how it is touched.
        since: the day since which it is tied to what changed: the day of the report, of the submission, or from
            which the modalities of communication hold.
        steps: ids of the steps ahead that depend on it.
        rule: id of the rule that asks for it there, or `procedure.role` for who may take the step; None where no
            text was found.
        standing: how well founded that is.
        cites: where it was read.
        answer: what the register says on the day asked about; None where no register is asked.
        then: what it says for the day of `since`, where that day is exactly known.
        sure: whether it is known that the change has come to pass by the day; otherwise it may have.
    """

    case: str
    machine: str
    state: str
    touch: Touch
    since: Day | None = None
    steps: tuple[str, ...] = ()
    rule: str | None = None
    standing: Standing = Standing.UNKNOWN
    cites: str = "no text found"
    answer: Answer | None = None
    then: Answer | None = None
    sure: bool = True

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "case": self.case,
            "machine": self.machine,
            "state": self.state,
            "touch": str(self.touch),
            "since": day_json(self.since),
            "sure": self.sure,
            "steps": list(self.steps),
            "rule": self.rule,
            "standing": str(self.standing),
            "cites": self.cites,
            "answer": None if self.answer is None else answer_json(self.answer),
            "then": None if self.then is None else answer_json(self.then),
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text, in a line.

        Args:
            lang: code of the language, en or ja.
        """
        how = text(self.touch, lang)
        if self.since is not None:
            once, since = self.touch in ONCE, told(str(self.since), lang)
            how = say(lang, "{touch} on {day}" if once else "{touch} since {day}", touch=how, day=since)
        if self.then is not None:
            how += say(lang, ", register then: {answer}", answer=answer_word(self.then, lang))
        if self.answer is not None:
            how += say(lang, "; register now: {answer}", answer=answer_text(self.answer, lang))
        if self.steps:
            ahead = joined((named("step", step, lang) for step in self.steps), lang)
            how += say(lang, "; ahead: {steps}", steps=ahead)
        standing, cites = word("standing", self.standing, lang), told(self.cites, lang)
        ground = f"{f'{self.rule}, ' if self.rule else ''}{standing}: {cites}"
        return say(
            lang, "{case} ({state}): {how} ({ground})",
            case=self.case, state=word("state", self.state, lang), how=how, ground=ground,
        )  # fmt: skip

    def __str__(self) -> str:
        return self.explain()


@frozen(kw_only=True)
class Affected:
    """The cases that a change touches on a day, by machine and case; iterates over the items.

    Attributes:
        on: the day.
        change: what changed, in words.
        items: each way in which a case is touched.
    """

    on: date
    change: str
    items: tuple[AffectedItem, ...]

    def __iter__(self) -> Iterator[AffectedItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def cases(self) -> tuple[str, ...]:
        """Ids of the cases that are touched, each once."""
        return tuple(dict.fromkeys(item.case for item in self.items))

    def json(self) -> dict[str, Any]:
        """Return all items as data."""
        items = [item.json() for item in self.items]
        return {"schema": 1, "on": day_json(self.on), "change": self.change, "items": items}

    def explain(self, *, lang: str = "en") -> str:
        """Return all items as text, a line each; what is not sure is marked.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        change = composed(self.change, lang)
        lines = [
            say(lang, "AFFECTED  on {day} by {change}: {count}", day=self.on, change=change, count=len(self.cases))
        ]
        for item in self.items:
            shown = item.explain(lang=lang)
            lines.append(f"  {shown if item.sure else say(lang, 'perhaps {item}', item=shown)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()
