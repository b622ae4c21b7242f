"""The rules of a book by machine and step, over time, each with its effect, standing and source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jcm_cycle._labels import label, text
from jcm_cycle.pictures._diagram import ended, possible, states, staying
from jcm_cycle.pictures._markup import code, heading, plain, table
from jcm_cycle.pictures._sources import Sources
from jcm_cycle.pictures._words import effect_of, roles, sentence, span, step_name, word
from jcm_cycle.rules import Edition, Rule, RuleBook, rules
from jcm_cycle.states import MACHINES, Machine, Step

__all__ = ["by_step", "integrity", "unknown_rules"]


def by_step(book: RuleBook, edition: Edition, lang: str, sources: Sources) -> Iterator[str]:
    """Yield the rules by machine and step: each machine with its picture on the day of the edition."""
    switched = possible(edition)
    for machine in MACHINES.values():
        yield heading(3, label("machine", machine.name, lang))
        yield states(machine, edition, lang, switched)
        stay = staying(machine, switched)
        if stay:
            names = word("comma", lang).join(plain(step_name(step, lang)) for step in stay)
            yield word("staying", lang, steps=names)
        yield from _steps(machine, book, edition, lang, sources)


def _steps(machine: Machine[Any], book: RuleBook, edition: Edition, lang: str, sources: Sources) -> Iterator[str]:
    bare = []
    for step in machine.steps.values():
        rows = list(_rows(step, book, edition, lang, sources))
        if not rows:
            bare.append(step)
            continue
        yield heading(4, step_name(step, lang))
        about = f"{code(step.id)} " + word("taken_by", lang, roles=plain(roles(step, lang)))
        if step.capability is not None:
            about += " " + word("only_with", lang, capability=plain(label("capability", step.capability, lang)))
        yield f"{about}{_same(step, lang)}"
        yield table((word(name, lang) for name in ("demand", "effect", "standing", "read_in", "since", "until")), rows)
    if bare:
        told = word("comma", lang).join(plain(step_name(step, lang)) for step in bare)
        yield word("bare", lang, steps=told)


def _same(step: Step[Any, Any], lang: str) -> str:
    """Return how many rules of integrity are judged at a step besides, in every country the same."""
    found = [rule for rule in rules().values() if rule.integrity is not None and step.id in rule.steps]
    if not found:
        return ""
    names = word("comma", lang).join(code(rule.id) for rule in found)
    return f" {word('and_integrity', lang, rules=names)}"


def _rows(
    step: Step[Any, Any], book: RuleBook, edition: Edition, lang: str, sources: Sources
) -> Iterator[tuple[str, ...]]:
    for rule in rules().values():
        if step.id not in rule.steps or rule.integrity is not None:
            continue
        for row in book.rows["adopt"]:
            if row.rule == rule.id and (row.steps is None or step.id in row.steps):
                yield (
                    f"{plain(sentence(rule, lang))}{_only(rule, lang)}<br>{code(rule.id)}",
                    _effect(rule, row, edition, lang),
                    label("standing", row.standing, lang),
                    sources.point(row),
                    *span(row, lang),
                )


def _only(rule: Rule, lang: str) -> str:
    return f" ({plain(ended(rule.when, lang))})" if rule.when is not None else ""


def _effect(rule: Rule, row: Any, edition: Edition, lang: str) -> str:
    told = plain(label("effect", effect_of(rule, row), lang))
    if row.effect is not None:
        why = f": {plain(text(row.why, lang))}" if row.why else ""
        told += f"<br>{word('set_by_book', lang)}{why}"
    if any(measure.relaxes == rule.id for measure in edition.overlays):
        told += f"<br>{word('relaxed', lang)}"
    held = edition.holds(row)
    return told if held else f"{told}<br>{word('not_then' if held is False else 'perhaps_then', lang)}"


def integrity(lang: str) -> str:
    """Return the rules that keep the record coherent, which are the same under every book."""
    rows = (
        (f"{plain(sentence(rule, lang))}<br>{code(rule.id)}", label("standing", rule.integrity or "", lang))
        for rule in rules().values()
        if rule.integrity is not None
    )
    return table((word("demand", lang), word("standing", lang)), rows)


def unknown_rules(book: RuleBook, lang: str, sources: Sources) -> str:
    """Return what a book adopts that is no rule of the library that is running."""
    rows = (
        (code(row.rule), label("standing", row.standing, lang), sources.point(row), *span(row, lang))
        for row in book.rows["adopt"]
        if row.rule not in rules()
    )
    return table((word(name, lang) for name in ("name", "standing", "read_in", "since", "until")), rows)
