"""The command that lays two days, two countries or two tracks side by side."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from attrs import evolve, frozen

from jcm_cycle._words import say
from jcm_cycle.cli._app import AsJson, LangOption, app, book_named
from jcm_cycle.cli._told import console, misuse, print_json, readable, telling
from jcm_cycle.days import parse_day
from jcm_cycle.errors import EvidenceError
from jcm_cycle.rules import RuleBook, books, diff as differences
from jcm_cycle.rules._at import is_path

__all__ = ["diff"]

WAYS = "Write `diff MN ID --on 2025-01-01` for two countries, `diff MN 2016-08-23 2016-08-24` for two days of one."


@app.command()
def diff(
    one: Annotated[
        str,
        typer.Argument(metavar="CC|PATH", help="A country, its track, such as LA/redd_plus, or the folder of a book."),
    ],
    other: Annotated[str, typer.Argument(metavar="CC|PATH|DAY1", help="Another of these, or the first of two days.")],
    second: Annotated[str | None, typer.Argument(metavar="DAY2", help="The second day.", show_default=False)] = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, for two countries.")] = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Show what differs between two countries or tracks on a day, or between two days of one."""
    with telling(as_json=as_json, lang=lang):
        a, b = _sides(one, other, second, on)
        found = evolve(differences(a.book.on(a.day), b.book.on(b.day)), a=str(a), b=str(b))
        if as_json:
            print_json(found.json())
            return
        told = [found.explain(lang=lang), *_turns(a, b, lang)]
        console().print(readable("\n".join(told)), markup=False)


@frozen
class _Side:
    name: str
    book: RuleBook
    day: date

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


def _sides(one: str, other: str, second: str | None, on: str | None) -> tuple[_Side, _Side]:
    """Return what is compared: two books on one day, or one book on two days."""
    if _is_day(one):
        misuse(f"{one} is a day, where a country is expected.", WAYS)
    if second is not None:
        if on is not None:
            misuse(f"--on {on} is one day too many beside {other} and {second}.", WAYS)
        if other.partition("/")[0] in books:
            misuse(f"{other} is a country; {one} and {other} are compared on one day, given with --on.", WAYS)
        book = _book(one)
        return _Side(one, book, parse_day(other)), _Side(one, book, parse_day(second))
    if _is_day(other):
        misuse(f"{other} is one day of {one}, and a second one is missing.", WAYS)
    if on is None:
        misuse(f"--on is missing: {one} and {other} are compared on a day.", WAYS)
    day = parse_day(on)
    return _Side(one, _book(one), day), _Side(other, _book(other), day)


def _book(text: str) -> RuleBook:
    """Return the book of a country, `TH`, of one of its tracks, `TH/existing`, or the one at a path."""
    if is_path(text):
        return book_named(text, None)
    country, slash, track = text.partition("/")
    return book_named(country, track if slash else None)


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except EvidenceError:
        return False
    return True


def _turns(a: _Side, b: _Side, lang: str) -> list[str]:
    """Return the days between two days on which the book turns: what held only between them is no difference."""
    first, last = sorted((a.day, b.day))
    turns = [str(turn) for turn in a.book.turns if first < turn <= last]
    words = "TURNS  of the book after {first}, up to {last}: {turns}"
    return [say(lang, words, first=first, last=last, turns=", ".join(turns))] if turns else []
