"""Writes the golden journal of the schema that this version of the library writes; it is run once for each schema.

    python tests/golden/make.py

A golden journal is never written anew: it shows that what was kept once can be read ever after. The script stays
beside it to show how it was made; the country, its rules and everybody in it are made up.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from jcm_cycle import (
    UNKNOWN_DAY,
    Act,
    Actor,
    Basis,
    Between,
    Case,
    Journal,
    Outcome,
    Role,
    RuleBook,
    Source,
    evidence as ev,
    project,
    register,
)
from jcm_cycle._chain import SCHEMA
from jcm_cycle.codec import dump
from jcm_cycle.evidence.reports import CHECKLIST

HERE = Path(__file__).parent
HOST, JAPAN, ENTITY = "Synthetia Solar", "Example Trading", "Example Entity"
NO_SCOPE = "the scope is being added"

BOOK = """
[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2024-01-01

[bilateral]
name = "Synthetic memorandum"
since = 2020-01-01
standing = "cited"

[[source]]
key = "PCP"
title = "Synthetic procedure"
version = "01.0"
kind = "primary"
about = "ZZ"
url = "https://example.org/zz/pcp"
standing = "cited"

[[procedure]]
name = "PCP 01.0"
since = 2021-01-01
source = "PCP"
standing = "cited"

[[procedure]]
name = "PCP 02.0"
since = 2025-06-01
source = "PCP"
standing = "cited"

[[capability]]
procedure = "PCP 01.0"
value = "yes"
names = ["credit_allocation", "crediting_period", "implementation_report", "reference_emissions", "sd_plan"]
standing = "cited"

[[value]]
id = "project.public_inputs"
value = 30
unit = "calendar day"
since = 2021-01-01
source = "PCP"
cites = "para 10"
standing = "cited"

[[value]]
id = "project.registration_check"
value = 7
unit = "calendar day"
since = 2021-01-01
source = "PCP"
cites = "para 11"
standing = "cited"

[[value]]
id = "project.start_of_operation"
value = 2013-01-01
since = 2021-01-01
standing = "inferred"

[[value]]
id = "project.validation_checklist"
value = ["pdd_form", "methodology"]
since = 2021-01-01
source = "PCP"
standing = "cited"

[[adopt]]
rule = "project.submit_pdd.documents"
since = 2021-01-01
source = "PCP"
cites = "para 1"
standing = "cited"

[[adopt]]
rule = "project.submit_pdd.methodology_valid"
since = 2021-01-01
source = "PCP"
cites = "para 2"
standing = "cited"

[[adopt]]
rule = "project.submit_pdd.start_of_operation"
since = 2021-01-01
standing = "inferred"

[[adopt]]
rule = "project.close_public_inputs.full_window"
since = 2021-01-01
source = "PCP"
cites = "para 10"
standing = "cited"

[[adopt]]
rule = "common.entity_usable"
since = 2021-01-01
standing = "observed"

[[adopt]]
rule = "project.conclude_validation.checklist"
since = 2021-01-01
source = "PCP"
cites = "para 14"
standing = "cited"

[[adopt]]
rule = "common.form_version_in_force"
since = 2021-01-01
standing = "assumed"

[[adopt]]
rule = "project.check_request.in_time"
since = 2021-01-01
source = "PCP"
cites = "para 11"
standing = "cited"
"""

REGISTER = register.facts(
    register.Designation(country="ZZ", entity=ENTITY, scopes=(3,), since=date(2021, 1, 1)),
    register.Approval(methodology="ZZ_AM001 Ver1.0", approved_on=date(2022, 1, 1)),
    complete=("numbers",),
)


def person(name: str) -> ev.Person:
    """Return somebody who does not exist."""
    return ev.Person(
        name=name, position="Director", email="nobody@example.org", telephone="+999 1", address="1 Example Street"
    )


DOCUMENT = ev.Document(version="01.0", digest="0" * 64, url="https://example.org/zz/document")
FILED: dict[str, Any] = {
    "form_version": "01.0",
    "contains_confidential": True,
    "public_version": DOCUMENT,
    "full_version": DOCUMENT,
    "passages": {"B.4": "the price of the panels"},
}
STATEMENT = ev.ModalitiesOfCommunication(
    title="Synthetic solar power",
    submitted_on=date(2024, 4, 2),
    focal_point=ev.FocalPoint(
        name=JAPAN, also_participant=True, signatories=(person("Alta Example"),), contact=person("Bert Example")
    ),
    entities=(ENTITY,),
    participants=(HOST, JAPAN),
    signed_by=(HOST, JAPAN),
    signatories=(person("Carl Example"),),
    **FILED,
)
DESIGN = ev.DesignDocument(
    title="Synthetic solar power",
    version="01.0",
    methodologies=("ZZ_AM001 Ver1.0",),
    scopes=(1, 3),
    monitoring_plan=DOCUMENT,
    start_of_operation=date(2023, 5, 1),
    expected_lifetime=17,
    participants=(HOST, JAPAN),
    location="Synthetia",
    eia_required=False,
    **FILED,
)
REPORT = ev.ValidationReport(
    title="Synthetic solar power",
    reference="ZZ001",
    entity=ENTITY,
    contracted_by=HOST,
    completed_on=date(2024, 6, 10),
    opinion=Outcome.POSITIVE,
    document_version="01.1",
    open_requests=(),
    ticked=CHECKLIST,
    eia_required=True,
    eia_done=True,
    inputs_treated=True,
    registered_elsewhere="",
    start_of_operation=date(2023, 5, 1),
    team=(person("Dora Example"),),
    **FILED,
)
REQUEST = ev.RegistrationRequest(
    title="Synthetic solar power",
    reference="ZZ001",
    design_document=DOCUMENT,
    modalities=DOCUMENT,
    validation_report=DOCUMENT,
    allocation=ev.CreditAllocation(
        shares=(ev.Share(side="ZZ", receiver=HOST, percent="33.5"), ev.Share(side="JP", percent="66.5")),
        agreed=True,
        **FILED,
    ),
    sd_plan=ev.SustainableDevelopmentPlan(version="01.0", **FILED),
    **FILED,
)
DECISION = ev.JointCommitteeDecision(
    decision=Outcome.REGISTERED,
    decided_on=date(2024, 7, 20),
    effective_on=date(2024, 7, 21),
    notified_on=date(2024, 7, 22),
    mode=ev.DecisionMode.ELECTRONIC,
    meeting="JC1",
    cases=("ZZ001",),
    number="ZZ001",
    circulated_on=date(2024, 7, 1),
    objections=(),
    co_chairs_approved=True,
    reasons=("none needed",),
)
AMENDMENT = ev.ModalitiesAmendment(
    sections=frozenset({1, 2}),
    added=("New Partner",),
    renamed=((HOST, "Synthetia Solar and Wind"),),
    contacts_changed=(JAPAN,),
    signed_by=(HOST, JAPAN, "New Partner"),
    contacts=(person("Emil Example"),),
    **FILED,
)
EFFECT = ev.ChangeEffect(
    change="change-1",
    decided_on=date(2025, 2, 1),
    document_version="02.0",
    crediting_from=date(2025, 2, 1),
    crediting_until=date(2034, 12, 31),
)
PARTICIPANT, SECRETARIAT = Actor(Role.PARTICIPANT, HOST), Actor(Role.SECRETARIAT)
CLOCK, LINKED = Actor(Role.CLOCK), Actor(Role.LINKED_CASE)


def judged() -> list[Act[Any]]:
    """Return the acts of a project from its design document to its withdrawal."""
    p = project
    submission = ev.PDDSubmission(
        design_document=DESIGN,
        modalities=STATEMENT,
        sd_plan=ev.SustainableDevelopmentPlan(**FILED),
        idea="ZZ_PIN001",
        **FILED,
    )
    entity_usable = {"common.entity_usable": NO_SCOPE}
    accepted = ev.AssessmentConclusion(conclusion=Outcome.ACCEPTED, reasons=("conservative",))
    complete = ev.CompletenessConclusion(conclusion=Outcome.COMPLETE, reasons=("nothing lacks",))
    asked = ev.ReferenceEmissionsRequest(**FILED)
    comment = ev.PublicInput(summary="Well done.", author=person("Frida Example"))
    renewed = ev.ChangeEffect(change="change-2", crediting_from=date(2025, 5, 1))
    return [
        p.submit_pdd(submission, by=PARTICIPANT, on=date(2024, 4, 2)),
        p.acknowledge(ev.Receipt(received_on=date(2024, 4, 2)), by=SECRETARIAT, on=date(2024, 4, 3)),
        p.publish_pdd(
            ev.Publication(reference="ZZ001", url="https://example.org/zz/001"), by=SECRETARIAT, on=date(2024, 4, 10)
        ),
        p.submit_public_input(comment, by=Actor(Role.PUBLIC), on=date(2024, 4, 20)),
        p.request_reference_assessment(asked, by=PARTICIPANT, on=date(2024, 4, 21)),
        p.conclude_reference_assessment(accepted, by=SECRETARIAT, on=date(2024, 4, 25)),
        p.revise_pdd(
            ev.DesignDocument(title="Synthetic solar power", version="01.1"), by=PARTICIPANT, on=date(2024, 5, 1)
        ),
        p.change_entity(STATEMENT, by=PARTICIPANT, on=date(2024, 5, 2)),
        p.close_public_inputs(
            ev.Elapsed(window="project.public_inputs", last_day=date(2024, 5, 9)), by=CLOCK, on=date(2024, 5, 10)
        ),
        p.conclude_validation(REPORT, by=Actor(Role.ENTITY, ENTITY), on=date(2024, 6, 11), despite=entity_usable),
        p.replace_moc(STATEMENT, by=PARTICIPANT, on=date(2024, 6, 12)),
        p.request_registration(REQUEST, by=PARTICIPANT, on=date(2024, 6, 20)),
        p.acknowledge_request(ev.Receipt(), by=SECRETARIAT, on=date(2024, 6, 21)),
        p.check_request(complete, by=SECRETARIAT, on=date(2024, 6, 30)),
        p.decide_registration(DECISION, by=Actor(Role.JOINT_COMMITTEE), on=date(2024, 7, 20)),
        p.notify_registration(
            ev.Notice(text="registered", reason="decided", announced_on=date(2024, 7, 23)),
            by=SECRETARIAT,
            on=date(2024, 7, 22),
        ),
        p.amend_moc(AMENDMENT, by=PARTICIPANT, on=date(2024, 8, 1)),
        p.submit_implementation_report(ev.ImplementationReport(**FILED), by=PARTICIPANT, on=date(2024, 9, 1)),
        p.apply_change(EFFECT, by=LINKED, on=date(2025, 2, 2)),
        p.end_crediting(ev.Elapsed(window="project.crediting"), by=CLOCK, on=date(2025, 3, 1)),
        p.renew(renewed, by=LINKED, on=date(2025, 5, 1)),
    ]


def write(path: Path) -> Journal:
    """Write the journal: a case that was judged, and one that is known from elsewhere."""
    book = RuleBook(tomllib.loads(BOOK), text=BOOK)
    journal = Journal(path)
    instant = datetime(2026, 1, 1, 9, tzinfo=UTC)

    def keep(answer: Any) -> Case[Any]:
        journal.append(answer, at=instant + timedelta(hours=len(journal)))
        return journal.case(answer.case.id)

    case = keep(Case.open(project, "solar", on=date(2024, 4, 1), rules=book, procedure="PCP 01.0", title="Solar"))
    for act in judged():
        answer = case.attempt(act, rules=book, register=REGISTER)
        if not answer:
            raise SystemExit(str(answer))
        case = keep(answer)
    case = keep(case.move("PCP 02.0", on=date(2025, 7, 1), rules=book, reason="both sides agreed"))
    keep(case.attempt(project.withdraw_project(EFFECT, by=LINKED, on=date(2025, 8, 1)), rules=book))

    sources = (Source(row=7, url="https://example.org/zz/list", text="(title not given)"),)
    opening = ev.Opening(country="ZZ", title="Wind", reference="ZZ002", methodologies=("ZZ_AM001 Ver1.0",))
    case = keep(Case.imported(project, "wind", opening, on=UNKNOWN_DAY, sources=sources))
    roughly = Between(date(2023, 1, 1), date(2023, 6, 30))
    case = keep(case.record(project.publish_pdd.fact(on=roughly, sources=sources)))
    case = keep(case.record(project.observed("in_validation", on=date(2023, 7, 1), sources=sources)))
    case = keep(case.record(project.conclude_validation.fact(on=Between(None, date(2023, 9, 1)))))
    withdrawn = ev.RegistrationRequestWithdrawal(reason="sold", **FILED)
    case = keep(case.record(project.withdraw_request.fact(on=UNKNOWN_DAY, evidence=withdrawn, by=PARTICIPANT)))
    right = project.conclude_validation.fact(on=date(2023, 8, 1), outcome=Outcome.NEGATIVE)
    case = keep(case.correct(right, replaces=len(journal) - 1))
    case = keep(case.record(project.discontinue.fact(on=date(2023, 12, 1))))
    keep(case.void(replaces=len(journal), reason="another project", on=date(2024, 1, 1)))
    journal.erase(5)
    return journal


def expected(journal: Journal) -> dict[str, Any]:
    """Return what is to be read from the journal ever after."""
    return {
        "head": journal.head,
        "cases": {
            name: {
                "state": case.state,
                "country": case.country,
                "procedure": case.procedure.name,
                "capabilities": dump(case.capabilities),
                "days": dump(case.days),
                "last": dump(case.last),
                "entries": case.entries,
                "file": dump(case.file),
            }
            for name in journal.cases
            for case in [journal.case(name)]
        },
        "findings": sum(len(entry.findings) for entry in journal),
        "withheld": [entry.seq for entry in journal if entry.withheld],
    }


def main() -> None:
    """Write the journal, and what it says."""
    path = HERE / f"journal-{SCHEMA}.jsonl"
    if path.exists():
        raise SystemExit(f"{path.name} is there, and a golden journal is never written anew.")
    journal = write(path)
    lacking = {step.evidence for step in project.steps.values()} - {type(entry.evidence) for entry in journal}
    lacking |= set(Basis) - {entry.basis for entry in journal}  # type: ignore[arg-type]
    if lacking:
        raise SystemExit(f"{path.name} lacks {lacking}.")
    data = orjson.dumps(expected(journal), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    path.with_suffix(".json").write_bytes(data + b"\n")


if __name__ == "__main__":
    main()
