"""The commands that ask: the way to a goal, what is outstanding, what is to be checked, and how rules were lived by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import Case, Journal, books, checklist, issuance, outstanding, plan
from jcm_cycle.days import parse_day
from jcm_cycle.evidence import AllocationLine, JointCommitteeDecision
from jcm_cycle.record import shipped
from jcm_cycle.record.precedents import precedents

WITHIN = "issuance.issue_credits.within_notified"


@pytest.fixture
def notified(tmp_path: Path) -> Path:
    """Return a journal with an issuance of which nothing is issued yet; it is synthetic."""
    path = tmp_path / "notified.jsonl"
    journal = Journal(path)
    opened = Case.open(issuance, "i1", on=parse_day("2024-01-01"), country="MN", of="MN099")
    journal.append(opened)
    lines = (AllocationLine(side="JP", amount=1_200, holder="Synthetic KK"), AllocationLine(side="MN", amount=300))
    paper = JointCommitteeDecision(decision="notified", lines=lines)
    journal.append(opened.case.record(issuance.decide_issuance.fact(on=parse_day("2024-02-02"), evidence=paper)))
    return path


def test_a_plan(told_story: Any, command: Any) -> None:
    """The same as in Python, as text and as data."""
    case = Journal(told_story.path).case()
    expected = plan(case, "issued", on=parse_day("2025-06-01"), rules=books["MN"])
    assert command("plan", told_story.path, "issued", "--on", "2025-06-01").out.rstrip() == str(expected)
    assert command("plan", told_story.path, "issued", "--on", "2025-06-01", "--json").data == expected.json()
    wrong = command("plan", told_story.path, "certified", "--on", "2025-06-01")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith("UnknownStep: ")


def test_what_is_outstanding(notified: Path, told_story: Any, command: Any) -> None:
    """By case and side, with whom it is for; and nothing where nothing was notified."""
    assert command("outstanding", notified).out.splitlines() == [
        "i1 of MN099: JP 1,200 t for Synthetic KK 1,200 t, notified on 2024-02-02",
        "i1 of MN099: MN 300 t, notified on 2024-02-02",
    ]
    assert command("outstanding", notified, "--side", "MN", "--json").data == {
        "schema": 1,
        "outstanding": [one.json() for one in outstanding([Journal(notified).case()], "MN")],
    }
    assert command("outstanding", told_story.path).out == "Nothing is outstanding.\n"


def test_a_checklist(command: Any) -> None:
    """Of a step by its name; of a name that two machines have, both."""
    edition = books["MN"].on(parse_day("2025-01-08"))
    told = command("checklist", "MN", "conclude_validation", "--on", "2025-01-08")
    assert told.out.splitlines() == [str(item) for item in checklist("project.conclude_validation", edition)]
    data = command("checklist", "MN", "check_request", "--on", "2025-01-08", "--json").data
    both = [*checklist("issuance.check_request", edition), *checklist("project.check_request", edition)]
    assert data["items"] == [item.json() for item in both]
    assert command("checklist", "MN", "acknowledge", "--on", "2025-01-08").out == "Nothing is to be checked.\n"
    assert command("checklist", "MN", "nothing", "--on", "2025-01-08").code == 2


def test_precedents(command: Any, tmp_path: Path) -> None:
    """Of the record that is shipped, or of another one."""
    found = precedents(WITHIN)
    assert command("precedents", WITHIN).out.splitlines() == [str(one) for one in found]
    path = tmp_path / "record.csv"
    path.write_text(shipped().read_text(encoding="utf-8").split("\n", 1)[0] + "\n", encoding="utf-8")
    empty = command("precedents", WITHIN, "--record", path)
    assert empty.out == "The record gives nothing that the rule reads.\n"
    data = command("precedents", WITHIN, "--json").data
    assert data["precedents"] == [one.json() for one in found]
    wrong = command("precedents", "x")
    assert wrong.code == 2
    assert wrong.err.startswith("UnknownRule: There is no rule 'x'.")
