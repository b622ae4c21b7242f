"""What holds whatever is done: random acts, facts, days, roles and evidence, in a journal that is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import orjson
from hypothesis import given, strategies as st

from jcm_cycle import (
    UNKNOWN_DAY,
    Accepted,
    Actor,
    Basis,
    Between,
    Case,
    Entry,
    Faulted,
    Journal,
    Role,
    as_of,
    audit,
    evidence as ev,
    fold,
    known_at,
    project,
    register,
    rejudge,
    verify,
)
from jcm_cycle._fold import in_effect
from jcm_cycle.codec import dump_evidence, read_evidence
from jcm_cycle.evidence.reports import CHECKLIST

# What papers may say

FIRST, MIDDLE, LAST = date(2024, 3, 1), date(2024, 9, 1), date(2025, 3, 1)
DAYS = st.dates(FIRST, LAST)
WORDS = st.sampled_from(("Synthetia Solar", "Example Trading", "Example Entity", "New Partner")) | st.text(
    min_size=1, max_size=12
).filter(str.strip)
NUMBERS = st.sampled_from([f"ZZ00{n}" for n in range(1, 6)])
VERSIONS = st.sampled_from(("01.0", "1.1", "Ver02.0", "03.0"))
TRUTH = st.none() | st.booleans()


def maybe(some: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return what may be left out."""
    return st.none() | some


def several(some: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[Any]:
    """Return a list of some, or nothing."""
    return maybe(st.lists(some, max_size=most, unique=True).map(tuple))


PERSONS = st.builds(ev.Person, name=WORDS, email=maybe(st.emails()), telephone=maybe(st.text(max_size=8)))
DOCUMENTS = st.builds(ev.Document, version=maybe(VERSIONS), url=maybe(st.just("https://example.org/zz")))
FILED: dict[str, st.SearchStrategy[Any]] = {
    "form_version": maybe(VERSIONS),
    "contains_confidential": TRUTH,
    "public_version": maybe(DOCUMENTS),
    "full_version": maybe(DOCUMENTS),
    "passages": maybe(st.dictionaries(st.text(max_size=4), st.text(max_size=8), max_size=2)),
}
DESIGNS = st.builds(
    ev.DesignDocument,
    title=WORDS,
    version=maybe(VERSIONS),
    methodologies=several(st.sampled_from(("ZZ_AM001 Ver1.0", "ZZ_AM002 Ver2.1"))),
    scopes=several(st.integers(1, 15)),
    monitoring_plan=maybe(DOCUMENTS),
    start_of_operation=maybe(st.dates(date(2000, 1, 1))),
    expected_lifetime=maybe(st.integers(0, 99)),
    participants=several(WORDS),
    **FILED,
)
STATEMENTS = st.builds(
    ev.ModalitiesOfCommunication,
    title=WORDS,
    submitted_on=maybe(DAYS),
    focal_point=st.builds(ev.FocalPoint, name=WORDS, signatories=several(PERSONS, 2), contact=maybe(PERSONS)),
    entities=several(WORDS),
    participants=several(WORDS),
    signed_by=several(WORDS),
    signatories=several(PERSONS, 2),
    **FILED,
)
PLANS = st.builds(ev.SustainableDevelopmentPlan, version=maybe(VERSIONS), **FILED)
NOTICES = st.builds(ev.Notice, text=maybe(st.text(max_size=20)), reason=maybe(st.text(max_size=20)))
EFFECTS = st.builds(ev.ChangeEffect, change=WORDS, decided_on=maybe(DAYS), document_version=maybe(VERSIONS))
SHARES = st.builds(
    ev.Share, side=st.sampled_from(("ZZ", "JP")), percent=st.sampled_from(("0", "33.5", "50", "66.5", "100"))
)


def of(cls: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return papers of a class with these fields."""
    return st.builds(cls, **fields)


def ends(cls: type[Any], name: str, step: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return papers of a class that end in any way the step can end."""
    return st.builds(cls, **{name: st.sampled_from([o for o in project.step(step).rows if o])}, **fields)


PAPERS: dict[str, st.SearchStrategy[Any]] = {
    "submit_pdd": of(
        ev.PDDSubmission,
        design_document=DESIGNS,
        modalities=maybe(STATEMENTS),
        sd_plan=maybe(PLANS),
        idea=maybe(st.just("ZZ_PIN001")),
        **FILED,
    ),
    "acknowledge": of(ev.Receipt, received_on=maybe(DAYS)),
    "publish_pdd": of(ev.Publication, reference=maybe(NUMBERS), url=maybe(st.text(max_size=8))),
    "submit_public_input": of(ev.PublicInput, summary=maybe(st.text(max_size=20)), author=maybe(PERSONS)),
    "close_public_inputs": of(ev.Elapsed, window=WORDS, last_day=maybe(DAYS)),
    "republish_pdd": of(ev.Publication, reference=maybe(NUMBERS)),
    "change_entity": STATEMENTS,
    "request_reference_assessment": of(ev.ReferenceEmissionsRequest, **FILED),
    "conclude_reference_assessment": ends(
        ev.AssessmentConclusion, "conclusion", "conclude_reference_assessment", reasons=st.just(("too high",))
    ),
    "revise_pdd": DESIGNS,
    "conclude_validation": ends(
        ev.ValidationReport,
        "opinion",
        "conclude_validation",
        title=WORDS,
        entity=maybe(WORDS),
        completed_on=maybe(DAYS),
        document_version=maybe(VERSIONS),
        open_requests=several(WORDS),
        ticked=several(st.sampled_from(CHECKLIST), 11),
        eia_required=TRUTH,
        eia_done=TRUTH,
        inputs_treated=TRUTH,
        registered_elsewhere=maybe(st.sampled_from(("", "CDM"))),
        team=several(PERSONS, 2),
        **FILED,
    ),
    "request_registration": of(
        ev.RegistrationRequest,
        title=maybe(WORDS),
        reference=maybe(NUMBERS),
        design_document=maybe(DOCUMENTS),
        modalities=maybe(DOCUMENTS),
        validation_report=maybe(DOCUMENTS),
        allocation=maybe(of(ev.CreditAllocation, shares=several(SHARES), agreed=TRUTH, **FILED)),
        sd_plan=maybe(PLANS),
        resubmits=maybe(NUMBERS),
        **FILED,
    ),
    "acknowledge_request": of(ev.Receipt, received_on=maybe(DAYS)),
    "check_request": ends(ev.CompletenessConclusion, "conclusion", "check_request"),
    "decide_registration": ends(
        ev.JointCommitteeDecision,
        "decision",
        "decide_registration",
        decided_on=maybe(st.just(MIDDLE)),
        effective_on=maybe(DAYS),
        notified_on=maybe(st.dates(MIDDLE, LAST)),
        mode=maybe(st.sampled_from(ev.DecisionMode)),
        meeting=maybe(WORDS),
        cases=several(NUMBERS),
        number=maybe(NUMBERS),
        circulated_on=maybe(st.dates(FIRST, MIDDLE)),
        objections=several(WORDS),
        co_chairs_approved=TRUTH,
    ),
    "notify_registration": NOTICES,
    "withdraw_request": of(ev.RegistrationRequestWithdrawal, reason=maybe(st.text(max_size=9)), **FILED),
    "discontinue": NOTICES,
    "replace_moc": STATEMENTS,
    "amend_moc": of(
        ev.ModalitiesAmendment,
        sections=maybe(st.frozensets(st.integers(1, 4))),
        added=st.lists(WORDS, max_size=2).map(tuple),
        renamed=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
        withdrawn=st.lists(WORDS, max_size=2).map(tuple),
        new_focal_point=maybe(WORDS),
        signed_by=several(WORDS),
        contacts=several(PERSONS, 2),
        **FILED,
    ),
    "submit_implementation_report": of(ev.ImplementationReport, **FILED),
    "apply_change": EFFECTS,
    "renew": EFFECTS,
    "end_crediting": of(ev.Elapsed, window=WORDS),
    "withdraw_project": EFFECTS,
}

# Days as well as they are known. A stretch with a first day is kept apart: see the last test.
ROUGHLY = DAYS | st.builds(Between, st.none(), DAYS) | st.just(UNKNOWN_DAY)


def test_every_step_has_papers_to_draw() -> None:
    """A step that is added is drawn, too."""
    assert list(PAPERS) == list(project.steps)


@given(data=st.data())
def test_papers_survive_the_codec(data: st.DataObject) -> None:
    """Public and confidential parts together give back what was taken apart."""
    paper = data.draw(PAPERS[data.draw(st.sampled_from(list(PAPERS)))])
    public, hidden = dump_evidence(paper)
    kept = orjson.loads(orjson.dumps([public, hidden]))
    assert read_evidence(*kept) == paper


# Acts and facts


class Run:
    """A case in a journal to which random things happen.

    Attributes:
        journal: the journal.
        case: the case as the journal has it.
        data: draws.
        world: the country.
    """

    def __init__(self, journal: Journal, data: st.DataObject, world: Any, days: st.SearchStrategy[Any]) -> None:
        self.journal, self.data, self.world, self.days = journal, data, world, days
        self.books = (world.book(), world.only("common.bilateral_valid"), None)
        procedure = self.draw(st.sampled_from(("plain", "full", "trial", "dark")))
        opened = Case.open(project, "case-1", on=world.opened, rules=world.book(), procedure=procedure)
        journal.append(opened)
        self.case: Case[Any] = opened.case

    def draw(self, some: st.SearchStrategy[Any]) -> Any:
        """Draw something."""
        return self.data.draw(some)

    def keep(self, answer: Accepted[Any]) -> None:
        """Append an answer and go on from what the journal says."""
        self.journal.append(answer)
        if answer.draft.basis is Basis.JUDGED:
            assert self.journal.case() == answer.case
        self.case = self.journal.case()
        assert self.case.state in project.states

    def go(self) -> None:
        """Take the first steps of the usual way."""
        for step in self.draw(st.sampled_from([WAY[:n] for n in range(len(WAY) + 1)])):
            answer = self.world.attempt(step, case=self.case)
            if answer:
                self.keep(answer)

    def act(self) -> None:
        """Attempt something, more often than not something that the table allows."""
        before = self.case
        likely = [s.name for s in project.steps.values() if any(before.state in row for row in s.targets.values())]
        name = self.draw(st.sampled_from(likely or list(project.steps)) | st.sampled_from(list(project.steps)))
        step = project.step(name)
        good = self.world.good.get(name)
        paper = self.draw(PAPERS[name] if good is None else st.just(good) | PAPERS[name])
        role = self.draw(st.sampled_from(sorted(step.by)) | st.sampled_from(Role))
        day = (before.last or self.world.opened) + timedelta(days=self.draw(st.integers(-5, 60)))
        known = self.draw(st.sampled_from((self.world.register, register.NOTHING_KNOWN)))
        book = self.draw(st.sampled_from(self.books))
        act = step(paper, by=Actor(role, self.draw(maybe(WORDS))), on=day)
        tried = before.what_if(act, rules=book, register=known)
        reasons = {finding.rule: "it stands in" for finding in tried.refusals if self.draw(st.booleans())}
        answer = before.attempt(attrs.evolve(act, despite=reasons), rules=book, register=known)
        assert not isinstance(answer, Faulted), answer.error
        assert self.case is before
        assert orjson.dumps(answer.json())
        assert answer.explain()
        if isinstance(answer, Accepted):
            assert answer.case.state == step.targets[answer.outcome][before.state]
            assert not answer.refusals
            self.keep(answer)
        else:
            assert answer.refusals
            assert answer.case is before

    def fact(self) -> None:
        """Record something from elsewhere."""
        step = project.step(self.draw(st.sampled_from(list(project.steps))))
        paper = self.draw(maybe(PAPERS[step.name]))
        outcome = self.draw(st.sampled_from(list(step.rows))) if paper is None else None
        made = step.fact(on=self.draw(self.days), outcome=outcome, evidence=paper)
        self.keep(self.case.record(made))

    def sight(self) -> None:
        """Record a status seen on a list."""
        state = self.draw(st.sampled_from(list(project.states)))
        self.keep(self.case.record(project.observed(state, on=self.draw(self.days))))

    def move(self) -> None:
        """Move the case to another procedure."""
        day = (self.case.last or self.world.opened) + timedelta(days=self.draw(st.integers(0, 30)))
        name = self.draw(st.sampled_from(("plain", "full", "trial", "dark")))
        self.keep(self.case.move(name, on=day, rules=self.world.book(), reason="both sides agreed"))

    def mend(self) -> None:
        """Correct or void something that counts."""
        seqs = [entry.seq for entry in in_effect(self.journal) if entry.step != "open"]
        if not seqs:
            return
        seq = self.draw(st.sampled_from(seqs))
        if self.draw(st.booleans()):
            self.keep(self.case.void(replaces=seq, reason="a mistake", on=self.draw(self.days)))
        else:
            step = project.step(self.draw(st.sampled_from(list(project.steps))))
            self.keep(self.case.correct(step.fact(on=self.draw(self.days)), replaces=seq))


WAY = (
    "submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation", "request_registration",
    "acknowledge_request", "check_request", "decide_registration",
)  # fmt: skip
DEEDS: tuple[Callable[[Run], None], ...] = (Run.act, Run.act, Run.act, Run.fact, Run.sight, Run.move, Run.mend)


@contextmanager
def new_journal() -> Iterator[Journal]:
    """Return a journal in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Journal(Path(folder) / "journal.jsonl")


def lived(journal: Journal, data: st.DataObject, world: Any, days: st.SearchStrategy[Any] = ROUGHLY) -> Run:
    """Return a run in which random things have happened."""
    run = Run(journal, data, world, days)
    run.go()
    for deed in data.draw(st.lists(st.sampled_from(DEEDS), max_size=8)):
        deed(run)
    return run


@given(data=st.data())
def test_the_fold_of_a_journal_is_the_state_that_the_attempts_gave(data: st.DataObject, world: Any) -> None:
    """After every act and move, and for whoever reads the file again; nothing raises on the way."""
    with new_journal() as journal:
        run = lived(journal, data, world)
        again = Journal(journal.path)
        assert tuple(again) == tuple(journal)
        assert again.case() == run.case == fold(reversed(tuple(journal)))
        assert journal.case(known_at=datetime.now(UTC)) == run.case
        assert verify(journal.path, head=journal.head).intact


@given(data=st.data())
def test_judging_again_gives_the_same_as_long_as_nothing_changed(data: st.DataObject, world: Any) -> None:
    """Whatever was corrected or recorded late since: an act is judged again on what was known then."""
    with new_journal() as journal:
        run = lived(journal, data, world)
        again = rejudge(Journal(journal.path))
        assert (again.differs, again.revised) == ((), ())
        judged = [f for entry in journal for f in entry.findings if not f.rule.startswith("procedure.")]
        assert again.same == len(judged)
        for book in run.books:
            found = audit(journal, rules=book)
            assert {f.entry.seq for f in found.facts}.isdisjoint(e.seq for e in journal if e.basis is Basis.JUDGED)
        for on in (world.opened, world.opened + timedelta(days=90)):
            assert orjson.dumps(run.case.next_steps(on=on, rules=run.books[0]).json())


FACTS = st.lists(
    st.tuples(st.sampled_from(list(project.steps)), DAYS), max_size=6, unique_by=lambda fact: (fact[1], fact[0])
)


def recorded(facts: list[tuple[str, Any]]) -> list[Entry]:
    """Return the entries of a case to which these facts happened."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    made: dict[str, Any] = {"case": "case-1", "machine": "project", "recorded_at": at, "basis": Basis.IMPORTED}
    opening = ev.Opening(country="ZZ")
    entries = [Entry(seq=1, step="open", on=date(2024, 1, 1), evidence=opening, **made)]
    for seq, (step, day) in enumerate(facts, 2):
        outcome = next(iter(project.step(step).rows))
        instant = at + timedelta(days=seq)
        entries.append(Entry(seq=seq, step=step, on=day, outcome=outcome, **{**made, "recorded_at": instant}))
    return entries


@given(facts=FACTS, data=st.data())
def test_facts_of_known_days_fold_alike_in_whichever_order_they_were_recorded(
    facts: list[tuple[str, date]], data: st.DataObject
) -> None:
    """Day and table give the order, and nothing else."""
    other = data.draw(st.permutations(facts))
    assert fold(recorded(facts)) == fold(recorded(other))


@given(facts=st.lists(st.tuples(st.sampled_from(list(project.steps)), ROUGHLY), max_size=6), on=DAYS)
def test_what_surely_had_effect_by_a_day_had_it_also_later(facts: list[tuple[str, Any]], on: date) -> None:
    """Each entry is sure, unsure or later; sure stays sure, and what is later was never sure."""
    entries = recorded(facts)
    now, then = as_of(entries, on), as_of(entries, on + timedelta(days=10))
    parts = [e.seq for part in (now.entries, now.unsure, now.later) for e in part]
    assert sorted(parts) == [e.seq for e in entries]
    assert {e.seq for e in now.entries} <= {e.seq for e in then.entries}
    assert {e.seq for e in then.later} <= {e.seq for e in now.later}
    assert fold(then).state in project.states


@given(facts=FACTS, day=st.integers(-1, 9))
def test_what_was_known_at_an_instant_is_the_beginning_of_what_is_known(
    facts: list[tuple[str, date]], day: int
) -> None:
    """Recording is in order of time."""
    entries = recorded(facts)
    instant = entries[0].recorded_at + timedelta(days=day)
    known = known_at(entries, instant)
    assert known == tuple(entries[: len(known)])
    assert all(entry.recorded_at > instant for entry in entries[len(known) :])


@given(data=st.data())
def test_a_fact_says_whether_the_case_has_to_be_folded(data: st.DataObject, world: Any) -> None:
    """Where the answer does not say so, its case is the fold of the journal, however roughly days are known."""
    kept = Run.keep

    class Told(Run):
        def keep(self, answer: Accepted[Any]) -> None:
            kept(self, answer)
            if not answer.refold:
                assert answer.case == self.case

    with new_journal() as journal:
        run = Told(journal, data, world, ROUGHLY | st.builds(Between, DAYS, st.none()))
        run.go()
        for deed in data.draw(st.lists(st.sampled_from(DEEDS), max_size=8)):
            deed(run)
        assert rejudge(journal).differs == ()
