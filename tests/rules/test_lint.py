"""Lint tells everything that is wrong with a book: a corpus of broken books, each with the one finding it causes.

On the head of each stands the name of what is found, with its level where that is advice, and `# here` on the line at
which it is.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import JCMCycleError, RuleBook, books, lint
from jcm_cycle.errors import BookError, EvidenceError, LanguageUnknown
from jcm_cycle.rules import LintFinding
from jcm_cycle.rules._lint_names import NAMES

HERE = Path(__file__).parent
CORPUS = [*sorted((HERE / "lint").glob("*.toml")), *sorted((HERE / "broken").glob("*.toml"))]
PACKAGE = HERE.parents[1] / "jcm_cycle"
ON = date(2026, 6, 1)
REVIEWED = date(2026, 11, 30)
SEVERAL = {"circle_of_two": 2}
"""Books in which one mistake is one of several rows."""
ELSEWHERE = {
    "another-track", "impure-rule", "main-without-a-track", "missing-label", "missing-text", "sense-changed",
    "sense-not-recorded",
}  # fmt: skip
"""Findings of which a single file can show nothing: tested below, and in test_lint_rules.py."""


def expected(file: Path) -> tuple[str, str, int]:
    """Return name and level that stand on the head of a broken book, and the line at which it is found."""
    lines = file.read_text(encoding="utf-8").split("\n")
    (here,) = (number for number, line in enumerate(lines, 1) if "# here" in line)
    name, _, level = lines[0].removeprefix("# name: ").partition(" ")
    return name, level.strip("()") or "error", here


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_each_broken_book_has_the_one_finding_that_stands_on_its_head(file: Path) -> None:
    """And nothing else; with its line, what is wrong, and what to do."""
    found = lint(file, on=ON)
    name, level, line = expected(file)
    first = next(one for one in found if one.line == line)
    assert (first.name, first.file, first.level) == (name, str(file), level)
    assert len(found) == SEVERAL.get(file.stem, 1), found
    assert {one.name for one in found} == {first.name}
    assert first.why
    assert first.cure


def read_or_refused(file: Path) -> RuleBook | BookError:
    """Return a book, or the error with which it is refused."""
    try:
        return RuleBook.read(file)
    except BookError as error:
        return error


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_a_book_is_refused_for_is_what_lint_tells(file: Path) -> None:
    """Reading raises the first of the findings, or there is nothing to raise."""
    found = lint(file, on=ON)
    read = read_or_refused(file)
    if isinstance(read, RuleBook):
        assert lint(read, on=ON) == found
    else:
        told = {(one.table, one.key, one.name, one.why, one.cure, one.line) for one in found}
        assert (read.table, read.key, read.name, read.why, read.cure, read.line) in told


def test_every_finding_has_a_broken_book() -> None:
    """No name is told that is not known, and none is known that nothing causes."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "rules").glob("*.py")))
    text += (PACKAGE / "codec.py").read_text(encoding="utf-8")
    given = set(re.findall(r'(?:mistake|name)="([a-z]+(?:-[a-z]+)*)"', text))
    given |= set(re.findall(r'error\("([a-z-]+)"', text)) | set(re.findall(r'name = "([a-z-]+)"', text))
    given |= set(re.findall(r'name, level, why = "([a-z-]+)"', text)) | set(
        re.findall(r'key, name = .*"([a-z-]+)"', text)
    )
    assert given == set(NAMES)
    assert {expected(file)[0] for file in CORPUS} == set(NAMES) - ELSEWHERE


def test_the_page_lists_every_finding() -> None:
    """With what it means."""
    page = (PACKAGE.parent / "docs" / "lint.md").read_text(encoding="utf-8")
    assert page.endswith("".join(f"| `{name}` | {meaning} |\n" for name, meaning in NAMES.items()))


@pytest.mark.parametrize("country", books)
def test_every_book_of_the_library_is_clean(country: str) -> None:
    """Those of its tracks, and the code of the rules that they adopt, among it."""
    assert lint(books[country], on=REVIEWED) == ()
    assert lint(Path(books[country].path), on=REVIEWED) == ()


MANY = """\
[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2026-01-15
colours = 3

[[value]]
id = "project.public_inputs"
value = 30
"""


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    """Of each table and key, in the order of the lines; what follows from another mistake is not told."""
    text = (HERE / "lint" / "lost_source.toml").read_text(encoding="utf-8")
    rest = """
[[sauce]]
key = "none"

[[adopt]]
rule = "common.no_such_rule"
source = "nowhere"
effect = "advises"
standing = "inferred"

[[value]]
id = "project.registration_check"
value = 1.5
cites = "section 4"
standing = "inferred"

[[form]]
stem = "F_PDD"
standing = "inferred"
"""
    file = tmp_path / "book.toml"
    file.write_text(text + rest, encoding="utf-8")
    found = lint(file)
    assert [one.name for one in found] == [
        "missing-key",
        "unknown-table",
        "unknown-rule",
        "unknown-source",
        "effect-without-why",
        "wrong-value",
        "unsourced",
        "form-without-version",
    ]
    assert [one.line for one in found] == sorted(one.line or 0 for one in found)
    head = tmp_path / "head.toml"
    head.write_text(MANY, encoding="utf-8")
    assert [(one.name, one.line) for one in lint(head)] == [("unknown-key", 6)]  # without a head there is no book


def test_every_key_of_a_row_is_told(tmp_path: Path) -> None:
    """A key that is misspelt is not told as missing, too; of the head there is everything before the end."""
    file = tmp_path / "book.toml"
    rows = '\n[[value]]\nid = 5\nsince = "soon"\nstanding = "sure"\n\n[[form]]\nstam = "F_PDD"\nstanding = "cited"\n'
    file.write_text(MANY.partition("colours")[0] + rows, encoding="utf-8")
    found = [(one.table, one.key, one.name) for one in lint(file)]
    assert found == [
        ("[[value]] 1", "id", "wrong-value"),
        ("[[value]] 1", "since", "wrong-value"),
        ("[[value]] 1", "standing", "wrong-value"),
        ("[[form]] 1", "stam", "unknown-key"),
    ]
    file.write_text("[book]\ncountry = 5\nname = 6\napi = 1\n", encoding="utf-8")
    assert [(one.key, one.name) for one in lint(file)] == [
        ("reviewed_on", "missing-key"),
        ("country", "wrong-value"),
        ("name", "wrong-value"),
    ]


def test_every_unknown_name_of_one_list_is_told(tmp_path: Path) -> None:
    """Though they stand on one line."""
    file = tmp_path / "book.toml"
    rows = '\n[[procedure]]\nname = "only"\nsince = 2021-01-01\ncites = "x"\nstanding = "assumed"\n\n[[capability]]\n'
    rows += 'procedure = "only"\nvalue = "yes"\nnames = ["sdplan", "ideas"]\ncites = "x"\nstanding = "assumed"\n'
    file.write_text(MANY.partition("colours")[0] + rows, encoding="utf-8")
    assert [(one.name, one.why) for one in lint(file)] == [
        ("unknown-capability", "'sdplan' is not a capability."),
        ("unknown-capability", "'ideas' is not a capability."),
    ]


def test_a_row_behind_one_that_cannot_be_read_is_found_at_its_own_line(tmp_path: Path) -> None:
    """The rows are counted as they are written."""
    text = (HERE / "lint" / "lost_row.toml").read_text(encoding="utf-8").replace("03.0", "third")
    file = tmp_path / "book.toml"
    file.write_text(text + '\n[[form]]\nstem = "F_MoC"\nversion = "01.0"\nsince = 2021-01-01\nstanding = "assumed"\n')
    second, third, fourth = lint(file)
    assert (second.table, third.table, fourth.table) == ("[[form]] 2", "[[form]] 3", "[[form]] 4")
    assert text.split("\n")[(third.line or 0) - 1] == 'version = "third"'
    assert (fourth.name, fourth.line) == ("unsourced", text.count("\n") + 2)


def test_a_row_that_another_is_told_of_has_its_place_in_the_file(tmp_path: Path) -> None:
    """Rows before it that cannot be read are counted, too."""
    form = '\n[[form]]\nstem = "%s"\nversion = "01.0"\nsince = %s\ncites = "x"\nstanding = "assumed"\n'
    rows = form % ("F_PDD", "2021-01-01") + form % ("F_MoC", "2021-01-01") + form % ("F_MoC", "2022-01-01")
    file = tmp_path / "book.toml"
    file.write_text(MANY.partition("colours")[0] + rows.replace("01.0", "first", 1), encoding="utf-8")
    _, overlap = lint(file)
    assert overlap.why == "the row overlaps with [[form]] 2, which speaks of F_MoC without an end."


def test_a_row_that_begins_later_than_a_shared_one_is_told_where_that_holds_by_a_day(tmp_path: Path) -> None:
    """The shared row surely holds from the end of its stretch on; a row of that day leaves nothing without any."""
    text = (HERE / "lint" / "shared_cut_at_its_beginning.toml").read_text(encoding="utf-8")
    file = tmp_path / "book.toml"
    file.write_text(text.replace("since = 2021-01-01", "since = { by = 2021-01-01 }"), encoding="utf-8")
    (one,) = lint(file)
    assert (one.name, "from 2021-01-01 to 2027-03-01" in one.why) == ("shared-cut-short", True)
    file.write_text(text.replace("since = 2021-01-01", "since = { by = 2027-03-01 }"), encoding="utf-8")
    assert lint(file) == ()


def test_a_row_that_reaches_far_is_compared_with_every_later_one(tmp_path: Path) -> None:
    """Short rows within a long one each overlap with it; between them is no gap, and after it there may be one."""
    form = '\n[[form]]\nstem = "F_MoC"\nversion = "01.0"\nsince = %s-01-01\nuntil = %s-01-01\n'
    form += 'cites = "x"\nstanding = "assumed"\n'
    spans = ((2021, 2031), (2022, 2023), (2024, 2025), (2032, 2033))
    file = tmp_path / "book.toml"
    file.write_text(MANY.partition("colours")[0] + "".join(form % span for span in spans), encoding="utf-8")
    found = [(one.name, one.table, one.why) for one in lint(file)]
    within = "the row overlaps with [[form]] 1, which speaks of F_MoC until 2031-01-01."
    after = "nothing is said of F_MoC from 2031-01-01, when [[form]] 1 ends, to 2032-01-01."
    assert found == [("overlap", "[[form]] 2", within), ("overlap", "[[form]] 3", within), ("gap", "[[form]] 4", after)]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("shared_cut_at_its_beginning", "since = 2021-01-01\nuntil = 2027-03-01"),
        ("shared_cut_at_its_end", "since = 2027-03-01"),
    ],
)
def test_what_the_cure_of_a_shared_row_says_helps(tmp_path: Path, name: str, days: str) -> None:
    """The shared row taken over by its name for the days of which the own row says nothing; only for all of them."""
    text = (HERE / "lint" / f"{name}.toml").read_text(encoding="utf-8")
    file = tmp_path / "book.toml"
    rest = f'\n[[take]]\nrows = ["project.public_inputs"]\n{days}\ncites = "x"\nstanding = "assumed"\n'
    file.write_text(text + rest, encoding="utf-8")
    assert lint(file) == ()
    file.write_text(text + rest.replace("2021-01-01", "2021-01-02").replace("2027", "2028"), encoding="utf-8")
    assert "shared-cut-short" in {one.name for one in lint(file)} or "gap" in {one.name for one in lint(file)}


def test_a_row_that_is_taken_over_has_no_place_in_the_file(tmp_path: Path) -> None:
    """It is told by what takes it over."""
    take = '\n[[take]]\nrows = ["japan.recording"]\ncites = "x"\nstanding = "assumed"\n'
    file = tmp_path / "book.toml"
    file.write_text(MANY.partition("colours")[0] + take * 2, encoding="utf-8")
    (twice,) = lint(file)
    assert (twice.name, twice.table) == ("twice", "[[take]] 2")
    assert twice.why == "a row that [[take]] 1 takes over has the id 'japan.recording' too."


def test_rows_of_the_country_that_overlap_are_not_told_of_its_track_too(tmp_path: Path) -> None:
    """They are mended in the one place in which they stand."""
    file, own = tmp_path / "book.toml", tmp_path / "forests.toml"
    form = '\n[[form]]\nstem = "F_PDD"\nversion = "01.0"\nsince = 2021-01-01\ncites = "x"\nstanding = "assumed"\n'
    head = MANY.partition("colours")[0]
    file.write_text(head + form * 2 + "\n" + TRACK, encoding="utf-8")
    own.write_text(head.replace('"ZZ"\n', '"ZZ"\ntrack = "forests"\n') + "\n[main]\n", encoding="utf-8")
    assert [(one.file, one.name) for one in lint(file)] == [(str(file), "overlap")]


def test_a_review_is_too_old_only_from_a_day_on(tmp_path: Path) -> None:
    """The caller says what day it is, and how long a review lasts; days ahead of it have not happened."""
    file = tmp_path / "book.toml"
    row = '\n[[value]]\nid = "tpe.completeness"\nvalue = 1\nsince = 2027-01-01\n'
    row += 'cites = "section 1"\nstanding = "inferred"\n'
    file.write_text(MANY.partition("colours")[0] + row, encoding="utf-8")
    assert lint(file) == lint(file, on=date(2026, 12, 31)) == lint(file, on=date(2027, 1, 15), days=400)[1:] == ()
    assert [one.name for one in lint(file, on=date(2027, 1, 1))] == ["stale-review"]
    assert lint(file, on=date(2026, 1, 18), days=3) == ()
    (late,) = lint(file, on=date(2026, 1, 19), days=3)
    assert (late.name, late.level, late.key, late.line) == ("stale-review", "advice", "reviewed_on", 5)
    (newer,) = lint(file, on=date(2027, 1, 19), days=3)  # too old twice over is told once
    assert (newer.name, newer.level) == ("stale-review", "error")


def test_a_review_that_is_still_to_come() -> None:
    """On the day itself it was made; without a day nobody can tell."""
    file = HERE / "lint" / "review_in_future.toml"
    (future,) = lint(file, on=date(2026, 6, 1))
    assert (
        future.why
        == "the book is said to have been compared with its sources on 2026-06-02, which is after 2026-06-01."
    )
    assert lint(file) == lint(file, on=date(2026, 6, 2)) == ()


@pytest.mark.parametrize(
    ("changes", "clean"),
    [
        ({'cites = "annex 1"\n': 'cites = "annex 1; no version shown"\n'}, True),
        ({'standing = "cited"\n': 'standing = "cited"\nnote = "No version is shown."\n'}, True),
        ({"since = 2021-01-01\n": 'since = 2021-01-01\nversion = "01.0"\n'}, True),
        ({'cites = "annex 1"\n': 'cites = "annex 2"\n'}, False),
    ],
)
def test_a_form_without_a_version_says_so(tmp_path: Path, changes: dict[str, str], *, clean: bool) -> None:
    """In its note, or where it was read."""
    text = (HERE / "lint" / "form_without_version.toml").read_text(encoding="utf-8")
    for old, new in changes.items():
        head, found, tail = text.rpartition(old)
        assert found
        text = head + new + tail
    file = tmp_path / "book.toml"
    file.write_text(text, encoding="utf-8")
    assert (lint(file) == ()) is clean


def test_what_rests_on_another_country_may_be_older_than_the_bilateral_document(tmp_path: Path) -> None:
    """Such as an act of the Japanese side; and a row that begins on the day itself is in time."""
    text = (HERE / "lint" / "before_bilateral.toml").read_text(encoding="utf-8")
    other = '\n[[source]]\nkey = "JP"\ntitle = "Synthetic act"\nkind = "primary"\nabout = "JP"\nstanding = "cited"\n'
    file = tmp_path / "book.toml"
    for changed in (
        text.replace("2019-12-31", "2020-01-01"),
        text.replace("2019-12-31", "{ after = 2019-12-30, by = 2021-01-01 }"),
        f'{text.rpartition("source =")[0]}source = "JP"\nstanding = "inferred"\n{other}',
    ):
        file.write_text(changed, encoding="utf-8")
        assert lint(file) == ()
    file.write_text(changed.replace('"JP"', '"YY"'), encoding="utf-8")  # a third country is no excuse
    assert [one.name for one in lint(file)] == ["before-bilateral"]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"since = 2024-06-01": 'since = "unknown"'}, []),
        ({'since = 2024-01-01\ncites = "section 9"': 'since = 2024-01-01\nuntil = 2024-06-01\ncites = "x"'}, []),
        ({'moves = "no"': 'moves = "unknown"'}, []),
        ({'moves = "no"': 'moves = "yes"'}, []),
        ({'["drafting", "in_validation"]': '["in_validation"]'}, []),
        ({'states = ["drafting", "in_validation"]  # here\n': ""}, ["twice"]),
        ({'states = ["submitted", "drafting"]\n': ""}, ["twice"]),
        ({'["drafting", "in_validation"]': '["nowhere", "elsewhere"]'}, ["unknown-state", "unknown-state"]),
    ],
)
def test_cases_of_one_state_move_or_do_not(tmp_path: Path, changes: dict[str, str], names: list[str]) -> None:
    """On days that are surely the same; every state that no machine has is told."""
    text = (HERE / "broken" / "twice_a_state.toml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "book.toml"
    file.write_text(text, encoding="utf-8")
    assert [one.name for one in lint(file)] == names


def test_a_form_of_the_country_needs_a_name_once(tmp_path: Path) -> None:
    """Told at the first of its versions; what a track takes over is told where it is written."""
    text = (HERE / "lint" / "unknown_form.toml").read_text(encoding="utf-8").replace("F_PDD", "F_PPD")
    file, own = tmp_path / "book.toml", tmp_path / "forests.toml"
    text = text.replace(
        'version = "01.0"\nsince = 2021-01-01', 'version = "01.0"\nsince = 2021-01-01\nuntil = 2022-01-01', 1
    )
    text = text.replace("since = 2021-01-01\ncites", "since = 2022-01-01\ncites", 1)
    file.write_text(text + "\n" + TRACK, encoding="utf-8")
    own.write_text(
        MANY.partition("colours")[0].replace('"ZZ"\n', '"ZZ"\ntrack = "forests"\n') + "\n[main]\n", encoding="utf-8"
    )
    assert [(one.name, one.table, one.file) for one in lint(file)] == [("unknown-form", "[[form]] 1", str(file))]
    head = 'api = 1\nlanguages = ["id"]'
    file.write_text(text.replace("api = 1", head) + "\n" + TRACK, encoding="utf-8")
    assert [(one.name, one.file) for one in lint(file)] == [("wrong-value", str(file)), ("unknown-form", str(file))]
    file.write_text(text.replace('of = "F_Own"', 'of = "F_PPD"') + "\n" + TRACK, encoding="utf-8")
    assert [(one.name, one.table) for one in lint(file)] == [("unknown-form", "[[form]] 3")]


def test_the_record_is_where_forms_are_seen(tmp_path: Path) -> None:
    """What holds is only observed in it; a form that is filled there was read."""
    text = (HERE / "lint" / "too_good_for_a_record.toml").read_text(encoding="utf-8")
    form = text.replace("[[value]]", "[[form]]").replace('id = "project.public_inputs"', 'stem = "F_PDD"')
    file = tmp_path / "book.toml"
    file.write_text(form.replace("value = 30", 'version = "01.0"'), encoding="utf-8")
    assert lint(file) == ()


def test_the_japanese_side_has_its_own_gates(tmp_path: Path) -> None:
    """A gate of Japan is cited on a Japanese source; one of the host is not."""
    text = (HERE / "lint" / "gate_of_another_country.toml").read_text(encoding="utf-8")
    file = tmp_path / "book.toml"
    file.write_text(text.replace('"host"', '"japan"').replace('"YY"', '"JP"'), encoding="utf-8")
    assert lint(file) == ()
    file.write_text(text.replace('"YY"', '"JP"'), encoding="utf-8")
    assert [one.name for one in lint(file)] == ["standing-too-good"]


TRACK = '[[track]]\nname = "forests"\ntext = "Forests."\nstanding = "assumed"\n\n'


def test_the_books_of_tracks_are_looked_at_too(tmp_path: Path) -> None:
    """Each in its own file; what a track takes over is told where it is written, once."""
    text = (HERE / "lint" / "unsourced_value.toml").read_text(encoding="utf-8")
    file, own = tmp_path / "book.toml", tmp_path / "forests.toml"
    file.write_text(text + "\n" + TRACK, encoding="utf-8")
    head = MANY.partition("colours")[0].replace('"ZZ"\n', '"ZZ"\ntrack = "forests"\n') + "\n[main]\n"
    own.write_text(head, encoding="utf-8")
    assert [(one.name, one.file) for one in lint(file)] == [("unsourced", str(file))]
    own.write_text(
        head + 'without = ["x"]\n\n[[value]]\nid = "tpe.completeness"\nvalue = 1\nstanding = "cited"\n',
        encoding="utf-8",
    )
    assert [(one.name, one.file) for one in lint(file)][1:] == [("unknown-row", str(own)), ("unsourced", str(own))]
    own.write_text(head + 'tables = ["values", "gate", "farm"]\nwithout = ["x", "y"]\n', encoding="utf-8")
    assert [(one.key, one.why.split()[-1], one.cure) for one in lint(file)][1:] == [
        ("tables", "'values'.", "Did you mean 'value'?"),
        ("tables", "'farm'.", "Did you mean 'form'?"),
        ("without", "'x'.", "Mend the name, or leave it out."),
        ("without", "'y'.", "Mend the name, or leave it out."),
    ]
    own.write_text(head.replace('track = "forests"', 'track = "woods"'), encoding="utf-8")
    assert [(one.name, one.file) for one in lint(file)][1:] == [("another-track", str(own))]
    file.write_text(text + "\n[main]\n", encoding="utf-8")
    assert [one.name for one in lint(file)] == ["unsourced", "main-without-a-track"]
    file.write_text(text + "\n" + TRACK, encoding="utf-8")
    own.write_text("[book", encoding="utf-8")
    assert [(one.name, one.file) for one in lint(RuleBook.read(file))][1:] == [("unreadable", str(own))]


def test_a_name_that_leads_elsewhere_is_followed_nowhere(tmp_path: Path) -> None:
    """A track is a file beside the book, or a finding."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out.toml").write_text("[book", encoding="utf-8")
    file = tmp_path / "in" / "book.toml"
    file.write_text(MANY.partition("colours")[0] + "\n" + TRACK.replace("forests", "../out"), encoding="utf-8")
    assert [one.name for one in lint(file)] == ["wrong-track-name"]


def test_words_in_another_language_are_asked_for_and_advice(tmp_path: Path) -> None:
    """A text counts once, and one that stands in the file beside the book is not told."""
    text = (HERE / "lint" / "before_bilateral.toml").read_text(encoding="utf-8").replace("2019-12-31", "2021-01-01")
    file = tmp_path / "book.toml"
    adopted = (
        '\n[[adopt]]\nrule = "zz.no_such_rule"\ncites = "a place that no one has translated"\nstanding = "assumed"\n'
        '\n[[adopt]]\nrule = "zz.no_such_rule"\nsteps = []\ncites = "a place that no one has translated"\n'
        'standing = "assumed"\n'
    ) + '\n[[form]]\nstem = "F_Unheard"\nversion = "01.0"\ncites = "annex"\nstanding = "assumed"\n' * 2
    adopted += '\n[[label]]\nof = "F_Unheard"\ntext = "Unheard form"\nstanding = "assumed"\n'
    file.write_text(text + adopted, encoding="utf-8")
    assert {one.name for one in lint(file)} == {"unknown-rule"}
    assert lint(file, lang="en") == lint(file)
    told = [one for one in lint(file, lang="ja") if one.level == "advice"]
    words = [(one.name, one.table, one.key) for one in told]
    assert words.count(("missing-text", "[[adopt]] 1", "cites")) == 1
    assert [one for one in words if one[0] == "missing-label"] == [("missing-label", "[[form]] 1", "stem")]
    assert not [one for one in words if one[1] == "[[adopt]] 2"]
    assert ("missing-text", "[bilateral]", "name") in words
    with pytest.raises(LanguageUnknown):
        lint(file, lang="fr")


def test_broken_texts_are_told_in_whatever_language_lint_is_asked(tmp_path: Path) -> None:
    """Once for a country and its tracks; what cannot be read has no words that could lack."""
    text = (HERE / "lint" / "before_bilateral.toml").read_text(encoding="utf-8").replace("2019-12-31", "2021-01-01")
    file, own = tmp_path / "book.toml", tmp_path / "forests.toml"
    file.write_text(text + "\n" + TRACK, encoding="utf-8")
    own.write_text(text.replace('"ZZ"\n', '"ZZ"\ntrack = "forests"\n', 1), encoding="utf-8")
    assert lint(file) == ()
    (tmp_path / "ja.toml").write_text("= nonsense", encoding="utf-8")
    for book, lang in ((file, None), (file, "ja"), (RuleBook.read(file), None)):
        (broken,) = lint(book, lang=lang)
        assert (broken.name, broken.level, broken.file, broken.line) == (
            "unreadable",
            "error",
            f"{tmp_path}/ja.toml",
            1,
        )


def test_what_names_a_row_that_cannot_be_read_is_not_told_of_it(tmp_path: Path) -> None:
    """A measure, a form and an open point: the row is there, and is told itself."""
    file = tmp_path / "book.toml"
    since = "since = 2021-01-01\nstanding = 'assumed'\ncites = 'section 1'\n"
    rule = "common.entity_named"
    lost = (
        f"[[adopt]]\nrule = '{rule}'\n",
        "[[label]]\nof = 'F_Own'\ntext = 5\nstanding = 'assumed'\n",
        "[[gate]]\nid = 'zz.permit'\n",
    )
    naming = (
        f"[[overlay]]\nid = 'measure'\nrelaxes = '{rule}'\n{since}",
        f"[[form]]\nstem = 'F_Own'\nversion = '01.0'\n{since}",
        "[[open_point]]\nabout = 'zz.permit'\ntext = 'Nothing was found.'\n",
    )
    head = "[book]\ncountry = 'ZZ'\nname = 'Synthetia'\napi = 1\nreviewed_on = 2026-01-01\n"
    file.write_text("\n".join((head, *lost, *naming)), encoding="utf-8")
    assert {one.table for one in lint(file)} == {"[[adopt]] 1", "[[label]] 1", "[[gate]] 1"}
    file.write_text("\n".join((head, *naming)), encoding="utf-8")
    assert {one.table for one in lint(file)} == {"[[overlay]] 1", "[[form]] 1", "[[open_point]] 1"}


def test_what_is_no_book_is_told() -> None:
    """Lint takes a book or a path, a day, and a number of days."""
    for wrong in ({"book": wrong} for wrong in (None, 5, books)):
        with pytest.raises(EvidenceError):
            lint(**wrong)  # type: ignore[arg-type]
    with pytest.raises(EvidenceError):
        lint("book.toml", on="2026-01-01")  # type: ignore[arg-type]
    for days in (None, "365", -1, True, 10**12):
        with pytest.raises(EvidenceError, match="is no number of days"):
            lint("book.toml", days=days)  # type: ignore[arg-type]
    (missing,) = lint("nowhere.toml")
    assert (missing.name, missing.file, missing.line) == ("unreadable", "nowhere.toml", None)
    assert str(missing) == "nowhere.toml: unreadable: cannot be read: No such file or directory. Check the path."


def test_a_finding_is_one_line_and_one_object() -> None:
    """As compilers write it, and as editors read it."""
    file = HERE / "lint" / "gap.toml"
    (one,) = lint(file)
    assert str(one) == f"{file}:{one.line}: gap: [[form]] 2, key 'since': {one.why} {one.cure}"
    assert LintFinding(**one.json()) == one
    assert list(one.json()) == ["file", "line", "table", "key", "name", "level", "why", "cure"]
    assert not issubclass(LintFinding, JCMCycleError)


def test_the_day_does_not_change_what_else_is_told(world: Any) -> None:
    """A book made of data has no file: its findings have no line, and are there all the same."""
    found = lint(world.book(), on=date(2024, 6, 1))
    assert {(one.name, one.line, one.file) for one in found} <= {("stale-review", None, "book.toml")}
