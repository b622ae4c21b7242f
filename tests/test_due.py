"""What is due over cases of all kinds on a day, and what the clock does by itself; all cases are synthetic."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import Any

import attrs
import icalendar
import pytest
from hypothesis import given, settings, strategies as st

from jcm_cycle import (
    Between,
    Case,
    Outcome,
    RuleBook,
    attempt_all,
    books,
    committee_agenda,
    due,
    evidence as ev,
    methodology,
    project,
    tick,
    tpe,
)
from jcm_cycle.errors import EvidenceError, NeedsExtra

RULES = books["MN"]
DAY = date(2025, 1, 10)


def opened(machine: Any, name: str = "one", *, country: str | None = None) -> Case[Any]:
    """Open a case of Mongolia, or of a country without a book."""
    if country is not None:
        return Case.open(machine, name, on=date(2020, 1, 6), country=country).case
    return Case.open(machine, name, on=date(2020, 1, 6), rules=RULES, procedure="PCP 07.0").case


def recorded(case: Case[Any], *facts: Any) -> Case[Any]:
    """Return the case after facts."""
    for fact in facts:
        case = case.record(fact).case
    return case


def published(name: str = "park", day: Any = DAY, country: str | None = None) -> Case[Any]:
    """Return a project whose public inputs are open since a day."""
    return recorded(
        opened(project, name, country=country),
        project.publish_pdd.fact(on=day, evidence=ev.Publication(reference=None)),
    )


def requested(day: date = DAY, *more: Any) -> Case[Any]:
    """Return a project whose registration was asked for on a day."""
    return recorded(opened(project, "asked"), project.request_registration.fact(on=day), *more)


def told(found: Any) -> list[Any]:
    """Return what is due in short."""
    return [(item.case, item.kind, item.what, item.until and item.until.isoformat(), item.days_left) for item in found]


INPUTS, CHECK = "project.close_public_inputs", "project.check_request"


def designated(day: Any = date(2022, 3, 1), decision: str = "designated") -> Case[Any]:
    """Return an entity that holds two scopes to the twenty-seventh of November 2026."""
    scopes = [ev.Scopes(numbers=(1, 3), until=date(2026, 11, 27))]
    asked = ev.DesignationApplication(entity="Synthetic Certification Ltd.", scopes=scopes)
    return recorded(
        opened(tpe, "cert"),
        tpe.apply_for_designation.fact(on=date(2022, 1, 9), evidence=asked),
        tpe.decide_designation.fact(on=day, evidence=ev.JointCommitteeDecision(decision=decision)),
    )


def registered() -> Any:
    """Return the fact that a plant was registered."""
    return project.decide_registration.fact(on=date(2020, 6, 1), outcome=Outcome.REGISTERED)


def renewal(first: date, last: date, on: Any = None) -> Any:
    """Return the fact that a crediting period was renewed, on its first day unless another is given."""
    paper = ev.ChangeEffect(change=f"renewal {first}", crediting_from=first, crediting_until=last)
    return project.renew.fact(on=first if on is None else on, evidence=paper)


def uids(found: Any) -> list[str]:
    """Return the identities of the items as a calendar has them."""
    return [str(part["uid"]) for part in icalendar.Calendar.from_ical(found.ics()).walk() if "uid" in part]


def changing(world: Any, days: tuple[int, int] = (30, 45), turn: date = date(2025, 1, 15)) -> RuleBook:
    """Return a synthetic book in which public inputs take other days from a day on."""
    rows = [{"value": days[0], "until": turn}, {"value": days[1], "since": turn}]
    return world.only("project.close_public_inputs.full_window", value={"project.public_inputs": rows})


class TestDue:
    """Windows, limits and ends."""

    @pytest.mark.parametrize(("on", "left"), [(DAY, 29), (date(2025, 2, 8), 0), (date(2025, 2, 9), -1)])
    def test_a_window_counts_both_its_days(self, on: date, left: int) -> None:
        """Thirty days from the tenth of January end on the eighth of February."""
        (item,) = due([published()], on)
        assert told([item]) == [("park", "window", INPUTS, "2025-02-08", left)]
        assert (item.who, item.since, item.value, item.days) == ("clock", DAY, "project.public_inputs", 30)
        assert item.standing == "inferred"
        assert "slide 9" in item.cites

    @pytest.mark.parametrize(("on", "left"), [(DAY, 7), (date(2025, 1, 17), 0), (date(2025, 1, 20), -3)])
    def test_a_limit_counts_from_the_day_after(self, on: date, left: int) -> None:
        """Seven days from a receipt on the tenth end on the seventeenth."""
        found = due([requested()], on)
        assert told(found) == [("asked", "limit", CHECK, "2025-01-17", left)]
        assert len(found.late) == (left < 0)

    def test_before_it_began_nothing_is_due(self) -> None:
        """A case that goes further than the day asked for is not due to anybody on it."""
        assert told(due([published(), requested()], date(2025, 1, 9))) == []

    def test_an_acknowledgement_begins_a_limit_and_an_earlier_one_does_not(self) -> None:
        """What belongs to an earlier request is not counted."""
        acknowledged = project.acknowledge_request.fact(on=date(2025, 1, 13))
        assert told(due([requested(DAY, acknowledged)], DAY + timedelta(days=5)))[0][3] == "2025-01-20"
        again = requested(
            DAY, acknowledged, project.check_request.fact(on=date(2025, 1, 15), outcome=Outcome.INCOMPLETE)
        )
        assert told(due([again], date(2025, 1, 16))) == []
        again = recorded(again, project.request_registration.fact(on=date(2025, 3, 3)))
        assert told(due([again], date(2025, 3, 4)))[0][3] == "2025-03-10"

    def test_a_receipt_tells_the_day_of_arrival(self) -> None:
        """The limit counts from it, and not from the day on which the receipt was written."""
        receipt = project.acknowledge_request.fact(
            on=date(2025, 1, 14), evidence=ev.Receipt(received_on=date(2025, 1, 11))
        )
        assert told(due([requested(DAY, receipt)], DAY + timedelta(days=5)))[0][3] == "2025-01-18"

    def test_a_day_that_is_not_known_leaves_the_last_day_open(self) -> None:
        """It stands last, and says so."""
        loose = published("loose", Between(date(2025, 1, 1), DAY))
        found = due([loose, published()], DAY)
        assert told(found) == [("park", "window", INPUTS, "2025-02-08", 29), ("loose", "window", INPUTS, None, None)]
        assert "loose: project.close_public_inputs, clock, until a day that is not known, since between" in str(found)

    def test_a_country_without_a_book_has_no_lengths(self) -> None:
        """What is open is told all the same."""
        (item,) = due([published(country="ZZ")], DAY)
        assert (item.until, item.days, item.standing, item.cites) == (None, None, "unknown", "no text found")

    def test_a_limit_that_no_book_knows(self) -> None:
        """How long the check of an application takes was not found."""
        asked = tpe.apply_for_designation.fact(
            on=DAY, evidence=ev.DesignationApplication(entity="Synthetic Certification Ltd.")
        )
        (item,) = due([recorded(opened(tpe), asked)], DAY)
        assert (item.what, item.who, item.until, item.days_left) == (
            "tpe.check_application",
            "secretariat",
            None,
            None,
        )
        assert item.standing == "unknown"

    def test_a_methodology_from_its_proposal_to_its_decision(self) -> None:
        """Check, window and consideration follow one another."""
        facts = (
            methodology.submit_proposal.fact(on=DAY),
            methodology.check_proposal.fact(on=date(2025, 1, 16), outcome=Outcome.COMPLETE),
            methodology.close_public_inputs.fact(on=date(2025, 1, 31)),
        )
        due_then = [
            told(due([recorded(opened(methodology), *facts[: number + 1])], date(2025, 2, 1)))[0][2:]
            for number in range(3)
        ]
        assert due_then == [
            ("methodology.check_proposal", "2025-01-17", -15),
            ("methodology.close_public_inputs", "2025-01-30", -2),
            ("methodology.decide_methodology", "2025-04-01", 59),
        ]

    def test_an_extended_consideration_has_the_longer_limit(self) -> None:
        """Sixty days, and ninety in all where the Committee has extended it."""
        facts = (
            methodology.submit_proposal.fact(on=DAY),
            methodology.close_public_inputs.fact(on=date(2025, 1, 31)),
            methodology.extend_consideration.fact(on=date(2025, 3, 1), evidence=ev.Notice(reason="more to look at")),
        )
        limits = [due([recorded(opened(methodology), *facts[:count])], date(2025, 3, 2)).items[0] for count in (2, 3)]
        assert [(item.until, item.value) for item in limits] == [
            (date(2025, 4, 1), "methodology.consideration"),
            (date(2025, 5, 1), "methodology.consideration_extended"),
        ]

    def test_a_late_closing_moves_no_limit(self) -> None:
        """The Committee's days count from the last day of the window, whenever it was closed."""
        facts = [methodology.submit_proposal.fact(on=DAY), methodology.check_proposal.fact(on=DAY, outcome="complete")]
        ends = date(2025, 2, 8)
        limits = [
            due(
                [
                    recorded(
                        opened(methodology),
                        *facts,
                        methodology.close_public_inputs.fact(on=day, evidence=ev.Elapsed(window="x", last_day=ends)),
                    )
                ],
                day,
            ).items[0]
            for day in (date(2025, 2, 9), date(2025, 3, 20))
        ]
        assert [(item.since, item.until) for item in limits] == [(ends, date(2025, 4, 9))] * 2

    def test_the_rules_of_the_day_of_the_request_tell_the_length(self, world: Any) -> None:
        """Thirty days before a change of the book, forty-five after it: what was opened before keeps its thirty."""
        book = changing(world)
        for opened_on, last in ((date(2025, 1, 10), date(2025, 2, 8)), (date(2025, 1, 20), date(2025, 3, 5))):
            case = Case.open(project, "park", on=date(2025, 1, 6), rules=book, procedure="full").case
            case = recorded(case, project.publish_pdd.fact(on=opened_on, evidence=ev.Publication(reference=None)))
            for on in (opened_on, date(2025, 2, 1), date(2025, 6, 1)):
                (item,) = due([case], on, rules=book)
                assert (item.until, item.days) == (last, (last - opened_on).days + 1)
            assert tick([case], last, rules=book) == ()
            ((case, act),) = tick([case], date(2025, 6, 1), rules={"ZZ": book})
            assert (act.on, act.evidence.last_day) == (last + timedelta(days=1), last)
            answer = case.attempt(act, rules=book)
            assert answer, answer.explain()
            early = attrs.evolve(act, on=last)
            assert not case.attempt(early, rules=book)

    def test_the_latest_publication_counts(self) -> None:
        """However it was published."""
        days = [DAY, date(2025, 2, 3), date(2025, 3, 3)]
        steps = (project.publish_pdd, project.republish_pdd, project.publish_pdd)
        case = opened(project, "park")
        for step, day in zip(steps, days, strict=True):
            case = recorded(case, step.fact(on=day, evidence=ev.Publication(reference=None)))
        assert told(due([case], date(2025, 3, 4))) == [("park", "window", INPUTS, "2025-04-01", 28)]
        ((case, act),) = tick([case], date(2025, 5, 1))
        assert case.attempt(act, rules=RULES)

    @pytest.mark.parametrize(
        ("asked", "acknowledged", "since"),
        [
            (Between(date(2025, 3, 1), date(2025, 3, 5)), DAY, Between(date(2025, 3, 1), date(2025, 3, 5))),
            (date(2025, 3, 3), Between(date(2025, 1, 1), DAY), date(2025, 3, 3)),
            (
                date(2025, 3, 3),
                Between(date(2025, 3, 1), date(2025, 3, 4)),
                Between(date(2025, 3, 1), date(2025, 3, 4)),
            ),
        ],
    )
    def test_an_acknowledgement_of_an_earlier_request_never_counts(
        self, asked: Any, acknowledged: Any, since: Any
    ) -> None:
        """Also where one of the days is known only roughly."""
        case = recorded(
            opened(project, "asked"),
            project.request_registration.fact(on=date(2025, 1, 1)),
            project.acknowledge_request.fact(on=acknowledged),
            project.check_request.fact(on=date(2025, 1, 15), outcome=Outcome.INCOMPLETE),
        )
        case = recorded(case, project.request_registration.fact(on=asked))
        (item,) = due([attrs.evolve(case, state="registration_requested")], date(2025, 3, 6))
        assert (item.since, item.until) == (since, date(2025, 3, 10) if isinstance(since, date) else None)

    def test_a_request_that_was_only_observed_began_on_no_day_on_record(self) -> None:
        """The one on record was answered; the case is seen to wait again."""
        case = recorded(
            requested(DAY, project.check_request.fact(on=date(2025, 1, 15), outcome=Outcome.INCOMPLETE)),
            project.observed("registration_requested", on=date(2025, 3, 3)),
        )
        (item,) = due([case], date(2025, 3, 4))
        assert (item.since, item.until) == (Between(date(2025, 1, 15), None), None)
        assert case.next_steps(on=date(2025, 3, 4), rules=RULES)["check_request"].due is None

    def test_what_surely_begins_later_is_left_out(self) -> None:
        """Also where its day is a stretch."""
        case = published("loose", Between(date(2025, 2, 1), date(2025, 2, 5)))
        assert told(due([case], date(2025, 1, 31))) == []
        assert told(due([case], date(2025, 2, 1))) == [("loose", "window", INPUTS, None, None)]

    def test_ends_that_were_told_beforehand(self) -> None:
        """Scopes of an entity by role, and a crediting period."""
        entity = recorded(
            opened(tpe, "cert"),
            tpe.apply_for_designation.fact(
                on=date(2022, 1, 9),
                evidence=ev.DesignationApplication(
                    entity="Synthetic Certification Ltd.",
                    scopes=[
                        ev.Scopes(numbers=(1, 3), until=date(2026, 11, 27)),
                        ev.Scopes(numbers=(13,), role="verification", until=date(2025, 3, 1)),
                        ev.Scopes(numbers=(14,)),
                    ],
                ),
            ),
            tpe.decide_designation.fact(
                on=date(2022, 3, 1), evidence=ev.JointCommitteeDecision(decision="designated", number="TPE-MN-099")
            ),
        )
        found = due([entity], date(2025, 3, 2))
        assert told(found) == [
            ("cert", "end", "end of the designation for verification, scopes 13", "2025-03-01", -1),
            ("cert", "end", "end of the designation for validation and verification, scopes 1, 3", "2026-11-27", 635),
        ]
        assert found.late == ()
        assert "until 2025-03-01, 1 day ago, since 2022-03-01 (inferred: told by the case)" in str(found)
        plant = recorded(
            opened(project, "plant"),
            project.decide_registration.fact(on=date(2023, 6, 1), outcome=Outcome.REGISTERED),
            project.renew.fact(
                on=date(2023, 7, 1),
                evidence=ev.ChangeEffect(
                    change="renewal", crediting_from=date(2023, 7, 1), crediting_until=date(2025, 6, 30)
                ),
            ),
        )
        assert told(due([plant], date(2025, 6, 30))) == [("plant", "end", "project.end_crediting", "2025-06-30", 0)]
        assert told(due([plant], date(2023, 6, 30))) == []
        older = Case.open(project, "older", on=date(2015, 1, 6), rules=RULES, procedure="2013 set").case
        assert told(due([attrs.evolve(plant, procedure=older.procedure)], date(2025, 6, 30))) == []
        ended = recorded(plant, project.end_crediting.fact(on=date(2025, 7, 1)))
        assert told(due([ended], date(2025, 7, 1))) == []

    def test_a_redesignation_to_come_leaves_the_running_designation(self) -> None:
        """Until it has effect; where it names no scopes, the same ones are held, to no end that was told."""
        again = tpe.redesignate.fact(
            on=date(2025, 3, 1),
            evidence=ev.JointCommitteeDecision(decision="decided", effective_on=date(2026, 12, 1)),
        )
        entity = recorded(designated(), again)
        assert told(due([entity], date(2026, 11, 30)))[0][2:] == (
            "end of the designation for validation and verification, scopes 1, 3",
            "2026-11-27",
            -3,
        )
        assert told(due([entity], date(2026, 12, 1))) == []
        sooner = attrs.evolve(again, evidence=attrs.evolve(again.evidence, effective_on=date(2026, 1, 1)))
        assert told(due([recorded(designated(), sooner)], date(2025, 3, 1))) == []  # replaced before its end

    def test_a_suspension_that_is_lifted_leaves_the_end_that_was_told(self) -> None:
        """Unless that has passed."""
        lifted = ev.JointCommitteeDecision(decision="decided")
        for day, ends in ((date(2025, 5, 1), ["2026-11-27"]), (date(2027, 5, 1), [])):
            entity = recorded(
                designated(),
                tpe.suspend.fact(on=date(2025, 3, 1), evidence=lifted),
                tpe.reinstate.fact(on=day, evidence=lifted),
            )
            assert [item[3] for item in told(due([entity], date(2027, 6, 1)))] == ends
        suspended = recorded(designated(), tpe.suspend.fact(on=date(2025, 3, 1), evidence=lifted))
        assert told(due([suspended], date(2025, 4, 1))) == []

    def test_a_designation_on_a_day_that_is_not_known_and_a_provisional_one(self) -> None:
        """Their ends were told all the same; what is withdrawn ends nowhere."""
        assert told(due([designated(Between())], DAY))[0][3] == "2026-11-27"
        (item,) = due([designated(decision="provisional")], DAY)
        assert item.what == "end of the provisional designation for validation and verification, scopes 1, 3"
        gone = recorded(designated(), tpe.observed("withdrawn", on=DAY))
        assert told(due([gone], DAY)) == []

    def test_a_renewal_to_come_leaves_the_running_crediting_period(self) -> None:
        """The clock ends neither of them before the last."""
        periods = ((date(2020, 7, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2030, 6, 30)))
        plant = recorded(
            opened(project, "plant"), project.decide_registration.fact(on=date(2020, 6, 1), outcome=Outcome.REGISTERED)
        )
        for first, last in periods:
            paper = ev.ChangeEffect(change=f"renewal {first}", crediting_from=first, crediting_until=last)
            plant = recorded(plant, project.renew.fact(on=first - timedelta(days=30), evidence=paper))
        running = "end of the crediting period before its renewal"
        assert told(due([plant], date(2025, 6, 30))) == [("plant", "end", running, "2025-06-30", 0)]
        assert told(due([plant], date(2025, 7, 1))) == [("plant", "end", "project.end_crediting", "2030-06-30", 1825)]
        assert tick([plant], date(2025, 7, 1)) == ()
        assert len(tick([plant], date(2030, 7, 1))) == 1

    def test_a_renewal_of_which_nothing_is_told_has_no_end_that_is_known(self) -> None:
        """Recorded without its document, or only observed: the clock does not end it with the period before it."""
        plant = recorded(opened(project, "plant"), registered(), renewal(date(2020, 7, 1), date(2025, 6, 30)))
        ended = recorded(plant, project.end_crediting.fact(on=date(2025, 7, 1)))
        for again in (
            recorded(ended, project.renew.fact(on=date(2025, 9, 1))),
            recorded(ended, project.observed("registered", on=date(2025, 9, 1))),
            recorded(plant, project.renew.fact(on=date(2025, 6, 1))),
            recorded(plant, project.renew.fact(on=date(2025, 6, 1), evidence=ev.ChangeEffect(change="second"))),
        ):
            assert again.state == "registered"
            assert tick([again], date(2026, 1, 1)) == ()
            running = "end of the crediting period before its renewal"
            assert told(due([again], date(2026, 1, 1))) == [("plant", "end", running, "2025-06-30", -185)]

    @pytest.mark.parametrize("order", [1, -1])
    def test_the_last_period_counts_whenever_its_renewal_took_effect(self, order: int) -> None:
        """Also where a day is not known, so that it is folded last."""
        later = renewal(date(2025, 7, 1), date(2030, 6, 30), on=date(2025, 5, 1))
        sooner = renewal(date(2020, 7, 1), date(2025, 6, 30), on=Between())
        plant = recorded(opened(project, "plant"), registered(), *[later, sooner][::order])
        assert tick([plant], date(2026, 1, 1)) == ()
        assert told(due([plant], date(2026, 1, 1))) == [("plant", "end", "project.end_crediting", "2030-06-30", 1641)]

    def test_a_check_that_leaves_the_case_where_it_is_has_been_made(self, world: Any) -> None:
        """Until the application is completed once more; how long it takes is synthetic."""
        book = world.book(value={"tpe.completeness": {"value": 10, "unit": "calendar day", "since": date(2021, 1, 1)}})
        case = Case.open(tpe, "cert", on=date(2025, 1, 6), rules=book, procedure="full").case
        asked = ev.DesignationApplication(entity="Synthetic Certification Ltd.")
        case = recorded(case, tpe.apply_for_designation.fact(on=DAY, evidence=asked))
        assert told(due([case], DAY, rules=book)) == [("cert", "limit", "tpe.check_application", "2025-01-20", 10)]
        done = recorded(case, tpe.check_application.fact(on=date(2025, 1, 12), outcome=Outcome.COMPLETE))
        assert told(due([done], date(2025, 3, 1), rules=book)) == []
        back = recorded(case, tpe.check_application.fact(on=date(2025, 1, 12), outcome=Outcome.INCOMPLETE))
        again = recorded(back, tpe.complete_application.fact(on=date(2025, 2, 1), evidence=asked))
        assert told(due([again], date(2025, 2, 1), rules=book))[0][2:4] == ("tpe.check_application", "2025-02-11")

    def test_the_end_of_an_accreditation(self) -> None:
        """It is told beforehand as well."""
        renewed = tpe.record_accreditation.fact(on=DAY, evidence=ev.Accreditation(until=date(2025, 12, 31)))
        assert told(due([recorded(designated(), renewed)], DAY))[0] == (
            "cert", "end", "end of the accreditation", "2025-12-31", 355
        )  # fmt: skip

    def test_the_earliest_stands_first_and_order_of_the_cases_does_not_matter(self) -> None:
        """As text and as data."""
        cases = [published("b"), published("a"), requested()]
        found = due(cases, date(2025, 1, 20))
        assert [item.case for item in found] == ["asked", "a", "b"]
        assert found == due(reversed(cases), date(2025, 1, 20))
        first, *lines = str(found).split("\n")
        assert first == "DUE  on 2025-01-20: 3, of them late: 1"
        assert lines[0].startswith("  asked: project.check_request, secretariat, by 2025-01-17, 3 days late, since")
        assert len(lines) == len(found)
        data = json.loads(json.dumps(found.json()))
        assert (data["schema"], data["on"]) == (1, "2025-01-20")
        assert data["items"][0] == {
            "case": "asked", "machine": "project", "what": CHECK, "who": "secretariat",
            "since": "2025-01-10", "until": "2025-01-17", "days_left": -3, "value": "project.registration_check",
            "cites": found.items[0].cites, "standing": "inferred",
        }  # fmt: skip

    def test_misuse(self) -> None:
        """A case twice, and a day that is none."""
        with pytest.raises(EvidenceError, match="park stands twice among the cases") as caught:
            due([published(), published()], DAY)
        assert caught.value.cure == "Give each case once, as it stands."
        with pytest.raises(EvidenceError, match="park stands twice"):
            tick([published(), published()], DAY)
        with pytest.raises(EvidenceError, match="is not a day"):
            due([published()], "2025-01-10")  # type: ignore[arg-type]

    @pytest.mark.parametrize("ask", [due, tick, committee_agenda])
    def test_what_are_no_cases_and_no_books(self, ask: Any) -> None:
        """Each is named, before anything is counted."""
        answer = Case.open(project, "park", on=DAY, country="MN")
        for wrong in (answer.case, None, 5, "park"):
            with pytest.raises(EvidenceError, match=r"cases: .* is no list\. Give a list of cases\."):
                ask(wrong, DAY)
        with pytest.raises(EvidenceError, match=r"cases: .* is no case"):
            ask([answer], DAY)
        for rules in ("MN", 5):
            with pytest.raises(EvidenceError, match=f"rules: {rules!r} is no rule book"):
                ask([answer.case], DAY, rules=rules)
        for rules in ({"MN": None}, {"mn": RULES}, {"BD": RULES}):
            with pytest.raises(EvidenceError, match=r"is not the book of '(MN|mn|BD)'") as caught:
                ask([answer.case], DAY, rules=rules)
            assert caught.value.cure == "Put each book under the two-letter code of its country."
        with pytest.raises(EvidenceError, match="rules: the book is that of BD, park a case of MN"):
            ask([published()], DAY, rules=books["BD"])
        assert len(ask([published()], DAY, rules=None)) == len(ask([published()], DAY, rules={}))


class TestCalendar:
    """The items as an iCalendar file, read back."""

    def test_every_item_is_in_it(self) -> None:
        """An event on each last day, and a task where it is not known."""
        found = due([published(), requested(), published("loose", Between(None, DAY))], date(2025, 1, 20))
        file = icalendar.Calendar.from_ical(found.ics())
        shown = [
            (part.name, str(part["summary"]), part["dtstart"].dt if "dtstart" in part else None)
            for part in file.walk()
            if part.name in ("VEVENT", "VTODO")
        ]
        assert shown == [
            ("VEVENT", "asked: project.check_request", date(2025, 1, 17)),
            ("VEVENT", "park: project.close_public_inputs", date(2025, 2, 8)),
            ("VTODO", "loose: project.close_public_inputs", None),
        ]
        parts = [part for part in file.walk() if part.name != "VCALENDAR"]
        assert [str(part["description"]) for part in parts] == [str(item) for item in found]
        assert len({str(part["uid"]) for part in parts}) == 3

    def test_an_item_keeps_its_identity_and_the_file_its_bytes(self) -> None:
        """Of two days the same item is the same event; of one day the file is the same."""
        one, two = (due([published()], day).ics() for day in (DAY, date(2025, 2, 1)))
        uids = [str(part["uid"]) for data in (one, two) for part in icalendar.Calendar.from_ical(data).walk("VEVENT")]
        assert uids[0] == uids[1]
        assert one == due([published()], DAY).ics()

    def test_a_task_begins_where_that_is_known(self) -> None:
        """A country without a book has no lengths, but days."""
        file = icalendar.Calendar.from_ical(due([published(country="ZZ")], DAY).ics())
        (task,) = file.walk("VTODO")
        assert task["dtstart"].dt == DAY

    def test_an_item_that_moves_keeps_its_identity_and_each_has_its_own(self) -> None:
        """A window that is opened again is the same event; two designations to two days are two."""
        moved = (published(), published(day=date(2025, 1, 20)))
        one, two = (uids(due([case], date(2025, 1, 21))) for case in moved)
        assert one == two
        added = tpe.add_scope.fact(
            on=DAY,
            evidence=ev.JointCommitteeDecision(
                decision="decided", scopes=[ev.Scopes(numbers=(1, 3), until=date(2028, 1, 1))]
            ),
        )
        assert len(set(uids(due([recorded(designated(), added)], DAY)))) == 2

    def test_an_id_adds_no_line_of_its_own(self) -> None:
        """Whatever an id holds stays inside the summary."""
        name = "park\r\nEND:VEVENT\r\nBEGIN:VEVENT;,:\\n"
        (event,) = icalendar.Calendar.from_ical(due([published(name)], DAY).ics()).walk("VEVENT")
        assert str(event["summary"]).startswith("park")
        assert event["dtstart"].dt == date(2025, 2, 8)

    def test_without_the_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It says what to install."""
        monkeypatch.setitem(sys.modules, "icalendar", None)
        with pytest.raises(NeedsExtra, match="needs the package icalendar") as caught:
            due([published()], DAY).ics()
        assert caught.value.cure == "pip install 'jcm-cycle[calendar]'"


class TestTick:
    """What the clock does by itself."""

    def test_a_window_is_closed_on_the_day_after(self) -> None:
        """Not before; and later on as of that day."""
        park = published()
        assert tick([park], date(2025, 2, 8)) == ()
        for on in (date(2025, 2, 9), date(2026, 1, 1)):
            ((case, act),) = tick([park], on)
            assert (case, act.step, act.on) == (park, "close_public_inputs", date(2025, 2, 9))
            assert act.evidence == ev.Elapsed(window="project.public_inputs", last_day=date(2025, 2, 8))
            answer = case.attempt(act, rules=RULES)
            assert answer, answer.explain()
            assert tick([answer.case], on) == ()

    def test_what_came_after_the_window_is_not_overtaken(self) -> None:
        """The act has effect on the day of what the case already holds, and not before that day is there."""
        inputs = project.submit_public_input.fact(on=date(2025, 3, 3), evidence=ev.PublicInput(summary="Late."))
        late = recorded(published(), inputs)
        assert tick([late], date(2025, 3, 2)) == ()
        ((case, act),) = tick([late], date(2025, 3, 3))
        assert act.on == date(2025, 3, 3)
        assert case.attempt(act, rules=RULES)

    def test_a_crediting_period_ends(self) -> None:
        """Its last day was told with the renewal."""
        plant = recorded(
            opened(project, "plant"),
            project.decide_registration.fact(on=date(2023, 6, 1), outcome=Outcome.REGISTERED),
            project.renew.fact(
                on=date(2023, 7, 1), evidence=ev.ChangeEffect(change="renewal", crediting_until=date(2025, 6, 30))
            ),
        )
        ((case, act),) = tick([plant], date(2025, 7, 1))
        assert act.evidence == ev.Elapsed(window="project.crediting_period", last_day=date(2025, 6, 30))
        answer = case.attempt(act, rules=RULES)
        assert answer, answer.explain()
        assert answer.case.state == "crediting_ended"
        assert tick([answer.case], date(2030, 1, 1)) == ()

    def test_what_somebody_has_to_do_is_not_done_by_the_clock(self) -> None:
        """A late secretariat stays late; what has no last day is not closed; a designation just ends."""
        cases = [requested(), published(country="ZZ"), published("loose", Between(None, DAY))]
        assert tick(cases, date(2030, 1, 1)) == ()

    def test_a_crediting_period_that_nobody_knows_to_be_bounded_is_not_ended(self) -> None:
        """Its end is told; whether the procedure has the step is not known, and the act would be refused."""
        plant = recorded(
            opened(project, "plant", country="ZZ"),
            project.decide_registration.fact(on=date(2023, 6, 1), outcome=Outcome.REGISTERED),
            project.renew.fact(
                on=date(2023, 7, 1), evidence=ev.ChangeEffect(change="renewal", crediting_until=date(2025, 6, 30))
            ),
        )
        assert told(due([plant], date(2025, 7, 1))) == [("plant", "end", "project.end_crediting", "2025-06-30", -1)]
        assert tick([plant], date(2025, 7, 1)) == ()

    def test_a_check_that_is_told_without_its_document_opens_the_window_all_the_same(self) -> None:
        """What is due and what the rules say are one count."""
        case = recorded(
            opened(methodology, "heat"),
            methodology.submit_proposal.fact(on=DAY),
            methodology.check_proposal.fact(on=DAY, outcome=Outcome.COMPLETE),
        )
        ((case, act),) = tick([case], date(2025, 3, 1))
        closed = case.attempt(act, rules=RULES)
        assert closed
        next_step = closed.case.next_steps(on=date(2025, 3, 1), rules=RULES)["decide_methodology"]
        shown = {finding.rule: finding for finding in next_step.findings}
        window = shown["methodology.decide_methodology.inputs_closed"]
        assert (window.verdict, window.facts["opened"], window.facts["last_day"]) == ("met", DAY, date(2025, 1, 24))

    def test_over_several_countries_at_once(self) -> None:
        """Each act is judged by the book of its own case, and what belongs together is kept together."""
        there = Case.open(project, "there", on=date(2024, 1, 8), rules=books["ID"]).case
        there = recorded(there, project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference=None)))
        acts = tick([published(), there], date(2025, 6, 1))
        answer = attempt_all(acts, rules=books)
        assert answer
        assert [[edition.country for edition in one.draft.editions] for one in answer] == [["MN"], ["ID"]]
        with pytest.raises(EvidenceError, match="rules: the book is that of MN, there a case of ID"):
            attempt_all(acts, rules=RULES)

    @settings(deadline=None)
    @given(
        publications=st.lists(
            st.lists(st.tuples(st.sampled_from(["publish_pdd", "republish_pdd"]), st.integers(0, 90)), max_size=4),
            min_size=1,
            max_size=5,
        ),
        lengths=st.tuples(st.integers(1, 60), st.integers(1, 60)),
        turn=st.integers(0, 120),
        procedure=st.sampled_from(["full", "plain", "trial", "dark"]),
        on=st.integers(0, 200).map(lambda days: DAY + timedelta(days=days)),
        crediting=st.none() | st.integers(0, 150),
    )
    def test_after_a_tick_there_is_nothing_left(
        self, world: Any, publications: Any, lengths: Any, turn: int, procedure: str, on: date, crediting: int | None
    ) -> None:
        """Whatever the book changes and the procedure has, the rules accept every act, and no second one is due."""
        book = changing(world, lengths, DAY + timedelta(days=turn))
        cases = []
        for number, days in enumerate(publications):
            case = Case.open(project, f"p{number}", on=DAY, rules=book, procedure=procedure).case
            for step, day in sorted(days, key=lambda one: one[1]):
                paper = ev.Publication(reference=None)
                case = recorded(case, project.step(step).fact(on=DAY + timedelta(days=day), evidence=paper))
            cases.append(case)
        if crediting is not None:
            until = DAY + timedelta(days=crediting)
            plant = Case.open(project, "plant", on=DAY, rules=book, procedure=procedure).case
            paper = ev.ChangeEffect(change="renewal", crediting_until=until)
            cases.append(
                recorded(
                    plant,
                    project.decide_registration.fact(on=DAY, outcome=Outcome.REGISTERED),
                    project.renew.fact(on=DAY, evidence=paper),
                )
            )
        acts = tick(cases, on, rules=book)
        answer = attempt_all(acts, rules=book)
        assert answer, answer.explain()
        windows = {item.case: item for item in due(cases, on, rules=book) if item.kind == "window"}
        assert {case.id for case, act in acts if act.step == "close_public_inputs"} == {
            name for name, item in windows.items() if item.until is not None and item.until < on
        }
        after = {one.case.id: one.case for one in answer}
        assert tick([after.get(case.id, case) for case in cases], on, rules=book) == ()
