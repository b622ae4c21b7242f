"""A book among others: plug-ins, unknown countries, and the procedure to which a case is pinned."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from jcm_cycle import UNKNOWN_DAY, Between, Case, RuleBook, RuleBooks, books, project
from jcm_cycle.errors import BookError, EvidenceError, NoRuleBook, NoRuleInForce, ProcedureUnknown

# --- books by country


class Plugged:
    """Entry points as distributions bring them."""

    def __init__(self, points: dict[str, Any]) -> None:
        self.points = points
        self.asked: list[str] = []
        self.loaded: list[str] = []

    def __call__(self, *, group: str) -> list[Any]:
        """Return the entry points of a group."""
        self.asked.append(group)
        return [self.point(name, gives) for name, gives in self.points.items()]

    def point(self, name: str, gives: Any) -> Any:
        """Return one entry point that gives what a test says, or raises it."""
        plugged = self

        class Point(EntryPoint):
            def load(self) -> Any:
                def book() -> Any:
                    plugged.loaded.append(name)
                    if isinstance(gives, Exception):
                        raise gives
                    return gives

                return book

        return Point(name, f"zz_rules.{name.lower()}:book", "jcm_cycle.books")


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that installs entry points."""

    def install(**points: Any) -> Plugged:
        found = Plugged(points)
        monkeypatch.setattr("importlib.metadata.entry_points", found)
        monkeypatch.setattr("jcm_cycle.rules._installed.names", lambda: None)
        return found

    return install


def test_a_plug_in_brings_the_book_of_its_country(world: Any, plug: Any) -> None:
    """By the group that the built-in countries use; it is read when it is first asked for, and once."""
    plugged = plug(ZZ=world.book(), YY=ValueError())
    installed = RuleBooks()
    assert list(installed) == ["YY", "ZZ"]
    assert len(installed) == 2
    assert plugged.loaded == []
    assert installed["ZZ"] is world.book()
    assert installed["ZZ"] is world.book()
    assert plugged.loaded == ["ZZ"]
    assert plugged.asked == ["jcm_cycle.books"]


def test_a_country_without_a_book_is_an_error_that_lists_the_others(world: Any, plug: Any) -> None:
    """Or none, where there are no others."""
    plug(ZZ=world.book(), YY=world.book())
    with pytest.raises(NoRuleBook) as error:
        RuleBooks()["XX"]
    assert str(error.value) == "There is no rule book for 'XX'. Books are installed for YY, ZZ."
    with pytest.raises(NoRuleBook, match="Books are installed for no country"):
        RuleBooks({})["XX"]


def test_asking_whether_there_is_a_book_reads_none_and_raises_nothing(world: Any, plug: Any) -> None:
    """As with any mapping; a broken plug-in is there all the same."""
    plugged = plug(ZZ=world.book(), YY=ValueError())
    installed = RuleBooks()
    assert "ZZ" in installed
    assert "YY" in installed
    assert "XX" not in installed
    assert plugged.loaded == []
    assert installed.get("XX") is None
    assert installed.get("XX", world.book()) is world.book()
    assert installed.get("ZZ") is world.book()
    assert installed.get_or_none("XX") is None
    assert installed.get_or_none("ZZ") is world.book()


def test_a_plug_in_that_fails_is_named(plug: Any) -> None:
    """With its error, and what to do about it; the next time it is tried again."""
    plugged = plug(YY=ZeroDivisionError("no days"))
    installed = RuleBooks()
    for _ in range(2):
        with pytest.raises(BookError) as error:
            installed["YY"]
        assert str(error.value) == (
            "The plug-in 'zz_rules.yy:book' for YY failed: ZeroDivisionError: no days. "
            "Mend or remove the distribution that brings it."
        )
    assert plugged.loaded == ["YY", "YY"]
    with pytest.raises(BookError):
        installed.get_or_none("YY")


def test_a_broken_book_of_a_plug_in_names_its_own_place(plug: Any) -> None:
    """File, table and key are more than the name of the plug-in."""
    broken = BookError("no rule has the id 'x'.", table="[[adopt]] 3", key="rule", file="yy/book.toml", line=7)
    plug(YY=broken)
    with pytest.raises(BookError) as error:
        RuleBooks()["YY"]
    assert error.value is broken


@pytest.mark.parametrize("gives", [None, "book.toml", "ZZ"])
def test_a_plug_in_gives_the_book_of_its_country(world: Any, plug: Any, gives: Any) -> None:
    """Neither something else nor the book of another country."""
    plug(YY=world.book() if gives == "ZZ" else gives)
    with pytest.raises(BookError, match=r"not the book of YY\. Let it return a RuleBook of that country"):
        RuleBooks()["YY"]


def test_books_that_are_given_need_no_plug_ins(world: Any, plug: Any) -> None:
    """No entry point is looked at."""
    plugged = plug(YY=world.book())
    given = RuleBooks({"ZZ": world.book()})
    assert (list(given), len(given), given["ZZ"], "YY" in given) == (["ZZ"], 1, world.book(), False)
    assert plugged.asked == []


def test_the_built_in_countries_come_through_the_same_door() -> None:
    """Their books are entry points of the library's own distribution."""
    assert {"MN", "ID"} <= set(books)
    assert books["MN"].country == "MN"


# --- a direct question


def test_a_direct_question_about_days_without_rules_raises(world: Any) -> None:
    """Before the bilateral document, and from the day of a known end of it on."""
    book = world.book(bilateral={"until": date(2030, 1, 1)})
    assert book.on(date(2020, 1, 1)) is book.edition(date(2020, 1, 1))
    assert book.on(date(2029, 12, 31)) is book.edition(date(2029, 12, 31))
    with pytest.raises(NoRuleInForce) as error:
        book.on(date(2019, 12, 31))
    assert str(error.value) == (
        "Synthetia had no rule in force on 2019-12-31: the day lies before the bilateral document (2020-01-01). "
        "Ask about a day on which it holds."
    )
    with pytest.raises(NoRuleInForce, match=r"after the end of the bilateral document \(2030-01-01\)"):
        book.on(date(2030, 1, 1))
    assert world.book(bilateral={"until": "unknown"}).on(date(2050, 1, 1))


@pytest.mark.parametrize("wrong", [None, "2024-05-01", 2024, [], datetime(2024, 5, 1, tzinfo=UTC)])
def test_a_direct_question_about_what_is_no_day_is_refused(world: Any, wrong: Any) -> None:
    """A text is none, nor is a day with a time."""
    with pytest.raises(EvidenceError, match="is not a day"):
        world.book().on(wrong)


# --- the procedure of a case


def pinned(world: Any, **rows: Any) -> RuleBook:
    """Return the book with other days for its procedures; those not named are taken out."""
    names = ("plain", "full", "trial", "dark")
    capabilities = [row for row in world._data["capability"] if row["procedure"] in rows]
    book: RuleBook = world.book(procedure={name: rows.get(name) for name in names}, capability=capabilities)
    return book


def test_one_procedure_that_surely_holds_is_the_one(world: Any) -> None:
    """On the day on which it begins, with the value of each capability that the book gives."""
    book = pinned(world, plain={"until": date(2024, 6, 1)}, full={"since": date(2024, 6, 1)})
    assert book.pin(date(2024, 5, 31))[0] == "plain"
    name, capabilities = book.pin(date(2024, 6, 1))
    assert name == "full"
    assert capabilities == dict.fromkeys(
        (
            "idea_note",
            "reference_emissions",
            "credit_allocation",
            "implementation_report",
            "crediting_period",
            "sd_plan",
        ),
        "yes",
    )


@pytest.mark.parametrize(
    "rows",
    [
        {"plain": {"until": "unknown"}, "full": {"since": "unknown"}},
        {"plain": {}, "full": {"since": "unknown"}},
        {"plain": {}, "full": {}},
    ],
)
def test_where_the_book_cannot_tell_the_opener_names_the_procedure(world: Any, rows: dict[str, Any]) -> None:
    """The error lists the candidates, and each of them may be named."""
    book = pinned(world, **rows)
    day = date(2024, 5, 1)
    with pytest.raises(ProcedureUnknown) as error:
        Case.open(project, "case-1", on=day, rules=book)
    assert error.value.candidates == ("plain", "full")
    assert str(error.value) == (
        "The book of Synthetia does not know which procedure applied on 2024-05-01. "
        "Name the procedure, one of 'plain', 'full'."
    )
    for name in error.value.candidates:
        case = Case.open(project, "case-1", on=day, rules=book, procedure=name).case
        assert case.procedure.name == name
        assert case.capabilities["idea_note"] == {"plain": "no", "full": "yes"}[name]
        assert case.capabilities["loss_event"] == "unknown"


def test_one_procedure_of_which_nobody_knows_whether_it_had_begun_must_be_named(world: Any) -> None:
    """That there is only one does not make it certain."""
    book = pinned(world, full={"since": {"after": date(2024, 1, 1), "by": date(2024, 12, 1)}})
    with pytest.raises(ProcedureUnknown) as error:
        book.pin(date(2024, 5, 1))
    assert error.value.candidates == ("full",)
    assert book.pin(date(2024, 5, 1), "full")[0] == "full"
    assert book.pin(date(2024, 12, 1))[0] == "full"


def test_a_procedure_that_was_not_in_force_cannot_be_named(world: Any) -> None:
    """The error lists those that were, or says that none was."""
    book = pinned(world, plain={}, full={"since": date(2025, 1, 1)})
    with pytest.raises(ProcedureUnknown) as error:
        book.pin(date(2024, 5, 1), "full")
    assert str(error.value) == "Synthetia had no procedure 'full' on 2024-05-01. Candidates are plain."
    with pytest.raises(ProcedureUnknown, match="had no procedure 'PCP 9' on 2024-05-01"):
        book.pin(date(2024, 5, 1), "PCP 9")
    with pytest.raises(ProcedureUnknown) as error:
        book.pin(date(2020, 5, 1), "full")
    assert error.value.candidates == ()


def test_before_the_first_procedure_no_case_is_opened(world: Any) -> None:
    """Waiting helps, and the error says so."""
    with pytest.raises(ProcedureUnknown) as error:
        pinned(world, full={}).pin(date(2020, 12, 31))
    assert (error.value.candidates, error.value.cure) == ((), "Open the case on a later day.")


def test_a_case_is_opened_under_a_book_on_an_exact_day(world: Any) -> None:
    """A rough day picks no procedure; without a book it may be rough, and everything is unknown."""
    with pytest.raises(EvidenceError, match="on an exact day"):
        Case.open(project, "case-1", on=UNKNOWN_DAY, rules=world.book(), procedure="full")
    case = Case.open(project, "case-1", on=UNKNOWN_DAY, country="ZZ").case
    assert case.procedure.name is None
    assert set(case.capabilities.values()) == {"unknown"}


def test_a_book_may_know_no_bilateral_document() -> None:
    """Then no day lies before it, and what is in force is told by the procedures alone."""
    head = {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": date(2026, 11, 27)}
    book = RuleBook({"book": head})
    assert book.bilateral is None
    assert book.on(date(1990, 1, 1)).rules_in_force is False
    open_ = {"name": "one", "since": "unknown", "cites": "no text found", "standing": "unknown"}
    assert RuleBook({"book": head, "procedure": [open_]}).on(date(1990, 1, 1)).rules_in_force is None


def test_a_book_may_know_roughly_when_an_entity_was_designated() -> None:
    """A stretch is the day as it is known; scopes for verification alone stand apart."""
    head = {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": date(2026, 11, 27)}
    row = {"number": "TPE-ZZ-001", "name": "Synthetic Ltd.", "scopes": [1, 2], "cites": "list", "standing": "unknown"}
    rough = {**row, "since": {"after": date(2020, 1, 1), "by": date(2020, 6, 1)}}
    open_ = {**row, "number": "TPE-ZZ-002", "since": "unknown", "until": date(2022, 1, 1), "verification_scopes": [3]}
    first, second, third = RuleBook({"book": head, "entity": [rough, open_]}).designations
    assert (first.since, first.withdrawn, first.role) == (Between(date(2020, 1, 2), date(2020, 6, 1)), None, None)
    assert (second.since, second.withdrawn, second.role, second.scopes) == (
        UNKNOWN_DAY, date(2022, 1, 1), "validation", (1, 2)
    )  # fmt: skip
    assert (third.role, third.scopes) == ("verification", (3,))
