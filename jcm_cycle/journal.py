"""The journal: an append-only chain of lines in a file; every act, fact and edition is kept in it and sealed.

A line is a JSON object whose last member is the SHA-256 of the bytes before it; its `prev` is the hash of the
line before. The hash is over the stored bytes, never over a re-encoding, and stored bytes are never rewritten.
What is confidential, and the names and contacts of persons, live in a file beside the journal; the chain holds a
salted digest, so they can be erased and the chain still verifies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import attrs

from jcm_cycle._chain import Chain, Line
from jcm_cycle._disk import Beside, Lock, read_lines
from jcm_cycle._fold import MOVE, OBSERVE, OPEN, VOID, AsOf, as_of, known_at
from jcm_cycle._logging import logger
from jcm_cycle._sealed import Reader, Sealed, sealed
from jcm_cycle.case import Accepted, Case, Together, fold, listed
from jcm_cycle.decision import part_of
from jcm_cycle.entries import Basis, Draft, Entry
from jcm_cycle.errors import (
    BrokenJournal,
    CaseExists,
    CutJournal,
    JCMCycleError,
    JournalError,
    JournalLocked,
    ReferenceTaken,
    StaleDraft,
    UnknownCase,
    UnknownStep,
)
from jcm_cycle.evidence import (
    CompletenessConclusion,
    JointCommitteeDecision,
    MethodologyVersion,
    Opening,
    ProjectIdeaNote,
    Publication,
)
from jcm_cycle.findings import Ground
from jcm_cycle.states import machine, methodology

__all__ = ["Journal"]

_log = logger(__name__)


class Journal:
    """An append-only, sealed journal in a file of JSON lines.

    Args:
        path: the file; it is made when the first entry is appended.
        mend: move a line that a stopped writer left unfinished to a file beside the journal, and go on.

    Raises:
        CutJournal: the file ends in the middle of a line, and `mend` was not asked for.
        BrokenJournal: a line is not what was sealed.
        NewerSchema: a newer version of the library wrote it.
        UnknownTag: it holds evidence of a class that this version does not know.
    """

    def __init__(self, path: Path | str, *, mend: bool = False) -> None:
        self.path = Path(path)
        self._chain = Chain()
        self._entries: list[Entry] = []
        self._cases: dict[str, list[int]] = {}
        self._references: dict[str, str] = {}
        self._replaced: set[int] = set()
        self._decisions: dict[tuple[str | None, str], list[int]] = {}
        self._digests: dict[int, str] = {}
        self._grounds: dict[tuple[str, str], dict[str, Ground]] = {}
        self._load(mend=mend)

    @property
    def beside(self) -> Path:
        """The file in which the confidential parts are kept."""
        return Beside.of(self.path).path

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave; every entry is on disk already."""

    @property
    def head(self) -> str:
        """The hash of the last line; kept elsewhere, it shows whether lines were cut off the end."""
        return self._chain.head

    @property
    def cases(self) -> tuple[str, ...]:
        """Ids of all cases, in the order of their opening."""
        return tuple(self._cases)

    @property
    def editions(self) -> Mapping[str, Mapping[str, Any]]:
        """The archived editions by fingerprint, each with all it says."""
        return self._chain.editions

    def entries(self, case: str | None = None) -> tuple[Entry, ...]:
        """Return all entries of one case, or of all, in the order of recording.

        Raises:
            UnknownCase: the journal has no such case.
        """
        if case is None:
            return tuple(self._entries)
        return tuple(self._entries[place] for place in self._cases[self._id(case)])

    def entry(self, seq: int) -> Entry:
        """Return one entry by its number.

        Raises:
            UnknownCase: there is none.
        """
        if not 1 <= seq <= len(self._entries):
            why = f"{self.path.name} has no entry {seq}."
            raise UnknownCase(why, cure=f"Entries are numbered 1 to {len(self._entries)}.")
        return self._entries[seq - 1]

    def case(
        self, case: str | None = None, *, as_of: date | None = None, known_at: datetime | None = None
    ) -> Case[Any]:
        """Fold one case.

        Args:
            case: id or public reference; may be left out where the journal holds one case.
            as_of: take only what surely had effect by the end of this day.
            known_at: take only what had been recorded by this instant.

        Raises:
            UnknownCase: there is no such case, or none by then, or several where one was meant.
        """
        name = self._id(case)
        found = fold(self.selection(name, day=as_of, instant=known_at))
        known = self.selection(name, instant=known_at).entries
        return attrs.evolve(found, entries=len(known))

    def selection(self, case: str | None = None, *, day: date | None = None, instant: datetime | None = None) -> AsOf:
        """Return the entries of one case that surely had effect by a day, and those that may have had."""
        found = self.entries(self._id(case))
        if instant is not None:
            found = known_at(found, instant)
        return as_of(found, day) if day is not None else AsOf(found, (), ())

    def _id(self, case: str | None) -> str:
        if case is None:
            if len(self._cases) == 1:
                return next(iter(self._cases))
            why = f"{self.path.name} holds {len(self._cases)} cases."
            raise UnknownCase(
                why, cure=f"Say which, with case or --case: {', '.join(self._cases) or 'open one first'}."
            )
        if case in self._cases:
            return case
        if case in self._references:
            return self._references[case]
        why = f"{self.path.name} has no case {case!r}."
        raise UnknownCase(why, cure=f"It has {', '.join(self._cases) or 'none'}.")

    def append(self, accepted: Accepted[Any] | Draft, *, at: datetime | None = None) -> Entry:
        """Stamp, seal and write a draft; nothing is half-written.

        Args:
            accepted: the answer to an attempt or a record, or its draft.
            at: the instant of recording, with a time zone; now, if left out.

        Returns:
            The entry as it stands in the journal.

        Raises:
            CaseExists: the draft opens a case that the journal holds already.
            ReferenceTaken: another case of the journal bears the reference that the draft gives.
            UnknownCase: the case was not opened in this journal, or the entry it replaces is not there.
            UnknownStep: the draft is of no machine or step, or of another machine than its case.
            StaleDraft: something was added to the case since the act was judged.
            JournalLocked: another writer holds the journal, or has written to it since it was read.
            JournalError: the draft is hypothetical, judged by the book of another country, or such that it could
                not be read again, tells a decision in another way than other entries of it or leaves it, or is one of
                several that belong together; the instant lies before the last one; or the disk takes nothing.
        """
        (entry,) = self._appended([_draft(accepted)], at)
        return entry

    def append_all(
        self, accepted: Together | Iterable[Accepted[Any] | Draft], *, at: datetime | None = None
    ) -> tuple[Entry, ...]:
        """Append what belongs together, such as one decision on many cases: all of it is written, or nothing.

        That holds for a process that is killed, too: entries of which the last ones are lacking count as a line
        that was not finished.

        Args:
            accepted: the answer of `attempt_all`, or several accepted answers or drafts, one for each case.
            at: the instant of recording, as for `append`.

        Returns:
            The entries as they stand in the journal, in the order given.

        Raises:
            JournalError: one of them was refused, or two are of one case; see also `append`.
        """
        drafts = [_draft(answer) for answer in listed(accepted, "accepted")]
        names = [draft.case for draft in drafts]
        numbers = [number for draft in drafts if (number := _number(draft))]
        for what, given in (("case", names), ("reference", numbers)):
            twice = sorted({name for name in given if given.count(name) > 1})
            if twice:
                why = f"The {what} {twice[0]} stands twice among what belongs together."
                raise JournalError(why, cure="Give one entry for each case; nothing was written.")
        return self._appended(drafts, at) if drafts else ()

    def _appended(self, drafts: list[Draft], at: datetime | None) -> tuple[Entry, ...]:
        instant = self._instant(at)
        names = {draft.case for draft in drafts}
        for draft in drafts:
            self._check(draft)
            if not draft.together <= names:
                why = f"{draft.case} was judged together with {', '.join(sorted(draft.together - names))}."
                raise JournalError(why, cure="Append all of it with append_all; nothing was written.")
        self._check_decisions(drafts)
        with Lock(self.path) as lock:
            self._unchanged()
            entries = self._written(drafts, instant, lock)
        for entry in entries:
            _log.info("entry.appended", seq=entry.seq, case=entry.case, step=entry.step)
        return entries

    def _written(self, drafts: list[Draft], instant: datetime, lock: Lock) -> tuple[Entry, ...]:
        """Seal drafts, read them again as any reader will, and only then write them."""
        after = attrs.evolve(self._chain, editions=dict(self._chain.editions))
        made: list[Sealed] = []
        for place, draft in enumerate(drafts, 1):
            together = {"together": [place, len(drafts)]} if len(drafts) > 1 else {}
            seq = len(self) + place
            try:
                made.append(sealed(draft, after, self._grounds, seq=seq, recorded_at=instant.isoformat(), **together))
            except (JCMCycleError, AttributeError, TypeError, ValueError, RecursionError) as error:
                why = f"the draft cannot be kept: {getattr(error, 'why', error)}"
                raise JournalError(why, cure="Mend what it says; nothing was written.") from error
        beside, size = Beside.of(self.path), None
        try:
            for one in made:
                if one.digest is not None:
                    before = beside.add(one.digest, one.salt, one.hidden)
                    size = before if size is None else size
            self._size = lock.append(b"".join(line for one in made for line in one.lines))
        except BaseException as error:
            if size is not None:
                beside.cut(size)
            if not isinstance(error, OSError):
                raise
            why = f"the journal cannot be written: {error.strerror}."
            raise JournalError(why, cure="Make room, then append again.", file=self.path) from error
        self._chain = after
        for one in made:
            self._take(one.entry, one.digest)
        return tuple(one.entry for one in made)

    def _instant(self, at: datetime | None) -> datetime:
        if at is None:
            at = datetime.now(UTC)
            return max(at, self._chain.at) if self._chain.at else at
        if at.utcoffset() is None:
            why = f"{at} names no time zone."
            raise JournalError(why, cure="Give an instant with a time zone.")
        if self._chain.at is not None and at < self._chain.at:
            why = f"{at.isoformat()} lies before the last recording ({self._chain.at.isoformat()})."
            raise JournalError(why, cure="The instant of recording never falls.")
        return at.astimezone(UTC)

    def _check(self, draft: Draft) -> None:
        if draft.hypothetical:
            why = "The draft comes from what_if and happened in no procedure."
            raise JournalError(why, cure="Attempt the act itself.")
        steps = machine(draft.machine)
        if draft.step not in (OPEN, OBSERVE, MOVE, VOID):
            steps.step(draft.step)
        opens = draft.step == OPEN
        if opens and draft.case in self._cases:
            why = f"{self.path.name} already holds a case {draft.case!r}."
            raise CaseExists(why, cure="Choose another id, or go on with that case.")
        if not opens and draft.case not in self._cases:
            why = f"{self.path.name} has no case {draft.case!r}."
            raise UnknownCase(why, cure="Append its opening first.")
        self._check_in_case(draft, () if opens else self.entries(draft.case))
        number = _number(draft)
        holder = self._references.get(number) if number else None
        if holder is not None and holder != draft.case:
            why = f"The reference {number} already belongs to {holder}."
            raise ReferenceTaken(why, cure="A number once given is never given again; give another.")

    def _check_in_case(self, draft: Draft, known: tuple[Entry, ...]) -> None:
        if known and draft.machine != known[0].machine:
            why = f"{draft.machine}.{draft.step} is no step of a case of {known[0].machine}."
            raise UnknownStep(why, cure=f"{draft.case} is a case of {known[0].machine}.")
        opening = known[0].evidence if known else draft.evidence
        country = opening.country if isinstance(opening, Opening) else None
        for edition in draft.editions:
            track = opening.track if isinstance(opening, Opening) else None
            if edition.country != country or edition.track not in (None, track):
                whose, judged = _whose(country, track), _whose(edition.country, edition.track)
                why = f"{draft.case} is a case of {whose}; the draft was judged by the book of {judged}."
                raise JournalError(why, cure="Attempt the act under its own book; what_if is for others.")
        if known and draft.basis is Basis.JUDGED and draft.after != len(known):
            why = f"{draft.case} has {len(known)} entries; the act was judged on {draft.after}."
            raise StaleDraft(why, cure="Fold the case again and attempt the act anew.")
        if draft.replaces is not None and not self._replaceable(draft):
            why = f"{draft.case} has no entry {draft.replaces} that could be replaced."
            cure = "Give the seq of an entry of the case that counts, other than its opening."
            raise UnknownCase(why, cure=cure)

    def _check_decisions(self, drafts: list[Draft]) -> None:
        """A decision is one: each entry that rests on it tells the same of how and when, and none a case twice."""
        replaced = self._replaced | {draft.replaces for draft in drafts}
        told: dict[tuple[str | None, str], list[Draft | Entry]] = {}
        for draft in drafts:
            self._check_stays(draft)
            if (key := self._decision(draft)) is not None:
                told.setdefault(key, []).append(draft)
        for key, new in told.items():
            _, name = key
            kept = (self._entries[seq - 1] for seq in self._decisions.get(key, ()) if seq not in replaced)
            parts = [*new, *kept]
            cases = [part.case for part in parts]
            twice = sorted({case for case in cases if cases.count(case) > 1})
            if twice:
                why = f"The decision {name} already says something of {twice[0]}."
                raise JournalError(why, cure="Give another decision an id of its own, or correct the entry.")
            ways = [paper.how for part in parts if (paper := part_of(part)) is not None]
            for word, ours in ways[0].items():
                other = next((way for way in ways if way[word] != ours), None)
                if other is not None:
                    why = f"The decision {name} is told in two ways: {word} is {ours!s}, and {other[word]!s}."
                    cure = "Tell it alike; decision.correct puts it right in every entry that rests on it."
                    raise JournalError(why, cure=cure)

    def _check_stays(self, draft: Draft) -> None:
        """What was a part of a decision stays one when it is corrected; taken out, it is voided."""
        before = self._decision(self.entry(draft.replaces)) if draft.replaces is not None else None
        if before is not None and draft.step != VOID and self._decision(draft) != before:
            why = f"Entry {draft.replaces} is a part of the decision {before[1]}; the correction leaves that out."
            raise JournalError(why, cure=f"Give record={before[1]!r}, or void the entry and record the other act.")

    def _decision(self, entry: Draft | Entry) -> tuple[str | None, str] | None:
        """Return country and id of the decision of which an entry is a part, if it is one."""
        paper = part_of(entry)
        if paper is None:
            return None
        opening = self._entries[self._cases[entry.case][0]].evidence
        return opening.country if isinstance(opening, Opening) else None, str(paper.record)

    def _replaceable(self, draft: Draft) -> bool:
        seq = draft.replaces
        if type(seq) is not int or not 1 <= seq <= len(self) or seq in self._replaced:
            return False
        found = self._entries[seq - 1]
        return found.case == draft.case and found.step not in (OPEN, VOID)

    def _take(self, entry: Entry, digest: str | None) -> None:
        self._cases.setdefault(entry.case, []).append(len(self._entries))
        self._entries.append(entry)
        if digest is not None:
            self._digests[entry.seq] = digest
        if (key := self._decision(entry)) is not None:
            self._decisions.setdefault(key, []).append(entry.seq)
        if entry.replaces is not None:
            self._replaced.add(entry.replaces)
            for number in [number for number, case in self._references.items() if case == entry.case]:
                del self._references[number]
        for known in self.entries(entry.case) if entry.replaces is not None else (entry,):
            given = _number(known)
            if given and known.seq not in self._replaced:
                self._references.setdefault(given, known.case)

    def _load(self, *, mend: bool) -> None:
        lines, fragment = read_lines(self.path)
        reader = Reader(self._chain.editions, self._parts(), self._grounds)
        for number, raw in enumerate(lines, 1):
            self._read(reader, number, raw)
        if fragment and not (lines or fragment.startswith(b"{")):
            raise BrokenJournal("the file is no journal.", cure="Check the path.", file=self.path, line=1)
        if fragment and not mend:
            part = "entries that belong together" if fragment.endswith(b"\n") else "a line"
            why = f"the journal ends in the middle of {part}: {fragment[:60]!r}."
            cure = "Open it with mend=True: the fragment is moved to a file beside it."
            raise CutJournal(why, cure=cure, file=self.path, line=len(lines) + 1)
        if fragment:  # every line before it is what was sealed, so this is a journal
            self._mend()
            known, (lines, _) = len(lines), read_lines(self.path)
            for number, raw in enumerate(lines[known:], known + 1):
                self._read(reader, number, raw)
        self._size = sum(len(raw) + 1 for raw in lines)

    def _read(self, reader: Reader, number: int, raw: bytes) -> None:
        try:
            line = self._chain.take(Line(number, raw))
            if line["kind"] == "entry":
                self._take(reader.entry(line), (line.get("evidence") or {}).get("confidential"))
        except JournalError as error:
            raise type(error)(error.why, cure=error.cure, file=self.path, line=number) from None

    def _mend(self) -> None:
        with Lock(self.path) as lock:
            try:
                fragment = lock.cut()
            except OSError as error:
                why = f"the journal cannot be mended: {error.strerror}."
                raise JournalError(why, cure="Make room, then open it again.", file=self.path) from error
        _log.warning("journal.mended", bytes=len(fragment))

    def _parts(self) -> dict[str, dict[str, Any]]:
        parts, altered = Beside.of(self.path).read()
        if altered:
            _log.warning("confidential.altered", parts=len(altered))
        return parts

    def _unchanged(self) -> None:
        if self.path.stat().st_size != self._size:
            why = "another writer has written to the journal since it was read."
            raise JournalLocked(why, cure="Open it again and attempt the act anew.", file=self.path)

    def erase(self, seq: int) -> None:
        """Erase the confidential part of an entry; the chain still verifies, and the entry reads as withheld.

        Raises:
            UnknownCase: there is no such entry.
            JournalLocked: another writer holds the journal, or has written to it since it was read.
        """
        self.entry(seq)
        with Lock(self.path):
            self._unchanged()
            kept = {digest for other, digest in self._digests.items() if other != seq}
            try:
                Beside.of(self.path).keep(kept)
            except OSError as error:
                why = f"the confidential parts cannot be written: {error.strerror}."
                raise JournalError(why, cure="Nothing was erased; make room and try again.") from error
        self.__init__(self.path)  # type: ignore[misc]


def _draft(answer: object) -> Draft:
    """Return the draft of what was accepted; a refused act has none."""
    draft = answer.draft if isinstance(answer, Accepted) else answer
    if not isinstance(draft, Draft):
        why = "Only what was accepted can be appended; this was not."
        raise JournalError(why, cure="Append an answer only where it is true: `if answer: journal.append(answer)`.")
    return draft


def _whose(country: str | None, track: str | None) -> str:
    return f"{country}, track {track}" if track else str(country)


def _number(entry: Draft | Entry) -> str | None:
    """Return the public reference that an entry gives its case, if it gives one."""
    paper = entry.evidence
    if isinstance(paper, Publication | Opening | CompletenessConclusion | ProjectIdeaNote):
        return paper.reference
    if not isinstance(paper, JointCommitteeDecision) or paper.number is None:
        return None
    if entry.machine != methodology.name:
        return paper.number
    return str(MethodologyVersion(paper.number, paper.version)) if paper.version is not None else None
