"""A file of stories that is wrong is told with its line and what to do; no file can do harm, and none is half read."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jcm_cycle import books
from jcm_cycle.errors import StoryError
from jcm_cycle.rules._file import LARGEST
from jcm_cycle.testing import Told, play
from jcm_cycle.testing._play import play_story
from jcm_cycle.testing._reading import _story, read_stories
from jcm_cycle.testing._story import Head

GOOD = """\
[[story]]
title = "A request comes with its documents"
country = "MN"
procedure = "PCP 07.0"
given = [{ state = "validated", on = 2025-03-01 }]
when = { step = "project.request_registration", on = 2025-03-17 }
then = { accepted = "registration_requested" }
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return where a file of stories is written."""
    return tmp_path / "some.stories.toml"


def told(file: Path, text: str) -> Told:
    """Play a file of one story and return what came of it."""
    file.write_text(text, encoding="utf-8")
    (only,) = play(file)
    return only


def test_the_story_that_the_others_change_passes(written: Path) -> None:
    """What follows is wrong by one change each."""
    assert told(written, GOOD)


DONE = 'accepted = "registration_requested"'


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        # a name that nothing has
        ("request_registration", "request_registratoin", 1, "Did you mean 'project.request_registration'?"),
        ('"MN"', '"MM2"', 1, "There is no rule book for 'MM2'. Did you mean 'MM'?"),
        ("project.", "projekt.", 1, "There is no machine 'projekt'. Did you mean 'project'?"),
        ('"validated"', '"validatd"', 1, "Did you mean 'validated'?"),
        ('country = "MN"', 'country = "TH"\ntrack = "exsiting"', 1, "Did you mean 'existing'?"),
        ('country = "MN"', 'country = "MN"\ntrack = "existing"', 1, "has no track 'existing'. Tracks are none."),
        ('"PCP 07.0"', '"PCP 08.0"', 1, "Mongolia had no procedure 'PCP 08.0' on 2025-03-01."),
        ('"PCP 07.0"', '"PCP 08.0"', 1, 'nobody knows, write procedure = "unknown".'),
        ("on = 2025-03-17", 'on = 2025-03-17, by = "particpant"', 1, "Did you mean 'participant'?"),
        ("on = 2025-03-17", 'on = 2025-03-17, outcome = "positive"', 1, "it ends one way"),
        ("on = 2025-03-17", "on = 2025-03-17, evidence = { titel = 1 }", 1, "Did you mean 'title'?"),
        ("on = 2025-03-17", "on = 2025-03-17, evidence = { rules = 1 }", 1, "has no field 'rules'"),
        ("on = 2025-03-17", 'on = 2025-03-17, without = ["titel"]', 1, "Did you mean 'title'?"),
        ('"registration_requested"', '"registration_request"', 1, "Did you mean 'registration_requested'?"),
        ("accepted = ", "acepted = ", 7, "Did you mean 'accepted'?"),
        ("given = ", "givn = ", 5, "Did you mean 'given'?"),
        (DONE, 'refused_by = ["project.nothing"]', 1, "There is no rule 'project.nothing'"),
        (
            DONE,
            'refused_by = ["project.submit_pdd.document"]',
            1,
            "Did you mean 'project.submit_pdd.documents'?",
        ),
        (
            DONE,
            'refused_by = ["project.submit_pdd.documents"]',
            1,
            "is never judged at project.request_registration. It is judged at project.submit_pdd.",
        ),
        # a story that contradicts itself, or says nothing
        ("accepted = ", 'refused_by = ["project.request_registration.attachments"], accepted = ', 7, "both accepted"),
        (DONE, "refused_by = []", 7, "no rule is named"),
        (DONE, "accepted = false", 7, "accepted: False says nothing"),
        (DONE, "", 7, "does not say what becomes of the act"),
        (DONE, 'accepted = true, met = ["a"], missing = ["a"]', 7, "in met and in missing"),
        (DONE, 'held_by = ["a", "a"]', 7, "a is named twice as refusing"),
        (DONE, 'held_by = ["a"], met = ["a"]', 7, "in met and in refused_by or held_by"),
        ('{ state = "validated", on', "{ on", 5, "it says nothing of what happened"),
        ('{ state = "validated", on', '{ state = "validated", seen = "validated", on', 5, "it says state and seen"),
        ('{ state = "validated"', '{ state = "validated", outcome = "positive"', 5, "a state has no paper"),
        ('{ state = "validated"', '{ state = "validated", reason = "why"', 5, "a reason is told of a move"),
        ('{ state = "validated"', '{ move = "RG 02.0"', 5, "a reason is told of a move"),
        ("}]", '}, { seen = "validated", on = 2025-02-01 }]', 5, "2025-02-01 lies before 2025-03-01"),
        ('step = "project.request_registration", ', "", 7, "nothing is attempted"),
        ("on = 2025-03-17", "on = 2025-02-28", 6, "2025-02-28 lies before 2025-03-01, when something had happened"),
        (
            "on = 2025-03-17",
            'on = 2025-03-17, evidence = { design_document = { title = "x" } }, without = ["design_document.title"]',
            6,
            "design_document.title is told in evidence, and left out by without",
        ),
        ('country = "MN"\n', "", 1, "it is not said of which country"),
        # what is no story
        ("2025-03-17", '"17 March"', 6, "is not a day"),
        ("2025-03-17", "2025-03-17T10:00:00", 1, "a day with a time stands there"),
        ("2025-03-17", "2025-03-17, evidence = { title = 1.5 }", 1, "1.5 of a kind that nothing here has"),
        ("2025-03-17", "2025-03-17, evidence = { title = 12:00:00 }", 1, "12:00:00 of a kind that nothing here has"),
        ('title = "A request comes with its documents"', 'title = " "', 2, "a story needs one"),
        ('title = "A request comes', 'title = "A\\nrequest comes', 2, "on one line"),
        ('title = "A request comes with its documents"', "", 1, "'title' is missing"),
        ("procedure", "register = { designatons = [] }\nprocedure", 1, "Did you mean 'designations'?"),
        ("procedure", "register = { designations = [{}] }\nprocedure", 1, "register: designations 1: "),
        ("procedure", "register = { designations = 1 }\nprocedure", 1, "designations must be a list"),
        ("procedure", 'register = { country = "MN" }\nprocedure', 1, "there is no kind of facts 'country'"),
        ("procedure", "register = { complete = 1 }\nprocedure", 1, "complete must be a list"),
        ("procedure", 'register = { complete = ["all"] }\nprocedure', 1, "A register cannot be complete in all"),
    ],
)  # fmt: skip
def test_a_story_that_is_wrong_is_told_with_its_line(written: Path, old: str, new: str, line: int, words: str) -> None:
    """It fails, with what is wrong and what to do, and without a traceback."""
    assert GOOD.count(old) >= 1
    found = told(written, GOOD.replace(old, new, 1))
    assert not found
    text = found.explain()
    assert words in text
    assert text.startswith(f"{written}:{line}: ")
    assert "Traceback" not in text


def test_one_broken_story_leaves_the_others_alone(written: Path) -> None:
    """Each is told by itself."""
    other = GOOD.replace("A request", "Another request")
    written.write_text(GOOD.replace("accepted", "acepted") + "\n" + other, encoding="utf-8")
    first, second = play(written)
    assert not first
    assert second


def test_a_title_names_one_story(written: Path) -> None:
    """Where it names two, both fail."""
    written.write_text(f"{GOOD}\n{GOOD}", encoding="utf-8")
    assert ["another story of the file has this title" in one.explain() for one in play(written)] == [True, True]


def refused(file: Path) -> StoryError:
    """Return the error that refuses a file."""
    with pytest.raises(StoryError) as caught:
        play(file)
    assert caught.value.file == str(file)
    return caught.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no story"),
        ("story = 1", "story must be a list of tables"),
        ("[[storys]]\n", "is no table of a file of stories. Did you mean 'story'?"),
        ("[stories]\ncountri = 'MN'\n", "Did you mean 'country'?"),
        ("[stories]\nbooks = 'nowhere'\n" + GOOD, "is no folder"),
        ("[stories]\nedges = ['XX']\n", "there is no rule book for 'XX'"),
        ("[stories]\nedges = ['TH/exsiting']\n", "Did you mean 'existing'?"),
        ("[[story]\n", "is not TOML"),
        ("a" * 10 + "." * 300, "dots"),
        ("x = " + "[" * 100_000, "is not TOML"),
    ],
)
def test_a_file_that_is_none(written: Path, text: str, words: str) -> None:
    """What is wrong with the file as a whole is told at once."""
    written.write_text(text, encoding="utf-8")
    assert words in str(refused(written))


def test_a_file_that_no_story_fills(written: Path) -> None:
    """Of a size that only nonsense has."""
    written.write_bytes(b"#" * (LARGEST + 1))
    assert refused(written).why == "is larger than 1 MiB, which no file of stories is."


def test_a_link_that_leads_elsewhere(tmp_path: Path) -> None:
    """Is refused, and what it leads to is not read; one within its folder is followed."""
    inner = tmp_path / "inner"
    inner.mkdir()
    outside, link = tmp_path / "outside.stories.toml", inner / "link.stories.toml"
    outside.write_text(GOOD, encoding="utf-8")
    link.symlink_to(outside)
    assert "leads out of its folder" in refused(link).why
    link.unlink()
    (inner / "real.stories.toml").write_text(GOOD, encoding="utf-8")
    link.symlink_to(inner / "real.stories.toml")
    assert play(link)
    link.unlink()
    link.symlink_to(link)
    assert refused(link)


def test_what_is_no_plain_file(tmp_path: Path) -> None:
    """A folder, nothing at all, or something without end."""
    assert "it is a folder" in refused(tmp_path).why
    assert "cannot be read" in refused(tmp_path / "none.stories.toml").why
    endless = tmp_path / "endless.stories.toml"
    os.mkfifo(endless)
    assert "no plain file" in refused(endless).why


def test_tables_may_stand_below_a_story(written: Path) -> None:
    """What is long is written as tables of its own, and errors name their lines."""
    text = (
        '[[story]]\ntitle = "long"\ncountry = "MN"\nprocedure = "PCP 07.0"\n\n'
        '[[story.given]]\nstate = "validated"\non = 2025-03-01\n\n'
        '[story.when]\nstep = "project.request_registration"\non = 2025-03-17\n\n'
        "[story.then]\naccepted = true\n"
    )
    assert told(written, text)
    assert told(written, text.replace("accepted = true", "accepted = 1")).story.line == 14


def test_what_all_stories_share(written: Path) -> None:
    """Country, track and procedure are told once; a story of another country has none of them."""
    written.write_text(
        '[stories]\ncountry = "TH"\ntrack = "existing"\nprocedure = "PCP 03.0"\n\n'
        '[[story]]\ntitle = "a"\nwhen = { on = 2026-11-23 }\nthen = { due = [] }\n'
        '[[story]]\ntitle = "b"\ncountry = "MN"\nwhen = { on = 2026-11-23 }\nthen = { due = [] }\n',
        encoding="utf-8",
    )
    first, second = read_stories(written).stories
    assert (first.country, first.track, first.procedure) == ("TH", "existing", "PCP 03.0")
    assert (second.country, second.track, second.procedure) == ("MN", None, None)


DAYS = st.dates() | st.sampled_from([date(2025, 3, 1), date(2025, 3, 17), date.min, date.max])
WORDS = st.sampled_from(
    [
        "validated", "registered", "submit_pdd", "project.request_registration", "issuance.submit_monitoring_report",
        "transfer.record_authorisation", "project.submit_pdd.documents", "positive", "participant", "unknown", "MN",
        "TH", "existing", "PCP 07.0", "transfer", "issuance", "", "design_document.monitoring_plan",
    ]
)  # fmt: skip
THINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.datetimes() | st.times() | DAYS | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
KEYS = ("step", "fact", "state", "seen", "move", "on", "outcome", "by", "evidence", "without", "despite", "reason")
ACTS = st.fixed_dictionaries(
    {"on": DAYS}, optional={key: WORDS | THINGS for key in KEYS if key != "on"}
) | st.dictionaries(st.sampled_from(KEYS), WORDS | THINGS | DAYS, max_size=4)
ENDS = st.dictionaries(
    st.sampled_from(["accepted", "refused_by", "held_by", "due", "met", "unmet", "missing", "not_judged"]),
    st.sampled_from([True]) | st.lists(WORDS, max_size=2) | THINGS,
    max_size=3,
)
STORIES = st.fixed_dictionaries(
    {"title": st.just("one") | THINGS, "country": st.just("MN") | WORDS, "when": ACTS | THINGS, "then": ENDS | THINGS},
    optional={
        "given": st.lists(ACTS, max_size=2) | THINGS,
        "track": WORDS | THINGS,
        "machine": WORDS | THINGS,
        "procedure": WORDS | THINGS,
        "opened": DAYS | THINGS,
        "register": st.dictionaries(st.sampled_from(["designations", "complete", "periods"]), THINGS) | THINGS,
    },
)


@given(row=STORIES)
def test_whatever_stands_in_a_story_it_passes_or_fails_in_words(row: dict[str, Any]) -> None:
    """No nonsense raises anything: it fails, and says why."""
    told = play_story(_story(row, 1, Head(), Path("some.stories.toml"), ""), books)
    assert told or all(one.strip() for one in told.against)
    assert told.explain()
    assert told.json()["passed"] == bool(told)
