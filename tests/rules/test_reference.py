"""The books against the tables they were made of: every row is there, with its day, and none is better founded."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import RuleBook, Standing, books
from jcm_cycle.days import Bound, parse_day
from jcm_cycle.rules import builtin

TABLES = Path(builtin.__file__).parent / "reference"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
VERSION = re.compile(r"\d\d\.\d")
MARKS = (
    ("seen-data", Standing.OBSERVED),
    ("seen", Standing.CITED),
    ("inferred", Standing.INFERRED),
    ("recalled", Standing.ASSUMED),
    ("general knowledge", Standing.ASSUMED),
    ("month seen", Standing.ASSUMED),  # the day is recalled
)
"""What a mark begins with, and the best standing that it allows."""

STEMS = {
    "Project Idea Note": "F_PIN", "Project Information Sheet": "F_PIN", "Modalities of Communication": "F_MoC",
    "F_MoC": "F_MoC", "Assessment of Reference": "F_Asst_Req", "Validation Report": "F_Val_Rep",
    "Credit Allocation": "F_Crd_Allc", "F_RW_Req": "F_RW_Req", "Registration Request Withdrawal": "F_RW_Req",
    "Registration Request": "F_Reg_Req", "F_Reg_Req": "F_Reg_Req", "Project Implementation Report": "F_Imp_Rep",
    "Verification Report": "F_Vrf_Rep", "F_Vrf_Rep": "F_Vrf_Rep", "F_IW_Req": "F_IW_Req",
    "Issuance Request Withdrawal": "F_IW_Req", "Issuance Request": "F_Iss_Req", "F_Iss_Req": "F_Iss_Req",
    "Renewal of Crediting": "F_Ren_Req", "Methodology Revision": "F_AMR_Req", "F_AMR_Req": "F_AMR_Req",
    "Post-Registration": "F_PRC_Req", "F_PRC_Req": "F_PRC_Req", "Project Withdrawal": "F_PW_Req",
    "F_PW_Req": "F_PW_Req", "Conflict of Interest": "F_CoI", "Designation as a Third-Party": "F_TPE",
    "Loss Event": "F_Loss_Rep", "Compensation Plan": "F_Cmp_Plan", "Proposed Methodology Form": "F_PM",
    "Methodology Spreadsheet": "F_PMS", "Project Design Document": "F_PDD",
    "Safeguard Activity Implementation": "F_SGIP", "Safeguard Activity Progress": "F_SGPR",
    "Sustainable Development Implementation Plan": "F_SDIP", "Sustainable Development Contribution Plan": "F_SDIP",
    "Sustainable Development Implementation Report": "F_SDIR",
    "Sustainable Development Contribution Report": "F_SDIR",
}  # fmt: skip
"""By what words a form is known; the first that fits counts."""


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of one table."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def best(mark: str) -> Standing:
    """Return the best standing that a mark allows."""
    return next((standing for start, standing in MARKS if mark.startswith(start)), Standing.UNKNOWN)


def no_better(standing: Standing, mark: str) -> bool:
    """Tell whether a row is not better founded than its mark allows."""
    return list(Standing).index(standing) >= list(Standing).index(best(mark))


def all_of(country: str) -> Iterator[RuleBook]:
    """Yield the book of a country and those of its tracks."""
    whole = books[country]
    yield whole
    for row in whole.rows["track"]:
        if (track := whole.of_track(row.name)) is not whole:
            yield track


def words(text: str) -> set[str]:
    """Return the words of a title, without what stands in brackets."""
    return {word.lower() for word in re.findall(r"[A-Za-z0-9+]{2,}", re.sub(r"\(.*?\)", "", text))} - {
        "jcm",
        "the",
        "of",
    }


def fits(bound: Bound | None, told: str) -> bool:
    """Tell whether a bound says what the table says: the day, a stretch that holds the month or year, or nothing."""
    if DAY.fullmatch(told):
        return bound is not None and bound.on == parse_day(told)
    if not told:
        return bound is None or bound.on is None
    return bound is not None and bound.by is not None and str(bound.by).startswith(told)


DOCUMENTS = [row for row in table("rule_documents") if row["country"] != "JP"]
FORMS = table("forms")


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: f"{row['country']}-{row['document_key']}-{row['version']}")
def test_every_document_is_a_source_of_its_book(row: dict[str, str]) -> None:
    """With version, day and page, no better founded than the table; which one is missing is said."""
    title = row["document_title"]
    described = "as described" in title  # what was read is another document, which tells of it
    wanted = words("Rules of Procedures for the Joint Committee" if title == "JCM_MN_RoP_JC" else title)
    found = [
        source
        for book in all_of(row["country"])
        for source in book.rows["source"]
        if len(wanted & words(f"{source.title} {source.note or ''}")) >= 0.5 * len(wanted)
        and (described or not VERSION.fullmatch(row["version"]) or source.version == row["version"])
        and (row["document_key"] in LOOSE or "NOT adopted" in title or fits(source.adopted, row["adopted_on"]))
    ]
    assert found, f"{row['country']}: no source for {row['document_title']} {row['version']} of {row['adopted_on']}"
    assert any(no_better(source.standing, row["confidence"]) for source in found)


LOOSE = frozenset({"INITIAL", "RoP_JC", "PCP"})
"""Documents of which a book tells the day better, as the facts give it."""


@pytest.mark.parametrize("row", FORMS, ids=lambda row: f"{row['country']}-{row['form_code_or_title'][:30]}")
def test_every_form_is_in_its_book(row: dict[str, str]) -> None:
    """With version and day, no better founded than the table."""
    stem = next(stem for part, stem in STEMS.items() if part in row["form_code_or_title"])
    found = [
        form
        for book in all_of(row["country"])
        for form in book.rows["form"]
        if form.stem == stem
        and (not VERSION.fullmatch(row["version"]) or str(form.version) == row["version"])
        and (not DAY.fullmatch(row["adopted_on"]) or form.since.on == parse_day(row["adopted_on"]))
    ]
    assert found, f"{row['country']}: no form for {row['form_code_or_title']} {row['version']}"
    assert any(no_better(form.standing, row["confidence"]) for form in found)


@pytest.mark.parametrize("row", table("countries"), ids=lambda row: row["country_code"])
def test_each_country_is_signed_as_the_table_says(row: dict[str, str]) -> None:
    """Its name, the day of the signature and of the first Joint Committee, its time zone and languages."""
    book: Any = books[row["country_code"]]
    assert book.head.name == row["short_name"]
    signed = row["signature_date"]
    if DAY.fullmatch(signed):
        assert book.bilateral.since.on == parse_day(signed)
        mark = "seen" if row["country_code"] == "SA" else row["signature_confidence"]  # a row of the record tells it
        assert no_better(book.bilateral.standing, mark)
    else:
        assert book.bilateral.since.on is None
        assert book.bilateral.standing is Standing.UNKNOWN
    if DAY.fullmatch(row["jc1_date"]):
        assert any(source.adopted and source.adopted.on == parse_day(row["jc1_date"]) for source in book.rows["source"])
    assert row["utc_offset"].startswith(book.head.utc_offset)
    assert all(language in row["official_languages"] for language in book.head.languages)


def test_there_is_a_book_for_every_country_of_the_table() -> None:
    """And for no other."""
    assert set(books) == {row["country_code"] for row in table("countries")} == set(builtin.FOLDERS)
