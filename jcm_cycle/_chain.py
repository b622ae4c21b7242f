"""The chain of sealed lines: how a line is written, and how it is seen to be what was written."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from attrs import define, field, frozen

from jcm_cycle.errors import BrokenJournal, NewerSchema

__all__ = ["SCHEMA", "Chain", "Line", "seal", "split_lines", "stored_line"]

SCHEMA = 1
"""The schema of lines that this version writes, and the newest it reads."""

START = "0" * 64
_MARK = b',"hash":"'
_TAIL = len(_MARK) + 64 + 2


def stored_line(body: dict[str, Any]) -> bytes:
    """Return an object as the one line that stands for it: keys sorted, no spaces."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS) + b"\n"


def seal(body: dict[str, Any], head: str) -> tuple[bytes, str]:
    """Return the line of an object after the line with the hash `head`, and the hash of the line."""
    data = orjson.dumps({**body, "prev": head, "schema": SCHEMA}, option=orjson.OPT_SORT_KEYS)
    digest = sha256(data).hexdigest()
    return data[:-1] + _MARK + digest.encode() + b'"}\n', digest


def split_lines(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the whole lines of a file, and what stands after the last of them."""
    *lines, rest = data.split(b"\n")
    return lines, rest


@frozen
class Line:
    """One stored line: its number, from 1, and its bytes."""

    number: int
    raw: bytes


@define
class Chain:
    """What is known of a chain after the lines read so far.

    Attributes:
        head: hash of the last line.
        seq: number of the last entry.
        at: instant of the last recording.
        editions: archived editions by fingerprint.
    """

    head: str = START
    seq: int = 0
    at: datetime | None = None
    editions: dict[str, dict[str, Any]] = field(factory=dict)

    def take(self, line: Line) -> dict[str, Any]:
        """Check that a line is what was sealed and follows the one before; return its object.

        Raises:
            BrokenJournal: it is not; says why.
            NewerSchema: a newer version wrote it.
        """
        raw = line.raw
        if len(raw) < _TAIL or raw[-_TAIL : -_TAIL + len(_MARK)] != _MARK or not raw.endswith(b'"}'):
            raise _broken("the line does not end with its hash")
        stated = raw[-66:-2].decode("ascii", "replace")
        body = raw[:-_TAIL] + b"}"
        if sha256(body).hexdigest() != stated:
            raise _broken("the line was changed after it was sealed")
        try:
            found = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise _broken("the line is not JSON") from None
        if not isinstance(found, dict) or found.get("kind") not in ("entry", "edition"):
            raise _broken("the line is neither an entry nor an edition")
        if type(found.get("schema")) is not int or found["schema"] > SCHEMA:
            why = f"the line has schema {found.get('schema')!r}; this version reads up to {SCHEMA}."
            raise NewerSchema(why, cure="Read the journal with a newer version of the library.")
        if found.get("prev") != self.head:
            raise _broken("the line does not follow the one before: a line was removed, inserted or moved")
        if found["kind"] == "entry":
            self._entry(found)
        else:
            self._edition(found)
        self.head = stated
        return found

    def _entry(self, found: dict[str, Any]) -> None:
        if found.get("seq") != self.seq + 1:
            raise _broken(f"entry {found.get('seq')!r} stands where {self.seq + 1} is due")
        try:
            at = datetime.fromisoformat(found["recorded_at"])
            if at.tzinfo is None:
                raise ValueError
        except (KeyError, TypeError, ValueError):
            raise _broken("the instant of recording cannot be read") from None
        if self.at is not None and at < self.at:
            raise _broken("the instant of recording lies before that of the line before")
        for fingerprint in found.get("editions", ()):
            if fingerprint not in self.editions:
                raise _broken(f"the edition {str(fingerprint)[:12]} was not archived before")
        for finding in found.get("findings", ()):
            why = _contradicts(finding)
            if why:
                raise _broken(why)
        self.seq, self.at = found["seq"], at

    def _edition(self, found: dict[str, Any]) -> None:
        content = found.get("content")
        data = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
        if sha256(data).hexdigest() != found.get("fingerprint"):
            raise _broken("the archived edition does not have the fingerprint it is filed under")
        if not isinstance(content, dict):
            raise _broken("the archived edition cannot be read")
        self.editions[found["fingerprint"]] = content


def _contradicts(finding: Any) -> str | None:
    """Return why an accepted entry could not have this finding, or None."""
    if not isinstance(finding, dict):
        return "a finding cannot be read"
    verdict, effect, despite = finding.get("verdict"), finding.get("effect"), finding.get("despite")
    if verdict == "met" or effect in ("advises", "duty"):
        return None
    if despite and not (verdict == "unmet" and effect == "blocks"):
        return None
    return f"the entry was accepted although {finding.get('rule')} {effect} and is {verdict}"


def _broken(why: str) -> BrokenJournal:
    return BrokenJournal(f"{why}.", cure="Compare with a copy; what follows this line cannot be trusted.")
