"""The JSON Schema of a book, made of the classes of its rows, so that an editor can tell a mistake while it is written.

`book.schema.json` beside this module is what `book_schema()` returns; a test holds them together.
"""

from __future__ import annotations

import inspect
import json
import re
import types
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from jcm_cycle.days import Bound
from jcm_cycle.evidence._base import LARGEST_SCOPE, Version
from jcm_cycle.rules._head import CODE, LANGUAGE, OFFSET
from jcm_cycle.rules._rows import TABLES, Bilateral, Head, Main
from jcm_cycle.rules._shared import Take
from jcm_cycle.rules._tables import API
from jcm_cycle.states import CAPABILITIES

__all__ = ["SCHEMA", "book_schema", "schema_text"]

SCHEMA = Path(__file__).with_name("book.schema.json")
"""The schema as it is shipped."""

ONCE: dict[str, type[Any]] = {"book": Head, "bilateral": Bilateral, "main": Main}
SEVERAL: dict[str, type[Any]] = {**TABLES, "take": Take}

DAY = {"type": "string", "format": "date"}
BOUND = {
    "description": 'A day, a stretch { after = …, by = … }, or "unknown".',
    "anyOf": [
        DAY,
        {"const": "unknown"},
        {
            "type": "object",
            "properties": {
                "after": {**DAY, "description": "Not yet so on this day."},
                "by": {**DAY, "description": "So on this day."},
            },
            "minProperties": 1,
            "additionalProperties": False,
        },
    ],
}
VALUE = {
    "anyOf": [
        {"type": "integer"},
        DAY,
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
    ]
}


def _pattern(known: re.Pattern[str]) -> dict[str, Any]:
    """Return what a text must be like."""
    return {"type": "string", "pattern": f"^{known.pattern}$"}


CLOSER: dict[tuple[str, str], dict[str, Any]] = {
    ("book", "api"): {"const": API},
    ("book", "country"): _pattern(CODE),
    ("book", "utc_offset"): _pattern(OFFSET),
    ("label", "language"): _pattern(LANGUAGE),
    ("capability", "names"): {"type": "array", "items": {"enum": list(CAPABILITIES)}},
    ("entity", "scopes"): {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": LARGEST_SCOPE}},
    ("entity", "verification_scopes"): {
        "type": "array",
        "items": {"type": "integer", "minimum": 1, "maximum": LARGEST_SCOPE},
    },
    ("value", "value"): VALUE,
}
"""What is known of a key beyond its type."""


def book_schema() -> dict[str, Any]:
    """Return the schema of a book, in JSON Schema 2020-12; a day of TOML is a text there."""
    tables = {name: {"$ref": f"#/$defs/{name}"} for name in ONCE}
    lists = {name: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}} for name in SEVERAL}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule book of jcm_cycle",
        "description": "The rules of one host country or special track over time: book.toml.",
        "type": "object",
        "properties": {**tables, **dict(sorted(lists.items()))},
        "required": ["book"],
        "additionalProperties": False,
        "$defs": {name: _table(name, cls) for name, cls in {**ONCE, **SEVERAL}.items()},
    }


def _table(name: str, cls: type[Any]) -> dict[str, Any]:
    attrs.resolve_types(cls)
    fields = attrs.fields(cls)
    told = _described(cls)
    return {
        "description": _first(cls),
        "type": "object",
        "properties": {
            one.name: {**_type(name, one), **({"description": told[one.name]} if one.name in told else {})}
            for one in fields
        },
        "required": [one.name for one in fields if one.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _first(cls: type[Any]) -> str:
    return (inspect.getdoc(cls) or "").partition("\n\n")[0].replace("\n", " ")


def _described(cls: type[Any]) -> dict[str, str]:
    """Return what the docstring of a class, and of those it is made from, says of each field."""
    found: dict[str, str] = {}
    for one in reversed(cls.__mro__):
        _, _, told = (inspect.cleandoc(one.__doc__ or "")).partition("Attributes:\n")
        for names, text in re.findall(r"^    ([\w, ]+): ((?:.|\n {8,})+)$", told, re.MULTILINE):
            said = " ".join(text.split())
            found |= dict.fromkeys(names.split(", "), said[0].upper() + said[1:])
    return found


def _type(table: str, one: attrs.Attribute[Any]) -> dict[str, Any]:
    return CLOSER.get((table, one.name)) or _of(one.type)


def _of(kind: Any) -> dict[str, Any]:
    """Return what may stand for a value of a type."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):  # what may be left out: TOML has no null
        (kind,) = (part for part in get_args(kind) if part is not type(None))
        return _of(kind)
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0])}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [str(word) for word in kind]}
    known: dict[Any, dict[str, Any]] = {Bound: BOUND, date: DAY, int: {"type": "integer"}, Version: {"type": "string"}}
    return known.get(kind, {"type": "string"})


def schema_text() -> str:
    """Return the schema as its file has it."""
    return json.dumps(book_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
