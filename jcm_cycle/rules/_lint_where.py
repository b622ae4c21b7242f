"""Which books are meant: all that are installed, the one of a country, a file, or a folder of books.

Each is looked at as far as it can be read; what cannot be read at all is a finding, too.
"""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from jcm_cycle.errors import BookError
from jcm_cycle.rules._at import file_at, learn_rules
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._folder import NAME, files_of
from jcm_cycle.rules._installed import books
from jcm_cycle.rules._lint_finding import LintFinding, of_error

__all__ = ["Looked", "named"]


@frozen
class Looked:
    """What is to be looked at.

    Attributes:
        books: books that were read, and files of books that are read as far as they can be.
        broken: what is wrong with what cannot be looked at.
    """

    books: tuple[RuleBook | Path, ...]
    broken: tuple[LintFinding, ...]


def named(what: str | None) -> Looked:
    """Return the books that are meant by a country code, the path of a book or folder, or nothing.

    Raises:
        NoRuleBook: it is neither a path nor the code of a country that has a book.
        BookError: the folder holds no book.
    """
    if what is None:
        countries: tuple[str, ...] = tuple(books)
    elif what in books or not Path(what).exists():
        countries = (what,)
    else:
        return _path(Path(what))
    found: list[RuleBook | Path] = []
    broken: list[LintFinding] = []
    for country in countries:
        try:
            found.append(books[country])
        except BookError as error:
            if error.file is not None and Path(error.file).is_file():
                found.append(Path(error.file))
            else:
                broken.append(of_error(error, country))
    if what is None:
        broken += [of_error(error, name) for name, error in books.shelf.stray.items()]
    return Looked(tuple(found), tuple(broken))


def _path(path: Path) -> Looked:
    if (file := file_at(path)).exists():
        learn_rules(file, beside=False)
        return Looked((file,), ())
    found: list[Path] = []
    broken: list[LintFinding] = []
    for file, error in files_of(path):
        if error is None:
            found.append(file)
        else:
            broken.append(of_error(error, file))
    if not found and not broken:
        raise BookError(
            "holds no book.", file=path, cure=f"Give the folder that holds a folder with {NAME} for each country."
        )
    return Looked(tuple(found), tuple(broken))
