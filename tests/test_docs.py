"""What the pages say is so: examples print what stands below them, links lead somewhere, generated pages are fresh.

The examples are run by docs/_refresh.py, each page in a process of its own; the same script writes their outputs anew.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from jcm_cycle.states import MACHINES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCES = ROOT / "jcm_cycle" / "states" / "sources.md"
PAGES = [path for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))) if path.exists()]
TEXTS = [*PAGES, SOURCES, *sorted((ROOT / "jcm_cycle").rglob("README.md"))]

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (?P<text>.+)$", re.MULTILINE)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", DOCS / script, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    """Load the script that runs the examples."""
    spec = importlib.util.spec_from_file_location("docs_refresh", DOCS / "_refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_examples_print_what_stands_below_them(page: Path) -> None:
    """Every example of a page runs, in its order, and prints what the page says; if not: python docs/_refresh.py."""
    run = _run("_refresh.py", "--check", page)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_page_of_the_machine_is_what_its_table_says() -> None:
    """The generated page is the one that the table gives now; if not: python docs/_generate.py."""
    run = _run("_generate.py", "--check")
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_pages_of_the_countries_are_what_their_books_say() -> None:
    """In both languages, with their pictures, and none of a country that has no book; if not: docs/_countries.py."""
    run = _run("_countries.py", "--check")
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_page_of_a_country_that_drifts_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was changed, one that lacks, and one too many; written anew, all is well again."""
    spec = importlib.util.spec_from_file_location("docs_countries", DOCS / "_countries.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    monkeypatch.setattr(script, "books", {"MN": script.books["MN"]})
    told: list[str] = []
    monkeypatch.setattr(script.sys, "stdout", SimpleNamespace(write=told.append))
    assert script.main([]) == 0
    assert script.main(["--check"]) == 0
    assert not told
    (tmp_path / "mn.md").write_text("# Mongolia\n", encoding="utf-8")
    (tmp_path / "mn.ja.svg").unlink()
    (tmp_path / "xx.md").touch()
    assert script.main(["--check"]) == 1
    assert [line.split()[0] for line in told] == ["countries/mn.ja.svg", "countries/mn.md", "countries/xx.md"]
    assert script.main([]) == 0
    assert script.main(["--check"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "comparison.ja.md", "comparison.md", "index.ja.md", "index.md", "mn.ja.md", "mn.ja.svg", "mn.md", "mn.svg"
    ]  # fmt: skip


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as they are made where pages are shown."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    found: set[str] = set()
    for heading in HEADING.finditer(text):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)", "", heading["text"]).lower())
        slug = plain.strip().replace(" ", "-")
        found.add(slug if slug not in found else f"{slug}-1")
    return found


def links(page: Path) -> list[str]:
    """Return the targets of a page's links."""
    text = CODE.sub("", FENCED.sub("", page.read_text(encoding="utf-8")))
    return [link["target"] for link in LINK.finditer(text)]


@pytest.mark.parametrize("page", TEXTS, ids=_name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    """A relative link names a file that is there, and an anchor a heading of that page."""
    dead = []
    for target in links(page):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            dead.append(target)
    assert not dead


def test_every_page_is_in_the_reading_order() -> None:
    """Whoever begins at the index finds every page."""
    told = {target.partition("#")[0] for target in links(DOCS / "index.md")}
    assert told >= {page.name for page in DOCS.glob("*.md")} - {"index.md"}


def test_every_citation_of_the_table_has_its_document() -> None:
    """Each row of the machine's table cites something that the page of its sources explains."""
    known = re.findall(r"^\| `([^`]+)` \|", SOURCES.read_text(encoding="utf-8"), re.MULTILINE)
    steps = [step for made in MACHINES.values() for step in made.steps.values()]
    assert not [step.id for step in steps if not any(name in step.cites for name in known)]


@pytest.mark.parametrize(
    ("stands", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "b\n", False),
        ("", "a\n", False),
        ("a\n...\nz\n", "a\nb\nc\nz\n", True),
        ("a\n...\n", "a\n", True),
        ("...\nz\n", "b\n", False),
        ("head …\n", "head 5f3a\n", True),
        ("head …\n", "tail 5f3a\n", False),
        ("1 (a) [b]\n", "1 (a) [b]\n", True),
    ],
)
def test_an_output_stands_for_what_is_printed(refresh: ModuleType, stands: str, printed: str, *, same: bool) -> None:
    """A text is compared in full, save what is marked as left out."""
    assert refresh.matches(stands, printed) is same


def test_a_new_output_leaves_out_what_the_old_one_did(refresh: ModuleType) -> None:
    """Rewriting keeps the marks of what is left out, where their surroundings are still there."""
    new = refresh.updated("first line\n...\nthe last line\nhead …\n", "first lines\nb\nc\nthe last line\nhead 5f3a\n")
    assert new == "first lines\n...\nthe last line\nhead …\n"
    assert refresh.updated("first\n...\nlast\n", "other\n") == "other\n"


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", ":1: not as printed"),
        ("```python\nprint(1)\n```\n\nWords.\n\n```text\n1\n```\n", ":1: the example prints"),
        ("Words.\n\n```python\nraise ValueError\n```\n", 'page.md", line 4'),
        ("```console\n$ jcm-cycle rules XX --on 2025-01-01\n```\n", ":3: not as printed"),
    ],
)
def test_a_page_that_is_wrong_is_told_with_its_place(tmp_path: Path, example: str, told: str) -> None:
    """A false output, a missing one and an example that fails are each found."""
    page = tmp_path / "page.md"
    page.write_text(example, encoding="utf-8")
    run = _run("_refresh.py", "--check", page)
    assert run.returncode == 1
    assert told in run.stdout


def test_a_page_can_be_written_anew(tmp_path: Path) -> None:
    """Outputs are put where they belong, and nothing else of the page changes."""
    page = tmp_path / "page.md"
    page.write_text("# A\n\n```python\nprint(1)\n```\n\n```text\n2\n```\n\nB.\n", encoding="utf-8")
    assert _run("_refresh.py", page).returncode == 0
    assert page.read_text(encoding="utf-8") == "# A\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n\nB.\n"
