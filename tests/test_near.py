"""Where a name is refused, the one that was perhaps meant is told."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import jcm_cycle
from jcm_cycle._near import nearest, perhaps

PACKAGE = Path(jcm_cycle.__file__).parent


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("standng", ("since", "standing"), "standing"),
        ("Standing", ("since", "standing"), "standing"),
        ("pcp", ("PCP", "PDD"), "PCP"),
        ("xyzzy", ("since", "standing"), ""),
        ("standing", (), ""),
        (100, ("1000", "x"), "1000"),
        ([], ("x",), ""),
        ("a" * 100_000, ("a" * 100, "b"), "a" * 100),
    ],
)
def test_the_nearest_name(name: object, known: tuple[str, ...], found: str) -> None:
    """Large and small letters are the same; where nothing comes near, nothing is told."""
    assert nearest(name, known) == found
    told = f"Did you mean {found!r}? Mend it." if found else "Mend it."
    assert perhaps(name, known, "Mend it.") == told


def test_names_are_compared_in_one_place() -> None:
    """Whoever wants to tell a near name asks this module."""
    users = [
        path.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "get_close_matches" for alias in node.names)
    ]
    assert users == ["_near.py"]
