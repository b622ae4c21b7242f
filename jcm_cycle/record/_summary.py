"""What the rules of each country make of its part of a record, rule by rule, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from attrs import field, frozen

from jcm_cycle._labels import text
from jcm_cycle._outcomes import fact_text
from jcm_cycle._words import joined, say, told, word
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
        reasons: a finding for each reason, which tells it in other languages.
    """

    rule: str
    sentence: str
    verdict: Verdict
    count: int
    cases: tuple[str, ...]
    why: tuple[tuple[str, int], ...]
    cites: tuple[str, ...]
    standing: tuple[str, ...]
    reasons: Mapping[str, Finding] = field(factory=dict, eq=False, repr=False)

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

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text: the rule, why it found so, and where it was read.

        Args:
            lang: code of the language, en or ja.
        """
        found = zip(self.cites, self.standing, strict=True)
        places = "; ".join(f"{told(place, lang)} ({word('standing', how, lang)})" for place, how in found)
        verdict, sentence = word("verdict", self.verdict, lang), text(self.sentence, lang)
        lines = [
            say(
                lang, "{count} {verdict}: {sentence} [{rule}]",
                count=self.count, verdict=verdict, sentence=sentence, rule=self.rule,
            )
        ]  # fmt: skip
        if self.verdict is not Verdict.MET:
            reasons = ((self._reason(why, lang), count) for why, count in self.why[:_SHOWN])
            lines += [say(lang, "    {count} × {why}", count=count, why=why) for why, count in reasons]
            left = self.why[_SHOWN:]
            if left:
                count = sum(count for _, count in left)
                lines.append(say(lang, "    {count} × for {others} other reasons", count=count, others=len(left)))
        return "\n".join([*lines, f"    {places}"])

    def _reason(self, why: str, lang: str) -> str:
        return _why(self.reasons[why], lang) if why in self.reasons else why


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

    def explain(self, *, lang: str = "en") -> str:
        """Return it as text: the sums, each contradiction, and each rule with its reasons.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        head = say(
            lang,
            "{country}: {cases} cases; {met} met, {unmet} unmet, {missing} missing, {contradictions} contradictions",
            country=word("country", self.country, lang), cases=self.cases, met=self.met, unmet=self.unmet,
            missing=self.missing, contradictions=len(self.contradictions),
        )  # fmt: skip
        found = [*(_contradiction(one, lang) for one in self.contradictions)]
        found += [rule.explain(lang=lang) for rule in self.rules]
        return "\n".join([head, *(f"  {line}" for line in "\n".join(found).splitlines())])


def _contradiction(one: Contradiction, lang: str) -> str:
    rows = joined(map(str, one.rows), lang)
    says = say(
        lang, "contradiction in rows {rows}: {says} [{rule}]", rows=rows, says=one.explain(lang=lang), rule=one.rule
    )
    return f"{says}\n    {told(one.cites, lang)} ({word('standing', one.standing, lang)})"


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
    reasons = [(_why(one), one) for _, one in findings]
    return RuleSummary(
        rule=rule,
        sentence=findings[0][1].sentence,
        verdict=verdict,
        count=len(findings),
        cases=tuple(dict.fromkeys(case for case, _ in findings)),
        why=tuple(Counter(why for why, _ in reasons).most_common()),
        cites=tuple(place for place, _ in places),
        standing=tuple(standing for _, standing in places),
        reasons=dict(reasons),
    )


def _why(finding: Finding, lang: str = "en") -> str:
    """Return why a finding is what it is: its own words, the facts that nobody told, or all that it read."""
    if "why" in finding.facts:
        return told(str(finding.facts["why"]), lang)
    lacking = [_fact(name, lang) for name, value in finding.facts.items() if value is None]
    if finding.verdict is Verdict.MISSING and lacking:
        return say(lang, "not told: {facts}", facts=joined(lacking, lang))
    return "; ".join(f"{_fact(name, lang)}: {fact_text(value, lang)}" for name, value in finding.facts.items())


def _fact(name: str, lang: str) -> str:
    return word("fact", name, lang).replace("_", " ")
