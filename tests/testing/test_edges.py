"""Every exact bound of a row gives two days, and what is not so on one of them is told."""

from __future__ import annotations

from datetime import date

import pytest

from jcm_cycle import RuleBook, Standing, books
from jcm_cycle.days import Bound
from jcm_cycle.findings import Measure
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rows import Row
from jcm_cycle.testing import edges
from jcm_cycle.testing._edges import _holds

SOURCE = {"key": "s", "title": "Synthetic", "kind": "primary", "about": "ZZ", "standing": "cited"}
TABLES = {
    "adopt": {"rule": "project.submit_pdd.documents"},
    "form": {"stem": "F_PDD", "version": "02.0"},
    "gate": {"id": "zz.letter", "side": "host", "act": "writes"},
    "overlay": {"id": "interim", "relaxes": "project.submit_pdd.documents"},
    "procedure": {"name": "newer"},
    "transition": {"older": "only", "newer": "newer", "moves": "yes"},
    "value": {"id": "project.public_inputs", "value": 30},
}
SINCE, UNTIL = date(2024, 3, 1), date(2025, 1, 1)


def book(**tables: list[dict[str, object]]) -> RuleBook:
    """Return a book with these rows, each since one day and until another, as far as it says nothing else."""
    dated = {"since": SINCE, "until": UNTIL, "standing": "cited", "source": "s"}
    rows = {name: [dated | row for row in found] for name, found in tables.items()}
    rows.setdefault("procedure", []).insert(0, {"name": "only", "since": "unknown", "standing": "cited", "source": "s"})
    if "overlay" in rows and "adopt" not in rows:
        rows["adopt"] = [{**TABLES["adopt"], "since": "unknown", "standing": "cited", "source": "s"}]
    if "transition" in rows:
        rows["procedure"].append({"name": "newer", "since": "unknown", "standing": "cited", "source": "s"})
    head = {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": date(2026, 1, 1)}
    return RuleBook({"book": head, "source": [SOURCE], **rows})


@pytest.mark.parametrize("table", TABLES)
def test_each_bound_gives_two_days(table: str) -> None:
    """The day before and the day, at the beginning and at the end; all of them are as they should be."""
    found = edges(book(**{table: [TABLES[table]]}))
    days = ["2024-02-29, the day before", "2024-03-01, the day", "2024-12-31, the day before", "2025-01-01, the day"]
    assert [str(edge).rpartition(" on ")[2] for edge in found] == days
    assert {edge.table for edge in found} == {table}
    assert [edge.wrong() for edge in found] == [None] * 4


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("late", [1, -1])
def test_a_book_that_turns_on_another_day_is_told(monkeypatch: pytest.MonkeyPatch, table: str, late: int) -> None:
    """A day late, or a day early: each edge that meets something else says so."""
    made = book(**{table: [TABLES[table]]})
    reached = Bound.reached

    def moved(self: Bound, day: date) -> bool | None:
        return reached(self, date.fromordinal(day.toordinal() - late))

    monkeypatch.setattr(Bound, "reached", moved)
    made.__dict__["turns"] = tuple(date.fromordinal(turn.toordinal() + late) for turn in made.turns)
    wrong = [why for edge in edges(made) if (why := edge.wrong()) is not None]
    assert len(wrong) == 2
    assert all("where the rows of the book give" in why for why in wrong)


def test_a_rule_is_tested_at_each_of_its_steps() -> None:
    """At all to which it binds, or those for which the row speaks."""
    row = {"rule": "common.entity_usable"}
    both = edges(book(adopt=[row]))
    assert {edge.step for edge in both} == {"project.conclude_validation", "issuance.conclude_verification"}
    one = edges(book(adopt=[row | {"steps": ["project.conclude_validation"]}]))
    assert {edge.step for edge in one} == {"project.conclude_validation"}
    assert not [why for edge in (*both, *one) if (why := edge.wrong())]


def test_rows_that_follow_each_other() -> None:
    """The day before the second row the first one is judged, and at a bound that is not exact there is no edge."""
    rule = {"rule": "project.submit_pdd.documents"}
    found = edges(book(adopt=[rule, rule | {"since": UNTIL, "until": "unknown", "standing": "inferred"}]))
    assert not [why for edge in found if (why := edge.wrong())]
    loose = rule | {"since": {"after": date(2024, 3, 1), "by": date(2024, 6, 1)}, "until": "unknown"}
    assert edges(book(adopt=[loose])) == ()


def test_the_first_day_of_the_calendar_has_none_before() -> None:
    """No edge is made of it."""
    assert {edge.day for edge in edges(book(adopt=[TABLES["adopt"] | {"since": date.min}]))} == {
        date(2024, 12, 31),
        UNTIL,
    }


def test_the_bilateral_document_has_its_days_too() -> None:
    """Those of Mongolia begin on 8 January 2013."""
    found = [edge for edge in edges(books["MN"]) if edge.table == "bilateral"]
    assert [edge.day for edge in found] == [date(2013, 1, 7), date(2013, 1, 8)]


def test_a_measure_that_is_not_heeded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition that relaxes nothing does not do what the row says."""
    monkeypatch.setattr(Edition, "_measure", lambda *_: Measure(id="another", cites="x"))
    made = book(adopt=[TABLES["adopt"] | {"since": date(2020, 1, 1)}], overlay=[TABLES["overlay"]])
    wrong = [edge for edge in edges(made) if edge.wrong() is not None]
    assert {edge.table for edge in wrong} == {"overlay"}


def test_measures_that_overlap_are_each_heeded() -> None:
    """Two may relax one rule for some days; each begins and ends on its own."""
    adopt = [TABLES["adopt"] | {"since": date(2020, 1, 1)}]
    later = TABLES["overlay"] | {"id": "later", "since": date(2024, 9, 1), "until": date(2025, 6, 1)}
    found = [edge for edge in edges(book(adopt=adopt, overlay=[TABLES["overlay"], later])) if edge.table == "overlay"]
    assert (len(found), [why for edge in found if (why := edge.wrong())]) == (8, [])


def test_rows_tell_by_themselves_whether_they_hold() -> None:
    """What is expected of a day is read from the bounds, and not asked of the class that is tested."""
    row = Row(since=Bound(after=date(2024, 1, 1), by=date(2024, 2, 1)), standing=Standing.CITED)
    for day in (date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 31), date(2024, 2, 1)):
        assert _holds(row, day) == row.holds(day)
