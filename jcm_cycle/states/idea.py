"""The machine `idea`: one idea note, to the Committee's no objection; the host's own letter is never this act.

The table is reference/machines.md of the project's sources, row by row; `standing` says how well founded a row
is, `cites` where it was read. The documents behind the short names are in `states/sources.md`.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from jcm_cycle.days import Day
from jcm_cycle.evidence import JointCommitteeDecision, Notice, Opening, Outcome, ProjectIdeaNote
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states._file import change, numbered, unchanged
from jcm_cycle.states._machine import NEW, Machine, State, Step

__all__ = ["IdeaFile", "IdeaMachine", "idea"]


@frozen(kw_only=True, slots=False)
class IdeaFile:
    """What a case of `idea` has gathered.

    Attributes:
        title: title of the planned project.
        references: its number, with the day from which it is known.
        participants: names of the participants.
        location: where the project is to stand.
        decided_on: the day of the Committee's decision.
        exempts: the projects that a waiver names.
    """

    title: str | None = None
    references: tuple[tuple[str, Day], ...] = ()
    participants: tuple[str, ...] | None = None
    location: str | None = None
    decided_on: Day | None = None
    exempts: tuple[str, ...] = ()


def submit(file: IdeaFile, evidence: ProjectIdeaNote, on: Day) -> IdeaFile:
    """Take in the note."""
    return change(
        file,
        title=evidence.title,
        references=numbered(file.references, evidence.reference, on),
        participants=evidence.participants,
        location=evidence.location,
    )


def decide(file: IdeaFile, evidence: JointCommitteeDecision, on: Day) -> IdeaFile:
    """Keep the day of the decision, and the number that may come with it."""
    number = numbered(file.references, evidence.number, on)
    return change(file, references=number, decided_on=evidence.decided_on or on)


def exempt(file: IdeaFile, evidence: JointCommitteeDecision, on: Day) -> IdeaFile:
    """Keep which projects need no idea note."""
    return change(file, decided_on=evidence.decided_on or on, exempts=evidence.cases or ())


SUBMITTED = State("submitted")
NO_OBJECTION = State("no_objection", final=True)
OBJECTED = State("objected", final=True)
DECIDED_OTHERWISE = State("decided_otherwise", final=True)
WAIVED = State("waived", final=True)
WITHDRAWN = State("withdrawn", final=True)

CITED, OBSERVED, ASSUMED = Standing.CITED, Standing.OBSERVED, Standing.ASSUMED

nothing = unchanged(IdeaFile)


class IdeaMachine(Machine[IdeaFile]):
    """One idea note of a planned project."""

    name = "idea"
    file = IdeaFile

    submit_idea = Step(
        "submit_idea", NEW, to=SUBMITTED,
        by=Role.PARTICIPANT, evidence=ProjectIdeaNote, apply=submit,
        standing=CITED, cites="form lists: Project Idea Note (who files it was not found)",
    )  # fmt: skip
    decide_idea = Step(
        "decide_idea", SUBMITTED, answers="submit_idea",
        outcomes={
            Outcome.NO_OBJECTION: NO_OBJECTION,
            Outcome.OBJECTED: OBJECTED,
            Outcome.OTHERWISE: DECIDED_OTHERWISE,
        },
        by=Role.JOINT_COMMITTEE, evidence=JointCommitteeDecision, apply=decide,
        standing=CITED, cites="Joint Committee decisions of Indonesia of 7 January 2025 (an objection is assumed)",
    )  # fmt: skip
    waive = Step(
        "waive", NEW, outcomes={Outcome.DECIDED: WAIVED},
        by=Role.JOINT_COMMITTEE, evidence=JointCommitteeDecision, apply=exempt,
        standing=OBSERVED, cites="Joint Committee decisions that exempt projects from an idea note",
    )  # fmt: skip
    withdraw_idea = Step(
        "withdraw_idea", SUBMITTED, to=WITHDRAWN,
        by=Role.PARTICIPANT, evidence=Notice, apply=nothing,
        standing=ASSUMED, cites="general knowledge: a note may be taken back",
    )  # fmt: skip

    def opened(self, file: IdeaFile, evidence: Opening, on: Any) -> IdeaFile:
        """Take over what the opening says of a note that comes from elsewhere."""
        return change(file, title=evidence.title, references=numbered((), evidence.reference, on))


idea = IdeaMachine()
