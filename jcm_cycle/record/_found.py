"""The cases of a record: what its rows make of each project, issuance, methodology, entity and idea note."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count

from attrs import frozen

from jcm_cycle.entries import Draft, Entry
from jcm_cycle.record._batches import Batch
from jcm_cycle.record._entities import by_entity
from jcm_cycle.record._entity_facts import entity_case
from jcm_cycle.record._facts import project_case
from jcm_cycle.record._idea_facts import by_idea, idea_case
from jcm_cycle.record._issuance_facts import issuance_case
from jcm_cycle.record._proposal_facts import proposal_case
from jcm_cycle.record._proposals import by_proposal
from jcm_cycle.record._recorded import by_name
from jcm_cycle.record._rows import Made
from jcm_cycle.record._shared import OF_ISSUANCES
from jcm_cycle.record.claims import Claim, Record
from jcm_cycle.record.vocabulary import SubjectType

__all__ = ["Found", "cases_of"]

UNRECORDED = datetime(1, 1, 1, tzinfo=UTC)
"""Stands where an entry of a replay has no instant of recording: it is in no journal."""


@frozen
class Found:
    """What the rows make of one case.

    Attributes:
        made: its entries-to-be, the opening first.
        claims: the rows on it.
        inferred: what is left for the project of a joint amount, in whole tonnes.
    """

    made: tuple[Made, ...]
    claims: tuple[Claim, ...]
    inferred: int | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The facts as entries; they are in no journal."""
        return tuple(_entry(one.draft, seq) for seq, one in enumerate(self.made, 1))


def cases_of(record: Record, issued: Mapping[str, Sequence[Batch]]) -> dict[str, Found]:
    """Return what the rows make of each case: projects, each followed by its issuances, then the other kinds.

    Args:
        record: the record as read.
        issued: the issuances of each project.
    """
    found = _projects(record, issued)
    for proposal in sorted(by_proposal(record.claims), key=lambda one: one.name):
        name = _free(proposal.name, found)
        found[name] = Found(tuple(proposal_case(name, proposal)), tuple(proposal.claims))
    for name, claims in sorted(by_entity(record.claims).items(), key=lambda one: (one[1][0].country, one[0])):
        made = entity_case(name, claims)
        if made:
            found[name] = Found(tuple(made), tuple(claims))
    for name, claims in sorted(by_idea(record.claims).items()):
        found[name] = Found(tuple(idea_case(name, claims)), tuple(claims))
    return found


def _projects(record: Record, issued: Mapping[str, Sequence[Batch]]) -> dict[str, Found]:
    projects = by_name(record.claims, SubjectType.PROJECT)
    found: dict[str, Found] = {}
    for name in sorted({*projects, *issued}):
        claims = projects.get(name, [])
        about = tuple(claim for claim in claims if claim.event not in OF_ISSUANCES)
        made = project_case(name, claims)
        if made:
            found[name] = Found(tuple(made), about)
        for batch in issued.get(name, ()):
            case = _free(f"{name} {batch.label}", found)
            title = next((c.title.strip() for c in claims if not c.joint and c.title.strip()), None)
            found[case] = Found(tuple(issuance_case(case, name, title, batch)), tuple(batch.claims), batch.inferred)
    return found


def _free(name: str, taken: Container[str]) -> str:
    """Return the name, with a number where it is taken: two decisions on one day of which no period is known."""
    names = (f"{name} ({n})" if n > 1 else name for n in count(1))
    return next(one for one in names if one not in taken)


def _entry(draft: Draft, seq: int) -> Entry:
    return Entry(
        seq=seq, recorded_at=UNRECORDED, case=draft.case, machine=draft.machine, step=draft.step,
        outcome=draft.outcome, on=draft.on, by=draft.by, evidence=draft.evidence, basis=draft.basis,
        state=draft.state, sources=draft.sources,
    )  # fmt: skip
