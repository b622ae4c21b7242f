"""What a journal does not take: drafts that are stale, that contradict it, or could not be read again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    Accepted,
    Case,
    Draft,
    Journal,
    Outcome,
    Role,
    evidence as ev,
    idea,
    methodology,
    project,
    verify,
)
from jcm_cycle.errors import (
    CaseExists,
    JournalError,
    ReferenceTaken,
    StaleDraft,
    UnknownCase,
    UnknownStep,
)
from jcm_cycle.states import MACHINES
from tests.journals import DAY, Walk, an_input, files_in, opened

# What is not appended


def test_a_case_is_opened_once(journal: Journal) -> None:
    """Another opening under the same id is another case."""
    journal.append(opened())
    with pytest.raises(CaseExists, match="already holds"):
        journal.append(opened())
    assert len(Journal(journal.path)) == 1


def test_a_draft_for_a_case_that_was_not_opened_here_is_refused(journal: Journal) -> None:
    """It belongs to another journal, or its opening was forgotten."""
    with pytest.raises(UnknownCase, match="no case 'case-1'"):
        journal.append(an_input(opened().case))
    assert not journal.path.exists()


def test_an_act_judged_on_a_case_that_has_changed_since_is_stale(journal: Journal, walk: Walk, world: Any) -> None:
    """The same draft twice, or two drafts judged on one state, give one entry."""
    case = walk(journal, "submit_pdd")
    first = world.attempt("publish_pdd", case=case)
    second = world.attempt("publish_pdd", case=case, reference="ZZ002")
    journal.append(first)
    for stale in (first, second):
        with pytest.raises(StaleDraft, match="3 entries"):
            journal.append(stale)
    moved = case.move("plain", on=world.day("publish_pdd"), rules=world.book(), reason="agreed")
    with pytest.raises(StaleDraft):
        journal.append(moved)
    assert len(Journal(journal.path)) == 3


def test_a_fact_is_never_stale(journal: Journal, walk: Walk) -> None:
    """It was not judged on anything."""
    case = walk(journal)
    for _ in range(2):
        journal.append(an_input(case))
    assert len(journal) == 3


def test_an_act_judged_on_what_was_known_earlier_is_stale(
    journal: Journal, walk: Walk, world: Any, instant: Callable[[int], datetime]
) -> None:
    """As the case stood in the light of what was known then, it stands no longer."""
    walk(journal, "submit_pdd", "publish_pdd")
    past = journal.case(known_at=instant(2))
    assert (past.state, past.entries) == ("submitted", 2)
    with pytest.raises(StaleDraft):
        journal.append(world.attempt("publish_pdd", case=past, reference="ZZ009"))


def test_an_act_judged_on_entries_that_are_not_in_the_journal_is_stale(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """A copy of the journal that went on by itself knows more than the journal does."""
    case = walk(journal, "submit_pdd")
    path = journal.path.with_name("copy.jsonl")
    path.write_bytes(journal.path.read_bytes())
    copy = Journal(path)
    copy.append(an_input(case))
    with pytest.raises(StaleDraft, match="has 2 entries; the act was judged on 3"):
        journal.append(world.attempt("publish_pdd", case=copy.case()))


def test_an_act_may_be_judged_as_of_an_earlier_day(journal: Journal, walk: Walk, world: Any) -> None:
    """What the refusal for the order of days advises: the act takes its place before what came later."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    day = world.day("submit_pdd") + timedelta(days=2)
    assert not world.attempt("replace_moc", case=case, on=day)
    earlier = journal.case(as_of=day)
    answer = world.attempt("replace_moc", case=earlier, on=day)
    assert isinstance(answer, Accepted), str(answer)
    journal.append(answer)
    assert journal.case(as_of=day) == answer.case
    assert journal.case().state == "in_validation"
    assert [on for on, _ in journal.case().file.modalities] == [world.day("submit_pdd"), day]


def test_a_reference_belongs_to_one_case(journal: Journal, walk: Walk) -> None:
    """However it is given: by publication, by decision, or when a case from a record is opened."""
    walk(journal, "submit_pdd", "publish_pdd")
    case = walk(journal, case="case-2")
    publication = project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="ZZ001"))
    decision = ev.JointCommitteeDecision(decision=Outcome.REGISTERED, number="ZZ001")
    for answer in (
        case.record(publication),
        case.record(project.decide_registration.fact(on=DAY, evidence=decision)),
        Case.imported(project, "case-3", ev.Opening(country="ZZ", reference="ZZ001"), on=DAY),
    ):
        with pytest.raises(ReferenceTaken, match="already belongs to case-1"):
            journal.append(answer)
    for found in (journal, Journal(journal.path)):
        assert found.case("ZZ001").id == "case-1"


def test_a_methodology_and_its_revision_have_references_of_their_own(journal: Journal) -> None:
    """Number and version together name an approved methodology; the number of a proposal is one as well."""
    listed = ev.CompletenessConclusion(conclusion="complete", reference="MN_PM099")
    for name, version in (("first", "1.0"), ("second", "2.0")):
        case = Case.open(methodology, name, on=DAY, country="MN")
        journal.append(case)
        decided = ev.JointCommitteeDecision(decision="approved", number="MN_AM099", version=version)
        facts = [methodology.check_proposal.fact(on=DAY, evidence=listed)] if name == "first" else []
        for fact in (*facts, methodology.decide_methodology.fact(on=DAY, evidence=decided)):
            case = case.case.record(fact)
            journal.append(case)
    note = Case.open(idea, "note", on=DAY, country="MN")
    journal.append(note)
    paper = ev.ProjectIdeaNote(title="synthetic", reference="MN_PIN099")
    journal.append(note.case.record(idea.submit_idea.fact(on=DAY, evidence=paper)))
    for found in (journal, Journal(journal.path)):
        for name in found.cases:
            assert {found.case(reference).id for reference in found.case(name).references} == {name}
        assert found.case("MN_AM099 Ver2.0").id == "second"
    other = Case.open(methodology, "third", on=DAY, country="MN")
    journal.append(other)
    with pytest.raises(ReferenceTaken, match="MN_PM099 already belongs to first"):
        journal.append(other.case.record(methodology.check_proposal.fact(on=DAY, evidence=listed)))


def test_a_reference_given_by_mistake_is_free_again_when_that_is_corrected(journal: Journal, walk: Walk) -> None:
    """Folds skip what is replaced, and so does the list of references."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    right = project.publish_pdd.fact(on=case.days["publish_pdd"], evidence=ev.Publication(reference="ZZ002"))
    journal.append(case.correct(right, replaces=3))
    other = walk(journal, "submit_pdd", case="case-2")
    journal.append(other.record(project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="ZZ001"))))
    for found in (journal, Journal(journal.path)):
        assert (found.case("ZZ001").id, found.case("ZZ002").id) == ("case-2", "case-1")
        assert found.case("case-1").references == ("ZZ002",)


@pytest.mark.parametrize("seq", [1, 4, 0, -1, 99, 5, True, "2"])
def test_what_a_correction_replaces_must_be_there_and_count(journal: Journal, walk: Walk, seq: Any) -> None:
    """Not the opening, not another case's entry, not a void, nothing that is replaced already."""
    case = walk(journal, "submit_pdd")
    journal.append(case.void(replaces=2, reason="entered twice", on=DAY))
    walk(journal, "submit_pdd", case="case-2")
    for answer in (
        case.void(replaces=seq, reason="why not", on=DAY),
        case.correct(project.submit_pdd.fact(on=DAY), replaces=seq),
        case.void(replaces=2, reason="again", on=DAY),
        case.void(replaces=3, reason="the void of a void", on=DAY),
    ):
        with pytest.raises(UnknownCase, match="could be replaced"):
            journal.append(answer)


def test_a_correction_is_of_an_entry_of_its_own_case(journal: Journal) -> None:
    """An entry of another case stays, whichever of them was opened first."""
    names = ("a", "b")
    for name in names:
        journal.append(opened(name))
    for name in names:
        journal.append(an_input(opened(name).case))
    for name, seq in (("a", 4), ("b", 3)):
        with pytest.raises(UnknownCase, match="could be replaced"):
            journal.append(journal.case(name).void(replaces=seq, reason="of the other", on=DAY))
    for name, seq in (("a", 3), ("b", 4)):
        journal.append(journal.case(name).void(replaces=seq, reason="entered twice", on=DAY))


def test_a_draft_of_no_step_or_machine_is_refused(journal: Journal) -> None:
    """Whoever makes a draft by hand."""
    journal.append(opened())
    made = an_input(opened().case).draft
    for changes in ({"step": "celebrate"}, {"machine": "transfer"}, {"machine": None}, {"step": ["open"]}):
        with pytest.raises(UnknownStep):
            journal.append(attrs.evolve(made, **changes))
    assert len(Journal(journal.path)) == 1


def test_a_draft_of_another_machine_than_its_case_is_refused(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """One id is one case of one machine."""
    journal.append(opened())
    for name in ("double", "twin"):
        monkeypatch.setitem(MACHINES, name, project)  # type: ignore[arg-type]
        with pytest.raises(UnknownStep, match="no step of a case of project"):
            journal.append(attrs.evolve(an_input(opened().case).draft, machine=name))


def test_what_was_refused_is_not_appended(journal: Journal, walk: Walk, world: Any) -> None:
    """Neither the refusal, nor what it says."""
    refused = world.attempt("publish_pdd", case=walk(journal, "submit_pdd"), by=Role.PUBLIC)
    with pytest.raises(JournalError, match="was not"):
        journal.append(refused)
    assert len(Journal(journal.path)) == 2


def test_an_act_judged_by_the_book_of_another_country_is_refused(journal: Journal, walk: Walk, world: Any) -> None:
    """Attempting it shows what that book would say; what happened was judged by the country's own."""
    case = walk(journal)
    other = world.book(book={"country": "YY"}, source={"MEMO": {"about": "YY"}, "PCP": {"about": "YY"}})
    answer = case.attempt(world.act("submit_pdd"), rules=other, register=world.register)
    assert isinstance(answer, Accepted)
    with pytest.raises(JournalError, match="book of YY"):
        journal.append(answer)
    elsewhere = Case.open(project, "p", on=world.opened, country="YY")
    journal.append(elsewhere)
    with pytest.raises(JournalError, match="p is a case of YY; the draft was judged by the book of ZZ"):
        journal.append(attrs.evolve(an_input(elsewhere.case).draft, editions=(world.book().edition(world.opened),)))


UNREADABLE = [
    ({"evidence": ev.PublicInput(summary=7)}, "is not a text"),  # type: ignore[arg-type]
    ({"evidence": ev.PublicInput(summary=1.5)}, "floating-point"),  # type: ignore[arg-type]
    ({"evidence": ev.PublicInput(summary="\ud800")}, "surrogates"),
    ({"evidence": ev.PublicInput(summary=object())}, "draft cannot be kept"),  # type: ignore[arg-type]
    ({"evidence": ev.PublicInput(author="Alta")}, "author"),  # type: ignore[arg-type]
    ({"evidence": ev.Receipt()}, "rests on PublicInput"),
    ({"evidence": "a letter"}, "draft cannot be kept"),
    ({"outcome": Outcome.POSITIVE}, "cannot end"),
    ({"state": "paradise"}, "no state 'paradise'"),
    ({"replaces": "2"}, "could be replaced"),
    ({"by": Role.PUBLIC}, "draft cannot be kept"),
    ({"by": "nobody"}, "draft cannot be kept"),
    ({"on": "yesterday"}, "draft cannot be kept"),
    ({"on": datetime(2024, 4, 1)}, "is not a day"),  # noqa: DTZ001 - what it must refuse
    ({"case": 7}, "no case 7"),
    ({"sources": ("a page",)}, "draft cannot be kept"),
    ({"basis": "rumour"}, "draft cannot be kept"),
    ({"step": "open", "case": "case-2"}, "open rests on Opening"),
    ({"step": "move"}, "move rests on Move"),
]


@pytest.mark.parametrize(("changes", "why"), UNREADABLE)
def test_what_could_not_be_read_again_is_not_written(journal: Journal, changes: dict[str, Any], why: str) -> None:
    """A journal that holds it could never be opened; nothing of it is on disk, and the journal goes on."""
    journal.append(opened())
    journal.append(an_input(opened().case, author="Alta"))
    stored = files_in(journal.path.parent)
    made = an_input(opened().case, author="Bert").draft
    draft = attrs.evolve(made) if not changes else _made(made, changes)
    with pytest.raises((JournalError, UnknownCase), match=re.escape(why)):
        journal.append(draft)
    assert files_in(journal.path.parent) == stored
    journal.append(made)
    assert tuple(Journal(journal.path)) == tuple(journal)


def _made(draft: Draft, changes: dict[str, Any]) -> Draft:
    """Return a draft as somebody makes it who checks nothing."""
    made = attrs.evolve(draft)
    for name, value in changes.items():
        object.__setattr__(made, name, value)
    return made


def test_an_entry_whose_findings_contradict_that_it_was_accepted_is_not_written(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """It would be the first broken line."""
    case = walk(journal, "submit_pdd")
    refused = world.attempt("publish_pdd", case=case, by=Role.PUBLIC)
    accepted = world.attempt("publish_pdd", case=case)
    with pytest.raises(JournalError, match=r"although procedure\.role blocks"):
        journal.append(attrs.evolve(accepted.draft, findings=refused.findings))
    journal.append(accepted)
    assert verify(journal.path).intact
