"""What an edition says, subject by subject, in words that can be laid beside those of another edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeAlias

from attrs import field, frozen

from jcm_cycle.findings import EFFECT_BY_STANDING, STRICTNESS, Standing
from jcm_cycle.rules._binding import Binding
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rows import Adopt, Form, Gate, Overlay, Procedure, SourceDocument, Transition, Value
from jcm_cycle.rules._rule import rules
from jcm_cycle.states import CAPABILITIES

__all__ = ["AT", "SUBJECTS", "UNUSED", "Said", "Subject", "passage", "said"]

SUBJECTS = (
    "in_force",
    "bilateral",
    "procedure",
    "capability",
    "transition",
    "rule",
    "value",
    "form",
    "overlay",
    "gate",
    "source",
)
"""What editions speak of, in the order in which it is told."""

AT = " at "
"""What stands between a rule and the step at which it is judged."""

NOT_KNOWN = ("not known", "unknown")
"""How every text begins that says what an edition does not know."""

UNUSED = "; nothing rests on it"
"""How the text on a document ends on which nothing rests that may hold."""

Subject: TypeAlias = tuple[str, str]
"""One of `SUBJECTS`, and the name of the single thing in it."""


@frozen
class Said:
    """What an edition says on one subject.

    Attributes:
        text: in words, without the standing.
        standing: how well founded it is; None where that is no question, or is part of the words.
        cites: where it was read.
    """

    text: str
    standing: Standing | None = None
    cites: str | None = field(default=None, kw_only=True)

    @property
    def known(self) -> bool:
        """Whether the edition knows it: what it is, which of several rows applied, and that one did."""
        return not self.text.startswith(NOT_KNOWN) and self.standing is not Standing.UNKNOWN

    def __str__(self) -> str:
        return f"{self.text} ({self.standing})" if self.standing is not None else self.text


def said(edition: Edition) -> dict[Subject, Said]:
    """Return everything that an edition says of the procedure, by subject, each in the order of `SUBJECTS`.

    Rules of integrity are left out, for no edition changes them; so is what was looked for and not found.
    """
    found: dict[Subject, Said] = {("in_force", "rules"): Said(_in_force(edition))}
    if edition.bilateral is not None and edition.holds(edition.bilateral) is not False:
        found["bilateral", "document"] = _one(edition, [edition.bilateral], lambda row: str(row.name))
    found |= _table(edition, "procedure", edition.procedures, lambda row: str(row.name), _procedure)
    found |= {("capability", name): told for name, told in _capabilities(edition)}
    found |= _table(edition, "transition", edition.transitions, passage, _moves)
    found |= {("rule", name): told for name, told in _rules(edition)}
    found |= _table(edition, "value", edition.values, lambda row: str(row.id), _value)
    found |= _table(edition, "form", edition.forms, lambda row: str(row.stem), _form)
    found |= _table(edition, "overlay", edition.overlays, lambda row: f"{row.id} on {row.relaxes}", _overlay)
    found |= _table(edition, "gate", edition.gates, lambda row: str(row.id), _gate)
    return found | {("source", name): told for name, told in _sources(edition)}


def _in_force(edition: Edition) -> str:
    if edition.absent:
        return "no rule book"
    return {True: "in force", False: "not in force", None: "not known whether in force"}[edition.rules_in_force]


def _table(
    edition: Edition, what: str, rows: Iterable[Any], name: Callable[[Any], str], text: Callable[[Any], str]
) -> dict[Subject, Said]:
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(name(row), []).append(row)
    return {(what, key): _one(edition, group, text) for key, group in groups.items()}


def _one(edition: Edition, rows: list[Any], text: Callable[[Any], str]) -> Said:
    """Return what rows on one thing say: the one that surely holds, or all that may have held, without a choice."""
    cites = "; or ".join(dict.fromkeys(map(edition.place, rows)))
    if _sure(edition, rows):
        return Said(text(rows[0]), rows[0].standing, cites=cites)
    words = " or ".join(sorted({f"{text(row)} ({row.standing})" for row in rows}))
    head = "not known which applied" if len(rows) > 1 else "not known whether it applied"
    return Said(f"{head}: {words}", cites=cites)


def _sure(edition: Edition, rows: list[Any]) -> bool:
    return len(rows) == 1 and edition.holds(rows[0]) is True


def _capabilities(edition: Edition) -> Iterator[tuple[str, Said]]:
    """Yield what each capability is under the procedures that were in force, or may have been."""
    for name in CAPABILITIES if edition.procedures else ():
        under = {row.name: edition.capabilities.get(row.name, {}).get(name, "unknown") for row in edition.procedures}
        values = list(dict.fromkeys(under.values()))
        if len(values) > 1:
            words = " or ".join(f"{value} ({procedure})" for procedure, value in sorted(under.items()))
            yield name, Said(f"not known which applied: {words}")
        elif edition.rules_in_force is True:
            yield name, Said(values[0])
        else:
            yield name, Said(f"not known whether it applied: {values[0]}")


def _rules(edition: Edition) -> Iterator[tuple[str, Said]]:
    adopted: dict[str, list[Adopt]] = {}
    for row in edition.adopted:
        adopted.setdefault(row.rule, []).append(row)
    for binding in edition.all_bindings:
        rule, step = binding.rule, binding.step
        if rule.integrity is None:
            rows = [row for row in adopted[rule.id] if row.steps is None or step in row.steps]
            yield f"{rule.id}{AT}{step}", _rule(edition, binding, rows)
    for name in adopted.keys() - rules().keys():
        yield name, _one(edition, adopted[name], lambda _: "adopted, and no rule of this library")


def _rule(edition: Edition, binding: Binding, rows: list[Adopt]) -> Said:
    """Return what a rule does at a step; what judging is told of it, where that is known."""
    ground, ceiling = binding.ground, binding.rule.ceiling
    if not binding.determined:
        given = {row: row.effect or EFFECT_BY_STANDING[row.standing] for row in rows}
        return _one(edition, rows, lambda row: str(min(given[row], ceiling, key=STRICTNESS.__getitem__)))
    text = f"{ground.effect}, set by the book" if rows[0].effect is not None else str(ground.effect)
    for overlay in edition.overlays if ground.relaxed is not None else ():
        if overlay.relaxes == ground.rule:
            text += f", {'' if edition.holds(overlay) else 'perhaps '}relaxed by {overlay.id}"
    return Said(text, ground.standing, cites=ground.cites)


def _sources(edition: Edition) -> Iterator[tuple[str, Said]]:
    """Yield the documents, and whether anything that may hold rests on each."""
    tables = (
        edition.procedures, edition.adopted, edition.values, edition.forms,
        edition.overlays, edition.gates, edition.transitions,
    )  # fmt: skip
    used = {row.source for rows in tables for row in rows}
    if edition.bilateral is not None and edition.holds(edition.bilateral) is not False:
        used.add(edition.bilateral.source)
    for key, row in edition.sources.items():
        text = _document(row) if key in used else f"{_document(row)}{UNUSED}"
        yield key, Said(text, row.standing, cites=row.url)


def _document(row: SourceDocument) -> str:
    parts = [f"{row.title} ver{row.version}" if row.version else row.title, row.kind.replace("_", " ")]
    return ", ".join([*parts, f"adopted {row.adopted}"] if row.adopted is not None else parts)


def _procedure(_: Procedure) -> str:
    return "the procedure for new cases"


def passage(row: Transition) -> str:
    """Return by what name a transition is told: from which procedure to which, and in which states."""
    return f"{row.older} to {row.newer}" + (f", in {', '.join(row.states)}" if row.states is not None else "")


def _moves(row: Transition) -> str:
    told = {"yes": "running cases move", "no": "running cases stay", "unknown": "not known whether running cases move"}
    return told[row.moves]


def _value(row: Value) -> str:
    value = row.value
    if value is None:
        return "not known"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(value) or "an empty list"
    return f"{value} {row.unit}{'' if value == 1 else 's'}" if row.unit else str(value)


def _form(row: Form) -> str:
    return str(row.version) if row.version is not None else "not known which version"


def _overlay(row: Overlay) -> str:
    return f"relaxes it; instead: {row.duty}" if row.duty is not None else "relaxes it"


def _gate(row: Gate) -> str:
    by = f", by {row.issuer}" if row.issuer is not None else ""
    return f"{row.side}: {row.act}{by}" + (f", before {row.before}" if row.before is not None else "")
