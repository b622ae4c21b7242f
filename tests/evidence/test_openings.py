"""What the library itself puts on record: the opening of a case, and a move to another procedure."""

from __future__ import annotations

import pytest

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import MethodologyVersion, Move, Opening, Version


def test_an_opening_needs_no_more_than_a_country() -> None:
    """Its procedure may be unknown, and then nothing is said of capabilities."""
    opening = Opening(country="MN")
    assert (opening.procedure, opening.capabilities, opening.methodologies) == (None, {}, None)


def test_two_openings_do_not_share_their_capabilities() -> None:
    """What is left out is made anew each time."""
    assert Opening(country="MN").capabilities is not Opening(country="MN").capabilities


def test_an_opening_reads_methodologies_as_text() -> None:
    """As a record has them."""
    made = Opening(country="MN", methodologies=["MN_AM003 Ver2.0"])
    assert made.methodologies == (MethodologyVersion("MN_AM003", Version(2)),)


def test_a_move_names_its_procedure() -> None:
    """A case is not moved to nowhere."""
    assert Move(procedure="PCP 07.0").reason is None
    with pytest.raises(EvidenceError, match=r"^procedure: '' is not a name"):
        Move(procedure="")
