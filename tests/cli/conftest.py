"""What the tests of the command share: the command itself, a synthetic project with its files, and shapes of JSON.

The project, its participants and all that is known of other cases are synthetic; the rules are those of Mongolia.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from typer.testing import CliRunner

from jcm_cycle import Case, Journal, books, evidence as ev, issuance, project, tpe
from jcm_cycle.cli._commands import app
from jcm_cycle.days import parse_day

TITLE = "Synthetic solar park"
SUN, POWER, CHECK = "Synthetic Solar LLC", "Synthetic Power K.K.", "Synthetic Certification Ltd."
TICKED = [
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
]

WAY: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (
        "submit_pdd",
        "participant",
        "2025-01-08",
        {
            "design_document": {
                "title": TITLE,
                "version": "1.0",
                "methodologies": ["MN_AM004 Ver1.0"],
                "scopes": [1],
                "monitoring_plan": {"version": "1.0"},
                "start_of_operation": "2025-09-01",
            },
            "modalities": {
                "title": TITLE,
                "focal_point": {"name": SUN, "contact": {"name": "A. Synthetic Person"}},
                "participants": [SUN, POWER],
                "entities": [CHECK],
                "signed_by": [SUN, POWER],
            },
        },
    ),
    ("publish_pdd", "secretariat", "2025-01-10", {"reference": "MN099"}),
    ("close_public_inputs", "clock", "2025-02-09", {"window": "project.public_inputs"}),
    (
        "conclude_validation",
        "entity",
        "2025-03-10",
        {
            "title": TITLE,
            "entity": CHECK,
            "opinion": "positive",
            "document_version": "1.0",
            "completed_on": "2025-03-10",
            "open_requests": [],
            "ticked": TICKED,
            "eia_required": False,
            "registered_elsewhere": "",
        },
    ),
    (
        "request_registration",
        "participant",
        "2025-03-17",
        {
            "design_document": {"version": "1.0"},
            "modalities": {"version": "1.0"},
            "validation_report": {"version": "1.0"},
            "sd_plan": {},
        },
    ),
    ("check_request", "secretariat", "2025-03-20", {"conclusion": "complete"}),
    (
        "decide_registration",
        "Joint Committee",
        "2025-05-02",
        {"decision": "registered", "decided_on": "2025-05-02", "mode": "meeting", "cases": ["MN099"]},
    ),
)
"""The way of the project to registration: step, role, day, and the fields of the evidence."""

KNOWN = {
    "approvals": [{"methodology": "MN_AM004 Ver1.0", "approved_on": "2024-12-20"}],
    "numbers": [{"reference": "MN098", "case": "another"}],
    "complete": ["numbers"],
}
RECORD = (
    "country,subject_type,reference,title,event,date,end_date,amount_tco2,detail,decided_by,source_url\n"
    f"MN,tpe,TPE-MN-099,{CHECK},tpe_designated,2024-04-01,,,scopes 1-3,,\n"
    "MN,methodology,MN_AM004,Synthetic approval,methodology_approved,2024-12-20,,,Ver1.0,,\n"
)
"""What is known of other cases, as an object of facts and as a record; both are synthetic."""


PLAIN: Mapping[str, str | None] = {"FORCE_COLOR": None, "TTY_COMPATIBLE": None, "NO_COLOR": "1"}
"""What keeps the output the same wherever the tests run; None takes a variable away."""


@frozen
class Told:
    """What a run of the command told.

    Attributes:
        code: the exit code.
        out: what it wrote to stdout.
        err: what it wrote to stderr.
    """

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON object on stdout; nothing else stands there."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert found["schema"] == 1
        return found

    @property
    def error(self) -> Any:
        """The error in the JSON object: kind, why, cure, file and line."""
        assert list(self.data) == ["schema", "error"]
        assert list(self.data["error"]) == ["kind", "why", "cure", "file", "line"]
        return self.data["error"]


class Command:
    """The command, run in this process or in one of its own."""

    def __call__(self, *words: object, **env: str) -> Told:
        """Run it in this process; whatever it raises but an exit is raised here."""
        result = CliRunner().invoke(app, list(map(str, words)), prog_name="jcm-cycle", env={**PLAIN, **env})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Told(result.exit_code, result.stdout, re.sub("\x1b\\[[0-9;]*m", "", result.stderr))

    def alone(self, *words: object, before: str = "", cwd: Path | None = None, **env: str) -> Told:
        """Run it as its entry point does, in a process of its own."""
        code = f"{before}\nfrom jcm_cycle.cli import main\nmain()"
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            check=False,
            capture_output=True,
            cwd=cwd,
            env={name: value for name, value in {**os.environ, **PLAIN, **env}.items() if value is not None},
        )
        return Told(done.returncode, done.stdout.decode(), done.stderr.decode())


class Story:
    """A journal in which the synthetic project goes its way, act by act, through the command.

    Attributes:
        path: the journal.
        known: a file with what is known of other cases, as facts.
        record: another one, as a record.
        way: the acts in their order.
    """

    way = WAY
    steps = tuple(step for step, *_ in WAY)

    def __init__(self, folder: Path) -> None:
        self.run = Command()
        self.folder = folder
        self.path = folder / "journal.jsonl"
        self.known = self.write("known", KNOWN)
        self.record = folder / "known.csv"
        self.record.write_text(RECORD, encoding="utf-8")

    def write(self, name: str, data: Any) -> Path:
        """Write a JSON file into the folder of the story."""
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    def open(self, *words: object, case: str = "park") -> Told:
        """Open the case under a named procedure."""
        named = ("--at", self.path, "--case", case, "--on", "2025-01-06", "--procedure", "PCP 07.0")
        return self.run("open", "project", "MN", *named, *words)

    def words(self, step: str, **changes: Any) -> list[object]:
        """Return the words that take a step: its evidence with fields changed, its role, day and register."""
        _, role, day, fields = next(act for act in WAY if act[0] == step)
        register = self.record if step == "conclude_validation" else self.known
        role, day = changes.pop("by", role), changes.pop("on", day)
        evidence = self.write(step, {**fields, **changes})
        return [step, "--evidence", evidence, "--by", role, "--on", day, "--register", register]

    def attempt(self, step: str, *words: object, **changes: Any) -> Told:
        """Attempt a step."""
        return self.run("attempt", self.path, *self.words(step, **changes), *words)

    def until(self, step: str | None) -> Story:
        """Open the case and take every step before this one; all of them, where none is named."""
        assert self.open().code == 0
        for taken in self.steps:
            if taken == step:
                break
            told = self.attempt(taken, "--case", "park")
            assert told.code == 0, told
        return self

    def files(self) -> Mapping[str, bytes]:
        """Return every file in the folder with what is in it."""
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="session")
def command() -> Command:
    """Return the command."""
    return Command()


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """Return a story that has not begun."""
    return Story(tmp_path)


@pytest.fixture(scope="session")
def told_story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Return a story told to its end, registration; nobody may go on with it."""
    return Story(tmp_path_factory.mktemp("story")).until(None)


@pytest.fixture
def journals(tmp_path: Path) -> tuple[Path, Path]:
    """Return two journals: two projects of one title, and an entity that is suspended."""
    first, second = tmp_path / "projects.jsonl", tmp_path / "entities.jsonl"
    moc = ev.ModalitiesOfCommunication(title="A park", focal_point=ev.FocalPoint(name=SUN), entities=[CHECK])
    for number in (1, 2):
        paper = ev.DesignDocument(title="A synthetic park", scopes=(1,), methodologies=["MN_AM004 Ver1.0"])
        day = parse_day("2024-02-01")
        opened = Case.open(project, f"park-{number}", on=day, rules=books["MN"], procedure="PCP 07.0")
        sent = project.submit_pdd.fact(on=day, evidence=ev.PDDSubmission(design_document=paper, modalities=moc))
        shown = project.publish_pdd.fact(on=day, evidence=ev.Publication(reference=f"MN09{number}"))
        journal = Journal(first)
        journal.append(opened)
        journal.append(opened.case.record(sent))
        journal.append(journal.case(f"park-{number}").record(shown))
    journal, day = Journal(second), parse_day("2023-03-01")
    journal.append(Case.open(tpe, "cert", on=day, country="MN"))
    asked = ev.DesignationApplication(entity=CHECK, scopes=[ev.Scopes(numbers=(1,))])
    for fact in (
        tpe.apply_for_designation.fact(on=day, evidence=asked),
        tpe.decide_designation.fact(
            on=day, evidence=ev.JointCommitteeDecision(decision="designated", number="TPE-MN-099")
        ),
        tpe.suspend.fact(on=parse_day("2025-04-01"), evidence=ev.JointCommitteeDecision(decision="decided")),
    ):
        journal.append(journal.case("cert").record(fact))
    return first, second


@pytest.fixture
def notified(tmp_path: Path) -> Path:
    """Return a journal with an issuance of which nothing is issued yet; it is synthetic."""
    path = tmp_path / "notified.jsonl"
    journal = Journal(path)
    opened = Case.open(issuance, "i1", on=parse_day("2024-01-01"), country="MN", of="MN099")
    journal.append(opened)
    lines = (
        ev.AllocationLine(side="JP", amount=1_200, holder="Synthetic KK"),
        ev.AllocationLine(side="MN", amount=300),
    )
    paper = ev.JointCommitteeDecision(decision="notified", lines=lines)
    journal.append(opened.case.record(issuance.decide_issuance.fact(on=parse_day("2024-02-02"), evidence=paper)))
    return path


def misfits(data: Any, shape: Any, where: str = "$") -> list[str]:
    """Return where data differ from a shape: a type, a pattern, a value, (one of several), [of items], {of keys}.

    `{str: shape}` is an object with any keys, and `object` is anything.
    """
    if isinstance(shape, dict) and isinstance(data, dict):
        parts = dict.fromkeys(data, shape[str]) if set(shape) == {str} else shape
        if list(data) != list(parts):
            return [f"{where} has the keys {list(data)}, not {list(parts)}"]
        return [bad for key, part in parts.items() for bad in misfits(data[key], part, f"{where}.{key}")]
    if isinstance(shape, list) and isinstance(data, list):
        return [bad for place, item in enumerate(data) for bad in misfits(item, shape[0], f"{where}[{place}]")]
    if isinstance(shape, tuple):
        fine = any(not misfits(data, part, where) for part in shape)
    elif isinstance(shape, re.Pattern):
        fine = isinstance(data, str) and shape.fullmatch(data) is not None
    elif isinstance(shape, type):
        fine = shape is object or type(data) is shape
    else:
        fine = type(data) is type(shape) and data == shape
    return [] if fine else [f"{where}: {data!r:.80} is not {shape!r:.80}"]


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BOUND = (DAY, "unknown", {"after": (DAY, None), "by": (DAY, None)})
STANDING = ("cited", "observed", "inferred", "assumed", "unknown")
EFFECT = ("blocks", "holds", "advises", "duty")
FINDING = {
    "rule": str,
    "verdict": ("met", "unmet", "missing"),
    "effect": EFFECT,
    "sentence": str,
    "facts": {str: object},
    "cites": str,
    "url": (str, None),
    "standing": STANDING,
    "rests_on": (None, *STANDING, {"name": str, "standing": STANDING, "cites": str}),
    "earliest": (None, DAY),
    "despite": (None, str),
}
COUNTS = {"met": int, "unmet": int, "missing": int}
SHAPES: Mapping[str, Any] = {
    "attempt": {
        "schema": 1,
        "case": str,
        "step": str,
        "outcome": (str, None),
        "on": (DAY, "unknown", {"not_before": (DAY, None), "not_after": (DAY, None)}),
        "verdict": ("accepted", "refused", "faulted", "recorded"),
        "seq": (None, int),
        "findings": [FINDING],
    },
    "next": {
        "schema": 1,
        "case": str,
        "on": DAY,
        "steps": [
            {
                "step": str,
                "verdict": ("ready", "blocked", "not_yet", "unknown"),
                "earliest": (None, DAY),
                "by": [str],
                "evidence": str,
                "form": (None, {"stem": str, "version": (str, None)}),
                "fields": [str],
                "due": (None, DAY),
                "findings": [FINDING],
                "to_judge": [str],
            }
        ],
    },
    "rules": {
        "schema": 1,
        "country": re.compile("[A-Z]{2}"),
        "track": (None, str),
        "on": DAY,
        "rules": [
            {
                "rule": str,
                "revision": int,
                "step": str,
                "outcome": (None, str),
                "sentence": str,
                "kind": ("computed", "declared", "manual"),
                "cites": str,
                "url": (None, str),
                "standing": STANDING,
                "effect": EFFECT,
                "since": BOUND,
                "until": BOUND,
            }
        ],
    },
    "lint": {
        "schema": 1,
        "findings": [
            {
                "file": str,
                "line": (None, int),
                "table": str,
                "key": str,
                "name": re.compile("[a-z]+(-[a-z]+)*"),
                "level": ("error", "advice"),
                "why": str,
                "cure": str,
            }
        ],
    },
    "new-book": {
        "schema": 1,
        "at": str,
        "country": re.compile("[A-Z]{2}"),
        "package": str,
        "files": [str],
    },
    "diff": {
        "schema": 1,
        "sides": {"a": str, "b": str},
        "counts": [
            {
                "what": str,
                "added": int,
                "removed": int,
                "changed": int,
                "standing": int,
                "citation": int,
                "note": int,
            },
        ],
        "differences": [
            {
                "what": str,
                "id": str,
                "a": (None, str),
                "b": (None, str),
                "cites_a": (None, str),
                "cites_b": (None, str),
                "note_a": (None, str),
                "note_b": (None, str),
            }
        ],
    },
    "books": {
        "schema": 1,
        "books": [
            {
                "country": re.compile("[A-Z]{2}"),
                "name": str,
                "tracks": [str],
                "capabilities": [str],
                "sources": int,
                "forms": int,
                "values": int,
                "rules": int,
                "overlays": int,
                "standing": {"cited": int, "observed": int, "inferred": int, "assumed": int, "unknown": int},
                "reviewed_on": DAY,
                "since": BOUND,
            }
        ],
    },
    "play": {
        "schema": 1,
        "played": [
            {
                "file": str,
                "passed": bool,
                "stories": [
                    {
                        "title": str,
                        "file": str,
                        "line": int,
                        "country": (None, re.compile("[A-Z]{2}")),
                        "track": (None, str),
                        "step": (None, str),
                        "passed": bool,
                        "expected": (None, str),
                        "happened": (None, str),
                        "against": [str],
                        "findings": [FINDING],
                    }
                ],
                "edges": {"tested": int, "wrong": [str]},
            }
        ],
    },
    "cover": {
        "schema": 1,
        "covers": [
            {
                "country": re.compile("[A-Z]{2}"),
                "track": (None, str),
                "name": str,
                "stories": int,
                "rules": [
                    {
                        "rule": str,
                        "sentence": str,
                        "kind": ("computed", "declared", "manual"),
                        "standings": [str],
                        "sources": [str],
                        "met": [str],
                        "unmet": [str],
                        "missing": [str],
                    }
                ],
                "sources": [
                    {
                        "key": str,
                        "title": str,
                        "kind": ("primary", "official_summary", "secondary", "record"),
                        "url": (None, str),
                        "rules": [str],
                        "rows": {str: int},
                    }
                ],
                "unchecked": [{"what": ("rule", "gate", "open point", "source"), "id": str, "why": str}],
            }
        ],
    },
    "verify": {
        "schema": 1,
        "entries": int,
        "intact": bool,
        "first_broken": (None, {"line": int, "why": str}),
        "rejudged": (
            None,
            {
                "same": int,
                "differs": [{"seq": int, "rule": str, "was": (None, str), "is": (None, str)}],
                "revised": [{"seq": int, "rule": str, "was": (None, str), "is": (None, str)}],
            },
        ),
    },
    "show": {
        "schema": 1,
        "cases": [
            {
                "case": str,
                "machine": ("project", "issuance"),
                "country": str,
                "track": (None, str),
                "procedure": (None, str),
                "title": (None, str),
                "references": [str],
                "state": str,
                "entries": [
                    {
                        "seq": int,
                        "on": (DAY, "unknown", {"not_before": (DAY, None), "not_after": (DAY, None)}),
                        "step": str,
                        "outcome": (None, str),
                        "state": (None, str),
                        "by": (None, str),
                        "basis": ("judged", "imported", "observed", "correction"),
                        "recorded_at": str,
                        "replaces": (None, int),
                        "withheld": bool,
                        "despite": {str: str},
                        "findings": COUNTS,
                    }
                ],
                "unsure": [int],
            }
        ],
    },
}
"""What the JSON of each command has to look like."""


@pytest.fixture(scope="session")
def fits() -> Callable[[str, Any], None]:
    """Return what expects data to have the shape of a command's JSON."""

    def check(shape: str, data: Any) -> None:
        assert misfits(data, SHAPES[shape]) == []

    return check
