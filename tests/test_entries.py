"""Acts, facts, drafts and entries: what each holds, and which days and reasons are none."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from jcm_cycle import evidence as ev
from jcm_cycle.days import UNKNOWN_DAY, Between
from jcm_cycle.entries import Act, Basis, Draft, Entry, Fact, Source
from jcm_cycle.errors import EvidenceError
from jcm_cycle.parties import Actor, Role

DAY = date(2024, 5, 1)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
SECRETARIAT = Actor(Role.SECRETARIAT)


def act(**changes: Any) -> Act[ev.Receipt]:
    """Return an act that is fine save for what is given."""
    fine: dict[str, Any] = {
        "machine": "project",
        "step": "acknowledge",
        "evidence": ev.Receipt(),
        "by": SECRETARIAT,
        "on": DAY,
    }
    return Act(**{**fine, **changes})


@pytest.mark.parametrize("on", [NOON, "2024-05-01", Between(DAY, DAY), UNKNOWN_DAY, None, 20240501])
def test_an_act_is_of_one_exact_day(on: Any) -> None:
    """Whoever acts knows the day; a time of day is not part of it."""
    with pytest.raises(EvidenceError, match=r"^on: .* is not a day\. Give a date without a time"):
        act(on=on)


@pytest.mark.parametrize("on", [DAY, Between(DAY, DAY), Between(DAY), UNKNOWN_DAY])
def test_a_fact_is_of_a_day_as_well_as_it_is_known(on: Any) -> None:
    """Exact, roughly known or unknown."""
    assert Fact(machine="project", step="acknowledge", on=on).on == on


@pytest.mark.parametrize("on", [NOON, "2024-05-01", None, 20240501])
def test_a_fact_is_of_a_day_without_a_time(on: Any) -> None:
    """Anything else could not be read again from a journal."""
    with pytest.raises(EvidenceError, match=r"^on: .* is not a day\. Give a date without a time"):
        Fact(machine="project", step="acknowledge", on=on)


@given(st.dictionaries(st.text(), st.text(min_size=1).filter(str.strip)))
def test_an_act_carries_its_reasons(despite: dict[str, str]) -> None:
    """By rule, each a text that is not blank."""
    assert act(despite=despite).despite == despite


@pytest.mark.parametrize("reason", ["", " ", "\n", None, 1])
def test_a_blank_reason_is_none(reason: Any) -> None:
    """The rule it is given for is named."""
    with pytest.raises(EvidenceError, match=r"^despite: no reason is given for b\.rule\. Say what stands in"):
        act(despite={"a.rule": "a letter", "b.rule": reason})


def test_two_acts_do_not_share_their_reasons() -> None:
    """What is left out is made anew each time."""
    assert act().despite == {}
    assert act().despite is not act().despite


def test_why_a_journal_holds_an_entry() -> None:
    """Journals keep these words."""
    assert [str(basis) for basis in Basis] == ["judged", "imported", "observed", "correction"]


@pytest.mark.parametrize(
    "thing",
    [
        act(),
        Source(row=7, url="https://example.org", text="rest of the row"),
        Fact(machine="project", step="acknowledge", on=UNKNOWN_DAY, evidence=ev.Receipt()),
        Draft("case-1", "project", "acknowledge", None, DAY, SECRETARIAT, ev.Receipt(), Basis.JUDGED),
        Entry(seq=1, recorded_at=NOON, case="case-1", machine="project", step="open", on=DAY, basis=Basis.JUDGED),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_what_was_attempted_or_recorded_is_plain_data(thing: Any) -> None:
    """It is frozen, can be compared, and travels between processes."""
    assert pickle.loads(pickle.dumps(thing)) == thing  # noqa: S301
    assert attrs.evolve(thing) == thing
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(thing, attrs.fields(type(thing))[0].name, None)


def test_a_draft_is_real_unless_it_says_otherwise() -> None:
    """`what_if` alone makes one that no journal takes."""
    draft = Draft("case-1", "project", "acknowledge", None, DAY, None, None, Basis.IMPORTED)
    assert not draft.hypothetical
    assert (draft.findings, draft.editions, draft.sources, draft.replaces, draft.after) == ((), (), (), None, 0)


def test_an_entry_has_what_its_draft_had() -> None:
    """And beside it its number, its instant, and whether a part is withheld."""
    entry, draft = ({a.name for a in attrs.fields(cls)} for cls in (Entry, Draft))
    assert entry - draft == {"seq", "recorded_at", "withheld"}
    assert draft - entry == {"after", "hypothetical", "together"}
