"""How the command answers: exit codes in a process of its own, JSON of errors, terminals, and whatever one types."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from rich.cells import cell_len

from jcm_cycle import Role, project
from jcm_cycle.cli._told import readable
from jcm_cycle.record import shipped

SHIPPED = str(shipped())
HEADER = Path(SHIPPED).read_text(encoding="utf-8").splitlines()[0]
MAIN = "from jcm_cycle.cli import main; main()"


class TestExitCodes:
    """The command as it is installed, in a process of its own."""

    def test_fine(self, command: Any, story: Any) -> None:
        """0: a record with contradictions, a journal opened and verified; nothing on stderr where it is a pipe."""
        record = story.folder / "two.csv"
        two = "PW,project,PW001,A,registered,2019-03-01,,,,,\nPW,project,PW001,A,registered,2019-03-04,,,,,\n"
        record.write_text(f"{HEADER}\n{two}", encoding="utf-8")
        told = command.alone("replay", record)
        assert (told.code, told.err) == (0, "")
        assert "[record.views_agree]" in told.out
        words = ("--at", story.path, "--on", "2025-01-06", "--procedure", "PCP 07.0")
        told = command.alone("open", "project", "MN", *words, "--json")
        assert (told.code, told.err, told.data["seq"]) == (0, "", 1)

    def test_refused_and_broken(self, command: Any, story: Any) -> None:
        """1: an act that is refused, a row that cannot be read; nothing on stderr, and so no traceback."""
        story.until("publish_pdd")
        refused = command.alone("attempt", story.path, *story.words("publish_pdd", by="public"), "--json")
        assert (refused.code, refused.err, refused.data["verdict"]) == (1, "", "refused")
        record = story.folder / "bad.csv"
        record.write_text(f"{HEADER}\nPW,project,PW001,A,registered,2019-02-30,,,,,\n", encoding="utf-8")
        unreadable = command.alone("replay", record)
        assert (unreadable.code, unreadable.err) == (1, "")
        assert "line 2 unreadable" in unreadable.out

    def test_misuse(self, command: Any) -> None:
        """2: an unknown country, told on stderr in one line, and no traceback."""
        told = command.alone("rules", "ZZ", "--on", "2025-01-08")
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith("NoRuleBook: ")
        assert "Traceback" not in told.err

    def test_a_broken_book(self, command: Any, tmp_path: Path) -> None:
        """1: books that others installed and that are broken are named, with file and line where there is one."""
        (tmp_path / "synthetic_books.py").write_text(
            "from pathlib import Path\n"
            "from jcm_cycle import RuleBook\n"
            "def toml(): return RuleBook.read(Path(__file__).with_name('book.toml'))\n"
            "def fails(): raise ValueError('no such thing')\n"
            "def nothing(): return None\n",
            encoding="utf-8",
        )
        (tmp_path / "book.toml").write_text('[book]\ncountry = "WW"\nname = 5\n', encoding="utf-8")
        info = tmp_path / "synthetic_books-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: synthetic-books\nVersion: 1.0\n", encoding="utf-8")
        points = (
            "[jcm_cycle.books]\nWW = synthetic_books:toml\nXX = synthetic_books:fails\nYY = synthetic_books:nothing\n"
        )
        (info / "entry_points.txt").write_text(points, encoding="utf-8")
        expected = (("WW", "book.toml", 3), ("XX", "no such thing", None), ("YY", "synthetic_books:nothing", None))
        for country, says, line in expected:
            told = command.alone("rules", country, "--on", "2025-01-08", "--json", PYTHONPATH=str(tmp_path))
            assert (told.code, told.err, told.error["kind"], told.error["line"]) == (1, "", "BookError", line)
            assert says in str(told.error["file"]) + told.error["why"]
            assert told.error["cure"]

    @pytest.mark.parametrize("lacking", ["typer", "rich"])
    def test_what_has_to_be_installed(self, command: Any, lacking: str) -> None:
        """Without the extra, the command says what to install; anything else that is lacking is an error as it is."""
        told = command.alone("demo", before=f"import sys; sys.modules[{lacking!r}] = None")
        assert (told.code, told.out) == (2, "")
        assert told.err == "The command needs typer and rich: pip install 'jcm-cycle[cli]'\n"
        told = command.alone("demo", before="import sys; sys.modules['orjson'] = None")
        assert told.code == 1
        assert "orjson" in told.err

    def test_the_library_needs_none_of_it(self) -> None:
        """Who embeds the library imports no typer; rich may come with the logging that it uses."""
        code = "import sys, jcm_cycle.record.replay, jcm_cycle; jcm_cycle.Journal; print('typer' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        assert done.stdout.strip() == "False"

    def test_the_console_script(self) -> None:
        """The script that the installation puts beside the interpreter is this command."""
        script = shutil.which("jcm-cycle", path=str(Path(sys.executable).parent))
        assert script is not None
        done = subprocess.run(
            [script, "rules", "ZZ", "--on", "2025-01-08"], check=False, capture_output=True, text=True
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("NoRuleBook: ")


class TestJsonOfMisuse:
    """Where JSON was asked for, what is wrong with the command line is told in JSON, too."""

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("replay", "nowhere.csv", "--json"), "nowhere.csv"),
            (("replay", SHIPPED, SHIPPED, "--json"), "public_record.csv"),
            (("replay", SHIPPED, "--bogus", "--json"), "--bogus"),
            (("bogus", "--json"), "bogus"),
            (("rules", "MN", "--json"), "--on"),
            (("rules", "MN", "--json", "--on"), "--on"),
            (("verify", "--json"), "JOURNAL"),
            (("open", "project", "MN", "--json"), "--at"),
            (("demo", "--at", "/", "--json"), "/"),
        ],
    )
    def test_an_object(self, command: Any, words: tuple[str, ...], says: str) -> None:
        """It is an object with the error, on stdout; in text it is on stderr."""
        told = command(*words)
        assert (told.code, told.err, told.error["kind"]) == (2, "", "Misuse")
        assert says in told.error["why"]
        assert told.error["cure"]
        told = command(*(word for word in words if word != "--json"))
        assert (told.code, told.out) == (2, "")
        assert told.err

    def test_a_name_that_is_no_text(self, tmp_path: Path) -> None:
        """A file whose name is not in UTF-8 is named all the same."""
        path = os.fsencode(tmp_path) + b"/\xff.csv"
        try:
            Path(os.fsdecode(path)).write_bytes(b"no record")
        except OSError:
            pytest.skip("the file system takes no such name")
        for words in ((), ("--json",)):
            done = subprocess.run(
                [sys.executable, "-c", MAIN, "replay", path, *words], check=False, capture_output=True
            )
            assert done.returncode == 1
            assert b"Traceback" not in done.stderr
            assert b"RecordError" in done.stdout + done.stderr


def on_a_terminal(words: Sequence[object], stream: str, *, columns: int, cwd: Path) -> tuple[str, str]:
    """Run the command with stdout or stderr on a terminal; return what the terminal got, and what the other got."""
    master, slave = pty.openpty()
    other = "stderr" if stream == "stdout" else "stdout"
    with (cwd / other).open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", MAIN, *map(str, words)],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "COLUMNS": str(columns), "LINES": "50", "TERM": "xterm", "NO_COLOR": "1"},
            **{stream: slave, other: file},
        )
    os.close(slave)
    shown = bytearray()
    with suppress(OSError):  # raised where the other end is closed
        while data := os.read(master, 4096):
            shown += data
    process.wait()
    os.close(master)
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())
    return plain.replace("\r\n", "\n"), (cwd / other).read_text(encoding="utf-8")


class TestTerminals:
    """What changes with the place to which the command writes."""

    def test_progress_only_on_a_terminal(self, tmp_path: Path, command: Any) -> None:
        """Long work shows on stderr what is done where that is a terminal, and nothing at all where it is a pipe."""
        bar, printed = on_a_terminal(("replay", SHIPPED, "--json"), "stderr", columns=80, cwd=tmp_path)
        assert "Replaying" in bar
        assert "Replaying LK_PIN001" in bar
        piped = command.alone("replay", SHIPPED, "--json")
        assert (piped.out, piped.err) == (printed, "")

    def test_a_narrow_terminal_loses_nothing(self, told_story: Any, tmp_path: Path) -> None:
        """In forty columns lines are folded; every word of the wide text is still there."""
        for words in (("show", told_story.path), ("verify", told_story.path), ("replay", SHIPPED)):
            shown, errors = on_a_terminal(words, "stdout", columns=40, cwd=tmp_path)
            assert errors == ""
            wide = told_story.run(*words, COLUMNS="200").out
            assert "".join(shown.split()) == "".join(wide.split())
            assert "…" not in shown

    @pytest.mark.parametrize("columns", ["20", "40", "80", "200"])
    def test_a_pipe_is_never_folded(self, told_story: Any, columns: str) -> None:
        """Through a pipe the text is the same, however wide the terminal beside it is."""
        for words in (
            ("show", told_story.path),
            ("replay", SHIPPED),
            ("rules", "MN", "--on", "2025-01-08"),
            ("next", told_story.path, "--on", "2025-06-01"),
            ("explain", told_story.path, "5"),
        ):
            assert told_story.run(*words, COLUMNS=columns) == told_story.run(*words, COLUMNS="120")

    def test_the_table_of_a_record_fits_a_terminal(self, command: Any) -> None:
        """The summary of the shipped record is at most eighty columns wide."""
        lines = command("replay", SHIPPED).out.splitlines()
        table = [line for line in lines if re.match(r"[A-Z]{2} |project", line)]
        assert len(table) > 5
        assert max(map(cell_len, lines[1:])) <= 80

    @pytest.mark.parametrize(
        ("encoding", "words"),
        [("ascii", ("demo",)), ("ascii", ("replay", "RECORD")), ("cp1252", ("replay", "RECORD", "--json"))],
    )
    def test_a_terminal_that_lacks_characters(self, tmp_path: Path, encoding: str, words: tuple[str, ...]) -> None:
        """What the encoding of the output lacks is written in another way; JSON is in UTF-8 always."""
        record = tmp_path / "record.csv"
        record.write_text(f"{HEADER}\nVN,project,VN001,Đồng Tháp – 太陽光,registered,–,,,,,\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", MAIN, *(str(record) if word == "RECORD" else word for word in words)],
            check=False,
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert (done.returncode, done.stderr) == (0 if words == ("demo",) else 1, b"")
        text = done.stdout.decode("utf-8" if "--json" in words else encoding)
        if "RECORD" in words:
            assert ("–" if "--json" in words else "\\u2013") in text

    def test_what_a_file_says_is_shown_as_it_is(self, story: Any) -> None:
        """Brackets are no markup, colons no pictures, and nothing that a file holds steers the terminal."""
        story.path.touch()
        title = "A [bold]park[/i] :car: [link=x] \x1b[2J\x07\r\u202e太陽"
        assert story.open("--title", title, case="[red]p:car:").code == 0
        for words in (("show", story.path), ("explain", story.path, "1"), ("next", story.path, "--on", "2025-02-01")):
            told = story.run(*words)
            assert told.code == 0
            assert "[red]p:car:" in told.out
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", told.out)
        assert "A [bold]park[/i] :car: [link=x]" in story.run("show", story.path).out
        (case,) = story.run("show", story.path, "--json").data["cases"]
        assert case["title"] == title
        story.write("notice", {"text": "x"})
        words = ("--evidence", story.folder / "notice.json", "--by", "secretariat", "--on", "2025-02-01")
        reason = "common.rules_in_force=\x1b[1mbecause"
        told = story.run("attempt", story.path, "discontinue", *words, "--despite", reason, "--json")
        assert told.code == 1

    @pytest.mark.parametrize(
        ("text", "shown"), [("a\nb", "a\nb"), ("a\tb\x1b\x00\u3000c", "a b   c"), ("太陽 – é", "太陽 – é"), ("", "")]
    )
    def test_readable(self, text: str, shown: str) -> None:
        """Only what can be read is left, and the ends of lines."""
        assert readable(text) == shown


ROLES = st.sampled_from([*map(str, Role), "nobody", ""])
DAYS = st.sampled_from(
    [
        "2025-01-08",
        "2025-02-09",
        "0001-01-01",
        "9999-12-31",
        "2013-01-07",
        "2025-02-30",
        "today",
        "",
        "-1",
        "２０２５-01-08",
    ]
)
WORDS = st.sampled_from(
    [
        *("JOURNAL", "KNOWN", "RECORD", "EVIDENCE", "FOLDER", "NOWHERE", "NEW"),
        *("project", "MN", "ID", "PW", "park", "MN099", "PCP 07.0", "1", "5", "0", "²", "--", "-"),
        *project.steps,
        *("--json", "--case", "--on", "--by", "--evidence", "--register", "--despite", "--at", "--head", "--rejudge"),
        *("--as-of", "--known-at", "--procedure", "--title", "--name", "--step", "--country", "--help"),
        "common.reference_never_reused=because",
        "2025-06-01T12:00:00+09:00",
    ]
)
ANY_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=()), max_size=6)
ANY_WORDS = st.lists(st.one_of(WORDS, WORDS, WORDS, DAYS, ROLES, ANY_TEXT), max_size=10)
NAMES = st.sampled_from(["replay", "rules", "open", "attempt", "show", "next", "explain", "verify"])
OPTIONS = {
    "--case": st.sampled_from(["park", "MN099", "other", ""]) | ANY_TEXT,
    "--on": DAYS | st.dates().map(str),
    "--by": ROLES,
    "--evidence": st.sampled_from(["EVIDENCE", "KNOWN", "JOURNAL", "NOWHERE"]),
    "--register": st.sampled_from(["KNOWN", "RECORD", "JOURNAL", "FOLDER"]),
    "--despite": st.sampled_from(["common.reference_never_reused=a", "x=y", "x", "=", ""]) | ANY_TEXT,
    "--name": ANY_TEXT,
    "--as-of": DAYS,
    "--known-at": st.sampled_from(["2025-06-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "x"]),
    "--json": st.just(None),
}


@pytest.fixture(scope="module")
def places(told_story: Any, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return what the words in capitals stand for; the journal is a copy that anybody may write to."""
    folder = tmp_path_factory.mktemp("fuzz")
    journal = folder / "journal.jsonl"
    shutil.copy(told_story.path, journal)
    evidence = folder / "evidence.json"
    evidence.write_text('{"text": "x"}', encoding="utf-8")
    found = {"JOURNAL": journal, "KNOWN": told_story.known, "RECORD": told_story.record, "EVIDENCE": evidence}
    return {name: str(path) for name, path in {**found, "FOLDER": folder, "NOWHERE": folder / "nowhere"}.items()} | {
        "NEW": str(folder / "new.jsonl")
    }


def expect_an_answer(told: Any, words: Sequence[str]) -> None:
    """Expect one of the three exit codes, and nothing that looks like a crash."""
    assert told.code in (0, 1, 2), (words, told)
    assert "Traceback" not in told.out + told.err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, ANY_WORDS)
def test_whatever_one_types(command: Any, places: Mapping[str, str], name: str, words: list[str]) -> None:
    """Any words give an exit code and an answer, never another exception."""
    given_words = [places.get(word, word) for word in words]
    expect_an_answer(command(name, *given_words), words)


@given(
    st.sampled_from(["attempt", "show", "next", "explain", "verify"]),
    st.sampled_from([*project.steps, "1", "8", "99"]),
    st.fixed_dictionaries({}, optional=OPTIONS),
)
def test_whatever_one_asks_of_a_journal(
    command: Any, places: Mapping[str, str], name: str, what: str, options: dict[str, str | None]
) -> None:
    """Words that could be meant give an exit code and an answer; in JSON it is one object, also for errors."""
    words = [name, places["JOURNAL"], *([what] if name in ("attempt", "explain") else [])]
    for option, value in options.items():
        words += [option] if value is None else [f"{option}={places.get(value, value)}"]
    told = command(*words)
    expect_an_answer(told, words)
    if "--json" in options:
        assert told.data["schema"] == 1
        assert told.err == ""


SPOILS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "drop", "copy", "swap", "insert"]),
        st.integers(0, 10**6),
        st.binary(min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=3,
)


def spoiled(data: bytes, how: str, where: int, what: bytes) -> bytes:
    """Return a journal that somebody has spoilt."""
    lines = data.splitlines(keepends=True) or [b""]
    line, place = where % len(lines), where % (len(data) or 1)
    match how:
        case "flip":
            return data[:place] + bytes([data[place] ^ (what[0] or 1)]) + data[place + 1 :] if data else what
        case "cut":
            return data[:place]
        case "drop":
            return b"".join(lines[:line] + lines[line + 1 :])
        case "copy":
            return b"".join([*lines[:line], lines[line], *lines[line:]])
        case "swap":
            return b"".join(lines[:line] + lines[line + 1 : line + 2] + lines[line : line + 1] + lines[line + 2 :])
    return data[:place] + what + data[place:]


@given(SPOILS)
def test_whatever_became_of_a_journal(
    command: Any, told_story: Any, tmp_path_factory: pytest.TempPathFactory, spoils: list[tuple[str, int, bytes]]
) -> None:
    """A journal that was changed is found to be broken, or is a whole beginning of what it was; nothing crashes."""
    whole = told_story.path.read_bytes()
    data = whole
    for spoil in spoils:
        data = spoiled(data, *spoil)
    path = tmp_path_factory.getbasetemp() / "spoilt.jsonl"
    path.write_bytes(data)
    beginning = whole.startswith(data) and (not data or data.endswith(b"\n"))
    told = command("verify", path, "--rejudge", "--json")
    assert (told.code, told.data["intact"]) == ((0, True) if beginning else (1, False))
    for words in (("show",), ("next", "--on", "2025-06-01"), ("explain", "1")):
        name, *more = words
        expect_an_answer(command(name, path, *more), words)
    assert path.read_bytes() == data


@given(st.binary(max_size=200), st.sampled_from([b"", f"{HEADER}\n".encode()]))
def test_whatever_a_record_holds(
    command: Any, tmp_path_factory: pytest.TempPathFactory, data: bytes, before: bytes
) -> None:
    """Any bytes are a record with rows that can or cannot be read, or a file that is none."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(before + data)
    told = command("replay", path, "--json")
    assert told.code == (1 if "error" in told.data or told.data["unreadable"] else 0)
    expect_an_answer(command("replay", path), ("replay",))
