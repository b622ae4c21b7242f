"""What is made public of projects and issuances: the lists, the decisions, and the documents that are filed.

That a list or a page exists was seen, mostly of single countries; that it must be kept was read nowhere, so that no row
is better than observed. The short names are those of `states/sources.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from jcm_cycle.case import Case
from jcm_cycle.days import Day, sort_day
from jcm_cycle.evidence import DesignDocument, Evidence, Filing, PDDSubmission
from jcm_cycle.findings import Standing
from jcm_cycle.states import Region, project

__all__ = ["ISSUANCE", "PROJECT", "UNSEEN", "Contents", "Row", "decision", "latest", "number", "taken"]

OBSERVED, INFERRED, ASSUMED, UNKNOWN = Standing.OBSERVED, Standing.INFERRED, Standing.ASSUMED, Standing.UNKNOWN
NO_TEXT = "no text found"

Contents = Mapping[str, Any]


@frozen(kw_only=True)
class Row:
    """One thing that is made public of the cases of a machine.

    Attributes:
        what: what it is.
        since: the day since which it is there to be published; None where it is not.
        contents: what it shows, as far as the case tells it.
        standing: how well founded it is that it is published.
        cites: where that was seen.
        steps: names of the steps whose latest evidence is, or holds, the document; none for what is written for the
            purpose.
        part: what of that evidence is the document.
        published: name of the step by which it is published, where there is one.
        seen_in: the country of which it was seen, where it is one only; of another it is concluded.
    """

    what: str
    since: Callable[[Case[Any]], Day | None]
    contents: Callable[[Case[Any]], Contents] = lambda _: {}
    standing: Standing = UNKNOWN
    cites: str = NO_TEXT
    steps: tuple[str, ...] = ()
    part: Callable[[Any], Filing | None] = lambda paper: paper
    published: str | None = None
    seen_in: str | None = None


def taken(*steps: str) -> Callable[[Case[Any]], Day | None]:
    """Return the day of the latest of some steps."""
    return lambda case: max((case.days[step] for step in steps if step in case.days), key=sort_day, default=None)


def latest(case: Case[Any]) -> Day | None:
    """Return the last day on which something had effect."""
    return max(case.days.values(), key=sort_day, default=None)


def decision(
    standing: Standing = OBSERVED, cites: str = "Joint Committee decisions, pages of several countries"
) -> Row:
    return Row(
        what="decision of the Joint Committee",
        since=lambda case: case.file.decided_on,
        contents=lambda case: {"decided_on": case.file.decided_on, "state": case.state, "number": number(case)},
        standing=standing,
        cites=cites,
    )


UNSEEN = decision(INFERRED, "Joint Committee decisions, pages of several countries; none of this kind was seen")


def number(case: Case[Any]) -> str | None:
    """Return the latest public number of a case."""
    return case.references[-1] if case.references else None


# --- projects

_STATUS = {
    "in_validation": "Validation",
    "validation_negative": "Validation",
    "validated": "Validation",
    "registration_requested": "Validation",
    "under_consideration": "Validation",
    "registered": "Project registered",
    "request_withdrawn": "Request for Registration withdrawn",
}
"""The word of the list for a state; for others none was seen."""


def _listed(case: Case[Any]) -> Day | None:
    return latest(case) if case.state not in ("drafting", "submitted") else None


def _project(case: Case[Any]) -> Contents:
    file = case.file
    return {
        "number": number(case),
        "title": file.title,
        "status": _STATUS.get(case.state),
        "registered_on": file.registered_on,
        "participants": file.participants,
        "methodologies": file.methodologies,
    }


def _design(paper: Evidence) -> Filing | None:
    return paper.design_document if isinstance(paper, PDDSubmission) else _as(DesignDocument)(paper)


def _as(cls: type[Filing]) -> Callable[[Evidence], Filing | None]:
    return lambda paper: paper if isinstance(paper, cls) else None


def _revised(case: Case[Any]) -> Day | None:
    """Return the day of a design document that came after the one published, where there is one."""
    shown: Day | None = case.days.get("publish_pdd")
    last: Day | None = case.file.documents[-1].since if case.file.documents else None
    return None if shown is None or last is None or sort_day(last) <= sort_day(shown) else last


def _calls(case: Case[Any]) -> Day | None:
    return case.file.inputs_opened if case.file.public_inputs is Region.OPEN else None


PROJECT = (
    Row(
        what="entry in the list of projects", since=_listed, contents=_project,
        standing=OBSERVED, cites="project list of jcm.go.jp",
    ),
    Row(
        what="design document", since=taken("submit_pdd", "publish_pdd"),
        contents=lambda case: {"version": _version(case, first=True)},
        standing=project.publish_pdd.standing, cites=project.publish_pdd.cites,
        steps=("submit_pdd",), part=_design, published="publish_pdd",
    ),
    Row(
        what="later version of the design document", since=_revised,
        contents=lambda case: {"version": _version(case, first=False)},
        steps=("revise_pdd", "apply_change"), part=_design,
    ),
    Row(
        what="call for public inputs", since=_calls,
        contents=lambda case: {"opened_on": case.file.inputs_opened},
        standing=project.close_public_inputs.standing, cites=project.close_public_inputs.cites,
        published="publish_pdd",
    ),
    Row(
        what="public inputs received", since=lambda case: case.days.get("submit_public_input"),
        contents=lambda case: {"inputs": case.file.inputs},
        standing=ASSUMED, cites="general knowledge: inputs are published", steps=(),
    ),
    Row(what="validation report", since=taken("conclude_validation"), steps=("conclude_validation",)),
    decision(),
)  # fmt: skip


def _version(case: Case[Any], *, first: bool) -> Any:
    documents = case.file.documents
    return documents[0 if first else -1].version if documents else None


# --- issuances


def _issued(case: Case[Any]) -> Contents:
    file = case.file
    notified = file.notified
    sides = sorted({*(notified or {}), *(part.side for part in file.issued if part.side is not None)})
    return {
        "period": file.period,
        "decided_on": file.decided_on,
        "total": file.notified_total,
        "notified": notified,
        "issued": {side: file.issued_by(side) for side in sides if any(part.side == side for part in file.issued)},
    }


ISSUANCE = (
    Row(
        what="row in the table of issuances", contents=_issued, seen_in="MN",
        since=lambda case: latest(case) if case.state in ("notified", "issued", "closed_without_credits") else None,
        standing=OBSERVED, cites="issuance table of Mongolia",
    ),
    decision(),
    Row(
        what="monitoring report", since=taken("submit_monitoring_report", "revise_monitoring_report"),
        steps=("submit_monitoring_report", "revise_monitoring_report"),
    ),
    Row(what="verification report", since=taken("conclude_verification"), steps=("conclude_verification",)),
)  # fmt: skip
