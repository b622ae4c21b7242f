"""Rows of a synthetic record, and the cases that a replay makes of them."""

from __future__ import annotations

import csv
import io
from typing import TypeAlias

from jcm_cycle.record import read_text
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.replay import Replay, ReplayedCase, replay

Row: TypeAlias = tuple[str, ...]


def line(
    event: str,
    day: str = "",
    detail: str = "",
    *,
    kind: str,
    number: str,
    title: str,
    country: str = "PW",
    end: str = "",
    amount: str = "",
    by: str = "",
) -> Row:
    """Return the row of an event of a subject, of Palau if not told otherwise."""
    return (country, kind, number, title, event, day, end, amount, detail, by, "https://example.org/")


def again(*rows: Row) -> Replay:
    """Replay a synthetic record; the first row stands on line 2."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    return replay(read_text(text.getvalue()))


def one(*rows: Row) -> ReplayedCase:
    """Return the one case of a synthetic record."""
    (case,) = again(*rows).cases
    return case


def odd(found: Replay, kind: str) -> dict[str, str]:
    """Return what is said of each case that is odd in one way."""
    return {remark.case: remark.says for remark in found.remarks if remark.kind == kind}
