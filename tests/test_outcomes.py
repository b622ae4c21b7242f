"""What comes of an attempt, as data for programs and as text for readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Between,
    Faulted,
    Finding,
    Journal,
    Outcome,
    Refused,
    Role,
    Verdict,
    evidence as ev,
    project,
)
from jcm_cycle._outcomes import fact_text, finding_text
from jcm_cycle.days import Period

FINDING = [
    "rule",
    "verdict",
    "effect",
    "sentence",
    "facts",
    "cites",
    "url",
    "standing",
    "rests_on",
    "earliest",
    "despite",
]
ATTEMPT = ["schema", "case", "step", "outcome", "on", "verdict", "seq", "findings"]


def test_an_answer_as_data_has_the_promised_shape(world: Any) -> None:
    """The keys in their order, every value plain."""
    answer = world.attempt("conclude_validation", open_requests=("CAR 1",))
    data = answer.json()
    assert list(data) == ATTEMPT
    assert data | {"findings": []} == {
        "schema": 1,
        "case": "case-1",
        "step": "conclude_validation",
        "outcome": "positive",
        "on": "2024-05-21",
        "verdict": "refused",
        "seq": None,
        "findings": [],
    }
    assert len(data["findings"]) == len(answer.findings)
    assert all(list(finding) == FINDING for finding in data["findings"])
    assert orjson.loads(orjson.dumps(data)) == data


def test_a_finding_as_data_says_all_of_it(world: Any) -> None:
    """Here one that refuses for its own reason."""
    answer = world.attempt("conclude_validation", open_requests=("CAR 1",))
    (finding,) = [f for f in answer.json()["findings"] if f["verdict"] == "unmet"]
    assert finding == {
        "rule": "project.conclude_validation.no_open_requests",
        "verdict": "unmet",
        "effect": "blocks",
        "sentence": "No corrective action or clarification request is left open.",
        "facts": {"open_requests": ["CAR 1"]},
        "cites": finding["cites"],
        "url": "https://example.org/zz/pcp",
        "standing": "cited",
        "rests_on": None,
        "earliest": None,
        "despite": None,
    }
    assert finding["cites"].startswith("Synthetic procedure ver01.0, section 2, item ")


def test_a_finding_as_data_says_how_well_it_is_founded(world: Any) -> None:
    """By the weaker of its rule and of what that rests on."""
    rule = "project.close_public_inputs.full_window"
    book = world.book(adopt={rule: {"standing": "observed"}}, value={"project.public_inputs": {"standing": "assumed"}})
    (finding,) = world.attempt("close_public_inputs", book=book).json()["findings"]
    assert (finding["standing"], finding["effect"], finding["verdict"]) == ("assumed", "advises", "met")


def test_days_reasons_and_what_is_not_known_are_plain(world: Any) -> None:
    """Days as text, None for what is not there."""
    rule = "project.close_public_inputs.full_window"
    answer = world.attempt("close_public_inputs", on=date(2024, 5, 1), despite={rule: "agreed"})
    (finding,) = [f for f in answer.json()["findings"] if f["rule"] == rule]
    assert finding["facts"] == {
        "day": "2024-05-01",
        "opened": "2024-04-10",
        "days": 30,
        "last_day": "2024-05-09",
    } | {key: finding["facts"][key] for key in finding["facts"].keys() & {"earliest"}}
    assert (finding["earliest"], finding["despite"]) == ("2024-05-10", "agreed")
    missing = world.attempt("conclude_validation", entity=None).json()["findings"]
    (found,) = [f for f in missing if f["rule"] == "common.entity_named"]
    assert found["facts"] == {"entity": None, "named": ["Example Entity"]}


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (UNKNOWN_DAY, "unknown"),
        (Between(date(2024, 1, 1), None), {"not_before": "2024-01-01", "not_after": None}),
        (date(2024, 4, 2), "2024-04-02"),
    ],
)
def test_a_recorded_fact_is_data_too(world: Any, on: Any, written: Any) -> None:
    """It has no findings, and its day may be rough."""
    answer = world.case().record(project.submit_pdd.fact(on=on))
    assert answer.json(seq=7) == {
        "schema": 1,
        "case": "case-1",
        "step": "submit_pdd",
        "outcome": None,
        "on": written,
        "verdict": "recorded",
        "seq": 7,
        "findings": [],
    }


def test_an_accepted_answer_carries_the_number_of_its_entry(world: Any) -> None:
    """Where one was appended."""
    answer = world.attempt("check_request")
    assert answer.json(seq=3)["seq"] == 3
    assert (answer.json()["verdict"], answer.json()["outcome"]) == ("accepted", "complete")


# --- as text


def lines_of(text: str, rule: str) -> str:
    """Return the lines of one finding."""
    lines = text.splitlines()
    end = next(place for place, line in enumerate(lines) if line.endswith(f"[{rule}]"))
    start = max(place for place in range(end) if lines[place][:10].strip() in {*Verdict})
    return "\n".join(lines[start : end + 1])


def test_a_refusal_is_explained_in_full(world: Any) -> None:
    """Verdict, step, outcome and day; for each finding verdict, sentence, facts, source, standing and rule."""
    answer = world.attempt("conclude_validation", open_requests=("CAR 1", "CL 2"), inputs_treated=None)
    text = answer.explain()
    assert text.splitlines()[0] == "REFUSED  project.conclude_validation (positive) on 2024-05-21"
    assert "nothing was recorded; the case still stands in_validation" in text
    shown = lines_of(text, "project.conclude_validation.no_open_requests")
    assert (
        shown.split()
        == (
            "unmet No corrective action or clarification request is left open. "
            "open_requests: CAR 1, CL 2 "
            f"blocks; cited: {answer.refusals[0].cites} [project.conclude_validation.no_open_requests]"
        ).split()
    )
    for finding in answer.findings:
        part = lines_of(text, finding.rule)
        assert str(finding.verdict) in part
        assert finding.sentence in part
        assert finding.cites in part
        assert str(finding.standing) in part
    assert str(answer) == text


def test_what_refuses_comes_first_and_what_is_met_last(world: Any) -> None:
    """So that a reader sees first what matters."""
    answer = world.attempt(
        "conclude_validation", open_requests=("CAR 1",), entity=None, registered_elsewhere=None, eia_done=None
    )
    text = answer.explain()
    order = [rule for _, rule in sorted((text.index(f"[{f.rule}]"), f.rule) for f in answer.findings)]
    weight = {f.rule: (not f.refuses, ["unmet", "missing", "met"].index(f.verdict)) for f in answer.findings}
    assert order == sorted(order, key=lambda rule: weight[rule])
    assert order[0] == "project.conclude_validation.no_open_requests"


def test_a_wait_is_explained_with_its_earliest_day(world: Any) -> None:
    """And so is the answer as a whole."""
    answer = world.attempt("close_public_inputs", on=date(2024, 5, 1))
    assert "earliest day: 2024-05-10" in lines_of(answer.explain(), "project.close_public_inputs.full_window")
    assert answer.earliest == date(2024, 5, 10)


def test_the_day_that_picks_the_rules_is_named_where_it_is_another_one(world: Any) -> None:
    """For a decision, the day of the request it answers."""
    assert "judged by the rules of" not in world.attempt("conclude_validation").explain()
    text = world.attempt("decide_registration").explain()
    assert "judged by the rules of 2024-05-31, the day of what it answers" in text
    case = world.case().record(project.observed("under_consideration", on=date(2024, 4, 2))).case
    assert "the day that picks the rules is not known" in world.attempt("decide_registration", case=case).explain()


@pytest.mark.parametrize(
    ("standing", "says"),
    [("cited", "not accepted, the rule blocks: by letter"), ("inferred", "went through despite it: by letter")],
)
def test_a_reason_is_explained_with_what_became_of_it(world: Any, standing: str, says: str) -> None:
    """Whether it carried the act through or not."""
    rule = "project.conclude_validation.no_open_requests"
    answer = world.attempt(
        "conclude_validation",
        book=world.standing(rule, standing),
        open_requests=("CAR 1",),
        despite={rule: "by letter"},
    )
    assert says in lines_of(answer.explain(), rule)


WINDOW, INPUTS = "project.close_public_inputs.full_window", "project.public_inputs"
Rested = Callable[..., Finding]


@pytest.fixture
def rested(world: Any, walk: Any, whole_way: tuple[str, ...], journal: Journal) -> Rested:
    """Return a function that gives the finding on the window under a book with rule and value changed.

    It is that of an entry that was read again from the disk, and says what the attempt said.
    """
    steps = whole_way[: whole_way.index("close_public_inputs") + 1]

    def found(adopt: dict[str, Any], value: dict[str, Any]) -> Finding:
        book = world.book(adopt={WINDOW: adopt}, value={INPUTS: value})
        walk(journal, *steps, book=book)
        kept = next(one for one in Journal(journal.path).entries()[-1].findings if one.rule == WINDOW)
        made = next(one for one in world.attempt(steps[-1], book=book).findings if one.rule == WINDOW)
        assert kept.json() == made.json()
        return kept

    return found


def test_a_finding_tells_where_its_value_was_read(rested: Rested) -> None:
    """Its rule with the source of the rule, its value with that of the value; also when it is read again later."""
    place = "para 10, by analogy"
    finding = rested({"cites": "para 9", "standing": "cited"}, {"standing": "inferred", "cites": place})
    rule_at, value_at = finding_text(finding).splitlines()[-2:]
    assert rule_at == f"          holds; cited: Synthetic procedure ver01.0, para 9  [{WINDOW}]"
    assert value_at == f"          {INPUTS}; inferred: Synthetic procedure ver01.0, {place}"
    assert f"プロジェクトへの意見募集 ({INPUTS}); 推論: Synthetic procedure ver01.0" in finding_text(finding, "ja")
    where = f"Synthetic procedure ver01.0, {place}"
    assert finding.json()["rests_on"] == {"name": INPUTS, "standing": "inferred", "cites": where}


def test_a_value_from_where_the_rule_was_read_is_not_told_twice(rested: Rested) -> None:
    """The same source and standing; as data it is there all the same."""
    finding = rested({"cites": "para 10", "standing": "cited"}, {"cites": "para 10", "standing": "cited"})
    assert finding_text(finding).endswith(f"blocks; cited: Synthetic procedure ver01.0, para 10  [{WINDOW}]")
    assert finding.json()["rests_on"]["name"] == INPUTS


def test_what_rests_on_no_value_says_so(rested: Rested) -> None:
    """The rule is cited, and the book has no number: the finding is not laid at the source of the rule."""
    finding = rested({"cites": "para 9", "standing": "cited"}, {"value": None})
    assert f"advises only; cited: Synthetic procedure ver01.0, para 9  [{WINDOW}]" in finding_text(finding)
    assert finding_text(finding).splitlines()[-1].strip() == "and rests on what is unknown"
    assert (finding.json()["rests_on"], finding.json()["standing"]) == ("unknown", "unknown")


def test_advice_is_called_advice(world: Any) -> None:
    """Where it is not met; a rule that is met needs no such word."""
    rule = "project.conclude_validation.no_open_requests"
    book = world.standing(rule, "assumed")
    unmet = world.attempt("conclude_validation", book=book, open_requests=("CAR 1",))
    assert "advises only; assumed" in lines_of(unmet.explain(), rule)
    assert "advises only" not in lines_of(world.attempt("conclude_validation", book=book).explain(), rule)
    assert "the case now stands validated" in unmet.explain()


def test_a_late_check_says_by_how_many_days(world: Any) -> None:
    """A duty is called one, and the number of days stands beside it."""
    answer = world.attempt("check_request", on=date(2024, 7, 1))
    shown = lines_of(answer.explain(), "project.check_request.in_time")
    assert "days: 7; due: 2024-06-08; late_by: 23" in shown
    assert "duty; cited" in shown


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"open_requests": None}, "open_requests: not given"),
        ({"open_requests": ()}, "open_requests: none"),
        ({"registered_elsewhere": ""}, 'registered_elsewhere: ""'),
        ({"eia_required": True}, "required: yes; done: yes"),
        ({"eia_done": False}, "required: yes; done: no"),
    ],
)
def test_facts_are_written_for_a_reader(world: Any, changes: dict[str, Any], shown: str) -> None:
    """What is not given, what is empty, and yes and no."""
    assert shown in world.attempt("conclude_validation", **changes).explain()


def test_a_short_explanation_leaves_out_what_is_met(world: Any) -> None:
    """And keeps what refuses."""
    answer = world.attempt("conclude_validation", open_requests=("CAR 1",))
    text = answer.explain(full=False)
    assert "[project.conclude_validation.no_open_requests]" in text
    assert "[project.conclude_validation.eia]" not in text
    assert "[project.conclude_validation.eia]" in answer.explain()


# --- what an answer is


def test_an_answer_is_true_where_the_act_was_taken(world: Any) -> None:
    """And a refusal or fault is not."""
    accepted = world.attempt("submit_pdd")
    refused = world.attempt("submit_pdd", by=Role.PUBLIC)
    assert accepted
    assert not refused
    assert (accepted.verdict, refused.verdict) == ("accepted", "refused")
    assert (accepted.step, accepted.outcome, accepted.on) == ("project.submit_pdd", None, date(2024, 4, 2))
    assert world.attempt("conclude_validation").outcome is Outcome.POSITIVE


def of(earliest: date | None, verdict: Verdict = Verdict.UNMET) -> Finding:
    """Return a finding that refuses."""
    return Finding(verdict, {}, earliest)


@pytest.mark.parametrize(
    ("findings", "earliest"),
    [
        ((of(date(2024, 5, 1)),), date(2024, 5, 1)),
        ((of(date(2024, 5, 1)), of(date(2024, 6, 1))), date(2024, 6, 1)),
        ((of(date(2024, 5, 1)), of(None)), None),
        ((of(date(2024, 5, 1)), of(None, Verdict.MISSING)), None),
        ((of(date(2024, 5, 1)), of(None, Verdict.MET)), date(2024, 5, 1)),
        ((), None),
    ],
)
def test_the_earliest_day_of_a_refusal_is_that_of_the_last_wait(
    world: Any, findings: tuple[Finding, ...], earliest: date | None
) -> None:
    """Where every reason is a wait; one that is none and no waiting helps."""
    where: dict[str, Any] = {"step": "project.submit_pdd", "outcome": None, "on": date(2024, 4, 2)}
    refused = Refused(**where, findings=findings, governed_by=None, case=world.case())
    assert refused.earliest == earliest


def test_a_fault_is_explained_with_rule_and_error(world: Any) -> None:
    """And with whom to tell."""
    where: dict[str, Any] = {"step": "project.submit_pdd", "outcome": None, "on": date(2024, 4, 2)}
    answer = Faulted(
        **where, findings=(), governed_by=date(2024, 4, 2), case=world.case(), rule="a.b.c", error=ValueError("no")
    )
    assert answer.explain().splitlines() == [
        "FAULTED  project.submit_pdd on 2024-04-02",
        "  the rule a.b.c failed: ValueError: no",
        "  report it to whoever keeps the rule",
    ]
    assert answer.json()["verdict"] == "faulted"
    assert not answer


def test_an_outcome_is_a_word_of_the_evidence(world: Any) -> None:
    """A step of one way has none, whatever its evidence says."""
    assert world.attempt("replace_moc").json()["outcome"] is None
    negative = world.attempt("conclude_validation", opinion=ev.Outcome.NEGATIVE)
    assert negative.json()["outcome"] == "negative"


def test_a_fact_that_names_several_things_is_shown_as_a_reader_would_write_it() -> None:
    """Not as Python writes it: each name with what stands for it, and none where there is none."""
    taken = {"solar-1": Period(date(2025, 9, 1), date(2025, 12, 31)), "solar-2": None}
    assert fact_text(taken) == "solar-1 (2025-09-01..2025-12-31), solar-2 (not given)"
    assert fact_text({}) == fact_text([]) == "none"
