"""Findings: met, unmet or missing, with the facts read, and what each does to an act."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle.days import Between
from jcm_cycle.evidence import MethodologyVersion, Outcome, Version
from jcm_cycle.findings import (
    EFFECT_BY_STANDING,
    Effect,
    Finding,
    Ground,
    Standing,
    Support,
    Verdict,
    from_day,
    missing,
    plain,
    require,
    unmet,
)

DAY = date(2024, 5, 1)
BEST_FIRST = ["cited", "observed", "inferred", "assumed", "unknown"]

standings = st.none() | st.sampled_from(Standing)
known = st.booleans() | st.integers() | st.text() | st.dates()
facts = st.dictionaries(st.sampled_from("abcdef"), known)


# -- judging ---------------------------------------------------------------------------------------------------------


@given(st.booleans(), facts, standings)
def test_a_condition_on_known_facts_is_met_or_unmet(
    holds: bool,  # noqa: FBT001 - Hypothesis draws it
    read: dict[str, Any],
    standing: Standing | None,
) -> None:
    """The condition decides; the facts, and the standing of the value that was used, stay with the finding."""
    found = require(holds, rests_on=standing, **read)
    assert found.verdict is (Verdict.MET if holds else Verdict.UNMET)
    assert found.facts == read
    assert found.rests_on is standing
    assert found.standing is None


@given(st.booleans(), facts, st.sampled_from("abcdef"))
def test_a_fact_that_is_not_known_makes_the_finding_missing(
    holds: bool,  # noqa: FBT001 - Hypothesis draws it
    read: dict[str, Any],
    name: str,
) -> None:
    """Whatever the condition says: a fact that evidence left out is never met."""
    found = require(holds, earliest=DAY, **{**read, name: None})
    assert found.verdict is Verdict.MISSING
    assert found.earliest is None


@pytest.mark.parametrize("empty", [(), "", 0, False, {}])
def test_an_empty_fact_is_known(empty: Any) -> None:
    """An empty list of open requests is an answer; only None is none."""
    assert require(not empty, fact=empty).verdict is Verdict.MET


def test_only_an_unmet_condition_names_the_earliest_day() -> None:
    """What is met needs no waiting."""
    assert require(False, earliest=DAY, fact=1).earliest == DAY  # noqa: FBT003
    assert require(True, earliest=DAY, fact=1).earliest is None  # noqa: FBT003


def test_an_unmet_finding_may_show_what_is_not_known() -> None:
    """`unmet` is for a rule that one of its facts alone decides."""
    found = unmet(rests_on=Standing.INFERRED, earliest=DAY, given=None)
    assert (found.verdict, found.earliest, found.rests_on) == (Verdict.UNMET, DAY, Standing.INFERRED)
    assert found.facts == {"given": None}


def test_a_missing_finding_says_what_is_not_known() -> None:
    """In words, before the facts."""
    found = missing("the register is silent", rests_on=Standing.ASSUMED, entity="X")
    assert (found.verdict, found.rests_on) == (Verdict.MISSING, Standing.ASSUMED)
    assert list(found.facts.items()) == [("why", "the register is silent"), ("entity", "X")]


@given(st.dates(), st.integers(-3, 3), standings)
def test_a_wait_is_over_on_the_earliest_day(earliest: date, offset: int, standing: Standing | None) -> None:
    """Unmet before it, with that day; met on it and after."""
    try:
        day = earliest + timedelta(days=offset)
    except OverflowError:
        return
    found = from_day(day, earliest, rests_on=standing, opened=earliest)
    assert found.verdict is (Verdict.UNMET if offset < 0 else Verdict.MET)
    assert found.earliest == (earliest if offset < 0 else None)
    assert found.facts == {"day": day, "opened": earliest}
    assert found.rests_on is standing


def test_a_wait_for_a_day_that_is_not_known_is_missing() -> None:
    """It is neither over nor not."""
    found = from_day(DAY, None, rests_on=Standing.CITED, opened=None)
    assert (found.verdict, found.earliest, found.rests_on) == (Verdict.MISSING, None, Standing.CITED)
    assert found.facts == {"earliest": None, "opened": None}


# -- what a finding does ---------------------------------------------------------------------------------------------

REFUSING = {
    # (verdict, effect): without a reason, with a reason
    ("met", "blocks"): (False, False),
    ("met", "holds"): (False, False),
    ("met", "advises"): (False, False),
    ("met", "duty"): (False, False),
    ("unmet", "blocks"): (True, True),
    ("unmet", "holds"): (True, False),
    ("unmet", "advises"): (False, False),
    ("unmet", "duty"): (False, False),
    ("missing", "blocks"): (True, False),
    ("missing", "holds"): (True, False),
    ("missing", "advises"): (False, False),
    ("missing", "duty"): (False, False),
}


@pytest.mark.parametrize(("verdict", "effect"), REFUSING)
def test_what_is_unmet_blocks_whatever_the_reason_and_what_is_missing_yields_to_one(verdict: str, effect: str) -> None:
    """Advice and duties never refuse; a rule that blocks yields to a reason only where a fact is missing."""
    bare = Finding(Verdict(verdict), effect=Effect(effect))
    reasoned = Finding(Verdict(verdict), effect=Effect(effect), despite="a letter stands in")
    assert (bare.refuses, reasoned.refuses) == REFUSING[verdict, effect]


def test_every_verdict_and_effect_is_in_the_table() -> None:
    """Nothing is added without saying whether it refuses."""
    assert set(REFUSING) == set(product(map(str, Verdict), map(str, Effect)))


def test_standings_are_in_order_the_best_first() -> None:
    """And a conclusion is no better founded than the weaker of what it rests on."""
    assert [str(standing) for standing in Standing] == BEST_FIRST
    for one, other in product(Standing, Standing):
        weaker = max(one, other, key=BEST_FIRST.index)
        assert one.or_weaker(other) is weaker
    assert all(one.or_weaker(None) is one for one in Standing)


def test_the_effect_of_a_procedure_rule_follows_its_standing() -> None:
    """A cited one blocks, an observed or inferred one holds, an assumed or unknown one advises."""
    assert {str(standing): str(effect) for standing, effect in EFFECT_BY_STANDING.items()} == {
        "cited": "blocks",
        "observed": "holds",
        "inferred": "holds",
        "assumed": "advises",
        "unknown": "advises",
    }


# -- as data ---------------------------------------------------------------------------------------------------------

GROUND = Ground(
    rule="project.x.y",
    revision=2,
    sentence="It is so.",
    effect=Effect.BLOCKS,
    standing=Standing.CITED,
    cites="a paragraph",
    url="https://example.org",
)


def test_a_finding_shows_its_ground() -> None:
    """Rule, sentence and source are those of the ground, and empty before there is one."""
    bare, grounded = Finding(Verdict.MET), Finding(Verdict.MET, ground=GROUND)
    assert (bare.rule, bare.sentence, bare.cites) == ("", "", "")
    assert (grounded.rule, grounded.sentence, grounded.cites) == ("project.x.y", "It is so.", "a paragraph")


def test_a_finding_as_data_has_the_promised_keys() -> None:
    """Others rely on these names and on plain values."""
    found = Finding(
        Verdict.UNMET,
        {"day": DAY, "version": Version(2), "scopes": (1, 2)},
        earliest=DAY,
        standing=Standing.INFERRED,
        effect=Effect.HOLDS,
        ground=GROUND,
        despite="a letter stands in",
        rests_on=Support(name="project.days", standing=Standing.INFERRED, cites="slides"),
    )
    assert found.json() == {
        "rule": "project.x.y",
        "verdict": "unmet",
        "effect": "holds",
        "sentence": "It is so.",
        "facts": {"day": "2024-05-01", "version": "02.0", "scopes": [1, 2]},
        "cites": "a paragraph",
        "url": "https://example.org",
        "standing": "inferred",
        "rests_on": {"name": "project.days", "standing": "inferred", "cites": "slides"},
        "earliest": "2024-05-01",
        "despite": "a letter stands in",
    }


def test_a_finding_without_a_ground_is_data_as_well() -> None:
    """With the same keys."""
    bare = Finding(Verdict.MET).json()
    assert set(bare) == set(Finding(Verdict.MET, ground=GROUND).json())
    assert (bare["effect"], bare["standing"], bare["url"], bare["earliest"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("on", "limit", "data"),
    [
        (None, None, None),
        (Standing.UNKNOWN, "unknown", "unknown"),
        (
            Support(name="project.days", standing=Standing.CITED, cites="slides"),
            "cited",
            {"name": "project.days", "standing": "cited", "cites": "slides"},
        ),
    ],
)
def test_what_a_finding_rests_on_limits_it(on: Any, limit: Any, data: Any) -> None:
    """A value with its source, a standing alone, or nothing beside the rule."""
    found = Finding(Verdict.MET, rests_on=on)
    assert (found.limit, found.json()["rests_on"]) == (limit, data)


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("text", "text"),
        (Outcome.POSITIVE, "positive"),
        (DAY, "2024-05-01"),
        (Between(DAY), "on or after 2024-05-01"),
        (Version(5), "05.0"),
        (MethodologyVersion.parse("MN_AM003 Ver2.0"), "MN_AM003 Ver2.0"),
        (Decimal("33.50"), "33.50"),
        ({"b", "a"}, ["a", "b"]),
        (frozenset({2, 1}), [1, 2]),
        ((DAY, None), ["2024-05-01", None]),
        ({1: (Version(1),)}, {"1": ["01.0"]}),
    ],
)
def test_a_fact_is_shown_plainly(fact: Any, shown: Any) -> None:
    """Days as ISO text, amounts and versions as text or whole numbers, sets in order."""
    assert plain(fact) == shown
    assert type(plain(fact)) is type(shown)


@given(
    st.recursive(
        st.none() | known | st.decimals(allow_nan=False) | st.floats() | st.sampled_from(Outcome),
        lambda inner: st.tuples(inner, inner) | st.lists(inner) | st.dictionaries(st.integers(), inner),
    )
)
def test_every_fact_can_be_written_as_json(fact: Any) -> None:
    """What `plain` returns is made of nothing but what JSON knows, without a float."""
    text = json.dumps(plain(fact))
    assert json.loads(text, parse_float=pytest.fail) == plain(fact)
