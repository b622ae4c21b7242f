"""What of a book is covered is counted from its rows and from stories that pass; nothing is counted twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from jcm_cycle import Standing, books
from jcm_cycle.testing import Coverage, cover, play
from jcm_cycle.testing._cover_page import page

ROOT = Path(__file__).parents[2]
HEAD = '[stories]\ncountry = "MN"\nprocedure = "PCP 07.0"\n'
LESS = """
[[story]]
title = "held"
given = [{ state = "validated", on = 2025-03-01 }]
when = { step = "project.request_registration", on = 2025-03-17, without = ["validation_report"] }
then = { held_by = ["project.request_registration.attachments"] }
"""
GOOD = """
[[story]]
title = "good"
given = [{ state = "validated", on = 2025-03-01 }]
when = { step = "project.request_registration", on = 2025-03-17 }
then = { accepted = true }
"""
WRONG = GOOD.replace("good", "wrong").replace(
    "accepted = true", 'refused_by = ["project.request_registration.same_version"]'
)
OTHER = GOOD.replace("good", "other").replace("given", 'country = "GE"\ngiven')


def covered(tmp_path: Path, *stories: str) -> Coverage:
    """Return what of the book of Mongolia these stories cover."""
    file = tmp_path / "some.stories.toml"
    file.write_text("".join((HEAD, *stories)), encoding="utf-8")
    return cover(books["MN"], [play(file)])


def test_a_rule_is_shown_where_it_is_named_or_met_by_an_accepted_act(tmp_path: Path) -> None:
    """What fails, and what is of another country, does not count."""
    found = covered(tmp_path, LESS, GOOD, WRONG, OTHER)
    rules = {rule.rule: rule for rule in found.rules}
    attached, same = (rules[f"project.request_registration.{name}"] for name in ("attachments", "same_version"))
    assert (attached.met, attached.unmet, attached.missing) == (("good",), (), ("held",))
    assert (same.met, same.unmet, same.missing) == (("good",), (), ())
    assert attached.told
    assert not same.told
    assert found.stories == 2
    assert (found.count("missing"), found.count("unmet")) == (1, 0)


def test_every_rule_and_every_source_of_a_book_is_there() -> None:
    """Once each; the rules in the order of the machines, each with its kind, standings and sources."""
    book = books["MN"]
    found = cover(book)
    assert sorted(rule.rule for rule in found.rules) == sorted({row.rule for row in book.rows["adopt"]})
    assert [source.key for source in found.sources] == [row.key for row in book.rows["source"]]
    double = next(rule for rule in found.rules if rule.rule == "common.no_double_registration")
    assert double.kind == "declared"
    assert double.standings == (Standing.INFERRED,)
    assert set(double.sources) <= set(book.sources)
    order = [rule.rule.partition(".")[0] for rule in found.rules]
    assert order.index("common") < order.index("project") < order.index("issuance") < order.index("methodology")


def test_sources_tell_what_rests_on_them() -> None:
    """The rules by name, and how many rows of each table; one without any is told as not used."""
    found = {source.key: source for one in (cover(books["ID"]),) for source in one.sources}
    assert sum(source.rows.get("adopt", 0) for source in found.values()) == sum(
        1 for row in books["ID"].rows["adopt"] if row.source
    )
    unused = {source.key for source in found.values() if not source.rows}
    told = {one.id for one in cover(books["ID"]).unchecked if one.what == "source"}
    assert unused == told


def test_what_no_machine_checks_is_told_with_the_reason() -> None:
    """What somebody declares, acts outside the Committee's set, what was not found, and documents not used."""
    found = cover(books["MN"]).unchecked
    assert {one.what for one in found} >= {"rule", "gate", "open point"}
    assert all(one.why.strip() for one in found)
    assert len([one for one in found if one.what == "open point"]) == len(books["MN"].rows["open_point"])


def test_a_track_is_covered_by_its_own_stories(tmp_path: Path) -> None:
    """Those of a track that has no book of its own count for the country."""
    file = tmp_path / "some.stories.toml"
    story = 'track = "existing"\nwhen = { step = "project.submit_pdd", on = 2026-11-23 }\nthen = { accepted = true }\n'
    file.write_text(f'[[story]]\ntitle = "t"\ncountry = "TH"\n{story}', encoding="utf-8")
    played = play(file)
    assert cover(books["TH"].of_track("existing"), [played]).stories == 1
    assert cover(books["TH"], [played]).stories == 0
    assert cover(books["TH"], list(played)).stories == 0


def test_the_page_keeps_its_tables(tmp_path: Path) -> None:
    """Whatever stands in a title or an open point: each row has as many cells as its head."""
    text = page([covered(tmp_path, LESS), *(cover(book) for book in books["TH"].with_tracks())])
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables} == {9, 7}


def test_the_page_of_the_built_in_stories_is_fresh() -> None:
    """It is what books and stories give now; if not: python docs/_cover.py."""
    command = [sys.executable, "-W", "error", ROOT / "docs" / "_cover.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
