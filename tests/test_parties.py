"""Parties: the roles of the procedure and the actor that takes one."""

from __future__ import annotations

from typing import Any

import pytest

from jcm_cycle.errors import EvidenceError
from jcm_cycle.parties import FILING_ROLES, Actor, Role

ROLES = {
    "participant",
    "focal point",
    "entity",
    "secretariat",
    "Joint Committee",
    "public",
    "clock",
    "linked case",
    "proponent",
    "candidate",
    "side",
    "host authority",
    "Japanese authority",
    "registry",
}


def test_the_roles_are_those_of_the_procedure() -> None:
    """One word per role, as the machines' table has it."""
    assert {str(role) for role in Role} == ROLES


def test_the_parties_outside_the_committee_file() -> None:
    """Steps of these roles are filings; those of authorities, of the public and of nobody are not."""
    assert {str(role) for role in FILING_ROLES} == {"participant", "focal point", "proponent", "candidate"}


def test_an_actor_is_shown_with_its_role() -> None:
    """With its name where it has one."""
    assert str(Actor(Role.ENTITY)) == "entity"
    assert str(Actor(Role.ENTITY, "Synthetic Certification Ltd")) == "Synthetic Certification Ltd (entity)"


def test_a_role_may_be_given_as_its_word() -> None:
    """And is the role then, not a text that looks like it."""
    assert Actor("Joint Committee").role is Role.JOINT_COMMITTEE


@pytest.mark.parametrize("word", ["", "Participant", "auditor", None, 5, ["participant"]])
def test_what_is_no_role_is_refused(word: Any) -> None:
    """With the roles there are."""
    with pytest.raises(EvidenceError, match=r"is not a role\. Roles are participant, focal point, entity"):
        Actor(word)
