"""The names of entities as rows write them: spelt in several ways, with letters in brackets, or with “formerly”."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from attrs import field, frozen

from jcm_cycle._claimed import name_key
from jcm_cycle.days import sort_day
from jcm_cycle.record._bundle import written
from jcm_cycle.record.claims import Claim
from jcm_cycle.record.vocabulary import EventWord

__all__ = ["Named", "named", "names_of", "spelling"]

_BEFORE = re.compile(
    r"(?P<now>.+?),? (?:\((?:formerly|previously)(?: known as)?:? (?P<inside>.+)\)|formerly (?P<after>.+))",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?P<name>.+) \((?P<letters>[A-Z]{2,8})\)")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def spelling(name: str) -> str:
    """Return what all spellings of a name share: neither case, blanks, stops nor accents count."""
    key = name_key(name)
    plain = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain)) or key


@frozen
class Named:
    """A name as a row writes it, taken apart.

    Attributes:
        now: the name.
        before: the name it replaced, where the row tells.
        keys: what the name is known by, with and without its letters in brackets.
        keys_before: the same for the name before.
    """

    now: str
    before: str | None = None
    keys: frozenset[str] = field(init=False)
    keys_before: frozenset[str] = field(init=False)

    @keys.default
    def _keys(self) -> frozenset[str]:
        return _known_by(self.now)

    @keys_before.default
    def _keys_before(self) -> frozenset[str]:
        return _known_by(self.before) if self.before else frozenset()

    @property
    def all(self) -> frozenset[str]:
        """What it is known by, now or before."""
        return self.keys | self.keys_before


@lru_cache(maxsize=4096)
def named(title: str) -> Named:
    """Take a name apart, such as `New Ltd (formerly Old Ltd)`."""
    text = " ".join(title.split())
    found = _BEFORE.fullmatch(text)
    return Named(found["now"], found["inside"] or found["after"]) if found else Named(text)


def _known_by(name: str) -> frozenset[str]:
    """Letters in brackets say nothing more where they are a word of the name, or its initials."""
    found, keys = _LETTERS.fullmatch(name), {spelling(name)}
    if found:
        parts = spelling(found["name"]).split()
        letters = found["letters"].casefold()
        if letters in parts or "".join(part[0] for part in parts).startswith(letters):
            keys.add(spelling(found["name"]))
    return frozenset(keys)


def names_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the names of an entity that its rows give, the one of now first; joint rows name nobody.

    A name that another row calls a former one is none of now, unless each is that of the other.
    """
    rows = sorted(
        (claim for claim in claims if not claim.joint and claim.title.strip("( ")),
        key=lambda claim: (claim.event is not EventWord.TPE_DESIGNATED, sort_day(claim.day), written(claim)),
    )
    told = [named(claim.title) for claim in rows]
    gone = frozenset[str]().union(*(one.keys_before for one in told))
    current = next((one for one in told if not one.keys <= gone), told[0]) if told else None
    if current is None:
        return ()
    before: dict[str, str] = {}
    for one in told:
        if one.keys <= gone and not one.keys & current.keys:
            before.setdefault(min(one.keys), one.now)
        if one.before and not one.keys_before & current.keys:
            before.setdefault(min(one.keys_before), one.before)
    return (current.now, *before.values())
