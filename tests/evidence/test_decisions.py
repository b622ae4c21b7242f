"""Decisions of the Joint Committee."""

from __future__ import annotations

from typing import Any

import pytest

from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import DecisionMode, JointCommitteeDecision, Outcome


@pytest.mark.parametrize("word", list(Outcome))
def test_the_outcome_of_the_step_is_the_decision(word: Outcome) -> None:
    """As a word or as an outcome; which words a step knows is the step's to say."""
    assert JointCommitteeDecision(decision=str(word)).outcome is word
    assert JointCommitteeDecision(decision=word).outcome is word


@pytest.mark.parametrize("word", ["", "approved!", "Registered", None, 5, ["registered"]])
def test_what_is_no_outcome_is_refused(word: Any) -> None:
    """With the words there are."""
    with pytest.raises(EvidenceError, match=r"^decision: .* is none of the words .* Words are positive, negative"):
        JointCommitteeDecision(decision=word)


@pytest.mark.parametrize("word", ["meeting", "electronic", "unlabelled"])
def test_the_mode_may_be_given_as_its_word(word: str) -> None:
    """And is the mode then: a rule on electronic decisions must not overlook one written as text."""
    assert JointCommitteeDecision(decision="registered", mode=word).mode is DecisionMode(word)


def test_the_modes_are_known_and_may_be_left_out() -> None:
    """A source that labels nothing is another thing than nobody saying anything."""
    assert {str(mode) for mode in DecisionMode} == {"meeting", "electronic", "unlabelled"}
    assert JointCommitteeDecision(decision="registered").mode is None


@pytest.mark.parametrize("word", ["", "by mail", 5, ["meeting"]])
def test_what_is_no_mode_is_refused(word: Any) -> None:
    """With the words there are."""
    with pytest.raises(EvidenceError, match=r"^mode: .* is none of the words .* Words are meeting, electronic"):
        JointCommitteeDecision(decision="registered", mode=word)


def test_no_objections_are_not_the_same_as_nothing_said() -> None:
    """A rule on objections is met by the first and missing on the second."""
    assert JointCommitteeDecision(decision="registered", objections=[]).objections == ()
    assert JointCommitteeDecision(decision="registered").objections is None
