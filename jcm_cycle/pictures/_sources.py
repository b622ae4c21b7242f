"""The documents of a book as a table, and how rows point to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jcm_cycle._labels import label, text
from jcm_cycle.pictures._markup import anchor, inside, link, plain, slug, table
from jcm_cycle.pictures._words import bound, word
from jcm_cycle.rules import RuleBook

__all__ = ["Sources"]


class Sources:
    """The documents of one book, each with its place on the page."""

    def __init__(self, book: RuleBook, lang: str) -> None:
        self.lang = lang
        self.rows = book.rows["source"]
        self._row = {row.key: row for row in self.rows}
        self._anchor = _anchors(self._row)
        self._names: dict[str, list[str]] = {}
        for row in book.rows["label"]:
            self._names.setdefault(row.of, []).append(row.text)

    def point(self, row: Any) -> str:
        """Return where a row was read: its document, the place in it, and a remark, as one cell."""
        cites = getattr(row, "cites", None)
        place = text(cites, self.lang) if cites else ""
        key = row.source
        if key in self._anchor:
            told = inside(key, f"#{self._anchor[key]}")
            told += f": {plain(place)}" if place else ""
        else:
            told = plain(place) or word("no_source", self.lang)
        note = getattr(row, "note", None)
        return f"{told}<br>*{plain(text(note, self.lang))}*" if note else told

    def name(self, key: str) -> str:
        """Return a document by its title, as a link to its row."""
        return inside(self._titled(self._row[key]), f"#{self._anchor[key]}")

    def _titled(self, row: Any) -> str:
        title = text(row.title, self.lang)
        return f"{title} ver{row.version}" if row.version else title

    def table(self) -> str:
        """Return the documents as a table, each with the address where it can be read."""
        lang = self.lang
        head = ("key", "document", "kind", "adopted", "standing")
        rows = []
        for row in self.rows:
            local = "".join(f"<br>{plain(text(name, lang))}" for name in self._names.get(row.key, ()))
            note = f"<br>*{plain(text(row.note, lang))}*" if row.note else ""
            adopted = word("comma", lang).join(
                filter(None, (bound(row.adopted, lang), plain(text(row.decided_by, lang)) if row.decided_by else ""))
            )
            title = link(self._titled(row), row.url)
            rows.append(
                (
                    f"{anchor(self._anchor[row.key])}{plain(row.key)}",
                    f"{title}{local}{note}",
                    word(f"kind_{row.kind}", lang),
                    adopted,
                    label("standing", row.standing, lang),
                )
            )
        return table((word(name, lang) for name in head), rows)


def _anchors(keys: Iterable[str]) -> dict[str, str]:
    """Return the place of each document on the page, named after its key, so that another one moves none of them."""
    found: dict[str, str] = {}
    for key in keys:
        name = f"source-{slug(key)}"
        while name in found.values():
            name += "-"
        found[key] = name
    return found
