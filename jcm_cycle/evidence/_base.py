"""What all evidence has in common: tags, form versions, public and confidential parts, references, versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from attrs import field, frozen

from jcm_cycle.errors import DefinitionError, EvidenceError

__all__ = [
    "LARGEST_SCOPE",
    "REFERENCE_KINDS",
    "Document",
    "Evidence",
    "Filing",
    "MethodologyVersion",
    "Outcome",
    "Person",
    "Version",
    "as_methodology",
    "as_opinion",
    "as_tuple",
    "as_version",
    "as_versions",
    "check_country",
    "check_name",
    "confidential",
    "country",
    "day",
    "evidence_classes",
    "is_name",
    "is_reference",
    "methodologies",
    "name",
    "names",
    "one_of",
    "outcome_of",
    "required_name",
    "scope_numbers",
    "whole",
    "wholes",
]


class Outcome(StrEnum):
    """How a step can end; each step names those it has."""

    __hash__ = str.__hash__

    POSITIVE = "positive"
    NEGATIVE = "negative"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    REGISTERED = "registered"
    REFUSED = "refused"
    OTHERWISE = "otherwise"
    NOTIFIED = "notified"
    ZERO = "zero"
    PARTLY = "partly"
    APPROVED = "approved"
    NO_OBJECTION = "no_objection"
    OBJECTED = "objected"
    DESIGNATED = "designated"
    PROVISIONAL = "provisional"
    RETURNED = "returned"
    DECIDED = "decided"
    """What a decision that can end one way only says."""


def outcome_of(where: str, value: str, allowed: tuple[Outcome, ...] = tuple(Outcome)) -> Outcome:
    """Read an outcome that is one of those a field can have.

    Raises:
        EvidenceError: it is none of them.
    """
    for outcome in allowed:
        if outcome == value:
            return outcome
    shown = str(value) if isinstance(value, str) else value
    why = f"{where}: {shown!r} is none of the words that can stand here."
    raise EvidenceError(why, cure=f"Words are {', '.join(allowed)}.")


def _of_a_version(_: object, attribute: Any, value: Any) -> None:
    if type(value) is not int or not 0 <= value < 1000:  # noqa: PLR2004 - as many digits as `parse` reads
        why = f"{attribute.name}: {value!r} is not a part of a version."
        raise EvidenceError(why, cure="Give a whole number of at most three digits.")


@frozen(order=True)
class Version:
    """Version of a document, form or methodology: `ver05.0`, `Ver1.1` and `5.0` are read alike."""

    major: int = field(validator=_of_a_version)
    minor: int = field(default=0, validator=_of_a_version)

    @classmethod
    def parse(cls, text: str | Version) -> Version:
        """Read a version.

        Raises:
            EvidenceError: the text is no version.
        """
        if isinstance(text, Version):
            return text
        found = re.fullmatch(r"(?:[Vv]er(?:sion)?\.?\s*)?([0-9]{1,3})(?:\.([0-9]{1,3}))?", str(text).strip())
        if not found or not isinstance(text, str):
            why = f"{text!r} is not a version."
            raise EvidenceError(why, cure="Write it as 05.0 or Ver1.0.")
        return cls(int(found[1]), int(found[2] or 0))

    def __str__(self) -> str:
        return f"{self.major:02d}.{self.minor}"


_METHODOLOGY = re.compile(r"[A-Z]{2}_AM[0-9]{3}")


@frozen(order=True)
class MethodologyVersion:
    """One version of an approved methodology, such as MN_AM003 Ver2.0."""

    reference: str = field()
    version: Version = field()

    @reference.validator
    def _named(self, _: object, value: object) -> None:
        if not isinstance(value, str) or not _METHODOLOGY.fullmatch(value):
            why = f"{value!r} is not the reference of an approved methodology."
            raise EvidenceError(why, cure="Write it as MN_AM003.")

    @version.validator
    def _read(self, _: object, value: object) -> None:
        if not isinstance(value, Version):
            why = f"{value!r} is not a version."
            raise EvidenceError(why, cure='Give Version(2), or read the whole with parse("MN_AM003 Ver2.0").')

    @classmethod
    def parse(cls, text: str | MethodologyVersion) -> MethodologyVersion:
        """Read `MN_AM003 Ver2.0`.

        Raises:
            EvidenceError: the text is nothing of the kind.
        """
        if isinstance(text, MethodologyVersion):
            return text
        found = re.fullmatch(r"([A-Z]{2}_AM[0-9]{3})\s+([Vv]er\s*[0-9]+(?:\.[0-9]+)?)", str(text).strip())
        if not found:
            why = f"{text!r} is not a version of an approved methodology."
            raise EvidenceError(why, cure="Write it as MN_AM003 Ver2.0.")
        return cls(found[1], Version.parse(found[2]))

    def __str__(self) -> str:
        return f"{self.reference} Ver{self.version.major}.{self.version.minor}"


REFERENCE_KINDS: Mapping[str, re.Pattern[str]] = {
    "project": re.compile(r"[A-Z]{2}[0-9]{3}"),
    "idea": re.compile(r"[A-Z]{2}_PIN[0-9]{3}"),
    "proposed methodology": re.compile(r"[A-Z]{2}_PM[0-9]{3}"),
    "approved methodology": _METHODOLOGY,
    "tpe": re.compile(r"TPE-[A-Z]{2}-[0-9]{3}"),
}
"""The patterns of public reference numbers, by what they number."""

_EXAMPLES = {
    "project": "MN001",
    "idea": "ID_PIN001",
    "proposed methodology": "MN_PM006",
    "approved methodology": "MN_AM003",
    "tpe": "TPE-MN-014",
}


def is_reference(kind: str) -> Callable[[Any, Any, str | None], None]:
    """Return a validator for reference numbers of one kind; None passes."""

    def check(_: Any, attribute: Any, value: str | None) -> None:
        if value is not None and not (isinstance(value, str) and REFERENCE_KINDS[kind].fullmatch(value)):
            why = f"{attribute.name}: {value!r} is not the reference of a {kind}."
            raise EvidenceError(why, cure=f"Write it as {_EXAMPLES[kind]}.")

    return check


W = TypeVar("W", bound=StrEnum)


def one_of(where: str, words: type[W], value: str | None) -> W | None:
    """Read a word of a list; None passes.

    Raises:
        EvidenceError: it is none of them.
    """
    try:
        return None if value is None else words(value)
    except ValueError:
        why = f"{where}: {value!r} is none of the words that can stand here."
        raise EvidenceError(why, cure=f"Words are {', '.join(words)}.") from None


def check_country(where: str, value: Any) -> None:
    """Let pass the two-letter code of a country.

    Raises:
        EvidenceError: it is none.
    """
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{2}", value):
        why = f"{where}: {value!r} is not the code of a country."
        raise EvidenceError(why, cure="Write two capital letters: JP, or the host country's code such as MN.")


def country(_: Any, attribute: Any, value: Any) -> None:
    """Let pass the two-letter code of a country."""
    check_country(attribute.name, value)


def day(_: Any, attribute: Any, value: Any) -> None:
    """Let pass a day or None, and nothing else; a date with a time is none."""
    if value is not None and type(value) is not date:
        why = f"{attribute.name}: {value!r} is not a day."
        raise EvidenceError(why, cure="Give a date without a time.")


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character, which no text in UTF-8 can hold."""


def is_name(value: object) -> bool:
    """Tell whether something is a text that is not blank and that can be written down as Unicode."""
    return isinstance(value, str) and bool(value.strip()) and _SURROGATE.search(value) is None


def name(_: Any, attribute: Any, value: Any) -> None:
    """Let pass a text that is not blank, or None."""
    if value is not None:
        required_name(_, attribute, value)


def check_name(where: str, value: Any) -> None:
    """Let pass a text that is not blank.

    Raises:
        EvidenceError: it is none.
    """
    if not is_name(value):
        why = f"{where}: {value!r} is not a name."
        raise EvidenceError(why, cure="Give a text that is not blank.")


def required_name(_: Any, attribute: Any, value: Any) -> None:
    """Let pass a text that is not blank."""
    check_name(attribute.name, value)


LARGEST_SCOPE = 16
"""Scopes 1 to 15 are in the lists seen; 16 may come with carbon capture."""


def scope_numbers(_: Any, attribute: Any, value: Any) -> None:
    """Let pass a tuple of sectoral scopes, or None."""
    known = isinstance(value, tuple) and all(type(item) is int for item in value)
    if value is not None and (not known or not all(0 < item <= LARGEST_SCOPE for item in value)):
        why = f"{attribute.name}: {value!r} is not a list of sectoral scopes."
        raise EvidenceError(why, cure=f"Give whole numbers from 1 to {LARGEST_SCOPE}, such as (1, 3).")


def names(_: Any, attribute: Any, value: Any) -> None:
    """Let pass a tuple of texts that are not blank, or None."""
    if value is None:
        return
    if not isinstance(value, tuple) or not all(map(is_name, value)):
        why = f"{attribute.name}: {value!r} must be names."
        raise EvidenceError(why, cure="Give a list of texts that are not blank.")


def whole(_: Any, attribute: Any, value: Any) -> None:
    """Let pass a whole number of zero or more, or None."""
    if value is not None and (type(value) is not int or value < 0):
        why = f"{attribute.name}: {value!r} is not a whole number of zero or more."
        raise EvidenceError(why, cure="Give whole tonnes or counts.")


def wholes(_: Any, attribute: Any, value: Any) -> None:
    """Let pass a tuple of whole numbers of zero or more, or None."""
    if value is None:
        return
    if not isinstance(value, tuple) or not all(type(item) is int and item >= 0 for item in value):
        why = f"{attribute.name}: {value!r} must be whole numbers."
        raise EvidenceError(why, cure="Give a list of whole numbers.")


def as_tuple(value: Any) -> Any:
    """Turn a list into a tuple; a text is not a list of its letters."""
    if isinstance(value, str):
        why = f"{value!r} is one text where several are meant."
        raise EvidenceError(why, cure="Give a list, with one item if there is one.")
    return tuple(value) if isinstance(value, list) else value


def as_methodology(value: str | MethodologyVersion) -> MethodologyVersion:
    """Read `MN_AM003 Ver2.0` as a methodology version."""
    return MethodologyVersion.parse(value)


def methodologies(value: Any) -> Any:
    """Turn texts such as `MN_AM003 Ver2.0` into methodology versions."""
    if value is None:
        return None
    return tuple(map(as_methodology, as_tuple(value)))


def confidential(**more: Any) -> Any:
    """Return a field that is kept beside the journal and never in its chain."""
    return field(metadata={"confidential": True}, **more)


def as_version(value: str | Version | None) -> Version | None:
    """Read a version that may be left out."""
    return None if value is None else Version.parse(value)


def as_versions(value: Any) -> Any:
    """Read a list of versions that may be left out."""
    found = as_tuple(value)
    return tuple(Version.parse(item) for item in found) if isinstance(found, tuple) else found


def as_opinion(value: str) -> Outcome:
    """Read the opinion of a report: positive or negative."""
    return outcome_of("opinion", value, (Outcome.POSITIVE, Outcome.NEGATIVE))


@frozen(kw_only=True)
class Person:
    """A natural person who signs or can be asked; kept beside the journal, so that it can be erased."""

    name: str = field(validator=required_name)
    position: str | None = None
    email: str | None = None
    telephone: str | None = None
    address: str | None = None


@frozen(kw_only=True)
class Document:
    """A document that is attached or named: its version and where to find it.

    Attributes:
        version: version of the document itself, not of its form.
        digest: SHA-256 of the file in hexadecimal, if it was taken.
        url: where it can be read.
    """

    version: Version | None = field(default=None, converter=as_version)
    digest: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        return f"version {self.version}" if self.version else (self.url or self.digest or "a document")


_CLASSES: dict[str, type[Evidence]] = {}


def _place(cls: type[Any]) -> tuple[str, str]:
    return cls.__module__, cls.__qualname__


@frozen(kw_only=True)
class Evidence:
    """The form, report or decision that an act rests on.

    Attributes:
        tag: the name under which the journal keeps the class; it never changes.
        schema: rises when the fields of the class change.
        form: stem of the official form, such as `F_PDD`, or None.
    """

    tag: ClassVar[str] = ""
    schema: ClassVar[int] = 1
    form: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        """Make the class known under its tag."""
        super().__init_subclass__()
        tag = cls.__dict__.get("tag")
        if tag:
            known = _CLASSES.get(tag)
            if known is not None and _place(known) != _place(cls):  # attrs makes each class twice
                why = f"Two classes of evidence have the tag {tag!r}."
                raise DefinitionError(why, cure="Give each a tag of its own.")
            _CLASSES[tag] = cls

    @property
    def outcome(self) -> Outcome | None:
        """How the step ends, where the evidence says so."""
        return None

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The official forms it is made of, each with the version it was filled in."""
        return ()


def evidence_classes() -> Mapping[str, type[Evidence]]:
    """Return all classes of evidence by tag."""
    return _CLASSES


@frozen(kw_only=True)
class Filing(Evidence):
    """A form that a party files.

    Attributes:
        form_version: version of the form it was filled in.
        form_track: special track for which that form was made, where it is one of a track.
        translations: languages of the reference translations filed with it; empty where it has none.
        contains_confidential: whether parts of it are confidential; None if nobody said.
        public_version: the version with the confidential parts made illegible.
        full_version: the version with everything, for those who have to read it.
        passages: the confidential passages themselves, by section; kept beside the journal.
    """

    form_version: Version | None = field(default=None, converter=as_version)
    form_track: str | None = field(default=None, validator=name)
    translations: tuple[str, ...] | None = field(default=None, converter=as_tuple, validator=names)
    contains_confidential: bool | None = None
    public_version: Document | None = None
    full_version: Document | None = confidential(default=None)
    passages: Mapping[str, str] | None = confidential(default=None)

    @property
    def forms(self) -> tuple[tuple[str, Version | None], ...]:
        """The official form with the version it was filled in."""
        return ((self.form, self.form_version),) if self.form else ()
