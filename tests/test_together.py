"""One decision on many cases: all of it is accepted and kept, or nothing is."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from subprocess import Popen
from typing import Any

import orjson
import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Accepted,
    Case,
    Journal,
    Role,
    attempt_all,
    evidence as ev,
    issuance,
    project,
    register,
    rejudge,
    verify,
)
from jcm_cycle.days import Period
from jcm_cycle.errors import BrokenJournal, CutJournal, EvidenceError, JournalError, ReferenceTaken

Started = Callable[..., AbstractContextManager[Popen[str]]]
SOAK = os.environ.get("JCM_SOAK") == "1"
ASKED, DECIDED = date(2023, 10, 1), date(2023, 12, 1)
NO_BOOK = {"common.rules_in_force": "there is no book of synthetic rules"}
NAMES = ("i1", "i2", "i3")


def line(side: str, amount: int) -> ev.AllocationLine:
    """Return one line of an allocation."""
    return ev.AllocationLine(side=side, amount=amount)


def considered(journal: Journal, name: str) -> Case[Any]:
    """Open an issuance of a project of its own in the journal, and bring it before the Committee."""
    opened = Case.open(issuance, name, on=date(2021, 1, 1), country="MN", of=f"p-{name}")
    journal.append(opened)
    verified = ev.VerificationReport(opinion="positive", amounts=(ev.YearAmount(year=2021, amount=100),))
    case = opened.case
    for fact in (
        issuance.submit_monitoring_report.fact(
            on=date(2023, 8, 1), evidence=ev.MonitoringReport(period=Period(date(2021, 1, 1), date(2021, 12, 31)))
        ),
        issuance.conclude_verification.fact(on=date(2023, 9, 1), evidence=verified),
        issuance.request_issuance.fact(on=ASKED, evidence=ev.IssuanceRequest(amount=100)),
        issuance.check_request.fact(on=date(2023, 10, 5), evidence=ev.CompletenessConclusion(conclusion="complete")),
    ):
        recorded = case.record(fact)
        journal.append(recorded)
        case = recorded.case
    return case


def registers() -> register.Register:
    """Return a register in which each project is registered."""
    return register.facts(
        *(register.Project(case=f"p-{name}", registered=True, registered_on=date(2021, 5, 5)) for name in NAMES)
    )


def decision(amount: int = 100, **more: Any) -> ev.JointCommitteeDecision:
    """Return what one decision notifies to one of its cases."""
    lines = (line("JP", amount - 20), line("MN", 20))
    return ev.JointCommitteeDecision(decision="notified", decided_on=DECIDED, cases=NAMES, lines=lines, **more)


def decided(cases: list[Case[Any]], *amounts: int) -> Any:
    """Attempt the decision on all cases, each with its amount."""
    acts = [
        (case, issuance.decide_issuance(decision(amount), by=Role.JOINT_COMMITTEE, on=DECIDED, despite=NO_BOOK))
        for case, amount in zip(cases, amounts, strict=True)
    ]
    return attempt_all(acts, register=registers())


class TestAttempted:
    """All are accepted, or none counts."""

    def test_all(self, journal: Journal) -> None:
        """The answer is true, and each case stands notified when it is appended."""
        cases = [considered(journal, name) for name in NAMES]
        answer = decided(cases, 100, 90, 80)
        assert answer
        assert len(answer) == 3
        assert answer.refused == ()
        entries = journal.append_all(answer)
        assert [(entry.case, entry.step) for entry in entries] == [(name, "decide_issuance") for name in NAMES]
        again = Journal(journal.path)
        assert [again.case(name).file.notified_total for name in NAMES] == [100, 90, 80]
        assert again.entries() == journal.entries()
        assert verify(journal.path).intact
        assert not rejudge(again).differs

    def test_one_refused(self, journal: Journal) -> None:
        """More is notified for the second than was verified: it alone is explained, and nothing is kept of any."""
        cases = [considered(journal, name) for name in NAMES]
        answer = decided(cases, 100, 101, 80)
        assert not answer
        assert [refused.case.id for refused in answer.refused] == ["i2"]
        assert [bool(one) for one in answer] == [True, False, True]
        text = str(answer)
        assert text.startswith("1 of 3 were not accepted, so that nothing is kept of any of them\ni2: REFUSED  ")
        assert "[issuance.decide_issuance.within_verified]" in text
        before = journal.path.read_bytes()
        with pytest.raises(JournalError, match="Only what was accepted"):
            journal.append_all(answer)
        assert journal.path.read_bytes() == before
        assert [journal.case(name).state for name in NAMES] == ["under_consideration"] * 3

    def test_all_are_explained_where_all_are_accepted(self, journal: Journal) -> None:
        """Case by case."""
        text = decided([considered(journal, name) for name in NAMES], 100, 90, 80).explain(full=False)
        assert [part for part in text.split("\n") if part.startswith("i")] == [
            f"{name}: ACCEPTED  issuance.decide_issuance (notified) on 2023-12-01" for name in NAMES
        ]

    def test_a_case_stands_once(self, journal: Journal) -> None:
        """Twice the same case is an error of whoever asks."""
        case = considered(journal, "i1")
        with pytest.raises(EvidenceError, match="i1 stands twice"):
            decided([case, case], 50, 50)

    @pytest.mark.parametrize(
        ("acts", "why"),
        [
            (None, "acts: None is no list"),
            ("i1", "acts: 'i1' is no list"),
            ([None], "acts: None is no case with its act"),
            ([("i1", "i2")], r"acts: \('i1', 'i2'\) is no case with its act"),
        ],
    )
    def test_what_are_no_acts(self, acts: Any, why: str) -> None:
        """Each needs its case."""
        with pytest.raises(EvidenceError, match=why) as caught:
            attempt_all(acts)
        assert caught.value.cure

    def test_an_act_of_what_is_no_case(self, journal: Journal) -> None:
        """And rules or a register that are none."""
        case = considered(journal, "i1")
        act = issuance.check_request(ev.CompletenessConclusion(conclusion="complete"), by=Role.SECRETARIAT, on=DECIDED)
        with pytest.raises(EvidenceError, match="cases: 'i1' is no case"):
            attempt_all([("i1", act)])  # type: ignore[list-item]
        with pytest.raises(EvidenceError, match="rules: 5 is no rule book"):
            attempt_all([(case, act)], rules=5)  # type: ignore[arg-type]
        for ask in (
            lambda given: attempt_all([(case, act)], register=given),
            lambda given: case.attempt(act, register=given),
        ):
            for none in (5, None, "register"):
                with pytest.raises(EvidenceError, match=f"register: {none!r} is no register"):
                    ask(none)


class TestAppended:
    """All lines are written, or none."""

    @pytest.mark.parametrize("wrong", ["stale", "twice", "reference", "taken", "missing"])
    def test_one_that_cannot_be_kept_keeps_out_the_rest(self, journal: Journal, wrong: str) -> None:
        """Stale, of one case, with one number for two, with a number that is taken, or of a case that is not there."""
        first, second = considered(journal, "i1"), considered(journal, "i2")
        accepted = list(decided([first, second], 100, 90))
        if wrong == "stale":
            journal.append(first.record(issuance.report_issuance.fact(on=UNKNOWN_DAY)))
        elif wrong == "twice":
            accepted = [accepted[0], accepted[0]]
        elif wrong == "missing":
            accepted = [accepted[0], Case.open(project, "p", on=ASKED, country="MN").case.record(
                project.acknowledge.fact(on=ASKED)
            )]  # fmt: skip
        else:
            number = project.publish_pdd.fact(on=ASKED, evidence=ev.Publication(reference="MN001"))
            one, two, three = (Case.open(project, name, on=ASKED, country="MN") for name in ("p1", "p2", "p3"))
            journal.append_all([one, two, three])
            if wrong == "taken":
                journal.append(three.case.record(number))
            accepted = [one.case.record(number), two.case.record(number)][: 1 if wrong == "taken" else 2]
            accepted = [decided([first], 100).answers[0], *accepted]
        before = journal.path.read_bytes()
        with pytest.raises((JournalError, ReferenceTaken, LookupError)):
            journal.append_all(accepted)
        assert journal.path.read_bytes() == before
        assert verify(journal.path).intact

    def test_nothing_is_nothing(self, journal: Journal) -> None:
        """No answer, no line, no file."""
        assert journal.append_all([]) == ()
        assert not journal.path.exists()

    def test_one_alone_is_as_appended_by_itself(self, journal: Journal) -> None:
        """A line that belongs to no other says nothing of it."""
        journal.append_all([Case.open(project, "p", on=ASKED, country="MN")])
        assert b"together" not in journal.path.read_bytes()

    def test_cut_anywhere_none_of_them_is_there(self, journal: Journal, tmp_path: Path) -> None:
        """However many bytes of them were written: only all of them count, and mending takes the rest aside."""
        cases = [considered(journal, name) for name in NAMES]
        size = journal.path.stat().st_size
        journal.append_all(decided(cases, 100, 90, 80))
        whole = journal.path.read_bytes()
        ends = [n + 1 for n in range(size, len(whole)) if whole[n : n + 1] == b"\n"]
        assert len(ends) >= 3
        cuts = {*range(size + 1, len(whole), 1 if SOAK else 97), *(end - 1 for end in ends), *ends[:-1]}
        for cut in sorted(cuts):
            path = tmp_path / f"cut-{cut}.jsonl"
            path.write_bytes(whole[:cut])
            edition_only = whole[size:cut].endswith(b"\n") and whole[size:cut].count(b'"kind":"entry"') == 0
            if not edition_only:
                assert not verify(path).intact
                part = "entries that belong together" if whole[:cut].endswith(b"\n") else "a line"
                with pytest.raises(CutJournal, match=f"ends in the middle of {part}: "):
                    Journal(path)
                assert f"ends in the middle of {part}." in str(verify(path).first_broken)
            mended = Journal(path, mend=True)
            assert [mended.case(name).state for name in NAMES] == ["under_consideration"] * 3
            assert path.read_bytes() == whole[: len(path.read_bytes())]
            assert verify(path).intact

    def test_mended_it_can_go_on(self, journal: Journal) -> None:
        """After the beginning of a decision was taken aside, the decision can be appended again."""
        cases = [considered(journal, name) for name in NAMES]
        answer = decided(cases, 100, 90, 80)
        size = journal.path.stat().st_size
        journal.append_all(answer)
        whole = journal.path.read_bytes()
        journal.path.write_bytes(whole[: whole.rindex(b"\n", 0, len(whole) - 1) + 1])
        mended = Journal(journal.path, mend=True)
        assert journal.path.stat().st_size <= len(whole)
        mended.append_all(decided([mended.case(name) for name in NAMES], 100, 90, 80))
        assert [Journal(journal.path).case(name).state for name in NAMES] == ["notified"] * 3
        assert journal.path.stat().st_size > size

    @pytest.mark.parametrize(
        "together", [[2, 3], [1, 2], [3, 3], [1, 4], [0, 3], [1, 1], [1], "x", [True, 3], [1.0, 3], None]
    )
    def test_what_belongs_together_is_part_of_what_is_checked(self, journal: Journal, together: Any) -> None:
        """A line that says other than its place, sealed anew by a forger with all lines after it, does not verify."""
        from jcm_cycle._chain import seal  # noqa: PLC0415 - the forger's tool

        cases = [considered(journal, name) for name in NAMES]
        journal.append_all(decided(cases, 100, 90, 80))
        head, lines = "0" * 64, []
        stored = [orjson.loads(raw) for raw in journal.path.read_bytes().splitlines()]
        for body in stored:
            for name in ("hash", "prev", "schema"):
                body.pop(name)
            if body.get("together") == [2, 3]:
                if together == [2, 3]:
                    body["together"] = [1, 3]
                elif together is None:
                    body.pop("together")
                else:
                    body["together"] = together
            raw, head = seal(body, head)
            lines.append(raw)
        journal.path.write_bytes(b"".join(lines))
        assert not verify(journal.path).intact
        with pytest.raises(BrokenJournal, match="belong together"):
            Journal(journal.path)


KILLED = """
import os, sys
from datetime import date
from jcm_cycle import Case, Journal, project
write = os.write
os.write = lambda file, data: write(file, data[:200])  # as a system may: some bytes at a time
journal = Journal(sys.argv[1])
day = date(2024, 4, 1)
while True:
    number = len(journal.cases)
    entries = journal.append_all([Case.open(project, f"case-{number + n}", on=day, country="ZZ") for n in range(5)])
    print(entries[-1].seq, flush=True)
"""


def test_a_killed_process_leaves_all_of_them_or_none(journal: Journal, started: Started) -> None:
    """Killed at any moment of any append: the cases come by fives, and none that was acknowledged is lost."""
    acknowledged = 0
    for place in range(60 if SOAK else 4):
        with started(KILLED, journal.path) as writer:
            assert writer.stdout is not None
            heard = [writer.stdout.readline() for _ in range(1 + place % 3)]
            writer.send_signal(signal.SIGKILL)
            rest, _ = writer.communicate()
        seen = [int(said) for said in [*heard, *rest.splitlines(keepends=True)] if said.endswith("\n")]
        acknowledged = max([acknowledged, *seen])
        found = Journal(journal.path, mend=True)
        assert len(found) % 5 == 0
        assert len(found) >= acknowledged
        assert verify(journal.path).intact


def test_an_answer_is_accepted_or_it_is_not(journal: Journal) -> None:
    """What is appended need not come from one call: any accepted answers of different cases belong together."""
    opened = [Case.open(project, name, on=ASKED, country="MN") for name in NAMES]
    assert all(isinstance(one, Accepted) for one in opened)
    entries = journal.append_all(one.draft for one in opened)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert Journal(journal.path).cases == NAMES


def test_what_stands_twice_is_told_by_its_first_name(journal: Journal) -> None:
    """Of several cases or numbers the first in order is named; two entries are enough to belong together."""
    opened = {name: Case.open(project, name, on=ASKED, country="MN") for name in ("a", "b")}
    with pytest.raises(JournalError, match=r"^The case a stands twice"):
        journal.append_all([opened["b"], opened["a"], opened["a"], opened["b"]])
    journal.append_all(opened.values())
    assert journal.path.read_bytes().count(b'"together":[1,2]') == 1
    assert journal.path.read_bytes().count(b'"together":[2,2]') == 1


@pytest.mark.parametrize(
    "garbage", [b'{"together":[1,2]', b'["together":[1,2]]', b'{"together":[1,2],"x":"\xff"}', b'"together":[']
)
def test_a_last_line_that_only_looks_like_a_beginning_is_a_broken_line(journal: Journal, garbage: bytes) -> None:
    """It is no object, so that it does not count as entries that were not finished."""
    journal.append(Case.open(project, "p", on=ASKED, country="MN"))
    with journal.path.open("ab") as file:
        file.write(garbage + b"\n")
    with pytest.raises(BrokenJournal) as caught:
        Journal(journal.path)
    assert caught.value.line == 2
    assert not verify(journal.path).intact
