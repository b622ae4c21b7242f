"""Each fact on record of a block of credits as an action under Article 6."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from jcm_cycle._outward_lost import told_day
from jcm_cycle._outward_map import DEFINITIONS, Action
from jcm_cycle.days import Day, day_json
from jcm_cycle.evidence import AuthorisedObject, Purpose
from jcm_cycle.findings import Standing, plain
from jcm_cycle.states import Step, TransferFile, transfer

__all__ = ["ToldAction", "told_actions"]


@frozen(kw_only=True)
class ToldAction:
    """One action under Article 6, as the case of a block knows it.

    Attributes:
        action: the action.
        on: the day, as well as it is known.
        party: two-letter code of the Party whose action it is, of a first transfer the host country; None where it
            is not known.
        to: the Party that receives the block.
        amount: of the block, in whole tonnes of CO2 equivalent.
        vintages: the calendar years of the reductions.
        purposes: what it is authorised or used for: NDC, IMP or OP. The word OIMP is not used, for no case holds it.
        definition: what the Party takes for the first transfer.
        object: what was authorised.
        reference: number or title of the document.
        step: id of the step that tells it.
        standing: how well founded it is: as the map, or as the step, whichever is weaker.
        cites: where the step was read.
    """

    action: Action
    on: Day
    party: str | None = None
    to: str | None = None
    amount: int | None = None
    vintages: tuple[int, ...] | None = None
    purposes: tuple[Purpose, ...] | None = None
    definition: str | None = None
    object: AuthorisedObject | None = None
    reference: str | None = None
    step: str
    standing: Standing
    cites: str

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "action": str(self.action),
            "on": day_json(self.on),
            "party": self.party,
            "to": self.to,
            "amount": self.amount,
            "vintages": plain(self.vintages),
            "purposes": plain(self.purposes),
            "definition": self.definition,
            "object": plain(self.object),
            "reference": self.reference,
            "step": self.step,
            "standing": str(self.standing),
            "cites": self.cites,
        }

    def __str__(self) -> str:
        parts = [
            f"{self.action} {told_day(self.on)}",
            f"by {self.party}" if self.party else None,
            f"to {self.to}" if self.to else None,
            f"{self.amount:,} t" if self.amount is not None else None,
            f"vintage {', '.join(map(str, self.vintages))}" if self.vintages else None,
            f"for {', '.join(self.purposes)}" if self.purposes else None,
            f"first transfer: {self.definition}" if self.definition else None,
        ]
        return f"{'; '.join(filter(None, parts))} ({self.standing}: {self.cites})"


_ENDS: Mapping[str, tuple[Action, Step[Any, TransferFile]]] = {
    "record_use": (Action.USE, transfer.record_use),
    "record_cancellation": (Action.CANCELLATION, transfer.record_cancellation),
}


def told_actions(country: str, file: TransferFile) -> Iterator[ToldAction]:
    """Yield the actions on record of a block, in the order of the procedure.

    Args:
        country: two-letter code of the host country, whose side registers the first transfer.
        file: what the case of the block has gathered.
    """
    block = file.block
    whole: dict[str, Any] = {} if block is None else {"amount": block.amount, "vintages": block.years}
    for given, on in file.authorised:
        yield ToldAction(
            action=Action.AUTHORIZATION,
            on=on,
            party=given.party,
            purposes=given.purposes,
            definition=DEFINITIONS[given.first_transfer] if given.first_transfer else None,
            object=given.object,
            reference=given.reference,
            **whole,
            **_ground(transfer.record_authorisation),
        )
    if file.first_transfer is not None:
        moved, on = file.first_transfer
        ground = _ground(transfer.record_first_transfer)
        yield ToldAction(
            action=Action.FIRST_TRANSFER,
            on=on,
            party=country,
            to=moved.to,
            reference=moved.reference,
            **whole,
            **ground,
        )
    if file.closing is not None:
        action, step = _ENDS[file.closing.step]
        purposes = (Purpose(file.closing.purpose),) if file.closing.purpose else None
        yield ToldAction(action=action, on=file.closing.on, purposes=purposes, **whole, **_ground(step))


def _ground(step: Step[Any, TransferFile]) -> dict[str, Any]:
    """Return the step with how well founded it is that its fact is the action: no better than a conclusion."""
    return {"step": step.id, "standing": Standing.INFERRED.or_weaker(step.standing), "cites": step.cites}
