"""A row that cannot be what it says is listed with its line and the reason; the rest goes on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest

from jcm_cycle.record import Claim, read_text
from jcm_cycle.record.claims import COLUMNS

HEADER = ",".join(COLUMNS)


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


def reason(text: str, *, line: int = 2) -> str:
    """Return why the one row of a record is unreadable."""
    record = read_text(f"{HEADER}\n{text}")
    assert (record.rows, record.claims) == (1, ())
    (bad,) = record.unreadable
    assert bad.line == line
    return bad.why


CURE = "Write two capital letters, such as MN, or install the book of the country."


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"country": "XX"}, f"No rule book for 'XX' is installed, and it is no code that the library knows. {CURE}"),
        ({"country": "pw"}, "No rule book for 'pw' is installed"),
        ({"country": ""}, "No rule book for '' is installed"),
        ({"subject_type": "scheme"}, "'scheme' is no kind of subject"),
        ({"event": "registred"}, "'registred' is no event word of a record. Perhaps registered is meant"),
        ({"event": "?"}, "'?' is no event word of a record. Write one such as registered"),
        ({"event": ""}, "'' is no event word"),
        ({"event": "tpe_designated"}, "tpe_designated is no event of a project. Write tpe"),
        ({"event": "jc_meeting"}, "jc_meeting is no event of a project. Write rule"),
        ({"date": "2019-02-30"}, "There is no day 2019-02-30"),
        ({"date": "01.03.2019"}, "'01.03.2019' is not a day. Write it as YYYY-MM-DD"),
        ({"date": "2019-W01-1"}, "'2019-W01-1' is not a day"),
        ({"date": "20190301"}, "'20190301' is not a day"),
        ({"date": "\u0662\u0660\u0661\u0669-03-01"}, "is not a day"),
        ({"end_date": "soon"}, "'soon' is not a day"),
        ({"end_date": "2019-02-28"}, "The window ends on 2019-02-28, before its first day 2019-03-01"),
        ({"amount_tco2": "1.5"}, "'1.5' is not a whole number of tonnes"),
        ({"amount_tco2": "-1"}, "'-1' is not a whole number"),
        ({"amount_tco2": "1,234"}, "'1,234' is not a whole number"),
        ({"amount_tco2": "\u0661"}, "is not a whole number"),
        ({"amount_tco2": "9" * 5000}, "is not a whole number"),
        ({"reference": "PW1"}, "'PW1' is not the reference of a project. Write it as PW001"),
        ({"reference": "PW001+"}, "'' is not the reference of a project"),
        ({"reference": "PW001+PW001"}, "'PW001+PW001' names one project twice"),
        ({"reference": "TH001"}, "TH001 is no reference of PW, the country of the row"),
        ({"reference": "PW001+TH001"}, "TH001 is no reference of PW, the country of the row"),
        ({"reference": "", "title": ""}, "The row names nothing"),
    ],
)
def test_the_reason_says_what_is_wrong(cells: dict[str, str], says: str) -> None:
    """Each kind of bad cell has a reason of its own, which names the cell and what to do."""
    why = reason(row(**cells))
    assert says in why
    assert len(why) < 300


@pytest.mark.parametrize(
    ("kind", "event", "reference", "example"),
    [
        ("methodology", "methodology_approved", "PW_XM001", "PW_AM001"),
        ("tpe", "tpe_designated", "TPE-001", "TPE-PW-001"),
        ("pin", "pin_no_objection", "PIN001", "PW_PIN001"),
    ],
)
def test_every_kind_has_its_own_references(kind: str, event: str, reference: str, example: str) -> None:
    """A reference has the form of its kind, and the reason shows it."""
    assert f"Write it as {example}." in reason(row(subject_type=kind, event=event, reference=reference))
    assert only(row(subject_type=kind, event=event, reference=example)).subjects == (example,)
    assert only(row(subject_type=kind, event=event, reference="")).subjects == ()


def test_a_proposed_methodology_has_a_reference_too() -> None:
    """Methodologies bear a number as proposed and another as approved."""
    proposed = row(subject_type="methodology", event="methodology_considered", reference="PW_PM001")
    assert only(proposed).subjects == ("PW_PM001",)


def test_the_reason_names_all_that_is_wrong() -> None:
    """One reading of the reasons is enough to mend the row."""
    why = reason(row(country="XX", event="x", date="x", end_date="x", amount_tco2="x", reference="x"))
    assert why.count("is no") + why.count("There is no day") == 6
    assert "Write it as MN001." in why


@pytest.mark.parametrize("text", ["PW,project", "PW" + "," * 11, "  "])
def test_a_row_of_another_width_is_unreadable(text: str) -> None:
    """Fields that are missing, or too many, could stand in any column."""
    assert "fields, the header 11" in reason(text)


def test_a_row_with_a_loose_quote_is_unreadable() -> None:
    """Text after a closing quote: the row cannot be taken apart, and the next one can."""
    record = read_text(f'{HEADER}\nPW,project,"a"b,"c\nd",\n{row()}')
    assert [(bad.line, bad.why.split(".")[0]) for bad in record.unreadable] == [
        (2, "A quoted field goes on after its closing quote"),
        (3, "The row has 2 fields, the header 11"),
    ]
    assert [claim.line for claim in record.claims] == [4]
    record = read_text(f'{HEADER}\nPW,"a\nb"c,\n{row()}')
    assert "(lines 2 to 3)" in record.unreadable[0].why


@pytest.mark.parametrize("cells", [{"country": "XX"}, {"subject_type": "scheme"}, {"event": "happened"}])
def test_one_bad_cell_gives_one_reason(cells: dict[str, str]) -> None:
    """What cannot be judged without it is not called wrong."""
    assert reason(row(**cells)).count(" is no") == 1


def test_the_reason_lists_what_an_event_can_happen_to() -> None:
    """Where it is more than one kind of thing."""
    why = reason(row(subject_type="tpe", event="pin_waived", reference="TPE-PW-001"))
    assert why == "pin_waived is no event of a tpe. Write pin or project or rule as subject_type."


def test_a_window_may_be_one_day() -> None:
    """It ends on its first day, and not before."""
    claim = only(row(event="monitoring_period", end_date="2019-03-01"))
    assert claim.end == claim.day


def test_an_empty_cell_says_nothing() -> None:
    """It is unknown, and neither nought nor an empty text."""
    claim = only(row())
    assert (claim.end, claim.amount, claim.decided_by) == (None, None, None)


def test_the_rest_goes_on() -> None:
    """A bad row between two good ones takes nothing with it."""
    record = read_text(HEADER + "\n" + row() + row(date="never") + row())
    assert [c.line for c in record.claims] == [2, 4]
    assert [bad.line for bad in record.unreadable] == [3]
    assert record.rows == 3


def test_a_row_of_another_country_is_no_concern() -> None:
    """Asked for one country, rows of others are left out; one that names no country there is may be of this one."""
    text = HEADER + "\n" + row() + row(country="TH") + row(country="XX") + row(date="x") + '"a"b\n'
    record = read_text(text, country="PW")
    assert [c.line for c in record.claims] == [2]
    assert [bad.line for bad in record.unreadable] == [4, 5, 6]
    assert [bad.line for bad in read_text(text).unreadable] == [3, 4, 5, 6]
