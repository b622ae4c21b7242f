"""The documents of a book as a table, and how rows point to them."""

from __future__ import annotations

from typing import Any

from jcm_cycle._labels import label, text
from jcm_cycle.pictures._markup import anchor, inside, link, plain, table
from jcm_cycle.pictures._words import bound, word
from jcm_cycle.rules import RuleBook

__all__ = ["Sources"]


class Sources:
    """The documents of one book, each with its place on the page."""

    def __init__(self, book: RuleBook, lang: str) -> None:
        self.lang = lang
        self.rows = book.rows["source"]
        self._place = {row.key: place for place, row in enumerate(self.rows, 1)}
        self._names: dict[str, list[str]] = {}
        for row in book.rows["label"]:
            self._names.setdefault(row.of, []).append(row.text)

    def point(self, row: Any) -> str:
        """Return where a row was read: its document, the place in it, and a remark, as one cell."""
        cites = getattr(row, "cites", None)
        place = text(cites, self.lang) if cites else ""
        key = row.source
        if key in self._place:
            told = inside(key, f"#source-{self._place[key]}")
            told += f": {plain(place)}" if place else ""
        else:
            told = plain(place) or word("no_source", self.lang)
        note = getattr(row, "note", None)
        return f"{told}<br>*{plain(text(note, self.lang))}*" if note else told

    def name(self, key: str) -> str:
        """Return a document by its title, as a link to its row."""
        row = self.rows[self._place[key] - 1]
        return inside(self._titled(row), f"#source-{self._place[key]}")

    def _titled(self, row: Any) -> str:
        title = text(row.title, self.lang)
        return f"{title} ver{row.version}" if row.version else title

    def table(self) -> str:
        """Return the documents as a table, each with the address where it can be read."""
        lang = self.lang
        head = ("key", "document", "kind", "adopted", "standing")
        rows = []
        for place, row in enumerate(self.rows, 1):
            local = "".join(f"<br>{plain(text(name, lang))}" for name in self._names.get(row.key, ()))
            note = f"<br>*{plain(text(row.note, lang))}*" if row.note else ""
            adopted = word("comma", lang).join(
                filter(None, (bound(row.adopted, lang), plain(text(row.decided_by, lang)) if row.decided_by else ""))
            )
            title = link(self._titled(row), row.url)
            rows.append(
                (
                    f"{anchor(f'source-{place}')}{plain(row.key)}",
                    f"{title}{local}{note}",
                    word(f"kind_{row.kind}", lang),
                    adopted,
                    label("standing", row.standing, lang),
                )
            )
        return table((word(name, lang) for name in head), rows)
