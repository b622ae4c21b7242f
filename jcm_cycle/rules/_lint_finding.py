"""What lint finds in a rule book, or in the code of its rules: each with its place, its short name, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from jcm_cycle.errors import BookError, JCMCycleError

__all__ = ["ADVICE", "ERROR", "Level", "LintFinding", "of_error"]

Level = Literal["error", "advice"]
ERROR: Level = "error"
ADVICE: Level = "advice"


@frozen(kw_only=True, order=True)
class LintFinding:
    """One thing that is wrong with a rule book, or with the code of a rule that it adopts.

    Attributes:
        file: the file it stands in.
        line: the line of that file; None where it is not known.
        table: the table of the book, such as `[[adopt]] 3`; empty in code.
        key: the key in that table; in code the id of the rule.
        name: the short name of what is wrong, such as `overlap`; it stays the same from version to version.
        level: `error`, or `advice` for what may stay as it is.
        why: what is wrong, in words.
        cure: what to do about it.
    """

    file: str
    line: int | None = None
    table: str = ""
    key: str = ""
    name: str
    level: Level = ERROR
    why: str
    cure: str

    def json(self) -> dict[str, Any]:
        """Return the finding as data."""
        return {
            "file": self.file,
            "line": self.line,
            "table": self.table,
            "key": self.key,
            "name": self.name,
            "level": self.level,
            "why": self.why,
            "cure": self.cure,
        }

    def __str__(self) -> str:
        """Return one line, as compilers write it."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        name = self.name if self.level == ERROR else f"{self.name} ({self.level})"
        where = ", ".join(part for part in (self.table, self.key and f"key {self.key!r}" if self.table else "") if part)
        told = f"{where}: {self.why}" if where else self.why
        return f"{place}: {name}: {told} {self.cure}".rstrip()


def of_error(error: JCMCycleError, file: Path | str = "", *, level: Level = ERROR) -> LintFinding:
    """Return the error of a book as a finding; the file is that of the error where it names one."""
    book = isinstance(error, BookError)
    return LintFinding(
        file=error.file or str(file),
        line=error.line,
        table=error.table if isinstance(error, BookError) else "",
        key=error.key if isinstance(error, BookError) else "",
        name=error.name if isinstance(error, BookError) else "unreadable",
        level=level,
        why=error.why if book else str(error),
        cure=error.cure,
    )
