"""The command in Japanese: every command that explains, what it leaves in Latin letters, and JSON as it was."""

from __future__ import annotations

import re
from typing import Any

import pytest

CODES = re.compile(r"https?://\S+|\([A-Za-z_]+\)|[A-Za-z0-9._/:+-]*[0-9._/:+-]+[A-Za-z0-9._/:+-]*")
"""Ids, links, versions, and names of classes and fields in brackets."""
GIVEN = re.compile(r"Synthetic [A-Za-z. ]+|F_[A-Za-z_]+|park|Premium|出典 [A-Za-z-]+")
"""What was given as a name, such as the key of a source, and is the same in every language."""


def english_in(told: str) -> list[str]:
    """Return the English words that are left in a Japanese text."""
    return re.findall(r"[A-Za-z]*[a-z]{2}[A-Za-z]*", CODES.sub(" ", GIVEN.sub(" ", told)))


def asked(story: Any) -> dict[str, tuple[object, ...]]:
    """Return a way to ask each command that explains."""
    return {
        "show": ("show", story.path),
        "next": ("next", story.path, "--on", "2025-06-01"),
        "plan": ("plan", story.path, "issued", "--on", "2025-06-01"),
        "due": ("due", story.path, "--on", "2025-06-01"),
        "agenda": ("agenda", story.path, "--on", "2025-06-01"),
        "publication": ("publication", story.path, "--on", "2025-06-01"),
        "explain": ("explain", story.path, "5"),
        "checklist": ("checklist", "MN", "conclude_validation", "--on", "2025-03-10"),
        "rules": ("rules", "MN", "--on", "2025-03-10"),
        "diff": ("diff", "MN", "2016-08-23", "2025-03-10"),
    }


@pytest.mark.parametrize(
    "name", ["show", "next", "plan", "due", "agenda", "publication", "explain", "checklist", "rules", "diff"]
)
def test_a_command_explains_in_japanese(told_story: Any, command: Any, name: str) -> None:
    """No English word is left but names and codes; English stays the first language, and JSON as it was."""
    words = asked(told_story)[name]
    told = command(*words, "--lang", "ja")
    assert told.code == 0, told.err
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", told.out)
    assert english_in(told.out) == []
    assert command(*words).out == command(*words, "--lang", "en").out != told.out
    if name != "checklist":
        assert len(told.out.splitlines()) == len(command(*words).out.splitlines())
    assert command(*words, "--json").out == command(*words, "--json", "--lang", "ja").out


@pytest.mark.parametrize(
    "name", ["show", "next", "plan", "due", "agenda", "publication", "explain", "checklist", "rules", "diff"]
)
def test_a_language_that_is_none_is_misuse(told_story: Any, command: Any, name: str) -> None:
    """Told as text and as data, and nothing else is done."""
    told = command(*asked(told_story)[name], "--lang", "mn")
    assert (told.code, told.out) == (2, "")
    assert told.err == "LanguageUnknown: lang: 'mn' is no language of this library. Languages are en, ja.\n"
    found = command(*asked(told_story)[name], "--lang", "mn", "--json")
    assert (found.code, found.data["error"]["kind"]) == (2, "LanguageUnknown")


def test_every_entry_is_explained_in_japanese(told_story: Any, command: Any) -> None:
    """With its findings, facts, sources and standing."""
    for seq in range(1, len(told_story.steps) + 2):
        told = command("explain", told_story.path, seq, "--lang", "ja")
        assert told.code == 0
        assert english_in(told.out) == [], told.out


@pytest.mark.parametrize("country", ["ID", "VN", "TH", "PW", "LA"])
def test_the_rules_of_a_country_are_told_in_japanese(command: Any, country: str) -> None:
    """With the place of each; so are those of a track, and what differs from Mongolia."""
    assert english_in(command("diff", "MN", country, "--on", "2025-03-10", "--lang", "ja").out) == []
    if country != "TH":
        assert english_in(command("rules", country, "--on", "2025-03-10", "--lang", "ja").out) == []
    else:
        track = ("--track", "existing", "--lang", "ja")
        assert english_in(command("rules", country, "--on", "2025-03-10", *track).out) == []


def test_a_refusal_is_told_in_japanese(story: Any) -> None:
    """Nothing is recorded, in either language; what is accepted is."""
    story.until("publish_pdd")
    before = story.path.read_bytes()
    refused = story.attempt("publish_pdd", "--lang", "ja", by="participant")
    assert refused.code == 1
    assert refused.out.startswith("不受理  プロジェクト設計書の公表 (publish_pdd) 2025-")
    assert "何も記録されていない。案件の段階は引き続き「提出済み」である" in refused.out
    assert "立場: プロジェクト参加者; 可能なもの: 事務局" in refused.out
    assert english_in(refused.out) == []
    wrong = story.attempt("publish_pdd", "--lang", "jp")
    assert (wrong.code, story.path.read_bytes()) == (2, before)
    accepted = story.attempt("publish_pdd", "--lang", "ja")
    assert accepted.out.splitlines()[:2] == [
        accepted.out.splitlines()[0],
        "  案件の現在の段階：妥当性確認中",
    ]
    assert accepted.out.startswith("受理  ")
