"""The countries of the mechanism and their names."""

from __future__ import annotations

import pytest

from jcm_cycle.record.countries import JAPAN, countries, government, side


def test_there_are_32_host_countries_and_japan() -> None:
    """Codes are two capital letters, and every country has a short name of its own."""
    known = countries()
    assert len(known) == 33
    assert JAPAN in known
    assert all(len(code) == 2 and code.isupper() and known[code].code == code for code in known)
    assert len({country.short_name for country in known.values()}) == 33


def test_no_adjective_means_two_countries() -> None:
    """An adjective leads to one government, or is not given at all."""
    adjectives = [country.adjective for country in countries().values() if country.adjective]
    assert len(adjectives) == len(set(adjectives))
    assert "" not in {country.adjective for country in countries().values()}


@pytest.mark.parametrize(
    ("name", "code"),
    [("Japanese", "JP"), ("Vietnamese", "VN"), ("Viet Nam", "VN"), ("Lao PDR", "LA"), ("Atlantean", None)],
)
def test_a_government_is_known_by_adjective_or_short_name(name: str, code: str | None) -> None:
    """Both forms that records use are understood, and no other."""
    assert government(name) == code


@pytest.mark.parametrize(("name", "code"), [("Mongolia", "MN"), ("Mongolian", None), ("mongolia", None)])
def test_a_side_is_known_by_its_short_name_only(name: str, code: str | None) -> None:
    """An adjective, or other spelling, names no side."""
    assert side(name) == code
