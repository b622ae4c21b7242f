"""What one case has in common with another: the reasons for a suggestion that they may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from attrs import frozen

from jcm_cycle._words import composed, joined, say, word

__all__ = ["WEIGHTS", "Likeness", "Reason", "Resemblance", "Resemblances"]


class Likeness(StrEnum):
    """In what two cases are alike."""

    LINK = "link"
    """One names the other, or both bear one number."""
    TITLE = "title"
    PARTICIPANTS = "participants"
    PLACE = "place"


WEIGHTS: Mapping[Likeness, float] = {
    Likeness.LINK: 1.0,
    Likeness.TITLE: 0.9,
    Likeness.PARTICIPANTS: 0.4,
    Likeness.PLACE: 0.3,
}
"""How much each says when it is full; participants alone, who may have many projects, are never enough."""


@frozen
class Reason:
    """One thing in which two cases are alike.

    Attributes:
        likeness: in what.
        told: what they share, in words.
        degree: how much, in per cent.
    """

    likeness: Likeness
    told: str
    degree: int

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {"likeness": str(self.likeness), "told": self.told, "degree": self.degree}

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text.

        Args:
            lang: code of the language, en or ja.
        """
        shown = composed(self.told, lang) if self.likeness in _COMPOSED else self.told
        return say(
            lang, "{likeness} {degree} %: {told}", likeness=say(lang, self.likeness), degree=self.degree, told=shown
        )

    def __str__(self) -> str:
        return self.explain()


_COMPOSED = (Likeness.LINK, Likeness.TITLE)
"""Of these, what is shared is told in words of the library; of others in those in which it was filed."""


@frozen(kw_only=True)
class Resemblance:
    """One case that may be the same as another.

    Attributes:
        case: its id.
        machine: name of its machine.
        title: its title.
        references: its public numbers.
        state: the state in which it stands.
        score: 1 to 100; it puts the list in order, and is no probability.
        reasons: what speaks for it, the strongest first.
    """

    case: str
    machine: str
    title: str | None
    references: tuple[str, ...]
    state: str
    score: int
    reasons: tuple[Reason, ...]

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "case": self.case,
            "machine": self.machine,
            "title": self.title,
            "references": list(self.references),
            "state": self.state,
            "score": self.score,
            "reasons": [reason.json() for reason in self.reasons],
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text, in a line.

        Args:
            lang: code of the language, en or ja.
        """
        numbers = self.references if self.references != (self.case,) else ()
        name = f" ({self.title})" if self.title else ""
        return say(
            lang, "{case}, {state}: {score}; {reasons}",
            case=f"{self.case}{f' {joined(numbers, lang)}' if numbers else ''}{name}",
            state=word("state", self.state, lang), score=self.score,
            reasons="; ".join(reason.explain(lang=lang) for reason in self.reasons),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.explain()


@frozen(kw_only=True)
class Resemblances:
    """The cases that one case resembles, the likest first; iterates over them.

    Attributes:
        case: id of the case.
        items: the others.
    """

    case: str
    items: tuple[Resemblance, ...]

    def __iter__(self) -> Iterator[Resemblance]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def json(self) -> dict[str, Any]:
        """Return all of them as data."""
        return {"schema": 1, "case": self.case, "items": [item.json() for item in self.items]}

    def explain(self, *, lang: str = "en") -> str:
        """Return all of them as text, a line each.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        head = say(lang, "RESEMBLES  {case}: {count}", case=self.case, count=len(self.items))
        return "\n".join([head, *(f"  {item.explain(lang=lang)}" for item in self.items)])

    def __str__(self) -> str:
        return self.explain()
