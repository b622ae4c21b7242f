"""Runs the examples of the pages and puts what they print below them.

    python docs/_refresh.py                 rewrite the outputs in every page of docs/
    python docs/_refresh.py PAGE ...        only in these pages
    python docs/_refresh.py --check [PAGE ...]   write nothing; show what is not as printed, and exit with 1

The blocks of a page are run in their order, in one namespace and one temporary folder:

- a `python` block is executed; what it prints stands in the `text` block that follows it;
- a block of any language with `title="NAME"` is written to the file NAME and not executed;
- in a `console` block, each `$ jcm-cycle …`, `$ mypy …` and `$ echo $?` is run; what it prints stands below it.
  A block with any other command is for the reader and is left alone.

In an output a line `...` stands for any lines left out, and `…` for anything within a line.
Blanks at the end of a line do not count.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import difflib
import io
import os
import re
import shlex
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs"
BLOCK = re.compile(r"^```(?P<language>\w+)(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
TITLE = re.compile(r'\btitle="(?P<name>[^"/]+)"')
WIDTH = "120"
ALIKE = 0.6


class ExampleError(Exception):
    """An example of a page failed."""


@dataclass(frozen=True)
class Output:
    """What stands in a page as printed, and what was printed.

    Attributes:
        line: the line of the page on which the example starts.
        start, end: where the text that stands there begins and ends.
        stands: that text.
        printed: what the example prints now.
    """

    line: int
    start: int
    end: int
    stands: str
    printed: str

    @property
    def same(self) -> bool:
        """Whether what stands there is what is printed, save what is left out."""
        return matches(self.stands, self.printed)


def matches(stands: str, printed: str) -> bool:
    """Tell whether a text with things left out stands for another."""
    return re.fullmatch(_pattern(stands), printed) is not None


def _pattern(stands: str) -> str:
    lines = stands.splitlines(keepends=True)
    return "".join(r"(?:.*\n)*" if line.strip() == "..." else re.escape(line).replace("…", ".*") for line in lines)


def updated(stands: str, printed: str) -> str:
    """Return what was printed, with the same things left out as before where their surroundings are still there."""
    if matches(stands, printed):
        return stands
    lines = printed.splitlines(keepends=True)
    for old in stands.splitlines(keepends=True):
        if "…" in old:
            lines = [old if re.fullmatch(_pattern(old), line) else line for line in lines]
    parts = re.split(r"^\.\.\.\n", stands, flags=re.MULTILINE)
    if len(parts) == 1:
        return "".join(lines)
    kept, place = [], 0
    for part in parts:
        old_lines = part.splitlines(keepends=True)
        if not old_lines:
            kept.append("")
            continue
        first = _like(old_lines[0], lines, place)
        last = _like(old_lines[-1], lines, place if first is None else first)
        if first is None or last is None:
            return "".join(lines)
        kept.append("".join(lines[first : last + 1]))
        place = last + 1
    return "...\n".join(kept)


def _like(wanted: str, lines: Sequence[str], start: int) -> int | None:
    """Return the place of the line that is most like the one wanted."""
    ratios = [(difflib.SequenceMatcher(None, wanted, line).ratio(), -n) for n, line in enumerate(lines) if n >= start]
    best, place = max(ratios, default=(0.0, 0))
    return -place if best > ALIKE else None


def run(page: Path) -> list[Output]:
    """Run the examples of a page; return what each prints."""
    text = page.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    module = sys.modules["page"] = ModuleType("page")
    found = []
    with TemporaryDirectory(prefix="docs-") as folder, chdir(folder):
        sys.path.insert(0, folder)
        for place, block in enumerate(blocks):
            titled = TITLE.search(block["info"])
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            if titled:
                Path(titled["name"]).write_text(block["body"], encoding="utf-8")
            elif block["language"] == "python":
                found.append(_python(page, text, block, after, module))
            elif block["language"] == "console":
                found += _console(text, block)
    return found


def _trimmed(printed: str) -> str:
    """Return a text without the blanks at the ends of its lines."""
    return "".join(line.rstrip() + "\n" for line in printed.splitlines())


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _python(page: Path, text: str, block: re.Match[str], after: re.Match[str] | None, module: ModuleType) -> Output:
    line = _line(text, block.start())
    code = "\n" * line + block["body"]  # so that a traceback names the line of the page
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, str(page), "exec", dont_inherit=True), vars(module))  # noqa: S102 - our own page
    shown = after is not None and after["language"] == "text" and not text[block.end() : after.start()].strip()
    if after is not None and shown:
        return Output(line, after.start("body"), after.end("body"), after["body"], _trimmed(printed.getvalue()))
    if printed.getvalue():
        why = f"{page.name}:{line}: the example prints, and no text block follows it:\n{printed.getvalue()}"
        raise ExampleError(why)
    return Output(line, block.end(), block.end(), "", "")


RUN = ("jcm-cycle", "mypy", "echo")


def _console(text: str, block: re.Match[str]) -> Iterator[Output]:
    """Run the commands of a block, unless one of them is only for the reader."""
    commands = list(COMMAND.finditer(block["body"]))
    words = [shlex.split(found["command"].replace("\\\n", " ")) for found in commands]
    if not commands or any(word[0] not in RUN for word in words):
        return
    code = 0
    for found, (name, *arguments) in zip(commands, words, strict=True):
        start, end = (block.start("body") + place for place in found.span("output"))
        code, printed = (0, f"{code}\n") if name == "echo" else _COMMANDS[name](arguments)
        yield Output(_line(text, start), start, end, found["output"], _trimmed(printed))


def _jcm_cycle(arguments: list[str]) -> tuple[int, str]:
    from typer.testing import CliRunner  # noqa: PLC0415 - only pages with commands need it

    from jcm_cycle.cli._pages import app  # noqa: PLC0415

    result = CliRunner().invoke(app, arguments, prog_name="jcm-cycle")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def _mypy(arguments: list[str]) -> tuple[int, str]:
    from mypy import api  # noqa: PLC0415 - only pages with types need it

    told, errors, code = api.run(["--cache-dir", str(ROOT / ".mypy_cache" / "docs"), *arguments])
    return code, told + errors


_COMMANDS: dict[str, Any] = {"jcm-cycle": _jcm_cycle, "mypy": _mypy}


def refreshed(text: str, outputs: Sequence[Output]) -> str:
    """Return a page with the outputs as they are printed now."""
    for output in sorted(outputs, key=lambda found: -found.start):
        text = text[: output.start] + updated(output.stands, output.printed) + text[output.end :]
    return text


def main(arguments: list[str]) -> int:
    """Rewrite or check pages; return the exit code."""
    flags = [word for word in arguments if word.startswith("-")]
    pages = [Path(word).resolve() for word in arguments if word not in flags] or sorted(PAGES.glob("*.md"))
    if len(pages) == 1:
        return _one(pages[0], check="--check" in flags)
    # Each page in a process of its own: the rules and books of one are not those of another.
    return max(subprocess.run([sys.executable, __file__, *flags, page], check=False).returncode for page in pages)  # noqa: S603


def _one(page: Path, *, check: bool) -> int:
    os.environ["COLUMNS"] = WIDTH  # the width of tables, wherever this runs
    os.environ["NO_COLOR"] = "1"
    try:
        outputs = run(page)
    except Exception as error:  # noqa: BLE001 - whatever an example raises, it is told with its place
        told = str(error) if isinstance(error, ExampleError) else traceback.format_exc()
        sys.stdout.write(f"{page.name}: an example failed\n{told}\n")
        return 1
    wrong = [output for output in outputs if not output.same]
    if not check and wrong:
        page.write_text(refreshed(page.read_text(encoding="utf-8"), outputs), encoding="utf-8")
        sys.stdout.write(f"{page.name}: {len(wrong)} outputs rewritten\n")
        return 0
    for output in wrong:
        stands, printed = output.stands.splitlines(), output.printed.splitlines()
        told = "\n".join(difflib.unified_diff(stands, printed, "stands", "printed", lineterm=""))
        sys.stdout.write(f"{page.name}:{output.line}: not as printed\n{told}\n\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
