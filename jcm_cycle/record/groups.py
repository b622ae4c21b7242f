"""Rows that speak of one fact or decision, grouped by their subjects and day before anything is folded.

A public record tells one decision in several rows: once per source, once per side, as a total, as an
announcement, or for several projects together. These rows are views of the same thing. They are compared
and never added up.

- **The same fact from several rows**: rows with the same subjects, the same kind of event and the same day
  are one fact. They agree where their amounts are equal or absent, and where neither outcomes nor last days
  differ. "Approved" and "decided" are one kind, and so are "no objection" and "decided": the more exact
  word names the group. Rows that state different versions, or belong to different decisions, are different
  facts. Subjects without a number are the same where their titles are; of rules, reference and title have
  to be the same.
- **Told once**: a version of a methodology is approved once, an entity is withdrawn once, and an idea note has one no
  objection. Rows with different days disagree, and the day lies between them.
- **Registration**: a project is registered once. Rows with different days disagree, and the day lies
  between them. The announcement and the completion of the procedure are later views: they agree unless they
  come earlier.
- **Issuance**: the decision, the amounts notified to the sides on its day and its announcement are one
  group; two periods decided on one day are two. The sides' sum is held against the total where Japan and
  the host both have a row; else the total cannot be split, unless one side has more than the total. An
  announcement belongs to the decision whose day or period it names; one that names neither, to the last
  decision by then with its amount.
- **Credits in the registries**: rows belong together by the decision whose period or day they name, else by
  that period or day, else by their own day. Sides may issue on days of their own and in parts. They agree
  where all that was notified is issued; less leaves it open, more disagrees, and so does an issuance before
  its decision.
- **Joint rows** (`A+B`) are a cross-check of their members' rows of the same kind and day: they agree where
  every member's amount is known and the sum is right, disagree where it is wrong or too much already, and
  cannot be told where a member has none. A member's row stands in its own group and in that of the joint
  row.

Where the day of a group is unknown, nobody can tell whether its rows mean the same, so they never surely
agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from jcm_cycle._words import composed
from jcm_cycle.days import Between, Day, day_json, exact, span
from jcm_cycle.record._bundle import Bundle, Check, amounts, by, split, stated
from jcm_cycle.record._issuances import decisions
from jcm_cycle.record._joint import against_members
from jcm_cycle.record._registries import credits_issued
from jcm_cycle.record.claims import Claim, EventWord, SubjectType

__all__ = ["Group", "group"]


@frozen(kw_only=True)
class Group:
    """Rows of a record that speak of one fact or decision.

    Attributes:
        refs: the references of its subjects, sorted; empty where they have no number.
        kind: the event word that says most of it.
        on: the day, as far as it is known; for credits in registries the stretch of their days.
        amount: whole tonnes, each counted once; None where they are not known.
        agrees: whether its rows agree; None where it cannot be told.
        rows: the lines in the file on which its rows start, rising.
        says: what was compared, in words.
    """

    refs: tuple[str, ...]
    kind: EventWord
    on: Day
    amount: int | None
    agrees: bool | None
    rows: tuple[int, ...]
    says: str = ""

    def explain(self, *, lang: str = "en") -> str:
        """Return what was compared as text.

        Args:
            lang: code of the language, en or ja.
        """
        if lang == "en":
            return self.says
        return "".join(composed(sentence, lang) for sentence in _NEXT_SENTENCE.split(self.says))

    def json(self) -> dict[str, Any]:
        """Return the form in JSON."""
        return {
            "refs": list(self.refs),
            "kind": str(self.kind),
            "on": day_json(self.on),
            "amount": self.amount,
            "agrees": self.agrees,
            "rows": list(self.rows),
        }


_NEXT_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z0-9])")
_REGISTRATION = (EventWord.REGISTERED, EventWord.REGISTRATION_ANNOUNCED, EventWord.REGISTRATION_COMPLETED)
_ISSUANCE = (EventWord.ISSUANCE_DECIDED, EventWord.ISSUANCE_NOTIFIED_SIDE, EventWord.ISSUANCE_ANNOUNCED)
_VAGUE = {
    EventWord.METHODOLOGY_APPROVED: EventWord.METHODOLOGY_DECISION,
    EventWord.METHODOLOGY_REVISION_APPROVED: EventWord.METHODOLOGY_DECISION,
    EventWord.PIN_NO_OBJECTION: EventWord.PIN_DECISION,
}
"""Words that say how a decision went, with the word that leaves it open."""

_APPROVED = frozenset({EventWord.METHODOLOGY_APPROVED, EventWord.METHODOLOGY_REVISION_APPROVED})
_ONCE = frozenset({EventWord.TPE_WITHDRAWN, EventWord.PIN_NO_OBJECTION})
"""What happens to its subject once, whatever the day."""


def group(claims: Iterable[Claim]) -> tuple[Group, ...]:
    """Return the groups of several rows, of joint rows and of counts, in the order of their first rows.

    Credits of one row are a group where they contradict the decision that they follow from.

    Args:
        claims: the claims of one record.
    """
    by_subject: dict[tuple[str, ...], list[Bundle]] = {}
    single: dict[tuple[SubjectType, str], list[Bundle]] = defaultdict(list)
    for subject, rows in by(sorted(claims, key=lambda claim: claim.line), _subject).items():
        by_subject[subject] = _bundles(rows)
        if len(rows[0].subjects) == 1:
            single[rows[0].subject_type, rows[0].subjects[0]] += by_subject[subject]
    found = []
    for bundles in by_subject.values():
        for bundle in bundles:
            first = bundle.claims[0]
            if first.joint:
                members = {ref: single.get((first.subject_type, ref), ()) for ref in first.subjects}
                found.append(against_members(bundle, members))
            elif len(bundle.claims) > 1 or not first.names:
                found.append(bundle)
            elif bundle.follows is not None and bundle.agrees is False:  # one row against those of its decision
                found.append(evolve(bundle, compared=bundle.follows.claims))
    return tuple(_group(bundle) for bundle in sorted(found, key=lambda one: one.claims[0].line))


def _subject(claim: Claim) -> tuple[str, ...]:
    """Return what makes two rows speak of the same thing."""
    by_title = not claim.subjects or claim.subject_type is SubjectType.RULE
    title = " ".join(claim.title.casefold().split()) if by_title else ""
    return claim.country, claim.subject_type, title, *sorted(claim.subjects)


def _bundles(claims: Sequence[Claim]) -> list[Bundle]:
    decided = decisions(claims)
    issued = [claim for claim in claims if claim.event is EventWord.CREDITS_ISSUED]
    registered = [claim for claim in claims if claim.event in _REGISTRATION]
    special = (*_ISSUANCE, *_REGISTRATION, EventWord.CREDITS_ISSUED)
    others = by((c for c in claims if c.event not in special), lambda c: (_VAGUE.get(c.event, c.event), c.day))
    return [
        *decided,
        *credits_issued(issued, decided),
        *([_registration(registered)] if registered else []),
        *map(_one_fact, _once([part for rows in others.values() for part in split(rows, _mark)])),
    ]


def _mark(claim: Claim) -> object:
    """Return what tells facts of one kind and day apart: the version, or the decision."""
    return claim.detail.version or claim.detail.decision


def _once(parts: list[list[Claim]]) -> list[list[Claim]]:
    """Bring together rows of different days on what can have happened only once."""
    found: dict[object, list[Claim]] = {}
    for place, claims in enumerate(parts):
        version = next(iter(stated(c.detail.version for c in claims if c.event in _APPROVED)), None)
        word = next((claim.event for claim in claims if claim.event in _ONCE), None)
        found.setdefault(version or word or place, []).extend(claims)
    return list(found.values())


def _one_fact(claims: Sequence[Claim]) -> Bundle:
    family = _VAGUE.get(claims[0].event, claims[0].event)
    exact_words = sorted(stated(claim.event for claim in claims if claim.event is not family))
    different = sorted(stated(claim.amount for claim in claims))
    ends = sorted(stated(claim.end for claim in claims))
    days = sorted(stated(exact(claim.day) for claim in claims))
    checks = []
    if len(exact_words) > 1:
        checks.append(Check(agrees=False, says=f"The rows name different outcomes: {', '.join(exact_words)}."))
    if len(days) > 1:
        checks.append(Check(agrees=False, says=f"The rows give different days: {', '.join(map(str, days))}."))
    if len(different) > 1:
        checks.append(Check(agrees=False, says=f"The rows give different amounts: {amounts(different)}."))
    if len(ends) > 1:
        checks.append(Check(agrees=False, says=f"The rows end on different days: {', '.join(map(str, ends))}."))
    if len(stated(claim.detail.scopes for claim in claims)) > 1:
        checks.append(Check(agrees=False, says="The rows tell different scopes."))
    if not checks and len(claims) > 1:
        dated = len({claim.day for claim in claims}) == 1
        told = "say the same" if dated else "are not all dated"
        checks.append(Check(agrees=True if dated else None, says=f"{len(claims)} rows {told}."))
    return Bundle(
        family=family,
        kind=exact_words[0] if exact_words else family,
        on=span(tuple(days)) if days else claims[0].day,
        claims=tuple(claims),
        amount=different[0] if len(different) == 1 else None,
        checks=tuple(checks),
    )


def _registration(claims: Sequence[Claim]) -> Bundle:
    registered = [claim for claim in claims if claim.event is EventWord.REGISTERED]
    later = [claim for claim in claims if claim.event is not EventWord.REGISTERED]
    days = sorted(stated(exact(claim.day) for claim in registered))
    latest = min(stated(exact(claim.day) for claim in later), default=None)
    checks = [_later(claim, days) for claim in later]
    if len(days) > 1:
        told = ", ".join(map(str, days))
        checks.append(Check(agrees=False, says=f"The rows give different days of registration: {told}."))
    elif len(registered) > 1:
        dated = all(exact(claim.day) for claim in registered)
        told = "say the same" if dated else "are not all dated"
        checks.append(Check(agrees=True if dated else None, says=f"{len(registered)} rows {told}."))
    return Bundle(
        family=EventWord.REGISTERED,
        kind=claims[0].event if not registered else EventWord.REGISTERED,
        on=span(tuple(days)) if days else Between(not_after=latest),
        claims=tuple(claims),
        checks=tuple(checks),
    )


def _later(claim: Claim, days: Sequence[date]) -> Check:
    """Hold an announcement or completion against the day of registration."""
    day = exact(claim.day)
    if day is None or not days:
        return Check(agrees=None, says=f"{claim.event}: the days cannot be compared.")
    told = f"{claim.event} on {day}, registered on {', '.join(map(str, days))}."
    return Check(agrees=day >= days[0], says=told)


def _group(bundle: Bundle) -> Group:
    return Group(
        refs=tuple(sorted(bundle.claims[0].subjects)),
        kind=bundle.kind,
        on=bundle.on,
        amount=bundle.amount,
        agrees=bundle.agrees,
        rows=tuple(sorted({claim.line for claim in (*bundle.claims, *bundle.compared)})),
        says=" ".join(check.says for check in bundle.checks),
    )
