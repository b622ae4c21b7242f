"""Rows of a record read as claims: every row is accounted for, with the line on which it starts."""

# A verdict among the parameters of a test is no switch:
# ruff: noqa: FBT001

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from hypothesis import given, strategies as st

from jcm_cycle.days import UNKNOWN_DAY
from jcm_cycle.errors import RecordError
from jcm_cycle.record import Claim, EventWord, SubjectType, group, read, read_text, shipped
from jcm_cycle.record._table import load
from jcm_cycle.record.claims import COLUMNS
from jcm_cycle.record.countries import countries
from jcm_cycle.record.detail import Holding

HEADER = ",".join(COLUMNS)

SYNTHETIC = f"""{HEADER}
PW,project,PW001,"Solar power (synthetic)
in Koror",registered,2019-03-01,,,"methodology PW_AM001 Ver1.0;
snapshot of 2026-06-04",,https://example.org/list
PW,project,PW001,Solar power (synthetic),registered,2019-03-04,,,,3rd Joint Committee,https://example.org/press
TH,project,TH001,Cogeneration (synthetic),registration_request_withdrawn,,,,"undated: marked in the list",,
PW,project,PW002+PW003,(two synthetic projects),issuance_decided,2020-05-05,,30,total,,
CL,project,,"(2 projects, synthetic)",issuance_announced,2021-01-02,,7,,,
CL,rule,ver02.0,Synthetic guidelines,rule_adopted,2018-01-01,,,,,
CL,tpe,,Synthetic Certification Ltd,tpe_designated,2018-01-01,,,scopes 1-3,,
TH,pin,TH_PIN001,Synthetic idea,pin_no_objection,2024-01-01,,,,,
TH,methodology,TH_PM001,Synthetic methodology,methodology_public_inputs,2015-01-01,2015-01-15,,,,
"""


def row(**cells: str) -> str:
    """Return a row that is fine save for the cells given."""
    fine = {
        "country": "PW",
        "subject_type": "project",
        "reference": "PW001",
        "title": "A synthetic project",
        "event": "registered",
        "date": "2019-03-01",
    }
    return written([[{**fine, **cells}.get(column, "") for column in COLUMNS]])


def written(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


def only(text: str) -> Claim:
    """Return the one claim of a record of one row."""
    record = read_text(f"{HEADER}\n{text}")
    assert record.unreadable == ()
    (claim,) = record.claims
    return claim


class TestTheShippedRecord:
    """The record that comes with the library."""

    record = read(shipped())
    text = shipped().read_text(encoding="utf-8")

    def test_every_row_is_read(self) -> None:
        """All rows of the file become claims, in its order, and none is unreadable."""
        rows = list(csv.DictReader(io.StringIO(self.text, newline="")))
        assert self.record.rows == len(rows) > 0
        assert self.record.unreadable == ()
        told = [(c.country, c.subject_type, c.reference, c.title, c.event, c.url) for c in self.record.claims]
        columns = ("country", "subject_type", "reference", "title", "event", "source_url")
        assert told == [tuple(r[column] for column in columns) for r in rows]

    def test_cells_become_values(self) -> None:
        """Days, ends and amounts are those of the file; an empty cell is unknown."""
        for claim, cells in zip(self.record.claims, csv.DictReader(io.StringIO(self.text)), strict=True):
            assert str(claim.day) == (cells["date"] or str(UNKNOWN_DAY))
            assert str(claim.end or "") == cells["end_date"]
            assert ("" if claim.amount is None else str(claim.amount)) == cells["amount_tco2"]
            assert claim.detail_text == cells["detail"]
            assert (claim.decided_by or "") == cells["decided_by"]

    def test_lines_are_those_of_the_file(self) -> None:
        """A row is known by the line on which it starts."""
        lines = self.text.split("\n")
        assert all(lines[c.line - 1].startswith(f"{c.country},{c.subject_type},") for c in self.record.claims)

    def test_a_country_has_its_own_rows(self) -> None:
        """Asked for one country, the record holds its rows, known by the same lines."""
        counts = Counter(c.country for c in self.record.claims)
        for code, count in counts.items():
            of_country = read(shipped(), country=code)
            assert of_country.rows == count
            assert of_country.claims == tuple(c for c in self.record.claims if c.country == code)

    def test_joint_rows_name_each_subject(self) -> None:
        """A reference with `+` leads to all its members."""
        joint = [c for c in self.record.claims if "+" in c.reference]
        assert joint
        assert all("+".join(c.subjects) == c.reference and c.joint for c in joint)
        assert not any(c.joint for c in self.record.claims if c not in joint)


class TestASyntheticRecord:
    """A second file of the same form, written for these tests, for other countries."""

    record = read_text(SYNTHETIC)

    def test_every_row_is_read(self) -> None:
        """Nothing depends on the rows of the shipped file."""
        assert (self.record.rows, len(self.record.claims), self.record.unreadable) == (9, 9, ())

    def test_a_row_starts_where_its_first_cell_stands(self) -> None:
        """Quoted fields may go on over several lines; the lines of the rows after them are right."""
        assert [c.line for c in self.record.claims] == [2, 5, 6, 7, 8, 9, 10, 11, 12]
        assert self.record.claims[0].title == "Solar power (synthetic)\nin Koror"
        assert self.record.claims[0].detail.snapshot == date(2026, 6, 4)

    def test_an_undated_fact_has_an_unknown_day(self) -> None:
        """A withdrawal known only as a status is a fact without a day."""
        assert self.record.claims[2].day == UNKNOWN_DAY

    def test_what_has_no_number_has_no_subjects(self) -> None:
        """Facts that only count, and entities without a number, are known by their titles."""
        nameless = [c for c in self.record.claims if not c.subjects]
        assert [c.title for c in nameless] == ["(2 projects, synthetic)", "Synthetic Certification Ltd"]

    def test_the_reference_of_a_rule_is_not_taken_apart(self) -> None:
        """It may be a version, a meeting or anything."""
        claim = only(row(subject_type="rule", event="jc_meeting", reference="JC1 + JC2"))
        assert claim.subjects == ("JC1 + JC2",)
        assert only(row(subject_type="rule", event="jc_meeting", reference="", title="")).subjects == ()

    def test_a_claim_carries_the_whole_row(self) -> None:
        """Every cell is kept, and the details are read."""
        claim = only(
            row(
                event="issuance_decided",
                end_date="2019-03-02",
                amount_tco2="012",
                detail="9 t to the Japanese government",
                decided_by="JC",
                source_url="https://example.org",
            )
        )
        assert claim == Claim(
            line=2,
            country="PW",
            subject_type=SubjectType.PROJECT,
            subjects=("PW001",),
            reference="PW001",
            title="A synthetic project",
            event=EventWord.ISSUANCE_DECIDED,
            day=date(2019, 3, 1),
            end=date(2019, 3, 2),
            amount=12,
            detail=claim.detail,
            detail_text="9 t to the Japanese government",
            decided_by="JC",
            url="https://example.org",
        )
        assert claim.detail.holdings == (Holding(side="JP", amount=9),)


ANY_CELL = st.one_of(
    st.sampled_from(["", "PW", "MN", "JP", "XX", "project", "tpe", "pin", "rule", "methodology"]),
    st.sampled_from([*EventWord, "PW001", "PW001+PW002", "MN_AM001", "TPE-PW-001", "PW_PIN001", '"', "\n"]),
    st.sampled_from(["2019-03-01", "2019-02-30", "9999-12-31", "0", "12", "-1", "1e3"]),
    st.text(max_size=5),
)
ANY_DETAIL = st.sampled_from(
    [
        "",
        "total",
        "Japan side",
        "Palau registry",
        "decision of 2019-03-01",
        "period 2018-01-01..2018-12-31",
        "Ver1.0",
    ]
)
PLAUSIBLE_ROW = st.tuples(
    st.sampled_from([*countries()]),
    st.sampled_from([*SubjectType]),
    st.sampled_from(["", "PW001", "PW002", "PW001+PW002", "MN_AM001"]),
    st.sampled_from(["", "A synthetic title", "Another"]),
    st.sampled_from([*EventWord]),
    st.sampled_from(["", "2019-03-01", "2020-01-01"]),
    st.sampled_from(["", "2020-01-02"]),
    st.sampled_from(["", "1", "2", "3"]),
    ANY_DETAIL,
    st.just(""),
    st.just(""),
)


def accounted(text: str) -> None:
    """Expect a record whose rows are all accounted for, or the one error there is."""
    try:
        record = read_text(text)
    except RecordError:
        return
    assert record.rows == len(record.claims) + len(record.unreadable)
    lines = [claim.line for claim in record.claims] + [bad.line for bad in record.unreadable]
    assert len(set(lines)) == len(lines)
    assert all(bad.why for bad in record.unreadable)
    group(record.claims)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_record_or_an_error(data: bytes, headed: bool) -> None:
    """Nothing else comes out, whatever goes in."""
    whole = f"{HEADER}\n".encode() + data if headed else data
    with suppress(RecordError):
        accounted(load(whole, "record.csv"))


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_a_record_or_an_error(text: str, headed: bool) -> None:
    """Nothing else comes out, whatever goes in."""
    accounted(f"{HEADER}\n{text}" if headed else text)


@given(st.lists(st.one_of(PLAUSIBLE_ROW, st.lists(ANY_CELL, min_size=1, max_size=12)), max_size=8))
def test_any_table_has_all_its_rows_accounted_for(rows: list[Iterable[str]]) -> None:
    """A row is a claim or unreadable, and never lost, whatever its cells say."""
    text = f"{HEADER}\n{written(rows)}"
    if "\0" not in text:
        record = read_text(text)
        assert record.rows == len(rows)
    accounted(text)
