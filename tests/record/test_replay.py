"""A public record replayed: every row is accounted for, and every project stands where the record says.

What the shipped record says is taken from the file with the csv module, never through the reader under test. All
other records here are synthetic.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import (
    UNKNOWN_DAY,
    Basis,
    Between,
    RuleBooks,
    Verdict,
    books,
    fold,
    idea,
    issuance,
    methodology,
    project,
    register,
    tpe,
)
from jcm_cycle.errors import NoRuleBook
from jcm_cycle.evidence import JointCommitteeDecision, MethodologyVersion
from jcm_cycle.record import EventWord, SubjectType, countries, read, read_text, shipped
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.replay import Contradiction, Replay, ReplayedCase, replay

HEADER = ",".join(COLUMNS)
COUNTS = ("replayed", "checked", "observed", "institutional", "claimed", "unreadable")
TEXT = shipped().read_text(encoding="utf-8")
ROWS = list(csv.DictReader(io.StringIO(TEXT, newline="")))

# The steps that every project takes on its way, as the table of the machine has them.
TO_VALIDATION = ["submit_pdd", "publish_pdd"]
TO_REQUEST = [*TO_VALIDATION, "conclude_validation", "request_registration"]
TO_REGISTRATION = [*TO_REQUEST, "check_request"]

NO_BOOK = "no rule book was found for"
NO_BOOKS = RuleBooks({})


def row(
    reference: str = "PW001",
    event: str = "registered",
    day: str = "2019-03-01",
    detail: str = "",
    *,
    title: str = "A synthetic project",
    kind: str = "project",
    end: str = "",
    amount: str = "",
    by: str = "",
    country: str = "",
) -> str:
    """Return a row of a synthetic record; its country is that of the reference, or Palau."""
    code = country or (reference.removeprefix("TPE-")[:2] or "PW")
    cells = (code, kind, reference, title, event, day, end, amount, detail, by, "https://example.org/synthetic")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def again(*rows: str, rules: RuleBooks = books, known: register.Register | None = None) -> Replay:
    """Replay a synthetic record of these rows; the first stands on line 2."""
    return replay(read_text(HEADER + "\n" + "".join(rows)), rules=rules, register=known)


def one(*rows: str, rules: RuleBooks = books, known: register.Register | None = None) -> ReplayedCase:
    """Return the one case of a synthetic record."""
    (case,) = again(*rows, rules=rules, known=known).cases
    return case


def told(case: ReplayedCase) -> list[tuple[str, tuple[int, ...]]]:
    """Return the contradictions of a case: the rule and the rows."""
    return [(found.rule, found.rows) for found in case.contradictions]


def of_rule(case: ReplayedCase, rule: str) -> list[str]:
    """Return the verdicts that the facts of a case had by one rule."""
    return [str(finding.verdict) for finding in case.findings if finding.rule == rule]


FULL = replay(read(shipped()))
BY_ID = {case.case.id: case for case in FULL.cases if case.case.machine == "project"}
ISSUANCES = {case.case.id: case for case in FULL.cases if case.case.machine == "issuance"}


def literal_projects() -> dict[str, str]:
    """Return where each single project of the shipped file stands by the words of its rows."""
    words: dict[str, set[str]] = defaultdict(set)
    for found in ROWS:
        if found["subject_type"] == "project" and found["reference"] and "+" not in found["reference"]:
            words[found["reference"]].add(found["event"])
    stands = {
        "registered": "registered",
        "registration_request_withdrawn": "request_withdrawn",
        "status_in_validation": "in_validation",
    }
    return {
        name: next(state for word, state in stands.items() if word in found)
        for name, found in words.items()
        if found & set(stands)
    }


FACTS = ("registered", "registration_request_withdrawn", "validation_completed")
DECIDED = ("issuance_decided", "issuance_notified_side", "issuance_announced")


def literal_fate(place: int) -> str:  # noqa: PLR0911 - one answer for each kind of row
    """Say what has to become of one row of the shipped file, by its words and those of the rows beside it."""
    cells = ROWS[place]
    event, reference, day = cells["event"], cells["reference"], cells["date"]
    own = [other for other in ROWS if other["reference"] == reference and other is not cells]
    first = not any((r["reference"], r["event"]) == (reference, event) for r in ROWS[:place])
    members = [{r["event"] for r in ROWS if (r["reference"], r["date"]) == (ref, day)} for ref in reference.split("+")]
    if cells["subject_type"] == "rule" or cells["country"] == "JP":
        return "institutional"
    if not reference and cells["title"].startswith("("):
        return "claim"
    if cells["subject_type"] != "project":
        return "attribute" if event == "tpe_accreditation_until" else "entry"
    if event in FACTS:
        return "entry" if first else "cross_check"
    if event == "status_in_validation":
        return "observation" if first else "cross_check"
    if event in ("monitoring_period", "monitoring_period_end"):
        return "attribute" if any(r["event"] in DECIDED for r in own) else "entry"
    if event == "issuance_decided" and "+" not in reference:
        sides = any((r["event"], r["date"]) == ("issuance_notified_side", day) for r in own)
        return "cross_check" if sides else "entry"
    if event == "issuance_announced" and any(r["event"] == "issuance_decided" for r in own):
        return "cross_check"
    if "+" in reference and event not in ("monitoring_period_end", "issuance_announced"):
        return "cross_check" if all(event in words for words in members) else "entry"
    return "cross_check" if event in ("registration_announced", "registration_completed") else "entry"


COUNTED = {
    "entry": "replayed",
    "attribute": "checked",
    "cross_check": "checked",
    "observation": "observed",
    "institutional": "institutional",
    "claim": "claimed",
}


def literal_fates() -> Counter[str]:
    """Count what has to become of the rows of the shipped file, by their words alone."""
    return Counter({"unreadable": 0}) + Counter(COUNTED[literal_fate(place)] for place in range(len(ROWS)))


class TestTheShippedRecord:
    """The record that comes with the library, held against its own file."""

    def test_every_row_is_accounted_for(self) -> None:
        """Each row is counted once, by what its words say, and none is unreadable."""
        assert FULL.record.rows == len(ROWS) == sum(FULL.counts.values())
        assert tuple(FULL.counts) == COUNTS
        assert dict(FULL.counts) == {name: literal_fates()[name] for name in COUNTS}
        assert FULL.counts["unreadable"] == 0
        assert FULL.record.unreadable == ()

    @pytest.mark.parametrize("country", countries())
    def test_every_row_of_a_country_is_accounted_for(self, country: str) -> None:
        """Asked for one country, the rows are those of the country, and its cases those of the whole record."""
        record = read(shipped(), country=country)
        found = replay(record)
        assert found.record.rows == sum(cells["country"] == country for cells in ROWS)
        assert sum(found.counts.values()) == found.record.rows
        whole = [case for case in FULL.cases if case.case.country == country]
        assert [(c.case.id, c.case.state) for c in found.cases] == [(c.case.id, c.case.state) for c in whole]
        assert dict(found.tonnes) == {name: told for name, told in FULL.tonnes.items() if name == country}

    def test_each_row_is_what_its_words_say(self) -> None:
        """Row by row: an entry, an attribute, a cross-check, an observation, or no part of a case."""
        lines = starts(TEXT)
        assert [(row.line, str(row.became)) for row in FULL.rows] == [
            (line, literal_fate(place)) for place, line in enumerate(lines)
        ]

    def test_every_project_stands_where_the_record_says(self) -> None:
        """Registered, withdrawn, or in validation: what the words of its rows say, and no project is left out."""
        assert {name: case.case.state for name, case in BY_ID.items()} == literal_projects()
        assert all(case.case.references == (name,) for name, case in BY_ID.items())
        assert set(literal_projects().values()) == {"registered", "request_withdrawn", "in_validation"}

    def test_a_state_says_what_it_rests_on(self) -> None:
        """A status of a list is observed; a registration or withdrawal is imported."""
        for name, case in BY_ID.items():
            observed = literal_projects()[name] == "in_validation"
            assert case.basis is (Basis.OBSERVED if observed else Basis.IMPORTED), name

    def test_days_are_those_of_the_file(self) -> None:
        """A registration has effect on the day of its row, and an undated withdrawal on a day that is not known."""
        days = {c["reference"]: c["date"] for c in ROWS if c["event"] == "registered"}
        for name, day in days.items():
            assert BY_ID[name].case.days["decide_registration"] == date.fromisoformat(day)
        undated = [c["reference"] for c in ROWS if c["event"] == "registration_request_withdrawn"]
        assert undated
        for name in undated:
            assert BY_ID[name].case.days["withdraw_request"] == UNKNOWN_DAY

    def test_the_eight_registrations_of_the_day_of_the_newer_procedure(self) -> None:
        """They were filed under the older one, so nothing of the newer one stands against them."""
        day = "2024-12-18"
        eight = [c["reference"] for c in ROWS if (c["country"], c["event"], c["date"]) == ("ID", "registered", day)]
        assert len(eight) == 8
        for name in eight:
            assert BY_ID[name].contradictions == (), name
            assert BY_ID[name].case.state == "registered"

    def test_every_contradiction_can_be_followed(self) -> None:
        """It names rows of the file, at least one of them about the case, and says what stands against what."""
        lines = dict(zip(starts(TEXT), ROWS, strict=True))
        for name, case in BY_ID.items():
            for found in case.contradictions:
                assert found.rows
                assert all(line in lines for line in found.rows)
                assert any(name in lines[line]["reference"] for line in found.rows)
                assert all((found.rule, found.says, found.cites, found.standing))

    def test_rows_are_the_lines_of_the_file(self) -> None:
        """The rows of each entry and group are lines on which a row about it starts, the header being line 1."""
        lines = dict(zip(starts(TEXT), ROWS, strict=True))
        for name, case in BY_ID.items():
            for entry in case.entries:
                for source in entry.sources:
                    assert source.row is not None
                    assert lines[source.row]["reference"] == name
                    assert lines[source.row]["source_url"] == (source.url or "")
        for group in FULL.groups:
            assert list(group.rows) == sorted(set(group.rows))
            for line in group.rows:
                names = set(lines[line]["reference"].split("+")) - {""}
                assert lines[line]["subject_type"] == "rule" or names <= set(group.refs) or set(group.refs) <= names

    def test_what_is_not_in_the_record(self) -> None:
        """The steps that every way needs and of which no row tells, project by project."""
        completed = {c["reference"] for c in ROWS if c["event"] == "validation_completed"}
        assert completed == {"MN003"}
        expected = {
            "registered": TO_REGISTRATION,
            "request_withdrawn": TO_REQUEST,
            "in_validation": TO_VALIDATION,
        }
        for name, case in BY_ID.items():
            steps = [step for step in expected[case.case.state] if step != "conclude_validation" or name != "MN003"]
            assert list(case.not_in_record) == steps, name

    @pytest.mark.parametrize(
        ("name", "steps"),
        [
            ("MN001", ["submit_pdd", "publish_pdd", "conclude_validation", "request_registration", "check_request"]),
            ("MN003", ["submit_pdd", "publish_pdd", "request_registration", "check_request"]),
            ("MN007", ["submit_pdd", "publish_pdd"]),
            ("ID007", ["submit_pdd", "publish_pdd", "conclude_validation", "request_registration"]),
        ],
    )
    def test_what_is_not_in_the_record_of_four_projects(self, name: str, steps: list[str]) -> None:
        """A registered one, the one with a report, one that a list shows, and one whose request was withdrawn."""
        assert list(BY_ID[name].not_in_record) == steps

    def test_the_report_on_the_third_mongolian_project(self) -> None:
        """The day of the report is kept, and what the record does not say of it is missing, never met or unmet."""
        case = BY_ID["MN003"]
        day = next(c["date"] for c in ROWS if c["event"] == "validation_completed")
        assert case.case.days["conclude_validation"] == date.fromisoformat(day)
        assert [entry.step for entry in case.entries] == ["open", "decide_registration", "conclude_validation"]
        assert of_rule(case, "project.conclude_validation.no_open_requests") == ["missing"]

    def test_a_country_without_a_book_says_so(self) -> None:
        """Its cases fold, and the findings of each say that no rule book was found; with a book none says so."""
        for name, case in BY_ID.items():
            said = [f for f in case.findings if str(f.facts.get("why", "")).startswith(NO_BOOK)]
            assert bool(said) is (case.case.country not in books), name
            assert all(f.rule == "common.rules_in_force" and f.verdict is Verdict.MISSING for f in said)
            assert all(case.case.country in f.facts["why"] for f in said)

    def test_the_entries_fold_to_the_case(self) -> None:
        """A case is what its entries make, and nothing else."""
        for case in FULL.cases:
            assert fold(case.entries) == case.case
            assert [entry.seq for entry in case.entries] == list(range(1, len(case.entries) + 1))
            assert case.entries[0].step == "open"

    def test_cases_come_by_kind_and_reference(self) -> None:
        """The projects stand in the order of their references, each followed by its issuances as they were decided."""
        kinds = [case.case.machine.replace("issuance", "project") for case in FULL.cases]
        assert list(dict.fromkeys(kinds)) == ["project", "methodology", "tpe", "idea"]
        assert kinds == sorted(kinds, key=["project", "methodology", "tpe", "idea"].index)
        for kind in ("methodology", "tpe", "idea"):
            own = [(case.case.country, case.case.id) for case in FULL.cases if case.case.machine == kind]
            assert own == sorted(own)
        projects = FULL.cases[: kinds.count("project")]
        whose = [getattr(case.case.file, "of", None) or case.case.id for case in projects]
        assert whose == sorted(whose)
        for one, other in pairwise(projects):
            if one.case.machine == other.case.machine == "issuance" and one.case.file.of == other.case.file.of:
                assert one.case.days["decide_issuance"] <= other.case.days["decide_issuance"]
            elif one.case.machine == "issuance":
                assert other.case.machine == "project"

    def test_each_case_is_announced_when_it_is_done(self) -> None:
        """Who shows a progress bar is called once for each case, in their order."""
        seen: list[str] = []
        assert replay(read(shipped()), seen=seen.append) == FULL
        assert seen == [case.case.id for case in FULL.cases]


def starts(text: str) -> list[int]:
    """Return the line on which each data row starts, counted by hand."""
    found, line, inside = [], 1, False
    fresh = True
    for raw in text.splitlines(keepends=True):
        if fresh and line > 1 and raw.strip():
            found.append(line)
        inside ^= raw.count('"') % 2 == 1
        fresh = not inside
        line += 1
    return found


TITLE = "Solar power (synthetic)"
SYNTHETIC = (
    "\ufeff" + HEADER + "\n"
    # 2: two sources that differ in the day of one registration; the first title goes over two lines
    'PW,project,PW001,"Solar power (synthetic)\nin Koror",registered,2019-03-01,,,methodology PW_AM001 Ver1.0,'
    "Joint Committee in Koror,https://example.org/list\n"
    # 4
    "PW,project,PW001,Solar power (synthetic),registered,2019-03-04,,,,,https://example.org/press\n"
    # 5: a joint row with the rows of both its members, on the same day
    "PW,project,PW002+PW003,(two synthetic projects),registered,2020-05-05,,,,,https://example.org/joint\n"
    "PW,project,PW002,Wind power (synthetic),registered,2020-05-05,,,,,https://example.org/list\n"
    "PW,project,PW003,Heat pumps (synthetic),registered,2020-05-05,,,,,https://example.org/list\n"
    # 8: a joint row without any row of its members
    "PW,project,PW004+PW005,(two synthetic projects),registered,2020-06-06,,,,,https://example.org/joint\n"
    # 9: a withdrawal without a day, and the list that still showed the project before
    'TH,project,TH001,Cogeneration (synthetic),registration_request_withdrawn,,,,"undated: marked in the list",,\n'
    "TH,project,TH001,Cogeneration (synthetic),status_in_validation,2018-06-04,,,snapshot of 2018-06-04,,\n"
    # 11: one fact from two sources
    "TH,project,TH002,Chillers (synthetic),registered,2017-07-07,,,,2nd Joint Committee in Bangkok,https://example.org/a\n"
    "TH,project,TH002,Chillers (synthetic),registered,2017-07-07,,,,,https://example.org/b\n"
    # 13: an end of validity in the future, and a designation
    "TH,tpe,TPE-TH-001,Synthetic Certification Ltd,tpe_designated,2016-01-01,,,scopes 1-3,,\n"
    'TH,tpe,TPE-TH-001,Synthetic Certification Ltd,tpe_accreditation_until,2999-12-31,,,"""(until …)""",,\n'
    # 15: a methodology approved only after the registration that cites it
    "CL,methodology,CL_AM001,Synthetic methodology,methodology_approved,2022-02-02,,,Ver1.0; proposed as CL_PM001,,\n"
    'CL,project,CL001,"Biomass, with a comma (synthetic)",registered,2021-01-01,,,methodology CL_AM001 Ver1.0,,\n'
    # 17: a list that still shows a registered project in validation
    'CL,project,CL001,"Biomass, with a comma (synthetic)",status_in_validation,2023-06-04,,,snapshot of 2023-06-04,,\n'
    # 18: no number, and two ways to write the title
    "CL,project,,Geothermal  heat (SYNTHETIC),registered,2024-01-01,,,,electronic decision,\n"
    "CL,project,,Geothermal heat (synthetic),registration_announced,2024-02-01,,,,,\n"
    # 20: a row that only counts, an institutional one, one of Japan, and one that cannot be read
    'CL,project,,"(3 projects, synthetic)",registered,2024-03-03,,,,,\n'
    "CL,rule,JC1,1st Joint Committee in Santiago (synthetic),jc_meeting,2016-01-01,2016-01-02,,,,\n"
    "JP,tpe,,A Japanese registry (synthetic),tpe_designated,2016-01-01,,,,,\n"
    "CL,project,CL002,A broken row (synthetic),registered,2024-02-30,,,,,\n"
    # 24: quoted lines within a row, and the line after it
    'CL,project,CL003,"Three\n\nlines (synthetic)",status_in_validation,2023-06-04,,,"snapshot\nof 2023-06-04",,\n'
    "CL,project,CL004,The last (synthetic),status_in_validation,2023-06-04,,,,,\n"
)


class TestASecondRecord:
    """A synthetic record of Palau, Thailand and Chile, for which no line of code was written."""

    found = replay(read_text(SYNTHETIC), rules=NO_BOOKS)
    by_id: Mapping[str, ReplayedCase] = {case.case.id: case for case in found.cases}

    def test_all_rows_are_accounted_for(self) -> None:
        """Every row is counted by what became of it, and the one that is broken is named with its line."""
        assert dict(self.found.counts) == {
            # PW001, PW002, PW003, PW004+PW005, TH001, TH002, CL001, the one without a number, an entity, a methodology
            "replayed": 10,
            "checked": 5,  # the second day, the joint row of members, the second source, the announcement, an end
            "observed": 4,
            "institutional": 2,
            "claimed": 1,  # a row that only counts
            "unreadable": 1,
        }
        assert self.found.record.rows == 23
        (broken,) = self.found.record.unreadable
        assert broken.line == 23
        assert "2024-02-30" in broken.why

    def test_every_case_stands_where_the_record_says(self) -> None:
        """Also where only a joint row tells of it, or a title stands for a number."""
        assert {name: (case.case.state, str(case.basis)) for name, case in self.by_id.items()} == {
            "CL project geothermal heat (synthetic)": ("registered", "imported"),
            "CL001": ("in_validation", "observed"),
            "CL003": ("in_validation", "observed"),
            "CL004": ("in_validation", "observed"),
            "CL_AM001 Ver1.0": ("approved", "imported"),
            "PW001": ("registered", "imported"),
            "PW002": ("registered", "imported"),
            "PW003": ("registered", "imported"),
            "PW004": ("registered", "imported"),
            "PW005": ("registered", "imported"),
            "TPE-TH-001": ("designated", "imported"),
            "TH001": ("request_withdrawn", "imported"),
            "TH002": ("registered", "imported"),
        }

    def test_two_days_become_a_stretch_and_a_contradiction(self) -> None:
        """The day lies between both, nothing picks one, and the rows of the contradiction are those two."""
        case = self.by_id["PW001"]
        assert case.case.days["decide_registration"] == Between(date(2019, 3, 1), date(2019, 3, 4))
        assert told(case) == [("record.views_agree", (2, 4))]
        assert all(day in case.contradictions[0].says for day in ("2019-03-01", "2019-03-04"))
        assert len([entry for entry in case.entries if entry.step == "decide_registration"]) == 1

    def test_a_withdrawal_without_a_day_comes_last(self) -> None:
        """The project is withdrawn although a list showed it in validation, and neither contradicts the other."""
        case = self.by_id["TH001"]
        assert case.case.days["withdraw_request"] == UNKNOWN_DAY
        assert case.contradictions == ()
        assert list(case.not_in_record) == TO_REQUEST

    def test_a_joint_row_beside_its_members_is_a_check(self) -> None:
        """It makes no entry of its own; each member has one, with both rows as sources."""
        for name, line in (("PW002", 6), ("PW003", 7)):
            (fact,) = [entry for entry in self.by_id[name].entries if entry.step == "decide_registration"]
            assert [source.row for source in fact.sources] == [line, 5]
            assert self.by_id[name].contradictions == ()
        (group,) = [group for group in self.found.groups if group.refs == ("PW002", "PW003")]
        assert group.rows == (5, 6, 7)
        assert group.agrees is not False

    def test_a_joint_row_alone_registers_each_of_its_projects(self) -> None:
        """Two cases come of it, and the row counts once."""
        for name in ("PW004", "PW005"):
            assert self.by_id[name].case.days["decide_registration"] == date(2020, 6, 6)

    def test_one_fact_from_two_sources_is_one_entry(self) -> None:
        """The entry names both rows, and who decided is taken from the one that says so."""
        case = self.by_id["TH002"]
        assert [entry.step for entry in case.entries] == ["open", "decide_registration"]
        assert sorted(source.row or 0 for source in case.entries[1].sources) == [11, 12]
        (_, fact) = case.entries
        assert isinstance(fact.evidence, JointCommitteeDecision)
        assert fact.evidence.meeting == "2nd Joint Committee in Bangkok"
        assert case.contradictions == ()

    def test_an_end_of_validity_in_the_future_is_no_act(self) -> None:
        """It is the end of what the entity holds, and disturbs no register."""
        known = register.of_record(self.found.record)
        answer = known.entity("TH", "Synthetic Certification Ltd", "validation", (1, 2), date(2030, 1, 1))
        assert isinstance(answer, register.Yes)
        (held,) = self.by_id["TPE-TH-001"].case.file.held
        assert (held.scopes, held.until) == ((1, 2, 3), date(2999, 12, 31))
        assert [entry.step for entry in self.by_id["TPE-TH-001"].entries] == ["open", "decide_designation"]

    def test_a_methodology_approved_only_afterwards_contradicts(self) -> None:
        """The rule, the row that cites it, the row that approves it, and where the rule comes from are named."""
        found = self.by_id["CL001"].contradictions[0]
        assert found.rule == "project.submit_pdd.methodology_valid"
        assert found.rows == (15, 16)
        assert "CL_AM001 Ver1.0" in found.says
        assert "2022-02-02" in found.says
        assert (found.cites, found.standing) == ("no rule book", "unknown")

    def test_a_list_that_lags_behind_contradicts(self) -> None:
        """The case stands where the list says, and the registration is named as what contradicts it."""
        case = self.by_id["CL001"]
        assert ("record.status_follows", (16, 17)) in told(case)
        assert len(case.contradictions) == 2
        says = case.contradictions[1].says
        assert "2021-01-01" in says
        assert "2023-06-04" in says

    def test_lines_are_counted_through_quoted_line_ends(self) -> None:
        """A row is found on the line on which it starts, after rows that go over several."""
        lines = {name: case.entries[1].sources[0].row for name, case in self.by_id.items()}
        assert (lines["CL003"], lines["CL004"]) == (24, 28)
        assert [row for row in lines.values() if row in starts(SYNTHETIC)] == list(lines.values())

    def test_no_book_was_found(self) -> None:
        """Each case says so, also one of which no step could be judged."""
        for case in self.found.cases:
            assert "missing" in of_rule(case, "common.rules_in_force")
            why = [f.facts["why"] for f in case.findings if f.rule == "common.rules_in_force"]
            assert why[0] == f"{NO_BOOK} {case.case.country}"

    def test_a_title_stands_for_a_number(self) -> None:
        """Spelling and blanks make no second case, and the title is the one of the registration."""
        case = self.by_id["CL project geothermal heat (synthetic)"]
        assert case.case.file.title == "Geothermal  heat (SYNTHETIC)"
        assert case.case.references == ()

    def test_one_country_of_it(self) -> None:
        """Chile alone has the rows of Chile, the broken one among them."""
        chile = replay(read_text(SYNTHETIC, country="CL"), rules=NO_BOOKS)
        assert chile.record.rows == sum(chile.counts.values()) == 10
        assert chile.counts["unreadable"] == 1
        assert {case.case.country for case in chile.cases} == {"CL"}


class TestWithoutABook:
    """Countries for which nobody has written a book."""

    def test_other_books_may_be_given(self) -> None:
        """Without any book, a Mongolian project folds to the same state, and its findings say what is lacking."""
        rows = [row("MN001"), row("MN002", "status_in_validation")]
        with_book, without = again(*rows), again(*rows, rules=RuleBooks({}))
        assert [case.case.state for case in with_book.cases] == [case.case.state for case in without.cases]
        for case in without.cases:
            assert any(f.facts.get("why") == f"{NO_BOOK} MN" for f in case.findings)
        with pytest.raises(NoRuleBook):
            RuleBooks({})["MN"]


class TestTheRegisterOfARecord:
    """What a record knows of methodologies and entities; what it does not say, it does not deny."""

    known = register.of_record(FULL.record)

    def test_it_is_open_to_what_it_does_not_know(self) -> None:
        """Of what it has no row it says that it does not know, and never no."""
        day = date(2020, 1, 1)
        for answer in (
            self.known.methodology(MethodologyVersion.parse("MN_AM999 Ver1.0"), day),
            self.known.entity("MN", "Nobody", "validation", (1,), day),
            self.known.number("MN001", "another-case"),
            self.known.idea("MN", "MN_PIN999", day),
        ):
            assert isinstance(answer, register.NotKnown)

    def test_most_methodologies_cited_are_not_known(self) -> None:
        """A record knows few of the methodologies its projects cite; each of the others is missing, none is unmet."""
        approved = {
            (cells["reference"], version[1])
            for cells in ROWS
            if cells["event"] in ("methodology_approved", "methodology_revision_approved")
            and (version := re.search(r"\b[Vv]er ?([0-9.]+)", cells["detail"]))
        }
        cited = {
            (str(version.reference), f"{version.version.major}.{version.version.minor}")
            for case in BY_ID.values()
            for version in case.case.file.methodologies or ()
        }
        assert approved
        assert len(cited - approved) > len(cited & approved)
        for reference, version in cited - approved:
            asked = MethodologyVersion.parse(f"{reference} Ver{version}")
            assert isinstance(self.known.methodology(asked, date(2026, 1, 1)), register.NotKnown)
        for case in FULL.cases:
            assert set(of_rule(case, "project.submit_pdd.methodology_valid")) <= {"missing"}

    def test_what_it_says_counts(self) -> None:
        """Each approval of the file is known from its day on, and denied before it."""
        for cells in ROWS:
            version = re.search(r"\b[Vv]er ?([0-9.]+)", cells["detail"])
            if cells["event"] not in ("methodology_approved", "methodology_revision_approved") or version is None:
                continue
            asked = MethodologyVersion.parse(f"{cells['reference']} Ver{version[1]}")
            day = date.fromisoformat(cells["date"])
            assert isinstance(self.known.methodology(asked, day), register.Yes)
            assert isinstance(self.known.methodology(asked, date(day.year - 1, 1, 1)), register.No)

    def test_designations_of_the_file_count(self) -> None:
        """Each entity is denied before its day, and usable from it on, unless a list marks it as withdrawn."""
        marked = {(c["country"], c["title"]) for c in ROWS if c["event"] == "tpe_withdrawn"}
        rows = [c for c in ROWS if (c["country"], c["event"]) == ("MN", "tpe_designated") and c["reference"]]
        assert rows
        for cells in rows:
            day = date.fromisoformat(cells["date"])
            for name in (cells["title"], cells["reference"], cells["title"].upper()):
                kind = register.NotKnown if ("MN", cells["title"]) in marked else register.Yes
                assert isinstance(self.known.entity("MN", name, "validation", (), day), kind)
                assert isinstance(self.known.entity("MN", name, "validation", (), date(2012, 1, 1)), register.No)


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CODE = re.compile(r"[A-Z]{2}")
SIDES = {CODE: int}
ANY_DAY = (DAY, "unknown", {"not_before": (DAY, None), "not_after": (DAY, None)})
AMOUNTS = {
    "total": (int, None),
    "sides": SIDES,
    "holders": [{"side": CODE, "holder": str, "amount": int}],
    "unsplit": int,
    "inferred": (int, None),
}
KINDS = (project, issuance, methodology, tpe, idea)
STATES = tuple(state for kind in KINDS for state in kind.states)
STEPS = tuple(step for kind in KINDS for step in kind.steps)
REPLAY: dict[str, Any] = {
    "schema": 1,
    "rows": int,
    "counts": dict.fromkeys(COUNTS, int),
    "unreadable": [{"line": int, "why": str}],
    "groups": [
        {
            "refs": [str],
            "kind": tuple(map(str, EventWord)),
            "on": ANY_DAY,
            "amount": (int, None),
            "agrees": (bool, None),
            "rows": [int],
        }
    ],
    "cases": [
        {
            "case": str,
            "of": (str, None),
            "machine": tuple(kind.name for kind in KINDS),
            "country": tuple(countries()),
            "title": (str, None),
            "state": STATES,
            "state_basis": ("judged", "imported", "observed"),
            "entries": int,
            "findings": {"met": int, "unmet": int, "missing": int},
            "contradictions": [
                {
                    "rows": [int],
                    "rule": str,
                    "says": str,
                    "cites": str,
                    "standing": ("cited", "observed", "inferred", "assumed", "unknown"),
                }
            ],
            "not_in_record": [STEPS],
            "notified": AMOUNTS,
            "issued": AMOUNTS,
            "outstanding": (SIDES, None),
        }
    ],
}
"""What the JSON of a replay has to look like."""
BY_ROW: dict[str, Any] = {
    **REPLAY,
    "by_row": [
        {
            "line": int,
            "as": (*COUNTED, "unreadable"),
            "case": (str, None),
            "seq": (int, None),
            "group": (int, None),
            "why": (str, None),
        }
    ],
}
"""The same with its rows one by one."""


def misfits(data: Any, shape: Any, where: str = "$") -> list[str]:  # noqa: PLR0911 - one answer for each kind of shape
    """Return where data differ from a shape: a type, a pattern, a value, (one of several), [of items], {of keys}.

    A mapping of which the one key is a pattern may have any keys of it.
    """
    fine: bool
    if isinstance(shape, dict) and isinstance(next(iter(shape)), re.Pattern):
        ((key, part),) = shape.items()
        if not isinstance(data, dict):
            return [f"{where}: {data!r:.80} is no mapping"]
        return [bad for name in data for bad in misfits(name, key, where) + misfits(data[name], part, where)]
    if isinstance(shape, dict):
        if not isinstance(data, dict) or list(data) != list(shape):
            return [f"{where}: {data!r:.80} has not the keys {list(shape)}"]
        return [bad for key, part in shape.items() for bad in misfits(data[key], part, f"{where}.{key}")]
    if isinstance(shape, list):
        if not isinstance(data, list):
            return [f"{where}: {data!r:.80} is no list"]
        return [bad for place, item in enumerate(data) for bad in misfits(item, shape[0], f"{where}[{place}]")]
    if isinstance(shape, tuple):
        fine = any(not misfits(data, part, where) for part in shape)
    elif isinstance(shape, re.Pattern):
        fine = isinstance(data, str) and shape.fullmatch(data) is not None
    elif isinstance(shape, type):
        fine = type(data) is shape
    else:
        fine = type(data) is type(shape) and data == shape
    return [] if fine else [f"{where}: {data!r:.80} is not {shape!r:.80}"]


class TestJson:
    """The data that others rely on."""

    @pytest.mark.parametrize("found", [FULL, TestASecondRecord.found, again()], ids=["shipped", "second", "empty"])
    def test_its_shape(self, found: Replay) -> None:
        """Every key, in its place and of its type; and what it says survives being written and read."""
        data = found.json(rows=True)
        assert misfits(data, BY_ROW) == []
        assert misfits(found.json(), REPLAY) == []
        assert json.loads(json.dumps(data)) == data
        assert data["rows"] == sum(data["counts"].values())

    def test_the_checker_sees_what_is_wrong(self) -> None:
        """A key too many, one too few, a bool for a number, and a value out of a closed set are told."""
        fine = FULL.json()
        for spoil in (
            lambda data: data.pop("groups"),
            lambda data: data.update(more=1),
            lambda data: data["counts"].update(checked=True),
            lambda data: data["cases"][0].update(state="lost"),
            lambda data: data["cases"][0]["notified"].update(holders=None),
            lambda data: data["groups"][0].update(agrees="yes"),
        ):
            broken = json.loads(json.dumps(fine))
            spoil(broken)
            assert len(misfits(broken, REPLAY)) == 1

    def test_a_stretch_of_days(self) -> None:
        """Two days of one registration stand as their stretch in the group that disagrees."""
        (group,) = again(row(), row(day="2019-03-04")).json()["groups"]
        assert group == {
            "refs": ["PW001"],
            "kind": "registered",
            "on": {"not_before": "2019-03-01", "not_after": "2019-03-04"},
            "amount": None,
            "agrees": False,
            "rows": [2, 3],
        }

    def test_a_whole_case(self) -> None:
        """A registered project of a country without a book, in full."""
        assert one(row(detail="methodology PW_AM001 Ver1.0"), rules=NO_BOOKS).json() == {
            "case": "PW001",
            "of": None,
            "machine": "project",
            "country": "PW",
            "title": "A synthetic project",
            "state": "registered",
            "state_basis": "imported",
            "entries": 2,
            "findings": {"met": 1, "unmet": 0, "missing": 2},
            "contradictions": [],
            "not_in_record": TO_REGISTRATION,
            "notified": {"total": None, "sides": {}, "holders": [], "unsplit": 0, "inferred": None},
            "issued": {"total": None, "sides": {}, "holders": [], "unsplit": 0, "inferred": None},
            "outstanding": None,
        }

    def test_findings_are_those_of_the_case(self) -> None:
        """The numbers of a case are those of its findings, and an unmet one that is no duty is a contradiction."""
        for case in (*FULL.cases, *TestASecondRecord.found.cases):
            counted = Counter(str(finding.verdict) for finding in case.findings)
            assert case.json()["findings"] == {name: counted[name] for name in ("met", "unmet", "missing")}
            rules = {found.rule for found in case.contradictions}
            assert {f.rule for f in case.findings if f.verdict is Verdict.UNMET and f.effect != "duty"} <= rules

    def test_what_two_cases_give_away_is_theirs(self) -> None:
        """Who changes the data of one case changes no other."""
        first, second = (case.json() for case in FULL.cases[:2])
        first["notified"]["sides"]["JP"] = 1
        first["notified"]["holders"].append("x")
        for amounts in (first["issued"], second["notified"], second["issued"]):
            assert amounts == {"total": None, "sides": {}, "holders": [], "unsplit": 0, "inferred": None}


def essence(found: Replay) -> tuple[Any, ...]:
    """Return what the order of the rows must not change: counts, cases, states, days, findings, contradictions."""
    cases = [
        (
            case.case.id,
            case.case.state,
            str(case.basis),
            case.case.days,
            Counter((f.rule, f.verdict, str(f.standing)) for f in case.findings),
            Counter((c.rule, len(c.rows)) for c in case.contradictions),
            case.not_in_record,
            [case.json()[name] for name in ("of", "notified", "issued", "outstanding")],
        )
        for case in found.cases
    ]
    groups = Counter((group.refs, group.kind, group.on, group.amount, group.agrees) for group in found.groups)
    odd = sorted((odd.kind, odd.case) for odd in found.remarks)
    return dict(found.counts), cases, groups, dict(found.tonnes), odd


WHOLE, SECOND = essence(FULL), essence(TestASecondRecord.found)


def shuffled(text: str, order: Callable[[list[list[str]]], None]) -> str:
    """Return a record with its rows in another order."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    header, body = rows[0], rows[1:]
    order(body)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *body])
    return out.getvalue()


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(random: Random) -> None:
    """However the rows are shuffled, the second record gives the same cases, states and counts."""
    assert essence(replay(read_text(shuffled(SYNTHETIC, random.shuffle)), rules=NO_BOOKS)) == SECOND


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_shipped_rows_does_not_matter(seed: int) -> None:
    """Neither does it for the record that is shipped, in five orders."""
    order = list.reverse if seed == 0 else Random(seed).shuffle  # noqa: S311 - an order, not a secret
    assert essence(replay(read_text(shuffled(TEXT, order)))) == WHOLE


def test_a_record_read_twice_is_the_same() -> None:
    """Every row from two sources makes no second entry: the cases stay, and each copy is a check or a view."""
    doubled = replay(read_text(TEXT + TEXT.split("\n", 1)[1]))
    assert [(c.case.id, c.case.state, len(c.entries)) for c in doubled.cases] == [
        (c.case.id, c.case.state, len(c.entries)) for c in FULL.cases
    ]
    assert doubled.record.rows == 2 * len(ROWS) == sum(doubled.counts.values())
    for name in ("replayed", "observed"):
        assert doubled.counts[name] == FULL.counts[name]


ANY_ROW = st.builds(
    row,
    st.sampled_from(["PW001", "PW002", "PW001+PW002", "MN001", "ID001", "", "VN001+VN002+VN003"]),
    st.sampled_from([str(word) for word in EventWord]),
    st.sampled_from(["", "2019-03-01", "2019-03-02", "2024-12-18", "0001-01-01", "9999-12-31", "2019-02-30"]),
    st.sampled_from(["", "methodology MN_AM001 Ver1.0", "Ver1.0", "Japan side", "total", "decision of 2019-03-01"]),
    title=st.sampled_from(["A synthetic project", "(2 projects)", "  ", "A\nB", "[bold]:car:[/x]", "\u200b", "~"]),
    kind=st.sampled_from(["project"] * 4 + [str(kind) for kind in SubjectType]),
    amount=st.sampled_from(["", "0", "10", "ten"]),
    by=st.sampled_from(["", "electronic decision", "Joint Committee in Koror", " "]),
    country=st.sampled_from(["", "", "", "JP", "MN", "XX"]),
)


REFERENCES = {
    "methodology": ["PW_AM001", "PW_AM002", "PW_PM001", "PW_PM002", "PW_AM001+PW_AM002", "PW_PM001+PW_PM002", ""],
    "tpe": ["TPE-PW-001", "TPE-PW-002", "TPE-PW-001+TPE-PW-002", ""],
    "pin": ["PW_PIN001", "PW_PIN002", "PW_PIN001+PW_PIN002", ""],
}
SAID = (
    "", "scopes 1-3", "scopes 1-99", "scopes 5-3", "scopes 0", "scopes validation 1,2",
    "scopes validation 1,2; verification 1,2,14", "scopes 1,2; scopes 2 later withdrawn", "scopes 7 later withdrawn",
    "additional sectoral scopes of 12", "snapshot of 2019-06-01; scopes 1", "snapshot of 2014-01-01", "Ver1.0",
    "Ver2.0; with revisions", "Ver3.0; proposed as PW_PM001", "proposed as PW_PM001", "proposed as PW_PM001 PW_PM002",
)  # fmt: skip
NAMES = (
    "", "A Ltd", "a  LTD.", "B Ltd (formerly A Ltd)", "A Ltd (formerly B Ltd)", "A, formerly A", "(3 entities)", "( )",
    "(", "~", "\u200b", "Quite Long Names (QLN)", "X\nY",
)  # fmt: skip
ROW_AROUND = st.sampled_from(sorted(REFERENCES)).flatmap(
    lambda kind: st.builds(
        row,
        st.sampled_from(REFERENCES[kind]),
        st.sampled_from([str(word) for word in EventWord if str(word).startswith(f"{kind}_")]),
        st.sampled_from(["", "2019-03-01", "2019-03-02", "2015-05-05", "0001-01-01", "9999-12-31"]),
        st.sampled_from(SAID),
        title=st.sampled_from(NAMES),
        kind=st.just(kind),
        end=st.sampled_from(["", "", "2019-03-05", "9999-12-31"]),
        by=st.sampled_from(["", "electronic decision", "Joint Committee in Koror"]),
    )
)


@given(st.lists(ROW_AROUND, max_size=8), st.randoms(use_true_random=False))
def test_any_rows_around_the_project_are_accounted_for(rows: list[str], random: Random) -> None:
    """Whatever rows on methodologies, entities and ideas say, nothing is raised, and their order changes nothing."""
    accounted_for(rows)
    text = HEADER + "\n" + "".join(rows)
    assert essence(replay(read_text(shuffled(text, random.shuffle)))) == essence(again(*rows))


@given(st.lists(ANY_ROW, max_size=8))
def test_any_record_is_accounted_for(rows: list[str]) -> None:
    """Whatever the rows say, each is counted once, the data have their shape, and nothing is raised."""
    accounted_for(rows)


def accounted_for(rows: list[str]) -> None:
    """Hold a replay against its rows."""
    found = again(*rows)
    assert misfits(found.json(rows=True), BY_ROW) == []
    assert found.record.rows == len(rows) == sum(found.counts.values())
    lines = set(starts(HEADER + "\n" + "".join(rows)))
    assert [line.line for line in found.rows] == sorted(lines)
    cases = {case.case.id: case for case in found.cases}
    for line in found.rows:
        if line.case is not None:
            assert line.line in {s.row for s in cases[line.case].entries[(line.seq or 0) - 1].sources}
    for case in found.cases:
        assert fold(case.entries) == case.case
        assert {s.row for entry in case.entries for s in entry.sources} <= lines
        for item in case.contradictions:
            assert isinstance(item, Contradiction)
            assert item.rows
            assert set(item.rows) <= lines


def test_every_case_of_the_record_is_judged_under_the_book_of_its_country() -> None:
    """No finding says that no book was found, whatever the country."""
    assert {case.case.country for case in FULL.cases} <= set(books)
    told = [finding for case in FULL.cases for finding in case.findings if NO_BOOK in str(finding.facts.get("why"))]
    assert told == []
