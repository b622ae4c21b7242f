"""What an edition says, subject by subject, in words that can be laid beside those of another edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from attrs import field, frozen

from jcm_cycle._labels import text
from jcm_cycle._words import amount, joined, named, say, told, told_name, word
from jcm_cycle.findings import EFFECT_BY_STANDING, STRICTNESS, Standing
from jcm_cycle.rules._binding import Binding
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._rows import Adopt, Form, Gate, Overlay, Procedure, SourceDocument, Transition, Value
from jcm_cycle.rules._rule import rules
from jcm_cycle.states import CAPABILITIES, STEPS

__all__ = [
    "ASPECTS",
    "AT",
    "ON",
    "OPEN_POINT",
    "PLACES",
    "SUBJECTS",
    "UNUSED",
    "Said",
    "Subject",
    "called_so",
    "parted",
    "passage",
    "said",
]

OPEN_POINT = "open_point"
"""The kind of what was looked for and not found; its name is its text."""

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
    OPEN_POINT,
)
"""What editions speak of, in the order in which it is told."""

ASPECTS = ("standing", "citation", "note")
"""What may differ of a thing of which two editions say the same."""

AT = " at "
"""What stands between a rule and the step at which it is judged."""

ON = " on "
"""What stands between a dated measure and the rule that it relaxes."""

PLACES = {step: place for place, step in enumerate(STEPS)}
"""Every step with its place in the order in which procedures are told."""

NOT_KNOWN = ("not known", "unknown")
"""How every text begins that says what an edition does not know."""

UNUSED = "; nothing rests on it then"
"""How the English text on a document ends on which nothing rests that may hold."""

Subject: TypeAlias = tuple[str, str]
"""One of `SUBJECTS`, and the name of the single thing in it."""


@frozen
class Said:
    """What an edition says on one subject.

    Attributes:
        text: in words, without the standing.
        standing: how well founded it is; None where that is no question, or is part of the words.
        cites: where it was read.
        note: the remark of the row.
        lang: the language of the words.
    """

    text: str
    standing: Standing | None = None
    cites: str | None = field(default=None, kw_only=True)
    note: str | None = field(default=None, kw_only=True)
    lang: str = field(default="en", kw_only=True)

    @property
    def known(self) -> bool:
        """Whether the edition knows it: what it is, which of several rows applied, and that one did."""
        return not self.text.startswith(NOT_KNOWN) and self.standing is not Standing.UNKNOWN

    def __str__(self) -> str:
        return f"{self.text} ({word('standing', self.standing, self.lang)})" if self.standing is not None else self.text


def said(edition: Edition, lang: str = "en") -> dict[Subject, Said]:
    """Return everything that an edition says of the procedure, by subject, each in the order of `SUBJECTS`.

    Rules of integrity are left out, for no edition changes them. What a subject is called does not depend on the
    language.

    Args:
        edition: the edition.
        lang: code of the language of the words.
    """
    return _Saying(edition, lang).all()


class _Saying:
    """What one edition says, in one language."""

    def __init__(self, edition: Edition, lang: str) -> None:
        self.edition = edition
        self.lang = lang

    def all(self) -> dict[Subject, Said]:
        """Return everything, by subject."""
        edition = self.edition
        found: dict[Subject, Said] = {("in_force", "rules"): Said(self._in_force())}
        if edition.bilateral is not None and edition.holds(edition.bilateral) is not False:
            found["bilateral", "document"] = self._one([edition.bilateral], lambda row: text(row.name, self.lang))
        found |= self._table("procedure", edition.procedures, lambda row: str(row.name), self._procedure)
        found |= {("capability", name): told for name, told in self._capabilities()}
        found |= self._table("transition", edition.transitions, passage, self._moves)
        found |= {("rule", name): told for name, told in self._rules()}
        found |= self._table("value", edition.values, lambda row: str(row.id), self._value)
        found |= self._table("form", edition.forms, lambda row: str(row.stem), self._form)
        found |= self._table("overlay", edition.overlays, lambda row: f"{row.id}{ON}{row.relaxes}", self._overlay)
        found |= self._table("gate", edition.gates, lambda row: str(row.id), self._gate)
        found |= {("source", name): told for name, told in self._sources()}
        return found | {(OPEN_POINT, name): told for name, told in self._open_points()}

    def _say(self, english: str, **values: object) -> str:
        return say(self.lang, english, **values)

    def _standing(self, standing: Standing) -> str:
        return word("standing", standing, self.lang)

    def _in_force(self) -> str:
        words = {True: "in force", False: "not in force", None: "not known whether in force"}
        return self._say("no rule book" if self.edition.absent else words[self.edition.rules_in_force])

    def _table(
        self, what: str, rows: Iterable[Any], name: Callable[[Any], str], words: Callable[[Any], str]
    ) -> dict[Subject, Said]:
        groups: dict[str, list[Any]] = {}
        for row in rows:
            groups.setdefault(name(row), []).append(row)
        return {(what, key): self._one(group, words) for key, group in groups.items()}

    def _one(self, rows: list[Any], words: Callable[[Any], str]) -> Said:
        """Return what rows on one thing say: the one that surely holds, or all that may have held, without a choice."""
        places = dict.fromkeys(told(self.edition.place(row), self.lang) for row in rows)
        cites, note = joined(places, self.lang, "; or "), self._note(rows)
        if len(rows) == 1 and self.edition.holds(rows[0]) is True:
            return Said(words(rows[0]), rows[0].standing, cites=cites, note=note, lang=self.lang)
        shown = sorted({f"{words(row)} ({self._standing(row.standing)})" for row in rows})
        return Said(self._open(shown, several=len(rows) > 1), cites=cites, note=note, lang=self.lang)

    def _note(self, rows: Iterable[Any]) -> str | None:
        """Return what rows remark, each remark once."""
        notes = dict.fromkeys(text(row.note, self.lang) for row in rows if row.note)
        return joined(notes, self.lang, "; or ") or None

    def _open(self, shown: Iterable[str], *, several: bool) -> str:
        head = "not known which applied: {words}" if several else "not known whether it applied: {words}"
        return self._say(head, words=joined(shown, self.lang, " or "))

    def _capabilities(self) -> Iterator[tuple[str, Said]]:
        """Yield what each capability is under the procedures that were in force, or may have been."""
        edition = self.edition
        for name in CAPABILITIES if edition.procedures else ():
            under = {
                row.name: edition.capabilities.get(row.name, {}).get(name, "unknown") for row in edition.procedures
            }
            values = list(dict.fromkeys(under.values()))
            if len(values) > 1:
                words = [
                    f"{word('value', value, self.lang)} ({text(procedure, self.lang)})"
                    for procedure, value in sorted(under.items())
                ]
                yield name, Said(self._open(words, several=True))
            elif edition.rules_in_force is True:
                yield name, Said(word("value", values[0], self.lang))
            else:
                yield name, Said(self._open([word("value", values[0], self.lang)], several=False))

    def _rules(self) -> Iterator[tuple[str, Said]]:
        adopted: dict[str, list[Adopt]] = {}
        for row in self.edition.adopted:
            adopted.setdefault(row.rule, []).append(row)
        for binding in self.edition.all_bindings:
            rule, step = binding.rule, binding.step
            if rule.integrity is None:
                rows = [row for row in adopted[rule.id] if row.steps is None or step in row.steps]
                yield f"{rule.id}{AT}{step}", self._rule(binding, rows)
        for name in adopted.keys() - rules().keys():
            yield name, self._one(adopted[name], lambda _: self._say("adopted, and no rule of this library"))

    def _rule(self, binding: Binding, rows: list[Adopt]) -> Said:
        """Return what a rule does at a step; what judging is told of it, where that is known."""
        ground, ceiling, lang = binding.ground, binding.rule.ceiling, self.lang
        if not binding.determined:
            given = {row: row.effect or EFFECT_BY_STANDING[row.standing] for row in rows}
            return self._one(
                rows, lambda row: word("effect", min(given[row], ceiling, key=STRICTNESS.__getitem__), lang)
            )
        words = word("effect", ground.effect, lang)
        if rows[0].effect is not None:
            words = self._say("{effect}, set by the book", effect=words)
        for measure in ground.relaxed:
            relaxed = "{effect}, relaxed by {measure}" if measure.sure else _PERHAPS
            words = self._say(relaxed, effect=words, measure=measure.id)
        return Said(words, ground.standing, cites=told(ground.cites, lang), note=self._note(rows), lang=lang)

    def _sources(self) -> Iterator[tuple[str, Said]]:
        """Yield the documents, and whether anything that may hold rests on each."""
        edition = self.edition
        tables = (
            edition.procedures, edition.adopted, edition.values, edition.forms,
            edition.overlays, edition.gates, edition.transitions,
        )  # fmt: skip
        used = {row.source for rows in tables for row in rows}
        if edition.bilateral is not None and edition.holds(edition.bilateral) is not False:
            used.add(edition.bilateral.source)
        for key, row in edition.sources.items():
            words = self._document(row)
            if key not in used:
                words = self._say("{document}; nothing rests on it then", document=words)
            yield key, Said(words, row.standing, cites=row.url, note=self._note([row]), lang=self.lang)

    def _open_points(self) -> Iterator[tuple[str, Said]]:
        """Yield what was looked for and not found, each with all that it is about."""
        found: dict[str, list[str]] = {}
        for row in self.edition.open_points:
            found.setdefault(row.text, []).extend([row.about] if row.about else [])
        for point, about in found.items():
            words = "open, about {about}" if about else "open"
            yield point, Said(self._say(words, about=joined(sorted(about), self.lang)), lang=self.lang)

    def _document(self, row: SourceDocument) -> str:
        title = text(row.title, self.lang)
        parts = [f"{title} ver{row.version}" if row.version else title, self._say(row.kind.replace("_", " "))]
        if row.adopted is not None:
            parts.append(self._say("adopted {day}", day=told(str(row.adopted), self.lang)))
        return joined(parts, self.lang)

    def _procedure(self, _: Procedure) -> str:
        return self._say("the procedure for new cases")

    def _moves(self, row: Transition) -> str:
        return self._say(_MOVES[row.moves])

    def _value(self, row: Value) -> str:
        value = row.value
        if value is None:
            return self._say("not known")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return joined((told_name(item, self.lang) for item in value), self.lang) or self._say("an empty list")
        if not row.unit:
            return told_name(str(value), self.lang)
        return amount(value, row.unit, self.lang)

    def _form(self, row: Form) -> str:
        return str(row.version) if row.version is not None else self._say("not known which version")

    def _overlay(self, row: Overlay) -> str:
        if row.duty is None:
            return self._say("relaxes it")
        return self._say("relaxes it; instead: {duty}", duty=text(row.duty, self.lang))

    def _gate(self, row: Gate) -> str:
        side, act = word("side", row.side, self.lang), text(row.act, self.lang)
        words = self._say("{side}: {act}", side=side, act=act)
        if row.issuer is not None:
            words = self._say("{act}, by {issuer}", act=words, issuer=text(row.issuer, self.lang))
        if row.before is not None:
            words = self._say("{act}, before {step}", act=words, step=named("step", row.before, self.lang))
        return words


def called_so(what: str, name: str, lang: str) -> str:
    """Return what a subject is called in a language; in English by its name."""
    return _NAMES[what](name, lang) if lang != "en" and what in _NAMES else name


def parted(name: str) -> tuple[str, str]:
    """Return the name of a thing and the step at which it is judged; an empty text where it is no rule."""
    bare, _, step = name.rpartition(AT)
    return (bare, step) if step in PLACES else (name, "")


_PERHAPS = "{effect}, perhaps relaxed by {measure}"
_MOVES = {
    "yes": "running cases move",
    "no": "running cases stay",
    "unknown": "not known whether running cases move",
}


def passage(row: Transition) -> str:
    return f"{row.older} to {row.newer}" + (f", in {', '.join(row.states)}" if row.states is not None else "")


def _passage(name: str, lang: str) -> str:
    """Return a passage in a language, taken apart as `passage` has put it together."""
    way, _, states = name.partition(", in ")
    way = joined((told(part, lang) for part in way.split(" to ")), lang, " to ")
    shown = joined((word("state", state, lang) for state in states.split(", ") if states), lang)
    return say(lang, "{passage}, in {states}", passage=way, states=shown) if shown else way


_NAMES: Mapping[str, Callable[[str, str], str]] = {
    "in_force": lambda _, lang: say(lang, "rules"),
    "bilateral": lambda _, __: "",
    "procedure": told,
    "capability": lambda name, lang: named("capability", name, lang),
    "transition": _passage,
    "form": lambda name, lang: named("form", name, lang),
    "overlay": lambda name, lang: joined(name.split(ON), lang, ON),
    OPEN_POINT: text,
}
"""How a subject is called in another language than English, where its name is not one that stands in the file."""
