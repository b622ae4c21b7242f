"""Everything that the library says is there in Japanese: names, sentences, phrases, reasons, and the texts of books."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import attrs
import pytest

import jcm_cycle
from jcm_cycle import Role, books
from jcm_cycle._affected import Touch
from jcm_cycle._due import DueItem
from jcm_cycle._labels import has_label, has_text, label, labels, text
from jcm_cycle._likeness import Likeness
from jcm_cycle._outcomes import Faulted, Together, fact_text
from jcm_cycle._plan import Wait
from jcm_cycle._public_around import ROWS
from jcm_cycle._publication import Twin
from jcm_cycle._words import composed, joined, named, padded, say, step_name, told, told_name
from jcm_cycle.days import Between
from jcm_cycle.errors import LanguageUnknown
from jcm_cycle.evidence import Outcome
from jcm_cycle.findings import Effect, Standing, Verdict
from jcm_cycle.record import read, shipped
from jcm_cycle.record._rows import As
from jcm_cycle.record.groups import Group
from jcm_cycle.record.replay import replay
from jcm_cycle.record.vocabulary import EventWord
from jcm_cycle.rules._rule import rules
from jcm_cycle.rules._summary import COUNTED
from jcm_cycle.rules._texts import country_name, texts, untranslated
from jcm_cycle.states import CAPABILITIES, MACHINES

PACKAGE = Path(jcm_cycle.__file__).parent
STEPS = [step for machine in MACHINES.values() for step in machine.steps.values()]
BOOKS = [own for country in books for own in books[country].with_tracks()]
OURS = [rule for rule in rules().values() if rule.function.__module__.startswith("jcm_cycle.")]
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

TABLE = ("state", "capability", "region", "role", "decision", "request", "day", "transition")
"""What the machine's table has against an act."""

NAMES: dict[str, set[str]] = {
    "machine": set(MACHINES),
    "state": {"new", *(state for machine in MACHINES.values() for state in machine.states)},
    "step": {"open", "observe", "move", "void", *(step.id for step in STEPS)},
    "outcome": set(map(str, Outcome)),
    "role": set(map(str, Role)),
    "form": {row.stem for book in BOOKS for row in book.rows["form"]},
    "evidence": {step.evidence.__name__ for step in STEPS},
    "standing": set(map(str, Standing)),
    "effect": set(map(str, Effect)),
    "verdict": set(map(str, Verdict)),
    "capability": set(CAPABILITIES),
    "side": {"host", "japan"},
    "value": {"yes", "provisional", "no", "unknown", *(row.id for book in BOOKS for row in book.rows["value"])},
    "kind": {"computed", "declared", "manual"},
    "unit": {row.unit for book in BOOKS for row in book.rows["value"] if row.unit},
    "country": {"JP", *books},
    "item": {item for book in BOOKS for row in book.rows["value"] if isinstance(row.value, list) for item in row.value},
}


def trees() -> Iterator[tuple[str, ast.AST]]:
    """Yield every module of the package, parsed."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


TREES = dict(trees())
CONSTANTS = {
    node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)
    if isinstance(node.value, str)
}  # fmt: skip


def calls(*names: str) -> Iterator[tuple[str, str, ast.Call]]:
    """Yield every call of functions of these names, with the file and the name."""
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    yield file, name, node


def wordings(node: ast.AST | None) -> list[str]:
    """Return the texts that an expression may be, with `X1` for each value put in; none where it is a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return wordings(node.body) + wordings(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "X1" for part in node.values)]
    return []


@pytest.mark.parametrize("kind", NAMES)
def test_every_name_has_a_japanese_label_and_none_is_stray(kind: str) -> None:
    """Of what there is, neither more nor less."""
    found = labels(kind, "ja")
    assert sorted(NAMES[kind] - found.keys()) == []
    assert sorted(found.keys() - NAMES[kind]) == []
    for name in NAMES[kind]:
        assert JAPANESE.search(label(kind, name, "ja")), name


def test_every_fact_that_a_rule_shows_has_a_japanese_name() -> None:
    """The names by which rules give what they read, and the fields that evidence must have."""
    shown = {
        keyword.arg
        for _, _, call in calls("require", "unmet", "missing", "from_day", "_table")
        for keyword in call.keywords
        if keyword.arg not in (None, "rests_on")
    }
    shown |= {field for step in STEPS for field in step.fields}
    assert len(shown) > 100
    assert sorted(name for name in shown if not has_label("fact", str(name), "ja")) == []


def phrases() -> set[str]:
    """Return the phrases that the code says, as far as they stand in the call."""
    found = set()
    for file, name, call in calls("say", "_say", "joined"):
        if file != "_words.py":
            place = {"say": 1, "_say": 0, "joined": 2}[name]
            given = call.args[place] if len(call.args) > place else None
            found |= {word.lstrip() if name != "joined" else word for word in wordings(given)}
    return found | set(listed())


def listed() -> Iterator[str]:
    """Yield the phrases that the code says one after another, as `say(lang, name) for name in (…)`."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            loop = node.generators[0] if isinstance(node, ast.GeneratorExp | ast.ListComp) else None
            if loop is None or not isinstance(loop.iter, ast.Tuple) or not isinstance(loop.target, ast.Name):
                continue
            for call in ast.walk(node.elt):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "say":
                    said = getattr(call.args[1], "id", "") == loop.target.id
                    yield from (word for one in loop.iter.elts if said for word in wordings(one))


def test_every_phrase_is_there_in_japanese() -> None:
    """With the same values put in."""
    known = labels("word", "ja")
    assert len(phrases()) > 80
    assert sorted(phrases() - known.keys()) == []
    for english, japanese in known.items():
        assert names_in(japanese) == names_in(english), english


def test_every_phrase_that_is_a_name_is_there_in_japanese() -> None:
    """What the commands say of rows of a record, of books, and of what cases are alike in."""
    counts = replay(read(shipped(), country="PW")).counts
    said = {*As, *Likeness, *counts, *COUNTED, "differs", "rule revised"}
    assert sorted(said - labels("word", "ja").keys()) == []


def names_in(phrase: str) -> set[str | None]:
    """Return the names of the values that are put into a phrase."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def test_every_sentence_has_its_japanese_by_its_wording() -> None:
    """So that one that changes has none until somebody translates it; that of a rule is its label."""
    sentences = {
        label("rule", name): name for name in (*(rule.id for rule in OURS), *(f"procedure.{name}" for name in TABLE))
    }
    assert {name for sentence, name in sentences.items() if not has_text(sentence, "ja")} == set()
    assert {name for sentence, name in sentences.items() if label("rule", name, "ja") != text(sentence, "ja")} == set()
    assert not has_text("No corrective action or clarification request is left open at all.", "ja")


def test_no_phrase_is_stray() -> None:
    """Each stands somewhere in the code, as it is or as it is made of a name."""
    made = {word.lstrip() for word in CONSTANTS} | CONSTANTS
    made |= {word.upper() for word in CONSTANTS} | {word.replace("_", " ") for word in CONSTANTS}
    assert sorted(labels("word", "ja").keys() - made) == []


def reasons() -> set[str]:
    """Return every reason that something is not known, as rules and registers give it."""
    found = set()
    for _, _, call in calls("missing", "NotKnown"):
        found |= set(wordings(call.args[0] if call.args else None))
    for file, tree in TREES.items():
        if file.startswith(("rules/common/", "rules/viet_nam/", "rules/thailand/")) or file == "rules/_clock.py":
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "why":
                    found |= set(wordings(node.value))
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict) and file in ("rules/_binding.py", "review.py", "record/_held.py"):
                pairs = zip(node.keys, node.values, strict=True)
                found |= {word for key, value in pairs if wordings(key) == ["why"] for word in wordings(value)}
    return found


def test_every_reason_has_a_pattern() -> None:
    """Whatever values stand in it."""
    found = reasons()
    assert len(found) > 50
    assert sorted(why for why in found if not JAPANESE.search(told(why, "ja"))) == []
    assert told("The register does not know MN_AM004 Ver1.0.", "ja") == "登録情報にMN_AM004 Ver1.0がない。"
    assert told("Whether MN was approved by 2025-01-01 is not known.", "ja") == (
        "MNが2025-01-01までに承認されたか不明である。".replace("MN", "モンゴル")
    )


def sentences() -> Iterator[str]:
    """Yield what the code composes of a record: what rows were compared with, and what is odd in them."""
    for file, _, call in calls("Check"):
        given = next((one.value for one in call.keywords if one.arg == "says"), None)
        yield from (word for word in wordings(given) if file.startswith("record/"))
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if file.startswith("record/_odd") or file == "record/_remarks.py":
                pair = getattr(node, "value", None) if isinstance(node, ast.Yield) else None
                yield from wordings(pair.elts[1]) if isinstance(pair, ast.Tuple) and len(pair.elts) > 2 else []
            if file == "record/_rows.py" and isinstance(node, ast.FunctionDef) and node.name == "_why":
                found = (one.value for one in ast.walk(node) if isinstance(one, ast.Return))
                yield from (word for one in found for word in wordings(one))


def kinds() -> Iterator[str]:
    """Yield the kinds of what is odd in a record."""
    for file, _, call in calls("note"):
        yield from wordings(call.args[0]) if file == "record/_remarks.py" else []
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            pair = node.value if isinstance(node, ast.Yield) and file.startswith("record/_odd") else None
            yield from wordings(pair.elts[0]) if isinstance(pair, ast.Tuple) and len(pair.elts) == 2 else []


def test_what_is_composed_of_a_record_has_a_pattern() -> None:
    """Whatever values stand in it: a phrase of which nothing is Japanese was not found."""
    made = {
        "it names no X1": [f"it names no {name}" for name in ("entity", "idea note", "methodology", "project")],
        "X1 rows X1.": ["3 rows say the same.", "3 rows are not all dated."],
    }
    found = [word for one in sentences() if one.strip("X1“”; ") for word in made.get(one, [one])]
    assert len(found) > 60
    assert sorted(one for one in found if not JAPANESE.search(composed(one, "ja"))) == []
    assert len(set(kinds())) > 35
    assert sorted(one for one in kinds() if not has_text(one, "ja")) == []
    assert sorted(touch for touch in Touch if not has_text(touch, "ja")) == []


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("lies wholly before the registration of 2023-06-02", "登録（2023-06-02）より全体が前"),
        ("begins before the registration of 2023-06-02", "登録（2023-06-02）より前に開始"),
        (
            "decided on 2023-06-02, on the day of the first rules of LK (2023-06-02)",
            "2023-06-02に決定、スリランカの最初の規則（2023-06-02）と同日",
        ),
        (
            "151 t of which JP (government) 76 t; VN (A) 16 t of 2017, not split by side",
            "151トン（うち日本 (政府) 76トン; ベトナム (A) 16トン（2017年））、国別の内訳なし",
        ),
        (
            "MN has 5 t still to issue, JP has 6,000 t still to issue",
            "モンゴルの未発行量は5トン、日本の未発行量は6,000トン",
        ),
        ("scopes 1, 3 for validation; 4", "分野1, 3（妥当性確認）; 4"),
        ("the modalities of communication of a of 2025-01-01 (focal point, entities)",
         "aの連絡方法宣言書（2025-01-01付け、変更点：連絡窓口、第三者機関）"),
        ("the modalities of communication of a, which have not changed by then",
         "aの連絡方法宣言書（その時点まで変更なし）"),
        ("at, lake, solar and 3 more", "at, lake, solar、ほか3語"),
        ("an amount that the side issued is not known", "その国が発行した量が不明である"),
    ],
)  # fmt: skip
def test_what_an_answer_composed_is_told_in_japanese(english: str, japanese: str) -> None:
    """Part by part; and only there, for as a title it is what somebody wrote."""
    assert composed(english, "ja") == japanese
    assert composed(english, "en") == english
    title = "Support to the registration of small farms"
    assert (told(title, "ja"), told_name(title, "ja")) == (title, title)


def test_what_rows_were_compared_with_is_told_sentence_by_sentence() -> None:
    """As one group may have been compared in several ways."""
    says = "2 rows of the total do not differ. Of both sides, JP 8 t + MN 7 t, against a total of 15 t."
    found = Group(refs=(), kind=EventWord.REGISTERED, on=date(2025, 1, 1), amount=None, agrees=True, rows=(), says=says)
    assert found.explain() == says
    assert found.explain(lang="ja") == "総量を示す2行に相違はない。双方の量はJP 8 t + MN 7 t、総量は15トン。"


def test_what_the_tables_cite_and_what_is_published_is_there_in_japanese() -> None:
    """Places that steps cite, and what is made public of a case."""
    rows = [row for found in ROWS.values() for row in found]
    said = [step.cites for step in STEPS if step.cites]
    said += [*(row.what for row in rows), *(row.cites for row in rows), *Twin]
    assert sorted({one for one in said if not has_text(one, "ja")}) == []


@pytest.mark.parametrize("book", BOOKS, ids=repr)
def test_no_book_lacks_a_text(book: Any) -> None:
    """Every place, note, title, act and open point is there in Japanese."""
    assert untranslated(book, "ja") == ()
    assert untranslated(book, "en") == ()
    assert len(list(texts(book))) > 20


def test_what_a_book_lacks_is_listed_with_its_place(tmp_path: Path) -> None:
    """Each text once, with the row in which it stands first."""
    file = tmp_path / "book.toml"
    file.write_text(
        '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'
        '[[open_point]]\ntext = "Nobody asked."\n[[open_point]]\ntext = "Nobody asked."\n'
        '[[value]]\nid = "committee.electronic_ways"\nvalue = ["methodology", "weather"]\nstanding = "assumed"\n',
        encoding="utf-8",
    )
    book = jcm_cycle.RuleBook.read(file)
    found = [(one.table, one.place, one.key, one.text) for one in untranslated(book, "ja")]
    assert found == [
        ("book", 0, "name", "Synthetia"),
        ("open_point", 1, "text", "Nobody asked."),
        ("value", 1, "value", "weather"),
    ]
    assert country_name(book, "ja") == "Synthetia"
    assert country_name(books["MN"], "ja") == "モンゴル"
    (tmp_path / "ja.toml").write_text(
        '"Synthetia" = "架空国"\n"Nobody asked." = "問合せなし。"\nweather = "天候"\n', encoding="utf-8"
    )
    book = jcm_cycle.RuleBook.read(file)
    assert untranslated(book, "ja") == ()
    assert country_name(book, "ja") == "架空国"
    with pytest.raises(LanguageUnknown):
        untranslated(book, "de")


CODES = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9._-]+|[A-Za-z0-9._/:+-]*[0-9._/:+-]+[A-Za-z0-9._/:+-]*")
"""What a Japanese reader meets in Latin letters all the same, beside abbreviations: links, ids, versions."""
NAMES_IN_LATIN = {"Premium"}


def english_in(japanese: str) -> list[str]:
    """Return the English words of a text that are no code, name or link."""
    return [
        word
        for word in re.findall(r"[A-Za-z]*[a-z]{2}[A-Za-z]*", CODES.sub(" ", japanese))
        if word not in NAMES_IN_LATIN
    ]


def test_the_japanese_texts_of_all_books_have_no_english_word() -> None:
    """Save names, codes and links."""
    left = {
        one.text: english_in(text(one.text, "ja"))
        for book in BOOKS
        for one in texts(book)
        if one.table not in ("book", "value")
    }
    assert {english: words for english, words in left.items() if words} == {}
    assert english_in("規則 of the JCM、PCP 07.0、project.submit_pdd") == ["of", "the"]


def test_a_phrase_is_said_in_a_language_and_in_english_where_it_lacks() -> None:
    """Blanks before it indent it in both."""
    assert say("en", "  due by {day}", day="2025-01-01") == "  due by 2025-01-01"
    assert say("ja", "  due by {day}", day="2025-01-01") == "  期限：2025-01-01"
    assert say("ja", "never said of {it}", it="{this}") == "never said of {this}"
    with pytest.raises(LanguageUnknown):
        say("de", "due by {day}", day="")


def test_names_are_told_with_what_the_library_calls_them() -> None:
    """In English by that alone; what has no label keeps its name."""
    assert named("step", "project.submit_pdd", "ja") == "プロジェクト設計書の提出 (submit_pdd)"
    assert named("step", "project.submit_pdd", "en") == "project.submit_pdd"
    assert named("step", "kh.survey", "ja") == "kh.survey"
    assert step_name("project", "open", "ja") == "案件の開始"
    assert step_name("project", "submit_pdd", "ja") == "プロジェクト設計書の提出"
    assert step_name("project", "submit_pdd", "en") == "submit_pdd"
    assert told_name("Joint Committee", "ja") == "合同委員会"
    assert told_name("Synthetic Solar LLC", "ja") == "Synthetic Solar LLC"
    assert joined(("a", "b"), "ja") == "a、b"
    assert joined(("a", "b"), "en", " or ") == "a or b"


def test_a_japanese_letter_takes_the_place_of_two() -> None:
    """So that columns stand below each other."""
    assert padded("met", 8) == "met     "
    assert padded("適合", 8) == "適合    "
    assert padded("情報不足です", 8) == "情報不足です"


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("no text found", "文書を確認できない"),
        ("Project Cycle Procedure ver06.0", "プロジェクトサイクル手続 ver06.0"),
        (
            "Project Cycle Procedure ver06.0, slide 9 (Indonesia)",
            "プロジェクトサイクル手続 ver06.0、9枚目（インドネシア）",
        ),
        ("A paper, of two, question 2", "A paper, of two、質問2"),
        ("A paper, of two", "A paper, of two"),
        ("general knowledge (another country)", "一般的知識（他国）"),
        ("on or after 2025-01-01", "2025-01-01以後"),
        ("after 2025-01-01, by 2025-02-01", "2025-01-01より後、2025-02-01まで"),
        ("after the decision", "after the decision"),
        (
            "whether the step is taken so: assumed, no text found",
            "手続がこのように行われるか（想定：文書を確認できない）",
        ),
        (
            "end of the designation for validation, scopes 1, 3",
            "指定（妥当性確認、分野1, 3）の終期",
        ),
    ],
)
def test_what_was_composed_is_taken_apart(english: str, japanese: str) -> None:
    """Whole, by its pattern, or as a citation part by part; what nobody translated stays."""
    assert told(english, "ja") == japanese
    assert told(english, "en") == english


def test_what_is_too_long_to_be_a_citation_is_left_as_it_is() -> None:
    """However it is made, it keeps nobody busy."""
    for long in ("question 2, " * 50_000, "A was superseded on " * 50_000, "(" * 100_000):
        assert told(long, "ja") == long


def due_item(**changes: Any) -> DueItem:
    """Return a thing that is due, made up."""
    return DueItem(**{
        "case": "park", "machine": "project", "kind": "limit", "what": "project.check_request", "who": "secretariat",
        "since": date(2025, 3, 1), "until": date(2025, 3, 8), "days_left": 1, "value": "project.registration_check",
        "days": 7, "cites": "slide 9 (Indonesia)", "standing": Standing.INFERRED,
    } | changes)  # fmt: skip


CHECK, ON_GROUND = "登録申請の完全性確認 (check_request)", "（推論：9枚目（インドネシア））"


@pytest.mark.parametrize(
    ("changes", "japanese"),
    [
        ({}, f"{CHECK}、事務局、2025-03-08まで、残り1日、起算日2025-03-01"),
        ({"days_left": -2, "since": None}, f"{CHECK}、事務局、2025-03-08まで、2日超過"),
        (
            {"kind": "end", "days_left": -2, "what": "end of the accreditation", "who": "third-party or entity"},
            "認定の終期、third-party又は第三者機関、2025-03-08まで、2日前に終了、起算日2025-03-01",
        ),
        (
            {"until": None, "days_left": None, "since": Between(date(2025, 1, 1), None)},
            f"{CHECK}、事務局、期限日不明、起算日2025-01-01以後",
        ),
        ({"kind": "window", "until": None, "days_left": None, "since": None}, f"{CHECK}、事務局、末日不明"),
    ],
)
def test_what_is_due_is_told_in_japanese(changes: dict[str, Any], japanese: str) -> None:
    """Whether it is still to come or has passed, and on whom it lies."""
    assert due_item(**changes).explain(lang="ja") == f"park：{japanese}{ON_GROUND}"
    assert str(due_item(**changes)) == due_item(**changes).explain()


def test_a_wait_is_told_in_japanese() -> None:
    """Days that have to pass, and days that an authority has."""
    wait = Wait(value="a.b", days=30, standing=Standing.CITED, limit=False, since="project.publish_pdd")
    assert wait.explain(lang="ja") == "「プロジェクト設計書の公表 (publish_pdd)」から30日の経過後 (出典あり: a.b)"
    limit = attrs.evolve(wait, limit=True, working=True)
    assert limit.explain(lang="ja") == "「プロジェクト設計書の公表 (publish_pdd)」から30営業日以内 (出典あり: a.b)"
    unknown = attrs.evolve(limit, days=None)
    assert "規則集が日数を知らない期間以内" in unknown.explain(lang="ja")


def test_an_answer_that_went_through_or_failed_is_told_in_japanese(world: Any) -> None:
    """The reason given is shown as it was given, and so is the error of a rule."""
    held = world.attempt("submit_pdd", design_document={"monitoring_plan": None})
    assert "不適合" in held.explain(lang="ja") or "情報不足" in held.explain(lang="ja")
    assert "  ほか適合" in held.explain(lang="ja", full=False).splitlines()[-1]
    with pytest.raises(LanguageUnknown):
        held.explain(lang="de")
    assert (
        Together((held, held))
        .explain(lang="ja")
        .startswith("2件のうち2件が受理されなかったため、いずれも記録されない\n")
    )
    book = world.standing("project.submit_pdd.documents", "inferred")
    reasons = {"project.submit_pdd.documents": "Sent by post."}
    went = world.attempt("submit_pdd", design_document={"monitoring_plan": None}, book=book, despite=reasons)
    assert "不適合等にかかわらず進めた理由: Sent by post." in went.explain(lang="ja")
    failed = Faulted(
        step="project.submit_pdd", outcome=None, on=date(2025, 1, 8), findings=(), governed_by=None,
        case=held.case, rule="a.b", error=ValueError("no number"),
    )  # fmt: skip
    assert failed.explain(lang="ja").splitlines() == [
        "判定失敗  プロジェクト設計書の提出 (submit_pdd) 2025-01-08",
        "  適用規則の基準日が不明である",
        "  規則a.bの判定に失敗した：ValueError: no number",
        "  規則の管理者に連絡すること",
    ]


def test_facts_are_told_in_japanese() -> None:
    """Yes and no, nothing, lists and tables; an error stays as it was raised."""
    assert [fact_text(value, "ja") for value in (True, False, None, (), {}, 7)] == [
        "はい",
        "いいえ",
        "記載なし",
        "なし",
        "なし",
        "7",
    ]
    assert fact_text((Role.PARTICIPANT, "Synthetic KK"), "ja") == "プロジェクト参加者、Synthetic KK"
    assert fact_text({"MN": 3, "JP": None}, "ja") == "モンゴル (3)、日本 (記載なし)"
    assert fact_text("interim.x (question 2)", "ja") == "interim.x（質問2）"
    assert fact_text(("list", "Sun, question 2"), "ja") == "list、Sun, question 2"  # as somebody wrote it
    assert fact_text("the form names no version", "ja") == "様式に版の記載がない"
    assert fact_text("", "ja") == fact_text("") == '""'
    assert fact_text(Between(None, date(2025, 1, 1)), "ja") == "2025-01-01以前"


def test_no_text_is_translated_in_two_files() -> None:
    """What several books say stands once, so that no book is told in the words of another."""
    root = Path(__file__).parents[1] / "jcm_cycle"
    seen: dict[str, Path] = {}
    for file in sorted((root / "labels").glob("texts.*.toml")) + sorted((root / "rules").glob("*/ja.toml")):
        for english in tomllib.loads(file.read_text(encoding="utf-8")):
            assert english not in seen, f"{english!r} stands in {seen[english]} and in {file}"
            seen[english] = file
