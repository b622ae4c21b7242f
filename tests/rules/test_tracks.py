"""Special tracks: each has a book of its own beside that of the country, and its cases are judged by that one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import Case, Journal, Role, RuleBook, books, due, evidence as ev, project
from jcm_cycle.errors import BookError, EvidenceError, JournalError, ProcedureUnknown
from jcm_cycle.rules import builtin

BESIDE = ("ja", "revisions")
"""What may lie beside a book without being one: its texts in another language, and the revisions of its rules."""
TRACKS = {
    ("ID", "ccs_ccus"),
    ("KH", "redd_plus"),
    ("LA", "redd_plus"),
    ("PH", "redd_plus_ar"),
    ("TH", "existing"),
    ("TH", "premium_tver"),
}
"""Each special track; each has a book of its own."""
DAY = date(2026, 7, 1)


def test_every_track_is_known_to_the_book_of_its_country() -> None:
    """None comes or goes unseen, and no file lies about that no book names."""
    assert {(code, row.name) for code in books for row in books[code].rows["track"]} == TRACKS
    for code, track in TRACKS:
        assert (books[code].of_track(track).country, books[code].of_track(track).track) == (code, track)
    root = Path(builtin.__file__).parent
    files = {
        (code, path.stem)
        for code, folder in builtin.FOLDERS.items()
        for path in (root / folder).glob("*.toml")
        if path.stem not in BESIDE
    }
    assert files == TRACKS | {(code, "book") for code in builtin.FOLDERS}


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


# --- what a track takes over from the book of the country


def test_a_track_takes_over_what_is_common_to_the_country() -> None:
    """The bilateral document, acts outside the Committee's set, open points, languages: written once."""
    for code, track in TRACKS:
        whole, own = books[code], books[code].of_track(track)
        assert own.bilateral is whole.bilateral
        assert (own.head.languages, own.head.utc_offset) == (whole.head.languages, whole.head.utc_offset)
        assert {row.id for row in whole.rows["gate"]} <= {row.id for row in own.rows["gate"]}
        told = {row.about for row in own.rows["open_point"]}
        assert {row.about for row in whole.rows["open_point"]} <= told
        assert not own.rows["track"]
        assert own.sources[own.bilateral.source] if own.bilateral.source else True


def test_carbon_storage_in_indonesia_swaps_two_guidelines_and_nothing_else() -> None:
    """All other rows are those of the country's book."""
    whole, own = books["ID"], books["ID"].of_track("ccs_ccus")
    assert set(whole.sources) - set(own.sources) == {"PM", "PDD"}
    assert set(own.sources) - set(whole.sources) == {"PM-CCS", "PDD-CCS"}
    for table, rows in whole.rows.items():
        if table not in ("source", "track", "open_point"):
            assert sorted(map(repr, own.rows[table])) == sorted(map(repr, rows)), table
    assert own.pin(DAY) == whole.pin(DAY)


HEAD = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'
MAIN = (
    HEAD
    + """
[[track]]
name = "forest"
text = "Synthetic."
standing = "assumed"

[[source]]
key = "paper"
title = "Synthetic paper"
kind = "primary"
about = "ZZ"
standing = "cited"

[[source]]
key = "unused"
title = "Another synthetic paper"
kind = "primary"
about = "ZZ"
standing = "cited"

[[value]]
id = "project.public_inputs"
value = 30
unit = "calendar day"
source = "paper"
standing = "cited"

[[value]]
id = "methodology.public_inputs"
value = 15
unit = "calendar day"
standing = "cited"
"""
)


def of_forest(folder: Path, more: str) -> RuleBook:
    """Return the book of a synthetic track with these lines."""
    (folder / "book.toml").write_text(MAIN, encoding="utf-8")
    head = HEAD.replace("name", 'track = "forest"\nname')
    (folder / "forest.toml").write_text(f"{head}\n{more}", encoding="utf-8")
    return RuleBook.read(folder / "book.toml").of_track("forest")


def test_a_row_of_the_track_takes_the_place_of_one_of_its_name(tmp_path: Path) -> None:
    """And what it names as left out does not hold in it; sources come along where a row rests on them."""
    own = '[[value]]\nid = "project.public_inputs"\nvalue = 45\nunit = "calendar day"\nstanding = "cited"\n'
    book = of_forest(tmp_path, f'[main]\ntables = ["value"]\n\n{own}')
    assert [(row.id, row.value) for row in book.rows["value"]] == [
        ("project.public_inputs", 45), ("methodology.public_inputs", 15),
    ]  # fmt: skip
    assert not book.sources
    book = of_forest(tmp_path, '[main]\ntables = ["value"]\nwithout = ["methodology.public_inputs"]\n')
    assert [(row.id, row.value) for row in book.rows["value"]] == [("project.public_inputs", 30)]
    assert set(book.sources) == {"paper"}
    assert set(of_forest(tmp_path, "[main]\n").sources) == {"paper", "unused"}
    assert not of_forest(tmp_path, "").rows["value"]


def test_the_file_of_a_track_is_read_by_itself_too(tmp_path: Path) -> None:
    """With the book of the country that lies beside it."""
    of_forest(tmp_path, "[main]\n")
    assert len(RuleBook.read(tmp_path / "forest.toml").rows["value"]) == 2


@pytest.mark.parametrize(
    ("lines", "key", "why", "cure"),
    [
        ('tables = ["valeu"]', "tables", "the book of the country has no table 'valeu'", "Did you mean 'value'?"),
        ('without = ["papr"]', "without", "the book of the country has no row 'papr'", "Did you mean 'paper'?"),
        ('without = ["?"]', "without", "the book of the country has no row '?'", "Mend the name, or leave it out."),
        ('tables = ["track"]', "tables", "the book of the country has no table 'track'", "Mend the name"),
        ('tables = "value"', "tables", "'value' is not a list", "Put it in square brackets."),
    ],
)
def test_what_the_main_book_does_not_have_is_named(tmp_path: Path, lines: str, key: str, why: str, cure: str) -> None:
    """With the nearest name, and the line in the file of the track."""
    with pytest.raises(BookError) as caught:
        of_forest(tmp_path, f"[main]\n{lines}\n")
    assert why in caught.value.why
    assert cure in caught.value.cure
    assert (caught.value.table, caught.value.key) == ("[main]", key)
    assert (Path(str(caught.value.file)).name, caught.value.line) == ("forest.toml", 9)


def test_only_a_track_builds_on_another_book(tmp_path: Path) -> None:
    """Not the main one on itself, nor a track without the book of its country."""
    (tmp_path / "book.toml").write_text(f"{HEAD}\n[main]\n", encoding="utf-8")
    with pytest.raises(BookError, match="only the book of a special track builds on that of its country"):
        RuleBook.read(tmp_path / "book.toml")
    data = {"book": {"country": "ZZ", "track": "forest", "name": "Z", "api": 1, "reviewed_on": DAY}, "main": {}}
    with pytest.raises(BookError, match=r"only the book of a special track .* with book.toml of the country beside it"):
        RuleBook(data)
    (tmp_path / "book.toml").unlink()
    (tmp_path / "forest.toml").write_text(HEAD.replace("name", 'track = "forest"\nname') + "\n[main]\n")
    with pytest.raises(BookError, match=r"book.toml.*cannot be read"):
        RuleBook.read(tmp_path / "forest.toml")


def test_an_overlap_with_a_row_taken_over_is_told_at_the_table_that_takes_it(tmp_path: Path) -> None:
    """There is no line of it in the file of the track."""
    own = '[[capability]]\nprocedure = "none"\nvalue = "no"\nstanding = "cited"\n'
    with pytest.raises(BookError, match="no \\[\\[procedure\\]\\] has the name 'none'"):
        of_forest(tmp_path, f"[main]\n\n{own}")


# --- a form or rule of the wrong track


def filed(case: Case[Any], rules: RuleBook, **more: Any) -> Any:
    """Attempt the submission of a synthetic design document."""
    design = ev.DesignDocument(title="Synthetic", contains_confidential=False)
    paper = ev.PDDSubmission(design_document=design, contains_confidential=False, **more)
    why = {"common.rules_in_force": "synthetic"}
    return case.attempt(project.submit_pdd(paper, by=Role.PARTICIPANT, on=LATER, despite=why), rules=rules)


LATER = date(2026, 12, 1)
"""A day on which the sets of today surely hold, for all that is known."""


@pytest.mark.parametrize(
    ("track", "procedure", "form_track", "told"),
    [
        ("premium_tver", "Premium T-VER track", "existing", "made_for: existing; track: premium_tver"),
        ("existing", "PCP 03.0", "premium_tver", "made_for: premium_tver; track: existing"),
    ],
)
def test_a_form_of_the_other_track_is_refused(track: str, procedure: str, form_track: str, told: str) -> None:
    """With the reason: for which track it was made, and which is that of the case."""
    case: Case[Any] = Case.open(project, "solar", on=LATER, rules=books["TH"], track=track, procedure=procedure).case
    answer = filed(case, books["TH"], form_track=form_track, of_track=True)
    assert not answer
    (found,) = [finding for finding in answer.findings if finding.rule == "common.form_version_in_force"]
    assert found.verdict == "unmet"
    assert told in answer.explain()
    good = filed(case, books["TH"], form_track=track, of_track=True)
    (found,) = [finding for finding in good.findings if finding.rule == "common.form_version_in_force"]
    assert found.verdict != "unmet"


def test_the_form_may_name_its_track_in_any_part() -> None:
    """The design document and the sending around it are read alike."""
    case: Case[Any] = Case.open(project, "solar", on=LATER, rules=books["TH"], track="existing").case
    design = ev.DesignDocument(title="Synthetic", form_track="premium_tver")
    paper = ev.PDDSubmission(design_document=design, of_track=True)
    answer = case.attempt(project.submit_pdd(paper, by=Role.PARTICIPANT, on=LATER), rules=books["TH"])
    assert not answer
    assert "made_for: premium_tver; track: existing" in answer.explain()


def test_a_version_on_the_sending_counts_where_the_design_document_gives_none() -> None:
    """And that of the document where both do."""
    design = ev.DesignDocument(title="Synthetic")
    assert ev.PDDSubmission(design_document=design, form_version="01.0").forms == (("F_PDD", ev.Version(1, 0)),)
    design = ev.DesignDocument(title="Synthetic", form_version="02.0")
    assert ev.PDDSubmission(design_document=design, form_version="01.0").forms == (("F_PDD", ev.Version(2, 0)),)


def test_a_case_without_a_track_takes_no_form_of_one() -> None:
    """And a form that names no track serves everywhere."""
    case: Case[Any] = Case.open(project, "park", on=DAY, rules=books["MN"]).case
    answer = filed(case, books["MN"], form_track="existing")
    assert "made_for: existing" in answer.explain()
    assert "made_for" not in filed(case, books["MN"]).explain()


def test_only_existing_projects_enter_the_track_for_them() -> None:
    """Blocked where it is none, and where nobody says so; in the other track it is not asked."""
    rule = "th.project.submit_pdd.existing_member"
    case: Case[Any] = Case.open(project, "solar", on=LATER, rules=books["TH"], track="existing").case
    for member, verdict in ((True, "met"), (False, "unmet"), (None, "missing")):
        answer = filed(case, books["TH"], of_track=member)
        (found,) = [finding for finding in answer.findings if finding.rule == rule]
        assert (found.verdict, found.effect) == (verdict, "blocks")
        assert found.refuses is (member is not True)
    other: Case[Any] = Case.open(project, "wind", on=LATER, rules=books["TH"], track="premium_tver").case
    assert rule not in {finding.rule for finding in filed(other, books["TH"]).findings}


def test_the_procedure_of_another_track_cannot_be_named() -> None:
    """It is not one of the candidates."""
    with pytest.raises(ProcedureUnknown, match=r"Thailand, .* had no procedure 'PCP 03.0' on 2026-07-01"):
        opened("premium_tver", procedure="PCP 03.0")


def test_a_case_of_today_names_its_track() -> None:
    """Where the country's own set ended when the tracks came."""
    with pytest.raises(ProcedureUnknown, match=r"Thailand had no .* Name the track of the case: premium_tver or exist"):
        Case.open(project, "solar", on=LATER, rules=books["TH"])
    with pytest.raises(ProcedureUnknown, match=r"None was in force on that day\. Name the track of the case"):
        Case.open(project, "solar", on=LATER, rules=books["TH"], procedure="PCP 03.0")


def test_the_forest_track_of_cambodia_knows_that_guidelines_came_in_2026() -> None:
    """What becomes of running cases is not known."""
    book = books["KH"].of_track("redd_plus")
    assert book.pin(date(2026, 3, 4))[0] == "set of May 2018"
    assert book.pin(date(2026, 3, 5))[0] == "set of March 2026"
    assert [row.moves for row in book.rows["transition"]] == ["unknown"]
