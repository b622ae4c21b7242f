"""What a row's details say in fixed phrases; everything else stays text."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import asdict, evolve
from hypothesis import given, strategies as st

from jcm_cycle.evidence import MethodologyVersion, Version
from jcm_cycle.record.detail import Detail, Holding, Period, Scopes


def parse(text: str) -> Detail:
    """Read details."""
    return Detail.parse(text)


def methodologies(*names: str) -> tuple[MethodologyVersion, ...]:
    """Return versions of methodologies."""
    return tuple(MethodologyVersion.parse(name) for name in names)


def both(*numbers: int) -> Scopes:
    """Return scopes for both kinds of work."""
    return Scopes(validation=numbers, verification=numbers)


FEBRUARY = Period(start=date(2021, 2, 1), end=date(2021, 2, 28))

READ = {
    "methodology PW_AM001 Ver1.0": Detail(methodologies=methodologies("PW_AM001 Ver1.0")),
    "methodology PW_AM001 ver2.1": Detail(methodologies=methodologies("PW_AM001 Ver2.1")),
    "methodology TH_AM002 Ver1.0 TH_AM003 Ver2.0": Detail(
        methodologies=methodologies("TH_AM002 Ver1.0", "TH_AM003 Ver2.0")
    ),
    "methodologies TH_AM002 Ver1.0, TH_AM003 Ver2.0": Detail(
        methodologies=methodologies("TH_AM002 Ver1.0", "TH_AM003 Ver2.0")
    ),
    "Ver1.0": Detail(version=Version(1)),
    "ver3.1": Detail(version=Version(3, 1)),
    "Ver2.0 with revisions": Detail(version=Version(2), revisions=True),
    "Ver2.0; with revisions": Detail(version=Version(2), revisions=True),
    "proposed as CL_PM001": Detail(proposals=("CL_PM001",)),
    "proposed as CL_PM003 CL_PM002 and CL_PM001": Detail(proposals=("CL_PM003", "CL_PM002", "CL_PM001")),
    "proponent Coast Energy Co., Ltd.": Detail(proponent="Coast Energy Co., Ltd."),
    "proponent Coast Energy (CE)": Detail(proponent="Coast Energy (CE)"),
    "Japan side": Detail(side="JP"),
    "Palau side": Detail(side="PW"),
    "Thailand registry": Detail(side="TH"),
    "United Arab Emirates registry": Detail(side="AE"),
    "amount notified to the Chile side": Detail(side="CL"),
    "amount notified to the Lao PDR side for monitoring 2021-02-01..2021-02-28": Detail(side="LA", period=FEBRUARY),
    "total": Detail(total=True),
    "total notified": Detail(total=True),
    "total of both sides": Detail(total=True),
    "sum of the two sides’ notified amounts": Detail(total=True),
    "sum of the two sides' notified amounts": Detail(total=True),
    "12 t to the Japanese government": Detail(holdings=(Holding(side="JP", amount=12),)),
    "8,837 t acquired by the Thai government": Detail(holdings=(Holding(side="TH", amount=8837),)),
    "1,234,567 t to be acquired by the Palau government": Detail(holdings=(Holding(side="PW", amount=1234567),)),
    "0 t to the Japanese government, 5 t to the Chilean government": Detail(
        holdings=(Holding(side="JP", amount=0), Holding(side="CL", amount=5))
    ),
    "5 t to the Japanese government, 6 t to the Thai government and 7 t to the Palau government": Detail(
        holdings=(Holding(side="JP", amount=5), Holding(side="TH", amount=6), Holding(side="PW", amount=7))
    ),
    "Japan side, of which 9 t to the Japanese government": Detail(side="JP", holdings=(Holding(side="JP", amount=9),)),
    "monitoring 2021-02-01..2021-02-28": Detail(period=FEBRUARY),
    "period 2021-02-01..2021-02-28": Detail(period=FEBRUARY),
    "period 2021-02-01..2021-02-01": Detail(period=Period(start=date(2021, 2, 1), end=date(2021, 2, 1))),
    "period of the credits notified on 2022-03-04": Detail(decision=date(2022, 3, 4)),
    "period of the issuance decided 2022-03-04": Detail(decision=date(2022, 3, 4)),
    "decision of 2022-03-04": Detail(decision=date(2022, 3, 4)),
    "scopes 1,3-5": Detail(scopes=both(1, 3, 4, 5)),
    "scopes 1, 3 and 5": Detail(scopes=both(1, 3, 5)),
    "scopes 5,1": Detail(scopes=both(1, 5)),
    "scopes 3-3": Detail(scopes=both(3)),
    "scopes validation 1,2; verification 1,2,14": Detail(scopes=Scopes(validation=(1, 2), verification=(1, 2, 14))),
    "scopes verification 2": Detail(scopes=Scopes(verification=(2,))),
    "additional sectoral scopes of 2, 4, 6, and 7": Detail(added_scopes=both(2, 4, 6, 7)),
    "additional sectoral scope of 12 for verification": Detail(added_scopes=Scopes(verification=(12,))),
    "scopes 6, 7 and 9 later withdrawn": Detail(withdrawn_scopes=both(6, 7, 9)),
    "scopes 1-3; scopes 6 later withdrawn": Detail(scopes=both(1, 2, 3), withdrawn_scopes=both(6)),
    "effective from 2021-02-01 until 2021-02-28": Detail(effective=FEBRUARY),
    "with revisions": Detail(revisions=True),
    'undated: marked "withdrawn" in the list': Detail(undated='marked "withdrawn" in the list'),
    "undated: status of the list, snapshot of 2026-06-04": Detail(
        undated="status of the list, snapshot of 2026-06-04", snapshot=date(2026, 6, 4)
    ),
    "snapshot of 2026-06-04": Detail(snapshot=date(2026, 6, 4)),
    "": Detail(),
    " ; ;": Detail(),
}


@pytest.mark.parametrize("text", READ)
def test_a_complete_phrase_is_read_and_leaves_no_text(text: str) -> None:
    """Each phrase of the vocabulary becomes a field, and nothing of it is left."""
    assert parse(text) == READ[text]


def test_phrases_stand_beside_each_other() -> None:
    """A row may say several things, in any order; blanks and line ends count as one."""
    read = parse("decision of 2022-03-04;\n Palau  registry;monitoring 2021-02-01..2021-02-28; 2nd issuance")
    assert read == Detail(decision=date(2022, 3, 4), side="PW", period=FEBRUARY, text="2nd issuance")


UNREAD = [
    "methodology PW_AM001",
    "methodology PW_AM001 Ver1",
    "methodology PW_PM001 Ver1.0",
    "methodology PW_AM001 Ver1.0 or Ver2.0",
    "methodology PW_AM0011 Ver1.0",
    "in Ver1.0 of the list",
    "Ver1.0 or Ver2.0",
    "proposed as PW_AM001",
    "Atlantis side",
    "Mongolian side",
    "Japan side event",
    "side of Japan",
    "both sides notified on the day",
    "totally",
    "49 months of monitoring in total",
    "12 t to the Atlantean government",
    "12 t to the Japanese and Thai governments",
    "12 t to the Japanese government's account",
    "1.5 t to the Japanese government",
    "-5 t to the Japanese government",
    "12,34 t to the Japanese government",
    "1 234 t to the Japanese government",
    "12 kt to the Japanese government",
    "12 t to the government of Japan",
    "12 t to participants",
    "monitoring 2021-02-01..2021-02-30",
    "monitoring 2021-02-28..2021-02-01",
    "monitoring 2021-02-30..2021-03-01",
    "monitoring from 2021-02-01",
    "monitoring 2021-02-01..2021-02-280",
    "decision of 2022-02-30",
    "decision of 2022-03-04/05",
    "decision of March 2022",
    "list snapshot of about 2019",
    "scopes 1,2 and others",
    "scopes 5-3",
    "scopes 1-15 (verification only)",
    "scopes all",
    "verification 1,2",
    "scopes validation 1 for verification",
    "additional sectoral scopes of 2 later withdrawn",
    "effective from 2021-02-01",
    "effective from 2021-02-28 until 2021-02-01",
    "not with revisions",
    "undated",
    "Total",
]


@pytest.mark.parametrize("text", UNREAD)
def test_anything_else_stays_text(text: str) -> None:
    """A phrase that is incomplete, impossible or of an unknown name is kept as written."""
    assert parse(text) == Detail(text=text)


@pytest.mark.parametrize(
    "text",
    [
        "Japan side; Palau side",
        "total; Japan side",
        "monitoring 2021-02-01..2021-02-28; period 2021-02-01..2021-02-27",
        "decision of 2022-03-04; decision of 2022-03-05",
        "snapshot of 2022-03-04; snapshot of 2022-03-05",
        "Ver1.0; Ver2.0",
        "effective from 2021-02-01 until 2021-02-02; effective from 2021-02-01 until 2021-02-03",
    ],
)
def test_phrases_that_contradict_each_other_are_not_read(text: str) -> None:
    """Which of two sides, days or periods is meant is not for the library to choose."""
    assert parse(text) == Detail(text=text)


@pytest.mark.parametrize("text", ["Japan side; Japan registry", "decision of 2022-03-04, decision of 2022-03-04"])
def test_phrases_that_repeat_each_other_are_read(text: str) -> None:
    """Saying it twice is saying it."""
    read = parse(text)
    assert read.side == "JP" or read.decision == date(2022, 3, 4)
    assert read.text == ""


def test_a_part_of_which_something_is_left_stays_whole() -> None:
    """What surrounds a phrase is kept with it, so that a reader sees its sense."""
    text = "29 t to the Thai government (remainder to participants)"
    assert parse(text) == Detail(holdings=(Holding(side="TH", amount=29),), text=text)
    text = "batch whose period is not in the table (source: decision of 2022-03-04)"
    assert parse(text) == Detail(decision=date(2022, 3, 4), text=text)
    text = "scopes 6 later withdrawn (voluntarily)"
    assert parse(text) == Detail(withdrawn_scopes=both(6), text=text)


def test_a_remark_after_a_name_is_no_part_of_it() -> None:
    """A bracket that begins with a small letter is a remark."""
    text = "proponent Coast Energy (as the source has it)"
    assert parse(text) == Detail(proponent="Coast Energy", text=text)


def test_a_list_of_the_other_role_follows_at_once() -> None:
    """Verification after another phrase is not the second half of the scopes."""
    assert parse("scopes validation 1; Ver1.0; verification 2") == Detail(
        scopes=Scopes(validation=(1,)), version=Version(1), text="verification 2"
    )
    assert parse("scopes validation 6 later withdrawn; verification 7") == Detail(
        withdrawn_scopes=Scopes(validation=(6,)), text="verification 7"
    )
    assert parse("scopes 1; verification 2") == Detail(scopes=both(1), text="verification 2")


def test_a_holder_is_a_government() -> None:
    """No other holder is ever read."""
    assert asdict(Holding(side="JP", amount=3)) == {"side": "JP", "holder": "government", "amount": 3}


def test_a_period_prints_as_it_is_written() -> None:
    """The two days, joined by two dots."""
    assert str(FEBRUARY) == "2021-02-01..2021-02-28"


PHRASES = st.sampled_from([*READ, *UNREAD])


@given(st.lists(st.one_of(PHRASES, st.text(max_size=30)), max_size=4))
def test_any_text_is_taken(parts: list[str]) -> None:
    """There is no detail that cannot be read, and reading the rest again finds nothing new to keep."""
    read = parse("; ".join(parts))
    assert parse(read.text).text == read.text


@given(PHRASES)
def test_text_beside_a_phrase_changes_nothing_of_it(phrase: str) -> None:
    """A part is read by itself."""
    alone = parse(phrase)
    beside = parse(f"2nd issuance; {phrase}")
    assert evolve(beside, text="") == evolve(alone, text="")
    assert beside.text == "; ".join(filter(None, ("2nd issuance", alone.text)))


@pytest.mark.parametrize("unit", ["12 t to the Japan ", "scopes 1,", "methodology PW_AM001 Ver1.0 ", "(a ", ", A"])
def test_a_long_detail_takes_no_long_time(unit: str) -> None:
    """Repeating a phrase ten thousand times is read in one go, without trying all ways to read it."""
    assert parse(unit * 10_000).text
