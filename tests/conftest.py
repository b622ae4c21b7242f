"""How hard Hypothesis searches (`quick` in every run, `soak` where the environment says JCM_SOAK=1); Synthetia.

`world` is a country made up for tests: a rule book in which every rule is adopted since one exact day
(`synthetic_book.toml`), a register in which all is well, and evidence that meets every rule. A test changes what it
is about and leaves the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import settings

import jcm_cycle
from jcm_cycle import Case, Finding, Journal, Role, RuleBook, books, evidence as ev, project, register

# The same examples for everyone: what fails in one place fails in every place.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
# Other examples each time; what fails prints how to see it again.
settings.register_profile("soak", max_examples=2_000, deadline=None, print_blob=True)

settings.load_profile("soak" if os.environ.get("JCM_SOAK") == "1" else "quick")

for _country in ("TH", "VN"):  # they have rules of their own, which come with their books; tests look at every rule
    books[_country]

# What names the rows of each table.
ROW_NAMES = {"adopt": "rule", "form": "stem", "procedure": "name", "source": "key", "value": "id"}

# The day of each step, counted from the opening, and the steps that come before it.
WAY = (
    "submit_pdd",
    "publish_pdd",
    "close_public_inputs",
    "conclude_validation",
    "request_registration",
    "acknowledge_request",
    "check_request",
    "decide_registration",
)
DAYS = dict(zip(WAY, (1, 9, 39, 50, 60, 61, 64, 80), strict=True)) | {
    "amend_moc": 2,
    "replace_moc": 2,
    "submit_public_input": 12,
    "change_entity": 45,
    "request_reference_assessment": 45,
    "revise_pdd": 45,
    "withdraw_request": 62,
    "notify_registration": 81,
    "submit_implementation_report": 100,
}
BEFORE = {step: WAY[:place] for place, step in enumerate(WAY)} | {
    "amend_moc": WAY[:1],
    "replace_moc": WAY[:1],
    "submit_public_input": WAY[:2],
    "change_entity": WAY[:2],
    "request_reference_assessment": WAY[:2],
    "revise_pdd": WAY[:2],
    "withdraw_request": WAY[:5],
    "notify_registration": WAY,
    "submit_implementation_report": WAY,
}

HOST, JAPAN, ENTITY = "Synthetia Solar", "Example Trading", "Example Entity"

_MODALITIES = ev.ModalitiesOfCommunication(
    title="Synthetic solar power",
    form_version="02.0",
    contains_confidential=False,
    focal_point=ev.FocalPoint(name=JAPAN),
    entities=(ENTITY,),
    participants=(HOST, JAPAN),
    signed_by=(HOST, JAPAN),
)
_DESIGN = ev.DesignDocument(
    title="Synthetic solar power",
    version="1.0",
    form_version="03.0",
    contains_confidential=False,
    methodologies=("ZZ_AM001 Ver1.0",),
    scopes=(1,),
    monitoring_plan=ev.Document(version="1.0"),
    start_of_operation=date(2023, 5, 1),
)
_PAPER = ev.Document(version="1.0")

GOOD: dict[str, ev.Evidence] = {
    "submit_pdd": ev.PDDSubmission(
        contains_confidential=False, design_document=_DESIGN, modalities=_MODALITIES, idea="ZZ_PIN001"
    ),
    "publish_pdd": ev.Publication(reference="ZZ001"),
    "submit_public_input": ev.PublicInput(summary="Well done."),
    "close_public_inputs": ev.Elapsed(window="project.public_inputs"),
    "change_entity": _MODALITIES,
    "request_reference_assessment": ev.ReferenceEmissionsRequest(form_version="01.0", contains_confidential=False),
    "revise_pdd": attrs.evolve(_DESIGN, version="1.1"),
    "conclude_validation": ev.ValidationReport(
        title="Synthetic solar power",
        form_version="01.0",
        contains_confidential=False,
        entity=ENTITY,
        opinion=ev.Outcome.POSITIVE,
        document_version="1.0",
        open_requests=(),
        ticked=(
            "pdd_form",
            "project_description",
            "methodology",
            "emission_sources",
            "environmental_impact",
            "stakeholder_consultation",
            "monitoring",
            "public_inputs",
            "modalities_of_communication",
            "double_registration",
            "start_of_operation",
        ),
        eia_required=True,
        eia_done=True,
        inputs_treated=True,
        registered_elsewhere="",
    ),
    "request_registration": ev.RegistrationRequest(
        form_version="01.0",
        contains_confidential=False,
        design_document=_PAPER,
        modalities=_PAPER,
        validation_report=_PAPER,
        allocation=ev.CreditAllocation(
            form_version="01.0",
            shares=(ev.Share(side="ZZ", percent="33.5"), ev.Share(side="JP", percent="66.5")),
            agreed=True,
        ),
        sd_plan=ev.SustainableDevelopmentPlan(form_version="01.0"),
    ),
    "acknowledge_request": ev.Receipt(),
    "check_request": ev.CompletenessConclusion(conclusion=ev.Outcome.COMPLETE),
    "decide_registration": ev.JointCommitteeDecision(
        decision=ev.Outcome.REGISTERED,
        decided_on=date(2024, 6, 20),
        mode=ev.DecisionMode.MEETING,
        meeting="JC1",
        cases=("ZZ001",),
    ),
    "notify_registration": ev.Notice(text="registered"),
    "replace_moc": _MODALITIES,
    "amend_moc": ev.ModalitiesAmendment(
        form_version="02.0",
        contains_confidential=False,
        sections=(1, 2),
        added=("New Partner",),
        signed_by=(HOST, JAPAN, "New Partner"),
    ),
    "withdraw_request": ev.RegistrationRequestWithdrawal(form_version="01.0", contains_confidential=False),
    "submit_implementation_report": ev.ImplementationReport(form_version="01.0", contains_confidential=False),
}
"""Evidence for each step that meets every rule."""

REGISTER = register.facts(
    register.Designation(country="ZZ", entity=ENTITY, number="TPE-ZZ-001", scopes=(1, 3, 13), since=date(2021, 1, 1)),
    register.Approval(methodology="ZZ_AM001 Ver1.0", approved_on=date(2022, 1, 1)),
    register.Clearance(country="ZZ", reference="ZZ_PIN001", on=date(2022, 1, 10)),
    complete=("numbers",),
)
"""A register in which all is well."""


class World:
    """Synthetia: its book, its register, and the way of a project through its procedure."""

    rules_from = date(2024, 3, 1)
    """The first day of every rule."""
    opened = date(2024, 4, 1)
    """The day on which a case is opened unless a test says otherwise."""
    register = REGISTER
    good = GOOD

    def __init__(self) -> None:
        with Path(__file__).with_name("synthetic_book.toml").open("rb") as file:
            self._data = tomllib.load(file)
        self._book = RuleBook(self._data)

    def book(self, **changes: Any) -> RuleBook:
        """Return the book with rows changed: `book(adopt={rule: {"standing": "inferred"}})`.

        A row that is None is taken out, a list stands for several rows instead of one, a key that is None is
        taken out of its row; a table that stands once is changed by its keys alone.
        """
        if not changes:
            return self._book
        data = deepcopy(self._data)
        for table, rows in changes.items():
            if table in ("book", "bilateral"):
                data[table] = _row(data[table], rows)
                continue
            key = ROW_NAMES.get(table, "")
            if not key:
                data[table] = rows
                continue
            known = [row[key] for row in data[table]]
            new = [{key: name, "standing": "cited", "source": "PCP"} for name in rows if name not in known]
            data[table] = [found for row in (*data[table], *new) for found in _rows(row, rows.get(row[key], {}))]
        return RuleBook(data)

    def only(self, *rules: str, **changes: Any) -> RuleBook:
        """Return a book that adopts these rules and no others."""
        others = {row["rule"]: None for row in self._data["adopt"] if row["rule"] not in rules}
        return self.book(adopt={**others, **changes.pop("adopt", {})}, **changes)

    def standing(self, rule: str, standing: str) -> RuleBook:
        """Return the book with the row of one rule founded so well."""
        return self.book(adopt={rule: {"standing": standing}})

    def evidence(self, step: str, **changes: Any) -> Any:
        """Return the good evidence of a step with fields changed; a mapping changes the fields of a part."""
        return _changed(GOOD[step], changes)

    def day(self, step: str, start: date | None = None) -> date:
        """Return the day on which a step is taken."""
        return (start or self.opened) + timedelta(days=DAYS[step])

    def act(
        self,
        step: str,
        *,
        on: date | None = None,
        by: Role | None = None,
        despite: Mapping[str, str] | None = None,
        **changes: Any,
    ) -> Any:
        """Return the act of taking a step on good evidence with fields changed."""
        taken = project.step(step)
        return taken(
            self.evidence(step, **changes),
            by=by or min(taken.by),
            on=on or self.day(step),
            despite=despite,
        )

    def case(
        self,
        *steps: str,
        book: RuleBook | None = None,
        procedure: str = "full",
        start: date | None = None,
        register: register.Register | None = None,
        **changes: Mapping[str, Any],
    ) -> Case[Any]:
        """Bring a case through these steps by attempts that are accepted."""
        rules = book or self._book
        case: Case[Any] = Case.open(project, "case-1", on=start or self.opened, rules=rules, procedure=procedure).case
        for step in steps:
            act = self.act(step, on=self.day(step, start), **changes.get(step, {}))
            answer = case.attempt(act, rules=rules, register=register or REGISTER)
            assert answer, str(answer)
            case = answer.case
        return case

    def before(self, step: str, **where: Any) -> Case[Any]:
        """Bring a case so far that a step may be taken."""
        return self.case(*BEFORE[step], **where)

    def attempt(
        self,
        step: str,
        *,
        case: Case[Any] | None = None,
        book: RuleBook | None = None,
        register: register.Register | None = None,
        procedure: str = "full",
        start: date | None = None,
        **changes: Any,
    ) -> Any:
        """Attempt a step on a case that was brought so far, on good evidence with fields changed."""
        changes.setdefault("on", self.day(step, start))
        return (case or self.before(step, procedure=procedure, start=start)).attempt(
            self.act(step, **changes), rules=book or self._book, register=register or REGISTER
        )

    def finding(self, rule: str, step: str, **changes: Any) -> Finding | None:
        """Return what one rule says of such an attempt, or None where it was not judged; no rule may fail in it."""
        found = {finding.rule: finding for finding in self.attempt(step, **changes).findings}
        assert not [finding for finding in found.values() if "error" in finding.facts]
        return found.get(rule)


def _rows(row: Mapping[str, Any], change: Any) -> list[dict[str, Any]]:
    several = change if isinstance(change, list) else [] if change is None else [change]
    return [_row(row, one) for one in several]


def _row(row: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**row, **changes}.items() if value is not None}


def _changed(part: Any, changes: Mapping[str, Any]) -> Any:
    return attrs.evolve(
        part,
        **{
            name: _changed(getattr(part, name), change) if isinstance(change, dict) else change
            for name, change in changes.items()
        },
    )


@pytest.fixture(scope="session")
def world() -> World:
    """Return Synthetia."""
    return World()


# Journals


START = datetime(2024, 1, 2, 9, tzinfo=UTC)
"""The instant at which the first entry of a journal is recorded; each later one comes a day after it."""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Return a journal of which nothing is on disk yet."""
    return Journal(tmp_path / "journal.jsonl")


@pytest.fixture(scope="session")
def instant() -> Callable[[int], datetime]:
    """Return a function that gives the instant at which `walk` records the entry of this number."""
    return lambda seq: START + timedelta(days=seq - 1)


@pytest.fixture(scope="session")
def walk(world: World, instant: Callable[[int], datetime]) -> Callable[..., Case[Any]]:
    """Return a function that opens a case in a journal, takes these steps on good evidence, and returns the case."""

    def walked(
        journal: Journal,
        *steps: str,
        case: str = "case-1",
        book: RuleBook | None = None,
        procedure: str = "full",
        **changes: Mapping[str, Any],
    ) -> Case[Any]:
        def keep(answer: Any) -> None:
            held = journal.entries()
            journal.append(answer, at=max([instant(len(held) + 1), *(entry.recorded_at for entry in held[-1:])]))

        rules = book or world.book()
        opened = Case.open(project, case, on=world.opened, rules=rules, procedure=procedure)
        keep(opened)
        found: Case[Any] = opened.case
        for step in steps:
            answer = found.attempt(world.act(step, **changes.get(step, {})), rules=rules, register=world.register)
            assert answer, str(answer)
            keep(answer)
            found = answer.case
        return found

    return walked


@pytest.fixture(scope="session")
def whole_way() -> tuple[str, ...]:
    """Return the steps that bring a project from its design document to its registration."""
    return WAY


@pytest.fixture(scope="session")
def elsewhere() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs a script in another process, where the package can be imported."""

    def run(script: str, *arguments: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", script, *map(str, arguments)]
        return subprocess.run(
            command, env=child_env(), capture_output=True, text=True, check=False, timeout=120, **options
        )

    return run


def child_env() -> dict[str, str]:
    """Return an environment in which another process finds the package that these tests import."""
    return {**os.environ, "PYTHONPATH": str(Path(jcm_cycle.__file__).parents[1])}


@pytest.fixture(scope="session")
def started() -> Callable[..., AbstractContextManager[subprocess.Popen[str]]]:
    """Return a context in which a script runs in another process; it is killed at the end, if need be."""

    @contextmanager
    def running(script: str, *arguments: Any) -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, "-c", script, *map(str, arguments)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=child_env(), stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
            try:
                yield process
            finally:
                process.kill()

    return running
