"""The command that writes a distribution for the rule book of a country."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jcm_cycle.cli._app import AsJson, app
from jcm_cycle.cli._lint import today
from jcm_cycle.cli._told import print_json, readable, telling
from jcm_cycle.days import parse_day
from jcm_cycle.rules._new import Distribution, new_book as write_book

__all__ = ["new_book"]


@app.command()
def new_book(
    country: Annotated[str, typer.Argument(metavar="CC", help="Two-letter code of the country.")],
    *,
    at: Annotated[Path, typer.Option("--at", metavar="DIR", help="The folder, not there yet or empty.")],
    name: Annotated[str | None, typer.Option("--name", help="Name of the country in messages.")] = None,
    from_installed: Annotated[
        bool, typer.Option("--from-installed", help="Start from the installed book of the country, to correct it.")
    ] = False,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of today, if another.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a distribution that brings the rule book of a country: book, rules, stories and tests to begin with."""
    with telling(as_json=as_json):
        day = parse_day(on) if on is not None else today()
        made = write_book(country, at, on=day, name=name, from_installed=from_installed)
        if as_json:
            files = list(made.files)
            print_json({"schema": 1, "at": str(made.at), "country": country, "package": made.package, "files": files})
        else:
            sys.stdout.write(readable(_told(made, at, from_installed=from_installed)))


def _told(made: Distribution, at: Path, *, from_installed: bool) -> str:
    what = made.package if from_installed else made.country
    lines = [f"{made.package} for {made.country}, in {at}:", *(f"  {file}" for file in made.files), "Next:"]
    steps = ("pip install --editable '.[test]'", f"jcm-cycle lint {what}", "pytest")
    return "\n".join([*lines, f"  cd {at}", *(f"  {step}" for step in steps)]) + "\n"
