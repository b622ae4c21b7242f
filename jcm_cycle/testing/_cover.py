"""What of a book is covered: which documents have rules, which rules have stories, and what no machine checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from jcm_cycle.findings import Standing, Verdict
from jcm_cycle.rules import Rule, RuleBook, rules
from jcm_cycle.states import STEPS
from jcm_cycle.testing._told import Played, Told

__all__ = ["Coverage", "RuleCover", "SourceCover", "Unchecked", "cover"]

RESTING = ("adopt", "value", "form", "overlay", "procedure", "capability", "transition", "gate", "bilateral", "entity")
"""The tables whose rows rest on a source, in the order in which they are told."""
WHY = {
    "declared": "somebody declares it: the rule reads what the paper states, and not whether it is so",
    "manual": "somebody has to look at it: the rule reads whether that was done",
}
GATE = "an act outside the Joint Committee's set: it is told as advice, and refuses nothing"
NAMED = "no row rests on it: its name was read, or it is there for whoever looks further"


@frozen(kw_only=True)
class RuleCover:
    """A rule that a book has, and the stories that show it.

    Attributes:
        rule: its id.
        sentence: what it demands.
        kind: computed, declared or manual.
        standings: how well founded its rows are, the best first.
        sources: the keys of the sources on which they rest.
        met, unmet, missing: titles of the stories in which it is so: of those that name it, and, where it is met, of
            those whose act is accepted.
    """

    rule: str
    sentence: str
    kind: str
    standings: tuple[Standing, ...]
    sources: tuple[str, ...]
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        """Whether a story shows what it refuses or advises against: it is unmet or missing in one."""
        return bool(self.unmet or self.missing)

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "rule": self.rule,
            "sentence": self.sentence,
            "kind": self.kind,
            "standings": list(map(str, self.standings)),
            "sources": list(self.sources),
            "met": list(self.met),
            "unmet": list(self.unmet),
            "missing": list(self.missing),
        }


@frozen(kw_only=True)
class SourceCover:
    """A document, and what of the book rests on it.

    Attributes:
        key, title, kind, url: as the book has them.
        rules: the rules that rest on it.
        rows: how many rows of each table rest on it.
    """

    key: str
    title: str
    kind: str
    url: str | None
    rules: tuple[str, ...]
    rows: Mapping[str, int]

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        told = {"key": self.key, "title": self.title, "kind": self.kind, "url": self.url}
        return {**told, "rules": list(self.rules), "rows": dict(self.rows)}


@frozen(kw_only=True)
class Unchecked:
    """Something that no machine checks, and why.

    Attributes:
        what: rule, gate, open point or source.
        id: its name; of an open point what it is about.
        why: the reason, in words.
    """

    what: str
    id: str
    why: str

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {"what": self.what, "id": self.id, "why": self.why}


@frozen(kw_only=True)
class Coverage:
    """What of one book is covered.

    Attributes:
        country: two-letter code; track: the special track of the book, or None.
        name: the name of the country.
        stories: how many stories of it pass, of those that were played.
        rules: each rule of the book.
        sources: each document of the book.
        unchecked: what no machine checks.
    """

    country: str
    track: str | None
    name: str
    stories: int
    rules: tuple[RuleCover, ...]
    sources: tuple[SourceCover, ...]
    unchecked: tuple[Unchecked, ...]

    @property
    def called(self) -> str:
        """Its country and track."""
        return f"{self.country}/{self.track}" if self.track else self.country

    def count(self, verdict: str) -> int:
        """Return how many rules have a story in which they are met, unmet or missing."""
        return sum(bool(getattr(rule, verdict)) for rule in self.rules)

    @property
    def used(self) -> int:
        """How many sources have rows that rest on them."""
        return sum(bool(source.rows) for source in self.sources)

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "country": self.country,
            "track": self.track,
            "name": self.name,
            "stories": self.stories,
            "rules": [rule.json() for rule in self.rules],
            "sources": [source.json() for source in self.sources],
            "unchecked": [one.json() for one in self.unchecked],
        }

    def explain(self) -> str:
        """Return it as text: rules with their stories, sources with their rules, and what no machine checks."""
        shown = ", ".join(f"{verdict} {self.count(verdict)}" for verdict in Verdict)
        rules_, sources = f"{len(self.rules)} rules, with stories {shown}", f"{len(self.sources)} sources"
        lines = [
            f"COVER  {self.called} {self.name}: {rules_}; {sources}, with rows {self.used}; {self.stories} stories",
            "RULES  stories in which each is met, unmet, missing",
        ]
        wide = max((len(rule.rule) for rule in self.rules), default=0)
        lines += [
            f"  {rule.rule:{wide}}  {len(rule.met):>3} {len(rule.unmet):>3} {len(rule.missing):>3}"
            for rule in self.rules
        ]
        lines.append("SOURCES  with what rests on each")
        lines += [f"  {source.title}: {_rows(source)}" for source in self.sources if source.rows]
        lines.append("NOT CHECKED BY A MACHINE")
        lines += [f"  {one.what} {one.id}: {one.why}" for one in self.unchecked]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()


def _rows(source: SourceCover) -> str:
    return ", ".join(f"{count} {table}" for table, count in source.rows.items())


def cover(book: RuleBook, played: Iterable[Played | Told] = ()) -> Coverage:
    """Return what of a book is covered by rules, and its rules by stories that pass.

    Args:
        book: the book; those of the country's tracks are others.
        played: stories of any countries; what fails, and what is of another country or track, does not count.
    """
    told = [one for many in played for one in (many if isinstance(many, Played) else (many,))]
    own = [one for one in told if one and _is_of(one, book)]
    return Coverage(
        country=book.country,
        track=book.track,
        name=book.head.name,
        stories=len(own),
        rules=tuple(_rules(book, own)),
        sources=tuple(_sources(book)),
        unchecked=tuple(_unchecked(book)),
    )


def _is_of(told: Told, book: RuleBook) -> bool:
    story = told.story
    if story.country != book.country:
        return False
    return story.track == book.track or (book.track is None and book.of_track(story.track) is book)


def _rules(book: RuleBook, own: list[Told]) -> Iterator[RuleCover]:
    adopted: dict[str, list[Any]] = {}
    for row in book.rows["adopt"]:
        adopted.setdefault(row.rule, []).append(row)
    shown: dict[tuple[str, str], list[str]] = {}
    for told in own:
        for found in told.findings:
            named = found.rule in told.story.rules
            if named or (told.accepted and found.verdict is Verdict.MET):
                shown.setdefault((found.rule, str(found.verdict)), []).append(told.story.title)
    for rule in _in_order(adopted):
        name, rows = rule.id, adopted[rule.id]
        yield RuleCover(
            rule=name,
            sentence=rule.sentence,
            kind=rule.kind,
            standings=tuple(one for one in Standing if one in {row.standing for row in rows}),
            sources=tuple(dict.fromkeys(row.source for row in rows if row.source)),
            **{str(verdict): tuple(shown.get((name, str(verdict)), ())) for verdict in Verdict},
        )


def _in_order(names: Iterable[str]) -> list[Rule]:
    """Return rules in the order of the machines: those of all steps first, then by the first step of each."""
    order = list(STEPS)
    found = [rules()[name] for name in names]
    return sorted(found, key=lambda rule: (not rule.id.startswith("common."), order.index(rule.steps[0]), rule.id))


def _sources(book: RuleBook) -> Iterator[SourceCover]:
    tables: dict[str, list[Any]] = {name: book.rows.get(name, []) for name in RESTING}
    tables["bilateral"] = [book.bilateral] if book.bilateral is not None else []
    for source in book.rows["source"]:
        resting = {name: [row for row in rows if row.source == source.key] for name, rows in tables.items()}
        yield SourceCover(
            key=source.key,
            title=f"{source.title} ver{source.version}" if source.version else source.title,
            kind=source.kind,
            url=source.url,
            rules=tuple(dict.fromkeys(row.rule for row in resting["adopt"])),
            rows={name: len(rows) for name, rows in resting.items() if rows},
        )


def _unchecked(book: RuleBook) -> Iterator[Unchecked]:
    adopted = {row.rule for row in book.rows["adopt"]}
    for rule in _in_order(adopted):
        if rule.kind in WHY:
            yield Unchecked(what="rule", id=rule.id, why=f"{rule.kind}: {WHY[rule.kind]}")
    for row in book.rows["gate"]:
        yield Unchecked(what="gate", id=row.id, why=f"{row.act}; {GATE}")
    for row in book.rows["open_point"]:
        yield Unchecked(what="open point", id=row.about or "the book", why=row.text)
    for source in _sources(book):
        if not source.rows:
            yield Unchecked(what="source", id=source.key, why=f"{source.title}: {NAMED}")
