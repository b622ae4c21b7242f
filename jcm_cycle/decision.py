"""One decision of the Joint Committee on many cases: a record of its own, to which every entry that rests on it points.

The two governments act as one, on one day, on a list: all of it is applied, or none. What is found wrong afterwards
in how or when it was decided is put right in every entry at once. The record is kept nowhere apart: `decisions`
reads it from the entries, and a journal takes no entry that tells the same decision in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from attrs import field, frozen
from attrs.validators import optional

from jcm_cycle._outcomes import Together
from jcm_cycle.case import Case, attempt_all, listed, once, together
from jcm_cycle.days import UNKNOWN_DAY, Between, Day
from jcm_cycle.entries import Basis, Draft, Entry, Source
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import JointCommitteeDecision, Opening
from jcm_cycle.evidence._base import as_tuple, country, required_name
from jcm_cycle.evidence.decisions import HowDecided
from jcm_cycle.parties import Actor, Role
from jcm_cycle.register import NOTHING_KNOWN, Register
from jcm_cycle.rules._books import Books
from jcm_cycle.states import Step, step_of

__all__ = ["Decision", "HowDecided", "Item", "decisions"]


def _step_id(step: str | Step[Any, Any]) -> str:
    return step.id if isinstance(step, Step) else step


def _said(_: object, __: object, value: Any) -> None:
    if not isinstance(value, JointCommitteeDecision):
        why = f"says: {value!r} is no decision."
        raise EvidenceError(why, cure='Write JointCommitteeDecision(decision="…").')


def _reasons(_: object, __: object, value: Any) -> None:
    if not isinstance(value, Mapping):
        why = f"despite: {value!r} are no reasons."
        raise EvidenceError(why, cure="Give the reason for each rule by its id.")


def _kept(_: object, __: object, value: Any) -> None:
    if value is not None and not isinstance(value, Entry):
        why = f"entry: {value!r} is no entry of a journal."
        raise EvidenceError(why, cure="Leave it out; `decisions(journal)` fills it in.")


@frozen(kw_only=True)
class Item:
    """What one decision says of one case.

    Attributes:
        case: id of the case, or its public reference.
        step: the step of the Committee, or its id, such as `project.decide_registration`.
        says: the outcome, and what belongs to this case alone: its number, reasons, amounts, scopes.
        despite: reasons for going through in spite of rules that hold, by rule id.
        entry: the entry that keeps it, where it was read from a journal.
    """

    case: str = field(validator=required_name)
    step: str = field(converter=_step_id)
    says: JointCommitteeDecision = field(validator=_said)
    despite: Mapping[str, str] = field(factory=dict, validator=_reasons)
    entry: Entry | None = field(default=None, validator=_kept)

    def __attrs_post_init__(self) -> None:
        if self.taken.evidence is not JointCommitteeDecision:
            why = f"{self.step} is no step of the Joint Committee."
            raise EvidenceError(why, cure="Name one that rests on JointCommitteeDecision.")

    @property
    def taken(self) -> Step[JointCommitteeDecision, Any]:
        """The step."""
        return step_of(str(self.step))


def _items(_: object, __: object, value: Any) -> None:
    if not isinstance(value, tuple) or not value or not all(isinstance(item, Item) for item in value):
        why = f"items: {value!r} must be a list of Item, at least one."
        raise EvidenceError(why, cure='Make each with Item(case="…", step=…, says=…).')
    named = [item.case for item in value]
    for case in named:
        if named.count(case) > 1:
            why = f"items: {case} stands twice."
            raise EvidenceError(why, cure="Give one item for each case.")


@frozen(kw_only=True)
class Decision(HowDecided):
    """A decision of the Joint Committee on a list of cases.

    Attributes:
        id: an id of your own that never changes; decisions of one country each have their own.
        items: what it says, case by case.
        country: two-letter code of the host country whose Committee decided, where it is told; its cases tell it, too.

    How and when it was decided stands in the fields of `HowDecided`; `cases` is filled from the items, unless given.
    """

    id: str = field(validator=required_name)
    items: tuple[Item, ...] = field(converter=as_tuple, validator=_items)
    country: str | None = field(default=None, validator=optional(country))

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        for item in self.items:
            said, how = item.says.how, self.how
            other = [key for key in how if said[key] is not None and said[key] != how[key]]
            if other or item.says.record not in (None, self.id):
                key = other[0] if other else "record"
                why = f"{item.case}: {key} belongs to the decision as a whole."
                raise EvidenceError(why, cure="Give it to Decision, and leave it out of the item.")

    def explain(self) -> str:
        """Return it as text: how and when, and what it says of each case."""
        told = [f"{key.replace('_', ' ')} {_shown(value)}" for key, value in self.how.items() if value is not None]
        lines = [f"DECISION  {self.id}: {'; '.join(told) or 'how and when is not told'}"]
        for item in self.items:
            said = item.says
            more = [said.number, *(said.reasons or ())]
            more += [f"{line.side} {line.amount:,} t" for line in said.lines or ()]
            more += [f"scopes {scopes}" for scopes in said.scopes or ()]
            rest = f" ({', '.join(filter(None, more))})" if any(more) else ""
            lines.append(f"  {item.case}: {item.step} {said.decision}{rest}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()

    @property
    def day(self) -> Day:
        """The day of the decision, as well as it is known: of a meeting of two days, that it was one of them."""
        if self.decided_on is not None:
            return self.decided_on
        return Between(self.met.start, self.met.end) if self.met is not None else UNKNOWN_DAY

    def attempt(
        self, cases: Iterable[Case[Any]], *, rules: Books = None, register: Register = NOTHING_KNOWN
    ) -> Together:
        """Attempt the decision on all its cases: all are accepted, or none counts.

        Args:
            cases: the cases it covers, and any others.
            rules: the country's rule book, or those of all countries such as `books`.
            register: what is known of other cases.

        Returns:
            The answers, in the order of the items, to be given to `journal.append_all`, which alone takes them.

        Raises:
            EvidenceError: a case is not among those given or those that it covers, is one of another country or
                machine, or the day is not known; see also `attempt_all`.
        """
        if self.decided_on is None:
            why = f"{self.id}: on which day it was decided is not given."
            raise EvidenceError(why, cure="Give decided_on, or record the decision as a fact.")
        day = self.decided_on
        acts = [
            (case, item.taken(paper, by=Role.JOINT_COMMITTEE, on=day, despite=dict(item.despite)))
            for item, case, paper in _each(self, cases)
        ]
        return attempt_all(acts, rules=rules, register=register)

    def record(self, cases: Iterable[Case[Any]], *, sources: tuple[Source, ...] = ()) -> Together:
        """Record the decision as a fact that happened elsewhere: never refused, audited later.

        Raises:
            EvidenceError: see `attempt`.
        """
        return together(
            case.record(item.taken.fact(on=self.day, evidence=paper, by=Actor(Role.JOINT_COMMITTEE), sources=sources))
            for item, case, paper in _each(self, cases)
        )

    def correct(self, cases: Iterable[Case[Any]], /, *, sources: tuple[Source, ...] = (), **how: Any) -> Together:
        """Put right how or when it was decided, in every entry that rests on it.

        Args:
            cases: the cases it covers, as they stand.
            sources: where it was read; left out, those of the entries that are replaced.
            how: fields of `HowDecided` with what is right.

        Returns:
            A correction of each entry, to be given to `journal.append_all`; fold the journal afterwards. An entry of
            the day of the decision moves with that day.

        Raises:
            EvidenceError: a field is none of how and when, or the decision was not read from entries.
        """
        for key in how:
            if key not in self.how:
                why = f"{key} is no field of how and when a decision was made."
                raise EvidenceError(why, cure=f"One of {', '.join(self.how)}; what one case says: case.correct.")
        bare = tuple(attrs.evolve(item, says=_bare(item.says)) for item in self.items)
        right = attrs.evolve(self, items=bare, **how)
        found = []
        for item, case, paper in _each(right, cases, covered="cases" in how):
            if item.entry is None:
                why = f"{item.case}: the decision was not read from entries."
                raise EvidenceError(why, cure="Correct one that `decisions(journal)` returns.")
            entry = item.entry
            on = right.day if entry.on == self.day else entry.on
            read = sources or entry.sources
            fact = item.taken.fact(on=on, outcome=entry.outcome, evidence=paper, by=entry.by, sources=read)
            found.append(case.correct(fact, replaces=entry.seq))
        return together(found)


def _each(
    decision: Decision, cases: Iterable[Case[Any]], *, covered: bool = True
) -> list[tuple[Item, Case[Any], JointCommitteeDecision]]:
    """Return each item with its case and what the entry of that case rests on."""
    given = list(once(cases))
    pairs = [(item, _named(decision, item, given)) for item in decision.items]
    ids = [case.id for _, case in pairs]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        why = f"{decision.id}: {twice[0]} is named twice, by its id and by a number."
        raise EvidenceError(why, cure="Give one item for each case.")
    countries = sorted({case.country for _, case in pairs} | {decision.country or pairs[0][1].country})
    if len(countries) > 1:
        why = f"{decision.id}: it and its cases are of {' and '.join(countries)}."
        raise EvidenceError(why, cure="Each country has a Joint Committee of its own; make one decision for each.")
    for _, case in pairs:
        if covered and decision.cases is not None and not {case.id, _label(case), *case.references} & {*decision.cases}:
            why = f"{decision.id}: cases: {case.id} is none of those that it covers, {', '.join(decision.cases)}."
            raise EvidenceError(why, cure="Name all its cases, by id or public number, or leave `cases` out.")
    names = decision.cases or tuple(dict.fromkeys(_label(case) for _, case in pairs))
    how = {**decision.how, "cases": names, "record": decision.id}
    return [(item, case, attrs.evolve(item.says, **how)) for item, case in pairs]


def _named(decision: Decision, item: Item, given: list[Case[Any]]) -> Case[Any]:
    """Return the case that an item names: by its id, or by a number that only one of them can mean."""
    found = [case for case in given if case.id == item.case] or [
        case for case in given if item.case in case.references and decision.country in (None, case.country)
    ]
    fitting = [case for case in found if case.machine == item.taken.machine]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        why = f"{decision.id}: {item.case} may be {' or '.join(sorted(case.id for case in fitting))}."
        raise EvidenceError(why, cure="Name the case by its id.")
    why = f"{decision.id}: {item.case} is " + (
        f"a case of {found[0].machine}, and {item.step} no step of it." if found else "not among the cases given."
    )
    raise EvidenceError(why, cure="A decision is applied to all its cases or to none; give each of them.")


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _label(case: Case[Any]) -> str:
    """Return how a decision names a case: by its number, or that of the case to which it belongs."""
    return case.references[-1] if case.references else getattr(case.file, "of_reference", None) or case.id


def _bare(paper: JointCommitteeDecision) -> JointCommitteeDecision:
    """Return what a decision says of one case alone."""
    nothing: dict[str, Any] = dict.fromkeys((*paper.how, "record"))
    return attrs.evolve(paper, **nothing)


def part_of(entry: Draft | Entry) -> JointCommitteeDecision | None:
    """Return what a decision says of the case of an entry, where the entry is a part of one."""
    paper = entry.evidence
    return paper if isinstance(paper, JointCommitteeDecision) and paper.record is not None else None


def decisions(entries: Iterable[Entry]) -> tuple[Decision, ...]:
    """Return the decisions on which entries rest, in the order of recording, each with the cases that point to it.

    Args:
        entries: a journal, or entries of it with the openings of their cases, which tell the country; what was
            corrected counts as corrected, what was voided not at all.

    Raises:
        EvidenceError: they are no entries.
    """
    kept = list(listed(entries, "entries"))
    for entry in kept:
        if not isinstance(entry, Entry):
            why = f"entries: {entry!r} is no entry."
            raise EvidenceError(why, cure="Give a journal, or entries of it.")
    replaced = {entry.replaces for entry in kept if entry.basis is Basis.CORRECTION}
    countries = {entry.case: entry.evidence.country for entry in kept if isinstance(entry.evidence, Opening)}
    found: dict[tuple[str | None, str], list[Item]] = {}
    for entry in kept:
        paper = part_of(entry)
        if paper is not None and entry.seq not in replaced:
            item = Item(case=entry.case, step=f"{entry.machine}.{entry.step}", says=paper, entry=entry)
            found.setdefault((countries.get(entry.case), str(paper.record)), []).append(item)
    return tuple(
        Decision(id=record, country=place, items=items, **items[0].says.how) for (place, record), items in found.items()
    )
