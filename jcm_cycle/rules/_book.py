"""A rule book: the rules of one host country and track, read from `book.toml`, and the editions it gives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import evolve

from jcm_cycle._labels import LANGUAGES, find_text, label, learn
from jcm_cycle.days import Between, Bound, Day, check_date
from jcm_cycle.errors import (
    NoRuleInForce,
    ProcedureUnknown,
)
from jcm_cycle.register import Designation
from jcm_cycle.rules import common as _common  # noqa: F401 - defines the rules that books adopt
from jcm_cycle.rules._checks import problems
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._file import load
from jcm_cycle.rules._main import take_over
from jcm_cycle.rules._provenance import Provenance
from jcm_cycle.rules._rows import Bilateral, Entity, Main, Row, Transition, name_of
from jcm_cycle.rules._shared import NAMED, Take, common_sources, sets, shared_sources, take
from jcm_cycle.rules._tables import Tables
from jcm_cycle.states import CAPABILITIES

__all__ = ["RuleBook"]

_NONE_NEAR = {
    "sets": "Sets are {sets}.",
    "rows": "Mend the name, or write a row of your own; docs/books.md lists the rows that books share.",
}
"""What to do about a name in `[[take]]` to which nothing comes near."""


class RuleBook(Tables):
    """The rules of one host country and track, over time.

    Attributes:
        head: country, name, format, day of the last review.
        path: the file it was read from.
        track: special track, or None.
        rows: the rows of each table, those taken over after its own.
        lost: names of rows that could not be read, where the book was not refused for them.
    """

    foreseen: frozenset[str] = frozenset()
    """Ids of rules beside the book, and of values that they read, where it is looked at without running code."""

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        path: Path | str = "book.toml",
        text: str = "",
        main: RuleBook | None = None,
    ) -> None:
        super().__init__(data, path=path, text=text)
        self._take(self.taking)
        if "main" in data and (wanted := self._kept(self._one, data, "main", Main)) is not None:
            self._take_main(main, wanted)
        self._share()
        for error in problems(self):
            self.wrong(error)
        self._editions: dict[int, Edition] = {}
        self._tracks: dict[str, RuleBook] = {}

    def _take(self, taken: list[Take]) -> None:
        """Add the rows that the book takes over from those that all share, and remember which row names them."""
        own = {name_of(row) for cls in NAMED for row in self.rows[cls.table]}
        for place, one in enumerate(taken, 1):
            try:
                rows = list(take(one, own))
            except KeyError as error:
                for key, name, near in error.args:
                    why = f"nothing that books share has the name {name!r}."
                    cure = f"Did you mean {near!r}?" if near else _NONE_NEAR[key].format(sets=", ".join(sets()))
                    self.wrong(self.error_in("take", place, why, key=key, cure=cure, mistake="unknown-row"))
                continue
            for key, table, row in rows:
                self._add(table, row, ("take", place, key))

    def _take_main(self, main: RuleBook | None, wanted: Main) -> None:
        """Add what a track takes over from the book of the country."""
        if main is None or self.track is None or main.track is not None or main.country != self.country:
            why = "only the book of a special track builds on that of its country."
            cure = "Read it from its file, with book.toml of the country beside it."
            self.wrong(self._error(why, "main", cure=cure, mistake="main-without-a-track"))
            return
        self.head = evolve(
            self.head,
            languages=self.head.languages or main.head.languages,
            utc_offset=self.head.utc_offset or main.head.utc_offset,
        )
        try:
            rows = list(take_over(main, self.rows, wanted))
        except KeyError as error:
            for key, name, near in error.args:
                why = f"the book of the country has no {'table' if key == 'tables' else 'row'} {name!r}."
                cure = f"Did you mean {near!r}?" if near else "Mend the name, or leave it out."
                self.wrong(self._error(why, "main", key=key, cure=cure, mistake="unknown-row"))
            return
        if self.bilateral is None and Bilateral.table in (wanted.tables or (Bilateral.table,)):
            self.bilateral = main.bilateral
            self._taken[Bilateral.table] = [("main", 0, "")]
        for table, row in rows:
            self._add(table, row, ("main", 0, ""))

    def _share(self) -> None:
        """Add the common sources to which rows point."""
        for place, row in enumerate(self.rows["source"], 1):
            if row.key in common_sources() and row != common_sources()[row.key]:
                why = f"{row.key!r} is the key of a source that all books share."
                cure = "Leave the row out, or give another key."
                self.wrong(self.error_in("source", place, why, key="key", cure=cure, mistake="shared-key"))
        named: set[Any] = {getattr(row, "source", None) for rows in self.rows.values() for row in rows}
        self.rows["source"] += shared_sources(named - {None, *(row.key for row in self.rows["source"])})

    @classmethod
    def read(cls, path: Path | str, *, main: RuleBook | None = None) -> RuleBook:
        """Read a book from its file.

        Args:
            path: the file.
            main: the book of the country, where this is one of a special track that builds on it; left out, it is
                read from `book.toml` beside the file.

        Raises:
            BookError: the file cannot be read, is no TOML, or a row of it is wrong.
        """
        data, text = load(path)
        beside = Path(str(path)).with_name("book.toml")
        if "main" in data and main is None and beside != Path(str(path)):
            main = cls.read(beside)
        learn(beside.parent)
        return cls(data, path=path, text=text, main=main)

    def of_track(self, track: str | None) -> RuleBook:
        """Return the book of a special track of the country, beside this one; this one where there is none.

        Raises:
            BookError: the book of the track is broken, or another one.
        """
        if track in (None, self.track) or not any(row.name == track for row in self.rows["track"]):
            return self
        found = self._tracks.get(str(track))
        file = Path(str(self.path)).with_name(f"{track}.toml")
        if found is None and not file.is_file():
            return self
        if found is None:
            found = RuleBook.read(file, main=self)
            found.check_track(self.country, str(track))
            self._tracks[str(track)] = found
        return found

    def check_track(self, country: str, track: str) -> None:
        """Refuse a book that lies beside that of a country, and is not the one of its track."""
        if (self.country, self.track) != (country, track):
            why = f"the book is that of {self.country} {self.track}, and not of {country} {track}."
            cure = "Name country and track as the main book does."
            self.wrong(self.error_in("book", 0, why, key="track", cure=cure, mistake="another-track"))

    def with_tracks(self) -> tuple[RuleBook, ...]:
        """Return this book, and those of the special tracks that have one of their own.

        Raises:
            BookError: the book of a track is broken.
        """
        return (self, *(own for row in self.rows["track"] if (own := self.of_track(row.name)) is not self))

    @property
    def country(self) -> str:
        """Two-letter code of the host country."""
        return str(self.head.country)

    @cached_property
    def sources(self) -> dict[str, Any]:
        """The source documents by key."""
        return {row.key: row for row in self.rows["source"]}

    @cached_property
    def capabilities(self) -> dict[str, dict[str, str]]:
        """The value of each capability under each procedure."""
        found: dict[str, dict[str, str]] = {row.name: {} for row in self.rows["procedure"]}
        for row in sorted(self.rows["capability"], key=lambda row: row.names is not None):
            found[row.procedure].update(dict.fromkeys(CAPABILITIES if row.names is None else row.names, row.value))
        return found

    @cached_property
    def moves(self) -> tuple[Transition, ...]:
        """The rows by which running cases move to a newer procedure."""
        return tuple(row for row in self.rows["transition"] if row.moves == "yes")

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days on which something in the book changes."""
        bounds: list[Bound] = []
        for row in [*(row for rows in self.rows.values() for row in rows), self.bilateral]:
            if isinstance(row, Row):
                bounds += [row.since] + ([row.until] if row.until is not None else [])
        return tuple(sorted({day for bound in bounds for day in bound.turns()}))

    @cached_property
    def designations(self) -> tuple[Designation, ...]:
        """The entities that the book lists, as facts for a register: `register.facts(*book.designations)`."""
        return tuple(fact for row in self.rows["entity"] for fact in _designated(self.country, row))

    def edition(self, day: date) -> Edition:
        """Return what the book says for a governing day, also before its first rule."""
        place = bisect_right(self.turns, day)
        found = self._editions.get(place)
        if found is None:
            turns = (None, *self.turns, None)
            provenance = Provenance(file=str(self.path), since=turns[place], until=turns[place + 1])
            found = self._editions[place] = self._resolve(day, provenance)
        return found

    def edition_for(self, day: Day | None) -> Edition | None:
        """Return the edition for a day that may be known only roughly, or None where that leaves it open."""
        if day is None:
            return None
        if not isinstance(day, Between):
            return self.edition(day)
        if day.not_before is None or day.not_after is None:
            return None
        last = self.edition(day.not_after)
        turns = (turn for turn in self.turns if day.not_before < turn <= day.not_after)
        others = (self.edition(turn) for turn in (day.not_before, *turns))
        return last if all(other.judged_by == last.judged_by for other in others) else None

    def _resolve(self, day: date, provenance: Provenance) -> Edition:
        live = {name: tuple(r for r in rows if not isinstance(r, Row) or r.holds(day) is not False)
                for name, rows in self.rows.items()}  # fmt: skip
        return Edition(
            country=self.country,
            track=self.track,
            day=day,
            sources=self.sources,
            bilateral=self.bilateral,
            procedures=live["procedure"],
            capabilities=self.capabilities,
            adopted=live["adopt"],
            values=live["value"],
            forms=live["form"],
            overlays=live["overlay"],
            gates=live["gate"],
            transitions=live["transition"],
            open_points=live["open_point"],
            rules_in_force=self._in_force(day),
            provenance=provenance,
        )

    def _in_force(self, day: date) -> bool | None:
        """Tell whether rules are in force: a procedure that has begun stays so until it has surely ended.

        When one procedure took the place of another may be unknown; that some rules applied is then known all the
        same.
        """
        if self.bilateral is not None and self.bilateral.holds(day) is False:
            return False
        rows = self.rows["procedure"]
        if any(row.since.reached(day) and not (row.until and row.until.reached(day)) for row in rows):
            return True
        return None if any(row.holds(day) is None for row in rows) else False

    def on(self, day: date) -> Edition:
        """Return the edition for a day.

        Raises:
            NoRuleInForce: the day lies before the bilateral document, or after a known end of it.
            EvidenceError: it is no day.
        """
        check_date(day)
        if self.bilateral is not None and self.bilateral.holds(day) is False:
            begun = self.bilateral.since.reached(day)
            when = f"before the bilateral document ({self.bilateral.since})"
            if begun is not False:
                when = f"after the end of the bilateral document ({self.bilateral.until})"
            why = f"{self.head.name} had no rule in force on {day}: the day lies {when}."
            raise NoRuleInForce(why, cure="Ask about a day on which it holds.")
        return self.edition(day)

    def own_label(self, of: str, lang: str = "en") -> str | None:
        """Return the name that the book has of its own for a form or the like in a language, or None.

        Where it has an English one alone, that is translated, as far as its texts have it.
        """
        own = [row for row in self.rows["label"] if row.of == of]
        for row in own:
            if row.language == lang:
                return str(row.text)
        english = (row.text for row in own if row.language == "en" and lang in LANGUAGES)
        return next((found for one in english if (found := find_text(one, lang)) is not None), None)

    def label(self, of: str, lang: str = "en", *, kind: str = "form") -> str:
        """Return what a document or the like is called in this country, or else what the library calls it.

        Args:
            of: what it is of, such as the stem of a form.
            lang: code of the language; of its own names the book may have some in languages that the library lacks.
            kind: what it is, as for labels of the library: form, role, step and so on.

        Raises:
            LanguageUnknown: neither the book nor the library has names in the language.
        """
        return self.own_label(of, lang) or label(kind, of, lang)

    def move_from(self, procedure: str | None, state: str, day: date) -> Transition | None:
        """Return the row by which running cases under an older procedure move, or may move, on a day, or None."""
        for row in self.moves:
            if row.older == procedure and row.holds(day) is not False and state in (row.states or (state,)):
                return row
        return None

    def _by_track(self) -> str:
        """Return what to do where the country itself has no procedure, and its tracks have; nothing without tracks."""
        tracks = [row.name for row in self.rows["track"]]
        return f" Name the track of the case: {' or '.join(tracks)}." if tracks else ""

    def pin(self, day: date, procedure: str | None = None) -> tuple[str, dict[str, str]]:
        """Return the procedure that governs a case opened on a day, and its capabilities.

        Args:
            day: the day of opening.
            procedure: the procedure the opener names, where the book does not know.

        Raises:
            ProcedureUnknown: the book cannot tell and nobody says, or it has no such procedure on the day.
        """
        rows = self.rows["procedure"]
        open_ = {row.name: row.holds(day) for row in rows if row.holds(day) is not False}
        if procedure is not None:
            if procedure in open_:
                return procedure, dict(self.capabilities[procedure])
            why = f"{self.head.name} had no procedure {procedure!r} on {day}."
            cure = (
                f"Candidates are {', '.join(open_)}." if open_ else f"None was in force on that day.{self._by_track()}"
            )
            raise ProcedureUnknown(why, candidates=tuple(open_), cure=cure)
        if len(open_) == 1 and True in open_.values():
            name = next(iter(open_))
            return name, dict(self.capabilities[name])
        if not open_:
            why = f"{self.head.name} had no project cycle procedure in force on {day}."
            raise ProcedureUnknown(why, candidates=(), cure=self._by_track().strip() or "Open the case on a later day.")
        why = f"The book of {self.head.name} does not know which procedure applied on {day}."
        cure = f"Name the procedure, one of {', '.join(map(repr, open_))}."
        raise ProcedureUnknown(why, candidates=tuple(open_), cure=cure)

    def __repr__(self) -> str:
        return f"<rule book {self.country}{f' {self.track}' if self.track else ''}>"


def _designated(country: str, row: Entity) -> Iterator[Designation]:
    """Yield what a list says of one entity: once for both kinds of work, or once for each."""
    one = Designation(
        country=country,
        entity=row.name,
        number=row.number,
        scopes=row.scopes,
        since=_day_of(row.since),
        until=row.accredited_until,
        withdrawn=None if row.until is None else _day_of(row.until),
    )
    if row.verification_scopes is None:
        yield one
    else:
        yield evolve(one, role="validation")
        yield evolve(one, role="verification", scopes=row.verification_scopes)


def _day_of(bound: Bound) -> Day:
    """Return a bound as a day: one that is not yet reached on `after` lies after it."""
    if bound.on is not None:
        return bound.on
    first = bound.after + timedelta(days=1) if bound.after is not None else None
    return Between(first, bound.by)
