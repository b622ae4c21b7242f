"""What is made public of the cases around a project, and of which case what: see `_public` for what rows rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jcm_cycle._public import ISSUANCE, PROJECT, UNSEEN, Contents, Row, decision, latest, number, taken
from jcm_cycle.case import Case
from jcm_cycle.days import Day
from jcm_cycle.evidence import Evidence, Filing, MethodologyRevisionRequest, ProposalSubmission
from jcm_cycle.findings import Standing

__all__ = ["ROWS"]

OBSERVED, INFERRED, ASSUMED = Standing.OBSERVED, Standing.INFERRED, Standing.ASSUMED

# --- methodologies

_LISTS = "methodology lists of Mongolia"
_PROPOSED = ("submit_proposal", "resubmit", "request_revision")


def _form(paper: Evidence) -> Filing | None:
    return paper.proposal if isinstance(paper, ProposalSubmission | MethodologyRevisionRequest) else None


def _sheet(paper: Evidence) -> Filing | None:
    return paper.spreadsheet if isinstance(paper, ProposalSubmission) else None


def _proposed(case: Case[Any]) -> Contents:
    file = case.file
    return {
        "number": next((one for one in case.references if "_PM" in one), None),
        "title": file.title,
        "proponents": file.proponents,
        "inputs_opened_on": file.inputs_opened,
        "inputs_closed_on": file.inputs_closed,
    }


def _approved(case: Case[Any]) -> Contents:
    file = case.file
    return {"methodology": file.approved, "title": file.title, "approved_on": file.decided_on}


METHODOLOGY = (
    Row(
        what="entry in the list of proposed methodologies", since=lambda case: case.file.inputs_opened,
        contents=_proposed, standing=OBSERVED, cites=_LISTS, seen_in="MN", published="check_proposal",
    ),
    Row(
        what="proposed methodology", since=lambda case: case.file.inputs_opened,
        standing=OBSERVED, cites=_LISTS, seen_in="MN",
        steps=_PROPOSED, part=_form, published="check_proposal",
    ),
    Row(
        what="spreadsheet of the proposed methodology", since=lambda case: case.file.inputs_opened,
        standing=INFERRED, cites=f"{_LISTS}: what belongs to a proposal is published with it", seen_in="MN",
        steps=_PROPOSED, part=_sheet, published="check_proposal",
    ),
    Row(
        what="public inputs received", since=lambda case: case.days.get("submit_public_input"),
        contents=lambda case: {"inputs": case.file.inputs},
        standing=ASSUMED, cites="general knowledge: inputs are published",
    ),
    Row(
        what="approved methodology", contents=_approved, standing=OBSERVED, cites=_LISTS, seen_in="MN",
        since=lambda case: case.file.decided_on if case.file.approved is not None else None,
    ),
    decision(),
)  # fmt: skip


# --- entities, idea notes, and what follows a registration


def _entity(case: Case[Any]) -> Contents:
    file = case.file
    held = [
        {"scopes": one.scopes, "role": one.role or "both", "since": one.since, "until": one.until} for one in file.held
    ]
    return {
        "number": number(case),
        "entity": file.title,
        "former_names": file.former_names,
        "held": held,
        "withdrawn_on": case.days.get("withdraw"),
    }


def _in(*states: str) -> Callable[[Case[Any]], Day | None]:
    return lambda case: latest(case) if case.state in states else None


ROWS: Mapping[str, tuple[Row, ...]] = {
    "project": PROJECT,
    "issuance": ISSUANCE,
    "methodology": METHODOLOGY,
    "tpe": (
        Row(
            what="entry in the list of third-party entities", since=_in("designated", "provisional", "withdrawn"),
            contents=_entity, standing=OBSERVED, cites="lists of third-party entities of Ethiopia and Mongolia",
        ),
        Row(
            what="suspension in the list of third-party entities", since=_in("suspended"), contents=_entity,
            standing=INFERRED, cites="lists of third-party entities mark withdrawals; none with a suspension was seen",
        ),
        decision(),
    ),
    "idea": (decision(), Row(what="idea note", since=taken("submit_idea"), steps=("submit_idea",))),
    "change": (
        UNSEEN,
        Row(
            what="request after registration", since=taken("request_change", "resubmit"),
            steps=("request_change", "resubmit"),
        ),
    ),
    "loss": (
        UNSEEN,
        Row(what="report of a loss", since=taken("report_loss"), steps=("report_loss",)),
        Row(what="plan of compensation", since=taken("submit_plan"), steps=("submit_plan",)),
    ),
    "transfer": (Row(what="authorisation of a Party", since=taken("record_authorisation")),),
}  # fmt: skip
"""What is made public of a case, by machine."""
