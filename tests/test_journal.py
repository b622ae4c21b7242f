"""The journal: what is appended is there, sealed, whole or not at all, and one writer writes at a time."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess, Popen
from typing import Any

import attrs
import orjson
import pytest

from jcm_cycle import (
    Accepted,
    Basis,
    Case,
    Draft,
    Journal,
    Outcome,
    Role,
    _disk,
    evidence as ev,
    fold,
    idea,
    methodology,
    project,
    verify,
)
from jcm_cycle._disk import Beside, Lock
from jcm_cycle.errors import (
    BrokenJournal,
    CaseExists,
    CutJournal,
    JournalError,
    JournalLocked,
    ReferenceTaken,
    StaleDraft,
    UnknownCase,
    UnknownStep,
)
from jcm_cycle.states import MACHINES

SOAK = os.environ.get("JCM_SOAK") == "1"
DAY = date(2024, 4, 1)

Walk = Callable[..., Case[Any]]
Started = Callable[..., AbstractContextManager[Popen[str]]]


def opened(name: str = "case-1") -> Accepted[Any]:
    """Return the opening of a case without a book."""
    return Case.open(project, name, on=DAY, country="ZZ")


def an_input(case: Case[Any], text: str = "Well done.", author: str | None = None) -> Accepted[Any]:
    """Return a recorded input of the public, with a confidential part where an author is given."""
    person = ev.Person(name=author, email=f"{author}@example.org") if author else None
    return case.record(project.submit_public_input.fact(on=DAY, evidence=ev.PublicInput(summary=text, author=person)))


def lines_of(path: Path) -> list[Any]:
    """Return the objects of all lines of a file."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what every file of a folder holds."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# Appending and reading again


def test_what_is_appended_is_there_when_the_journal_is_opened_again(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...]
) -> None:
    """Entries, editions, head and case are the same for whoever reads the file."""
    case = walk(journal, *whole_way)
    again = Journal(journal.path)
    assert tuple(again) == tuple(journal)
    assert len(again) == len(whole_way) + 1
    assert dict(again.editions) == dict(journal.editions)
    assert again.head == journal.head
    assert again.case() == journal.case() == case == fold(journal)
    assert again.cases == ("case-1",)


def test_an_entry_is_what_append_returned_and_what_the_draft_said(journal: Journal, world: Any) -> None:
    """Evidence, actor, findings, reasons and editions survive the file."""
    book = world.standing("project.conclude_validation.no_open_requests", "inferred")
    case = world.before("conclude_validation")
    despite = {"project.conclude_validation.no_open_requests": "closed by letter"}
    answer = world.attempt("conclude_validation", case=case, book=book, open_requests=("CAR 1",), despite=despite)
    journal.append(world_opening(world))
    for draft in way_to(world, "conclude_validation"):
        journal.append(draft)
    entry = journal.append(answer)
    kept = Journal(journal.path).entry(entry.seq)
    assert kept == entry
    for name in ("case", "machine", "step", "outcome", "on", "by", "evidence", "basis", "state", "replaces"):
        assert getattr(kept, name) == getattr(answer.draft, name), name
    assert [f.rule for f in kept.findings] == [f.rule for f in answer.findings]
    assert [f.json() for f in kept.findings] == [f.json() for f in answer.findings]
    assert "closed by letter" in {f.despite for f in kept.findings}
    assert kept.editions == tuple(edition.fingerprint for edition in answer.draft.editions)


def world_opening(world: Any) -> Accepted[Any]:
    """Return the opening of the case that the world brings so far."""
    return Case.open(project, "case-1", on=world.opened, rules=world.book(), procedure="full")


def way_to(world: Any, step: str) -> Iterator[Accepted[Any]]:
    """Return the accepted acts that stand before a step."""
    case = world_opening(world).case
    for name in ("submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation"):
        if name == step:
            return
        answer = world.attempt(name, case=case)
        yield answer
        case = answer.case


def test_a_journal_that_is_not_there_is_empty_and_makes_no_file(journal: Journal) -> None:
    """The file is made when the first entry is appended, with the folders it needs."""
    assert (len(journal), journal.cases, list(journal)) == (0, (), [])
    assert not journal.path.exists()
    deep = Journal(journal.path.parent / "a" / "b" / "journal.jsonl")
    deep.append(opened())
    assert len(Journal(deep.path)) == 1


def test_a_journal_is_a_context(tmp_path: Path) -> None:
    """Leaving it loses nothing: every entry is on disk already."""
    with Journal(tmp_path / "journal.jsonl") as journal:
        journal.append(opened())
    assert len(Journal(str(tmp_path / "journal.jsonl"))) == 1


def test_a_line_is_canonical_json_that_ends_with_its_hash(journal: Journal, walk: Walk) -> None:
    """The hash is over the bytes before it; the next line names it; keys are sorted."""
    walk(journal, "submit_pdd", "publish_pdd")
    before = "0" * 64
    for raw in journal.path.read_bytes().splitlines():
        body, mark, stated = raw[:-75] + b"}", raw[-75:-66], raw[-66:-2].decode()
        assert (mark, raw[-2:]) == (b',"hash":"', b'"}')
        assert sha256(body).hexdigest() == stated
        found = orjson.loads(body)
        assert (found["prev"], found["schema"]) == (before, 1)
        assert orjson.dumps(found, option=orjson.OPT_SORT_KEYS) == body
        before = stated
    assert journal.head == before


def test_stored_bytes_are_never_rewritten(journal: Journal, walk: Walk, world: Any) -> None:
    """What was there before an entry, a correction or an erasure is there after it, byte for byte."""
    case = walk(journal, "submit_pdd")
    stored = journal.path.read_bytes()
    journal.append(an_input(case, author="Alta"))
    journal.append(case.void(replaces=2, reason="entered twice", on=world.day("publish_pdd")))
    journal.erase(3)
    assert journal.path.read_bytes().startswith(stored)


def test_the_edition_is_archived_before_the_first_entry_under_it_and_once(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """Another edition is archived when it is first used."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    kinds = [line["kind"] for line in lines_of(journal.path)]
    assert kinds == ["edition", "entry", "entry", "entry"]
    changed = world.book(value={"project.public_inputs": {"value": 20}})
    answer = world.attempt("close_public_inputs", case=case, book=changed)
    journal.append(answer)
    assert [line["kind"] for line in lines_of(journal.path)][4:] == ["edition", "entry"]
    assert set(journal.editions) == {e.fingerprint for e in (world.book().edition(DAY), changed.edition(DAY))}
    (first, second) = (lines_of(journal.path)[place]["content"] for place in (0, 4))
    assert first == world.book().edition(DAY).content
    assert second == changed.edition(DAY).content


def test_a_journal_opened_again_does_not_archive_an_edition_anew(journal: Journal, walk: Walk, world: Any) -> None:
    """It knows what it holds."""
    case = walk(journal, "submit_pdd")
    again = Journal(journal.path)
    again.append(world.attempt("publish_pdd", case=case))
    assert [line["kind"] for line in lines_of(journal.path)].count("edition") == 1


def test_two_books_that_say_the_same_are_one_edition(journal: Journal, walk: Walk) -> None:
    """The fingerprint is of the content, whatever object holds it."""
    walk(journal, "submit_pdd")
    walk(journal, "submit_pdd", case="case-2")
    assert len(journal.editions) == 1


# Instants


def test_the_instant_of_recording_is_kept_in_utc_and_never_falls(journal: Journal) -> None:
    """An instant in another zone is the same instant; an earlier one is refused."""
    noon = datetime(2024, 5, 1, 21, tzinfo=timezone(timedelta(hours=9)))
    entry = journal.append(opened(), at=noon)
    assert entry.recorded_at == noon
    assert lines_of(journal.path)[-1]["recorded_at"] == "2024-05-01T12:00:00+00:00"
    with pytest.raises(JournalError, match="lies before the last recording"):
        journal.append(opened("case-2"), at=noon - timedelta(microseconds=1))
    journal.append(opened("case-2"), at=noon)
    with pytest.raises(JournalError, match="never falls"):
        Journal(journal.path).append(opened("case-3"), at=noon - timedelta(days=1))


def test_an_instant_must_name_its_time_zone(journal: Journal) -> None:
    """A naive one could be any of several."""
    naive = datetime(2024, 5, 1)  # noqa: DTZ001 - what it must refuse
    with pytest.raises(JournalError, match="names no time zone"):
        journal.append(opened(), at=naive)
    journal.append(opened())
    with pytest.raises(JournalError, match="time zone"):
        journal.case(known_at=naive)
    with pytest.raises(JournalError, match="time zone"):
        journal.selection(instant=naive)


def test_left_out_the_instant_is_now_and_a_clock_set_back_does_no_harm(journal: Journal) -> None:
    """The last instant is taken again where now lies before it."""
    before = datetime.now(UTC)
    first = journal.append(opened())
    assert before <= first.recorded_at <= datetime.now(UTC)
    ahead = datetime.now(UTC) + timedelta(days=1)
    journal.append(opened("case-2"), at=ahead)
    assert journal.append(opened("case-3")).recorded_at == ahead


# What is confidential


def test_the_confidential_part_is_beside_the_journal_and_not_in_it(journal: Journal, world: Any) -> None:
    """Persons, contacts and passages are in no byte of the chain, and read as if they were."""
    signed = {"signatories": (ev.Person(name="Alta Secret", telephone="+976 1234 5678"),)}
    focal = {"name": "Example Trading", "contact": ev.Person(name="Bert Hidden", email="bert@example.org")}
    act = world.act("submit_pdd", modalities={**signed, "focal_point": focal})
    act = attrs.evolve(act, evidence=attrs.evolve(act.evidence, passages={"4.2": "the price of the turbine"}))
    journal.append(world_opening(world))
    answer = world.case().attempt(act, rules=world.book(), register=world.register)
    entry = journal.append(answer)
    chain, beside = journal.path.read_bytes(), journal.beside.read_bytes()
    for word in ("Alta Secret", "+976", "Bert Hidden", "bert@", "turbine"):
        assert word.encode() not in chain
        assert word.encode() in beside
    assert entry.evidence == answer.draft.evidence == act.evidence
    assert not entry.withheld
    assert Journal(journal.path).case() == answer.case


def test_only_the_owner_may_read_what_is_confidential(journal: Journal) -> None:
    """Also after an erasure, which writes the file anew."""
    case = opened().case
    journal.append(opened())
    journal.append(an_input(case, author="Alta"))
    assert stat.S_IMODE(journal.beside.stat().st_mode) == 0o600
    journal.append(an_input(case, author="Bert"))
    journal.erase(2)
    assert stat.S_IMODE(journal.beside.stat().st_mode) == 0o600


def test_equal_confidential_parts_have_different_digests(journal: Journal) -> None:
    """The digest is salted: who guesses the part cannot show that it was there."""
    case = opened().case
    journal.append(opened())
    for _ in range(2):
        journal.append(an_input(case, author="Alta"))
    digests = [line["evidence"]["confidential"] for line in lines_of(journal.path)[1:]]
    assert len(set(digests)) == 2
    salts = [line["salt"] for line in lines_of(journal.beside)]
    assert len(set(salts)) == 2
    assert not any(salt.encode() in journal.path.read_bytes() for salt in salts)


def test_an_erased_part_reads_as_withheld_and_the_chain_still_verifies(journal: Journal) -> None:
    """Only that part is gone; the public part and all other entries stay."""
    case = opened().case
    journal.append(opened())
    for name in ("Alta", "Bert", "Carl"):
        journal.append(an_input(case, author=name))
    before, case = journal.path.read_bytes(), journal.case()
    journal.erase(3)
    for found in (journal, Journal(journal.path)):
        assert [entry.withheld for entry in found] == [False, False, True, False]
        erased = found.entry(3).evidence
        assert isinstance(erased, ev.PublicInput)
        assert (erased.summary, erased.author) == ("Well done.", None)
        assert found.case() == case
    assert b"Bert" not in journal.beside.read_bytes()
    assert b"Alta" in journal.beside.read_bytes()
    assert journal.path.read_bytes() == before
    assert verify(journal.path).intact
    journal.erase(3)
    journal.erase(1)
    journal.append(an_input(case, author="Dora"))
    assert [entry.withheld for entry in Journal(journal.path)] == [False, False, True, False, False]
    with pytest.raises(UnknownCase, match="no entry 9"):
        journal.erase(9)


def test_without_the_file_beside_it_a_journal_reads_as_withheld(journal: Journal) -> None:
    """Who is given the chain alone can check and fold it."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    journal.beside.unlink()
    again = Journal(journal.path)
    assert [entry.withheld for entry in again] == [False, True]
    assert verify(again.path).intact
    again.erase(2)
    assert not journal.beside.exists()


@pytest.mark.parametrize("garbage", [b"\n\n", b"not json\n", b"[1]\n", b'{"digest":7}\n', b'{"part":{}}\n', b"\xff\n"])
def test_what_cannot_be_read_beside_the_journal_is_withheld(journal: Journal, garbage: bytes) -> None:
    """The chain does not depend on it, and what can be read is read."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    journal.beside.write_bytes(garbage + journal.beside.read_bytes() + garbage)
    assert [entry.withheld for entry in Journal(journal.path)] == [False, False]
    journal.beside.write_bytes(garbage)
    assert [entry.withheld for entry in Journal(journal.path)] == [False, True]


def test_a_confidential_part_that_was_changed_is_not_taken_for_what_was_sealed(journal: Journal) -> None:
    """It reads as withheld, and verification names the line it belongs to."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    journal.append(opened("case-2"))
    journal.beside.write_bytes(journal.beside.read_bytes().replace(b"Alta", b"Bert"))
    again = Journal(journal.path)
    assert [entry.withheld for entry in again] == [False, True, False]
    found = verify(journal.path)
    assert found.first_broken is not None
    assert found.first_broken.line == 2
    assert "confidential" in found.first_broken.why


def test_what_a_stopped_writer_left_unfinished_beside_the_journal_spoils_nothing(journal: Journal) -> None:
    """The next part begins a line of its own, and an erasure takes the fragment along."""
    case = opened().case
    journal.append(opened())
    journal.append(an_input(case, author="Alta"))
    journal.beside.write_bytes(journal.beside.read_bytes() + b'{"digest":"00","part":{"author":{"name":"Lost')
    again = Journal(journal.path)
    again.append(an_input(case, author="Bert"))
    found = Journal(journal.path)
    assert [entry.withheld for entry in found] == [False, False, False]
    found.erase(2)
    assert b"Lost" not in journal.beside.read_bytes()
    assert [entry.withheld for entry in Journal(journal.path)] == [False, True, False]


def test_an_erasure_that_was_stopped_brings_nothing_back(journal: Journal) -> None:
    """What the earlier one had begun to write is not used."""
    case = opened().case
    journal.append(opened())
    for name in ("Alta", "Bert"):
        journal.append(an_input(case, author=name))
    half = journal.beside.with_name(journal.beside.name + ".new")
    half.write_bytes(journal.beside.read_bytes())
    journal.erase(2)
    assert b"Alta" not in journal.beside.read_bytes()
    assert not half.exists()


def test_a_part_that_belongs_to_no_entry_goes_with_the_next_erasure(journal: Journal) -> None:
    """A writer stopped between part and entry leaves a person behind whom no entry names."""
    case = opened().case
    journal.append(opened())
    journal.append(an_input(case, author="Alta"))
    Beside(journal.beside).add("0" * 64, "salt", {"author": {"name": "Nobody"}})
    journal.erase(2)
    assert journal.beside.read_bytes() == b""


# What is not appended


def test_a_case_is_opened_once(journal: Journal) -> None:
    """Another opening under the same id is another case."""
    journal.append(opened())
    with pytest.raises(CaseExists, match="already holds"):
        journal.append(opened())
    assert len(Journal(journal.path)) == 1


def test_a_draft_for_a_case_that_was_not_opened_here_is_refused(journal: Journal) -> None:
    """It belongs to another journal, or its opening was forgotten."""
    with pytest.raises(UnknownCase, match="no case 'case-1'"):
        journal.append(an_input(opened().case))
    assert not journal.path.exists()


def test_an_act_judged_on_a_case_that_has_changed_since_is_stale(journal: Journal, walk: Walk, world: Any) -> None:
    """The same draft twice, or two drafts judged on one state, give one entry."""
    case = walk(journal, "submit_pdd")
    first = world.attempt("publish_pdd", case=case)
    second = world.attempt("publish_pdd", case=case, reference="ZZ002")
    journal.append(first)
    for stale in (first, second):
        with pytest.raises(StaleDraft, match="3 entries"):
            journal.append(stale)
    moved = case.move("plain", on=world.day("publish_pdd"), rules=world.book(), reason="agreed")
    with pytest.raises(StaleDraft):
        journal.append(moved)
    assert len(Journal(journal.path)) == 3


def test_a_fact_is_never_stale(journal: Journal, walk: Walk) -> None:
    """It was not judged on anything."""
    case = walk(journal)
    for _ in range(2):
        journal.append(an_input(case))
    assert len(journal) == 3


def test_an_act_judged_on_what_was_known_earlier_is_stale(
    journal: Journal, walk: Walk, world: Any, instant: Callable[[int], datetime]
) -> None:
    """As the case stood in the light of what was known then, it stands no longer."""
    walk(journal, "submit_pdd", "publish_pdd")
    past = journal.case(known_at=instant(2))
    assert (past.state, past.entries) == ("submitted", 2)
    with pytest.raises(StaleDraft):
        journal.append(world.attempt("publish_pdd", case=past, reference="ZZ009"))


def test_an_act_judged_on_entries_that_are_not_in_the_journal_is_stale(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """A copy of the journal that went on by itself knows more than the journal does."""
    case = walk(journal, "submit_pdd")
    path = journal.path.with_name("copy.jsonl")
    path.write_bytes(journal.path.read_bytes())
    copy = Journal(path)
    copy.append(an_input(case))
    with pytest.raises(StaleDraft, match="has 2 entries; the act was judged on 3"):
        journal.append(world.attempt("publish_pdd", case=copy.case()))


def test_an_act_may_be_judged_as_of_an_earlier_day(journal: Journal, walk: Walk, world: Any) -> None:
    """What the refusal for the order of days advises: the act takes its place before what came later."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    day = world.day("submit_pdd") + timedelta(days=2)
    assert not world.attempt("replace_moc", case=case, on=day)
    earlier = journal.case(as_of=day)
    answer = world.attempt("replace_moc", case=earlier, on=day)
    assert isinstance(answer, Accepted), str(answer)
    journal.append(answer)
    assert journal.case(as_of=day) == answer.case
    assert journal.case().state == "in_validation"
    assert [on for on, _ in journal.case().file.modalities] == [world.day("submit_pdd"), day]


def test_a_reference_belongs_to_one_case(journal: Journal, walk: Walk) -> None:
    """However it is given: by publication, by decision, or when a case from a record is opened."""
    walk(journal, "submit_pdd", "publish_pdd")
    case = walk(journal, case="case-2")
    publication = project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="ZZ001"))
    decision = ev.JointCommitteeDecision(decision=Outcome.REGISTERED, number="ZZ001")
    for answer in (
        case.record(publication),
        case.record(project.decide_registration.fact(on=DAY, evidence=decision)),
        Case.imported(project, "case-3", ev.Opening(country="ZZ", reference="ZZ001"), on=DAY),
    ):
        with pytest.raises(ReferenceTaken, match="already belongs to case-1"):
            journal.append(answer)
    for found in (journal, Journal(journal.path)):
        assert found.case("ZZ001").id == "case-1"


def test_a_methodology_and_its_revision_have_references_of_their_own(journal: Journal) -> None:
    """Number and version together name an approved methodology; the number of a proposal is one as well."""
    listed = ev.CompletenessConclusion(conclusion="complete", reference="MN_PM099")
    for name, version in (("first", "1.0"), ("second", "2.0")):
        case = Case.open(methodology, name, on=DAY, country="MN")
        journal.append(case)
        decided = ev.JointCommitteeDecision(decision="approved", number="MN_AM099", version=version)
        facts = [methodology.check_proposal.fact(on=DAY, evidence=listed)] if name == "first" else []
        for fact in (*facts, methodology.decide_methodology.fact(on=DAY, evidence=decided)):
            case = case.case.record(fact)
            journal.append(case)
    note = Case.open(idea, "note", on=DAY, country="MN")
    journal.append(note)
    paper = ev.ProjectIdeaNote(title="synthetic", reference="MN_PIN099")
    journal.append(note.case.record(idea.submit_idea.fact(on=DAY, evidence=paper)))
    for found in (journal, Journal(journal.path)):
        for name in found.cases:
            assert {found.case(reference).id for reference in found.case(name).references} == {name}
        assert found.case("MN_AM099 Ver2.0").id == "second"
    other = Case.open(methodology, "third", on=DAY, country="MN")
    journal.append(other)
    with pytest.raises(ReferenceTaken, match="MN_PM099 already belongs to first"):
        journal.append(other.case.record(methodology.check_proposal.fact(on=DAY, evidence=listed)))


def test_a_reference_given_by_mistake_is_free_again_when_that_is_corrected(journal: Journal, walk: Walk) -> None:
    """Folds skip what is replaced, and so does the list of references."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    right = project.publish_pdd.fact(on=case.days["publish_pdd"], evidence=ev.Publication(reference="ZZ002"))
    journal.append(case.correct(right, replaces=3))
    other = walk(journal, "submit_pdd", case="case-2")
    journal.append(other.record(project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="ZZ001"))))
    for found in (journal, Journal(journal.path)):
        assert (found.case("ZZ001").id, found.case("ZZ002").id) == ("case-2", "case-1")
        assert found.case("case-1").references == ("ZZ002",)


@pytest.mark.parametrize("seq", [1, 4, 0, -1, 99, 5, True, "2"])
def test_what_a_correction_replaces_must_be_there_and_count(journal: Journal, walk: Walk, seq: Any) -> None:
    """Not the opening, not another case's entry, not a void, nothing that is replaced already."""
    case = walk(journal, "submit_pdd")
    journal.append(case.void(replaces=2, reason="entered twice", on=DAY))
    walk(journal, "submit_pdd", case="case-2")
    for answer in (
        case.void(replaces=seq, reason="why not", on=DAY),
        case.correct(project.submit_pdd.fact(on=DAY), replaces=seq),
        case.void(replaces=2, reason="again", on=DAY),
        case.void(replaces=3, reason="the void of a void", on=DAY),
    ):
        with pytest.raises(UnknownCase, match="could be replaced"):
            journal.append(answer)


def test_a_correction_is_of_an_entry_of_its_own_case(journal: Journal) -> None:
    """An entry of another case stays, whichever of them was opened first."""
    names = ("a", "b")
    for name in names:
        journal.append(opened(name))
    for name in names:
        journal.append(an_input(opened(name).case))
    for name, seq in (("a", 4), ("b", 3)):
        with pytest.raises(UnknownCase, match="could be replaced"):
            journal.append(journal.case(name).void(replaces=seq, reason="of the other", on=DAY))
    for name, seq in (("a", 3), ("b", 4)):
        journal.append(journal.case(name).void(replaces=seq, reason="entered twice", on=DAY))


def test_a_draft_of_no_step_or_machine_is_refused(journal: Journal) -> None:
    """Whoever makes a draft by hand."""
    journal.append(opened())
    made = an_input(opened().case).draft
    for changes in ({"step": "celebrate"}, {"machine": "transfer"}, {"machine": None}, {"step": ["open"]}):
        with pytest.raises(UnknownStep):
            journal.append(attrs.evolve(made, **changes))
    assert len(Journal(journal.path)) == 1


def test_a_draft_of_another_machine_than_its_case_is_refused(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """One id is one case of one machine."""
    journal.append(opened())
    for name in ("double", "twin"):
        monkeypatch.setitem(MACHINES, name, project)  # type: ignore[arg-type]
        with pytest.raises(UnknownStep, match="no step of a case of project"):
            journal.append(attrs.evolve(an_input(opened().case).draft, machine=name))


def test_what_was_refused_is_not_appended(journal: Journal, walk: Walk, world: Any) -> None:
    """Neither the refusal, nor what it says."""
    refused = world.attempt("publish_pdd", case=walk(journal, "submit_pdd"), by=Role.PUBLIC)
    with pytest.raises(JournalError, match="was not"):
        journal.append(refused)
    assert len(Journal(journal.path)) == 2


def test_an_act_judged_by_the_book_of_another_country_is_refused(journal: Journal, walk: Walk, world: Any) -> None:
    """Attempting it shows what that book would say; what happened was judged by the country's own."""
    case = walk(journal)
    other = world.book(book={"country": "YY"}, source={"MEMO": {"about": "YY"}, "PCP": {"about": "YY"}})
    answer = case.attempt(world.act("submit_pdd"), rules=other, register=world.register)
    assert isinstance(answer, Accepted)
    with pytest.raises(JournalError, match="book of YY"):
        journal.append(answer)
    elsewhere = Case.open(project, "p", on=world.opened, country="YY")
    journal.append(elsewhere)
    with pytest.raises(JournalError, match="p is a case of YY; the draft was judged by the book of ZZ"):
        journal.append(attrs.evolve(an_input(elsewhere.case).draft, editions=(world.book().edition(world.opened),)))


UNREADABLE = [
    ({"evidence": ev.PublicInput(summary=7)}, "is not a text"),  # type: ignore[arg-type]
    ({"evidence": ev.PublicInput(summary=1.5)}, "floating-point"),  # type: ignore[arg-type]
    ({"evidence": ev.PublicInput(summary="\ud800")}, "surrogates"),
    ({"evidence": ev.PublicInput(summary=object())}, "draft cannot be kept"),  # type: ignore[arg-type]
    ({"evidence": ev.PublicInput(author="Alta")}, "author"),  # type: ignore[arg-type]
    ({"evidence": ev.Receipt()}, "rests on PublicInput"),
    ({"evidence": "a letter"}, "draft cannot be kept"),
    ({"outcome": Outcome.POSITIVE}, "cannot end"),
    ({"state": "paradise"}, "no state 'paradise'"),
    ({"replaces": "2"}, "could be replaced"),
    ({"by": Role.PUBLIC}, "draft cannot be kept"),
    ({"by": "nobody"}, "draft cannot be kept"),
    ({"on": "yesterday"}, "draft cannot be kept"),
    ({"on": datetime(2024, 4, 1)}, "is not a day"),  # noqa: DTZ001 - what it must refuse
    ({"case": 7}, "no case 7"),
    ({"sources": ("a page",)}, "draft cannot be kept"),
    ({"basis": "rumour"}, "draft cannot be kept"),
    ({"step": "open", "case": "case-2"}, "open rests on Opening"),
    ({"step": "move"}, "move rests on Move"),
]


@pytest.mark.parametrize(("changes", "why"), UNREADABLE)
def test_what_could_not_be_read_again_is_not_written(journal: Journal, changes: dict[str, Any], why: str) -> None:
    """A journal that holds it could never be opened; nothing of it is on disk, and the journal goes on."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    stored = files_in(journal.path.parent)
    made = an_input(opened().case, author="Bert").draft
    draft = attrs.evolve(made) if not changes else _made(made, changes)
    with pytest.raises((JournalError, UnknownCase), match=re.escape(why)):
        journal.append(draft)
    assert files_in(journal.path.parent) == stored
    journal.append(made)
    assert tuple(Journal(journal.path)) == tuple(journal)


def _made(draft: Draft, changes: dict[str, Any]) -> Draft:
    """Return a draft as somebody makes it who checks nothing."""
    made = attrs.evolve(draft)
    for name, value in changes.items():
        object.__setattr__(made, name, value)
    return made


def test_an_entry_whose_findings_contradict_that_it_was_accepted_is_not_written(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """It would be the first broken line."""
    case = walk(journal, "submit_pdd")
    refused = world.attempt("publish_pdd", case=case, by=Role.PUBLIC)
    accepted = world.attempt("publish_pdd", case=case)
    with pytest.raises(JournalError, match=r"although procedure\.role blocks"):
        journal.append(attrs.evolve(accepted.draft, findings=refused.findings))
    journal.append(accepted)
    assert verify(journal.path).intact


# One writer at a time

HOLD = """
import sys
from pathlib import Path
from jcm_cycle._disk import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_while_another_process_holds_the_journal_nothing_is_written(journal: Journal, started: Started) -> None:
    """Not an entry, not an erasure, no mending; when it lets go, all is well."""
    journal.append(opened())
    with started(HOLD, journal.path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(JournalLocked, match="another writer holds"):
            journal.append(opened("case-2"))
        with pytest.raises(JournalLocked):
            journal.erase(1)
        assert len(Journal(journal.path)) == 1
        other.communicate()
    journal.append(opened("case-2"))
    assert len(Journal(journal.path)) == 2


def test_who_read_before_another_wrote_has_to_read_again(journal: Journal) -> None:
    """A stale reader could write an entry with a number that is taken."""
    journal.append(opened())
    stale = Journal(journal.path)
    journal.append(opened("case-2"))
    stored = journal.path.read_bytes()
    with pytest.raises(JournalLocked, match="since it was read"):
        stale.append(opened("case-3"))
    with pytest.raises(JournalLocked, match="since it was read"):
        stale.erase(1)
    assert journal.path.read_bytes() == stored
    Journal(journal.path).append(opened("case-3"))
    assert verify(journal.path).entries == 3


def test_a_journal_that_was_put_back_has_to_be_read_again(journal: Journal) -> None:
    """What was appended meanwhile is gone from the file, and nothing can follow it."""
    journal.append(opened())
    earlier = journal.path.read_bytes()
    journal.append(opened("case-2"))
    journal.path.write_bytes(earlier)
    with pytest.raises(JournalLocked, match="since it was read"):
        journal.append(opened("case-3"))
    assert journal.path.read_bytes() == earlier


def test_two_journals_of_one_process_exclude_each_other_too(journal: Journal) -> None:
    """The lock is on the file, not on the process."""
    with Lock(journal.path), pytest.raises(JournalLocked):
        journal.append(opened())
    journal.append(opened())


RACE = """
import sys
from datetime import date
from jcm_cycle import Case, Journal, project, evidence as ev
from jcm_cycle.errors import JournalLocked
path, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
day = date(2024, 4, 1)
left = [Case.open(project, f"{name}-{place}", on=day, country="ZZ") for place in range(times)]
while left:
    try:
        Journal(path).append(left[-1])
    except JournalLocked:
        continue
    left.pop()
"""


def test_writers_that_race_lose_nothing(journal: Journal, started: Started) -> None:
    """Whoever is refused reads again and tries again; every entry is there once and the chain is whole."""
    times = 100 if SOAK else 15
    with started(RACE, journal.path, "a", times) as one, started(RACE, journal.path, "b", times) as other:
        for process in (one, other):
            _, errors = process.communicate(timeout=120)
            assert (process.returncode, errors) == (0, "")
    assert verify(journal.path).intact
    assert sorted(Journal(journal.path).cases) == sorted(f"{name}-{n}" for name in "ab" for n in range(times))


# A writer that was stopped


@pytest.mark.parametrize("cut", [1, 2, 70, 75, 76, 200])
def test_a_journal_cut_in_the_middle_of_a_line_is_reported_with_the_line(journal: Journal, cut: int) -> None:
    """It opens only when asked to mend, moves the fragment aside, and goes on."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-cut])
    with pytest.raises(CutJournal) as caught:
        Journal(journal.path)
    assert (caught.value.file, caught.value.line) == (str(journal.path), 2)
    assert journal.path.read_bytes() == whole[:-cut]
    found = verify(journal.path)
    assert found.first_broken is not None
    assert (found.entries, found.first_broken.line) == (1, 2)
    mended = Journal(journal.path, mend=True)
    first = whole.split(b"\n")[0] + b"\n"
    assert journal.path.read_bytes() == first
    (aside,) = journal.path.parent.glob("*.fragment-*")
    assert aside.read_bytes() == whole[len(first) : -cut]
    mended.append(an_input(opened().case, author="Bert"))
    assert verify(journal.path).intact
    assert tuple(Journal(journal.path)) == tuple(mended)


def test_mending_a_whole_journal_changes_nothing(journal: Journal) -> None:
    """There is nothing to move."""
    journal.append(opened())
    stored = files_in(journal.path.parent)
    assert len(Journal(journal.path, mend=True)) == 1
    assert files_in(journal.path.parent) == stored


def test_mending_waits_for_the_writer_and_cuts_off_nothing_that_was_finished(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line that looked unfinished may be whole by the time the lock is held."""
    journal.append(opened())
    journal.append(opened("case-2"))
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-10])
    entering = Lock.__enter__

    def finished(lock: Lock) -> Lock:
        journal.path.write_bytes(whole)
        return entering(lock)

    monkeypatch.setattr(Lock, "__enter__", finished)
    assert len(Journal(journal.path, mend=True)) == 2
    assert files_in(journal.path.parent) == {"journal.jsonl": whole}


def test_a_line_finished_meanwhile_that_is_not_what_was_sealed_is_told_by_its_number(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was finished before the lock was held is read like every other line."""
    for name in ("a", "b", "c"):
        journal.append(opened(name))
    whole = journal.path.read_bytes()
    broken = whole.replace(b'"case":"c"', b'"case":"d"')
    assert broken != whole
    journal.path.write_bytes(whole[:-10])
    entering = Lock.__enter__

    def finished(lock: Lock) -> Lock:
        journal.path.write_bytes(broken)
        return entering(lock)

    monkeypatch.setattr(Lock, "__enter__", finished)
    with pytest.raises(BrokenJournal) as caught:
        Journal(journal.path, mend=True)
    assert caught.value.line == 3


def test_who_listens_is_told_what_was_appended_mended_and_altered(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    """Each entry with its number, case and step; what is well is not told."""
    caplog.set_level("INFO", logger="jcm_cycle")
    journal.append(opened("a"))
    journal.append(an_input(opened("a").case, author="Alta"))
    assert [(r.message, r.seq, r.case, r.step) for r in caplog.records] == [
        ("entry.appended", 1, "a", "open"), ("entry.appended", 2, "a", "submit_public_input")
    ]  # fmt: skip
    caplog.clear()
    Journal(journal.path)
    assert not caplog.records
    journal.beside.write_bytes(journal.beside.read_bytes().replace(b"Alta", b"Alto"))
    with journal.path.open("ab") as file:
        file.write(b'{"basis"')
    Journal(journal.path, mend=True)
    assert {r.message: (r.levelname, getattr(r, "parts", None), getattr(r, "bytes", None)) for r in caplog.records} == {
        "confidential.altered": ("WARNING", 1, None), "journal.mended": ("WARNING", None, 8)
    }  # fmt: skip


def test_mending_is_refused_while_a_writer_writes(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its line is not a fragment, and no reader takes it for one."""
    journal.append(opened())
    monkeypatch.setattr(_disk.time, "sleep", lambda _: None)
    cut = journal.path.read_bytes() + b'{"basis"'
    journal.path.write_bytes(cut)
    for reading in (
        lambda: Journal(journal.path),
        lambda: Journal(journal.path, mend=True),
        lambda: verify(journal.path),
    ):
        with Lock(journal.path), pytest.raises(JournalLocked, match="middle of a line"):
            reading()
    assert journal.path.read_bytes() == cut


def test_a_reader_waits_for_the_writer_to_finish_its_line(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is being written is no journal cut in the middle."""
    journal.append(opened())
    journal.append(opened("case-2"))
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-10])
    waited = []
    with Lock(journal.path) as lock:

        def sleep(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 3:
                journal.path.write_bytes(whole)
                lock.__exit__()

        monkeypatch.setattr(_disk.time, "sleep", sleep)
        assert len(Journal(journal.path)) == 2
        lock.__enter__()
    assert len(waited) == 3


def test_a_tail_of_zeros_is_a_fragment(journal: Journal) -> None:
    """Some file systems leave them after a loss of power."""
    journal.append(opened())
    stored = journal.path.read_bytes()
    journal.path.write_bytes(stored + bytes(512))
    with pytest.raises(CutJournal):
        Journal(journal.path)
    Journal(journal.path, mend=True)
    assert journal.path.read_bytes() == stored


KILLED = """
import os, sys
from datetime import date
from jcm_cycle import Case, Journal, project, evidence as ev
path, size = sys.argv[1], int(sys.argv[2])
write = os.write
os.write = lambda file, data: write(file, data[:1000])  # as a system may: some bytes at a time
journal = Journal(path)
day = date(2024, 4, 1)
if not len(journal):
    journal.append(Case.open(project, "case-1", on=day, country="ZZ"))
case = journal.case()
while True:
    author = ev.Person(name=f"Person {len(journal)}", address="x" * size)
    paper = ev.PublicInput(summary="y" * size, author=author)
    entry = journal.append(case.record(project.submit_public_input.fact(on=day, evidence=paper)))
    print(entry.seq, journal.head, flush=True)
"""


def test_what_was_acknowledged_before_a_process_was_killed_is_there(journal: Journal, started: Started) -> None:
    """Killed at any moment of any append: the journal opens, perhaps mended, with every entry acknowledged."""
    acknowledged: dict[int, str] = {}
    for place in range(60 if SOAK else 4):
        with started(KILLED, journal.path, (1, 300_000)[place % 2]) as writer:
            assert writer.stdout is not None
            heard = [writer.stdout.readline() for _ in range(1 + place % 5)]
            writer.send_signal(signal.SIGKILL)
            rest, _ = writer.communicate()
        for line in [*heard, *rest.splitlines(keepends=True)]:
            if line.endswith("\n"):
                seq, head = line.split()
                acknowledged[int(seq)] = head
        found = Journal(journal.path, mend=True)
        assert verify(journal.path).intact
        assert len(found) >= max(acknowledged)
        hashes = {line["seq"]: line["hash"] for line in lines_of(journal.path) if line["kind"] == "entry"}
        for seq, head in acknowledged.items():
            entry = found.entry(seq)
            assert hashes[seq] == head
            assert not entry.withheld
            assert isinstance(entry.evidence, ev.PublicInput)
            assert entry.evidence.author is not None
            assert entry.evidence.author.name == f"Person {seq - 1}"


# A disk that takes nothing

NO_SPACE = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def half(write: Callable[[int, Any], int]) -> Callable[[int, Any], int]:
    """Return a write that takes some bytes and then finds the disk full."""
    taken: list[int] = []

    def some(file: int, data: Any) -> int:
        if taken:
            raise NO_SPACE
        taken.append(write(file, data[:20]))
        return taken[0]

    return some


def full(*_: object) -> int:
    """Find the disk full."""
    raise NO_SPACE


@pytest.mark.parametrize("author", [None, "Bert"])
@pytest.mark.parametrize(("call", "failing"), [("write", "half"), ("write", "full"), ("fsync", "full")])
def test_a_disk_that_is_full_leaves_nothing_half_written(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, call: str, failing: str, author: str | None
) -> None:
    """Neither in the chain nor beside it; the journal goes on when there is room."""
    case = opened().case
    journal.append(opened())
    journal.append(an_input(case, author="Alta"))
    stored = files_in(journal.path.parent)
    with monkeypatch.context() as patch:
        patch.setattr(_disk.os, call, half(os.write) if failing == "half" else full)
        with pytest.raises(JournalError, match="No space left"):
            journal.append(an_input(case, author=author))
    assert files_in(journal.path.parent) == stored
    assert len(journal) == 2
    journal.append(an_input(case, author=author))
    assert tuple(Journal(journal.path)) == tuple(journal)
    assert verify(journal.path).intact


def test_what_was_written_beside_is_taken_back_when_the_chain_takes_nothing(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No person stays behind whom no entry names."""
    case = opened().case
    journal.append(opened())
    stored = files_in(journal.path.parent)
    monkeypatch.setattr(Lock, "append", full)
    with pytest.raises(JournalError, match="No space left"):
        journal.append(an_input(case, author="Alta"))
    assert files_in(journal.path.parent) == {**stored, journal.beside.name: b""}


def test_an_edition_that_was_not_written_is_written_with_the_next_entry(
    journal: Journal, walk: Walk, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What failed did not count as archived."""
    with monkeypatch.context() as patch:
        patch.setattr(Lock, "append", full)
        with pytest.raises(JournalError):
            journal.append(world_opening(world))
    walk(journal, "submit_pdd")
    assert verify(journal.path).intact
    assert len(Journal(journal.path).editions) == 1


def test_an_erasure_that_finds_the_disk_full_erases_nothing(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is replaced whole or not at all."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    stored = journal.beside.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(_disk.os, "fsync", full)
        with pytest.raises(JournalError, match="Nothing was erased"):
            journal.erase(2)
    assert journal.beside.read_bytes() == stored
    journal.erase(2)
    assert Journal(journal.path).entry(2).withheld


def test_an_append_that_is_interrupted_leaves_nothing(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who presses the keys while the disk is slow finds the journal as it was."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    stored = files_in(journal.path.parent)
    synced = []

    def interrupted(file: int) -> None:
        synced.append(file)
        if len(synced) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(_disk.os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            journal.append(an_input(opened().case, author="Bert"))
    assert files_in(journal.path.parent) == stored
    journal.append(an_input(opened().case, author="Bert"))
    assert tuple(Journal(journal.path)) == tuple(journal)


def test_a_fragment_that_cannot_be_kept_is_not_cut_off(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is moved aside or left where it is."""
    journal.append(opened())
    cut = journal.path.read_bytes() + b'{"basis"'
    journal.path.write_bytes(cut)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(JournalError, match="cannot be mended: No space left"):
            Journal(journal.path, mend=True)
    assert files_in(journal.path.parent) == {journal.path.name: cut}


def test_confidential_parts_that_may_not_be_read_are_an_error_of_the_tree(journal: Journal) -> None:
    """That they are there is known; that they are withheld would be wrong."""
    journal.append(opened())
    journal.beside.mkdir()
    with pytest.raises(JournalError, match="confidential parts cannot be read"):
        Journal(journal.path)


LIMITED = """
import resource, sys
from datetime import date
from pathlib import Path
from jcm_cycle import Case, Journal, project, evidence as ev
from jcm_cycle.errors import JournalError
path = Path(sys.argv[1])
journal = Journal(path)
size = path.stat().st_size + 100
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
person = ev.Person(name="Bert", address="x" * 10_000 if sys.argv[2] == "beside" else None)
paper = ev.PublicInput(summary="y" * 10_000, author=person)
try:
    journal.append(journal.case().record(project.submit_public_input.fact(on=date(2024, 4, 1), evidence=paper)))
except JournalError as error:
    print(error.why)
"""


@pytest.mark.parametrize("where", ["beside", "chain"])
def test_a_file_that_may_grow_no_further_is_left_as_it_was(
    journal: Journal, elsewhere: Callable[..., CompletedProcess[str]], where: str
) -> None:
    """The system itself takes some bytes of the line and refuses the rest."""
    journal.append(opened())
    stored = journal.path.read_bytes()
    told = elsewhere(LIMITED, journal.path, where)
    assert (told.returncode, told.stdout) == (0, "the journal cannot be written: File too large.\n"), told.stderr
    assert journal.path.read_bytes() == stored
    assert journal.beside.read_bytes() == b""


def test_a_journal_where_none_can_be_is_an_error_of_the_tree(tmp_path: Path) -> None:
    """A folder, or something below a file."""
    with pytest.raises(JournalError, match="cannot be read"):
        Journal(tmp_path)
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(JournalError, match="cannot be read"):
        Journal(file / "journal.jsonl")
    lost = Journal(tmp_path / "journal.jsonl")
    lost.path = file / "journal.jsonl"
    with pytest.raises(JournalError, match="cannot be written"):
        lost.append(opened())


# Several cases


def test_a_journal_holds_several_cases(journal: Journal, walk: Walk) -> None:
    """Each entry names its own, and a fold takes the entries of one."""
    one = walk(journal, "submit_pdd", "publish_pdd")
    other = walk(journal, "submit_pdd", "publish_pdd", case="case-2", publish_pdd={"reference": "ZZ002"})
    assert journal.cases == ("case-1", "case-2")
    for found in (journal, Journal(journal.path)):
        assert [e.seq for e in found.entries("case-1")] == [1, 2, 3]
        assert [e.seq for e in found.entries("ZZ002")] == [4, 5, 6]
        assert (found.case("case-1"), found.case("ZZ002")) == (one, other)
        assert [e.seq for e in found] == [e.seq for e in found.entries()] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(UnknownCase, match="holds 2 cases"):
        journal.case()
    with pytest.raises(UnknownCase, match="no case 'case-3'"):
        journal.case("case-3")
    with pytest.raises(UnknownCase, match="not one case"):
        fold(journal)


def test_an_entry_is_found_by_its_number(journal: Journal) -> None:
    """Numbers begin with 1."""
    with pytest.raises(UnknownCase):
        journal.case()
    entry = journal.append(opened())
    assert journal.entry(1) == entry
    for seq in (0, 2, -1):
        with pytest.raises(UnknownCase, match="no entry"):
            journal.entry(seq)


def test_every_basis_comes_back_as_it_was_appended(journal: Journal, walk: Walk, world: Any) -> None:
    """Judged, imported, observed, correction; move and void among them."""
    case = walk(journal, "submit_pdd")
    day = world.day("publish_pdd")
    steps: list[Callable[[Case[Any]], Accepted[Any]]] = [
        lambda c: c.record(project.publish_pdd.fact(on=day, evidence=ev.Publication(reference="ZZ001"))),
        lambda c: c.record(project.observed("in_validation", on=day)),
        lambda c: c.correct(project.publish_pdd.fact(on=day, evidence=ev.Publication(reference="ZZ002")), replaces=3),
        lambda c: c.void(replaces=4, reason="another project", on=day),
        lambda c: c.move("plain", on=day, rules=world.book(), reason="agreed"),
    ]
    for step in steps:
        journal.append(step(case))
        case = journal.case()
    assert [entry.basis for entry in journal] == [
        Basis.JUDGED,
        Basis.JUDGED,
        Basis.IMPORTED,
        Basis.OBSERVED,
        Basis.CORRECTION,
        Basis.CORRECTION,
        Basis.JUDGED,
    ]
    again = Journal(journal.path)
    assert tuple(again) == tuple(journal)
    assert (again.case().references, again.case().procedure.name) == (("ZZ002",), "plain")


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    """Mending is for what a stopped writer left; a file of another kind is told as such and not touched."""
    for data in (b"\x00\x01 something else", b"one line\nand a rest", b"\n{"):
        path = tmp_path / "other"
        path.write_bytes(data)
        for mend in (False, True):
            with pytest.raises(BrokenJournal):
                Journal(path, mend=mend)
        assert path.read_bytes() == data
        assert [found.name for found in tmp_path.iterdir()] == ["other"]


# What errors say, and numbers after a correction


def test_a_case_that_is_not_there_is_told_with_those_that_are(journal: Journal) -> None:
    """Or that there is none."""
    with pytest.raises(UnknownCase, match=r"has no case 'x'\. It has none\.$"):
        journal.entries("x")
    journal.append(opened("b"))
    journal.append(opened("a"))
    with pytest.raises(UnknownCase, match=r"has no case 'x'\. It has b, a\.$"):
        journal.entries("x")


def test_a_correction_of_one_number_leaves_the_others_of_the_case(journal: Journal) -> None:
    """The case is found by the number that was not corrected, and no longer by the one that was."""
    case = opened().case
    journal.append(opened())
    for number in ("ZZ001", "ZZ002"):
        answer = case.record(project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference=number)))
        journal.append(answer)
        case = answer.case
    right = project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="ZZ003"))
    journal.append(case.correct(right, replaces=3))
    for known in (journal, Journal(journal.path)):
        assert known.case("ZZ001").id == known.case("ZZ003").id == "case-1"
        with pytest.raises(UnknownCase):
            known.case("ZZ002")


def test_a_correction_of_one_number_leaves_those_of_other_cases(journal: Journal) -> None:
    """Whether they were opened before or after, each is still found by its own, and nobody else may bear it."""
    numbers = {"a": "ZZ001", "b": "ZZ002", "c": "ZZ003"}
    for name, number in numbers.items():
        journal.append(opened(name))
        paper = ev.Publication(reference=number)
        journal.append(journal.case(name).record(project.publish_pdd.fact(on=DAY, evidence=paper)))
    right = project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="ZZ004"))
    journal.append(journal.case("b").correct(right, replaces=4))
    for known in (journal, Journal(journal.path)):
        assert [known.case(number).id for number in ("ZZ001", "ZZ004", "ZZ003")] == ["a", "b", "c"]
        with pytest.raises(UnknownCase):
            known.case("ZZ002")
        taken = project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="ZZ001"))
        with pytest.raises(ReferenceTaken):
            known.append(known.case("b").record(taken))


def test_a_broken_line_is_told_by_its_number(journal: Journal) -> None:
    """The first line is line 1; so is that of a file that is no journal."""
    for name in ("a", "b", "c"):
        journal.append(opened(name))
    whole = journal.path.read_bytes().splitlines(keepends=True)
    for number in range(len(whole)):
        journal.path.write_bytes(b"".join([*whole[:number], whole[number].replace(b"ZZ", b"YY"), *whole[number + 1 :]]))
        with pytest.raises(BrokenJournal) as caught:
            Journal(journal.path)
        assert caught.value.line == number + 1
    journal.path.write_bytes(b"no journal at all")
    with pytest.raises(BrokenJournal, match="no journal") as caught:
        Journal(journal.path)
    assert caught.value.line == 1


def test_a_cut_journal_shows_how_the_rest_begins(journal: Journal) -> None:
    """Sixty bytes of it, and the line on which it stands."""
    journal.append(opened("a"))
    journal.append(opened("b"))
    whole = journal.path.read_bytes()
    start = whole.index(b"\n") + 1
    journal.path.write_bytes(whole[: start + 80])
    with pytest.raises(CutJournal) as caught:
        Journal(journal.path)
    assert caught.value.line == 2
    assert caught.value.why == f"the journal ends in the middle of a line: {whole[start : start + 60]!r}."


def test_where_one_case_was_meant_the_error_says_which_there_are(journal: Journal) -> None:
    """Of several one has to be named; of none one has to be opened."""
    with pytest.raises(UnknownCase, match=r"holds 0 cases\. Say which, with case or --case: open one first\.$"):
        journal.case()
    journal.append(opened("b"))
    journal.append(opened("a"))
    with pytest.raises(UnknownCase, match=r"holds 2 cases\. Say which, with case or --case: b, a\.$"):
        journal.case()


def test_only_an_entry_that_is_there_and_counts_can_be_replaced(journal: Journal) -> None:
    """Not one before the first, not the opening, not one after the last, and none twice."""
    journal.append(opened())
    case = opened().case
    told = an_input(case)
    journal.append(told)
    right = project.submit_public_input.fact(on=DAY, evidence=ev.PublicInput(summary="Right."))
    for seq in (0, 1, 3, -1, True):
        with pytest.raises(UnknownCase, match=f"has no entry {seq} that could be replaced"):
            journal.append(told.case.correct(right, replaces=seq))
    journal.append(told.case.correct(right, replaces=2))
    with pytest.raises(UnknownCase, match="has no entry 2 that could be replaced"):
        journal.append(journal.case().correct(right, replaces=2))
