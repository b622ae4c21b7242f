"""How the command shows what became of a record: rows, cases, credits, and what is odd in them."""

from __future__ import annotations

from collections import Counter
from textwrap import TextWrapper
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jcm_cycle._labels import text
from jcm_cycle._words import joined, say, told, word
from jcm_cycle.cli._show import VERDICTS, print_table, safe, table_of
from jcm_cycle.cli._told import readable
from jcm_cycle.states import machine

if TYPE_CHECKING:
    from jcm_cycle.record.replay import Replay, ReplayedCase

__all__ = ["show_replay"]

_NO_BREAK = "\u00a0"
_WRAPPED = TextWrapper(
    78, initial_indent="  ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
)


def show_replay(
    console: Console, found: Replay, *, rows: bool = False, explain: bool = False, lang: str = "en"
) -> None:
    """Print the summary of a replay: rows, cases by country and state, credits, contradictions, unreadable rows.

    Args:
        console: where to print.
        found: the replay.
        rows: also print row by row what became of it.
        explain: also print for each country, rule by rule, what was found and why.
        lang: code of the language, en or ja.
    """
    counts = (say(lang, "{count} {what}", count=count, what=say(lang, name)) for name, count in found.counts.items())
    total = f"[bold]{say(lang, '{count} rows', count=found.record.rows)}[/bold]"
    console.print(say(lang, "{rows}: {counts}", rows=total, counts=joined(counts, lang)))
    for name in dict.fromkeys(case.case.machine for case in found.cases):
        print_table(console, _by_country([case for case in found.cases if case.case.machine == name], name, lang))
    print_table(console, _of_countries(found, lang))
    if found.tonnes:
        _show_tonnes(console, found, lang)
    agree = Counter(group.agrees for group in found.groups)
    compared = say(
        lang, "{all} decisions told in several rows: {yes} agree, {no} disagree, {open} cannot be compared",
        all=len(found.groups), yes=agree.get(True, 0), no=agree.get(False, 0), open=agree.get(None, 0),
    )  # fmt: skip
    console.print(compared)
    for case in found.cases:
        _show_contradictions(console, case, lang)
    for kind in dict.fromkeys(remark.kind for remark in found.remarks):
        names = (readable(remark.case).replace(" ", _NO_BREAK) for remark in found.remarks if remark.kind == kind)
        shown = _WRAPPED.fill(say(lang, "{kind}: {names}", kind=text(kind, lang), names=", ".join(names)))
        console.print(shown.replace(_NO_BREAK, " "), markup=False)
    for row in found.record.unreadable:
        console.print(say(lang, "  line {line} unreadable: {why}", line=row.line, why=safe(row.why)))
    if explain:
        for country in found.countries:
            console.print(readable(country.explain(lang=lang)), markup=False)
    if rows:
        print_table(console, _row_by_row(found, lang))


def _show_contradictions(console: Console, case: ReplayedCase, lang: str) -> None:
    for item in case.contradictions:
        rows = say(lang, "rows {rows}", rows=joined(map(str, item.rows), lang))
        console.print(f"  [bold]{safe(case.case.id)}[/bold] {rows}: {safe(item.explain(lang=lang))}")
        standing, rule = word("standing", item.standing, lang), escape(f"[{item.rule}]")
        console.print(f"      {standing}: {safe(told(item.cites, lang))}  {rule}")


def _judged(lang: str) -> tuple[str, ...]:
    """Return the heads of the columns that say what rules make of cases."""
    return (*(word("verdict", verdict, lang) for verdict in VERDICTS), say(lang, "contra-\ndictions"))


def _of_countries(found: Replay, lang: str) -> Table:
    name = say(lang, "all")
    table = table_of(name, say(lang, "cases"), *_judged(lang), left=(name,), edge=False)
    for one in found.countries:
        table.add_row(one.country, *map(str, (one.cases, one.met, one.unmet, one.missing, len(one.contradictions))))
    return table


def _by_country(cases: list[ReplayedCase], of: str, lang: str) -> Table:
    states = [state for state in machine(of).states if any(case.case.state == state for case in cases)]
    heads = [word("state", state, lang).replace("_", "\n") for state in states]
    name = word("machine", of, lang)
    table = table_of(name, say(lang, "cases"), *heads, *_judged(lang), left=(name,), edge=False)
    for country in dict.fromkeys(case.case.country for case in cases):
        own = [case for case in cases if case.case.country == country]
        by_state = Counter(case.case.state for case in own)
        verdicts = Counter(finding.verdict for case in own for finding in case.findings)
        table.add_row(
            country,
            str(len(own)),
            *(str(by_state.get(state, "")) for state in states),
            *(str(verdicts.get(verdict, 0)) for verdict in VERDICTS),
            str(sum(len(case.contradictions) for case in own)),
        )
    return table


def _show_tonnes(console: Console, found: Replay, lang: str) -> None:
    """Print the credits by country, and below what is inferred and in no sum."""
    texts = (say(lang, "tonnes"), say(lang, "still to issue"))
    table = table_of(texts[0], say(lang, "notified"), say(lang, "issued"), texts[1], left=texts, edge=False)
    for country, sums in found.tonnes.items():
        left = joined((f"{side} {amount:,}" for side, amount in sums.outstanding.items()), lang)
        table.add_row(country, _tonnes(sums.notified, lang), _tonnes(sums.issued, lang), left)
    print_table(console, table)
    for case in found.cases:
        if case.inferred is not None:
            amount = f"{case.inferred:,}"
            says = say(lang, "{amount} t of a joint amount are inferred for it, and in no sum", amount=amount)
            console.print(f"  [bold]{safe(case.case.id)}[/bold]: {says}")


def _tonnes(amount: int | None, lang: str) -> str:
    return say(lang, "not told") if amount is None else f"{amount:,}"


def _row_by_row(found: Replay, lang: str) -> Table:
    line, became, case, entry, group = (say(lang, name) for name in ("line", "as", "case", "entry", "group"))
    table = table_of(line, became, case, entry, group, "", left=(became, case, ""), edge=False)
    for row in found.rows:
        numbers = ("" if number is None else str(number) for number in (row.seq, row.group))
        table.add_row(
            str(row.line), say(lang, row.became), safe(row.case or ""), *numbers, safe(row.explain(lang=lang))
        )
    return table
