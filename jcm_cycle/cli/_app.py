"""The commands: each reads its arguments, asks the library through its public names, and prints text or JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import orjson
import typer
from rich.console import Console
from rich.progress import Progress

from jcm_cycle._outcomes import finding_text
from jcm_cycle.case import Accepted, Case
from jcm_cycle.cli._demo import run as run_demo
from jcm_cycle.cli._files import read_evidence_file, read_register
from jcm_cycle.cli._show import entry_json, show_case, show_replay, show_rules
from jcm_cycle.days import day_json, parse_day
from jcm_cycle.entries import Act, Entry
from jcm_cycle.errors import (
    EvidenceError,
    JCMCycleError,
    NoRuleBook,
    NoRuleInForce,
    ProcedureUnknown,
    UnknownCase,
    UnknownStep,
)
from jcm_cycle.evidence import Outcome
from jcm_cycle.journal import Journal
from jcm_cycle.parties import Actor, Role
from jcm_cycle.record import read as read_record
from jcm_cycle.record.replay import replay as replay_record
from jcm_cycle.review import rejudge as rejudge_journal
from jcm_cycle.review import verify as verify_journal
from jcm_cycle.rules import books
from jcm_cycle.states import machine as machine_named

__all__ = ["app"]

app = typer.Typer(
    name="jcm-cycle",
    help="The JCM project cycle: what may be done now, by which rule, and what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

MISUSE = (EvidenceError, NoRuleBook, NoRuleInForce, ProcedureUnknown, UnknownCase, UnknownStep)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
CaseOption = Annotated[str | None, typer.Option("--case", help="Id or number, where there is more than one.")]
JournalFile = Annotated[Path, typer.Argument(metavar="JOURNAL", exists=True, dir_okay=False)]
OnOption = Annotated[str, typer.Option("--on", metavar="DATE", help="The day, as YYYY-MM-DD.")]
RegisterOption = Annotated[
    Path | None,
    typer.Option("--register", exists=True, dir_okay=False, help="What is known of other cases: .json or .csv."),
]


def _console() -> Console:
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)


def _print(data: dict[str, Any]) -> None:
    sys.stdout.write(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode() + "\n")


@contextmanager
def _told(*, as_json: bool) -> Iterator[None]:
    """Tell errors of the library as text or JSON: 2 where the command was misused, 1 where something is broken."""
    try:
        yield
    except JCMCycleError as error:
        if as_json:
            told = {"kind": type(error).__name__, "why": error.why, "cure": error.cure}
            _print({"schema": 1, "error": {**told, "file": error.file, "line": error.line}})
        else:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise typer.Exit(2 if isinstance(error, MISUSE) else 1) from None


@app.command()
def demo(
    at: Annotated[Path | None, typer.Option(help="Keep the journal in this file.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Also show the findings that are met.")] = False,
) -> None:
    """Take a synthetic Mongolian project from its design document to registration, then replay the real record."""
    with _told(as_json=False):
        run_demo(_console(), at=at, full=full)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", exists=True, dir_okay=False)],
    country: Annotated[str | None, typer.Option("--country", metavar="CC", help="Only this country.")] = None,
    as_json: AsJson = False,
) -> None:
    """Replay a public record: every row accounted for, every case audited by its country's rules."""
    with _told(as_json=as_json):
        record = read_record(file, country=country)
        with _progress("Replaying", len({ref for claim in record.claims for ref in claim.subjects})) as seen:
            found = replay_record(record, seen=seen)
        if as_json:
            _print(found.json())
        else:
            show_replay(_console(), found)
    if found.record.unreadable:
        raise typer.Exit(1)


@contextmanager
def _progress(text: str, total: int) -> Iterator[Callable[[str], None] | None]:
    """Show a bar on stderr, and only on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda _: bar.advance(task)


@app.command()
def rules(
    country: Annotated[str, typer.Argument(metavar="CC")],
    on: OnOption,
    step: Annotated[str | None, typer.Option("--step", help="Only this step, such as submit_pdd.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the rules of a country in force on a day, each with its source and standing."""
    with _told(as_json=as_json):
        edition = books[country].on(parse_day(on))
        rows = [
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
                "since": b.since.json() if b.since else None,
                "until": b.until.json() if b.until else None,
            }
            for b in sorted(edition.all_bindings, key=lambda b: _place(b.step))
            if step is None or step in (b.step, b.step.split(".")[-1])
        ]
        if step is not None and not rows:
            machine_named("project").step(step.split(".")[-1])
        if as_json:
            _print({"schema": 1, "country": country, "track": edition.track, "on": on, "rules": rows})
        else:
            show_rules(_console(), rows, f"Rules of {books[country].head.name} on {on}")


def _place(step: str) -> tuple[str, int]:
    machine, name = step.split(".", 1)
    return machine, machine_named(machine).step(name).rank


@app.command("open")
def open_case(
    machine: Annotated[str, typer.Argument(metavar="MACHINE", help="Such as project.")],
    country: Annotated[str, typer.Argument(metavar="CC")],
    at: Annotated[Path, typer.Option("--at", metavar="JOURNAL", dir_okay=False, help="The journal; made if new.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; today, if left out.")] = None,
    procedure: Annotated[
        str | None, typer.Option("--procedure", help="The procedure, where the book does not know which applied.")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="ID", help="An id of your own.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the project.")] = None,
    as_json: AsJson = False,
) -> None:
    """Open a case in a journal."""
    with _told(as_json=as_json):
        journal = Journal(at)
        name = case or f"{country}-{machine}-{len(journal.cases) + 1}"
        day = parse_day(on) if on else datetime.now(UTC).date()
        opened = Case.open(
            machine_named(machine), name, on=day, rules=books[country], procedure=procedure, title=title
        )
        _appended(journal, opened, as_json=as_json)


def _appended(journal: Journal, answer: Any, *, as_json: bool) -> None:
    """Append what was accepted, print the answer, and exit with 1 where it was refused."""
    seq = journal.append(answer).seq if isinstance(answer, Accepted) else None
    if as_json:
        _print(answer.json(seq))
    else:
        _console().print(answer.explain(full=False), markup=False)
    if not isinstance(answer, Accepted):
        raise typer.Exit(1)


EvidenceOption = Annotated[
    Path | None,
    typer.Option("--evidence", metavar="FILE.json", exists=True, dir_okay=False, help="Fields of the evidence."),
]
ByOption = Annotated[str | None, typer.Option("--by", metavar="ROLE", help="Such as participant.")]
DespiteOption = Annotated[
    list[str] | None, typer.Option("--despite", metavar="RULE=REASON", help="Go through in spite of a rule.")
]


@app.command()
def attempt(
    journal: JournalFile,
    step: Annotated[str, typer.Argument(metavar="STEP")],
    evidence: EvidenceOption = None,
    by: ByOption = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of who acts.")] = None,
    despite: DespiteOption = None,
    register: RegisterOption = None,
    case: CaseOption = None,
    as_json: AsJson = False,
) -> None:
    """Attempt an act; what is accepted is appended to the journal."""
    with _told(as_json=as_json):
        kept = Journal(journal)
        found, act = _act(kept, case, step, evidence, by, on, name, despite)
        known = read_register(register, kept, found.id)
        answer = found.attempt(act, rules=books.get_or_none(found.country), register=known)
        _appended(kept, answer, as_json=as_json)


def _act(
    journal: Journal,
    case: str | None,
    step: str,
    evidence: Path | None,
    by: str | None,
    on: str | None,
    name: str | None,
    despite: list[str] | None,
) -> tuple[Case[Any], Act[Any]]:
    found = journal.case(case)
    wanted = machine_named(found.machine).step(step.split(".")[-1])
    for option, given in (("--evidence", evidence), ("--by", by), ("--on", on)):
        if given is None:
            _misuse(f"{option} is missing.", f"{wanted.id} rests on {wanted.evidence.__name__}.")
    if by not in set(Role):
        _misuse(f"{by!r} is no role.", f"Roles are {', '.join(Role)}.")
    reasons = {}
    for item in despite or ():
        rule, _, reason = item.partition("=")
        if not reason.strip():
            _misuse(f"--despite {item!r} gives no reason.", "Write RULE=REASON.")
        reasons[rule] = reason
    paper = read_evidence_file(evidence, wanted) if evidence else None
    act = wanted(paper, by=Actor(Role(str(by)), name), on=parse_day(str(on)), despite=reasons)
    return found, act


def _misuse(why: str, cure: str) -> NoReturn:
    raise EvidenceError(why, cure=cure)


@app.command()
def show(
    journal: JournalFile,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="What had effect by this day.")] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", metavar="INSTANT", help="What was on record by this instant.")
    ] = None,
    case: CaseOption = None,
    as_json: AsJson = False,
) -> None:
    """Show the state and the timeline of the cases in a journal."""
    with _told(as_json=as_json):
        kept = Journal(journal)
        day = parse_day(as_of) if as_of else None
        instant = _instant(known_at) if known_at else None
        shown = []
        for name in (case,) if case else kept.cases:
            selection = kept.selection(name, day=day, instant=instant)
            try:
                folded = kept.case(name, as_of=day, known_at=instant)
            except UnknownCase:
                if case:
                    raise
                continue
            shown.append((folded, selection))
        if as_json:
            _print({"schema": 1, "cases": [_case_json(*pair) for pair in shown]})
            return
        for folded, selection in shown:
            show_case(_console(), folded, selection.entries, selection.unsure)
        if not shown:
            _console().print("No case had been opened by then.")


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        _misuse(f"{text!r} is no instant.", "Write it as 2024-05-01T12:00:00+00:00.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _case_json(case: Case[Any], selection: Any) -> dict[str, Any]:
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


@app.command("next")
def next_steps(
    journal: JournalFile,
    on: OnOption,
    register: RegisterOption = None,
    case: CaseOption = None,
    as_json: AsJson = False,
) -> None:
    """Show what can be done next, by whom, with which form, and by when."""
    with _told(as_json=as_json):
        kept = Journal(journal)
        found = kept.case(case)
        known = read_register(register, kept, found.id)
        steps = found.next_steps(on=parse_day(on), rules=books.get_or_none(found.country), register=known)
        if as_json:
            _print(steps.json())
        else:
            _console().print(steps.explain(), markup=False)


@app.command()
def explain(
    journal: JournalFile,
    what: Annotated[str, typer.Argument(metavar="SEQ|STEP", help="Number of an entry, or a step to try.")],
    evidence: EvidenceOption = None,
    by: ByOption = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of who acts.")] = None,
    despite: DespiteOption = None,
    register: RegisterOption = None,
    case: CaseOption = None,
    as_json: AsJson = False,
) -> None:
    """Explain an entry, or try an act without appending it."""
    with _told(as_json=as_json):
        kept = Journal(journal)
        if what.isdigit():
            _explain_entry(kept.entry(int(what)), as_json=as_json)
            return
        found, act = _act(kept, case, what, evidence, by, on, name, despite)
        known = read_register(register, kept, found.id)
        answer = found.attempt(act, rules=books.get_or_none(found.country), register=known)
        if as_json:
            _print(answer.json())
        else:
            _console().print(answer.explain(), markup=False)
        if not answer:
            raise typer.Exit(1)


def _explain_entry(entry: Entry, *, as_json: bool) -> None:
    verdict = "accepted" if str(entry.basis) == "judged" else "recorded"
    if as_json:
        _print(
            {
                "schema": 1,
                "case": entry.case,
                "step": entry.step,
                "outcome": str(entry.outcome) if isinstance(entry.outcome, Outcome) else None,
                "on": day_json(entry.on),
                "verdict": verdict,
                "seq": entry.seq,
                "findings": [finding.json() for finding in entry.findings],
            }
        )
        return
    ends = f" ({entry.outcome})" if entry.outcome else ""
    lines = [f"{verdict.upper()}  {entry.machine}.{entry.step}{ends} on {entry.on}, entry {entry.seq} of {entry.case}"]
    lines += [f"  by {entry.by}"] if entry.by else []
    lines += [f"  row {s.row}: {s.url}" for s in entry.sources]
    lines += [f"  edition {key[:12]}" for key in entry.editions]
    lines += [finding_text(finding) for finding in entry.findings] or ["  no rule was asked"]
    _console().print("\n".join(lines), markup=False)


@app.command()
def verify(
    journal: JournalFile,
    rejudge: Annotated[bool, typer.Option("--rejudge", help="Also judge every act again.")] = False,
    head: Annotated[str | None, typer.Option("--head", help="Hash of the last line, as kept elsewhere.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check that a journal is what was sealed, and that today's rules judge it the same."""
    with _told(as_json=as_json):
        found = verify_journal(journal, head=head)
        again = rejudge_journal(Journal(journal)) if rejudge and found.intact else None
        broken = found.first_broken
        if as_json:
            _print(
                {
                    "schema": 1,
                    "entries": found.entries,
                    "intact": found.intact,
                    "first_broken": {"line": broken.line, "why": broken.why} if broken else None,
                    "rejudged": again.json() if again else None,
                }
            )
        else:
            lines = [f"{found.entries} entries, intact" if found.intact else f"{found.entries} entries before a break"]
            lines += [f"  line {broken.line}: {broken.why}"] if broken else [f"  head {found.head}"]
            if again is not None:
                lines.append(f"  judged again: {again.same} findings the same")
                for label, changes in (("differs", again.differs), ("rule revised", again.revised)):
                    lines += [f"  {label}: entry {c.seq}, {c.rule} was {c.was}, is {c.now}" for c in changes]
            _console().print("\n".join(lines), markup=False)
        if not found.intact or (again is not None and again.differs):
            raise typer.Exit(1)


