"""What books share is written once: a book takes it over by name, from its own day, and never better founded."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from jcm_cycle import RuleBook, Standing, books, lint
from jcm_cycle.errors import BookError
from jcm_cycle.rules import common, rules
from jcm_cycle.states import CAPABILITIES

FILE = Path(common.__file__).with_name("rows.toml")
COMMON = tomllib.loads(FILE.read_text(encoding="utf-8"))
DAY = date(2024, 5, 1)

HEAD = """
[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2026-01-01

[[procedure]]
name = "only"
since = 2020-01-01
standing = "assumed"
"""


def book(tmp_path: Path, text: str) -> RuleBook:
    """Read a synthetic book with these rows."""
    path = tmp_path / "book.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return RuleBook.read(path)


def wrong(tmp_path: Path, text: str) -> BookError:
    """Return the error of a broken one."""
    with pytest.raises(BookError) as caught:
        book(tmp_path, text)
    return caught.value


def test_every_common_row_is_founded_and_in_a_set_or_named_by_a_book() -> None:
    """It has a standing, a place where it was read, and a source that is there; nothing is kept that nobody takes."""
    sources = {row["key"] for row in COMMON["source"]}
    sets = {name for one in COMMON["set"] for name in one["rows"]}
    alone = {"common.bilateral_valid"}
    named = []
    for table, key in (("adopt", "rule"), ("value", "id"), ("gate", "id")):
        for row in COMMON[table]:
            named.append(row[key])
            assert row["cites"]
            assert Standing(row["standing"])
            assert row.get("source") is None or row["source"] in sources
    assert len(named) == len(set(named))
    assert sets | alone == set(named)
    assert {row["rule"] for row in COMMON["adopt"]} <= set(rules())
    pointed = {
        row.source for one in books for rows_ in books[one].rows.values() for row in rows_ if hasattr(row, "source")
    }
    assert sources <= pointed


def test_a_row_holds_from_the_day_of_the_book_and_is_founded_no_better_than_either(tmp_path: Path) -> None:
    """Its words are those of the common row and of the book; its source comes along."""
    taken = book(
        tmp_path,
        """
[[take]]
rows = ["project.public_inputs"]
since = 2023-10-13
until = 2025-01-01
standing = "cited"
cites = "that it holds here is concluded"

[[take]]
rows = ["common.confidential_two_versions"]
standing = "assumed"
""",
    )
    (days,) = taken.rows["value"]
    assert (days.id, days.value, str(days.since), str(days.until)) == (
        "project.public_inputs",
        30,
        "2023-10-13",
        "2025-01-01",
    )
    assert (days.standing, days.source) == (Standing.INFERRED, "IGES")
    assert days.cites == "slide 9 (Indonesia); that it holds here is concluded"
    (rule,) = taken.rows["adopt"]
    assert (rule.standing, str(rule.since)) == (Standing.ASSUMED, "unknown")
    assert [source.key for source in taken.rows["source"]] == ["confidentiality", "IGES"]
    assert taken.edition(date(2024, 1, 1)).value("project.public_inputs").value == 30
    assert taken.edition(date(2025, 1, 1)).value("project.public_inputs") is None


def test_a_row_of_its_own_takes_the_place_of_one_in_a_set(tmp_path: Path) -> None:
    """The rest of the set is taken over."""
    own = """
[[value]]
id = "project.public_inputs"
value = 45
since = 2021-01-01
cites = "synthetic"
standing = "assumed"
"""
    taken = book(tmp_path, own + '\n[[take]]\nsets = ["clocks"]\nsince = 2021-01-01\nstanding = "inferred"\n')
    clocks = next(one["rows"] for one in COMMON["set"] if one["name"] == "clocks")
    assert {row.id for row in taken.rows["value"]} == set(clocks)
    assert taken.edition(DAY).value("project.public_inputs").value == 45
    error = wrong(
        tmp_path, own + '\n[[take]]\nrows = ["project.public_inputs"]\nsince = 2021-01-01\nstanding = "cited"\n'
    )
    assert (error.table, error.key, error.line) == ("[[take]] 1", "rows", 21)
    assert "speaks of project.public_inputs" in error.why


@pytest.mark.parametrize(
    ("row", "key", "why", "cure"),
    [
        ('rows = ["project.public_input"]', "rows", "nothing that books share has the name 'project.public_input'",
         "Did you mean 'project.public_inputs'?"),
        ('rows = ["xyzzy"]', "rows", "nothing that books share has the name 'xyzzy'", "write a row of your own"),
        ('sets = ["clock"]', "sets", "nothing that books share has the name 'clock'", "Did you mean 'clocks'?"),
        ('rows = "project.public_inputs"', "rows", "", ""),
        ("rows = [1]", "rows", "", ""),
    ],
)  # fmt: skip
def test_a_name_that_nothing_has(tmp_path: Path, row: str, key: str, why: str, cure: str) -> None:
    """It is told where it stands, with the one that comes nearest."""
    error = wrong(tmp_path, f'\n[[take]]\n{row}\nstanding = "cited"\n')
    assert (error.table, error.key, error.line) == ("[[take]] 1", key, 14)
    assert why in error.why
    assert cure in error.cure


def test_every_name_that_nothing_has_is_told_by_lint(tmp_path: Path) -> None:
    """Of sets and of rows, each with the one that comes nearest; a book is refused for the first."""
    names = 'sets = ["clock", "around", "page"]\nrows = ["project.public_input", "common.bilateral_valid", "xyzzy"]'
    error = wrong(tmp_path, f'\n[[take]]\n{names}\nstanding = "cited"\n')
    found = [one for one in lint(tmp_path / "book.toml") if one.name != "unsourced"]  # of the head
    assert [(one.line, one.key, one.name, one.why.split()[-1], one.cure) for one in found] == [
        (14, "sets", "unknown-row", "'clock'.", "Did you mean 'clocks'?"),
        (14, "sets", "unknown-row", "'page'.", "Did you mean 'pages'?"),
        (15, "rows", "unknown-row", "'project.public_input'.", "Did you mean 'project.public_inputs'?"),
        (15, "rows", "unknown-row", "'xyzzy'.", NO_ROW),
    ]
    assert (error.why, error.cure) == (found[0].why, found[0].cure)


NO_ROW = "Mend the name, or write a row of your own; docs/books.md lists the rows that books share."


def test_where_no_set_comes_near_all_are_named(tmp_path: Path) -> None:
    """There are few of them."""
    error = wrong(tmp_path, '\n[[take]]\nsets = ["xyzzy"]\nstanding = "cited"\n')
    assert error.cure == f"Sets are {', '.join(one['name'] for one in COMMON['set'])}."


def test_a_source_of_its_own_under_the_key_of_a_common_one(tmp_path: Path) -> None:
    """Rows taken over would point to another document than the one they were read in."""
    error = wrong(
        tmp_path, '\n[[source]]\nkey = "IGES"\ntitle = "X"\nkind = "primary"\nabout = "ZZ"\nstanding = "cited"\n'
    )
    assert (error.table, error.key) == ("[[source]] 1", "key")
    assert "'IGES' is the key of a source that all books share" in error.why


def test_the_rest_of_the_capabilities(tmp_path: Path) -> None:
    """A row without names speaks of all that no other row names; there is one such row."""
    rows = """
[[capability]]
procedure = "only"
value = "unknown"
standing = "unknown"

[[capability]]
procedure = "only"
value = "yes"
names = ["idea_note"]
standing = "inferred"
"""
    found = book(tmp_path, rows).capabilities["only"]
    assert found == {**dict.fromkeys(CAPABILITIES, "unknown"), "idea_note": "yes"}
    error = wrong(tmp_path, rows + '\n[[capability]]\nprocedure = "only"\nvalue = "no"\nstanding = "unknown"\n')
    assert "[[capability]] 1 speaks of 'all others' under 'only' too" in error.why
