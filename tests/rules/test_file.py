"""The file of a book: what is no plain file of a book's size is refused before it is read, and days are no texts."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import RuleBook
from jcm_cycle.errors import BookError
from jcm_cycle.rules._file import DAYS, LARGEST, MOST_DOTS, load, load_text, quoted_day
from jcm_cycle.rules._rows import TABLES

HEAD = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'
PROCEDURE = '\n[[procedure]]\nname = "only"\nsince = "2020-01-01"\nstanding = "assumed"\n'


def refused(file: Path | str) -> BookError:
    """Return the error that refuses a file."""
    with pytest.raises(BookError) as caught:
        RuleBook.read(file)
    assert caught.value.file == str(file)
    assert caught.value.cure
    assert len(str(caught.value)) < len(str(file)) + 2000
    return caught.value


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it holds; the error tells the limit."""
    file = tmp_path / "book.toml"
    file.write_bytes(os.urandom(1024) * 10 * 1024)
    monkeypatch.setattr(Path, "open", None)
    error = refused(file)
    assert error.why == "is larger than 1 MiB, which no book is."
    assert error.cure == "Check that it is the file you mean."


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    """One byte more is not, even where it was added while the file was looked at."""
    file = tmp_path / "book.toml"
    file.write_text(HEAD + "#" * (LARGEST - len(HEAD)), encoding="utf-8")
    assert RuleBook.read(file).country == "ZZ"
    with file.open("a", encoding="utf-8") as opened:
        opened.write("#")
    assert "larger than 1 MiB" in refused(file).why


def test_a_file_that_tells_no_size_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that grows while it is read, or hides its size, is not read to its end."""
    file = tmp_path / "book.toml"
    file.write_text("#" * (LARGEST + 5), encoding="utf-8")
    monkeypatch.setattr("jcm_cycle._toml._check", lambda _: None)
    assert "larger than 1 MiB" in refused(file).why


def test_what_is_no_plain_file(tmp_path: Path) -> None:
    """A pipe would wait for ever, a device never end, a folder holds no text, and no file has such a name."""
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert refused(pipe).why == "cannot be read: it is no plain file."
    assert refused("/dev/zero").why == "cannot be read: it is no plain file."
    assert refused(tmp_path).why == "cannot be read: it is a folder."
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    assert "cannot be read: Too many levels of symbolic links" in refused(loop).why
    assert "cannot be read: embedded null" in refused("a\0b.toml").why


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 500_000 + " = 1",
        "[" + "a." * 400_000 + "a]",
        "x = {" + "a." * 1000 + "a = 1}",
    ],
)
def test_a_key_of_many_parts_is_refused_before_it_is_parsed(tmp_path: Path, text: str) -> None:
    """Its parts would keep the parser busy for hours."""
    file = tmp_path / "book.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    error = refused(file)
    assert "neither a key nor a sentence" in error.why
    assert error.line == 6


def test_as_many_dots_as_a_text_has_are_read(tmp_path: Path) -> None:
    """A sentence that trails off is no nonsense."""
    file = tmp_path / "book.toml"
    file.write_text(HEAD.replace("Synthetia", "." * MOST_DOTS), encoding="utf-8")
    assert RuleBook.read(file).head.name == "." * MOST_DOTS


@pytest.mark.parametrize(
    "text",
    ["[" * 400_000, "a = [" + "1," * 200_000, "=" * 1_000_000, "\0" * 1_000_000, "x = '" + "y" * 1_000_000, HEAD * 9],
)
def test_nonsense_of_the_size_of_a_book_is_refused(tmp_path: Path, text: str) -> None:
    """In one error of a length that can be read."""
    file = tmp_path / "book.toml"
    file.write_text(text, encoding="utf-8")
    assert refused(file).why.startswith("is not TOML: ")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "\n[[gate]]\nid = 'x'\nact = 'x'\nside = '{}'\nstanding = 'cited'\n",
        HEAD + "\n[[gate]]\n'{}' = 1\n",
        HEAD + "\n['{}']\n",
        HEAD + "\n[[take]]\nrows = ['{}']\nstanding = 'cited'\n",
        HEAD.replace("api = 1", "api = '{}'"),
    ],
)
def test_an_endless_word_is_not_told_to_its_end(tmp_path: Path, text: str) -> None:
    """As a value, as a key, or as the name of a table or row."""
    file = tmp_path / "book.toml"
    file.write_text(text.replace("{}", "word " * 100_000), encoding="utf-8")
    refused(file)


def test_a_day_in_quotation_marks_is_a_mistake_in_a_file_only(tmp_path: Path) -> None:
    """Data that were read elsewhere, such as JSON, have no other days."""
    file = tmp_path / "book.toml"
    file.write_text(HEAD + PROCEDURE, encoding="utf-8")
    error = refused(file)
    assert (error.table, error.key, error.line) == ("[[procedure]] 1", "since", 9)
    assert str(RuleBook(tomllib.loads(HEAD + PROCEDURE)).rows["procedure"][0].since) == "2020-01-01"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"since": "2024-01-01"}, ("since", "2024-01-01")),
        ({"note": "2024-01-01", "since": "unknown"}, None),
        ({"until": {"after": None, "by": "2024-01-01"}}, ("until.by", "2024-01-01")),
        ({"value": "2024-01-01"}, ("value", "2024-01-01")),
        ({"value": ["2024-01-01"]}, None),
        ({"since": "2024-01-01T00:00:00"}, None),
        ([], None),
    ],
)
def test_which_texts_are_days(row: Any, found: Any) -> None:
    """Only under the keys that take a day, and in stretches."""
    assert quoted_day(row) == found


@given(raw=st.binary(max_size=300))
def test_bytes_are_read_or_refused(tmp_path_factory: Any, raw: bytes) -> None:
    """Nothing else comes out of a file than its tables or one error."""
    file = tmp_path_factory.getbasetemp() / "raw.toml"
    file.write_bytes(raw)
    try:
        data, text = load(file)
    except BookError as error:
        assert error.file == str(file)  # noqa: PT017 - whatever is drawn, one of the two comes
    else:
        assert load_text(file) == text
        assert isinstance(data, dict)


def test_every_key_that_takes_a_day_is_looked_at() -> None:
    """No table has one that `quoted_day` does not know."""
    fields = {a.name: a.type for cls in TABLES.values() for a in cls.__attrs_attrs__}
    dated = {name for name, kind in fields.items() if "date" in str(kind) or "Bound" in str(kind)}
    assert dated <= set(DAYS)
