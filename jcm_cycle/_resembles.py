"""Which other cases may be the same project, idea, methodology or entity under another number or title.

A suggestion and never a verdict: reasons are given, and who reads them decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from math import fsum, log1p
from typing import Any

from attrs import define, field

from jcm_cycle._cases import names_of
from jcm_cycle._likeness import WEIGHTS, Likeness, Reason, Resemblance, Resemblances
from jcm_cycle.case import Case, once
from jcm_cycle.errors import EvidenceError

__all__ = ["resembles"]

KINDS = {"project": ("project", "idea"), "idea": ("project", "idea"), "methodology": ("methodology",), "tpe": ("tpe",)}
"""The machines whose cases can be the same thing, by machine."""

ALIKE = 0.6
"""From here on two titles, or two places, count as alike: the least share of words, weighed by how rare they are."""
SPELT_ALIKE = 0.85
"""From here on two titles count as alike by their letters, whatever their words."""
SHOWN = 6
"""How many of the words that two titles share are shown."""
LEAST = 50
"""The least score that is listed, unless another is asked for."""


def resembles(case: Case[Any], cases: Iterable[Case[Any]], *, least: int = LEAST) -> Resemblances:
    """Return the cases of the same country that may be the same as one, each with what speaks for it.

    Compared are title, participants, place, numbers, and what one names of the other: a project with projects and
    idea notes, a methodology with methodologies, an entity with entities. Words of a title weigh the more the fewer of
    the titles have them. It is a suggestion, and decides nothing.

    Args:
        case: the case.
        cases: cases of any machine, each as it stands; the case itself may be among them.
        least: the least score that is listed, 1 to 100.

    Raises:
        EvidenceError: the case is none, or of a machine whose cases have no title of their own; the cases are no list
            of cases, or a case stands twice; the least score is none.
    """
    if not isinstance(case, Case):
        raise EvidenceError(f"case: {case!r} is no case.", cure="Give one case, as it stands.")
    if case.machine not in KINDS:
        why = f"case: {case.id} is a case of {case.machine}, which has no title of its own."
        raise EvidenceError(why, cure=f"Give one of {', '.join(KINDS)}.")
    if type(least) is not int or not 1 <= least <= 100:  # noqa: PLR2004 - per cent
        raise EvidenceError(f"least: {least!r} is no score.", cure="Give a whole number from 1 to 100.")
    others = [
        one
        for one in once(cases)
        if one.id != case.id and one.country == case.country and one.machine in KINDS[case.machine]
    ]
    compare = _Compared.of(case, others)
    found = [item for one in others if (item := compare.with_(one)) is not None and item.score >= least]
    return Resemblances(case=case.id, items=tuple(sorted(found, key=lambda one: (-one.score, one.case))))


@lru_cache(maxsize=32_768)
def _plain(text: str) -> str:
    """Return a text as it is compared: without regard to capitals, blanks and punctuation, K.K. as KK."""
    return " ".join(re.findall(r"\w+", re.sub(r"(?<=[^\W\d])\.", "", text.casefold())))


@lru_cache(maxsize=32_768)
def _words(text: str) -> frozenset[str]:
    return frozenset(_plain(text).split())


def _title(case: Case[Any]) -> str | None:
    title: str | None = case.file.title
    return title


def _people(case: Case[Any]) -> dict[str, str]:
    """Return the participants, or who proposes, by what their names are known by."""
    file = case.file
    if case.machine == "project":
        people = (*(file.participants or ()), *filter(None, (file.focal_point,)))
    else:
        people = getattr(file, "participants" if case.machine == "idea" else "proponents", None) or ()
    return _keyed(people)


def _keyed(names: Iterable[str]) -> dict[str, str]:
    return {key: name for name in names if (key := _plain(name))}


def _bears(case: Case[Any]) -> dict[str, str]:
    """Return the numbers of a case, and all names of an entity, by what they are known by."""
    return _keyed(names_of(case) if case.machine == "tpe" else case.references)


@define
class _Compared:
    """One case, made ready to be compared with many."""

    case: Case[Any]
    title: str | None
    words: frozenset[str]
    people: dict[str, str]
    bears: dict[str, str]
    names: frozenset[str]
    place: str | None
    _weights: dict[str, float]
    _letters: SequenceMatcher[str]
    _own: float = field(init=False)

    @classmethod
    def of(cls, case: Case[Any], others: list[Case[Any]]) -> _Compared:
        """Make it ready: the weights of words come from all titles."""
        title = _title(case)
        words = _words(title) if title else frozenset()
        titles = [title, *map(_title, others)]
        counts = Counter(word for one in titles if one for word in _words(one))
        weights = {word: log1p(len(titles) / count) for word, count in counts.items()}
        letters = SequenceMatcher(None, "", _plain(title or ""), autojunk=False)
        return cls(case, title, words, _people(case), _bears(case), _names(case), _place(case), weights, letters)

    @_own.default
    def _whole(self) -> float:
        return self._sum(self.words)

    def _sum(self, words: Iterable[str]) -> float:
        return fsum([self._weights[word] for word in words])  # whatever their order

    def with_(self, other: Case[Any]) -> Resemblance | None:
        """Return in what another case is alike; None where it is in nothing."""
        reasons = [reason for reason in self._reasons(other) if reason is not None]
        if not reasons:
            return None
        apart = 1.0
        for reason in reasons:
            apart *= 1 - WEIGHTS[reason.likeness] * reason.degree / 100
        reasons.sort(key=lambda reason: -WEIGHTS[reason.likeness] * reason.degree)
        return Resemblance(
            case=other.id,
            machine=other.machine,
            title=_title(other),
            references=other.references,
            state=other.state,
            score=max(1, round(100 * (1 - apart))),
            reasons=tuple(reasons),
        )

    def _reasons(self, other: Case[Any]) -> Iterator[Reason | None]:
        yield self._linked(other)
        title, place = _title(other), _place(other)
        if self.title and title:
            degree = self._alike(title)
            if degree >= ALIKE:
                yield Reason(Likeness.TITLE, self._common(title), round(100 * degree))
        people = _people(other)
        shared = self.people.keys() & people.keys()
        if shared:
            told = ", ".join(sorted(people[key] for key in shared))
            yield Reason(Likeness.PARTICIPANTS, told, round(100 * len(shared) / min(len(self.people), len(people))))
        if self.place and place:
            one, two = _words(self.place), _words(place)
            degree = 2 * len(one & two) / (len(one) + len(two)) if one or two else 0.0
            if degree >= ALIKE:
                yield Reason(Likeness.PLACE, place, round(100 * degree))

    def _common(self, title: str) -> str:
        """Return the words that two titles share, the rarest first."""
        shared = sorted(_words(title) & self.words, key=lambda word: (-self._weights[word], word))
        if not shared or _plain(title) == _plain(self.title or ""):
            return "the same words" if shared else "spelt alike"
        more = f" and {len(shared) - SHOWN} more" if len(shared) > SHOWN else ""
        return f"{', '.join(shared[:SHOWN])}{more}"

    def _linked(self, other: Case[Any]) -> Reason | None:
        names, bears = _names(other), _bears(other)
        shared = self.bears.keys() & bears.keys()
        if shared:
            return Reason(Likeness.LINK, f"both bear {', '.join(sorted(bears[key] for key in shared))}", 100)
        named = sorted((_named(self.case) & names) | (_named(other) & self.names))
        return Reason(Likeness.LINK, f"one names the other: {', '.join(named)}", 100) if named else None

    def _alike(self, title: str) -> float:
        """Return how much a title is like that of the case: by rare words in common, or by its letters."""
        words = _words(title)
        whole = self._own + self._sum(words)
        degree = 2 * self._sum(words & self.words) / whole if whole else 0.0
        if degree >= SPELT_ALIKE:
            return degree
        letters, one = self._letters, _plain(title)
        letters.set_seq1(one)
        if letters.real_quick_ratio() < SPELT_ALIKE or letters.quick_ratio() < SPELT_ALIKE:
            return degree
        first, second = sorted((one, _plain(self.title or "")))  # which of them is asked about must not matter
        spelt = SequenceMatcher(None, first, second, autojunk=False).ratio()
        return max(degree, spelt) if spelt >= SPELT_ALIKE else degree


def _names(case: Case[Any]) -> frozenset[str]:
    return frozenset((case.id, *case.references))


def _named(case: Case[Any]) -> frozenset[str]:
    """Return the numbers of other cases that a case names as its own past."""
    file = case.file
    if case.machine == "project":
        return frozenset(filter(None, (file.resubmits, file.idea)))
    if case.machine == "idea":
        return frozenset(file.exempts)
    return frozenset((str(file.revises),)) if case.machine == "methodology" and file.revises else frozenset()


def _place(case: Case[Any]) -> str | None:
    place: str | None = getattr(case.file, "location", None)
    return place
