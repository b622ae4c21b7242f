"""The closed sets of words of a record."""

from __future__ import annotations

import csv
import io

import pytest

from jcm_cycle.record import EventWord, read_text, shipped
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.vocabulary import FITS


def test_every_event_happens_to_something() -> None:
    """And most of them to one kind of thing only."""
    assert FITS.keys() == set(EventWord)
    assert [word for word in EventWord if len(FITS[word]) != 1] == [EventWord.PIN_WAIVED]


@pytest.mark.parametrize("kind", ["pin", "project", "rule"])
def test_a_waiver_is_told_of_ideas_projects_or_as_a_rule(kind: str) -> None:
    """Existing projects exempted from the step of the idea note are no ideas themselves."""
    record = read_text(f"{','.join(COLUMNS)}\nPW,{kind},,A synthetic waiver,pin_waived,,,,,,\n")
    assert [claim.event for claim in record.claims] == [EventWord.PIN_WAIVED]


def test_the_words_are_those_of_the_shipped_record() -> None:
    """Every word that the file uses is known; the vocabulary has more than any one file uses."""
    with io.StringIO(shipped().read_text(encoding="utf-8"), newline="") as text:
        used = {cells["event"] for cells in csv.DictReader(text)}
    assert used <= set(EventWord)
