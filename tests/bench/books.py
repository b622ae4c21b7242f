"""What rule books cost: listing their names, reading one, counting the rows of all, and an edition asked for again."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from timeit import repeat

from jcm_cycle import RuleBook, books
from jcm_cycle.rules import builtin
from tests.bench._timing import turns

__all__ = ["longest", "report"]

GOAL_LISTED, GOAL_READ, GOAL_COUNTED, GOAL_EDITION = 0.050, 0.020, 1.0, 1e-6
KIB = 32
"""The size of the book that may take `GOAL_READ`; a larger one may take longer in proportion."""


def report(repeats: int) -> str:
    """Return the measurements, each beside what it may take."""
    return f"{_processes(max(repeats * 3, 9))}\n\n{_read(repeats * 3)}\n\n{_edition(repeats)}"


def longest() -> Path:
    """Return the file of the longest book of the library."""
    root = Path(builtin.__file__).parent
    return max(
        (root / folder / "book.toml" for folder in builtin.FOLDERS.values()), key=lambda file: file.stat().st_size
    )


def _processes(repeats: int) -> str:
    """Measure what needs a process of its own, beyond what an interpreter takes to start."""
    codes = {
        "none": "pass",
        "metadata": "from importlib.metadata import entry_points; entry_points(group='jcm_cycle.books')",
        "listed": "import jcm_cycle; list(jcm_cycle.books)",
        "first": "import jcm_cycle; jcm_cycle.books['MN']",
        "import": "import jcm_cycle; jcm_cycle.RuleBook",
        "counted": "import sys; from jcm_cycle.cli import main; sys.argv[1:] = ['books', '--json']; main()",
    }
    samples: dict[str, list[float]] = {name: [] for name in codes}
    for name in turns(tuple(codes), repeats):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", codes[name]], check=True, stdout=subprocess.DEVNULL)
        samples[name].append(perf_counter() - start)
    start_up = median(samples["none"])
    took = {name: median(found) - start_up for name, found in samples.items()}
    return (
        f"The names of {len(books)} books listed: {took['listed'] * 1000:.0f} ms beyond the start of the interpreter, "
        f"{took['listed'] / GOAL_LISTED:.2f} times the {GOAL_LISTED * 1000:.0f} ms it may take; "
        f"asking the standard library alone for the entry points takes {took['metadata'] * 1000:.0f} ms of them. "
        f"The first book, with the rules: {took['first'] * 1000:.0f} ms, of which {took['import'] * 1000:.0f} ms "
        f"are imports. `jcm-cycle books --json`: {took['counted'] + start_up:.2f} s in all, "
        f"{(took['counted'] + start_up) / GOAL_COUNTED:.2f} times the {GOAL_COUNTED:.0f} s it may take."
    )


def _read(repeats: int) -> str:
    file = longest()
    RuleBook.read(file)
    taken = []
    for _ in range(repeats):
        start = perf_counter()
        RuleBook.read(file)
        taken.append(perf_counter() - start)
    size = file.stat().st_size / 1024
    took, may = median(taken), GOAL_READ * max(size / KIB, 1)
    return (
        f"One book of {size:.0f} KiB read: {took * 1000:.1f} ms, {took / may:.2f} times the {may * 1000:.1f} ms that a "
        f"book of its size may take."
    )


def _edition(repeats: int) -> str:
    book, day, calls = books["MN"], date(2025, 1, 6), 10_000
    assert book.edition(day) is book.edition(day)
    took = median(repeat(lambda: book.edition(day), number=calls, repeat=repeats)) / calls
    return (
        f"An edition that was resolved before: {took * 1e6:.2f} µs, {took / GOAL_EDITION:.2f} times the "
        f"{GOAL_EDITION * 1e6:.0f} µs it may take."
    )
