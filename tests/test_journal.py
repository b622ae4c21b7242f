"""The journal: what is appended is there, sealed, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from jcm_cycle import (
    Accepted,
    Basis,
    Case,
    Journal,
    evidence as ev,
    fold,
    project,
)
from jcm_cycle.errors import (
    BrokenJournal,
    CutJournal,
    JournalError,
    ReferenceTaken,
    UnknownCase,
)
from tests.journals import DAY, Walk, an_input, lines_of, opened, world_opening

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
