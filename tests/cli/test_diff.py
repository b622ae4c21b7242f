"""The command that lays two days, two countries or two tracks side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from jcm_cycle import books, diff
from jcm_cycle.days import parse_day

ON = "2025-06-01"
DAYS = ("2024-12-17", "2024-12-18")
WAYS = "Write `diff MN ID --on 2025-01-01` for two countries, `diff MN 2016-08-23 2016-08-24` for two days of one."


def test_two_countries_and_tracks(command: Any, fits: Any) -> None:
    """The same as in Python, as text and as data; each side is called by its country, track and day."""
    day = parse_day(ON)
    for names, (a, b) in {
        ("MN", "ID"): (books["MN"], books["ID"]),
        ("LA", "LA/redd_plus"): (books["LA"], books["LA"].of_track("redd_plus")),
        ("TH/existing", "TH/premium_tver"): (books["TH"].of_track("existing"), books["TH"].of_track("premium_tver")),
    }.items():
        expected = diff(a.on(day), b.on(day))
        assert len(expected)
        told = command("diff", *names, "--on", ON, "--json")
        named = evolve(expected, a=f"{names[0]} {ON}", b=f"{names[1]} {ON}")
        assert (told.code, told.data) == (0, named.json())
        fits("diff", told.data)
        assert command("diff", *names, "--on", ON).out == f"{named}\n"


def test_two_days(command: Any) -> None:
    """Of one country, in the order given; the text also names the days on which the book turns in between."""
    first, last = map(parse_day, DAYS)
    book = books["ID"]
    expected = diff(book.on(first), book.on(last))
    named = evolve(expected, a=f"ID {first}", b=f"ID {last}")
    assert command("diff", "ID", *DAYS, "--json").data == named.json()
    turns = "TURNS  of the book after 2024-12-17, up to 2024-12-18: 2024-12-18"
    assert command("diff", "ID", *DAYS).out == f"{named}\n{turns}\n"
    back = command("diff", "ID", *reversed(DAYS)).out
    assert back.startswith(f"DIFFERENCES  ID {last}, ID {first}: {len(expected)}\n")
    assert back.endswith(f"\n{turns}\n")
    lao = command("diff", "LA/redd_plus", "2022-02-15", "2022-02-16", "--json").data
    track = books["LA"].of_track("redd_plus")
    days = (track.on(parse_day("2022-02-15")), track.on(parse_day("2022-02-16")))
    assert lao == evolve(diff(*days), a="LA/redd_plus 2022-02-15", b="LA/redd_plus 2022-02-16").json()


def test_two_books_of_one_country(command: Any, tmp_path: Path) -> None:
    """One of them given by its folder: each side is called as it was named."""
    text = Path(books["KE"].path).read_text(encoding="utf-8")
    file = tmp_path / "book.toml"
    file.write_text(text.replace('name = "Kenya"', 'name = "Kenya again"'), encoding="utf-8")
    told = command("diff", "KE", tmp_path, "--on", ON, "--json")
    assert (told.code, told.data["sides"]) == (0, {"a": f"KE {ON}", "b": f"{tmp_path} {ON}"})
    assert told.data["differences"] == []


def test_it_is_headed_by_what_differs_kind_by_kind(command: Any) -> None:
    """In both languages; a rule counts once for all its steps."""
    counts = {count.what: count for count in diff(*(books["ID"].on(parse_day(day)) for day in DAYS)).counts}
    rule = counts["rule"]
    head = command("diff", "ID", *DAYS).out.partition("\nprocedure ")[0].splitlines()
    told = f"  rule: {rule.added} added, {rule.changed} changed, {rule.standing} in standing alone, "
    assert f"{told}{rule.citation} in citation alone" in head
    assert (len(head), "  procedure: 1 added, 1 removed" in head) == (1 + len(counts), True)
    japanese = command("diff", "ID", *DAYS, "--lang", "ja").out.splitlines()
    assert "  手続規程：追加1件、削除1件" in japanese


def test_a_measure_that_held_only_in_between_is_told_by_its_days(command: Any) -> None:
    """Lao PDR eased the first site visit from 23 March to 31 December 2022: neither day has it."""
    told = command("diff", "LA", "2022-03-22", "2023-01-01")
    assert "overlay" not in told.out
    assert told.out.endswith("TURNS  of the book after 2022-03-22, up to 2023-01-01: 2022-03-23, 2023-01-01\n")
    within = command("diff", "LA", "2022-03-22", "2022-12-31", "--json").data["differences"]
    assert [item["a"] for item in within if item["what"] == "overlay"] == [None]


def test_nothing_differs(command: Any) -> None:
    """That is said, and the code is 0."""
    told = command("diff", "ID", "2024-12-18", "2024-12-19")
    assert (told.code, told.out.splitlines()[0]) == (0, "DIFFERENCES  ID 2024-12-18, ID 2024-12-19: 0")
    assert "TURNS" not in told.out
    assert command("diff", "ID", "ID", "--on", ON, "--json").data == {
        "schema": 1, "sides": {"a": f"ID {ON}", "b": f"ID {ON}"}, "counts": [], "differences": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind", "why", "cure"),
    [
        ("MN ID", "Misuse", "--on is missing: MN and ID are compared on a day.", WAYS),
        (f"{ON} MN --on {ON}", "Misuse", f"{ON} is a day, where a country is expected.", WAYS),
        (f"MN {ON}", "Misuse", f"{ON} is one day of MN, and a second one is missing.", WAYS),
        (f"MN {ON} --on {ON}", "Misuse", f"{ON} is one day of MN, and a second one is missing.", WAYS),
        (f"MN ID/x {ON}", "Misuse",
         "ID/x is a country; MN and ID/x are compared on one day, given with --on.", WAYS),
        (f"MN {ON} 2025-07-01 --on 2025-08-01", "Misuse",
         f"--on 2025-08-01 is one day too many beside {ON} and 2025-07-01.", WAYS),
        (f"MN soon {ON}", "EvidenceError", "'soon' is not a day.", "Write it as YYYY-MM-DD, such as 2024-05-01."),
        (f"MN {ON} soon", "EvidenceError", "'soon' is not a day.", "Write it as YYYY-MM-DD, such as 2024-05-01."),
        ("MN ID --on soon", "EvidenceError", "'soon' is not a day.", "Write it as YYYY-MM-DD, such as 2024-05-01."),
        (f"MN XX --on {ON}", "NoRuleBook", "There is no rule book for 'XX'.",
         f"Books are installed for {', '.join(books)}."),
        (f"TH TH/forest --on {ON}", "Misuse", "TH has no track 'forest'.", "Its tracks are premium_tver, existing."),
        (f"TH/ TH --on {ON}", "Misuse", "TH has no track ''.", "Its tracks are premium_tver, existing."),
        (f"MN/forest MN --on {ON}", "Misuse", "MN has no track 'forest'.", "Leave it out."),
        ("MN ID --on 2012-12-31", "NoRuleInForce",
         "Mongolia had no rule in force on 2012-12-31: the day lies before the bilateral document (2013-01-08).",
         "Ask about a day on which it holds."),
        ("ID 2013-08-25 2024-12-18", "NoRuleInForce",
         "Indonesia had no rule in force on 2013-08-25: the day lies before the bilateral document (2013-08-26).",
         "Ask about a day on which it holds."),
    ],
)  # fmt: skip
def test_misuse(command: Any, words: str, kind: str, why: str, cure: str) -> None:
    """What cannot be compared is said with what to do, and the code is 2."""
    told = command("diff", *words.split(), "--json")
    assert (told.code, told.error) == (2, {"kind": kind, "why": why, "cure": cure, "file": None, "line": None})
    assert command("diff", *words.split()).err == f"{kind}: {why} {cure}\n"
