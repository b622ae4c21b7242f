"""What a register lists: the entities and the methodology versions that it knows, each with what it answers of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import frozen

from jcm_cycle._claimed import name_key
from jcm_cycle._known import Answer, No, NotKnown, Yes
from jcm_cycle._words import joined, say, told, told_name, word
from jcm_cycle.days import Day, day_json
from jcm_cycle.evidence._base import MethodologyVersion
from jcm_cycle.findings import plain

__all__ = [
    "ListedEntities",
    "ListedEntity",
    "ListedVersion",
    "ListedVersions",
    "VersionStatus",
    "answer_json",
    "answer_text",
    "answer_word",
]


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer of a register as data: its verdict, its facts, the earliest day, and why it is not known."""
    if isinstance(answer, NotKnown):
        return {"verdict": "not known", "facts": {}, "earliest": None, "why": answer.why}
    earliest = answer.earliest if isinstance(answer, No) else None
    verdict = "yes" if isinstance(answer, Yes) else "no"
    facts = {name: plain(value) for name, value in answer.facts.items()}
    return {"verdict": verdict, "facts": facts, "earliest": day_json(earliest), "why": None}


def answer_text(answer: Answer, lang: str = "en") -> str:
    """Return an answer of a register as one line."""
    verdict = answer_word(answer, lang)
    if isinstance(answer, NotKnown):
        return f"{verdict}: {told(answer.why, lang).rstrip('.。')}"
    facts = {name: _told(value, lang) for name, value in answer.facts.items() if name not in _NAMED}
    parts = [f"{word('fact', name, lang)}: {value}" for name, value in facts.items()]
    shown = f": {'; '.join(parts)}" if parts else ""
    if isinstance(answer, No) and answer.earliest:
        shown += f"; {say(lang, 'earliest day: {day}', day=answer.earliest)}"
    return f"{verdict}{shown}"


def answer_word(answer: Answer, lang: str = "en") -> str:
    """Return whether an answer is yes, no or not known."""
    if isinstance(answer, NotKnown):
        return say(lang, "not known")
    return say(lang, "yes" if isinstance(answer, Yes) else "no")


_NAMED = frozenset({"entity", "methodology"})
"""Facts that stand before the answer already."""


def _told(value: Any, lang: str) -> str:
    parts = value if isinstance(value, list | tuple) else (value,)
    return joined((told_name(str(part), lang) for part in parts), lang)


@frozen(kw_only=True)
class ListedEntity:
    """One entity that a register knows in a country.

    Attributes:
        entity: its name now.
        number: its number, if it is known to have one.
        former: the names that it bore before.
        answer: what the register answers when it is asked for this entity.
    """

    entity: str
    number: str | None = None
    former: tuple[str, ...] = ()
    answer: Answer

    @property
    def keys(self) -> frozenset[str]:
        """Everything by which it is known, without regard to capitals and blanks."""
        return frozenset(map(name_key, filter(None, (self.entity, self.number, *self.former))))

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "entity": self.entity,
            "number": self.number,
            "former": list(self.former),
            "answer": answer_json(self.answer),
        }

    def __str__(self) -> str:
        return f"{self.entity}{f' ({self.number})' if self.number else ''}: {answer_text(self.answer)}"


@frozen(kw_only=True)
class ListedEntities:
    """The entities that a register knows in a country; iterates over those that are usable, then those that may be.

    There may be others: a register is never complete in entities.

    Attributes:
        country: two-letter code.
        role: validation or verification.
        scopes: the sectoral scopes asked for, all of which are needed.
        on: the day.
        usable: the entities that are usable.
        perhaps: the entities of which that is not known, each with why.
        unusable: the entities that are not usable, each with what is against it.
    """

    country: str
    role: str
    scopes: tuple[int, ...]
    on: date
    usable: tuple[ListedEntity, ...] = ()
    perhaps: tuple[ListedEntity, ...] = ()
    unusable: tuple[ListedEntity, ...] = ()

    def __iter__(self) -> Iterator[ListedEntity]:
        yield from self.usable
        yield from self.perhaps

    def __len__(self) -> int:
        return len(self.usable) + len(self.perhaps)

    @property
    def known(self) -> tuple[ListedEntity, ...]:
        """All entities that the register knows in the country, whatever it answers of them."""
        return (*self.usable, *self.perhaps, *self.unusable)

    def json(self) -> dict[str, Any]:
        """Return all of it as data."""
        return {
            "schema": 1,
            "country": self.country,
            "role": self.role,
            "scopes": list(self.scopes),
            "on": day_json(self.on),
            **{name: [one.json() for one in getattr(self, name)] for name in _GROUPS},
        }

    def explain(self) -> str:
        """Return all of it as text."""
        asked = f"{self.role}, {'scope' if len(self.scopes) == 1 else 'scopes'} {', '.join(map(str, self.scopes))}"
        lines = [f"ENTITIES  {self.country} on {self.on}, {asked}"]
        for name in _GROUPS:
            lines += [f"  {name}  {one}" for one in getattr(self, name)]
        return "\n".join(lines if self.known else [*lines, "  the register knows none"])

    def __str__(self) -> str:
        return self.explain()


_GROUPS = ("usable", "perhaps", "unusable")


class VersionStatus(StrEnum):
    """How a methodology version stands on a day."""

    APPROVED = "approved"
    """Approved, and no later version stands in its place."""
    SUPERSEDED = "superseded"
    """A later version stands in its place; whether it may still be cited was not found."""
    NOT_YET = "not yet"
    UNKNOWN = "unknown"
    """Whether it was approved by the day is not known."""


@frozen(kw_only=True)
class ListedVersion:
    """One version of a methodology that a register knows.

    Attributes:
        methodology: the version.
        status: how it stands on the day.
        approved_on: the day of its approval.
        superseded_on: the day from which a later version stands in its place.
        answer: what the register answers when it is asked for this version.
    """

    methodology: MethodologyVersion
    status: VersionStatus
    approved_on: Day
    superseded_on: date | None = None
    answer: Answer

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "methodology": str(self.methodology),
            "status": str(self.status),
            "approved_on": day_json(self.approved_on),
            "superseded_on": day_json(self.superseded_on),
            "answer": answer_json(self.answer),
        }

    def __str__(self) -> str:
        ends = f", superseded on {self.superseded_on}" if self.superseded_on else ""
        return f"{self.methodology}: {self.status}, approved on {self.approved_on}{ends}"


@frozen(kw_only=True)
class ListedVersions:
    """The versions of a methodology that a register knows, the latest first; iterates over them.

    There may be others: a register is never complete in methodologies.

    Attributes:
        methodology: the number of the methodology, such as MN_AM003.
        on: the day.
        items: the versions.
    """

    methodology: str
    on: date
    items: tuple[ListedVersion, ...] = ()

    def __iter__(self) -> Iterator[ListedVersion]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def usable(self) -> tuple[ListedVersion, ...]:
        """The versions that may surely be cited on the day."""
        return tuple(one for one in self.items if isinstance(one.answer, Yes))

    def json(self) -> dict[str, Any]:
        """Return all of it as data."""
        items = [one.json() for one in self.items]
        return {"schema": 1, "methodology": self.methodology, "on": day_json(self.on), "items": items}

    def explain(self) -> str:
        """Return all of it as text."""
        lines = [f"VERSIONS  {self.methodology} on {self.on}: {len(self.items)}", *(f"  {one}" for one in self.items)]
        return "\n".join(lines if self.items else [*lines, "  the register knows none"])

    def __str__(self) -> str:
        return self.explain()
