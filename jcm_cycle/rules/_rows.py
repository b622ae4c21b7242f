"""The rows of a rule book, one class a table; the names of the fields are the keys of the file."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from attrs import field, frozen
from attrs.validators import in_

from jcm_cycle.days import UNKNOWN, Bound
from jcm_cycle.evidence._base import Version, as_version
from jcm_cycle.findings import Effect, Standing

__all__ = [
    "TABLES",
    "Adopt",
    "Bilateral",
    "Capability",
    "Entity",
    "Form",
    "Gate",
    "Head",
    "Label",
    "Main",
    "OpenPoint",
    "Overlay",
    "Procedure",
    "Row",
    "SourceDocument",
    "Track",
    "Transition",
    "Value",
    "name_of",
]

SOURCE_KINDS = ("primary", "official_summary", "secondary", "record")
SIDES = ("host", "japan")
VALUES = ("yes", "provisional", "no", "unknown")


@frozen(kw_only=True)
class Row:
    """A row of a book: what it says, since and until when, where that was read, and how well founded it is.

    Attributes:
        since: the day from which it holds.
        until: the first day on which it no longer holds; None while no end is known of.
        source: key of the source document.
        cites: the place in it, in words.
        standing: how well founded the row is.
        note: a remark for the reader of the book.
    """

    table: ClassVar[str] = ""

    since: Bound = UNKNOWN
    until: Bound | None = None
    source: str | None = None
    cites: str | None = None
    standing: Standing
    note: str | None = None

    def holds(self, day: date) -> bool | None:
        """Tell whether the row holds on a day: yes, no, or None where the book does not know."""
        begun = self.since.reached(day)
        ended = self.until.reached(day) if self.until is not None else False
        if begun is False or ended is True:
            return False
        return None if begun is None or ended is None else True


@frozen(kw_only=True)
class Head:
    """Whose rules the book holds, of which special track, and when somebody last looked.

    Attributes:
        country: two-letter code of the host country.
        track: the special track of which this is the book; left out in the book of the country.
        name: the name of the country in messages.
        api: the format of the file.
        reviewed_on: the day on which somebody last compared the book with its sources.
        languages: the languages of the country.
        utc_offset: how far its clocks are ahead of UTC, such as "+07:00".
    """

    table: ClassVar[str] = "book"

    country: str
    track: str | None = None
    name: str
    api: int
    reviewed_on: date
    languages: tuple[str, ...] = ()
    utc_offset: str | None = None


@frozen(kw_only=True)
class Main:
    """What the book of a special track takes over from that of the country, which lies beside it.

    A row of which the track has one of the same name is not taken over, and no more are the rows on tracks.

    Attributes:
        tables: names of the tables whose rows hold in the track too; left out, all.
        without: names of rows that do not hold in it, such as the key of a source or the id of a rule.
    """

    table: ClassVar[str] = "main"

    tables: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()


@frozen(kw_only=True)
class Bilateral(Row):
    """The bilateral document of the two governments.

    Attributes:
        name: what it is called.
    """

    table: ClassVar[str] = "bilateral"

    name: str


@frozen(kw_only=True)
class SourceDocument:
    """A document that rows are founded on.

    Attributes:
        key: the name by which rows point to it.
        title: its title.
        version: its version, as printed.
        kind: primary, official_summary, secondary, or record (rows of the public record).
        about: the country it is about, or "all".
        adopted: the day of its adoption.
        decided_by: who adopted it.
        url: where it can be read.
        standing: how well founded the row is.
        note: a remark for the reader of the book.
    """

    table: ClassVar[str] = "source"
    named: ClassVar[str] = "key"

    key: str
    title: str
    version: str | None = None
    kind: Literal["primary", "official_summary", "secondary", "record"] = field(validator=in_(SOURCE_KINDS))
    about: str
    adopted: Bound | None = None
    decided_by: str | None = None
    url: str | None = None
    standing: Standing
    note: str | None = None


@frozen(kw_only=True)
class Procedure(Row):
    """A whole project cycle procedure, to which a case is pinned when it is opened.

    Attributes:
        name: what it is called.
    """

    table: ClassVar[str] = "procedure"
    named: ClassVar[str] = "name"

    name: str


@frozen(kw_only=True)
class Capability:
    """The capabilities that have one value under one procedure.

    Attributes:
        procedure: name of the procedure.
        value: whether it has them.
        names: the capabilities; left out, all that no other row of the procedure names.
        source: key of the source document.
        cites: the place in it, in words.
        standing: how well founded the row is.
        note: a remark for the reader of the book.
    """

    table: ClassVar[str] = "capability"
    named: ClassVar[str] = "procedure"

    procedure: str
    value: Literal["yes", "provisional", "no", "unknown"] = field(validator=in_(VALUES))
    names: tuple[str, ...] | None = None
    source: str | None = None
    cites: str | None = None
    standing: Standing
    note: str | None = None


@frozen(kw_only=True)
class Value(Row):
    """A number, day or list that a rule reads.

    Attributes:
        id: its name, such as `project.public_inputs`.
        value: a whole number, a day, a text or a list of texts; left out where it is unknown.
        unit: what the number counts, such as "calendar day".
    """

    table: ClassVar[str] = "value"
    named: ClassVar[str] = "id"

    id: str
    value: Any = None
    unit: str | None = None


@frozen(kw_only=True)
class Form(Row):
    """A version of an official form.

    Attributes:
        stem: the stem of its file name, such as F_PDD.
        version: its version as printed, such as "05.0"; left out where none is shown, with a note that says so.
    """

    table: ClassVar[str] = "form"
    named: ClassVar[str] = "stem"

    stem: str
    version: Version | None = field(converter=as_version, default=None)


@frozen(kw_only=True)
class Adopt(Row):
    """A rule of the library that this country's rules contain.

    Attributes:
        rule: id of the rule.
        steps: the steps for which this row speaks; all that the rule binds to where it is left out.
        effect: another effect than the one that follows from the standing.
        why: the reason for that.
    """

    table: ClassVar[str] = "adopt"
    named: ClassVar[str] = "rule"

    rule: str
    steps: tuple[str, ...] | None = None
    effect: Effect | None = None
    why: str | None = None


@frozen(kw_only=True)
class Overlay(Row):
    """A dated measure that relaxes one rule, with the duty that comes in its place.

    Attributes:
        id: its name, such as `interim.remote_assessment`.
        relaxes: id of the rule.
        duty: what is to be done instead, in words.
    """

    table: ClassVar[str] = "overlay"
    named: ClassVar[str] = "id"

    id: str
    relaxes: str
    duty: str | None = None


@frozen(kw_only=True)
class Gate(Row):
    """An act outside the Joint Committee's set, on the host's or Japan's side; advice only.

    Attributes:
        id: its name.
        side: the side on which it is done.
        act: what is done, in words.
        before: id of the step before which it is done.
        issuer: who does it.
    """

    table: ClassVar[str] = "gate"
    named: ClassVar[str] = "id"

    id: str
    side: Literal["host", "japan"] = field(validator=in_(SIDES))
    act: str
    before: str | None = None
    issuer: str | None = None


@frozen(kw_only=True)
class Transition(Row):
    """What a new procedure does to cases that run under an older one.

    Attributes:
        older: the older procedure.
        newer: the newer one.
        moves: yes, no or unknown: whether running cases move.
        states: the states in which they do; all where it is left out.
    """

    table: ClassVar[str] = "transition"
    named: ClassVar[str] = "newer"

    older: str
    newer: str
    moves: Literal["yes", "no", "unknown"] = field(validator=in_(("yes", "no", "unknown")))
    states: tuple[str, ...] | None = None


@frozen(kw_only=True)
class Track:
    """A special track of the country, with a book of its own.

    Attributes:
        name: its name, which is that of its file, too: small letters, digits and `_`.
        text: what it is for, in words.
        source: key of the source document.
        standing: how well founded the row is.
    """

    table: ClassVar[str] = "track"
    named: ClassVar[str] = "name"

    name: str
    text: str
    source: str | None = None
    standing: Standing


@frozen(kw_only=True)
class Label:
    """What something is called in this country or language.

    Attributes:
        of: what is called so, such as the stem of a form.
        text: what it is called.
        language: code of the language.
        source: key of the source document.
        standing: how well founded the row is.
    """

    table: ClassVar[str] = "label"
    named: ClassVar[str] = "of"

    of: str
    text: str
    language: str = "en"
    source: str | None = None
    standing: Standing


@frozen(kw_only=True)
class Entity:
    """A third-party entity that is designated in the country, as a list or a decision shows it.

    Attributes:
        number: its number, where it has one.
        name: its name as written.
        scopes: sectoral scopes for validation and verification; left out where they are not told.
        verification_scopes: those for verification, where they are others.
        since: the day of designation.
        until: the first day on which it no longer is; "unknown" where it is only marked as withdrawn.
        accredited_until: the last day of the accreditation behind it.
        source: key of the source document.
        cites: the place in it, in words.
        standing: how well founded the row is.
        note: a remark for the reader of the book.
    """

    table: ClassVar[str] = "entity"
    named: ClassVar[str] = "name"

    number: str | None = None
    name: str
    scopes: tuple[int, ...] | None = None
    verification_scopes: tuple[int, ...] | None = None
    since: Bound
    until: Bound | None = None
    accredited_until: date | None = None
    source: str | None = None
    cites: str | None = None
    standing: Standing
    note: str | None = None


@frozen(kw_only=True)
class OpenPoint:
    """Something that was looked for and not found.

    Attributes:
        text: what it is.
        about: what it is about, such as the id of a rule, value or step.
    """

    table: ClassVar[str] = "open_point"
    named: ClassVar[str] = "about"

    text: str
    about: str | None = None


TABLES: dict[str, type[Any]] = {
    cls.table: cls
    for cls in (
        Adopt,
        Capability,
        Entity,
        Form,
        Gate,
        Label,
        OpenPoint,
        Overlay,
        Procedure,
        SourceDocument,
        Track,
        Transition,
        Value,
    )
}
"""The tables of a book that may stand several times, each with the class of its rows."""


def name_of(row: Any) -> str:
    """Return the name of a row in its table; several rows may have it, such as those of one rule over time."""
    return str(getattr(row, row.named))
