"""Which design document is the registered one on a day, and who speaks for a project then."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from jcm_cycle.days import Day, check_date, surely_after, surely_by
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import ModalitiesOfCommunication
from jcm_cycle.states import DocumentVersion, ProjectFile

__all__ = ["Contacts", "Documents", "contacts", "documents"]


@frozen(kw_only=True)
class Documents:
    """The design documents of a project on a day.

    Attributes:
        on: the day.
        registered: the version that is the registered one; None where there is none or it is not known.
        versions: all versions that were before the procedure by then, the latest last.
        why: why no version is the registered one, or why it is not known.
    """

    on: date
    registered: DocumentVersion | None = None
    versions: tuple[DocumentVersion, ...] = ()
    why: str | None = None

    def __str__(self) -> str:
        if self.registered is None:
            return f"DOCUMENTS  on {self.on}: none is registered, for {self.why}"
        others = [f"version {one.version or 'not told'} of {one.since}" for one in self.versions]
        known = f"; before the procedure: {', '.join(others)}" if others else ""
        version, since = self.registered.version or "not told", self.registered.since
        return f"DOCUMENTS  on {self.on}: registered is version {version}, since {since}{known}"


@frozen(kw_only=True)
class Contacts:
    """Who speaks for a project on a day.

    Attributes:
        on: the day.
        statement: the modalities of communication in force, with focal point, participants and entities; None where
            there are none or it is not known which.
        since: the day from which they are in force.
        why: why there are none, or why it is not known.
    """

    on: date
    statement: ModalitiesOfCommunication | None = None
    since: Day | None = None
    why: str | None = None

    def __str__(self) -> str:
        if self.statement is None:
            return f"CONTACTS  on {self.on}: {self.why}"
        said = self.statement
        told = [f"focal point {said.focal_point.name}"]
        for word, names in (("participants", said.participants), ("entities", said.entities)):
            told.append(f"{word} {', '.join(names) if names else 'not told'}")
        return f"CONTACTS  on {self.on}: {'; '.join(told)}; in force since {self.since}"


def _of_project(case: Any, on: date, what: str) -> ProjectFile:
    check_date(on)
    if not isinstance(case.file, ProjectFile):
        why = f"A case of {case.machine} has no {what}."
        raise EvidenceError(why, cure="Ask the case of its project.")
    return case.file


def documents(case: Any, on: date) -> Documents:
    """Return the design documents of a project on a day; see `Case.documents`."""
    file = _of_project(case, on, "design documents")
    versions = tuple(version for version in file.documents if surely_by(version.since, on))
    changes = [version for version in file.documents if version.step == "apply_change"]
    why = _unregistered(file.registered_on, case.days.get("withdraw_project"), on)
    if why is None and any(
        not surely_by(change.since, on) and not surely_after(change.since, on) for change in changes
    ):
        why = "whether a changed version held by then is not known"
    if why is not None:
        return Documents(on=on, versions=versions, why=why)
    first = file.requested or (file.validation.document_version if file.validation else None)
    held = [DocumentVersion(first, file.registered_on, "decide_registration")] if first and file.registered_on else []
    held += [change for change in changes if surely_by(change.since, on)]
    if not held:
        why = "neither the request for registration nor the validation report names a version"
        return Documents(on=on, versions=versions, why=why)
    return Documents(on=on, registered=held[-1], versions=versions)


def _unregistered(since: Day | None, ended: Day | None, on: date) -> str | None:
    """Return why a project has no registered document on a day, or None where it is registered."""
    if since is None or surely_after(since, on):
        return "the project was not registered by then"
    if not surely_by(since, on):
        return "whether the project was registered by then is not known"
    if ended is not None and not surely_after(ended, on):
        return "the registration was withdrawn" if surely_by(ended, on) else "the registration may have been withdrawn"
    return None


def contacts(case: Any, on: date) -> Contacts:
    """Return who speaks for a project on a day; see `Case.contacts`."""
    file = _of_project(case, on, "modalities of communication")
    if any(not surely_by(since, on) and not surely_after(since, on) for since, _ in file.modalities):
        return Contacts(on=on, why="whether a statement was in force by then is not known")
    held = [(since, statement) for since, statement in file.modalities if surely_by(since, on)]
    if not held:
        return Contacts(on=on, why="no modalities of communication were in force by then")
    since, statement = held[-1]
    return Contacts(on=on, statement=statement, since=since)
