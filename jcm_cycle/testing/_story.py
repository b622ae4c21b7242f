"""What a story says: what has happened, what is attempted, and what comes of it. The fields are the keys of the file.

[[story]]
title = "A request names the documents that are attached to it"
country = "MN"
procedure = "PCP 07.0"
given = [{ state = "validated", on = 2025-03-01 }]
when = { step = "request_registration", on = 2025-03-17, without = ["validation_report"] }
then = { held_by = ["project.request_registration.attachments"] }
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

__all__ = ["DueLine", "Given", "Head", "Raw", "Stories", "Story", "Then", "When"]


@frozen(kw_only=True)
class Head:
    """What all stories of a file share: the table `[stories]`, which may be left out.

    Attributes:
        country, track, machine, procedure: what a story has that says nothing else.
        books: folder of the books, from the file on: that of one country, or one that holds a folder for each; left
            out, the books are those that are installed.
        edges: the books whose dated rows are tested on the days before and at their bounds, such as `["MN"]`.
        note: a remark for readers of the file.
    """

    country: str | None = None
    track: str | None = None
    machine: str = "project"
    procedure: str | None = None
    books: str | None = None
    edges: tuple[str, ...] = ()
    note: str | None = None


@frozen(kw_only=True)
class Given:
    """One thing that has happened; exactly one of the first five says what.

    Attributes:
        step: a step that was taken by an act, which must be accepted.
        fact: a step that was taken elsewhere, and is not judged.
        state: the case has come so far in good order: every step on the way was taken, on this day, with good papers.
        seen: a list showed the case in this state, and nothing else is known of how it came there.
        move: the case was moved to this procedure of its country.
        on: the day.
        outcome: how the step ended; left out, well.
        by: who took it; left out, the first role of the step.
        evidence: fields of the paper that are other than in a good one.
        without: fields of a good paper that are left out.
        despite: reasons for going through in spite of rules that hold, by rule.
        reason: why the case was moved.
    """

    step: str | None = None
    fact: str | None = None
    state: str | None = None
    seen: str | None = None
    move: str | None = None
    on: date
    outcome: str | None = None
    by: str | None = None
    evidence: Mapping[str, Any] = field(factory=dict)
    without: tuple[str, ...] = ()
    despite: Mapping[str, str] = field(factory=dict)
    reason: str | None = None


@frozen(kw_only=True)
class When:
    """What is attempted, or, without a step, the day on which is asked what is due.

    Attributes:
        step: the step.
        on: the day.
        outcome, by, evidence, without, despite: as in `Given`.
    """

    step: str | None = None
    on: date
    outcome: str | None = None
    by: str | None = None
    evidence: Mapping[str, Any] = field(factory=dict)
    without: tuple[str, ...] = ()
    despite: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class DueLine:
    """One thing that is due: a window, a time limit or an end.

    Attributes:
        what: the step that is due, or what ends.
        until: the last day; "unknown" where it is not known.
        who: who has to act; left out, anyone.
    """

    what: str
    until: Any
    who: str | None = None


@frozen(kw_only=True)
class Then:
    """What comes of it.

    Attributes:
        accepted: true, or the state to which it leads.
        refused_by: every rule that refuses the act, whatever reason is given.
        held_by: every rule that refuses the act unless a reason is given.
        due: everything that is due afterwards on the day.
        met, unmet, missing: rules that are found so, whether or not they refuse.
        not_judged: rules that are not judged, because the book does not have them on the day.
        relaxed_by: every measure that surely relaxes a rule of the step on the day.
    """

    accepted: Any = None
    refused_by: tuple[str, ...] | None = None
    held_by: tuple[str, ...] | None = None
    due: tuple[DueLine, ...] | None = None
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    not_judged: tuple[str, ...] = ()
    relaxed_by: tuple[str, ...] | None = None


@frozen(kw_only=True)
class Raw:
    """A story as it stands in the file."""

    title: str
    country: str | None = None
    track: str | None = None
    machine: str | None = None
    procedure: str | None = None
    opened: date | None = None
    register: Mapping[str, Any] = field(factory=dict)
    given: tuple[Given, ...] = ()
    when: When
    then: Then
    note: str | None = None


@frozen(kw_only=True)
class Story:
    """A story, with what its file says of it.

    Attributes:
        title: the rule, as its reader would say it.
        file, line: where it begins.
        country: two-letter code of the country; track: its special track, or None.
        machine: name of the machine.
        procedure: the procedure of the case, where the book does not know it; "unknown" where nobody does.
        opened: the day on which the case is opened; left out, that of the first thing given.
        register: kinds of facts that are other than in a register in which all is well, and `complete`.
        given, when, then: see their classes.
        broken: what is wrong with it, if it could not be read; then it has no more than a title and a place.
    """

    title: str
    file: Path
    line: int
    country: str = ""
    track: str | None = None
    machine: str = "project"
    procedure: str | None = None
    opened: date | None = None
    register: Mapping[str, Any] = field(factory=dict)
    given: tuple[Given, ...] = ()
    when: When | None = None
    then: Then = field(factory=Then)
    broken: str = ""

    @property
    def place(self) -> str:
        """Where it stands, as editors understand it."""
        return f"{self.file}:{self.line}"

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that it names."""
        then = self.then
        named = (then.refused_by or ()) + (then.held_by or ()) + then.met + then.unmet + then.missing + then.not_judged
        return tuple(dict.fromkeys(named))


@frozen(kw_only=True)
class Stories:
    """A file of stories.

    Attributes:
        file: the file.
        head: what all of them share.
        stories: the stories in their order, the broken ones among them.
    """

    file: Path
    head: Head
    stories: tuple[Story, ...]
