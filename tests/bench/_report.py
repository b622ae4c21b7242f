"""The report of a benchmark: a Markdown table, and the machine it was run on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from tests.bench._timing import Timing

__all__ = ["machine", "table"]


def machine() -> str:
    """Return the processor, its cores, the Python and the system of this machine on one line."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {python}, {platform.system()}"


def table(timings: Mapping[str, Timing], *, labels: Mapping[str, str], against: Mapping[str, str]) -> str:
    """Return the timings as a Markdown table, one row each, in microseconds and calls a second.

    Args:
        timings: the timing of each candidate, by name.
        labels: what the first column prints for a name; the name itself where there is none.
        against: the names to compare with, each with the head of its column. A ratio is one of medians, above
            1 where the row is the slower one; a name without a timing gets no column.
    """
    references = {name: head for name, head in against.items() if name in timings}
    heads = ["candidate", "median µs", "minimum µs", "per second", *references.values()]
    rows = [
        [
            labels.get(name, name),
            f"{timing.median * 1e6:.3f}",
            f"{timing.minimum * 1e6:.3f}",
            f"{1 / timing.median:,.0f}",
            *(f"{timing.median / timings[reference].median:.2f}" for reference in references),
        ]
        for name, timing in timings.items()
    ]
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def _processor() -> str:
    """Return the model that the kernel names, or what Python knows where there is no such file."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
