"""The command that tells everything that is wrong with rule books, a line each, as compilers do."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Annotated

import typer

from jcm_cycle.cli._app import AsJson, app
from jcm_cycle.cli._told import misuse, print_json, readable, telling
from jcm_cycle.days import parse_day
from jcm_cycle.rules._lint import DAYS, lint as lint_book
from jcm_cycle.rules._lint_accept import Accepted, accept_all
from jcm_cycle.rules._lint_finding import ERROR, LintFinding
from jcm_cycle.rules._lint_where import Looked, named
from jcm_cycle.rules._schema import SCHEMA

__all__ = ["lint", "today"]


@app.command()
def lint(
    book: Annotated[
        str | None,
        typer.Argument(metavar="[BOOK]", help="A country, a book.toml, or a folder; left out, all installed."),
    ] = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of today, if another.")] = None,
    days: Annotated[int, typer.Option("--days", min=1, help="After how many days a review is too old.")] = DAYS,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="Also tell what has no words in it.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Record the sense of the rules by their revision.")] = False,
    same: Annotated[
        list[str] | None,
        typer.Option("--same-sense", metavar="RULE", help="Record a rule that means the same as before."),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a book, and do nothing else.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell everything that is wrong with rule books and the code of their rules; the code is 1 where something is."""
    if schema:
        sys.stdout.write(SCHEMA.read_text(encoding="utf-8"))
        return
    with telling(as_json=as_json):
        day = parse_day(on) if on is not None else today()
        looked = named(book)
        accepted = accept_all(looked, same or ()) if accept or same else Accepted()
        if accepted.unknown:
            misuse(f"--same-sense: no rule of these books has the id {accepted.unknown[0]!r}.", "Mend the id.")
        found = _findings(looked, day, days, lang)
        errors = sum(one.level == ERROR for one in found)
        if as_json:
            print_json({"schema": 1, "findings": [one.json() for one in found]})
        else:
            told = [*(f"recorded: {file}" for file in accepted.files), *map(str, found), _sum(found, errors, looked)]
            sys.stdout.write(readable("".join(f"{line}\n" for line in told)))
        if errors:
            raise typer.Exit(1)


def today() -> date:
    """Return the day of today where the command runs."""
    return datetime.now().astimezone().date()


def _findings(looked: Looked, on: date, days: int, lang: str | None) -> list[LintFinding]:
    """Return the findings of all books, each once: many books adopt the same rules."""
    found = list(looked.broken)
    for book in looked.books:
        found += lint_book(book, on=on, days=days, lang=lang)
    return list(dict.fromkeys(found))


def _sum(found: list[LintFinding], errors: int, looked: Looked) -> str:
    count = len(looked.books)
    books = f"{count} book{'s' if count != 1 else ''}"
    if not found:
        return f"Nothing to tell of {books}."
    advice = len(found) - errors
    return f"{errors} error{'s' if errors != 1 else ''} and {advice} of advice in {books}."
