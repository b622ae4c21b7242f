"""Commands on a book that is not installed: the folder that `new-book` writes, or a file in it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import books
from jcm_cycle.pictures import page
from jcm_cycle.rules import _rule

DAY = "2026-12-01"


@pytest.fixture
def copied(command: Any, tmp_path: Path) -> Path:
    """Return a distribution made from the book of Thailand, one of whose tracks has a rule of its own."""
    assert command("new-book", "TH", "--at", tmp_path / "th", "--from-installed", "--on", DAY).code == 0
    return tmp_path / "th"


@pytest.mark.parametrize("where", [".", "jcm_book_th", "jcm_book_th/book.toml"])
def test_a_copy_says_what_the_installed_book_says(command: Any, copied: Path, where: str) -> None:
    """By the folder of the distribution, that of the book, or the file; also to lint, which knows its rules."""
    at = copied / where
    assert command("diff", "TH", at, "--on", DAY, "--json").data["differences"] == []
    assert command("page", at).out == page(books["TH"])
    assert command("page", at, "--track", "existing").out == page(books["TH"].of_track("existing"))
    for words in (("rules",), ("checklist",)):
        more = ("submit_pdd",) if words == ("checklist",) else ()
        told = [command(*words, one, *more, "--on", DAY, "--json") for one in ("TH", at)]
        assert told[0] == told[1]
    assert command("lint", at, "--on", DAY).out == "Nothing to tell of 1 book.\n"
    assert command("cover", at).out == command("cover", at, "--stories", copied / "stories").out


def test_a_track_is_named_by_its_file(command: Any, copied: Path) -> None:
    """Beside the book of its country."""
    at = copied / "jcm_book_th" / "existing.toml"
    assert command("diff", "TH/existing", at, "--on", DAY, "--json").data["differences"] == []


@pytest.mark.parametrize("where", ["nowhere/at_all", "nowhere.toml"])
def test_a_path_that_leads_nowhere_is_told(command: Any, where: str) -> None:
    """As a path, and not as a country that has no book."""
    told = command("page", where)
    assert (told.code, told.err) == (
        1, f"BookError: {where}: cannot be read: No such file or directory. Check the path.\n"
    )  # fmt: skip


def test_rules_beside_a_book_are_known_once_the_package_is_installed(
    command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before that nothing of the folder is run, and the error says what to do."""
    at = tmp_path / "xx"
    assert command("new-book", "XX", "--at", at, "--on", DAY).code == 0
    told = command("rules", at, "--on", DAY)
    assert told.code == 1
    assert "xx.project.submit_pdd.minimum_lifetime is written in rules.py beside the book" in told.err
    assert "Install the distribution that brings both, such as with pip install --editable." in told.err
    assert "minimum_lifetime is written in rules.py beside the book" in command("play", _naming(at)).out
    monkeypatch.setattr(_rule, "_RULES", dict(_rule._RULES))
    monkeypatch.syspath_prepend(str(at))
    importlib.invalidate_caches()
    try:
        assert "xx.project.submit_pdd.minimum_lifetime" in command("rules", at, "--on", DAY).out
        assert command("play", _naming(at)).code == 0
    finally:
        for name in [name for name in sys.modules if name.startswith("jcm_book_xx")]:
            del sys.modules[name]


def _naming(at: Path) -> Path:
    """Return the stories of a distribution, which now name the folder of its book."""
    file = at / "stories" / "xx.stories.toml"
    text = file.read_text(encoding="utf-8")
    if "books =" not in text:
        text = text.replace('country = "XX"\n', 'country = "XX"\nbooks = "../jcm_book_xx"\n')
        file.write_text(text, encoding="utf-8")
    return file
