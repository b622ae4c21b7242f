"""Which other cases may be the same project under another number or title; all cases are synthetic."""

from __future__ import annotations

import json
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import Case, evidence as ev, idea, issuance, methodology, project, resembles, tpe
from jcm_cycle.errors import EvidenceError

DAY = date(2024, 2, 1)
HEAT, SOLAR = "Synthetic heat pumps for a dairy in Alphaville", "Synthetic solar park near Betatown"


def known(name: str, title: str | None, machine: Any = project, *facts: Any, country: str = "MN", **more: Any) -> Any:
    """Return a case with a title, after facts."""
    case = Case.imported(machine, name, ev.Opening(country=country, title=title, **more), on=DAY).case
    for fact in facts:
        case = case.record(fact).case
    return case


def sent(title: str, *people: str, location: str | None = None, **more: Any) -> Any:
    """Return the fact that a design document was submitted."""
    moc = ev.ModalitiesOfCommunication(
        title=title, focal_point=ev.FocalPoint(name=people[0]), participants=people
    ) if people else None  # fmt: skip
    paper = ev.PDDSubmission(design_document=ev.DesignDocument(title=title, location=location), modalities=moc, **more)
    return project.submit_pdd.fact(on=DAY, evidence=paper)


def told(found: Any) -> list[tuple[str, list[str]]]:
    """Return what is found, each with in what it is alike."""
    return [(one.case, [str(reason.likeness) for reason in one.reasons]) for one in found]


def test_the_same_title_under_another_number_is_found() -> None:
    """Capitals, blanks and punctuation do not matter; the case itself and other titles are not found."""
    one, twin = known("a", HEAT, reference="MN001"), known("b", HEAT.upper().replace(" ", ", "), reference="MN002")
    found = resembles(one, [one, known("c", SOLAR, reference="MN003"), twin])
    assert told(found) == [("b", ["title"])]
    assert (found.items[0].score, found.items[0].references) == (90, ("MN002",))


def test_other_countries_and_other_kinds_are_not_compared() -> None:
    """A project is compared with projects and ideas, a methodology with methodologies, an entity with entities."""
    one = known("a", HEAT)
    note = known("n", HEAT, idea)
    others = [known("b", HEAT, country="ID"), known("m", HEAT, methodology), known("t", HEAT, tpe), note]
    assert told(resembles(one, others)) == [("n", ["title"])]
    assert told(resembles(note, [one, *others])) == [("a", ["title"])]
    assert told(resembles(known("m2", HEAT, methodology), [*others, one])) == [("m", ["title"])]


def test_one_that_names_the_other_is_found_whatever_its_title() -> None:
    """The request that it follows, its idea note, the project that a waiver exempts, a number that both bear."""
    old = known("old", HEAT, reference="MN007")
    again = known(
        "again", SOLAR, project,
        project.request_registration.fact(on=DAY, evidence=ev.RegistrationRequest(resubmits="MN007")),
    )  # fmt: skip
    for one, other in ((old, again), (again, old)):
        (found,) = resembles(one, [other])
        assert (found.score, str(found.reasons[0])) == (100, "link 100 %: one names the other: MN007")
    note = known("note", SOLAR, idea, reference="MN_PIN001")
    planned = known("planned", HEAT, project, sent(HEAT, idea="MN_PIN001"))
    assert [str(one.reasons[0]) for one in resembles(planned, [note])] == ["link 100 %: one names the other: MN_PIN001"]
    waived = known(
        "waived", SOLAR, idea,
        idea.waive.fact(on=DAY, evidence=ev.JointCommitteeDecision(decision="decided", cases=["MN007"])),
    )  # fmt: skip
    assert [one.case for one in resembles(old, [waived])] == ["waived"]
    both = known("both", SOLAR, reference="MN007")
    assert [str(one.reasons[0]) for one in resembles(old, [both])] == ["link 100 %: both bear MN007"]
    heat = known("heat", "Method of heat", methodology, reference="MN_AM009 Ver1.0")
    wish = known(
        "wish", "Something else", methodology,
        methodology.request_revision.fact(
            on=DAY, evidence=ev.MethodologyRevisionRequest(revises="MN_AM009 Ver1.0")
        ),
    )  # fmt: skip
    assert [one.case for one in resembles(wish, [heat])] == ["heat"]


def test_participants_and_place_make_up_for_another_title() -> None:
    """Neither is enough alone; a company may have many projects."""
    one = known("a", HEAT, project, sent(HEAT, "Synthetic Dairy LLC", "Trading K.K.", location="Alphaville, South"))
    same = known("b", SOLAR, project, sent(SOLAR, "synthetic dairy, LLC", location="south  Alphaville"))
    people = known("c", SOLAR, project, sent(SOLAR, "Synthetic Dairy LLC", location="Gammaville"))
    place = known("d", SOLAR, project, sent(SOLAR, "Somebody", location="Alphaville, South"))
    found = resembles(one, [same, people, place])
    assert told(found) == [("b", ["participants", "place"])]
    assert found.items[0].score == 58
    assert str(found) == (
        "RESEMBLES  a: 1\n"
        "  b (Synthetic solar park near Betatown), submitted: 58; participants 100 %: synthetic dairy, LLC;"
        " place 100 %: south  Alphaville"
    )
    assert told(resembles(one, [people, place], least=30)) == [("c", ["participants"]), ("d", ["place"])]
    note = known(
        "n", SOLAR, idea,
        idea.submit_idea.fact(
            on=DAY,
            evidence=ev.ProjectIdeaNote(
                title=SOLAR, participants=["Trading KK", "Synthetic Dairy LLC"], location="South Alphaville"
            ),
        ),
    )  # fmt: skip
    assert told(resembles(one, [note])) == [("n", ["participants", "place"])]


def test_a_slip_of_the_pen_does_not_hide_a_title() -> None:
    """By its letters it is the same."""
    (found,) = resembles(known("a", HEAT), [known("b", "Sinthetic heatpumps for a dairi in Alphavile")])
    assert 85 <= found.reasons[0].degree < 100
    assert found.reasons[0].told == "a, for, in"
    (found,) = resembles(known("a", "Heatpumps"), [known("b", "Heat-pumps")])
    assert str(found.reasons[0]) == "title 95 %: spelt alike"


def test_rare_words_weigh_more() -> None:
    """Of titles that share their common words the one with the rare word in common is the likest."""
    common = "Introduction of a solar power system in"
    many = [known(f"c{place}", f"{common} Town {place} Valley") for place in range(30)]
    one = known("one", f"{common} Synthetic Harbour")
    (found,) = resembles(one, [*many, known("twin", "Synthetic harbour solar power")])
    assert (found.case, found.reasons[0].told) == ("twin", "harbour, synthetic, power, solar")


def test_an_entity_is_found_under_a_former_name() -> None:
    """All its names count."""
    asked = tpe.apply_for_designation.fact(on=DAY, evidence=ev.DesignationApplication(entity="Old Synthetic Name"))
    renamed = known("t", None, tpe, asked, tpe.rename.fact(on=DAY, evidence=ev.Renaming(new_name="Entirely Different")))
    again = known("u", "Old synthetic name", tpe)
    for one, other, name in ((again, renamed, "Old Synthetic Name"), (renamed, again, "Old synthetic name")):
        assert [str(found.reasons[0]) for found in resembles(one, [other])] == [f"link 100 %: both bear {name}"]


def test_as_data() -> None:
    """Plain, with what speaks for it."""
    data = json.loads(json.dumps(resembles(known("a", HEAT), [known("b", HEAT, reference="MN002")]).json()))
    assert data == {
        "schema": 1,
        "case": "a",
        "items": [
            {
                "case": "b",
                "machine": "project",
                "title": HEAT,
                "references": ["MN002"],
                "state": "drafting",
                "score": 90,
                "reasons": [{"likeness": "title", "told": "the same words", "degree": 100}],
            }
        ],
    }


def test_a_case_without_a_title_resembles_nothing_by_it() -> None:
    """Nor does an empty one."""
    assert len(resembles(known("a", None), [known("b", None), known("c", HEAT), known("d", "–")])) == 0
    assert len(resembles(known("d", "–"), [known("b", None), known("c", HEAT)])) == 0


@pytest.mark.parametrize(
    ("case", "cases", "least", "why"),
    [
        ("a", [], 50, r"case: 'a' is no case\. Give one case"),
        (None, [], 50, "case: None is no case"),
        (known("a", HEAT), known("b", HEAT), 50, r"cases: .* is no list\. Give a list of cases"),
        (known("a", HEAT), None, 50, "cases: None is no list"),
        (known("a", HEAT), ["b"], 50, "cases: 'b' is no case"),
        (known("a", HEAT), [known("b", HEAT), known("b", HEAT)], 50, "b stands twice"),
        (known("a", HEAT), [], 0, r"least: 0 is no score\. Give a whole number from 1 to 100"),
        (known("a", HEAT), [], 0.5, r"least: 0\.5 is no score"),
        (known("a", HEAT), [], True, "least: True is no score"),
        (known("i", HEAT, issuance, of="a"), [], 50, r"i is a case of issuance, which has no title of its own\."),
    ],
)
def test_what_cannot_be_asked_is_said(case: Any, cases: Any, least: Any, why: str) -> None:
    """With what to give."""
    with pytest.raises(EvidenceError, match=why):
        resembles(case, cases, least=least)


TITLES = st.lists(st.sampled_from(["heat", "solar", "park", "dairy", "10MW", "Alphaville", "phase"]), max_size=5)


@given(st.lists(st.tuples(TITLES, st.sets(st.sampled_from("ABC"))), min_size=2, max_size=5))
def test_what_resembles_is_resembled(given_: list[tuple[list[str], set[str]]]) -> None:
    """With the same score, whichever of the two is asked about, and the likest first."""
    made = [
        known(f"c{place}", " ".join(words) or None, project, sent(" ".join(words) or "–", *sorted(people)))
        for place, (words, people) in enumerate(given_)
    ]
    scores: dict[tuple[str, ...], int] = {}
    for one in made:
        found = resembles(one, made, least=1)
        assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
        for item in found:
            assert 1 <= item.score <= 100
            assert scores.setdefault(tuple(sorted((one.id, item.case))), item.score) == item.score
            assert one.id != item.case


def test_one_is_compared_with_ten_thousand_in_a_few_seconds() -> None:
    """It takes about half a second; the bound is wide, for a busy machine."""
    many = [known(f"c{place}", f"Synthetic {place % 50} MW solar park number {place}") for place in range(10_000)]
    start = perf_counter()
    found = resembles(known("new", "Synthetic 7 MW solar park number 7007"), many)
    assert perf_counter() - start < 20
    assert found.items[0].case == "c7007"
