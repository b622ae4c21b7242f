"""A diagram shows the machine's table as it is, and on each edge the rules that would be judged there."""

from __future__ import annotations

import re
from datetime import date

import pytest

from jcm_cycle import books, issuance, project
from jcm_cycle._labels import LANGUAGES, label
from jcm_cycle.pictures import diagram
from jcm_cycle.pictures._diagram import possible, staying
from jcm_cycle.states import CAPABILITIES, MACHINES, NEW
from jcm_cycle.states._checked import edges_of

DAY = date(2026, 7, 1)
EDGE = re.compile(r'^    s_(?P<source>\w+) --- e\d+\["(?P<told>.*)"\] --> s_(?P<target>\w+)$', re.MULTILINE)
EDITION = books["MN"].edition(DAY)


def told(made: str) -> dict[tuple[str, str], str]:
    """Return what stands on each edge."""
    return {(found["source"], found["target"]): found["told"] for found in EDGE.finditer(made)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))
def test_every_edge_of_the_table_is_in_the_picture(machine: object, lang: str) -> None:
    """Those that change the state, under the capabilities of the day, with step and roles, and no others."""
    switched = possible(EDITION)
    wanted: dict[tuple[str, str], list[str]] = {}
    for edge in edges_of(machine, switched):  # type: ignore[arg-type]
        if edge.source != edge.target:
            wanted.setdefault((edge.source.name, edge.target.name), []).append(edge.step.id)
    found = told(diagram(machine, EDITION, lang))  # type: ignore[arg-type]
    assert found.keys() == wanted.keys()
    for pair, steps in wanted.items():
        for step in steps:
            assert label("step", step, lang) in found[pair]
            machine_name, _, name = step.partition(".")
            for role in MACHINES[machine_name].steps[name].by:
                assert label("role", role, lang) in found[pair]


def test_the_rules_on_an_edge_are_counted() -> None:
    """By outcome: a rule that binds to a positive opinion is none of a negative one."""
    edition = books["MN"].edition(date(2026, 11, 30))  # on which every row of the step surely holds or does not
    found = told(diagram(project, edition))
    for target, end in (("validated", "positive"), ("validation_negative", "negative")):
        (outcome,) = (one for one in project.conclude_validation.rows if one == end)
        bindings = edition.bindings("project.conclude_validation", outcome, possible(edition))
        assert all(binding.determined for binding in bindings)
        assert found["in_validation", target] == f"conclude validation ({end})<br>entity<br>{len(bindings)} rules"
    assert found["in_validation", "validated"] != found["in_validation", "validation_negative"]


def test_a_rule_that_perhaps_applied_is_counted_apart() -> None:
    """On a day on which the book does not know which of several rows held."""
    edition = books["MN"].edition(date(2020, 1, 1))
    bindings = edition.bindings("project.submit_pdd", None, possible(edition))
    open_ = sum(not binding.determined for binding in bindings)
    assert open_ > 0
    found = told(diagram(project, edition))["drafting", "submitted"]
    assert found.endswith(f"<br>{len(bindings) - open_} rules +{open_}?")
    assert ", perhaps: " in diagram(project, edition)


def test_steps_of_capabilities_that_are_not_there_are_left_out() -> None:
    """The first set of Mongolia knows no end of a crediting period; what may be there stays."""
    first = books["MN"].edition(date(2014, 1, 1))
    assert ("registered", "crediting_ended") not in told(diagram(project, first))
    assert ("registered", "crediting_ended") in told(diagram(project, EDITION))
    assert ("registered", "crediting_ended") not in told(diagram(project, EDITION, capabilities=()))
    assert "Under the procedures of this day there is no such machine." in diagram(MACHINES["loss"], first)


def test_what_the_procedures_may_have_is_what_is_not_surely_lacking() -> None:
    """Of all that may be in force; with no procedure at all, everything."""
    assert "idea_note" in possible(EDITION)
    assert "provisional_designation" in possible(EDITION), "not known"
    assert "safeguards" not in possible(EDITION)
    assert possible(books["MN"].edition(date(2010, 1, 1))) == frozenset(CAPABILITIES)


def test_every_rule_judged_stands_below_with_its_source() -> None:
    """The list of a step has each rule once, linked to where it was read."""
    made = diagram(issuance, EDITION)
    parts = made.split("\n### ")[1:]
    assert len(parts) == len(issuance.available(possible(EDITION)))
    for part in parts:
        name = re.search(r"`issuance\.(\w+)` By:", part)
        assert name is not None
        step = issuance.steps[name[1]]
        wanted = {b.rule.id for end in step.rows for b in EDITION.bindings(step.id, end, possible(EDITION))}
        assert sorted(re.findall(r"`([\w.]+)`<br>", part)) == sorted(wanted)
        for binding in EDITION.all_bindings:
            if binding.step == step.id and binding.rule.id in wanted and binding.ground.url is not None:
                assert binding.ground.url in part


def test_first_and_final_states_can_be_told() -> None:
    """A case that an opening step makes begins in a place without a name."""
    made = diagram(MACHINES["idea"], EDITION)
    assert f's_{NEW.name}((" "))' in made
    assert f"class s_{NEW.name} first" in made
    made = diagram(project, EDITION)
    assert "class s_drafting first" in made
    assert "class s_not_registered,s_request_withdrawn,s_discontinued,s_withdrawn final" in made


def test_steps_that_change_no_state_are_named_below() -> None:
    """They are in the list, and not in the picture."""
    stay = [step.name for step in staying(project, possible(EDITION))]
    assert "acknowledge" in stay
    assert "submit_pdd" not in stay
    assert "`project.acknowledge`" in diagram(project, EDITION)
