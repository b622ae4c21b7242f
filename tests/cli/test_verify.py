"""`verify`: whether a journal is what was sealed, and whether its acts are judged as they were."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from jcm_cycle import Journal
from jcm_cycle._chain import START, seal


def swapped(lines: list[bytes]) -> list[bytes]:
    """Swap two lines."""
    return [*lines[:4], lines[5], lines[4], *lines[6:]]


class TestVerify:
    """`verify`: whether a journal is what was sealed."""

    def test_a_whole_journal(self, told_story: Any, fits: Any) -> None:
        """All entries are counted; judged again only where that was asked for."""
        told = told_story.run("verify", told_story.path, "--json")
        fits("verify", told.data)
        assert told.data == {"schema": 1, "entries": 8, "intact": True, "first_broken": None, "rejudged": None}
        text = told_story.run("verify", told_story.path, "--rejudge")
        assert text.code == 0
        assert "8 entries, intact" in text.out
        assert "judged again" in text.out
        assert Journal(told_story.path).head in text.out

    def test_a_head_kept_elsewhere(self, told_story: Any, tmp_path: Path) -> None:
        """Lines cut off the end are seen only by whoever kept the hash of the last."""
        head = Journal(told_story.path).head
        short = tmp_path / "short.jsonl"
        short.write_bytes(b"".join(told_story.path.read_bytes().splitlines(keepends=True)[:-1]))
        run = told_story.run
        assert run("verify", told_story.path, "--head", head).code == 0
        assert run("verify", short).code == 0
        assert run("verify", short, "--head", head).code == 1
        assert run("verify", told_story.path, "--head", "0" * 64, "--json").data["intact"] is False

    @pytest.mark.parametrize(
        ("spoil", "line"),
        [
            (lambda lines: [*lines[:3], lines[3].replace(b"2025", b"2024", 1), *lines[4:]], 4),
            (lambda lines: [*lines[:2], *lines[3:]], 3),
            (lambda lines: [*lines[:3], lines[2], *lines[3:]], 4),
            (lambda lines: [*lines[:3], b"{}\n", *lines[3:]], 4),
            (lambda lines: [*lines[:3], b"\n", *lines[3:]], 4),
            (swapped, 5),
            (lambda lines: [*lines[:-1], lines[-1][:-40]], 9),
            (lambda lines: [*lines, b'{"kind"'], 10),
            (lambda lines: [b"not a journal\n", *lines], 1),
            (lambda lines: [b"\xff\xfe\n", *lines], 1),
        ],
        ids=["changed", "removed", "copied", "inserted", "blank", "swapped", "cut", "begun", "other", "bytes"],
    )
    def test_the_first_broken_line(self, told_story: Any, tmp_path: Path, fits: Any, spoil: Any, line: int) -> None:
        """It is named with the reason, in text and JSON; every command that reads the journal stops with 1."""
        lines = told_story.path.read_bytes().splitlines(keepends=True)
        assert len(lines) == 9  # eight entries and the edition that governed them
        broken = tmp_path / "broken.jsonl"
        broken.write_bytes(b"".join(spoil(lines)))
        before = broken.read_bytes()
        told = told_story.run("verify", broken, "--rejudge", "--json")
        fits("verify", told.data)
        assert (told.code, told.data["intact"], told.data["first_broken"]["line"]) == (1, False, line)
        assert told.data["rejudged"] is None
        text = told_story.run("verify", broken)
        assert text.code == 1
        assert f"line {line}: {told.data['first_broken']['why']}" in text.out
        for words in (("show",), ("next", "--on", "2025-06-01"), ("explain", "1"), ("explain", "publish_pdd")):
            name, *more = words
            told = told_story.run(name, broken, *more, "--json")
            assert (told.code, told.error["line"]) == (1, line)
            assert told.error["file"] == str(broken)
            assert told.error["cure"]
        told = told_story.run("attempt", broken, *told_story.words("publish_pdd"))
        assert (told.code, told.out) == (1, "")
        assert broken.read_bytes() == before
        assert list(tmp_path.iterdir()) == [broken]

    @pytest.mark.parametrize(
        ("member", "value", "kind"),
        [
            ("schema", 99, "NewerSchema"),
            ("machine", "starship", "JournalError"),
            ("step", "levitate", "JournalError"),
            ("tag", "starship", "UnknownTag"),
            ("evidence", 5, "JournalError"),
            ("on", "some day", "JournalError"),
        ],
    )
    def test_a_sealed_line_that_means_nothing_here(self, story: Any, member: str, value: object, kind: str) -> None:
        """A line of a newer version, or with a word nobody knows, is an error with file and line."""
        story.until("publish_pdd")
        lines = story.path.read_bytes().splitlines()
        head, out = START, []
        for raw in lines:
            body = orjson.loads(raw)
            del body["hash"]
            if body["kind"] == "entry" and body["step"] == "submit_pdd":
                if member == "tag":
                    body["evidence"]["tag"] = value
                else:
                    body[member] = value
            if body["schema"] == 99:
                line, head = _sealed_newer(body, head)
            else:
                line, head = seal(body, head)
            out.append(line)
        story.path.write_bytes(b"".join(out))
        told = story.run("show", story.path, "--json")
        assert told.code == 1
        assert told.error["line"] == len(lines)
        assert told.error["kind"] in (kind, "NewerSchema", "BrokenJournal", "UnknownTag")
        if kind != "JournalError":
            assert told.error["kind"] == kind
        assert story.run("verify", story.path, "--rejudge").code == 1


def _sealed_newer(body: dict[str, Any], head: str) -> tuple[bytes, str]:
    """Seal a line as a newer version would."""
    data = orjson.dumps({**body, "prev": head}, option=orjson.OPT_SORT_KEYS)
    digest = sha256(data).hexdigest()
    return data[:-1] + b',"hash":"' + digest.encode() + b'"}\n', digest
