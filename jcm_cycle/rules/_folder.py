"""The books of a folder outside any package: one folder for each country, with its `book.toml`; data, and no code.

What leads out of the folder is refused, be it a link or the name of a track.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._file import load_text
from jcm_cycle.rules._lines import find_line
from jcm_cycle.rules._shelf import Shelf

__all__ = ["NAME", "country_in", "files_of", "shelf"]

NAME = "book.toml"
COUNTRY = re.compile(r"""\s*"?country"?\s*=\s*["']([^"'\\]+)["']""")


def shelf(folder: Path) -> Shelf:
    """Return the books of a folder; of each file only its country is read.

    Raises:
        BookError: there is no such folder, or it holds the book of one country itself.
    """
    if not folder.is_dir():
        raise BookError("is no folder.", file=folder, cure="Give the folder that holds the folders of the countries.")
    if (folder / NAME).exists():
        why = f"holds the {NAME} of one country."
        raise BookError(why, file=folder, cure="Give the folder above, or read the one book with RuleBook.read.")
    files: dict[str, list[Path]] = {}
    stray: dict[str, BookError] = {}
    for found, wrong in files_of(folder):
        try:
            if wrong is not None:
                raise wrong
            files.setdefault(country_in(found), []).append(found)
        except BookError as error:
            stray[found.relative_to(folder).as_posix()] = error
    return Shelf({country: _reader(country, found, folder) for country, found in files.items()}, stray)


def files_of(folder: Path) -> Iterator[tuple[Path, BookError | None]]:
    """Yield the book of each country of a folder, with what is wrong with where it lies."""
    for found in _files(folder):
        try:
            _within(found, folder)
        except BookError as error:
            yield found, error
        else:
            yield found, None


def _files(folder: Path) -> Iterator[Path]:
    """Yield the book of each country, and each file that lies where none is looked for."""
    for one in sorted(folder.iterdir()):
        if one.is_dir() and not one.name.startswith("."):
            if (one / NAME).exists() or (one / NAME).is_symlink() or any(one.glob("*.toml")):
                yield one / NAME
        elif one.suffix == ".toml" or one.is_symlink():
            yield one


def _within(file: Path, folder: Path) -> None:
    """Refuse a file that lies elsewhere than it seems, or where no book is looked for."""
    if not file.resolve().is_relative_to(folder.resolve()):
        why = "leads out of the folder of the books."
        raise BookError(why, file=file, cure="Put the file itself there instead of a link to it.")
    if file.parent == folder:
        why = "lies beside the folders of the countries."
        raise BookError(why, file=file, cure=f"Make a folder for the country, and call the file {NAME} in it.")


def country_in(file: Path) -> str:
    """Return the country that the head of a book names; the rest of the book may be broken."""
    text = load_text(file)
    line = find_line(text, "book", 0, "country")
    found = COUNTRY.match(text.split("\n")[line - 1]) if line is not None else None
    return found[1] if found is not None else RuleBook.read(file).country


def _reader(country: str, files: list[Path], folder: Path) -> Callable[[], RuleBook]:
    return partial(_read, country, files, folder)


def _read(country: str, files: list[Path], folder: Path) -> RuleBook:
    if len(files) > 1:
        why = f"There are several books for {country}: {', '.join(map(str, files))}."
        raise BookError(why, file=folder, cure="Keep one of them there.")
    (file,) = files
    _within(file, folder)
    book = RuleBook.read(file)
    if book.country != country:
        why = f"the book is that of {book.country}, and no longer of {country}."
        raise book.error_in("book", 0, why, key="country", cure="Read the folder again.", mistake="unreadable")
    for row in book.rows["track"]:
        own = file.with_name(f"{row.name}.toml")
        _within(own, folder)
        if own.exists() and not own.is_file():  # it would be taken for none
            load_text(own)
    return book
