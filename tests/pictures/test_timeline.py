"""The picture over time is full where the book is sure, hatched where it is not, and empty where it says nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from jcm_cycle import RuleBook, books
from jcm_cycle._labels import LANGUAGES
from jcm_cycle.days import ALWAYS, Bound
from jcm_cycle.errors import LanguageUnknown
from jcm_cycle.pictures import timeline
from jcm_cycle.pictures._stretches import Line, lines, reach
from tests.pictures.conftest import written

SVG = "{http://www.w3.org/2000/svg}"


def line(book: RuleBook, name: str) -> list[tuple[str, str, str, str]]:
    """Return the stretches of one line, each as days, how and what is written on it."""
    (found,) = (one for one in lines(book, "en") if one.name == name)
    return [(str(one.start), str(one.end), one.how, one.told) for one in found.stretches]


def test_a_stretch_in_which_nobody_knows_is_shown_as_such() -> None:
    """Mongolia's procedures: the days on which one took the place of another were not found."""
    book = books["MN"]
    assert line(book, "2013 set") == [
        ("2013-04-11", "2016-08-24", "yes", ""),
        ("2016-08-24", "2026-06-04", "unknown", "?"),
    ]
    assert line(book, "RG 02.0") == [
        ("2016-08-24", "2026-06-04", "unknown", "?"),
        ("2026-06-04", "2027-01-01", "yes", ""),
    ]
    assert line(book, "idea note") == [
        ("2013-04-11", "2016-08-24", "no", "no"),
        ("2016-08-24", "2026-06-04", "unknown", "?"),
        ("2026-06-04", "2027-01-01", "yes", "yes"),
    ]
    assert line(book, "safeguards") == [("2013-04-11", "2027-01-01", "no", "no")], "the same in all of them"


def test_a_form_has_its_version_or_those_it_may_have() -> None:
    """With a question mark where one of several applied."""
    assert line(books["MN"], "Project Design Document Form") == [
        ("2016-08-23", "2016-08-24", "yes", "03.0"),
        ("2016-08-24", "2026-06-04", "unknown", "03.0 / 05.0 ?"),
        ("2026-06-04", "2027-01-01", "yes", "05.0"),
    ]
    assert line(books["MN"], "Sustainable Development Implementation Plan Form")[0][2:] == ("unknown", "? / 05.0")


@pytest.mark.parametrize("country", list(books))
def test_the_stretches_are_what_the_book_says_on_each_day(country: str) -> None:
    """Asked on the first and the last day of each stretch, and between the stretches."""
    book = books[country]
    first, last = reach(book)
    for one in lines(book, "en"):
        after = first
        for stretch in one.stretches:
            assert after <= stretch.start < stretch.end <= last
            after = stretch.end
        if one.group == "procedure":
            for turn in (turn for turn in book.turns if first <= turn < last):
                held = [row.holds(turn) for row in book.rows["procedure"] if row.name == one.name]
                how = next((s.how for s in one.stretches if s.start <= turn < s.end), None)
                assert how == ("yes" if True in held else "unknown" if None in held else None)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("country", ["MN", "ID", "PW", "TH", "VN", "OM"])
def test_the_picture_is_what_the_stretches_say(country: str, lang: str) -> None:
    """Well-formed; a bar for each stretch, hatched where it is not known; nothing is loaded from anywhere."""
    book = books[country]
    made = timeline(book, lang)
    root = ET.fromstring(made)  # noqa: S314 - made here
    wanted = [stretch for one in lines(book, lang) for stretch in one.stretches]
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]
    assert len(bars) == len(wanted)
    for bar, stretch in zip(bars, wanted, strict=True):
        title = bar.find(f"{SVG}title")
        assert title is not None
        assert title.text is not None
        assert title.text.startswith(f"{stretch.start} – {stretch.end}")
        assert (bar.attrib["fill"].startswith("url(#hatch-")) == (stretch.how == "unknown")
    places = [float(bar.attrib["x"]) for bar in bars]
    assert all(330 <= x <= 1000 for x in places)
    assert "http" not in made.replace("http://www.w3.org/2000/svg", "")
    assert "\n\n" not in made, "an empty line would end it within a page"


def test_bars_lie_where_their_days_do() -> None:
    """The same day at the same place, a later one to the right of it, and a year as wide as the next."""
    book = books["MN"]
    root = ET.fromstring(timeline(book))  # noqa: S314 - made here
    where: dict[str, float] = {}
    for rect in root.iter(f"{SVG}rect"):
        title = rect.find(f"{SVG}title")
        if title is not None and title.text is not None:
            where[title.text[:10]] = float(rect.attrib["x"])
    days = sorted(where)
    assert [where[day] for day in days] == sorted(where.values())
    first, last = reach(book)
    part = (date(2016, 8, 24) - first) / (last - first)
    assert where["2016-08-24"] == pytest.approx(330 + part * (1000 - 330 - 12), abs=0.1)


@given(text=st.text(st.sampled_from("ab<>&\"'\x00\x1b\n日\u202e"), min_size=1, max_size=80))
def test_names_are_text_whatever_stands_in_them(text: str) -> None:
    """And one that is too long is cut, with the whole of it to be had."""
    if not text.split():
        return
    made = timeline(written(f"a{text}", name=f"b{text}"))
    root = ET.fromstring(made)  # noqa: S314 - made here
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds == {"svg", "title", "defs", "pattern", "rect", "path", "text"}


def _with(**rows: Any) -> RuleBook:
    book = written("a")
    for table, changes in rows.items():
        book.rows[table] = [evolve(row, **changes) for row in book.rows[table]]
    return book


def test_what_holds_since_ever_or_for_a_long_time_to_come_stays_in_the_picture() -> None:
    """The picture begins with the mechanism, and ends with the review or soon after."""
    book = _with(procedure={"since": ALWAYS, "until": Bound(on=date(9999, 1, 1))})
    first, last = reach(book)
    assert (first.year, last.year) == (2024, 2026)
    (found,) = (one for one in lines(book, "en") if one.group == "procedure")
    assert [(str(one.start), str(one.end)) for one in found.stretches] == [("2024-01-01", "2026-01-01")]
    assert timeline(book).startswith("<svg")
    first, last = reach(books["VN"])
    assert last == date(2032, 1, 1), "the memorandum ends with 2030"


def test_a_book_without_days_has_a_picture() -> None:
    """An empty one."""
    book = RuleBook({"book": {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": date(2026, 1, 1)}})
    assert list(lines(book, "en")) == []
    assert ET.fromstring(timeline(book)) is not None  # noqa: S314 - made here


def test_a_provisional_capability_is_drawn_apart() -> None:
    """It is there, and yet not for good."""
    book = _with(procedure={"until": None})
    found: list[Line] = [one for one in lines(book, "en") if one.group == "capability"]
    assert found[0].stretches[-1].how == "provisional"


def test_another_language_is_an_error() -> None:
    """Before anything is drawn."""
    with pytest.raises(LanguageUnknown):
        timeline(books["MN"], "fr")
