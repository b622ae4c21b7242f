"""Writes docs/machine-NAME.md from the tables of the machines, and in docs/books.md what all books share.

python docs/_generate.py
python docs/_generate.py --check     write nothing; exit with 1 where a page is not what the tables say
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs

from jcm_cycle import Machine, Outcome, Step, evidence, project
from jcm_cycle.days import UNKNOWN
from jcm_cycle.evidence import Evidence, Filing
from jcm_cycle.pictures._words import bound, value
from jcm_cycle.rules import Rule, books, rules
from jcm_cycle.rules._rows import Adopt, Value
from jcm_cycle.rules._shared import FILE, common_sources, sets, shared_rows
from jcm_cycle.states import CAPABILITIES, MACHINES, NEW, Within

PAGES = {made: Path(__file__).with_name(f"machine-{name}.md") for name, made in MACHINES.items()}
BOOKS = Path(__file__).with_name("books.md")
SHARED = """\
## Sets and rows that books share

<!-- Written by docs/_generate.py from jcm_cycle/rules/common/rows.toml; change the rows, then run the script. -->

The names to give in `sets` and `rows` of a [`[[take]]`](#what-all-books-share).
The standing is that of what was read, where it was read; a book that takes a row over may only weaken it.
"""
"""How the last section of the page on books begins."""

HEAD = """\
# The machine `{name}`

<!-- Written by docs/_generate.py from jcm_cycle/states/{name}.py; change the table, then run the script. -->

This page is generated from the machine's table and checked by the tests, so it says what the code does.
What the words mean is in [concepts.md](concepts.md) and [glossary.md](glossary.md);
the documents behind the citations are in [sources.md](../jcm_cycle/states/sources.md).

* [States](#states)
* [Steps at a glance](#steps-at-a-glance)
* [The steps](#the-steps)
* [Evidence and its fields](#evidence-and-its-fields)
"""

EXAMPLES = {
    "bool": "`true`, `false`",
    "date": '`"2025-01-07"`',
    "int": "`1`",
    "str": '`"text"`',
    "Version": '`"05.0"`, `"Ver1.0"`',
    "MethodologyVersion": '`"MN_AM004 Ver1.0"`',
    "Outcome": '`"positive"`, and the other outcomes of the step',
} | {
    words.__name__: ", ".join(f'`"{word}"`' for word in words)
    for words in vars(evidence).values()
    if isinstance(words, type) and issubclass(words, StrEnum) and words is not Outcome
}
"""How a value is written in a JSON file; from Python the same texts are taken."""


def page(machine: Machine[Any] = project) -> str:
    """Return the page of a machine."""
    parts = [
        HEAD.format(name=machine.name) + ("* [Capabilities](#capabilities)\n" if machine is project else ""),
        _states(machine),
        "## Steps at a glance\n\n" + _glance(machine),
        "## The steps\n\n" + _legend() + "\n\n".join(_step(step) for step in machine.steps.values()),
        _evidence(machine),
        *([_capabilities()] if machine is project else []),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _states(machine: Machine[Any]) -> str:
    edges: dict[tuple[str, str], list[str]] = {}
    for step in machine.steps.values():
        for outcome, row in step.targets.items():
            for source, target in row.items():
                if source != target:
                    edges.setdefault((source, target), []).append(_ends(step.name, outcome))
    lines = [f"    [*] --> {machine.initial}"] if machine.initial else []
    lines += [
        f"    {'[*]' if source == NEW.name else source} --> {target}: {'<br>'.join(names)}"
        for (source, target), names in edges.items()
    ]
    lines += [f"    {state.name} --> [*]" for state in machine.states.values() if state.final]
    rows = []
    for state in machine.states.values():
        steps = [step.name for step in machine.steps.values() if state in step.sources]
        about = "final" if state.final else "first" if state == machine.initial else ""
        about = ", ".join(filter(None, (about, f"capability `{state.capability}`" if state.capability else "")))
        rows.append((f"`{state.name}`", about, ", ".join(f"[{name}](#{name})" for name in steps)))
    picture = "\n".join(lines)
    opening = [f"[{step.name}](#{step.name})" for step in machine.steps.values() if NEW in step.sources]
    begun = f"A case is opened *new*, and made by {' or '.join(opening)}.\n" if opening else ""
    return (
        f"## States\n\n{begun}The picture leaves out the steps that change no state.\n\n"
        f"```mermaid\nstateDiagram-v2\n{picture}\n```\n\n"
        + _table(("state", "", "steps that may be taken in it"), rows)
    )


def _ends(name: str, outcome: Outcome | None) -> str:
    return name if outcome is None else f"{name} ({outcome})"


def _leads(step: Step[Any, Any]) -> list[tuple[str, str]]:
    """Return each way a step can end with where it leads."""
    found = []
    for outcome, row in step.targets.items():
        stays = [source for source, target in row.items() if source == target]
        moves: dict[str, list[str]] = {}
        for source, target in row.items():
            if source != target:
                moves.setdefault(target, []).append(source)
        told = [f"{', '.join(sources)} → {target}" for target, sources in moves.items()]
        if stays:
            told.append(f"{', '.join(stays)}: stays")
        found.append((str(outcome or ""), "; ".join(told)))
    return found


def _glance(machine: Machine[Any]) -> str:
    rows = []
    for step in machine.steps.values():
        ends = "<br>".join(f"*{outcome}*: {leads}" if outcome else leads for outcome, leads in _leads(step))
        rows.append((f"[{step.name}](#{step.name})", ends, _roles(step), f"[{_name(step)}](#{_anchor(step.evidence)})"))
    return _table(("step", "from → to", "by", "evidence"), rows)


def _roles(step: Step[Any, Any]) -> str:
    return ", ".join(sorted(map(str, step.by)))


def _name(step: Step[Any, Any]) -> str:
    return str(step.evidence.__name__)


def _anchor(cls: type[Any]) -> str:
    return cls.__name__.lower()


def _legend() -> str:
    return (
        "The order is that of the table: where two facts have effect on one day, the step that stands first "
        "comes first.\n"
        "*Standing* says how well founded the row itself is; a refusal for a wrong state or role prints it.\n"
        "The rules are those of the library that bind to the step; "
        "which of them a country has adopted, and with what effect, is in its book "
        "(`jcm-cycle rules MN --on 2025-01-07 --step submit_pdd`).\n\n"
    )


def _step(step: Step[Any, Any]) -> str:
    lines = [f"### {step.name}", ""]
    lines += [f"* {f'*{outcome}*: ' if outcome else ''}{leads}" for outcome, leads in _leads(step)]
    lines.append(f"* by: {_roles(step)}")
    form = f", form `{step.evidence.form}`" if step.evidence.form else ""
    required = [f"`{name}`" for name in step.fields]
    needs = f"; required: {', '.join(required)}" if required else "; no field is required"
    lines.append(f"* evidence: [{_name(step)}](#{_anchor(step.evidence)}){form}{needs}")
    if step.capability:
        ends = ", and where it was begun under one" if step.finishes else ""
        lines.append(f"* only under a procedure with the capability `{step.capability}`{ends}")
    if step.region:
        lines.append(f"* only while `{step.region[0]}` is {step.region[1]}")
    if step.answers:
        asked = " or ".join(f"[{name}](#{name})" for name in step.answers)
        lines.append(f"* judged by the rules of the day of {asked}, which it answers")
    if step.timed is not None:
        begun = " or of ".join(f"[{name}](#{name})" for name in step.timed.since)
        latest = ", the latest of them" if len(step.timed.since) > 1 else ""
        if isinstance(step.timed, Within):
            told = f" (where `{step.timed.told}` is known, from that day)" if step.timed.told else ""
            lines.append(
                f"* in time: the days of the value `{step.timed.value}`, from the day of {begun}{latest}{told}"
            )
        else:
            value = f"`{step.timed.value}`"
            lines.append(f"* not before the days of the value {value} have passed, from the day of {begun}{latest}")
    lines.append(f"* standing: {step.standing}: {step.cites}")
    bound = [rule for rule in rules().values() if step.id in rule.steps]
    if bound:
        lines += ["", _table(("rule", "demands", ""), [_rule(rule) for rule in bound])]
    return "\n".join(lines)


def _rule(rule: Rule) -> tuple[str, str, str]:
    about = [
        f"only where it ends *{rule.when}*" if rule.when else "",
        f"capability `{rule.capability}`" if rule.capability else "",
        "integrity" if rule.integrity else "",
        rule.kind if rule.kind != "computed" else "",
        "precondition" if rule.precondition else "",
        f"after {rule.first.partition('.')[2]}" if rule.first else "",
        f"at most {rule.ceiling}" if rule.ceiling not in ("blocks", "duty") else "",
        "duty" if rule.ceiling == "duty" else "",
    ]
    return f"`{rule.id}`", rule.sentence, ", ".join(filter(None, about))


def _fields(cls: type[Any]) -> dict[str, Any]:
    return {field.name: field for field in attrs.fields(cls) if field.init}


def _evidence(machine: Machine[Any]) -> str:
    classes: dict[str, type[Any]] = {"Filing": Filing}
    for step in machine.steps.values():
        _gather(step.evidence, classes)
    used = {part.__name__ for cls in classes.values() for hint in get_type_hints(cls).values() for part in _parts(hint)}
    parts = [_class(classes[name]) for name in sorted(classes)]
    return (
        "## Evidence and its fields\n\n"
        "These are the fields of a JSON file for `jcm-cycle attempt --evidence`, "
        "and the arguments of the classes in `jcm_cycle.evidence`.\n"
        "A field that is not required may be left out; a rule that needs it is then *missing*.\n"
        "What a rule demands is never required by a field, so that it is the rule that says so.\n"
        "A confidential field is kept beside the journal and never in its chain.\n"
        "A field whose type names a class of this page is written as an object of that class's fields; "
        "`tuple[…, ...]` and `frozenset[…]` are written as lists.\n\n"
        + _table(("type", "written as"), [(f"`{name}`", how) for name, how in EXAMPLES.items() if name in used])
        + "\n\n"
        + "\n\n".join(parts)
    )


def _gather(cls: type[Any], into: dict[str, type[Any]]) -> None:
    if cls.__name__ in into:
        return
    into[cls.__name__] = cls
    for hint in get_type_hints(cls).values():
        for part in _parts(hint):
            if attrs.has(part) and part.__name__ not in EXAMPLES:
                _gather(part, into)


def _parts(hint: Any) -> list[type[Any]]:
    found = [hint] if isinstance(hint, type) else []
    for part in get_args(hint):
        found += _parts(part)
    return found


def _class(cls: type[Any]) -> str:
    told = _told(cls)
    rows = []
    filed = cls is not Filing and issubclass(cls, Filing)
    fields = {name: field for name, field in _fields(cls).items() if not (filed and name in _fields(Filing))}
    for name, field in fields.items():
        notes = ["required"] if field.default is attrs.NOTHING else []
        notes += ["confidential"] if field.metadata.get("confidential") else []
        kind = str(field.type).replace(" | None", "")
        rows.append((f"`{name}`", f"`{kind}`", ", ".join(notes), told.get(name, "")))
    form = getattr(cls, "form", None) if issubclass(cls, Evidence) else None
    first = (inspect.getdoc(cls) or "").partition("\n\n")[0].replace("\n", " ")
    about = f"### {cls.__name__}\n\n{first}{f' Form `{form}`.' if form else ''}\n"
    if filed:
        about += "It has the fields of every [filing](#filing)"
        about += ", and these:\n" if rows else " and no others.\n"
    return about + ("\n" + _table(("field", "type", "", "meaning"), rows) if rows else "")


def _told(cls: type[Any]) -> dict[str, str]:
    """Return what the docstrings of a class and its bases say of their attributes."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        text = inspect.cleandoc(base.__dict__.get("__doc__") or "").partition("Attributes:\n")[2]
        for name, meaning in re.findall(r"^    (\w+): (.*(?:\n        .*)*)", text, re.MULTILINE):
            found[name] = " ".join(meaning.split())
    return found


def _capabilities() -> str:
    rows = []
    for name in CAPABILITIES:
        steps = [f"[{step.name}](#{step.name})" for step in project.steps.values() if step.capability == name]
        bound = [f"`{rule.id}`" for rule in rules().values() if rule.capability == name]
        states = [f"state `{state.name}`" for state in project.states.values() if state.capability == name]
        rows.append((f"`{name}`", ", ".join([*states, *steps, *bound])))
    sets = [
        (book.head.name, f"`{procedure}`", *(values.get(name, "unknown") for name in CAPABILITIES))
        for book in books.values()
        for procedure, values in book.capabilities.items()
    ]
    return (
        "## Capabilities\n\nWhat each brings to a project; one that brings nothing here belongs to another machine.\n\n"
        + _table(("capability", "brings"), rows)
        + "\n\nWhat the procedures of the built-in books have:\n\n"
        + _table(("country", "procedure", *(f"`{name}`" for name in CAPABILITIES)), sets)
    )


def shared() -> str:
    """Return the page on books, with the sets and rows that books share as its last section."""
    heads = re.findall(r'^\[\[set\]\] # (.+)\nname = "(.+)"$', FILE.read_text(encoding="utf-8"), re.MULTILINE)
    about = {name: words for words, name in heads}
    members = {name for rows in sets().values() for name in rows}
    alone = tuple(name for name in shared_rows() if name not in members)
    parts = [_table(("set", "rows", ""), [(f"`{name}`", str(len(rows)), about[name]) for name, rows in sets().items()])]
    for head, rows in (*((f"The set `{name}`", rows) for name, rows in sets().items()), ("In no set", alone)):
        parts += [f"### {head}", _table(("row", "what it says", "standing", "source"), map(_shared, rows))]
    before = BOOKS.read_text(encoding="utf-8").partition(SHARED.partition("\n")[0])[0]
    return "\n\n".join([before + SHARED.strip("\n"), *parts]) + "\n"


def _shared(name: str) -> tuple[str, str, str, str]:
    _, row = shared_rows()[name]
    source = common_sources().get(row.source or "")
    document = "" if source is None else f"[{source.title}]({source.url})" if source.url else source.title
    since = "" if row.since == UNKNOWN else f" (since: {bound(row.since, 'en')})"
    return f"`{name}`", _says(row) + since, str(row.standing), ", ".join(filter(None, (document, row.cites)))


def _says(row: Any) -> str:
    """Return what a row says: the sentence of a rule, a value, or the act of a gate."""
    if isinstance(row, Adopt):
        return rules()[row.rule].sentence + (f" It only {row.effect}: {row.why}." if row.effect else "")
    if isinstance(row, Value):
        return value(row.value, row.unit, "en")
    return f"{row.act}; by: {row.issuer}" + (f"; before `{row.before}`" if row.before else "")


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; return the exit code."""
    wrong = 0
    for path, made in {**{path: page(machine) for machine, path in PAGES.items()}, BOOKS: shared()}.items():
        if "--check" not in arguments:
            path.write_text(made, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != made:
            sys.stdout.write(f"{path.name} is not what the tables say: run python docs/_generate.py\n")
            wrong = 1
    return wrong


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
