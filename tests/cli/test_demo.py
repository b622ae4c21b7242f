"""The demo: refusals with rule, source and earliest day, credits of two sides, the journal, and the real record."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import Journal, Verdict, rejudge, verify
from jcm_cycle.cli._demo import COMPANY_ACTS, ENTITY_ACTS, KNOWN, TITLE, UTILITY, Demo, acts
from jcm_cycle.cli._demo_issuance import issuance_acts
from jcm_cycle.errors import CaseExists
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.record import read, shipped
from jcm_cycle.record.replay import replay
from jcm_cycle.register import Yes

ACTS = [*acts(), *issuance_acts(TITLE, COMPANY_ACTS, ENTITY_ACTS, UTILITY)]
SAME_VERSION = "project.request_registration.same_version"


@pytest.fixture(scope="module")
def played() -> Demo:
    """Return the demo, played."""
    return Demo.play()


@pytest.fixture(scope="module")
def text(command: Any) -> str:
    """Return what the demo prints."""
    told = command("demo")
    assert (told.code, told.err) == (0, "")
    return str(told.out)


def answers(text: str) -> Iterator[list[str]]:
    """Return the answers that are printed, each with its lines."""
    found: list[str] = []
    for line in [*text.splitlines(), ""]:
        if re.match("ACCEPTED|REFUSED|FAULTED", line):
            found = [line]
        elif found and line.startswith(" "):
            found.append(line)
        elif found:
            yield found
            found = []


class TestWhatItPrints:
    """The text, as a reader sees it."""

    def test_it_says_what_is_synthetic(self, text: str) -> None:
        """The project, its participants and the register are; the rules and the record are not."""
        opening = text.split("\n\n", maxsplit=1)[0]
        assert "synthetic" in opening
        assert "real" in text[text.index("The public record") :]

    def test_it_is_opened_under_a_named_procedure(self, text: str) -> None:
        """The book does not know which one applied, and the opener names it."""
        assert "under PCP 07.0, named by the opener" in text

    def test_refusals_in_full(self, text: str) -> None:
        """At least two, each with the rule, its source, its standing, and that nothing was recorded."""
        refused = [lines for lines in answers(text) if lines[0].startswith("REFUSED")]
        assert len(refused) >= 2
        for lines in refused:
            assert "nothing was recorded" in lines[1]
            shown = "\n".join(lines)
            against = re.findall(
                r"^ +(?:blocks|holds); (?:cited|observed|inferred): \S.* +\[[a-z_.]+\]$", shown, re.MULTILINE
            )
            assert len(against) == len(re.findall(r"^  (?:unmet|missing) ", shown, re.MULTILINE)) > 0

    def test_the_three_refusals_that_were_asked_for(self, text: str) -> None:
        """A methodology not yet approved, an entity not yet designated (each with its day), and an open request."""
        refused = ["\n".join(lines) for lines in answers(text) if lines[0].startswith("REFUSED")]
        days = {
            "project.submit_pdd.methodology_valid": "earliest day: 2024-12-20",
            "common.entity_usable": "earliest day: 2025-04-01",
            "project.conclude_validation.no_open_requests": "open_requests: CL 3",
        }
        for rule, says in days.items():
            assert any(f"[{rule}]" in shown and says in shown for shown in refused), rule

    def test_the_refusals_on_the_way_to_credits(self, text: str) -> None:
        """A period not over, no visit, lines that do not sum, and a side that would issue too much."""
        refused = ["\n".join(lines) for lines in answers(text) if lines[0].startswith("REFUSED  issuance.")]
        says = {
            "issuance.submit_monitoring_report.period_over": "earliest day: 2026-02-28",
            "issuance.conclude_verification.first_site_visit": "site_visit: no",
            "issuance.request_issuance.lines_sum": "sum_of_lines: 2450; asked: 2500",
            "issuance.issue_credits.within_notified": "issued_with_this: 2010; notified: 1960",
        }
        assert len(refused) == len(says)
        for (rule, told), shown in zip(says.items(), refused, strict=True):
            assert f"[{rule}]" in shown
            assert told in shown

    def test_credits_of_both_sides_one_of_them_late(self, text: str) -> None:
        """After the first side has issued, what the other has still to issue is printed; after both, nothing."""
        assert re.findall(r"^  outstanding: (.+)$", text, re.MULTILINE) == [
            "MN 490 t for Synthetic Solar LLC, notified on 2026-05-28",
            "nothing",
        ]
        assert "issuance.issue_credits (complete) on 2026-08-20" in text
        assert "issuance in MN, of demo-solar for 2025-09-01..2026-02-28; procedure PCP 07.0" in text

    def test_one_act_despite_a_rule(self, text: str) -> None:
        """The same act is refused first, and goes through with its reason, which the timeline shows again."""
        turned = [lines for lines in answers(text) if f"[{SAME_VERSION}]" in "\n".join(lines)]
        assert [lines[0].split()[0] for lines in turned] == ["REFUSED", "ACCEPTED"]
        (reason,) = re.findall("went through despite it: (.+)", "\n".join(turned[1]))
        assert f"despite {SAME_VERSION}: {reason}" in text

    def test_a_duty_is_late_and_refuses_nothing(self, text: str) -> None:
        """The secretariat is told by how many days it was late."""
        (late,) = ["\n".join(lines) for lines in answers(text) if "[project.check_request.in_time]" in "\n".join(lines)]
        assert late.startswith("ACCEPTED")
        assert "late_by: 4" in late

    def test_the_journal(self, text: str) -> None:
        """It is verified and judged again, and shown as timelines up to registration and to issued credits."""
        assert "21 entries, intact" in text
        assert "judged again: " in text
        assert text.index("stands registered") < text.index("stands issued")
        lines = re.findall(r"^ +[0-9]+  (20[0-9-]{8})  ([a-z_]+)", text, re.MULTILINE)
        assert [step for _, step in lines] == [
            "open",
            "submit_pdd",
            "acknowledge",
            "publish_pdd",
            "close_public_inputs",
            "conclude_validation",
            "request_registration",
            "acknowledge_request",
            "check_request",
            "decide_registration",
            "notify_registration",
            "open",
            "submit_monitoring_report",
            "conclude_verification",
            "request_issuance",
            "acknowledge_request",
            "check_request",
            "decide_issuance",
            "issue_credits",
            "report_issuance",
            "issue_credits",
        ]
        assert all(one <= other for (one, _), (other, _) in pairwise(lines))

    def test_the_record(self, command: Any, text: str) -> None:
        """The real record comes last, as `replay` shows it."""
        assert text.rstrip().endswith(command("replay", str(shipped())).out.rstrip())

    def test_in_full(self, command: Any, text: str) -> None:
        """Asked for all, it shows the findings that are met as well."""
        full = command("demo", "--full")
        assert full.code == 0
        assert "  met  " not in text[: text.index("The journal")]
        assert full.out.count("\n  met     ") > 10

    @pytest.mark.parametrize("columns", ["30", "80", "160"])
    def test_a_narrow_terminal(self, command: Any, columns: str) -> None:
        """Headings are whole at any width, and the rest does not depend on it."""
        told = command("demo", COLUMNS=columns)
        for heading in (
            "A synthetic project under the rules of Mongolia",
            "The journal",
            "The public record, replayed",
        ):
            assert heading in told.out
        assert "…" not in told.out


class TestWhatItLeaves:
    """Files before and after."""

    @pytest.mark.parametrize("words", [(), ("--json",), ("--full",)])
    def test_nothing(self, tmp_path: Path, command: Any, words: tuple[str, ...]) -> None:
        """No file is left, at home, where it was called, or among the temporary ones; and nothing is said on stderr."""
        places = {name: tmp_path / name for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        for place in places.values():
            place.mkdir()
        (tmp_path / "cwd").mkdir()
        before = sorted(tmp_path.rglob("*"))
        env = {name: str(place) for name, place in places.items()} | {"PYTHONDONTWRITEBYTECODE": "1"}
        told = command.alone("demo", *words, cwd=tmp_path / "cwd", **env)
        assert (told.code, told.err) == (0, "")
        assert sorted(tmp_path.rglob("*")) == before

    def test_nothing_where_nobody_listens(self, tmp_path: Path) -> None:
        """Also where whoever read it has gone: no traceback, and no file."""
        with subprocess.Popen(
            [sys.executable, "-c", "from jcm_cycle.cli import main; main()", "demo"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            assert b"Traceback" not in process.stderr.read()
        assert list(tmp_path.iterdir()) == []

    def test_the_journal_where_it_is_asked_for(self, command: Any, tmp_path: Path) -> None:
        """The file is kept, verifies, is judged the same, and every command reads it."""
        path = tmp_path / "kept" / "demo.jsonl"
        told = command("demo", "--at", path)
        assert told.code == 0
        assert verify(path).intact
        again = rejudge(Journal(path))
        assert again.same > 20
        assert (again.differs, again.revised) == ((), ())
        assert command("verify", path, "--rejudge").code == 0
        assert Journal(path).head in told.out
        whole, credits_ = command("show", path, "--json").data["cases"]
        assert (whole["state"], whole["references"]) == ("registered", ["MN999"])
        assert (credits_["state"], credits_["machine"]) == ("issued", "issuance")
        assert b"Synthetic Person" not in path.read_bytes()

    def test_a_file_that_holds_a_journal_is_left_alone(self, command: Any, tmp_path: Path) -> None:
        """Nothing is added to a journal that is already there, and none of the demo is printed."""
        path = tmp_path / "demo.jsonl"
        assert command("demo", "--at", path).code == 0
        before = path.read_bytes()
        told = command("demo", "--at", path)
        assert (told.code, told.out) == (1, "")
        assert told.err.startswith("CaseExists: ")
        assert command("demo", "--at", path, "--json").error["kind"] == "CaseExists"
        with pytest.raises(CaseExists):
            Demo.play(path)
        assert path.read_bytes() == before
        path.write_bytes(before[:-9])
        assert command("demo", "--at", path).code == 1
        assert path.read_bytes() == before[:-9]


class TestWhatItIs:
    """The demo as data."""

    def test_json(self, command: Any, fits: Any) -> None:
        """Its attempts, journal and record have the shapes that the commands for them have."""
        told = command("demo", "--json")
        assert (told.code, told.err) == (0, "")
        assert list(told.data) == ["schema", "attempts", "outstanding", "verification", "cases", "replay"]
        assert len(told.data["attempts"]) == len(ACTS)
        assert told.data["outstanding"] == [{"case": "demo-solar-1", "side": "MN", "amount": 490}]
        for attempt in told.data["attempts"]:
            assert isinstance(attempt.pop("about"), str)
            fits("attempt", attempt)
        numbers = [attempt["seq"] for attempt in told.data["attempts"] if attempt["verdict"] == "accepted"]
        assert numbers == [n for n in range(2, 22) if n != 12]
        fits("verify", told.data["verification"])
        fits("show", {"schema": 1, "cases": told.data["cases"]})
        assert told.data["replay"] == replay(read(shipped())).json()

    def test_what_refuses_may_refuse_in_mongolia(self, played: Demo) -> None:
        """Every refusal rests on rules that block or hold, cited or inferred, and names where they come from."""
        refused = [answer for _, answer, seq in played.attempts if seq is None]
        assert len(refused) == 8
        for answer in refused:
            assert answer.refusals
            for finding in answer.refusals:
                assert finding.effect in ("blocks", "holds")
                assert finding.standing in ("cited", "observed", "inferred")
                assert finding.cites
                assert finding.facts

    def test_waiting_helps_where_it_says_so(self, played: Demo) -> None:
        """What is refused with an earliest day is accepted on that day, or refused for something else."""
        for (_, first, _), (_, second, _) in pairwise(played.attempts):
            days = {f.rule: f.earliest for f in first.findings if f.earliest is not None and f.refuses}
            for rule, day in days.items():
                assert first.step == second.step
                assert isinstance(second.on, type(day))
                assert day is not None
                assert second.on >= day
                assert {f.rule: f.verdict for f in second.findings}[rule] is Verdict.MET

    def test_nothing_of_it_is_somebody_else_s(self) -> None:
        """Names are synthetic, and the number is none that the record has given; the approval is the real one."""
        claims = read(shipped(), country="MN").claims
        assert not any("MN999" in claim.subjects for claim in claims)
        assert not any("Synthetic" in claim.title for claim in claims)
        version = MethodologyVersion.parse("MN_AM004 Ver1.0")
        (approval,) = (
            claim for claim in claims if "MN_AM004" in claim.subjects and claim.event == "methodology_approved"
        )
        assert isinstance(KNOWN.methodology(version, approval.day), Yes)
        assert approval.day == acts()[1][1].on

    def test_it_is_the_same_each_time(self, played: Demo) -> None:
        """Played twice, it gives the same answers on the same days."""
        again = Demo.play()
        assert [answer.json() for _, answer, _ in again.attempts] == [a.json() for _, a, _ in played.attempts]
