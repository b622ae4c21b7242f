"""Reads a TOML file that others wrote: a plain file of a size that a book can have, in UTF-8. No code of it runs."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from jcm_cycle.errors import BookError

__all__ = ["LARGEST", "MOST_DOTS", "load", "load_text"]

LARGEST = 1024 * 1024
"""Bytes of the largest file that is read as a book; the longest book of the library has a twenty-fifth of it."""
MOST_DOTS = 200
"""Dots in one line: more are no text, and a key of so many parts would keep the reader busy for hours."""

PLAIN = {
    "Cannot overwrite a value": "a key stands there twice",
    "Illegal character '\\n'": "a text does not end on the line on which it begins",
    "Invalid date or datetime": "there is no such day",
    "Invalid value": "what stands there is no value; a text needs quotation marks",
}
"""What the parser says, each with what it means to whoever writes a book."""


def load(path: Path | str) -> tuple[dict[str, Any], str]:
    """Return the tables of a book, and its text.

    Raises:
        BookError: the file cannot be read, is not one that a book can be, or is no TOML.
    """
    text = load_text(path)
    for number, one in enumerate(text.split("\n"), 1):
        if one.count(".") > MOST_DOTS:
            why = f"has a line with {one.count('.')} dots, which is neither a key nor a sentence."
            raise BookError(why, file=path, line=number, cure="Take the line out.")
    try:
        return tomllib.loads(text), text
    except (ValueError, RecursionError) as error:  # broken TOML, a number too long, or brackets too deep
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        why = f"is not TOML: {_plain(str(error))}."
        raise BookError(why, file=path, line=line, cure="Mend the line it names.") from None


def _plain(text: str) -> str:
    """Return what the parser says, in words that whoever writes a book knows."""
    return next((text.replace(words, plain) for words, plain in PLAIN.items() if text.startswith(words)), text)


def load_text(path: Path | str) -> str:
    """Return the text of a book.

    Raises:
        BookError: the file cannot be read, is no plain file, is too large, or is not UTF-8.
    """
    file = Path(str(path))
    try:
        _check(file)
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # no such file, or a name that no file can have
        why = f"cannot be read: {getattr(error, 'strerror', None) or error}."
        raise BookError(why, file=path, cure="Check the path.") from None
    if len(raw) > LARGEST:
        raise _too_large(file)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BookError("is not UTF-8.", file=path, line=line, cure="Save it as UTF-8.") from None


def _check(file: Path) -> None:
    """Refuse what is no plain file, such as a device that never ends, and what is too large, before it is opened."""
    found = file.stat()
    if stat.S_ISDIR(found.st_mode):
        raise BookError("cannot be read: it is a folder.", file=file, cure="Check the path.")
    if not stat.S_ISREG(found.st_mode):
        raise BookError("cannot be read: it is no plain file.", file=file, cure="Check the path.")
    if found.st_size > LARGEST:
        raise _too_large(file)


def _too_large(file: Path) -> BookError:
    why = f"is larger than {LARGEST // 1024 // 1024} MiB, which no book is."
    return BookError(why, file=file, cure="Check that it is the file you mean.")
