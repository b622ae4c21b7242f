"""What can be done next with a case: each step the table allows, with what is known before there is an act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, TypeAlias, cast

from attrs import field, frozen

from jcm_cycle import _judge
from jcm_cycle._labels import label
from jcm_cycle._outcomes import finding_text
from jcm_cycle._words import joined, named, say, word
from jcm_cycle.days import day_json
from jcm_cycle.evidence._base import Version
from jcm_cycle.findings import Finding, Verdict
from jcm_cycle.register import Register
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._clock import due_day
from jcm_cycle.rules._edition import Edition
from jcm_cycle.states import Step, machine

__all__ = ["NextStep", "NextSteps", "form_in_force", "form_text", "next_step", "paper", "readiness", "roles"]

Readiness: TypeAlias = Literal["ready", "blocked", "not_yet", "unknown"]


@frozen(kw_only=True)
class NextStep:
    """One step that the table allows now.

    Attributes:
        step: name of the step.
        verdict: ready, blocked, not yet (see `earliest`), or unknown.
        earliest: the first day on which it can be taken, where waiting is all.
        by: the roles that may take it.
        evidence: class of the evidence.
        form: stem and version of the official form; the version is None where the book does not know it.
        fields: the fields that the evidence must have.
        due: the last day on which it is in time, where a value of the book says so.
        findings: what was judged.
        to_judge: ids of the rules that need an act.
    """

    step: str
    verdict: Readiness
    earliest: date | None
    by: tuple[str, ...]
    evidence: str
    form: tuple[str, Version | None] | None
    fields: tuple[str, ...]
    due: date | None
    findings: tuple[Finding, ...]
    to_judge: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """Return the step as data."""
        form = None
        if self.form is not None:
            form = {"stem": self.form[0], "version": str(self.form[1]) if self.form[1] else None}
        return {
            "step": self.step,
            "verdict": self.verdict,
            "earliest": day_json(self.earliest),
            "by": list(self.by),
            "evidence": self.evidence,
            "form": form,
            "fields": list(self.fields),
            "due": day_json(self.due),
            "findings": [finding.json() for finding in self.findings],
            "to_judge": list(self.to_judge),
        }


@frozen
class NextSteps:
    """All steps that the table allows now; iterates over them, those that are ready first.

    Attributes:
        case: id of the case.
        on: the day asked for.
        steps: the steps.
        machine: name of the machine of the case.
        rules: the rule book that was asked, which may have names of its own for documents.
    """

    case: str
    on: date
    steps: tuple[NextStep, ...]
    machine: str = ""
    rules: RuleBook | None = field(default=None, eq=False, repr=False)

    @classmethod
    def of(cls, case: Any, *, on: date, rules: RuleBook | None, register: Register) -> NextSteps:
        """Ask every step of the machine."""
        found = [
            next_step(step, case, on, rules, register)
            for step in machine(case.machine).steps.values()
            if step.taken_in(case.state)
            and (step.capability is None or case.capabilities.get(step.capability) != "no" or step.finishes)
        ]
        order = ("ready", "not_yet", "unknown", "blocked")
        steps = tuple(sorted(found, key=lambda step: order.index(step.verdict)))
        return cls(case.id, on, steps, case.machine, rules)

    def __iter__(self) -> Iterator[NextStep]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, name: str) -> NextStep:
        for step in self.steps:
            if step.step == name:
                return step
        raise KeyError(name)

    def json(self) -> dict[str, Any]:
        """Return all steps as data."""
        return {
            "schema": 1,
            "case": self.case,
            "on": day_json(self.on),
            "steps": [step.json() for step in self.steps],
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return all steps as text for a reader.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        lines = [say(lang, "NEXT  {case} on {on}", case=self.case, on=self.on)]
        for step in self.steps:
            name = named("step", f"{self.machine}.{step.step}", lang) if lang != "en" else step.step
            by = roles(step.by, lang)
            lines.append(say(lang, "  {step}: {verdict}, by {by}", step=name, verdict=readiness(step, lang), by=by))
            lines.append(say(lang, "      rests on {paper}", paper=paper(step, lang, self.rules)))
            if step.due is not None:
                lines.append(say(lang, "      due by {day}", day=step.due))
            lines += [
                finding_text(finding, lang).replace("\n  ", "\n      ").replace("  ", "      ", 1)
                for finding in step.findings
                if finding.refuses or finding.verdict is Verdict.UNMET
            ]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()


def roles(names: tuple[str, ...], lang: str) -> str:
    """Return the roles that may take a step, in words."""
    return joined(names if lang == "en" else [label("role", name, lang) for name in names], lang, " or ")


def readiness(step: NextStep, lang: str) -> str:
    """Return whether a step can be taken, in words, with the day until which it has to wait."""
    said = say(lang, step.verdict.replace("_", " "))
    if step.verdict != "not_yet" or step.earliest is None:
        return said
    return say(lang, "{verdict} before {day}", verdict=said, day=step.earliest)


def paper(step: NextStep, lang: str, rules: RuleBook | None = None) -> str:
    """Return on what a step rests, in words: its evidence, the form with its version, and the fields it must have."""
    found = named("evidence", step.evidence, lang)
    if step.form is not None:
        found = say(lang, "{evidence} on form {form}", evidence=found, form=form_text(*step.form, lang, rules))
    if step.fields:
        found = say(
            lang,
            "{evidence} with {fields}",
            evidence=found,
            fields=joined([named("fact", name, lang) for name in step.fields], lang),
        )
    return found


def form_text(stem: str, version: Version | None, lang: str, rules: RuleBook | None = None) -> str:
    """Return a form by its stem, with the name that the book has for it, and its version."""
    own = rules.own_label(stem, lang) if rules is not None else None
    called = own or word("form", stem, lang)
    shown = f"{stem} ({called})" if called != stem else stem
    return f"{shown} ver{version}" if version else shown


def next_step(step: Step[Any, Any], case: Any, on: date, book: RuleBook | None, register: Register) -> NextStep:
    """Return what can be said of a step before there is an act."""
    _, edition = _judge.governing(step, on, case, book)
    outcomes = [outcome for outcome, row in step.targets.items() if case.state in row]
    findings = _judge.procedure(step, outcomes[0], case, None, on)
    later: dict[str, None] = {}
    for outcome in outcomes:
        asked = edition if edition is not None else cast(RuleBook, book).edition(on)
        found, to_judge = _judge.judge_before(step.id, outcome, case, asked, register, on)
        if edition is None:
            found = _judge.not_picked(found)
        findings += [f for f in found if f.rule not in {known.rule for known in findings}]
        later.update(dict.fromkeys(to_judge))
    refusing = [finding for finding in findings if finding.refuses]
    verdict: Readiness = "ready"
    earliest = None
    if any(finding.verdict is Verdict.UNMET and finding.earliest is None for finding in refusing):
        verdict = "blocked"
    elif any(finding.verdict is Verdict.MISSING for finding in refusing) or edition is None:
        verdict = "unknown"
    elif refusing:
        verdict = "not_yet"
        earliest = max(finding.earliest for finding in refusing if finding.earliest is not None)
    return NextStep(
        step=step.name,
        verdict=verdict,
        earliest=earliest,
        by=tuple(sorted(map(str, step.by))),
        evidence=step.evidence.__name__,
        form=form_in_force(step, edition),
        fields=step.fields,
        due=due_day(step, case, edition) if edition is not None else None,
        findings=tuple(findings),
        to_judge=tuple(later),
    )


def form_in_force(step: Step[Any, Any], edition: Edition | None) -> tuple[str, Version | None] | None:
    """Return stem and version of the form that a step is filed on; no version where the book is not sure."""
    stem = step.evidence.form
    if stem is None:
        return None
    known = edition.form(stem) if edition is not None else None
    return stem, known.value if known is not None and known.determined else None
