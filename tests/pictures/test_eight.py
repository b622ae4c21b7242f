"""The eight guideline documents of 2013, and the documents of a country that stand in their place."""

from __future__ import annotations

import pytest

from jcm_cycle import books
from jcm_cycle.pictures import guidelines, page, today
from jcm_cycle.pictures._eight import origin
from jcm_cycle.states import MACHINES


def keys(country: str, track: str | None = None) -> dict[str, list[str]]:
    """Return the sources of a book by the first key of the document that they are."""
    return {one.key: [row.key for row in rows] for one, rows in today(books[country].of_track(track)).items()}


def test_there_are_eight() -> None:
    """With the machines that each is about."""
    eight = [one for one in guidelines() if one.kind == "document"]
    assert len(eight) == 8
    assert all(machine in MACHINES for one in guidelines() for machine in one.machines)
    assert origin() == ("Presentation of the mechanism of 2013, with its eight guideline documents", "cited")
    assert [one.name() for one in eight][:2] == ["Rules of Implementation", "Project Cycle Procedure"]


def test_each_has_the_documents_of_the_country() -> None:
    """All eight of Indonesia, each in its newest version that the book has."""
    found = keys("ID")
    assert [found[key] for key in ("RoI", "PCP", "glossary", "TPE", "RoP", "PM", "PDD", "VV")] == [
        ["RoI"], ["PCP"], ["Glossary"], ["TPE"], ["RoP"], ["PM"], ["PDD"], ["VV"]
    ]  # fmt: skip
    assert found["registry"] == ["registry", "registry-01"]


def test_several_versions_and_several_in_one_are_all_there() -> None:
    """Mongolia has older versions of some, and by now one document for all."""
    found = keys("MN")
    assert found["RoI"] == ["RoI-01", "RoI"]
    assert found["TPE"] == ["TPE-01", "TPE"]
    assert found["RG"] == ["RG"]
    assert found["PM"] == []


@pytest.mark.parametrize(("country", "key", "wrong"), [("ET", "TPE", "TPE"), ("MN", "PCP", "PCP-ID")])
def test_what_only_looks_like_one_is_none(country: str, key: str, wrong: str) -> None:
    """A list of entities, or a document of another country or of none in particular."""
    assert wrong in books[country].sources
    assert wrong not in keys(country)[key]


def test_those_of_a_track_are_its_own() -> None:
    """Carbon capture has two guidelines of its own."""
    found = keys("ID", "ccs_ccus")
    assert found["PM"] == ["PM-CCS"]
    assert found["RoI"] == ["RoI"]


def test_the_page_says_which_were_not_seen() -> None:
    """Each of the eight has a line, those that came later only where the country has one."""
    part = page(books["CL"]).partition("## The eight documents of 2013 and today's")[2].partition("\n## ")[0]
    assert part.count("| 2013 |") == 8
    assert part.count("none seen |") == 8
    assert "| later |" not in part
