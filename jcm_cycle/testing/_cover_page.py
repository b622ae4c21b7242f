"""Coverage as a page in Markdown: all books at a glance, each rule over all of them, and what no machine checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jcm_cycle.findings import Verdict
from jcm_cycle.testing._cover import NAMED, Coverage, Unchecked

__all__ = ["page"]

MANY = 10
"""What is so in more books than these is told once."""

HEAD = """# What is covered

Which documents have rules, which rules have stories, and what no machine checks.
A story shows a rule where it names it, or, for a rule that is met, where its act is accepted.
How a story is written is in [stories.md](stories.md).
"""


def page(covers: Iterable[Coverage]) -> str:
    """Return the page of one book or of many; what is so in most of many stands there once."""
    known = tuple(covers)
    times = Counter(found for one in known for found in dict.fromkeys(one.unchecked) if found.what != "source")
    shared = [found for found, count in times.items() if count > MANY < len(known)]
    parts = [HEAD, "## Books\n", _books(known), "\n## Rules\n", _rules(known), "\n## Not checked by a machine\n"]
    if shared:
        parts += ["### In most books\n", *(f"{_line(found)} ({times[found]} books)" for found in shared), ""]
    for one in known:
        parts += [f"### {_cell(one.name)} ({one.called})\n", *_unchecked(one, shared), ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(str(cell)) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _books(known: Sequence[Coverage]) -> str:
    head = ("book", "stories", "rules", *(f"with one {verdict}" for verdict in Verdict), "sources", "with rows")
    return _table(
        head,
        [
            (
                f"{one.called} {one.name}",
                one.stories,
                len(one.rules),
                *(one.count(verdict) for verdict in Verdict),
                len(one.sources),
                one.used,
            )
            for one in known
        ],
    )


def _rules(known: Sequence[Coverage]) -> str:
    books = Counter(rule.rule for one in known for rule in one.rules)
    kinds = {rule.rule: rule.kind for one in known for rule in one.rules}
    told = {verdict: Counter(dict.fromkeys(books, 0)) for verdict in Verdict}
    for one in known:
        for rule in one.rules:
            for verdict in Verdict:
                told[verdict][rule.rule] += len(getattr(rule, verdict))
    return _table(
        ("rule", "kind", "books", *(f"stories {verdict}" for verdict in Verdict)),
        [(f"`{name}`", kinds[name], books[name], *(told[verdict][name] for verdict in Verdict)) for name in books],
    )


def _unchecked(one: Coverage, shared: Sequence[Unchecked]) -> list[str]:
    """Return what no machine checks, line by line; the documents of which nothing is used stand together."""
    lines = [_line(found) for found in one.unchecked if found.what != "source" and found not in shared]
    unused = [_cell(source.title) for source in one.sources if not source.rows]
    if unused:
        lines.append(f"* {len(unused)} documents ({NAMED}): {'; '.join(unused)}")
    return lines or ["Nothing more."]


def _line(found: Unchecked) -> str:
    return f"* {found.what} `{found.id}`: {_cell(found.why)}"
