"""What there is of a country at a glance: rows counted once, those of special tracks among them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jcm_cycle import RuleBook, Standing, books
from jcm_cycle.errors import BookError
from jcm_cycle.rules._summary import COUNTED, summary
from jcm_cycle.states import CAPABILITIES

HEAD = """
[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2026-01-01
"""
SOURCE = """
[[source]]
key = "PCP"
title = "Synthetic procedure"
kind = "primary"
about = "ZZ"
standing = "cited"
"""
PROCEDURE = """
[[procedure]]
name = "only"
since = 2020-01-01
standing = "assumed"
"""
VALUE = """
[[value]]
id = "project.public_inputs"
value = 30
since = 2020-01-01
standing = "inferred"
"""
FORM = """
[[form]]
stem = "F_PDD"
version = "01.0"
since = 2020-01-01
standing = "observed"
"""
MORE = """
[bilateral]
name = "Memorandum"
since = { after = 2019-12-31, by = 2020-06-01 }
standing = "cited"

[[capability]]
procedure = "only"
value = "provisional"
names = ["safeguards"]
standing = "unknown"

[[capability]]
procedure = "only"
value = "no"
names = ["sd_plan"]
standing = "unknown"

[[track]]
name = "forest"
text = "Forests."
standing = "assumed"

[[track]]
name = "wood"
text = "Woods, without a book of their own."
standing = "assumed"

[[open_point]]
text = "Everything else."
"""
FOREST = HEAD.replace("name", 'track = "forest"\nname').replace("2026-01-01", "2025-01-01")
OWN = """
[[capability]]
procedure = "only"
value = "yes"
names = ["idea_note"]
standing = "cited"

[[adopt]]
rule = "project.conclude_validation.eia"
since = 2020-01-01
standing = "inferred"

[[overlay]]
id = "interim"
relaxes = "project.conclude_validation.eia"
since = 2021-01-01
standing = "cited"
"""


@pytest.fixture
def book(tmp_path: Path) -> RuleBook:
    """Return a book with a track whose book repeats some of its rows, changes one, and has some of its own."""
    main, forest = tmp_path / "book.toml", tmp_path / "forest.toml"
    main.write_text(HEAD + SOURCE + PROCEDURE + VALUE + FORM + MORE, encoding="utf-8")
    source = SOURCE.replace("Synthetic procedure", "The same document under a longer title")
    rows = PROCEDURE + VALUE.replace("30", "45") + FORM + OWN
    forest.write_text(FOREST + source + rows, encoding="utf-8")
    return RuleBook.read(main)


def test_rows_of_tracks_are_added_and_each_is_counted_once(book: RuleBook) -> None:
    """What says the same is one row, a source one by its key; another value is another row."""
    assert summary(book).json() == {
        "country": "ZZ",
        "name": "Synthetia",
        "tracks": ["forest", "wood"],
        "capabilities": ["idea_note", "safeguards"],
        "sources": 1,
        "forms": 1,
        "values": 2,
        "rules": 1,
        "overlays": 1,
        "standing": {
            "cited": 4,  # the document, the bilateral one, the capability and the measure of the track
            "observed": 1,
            "inferred": 3,
            "assumed": 3,  # the procedure, and two tracks
            "unknown": 2,
        },
        "reviewed_on": "2025-01-01",
        "since": {"after": "2019-12-31", "by": "2020-06-01"},
    }


def test_a_country_without_a_bilateral_document(tmp_path: Path) -> None:
    """Its first day is unknown, and nothing is counted that is not there."""
    file = tmp_path / "book.toml"
    file.write_text(HEAD, encoding="utf-8")
    found = summary(RuleBook.read(file))
    assert (found.json()["since"], set(found.counts.values()), set(found.standing.values())) == ("unknown", {0}, {0})
    assert found.reviewed_on == date(2026, 1, 1)


def test_a_track_that_is_broken_breaks_the_summary(book: RuleBook) -> None:
    """Half of what there is would be no summary."""
    Path(str(book.path)).with_name("forest.toml").write_text("no book", encoding="utf-8")
    with pytest.raises(BookError, match="is not TOML"):
        summary(book)


@pytest.mark.parametrize("country", books)
def test_every_country_of_the_library_has_one(country: str) -> None:
    """Without tracks its numbers are those of the rows; with tracks they are no smaller, and no larger than all."""
    book = books[country]
    found = summary(book)
    every = [len(one.rows[table]) for one in book.with_tracks() for table in COUNTED.values()]
    main = [len(book.rows[table]) for table in COUNTED.values()]
    assert sum(main) <= sum(found.counts.values()) <= sum(every)
    assert [*found.counts.values()] == main or book.rows["track"]
    assert list(found.standing) == [str(standing) for standing in Standing]
    assert set(found.capabilities) <= set(CAPABILITIES)
    if not book.rows["track"]:
        founded = [row.standing for rows in book.rows.values() for row in rows if hasattr(row, "standing")]
        assert sum(found.standing.values()) == len(founded) + (book.bilateral is not None)
