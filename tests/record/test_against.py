"""What cannot all be so is told with the rows to follow it by; all rows are synthetic."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from typing import Any

import pytest

from jcm_cycle import Effect, Finding, RuleBooks, Standing, Verdict, books, register
from jcm_cycle.findings import Ground
from jcm_cycle.record import read_text
from jcm_cycle.record._against import broken_rules
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.replay import Contradiction, Replay, ReplayedCase, replay
from jcm_cycle.review import Audit, Audited

HEADER = ",".join(COLUMNS)
RULE = "project.submit_pdd.methodology_valid"


def row(
    reference: str = "PW001",
    event: str = "registered",
    day: str = "2019-03-01",
    detail: str = "",
    *,
    title: str = "A synthetic project",
    kind: str = "project",
    end: str = "",
    amount: str = "",
    by: str = "",
    country: str = "",
) -> str:
    """Return a row of a synthetic record; its country is that of the reference, or Palau."""
    code = country or (reference.removeprefix("TPE-")[:2] or "PW")
    cells = (code, kind, reference, title, event, day, end, amount, detail, by, "https://example.org/synthetic")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def again(*rows: str, known: register.Register | None = None) -> Replay:
    """Replay a synthetic record of these rows; the first stands on line 2."""
    return replay(read_text(HEADER + "\n" + "".join(rows)), register=known)


def one(*rows: str, known: register.Register | None = None) -> ReplayedCase:
    """Return the one project of a synthetic record."""
    (case,) = (case for case in again(*rows, known=known).cases if case.case.machine == "project")
    return case


def told(case: ReplayedCase) -> list[tuple[str, tuple[int, ...]]]:
    """Return the contradictions of a case: the rule and the rows."""
    return [(found.rule, found.rows) for found in case.contradictions]


def of_rule(case: ReplayedCase, rule: str) -> list[str]:
    """Return the verdicts that the facts of a case had by one rule."""
    return [str(finding.verdict) for finding in case.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(), row(event="status_in_validation", day="2019-02-28")], []),
        ([row(), row(event="status_in_validation", day="2019-03-02")], [("record.status_follows", (2, 3))]),
        (
            [row(day="2019-02-01"), row(), row(event="status_in_validation", day="2019-03-02")],
            [("record.views_agree", (2, 3)), ("record.status_follows", (2, 3, 4))],
        ),
        ([row(), row(event="validation_completed", day="2019-02-28")], []),
        ([row(), row(event="validation_completed", day="2019-03-01")], []),
        ([row(), row(event="validation_completed", day="2019-03-02")], [("record.facts_follow", (2, 3))]),
        ([row(), row(event="registration_request_withdrawn", day="")], [("record.facts_follow", (2, 3))]),
        ([row(), row(event="registration_request_withdrawn", day="2018-01-01")], [("record.facts_follow", (2, 3))]),
        (
            [
                row(event="registration_request_withdrawn", day="2018-01-01"),
                row(event="status_in_validation", day="2018-01-02"),
            ],
            [("record.status_follows", (2, 3))],
        ),
        ([row(event="validation_completed"), row(event="status_in_validation", day="2026-06-04")], []),
        ([row(event="status_in_validation", day=""), row()], []),
        ([row(), row(event="registration_announced", day="2019-03-02")], []),
        ([row(), row(event="registration_announced", day="2019-02-02")], [("record.views_agree", (2, 3))]),
        ([row(), row(event="registration_completed", day="2019-03-09")], []),
    ],
)
def test_rows_among_themselves(rows: list[str], expected: list[tuple[str, tuple[int, ...]]]) -> None:
    """A row that comes too late or too early contradicts another, and both are named; else nothing does."""
    case = one(*rows)
    assert told(case) == expected
    assert all(found.cites == "rows of the record" for found in case.contradictions)
    assert all(found.standing == "observed" for found in case.contradictions)
    shuffled = one(*reversed(rows))
    assert Counter(rule for rule, _ in told(shuffled)) == Counter(rule for rule, _ in expected)
    assert (shuffled.case.state, shuffled.not_in_record) == (case.case.state, case.not_in_record)


def test_views_of_an_issuance_disagree() -> None:
    """A group whose amounts differ shows up with the issuance that it is about, and not with the project."""
    two = [
        row(event="issuance_decided", day="2020-01-01", amount="10", detail="total"),
        row(event="issuance_announced", day="2020-02-01", amount="11", detail="decision of 2020-01-01"),
    ]
    project, issuance = again(row(), *two).cases
    assert told(project) == []
    assert told(issuance) == [("record.views_agree", (3, 4))]


def test_nothing_is_missed_between_states_that_no_way_joins() -> None:
    """Where a list contradicts a registration, only the steps up to the registration were left out."""
    case = one(row(), row(event="status_in_validation", day="2026-06-04"))
    assert list(case.not_in_record) == [
        "submit_pdd",
        "publish_pdd",
        "conclude_validation",
        "request_registration",
        "check_request",
    ]


@pytest.mark.parametrize(
    ("approved", "submitted", "verdict"),
    [
        ("2019-02-28", "2019-03-01", "missing"),
        ("2019-03-01", "2019-03-01", "missing"),
        ("2019-03-02", "2019-03-01", "unmet"),
        ("", "2019-03-01", "missing"),
    ],
)
def test_a_methodology_and_the_day_it_was_approved(approved: str, submitted: str, verdict: str) -> None:
    """Approved only after a day by which the project was submitted: unmet; else the submission is not known."""
    rows = (
        row("PW_AM001", "methodology_approved", approved, "Ver1.0", kind="methodology"),
        row(day=submitted, detail="methodology PW_AM001 Ver1.0"),
    )
    case = one(*rows)
    assert of_rule(case, "project.submit_pdd.methodology_valid") == [verdict]
    expected = [("project.submit_pdd.methodology_valid", (2, 3))] if verdict == "unmet" else []
    assert told(case) == expected


@pytest.mark.parametrize("country", ["MN", "ID"])
def test_the_rule_of_a_country_is_cited(country: str) -> None:
    """Where there is a book, the contradiction cites what the book cites, with its standing."""
    case = one(
        row(f"{country}_AM001", "methodology_revision_approved", "2020-01-01", "Ver2.0", kind="methodology"),
        row(f"{country}001", detail=f"methodology {country}_AM001 Ver2.0"),
    )
    (found,) = case.contradictions
    (binding,) = (
        b
        for b in books[country].edition(date(2019, 3, 1)).bindings("project.submit_pdd", None, frozenset())
        if b.rule.id == found.rule == "project.submit_pdd.methodology_valid"
    )
    assert (found.cites, found.standing) == (binding.ground.cites, binding.ground.standing)
    assert found.says.startswith(binding.rule.sentence)


def test_rows_that_cite_and_rows_that_date_are_both_named() -> None:
    """The version may stand in another row than the day that contradicts it, and a stretch counts by its end."""
    case = one(
        row("PW_AM001", "methodology_approved", "2019-03-05", "Ver1.0", kind="methodology"),
        row("PW_AM001", "methodology_public_inputs", "2018-01-01", "Ver1.0", kind="methodology"),
        row(day="2019-03-04"),
        row(day="2019-03-01"),
        row(event="status_in_validation", day="2026-06-04", detail="methodology PW_AM001 Ver1.0"),
    )
    assert ("project.submit_pdd.methodology_valid", (2, 4, 5, 6)) in told(case)


def test_another_version_is_another_thing() -> None:
    """A version that the record does not know is not known, whatever it says of others."""
    case = one(
        row("PW_AM001", "methodology_approved", "2022-01-01", "Ver2.0", kind="methodology"),
        row(detail="methodologies PW_AM001 Ver1.0 and PW_AM002 Ver1.0"),
    )
    assert of_rule(case, "project.submit_pdd.methodology_valid") == ["missing", "missing"]
    assert case.contradictions == ()


def test_a_register_of_ones_own() -> None:
    """What is given is asked instead of the record; the rows then name what cites the version."""
    version = "PW_AM001 Ver1.0"
    known = register.facts(register.Approval(methodology=version, approved_on=date(2030, 1, 1)))
    case = one(row(detail=f"methodology {version}"), known=known)
    assert told(case) == [("project.submit_pdd.methodology_valid", (2,))]
    assert one(row(detail=f"methodology {version}"), known=register.NOTHING_KNOWN).contradictions == ()


def test_what_a_fact_contradicts_of_a_rule_that_is_no_duty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unmet rules are contradictions, with the rows of the fact; a duty, and what is missing or met, is none."""
    entry = one(row(), row()).entries[1]
    ground = Ground(
        rule="a.rule", revision=1, sentence="It is so.", effect=Effect.HOLDS, standing=Standing.INFERRED, cites="page 1"
    )
    known: dict[str, Any] = {"standing": Standing.INFERRED, "ground": ground}
    holds = Finding(Verdict.UNMET, {"day": date(2019, 3, 1)}, effect=Effect.HOLDS, **known)
    others = (
        Finding(Verdict.MET, effect=Effect.HOLDS, **known),
        Finding(Verdict.MISSING, effect=Effect.HOLDS, **known),
        Finding(Verdict.UNMET, effect=Effect.DUTY, **known),
    )
    made = Audit((Audited(entry, (holds, *others)),), ())
    (found,) = broken_rules(made)
    assert found == Contradiction(
        rows=(2, 3), rule="a.rule", says="It is so. (day: 2019-03-01)", cites="page 1", standing="inferred"
    )
    # No rule can yet be unmet on what a record says of a project: the documents are not in it.
    monkeypatch.setattr("jcm_cycle.record.replay.audit", lambda *_, **__: made)
    case = one(row(), row())
    assert found in case.contradictions
    assert case.json()["findings"]["unmet"] == 2


def test_a_proposal_that_is_approved_under_its_own_number_is_no_approved_methodology() -> None:
    """Only an approved number can be what a project cites."""
    case = one(
        row("PW_PM001", "methodology_approved", "2022-01-01", "Ver1.0", kind="methodology"),
        row(day="2021-01-01", detail="methodology PW_AM001 Ver1.0"),
    )
    assert told(case) == []


def test_a_book_that_does_not_have_the_rule_on_methodologies_leaves_it_unknown(world: Any) -> None:
    """The versions are looked up all the same, and what is found only advises."""
    rules = RuleBooks({"PW": world.only("project.conclude_validation.eia")})
    text = HEADER + "\n" + row(day="2021-01-01", detail="methodology PW_AM001 Ver1.0")
    (case,) = replay(read_text(text), rules=rules).cases
    (found,) = [finding for finding in case.findings if finding.rule == RULE]
    assert (str(found.verdict), str(found.standing), str(found.effect)) == ("missing", "unknown", "advises")
