"""The command that writes a distribution for a rule book, and such a distribution: built, installed, used, removed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import books, lint
from jcm_cycle.rules._schema import SCHEMA

ON = ("--on", "2026-06-01")
FILES = [
    "README.md",
    "book.schema.json",
    "jcm_book_xx/__init__.py",
    "jcm_book_xx/book.toml",
    "jcm_book_xx/revisions.toml",
    "jcm_book_xx/rules.py",
    "pyproject.toml",
    "stories/xx.stories.toml",
    "tests/test_book.py",
]


def written(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its text."""
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip


def test_what_is_written(command: Any, tmp_path: Path, fits: Any) -> None:
    """A book that lint finds clean, with everything that a distribution needs beside it."""
    told = command("new-book", "XX", "--at", tmp_path / "xx", "--name", "Syntheti-Côte d’Or (East)", *ON, "--json")
    assert (told.code, told.err) == (0, "")
    fits("new-book", told.data)
    assert told.data["files"] == list(written(tmp_path / "xx")) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["xx"]
    book = tmp_path / "xx" / "jcm_book_xx" / "book.toml"
    assert lint(book, on=None) == ()
    assert tomllib.loads(book.read_text(encoding="utf-8"))["book"]["name"] == "Syntheti-Côte d’Or (East)"
    project = tomllib.loads((tmp_path / "xx" / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"] == {"jcm_cycle.books": {"XX": "jcm_book_xx:book"}}
    assert (tmp_path / "xx" / "book.schema.json").read_bytes() == SCHEMA.read_bytes()
    assert not re.search(
        r"\$\w", "".join(text for file, text in written(tmp_path / "xx").items() if "schema" not in file)
    )


def test_what_is_told(command: Any, tmp_path: Path) -> None:
    """The files, and what comes next."""
    told = command("new-book", "XX", "--at", tmp_path, *ON)
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[: len(FILES) + 1] == [
        f"jcm_book_xx for XX, in {tmp_path}:",
        *(f"  {one}" for one in FILES),
    ]
    assert "  jcm-cycle lint XX\n" in told.out


def test_what_is_written_is_formatted_and_typed(command: Any, tmp_path: Path) -> None:
    """An author whose own tools look at it finds nothing to mend."""
    for code, words in (("XX", ()), ("TH", ("--from-installed",))):
        command("new-book", code, "--at", tmp_path / code, *ON, *words)
    ruff = [Path(sys.executable).with_name("ruff"), "--isolated"]
    for check in (
        ["check", "--select", "E,F,I,UP,B", "--line-length", "120"],
        ["format", "--check", "--line-length", "120"],
    ):
        done = subprocess.run([ruff[0], *check, *ruff[1:], tmp_path], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("kh",), "'kh' is not the code of a country. Did you mean 'KH'?"),
        (("KHM",), "'KHM' is not the code of a country. Give the two capital letters of ISO 3166, such as KH."),
        (("K1",), "'K1' is not the code of a country."),
        (("../x",), "'../x' is not the code of a country."),
        (("JP",), "JP is Japan, the partner of every host country. Give the code of a host country."),
        (("KH",), "There is a rule book for KH already; nothing was written. To correct it, give --from-installed: "),
        (("XX", "--from-installed"), "There is no book for XX to start from. Leave --from-installed out"),
        (("XX", "--name", 'a"b'), "'a\"b' cannot be the name of a country."),
        (("XX", "--name", "a\nb"), "cannot be the name of a country."),
        (("XX", "--name", ""), "'' cannot be the name of a country."),
        (("XX", "--name", "a" * 61), "cannot be the name of a country."),
    ],
)
def test_a_book_that_cannot_be_written(command: Any, tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    """Nothing is written; the error says what to do."""
    told = command("new-book", *words, "--at", tmp_path / "new", *ON)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("NewBookError: ")
    assert why in told.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("what", ["file in it", "hidden file in it", "a file", "a link", "no folder above"])
def test_a_folder_that_will_not_do(command: Any, tmp_path: Path, what: str) -> None:
    """What lies there is left as it is."""
    at = tmp_path / "at"
    if what == "a file":
        at.write_text("mine", encoding="utf-8")
    elif what == "a link":
        (tmp_path / "other").mkdir()
        at.symlink_to(tmp_path / "other")
    elif what == "no folder above":
        at = at / "below"
    else:
        at.mkdir()
        (at / (".git" if "hidden" in what else "pyproject.toml")).write_text("mine", encoding="utf-8")
    before = written(tmp_path)
    told = command("new-book", "XX", "--at", at, *ON)
    assert (told.code, told.out) == (2, "")
    assert ("is not empty; nothing was written." if "in it" in what else "is no folder.") in told.err
    assert written(tmp_path) == before


def test_what_fails_on_the_way_leaves_nothing(command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is written beside the folder, and moved when it is whole."""
    monkeypatch.setattr(Path, "mkdir", _fails)
    told = command("new-book", "XX", "--at", tmp_path / "xx", *ON)
    monkeypatch.undo()
    assert (told.code, "cannot be written: No space left on device." in told.err) == (2, True)
    assert not list(tmp_path.iterdir())


def _fails(path: Path, *_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device", str(path))


@pytest.mark.parametrize("country", ["KH", "TH", "VN"])
def test_an_installed_book_is_corrected_from_a_copy(command: Any, tmp_path: Path, country: str) -> None:
    """With the books of its tracks; it clashes with none, for the program says which one counts."""
    told = command("new-book", country, "--at", tmp_path / "at", "--from-installed", *ON, "--json")
    assert told.code == 0
    package = tmp_path / "at" / told.data["package"]
    original = Path(books[country].path)
    for name in ("book.toml", *(f"{row.name}.toml" for row in books[country].rows["track"])):
        assert (package / name).read_bytes() == original.with_name(name).read_bytes()
    assert lint(package / "book.toml") == ()
    assert (
        "entry-points" not in tomllib.loads((tmp_path / "at" / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    )
    done = python(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests",
        cwd=tmp_path / "at",
        path=tmp_path / "at",
    )
    assert done.returncode == 0, done.stdout


def python(executable: str | Path, *words: str | Path, cwd: Path, path: Path | None = None) -> Any:
    """Run a Python, with nothing of this run in its way."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "PYTHON"))}
    env |= {"PYTHONDONTWRITEBYTECODE": "1"} | ({"PYTHONPATH": str(path)} if path is not None else {})
    return subprocess.run([executable, *words], check=False, capture_output=True, text=True, cwd=cwd, env=env)


class Environment:
    """A fresh environment that has the library, and nothing of an author's."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=False, symlinks=True)
        self.folder = folder
        self.python = folder / "bin" / "python"
        (self.site,) = folder.glob("lib/python*/site-packages")
        ours = sysconfig.get_path("purelib")
        (self.site / "library.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")

    def files(self) -> set[str]:
        """Return every file of the environment."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*")}

    def pip(self, *words: str | Path) -> None:
        """Install or remove something, without the network."""
        done = python(sys.executable, "-m", "pip", "--python", self.python, *words, cwd=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr

    def command(self, *words: str | Path, cwd: Path) -> Any:
        """Run the command as its entry point does."""
        code = "from jcm_cycle.cli import main; main()"
        return python(self.python, "-P", "-c", code, *words, cwd=cwd)


RECORD = (
    "country,subject_type,reference,title,event,date,end_date,amount_tco2,detail,decided_by,source_url\n"
    "XX,project,XX001,Synthetic solar park,validation_completed,2027-01-11,,,,,\n"
    "XX,project,XX001,Synthetic solar park,registered,2027-03-01,,,,,\n"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the distribution of a country that exists nowhere, in a folder of its own, and build its wheel."""
    folder = tmp_path_factory.mktemp("author")
    code = "from jcm_cycle.cli import main; main()"
    made = python(sys.executable, "-c", code, "new-book", "XX", "--at", "xx", "--name", "Synthetia", *ON, cwd=folder)
    assert made.returncode == 0, made.stderr
    build = ("-m", "hatchling", "build", "--target", "wheel", "--directory", folder / "dist")
    done = python(sys.executable, *build, cwd=folder / "xx")
    assert done.returncode == 0, done.stderr
    (built,) = (folder / "dist").glob("*.whl")
    return built


def test_a_distribution_of_someone_else(wheel: Path, tmp_path: Path) -> None:
    """Built, installed, listed, linted, tested, used in a replay, and removed again without a trace."""
    made = Environment(tmp_path / "env")
    record = tmp_path / "record.csv"
    record.write_text(RECORD, encoding="utf-8")
    before = made.files()
    listed = json.loads(made.command("books", "--json", cwd=tmp_path).stdout)
    assert "XX" not in {row["country"] for row in listed["books"]}

    made.pip("install", "--quiet", "--no-index", "--no-deps", wheel)
    told = made.command("books", "--json", cwd=tmp_path)
    (row,) = (row for row in json.loads(told.stdout)["books"] if row["country"] == "XX")
    assert (told.returncode, row["name"], row["rules"]) == (0, "Synthetia", 2)

    told = made.command("lint", "XX", *ON, cwd=tmp_path)
    assert (told.returncode, told.stdout) == (0, "Nothing to tell of 1 book.\n"), told.stdout

    author = wheel.parents[1] / "xx"
    assert_passes(made, author, ["tests"], count=7)
    if STORIES:
        assert_passes(made, author, ["stories"], count=2)

    told = made.command("replay", record, "--country", "XX", "--explain", "--json", cwd=tmp_path)
    (country,) = json.loads(told.stdout)["countries"]
    judged = {row["rule"] for row in country["rules"]}
    assert (country["country"], country["cases"]) == ("XX", 1)
    assert "project.conclude_validation.no_open_requests" in judged  # which only the book brings

    made.pip("uninstall", "--quiet", "--yes", "jcm-book-xx")
    assert made.files() == before
    listed = json.loads(made.command("books", "--json", cwd=tmp_path).stdout)
    assert "XX" not in {row["country"] for row in listed["books"]}
    told = made.command("replay", record, "--json", cwd=tmp_path)
    assert "No rule book for 'XX' is installed" in told.stdout


STORIES = find_spec("jcm_cycle.testing") is not None
"""Whether pytest collects stories."""


def assert_passes(made: Environment, author: Path, what: Iterable[str], *, count: int) -> None:
    """Run tests of the author with what is installed, and not with the files beside them."""
    code = f"import pytest, sys; sys.exit(pytest.main({['-q', '-p', 'no:cacheprovider', *what]!r}))"
    done = python(made.python, "-P", "-c", code, cwd=author)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{count} passed" in done.stdout, done.stdout
