"""The countries of the mechanism, and the names by which a record calls a side or a government."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from attrs import frozen

from jcm_cycle.parties import JAPAN
from jcm_cycle.record._table import quoted
from jcm_cycle.rules import books

__all__ = ["JAPAN", "Country", "codes", "countries", "government", "side", "unknown"]


@frozen(kw_only=True)
class Country:
    """A host country, or Japan.

    Attributes:
        code: two capital letters, such as MN.
        short_name: the name that records use, such as Mongolia.
        adjective: the plain English adjective, such as Mongolian; None where there is none to rely on.
    """

    code: str
    short_name: str
    adjective: str | None


@cache
def countries() -> Mapping[str, Country]:
    """Return the 32 host countries and Japan by code."""
    text = files("jcm_cycle.record").joinpath("data", "countries.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["code"]: Country(code=row["code"], short_name=row["short_name"], adjective=row["adjective"] or None)
            for row in csv.DictReader(text.splitlines())
        }
    )


def codes() -> frozenset[str]:
    """Return the codes that a record may name: the 32 host countries, Japan, and countries with an installed book."""
    return frozenset(countries()) | frozenset(books)


def unknown(code: str) -> str:
    """Return why a code names no country: the library does not know it, and no book that does is installed."""
    return f"No rule book for {quoted(code)} is installed, and it is no code that the library knows"


def side(name: str) -> str | None:
    """Return the code of the side that bears this short name, or None where no country bears it."""
    return _by_short_name().get(name)


def government(name: str) -> str | None:
    """Return the code of the country whose government this is: `Japanese`, `Viet Nam`; None where unknown."""
    return _by_short_name().get(name) or _by_adjective().get(name)


@cache
def _by_short_name() -> Mapping[str, str]:
    return {country.short_name: code for code, country in countries().items()}


@cache
def _by_adjective() -> Mapping[str, str]:
    return {country.adjective: code for code, country in countries().items() if country.adjective}
