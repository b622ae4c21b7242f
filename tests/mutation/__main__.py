"""Break each module on purpose and run its own tests: `python -m tests.mutation [MODULE ...]`.

cosmic-ray changes one place at a time in a copy of the tree, so that the checkout is never touched. A change that
the tests do not notice is a survivor; it is listed with the line as it was and as it was changed. The score of a
module is the share of changes that were noticed; changes that no test could notice count as survivors, and changes
that are no Python any more do not count.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkerOutcome, WorkResult

ROOT = Path(__file__).parents[2]
LEAST = 90.0
"""The least score of all modules together, in per cent."""

_COSMIC_RAY = str(Path(sys.executable).with_name("cosmic-ray"))

SECONDS = 60
"""How long the tests of one change may take; one that makes them run longer was noticed."""

# Tests that are a module's own besides those of its name.
_ALSO = {
    "jcm_cycle/rules/common/methodology.py": ("tests/rules/common/test_three_cases.py",),
    "jcm_cycle/rules/common/filings.py": ("tests/rules/common/test_effects.py",),
    "jcm_cycle/rules/common/issuance.py": ("tests/rules/common/test_monitoring.py",),
    "jcm_cycle/rules/common/monitoring.py": ("tests/rules/common/test_issuance.py",),
    "jcm_cycle/rules/common/validation.py": ("tests/rules/common/test_monitoring.py",),
    "jcm_cycle/case.py": ("tests/test_fold.py", "tests/test_together.py"),
    "jcm_cycle/journal.py": ("tests/test_together.py",),
}


def _own(path: Path) -> tuple[str, ...]:
    module = path.relative_to(ROOT).as_posix()
    return Path("tests", *path.relative_to(ROOT).parts[1:-1], f"test_{path.name}").as_posix(), *_ALSO.get(module, ())


_COMMON, _STATES = "tests/rules/common/", "tests/states/"
_CLASSES = f"{_STATES}test_classes.py"
_TABLES = (f"{_STATES}test_tables.py", f"{_STATES}test_breaking.py", f"{_STATES}test_decisions.py", _CLASSES)
# Tests of the machines: each table with the tests of its rules, and what they share with those of machines at large.
_OF_STATES = {
    "_checked": (f"{_STATES}test_model.py", f"{_STATES}test_machine.py", _CLASSES),
    "_engine": (f"{_STATES}test_engine.py",),
    "_file": (f"{_STATES}test_project.py", f"{_COMMON}test_methodology.py"),
    "_issuance_file": (
        f"{_STATES}test_issuance_file.py",
        f"{_COMMON}test_issuance.py",
        "tests/test_outstanding.py",
        _CLASSES,
    ),
    "_machine": (f"{_STATES}test_machine.py", f"{_STATES}test_engine.py", "tests/test_fold.py", _CLASSES),
    "_project_file": (f"{_STATES}test_project.py", "tests/test_due.py", _CLASSES),
    "_soundness": (f"{_STATES}test_machine.py", f"{_STATES}test_breaking.py"),
    "_timed": (f"{_STATES}test_machine.py", "tests/test_due.py", _CLASSES),
    "_tpe_file": ("tests/test_holdings.py", f"{_COMMON}test_designation.py", "tests/test_due.py", _CLASSES),
    "change": (*_TABLES, f"{_COMMON}test_changes.py"),
    "idea": (*_TABLES, f"{_COMMON}test_ideas.py"),
    "issuance": (*_TABLES, f"{_COMMON}test_issuance.py"),
    "loss": (*_TABLES, f"{_COMMON}test_ideas.py"),
    "methodology": (*_TABLES, f"{_COMMON}test_methodology.py", "tests/test_due.py"),
    "project": (*_TABLES, f"{_STATES}test_project.py", "tests/test_due.py"),
    "tpe": (*_TABLES, f"{_COMMON}test_designation.py", "tests/test_holdings.py"),
    "transfer": (*_TABLES, f"{_COMMON}test_transfers.py"),
}

_RULES = sorted(path for path in (ROOT / "jcm_cycle/rules/common").glob("*.py") if path.stem != "__init__")
OWN = {
    path.relative_to(ROOT).as_posix(): _own(path)
    for path in (*_RULES, ROOT / "jcm_cycle/case.py", ROOT / "jcm_cycle/journal.py")
}
OWN |= {f"jcm_cycle/states/{name}.py": tests for name, tests in _OF_STATES.items()}
OWN |= {
    "jcm_cycle/rules/thailand/rules.py": ("tests/rules/test_tracks.py", f"{_COMMON}test_three_cases.py"),
    "jcm_cycle/rules/viet_nam/rules.py": ("tests/rules/viet_nam/test_rules.py", f"{_COMMON}test_three_cases.py"),
}
"""Each module with its own tests: the file of its name and what `_ALSO` adds, or those of a machine."""

# What is not tried: `is` for `==` and the reverse, which mean the same for enums, None and small numbers, and
# operators that no reader would mistake for another, such as a shift for a sum.
_LEFT_OUT = (
    r"core/ReplaceComparisonOperator_(Eq|NotEq|Lt|LtE|Gt|GtE)_(Is|IsNot)",
    r"core/ReplaceComparisonOperator_(Is|IsNot)_(Eq|NotEq|Lt|LtE|Gt|GtE)",
    r"core/ReplaceBinaryOperator_\w+_(BitXor|LShift|RShift|Pow|Mod|FloorDiv|Div|Mul)",
    r"core/ReplaceBinaryOperator_(Add|Sub|Mul|Div|FloorDiv|Mod)_(BitAnd|BitOr)",
    r"core/ReplaceBinaryOperator_(BitOr|BitAnd)_(Add|Sub)",
    r"core/ReplaceUnaryOperator_USub_(Invert|Not)",
)


def main() -> None:
    """Try the modules asked for, or all; exit with 1 where too few changes were noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(OWN)}")
    parser.add_argument("--workers", type=int, default=2, help="modules tried at once (default: %(default)s)")
    options = parser.parse_args()
    stray = sorted(set(options.modules) - set(OWN))
    if stray:
        parser.error(f"{', '.join(stray)} is none of {', '.join(OWN)}")
    tried: list[_Tried] = []
    with TemporaryDirectory(prefix="jcm-mutants-") as folder, ThreadPoolExecutor(options.workers) as pool:
        for one in pool.map(lambda module: _Tried.of(module, Path(folder)), options.modules or OWN):
            print(one, flush=True)
            tried.append(one)
    noticed, made = sum(one.noticed for one in tried), sum(one.made for one in tried)
    score = 100 * noticed / made
    print(f"all: {score:.1f} % of {made} changes noticed")
    sys.exit(score < LEAST)


class _Tried:
    """What became of the changes of one module."""

    def __init__(self, module: str, results: list[WorkResult], survivors: list[str]) -> None:
        self.module = module
        self.made = len(results)
        self.noticed = self.made - len(survivors)
        self._late = sum(result.output == "timeout" for result in results)
        self._survivors = survivors

    def __str__(self) -> str:
        late = f", {self._late} of them by the time it took" if self._late else ""
        head = f"{self.module}: {100 * self.noticed / self.made:.1f} % of {self.made} changes noticed{late}"
        return "\n".join([head, *self._survivors])

    @classmethod
    def of(cls, module: str, folder: Path) -> _Tried:
        """Try one module in a copy of the tree of its own."""
        tree = folder / module.replace("/", "-").removesuffix(".py")
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".*", "__pycache__", "build", "dist"))
        (tree / "mutation.toml").write_text(_settings(module), encoding="utf-8")
        _run(*_tests(module), cwd=tree)  # they pass, and what they compile serves every run that follows
        _run(_COSMIC_RAY, "init", "mutation.toml", "session.sqlite", cwd=tree)
        with use_db(tree / "session.sqlite", WorkDB.Mode.open) as db:
            _leave_out(db, tree / module)
            _run(_COSMIC_RAY, "exec", "mutation.toml", "session.sqlite", cwd=tree)
            results = {job: result for job, result in db.results if _counts(result)}
            survivors = [
                f"  {module}:{item.mutations[0].start_pos[0]} {item.mutations[0].operator_name.removeprefix('core/')}: "
                f"{_changed(results[item.job_id].diff or '')}"
                for item in sorted(db.work_items, key=lambda item: item.mutations[0].start_pos)
                if item.job_id in results and not results[item.job_id].is_killed
            ]
        return cls(module, list(results.values()), survivors)


def _tests(module: str) -> tuple[str, ...]:
    return sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *OWN[module]


def _settings(module: str) -> str:
    # The shell's limit also ends tests that run for ever where the campaign itself was stopped.
    command = shlex.join(("sh", "-c", f"ulimit -t {SECONDS} && exec {shlex.join(_tests(module))}"))
    return f"""
[cosmic-ray]
module-path = "{module}"
timeout = {SECONDS}.0
excluded-modules = []
test-command = {json.dumps(command)}
distributor.name = "local"
"""


def _run(*command: str, cwd: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(command)} failed in {cwd.name}:\n{done.stdout}{done.stderr}")


def _counts(result: WorkResult) -> bool:
    """Return whether a change was tried, and was Python."""
    return result.test_outcome is not None and "SyntaxError: " not in (result.output or "")


def _leave_out(db: WorkDB, path: Path) -> None:
    """Skip the operators that are left out, and annotations, which are text that nothing runs."""
    spans = list(_annotations(ast.parse(path.read_text(encoding="utf-8"))))
    pattern = re.compile("|".join(_LEFT_OUT))
    for item in db.work_items:
        (found,) = item.mutations
        unused = any(start <= found.start_pos < end for start, end in spans)
        if unused or pattern.fullmatch(found.operator_name):
            db.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def _annotations(tree: ast.AST) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            part = getattr(node, name, None)
            if isinstance(part, ast.expr):
                yield (part.lineno, part.col_offset), (part.end_lineno or 0, part.end_col_offset or 0)


def _changed(diff: str) -> str:
    """Return the line as it was and as it was changed."""
    was = [line[1:].strip() for line in diff.splitlines() if line.startswith("-") and not line.startswith("---")]
    became = [line[1:].strip() for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++")]
    return f"{' '.join(was)}  ->  {' '.join(became)}"


if __name__ == "__main__":
    main()
