"""The outer form of a record: characters, header, rows, and the line on which each row starts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from jcm_cycle.errors import RecordError

__all__ = ["Row", "load", "quoted", "table"]

_SHOWN = 60


@frozen(kw_only=True)
class Row:
    """One row of the table.

    Attributes:
        line: the line in the file on which it starts.
        cells: its cells by column, without the blanks around them, as far as the row has them.
        why: why it cannot be read, or None.
    """

    line: int
    cells: Mapping[str, str]
    why: str | None = None


def quoted(text: str) -> str:
    """Return a text from a file as it may be shown: quoted, and not too long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def load(data: bytes, name: str) -> str:
    """Return the text of a file.

    Raises:
        RecordError: it is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = "The file is not text in UTF-8."
        raise RecordError(why, cure="Save it as CSV in UTF-8.", file=name, line=line) from None


def table(text: str, name: str, columns: Sequence[str]) -> Iterator[Row]:
    """Return the rows of a table that has these columns, in any order and among others; blank lines are none.

    Args:
        text: the text of a CSV file; a byte order mark at its start is passed over.
        name: what errors call the file.
        columns: the columns that it must have.

    Raises:
        RecordError: it is no such table; only a quote that is never closed shows later than at once.
    """
    _check_characters(text, name)
    lines = _lines(text.removeprefix("\ufeff"), name)
    header = next(lines, None)
    if header is None or header[0] != 1:
        why = "The file has no header."
        raise RecordError(why, cure=_header_cure(columns), file=name, line=1)
    places = _places(header[1], name, columns)
    return (_row(line, fields, places, len(header[1])) for line, fields in lines)


def _check_characters(text: str, name: str) -> None:
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        why = "The file holds a NUL character."
        raise RecordError(why, cure="Give a text file: CSV in UTF-8.", file=name, line=line)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        why = "The text holds half of a character."
        raise RecordError(why, cure="Read the file as UTF-8.", file=name, line=line) from None


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str] | str]]:
    """Return the fields of each row, or why it has none, with the line on which the row starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        fields: list[str] | str
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fields = _misquoted(str(error), line, reader.line_num, name)
        if fields:
            yield line, fields


def _misquoted(error: str, start: int, end: int, name: str) -> str:
    """Return why a row cannot be taken apart, or stop where the rows after it could not be told from it."""
    if "field limit" in error:
        why = f"A field is longer than {csv.field_size_limit()} characters."
        raise RecordError(why, cure="Close the quote, or shorten the field.", file=name, line=start)
    if "expected after" not in error:
        why = "A quoted field is not closed by the end of the file."
        raise RecordError(why, cure='Close it with ", and write a quote within as "".', file=name, line=start)
    reach = f" (lines {start} to {end})" if end > start else ""
    return f'A quoted field goes on after its closing quote{reach}. Write a quote within a field as "".'


def _header_cure(columns: Sequence[str]) -> str:
    return f"Begin the file with a line that names the columns {','.join(columns)}."


def _places(header: list[str] | str, name: str, columns: Sequence[str]) -> Mapping[str, int]:
    if isinstance(header, str):
        raise RecordError(header, cure=_header_cure(columns), file=name, line=1)
    names = [cell.strip() for cell in header]
    doubled = [column for column in columns if names.count(column) > 1]
    missing = [column for column in columns if column not in names]
    if len(missing) == len(columns):
        why = "The first line is not the header of a record."
        raise RecordError(why, cure=_header_cure(columns), file=name, line=1)
    if missing:
        why = f"The header lacks {', '.join(missing)}."
        raise RecordError(why, cure="Add the column; its cells may be empty.", file=name, line=1)
    if doubled:
        why = f"The header names {', '.join(doubled)} more than once."
        raise RecordError(why, cure="Remove or rename one of the columns.", file=name, line=1)
    return {column: names.index(column) for column in columns}


def _row(line: int, fields: list[str] | str, places: Mapping[str, int], width: int) -> Row:
    if isinstance(fields, str):
        return Row(line=line, cells={}, why=fields)
    cells = {column: fields[place].strip() for column, place in places.items() if place < len(fields)}
    if len(fields) == width:
        return Row(line=line, cells=cells)
    why = f"The row has {len(fields)} fields, the header {width}. Quote fields that hold commas."
    return Row(line=line, cells=cells, why=why)
