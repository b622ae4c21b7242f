"""The parts of a detail between its semicolons, and which stretches of them have been read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from attrs import define, field

__all__ = ["Parts"]

T = TypeVar("T")

_NOTHING_SAID = re.compile(r"(?:[\s,]|\b(?:of which|and|for)\b)*")

_Found = tuple[int, tuple[int, int], T]


@define
class Parts:
    """The parts of a detail, and which stretches of them have been read."""

    parts: list[str]
    read: list[list[tuple[int, int]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.read = [[] for _ in self.parts]

    @classmethod
    def of(cls, text: str) -> Parts:
        """Take a detail apart at its semicolons; blanks count as one."""
        return cls([" ".join(part.split()) for part in text.split(";")])

    def find(self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], T | None]) -> list[_Found[T]]:
        """Return what can be made of the phrase wherever it occurs, with its place."""
        return [
            (number, found.span(), made)
            for number, part in enumerate(self.parts)
            for found in pattern.finditer(part)
            if (made := make(found)) is not None
        ]

    def keep(self, found: Iterable[_Found[T]]) -> None:
        """Note that these places have been read."""
        for number, place, _ in found:
            self.read[number].append(place)

    def all(self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], T | None]) -> tuple[T, ...]:
        """Read the phrase wherever it occurs."""
        found = self.find(pattern, make)
        self.keep(found)
        return tuple(made for _, _, made in found)

    def one(self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], T | None]) -> T | None:
        """Read the phrase where all its occurrences say the same, else leave them all unread."""
        found = self.find(pattern, make)
        if not found or any(made != found[0][2] for _, _, made in found):
            return None
        self.keep(found)
        return found[0][2]

    def rest(self) -> str:
        """Return the parts of which something was left unread."""
        return "; ".join(part for part, read in zip(self.parts, self.read, strict=True) if _left(part, read))


def _left(part: str, read: Iterable[tuple[int, int]]) -> bool:
    left = list(part)
    for start, end in read:
        left[start:end] = " " * (end - start)
    return _NOTHING_SAID.fullmatch("".join(left)) is None
