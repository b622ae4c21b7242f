"""The commands that ask across cases: what a change touches, what is to be public, what resembles a case.

All cases are synthetic.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jcm_cycle import Case, Journal, affected_by, publication, register, resembles
from jcm_cycle.days import parse_day

NAME, ON = "Synthetic Certification Ltd.", "2025-05-01"


def cases(*paths: Path) -> list[Case[Any]]:
    """Return every case of some journals."""
    return [journal.case(name) for journal in map(Journal, paths) for name in journal.cases]


def test_what_is_affected(command: Any, journals: tuple[Path, Path]) -> None:
    """The same as in Python, as text and as data; the cases are each other's register."""
    expected = affected_by(cases(*journals), parse_day(ON), entity="TPE-MN-099")
    assert [one.case for one in expected] == ["park-1", "park-2"]
    assert command("affected", *journals, "--on", ON, "--entity", "TPE-MN-099").out.rstrip() == str(expected)
    told = command("affected", *journals, "--on", ON, "--entity", NAME, "--country", "MN", "--json")
    assert (told.code, told.data) == (0, {**expected.json(), "change": f"the entity {NAME} in MN"})
    assert command("affected", journals[0], "--on", ON, "--moc", "MN091", "--json").data["items"] == []


def test_what_is_affected_by_what_a_register_knows(command: Any, journals: tuple[Path, Path], tmp_path: Path) -> None:
    """From a file of facts."""
    file = tmp_path / "known.json"
    fact = {"methodology": "MN_AM004 Ver1.0", "approved_on": "2020-01-01", "superseded_on": "2024-03-01"}
    file.write_text(json.dumps({"approvals": [fact]}), encoding="utf-8")
    told = command(
        "affected", journals[0], "--on", ON, "--methodology", "MN_AM004 Ver1.0", "--register", file, "--json"
    )
    known = register.facts(register.Approval(**fact | {
        "approved_on": parse_day("2020-01-01"), "superseded_on": parse_day("2024-03-01")
    }))  # fmt: skip
    expected = affected_by(cases(journals[0]), parse_day(ON), methodology="MN_AM004 Ver1.0", register=known)
    assert told.data == expected.json()
    assert [item["sure"] for item in told.data["items"]] == [True, True]


def test_what_is_to_be_public(command: Any, journals: tuple[Path, Path]) -> None:
    """Of one case, with what its entries tell of the version."""
    journal = Journal(journals[0])
    expected = publication(journal.case("park-1"), parse_day(ON), entries=journal.entries("park-1"))
    assert expected.items[1].twin.name == "UNSAID"
    for name in ("park-1", "MN091"):
        assert command("publication", journals[0], "--case", name, "--on", ON).out.rstrip() == str(expected)
    assert command("publication", journals[0], "--case", "MN091", "--on", ON, "--json").data == expected.json()
    assert command("publication", journals[1], "--on", ON, "--json").data["case"] == "cert"


def test_what_resembles_a_case(command: Any, journals: tuple[Path, Path]) -> None:
    """Over several journals, by id or number."""
    every = cases(*journals)
    expected = resembles(every[0], every)
    assert [one.case for one in expected] == ["park-2"]
    for name in ("park-1", "MN091"):
        assert command("resembles", *journals, "--case", name).out.rstrip() == str(expected)
    assert command("resembles", *journals, "--case", "MN091", "--json").data == expected.json()
    assert command("resembles", *journals, "--case", "MN091", "--least", "99").out == "RESEMBLES  park-1: 0\n"


def test_misuse(command: Any, journals: tuple[Path, Path]) -> None:
    """What cannot be asked is said, and the code is 2."""
    for words, kind in (
        (("affected", journals[0], "--on", ON), "EvidenceError"),
        (("affected", journals[0], "--on", ON, "--entity", NAME), "EvidenceError"),
        (("affected", journals[0], journals[0], "--on", ON, "--moc", "park-1"), "EvidenceError"),
        (("affected", journals[0], "--on", "soon", "--moc", "park-1"), "EvidenceError"),
        (("affected", journals[0], "--on", ON, "--moc", "nobody"), "EvidenceError"),
        (("publication", journals[0], "--on", ON, "--case", "nobody"), "UnknownCase"),
        (("publication", journals[0], "--on", "soon", "--case", "park-1"), "EvidenceError"),
        (("resembles", *journals, "--case", "nobody"), "UnknownCase"),
        (("resembles", *journals, "--case", "park-1", "--least", "0"), "EvidenceError"),
    ):
        told = command(*words, "--json")
        assert (told.code, told.error["kind"]) == (2, kind)
