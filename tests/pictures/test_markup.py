"""Text stays text wherever it is put, and a link leads to the web or nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, strategies as st

from jcm_cycle.pictures._markup import clean, code, link, plain, slug, table, within_mermaid
from tests.pictures.conftest import Read, as_others, as_the_site

SIGNS = st.text(st.sampled_from("ab1 \\`*_{}[]()#+-.!|~<>&\"'$^@=:/;%\n\t%&&Aé日ww"), max_size=40)
READERS = pytest.mark.parametrize("read", [as_the_site, as_others])
PLACES: dict[str, str] = {
    "a line": "{}",
    "a list": "* {}",
    "a cell": "| a | b |\n| --- | --- |\n| {} | x |",
    "bold": "x **{}** y",
    "a heading": "## x {}",
}


@READERS
@pytest.mark.parametrize("place", PLACES)
@given(text=SIGNS | st.text(max_size=30))
@example(text="<script>alert(1)</script>")
@example(text="[a](javascript:alert(1)) ![b](http://x) http://example.org <b>")
@example(text="1. a")
@example(text="# a\n\n* b\n")
@example(text="a | b \\| c")
@example(text="&lt;b&gt; &amp;")
@example(text="{: .x onclick=a}")
@example(text="---")
@example(text="- a")
@example(text="+")
@example(text="2)")
@example(text="==")
@example(text="~~a~~ __b__ `c` \\")
def test_text_is_shown_letter_by_letter(read: Callable[[str], Read], place: str, text: str) -> None:
    """Whatever an author writes, no element is added to the page, and every letter is there to be read."""
    frame = PLACES[place]
    if not clean(text):
        return
    assert not set("<>|~^$") & set(plain(text)), "whatever a reader makes of them"
    made, usual = read(frame.format(plain(text))), read(frame.format("usual"))
    assert made.tags == usual.tags
    assert " ".join(made.shown.split()) == " ".join(usual.shown.replace("usual", clean(text)).split())


@READERS
@given(text=SIGNS, url=SIGNS)
def test_a_link_leads_to_the_web_and_no_further(read: Callable[[str], Read], text: str, url: str) -> None:
    """An address cannot end early, and it is the one given."""
    made = read(f"x {link(text or 'a', f'https://example.org/{url}')} y")
    assert set(made.tags) <= {("p",), ("a", "href")}
    (target,) = made.links
    assert target.startswith("https://example.org/")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "example.org",
        "ftp://example.org/a",
        "http:",
        "http://[",
        " java\nscript:alert(1)",
        "",
        None,
    ],
)
def test_any_other_address_is_no_link(url: str | None) -> None:
    """The text alone is shown."""
    assert link("a (b)", url) == "a (b)"


def test_an_address_is_kept_as_it_is() -> None:
    """What is coded in it already is not coded again."""
    assert link("a", "http://x.org/?p=1&lang=en#b%20c~d") == "[a](http://x.org/?p=1&lang=en#b%20c~d)"
    assert link("a", "https://x.org/a)b (c)|d<e>") == "[a](https://x.org/a%29b%28c%29%7Cd%3Ce%3E)"


@READERS
@given(text=SIGNS)
def test_a_name_in_the_type_of_code_stays_in_it(read: Callable[[str], Read], text: str) -> None:
    """In a cell as well."""
    made = read(f"| a |\n| --- |\n| x {code(text)} y |")
    told = clean(clean(text).replace("`", "").replace("|", "¦"))
    usual = read(f"| a |\n| --- |\n| x {'`a`' if told else ''} y |")
    assert made.tags == usual.tags
    assert clean(made.shown) == clean(usual.shown.replace("x a y", f"x {told} y"))


@given(text=SIGNS | st.text(max_size=30))
def test_nothing_in_a_diagram_ends_its_text(text: str) -> None:
    """Quotation marks, brackets and line ends are written by their numbers or not at all."""
    made = within_mermaid(text)
    assert not set('"[]{}<>|\\%`\n') & set(made)
    assert made.count(";") == made.count("#")


def test_a_column_without_content_stays() -> None:
    """So that the first row that has some changes its own line alone; a table without rows is left out."""
    assert table(("a", "b"), [("1", ""), ("2", "")]) == "| a | b |\n| --- | --- |\n| 1 |  |\n| 2 |  |"
    assert table(("a", "b"), []) == ""


def test_a_heading_has_the_anchor_that_readers_give_it() -> None:
    """In both languages."""
    assert slug("The eight documents of 2013 and today's") == "the-eight-documents-of-2013-and-todays"
    assert slug("2013年の八文書と現在の文書") == "2013年の八文書と現在の文書"


def test_what_steers_a_screen_is_not_shown() -> None:
    """But the joiners that some scripts need stay."""
    assert clean("a\x1b[31m\n b\u202e \u0dc1\u200d\u0dbb") == "a [31m b \u0dc1\u200d\u0dbb"
