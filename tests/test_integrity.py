"""Projects, periods, changes and blocks of credits against one register: whatever is tried, the record stays coherent.

What must hold is looked up in the cases themselves, and not by asking the rules. Each rule of integrity is needed:
without it, a run is found in which something does not hold. Everything here is synthetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, cast

import attrs
import pytest
from attrs import define, field
from hypothesis import find, given, settings, strategies as st
from hypothesis.errors import NoSuchExample

from jcm_cycle import Case, Outcome, Role, RuleBook, evidence as ev, issuance, project, register
from jcm_cycle.days import Period
from jcm_cycle.rules import rules
from jcm_cycle.states import EFFECTS, change, transfer
from tests import coherence

INTEGRITY = sorted(rule.id for rule in rules().values() if rule.integrity is not None and ".zz" not in rule.id)
RULES_SINCE = date(2021, 1, 1)
"""The first day on which Synthetia has a procedure."""
PERIODS = (
    Period(date(2021, 1, 1), date(2021, 6, 30)),
    Period(date(2021, 7, 1), date(2021, 12, 31)),
    Period(date(2021, 6, 1), date(2021, 7, 31)),
    Period(date(2022, 1, 1), date(2030, 12, 31)),
)
"""Two that do not share a day, one that shares days with both, and one that is not over."""
NUMBERS = ("ZZ001", "ZZ001", "ZZ002")
SPLITS = (((60, 40), None), ((60, 40), 99), ((61, 40), None), ((0, 0), None), ((100, 1), None))
"""What is notified to Japan and the host, with a total beside it: within the 100 t verified, or not."""

Operation = tuple[str, int, int]
CREDITED = ("project", "issuance", "issuance", "withdraw")
AFTERWARDS = ("project", "change", "effect", "transfer", "transfer")


def operations_of(*kinds: str) -> st.SearchStrategy[list[Operation]]:
    """Return runs of operations of these kinds."""
    one = st.tuples(st.sampled_from(kinds), st.integers(0, 2), st.integers(0, 7))
    return st.lists(one, min_size=1, max_size=24)


OPERATIONS = operations_of(*CREDITED, *AFTERWARDS)
STARTS = st.sampled_from([date(2023, 1, 2), date(2020, 3, 2)])


KINDS = tuple(ev.ChangeKind)
BLOCK = ev.Block(side="ZZ", amount=10, years=(2022,))
HOST, JAPAN = Role.HOST_AUTHORITY, Role.JAPANESE_AUTHORITY


@define
class Run:
    """Two projects, three issuances, three changes and three blocks, all in one register.

    Issuances and changes 0 and 2 are of the first project, 1 is of the second; each block is of its issuance.
    """

    book: RuleBook
    world: Any
    day: date
    cases: dict[str, Case[Any]] = field(factory=dict)
    acts: list[tuple[str, Any]] = field(factory=list)

    def case(self, name: str) -> Case[Any]:
        """Return a case, opened when it is first asked for."""
        if name not in self.cases:
            kind, number = name[0], int(name[1:])
            if kind == "p":
                opened = Case.open(project, name, on=self.day, country="ZZ").case
            elif kind == "t":
                block = attrs.evolve(BLOCK, years=(min(2022, self.day.year),))
                opening = ev.Opening(country="ZZ", of=f"i{number}", block=block)
                opened = Case.imported(transfer, name, opening, on=self.day).case
            else:
                whole = self.case(f"p{number % 2}")
                opened = Case.open(issuance if kind == "i" else change, name, on=self.day, country="ZZ", of=whole).case
            self.cases[name] = opened
        return self.cases[name]

    def attempt(self, name: str, act: Any) -> bool:
        """Attempt an act on a case; what is accepted is kept."""
        known = register.of(self.cases.values(), complete=("numbers",))
        answer = self.case(name).attempt(act, rules=self.book, register=known)
        if answer:
            self.cases[name] = answer.case
            self.acts.append((name, act))
        return bool(answer)

    def take(self, operation: Operation) -> None:
        """Try one operation, a fortnight after the last."""
        kind, number, choice = operation
        self.day += timedelta(days=14)
        if kind == "project":
            self.register(f"p{number % 2}", NUMBERS[choice % len(NUMBERS)])
        elif kind == "issuance":
            self.advance(f"i{number}", choice % 6)
        elif kind == "change":
            self.ask(f"c{number}", choice)
        elif kind == "effect":
            step = EFFECTS[KINDS[choice % len(KINDS)]]
            paper = ev.ChangeEffect(change=f"c{number}")
            self.attempt(f"p{choice % 2}", step(paper, by=Role.LINKED_CASE, on=self.day))
        elif kind == "transfer":
            self.move(f"t{number}", choice)
        else:
            gone = project.withdraw_project(ev.ChangeEffect(change="w"), by=Role.LINKED_CASE, on=self.day)
            self.attempt(f"p{number % 2}", gone)

    def ask(self, name: str, choice: int) -> None:
        """Try the next step of a change, which may be refused."""
        state, step = self.case(name).state, change.request_change
        paper: Any = ev.ChangeRequest(kind=KINDS[choice % len(KINDS)])
        by = Role.PARTICIPANT
        if state == "requested":
            step, paper, by = change.check_request, ev.CompletenessConclusion(conclusion="complete"), Role.SECRETARIAT
        elif state == "under_consideration":
            decision = (Outcome.APPROVED, Outcome.REFUSED)[choice % 2]
            step, paper, by = change.decide_change, ev.JointCommitteeDecision(decision=decision), Role.JOINT_COMMITTEE
        self.attempt(name, step(paper, by=by, on=self.day))

    def move(self, name: str, choice: int) -> None:
        """Try a step of a block that its state allows, by and for a Party that may be the wrong one."""
        state = self.case(name).state
        role, party = (HOST, JAPAN)[choice % 2], ("ZZ", "JP", "JP", "ZZ")[choice % 4]
        ways: dict[str, list[Any]] = {
            "unauthorised": [(transfer.record_authorisation, ev.Authorisation(party=party), role)],
            "first_transferred": [
                (transfer.record_adjustment, ev.Adjustment(party=party), role),
                (transfer.record_use, ev.UseRecord(), Role.REGISTRY),
                (transfer.record_cancellation, ev.CancellationRecord(), Role.REGISTRY),
                (transfer.split_block, _split(choice), Role.REGISTRY),
            ],
            "adjusted": [(transfer.record_report, ev.ArticleSixReport(party=party), role)],
            "authorised": [(transfer.record_first_transfer, ev.TransferRecord(), Role.REGISTRY)],
        }
        ways["partly_authorised"] = [
            *ways["unauthorised"], (transfer.revoke_authorisation, ev.Notice(text="revoked"), role),
        ]  # fmt: skip
        for step, paper, by in ways.get(state, [])[choice // 2 % 4 :][:1] or ways.get(state, [])[:1]:
            self.attempt(name, step(paper, by=by, on=self.day))

    def register(self, name: str, number: str) -> None:
        """Take a project to registration, as far as it is let."""
        made = {"publish_pdd": {"reference": number}, "decide_registration": {"cases": (number,), "decided_on": None}}
        for step in (
            "submit_pdd", "publish_pdd", "conclude_validation", "request_registration", "check_request",
            "decide_registration",
        ):  # fmt: skip
            if not self.attempt(name, self.world.act(step, on=self.day, **made.get(step, {}))):
                return

    def advance(self, name: str, choice: int) -> None:
        """Try the next step of an issuance, on amounts and days that may be wrong."""
        state = self.case(name).state
        if state == "monitoring":
            act: Any = issuance.submit_monitoring_report(
                ev.MonitoringReport(period=PERIODS[choice % len(PERIODS)]), by=Role.PARTICIPANT, on=self.day
            )
        elif state == "reported":
            amounts = (ev.YearAmount(year=self.case(name).file.period.start.year, amount=100),)
            report = ev.VerificationReport(opinion="positive", amounts=amounts)
            act = issuance.conclude_verification(report, by=Role.ENTITY, on=self.day)
        elif state == "verified":
            asked = (100, 101, 100)[choice % 3]
            lines = _lines((60, 41 if asked == 101 or choice % 3 == 2 else 40))
            request = ev.IssuanceRequest(amount=asked, lines=lines)
            act = issuance.request_issuance(request, by=Role.PARTICIPANT, on=self.day)
        elif state == "issuance_requested":
            done = ev.CompletenessConclusion(conclusion="complete")
            act = issuance.check_request(done, by=Role.SECRETARIAT, on=self.day)
        elif state == "under_consideration":
            split, amount = SPLITS[choice % len(SPLITS)]
            decision = ev.JointCommitteeDecision(decision=Outcome.NOTIFIED, lines=_lines(split), amount=amount)
            act = issuance.decide_issuance(decision, by=Role.JOINT_COMMITTEE, on=self.day)
        elif state == "notified":
            side, amount = (("JP", 60), ("ZZ", 40), ("JP", 61), ("ZZ", 41), ("JP", 30), ("ZZ", 20))[choice]
            act = issuance.issue_credits(ev.RegistryIssuance(side=side, amount=amount), by=Role.SIDE, on=self.day)
        else:
            return
        self.attempt(name, act)

    def broken(self) -> Iterator[str]:
        """Yield the rules of integrity that do not hold in the cases as they stand."""
        return coherence.broken(self.cases, self.acts, RULES_SINCE)


def _split(choice: int) -> ev.BlockSplit:
    return ev.BlockSplit(parts=(ev.BlockPart(case="a", amount=4), ev.BlockPart(case="b", amount=6 + choice // 2 % 2)))


def _lines(split: tuple[int, int]) -> tuple[ev.AllocationLine, ...]:
    return tuple(ev.AllocationLine(side=side, amount=amount) for side, amount in zip(("JP", "ZZ"), split, strict=True))


def broken(world: Any, book: RuleBook, start: date, operations: list[Operation]) -> set[str]:
    """Return the rules that ever did not hold in a run."""
    run = Run(book, world, start)
    found: set[str] = set()
    for operation in operations:
        run.take(operation)
        found |= set(run.broken())
    return found


BEFORE = ("common.", "issuance.")
"""The rules on what happens up to issued credits; the others are on what follows."""


@contextmanager
def without(name: str) -> Iterator[None]:
    """Take one rule out of those that there are."""
    known = cast("dict[str, Any]", rules())
    kept = dict(known)
    del known[name]
    try:
        yield
    finally:
        known.clear()
        known.update(kept)


@given(STARTS, OPERATIONS)
def test_in_every_run_the_rules_of_integrity_hold(world: Any, start: date, operations: list[Operation]) -> None:
    """Sums, amounts, periods, registration and numbers, whatever is tried in whatever order."""
    assert broken(world, world.only(), start, operations) == set()


def test_a_run_can_come_to_issued_credits(world: Any) -> None:
    """The runs reach what they are about: two periods of one project, both issued by both sides."""
    run = Run(world.only(), world, date(2023, 1, 2))
    run.take(("project", 0, 0))
    for number, period in ((0, 0), (2, 1)):
        for choice in (period, 0, 0, 0, 0, 0, 1):
            run.take(("issuance", number, choice))
    assert {name: case.state for name, case in run.cases.items()} == {
        "p0": "registered",
        "i0": "issued",
        "i2": "issued",
    }
    assert list(run.broken()) == []


@pytest.mark.parametrize("name", INTEGRITY)
def test_without_one_of_them_a_run_is_found_in_which_it_does_not_hold(world: Any, name: str) -> None:
    """Each rule of integrity is needed, and the runs above are such that its lack would be noticed."""
    with without(name):
        book = world.only()
        try:
            find(
                st.tuples(STARTS, operations_of(*(CREDITED if name.startswith(BEFORE) else AFTERWARDS))),
                lambda drawn: name in broken(world, book, *drawn),
                settings=settings(max_examples=20_000, database=None, derandomize=True),
            )
        except NoSuchExample:
            pytest.fail(f"no run was found in which {name} is missed")
