"""How the command shows cases, journals, rules and replays on a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jcm_cycle._fold import in_effect
from jcm_cycle._outcomes import day_text
from jcm_cycle.case import Case
from jcm_cycle.days import day_json
from jcm_cycle.entries import Entry
from jcm_cycle.findings import Verdict
from jcm_cycle.record.replay import Replay

__all__ = ["entry_json", "show_case", "show_replay", "show_rules"]


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


def show_case(console: Console, case: Case[Any], entries: tuple[Entry, ...], unsure: tuple[Entry, ...]) -> None:
    """Print a case and its timeline in the order of effect."""
    numbers = ", ".join(case.references) or "no number yet"
    title = getattr(case.file, "title", None) or "no title yet"
    console.print(f"[bold]{escape(case.id)}[/bold]  {escape(title)}")
    console.print(f"  {case.machine} in {case.country}, {numbers}; procedure {case.procedure.name or 'not known'}")
    console.print(f"  stands [bold]{case.state}[/bold]")
    table = Table(box=None, pad_edge=True, header_style="dim")
    for column in ("seq", "day", "step", "by", "basis", "met", "unmet", "missing"):
        counted = column in ("seq", "met", "unmet", "missing")
        table.add_column(column, justify="right" if counted else "left", no_wrap=True)
    for entry in in_effect(entries):
        ends = f" ({entry.outcome})" if entry.outcome else f" ({entry.state})" if entry.state else ""
        table.add_row(
            str(entry.seq),
            day_text(entry.on),
            f"{entry.step}{ends}",
            escape(str(entry.by.name or entry.by.role)) if entry.by else "",
            str(entry.basis),
            *(str(count) if (count := _count(entry, verdict)) else "" for verdict in _VERDICTS),
        )
    console.print(table)
    for entry in in_effect(entries):
        for finding in entry.findings:
            if finding.despite is not None:
                console.print(f"  {entry.seq} despite {finding.rule}: {escape(finding.despite)}")
    for entry in unsure:
        console.print(f"  not sure by then: {entry.seq} {entry.step}, {day_text(entry.on)}")


_VERDICTS = (Verdict.MET, Verdict.UNMET, Verdict.MISSING)


def _count(entry: Entry, verdict: Verdict) -> int:
    return sum(finding.verdict is verdict for finding in entry.findings)


def show_rules(console: Console, rows: list[dict[str, Any]], title: str) -> None:
    """Print the rules of an edition by step."""
    console.print(f"[bold]{escape(title)}[/bold]")
    step = None
    for row in rows:
        if row["step"] != step:
            step = row["step"]
            console.print(f"\n[bold]{step}[/bold]")
        ends = f" ({row['outcome']})" if row["outcome"] else ""
        console.print(f"  {escape(row['sentence'])}{ends}", highlight=False)
        console.print(
            f"    {row['effect']}; {row['standing']}: {escape(row['cites'])}  [dim]{escape('[' + row['rule'] + ']')}[/dim]",
            highlight=False,
        )


def show_replay(console: Console, found: Replay) -> None:
    """Print the summary of a replay: rows, cases by country and state, contradictions, unreadable rows."""
    counts = ", ".join(f"{count} {name}" for name, count in found.counts.items())
    console.print(f"[bold]{found.record.rows} rows[/bold]: {counts}")
    states = list(dict.fromkeys(case.case.state for case in found.cases))
    table = Table(box=None, pad_edge=True, header_style="dim")
    for column in ("country", "cases", *states, "met", "unmet", "missing", "contradictions"):
        table.add_column(column, justify="left" if column == "country" else "right", overflow="fold")
    for country in dict.fromkeys(case.case.country for case in found.cases):
        own = [case for case in found.cases if case.case.country == country]
        by_state = Counter(case.case.state for case in own)
        verdicts = Counter(finding.verdict for case in own for finding in case.findings)
        table.add_row(
            country,
            str(len(own)),
            *(str(by_state.get(state, "")) for state in states),
            *(str(verdicts.get(verdict, 0)) for verdict in _VERDICTS),
            str(sum(len(case.contradictions) for case in own)),
        )
    console.print(table)
    agree = Counter(group.agrees for group in found.groups)
    console.print(
        f"{len(found.groups)} decisions told in several rows: {agree.get(True, 0)} agree, "
        f"{agree.get(False, 0)} disagree, {agree.get(None, 0)} cannot be compared"
    )
    for case in found.cases:
        for item in case.contradictions:
            rows = ", ".join(map(str, item.rows))
            console.print(
                f"  [bold]{escape(case.case.id)}[/bold] rows {rows}: {escape(item.says)}\n"
                f"      {item.standing}: {escape(item.cites)}  {escape('[' + item.rule + ']')}",
                highlight=False,
            )
    for row in found.record.unreadable:
        console.print(f"  line {row.line} unreadable: {escape(row.why)}", highlight=False)
