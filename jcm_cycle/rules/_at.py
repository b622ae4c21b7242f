"""The book that lies at a path: a file, the folder of a country, or the folder of a distribution that brings it.

A book is data, and nothing in its folder is run. The rules that it adopts are known where something that is installed
defines them: the book of the same country, or the package itself in which the file lies.
"""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from jcm_cycle.errors import BookError, JCMCycleError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._folder import NAME, country_in
from jcm_cycle.rules._installed import books

__all__ = ["book_at", "file_at", "is_path", "learn_rules"]

COUNTRY = re.compile(r"[A-Z]{2}(?:/[a-z0-9_]*)?")


def is_path(what: str) -> bool:
    """Tell whether a path is meant, and not a country such as `TH` or a track such as `TH/existing`."""
    if COUNTRY.fullmatch(what) and (what.partition("/")[0] in books or not Path(what).exists()):
        return False
    return Path(what).exists() or "/" in what or what.endswith(".toml")


def file_at(path: Path) -> Path:
    """Return the file of the book at a path."""
    if not path.is_dir() or (path / NAME).exists():
        return path / NAME if path.is_dir() else path
    found = sorted(path.glob(f"*/{NAME}")) if (path / "pyproject.toml").is_file() else []
    return found[0] if len(found) == 1 else path / NAME


def book_at(path: Path) -> RuleBook:
    """Return the book at a path.

    Raises:
        BookError: there is none, it is broken, or it adopts a rule of its own that nothing installed defines.
    """
    file = file_at(path)
    learn_rules(file)
    try:
        return RuleBook.read(file)
    except BookError as error:
        raise _told(error, file) from None


def learn_rules(file: Path, *, beside: bool = True) -> None:
    """Let whatever is installed define the rules that the book in a file may adopt; nothing else is run.

    Without `beside`, the rules of the package in which the file lies are known by their text.
    """
    with suppress(JCMCycleError):
        books.get_or_none(country_in(file))
    if not beside:
        return
    package = file.parent.resolve()
    if not package.name.isidentifier() or not (package / "__init__.py").is_file():
        return
    spec = find_spec(package.name)
    if spec is not None and spec.origin is not None and Path(spec.origin).resolve() == package / "__init__.py":
        import_module(package.name)


def _told(error: BookError, file: Path) -> BookError:
    """Return the error, with what to do where the rule is written beside the book and was not run."""
    beside = file.with_name("rules.py")
    name = re.search(r"no rule has the id '([^']+)'", error.why)
    if error.name != "unknown-rule" or name is None or not beside.is_file():
        return error
    if name[1] not in beside.read_text(encoding="utf-8", errors="replace"):
        return error
    why = f"{name[1]} is written in {beside.name} beside the book, and nothing that is only a file is run."
    cure = "Install the distribution that brings both, such as with pip install --editable."
    place = {"table": error.table, "key": error.key, "file": error.file, "line": error.line}
    return BookError(why, cure=cure, name=error.name, **place)  # type: ignore[arg-type]
