"""Lint reads the code of rules and runs none of it: a clock, I/O, chance, memory, and a sense that changed silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_cycle import books, lint
from jcm_cycle.rules import LintFinding, rules
from jcm_cycle.rules._lint_accept import accept_all
from jcm_cycle.rules._lint_sense import NAME, fingerprint, recorded
from jcm_cycle.rules._lint_source import file_of, parsed, written_in
from jcm_cycle.rules._lint_where import Looked

BOOK = """\
[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2026-01-15

[[adopt]]
rule = "zz.project.submit_pdd.synthetic"
since = 2024-01-01
cites = "general knowledge"
standing = "assumed"
"""
HEAD = """\
import datetime as dt
import os
import random
import time as clock
from datetime import date, datetime
from pathlib import Path
from time import *

from jcm_cycle import books, require, rule
from jcm_cycle.states import project

LIMIT = 30
SEEN = []
TODAY = date.today()
raise SystemExit("this code runs")


def helper(days):
    return days + other(days)


def other(days):
    {other}
    return days


@rule("zz.project.submit_pdd.synthetic", on=project.submit_pdd, revision=2)
def synthetic(act, case, edition):
    '''The synthetic demand
    is met.

    A remark.
    '''
    {code}
    return require(act.on.year > LIMIT, day=act.on)
"""


def written(folder: Path, code: str = "pass", other: str = "pass", *, accept: bool = True) -> Path:
    """Write a book with one rule of its own, record its sense, and return the file of the book."""
    file = folder / "book.toml"
    file.write_text(BOOK, encoding="utf-8")
    (folder / "rules.py").write_text(HEAD.replace("{code}", code).replace("{other}", other), encoding="utf-8")
    (folder / NAME).unlink(missing_ok=True)
    if accept:
        accept_all(Looked((file,), ()))
    return file


IMPURE = {
    "now = date.today()": "reads a clock",
    "now = datetime.now()": "reads a clock",
    "now = dt.datetime.now(dt.UTC)": "reads a clock",
    "now = act.on.today()": "reads a clock",
    "now = clock.time()": "reads a clock",
    "now = clock.monotonic": "reads a clock",
    "now = monotonic()": "reads a clock",
    "now = list(map(date.today, []))": "reads a clock",
    "now = TODAY": "reads a clock",
    "text = open('x')": "does I/O",
    "text = Path('x')": "does I/O",
    "text = act.file.read_text()": "does I/O",
    "home = os.environ['HOME']": "does I/O",
    "print(act)": "does I/O",
    "book = books['MN']": "does I/O",
    "import requests; requests.get('x')": "does I/O",
    "from urllib.request import urlopen; urlopen('x')": "does I/O",
    "eval('1')": "runs other code",
    "luck = random.random()": "depends on chance",
    "global LIMIT; LIMIT = 3": "keeps something between two calls",
    "SEEN.append(act)": "keeps something between two calls",
    "SEEN[0] = act": "keeps something between two calls",
    "del SEEN[0]": "keeps something between two calls",
    "books.last = act": "keeps something between two calls",
    "globals()": "keeps something between two calls",
}


@pytest.mark.parametrize("code", IMPURE)
def test_a_rule_that_asks_anything_but_its_arguments_is_told(tmp_path: Path, code: str) -> None:
    """With the line of its module, where it stands there."""
    found = lint(written(tmp_path, code))
    told = next(one for one in found if IMPURE[code] in one.why)
    assert {one.name for one in found} == {"impure-rule"}
    assert (told.file, told.table, told.key) == (str(tmp_path / "rules.py"), "", "zz.project.submit_pdd.synthetic")
    lines = (tmp_path / "rules.py").read_text(encoding="utf-8").split("\n")
    stands = "TODAY = date.today()" if code == "now = TODAY" else code
    assert lines[(told.line or 0) - 1].strip() == stands
    assert ("books.last" in code) is (len(found) == 2), found


@pytest.mark.parametrize("code", IMPURE)
def test_what_a_rule_leans_on_in_its_module_is_looked_at_too(tmp_path: Path, code: str) -> None:
    """Through as many functions as there are; and not where nothing of the rule leads there."""
    assert lint(written(tmp_path, other=code)) == ()
    assert {one.name for one in lint(written(tmp_path, "helper(1)", other=code))} == {"impure-rule"}


PURE = (
    "seen = []; seen.append(act)",
    "SEEN = {}; SEEN['x'] = 1",
    "day = act.on.replace(day=1); day.isoformat()",
    "designation = case.now; designation.today",
    "print = max; print(1, 2)",
    "limits = [LIMIT for LIMIT in (1, 2)]",
    "total = sum(x for x in SEEN)",
    "from urllib.parse import urlsplit; urlsplit('x')",
    "del act.x",
)


@pytest.mark.parametrize("code", PURE)
def test_what_asks_only_the_arguments_is_not_told(tmp_path: Path, code: str) -> None:
    """Names of its own are its own, whatever they are elsewhere."""
    assert lint(written(tmp_path, code)) == ()


def changed(folder: Path, *pairs: tuple[str, str]) -> tuple[LintFinding, ...]:
    """Change the code of the rule in places, and return what is told of it."""
    file = folder / "rules.py"
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return lint(folder / "book.toml")


SAME = (
    ("'''The synthetic demand\n    is met.", "'''The synthetic\n    demand is met."),
    ("A remark.", "Another remark."),
    ("def synthetic(act, case, edition):", "def synthetic(\n    act: object,\n    case,\n    edition,\n) -> object:"),
    ("return require(act.on.year > LIMIT, day=act.on)", "return (require(act.on.year  >  LIMIT, day=act.on))  # so"),
    ("def other(days):", "def unused():\n    pass\n\n\ndef other(days):"),
    ("    return days + other(days)", "    '''Return more.'''\n    return days + other(days)"),
    ("on=project.submit_pdd, revision=2", "revision=2, on=project.submit_pdd"),
)
OTHER = (
    ("The synthetic demand", "The other demand"),
    ("act.on.year >", "act.on.year >="),
    ("LIMIT = 30", "LIMIT = 31"),
    ("    return days\n", "    return days + 1\n"),
    ("on=project.submit_pdd", "on=project.revise_pdd"),
    ("revision=2", "revision=2, capability='sd_plan'"),
    ("day=act.on", "on=act.on"),
)


@pytest.mark.parametrize("pair", SAME)
def test_how_a_rule_is_laid_out_is_no_part_of_its_sense(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Nor are types, remarks, comments, and what it does not lean on."""
    written(tmp_path, "helper(1)")
    assert changed(tmp_path, pair) == ()


@pytest.mark.parametrize("pair", OTHER)
def test_a_rule_whose_sense_changed_has_another_revision(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Else it is told; with a new revision there is only something to record."""
    written(tmp_path, "helper(1)")
    (told,) = changed(tmp_path, pair)
    assert (told.name, told.level, told.key) == ("sense-changed", "error", "zz.project.submit_pdd.synthetic")
    assert "Raise its revision to 3" in told.cure
    assert accept_all(Looked((tmp_path / "book.toml",), ())).files == ()  # an error is not recorded away
    assert lint(tmp_path / "book.toml") == (told,)
    (told,) = changed(tmp_path, ("revision=2", "revision=3"))
    assert (told.name, told.level) == ("sense-not-recorded", "advice")
    assert accept_all(Looked((tmp_path / "book.toml",), ())).files == (tmp_path / NAME,)
    assert lint(tmp_path / "book.toml") == ()
    (told,) = changed(tmp_path, ("revision=3", "revision=2"))
    assert (told.name, told.cure) == ("sense-changed", "Raise the revision to 4.")


def test_the_revision_is_no_part_of_the_sense(tmp_path: Path) -> None:
    """The first may be left out, and a later one means the same where nothing else changed."""
    written(tmp_path)
    file = tmp_path / "rules.py"
    text = file.read_text(encoding="utf-8")
    found = set()
    for revision in (", revision=2", ", revision=1", ""):
        file.write_text(text.replace(", revision=2", revision), encoding="utf-8")
        (rule,) = written_in(file).values()
        found.add(fingerprint(rule))
    assert (len(found), rule.revision) == (1, 1)


def test_the_author_says_that_the_sense_is_the_same(tmp_path: Path) -> None:
    """Rule by rule, by name; a name that no rule has records nothing."""
    book = Looked((written(tmp_path, "helper(1)"),), ())
    assert changed(tmp_path, ("act.on.year > LIMIT", "LIMIT < act.on.year"))
    kept = (tmp_path / NAME).read_bytes()
    assert accept_all(book, ["zz.no_such_rule"]).unknown == ("zz.no_such_rule",)
    assert (tmp_path / NAME).read_bytes() == kept
    assert accept_all(book, ["zz.project.submit_pdd.synthetic"]).files == (tmp_path / NAME,)
    assert lint(tmp_path / "book.toml") == ()


def test_a_rule_of_which_nothing_is_recorded(tmp_path: Path) -> None:
    """It is advice to do so: the book is no worse for it."""
    (told,) = lint(written(tmp_path, accept=False))
    assert (told.name, told.level) == ("sense-not-recorded", "advice")


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("rules.py", "def rule(:\n", 1),
        (NAME, "[[rule", 1),
        (NAME, "rule = 5\n", None),
        (NAME, "[[rule]]\nid = 3\n", None),
    ],
)
def test_a_file_beside_the_book_that_cannot_be_read(tmp_path: Path, file: str, text: str, line: int | None) -> None:
    """It is told with its own place, and the book is looked at all the same."""
    book = written(tmp_path)
    (tmp_path / file).write_text(text, encoding="utf-8")
    book.write_text(BOOK.replace("cites", "# cites"), encoding="utf-8")
    found = lint(book)
    assert ("unreadable", str(tmp_path / file), line) in {(one.name, one.file, one.line) for one in found}
    assert "unsourced" in {one.name for one in found}
    assert len(found) == 2 + (file == "rules.py")  # a rule that cannot be read is no rule


def test_every_rule_of_the_library_is_recorded_and_pure() -> None:
    """Those of integrity, which no book adopts, among them; and nothing is recorded that is no rule."""
    for country in books:
        books[country].with_tracks()
    own = {name: file_of(made) for name, made in rules().items() if "jcm_cycle" in file_of(made).parts}
    for name, file in own.items():
        rule = written_in(file)[name]
        kept = recorded(file.parent)[name]
        assert (kept.revision, kept.fingerprint) == (rule.revision, fingerprint(rule)), (
            f"{name}: jcm-cycle lint --accept"
        )
        assert rule.revision == rules()[name].revision
    for folder in {file.parent for file in own.values()}:
        assert set(recorded(folder)) == {name for name, file in own.items() if file.parent == folder}


def test_a_module_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    """What was read before is kept by its text, and not by its name alone."""
    written(tmp_path)
    first = parsed(tmp_path / "rules.py")
    assert parsed(tmp_path / "rules.py") is first
    written(tmp_path, "x = 1")
    assert parsed(tmp_path / "rules.py") is not first


VALUE = """
[[value]]
id = "zz.days"
value = 3
since = 2024-01-01
cites = "general knowledge"
standing = "assumed"
"""


@pytest.mark.parametrize("read", ['values=("zz.days",)', "values=DAYS", "items=(DAY,)", 'values=("zz.hours", DAY)'])
def test_a_value_is_known_by_the_rule_beside_the_book_that_reads_it(tmp_path: Path, read: str) -> None:
    """Named where the rule is made, in place or by a constant of its module; no code of it is run."""
    file = written(tmp_path)
    file.write_text(BOOK + VALUE, encoding="utf-8")
    (unread,) = lint(file)
    assert (unread.name, unread.table, unread.key) == ("unknown-value", "[[value]] 1", "id")
    code = (tmp_path / "rules.py").read_text(encoding="utf-8").replace("revision=2", f"revision=2, {read}")
    code = code.replace("LIMIT = 30", 'LIMIT = 30\nDAY = "zz.days"\nDAYS = (DAY, "zz.hours")')
    (tmp_path / "rules.py").write_text(code, encoding="utf-8")
    accept_all(Looked((file,), ()), ("zz.project.submit_pdd.synthetic",))
    assert lint(file) == ()


def test_the_sentence_of_a_rule_beside_the_book_wants_a_translation(tmp_path: Path) -> None:
    """Read in its text, though none of its code is run."""
    file = written(tmp_path)
    lacking = [(one.name, one.table) for one in lint(file, lang="ja") if one.key == "rule"]
    assert lacking == [("missing-text", "[[adopt]] 1")]
    (tmp_path / "ja.toml").write_text(
        '"The synthetic demand is met." = "架空の要求が満たされている。"\n', encoding="utf-8"
    )
    assert [one for one in lint(file, lang="ja") if one.key == "rule"] == []
