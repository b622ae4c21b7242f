"""The commands: what each prints, as text and as JSON, what it leaves in the journal, and how it exits.

0 is fine, 1 is refused or broken, 2 is misuse. The project of the tests is synthetic (see conftest.py).
"""

from __future__ import annotations

import fcntl
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jcm_cycle import Journal, books
from jcm_cycle.evidence import Block
from jcm_cycle.states import MACHINES

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
