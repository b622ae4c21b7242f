"""The commands: each reads its arguments, asks the library through its public names, and prints text or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from jcm_cycle._near import perhaps
from jcm_cycle._outcomes import finding_text, heading
from jcm_cycle._words import say, told_name
from jcm_cycle.case import Accepted, Case
from jcm_cycle.cli._files import read_block, read_evidence_file, read_register
from jcm_cycle.cli._replayed import show_replay
from jcm_cycle.cli._show import (
    case_json,
    rules_json,
    show_case,
    show_rules,
    show_verification,
    verification_json,
)
from jcm_cycle.cli._told import Commands, console, misuse, print_json, progress, readable, telling
from jcm_cycle.days import day_json, parse_day
from jcm_cycle.entries import Act, Basis, Entry
from jcm_cycle.errors import BookError, UnknownCase
from jcm_cycle.journal import Journal
from jcm_cycle.parties import Actor, Role
from jcm_cycle.register import Register
from jcm_cycle.review import rejudge as rejudge_journal, verify as verify_journal
from jcm_cycle.rules import Edition, RuleBook, books
from jcm_cycle.rules._at import book_at, is_path
from jcm_cycle.rules._books import book_of
from jcm_cycle.rules._texts import country_name
from jcm_cycle.states import MACHINES, STEPS, machine as machine_named, transfer

__all__ = [
    "AsJson",
    "BookArgument",
    "CaseOption",
    "JournalFile",
    "LangOption",
    "OnOption",
    "TrackOption",
    "app",
    "book_named",
    "step_ids",
]

app = typer.Typer(
    name="jcm-cycle",
    cls=Commands,
    help="The JCM project cycle: what may be done now, by which rule, and what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
CaseOption = Annotated[str | None, typer.Option("--case", help="Id or number, where there is more than one.")]
JournalFile = Annotated[Path, typer.Argument(metavar="JOURNAL", exists=True, dir_okay=False)]
OnOption = Annotated[str, typer.Option("--on", metavar="DATE", help="The day, as YYYY-MM-DD.")]
RegisterOption = Annotated[
    list[Path] | None,
    typer.Option("--register", exists=True, dir_okay=False, help="What is known of other cases: .json or .csv."),
]
LangOption = Annotated[
    str, typer.Option("--lang", metavar="LANG", help="Language of the text, en or ja; JSON stays as it is.")
]
Full = Annotated[bool, typer.Option("--full", help="Also show the findings that are met.")]


@app.command()
def demo(
    *,
    at: Annotated[
        Path | None, typer.Option("--at", metavar="JOURNAL", dir_okay=False, help="Keep the journal.")
    ] = None,
    full: Full = False,
    as_json: AsJson = False,
) -> None:
    """Take a synthetic Mongolian project from its design document to credits, then replay the real record."""
    from jcm_cycle.cli._demo import Demo  # noqa: PLC0415 - it loads much that only this command needs

    with telling(as_json=as_json):
        played = Demo.play(at)
        if as_json:
            print_json(played.json())
        else:
            played.show(console(), full=full)


@app.command()
def replay(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE.csv", exists=True, dir_okay=False, help="Left out, the record of the library."),
    ] = None,
    *,
    country: Annotated[str | None, typer.Option("--country", metavar="CC", help="Only this country.")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="Also tell row by row what became of it.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also tell for each country, rule by rule, what was found and why.")
    ] = False,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Replay a public record: every row accounted for, every case audited by its country's rules."""
    from jcm_cycle.record import read as read_record, shipped  # noqa: PLC0415 - as above
    from jcm_cycle.record.countries import codes, unknown  # noqa: PLC0415 - as above
    from jcm_cycle.record.replay import replay as replay_record  # noqa: PLC0415 - as above

    with telling(as_json=as_json, lang=lang):
        if country is not None and country not in codes():
            misuse(
                f"{unknown(country)}.", f"Codes are {', '.join(sorted(codes()))}; or install the book of the country."
            )
        record = read_record(file or shipped(), country=country)
        with progress("Replaying") as seen:
            found = replay_record(record, seen=seen)
        if as_json:
            print_json(found.json(rows=rows, explain=explain))
        else:
            show_replay(console(), found, rows=rows, explain=explain, lang=lang)
        if record.unreadable:
            raise typer.Exit(1)


TrackOption = Annotated[str | None, typer.Option("--track", help="A special track of the country.")]


BookArgument = Annotated[
    str,
    typer.Argument(metavar="CC|PATH", help="A country, or the book.toml or folder of a book that is not installed."),
]


def book_named(country: str, track: str | None) -> RuleBook:
    """Return the book of a country or at a path, or that of a track that it has."""
    main = book_at(Path(country)) if is_path(country) else books[country]
    book = main.of_track(track)
    if track is not None and book.track != track:
        tracks = [row.name for row in main.rows["track"]]
        cure = f"Its tracks are {', '.join(tracks)}." if tracks else "Leave it out."
        misuse(f"{country} has no track {track!r}.", perhaps(track, tracks, cure))
    return book


@app.command()
def rules(
    country: BookArgument,
    *,
    on: OnOption,
    step: Annotated[str | None, typer.Option("--step", help="Only this step, such as submit_pdd.")] = None,
    track: TrackOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """List the rules of a country in force on a day, each with its source and standing."""
    with telling(as_json=as_json, lang=lang):
        book = book_named(country, track)
        edition = book.on(parse_day(on))
        rows = rules_json(edition, step_ids(step) if step is not None else None)
        if as_json:
            print_json({"schema": 1, "country": book.country, "track": edition.track, "on": on, "rules": rows})
        else:
            title = say(lang, "Rules of {country} on {day}", country=country_name(book, lang), day=on)
            show_rules(console(), rows, [title, *_not_in_force(book, edition, lang)], lang)


def _not_in_force(book: RuleBook, edition: Edition, lang: str) -> Iterator[str]:
    """Yield what to know before reading rules of a day on which they are not in force, or may not be."""
    if edition.rules_in_force is False:
        yield say(lang, "none of them is in force on this day")
    elif edition.rules_in_force is None:
        yield say(lang, "the book does not know whether they are in force on this day")
    if edition.rules_in_force is not True and book.rows["track"]:
        tracks = ", ".join(row.name for row in book.rows["track"])
        yield say(lang, "its tracks have rules of their own: {tracks}", tracks=tracks)


def step_ids(name: str) -> set[str]:
    """Return the ids of the steps of this name, of all machines or of the one that stands before it."""
    found = {step.id for step in STEPS.values() if name in (step.name, step.id)}
    if not found:
        of, _, bare = name.rpartition(".")
        machine_named(of or next(iter(MACHINES))).step(bare)  # raises the error that says what there is
    return found


@app.command("open")
def open_case(
    machine: Annotated[str, typer.Argument(metavar="MACHINE", help="Such as project, issuance or tpe.")],
    country: Annotated[str, typer.Argument(metavar="CC")],
    *,
    at: Annotated[Path, typer.Option("--at", metavar="JOURNAL", dir_okay=False, help="The journal; made if new.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; today, if left out.")] = None,
    procedure: Annotated[
        str | None, typer.Option("--procedure", help="The procedure, where the book does not know which applied.")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="ID", help="An id of your own.")] = None,
    track: TrackOption = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    of: Annotated[str | None, typer.Option("--of", metavar="CASE", help="The case to which it belongs.")] = None,
    block: Annotated[
        Path | None,
        typer.Option(
            "--block",
            metavar="FILE.json",
            exists=True,
            dir_okay=False,
            help='The credits of a transfer: {"side": "MN", "amount": 100, "years": [2021], "holder": "…"}; '
            "years and holder may be left out.",
        ),
    ] = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Open a case in a journal."""
    with telling(as_json=as_json, lang=lang):
        if not at.parent.exists():
            misuse(f"{at}: there is no folder {at.parent}.", "Make it, or name a journal in one that there is.")
        journal = Journal(at)
        free = (f"{country}-{machine}-{n}" for n in count(len(journal.cases) + 1))
        name = case if case is not None else next(name for name in free if name not in journal.cases)
        day = parse_day(on) if on is not None else datetime.now(UTC).date()
        whole = journal.case(of) if of in journal.cases else of
        opened = Case.open(
            machine_named(machine), name, on=day, rules=book_named(country, track), procedure=procedure, title=title,
            of=whole, block=read_block(block) if block is not None else None,
        )  # fmt: skip
        _appended(journal, opened, as_json=as_json, lang=lang)
        if as_json:
            return
        if case is None:
            console().print(say(lang, "  its id is {name}", name=name), markup=False)
        if of is not None and of not in journal.cases:
            stranger = say(lang, "  {case}, to which it belongs, is no case of this journal", case=of)
            console().print(stranger, markup=False)
        if machine == transfer.name and block is None:
            console().print(say(lang, "  it is about a block that is not told: give it with --block"), markup=False)


def _appended(journal: Journal, answer: Any, *, as_json: bool, lang: str = "en") -> None:
    """Append what was accepted, print the answer, and exit with 1 where it was refused."""
    seq = journal.append(answer).seq if isinstance(answer, Accepted) else None
    if as_json:
        print_json(answer.json(seq))
    else:
        console().print(readable(answer.explain(full=False, lang=lang)), markup=False)
    if not isinstance(answer, Accepted):
        raise typer.Exit(1)


EvidenceOption = Annotated[
    Path | None,
    typer.Option("--evidence", metavar="FILE.json", exists=True, dir_okay=False, help="Fields of the evidence."),
]
ByOption = Annotated[str | None, typer.Option("--by", metavar="ROLE", help="Such as participant.")]
DayOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the act, as YYYY-MM-DD.")]
NameOption = Annotated[str | None, typer.Option("--name", help="Name of who acts.")]
DespiteOption = Annotated[
    list[str] | None, typer.Option("--despite", metavar="RULE=REASON", help="Go through in spite of a rule.")
]


@app.command()
def attempt(
    journal: JournalFile,
    step: Annotated[str, typer.Argument(metavar="STEP")],
    *,
    evidence: EvidenceOption = None,
    by: ByOption = None,
    on: DayOption = None,
    name: NameOption = None,
    despite: DespiteOption = None,
    register: RegisterOption = None,
    case: CaseOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Attempt an act; what is accepted is appended to the journal."""
    with telling(as_json=as_json, lang=lang):
        kept = Journal(journal)
        found, act = _act(kept, case, step, evidence, by, on, name, despite)
        book, known = _judged_by(kept, found, register)
        answer = found.attempt(act, rules=book, register=known)
        _appended(kept, answer, as_json=as_json, lang=lang)


def _judged_by(journal: Journal, case: Case[Any], files: list[Path] | None) -> tuple[RuleBook | None, Register]:
    """Return the book by which a case is judged, if there is one, and what is known of other cases."""
    book = book_of(books, case)
    return book, read_register(files or (), _others(journal, case), book=book)


def _others(journal: Journal, case: Case[Any]) -> Iterator[Case[Any]]:
    """Yield the other cases of the journal."""
    return (journal.case(name) for name in journal.cases if name != case.id)


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
    wanted = machine_named(found.machine).step(step.removeprefix(f"{found.machine}."))
    for option, given in (("--evidence", evidence), ("--by", by), ("--on", on)):
        if given is None:
            misuse(f"{option} is missing.", f"{wanted.id} rests on {wanted.evidence.__name__}.")
    if by not in set(Role):
        misuse(f"{by!r} is no role.", f"Roles are {', '.join(Role)}.")
    reasons: dict[str, str] = {}
    for item in despite or ():
        rule, _, reason = item.partition("=")
        if not rule.strip() or not reason.strip():
            misuse(f"--despite {item!r} gives no reason.", "Write RULE=REASON.")
        if rule.strip() in reasons:
            misuse(f"--despite gives two reasons for {rule.strip()}.", "Give one for each rule.")
        reasons[rule.strip()] = reason.strip()
    paper = read_evidence_file(evidence, wanted) if evidence else None
    act = wanted(paper, by=Actor(Role(str(by)), name), on=parse_day(str(on)), despite=reasons)
    return found, act


@app.command()
def show(
    journal: JournalFile,
    *,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="What had effect by this day.")] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", metavar="INSTANT", help="What was on record by this instant.")
    ] = None,
    case: CaseOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Show the state and the timeline of the cases in a journal."""
    with telling(as_json=as_json, lang=lang):
        kept = Journal(journal)
        day = parse_day(as_of) if as_of is not None else None
        instant = _instant(known_at) if known_at is not None else None
        shown = []
        for name in (case,) if case is not None else kept.cases:
            try:
                folded = kept.case(name, as_of=day, known_at=instant)
            except UnknownCase:
                if case is not None:
                    raise
                continue
            shown.append((folded, kept.selection(name, day=day, instant=instant)))
        if as_json:
            print_json({"schema": 1, "cases": [case_json(*pair) for pair in shown]})
            return
        for folded, selection in shown:
            show_case(console(), folded, selection.entries, selection.unsure, lang)
        if not shown:
            console().print(
                say(lang, "No case had been opened by then." if kept.cases else "The journal holds no case.")
            )


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        misuse(f"{text!r} is no instant.", "Write it as 2024-05-01T12:00:00+00:00.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@app.command("next")
def next_steps(
    journal: JournalFile,
    *,
    on: OnOption,
    register: RegisterOption = None,
    case: CaseOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Show what can be done next, by whom, with which form, and by when."""
    with telling(as_json=as_json, lang=lang):
        kept = Journal(journal)
        found = kept.case(case)
        book, known = _judged_by(kept, found, register)
        steps = found.next_steps(on=parse_day(on), rules=book, register=known)
        if as_json:
            print_json(steps.json())
        else:
            console().print(readable(steps.explain(lang=lang)), markup=False)


@app.command()
def explain(
    journal: JournalFile,
    what: Annotated[str, typer.Argument(metavar="SEQ|STEP", help="Number of an entry, or a step to try.")],
    *,
    evidence: EvidenceOption = None,
    by: ByOption = None,
    on: DayOption = None,
    name: NameOption = None,
    despite: DespiteOption = None,
    register: RegisterOption = None,
    case: CaseOption = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Explain an entry, or try an act without appending it."""
    with telling(as_json=as_json, lang=lang):
        kept = Journal(journal)
        if what.isascii() and what.isdigit():
            entry = kept.entry(int(what[:_DIGITS]))
            if case is not None and kept.case(case).id != entry.case:
                misuse(f"Entry {entry.seq} belongs to {entry.case}.", "Leave out --case, or give that one.")
            if lang != "en":
                with suppress(BookError):  # its texts come with the book, where that is installed
                    books.get_or_none(kept.case(entry.case).country)
            _explain_entry(entry, as_json=as_json, lang=lang)
            return
        found, act = _act(kept, case, what, evidence, by, on, name, despite)
        book, known = _judged_by(kept, found, register)
        answer = found.attempt(act, rules=book, register=known)
        if as_json:
            print_json(answer.json())
        else:
            console().print(readable(answer.explain(lang=lang)), markup=False)
        if not answer:
            raise typer.Exit(1)


_DIGITS = 18
"""No journal has more entries than this many digits can number."""


def _actor(by: Actor, lang: str) -> str:
    role = told_name(by.role, lang)
    return f"{by.name} ({role})" if by.name else role


def _explain_entry(entry: Entry, *, as_json: bool, lang: str) -> None:
    verdict = "accepted" if entry.basis is Basis.JUDGED else "recorded"
    if as_json:
        print_json(
            {
                "schema": 1,
                "case": entry.case,
                "step": entry.step,
                "outcome": str(entry.outcome) if entry.outcome else None,
                "on": day_json(entry.on),
                "verdict": verdict,
                "seq": entry.seq,
                "findings": [finding.json() for finding in entry.findings],
            }
        )
        return
    head = heading(verdict, f"{entry.machine}.{entry.step}", entry.outcome, entry.on, lang)
    lines = [say(lang, "{heading}, entry {seq} of {case}", heading=head, seq=entry.seq, case=entry.case)]
    lines += [say(lang, "  by {actor}", actor=_actor(entry.by, lang))] if entry.by else []
    lines += [say(lang, "  row {row}: {url}", row=s.row, url=s.url) for s in entry.sources]
    lines += [say(lang, "  edition {key}", key=key[:12]) for key in entry.editions]
    lines += [finding_text(finding, lang) for finding in entry.findings] or [say(lang, "  no rule was asked")]
    console().print(readable("\n".join(lines)), markup=False)


@app.command()
def verify(
    journal: JournalFile,
    *,
    rejudge: Annotated[bool, typer.Option("--rejudge", help="Also judge every act again.")] = False,
    head: Annotated[str | None, typer.Option("--head", help="Hash of the last line, as kept elsewhere.")] = None,
    lang: LangOption = "en",
    as_json: AsJson = False,
) -> None:
    """Check that a journal is what was sealed, and that today's rules judge it the same."""
    with telling(as_json=as_json, lang=lang):
        found = verify_journal(journal, head=head)
        again = rejudge_journal(Journal(journal)) if rejudge and found.intact else None
        if as_json:
            print_json(verification_json(found, again))
        else:
            show_verification(console(), found, again, lang)
        if not found.intact or (again is not None and again.differs):
            raise typer.Exit(1)
