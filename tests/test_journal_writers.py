"""Writers of a journal: one at a time, stopped, killed, or on a disk that takes nothing."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from jcm_cycle import (
    Journal,
    _disk,
    evidence as ev,
    verify,
)
from jcm_cycle._disk import Lock
from jcm_cycle.errors import (
    BrokenJournal,
    CutJournal,
    JournalError,
    JournalLocked,
)
from tests.journals import Started, Walk, an_input, files_in, lines_of, opened, world_opening

SOAK = os.environ.get("JCM_SOAK") == "1"


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
