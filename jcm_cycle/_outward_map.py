"""What each state is called outside: as a project status of CAD Trust, and as an Article 6 action (AEF).

Only a project has a status and only a block of credits has actions; for every other machine the map says why not.
A pair that the sources of this project name is `inferred`: the words were read, and that they belong together is a
conclusion. A pair for a state that no source names is `assumed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from jcm_cycle.evidence import FirstTransfer
from jcm_cycle.findings import Standing

__all__ = [
    "ACTIONS",
    "AEF_WORDS",
    "CAD_TRUST_WORDS",
    "DEFINITIONS",
    "NO_ACTION",
    "NO_STATUS",
    "STATUSES",
    "Action",
    "ProjectStatus",
    "Row",
]

CAD_TRUST_WORDS = "project status words of CAD Trust; which state belongs to which is a conclusion"
AEF_WORDS = "action words of CAD Trust schema v2.0.2 (AEF); which fact belongs to which is a conclusion"


class ProjectStatus(StrEnum):
    """The project status of CAD Trust, as far as a project of the mechanism can have it."""

    LISTED = "Listed"
    VALIDATED = "Validated"
    REGISTERED = "Registered"
    REJECTED = "Rejected"
    WITHDRAWN = "Withdrawn"
    INACTIVE = "Inactive"
    COMPLETED = "Completed"


class Action(StrEnum):
    """The actions of the agreed electronic format (AEF) under Article 6."""

    AUTHORIZATION = "Authorization"
    FIRST_TRANSFER = "First Transfer"
    TRANSFER = "Transfer"
    """Never told: what follows the first transfer of a block is no part of the library."""
    ACQUISITION = "Acquisition"
    """Never told: a case holds what moved, and not what the receiver made of it."""
    USE = "Use"
    CANCELLATION = "Cancellation"


DEFINITIONS: Mapping[FirstTransfer, str] = {
    FirstTransfer.AUTHORISATION: "Authorization",
    FirstTransfer.ISSUANCE: "Issuance",
    FirstTransfer.USE_OR_CANCELLATION: "Use or cancellation",
    FirstTransfer.INTERNATIONAL_TRANSFER: "First international transfer",
}
"""What a Party takes for the first transfer, in the words of the format."""


@frozen(kw_only=True)
class Row:
    """What one state is called outside.

    Attributes:
        word: the status or the action; None where there is none.
        standing: how well founded the row is.
        why: why there is none.
        loses: what the word leaves out of this state, beside the state itself.
    """

    word: str | None = None
    standing: Standing
    why: str | None = None
    loses: tuple[str, ...] = ()


def _named(word: str, *loses: str) -> Row:
    return Row(word=word, standing=Standing.INFERRED, loses=loses)


def _added(word: str, *loses: str) -> Row:
    return Row(word=word, standing=Standing.ASSUMED, loses=loses)


def _none(why: str, *loses: str) -> Row:
    return Row(standing=Standing.ASSUMED, why=why, loses=loses)


STATUSES: Mapping[str, Row] = {
    "drafting": _none("nothing was submitted yet, and a draft is no project that others could list"),
    "submitted": _named(ProjectStatus.LISTED, "that the design document was not published yet"),
    "in_validation": _named(ProjectStatus.LISTED),
    "validation_negative": _added(ProjectStatus.LISTED, "that the opinion of the third-party entity was negative"),
    "validated": _named(ProjectStatus.VALIDATED),
    "registration_requested": _added(ProjectStatus.VALIDATED, "that registration was asked for"),
    "under_consideration": _added(
        ProjectStatus.VALIDATED, "that registration was asked for, and lies before the Committee"
    ),
    "registered": _named(ProjectStatus.REGISTERED),
    "crediting_ended": _named(
        ProjectStatus.COMPLETED, "that it may be renewed, and that credits of its past periods may still be asked for"
    ),
    "not_registered": _named(ProjectStatus.REJECTED, "the grounds of the refusal"),
    "request_withdrawn": _named(ProjectStatus.WITHDRAWN, "that it was the request, before any registration"),
    "withdrawn": _named(ProjectStatus.WITHDRAWN, "that it had been registered"),
    "discontinued": _named(ProjectStatus.INACTIVE, "that it was given up before any registration"),
}
"""The status of a project by its state."""

NO_STATUS: Mapping[str, str] = {
    "issuance": "a status is that of a project, and credits would be units, which are left out",
    "methodology": "a status is that of a project, not of a methodology",
    "tpe": "a status is that of a project, not of a third-party entity",
    "idea": "a status is that of a project, and an idea note is none yet",
    "change": "a status is that of a project; an approved change shows in its project",
    "transfer": "a status is that of a project; a block of credits has actions (AEF)",
    "loss": "a status is that of a project, and no status tells of a loss",
}
"""Why the cases of every other machine have no status."""

ACTIONS: Mapping[str, Row] = {
    "unauthorised": _none("no Party is on record with an authorisation"),
    "partly_authorised": _named(Action.AUTHORIZATION, "that the other Party has not authorised it"),
    "authorised": _named(Action.AUTHORIZATION, "that both Parties have authorised it"),
    "first_transferred": _named(Action.FIRST_TRANSFER),
    "adjusted": _added(Action.FIRST_TRANSFER, "that both Parties applied their adjustment"),
    "reported": _added(Action.FIRST_TRANSFER, "that both Parties applied their adjustment and reported"),
    "revoked": _none("an authorisation was taken back, for which there is no action"),
    "split": _none("the block was split, and its parts have actions of their own"),
}
"""The action of a block by its state, where it was neither used nor cancelled."""

NO_ACTION: Mapping[str, str] = {
    "project": "actions begin with an authorisation of credits; one of the project is for a register of authorisations",
    "issuance": "issuing is no action; the credits issued are blocks, and each block is a case of transfer",
    "methodology": "actions are those of credits, not of a methodology",
    "tpe": "actions are those of credits, not of a third-party entity",
    "idea": "actions are those of credits, and an idea note has none",
    "change": "actions are those of credits, not of a change of a project",
    "loss": "actions are those of credits, and no action tells of a loss",
}
"""Why the cases of every other machine have no action."""
