"""Precedents: what one rule says of the cases of a record, and so how it was lived by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from jcm_cycle._near import perhaps
from jcm_cycle._outcomes import facts_text
from jcm_cycle._words import say, word
from jcm_cycle.days import Day
from jcm_cycle.errors import UnknownRule
from jcm_cycle.findings import Verdict, plain
from jcm_cycle.record.claims import read, shipped
from jcm_cycle.record.replay import Replay, replay
from jcm_cycle.rules import rules

__all__ = ["Precedent", "precedents"]


@frozen(kw_only=True)
class Precedent:
    """One recorded case under a rule.

    Attributes:
        case: id of the case.
        verdict: met, unmet or missing.
        facts: what was read, with what else is known of the case: its period, when its project was registered, when
            the issuance was decided.
        rows: the lines in the file that tell of the case.
    """

    case: str
    verdict: Verdict
    facts: Mapping[str, Any]
    rows: tuple[int, ...]

    def json(self) -> dict[str, Any]:
        """Return the precedent as data."""
        facts = {name: plain(value) for name, value in self.facts.items()}
        return {"case": self.case, "verdict": str(self.verdict), "facts": facts, "rows": list(self.rows)}

    def explain(self, *, lang: str = "en") -> str:
        """Return the precedent as text, in a line.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        verdict, facts = word("verdict", self.verdict, lang), facts_text(self.facts, lang)
        return say(lang, "{case}: {verdict} ({facts})", case=self.case, verdict=verdict, facts=facts)

    def __str__(self) -> str:
        return self.explain()


def precedents(rule: str, of: Replay | None = None) -> tuple[Precedent, ...]:
    """Return the recorded cases of which a rule could read something.

    Cases of which the record gives nothing that the rule reads are left out; what is left proves how the rule was
    lived by in these cases, and no more.

    Args:
        rule: id of the rule, such as `issuance.submit_monitoring_report.no_overlap`.
        of: a record, replayed; the one that comes with the library, if left out.

    Raises:
        UnknownRule: there is no such rule.
    """
    if rule not in rules():
        why = f"There is no rule {rule!r}."
        raise UnknownRule(why, cure=perhaps(rule, rules(), "jcm-cycle rules lists their ids."))
    found = []
    replayed = of if of is not None else replay(read(shipped()))
    registered = {one.case.id: one.case.file.registered_on for one in replayed.cases if one.case.machine == "project"}
    for one in replayed.cases:
        rows = tuple(
            sorted({source.row for entry in one.entries for source in entry.sources if source.row is not None})
        )
        for finding in one.findings:
            if finding.rule == rule and finding.facts.keys() - {"why"}:
                facts = {**_known(one.case, registered), **finding.facts}
                found.append(Precedent(case=one.case.id, verdict=finding.verdict, facts=facts, rows=rows))
    return tuple(found)


def _known(case: Any, registered: Mapping[str, Day | None]) -> dict[str, Any]:
    file = case.file
    told = {
        "registered_on": registered.get(case.id),
        "period": getattr(file, "period", None),
        "project_registered_on": registered.get(getattr(file, "of", None) or ""),
        "decided_on": getattr(file, "decided_on", None),
    }
    return {name: value for name, value in told.items() if value is not None}
