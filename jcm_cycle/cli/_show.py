"""How the command shows cases, journals, rules and replays, and their form in JSON where it has one of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jcm_cycle._fold import AsOf, in_effect
from jcm_cycle._labels import text
from jcm_cycle._outcomes import day_text
from jcm_cycle._words import named, say, step_name, told, told_name, word
from jcm_cycle.case import Case
from jcm_cycle.cli._told import readable
from jcm_cycle.days import day_json
from jcm_cycle.entries import Entry
from jcm_cycle.findings import Standing, Verdict
from jcm_cycle.review import Rejudged, Verification
from jcm_cycle.rules import Edition, rules as defined
from jcm_cycle.rules._summary import COUNTED, Summary
from jcm_cycle.states import MACHINES, machine

if TYPE_CHECKING:
    from jcm_cycle.record.replay import Replay, ReplayedCase

__all__ = [
    "case_json",
    "rules_json",
    "show_books",
    "show_case",
    "show_heading",
    "show_replay",
    "show_rules",
    "show_verification",
    "verification_json",
]

_WIDEST = 10_000
_NO_BREAK = "\u00a0"
_WRAPPED = TextWrapper(
    78, initial_indent="  ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
)


def _safe(text: object) -> str:
    return escape(readable(str(text)).replace("\n", " "))


def show_heading(console: Console, text: str) -> None:
    """Print a heading in a line across the console, or alone where that is too narrow."""
    if len(text) + 6 > console.width:
        console.print(f"[bold]{escape(text)}[/bold]")
    else:
        console.rule(escape(text))


def _table(*columns: str, left: tuple[str, ...], edge: bool = True) -> Table:
    """Return a table whose headers may have several lines and whose cells are never folded."""
    table = Table(box=None, pad_edge=edge, header_style="dim")
    for column in columns:
        table.add_column(column, justify="left" if column in left else "right", no_wrap=True)
    return table


def _print_table(console: Console, table: Table) -> None:
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
    console.print(f"[bold]{_safe(case.id)}[/bold]  {_safe(title)}")
    what = say(
        lang, "{machine} in {country}, {known_by}; procedure {procedure}",
        machine=word("machine", case.machine, lang),
        country=word("country", case.country, lang),
        known_by=_known_by(case, lang), procedure=text(case.procedure.name or "not known", lang),
    )  # fmt: skip
    console.print(f"  {_safe(what)}")
    state = word("state", case.state, lang)
    console.print(say(lang, "  stands {state}", state=f"[bold]{state}[/bold]"))
    texts = tuple(say(lang, word) for word in ("day", "step", "by", "basis"))
    verdicts = (word("verdict", verdict, lang) for verdict in _VERDICTS)
    table = _table(say(lang, "seq"), *texts, *verdicts, left=texts)
    for entry in in_effect(entries):
        ends = entry.outcome or entry.state
        step = step_name(entry.machine, entry.step, lang)
        table.add_row(
            str(entry.seq),
            day_text(entry.on, lang),
            f"{step} ({told_name(ends, lang)})" if ends else step,
            _safe(entry.by.name or told_name(entry.by.role, lang)) if entry.by else "",
            say(lang, entry.basis),
            *(str(count) if (count := _count(entry, verdict)) else "" for verdict in _VERDICTS),
        )
    _print_table(console, table)
    for entry in in_effect(entries):
        for finding in entry.findings:
            if finding.despite is not None:
                despite = say(lang, "{seq} despite {rule}", seq=entry.seq, rule=finding.rule)
                console.print(f"  {_safe(despite)}: {_safe(finding.despite)}")
    for entry in unsure:
        step = step_name(entry.machine, entry.step, lang)
        console.print(
            say(lang, "  not sure by then: {seq} {step}, {day}", seq=entry.seq, step=step, day=day_text(entry.on, lang))
        )


_VERDICTS = (Verdict.MET, Verdict.UNMET, Verdict.MISSING)


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
            **({"relaxed": list(b.ground.relaxed)} if b.ground.relaxed else {}),
        }
        for b in sorted(edition.all_bindings, key=lambda b: _place(b.step))
        if steps is None or b.step in steps
    ]


def _place(step: str) -> tuple[int, int]:
    of, name = step.split(".", 1)
    return list(MACHINES).index(of), machine(of).step(name).rank


def show_rules(console: Console, rows: list[dict[str, Any]], head: list[str], lang: str = "en") -> None:
    """Print the rules of an edition by step, below a title and what to know before reading them."""
    console.print(f"[bold]{_safe(head[0])}[/bold]")
    for line in head[1:]:
        console.print(f"  {_safe(line)}")
    step = None
    for row in rows:
        if row["step"] != step:
            step = row["step"]
            console.print(f"\n[bold]{_safe(named('step', row['step'], lang))}[/bold]")
        ends = f" ({told_name(row['outcome'], lang)})" if row["outcome"] else ""
        rule = escape(f"[{row['rule']}]")
        console.print(f"  {_safe(text(row['sentence'], lang))}{ends}")
        effect, standing = word("effect", row["effect"], lang), word("standing", row["standing"], lang)
        console.print(f"    {effect}; {standing}: {_safe(told(row['cites'], lang))}  [dim]{rule}[/dim]")
        for measure in row.get("relaxed", ()):
            console.print(f"    {_safe(say(lang, 'relaxed by {measure}', measure=told(measure, lang)))}")
    if not rows:
        console.print(say(lang, "  no rule binds to it"))


def show_books(console: Console, found: list[Summary], problems: Mapping[str, str]) -> None:
    """Print the rule books, one line a country, and below them what is wrong with any of them."""
    texts = ("", "country", "special tracks", "since", "reviewed")
    table = _table(*texts, *COUNTED, *Standing, left=texts, edge=False)
    for one in found:
        words = (one.country, one.name, ", ".join(one.tracks), one.since, one.reviewed_on)
        numbers = (*one.counts.values(), *one.standing.values())
        table.add_row(*map(_safe, words), *(str(number) if number else "" for number in numbers))
    _print_table(console, table)
    if problems:
        console.print(f"[bold]{len(problems)} broken[/bold], which harms none of the others:")
    for name, why in problems.items():
        console.print(f"  [bold]{_safe(name)}[/bold]  {_safe(why)}")


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


def show_verification(console: Console, found: Verification, again: Rejudged | None) -> None:
    """Print what verifying a journal gave."""
    broken = found.first_broken
    lines = [f"{found.entries} entries, intact" if found.intact else f"{found.entries} entries before a break"]
    lines += [f"  line {broken.line}: {broken.why}"] if broken else [f"  head {found.head}"]
    if again is not None:
        lines.append(f"  judged again: {again.same} findings the same")
        for label, changes in (("differs", again.differs), ("rule revised", again.revised)):
            lines += [
                f"  {label}: entry {c.seq}, {c.rule} was {_verdict(c.rule, c.was)}, is {_verdict(c.rule, c.now)}"
                for c in changes
            ]
    console.print(readable("\n".join(lines)), markup=False)


def _verdict(rule: str, verdict: Verdict | None) -> str:
    """Return what a rule found, or why it found nothing."""
    if verdict is not None:
        return str(verdict)
    return "not judged" if rule in defined() else "not judged: no such rule is installed"


def show_replay(console: Console, found: Replay, *, rows: bool = False, explain: bool = False) -> None:
    """Print the summary of a replay: rows, cases by country and state, credits, contradictions, unreadable rows.

    Args:
        console: where to print.
        found: the replay.
        rows: also print row by row what became of it.
        explain: also print for each country, rule by rule, what was found and why.
    """
    counts = ", ".join(f"{count} {name}" for name, count in found.counts.items())
    console.print(f"[bold]{found.record.rows} rows[/bold]: {counts}")
    for name in dict.fromkeys(case.case.machine for case in found.cases):
        _print_table(console, _by_country([case for case in found.cases if case.case.machine == name], name))
    _print_table(console, _of_countries(found))
    if found.tonnes:
        _show_tonnes(console, found)
    agree = Counter(group.agrees for group in found.groups)
    console.print(
        f"{len(found.groups)} decisions told in several rows: {agree.get(True, 0)} agree, "
        f"{agree.get(False, 0)} disagree, {agree.get(None, 0)} cannot be compared"
    )
    for case in found.cases:
        for item in case.contradictions:
            lines = ", ".join(map(str, item.rows))
            console.print(f"  [bold]{_safe(case.case.id)}[/bold] rows {lines}: {_safe(item.says)}")
            console.print(f"      {item.standing}: {_safe(item.cites)}  {escape(f'[{item.rule}]')}")
    for kind in dict.fromkeys(remark.kind for remark in found.remarks):
        names = (readable(remark.case).replace(" ", _NO_BREAK) for remark in found.remarks if remark.kind == kind)
        told = _WRAPPED.fill(f"{kind}: {', '.join(names)}")
        console.print(told.replace(_NO_BREAK, " "), markup=False)
    for row in found.record.unreadable:
        console.print(f"  line {row.line} unreadable: {_safe(row.why)}")
    if explain:
        for country in found.countries:
            console.print(readable(country.explain()), markup=False)
    if rows:
        _print_table(console, _row_by_row(found))


def _of_countries(found: Replay) -> Table:
    table = _table("all", "cases", "met", "unmet", "missing", "contra-\ndictions", left=("all",), edge=False)
    for one in found.countries:
        table.add_row(one.country, *map(str, (one.cases, one.met, one.unmet, one.missing, len(one.contradictions))))
    return table


def _by_country(cases: list[ReplayedCase], name: str) -> Table:
    states = [state for state in machine(name).states if any(case.case.state == state for case in cases)]
    heads = [state.replace("_", "\n") for state in states]
    table = _table(name, "cases", *heads, "met", "unmet", "missing", "contra-\ndictions", left=(name,), edge=False)
    for country in dict.fromkeys(case.case.country for case in cases):
        own = [case for case in cases if case.case.country == country]
        by_state = Counter(case.case.state for case in own)
        verdicts = Counter(finding.verdict for case in own for finding in case.findings)
        table.add_row(
            country,
            str(len(own)),
            *(str(by_state.get(state, "")) for state in states),
            *(str(verdicts.get(verdict, 0)) for verdict in _VERDICTS),
            str(sum(len(case.contradictions) for case in own)),
        )
    return table


def _show_tonnes(console: Console, found: Replay) -> None:
    """Print the credits by country, and below what is inferred and in no sum."""
    table = _table("tonnes", "notified", "issued", "still to issue", left=("tonnes", "still to issue"), edge=False)
    for country, sums in found.tonnes.items():
        left = ", ".join(f"{side} {amount:,}" for side, amount in sums.outstanding.items())
        table.add_row(country, _tonnes(sums.notified), _tonnes(sums.issued), left)
    _print_table(console, table)
    for case in found.cases:
        if case.inferred is not None:
            says = f"{case.inferred:,} t of a joint amount are inferred for it, and in no sum"
            console.print(f"  [bold]{_safe(case.case.id)}[/bold]: {says}")


def _tonnes(amount: int | None) -> str:
    return "not told" if amount is None else f"{amount:,}"


def _row_by_row(found: Replay) -> Table:
    table = _table("line", "as", "case", "entry", "group", "", left=("as", "case", ""), edge=False)
    for row in found.rows:
        numbers = ("" if number is None else str(number) for number in (row.seq, row.group))
        table.add_row(str(row.line), str(row.became), _safe(row.case or ""), *numbers, _safe(row.why or ""))
    return table
