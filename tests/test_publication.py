"""What is to be public of a case, in which version, and on what ground; all cases are synthetic."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from jcm_cycle import (
    UNKNOWN_DAY,
    Case,
    Journal,
    Outcome,
    change,
    evidence as ev,
    idea,
    issuance,
    loss,
    methodology,
    project,
    publication,
    tpe,
    transfer,
)
from jcm_cycle.errors import EvidenceError

DAY, ON = date(2024, 2, 1), date(2025, 5, 1)
SOLAR = "Synthetic Solar LLC"
PAPER = ev.Document(version="1.0", url="https://example.org/public.pdf")


def day(number: int) -> date:
    """Return a day so many days after the first."""
    return DAY + timedelta(days=number)


def kept(journal: Journal, machine: Any, *facts: Any, country: str = "MN", **more: Any) -> tuple[Case[Any], Any]:
    """Return a case after facts, and its entries."""
    name = f"case-{len(journal.cases)}"
    answer = Case.open(machine, name, on=DAY, country=country, **more)
    journal.append(answer)
    for fact in facts:
        answer = journal.case(name).record(fact)
        journal.append(answer)
    return journal.case(name), journal.entries(name)


def submitted(title: str = "A synthetic park", **more: Any) -> Any:
    """Return the fact that a design document was submitted."""
    cover = {name: more.pop(name) for name in ("cover", "cover_public") if name in more}
    moc = ev.ModalitiesOfCommunication(title=title, focal_point=ev.FocalPoint(name=SOLAR), participants=[SOLAR])
    paper = ev.DesignDocument(title=title, version="1.0", methodologies=["MN_AM004 Ver1.0"], **more)
    sent = ev.PDDSubmission(
        design_document=paper,
        modalities=moc,
        contains_confidential=cover.get("cover"),
        public_version=cover.get("cover_public"),
    )
    return project.submit_pdd.fact(on=day(1), evidence=sent)


PUBLISHED = project.publish_pdd.fact(on=day(4), evidence=ev.Publication(reference="MN099"))
VALIDATED = project.conclude_validation.fact(
    on=day(60), evidence=ev.ValidationReport(title="A park", opinion="positive", contains_confidential=False)
)
REGISTERED = project.decide_registration.fact(
    on=day(90), evidence=ev.JointCommitteeDecision(decision="registered", decided_on=day(90))
)


def shown(found: Any) -> dict[str, tuple[bool, Any]]:
    """Return what is listed, with whether there is a ground for it and the day since which it is there."""
    return {one.what: (one.sure, one.since) for one in found}


class TestProject:
    """A project on its way."""

    def test_before_it_is_published_its_design_document_waits(self, journal: Journal) -> None:
        """A draft has nothing to publish."""
        case, _ = kept(journal, project)
        assert len(publication(case, ON)) == 0
        case, _ = kept(journal, project, submitted())
        (one,) = publication(case, ON)
        assert (one.what, one.since, one.published, str(one.standing)) == ("design document", day(1), None, "inferred")

    def test_published_it_stands_in_the_list_and_calls_for_inputs(self, journal: Journal) -> None:
        """With the word of the list for where it stands."""
        case, _ = kept(journal, project, submitted(), PUBLISHED)
        found = publication(case, ON)
        assert shown(found) == {
            "entry in the list of projects": (True, day(4)),
            "design document": (True, day(4)),
            "call for public inputs": (True, day(4)),
        }
        assert found.items[1].published == day(4)
        assert found.items[0].contents == {
            "number": "MN099",
            "title": "A synthetic park",
            "status": "Validation",
            "registered_on": None,
            "participants": (SOLAR,),
            "methodologies": (ev.MethodologyVersion.parse("MN_AM004 Ver1.0"),),
        }
        closed = project.close_public_inputs.fact(on=day(40), evidence=ev.Elapsed(window="project.public_inputs"))
        said = project.submit_public_input.fact(on=day(9), evidence=ev.PublicInput(summary="Well done."))
        case, _ = kept(journal, project, submitted(), project.publish_pdd.fact(on=day(4)), said, closed)
        later = shown(publication(case, ON))
        assert "call for public inputs" not in later
        assert later["public inputs received"] == (True, day(9))

    def test_registered_its_decision_and_its_status_are_public(self, journal: Journal) -> None:
        """A report, and a later design document, are named without a ground."""
        revised = project.revise_pdd.fact(on=day(20), evidence=ev.DesignDocument(title="A park", version="1.1"))
        case, entries = kept(journal, project, submitted(), PUBLISHED, revised, VALIDATED, REGISTERED)
        found = publication(case, ON, entries=entries)
        assert shown(found) == {
            "entry in the list of projects": (True, day(90)),
            "design document": (True, day(4)),
            "call for public inputs": (True, day(4)),
            "decision of the Joint Committee": (True, day(90)),
            "later version of the design document": (False, day(20)),
            "validation report": (False, day(60)),
        }
        assert found.items[0].contents["status"] == "Project registered"
        assert [one.twin.name for one in found] == ["WRITTEN", "UNSAID", "WRITTEN", "WRITTEN", "UNSAID", "WHOLE"]
        changed = project.apply_change.fact(on=day(200), evidence=ev.ChangeEffect(change="c", document_version="2.0"))
        shown_first = project.publish_pdd.fact(on=day(4))
        case, entries = kept(journal, project, submitted(), shown_first, revised, REGISTERED, changed)
        (later,) = (one for one in publication(case, ON, entries=entries) if one.what.startswith("later"))
        assert (later.contents, later.since, later.twin.name) == (
            {"version": ev.Version(2, 0)},
            day(200),
            "UNREAD",
        )

    @pytest.mark.parametrize(
        ("state", "status"),
        [
            ("validated", "Validation"),
            ("request_withdrawn", "Request for Registration withdrawn"),
            ("withdrawn", None),
            ("crediting_ended", None),
        ],
    )
    def test_the_list_has_words_for_some_states(self, journal: Journal, state: str, status: str | None) -> None:
        """For others none was seen."""
        case, _ = kept(journal, project, project.observed(state, on=DAY))
        assert publication(case, ON).items[0].contents["status"] == status

    def test_as_text_and_as_data(self, journal: Journal) -> None:
        """With the version that is published, and where it is."""
        case, entries = kept(
            journal, project, submitted(contains_confidential=True, public_version=PAPER), PUBLISHED, VALIDATED
        )
        found = publication(case, ON, entries=entries)
        assert str(found).split("\n") == [
            "PUBLICATION  case-0 on 2025-05-01: 3, and perhaps 1",
            (
                "  entry in the list of projects, since 2024-04-01: number: MN099; title: A synthetic park; status:"
                " Validation; participants: Synthetic Solar LLC; methodologies: MN_AM004 Ver1.0"
                " (observed: project list of jcm.go.jp)"
            ),
            (
                "  design document, since 2024-02-05, published on 2024-02-05: version: 01.0; the public version, with"
                " the confidential parts made illegible (version 01.0)"
                " (inferred: project list of jcm.go.jp: every project in validation has a number)"
            ),
            (
                "  call for public inputs, since 2024-02-05, published on 2024-02-05: opened_on: 2024-02-05"
                " (inferred: IGES slides on registration in Indonesia, slide 9 (window beside validation))"
            ),
            (
                "  perhaps validation report, since 2024-04-01; as it was filed: it has no confidential parts"
                " (unknown: no text found)"
            ),
        ]
        data = json.loads(json.dumps(found.json()))
        assert [data[name] for name in ("schema", "case", "machine", "on")] == [1, "case-0", "project", "2025-05-01"]
        assert data["items"][1] == {
            "what": "design document",
            "contents": {"version": "01.0"},
            "twin": "the public version, with the confidential parts made illegible",
            "public": {"version": "01.0", "digest": None, "url": "https://example.org/public.pdf"},
            "since": "2024-02-05",
            "published": "2024-02-05",
            "sure": True,
            "standing": "inferred",
            "cites": "project list of jcm.go.jp: every project in validation has a number",
        }

    @pytest.mark.parametrize(
        ("said", "twin"),
        [
            ({}, "UNSAID"),
            ({"contains_confidential": False}, "WHOLE"),
            ({"contains_confidential": True}, "LACKING"),
            ({"contains_confidential": True, "public_version": PAPER}, "PUBLIC"),
            ({"public_version": PAPER}, "PUBLIC"),
            ({"cover": True}, "LACKING"),
            ({"cover": True, "cover_public": PAPER}, "PUBLIC"),
            ({"cover": False}, "WHOLE"),
            ({"cover": True, "contains_confidential": False}, "WHOLE"),
            ({"cover": False, "contains_confidential": True}, "LACKING"),
        ],
    )
    def test_which_version_is_published(self, journal: Journal, said: dict[str, Any], twin: str) -> None:
        """As the document says of itself, and else as its cover does; without entries nobody knows."""
        case, entries = kept(journal, project, submitted(**said))
        found = publication(case, ON, entries=entries)
        assert [one.twin.name for one in found] == [twin]
        assert len(found.lacking) == (twin == "LACKING")
        assert [one.public for one in found] == [PAPER if twin == "PUBLIC" else None]
        assert [one.twin.name for one in publication(case, ON)] == ["UNREAD"]

    def test_what_was_replaced_does_not_count(self, journal: Journal) -> None:
        """The latest entry that counts tells the version; those after the day asked about do not."""
        case, entries = kept(journal, project, submitted(contains_confidential=True))
        journal.append(case.correct(submitted(contains_confidential=False), replaces=entries[-1].seq))
        case, entries = journal.case(case.id), journal.entries(case.id)
        assert [one.twin.name for one in publication(case, ON, entries=entries)] == ["WHOLE"]
        assert len(publication(case, DAY, entries=entries)) == 0


def test_an_issuance_stands_in_the_table_from_its_notification_on(journal: Journal) -> None:
    """By side; reports are named without a ground, and of another country the table is concluded."""
    lines = (ev.AllocationLine(side="JP", amount=80), ev.AllocationLine(side="MN", amount=20))
    facts = (
        issuance.submit_monitoring_report.fact(on=day(1)),
        issuance.conclude_verification.fact(on=day(2), outcome=Outcome.POSITIVE),
        issuance.decide_issuance.fact(
            on=day(3), evidence=ev.JointCommitteeDecision(decision="notified", decided_on=day(3), lines=lines)
        ),
        issuance.issue_credits.fact(on=day(5), evidence=ev.RegistryIssuance(side="JP", amount=80)),
    )
    early, _ = kept(journal, issuance, *facts[:2], of="MN099")
    assert set(shown(publication(early, ON)).values()) == {(False, day(1)), (False, day(2))}
    case, _ = kept(journal, issuance, *facts, of="MN099")
    found = publication(case, ON)
    assert [one.what for one in found] == [
        "row in the table of issuances", "decision of the Joint Committee", "monitoring report", "verification report"
    ]  # fmt: skip
    assert str(found.items[0]) == (
        "row in the table of issuances, since 2024-02-06: decided_on: 2024-02-04; total: 100; notified: JP 80, MN 20;"
        " issued: JP 80 (observed: issuance table of Mongolia)"
    )
    other, _ = kept(journal, issuance, *facts, of="ID099", country="ID")
    row = publication(other, ON).items[0]
    assert (str(row.standing), row.cites) == ("inferred", "issuance table of Mongolia (another country)")


def test_a_methodology_is_public_from_the_call_for_inputs_on(journal: Journal) -> None:
    """Its form and its spreadsheet, each in its version; then what was approved."""
    sent = ev.ProposalSubmission(
        proposal=ev.ProposedMethodology(title="Heat", proponents=["Synthetic Heat LLC"], contains_confidential=True),
        spreadsheet=ev.MethodologySpreadsheet(contains_confidential=False),
    )
    facts = (
        methodology.submit_proposal.fact(on=day(1), evidence=sent),
        methodology.check_proposal.fact(
            on=day(3), evidence=ev.CompletenessConclusion(conclusion="complete", reference="MN_PM099")
        ),
        methodology.decide_methodology.fact(
            on=day(60), evidence=ev.JointCommitteeDecision(decision="approved", number="MN_AM099", version="1.0")
        ),
    )
    new, _ = kept(journal, methodology, facts[0])
    assert len(publication(new, ON)) == 0
    case, entries = kept(journal, methodology, *facts)
    found = publication(case, ON, entries=entries)
    assert [(one.what, one.twin.name, str(one.standing)) for one in found] == [
        ("entry in the list of proposed methodologies", "WRITTEN", "observed"),
        ("proposed methodology", "LACKING", "observed"),
        ("spreadsheet of the proposed methodology", "WHOLE", "inferred"),
        ("approved methodology", "WRITTEN", "observed"),
        ("decision of the Joint Committee", "WRITTEN", "observed"),
    ]
    assert found.items[0].json()["contents"] == {
        "number": "MN_PM099",
        "title": "Heat",
        "proponents": ["Synthetic Heat LLC"],
        "inputs_opened_on": "2024-02-04",
        "inputs_closed_on": None,
    }
    assert found.items[3].json()["contents"]["methodology"] == "MN_AM099 Ver1.0"


def test_an_entity_stands_in_its_list_with_scopes_and_ends(journal: Journal) -> None:
    """A withdrawal is marked; a suspension is concluded."""
    asked = ev.DesignationApplication(
        entity="Synthetic Certification Ltd.",
        scopes=[ev.Scopes(numbers=(1, 3), until=date(2026, 11, 27)), ev.Scopes(numbers=(13,), role="verification")],
    )
    held = (
        tpe.apply_for_designation.fact(on=day(1), evidence=asked),
        tpe.decide_designation.fact(
            on=day(9), evidence=ev.JointCommitteeDecision(decision="designated", number="TPE-MN-099")
        ),
    )
    applied, _ = kept(journal, tpe, held[0])
    assert len(publication(applied, ON)) == 0
    case, _ = kept(journal, tpe, *held)
    entry = publication(case, ON).items[0]
    assert entry.json()["contents"] == {
        "number": "TPE-MN-099",
        "entity": "Synthetic Certification Ltd.",
        "former_names": [],
        "held": [
            {"scopes": [1, 3], "role": "both", "since": "2024-02-10", "until": "2026-11-27"},
            {"scopes": [13], "role": "verification", "since": "2024-02-10", "until": None},
        ],
        "withdrawn_on": None,
    }
    halted = tpe.suspend.fact(on=day(90), evidence=ev.JointCommitteeDecision(decision="decided"))
    gone = tpe.withdraw.fact(on=day(99), evidence=ev.DesignationWithdrawal(cause="voluntary"))
    numbered = (held[0], tpe.decide_designation.fact(on=day(9), outcome=Outcome.DESIGNATED))
    suspended, _ = kept(journal, tpe, *numbered, halted)
    found = publication(suspended, ON)
    assert [(one.what, str(one.standing)) for one in found] == [
        ("suspension in the list of third-party entities", "inferred"),
        ("decision of the Joint Committee", "observed"),
    ]
    withdrawn, _ = kept(journal, tpe, *numbered, gone)
    assert publication(withdrawn, ON).items[0].contents["withdrawn_on"] == day(99)


@pytest.mark.parametrize(
    ("machine", "facts", "whats"),
    [
        (
            idea,
            [
                idea.submit_idea.fact(on=day(1), evidence=ev.ProjectIdeaNote(title="Heat")),
                idea.decide_idea.fact(on=day(2), evidence=ev.JointCommitteeDecision(decision="no_objection")),
            ],
            {"decision of the Joint Committee": "observed", "idea note": "unknown"},
        ),
        (
            change,
            [
                change.request_change.fact(on=day(1), evidence=ev.ChangeRequest(kind="renewal")),
                change.decide_change.fact(on=day(2), evidence=ev.JointCommitteeDecision(decision="approved")),
            ],
            {"decision of the Joint Committee": "inferred", "request after registration": "unknown"},
        ),
        (
            loss,
            [loss.report_loss.fact(on=day(1)), loss.submit_plan.fact(on=day(2))],
            {"report of a loss": "unknown", "plan of compensation": "unknown"},
        ),
        (
            transfer,
            [transfer.record_authorisation.fact(on=day(1), evidence=ev.Authorisation(party="MN"))],
            {"authorisation of a Party": "unknown"},
        ),
    ],
)
def test_of_other_cases_decisions_are_public(
    journal: Journal, machine: Any, facts: list[Any], whats: dict[str, str]
) -> None:
    """What is filed is named without a ground."""
    case, _ = kept(journal, machine, *facts, **({"of": "x"} if machine.of else {}))
    assert {one.what: str(one.standing) for one in publication(case, ON)} == whats


def test_what_cannot_be_asked_is_said(journal: Journal) -> None:
    """With what to give."""
    case, _ = kept(journal, project, submitted())
    _, others = kept(journal, project, submitted())
    for given, more, why in (
        ([case], {}, r"is no case\. Give one case"),
        (None, {}, r"case: None is no case"),
        (case, {"on": None}, "on: None is not a day"),
        (case, {"on": UNKNOWN_DAY}, "is not a day"),
        (case, {"entries": others}, r"entries: one is of case-1\. Give the entries of case-0"),
        (case, {"entries": [case]}, "is none. Give the entries of case-0"),
    ):
        with pytest.raises(EvidenceError, match=why):
            publication(given, **{"on": ON, **more})  # type: ignore[arg-type]
