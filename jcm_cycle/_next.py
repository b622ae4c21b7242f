"""What can be done next with a case: each step the table allows, with what is known before there is an act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, TypeAlias, cast

from attrs import frozen

from jcm_cycle import _judge
from jcm_cycle._outcomes import finding_text
from jcm_cycle.days import day_json
from jcm_cycle.evidence._base import Version
from jcm_cycle.findings import Finding, Verdict
from jcm_cycle.register import Register
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._clock import due_day
from jcm_cycle.rules._edition import Edition
from jcm_cycle.states import Step, machine

__all__ = ["NextStep", "NextSteps", "form_in_force", "next_step"]

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
    """All steps that the table allows now; iterates over them, those that are ready first."""

    case: str
    on: date
    steps: tuple[NextStep, ...]

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
        return cls(case.id, on, tuple(sorted(found, key=lambda step: order.index(step.verdict))))

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

    def explain(self) -> str:
        """Return all steps as text for a reader."""
        lines = [f"NEXT  {self.case} on {self.on}"]
        for step in self.steps:
            wait = f" before {step.earliest}" if step.verdict == "not_yet" and step.earliest else ""
            verdict = f"{step.verdict.replace('_', ' ')}{wait}"
            lines.append(f"  {step.step}: {verdict}, by {' or '.join(step.by)}")
            form = ""
            if step.form is not None:
                form = f" on form {step.form[0]} ver{step.form[1]}" if step.form[1] else f" on form {step.form[0]}"
            needs = f" with {', '.join(step.fields)}" if step.fields else ""
            lines.append(f"      rests on {step.evidence}{form}{needs}")
            if step.due is not None:
                lines.append(f"      due by {step.due}")
            lines += [
                finding_text(finding).replace("\n  ", "\n      ").replace("  ", "      ", 1)
                for finding in step.findings
                if finding.refuses or finding.verdict is Verdict.UNMET
            ]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()


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
    return stem, known[0] if known is not None and known[2] else None
