"""Working days, where a book counts them: neither weekends nor public holidays of the country.

The books are synthetic, and put working days where no known text does; the holidays are those of the package.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from jcm_cycle import Case, RuleBook, _working, books, due, evidence as ev, plan, project
from jcm_cycle.errors import EvidenceError, NeedsExtra

FRIDAY = date(2025, 4, 11)
"""The Friday before Songkran, which is kept in Thailand from Sunday the 13th on."""


@pytest.fixture(autouse=True)
def _forgetful() -> Any:
    """Look the holidays of a country up anew for each test."""
    _working._calendar.cache_clear()
    yield
    _working._calendar.cache_clear()


def world_of(world: Any, country: str, unit: str) -> RuleBook:
    """Return the synthetic book for a country, counting its windows and limits in a unit."""
    names = ("project.public_inputs", "project.registration_check")
    sources = {key: {"about": country} for key in ("MEMO", "PCP")}
    return world.book(
        book={"country": country}, source=sources, value={name: {"unit": unit, "value": 5} for name in names}
    )


def last_days(world: Any, country: str, unit: str) -> list[Any]:
    """Return the last day of a window and of a limit of five days that begin on the Friday."""
    book = world_of(world, country, unit)
    facts = {
        "window": project.publish_pdd.fact(on=FRIDAY, evidence=ev.Publication()),
        "limit": project.request_registration.fact(on=FRIDAY),
    }
    cases = [
        Case.open(project, name, on=date(2025, 4, 1), rules=book, procedure="full").case.record(fact).case
        for name, fact in facts.items()
    ]
    found = {item.case: item.until for item in due(cases, FRIDAY, rules={country: book})}
    return [found["window"], found["limit"]]


@pytest.mark.parametrize(
    ("country", "unit", "expected"),
    [
        ("TH", "calendar day", [date(2025, 4, 15), date(2025, 4, 16)]),
        ("TH", "working day", [date(2025, 4, 22), date(2025, 4, 23)]),
        ("JP", "working day", [date(2025, 4, 17), date(2025, 4, 18)]),
    ],
)
def test_days_are_counted_as_the_book_counts_them(world: Any, country: str, unit: str, expected: list[date]) -> None:
    """Songkran takes three days of the week after the Friday, one of them for its Sunday; Japan works on them."""
    assert last_days(world, country, unit) == expected


@pytest.mark.parametrize(
    ("since", "days", "first", "expected"),
    [
        (date(2025, 4, 12), 1, True, date(2025, 4, 14)),
        (date(2025, 4, 12), 1, False, date(2025, 4, 14)),
        (date(2025, 4, 11), 1, True, date(2025, 4, 11)),
        (date(2025, 4, 11), 1, False, date(2025, 4, 14)),
        (date(2025, 4, 28), 3, True, date(2025, 5, 1)),
    ],
)
def test_a_window_that_begins_on_a_day_of_rest(since: date, days: int, expected: date, *, first: bool) -> None:
    """Its first day is the next that is worked; Showa Day is none in Japan."""
    assert _working.last_working_day(since, days, "JP", first=first) == expected


def test_a_rule_waits_for_the_working_days(world: Any) -> None:
    """The window is open until its last working day is over."""
    book = world_of(world, "TH", "working day")
    case = Case.open(project, "w", on=date(2025, 4, 1), rules=book, procedure="full").case
    case = case.record(project.publish_pdd.fact(on=FRIDAY, evidence=ev.Publication())).case
    step = case.next_steps(on=date(2025, 4, 22), rules=book)["close_public_inputs"]
    assert (step.verdict, step.earliest) == ("not_yet", date(2025, 4, 23))
    assert case.next_steps(on=date(2025, 4, 23), rules=book)["close_public_inputs"].verdict == "ready"


def test_a_plan_waits_for_them_too(world: Any) -> None:
    """And says which days it means."""
    book = world_of(world, "TH", "working day")
    case = Case.open(project, "w", on=date(2025, 4, 1), rules=book, procedure="full").case
    case = case.record(project.publish_pdd.fact(on=FRIDAY, evidence=ev.Publication())).case
    way = plan(case, "validated", on=FRIDAY, rules=book)
    (closing,) = [step for step in way.steps if step.step == "project.close_public_inputs"]
    assert closing.earliest == date(2025, 4, 23)
    assert str(closing.waits[0]).startswith("not before 5 working days have passed since project.publish_pdd")


def test_a_country_whose_holidays_are_not_known(world: Any) -> None:
    """It is said, and no day is made up."""
    with pytest.raises(EvidenceError, match="No public holidays of ZZ are known") as caught:
        last_days(world, "ZZ", "working day")
    assert caught.value.cure


def test_days_beyond_the_calendar() -> None:
    """A book that counts so many days is wrong."""
    with pytest.raises(EvidenceError, match="5 working days from 9999-12-29 run beyond the calendar"):
        _working.last_working_day(date(9999, 12, 29), 5, "JP")
    with pytest.raises(EvidenceError, match="1 working days from 0001-01-01 run beyond the calendar"):
        _working.last_working_day(date.min, 1, "JP")


def test_without_the_package(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install; a book that counts calendar days needs nothing."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(NeedsExtra, match="needs the package holidays") as caught:
        last_days(world, "TH", "working day")
    assert caught.value.cure == "pip install 'jcm-cycle[calendar]'"
    assert last_days(world, "TH", "calendar day")


def test_no_book_of_the_library_counts_working_days() -> None:
    """None of the texts that were read does; the day one comes, this test is to be changed."""
    assert not [row for book in books.values() for row in book.rows["value"] if row.unit == _working.WORKING_DAY]
