"""How the command answers: text or one JSON object, errors in one place, and the exit code."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, cast

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn
from typer.core import TyperGroup

from jcm_cycle.errors import (
    EvidenceError,
    JCMCycleError,
    LanguageUnknown,
    NeedsExtra,
    NoRuleBook,
    NoRuleInForce,
    ProcedureUnknown,
    UnknownCase,
    UnknownRule,
    UnknownStep,
)

__all__ = ["Commands", "Misuse", "console", "misuse", "print_json", "progress", "readable", "telling"]


class Misuse(JCMCycleError):
    """The command was asked for something it cannot do."""


MISUSE = (
    EvidenceError, LanguageUnknown, Misuse, NeedsExtra, NoRuleBook, NoRuleInForce, ProcedureUnknown,
    UnknownCase, UnknownRule, UnknownStep,
)  # fmt: skip

_UsageError = cast("type[Exception]", typer.BadParameter.__base__)
"""What the parser of the command line raises; typer brings its own copy or that of click."""


def misuse(why: str, cure: str) -> NoReturn:
    """Raise the error of a command that cannot be carried out as given."""
    raise Misuse(why, cure=cure)


class Commands(TyperGroup):
    """The commands; where JSON was asked for, what is wrong with the command line is told in JSON, too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note whether JSON was asked for, before anything can go wrong."""
        ctx.meta["json"] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except _UsageError as error:
            if not ctx.meta["json"]:
                raise
            why = getattr(error, "format_message", error.__str__)()
            _print_error(Misuse(why, cure="Ask the command for --help."))
            raise typer.Exit(2) from None


def readable(text: str) -> str:
    """Return a text without the characters that would steer the terminal instead of being read."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def console() -> Console:
    """Return a console for stdout: it folds lines on a terminal only, and shows each text as it is written."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="backslashreplace")  # what the terminal's encoding lacks
    return Console(soft_wrap=not out.isatty(), highlight=False, emoji=False)


def print_json(data: dict[str, Any]) -> None:
    """Print one JSON object, in UTF-8 whatever the terminal's encoding is."""
    try:
        text = orjson.dumps(data, option=orjson.OPT_INDENT_2)
    except TypeError:  # the name of a file that is no UTF-8
        text = json.dumps(data, indent=2).encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.buffer.flush()


def _print_error(error: JCMCycleError) -> None:
    told = {"kind": type(error).__name__, "why": error.why, "cure": error.cure}
    print_json({"schema": 1, "error": {**told, "file": error.file, "line": error.line}})


@contextmanager
def telling(*, as_json: bool) -> Iterator[None]:
    """Tell errors of the library as text or JSON: 2 where the command was misused, 1 where something is broken."""
    try:
        yield
    except JCMCycleError as error:
        if as_json:
            _print_error(error)
        else:
            sys.stderr.write(readable(f"{type(error).__name__}: {error}\n"))
        raise typer.Exit(2 if isinstance(error, MISUSE) else 1) from None


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None] | None]:
    """Show on stderr what is done, and only on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done: bar.update(task, description=escape(f"{text} {readable(done)}"))
