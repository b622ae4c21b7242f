"""Cases of every kind against one register and in one journal on disk: whatever is done, it all stays coherent.

Acts, the clock, effects of changes, and in half of the runs also facts, corrections and voids come in any order. After
each of them it is looked up that the rules of integrity hold, that the journal folds, verifies and judges again to what
the answers gave, and that the register says of the cases what they are. Everything here is synthetic.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jcm_cycle import (
    Accepted,
    Actor,
    Case,
    Faulted,
    Journal,
    Outcome,
    Role,
    RuleBook,
    due,
    evidence as ev,
    linked,
    register,
    rejudge,
    tick,
    verify,
)
from jcm_cycle.days import UNKNOWN_DAY, Between, Period, exact, surely_by
from jcm_cycle.errors import ReferenceTaken
from jcm_cycle.register import No, NotKnown, Yes
from jcm_cycle.states import CAPABILITIES, MACHINES, Step, step_of
from tests import coherence
from tests.papers import evidence

KINDS = {
    "project": 2, "issuance": 3, "methodology": 2, "tpe": 1, "idea": 1, "change": 3, "transfer": 2, "loss": 1
}  # fmt: skip
"""How many cases of each machine there can be."""
NAMES = [f"{kind} {number}" for kind, count in KINDS.items() for number in range(count)]
START, SINCE = date(2023, 1, 2), date(2021, 1, 1)
"""The day on which cases are opened, and the first day on which Synthetia has a procedure."""
FIRST = (
    (), ("project 0", "issuance 0"), ("project 1", "issuance 1", "change 1"), ("project 0", "change 0", "change 2"),
    ("transfer 0",), ("methodology 0", "tpe 0"), ("idea 0", "loss 0", "project 0"),
)  # fmt: skip
"""Cases that have gone their usual way before a run begins."""
VALUES = {
    "methodology.completeness": 7, "methodology.public_inputs": 15, "methodology.consideration": 60,
    "methodology.consideration_extended": 90, "tpe.completeness": 30,
}  # fmt: skip
TIMED = ("project.close_public_inputs.full_window", "project.check_request.in_time")
"""Rules on windows and limits, which judge what the clock does."""
PERIODS = (
    Period(date(2021, 1, 1), date(2021, 12, 31)),
    Period(date(2022, 1, 1), date(2022, 12, 31)),
    Period(date(2021, 7, 1), date(2022, 6, 30)),
    Period(date(2022, 1, 1), date(2040, 12, 31)),
)
"""Two that do not share a day, one that shares days with both, and one that is not over."""

Pick = Callable[[Sequence[Any]], Any]


def lines(split: tuple[int, int]) -> tuple[ev.AllocationLine, ...]:
    """Return what Japan and the host get."""
    return tuple(ev.AllocationLine(side=side, amount=amount) for side, amount in zip(("JP", "ZZ"), split, strict=True))


def parts(case: Case[Any], sizes: tuple[int, int]) -> tuple[ev.BlockPart, ...]:
    """Return parts of a block."""
    return tuple(ev.BlockPart(case=f"{case.id}, part {size}", amount=size) for size in sizes)


def verified(case: Case[Any]) -> tuple[ev.YearAmount, ...]:
    """Return what is verified of an issuance."""
    year = case.file.period.start.year if case.file.period is not None else 2022
    return (ev.YearAmount(year=year, amount=100),)


PERHAPS: dict[str, Callable[[Pick, Case[Any]], dict[str, Any]]] = {
    "project.publish_pdd": lambda pick, _: {"reference": pick(("ZZ001", "ZZ002"))},
    "project.republish_pdd": lambda pick, case: {"reference": pick((*case.references[-1:], "ZZ001", "ZZ002"))},
    "project.apply_change": lambda pick, _: {"change": pick(("change 0", "change 1", "change 2"))},
    "project.renew": lambda pick, _: {"change": pick(("change 0", "change 1", "change 2"))},
    "project.withdraw_project": lambda pick, _: {"change": pick(("change 0", "change 1", "change 2"))},
    "issuance.submit_monitoring_report": lambda pick, _: {"period": pick(PERIODS)},
    "issuance.revise_monitoring_report": lambda pick, _: {"period": pick(PERIODS)},
    "issuance.conclude_verification": lambda _, case: {"amounts": verified(case)},
    "issuance.request_issuance": lambda pick, _: {
        "amount": pick((100, 100, 101)), "lines": lines(pick(((60, 40), (60, 40), (61, 40))))
    },
    "issuance.decide_issuance": lambda pick, _: {"lines": lines(pick(((60, 40), (60, 40), (61, 40), (0, 0))))},
    "issuance.issue_credits": lambda pick, _: dict(
        zip(("side", "amount"), pick((("JP", 60), ("ZZ", 40), ("JP", 61), ("JP", 30))), strict=True)
    ),
    "methodology.check_proposal": lambda pick, _: {"reference": pick(("ZZ_PM001", "ZZ_PM002"))},
    "methodology.decide_methodology": lambda pick, _: {
        "number": pick(("ZZ_AM001", "ZZ_AM002")), "version": pick(("1.0", "2.0"))
    },
    "tpe.decide_designation": lambda pick, _: {"number": pick(("TPE-ZZ-001", None))},
    "idea.decide_idea": lambda pick, _: {"number": pick(("ZZ_PIN001", None))},
    "change.decide_change": lambda pick, case: {"effective_on": pick((None, case.last + timedelta(days=200)))},
    "change.request_change": lambda pick, _: {"kind": pick(tuple(ev.ChangeKind))},
    "change.resubmit": lambda pick, _: {"kind": pick(tuple(ev.ChangeKind))},
    "transfer.record_authorisation": lambda pick, _: {"party": pick(("ZZ", "JP"))},
    "transfer.record_adjustment": lambda pick, _: {"party": pick(("ZZ", "JP"))},
    "transfer.record_report": lambda pick, _: {"party": pick(("ZZ", "JP"))},
    "transfer.split_block": lambda pick, case: {"parts": parts(case, pick(((4, 6), (4, 7))))},
}  # fmt: skip
"""What papers say that are good by themselves, but perhaps not with what else there is; what is good comes first."""


def paper(step: Step[Any, Any], outcome: Outcome | None, case: Case[Any], pick: Pick) -> Any:
    """Return a paper for a step that ends so."""
    made = evidence(step, outcome)
    said = PERHAPS[step.id](pick, case) if step.id in PERHAPS else {}
    if isinstance(made, ev.JointCommitteeDecision) and outcome in (Outcome.OTHERWISE, Outcome.REFUSED, Outcome.ZERO):
        said = {}
    if isinstance(made, ev.CompletenessConclusion) and outcome is Outcome.INCOMPLETE:
        said = {}
    return attrs.evolve(made, **said)


class AllKinds(RuleBasedStateMachine):
    """One register, one journal, and the cases as the answers gave them."""

    book: ClassVar[RuleBook]
    seen: ClassVar[Counter[str]] = Counter()
    """How often each step was accepted and each kind of deed done, over all runs."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.journal = Journal(self.folder / "journal.jsonl")
        self.cases: dict[str, Case[Any]] = {}
        self.acts: list[tuple[str, Any]] = []
        self.on = START
        self.judged = True

    def teardown(self) -> None:
        """Leave nothing on disk."""
        shutil.rmtree(self.folder)

    @property
    def known(self) -> register.Register:
        """The register of all cases; of numbers it knows all."""
        return register.of(self.cases.values(), complete=("numbers",))

    def keep(self, answer: Any) -> None:
        """Append an answer, and go on from what it gave, or from the fold where that has to be made anew."""
        self.journal.append(answer, at=datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=len(self.journal)))
        name = answer.case.id
        self.cases[name] = self.journal.case(name) if answer.refold else answer.case
        self.seen[f"{answer.draft.machine}.{answer.draft.step}"] += answer.draft.basis == "judged"

    def case(self, name: str) -> Case[Any]:
        """Return a case, opened and kept when it is first asked for."""
        if name not in self.cases:
            kind, number = name.split()
            made, of = MACHINES[kind], None
            if made.of is not None:
                of = self.case(f"{made.of} {int(number) % KINDS[made.of]}").id
            block = ev.Block(side="ZZ", amount=10, years=(2022,)) if kind == "transfer" else None
            has = dict.fromkeys(CAPABILITIES, "yes")
            given = ev.Opening(country="ZZ", procedure="full", capabilities=has, of=of, block=block)
            self.keep(Case.imported(made, name, given, on=START))
        return self.cases[name]

    @initialize(facts=st.booleans(), first=st.sampled_from(FIRST), count=st.integers(3, 9))
    def begin(self, facts: bool, first: tuple[str, ...], count: int) -> None:  # noqa: FBT001 - drawn
        """Say whether things from elsewhere are recorded, which nobody judged, and which cases have gone their way."""
        self.judged = not facts
        for name in first:
            self.go(name, count if name == first[-1] else 9, 0)

    # -- deeds -------------------------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(NAMES), days=st.integers(0, 40), data=st.data())
    def act(self, name: str, days: int, data: st.DataObject) -> None:
        """Attempt something that the table allows, or now and then anything."""
        case = self.case(name)
        self.on += timedelta(days=days)
        every = list(MACHINES[case.machine].steps.values())
        here = [step for step in every if step.taken_in(case.state)]
        step = data.draw(st.sampled_from([*here, *here, every[0]]), "step")
        outcome = data.draw(st.sampled_from(list(step.rows)), "outcome")
        made = paper(step, outcome, case, lambda some: data.draw(st.sampled_from(some)))
        role = data.draw(st.sampled_from([*sorted(step.by), *sorted(step.by), Role.PUBLIC]))
        self.attempt(name, step(made, by=Actor(role), on=self.on))

    @rule(name=st.sampled_from(NAMES), count=st.integers(1, 8), choice=st.integers(0, 63))
    def along(self, name: str, count: int, choice: int) -> None:
        """Go some steps along the usual way, on papers that are good or a little other; the last may end in any way."""
        self.go(name, count, choice, ending=choice)

    def go(self, name: str, count: int, choice: int, ending: int = 0) -> None:
        """Attempt the next steps of the usual way, ten days after each other."""

        def pick(some: Sequence[Any]) -> Any:
            nonlocal choice
            choice, place = choice // 4, choice % 4 % len(some)
            return some[place]

        for left in range(count, 0, -1):
            self.on += timedelta(days=10)
            case = self.case(name)
            step = usual(case)
            if step is None:
                return
            ways = list(step.rows)
            made = paper(step, ways[ending % len(ways)] if left == 1 and step.named else ways[0], case, pick)
            role = max(step.by)
            if step.by == set(PARTIES):
                role = PARTIES[sum(one == name and act.step == step.name for one, act in self.acts) % 2]
                made = attrs.evolve(made, party=coherence.SPEAKS[role])
            if step.name == "issue_credits":
                japan = any(part.side == "JP" for part in case.file.issued)
                made = attrs.evolve(made, **({"side": "ZZ", "amount": 40} if japan else {"side": "JP", "amount": 60}))
            self.attempt(name, step(made, by=role, on=self.on))

    def attempt(self, name: str, act: Any) -> bool:
        """Attempt an act; what is accepted is kept, and what is refused leaves all as it was."""
        before, case = len(self.journal), self.cases[name]
        answer = case.attempt(act, rules=self.book, register=self.known)
        assert not isinstance(answer, Faulted), answer.error
        if isinstance(answer, Accepted):
            self.keep(answer)
            self.acts.append((name, act))
            step = MACHINES[case.machine].steps[act.step]
            assert answer.case.state == step.targets[answer.outcome][case.state]
        else:
            assert answer.refusals
            assert answer.case is case
            assert len(self.journal) == before
            self.seen["refused"] += 1
        return bool(answer)

    @rule(days=st.integers(0, 90))
    def clock(self, days: int) -> None:
        """Let time pass: what the clock does then is accepted, and asked again it has nothing to do."""
        self.on += timedelta(days=days)
        pairs = tick(self.cases.values(), self.on, rules=self.book, register=self.known)
        for case, act in pairs:
            if self.cases[case.id] is case:
                assert self.attempt(case.id, act)
                self.seen["tick"] += 1
        if len({case.id for case, _ in pairs}) == len(pairs):
            assert tick(self.cases.values(), self.on, rules=self.book, register=self.known) == ()

    @rule()
    def effects(self) -> None:
        """Apply what approved changes have made ready."""
        for ready in linked.effects(self.cases.values()):
            state, since = self.cases[ready.case].state, exact(ready.since)
            step = MACHINES["project"].steps[ready.step.partition(".")[2]]
            last = self.cases[ready.case].last
            taken = self.attempt(ready.case, ready.act(on=self.on))
            if self.judged and since is not None and since <= self.on and step.taken_in(state):
                assert taken or last is None or last > self.on
            self.seen["effect"] += taken

    @rule(name=st.sampled_from(("transfer 0", "transfer 1")), sizes=st.sampled_from(((4, 6), (4, 7))))
    def split(self, name: str, sizes: tuple[int, int]) -> None:
        """Split a block, wherever it stands: each part stands where it stood, and they sum to it."""
        before = self.case(name)
        paper = ev.BlockSplit(parts=parts(before, sizes))
        if any(part.case in self.cases for part in paper.parts):  # an earlier split was voided; its parts have ids
            return
        if not self.attempt(name, MACHINES["transfer"].steps["split_block"](paper, by=Role.REGISTRY, on=self.on)):
            return
        whole = self.cases[name]
        for answers in linked.children(whole):
            for answer in answers:
                self.keep(answer)
            self.seen["part"] += 1
        found = [self.cases[part.case] for part in whole.file.parts]
        assert sum(part.file.block.amount for part in found) == whole.file.block.amount
        assert not self.judged or {part.state for part in found} == {before.state}

    @precondition(lambda self: not self.judged)
    @rule(name=st.sampled_from(NAMES), back=st.integers(0, 60), data=st.data())
    def fact(self, name: str, back: int, data: st.DataObject) -> None:
        """Record something from elsewhere, of a day that may not be known."""
        case, made = self.case(name), MACHINES[name.split(maxsplit=1)[0]]
        day = self.on - timedelta(days=back)
        on = data.draw(st.sampled_from((day, day, Between(day, self.on), UNKNOWN_DAY)))
        if data.draw(st.booleans()):
            step = data.draw(st.sampled_from(list(made.steps.values())))
            told = made.step(step.name).fact(on=on, evidence=drawn(step, case, data))
        else:
            told = made.observed(data.draw(st.sampled_from(sorted(made.states))), on=on)
        self.write(case.record(told), "fact")

    @precondition(lambda self: not self.judged)
    @rule(data=st.data())
    def mend(self, data: st.DataObject) -> None:
        """Void an entry that counts, or put another fact in its place."""
        gone = {entry.replaces for entry in self.journal}
        counts = [one for one in self.journal if one.seq not in gone and one.step not in ("open", "void")]
        if not counts:
            return
        entry = data.draw(st.sampled_from(counts))
        case, made = self.cases[entry.case], MACHINES[entry.machine]
        if data.draw(st.booleans()):
            answer = case.void(replaces=entry.seq, reason="a mistake", on=self.on)
        else:
            step = data.draw(st.sampled_from(list(made.steps.values())))
            answer = case.correct(step.fact(on=self.on, evidence=drawn(step, case, data)), replaces=entry.seq)
        self.write(answer, "correction")

    def write(self, answer: Accepted[Any], deed: str) -> None:
        """Keep what nobody judged; a number that is taken is told, and then nothing is written."""
        before = len(self.journal)
        try:
            self.keep(answer)
        except ReferenceTaken:
            assert len(self.journal) == before
            deed = "number taken"
        self.seen[deed] += 1

    # -- what must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def integrity_holds(self) -> None:
        """In what was judged; a fact from elsewhere is not refused, and an audit lists what contradicts it."""
        if self.judged:
            assert list(coherence.broken(self.cases, self.acts, SINCE)) == []

    @invariant()
    def the_journal_is_what_the_answers_gave(self) -> None:
        """For whoever holds it and whoever opens it again; the chain is whole, and judging again gives the same."""
        if not len(self.journal):
            return
        again = Journal(self.journal.path)
        assert again.entries() == self.journal.entries()
        assert again.head == self.journal.head
        for name, case in self.cases.items():
            assert self.journal.case(name) == again.case(name) == case
        assert verify(self.journal.path, head=self.journal.head).intact
        told = rejudge(again)
        assert (told.differs, told.revised) == ((), ())

    @invariant()
    def a_reference_is_of_one_case(self) -> None:
        """And the journal finds that case by it."""
        if self.judged:
            given = Counter(reference for case in self.cases.values() for reference in case.references)
            assert [reference for reference, count in given.items() if count > 1] == []
            assert [entry.seq for entry in self.journal] == list(range(1, len(self.journal) + 1))

    @invariant()
    def what_was_true_and_known_only_grows(self) -> None:
        """What surely had effect by a day had it by a later one; what was known at an instant is known later."""
        for name in self.cases:
            days = [START - timedelta(days=90), START, START + (self.on - START) / 2, self.on, date(2050, 1, 1)]
            sure = [{entry.seq for entry in self.journal.selection(name, day=day)} for day in days]
            assert all(one <= other for one, other in pairwise(sure))
            assert not sure[-1] & {entry.replaces for entry in self.journal}
            for day, seqs in zip(days, sure, strict=True):
                entries = [self.journal.entry(seq) for seq in seqs]
                assert all(entry.step == "open" or surely_by(entry.on, day) for entry in entries)
            held = [entry.recorded_at for entry in self.journal.entries(name)]
            assert held == sorted(held)
            known = [self.journal.selection(name, instant=at).entries for at in held]
            assert all(other[: len(one)] == one for one, other in pairwise(known))
            if self.judged:
                assert self.journal.case(name, as_of=self.on) == self.cases[name]

    @invariant()
    def what_is_due_can_be_asked_for_any_day(self) -> None:
        """Days left go down by one a day; the clock only names what it has to do."""
        for day in (START, self.on, self.on + timedelta(days=400)):
            today, tomorrow = (due(self.cases.values(), on, rules=self.book) for on in (day, day + timedelta(days=1)))
            later = {(item.case, item.what, item.until): item.days_left for item in tomorrow}
            for item in today:
                step = step_of(item.what) if item.kind != "end" else None
                if step is not None:
                    assert step.taken_in(self.cases[item.case].state)
                    assert step.region is None or getattr(self.cases[item.case].file, step.region[0]) == step.region[1]
                assert item.days_left is None or later[item.case, item.what, item.until] in (None, item.days_left - 1)
            for case, act in tick(self.cases.values(), day, rules=self.book, register=self.known):
                assert (act.by.role, act.on <= day) == (Role.CLOCK, True)
                assert case.attempt(act, rules=self.book, register=self.known)

    @invariant()
    def the_register_says_what_the_cases_are(self) -> None:
        """Yes only where a case is so, and never no where it is."""
        known = self.known
        for case in self.cases.values():
            for reference in case.references if self.judged else ():
                assert isinstance(known.number(reference, case.id), No)
                assert isinstance(known.number(reference, "another"), Yes)
            getattr(self, f"told_{case.machine}", lambda *_: None)(known, case)

    def told_project(self, known: register.Register, case: Case[Any]) -> None:
        """It is registered from its registration on, also when it is withdrawn later, and knows its issuances."""
        told = known.project(case.id)
        assert told is not None
        assert told.registered is (case.state in ("registered", "crediting_ended", "withdrawn"))
        assert (told.ended_on is not None) is (case.state == "withdrawn")
        own = {
            one.id: one
            for one in self.cases.values()
            if one.machine == "issuance" and one.file.of == case.id and one.state != "monitoring"
        }
        periods = known.periods(case.id)
        assert periods.complete
        assert {period.case: period.period for period in periods.known} == {
            name: one.file.period for name, one in own.items()
        }
        for period in periods.known:
            freed = own[period.case].state in ("request_withdrawn", "not_issued", "discontinued")
            assert period.counts is not freed

    def told_methodology(self, known: register.Register, case: Case[Any]) -> None:
        """Its version is approved from the decision on, and not before; none is where the Committee approved none."""
        version, on = case.file.approved, exact(case.file.decided_on) if case.file.decided_on is not None else None
        if version is None or on is None or not self.judged:
            return
        assert case.state == "approved"
        assert isinstance(known.methodology(version, on - timedelta(days=1)), No)
        assert isinstance(known.methodology(version, on), Yes | NotKnown)
        assert not isinstance(known.methodology(version, self.on), No)

    def told_tpe(self, known: register.Register, case: Case[Any]) -> None:
        """It is usable today only where it stands designated; suspended, withdrawn or refused it is not."""
        if case.file.title is None or not self.judged:
            return
        answer = known.entity("ZZ", case.file.title, "validation", (1,), self.on)
        if case.state == "designated":
            assert isinstance(answer, Yes | No)
        else:
            assert not isinstance(answer, Yes), case.state

    def told_idea(self, known: register.Register, case: Case[Any]) -> None:
        """No objection is yes from the decision on, an objection is no."""
        for reference in case.references if self.judged else ():
            answer = known.idea("ZZ", reference, self.on)
            said = {"no_objection": Yes, "objected": No}.get(case.state, NotKnown)
            assert isinstance(answer, said)

    def told_change(self, known: register.Register, case: Case[Any]) -> None:
        """It makes its effect ready for its own project only where it was approved."""
        if case.file.kind is None or not self.judged:
            return
        for step in ("apply_change", "renew", "withdraw_project"):
            for project in ("project 0", "project 1"):
                answer = known.change(case.id, project, step, self.on)
                mine = project == case.file.of and step == register_effect(case)
                holds = mine and case.state == "approved" and case.file.effective_on <= self.on
                assert isinstance(answer, Yes) is holds
                assert isinstance(answer, No) is not holds


def register_effect(case: Case[Any]) -> str:
    """Return the step of the project that a change makes ready."""
    return {
        "post_registration_change": "apply_change", "renewal": "renew", "project_withdrawal": "withdraw_project"
    }[case.file.kind]  # fmt: skip


def drawn(step: Step[Any, Any], case: Case[Any], data: st.DataObject) -> Any:
    """Return some paper for a step."""
    outcome = data.draw(st.sampled_from(list(step.rows)))
    return paper(step, outcome, case, lambda some: data.draw(st.sampled_from(some)))


OTHER = {"project 1": 1, "issuance 2": 1, "methodology 1": 17, "change 1": 1, "change 2": 2}
"""What the later cases of a kind say otherwise: another number, period, version or kind of change."""
INVARIANTS = (
    AllKinds.integrity_holds, AllKinds.the_journal_is_what_the_answers_gave, AllKinds.a_reference_is_of_one_case,
    AllKinds.what_was_true_and_known_only_grows, AllKinds.what_is_due_can_be_asked_for_any_day,
    AllKinds.the_register_says_what_the_cases_are,
)  # fmt: skip
BACK = ("withdraw", "discontinue", "revoke", "split", "end_", "lapse", "change_entity", "suspend")
"""What gives something up, or goes back."""
PARTIES = (Role.HOST_AUTHORITY, Role.JAPANESE_AUTHORITY)


def usual(case: Case[Any]) -> Step[Any, Any] | None:
    """Return the first step of the table that leads on from where a case stands, and gives nothing up."""
    for step in MACHINES[case.machine].steps.values():
        rows = list(step.targets.values())[: None if step.derive is not None else 1]
        leads = any(row.get(case.state, case.state) != case.state for row in rows)
        if leads and not step.name.startswith(BACK):
            return step
    return None


@pytest.fixture
def run(world: Any) -> Iterator[type[AllKinds]]:
    """Return the machine in a country whose book knows all windows and limits, with nothing counted yet."""
    days = {id_: {"value": value, "unit": "calendar day", "since": SINCE} for id_, value in VALUES.items()}
    AllKinds.book = world.only(adopt={id_: {"since": SINCE} for id_ in TIMED}, value=days)
    AllKinds.seen.clear()
    yield AllKinds
    AllKinds.seen.clear()


def test_cases_of_all_kinds_stay_coherent(run: type[AllKinds]) -> None:
    """In every run all that must hold holds; together the runs do something with cases of every machine."""
    run_state_machine_as_test(run, settings=settings(stateful_step_count=40, suppress_health_check=list(HealthCheck)))
    taken = {deed.partition(".")[0] for deed, count in run.seen.items() if count}
    assert set(MACHINES) | {"refused", "fact", "correction"} <= taken


def test_a_run_can_come_to_all_that_it_is_about(run: type[AllKinds]) -> None:
    """To the end of each usual way, to effects of changes, parts of blocks and what the clock does."""
    one = run()
    for name in ("methodology 0", "methodology 1"):
        one.go(name, 2, OTHER.get(name, 0))
    one.clock(60)
    for name in NAMES:
        one.go(name, 3 if name == "transfer 1" else 9, OTHER.get(name, 0))
    one.effects()
    one.split("transfer 1", (4, 6))
    one.write(one.cases["loss 0"].record(MACHINES["loss"].observed("returned", on=one.on)), "fact")
    states = {name: case.state for name, case in one.cases.items()}
    for holds in INVARIANTS:
        holds(one)
    one.teardown()
    assert states == {
        "project 0": "withdrawn", "project 1": "registered",
        "issuance 0": "issued", "issuance 1": "issued", "issuance 2": "issued",
        "methodology 0": "approved", "methodology 1": "approved", "tpe 0": "designated", "idea 0": "no_objection",
        "change 0": "approved", "change 1": "approved", "change 2": "approved",
        "transfer 0": "reported", "transfer 1": "split", "transfer 1, part 4": "first_transferred",
        "transfer 1, part 6": "first_transferred", "loss 0": "returned",
    }  # fmt: skip
    assert (run.seen["tick"], run.seen["effect"]) == (2, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_however_a_way_ends_the_register_says_so(run: type[AllKinds], kind: str) -> None:
    """Each step of the usual way ends in each of its ways, alone in a journal of its own."""
    ends = set()
    for count in range(1, 9):
        for ending in range(4):
            one = run()
            if kind == "issuance":
                one.go("project 0", 9, 0)
            one.go(f"{kind} 0", count, 0, ending=ending)
            for holds in INVARIANTS:
                holds(one)
            ends.add(one.cases[f"{kind} 0"].state)
            one.teardown()
    given_up = {"withdrawn", "request_withdrawn", "discontinued", "waived", "revoked", "split", "suspended"}
    assert {name for name, state in MACHINES[kind].states.items() if state.final} - given_up <= ends
