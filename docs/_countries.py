"""Writes docs/countries/ from the rule books: a page for each country and language, its picture, and the comparison.

python docs/_countries.py
python docs/_countries.py --check     write nothing; exit with 1 where a page is not what its book says
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from jcm_cycle._labels import LANGUAGES, text
from jcm_cycle.pictures import MARK, comparison, page, timeline
from jcm_cycle.pictures._markup import code, inside, items, plain
from jcm_cycle.pictures._words import word
from jcm_cycle.rules import RuleBook, books

FOLDER = Path(__file__).with_name("countries")


def named(name: str, lang: str, ending: str = "md") -> str:
    """Return the name of a file in a language: `mn.md`, `mn.ja.md`."""
    return f"{name}.{ending}" if lang == "en" else f"{name}.{lang}.{ending}"


def pages() -> Iterator[tuple[str, str]]:
    """Yield every file with what stands in it."""
    found = {country: books[country] for country in books}
    day = max(book.head.reviewed_on for book in found.values())
    for lang in LANGUAGES:
        yield named("index", lang), _overview(found, lang)
        links = {country: named(country.lower(), lang) for country in found}
        yield named("comparison", lang), _with_links(comparison(found, day, lang, pages=links), "comparison", lang)
        for country, book in found.items():
            name = country.lower()
            picture = named(name, lang, "svg")
            yield picture, timeline(book, lang)
            yield named(name, lang), _with_links(page(book, lang, picture=picture), name, lang)


def _with_links(made: str, name: str, lang: str) -> str:
    """Put the ways to the other language, to all countries and to the comparison below the heading."""
    other = next(one for one in LANGUAGES if one != lang)
    ways = [inside(word("link_language", lang), named(name, other))]
    ways += [inside(word("link_overview", lang), named("index", lang))] if name != "index" else []
    ways += [inside(word("link_comparison", lang), named("comparison", lang))] if name != "comparison" else []
    head, mark, rest = made.split("\n\n", 2)
    return "\n\n".join((head, mark, " · ".join(ways), rest))


def _overview(found: dict[str, RuleBook], lang: str) -> str:
    listed = items(
        f"{inside(text(book.head.name, lang), named(country.lower(), lang))} {code(country)}"
        for country, book in found.items()
    )
    mark = f"{MARK} of each country. -->"
    parts = [f"# {plain(word('overview', lang))}", mark, word("overview_intro", lang), listed]
    return _with_links("\n\n".join(parts) + "\n", "index", lang)


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; return the exit code."""
    made = dict(pages())
    there = {path.name: path for path in FOLDER.glob("*") if path.is_file()}
    wrong = [
        name
        for name, text_made in made.items()
        if name not in there or there[name].read_text(encoding="utf-8") != text_made
    ]
    gone = sorted(there.keys() - made.keys())
    if "--check" in arguments:
        for name in sorted([*wrong, *gone]):
            sys.stdout.write(f"countries/{name} is not what the books say: run python docs/_countries.py\n")
        return 1 if wrong or gone else 0
    FOLDER.mkdir(exist_ok=True)
    for name in wrong:
        (FOLDER / name).write_text(made[name], encoding="utf-8")
    for name in gone:
        there[name].unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
