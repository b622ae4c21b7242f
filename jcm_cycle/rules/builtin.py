"""The rule books that come with the library: each a folder beside this module, read when it is asked for.

A folder holds `book.toml`, a file for each special track, and `rules.py` where the country has rules of its own.

Each is the attribute of its country's code, which is what its entry point names: `jcm_cycle.rules.builtin:KE`. They
come through the door that is open to every other distribution.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from jcm_cycle.rules._book import RuleBook

__all__ = ["FOLDERS"]

FOLDERS = {
    "AE": "united_arab_emirates",
    "AZ": "azerbaijan",
    "BD": "bangladesh",
    "CL": "chile",
    "CR": "costa_rica",
    "ET": "ethiopia",
    "GE": "georgia",
    "ID": "indonesia",
    "IN": "india",
    "KE": "kenya",
    "KG": "kyrgyz_republic",
    "KH": "cambodia",
    "KZ": "kazakhstan",
    "LA": "lao_pdr",
    "LK": "sri_lanka",
    "MD": "moldova",
    "MM": "myanmar",
    "MN": "mongolia",
    "MV": "maldives",
    "MX": "mexico",
    "OM": "oman",
    "PG": "papua_new_guinea",
    "PH": "philippines",
    "PW": "palau",
    "SA": "saudi_arabia",
    "SN": "senegal",
    "TH": "thailand",
    "TN": "tunisia",
    "TZ": "tanzania",
    "UA": "ukraine",
    "UZ": "uzbekistan",
    "VN": "viet_nam",
}
"""The folder of each country."""


_HERE = Path(__file__).parent


def _read(country: str) -> RuleBook:
    """Read the book of a country, after the rules that it alone has, where it has any."""
    folder = _HERE / FOLDERS[country]
    if (folder / "rules.py").exists():
        import_module(f"jcm_cycle.rules.{folder.name}.rules")
    return RuleBook.read(folder / "book.toml")


def __getattr__(name: str) -> Callable[[], RuleBook]:
    """Return what reads the book of a country."""
    if name not in FOLDERS:
        raise AttributeError(name)
    return partial(_read, name)
