"""Finds the line of a row in the text of a book; used only when an error is shown."""

from __future__ import annotations

import re

__all__ = ["find_line"]


def find_line(text: str, table: str, place: int, key: str = "") -> int | None:
    """Return the line of a key in the so-manieth row of a table, or of the row's head, or None.

    A table may also be written as a key, such as `source = []`; then that line is its head.

    Args:
        text: the book.
        table: name of the table.
        place: 1 for the first `[[table]]`; 0 for a `[table]` that stands once.
        key: the key; only its first part counts.
    """
    name = re.escape(table)
    head = re.compile(rf'\s*\[\[?\s*"?{name}"?\s*\]\]?\s*(#.*)?')
    as_key = re.compile(rf'\s*"?{name}"?\s*=')
    any_head = re.compile(r"\s*\[\[?[^\]=]+\]\]?\s*(#.*)?")
    wanted = key.partition(".")[0]
    seen, row, written = 0, None, None
    for number, line in enumerate(text.split("\n"), 1):
        if head.fullmatch(line):
            seen += 1
            if row is not None:
                return row
            if seen == max(place, 1):
                row = number
        elif row is None:
            written = written or (number if as_key.match(line) else None)
        else:
            if any_head.fullmatch(line):
                return row
            if wanted and re.match(rf'\s*"?{re.escape(wanted)}"?\s*=', line):
                return number
    return row or written
