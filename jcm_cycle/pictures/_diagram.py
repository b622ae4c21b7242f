"""One machine under the rules of one day: its states and steps as a picture, and below it the rules with their sources.

The picture is text in the language of Mermaid, which many programs draw; it is made from the machine's table.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jcm_cycle._labels import label, text
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.pictures._markup import code, heading, items, link, plain, within_mermaid
from jcm_cycle.pictures._words import named, roles, sentence, step_name, word
from jcm_cycle.rules import Edition
from jcm_cycle.rules._binding import Binding
from jcm_cycle.states import CAPABILITIES, NEW, Machine, Step
from jcm_cycle.states._checked import Edge, edges_of

__all__ = ["diagram", "possible", "states", "staying"]

HAD, PERHAPS = ("yes", "provisional"), "unknown"


def possible(edition: Edition) -> frozenset[str]:
    """Return the capabilities that a procedure of the edition has, or may have for all that the book knows."""
    under = [edition.capabilities.get(row.name, {}) for row in edition.procedures]
    if not under:
        return frozenset(CAPABILITIES)
    return frozenset(name for name in CAPABILITIES if any(held.get(name, PERHAPS) in (*HAD, PERHAPS) for held in under))


def diagram(
    machine: Machine[Any], edition: Edition, lang: str = "en", *, capabilities: Iterable[str] | None = None
) -> str:
    """Return a machine under the rules of a day, as Markdown: the picture, and below it every rule with its source.

    Args:
        machine: the machine.
        edition: what a book says for the day.
        lang: code of the language.
        capabilities: those of the procedure; left out, all that some procedure of the edition has or may have.
    """
    switched = possible(edition) if capabilities is None else frozenset(capabilities)
    parts = [states(machine, edition, lang, switched), word("diagram_legend", lang)]
    for step in machine.available(switched).values():
        bindings = _judged(edition, step, switched)
        parts.append(heading(3, step_name(step, lang)))
        parts.append(f"{code(step.id)} " + word("taken_by", lang, roles=plain(roles(step, lang))))
        parts.append(items(_told(binding, edition, lang) for binding in bindings) or word("no_rule", lang))
    return "\n\n".join(parts) + "\n"


def states(machine: Machine[Any], edition: Edition, lang: str, switched: frozenset[str]) -> str:
    """Return the picture: on each edge the steps, who takes them, and how many rules are judged there."""
    edges: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges_of(machine, switched):
        if edge.source != edge.target:
            edges.setdefault((edge.source.name, edge.target.name), []).append(edge)
    shown = {name: state for name, state in machine.states.items() if any(name in pair for pair in edges)}
    if not shown:
        return word("no_machine", lang)
    lines = [f'    s_{name}("{within_mermaid(label("state", name, lang))}")' for name in shown]
    starts = ([machine.initial.name] if machine.initial else []) + [NEW.name for pair in edges if pair[0] == NEW.name]
    lines += [f'    s_{NEW.name}((" "))'] if NEW.name in starts else []
    for place, ((source, target), found) in enumerate(edges.items()):
        told = "<br>".join(dict.fromkeys(_edge(edge, edition, lang, switched) for edge in found))
        lines.append(f'    s_{source} --- e{place}["{told}"] --> s_{target}')
    classes = {
        "state": list(shown),
        "first": starts[:1],
        "final": [name for name, state in shown.items() if state.final],
    }
    steps = ",".join(f"e{place}" for place in range(len(edges)))
    named = [f"    class {','.join(f's_{name}' for name in names)} {kind}" for kind, names in classes.items() if names]
    return "\n".join(["```mermaid", "flowchart TD", *lines, *STYLE, f"    class {steps} step", *named, "```"])


STYLE = (
    "    classDef state fill:#e3f4f4,stroke:#0b7285,color:#083344",
    "    classDef first fill:#0b7285,stroke:#0b7285,color:#ffffff",
    "    classDef final fill:#f1f3f5,stroke:#495057,stroke-width:3px,color:#212529",
    "    classDef step fill:#ffffff,stroke:#ffffff,color:#343a40,font-size:12px",
)
"""How states and steps are drawn; a step is a node of its own, so that no two of them lie on each other."""


def staying(machine: Machine[Any], switched: frozenset[str]) -> list[Step[Any, Any]]:
    """Return the steps that change no state, which the picture leaves out."""
    moving = {edge.step.name for edge in edges_of(machine, switched) if edge.source != edge.target}
    return [step for name, step in machine.available(switched).items() if name not in moving]


def _edge(edge: Edge, edition: Edition, lang: str, switched: frozenset[str]) -> str:
    name = step_name(edge.step, lang)
    if edge.outcome is not None:
        name = word("with_outcome", lang, step=name, outcome=label("outcome", edge.outcome, lang))
    bindings = edition.bindings(edge.step.id, edge.outcome, switched)
    return "<br>".join(map(within_mermaid, (name, roles(edge.step, lang), count(bindings, lang))))


def count(bindings: Iterable[Binding], lang: str) -> str:
    """Return how many rules are judged, and how many perhaps are."""
    known = [binding.determined for binding in bindings]
    sure, open_ = sum(known), len(known) - sum(known)
    told = word("rule_one" if sure == 1 else "rule_many", lang, count=sure)
    return f"{told} {word('perhaps_more', lang, count=open_)}" if open_ else told


def _judged(edition: Edition, step: Step[Any, Any], switched: frozenset[str]) -> list[Binding]:
    """Return every rule that is judged at a step, however it ends."""
    found: dict[Binding, None] = {}
    for outcome in step.rows:
        found |= dict.fromkeys(edition.bindings(step.id, outcome, switched))
    return list(found)


def _told(binding: Binding, edition: Edition, lang: str) -> str:
    ground = binding.ground
    parts = [label("effect", ground.effect, lang), label("standing", ground.standing, lang)]
    parts += [] if binding.determined else [word("perhaps", lang)]
    parts += [ended(binding.outcome, lang)] if binding.outcome is not None else []
    comma = word("comma", lang)
    if binding.rule.integrity is not None:
        where = word("integrity", lang)
    else:
        rows = [
            r for r in edition.adopted if r.rule == binding.rule.id and (r.steps is None or binding.step in r.steps)
        ]
        where = "; ".join(dict.fromkeys(_place(edition, row, lang) for row in rows))
    relaxed = f"; {word('relaxed', lang)}" if ground.relaxed else ""
    told = plain(sentence(binding.rule, lang))
    return f"{told} {code(binding.rule.id)}<br>{plain(comma.join(parts))}{relaxed}: {where}"


def _place(edition: Edition, row: Any, lang: str) -> str:
    source = edition.sources.get(row.source) if row.source else None
    place = plain(text(row.cites, lang)) if row.cites else ""
    if source is None:
        return place or word("no_source", lang)
    title = text(source.title, lang) + (f" ver{source.version}" if source.version else "")
    return word("comma", lang).join(filter(None, (link(title, source.url), place)))


def ended(outcome: Outcome, lang: str) -> str:
    """Return that a rule binds to one outcome only."""
    return word("only_where", lang, outcome=label("outcome", outcome, lang))


def called(machine: Machine[Any], lang: str) -> str:
    """Return what a machine is called."""
    return named("machine", machine.name, lang)
