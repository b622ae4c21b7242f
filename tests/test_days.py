"""Days as the procedure counts them: exact, between two days or unknown; bounds of rules; windows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle.days import (
    ALWAYS,
    UNKNOWN,
    UNKNOWN_DAY,
    Between,
    Bound,
    Day,
    Period,
    check_date,
    day_json,
    exact,
    last_day,
    parse_day,
    read_day,
    sort_day,
    span,
    surely_after,
    surely_by,
)
from jcm_cycle.errors import EvidenceError

ONE = timedelta(days=1)
MAY_1, MAY_5, MAY_9 = date(2024, 5, 1), date(2024, 5, 5), date(2024, 5, 9)

dates = st.dates()
ordered = st.tuples(dates, dates).map(sorted)
betweens = st.one_of(
    st.builds(Between, st.none() | dates),
    st.builds(Between, st.none(), dates),
    ordered.map(lambda pair: Between(*pair)),
)
days = st.one_of(dates, betweens)
bounds = st.one_of(
    st.just(UNKNOWN),
    st.builds(Bound, on=dates),
    st.builds(Bound, after=dates),
    st.builds(Bound, by=dates),
    ordered.filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Bound(after=pair[0], by=pair[1])),
)


def possible(day: Day) -> tuple[date, date]:
    """Return the first and the last day that it can be."""
    if isinstance(day, date):
        return day, day
    return day.not_before or date.min, day.not_after or date.max


# -- Between ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (Between(MAY_1, MAY_5), "between 2024-05-01 and 2024-05-05"),
        (Between(MAY_1), "on or after 2024-05-01"),
        (Between(None, MAY_5), "on or before 2024-05-05"),
        (UNKNOWN_DAY, "day unknown"),
    ],
)
def test_a_day_between_two_days_says_so_in_words(day: Between, text: str) -> None:
    """A reader sees which sides are open."""
    assert str(day) == text


def test_the_two_days_of_a_between_stand_in_order() -> None:
    """A stretch cannot end before it begins; one of a single day is a stretch."""
    assert Between(MAY_1, MAY_1).not_after == MAY_1
    with pytest.raises(EvidenceError, match=r"^A day cannot lie between 2024-05-05 and 2024-05-01\. Swap"):
        Between(MAY_5, MAY_1)


@pytest.mark.parametrize("value", [datetime(2024, 5, 1, tzinfo=UTC), "2024-05-01", 20240501])
@pytest.mark.parametrize("name", ["not_before", "not_after"])
def test_a_between_is_made_of_dates_without_a_time(name: str, value: Any) -> None:
    """A date with a time, a text or a number is no day."""
    with pytest.raises(EvidenceError, match=f"^{name} must be a date without a time"):
        Between(**{name: value})


@given(days)
def test_only_an_exact_day_is_exact(day: Day) -> None:
    """`exact` gives the day itself, and None for whatever is known less well."""
    assert exact(day) == (day if isinstance(day, date) else None)
    assert exact(None) is None


# -- order -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (MAY_1, MAY_1),
        (Between(MAY_1, MAY_5), MAY_5),
        (Between(None, MAY_5), MAY_5),
        (Between(MAY_1), date.max),
        (UNKNOWN_DAY, date.max),
    ],
)
def test_a_between_takes_its_place_by_its_end(day: Day, place: date) -> None:
    """A `Between` sorts by its last day; one without it and an unknown day come last."""
    assert sort_day(day) == place


@given(days, dates)
def test_what_surely_happened_by_a_day_could_not_have_happened_later(day: Day, on: date) -> None:
    """`surely_by` holds exactly where the last day that it can be is known and not after that day."""
    known = isinstance(day, date) or day.not_after is not None
    assert surely_by(day, on) == (known and possible(day)[1] <= on)


@given(days, dates)
def test_what_surely_came_later_could_not_have_happened_by_then(day: Day, on: date) -> None:
    """`surely_after` holds exactly where the first day that it can be is known and after that day."""
    known = isinstance(day, date) or day.not_before is not None
    assert surely_after(day, on) == (known and possible(day)[0] > on)


@given(days, dates)
def test_nothing_is_surely_before_and_after(day: Day, on: date) -> None:
    """At most one of `surely_by` and `surely_after` holds; for an exact day one of them does."""
    answers = surely_by(day, on) + surely_after(day, on)
    assert answers == 1 if isinstance(day, date) else answers <= 1


def test_an_unknown_day_is_never_sure() -> None:
    """Not even by the last day of the calendar."""
    assert not surely_by(UNKNOWN_DAY, date.max)
    assert not surely_after(UNKNOWN_DAY, date.min)


# -- span ------------------------------------------------------------------------------------------------------------


@given(st.lists(days, min_size=1, max_size=4).map(tuple))
def test_a_span_holds_every_day_that_each_source_allows(given_days: tuple[Day, ...]) -> None:
    """What several sources leave is the shortest stretch that holds all of them, open where one is open."""
    first, last = possible(span(given_days))
    assert first == min(possible(day)[0] for day in given_days)
    assert last == max(possible(day)[1] for day in given_days)


@given(days, st.integers(1, 3))
def test_sources_that_agree_leave_the_day_they_name(day: Day, times: int) -> None:
    """One day named by all is that day, exact where they are exact."""
    assert span((day,) * times) == day


def test_two_days_for_one_fact_become_the_between_of_both() -> None:
    """In whatever order they are read."""
    assert span((MAY_5, MAY_1)) == span((MAY_1, MAY_5)) == Between(MAY_1, MAY_5)
    assert span((MAY_1, UNKNOWN_DAY)) == UNKNOWN_DAY
    assert span((MAY_5, Between(MAY_1))) == Between(MAY_1)


# -- text and JSON ---------------------------------------------------------------------------------------------------


@given(dates)
def test_a_day_is_written_and_read_as_iso_text(day: date) -> None:
    """`parse_day` reads what `isoformat` writes."""
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-5-1",
        "20240501",
        "2024-02-30",
        "2024-13-01",
        "0000-01-01",
        "2024-W18-3",
        "2024-05-01T00:00:00",
        " 2024-05-01",
        "01.05.2024",
        "２024-05-01",
        None,
        20240501,
        MAY_1,
        datetime(2024, 5, 1, tzinfo=UTC),
        ["2024-05-01"],
    ],
)
def test_nothing_but_year_month_and_day_is_read(text: Any) -> None:
    """Other forms of ISO 8601, impossible days and whatever is no text are refused by name."""
    with pytest.raises(EvidenceError, match=r"is not a day\. Write it as YYYY-MM-DD"):
        parse_day(text)


@given(days)
def test_what_is_known_of_a_day_survives_json(day: Day) -> None:
    """`read_day` reads what `day_json` writes."""
    assert read_day(day_json(day)) == day


def test_each_kind_of_day_has_its_form_in_json() -> None:
    """A text, an object with both sides, or the word unknown; no day at all is null."""
    assert day_json(MAY_1) == "2024-05-01"
    assert day_json(Between(MAY_1)) == {"not_before": "2024-05-01", "not_after": None}
    assert day_json(Between(None, MAY_5)) == {"not_before": None, "not_after": "2024-05-05"}
    assert day_json(UNKNOWN_DAY) == "unknown"
    assert day_json(None) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        0,
        [],
        {},
        "Unknown",
        {"not_before": "2024-05-01"},
        {"not_before": None, "not_after": None, "on": None},
        {"not_before": "", "not_after": None},
        {"not_before": 0, "not_after": None},
        {"not_before": None, "not_after": False},
        {"not_before": "2024-05-05", "not_after": "2024-05-01"},
    ],
)
def test_what_is_no_day_in_json_is_refused(value: Any) -> None:
    """An empty value, a side that is missing or no day, and a stretch that ends before it begins are errors."""
    with pytest.raises(EvidenceError, match="day"):
        read_day(value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_reading_a_day_gives_a_day_or_the_one_error(value: Any) -> None:
    """Whatever stands in the JSON, nothing else comes out."""
    try:
        found = read_day(value)
    except EvidenceError:
        return
    assert isinstance(found, date | Between)


# -- bounds ----------------------------------------------------------------------------------------------------------

STRETCH = Bound(after=MAY_1, by=MAY_5)


@pytest.mark.parametrize(
    ("bound", "day", "reached"),
    [
        (Bound(on=MAY_5), MAY_5 - ONE, False),
        (Bound(on=MAY_5), MAY_5, True),
        (Bound(on=MAY_5), MAY_5 + ONE, True),
        (Bound(after=MAY_5), MAY_5 - ONE, False),
        (Bound(after=MAY_5), MAY_5, False),
        (Bound(after=MAY_5), MAY_5 + ONE, None),
        (Bound(by=MAY_5), MAY_5 - ONE, None),
        (Bound(by=MAY_5), MAY_5, True),
        (Bound(by=MAY_5), MAY_5 + ONE, True),
        (STRETCH, MAY_1 - ONE, False),
        (STRETCH, MAY_1, False),
        (STRETCH, MAY_1 + ONE, None),
        (STRETCH, MAY_5 - ONE, None),
        (STRETCH, MAY_5, True),
        (UNKNOWN, date.min, None),
        (UNKNOWN, date.max, None),
        (ALWAYS, date.min, True),
    ],
)
def test_a_bound_is_not_yet_reached_after_and_reached_by(bound: Bound, day: date, *, reached: bool | None) -> None:
    """It is not so on the day `after`, so on the day `by`, and not known in between."""
    assert bound.reached(day) is reached


@given(bounds)
def test_the_answer_changes_on_the_turns_and_on_no_other_day(bound: Bound) -> None:
    """On each turn the answer differs from that of the day before, and each turn is named once, in order."""
    turns = bound.turns()
    assert list(turns) == sorted(set(turns))
    for day in turns:
        if day > date.min:
            assert bound.reached(day) is not bound.reached(day - ONE)
    stops = [date.min, *turns, date.max]
    for start, end in pairwise(stops):
        if start < end:
            assert bound.reached(start) is bound.reached(end - ONE)


@given(bounds, dates)
def test_a_bound_once_reached_stays_reached(bound: Bound, day: date) -> None:
    """From no over not known to yes, and never back."""
    order = {False: 0, None: 1, True: 2}
    if day < date.max:
        assert order[bound.reached(day)] <= order[bound.reached(day + ONE)]


def test_a_stretch_without_days_in_it_turns_once() -> None:
    """Not yet on one day and so on the next is an exact bound in all but name."""
    assert Bound(after=MAY_1, by=MAY_1 + ONE).turns() == (MAY_1 + ONE,) == Bound(on=MAY_1 + ONE).turns()


def test_a_bound_at_the_end_of_the_calendar_never_turns() -> None:
    """After the last day there is no day on which the answer could change."""
    assert Bound(after=date.max).turns() == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": MAY_1, "by": MAY_5}, "either a day or a stretch"),
        ({"on": MAY_1, "after": MAY_5}, "either a day or a stretch"),
        ({"after": MAY_5, "by": MAY_1}, "'not yet on 2024-05-05' and 'so on 2024-05-01'"),
        ({"after": MAY_5, "by": MAY_5}, "`after` must be earlier than `by`"),
        ({"on": datetime(2024, 5, 1, tzinfo=UTC)}, "on must be a date without a time"),
        ({"after": "2024-05-01"}, "after must be a date without a time"),
        ({"by": 5}, "by must be a date without a time"),
    ],
)
def test_a_bound_that_cannot_be_is_refused(fields: dict[str, Any], words: str) -> None:
    """A day beside a stretch, a stretch without days, and what is no day are errors that say so."""
    with pytest.raises(EvidenceError, match=words):
        Bound(**fields)


@pytest.mark.parametrize(
    ("bound", "form", "text"),
    [
        (Bound(on=MAY_1), "2024-05-01", "2024-05-01"),
        (STRETCH, {"after": "2024-05-01", "by": "2024-05-05"}, "after 2024-05-01, by 2024-05-05"),
        (Bound(after=MAY_1), {"after": "2024-05-01", "by": None}, "after 2024-05-01"),
        (Bound(by=MAY_5), {"after": None, "by": "2024-05-05"}, "by 2024-05-05"),
        (UNKNOWN, "unknown", "unknown"),
    ],
)
def test_each_kind_of_bound_has_its_form(bound: Bound, form: Any, text: str) -> None:
    """As JSON and as text for readers."""
    assert bound.json() == form
    assert str(bound) == text


# -- windows ---------------------------------------------------------------------------------------------------------


def test_the_day_of_opening_counts_as_the_first() -> None:
    """A window of one day ends on the day on which it opens."""
    assert last_day(MAY_1, 1) == MAY_1
    assert last_day(MAY_1, 9) == MAY_9
    assert last_day(date(2024, 2, 1), 30) == date(2024, 3, 1)


@given(dates, st.integers(1, 10**9))
def test_a_window_ends_within_the_calendar(opened: date, length: int) -> None:
    """One that is longer than the calendar ends with it."""
    end = last_day(opened, length)
    assert end == date.max or (end - opened).days == length - 1


def test_a_period_is_read_as_it_is_written() -> None:
    """Two days with two dots between; anything else is an error that shows how."""
    period = Period.parse("2024-01-01..2024-12-31")
    assert (period, str(period), Period.parse(period)) == (period, "2024-01-01..2024-12-31", period)
    for wrong in ("2024-01-01", "2024-01-01 - 2024-12-31", ""):
        with pytest.raises(EvidenceError, match=r"is not a period\. Write it as 2024-01-01\.\.2024-12-31"):
            Period.parse(wrong)
    with pytest.raises(EvidenceError, match="is not a day"):
        Period.parse("2024-01-01..later")


@pytest.mark.parametrize("wrong", [None, "2024-01-01", Between(), 20240101])
def test_only_a_date_without_a_time_is_an_exact_day(wrong: object) -> None:
    """Everything else is an error."""
    with pytest.raises(EvidenceError, match="is not a day"):
        check_date(wrong)
    check_date(date(2024, 1, 1))
