"""What is still to be issued: by which side, in which case, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from jcm_cycle._words import composed, joined, say, told, word
from jcm_cycle.case import once
from jcm_cycle.days import Day, day_json
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import AllocationLine
from jcm_cycle.states import IssuanceFile

__all__ = ["Outstanding", "outstanding"]


@frozen(kw_only=True)
class Outstanding:
    """What one side has still to issue in one case.

    Attributes:
        case: id of the issuance.
        of: id of the project.
        side: two-letter code; None where it is not known how the total is split.
        amount: whole tonnes; None where it is not known.
        lines: how much of it each holder is still to get, where the decision and the issues so far tell.
        since: the day of the decision.
        why: why the amount is not known.
    """

    case: str
    of: str | None
    side: str | None
    amount: int | None
    lines: tuple[AllocationLine, ...] = ()
    since: Day | None = None
    why: str | None = None

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "case": self.case,
            "of": self.of,
            "side": self.side,
            "amount": self.amount,
            "lines": [{"holder": one.holder, "year": one.year, "amount": one.amount} for one in self.lines],
            "since": day_json(self.since),
            "why": self.why,
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text, in a line.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        left = say(lang, "{amount} t", amount=f"{self.amount:,}") if self.amount is not None else None
        if left is None:
            left = say(lang, "not known, for {why}", why=composed(str(self.why), lang))
        if self.lines:
            whom = joined((_told(line, lang) for line in self.lines), lang)
            left = say(lang, "{amount} for {holders}", amount=left, holders=whom)
        return say(
            lang, "{case} of {project}: {side} {left}, notified on {day}", case=self.case, project=self.of,
            side=word("country", self.side, lang) if self.side else say(lang, "both sides"), left=left,
            day=told(str(self.since), lang),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.explain()


def _told(line: AllocationLine, lang: str) -> str:
    holder = line.holder or say(lang, "a holder not named")
    if line.year:
        return say(lang, "{holder} {amount} t of {year}", holder=holder, amount=f"{line.amount:,}", year=line.year)
    return say(lang, "{holder} {amount} t", holder=holder, amount=f"{line.amount:,}")


def outstanding(cases: Iterable[Any], side: str | None = None) -> tuple[Outstanding, ...]:
    """Return what was notified and is not issued yet, case by case and side by side.

    Nothing is computed from a share. Where only a total is known, what is left of it is told without an amount.

    Args:
        cases: cases of any machine; all but issuances that were notified are passed over.
        side: two-letter code of the only side that is asked for. A case whose split is not known is told all the
            same, because something of it may be that side's.

    Raises:
        EvidenceError: a case stands twice, or the side is that of no country of the cases, nor Japan.
    """
    kept = list(once(cases))
    sides = sorted({"JP", *(case.country for case in kept)})
    if side is not None and side not in sides:
        why = f"side: {side!r} issues no credits of these cases."
        raise EvidenceError(why, cure=f"Sides are {', '.join(sides)}.")
    return tuple(
        left
        for case in kept
        if case.machine == "issuance" and case.state == "notified"
        for left in _left(case, case.file)
        if side is None or left.side in (None, side)
    )


def _left(case: Any, file: IssuanceFile) -> Iterator[Outstanding]:
    notified = file.notified
    if notified is None:
        why = "the decision is not split by side"
        yield Outstanding(case=case.id, of=file.of, side=None, amount=None, since=file.decided_on, why=why)
        return
    for side, amount in notified.items():
        done = file.issued_by(side)
        if done is None:
            why = "an amount that the side issued is not known"
            yield Outstanding(case=case.id, of=file.of, side=side, amount=None, since=file.decided_on, why=why)
        elif done < amount:
            lines = _lines(file, side, amount - done)
            left = amount - done
            yield Outstanding(case=case.id, of=file.of, side=side, amount=left, lines=lines, since=file.decided_on)


def _lines(file: IssuanceFile, side: str, left: int) -> tuple[AllocationLine, ...]:
    """Return what each holder of a side is still to get; nothing where the parts do not make the whole."""
    due: dict[tuple[str | None, int | None], int] = {}
    for line in file.notified_lines or ():
        if line.side == side:
            due[line.holder, line.year] = due.get((line.holder, line.year), 0) + line.amount
    for part in file.issued:
        for line in (part.lines or ()) if part.side == side else ():
            if (line.holder, line.year) not in due:
                return ()
            due[line.holder, line.year] -= line.amount
    found = tuple(
        AllocationLine(side=side, holder=holder, year=year, amount=amount)
        for (holder, year), amount in due.items()
        if amount > 0 and (holder is not None or year is not None)
    )
    return found if sum(line.amount for line in found) == left else ()
