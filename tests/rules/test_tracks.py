"""Special tracks: each has a book of its own beside that of the country, and its cases are judged by that one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import Case, Journal, Role, RuleBook, books, due, evidence as ev, project
from jcm_cycle.errors import BookError, EvidenceError, JournalError
from jcm_cycle.rules import builtin

TRACKS = {
    ("ID", "ccs_ccus"): False,
    ("KH", "redd_plus"): True,
    ("LA", "redd_plus"): True,
    ("PH", "redd_plus_ar"): True,
    ("TH", "existing"): True,
    ("TH", "premium_tver"): True,
}
"""Each track, and whether it has a book of its own; Indonesia's takes two guidelines of its own to its book."""
DAY = date(2026, 7, 1)


def test_every_track_is_known_to_the_book_of_its_country() -> None:
    """None comes or goes unseen, and no file lies about that no book names."""
    found = {
        (code, row.name): books[code].of_track(row.name) is not books[code]
        for code in books
        for row in books[code].rows["track"]
    }
    assert found == TRACKS
    root = Path(builtin.__file__).parent
    files = {(code, path.stem) for code, folder in builtin.FOLDERS.items() for path in (root / folder).glob("*.toml")}
    own = {track for track, own in TRACKS.items() if own}
    assert files == own | {(code, "book") for code in builtin.FOLDERS}


def opened(track: str | None, rules: Any = books["TH"], **more: Any) -> Case[Any]:
    """Open a synthetic project of Thailand."""
    return Case.open(project, "solar", on=DAY, rules=rules, track=track, **more).case


def test_a_case_is_opened_under_the_book_of_its_track() -> None:
    """Given the book of the country, or that of the track itself."""
    for rules in (books["TH"], books["TH"].of_track("existing")):
        case = opened("existing", rules, procedure="PCP 03.0")
        assert (case.track, case.procedure.name, case.capabilities["sd_plan"]) == ("existing", "PCP 03.0", "yes")
    assert opened(None, books["TH"].of_track("existing"), procedure="PCP 03.0").track == "existing"
    with pytest.raises(EvidenceError, match="The book is that of the track existing, not of premium_tver"):
        opened("premium_tver", books["TH"].of_track("existing"))


def test_each_case_is_judged_by_the_book_of_its_track(journal: Journal) -> None:
    """Books for all countries find it; that of another track is refused."""
    case = opened("existing", procedure="PCP 03.0")
    journal.append(Case.open(project, "solar", on=DAY, rules=books["TH"], track="existing", procedure="PCP 03.0"))
    published = case.record(project.publish_pdd.fact(on=DAY, evidence=ev.Publication(reference="TH099"))).case
    (item,) = due([published], DAY, rules=books)
    assert item == due([published], DAY, rules=books["TH"]).items[0]
    with pytest.raises(
        EvidenceError, match="rules: the book is that of the track premium_tver, solar a case of existing"
    ):
        due([published], DAY, rules=books["TH"].of_track("premium_tver"))
    other = opened(None, procedure="before the tracks")
    with pytest.raises(EvidenceError, match="rules: the book is that of the track existing, solar a case of no track"):
        due([other], DAY, rules=books["TH"].of_track("existing"))
    design = ev.DesignDocument(title="Synthetic", contains_confidential=False)
    paper = ev.PDDSubmission(design_document=design, contains_confidential=False)
    act = project.submit_pdd(paper, by=Role.PARTICIPANT, on=DAY, despite={"common.rules_in_force": "synthetic"})
    answer = case.attempt(act, rules=books["TH"].of_track("premium_tver"))
    assert answer, answer.explain()
    with pytest.raises(
        JournalError, match=r"solar is a case of TH, track existing; .* of TH, track premium_tver"
    ) as caught:
        journal.append(answer)
    assert caught.value.cure == "Attempt the act under its own book; what_if is for others."


def test_a_track_that_the_country_does_not_have_has_the_book_of_the_country() -> None:
    """A host may tell its cases apart as it likes."""
    assert books["MN"].of_track("pilot") is books["MN"]
    assert books["TH"].of_track("existing").of_track("existing").track == "existing"


def test_a_file_that_is_the_book_of_something_else(tmp_path: Path) -> None:
    """It is told in it."""
    head = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'
    track = '\n[[track]]\nname = "forest"\ntext = "Synthetic."\nstanding = "assumed"\n'
    (tmp_path / "book.toml").write_text(head + track, encoding="utf-8")
    (tmp_path / "forest.toml").write_text(head.replace("name", 'track = "wood"\nname'), encoding="utf-8")
    with pytest.raises(BookError, match="the book is that of ZZ wood, and not of ZZ forest") as caught:
        RuleBook.read(tmp_path / "book.toml").of_track("forest")
    assert (caught.value.key, Path(str(caught.value.file)).name) == ("track", "forest.toml")
