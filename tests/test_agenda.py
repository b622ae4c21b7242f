"""What the Committee can decide, over cases of all kinds, and the list that it decides on; all cases are synthetic."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    Case,
    Journal,
    Outcome,
    books,
    change,
    committee_agenda,
    evidence as ev,
    idea,
    issuance,
    loss,
    methodology,
    project,
    register,
    tpe,
)
from jcm_cycle.errors import EvidenceError
from jcm_cycle.states import MACHINES

RULES = books["MN"]
DAY = date(2025, 3, 3)
COMPLETE = {"outcome": Outcome.COMPLETE}
BEFORE: dict[str, tuple[Any, list[Any]]] = {
    "park": (project, [project.publish_pdd.fact(on=DAY), project.check_request.fact(on=DAY, **COMPLETE)]),
    "batch": (issuance, [issuance.check_request.fact(on=DAY, **COMPLETE)]),
    "heat": (methodology, [methodology.submit_proposal.fact(on=DAY), methodology.close_public_inputs.fact(on=DAY)]),
    "cert": (tpe, [tpe.apply_for_designation.fact(on=DAY)]),
    "note": (idea, [idea.submit_idea.fact(on=DAY, evidence=ev.ProjectIdeaNote(title="A synthetic heat plant"))]),
    "boiler": (change, [change.check_request.fact(on=DAY, **COMPLETE)]),
    "forest": (loss, [loss.submit_plan.fact(on=DAY)]),
}
"""For each case its machine, and the facts that bring it before the Committee."""


def before(name: str) -> Case[Any]:
    """Return a case that lies before the Committee."""
    machine, facts = BEFORE[name]
    of = f"of {name}" if machine.of else None
    case = Case.open(machine, name, on=date(2025, 1, 6), rules=RULES, procedure="PCP 07.0", of=of).case
    for fact in facts:
        case = case.record(fact).case
    return case


def test_every_request_of_every_machine_by_kind_of_decision() -> None:
    """In the order of the machines, each with how it can end."""
    found = committee_agenda([before(name) for name in sorted(BEFORE)], DAY)
    assert (
        [(item.case, item.machine, item.step) for item in found]
        == [
            ("park", "project", "decide_registration"),
            ("batch", "issuance", "decide_issuance"),
            ("heat", "methodology", "decide_methodology"),
            ("cert", "tpe", "decide_designation"),
            ("note", "idea", "decide_idea"),
            ("boiler", "change", "decide_change"),
            ("forest", "loss", "decide_plan"),
        ]
        == sorted(
            ((item.case, item.machine, item.step) for item in found), key=lambda one: list(MACHINES).index(one[1])
        )
    )
    assert found.items[0].outcomes == ("registered", "refused", "otherwise")
    assert found.items[3].outcomes == ("designated", "provisional", "refused", "otherwise")


def test_cases_know_each_other_unless_a_register_is_given() -> None:
    """Whether a project is registered is told by its own case."""
    park = Case.open(project, "park", on=date(2025, 1, 6), rules=RULES, procedure="PCP 07.0").case
    batch = Case.open(issuance, "batch", on=date(2025, 1, 6), rules=RULES, procedure="PCP 07.0", of=park).case
    paper = ev.JointCommitteeDecision(decision="registered", decided_on=DAY)
    park = park.record(project.decide_registration.fact(on=DAY, evidence=paper)).case
    for fact in (issuance.request_issuance.fact(on=DAY), issuance.check_request.fact(on=DAY, **COMPLETE)):
        batch = batch.record(fact).case
    rule = "issuance.decide_issuance.project_registered"
    for given, verdict in (({}, "met"), ({"register": register.facts()}, "missing")):
        (item,) = committee_agenda([park, batch], date(2025, 4, 1), **given)
        assert {one.rule: str(one.verdict) for one in item.findings}[rule] == verdict


def test_what_does_not_lie_before_the_committee_is_not_on_it() -> None:
    """An entity that could be suspended is no request, nor is a case that was opened only."""
    designated = before("cert").record(
        tpe.decide_designation.fact(on=DAY, evidence=ev.JointCommitteeDecision(decision="designated"))
    )
    drafting = Case.open(project, "draft", on=DAY, country="MN")
    assert len(committee_agenda([designated.case, drafting.case], DAY)) == 0


def test_an_outcome_that_the_procedure_does_not_have_is_not_on_it() -> None:
    """The first set has no provisional designation."""
    case = Case.open(tpe, "cert", on=date(2014, 1, 6), rules=RULES, procedure="2013 set").case
    case = case.record(tpe.apply_for_designation.fact(on=date(2014, 2, 9))).case
    (item,) = committee_agenda([case], date(2014, 3, 3))
    assert item.outcomes == ("designated", "refused", "otherwise")
    with pytest.raises(EvidenceError, match="cannot end provisional"):
        committee_agenda([case], date(2014, 3, 3)).draft({"cert": "provisional"}, id="JC")
    assert len(committee_agenda([case], date(2014, 2, 8))) == 0  # it was not asked for yet


def test_as_text_and_as_data() -> None:
    """By kind, with what is against it, and when it is due."""
    found = committee_agenda([before("note"), before("heat")], date(2025, 4, 1), register=register.facts())
    lines = str(found).split("\n")
    assert lines[0] == "AGENDA  on 2025-04-01: 2"
    assert lines[1] == "  methodology.decide_methodology"
    assert lines[2] == (
        "    heat: unknown, approved or refused or otherwise, due by 2025-05-02; missing: The Committee decides after"
        " the window of public inputs, counting both ends."
    )
    assert lines[3] == "  idea.decide_idea"
    assert lines[4].startswith("    note (A synthetic heat plant): ready, no_objection or objected or otherwise")
    data = json.loads(json.dumps(found.json()))
    assert (data["schema"], data["on"]) == (1, "2025-04-01")
    for one, item in zip(data["items"], found, strict=True):
        assert list(one) == ["case", "machine", "step", "outcomes", "findings"]
        assert one["findings"] == [finding.json() for finding in item.findings]


def test_where_the_day_of_the_request_is_not_known_that_is_said() -> None:
    """No rules are picked, and each rule says why it says nothing."""
    loose = Case.open(methodology, "heat", on=date(2025, 1, 6), rules=RULES, procedure="PCP 07.0").case
    loose = loose.record(methodology.close_public_inputs.fact(on=DAY)).case
    (item,) = committee_agenda([loose], date(2025, 4, 1))
    assert (item.next.verdict, item.next.due) == ("unknown", None)
    (window,) = [one for one in item.findings if one.rule == "methodology.decide_methodology.inputs_closed"]
    assert (window.verdict, window.facts) == ("missing", {"why": "the day that picks the edition is not known"})
    assert not window.refuses


def test_what_is_against_it_is_said() -> None:
    """A decision that lies before the last day on record is not to be taken on it."""
    late = before("note").record(idea.submit_idea.fact(on=date(2025, 2, 3))).case
    (item,) = committee_agenda([attrs.evolve(late, days={"submit_idea": date(2025, 2, 3)})], date(2025, 3, 1))
    assert item.next.verdict == "not_yet"
    assert "note (A synthetic heat plant): not yet" in str(item)
    assert "unmet: The day is not before the last day on which something had effect" in str(item)


def test_the_draft_is_a_decision(journal: Journal) -> None:
    """What the Committee says of some of the items is attempted on all of them, and kept of all."""
    cases = []
    for name in ("wind", "water", "wood"):
        opened = Case.open(idea, name, on=date(2026, 7, 1), rules=RULES)
        journal.append(opened)
        paper = ev.ProjectIdeaNote(title=name)
        journal.append(opened.case.record(idea.submit_idea.fact(on=date(2026, 7, 1), evidence=paper)))
        cases.append(journal.case(name))
    agenda = committee_agenda(cases, date(2026, 8, 3))
    assert [line.split(":")[0].strip() for line in str(agenda).split("\n")[1:]] == [
        "idea.decide_idea", "water (water)", "wind (wind)", "wood (wood)"
    ]  # fmt: skip
    says = {"wind": "no_objection", "water": ev.JointCommitteeDecision(decision="objected", reasons=["too small"])}
    draft = agenda.draft(says, id="JC", decided_on=date(2026, 8, 3), mode="meeting")
    answer = draft.attempt(cases, rules=RULES)
    assert answer, answer.explain()
    journal.append_all(answer)
    assert [journal.case(name).state for name in journal.cases] == ["no_objection", "objected", "submitted"]
    assert [
        item.case for item in committee_agenda([journal.case(name) for name in journal.cases], date(2026, 8, 4))
    ] == ["wood"]


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"nobody": "registered"}, "nobody is not on the agenda of 2025-03-03"),
        ({"note": "registered"}, r"note: idea\.decide_idea cannot end registered"),
        (
            {"note": "celebrated"},
            r"note: idea\.decide_idea cannot end celebrated\. It ends no_objection or objected or",
        ),
        ({"note": None}, r"note: idea\.decide_idea cannot end None"),
        (None, "says: None tells no case"),
        ({}, "at least one"),
    ],
)
def test_a_draft_that_cannot_be(says: Any, why: str) -> None:
    """It names the case, and what there is."""
    with pytest.raises(EvidenceError, match=why) as caught:
        committee_agenda([before("note")], DAY).draft(says, id="JC", decided_on=DAY)
    assert caught.value.cure


def test_misuse() -> None:
    """A case twice, and a day that is none."""
    with pytest.raises(EvidenceError, match="note stands twice among the cases"):
        committee_agenda([before("note"), before("note")], DAY)
    with pytest.raises(EvidenceError, match="is not a day"):
        committee_agenda([], "today")  # type: ignore[arg-type]
