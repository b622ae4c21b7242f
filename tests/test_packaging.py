"""What a user gets from an installation: the wheel is built from this tree, read, and compared with it.

This proves that nothing the library reads is left out of the wheel, that the metadata promises what
pyproject.toml says, and that every entry point leads to something. It does not install the wheel: the suite
runs on the editable installation.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from importlib.metadata import EntryPoint, distribution
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from jcm_cycle.rules.builtin import FOLDERS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "jcm_cycle"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INSTALLED = distribution(PROJECT["name"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """Build the wheel with the installed hatchling: no network, under a second."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    (built,) = folder.glob("*.whl")
    with ZipFile(built) as archive:
        yield archive


@pytest.fixture(scope="module")
def metadata(wheel: ZipFile) -> Message:
    """Read the metadata that the wheel carries."""
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return HeaderParser().parsestr(wheel.read(name).decode())


def in_the_tree() -> set[str]:
    """Return every file of the package, relative to the project, without caches and hidden files."""
    found = (path.relative_to(ROOT) for path in PACKAGE.rglob("*") if path.is_file())
    return {
        path.as_posix()
        for path in found
        if not any(part == "__pycache__" or part.startswith(".") for part in path.parts)
    }


def test_every_file_of_the_package_is_in_the_wheel(wheel: ZipFile) -> None:
    """Modules, rule books, tables and the typing marker are shipped, each of them, and nothing else is."""
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == in_the_tree()


def test_the_package_says_that_it_is_typed(wheel: ZipFile) -> None:
    """Type checkers of users read the annotations, because py.typed is shipped."""
    assert "jcm_cycle/py.typed" in wheel.namelist()


def test_the_licence_is_named_and_shipped(wheel: ZipFile, metadata: Message) -> None:
    """The wheel names its licence and carries the text of it."""
    assert metadata["License-Expression"] == "Apache-2.0"
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_there_is_one_version(metadata: Message) -> None:
    """The wheel, the installation and pyproject.toml state the same version."""
    assert metadata["Version"] == INSTALLED.version == PROJECT["version"]


def test_the_core_needs_five_packages(metadata: Message) -> None:
    """Without extras, the library brings its five dependencies and nothing else."""
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in required}
    assert names == {"attrs", "cattrs", "orjson", "structlog", "transitions"}


def test_all_brings_every_part() -> None:
    """The extra `all` names every other extra, save the one for those who work on the library."""
    extras = PROJECT["optional-dependencies"]
    (whole,) = extras["all"]
    assert whole == f"jcm-cycle[{','.join(sorted(extras.keys() - {'all', 'dev'}))}]"


def test_the_built_in_countries_come_through_the_open_door() -> None:
    """All countries are found in the entry-point group that plug-ins use."""
    books = {point.name for point in INSTALLED.entry_points if point.group == "jcm_cycle.books"}
    assert books == set(FOLDERS)


@pytest.mark.parametrize("point", INSTALLED.entry_points, ids=lambda point: f"{point.group}:{point.name}")
def test_every_entry_point_leads_to_something(point: EntryPoint) -> None:
    """What the metadata names can be imported."""
    assert point.load() is not None
