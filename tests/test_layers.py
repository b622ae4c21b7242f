"""Imports run downwards, and each library beneath is met in one place."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "jcm_cycle"

# From the foundation upwards: a module uses only what stands above it in this list.
ORDER = (
    "errors",
    "_logging",
    "_toml",
    "_labels",
    "_words",
    "_working",
    "_near",
    "days",
    "parties",
    "findings",
    "evidence",
    "entries",
    "codec",
    "states",
    "_known",
    "_claimed",
    "_listed",
    "_listing",
    "register",
    "rules",
    "_outcomes",
    "_judge",
    "_fold",
    "_next",
    "_pinned",
    "_papers",
    "case",
    "_outstanding",
    "_advice",
    "_checklist",
    "_plan",
    "_ics",
    "_due",
    "linked",
    "_cases",
    "_affected",
    "_touching",
    "_modalities",
    "_affected_by",
    "_public",
    "_public_around",
    "_publication",
    "_likeness",
    "_resembles",
    "decision",
    "_agenda",
    "_outward_map",
    "_outward_lost",
    "_outward_actions",
    "outward",
    "_chain",
    "_sealed",
    "_disk",
    "journal",
    "review",
    "",  # jcm_cycle itself: the public names
    "record",
    "testing",
    "pictures",
    "cli",
)

# Each library that the core stands on, and the one file that knows it.
SEAMS = {
    "cattrs": "codec.py",
    "structlog": "_logging.py",
    "transitions": "states/_engine.py",
}
# What comes with an extra, and the folder or file that needs it.
EXTRAS = {
    "holidays": "_working.py",
    "icalendar": "_ics.py",
    "pytest": "testing/plugin.py",
    "rich": "cli/",
    "sqlalchemy": "cli/",
    "typer": "cli/",
}

FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield every import that is run, in functions as well: only those for type checkers are left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            yield from imports(ast.Module(node.orelse, []))
        else:
            yield from imports(node)


def modules(text: str, known: frozenset[str]) -> list[str]:
    """Return the dotted names that a text imports; what is taken from a package is its module where it is one."""
    found = []
    for node in imports(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
            continue
        assert node.level == 0, "imports are absolute"
        module = node.module or ""
        inner = [f"{module}.{alias.name}" for alias in node.names]
        found += [name if name in known else module for name in inner]
    return found


def dotted(file: str) -> str:
    """Return the name of the module in a file of the package."""
    parts = ["jcm_cycle", *file.removesuffix(".py").split("/")]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


KNOWN = frozenset(map(dotted, FILES))
IMPORTED = {file: modules(path.read_text(encoding="utf-8"), KNOWN) for file, path in FILES.items()}


def unit(module: str) -> str:
    """Return the part of the package that a module belongs to."""
    return module.split(".")[1] if "." in module else ""


def ours(file: str) -> list[str]:
    """Return the modules of the package that a file imports."""
    return [name for name in IMPORTED[file] if name.split(".")[0] == "jcm_cycle"]


@pytest.mark.parametrize("file", FILES)
def test_a_module_uses_only_what_stands_above_it(file: str) -> None:
    """In the order of the layers; modules of one part may use each other."""
    place = ORDER.index(unit(dotted(file)))
    for name in ours(file):
        assert ORDER.index(unit(name)) <= place, f"{file} imports {name}"


def test_every_part_of_the_package_has_its_place() -> None:
    """None is added without saying what it may use, and none is listed that is gone."""
    assert sorted({unit(dotted(file)) for file in FILES}) == sorted(ORDER)


def test_no_module_needs_itself() -> None:
    """Within a part, too, the modules can be read one after the other."""
    needs = {
        dotted(file): {name for name in ours(file) if name != dotted(file) and name in KNOWN}
        for file in FILES
        if not file.endswith("__init__.py")
    }
    while needs:
        ready = [name for name, others in needs.items() if not others & needs.keys()]
        assert ready, f"in a circle: {', '.join(sorted(needs))}"
        for name in ready:
            del needs[name]


@pytest.mark.parametrize("library", SEAMS)
def test_a_library_of_the_core_is_met_in_one_file(library: str) -> None:
    """Whoever wants another one changes that file."""
    users = [file for file, names in IMPORTED.items() if library in {name.split(".")[0] for name in names}]
    assert users == [SEAMS[library]]


@pytest.mark.parametrize("library", EXTRAS)
def test_what_comes_with_an_extra_is_used_by_its_part_alone(library: str) -> None:
    """The core is imported without it."""
    for file, names in IMPORTED.items():
        if library in {name.split(".")[0] for name in names}:
            assert file.startswith(EXTRAS[library]), file


def test_the_core_needs_nothing_but_its_five_libraries() -> None:
    """Everything else that is imported is the standard library's, the package's own, or an extra's."""
    used = {name.split(".")[0] for names in IMPORTED.values() for name in names}
    foreign = used - sys.stdlib_module_names - {"jcm_cycle", *EXTRAS}
    assert foreign == {"attrs", "orjson", *SEAMS}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import jcm_cycle.case", ["jcm_cycle.case"]),
        ("from jcm_cycle import case, Role", ["jcm_cycle.case", "jcm_cycle"]),
        ("from jcm_cycle.states import project, Step", ["jcm_cycle.states.project", "jcm_cycle.states"]),
        ("def f():\n    from jcm_cycle.case import Case", ["jcm_cycle.case"]),
        ("try:\n    import rich.table\nexcept ImportError:\n    import json", ["rich.table", "json"]),
        ("if TYPE_CHECKING:\n    import jcm_cycle.case\nelse:\n    import json", ["json"]),
        ("if DEBUG:\n    import jcm_cycle.case", ["jcm_cycle.case"]),
    ],
)
def test_the_reader_of_imports_overlooks_none(text: str, found: list[str]) -> None:
    """Those in functions and branches count; those for type checkers do not."""
    assert modules(text, KNOWN) == found
