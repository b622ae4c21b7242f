"""What the tests of pages and pictures share: a book with a text in every place that takes one, and two readers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from html.parser import HTMLParser
from typing import Any

import markdown
from markdown_it import MarkdownIt

from jcm_cycle import RuleBook

EXTENSIONS = ["attr_list", "tables", "toc", "pymdownx.superfences"]
"""What the site reads Markdown with."""


def written(text: str, *, url: str = "https://example.org/a", name: str = "Synthetia") -> RuleBook:
    """Return a book in which a text stands wherever an author can write one, and that has a row of every kind."""
    row = {"since": date(2024, 1, 1), "source": text, "cites": text, "note": text, "standing": "cited"}
    unsure = {**row, "until": {"after": date(2024, 6, 1), "by": date(2025, 1, 1)}}
    placed = {"source": text, "cites": text, "note": text, "standing": "inferred"}
    return RuleBook(
        {
            "book": {
                "country": "ZZ",
                "name": name,
                "api": 1,
                "reviewed_on": date(2025, 6, 1),
                "languages": [text],
                "utc_offset": text,
            },
            "bilateral": {"name": text, **row},
            "source": [
                {
                    "key": text,
                    "title": text,
                    "version": text,
                    "kind": "primary",
                    "about": "ZZ",
                    "decided_by": text,
                    "url": url,
                    "standing": "cited",
                    "note": text,
                }
            ],
            "procedure": [{"name": text, **unsure}],
            "capability": [{"procedure": text, "value": "provisional", "names": ["idea_note"], **placed}],
            "adopt": [{"rule": "project.submit_pdd.documents", "effect": "advises", "why": text, **row}],
            "value": [
                {"id": "issuance.period_cut", "value": 30, "unit": text, **row},
                {"id": "committee.electronic_ways", "value": [text, "pdd_form"], **row},
                {"id": "project.start_of_operation", "value": text, **unsure},
            ],
            "form": [{"stem": "F_PDD", "version": "03.0", **unsure}],
            "overlay": [{"id": "waiver", "relaxes": "project.submit_pdd.documents", "duty": text, **row}],
            "gate": [{"id": "gate", "side": "host", "act": text, "before": text, "issuer": text, **row}],
            "entity": [{"number": text, "name": text, "scopes": [1], "since": date(2024, 1, 1), **placed}],
            "label": [{"of": text, "text": text, "language": text, "source": text, "standing": "cited"}],
            "transition": [{"older": text, "newer": text, "moves": "unknown", **row}],
            "track": [{"name": "special", "text": text, "source": text, "standing": "cited"}],
            "open_point": [{"text": text}],
        }
    )


class Read(HTMLParser):
    """What a reader of a page has before the eyes.

    Attributes:
        tags: how often each element stands in it, with the names of its attributes.
        links: where its links lead.
        shown: its text.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[tuple[str, ...]] = Counter()
        self.links: list[str] = []
        self.shown = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count the element."""
        self.tags[tag, *sorted(name for name, _ in attrs)] += 1
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.shown += data

    def handle_comment(self, data: str) -> None:
        """Count the comment."""
        del data
        self.tags["comment",] += 1


def as_the_site(page: str) -> Read:
    """Read a page as the site shows it."""
    return Read(markdown.markdown(page, extensions=EXTENSIONS))


def as_others(page: str) -> Read:
    """Read a page as other programs do, which keep to CommonMark with tables and struck text."""
    reader: Any = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Read(reader.render(page))
