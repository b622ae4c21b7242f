"""How the command shows cases, journals, rules and books, and their form in JSON where it has one of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jcm_cycle._fold import AsOf, in_effect
from jcm_cycle._labels import text
from jcm_cycle._outcomes import day_text, measure_text
from jcm_cycle._words import joined, named, say, step_name, told, told_name, word
from jcm_cycle.case import Case
from jcm_cycle.cli._told import readable
from jcm_cycle.codec import dump
from jcm_cycle.days import day_json
from jcm_cycle.entries import Entry
from jcm_cycle.findings import Measure, Standing, Verdict
from jcm_cycle.review import Change, Rejudged, Verification
from jcm_cycle.rules import Edition, rules as defined
from jcm_cycle.rules._summary import COUNTED, Summary
from jcm_cycle.rules._texts import called
from jcm_cycle.states import MACHINES, machine

__all__ = [
    "VERDICTS",
    "case_json",
    "print_table",
    "rules_json",
    "safe",
    "show_books",
    "show_case",
    "show_heading",
    "show_rules",
    "show_verification",
    "table_of",
    "verification_json",
]

_WIDEST = 10_000


def safe(text: object) -> str:
    return escape(readable(str(text)).replace("\n", " "))


def show_heading(console: Console, text: str) -> None:
    """Print a heading in a line across the console, or alone where that is too narrow."""
    if len(text) + 6 > console.width:
        console.print(f"[bold]{escape(text)}[/bold]")
    else:
        console.rule(escape(text))


def table_of(*columns: str, left: tuple[str, ...], edge: bool = True) -> Table:
    """Return a table whose headers may have several lines and whose cells are never folded."""
    table = Table(box=None, pad_edge=edge, header_style="dim")
    for column in columns:
        table.add_column(column, justify="left" if column in left else "right", no_wrap=True)
    return table


def print_table(console: Console, table: Table) -> None:
    """Print a table as wide as it is: a console that is too narrow folds the lines and loses nothing."""
    table.width = console.measure(table, options=console.options.update(max_width=_WIDEST)).maximum
    console.print(table, soft_wrap=True)


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as data for the timeline."""
    verdicts = Counter(str(finding.verdict) for finding in entry.findings)
    return {
        "seq": entry.seq,
        "on": day_json(entry.on),
        "step": entry.step,
        "outcome": str(entry.outcome) if entry.outcome else None,
        "state": entry.state,
        "by": str(entry.by) if entry.by else None,
        "basis": str(entry.basis),
        "recorded_at": entry.recorded_at.isoformat(),
        "replaces": entry.replaces,
        "withheld": entry.withheld,
        "despite": {f.rule: f.despite for f in entry.findings if f.despite is not None},
        "findings": {name: verdicts.get(name, 0) for name in ("met", "unmet", "missing")},
    }


def case_json(case: Case[Any], selection: AsOf) -> dict[str, Any]:
    """Return a case with its timeline as data."""
    return {
        "case": case.id,
        "machine": case.machine,
        "country": case.country,
        "track": case.track,
        "procedure": case.procedure.name,
        "title": getattr(case.file, "title", None),
        "references": list(case.references),
        "state": case.state,
        "entries": [entry_json(entry) for entry in selection.entries],
        "unsure": [entry.seq for entry in selection.unsure],
    }


def _known_by(case: Case[Any], lang: str) -> str:
    """Return what else a case is known by: its numbers, or the project and period that an issuance is of."""
    if machine(case.machine).of is None:
        return ", ".join(case.references) or say(lang, "no number yet")
    period = getattr(case.file, "period", None)
    of = say(lang, "of {case}", case=case.file.of)
    return say(lang, "{of} for {period}", of=of, period=period) if period else of


def show_case(
    console: Console, case: Case[Any], entries: tuple[Entry, ...], unsure: tuple[Entry, ...], lang: str = "en"
) -> None:
    """Print a case and its timeline in the order of effect."""
    title = getattr(case.file, "title", None) or say(lang, "no title yet")
    console.print(f"[bold]{safe(case.id)}[/bold]  {safe(title)}")
    what = say(
        lang, "{machine} in {country}, {known_by}; procedure {procedure}",
        machine=word("machine", case.machine, lang),
        country=word("country", case.country, lang),
        known_by=_known_by(case, lang), procedure=text(case.procedure.name or "not known", lang),
    )  # fmt: skip
    console.print(f"  {safe(what)}")
    state = word("state", case.state, lang)
    console.print(say(lang, "  stands {state}", state=f"[bold]{state}[/bold]"))
    texts = tuple(say(lang, word) for word in ("day", "step", "by", "basis"))
    verdicts = (word("verdict", verdict, lang) for verdict in VERDICTS)
    table = table_of(say(lang, "seq"), *texts, *verdicts, left=texts)
    for entry in in_effect(entries):
        ends = entry.outcome or entry.state
        step = step_name(entry.machine, entry.step, lang)
        table.add_row(
            str(entry.seq),
            day_text(entry.on, lang),
            f"{step} ({told_name(ends, lang)})" if ends else step,
            safe(entry.by.name or told_name(entry.by.role, lang)) if entry.by else "",
            say(lang, entry.basis),
            *(str(count) if (count := _count(entry, verdict)) else "" for verdict in VERDICTS),
        )
    print_table(console, table)
    for entry in in_effect(entries):
        for finding in entry.findings:
            if finding.despite is not None:
                despite = say(lang, "{seq} despite {rule}", seq=entry.seq, rule=finding.rule)
                console.print(f"  {safe(despite)}: {safe(finding.despite)}")
    for entry in unsure:
        step = step_name(entry.machine, entry.step, lang)
        console.print(
            say(lang, "  not sure by then: {seq} {step}, {day}", seq=entry.seq, step=step, day=day_text(entry.on, lang))
        )


VERDICTS = (Verdict.MET, Verdict.UNMET, Verdict.MISSING)


def _count(entry: Entry, verdict: Verdict) -> int:
    return sum(finding.verdict is verdict for finding in entry.findings)


def rules_json(edition: Edition, steps: set[str] | None) -> list[dict[str, Any]]:
    """Return the rules of an edition as data, in the order of the steps, of all steps or of these."""
    return [
        {
            "rule": b.rule.id,
            "revision": b.rule.revision,
            "step": b.step,
            "outcome": str(b.outcome) if b.outcome else None,
            "sentence": b.rule.sentence,
            "kind": b.rule.kind,
            "cites": b.ground.cites,
            "url": b.ground.url,
            "standing": str(b.ground.standing),
            "effect": str(b.ground.effect),
            "since": b.since.json() if b.since else "unknown",
            "until": b.until.json() if b.until else "unknown",
            **({"relaxed": [dump(measure) for measure in b.ground.relaxed]} if b.ground.relaxed else {}),
        }
        for b in sorted(edition.all_bindings, key=lambda b: _place(b.step))
        if steps is None or b.step in steps
    ]


def _place(step: str) -> tuple[int, int]:
    of, name = step.split(".", 1)
    return list(MACHINES).index(of), machine(of).step(name).rank


def show_rules(console: Console, rows: list[dict[str, Any]], head: list[str], lang: str = "en") -> None:
    """Print the rules of an edition by step, below a title and what to know before reading them."""
    console.print(f"[bold]{safe(head[0])}[/bold]")
    for line in head[1:]:
        console.print(f"  {safe(line)}")
    step = None
    for row in rows:
        if row["step"] != step:
            step = row["step"]
            console.print(f"\n[bold]{safe(named('step', row['step'], lang))}[/bold]")
        ends = f" ({told_name(row['outcome'], lang)})" if row["outcome"] else ""
        rule = escape(f"[{row['rule']}]")
        console.print(f"  {safe(text(row['sentence'], lang))}{ends}")
        effect, standing = word("effect", row["effect"], lang), word("standing", row["standing"], lang)
        console.print(f"    {effect}; {standing}: {safe(told(row['cites'], lang))}  [dim]{rule}[/dim]")
        for measure in row.get("relaxed", ()):
            relaxed = say(lang, "relaxed by {measure}", measure=measure_text(Measure(**measure), lang))
            console.print(f"    {safe(relaxed)}")
    if not rows:
        console.print(say(lang, "  no rule binds to it"))


def show_books(console: Console, found: list[Summary], problems: Mapping[str, str], lang: str = "en") -> None:
    """Print the rule books, one line a country, and below them what is wrong with any of them."""
    texts = ("", *(say(lang, name) for name in ("country", "special tracks", "since", "reviewed")))
    counted = (say(lang, name) for name in COUNTED)
    standings = (word("standing", standing, lang) for standing in Standing)
    table = table_of(*texts, *counted, *standings, left=texts, edge=False)
    for one in found:
        name = one.name if lang == "en" else called(one.country, one.name, lang)
        words = (one.country, name, joined(one.tracks, lang), told_name(str(one.since), lang), one.reviewed_on)
        numbers = (*one.counts.values(), *one.standing.values())
        table.add_row(*map(safe, words), *(str(number) if number else "" for number in numbers))
    print_table(console, table)
    if problems:
        broken = f"[bold]{say(lang, '{count} broken', count=len(problems))}[/bold]"
        console.print(say(lang, "{broken}, which harms none of the others:", broken=broken))
    for name, why in problems.items():
        console.print(f"  [bold]{safe(name)}[/bold]  {safe(why)}")


def verification_json(found: Verification, again: Rejudged | None) -> dict[str, Any]:
    """Return what verifying a journal gave as data."""
    broken = found.first_broken
    return {
        "schema": 1,
        "entries": found.entries,
        "intact": found.intact,
        "first_broken": {"line": broken.line, "why": broken.why} if broken else None,
        "rejudged": again.json() if again else None,
    }


def show_verification(console: Console, found: Verification, again: Rejudged | None, lang: str = "en") -> None:
    """Print what verifying a journal gave."""
    broken = found.first_broken
    whole = say(
        lang, "{count} entries, intact" if found.intact else "{count} entries before a break", count=found.entries
    )
    lines = [whole]
    if broken is not None:
        lines.append(say(lang, "  line {line}: {why}", line=broken.line, why=broken.why))
    else:
        lines.append(say(lang, "  head {head}", head=found.head))
    if again is not None:
        lines.append(say(lang, "  judged again: {count} findings the same", count=again.same))
        for label, changes in (("differs", again.differs), ("rule revised", again.revised)):
            lines += [_change(one, say(lang, label), lang) for one in changes]
    console.print(readable("\n".join(lines)), markup=False)


def _change(one: Change, label: str, lang: str) -> str:
    was, now = _verdict(one.rule, one.was, lang), _verdict(one.rule, one.now, lang)
    return say(
        lang, "  {label}: entry {seq}, {rule} was {was}, is {now}",
        label=label, seq=one.seq, rule=one.rule, was=was, now=now,
    )  # fmt: skip


def _verdict(rule: str, verdict: Verdict | None, lang: str) -> str:
    """Return what a rule found, or why it found nothing."""
    if verdict is not None:
        return word("verdict", verdict, lang)
    return say(lang, "not judged" if rule in defined() else "not judged: no such rule is installed")
