"""The plug-in works in a distribution of somebody else: nothing of this project is there but what is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.test_play import BOOK, STORY

FILE = "tests/zz.stories.toml"
PROJECT = (
    '[project]\nname = "synthetic-book"\nversion = "0.1"\n\n[tool.pytest.ini_options]\naddopts = ["--strict-config"]\n'
)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder, with every warning an error."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "PYTHONPATH"))}
    command = [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-q", *words]
    return subprocess.run(command, cwd=folder, env=env, check=False, capture_output=True, text=True, timeout=120)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return the folder of a distribution with a book of its own and stories on it."""
    book = tmp_path / "src" / "synthetia"
    book.mkdir(parents=True)
    (book / "book.toml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    stories = tmp_path / "tests" / "zz.stories.toml"
    stories.parent.mkdir()
    stories.write_text(f'[stories]\nbooks = "../src/synthetia"\nedges = ["ZZ"]\n{STORY}', encoding="utf-8")
    return tmp_path


def test_stories_are_tests(foreign: Path) -> None:
    """Each by its title, and each day at a bound beside them."""
    done = run(foreign, "-rA")
    assert done.returncode == 0, done.stdout
    assert [line.removeprefix("PASSED ") for line in done.stdout.splitlines() if "::" in line] == [
        f"{FILE}::A design document comes with its monitoring plan, from 1 March 2024 on",
        f"{FILE}::The day before nobody asks",
        f"{FILE}::ZZ adopt project.submit_pdd.documents at project.submit_pdd on 2024-02-29, the day before",
        f"{FILE}::ZZ adopt project.submit_pdd.documents at project.submit_pdd on 2024-03-01, the day",
        f"{FILE}::ZZ procedure only on 2019-12-31, the day before",
        f"{FILE}::ZZ procedure only on 2020-01-01, the day",
    ]


def test_a_story_that_fails_is_told_without_a_traceback(foreign: Path) -> None:
    """With the sentence and the source of the rule, and the line of the story."""
    file = foreign / "tests" / "zz.stories.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("held_by", "refused_by"), encoding="utf-8")
    done = run(foreign)
    assert done.returncode == 1
    assert "1 failed, 5 passed" in done.stdout
    assert "zz.stories.toml:5: A design document comes with its monitoring plan" in done.stdout
    assert "name it in held_by" in done.stdout
    assert "The design document with its monitoring plan and the modalities of communication are filed" in done.stdout
    assert "blocks; cited: Synthetic procedure, section 1  [project.submit_pdd.documents]" in done.stdout
    assert "Traceback" not in done.stdout
    assert "site-packages" not in done.stdout


BROKEN = [
    ("[stories]", "[storiess]", "is no table of a file of stories. Did you mean 'stories'?"),
    ("synthetia", "elsewhere", "is no folder"),
    ('"ZZ"]', '"ZZ/forests"]', "has no book for the track 'forests'"),
    ("[[story]]", "[[story]", "is not TOML"),
]


def test_a_file_that_is_broken_is_told(foreign: Path) -> None:
    """As an error of the collection, in the words of the reader."""
    file = foreign / "tests" / "zz.stories.toml"
    text = file.read_text(encoding="utf-8")
    for place, (old, new, _) in enumerate(BROKEN):
        file.with_name(f"broken_{place}.stories.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run(foreign)
    assert done.returncode == 2
    assert f"{len(BROKEN)} errors" in done.stdout
    for place, (*_, words) in enumerate(BROKEN):
        _, _, told = done.stdout.partition(f"ERROR collecting tests/broken_{place}.stories.toml")
        assert words in told.partition("____ ERROR")[0]
    assert "Traceback" not in done.stdout


def test_a_run_without_stories_loads_nothing_of_the_library(tmp_path: Path) -> None:
    """The plug-in costs a project without stories next to nothing."""
    (tmp_path / "test_one.py").write_text(
        "import sys\n\n\ndef test_one():\n    assert not [n for n in sys.modules if n.startswith('jcm_cycle.rules')]\n"
        "    assert 'jcm_cycle.testing.plugin' in sys.modules\n",
        encoding="utf-8",
    )
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
