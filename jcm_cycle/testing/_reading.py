"""Reads a file of stories; what is wrong with one story is told by that story, and leaves the others alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jcm_cycle._near import perhaps
from jcm_cycle.codec import read
from jcm_cycle.errors import BookError, EvidenceError, StoryError
from jcm_cycle.rules._file import load
from jcm_cycle.testing._story import Given, Head, Raw, Stories, Story, Then, When

__all__ = ["SUFFIX", "read_stories"]

SUFFIX = ".stories.toml"
"""What the name of a file of stories ends with."""
TABLES = ("stories", "story")
MOST = 10_000
"""Stories in one file; a file of the largest size holds fewer that say anything."""
LONGEST = 500
"""Letters of an error that are shown of what stands in the file."""
GIVEN = ("step", "fact", "state", "seen", "move")


def read_stories(path: Path | str) -> Stories:
    """Read a file of stories.

    Raises:
        StoryError: the file cannot be read, leads elsewhere, is no TOML, or holds no story and no book to test.
    """
    file = Path(path)
    _within(file)
    try:
        data, text = load(file)
    except BookError as error:
        why = error.why.replace("which no book is", "which no file of stories is")
        raise StoryError(why, cure=error.cure, file=file, line=error.line) from None
    for name in data:
        if name not in TABLES:
            cure = perhaps(name, TABLES, "Write each story as [[story]], and what all share as [stories].")
            raise StoryError(f"{_short(name)!r} is no table of a file of stories.", file=file, cure=cure)
    try:
        head = read(Head, _plain(data.get("stories", {})))
    except (EvidenceError, TypeError) as error:
        raise StoryError(f"[stories]: {_why(error)}", cure=_cure(error), file=file, line=_line(text, 0)) from None
    rows = data.get("story", [])
    if not isinstance(rows, list) or len(rows) > MOST:
        raise StoryError("story must be a list of tables.", cure="Write [[story]] above each.", file=file)
    if not rows and not head.edges:
        raise StoryError("holds no story.", cure="Write one as [[story]].", file=file)
    found = [_story(row, place, head, file, text) for place, row in enumerate(rows, 1)]
    times = Counter(story.title for story in found)
    twice = "another story of the file has this title. Give it one of its own."
    stories = tuple(
        story if times[story.title] == 1 or story.broken else _broken(story.title, file, story.line, twice)
        for story in found
    )
    return Stories(file=file, head=head, stories=stories)


def _within(file: Path) -> None:
    """Refuse a file that lies elsewhere than it seems."""
    try:
        stray = file.is_symlink() and not file.resolve().is_relative_to(file.parent.resolve())
    except (OSError, ValueError, RuntimeError):  # a link to itself, or a name that no file can have
        return
    if stray:
        why = "is a link that leads out of its folder."
        raise StoryError(why, cure="Put the file itself there instead of a link to it.", file=file)


def _plain(value: Any) -> Any:
    """Return what TOML gives as the data of JSON has it: days as text, and no floats or times."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool | int | str):
        return value
    what = "a day with a time" if isinstance(value, datetime) else f"{value} of a kind that nothing here has"
    raise EvidenceError(f"{what} stands there.", cure="Write whole numbers, texts and days such as 2025-03-01.")


def _story(row: Any, place: int, head: Head, file: Path, text: str) -> Story:
    line = _line(text, place)
    title = row.get("title") if isinstance(row, Mapping) else None
    title = title if isinstance(title, str) and title.strip() else f"story {place}"
    try:
        raw = read(Raw, _plain(row))
        _check(raw)
    except (EvidenceError, TypeError) as error:
        key = str(getattr(error, "key", ""))
        return _broken(title, file, _line(text, place, key), f"{_why(error)} {_cure(error)}".strip())
    country = raw.country or head.country
    if country is None:
        return _broken(title, file, line, 'country: it is not said of which country. Write country = "MN", say.')
    same = raw.country in (None, head.country)
    return Story(
        title=title,
        file=file,
        line=line,
        country=country,
        track=raw.track or (head.track if same else None),
        machine=raw.machine or head.machine,
        procedure=raw.procedure or (head.procedure if same else None),
        opened=raw.opened,
        register=raw.register,
        given=raw.given,
        when=raw.when,
        then=raw.then,
    )


def _broken(title: str, file: Path, line: int, why: str) -> Story:
    return Story(title=title, file=file, line=line, broken=why)


def _why(error: Exception) -> str:
    return _short(error.why if isinstance(error, EvidenceError) else str(error))


def _cure(error: Exception) -> str:
    return _short(error.cure) if isinstance(error, EvidenceError) else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _check(raw: Raw) -> None:
    """Refuse a story that contradicts itself, or tells nothing.

    Raises:
        EvidenceError: with the key that is wrong.
    """
    if not raw.title.strip() or not raw.title.isprintable():
        raise _wrong("title", "a story needs one, on one line.", "Say what the rule demands, as its reader would.")
    day: date | None = raw.opened
    for place, given in enumerate(raw.given, 1):
        _check_given(given, place)
        if day is not None and given.on < day:
            why = f"{place}: {given.on} lies before {day}."
            raise _wrong("given", why, "Tell what has happened in its order.")
        _check_paper("given", given)
        day = given.on
    if day is not None and raw.when.on < day and "procedure.day" not in (raw.then.refused_by or ()):
        raise _wrong("when", f"{raw.when.on} lies before {day}, when something had happened.", "Mend the day.")
    _check_paper("when", raw.when)
    _check_then(raw.then, asked=raw.when.step is not None)
    told = raw.when.outcome or raw.when.by or raw.when.evidence or raw.when.without or raw.when.despite
    if raw.when.step is None and told:
        raise _wrong("when", "it says how a step is taken, and not which.", 'Write step = "…", or the day alone.')


def _check_paper(key: str, told: Given | When) -> None:
    """Refuse a field of a paper that is told and left out."""
    for name in told.without:
        part: Any = told.evidence
        for step in name.split("."):
            part = part.get(step) if isinstance(part, Mapping) else None
        if part is not None:
            raise _wrong(key, f"{name} is told in evidence, and left out by without.", "Take it out of one of them.")


def _check_given(given: Given, place: int) -> None:
    named = [key for key in GIVEN if getattr(given, key) is not None]
    if len(named) != 1:
        why = f"{place}: it says {' and '.join(named) or 'nothing of what happened'}."
        raise _wrong("given", why, f"Give exactly one of {', '.join(GIVEN)}.")
    paper = given.outcome or given.by or given.evidence or given.without
    if (paper and named[0] not in ("step", "fact")) or (given.despite and named[0] != "step"):
        raise _wrong("given", f"{place}: a {named[0]} has no paper and no reasons.", "Give those of a step.")
    if (given.reason is None) == (named[0] == "move"):
        why = f"{place}: a reason is told of a move, and of nothing else."
        raise _wrong("given", why, 'Write { move = "…", on = …, reason = "…" }.')


def _check_then(then: Then, *, asked: bool) -> None:
    stopped = then.refused_by is not None or then.held_by is not None
    if then.accepted is not None and stopped:
        why = "the act cannot be both accepted and refused or held."
        raise _wrong("then", why, "Give accepted, or refused_by and held_by.")
    if then.accepted is not None and then.accepted is not True and not isinstance(then.accepted, str):
        why = f"accepted: {then.accepted!r} says nothing."
        raise _wrong("then", why, "Write true, the state to which it leads, or refused_by with the rules that refuse.")
    if then.refused_by == () or then.held_by == ():
        raise _wrong("then", "no rule is named.", "Name every rule that refuses.")
    if asked and then.accepted is None and not stopped:
        raise _wrong("then", "it does not say what becomes of the act.", "Give accepted, refused_by or held_by.")
    if not asked and (then.accepted is not None or stopped or then.met or then.unmet or then.missing):
        raise _wrong("then", "nothing is attempted, so that nothing is judged.", "Name the step in `when`.")
    if not asked and then.due is None:
        raise _wrong("then", "neither an act nor what is due is told.", "Name a step in `when`, or give due.")
    for line in then.due or ():
        if line.until != "unknown":
            read(date, line.until)
    _check_once(then)


def _check_once(then: Then) -> None:
    """Refuse a rule that is said to be found in two ways."""
    refused = (then.refused_by or ()) + (then.held_by or ())
    ways = {"met": then.met, "not_judged": then.not_judged, "refused_by or held_by": refused}
    against = {"unmet": then.unmet, "missing": then.missing}
    seen: dict[str, str] = {}
    for key, names in (*ways.items(), *against.items()):
        for name in names:
            other = seen.setdefault(name, key)
            if other != key and not (key in against and other == "refused_by or held_by"):
                raise _wrong("then", f"{name} cannot stand in {other} and in {key}.", "Leave it out of one of them.")
    twice = [name for name, times in Counter(refused).items() if times > 1]
    if twice:
        raise _wrong("then", f"{twice[0]} is named twice as refusing.", "Leave it out once.")


def _wrong(key: str, why: str, cure: str) -> EvidenceError:
    error = EvidenceError(f"{key}: {why}", cure=cure)
    error.key = key  # type: ignore[attr-defined]
    return error


def _line(text: str, place: int, key: str = "") -> int:
    """Return the line of a story, counted from 1, or of a key in it; 0 stands for the head of the file."""
    head = re.compile(r"\s*\[\[\s*story\s*\]\]" if place else r"\s*\[\s*stories\s*\]")
    first = key.partition(".")[0]
    wanted = (
        re.compile(rf'\s*("?{re.escape(first)}"?\s*=|\[+\s*story\s*\.\s*{re.escape(first)}\s*\])') if first else None
    )
    seen, found = 0, 1
    for number, line in enumerate(text.split("\n"), 1):
        if head.match(line):
            seen += 1
            if seen > max(place, 1):
                break
            if seen == max(place, 1):
                found = number
        elif wanted is not None and seen == max(place, 1) and wanted.match(line):
            return number
    return found
