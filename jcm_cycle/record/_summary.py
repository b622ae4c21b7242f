"""What the rules of each country make of its part of a record, rule by rule, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from attrs import frozen

from jcm_cycle._outcomes import fact_text
from jcm_cycle.case import Case
from jcm_cycle.findings import Finding, Verdict
from jcm_cycle.record._against import Contradiction

__all__ = ["CountrySummary", "RuleSummary", "summaries"]

_SHOWN = 3
"""How many reasons the text shows; the data has them all."""


class _Judged(Protocol):
    @property
    def case(self) -> Case[Any]: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def contradictions(self) -> tuple[Contradiction, ...]: ...


@frozen(kw_only=True)
class RuleSummary:
    """What one rule found in one country, where it found the same.

    Attributes:
        rule: id of the rule.
        sentence: what it demands.
        verdict: met, unmet or missing.
        count: how many findings.
        cases: ids of the cases.
        why: each reason with how many findings give it, the most frequent first; of what is met, what was read.
        cites: where the rule was read; several where the book changed.
        standing: how well founded that is, one for each of them.
    """

    rule: str
    sentence: str
    verdict: Verdict
    count: int
    cases: tuple[str, ...]
    why: tuple[tuple[str, int], ...]
    cites: tuple[str, ...]
    standing: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "rule": self.rule,
            "sentence": self.sentence,
            "verdict": str(self.verdict),
            "count": self.count,
            "cases": list(self.cases),
            "why": [{"why": why, "count": count} for why, count in self.why],
            "cites": list(self.cites),
            "standing": list(self.standing),
        }

    def explain(self) -> str:
        """Return it as text: the rule, why it found so, and where it was read."""
        places = "; ".join(f"{place} ({how})" for place, how in zip(self.cites, self.standing, strict=True))
        lines = [f"{self.count} {self.verdict}: {self.sentence} [{self.rule}]"]
        if self.verdict is not Verdict.MET:
            lines += [f"    {count} × {why}" for why, count in self.why[:_SHOWN]]
            left = self.why[_SHOWN:]
            if left:
                lines.append(f"    {sum(count for _, count in left)} × for {len(left)} other reasons")
        return "\n".join([*lines, f"    {places}"])


@frozen(kw_only=True)
class CountrySummary:
    """What the rules of a country make of all its cases in a record.

    Attributes:
        country: two-letter code.
        cases: how many cases.
        met: how many findings are met.
        unmet: how many are unmet.
        missing: how many lack a fact.
        contradictions: what cannot all be so; once, also where it is told of several cases.
        rules: the findings rule by rule: first what is unmet, then what is missing, then what is met.
    """

    country: str
    cases: int
    met: int
    unmet: int
    missing: int
    contradictions: tuple[Contradiction, ...]
    rules: tuple[RuleSummary, ...]

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "country": self.country,
            "cases": self.cases,
            "met": self.met,
            "unmet": self.unmet,
            "missing": self.missing,
            "contradictions": [found.json() for found in self.contradictions],
            "rules": [rule.json() for rule in self.rules],
        }

    def explain(self) -> str:
        """Return it as text: the sums, each contradiction, and each rule with its reasons."""
        head = (
            f"{self.country}: {self.cases} cases; {self.met} met, {self.unmet} unmet, {self.missing} missing, "
            f"{len(self.contradictions)} contradictions"
        )
        found = [
            f"contradiction in rows {', '.join(map(str, one.rows))}: {one.says} [{one.rule}]\n    "
            f"{one.cites} ({one.standing})"
            for one in self.contradictions
        ]
        text = "\n".join([*found, *(rule.explain() for rule in self.rules)])
        return "\n".join([head, *(f"  {line}" for line in text.splitlines())])


def summaries(cases: Iterable[_Judged]) -> tuple[CountrySummary, ...]:
    """Sum up what was found, country by country."""
    by_country: dict[str, list[_Judged]] = {}
    for one in cases:
        by_country.setdefault(one.case.country, []).append(one)
    return tuple(_summary(country, own) for country, own in sorted(by_country.items()))


_ORDER = (Verdict.UNMET, Verdict.MISSING, Verdict.MET)


def _summary(country: str, cases: list[_Judged]) -> CountrySummary:
    found: dict[tuple[Verdict, str], list[tuple[str, Finding]]] = {}
    for one in cases:
        for finding in one.findings:
            found.setdefault((finding.verdict, finding.rule), []).append((one.case.id, finding))
    counts = Counter(finding.verdict for one in cases for finding in one.findings)
    told = [_rule(verdict, rule, findings) for (verdict, rule), findings in found.items()]
    return CountrySummary(
        country=country,
        cases=len(cases),
        met=counts[Verdict.MET],
        unmet=counts[Verdict.UNMET],
        missing=counts[Verdict.MISSING],
        contradictions=tuple(dict.fromkeys(item for one in cases for item in one.contradictions)),
        rules=tuple(sorted(told, key=lambda rule: (_ORDER.index(rule.verdict), -rule.count, rule.rule))),
    )


def _rule(verdict: Verdict, rule: str, findings: Sequence[tuple[str, Finding]]) -> RuleSummary:
    places = dict.fromkeys((one.cites, str(one.standing)) for _, one in findings)
    return RuleSummary(
        rule=rule,
        sentence=findings[0][1].sentence,
        verdict=verdict,
        count=len(findings),
        cases=tuple(dict.fromkeys(case for case, _ in findings)),
        why=tuple(Counter(_why(one) for _, one in findings).most_common()),
        cites=tuple(place for place, _ in places),
        standing=tuple(standing for _, standing in places),
    )


def _why(finding: Finding) -> str:
    """Return why a finding is what it is: its own words, the facts that nobody told, or all that it read."""
    if "why" in finding.facts:
        return str(finding.facts["why"])
    lacking = [name.replace("_", " ") for name, value in finding.facts.items() if value is None]
    if finding.verdict is Verdict.MISSING and lacking:
        return f"not told: {', '.join(lacking)}"
    return "; ".join(f"{name.replace('_', ' ')}: {fact_text(value)}" for name, value in finding.facts.items())
