"""The summary by country: every finding of a replay is in it once, with why it is what it is."""

from __future__ import annotations

from collections import Counter

import pytest

from jcm_cycle import Verdict, books
from jcm_cycle.record import read, read_text, shipped
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.replay import CountrySummary, Replay, RuleSummary, replay

FOUND = replay(read(shipped()))
HEADER = ",".join(COLUMNS)


def synthetic(*rows: str) -> Replay:
    """Replay rows that are made up."""
    return replay(read_text("\n".join([HEADER, *rows, ""])))


def of_rule(summary: CountrySummary, rule: str) -> RuleSummary:
    """Return what one rule found."""
    (found,) = [one for one in summary.rules if one.rule == rule]
    return found


def test_every_case_and_finding_is_counted_once() -> None:
    """In its own country, under its verdict and rule."""
    assert [one.country for one in FOUND.countries] == sorted({case.case.country for case in FOUND.cases})
    for one in FOUND.countries:
        own = [case for case in FOUND.cases if case.case.country == one.country]
        findings = [finding for case in own for finding in case.findings]
        verdicts = Counter(finding.verdict for finding in findings)
        assert one.cases == len(own)
        assert (one.met, one.unmet, one.missing) == tuple(
            verdicts[verdict] for verdict in (Verdict.MET, Verdict.UNMET, Verdict.MISSING)
        )
        assert one.contradictions == tuple(dict.fromkeys(item for case in own for item in case.contradictions))
        by_rule = Counter((finding.rule, finding.verdict) for finding in findings)
        assert {(rule.rule, rule.verdict): rule.count for rule in one.rules} == dict(by_rule)


def test_every_case_of_the_record_was_judged_under_the_book_of_its_country() -> None:
    """There is one for each, and no reason says otherwise."""
    assert {one.country for one in FOUND.countries} <= set(books)
    assert not [why for one in FOUND.countries for rule in one.rules for why, _ in rule.why if "rule book" in why]


def test_everything_is_explained() -> None:
    """Each rule with its sentence, why it is missing or unmet as often as it is, and where it was read."""
    for one in FOUND.countries:
        told = one.explain()
        for rule in one.rules:
            assert rule.sentence in told
            assert rule.cites
            assert len(rule.cites) == len(rule.standing)
            assert sum(count for _, count in rule.why) == rule.count
            assert all(why for why, _ in rule.why), rule
            assert 0 < len(rule.cases) <= rule.count


def test_what_is_unmet_comes_first_and_then_what_is_missing() -> None:
    """And of each the most frequent."""
    found = synthetic(
        "MN,project,MN901,A synthetic wind park,registered,2018-05-04,,,methodology MN_AM903 Ver2.0,,https://example.org/a",
        "MN,methodology,MN_AM903,Synthetic,methodology_revision_approved,2018-06-20,,,Ver2.0,,https://example.org/h",
        "MN,project,MN902,Synthetic pumps,registered,2018-05-04,,,,,https://example.org/a",
        "KE,project,KE901,Synthetic lamps,registered,2018-05-04,,,,,https://example.org/a",
    )
    kenya, mongolia = found.countries
    assert (kenya.country, kenya.cases, kenya.unmet, kenya.contradictions) == ("KE", 1, 0, ())
    assert mongolia.cases == 3
    verdicts = [rule.verdict for rule in mongolia.rules]
    assert verdicts == sorted(verdicts, key=("unmet", "missing", "met").index)
    for verdict in Verdict:
        counts = [rule.count for rule in mongolia.rules if rule.verdict is verdict]
        assert counts == sorted(counts, reverse=True)
    unmet = of_rule(mongolia, "project.submit_pdd.methodology_valid")
    assert (unmet.verdict, unmet.cases) == ("unmet", ("MN901",))
    assert "approved on: 2018-06-20" in unmet.why[0][0]
    (contradiction,) = mongolia.contradictions
    assert contradiction.rule == unmet.rule
    told = mongolia.explain()
    assert told.startswith("MN: 3 cases; ")
    assert ", 1 unmet, " in told
    assert "contradiction in rows 2, 3: Each methodology version cited" in told


def test_a_contradiction_of_several_cases_is_told_once() -> None:
    """As one of an amount that is told for two projects together."""
    page = "https://example.org/g"
    (mongolia,) = synthetic(
        f"MN,project,MN901+MN904,Two synthetic mills,issuance_decided,2020-03-02,,120,total,,{page}",
        f"MN,project,MN901,A synthetic mill,issuance_decided,2020-03-02,,80,total,,{page}",
        f"MN,project,MN904,Another synthetic mill,issuance_decided,2020-03-02,,50,total,,{page}",
    ).countries
    assert [one.says for one in mongolia.contradictions] == ["MN901 80 t + MN904 50 t against 120 t together."]


def test_many_reasons_are_shown_as_the_most_frequent_and_a_number() -> None:
    """The data has them all."""
    (viet_nam,) = [one for one in FOUND.countries if one.country == "VN"]
    rule = of_rule(viet_nam, "project.submit_pdd.methodology_valid")
    assert len(rule.why) > 4
    lines = rule.explain().splitlines()
    assert lines[1].startswith(f"    {rule.why[0][1]} × The register does not know VN_AM")
    assert lines[4] == f"    {sum(count for _, count in rule.why[3:])} × for {len(rule.why) - 3} other reasons"
    assert rule.json()["why"] == [{"why": why, "count": count} for why, count in rule.why]


@pytest.mark.parametrize("key", ["country", "cases", "met", "unmet", "missing", "contradictions", "rules"])
def test_the_data_has_what_the_text_has(key: str) -> None:
    """One object a country, in the JSON of the replay."""
    told = FOUND.json(explain=True)["countries"]
    assert "countries" not in FOUND.json()
    assert [one["country"] for one in told] == [one.country for one in FOUND.countries]
    for data, one in zip(told, FOUND.countries, strict=True):
        found = getattr(one, key)
        assert data[key] == ([item.json() for item in found] if isinstance(found, tuple) else found)
