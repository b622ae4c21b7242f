"""The commands on stories: `play` for whoever has no pytest, and `cover`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import books
from jcm_cycle.testing import cover, play

STORIES = """\
[stories]
country = "MN"
procedure = "PCP 07.0"

[[story]]
title = "A request comes with its report"
given = [{ state = "validated", on = 2025-03-01 }]
when = { step = "project.request_registration", on = 2025-03-17, without = ["validation_report"] }
then = { held_by = ["project.request_registration.attachments"] }
"""
WRONG = STORIES.replace("held_by", "refused_by")
ATTACHED = "project.request_registration.attachments"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """Return a file of one story that passes."""
    file = tmp_path / "mongolia.stories.toml"
    file.write_text(STORIES, encoding="utf-8")
    return file


def test_stories_that_pass(command: Any, fits: Any, stories: Path) -> None:
    """A line for each, and exit code 0; a folder is played with all that lies in it."""
    told = command("play", stories)
    assert told.code == 0
    assert told.out == f"PASSED  {stories}: 1 of 1 stories pass\n  passed  A request comes with its report\n"
    assert command("play", stories.parent).out == told.out
    data = command("play", stories, "--json").data
    fits("play", data)
    assert data["played"] == [play(stories).json()]


def test_stories_that_fail(command: Any, fits: Any, stories: Path) -> None:
    """Are told with what is wrong and the source of the rule, and exit code 1."""
    stories.write_text(WRONG, encoding="utf-8")
    told = command("play", stories)
    assert told.code == 1
    assert "  FAILED  " in told.out
    assert f"{stories}:5: A request comes with its report" in told.out
    assert "name it in held_by" in told.out
    assert f"[{ATTACHED}]" in told.out
    told = command("play", stories, "--json")
    assert told.code == 1
    fits("play", told.data)
    assert [one["passed"] for one in told.data["played"]] == [False]


def test_a_file_that_cannot_be_read_leaves_the_others_alone(command: Any, fits: Any, stories: Path) -> None:
    """It fails as a whole, and the next one is played."""
    (stories.parent / "a.stories.toml").write_text("[[story]\n", encoding="utf-8")
    told = command("play", stories.parent)
    assert told.code == 1
    assert "is not TOML" in told.out
    assert "passed  A request comes with its report" in told.out
    data = command("play", stories.parent, "--json").data
    fits("play", data)
    assert [one["passed"] for one in data["played"]] == [False, True]


def test_what_is_no_file_of_stories(command: Any, tmp_path: Path) -> None:
    """A file that is not there, and a folder without any, are misuse."""
    assert command("play", tmp_path / "none.stories.toml").code == 2
    told = command("play", tmp_path)
    assert told.code == 2
    assert "holds no file of stories" in told.err


def test_what_is_covered(command: Any, fits: Any, stories: Path) -> None:
    """The same as in Python, as text and as data, for a country, a track, or all."""
    expected = cover(books["MN"], [play(stories)])
    told = command("cover", "MN", "--stories", stories)
    assert (told.code, told.out) == (0, f"{expected}\n")
    data = command("cover", "MN", "--stories", stories.parent, "--json").data
    fits("cover", data)
    assert data["covers"] == [expected.json()]
    data = command("cover", "TH/existing", "--json").data
    fits("cover", data)
    assert [(one["country"], one["track"], one["stories"]) for one in data["covers"]] == [("TH", "existing", 0)]
    found = command("cover", "--json").data["covers"]
    assert len(found) == sum(len(book.with_tracks()) for book in books.values())


def test_coverage_as_a_page(command: Any, stories: Path) -> None:
    """In Markdown, with a row for each book and each rule."""
    told = command("cover", "MN", "--stories", stories, "--page")
    assert told.code == 0
    assert told.out.startswith("# What is covered\n")
    assert "| MN Mongolia | 1 | " in told.out
    assert f"| `{ATTACHED}` | computed | 1 | 0 | 0 | 1 |" in told.out


@pytest.mark.parametrize("words", [("XX",), ("MN/forests",), ("TH/exsiting",)])
def test_books_that_are_not_there(command: Any, words: tuple[str, ...]) -> None:
    """Are misuse, as text and as data."""
    assert command("cover", *words).code == 2
    assert command("cover", *words, "--json").error["kind"] in ("NoRuleBook", "Misuse")
