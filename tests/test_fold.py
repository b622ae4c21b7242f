"""Folding: the order of effect, corrections, and what was so, or was known, at some time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Basis,
    Between,
    Case,
    Entry,
    Fact,
    Journal,
    Outcome,
    as_of,
    evidence as ev,
    fold,
    known_at,
    project,
)
from jcm_cycle._fold import in_effect
from jcm_cycle.errors import EvidenceError, JournalError, UnknownCase, UnknownStep

D1, D2, D3, D4, D5 = (date(2024, 5, day) for day in range(1, 6))
T0 = datetime(2024, 6, 1, tzinfo=UTC)

Walk = Callable[..., Case[Any]]


def entry(seq: int, step: str, on: Any, **more: Any) -> Entry:
    """Return an entry of a case, recorded a day after the one before."""
    made: dict[str, Any] = {"basis": Basis.IMPORTED, "case": "case-1", "machine": "project"}
    return Entry(seq=seq, recorded_at=T0 + timedelta(days=seq), step=step, on=on, **{**made, **more})


def opening(on: Any = D1, **more: Any) -> Entry:
    """Return the opening of a case."""
    return entry(1, "open", on, evidence=ev.Opening(country="ZZ"), **more)


def judged(seq: int, step: str, on: date, **more: Any) -> Entry:
    """Return a judged entry."""
    return entry(seq, step, on, basis=Basis.JUDGED, **more)


def order(*entries: Entry) -> list[int]:
    """Return the numbers of entries in the order of their effect, in whichever order they are given."""
    found = [placed.seq for placed in in_effect(entries)]
    assert [placed.seq for placed in in_effect(reversed(entries))] == found
    return found


# The order of effect


def test_facts_are_ordered_by_the_day_of_their_effect() -> None:
    """Whatever was recorded first."""
    assert order(opening(), entry(2, "publish_pdd", D3), entry(3, "submit_pdd", D2)) == [1, 3, 2]


def test_within_a_day_the_table_gives_the_order() -> None:
    """A design document is submitted before it is published, and decided upon before it is notified."""
    steps = ("notify_registration", "publish_pdd", "submit_pdd", "decide_registration", "conclude_validation")
    entries = [entry(seq, step, D2) for seq, step in enumerate(steps, 2)]
    placed = [found.step for found in in_effect([opening(), *entries])]
    assert placed == [
        "open", "submit_pdd", "publish_pdd", "conclude_validation", "decide_registration", "notify_registration",
    ]  # fmt: skip


def test_what_the_table_does_not_rank_comes_last_within_its_day() -> None:
    """A status is seen at the end of the day."""
    seen = entry(2, "observe", D2, basis=Basis.OBSERVED, state="in_validation")
    assert order(opening(), seen, entry(3, "withdraw_project", D2), entry(4, "submit_pdd", D3)) == [1, 3, 2, 4]


def test_within_a_day_and_a_step_the_number_gives_the_order() -> None:
    """What was recorded first was so first."""
    assert order(opening(), entry(2, "revise_pdd", D2), entry(3, "revise_pdd", D2)) == [1, 2, 3]


def test_a_stretch_counts_by_its_end() -> None:
    """It surely had effect by then; where the end is open it comes last, as an unknown day does."""
    assert order(
        opening(),
        entry(2, "discontinue", UNKNOWN_DAY),
        entry(3, "submit_pdd", Between(D1, D3)),
        entry(4, "acknowledge", D2),
        entry(5, "publish_pdd", D4),
        entry(6, "revise_pdd", Between(D1, None)),
    ) == [1, 4, 3, 5, 6, 2]


def test_the_opening_comes_first_whatever_its_day() -> None:
    """And whatever its number: without it there is no case."""
    for day in (D5, UNKNOWN_DAY, Between(None, D5)):
        assert order(opening(day), entry(2, "submit_pdd", D1)) == [1, 2]
        late = entry(3, "open", day, evidence=ev.Opening(country="ZZ"))
        assert order(entry(2, "submit_pdd", D1), late) == [3, 2]


def test_a_judged_act_goes_after_all_that_was_on_record() -> None:
    """It was judged with that: also with what has no exact day, and within its day with later rows of the table."""
    facts = (entry(2, "submit_pdd", UNKNOWN_DAY), entry(3, "publish_pdd", Between(None, D5)))
    assert order(opening(), *facts, judged(4, "conclude_validation", D2)) == [1, 3, 2, 4]
    assert order(opening(), judged(2, "conclude_validation", D2), judged(3, "revise_pdd", D2)) == [1, 2, 3]


def test_a_judged_act_goes_before_what_surely_came_later() -> None:
    """It was judged as of its day, wherever among the others the later things stand."""
    act = judged(5, "replace_moc", D2)
    assert order(opening(), entry(2, "submit_pdd", D1), entry(3, "publish_pdd", D3), act) == [1, 2, 5, 3]
    assert order(opening(), entry(3, "publish_pdd", Between(D3, None)), act) == [1, 5, 3]
    later = entry(3, "publish_pdd", D3)
    assert order(opening(), later, entry(4, "discontinue", UNKNOWN_DAY), act) == [1, 5, 3, 4]


def test_a_fact_recorded_later_takes_its_place_among_judged_acts() -> None:
    """By its day, and within the day by the table."""
    acts = (judged(2, "submit_pdd", D1), judged(3, "publish_pdd", D3), judged(4, "conclude_validation", D5))
    assert order(opening(), *acts, entry(5, "acknowledge", D2)) == [1, 2, 5, 3, 4]
    assert order(opening(), *acts, entry(5, "acknowledge", D3)) == [1, 2, 5, 3, 4]
    assert order(opening(), *acts, entry(5, "revise_pdd", D3)) == [1, 2, 3, 5, 4]


def test_what_is_placed_before_is_placed_without_regard_to_what_comes_after() -> None:
    """The entries up to some place are in the same order without the rest."""
    entries = [
        opening(),
        entry(2, "publish_pdd", D3),
        judged(3, "replace_moc", D2),
        entry(4, "discontinue", UNKNOWN_DAY),
        judged(5, "amend_moc", D2),
        entry(6, "acknowledge", Between(None, D2)),
        judged(7, "revise_pdd", D4),
    ]
    placed = in_effect(entries)
    for length in range(len(placed) + 1):
        assert in_effect(placed[:length]) == placed[:length]


# Corrections


def test_what_was_replaced_is_skipped_and_the_correction_takes_its_own_place() -> None:
    """The day was wrong, or the step, or all of it."""
    wrong = entry(2, "publish_pdd", D5)
    right = entry(4, "publish_pdd", D2, basis=Basis.CORRECTION, replaces=2)
    assert order(opening(), wrong, entry(3, "conclude_validation", D3), right) == [1, 4, 3]


def test_a_correction_may_itself_be_corrected() -> None:
    """Neither the first nor the second counts then."""
    first = entry(3, "publish_pdd", D3, basis=Basis.CORRECTION, replaces=2)
    second = entry(4, "publish_pdd", D4, basis=Basis.CORRECTION, replaces=3)
    assert order(opening(), entry(2, "publish_pdd", D2), first, second) == [1, 4]


def test_a_void_takes_an_entry_out_and_takes_no_place() -> None:
    """The case stands as if the entry had never been made; it still counts both."""
    gone = entry(3, "void", D5, basis=Basis.CORRECTION, replaces=2, evidence=ev.Notice(reason="twice"))
    assert order(opening(), entry(2, "publish_pdd", D2), gone) == [1]
    case = fold([opening(), entry(2, "publish_pdd", D2), gone])
    assert (case.state, case.entries, dict(case.days), case.last) == ("drafting", 3, {}, D1)


def test_a_correction_acts_on_state_and_file(journal: Journal, walk: Walk, world: Any) -> None:
    """What the wrong entry had brought is gone."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    day = world.day("publish_pdd") + timedelta(days=3)
    paper = ev.Publication(reference="ZZ007")
    journal.append(case.correct(project.publish_pdd.fact(on=day, evidence=paper), replaces=3))
    found = journal.case()
    assert (found.state, found.references, found.file.inputs_opened) == ("in_validation", ("ZZ007",), day)
    journal.append(found.void(replaces=4, reason="never published", on=day))
    found = journal.case()
    assert (found.state, found.references, str(found.file.public_inputs)) == ("submitted", (), "none")


# Folding


def test_folding_asks_no_rule(journal: Journal, walk: Walk, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """And runs no engine: what is on record is so, whatever would be said of it today."""
    case = walk(journal, "submit_pdd", "publish_pdd")

    def never(*_: object) -> None:
        raise AssertionError

    for place in ("judge", "procedure", "governing"):
        monkeypatch.setattr(f"jcm_cycle._judge.{place}", never)
    monkeypatch.setattr("jcm_cycle.case.fire", never)
    assert journal.case() == case
    assert case.record(project.acknowledge.fact(on=world.day("publish_pdd"))).case.state == "in_validation"


def test_entries_may_be_given_in_any_order_and_by_any_iterable(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...]
) -> None:
    """They carry their own numbers."""
    case = walk(journal, *whole_way)
    entries = list(journal)
    assert fold(iter(entries)) == fold(reversed(entries)) == fold(tuple(entries[3:] + entries[:3])) == case


def test_entries_that_are_no_case_are_an_error() -> None:
    """None at all, none that opens the case, or those of two."""
    with pytest.raises(UnknownCase, match="no entry to make a case of"):
        fold([])
    for step in ("close_public_inputs", "submit_pdd"):
        with pytest.raises(UnknownCase, match="opens the case"):
            fold([entry(2, step, D1)])
    with pytest.raises(UnknownCase, match="not one case"):
        fold([opening(), entry(2, "submit_pdd", D1, case="case-2")])
    with pytest.raises(UnknownCase, match="not one case"):
        fold([opening(), entry(2, "submit_pdd", D1, case="case-0")])
    with pytest.raises(EvidenceError, match="country"):
        fold([entry(1, "open", D1)])
    with pytest.raises(UnknownStep):
        fold([opening(), entry(2, "celebrate", D1)])
    with pytest.raises(UnknownStep):  # a move says to which procedure; without it there is no such step
        fold([opening(), entry(2, "move", D1, evidence=ev.Notice(text="moved"))])
    with pytest.raises(UnknownStep):
        fold([opening(machine="celebration")])


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.REGISTERED, "registered"), (Outcome.OTHERWISE, "under_consideration"), (None, "under_consideration")],
)
def test_the_outcome_that_an_entry_keeps_decides(outcome: Outcome | None, state: str) -> None:
    """Where the document is not known, too."""
    standing = entry(2, "observe", D2, basis=Basis.OBSERVED, state="under_consideration")
    assert fold([opening(), standing, entry(3, "decide_registration", D3, outcome=outcome)]).state == state


# As of a day


def test_as_of_takes_what_surely_had_effect_and_names_the_rest() -> None:
    """By the end of the day; what may have had effect by then is neither here nor there."""
    entries = (
        opening(),
        entry(2, "submit_pdd", D2),
        entry(3, "acknowledge", Between(D1, D3)),
        entry(4, "publish_pdd", Between(D3, D5)),
        entry(5, "conclude_validation", D4),
        entry(6, "discontinue", UNKNOWN_DAY),
    )
    found = as_of(entries, D3)
    assert [e.seq for e in found] == [e.seq for e in found.entries] == [1, 2, 3]
    assert [e.seq for e in found.unsure] == [4, 6]
    assert [e.seq for e in found.later] == [5]
    assert [e.seq for e in as_of(entries, D2).entries] == [1, 2]
    assert [e.seq for e in as_of(entries, D2).later] == [4, 5]
    assert [e.seq for e in as_of(entries, D5).unsure] == [6]


@pytest.mark.parametrize("day", [UNKNOWN_DAY, Between(None, D5), Between(D1, None)])
def test_an_opening_of_which_the_day_is_not_known_is_taken(day: Between) -> None:
    """Without it there is no case; one that surely came later is not."""
    assert [e.seq for e in as_of([opening(day)], D3)] == [1]
    assert [e.seq for e in as_of([opening(D5)], D3)] == []
    assert [e.seq for e in as_of([opening(Between(D4, None))], D3)] == []


def test_what_was_replaced_had_effect_on_no_day() -> None:
    """Also where the correction lies after the day that is asked about."""
    wrong = entry(2, "submit_pdd", D2)
    right = entry(3, "submit_pdd", D5, basis=Basis.CORRECTION, replaces=2)
    gone = entry(3, "void", D5, basis=Basis.CORRECTION, replaces=2)
    for replaced in ([opening(), wrong, right], [opening(), wrong, gone]):
        found = as_of(replaced, D3)
        assert [e.seq for e in found.entries] == [1]
        assert 2 not in {e.seq for e in (*found.unsure, *found.later)}
        assert fold(found).state == "drafting"


def test_the_case_as_of_each_day_is_the_one_the_attempts_gave(
    journal: Journal, walk: Walk, world: Any, whole_way: tuple[str, ...]
) -> None:
    """Between two acts it is the case after the first of them."""
    walk(journal, *whole_way)
    for place, step in enumerate(whole_way):
        then = world.case(*whole_way[: place + 1])
        now = attrs.evolve(journal.case(as_of=world.day(step)), entries=then.entries)
        assert now == then
        before = journal.case(as_of=world.day(step) - timedelta(days=1))
        assert before.state == world.case(*whole_way[:place]).state


def test_before_its_opening_there_is_no_case(journal: Journal, walk: Walk, world: Any) -> None:
    """Asking for it is an error, not an empty case."""
    walk(journal, "submit_pdd")
    with pytest.raises(UnknownCase):
        journal.case(as_of=world.opened - timedelta(days=1))
    assert journal.case(as_of=world.opened).state == "drafting"


def test_an_instant_is_no_day() -> None:
    """A day compares with days."""
    with pytest.raises(JournalError, match="not a day"):
        as_of([opening()], T0)


# Known at an instant


def test_known_at_takes_what_had_been_recorded(
    journal: Journal, walk: Walk, world: Any, instant: Callable[[int], datetime], whole_way: tuple[str, ...]
) -> None:
    """The instant itself is in."""
    case = walk(journal, *whole_way)
    for place in range(len(whole_way) + 1):
        then = journal.case(known_at=instant(place + 1))
        assert then == world.case(*whole_way[:place])
        if place:
            earlier = journal.case(known_at=instant(place + 1) - timedelta(microseconds=1))
            assert earlier == world.case(*whole_way[: place - 1])
    assert journal.case(known_at=datetime.now(UTC)) == case
    with pytest.raises(UnknownCase):
        journal.case(known_at=instant(1) - timedelta(seconds=1))


def test_known_at_needs_a_time_zone() -> None:
    """A naive instant could be any of several."""
    for instant in (T0.replace(tzinfo=None), D1):
        with pytest.raises(JournalError, match="time zone"):
            known_at([opening()], instant)  # type: ignore[arg-type]


def test_what_was_not_known_to_be_wrong_counted_then() -> None:
    """The correction is skipped with what it was not yet."""
    wrong = entry(2, "submit_pdd", D2)
    right = entry(3, "submit_pdd", D4, basis=Basis.CORRECTION, replaces=2)
    entries = (opening(), wrong, right)
    before = known_at(entries, right.recorded_at - timedelta(seconds=1))
    assert fold(as_of(before, D3)).state == "submitted"
    assert fold(as_of(known_at(entries, right.recorded_at), D3)).state == "drafting"


def test_day_and_instant_work_together(journal: Journal) -> None:
    """What was known in January of how it stood in May, and what is known of that now."""
    opened = Case.open(project, "case-1", on=D1, country="ZZ")
    january, july = T0, T0 + timedelta(days=180)
    journal.append(opened, at=january)
    journal.append(opened.case.record(project.observed("in_validation", on=D3)), at=january)
    late = opened.case.record(project.decide_registration.fact(on=D4, outcome=Outcome.REGISTERED))
    journal.append(late, at=july)
    states = {
        (None, None): "registered",
        (D3, None): "in_validation",
        (D4, None): "registered",
        (None, january): "in_validation",
        (D4, january): "in_validation",
        (D2, july): "drafting",
    }
    for (day, instant), state in states.items():
        assert journal.case(as_of=day, known_at=instant).state == state
    found = journal.selection(day=D3, instant=july)
    assert ([e.seq for e in found.entries], [e.seq for e in found.later]) == ([1, 2], [3])
    assert [e.seq for e in journal.selection(day=D3, instant=january).later] == []


def test_a_fact_made_by_hand_folds_like_one_made_by_the_step() -> None:
    """The step only fills in its own name."""
    made = Fact(machine="project", step="publish_pdd", on=D2, evidence=ev.Publication(reference="ZZ001"))
    assert made == project.publish_pdd.fact(on=D2, evidence=ev.Publication(reference="ZZ001"))
