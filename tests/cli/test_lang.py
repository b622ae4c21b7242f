"""The command in Japanese: every command that explains, what it leaves in Latin letters, and JSON as it was."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle.cli._replayed import show_replay
from jcm_cycle.cli._show import show_verification
from jcm_cycle.cli._told import console
from jcm_cycle.findings import Verdict
from jcm_cycle.record import read_text, shipped
from jcm_cycle.record.replay import replay
from jcm_cycle.review import Change, Rejudged, Verification

CODES = re.compile(r"https?://\S+|\([A-Za-z_]+\)|[A-Za-z0-9._/:+-]*[0-9._/:+-]+[A-Za-z0-9._/:+-]*")
"""Ids, links, versions, and names of classes and fields in brackets."""
GIVEN = re.compile(r"Synthetic [A-Za-z. ]+|F_[A-Za-z_]+|park|Premium|出典 [A-Za-z-]+|“[^”]*”")
"""What was given as a name, such as the key of a source, or quoted from a record, and is the same in every language."""


def english_in(told: str) -> list[str]:
    """Return the English words that are left in a Japanese text."""
    return re.findall(r"[A-Za-z]*[a-z]{2}[A-Za-z]*", CODES.sub(" ", GIVEN.sub(" ", told)))


JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


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
        "books": ("books",),
        "verify": ("verify", story.path),
        "verify again": ("verify", story.path, "--rejudge"),
        "outstanding": ("outstanding", story.path),
        "affected": ("affected", story.path, "--moc", "park", "--on", "2025-06-01"),
        "resembles": ("resembles", story.path, "--case", "park"),
        "precedents": ("precedents", "issuance.submit_monitoring_report.no_overlap"),
    }


NAMES = (
    "show", "next", "plan", "due", "agenda", "publication", "explain", "checklist", "rules", "diff", "books", "verify",
    "verify again", "outstanding", "affected", "resembles", "precedents",
)  # fmt: skip
TRACKS = re.compile(r"\b(ccs_ccus|redd_plus|redd_plus_ar|premium_tver|existing)\b|[0-9a-f]{64}")
"""Names of special tracks, and hashes."""


@pytest.mark.parametrize("name", NAMES)
def test_a_command_explains_in_japanese(told_story: Any, command: Any, name: str) -> None:
    """No English word is left but names and codes; English stays the first language, and JSON as it was."""
    words = asked(told_story)[name]
    told = command(*words, "--lang", "ja")
    assert told.code == 0, told.err
    assert JAPANESE.search(told.out)
    assert english_in(TRACKS.sub(" ", told.out)) == []
    assert command(*words).out == command(*words, "--lang", "en").out != told.out
    if name != "checklist":
        assert len(told.out.splitlines()) == len(command(*words).out.splitlines())
    assert command(*words, "--json").out == command(*words, "--json", "--lang", "ja").out


@pytest.mark.parametrize("name", NAMES)
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
    assert "立場: プロジェクト参加者; 認められるもの: 事務局" in refused.out
    assert english_in(refused.out) == []
    wrong = story.attempt("publish_pdd", "--lang", "jp")
    assert (wrong.code, story.path.read_bytes()) == (2, before)
    accepted = story.attempt("publish_pdd", "--lang", "ja")
    assert accepted.out.splitlines()[:2] == [
        accepted.out.splitlines()[0],
        "  案件の現在の段階：妥当性確認中",
    ]
    assert accepted.out.startswith("受理  ")


def same_in_json(command: Any, *words: object) -> str:
    """Return what a command tells in Japanese, where English stays the first language and JSON stays as it is."""
    told = command(*words, "--lang", "ja")
    assert told.code == 0, told.err
    assert JAPANESE.search(told.out)
    assert command(*words).out == command(*words, "--lang", "en").out != told.out
    assert command(*words, "--json").out == command(*words, "--json", "--lang", "ja").out
    return str(told.out)


def test_what_is_outstanding_is_told_in_japanese(notified: Path, command: Any) -> None:
    """By case and side, with whom it is for."""
    assert same_in_json(command, "outstanding", notified).splitlines() == [
        "i1（MN099に属する）：日本 1,200トン（Synthetic KK 1,200トン）、通知日：2024-02-02",
        "i1（MN099に属する）：モンゴル 300トン、通知日：2024-02-02",
    ]


def test_what_a_change_touches_is_told_in_japanese(journals: tuple[Path, Path], command: Any, tmp_path: Path) -> None:
    """By an entity, and by a methodology version of which a register knows."""
    told = same_in_json(command, "affected", *journals, "--on", "2025-05-01", "--entity", "TPE-MN-099")
    head, first, *_ = told.splitlines()
    assert head == "影響の及ぶ案件  2025-05-01現在、第三者機関TPE-MN-099（モンゴル）：2件"
    assert first.startswith(
        "  park-1（妥当性確認中）：妥当性確認の実施中（2024-02-01から）。現在の登録情報：いいえ: 指定日: 2023-03-01; "
        "取消日: 2025-04-01。今後の手続：妥当性確認の結論 (conclude_validation)（common.entity_usable, 出典あり: "
    )
    assert english_in(told) == []
    known = tmp_path / "known.json"
    fact = {"methodology": "MN_AM004 Ver1.0", "approved_on": "2020-01-01", "superseded_on": "2024-01-15"}
    known.write_text(json.dumps({"approvals": [fact]}), encoding="utf-8")
    asked_for = ("--methodology", "MN_AM004 Ver1.0", "--register", known)
    told = same_in_json(command, "affected", journals[0], "--on", "2025-05-01", *asked_for)
    assert "方法論MN_AM004 Ver1.0：2件" in told
    assert "、当時の登録情報：不明。現在の登録情報：不明: MN_AM004 Ver1.0は2024-01-15に旧版となった。" in told
    assert english_in(told) == []


def test_what_resembles_a_case_is_told_in_japanese(journals: tuple[Path, Path], command: Any) -> None:
    """With the reasons; titles, names and the words that two titles share stay as they were filed."""
    told = same_in_json(command, "resembles", *journals, "--case", "park-1")
    head, first = told.splitlines()
    assert head == "類似する案件  park-1：1件"
    assert first.startswith("  park-2 MN092 (A synthetic park)、妥当性確認中：")
    assert "点。名称 100 %：同じ語; 参加者 100 %：Synthetic Solar LLC" in first
    assert english_in(told.replace("A synthetic park", "")) == []


@pytest.mark.parametrize("more", [(), ("--explain",), ("--rows",)], ids=["sums", "explain", "rows"])
def test_a_replay_is_told_in_japanese(command: Any, more: tuple[str, ...]) -> None:
    """Of the whole record; numbers and names stay, and what the rows say in quotation marks."""
    told = same_in_json(command, "replay", *more)
    assert "複数の行にある決定26件：一致23件、不一致0件、比較不能3件" in told
    found = replay(read_text(shipped().read_text(encoding="utf-8")))
    names = [one.case.id for one in found.cases] + [one.case.file.title or "" for one in found.cases]
    names += [former for one in found.cases for former in getattr(one.case.file, "former_names", ())]
    told = re.sub(r"\s+", " ", told)
    for name in sorted(filter(None, names), key=len, reverse=True):
        told = told.replace(name, " ")
    assert english_in(told) == []


def test_a_record_that_contradicts_itself_is_told_in_japanese(capsys: pytest.CaptureFixture[str]) -> None:
    """Rows that disagree, and facts that cannot follow each other; why a row cannot be read is told in English."""
    header = shipped().read_text(encoding="utf-8").split("\n", 1)[0]
    rows = (
        "PW,project,PW901,A synthetic roof,registered,2019-03-01,,,,,",
        "PW,project,PW901,A synthetic roof,registered,2019-03-04,,,,,",
        "PW,project,PW902,A synthetic dam,registered,2019-03-01,,,,,",
        "PW,project,PW902,A synthetic dam,registration_request_withdrawn,2019-05-01,,,,,",
        "PW,project,PW903,,registered,soon,,,,,",
    )
    found = replay(read_text("\n".join((header, *rows))))
    show_replay(console(), found, explain=True, lang="ja")
    told = capsys.readouterr().out
    assert "PW901 2,3行目" in told.replace("、", ",")
    assert "行により登録日が異なる：2019-03-01, 2019-03-04。" in told
    assert (
        "「登録済み」（プロジェクト登録の決定、2019-03-01）から「申請取下げ」（登録申請の取下げ、2019-05-01）に至る手続はない。"
        in told
    )
    assert "実例による: 公表記録の行  [record.facts_follow]" in told
    assert "行目の矛盾：" in told
    (line,) = (one for one in told.splitlines() if "6行目は読み取れない：" in one)
    assert english_in(line)
    assert english_in(told.replace(line, "")) == []


def test_what_verifying_gave_is_told_in_japanese(capsys: pytest.CaptureFixture[str]) -> None:
    """What differs, with the verdicts by their names."""
    changes = (
        Change(3, "common.entity_usable", Verdict.MET, Verdict.UNMET),
        Change(4, "no.such_rule", Verdict.MET, None),
    )
    show_verification(console(), Verification(5, None, "0" * 64), Rejudged(7, changes, changes[:1]), "ja")
    told = capsys.readouterr().out
    assert told.splitlines() == [
        "記録5件、改変なし",
        f"  最後の行のハッシュ {'0' * 64}",
        "  再判定：7件の判定が同じ",
        "  相違：記録第3号、common.entity_usableは当時「適合」、現在「不適合」",
        "  相違：記録第4号、no.such_ruleは当時「適合」、現在「判定なし（この規則は導入されていない）」",
        "  規則の改訂：記録第3号、common.entity_usableは当時「適合」、現在「不適合」",
    ]


def test_a_case_is_opened_in_japanese(command: Any, tmp_path: Path) -> None:
    """With its id, and what is not told of it."""
    told = command(
        "open",
        "transfer",
        "MN",
        "--at",
        tmp_path / "a.jsonl",
        "--on",
        "2025-01-06",
        "--procedure",
        "PCP 07.0",
        "--of",
        "i9",
        "--lang",
        "ja",
    )
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[-3:] == [
        "  識別名はMN-transfer-1",
        "  この案件が属するi9は、この記録簿の案件ではない",
        "  対象となるクレジットの記載がない。--blockで示すこと",
    ]
