"""What is confidential in a journal: kept beside it, erased without a break in the chain."""

from __future__ import annotations

import stat
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    Journal,
    evidence as ev,
    verify,
)
from jcm_cycle._disk import Beside
from jcm_cycle.errors import (
    UnknownCase,
)
from tests.journals import an_input, lines_of, opened, world_opening

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
