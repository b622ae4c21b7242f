"""The commands: what each prints, as text and as JSON, what it leaves in the journal, and how it exits.

0 is fine, 1 is refused or broken, 2 is misuse. The project of the tests is synthetic (see conftest.py).
"""

from __future__ import annotations

import fcntl
import re
import time
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from jcm_cycle import Between, Case, Journal, Role, books, project
from jcm_cycle._chain import START, seal
from jcm_cycle.evidence import Block
from jcm_cycle.findings import Support
from jcm_cycle.record import shipped
from jcm_cycle.states import MACHINES

SHIPPED = str(shipped())
PUBLISH = "project.publish_pdd"
SAME_VERSION = "project.request_registration.same_version"


class TestRules:
    """`rules`: what a book says on a day."""

    @pytest.mark.parametrize(("country", "day"), [("MN", "2025-01-08"), ("ID", "2024-12-17"), ("ID", "2024-12-18")])
    def test_json(self, command: Any, fits: Any, country: str, day: str) -> None:
        """One row for each step or outcome that a rule binds to, in the order of the steps."""
        told = command("rules", country, "--on", day, "--json")
        assert (told.code, told.err) == (0, "")
        fits("rules", told.data)
        assert (told.data["country"], told.data["on"]) == (country, day)
        rows = told.data["rules"]
        edition = books[country].on(date.fromisoformat(day))
        expected = {(b.rule.id, b.step, b.outcome and str(b.outcome)) for b in edition.all_bindings}
        assert {(row["rule"], row["step"], row["outcome"]) for row in rows} == expected
        assert len(rows) == len(edition.all_bindings)
        places = [row["step"].split(".") for row in rows]
        ranks = [(list(MACHINES).index(name), MACHINES[name].step(step).rank) for name, step in places]
        assert ranks == sorted(ranks)

    def test_text(self, command: Any) -> None:
        """Each rule is printed with its sentence, effect, standing, source and id."""
        told = command("rules", "MN", "--on", "2025-01-08", "--step", "conclude_validation")
        assert told.code == 0
        assert "project.conclude_validation" in told.out
        for row in command("rules", "MN", "--on", "2025-01-08", "--step", "conclude_validation", "--json").data[
            "rules"
        ]:
            assert row["sentence"] in told.out
            assert f"{row['effect']}; {row['standing']}: {row['cites']}" in told.out
            assert f"[{row['rule']}]" in told.out

    def test_bounds(self, command: Any) -> None:
        """A bound is a day, a stretch, or unknown, as it is where no end or no beginning is known of."""
        rows = command("rules", "MN", "--on", "2025-01-08", "--json").data["rules"]
        sinces = {row["rule"]: row["since"] for row in rows}
        assert sinces["common.bilateral_valid"] == "2013-01-08"
        assert sinces["project.submit_pdd.documents"] == {"after": "2013-04-10", "by": "2016-02-01"}
        assert sinces["common.reference_never_reused"] == "unknown"
        assert {row["until"] for row in rows if row["rule"] == "common.bilateral_valid"} == {"unknown"}

    @pytest.mark.parametrize("step", ["submit_pdd", "project.submit_pdd"])
    def test_one_step(self, command: Any, step: str) -> None:
        """A step is found by its name and by its id."""
        rows = command("rules", "MN", "--on", "2025-01-08", "--step", step, "--json").data["rules"]
        assert {row["step"] for row in rows} == {"project.submit_pdd"}

    def test_a_step_without_rules(self, command: Any) -> None:
        """It is no mistake to ask for it, and the text says that there is none."""
        told = command("rules", "MN", "--on", "2025-01-08", "--step", "acknowledge")
        assert told.code == 0
        assert "no rule binds to it" in told.out
        assert command("rules", "MN", "--on", "2025-01-08", "--step", "acknowledge", "--json").data["rules"] == []

    @pytest.mark.parametrize(
        ("words", "kind", "says"),
        [
            (("ZZ", "--on", "2025-01-08"), "NoRuleBook", "Books are installed for AE, AZ, BD"),
            (("mn", "--on", "2025-01-08"), "NoRuleBook", "Books are installed for AE, AZ, BD"),
            (("MN", "--on", "2025-02-30"), "EvidenceError", "YYYY-MM-DD"),
            (("MN", "--on", "8 January 2025"), "EvidenceError", "YYYY-MM-DD"),
            (("MN", "--on", ""), "EvidenceError", "YYYY-MM-DD"),
            (("MN", "--on", "2013-01-07"), "NoRuleInForce", "2013-01-08"),
            (("MN", "--on", "2025-01-08", "--step", "submit"), "UnknownStep", "submit_pdd"),
            (("MN", "--on", "2025-01-08", "--step", "idea.submit_pdd"), "UnknownStep", "idea"),
            (("MN",), "Misuse", "--on"),
            ((), "Misuse", "CC"),
        ],
    )
    def test_misuse(self, command: Any, words: tuple[str, ...], kind: str, says: str) -> None:
        """The error says what is wrong and what there is, in text and in JSON, and the exit code is 2."""
        told = command("rules", *words, "--json")
        assert (told.code, told.error["kind"]) == (2, kind)
        assert says in told.error["why"] + told.error["cure"]
        told = command("rules", *words)
        assert (told.code, told.out) == (2, "")
        assert says in told.err


class TestOpen:
    """`open`: a case in a journal."""

    def test_json(self, story: Any, fits: Any) -> None:
        """The opening is an accepted act with the first number."""
        told = story.open("--title", "A park", "--json")
        assert (told.code, told.err) == (0, "")
        fits("attempt", told.data)
        assert [told.data[key] for key in ("case", "step", "on", "verdict", "seq")] == [
            "park",
            "open",
            "2025-01-06",
            "accepted",
            1,
        ]
        journal = Journal(story.path)
        assert journal.case().file.title == "A park"
        assert journal.case().procedure.name == "PCP 07.0"

    def test_text(self, story: Any) -> None:
        """It says where the case now stands."""
        told = story.open()
        assert told.code == 0
        assert "drafting" in told.out

    def test_the_procedure_has_to_be_named(self, story: Any) -> None:
        """Where the book does not know which one applied, the candidates are listed and nothing is written."""
        told = story.run("open", "project", "MN", "--at", story.path, "--on", "2025-01-06", "--json")
        assert (told.code, told.error["kind"]) == (2, "ProcedureUnknown")
        assert "'PCP 07.0'" in told.error["cure"]
        assert not story.path.exists()

    def test_the_book_may_know_it(self, story: Any) -> None:
        """Where the book knows it, it need not be named."""
        told = story.run("open", "project", "ID", "--at", story.path, "--on", "2025-01-06")
        assert told.code == 0
        assert Journal(story.path).case().procedure.name is not None

    def test_a_case_of_another_machine(self, story: Any) -> None:
        """It is opened new, and its opening step makes it."""
        named = ("--at", story.path, "--case", "cert", "--on", "2025-01-06", "--procedure", "PCP 07.0")
        told = story.run("open", "tpe", "MN", *named)
        assert told.code == 0
        assert "new" in told.out
        asked = story.write("asked", {"entity": "Synthetic Certification Ltd.", "scopes": [{"numbers": [1, 2]}]})
        words = ("apply_for_designation", "--evidence", asked, "--by", "candidate", "--on", "2025-01-07", "--json")
        told = story.run("attempt", story.path, *words)
        assert (told.code, told.data["verdict"]) == (0, "accepted"), told
        assert Journal(story.path).case("cert").state == "applied"

    def test_a_block_of_credits(self, story: Any) -> None:
        """A transfer belongs to an issuance and is about the credits in a file."""
        named = ("--at", story.path, "--case", "block", "--on", "2025-06-02", "--procedure", "PCP 07.0")
        block = story.write("block", {"side": "MN", "amount": 490, "years": [2022]})
        told = story.run("open", "transfer", "MN", *named, "--of", "park 2022", "--block", block)
        assert told.code == 0, told
        opened = Journal(story.path).case("block")
        assert (opened.file.of, opened.file.block) == ("park 2022", Block(side="MN", amount=490, years=(2022,)))
        told = story.run("open", "project", "MN", *named[:2], "--case", "park", *named[4:], "--block", block, "--json")
        assert (told.code, told.error["kind"]) == (2, "EvidenceError")
        assert "project is about no block" in told.error["why"]
        for wrong, why in (
            ({"side": "BD", "amount": 490}, "block: BD issues no credits of MN"),
            ({"side": "MN", "amount": 0}, "amount: a block of 0 t holds no credits"),
            ({"side": "MN", "amount": 1, "years": [2022, 2022]}, "years: 2022 stands twice"),
            ({"side": "MN", "amount": 1, "years": [2026]}, "block: the reductions of 2026 lie after 2025-06-02"),
        ):
            words = ("--at", story.path, "--case", "wrong", *named[4:], "--of", "park 2022", "--json")
            told = story.run("open", "transfer", "MN", *words, "--block", story.write("wrong", wrong))
            assert (told.code, told.error["kind"]) == (2, "EvidenceError")
            assert why in told.error["why"]
            assert told.error["cure"]

    def test_what_a_case_rests_on_elsewhere_is_said(self, story: Any) -> None:
        """An issuance that is kept elsewhere, and a block that is not told: allowed, and shown."""
        words = ("--at", story.path, "--on", "2025-06-02", "--procedure", "PCP 07.0", "--of", "park 2022")
        told = story.run("open", "transfer", "MN", *words)
        assert told.code == 0
        assert "park 2022, to which it belongs, is no case of this journal" in told.out
        assert "it is about a block that is not told: give it with --block" in told.out

    def test_a_folder_that_there_is_not(self, story: Any) -> None:
        """A mistyped folder is not made."""
        at = story.folder / "typo" / "journal.jsonl"
        told = story.run("open", "project", "MN", "--at", at, "--on", "2025-06-02", "--json")
        assert told.code == 2
        assert told.error["why"] == f"{at}: there is no folder {at.parent}."
        assert not at.parent.exists()

    def test_ids_of_its_own(self, story: Any) -> None:
        """Without an id a case gets one that no other case has."""
        words = ("open", "project", "MN", "--at", story.path, "--on", "2025-01-06", "--procedure", "PCP 07.0")
        assert story.open(case="MN-project-2").code == 0
        names = [story.run(*words, "--json").data["case"] for _ in range(3)]
        assert len({*names, "MN-project-2"}) == 4
        assert list(Journal(story.path).cases) == ["MN-project-2", *names]
        told = story.run(*words)
        assert f"its id is {Journal(story.path).cases[-1]}" in told.out
        assert "its id is" not in story.open(case="named").out

    def test_today(self, story: Any) -> None:
        """Without a day a case is opened today."""
        before = datetime.now(UTC).date()
        words = ("open", "project", "MN", "--at", story.path, "--procedure", "RG 02.0", "--json")
        told = story.run(*words)
        assert told.code == 0
        assert before.isoformat() <= told.data["on"] <= datetime.now(UTC).date().isoformat()

    def test_an_id_is_taken_once(self, story: Any) -> None:
        """A second case of the same id is refused, and the journal is as it was."""
        assert story.open().code == 0
        before = story.files()
        told = story.open("--json")
        assert (told.code, told.error["kind"]) == (1, "CaseExists")
        assert story.files() == before

    @pytest.mark.parametrize(
        ("machine", "country", "more", "kind"),
        [
            ("celebration", "MN", (), "UnknownStep"),
            ("project", "ZZ", (), "NoRuleBook"),
            ("project", "MN", ("--procedure", "PCP 99"), "ProcedureUnknown"),
            ("project", "MN", ("--on", "today"), "EvidenceError"),
            ("project", "MN", ("--on", ""), "EvidenceError"),
            ("project", "MN", ("--case", " "), "EvidenceError"),
            ("project", "MN", ("--case", ""), "EvidenceError"),
            ("project", "MN", ("--title", " "), "EvidenceError"),
        ],
    )
    def test_misuse(self, story: Any, machine: str, country: str, more: tuple[str, ...], kind: str) -> None:
        """Nothing is written, and the error is of one kind."""
        words = ("--at", story.path, "--procedure", "PCP 07.0", "--on", "2025-01-06", *more, "--json")
        before = story.files()
        told = story.run("open", machine, country, *words)
        assert (told.code, told.error["kind"]) == (2, kind)
        assert story.files() == before

    def test_another_writer(self, story: Any) -> None:
        """While somebody else holds the journal nothing is written, and the command says so."""
        assert story.open().code == 0
        before = story.files()
        with story.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            told = story.open("--json", case="second")
        assert (told.code, told.error["kind"]) == (1, "JournalLocked")
        assert story.files() == before
        assert story.open(case="second").code == 0

    def test_a_place_where_nothing_can_be_written(self, story: Any) -> None:
        """The journal cannot be made below a file: broken, not misused, and told in one line."""
        told = story.run("open", "project", "ID", "--on", "2025-01-06", "--at", story.known / "journal.jsonl")
        assert (told.code, told.out) == (1, "")
        assert told.err.startswith("JournalError: ")
        assert story.run("open", "project", "ID", "--at", story.folder, "--json").code == 2


class TestStory:
    """One project from its design document to registration, through the command alone."""

    def test_from_the_first_act_to_registration(self, story: Any, fits: Any) -> None:
        """Each act is accepted in turn, numbered, and found again; the journal is whole and judged the same."""
        assert story.open().code == 0
        for seq, step in enumerate(story.steps, 2):
            tried = story.run("explain", story.path, *story.words(step), "--json")
            told = story.attempt(step, "--json")
            fits("attempt", told.data)
            assert (told.code, told.data["verdict"], told.data["seq"]) == (0, "accepted", seq)
            assert tried.code == 0
            assert tried.data == told.data | {"seq": None}
            entry = story.run("explain", story.path, seq, "--json")
            assert entry.data == told.data
        shown = story.run("show", story.path, "--json").data
        fits("show", shown)
        (case,) = shown["cases"]
        assert (case["state"], case["references"], case["title"]) == ("registered", ["MN099"], "Synthetic solar park")
        assert [entry["step"] for entry in case["entries"]] == ["open", *story.steps]
        told = story.run("verify", story.path, "--rejudge", "--json")
        fits("verify", told.data)
        assert (told.code, told.data["entries"], told.data["intact"]) == (0, 8, True)
        judged = sum(sum(entry["findings"].values()) for entry in case["entries"])
        assert told.data["rejudged"] == {"same": judged, "differs": [], "revised": []}
        assert judged > 20

    def test_a_refusal_is_shown_in_full_and_not_kept(self, story: Any, fits: Any) -> None:
        """The report comes before the designation, with a request open: both are told, with the earliest day."""
        story.until("conclude_validation")
        before = story.files()
        changes = {"on": "2025-03-09", "completed_on": "2024-03-31", "open_requests": ["CL 1"]}
        told = story.attempt("conclude_validation", **changes)
        assert told.code == 1
        assert told.out.startswith("REFUSED  project.conclude_validation (positive) on 2025-03-09")
        assert "earliest day: 2024-04-01" in told.out
        assert "CL 1" in told.out
        told = story.attempt("conclude_validation", "--json", **changes)
        fits("attempt", told.data)
        assert (told.code, told.data["verdict"], told.data["seq"]) == (1, "refused", None)
        unmet = {f["rule"]: f for f in told.data["findings"] if f["verdict"] == "unmet"}
        assert unmet["common.entity_usable"]["earliest"] == "2024-04-01"
        assert unmet["common.entity_usable"]["effect"] == "blocks"
        assert unmet["common.entity_usable"]["cites"]
        assert unmet["project.conclude_validation.no_open_requests"]["facts"] == {"open_requests": ["CL 1"]}
        assert {k: v for k, v in story.files().items() if k.startswith("journal")} == {
            k: v for k, v in before.items() if k.startswith("journal")
        }

    def test_despite(self, story: Any) -> None:
        """A rule that holds lets the act through with a reason, which is kept and shown; without one it refuses."""
        story.until("request_registration")
        other = {"design_document": {"version": "1.1"}}
        assert story.attempt("request_registration", **other).code == 1
        reason = f"{SAME_VERSION}=1.1 corrects an address = nothing else"
        told = story.attempt("request_registration", "--despite", reason, "--json", **other)
        assert (told.code, told.data["verdict"]) == (0, "accepted")
        (finding,) = [f for f in told.data["findings"] if f["rule"] == SAME_VERSION]
        assert (finding["verdict"], finding["despite"]) == ("unmet", "1.1 corrects an address = nothing else")
        assert "1.1 corrects an address = nothing else" in story.run("show", story.path).out
        assert "went through despite it: 1.1 corrects" in story.run("explain", story.path, 6).out
        assert story.run("verify", story.path, "--rejudge").code == 0

    def test_what_blocks_is_not_passed_with_a_reason(self, story: Any) -> None:
        """A cited rule that is unmet refuses whatever the reason is."""
        story.until("conclude_validation")
        words = ("--despite", "project.conclude_validation.no_open_requests=we are in a hurry", "--json")
        told = story.attempt("conclude_validation", *words, open_requests=["CAR 1"])
        assert (told.code, told.data["verdict"]) == (1, "refused")

    @pytest.mark.parametrize(
        ("changes", "rule"),
        [
            ({"by": "participant"}, "procedure.role"),
            ({"on": "2025-01-07"}, "procedure.day"),
        ],
    )
    def test_role_and_day_are_refusals(self, story: Any, changes: dict[str, str], rule: str) -> None:
        """A role that the step does not name, and a day before the last one, have findings of their own."""
        story.until("publish_pdd")
        told = story.attempt("publish_pdd", "--json", **changes)
        assert (told.code, told.data["verdict"]) == (1, "refused")
        assert rule in {f["rule"] for f in told.data["findings"]}

    def test_a_state_is_a_refusal(self, story: Any) -> None:
        """An act out of its turn is refused by a finding on the state."""
        story.until("publish_pdd")
        told = story.attempt("decide_registration", "--json")
        assert (told.code, told.data["findings"][0]["rule"]) == (1, "procedure.state")

    def test_who_acts_is_kept(self, story: Any) -> None:
        """The name is shown in the timeline."""
        story.until("publish_pdd")
        assert story.attempt("publish_pdd", "--name", "The secretariat of [Japan]").code == 0
        assert "The secretariat of [Japan]" in story.run("show", story.path).out

    def test_the_name_of_a_person_stays_beside_the_journal(self, told_story: Any) -> None:
        """The contact of the focal point is in no line of the chain."""
        assert b"Synthetic Person" not in told_story.path.read_bytes()
        assert any(b"Synthetic Person" in data for name, data in told_story.files().items() if "confidential" in name)

    def test_a_record_and_facts_together(self, story: Any) -> None:
        """What is known may stand in several files: a record knows no numbers, and the facts beside it do."""
        story.until("publish_pdd")
        step, *words = story.words("publish_pdd")
        place = words.index("--register") + 1
        alone = [*words[:place], story.record, *words[place + 1 :]]
        told = story.run("attempt", story.path, step, *alone, "--json")
        assert (told.code, told.data["findings"][0]["verdict"]) == (1, "missing")
        assert story.run("attempt", story.path, step, *alone, "--register", story.known).code == 0

    def test_the_entities_of_the_book_are_known(self, story: Any) -> None:
        """They need not be given again; one that its list does not have is not known, for the list may not be whole."""
        listed = next(one for one in books["MN"].designations if one.number == "TPE-MN-006")
        story.until("conclude_validation")
        for entity, verdict in ((listed.entity, "met"), ("Synthetic Certification Ltd.", "missing")):
            step, *words = story.words("conclude_validation", entity=entity)
            words = words[: words.index("--register")]
            for told in (
                story.run("explain", story.path, step, *words, "--json"),
                story.run("attempt", story.path, step, *words, "--json"),
            ):
                found = {one["rule"]: one for one in told.data["findings"]}
                assert found["common.entity_usable"]["verdict"] == verdict

    def test_a_number_is_given_once(self, story: Any) -> None:
        """The numbers of the other cases in the journal are known, and one is not given again."""
        story.until("close_public_inputs")
        assert story.open(case="second").code == 0
        assert story.attempt("submit_pdd", "--case", "second").code == 0
        told = story.attempt("publish_pdd", "--case", "second", "--json")
        assert (told.code, told.data["verdict"]) == (1, "refused")
        (finding,) = [f for f in told.data["findings"] if f["verdict"] == "unmet"]
        assert finding["rule"] == "common.reference_never_reused"
        assert finding["facts"]["given_to"] == ["park"]
        told = story.attempt("publish_pdd", "--case", "second", "--json", reference="MN098")
        assert told.data["findings"][0]["facts"]["given_to"] == ["another"]


class TestMisuseOfAnAct:
    """`attempt` and `explain STEP` asked for what they cannot do."""

    @pytest.mark.parametrize("name", ["attempt", "explain"])
    @pytest.mark.parametrize(
        ("changes", "kind", "says"),
        [
            ({"step": "submit"}, "UnknownStep", "submit_pdd"),
            ({"step": "idea.publish_pdd"}, "UnknownStep", "publish_pdd"),
            ({"step": "open"}, "UnknownStep", "submit_pdd"),
            ({"--by": None}, "Misuse", "--by"),
            ({"--on": None}, "Misuse", "--on"),
            ({"--evidence": None}, "Misuse", "Publication"),
            ({"--by": "nobody"}, "Misuse", "secretariat"),
            ({"--by": "Secretariat"}, "Misuse", "secretariat"),
            ({"--on": "2025-13-01"}, "EvidenceError", "YYYY-MM-DD"),
            ({"--on": "20250110"}, "EvidenceError", "YYYY-MM-DD"),
            ({"--despite": "reason"}, "Misuse", "RULE=REASON"),
            ({"--despite": "rule="}, "Misuse", "RULE=REASON"),
            ({"--despite": "= "}, "Misuse", "RULE=REASON"),
            ({"--despite": "=because"}, "Misuse", "RULE=REASON"),
            ({"--despite": f"{SAME_VERSION}=another step's"}, "EvidenceError", SAME_VERSION),
            ({"--case": "other"}, "UnknownCase", "park"),
            ({"--case": ""}, "UnknownCase", "park"),
            ({"--evidence": "nowhere.json"}, "Misuse", "nowhere.json"),
            ({"--register": "nowhere.json"}, "Misuse", "nowhere.json"),
            ({"--bogus": "1"}, "Misuse", "--bogus"),
        ],
    )
    def test_misuse(self, story: Any, name: str, changes: dict[str, str | None], kind: str, says: str) -> None:
        """The error is of one kind and says what there is; the exit code is 2, and nothing is written."""
        story.until("publish_pdd")
        step, *words = story.words("publish_pdd")
        options = dict(zip(words[::2], words[1::2], strict=True)) | changes
        step = options.pop("step", step)
        given = [word for option, value in options.items() if value is not None for word in (option, value)]
        before = story.files()
        told = story.run(name, story.path, step, *given, "--json")
        assert (told.code, told.error["kind"]) == (2, kind)
        assert says in told.error["why"] + told.error["cure"]
        plain = story.run(name, story.path, step, *given)
        assert (plain.code, plain.out) == (2, "")
        assert story.files() == before

    def test_two_reasons_for_one_rule(self, story: Any) -> None:
        """Nobody could tell which one holds."""
        story.until("publish_pdd")
        told = story.attempt("publish_pdd", "--despite", f"{PUBLISH}=a", "--despite", f"{PUBLISH} = b", "--json")
        assert (told.code, told.error["kind"]) == (2, "Misuse")
        assert PUBLISH in told.error["why"]

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"reference": "Mongolia 99"}, "MN001"),
            ({"reference": 99}, "reference"),
            ({"number": "MN099"}, "number"),
        ],
    )
    def test_evidence_that_cannot_be(self, story: Any, fields: dict[str, Any], says: str) -> None:
        """The file and the field are named."""
        story.until("publish_pdd")
        told = story.attempt("publish_pdd", "--json", **fields)
        assert (told.code, told.error["kind"]) == (2, "EvidenceError")
        assert says in told.error["why"] + told.error["cure"]
        assert told.error["file"].endswith("publish_pdd.json")

    def test_a_step_of_the_machine_by_its_id(self, story: Any) -> None:
        """`project.publish_pdd` is the step of a case of `project`."""
        story.until("publish_pdd")
        step, *words = story.words("publish_pdd")
        assert story.run("attempt", story.path, f"project.{step}", *words).code == 0


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


class TestTwoCases:
    """A journal that holds more than one case."""

    def test_a_case_has_to_be_named(self, story: Any) -> None:
        """`next`, `attempt` and `explain STEP` ask which one; by id or by number; `show` shows all."""
        story.until("close_public_inputs")
        assert story.open(case="second").code == 0
        for words in (
            ("next", story.path, "--on", "2025-02-01"),
            ("attempt", story.path, *story.words("submit_pdd")),
            ("explain", story.path, *story.words("submit_pdd")),
        ):
            told = story.run(*words, "--json")
            assert (told.code, told.error["kind"]) == (2, "UnknownCase")
            assert "park, second" in told.error["cure"]
        by_number = story.run("next", story.path, "--on", "2025-02-01", "--case", "MN099", "--json")
        assert by_number.data["case"] == "park"
        assert story.run("attempt", story.path, *story.words("submit_pdd"), "--case", "second").code == 0
        shown = story.run("show", story.path, "--json").data["cases"]
        assert [(case["case"], case["state"]) for case in shown] == [("park", "in_validation"), ("second", "submitted")]
        (only,) = story.run("show", story.path, "--case", "second", "--json").data["cases"]
        assert only["case"] == "second"
        assert story.run("verify", story.path, "--rejudge", "--json").data["entries"] == 5


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


def swapped(lines: list[bytes]) -> list[bytes]:
    """Swap two lines."""
    return [*lines[:4], lines[5], lines[4], *lines[6:]]


class TestVerify:
    """`verify`: whether a journal is what was sealed."""

    def test_a_whole_journal(self, told_story: Any, fits: Any) -> None:
        """All entries are counted; judged again only where that was asked for."""
        told = told_story.run("verify", told_story.path, "--json")
        fits("verify", told.data)
        assert told.data == {"schema": 1, "entries": 8, "intact": True, "first_broken": None, "rejudged": None}
        text = told_story.run("verify", told_story.path, "--rejudge")
        assert text.code == 0
        assert "8 entries, intact" in text.out
        assert "judged again" in text.out
        assert Journal(told_story.path).head in text.out

    def test_a_head_kept_elsewhere(self, told_story: Any, tmp_path: Path) -> None:
        """Lines cut off the end are seen only by whoever kept the hash of the last."""
        head = Journal(told_story.path).head
        short = tmp_path / "short.jsonl"
        short.write_bytes(b"".join(told_story.path.read_bytes().splitlines(keepends=True)[:-1]))
        run = told_story.run
        assert run("verify", told_story.path, "--head", head).code == 0
        assert run("verify", short).code == 0
        assert run("verify", short, "--head", head).code == 1
        assert run("verify", told_story.path, "--head", "0" * 64, "--json").data["intact"] is False

    @pytest.mark.parametrize(
        ("spoil", "line"),
        [
            (lambda lines: [*lines[:3], lines[3].replace(b"2025", b"2024", 1), *lines[4:]], 4),
            (lambda lines: [*lines[:2], *lines[3:]], 3),
            (lambda lines: [*lines[:3], lines[2], *lines[3:]], 4),
            (lambda lines: [*lines[:3], b"{}\n", *lines[3:]], 4),
            (lambda lines: [*lines[:3], b"\n", *lines[3:]], 4),
            (swapped, 5),
            (lambda lines: [*lines[:-1], lines[-1][:-40]], 9),
            (lambda lines: [*lines, b'{"kind"'], 10),
            (lambda lines: [b"not a journal\n", *lines], 1),
            (lambda lines: [b"\xff\xfe\n", *lines], 1),
        ],
        ids=["changed", "removed", "copied", "inserted", "blank", "swapped", "cut", "begun", "other", "bytes"],
    )
    def test_the_first_broken_line(self, told_story: Any, tmp_path: Path, fits: Any, spoil: Any, line: int) -> None:
        """It is named with the reason, in text and JSON; every command that reads the journal stops with 1."""
        lines = told_story.path.read_bytes().splitlines(keepends=True)
        assert len(lines) == 9  # eight entries and the edition that governed them
        broken = tmp_path / "broken.jsonl"
        broken.write_bytes(b"".join(spoil(lines)))
        before = broken.read_bytes()
        told = told_story.run("verify", broken, "--rejudge", "--json")
        fits("verify", told.data)
        assert (told.code, told.data["intact"], told.data["first_broken"]["line"]) == (1, False, line)
        assert told.data["rejudged"] is None
        text = told_story.run("verify", broken)
        assert text.code == 1
        assert f"line {line}: {told.data['first_broken']['why']}" in text.out
        for words in (("show",), ("next", "--on", "2025-06-01"), ("explain", "1"), ("explain", "publish_pdd")):
            name, *more = words
            told = told_story.run(name, broken, *more, "--json")
            assert (told.code, told.error["line"]) == (1, line)
            assert told.error["file"] == str(broken)
            assert told.error["cure"]
        told = told_story.run("attempt", broken, *told_story.words("publish_pdd"))
        assert (told.code, told.out) == (1, "")
        assert broken.read_bytes() == before
        assert list(tmp_path.iterdir()) == [broken]

    @pytest.mark.parametrize(
        ("member", "value", "kind"),
        [
            ("schema", 99, "NewerSchema"),
            ("machine", "starship", "JournalError"),
            ("step", "levitate", "JournalError"),
            ("tag", "starship", "UnknownTag"),
            ("evidence", 5, "JournalError"),
            ("on", "some day", "JournalError"),
        ],
    )
    def test_a_sealed_line_that_means_nothing_here(self, story: Any, member: str, value: object, kind: str) -> None:
        """A line of a newer version, or with a word nobody knows, is an error with file and line."""
        story.until("publish_pdd")
        lines = story.path.read_bytes().splitlines()
        head, out = START, []
        for raw in lines:
            body = orjson.loads(raw)
            del body["hash"]
            if body["kind"] == "entry" and body["step"] == "submit_pdd":
                if member == "tag":
                    body["evidence"]["tag"] = value
                else:
                    body[member] = value
            if body["schema"] == 99:
                line, head = _sealed_newer(body, head)
            else:
                line, head = seal(body, head)
            out.append(line)
        story.path.write_bytes(b"".join(out))
        told = story.run("show", story.path, "--json")
        assert told.code == 1
        assert told.error["line"] == len(lines)
        assert told.error["kind"] in (kind, "NewerSchema", "BrokenJournal", "UnknownTag")
        if kind != "JournalError":
            assert told.error["kind"] == kind
        assert story.run("verify", story.path, "--rejudge").code == 1


def _sealed_newer(body: dict[str, Any], head: str) -> tuple[bytes, str]:
    """Seal a line as a newer version would."""
    data = orjson.dumps({**body, "prev": head}, option=orjson.OPT_SORT_KEYS)
    digest = sha256(data).hexdigest()
    return data[:-1] + b',"hash":"' + digest.encode() + b'"}\n', digest


class TestRulesOfTracks:
    """`rules`: where the country itself has none on the day."""

    def test_it_is_said_first(self, command: Any) -> None:
        """With the tracks that have rules of their own; where they are in force, nothing is said."""
        head = command("rules", "TH", "--on", "2026-12-01").out.splitlines()[:3]
        assert head[1:] == [
            "  none of them is in force on this day",
            "  its tracks have rules of their own: premium_tver, existing",
        ]
        assert "its tracks have rules" not in command("rules", "TH", "--on", "2026-12-01", "--track", "existing").out
        assert "in force on this day" not in command("rules", "MN", "--on", "2026-12-01").out
        assert "does not know whether" in command("rules", "KE", "--on", "2014-01-01").out


class TestReplay:
    """`replay`: a public record."""

    def test_json(self, command: Any) -> None:
        """One object with all that the issue of the record asks for; contradictions are no failure."""
        told = command("replay", SHIPPED, "--json")
        assert (told.code, told.err) == (0, "")
        assert list(told.data) == ["schema", "rows", "counts", "unreadable", "groups", "cases"]
        assert told.data["rows"] == sum(told.data["counts"].values())

    def test_one_country(self, command: Any) -> None:
        """Only the rows and cases of one country."""
        told = command("replay", SHIPPED, "--country", "MN", "--json")
        assert {case["country"] for case in told.data["cases"]} == {"MN"}
        assert command("replay", SHIPPED, "--country", "AE", "--json").data["rows"] == 0
        text = command("replay", SHIPPED, "--country", "AE")
        assert text.code == 0
        assert text.out.startswith("0 rows")

    def test_text(self, command: Any) -> None:
        """Counts, a line for each country and machine, and the tonnes of the country."""
        told = command("replay", SHIPPED)
        assert (told.code, told.err) == (0, "")
        counts = command("replay", SHIPPED, "--json").data["counts"]
        assert f"{counts['replayed']} replayed" in told.out
        cases = command("replay", SHIPPED, "--json").data["cases"]
        for country, machine in {(case["country"], case["machine"]) for case in cases}:
            own = sum((case["country"], case["machine"]) == (country, machine) for case in cases)
            assert re.search(rf"^{country} +{own} ", told.out.split(f"\n{machine} ")[1], re.MULTILINE)
        assert re.search(r"^MN +129,112 +123,096 +MN 6,158", told.out, re.MULTILINE)
        assert re.search(r"^LA +not told +207", told.out, re.MULTILINE)
        assert "MN002 2018-11-06: 208 t" in told.out
        assert "missing: " not in told.out

    def test_explained(self, command: Any) -> None:
        """Country by country and rule by rule, where it is asked for."""
        told = command("replay", SHIPPED, "--country", "VN", "--explain")
        (data,) = command("replay", SHIPPED, "--country", "VN", "--explain", "--json").data["countries"]
        head = f"VN: {data['cases']} cases; {data['met']} met, {data['unmet']} unmet, {data['missing']} missing"
        assert head in told.out
        for rule in data["rules"]:
            assert f"{rule['count']} {rule['verdict']}: {rule['sentence']} [{rule['rule']}]" in told.out

    def test_rows(self, command: Any) -> None:
        """Row by row as data and as text, and only where it was asked for."""
        data = command("replay", SHIPPED, "--rows", "--json").data
        assert [row["line"] for row in data["by_row"]] == list(range(2, data["rows"] + 2))
        assert data["by_row"][0] == {
            "line": 2, "as": "observation", "case": "BD001", "seq": 2, "group": None, "why": data["by_row"][0]["why"]
        }  # fmt: skip
        told = command("replay", SHIPPED, "--rows").out
        assert re.search(r"^ *197 +entry +MN002 2018-11-06 +2 ", told, re.MULTILINE)

    def test_contradictions_and_unreadable_rows(self, command: Any, tmp_path: Path) -> None:
        """A contradiction is shown with its rows and is no failure; a row that cannot be read is one."""
        header = Path(SHIPPED).read_text(encoding="utf-8").splitlines()[0]
        two = (
            "PW,project,PW001,A [b]park[/i],registered,2019-03-01,,,,,\nPW,project,PW001,A,registered,2019-03-04,,,,,\n"
        )
        path = tmp_path / "record.csv"
        path.write_text(f"{header}\n{two}", encoding="utf-8")
        told = command("replay", path)
        assert told.code == 0
        assert "PW001 rows 2, 3: " in told.out
        assert "[record.views_agree]" in told.out
        bad = "PW,project,PW002,A,registered,2019-02-30,,,,,\nXX,project,XX001,A,registered,2019-02-28,,,,,\n"
        path.write_text(f"{header}\n{two}{bad}", encoding="utf-8")
        told = command("replay", path)
        assert told.code == 1
        assert "line 4 unreadable: " in told.out
        assert "2019-02-30" in told.out
        told = command("replay", path, "--json")
        assert told.code == 1
        assert [row["line"] for row in told.data["unreadable"]] == [4, 5]
        assert told.data["counts"]["unreadable"] == 2
        assert len(told.data["cases"]) == 1

    @pytest.mark.parametrize(
        ("data", "line"),
        [
            (b"", 1),
            (b"\xff\xfe\x00", 1),
            (b"country,subject_type\nMN,project\n", 1),
            (b"nothing of the kind\n", 1),
            (b"PK\x03\x04 zip", 1),
        ],
    )
    def test_a_file_that_is_no_record(self, command: Any, tmp_path: Path, data: bytes, line: int) -> None:
        """It stops with 1, and names file and line."""
        path = tmp_path / "record.csv"
        path.write_bytes(data)
        told = command("replay", path, "--json")
        assert (told.code, told.error["kind"]) == (1, "RecordError")
        assert (told.error["file"], told.error["line"]) == (str(path), line)
        assert command("replay", path).err.startswith(f"RecordError: {path}:{line}: ")

    @pytest.mark.parametrize("country", ["ZZ", "mn", "", "MN "])
    def test_an_unknown_country(self, command: Any, country: str) -> None:
        """It is misuse, and the codes there are, are named."""
        told = command("replay", SHIPPED, "--country", country, "--json")
        assert (told.code, told.error["kind"]) == (2, "Misuse")
        assert "MN" in told.error["cure"]

    def test_a_file_that_is_not_there(self, command: Any, tmp_path: Path) -> None:
        """Neither is a folder a file."""
        for path in (tmp_path / "nowhere.csv", tmp_path):
            told = command("replay", path, "--json")
            assert (told.code, told.error["kind"]) == (2, "Misuse")
