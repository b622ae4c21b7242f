"""What the Joint Committee can decide on a day, over many cases, and the draft of the list that it decides on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, cast

from attrs import frozen

from jcm_cycle._labels import text
from jcm_cycle._next import NextStep, next_step
from jcm_cycle._words import joined, named, say, told_name, word
from jcm_cycle.case import Case, check_register, once
from jcm_cycle.days import check_date, day_json, surely_after
from jcm_cycle.decision import Decision, Item
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import JointCommitteeDecision, Outcome
from jcm_cycle.findings import Finding, Verdict
from jcm_cycle.register import Register, of
from jcm_cycle.rules import books
from jcm_cycle.rules._books import Books, book_of, check_books
from jcm_cycle.states import MACHINES, Step

__all__ = ["Agenda", "AgendaItem", "committee_agenda"]


@frozen(kw_only=True)
class AgendaItem:
    """One request that lies before the Committee.

    Attributes:
        case: id of the case.
        machine: name of its machine.
        title: what the case is called, where it has a title.
        outcomes: how it can be decided.
        next: the step as `case.next_steps` has it: whether it is ready, by when it is due, and what was judged.
    """

    case: str
    machine: str
    title: str | None
    outcomes: tuple[Outcome, ...]
    next: NextStep

    @property
    def step(self) -> str:
        """Name of the step by which it is decided."""
        return self.next.step

    @property
    def kind(self) -> str:
        """Id of that step, the kind of decision."""
        return f"{self.machine}.{self.step}"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What can be judged before there is a decision."""
        return self.next.findings

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "case": self.case,
            "machine": self.machine,
            "step": self.step,
            "outcomes": [str(outcome) for outcome in self.outcomes],
            "findings": [finding.json() for finding in self.findings],
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text, in a line.

        Args:
            lang: code of the language, en or ja.
        """
        name = f" ({self.title})" if self.title else ""
        due = say(lang, ", due by {day}", day=self.next.due) if self.next.due is not None else ""
        against = "".join(
            f"; {word('verdict', one.verdict, lang)}: {text(one.sentence, lang)}"
            for one in self.findings
            if one.verdict is not Verdict.MET
        )
        ends = joined((told_name(outcome, lang) for outcome in self.outcomes), lang, " or ")
        ready = say(lang, self.next.verdict.replace("_", " "))
        return f"{self.case}{name}: {ready}{say(lang, ', ')}{ends}{due}{against}"

    def __str__(self) -> str:
        return self.explain()


@frozen
class Agenda:
    """What the Committee can decide on a day, by kind of decision; iterates over the items."""

    on: date
    items: tuple[AgendaItem, ...]

    def __iter__(self) -> Iterator[AgendaItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def json(self) -> dict[str, Any]:
        """Return all items as data."""
        return {"schema": 1, "on": day_json(self.on), "items": [item.json() for item in self.items]}

    def draft(self, says: Mapping[str, str | JointCommitteeDecision], /, *, id: str, **how: Any) -> Decision:  # noqa: A002
        """Return the draft of a decision on some of the items, to be attempted when the Committee has decided.

        Args:
            says: for each case what is decided: the outcome, or a decision with what belongs to the case alone.
            id: id of the decision.
            how: how and when it is decided, as fields of `decision.Decision`.

        Raises:
            EvidenceError: a case is not on the agenda, cannot be decided so, or nothing is decided.
        """
        if not isinstance(cast(object, says), Mapping):
            why = f"says: {says!r} tells no case."
            raise EvidenceError(why, cure="Give the outcome for each case by its id.")
        known = {item.case: item for item in self.items}
        found = []
        for case, said in says.items():
            if case not in known:
                why = f"{case} is not on the agenda of {self.on}."
                raise EvidenceError(why, cure=f"On it are {', '.join(known) or 'no cases'}.")
            item = known[case]
            word = said.decision if isinstance(said, JointCommitteeDecision) else said
            if word not in item.outcomes:
                why = f"{case}: {item.kind} cannot end {word}."
                raise EvidenceError(why, cure=f"It ends {' or '.join(item.outcomes)}.")
            paper = said if isinstance(said, JointCommitteeDecision) else JointCommitteeDecision(decision=said)
            found.append(Item(case=case, step=item.kind, says=paper))
        return Decision(id=id, items=found, **how)

    def explain(self, *, lang: str = "en") -> str:
        """Return all items as text, by kind of decision.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        lines = [say(lang, "AGENDA  on {day}: {count}", day=self.on, count=len(self.items))]
        kind = None
        for item in self.items:
            if kind != (kind := item.kind):
                lines.append(f"  {named('step', kind, lang)}")
            lines.append(f"    {item.explain(lang=lang)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()


def committee_agenda(
    cases: Iterable[Case[Any]], on: date, *, rules: Books = books, register: Register | None = None
) -> Agenda:
    """Return every request that the Committee can decide, by kind of decision, then by case.

    A request that was surely filed after the day is not on it, nor an outcome that the procedure does not have, nor
    what the Committee may do without a request, such as suspend an entity.

    Args:
        cases: cases of any machine, each as it stands; those of several countries are of several Committees.
        on: the day of the meeting.
        rules: the rule book of each country, or of the only one.
        register: what is known of other cases; left out, what these cases say of each other.

    Raises:
        EvidenceError: a case stands twice, the day is none, or a rule book is that of another country.
    """
    check_date(on)
    check_books(rules)
    kept = list(once(cases))
    known = of(kept) if register is None else register
    check_register(known)
    found: list[AgendaItem] = []
    for case in kept:
        book = book_of(rules, case)
        step = _decides(case.machine, case.state)
        asked = [case.days[name] for name in step.answers if name in case.days] if step is not None else []
        if step is None or (asked and all(surely_after(day, on) for day in asked)):
            continue
        item = AgendaItem(
            case=case.id,
            machine=case.machine,
            title=getattr(case.file, "title", None),
            outcomes=tuple(
                outcome
                for outcome, row in step.targets.items()
                if outcome is not None
                and case.state in row
                and case.capabilities.get(str(step.brought[outcome])) != "no"
            ),
            next=next_step(step, case, on, book, known),
        )
        found.append(item)
    order = list(MACHINES)
    return Agenda(on, tuple(sorted(found, key=lambda one: (order.index(one.machine), one.step, one.case))))


@cache
def _decides(machine: str, state: str) -> Step[JointCommitteeDecision, Any] | None:
    """Return the step by which the Committee decides a request in a state: one that can end in several ways."""
    return next(
        (
            step
            for step in MACHINES[machine].steps.values()
            if step.evidence is JointCommitteeDecision and len(step.targets) > 1 and step.taken_in(state)
        ),
        None,
    )
