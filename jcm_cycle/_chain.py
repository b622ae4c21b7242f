"""The chain of sealed lines: how a line is written, and how it is seen to be what was written."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any, NoReturn

import orjson
from attrs import define, field, frozen

from jcm_cycle.errors import BrokenJournal, NewerSchema

__all__ = ["SCHEMA", "Chain", "Line", "seal", "split_lines", "stored_line"]

SCHEMA = 1
"""The schema of lines that this version writes, and the newest it reads."""

START = "0" * 64
_MARK = b',"hash":"'
_EDITION, _TOGETHER = b'{"content":', b'"together":['
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
    """Return the whole lines of a file, and what stands after the last of them.

    Entries that belong together are whole when all of them are there: a beginning of them is no line yet.
    """
    *lines, rest = data.split(b"\n")
    begun = _begun(lines)
    return lines[:begun], b"".join(line + b"\n" for line in lines[begun:]) + rest


def _begun(lines: list[bytes]) -> int:
    """Return the number of lines before entries at the end of which the last ones are lacking; else of all lines."""
    due = None
    for place in range(len(lines) - 1, -1, -1):
        if lines[place].startswith(_EDITION):
            continue
        number, of = _together(lines[place])
        if number == 0 or (due is None and number == of) or due not in (None, (number, of)):
            break
        if number == 1:
            return place
        due = (number - 1, of)
    return len(lines)


def _together(line: bytes) -> tuple[int, int]:
    """Return which one of how many a line is, or zeros where it stands alone."""
    if _TOGETHER not in line:
        return 0, 0
    try:
        found = orjson.loads(line).get("together")
    except (orjson.JSONDecodeError, AttributeError):
        return 0, 0
    return (found[0], found[1]) if _is_place(found) else (0, 0)


def _is_place(found: object) -> bool:
    whole = isinstance(found, list) and len(found) == 2 and all(type(n) is int for n in found)  # noqa: PLR2004
    return whole and 1 <= found[0] <= found[1] and found[1] > 1  # type: ignore[index]


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
        due: which one of how many the next entry has to be, where entries belong together.
    """

    head: str = START
    seq: int = 0
    at: datetime | None = None
    editions: dict[str, dict[str, Any]] = field(factory=dict)
    due: list[int] | None = None

    def take(self, line: Line) -> dict[str, Any]:
        """Check that a line is what was sealed and follows the one before; return its object.

        Raises:
            BrokenJournal: it is not; says why.
            NewerSchema: a newer version wrote it.
        """
        found, stated = _unsealed(line.raw)
        schema, kind = found.get("schema"), found.get("kind")
        if type(schema) is not int or schema > SCHEMA:
            why = f"the line has schema {schema!r}; this version reads up to {SCHEMA}."
            raise NewerSchema(why, cure="Read the journal with a newer version of the library.")
        if kind not in ("entry", "edition"):
            _break("the line is neither an entry nor an edition")
        if found.get("prev") != self.head:
            _break("the line does not follow the one before: a line was removed, inserted or moved")
        if kind == "entry":
            self._entry(found)
        else:
            self._edition(found)
        self.head = stated
        return found

    def _entry(self, found: dict[str, Any]) -> None:
        seq = found.get("seq")
        if type(seq) is not int or seq != self.seq + 1:
            _break(f"entry {seq!r} stands where {self.seq + 1} is due")
        at = _instant(found.get("recorded_at"))
        if at is None:
            _break("the instant of recording cannot be read")
        if self.at is not None and at < self.at:
            _break("the instant of recording lies before that of the line before")
        for fingerprint in _items(found, "editions"):
            if not isinstance(fingerprint, str) or fingerprint not in self.editions:
                _break(f"the edition {str(fingerprint)[:12]} was not archived before")
        for finding in _items(found, "findings"):
            why = _contradicts(finding)
            if why:
                _break(why)
        self._due(found.get("together"))
        self.seq, self.at = seq, at

    def _due(self, place: Any) -> None:
        """Follow entries that belong together: all of them stand one after the other."""
        first = self.due is None and (place is None or (_is_place(place) and place[0] == 1))
        if not first and place != self.due:
            _break(f"the entry is {place!r} of those that belong together, where {self.due!r} is due")
        self.due = [place[0] + 1, place[1]] if place is not None and place[0] < place[1] else None

    def _edition(self, found: dict[str, Any]) -> None:
        content = found.get("content")
        data = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
        if sha256(data).hexdigest() != found.get("fingerprint"):
            _break("the archived edition does not have the fingerprint it is filed under")
        if not isinstance(content, dict):
            _break("the archived edition cannot be read")
        self.editions[found["fingerprint"]] = content


def _unsealed(raw: bytes) -> tuple[dict[str, Any], str]:
    """Return the object of a line and its hash, where the line still is what was sealed."""
    if len(raw) < _TAIL or raw[-_TAIL : -_TAIL + len(_MARK)] != _MARK or not raw.endswith(b'"}'):
        _break("the line does not end with its hash")
    stated = raw[-66:-2].decode("ascii", "replace")
    body = raw[:-_TAIL] + b"}"
    if sha256(body).hexdigest() != stated:
        _break("the line was changed after it was sealed")
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        _break("the line is not a JSON object")
    return found, stated


def _instant(text: Any) -> datetime | None:
    """Read an instant with a time zone, or return None."""
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.utcoffset() is not None else None


def _items(found: dict[str, Any], name: str) -> list[Any]:
    """Return the list that a member holds; none where the member is left out."""
    items = found.get(name, [])
    if not isinstance(items, list):
        _break(f"the member {name} is not a list")
    return items


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


def _break(why: str) -> NoReturn:
    why = f"{why}."
    raise BrokenJournal(why, cure="Compare with a copy; what follows this line cannot be trusted.")
