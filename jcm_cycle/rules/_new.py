"""Writes a distribution that brings the rule book of a country: what `jcm-cycle new-book` does.

Either of a country that has none, with an example in each file; or from the installed book of one, to correct it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from string import Template

from attrs import frozen

from jcm_cycle._labels import LANGUAGES
from jcm_cycle.errors import NewBookError
from jcm_cycle.parties import JAPAN
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._head import CODE
from jcm_cycle.rules._installed import books
from jcm_cycle.rules._lint_sense import accept
from jcm_cycle.rules._rule import rules
from jcm_cycle.rules._schema import schema_text

__all__ = ["Distribution", "new_book"]

SKELETON = Path(__file__).with_name("skeleton")
NAME = re.compile(r"[^\W\d_][^\W_ .,'’()&-]*(?:[ .,'’()&-]+[^\W_ .,'’()&-]+)*[.)]?")
LONGEST = 60

OWN: Mapping[str, str] = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "$package/__init__.py": "init.py",
    "$package/rules.py": "rules.py",
    "$package/book.toml": "book.toml",
    "stories/$low.stories.toml": "stories.toml",
    "tests/test_book.py": "test_book.py",
}
"""The files of a distribution, each with the one of the skeleton from which it is made."""
COPIED: Mapping[str, str] = {
    **{file: made for file, made in OWN.items() if not file.endswith("book.toml")},
    "$package/rules.py": "rules_copied.py",
    "stories/$low.stories.toml": "stories_copied.toml",
    "tests/test_book.py": "test_book_copied.py",
}
"""The same where the book is a copy of an installed one."""

CLASH = """\
# The entry point that would bring the book wherever this is installed; two books for one country exclude each other,
# and $code has one already. Your program chooses: books | {"$code": $package.book()}.
# [project.entry-points."jcm_cycle.books"]
# $code = "$package:book"
"""
POINT = """\
[project.entry-points."jcm_cycle.books"]
$code = "$package:book"
"""
IMPORTED = (
    "import $package.rules  # noqa: F401 - defines the rules that the book adopts\nfrom jcm_cycle import RuleBook"
)
FIRST = "The book says nothing yet but what is marked as an example: replace that first."
FIRST_COPIED = "The book is a copy of the installed one: `tests/test_book.py` lists what you change in it."
USE = 'Once it is installed, `jcm_cycle.books["$code"]` is this book, and every command knows it.'
USE_COPIED = """\
There is a book for $code already, and nobody takes the place of another's book silently. The program chooses:

```python
import $package
from jcm_cycle import books

chosen = books | {"$code": $package.book()}
```"""


@frozen(kw_only=True)
class Distribution:
    """A distribution that was written.

    Attributes:
        at: its folder.
        country: code of the country.
        package: name of its package.
        files: its files, from the folder on.
    """

    at: Path
    country: str
    package: str
    files: tuple[str, ...]


def new_book(
    country: str, at: Path | str, *, on: date, name: str | None = None, from_installed: bool = False
) -> Distribution:
    """Write a distribution that brings the rule book of a country.

    Args:
        country: two-letter code of the country.
        at: the folder to write it into, which is not there yet or empty.
        on: the day of today, from which the example holds.
        name: name of the country in messages; left out, its code.
        from_installed: make it from the installed book of the country, to correct that.

    Raises:
        NewBookError: the code is none, the country has a book or none, or the folder is not empty; nothing is written.
        BookError: the installed book is broken.
    """
    _check_code(country)
    if country in books and not from_installed:
        why = f"There is a rule book for {country} already; nothing was written."
        raise NewBookError(why, cure="To correct it, give --from-installed: that starts from a copy of it.")
    book = _installed(country) if from_installed else None
    called = name if name is not None else (book.head.name if book is not None else country)
    if len(called) > LONGEST or not NAME.fullmatch(called):
        raise NewBookError(f"{called!r} cannot be the name of a country.", cure="Write letters, blanks and hyphens.")
    folder = Path(at).absolute()
    _check_folder(folder)
    words = _words(country, called, on, book)
    try:
        return _made(folder, words, book)
    except OSError as error:
        why = f"{error.filename or folder}: cannot be written: {error.strerror}."
        raise NewBookError(why, cure="Check the folder.") from None


def _made(folder: Path, words: Mapping[str, str], book: RuleBook | None) -> Distribution:
    """Write everything beside the folder, and move it there when it is whole."""
    with tempfile.TemporaryDirectory(prefix=f".{words['package']}-", dir=folder.parent) as made:
        root = Path(made, "made")
        root.mkdir()
        for file, text in _files(words, copied=book is not None):
            path = root / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        package = root / words["package"]
        for name, copied in _beside(book) if book is not None else ():
            shutil.copyfile(copied, package / name)
        accept(package)
        files = tuple(sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()))
        _check_folder(folder)
        folder.mkdir(exist_ok=True)
        for path in sorted(root.iterdir()):
            path.rename(folder / path.name)
    return Distribution(at=folder, country=words["code"], package=words["package"], files=files)


def _check_code(country: str) -> None:
    if not CODE.fullmatch(country):
        upper = country.upper()
        cure = (
            f"Did you mean {upper!r}?"
            if CODE.fullmatch(upper)
            else "Give the two capital letters of ISO 3166, such as KH."
        )
        raise NewBookError(f"{country!r} is not the code of a country.", cure=cure)
    if country == JAPAN:
        raise NewBookError("JP is Japan, the partner of every host country.", cure="Give the code of a host country.")


def _installed(country: str) -> RuleBook:
    if country not in books:
        why = f"There is no book for {country} to start from."
        raise NewBookError(why, cure="Leave --from-installed out, to begin a new one.")
    book = books[country]
    if not Path(str(book.path)).is_file():
        raise NewBookError(f"The book of {country} lies in no file.", cure="Copy what it is made of by hand.")
    return book


def _check_folder(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NewBookError(f"{folder} is no folder.", cure="Give another one.")
    if folder.is_dir() and any(folder.iterdir()):
        raise NewBookError(f"{folder} is not empty; nothing was written.", cure="Give a folder that is not there yet.")
    if not folder.parent.is_dir():
        raise NewBookError(f"{folder.parent} is no folder.", cure="Make it first, or give another one.")


def _words(country: str, name: str, on: date, book: RuleBook | None) -> Mapping[str, str]:
    low = country.lower()
    words = {
        "code": country,
        "low": low,
        "name": name,
        "package": f"jcm_book_{low}",
        "distribution": f"jcm-book-{low}",
        "day": on.isoformat(),
        "before": (on - timedelta(days=1)).isoformat(),
        "year": str(on.year),
        "month": str(on.month),
        "date": str(on.day),
        "lint": country if book is None else f"jcm_book_{low}",
    }
    told = {
        "points": POINT if book is None else CLASH,
        "imports": IMPORTED if book is None else _imports(book),
        "first": FIRST if book is None else FIRST_COPIED,
        "use": USE if book is None else USE_COPIED,
    }
    return {**words, **{key: Template(text).substitute(words) for key, text in told.items()}}


def _imports(book: RuleBook) -> str:
    """Return the imports of the modules that define the rules of an installed book, and of the new one."""
    adopted = {row.rule for one in book.with_tracks() for row in one.rows["adopt"]}
    modules = {rules()[name].function.__module__ for name in adopted}
    own = sorted(one for one in modules if not one.startswith("jcm_cycle.rules.common."))
    lines = [f"import {one}  # noqa: F401 - defines rules that the book adopts" for one in ("$package.rules", *own)]
    return "\n".join([*sorted(lines), "from jcm_cycle import RuleBook"])


def _files(words: Mapping[str, str], *, copied: bool) -> Iterator[tuple[str, str]]:
    """Yield the files that are made from the skeleton, each with its text."""
    for file, made in (COPIED if copied else OWN).items():
        text = (SKELETON / f"{made}.in").read_text(encoding="utf-8")
        yield Template(file).substitute(words), Template(text).substitute(words)
    yield "book.schema.json", schema_text()


def _beside(book: RuleBook) -> Iterator[tuple[str, Path]]:
    """Yield the file of a book, those of its tracks, and those of its texts in other languages, by their new names."""
    file = Path(str(book.path))
    yield "book.toml", file
    for name in (*(row.name for row in book.rows["track"]), *LANGUAGES):
        if (one := file.with_name(f"{name}.toml")).is_file():
            yield one.name, one
