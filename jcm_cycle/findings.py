"""What judging an act against one rule gives: met, unmet or missing, with the facts read; never a bare bool."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from attrs import define, field, frozen

from jcm_cycle.days import Day, day_json

__all__ = [
    "CaseView",
    "Effect",
    "Finding",
    "Ground",
    "Measure",
    "Standing",
    "Support",
    "Verdict",
    "from_day",
    "missing",
    "require",
    "unmet",
]

F_co = TypeVar("F_co", covariant=True)


class Verdict(StrEnum):
    """How an act stands to a rule."""

    __hash__ = str.__hash__  # as the text does, and in C: verdicts are looked up a million times a second

    MET = "met"
    UNMET = "unmet"
    MISSING = "missing"
    """A fact that the rule reads is not known."""


class Effect(StrEnum):
    """What an unmet rule does to the act."""

    __hash__ = str.__hash__

    BLOCKS = "blocks"
    """The act is refused."""
    HOLDS = "holds"
    """The act is refused unless it carries a reason to go through `despite` the rule."""
    ADVISES = "advises"
    """The act goes through; the finding is shown and kept."""
    DUTY = "duty"
    """A time limit on an authority: never refuses."""


class Standing(StrEnum):
    """How well founded a row is, the best first."""

    __hash__ = str.__hash__

    CITED = "cited"
    """Read in the source given."""
    OBSERVED = "observed"
    """Seen in what happened."""
    INFERRED = "inferred"
    """Concluded from something read; the conclusion is ours."""
    ASSUMED = "assumed"
    """General knowledge that no source read here confirms."""
    UNKNOWN = "unknown"
    """Looked for and not found."""

    def or_weaker(self, other: Standing | None) -> Standing:
        """Return the weaker of two standings: a conclusion is no better founded than what it rests on."""
        return self if other is None else _WEAKER[self, other]


_WEAKER = {(one, other): max(one, other, key=list(Standing).index) for one in Standing for other in Standing}

EFFECT_BY_STANDING = {
    Standing.CITED: Effect.BLOCKS,
    Standing.OBSERVED: Effect.HOLDS,
    Standing.INFERRED: Effect.HOLDS,
    Standing.ASSUMED: Effect.ADVISES,
    Standing.UNKNOWN: Effect.ADVISES,
}
"""The effect of a procedure rule: a cited one blocks, an observed or inferred one holds, all others advise."""

STRICTNESS = {Effect.BLOCKS: 3, Effect.HOLDS: 2, Effect.ADVISES: 1, Effect.DUTY: 0}


@frozen(kw_only=True)
class Measure:
    """A dated measure that relaxes a rule.

    Attributes:
        id: its id.
        cites: the document and the place in it, in words.
        duty: what comes in the place of the rule, in words.
        sure: False where the book does not know whether it has ended.
    """

    id: str
    cites: str
    duty: str | None = None
    sure: bool = True


@frozen(kw_only=True)
class Ground:
    """What a finding rests on: the rule as one book has it in one stretch of days.

    Attributes:
        rule: id of the rule.
        revision: rises whenever the sense of the rule changes.
        sentence: the rule in one sentence.
        effect: what it does when it is unmet.
        standing: how well founded it is in this country.
        cites: the document and the place in it, in words.
        url: where the document can be read, if it is public.
        kind: computed, declared or manual.
        capped: True where the effect follows the standing of the values that decided, too.
        relaxed: the dated measures that relax the rule on these days, or may do so.
    """

    rule: str
    revision: int
    sentence: str
    effect: Effect
    standing: Standing
    cites: str
    url: str | None = None
    kind: str = "computed"
    capped: bool = True
    relaxed: tuple[Measure, ...] = ()


@frozen(kw_only=True)
class Support:
    """What a book says of one thing, such as a number of days, and how well founded that is.

    Attributes:
        name: id of the value, or stem of the form.
        standing: how well founded it is.
        cites: the document and the place in it, in words.
    """

    name: str
    standing: Standing
    cites: str


@define
class Finding:
    """The judgement of one act by one rule.

    A rule makes it with `require` and its kin; who judges then puts standing, effect and ground into it, once.

    Attributes:
        verdict: met, unmet or missing.
        facts: what was read, by name.
        earliest: for a wait, the first day on which the rule will be met.
        rests_on: what the rule read in the book, such as a number of days; of several, the least well founded.
            A standing alone where the book has nothing of it.
        standing: how well founded the finding is: as the rule, or as what it rests on, whichever is weaker.
        effect: what the finding does to the act.
        ground: the rule with its source, put there by who judges.
        despite: the reason for going through all the same, if the act gave one.
    """

    verdict: Verdict
    facts: Mapping[str, Any] = field(factory=dict)
    earliest: date | None = None
    rests_on: Support | Standing | None = None
    standing: Standing | None = None
    effect: Effect | None = None
    ground: Ground | None = None
    despite: str | None = None

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return self.ground.rule if self.ground else ""

    @property
    def sentence(self) -> str:
        """The rule in one sentence."""
        return self.ground.sentence if self.ground else ""

    @property
    def cites(self) -> str:
        """The document and the place in it that the rule comes from."""
        return self.ground.cites if self.ground else ""

    @property
    def limit(self) -> Standing | None:
        """How well founded that is on which the finding rests beside its rule."""
        return self.rests_on.standing if isinstance(self.rests_on, Support) else self.rests_on

    @property
    def refuses(self) -> bool:
        """Whether this finding alone refuses the act."""
        if self.verdict is Verdict.MET or self.effect is Effect.ADVISES or self.effect is Effect.DUTY:
            return False
        if self.despite is None:
            return True
        return self.verdict is Verdict.UNMET and self.effect is Effect.BLOCKS

    def json(self) -> dict[str, Any]:
        """Return the finding as data, every value plain."""
        ground = self.ground
        return {
            "rule": self.rule,
            "verdict": str(self.verdict),
            "effect": str(self.effect) if self.effect else None,
            "sentence": self.sentence,
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "cites": self.cites,
            "url": ground.url if ground else None,
            "standing": str(self.standing) if self.standing else None,
            "rests_on": rested(self.rests_on),
            "earliest": day_json(self.earliest),
            "despite": self.despite,
        }


def rested(on: Support | Standing | None) -> dict[str, str] | str | None:
    """Return what a finding rests on as data; a standing alone as its word."""
    if isinstance(on, Support):
        return {"name": on.name, "standing": on.standing.value, "cites": on.cites}
    return on.value if on is not None else None


class CaseView(Protocol[F_co]):
    """What a rule sees of a case."""

    @property
    def id(self) -> str:
        """The internal id, which never changes."""

    @property
    def country(self) -> str:
        """Two-letter code of the host country."""

    @property
    def track(self) -> str | None:
        """Special track, or None."""

    @property
    def state(self) -> str:
        """The state in which it stands."""

    @property
    def file(self) -> F_co:
        """What it has gathered."""

    @property
    def references(self) -> tuple[str, ...]:
        """Its public numbers, the latest last."""

    @property
    def days(self) -> Mapping[str, Day]:
        """The last day on which each step had effect."""


_MET, _UNMET, _MISSING = Verdict.MET, Verdict.UNMET, Verdict.MISSING


def require(
    condition: object, /, *, rests_on: Support | Standing | None = None, earliest: date | None = None, **facts: Any
) -> Finding:
    """Judge a condition on facts: a fact that is None makes the finding missing, whatever the condition says.

    Args:
        condition: true where the rule is met.
        rests_on: the value of the book that the condition used, as `edition.value` returns it.
        earliest: the first day on which an unmet condition will be met, where a day decides.
        facts: what the condition read, by name.
    """
    if None in facts.values():
        return Finding(_MISSING, facts, None, rests_on)
    if condition:
        return Finding(_MET, facts, None, rests_on)
    return Finding(_UNMET, facts, earliest, rests_on)


def unmet(*, rests_on: Support | Standing | None = None, earliest: date | None = None, **facts: Any) -> Finding:
    """Return an unmet finding with the facts that show it, some of which may be None."""
    return Finding(_UNMET, facts, earliest, rests_on)


def missing(why: str, *, rests_on: Support | Standing | None = None, **facts: Any) -> Finding:
    """Return a missing finding that says what is not known."""
    return Finding(_MISSING, {"why": why, **facts}, None, rests_on)


def from_day(
    day: date, earliest: date | None, /, *, rests_on: Support | Standing | None = None, **facts: Any
) -> Finding:
    """Judge a wait: met on the earliest day and after, unmet before with that day, missing where it is unknown."""
    if earliest is None:
        return Finding(_MISSING, {"earliest": None, **facts}, None, rests_on)
    facts["day"] = day
    if day >= earliest:
        return Finding(_MET, facts, None, rests_on)
    return Finding(_UNMET, facts, earliest, rests_on)


def plain(value: Any) -> Any:  # noqa: PLR0911 - one for each kind of value
    """Return a fact as plain data for JSON: days as ISO text, amounts and versions as text or whole numbers."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return str(value)
