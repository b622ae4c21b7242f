"""A broken rule book is refused with the file, the table, the key and the line, and with what to do about it."""

from __future__ import annotations

import pickle
import tomllib
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import RuleBook
from jcm_cycle.errors import BookError
from jcm_cycle.rules import builtin
from jcm_cycle.rules._lines import find_line

GOOD = """\
# A book that is whole: every table once or twice.

[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2026-01-01

[bilateral]
name = "Memorandum"
since = 2020-01-01
source = "PCP"
standing = "cited"

[[source]]
key = "PCP"
title = "Procedure"
kind = "primary"
about = "ZZ"
standing = "cited"

[[source]]
key = "slides"
title = "Slides"
kind = "secondary"
about = "ZZ"
standing = "cited"

[[source]]
key = "elsewhere"
title = "Procedure of another country"
kind = "primary"
about = "YY"
standing = "cited"

[[procedure]]
name = "first"
since = 2021-01-01
until = 2024-01-01
standing = "cited"

[[procedure]]
name = "second"
since = 2024-01-01
standing = "cited"

[[capability]]
procedure = "second"
value = "yes"
names = [
  "idea_note",
  "sd_plan",
]
standing = "cited"

[[transition]]
older = "first"
newer = "second"
moves = "unknown"
standing = "unknown"

[[adopt]]
rule = "project.conclude_validation.eia"
since = 2021-01-01
until = 2024-01-01
source = "PCP"
standing = "cited"

[[adopt]]
rule = "project.conclude_validation.eia"
since = 2024-01-01
source = "slides"
standing = "inferred"

[[adopt]]
rule = "common.form_version_in_force"
steps = ["project.submit_pdd"]
since = { by = 2021-01-01 }
source = "PCP"
standing = "cited"

[[value]]
id = "project.public_inputs"
value = 30
since = 2021-01-01
standing = "inferred"

[[form]]
stem = "F_PDD"
version = "01.0"
since = 2021-01-01
standing = "cited"

[[overlay]]
id = "interim"
relaxes = "project.conclude_validation.eia"
since = 2021-01-01
standing = "cited"

[[gate]]
id = "consent"
side = "host"
act = "consent"
standing = "inferred"

[[entity]]
number = "TPE-ZZ-001"
name = "Synthetic Certification Ltd."
scopes = [1, 2]
since = 2021-01-01
standing = "cited"

[[entity]]
name = "Another Ltd."
scopes = [16]
since = 2021-01-01
until = "unknown"
standing = "cited"

[[track]]
name = "forest"
text = "Forests."
standing = "cited"

[[label]]
of = "F_PDD"
text = "Design Document"
standing = "cited"

[[open_point]]
text = "Everything else."
"""
HERE = "# here"
"""Stands on the line that the error must name."""


def broken(path: Path, old: str, new: str) -> tuple[BookError, int | None]:
    """Return the error that a book with one change gives, and the line on which the change says it is."""
    assert GOOD.count(old) == 1 or old == "", f"{old!r} must stand once in the good book"
    text = GOOD.replace(old, new) if old else new + GOOD
    file = path / "book.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BookError) as caught:
        RuleBook.read(file)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if HERE in line]
    assert caught.value.file == str(file)
    return caught.value, lines[0] if lines else None


def test_the_good_book_is_good(tmp_path: Path) -> None:
    """The book from which all others here are broken can be read."""
    file = tmp_path / "book.toml"
    file.write_text(GOOD, encoding="utf-8")
    book = RuleBook.read(file)
    assert book.pin(date(2024, 1, 1))[0] == "second"
    assert all(book.rows.values()), "every table of a book stands in the good one"


INFERRED = 'since = 2024-01-01\nsource = "slides"\nstanding = "inferred"'
FIRST_EIA = 'since = 2021-01-01\nuntil = 2024-01-01\nsource = "PCP"\nstanding = "cited"'
CAPABILITY_AGAIN = """\
[[capability]]
procedure = "second"
value = "no"
names = ["sd_plan"] # here
standing = "cited"
"""
BROKEN: dict[str, tuple[str, str, str, str, str, str]] = {
    # what is broken: old text, new text, table, key, part of the reason, part of the cure
    "unknown table": (
        '[[open_point]]\ntext = "Everything else."',
        '[[opne_point]] # here\ntext = "Everything else."',
        "[opne_point]",
        "",
        "a book has no such table",
        "Tables are book, bilateral, main, adopt",
    ),
    "scope that is none": (
        "scopes = [1, 2]",
        "scopes = [1, 0] # here",
        "[[entity]] 1",
        "scopes",
        "a whole number from 1 to 16",
        "Correct the list",
    ),
    "scope that is no number": (
        "scopes = [16]",
        'scopes = ["16"] # here',
        "[[entity]] 2",
        "scopes",
        "",
        "",
    ),
    "entity listed twice": (
        'name = "Another Ltd."\n',
        'name = "Another Ltd."\nnumber = "TPE-ZZ-001" # here\n',
        "[[entity]] 2",
        "number",
        "two entities have the number 'TPE-ZZ-001'",
        "Give each entity once",
    ),
    "key outside a table": (
        "",
        'colour = "red" # here\n',
        "[colour]",
        "",
        "a book has no such table",
        "Tables are book, bilateral, main, adopt",
    ),
    "table that stands once": (
        "[[open_point]]",
        "[open_point] # here",
        "[open_point]",
        "",
        "must be a list",
        "Write [[open_point]]",
    ),
    "missing table": ("[book]", "[boook]", "[boook]", "", "no such table", "Tables are"),
    "missing key": (
        '[[form]]\nstem = "F_PDD"\n',
        "[[form]] # here\n",
        "[[form]] 1",
        "stem",
        "'stem' is missing",
        "Add stem",
    ),
    "missing key of the head": (
        '[book]\ncountry = "ZZ"',
        "[book] # here",
        "[book]",
        "country",
        "'country' is missing",
        "Add country",
    ),
    "unknown key": (
        'stem = "F_PDD"\n',
        'stem = "F_PDD"\ncolour = "red" # here\n',
        "[[form]] 1",
        "colour",
        "unknown key 'colour'",
        "Keys are since, until, source, cites, standing, note, stem, version",
    ),
    "missing standing": (
        'text = "Design Document"\nstanding = "cited"',
        'text = "Design Document"',
        "[[label]] 1",
        "standing",
        "'standing' is missing",
        "Add standing",
    ),
    "date that is text": (
        'since = 2024-01-01\nsource = "slides"',
        'since = "January 2024" # here\nsource = "slides"',
        "[[adopt]] 2",
        "since",
        "'January 2024' is not a day",
        "YYYY-MM-DD",
    ),
    "date with a time": (
        "reviewed_on = 2026-01-01",
        "reviewed_on = 2026-01-01T00:00:00 # here",
        "[book]",
        "reviewed_on",
        "is not a day",
        "YYYY-MM-DD",
    ),
    "stretch with another key": (
        "since = { by = 2021-01-01 }",
        "since = { before = 2021-01-01 } # here",
        "[[adopt]] 3",
        "since",
        "is not a bound",
        "Give after, by, or both",
    ),
    "stretch that is empty": (
        "since = { by = 2021-01-01 }",
        "since = {} # here",
        "[[adopt]] 3",
        "since",
        "is not a bound",
        "Give after, by, or both",
    ),
    "stretch that runs backwards": (
        "since = { by = 2021-01-01 }",
        "since = { after = 2021-01-01, by = 2020-01-01 } # here",
        "[[adopt]] 3",
        "since",
        "not yet on 2021-01-01",
        "`after` must be earlier than `by`",
    ),
    "stretch after the last day there is": (
        "since = { by = 2021-01-01 }",
        "since = { after = 9999-12-31 } # here",
        "[[adopt]] 3",
        "since",
        "no day comes after 9999-12-31",
        "Leave `after` out",
    ),
    "unknown source": (
        'since = 2024-01-01\nsource = "slides"',
        'since = 2024-01-01\nsource = "slide" # here',
        "[[adopt]] 2",
        "source",
        "no [[source]] has the key 'slide'",
        "Add the source, or mend the key",
    ),
    "unknown source of the bilateral document": (
        'since = 2020-01-01\nsource = "PCP"',
        'since = 2020-01-01\nsource = "MoC" # here',
        "[bilateral]",
        "source",
        "no [[source]] has the key 'MoC'",
        "Add the source, or mend the key",
    ),
    "double source key": (
        'key = "slides"',
        'key = "PCP" # here',
        "[[source]] 2",
        "key",
        "two sources have the key 'PCP'",
        "Give each a key of its own",
    ),
    "unknown kind of source": (
        'kind = "secondary"',
        'kind = "hearsay" # here',
        "[[source]] 2",
        "kind",
        "hearsay",
        "",
    ),
    "unknown rule": (
        'rule = "common.form_version_in_force"',
        'rule = "common.form_version" # here',
        "[[adopt]] 3",
        "rule",
        "no rule has the id 'common.form_version'",
        "Mend the id, or write the rule in rules.py",
    ),
    "rule of integrity": (
        'rule = "common.form_version_in_force"',
        'rule = "common.reference_never_reused" # here',
        "[[adopt]] 3",
        "rule",
        "is a rule of integrity",
        "Take the row out",
    ),
    "step that the rule does not bind to": (
        'steps = ["project.submit_pdd"]',
        'steps = ["project.publish_pdd"] # here',
        "[[adopt]] 3",
        "steps",
        "does not bind to 'project.publish_pdd'",
        "It binds to project.submit_pdd",
    ),
    "steps that are one text": (
        'steps = ["project.submit_pdd"]',
        'steps = "project.submit_pdd" # here',
        "[[adopt]] 3",
        "steps",
        "is not a list",
        "Put it in square brackets",
    ),
    "effect without why": (
        INFERRED,
        f'{INFERRED}\neffect = "blocks" # here',
        "[[adopt]] 2",
        "effect",
        "the effect is changed to blocks without a reason",
        "Say why= in words",
    ),
    "unknown effect": (
        INFERRED,
        f'{INFERRED}\neffect = "forbids" # here',
        "[[adopt]] 2",
        "effect",
        "'forbids' is not one of the words",
        "Words are blocks, holds, advises, duty",
    ),
    "unknown standing": (
        INFERRED,
        INFERRED.replace('"inferred"', '"certain" # here'),
        "[[adopt]] 2",
        "standing",
        "'certain' is not one of the words",
        "Words are cited, observed, inferred, assumed, unknown",
    ),
    "cited on a secondary source": (
        INFERRED,
        INFERRED.replace('"inferred"', '"cited" # here'),
        "[[adopt]] 2",
        "standing",
        "would block on slides, which is secondary and about ZZ",
        "Call the row inferred",
    ),
    "cited on another country's source": (
        FIRST_EIA,
        FIRST_EIA.replace('"PCP"', '"elsewhere"') + " # here",
        "[[adopt]] 1",
        "standing",
        "would block on elsewhere, which is primary and about YY",
        "name a source of this country",
    ),
    "cited on nothing": (
        '[[adopt]]\nrule = "project.conclude_validation.eia"\n' + FIRST_EIA,
        '[[adopt]] # here\nrule = "project.conclude_validation.eia"\n' + FIRST_EIA.replace('source = "PCP"\n', ""),
        "[[adopt]] 1",
        "source",
        "would block, and no source is given",
        "Name the source, or lower the standing",
    ),
    "overlap": (
        INFERRED,
        INFERRED.replace("2024-01-01", "2023-12-31 # here"),
        "[[adopt]] 2",
        "since",
        "speaks of project.conclude_validation.eia at project.conclude_validation until 2024-01-01",
        "Let the earlier row end on the day on which the later one begins",
    ),
    "gap": (
        INFERRED,
        INFERRED.replace("2024-01-01", "2024-01-02 # here"),
        "[[adopt]] 2",
        "since",
        "from 2024-01-01, when [[adopt]] 1 ends, to 2024-01-02",
        "write the gap as a stretch",
    ),
    "overlap of values": (
        "[[form]]",
        '[[value]]\nid = "project.public_inputs"\nsince = 2022-01-01 # here\nstanding = "inferred"\n[[form]]',
        "[[value]] 2",
        "since",
        "overlaps with [[value]] 1, which speaks of project.public_inputs without an end",
        "Let the earlier row end",
    ),
    "overlap of forms": (
        "[[overlay]]",
        '[[form]]\nstem = "F_PDD"\nsince = 2022-01-01 # here\nstanding = "inferred"\n[[overlay]]',
        "[[form]] 2",
        "since",
        "overlaps with [[form]] 1, which speaks of F_PDD without an end",
        "Let the earlier row end",
    ),
    "until before since": (
        FIRST_EIA,
        FIRST_EIA.replace("until = 2024-01-01", "until = 2021-01-01 # here"),
        "[[adopt]] 1",
        "until",
        "begins on 2021-01-01 and ends on 2021-01-01",
        "`until` is the first day on which the row no longer holds",
    ),
    "unknown capability": (
        'names = [\n  "idea_note",',
        'names = [ # here\n  "idea",',
        "[[capability]] 1",
        "names",
        "'idea' is not a capability",
        "Capabilities are idea_note",
    ),
    "capability named twice": (
        "[[transition]]",
        CAPABILITY_AGAIN + "[[transition]]",
        "[[capability]] 2",
        "names",
        "[[capability]] 1 speaks of 'sd_plan' under 'second' too",
        "Name it in one of them",
    ),
    "unknown value of a capability": (
        'value = "yes"',
        'value = "perhaps" # here',
        "[[capability]] 1",
        "value",
        "perhaps",
        "",
    ),
    "unknown procedure": (
        'procedure = "second"',
        'procedure = "third" # here',
        "[[capability]] 1",
        "procedure",
        "no [[procedure]] has the name 'third'",
        "Add it, or mend the name",
    ),
    "unknown procedure of a transition": (
        'older = "first"',
        'older = "zeroth" # here',
        "[[transition]] 1",
        "older",
        "no [[procedure]] has the name 'zeroth'",
        "Add it, or mend the name",
    ),
    "unknown rule of an overlay": (
        'relaxes = "project.conclude_validation.eia"',
        'relaxes = "site visits" # here',
        "[[overlay]] 1",
        "relaxes",
        "no rule has the id 'site visits'",
        "Mend the id",
    ),
    "value with a point": (
        "value = 30",
        "value = 30.5 # here",
        "[[value]] 1",
        "value",
        "30.5 is not a whole number, a day, a text or a list of texts",
        "Write it as one of them",
    ),
    "window of no days": (
        "value = 30",
        "value = 0 # here",
        "[[value]] 1",
        "value",
        "0 days are no time at all",
        "Give at least one, or leave the value out",
    ),
    "limit of less than no days": (
        '[[value]]\nid = "project.public_inputs"\nvalue = 30',
        '[[value]]\nid = "tpe.completeness"\nunit = "calendar day"\nvalue = -3 # here',
        "[[value]] 1",
        "value",
        "-3 days are no time at all",
        "Give at least one, or leave the value out",
    ),
    "value beyond all counting": (
        "value = 30",
        "value = 30000000000 # here",
        "[[value]] 1",
        "value",
        "30000000000 is not a whole number, a day",
        "Write it as one of them",
    ),
    "value with a time": (
        "value = 30",
        "value = 2024-01-01T12:00:00 # here",
        "[[value]] 1",
        "value",
        "is not a whole number, a day, a text or a list of texts",
        "Write it as one of them",
    ),
    "version that is none": (
        'version = "01.0"',
        'version = "newest" # here',
        "[[form]] 1",
        "version",
        "'newest' is not a version",
        "Write it as 05.0",
    ),
    "another format": (
        "api = 1",
        "api = 2 # here",
        "[book]",
        "api",
        "written for format 2; this library reads format 1",
        "Use the library it was written for",
    ),
    "format that is text": (
        "api = 1",
        'api = "1" # here',
        "[book]",
        "api",
        "'1' is not a whole number",
        "without quotation marks",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_each_kind_of_breakage_is_told_where_it_is(tmp_path: Path, what: str) -> None:
    """The error names file, table, key and line, says what is wrong and what to do, and can travel."""
    old, new, table, key, why, cure = BROKEN[what]
    error, line = broken(tmp_path, old, new)
    assert (error.table, error.key) == (table, key)
    if line is not None:
        assert error.line == line
    assert why in error.why
    assert cure in error.cure
    assert error.cure
    text = str(error)
    for part in (str(tmp_path / "book.toml"), table, error.why, error.cure):
        assert part in text
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - it was pickled on this line
    assert (str(again), again.line, again.key) == (text, error.line, error.key)


def test_a_missing_head_has_no_line(tmp_path: Path) -> None:
    """Where the head of a book is not there, no line can be named, and the error says what to write."""
    rest = GOOD.partition("[bilateral]")[2]
    file = tmp_path / "book.toml"
    file.write_text(f"[bilateral]{rest}", encoding="utf-8")
    with pytest.raises(BookError, match=r"\[book\]: the table is missing\. Write \[book\] once\.") as caught:
        RuleBook.read(file)
    assert caught.value.line is None


def test_a_missing_key_is_told_at_the_head_of_its_row(tmp_path: Path) -> None:
    """A key that is not there has no line of its own; the third row is told apart from the first two."""
    error, line = broken(
        tmp_path,
        '[[adopt]]\nrule = "common.form_version_in_force"\n',
        "[[adopt]] # here\n",
    )
    assert line is not None
    assert (error.table, error.key, error.line) == ("[[adopt]] 3", "rule", line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[gate]]", "[[gate] # here"),
        ("api = 1", "api = # here"),
        ("api = 1", "api = 1\napi = 1 # here"),
        ("since = 2020-01-01", "since = 2020-02-30 # here"),
        ('about = "YY"', 'about = "YY # here'),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path, old: str, new: str) -> None:
    """A book that cannot be parsed is refused with the line on which the parser stopped."""
    error, line = broken(tmp_path, old, new)
    assert error.line == line
    assert error.why.startswith("is not TOML")
    assert error.cure == "Mend the line it names."


@pytest.mark.parametrize("end", ["text = [", 'text = """', "number = " + "9" * 5000, "deep = " + "[" * 5000])
def test_what_ends_badly_is_told_at_its_last_line(tmp_path: Path, end: str) -> None:
    """An open bracket, a number too long or brackets too deep are no TOML either."""
    file = tmp_path / "book.toml"
    file.write_text(GOOD + end, encoding="utf-8")
    with pytest.raises(BookError, match="is not TOML") as caught:
        RuleBook.read(file)
    assert caught.value.line == GOOD.count("\n") + 1


def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    """A book in another encoding is refused at the line of the first byte that does not fit."""
    file = tmp_path / "book.toml"
    file.write_bytes(GOOD.replace("Forests.", "For\xeats.").encode("latin-1"))
    with pytest.raises(BookError, match=r"is not UTF-8\. Save it as UTF-8\.") as caught:
        RuleBook.read(file)
    assert caught.value.line == GOOD.splitlines().index('text = "Forests."') + 1
    assert caught.value.file == str(file)


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """A missing file and a folder are refused by their path."""
    with pytest.raises(BookError, match=r"cannot be read: .*Check the path\.") as caught:
        RuleBook.read(tmp_path / name)
    assert caught.value.file == str(tmp_path / name)


def test_a_row_that_is_no_table_is_told(tmp_path: Path) -> None:
    """A list of something else than rows is refused at the key that holds it."""
    label = '[[label]]\nof = "F_PDD"\ntext = "Design Document"\nstanding = "cited"\n'
    file = tmp_path / "book.toml"
    file.write_text("label = [1]\n" + GOOD.replace(label, ""), encoding="utf-8")
    with pytest.raises(BookError, match="1 is not a table of fields") as caught:
        RuleBook.read(file)
    assert (caught.value.table, caught.value.line) == ("[[label]] 1", 1)


def test_lines_are_counted_as_editors_count_them() -> None:
    """Signs that end a line elsewhere than in TOML do not shift the count, nor do line ends of Windows."""
    text = 'a = "x\u2028y\x85z"\r\n[[form]] # head\r\nstem = "F"\r\n[[form]]\r\n"stem" = "G"\r\n'
    assert find_line(text, "form", 1) == 2
    assert find_line(text, "form", 1, "stem") == 3
    assert find_line(text, "form", 2, "stem") == 5
    assert find_line(text, "form", 2, "since.by") == 4
    assert find_line(text, "form", 3) is None
    assert find_line(text, "a", 0) == 1


# --- whatever is done to a book, there are two ways out

PATHS = {code: Path(builtin.__file__).parent / builtin.FOLDERS[code] / "book.toml" for code in ("MN", "ID")}
TEXTS = [GOOD, *(path.with_name("book.toml").read_text(encoding="utf-8") for path in PATHS.values())]
BROKEN_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).with_name("broken").glob("*.toml"))]
LINES = sorted({line for text in (*TEXTS, *BROKEN_TEXTS) for line in text.splitlines()})
ODD = [
    "",
    "[",
    "[[adopt]]",
    "since = {}",
    "value = nan",
    "value = 1e400",
    "since = 0001-01-01",
    "names = []",
    "steps = []",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a book in which lines were taken out, doubled, swapped or replaced by lines of any book."""
    lines = draw(st.sampled_from(TEXTS) | st.sampled_from(BROKEN_TEXTS)).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.sampled_from(LINES) | st.sampled_from(ODD) | st.text(max_size=20))
        change = draw(st.sampled_from(["drop", "double", "swap", "replace", "insert", "cut"]))
        match change:
            case "drop":
                del lines[at : at + draw(st.integers(1, 3))]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[0] = lines[0], lines[at]
            case "replace":
                lines[at] = other
            case "insert":
                lines.insert(at, other)
            case _:
                lines[at] = lines[at][: draw(st.integers(0, 20))]
        lines = lines or [""]
    return "\n".join(lines)


def used(book: RuleBook) -> None:
    """Ask a book everything a user asks, on every day on which something changes."""
    for day in (date.min, *book.turns, date.max):
        edition = book.edition(day)
        assert len(edition.fingerprint) == 64
        assert edition.all_bindings is not None
        for row in book.rows["value"]:
            edition.value(row.id)
        for row in book.rows["form"]:
            edition.form(row.stem)


def read_or_refused(file: Path) -> RuleBook | BookError:
    """Return the book, or the error that refuses it; anything else goes through."""
    try:
        return RuleBook.read(file)
    except BookError as error:
        return error


@given(text=mutated())
def test_a_book_is_read_or_refused_whatever_it_holds(tmp_path_factory: Any, text: str) -> None:
    """A mutilated book is either read, and then answers every question, or refused as a broken book."""
    file = tmp_path_factory.getbasetemp() / "mutated.toml"
    file.write_text(text, encoding="utf-8", errors="replace", newline="")
    read = read_or_refused(file)
    if isinstance(read, RuleBook):
        used(read)
        return
    assert read.file == str(file)
    assert read.cure
    assert len(str(read)) < len(str(file)) + 3000
    assert read.line is None or 1 <= read.line <= text.count("\n") + 1


@given(raw=st.binary(max_size=200))
def test_bytes_that_are_no_book_are_refused(tmp_path_factory: Any, raw: bytes) -> None:
    """No bytes do anything but be refused: nothing so short is a book."""
    file = tmp_path_factory.getbasetemp() / "bytes.toml"
    file.write_bytes(raw)
    with pytest.raises(BookError):
        RuleBook.read(file)


def test_a_book_that_lists_thousands_of_entities_is_read_in_a_few_seconds() -> None:
    """No entity is laid beside every other."""
    data = tomllib.loads(GOOD)
    entity = {"scopes": [1], "since": date(2021, 1, 1), "standing": "assumed"}
    data["entity"] = [{**entity, "name": f"Synthetic Certification {number}"} for number in range(5000)]
    start = perf_counter()
    assert len(RuleBook(data).designations) == 5000
    assert perf_counter() - start < 10
