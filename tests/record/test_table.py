"""What a file may look like, and what is no record at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from jcm_cycle.errors import RecordError
from jcm_cycle.record import Claim, Record, read, read_text
from jcm_cycle.record.claims import COLUMNS

HEADER = ",".join(COLUMNS)

SYNTHETIC = f"""{HEADER}
PW,project,PW001,"Solar power
in Koror (synthetic)",registered,2019-03-01,,,"methodology PW_AM001 Ver1.0;
snapshot of 2026-06-04",,https://example.org/list
TH,project,TH001,Cogeneration (synthetic),registration_request_withdrawn,,,,,,
CL,rule,ver02.0,Guidelines (synthetic),rule_adopted,2018-01-01,,,,,
"""


def row(**cells: str) -> str:
    """Return a row that is fine save for the cells given."""
    fine = {
        "country": "PW",
        "subject_type": "project",
        "reference": "PW001",
        "title": "A synthetic project",
        "event": "registered",
        "date": "2019-03-01",
    }
    return written([[{**fine, **cells}.get(column, "") for column in COLUMNS]])


def written(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


def only(text: str) -> Claim:
    """Return the one claim of a record of one row."""
    record = read_text(f"{HEADER}\n{text}")
    assert record.unreadable == ()
    (claim,) = record.claims
    return claim


def test_columns_may_come_in_any_order_with_others_among_them() -> None:
    """A column is known by its name, and one of another name is passed over."""
    names = ["note", *reversed(COLUMNS), "note"]
    cells = dict(zip(COLUMNS, next(csv.reader([row().strip()])), strict=True))
    text = written([names, [cells.get(name, "x") for name in names]])
    assert read_text(text).claims == (only(row()),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    """The line of a row does not depend on how lines end."""
    record = read_text(SYNTHETIC.replace("\n", end))
    assert [c.line for c in record.claims] == [2, 5, 6]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Spreadsheets write one."""
    path = tmp_path / "record.csv"
    path.write_bytes(b"\xef\xbb\xbf" + SYNTHETIC.encode())
    assert read(path).claims == read(str(path)).claims == read_text(SYNTHETIC).claims
    assert read(path).name == str(path)


def test_blank_lines_are_no_rows() -> None:
    """They count as lines, and as nothing else."""
    record = read_text(f"{HEADER}\n\n{row()}\n\n{row()}")
    assert (record.rows, [c.line for c in record.claims]) == (2, [3, 6])


def test_blanks_around_a_cell_are_no_part_of_it() -> None:
    """Neither of a word nor of a reference or its members."""
    claim = only(row(country=" PW ", event=" registered", reference=" PW001 + PW002 ", date=" 2019-03-01"))
    assert (claim.subjects, claim.reference) == (("PW001", "PW002"), "PW001 + PW002")


def test_a_header_alone_is_an_empty_record() -> None:
    """There is nothing wrong with having nothing to say."""
    assert read_text(HEADER) == Record(name="record", rows=0, claims=(), unreadable=())


def test_a_line_separator_within_a_field_is_no_end_of_a_line() -> None:
    """Only carriage return and line feed end a line of CSV."""
    record = read_text(HEADER + "\n" + row(title="a\u2028b\x0bc\x85d") + row())
    assert [c.line for c in record.claims] == [2, 3]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "has no header"),
        ("\n" + HEADER, 1, "has no header"),
        ("<html>", 1, "not the header of a record"),
        (row(), 1, "not the header of a record"),
        ('{"schema": 1}', 1, "not the header of a record"),
        (HEADER.replace("country,", ""), 1, "lacks country"),
        (HEADER.replace("date,end_date", "day,last_day"), 1, "lacks date, end_date"),
        (f"{HEADER},date", 1, "names date more than once"),
        (f'"country"x,{HEADER}', 1, "goes on after its closing quote"),
        (f'"{HEADER}', 1, "not closed"),
        (f"{HEADER}\n{row()}PW,\0", 3, "NUL"),
        ("\0", 1, "NUL"),
        ("\n\0", 2, "NUL"),
        ("\n\ud800", 2, "half of a character"),
        (f'{HEADER}\n{row()}PW,"a\nb', 3, "not closed by the end of the file"),
        (f'{HEADER}\n{row()}PW,"{"a" * 200_000}"', 3, "longer than"),
        (f"{HEADER}\n{row()}{'a' * 200_000}", 3, "longer than"),
        (HEADER + "\n" + row() + 'PW,"\n' + "PW,project\n" * 20_000, 3, "longer than"),
        (f"{HEADER}\n\ud800", 2, "half of a character"),
    ],
)
def test_the_error_names_the_line(text: str, line: int, says: str) -> None:
    """Nothing is half-read: the error comes instead of a record."""
    with pytest.raises(RecordError, match=says) as caught:
        read_text(text, name="facts.csv")
    assert (caught.value.file, caught.value.line) == ("facts.csv", line)
    assert caught.value.cure


@pytest.mark.parametrize(
    ("data", "line"),
    [(SYNTHETIC.encode("utf-16"), 1), (b"country\n\n\xff", 3), (b"\n\xff", 2), (b"\x89PNG\r\n\x1a\n", 1)],
)
def test_a_file_that_is_not_utf_8_is_refused(data: bytes, line: int, tmp_path: Path) -> None:
    """The line of the first byte that cannot be text is named."""
    path = tmp_path / "record.csv"
    path.write_bytes(data)
    with pytest.raises(RecordError, match="UTF-8") as caught:
        read(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a path that leads nowhere and one that cannot be."""
    for path in (tmp_path, tmp_path / "none.csv", Path("a\0b")):
        with pytest.raises(RecordError, match="cannot be read") as caught:
            read(path)
        assert caught.value.file == str(path)
        assert "None" not in caught.value.why


@pytest.mark.parametrize("country", ["XX", "mn", "", "Mongolia"])
def test_a_country_that_is_none_is_refused(country: str) -> None:
    """The error lists the codes there are."""
    with pytest.raises(RecordError, match="is installed, and it is no code that the library knows") as caught:
        read_text(SYNTHETIC, country=country)
    assert "MN" in caught.value.cure
    assert caught.value.cure.endswith("or install the book of the country.")
