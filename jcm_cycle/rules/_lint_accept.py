"""Records the sense of the rules of books, by their revision, in the file beside each module."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._lint_read import examine
from jcm_cycle.rules._lint_rules import folders
from jcm_cycle.rules._lint_sense import accept
from jcm_cycle.rules._lint_source import BESIDE, foreseen_in, written_in
from jcm_cycle.rules._lint_where import Looked

__all__ = ["Accepted", "accept_all"]


@frozen
class Accepted:
    """What came of recording.

    Attributes:
        files: the files that were written.
        unknown: ids that were named as having the same sense, and that no rule has.
    """

    files: tuple[Path, ...] = ()
    unknown: tuple[str, ...] = ()


def accept_all(looked: Looked, same: Iterable[str] = ()) -> Accepted:
    """Record the sense of the rules of these books, and of what stands beside them in the same folder.

    A rule whose sense has changed under the same revision is left as it was, unless it is named.

    Raises:
        BookError: a module cannot be read, or the file cannot be written.
    """
    every: dict[Path, None] = {}
    for one in looked.books:
        book = one if isinstance(one, RuleBook) else _read(one)
        every |= dict.fromkeys(folders(book) if book is not None else ())
    ids = {name for folder in every for file in folder.glob("*.py") for name in written_in(file)}
    unknown = tuple(name for name in same if name not in ids)
    if unknown:
        return Accepted(unknown=unknown)
    written = (accept(folder, same) for folder in every)
    return Accepted(files=tuple(file for file in written if file is not None))


def _read(file: Path) -> RuleBook | None:
    book, _ = examine(file, foreseen=foreseen_in(file.with_name(BESIDE)))
    return book
