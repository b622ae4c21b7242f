"""What the command reads from files: evidence, and facts for a register; whatever stands in them, one kind of error."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import Between, Case, Journal, Step, books, project, tpe
from jcm_cycle.cli._files import read_block, read_evidence_file, read_register
from jcm_cycle.codec import dump_evidence
from jcm_cycle.errors import EvidenceError, RecordError
from jcm_cycle.evidence import (
    Block,
    DesignationApplication,
    Elapsed,
    Evidence,
    JointCommitteeDecision,
    MethodologyVersion,
    Publication,
    Scopes,
    ValidationReport,
)
from jcm_cycle.record import shipped
from jcm_cycle.register import No, NotKnown, Register, Yes

Write = Callable[[Any], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return what writes a file: bytes as they are, anything else as JSON."""

    def written(data: Any) -> Path:
        path = tmp_path / "file.json"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return path

    return written


class TestEvidence:
    """`--evidence FILE.json`."""

    def test_an_object_of_fields(self, write: Write) -> None:
        """The fields are those of the class that the step rests on."""
        path = write({"reference": "MN099", "url": None})
        assert read_evidence_file(path, project.publish_pdd) == Publication(reference="MN099")

    def test_as_a_journal_keeps_it(self, write: Write) -> None:
        """What was taken out of a journal, with its tag, is read as well, with or without the digest beside it."""
        report = ValidationReport(title="A park", opinion="positive", completed_on=date(2025, 3, 10))
        public, hidden = dump_evidence(report)
        assert hidden is None
        assert read_evidence_file(write(public), project.conclude_validation) == report
        assert read_evidence_file(write({**public, "confidential": "0" * 64}), project.conclude_validation) == report

    @pytest.mark.parametrize("step", project.steps.values(), ids=project.steps)
    def test_the_evidence_of_another_step(self, write: Write, step: Step[Any, Any]) -> None:
        """Its tag says that it is another, and the error says which one is wanted."""
        other = Publication() if step.evidence is Elapsed else Elapsed(window="a window")
        public, _ = dump_evidence(other)
        with pytest.raises(EvidenceError) as caught:
            read_evidence_file(write(public), step)
        assert step.evidence.__name__ in str(caught.value)
        assert type(other).__name__ in str(caught.value)

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"", "is not JSON"),
            (b"{", "is not JSON"),
            (b"\xff", "is not JSON"),
            (b"[" * 100_000, "is not JSON"),
            (b"NaN", "is not JSON"),
            (5, "not a table of fields"),
            (None, "not a table of fields"),
            ([], "not a table of fields"),
            ({"reference": 5}, "reference: 5"),
            ({"reference": "MN99"}, "MN001"),
            ({"reference": ["MN099"]}, "reference"),
            ({"bogus": 1}, "unknown key 'bogus'"),
            ({"tag": "publication", "schema": 1, "public": 5}, "not a table of fields"),
            ({"tag": "nonsense", "schema": 1, "public": {}}, "nonsense"),
            ({"tag": "publication", "schema": 2, "public": {}}, "schema 2"),
            ({"tag": ["publication"], "schema": 1, "public": {}}, "publication"),
            ({"tag": "publication", "schema": 1, "public": {}, "more": 1}, "tag, schema and public"),
        ],
    )
    def test_what_is_wrong_is_said(self, write: Write, data: Any, says: str) -> None:
        """The error names the file, the field and what to do."""
        path = write(data)
        with pytest.raises(EvidenceError) as caught:
            read_evidence_file(path, project.publish_pdd)
        assert says in str(caught.value)
        assert str(path) in str(caught.value)
        assert caught.value.cure

    def test_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        """A folder is no file, and one that is gone is none either."""
        for path in (tmp_path, tmp_path / "gone.json"):
            with pytest.raises(EvidenceError, match="cannot be read"):
                read_evidence_file(path, project.publish_pdd)


class TestBlock:
    """`--block FILE.json`."""

    def test_the_fields_of_a_block(self, write: Write) -> None:
        """Every field is read."""
        found = read_block(write({"side": "MN", "amount": 490, "years": [2022, 2023], "holder": "Synthetic Solar LLC"}))
        assert found == Block(side="MN", amount=490, years=(2022, 2023), holder="Synthetic Solar LLC")

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"{", "is not JSON"),
            ([], "Block: "),
            ({}, "'side' is missing"),
            ({"side": "MN", "amount": 0.5}, "amount"),
            ({"side": "MN", "amount": -1}, "amount"),
            ({"side": "Mongolia", "amount": 1}, "side"),
            ({"side": "MN", "amount": 1, "year": [2022]}, "'year'"),
        ],
    )
    def test_what_is_wrong_is_said(self, write: Write, data: Any, says: str) -> None:
        """The error names the file and the field, and what to do."""
        path = write(data)
        with pytest.raises(EvidenceError) as caught:
            read_block(path)
        assert says in caught.value.why
        assert str(path) in str(caught.value)
        assert caught.value.cure


class TestRegister:
    """`--register FILE`, and the numbers of the other cases."""

    day = date(2025, 1, 8)

    def test_every_kind_of_fact(self, write: Write) -> None:
        """Every list is read, with every field that its facts have."""
        known = read_register(
            [
                write(
                    {
                        "designations": [
                            {
                                "country": "MN",
                                "entity": "Synthetic Certification Ltd.",
                                "number": "TPE-MN-099",
                                "scopes": [1, 2],
                                "role": "validation",
                                "since": "2024-04-01",
                                "until": "2027-04-01",
                                "withdrawn": "2026-01-01",
                            },
                            {
                                "country": "MN",
                                "entity": "Another",
                                "scopes": [1],
                                "since": {"not_before": None, "not_after": "2020-01-01"},
                            },
                        ],
                        "approvals": [
                            {
                                "methodology": "MN_AM004 Ver1.0",
                                "approved_on": "2024-12-20",
                                "superseded_on": "2025-12-20",
                            }
                        ],
                        "numbers": [{"reference": "MN098", "case": "other"}],
                        "clearances": [
                            {"country": "MN", "reference": "MN_PIN001", "on": "2024-01-01", "cleared": True}
                        ],
                        "changes": [
                            {
                                "case": "boiler",
                                "project": "park",
                                "effect": "apply_change",
                                "approved": True,
                                "since": "2025-01-08",
                            },
                            {"case": "later", "project": "park", "effect": "withdraw"},
                        ],
                        "authorisations": [
                            {"party": "JP", "since": "2024-03-31", "revoked": "2026-01-01", "reference": "Letter"}
                        ],
                        "complete": ["numbers"],
                    }
                )
            ]
        )
        assert isinstance(known.entity("MN", "TPE-MN-099", "validation", (1, 2), self.day), Yes)
        assert isinstance(known.entity("MN", "synthetic certification ltd.", "verification", (1,), self.day), No)
        assert isinstance(known.entity("MN", "TPE-MN-099", "validation", (1,), date(2026, 1, 1)), No)
        assert isinstance(known.entity("MN", "Another", "validation", (1,), self.day), Yes)
        assert isinstance(known.methodology(MethodologyVersion.parse("MN_AM004 Ver1.0"), self.day), Yes)
        assert isinstance(known.number("MN098", "park"), Yes)
        assert isinstance(known.number("MN099", "park"), No)
        assert isinstance(known.idea("MN", "MN_PIN001", self.day), Yes)
        assert isinstance(known.change("boiler", "park", "apply_change", self.day), Yes)
        assert isinstance(known.change("later", "park", "withdraw", self.day), No)
        assert isinstance(known.authorised("JP", "MN", self.day), Yes)
        assert isinstance(known.authorised("JP", "MN", date(2026, 1, 1)), No)

    def test_an_empty_object_knows_nothing(self, write: Write) -> None:
        """What is not in the file is not known, and never denied."""
        for known in (read_register([write({})]), read_register()):
            assert isinstance(known.number("MN099", "park"), NotKnown)
            assert isinstance(known.entity("MN", "x", "validation", (), self.day), NotKnown)

    def test_a_public_record(self, tmp_path: Path) -> None:
        """A file called .csv, in whatever letters, is read as a record."""
        for name in ("record.csv", "RECORD.CSV"):
            path = tmp_path / name
            path.write_bytes(shipped().read_bytes())
            known = read_register([path])
            assert isinstance(known.methodology(MethodologyVersion.parse("MN_AM003 Ver2.0"), self.day), Yes | NotKnown)
            assert isinstance(known.methodology(MethodologyVersion.parse("MN_AM003 Ver2.0"), date(2012, 1, 1)), No)
        path.write_text("no record", encoding="utf-8")
        with pytest.raises(RecordError):
            read_register([path])

    def test_facts_beside_a_record(self, tmp_path: Path, write: Write) -> None:
        """What one file does not know another may; where both know, the facts given count, whatever their order."""
        record = tmp_path / "record.csv"
        record.write_bytes(shipped().read_bytes())
        old, new = (MethodologyVersion.parse(f"MN_AM00{n} Ver1.0") for n in (4, 9))
        facts = write(
            {
                "approvals": [
                    {"methodology": str(new), "approved_on": "2024-12-20"},
                    {"methodology": str(old), "approved_on": "2030-12-20"},
                ],
                "clearances": [{"country": "MN", "reference": "MN_PIN001", "on": "2024-01-01"}],
                "complete": ["numbers"],
            }
        )
        assert isinstance(read_register([record]).methodology(old, self.day), Yes)
        assert isinstance(read_register([record]).number("MN099", "park"), NotKnown)
        other = tmp_path / "other.json"
        other.write_text("{}", encoding="utf-8")
        for paths in ([facts, record], [record, facts, other], [record, facts, record]):
            known = read_register(paths)
            assert isinstance(known.methodology(old, self.day), No)
            assert isinstance(known.methodology(new, self.day), Yes)
            assert isinstance(known.number("MN099", "park"), No)
            assert isinstance(known.idea("MN", "MN_PIN001", self.day), Yes)
            assert isinstance(known.idea("MN", "MN_PIN002", self.day), NotKnown)
            assert isinstance(known.entity("MN", "TPE-MN-005", "validation", (), date(2012, 1, 1)), No)

    def test_the_numbers_of_the_other_cases(self, tmp_path: Path, write: Write) -> None:
        """The numbers of cases are known beside what stands in files."""
        journal = Journal(tmp_path / "journal.jsonl")
        for name in ("park", "second"):
            opened = Case.open(project, name, on=self.day, rules=books["MN"], procedure="PCP 07.0")
            journal.append(opened)
        case = journal.case("park").record(
            project.publish_pdd.fact(on=self.day, evidence=Publication(reference="MN099"))
        )
        journal.append(case)
        for paths, own in (((), NotKnown), ([write({"complete": ["numbers"]})], No)):
            for others, asked, expected in (("park", "second", Yes), ("second", "park", own)):
                known = read_register(paths, [journal.case(others)])
                assert isinstance(known.number("MN099", asked), expected)

    def test_the_entities_that_the_book_lists(self, write: Write) -> None:
        """They are known without being given again; where anything else speaks of one, the book does not."""
        book, (_, first, *_) = books["MN"], books["MN"].designations
        number, scopes, after = str(first.number), first.scopes or (), date(2024, 1, 8)

        def asked(known: Register, entity: str = first.entity) -> type:
            return type(known.entity("MN", entity, "validation", scopes[:1], after))

        assert (asked(read_register()), asked(read_register(book=book))) == (NotKnown, Yes)
        assert asked(read_register(book=book), number) is Yes
        assert asked(read_register(book=book), "Nobody") is NotKnown  # the list may not be complete
        other = {"country": "MN", "entity": "Nobody", "scopes": list(scopes), "since": "2020-01-01"}
        later = {**other, "since": "2025-01-01"}
        for row, expected in (
            (other, Yes),
            ({**later, "entity": first.entity.upper()}, No),
            ({**later, "entity": "Another", "number": number}, NotKnown),
            ({**later, "entity": first.entity, "scopes": None, "since": "2020-01-01"}, NotKnown),
            ({**later, "entity": first.entity, "country": "ID"}, Yes),
        ):
            known = read_register([write({"designations": [row]})], book=book)
            assert asked(known) is expected, row

    def test_an_entity_of_which_there_is_a_case_or_a_record(self, tmp_path: Path) -> None:
        """The case and the record are asked, and not the book."""
        book, (_, first, *_) = books["MN"], books["MN"].designations
        scopes = (first.scopes or ())[:1]
        opened = Case.open(tpe, "entity", on=self.day, rules=book, procedure="PCP 07.0").case
        applied = DesignationApplication(entity=first.entity, scopes=[Scopes(numbers=list(scopes))])
        waiting = opened.record(tpe.apply_for_designation.fact(on=self.day, evidence=applied)).case
        decided = JointCommitteeDecision(decision="designated", decided_on=date(2025, 2, 1), mode="meeting")
        case = waiting.record(tpe.decide_designation.fact(on=date(2025, 2, 1), evidence=decided)).case
        for kept, expected in (([], Yes), ([waiting], Yes), ([case], No)):
            known = read_register(cases=iter(kept), book=book)
            assert isinstance(known.entity("MN", first.entity, "validation", scopes, self.day), expected)
        record = tmp_path / "record.csv"
        heading = shipped().read_text(encoding="utf-8").splitlines()[0]
        row = f'MN,tpe,{first.number},"{first.entity}",tpe_designated,2025-02-01,,,"scopes {scopes[0]}",,'
        record.write_text(f"{heading}\n{row}\n", encoding="utf-8")
        assert isinstance(
            read_register([record], book=book).entity("MN", first.entity, "validation", scopes, self.day), No
        )

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"", "is not JSON"),
            (5, "is no register"),
            ([], "is no register"),
            ({"facts": []}, "is no register"),
            ({"approvals": 5}, "approvals: 5 is not a list"),
            ({"approvals": None}, "approvals: None is not a list"),
            ({"approvals": "abc"}, "is not a list"),
            ({"approvals": {"methodology": "MN_AM004 Ver1.0"}}, "is not a list"),
            ({"approvals": [5]}, "approvals 1: 5"),
            ({"approvals": [{}]}, "'methodology' is missing"),
            ({"approvals": [{"methodology": "MN_AM004", "approved_on": "2024-12-20"}]}, "approvals 1: "),
            ({"approvals": [{"methodology": 5, "approved_on": "2024-12-20"}]}, "approvals 1: "),
            ({"numbers": [{"reference": "MN001", "case": "a"}, {"reference": 1, "case": "a"}]}, "numbers 2: "),
            ({"clearances": [{"country": "MN", "reference": "MN_PIN001", "on": "soon"}]}, "clearances 1: "),
            ({"clearances": [{"country": "MN", "reference": "x", "on": "2024-01-01", "cleared": 1}]}, "clearances 1: "),
            (
                {"designations": [{"country": "MN", "entity": "X", "since": "2024-01-01", "role": "both"}]},
                "designations 1",
            ),
            (
                {"designations": [{"country": "MN", "entity": "X", "since": "2024-01-01", "holds": [1]}]},
                "designations 1",
            ),
            ({"changes": [{"case": "boiler", "project": "park"}]}, "changes 1: "),
            ({"authorisations": [{"party": "Japan", "since": "2024-03-31"}]}, "authorisations 1: "),
            ({"complete": "numbers"}, "complete: 'numbers' is not a list"),
            ({"complete": 5}, "complete: 5 is not a list"),
            ({"complete": [5]}, '"complete": ["numbers"]'),
            ({"complete": [["numbers"]]}, '"complete": ["numbers"]'),
            ({"complete": ["entities"]}, "entities"),
        ],
    )
    def test_what_is_wrong_is_said(self, write: Write, data: Any, says: str) -> None:
        """The error names the file, the list and the place in it, and what to do."""
        path = write(data)
        with pytest.raises(EvidenceError) as caught:
            read_register([path])
        assert says in str(caught.value)
        assert str(path) in str(caught.value)
        assert caught.value.cure

    def test_a_day_that_is_only_roughly_known(self, write: Write) -> None:
        """A day may be a stretch, as everywhere in JSON."""
        row = {"methodology": "MN_AM004 Ver1.0", "approved_on": {"not_before": "2024-12-20", "not_after": "2025-12-20"}}
        known = read_register([write({"approvals": [row]})])
        version = MethodologyVersion.parse("MN_AM004 Ver1.0")
        assert isinstance(known.methodology(version, date(2025, 1, 1)), NotKnown)
        assert isinstance(known.methodology(version, date(2025, 12, 20)), Yes)
        assert isinstance(known.methodology(version, date(2024, 12, 19)), No)
        assert (
            Between(date(2024, 12, 20), date(2025, 12, 20))
            in known.methodology(version, date(2025, 12, 20)).facts.values()
        )


ANY_WORD = st.sampled_from(
    [
        *("tag", "schema", "public", "confidential", "title", "reference", "design_document", "modalities", "version"),
        *("designations", "approvals", "numbers", "clearances", "complete", "country", "entity", "since", "scopes"),
        *("methodology", "approved_on", "case", "on", "role", "withdrawn", "until", "decision", "cases", "mode"),
        *("MN099", "MN_AM004 Ver1.0", "2025-01-08", "positive", "registered", "numbers", "validation", "1.0", "MN"),
        *("publication", "joint_committee_decision", "pdd_submission"),
    ]
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | ANY_WORD | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_WORD, inner, max_size=5),
    max_leaves=12,
)
ANY_FILE = st.binary(max_size=40) | ANY_JSON.map(lambda data: json.dumps(data).encode())


@given(ANY_FILE, st.sampled_from([*project.steps.values()]))
def test_any_file_is_evidence_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes, step: Any) -> None:
    """Nothing else comes out of a file of evidence, whatever it holds."""
    path = tmp_path_factory.getbasetemp() / "any-evidence.json"
    path.write_bytes(data)
    with suppress(EvidenceError):
        found = read_evidence_file(path, step)
        assert isinstance(found, Evidence)
        assert isinstance(found, step.evidence)


@given(ANY_FILE)
def test_any_file_is_a_register_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Nothing else comes out of a file of facts, whatever it holds."""
    path = tmp_path_factory.getbasetemp() / "any-register.json"
    path.write_bytes(data)
    with suppress(EvidenceError):
        found = read_register([path])
        assert isinstance(found, Register)
        found.number("MN099", "park")
