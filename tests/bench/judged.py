"""A full judged act against a bare trigger, and what a case, an import and a replay cost."""

from __future__ import annotations

import gc
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date
from operator import attrgetter
from statistics import median
from time import perf_counter
from typing import Any

import attrs

from jcm_cycle import Case, books, project
from jcm_cycle.cli._demo import KNOWN, TITLE, acts
from jcm_cycle.codec import dump_evidence, read_evidence
from jcm_cycle.record import read, shipped
from jcm_cycle.record.replay import replay
from tests.bench._report import table
from tests.bench._timing import interleaved, turns
from tests.bench.peers import SharedTransitions
from tests.bench.workload import EVENTS

__all__ = ["report"]

FIVE = "transitions, attrs, cattrs, structlog, orjson"


def journey() -> list[tuple[Case[Any], Any]]:
    """Return each accepted act of the demo with the case it was attempted on."""
    rules = books["MN"]
    case = Case.open(project, "bench", on=date(2024, 12, 2), rules=rules, procedure="PCP 07.0", title=TITLE).case
    found = []
    for _, act in acts():
        answer = case.attempt(act, rules=rules, register=KNOWN)
        if answer:
            found.append((case, act))
            case = answer.case
    return found


def report(repeats: int) -> str:
    """Return the tables of everything but the engine."""
    return "\n\n".join([_judged(repeats), _memory(), _imports(repeats), _replay(repeats)])


def _judged(repeats: int) -> str:
    rules = books["MN"]
    case, act = next((c, a) for c, a in journey() if a.step == "conclude_validation")
    answer = case.attempt(act, rules=rules, register=KNOWN)
    assert answer, answer.explain()

    bare = SharedTransitions()
    bare.setup()
    event = EVENTS[0]
    subject = bare.make(0)
    guard = attrgetter(event.guard)
    assert guard(subject)

    def trigger() -> None:
        subject.state = event.sources[0]
        subject.log.clear()
        bare.fire(subject, event.name)

    def judged() -> None:
        case.attempt(act, rules=rules, register=KNOWN)

    timings = interleaved({"bare": trigger, "judged": judged, "sealed": _sealing()}, 2_000, repeats)
    labels = {
        "bare": "transitions, one bare trigger with one guard",
        "judged": f"jcm_cycle, an act judged by {len(answer.findings)} rules, with register and draft entry",
        "sealed": "the same, sealed: its line made, hashed and read again, not yet written",
    }
    rows = table(timings, labels=labels, against={"bare": "× bare trigger"})
    return f"A full judged act under the Mongolian book, {repeats} interleaved samples.\n\n{rows}"


def _sealing() -> Callable[[], None]:
    from jcm_cycle._chain import Chain
    from jcm_cycle._sealed import sealed as sealed_line

    rules = books["MN"]
    case, act = next((c, a) for c, a in journey() if a.step == "conclude_validation")
    first = case.attempt(act, rules=rules, register=KNOWN)
    assert first
    editions = {edition.fingerprint: edition.content for edition in first.draft.editions}
    grounds: dict[tuple[str, str], Any] = {}

    def sealed() -> None:
        answer = case.attempt(act, rules=rules, register=KNOWN)
        assert answer
        sealed_line(answer.draft, Chain(editions=editions), grounds, seq=1, recorded_at="2025-05-09T12:00:00+00:00")

    return sealed


def _memory(cases: int = 1_000) -> str:
    """Measure cases that share nothing but the library: each with an id, evidence and answers of its own."""
    steps = [act for _, act in journey()]
    _lived(0, steps)
    gc.collect()
    tracemalloc.start()
    kept = [_lived(number, steps) for number in range(1, cases + 1)]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert all(case.entries == _ACTS + 1 for case in kept)
    return f"A live case after {_ACTS} acts, all that it holds included: {size / cases / 1024:.2f} KiB."


_ACTS = 20


def _lived(number: int, steps: list[Any]) -> Case[Any]:
    """Return a case of its own after 20 acts; the last of them is taken again until there are as many."""
    rules = books["MN"]
    case = Case.open(
        project, f"bench-{number}", on=date(2024, 12, 2), rules=rules, procedure="PCP 07.0", title=TITLE
    ).case
    for act in [*steps, *[steps[-1]] * (_ACTS - len(steps))]:
        evidence = read_evidence(*dump_evidence(act.evidence))
        answer = case.attempt(attrs.evolve(act, evidence=evidence), rules=rules, register=KNOWN)
        assert answer, answer.explain()
        case = answer.case
    return case


def _imports(repeats: int) -> str:
    code = {"five": f"import {FIVE}", "own": "import jcm_cycle", "all": "from jcm_cycle import *"}
    samples: dict[str, list[float]] = {name: [] for name in code}
    for name in turns(tuple(code), max(repeats * 3, 9)):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", code[name]], check=True)
        samples[name].append(perf_counter() - start)
    start_up = []
    for _ in range(max(repeats * 3, 9)):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        start_up.append(perf_counter() - start)
    base = median(start_up)
    five, own, all_ = (median(samples[name]) - base for name in code)
    return (
        f"`import jcm_cycle`: {own * 1000:.0f} ms, its five dependencies alone {five * 1000:.0f} ms: "
        f"{own / five:.2f} times. With every public name loaded, which brings the five in: {all_ * 1000:.0f} ms, "
        f"{all_ / five:.2f} times. Medians, beyond the start of the interpreter."
    )


def _replay(repeats: int) -> str:
    taken = []
    for _ in range(repeats):
        start = perf_counter()
        found = replay(read(shipped()))
        taken.append(perf_counter() - start)
    rows, cases = found.record.rows, len(found.cases)
    return f"Replay of the whole record ({rows} rows, {cases} cases): median {median(taken):.3f} s."
