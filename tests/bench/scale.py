"""What a large registry costs: a million entries folded, and what is outstanding and due over many cases.

All cases are synthetic: those of the demo, and issuances with amounts made up for the purpose.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import attrs

from jcm_cycle import (
    Accepted,
    Case,
    Entry,
    books,
    due,
    evidence as ev,
    fold,
    issuance,
    methodology,
    outstanding,
    project,
)
from jcm_cycle.cli._demo import Demo
from jcm_cycle.days import Period
from tests.bench._timing import turns

__all__ = ["report"]

ENTRIES, PROJECTS, PERIODS, LIVE = 1_000_000, 10_000, 5, 100_000
GOAL_FOLDED, GOAL_OUTSTANDING, GOAL_DUE, GOAL_BYTES = 200_000, 1.0, 3.0, 2_560


def report(repeats: int) -> str:
    """Return the measurements, each beside the least that a plain loop over the same objects costs."""
    return f"{_folded(repeats)}\n\n{_outstanding(repeats)}\n\n{_due(repeats)}"


def histories(entries: int) -> list[tuple[Entry, ...]]:
    """Return the entries of many cases: the project and the issuance of the demo in turn, under names of their own."""
    journal = Demo.play().journal
    first = [journal.entries(name) for name in journal.cases]
    made: list[tuple[Entry, ...]] = []
    count = 0
    while count < entries:
        one = first[len(made) % len(first)]
        name = f"case-{len(made)}"
        made.append(tuple(attrs.evolve(entry, case=name) for entry in one))
        count += len(one)
    return made


def issuances(projects: int, periods: int) -> list[Case[Any]]:
    """Return projects, each with issuances of which the last has been issued by one side only."""
    cases: list[Case[Any]] = []
    for number in range(projects):
        whole = Case.open(project, f"p-{number}", on=date(2014, 1, 6), country="MN").case
        cases.append(whole)
        cases += [_issuance(whole, number, place, last=place == periods - 1) for place in range(periods)]
    return cases


def _issuance(whole: Case[Any], number: int, place: int, *, last: bool) -> Case[Any]:
    begun = date(2015 + place, 1, 1)
    on = begun + timedelta(days=500)
    lines = (
        ev.AllocationLine(side="JP", amount=800 + number % 7, holder="Government of Japan"),
        ev.AllocationLine(side="MN", amount=200),
    )
    decision = ev.JointCommitteeDecision(decision="notified", decided_on=on, lines=lines)
    period = Period(begun, date(2015 + place, 12, 31))
    case = Case.imported(
        issuance, f"{whole.id}-{place}", ev.Opening(country="MN", of=whole.id, period=period), on=begun
    ).case
    sides = lines[:1] if last else lines
    facts = [issuance.decide_issuance.fact(on=on, evidence=decision)]
    facts += [
        issuance.issue_credits.fact(on=on, evidence=ev.RegistryIssuance(side=line.side, lines=(line,)))
        for line in sides
    ]
    for fact in facts:
        recorded = case.record(fact)
        assert isinstance(recorded, Accepted)
        case = recorded.case
    return case


def _folded(repeats: int) -> str:
    cases = histories(ENTRIES)
    count = sum(map(len, cases))

    def folded() -> None:
        for entries in cases:
            fold(entries)

    def sorted_only() -> None:
        for entries in cases:
            sorted(entries, key=lambda entry: entry.seq)

    took = _median({"fold": folded, "loop": sorted_only}, repeats)
    rate = count / took["fold"]
    return (
        f"{count:,} entries of {len(cases):,} synthetic cases folded from memory: {rate:,.0f} entries/s, "
        f"{rate / GOAL_FOLDED:.2f} times the goal of {GOAL_FOLDED:,}/s; "
        f"{took['fold'] / took['loop']:.1f} times what sorting them alone takes."
    )


def _outstanding(repeats: int) -> str:
    cases = issuances(PROJECTS, PERIODS)
    assert [left.side for left in outstanding(cases[: PERIODS + 1])] == ["MN"]

    def asked() -> None:
        outstanding(cases, "MN")

    def loop() -> None:
        sum(case.state == "notified" for case in cases)

    took = _median({"asked": asked, "loop": loop}, repeats)
    return (
        f"`outstanding` over {PROJECTS:,} synthetic projects with {PERIODS} periods each: {took['asked']:.2f} s, "
        f"{took['asked'] / GOAL_OUTSTANDING:.2f} times the {GOAL_OUTSTANDING:.0f} s it may take; "
        f"{took['asked'] / took['loop']:.0f} times a loop that looks at the states alone."
    )


def live(count: int) -> list[Case[Any]]:
    """Return cases in mid-life, each with something due: projects with open inputs or a request, and methodologies."""
    rules, day = books["MN"], date(2025, 1, 6)
    cases: list[Case[Any]] = []
    for number in range(count):
        machine = methodology if number % 3 == 2 else project
        case = Case.open(machine, f"c-{number}", on=day, rules=rules, procedure="PCP 07.0").case
        on = day + timedelta(days=number % 365)
        fact = (
            project.publish_pdd.fact(on=on, evidence=ev.Publication()),
            project.request_registration.fact(on=on),
            methodology.submit_proposal.fact(on=on),
        )[number % 3]
        cases.append(case.record(fact).case)
    return cases


def _due(repeats: int) -> str:
    cases, on = live(LIVE), date(2026, 1, 6)
    assert len(due(cases, on)) == LIVE

    def asked() -> None:
        due(cases, on)

    def loop() -> None:
        sum(case.state == "in_validation" for case in cases)

    took = _median({"asked": asked, "loop": loop}, repeats)
    gc.collect()
    tracemalloc.start()
    found = due(cases, on)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (
        f"`due` over {len(found):,} synthetic cases in mid-life: {took['asked']:.2f} s, "
        f"{took['asked'] / GOAL_DUE:.2f} times the {GOAL_DUE:.0f} s it may take; "
        f"{took['asked'] / took['loop']:.0f} times a loop that looks at the states alone; "
        f"{kept / LIVE:,.0f} bytes a case for the answer, {peak / LIVE:,.0f} at its height, "
        f"{peak / LIVE / GOAL_BYTES:.2f} times the {GOAL_BYTES:,} it may take."
    )


def _median(works: dict[str, Callable[[], None]], repeats: int) -> dict[str, float]:
    samples: dict[str, list[float]] = {name: [] for name in works}
    for name in turns(tuple(works), repeats):
        gc.collect()
        start = perf_counter()
        works[name]()
        samples[name].append(perf_counter() - start)
    return {name: median(found) for name, found in samples.items()}
