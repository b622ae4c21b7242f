"""Rows of a public record, read as claims: one fact each, with its source, before anything is grouped.

A row that cannot be what it says becomes an `Unreadable` with its line and the reason, and the rest goes on.
A file that is no record at all is a `RecordError`. A row is known by the line in the file on which it starts;
the header is line 1, and a quoted field may go on over several lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import field, frozen

from jcm_cycle.days import UNKNOWN_DAY, Day
from jcm_cycle.errors import RecordError
from jcm_cycle.record._cells import Cells
from jcm_cycle.record._table import load, table
from jcm_cycle.record.countries import codes, unknown
from jcm_cycle.record.detail import Detail
from jcm_cycle.record.vocabulary import EventWord, SubjectType

__all__ = [
    "COLUMNS",
    "Claim",
    "EventWord",
    "Record",
    "SubjectType",
    "Unreadable",
    "read",
    "read_text",
    "shipped",
]

COLUMNS = (
    "country",
    "subject_type",
    "reference",
    "title",
    "event",
    "date",
    "end_date",
    "amount_tco2",
    "detail",
    "decided_by",
    "source_url",
)
"""The columns of a record; a file may have them in any order, and others beside them."""


@frozen(kw_only=True)
class Claim:
    """One fact of a public record.

    Attributes:
        line: the line in the file on which its row starts.
        country: two-letter code of the host country, or JP.
        subject_type: what kind of thing it is about.
        subjects: the references of what it is about; several for a joint fact, none where there is no number.
        reference: the reference as written.
        title: the title as written.
        event: what happened.
        day: when, as far as it is known.
        end: the last day of a window.
        amount: whole tonnes of CO2 equivalent, of all subjects together.
        detail: what the details say, as far as they could be read.
        detail_text: the details as written.
        decided_by: the meeting or body that decided.
        url: the public page on which the fact was read.
    """

    line: int
    country: str
    subject_type: SubjectType
    subjects: tuple[str, ...]
    reference: str
    title: str
    event: EventWord
    day: Day
    end: date | None = None
    amount: int | None = None
    detail: Detail = field(factory=Detail)
    detail_text: str = ""
    decided_by: str | None = None
    url: str = ""

    @property
    def joint(self) -> bool:
        """Whether the fact, with its amount, belongs to several subjects together."""
        return len(self.subjects) > 1

    @property
    def names(self) -> tuple[str, ...]:
        """What its subjects are known by: references, else country, kind and title; none for a row that only counts."""
        title = " ".join(self.title.casefold().split())
        return self.subjects or ((f"{self.country} {self.subject_type} {title}",) if title and title[0] != "(" else ())


@frozen(kw_only=True)
class Unreadable:
    """A row that cannot be read.

    Attributes:
        line: the line in the file on which it starts.
        why: what is wrong with it, and what to do.
    """

    line: int
    why: str


@frozen(kw_only=True)
class Record:
    """A public record as read: every row of it is a claim, or is listed as unreadable.

    Attributes:
        name: the file it was read from.
        rows: how many rows were read.
        claims: the rows that could be read, in the order of the file.
        unreadable: the rows that could not, in the order of the file.
    """

    name: str
    rows: int
    claims: tuple[Claim, ...]
    unreadable: tuple[Unreadable, ...]


def shipped() -> Traversable:
    """Return the public record that comes with the library, to be given to `read`."""
    return files("jcm_cycle.record") / "data" / "public_record.csv"


def read(path: str | Path | Traversable, *, country: str | None = None) -> Record:
    """Read a public record from a file.

    Args:
        path: a CSV file in UTF-8.
        country: the code of the only country whose rows are wanted.

    Raises:
        RecordError: the file is no such record, or there is no such country.
    """
    try:
        data = (Path(path) if isinstance(path, str) else path).read_bytes()
    except (OSError, ValueError) as error:
        why = f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
        raise RecordError(why, cure="Give the path of a CSV file.", file=str(path)) from None
    return read_text(load(data, str(path)), name=str(path), country=country)


def read_text(text: str, *, name: str = "record", country: str | None = None) -> Record:
    """Read a public record from a text.

    Args:
        text: the text of a CSV file; a byte order mark at its start is passed over.
        name: what errors call the file.
        country: the code of the only country whose rows are wanted. A row that names no country there is may
            be one of them, and is listed as unreadable whichever is asked for.

    Raises:
        RecordError: the text is no such record, or there is no such country.
    """
    known = codes()
    if country is not None and country not in known:
        cure = f"Use one of {', '.join(sorted(known))}, or install the book of the country."
        raise RecordError(f"{unknown(country)}.", cure=cure)
    claims: list[Claim] = []
    unreadable: list[Unreadable] = []
    for row in table(text, name, COLUMNS):
        if country is not None and row.cells.get("country") in known - {country}:
            continue
        found = Unreadable(line=row.line, why=row.why) if row.why else _claim(row.line, row.cells)
        if isinstance(found, Claim):
            claims.append(found)
        else:
            unreadable.append(found)
    rows = len(claims) + len(unreadable)
    return Record(name=name, rows=rows, claims=tuple(claims), unreadable=tuple(unreadable))


def _claim(line: int, row: Mapping[str, str]) -> Claim | Unreadable:
    cells = Cells()
    country = cells.country(row["country"])
    kind, event = cells.fact(row["subject_type"], row["event"])
    day, end = cells.window(row["date"], row["end_date"])
    amount = cells.amount(row["amount_tco2"])
    subjects = cells.subjects(row["reference"], row["title"], kind, country)
    if cells.problems or not (country and kind and event):
        return Unreadable(line=line, why=" ".join(cells.problems))
    return Claim(
        line=line,
        country=country,
        subject_type=kind,
        subjects=subjects,
        reference=row["reference"],
        title=row["title"],
        event=event,
        day=day or UNKNOWN_DAY,
        end=end,
        amount=amount,
        detail=Detail.parse(row["detail"]),
        detail_text=row["detail"],
        decided_by=row["decided_by"] or None,
        url=row["source_url"],
    )
