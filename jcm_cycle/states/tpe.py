"""The machine `tpe`: one third-party entity in one country, from its application to the end of its designation.

The table is reference/machines.md of the project's sources, row by row; `standing` says how well founded a row
is, `cites` where it was read. The documents behind the short names are in `states/sources.md`. Whether an entity is
usable for a role and scope on a day is no state: a register derives it from what the file holds.
"""

from __future__ import annotations

from typing import Any

from jcm_cycle.days import Day
from jcm_cycle.evidence import (
    Accreditation,
    CompletenessConclusion,
    DesignationApplication,
    DesignationWithdrawal,
    JointCommitteeDecision,
    Opening,
    Outcome,
    Renaming,
    ScopeWithdrawal,
)
from jcm_cycle.findings import Standing
from jcm_cycle.parties import Role
from jcm_cycle.states import _tpe_file as fold
from jcm_cycle.states._machine import NEW, STAYS, End, Machine, State, Step, Within
from jcm_cycle.states._tpe_file import EntityFile

__all__ = ["TpeMachine", "tpe"]

CAPABILITY = "provisional_designation"

APPLIED = State("applied")
RETURNED = State("returned")
PROVISIONAL = State("provisional", capability=CAPABILITY)
DESIGNATED = State("designated")
SUSPENDED = State("suspended")
NOT_DESIGNATED = State("not_designated", final=True)
WITHDRAWN = State("withdrawn", final=True)

OPEN = (APPLIED, RETURNED, PROVISIONAL, DESIGNATED, SUSPENDED)
APPLICATION = ("apply_for_designation", "complete_application")
COMMITTEE, ENTITY, SECRETARIAT = Role.JOINT_COMMITTEE, Role.ENTITY, Role.SECRETARIAT

CITED, OBSERVED, INFERRED, ASSUMED = Standing.CITED, Standing.OBSERVED, Standing.INFERRED, Standing.ASSUMED
UNKNOWN = Standing.UNKNOWN

LISTS = "lists of third-party entities of Ethiopia and Mongolia"
CIRCULAR = "Viet Nam, Circular 17/2015/TT-BTNMT, article 6"
GUIDELINES = "contents of the guidelines for designation of Mongolia"


class TpeMachine(Machine[EntityFile]):
    """One third-party entity in one country."""

    name = "tpe"
    file = EntityFile

    apply_for_designation = Step(
        "apply_for_designation", NEW, to=APPLIED,
        by=Role.CANDIDATE, evidence=DesignationApplication, apply=fold.apply_for,
        standing=CITED, cites="form lists: Application for designation as a TPE",
    )  # fmt: skip
    check_application = Step(
        "check_application", APPLIED,
        outcomes={Outcome.COMPLETE: STAYS, Outcome.INCOMPLETE: RETURNED},
        by=SECRETARIAT, evidence=CompletenessConclusion, apply=fold.nothing,
        answers=APPLICATION, timed=Within("tpe.completeness", since=APPLICATION),
        standing=UNKNOWN, cites=f"{CIRCULAR}, for Viet Nam; not found for any other country",
    )  # fmt: skip
    complete_application = Step(
        "complete_application", RETURNED, to=APPLIED,
        by=Role.CANDIDATE, evidence=DesignationApplication, apply=fold.complete,
        standing=ASSUMED, cites=f"general knowledge; {CIRCULAR}, for Viet Nam",
    )  # fmt: skip
    decide_designation = Step(
        "decide_designation", APPLIED, answers=APPLICATION,
        outcomes={
            Outcome.DESIGNATED: DESIGNATED,
            Outcome.PROVISIONAL: PROVISIONAL,
            Outcome.REFUSED: NOT_DESIGNATED,
            Outcome.OTHERWISE: STAYS,
        },
        by=COMMITTEE, evidence=JointCommitteeDecision, apply=fold.decide,
        standing=CITED, cites=f"Joint Committee decisions on entities (a refusal: {CIRCULAR})",
    )  # fmt: skip
    confirm_provisional = Step(
        "confirm_provisional", PROVISIONAL, outcomes={Outcome.DECIDED: DESIGNATED}, capability=CAPABILITY,
        by=COMMITTEE, evidence=JointCommitteeDecision, apply=fold.redesignate, finishes=True,
        standing=INFERRED, cites="Indonesia, page on third-party entities, paragraph 41 of the guidelines (the exit)",
    )  # fmt: skip
    lapse_provisional = Step(
        "lapse_provisional", PROVISIONAL, outcomes={Outcome.DECIDED: NOT_DESIGNATED}, capability=CAPABILITY,
        by=COMMITTEE, evidence=JointCommitteeDecision, apply=fold.lapse, bare=fold.ended, finishes=True,
        standing=INFERRED, cites="Indonesia, page on third-party entities, paragraph 41 of the guidelines (the exit)",
    )  # fmt: skip
    add_scope = Step(
        "add_scope", DESIGNATED, outcomes={Outcome.DECIDED: STAYS},
        by=COMMITTEE, evidence=JointCommitteeDecision, apply=fold.add_scope,
        standing=CITED, cites="Joint Committee decisions of Costa Rica and Palau",
    )  # fmt: skip
    withdraw_scope = Step(
        "withdraw_scope", DESIGNATED,
        by=(COMMITTEE, ENTITY), evidence=ScopeWithdrawal, apply=fold.withdraw_scope,
        standing=CITED, cites=LISTS,
    )  # fmt: skip
    redesignate = Step(
        "redesignate", (DESIGNATED, SUSPENDED), outcomes={Outcome.DECIDED: DESIGNATED},
        by=COMMITTEE, evidence=JointCommitteeDecision, apply=fold.redesignate,
        standing=OBSERVED, cites="Joint Committee decisions of the Kyrgyz Republic, Indonesia and Saudi Arabia",
    )  # fmt: skip
    rename = Step(
        "rename", OPEN,
        by=(ENTITY, SECRETARIAT), evidence=Renaming, apply=fold.rename,
        standing=CITED, cites="lists of third-party entities (Viet Nam): “formerly …”",
    )  # fmt: skip
    record_accreditation = Step(
        "record_accreditation", OPEN,
        by=(ENTITY, SECRETARIAT), evidence=Accreditation, apply=fold.accredit,
        standing=CITED, cites=LISTS,
    )  # fmt: skip
    suspend = Step(
        "suspend", DESIGNATED, outcomes={Outcome.DECIDED: SUSPENDED},
        by=COMMITTEE, evidence=JointCommitteeDecision, apply=fold.suspend, bare=fold.interrupted,
        standing=CITED, cites=f"{GUIDELINES}, heading of section 7",
    )  # fmt: skip
    reinstate = Step(
        "reinstate", SUSPENDED, outcomes={Outcome.DECIDED: DESIGNATED},
        by=COMMITTEE, evidence=JointCommitteeDecision, apply=fold.reinstate, bare=fold.resumed,
        standing=ASSUMED, cites="general knowledge: a suspension may be lifted",
    )  # fmt: skip
    withdraw = Step(
        "withdraw", (DESIGNATED, SUSPENDED), to=WITHDRAWN,
        by=(ENTITY, COMMITTEE), evidence=DesignationWithdrawal, apply=fold.withdraw, bare=fold.ended,
        standing=CITED, cites=f"{LISTS}; {GUIDELINES}, section 7",
    )  # fmt: skip

    def opened(self, file: EntityFile, evidence: Opening, on: Any) -> EntityFile:
        """Take over what the opening says of an entity that comes from elsewhere."""
        return fold.opened(file, evidence, on)

    def seen(self, file: EntityFile, before: str, state: str, on: Day) -> EntityFile:
        """Take in that a list showed the entity withdrawn, suspended, or designated again."""
        del before
        return fold.seen(file, state, on)

    def ends(self, file: EntityFile) -> tuple[End, ...]:
        """Return the ends of the designations that were told with them."""
        return fold.ends(file)


tpe = TpeMachine()
