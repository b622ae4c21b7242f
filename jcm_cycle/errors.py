"""What can go wrong, in one tree: each error says what happened, where, and what to do.

A refusal is not an error: an act that the rules do not permit comes back as `Refused`.
An error is for what no procedure could accept: evidence of the wrong type, an unknown step, a broken file.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "BookError",
    "BrokenJournal",
    "CaseExists",
    "CutJournal",
    "DefinitionError",
    "EvidenceError",
    "JCMCycleError",
    "JournalError",
    "JournalLocked",
    "LanguageUnknown",
    "NeedsExtra",
    "NewerSchema",
    "NoRuleBook",
    "NoRuleInForce",
    "ProcedureUnknown",
    "RecordError",
    "ReferenceTaken",
    "StaleDraft",
    "StoryError",
    "UnknownCase",
    "UnknownRule",
    "UnknownStep",
    "UnknownTag",
]


class JCMCycleError(Exception):
    """Root of all errors of the library.

    Attributes:
        why: what is wrong.
        cure: what to do about it, or an empty string.
        file: the file it stands in, if any.
        line: the line of that file (the first is 1), if known.
    """

    def __init__(self, why: str, *, cure: str = "", file: str | Path | None = None, line: int | None = None) -> None:
        self.why = why
        self.cure = cure
        self.file = str(file) if file is not None else None
        self.line = line
        super().__init__(self._text())

    def _place(self) -> str:
        if self.file is None:
            return f"line {self.line}" if self.line is not None else ""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def _text(self) -> str:
        place = self._place()
        text = f"{place}: {self.why}" if place else self.why
        return f"{text} {self.cure}" if self.cure else text

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole, with place and cure."""
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[JCMCycleError], args: tuple[object, ...], state: dict[str, object]) -> JCMCycleError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class DefinitionError(JCMCycleError):
    """A machine, step or rule is defined in a way that could not work."""


class EvidenceError(JCMCycleError, ValueError):
    """Evidence is of the wrong type, or one of its fields cannot be what it says."""


class UnknownStep(JCMCycleError, LookupError):
    """The machine has no step of this name."""


class UnknownRule(JCMCycleError, LookupError):
    """No rule has this id."""


class UnknownCase(JCMCycleError, LookupError):
    """The journal holds no such case, or more than one where one was meant."""


class CaseExists(JCMCycleError):
    """A case of this id is already in the journal."""


class ReferenceTaken(JCMCycleError):
    """Another case of the journal already bears this reference."""


class BookError(JCMCycleError):
    """A rule book is broken; says the file, the table, the key and the line.

    Attributes:
        table: the table of the book, such as `[[adopt]] 3`.
        key: the key in that table.
    """

    def __init__(
        self,
        why: str,
        *,
        table: str = "",
        key: str = "",
        cure: str = "",
        file: str | Path | None = None,
        line: int | None = None,
    ) -> None:
        self.table = table
        self.key = key
        super().__init__(why, cure=cure, file=file, line=line)

    def _text(self) -> str:
        where = ", ".join(part for part in (self.table, self.key and f"key {self.key!r}") if part)
        place = ": ".join(part for part in (self._place(), where) if part)
        text = f"{place}: {self.why}" if place else self.why
        return f"{text} {self.cure}" if self.cure else text


class StoryError(JCMCycleError):
    """A story on a rule book, or a file of them, cannot be read or played as it is written."""


class LanguageUnknown(JCMCycleError, LookupError):
    """The library has no words in this language."""


class NoRuleBook(JCMCycleError, LookupError):
    """There is no rule book for this country or track."""


class NoRuleInForce(JCMCycleError, LookupError):
    """The book was asked about a day on which none of its rules is in force."""


class ProcedureUnknown(JCMCycleError):
    """The book does not know which procedure applied on the day, so the opener has to name it.

    Attributes:
        candidates: the names to choose from.
    """

    def __init__(self, why: str, *, candidates: tuple[str, ...], cure: str = "") -> None:
        self.candidates = candidates
        super().__init__(why, cure=cure)


class JournalError(JCMCycleError):
    """A journal cannot be read or written as asked."""


class BrokenJournal(JournalError):
    """A line of the journal is not what was sealed."""


class CutJournal(JournalError):
    """The journal ends in the middle of a line: a writer was stopped while it wrote."""


class JournalLocked(JournalError):
    """Another writer holds the journal."""


class StaleDraft(JournalError):
    """The act was judged on a case to which something has been added since."""


class UnknownTag(JournalError):
    """The journal holds something that this version has no name for."""


class NewerSchema(JournalError):
    """The journal was written by a newer version of the library."""


class RecordError(JCMCycleError):
    """A file of public facts cannot be read as such."""


class NeedsExtra(JCMCycleError, ImportError):
    """A package that comes with an extra of the library is not installed."""
