"""A case: one project, or one instance of another machine, as plain data; what may be done with it, and is next.

A case holds no rules, no entries and no clock. Whoever asks brings the rule book and the register; what comes back
is an answer and a new case, and nothing is kept before a draft is appended to a journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Generic, TypeVar, cast

import attrs
from attrs import field, frozen

from jcm_cycle import _judge
from jcm_cycle._fold import MOVE, OBSERVE, OPEN, VOID, AsOf, as_of, in_effect, known_at
from jcm_cycle._next import NextStep, NextSteps
from jcm_cycle._outcomes import Accepted, Attempted, Faulted, Refused, Together
from jcm_cycle._papers import Contacts, Documents, contacts, documents
from jcm_cycle._pinned import UNPINNED, Pinned, pinned
from jcm_cycle.days import Day, check_day, exact, sort_day, surely_after
from jcm_cycle.entries import Act, Basis, Draft, Entry, Fact, Source
from jcm_cycle.errors import EvidenceError, UnknownCase, UnknownStep
from jcm_cycle.evidence import Background, Block, Move, Notice, Opening
from jcm_cycle.evidence._base import is_name
from jcm_cycle.register import NOTHING_KNOWN, Register
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._books import Books, book_of, check_books, of_case
from jcm_cycle.states import MACHINES, Machine, machine
from jcm_cycle.states._engine import engine, fire
from jcm_cycle.states._file import change

__all__ = [
    "Accepted",
    "AsOf",
    "Attempted",
    "Case",
    "Contacts",
    "Documents",
    "Faulted",
    "NextStep",
    "NextSteps",
    "Pinned",
    "Refused",
    "Together",
    "as_of",
    "attempt_all",
    "fold",
    "known_at",
]

F = TypeVar("F")


@frozen(kw_only=True, slots=False)
class Case(Generic[F]):
    """One instance of a machine.

    Attributes:
        id: the internal id, which never changes.
        machine: name of the machine.
        country: two-letter code of the host country.
        track: special track, or None.
        procedure: the procedure it is pinned to.
        state: the state in which it stands.
        file: what it has gathered.
        days: the last day on which each step had effect.
        last: the last day before which something on record had surely not happened yet.
        tail: by what the last entry in the order of effect takes its place: day and rank.
        entries: how many entries made it.
    """

    id: str
    machine: str
    country: str
    track: str | None = None
    procedure: Pinned
    state: str
    file: F
    days: Mapping[str, Day] = field(factory=dict)
    last: date | None = None
    tail: tuple[date, int] = (date.min, -1)
    entries: int

    @property
    def capabilities(self) -> Mapping[str, str]:
        """The value of each capability under the procedure it is pinned to."""
        return self.procedure.capabilities

    @property
    def switched(self) -> frozenset[str]:
        """The capabilities that the procedure has, or may have."""
        return self.procedure.switched

    @property
    def references(self) -> tuple[str, ...]:
        """Its public numbers, the latest last."""
        return tuple(reference for reference, _ in getattr(self.file, "references", ()))

    @classmethod
    def open(
        cls,
        machine: Machine[F],
        id: str,  # noqa: A002 - the word of the field
        *,
        on: Day,
        rules: RuleBook | None = None,
        country: str | None = None,
        track: str | None = None,
        procedure: str | None = None,
        title: str | None = None,
        of: Case[Any] | str | None = None,
        block: Block | None = None,
        background: Background | None = None,
    ) -> Accepted[F]:
        """Open a case under the procedure in force on a day.

        Args:
            machine: the machine, such as `project`.
            id: an id of your own that never changes.
            on: the day of opening.
            rules: the country's rule book; without one the procedure stays unknown.
            country: two-letter code, where no book is given.
            track: special track of the country; its own book, where it has one, is found beside that of the country.
            procedure: name of the procedure, where the book does not know which one applied.
            title: title of the project, if it has one yet.
            of: the case to which this one belongs, or its id: an issuance is of a project.
            block: for a transfer, the credits that it is about.
            background: funding, consortium and origin of a project; of a methodology its origin.

        Raises:
            ProcedureUnknown: the book does not know which procedure applied; names the candidates.
            EvidenceError: no country is given, the id is blank, or the day is none.
        """
        check_day(on)
        _check_rules(rules)
        place = country or (rules.country if rules else None)
        if not place or (rules is not None and place != rules.country):
            why = "No country is given." if not place else f"The book is that of {rules and rules.country}."
            raise EvidenceError(why, cure="Give the rule book of the country, or its two-letter code.")
        capabilities: Mapping[str, str] = UNPINNED
        if rules is not None:
            if rules.track is not None and track not in (None, rules.track):
                why = f"The book is that of the track {rules.track}, not of {track}."
                raise EvidenceError(why, cure="Leave the track out, or give the book of the country.")
            track = track if rules.track is None else rules.track
            rules = rules.of_track(track)
            day = exact(on)
            if day is None:
                why = "A case is opened under a rule book on an exact day."
                raise EvidenceError(why, cure="Give the day, or open it without a book.")
            procedure, capabilities = rules.pin(day, procedure)
        whole = of if isinstance(of, Case) else None
        if whole is not None and (whole.machine != machine.of or whole.country != place):
            why = f"{whole.id} is a case of {whole.machine} in {whole.country}."
            raise EvidenceError(why, cure=f"Give one of {machine.of or 'none'} in {place}.")
        opening = Opening(
            country=place,
            track=track,
            procedure=procedure,
            capabilities=dict(capabilities),
            title=title or (getattr(whole.file, "title", None) if whole else None),
            of=whole.id if whole else cast("str | None", of),
            of_reference=whole.references[-1] if whole and whole.references else None,
            block=block,
            background=background,
        )
        return cls.imported(machine, id, opening, on=on, rules=rules)

    @classmethod
    def imported(
        cls,
        machine: Machine[F],
        id: str,  # noqa: A002 - the word of the field
        opening: Opening,
        *,
        on: Day,
        rules: RuleBook | None = None,
        sources: tuple[Source, ...] = (),
    ) -> Accepted[F]:
        """Open a case with all that is known of it from elsewhere; its procedure may be unknown.

        Raises:
            EvidenceError: the id is blank, another case is named or left out where it may not be, or the block is
                one that this case cannot be about.
        """
        check_day(on)
        if not is_name(id):
            why = f"A case of {machine.name} cannot be opened as {id!r}."
            raise EvidenceError(why, cure="Give an id that is not blank.")
        if (opening.of is None) != (machine.of is None):
            why = f"A case of {machine.name} belongs to {f'a case of {machine.of}' if machine.of else 'no other case'}."
            raise EvidenceError(why, cure="Name it with `of`." if machine.of else "Leave `of` out.")
        if opening.block is not None:
            _check_block(machine.name, opening.country, opening.block, on)
        if opening.background is not None:
            opening.background.check_of(machine.name)
        day = exact(on)
        editions = (rules.edition(day),) if rules is not None and day is not None else ()
        draft = Draft(
            id, machine.name, OPEN, None, on, None, opening,
            Basis.IMPORTED if sources else Basis.JUDGED, (), editions, None, sources,
        )  # fmt: skip
        case = cast("Case[F]", _opened(draft))
        return Accepted(draft, case, on)

    def attempt(
        self, act: Act[Any], *, rules: RuleBook | None = None, register: Register = NOTHING_KNOWN
    ) -> Accepted[F] | Refused[F] | Faulted[F]:
        """Attempt an act: every rule is judged, and the act is accepted if none of them refuses it.

        Args:
            act: made by calling a step with its evidence.
            rules: the country's rule book, which knows those of its tracks, or another one to see what it would say.
            register: what is known of other cases.

        Returns:
            `Accepted` with a draft for the journal and the new case, `Refused` with the reasons, or `Faulted`
            where a rule that could refuse failed.

        Raises:
            UnknownStep: the act is of another machine.
            EvidenceError: the evidence is of another class, nobody acts, or a reason is given for a rule that is not
                judged.
        """
        _check_rules(rules)
        check_register(register)
        rules = of_case(rules, self)
        steps = MACHINES[self.machine]
        if act.machine != self.machine:
            why = f"{act.machine}.{act.step} is no step of a case of {self.machine}."
            raise UnknownStep(why, cure=f"Its steps are {', '.join(steps.steps)}.")
        step = steps.step(act.step)
        step.check(act.evidence)
        if act.by is None:
            raise EvidenceError(f"{step.id}: nobody is said to act.", cure="Call the step with `by`.")
        outcome = step.key(act.evidence, self.file)
        on = act.on
        day, edition = _judge.governing(step, on, self, rules)
        findings = _judge.procedure(step, outcome, self, act.by.role, on)
        findings += _judge.decided(step, on, act.evidence, self.days)
        if rules is not None and rules.moves:
            findings += _judge.transition(self, self.procedure.name, rules, on)
        refused = bool(findings)
        try:
            if edition is not None:
                refused = _judge.judge(act, outcome, self, edition, register, step.id, findings) or refused
            else:  # only a book can be unsure which of its editions governs
                findings += _judge.unpicked(act, outcome, self, cast("RuleBook", rules), register, step.id)
                refused = True
        except _judge.Fault as fault:
            return Faulted(
                step=step.id, outcome=outcome, on=on, findings=tuple(findings), governed_by=day, case=self,
                rule=fault.rule, error=fault.error,
            )  # fmt: skip
        if act.despite:
            _judge.with_reasons(findings, act.despite)
        verdict = not refused or not _judge.refuses(findings)
        moves = engine(steps, self._table(step))
        target = fire(moves, self.state, step.triggers[outcome], verdict)
        found = tuple(findings)
        if target is None:
            return Refused(step=step.id, outcome=outcome, on=on, findings=found, governed_by=day, case=self)
        draft = change(
            _JUDGED, case=self.id, machine=self.machine, step=step.name, outcome=outcome, on=on, by=act.by,
            evidence=act.evidence, findings=found, editions=() if edition is None else (edition,),
            after=self.entries,
        )  # fmt: skip
        case = _after(self, step.name, step.rank, target, step.apply(self.file, act.evidence, on), on)
        return Accepted(draft, case, day)

    def _table(self, step: Any) -> frozenset[str]:
        """Return the capabilities of the engine: what was entered under one may be finished without it."""
        available = self.procedure.available
        return available if step.capability is None else available | {step.capability}

    def what_if(
        self,
        act: Act[Any],
        *,
        rules: RuleBook | None = None,
        register: Register = NOTHING_KNOWN,
        on: date | None = None,
    ) -> Accepted[F] | Refused[F] | Faulted[F]:
        """Attempt an act under another book or on another day; the draft of the answer is no draft for a journal."""
        answer = self.attempt(act if on is None else attrs.evolve(act, on=on), rules=rules, register=register)
        if isinstance(answer, Accepted):
            return attrs.evolve(answer, draft=attrs.evolve(answer.draft, hypothetical=True))
        return answer

    def record(self, fact: Fact) -> Accepted[F]:
        """Record something that happened elsewhere: never refused, audited later.

        Where the fact takes its place before something the case already holds, the answer says `refold`: fold the
        journal for the true state.

        Raises:
            UnknownStep: the fact is of another machine, or of a step it does not have.
            EvidenceError: the machine has no such state, or the step cannot end so or rests on other evidence.
        """
        machine(self.machine).check(fact)
        basis = Basis.OBSERVED if fact.step == OBSERVE else Basis.IMPORTED
        return self._kept(fact, basis, None)

    def correct(self, fact: Fact, *, replaces: int) -> Accepted[F]:
        """Put a fact in the place of an entry of the journal; fold the journal for the state afterwards.

        Args:
            fact: what is right.
            replaces: seq of the entry that was wrong; it stays in the journal, and folds skip it.

        Raises:
            UnknownStep, EvidenceError: see `record`.
        """
        machine(self.machine).check(fact)
        return self._kept(fact, Basis.CORRECTION, replaces)

    def void(self, *, replaces: int, reason: str, on: Day) -> Accepted[F]:
        """Take an entry out of what counts, without another in its place; fold the journal for the state afterwards.

        Args:
            replaces: seq of the entry that should not have been made; it stays in the journal.
            reason: why.
            on: the day on which that was found.
        """
        fact = Fact(machine=self.machine, step=VOID, on=on, evidence=Notice(reason=reason))
        return self._kept(fact, Basis.CORRECTION, replaces)

    def _kept(self, fact: Fact, basis: Basis, replaces: int | None) -> Accepted[F]:
        draft = Draft(
            self.id, self.machine, fact.step, fact.outcome, fact.on, fact.by, fact.evidence, basis,
            (), (), fact.state, fact.sources, replaces,
        )  # fmt: skip
        refold = replaces is not None or (sort_day(fact.on), _rank(self.machine, fact.step)) < self.tail
        case = _applied(self, draft)
        if refold:  # what is judged on it would be stale, and no journal takes it
            case = change(case, entries=self.entries)
        return Accepted(draft, case, fact.on, refold=refold)

    def move(self, procedure: str, *, on: date, rules: RuleBook, reason: str) -> Accepted[F]:
        """Move the case to another procedure of its country, by a recorded act.

        Raises:
            ProcedureUnknown: the book has no such procedure on the day.
            EvidenceError: no reason is given, or the book is that of another country.
        """
        if not reason.strip():
            raise EvidenceError("A case is not moved without a reason.", cure="Say why.")
        if rules.country != self.country:
            why = f"The book is that of {rules.country}, the case one of {self.country}."
            raise EvidenceError(why, cure="Give the book of the case's own country.")
        rules = of_case(rules, self) or rules
        name, capabilities = rules.pin(on, procedure)
        evidence = Move(procedure=name, capabilities=capabilities, reason=reason)
        draft = Draft(
            self.id, self.machine, MOVE, None, on, None, evidence, Basis.JUDGED, (), (rules.edition(on),),
            after=self.entries,
        )  # fmt: skip
        refold = self.last is not None and on < self.last
        case = _applied(self, draft)
        return Accepted(draft, change(case, entries=self.entries) if refold else case, on, refold=refold)

    def documents(self, on: date) -> Documents:
        """Return the design documents of a project on a day, and which of them is the registered one.

        The case is asked as it stands, for days up to now: what came later in effect is left out.

        Raises:
            EvidenceError: it is not a case of `project`, or the day is none.
        """
        return documents(self, on)

    def contacts(self, on: date) -> Contacts:
        """Return who speaks for a project on a day: the modalities of communication in force.

        Raises:
            EvidenceError: it is not a case of `project`, or the day is none.
        """
        return contacts(self, on)

    def next_steps(self, *, on: date, rules: RuleBook | None = None, register: Register = NOTHING_KNOWN) -> NextSteps:
        """Return what can be done next, by whom, with which form, and by when.

        Only what can be judged before there is an act is judged; each step names the rules still to be judged.
        """
        return NextSteps.of(self, on=on, rules=of_case(rules, self), register=register)


def attempt_all(
    acts: Iterable[tuple[Case[Any], Act[Any]]],
    *,
    rules: Books = None,
    register: Register = NOTHING_KNOWN,
) -> Together:
    """Attempt acts that belong together, such as one decision on many cases: all are accepted, or none counts.

    Args:
        acts: each case with its act; no case twice.
        rules: the country's rule book, or those of all countries such as `books`: each act is judged by the book of
            its case.
        register: what is known of other cases; each act is judged on it as it is before any of them.

    Returns:
        The answers; true where all are accepted, to be given to `journal.append_all`.

    Raises:
        EvidenceError: a case stands twice, or the book is that of another country; see also `Case.attempt`.
    """
    check_books(rules)
    pairs = [pair for pair in listed(acts, "acts") if _is_pair(pair)]
    cases = list(once(case for case, _ in pairs))
    return together(
        case.attempt(act, rules=book_of(rules, case), register=register)
        for case, (_, act) in zip(cases, pairs, strict=True)
    )


def _is_pair(pair: object) -> bool:
    if isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[1], Act):  # noqa: PLR2004 - a case and its act
        return True
    why = f"acts: {pair!r} is no case with its act."
    raise EvidenceError(why, cure="Give pairs: the case, and the step called with its evidence.")


def together(answers: Iterable[Accepted[Any] | Refused[Any] | Faulted[Any]]) -> Together:
    """Return answers that belong together; a journal takes the drafts of all of them, or none."""
    kept = tuple(answers)
    names = frozenset(answer.draft.case for answer in kept if isinstance(answer, Accepted))
    return Together(
        tuple(
            attrs.evolve(one, draft=attrs.evolve(one.draft, together=names)) if isinstance(one, Accepted) else one
            for one in kept
        )
    )


def listed(given: object, name: str) -> Iterator[Any]:
    """Iterate over what should be a list.

    Raises:
        EvidenceError: it is none.
    """
    if isinstance(given, Case | str) or not isinstance(given, Iterable):
        why = f"{name}: {given!r} is no list."
        raise EvidenceError(why, cure=f"Give a list of {name}.")
    return iter(given)


def once(cases: Iterable[Case[Any]]) -> Iterator[Case[Any]]:
    """Yield the cases as they come.

    Raises:
        EvidenceError: what is given is no list of cases, or a case stands twice in it.
    """
    seen: set[str] = set()
    for case in listed(cases, "cases"):
        if not isinstance(case, Case):
            why = f"cases: {case!r} is no case."
            raise EvidenceError(why, cure="Give cases as they stand, such as journal.case(…) or answer.case.")
        if case.id in seen:
            why = f"{case.id} stands twice among the cases."
            raise EvidenceError(why, cure="Give each case once, as it stands.")
        seen.add(case.id)
        yield case


def _check_block(name: str, place: str, block: Block, on: Day) -> None:
    """Refuse a block of a case that is no transfer, of a side that issues none there, or of years to come."""
    if name != "transfer":
        why = f"A case of {name} is about no block of credits."
        raise EvidenceError(why, cure="Leave `block` out.")
    if block.side not in (place, "JP"):
        why = f"block: {block.side} issues no credits of {place}."
        raise EvidenceError(why, cure=f"Give the side that issued them, {place} or JP.")
    ahead = [year for year in block.years or () if surely_after(date(year, 1, 1), sort_day(on))]
    if ahead:
        why = f"block: the reductions of {ahead[0]} lie after {on}."
        raise EvidenceError(why, cure="Give the calendar years in which the reductions were made.")


_JUDGED = Draft("", "", "", None, date.min, None, None, Basis.JUDGED)


def _check_rules(rules: object) -> None:
    if rules is not None and not isinstance(rules, RuleBook):
        why = f"rules: {rules!r} is no rule book."
        raise EvidenceError(why, cure='Give the book of the country, such as books["MN"].')


def check_register(register: object) -> None:
    """Let pass a register, and nothing else.

    Raises:
        EvidenceError: it is none.
    """
    if type(register) not in _REGISTERS:
        if not isinstance(register, Register):
            why = f"register: {register!r} is no register."
            raise EvidenceError(why, cure="Make one with register.of(cases) or register.facts(…), or leave it out.")
        _REGISTERS.add(type(register))


_REGISTERS: set[type] = set()
"""Classes that were found to be registers; to look once is enough."""


def _after(case: Case[F], step: str, rank: int, state: str, file: F, on: Day) -> Case[F]:
    last = case.last
    first = on if isinstance(on, date) else on.not_before
    if first is not None and (last is None or first > last):
        last = first
    days = {**case.days, step: on}
    tail = (on if isinstance(on, date) else sort_day(on), rank)
    return change(case, state=state, file=file, days=days, last=last, tail=tail, entries=case.entries + 1)


def _rank(name: str, step: str) -> int:
    steps = MACHINES[name].steps
    return steps[step].rank if step in steps else len(steps)


def _opened(entry: Entry | Draft) -> Case[Any]:
    opening = entry.evidence
    if not isinstance(opening, Opening):
        why = f"The opening of the case {entry.case} says nothing of its country."
        raise EvidenceError(why, cure="Open the case with Case.open.")
    steps = machine(entry.machine)
    return Case(
        id=entry.case,
        machine=entry.machine,
        country=opening.country,
        track=opening.track,
        procedure=pinned(opening.procedure, opening.capabilities),
        state=str(steps.start),
        file=steps.opened(steps.new_file(), opening, entry.on),
        last=exact(entry.on),
        entries=1,
    )


def _applied(case: Case[F], entry: Entry | Draft) -> Case[F]:
    """Return the case after one entry: no rule is asked and no engine runs."""
    if entry.step == VOID:
        return case
    if entry.step == OBSERVE:
        state = entry.state or case.state
        file = machine(case.machine).seen(case.file, case.state, state, entry.on)
        return _after(case, OBSERVE, _rank(case.machine, OBSERVE), state, file, entry.on)
    if entry.step == MOVE and isinstance(entry.evidence, Move):
        moved = _after(case, MOVE, _rank(case.machine, MOVE), case.state, case.file, entry.on)
        return change(moved, procedure=pinned(entry.evidence.procedure, entry.evidence.capabilities))
    step = machine(case.machine).step(entry.step)
    file, outcome, evidence = case.file, entry.outcome, entry.evidence
    if evidence is not None:
        if outcome is None and step.derive is not None:
            outcome = step.derive(file, evidence)
        file = step.apply(file, evidence, entry.on)
    elif step.bare is not None:
        file = step.bare(file, entry.on)
    return _after(case, step.name, step.rank, step.lands(case.state, outcome), file, entry.on)


def fold(entries: Iterable[Entry]) -> Case[Any]:
    """Make a case of its entries, in the order of their effect.

    Raises:
        UnknownCase: there is no entry, they are of several cases, or none of them opens the case.
    """
    entries = tuple(entries)
    placed = in_effect(entries)
    if not placed or placed[0].step != OPEN:
        why = "No entry opens the case." if placed else "There is no entry to make a case of."
        raise UnknownCase(why, cure="Give all entries of one case, from its opening on.")
    case = _opened(placed[0])
    for entry in placed[1:]:
        if entry.case != case.id:
            why = f"Entries of {case.id} and of {entry.case} are not one case."
            raise UnknownCase(why, cure="Give the entries of one case.")
        case = _applied(case, entry)
    return case if case.entries == len(entries) else attrs.evolve(case, entries=len(entries))
