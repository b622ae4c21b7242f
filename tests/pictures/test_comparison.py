"""All countries side by side: a row for each in every table, and in each cell what its book says on the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from jcm_cycle import RuleBook, books
from jcm_cycle._labels import LANGUAGES, label
from jcm_cycle.errors import LanguageUnknown
from jcm_cycle.pictures import comparison
from tests.pictures.conftest import as_the_site, written

ALL: Mapping[str, RuleBook] = {country: books[country] for country in books}
DAY = date(2026, 7, 1)


def tables(made: str) -> dict[str, dict[str, dict[str, str]]]:
    """Return every table by its heading: the cells of each country by their columns."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for part in made.split("\n## ")[1:]:
        heading, _, rest = part.partition("\n")
        rows = [line.strip("|").split("|") for line in rest.splitlines() if line.startswith("|")]
        head, body = [cell.strip() for cell in rows[0]], rows[2:]
        found[heading] = {row[0].split("`")[1]: dict(zip(head, map(str.strip, row), strict=True)) for row in body}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_row_in_every_table(lang: str) -> None:
    """In the order of the codes."""
    made = tables(comparison(ALL, DAY, lang))
    assert len(made) == 6
    assert all(list(rows) == list(ALL) for rows in made.values())


def test_cells_say_what_the_book_says() -> None:
    """Of Mongolia and of others, each read from its edition."""
    made = tables(comparison(ALL, DAY))
    mongolia = {key: rows["MN"] for key, rows in made.items()}
    assert mongolia["Countries"]["Bilateral document since"] == "2013-01-08"
    assert mongolia["Countries"]["Procedure"] == "RG 02.0"
    assert mongolia["Countries"]["Last review"] == str(books["MN"].head.reviewed_on)
    assert mongolia["Capabilities"]["idea note"] == "●"
    assert mongolia["Capabilities"]["provisional designation"] == "?"
    assert mongolia["Capabilities"]["safeguards"] == "–"
    assert mongolia["Form versions"]["`F_PDD`"] == "05.0"
    known = books["MN"].edition(DAY).value("project.public_inputs")
    assert known is not None
    assert mongolia["Values"]["public inputs on a project"] == f"{known.value}<br>*{known.standing}*"
    effects = {str(b.ground.effect) for b in books["MN"].edition(DAY).all_bindings}
    for effect in effects:
        count = sum(
            b.ground.effect == effect and b.rule.integrity is None for b in books["MN"].edition(DAY).all_bindings
        )
        assert mongolia["Rules by effect"][effect] == str(count)
    assert made["Countries"]["OM"]["Rules in force"] == "not known"
    assert made["Countries"]["TH"]["Special tracks"] == "`premium_tver`<br>`existing`"


def test_what_is_not_determined_on_the_day_is_a_question_mark() -> None:
    """A version with those it may have been; a value alone."""
    made = tables(comparison(ALL, date(2020, 1, 1)))
    assert made["Form versions"]["MN"]["`F_PDD`"] == "03.0 / 05.0 ?"
    assert made["Countries"]["MN"]["Procedure"].count("(perhaps)") == 3
    assert made["Values"]["OM"]["public inputs on a project"] == "?"
    assert made["Values"]["MN"]["check of an application for designation"] == "", "it has none"


def test_the_page_of_a_country_is_linked_where_it_lies() -> None:
    """And its name alone stands where there is none."""
    made = comparison(ALL, DAY, pages={"MN": "mn.md"})
    assert "| [Mongolia](mn.md) `MN` |" in made
    assert "| Chile `CL` |" in made


def test_what_an_author_writes_is_never_markup() -> None:
    """In the name of a country and of a procedure."""
    made = as_the_site(comparison({"ZZ": written("a <b>|x", name="c <i>|[y](http://z)")}, DAY))
    usual = as_the_site(comparison({"ZZ": written("a usual", name="c usual")}, DAY))
    assert made.tags == usual.tags
    assert "c <i>|[y](http://z)" in made.shown


def test_another_language_is_an_error() -> None:
    """Before anything is made."""
    with pytest.raises(LanguageUnknown):
        comparison(ALL, DAY, label("page", "none"))
