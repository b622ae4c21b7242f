"""Which design document is the registered one on a day, and who speaks for a project then."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from jcm_cycle import UNKNOWN_DAY, Between, Case, Outcome, evidence as ev, issuance, project
from jcm_cycle.errors import EvidenceError

REGISTERED = date(2024, 6, 20)
"""The day on which Synthetia's project is decided upon."""


def whole(world: Any) -> Case[Any]:
    """Return a registered project of Synthetia."""
    case = world.case("submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation", "request_registration",
                      "acknowledge_request", "check_request", "decide_registration")  # fmt: skip
    assert case.state == "registered"
    return case  # type: ignore[no-any-return]


def changed(case: Case[Any], on: Any, version: str = "2.0") -> Case[Any]:
    """Return the case after an approved change of its design document."""
    paper = ev.ChangeEffect(change="change-1", document_version=version)
    return case.record(project.apply_change.fact(on=on, evidence=paper)).case


class TestDocuments:
    """The registered design document."""

    def test_it_is_the_one_that_was_requested(self, world: Any) -> None:
        """From the day of registration on, and not before; the versions before the procedure are listed."""
        case = whole(world)
        found = case.documents(date(2024, 7, 1))
        assert found.registered is not None
        assert (str(found.registered.version), found.registered.since) == ("01.0", REGISTERED)
        assert [str(one.version) for one in found.versions] == ["01.0"]
        assert found.why is None
        before = case.documents(date(2024, 6, 19))
        assert (before.registered, before.why) == (None, "the project was not registered by then")
        assert case.documents(REGISTERED).registered is not None

    def test_a_change_holds_from_its_day(self, world: Any) -> None:
        """On the day before, the older version still is the registered one."""
        case = changed(whole(world), date(2025, 2, 1))
        assert str(case.documents(date(2025, 1, 31)).registered.version) == "01.0"  # type: ignore[union-attr]
        held = case.documents(date(2025, 2, 1))
        assert held.registered is not None
        assert (str(held.registered.version), held.registered.step) == ("02.0", "apply_change")
        assert [str(one.version) for one in held.versions] == ["01.0", "02.0"]

    def test_a_change_of_which_the_day_is_not_known_leaves_it_open(self, world: Any) -> None:
        """Neither version is named on a day on which either may hold."""
        case = changed(whole(world), Between(date(2025, 2, 1), date(2025, 3, 1)))
        assert case.documents(date(2025, 2, 10)).why == "whether a changed version held by then is not known"
        assert case.documents(date(2025, 2, 10)).registered is None
        assert case.documents(date(2025, 1, 31)).registered is not None
        assert str(case.documents(date(2025, 3, 1)).registered.version) == "02.0"  # type: ignore[union-attr]

    def test_a_registration_of_which_the_day_is_not_known(self) -> None:
        """Whether there was a registered document by then is not known."""
        opening = ev.Opening(country="ZZ", reference="ZZ001")
        case = Case.imported(project, "x", opening, on=UNKNOWN_DAY).case
        decision = ev.JointCommitteeDecision(decision=Outcome.REGISTERED)
        known = case.record(project.decide_registration.fact(on=Between(not_after=date(2020, 1, 1)), evidence=decision))
        assert known.case.documents(date(2019, 1, 1)).why == "whether the project was registered by then is not known"
        later = known.case.documents(date(2020, 1, 1)).why
        assert later == "neither the request for registration nor the validation report names a version"

    def test_a_withdrawn_project_has_none(self, world: Any) -> None:
        """From the day of withdrawal on; where that is not known, it may be so."""
        case = whole(world)
        gone = case.record(project.withdraw_project.fact(on=date(2026, 1, 1))).case
        assert gone.documents(date(2026, 1, 1)).why == "the registration was withdrawn"
        assert gone.documents(date(2025, 12, 31)).registered is not None
        perhaps = case.record(project.withdraw_project.fact(on=UNKNOWN_DAY)).case
        assert perhaps.documents(date(2025, 1, 1)).why == "the registration may have been withdrawn"


class TestContacts:
    """Who may sign."""

    def test_they_are_those_in_force_on_the_day(self, world: Any) -> None:
        """The statement that was filed, then the amended one from its day on."""
        case = whole(world)
        amended = case.attempt(
            world.act("amend_moc", on=date(2025, 1, 10)), rules=world.book(), register=world.register
        ).case
        before = amended.contacts(date(2025, 1, 9))
        assert before.statement is not None
        assert before.statement.focal_point.name == "Example Trading"
        assert before.statement.participants == ("Synthetia Solar", "Example Trading")
        after = amended.contacts(date(2025, 1, 10))
        assert after.statement is not None
        assert after.statement.participants == ("Synthetia Solar", "Example Trading", "New Partner")
        assert (before.since, after.since) == (world.day("submit_pdd"), date(2025, 1, 10))

    def test_before_the_first_statement_there_are_none(self, world: Any) -> None:
        """The answer says why."""
        found = whole(world).contacts(date(2024, 1, 1))
        assert (found.statement, found.why) == (None, "no modalities of communication were in force by then")

    def test_a_statement_of_which_the_day_is_not_known_leaves_it_open(self, world: Any) -> None:
        """Neither the older nor the newer one is named."""
        case = whole(world)
        fact = project.replace_moc.fact(
            on=Between(date(2025, 1, 1), date(2025, 2, 1)), evidence=world.good["replace_moc"]
        )
        moved = case.record(fact).case
        assert moved.contacts(date(2025, 1, 15)).why == "whether a statement was in force by then is not known"
        assert moved.contacts(date(2025, 2, 1)).statement is not None


@pytest.mark.parametrize("query", ["documents", "contacts"])
def test_only_a_project_is_asked_and_only_for_a_day(world: Any, query: str) -> None:
    """An issuance has neither, and an instant or a stretch is no day."""
    other = Case.open(issuance, "i", on=date(2024, 1, 1), country="ZZ", of="x").case
    with pytest.raises(EvidenceError, match="Ask the case of its project"):
        getattr(other, query)(date(2024, 1, 1))
    for wrong in (UNKNOWN_DAY, datetime(2024, 1, 1), "2024-01-01", None):  # noqa: DTZ001 - it is refused
        with pytest.raises(EvidenceError, match="is not a day"):
            getattr(world.case(), query)(wrong)


def test_as_text(world: Any) -> None:
    """A line each, also where there is nothing."""
    case = whole(world)
    assert str(case.documents(date(2024, 7, 1))) == (
        "DOCUMENTS  on 2024-07-01: registered is version 01.0, since 2024-06-20; "
        "before the procedure: version 01.0 of 2024-04-02"
    )
    assert str(case.documents(date(2024, 4, 1))) == (
        "DOCUMENTS  on 2024-04-01: none is registered, for the project was not registered by then"
    )
    assert str(case.contacts(date(2024, 7, 1))) == (
        "CONTACTS  on 2024-07-01: focal point Example Trading; participants Synthetia Solar, Example Trading; "
        "entities Example Entity; in force since 2024-04-02"
    )
    assert str(case.contacts(date(2024, 4, 1))) == (
        "CONTACTS  on 2024-04-01: no modalities of communication were in force by then"
    )
