"""The command that lists the rule books: a line a country, and what is wrong below them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import Standing, books
from jcm_cycle.rules._summary import COUNTED, summary

HEAD = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'


@pytest.fixture
def site(tmp_path: Path) -> str:
    """Return a folder for the path with a distribution that brings one good book, one broken one, and one for Kenya."""
    (tmp_path / "synthetic_books.py").write_text(
        "from pathlib import Path\n"
        "from jcm_cycle import RuleBook\n"
        "def good(): return RuleBook.read(Path(__file__).with_name('book.toml'))\n"
        "def fails(): raise ValueError('no [bold]such[/bold] \\x1b thing')\n",
        encoding="utf-8",
    )
    (tmp_path / "book.toml").write_text(HEAD, encoding="utf-8")
    info = tmp_path / "synthetic_books-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: synthetic-books\nVersion: 1.0\n", encoding="utf-8")
    points = "[jcm_cycle.books]\nZZ = synthetic_books:good\nYY = synthetic_books:fails\nKE = synthetic_books:good\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    return str(tmp_path)


def test_the_books_as_data(command: Any, fits: Any) -> None:
    """One row a country, in the order of their codes, and nothing else where all is well."""
    told = command("books", "--json")
    assert (told.code, told.err) == (0, "")
    fits("books", told.data)
    assert list(told.data) == ["schema", "books"]
    assert told.data["books"] == [summary(books[country]).json() for country in books]


def test_the_books_as_a_table(command: Any) -> None:
    """A line for each country, with its numbers; what is not there is left empty."""
    told = command("books")
    assert (told.code, told.err) == (0, "")
    head, *lines = told.out.splitlines()
    words = ["country", "special", "tracks", "since", "reviewed", *COUNTED, *Standing]
    assert head.split() == words
    assert [line[:2] for line in lines] == list(books)
    one = summary(books["MN"])
    (line,) = (line for line in lines if line.startswith("MN"))
    numbers = [number for number in (*one.counts.values(), *one.standing.values()) if number]
    assert line.split() == ["MN", "Mongolia", "2013-01-08", str(one.reviewed_on), *map(str, numbers)]
    assert "premium_tver, existing" in told.out


def test_what_is_broken_stands_below_and_harms_none(command: Any, site: str, fits: Any) -> None:
    """The others are listed; the exit code tells it."""
    told = command.alone("books", PYTHONPATH=site)
    assert (told.code, told.err) == (1, "")
    table, _, below = told.out.partition("2 broken, which harms none of the others:\n")
    codes = [line[:2] for line in table.splitlines()[1:]]
    assert codes == sorted({*books, "ZZ"} - {"KE"})
    kenya, other = below.splitlines()
    assert re.match(r"  KE  Several distributions bring a book for KE: .* of synthetic-books 1\.0", kenya)
    assert other.startswith("  YY  The plug-in 'synthetic_books:fails' of synthetic-books 1.0 for YY failed: ")
    assert "no [bold]such[/bold]   thing" in other
    told = command.alone("books", "--json", PYTHONPATH=site)
    assert (told.code, told.err) == (1, "")
    data = told.data
    assert [one["name"] for one in data.pop("problems")] == ["KE", "YY"]
    fits("books", data)
    assert [row["country"] for row in data["books"]] == codes


def test_broken_texts_are_told_and_the_book_is_listed(command: Any, site: str) -> None:
    """They harm it only in the other language, and no other book in any."""
    (Path(site) / "ja.toml").write_text("= nonsense", encoding="utf-8")
    told = command.alone("books", "--json", PYTHONPATH=site)
    assert told.code == 1
    assert "ZZ" in [row["country"] for row in told.data["books"]]
    (zz,) = (one["error"] for one in told.data["problems"] if one["name"] == "ZZ")
    assert zz == f"{site}/ja.toml:1: is not TOML: Invalid statement (at line 1, column 1). Mend the line it names."
    assert command.alone("page", "ZZ", PYTHONPATH=site).code == 0
    broken = command.alone("page", "ZZ", "--lang", "ja", PYTHONPATH=site)
    assert (broken.code, f"{site}/ja.toml:1: is not TOML" in broken.err) == (1, True)
    assert command.alone("page", "MN", "--lang", "ja", PYTHONPATH=site).code == 0
    listed = command.alone("books", "--lang", "ja", PYTHONPATH=site)
    assert (listed.code, "Synthetia" in listed.out, "モンゴル" in listed.out) == (1, True, True)


def test_a_track_that_the_country_does_not_have(command: Any) -> None:
    """The one that was perhaps meant is told."""
    told = command("rules", "TH", "--on", "2026-07-01", "--track", "exsting")
    assert (told.code, told.out) == (2, "")
    assert "TH has no track 'exsting'. Did you mean 'existing'? Its tracks are premium_tver, existing." in told.err
