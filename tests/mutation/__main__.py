"""Break each module on purpose and run its own tests: `python -m tests.mutation [MODULE ...]`.

cosmic-ray changes one place at a time in a copy of the tree, so that the checkout is never touched. A change that
the tests do not notice is a survivor; it is listed with the line as it was and as it was changed. The score of a
module is the share of changes that were noticed; changes that no test could notice count as survivors.
"""

from __future__ import annotations

import argparse
import ast
import re
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

COMMON = "jcm_cycle/rules/common/"
OWN = {
    f"{COMMON}filings.py": ("tests/rules/common/test_filings.py", "tests/rules/common/test_effects.py"),
    f"{COMMON}issuance.py": ("tests/rules/common/test_issuance.py", "tests/rules/common/test_monitoring.py"),
    f"{COMMON}moc.py": ("tests/rules/common/test_moc.py",),
    f"{COMMON}monitoring.py": ("tests/rules/common/test_monitoring.py", "tests/rules/common/test_issuance.py"),
    f"{COMMON}registration.py": ("tests/rules/common/test_registration.py",),
    f"{COMMON}validation.py": ("tests/rules/common/test_validation.py", "tests/rules/common/test_monitoring.py"),
    "jcm_cycle/case.py": ("tests/test_case.py", "tests/test_fold.py", "tests/test_together.py"),
    "jcm_cycle/journal.py": ("tests/test_journal.py", "tests/test_together.py"),
}
"""Each module with its own tests."""

# What is not tried: `is` for `==` and the reverse, which mean the same for enums, None and small numbers, and
# operators that no reader would mistake for another, such as a shift for a sum.
_LEFT_OUT = (
    r"core/ReplaceComparisonOperator_(Eq|NotEq|Lt|LtE|Gt|GtE)_(Is|IsNot)",
    r"core/ReplaceComparisonOperator_(Is|IsNot)_(Eq|NotEq|Lt|LtE|Gt|GtE)",
    r"core/ReplaceComparisonOperator_(Eq|NotEq)_(Lt|LtE|Gt|GtE)",
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
    with TemporaryDirectory(prefix="jcm-mutants-") as folder, ThreadPoolExecutor(options.workers) as pool:
        tried = list(pool.map(lambda module: _Tried.of(module, Path(folder)), options.modules or OWN))
    for one in tried:
        print(one)
    noticed, made = sum(one.noticed for one in tried), sum(one.made for one in tried)
    score = 100 * noticed / made
    print(f"all: {score:.1f} % of {made} changes noticed")
    sys.exit(score < LEAST)


class _Tried:
    """What became of the changes of one module."""

    def __init__(self, module: str, noticed: int, survivors: list[str]) -> None:
        self.module = module
        self.noticed = noticed
        self.made = noticed + len(survivors)
        self._survivors = survivors

    def __str__(self) -> str:
        head = f"{self.module}: {100 * self.noticed / self.made:.1f} % of {self.made} changes noticed"
        return "\n".join([head, *self._survivors])

    @classmethod
    def of(cls, module: str, folder: Path) -> _Tried:
        """Try one module in a copy of the tree of its own."""
        tree = folder / module.replace("/", "-").removesuffix(".py")
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".*", "__pycache__", "build", "dist"))
        (tree / "mutation.toml").write_text(_settings(module), encoding="utf-8")
        _run("baseline", "mutation.toml", cwd=tree)
        _run("init", "mutation.toml", "session.sqlite", cwd=tree)
        with use_db(tree / "session.sqlite", WorkDB.Mode.open) as db:
            _leave_out(db, tree / module)
            _run("exec", "mutation.toml", "session.sqlite", cwd=tree)
            results = {job: result for job, result in db.results if result.test_outcome is not None}
            survivors = [
                f"  {module}:{item.mutations[0].start_pos[0]} {_changed(results[item.job_id].diff or '')}"
                for item in sorted(db.work_items, key=lambda item: item.mutations[0].start_pos)
                if item.job_id in results and not results[item.job_id].is_killed
            ]
        return cls(module, len(results) - len(survivors), survivors)


def _settings(module: str) -> str:
    tests = " ".join(OWN[module])
    return f"""
[cosmic-ray]
module-path = "{module}"
timeout = 60.0
excluded-modules = []
test-command = "{sys.executable} -m pytest -x -q -p no:cacheprovider -p no:xdist {tests}"
distributor.name = "local"
"""


def _run(*words: str, cwd: Path) -> None:
    command = [str(Path(sys.executable).with_name("cosmic-ray")), *words]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"cosmic-ray {' '.join(words)} failed in {cwd.name}:\n{done.stdout}{done.stderr}")


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
