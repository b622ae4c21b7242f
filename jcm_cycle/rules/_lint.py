"""Lint: everything that is wrong with a rule book, at once, each with its place, its short name, and what to do.

What a book would be refused for is told by the same checks that refuse it; the rest is looked for here. No code of a
book or of its rules is run, and no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from jcm_cycle._labels import check_language
from jcm_cycle.days import check_date
from jcm_cycle.errors import BookError, EvidenceError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._checks import TRACK
from jcm_cycle.rules._lint_finding import ADVICE, ERROR, Level, LintFinding, of_error
from jcm_cycle.rules._lint_named import look_at_names
from jcm_cycle.rules._lint_read import examine
from jcm_cycle.rules._lint_replaced import look_at_replaced
from jcm_cycle.rules._lint_rows import look_at_age, look_at_review, look_at_rows
from jcm_cycle.rules._lint_rules import look_at_rules
from jcm_cycle.rules._lint_source import BESIDE, foreseen_in
from jcm_cycle.rules._lint_words import look_at_words
from jcm_cycle.rules._texts import broken_texts

__all__ = ["DAYS", "lint"]

DAYS = 365
"""Days after which a book has to be compared with its sources again."""
IN_A_LIST = ("unknown-capability", "unknown-row", "unknown-state", "unknown-step")
"""The findings of which one list of names may have several."""


def lint(
    book: RuleBook | Path | str, *, on: date | None = None, days: int = DAYS, lang: str | None = None
) -> tuple[LintFinding, ...]:
    """Return everything that is wrong with a rule book, and with those of its special tracks.

    Args:
        book: the book, or its file. Of a file that is broken everything is told at once.
        on: the day of today; without it nobody knows whether a review is too old.
        days: after how many days it is.
        lang: a language, such as "ja", in which every name and text is to have words.

    Raises:
        EvidenceError: what is given is neither a book nor the path of one, `on` is no day, or `days` no number of them.
        LanguageUnknown: the library does not speak the language.
    """
    if lang is not None:
        check_language(lang)
    if on is not None:
        check_date(on)
    if type(days) is not int or not 0 <= days <= timedelta.max.days:
        raise EvidenceError(f"days: {days!r} is no number of days.", cure="Give a whole number, such as 365.")
    if isinstance(book, RuleBook):
        found = _told(book, on, days, lang)
    elif isinstance(book, Path | str):
        found = _file(Path(book), on, days, lang)
    else:
        raise EvidenceError(f"{book!r} is no rule book.", cure='Give a book, such as books["MN"], or the path of one.')
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.file, one.line or 0)))


def _file(
    file: Path, on: date | None, days: int, lang: str | None, main: RuleBook | None = None
) -> Iterator[LintFinding]:
    """Yield what is wrong with the book in a file: what it would be refused for, and all else."""
    foreseen: frozenset[str] = frozenset()
    try:
        foreseen = foreseen_in(file.with_name(BESIDE))
    except BookError as error:
        yield of_error(error)
    book, mistakes = examine(file, main=main, foreseen=foreseen)
    yield from _findings(mistakes, file)
    if book is not None:
        yield from _told(book, on, days, lang)


def _told(book: RuleBook, on: date | None, days: int, lang: str | None) -> Iterator[LintFinding]:
    """Yield what is wrong with a book beyond what it would be refused for, and with the books of its tracks."""
    yield from _findings(look_at_rows(book), book.path)
    yield from _findings(look_at_names(book), book.path)
    yield from _findings(look_at_review(book, on), book.path)
    yield from _findings(look_at_age(book, on, days), book.path, level=ADVICE)
    yield from _findings(look_at_replaced(book), book.path, level=ADVICE)
    yield from look_at_rules(book)
    broken = tuple(broken_texts(book))
    yield from _findings(broken, book.path)
    if lang not in (None, "en") and not broken:
        yield from _findings(look_at_words(book, lang), book.path, level=ADVICE)
    for row in book.rows["track"] if book.track is None else ():
        if TRACK.fullmatch(row.name) and (file := Path(str(book.path)).with_name(f"{row.name}.toml")).is_file():
            yield from _track(book, row.name, file, on, days, lang)


def _track(
    book: RuleBook, name: str, file: Path, on: date | None, days: int, lang: str | None
) -> Iterator[LintFinding]:
    own, mistakes = examine(file, main=book, foreseen=book.foreseen)
    if own is not None:
        own.check_track(book.country, name)
        mistakes = tuple(own.mistakes)
    yield from _findings(mistakes, file)
    if own is not None:
        yield from _told(own, on, days, lang)


def _findings(errors: Iterable[BookError], file: Path | str, *, level: Level = ERROR) -> Iterator[LintFinding]:
    """Yield errors as findings; of several of one kind in one place, such as those of a row that takes many, one.

    Names that stand in one list are told each.
    """
    seen: set[tuple[int | None, str, str, str]] = set()
    for error in errors:
        finding = of_error(error, file, level=level)
        place = (finding.line, finding.name, finding.key, finding.why if finding.name in IN_A_LIST else "")
        if finding.line is None or place not in seen:
            seen.add(place)
            yield finding
