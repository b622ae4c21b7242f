"""The command that lists the rule books: one line a country, and below the table what is wrong with any of them."""

from __future__ import annotations

from pathlib import Path

import typer

from jcm_cycle._labels import LANGUAGES
from jcm_cycle.cli._app import AsJson, LangOption, app
from jcm_cycle.cli._show import show_books
from jcm_cycle.cli._told import console, print_json, telling
from jcm_cycle.errors import BookError
from jcm_cycle.rules import books as installed
from jcm_cycle.rules._summary import summary

__all__ = ["books"]


@app.command()
def books(*, lang: LangOption = "en", as_json: AsJson = False) -> None:
    """List the rule books that are installed: what each holds, how well founded it is, and which are broken."""
    with telling(as_json=as_json, lang=lang):
        errors = installed.problems()
        problems = {name: str(error) for name, error in errors.items()}
        found = [summary(installed[country]) for country in installed if _readable(errors.get(country))]
        if as_json:
            told = {"problems": [{"name": name, "error": text} for name, text in problems.items()]} if problems else {}
            print_json({"schema": 1, "books": [one.json() for one in found], **told})
        else:
            show_books(console(), found, problems, lang)
        if problems:
            raise typer.Exit(1)


def _readable(error: BookError | None) -> bool:
    """Tell whether a book can be read: nothing is wrong with it, or only with its texts in another language."""
    return error is None or Path(error.file or "").stem in LANGUAGES
