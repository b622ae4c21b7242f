"""Finds the rules in the text of a module, without running it: the id of each, its revision, and what it leans on."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from attrs import field, frozen

from jcm_cycle.errors import BookError
from jcm_cycle.rules._file import load_text
from jcm_cycle.rules._rule import Rule

__all__ = ["BESIDE", "Source", "Written", "file_of", "foreseen_in", "is_annotation", "parsed", "written_in"]

DECORATORS = ("rule", "precondition")
READ = ("values", "items")
BESIDE = "rules.py"
"""The module of a country's own rules, beside its book."""


@frozen(eq=False)
class Written:
    """A rule as it is written.

    Attributes:
        id: its id.
        revision: its revision.
        values: ids of the values that it reads.
        node: its function.
        source: the module in which it stands.
    """

    id: str
    revision: int
    values: frozenset[str]
    node: ast.FunctionDef
    source: Source

    @property
    def sentence(self) -> str:
        """What it demands, in one sentence."""
        return " ".join((ast.get_docstring(self.node) or "").split("\n\n")[0].split())


@frozen(eq=False)
class Source:
    """The text of a module.

    Attributes:
        file: where it lies.
        defined: what stands in it under a name, outside any function.
        imported: the dotted name of what it imports, by the name under which it is used; stars under `*`.
        rules: the rules in it, by id.
    """

    file: Path
    defined: Mapping[str, tuple[ast.stmt, ...]]
    imported: Mapping[str, str]
    rules: dict[str, Written] = field(factory=dict)

    def reached(self, rule: Written) -> Iterator[ast.stmt]:
        """Yield the rule's function, and each part of the module on which it leans, directly or through another."""
        ahead: list[ast.stmt] = [rule.node]
        seen = {id(rule.node)}
        while ahead:
            node = ahead.pop(0)
            yield node
            for name in sorted(_names(node)):
                for part in self.defined.get(name, ()):
                    if id(part) not in seen:
                        seen.add(id(part))
                        ahead.append(part)


def file_of(rule: Rule) -> Path:
    """Return the file in which a rule is written."""
    return Path(rule.function.__code__.co_filename)


def written_in(file: Path) -> Mapping[str, Written]:
    """Return the rules that are written in a module, by id; none where it cannot be read.

    Raises:
        BookError: there is such a file, and it is no Python.
    """
    return parsed(file).rules if file.is_file() else {}


def foreseen_in(file: Path) -> frozenset[str]:
    """Return the ids of the rules that are written in a module, and of the values that they read.

    Raises:
        BookError: there is such a file, and it is no Python.
    """
    written = written_in(file)
    return frozenset(written).union(*(rule.values for rule in written.values()))


def parsed(file: Path) -> Source:
    """Return the text of a module as a tree.

    Raises:
        BookError: the file cannot be read, or is no Python.
    """
    return _parsed(file, load_text(file))


@cache
def _parsed(file: Path, text: str) -> Source:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        why = f"is no Python: {getattr(error, 'msg', error)}."
        line = getattr(error, "lineno", None)
        raise BookError(why, file=file, line=line, cure="Mend the line it names.", name="unreadable") from None
    defined: dict[str, tuple[ast.stmt, ...]] = {}
    for name, node in _defined(tree.body):
        defined[name] = (*defined.get(name, ()), node)
    source = Source(file, defined, dict(_imported(tree)))
    for part in ast.walk(tree):
        if isinstance(part, ast.FunctionDef) and (made := _rule(part, source)) is not None:
            source.rules[made.id] = made
    return source


def _defined(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """Yield what stands in a module under a name, also where it stands in a branch."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from ((one.id, node) for one in ast.walk(target) if isinstance(one, ast.Name))
        else:
            for name in ("body", "orelse", "finalbody"):
                yield from _defined(getattr(node, name, []))
            for handler in getattr(node, "handlers", ()):
                yield from _defined(handler.body)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield (one.asname, one.name) if one.asname else (one.name.partition(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((one.asname or one.name, module if one.name == "*" else f"{module}.{one.name}")
                        for one in node.names)  # fmt: skip


def _rule(node: ast.FunctionDef, source: Source) -> Written | None:
    """Return the rule that a function is made into, or None."""
    for made in node.decorator_list:
        if not isinstance(made, ast.Call) or ast.unparse(made.func).rpartition(".")[2] not in DECORATORS:
            continue
        words = {one.arg: one.value for one in made.keywords}
        name = made.args[0] if made.args else words.get("id")
        revision = words.get("revision", ast.Constant(1))
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            number = revision.value if isinstance(revision, ast.Constant) and type(revision.value) is int else 1
            read = [text for word in READ if word in words for text in _texts(words[word], source)]
            return Written(name.value, number, frozenset(read), node, source)
    return None


def _texts(node: ast.AST, source: Source) -> Iterator[str]:
    """Yield the texts in an expression, and in the constants of the module that it names."""
    ahead, seen = [node], {id(node)}
    while ahead:
        for part in ast.walk(ahead.pop()):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value
            for other in source.defined.get(part.id, ()) if isinstance(part, ast.Name) else ():
                if id(other) not in seen:
                    seen.add(id(other))
                    ahead.append(other)


def is_annotation(name: str) -> bool:
    """Tell whether a part of a tree only says of what type something is."""
    return name in ("annotation", "returns", "type_comment", "type_params")


def _names(node: ast.AST) -> Iterator[str]:
    """Yield the names that a part of a module reads, save those of types."""
    for name, value in ast.iter_fields(node):
        if is_annotation(name):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.Name):
                yield part.id
            elif isinstance(part, ast.AST):
                yield from _names(part)
