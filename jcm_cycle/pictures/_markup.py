"""How text becomes Markdown, HTML or Mermaid without becoming markup, and links that lead to the web only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

__all__ = ["anchor", "clean", "code", "heading", "inside", "items", "link", "plain", "slug", "table", "within_mermaid"]

_JOINERS = "\u200c\u200d"
"""Invisible letters that some scripts, such as that of Sri Lanka, cannot be written without."""

_BACKSLASH = re.compile(r"[\\`*_{}\[\]#]")
_ENTITY = re.compile(r"[&<>|~^$@]|:(?=[A-Za-z/])|(?<=w)\.(?=[A-Za-z])")
_BLOCK = re.compile(r"^(?P<mark>[-+=])(?=[\s=-]|$)|^(?P<number>\d+)(?P<dot>[.)])(?=\s|$)")


def clean(text: object) -> str:
    """Return a text in one line, without what steers a screen instead of being read."""
    kept = "".join(c if c.isprintable() or c in _JOINERS else " " for c in str(text))
    return " ".join(kept.split())


def plain(text: object) -> str:
    """Return a text so that Markdown shows it letter by letter, wherever in a line, list or table it stands."""
    told = _ENTITY.sub(lambda found: f"&#{ord(found[0])};", _BACKSLASH.sub(r"\\\g<0>", clean(text)))
    return _BLOCK.sub(_not_a_block, told)


def _not_a_block(found: re.Match[str]) -> str:
    """A list, a numbered list or an underline begins with one of these; here it is only a sign."""
    if found["mark"]:
        return f"&#{ord(found['mark'])};"
    return f"{found['number']}&#{ord(found['dot'])};"


def code(text: object) -> str:
    """Return a name in the type of code; a sign that would end it is left out."""
    told = clean(text).replace("`", "").replace("|", "¦")
    return f"`{told}`" if told else ""


def link(text: object, url: str | None) -> str:
    """Return a link to a page of the web; the text alone where the address is none of the web, or there is none."""
    told = plain(text)
    if url is None or not _of_the_web(url):
        return told
    return f"[{told}]({quote(clean(url).replace(' ', ''), safe=_IN_ADDRESS)})"


_IN_ADDRESS = "/:?#@!$&+,;=%-._~"


def _of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(clean(url).replace(" ", ""))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def inside(text: object, target: str) -> str:
    """Return a link to an anchor or a page of our own; the target is ours and never comes from a book."""
    return f"[{plain(text)}]({target})"


def anchor(name: str) -> str:
    """Return a place to which links within the page lead; the name is ours."""
    return f'<a id="{html.escape(name)}"></a>'


def slug(heading_text: str) -> str:
    """Return the anchor that a heading of ours gets where pages are shown."""
    return re.sub(r"[^\w\- ]", "", heading_text.lower()).strip().replace(" ", "-")


def heading(level: int, text: object) -> str:
    """Return a heading."""
    return f"{'#' * level} {plain(text)}"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; its cells are Markdown already, and it has the same columns whatever its rows leave empty."""
    columns, body = list(head), [list(row) for row in rows]
    lines = [columns, ["---"] * len(columns), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if body else ""


def items(lines: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"* {line}" for line in lines)


def within_mermaid(text: object) -> str:
    """Return a text for a diagram: signs with a meaning there are written by their numbers."""
    return re.sub(r"[\"#;:<>{}\[\]\\|%`]", lambda found: f"#{ord(found[0])};", clean(text))
