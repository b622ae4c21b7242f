"""What a journal is worth after the book under which it was kept is gone, and with it the rules that came with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

KEPT = '''
import sys
from datetime import date

from jcm_cycle import Act, Case, CaseView, Edition, Finding, Journal, Role, RuleBook, project, require, rule
from jcm_cycle.evidence import DesignDocument, PDDSubmission
from jcm_cycle.states import ProjectFile

@rule("zz.project.submit_pdd.titled", on=project.submit_pdd)
def titled(act: Act[PDDSubmission], case: CaseView[ProjectFile], edition: Edition) -> Finding:
    """The design document has a title."""
    return require(act.evidence.design_document.title, title=act.evidence.design_document.title)

row = {"since": date(2021, 1, 1), "cites": "general knowledge", "standing": "assumed"}
book = RuleBook({
    "book": {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": date(2026, 1, 1)},
    "procedure": [{"name": "only", **row}],
    "adopt": [{"rule": "zz.project.submit_pdd.titled", **row}],
})
paper = PDDSubmission(design_document=DesignDocument(title="A synthetic park"))
with Journal(sys.argv[1]) as journal:
    opened = Case.open(project, "park", on=date(2024, 1, 1), rules=book)
    journal.append(opened)
    act = project.submit_pdd(paper, by=Role.PARTICIPANT, on=date(2024, 1, 2))
    journal.append(opened.case.attempt(act, rules=book))
'''
RULE = "zz.project.submit_pdd.titled"


@pytest.fixture
def kept(tmp_path: Path, elsewhere: Callable[..., CompletedProcess[str]]) -> Path:
    """Return a journal that another process kept, under a book and a rule that this one has not."""
    path = tmp_path / "journal.jsonl"
    done = elsewhere(KEPT, path)
    assert (done.returncode, done.stderr) == (0, "")
    return path


def test_it_is_read_and_explained_as_it_was(kept: Path, command: Any) -> None:
    """The sentence of the rule and its source are in the archived edition."""
    told = command("explain", kept, 2)
    assert told.code == 0
    assert "The design document has a title." in told.out
    assert f"advises; assumed: general knowledge  [{RULE}]" in told.out
    assert command("verify", kept).code == 0


def test_what_cannot_be_judged_again_is_told(kept: Path, command: Any) -> None:
    """The rest is judged as ever, and what was found of the missing rule then is still there."""
    told = command("verify", kept, "--rejudge")
    line = f"differs: entry 2, {RULE} was met, is not judged: no such rule is installed"
    assert [one.strip() for one in told.out.splitlines() if RULE in one] == [line]
    (change,) = command("verify", kept, "--rejudge", "--json").data["rejudged"]["differs"]
    assert change == {"seq": 2, "rule": RULE, "was": "met", "is": None}
