"""What is to be public of a case on a day: with what it shows, in which version, since when, and on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import frozen

from jcm_cycle._fold import in_effect
from jcm_cycle._labels import text
from jcm_cycle._public import Row
from jcm_cycle._public_around import ROWS
from jcm_cycle._words import joined, say, told, told_name, word
from jcm_cycle.case import Case
from jcm_cycle.days import Day, check_date, day_json, surely_after
from jcm_cycle.entries import Entry
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import Document
from jcm_cycle.evidence._base import Filing
from jcm_cycle.findings import Standing, plain

__all__ = ["Publication", "PublicationItem", "Twin", "publication"]


class Twin(StrEnum):
    """In which version something is published; rule `common.confidential_two_versions` asks for two."""

    WRITTEN = "written for the purpose"
    """No form is behind it: a row in a list, or a decision."""
    WHOLE = "as it was filed: it has no confidential parts"
    PUBLIC = "the public version, with the confidential parts made illegible"
    LACKING = "the public version, which is lacking: as it was filed it has confidential parts"
    UNSAID = "not known: nobody said whether it has confidential parts"
    UNREAD = "not known: its entry was not given"


@frozen(kw_only=True)
class PublicationItem:
    """One thing that is to be public of a case, or of which that is not known.

    Attributes:
        what: what it is.
        contents: what it shows, as far as the case tells it, by field.
        twin: in which version it is published.
        public: the public version, where one was filed.
        since: the day since which it is there as it is now.
        published: the day on which it was published, where the case tells that.
        standing: how well founded it is that it is published; unknown where no text was found.
        cites: where that was read or seen.
    """

    what: str
    contents: Mapping[str, Any]
    twin: Twin
    public: Document | None = None
    since: Day
    published: Day | None = None
    standing: Standing
    cites: str

    @property
    def sure(self) -> bool:
        """Whether there is any ground for publishing it."""
        return self.standing is not Standing.UNKNOWN

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        public = self.public
        return {
            "what": self.what,
            "contents": {name: _plain(value) for name, value in self.contents.items()},
            "twin": str(self.twin),
            "public": None
            if public is None
            else {"version": plain(public.version), "digest": public.digest, "url": public.url},
            "since": day_json(self.since),
            "published": day_json(self.published),
            "sure": self.sure,
            "standing": str(self.standing),
            "cites": self.cites,
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text, in a line.

        Args:
            lang: code of the language, en or ja.
        """
        contents = {
            word("fact", name, lang): _told(value, lang) for name, value in self.contents.items() if _says(value)
        }
        shows = "; ".join(f"{name}: {value}" for name, value in contents.items())
        done = say(lang, ", published on {day}", day=told(str(self.published), lang)) if self.published else ""
        where = f" ({told(str(self.public), lang)})" if self.public is not None else ""
        version = f"; {text(self.twin, lang)}{where}" if self.twin is not Twin.WRITTEN else ""
        return say(
            lang, "{what}, since {since}{done}{shown}{version} ({standing}: {cites})",
            what=text(self.what, lang), since=told(str(self.since), lang), done=done,
            shown=f": {shows}" if shows else "", version=version,
            standing=word("standing", self.standing, lang), cites=told(self.cites, lang),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.explain()


def _says(value: Any) -> bool:
    return value is not None and value not in ((), [], {})


def _plain(value: Any) -> Any:
    return day_json(value) if isinstance(value, Day) else plain(value)


def _told(value: Any, lang: str) -> str:
    if isinstance(value, Mapping):
        named = {word("fact", name, lang): _told(one, lang) for name, one in value.items() if _says(one)}
        return joined((f"{name} {one}" for name, one in named.items()), lang)
    if isinstance(value, list | tuple):
        return joined((_told(one, lang) for one in value), lang)
    return told_name(str(value), lang)


@frozen(kw_only=True)
class Publication:
    """What is to be public of a case on a day; iterates over the items, those without any ground last.

    Attributes:
        case: id of the case.
        machine: name of its machine.
        on: the day.
        items: the items.
    """

    case: str
    machine: str
    on: date
    items: tuple[PublicationItem, ...]

    def __iter__(self) -> Iterator[PublicationItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def lacking(self) -> tuple[PublicationItem, ...]:
        """What cannot be published as it is: its public version is lacking."""
        return tuple(item for item in self.items if item.twin is Twin.LACKING)

    def json(self) -> dict[str, Any]:
        """Return all items as data."""
        items = [item.json() for item in self.items]
        return {"schema": 1, "case": self.case, "machine": self.machine, "on": day_json(self.on), "items": items}

    def explain(self, *, lang: str = "en") -> str:
        """Return all items as text, a line each; what no text was found on is marked.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        sure = sum(item.sure for item in self.items)
        more = say(lang, ", and perhaps {count}", count=len(self) - sure) if sure < len(self) else ""
        head = say(
            lang, "PUBLICATION  {case} on {day}: {sure}{more}", case=self.case, day=self.on, sure=sure, more=more
        )
        items = (item.explain(lang=lang) if item.sure else _perhaps(item, lang) for item in self.items)
        return "\n".join([head, *(f"  {item}" for item in items)])

    def __str__(self) -> str:
        return self.explain()


def _perhaps(item: PublicationItem, lang: str) -> str:
    return say(lang, "perhaps {item}", item=item.explain(lang=lang))


def publication(case: Case[Any], on: date, *, entries: Iterable[Entry] = ()) -> Publication:
    """Return what is to be public of a case on a day, in which version, since when, and on what ground.

    Lists, tables and pages of decisions were seen; that they must be kept was read nowhere, so that nothing here is
    better than observed. Documents of which no text was found that they are published are named all the same, as
    unknown. Rules and forms, and reports of meetings, are public too, but belong to no case.

    Args:
        case: a case of any machine, as it stands; what came later in effect than the day is left out.
        on: the day.
        entries: the entries of the case, such as `journal.entries(case.id)`. They tell whether a document has
            confidential parts and a public version; the case itself keeps neither.

    Raises:
        EvidenceError: it is no case, the day is none, or an entry is of another case.
    """
    if not isinstance(case, Case):
        raise EvidenceError(f"case: {case!r} is no case.", cure="Give one case, as it stands.")
    check_date(on)
    kept = _kept(case, entries, on)
    found = [item for row in ROWS[case.machine] if (item := _item(row, case, on, kept)) is not None]
    found.sort(key=lambda item: not item.sure)
    return Publication(case=case.id, machine=case.machine, on=on, items=tuple(found))


def _kept(case: Case[Any], entries: Iterable[Entry], on: date) -> list[Entry]:
    found = list(entries)
    for entry in found:
        if not isinstance(entry, Entry) or entry.case != case.id:
            given = f"one is of {entry.case}" if isinstance(entry, Entry) else f"{entry!r} is none"
            raise EvidenceError(f"entries: {given}.", cure=f"Give the entries of {case.id}.")
    return [entry for entry in in_effect(found) if not surely_after(entry.on, on)]


def _item(row: Row, case: Case[Any], on: date, entries: list[Entry]) -> PublicationItem | None:
    since = row.since(case)
    if since is None or surely_after(since, on):
        return None
    elsewhere = row.seen_in not in (None, case.country)
    twin, public = _twin(row, entries) if row.steps else (Twin.WRITTEN, None)
    return PublicationItem(
        what=row.what,
        contents=row.contents(case),
        twin=twin,
        public=public,
        since=since,
        published=case.days.get(row.published) if row.published is not None else None,
        standing=row.standing.or_weaker(Standing.INFERRED) if elsewhere else row.standing,
        cites=f"{row.cites} (another country)" if elsewhere else row.cites,
    )


def _twin(row: Row, entries: list[Entry]) -> tuple[Twin, Document | None]:
    """Return in which version a document is published, by what was filed last."""
    filed = [entry.evidence for entry in entries if entry.step in row.steps]
    cover = filed[-1] if filed else None
    paper = row.part(cover) if isinstance(cover, Filing) else None
    if paper is None or not isinstance(cover, Filing):
        return Twin.UNREAD, None
    public = paper.public_version or cover.public_version
    stated = cover.contains_confidential if paper.contains_confidential is None else paper.contains_confidential
    if public is not None:
        return Twin.PUBLIC, public
    if stated is None:
        return Twin.UNSAID, None
    return (Twin.LACKING, None) if stated else (Twin.WHOLE, None)
