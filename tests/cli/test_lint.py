"""The command that tells what is wrong with rule books: a line each, one object for editors, and the exit code."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import books, lint
from jcm_cycle.rules._schema import SCHEMA

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "rules" / "lint"
ON = ("--on", "2026-06-01")
REVIEWED = ("--on", "2026-11-30")
RULE = """\
from datetime import date

from jcm_cycle import require, rule
from jcm_cycle.states import project


@rule("zz.project.submit_pdd.synthetic", on=project.submit_pdd)
def synthetic(act, case, edition):
    '''The day is known.'''
    return require(act.on)
"""
ADOPTED = """
[[adopt]]
rule = "zz.project.submit_pdd.synthetic"
since = 2021-01-01
cites = "section 1"
standing = "inferred"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the book of one country, which is clean."""
    text = (CORPUS / "before_bilateral.toml").read_text(encoding="utf-8").replace("2019-12-31", "2021-01-01")
    (tmp_path / "synthetia").mkdir()
    (tmp_path / "synthetia" / "book.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_one_line_a_finding(command: Any) -> None:
    """As compilers write it: file, line, name, what, and what to do; then the sum."""
    file = CORPUS / "gap.toml"
    (one,) = lint(file, on=date(2026, 6, 1))
    told = command("lint", file, *ON)
    assert (told.code, told.err, told.out) == (1, "", f"{one}\n1 error and 0 of advice in 1 book.\n")


def test_findings_for_editors(command: Any, fits: Any) -> None:
    """One object; nothing else is printed."""
    file = CORPUS / "unsourced_value.toml"
    told = command("lint", file, *ON, "--json")
    assert (told.code, told.err) == (1, "")
    fits("lint", told.data)
    assert told.data["findings"] == [one.json() for one in lint(file, on=date(2026, 6, 1))]
    told = command("lint", "MN", *REVIEWED, "--json")
    assert (told.code, told.data) == (0, {"schema": 1, "findings": []})


def test_every_installed_book(command: Any) -> None:
    """Where no book is named; all are clean on the day of their review."""
    told = command("lint", *REVIEWED)
    assert (told.code, told.err, told.out) == (0, "", f"Nothing to tell of {len(books)} books.\n")


def test_what_many_books_adopt_is_told_once(command: Any) -> None:
    """A day long after the review is told of each book, for it stands in each."""
    told = command("lint", "--on", "2028-01-01", "--json")
    files = [one["file"] for one in told.data["findings"]]
    assert {one["name"] for one in told.data["findings"]} == {"stale-review"}
    assert len(files) == len(set(files)) > len(books)


def test_a_country_a_file_and_a_folder(command: Any, folder: Path) -> None:
    """Each is a way to say which book; a folder is that of one country, or holds one for each."""
    for words in (folder, folder / "synthetia", folder / "synthetia" / "book.toml"):
        told = command("lint", words, *ON)
        assert (told.code, told.out) == (0, "Nothing to tell of 1 book.\n")
    shutil.copytree(folder / "synthetia", folder / "another")
    shutil.copy(CORPUS / "gap.toml", folder / "another" / "book.toml")
    (folder / "stray.toml").write_text("", encoding="utf-8")
    told = command("lint", folder, *ON, "--json")
    assert [(one["name"], Path(one["file"]).parent.name) for one in told.data["findings"]] == [
        ("unreadable", folder.name),
        ("gap", "another"),
    ]
    (folder / "empty").mkdir()
    told = command("lint", folder / "empty")
    assert (told.code, told.out) == (1, "")
    assert "holds no book." in told.err


def test_the_day_of_today_is_only_read_by_the_command(command: Any, folder: Path) -> None:
    """Without --on it is that of the clock; --days says how long a review lasts."""
    file = folder / "synthetia" / "book.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("reviewed_on = 2026-01-15", "reviewed_on = 1999-01-15"), encoding="utf-8")
    assert [one["name"] for one in command("lint", folder, "--json").data["findings"]] == ["stale-review"]
    assert command("lint", folder, "--on", "2021-06-01", "--days", "9999").code == 1  # it knows of 2021
    file.write_text(text, encoding="utf-8")
    assert command("lint", folder, "--on", "2027-01-15").code == 0
    late = command("lint", folder, "--on", "2027-01-16")
    assert (late.code, "stale-review (advice)" in late.out) == (0, True)  # the passing of time breaks no build
    assert command("lint", folder, "--on", "2027-01-16", "--days", "366").out == "Nothing to tell of 1 book.\n"
    assert command("lint", folder, "--on", "2026-01-14").code == 1


def test_words_of_another_language_are_advice(command: Any, folder: Path) -> None:
    """They are listed where they are asked for, and do not make the code 1."""
    told = command("lint", folder, *ON, "--lang", "ja")
    assert told.code == 0
    assert "missing-text (advice): [bilateral], key 'name': 'Synthetic memorandum' has no translation" in told.out
    told = command("lint", folder, *ON, "--lang", "fr")
    assert told.code > 0
    assert "LanguageUnknown: lang: 'fr' is no language of this library." in told.err


def test_a_rule_is_read_and_not_run_and_its_sense_recorded(command: Any, folder: Path) -> None:
    """The rules beside a book need not be installed; what is recorded is told."""
    book, rules = folder / "synthetia" / "book.toml", folder / "synthetia" / "rules.py"
    book.write_text(book.read_text(encoding="utf-8") + ADOPTED, encoding="utf-8")
    assert "unknown-rule" in command("lint", folder, *ON).out
    rules.write_text(f"raise SystemExit('this code runs')\n{RULE}", encoding="utf-8")
    told = command("lint", folder, *ON)
    assert (told.code, told.out.count("\n"), "sense-not-recorded (advice)" in told.out) == (0, 2, True)
    told = command("lint", folder, *ON, "--accept")
    assert told.out == f"recorded: {rules.parent / 'revisions.toml'}\nNothing to tell of 1 book.\n"
    rules.write_text(RULE.replace("act.on", "date.today()"), encoding="utf-8")
    told = command("lint", folder, *ON, "--accept")
    assert [line.split(": ")[1] for line in told.out.splitlines()[:-1]] == ["sense-changed", "impure-rule"]
    rules.write_text(RULE.replace("act.on", "act.on is not None"), encoding="utf-8")
    told = command("lint", folder, *ON, "--same-sense", "zz.project.submit_pdd.synthetic")
    assert (told.code, told.out.splitlines()[-1]) == (0, "Nothing to tell of 1 book.")
    told = command("lint", folder, *ON, "--same-sense", "zz.nothing")
    assert (told.code, told.out) == (2, "")
    assert "--same-sense: no rule of these books has the id 'zz.nothing'." in told.err


def test_what_cannot_be_written_is_told(command: Any, folder: Path) -> None:
    """Where a folder may not be written to, the error says so."""
    book = folder / "synthetia" / "book.toml"
    book.write_text(book.read_text(encoding="utf-8") + ADOPTED, encoding="utf-8")
    book.with_name("rules.py").write_text(RULE, encoding="utf-8")
    book.with_name("revisions.toml").mkdir()
    told = command("lint", folder, *ON, "--accept")
    assert told.code == 1
    assert "revisions.toml" in told.err


def test_the_schema(command: Any) -> None:
    """It is printed as it is shipped, whatever book is named."""
    told = command("lint", "--schema")
    assert (told.code, told.out) == (0, SCHEMA.read_text(encoding="utf-8"))
    assert json.loads(told.out)["title"] == "Rule book of jcm_cycle"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("XX",), "NoRuleBook: There is no rule book for 'XX'."),
        (("nowhere/book.toml",), "NoRuleBook: There is no rule book for 'nowhere/book.toml'."),
        (("MN", "--on", "soon"), "EvidenceError: 'soon' is not a day."),
    ],
)
def test_a_book_that_is_none(command: Any, words: tuple[str, ...], told: str) -> None:
    """It is misuse of the command, and no finding."""
    found = command("lint", *words)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(told)


def site(folder: Path, text: str, module: str) -> str:
    """Return a folder for the path with a distribution that brings books for ZZ and YY."""
    (folder / "book.toml").write_text(text, encoding="utf-8")
    (folder / "synthetic_books.py").write_text(module, encoding="utf-8")
    info = folder / "synthetic_books-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: synthetic-books\nVersion: 1.0\n", encoding="utf-8")
    points = "[jcm_cycle.books]\nZZ = synthetic_books:book\nYY = synthetic_books:fails\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    return str(folder)


def test_a_book_of_another_distribution(command: Any, tmp_path: Path) -> None:
    """A broken one is looked at to its end; a plug-in that fails is told, and harms no other."""
    text = (CORPUS / "gap.toml").read_text(encoding="utf-8") + "colour = 5\n\n[[value]]\nid = 5\n"
    module = (
        "from pathlib import Path\nfrom jcm_cycle import RuleBook\n"
        "def book(): return RuleBook.read(Path(__file__).with_name('book.toml'))\ndef fails(): raise ValueError\n"
    )
    path = site(tmp_path, text, module)
    told = command.alone("lint", "--json", *REVIEWED, PYTHONPATH=path)
    found = [(one["name"], Path(one["file"]).name) for one in told.data["findings"]]
    mistakes = ["unknown-key", "missing-key", "wrong-value"]
    assert sorted(found) == sorted([("unreadable", "YY"), *((name, "book.toml") for name in mistakes)])
    assert told.code == 1
    assert command.alone("lint", "ZZ", *REVIEWED, PYTHONPATH=path).out.count("book.toml:") == 3
