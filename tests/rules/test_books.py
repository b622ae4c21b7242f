"""What holds for every book that comes with the library: each row is founded, dated, and no better than its source."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from jcm_cycle import Case, RuleBook, Standing, books, project, register
from jcm_cycle.errors import NoRuleInForce
from jcm_cycle.findings import Effect
from jcm_cycle.rules import builtin, rules
from jcm_cycle.rules._rows import TABLES, OpenPoint, Row
from jcm_cycle.states import MACHINES

NAMED = (
    "name",
    "procedure",
    "id",
    "rule",
    "stem",
    "version",
    "of",
    "text",
    "value",
    "older",
    "newer",
    "moves",
    "effect",
)
"""The keys by which a row is named, and those that say what it says."""
BEFORE = -timedelta(days=1)
WAY = (
    "submit_pdd",
    "publish_pdd",
    "close_public_inputs",
    "conclude_validation",
    "request_registration",
    "acknowledge_request",
    "check_request",
    "decide_registration",
)
FOLDERS = {"BD": "bangladesh", "ET": "ethiopia", "ID": "indonesia", "MN": "mongolia"}
"""The books that were written row by row, each with a table of what its rows say beside these tests."""
OWN = {
    "th.project.submit_pdd.existing_member": ("TH", "existing"),
    "vn.project.submit_pdd.translation": ("VN", None),
    "vn.tpe.complete_application.one_request": ("VN", None),
    "vn.transfer.record_authorisation.after_issuance": ("VN", None),
    "vn.transfer.record_first_transfer.not_revoked": ("VN", None),
}
"""The rules of one country alone, each with the book that adopts it."""
ALL = [(code, track) for code in books for track in (None, *(row.name for row in books[code].rows["track"]))]


@pytest.fixture(params=ALL, ids=lambda one: "-".join(filter(None, one)))
def book(request: Any) -> RuleBook:
    """Return each book that comes with the library, those of special tracks among them."""
    code, track = request.param
    return books[code].of_track(track)


def rows(book: RuleBook) -> list[Any]:
    """Return every row of a book, the bilateral document among them."""
    return [book.bilateral, *(row for found in book.rows.values() for row in found)]


def test_every_book_of_the_library_is_looked_at() -> None:
    """None comes or goes without these tests; each is that of its country."""
    assert {**builtin.FOLDERS, **FOLDERS} == builtin.FOLDERS
    assert set(builtin.FOLDERS) == set(books)
    for country, folder in builtin.FOLDERS.items():
        book = books[country]
        assert (book.country, book.head.name.lower().replace(" ", "_"), book.track) == (country, folder, None)
        assert book.head.reviewed_on is not None


def test_every_rule_of_one_country_alone_is_adopted_there() -> None:
    """And bears its code; nothing else is defined that no machine and no country has."""
    assert {name for name in rules() if name.split(".")[0] not in (*MACHINES, "common", "zz", "example")} >= set(OWN)
    assert all(name.startswith(f"{country.lower()}.") for name, (country, _) in OWN.items())


def test_every_row_says_where_it_comes_from(book: RuleBook) -> None:
    """Each row has a standing, and a source or a place in words; only open points, sources and labels need none."""
    for row in rows(book):
        if isinstance(row, OpenPoint):
            continue
        assert isinstance(row.standing, Standing)
        if isinstance(row, Row) or type(row) is TABLES["capability"]:
            assert row.cites, row


def test_what_is_only_known_in_general_is_never_founded_on_more(book: RuleBook) -> None:
    """A row that cites general knowledge is assumed, and one for which no text was found is unknown."""
    for row in rows(book):
        cites = getattr(row, "cites", None) or ""
        if cites.startswith("general knowledge"):
            assert row.standing is Standing.ASSUMED, row
        if cites.startswith("no text found"):
            assert row.standing is Standing.UNKNOWN, row


def test_a_rule_that_blocks_as_cited_was_read_in_a_source_of_its_own(book: RuleBook) -> None:
    """No rule is cited on a secondary source, on another country's, or on one whose country is not known."""
    for row in book.rows["adopt"]:
        if row.standing is Standing.CITED and rules()[row.rule].ceiling is Effect.BLOCKS:
            source = book.sources[row.source]
            assert source.kind in ("primary", "official_summary")
            assert source.about in ("all", book.country)
            assert source.url


def test_what_was_read_of_another_country_is_inferred_at_best(book: RuleBook) -> None:
    """No rule or value is cited on a source about another country, but for the Japanese side's own gates."""
    for row in rows(book):
        source = book.sources.get(getattr(row, "source", None) or "")
        if source is not None and source.about not in ("all", book.country):
            assert row.standing is not Standing.CITED or (row.table == "gate" and source.about == "JP")


def test_every_source_is_used_or_says_when_something_happened(book: RuleBook) -> None:
    """A source on which no row rests is there for its day, and none is named twice."""
    keys = [source.key for source in book.rows["source"]]
    assert len(set(keys)) == len(keys)
    used = {getattr(row, "source", None) for row in rows(book)}
    for source in book.rows["source"]:
        assert source.key in used or source.adopted is not None or source.note, source.key


def test_every_rule_there_is_but_those_of_integrity_is_adopted(book: RuleBook) -> None:
    """The book speaks of each rule of the core and of its country, and leaves the rules of integrity alone."""
    adopted = {row.rule for row in book.rows["adopt"]}
    common = {rule.id for rule in rules().values() if rule.id.split(".")[0] in (*MACHINES, "common")}
    own = {name for name, where in OWN.items() if where == (book.country, book.track)}
    known = {name for name in common | own if rules()[name].integrity is None}
    assert adopted <= known if book.track == "premium_tver" else adopted == known  # its cycle is a national one


def said(row: Any) -> str:
    """Return what one row says, without its words: table, name, value, standing, bounds, source."""
    what = [str(getattr(row, name)) for name in NAMED if getattr(row, name, None) is not None]
    for name in ("names", "steps", "states"):
        what += getattr(row, name, None) or ()
    for name in ("number", "scopes", "verification_scopes", "accredited_until"):
        what += [f"{name} {getattr(row, name)}"] if getattr(row, name, None) else []
    bounds = [f"since {row.since}"] if hasattr(row, "since") else []
    bounds += [f"until {row.until}"] if getattr(row, "until", None) else []
    parts = [row.table, *what, str(row.standing), *bounds, *([row.source] if row.source else [])]
    return " | ".join(parts)


@pytest.mark.parametrize("country", FOLDERS)
def test_every_row_says_what_the_table_beside_this_test_says(country: str) -> None:
    """No row comes, goes or changes its value, standing, bounds or source without somebody changing the table."""
    book = books[country]
    found = [said(row) for row in rows(book) if row.table not in ("source", "open_point")]
    table = Path(__file__).parent / FOLDERS[book.country] / "rows.txt"
    kept = table.read_text(encoding="utf-8").splitlines()
    assert found == [line for line in kept if line and not line.startswith("#")]


def test_each_exactly_dated_row_begins_on_its_day(book: RuleBook) -> None:
    """A row whose first day is known does not hold on the day before, and does, or may, on the day."""
    dated = [row for row in rows(book) if isinstance(row, Row) and row.since.on is not None]
    assert dated
    for row in dated:
        assert row.holds(row.since.on + BEFORE) is False
        assert row.holds(row.since.on) is not False


def test_each_exact_end_is_the_first_day_on_which_a_row_no_longer_holds(book: RuleBook) -> None:
    """A row whose end is known may hold on the day before it, and does not on the day."""
    for row in rows(book):
        if isinstance(row, Row) and row.until and row.until.on:
            assert row.holds(row.until.on + BEFORE) is not False
            assert row.holds(row.until.on) is False


def test_there_were_no_rules_before_the_bilateral_document(book: RuleBook) -> None:
    """A direct question about the day before the signature is an error; on the day it has an answer."""
    assert book.bilateral is not None
    signed = book.bilateral.since.on
    if signed is None:  # nobody knows it, so that no day lies before it
        assert book.on(date(2000, 1, 1)).rules_in_force is None
        return
    with pytest.raises(NoRuleInForce, match=f"{book.head.name} had no rule in force on {signed + BEFORE}"):
        book.on(signed + BEFORE)
    assert book.on(signed).rules_in_force is not True


def test_a_project_can_go_its_way(book: RuleBook, world: Any) -> None:
    """Under every book good papers bring a synthetic project to registration; nothing unknown stands in the way."""
    start = next(day for day in (world.opened, date(2026, 7, 1)) if any(
        row.holds(day) is not False for row in book.rows["procedure"]
    ))  # fmt: skip
    names = [row.name for row in book.rows["procedure"] if row.holds(start) is not False]
    known = register.facts(
        register.Designation(country=book.country, entity="Example Entity", scopes=(1,), since=date(2021, 1, 1)),
        register.Approval(methodology="ZZ_AM001 Ver1.0", approved_on=date(2022, 1, 1)),
        register.Clearance(country=book.country, reference="ZZ_PIN001", on=date(2022, 1, 10)),
        complete=("numbers",),
    )
    number = f"{book.country}099"
    decided = {"cases": (number,), "decided_on": world.day("decide_registration", start)}
    given: dict[str, Any] = {"publish_pdd": {"reference": number}, "decide_registration": decided}
    for name in names:
        case: Case[Any] = Case.open(project, "case-1", on=start, rules=book, procedure=name).case
        for step in WAY:
            sure = book.edition(world.day(step, start)).rules_in_force
            why = {} if sure else {"common.rules_in_force": "synthetic"}
            act = world.act(step, on=world.day(step, start), **given.get(step, {}))
            answer = case.attempt(act, rules=book, register=known)
            if not answer and why and step in ("submit_pdd", "request_registration"):
                answer = case.attempt(attrs.evolve(act, despite=why), rules=book, register=known)
            assert answer, f"{name}: {answer}"
            case = answer.case
        assert case.state == "registered"


def test_open_points_are_sentences(book: RuleBook) -> None:
    """What was looked for and not found is said, and about what."""
    points = book.rows["open_point"]
    assert len(points) > (1 if book.track else 9)
    assert all(point.about and point.text.endswith(".") for point in points)
