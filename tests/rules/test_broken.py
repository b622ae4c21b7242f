"""A corpus of broken books, one mistake each: beside each stands the error that it gives, as an author reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jcm_cycle import RuleBook
from jcm_cycle.errors import BookError

CORPUS = sorted((Path(__file__).parent / "broken").glob("*.toml"))
EXPECTED = re.compile(r"# (table|key|why|cure): (.*)")
HERE = "# here"
"""Stands on the line that the error must name."""


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_each_broken_book_gives_the_error_that_stands_beside_it(file: Path) -> None:
    """One error with file, line, table and key, what is wrong, and what to do."""
    lines = file.read_text(encoding="utf-8").split("\n")
    expected = dict(found.groups() for line in lines if (found := EXPECTED.fullmatch(line)))
    (marked,) = (number for number, line in enumerate(lines, 1) if HERE in line)
    with pytest.raises(BookError) as caught:
        RuleBook.read(file)
    error = caught.value
    told = {name: getattr(error, name) for name in ("table", "key", "why", "cure") if getattr(error, name)}
    assert (told, error.line, error.file) == (expected, marked, str(file))
