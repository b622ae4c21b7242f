"""The commands on stories: play them without pytest, and tell what of a book rules and stories cover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from jcm_cycle.cli._app import AsJson, app, book_named
from jcm_cycle.cli._told import console, misuse, print_json, readable, telling
from jcm_cycle.rules import RuleBook, books
from jcm_cycle.rules._at import is_path
from jcm_cycle.testing._cover import cover as cover_of
from jcm_cycle.testing._cover_page import page as page_of
from jcm_cycle.testing._play import play_all
from jcm_cycle.testing._reading import SUFFIX

__all__ = ["cover", "play"]


@app.command()
def play(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILES", exists=True, help=f"Files of stories, or folders of *{SUFFIX}.")
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Play stories on rule books: a line for each, and what is wrong with those that fail."""
    with telling(as_json=as_json):
        played = list(play_all(_files(files)))
        if as_json:
            print_json({"schema": 1, "played": [one.json() for one in played]})
        else:
            console().print(readable("\n".join(map(str, played))), markup=False)
        if not all(played):
            raise typer.Exit(1)


@app.command()
def cover(
    country: Annotated[
        str | None,
        typer.Argument(metavar="CC|PATH", help="A country, its track, such as TH/existing, or the folder of a book."),
    ] = None,
    *,
    stories: Annotated[
        list[Path] | None,
        typer.Option("--stories", metavar="PATH", exists=True, help="A file of stories, or a folder."),
    ] = None,
    as_page: Annotated[bool, typer.Option("--page", help="Write it as a page in Markdown.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell which documents have rules, which rules have stories, and what no machine checks."""
    with telling(as_json=as_json):
        played = list(play_all(_files(stories or [])))
        covers = [cover_of(book, played) for book in _books(country)]
        if as_json:
            print_json({"schema": 1, "covers": [one.json() for one in covers]})
        elif as_page:
            typer.echo(page_of(covers), nl=False)
        else:
            console().print(readable("\n".join(map(str, covers))), markup=False)


def _files(paths: list[Path]) -> Iterator[Path]:
    """Yield the files of stories, those of a folder in the order of their names."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.rglob(f"*{SUFFIX}"))
        if not found:
            misuse(f"{path} holds no file of stories.", f"Name one, or call it something{SUFFIX}.")
        yield from found


def _books(country: str | None) -> Iterator[RuleBook]:
    """Yield the book of a country or of one of its tracks, or all books that are installed with those of tracks."""
    if country is None:
        for name in books:
            yield from books[name].with_tracks()
        return
    if is_path(country):
        yield from book_named(country, None).with_tracks()
        return
    code, slash, track = country.partition("/")
    yield book_named(code, track if slash else None)
