"""The state of a case in words of others: a CAD Trust project status and Article 6 (AEF) actions, and what gets lost.

    from jcm_cycle.outward import aef, cad_trust

    print(cad_trust(case))

An answer is data for whoever writes to such a registry; nothing is sent anywhere. Units and serial numbers are left
out, for the library keeps no ledger. The words of the two vocabularies are spelt as they are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from jcm_cycle._outward_actions import ToldAction, told_actions
from jcm_cycle._outward_lost import lacking, lost
from jcm_cycle._outward_map import (
    ACTIONS,
    AEF_WORDS,
    CAD_TRUST_WORDS,
    NO_ACTION,
    NO_STATUS,
    STATUSES,
    Action,
    ProjectStatus,
    Row,
)
from jcm_cycle.case import Case
from jcm_cycle.errors import EvidenceError
from jcm_cycle.findings import Standing
from jcm_cycle.states import MACHINES

__all__ = [
    "ACTIONS",
    "NO_ACTION",
    "NO_STATUS",
    "STATUSES",
    "Action",
    "ArticleSix",
    "CadTrust",
    "ProjectStatus",
    "Row",
    "ToldAction",
    "aef",
    "cad_trust",
]


@frozen(kw_only=True)
class _Told:
    """A case in the words of another vocabulary.

    Attributes:
        case: id of the case.
        machine: name of its machine.
        state: the state in which it stands.
        why: why there is no word for it; None where there is one.
        standing: how well founded that is.
        cites: where the words come from.
        lost: what is known of the case and does not go out with the word.
        lacking: what is asked for outside and a case does not hold.
    """

    case: str
    machine: str
    state: str
    why: str | None = None
    standing: Standing
    cites: str
    lost: tuple[str, ...]
    lacking: tuple[str, ...]

    def _json(self, **word: Any) -> dict[str, Any]:
        return {
            "schema": 1,
            "case": self.case,
            "machine": self.machine,
            "state": self.state,
            **word,
            "why": self.why,
            "standing": str(self.standing),
            "cites": self.cites,
            "lost": list(self.lost),
            "lacking": list(self.lacking),
        }

    def _text(self, title: str, word: str | None, *parts: Any) -> str:
        told = word if word is not None else f"none, for {self.why}"
        lines = [f"{title}  {self.case}, {self.machine} {self.state}: {told}", f"  {self.standing}: {self.cites}"]
        lines += [f"  {part}" for part in parts]
        lines += [f"  lost: {what}" for what in self.lost]
        lines += [f"  not held: {what}" for what in self.lacking]
        return "\n".join(lines)


@frozen(kw_only=True)
class CadTrust(_Told):
    """A case as a project of CAD Trust, with what the status loses.

    Attributes:
        status: the project status; None where there is none.

    All else stands in the fields of every answer: `why` there is none, `standing`, `cites`, `lost` and `lacking`.
    """

    status: ProjectStatus | None

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return self._json(status=None if self.status is None else str(self.status))

    def explain(self) -> str:
        """Return it as text for a reader."""
        return self._text("CAD TRUST", self.status)

    def __str__(self) -> str:
        return self.explain()


@frozen(kw_only=True)
class ArticleSix(_Told):
    """A case as actions under Article 6, with what they lose.

    Attributes:
        action: the action at which it stands; None where there is none.
        actions: every action on record, in the order of the procedure.

    All else stands in the fields of every answer: `why` there is none, `standing`, `cites`, `lost` and `lacking`.
    """

    action: Action | None
    actions: tuple[ToldAction, ...]

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        action = None if self.action is None else str(self.action)
        return self._json(action=action, actions=[told.json() for told in self.actions])

    def explain(self) -> str:
        """Return it as text for a reader."""
        return self._text("AEF", self.action, *self.actions)

    def __str__(self) -> str:
        return self.explain()


def cad_trust(case: Case[Any]) -> CadTrust:
    """Return the CAD Trust project status of a case, or why it has none, and what the status loses.

    Args:
        case: a case of any machine, as it stands.

    Raises:
        EvidenceError: it is no case.
    """
    row, others = _row(case, "project", STATUSES, NO_STATUS)
    mapped = case.machine == "project"
    return CadTrust(
        **_of(case, row, others, CAD_TRUST_WORDS, mapped=mapped),
        status=None if row.word is None else ProjectStatus(row.word),
        lacking=("units: they are left out, for the library keeps no ledger",) if mapped else (),
    )


def aef(case: Case[Any]) -> ArticleSix:
    """Return the Article 6 actions of a case, or why it has none, and what they lose.

    A block that was split tells none: its parts have cases of their own, and each action would be told twice.

    Args:
        case: a case of any machine, as it stands.

    Raises:
        EvidenceError: it is no case.
    """
    row, others = _row(case, "transfer", ACTIONS, NO_ACTION)
    mapped = case.machine == "transfer"
    actions = tuple(told_actions(case.country, case.file)) if mapped and case.state != "split" else ()
    if actions and case.file.closing is not None:
        row, others = Row(word=actions[-1].action, standing=actions[-1].standing), ()
    action = None if row.word is None else Action(row.word)
    missed = () if action in (None, *(told.action for told in actions)) else (f"{action}: no fact tells of it",)
    return ArticleSix(
        **_of(case, row, others, AEF_WORDS, mapped=mapped),
        action=action,
        actions=actions,
        lacking=(*missed, *lacking(case.file)) if mapped else (),
    )


def _row(case: Any, machine: str, rows: Mapping[str, Row], reasons: Mapping[str, str]) -> tuple[Row, tuple[str, ...]]:
    """Return what the state of a case is called, and the other states that are called so."""
    if not isinstance(case, Case):
        why = f"{case!r} is not a case."
        raise EvidenceError(why, cure='Give a case as it stands, such as journal.case("solar").')
    if case.machine != machine:
        return _unmapped(case, machine, reasons.get(case.machine)), ()
    row = rows.get(case.state)
    if row is None:
        return Row(standing=Standing.UNKNOWN, why=f"the map has no row for the state {case.state}"), ()
    if row.word is None:
        return row, ()
    return row, tuple(state for state, other in rows.items() if other.word == row.word and state != case.state)


def _unmapped(case: Case[Any], machine: str, why: str | None) -> Row:
    """Return the row of a case of a machine that the vocabulary has no word for."""
    if why is None:
        return Row(standing=Standing.UNKNOWN, why=f"the map has no row for the machine {case.machine}")
    if MACHINES[case.machine].of == machine and case.file.of is not None:
        why += f"; ask the case of its {machine}, {case.file.of}"
    return Row(standing=Standing.INFERRED, why=why)


def _of(case: Case[Any], row: Row, others: tuple[str, ...], cites: str, *, mapped: bool) -> dict[str, Any]:
    """Return what every answer says of a case."""
    return {
        "case": case.id,
        "machine": case.machine,
        "state": case.state,
        "why": row.why,
        "standing": row.standing,
        "cites": cites,
        "lost": tuple(lost(case, row, others, mapped=mapped)),
    }
