"""What one case makes of others: the effect of an approved change on its project, and the parts of a block.

Nothing here decides or moves anything. What is returned is ready to be attempted, or to be appended to a journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from jcm_cycle.case import Accepted, Case
from jcm_cycle.days import UNKNOWN_DAY, Day
from jcm_cycle.entries import Act
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import Block, ChangeEffect, Opening
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states import EFFECTS, Step, transfer

__all__ = ["ReadyEffect", "children", "effects"]


@frozen(kw_only=True)
class ReadyEffect:
    """A step of a project that an approved change has made ready, and that nobody has taken yet.

    Attributes:
        case: id of the project.
        change: id of the case of `change`.
        step: id of the step, such as `project.renew`.
        since: the day from which the approval holds.
        evidence: what the step rests on.
        standing: how well founded it is that an approval has this effect.
        cites: where that was read.
    """

    case: str
    change: str
    step: str
    since: Day
    evidence: ChangeEffect
    standing: Standing
    cites: str
    _taken: Step[ChangeEffect, Any]

    def act(self, *, on: date) -> Act[ChangeEffect]:
        """Return the act, to be attempted on the project on a day."""
        return self._taken(self.evidence, by=Role.LINKED_CASE, on=on)

    def __str__(self) -> str:
        ground = f"{self.standing}: {self.cites}"
        return f"{self.case}: {self.step} is ready since {self.since}, for {self.change} is approved ({ground})"


def effects(cases: Iterable[Case[Any]]) -> tuple[ReadyEffect, ...]:
    """Return the effects of approved changes that their projects have not had yet, by project and day.

    Args:
        cases: projects and changes, each as it stands; an approved change of a project that is not among them
            is passed over.
    """
    projects, changes = {}, []
    for case in cases:
        if case.machine == "project":
            projects.update(dict.fromkeys((case.id, *case.references), case))
        elif case.machine == "change" and case.state == "approved" and case.file.kind is not None:
            changes.append(case)
    found = []
    for case in changes:
        file = case.file
        whole = projects.get(file.of) or projects.get(file.of_reference)
        if whole is None or case.id in (change for change, _ in whole.file.changes):
            continue
        step = EFFECTS[file.kind]
        evidence = ChangeEffect(
            change=case.id,
            decided_on=file.decided_on if isinstance(file.decided_on, date) else None,
            document_version=file.document_version,
            crediting_from=file.crediting_from,
            crediting_until=file.crediting_until,
        )
        found.append(
            ReadyEffect(
                case=whole.id,
                change=case.id,
                step=step.id,
                since=file.effective_on or UNKNOWN_DAY,
                evidence=evidence,
                standing=step.standing,
                cites=step.cites,
                taken=step,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.case, str(one.since), one.change)))


def children(case: Case[Any]) -> tuple[tuple[Accepted[Any], ...], ...]:
    """Return the blocks into which a block was split: for each its opening, and the facts of its parent.

    The last answer of each has the case as it stands: in the state in which its parent was divided.

    Args:
        case: a case of `transfer` that stands in `split`.

    Raises:
        EvidenceError: it is none, or its own block or its parts are not known.
    """
    if case.machine != "transfer" or case.state != "split" or case.file.block is None:
        why = f"{case.id} is not a block that was split."
        raise EvidenceError(why, cure="Give a case of transfer after split_block.")
    if not case.file.parts:
        why = f"{case.id} was split, but into what is not known."
        raise EvidenceError(why, cure="Record split_block with its parts.")
    file = case.file
    facts = [transfer.record_authorisation.fact(on=on, evidence=given) for given, on in file.authorised]
    if file.first_transfer is not None:
        moved, on = file.first_transfer
        facts.append(transfer.record_first_transfer.fact(on=on, evidence=moved))
    facts += [transfer.record_adjustment.fact(on=on, evidence=made) for made, on in file.adjusted]
    facts += [transfer.record_report.fact(on=on, evidence=made) for made, on in file.reported]
    born = case.days["split_block"]
    found = []
    for part in file.parts:
        block = Block(side=file.block.side, amount=part.amount, years=file.block.years, holder=part.holder)
        opening = Opening(
            country=case.country,
            track=case.track,
            procedure=case.procedure.name,
            capabilities=dict(case.capabilities),
            of=file.of,
            of_reference=file.of_reference,
            block=block,
        )
        answers = [Case.imported(transfer, part.case, opening, on=born)]
        for fact in facts:
            answers.append(answers[-1].case.record(fact))
        found.append(tuple(answers))
    return tuple(found)
