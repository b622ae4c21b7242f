"""The stories of the built-in books, tests/stories, tell of every step at which a rule of a book is one of its own.

Pytest collects the files themselves, each story as a test. Here is whether any is lacking, and whether every dated
row of every book begins and ends on its day.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm_cycle import RuleBook, books
from jcm_cycle.evidence import Evidence
from jcm_cycle.rules import rules
from jcm_cycle.rules.builtin import FOLDERS
from jcm_cycle.testing import Told, edges, paper, play
from jcm_cycle.testing._reading import SUFFIX

STORIES = Path(__file__).parents[1] / "stories"
BOOKS = {
    f"{book.country}/{book.track}" if book.track else book.country: book
    for country in FOLDERS
    for book in books[country].with_tracks()
}

Triple = tuple[str, str, str]
"""A book, a step, and a rule."""

FORMS = "common.form_version_in_force"
ONE_SPEAKS_FOR_ALL = {
    "common.bilateral_valid": "one row binds it to every filing alike; the stories are told of one of them",
}
"""Rules that differ at many steps in the same way: a story at one of the steps is enough; the edges test each step."""
LEFT_OUT = {
    FORMS: "that a book has a row of its own on it shows only where it knows a version; those forms are told of below",
}
"""Rules of which a row of the book's own asks for no story by itself."""
VALUES = {
    "methodology.completeness": "methodology.check_proposal.in_time",
    "methodology.consideration": "methodology.decide_methodology.in_time",
    "methodology.consideration_extended": "methodology.decide_methodology.in_time",
    "methodology.public_inputs": "methodology.decide_methodology.inputs_closed",
    "project.public_inputs": "project.close_public_inputs.full_window",
    "project.registration_check": "project.check_request.in_time",
    "project.validation_checklist": "project.conclude_validation.checklist",
    "project.validation_checklist_rest": "project.conclude_validation.checklist",
    "tpe.completeness": "",  # no rule reads it: it is told as due, and a story of Viet Nam tells when
}
"""The rule that reads each value that a book has of its own."""


def own(book: RuleBook, table: str) -> list[object]:
    """Return the rows of a table that a book has itself, and does not take over."""
    rows = book.rows[table]
    return rows[: len(rows) - len(book._taken.get(table, ()))]


def differing(name: str) -> Iterator[Triple]:
    """Yield each step at which a rule of a book is one of its own: by its row, a value, a measure, or a form."""
    book = BOOKS[name]
    for row in book.rows["adopt"]:
        if row in own(book, "adopt") and row.rule not in LEFT_OUT:
            yield from ((name, step, row.rule) for step in rules()[row.rule].steps if step in (row.steps or (step,)))
    read = [VALUES[row.id] for row in book.rows["value"] if row in own(book, "value")]
    relaxed = [row.relaxes for row in book.rows["overlay"] if row in own(book, "overlay")]
    adopted = {row.rule for row in book.rows["adopt"]}
    yield from ((name, step, rule) for rule in (*read, *relaxed) if rule in adopted for step in rules()[rule].steps)
    stems = {row.stem for row in own(book, "form") if known(book, row.stem)}
    for step in rules()[FORMS].steps:
        made: Evidence = paper(step)
        if stems & {stem for stem, _ in made.forms} and judged(book, step):
            yield name, step, FORMS


def known(book: RuleBook, stem: str) -> bool:
    """Tell whether there is a day on which the book knows the version of a form."""
    found = [book.edition(day).form(stem) for day in book.turns]
    return any(form is not None and form.value is not None and form.determined for form in found)


def judged(book: RuleBook, step: str) -> bool:
    """Tell whether there is a day on which the book surely has the rule on versions of forms at a step."""
    rows = [row for row in book.rows["adopt"] if row.rule == FORMS and (row.steps is None or step in row.steps)]
    return any(row.holds(day) for row in rows for day in book.turns)


@pytest.fixture(scope="module")
def told() -> list[Told]:
    """Return what came of every story of the built-in books."""
    return [one for file in sorted(STORIES.glob(f"*{SUFFIX}")) for one in play(file)]


def called(one: Told) -> str:
    """Return the book by which a story is judged."""
    track = one.story.track
    return f"{one.story.country}/{track}" if track else one.story.country


@pytest.mark.parametrize("name", BOOKS)
def test_every_rule_of_its_own_has_a_story_at_every_step(told: list[Told], name: str) -> None:
    """In which the rule is named, and the story passes."""
    shown = {(called(one), one.step, rule) for one in told if one for rule in one.story.rules}
    anywhere = {(book, rule) for book, _, rule in shown}
    lacking = [
        triple
        for triple in dict.fromkeys(differing(name))
        if triple not in shown and not (triple[2] in ONE_SPEAKS_FOR_ALL and (name, triple[2]) in anywhere)
    ]
    assert not lacking


def test_books_with_rules_of_their_own_are_found() -> None:
    """The list of what differs is not empty by accident: what is known to differ is on it."""
    found = {triple for name in BOOKS for triple in differing(name)}
    assert ("TH/existing", "project.submit_pdd", "th.project.submit_pdd.existing_member") in found
    assert ("VN", "transfer.record_first_transfer", "vn.transfer.record_first_transfer.not_revoked") in found
    assert ("SA", "issuance.conclude_verification", "issuance.conclude_verification.first_site_visit") in found
    assert ("ID", "idea.submit_idea", FORMS) in found
    assert ("TH/premium_tver", "project.check_request", "project.check_request.in_time") not in found
    assert not any(name == "KE" for name, *_ in found)


@pytest.mark.parametrize("name", BOOKS)
def test_rows_begin_and_end_on_their_day(name: str) -> None:
    """On the day before a bound, and on its day, an act meets what the rows say."""
    assert not [why for edge in edges(BOOKS[name]) if (why := edge.wrong()) is not None]


def test_every_story_is_synthetic() -> None:
    """Each file says so, where a reader begins."""
    for file in STORIES.glob(f"*{SUFFIX}"):
        assert "synthetic" in file.read_text(encoding="utf-8").partition("[[story]]")[0]
