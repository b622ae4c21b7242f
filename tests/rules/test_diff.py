"""What differs between two days, two countries or two tracks is told, all of it, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from jcm_cycle import Case, Edition, Journal, Role, RuleBook, books, diff, evidence as ev, fold, project
from jcm_cycle.errors import EvidenceError
from jcm_cycle.rules import Difference, Differences
from jcm_cycle.rules._books import absent
from jcm_cycle.rules._said import SUBJECTS, said

BEFORE, AFTER = date(2024, 12, 17), date(2024, 12, 18)
"""The last day of Indonesia's older procedure, and the first of PCP 06.0."""
WAYS, CUT, CHECK = "committee.electronic_ways", "issuance.period_cut", "tpe.completeness"
"""Values that Synthetia does not have."""

DAY = date(2024, 3, 1)
RULE = "project.conclude_validation.no_open_requests"
AT = f"{RULE} at project.conclude_validation"
KEYS = ["what", "id", "a", "b", "cites_a", "cites_b", "note_a", "note_b"]


def every() -> Iterator[RuleBook]:
    """Yield every book, those of tracks included."""
    for book in books.values():
        yield book
        yield from (own for row in book.rows["track"] if (own := book.of_track(row.name)) is not book)


EDITIONS = [book.edition(day) for book in every() for day in (date(1990, 1, 1), *book.turns)]
"""Every edition of every book."""
editions = st.sampled_from(EDITIONS)


def on(country: str, day: date, track: str | None = None) -> Edition:
    """Return the edition of a country, or of its track, on a day."""
    return books[country].of_track(track).on(day)


def found(differences: Differences, what: str) -> dict[str, tuple[str | None, str | None]]:
    """Return the differences of one kind by what they are of."""
    return {item.id: (item.a, item.b) for item in differences if item.what == what}


def archived(edition: Edition, **other: Any) -> Edition:
    """Return an edition as a journal keeps it, with some of what it says exchanged."""
    return Edition.archived({**edition.content, **other})


# --- real books


def test_two_days_of_indonesia() -> None:
    """The newer procedure came on the second: what it has, what became less well founded, and what is not known."""
    told = diff(on("ID", BEFORE), on("ID", AFTER))
    assert found(told, "procedure") == {
        "PCP 06.0": (None, "the procedure for new cases (cited)"),
        "older procedure": ("the procedure for new cases (inferred)", None),
    }
    assert found(told, "capability")["idea_note"] == ("no", "yes")
    assert found(told, "capability")["provisional_designation"] == ("yes", "unknown")
    assert found(told, "form")["F_Val_Rep"] == ("01.0 (cited)", "02.0 (cited)")
    assert found(told, "form")["F_PIN"] == (None, "01.0 (cited)")
    assert found(told, "rule")[AT] == ("blocks (cited)", "holds (inferred)")
    idea = "project.submit_pdd.idea_cleared at project.submit_pdd"
    assert found(told, "rule")[idea] == (None, "holds (inferred)")
    assert found(told, "value") == {}
    assert found(told, "standing")["value project.public_inputs"] == ("cited", "inferred")
    assert found(told, "standing")["rule project.check_request.in_time at project.check_request"] == (
        "cited",
        "inferred",
    )
    (transition,) = (item for item in told if item.what == "transition")
    assert (transition.id, transition.a, transition.b, transition.cites_a, transition.cites_b) == (
        "older procedure to PCP 06.0", None, "not known whether running cases move (unknown)", None, "no text found",
    )  # fmt: skip
    name = "JCM Project Cycle Procedure (Indonesia) ver06.0, primary, adopted 2024-12-18"
    assert found(told, "source")["PCP"] == (f"{name}; nothing rests on it then (cited)", f"{name} (cited)")
    assert ("bilateral", "document") in told.open
    assert not found(told, "in_force")


def test_two_days_of_mongolia() -> None:
    """From the second on nobody knows which set applied: what was known is none of it any more."""
    told = diff(on("MN", date(2016, 8, 23)), on("MN", date(2016, 8, 24)))
    assert found(told, "form")["F_PDD"] == (
        "03.0 (cited)", "not known which applied: 03.0 (cited) or 05.0 (cited)",
    )  # fmt: skip
    assert found(told, "capability")["sd_plan"] == (
        "no", "not known which applied: no (2013 set) or yes (PCP 07.0) or yes (RG 02.0)",
    )  # fmt: skip
    assert ("rule", AT) in told.open


def test_a_country_and_its_track() -> None:
    """Lao PDR and its set for REDD-plus: a citation alone is no difference, and both may be unknown."""
    day = date(2025, 6, 1)
    told = diff(on("LA", day), on("LA", day, "redd_plus"))
    assert (told.a, told.b) == ("LA", "LA/redd_plus")
    assert found(told, "in_force") == {"rules": ("in force", "not known whether in force")}
    assert found(told, "capability")["safeguards"] == (
        "not known which applied: no (PCP 03.0) or unknown (not known)", "not known whether it applied: yes",
    )  # fmt: skip
    assert found(told, "source")["safeguards-redd"][0] is None
    assert not found(told, "citation")


def test_two_countries() -> None:
    """Each side is told with its own place."""
    told = diff(on("MN", date(2026, 7, 1)), on("ID", date(2026, 7, 1)))
    assert found(told, "form")["F_PDD"][0] is not None
    gates = found(told, "gate")
    assert gates["id.authorisation"][0] is None
    assert "japan.recording" not in gates
    assert not found(told, "citation")
    for item in told:
        assert (item.a is None) <= (item.cites_a is None)
        assert (item.b is None) <= (item.cites_b is None)


# --- what holds for all


@pytest.mark.parametrize("book", list(every()), ids=str)
def test_an_edition_does_not_differ_from_itself(book: RuleBook) -> None:
    """Nor from what a journal has kept of it, nor on a later day that is no turn of the book."""
    for turn, following in zip(book.turns, (*book.turns[1:], date.max), strict=True):
        edition = book.edition(turn)
        for same in (edition, book.edition(following - timedelta(days=1)), archived(edition)):
            assert not diff(edition, same).items
            assert diff(edition, same).open == diff(edition, edition).open


@given(editions, editions)
def test_the_other_way_round_it_is_the_same_mirrored(a: Edition, b: Edition) -> None:
    """In the same order, with the sides swapped; what neither knows is no difference."""
    there, back = diff(a, b), diff(b, a)
    swapped = [
        Difference(
            what=item.what, id=item.id, a=item.b, b=item.a,
            cites_a=item.cites_b, cites_b=item.cites_a, note_a=item.note_b, note_b=item.note_a,
        )
        for item in back
    ]  # fmt: skip
    assert list(there) == swapped
    assert there.open == back.open
    names = {(item.what, item.id) for item in there}
    assert len(names) == len(there)
    assert not names & set(there.open)


TABLES = {
    "values": "value", "forms": "form", "overlays": "overlay", "gates": "gate", "transitions": "transition",
    "adopted": "rule",
}  # fmt: skip
ALL = (*TABLES, "procedures", "capabilities", "rules_in_force", "bilateral", "sources", "absent", "open_points")


@given(editions, editions, st.sampled_from(sorted(TABLES)))
def test_what_is_made_alike_differs_no_longer(a: Edition, b: Edition, table: str) -> None:
    """One table taken over with its sources, and then all of them."""
    one = {table: a.content[table], "sources": {**b.content["sources"], **a.content["sources"]}}
    if table == "adopted":  # a dated measure is told of the rule that it relaxes
        one["overlays"] = a.content["overlays"]
    told = diff(a, archived(b, **one))
    what = TABLES[table]
    assert not [item for item in told if item.what == what or item.id.startswith(f"{what} ")]
    assert not diff(a, archived(b, **{name: a.content[name] for name in ALL})).items


@given(editions, editions)
def test_whatever_is_not_said_alike_is_told(a: Edition, b: Edition) -> None:
    """Each subject is alike, a difference or open; and what one side does not say is null on that side."""
    told = diff(a, b)
    ours, theirs = said(a), said(b)
    assert {what for what, _ in ours} <= set(SUBJECTS)
    told_of = {name for item in told for name in (item.id, item.id.partition(" ")[2])}
    for subject in ours.keys() | theirs.keys():
        one, other = ours.get(subject), theirs.get(subject)
        if subject[0] == "open_point" and (a.country, a.track) != (b.country, b.track):
            assert subject[1] not in told_of
        elif str(one) != str(other):
            assert subject[1] in told_of
    for item in told:
        assert item.a != item.b or item.a is None


@given(editions)
def test_what_is_said_is_what_the_edition_answers(edition: Edition) -> None:
    """Values and forms are known where the edition knows them, and only there."""
    for (what, name), told in said(edition).items():
        if what == "value":
            known = edition.value(name)
            assert known is not None
            assert told.known is (known.determined and known.value is not None and known.standing != "unknown")
        elif what == "form":
            known = edition.form(name)
            sure = known is not None and known.determined and known.value is not None
            assert told.known is (known is not None and sure and known.standing != "unknown")
            assert not told.known or (known and str(told) == f"{known.value} ({known.standing})")


# --- Synthetia


@pytest.mark.parametrize(
    ("changes", "what", "id", "b"),
    [
        ({"adopt": {RULE: None}}, "rule", AT, None),
        ({"adopt": {RULE: {"standing": "inferred"}}}, "rule", AT, "holds (inferred)"),
        ({"adopt": {RULE: {"effect": "blocks", "why": "decided"}}}, "rule", AT, "blocks, set by the book (cited)"),
        ({"adopt": {RULE: {"since": "unknown"}}}, "rule", AT, "not known whether it applied: blocks (cited)"),
        ({"adopt": {RULE: {"cites": "another place"}}}, "citation", f"rule {AT}",
         "Synthetic procedure ver01.0, another place"),
        ({"value": {"project.public_inputs": {"value": 1}}}, "value", "project.public_inputs",
         "1 calendar day (cited)"),
        ({"value": {"project.public_inputs": {"unit": "working day"}}}, "value", "project.public_inputs",
         "30 working days (cited)"),
        ({"value": {"project.public_inputs": {"value": None}}}, "value", "project.public_inputs", "not known (cited)"),
        ({"value": {"project.public_inputs": {"standing": "assumed"}}}, "standing", "value project.public_inputs",
         "assumed"),
        ({"value": {"project.public_inputs": {"since": "unknown"}}}, "value", "project.public_inputs",
         "not known whether it applied: 30 calendar days (cited)"),
        ({"value": {"project.public_inputs": {"cites": "para 11"}}}, "citation", "value project.public_inputs",
         "Synthetic procedure ver01.0, para 11"),
        ({"adopt": {RULE: {"note": "read twice"}}}, "note", f"rule {AT}", "read twice"),
        ({"value": {"project.public_inputs": {"note": "read twice"}}}, "note", "value project.public_inputs",
         "read twice"),
        ({"form": {"F_PDD": {"note": "read twice"}}}, "note", "form F_PDD", "read twice"),
        ({"source": {"PCP": {"note": "read twice"}}}, "note", "source PCP", "read twice"),
        ({"procedure": {"full": {"note": "read twice"}}}, "note", "procedure full", "read twice"),
        ({"bilateral": {"note": "read twice"}}, "note", "bilateral document", "read twice"),
        ({"open_point": [{"text": "not found"}]}, "open_point", "not found", "open"),
        ({"open_point": [{"text": "not found", "about": "b"}, {"text": "not found", "about": "a"}]}, "open_point",
         "not found", "open, about a, b"),
        ({"value": {CUT: {"value": date(2013, 1, 1), "since": DAY}}}, "value", CUT, "2013-01-01 (cited)"),
        ({"value": {WAYS: {"value": ["one", "two"], "since": DAY}}}, "value", WAYS, "one, two (cited)"),
        ({"value": {WAYS: {"value": [], "since": DAY}}}, "value", WAYS, "an empty list (cited)"),
        ({"value": {CHECK: {"value": 3, "since": DAY}}}, "value", CHECK, "3 (cited)"),
        ({"form": {"F_PDD": {"version": "04.0"}}}, "form", "F_PDD", "04.0 (cited)"),
        ({"form": {"F_PDD": {"version": None}}}, "form", "F_PDD", "not known which version (cited)"),
        ({"form": {"F_PDD": {"standing": "unknown"}}}, "standing", "form F_PDD", "unknown"),
        ({"form": {"F_PDD": None}}, "form", "F_PDD", None),
        ({"source": {"PCP": {"url": "https://example.org/other"}}}, "citation", "source PCP",
         "https://example.org/other"),
        ({"source": {"PCP": {"standing": "inferred"}}}, "standing", "source PCP", "inferred"),
        ({"source": {"PCP": {"version": "02.0"}}}, "source", "PCP",
         "Synthetic procedure ver02.0, primary, adopted 2021-01-01 (cited)"),
        ({"bilateral": {"until": "unknown"}}, "bilateral", "document",
         "not known whether it applied: Synthetic memorandum (cited)"),
        ({"bilateral": {"name": "Another one"}}, "bilateral", "document", "Another one (cited)"),
        ({"procedure": {"full": {"standing": "inferred"}}}, "standing", "procedure full", "inferred"),
        ({"procedure": {"full": {"since": "unknown"}}}, "procedure", "full",
         "not known whether it applied: the procedure for new cases (cited)"),
        ({"overlay": [{"id": "o", "relaxes": RULE, "duty": "d", "since": DAY, "standing": "cited"}]}, "overlay",
         f"o on {RULE}", "relaxes it; instead: d (cited)"),
        ({"overlay": [{"id": "o", "relaxes": RULE, "since": DAY, "standing": "cited"}]}, "rule", AT,
         "advises, relaxed by o (cited)"),
        ({"overlay": [{"id": "o", "relaxes": RULE, "since": "unknown", "standing": "cited"}]}, "rule", AT,
         "advises, perhaps relaxed by o (cited)"),
        ({"gate": [{"id": "g", "side": "host", "act": "letter", "since": DAY, "standing": "cited"}]}, "gate", "g",
         "host: letter (cited)"),
        ({"gate": [{"id": "g", "side": "japan", "act": "letter", "issuer": "one", "before": "project.submit_pdd",
                    "since": DAY, "standing": "cited"}]}, "gate", "g",
         "japan: letter, by one, before project.submit_pdd (cited)"),
        ({"transition": [{"older": "plain", "newer": "full", "moves": "yes", "states": ["drafting", "submitted"],
                          "since": DAY, "standing": "cited"}]}, "transition",
         "plain to full, in drafting, submitted", "running cases move (cited)"),
        ({"transition": [{"older": "plain", "newer": "full", "moves": "no", "since": DAY, "standing": "cited"}]},
         "transition", "plain to full", "running cases stay (cited)"),
    ],
)  # fmt: skip
def test_whatever_is_changed_is_told(
    world: Any, changes: dict[str, Any], what: str, id: str, b: str | None  # noqa: A002 - the word of the field
) -> None:  # fmt: skip
    """Whichever table it stands in; of another country a citation, a remark and a point that is open are not."""
    edition, changed = world.book().edition(DAY), world.book(**changes).edition(DAY)
    told = diff(edition, changed)
    assert (id, b) in {(item.id, item.b) for item in told if item.what == what}
    elsewhere = diff(edition, archived(changed, country="YY"))
    assert [item for item in told if item.what not in ("citation", "note", "open_point")] == list(elsewhere)


def test_what_changes_nothing_is_not_told(world: Any) -> None:
    """Another row that says the same, and an end that is far off."""
    edition = world.book().edition(DAY)
    halves = [{"until": date(2024, 4, 1)}, {"since": date(2024, 4, 1)}]
    for changes in (
        {"form": {"F_PDD": halves}, "value": {"project.public_inputs": halves}},
        {"adopt": {RULE: {"until": date(2030, 1, 1)}}},
    ):
        book = world.book(**changes)
        assert not diff(edition, book.edition(DAY)).items
        assert not diff(edition, book.edition(date(2024, 4, 2))).items


ROWS: dict[str, dict[str, Any]] = {
    "overlay": {"id": "o", "relaxes": RULE, "duty": "d"},
    "gate": {"id": "g", "side": "host", "act": "letter"},
    "transition": {"older": "plain", "newer": "full", "moves": "no"},
}


@pytest.mark.parametrize("table", ROWS)
def test_a_remark_that_is_lost_is_told(world: Any, table: str) -> None:
    """Also of a measure, a gate and a transition."""
    row = {**ROWS[table], "since": DAY, "standing": "cited"}
    a, b = (world.book(**{table: [one]}).edition(DAY) for one in ({**row, "note": "remarked"}, row))
    (item,) = diff(a, b)
    assert (item.what, item.id.partition(" ")[0], item.a, item.b) == ("note", table, "remarked", None)
    assert str(diff(a, b)).splitlines()[1:5] == [
        f"  {table}: 1 in note alone", f"note of {item.id}", "    ZZ (a)  remarked", "    ZZ (b)  nothing",
    ]  # fmt: skip


def test_a_remark_is_told_beside_what_else_differs(world: Any) -> None:
    """Where it does; where both remark alike, and of what only one side has, it is left out."""
    name = "project.public_inputs"
    for ours, theirs, ends in (
        ("one", None, ("; note: one", "; note: none")), (None, "two", ("; note: none", "; note: two")),
        ("one", "two", ("; note: one", "; note: two")), ("one", "one", (", para 10", ", para 10")),
    ):  # fmt: skip
        a = world.book(value={name: {"note": ours}}).edition(DAY)
        told = diff(a, world.book(value={name: {"value": 20, "note": theirs}}).edition(DAY))
        (item,) = told
        assert item.what == "value"
        assert (item.note_a, item.note_b) == ((ours, theirs) if ours != theirs else (None, None))
        for line, end in zip(str(told).splitlines()[3:5], ends, strict=True):
            assert line.endswith(end)
        assert f"note: {ours or 'none'}" not in str(diff(a, world.book(value={name: None}).edition(DAY)))
    (item,) = diff(a, world.book(value={name: {"standing": "inferred"}}).edition(DAY))
    assert (item.what, item.note_a, item.note_b) == ("standing", "one", None)


def test_points_that_are_open_are_told_and_counted(world: Any) -> None:
    """What was found is removed, what is newly open is added; in both languages."""
    a, b = (world.book(open_point=[{"text": text}]).edition(DAY) for text in ("first", "second"))
    told = diff(a, b)
    assert found(told, "open_point") == {"first": ("open", None), "second": (None, "open")}
    assert str(told).splitlines()[1] == "  open_point: 1 added, 1 removed"
    assert told.explain(lang="ja").splitlines()[1:4] == [
        "  未解決の点：追加1件、削除1件", "未解決の点 first", "    ZZ (a)  未解決",
    ]  # fmt: skip


def test_only_a_unit_that_has_a_plural_gets_one(world: Any) -> None:
    """Whatever else somebody counts stays as it is written."""
    for unit, shown in (("year", "2 years"), ("working day", "2 working days"), ("per cent", "2 per cent")):
        book = world.book(value={CUT: {"value": 2, "unit": unit, "since": DAY, "standing": "cited"}})
        assert said(book.edition(DAY))["value", CUT].text == shown


def test_japanese_names_what_differs_in_japanese(world: Any) -> None:
    """A passage with its states, and the bilateral document once."""
    row = {"older": "plain", "newer": "full", "moves": "no", "states": ["drafting"], "since": DAY}
    b = world.book(transition=[{**row, "standing": "cited"}], bilateral={"name": "Another"}).edition(DAY)
    lines = diff(world.book().edition(DAY), b).explain(lang="ja").splitlines()
    assert "二国間文書" in lines
    assert "移行 plain→full（設計書作成中の案件）" in lines


def test_what_neither_side_knows_is_open(world: Any) -> None:
    """It is no difference, and not passed over; what one of them knows more is a difference."""
    perhaps = {"since": date(2024, 1, 1), "until": {"after": "2024-05-01", "by": "2024-06-01"}}
    later = {"version": "04.0", "since": {"after": "2024-05-01", "by": "2024-06-01"}}
    rows = [{"cites": "para 1", **perhaps}, {"standing": "inferred", **later}]
    name = "common.confidential_two_versions"
    gate = {"id": "g", "side": "host", "act": "letter", "since": DAY, "standing": "unknown"}
    book = world.book(form={"F_PDD": rows}, capability=[], adopt={name: {"since": "unknown"}}, gate=[gate])
    within, before = book.edition(date(2024, 5, 15)), book.edition(DAY)
    told = diff(within, archived(within, country="YY"))
    assert not told.items
    assert told.open[-2:] == (("form", "F_PDD"), ("gate", "g"))
    assert ("capability", "sd_plan") in told.open
    assert "NOT KNOWN  on either side, so that nothing can be compared" in str(told)
    assert str(told).endswith(f"\n  rule {name}\n  form F_PDD\n  gate g")
    (item,) = diff(before, within)
    assert item.b == "not known which applied: 03.0 (cited) or 04.0 (inferred)"
    assert item.cites_b == "Synthetic procedure ver01.0, para 1; or Synthetic procedure ver01.0, annex 1"
    assert ("form", "F_PDD") not in diff(before, within).open


def test_a_row_is_not_chosen_where_another_may_hold(world: Any) -> None:
    """Though it surely holds, in whichever order they stand; of a rule, at the steps for which each speaks."""
    sure = {"standing": "inferred", "until": "2024-12-31"}
    perhaps = {"since": {"after": "2024-01-01", "by": "2024-12-31"}}
    for rows in ([sure, perhaps], [perhaps, sure]):
        book = world.book(adopt={RULE: rows}, value={"project.public_inputs": rows})
        told = diff(world.book().edition(DAY), book.edition(DAY))
        words = "not known which applied: 30 calendar days (cited) or 30 calendar days (inferred)"
        assert found(told, "value")["project.public_inputs"][1] == words
        assert found(told, "rule")[AT][1] == "not known which applied: blocks (cited) or holds (inferred)"
        (item,) = (item for item in told if item.id == AT)
        assert item.cites_b == item.cites_a  # once, for both rows name the same place
    name, steps = "common.confidential_two_versions", ("project.submit_pdd", "project.revise_pdd")
    rows = [{"steps": [steps[0]], **perhaps}, {"steps": [steps[1]], "since": "unknown", "standing": "assumed"}]
    late = {"project.check_request.in_time": {"since": "unknown"}}
    told = diff(world.book().edition(DAY), world.book(adopt={name: rows, **late}).edition(DAY))
    assert [found(told, "rule")[f"{name} at {step}"][1] for step in steps] == [
        "not known whether it applied: blocks (cited)", "not known whether it applied: advises (assumed)",
    ]  # fmt: skip
    in_time = "project.check_request.in_time at project.check_request"
    assert found(told, "rule")[in_time] == ("duty (cited)", "not known whether it applied: duty (cited)")


def test_a_dated_measure_is_told_of_its_own_rule_alone(world: Any) -> None:
    """Two measures that hold at the same time are not mixed up."""
    rules = (RULE, "project.conclude_validation.eia")
    rows = [{"id": rule[-3:], "relaxes": rule, "since": DAY, "standing": "cited"} for rule in rules]
    told = found(diff(world.book().edition(DAY), world.book(overlay=rows).edition(DAY)), "rule")
    assert {name: b for name, (_, b) in told.items()} == {
        f"{rule} at project.conclude_validation": f"advises, relaxed by {rule[-3:]} (cited)" for rule in rules
    }


def test_before_the_bilateral_document_there_is_none(world: Any) -> None:
    """Nor does anything rest on it then."""
    told = diff(world.book().edition(date(2019, 12, 31)), world.book().edition(date(2020, 1, 1)))
    name = "Synthetic memorandum, primary"
    assert found(told, "bilateral") == {"document": (None, "Synthetic memorandum (cited)")}
    assert found(told, "source") == {"MEMO": (f"{name}; nothing rests on it then (cited)", f"{name} (cited)")}


@pytest.mark.parametrize(
    "changes",
    [
        {"procedure": {"full": {"source": "NEW"}}},
        {"adopt": {"common.entity_usable": {"source": "NEW"}}},
        {"value": {"project.public_inputs": {"source": "NEW"}}},
        {"form": {"F_PDD": {"source": "NEW"}}},
        {"bilateral": {"source": "NEW"}},
        {"overlay": [{"id": "o", "relaxes": RULE, "source": "NEW", "since": DAY, "standing": "cited"}]},
        {"gate": [{"id": "g", "side": "host", "act": "a", "source": "NEW", "since": DAY, "standing": "cited"}]},
        {"transition": [{"older": "plain", "newer": "full", "moves": "no", "source": "NEW", "since": "unknown",
                         "standing": "cited"}]},
    ],
)  # fmt: skip
def test_a_source_on_which_something_rests(world: Any, changes: dict[str, Any]) -> None:
    """Whichever row it is that names it, and also where nobody knows whether that row holds."""
    new = {"source": {"NEW": {"title": "New", "kind": "official_summary", "about": "ZZ", "source": None}}}
    told = diff(world.book(**new).edition(DAY), world.book(**new, **changes).edition(DAY))
    assert found(told, "source")["NEW"] == (
        "New, official summary; nothing rests on it then (cited)", "New, official summary (cited)",
    )  # fmt: skip


def test_a_country_without_a_book() -> None:
    """It says nothing, and says so."""
    edition = on("ID", AFTER)
    told = diff(absent("ID"), edition)
    assert found(told, "in_force") == {"rules": ("no rule book", "in force")}
    assert {item.a for item in told if item.what != "in_force"} == {None}
    assert len(told) == len(said(edition))
    assert not diff(absent("ID"), absent("MN")).items


def test_a_rule_that_the_library_has_no_longer_is_not_passed_over() -> None:
    """An archived edition may name one."""
    edition = on("ID", AFTER)
    row = {"rule": "project.gone", "standing": "cited", "cites": "para 1", "holds": True}
    told = diff(archived(edition, adopted=[*edition.content["adopted"], row]), edition)
    assert list(told) == [
        Difference(
            what="rule",
            id="project.gone",
            a="adopted, and no rule of this library (cited)",
            b=None,
            cites_a="para 1",
            cites_b=None,
        )
    ]


def test_what_is_compared_is_an_edition() -> None:
    """A book is told apart from it, on either side."""
    for pair in ((books["MN"], on("MN", DAY)), (on("MN", DAY), books["MN"])):
        with pytest.raises(EvidenceError, match=r"<rule book MN> is no edition") as caught:
            diff(*pair)
        assert caught.value.cure == 'Give that of a day, such as books["MN"].on(day).'


# --- text and data


def test_it_is_told_as_text_and_as_data(world: Any) -> None:
    """Steps at which a rule differs in the same way stand together in the text, and alone in the data."""
    name = "common.confidential_two_versions"
    steps = ["project.submit_pdd", "project.revise_pdd"]
    book = world.only(name, adopt={name: {"steps": steps, "cites": "para 1"}})
    other = world.only(
        name,
        adopt={name: {"steps": steps, "standing": "inferred", "cites": "para 2"}},
        form={"F_PDD": {"cites": "annex 9"}},
        value={"project.public_inputs": {"standing": "inferred"}},
        gate=[{"id": "g", "side": "host", "act": "letter", "since": DAY, "standing": "assumed"}],
    )
    told = diff(book.edition(DAY), other.edition(DAY))
    assert (
        str(told).partition("\nNOT KNOWN")[0]
        == """\
DIFFERENCES  ZZ (a), ZZ (b): 5
  rule: 1 changed
  value: 1 in standing alone
  form: 1 in citation alone
  gate: 1 added
rule common.confidential_two_versions
  at project.submit_pdd, project.revise_pdd
    ZZ (a)  blocks (cited): Synthetic procedure ver01.0, para 1
    ZZ (b)  holds (inferred): Synthetic procedure ver01.0, para 2
standing of value project.public_inputs
    ZZ (a)  cited: Synthetic procedure ver01.0, para 10
    ZZ (b)  inferred: Synthetic procedure ver01.0, para 10
citation of form F_PDD
    ZZ (a)  Synthetic procedure ver01.0, annex 1
    ZZ (b)  Synthetic procedure ver01.0, annex 9
gate g
    ZZ (a)  nothing
    ZZ (b)  host: letter (assumed): no source"""
    )
    data = told.json()
    assert data["schema"] == 1
    assert [list(item) for item in data["differences"]] == [KEYS] * 5
    assert [item["id"] for item in data["differences"][:2]] == [f"{name} at {step}" for step in steps]
    assert data["sides"] == {"a": "ZZ (a)", "b": "ZZ (b)"}
    none = {"added": 0, "removed": 0, "changed": 0, "standing": 0, "citation": 0, "note": 0}
    assert data["counts"] == [
        {"what": "rule", **none, "changed": 1},
        {"what": "value", **none, "standing": 1},
        {"what": "form", **none, "citation": 1},
        {"what": "gate", **none, "added": 1},
    ]
    assert str(evolve(told, a="one", b="another")).splitlines()[7].startswith("    one      blocks")


def test_two_editions_of_one_country_are_told_apart_by_their_days_or_their_files(tmp_path: Path) -> None:
    """Whatever day was asked for first; where neither differs, or is known, by their order."""
    book = books["ID"]
    first, last = book.on(date(2024, 12, 1)), book.on(AFTER)
    told = diff(book.on(BEFORE), last)
    assert (told.a, told.b) == ("ID 2024-10-28–2024-12-17", "ID 2024-12-18–2024-12-31")
    assert (diff(first, book.edition(date(1990, 1, 1))).b, diff(first, book.edition(date.max)).b) == (
        f"ID –{book.turns[0] - timedelta(days=1)}", f"ID {book.turns[-1]}–",
    )  # fmt: skip
    file = tmp_path / "book.toml"
    file.write_text(Path(books["KE"].path).read_text(encoding="utf-8"), encoding="utf-8")
    mine, theirs = RuleBook.read(file), books["KE"]
    told = diff(mine.on(DAY), theirs.on(DAY))
    assert (told.a, told.b) == (f"KE {file}", f"KE {theirs.path}")
    told = diff(mine.edition(mine.turns[-2]), theirs.edition(mine.turns[-1]))
    assert told.a == f"KE {file} {mine.turns[-2]}–{mine.turns[-1] - timedelta(days=1)}"
    for same in (mine.on(DAY), archived(mine.on(DAY))):
        assert (diff(mine.on(DAY), same).a, diff(mine.on(DAY), same).b) == ("KE (a)", "KE (b)")


@given(editions, editions)
def test_the_overview_counts_what_is_told(a: Edition, b: Edition) -> None:
    """Each thing once in each way in which it differs, and none that is not told."""
    told = diff(a, b)
    others = [item for item in told if item.what != "rule" and not item.id.startswith("rule ")]
    counts = [count.json() for count in told.counts]
    assert sum(sum(list(count.values())[1:]) for count in counts if count["what"] != "rule") == len(others)
    rules = {item.id.partition(" at ")[0] for item in told if item.what == "rule" and item.a and item.b}
    assert sum(count.changed for count in told.counts if count.what == "rule") == len(rules)


# --- a live case


def test_what_differs_moves_no_live_case(journal: Journal) -> None:
    """Opened under the older procedure it stays there, on whatever day it goes on, until a recorded act moves it."""
    book = books["ID"]
    assert found(diff(book.on(BEFORE), book.on(AFTER)), "capability")["idea_note"] == ("no", "yes")
    opened = Case.open(project, "park", on=BEFORE, rules=book)
    journal.append(opened)
    design = ev.DesignDocument(title="Synthetic", monitoring_plan=ev.Document(), contains_confidential=False)
    paper = ev.PDDSubmission(design_document=design, contains_confidential=False)
    day = date(2025, 7, 1)
    act = project.submit_pdd(paper, by=Role.PARTICIPANT, on=day)
    refused = opened.case.attempt(act, rules=book)
    reasons = {finding.rule: "synthetic" for finding in refused.findings if finding.refuses}
    assert "project.submit_pdd.idea_cleared" not in {finding.rule for finding in refused.findings}
    answer = opened.case.attempt(evolve(act, despite=reasons), rules=book)
    assert answer, str(answer)
    journal.append(answer)
    for case in (answer.case, journal.case("park"), fold(journal.entries("park"))):
        assert (case.procedure.name, case.capabilities["idea_note"]) == ("older procedure", "no")
    journal.append(answer.case.move("PCP 06.0", on=day, rules=book, reason="both sides agreed"))
    case = journal.case("park")
    assert (case.procedure.name, case.capabilities["idea_note"]) == ("PCP 06.0", "yes")
