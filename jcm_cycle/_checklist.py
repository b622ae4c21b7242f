"""What has to be checked at one step in one edition: by the library, by the entity's word, or by a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from attrs import frozen

from jcm_cycle._labels import has_label, label, text
from jcm_cycle._outcomes import measure_text
from jcm_cycle._words import say, told, told_name, word
from jcm_cycle.codec import dump
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import Outcome
from jcm_cycle.findings import EFFECT_BY_STANDING, STRICTNESS, Effect, Measure, Standing
from jcm_cycle.rules import Edition
from jcm_cycle.rules._binding import Binding
from jcm_cycle.states import CAPABILITIES, Step, step_of

__all__ = ["Item", "checklist"]


@frozen(kw_only=True)
class Item:
    """One line of a checklist.

    Attributes:
        rule: id of the rule.
        sentence: what it demands, or the item to look at.
        kind: computed from what is filed; declared by the entity; or manual: to be looked at by a reader.
        outcome: the one outcome for which it is asked, or None for all.
        effect: blocks, holds, advises or duty.
        standing: how well founded it is.
        cites: where it comes from.
        url: where that can be read.
        only_with: the capability that switches it on, or None.
        relaxed: the dated measures that relax the rule, or may do so.
    """

    rule: str
    sentence: str
    kind: str
    outcome: Outcome | None
    effect: Effect
    standing: Standing
    cites: str
    url: str | None
    only_with: str | None = None
    relaxed: tuple[Measure, ...] = ()

    def json(self) -> dict[str, Any]:
        """Return the line as data."""
        return {
            "rule": self.rule,
            "sentence": self.sentence,
            "kind": self.kind,
            "outcome": str(self.outcome) if self.outcome else None,
            "effect": str(self.effect),
            "standing": str(self.standing),
            "cites": self.cites,
            "url": self.url,
            "only_with": self.only_with,
            "relaxed": [dump(measure) for measure in self.relaxed],
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return the line as text, and below it, a line each, the dated measures that relax the rule.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        ends = f" ({told_name(self.outcome, lang)})" if self.outcome else ""
        sentence = self.sentence
        if lang != "en":
            item = sentence.replace(" ", "_")
            sentence = label("item", item, lang) if has_label("item", item, lang) else text(sentence, lang)
        effect, standing = word("effect", self.effect, lang), word("standing", self.standing, lang)
        line = f"[{word('kind', self.kind, lang)}] {sentence}{ends} {effect}; {standing}: {told(self.cites, lang)}"
        relaxed = (say(lang, "  relaxed by {measure}", measure=measure_text(measure, lang)) for measure in self.relaxed)
        return "\n".join((line, *relaxed))

    def __str__(self) -> str:
        return self.explain()


def checklist(
    step: Step[Any, Any] | str, edition: Edition, *, capabilities: Mapping[str, str] | None = None
) -> tuple[Item, ...]:
    """Return all that is to be checked at a step, in the order in which it is judged.

    Args:
        step: the step, or its id, such as `project.conclude_validation`.
        edition: the edition of a book for a day: `books["MN"].on(day)`.
        capabilities: those of a case, to leave out what its procedure does not have; left out, the lines say with
            which capability they are asked.

    Raises:
        UnknownStep: there is no such step.
        EvidenceError: the edition is none.
    """
    if not isinstance(cast(object, edition), Edition):
        why = f"edition: {edition!r} is no edition."
        raise EvidenceError(why, cure='Give that of a day, such as books["MN"].on(day).')
    name = (step if isinstance(step, Step) else step_of(step)).id
    there = capabilities if capabilities is not None else dict.fromkeys(CAPABILITIES, "yes")
    switched = frozenset(name for name, value in there.items() if value != "no")
    return tuple(
        item
        for binding in edition.all_bindings
        if binding.step == name and (binding.capability is None or binding.capability in switched)
        for item in _items(binding, edition)
    )


def _items(binding: Binding, edition: Edition) -> Iterator[Item]:
    """Yield the rule, and each thing that its list names, which no rule of its own can tell."""
    ground, rule = binding.ground, binding.rule
    yield Item(
        rule=rule.id,
        sentence=rule.sentence,
        kind=rule.kind,
        outcome=binding.outcome,
        effect=ground.effect,
        standing=ground.standing,
        cites=ground.cites,
        url=ground.url,
        only_with=binding.capability,
        relaxed=ground.relaxed,
    )
    for value in filter(None, map(edition.value, rule.items)):
        capped = min(ground.effect, EFFECT_BY_STANDING[value.standing], key=STRICTNESS.__getitem__)
        for item in value.value or ():
            yield Item(
                rule=rule.id,
                sentence=item.replace("_", " "),
                kind="manual",
                outcome=binding.outcome,
                effect=capped if ground.capped else ground.effect,
                standing=value.standing,
                cites=value.cites,
                url=None,
                only_with=binding.capability,
                relaxed=ground.relaxed,
            )
