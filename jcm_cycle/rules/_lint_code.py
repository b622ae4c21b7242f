"""Whether a rule asks anything but its arguments: looked for in its text, and in what it leans on in its module.

What a rule calls in other modules is not followed; the library's own are tested where they stand.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import NamedTuple

from jcm_cycle.rules._lint_source import Source, Written, is_annotation

__all__ = ["Impure", "impurities"]

CLOCK, OUTSIDE, CHANCE, STATE = "reads a clock", "does I/O", "depends on chance", "keeps something between two calls"

MODULES = {
    **dict.fromkeys(
        (
            "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow",
            "sched", "time",
        ),
        CLOCK,
    ),
    **dict.fromkeys(
        (
            "aiohttp", "asyncio", "concurrent", "fileinput", "ftplib", "getpass", "glob", "http", "httpx", "importlib",
            "io", "locale", "logging", "multiprocessing", "os", "pathlib", "platform", "psycopg", "requests",
            "select", "shutil", "signal", "smtplib", "socket", "sqlalchemy", "sqlite3", "ssl", "structlog",
            "subprocess", "sys", "tempfile", "urllib.request", "urllib3",
            "jcm_cycle.Journal", "jcm_cycle.RuleBooks", "jcm_cycle.books", "jcm_cycle.journal", "jcm_cycle.record",
            "jcm_cycle.rules.books",
        ),
        OUTSIDE,
    ),
    **dict.fromkeys(("numpy.random", "random", "secrets", "uuid.uuid1", "uuid.uuid4"), CHANCE),
    **dict.fromkeys(("contextvars", "threading"), STATE),
}  # fmt: skip
"""What a rule may not use, with what it would do: modules, and single names in a module."""
BUILTINS = {
    **dict.fromkeys(("breakpoint", "input", "open", "print", "__import__"), OUTSIDE),
    **dict.fromkeys(("compile", "eval", "exec"), "runs other code"),
    "globals": STATE,
}
CALLED = {
    **dict.fromkeys(("now", "today", "utcnow"), CLOCK),
    **dict.fromkeys(
        ("iterdir", "mkdir", "read_bytes", "read_text", "unlink", "urlopen", "write_bytes", "write_text"), OUTSIDE
    ),
}
"""Methods that a rule may not call, whatever they are called on."""
CHANGES = (
    "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault",
    "update",
)  # fmt: skip
"""Methods that change what they are called on."""


class Impure(NamedTuple):
    """A place at which a rule asks something else than its arguments.

    Attributes:
        line: the line of its module.
        what: what it does there.
        text: the text there.
    """

    line: int
    what: str
    text: str


def impurities(rule: Written) -> list[Impure]:
    """Return the places at which a rule, or what it leans on in its module, asks something else than its arguments."""
    found: dict[tuple[int, str], Impure] = {}
    for part in rule.source.reached(rule):
        for one in _Looking(rule.source, part).looked(part):
            found.setdefault((one.line, one.what), one)
    return sorted(found.values())


class _Looking:
    """Looks through one function, class or assignment of a module."""

    def __init__(self, source: Source, part: ast.stmt) -> None:
        self.source = source
        inside = isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        self.local = set(_local(part)) if inside else set()

    def looked(self, node: ast.AST) -> Iterator[Impure]:
        """Yield what is found in a node and below it."""
        what = self._what(node)
        if what is not None:
            yield Impure(getattr(node, "lineno", 1), what, ast.unparse(node).partition("\n")[0])
        for name, value in ast.iter_fields(node):
            if is_annotation(name) or (what is not None and isinstance(node, ast.Attribute)):
                continue
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.AST):
                    yield from self.looked(part)

    def _what(self, node: ast.AST) -> str | None:
        """Return what a node does that a rule may not, or None."""
        if isinstance(node, ast.Name | ast.Attribute):
            return self._used(node)
        if isinstance(node, ast.Call):
            return self._called(node)
        if isinstance(node, ast.Global):
            return STATE
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
            targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
            return STATE if any(self._shared(one) for one in targets if not isinstance(one, ast.Name)) else None
        return None

    def _used(self, node: ast.Name | ast.Attribute) -> str | None:
        dotted = self._dotted(node)
        if dotted is None:
            return None
        parts = dotted.split(".")
        beginnings = (".".join(parts[: place + 1]) for place in range(len(parts)))
        return next((MODULES[one] for one in beginnings if one in MODULES), None)

    def _called(self, node: ast.Call) -> str | None:
        called = node.func
        if isinstance(called, ast.Attribute):
            if called.attr in CHANGES and self._kept(called.value):
                return STATE
            return CALLED.get(called.attr) if self._used(called) is None else None
        if isinstance(called, ast.Name) and called.id not in {*self.local, *self.source.defined, *self.source.imported}:
            return BUILTINS.get(called.id)
        return None

    def _dotted(self, node: ast.AST) -> str | None:
        """Return the dotted name of what an expression names, where that was imported."""
        if isinstance(node, ast.Attribute):
            before = self._dotted(node.value)
            return None if before is None else f"{before}.{node.attr}"
        if isinstance(node, ast.Name) and node.id not in self.local:
            known = node.id in self.source.defined or hasattr(builtins, node.id)
            return self.source.imported.get(node.id, None if known else self.source.imported.get("*"))
        return None

    def _kept(self, node: ast.AST) -> bool:
        """Tell whether a value of the module is named, or an imported one that is written as a constant."""
        name = node.id if isinstance(node, ast.Name) else ""
        return self._shared(node) and (name in self.source.defined or name.isupper())

    def _shared(self, node: ast.AST) -> bool:
        """Tell whether an expression names something that outlives the call: of the module, or imported."""
        while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
            node = node.value
        if not isinstance(node, ast.Name) or node.id in self.local:
            return False
        return node.id in self.source.defined or node.id in self.source.imported


def _local(part: ast.AST) -> Iterator[str]:
    """Yield the names that belong to a function: its arguments, and what it assigns."""
    declared = {name for node in ast.walk(part) if isinstance(node, ast.Global) for name in node.names}
    for node in ast.walk(part):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in declared:
            yield node.id
