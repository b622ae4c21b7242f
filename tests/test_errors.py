"""Errors: one tree, each with what is wrong, where, and what to do."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import errors
from jcm_cycle.errors import BookError, JCMCycleError, ProcedureUnknown

ALL = [getattr(errors, name) for name in errors.__all__]


def made(cls: type[JCMCycleError], **more: Any) -> JCMCycleError:
    """Return an error of a class with all that it can say."""
    if cls is ProcedureUnknown:
        return ProcedureUnknown("It is broken.", cure="Mend it.", candidates=("2013", "PCP 07.0"))
    if cls is BookError:
        more |= {"table": "[[adopt]] 3", "key": "since"}
    return cls("It is broken.", cure="Mend it.", file=Path("book.toml"), line=7, **more)


def test_the_tree_has_one_root() -> None:
    """Whoever catches `JCMCycleError` catches whatever the library raises, and the list of errors is whole."""
    defined = [thing for thing in vars(errors).values() if isinstance(thing, type)]
    found = {cls for cls in defined if issubclass(cls, Exception)}
    assert found == set(ALL)
    assert all(issubclass(cls, JCMCycleError) for cls in ALL)
    assert errors.__all__ == sorted(errors.__all__)


@pytest.mark.parametrize("cls", ALL)
def test_each_error_says_what_it_is_for(cls: type[JCMCycleError]) -> None:
    """The docstring is the sentence that the documentation shows."""
    assert (cls.__doc__ or "").strip()


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("EvidenceError", ValueError),
        ("UnknownStep", LookupError),
        ("UnknownCase", LookupError),
        ("NoRuleBook", LookupError),
        ("NoRuleInForce", LookupError),
    ],
)
def test_an_error_is_also_the_builtin_that_a_caller_expects(name: str, builtin: type[Exception]) -> None:
    """What is not found is a `LookupError`, what cannot be so is a `ValueError`."""
    assert issubclass(getattr(errors, name), builtin)


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({}, "It is broken. Mend it."),
        ({"file": "a.jsonl"}, "a.jsonl: It is broken. Mend it."),
        ({"file": Path("a.jsonl"), "line": 3}, "a.jsonl:3: It is broken. Mend it."),
        ({"line": 3}, "line 3: It is broken. Mend it."),
    ],
)
def test_an_error_says_what_where_and_what_to_do(where: dict[str, Any], text: str) -> None:
    """Place, reason and cure stand in the text, and each is an attribute as well."""
    error = JCMCycleError("It is broken.", cure="Mend it.", **where)
    assert str(error) == text
    assert (error.why, error.cure, error.line) == ("It is broken.", "Mend it.", where.get("line"))
    assert error.file == (str(where["file"]) if "file" in where else None)


def test_an_error_without_a_cure_ends_with_the_reason() -> None:
    """Nothing is added where there is nothing to do."""
    assert str(JCMCycleError("It is broken.")) == "It is broken."
    assert str(BookError("It is broken.")) == "It is broken."


def test_an_error_in_a_book_names_file_table_key_and_line() -> None:
    """In this order, so that an editor can jump to it."""
    assert str(made(BookError)) == "book.toml:7: [[adopt]] 3, key 'since': It is broken. Mend it."
    assert str(BookError("It is broken.", key="since")) == "key 'since': It is broken."
    assert str(BookError("It is broken.", table="[book]")) == "[book]: It is broken."


def test_an_unknown_procedure_lists_the_candidates() -> None:
    """A caller can offer them."""
    error = made(ProcedureUnknown)
    assert isinstance(error, ProcedureUnknown)
    assert error.candidates == ("2013", "PCP 07.0")


@pytest.mark.parametrize("cls", ALL)
@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])  # noqa: S301
def test_an_error_travels_between_processes_whole(cls: type[JCMCycleError], travel: Any) -> None:
    """Type, text, place, cure and whatever else it says survive."""
    error = made(cls)
    again = travel(error)
    assert type(again) is cls
    assert str(again) == str(error)
    assert vars(again) == vars(error)
