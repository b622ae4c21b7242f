"""The commands that ask across cases: what a change touches, what is to be public, what resembles a case."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from jcm_cycle._affected_by import affected_by
from jcm_cycle._publication import publication as publication_of
from jcm_cycle._resembles import LEAST, resembles as resembles_of
from jcm_cycle.cli._app import AsJson, CaseOption, LangOption, OnOption, RegisterOption, app
from jcm_cycle.cli._files import read_register
from jcm_cycle.cli._queries import Journals, all_cases
from jcm_cycle.cli._told import console, print_json, readable, telling
from jcm_cycle.days import parse_day
from jcm_cycle.errors import UnknownCase
from jcm_cycle.journal import Journal

__all__ = ["affected", "app", "publication", "resembles"]


def _print(found: Any, *, as_json: bool, lang: str) -> None:
    if as_json:
        print_json(found.json())
    else:
        console().print(readable(found.explain(lang=lang)), markup=False)


@app.command()
def affected(
    journals: Journals,
    *,
    on: OnOption,
    entity: Annotated[str | None, typer.Option("--entity", metavar="NAME", help="Name or number of an entity.")] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CC", help="Where it is designated; its number tells it, too.")
    ] = None,
    methodology: Annotated[
        str | None, typer.Option("--methodology", metavar="VERSION", help="Such as 'MN_AM003 Ver2.0'.")
    ] = None,
    moc: Annotated[
        str | None,
        typer.Option("--moc", metavar="CASE", help="Project whose modalities of communication were changed."),
    ] = None,
    register: RegisterOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """List the cases that an entity, a methodology version or changed modalities of communication touch."""
    with telling(as_json=as_json, lang=lang):
        cases = all_cases(journals)
        known = read_register(register or ())
        found = affected_by(
            cases,
            parse_day(on),
            entity=entity,
            country=country,
            methodology=methodology,
            moc=moc,
            register=known,
        )
        _print(found, as_json=as_json, lang=lang)


@app.command()
def publication(
    journals: Journals,
    *,
    on: OnOption,
    case: CaseOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """List what is to be public of a case, or of each, in which version, since when, and on what ground."""
    with telling(as_json=as_json, lang=lang):
        day, found = parse_day(on), []
        for kept in map(Journal, journals):
            cases = [kept.case(name) for name in kept.cases]
            asked = [one for one in cases if case is None or case in (one.id, *one.references)]
            found += [publication_of(one, day, entries=kept.entries(one.id)) for one in asked]
        if not found:
            raise UnknownCase(f"There is no case {case!r}.", cure="Name one of the journals, by id or number.")
        if len(found) == 1:
            _print(found[0], as_json=as_json, lang=lang)
        elif as_json:
            print_json({"schema": 1, "publications": [one.json() for one in found]})
        else:
            console().print(readable("\n".join(one.explain(lang=lang) for one in found)), markup=False)


@app.command()
def resembles(
    journals: Journals,
    *,
    case: Annotated[str, typer.Option("--case", metavar="CASE", help="Id or number of the case.")],
    least: Annotated[int, typer.Option("--least", metavar="N", help="The least score listed, 1 to 100.")] = LEAST,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """List the cases that may be the same as one under another number or title: a suggestion, and no verdict."""
    with telling(as_json=as_json, lang=lang):
        cases = all_cases(journals)
        one = next((known for known in cases if case in (known.id, *known.references)), None)
        if one is None:
            raise UnknownCase(f"There is no case {case!r}.", cure=f"There are {', '.join(one.id for one in cases)}.")
        _print(resembles_of(one, cases, least=least), as_json=as_json, lang=lang)
