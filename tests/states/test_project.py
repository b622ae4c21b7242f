"""The machine `project`: what each step adds to the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from jcm_cycle import evidence as ev
from jcm_cycle.days import UNKNOWN_DAY, Between
from jcm_cycle.evidence import MethodologyVersion, Outcome, Version
from jcm_cycle.states import ProjectFile, project
from jcm_cycle.states._project_file import DocumentVersion, Region, Validation, change

# -- what each step adds to the file ---------------------------------------------------------------------------------

DAY, LATER = date(2024, 5, 1), date(2024, 6, 1)
NEW = ProjectFile()
HOST, JAPAN, OTHER = "Synthetic Solar", "Synthetic Trading", "Synthetic Partner"
STATEMENT = ev.ModalitiesOfCommunication(
    title="Synthetic solar power",
    focal_point=ev.FocalPoint(name=JAPAN),
    participants=(HOST, JAPAN),
    entities=("Entity A",),
)
PAPER = ev.DesignDocument(
    title="Synthetic solar power",
    version="1.0",
    methodologies=("ZZ_AM001 Ver1.0",),
    scopes=(1, 3),
    start_of_operation=date(2023, 5, 1),
)


def taken(file: ProjectFile, step: str, paper: ev.Evidence, on: Any = DAY) -> ProjectFile:
    """Return the file after a step."""
    return project.step(step).apply(file, paper, on)


def changed(before: ProjectFile, after: ProjectFile) -> dict[str, Any]:
    """Return the fields that differ, with what they are afterwards."""
    return {
        a.name: getattr(after, a.name)
        for a in attrs.fields(ProjectFile)
        if getattr(before, a.name) != getattr(after, a.name)
    }


def test_a_new_file_holds_nothing() -> None:
    """Nothing asked, nothing published, nobody named."""
    assert project.new_file() == NEW
    assert (NEW.public_inputs, NEW.reference_assessment) == (Region.NONE, Region.NONE)
    assert (NEW.requests, NEW.inputs, NEW.implementation_reports) == (0, 0, 0)
    assert (NEW.participants, NEW.focal_point, NEW.entities) == (None, None, None)


def test_an_opening_brings_what_is_known_from_elsewhere() -> None:
    """Title, number and methodologies of a project from a record; a bare opening brings nothing."""
    opening = ev.Opening(country="ZZ", title="X", reference="ZZ001", methodologies=["ZZ_AM001 Ver1.0"])
    assert changed(NEW, project.opened(NEW, opening, UNKNOWN_DAY)) == {
        "title": "X",
        "references": (("ZZ001", UNKNOWN_DAY),),
        "methodologies": (MethodologyVersion("ZZ_AM001", Version(1)),),
    }
    assert project.opened(NEW, ev.Opening(country="ZZ"), DAY) == NEW


def test_a_submission_brings_design_document_and_modalities() -> None:
    """With everything that later steps depend on."""
    sending = ev.PDDSubmission(
        design_document=PAPER, modalities=STATEMENT, sd_plan=ev.SustainableDevelopmentPlan(), idea="ZZ_PIN001"
    )
    assert changed(NEW, taken(NEW, "submit_pdd", sending)) == {
        "title": "Synthetic solar power",
        "documents": (DocumentVersion(Version(1), DAY, "submit_pdd"),),
        "methodologies": (MethodologyVersion("ZZ_AM001", Version(1)),),
        "scopes": (1, 3),
        "modalities": ((DAY, STATEMENT),),
        "start_of_operation": date(2023, 5, 1),
        "sd_plan": True,
        "idea": "ZZ_PIN001",
    }


def test_a_submission_that_leaves_things_out_brings_what_it_has() -> None:
    """A version that the paper does not name is a link in the chain all the same."""
    bare = ev.PDDSubmission(design_document=ev.DesignDocument(title="X"))
    assert changed(NEW, taken(NEW, "submit_pdd", bare)) == {
        "title": "X",
        "documents": (DocumentVersion(None, DAY, "submit_pdd"),),
    }


def test_a_submission_does_not_erase_what_a_record_said() -> None:
    """A paper that names no methodologies leaves those with which the case was opened."""
    opening = ev.Opening(country="ZZ", methodologies=["ZZ_AM001 Ver1.0"])
    file = project.opened(NEW, opening, DAY)
    bare = ev.PDDSubmission(design_document=ev.DesignDocument(title="X"))
    assert taken(file, "submit_pdd", bare).methodologies == file.methodologies


FILE = taken(NEW, "submit_pdd", ev.PDDSubmission(design_document=PAPER, modalities=STATEMENT))


def test_a_revision_is_the_next_link_in_the_chain_of_versions() -> None:
    """Every version is kept; the methodology versions stay with the project."""
    paper = ev.DesignDocument(
        title="Synthetic solar power II", version="1.1", methodologies=("ZZ_AM009 Ver2.0",), scopes=(2,)
    )
    assert changed(FILE, taken(FILE, "revise_pdd", paper, LATER)) == {
        "title": "Synthetic solar power II",
        "documents": (
            DocumentVersion(Version(1), DAY, "submit_pdd"),
            DocumentVersion(Version(1, 1), LATER, "revise_pdd"),
        ),
        "scopes": (2,),
    }
    kept = taken(FILE, "revise_pdd", ev.DesignDocument(title="Synthetic solar power"))
    assert (kept.scopes, kept.start_of_operation) == ((1, 3), date(2023, 5, 1))


def test_the_latest_paper_that_tells_the_place_counts() -> None:
    """One that leaves it out changes nothing."""
    coast, hill = (ev.DesignDocument(title="Synthetic solar power", location=where) for where in ("Coast", "Hill"))
    file = taken(NEW, "submit_pdd", ev.PDDSubmission(design_document=coast))
    assert file.location == "Coast"
    assert taken(file, "revise_pdd", PAPER).location == "Coast"
    assert taken(file, "revise_pdd", hill).location == "Hill"
    assert taken(FILE, "revise_pdd", hill).location == "Hill"


def test_a_change_brings_a_version_that_holds_from_a_day() -> None:
    """The chain of versions says since when each was valid, and by which step."""
    effect = ev.ChangeEffect(change="change-1", document_version="2.0")
    assert changed(FILE, taken(FILE, "apply_change", effect, LATER)) == {
        "documents": (*FILE.documents, DocumentVersion(Version(2), LATER, "apply_change")),
        "changes": (("change-1", LATER),),
    }


def test_publication_gives_the_number_and_opens_public_inputs() -> None:
    """The window starts with it, and not with the submission."""
    published = taken(FILE, "publish_pdd", ev.Publication(reference="ZZ001"))
    assert changed(FILE, published) == {
        "references": (("ZZ001", DAY),),
        "public_inputs": Region.OPEN,
        "inputs_opened": DAY,
    }
    assert taken(FILE, "publish_pdd", ev.Publication()).references == ()


def test_a_second_publication_opens_public_inputs_again() -> None:
    """The number is the same and is not noted twice; the last window counts."""
    file = taken(FILE, "publish_pdd", ev.Publication(reference="ZZ001"))
    file = taken(file, "close_public_inputs", ev.Elapsed(window="project.public_inputs"), LATER)
    again = taken(file, "republish_pdd", ev.Publication(reference="ZZ001"), LATER)
    assert changed(file, again) == {"public_inputs": Region.OPEN, "inputs_opened": LATER, "inputs_closed": None}


def test_public_inputs_are_counted_and_closed_on_the_last_day_of_the_window() -> None:
    """Which is the day of the entry, where the evidence does not name another."""
    file = taken(FILE, "publish_pdd", ev.Publication())
    for number in (1, 2):
        file = taken(file, "submit_public_input", ev.PublicInput())
        assert file.inputs == number
    elapsed = ev.Elapsed(window="project.public_inputs")
    assert changed(file, taken(file, "close_public_inputs", elapsed, LATER)) == {
        "public_inputs": Region.CLOSED,
        "inputs_closed": LATER,
    }
    named = ev.Elapsed(window="project.public_inputs", last_day=DAY)
    assert taken(file, "close_public_inputs", named, LATER).inputs_closed == DAY


def test_a_validation_leaves_what_later_steps_depend_on() -> None:
    """The latest report counts; a title is taken from it only where there was none."""
    report = ev.ValidationReport(title="Other", opinion="negative", entity="Entity A", document_version="1.0")
    assert changed(FILE, taken(FILE, "conclude_validation", report)) == {
        "validation": Validation("Entity A", Version(1), Outcome.NEGATIVE, DAY)
    }
    assert taken(NEW, "conclude_validation", report).title == "Other"


def test_requests_are_counted_and_name_the_version_they_carry() -> None:
    """A request may be returned and come again any number of times."""
    paper = ev.Document(version="1.1")
    first = taken(FILE, "request_registration", ev.RegistrationRequest(design_document=paper, resubmits="ZZ009"))
    assert changed(FILE, first) == {"requests": 1, "requested": Version(1, 1), "resubmits": "ZZ009"}
    second = taken(first, "request_registration", ev.RegistrationRequest(sd_plan=ev.SustainableDevelopmentPlan()))
    assert changed(first, second) == {"requests": 2, "requested": None, "sd_plan": True}
    assert taken(second, "request_registration", ev.RegistrationRequest()).sd_plan


REGISTERED = ev.JointCommitteeDecision(decision="registered")


@pytest.mark.parametrize(
    ("days", "on", "registered", "decided"),
    [
        ({}, LATER, LATER, LATER),
        ({"decided_on": DAY}, LATER, DAY, DAY),
        ({"effective_on": DAY}, LATER, DAY, LATER),
        ({"decided_on": DAY, "effective_on": LATER}, LATER, LATER, DAY),
        ({"decided_on": DAY}, Between(DAY, LATER), Between(DAY, LATER), DAY),
        ({}, UNKNOWN_DAY, UNKNOWN_DAY, UNKNOWN_DAY),
    ],
)
def test_the_days_of_registration_and_decision_are_kept_apart(
    days: dict[str, Any], on: Any, registered: Any, decided: Any
) -> None:
    """The registration day is that of the effect, else that of the decision, as well as they are known."""
    file = taken(FILE, "decide_registration", attrs.evolve(REGISTERED, **days), on)
    assert (file.registered_on, file.decided_on) == (registered, decided)


def test_a_registration_may_bring_a_number_and_the_day_of_its_notice() -> None:
    """A number that is known already is not noted twice."""
    decision = attrs.evolve(REGISTERED, number="ZZ001", notified_on=LATER)
    file = taken(FILE, "decide_registration", decision)
    assert (file.references, file.notified_on) == ((("ZZ001", DAY),), LATER)
    assert taken(file, "decide_registration", decision, LATER).references == (("ZZ001", DAY),)


@pytest.mark.parametrize("other", ["AA001", "ZZ000", "ZZ002"])
def test_another_number_is_noted_besides(other: str) -> None:
    """Whichever comes first in the alphabet; each with the day from which it is known."""
    file = taken(FILE, "publish_pdd", ev.Publication(reference="ZZ001"))
    file = taken(file, "decide_registration", attrs.evolve(REGISTERED, number=other), LATER)
    assert file.references == (("ZZ001", DAY), (other, LATER))


@pytest.mark.parametrize("word", ["refused", "otherwise"])
def test_a_decision_that_does_not_register_leaves_its_day_and_nothing_else(word: str) -> None:
    """Above all no registration day and no number."""
    decision = ev.JointCommitteeDecision(decision=word, effective_on=DAY, notified_on=DAY, number="ZZ001")
    assert changed(FILE, taken(FILE, "decide_registration", decision, LATER)) == {"decided_on": LATER}
    decision = attrs.evolve(decision, decided_on=DAY)
    assert changed(FILE, taken(FILE, "decide_registration", decision, LATER)) == {"decided_on": DAY}


def test_a_notice_leaves_its_day() -> None:
    """It is neither the decision's nor the registration's."""
    assert changed(FILE, taken(FILE, "notify_registration", ev.Notice(), LATER)) == {"notified_on": LATER}


def test_an_assessment_is_open_until_it_ends() -> None:
    """Accepted or not it is closed; otherwise it stays open. It may be asked for again."""
    asked = taken(FILE, "request_reference_assessment", ev.ReferenceEmissionsRequest())
    assert changed(FILE, asked) == {"reference_assessment": Region.OPEN}
    for word, region in (("accepted", "closed"), ("not_accepted", "closed"), ("otherwise", "open")):
        ended = taken(asked, "conclude_reference_assessment", ev.AssessmentConclusion(conclusion=word))
        assert (ended.reference_assessment, ended.assessment) == (Region(region), Outcome(word))
        again = taken(ended, "request_reference_assessment", ev.ReferenceEmissionsRequest())
        assert (again.reference_assessment, again.assessment) == (Region.OPEN, None)


def test_implementation_reports_are_counted() -> None:
    """Each of them."""
    file = FILE
    for number in (1, 2):
        file = taken(file, "submit_implementation_report", ev.ImplementationReport())
        assert changed(FILE, file) == {"implementation_reports": number}


def test_a_renewal_begins_a_new_crediting_period() -> None:
    """With its first and its last day, as well as they are known."""
    effect = ev.ChangeEffect(change="change-1", crediting_from=DAY, crediting_until=LATER)
    assert changed(FILE, taken(FILE, "renew", effect)) == {
        "crediting": (DAY, LATER),
        "changes": (("change-1", DAY),),
    }
    assert taken(FILE, "renew", ev.ChangeEffect(change="change-1")).crediting == (None, None)


D1, D2, D3, D4 = (date(year, 6, 30) for year in (2025, 2026, 2027, 2028))
PAST, RUNNING = "end of the crediting period before its renewal", "project.end_crediting"


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("periods", "ends"),
    [
        (((D1, D2), (D3, D4)), [(PAST, D2, D3), (RUNNING, D4, None)]),
        (((D1, D2), (D1, D3)), [(PAST, D2, D1), (RUNNING, D3, None)]),
        (((D1, D2), (D1, None)), [(PAST, D2, D1)]),
        (((D1, None), (D2, D3)), [(RUNNING, D3, None)]),
        (((D1, None), (D2, None)), []),
        (((None, D1), (D2, D3)), [(PAST, D1, D2), (RUNNING, D3, None)]),
        (((D1, D2), (None, D3)), [(PAST, D2, None), (RUNNING, D3, None)]),
        (((None, D1), (None, D2)), [(PAST, D1, None), (RUNNING, D2, None)]),
    ],
)
def test_the_clock_ends_the_last_of_the_crediting_periods_that_are_told(
    periods: tuple[Any, ...], ends: list[Any], order: int
) -> None:
    """In whatever order they were told; one without a last day ends on no day that is known."""
    file = FILE
    for number, (first, last) in enumerate(periods[::order]):
        effect = ev.ChangeEffect(change=f"change-{number}", crediting_from=first, crediting_until=last)
        file = taken(file, "renew", effect)
    assert [(end.what, end.until, end.replaced) for end in project.ends(file)] == ends
    assert project.ends(FILE) == ()


@pytest.mark.parametrize(("before", "state"), list(product(project.states, repeat=2)))
def test_only_a_project_seen_registered_after_its_crediting_period_was_renewed(before: str, state: str) -> None:
    """Nothing is told of the new period; whatever else a list shows leaves the file alone."""
    seen = project.seen(FILE, before, state, DAY)
    if (before, state) == ("crediting_ended", "registered"):
        assert changed(FILE, seen) == {"crediting": (None, None)}
    else:
        assert seen is FILE


@pytest.mark.parametrize(
    ("step", "paper"),
    [
        ("acknowledge", ev.Receipt()),
        ("check_request", ev.CompletenessConclusion(conclusion="incomplete", reasons=["no report"])),
        ("withdraw_request", ev.RegistrationRequestWithdrawal()),
        ("discontinue", ev.Notice(reason="given up")),
        ("end_crediting", ev.Elapsed(window="project.crediting_period")),
    ],
)
def test_a_step_that_only_moves_leaves_the_file_alone(step: str, paper: ev.Evidence) -> None:
    """State and journal say it all."""
    assert taken(FILE, step, paper) is FILE


def test_a_withdrawal_keeps_by_which_case_it_was_decided() -> None:
    """So that nobody offers its effect again."""
    effect = ev.ChangeEffect(change="change-1")
    assert changed(FILE, taken(FILE, "withdraw_project", effect)) == {"changes": (("change-1", DAY),)}


# -- modalities of communication -------------------------------------------------------------------------------------


def test_the_latest_of_any_number_of_statements_stands() -> None:
    """Those before it are kept, and count no more; an amendment is of the latest."""
    file, told = NEW, []
    for number in (1, 2, 3):
        statement = ev.ModalitiesOfCommunication(
            title="X",
            focal_point=ev.FocalPoint(name=f"Focal point {number}"),
            participants=(HOST, f"Participant {number}"),
            entities=(f"Entity {number}",),
        )
        told.append((DAY, statement))
        file = taken(file, "replace_moc", statement)
        assert file.modalities == tuple(told)
        assert (file.participants, file.focal_point, file.entities) == (
            (HOST, f"Participant {number}"),
            f"Focal point {number}",
            (f"Entity {number}",),
        )
    amended = taken(file, "amend_moc", ev.ModalitiesAmendment(added=(OTHER,)), LATER)
    assert amended.modalities[:-1] == file.modalities
    assert (amended.participants, amended.focal_point) == ((HOST, "Participant 3", OTHER), "Focal point 3")


@pytest.mark.parametrize("step", ["change_entity", "replace_moc"])
def test_a_new_statement_supersedes_the_one_before(step: str) -> None:
    """As a whole; the chain keeps every statement with the day from which it stood."""
    statement = ev.ModalitiesOfCommunication(
        title="X", focal_point=ev.FocalPoint(name=OTHER), participants=(HOST, OTHER), entities=("Entity B",)
    )
    file = taken(FILE, step, statement, LATER)
    assert changed(FILE, file) == {"modalities": ((DAY, STATEMENT), (LATER, statement))}
    assert (file.participants, file.focal_point, file.entities) == ((HOST, OTHER), OTHER, ("Entity B",))


@pytest.mark.parametrize(
    ("fields", "participants"),
    [
        ({"added": (OTHER,)}, (HOST, JAPAN, OTHER)),
        ({"added": (HOST,)}, (HOST, JAPAN)),
        ({"withdrawn": (HOST,)}, (JAPAN,)),
        ({"withdrawn": ("nobody",)}, (HOST, JAPAN)),
        ({"renamed": ((HOST, "Solar PLC"),)}, ("Solar PLC", JAPAN)),
        ({"renamed": ((HOST, JAPAN), (JAPAN, HOST))}, (JAPAN, HOST)),
        ({"added": (OTHER,), "withdrawn": (HOST,), "renamed": ((JAPAN, "J"),)}, ("J", OTHER)),
        ({"contacts_changed": (HOST,)}, (HOST, JAPAN)),
        ({"new_focal_point": OTHER}, (HOST, JAPAN)),
    ],
)
def test_annex_1_changes_participants_and_nothing_else(fields: dict[str, Any], participants: tuple[str, ...]) -> None:
    """Added, renamed or withdrawn; a focal point is never changed by it. It is a link in the chain of statements."""
    file = taken(FILE, "amend_moc", ev.ModalitiesAmendment(**fields), LATER)
    amended = attrs.evolve(STATEMENT, participants=participants)
    assert changed(FILE, file) == {"modalities": ((DAY, STATEMENT), (LATER, amended))}
    assert file.focal_point == JAPAN


def test_annex_1_does_not_invent_participants_that_were_never_named() -> None:
    """Where the statement leaves them out they are not known afterwards either."""
    silent = ev.ModalitiesOfCommunication(title="X", focal_point=ev.FocalPoint(name=JAPAN))
    file = taken(taken(NEW, "replace_moc", silent), "amend_moc", ev.ModalitiesAmendment(added=(OTHER,)))
    assert file.participants is None


def test_annex_1_without_a_statement_changes_nothing() -> None:
    """There is nothing to amend."""
    assert taken(NEW, "amend_moc", ev.ModalitiesAmendment(added=(OTHER,))) == NEW


# -- all of them -----------------------------------------------------------------------------------------------------

WAY: list[Callable[[ProjectFile], ProjectFile]] = [
    lambda file: taken(file, "submit_pdd", ev.PDDSubmission(design_document=PAPER, modalities=STATEMENT)),
    lambda file: taken(file, "publish_pdd", ev.Publication(reference="ZZ001")),
    lambda file: taken(file, "amend_moc", ev.ModalitiesAmendment(added=(OTHER,))),
    lambda file: taken(file, "revise_pdd", PAPER),
    lambda file: taken(file, "request_registration", ev.RegistrationRequest()),
    lambda file: taken(file, "decide_registration", REGISTERED),
]


@given(st.lists(st.sampled_from(WAY), max_size=12))
def test_a_file_is_never_changed_in_place(steps: list[Callable[[ProjectFile], ProjectFile]]) -> None:
    """Whoever holds a file holds what it was."""
    file = NEW
    for step in steps:
        before = attrs.evolve(file)
        after = step(file)
        assert file == before
        assert step(file) == after
        file = after
    assert len(file.documents) == sum(step in (WAY[0], WAY[3]) for step in steps)
    assert file.requests == steps.count(WAY[4])


@given(st.integers(1, 9), st.sampled_from(["title", "requests", "registered_on"]))
def test_a_quick_copy_is_the_copy_that_attrs_makes(value: int, name: str) -> None:
    """`change` leaves out validation and nothing else."""
    fields: dict[str, Any] = {"title": str(value), "requests": value, "registered_on": DAY + timedelta(days=value)}
    assert change(FILE, **{name: fields[name]}) == attrs.evolve(FILE, **{name: fields[name]})
    assert change(FILE) == FILE
    assert change(FILE) is not FILE


def test_every_step_is_tried() -> None:
    """Each step of the table folds evidence of its class without an error, into any of two files."""
    shortest: dict[str, dict[str, Any]] = {
        "AssessmentConclusion": {"conclusion": "accepted"},
        "ChangeEffect": {"change": "change-1"},
        "CompletenessConclusion": {"conclusion": "complete"},
        "DesignDocument": {"title": "X"},
        "Elapsed": {"window": "w"},
        "JointCommitteeDecision": {"decision": "registered"},
        "ModalitiesOfCommunication": {"title": "X", "focal_point": ev.FocalPoint(name="X")},
        "PDDSubmission": {"design_document": PAPER},
        "ValidationReport": {"title": "X", "opinion": "positive"},
    }
    for step, file in product(project.steps.values(), (NEW, FILE)):
        paper = step.evidence(**shortest.get(step.evidence.__name__, {}))
        assert isinstance(taken(file, step.name, paper, UNKNOWN_DAY), ProjectFile)
