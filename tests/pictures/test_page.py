"""The page of a country has every row of its book, with its source, standing and days, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from attrs import evolve
from hypothesis import example, given, settings, strategies as st

from jcm_cycle import RuleBook, books
from jcm_cycle._labels import LANGUAGES, label
from jcm_cycle.days import Bound
from jcm_cycle.errors import LanguageUnknown
from jcm_cycle.pictures import MARK, page
from jcm_cycle.pictures._markup import clean, plain, slug
from jcm_cycle.rules import rules
from jcm_cycle.rules._rows import Row
from tests.pictures.conftest import Read, as_others, as_the_site, written

READERS = pytest.mark.parametrize("read", [as_the_site, as_others])
SIGNS = st.text(st.sampled_from('ab1 `*_{}[]()#+-.!|~<>&"$^@=:/\\'), min_size=1, max_size=25).filter(clean)


@READERS
@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=settings.default.max_examples // 5)  # each makes a whole page
@given(text=SIGNS)
@example(text="</td><script src=http://x></script> [a](http://x)")
@example(text="```\nx\n```")
@example(text="| --- | <svg onload=x>")
def test_what_an_author_writes_is_never_markup(read: Callable[[str], Read], lang: str, text: str) -> None:
    """A page with it in every place has the same elements and links as one with a plain word there."""
    text = f"a {text}"  # not a single name, which would be set in the type of code
    made, usual = (read(page(written(one), lang, picture="picture.svg")) for one in (text, "a usual"))
    assert made.tags - usual.tags == {} == usual.tags - made.tags
    there = [f"#source-{slug(one)}" for one in (text, "a usual")]
    assert [unquote(link) for link in made.links] == [unquote(link).replace(*there[::-1]) for link in usual.links]
    assert made.shown.count(clean(text)) > usual.shown.count("a usual") - 5  # save where names are code


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    """The title stands there without it."""
    made = as_the_site(page(written("a title", url="javascript:alert(1)")))
    assert not [link for link in made.links if not link.startswith("#")]


@pytest.mark.parametrize("country", ["MN", "ID", "LA", "VN"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_of_the_book_is_on_the_page(country: str, lang: str) -> None:
    """Each source, rule, value, form, measure, gate, entity and open point, with the days between which it holds."""
    book, made = books[country], page(books[country], lang)
    cells = [line.strip("| ").split(" | ") for line in made.splitlines() if line.startswith("| ")]
    for row in book.rows["source"]:
        assert row.url is None or f"]({row.url.replace('|', '%7C')})" in made, row.key
    for table, name in (("adopt", "rule"), ("value", "id"), ("form", "stem"), ("overlay", "id"), ("gate", "id")):
        for row in book.rows[table]:
            told = f"`{getattr(row, name)}`"
            found = [cell for cell in cells if any(told in part for part in cell[:1])]
            assert found, told
            if isinstance(row, Row) and row.since.on is not None and row.since.on > date.min:
                assert any(row.since.on.isoformat() in part for cell in found for part in cell), told
            assert any(str(label("standing", row.standing, lang)) in cell for cell in found), told
    for row in book.rows["entity"]:
        assert any(plain(row.name) in cell for cell in cells)
    assert len(
        re.findall(r"^\* ", made.partition(f"## {label('page', 'open_points', lang)}\n")[2], re.MULTILINE)
    ) == len(book.rows["open_point"])


def test_a_rule_stands_at_each_of_its_steps() -> None:
    """And with each of its rows, where they follow each other."""
    made = page(books["MN"])
    rule = rules()["common.form_version_in_force"]
    rows = [row for row in books["MN"].rows["adopt"] if row.rule == rule.id]
    wanted = sum(row.steps is None or step in row.steps for row in rows for step in rule.steps)
    assert made.count(f"<br>`{rule.id}` |") == wanted


@pytest.mark.parametrize("country", ["MN", "ID", "PW", "VN"])
def test_a_rule_does_on_the_page_what_it_does_in_judging(country: str) -> None:
    """Its effect on the day of the page, where its row surely holds; where a measure relaxes it, that is told."""
    book = books[country]
    for day in (book.head.reviewed_on, date(2021, 12, 1)):
        parts = page(book, on=day).partition("## Rules by machine and step")[2].split("\n#### ")[1:]
        steps = {found[1]: part for part in parts if (found := re.search(r"`([\w.]+)` By:", part))}
        seen = 0
        for binding in book.edition(day).all_bindings:
            if binding.rule.integrity is not None or not binding.determined:
                continue
            rows = [
                line.split(" | ") for line in steps[binding.step].splitlines() if f"<br>`{binding.rule.id}` |" in line
            ]
            effects = [row[1] for row in rows if "on the day of this page" not in row[1]]
            if not binding.ground.relaxed:
                told = effects[0].partition("<br>")[0]
                assert [told, "relaxed" in effects[0]] == [str(binding.ground.effect), False], (binding.rule.id, day)
            else:
                assert all("<br>relaxed by a dated measure" in effect for effect in effects)
            seen += 1
        assert seen > 10


def test_a_rule_whose_effect_the_book_sets_says_why() -> None:
    """And does what the book says."""
    assert "advises<br>set by the book: a reason |" in page(written("a reason")).replace(
        "<br>relaxed by a dated measure", ""
    )


def test_what_is_not_known_is_told() -> None:
    """A bound by the stretch in which it lies, and a rule by whether it held on the day of the page."""
    made = page(books["MN"], on=date(2015, 1, 1))
    assert "| after 2016-08-23, by 2026-06-04 | after 2016-08-23, by 2026-06-04 |" in made
    assert "not on the day of this page" in made
    assert "not known whether on the day of this page" in made
    assert "| Procedure on 2015-01-01 | 2013 set |" in made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_within_the_page_leads_somewhere(lang: str) -> None:
    """To a heading or to a source."""
    made = page(books["TH"], lang)
    read = as_others(made)
    headings = {
        re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")
        for text in re.findall(r"^#+ (.*)$", made, re.MULTILINE)
    }
    there = headings | set(re.findall(r'<a id="([^"]+)"></a>', made))
    within = {link.removeprefix("#") for link in re.findall(r"\]\((#[^)]*)\)", made)}
    assert within <= there
    assert read.links


def test_a_new_source_and_a_first_end_change_their_own_lines_alone() -> None:
    """So that two pages, before and after, can be laid side by side."""
    book = written("a text")
    before = page(book).splitlines()
    source = evolve(book.rows["source"][0], key="A new one", title="new")
    book.rows["source"].insert(0, source)
    gate = book.rows["gate"][0]
    book.rows["gate"][0] = evolve(gate, until=Bound(date(2024, 9, 1)))
    after = page(book).splitlines()
    changed = [line for line in after if line not in before]
    assert [line.startswith("| **cited**") for line in changed].count(True) == 1  # how many rows there are
    others = [line for line in changed if not line.startswith("| **cited**")]
    assert len(others) == 2, others
    assert others[0].startswith('| <a id="source-a-new-one"></a>')
    assert "`gate`" in others[1]
    assert others[1].endswith("| 2024-01-01 | 2024-09-01 |")


def test_two_keys_that_are_written_almost_alike_have_two_places() -> None:
    """Each link leads to its own document."""
    book = written("a text")
    first = book.rows["source"][0]
    book.rows["source"] += [evolve(first, key=key) for key in ("A Text", "a-text", "a text!", "¡")]
    there = re.findall(r'<a id="(source-[^"]*)"></a>', page(book))
    assert len(set(there)) == len(there) == 5


def test_a_special_track_is_told_by_what_differs() -> None:
    """And one that has no book of its own says so."""
    made = page(books["ID"])
    assert "| source | `PDD-CCS` | – | JCM Guidelines for Developing PDD and Monitoring Report" in made
    assert "`RoI` |" not in made.partition("## Special tracks")[2]
    made = page(written("a"))
    assert "It has no book of its own" in made


@pytest.mark.parametrize("country", list(books))
def test_every_difference_of_a_track_is_told_in_the_words_of_the_page(country: str) -> None:
    """No side of one is empty, and two sides are never told alike, save where only the place in a source differs."""
    part = page(books[country], "ja").partition(f"## {label('page', 'tracks', 'ja')}\n")[2].partition("\n## ")[0]
    for line in part.splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            _, _, a, b = line.strip("| ").split(" | ")
            assert a != b, line
            assert a.strip()
            assert b.strip()


@pytest.mark.parametrize("country", ["TH", "KH"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_names_stand_in_the_type_of_code_where_a_track_differs(country: str, lang: str) -> None:
    """Words are in the language of the page: what a procedure is called, and between what a case passes."""
    part = page(books[country], lang).partition(f"## {label('page', 'tracks', lang)}\n")[2].partition("\n## ")[0]
    assert not [code for code in re.findall("`([^`]*)`", part) if " " in code]
    if lang == "ja":
        wanted = {
            "KH": "| 移行 | 従前の規則群→第6条対応の規則群 |",
            "TH": "| `waiver-2022`<br>緩和される規則: `issuance.",
        }
        assert wanted[country].removeprefix("| ") in part


def test_a_list_that_rules_read_is_in_japanese_on_a_japanese_page() -> None:
    """Its items by their names; in English as the book has them."""
    assert "| プロジェクト設計書様式、プロジェクトの説明、" in page(books["MN"], "ja")
    assert "| `pdd_form`, `project_description`, " in page(books["MN"])


def test_only_a_unit_that_has_a_plural_gets_one() -> None:
    """What else somebody counts stays as it is written."""
    assert "| 30 per cent |" in page(written("per cent"))
    assert "| 30 calendar days |" in page(written("calendar day"))


def test_a_form_is_called_as_the_country_calls_it() -> None:
    """By the label of the book, where it has one."""
    book = RuleBook(
        {
            "book": {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": date(2026, 1, 1)},
            "form": [{"stem": "F_NOTE", "version": "01.0", "since": date(2021, 1, 1), "standing": "cited"}],
            "label": [{"of": "F_NOTE", "text": "Notice of Start", "standing": "cited"}],
        }
    )
    assert "| Notice of Start `F_NOTE` |" in page(book)


def test_the_page_of_a_track_is_that_of_its_book() -> None:
    """With the rows that it takes over from the country's main book."""
    made = page(books["TH"].of_track("existing"))
    assert "| Special track | `existing` |" in made
    assert "PCP 03.0" in made


def test_a_page_is_the_same_whenever_and_wherever_it_is_made() -> None:
    """Whatever other books have been read before, or none."""
    script = "from jcm_cycle import books; from jcm_cycle.pictures import page; print(page(books['LA'], 'ja'), end='')"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert run.stdout.decode() == page(books["LA"], "ja")


def test_the_page_of_another_day_differs_only_where_it_says_so() -> None:
    """The tables are about all days; the diagrams and the numbers are those of the day."""
    one, other = page(books["MN"]), page(books["MN"], on=date(2016, 8, 23))
    assert "2016-08-23の" not in one
    assert one.partition("## Values")[2] == other.partition("## Values")[2]
    assert one != other


def test_the_head_counts_rows_and_rules() -> None:
    """As many as the book has."""
    book = books["MN"]
    made = page(book)
    cited = sum(getattr(row, "standing", None) == "cited" for rows in book.rows.values() for row in rows)
    assert f"| **cited** | read in the source given | blocks: the act is refused | {cited + 1} |" in made
    blocks = sum(
        binding.ground.effect == "blocks" and binding.rule.integrity is None
        for binding in book.edition(book.head.reviewed_on).all_bindings
    )
    assert f"blocks {blocks}," in made


def test_a_book_with_nothing_in_it_has_a_page() -> None:
    """Sections without content are left out."""
    book = RuleBook(
        {"book": {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": date(2026, 1, 1)}}
    )  # fmt: skip
    made = page(book)
    assert made.startswith(f"# Synthetia: the rules of the JCM\n\n{MARK} of ZZ")
    assert "## Values" not in made
    assert "none seen" in made


def test_a_rule_that_the_library_does_not_have_is_told() -> None:
    """It is adopted all the same, and cannot be judged."""
    book = written("a")
    book.rows["adopt"].append(evolve(book.rows["adopt"][0], rule="project.submit_pdd.elsewhere"))
    assert "## Rules that this library does not have" in page(book)
    assert "| `project.submit_pdd.elsewhere` | cited |" in page(book)


def test_another_language_is_an_error() -> None:
    """Before anything is made."""
    with pytest.raises(LanguageUnknown):
        page(books["MN"], "de")


def test_the_fixed_words_are_there_in_both_languages() -> None:
    """Nothing on the Japanese page is in English because a word of the page was forgotten."""
    folder = Path(__file__).parents[2] / "jcm_cycle" / "labels"
    en, ja = (tomllib.loads((folder / f"{lang}.toml").read_text(encoding="utf-8"))["page"] for lang in LANGUAGES)
    assert en.keys() == ja.keys()
    for key, words in en.items():
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(re.findall(r"\{\w+\}", ja[key])), key
    source = "".join(path.read_text(encoding="utf-8") for path in (folder.parent / "pictures").glob("*.py"))
    used = set(re.findall(r'word\(\s*"(\w+)"', source))
    assert used <= en.keys()


def test_a_document_of_the_eight_is_known_however_its_title_is_written() -> None:
    """Capitals do not matter."""
    told = [
        page(RuleBook(tomllib.loads(EIGHT.format(title=title))), on=date(2026, 1, 1))
        for title in ("Synthetic project cycle procedure", "Synthetic Project Cycle Procedure")
    ]
    assert [one.count("none seen") for one in told] == [told[0].count("none seen")] * 2
    assert told[0].replace("project cycle procedure", "Project Cycle Procedure") == told[1]


EIGHT = """
[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2026-01-01

[bilateral]
name = "Synthetic memorandum"
since = 2025-01-01
cites = "synthetic"
standing = "assumed"

[[source]]
key = "PCP"
title = "{title}"
kind = "primary"
about = "ZZ"
standing = "cited"
"""
