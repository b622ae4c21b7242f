"""Golden journals: one of every schema ever released, each read ever after as it was read when it was written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson
import pytest

from jcm_cycle import Basis, Edition, Journal, Outcome, Verdict, audit, evidence as ev, rejudge, verify
from jcm_cycle._chain import SCHEMA
from jcm_cycle._disk import Beside
from jcm_cycle._outcomes import finding_text
from jcm_cycle.codec import dump

HERE = Path(__file__).parent
GOLDEN = sorted(HERE.glob("journal-*.jsonl"))

HEADS = {"journal-1": "b9a46876e6b4995115d1df87ade2e59f8831f11da1309034a1849f6f6c1755c9"}
"""The hash of the last line of each, so that none is written anew unseen."""


def test_there_is_a_golden_journal_of_every_schema() -> None:
    """Who raises the schema writes one more, and changes none."""
    assert [path.stem for path in GOLDEN] == [f"journal-{schema}" for schema in range(1, SCHEMA + 1)]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_journal_is_whole(path: Path) -> None:
    """Every line is what was sealed, down to the one that was noted when it was written."""
    found = verify(path, head=HEADS[path.stem])
    assert found.intact, found.first_broken
    assert len(Beside.of(path).read()[0]) > 0


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_journal_folds_to_what_it_said_when_it_was_written(path: Path) -> None:
    """State, days, procedure and all that the file has gathered; later versions may gather more."""
    journal = Journal(path)
    expected = orjson.loads(path.with_suffix(".json").read_bytes())
    assert journal.head == expected["head"]
    assert list(journal.cases) == list(expected["cases"])
    for name, said in expected["cases"].items():
        case = journal.case(name)
        assert (case.state, case.country, case.procedure.name) == (said["state"], said["country"], said["procedure"])
        assert dump(case.capabilities).items() >= said["capabilities"].items()
        assert (dump(case.days), dump(case.last), case.entries) == (said["days"], said["last"], said["entries"])
        assert dump(case.file).items() >= said["file"].items()
    assert sum(len(entry.findings) for entry in journal) == expected["findings"]
    assert [entry.seq for entry in journal if entry.withheld] == expected["withheld"]


def test_the_first_golden_journal_holds_every_basis_and_every_evidence_of_its_time() -> None:
    """What was known when schema 1 was released."""
    journal = Journal(HERE / "journal-1.jsonl")
    assert {entry.basis for entry in journal} == set(Basis)
    assert {entry.evidence.tag for entry in journal if entry.evidence is not None} == {
        "assessment_conclusion",
        "change_effect",
        "completeness_conclusion",
        "design_document",
        "elapsed",
        "implementation_report",
        "joint_committee_decision",
        "modalities_amendment",
        "modalities_of_communication",
        "move",
        "notice",
        "opening",
        "pdd_submission",
        "public_input",
        "publication",
        "receipt",
        "reference_emissions_request",
        "registration_request",
        "registration_request_withdrawal",
        "validation_report",
    }


def test_the_first_golden_journal_in_words() -> None:
    """A project that was judged on its whole way, and one that is known from elsewhere only."""
    journal = Journal(HERE / "journal-1.jsonl")
    solar, wind = journal.case("solar"), journal.case("ZZ002")
    assert (solar.state, wind.state) == ("withdrawn", "request_withdrawn")
    assert (solar.references, wind.references) == (("ZZ001",), ("ZZ002",))
    assert solar.file.participants == ("Synthetia Solar and Wind", "Example Trading", "New Partner")
    assert [str(document.version) for document in solar.file.documents] == ["01.0", "01.1", "02.0"]
    assert wind.file.title == "Wind"
    report = next(entry for entry in journal if entry.step == "conclude_validation")
    assert report.outcome is Outcome.POSITIVE
    assert isinstance(report.evidence, ev.ValidationReport)
    assert report.evidence.team is not None
    assert report.evidence.team[0].name == "Dora Example"
    despite = {f.rule: f.despite for f in report.findings if f.despite is not None}
    assert despite == {"common.entity_usable": "the scope is being added"}
    assert all(f.cites and f.sentence for entry in journal for f in entry.findings)
    late = next(entry for entry in journal if entry.step == "check_request")
    (duty,) = (f for f in late.findings if f.rule == "project.check_request.in_time")
    assert (duty.verdict, duty.facts["late_by"]) == (Verdict.UNMET, 2)
    assert [entry.replaces for entry in journal if entry.basis is Basis.CORRECTION] == [28, 31]


def test_the_first_golden_journal_can_be_looked_back_at() -> None:
    """Its editions are read and its facts audited by the rules of today, whatever those say."""
    journal = Journal(HERE / "journal-1.jsonl")
    assert rejudge(journal).same > 0
    assert [fact.entry.step for fact in audit(journal.entries("wind")).facts] == [
        "publish_pdd",
        "conclude_validation",
        "withdraw_request",
    ]


def test_the_editions_of_the_first_golden_journal_say_what_the_book_said() -> None:
    """Numbers, days, texts and lists are of the kind they were, each as well founded as it was."""
    editions = list(map(Edition.archived, Journal(HERE / "journal-1.jsonl").editions.values()))
    assert [(edition.country, edition.absent) for edition in editions] == [("ZZ", False), ("ZZ", False)]
    for edition in editions:
        inputs, first = edition.value("project.public_inputs"), edition.value("project.start_of_operation")
        listed = edition.value("project.validation_checklist")
        assert inputs is not None
        assert (inputs.value, inputs.unit, inputs.standing) == (30, "calendar day", "cited")
        assert first is not None
        assert (first.value, first.standing) == (date(2013, 1, 1), "inferred")
        assert listed is not None
        assert list(listed.value) == ["pdd_form", "methodology"]
        assert edition.rules_in_force


def test_a_finding_of_which_was_not_kept_on_what_it_rests_tells_that_it_is_less_well_founded() -> None:
    """Its own standing says so: the first journals kept that alone, and the rule would be told as better founded."""
    journal = Journal(HERE / "journal-1.jsonl")
    found = [one for entry in journal for one in entry.findings if one.rule == "common.form_version_in_force"]
    weaker = [one for one in found if one.ground is not None and one.standing is not one.ground.standing]
    assert weaker
    assert all(one.rests_on is one.standing for one in weaker)
    assert all(f"and rests on what is {one.standing}" in finding_text(one) for one in weaker)
