"""What lint looks for in what only readers meet: languages, names of forms, what labels and open points are about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from jcm_cycle._labels import LANGUAGES, labels
from jcm_cycle._near import nearest, perhaps
from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._head import LANGUAGE, look_at_head
from jcm_cycle.rules._named import ID
from jcm_cycle.rules._rows import TABLES, Bilateral, Form, Label, OpenPoint, name_of
from jcm_cycle.rules._rule import rules, values_read
from jcm_cycle.states import CAPABILITIES, MACHINES, STEPS

__all__ = ["look_at_names"]

KINDS = ("form", "machine", "state", "step", "outcome", "role", "evidence", "capability", "value", "item")
"""What a country may call otherwise than the library does."""
TOPICS = ("allocation", "committee", "days", "safeguards", "scopes", "secretariat", "sources", "translations")
"""Words by which books say what an open point is about, beside the names of tables, machines and capabilities."""
NEAR = 0.85
"""How alike a word is to another, from 0 to 1, where it was perhaps meant to be that."""


def look_at_names(book: RuleBook) -> Iterator[BookError]:
    """Yield what is wrong with the head, the names of forms, and those of what labels and open points are about."""
    yield from look_at_head(book)
    yield from _forms(book)
    yield from _labelled(book)
    yield from _open_points(book)


def _forms(book: RuleBook) -> Iterator[BookError]:
    known = {*labels("form", "en"), *(row.of for row in book.rows[Label.table]), *book.lost[Label.table]}
    told: set[str] = set()
    for place, row in enumerate(book.rows[Form.table], 1):
        if row.stem in known | told or book.taken_at(Form.table, place) is not None:
            continue
        told.add(row.stem)
        why = f"nothing is submitted on a form {row.stem!r}, and it has no name."
        cure = perhaps(row.stem, known, "Mend the stem, or name the form in a [[label]].")
        yield book.error_in(Form.table, place, why, key="stem", cure=cure, mistake="unknown-form")


def _labelled(book: RuleBook) -> Iterator[BookError]:
    known = {*chain.from_iterable(labels(kind, lang) for kind in KINDS for lang in LANGUAGES), *_in_book(book)}
    for place, row in enumerate(book.rows[Label.table], 1):
        if book.taken_at(Label.table, place) is not None:
            continue
        if not LANGUAGE.fullmatch(row.language):
            why, cure = f"{row.language!r} is not the code of a language.", "Write two or three small letters."
            yield book.error_in(Label.table, place, why, key="language", cure=cure, mistake="wrong-value")
        if row.of not in known:
            why = f"nothing has the name {row.of!r}."
            cure = perhaps(row.of, known, "Name a form, role, step, source or the like.")
            yield book.error_in(Label.table, place, why, key="of", cure=cure, mistake="unknown-row")


def _open_points(book: RuleBook) -> Iterator[BookError]:
    ids = {*rules(), *book.foreseen, *values_read(), *STEPS, *_in_book(book)}
    words = {*TABLES, Bilateral.table, *MACHINES, *CAPABILITIES, *TOPICS}
    for place, row in enumerate(book.rows[OpenPoint.table], 1):
        about = row.about
        if about is None or about in ids | words or book.taken_at(OpenPoint.table, place) is not None:
            continue
        if ID.fullmatch(about) or nearest(about, words, alike=NEAR):
            why, cure = f"nothing has the name {about!r}.", "Mend the name, or say it in other words."
            cure = perhaps(about, ids | words, cure)
            yield book.error_in(OpenPoint.table, place, why, key="about", cure=cure, mistake="unknown-row")


def _in_book(book: RuleBook) -> Iterator[str]:
    """Yield the names of the rows of a book, save of those that are about others; lost ones, too."""
    for table, rows in book.rows.items():
        if table not in (Label.table, OpenPoint.table):
            yield from map(name_of, rows)
            yield from book.lost[table]
