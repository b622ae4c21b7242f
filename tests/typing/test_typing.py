"""A type checker finds wrong evidence, wrong files and wrong rules, and nothing wrong with correct uses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_the_type_checker_finds_each_error_that_is_marked_and_no_other(tmp_path: Path) -> None:
    """Lines with `E:` have the errors it names, by code; every other line has none."""
    files = sorted(path for path in HERE.glob("*.py") if not path.name.startswith("test_"))
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-color-output"]
    run = subprocess.run(
        [*command, "--cache-dir", str(tmp_path), *map(str, files)],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    expected = sorted(
        (path.name, number, code)
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (marked := re.search(r"# E: ([\w -]+)$", line))
        for code in marked[1].split()
    )
    found = sorted(
        (Path(error[1]).name, int(error[2]), error[3])
        for line in run.stdout.splitlines()
        if (error := re.fullmatch(r"(.+?):(\d+): error: .* \[([\w-]+)\]", line))
    )
    assert found == expected, run.stdout + run.stderr
    assert len(expected) > 30
    assert run.returncode == 1, run.stderr
