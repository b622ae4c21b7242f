"""A decision of the Committee as one record: applied to all its cases or to none, and put right in all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    Accepted,
    Between,
    Case,
    Journal,
    Outcome,
    books,
    decision,
    idea,
    issuance,
    methodology,
    project,
    rejudge,
    verify,
)
from jcm_cycle.days import UNKNOWN_DAY, Period
from jcm_cycle.entries import Source
from jcm_cycle.errors import EvidenceError, JournalError, UnknownStep
from jcm_cycle.evidence import (
    AllocationLine,
    CompletenessConclusion,
    JointCommitteeDecision,
    ProjectIdeaNote,
    Publication,
)

DECIDED = date(2024, 6, 20)
NO_BOOK = {"common.rules_in_force": "there is no book of synthetic rules"}
DECIDES = {"park": project.decide_registration, "note": idea.decide_idea}
SAYS = {"park": "registered", "note": "no_objection"}


def considered(journal: Journal, country: str = "MN") -> list[Case[Any]]:
    """Bring a synthetic project and a synthetic idea before the Committee, in the journal."""
    park = Case.open(project, "park", on=date(2024, 1, 8), country=country)
    note = Case.open(idea, "note", on=date(2024, 1, 8), country=country)
    facts: dict[str, list[Any]] = {
        "park": [
            project.publish_pdd.fact(on=date(2024, 2, 1), evidence=Publication(reference=f"{country}099")),
            project.check_request.fact(on=date(2024, 5, 1), evidence=CompletenessConclusion(conclusion="complete")),
        ],
        "note": [idea.submit_idea.fact(on=date(2024, 5, 2), evidence=ProjectIdeaNote(title="A synthetic heat plant"))],
    }
    for answer in (park, note):
        journal.append(answer)
        for fact in facts[answer.case.id]:
            answer = answer.case.record(fact)  # noqa: PLW2901 - the case as it goes on
            journal.append(answer)
    return [journal.case("park"), journal.case("note")]


def item(case: str = "park", **more: Any) -> decision.Item:
    """Return what a decision says of one of the two."""
    step = more.pop("step", DECIDES[case])
    despite = more.pop("despite", NO_BOOK)
    return decision.Item(
        case=case, step=step, says=JointCommitteeDecision(**{"decision": SAYS[case], **more}), despite=despite
    )


def made(*items: decision.Item, **more: Any) -> decision.Decision:
    """Return a decision of a meeting on both, or on the items given."""
    how = {"id": "JC 9", "decided_on": DECIDED, "mode": "meeting", "meeting": "9th meeting", **more}
    return decision.Decision(items=items or (item("park"), item("note")), **how)


class TestApplied:
    """All of it, or nothing."""

    def test_to_all(self, journal: Journal) -> None:
        """Cases of two machines are decided in one act, and each entry points to the same record."""
        answer = made(effective_on=date(2024, 7, 1), notified_on=date(2024, 6, 25)).attempt(considered(journal))
        assert answer, answer.explain()
        kept = journal.append_all(answer)
        assert [(one.case, one.step, one.on) for one in kept] == [
            ("park", "decide_registration", DECIDED),
            ("note", "decide_idea", DECIDED),
        ]
        assert {one.evidence.record for one in kept} == {"JC 9"}
        assert {one.evidence.cases for one in kept} == {("MN099", "note")}
        again = Journal(journal.path)
        assert [again.case(name).state for name in ("park", "note")] == ["registered", "no_objection"]
        assert verify(journal.path).intact
        assert not rejudge(again).differs

    def test_one_is_refused(self, journal: Journal) -> None:
        """The project has no reason to go through without a book, the idea has: nothing is kept of either."""
        cases = considered(journal)
        before = journal.path.read_bytes()
        both = made(item("park", despite={}), item("note")).attempt(cases)
        assert not both
        assert [refused.case.id for refused in both.refused] == ["park"]
        assert "1 of 2 were not accepted, so that nothing is kept of any of them" in both.explain()
        with pytest.raises(JournalError, match="Only what was accepted"):
            journal.append_all(both)
        assert journal.path.read_bytes() == before

    def test_a_public_reference_names_a_case(self, journal: Journal) -> None:
        """As a decision page does."""
        named = decision.Item(
            case="MN099", step="project.decide_registration", says=JointCommitteeDecision(decision="registered"),
            despite=NO_BOOK,
        )  # fmt: skip
        (answer,) = made(named).attempt(considered(journal))
        assert answer.case.id == "park"

    def test_the_cases_it_covers_may_be_given(self, journal: Journal) -> None:
        """Where some of them are kept elsewhere."""
        (answer,) = made(item(), cases=["MN099", "MN100"]).attempt(considered(journal))
        assert answer.draft.evidence.cases == ("MN099", "MN100")

    @pytest.mark.parametrize(
        ("more", "day"),
        [
            ({"decided_on": None, "met": Period(date(2024, 6, 19), DECIDED)}, Between(date(2024, 6, 19), DECIDED)),
            ({"met": Period(date(2024, 6, 19), DECIDED)}, DECIDED),
            ({"decided_on": None}, UNKNOWN_DAY),
        ],
    )
    def test_a_meeting_of_two_days(self, journal: Journal, more: dict[str, Any], day: Any) -> None:
        """Recorded on one of them where it is not told which; an act needs the day."""
        cases, one = considered(journal), made(**more)
        assert one.day == day
        kept = journal.append_all(one.record(cases))
        assert [entry.on for entry in kept] == [day, day]
        assert [entry.by.role for entry in kept if entry.by] == ["Joint Committee", "Joint Committee"]
        if one.decided_on is None:
            with pytest.raises(EvidenceError, match="JC 9: on which day it was decided is not given"):
                one.attempt(cases)

    def test_a_case_is_lacking(self, journal: Journal) -> None:
        """A list is never applied in part."""
        park, note = considered(journal)
        with pytest.raises(EvidenceError, match="JC 9: note is not among the cases given") as caught:
            made().attempt([park])
        assert caught.value.cure == "A decision is applied to all its cases or to none; give each of them."
        with pytest.raises(EvidenceError, match=r"note is a case of idea, and project\.decide_registration no step"):
            made(item("note", step=project.decide_registration)).record([park, note])

    def test_a_case_that_is_named_twice(self, journal: Journal) -> None:
        """By its id and by its number."""
        paper = JointCommitteeDecision(decision="registered")
        both = [decision.Item(case=name, step=project.decide_registration, says=paper) for name in ("park", "MN099")]
        for name in ("attempt", "record"):
            with pytest.raises(EvidenceError, match="JC 9: park is named twice, by its id and by a number"):
                getattr(made(*both), name)(considered(Journal(journal.path.with_name(f"{name}.jsonl"))))

    def test_a_number_that_several_cases_bear(self) -> None:
        """It has to be the one of the country, or the only one; else the id is asked for."""
        told = [
            Case.open(project, name, on=date(2024, 1, 8), country=country)
            .case.record(project.publish_pdd.fact(on=date(2024, 2, 1), evidence=Publication(reference="MN099")))
            .case
            for name, country in (("here", "MN"), ("there", "BD"))
        ]
        paper = JointCommitteeDecision(decision="registered")
        one = decision.Item(case="MN099", step=project.decide_registration, says=paper)
        for cases in (told, told[::-1]):
            with pytest.raises(EvidenceError, match="JC 9: MN099 may be here or there") as caught:
                made(one).record(cases)
            assert caught.value.cure == "Name the case by its id."
            (answer,) = made(one, country="BD").record(cases)
            assert answer.case.id == "there"

    def test_two_countries(self, journal: Journal) -> None:
        """One Committee decides for one country."""
        park, _ = considered(journal)
        note = Case.open(idea, "note", on=date(2024, 1, 8), country="BD").case
        with pytest.raises(EvidenceError, match="it and its cases are of BD and MN"):
            made().record([park, note])
        with pytest.raises(EvidenceError, match="it and its cases are of BD and MN"):
            made(item(), country="BD").record([park])

    def test_a_case_that_it_does_not_cover(self, journal: Journal) -> None:
        """A list that names other cases is told before anything is judged."""
        with pytest.raises(EvidenceError, match="JC 9: cases: note is none of those that it covers, MN099") as caught:
            made(cases=["MN099"]).attempt(considered(journal))
        assert caught.value.cure == "Name all its cases, by id or public number, or leave `cases` out."

    def test_the_book_of_another_country(self, journal: Journal) -> None:
        """It is refused before it is judged; books of all countries serve each case its own."""
        cases = considered(journal)
        with pytest.raises(EvidenceError, match="rules: the book is that of BD, park a case of MN"):
            made().attempt(cases, rules=books["BD"])
        said = [
            made(item("note", despite={})).attempt(cases, rules=given).answers[0]
            for given in (books, books["MN"], None)
        ]
        assert said[0] == said[1] != said[2]

    def test_one_answer_of_a_list_is_not_kept_alone(self, journal: Journal) -> None:
        """Whether it was attempted or recorded; a list of one is whole."""
        cases = considered(journal)
        before = journal.path.read_bytes()
        for both in (made().attempt(cases), made().record(cases)):
            for alone in (journal.append, lambda one: journal.append_all([one.draft])):
                with pytest.raises(JournalError, match="park was judged together with note") as caught:
                    alone(both.answers[0])
                assert caught.value.cure == "Append all of it with append_all; nothing was written."
        assert journal.path.read_bytes() == before
        (single,) = made(item()).attempt(cases)
        assert journal.append(single).case == "park"

    @pytest.mark.parametrize("name", ["attempt", "record", "correct"])
    def test_what_is_no_list_of_cases(self, journal: Journal, name: str) -> None:
        """A case alone, nothing, and an answer in place of a case."""
        park, _ = considered(journal)
        take = getattr(made(item()), name)
        for given in (park, None, "park"):
            with pytest.raises(EvidenceError, match=r"cases: .* is no list\. Give a list of cases\."):
                take(given)
        with pytest.raises(EvidenceError, match=r"cases: .* is no case"):
            take([made(item()).attempt([park]).answers[0]])


class TestMade:
    """What is no decision is an error before any case is asked."""

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"items": ()}, "at least one"),
            ({"items": ["park"]}, "must be a list of Item"),
            ({"items": [item(), item()]}, "items: park stands twice"),
            ({"items": [item(decided_on=date(2024, 6, 21))]}, "park: decided_on belongs to the decision as a whole"),
            ({"items": [item(record="JC 8")]}, "park: record belongs to the decision as a whole"),
            ({"id": " "}, "id: ' ' is not a name"),
            ({"id": None}, "id: None is not a name"),
            ({"id": "JC \ud800"}, "is not a name"),
            ({"country": "Mongolia"}, "country: 'Mongolia' is not the code of a country"),
            ({"met": "two days"}, "met: 'two days' is no stretch of days"),
            ({"met": Period(date(2024, 6, 18), date(2024, 6, 19))}, "2024-06-20 is no day of the meeting"),
            ({"notified_on": date(2024, 6, 19)}, "notified_on: 2024-06-19 lies before the decision"),
            ({"mode": "by shout"}, "mode"),
            (
                {
                    "decided_on": None,
                    "met": Period(date(2024, 1, 5), date(2024, 1, 6)),
                    "notified_on": date(2023, 2, 1),
                },
                "notified_on: 2023-02-01 lies before the decision of 2024-01-05",
            ),
            ({"circulated_on": date(2024, 6, 21)}, "circulated_on: 2024-06-21 lies after the decision of 2024-06-20"),
            ({"co_chairs_approved": "no"}, "co_chairs_approved: 'no' is neither true nor false"),
        ],
    )
    def test_what_is_wrong_is_said(self, more: dict[str, Any], says: str) -> None:
        """It names the field, or the case."""
        given = {"id": "JC 9", "decided_on": DECIDED, "items": [item()], **more}
        with pytest.raises(EvidenceError, match=says) as caught:
            decision.Decision(**given)
        assert caught.value.cure

    def test_a_step_that_is_none_of_the_committee(self) -> None:
        """Or none at all, or no decision."""
        says = JointCommitteeDecision(decision="registered")
        with pytest.raises(EvidenceError, match=r"project\.publish_pdd is no step of the Joint Committee"):
            decision.Item(case="park", step=project.publish_pdd, says=says)
        for step in ("project.celebrate", "celebration.decide", "project"):
            with pytest.raises(UnknownStep):
                decision.Item(case="park", step=step, says=says)
        with pytest.raises(EvidenceError, match="'registered' is no decision"):
            decision.Item(case="park", step=project.decide_registration, says="registered")  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"case": None}, "case: None is not a name"),
            ({"case": " "}, "case: ' ' is not a name"),
            ({"despite": "there was no time"}, "despite: 'there was no time' are no reasons"),
            ({"entry": 7}, "entry: 7 is no entry of a journal"),
        ],
    )
    def test_an_item_that_says_too_little(self, more: dict[str, Any], says: str) -> None:
        """Each field is looked at, not only the decision."""
        paper = JointCommitteeDecision(decision="registered")
        given = {"case": "park", "step": project.decide_registration, "says": paper, **more}
        with pytest.raises(EvidenceError, match=says) as caught:
            decision.Item(**given)
        assert caught.value.cure


class TestRead:
    """The record is read from the entries that point to it."""

    def test_what_was_kept(self, journal: Journal) -> None:
        """How and when, and each case with its entry."""
        kept = journal.append_all(made().attempt(considered(journal)))
        (read,) = decision.decisions(Journal(journal.path))
        assert (read.id, read.decided_on, read.meeting, read.cases) == (
            "JC 9",
            DECIDED,
            "9th meeting",
            ("MN099", "note"),
        )
        assert [(one.case, one.step, one.entry) for one in read.items] == [
            ("park", "project.decide_registration", kept[0]),
            ("note", "idea.decide_idea", kept[1]),
        ]

    def test_what_rests_on_no_record_is_none(self, journal: Journal) -> None:
        """A decision told for one case alone has no record to point to."""
        park, _ = considered(journal)
        paper = JointCommitteeDecision(decision="registered", decided_on=DECIDED)
        journal.append(park.record(project.decide_registration.fact(on=DECIDED, evidence=paper)))
        assert decision.decisions(journal) == ()

    def test_what_are_no_entries(self) -> None:
        """Nothing, and something else in a list."""
        with pytest.raises(EvidenceError, match="entries: None is no list"):
            decision.decisions(None)  # type: ignore[arg-type]
        with pytest.raises(EvidenceError, match="entries: 'JC 9' is no entry"):
            decision.decisions(["JC 9"])  # type: ignore[list-item]

    def test_two_countries_may_use_one_id(self, journal: Journal) -> None:
        """Each Committee numbers its own decisions."""
        park, note = considered(journal)
        other = Case.open(idea, "other", on=date(2024, 1, 8), country="BD")
        journal.append(other)
        journal.append_all(made().record([park, note]))
        theirs = made(
            decision.Item(case="other", step=idea.decide_idea, says=JointCommitteeDecision(decision="objected"))
        )
        journal.append_all(attrs.evolve(theirs, meeting="2nd meeting").record([other.case]))
        again = Journal(journal.path)
        assert [(one.country, one.id, one.meeting, len(one.items)) for one in decision.decisions(again)] == [
            ("MN", "JC 9", "9th meeting", 2),
            ("BD", "JC 9", "2nd meeting", 1),
        ]

    def test_what_was_voided_is_not_part_of_it(self, journal: Journal) -> None:
        """The rest of the decision stands."""
        first, _ = journal.append_all(made().record(considered(journal)))
        journal.append(journal.case("park").void(replaces=first.seq, reason="another park", on=date(2024, 8, 1)))
        (read,) = decision.decisions(journal)
        assert [one.case for one in read.items] == ["note"]


class TestCorrected:
    """What is wrong in how and when is put right in all entries, or in none."""

    def test_reaches_every_entry(self, journal: Journal) -> None:
        """The day of the decision was another one: every case has it so, and nothing is lost."""
        wrong = journal.append_all(made().attempt(considered(journal)))
        (read,) = decision.decisions(journal)
        right = date(2024, 6, 21)
        cases = [journal.case(name) for name in journal.cases]
        kept = journal.append_all(read.correct(cases, decided_on=right, meeting="10th meeting"))
        assert [(one.replaces, one.on) for one in kept] == [(one.seq, right) for one in wrong]
        again = Journal(journal.path)
        (told,) = decision.decisions(again)
        assert (told.decided_on, told.meeting) == (right, "10th meeting")
        assert [one.entry for one in told.items] == list(kept)
        assert again.case("park").days["decide_registration"] == right
        assert again.case("note").days["decide_idea"] == right
        assert [again.case(name).state for name in ("park", "note")] == ["registered", "no_objection"]
        assert again.case("park", as_of=DECIDED).state == "under_consideration"
        assert verify(journal.path).intact
        (twice,) = decision.decisions(again)
        third = twice.correct([again.case(name) for name in again.cases], notified_on=date(2024, 7, 1))
        assert [one.on for one in again.append_all(third)] == [right, right]

    def test_the_sources_stay(self, journal: Journal) -> None:
        """Unless others are given."""
        pages = (
            (Source(url="https://example.org/page"),),
            (Source(url="https://example.org/other"),),
        )
        journal.append_all(made().record(considered(journal), sources=pages[0]))
        (read,) = decision.decisions(journal)
        cases = [journal.case(name) for name in journal.cases]
        for given, kept in ((), pages[0]), (pages[1], pages[1]):
            right = read.correct(cases, meeting="10th meeting", sources=given)
            assert {one.draft.sources for one in right} == {kept}

    def test_a_number_that_was_corrected_meanwhile(self, journal: Journal) -> None:
        """The entries say which cases are meant."""
        cases = considered(journal)
        journal.append_all(made().record(cases))
        paper = Publication(reference="MN100")
        right = project.publish_pdd.fact(on=date(2024, 2, 1), evidence=paper)
        journal.append(journal.case("park").correct(right, replaces=2))
        (read,) = decision.decisions(journal)
        kept = journal.append_all(read.correct([journal.case(name) for name in journal.cases], meeting="10th meeting"))
        assert {entry.evidence.cases for entry in kept} == {("MN099", "note")}

    def test_a_part_does_not_leave_unnoticed(self, journal: Journal) -> None:
        """A correction of one entry says of which decision it is a part; one that was none of it is voided."""
        first, _ = journal.append_all(made().record(considered(journal)))
        park = journal.case("park")
        for paper in (JointCommitteeDecision(decision="refused"), attrs.evolve(first.evidence, record="JC 8"), None):
            outcome = None if paper is not None else Outcome.REFUSED
            fact = project.decide_registration.fact(on=DECIDED, outcome=outcome, evidence=paper)
            before = journal.path.read_bytes()
            with pytest.raises(JournalError, match="Entry 6 is a part of the decision JC 9") as caught:
                journal.append(park.correct(fact, replaces=first.seq))
            assert caught.value.cure == "Give record='JC 9', or void the entry and record the other act."
            assert journal.path.read_bytes() == before

    def test_an_entry_of_a_day_of_its_own_keeps_it(self, journal: Journal) -> None:
        """Only what had the day of the decision moves with it."""
        cases = considered(journal)
        park, note = made().record(cases)
        assert isinstance(park, Accepted)
        fact = project.decide_registration.fact(on=date(2024, 7, 1), evidence=park.draft.evidence)
        later = cases[0].record(fact)
        journal.append_all([later, note])
        (read,) = decision.decisions(journal)
        right = read.correct([journal.case(name) for name in journal.cases], decided_on=date(2024, 6, 19))
        assert [answer.draft.on for answer in right if answer] == [date(2024, 7, 1), date(2024, 6, 19)]

    def test_one_entry_is_not_corrected_alone(self, journal: Journal) -> None:
        """The journal takes no entry that tells the decision in another way, and nothing is written."""
        first, _ = journal.append_all(made().attempt(considered(journal)))
        paper = JointCommitteeDecision(
            decision="registered", record="JC 9", decided_on=date(2024, 6, 21), cases=["MN099", "note"]
        )
        fact = project.decide_registration.fact(on=date(2024, 6, 21), evidence=paper)
        before = journal.path.read_bytes()
        with pytest.raises(JournalError, match="decided_on is 2024-06-21, and 2024-06-20") as caught:
            journal.append(journal.case("park").correct(fact, replaces=first.seq))
        assert "decision.correct" in caught.value.cure
        assert journal.path.read_bytes() == before
        with pytest.raises(JournalError, match="JC 9 is told in two ways"):
            Journal(journal.path).append(journal.case("park").correct(fact, replaces=first.seq))

    def test_what_one_case_says_is_corrected_in_it(self, journal: Journal) -> None:
        """The outcome and the number are the case's own."""
        _, note = journal.append_all(made().attempt(considered(journal)))
        (read,) = decision.decisions(journal)
        paper = JointCommitteeDecision(**{**read.how, "decision": "objected", "record": "JC 9"})
        fact = idea.decide_idea.fact(on=DECIDED, evidence=paper)
        journal.append(journal.case("note").correct(fact, replaces=note.seq))
        (told,) = decision.decisions(journal)
        assert [(one.case, one.says.decision) for one in told.items] == [("park", "registered"), ("note", "objected")]

    def test_two_tellings_at_once(self, journal: Journal) -> None:
        """Two decisions of one id cannot be appended together, nor one after the other."""
        park, note = considered(journal)
        (first,) = made(item("park")).record([park])
        (other,) = made(item("note"), cases=["MN099", "note"], meeting="8th meeting").record([note])
        with pytest.raises(JournalError, match="meeting is 9th meeting, and 8th meeting"):
            journal.append_all([first, other])
        journal.append(first)
        with pytest.raises(JournalError, match="meeting is 8th meeting, and 9th meeting"):
            journal.append(other)

    def test_it_says_one_thing_of_a_case(self, journal: Journal) -> None:
        """A decision that leaves a case open is not taken a second time under its id."""
        cases = considered(journal)
        journal.append_all(made(item("park", decision="otherwise"), item("note")).record(cases))
        (again,) = made(item("park"), cases=["MN099", "note"]).record([journal.case("park")])
        before = journal.path.read_bytes()
        with pytest.raises(JournalError, match="The decision JC 9 already says something of park"):
            journal.append(again)
        assert journal.path.read_bytes() == before
        (later,) = made(item("park"), id="JC 10").record([journal.case("park")])
        journal.append(later)
        assert [one.id for one in decision.decisions(journal)] == ["JC 9", "JC 10"]

    def test_the_list_of_its_cases_can_be_corrected(self, journal: Journal) -> None:
        """It covered one more, which is kept elsewhere."""
        journal.append_all(made().record(considered(journal)))
        (read,) = decision.decisions(journal)
        cases = [journal.case(name) for name in journal.cases]
        journal.append_all(read.correct(cases, cases=["MN099", "note", "MN100"]))
        (told,) = decision.decisions(journal)
        assert told.cases == ("MN099", "note", "MN100")

    def test_an_id_counts_before_a_reference(self, journal: Journal) -> None:
        """A case that is called as another is numbered."""
        park, note = considered(journal)
        named = attrs.evolve(note, id="MN099")
        for given in ([park, named], [named, park]):
            only = decision.Item(case="MN099", step=idea.decide_idea, says=JointCommitteeDecision(decision="objected"))
            (answer,) = made(only).record(given)
            assert answer.case.machine == "idea"

    def test_misuse(self, journal: Journal) -> None:
        """A field that is a case's own, and a decision that no journal keeps."""
        cases = considered(journal)
        with pytest.raises(EvidenceError, match="number is no field of how and when") as caught:
            made().correct(cases, number="MN099")
        assert "decided_on, met, effective_on" in caught.value.cure
        with pytest.raises(EvidenceError, match="park: the decision was not read from entries"):
            made().correct(cases, meeting="8th meeting")


@pytest.mark.parametrize("step", [issuance.decide_issuance, methodology.decide_methodology])
def test_a_step_of_any_machine(step: Any) -> None:
    """Named by itself or by its id."""
    says = JointCommitteeDecision(decision=next(iter(step.triggers)))
    assert decision.Item(case="x", step=step, says=says).taken is step
    assert decision.Item(case="x", step=step.id, says=says) == decision.Item(case="x", step=step, says=says)


def test_as_text() -> None:
    """What a Committee can read: how and when, and what is said of each case."""
    lines = [AllocationLine(side="JP", amount=1_200), AllocationLine(side="MN", amount=300)]
    paper = JointCommitteeDecision(decision="notified", lines=lines, reasons=["as asked"])
    batch = decision.Item(case="batch", step=issuance.decide_issuance, says=paper)
    one = made(item("park", number="MN099"), batch, cases=["MN099", "batch"], co_chairs_approved=True, objections=[])
    assert str(one).split("\n") == [
        (
            "DECISION  JC 9: decided on 2024-06-20; mode meeting; meeting 9th meeting; cases MN099, batch; "
            "objections none; co chairs approved yes"
        ),
        "  park: project.decide_registration registered (MN099)",
        "  batch: issuance.decide_issuance notified (as asked, JP 1,200 t, MN 300 t)",
    ]
    bare = decision.Decision(id="JC 9", items=[item()])
    assert str(bare).startswith("DECISION  JC 9: how and when is not told\n  park: ")
