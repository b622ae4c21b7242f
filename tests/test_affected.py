"""Which cases an entity, a methodology version or changed modalities touch, and which cases are tied to what.

All cases are synthetic.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import (
    UNKNOWN_DAY,
    Between,
    Case,
    Outcome,
    affected_by,
    books,
    cases,
    change,
    evidence as ev,
    idea,
    issuance,
    methodology,
    project,
    register,
    tpe,
)
from jcm_cycle.errors import EvidenceError, UnknownStep
from jcm_cycle.states import MACHINES

NAME, SOLAR, JAPAN = "Synthetic Certification Ltd.", "Synthetic Solar LLC", "Synthetic Trading KK"
CITED = "MN_AM004 Ver1.0"
RULES = books["MN"]
ASKED, REPORT, ON = date(2024, 2, 1), date(2024, 6, 3), date(2025, 5, 1)
LIST = (
    "Third-party entities on the Mongolian JCM site, with the guidelines ver04.0, list of entities with scopes"
    " and withdrawals; that the day of the report counts is concluded"
)


def opened(machine: Any, name: str, **more: Any) -> Case[Any]:
    """Return a new case in Mongolia."""
    return Case.open(machine, name, on=date(2024, 1, 8), rules=RULES, procedure="PCP 07.0", **more).case


def after(case: Case[Any], *facts: Any) -> Case[Any]:
    """Return the case after facts."""
    for fact in facts:
        case = case.record(fact).case
    return case


def moc(
    focal_point: str = SOLAR, participants: tuple[str, ...] | None = (SOLAR, JAPAN), entities: Any = (NAME,)
) -> ev.ModalitiesOfCommunication:
    """Return modalities of communication."""
    speaks = ev.FocalPoint(name=focal_point)
    return ev.ModalitiesOfCommunication(
        title="A park", focal_point=speaks, participants=participants, entities=entities
    )


PUBLISHED = project.publish_pdd.fact(on=date(2024, 2, 5), evidence=ev.Publication())
NUMBERED = project.publish_pdd.fact(on=date(2024, 2, 5), evidence=ev.Publication(reference="MN099"))
VALIDATED = project.conclude_validation.fact(
    on=REPORT, evidence=ev.ValidationReport(title="A park", entity=NAME, opinion="positive")
)
REQUESTED = project.request_registration.fact(on=date(2024, 7, 1))
REGISTERED = project.decide_registration.fact(on=date(2024, 9, 3), outcome=Outcome.REGISTERED)
MONITORED = issuance.submit_monitoring_report.fact(on=date(2025, 2, 1))
VERIFIED = issuance.conclude_verification.fact(
    on=date(2025, 3, 3), evidence=ev.VerificationReport(entity=NAME, opinion="positive")
)


def park(name: str, *facts: Any, scopes: Any = (1,), **more: Any) -> Case[Any]:
    """Return a project that was submitted, after facts."""
    paper = ev.DesignDocument(title=name, scopes=scopes, methodologies=[CITED])
    sent = ev.PDDSubmission(design_document=paper, modalities=moc(**more))
    return after(opened(project, name), project.submit_pdd.fact(on=ASKED, evidence=sent), *facts)


def entity(*facts: Any, name: str = "cert") -> Case[Any]:
    """Return an entity designated for the scopes 1 and 3 to 2026-11-27, after facts."""
    asked = ev.DesignationApplication(entity=NAME, scopes=[ev.Scopes(numbers=(1, 3), until=date(2026, 11, 27))])
    decided = ev.JointCommitteeDecision(decision="designated", number="TPE-MN-099")
    return after(
        Case.open(tpe, name, on=date(2023, 1, 9), country="MN").case,
        tpe.apply_for_designation.fact(on=date(2023, 1, 9), evidence=asked),
        tpe.decide_designation.fact(on=date(2023, 3, 1), evidence=decided),
        *facts,
    )


HALT = ev.JointCommitteeDecision(decision="decided", decided_on=date(2025, 4, 1))
SUSPENDED = entity(tpe.suspend.fact(on=date(2025, 4, 1), evidence=HALT))
LOST = entity(
    tpe.withdraw_scope.fact(on=date(2025, 4, 1), evidence=ev.ScopeWithdrawal(scopes=[ev.Scopes(numbers=(3,))]))
)
DONE = park("done", NUMBERED, VALIDATED, REGISTERED)
WORLD = [
    park("sent"),
    park("open", PUBLISHED),
    park("valid", VALIDATED),
    park("asked", VALIDATED, REQUESTED),
    DONE,
    after(opened(issuance, "done-1", of=DONE), MONITORED),
    after(opened(issuance, "done-2", of=DONE), MONITORED, VERIFIED),
    after(
        opened(issuance, "done-3", of=DONE), VERIFIED, issuance.decide_issuance.fact(on=ON, outcome=Outcome.NOTIFIED)
    ),
    park("other", entities=("Another Synthetic Entity",)),
    park("ended", project.discontinue.fact(on=date(2024, 3, 1))),
]


def told(found: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return case, touch and steps of each item."""
    return [(one.case, str(one.touch), tuple(step.split(".")[1] for step in one.steps)) for one in found]


class TestEntity:
    """An entity that is suspended, withdrawn or expired."""

    TOUCHED = (
        ("asked", "validation concluded by it", ("decide_registration",)),
        ("asked", "named in the modalities of communication", ("conclude_verification",)),
        ("done", "named in the modalities of communication", ("conclude_verification",)),
        ("open", "validation under way", ("conclude_validation",)),
        ("sent", "named in the modalities of communication", ("conclude_validation",)),
        ("valid", "validation concluded by it", ("request_registration", "decide_registration")),
        ("valid", "named in the modalities of communication", ("conclude_verification",)),
        ("done-1", "verification under way", ("conclude_verification",)),
        ("done-2", "verification concluded by it", ("request_issuance", "decide_issuance")),
    )

    def test_a_suspended_entity_touches_what_it_serves(self) -> None:
        """Not what is decided or ended already, nor what another entity serves."""
        found = affected_by(WORLD, ON, entity=SUSPENDED)
        assert tuple(told(found)) == self.TOUCHED
        assert found.cases == ("asked", "done", "open", "sent", "valid", "done-1", "done-2")
        assert len(found) == 9
        assert all(one.sure for one in found)

    def test_each_with_its_ground(self) -> None:
        """A rule of the book where one asks for it; otherwise no text was found, and none is made up."""
        grounds = {(one.rule, str(one.standing), one.cites) for one in affected_by(WORLD, ON, entity=SUSPENDED)}
        assert grounds == {("common.entity_usable", "cited", LIST), (None, "unknown", "no text found")}

    def test_as_text_and_as_data(self) -> None:
        """What the register says now, and said on the day of a report."""
        found = affected_by([WORLD[1], WORLD[2]], ON, entity=SUSPENDED)
        now = "register now: no: designated_on: 2023-03-01; withdrawn: 2025-04-01"
        assert str(found).split("\n") == [
            f"AFFECTED  on 2025-05-01 by the entity {NAME} in MN: 2",
            (
                f"  open (in_validation): validation under way since 2024-02-01; {now}; ahead:"
                f" project.conclude_validation (common.entity_usable, cited: {LIST})"
            ),
            (
                f"  valid (validated): validation concluded by it on 2024-06-03, register then: yes; {now}; ahead:"
                " project.request_registration, project.decide_registration (unknown: no text found)"
            ),
            (
                f"  valid (validated): named in the modalities of communication since 2024-02-01; {now}; ahead:"
                f" issuance.conclude_verification (common.entity_usable, cited: {LIST})"
            ),
        ]
        data = json.loads(json.dumps(found.json()))
        assert (data["schema"], data["on"], data["change"]) == (1, "2025-05-01", f"the entity {NAME} in MN")
        assert data["items"][1] == {
            "case": "valid",
            "machine": "project",
            "state": "validated",
            "touch": "validation concluded by it",
            "since": "2024-06-03",
            "sure": True,
            "steps": ["project.request_registration", "project.decide_registration"],
            "rule": None,
            "standing": "unknown",
            "cites": "no text found",
            "answer": {
                "verdict": "no",
                "facts": {"entity": NAME, "designated_on": "2023-03-01", "withdrawn": "2025-04-01"},
                "earliest": None,
                "why": None,
            },
            "then": {
                "verdict": "yes",
                "facts": {"entity": NAME, "designated_on": "2023-03-01"},
                "earliest": None,
                "why": None,
            },
        }

    def test_a_usable_entity_touches_nothing(self) -> None:
        """Before the suspension, and where there was none."""
        assert told(affected_by(WORLD, ON, entity=entity())) == []
        assert told(affected_by(WORLD, date(2025, 3, 31), entity=SUSPENDED)) == []

    def test_an_expired_entity_touches_from_the_day_after(self) -> None:
        """By its case, or by a register that knows the end."""
        last = date(2026, 11, 27)
        assert told(affected_by(WORLD, last, entity=entity())) == []
        after_it = affected_by(WORLD, last + timedelta(days=1), entity=entity())
        assert tuple(told(after_it)) == self.TOUCHED
        fact = register.Designation(
            country="MN", entity=NAME, number="TPE-MN-099", scopes=(1,), since=date(2023, 3, 1), until=last
        )
        for name, country in ((NAME.upper(), "MN"), ("tpe-mn-099", None)):
            asked: Any = {"entity": name, "country": country, "register": register.facts(fact)}
            assert told(affected_by(WORLD, last, **asked)) == []
            assert tuple(told(affected_by(WORLD, last + timedelta(days=1), **asked))) == self.TOUCHED

    def test_the_case_of_the_entity_may_stand_among_the_cases(self) -> None:
        """Then its name or number is enough, also a former one; a case that is given itself counts."""
        renamed = after(SUSPENDED, tpe.rename.fact(on=ON, evidence=ev.Renaming(new_name="New Synthetic Name")))
        for name in (NAME, "New Synthetic Name", "TPE-MN-099"):
            assert tuple(told(affected_by([*WORLD, renamed], ON, entity=name, country="MN"))) == self.TOUCHED
        assert tuple(told(affected_by([*WORLD, entity()], ON, entity=renamed))) == self.TOUCHED
        assert told(affected_by([*WORLD, renamed], ON, entity=entity())) == []

    def test_a_scope_that_is_lost_touches_the_cases_in_it(self) -> None:
        """Where the scopes of a case are not known, it may be touched."""
        some = [park("in", scopes=(1, 3)), park("out"), park("unknown", scopes=None)]
        found = affected_by(some, ON, entity=LOST)
        assert [(one.case, one.sure) for one in found] == [("in", True), ("unknown", False)]
        assert str(found).split("\n")[2].split("; ahead")[0] == (
            "  perhaps unknown (submitted): named in the modalities of communication since 2024-02-01; register now:"
            " not known: The sectoral scopes of the case are not known, and the entity may not be usable for 3"
        )
        assert told(affected_by(some, ON, entity=entity())) == []

    def test_where_nothing_is_known_of_the_entity_everything_may_be_touched(self) -> None:
        """It is listed, and not sure."""
        found = affected_by(WORLD, ON, entity=NAME, country="MN")
        assert tuple(told(found)) == self.TOUCHED
        assert not any(one.sure for one in found)
        for name, country in ((NAME, "ID"), ("Synthetic Certification Ltd", "MN"), ("TPE-MN-999", None)):
            with pytest.raises(EvidenceError, match="entity: no case and no register knows") as caught:
                affected_by(WORLD, ON, entity=name, country=country)
            assert caught.value.cure == "Give its name as it is written there, its number, or its case."

    def test_a_project_that_is_only_in_the_register(self) -> None:
        """It tells whom the modalities name, and the scopes."""
        batch = after(Case.open(issuance, "far-1", on=ASKED, country="MN", of="far").case, MONITORED)
        known = register.facts(register.Project(case="far", entities=(NAME,), scopes=(1,)))
        assert told(affected_by([batch], ON, entity=SUSPENDED, register=known)) == [
            ("far-1", "verification under way", ("conclude_verification",))
        ]
        assert told(affected_by([batch], ON, entity=SUSPENDED)) == []

    def test_without_a_book_no_text_is_found(self) -> None:
        """The rule is named all the same."""
        (one,) = affected_by([WORLD[0]], ON, entity=SUSPENDED, rules={})
        assert (one.rule, one.standing, one.cites) == ("common.entity_usable", "unknown", "no text found")


class TestMethodology:
    """A methodology version that is superseded."""

    KNOWN = register.facts(
        register.Approval(methodology=CITED, approved_on=date(2020, 1, 1), superseded_on=date(2024, 3, 1))
    )

    def test_a_superseded_version_touches_what_cites_it(self) -> None:
        """Projects on their way and those that may be renewed, and requests to revise it."""
        revision = after(
            opened(methodology, "heat"),
            methodology.request_revision.fact(on=ASKED, evidence=ev.MethodologyRevisionRequest(revises=CITED)),
        )
        draft = Case.imported(
            project, "draft", ev.Opening(country="MN", methodologies=[CITED]), on=ASKED
        ).case  # its design document is still to be submitted
        decided = after(revision, methodology.decide_methodology.fact(on=ON, outcome=Outcome.REFUSED))
        some = [*WORLD[:5], revision, draft, park("ended", project.discontinue.fact(on=ON))]
        found = affected_by(some, ON, methodology=CITED, register=self.KNOWN)
        assert told(found) == [
            ("asked", "methodology version cited", ("decide_registration",)),
            ("done", "methodology version cited", ("renew",)),
            ("draft", "methodology version cited", ("submit_pdd",)),
            (
                "open",
                "methodology version cited",
                ("conclude_validation", "request_registration", "decide_registration"),
            ),
            (
                "sent",
                "methodology version cited",
                ("conclude_validation", "request_registration", "decide_registration"),
            ),
            ("valid", "methodology version cited", ("request_registration", "decide_registration")),
            ("heat", "revision of the methodology version asked for", ("decide_methodology",)),
        ]
        assert all(one.sure for one in found)
        assert told(affected_by([decided], ON, methodology=CITED, register=self.KNOWN)) == []

    def test_it_says_whether_the_version_was_valid_when_it_was_cited(self) -> None:
        """By the rule that asks for that, and says that the version stays."""
        (one,) = affected_by([WORLD[0]], ON, methodology=CITED, register=self.KNOWN)
        assert str(one) == (
            "sent (submitted): methodology version cited on 2024-02-01, register then: yes; register now: not known:"
            " MN_AM004 Ver1.0 was superseded on 2024-03-01; whether the old version may be cited after that is not"
            " known; ahead: project.conclude_validation, project.request_registration, project.decide_registration"
            " (project.submit_pdd.methodology_valid, cited: JCM Validation Report Form, as filled for project MN003 by"
            " Japan Management Association, A.3, item on the approved methodology)"
        )
        (done,) = affected_by([DONE], ON, methodology=CITED, register=self.KNOWN)
        assert (done.rule, done.standing, done.cites) == (None, "unknown", "no text found")

    def test_a_version_that_is_valid_touches_nothing(self) -> None:
        """Nor does another version."""
        assert told(affected_by(WORLD, date(2024, 2, 29), methodology=CITED, register=self.KNOWN)) == []
        assert told(affected_by(WORLD, ON, methodology="MN_AM004 Ver2.0", register=self.KNOWN)) == []

    def test_a_version_that_nobody_knows_may_touch(self) -> None:
        """It is listed, and not sure; approved methodologies among the cases are known."""
        found = affected_by([WORLD[0]], ON, methodology=CITED)
        assert [one.sure for one in found] == [False]
        assert found.items[0].answer == register.NotKnown("The register does not know MN_AM004 Ver1.0.")

        def approved(name: str, version: str, on: date) -> Case[Any]:
            paper = ev.JointCommitteeDecision(decision="approved", number="MN_AM004", version=version)
            return after(opened(methodology, name), methodology.decide_methodology.fact(on=on, evidence=paper))

        first, second = approved("one", "1.0", date(2020, 1, 1)), approved("two", "2.0", date(2024, 3, 1))
        assert told(affected_by([WORLD[0], first], ON, methodology=CITED)) == []
        assert [one.sure for one in affected_by([WORLD[0], first, second], ON, methodology=CITED)] == [True]

    def test_a_registered_project_keeps_it_where_there_is_no_renewal(self) -> None:
        """Under the procedure of 2013 there is none."""
        old = Case.open(project, "old", on=date(2014, 1, 8), rules=RULES).case
        assert old.capabilities["crediting_period"] == "no"
        sent = ev.PDDSubmission(design_document=ev.DesignDocument(title="Old", methodologies=[CITED]))
        old = after(old, project.submit_pdd.fact(on=ASKED, evidence=sent), REGISTERED)
        assert told(affected_by([old], ON, methodology=CITED, register=self.KNOWN)) == []


class TestModalities:
    """Modalities of communication that were changed."""

    CHANGED = date(2025, 4, 1)

    def renewed(self, case: Case[Any], on: Any = CHANGED, **now: Any) -> Case[Any]:
        """Return a project after another statement."""
        return after(case, project.replace_moc.fact(on=on, evidence=moc(**now)))

    def test_other_entities_touch_reports_ahead_and_reports_made(self) -> None:
        """What is ahead asks for the entity named; what was concluded was so by another."""
        some = [self.renewed(case, entities=("New Entity",)) if case.machine == "project" else case for case in WORLD]
        assert told(affected_by(some, ON, moc="open")) == [
            ("open", "entities named are others", ("conclude_validation",))
        ]
        assert told(affected_by(some, ON, moc="valid")) == [
            ("valid", "entities named are others", ("conclude_verification",)),
            (
                "valid",
                "concluded by an entity that is named no more",
                ("request_registration", "decide_registration"),
            ),
        ]
        found = affected_by(some, ON, moc=some[4])
        assert told(found) == [
            ("done", "entities named are others", ("conclude_verification",)),
            ("done-1", "entities named are others", ("conclude_verification",)),
            ("done-2", "concluded by an entity that is named no more", ("request_issuance", "decide_issuance")),
        ]
        assert str(found).split("\n")[:2] == [
            "AFFECTED  on 2025-05-01 by the modalities of communication of done of 2025-04-01 (entities): 3",
            (
                "  done (registered): entities named are others since 2025-04-01; ahead: issuance.conclude_verification"
                " (common.entity_named, inferred: Modalities of Communication Statement Form (Lao PDR) ver01.0,"
                " section 3, entities contracted (Lao PDR))"
            ),
        ]

    def test_another_focal_point_touches_what_it_files_and_signs(self) -> None:
        """Requests, also those for a change; validation is none of its business."""
        wish = after(
            opened(change, "boiler", of=DONE),
            change.request_change.fact(on=ON, evidence=ev.ChangeRequest(kind="renewal")),
            change.check_request.fact(on=ON, outcome=Outcome.INCOMPLETE),
        )
        done, valid, open_ = (self.renewed(case, focal_point=JAPAN) for case in (DONE, WORLD[2], WORLD[1]))
        found = affected_by([done, *WORLD[5:8], wish], ON, moc="MN099")
        assert told(found) == [
            ("done-1", "focal point is another", ("request_issuance",)),
            ("done-2", "focal point is another", ("request_issuance",)),
            ("boiler", "focal point is another", ("resubmit",)),
            ("boiler", "focal point is another", ("withdraw_request",)),
        ]
        assert [one.rule for one in found] == [
            "issuance.request_issuance.account_open",
            "issuance.request_issuance.account_open",
            "procedure.role",
            "procedure.role",
        ]
        (one,) = affected_by([valid], ON, moc=valid)
        assert (one.steps, one.standing, one.cites) == (
            ("project.request_registration",),
            "cited",
            "IGES slides on registration in Indonesia, slide 9",
        )
        assert told(affected_by([open_], ON, moc=open_)) == []

    def test_a_participant_that_is_gone_touches_credits_still_to_come(self) -> None:
        """Those that it has got are none of it."""
        lines = [ev.AllocationLine(side="JP", amount=80, holder=JAPAN), ev.AllocationLine(side="MN", amount=20)]
        paper = ev.JointCommitteeDecision(decision="notified", lines=lines)
        batch = after(opened(issuance, "done-4", of=DONE), issuance.decide_issuance.fact(on=ON, evidence=paper))
        got = after(
            batch,
            issuance.issue_credits.fact(on=ON, evidence=ev.RegistryIssuance(side="JP", lines=lines[:1])),
        )
        asked = after(
            opened(issuance, "done-5", of=DONE),
            issuance.request_issuance.fact(on=ON, evidence=ev.IssuanceRequest(lines=lines)),
        )
        done = self.renewed(DONE, participants=(SOLAR,))
        assert told(affected_by([done, batch, asked], ON, moc=done)) == [
            ("done-4", "credits for a participant that is named no more", ("issue_credits",)),
            ("done-5", "credits for a participant that is named no more", ("decide_issuance",)),
        ]
        assert told(affected_by([done, got], ON, moc=done)) == []

    def test_what_has_not_changed_touches_nothing(self) -> None:
        """Nor what changes later; a day that is not known may have come."""
        found = affected_by(WORLD, ON, moc=DONE)
        assert str(found) == (
            "AFFECTED  on 2025-05-01 by the modalities of communication of done, which have not changed by then: 0"
        )
        same = self.renewed(DONE)
        assert affected_by([same], ON, moc=same).change.endswith("2025-04-01 (nothing that a case depends on)")
        later = self.renewed(DONE, on=ON + timedelta(days=1), entities=("New Entity",))
        assert told(affected_by([later], ON, moc=later)) == []
        rough = self.renewed(DONE, on=Between(date(2025, 4, 1), date(2025, 6, 1)), entities=("New Entity",))
        assert [one.sure for one in affected_by([rough], ON, moc=rough)] == [False]


@pytest.mark.parametrize(
    ("given_", "asked", "why"),
    [
        (DONE, {"methodology": CITED}, r"cases: .* is no list\. Give a list of cases"),
        (None, {"methodology": CITED}, "cases: None is no list"),
        ("done", {"methodology": CITED}, "cases: 'done' is no list"),
        ([DONE, "done"], {"methodology": CITED}, r"cases: 'done' is no case\. Give cases as they stand"),
        ([DONE, DONE], {"methodology": CITED}, "done stands twice among the cases"),
        (WORLD, {"methodology": CITED, "on": "2025-05-01"}, "on: '2025-05-01' is not a day"),
        (WORLD, {"methodology": CITED, "on": UNKNOWN_DAY}, "is not a day"),
        (WORLD, {}, r"Nothing that has changed is given\. Give one of entity, methodology and moc"),
        (WORLD, {"methodology": CITED, "moc": "done"}, "methodology and moc are asked about at once"),
        (WORLD, {"methodology": CITED, "country": "MN"}, "country: only an entity needs one"),
        (WORLD, {"methodology": "MN_AM004"}, "'MN_AM004' is not a version of an approved methodology"),
        (WORLD, {"methodology": "  "}, "is not a version of an approved methodology"),
        (WORLD, {"entity": " ", "country": "MN"}, r"entity: ' ' is not a name\. Give a text that is not blank"),
        (WORLD, {"entity": " "}, "entity: ' ' is not a name"),
        (WORLD, {"entity": NAME}, f"in which country {NAME} is designated is not given"),
        (WORLD, {"entity": NAME, "country": "Mongolia"}, "country: 'Mongolia' is not the code of a country"),
        (WORLD, {"entity": DONE}, r"entity: done is a case of project\. Give a case of tpe"),
        (WORLD, {"entity": 7, "country": "MN"}, "entity: 7 is none"),
        (WORLD, {"entity": SUSPENDED, "country": "ID"}, "cert is designated in MN, not in ID"),
        (WORLD, {"entity": "TPE-MN-099", "country": "ID"}, "TPE-MN-099 is designated in MN, not in ID"),
        (WORLD, {"entity": opened(tpe, "new")}, "entity: new has neither a name nor a number"),
        (WORLD, {"moc": SUSPENDED}, r"moc: cert is a case of tpe\. Give the case of the project"),
        (WORLD, {"moc": 7}, "moc: 7 is none"),
        (WORLD, {"moc": "nobody"}, "moc: no project 'nobody' is among the cases"),
    ],
)
def test_what_cannot_be_asked_is_said(given_: Any, asked: dict[str, Any], why: str) -> None:
    """With what to do."""
    with pytest.raises(EvidenceError, match=why):
        affected_by(given_, asked.pop("on", ON), **asked)


def test_nothing_is_changed() -> None:
    """The cases are as before, whatever is asked about."""
    before = [repr(case) for case in WORLD]
    affected_by(WORLD, ON, entity=SUSPENDED)
    affected_by(iter(WORLD), ON, methodology=CITED)
    affected_by(WORLD, ON, moc="done")
    assert [repr(case) for case in WORLD] == before


FACTS = st.lists(
    st.sampled_from([PUBLISHED, VALIDATED, REQUESTED, REGISTERED, project.discontinue.fact(on=REPORT)]), max_size=3
)


@given(st.lists(FACTS, max_size=4), st.sampled_from([SUSPENDED, LOST, entity()]), st.dates(ASKED, date(2027, 1, 1)))
def test_what_is_touched_is_tied_to_it(histories: list[list[Any]], who: Case[Any], on: date) -> None:
    """Every case listed is among those of the entity, and every step listed can still come."""
    some = [park(f"p{place}", *facts) for place, facts in enumerate(histories)]
    tied = {case.id for case in cases(some, entity=who)}
    for one in affected_by(some, on, entity=who):
        assert one.case in tied
        assert not MACHINES["project"].states[one.state].final


class TestCases:
    """`cases`: those of many that are tied to something."""

    NOTE = after(
        opened(idea, "note"),
        idea.submit_idea.fact(on=ASKED, evidence=ev.ProjectIdeaNote(title="Heat", participants=[SOLAR])),
    )
    EVERY = (*WORLD, SUSPENDED, NOTE)

    def ids(self, **asked: Any) -> list[str]:
        """Return the ids of what is found."""
        return [case.id for case in cases(self.EVERY, **asked)]

    def test_those_of_an_entity(self) -> None:
        """Mandates, reports and its own case; an issuance that another case decides is still one that it verified."""
        found = ["sent", "open", "valid", "asked", "done", "done-1", "done-2", "done-3", "ended", "cert"]
        assert self.ids(entity=SUSPENDED) == found
        assert self.ids(entity=f" {NAME.lower()}") == found
        assert self.ids(entity="TPE-MN-099") == found
        assert self.ids(entity="Another Synthetic Entity") == ["other"]
        far = Case.open(project, "far", on=ASKED, country="ID").case
        far = after(far, project.replace_moc.fact(on=ASKED, evidence=moc()))
        assert cases([far], entity=NAME) == (far,)
        for who in (SUSPENDED, "TPE-MN-099"):
            assert cases([far, SUSPENDED], entity=who) == (SUSPENDED,)
        assert self.ids(entity=NAME, country="ID") == []
        assert self.ids(entity="Nobody") == []

    def test_those_of_a_participant(self) -> None:
        """In the modalities as they stand, and in idea notes; proponents too."""
        proposed = after(
            opened(methodology, "heat"),
            methodology.submit_proposal.fact(
                on=ASKED,
                evidence=ev.ProposalSubmission(proposal=ev.ProposedMethodology(title="Heat", proponents=[SOLAR])),
            ),
        )
        gone = after(WORLD[0], project.replace_moc.fact(on=ON, evidence=moc(focal_point=JAPAN, participants=(JAPAN,))))
        found = cases([gone, WORLD[1], self.NOTE, proposed], participant=SOLAR.upper())
        assert [case.id for case in found] == ["open", "note", "heat"]
        alone = park("alone", participants=None)
        assert cases([alone], participant=SOLAR) == (alone,)

    def test_those_of_a_methodology(self) -> None:
        """Of one version, or of all of them by number."""
        heat = after(
            opened(methodology, "heat"),
            methodology.request_revision.fact(on=ASKED, evidence=ev.MethodologyRevisionRequest(revises=CITED)),
        )
        some = [WORLD[0], heat, SUSPENDED, DONE]
        for asked in (CITED, "MN_AM004", ev.MethodologyVersion.parse(CITED)):
            assert [case.id for case in cases(some, methodology=asked)] == ["sent", "heat", "done"]
        assert cases(some, methodology="MN_AM004 Ver2.0") == cases(some, methodology="MN_AM005") == ()

    def test_those_in_a_state_of_a_machine(self) -> None:
        """What is asked for in several ways has to hold in all of them; asked for nothing, all are."""
        assert self.ids(state="validated") == ["valid"]
        assert self.ids(state=("validated", "reported")) == ["valid", "done-1"]
        assert self.ids(machine=tpe) == self.ids(machine="tpe") == ["cert"]
        assert self.ids(machine="project", state="submitted") == ["sent", "other"]
        assert self.ids(state="submitted") == ["sent", "other", "note"]
        assert self.ids(country="ID") == []
        assert cases(self.EVERY) == self.EVERY

    @pytest.mark.parametrize(
        ("asked", "why"),
        [
            ({"state": "certified"}, r"state: no machine has a state 'certified'\. States are drafting, "),
            ({"state": "registered", "machine": "tpe"}, "the machine tpe has a state 'registered'"),
            ({"entity": ""}, "entity: '' is not a name"),
            ({"entity": DONE}, "entity: done is a case of project"),
            ({"participant": 7}, "participant: 7 is not a name"),
            ({"methodology": "AM004"}, "'AM004' is not a version of an approved methodology"),
            ({"country": "mn"}, "country: 'mn' is not the code of a country"),
        ],
    )
    def test_what_cannot_be_is_said(self, asked: dict[str, Any], why: str) -> None:
        """With what can."""
        with pytest.raises(EvidenceError, match=why):
            self.ids(**asked)

    def test_a_machine_that_there_is_not(self) -> None:
        """Is named, with those that there are."""
        with pytest.raises(UnknownStep, match="There is no machine 'projects'"):
            self.ids(machine="projects")
        for given_ in (DONE, None, "done", [None], {"done": DONE}):
            with pytest.raises(EvidenceError, match=r"^cases: "):
                cases(given_)  # type: ignore[arg-type]
