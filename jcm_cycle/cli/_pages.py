"""The commands that show a rule book: the page of a country, and a machine under the rules of a day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jcm_cycle._labels import check_language
from jcm_cycle._near import perhaps
from jcm_cycle.cli._app import BookArgument, OnOption, TrackOption, app, book_named
from jcm_cycle.cli._told import misuse, telling
from jcm_cycle.days import parse_day
from jcm_cycle.pictures import MARK, diagram as diagram_of, page as page_of
from jcm_cycle.states import MACHINES

__all__ = ["diagram", "page"]

Lang = Annotated[str, typer.Option("--lang", help="The language: en or ja.")]
At = Annotated[
    Path | None, typer.Option("--at", metavar="FILE", dir_okay=False, help="Write it to a file instead of printing it.")
]


@app.command()
def page(
    country: BookArgument,
    *,
    track: TrackOption = None,
    lang: Lang = "en",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of its diagrams; left out, that of the review.")
    ] = None,
    at: At = None,
) -> None:
    """Show everything that the rule book of a country says, as a page in Markdown."""
    with telling(as_json=False):
        check_language(lang)
        book = book_named(country, track)
        made = page_of(book, lang, on=parse_day(on) if on is not None else None)
        if at is None:
            _print(made)
        else:
            _write(at, made)


@app.command()
def diagram(
    machine: Annotated[str, typer.Argument(metavar="MACHINE", help="A machine, such as project.")],
    country: BookArgument,
    *,
    on: OnOption,
    track: TrackOption = None,
    lang: Lang = "en",
    procedure: Annotated[
        str | None, typer.Option("--procedure", help="Only what this procedure of the country has or may have.")
    ] = None,
    at: At = None,
) -> None:
    """Draw a machine under the rules of a country and day, in Mermaid, with the rules and their sources below."""
    with telling(as_json=False):
        check_language(lang)
        if machine not in MACHINES:
            misuse(f"{machine!r} is no machine.", perhaps(machine, MACHINES, f"Machines are {', '.join(MACHINES)}."))
        book = book_named(country, track)
        had = None
        if procedure is not None:
            if procedure not in book.capabilities:
                known = list(book.capabilities)
                cure = f"Its procedures are {', '.join(known)}." if known else "Leave it out."
                misuse(f"{country} has no procedure {procedure!r}.", perhaps(procedure, known, cure))
            had = [name for name, value in book.capabilities[procedure].items() if value != "no"]
        made = diagram_of(MACHINES[machine], book.on(parse_day(on)), lang, capabilities=had)
        if at is None:
            _print(made)
        else:
            _write(at, f"{MARK} of {book.country}. -->\n\n{made}")


def _print(made: str) -> None:
    """Print a page in UTF-8, whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(made.encode())
    sys.stdout.buffer.flush()


def _write(at: Path, made: str) -> None:
    """Write a page to a file; one that is there is written anew only where it is such a page."""
    try:
        if at.exists() and MARK not in at.read_text(encoding="utf-8", errors="replace"):
            misuse(f"{at} is there, and no page written by this command.", "Name another file, or take it away.")
        at.write_text(made, encoding="utf-8")
    except OSError as error:
        misuse(f"{at} cannot be written: {error.strerror}.", "Name a file in a folder that is there.")
