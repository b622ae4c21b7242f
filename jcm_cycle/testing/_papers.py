"""Good papers for every step, so that a test tells only what it is about; the register in which all is well.

Everything in them is synthetic. A paper is good where every rule that reads nothing but it, and a register in which
all is well, is met: forms bear the version that the book has in force on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

import attrs

from jcm_cycle._known import FACTS, Given
from jcm_cycle._near import perhaps
from jcm_cycle.codec import dump, read
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import Evidence, Outcome
from jcm_cycle.evidence._base import Filing, outcome_of
from jcm_cycle.parties import JAPAN, Role
from jcm_cycle.register import Register, facts
from jcm_cycle.rules import Edition, RuleBook
from jcm_cycle.states import Step, step_of
from jcm_cycle.testing._good import (
    CASE,
    CHANGE,
    ENTITY,
    FIELDS,
    HALF,
    PARTNER,
    WHOLE,
    methodology,
    number,
)

__all__ = ["all_well", "known", "paper", "role"]

DAY = date(2025, 6, 2)
"""The day of a paper where none is given."""
LONG_AGO = date(2013, 1, 1)
"""Since when all is well in the register: before the first country joined."""
EFFECTS = ("apply_change", "renew", "withdraw_project")

_NAMED = {
    "AssessmentConclusion": "conclusion",
    "CompletenessConclusion": "conclusion",
    "JointCommitteeDecision": "decision",
    "ValidationReport": "opinion",
    "VerificationReport": "opinion",
}
"""The field in which evidence names how the step ends."""

_NUMBERED = {"idea": "PIN", "methodology": "PM", "tpe": "TPE"}
"""What the number of a case is, by machine; of all others it is that of the project."""


def paper(
    step: Step[Any, Any] | str,
    outcome: Outcome | str | None = None,
    /,
    *,
    rules: RuleBook | None = None,
    country: str = "ZZ",
    on: date = DAY,
    without: Iterable[str] = (),
    **fields: Any,
) -> Evidence:
    """Return good synthetic evidence for a step, with fields changed.

    Args:
        step: the step, or its id such as `project.submit_pdd`.
        outcome: how the step is to end; left out, the first outcome of the table, which is the good one.
        rules: the book whose form versions the paper bears; without one its forms name no version.
        country: two-letter code of the host country, where no book is given.
        on: the day of the act.
        without: fields to leave out, such as `design_document.monitoring_plan`.
        fields: fields that are other than in a good paper; a mapping changes the fields of a part.

    Raises:
        UnknownStep: there is no such step.
        EvidenceError: a field is unknown, or not what it should be, or the step cannot end so.
    """
    taken = step_of(step) if isinstance(step, str) else step
    place = rules.country if rules is not None else country
    ends = _outcome(taken, outcome)
    made = read(taken.evidence, _good(taken, ends, place, on))
    data = dump(_in_force(made, rules.edition(on)) if rules is not None else made)
    data = _merged(data, fields)
    for name in without:
        _drop(data, name, taken.evidence)
    return cast("Evidence", read(taken.evidence, data))


def role(step: Step[Any, Any]) -> Role:
    """Return the role that takes a step where nobody says who does: the first that the table names, or the host's."""
    return Role.HOST_AUTHORITY if Role.HOST_AUTHORITY in step.by else next(one for one in Role if one in step.by)


def _outcome(step: Step[Any, Any], told: Outcome | str | None) -> Outcome | None:
    if not step.several:
        if told is not None:
            why = f"{step.id} cannot end {told}: it ends one way."
            raise EvidenceError(why, cure="Leave the outcome out.")
        return None
    known = tuple(one for one in step.rows if one is not None)
    return known[0] if told is None else outcome_of(step.id, str(told), known)


def _good(step: Step[Any, Any], outcome: Outcome | None, country: str, on: date) -> dict[str, Any]:
    cls = step.evidence
    data: dict[str, Any] = {"contains_confidential": False} if issubclass(cls, Filing) else {}
    if cls.__name__ in FIELDS:
        data = FIELDS[cls.__name__](country, on)
    if cls.__name__ in _NAMED and outcome is not None:
        data[_NAMED[cls.__name__]] = str(outcome)
    if cls.__name__ == "JointCommitteeDecision":
        data["cases"] = [number(country, _NUMBERED.get(step.machine, ""))]
    if cls.__name__ == "Elapsed":
        data["window"] = step.timed.value if step.timed is not None else f"{step.machine}.{step.name}"
    if step.id == "methodology.check_proposal" and outcome is Outcome.COMPLETE:
        data["reference"] = number(country, "PM")
    if step.id == "issuance.decide_issuance" and outcome in (Outcome.NOTIFIED, Outcome.ZERO):
        amount = HALF if outcome is Outcome.NOTIFIED else 0
        data["lines"] = [{"side": side, "amount": amount} for side in (JAPAN, country)]
    if step.derive is not None and outcome is Outcome.COMPLETE and step.machine == "issuance":
        data["side"] = country
    return data


def _in_force(made: Any, edition: Edition) -> Any:
    """Return a paper in which every form bears the version in force, where the book knows one."""
    changes: dict[str, Any] = {}
    for field in attrs.fields(type(made)):
        part = getattr(made, field.name)
        if isinstance(part, Filing):
            changes[field.name] = _in_force(part, edition)
    if isinstance(made, Filing) and made.form_version is None:
        own = [stem for stem, _ in made.forms if stem not in _stems(made)] or ([made.form] if made.form else [])
        known = edition.form(own[0]) if own else None
        if known is not None and known.value is not None and known.determined:
            changes["form_version"] = known.value
    return attrs.evolve(made, **changes) if changes else made


def _stems(made: Filing) -> set[str]:
    """Return the forms of the parts of a sending."""
    parts = (getattr(made, field.name) for field in attrs.fields(type(made)))
    return {stem for part in parts if isinstance(part, Filing) for stem, _ in part.forms}


def _merged(good: Any, told: Any) -> Any:
    if isinstance(good, dict) and isinstance(told, Mapping):
        return {**good, **{key: _merged(good.get(key), value) for key, value in told.items()}}
    return told


def _drop(data: dict[str, Any], name: str, cls: type[Any]) -> None:
    """Leave a field out; one that is not there may be one that good papers do not have."""
    inner: Any = data
    *path, last = name.split(".")
    for key in path:
        inner = inner.get(key) if isinstance(inner, dict) else None
    if isinstance(inner, dict) and last in inner:
        del inner[last]
        return
    known = [field.name for field in attrs.fields(cls)] if not path else list(inner or ())
    if last not in known:
        why = f"without: a good {cls.__name__} has nothing called {name!r}."
        raise EvidenceError(why, cure=perhaps(last, known, f"It has {', '.join(known) or 'no such part'}."))


def all_well(country: str) -> dict[str, tuple[Given, ...]]:
    """Return the facts of a register in which all is well, by kind: those to which good papers point."""
    made: dict[str, list[dict[str, Any]]] = {
        "approvals": [{"methodology": methodology(country), "approved_on": LONG_AGO}],
        "authorisations": [{"party": party, "country": country, "since": LONG_AGO} for party in (country, JAPAN)],
        "changes": [
            {"case": CHANGE, "project": CASE, "effect": effect, "approved": True, "since": LONG_AGO}
            for effect in EFFECTS
        ],
        "clearances": [{"country": country, "reference": number(country, "PIN"), "on": LONG_AGO}],
        "credited": [{"issuance": WHOLE, "side": side, "on": LONG_AGO} for side in (country, JAPAN)],
        "designations": [
            {"country": country, "entity": ENTITY, "number": number(country, "TPE"), "scopes": [1], "since": LONG_AGO}
        ],
        "numbers": [],
        "periods": [],
        "projects": [
            {
                "case": WHOLE,
                "registered": True,
                "registered_on": LONG_AGO,
                "documents": ["1.0"],
                "entities": [ENTITY],
                "scopes": [1],
                "focal_point": PARTNER,
            }
        ],
    }
    return {kind: tuple(_fact(FACTS[kind], row) for row in rows) for kind, rows in made.items()}


def _fact(cls: type[Any], row: Mapping[str, Any]) -> Any:
    return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})


def known(country: str = "ZZ", *, complete: Iterable[str] = ("numbers", "periods"), **others: Any) -> Register:
    """Return a register in which all is well, with the facts of some kinds replaced.

    Args:
        country: two-letter code of the host country.
        complete: the kinds of which nothing else exists.
        others: kinds of facts, such as `designations`, each with the rows that stand there instead, as in the JSON
            of the command; an empty list where nothing of the kind is known.

    Raises:
        EvidenceError: there is no such kind, or a row of it is wrong.
    """
    given = all_well(country)
    for kind, rows in others.items():
        if kind not in FACTS:
            why = f"register: there is no kind of facts {kind!r}."
            raise EvidenceError(why, cure=perhaps(kind, FACTS, f"Kinds are {', '.join(FACTS)}, and complete."))
        if not isinstance(rows, list | tuple):
            why = f"register: {kind} must be a list."
            raise EvidenceError(why, cure=f"Write {kind} = [{{ … }}], or [] where nothing is known.")
        given[kind] = tuple(_read(kind, place, row) for place, row in enumerate(rows, 1))
    return facts(*(one for rows in given.values() for one in rows), complete=complete)


def _read(kind: str, place: int, row: Any) -> Any:
    if isinstance(row, FACTS[kind]):
        return row
    try:
        return read(FACTS[kind], row)
    except EvidenceError as error:
        raise EvidenceError(f"register: {kind} {place}: {error.why}", cure=error.cure) from None
