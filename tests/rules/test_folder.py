"""Books of a folder outside any package: data only, each country by itself, and nothing from outside the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jcm_cycle import RuleBooks, books
from jcm_cycle.errors import BookError, NoRuleBook

HEAD = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'
TRACK = '\n[[track]]\nname = "forest"\ntext = "Forests."\nstanding = "assumed"\n'


def put(folder: Path, name: str, text: str) -> Path:
    """Write one file of a folder of books."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def of(country: str, more: str = "") -> str:
    """Return the book of a synthetic country."""
    return HEAD.replace("ZZ", country) + more


def test_books_of_a_folder(tmp_path: Path) -> None:
    """One folder for each country, whatever it is called, with the books of tracks beside the main one."""
    put(tmp_path, "synthetia/book.toml", of("ZZ", TRACK))
    put(tmp_path, "synthetia/forest.toml", of("ZZ").replace("name", 'track = "forest"\nname'))
    put(tmp_path, "another/book.toml", of("YY"))
    put(tmp_path, "README.md", "Words.")
    (tmp_path / "empty").mkdir()
    put(tmp_path, ".git/book.toml", "no book")
    found = RuleBooks.from_folder(tmp_path)
    assert (list(found), len(found), "ZZ" in found, found.problems()) == (["YY", "ZZ"], 2, True, {})
    assert found["ZZ"] is found["ZZ"]
    assert found["ZZ"].of_track("forest").track == "forest"
    assert (books | found)["YY"] is found["YY"]
    with pytest.raises(NoRuleBook, match=r"Books are installed for YY, ZZ\.$"):
        found["XX"]
    assert list(RuleBooks.from_folder(str(tmp_path))) == ["YY", "ZZ"]


def test_no_code_of_the_folder_is_run(tmp_path: Path) -> None:
    """A module that lies beside a book is a file like any other."""
    put(tmp_path, "synthetia/book.toml", of("ZZ"))
    for name in ("rules.py", "__init__.py", "conftest.py", "sitecustomize.py"):
        put(tmp_path, f"synthetia/{name}", "raise SystemExit('code was run')")
        put(tmp_path, name, "raise SystemExit('code was run')")
    assert RuleBooks.from_folder(tmp_path)["ZZ"].country == "ZZ"


def test_a_broken_book_is_told_when_its_country_is_asked_for(tmp_path: Path) -> None:
    """And harms no other; once it is mended it is read."""
    put(tmp_path, "good/book.toml", of("ZZ"))
    broken = put(tmp_path, "broken/book.toml", of("YY", "[["))
    found = RuleBooks.from_folder(tmp_path)
    assert list(found) == ["YY", "ZZ"]
    assert found["ZZ"].country == "ZZ"
    with pytest.raises(BookError, match="is not TOML") as caught:
        found["YY"]
    assert (caught.value.file, caught.value.line) == (str(broken), 6)
    assert found.problems().keys() == {"YY"}
    put(tmp_path, "broken/book.toml", of("YY"))
    assert (found["YY"].country, found.problems()) == ("YY", {})


def test_a_broken_book_of_a_track_is_a_problem_of_its_country(tmp_path: Path) -> None:
    """It is found without a case of that track, and a pipe in its place is no book."""
    put(tmp_path, "synthetia/book.toml", of("ZZ", TRACK))
    forest = put(tmp_path, "synthetia/forest.toml", of("ZZ"))
    found = RuleBooks.from_folder(tmp_path)
    assert found["ZZ"].country == "ZZ"
    assert "that of ZZ None, and not of ZZ forest" in str(found.problems()["ZZ"])
    forest.unlink()
    os.mkfifo(forest)
    assert "no plain file" in str(RuleBooks.from_folder(tmp_path).problems()["ZZ"])


def test_a_book_that_does_not_tell_its_country(tmp_path: Path) -> None:
    """It is told by the place of its file, also to whoever asks for a country that is not there."""
    put(tmp_path, "good/book.toml", of("ZZ"))
    put(tmp_path, "torn/book.toml", of("YY").replace('"YY"', "YY"))
    put(tmp_path, "odd/book.toml", 'book = {country = "XX", name = "Odd", api = 1, reviewed_on = 2026-01-01}')
    put(tmp_path, "large/book.toml", of("WW", "#" * 2**20))
    found = RuleBooks.from_folder(tmp_path)
    assert list(found) == ["XX", "ZZ"]
    assert {name: error.why.partition(":")[0] for name, error in found.problems().items()} == {
        "torn/book.toml": "is not TOML",
        "large/book.toml": "is larger than 1 MiB, which no book is.",
    }
    with pytest.raises(NoRuleBook, match=r"one that cannot be read: large/book\.toml, torn/book\.toml; problems\(\)"):
        found["YY"]


def test_two_books_for_one_country(tmp_path: Path) -> None:
    """The error names both files; the other countries are read."""
    files = [put(tmp_path, f"{name}/book.toml", of("ZZ")) for name in ("first", "second")]
    put(tmp_path, "third/book.toml", of("YY"))
    found = RuleBooks.from_folder(tmp_path)
    assert (list(found), found["YY"].country) == (["YY", "ZZ"], "YY")
    with pytest.raises(BookError, match="There are several books for ZZ") as caught:
        found["ZZ"]
    assert all(str(file) in caught.value.why for file in files)


def test_a_country_that_changes_under_ones_hands(tmp_path: Path) -> None:
    """A book is never given out as that of another country."""
    put(tmp_path, "synthetia/book.toml", of("ZZ"))
    found = RuleBooks.from_folder(tmp_path)
    put(tmp_path, "synthetia/book.toml", of("YY"))
    with pytest.raises(BookError, match="that of YY, and no longer of ZZ"):
        found["ZZ"]


def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """Be it the book, its folder, or the book of a track; what they lead to is not read."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    put(outside, "book.toml", of("XX"))
    put(outside, "forest.toml", of("ZZ").replace("name", 'track = "forest"\nname'))
    (put(root, "file/x.txt", "").parent / "book.toml").symlink_to(outside / "book.toml")
    (root / "folder").symlink_to(outside)
    (root / "dangling").mkdir()
    (root / "dangling" / "book.toml").symlink_to(outside / "nothing.toml")
    (root / "link.toml").symlink_to(outside / "book.toml")
    put(root, "track/book.toml", of("ZZ", TRACK)).with_name("forest.toml").symlink_to(outside / "forest.toml")
    found = RuleBooks.from_folder(root)
    assert list(found) == ["ZZ"]
    with pytest.raises(BookError, match="leads out of the folder of the books") as caught:
        found["ZZ"]
    assert Path(str(caught.value.file)).name == "forest.toml"
    problems = found.problems()
    assert set(problems) == {"ZZ", "file/book.toml", "folder/book.toml", "dangling/book.toml", "link.toml"}
    assert all("leads out of the folder of the books" in str(error) for error in problems.values())


def test_links_within_the_folder_are_files_like_others(tmp_path: Path) -> None:
    """And the folder itself may be reached by a link."""
    put(tmp_path, "root/real/book.toml", of("ZZ"))
    (tmp_path / "link").symlink_to(tmp_path / "root")
    assert RuleBooks.from_folder(tmp_path / "link")["ZZ"].country == "ZZ"
    (tmp_path / "root" / "again").mkdir()
    (tmp_path / "root" / "again" / "book.toml").symlink_to("../real/book.toml")
    with pytest.raises(BookError, match="several books for ZZ"):
        RuleBooks.from_folder(tmp_path / "root")["ZZ"]


def test_a_link_that_is_put_there_later(tmp_path: Path) -> None:
    """Where a file leads is looked at when it is read, too."""
    file = put(tmp_path, "root/synthetia/book.toml", of("ZZ"))
    other = put(tmp_path, "outside/book.toml", of("ZZ"))
    found = RuleBooks.from_folder(tmp_path / "root")
    file.unlink()
    file.symlink_to(other)
    with pytest.raises(BookError, match="leads out"):
        found["ZZ"]


@pytest.mark.parametrize("name", ["../outside/forest", "/etc/passwd", "..", "a/b", "", "Forest", "forest.toml", "book"])
def test_a_track_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """Its name is that of a file beside the book, and nothing more."""
    put(tmp_path, "outside/forest.toml", of("ZZ"))
    put(tmp_path, "root/synthetia/book.toml", of("ZZ", TRACK.replace("forest", name, 1)))
    found = RuleBooks.from_folder(tmp_path / "root")
    with pytest.raises(BookError, match=r"cannot be the name of a track|an empty text says nothing"):
        found["ZZ"]


def test_files_where_no_book_is_looked_for(tmp_path: Path) -> None:
    """A book that lies in the wrong place is told, not left out silently."""
    put(tmp_path, "kenya.toml", of("KE"))
    put(tmp_path, "synthetia/Book.toml", of("ZZ"))
    os.mkfifo(put(tmp_path, "pipe/x.txt", "").with_name("book.toml"))
    found = RuleBooks.from_folder(tmp_path)
    assert list(found) == []
    problems = {name: str(error) for name, error in found.problems().items()}
    assert "lies beside the folders of the countries. Make a folder for the country" in problems.pop("kenya.toml")
    assert "cannot be read: No such file" in problems.pop("synthetia/book.toml")
    assert "no plain file" in problems.pop("pipe/book.toml")
    assert problems == {}


@pytest.mark.parametrize("name", ["nowhere", "file", "one"])
def test_what_is_no_folder_of_books(tmp_path: Path, name: str) -> None:
    """It is told at once, and not when a country is asked for."""
    put(tmp_path, "file", "")
    put(tmp_path, "one/book.toml", of("ZZ"))
    with pytest.raises(BookError, match=r"is no folder\. Give the|holds the book\.toml of one country") as caught:
        RuleBooks.from_folder(tmp_path / name)
    assert caught.value.file == str(tmp_path / name)
