"""The journal: an append-only chain of lines in a file, in which every act, fact and edition is kept and sealed.

A line is a JSON object whose last member is the SHA-256 of the bytes before it; its `prev` is the hash of the line
before. The hash is over the stored bytes, never over a re-encoding, and stored bytes are never rewritten. What is
confidential, and the names and contacts of persons, live in a file beside the journal; the chain holds a salted
digest, so they can be erased and the chain still verifies.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import attrs
import orjson

from jcm_cycle._chain import Chain, Line, seal, split_lines, stored_line
from jcm_cycle._fold import AsOf, as_of, known_at
from jcm_cycle._logging import logger
from jcm_cycle._sealed import Reader, members
from jcm_cycle.case import Accepted, Case, fold
from jcm_cycle.entries import Basis, Draft, Entry
from jcm_cycle.errors import (
    BrokenJournal,
    CaseExists,
    CutJournal,
    JournalError,
    JournalLocked,
    ReferenceTaken,
    StaleDraft,
    UnknownCase,
)
from jcm_cycle.evidence import JointCommitteeDecision, Opening, Publication

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
        self._hidden: dict[str, dict[str, Any]] = {}
        self._reader = Reader(self._chain.editions, self._hidden)
        self._size = 0
        self._load(mend=mend)

    @property
    def beside(self) -> Path:
        """The file in which the confidential parts are kept."""
        return self.path.with_name(self.path.name + ".confidential")

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
        return attrs.evolve(found, entries=len(self._cases[name]))

    def selection(
        self, case: str | None = None, *, day: date | None = None, instant: datetime | None = None
    ) -> AsOf:
        """Return the entries of one case that surely had effect by a day, and those that may have had."""
        found = self.entries(self._id(case))
        if instant is not None:
            if instant.tzinfo is None:
                raise JournalError(f"{instant} names no time zone.", cure="Write 2024-05-01T12:00:00+00:00.")
            found = known_at(found, instant)
        return as_of(found, day) if day is not None else AsOf(found, (), ())

    def _id(self, case: str | None) -> str:
        if case is None:
            if len(self._cases) == 1:
                return next(iter(self._cases))
            why = f"{self.path.name} holds {len(self._cases)} cases."
            raise UnknownCase(why, cure=f"Say which: {', '.join(self._cases) or 'open one first'}.")
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
            StaleDraft: something was added to the case since the act was judged.
            JournalLocked: another writer holds the journal, or has written to it since it was read.
            JournalError: the draft is hypothetical, or the instant lies before the last one.
        """
        draft = accepted.draft if isinstance(accepted, Accepted) else accepted
        instant = self._instant(at)
        self._check(draft)
        with _Lock(self.path) as lock:
            self._unchanged()
            seq = len(self._entries) + 1
            public, hidden, salt = members(draft, secrets.token_hex(16))
            lines = []
            head = self._chain.head
            fresh: dict[str, Any] = {}
            for edition in draft.editions:
                if edition.fingerprint not in self._chain.editions and edition.fingerprint not in fresh:
                    body = {"kind": "edition", "fingerprint": edition.fingerprint, "content": edition.content}
                    line, head = seal(body, head)
                    lines.append(line)
                    fresh[edition.fingerprint] = edition.content
            body = {"kind": "entry", "seq": seq, "recorded_at": instant.isoformat(), **public}
            line, head = seal(body, head)
            lines.append(line)
            if hidden is not None:
                digest = public["evidence"]["confidential"]
                self._write(self.beside, [stored_line({"digest": digest, "salt": salt, "part": hidden})])
                self._hidden[digest] = hidden
            self._size = lock.append(lines)
        self._chain.editions.update(fresh)
        self._chain.head = head
        self._chain.at = instant
        entry = self._reader.entry(orjson.loads(line))
        self._take(entry)
        _log.info("entry.appended", seq=seq, case=entry.case, step=entry.step)
        return entry

    def _instant(self, at: datetime | None) -> datetime:
        if at is None:
            at = datetime.now(UTC)
            return max(at, self._chain.at) if self._chain.at else at
        if at.tzinfo is None:
            raise JournalError(f"{at} names no time zone.", cure="Give an instant with a time zone.")
        if self._chain.at is not None and at < self._chain.at:
            why = f"{at.isoformat()} lies before the last recording ({self._chain.at.isoformat()})."
            raise JournalError(why, cure="The instant of recording never falls.")
        return at.astimezone(UTC)

    def _check(self, draft: Draft) -> None:
        if draft.hypothetical:
            why = "The draft comes from what_if and happened in no procedure."
            raise JournalError(why, cure="Attempt the act itself.")
        opens = draft.step == "open"
        if opens and draft.case in self._cases:
            why = f"{self.path.name} already holds a case {draft.case!r}."
            raise CaseExists(why, cure="Choose another id, or go on with that case.")
        if not opens and draft.case not in self._cases:
            why = f"{self.path.name} has no case {draft.case!r}."
            raise UnknownCase(why, cure="Append its opening first.")
        if not opens and draft.basis is Basis.JUDGED and draft.after != len(self._cases[draft.case]):
            why = f"{draft.case} has {len(self._cases[draft.case])} entries; the act was judged on {draft.after}."
            raise StaleDraft(why, cure="Fold the case again and attempt the act anew.")
        if draft.replaces is not None and (
            not 1 <= draft.replaces <= len(self._entries)
            or self._entries[draft.replaces - 1].case != draft.case
            or self._entries[draft.replaces - 1].step == "open"
        ):
            why = f"{draft.case} has no entry {draft.replaces} that could be replaced."
            raise UnknownCase(why, cure="Give the seq of an entry of the same case other than its opening.")
        number = _number(draft)
        holder = self._references.get(number) if number else None
        if holder is not None and holder != draft.case:
            why = f"The reference {number} already belongs to {holder}."
            raise ReferenceTaken(why, cure="A number once given is never given again; give another.")

    def _take(self, entry: Entry) -> None:
        self._cases.setdefault(entry.case, []).append(len(self._entries))
        self._entries.append(entry)
        number = _number(entry)
        if number:
            self._references.setdefault(number, entry.case)

    def _load(self, *, mend: bool) -> None:
        if not self.path.exists():
            return
        data = self.path.read_bytes()
        lines, fragment = split_lines(data)
        if fragment:
            if not mend:
                why = f"the journal ends in the middle of a line: {fragment[:60]!r}."
                cure = "Open it with mend=True: the fragment is moved to a file beside it."
                raise CutJournal(why, cure=cure, file=self.path, line=len(lines) + 1)
            self._mend(data, fragment)
        self._load_hidden()
        for number, raw in enumerate(lines, 1):
            try:
                line = self._chain.take(Line(number, raw))
                if line["kind"] == "entry":
                    self._take(self._reader.entry(line))
            except BrokenJournal as error:
                raise BrokenJournal(error.why, cure=error.cure, file=self.path, line=number) from None
            except JournalError as error:
                raise type(error)(error.why, cure=error.cure, file=self.path, line=number) from None
        self._size = len(data) - len(fragment)

    def _mend(self, data: bytes, fragment: bytes) -> None:
        with _Lock(self.path):
            beside = self.path.with_name(f"{self.path.name}.fragment-{sha256(fragment).hexdigest()[:12]}")
            beside.write_bytes(fragment)
            with self.path.open("r+b") as file:
                file.truncate(len(data) - len(fragment))
                file.flush()
                os.fsync(file.fileno())
        _log.warning("journal.mended", fragment=str(beside))

    def _load_hidden(self) -> None:
        if not self.beside.exists():
            return
        for raw in self.beside.read_bytes().split(b"\n"):
            try:
                kept = orjson.loads(raw)
                self._hidden[kept["digest"]] = kept["part"]
            except (orjson.JSONDecodeError, KeyError, TypeError):
                continue  # what cannot be read is withheld; the chain does not depend on it

    def _unchanged(self) -> None:
        size = self.path.stat().st_size if self.path.exists() else 0
        if size != self._size:
            why = "another writer has written to the journal since it was read."
            raise JournalLocked(why, cure="Open it again and attempt the act anew.", file=self.path)

    def _write(self, path: Path, lines: list[bytes]) -> None:
        with path.open("ab") as file:
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())

    def erase(self, seq: int) -> None:
        """Erase the confidential part of an entry; the chain still verifies, and the entry reads as withheld.

        Raises:
            UnknownCase: there is no such entry.
        """
        digest = self._digest(seq)
        if digest is None or not self.beside.exists():
            return
        with _Lock(self.path):
            kept = []
            for raw in self.beside.read_bytes().split(b"\n"):
                try:
                    if raw and orjson.loads(raw).get("digest") != digest:
                        kept.append(raw + b"\n")
                except (orjson.JSONDecodeError, AttributeError):
                    kept.append(raw + b"\n")
            new = self.beside.with_name(self.beside.name + ".new")
            self._write(new, kept)
            new.replace(self.beside)
        self.__init__(self.path)  # type: ignore[misc]

    def _digest(self, seq: int) -> str | None:
        self.entry(seq)
        for raw in split_lines(self.path.read_bytes())[0]:
            line = orjson.loads(raw)
            if line.get("kind") == "entry" and line["seq"] == seq:
                found = (line.get("evidence") or {}).get("confidential")
                return str(found) if found else None
        return None


class _Lock:
    """Holds the journal for one writer, by a lock on the file itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Any = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            why = "another writer holds the journal."
            raise JournalLocked(why, cure="Wait until it has finished.", file=self._path) from None
        return self

    def append(self, lines: list[bytes]) -> int:
        """Write whole lines at the end and see them on disk; return the size of the file."""
        before = self._file.seek(0, os.SEEK_END)
        try:
            self._file.write(b"".join(lines))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(before)
            raise
        return int(self._file.tell())

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _number(entry: Draft | Entry) -> str | None:
    """Return the public reference that an entry gives its case, if it gives one."""
    paper = entry.evidence
    if isinstance(paper, Publication | Opening):
        return paper.reference
    return paper.number if isinstance(paper, JointCommitteeDecision) else None
