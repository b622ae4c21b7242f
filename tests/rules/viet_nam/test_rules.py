"""The rules that Viet Nam alone has, under its own book; every case is synthetic."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import Case, Journal, Role, books, evidence as ev, issuance, project, register, tpe, transfer

BOOK = books["VN"]
DAY = date(2026, 12, 31)
"""A day on which each of the rules surely holds, for all that is known."""
TRANSLATION = "vn.project.submit_pdd.translation"
ONCE = "vn.tpe.complete_application.one_request"
AFTER = "vn.transfer.record_authorisation.after_issuance"
NOT_REVOKED = "vn.transfer.record_first_transfer.not_revoked"


def finding(answer: Any, rule: str) -> Any:
    """Return what one rule says of an act."""
    (found,) = [one for one in answer.findings if one.rule == rule]
    return found


def opened(machine: Any, name: str = "one", **more: Any) -> Case[Any]:
    """Open a case in Viet Nam."""
    return Case.open(machine, name, on=DAY, rules=BOOK, **more).case


# --- translations


def submits(**more: Any) -> Any:
    """Attempt the submission of a design document."""
    design = ev.DesignDocument(title="Synthetic", contains_confidential=False)
    paper = ev.PDDSubmission(design_document=design, contains_confidential=False, **more)
    return opened(project).attempt(project.submit_pdd(paper, by=Role.PARTICIPANT, on=DAY), rules=BOOK)


@pytest.mark.parametrize(
    ("paper", "verdict"),
    [
        ({"ministry_supported": True, "translations": ("Vietnamese",)}, "met"),
        ({"translations": ["Vietnamese"]}, "met"),
        ({"ministry_supported": False}, "met"),
        ({"ministry_supported": False, "translations": ()}, "met"),
        ({"ministry_supported": True, "translations": ()}, "unmet"),
        ({"ministry_supported": True, "translations": ("Lao",)}, "unmet"),
        ({"ministry_supported": True}, "missing"),
        ({"translations": ()}, "missing"),
        ({}, "missing"),
    ],
)
def test_translations_are_asked_of_projects_that_the_ministry_supports(paper: dict[str, Any], verdict: str) -> None:
    """For reference only: nothing is refused for it."""
    found = finding(submits(**paper), TRANSLATION)
    assert (found.verdict, found.effect, found.refuses) == (verdict, "advises", False)
    assert found.cites.startswith("Notice of the Japanese environment ministry")


def test_translations_are_asked_of_the_request_too() -> None:
    """By the same rule."""
    case = opened(project).record(project.observed("validated", on=DAY)).case
    paper = ev.RegistrationRequest(ministry_supported=True, translations=())
    answer = case.attempt(project.request_registration(paper, by=Role.PARTICIPANT, on=DAY), rules=BOOK)
    assert finding(answer, TRANSLATION).verdict == "unmet"


# --- applications of entities


def test_an_application_is_completed_once() -> None:
    """A second time is refused, with article 6 of the circular."""
    case = opened(tpe).record(tpe.observed("returned", on=DAY)).case
    paper = ev.DesignationApplication(entity="Example Entity", scopes=(ev.Scopes(numbers=(1,)),))
    act = tpe.complete_application(paper, by=Role.CANDIDATE, on=DAY)
    assert finding(case.attempt(act, rules=BOOK), ONCE).verdict == "met"
    case = case.record(tpe.complete_application.fact(on=DAY, evidence=paper)).case
    case = case.record(tpe.observed("returned", on=DAY)).case
    answer = case.attempt(act, rules=BOOK)
    assert not answer
    told = answer.explain()
    assert "An incomplete application is completed once: the secretariat asks for that one single time." in told
    assert "completed_before: 1" in told
    assert "Circular 17/2015/TT-BTNMT" in told
    assert "article 6" in told
    early = tpe.complete_application(paper, by=Role.CANDIDATE, on=date(2026, 1, 5))
    before = Case.imported(tpe, "two", ev.Opening(country="VN"), on=date(2014, 5, 1)).case
    before = before.record(tpe.observed("returned", on=date(2025, 1, 1))).case
    assert finding(before.attempt(early, rules=BOOK), ONCE).facts["why"].startswith("not known which version applied")


# --- transfers


BLOCK = ev.Block(side="VN", amount=10, years=(2024,))


def authorises(party: str, known: Any, approved: str | None = "outcomes", **more: Any) -> Any:
    """Attempt the authorisation of a block of an issuance."""
    case = opened(transfer, "block", **{"of": "issuance", "block": BLOCK, **more})
    role = Role.HOST_AUTHORITY if party == "VN" else Role.JAPANESE_AUTHORITY
    act = transfer.record_authorisation(ev.Authorisation(party=party, object=approved), by=role, on=DAY)
    return case.attempt(act, rules=BOOK, register=known)


def test_viet_nam_approves_a_transfer_after_issuance() -> None:
    """By the day of the approval; Japan is not bound by it, and what nobody knows is missing."""
    credited = register.Credited(issuance="issuance", side="VN", on=DAY)
    assert finding(authorises("VN", register.facts(credited)), AFTER).verdict == "met"
    late = register.Credited(issuance="issuance", side="VN", on=date(2027, 1, 5))
    answer = authorises("VN", register.facts(late))
    assert not answer
    assert "Viet Nam approves the transfer of results after the credits are issued." in answer.explain()
    assert finding(answer, AFTER).earliest == date(2027, 1, 5)
    assert finding(authorises("VN", register.facts()), AFTER).verdict == "missing"
    assert finding(authorises("JP", register.facts(late)), AFTER).verdict == "met"
    assert finding(authorises("VN", register.facts(credited), block=None), AFTER).verdict == "missing"


@pytest.mark.parametrize(
    ("approved", "verdict"),
    [("outcomes", "unmet"), ("activity", "met"), ("approach", "met"), ("entity", "met"), (None, "missing")],
)
def test_only_the_approval_of_results_waits_for_their_issuance(approved: str | None, verdict: str) -> None:
    """The project itself, the approach and an entity may be approved before there are any credits."""
    late = register.Credited(issuance="issuance", side="VN", on=date(2027, 1, 5))
    assert finding(authorises("VN", register.facts(late), approved), AFTER).verdict == verdict


def test_cases_know_of_each_other_who_has_issued() -> None:
    """A side that has issued nothing yet says no; where a side is not told, nobody knows."""
    whole: Case[Any] = Case.imported(
        issuance, "issuance", ev.Opening(country="VN", of="solar"), on=date(2026, 1, 5)
    ).case
    reported = whole.record(issuance.observed("notified", on=date(2026, 2, 1))).case
    assert finding(authorises("VN", register.of([reported])), AFTER).verdict == "unmet"
    issued = reported.record(
        issuance.issue_credits.fact(on=date(2026, 3, 1), evidence=ev.RegistryIssuance(side="JP", amount=4))
    ).case
    known = register.of([issued])
    assert known.credited("issuance", "JP", DAY) == register.Yes(
        {"issuance": "issuance", "side": "JP", "issued_on": date(2026, 3, 1)}
    )
    assert known.credited("issuance", "JP", date(2026, 2, 28)).earliest == date(2026, 3, 1)
    assert isinstance(known.credited("issuance", "VN", DAY), register.No)
    whole_amount = ev.RegistryIssuance(amount=10, total=True)
    both = reported.record(issuance.issue_credits.fact(on=date(2026, 3, 1), evidence=whole_amount)).case
    assert isinstance(register.of([both]).credited("issuance", "VN", DAY), register.NotKnown)
    assert isinstance(register.first_of(register.facts(), known).credited("issuance", "JP", DAY), register.Yes)


@pytest.mark.parametrize(("ended", "verdict"), [(False, "met"), (True, "unmet"), (None, "missing")])
def test_what_was_revoked_or_has_expired_is_not_transferred(*, ended: bool | None, verdict: str) -> None:
    """Blocked as read in the decree, and so where nobody tells."""
    case = opened(transfer, "block", of="issuance", block=BLOCK).record(transfer.observed("authorised", on=DAY)).case
    act = transfer.record_first_transfer(ev.TransferRecord(approval_ended=ended), by=Role.REGISTRY, on=DAY)
    found = finding(case.attempt(act, rules=BOOK), NOT_REVOKED)
    assert (found.verdict, found.effect) == (verdict, "blocks")


def test_an_approval_that_is_on_file_as_taken_back_counts_too() -> None:
    """Whatever the record of the transfer says."""
    case = opened(transfer, "block", of="issuance", block=BLOCK)
    for fact in (
        transfer.record_authorisation.fact(on=DAY, evidence=ev.Authorisation(party="VN")),
        transfer.revoke_authorisation.fact(on=DAY, evidence=ev.Notice(reason="synthetic")),
    ):
        case = case.record(fact).case
    act = transfer.record_first_transfer(ev.TransferRecord(approval_ended=False), by=Role.REGISTRY, on=DAY)
    assert finding(case.attempt(act, rules=BOOK), NOT_REVOKED).verdict == "unmet"


# --- years later


def test_a_journal_is_judged_again_where_nobody_has_asked_for_the_book_yet(tmp_path: Path) -> None:
    """The rules that the country alone has come with its book, which is then read."""
    journal = Journal(tmp_path / "entity.jsonl")
    opening = Case.open(project, "solar", on=DAY, rules=BOOK)
    journal.append(opening)
    why = dict.fromkeys(
        (one.rule for one in submits().findings if one.refuses), "synthetic"
    )  # what else the rules ask for is not what this is about
    design = ev.DesignDocument(title="Synthetic", contains_confidential=False)
    paper = ev.PDDSubmission(design_document=design, contains_confidential=False)
    act = project.submit_pdd(paper, by=Role.PARTICIPANT, on=DAY, despite=why)
    answer = opening.case.attempt(act, rules=BOOK)
    assert answer, answer.explain()
    journal.append(answer)
    script = "import sys; from jcm_cycle import Journal, rejudge; found = rejudge(Journal(sys.argv[1])); "
    script += "print(found.same, len(found.differs), len(found.revised))"
    done = subprocess.run([sys.executable, "-c", script, str(journal.path)], capture_output=True, text=True, check=True)
    judged = [one for one in answer.findings if not one.rule.startswith("procedure.")]
    assert done.stdout.split() == [str(len(judged)), "0", "0"]
    assert TRANSLATION in {one.rule for one in judged}
