"""Good papers meet every rule that reads them, in every book; a field that is other is the only one that is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import Outcome, RuleBook, Verdict, books, register
from jcm_cycle.errors import EvidenceError, UnknownStep
from jcm_cycle.evidence import PDDSubmission
from jcm_cycle.states import MACHINES, Step
from jcm_cycle.testing import known, paper
from jcm_cycle.testing._bring import way
from jcm_cycle.testing._edges import Edge, _case, _finding

STEPS = [step for machine in MACHINES.values() for step in machine.steps.values()]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_a_paper_is_made_for_every_way_a_step_ends(step: Step[Any, Any]) -> None:
    """Of the class of the step, ending as asked; everybody in it is synthetic, and its numbers are of the country."""
    for outcome in step.rows:
        made = paper(step, outcome, country="MN")
        step.check(made)
        assert step.derive is not None or made.outcome == outcome or not step.several
        assert paper(step.id, outcome, country="MN") == made
        assert "ZZ" not in repr(made)


@pytest.mark.parametrize("country", ["MN", "ID", "GE", "KG"])
def test_a_good_act_meets_every_rule_of_a_book(country: str) -> None:
    """Save those that look at what has happened before, which a paper cannot tell."""
    book = books[country]
    day = date(2026, 7, 1)
    before = (
        "in_time",
        "inputs_treated",
        "full_window",
        "inputs_closed",
        "accreditation",
        "same_version",
        "signatures",
    )
    edge = Edge(book=book, table="adopt", name="", day=day, row=None, began=True)
    for row in book.rows["adopt"]:
        for step in book_steps(book, row.rule):
            if row.rule.rpartition(".")[2] in before or "signatures" in row.rule:
                continue
            finding = _finding(edge, row.rule, step)
            assert finding is None or finding.verdict is not Verdict.UNMET, (row.rule, step, finding)


def book_steps(book: RuleBook, rule: str) -> tuple[str, ...]:
    """Return the steps at which a book has a rule."""
    return tuple(binding.step for binding in book.edition(date(2026, 7, 1)).all_bindings if binding.rule.id == rule)


def test_forms_bear_the_version_in_force() -> None:
    """On the day, where the book knows one; without a book they name none."""
    older = paper("project.conclude_validation", rules=books["ID"], on=date(2024, 12, 17))
    newer = paper("project.conclude_validation", rules=books["ID"], on=date(2024, 12, 18))
    assert [str(one.forms[0][1]) for one in (older, newer)] == ["01.0", "02.0"]
    assert paper("project.conclude_validation").forms == (("F_Val_Rep", None),)
    sent = paper("project.submit_pdd", rules=books["ID"], on=date(2024, 12, 18))
    assert dict(sent.forms)["F_MoC"] is not None


def test_a_field_is_changed_in_its_part() -> None:
    """The rest of the part stays as it is; a list takes the place of the whole list."""
    good = paper("project.submit_pdd")
    made = paper("project.submit_pdd", design_document={"version": "2.0", "scopes": [2, 3]})
    assert isinstance(good, PDDSubmission)
    assert isinstance(made, PDDSubmission)
    assert str(made.design_document.version) == "02.0"
    assert made.design_document.scopes == (2, 3)
    assert made.design_document.title == good.design_document.title
    assert made.modalities == good.modalities


def test_fields_are_left_out() -> None:
    """Whole ones and those of a part; one that a good paper does not have stays out, too."""
    made = paper(
        "project.submit_pdd", without=["modalities", "design_document.monitoring_plan", "sd_plan", "form_track"]
    )
    assert isinstance(made, PDDSubmission)
    assert made.modalities is None
    assert made.design_document.monitoring_plan is None


@pytest.mark.parametrize(
    ("step", "outcome", "fields", "words"),
    [
        ("project.submit_pd", None, {}, "Did you mean 'project.submit_pdd'?"),
        ("projet.submit_pdd", None, {}, "Did you mean 'project.submit_pdd'?"),
        ("project.submit_pdd", "positive", {}, "it ends one way"),
        ("project.conclude_validation", "registered", {}, "Words are positive, negative"),
        ("project.submit_pdd", None, {"ide": "x"}, "Did you mean 'idea'?"),
        ("project.submit_pdd", None, {"design_document": {"titel": "x"}}, "design_document.titel"),
        ("project.submit_pdd", None, {"without": ["design_document"]}, "'design_document' is missing"),
        ("project.submit_pdd", None, {"without": ["modality"]}, "Did you mean 'modalities'?"),
        ("project.submit_pdd", None, {"without": ["modalities.tite"]}, "Did you mean 'title'?"),
    ],
)
def test_what_no_paper_has_is_told(step: str, outcome: str | None, fields: dict[str, Any], words: str) -> None:
    """With the name that comes nearest."""
    with pytest.raises((EvidenceError, UnknownStep), match=words.replace("?", r"\?")):
        paper(step, outcome, **fields)


def test_all_is_well_in_the_register() -> None:
    """For the entity, the methodology and the numbers that papers have; a kind is replaced as a whole."""
    good, day = known("MN"), date(2025, 3, 1)
    name = "Synthetic Certification Ltd."
    assert isinstance(good.entity("MN", name, "validation", (1,), day), register.Yes)
    assert isinstance(good.idea("MN", "MN_PIN999", day), register.Yes)
    assert isinstance(good.number("MN999", "case-1"), register.No)
    poor = known("MN", designations=[], complete=())
    assert not isinstance(poor.entity("MN", name, "validation", (1,), day), register.Yes)
    assert isinstance(poor.number("MN999", "case-1"), register.NotKnown)
    given = register.Clearance(country="MN", reference="MN_PIN999", on=day, cleared=False)
    assert isinstance(known("MN", clearances=[given]).idea("MN", "MN_PIN999", day), register.No)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=lambda machine: machine.name)
def test_every_state_is_reached_in_good_order(machine: Any) -> None:
    """A way leads to each, as its table has it."""
    step = next(iter(machine.steps.values()))
    case = _case("ZZ", None, step, date(2025, 3, 1))
    for state in machine.states:
        here = case.state
        for taken, outcome in way(machine, case, state):
            here = taken.targets[outcome].get(here, here)
        assert here == state


def test_outcomes_in_good_order_are_the_first_ones() -> None:
    """What leads further is done well."""
    case = _case("ZZ", None, MACHINES["project"].step("submit_pdd"), date(2025, 3, 1))
    steps = [(step.name, outcome) for step, outcome in way(MACHINES["project"], case, "registered")]
    assert steps == [
        ("submit_pdd", None),
        ("publish_pdd", None),
        ("close_public_inputs", None),
        ("conclude_validation", Outcome.POSITIVE),
        ("request_registration", None),
        ("check_request", Outcome.COMPLETE),
        ("decide_registration", Outcome.REGISTERED),
    ]
