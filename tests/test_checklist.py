"""What has to be checked at a step: computed by the library, declared by the entity, or looked at by a reader."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Effect, Outcome, Standing, books, checklist, issuance, project
from jcm_cycle.errors import EvidenceError, UnknownStep

DAY = date(2025, 1, 8)


def test_every_rule_of_the_step_is_on_the_list() -> None:
    """Those that the edition judges, in their order, with effect, standing and source."""
    edition = books["MN"].on(DAY)
    items = [item for item in checklist(project.conclude_validation, edition) if item.kind != "manual"]
    bound = [binding for binding in edition.all_bindings if binding.step == "project.conclude_validation"]
    assert [item.rule for item in items] == [binding.rule.id for binding in bound]
    assert [(item.effect, item.standing, item.cites) for item in items] == [
        (binding.ground.effect, binding.ground.standing, binding.ground.cites) for binding in bound
    ]


def test_what_the_entity_declares_is_told_apart() -> None:
    """An impact assessment and double registration are its word, not a computation."""
    kinds = {item.rule: item.kind for item in checklist("project.conclude_validation", books["MN"].on(DAY))}
    assert {rule for rule, kind in kinds.items() if kind == "declared"} == {
        "common.no_double_registration", "project.conclude_validation.eia"
    }  # fmt: skip


def test_the_items_of_the_reports_list_are_for_a_reader(world: Any) -> None:
    """Each stands as a line of its own under the rule that asks whether it is ticked, as well founded as it is."""
    book = world.book(value={"project.validation_checklist_rest": {"standing": "inferred"}})
    items = [item for item in checklist("project.conclude_validation", book.on(world.opened)) if item.kind == "manual"]
    assert len(items) == 11
    assert {item.rule for item in items} == {"project.conclude_validation.checklist"}
    assert items[0].sentence == "pdd form"
    assert (items[0].standing, items[0].effect) == (Standing.CITED, Effect.BLOCKS)
    assert items[0].cites.endswith("para 14")
    assert (items[-1].sentence, items[-1].standing, items[-1].effect) == (
        "start of operation", Standing.INFERRED, Effect.HOLDS
    )  # fmt: skip
    assert all(item.outcome is Outcome.POSITIVE for item in items)


def test_an_effect_that_the_book_has_set_stays(world: Any) -> None:
    """It is the book's word, however well the item is founded."""
    changes = {
        "adopt": {"project.conclude_validation.checklist": {"effect": "advises", "why": "synthetic"}},
        "value": {"project.validation_checklist_rest": {"standing": "inferred"}},
    }
    items = checklist("project.conclude_validation", world.book(**changes).on(world.opened))
    assert {item.effect for item in items if item.kind == "manual"} == {Effect.ADVISES}


def test_a_book_without_the_list_has_no_items(world: Any) -> None:
    """The rule stays, and nothing is made up for it."""
    book = world.book(value={"project.validation_checklist": None, "project.validation_checklist_rest": None})
    items = checklist("project.conclude_validation", book.on(world.opened))
    assert "project.conclude_validation.checklist" in {item.rule for item in items}
    assert not any(item.kind == "manual" for item in items)


def test_a_capability_leaves_out_what_the_procedure_lacks() -> None:
    """Without capabilities a line says with which it is asked; with those of a case it stands or is gone."""
    edition = books["MN"].on(DAY)
    whole = {item.rule: item.only_with for item in checklist(issuance.request_issuance, edition)}
    assert whole["issuance.request_issuance.sd_report"] == "sd_plan"
    for value, there in (("yes", True), ("provisional", True), ("unknown", True), ("no", False)):
        found = {item.rule for item in checklist(issuance.request_issuance, edition, capabilities={"sd_plan": value})}
        assert ("issuance.request_issuance.sd_report" in found) is there


def test_a_line_as_data_and_as_text() -> None:
    """Both say what is demanded, by whom it is told, and how well founded that is."""
    item = checklist("project.conclude_validation", books["MN"].on(DAY))[-1]
    assert item.json()["rule"] == "project.conclude_validation.eia"
    assert item.json()["outcome"] == "positive"
    assert set(item.json()) == {
        "rule", "sentence", "kind", "outcome", "effect", "standing", "cites", "url", "only_with", "relaxed"
    }  # fmt: skip
    assert str(item).startswith("[declared] An environmental impact assessment was done")
    assert "blocks; cited: " in str(item)
    assert (item.relaxed, "relaxed by" in str(item)) == ((), False)


def test_a_measure_that_relaxes_a_rule_is_told_with_it(world: Any) -> None:
    """As judging tells it: of the rule, and of each thing that its list names."""
    rule = "project.conclude_validation.checklist"
    measure = {"id": "eased", "relaxes": rule, "duty": "say why", "since": world.opened, "standing": "cited"}
    items = checklist("project.conclude_validation", world.book(overlay=[measure]).on(world.opened))
    assert {item.rule for item in items if item.relaxed} == {rule}
    one, *others = (item for item in items if item.rule == rule)
    assert one.json()["relaxed"] == [{"id": "eased", "cites": "no source", "duty": "say why"}]
    assert str(one).endswith("\n  relaxed by eased (no source); instead: say why")
    assert one.explain(lang="ja").splitlines()[1].startswith("  緩和措置：eased")
    assert [item.relaxed for item in others] == [one.relaxed] * 11


@pytest.mark.parametrize("wrong", ["conclude_validation", "project.", "", "project.conclude_verification"])
def test_an_unknown_step_is_an_error(wrong: str) -> None:
    """The error says how an id is written."""
    with pytest.raises(UnknownStep, match=r"project\.conclude_validation"):
        checklist(wrong, books["MN"].on(DAY))


def test_a_book_is_no_edition() -> None:
    """What rules hold depends on the day."""
    with pytest.raises(EvidenceError, match="edition: <rule book MN> is no edition") as caught:
        checklist(project.conclude_validation, books["MN"])  # type: ignore[arg-type]
    assert caught.value.cure == 'Give that of a day, such as books["MN"].on(day).'
