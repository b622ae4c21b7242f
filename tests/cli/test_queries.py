"""The commands that ask: the way to a goal, what is outstanding, what is to be checked, and how rules were lived by."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import icalendar
import pytest

from jcm_cycle import Case, Journal, books, checklist, idea, outstanding, plan, project
from jcm_cycle.days import parse_day
from jcm_cycle.evidence import ProjectIdeaNote, Publication
from jcm_cycle.record import shipped
from jcm_cycle.record.precedents import precedents

WITHIN = "issuance.issue_credits.within_notified"


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
    """Of a step by its name, with edition and form; of a name that two machines have, both."""
    edition = books["MN"].on(parse_day("2025-01-08"))
    told = command("checklist", "MN", "conclude_validation", "--on", "2025-01-08")
    head, *items = told.out.splitlines()
    assert head.startswith(
        f"project.conclude_validation on 2025-01-08, edition MN {edition.fingerprint[:12]}, form F_V"
    )
    assert items == [f"  {item}" for item in checklist("project.conclude_validation", edition)]
    data = command("checklist", "MN", "check_request", "--on", "2025-01-08", "--json").data
    both = [*checklist("issuance.check_request", edition), *checklist("project.check_request", edition)]
    assert data["items"] == [item.json() for item in both]
    told = command("checklist", "MN", "acknowledge", "--on", "2025-01-08")
    assert told.out.endswith("\n  Nothing is to be checked.\n")
    for day, form in (("2024-12-17", "in a version that the book does not know"), ("2024-12-18", "ver02.0")):
        told = command("checklist", "ID", "change.request_change", "--on", day)
        assert told.out.splitlines()[0].endswith(f", form F_PRC_Req {form}")
    assert command("checklist", "MN", "nothing", "--on", "2025-01-08").code == 2


def test_a_checklist_of_a_track(command: Any) -> None:
    """By the book of the track, which has rules of its own."""
    there = "one of the existing projects"
    assert there in command("checklist", "TH", "submit_pdd", "--on", "2026-12-01", "--track", "existing").out
    assert there not in command("checklist", "TH", "submit_pdd", "--on", "2026-12-01").out
    told = command("checklist", "TH", "submit_pdd", "--on", "2026-12-01", "--track", "existng")
    assert (told.code, "TH has no track 'existng'" in told.err) == (2, True)


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


@pytest.fixture
def midlife(tmp_path: Path) -> tuple[Path, Path]:
    """Return two journals with synthetic cases in mid-life: a late check and an idea, and open public inputs."""
    first, second = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    cases = {
        first: (
            (project, "asked", project.request_registration.fact(on=parse_day("2025-01-10"))),
            (idea, "note", idea.submit_idea.fact(on=parse_day("2025-01-12"), evidence=ProjectIdeaNote(title="Heat"))),
        ),
        second: ((project, "park", project.publish_pdd.fact(on=parse_day("2025-01-10"), evidence=Publication())),),
    }
    for path, known in cases.items():
        journal = Journal(path)
        for machine, name, fact in known:
            opened = Case.open(machine, name, on=parse_day("2025-01-06"), rules=books["MN"], procedure="PCP 07.0")
            journal.append(opened)
            journal.append(opened.case.record(fact))
    return first, second


class TestDue:
    """`due`: what a secretariat works from."""

    ITEM = ("case", "machine", "what", "who", "since", "until", "days_left", "value", "cites", "standing")

    def test_as_text_and_as_data(self, command: Any, midlife: tuple[Path, Path]) -> None:
        """Over several journals, the most urgent first."""
        told = command("due", *midlife, "--on", "2025-01-20", "--json")
        assert (told.code, told.data["on"]) == (0, "2025-01-20")
        assert [tuple(item) for item in told.data["items"]] == [self.ITEM, self.ITEM]
        assert [(item["case"], item["who"], item["days_left"]) for item in told.data["items"]] == [
            ("asked", "secretariat", -3),
            ("park", "clock", 19),
        ]
        lines = command("due", *midlife, "--on", "2025-01-20").out.splitlines()
        assert lines[0] == "DUE  on 2025-01-20: 2, of them late: 1"
        assert lines[1].startswith("  asked: project.check_request, secretariat, by 2025-01-17, 3 days late")

    def test_the_calendar_gives_every_item(self, command: Any, midlife: tuple[Path, Path], tmp_path: Path) -> None:
        """Read back as any calendar would."""
        file = tmp_path / "due.ics"
        told = command("due", *midlife, "--on", "2025-01-20", "--ics", file, "--json")
        assert told.code == 0
        events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        assert [(str(event["summary"]), event["dtstart"].dt.isoformat()) for event in events] == [
            (f"{item['case']}: {item['what']}", item["until"]) for item in told.data["items"]
        ]

    def test_misuse(self, command: Any, midlife: tuple[Path, Path], tmp_path: Path) -> None:
        """A day that is none, a journal twice, a calendar that cannot be written."""
        for words, kind in (
            ((midlife[0], "--on", "soon"), "EvidenceError"),
            ((midlife[0], midlife[0], "--on", "2025-01-20"), "EvidenceError"),
            ((midlife[0], "--on", "2025-01-20", "--ics", tmp_path / "no" / "due.ics"), "Misuse"),
        ):
            told = command("due", *words, "--json")
            assert (told.code, told.error["kind"]) == (2, kind)
        assert not (tmp_path / "no").exists()

    def test_without_the_package_of_calendars(
        self, command: Any, midlife: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It says what to install, and leaves no empty file."""
        monkeypatch.setitem(sys.modules, "icalendar", None)
        file = tmp_path / "due.ics"
        told = command("due", *midlife, "--on", "2025-01-20", "--ics", file)
        assert (told.code, told.out) == (2, "")
        assert "pip install 'jcm-cycle[calendar]'" in told.err
        assert not file.exists()


class TestAgenda:
    """`agenda`: what the Committee can decide."""

    def test_as_text_and_as_data(self, command: Any, midlife: tuple[Path, Path]) -> None:
        """Only what lies before it."""
        told = command("agenda", *midlife, "--on", "2025-01-20", "--json")
        assert (told.code, told.data["schema"], told.data["on"]) == (0, 1, "2025-01-20")
        (item,) = told.data["items"]
        assert tuple(item) == ("case", "machine", "step", "outcomes", "findings")
        assert (item["case"], item["step"]) == ("note", "decide_idea")
        assert item["outcomes"] == ["no_objection", "objected", "otherwise"]
        lines = command("agenda", *midlife, "--on", "2025-01-20").out.splitlines()
        assert lines[:2] == ["AGENDA  on 2025-01-20: 1", "  idea.decide_idea"]

    def test_misuse(self, command: Any, midlife: tuple[Path, Path]) -> None:
        """A day that is none, and a journal twice."""
        for words in ((midlife[0], "--on", "soon"), (midlife[0], midlife[0], "--on", "2025-01-20")):
            told = command("agenda", *words, "--json")
            assert (told.code, told.error["kind"]) == (2, "EvidenceError")


@pytest.mark.parametrize("name", ["due", "agenda"])
def test_one_id_in_several_journals(tmp_path: Path, command: Any, name: str) -> None:
    """Ids that the command gives by itself are the same in each; the journal tells them apart."""
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        journal = Journal(path)
        opened = Case.open(idea, "MN-idea-1", on=parse_day("2025-01-06"), country="MN")
        journal.append(opened)
        paper = ProjectIdeaNote(title="synthetic")
        journal.append(opened.case.record(idea.submit_idea.fact(on=parse_day("2025-01-06"), evidence=paper)))
    told = command(name, *paths, "--on", "2025-01-20", "--json")
    assert told.code == 0
    assert [item["case"] for item in told.data["items"]] == (
        [f"{path}:MN-idea-1" for path in paths] if name == "agenda" else []
    )
    one = command(name, paths[0], "--on", "2025-01-20", "--json").data["items"]
    assert [item["case"] for item in one] == (["MN-idea-1"] if name == "agenda" else [])
