"""The commands that ask: the way to a goal, what is outstanding, due, to be checked and decided, and precedents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from textwrap import indent
from typing import Annotated, Any

import typer
from attrs import evolve

from jcm_cycle._agenda import committee_agenda
from jcm_cycle._checklist import checklist as items_of
from jcm_cycle._due import due as due_of
from jcm_cycle._next import form_in_force, form_text
from jcm_cycle._outstanding import outstanding as all_outstanding
from jcm_cycle._plan import plan as plan_case
from jcm_cycle._words import named, say
from jcm_cycle.case import Case
from jcm_cycle.cli._app import (
    AsJson,
    BookArgument,
    CaseOption,
    JournalFile,
    LangOption,
    OnOption,
    RegisterOption,
    TrackOption,
    app,
    book_named,
    step_ids,
)
from jcm_cycle.cli._files import read_register
from jcm_cycle.cli._told import console, misuse, print_json, readable, telling
from jcm_cycle.days import parse_day
from jcm_cycle.journal import Journal
from jcm_cycle.rules import Edition, RuleBook, books
from jcm_cycle.rules._books import book_of
from jcm_cycle.states import step_of

__all__ = ["Journals", "agenda", "all_cases", "app", "checklist", "due", "outstanding", "plan", "precedents"]


Journals = Annotated[list[Path], typer.Argument(metavar="JOURNALS", exists=True, dir_okay=False)]


def all_cases(paths: list[Path]) -> list[Case[Any]]:
    """Return every case of every journal, as it stands; an id that several journals have bears the journal's name."""
    found = [(path, journal.case(name)) for path in paths for journal in [Journal(path)] for name in journal.cases]
    times = Counter(case.id for _, case in found)
    return [evolve(case, id=f"{path}:{case.id}") if times[case.id] > 1 else case for path, case in found]


@app.command()
def plan(
    journal: JournalFile,
    goal: Annotated[str, typer.Argument(metavar="GOAL", help="A state, such as registered or issued.")],
    *,
    on: OnOption,
    case: CaseOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Show the shortest way of a case to a goal: steps, forms, waits, gates, and what is not known on it."""
    with telling(as_json=as_json, lang=lang):
        found = Journal(journal).case(case)
        way = plan_case(found, goal, on=parse_day(on), rules=book_of(books, found))
        if as_json:
            print_json(way.json())
        else:
            console().print(readable(way.explain(lang=lang)), markup=False)


@app.command()
def outstanding(
    journals: Journals,
    *,
    side: Annotated[str | None, typer.Option("--side", metavar="CC", help="Only this side, such as JP.")] = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Show what was notified and is not issued yet, by case and side."""
    with telling(as_json=as_json, lang=lang):
        left = all_outstanding(all_cases(journals), side)
        if as_json:
            print_json({"schema": 1, "outstanding": [one.json() for one in left]})
        else:
            told = "\n".join(one.explain(lang=lang) for one in left) or say(lang, "Nothing is outstanding.")
            console().print(readable(told), markup=False)


@app.command()
def due(
    journals: Journals,
    *,
    on: OnOption,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE", dir_okay=False, help="Write the list as a calendar file, too."),
    ] = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """List what is due: open windows, time limits and ends, from whom, by when, on what ground."""
    with telling(as_json=as_json, lang=lang):
        found = due_of(all_cases(journals), parse_day(on))
        if ics is not None:
            try:
                ics.write_bytes(found.ics())
            except OSError as error:
                misuse(f"{ics} cannot be written: {error.strerror}.", "Name a file in a folder that takes it.")
        if as_json:
            print_json(found.json())
        else:
            console().print(readable(found.explain(lang=lang)), markup=False)


@app.command()
def agenda(
    journals: Journals,
    *,
    on: OnOption,
    register: RegisterOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """List what the Joint Committee can decide, by kind of decision, with what is against it."""
    with telling(as_json=as_json, lang=lang):
        cases = all_cases(journals)
        found = committee_agenda(cases, parse_day(on), register=read_register(register or (), cases))
        if as_json:
            print_json(found.json())
        else:
            console().print(readable(found.explain(lang=lang)), markup=False)


@app.command()
def checklist(
    country: BookArgument,
    step: Annotated[str, typer.Argument(metavar="STEP", help="Such as conclude_validation.")],
    *,
    on: OnOption,
    track: TrackOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """List what is to be checked at a step: computed, declared by the entity, or looked at by a reader."""
    with telling(as_json=as_json, lang=lang):
        book = book_named(country, track)
        edition = book.on(parse_day(on))
        items = {name: items_of(name, edition) for name in sorted(step_ids(step))}
        if as_json:
            found = [item.json() for one in items.values() for item in one]
            print_json({"schema": 1, "country": book.country, "step": step, "on": on, "items": found})
            return
        for name, one in items.items():
            by, what = repr(edition).strip("<>").removeprefix("edition "), named("step", name, lang)
            head = say(lang, "{step} on {day}, edition {edition}", step=what, day=on, edition=by)
            console().print(f"{head}{_form(name, book, edition, lang)}", markup=False, highlight=False)
            told = indent("\n".join(item.explain(lang=lang) for item in one), "  ")
            console().print(readable(told or say(lang, "  Nothing is to be checked.")), markup=False)


def _form(step: str, book: RuleBook, edition: Edition, lang: str) -> str:
    """Return the form of a step with its version, in words; nothing where it has none."""
    known = form_in_force(step_of(step), edition)
    if known is None:
        return ""
    stem, version = known
    shown = say(lang, ", form {form}", form=form_text(stem, version, lang, book))
    return shown if version is not None else say(lang, "{form} in a version that the book does not know", form=shown)


@app.command()
def precedents(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Such as issuance.issue_credits.within_notified.")],
    *,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE.csv", exists=True, dir_okay=False, help="Another record.")
    ] = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Show what one rule says of each recorded case."""
    from jcm_cycle.record import read as read_record  # noqa: PLC0415 - a record loads much that is needed only here
    from jcm_cycle.record.precedents import precedents as precedents_of  # noqa: PLC0415 - as above
    from jcm_cycle.record.replay import replay as replay_record  # noqa: PLC0415 - as above

    with telling(as_json=as_json, lang=lang):
        found = precedents_of(rule, replay_record(read_record(record)) if record is not None else None)
        if as_json:
            print_json({"schema": 1, "rule": rule, "precedents": [one.json() for one in found]})
        else:
            told = "\n".join(one.explain(lang=lang) for one in found)
            told = told or say(lang, "The record gives nothing that the rule reads.")
            console().print(readable(told), markup=False)
