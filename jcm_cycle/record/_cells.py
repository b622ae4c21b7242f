"""The cells of one row, each read by itself; what is wrong is gathered, so that the reason names all."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TypeVar

from attrs import define, field

from jcm_cycle._near import nearest
from jcm_cycle.days import parse_day
from jcm_cycle.errors import EvidenceError
from jcm_cycle.record._table import quoted
from jcm_cycle.record.countries import countries, unknown
from jcm_cycle.record.vocabulary import FITS, REFERENCES, EventWord, SubjectType
from jcm_cycle.rules import books

__all__ = ["Cells"]

W = TypeVar("W", bound=StrEnum)

_AMOUNT = re.compile(r"[0-9]{1,12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@define
class Cells:
    """Reads the cells of one row.

    Attributes:
        problems: what is wrong with the row, each with what to do.
    """

    problems: list[str] = field(factory=list)

    def wrong(self, what: str, cure: str) -> None:
        """Note what is wrong, and what to do about it."""
        self.problems.append(f"{what}. {cure}.")

    def country(self, text: str) -> str | None:
        """Read the code of a host country, or JP."""
        if text in countries() or text in books:
            return text
        self.wrong(unknown(text), "Write two capital letters, such as MN, or install the book of the country")
        return None

    def word(self, words: type[W], text: str, called: str) -> W | None:
        """Read a word of a closed set."""
        known = {str(word): word for word in words}
        if text in known:
            return known[text]
        close = nearest(text, known)
        cure = f"Perhaps {close} is meant" if close else f"Write one such as {next(iter(known))}"
        self.wrong(f"{quoted(text)} is no {called} of a record", cure)
        return None

    def day(self, text: str) -> date | None:
        """Read a day; an empty cell leaves it unknown."""
        if not text:
            return None
        if _DAY.fullmatch(text):
            try:
                return parse_day(text)
            except EvidenceError:
                self.wrong(f"There is no day {text}", "Correct it, or leave the cell empty if it is unknown")
        else:
            cure = "Write it as YYYY-MM-DD, or leave the cell empty if it is unknown"
            self.wrong(f"{quoted(text)} is not a day", cure)
        return None

    def window(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Read the first and the last day of a window; most rows have the first only."""
        day, end = self.day(first), self.day(last)
        if day and end and end < day:
            self.wrong(f"The window ends on {end}, before its first day {day}", "Correct one of the two")
        return day, end

    def amount(self, text: str) -> int | None:
        """Read an amount in whole tonnes; an empty cell leaves it unknown."""
        if not text:
            return None
        if _AMOUNT.fullmatch(text):
            return int(text)
        what = f"{quoted(text)} is not a whole number of tonnes, 0 or more"
        self.wrong(what, "Write it in digits only, such as 1789")
        return None

    def fact(self, kind: str, event: str) -> tuple[SubjectType | None, EventWord | None]:
        """Read what happened to what kind of thing."""
        subject = self.word(SubjectType, kind, "kind of subject")
        word = self.word(EventWord, event, "event word")
        if subject and word and subject not in FITS[word]:
            fitting = " or ".join(sorted(FITS[word]))
            self.wrong(f"{word} is no event of a {subject}", f"Write {fitting} as subject_type")
        return subject, word

    def subjects(self, text: str, title: str, kind: SubjectType | None, country: str | None) -> tuple[str, ...]:
        """Read a reference, which names several subjects where they are joined by `+`."""
        if kind is None or kind is SubjectType.RULE:
            return (text,) if text else ()
        if not text:
            if not title:
                self.wrong("The row names nothing", "Give a reference, or a title where there is no number")
            return ()
        parts = tuple(part.strip() for part in text.split("+"))
        for part in parts:
            self._reference(part, kind, country)
        if len(set(parts)) < len(parts):
            self.wrong(f"{quoted(text)} names one {kind} twice", "Name each once")
        return parts

    def _reference(self, text: str, kind: SubjectType, country: str | None) -> None:
        pattern, example = REFERENCES[kind]
        found = pattern.fullmatch(text)
        if not found:
            cure = f"Write it as {example.format(country=country or 'MN')}"
            self.wrong(f"{quoted(text)} is not the reference of a {kind}", cure)
        elif country and found["country"] != country:
            self.wrong(f"{text} is no reference of {country}, the country of the row", "Correct one of the two")
