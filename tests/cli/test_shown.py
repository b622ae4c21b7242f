"""`explain`, `show` and `next`: what a journal tells of its entries and cases, as text and as JSON."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jcm_cycle import Between, Case, Journal, Role, books, project
from jcm_cycle.findings import Support


class TestExplain:
    """`explain`: an entry, or an act that is only tried."""

    def test_trying_appends_nothing(self, story: Any, fits: Any) -> None:
        """Accepted or refused, no byte of any file changes and no file is added."""
        story.until("publish_pdd")
        for changes, code, word in (({}, 0, "ACCEPTED"), ({"by": "public"}, 1, "REFUSED")):
            words = story.words("publish_pdd", **changes)
            before = story.files()
            told = story.run("explain", story.path, *words, "--json")
            fits("attempt", told.data)
            assert (told.code, told.data["seq"]) == (code, None)
            text = story.run("explain", story.path, *words)
            assert text.code == code
            assert text.out.startswith(word)
            assert story.files() == before

    def test_an_entry_in_text(self, told_story: Any) -> None:
        """Who, what, when, under which edition, and every finding with its source and standing."""
        told = told_story.run("explain", told_story.path, 5)
        assert told.code == 0
        assert told.out.startswith("ACCEPTED  project.conclude_validation (positive) on 2025-03-10, entry 5 of park")
        assert "by entity" in told.out
        assert "edition " in told.out
        for finding in Journal(told_story.path).entry(5).findings:
            assert finding.sentence in told.out
            assert f"{finding.ground.standing}: {finding.cites}" in told.out
            if isinstance(finding.rests_on, Support):
                assert f"{finding.rests_on.standing}: {finding.rests_on.cites}" in told.out

    def test_an_entry_in_japanese(self, told_story: Any, command: Any) -> None:
        """Sentences and sources are translated though the book was not read for it."""
        told = command.alone("explain", told_story.path, 5, "--lang", "ja")
        assert told.code == 0
        for finding in Journal(told_story.path).entry(5).findings:
            assert finding.sentence not in told.out
            assert f"{finding.cites}  [" not in told.out

    def test_the_opening(self, told_story: Any) -> None:
        """The opening is an entry as well; no rule was asked."""
        told = told_story.run("explain", told_story.path, 1, "--json")
        assert (told.data["step"], told.data["verdict"], told.data["findings"]) == ("open", "accepted", [])
        assert "no rule was asked" in told_story.run("explain", told_story.path, 1).out

    def test_a_recorded_fact(self, story: Any, fits: Any) -> None:
        """What was recorded without being judged says so, also where its day is only roughly known."""
        story.until("publish_pdd")
        with Journal(story.path) as journal:
            case = journal.case()
            for fact in (
                project.acknowledge.fact(on=case.last or date(2025, 1, 8)),
                project.observed("in_validation", on=date(2025, 2, 1)),
            ):
                journal.append(case.record(fact))
        told = story.run("explain", story.path, 3, "--json")
        fits("attempt", told.data)
        assert (told.data["verdict"], told.data["seq"]) == ("recorded", 3)
        assert story.run("explain", story.path, 3).out.startswith("RECORDED  project.acknowledge")
        told = story.run("show", story.path, "--json")
        fits("show", told.data)
        assert told.data["cases"][0]["entries"][-1]["state"] == "in_validation"
        assert "observe (in_validation)" in story.run("show", story.path).out

    @pytest.mark.parametrize("number", ["0", "9", "99999999999999999999", "9" * 5000])
    def test_no_such_entry(self, told_story: Any, number: str) -> None:
        """The entries there are, are named."""
        told = told_story.run("explain", told_story.path, number, "--json")
        assert (told.code, told.error["kind"]) == (2, "UnknownCase")
        assert "1 to 8" in told.error["cure"]

    @pytest.mark.parametrize("word", ["²", "٣", "1.0", " 1", "1 "])
    def test_what_only_looks_like_a_number_is_a_step(self, told_story: Any, word: str) -> None:
        """Only plain digits number an entry; all else is no step either."""
        told = told_story.run("explain", told_story.path, word, "--json")
        assert (told.code, told.error["kind"]) == (2, "UnknownStep")

    def test_an_entry_of_another_case(self, story: Any) -> None:
        """A number and a case that do not belong together are told apart."""
        story.until("publish_pdd")
        assert story.open(case="second").code == 0
        assert story.run("explain", story.path, 3, "--case", "second").code == 0
        told = story.run("explain", story.path, 2, "--case", "second", "--json")
        assert (told.code, told.error["kind"]) == (2, "Misuse")
        assert "park" in told.error["why"]


class TestShow:
    """`show`: state and timeline."""

    def test_text(self, told_story: Any) -> None:
        """State, number, procedure, and one line for each entry in the order of effect."""
        told = told_story.run("show", told_story.path)
        assert (told.code, told.err) == (0, "")
        assert "park  Synthetic solar park" in told.out
        assert "MN099; procedure PCP 07.0" in told.out
        assert "stands registered" in told.out
        steps = ["open", *told_story.steps]
        lines = [line for line in told.out.splitlines() if re.match(r" +[0-9]+  2025", line)]
        assert [line.split()[2] for line in lines] == steps

    def test_as_of(self, told_story: Any, fits: Any) -> None:
        """What had effect by the end of a day, and nothing of later days."""
        for day, state in (
            ("2025-01-07", "drafting"),
            ("2025-01-08", "submitted"),
            ("2025-03-09", "in_validation"),
            ("2025-03-10", "validated"),
            ("2025-05-01", "under_consideration"),
            ("2025-05-02", "registered"),
        ):
            told = told_story.run("show", told_story.path, "--as-of", day, "--json")
            fits("show", told.data)
            assert told.data["cases"][0]["state"] == state
            assert all(entry["on"] <= day for entry in told.data["cases"][0]["entries"])

    def test_known_at(self, story: Any) -> None:
        """What had been recorded by an instant; without a time zone it is taken as UTC. Both work together."""
        noon = [datetime(2025, 6, day, 12, tzinfo=UTC) for day in (1, 2)]
        journal = Journal(story.path)
        opened = Case.open(project, "park", on=date(2025, 1, 6), rules=books["MN"], procedure="PCP 07.0")
        journal.append(opened, at=noon[0])
        fact = project.observed("in_validation", on=date(2025, 3, 1))
        journal.append(opened.case.record(fact), at=noon[1])
        for words, state in (
            (("--known-at", "2025-06-01T12:00:00Z"), "drafting"),
            (("--known-at", "2025-06-02T11:59:59"), "drafting"),
            (("--known-at", "2025-06-02T12:00:00"), "in_validation"),
            (("--known-at", "2025-06-02T21:00:00+09:00"), "in_validation"),
            (("--known-at", "2025-06-02T12:00:00", "--as-of", "2025-02-28"), "drafting"),
            (("--known-at", "2025-06-02"), "drafting"),
        ):
            assert story.run("show", story.path, *words, "--json").data["cases"][0]["state"] == state

    def test_the_order_is_that_of_effect(self, story: Any) -> None:
        """A fact that was recorded late stands in the timeline where it belongs."""
        story.until("close_public_inputs")
        journal = Journal(story.path)
        journal.append(journal.case().record(project.acknowledge.fact(on=date(2025, 1, 9))))
        lines = re.findall(r"^ +([0-9]+)  (2025[0-9-]+)", story.run("show", story.path).out, re.MULTILINE)
        assert lines == [("1", "2025-01-06"), ("2", "2025-01-08"), ("4", "2025-01-09"), ("3", "2025-01-10")]

    def test_an_instant_does_not_depend_on_the_place(self, story: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a time zone it is UTC, wherever the command is run."""
        opened = Case.open(project, "park", on=date(2025, 1, 6), rules=books["MN"], procedure="PCP 07.0")
        Journal(story.path).append(opened, at=datetime(2025, 6, 1, 12, tzinfo=UTC))
        monkeypatch.setenv("TZ", "ULAT-8")
        time.tzset()
        try:
            for instant, cases in (("2025-06-01T11:59:59", 0), ("2025-06-01T12:00:00", 1)):
                told = story.run("show", story.path, "--known-at", instant, "--json")
                assert len(told.data["cases"]) == cases
        finally:
            monkeypatch.undo()
            time.tzset()

    def test_before_anything(self, told_story: Any) -> None:
        """Where no case had been opened there is none to show; the one asked for by name is not found."""
        told = told_story.run("show", told_story.path, "--as-of", "2025-01-05", "--json")
        assert (told.code, told.data) == (0, {"schema": 1, "cases": []})
        assert "No case" in told_story.run("show", told_story.path, "--as-of", "2025-01-05").out
        told = told_story.run("show", told_story.path, "--known-at", "2001-01-01T00:00:00", "--case", "park", "--json")
        assert (told.code, told.error["kind"]) == (2, "UnknownCase")

    def test_what_is_not_sure(self, story: Any) -> None:
        """An entry whose day is only roughly known is named beside what surely had effect."""
        story.until("publish_pdd")
        journal = Journal(story.path)
        journal.append(journal.case().record(project.acknowledge.fact(on=Between(date(2025, 1, 8), date(2025, 2, 8)))))
        told = story.run("show", story.path, "--as-of", "2025-01-20", "--json")
        assert told.data["cases"][0]["unsure"] == [3]
        assert "not sure by then: 3 acknowledge" in story.run("show", story.path, "--as-of", "2025-01-20").out

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            (("--as-of", "2025"), "EvidenceError"),
            (("--as-of", ""), "EvidenceError"),
            (("--known-at", "yesterday"), "Misuse"),
            (("--known-at", ""), "Misuse"),
            (("--case", "other"), "UnknownCase"),
            (("--case", ""), "UnknownCase"),
        ],
    )
    def test_misuse(self, told_story: Any, words: tuple[str, ...], kind: str) -> None:
        """A day, an instant and a case have to be such."""
        told = told_story.run("show", told_story.path, *words, "--json")
        assert (told.code, told.error["kind"]) == (2, kind)

    def test_an_empty_journal(self, story: Any) -> None:
        """A file without a line is a journal without a case."""
        story.path.touch()
        assert story.run("show", story.path, "--json").data == {"schema": 1, "cases": []}
        assert "holds no case" in story.run("show", story.path).out
        assert story.run("next", story.path, "--on", "2025-01-01").code == 2
        assert story.run("verify", story.path, "--rejudge").code == 0


class TestNext:
    """`next`: what can be done, by whom, with what, by when."""

    def test_json(self, story: Any, fits: Any) -> None:
        """Each step that the table allows, those that are ready first."""
        story.until("publish_pdd")
        told = story.run("next", story.path, "--on", "2025-01-10", "--json")
        assert (told.code, told.err) == (0, "")
        fits("next", told.data)
        steps = {step["step"]: step for step in told.data["steps"]}
        assert steps["publish_pdd"]["verdict"] == "ready"
        assert steps["publish_pdd"]["by"] == ["secretariat"]
        assert steps["publish_pdd"]["to_judge"] == ["common.reference_never_reused"]
        assert steps["replace_moc"]["fields"] == ["title", "focal_point"]
        assert all(set(step["by"]) <= set(Role) for step in told.data["steps"])
        order = [step["verdict"] for step in told.data["steps"]]
        assert order == sorted(order, key=("ready", "not_yet", "unknown", "blocked").index)

    def test_a_wait(self, story: Any) -> None:
        """A window that is still open names the first day on which it can be closed, and is ready on it."""
        story.until("close_public_inputs")
        for day, verdict, earliest in (("2025-02-08", "not_yet", "2025-02-09"), ("2025-02-09", "ready", None)):
            told = story.run("next", story.path, "--on", day, "--json")
            step = next(s for s in told.data["steps"] if s["step"] == "close_public_inputs")
            assert (step["verdict"], step["earliest"]) == (verdict, earliest)
        assert "close_public_inputs: not yet before 2025-02-09, by clock" in (
            story.run("next", story.path, "--on", "2025-02-08").out
        )

    def test_a_time_limit(self, story: Any) -> None:
        """What an authority has to do by a day says by which."""
        story.until("check_request")
        told = story.run("next", story.path, "--on", "2025-03-18", "--json")
        step = next(s for s in told.data["steps"] if s["step"] == "check_request")
        assert step["due"] == "2025-03-24"
        assert "due by 2025-03-24" in story.run("next", story.path, "--on", "2025-03-18").out

    def test_the_last_day_of_the_calendar(self, told_story: Any) -> None:
        """No day is too early or too late to ask about."""
        for day in ("0001-01-01", "9999-12-31"):
            assert told_story.run("next", told_story.path, "--on", day).code == 0

    @pytest.mark.parametrize("words", [(), ("--on", "soon"), ("--on", "2025-01-10", "--case", "other")])
    def test_misuse(self, told_story: Any, words: tuple[str, ...]) -> None:
        """The day has to be given, and the case to be there."""
        assert told_story.run("next", told_story.path, *words).code == 2
        assert told_story.run("next", told_story.path, *words, "--json").error["why"]
