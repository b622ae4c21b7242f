"""The benchmark compares like with like: its command runs, and its candidates do the same work."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from jcm_cycle import due, fold, outstanding
from tests.bench import books, scale

ROOT = Path(__file__).parents[1]


def bench(*arguments: str) -> str:
    """Run the benchmark's command and return what it prints."""
    command = [sys.executable, "-m", "tests.bench", *arguments]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_every_candidate_does_the_same_work() -> None:
    """Each candidate gives the same answers, ends in the same state and keeps the same audit rows."""
    lines = bench("--check").splitlines()
    assert len(lines) >= 3
    assert all(line.endswith("same answers, state and audit rows") for line in lines)


def test_what_is_measured_at_scale_is_what_it_says() -> None:
    """The histories fold to registered projects and issued credits, and each project has one side outstanding."""
    states = {fold(entries).state for entries in scale.histories(60)}
    assert states == {"registered", "issued"}
    cases = scale.issuances(3, 5)
    assert len(cases) == 3 * (1 + 5)
    assert [(left.of, left.side, left.amount) for left in outstanding(cases)] == [
        ("p-0", "MN", 200), ("p-1", "MN", 200), ("p-2", "MN", 200)
    ]  # fmt: skip
    items = due(scale.live(7), date(2026, 1, 6))
    assert {item.case for item in items} == {f"c-{number}" for number in range(7)}
    assert None not in {item.until for item in items}


def test_what_is_measured_of_books_is_what_it_says() -> None:
    """The longest book of the library is read, and each figure stands beside what it may take."""
    assert books.longest().stat().st_size > 32 * 1024
    told = books.report(1)
    for says in ("books listed: ", "KiB read: ", "resolved before: ", "books --json`: "):
        assert says in told
    assert told.count(" it may take") == 3


def test_the_table_names_the_machine_and_compares_with_the_references() -> None:
    """A run prints the machine it was made on, and for each candidate its ratio to each reference."""
    printed = bench("--only", "base", "tr_shared", "--subjects", "20", "--repeats", "2")
    assert "CPython" in printed or "PyPy" in printed
    head, _, base, transitions = printed.splitlines()[-4:]
    assert head.endswith("| × hand-written | × transitions |")
    assert base.split("|")[-3].strip() == "1.00"
    assert transitions.split("|")[-2].strip() == "1.00"
