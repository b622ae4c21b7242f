"""Compare the candidates on the same work: every sample in a process of its own, all of them taking turns."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from tests.bench import books, judged, peers, scale
from tests.bench._report import machine, table
from tests.bench._timing import Timing, turns
from tests.bench.engine import OwnEngine
from tests.bench.workload import Adapter, measure, verify

# The registry of candidates: a new one is a subclass of `Adapter` and a line here.
ADAPTERS: dict[str, type[Adapter]] = {
    "base": peers.DictDispatch,
    "tr_shared": peers.SharedTransitions,
    "viewflow_fsm": peers.ViewflowFsm,
    "jcm_engine": OwnEngine,
}

_AGAINST = {"base": "× hand-written", "tr_shared": "× transitions", "viewflow_fsm": "× viewflow.fsm"}
_ROOT = Path(__file__).parents[2]


def main() -> None:
    """Read the command line; measure, check, or take one sample."""
    options = _parser().parse_args()
    names = options.only or list(ADAPTERS)
    if options.sample:
        print(_sample(options.sample, options.subjects))
    elif options.check:
        for name in names:
            _ready(name)
            print(f"{name}: same answers, state and audit rows")
    else:
        print(_compare(names, options.subjects, options.repeats))
        if not options.only:
            print(
                f"\n{judged.report(options.repeats)}\n\n{books.report(options.repeats)}\n\n{scale.report(options.repeats)}"
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add("--only", nargs="+", choices=ADAPTERS, metavar="NAME", help=f"of {', '.join(ADAPTERS)}")
    add("--subjects", type=int, default=20_000, help="subjects of one sample (default: %(default)s)")
    add("--repeats", type=int, default=5, help="samples of each candidate (default: %(default)s)")
    add("--check", action="store_true", help="only check that all candidates do the same work")
    add("--sample", choices=ADAPTERS, metavar="NAME", help="take one sample in this process")
    return parser


def _ready(name: str) -> Adapter:
    adapter = ADAPTERS[name]()
    adapter.setup()
    verify(adapter)
    return adapter


def _sample(name: str, subjects: int) -> float:
    return measure(_ready(name), subjects)


def _compare(names: Sequence[str], subjects: int, repeats: int) -> str:
    samples: dict[str, list[float]] = {name: [] for name in names}
    for name in turns(names, repeats):
        samples[name].append(_in_a_process(name, subjects))
    timings = {name: Timing.of(taken) for name, taken in samples.items()}
    told = f"One guarded, audited attempt: {repeats} interleaved samples of {subjects:,} subjects each."
    rows = table(timings, labels={name: _label(name) for name in names}, against=_AGAINST)
    return f"{told}\nRun on {machine()}.\n\n{rows}"


def _in_a_process(name: str, subjects: int) -> float:
    command = [sys.executable, "-m", "tests.bench", "--sample", name, "--subjects", str(subjects)]
    run = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"No sample of {name}:\n{run.stderr}")
    return float(run.stdout)


def _label(name: str) -> str:
    adapter = ADAPTERS[name]
    return f"{adapter.title} {version(adapter.distribution)}" if adapter.distribution else adapter.title


if __name__ == "__main__":
    main()
