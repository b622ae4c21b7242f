"""What a book says for one governing day, and its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

import orjson
from attrs import evolve

from jcm_cycle._near import perhaps
from jcm_cycle.codec import dump, read
from jcm_cycle.days import ALWAYS, UNKNOWN, parse_day
from jcm_cycle.errors import DefinitionError
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.findings import (
    EFFECT_BY_STANDING,
    STRICTNESS,
    Effect,
    Measure,
    Standing,
)
from jcm_cycle.rules._binding import Binding, Known, Plan, bind, integral
from jcm_cycle.rules._provenance import Provenance
from jcm_cycle.rules._rows import (
    Adopt,
    Bilateral,
    Form,
    Gate,
    OpenPoint,
    Overlay,
    Procedure,
    Row,
    SourceDocument,
    Transition,
    Value,
)
from jcm_cycle.rules._rule import Rule, rules, values_read
from jcm_cycle.states import STEPS

__all__ = ["IN_FORCE", "Edition"]

IN_FORCE = "common.rules_in_force"


class Edition:
    """What a book says for one stretch of days: its content does not name the day, so equal days are one edition.

    Attributes:
        country: two-letter code.
        track: special track, or None.
        rules_in_force: whether the country's rules are in force: yes, no, or None where it is not known.
        absent: True where no book was found; then only the rules of integrity are judged.
        provenance: its file and its days, to tell it apart from another; None where it is not of a book.
    """

    def __init__(
        self,
        *,
        country: str,
        track: str | None,
        day: date,
        sources: Mapping[str, SourceDocument],
        bilateral: Bilateral | None,
        procedures: tuple[Procedure, ...] = (),
        capabilities: Mapping[str, Mapping[str, str]] | None = None,
        adopted: tuple[Adopt, ...] = (),
        values: tuple[Value, ...] = (),
        forms: tuple[Form, ...] = (),
        overlays: tuple[Overlay, ...] = (),
        gates: tuple[Gate, ...] = (),
        transitions: tuple[Transition, ...] = (),
        open_points: tuple[OpenPoint, ...] = (),
        rules_in_force: bool | None = None,
        absent: bool = False,
        provenance: Provenance | None = None,
    ) -> None:
        self.country = country
        self.track = track
        self.absent = absent
        self.provenance = provenance
        self.rules_in_force = rules_in_force
        self.sources = sources
        self.bilateral = bilateral
        self.procedures = procedures
        self.capabilities = capabilities or {}
        self.adopted = adopted
        self.values = values
        self.forms = forms
        self.overlays = overlays
        self.gates = gates
        self.transitions = transitions
        self.open_points = open_points
        self._day = day
        self._known: dict[str, Known | None] = {}
        self._forms: dict[str, Known | None] = {}
        self._plans: dict[tuple[str, Outcome | None, frozenset[str]], tuple[Plan, ...]] = {}
        self._bindings: dict[tuple[str, Outcome | None, frozenset[str]], tuple[Binding, ...]] = {}

    def value(self, name: str) -> Known | None:
        """Return a value of the book, or None where it has no such value on these days.

        Raises:
            DefinitionError: the book has none, and none could have: no rule and no time of a step reads it.
        """
        try:
            return self._known[name]
        except KeyError:
            pass
        rows = [row for row in self.values if row.id == name]
        found: Known | None = None
        if len(rows) == 1 and rows[0].holds(self._day):
            row = rows[0]
            value = tuple(row.value) if isinstance(row.value, list) else row.value
            found = Known(name=name, value=value, unit=row.unit, standing=row.standing, cites=self.place(row))
        elif rows:
            unit, cites = rows[0].unit, self.place(rows[0])
            found = Known(name=name, value=None, unit=unit, standing=Standing.UNKNOWN, cites=cites, determined=False)
        elif name not in (known := values_read()):
            why = f"no rule says that it reads the value {name!r}."
            raise DefinitionError(why, cure=perhaps(name, known, "Name it with `values` where the rule is made."))
        self._known[name] = found
        return found

    def form(self, stem: str) -> Known | None:
        """Return the version of a form that is in force, or None where the book has none."""
        if stem not in self._forms:
            self._forms[stem] = self._form(stem)
        return self._forms[stem]

    def _form(self, stem: str) -> Known | None:
        rows = [row for row in self.forms if row.stem == stem]
        if not rows:
            return None
        if len(rows) == 1 and rows[0].holds(self._day):
            row = rows[0]
            return Known(name=stem, value=row.version, standing=row.standing, cites=self.place(row))
        version = rows[0].version if len(rows) == 1 else None
        cites = self.place(rows[0])
        return Known(name=stem, value=version, standing=Standing.UNKNOWN, cites=cites, determined=False)

    def holds(self, row: Row) -> bool | None:
        """Tell whether a row of the edition holds on its days: yes, no, or None where the book does not know."""
        return row.holds(self._day)

    def place(self, row: Any) -> str:
        """Return the citation of a row: document, version and place."""
        source = self.sources.get(row.source) if row.source else None
        parts = [source.title if source else None, row.cites]
        if source and source.version:
            parts[0] = f"{source.title} ver{source.version}"
        return ", ".join(part for part in parts if part) or "no source"

    def url(self, row: Any) -> str | None:
        """Return where the source of a row can be read."""
        source = self.sources.get(row.source) if row.source else None
        return source.url if source else None

    def bindings(self, step: str, outcome: Outcome | None, switched: frozenset[str]) -> tuple[Binding, ...]:
        """Return the rules to judge at a step that ends so, where these capabilities are there or may be."""
        key = (step, outcome, switched)
        found = self._bindings.get(key)
        if found is None:
            found = self._bindings[key] = tuple(
                binding
                for binding in self.all_bindings
                if binding.step == step
                and binding.outcome in (None, outcome)
                and (binding.rule.capability is None or binding.rule.capability in switched)
            )
        return found

    def plan(self, step: str, outcome: Outcome | None, switched: frozenset[str]) -> tuple[Plan, ...]:
        """Return the bindings of a step as judging reads them."""
        key = (step, outcome, switched)
        found = self._plans.get(key)
        if found is None:
            found = self._plans[key] = tuple(
                (b.call, b.judge, b.capability, b.ground, b.ground.standing, b.ground.effect, b)
                for b in self.bindings(step, outcome, switched)
            )
        return found

    @cached_property
    def all_bindings(self) -> tuple[Binding, ...]:
        """Every rule of the edition, one row for each step or outcome that it binds to."""
        made = []
        for rule in rules().values():
            for step in rule.steps:
                if rule.integrity is not None:
                    made.append(integral(rule, step))
                    continue
                rows = [row for row in self.adopted if row.rule == rule.id and (row.steps is None or step in row.steps)]
                if rows:
                    made.append(self._bind(rule, step, rows))
        if self.absent:
            made += self._absent(made)
        return tuple(made)

    def _absent(self, made: list[Binding]) -> list[Binding]:
        rule = rules().get(IN_FORCE)
        bound = {binding.step for binding in made if binding.rule is rule}
        return [integral(rule, step) for step in STEPS if step not in bound] if rule else []

    def _bind(self, rule: Rule, step: str, rows: list[Adopt]) -> Binding:
        row = rows[0]
        determined = len(rows) == 1 and row.holds(self._day) is True
        standing = row.standing if determined else Standing.UNKNOWN
        effect = row.effect or EFFECT_BY_STANDING[standing]
        if not determined:
            effect = Effect.ADVISES
        if STRICTNESS[effect] > STRICTNESS[rule.ceiling] or rule.ceiling is Effect.DUTY:
            effect = rule.ceiling
        measures = [row for row in self.overlays if row.relaxes == rule.id]
        surely = any(row.holds(self._day) for row in measures)
        if measures and effect is not Effect.DUTY and not (surely and rule.judges_duty):
            effect = Effect.ADVISES
        ground = rule.ground(
            effect=effect,
            standing=standing,
            cites=self.place(row),
            url=self.url(row),
            capped=row.effect is None and rule.ceiling is not Effect.DUTY,
            relaxed=tuple(map(self._measure, measures)),
        )
        return bind(rule, ground, step, row, determined=determined)

    def _measure(self, row: Overlay) -> Measure:
        return Measure(id=row.id, cites=self.place(row), duty=row.duty, sure=row.holds(self._day) is True)

    def waivers(self, rule: str) -> list[str]:
        """Return the ids of the dated measures that surely relax a rule on these days."""
        return [row.id for row in self.overlays if row.relaxes == rule and row.holds(self._day)]

    @cached_property
    def judged_by(self) -> tuple[object, ...]:
        """What judging depends on: two editions that have the same of it judge alike."""
        tables = (self.procedures, self.adopted, self.values, self.forms, self.overlays, self.transitions)
        bilateral = self.bilateral.holds(self._day) if self.bilateral else None
        return (
            self.rules_in_force, bilateral, *((id(row), row.holds(self._day)) for table in tables for row in table)
        )  # fmt: skip

    @cached_property
    def content(self) -> dict[str, Any]:
        """Everything the edition says, as plain data."""
        return {
            "schema": 1,
            "country": self.country,
            "track": self.track,
            "absent": self.absent,
            "rules_in_force": self.rules_in_force,
            "bilateral": self._row(self.bilateral) if self.bilateral else None,
            "sources": {key: dump(source) for key, source in sorted(self.sources.items())},
            "procedures": [self._row(row) for row in self.procedures],
            "capabilities": {name: dict(sorted(row.items())) for name, row in self.capabilities.items()},
            "values": [{**self._row(row), "day": isinstance(row.value, date)} for row in self.values],
            "forms": [self._row(row) for row in self.forms],
            "rules": [
                {
                    **dump(binding.ground),
                    "step": binding.step,
                    "outcome": str(binding.outcome) if binding.outcome else None,
                    "determined": binding.determined,
                }
                for binding in sorted(self.all_bindings, key=lambda one: (one.rule.id, one.step))
            ],
            "adopted": [self._row(row) for row in self.adopted],
            "overlays": [self._row(row) for row in self.overlays],
            "gates": [self._row(row) for row in self.gates],
            "transitions": [self._row(row) for row in self.transitions],
            "open_points": [dump(row) for row in self.open_points],
        }

    def _row(self, row: Any) -> dict[str, Any]:
        return {**dump(row), "holds": row.holds(self._day)}

    @classmethod
    def archived(cls, content: Mapping[str, Any]) -> Edition:
        """Return an edition as a journal has kept it: rows that held hold, those that were open stay open.

        Raises:
            EvidenceError: the content cannot be read.
        """

        def rows(name: str, row_class: type[Any]) -> tuple[Any, ...]:
            return tuple(_kept(row_class, row) for row in content[name])

        return cls(
            country=content["country"],
            track=content["track"],
            day=date.max,
            sources={key: read(SourceDocument, row) for key, row in content["sources"].items()},
            bilateral=_kept(Bilateral, content["bilateral"]) if content["bilateral"] else None,
            procedures=rows("procedures", Procedure),
            capabilities=content["capabilities"],
            adopted=rows("adopted", Adopt),
            values=tuple(_value(row) for row in content["values"]),
            forms=rows("forms", Form),
            overlays=rows("overlays", Overlay),
            gates=rows("gates", Gate),
            transitions=rows("transitions", Transition),
            open_points=tuple(read(OpenPoint, row) for row in content["open_points"]),
            absent=content["absent"],
            rules_in_force=content["rules_in_force"],
        )

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content, in hexadecimal: two editions that say the same have the same."""
        return sha256(orjson.dumps(self.content, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def __repr__(self) -> str:
        track = f" {self.track}" if self.track else ""
        return f"<edition {self.country}{track} {self.fingerprint[:12]}>"


def _kept(row_class: type[Any], data: Mapping[str, Any]) -> Any:
    row = {key: value for key, value in data.items() if key not in ("holds", "since", "until")}
    held = data["holds"]
    bounds = {"since": ALWAYS} if held else {"since": UNKNOWN}
    if held is False:
        bounds = {"since": ALWAYS, "until": ALWAYS}
    return read(row_class, {**row, **bounds})


def _value(data: Mapping[str, Any]) -> Value:
    """Read an archived value; one that is a day was kept as text."""
    kept = {key: value for key, value in data.items() if key != "day"}
    row: Value = _kept(Value, kept)
    return evolve(row, value=parse_day(row.value)) if data.get("day") else row
