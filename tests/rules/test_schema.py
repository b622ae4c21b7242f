"""The JSON Schema of a book is what the classes of its rows say, and tells what a schema can tell."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator

from jcm_cycle.codec import dump
from jcm_cycle.rules import builtin
from jcm_cycle.rules._schema import ONCE, SCHEMA, SEVERAL, book_schema, schema_text

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RULES = ROOT / "jcm_cycle" / "rules"
BESIDE = ("ja.toml", "revisions.toml")
"""Files beside books that are none."""
FILES = [path for folder in builtin.FOLDERS.values() for path in sorted((RULES / folder).glob("*.toml"))]
GOOD = [*(path for path in FILES if path.name not in BESIDE), ROOT / "tests" / "synthetic_book.toml"]
BROKEN = [*sorted((HERE / "broken").glob("*.toml")), *sorted((HERE / "lint").glob("*.toml"))]
KNOWN = {"another-format", "missing-key", "unknown-capability", "unknown-key", "unknown-table"}
"""What a schema can tell of every broken book, by the name of the finding."""
TOLD = {
    "day_as_words", "dots_without_end", "unknown_kind", "unknown_word", "wrong_country", "wrong_language_of_a_label",
    "wrong_offset", "wrong_type", "wrong_type_list",
}  # fmt: skip
"""Other books of which it can tell; whatever is not in one row, nor a day in quotation marks, it cannot."""


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    """Return the schema as it is shipped; days are looked at as editors do."""
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")),
                                format_checker=Draft202012Validator.FORMAT_CHECKER)  # fmt: skip


def plain(value: Any) -> Any:
    """Return data of TOML as those of JSON: a day is a text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def test_the_schema_is_what_the_classes_say() -> None:
    """If not: python -m jcm_cycle.rules._schema."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    Draft202012Validator.check_schema(book_schema())


@pytest.mark.parametrize("table", [*ONCE, *SEVERAL])
def test_every_key_is_described(table: str) -> None:
    """By the docstring of its class, which an editor shows."""
    told = book_schema()["$defs"][table]
    assert told["description"]
    assert list(told["properties"]) == [one.name for one in attrs.fields({**ONCE, **SEVERAL}[table])]
    for key, about in told["properties"].items():
        assert about.get("description"), key
    assert told["additionalProperties"] is False


@pytest.mark.parametrize("file", GOOD, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_book_fits_the_schema(schema: Draft202012Validator, file: Path) -> None:
    """The editor marks nothing in a book that is read."""
    found = [error.message for error in schema.iter_errors(plain(tomllib.loads(file.read_text(encoding="utf-8"))))]
    assert found == []


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_broken_book_does_not_fit_where_a_schema_can_know_it(schema: Draft202012Validator, file: Path) -> None:
    """And fits where it cannot, so that no author is misled."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return
    name = file.read_text(encoding="utf-8").split("\n")[0].removeprefix("# name: ")
    assert schema.is_valid(plain(data)) is (name not in KNOWN and file.stem not in TOLD)


def test_a_key_has_the_words_that_can_stand_there(schema: Draft202012Validator) -> None:
    """Of each choice every word is known, and no other."""
    row = {"id": "x.y", "value": 1, "standing": "cited"}
    head = {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": "2026-01-15"}
    for value, good in ((1, True), ("2026-01-15", True), (["a"], True), (1.5, False), ([1], False), (True, False)):
        assert schema.is_valid({"book": head, "value": [{**row, "value": value}]}) is good, value
    for since, good in (
        ("2026-01-15", True),
        ("unknown", True),
        ({"by": "2026-01-15"}, True),
        ({"after": "2026-01-15", "by": "2026-02-15"}, True),
        ({}, False),
        ({"until": "2026-01-15"}, False),
        ("soon", False),
        (2026, False),
    ):
        assert schema.is_valid({"book": head, "value": [{**row, "since": since}]}) is good, since
    assert not schema.is_valid({"book": {**head, "api": 2}})
    assert not schema.is_valid({"value": [row]})
    assert dump(date(2026, 1, 15)) == plain(date(2026, 1, 15))
