"""Rules on changes of the modalities of communication.

On `replace_moc` the rule of the right sections cannot be unmet or missing: a whole new statement may change anything.
"""

from __future__ import annotations

from typing import Any

import pytest

from jcm_cycle import Finding, Verdict, evidence as ev, project

MET, UNMET, MISSING = Verdict.MET, Verdict.UNMET, Verdict.MISSING
SECTIONS, SIGNATURES = "project.replace_moc.right_sections", "project.replace_moc.signatures"
HOST, JAPAN = "Synthetia Solar", "Example Trading"
PROOF = ev.Document(url="https://example.org/zz/bankruptcy")
NOTHING: dict[str, Any] = {"added": (), "renamed": (), "withdrawn": (), "contacts_changed": ()}


def judged(found: Finding | None) -> Verdict:
    """Return the verdict of a finding that must be there."""
    assert found is not None
    assert found.earliest is None
    return found.verdict


def test_a_whole_new_statement_may_change_anything(world: Any) -> None:
    """Another focal point, other participants, another entity."""
    changed = {"focal_point": ev.FocalPoint(name=HOST), "entities": ("Other",)}
    found = world.finding(SECTIONS, "replace_moc", **changed)
    assert (judged(found), found.facts) == (MET, {"whole_statement": True})


@pytest.mark.parametrize("sections", [None, (1, 2), (1, 2, 3, 4)])
def test_a_new_focal_point_needs_a_whole_new_statement(world: Any, sections: Any) -> None:
    """No section of Annex 1 is made for it."""
    found = world.finding(SECTIONS, "amend_moc", new_focal_point=HOST, sections=sections)
    assert judged(found) is UNMET
    assert found.facts == {"new_focal_point": HOST, "needs": "a whole new statement"}


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"added": ("New",)}, {1, 2}),
        ({"renamed": ((HOST, "Synthetia Sun"),)}, {1, 2}),
        ({"withdrawn": (HOST,)}, {1, 3}),
        ({"contacts_changed": (HOST,)}, {1, 4}),
        ({"renamed": ((HOST, "Synthetia Sun"),), "contacts_changed": (HOST,)}, {1, 2}),
        ({"renamed": ((HOST, "Synthetia Sun"),), "contacts_changed": ("Synthetia Sun",)}, {1, 2}),
        ({"renamed": ((HOST, "Synthetia Sun"),), "contacts_changed": (JAPAN,)}, {1, 2, 4}),
        ({"added": ("New",), "withdrawn": (HOST,)}, {1, 2, 3}),
        ({"added": ("New",), "withdrawn": (HOST,), "contacts_changed": (JAPAN,)}, {1, 2, 3, 4}),
    ],
)
def test_each_change_needs_its_sections(world: Any, changes: dict[str, Any], needed: set[int]) -> None:
    """Those sections are enough, more do no harm, and none of them may lack."""
    paper = {**NOTHING, **changes}
    assert judged(world.finding(SECTIONS, "amend_moc", **paper, sections=needed)) is MET
    assert judged(world.finding(SECTIONS, "amend_moc", **paper, sections={1, 2, 3, 4})) is MET
    for section in needed:
        found = world.finding(SECTIONS, "amend_moc", **paper, sections=needed - {section})
        assert judged(found) is UNMET
        assert found.facts == {"sections": needed - {section}, "needed": needed}
    assert judged(world.finding(SECTIONS, "amend_moc", **paper, sections=None)) is MISSING
    assert judged(world.finding(SECTIONS, "amend_moc", **paper, sections=())) is UNMET


def test_an_annex_that_changes_nothing_is_missing(world: Any) -> None:
    """What it is for nobody can tell."""
    assert judged(world.finding(SECTIONS, "amend_moc", **NOTHING, sections=(1,))) is MISSING


@pytest.mark.parametrize(
    ("signed", "ceased", "proof", "verdict"),
    [
        ((HOST, JAPAN), (), None, MET),
        ((HOST,), (), None, UNMET),
        ((), (), None, UNMET),
        (None, (), None, MISSING),
        ((HOST,), (JAPAN,), PROOF, MET),
        ((HOST,), (JAPAN,), None, UNMET),
        ((HOST,), (HOST,), PROOF, UNMET),
    ],
)
@pytest.mark.parametrize("step", ["replace_moc", "amend_moc"])
def test_all_participants_sign_save_one_that_has_ceased(
    world: Any, step: str, signed: Any, ceased: Any, proof: Any, verdict: Verdict
) -> None:
    """A participant that has ceased is excused with proof and not without."""
    paper: dict[str, Any] = {"signed_by": signed, "ceased": ceased, "ceased_proof": proof}
    if step == "amend_moc":
        paper |= {**NOTHING, "contacts_changed": (HOST,)}
    found = world.finding(SIGNATURES, step, **paper)
    assert judged(found) is verdict
    if verdict is not MISSING:
        assert found.facts["proof_of_end"] is (proof is not None)
    if verdict is UNMET:
        excused = ceased if proof else ()
        assert found.facts["lacking"] == [name for name in (HOST, JAPAN) if name not in (*signed, *excused)]


def test_a_participant_that_joins_signs_too(world: Any) -> None:
    """And so does one that leaves, for it still is one."""
    found = world.finding(SIGNATURES, "amend_moc", added=("New",), signed_by=(HOST, JAPAN))
    assert (judged(found), found.facts["lacking"]) == (UNMET, ["New"])
    found = world.finding(SIGNATURES, "amend_moc", **{**NOTHING, "withdrawn": (HOST,)}, signed_by=(JAPAN,))
    assert (judged(found), found.facts["lacking"]) == (UNMET, [HOST])


@pytest.mark.parametrize("name", [HOST, "Synthetia Sun"])
def test_a_participant_that_is_renamed_signs_under_either_name(world: Any, name: str) -> None:
    """The old name and the new one are one participant."""
    paper = {**NOTHING, "renamed": ((HOST, "Synthetia Sun"),), "sections": (1, 2)}
    assert judged(world.finding(SIGNATURES, "amend_moc", **paper, signed_by=(name, JAPAN))) is MET
    found = world.finding(SIGNATURES, "amend_moc", **paper, signed_by=(JAPAN,))
    assert (judged(found), found.facts["lacking"]) == (UNMET, [HOST])


def test_the_statement_as_it_stands_says_who_signs_an_annex(world: Any) -> None:
    """A participant of an earlier statement no longer signs, one of the latest does."""
    case = world.case(
        "submit_pdd", "replace_moc", replace_moc={"participants": (JAPAN, "Third"), "signed_by": (JAPAN, "Third")}
    )
    paper = {**NOTHING, "contacts_changed": (JAPAN,), "sections": (1, 4)}
    assert judged(world.finding(SIGNATURES, "amend_moc", case=case, **paper, signed_by=(JAPAN, "Third"))) is MET
    assert judged(world.finding(SIGNATURES, "amend_moc", case=case, **paper, signed_by=(JAPAN, HOST))) is UNMET


def test_where_nobody_says_who_participates_it_is_missing(world: Any) -> None:
    """A statement that lists no participants, or an annex to no statement at all."""
    assert judged(world.finding(SIGNATURES, "replace_moc", participants=None)) is MISSING
    case = world.case().record(project.submit_pdd.fact(on=world.day("submit_pdd"))).case
    assert judged(world.finding(SIGNATURES, "amend_moc", case=case)) is MISSING
