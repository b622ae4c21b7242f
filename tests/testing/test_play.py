"""A story passes for its own reason only: what else refuses, or refuses otherwise, makes it fail and is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_cycle import Act, CaseView, Edition, Finding, RuleBook, require, rule
from jcm_cycle.evidence import Publication
from jcm_cycle.rules import _rule
from jcm_cycle.states import ProjectFile, project
from jcm_cycle.testing import Played, Told, play

REQUEST = "project.request_registration"
VALIDATION = "project.conclude_validation"
GIVEN = 'given = [{ state = "validated", on = 2025-03-01 }]'
IN_VALIDATION = 'given = [{ state = "in_validation", on = 2025-03-01 }]'
HEAD = '[stories]\ncountry = "MN"\nprocedure = "PCP 07.0"\n'


def played(folder: Path, *lines: str, head: str = HEAD) -> Told:
    """Write a story of these lines, and return what came of it."""
    file = folder / "one.stories.toml"
    file.write_text("\n".join([head, "[[story]]", 'title = "The one"', *lines]) + "\n", encoding="utf-8")
    (only,) = play(file)
    return only


def request(then: str, more: str = "") -> tuple[str, str, str]:
    """Return the lines of a story on a request for registration."""
    return GIVEN, f'when = {{ step = "{REQUEST}", on = 2025-03-17{more} }}', f"then = {{ {then} }}"


def validation(then: str, more: str = "") -> tuple[str, str, str]:
    """Return the lines of a story on a validation while public inputs are open."""
    return IN_VALIDATION, f'when = {{ step = "{VALIDATION}", on = 2025-03-17{more} }}', f"then = {{ {then} }}"


OPEN = f'"{VALIDATION}.no_open_requests"'
TREATED = f'"{VALIDATION}.inputs_treated"'
ATTACHED = f'"{REQUEST}.attachments"'
CL = ', evidence = { open_requests = ["CL 1"] }'
LESS = ', without = ["validation_report"]'


@pytest.mark.parametrize(
    "lines",
    [
        request("accepted = true"),
        request('accepted = "registration_requested"'),
        request(f"accepted = true, met = [{ATTACHED}]"),
        request(f"held_by = [{ATTACHED}]", LESS),
        request(f"held_by = [{ATTACHED}], missing = [{ATTACHED}]", LESS),
        request("accepted = true", f', despite = {{ {ATTACHED} = "synthetic" }}{LESS}'),
        request('refused_by = ["procedure.role"]', ', by = "entity"'),
        validation(f"refused_by = [{OPEN}], held_by = [{TREATED}]", CL),
        validation(f"refused_by = [{OPEN}], held_by = [{TREATED}], unmet = [{OPEN}]", CL),
        validation(f"refused_by = [{OPEN}]", f'{CL}, despite = {{ {TREATED} = "synthetic" }}'),
        validation(f"held_by = [{TREATED}], not_judged = [{OPEN}]", ', outcome = "negative"'),
    ],
)
def test_a_story_that_is_true_passes(tmp_path: Path, lines: tuple[str, ...]) -> None:
    """Whatever it says comes about, and nothing else refuses."""
    found = played(tmp_path, *lines)
    assert found, found.explain()
    assert found.against == ()


PALAU = '[stories]\ncountry = "PW"\nprocedure = "PCP 03.0"\n'
SEEN = 'given = [{ state = "reported", on = 2021-07-10 }]'


@pytest.mark.parametrize(
    ("on", "named", "against"),
    [
        ("2021-07-10", "", ()),
        ("2021-07-11", '"waiver-2021"', ()),
        ("2021-07-11", "", ("waiver-2021 relaxes a rule, which the story does not say",)),
        ("2022-01-01", "", ()),  # it is not known whether the next measure had begun
        ("2022-01-01", '"waiver-2021"', ("waiver-2021 relaxes no rule on the day",)),
    ],
)
def test_a_story_names_the_measures_that_relax_a_rule_on_the_day(
    tmp_path: Path, on: str, named: str, against: tuple[str, ...]
) -> None:
    """All of them, and no other; what only may have begun is none."""
    when = f'when = {{ step = "issuance.conclude_verification", on = {on} }}'
    found = played(tmp_path, SEEN, when, f"then = {{ accepted = true, relaxed_by = [{named}] }}", head=PALAU)
    assert found.against == against, found.explain()


def test_a_measure_that_the_book_has_not(tmp_path: Path) -> None:
    """The one that was perhaps meant is told."""
    when = 'when = { step = "issuance.conclude_verification", on = 2021-07-11 }'
    found = played(tmp_path, SEEN, when, 'then = { accepted = true, relaxed_by = ["waiver-2020"] }', head=PALAU)
    assert "the book has no measure 'waiver-2020'. Did you mean 'waiver-20" in found.explain()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        # accepted, though it says refused
        (request(f"held_by = [{ATTACHED}]"), ["it was accepted", "attachments is met"]),
        (request(f"refused_by = [{ATTACHED}]"), ["it was accepted", "attachments is met"]),
        # refused by another rule first, or as well
        (validation(f"refused_by = [{OPEN}]", CL), ["inputs_treated holds it as well"]),
        (validation(f"held_by = [{TREATED}]", CL), ["no_open_requests refuses it as well"]),
        (request(f"held_by = [{ATTACHED}]", ', by = "entity"'), ["attachments is met", "procedure.role refuses it as"]),
        # in the other way
        (request(f"refused_by = [{ATTACHED}]", LESS), ["lets it pass with a reason: name it in held_by"]),
        (
            validation(f"held_by = [{OPEN}, {TREATED}]", CL),
            ["no_open_requests refuses it, whatever reason is given: name it in refused_by"],
        ),
        # by a rule that only advises, or cannot refuse
        (
            request(f'refused_by = ["{REQUEST}.allocation"]', ", evidence = { allocation = { agreed = false } }"),
            ["allocation is missing, but only advises here, as unknown"],
        ),
        (
            (
                'given = [{ state = "registration_requested", on = 2025-03-01 }]',
                'when = { step = "project.check_request", on = 2025-05-01 }',
                'then = { refused_by = ["project.check_request.in_time"] }',
            ),
            ["it was accepted", "in_time is a time limit on an authority, and refuses nothing"],
        ),
        # by one that is not judged
        (
            validation(f"refused_by = [{OPEN}]", ', outcome = "negative"'),
            ["no_open_requests is not judged"],
        ),
        # refused, though it says accepted
        (request("accepted = true", LESS), ["attachments holds it, and no reason is given"]),
        (validation("accepted = true", CL), ["no_open_requests refuses it", "inputs_treated holds it"]),
        (request('accepted = "validated"'), ["the case stands registration_requested, and not validated"]),
        # single rules
        (request(f"accepted = true, missing = [{ATTACHED}]"), ["attachments is met, and not missing"]),
        (request(f"accepted = true, not_judged = [{ATTACHED}]"), ["attachments is judged: met"]),
        (
            validation(f"held_by = [{TREATED}], met = [{OPEN}]", ', outcome = "negative"'),
            ["no_open_requests is not judged, and not met"],
        ),
        # what went through with a reason
        (
            request(f"held_by = [{ATTACHED}]", f', despite = {{ {ATTACHED} = "synthetic" }}{LESS}'),
            ["attachments is missing, and went through with a reason"],
        ),
    ],
)
def test_a_story_that_passes_for_no_reason_of_its_own_fails(
    tmp_path: Path, lines: tuple[str, ...], words: list[str]
) -> None:
    """It is told what refused, and how."""
    found = played(tmp_path, *lines)
    assert not found
    for word in words:
        assert any(word in one for one in found.against), found.explain()


def test_a_failure_tells_the_sentence_and_the_source(tmp_path: Path) -> None:
    """What was expected, what happened, and of each rule concerned sentence, facts, source and standing."""
    told = played(tmp_path, *validation(f"refused_by = [{OPEN}]", CL)).explain()
    assert "one.stories.toml:5: The one\n  MN, project.conclude_validation on 2025-03-17\n" in told
    assert "\n  expected  refused by project.conclude_validation.no_open_requests\n" in told
    assert "\n  happened  refused by project.conclude_validation.no_open_requests; held by project." in told
    assert "No corrective action or clarification request is left open.\n          open_requests: CL 1\n" in told
    assert "blocks; cited: JCM Validation Report Form, as filled for project MN003" in told
    assert "The opinion comes after the window for public inputs has closed and deals with every input." in told
    assert "earliest day: 2025-03-31" in told


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ('{ step = "submit_pdd", on = 2025-01-08 }', "submitted"),
        ('{ fact = "submit_pdd", on = 2025-01-08, evidence = { idea = "MN_PIN001" } }', "submitted"),
        ('{ seen = "submitted", on = 2025-01-08 }', "submitted"),
        ('{ state = "submitted", on = 2025-01-08 }', "submitted"),
        ('{ state = "submitted", on = 2025-01-08 }, { state = "in_validation", on = 2025-02-08 }', "in_validation"),
        ('{ state = "registered", on = 2025-01-08 }', "registered"),
        ('{ state = "validation_negative", on = 2025-01-08 }', "validation_negative"),
        ('{ state = "drafting", on = 2025-01-08 }', "drafting"),
    ],
)
def test_what_has_happened_brings_the_case_there(tmp_path: Path, given: str, state: str) -> None:
    """By acts that are judged, facts that are not, what a list showed, or all in good order."""
    when = 'when = { step = "project.discontinue", on = 2025-03-17 }'
    may = state in ("submitted", "in_validation", "validation_negative")
    then = 'accepted = "discontinued"' if may else 'refused_by = ["procedure.state"]'
    found = played(tmp_path, f"given = [{given}]", when, f"then = {{ {then} }}")
    assert found, found.explain()


def test_an_act_that_is_given_has_to_be_accepted(tmp_path: Path) -> None:
    """Else the story cannot begin, and what refused the act is told."""
    given = 'given = [{ step = "submit_pdd", on = 2025-01-08, without = ["modalities"] }]'
    when = 'when = { step = "project.publish_pdd", on = 2025-01-10 }'
    told = played(tmp_path, given, when, "then = { accepted = true }").explain()
    assert "given 1: submit_pdd on 2025-01-08 was not accepted, so that the story cannot begin." in told
    assert "[project.submit_pdd.documents]" in told
    assert "Traceback" not in told


def test_a_case_is_moved(tmp_path: Path) -> None:
    """To another procedure of its country, with a reason."""
    lines = (
        'given = [{ state = "validated", on = 2016-05-02 }, { move = "RG 02.0", on = 2026-06-10, reason = "asked" }]',
        f'when = {{ step = "{REQUEST}", on = 2026-06-10, evidence = {{ allocation = {{ agreed = false }} }} }}',
        f'then = {{ held_by = ["{REQUEST}.allocation"] }}',
    )
    found = played(tmp_path, *lines, head='[stories]\ncountry = "MN"\nprocedure = "2013 set"\n')
    assert found, found.explain()


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ('{ what = "check_request", until = 2025-03-24 }', ""),
        ('{ what = "project.check_request", until = 2025-03-24, who = "secretariat" }', ""),
        ('{ what = "check_request", until = 2025-03-25 }', "check_request is not due until 2025-03-25"),
        ('{ what = "check_request", until = "unknown" }', "check_request is not due until unknown"),
        ('{ what = "check_request", until = 2025-03-24, who = "clock" }', "check_request by clock is not due"),
        ("", "due as well: case-1: project.check_request, secretariat, by 2025-03-24"),
    ],
)
def test_everything_that_is_due_is_told(tmp_path: Path, due: str, words: str) -> None:
    """After the act, on its day: what, until when, from whom; nothing is left out."""
    found = played(tmp_path, *request(f"accepted = true, due = [{due}]"))
    assert bool(found) == (not words)
    assert not words or any(words in one for one in found.against)


def test_what_is_due_on_a_day_without_an_act(tmp_path: Path) -> None:
    """A story may ask for that alone."""
    due = '{ what = "close_public_inputs", until = 2025-03-30, who = "clock" }'
    found = played(tmp_path, IN_VALIDATION, "when = { on = 2025-03-10 }", f"then = {{ due = [{due}] }}")
    assert found, found.explain()
    assert not played(tmp_path, IN_VALIDATION, "when = { on = 2025-03-10 }", "then = { due = [] }")


def test_a_rule_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing passes by it, and nothing of the library's inside is shown."""
    monkeypatch.setattr(_rule, "_RULES", dict(_rule._RULES))

    @rule("project.publish_pdd.zz_fails", on=project.publish_pdd)
    def fails(act: Act[Publication], case: CaseView[ProjectFile], edition: Edition) -> Finding:
        """This rule is broken."""
        del act, case, edition
        return require(1 / 0)

    row = {"rule": fails.id, "since": "2020-01-01", "standing": "cited", "source": "s"}
    source = {"key": "s", "title": "Synthetic", "kind": "primary", "about": "ZZ", "standing": "cited"}
    head = {"country": "ZZ", "name": "Synthetia", "api": 1, "reviewed_on": "2026-01-01"}
    procedure = {"name": "only", "since": "2020-01-01", "standing": "cited", "source": "s"}
    book = RuleBook({"book": head, "source": [source], "procedure": [procedure], "adopt": [row]})
    file = tmp_path / "one.stories.toml"
    lines = (
        '[[story]]\ntitle = "broken"\ncountry = "ZZ"\ngiven = [{ state = "submitted", on = 2025-01-08 }]',
        'when = { step = "project.publish_pdd", on = 2025-01-09 }\nthen = { accepted = true }',
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    (found,) = play(file, books={"ZZ": book})
    assert not found
    assert "the rule project.publish_pdd.zz_fails failed: ZeroDivisionError" in found.explain()
    assert "Traceback" not in found.explain()


BOOK = """\
[book]
country = "ZZ"
name = "Synthetia"
api = 1
reviewed_on = 2026-01-15

[[source]]
key = "PCP"
title = "Synthetic procedure"
kind = "primary"
about = "ZZ"
standing = "cited"

[[procedure]]
name = "only"
since = 2020-01-01
source = "PCP"
standing = "cited"

[[adopt]]
rule = "project.submit_pdd.documents"
since = 2024-03-01
source = "PCP"
cites = "section 1"
standing = "cited"
"""

STORY = """
[[story]]
title = "A design document comes with its monitoring plan, from 1 March 2024 on"
country = "ZZ"
when = { step = "project.submit_pdd", on = 2024-03-01, without = ["design_document.monitoring_plan"] }
then = { held_by = ["project.submit_pdd.documents"] }

[[story]]
title = "The day before nobody asks"
country = "ZZ"
when = { step = "project.submit_pdd", on = 2024-02-29, without = ["design_document.monitoring_plan"] }
then = { accepted = "submitted", not_judged = ["project.submit_pdd.documents"] }
"""


@pytest.mark.parametrize("books", ["books/synthetia", "books"])
def test_a_book_that_is_not_installed(tmp_path: Path, books: str) -> None:
    """Is named by its folder, or by the one that holds a folder for each country, from the file on."""
    folder = tmp_path / "books" / "synthetia"
    folder.mkdir(parents=True)
    (folder / "book.toml").write_text(BOOK, encoding="utf-8")
    file = tmp_path / "zz.stories.toml"
    file.write_text(f'[stories]\nbooks = "{books}"\nedges = ["ZZ"]\n{STORY}', encoding="utf-8")
    found: Played = play(file)
    assert found, found.explain()
    assert (len(found), found.tested, found.verdict) == (2, 4, "passed")
    (folder / "book.toml").write_text(BOOK.replace("2024-03-01", "2024-03-02"), encoding="utf-8")
    late = play(file)
    assert not late
    assert [one.story.title[:6] for one in late.failed] == ["A desi"]
    assert "documents is not judged" in late.explain()


def test_what_came_of_it_as_data(tmp_path: Path) -> None:
    """Whether each story passes, what it said, and the findings of the rules concerned."""
    found = played(tmp_path, *request(f"refused_by = [{ATTACHED}]", LESS)).json()
    assert found["passed"] is False
    assert found["expected"] == f"refused by {ATTACHED}".replace('"', "")
    assert [one["rule"] for one in found["findings"]] == [f"{REQUEST}.attachments"]
