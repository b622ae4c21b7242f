"""What the classes of the machines have in common: nothing of theirs is changed in place or told without its name."""

from __future__ import annotations

from enum import Enum
from typing import Any

import attrs
import pytest

from jcm_cycle import states
from jcm_cycle.states import Machine, Step

PUBLIC = [getattr(states, name) for name in states.__all__]
DATA = [one for one in PUBLIC if isinstance(one, type) and not issubclass(one, (Machine, Step, Enum))]
EACH = pytest.mark.parametrize("cls", DATA, ids=lambda cls: cls.__name__)

BY_PLACE = {
    "After": ["value"],
    "DocumentVersion": ["version", "since", "step"],
    "Issued": ["side", "amount", "on", "lines", "total", "holders"],
    "State": ["name", "final", "capability"],
    "Within": ["value"],
}
"""Fields that may be given without their names, of the few classes that have some."""


def test_only_machines_steps_and_words_are_no_data() -> None:
    """Everything else that is public is described by its fields, and each file is among it."""
    assert {made.file for made in states.MACHINES.values()} <= set(DATA)
    assert BY_PLACE.keys() <= {cls.__name__ for cls in DATA}


@EACH
def test_nothing_is_changed_in_place(cls: type[Any]) -> None:
    """Whoever holds a file, a state or a finding holds what it was."""
    fields = attrs.fields(cls)
    assert fields
    for field in fields:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(object.__new__(cls), field.name, None)


@EACH
def test_fields_are_given_by_name(cls: type[Any]) -> None:
    """But for those of a few small classes."""
    assert [field.name for field in attrs.fields(cls) if not field.kw_only] == BY_PLACE.get(cls.__name__, [])


@pytest.mark.parametrize("cls", [states.After, states.Within])
def test_what_a_time_counts_from_is_given_by_name(cls: type[Any]) -> None:
    """One step or several; the value comes first."""
    assert cls("synthetic.days", since="ask").since == ("ask",)
    assert cls("synthetic.days", since=["ask", "again"]).since == ("ask", "again")
    with pytest.raises(TypeError):
        cls("synthetic.days", "ask")
