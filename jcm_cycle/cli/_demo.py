"""The demo: a synthetic Mongolian solar project from design document to issued credits, then the real record.

The project, its participants and the facts of the register are synthetic; the rules and the record are real.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen
from rich.console import Console

from jcm_cycle import (
    Accepted,
    Actor,
    Case,
    Journal,
    Outcome,
    Role,
    books,
    issuance,
    outstanding,
    project,
    register,
    rejudge,
    verify,
)
from jcm_cycle._outcomes import Attempted
from jcm_cycle._outstanding import Outstanding
from jcm_cycle.cli._demo_issuance import OPENED as ISSUANCE_OPENED, issuance_acts
from jcm_cycle.cli._replayed import show_replay
from jcm_cycle.cli._show import (
    case_json,
    show_case,
    show_heading,
    show_verification,
    verification_json,
)
from jcm_cycle.entries import Act
from jcm_cycle.errors import CaseExists
from jcm_cycle.evidence import (
    CompletenessConclusion,
    DecisionMode,
    DesignDocument,
    Document,
    Elapsed,
    FocalPoint,
    JointCommitteeDecision,
    ModalitiesOfCommunication,
    Notice,
    PDDSubmission,
    Person,
    Publication,
    Receipt,
    RegistrationRequest,
    SustainableDevelopmentPlan,
    ValidationReport,
)
from jcm_cycle.record import read, shipped
from jcm_cycle.record.replay import Replay, replay
from jcm_cycle.register import Approval, Designation, Register
from jcm_cycle.review import Rejudged, Verification

__all__ = ["Demo"]

OPENED = date(2024, 12, 2)
TITLE = "Synthetic 10 MW Solar Power Project"
COMPANY, UTILITY, ENTITY_NAME = "Synthetic Solar LLC", "Synthetic Power Japan K.K.", "Synthetic Certification Ltd."

COMPANY_ACTS = Actor(Role.PARTICIPANT, COMPANY)
ENTITY_ACTS = Actor(Role.ENTITY, ENTITY_NAME)
SECRETARIAT, COMMITTEE, CLOCK = Actor(Role.SECRETARIAT), Actor(Role.JOINT_COMMITTEE), Actor(Role.CLOCK)

KNOWN: Register = register.facts(
    Approval(methodology="MN_AM004 Ver1.0", approved_on=date(2024, 12, 20)),
    Designation(country="MN", entity=ENTITY_NAME, number="TPE-MN-099", scopes=(1, 2, 3), since=date(2025, 4, 1)),
    complete=("numbers",),
)
"""What the demo's register knows. The designation is synthetic; the methodology was approved on that day."""

DOCUMENT = DesignDocument(
    title=TITLE,
    version="1.0",
    methodologies=["MN_AM004 Ver1.0"],
    scopes=(1,),
    monitoring_plan=Document(version="1.0"),
    start_of_operation=date(2025, 9, 1),
    participants=(COMPANY, UTILITY),
)
MODALITIES = ModalitiesOfCommunication(
    title=TITLE,
    focal_point=FocalPoint(name=UTILITY, also_participant=True, contact=Person(name="A. Synthetic Person")),
    participants=(COMPANY, UTILITY),
    entities=(ENTITY_NAME,),
    signed_by=(COMPANY, UTILITY),
)
SUBMISSION = PDDSubmission(
    design_document=DOCUMENT, modalities=MODALITIES, sd_plan=SustainableDevelopmentPlan(), contains_confidential=False
)
TICKED = (
    "pdd_form", "project_description", "methodology", "emission_sources", "environmental_impact",
    "stakeholder_consultation", "monitoring", "public_inputs", "modalities_of_communication",
    "double_registration", "start_of_operation",
)  # fmt: skip


def _report(day: date, *open_requests: str) -> ValidationReport:
    return ValidationReport(
        title=TITLE,
        reference="MN999",
        entity=ENTITY_NAME,
        contracted_by=COMPANY,
        completed_on=day,
        opinion=Outcome.POSITIVE,
        document_version="1.0",
        open_requests=open_requests,
        ticked=TICKED,
        eia_required=True,
        eia_done=True,
        registered_elsewhere="",
        contains_confidential=False,
    )


REQUEST = RegistrationRequest(
    title=TITLE,
    reference="MN999",
    design_document=Document(version="1.1"),
    modalities=Document(version="1.0"),
    validation_report=Document(version="1.0"),
    sd_plan=SustainableDevelopmentPlan(),
    contains_confidential=False,
)
DECISION = JointCommitteeDecision(
    decision=Outcome.REGISTERED,
    decided_on=date(2025, 7, 10),
    effective_on=date(2025, 7, 11),
    mode=DecisionMode.MEETING,
    meeting="a synthetic meeting",
    cases=("MN999",),
)
SAME_VERSION = "project.request_registration.same_version"
REASON = "1.1 corrects the address of the site and nothing else; the entity confirmed it by letter of 2025-05-20"


def acts() -> list[tuple[str, Act[Any]]]:
    """Return the acts of the demo in their order, each with what it is about; some of them are refused."""
    first, again = date(2024, 12, 10), date(2024, 12, 20)
    window = Elapsed(window="project.public_inputs", last_day=date(2025, 1, 31))
    return [
        ("The company files too early", project.submit_pdd(SUBMISSION, by=COMPANY_ACTS, on=first)),
        ("and again on the earliest day", project.submit_pdd(SUBMISSION, by=COMPANY_ACTS, on=again)),
        ("", project.acknowledge(Receipt(), by=SECRETARIAT, on=date(2024, 12, 23))),
        ("", project.publish_pdd(Publication(reference="MN999"), by=SECRETARIAT, on=date(2025, 1, 2))),
        ("", project.close_public_inputs(window, by=CLOCK, on=date(2025, 2, 1))),
        (
            "The entity reports before its designation, with a request left open",
            project.conclude_validation(
                _report(date(2025, 3, 14), "CL 3: grid emission factor"), by=ENTITY_ACTS, on=date(2025, 3, 14)
            ),
        ),
        (
            "designated by now, but the request is still open",
            project.conclude_validation(
                _report(date(2025, 4, 8), "CL 3: grid emission factor"), by=ENTITY_ACTS, on=date(2025, 4, 8)
            ),
        ),
        (
            "the request is closed",
            project.conclude_validation(_report(date(2025, 5, 9)), by=ENTITY_ACTS, on=date(2025, 5, 9)),
        ),
        (
            "The request carries another version than the one validated",
            project.request_registration(REQUEST, by=COMPANY_ACTS, on=date(2025, 5, 21)),
        ),
        (
            "and goes through despite it, with its reason",
            project.request_registration(
                REQUEST, by=COMPANY_ACTS, on=date(2025, 5, 21), despite={SAME_VERSION: REASON}
            ),
        ),
        ("", project.acknowledge_request(Receipt(), by=SECRETARIAT, on=date(2025, 5, 22))),
        (
            "The secretariat concludes late: a duty never refuses",
            project.check_request(CompletenessConclusion(conclusion="complete"), by=SECRETARIAT, on=date(2025, 6, 2)),
        ),
        ("", project.decide_registration(DECISION, by=COMMITTEE, on=date(2025, 7, 10))),
        ("", project.notify_registration(Notice(), by=SECRETARIAT, on=date(2025, 7, 14))),
    ]


@frozen
class Part:
    """One case of the demo, played.

    Attributes:
        opened: the case as it was opened.
        attempts: what each act is about, its answer, and the number of its entry where it was accepted.
        left: what was outstanding after each act that issued credits, by its place among the attempts.
    """

    opened: Case[Any]
    attempts: tuple[tuple[str, Attempted, int | None], ...]
    left: Mapping[int, tuple[Outstanding, ...]]


@frozen
class Demo:
    """The demo, played.

    Attributes:
        parts: the project, and its first issuance.
        journal: the journal with what was accepted.
        verification: what looking at its bytes gave.
        rejudged: what judging it again gave.
        record: the real record, replayed.
    """

    parts: tuple[Part, ...]
    journal: Journal
    verification: Verification
    rejudged: Rejudged
    record: Replay

    @property
    def attempts(self) -> tuple[tuple[str, Attempted, int | None], ...]:
        """All attempts of all parts, in their order."""
        return tuple(attempt for part in self.parts for attempt in part.attempts)

    @classmethod
    def play(cls, at: Path | None = None) -> Demo:
        """Play the demo.

        Args:
            at: keep the journal in this file, which must be new; left out, it is removed at the end.

        Raises:
            CaseExists: the file already holds the journal of a demo.
            JournalError: the journal cannot be written.
        """
        with TemporaryDirectory(prefix="jcm-demo-") as folder:
            return cls._played(at or Path(folder) / "demo.jsonl")

    @classmethod
    def _played(cls, path: Path) -> Demo:
        rules = books["MN"]
        journal = Journal(path)
        if journal.cases:
            why = f"{path} already holds a journal."
            raise CaseExists(why, cure="Give a file that is not there yet.")
        opened = Case.open(project, "demo-solar", on=OPENED, rules=rules, procedure="PCP 07.0", title=TITLE)
        first = _part(journal, opened, acts())
        whole = journal.case("demo-solar")
        later = Case.open(issuance, "demo-solar-1", on=ISSUANCE_OPENED, rules=rules, procedure="PCP 07.0", of=whole)
        second = _part(journal, later, issuance_acts(TITLE, COMPANY_ACTS, ENTITY_ACTS, UTILITY))
        checked, again = verify(path), rejudge(Journal(path))
        return cls((first, second), journal, checked, again, replay(read(shipped())))

    def json(self) -> dict[str, Any]:
        """Return the demo as data."""
        return {
            "schema": 1,
            "attempts": [{"about": about, **answer.json(seq)} for about, answer, seq in self.attempts],
            "outstanding": [
                {"case": left.case, "side": left.side, "amount": left.amount}
                for part in self.parts
                for place in sorted(part.left)[:1]
                for left in part.left[place]
            ],
            "verification": verification_json(self.verification, self.rejudged),
            "cases": [case_json(self.journal.case(name), self.journal.selection(name)) for name in self.journal.cases],
            "replay": self.record.json(),
        }

    def show(self, console: Console, *, full: bool = False) -> None:
        """Print the demo.

        Args:
            console: where to print.
            full: also show the findings that are met.
        """
        show_heading(console, "A synthetic project under the rules of Mongolia")
        console.print("Project, participants and register are synthetic; the rules are those of the Mongolian book.\n")
        for part in self.parts:
            case = part.opened
            console.print(f"Opened {case.id} under {case.procedure.name}, named by the opener: the book does not know")
            console.print("which procedure applied on the day.\n")
            for place, (about, answer, _) in enumerate(part.attempts):
                if about:
                    console.print(f"[bold]{about}[/bold]")
                console.print(answer.explain(full=full), markup=False)
                if place in part.left:
                    _show_left(console, part.left[place])
                console.print()
        show_heading(console, "The journal")
        show_verification(console, self.verification, self.rejudged)
        for name in self.journal.cases:
            console.print()
            show_case(console, self.journal.case(name), self.journal.entries(name), ())
        console.print()
        show_heading(console, "The public record, replayed")
        console.print("Dated facts about real projects, each row with its source; what is not in it proves nothing.\n")
        show_replay(console, self.record)


def _part(journal: Journal, opened: Accepted[Any], attempts: list[tuple[str, Act[Any]]]) -> Part:
    """Take a case through its acts, with the cases of the journal as its register."""
    journal.append(opened, at=_noon(opened.draft.on))
    case: Case[Any] = opened.case
    found: list[tuple[str, Attempted, int | None]] = []
    left: dict[int, tuple[Outstanding, ...]] = {}
    for about, act in attempts:
        others = [journal.case(name) for name in journal.cases]
        known = register.first_of(KNOWN, register.of(others))
        answer = case.attempt(act, rules=books["MN"], register=known)
        seq = journal.append(answer, at=_noon(act.on)).seq if isinstance(answer, Accepted) else None
        case = answer.case
        if act.step == "issue_credits" and seq is not None:
            left[len(found)] = outstanding([case])
        found.append((about, answer, seq))
    return Part(opened.case, tuple(found), left)


def _show_left(console: Console, left: tuple[Outstanding, ...]) -> None:
    for one in left:
        whom = f" for {', '.join(str(line.holder) for line in one.lines)}" if one.lines else ""
        console.print(f"  outstanding: {one.side} {one.amount:,} t{whom}, notified on {one.since}", markup=False)
    if not left:
        console.print("  outstanding: nothing")


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
