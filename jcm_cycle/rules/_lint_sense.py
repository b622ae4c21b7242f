"""Whether the sense of a rule is still the one that its revision had: recorded in `revisions.toml` beside the module.

The sense of a rule is its sentence, its code, and the code of its module on which it leans; not how it is laid out,
its comments, or the types of its arguments. `jcm-cycle lint --accept` writes the file.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from jcm_cycle.codec import read
from jcm_cycle.errors import BookError, JCMCycleError
from jcm_cycle.rules._file import load
from jcm_cycle.rules._lint_source import Written, is_annotation, written_in

__all__ = ["NAME", "Recorded", "accept", "fingerprint", "recorded"]

NAME = "revisions.toml"
HEAD = """\
# The sense of each rule beside this file, by its revision; written by `jcm-cycle lint --accept`.
# A rule whose fingerprint changes has another sense, and needs another revision.
"""
DIGITS = 16


@frozen(kw_only=True)
class Recorded:
    """The sense that one revision of a rule had.

    Attributes:
        id: id of the rule.
        revision: its revision.
        fingerprint: that of its sense.
    """

    id: str
    revision: int
    fingerprint: str


def recorded(folder: Path) -> Mapping[str, Recorded]:
    """Return what is recorded of the rules of a folder, by id; nothing where there is no such file.

    Raises:
        BookError: the file cannot be read.
    """
    file = folder / NAME
    if not file.exists():
        return {}
    data, _ = load(file)
    try:
        rows = [read(Recorded, row) for row in data.get("rule", [])]
    except (JCMCycleError, TypeError) as error:
        cure = "Write it anew with `jcm-cycle lint --accept`."
        raise BookError(f"is no list of revisions: {error}", file=file, cure=cure) from None
    return {row.id: row for row in rows}


def fingerprint(rule: Written) -> str:
    """Return the fingerprint of the sense of a rule."""
    first, *others = rule.source.reached(rule)
    parts = [rule.sentence, _sense(first), *sorted(map(_sense, others))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:DIGITS]


def accept(folder: Path, same: Iterable[str] = ()) -> Path | None:
    """Record the sense of every rule of a folder; one that changed under its revision is left as it was.

    Args:
        folder: the folder of the modules.
        same: ids of rules of which the author says that their sense is the same, though their code is another.

    Returns:
        The file, or None where nothing was to be written.

    Raises:
        BookError: a module or the file cannot be read, or the file cannot be written.
    """
    before = recorded(folder)
    allowed = set(same)
    kept: list[Recorded] = []
    for rule in sorted(_rules(folder), key=lambda one: one.id):
        now = Recorded(id=rule.id, revision=rule.revision, fingerprint=fingerprint(rule))
        then = before.get(rule.id, now)
        changed = then.fingerprint != now.fingerprint and then.revision >= now.revision
        if changed and rule.id not in allowed:
            now = then
        kept.append(now)
    if {row.id: row for row in kept} == dict(before):
        return None
    file = folder / NAME
    try:
        file.write_text(_written(kept), encoding="utf-8")
    except OSError as error:
        raise BookError(f"cannot be written: {error.strerror}.", file=file, cure="Check the folder.") from None
    return file


def _rules(folder: Path) -> Iterator[Written]:
    for file in sorted(folder.glob("*.py")):
        yield from written_in(file).values()


def _written(rows: list[Recorded]) -> str:
    told = [
        f'[[rule]]\nid = "{row.id}"\nrevision = {row.revision}\nfingerprint = "{row.fingerprint}"\n' for row in rows
    ]
    return "\n".join([HEAD, *told])


def _sense(node: ast.AST) -> str:
    """Return a part of a module as text that is the same however it is laid out, and in every version of Python."""
    parts = dict(ast.iter_fields(node))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        parts["body"] = node.body[1:] if ast.get_docstring(node) is not None else node.body
        parts["decorator_list"] = [_without_revision(one) for one in node.decorator_list]
    elif isinstance(node, ast.Call):
        parts["keywords"] = sorted(node.keywords, key=lambda one: str(one.arg))
    told = [f"{name}={_part(value)}" for name, value in sorted(parts.items()) if not _empty(name, value)]
    return f"{type(node).__name__}({', '.join(told)})"


def _without_revision(node: ast.expr) -> ast.expr:
    """Return what makes a function a rule without the revision, which is no part of its sense."""
    if not isinstance(node, ast.Call):
        return node
    return ast.Call(node.func, node.args, [one for one in node.keywords if one.arg != "revision"])


def _empty(name: str, value: Any) -> bool:
    return is_annotation(name) or name in ("ctx", "kind", "simple") or value is None or value == []


def _part(value: Any) -> str:
    if isinstance(value, ast.AST):
        return _sense(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_part, value))}]"
    return repr(value)
