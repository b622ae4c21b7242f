"""What touches the disk: one writer at a time, whole lines or none, and the confidential parts of a journal."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Collection
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import orjson
from attrs import frozen

from jcm_cycle._chain import split_lines, stored_line
from jcm_cycle._sealed import salted
from jcm_cycle.errors import JournalError, JournalLocked

__all__ = ["Beside", "Lock", "read_lines"]


def _append(file: int, data: bytes) -> int:
    """Write at the end of an open file and see it on disk, or leave the file as it was.

    Returns:
        The size of the file before.
    """
    before = os.lseek(file, 0, os.SEEK_END)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(file, before)
        raise
    return before


def _sync(folder: Path) -> None:
    """See the names in a folder on disk, after a file was made or replaced there."""
    with suppress(OSError):  # not every file system can
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def read_lines(path: Path) -> tuple[list[bytes], bytes]:
    """Return the whole lines of a journal, and what stands after the last of them once no writer is at work.

    Raises:
        JournalError: the file cannot be read.
        JournalLocked: a writer does not finish the line it has begun.
    """
    try:
        lines, fragment = split_lines(path.read_bytes())
        if fragment and _settled(path):
            lines, fragment = split_lines(path.read_bytes())
    except FileNotFoundError:
        return [], b""
    except OSError as error:
        why = f"the journal cannot be read: {error.strerror}."
        raise JournalError(why, cure="Check the path.", file=path) from None
    return lines, fragment


def _settled(path: Path) -> bool:
    """Wait until no writer holds a journal; an append takes milliseconds."""
    file = os.open(path, os.O_RDONLY)
    try:
        for _ in range(200):
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.01)
            else:
                return True
    finally:
        os.close(file)
    why = "another writer is in the middle of a line."
    raise JournalLocked(why, cure="Wait until it has finished.", file=path)


class Lock:
    """Holds a journal for one writer, by a lock on the file itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        except OSError as error:
            why = f"the journal cannot be written: {error.strerror}."
            raise JournalError(why, cure="Check the path.", file=self._path) from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            why = "another writer holds the journal."
            raise JournalLocked(why, cure="Wait until it has finished.", file=self._path) from None
        return self

    def append(self, data: bytes) -> int:
        """Write whole lines at the end, or none; return the size of the file afterwards."""
        before = _append(self._file, data)
        if before == 0:
            _sync(self._path.parent)
        return before + len(data)

    def cut(self) -> bytes:
        """Cut off and return what stands after the last whole line; it is kept in a file beside the journal."""
        data = self._path.read_bytes()
        _, fragment = split_lines(data)
        if fragment:
            name = f"{self._path.name}.fragment-{sha256(fragment).hexdigest()[:12]}"
            self._path.with_name(name).write_bytes(fragment)
            os.ftruncate(self._file, len(data) - len(fragment))
            os.fsync(self._file)
        return fragment

    def __exit__(self, *_: object) -> None:
        os.close(self._file)


@frozen
class Beside:
    """The file beside a journal that holds its confidential parts, each under the digest that the chain keeps.

    Attributes:
        path: the file; only its owner may read it.
    """

    path: Path

    @classmethod
    def of(cls, journal: Path) -> Beside:
        """Return the one of a journal."""
        return cls(journal.with_name(f"{journal.name}.confidential"))

    def read(self) -> tuple[dict[str, dict[str, Any]], set[str]]:
        """Return the parts by digest, and the digests of those that are not what was sealed.

        What cannot be read at all is as good as withheld: the chain does not depend on it.
        """
        parts: dict[str, dict[str, Any]] = {}
        altered: set[str] = set()
        for kept in self._lines():
            digest, part = kept["digest"], kept.get("part")
            if isinstance(part, dict) and salted(str(kept.get("salt")), part) == digest:
                parts[digest] = part
            else:
                altered.add(digest)
        return parts, altered - parts.keys()

    def _lines(self) -> list[dict[str, Any]]:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            why = f"the confidential parts cannot be read: {error.strerror}."
            raise JournalError(why, cure="Check who may read the file.", file=self.path) from None
        found = []
        for raw in data.split(b"\n"):
            with suppress(orjson.JSONDecodeError):
                line = orjson.loads(raw)
                if isinstance(line, dict) and isinstance(line.get("digest"), str):
                    found.append(line)
        return found

    def add(self, digest: str, salt: str, part: dict[str, Any]) -> int:
        """Keep a part; return the size of the file before."""
        new = not self.path.exists()
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            line = stored_line({"digest": digest, "salt": salt, "part": part})
            size = os.fstat(file).st_size
            if size and os.pread(file, 1, size - 1) != b"\n":
                line = b"\n" + line  # a stopped writer left a line unfinished
            before = _append(file, line)
        finally:
            os.close(file)
        if new:
            _sync(self.path.parent)
        return before

    def cut(self, size: int) -> None:
        """Cut the file off behind so many bytes: what was added last belongs to no entry."""
        with suppress(OSError):
            os.truncate(self.path, size)

    def keep(self, digests: Collection[str]) -> None:
        """Write the file anew with the parts of these digests only."""
        if not self.path.exists():
            return
        kept = b"".join(stored_line(line) for line in self._lines() if line["digest"] in digests)
        new = self.path.with_name(f"{self.path.name}.new")
        new.unlink(missing_ok=True)  # an erasure that was stopped may have left one
        file = os.open(new, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.fchmod(file, self.path.stat().st_mode)
            _append(file, kept)
        finally:
            os.close(file)
        new.replace(self.path)
        _sync(self.path.parent)
