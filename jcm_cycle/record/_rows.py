"""What became of each row of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

from attrs import field, frozen

from jcm_cycle._words import composed
from jcm_cycle.entries import Draft, Source
from jcm_cycle.record._odd import Remark
from jcm_cycle.record.claims import Claim, Record
from jcm_cycle.record.countries import JAPAN
from jcm_cycle.record.groups import Group
from jcm_cycle.record.vocabulary import EventWord, SubjectType

__all__ = ["As", "Made", "Row", "by_row", "counted", "sources"]


class As(StrEnum):
    """What a row is to a replay; of several, the first of this list counts."""

    ENTRY = "entry"
    """It became an entry, alone or with the rows of other sides."""
    OBSERVATION = "observation"
    """A status on a snapshot day."""
    CROSS_CHECK = "cross_check"
    """Another view of what an entry says: a total, an announcement, a second source, a joint row."""
    ATTRIBUTE = "attribute"
    """Something that the opening of a case says of it, such as its period."""
    INSTITUTIONAL = "institutional"
    """Rules, meetings, bilateral documents, and every row of Japan."""
    CLAIM = "claim"
    """Read, and part of no case."""
    UNREADABLE = "unreadable"


_COUNTED = {
    As.ENTRY: "replayed",
    As.CROSS_CHECK: "checked",
    As.ATTRIBUTE: "checked",
    As.OBSERVATION: "observed",
    As.INSTITUTIONAL: "institutional",
    As.CLAIM: "claimed",
    As.UNREADABLE: "unreadable",
}


@frozen
class Made:
    """An entry that rows make.

    Attributes:
        draft: what is to become the entry.
        rows: what each row is to it, by its line.
    """

    draft: Draft
    rows: Mapping[int, As]


@frozen(kw_only=True)
class Row:
    """What became of one row.

    Attributes:
        line: the line in the file on which it starts.
        became: what it is to the replay.
        case: the case that it is a part of.
        seq: the entry of that case.
        group: the place of its group in the list of groups, the first being 0.
        why: why it is part of no case; else what it was compared with, what is odd, and what was left unread of it.
        tell: says why in the language of a code; left out, it is told in English.
    """

    line: int
    became: As
    case: str | None = None
    seq: int | None = None
    group: int | None = None
    why: str | None = None
    tell: Callable[[str], str] | None = field(default=None, eq=False, repr=False)

    def explain(self, *, lang: str = "en") -> str:
        """Return why as text; empty where there is nothing to tell.

        Args:
            lang: code of the language, en or ja.
        """
        return (self.why or "") if self.tell is None else self.tell(lang)

    def json(self) -> dict[str, Any]:
        """Return the row as data."""
        return {
            "line": self.line,
            "as": str(self.became),
            "case": self.case,
            "seq": self.seq,
            "group": self.group,
            "why": self.why,
        }


def sources(claims: Iterable[Claim]) -> tuple[Source, ...]:
    """Return the rows of claims as sources of an entry."""
    return tuple(Source(row=c.line, url=c.url or None, text=c.detail_text or None) for c in claims)


def by_row(
    record: Record, cases: Mapping[str, Sequence[Made]], groups: Sequence[Group], odd: Iterable[Remark]
) -> tuple[Row, ...]:
    """Return what became of each row, in the order of the lines.

    Args:
        record: the record as read.
        cases: what was made, in the order of the entries, by case.
        groups: the groups of the record.
        odd: what is odd; the first row of each says it.
    """
    said = _said(odd)
    order = list(As)
    parts: dict[int, tuple[int, str, int]] = {}
    for name, made in cases.items():
        for seq, one in enumerate(made, 1):
            for line, became in one.rows.items():
                place = (order.index(became), name, seq)
                parts[line] = min(place, parts.get(line, place))
    whose = _whose(groups)
    rows = [Row(line=row.line, became=As.UNREADABLE, why=row.why) for row in record.unreadable]
    for claim in record.claims:
        mine = whose.get(claim.line, ())
        own = [n for n in mine if groups[n].refs == tuple(sorted(claim.subjects))]
        group_no = next(iter((*own, *mine)), None)
        if claim.subject_type is SubjectType.RULE or claim.country == JAPAN:
            rows.append(Row(line=claim.line, became=As.INSTITUTIONAL, group=group_no))
        elif claim.line in parts:
            rank, case, entry = parts[claim.line]
            became = order[rank]
            odd_here = said.get(claim.line, ())
            checked = groups[group_no] if became is As.CROSS_CHECK and group_no is not None else None
            says = tuple(("" if o.case == case else f"{o.case}: ", o.says) for o in odd_here)
            tell = partial(_told, checked, says, claim.detail.text)
            why = tell("en") or None
            rows.append(Row(line=claim.line, became=became, case=case, seq=entry, group=group_no, why=why, tell=tell))
        else:
            tell = partial(composed, _why(claim))
            rows.append(Row(line=claim.line, became=As.CLAIM, group=group_no, why=tell("en"), tell=tell))
    return tuple(sorted(rows, key=lambda row: row.line))


def _told(checked: Group | None, says: Sequence[tuple[str, str]], unread: str | None, lang: str) -> str:
    """Return what rows were compared with, what is odd in them, and what was left unread, in a language."""
    parts = [checked.explain(lang=lang).rstrip(".。")] if checked else []
    parts += [f"{case}{composed(english, lang)}" for case, english in says]
    return "; ".join([*parts, *([f"“{unread}”"] if unread else [])])


def _said(odd: Iterable[Remark]) -> dict[int, list[Remark]]:
    found: dict[int, list[Remark]] = {}
    for remark in odd:
        found.setdefault(remark.rows[0], []).append(remark)
    return found


def _whose(groups: Sequence[Group]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        for line in group.rows:
            found.setdefault(line, []).append(number)
    return found


_NAMES = {
    SubjectType.PROJECT: "project",
    SubjectType.METHODOLOGY: "methodology",
    SubjectType.TPE: "entity",
    SubjectType.PIN: "idea note",
}


def _why(claim: Claim) -> str:
    if not claim.names:
        return f"it names no {_NAMES[claim.subject_type]}"
    if claim.event is EventWord.TPE_ACCREDITATION_UNTIL:
        return "it does not tell the last day"
    return "it does not tell to what it belongs"


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """Count the rows by what became of them."""
    found = Counter(_COUNTED[row.became] for row in rows)
    return {name: found.get(name, 0) for name in dict.fromkeys(_COUNTED.values())}
