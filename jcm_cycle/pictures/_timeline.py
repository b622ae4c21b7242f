"""A book over time as a picture: what its procedures have and which forms applied, and where nobody knows.

The picture is SVG, drawn here by hand: full where the book is sure, hatched where it is not, empty where it says
nothing. It names no font, picture or script from anywhere else.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from jcm_cycle._labels import check_language
from jcm_cycle.pictures._markup import clean
from jcm_cycle.pictures._stretches import Line, Stretch, days_between, lines, reach
from jcm_cycle.pictures._words import book_name, word
from jcm_cycle.rules import RuleBook

__all__ = ["timeline"]

WIDTH, LEFT, RIGHT, ROW, BAR = 1000, 330, 12, 20, 14
HEAD, LEGEND = 26, 30
FULL = {"yes": "#0b7285", "provisional": "#66c2cf", "no": "#dee2e6"}
INK = {"yes": "#ffffff", "provisional": "#083344", "no": "#495057", "unknown": "#3d2c00"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
    'role="img" font-family="system-ui, sans-serif" font-size="11" style="max-width:100%;height:auto">'
)
HATCHED = (
    '<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#ffe8a3"/><rect width="2.4" height="6" fill="#e8a317"/></pattern></defs>'
)
LETTER, SMALL = 6.1, 5.6
"""How wide a letter of the names and of the bars is, about; one of a wide script takes twice as much."""


def timeline(book: RuleBook, lang: str = "en") -> str:
    """Return a book over time as an SVG picture."""
    check_language(lang)
    drawn = list(lines(book, lang))
    groups = [(group, list(found)) for group, found in groupby(drawn, key=lambda line: line.group)]
    start, end = reach(book)
    height = HEAD + LEGEND + sum(ROW * (len(found) + 1) for _, found in groups) + 6
    name = f"{book.country}-{book.track or ''}-{lang}".lower()
    hatch = "".join(c if c.isalnum() or c == "-" else "-" for c in f"hatch-{name}")
    scale = _Scale(start, end)
    parts = [
        SVG.format(width=WIDTH, height=height),
        f"<title>{_text(word('timeline_of', lang, country=book_name(book, lang)))}</title>",
        HATCHED.format(name=hatch),
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        *_years(scale, height),
        *_legend(hatch, lang),
    ]
    top = HEAD + LEGEND
    for group, found in groups:
        parts.append(_write(6, top + 15, word(f"group_{group}", lang), weight="bold", ink="#212529"))
        top += ROW
        for line in found:
            parts += _drawn(line, top, scale, hatch)
            top += ROW
    x = scale.place(book.head.reviewed_on)
    parts.append(f'<path d="M{x} {HEAD - 4}V{height}" stroke="#c92a2a" stroke-width="1" stroke-dasharray="3 3"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


class _Scale:
    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end
        self._days = max(days_between(start, end), 1)

    def place(self, day: date) -> float:
        """Return how far to the right a day lies."""
        part = min(max(days_between(self.start, day) / self._days, 0), 1)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)


def _years(scale: _Scale, height: int) -> Iterator[str]:
    first, last = scale.start.year, scale.end.year
    step = max((last - first) // 16, 1)
    for year in range(first, last + 1, step):
        x = scale.place(date(year, 1, 1))
        yield f'<path d="M{x} {HEAD - 4}V{height}" stroke="#e9ecef" stroke-width="1"/>'
        if year < last:
            yield _write(x + 2, HEAD - 8, str(year), ink="#495057")


def _legend(hatch: str, lang: str) -> Iterator[str]:
    x = 6.0
    for how in ("yes", "provisional", "no", "unknown"):
        told = word(f"drawn_{how}", lang)
        yield f'<rect x="{x}" y="{HEAD + 5}" width="22" height="{BAR}" fill="{_fill(how, hatch)}"/>'
        yield _write(x + 27, HEAD + 16, told, ink="#212529")
        x = round(x + 45 + _wide(told) * LETTER, 1)
    yield f'<path d="M{x + 6} {HEAD + 4}V{HEAD + 20}" stroke="#c92a2a" stroke-width="1" stroke-dasharray="3 3"/>'
    yield _write(x + 14, HEAD + 16, word("drawn_review", lang), ink="#212529")


def _drawn(line: Line, top: int, scale: _Scale, hatch: str) -> Iterator[str]:
    name = clean(line.name)
    yield _write(14, top + 14, _cut(name, LEFT - 24), title=name, ink="#212529")
    for stretch in line.stretches:
        yield _bar(stretch, top, scale, hatch)


def _bar(stretch: Stretch, top: int, scale: _Scale, hatch: str) -> str:
    x, right = scale.place(stretch.start), scale.place(stretch.end)
    width = round(max(right - x, 1.5), 1)
    told = f"{stretch.start} – {stretch.end}{f': {clean(stretch.told)}' if stretch.told else ''}"
    bar = (
        f'<rect x="{x}" y="{top + 3}" width="{width}" height="{BAR}" fill="{_fill(stretch.how, hatch)}">'
        f"<title>{_text(told)}</title></rect>"
    )
    cut = _cut(clean(stretch.told), width - 3, SMALL)
    if not cut or cut == "…":
        return bar
    plate = ""
    if stretch.how == "unknown":  # letters cannot be read on a hatched ground
        plate = (
            f'<rect x="{x + 2}" y="{top + 4}" width="{round(_wide(cut) * SMALL + 4, 1)}" height="{BAR - 2}" '
            'fill="#fff8e1"/>'
        )
    return bar + plate + _write(x + (4 if plate else 2), top + 14, cut, ink=INK[stretch.how], size=10)


def _fill(how: str, hatch: str) -> str:
    return FULL.get(how, f"url(#{hatch})")


def _write(x: float, y: float, told: str, *, ink: str, weight: str = "", title: str = "", size: int = 0) -> str:
    style = f' font-weight="{weight}"' if weight else ""
    style += f' font-size="{size}"' if size else ""
    more = f"<title>{_text(title)}</title>" if title and title != told else ""
    return f'<text x="{round(x, 1)}" y="{round(y, 1)}" fill="{ink}"{style}>{_text(told)}{more}</text>'


def _text(told: str) -> str:
    return html.escape(clean(told))


def _wide(told: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in told)


def _cut(told: str, width: float, letter: float = LETTER) -> str:
    """Return as much of a text as has place, with an ellipsis where something is left out."""
    room = int(width / letter)
    if _wide(told) <= room:
        return told
    kept = ""
    for sign in told:
        if _wide(kept + sign) > room - 1:
            break
        kept += sign
    return f"{kept.rstrip()}…" if kept else ""
