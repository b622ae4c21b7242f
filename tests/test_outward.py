"""What a case is called in other registries, and what gets lost on the way; all projects and blocks are synthetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcm_cycle import UNKNOWN_DAY, Between, Case, Standing, evidence as ev, issuance, project, transfer
from jcm_cycle.errors import EvidenceError
from jcm_cycle.outward import (
    ACTIONS,
    NO_ACTION,
    NO_STATUS,
    STATUSES,
    Action,
    ProjectStatus,
    aef,
    cad_trust,
)
from jcm_cycle.states import MACHINES, NEW

OPENED, DAY = date(2024, 1, 8), date(2024, 6, 3)
BLOCK = ev.Block(side="MN", amount=1_200, years=(2022,))


def standing(machine: str, state: str) -> Case[Any]:
    """Return a case that a list showed in a state."""
    made = MACHINES[machine]
    case: Case[Any] = Case.open(made, "c", on=OPENED, country="MN", of="whole" if made.of else None).case
    return case if state in (str(made.start), NEW.name) else case.record(made.observed(state, on=DAY)).case


def block(*facts: Any, of: ev.Block | None = BLOCK) -> Case[Any]:
    """Return a block of credits after some facts."""
    case: Case[Any] = Case.open(transfer, "b1", on=OPENED, country="MN", of="i1", block=of).case
    for fact in facts:
        case = case.record(fact).case
    return case


def authorised(party: str, on: Any = DAY, **says: Any) -> Any:
    """Return the fact that a Party authorised the block."""
    return transfer.record_authorisation.fact(on=on, evidence=ev.Authorisation(party=party, **says))


BOTH = (
    authorised(
        "JP",
        date(2024, 7, 1),
        object="outcomes",
        purposes=["NDC"],
        first_transfer="first international transfer",
        reference="synthetic letter",
    ),
    authorised("MN", date(2024, 7, 2), object="outcomes", purposes=["NDC", "IMP"], first_transfer="issuance"),
)
MOVED = transfer.record_first_transfer.fact(on=date(2024, 8, 1), evidence=ev.TransferRecord(to="JP", reference="T-1"))

EVERYWHERE = [(name, state) for name, made in MACHINES.items() for state in (str(made.start), *made.states)]


@pytest.mark.parametrize(("machine", "state"), EVERYWHERE)
def test_every_state_of_every_machine_has_a_word_or_says_why_not(machine: str, state: str) -> None:
    """A state that is added to a machine needs a row in the map; every answer says what it loses."""
    case = standing(machine, state)
    for answer, word in ((cad_trust(case), cad_trust(case).status), (aef(case), aef(case).action)):
        assert answer.standing is not Standing.UNKNOWN, f"{machine}.{state} needs a row in the map: {answer.why}"
        assert (word is None) == bool(answer.why)
        assert (answer.machine, answer.state) == (machine, state)
        assert answer.cites
        assert answer.lost
        assert (f"none, for {answer.why}" if word is None else f": {word}") in answer.explain()


def test_the_map_has_no_row_too_many() -> None:
    """Each row is one of a state that there is, and each reason one of a machine that has no row."""
    assert set(STATUSES) == set(project.states)
    assert set(ACTIONS) == set(transfer.states)
    assert set(NO_STATUS) == set(MACHINES) - {"project"}
    assert set(NO_ACTION) == set(MACHINES) - {"transfer"}


@pytest.mark.parametrize("machine", ["project", "transfer", "issuance"])
def test_what_the_map_does_not_know_is_told_as_unknown(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state or a machine that came later has no word, no guess and no error."""
    case = standing(machine, "under_consideration" if machine != "transfer" else "adjusted")
    for rows in ("STATUSES", "NO_STATUS", "ACTIONS", "NO_ACTION"):
        monkeypatch.setattr(f"jcm_cycle.outward.{rows}", {})
    answers = [cad_trust(case), aef(case)]
    assert {answer.standing for answer in answers} == {Standing.UNKNOWN}
    assert {answer.why for answer in answers} <= {
        f"the map has no row for the state {case.state}",
        f"the map has no row for the machine {machine}",
    }


@pytest.mark.parametrize(
    ("state", "status", "ground"),
    [
        ("drafting", None, "assumed"),
        ("submitted", "Listed", "inferred"),
        ("in_validation", "Listed", "inferred"),
        ("validation_negative", "Listed", "assumed"),
        ("validated", "Validated", "inferred"),
        ("registration_requested", "Validated", "assumed"),
        ("under_consideration", "Validated", "assumed"),
        ("registered", "Registered", "inferred"),
        ("crediting_ended", "Completed", "inferred"),
        ("not_registered", "Rejected", "inferred"),
        ("request_withdrawn", "Withdrawn", "inferred"),
        ("withdrawn", "Withdrawn", "inferred"),
        ("discontinued", "Inactive", "inferred"),
    ],
)
def test_the_status_of_a_project(state: str, status: str | None, ground: str) -> None:
    """What the sources name is inferred, what they do not name is assumed; nothing is better founded than that."""
    answer = cad_trust(standing("project", state))
    assert (answer.status, answer.standing) == (status, ground)


def test_states_that_become_one_status_are_lost() -> None:
    """Each answer names the others that it can no longer be told from, and what this state says beside."""
    assert cad_trust(standing("project", "validation_negative")).lost == (
        "that it stands in validation_negative: Listed also stands for submitted, in_validation",
        "that the opinion of the third-party entity was negative",
        "the days of its steps: seen in a list on 2024-06-03",
    )
    assert cad_trust(standing("project", "withdrawn")).lost[:2] == (
        "that it stands in withdrawn: Withdrawn also stands for request_withdrawn",
        "that it had been registered",
    )
    assert cad_trust(standing("project", "not_registered")).lost[0] == "the grounds of the refusal"
    assert cad_trust(standing("project", "registered")).lost == ("the days of its steps: seen in a list on 2024-06-03",)


def test_what_runs_beside_the_state_of_a_project_is_lost() -> None:
    """Public inputs, the assessment of reference emissions, versions, and days that are only roughly known."""
    case: Case[Any] = Case.open(project, "park", on=OPENED, country="MN").case
    paper = ev.DesignDocument(title="A synthetic park", version="1.0")
    for fact in (
        project.submit_pdd.fact(on=Between(OPENED, DAY), evidence=ev.PDDSubmission(design_document=paper)),
        project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="MN099")),
        project.request_reference_assessment.fact(on=DAY, evidence=ev.ReferenceEmissionsRequest()),
        project.revise_pdd.fact(on=DAY, evidence=ev.DesignDocument(title="A synthetic park", version="1.1")),
    ):
        case = case.record(fact).case
    assert cad_trust(case).lost == (
        "that it stands in in_validation: Listed also stands for submitted, validation_negative",
        "that public inputs are open, opened on 2024-06-03",
        "that an assessment of the reference emissions was asked for: not concluded",
        "that the design document has 2 versions",
        (
            "the days of its steps: submit_pdd (between 2024-01-08 and 2024-06-03), publish_pdd on 2024-06-03, "
            "request_reference_assessment on 2024-06-03, revise_pdd on 2024-06-03"
        ),
    )
    closed = project.close_public_inputs.fact(on=DAY, evidence=ev.Elapsed(window="project.public_inputs", last_day=DAY))
    assert cad_trust(case.record(closed).case).lost[1] == "that public inputs were closed on 2024-06-03, 0 received"


def test_what_led_to_a_registration_and_followed_it_is_lost() -> None:
    """Several requests, the number of a withdrawn one, three days, the crediting period and changes."""
    case: Case[Any] = Case.open(project, "park", on=OPENED, country="MN").case
    asked = project.request_registration.fact(on=OPENED, evidence=ev.RegistrationRequest(resubmits="MN098"))
    decision = ev.JointCommitteeDecision(
        decision="registered", decided_on=date(2024, 5, 2), effective_on=date(2024, 5, 6), notified_on=date(2024, 5, 9)
    )
    renewal = ev.ChangeEffect(change="change-1", crediting_from=date(2024, 6, 1))
    for fact in (
        asked,
        asked,
        project.decide_registration.fact(on=date(2024, 5, 2), evidence=decision),
        project.renew.fact(on=DAY, evidence=renewal),
    ):
        case = case.record(fact).case
    answer = cad_trust(case)
    assert answer.status is ProjectStatus.REGISTERED
    assert answer.lost[:-1] == (
        "that registration was asked for 2 times",
        "that it follows the withdrawn request MN098",
        (
            "that decision, registration and notice have days of their own: "
            "decided on 2024-05-02, registered on 2024-05-06, notified on 2024-05-09"
        ),
        "the crediting period: from 2024-06-01 until not known",
        "the changes that had effect: change-1",
    )
    assert answer.lacking == ("units: they are left out, for the library keeps no ledger",)


def test_a_status_as_text_and_data() -> None:
    """Every value plain, and the whole on a few lines."""
    answer = cad_trust(standing("project", "discontinued"))
    assert answer.json() == {
        "schema": 1,
        "case": "c",
        "machine": "project",
        "state": "discontinued",
        "status": "Inactive",
        "why": None,
        "standing": "inferred",
        "cites": "project status words of CAD Trust; which state belongs to which is a conclusion",
        "lost": ["that it was given up before any registration", "the days of its steps: seen in a list on 2024-06-03"],
        "lacking": ["units: they are left out, for the library keeps no ledger"],
    }
    assert type(answer.json()["status"]) is str
    assert str(answer) == (
        "CAD TRUST  c, project discontinued: Inactive\n"
        "  inferred: project status words of CAD Trust; which state belongs to which is a conclusion\n"
        "  lost: that it was given up before any registration\n"
        "  lost: the days of its steps: seen in a list on 2024-06-03\n"
        "  not held: units: they are left out, for the library keeps no ledger"
    )


def test_an_issuance_has_neither_and_says_whom_to_ask() -> None:
    """Credits would be units; the way goes through its project, or through its blocks."""
    lines = (ev.AllocationLine(side="JP", amount=8), ev.AllocationLine(side="MN", amount=0))
    decision = ev.JointCommitteeDecision(decision="notified", decided_on=DAY, lines=lines)
    case = Case.open(issuance, "i1", on=OPENED, country="MN", of="park").case
    case = case.record(issuance.decide_issuance.fact(on=DAY, evidence=decision)).case
    status, action = cad_trust(case), aef(case)
    assert (status.status, action.action, action.actions, status.lacking, action.lacking) == (None, None, (), (), ())
    assert status.why == (
        "a status is that of a project, and credits would be units, which are left out; "
        "ask the case of its project, park"
    )
    assert action.why == "issuing is no action; the credits issued are blocks, and each block is a case of transfer"
    assert (
        status.lost
        == action.lost
        == (
            "that it stands in notified",
            "how far each side has come: JP pending, MN not_applicable",
            "the days of its steps: decide_issuance on 2024-06-03",
        )
    )


def test_a_block_has_an_action_for_each_authorisation_and_for_its_first_transfer() -> None:
    """With day, Party, amount, vintage, purposes and definition; the standing is the weaker of map and step."""
    answer = aef(block(*BOTH, MOVED))
    assert answer.action is Action.FIRST_TRANSFER
    assert [told.json() for told in answer.actions] == [
        {
            "action": "Authorization",
            "on": "2024-07-01",
            "party": "JP",
            "to": None,
            "amount": 1_200,
            "vintages": [2022],
            "purposes": ["NDC"],
            "definition": "First international transfer",
            "object": "outcomes",
            "reference": "synthetic letter",
            "step": "transfer.record_authorisation",
            "standing": "inferred",
            "cites": transfer.record_authorisation.cites,
        },
        {
            "action": "Authorization",
            "on": "2024-07-02",
            "party": "MN",
            "to": None,
            "amount": 1_200,
            "vintages": [2022],
            "purposes": ["NDC", "IMP"],
            "definition": "Issuance",
            "object": "outcomes",
            "reference": None,
            "step": "transfer.record_authorisation",
            "standing": "inferred",
            "cites": transfer.record_authorisation.cites,
        },
        {
            "action": "First Transfer",
            "on": "2024-08-01",
            "party": "MN",
            "to": "JP",
            "amount": 1_200,
            "vintages": [2022],
            "purposes": None,
            "definition": None,
            "object": None,
            "reference": "T-1",
            "step": "transfer.record_first_transfer",
            "standing": "inferred",
            "cites": transfer.record_first_transfer.cites,
        },
    ]
    assert answer.json()["actions"] == [told.json() for told in answer.actions]
    assert answer.json()["action"] == "First Transfer"
    assert answer.lost == ("that it stands in first_transferred: First Transfer also stands for adjusted, reported",)
    assert answer.lacking == (
        "serial numbers and units: the library keeps no ledger",
        "the first transfer as MN defines it, by issuance: a case holds the one that a registry records",
        "the acquisition by JP: a case holds the first transfer alone",
    )


@pytest.mark.parametrize(
    ("closing", "action", "purposes", "lacks"),
    [
        (
            transfer.record_use.fact(on=DAY, evidence=ev.UseRecord(purpose="NDC")),
            Action.USE,
            ("NDC",),
            ("the Party or entity that used it",),
        ),
        (
            transfer.record_use.fact(on=DAY, evidence=ev.UseRecord()),
            Action.USE,
            None,
            ("the Party or entity that used it", "the purpose of the use"),
        ),
        (transfer.record_cancellation.fact(on=DAY, evidence=ev.CancellationRecord()), Action.CANCELLATION, None, ()),
    ],
)
def test_use_and_cancellation_are_the_last_action(
    closing: Any, action: Action, purposes: Any, lacks: tuple[str, ...]
) -> None:
    """Whatever the state, in which the machine leaves the block; of a use it is asked who used it, and for what."""
    answer = aef(block(*BOTH, MOVED, closing))
    assert (answer.state, answer.action) == ("first_transferred", action)
    last = answer.actions[-1]
    assert (last.action, last.on, last.party, last.purposes, last.amount) == (action, DAY, None, purposes, 1_200)
    assert answer.lacking[3:] == lacks


def test_adjustments_reports_and_holders_have_no_action() -> None:
    """They are on record of the block, and lost."""
    case = block(
        *BOTH,
        MOVED,
        *(
            transfer.record_adjustment.fact(on=DAY, evidence=ev.Adjustment(party=who, year=2024))
            for who in ("MN", "JP")
        ),
        transfer.record_report.fact(on=UNKNOWN_DAY, evidence=ev.ArticleSixReport(party="MN")),
        of=ev.Block(side="MN", amount=5, holder="Synthetic KK"),
    )
    answer = aef(case)
    assert (answer.state, answer.action, answer.standing) == ("adjusted", Action.FIRST_TRANSFER, Standing.ASSUMED)
    assert answer.lost == (
        "that it stands in adjusted: First Transfer also stands for first_transferred, reported",
        "that both Parties applied their adjustment",
        "the adjustment of MN for 2024 on 2024-06-03, for which there is no action",
        "the adjustment of JP for 2024 on 2024-06-03, for which there is no action",
        "the report of MN (day unknown), for which there is no action",
        "who holds it: Synthetic KK",
    )


def test_what_an_authorisation_leaves_open_is_told() -> None:
    """An approach is more than this block, a day is only roughly known, purposes and definition were not read."""
    answer = aef(
        block(
            authorised("JP", Between(OPENED, DAY), object="approach"), authorised("MN", first_transfer="authorisation")
        )
    )
    assert answer.lost[1:] == (
        "that both Parties have authorised it",
        "that JP authorised the approach, and not these outcomes alone",
        (
            "that the day of an authorisation is not exactly known (between 2024-01-08 and 2024-06-03), "
            "where an action has one day"
        ),
    )
    assert answer.lacking[1:] == (
        "the purposes for which JP authorised it",
        "what JP takes for the first transfer",
        "the purposes for which MN authorised it",
        (
            "the first transfer as MN defines it, by authorization on 2024-06-03: "
            "a case holds the one that a registry records"
        ),
    )
    assert answer.actions[0].json()["on"] == {"not_before": "2024-01-08", "not_after": "2024-06-03"}


@pytest.mark.parametrize(
    ("held", "lacks"),
    [
        (None, "amount and vintage: the block is not known"),
        (ev.Block(side="MN", amount=7), "the vintage: the years of the block are not known"),
        (
            ev.Block(side="MN", amount=7, years=(2021, 2022)),
            "the amount of each vintage: the block is of 2021 and 2022 together",
        ),
    ],
)
def test_amount_and_vintage_are_those_of_the_block(held: ev.Block | None, lacks: str) -> None:
    """Nothing is split over years, and nothing made up where the block is not known."""
    answer = aef(block(authorised("JP"), of=held))
    (told,) = answer.actions
    assert (told.amount, told.vintages) == ((7, held.years) if held else (None, None))
    assert lacks in answer.lacking


def test_an_action_without_a_fact_is_missed() -> None:
    """A list showed the block so; nobody knows by whom or when."""
    answer = aef(standing("transfer", "first_transferred"))
    assert (answer.action, answer.actions) == (Action.FIRST_TRANSFER, ())
    assert answer.lacking[0] == "First Transfer: no fact tells of it"


def test_an_authorisation_taken_back_is_no_action() -> None:
    """What was authorised stays on record, and the answer says that it no longer holds."""
    taken = transfer.revoke_authorisation.fact(on=date(2024, 9, 2), evidence=ev.Notice(reason="synthetic"))
    answer = aef(block(*BOTH, taken))
    assert (answer.action, len(answer.actions)) == (None, 2)
    assert answer.why == "an authorisation was taken back, for which there is no action"
    assert "that an authorisation was taken back on 2024-09-02" in answer.lost


def test_a_block_that_was_split_leaves_its_actions_to_its_parts() -> None:
    """So that none is told twice."""
    parts = (ev.BlockPart(case="b2", amount=400), ev.BlockPart(case="b3", amount=800))
    answer = aef(block(*BOTH, transfer.split_block.fact(on=DAY, evidence=ev.BlockSplit(parts=parts))))
    assert (answer.action, answer.actions) == (None, ())
    assert answer.why == "the block was split, and its parts have actions of their own"
    assert "that it was split into b2 400 t, b3 800 t" in answer.lost


def test_actions_as_text() -> None:
    """One line for each, with its ground."""
    answer = aef(block(authorised("MN", object="outcomes", purposes=["OP"], first_transfer="use or cancellation")))
    assert str(answer) == (
        "AEF  b1, transfer partly_authorised: Authorization\n"
        "  inferred: action words of CAD Trust schema v2.0.2 (AEF); which fact belongs to which is a conclusion\n"
        "  Authorization on 2024-06-03; by MN; 1,200 t; vintage 2022; for OP; first transfer: Use or cancellation "
        f"(inferred: {transfer.record_authorisation.cites})\n"
        "  lost: that it stands in partly_authorised: Authorization also stands for authorised\n"
        "  lost: that the other Party has not authorised it\n"
        "  not held: serial numbers and units: the library keeps no ledger\n"
        "  not held: the first transfer as MN defines it, by use or cancellation: "
        "a case holds the one that a registry records"
    )


@pytest.mark.parametrize("hostile", [None, "park", 7, [], {}, project, ProjectStatus.LISTED])
def test_what_is_no_case_is_told(hostile: Any) -> None:
    """With what to give instead."""
    for ask in (cad_trust, aef):
        with pytest.raises(EvidenceError) as caught:
            ask(hostile)
        assert caught.value.why == f"{hostile!r} is not a case."
        assert caught.value.cure == 'Give a case as it stands, such as journal.case("solar").'
