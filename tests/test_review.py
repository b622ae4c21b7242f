"""Looking back: what today's rules make of what was judged, another book of it, and what recorded facts contradict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Between,
    Case,
    Effect,
    Entry,
    Finding,
    JCMCycleError,
    Journal,
    RuleBook,
    Verdict,
    audit,
    counterfactual,
    evidence as ev,
    project,
    register,
    rejudge,
    require,
)
from jcm_cycle.review import Audited, Change, Rejudged
from jcm_cycle.rules import Rule, rules as all_rules

Walk = Callable[..., Case[Any]]

OPEN_REQUESTS = "project.conclude_validation.no_open_requests"
CHECKLIST = "project.conclude_validation.checklist"


@pytest.fixture(autouse=True)
def the_rules_stay_as_they_are() -> Iterator[None]:
    """Leave the rules in their order, too, when a test has taken one out."""
    kept = dict(registry())
    yield
    registry().clear()
    registry().update(kept)


def registry() -> dict[str, Rule]:
    """Return the rules, to be changed by a test that puts them back."""
    return all_rules()  # type: ignore[return-value]


def never_met(*_: object) -> Finding:
    """Find nothing good enough."""
    return require(False, why="never")  # noqa: FBT003 - whatever the act says


def judged(journal: Journal) -> int:
    """Return how many findings of rules the journal holds."""
    return sum(not finding.rule.startswith("procedure.") for entry in journal for finding in entry.findings)


# Judging again


def test_an_untouched_journal_is_judged_the_same_again(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...]
) -> None:
    """By today's rules on the archived editions; what the register said is told again."""
    walk(journal, *whole_way)
    walk(journal, *whole_way[:2], case="case-2", publish_pdd={"reference": "ZZ002"})
    again = rejudge(Journal(journal.path))
    assert again == Rejudged(judged(journal), (), ())
    assert again.same > 30
    assert again.json() == {"same": again.same, "differs": [], "revised": []}


def test_an_empty_journal_has_nothing_to_judge(journal: Journal) -> None:
    """Nothing is the same, and nothing differs."""
    assert rejudge(journal) == Rejudged(0, (), ())


def test_the_archived_edition_judges_and_not_the_book_of_today(journal: Journal, walk: Walk, world: Any) -> None:
    """Days, versions, numbers and lists are recalled from the journal as they were."""
    book = world.book(
        value={
            "project.public_inputs": {"value": 20},
            "project.start_of_operation": {"value": date(2023, 5, 1)},
        },
        form={"F_Val_Rep": {"version": "02.0"}},
        adopt={CHECKLIST: {"standing": "inferred"}},
    )
    steps = ("submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation")
    walk(
        journal,
        *steps,
        book=book,
        conclude_validation={
            "form_version": "02.0",
            "ticked": ("pdd_form",),
            "despite": {CHECKLIST: "the rest by letter"},
        },
    )
    assert rejudge(Journal(journal.path)) == Rejudged(judged(journal), (), ())
    now = counterfactual(journal, world.book())
    assert {change.rule for change in now.differs} == {"common.form_version_in_force"}


def test_what_the_register_says_today_may_be_asked_instead(
    journal: Journal, walk: Walk, world: Any, whole_way: tuple[str, ...]
) -> None:
    """Left out, each rule is told again what it was told; given, it is asked."""
    walk(journal, *whole_way[:4])
    assert rejudge(journal, register=world.register).differs == ()
    changes = rejudge(journal, register=register.NOTHING_KNOWN).differs
    assert {(change.rule, change.was, change.now) for change in changes} == {
        (name, Verdict.MET, Verdict.MISSING)
        for name in (
            "project.submit_pdd.idea_cleared",
            "project.submit_pdd.methodology_valid",
            "common.reference_never_reused",
            "common.entity_usable",
        )
    }


@pytest.mark.parametrize("verdict", ["unmet", "missing"])
def test_what_the_register_did_not_say_or_denied_is_told_again_too(journal: Journal, world: Any, verdict: str) -> None:
    """Unmet stays unmet, missing stays missing."""
    names = (
        "project.submit_pdd.idea_cleared",
        "project.submit_pdd.methodology_valid",
        "common.entity_usable",
    )
    book = world.book(adopt={name: {"standing": "inferred"} for name in names})
    known = register.NOTHING_KNOWN
    if verdict == "unmet":
        late = date(2030, 1, 1)
        known = register.facts(
            register.Designation(country="ZZ", entity="Example Entity", scopes=(1,), since=late),
            register.Approval(methodology="ZZ_AM001 Ver1.0", approved_on=late),
            register.Clearance(country="ZZ", reference="ZZ_PIN001", on=late),
            complete=("numbers",),
        )
    opened = Case.open(project, "case-1", on=world.opened, rules=book, procedure="full")
    journal.append(opened)
    case = opened.case
    for step in ("submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation"):
        tried = case.what_if(world.act(step), rules=book, register=known)
        act = world.act(step, despite={finding.rule: "a reason" for finding in tried.refusals})
        answer = case.attempt(act, rules=book, register=known)
        journal.append(answer)
        case = answer.case
    kept = {f.rule: f.verdict for entry in journal for f in entry.findings}
    assert {kept[name] for name in names} == {verdict}
    assert kept["common.reference_never_reused"] == ("met" if verdict == "unmet" else "missing")
    assert rejudge(Journal(journal.path)).differs == ()


def test_a_rule_that_was_revised_is_listed_as_revised(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its sense changed, and so may its verdict; everything else is the same."""
    walk(journal, *whole_way)
    newer = attrs.evolve(registry()[OPEN_REQUESTS], revision=2, function=never_met)
    monkeypatch.setitem(registry(), OPEN_REQUESTS, newer)
    again = rejudge(Journal(journal.path))
    assert again.revised == (Change(5, OPEN_REQUESTS, Verdict.MET, Verdict.UNMET),)
    assert (again.same, again.differs) == (judged(journal) - 1, ())
    assert again.json()["revised"] == [{"seq": 5, "rule": OPEN_REQUESTS, "was": "met", "is": "unmet"}]


def test_a_rule_that_was_changed_without_a_new_revision_differs(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody should have said so."""
    walk(journal, *whole_way)
    changed = attrs.evolve(registry()[OPEN_REQUESTS], function=never_met)
    monkeypatch.setitem(registry(), OPEN_REQUESTS, changed)
    again = rejudge(Journal(journal.path))
    assert again.differs == (Change(5, OPEN_REQUESTS, Verdict.MET, Verdict.UNMET),)
    assert (again.same, again.revised) == (judged(journal) - 1, ())


def test_a_rule_revised_without_another_verdict_is_the_same(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is of what came out differently."""
    walk(journal, *whole_way)
    monkeypatch.setitem(registry(), OPEN_REQUESTS, attrs.evolve(registry()[OPEN_REQUESTS], revision=2))
    assert rejudge(Journal(journal.path)) == Rejudged(judged(journal), (), ())


def test_a_rule_that_fails_today_differs_and_spoils_no_other(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says that it failed; the others give their findings."""
    walk(journal, *whole_way)

    def fails(*_: object) -> Finding:
        raise ZeroDivisionError

    monkeypatch.setitem(registry(), OPEN_REQUESTS, attrs.evolve(registry()[OPEN_REQUESTS], function=fails))
    again = rejudge(Journal(journal.path))
    assert again.differs == (Change(5, OPEN_REQUESTS, Verdict.MET, Verdict.MISSING),)
    assert again.differs[0].json() == {"seq": 5, "rule": OPEN_REQUESTS, "was": "met", "is": "missing"}
    assert again.same == judged(journal) - 1


def test_a_rule_that_is_gone_and_a_new_rule_of_integrity_differ(
    journal: Journal, walk: Walk, whole_way: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One was judged then and is not now, the other is judged now and was not then."""
    walk(journal, *whole_way)
    monkeypatch.delitem(registry(), CHECKLIST)
    new = attrs.evolve(
        registry()["common.reference_never_reused"],
        id="project.decide_registration.new",
        steps=("project.decide_registration",),
        function=lambda *_: require(True),  # noqa: FBT003 - whatever the act says
    )
    monkeypatch.setitem(registry(), new.id, new)
    again = rejudge(Journal(journal.path))
    assert again.differs == (
        Change(5, CHECKLIST, Verdict.MET, None),
        Change(9, new.id, None, Verdict.MET),
    )


def test_an_edition_has_one_fingerprint_in_whatever_order_its_rules_were_loaded(world: Any) -> None:
    """Books and plug-ins may be read in any order."""
    book = world.book()
    before = book.edition(date(2024, 5, 1)).fingerprint
    rules = dict(reversed(registry().items()))
    registry().clear()
    registry().update(rules)
    assert world.book(value={}).edition(date(2024, 5, 1)).fingerprint == before


def test_an_act_is_judged_again_on_the_case_as_it_was(journal: Journal, walk: Walk, world: Any) -> None:
    """What was recorded, corrected or voided since is not held against it."""
    case = walk(journal, "submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation")
    before = judged(journal)
    journal.append(case.void(replaces=4, reason="the window was not over", on=world.day("conclude_validation")))
    wrong = project.submit_pdd.fact(on=world.day("submit_pdd"))
    journal.append(journal.case().correct(wrong, replaces=2))
    assert str(journal.case().file.public_inputs) == "open"
    assert rejudge(Journal(journal.path)) == Rejudged(before, (), ())


def test_an_act_judged_as_of_an_earlier_day_is_judged_again_as_of_that_day(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """Without what came later, and without what may have come later: others than those who signed."""
    case = walk(journal, "submit_pdd", "publish_pdd")
    moc = world.evidence("replace_moc", participants=("Synthetia Solar", "Example Trading", "Latecomer"))
    for on in (Between(None, world.day("publish_pdd")), world.day("close_public_inputs")):
        journal.append(case.record(project.replace_moc.fact(on=on, evidence=moc)))
    day = world.day("submit_pdd") + timedelta(days=2)
    answer = world.attempt("amend_moc", case=journal.case(as_of=day), on=day)
    assert answer, str(answer)
    journal.append(answer)
    assert rejudge(Journal(journal.path)) == Rejudged(judged(journal), (), ())


def test_where_the_day_that_picks_the_rules_was_not_known_nothing_differs(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """No edition governed, none is archived, and the missing findings stay what they were, with their sources."""
    case = walk(journal)
    journal.append(case.record(project.observed("registration_requested", on=world.day("request_registration"))))
    answer = world.attempt("check_request", case=journal.case())
    assert answer.governed_by is None
    entry = journal.append(answer)
    assert entry.editions == ()
    assert [f.json() for f in Journal(journal.path).entry(3).findings] == [f.json() for f in answer.findings]
    assert rejudge(Journal(journal.path)).differs == ()


def test_acts_without_a_book_are_judged_again_without_one(journal: Journal, world: Any) -> None:
    """The edition that says nothing is archived like any other."""
    opened = Case.open(project, "case-1", on=world.opened, country="ZZ")
    journal.append(opened)
    act = world.act("submit_pdd", despite={"common.rules_in_force": "no book yet"})
    journal.append(opened.case.attempt(act))
    assert [content["absent"] for content in journal.editions.values()] == [True]
    assert rejudge(Journal(journal.path)) == Rejudged(1, (), ())


# Another book


def test_another_book_says_what_it_would_have_said(
    journal: Journal, walk: Walk, world: Any, whole_way: tuple[str, ...]
) -> None:
    """The same acts, on the same case, under other rules."""
    walk(journal, *whole_way)
    assert counterfactual(journal, world.book()) == Rejudged(judged(journal), (), ())
    longer = world.book(value={"project.public_inputs": {"value": 60}, "project.registration_check": {"value": 2}})
    found = counterfactual(journal, longer)
    assert {(change.seq, change.rule, change.now) for change in found.differs} == {
        (4, "project.close_public_inputs.full_window", Verdict.UNMET),
        (8, "project.check_request.in_time", Verdict.UNMET),
    }
    fewer = counterfactual(journal, world.only("project.submit_pdd.documents"))
    assert {change.now for change in fewer.differs} == {None}
    assert fewer.same == 1 + sum(
        f.rule in {"common.rules_in_force", "common.reference_never_reused"} for e in journal for f in e.findings
    )
    assert tuple(Journal(journal.path)) == tuple(journal)


# What recorded facts contradict


def facts_of(world: Any, *facts: Any, journal: Journal, book: RuleBook | None) -> tuple[Entry, ...]:
    """Return the entries of a case to which these facts were recorded."""
    procedure = "full" if book is not None else None
    opened = Case.open(project, "case-1", on=world.opened, rules=book, procedure=procedure, country="ZZ")
    journal.append(opened)
    for fact in facts:
        journal.append(opened.case.record(fact))
    return journal.entries()


def found_in(fact: Audited) -> dict[str, Finding]:
    """Return the findings of a fact by rule."""
    return {finding.rule: finding for finding in fact.findings}


def test_a_recorded_fact_that_a_rule_does_not_allow_is_a_contradiction(journal: Journal, world: Any) -> None:
    """Nothing is refused; blocks, holds and advises alike contradict, a duty does not."""
    book = world.book(adopt={CHECKLIST: {"standing": "inferred"}, OPEN_REQUESTS: {"standing": "assumed"}})
    report = world.evidence("conclude_validation", ticked=(), open_requests=("CAR 1",), entity="Nobody")
    late = world.day("request_registration") + timedelta(days=40)
    entries = facts_of(
        world,
        project.submit_pdd.fact(on=world.day("submit_pdd"), evidence=world.evidence("submit_pdd")),
        project.conclude_validation.fact(on=world.day("conclude_validation"), evidence=report),
        project.request_registration.fact(
            on=world.day("request_registration"), evidence=world.evidence("request_registration")
        ),
        project.check_request.fact(on=late, evidence=world.evidence("check_request")),
        journal=journal,
        book=book,
    )
    found = audit(entries, rules=book, register=world.register)
    assert [fact.entry.seq for fact in found.facts] == [2, 3, 4, 5]
    submitted, validated, requested, checked = found.facts
    assert (submitted.contradictions, requested.contradictions) == ((), ())
    assert {(f.rule, f.effect) for f in validated.contradictions} == {
        (CHECKLIST, Effect.HOLDS),
        (OPEN_REQUESTS, Effect.ADVISES),
        ("common.entity_named", Effect.BLOCKS),
    }
    assert found_in(checked)["project.check_request.in_time"].verdict is Verdict.UNMET
    assert checked.contradictions == ()
    assert found.findings == tuple(finding for fact in found.facts for finding in fact.findings)


def test_a_fact_is_audited_on_the_case_as_it_stood_before_it(journal: Journal, world: Any) -> None:
    """In order of effect, whatever was recorded first; the order of days is no rule for facts."""
    report = world.evidence("conclude_validation")
    published = ev.Publication(reference="ZZ001")
    entries = facts_of(
        world,
        project.conclude_validation.fact(on=world.day("conclude_validation"), evidence=report),
        project.submit_pdd.fact(on=world.day("submit_pdd"), evidence=world.evidence("submit_pdd")),
        project.publish_pdd.fact(on=world.day("publish_pdd"), evidence=published),
        journal=journal,
        book=world.book(),
    )
    found = audit(entries, rules=world.book(), register=world.register)
    assert [fact.entry.seq for fact in found.facts] == [3, 4, 2]
    last = found_in(found.facts[-1])
    assert last["common.entity_named"].verdict is Verdict.MET
    treated = last["project.conclude_validation.inputs_treated"]
    assert (treated.verdict, treated.facts["public_inputs"]) == (Verdict.UNMET, "open")
    assert not [f for fact in found.facts for f in fact.findings if f.rule.startswith("procedure.")]


@pytest.mark.parametrize(
    "day", [UNKNOWN_DAY, Between(None, date(2024, 5, 1)), Between(date(2024, 4, 2), date(2024, 5, 1))]
)
def test_a_fact_of_which_the_day_is_not_known_is_missing(journal: Journal, world: Any, day: Between) -> None:
    """Every rule says so; none is met, none contradicts."""
    fact = project.submit_pdd.fact(on=day, evidence=world.evidence("submit_pdd"))
    entries = facts_of(world, fact, journal=journal, book=world.book())
    (found,) = audit(entries, rules=world.book(), register=world.register).facts
    assert {finding.verdict for finding in found.findings} == {Verdict.MISSING}
    assert {finding.effect for finding in found.findings} == {Effect.ADVISES}
    assert "project.submit_pdd.documents" in found_in(found)
    assert all("day" in finding.facts["why"] for finding in found.findings)


def test_a_fact_of_which_the_document_is_not_known_is_missing(journal: Journal, world: Any) -> None:
    """What nobody has read can meet no rule."""
    entries = facts_of(world, project.submit_pdd.fact(on=world.day("submit_pdd")), journal=journal, book=world.book())
    (found,) = audit(entries, rules=world.book()).facts
    needing = [f for f in found.findings if f.rule.startswith("project.submit_pdd")]
    assert {(f.verdict, f.facts["why"]) for f in needing} == {(Verdict.MISSING, "the document is not in the record")}


def test_a_decision_on_a_request_that_is_not_in_the_record_is_missing(journal: Journal, world: Any) -> None:
    """The day of the request picks the rules."""
    decision = world.evidence("decide_registration")
    fact = project.decide_registration.fact(on=world.day("decide_registration"), evidence=decision)
    entries = facts_of(world, fact, journal=journal, book=world.book())
    (found,) = audit(entries, rules=world.book(), register=world.register).facts
    procedural = [f for f in found.findings if f.cites != "integrity"]
    assert {f.verdict for f in procedural} == {Verdict.MISSING}
    assert found.contradictions == ()


@pytest.mark.parametrize("day", [date(2024, 4, 2), UNKNOWN_DAY])
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("step", ["submit_pdd", "decide_registration"])
def test_where_there_is_no_book_the_findings_say_so(
    journal: Journal, world: Any, step: str, day: Any, *, known: bool
) -> None:
    """Whether day and document are known or not; the case folds all the same."""
    told = {"decided_on": None} if step == "decide_registration" else {}
    paper = world.evidence(step, **told) if known else None
    fact = project.step(step).fact(
        on=day, evidence=paper, outcome=None if known else next(iter(project.step(step).rows))
    )
    entries = facts_of(world, fact, journal=journal, book=None)
    (found,) = audit(entries).facts
    assert found.contradictions == ()
    said = found_in(found)["common.rules_in_force"]
    assert (said.verdict, said.facts["why"]) == (Verdict.MISSING, "no rule book was found for ZZ")
    assert journal.case().state in {"submitted", "registered"}


def test_what_is_no_step_is_not_audited(journal: Journal, world: Any) -> None:
    """An observation, an opening, a move and a void are not judged; a correction is."""
    book = world.book()
    case = Case.open(project, "case-1", on=world.opened, rules=book, procedure="full")
    journal.append(case)
    day = world.day("submit_pdd")
    journal.append(case.case.record(project.observed("submitted", on=day)))
    journal.append(journal.case().move("plain", on=day, rules=book, reason="agreed"))
    journal.append(case.case.record(project.acknowledge.fact(on=day)))
    journal.append(case.case.void(replaces=4, reason="a mistake", on=day))
    journal.append(case.case.record(project.submit_pdd.fact(on=day)))
    journal.append(case.case.correct(project.submit_pdd.fact(on=day), replaces=6))
    assert [fact.entry.seq for fact in audit(journal, rules=book).facts] == [7]


def test_nothing_is_audited_where_there_is_nothing() -> None:
    """No entries, no facts."""
    found = audit([])
    assert (found.facts, found.judged_before, found.findings) == ((), (), ())


def test_facts_without_an_opening_are_no_case(journal: Journal, world: Any) -> None:
    """There is nothing to audit them on."""
    entries = facts_of(world, project.acknowledge.fact(on=world.opened), journal=journal, book=None)
    with pytest.raises(JCMCycleError):
        audit(entries[1:])


# Judged before something was known


def test_judged_entries_are_listed_with_what_was_not_yet_known(journal: Journal, walk: Walk, world: Any) -> None:
    """A fact recorded later that takes its place before; not one that comes after, nor one known before."""
    case = walk(journal, "submit_pdd", "publish_pdd", "close_public_inputs")
    assert audit(journal, rules=world.book()).judged_before == ()
    early = world.day("submit_pdd") + timedelta(days=1)
    journal.append(case.record(project.acknowledge.fact(on=early)))
    journal.append(case.record(project.observed("in_validation", on=world.day("publish_pdd"))))
    journal.append(case.record(project.acknowledge.fact(on=world.day("conclude_validation"))))
    journal.append(case.record(project.acknowledge.fact(on=UNKNOWN_DAY)))
    assert audit(journal, rules=world.book()).judged_before == ((3, (5,)), (4, (5, 6)))


def test_a_correction_and_a_void_of_what_came_before_are_listed_too(journal: Journal, walk: Walk, world: Any) -> None:
    """Wherever the correction itself takes its place, and though a void takes none."""
    case = walk(journal, "submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation")
    journal.append(case.void(replaces=4, reason="not over", on=world.day("notify_registration")))
    assert audit(journal, rules=world.book()).judged_before == ((5, (6,)),)
    later = world.day("request_registration")
    journal.append(journal.case().correct(project.submit_pdd.fact(on=later), replaces=2))
    assert audit(journal, rules=world.book()).judged_before == ((3, (7,)), (5, (6, 7)))


def test_an_act_recorded_as_of_an_earlier_day_is_listed_for_those_after_it(
    journal: Journal, walk: Walk, world: Any
) -> None:
    """Whoever judged the later act did not know of it."""
    walk(journal, "submit_pdd", "publish_pdd")
    day = world.day("submit_pdd") + timedelta(days=2)
    journal.append(world.attempt("replace_moc", case=journal.case(as_of=day), on=day))
    assert audit(journal, rules=world.book()).judged_before == ((3, (4,)),)


def test_the_outcome_that_the_record_leaves_open_is_not_taken_for_the_good_one(journal: Journal, world: Any) -> None:
    """Rules are named, none is met."""
    entries = facts_of(
        world, project.conclude_validation.fact(on=world.day("conclude_validation")), journal=journal, book=world.book()
    )
    (found,) = audit(entries, rules=world.book(), register=world.register).facts
    assert found.entry.outcome is None
    assert not [f for f in found.findings if f.verdict is Verdict.MET and f.rule.startswith("project.")]
