"""What things are called: a label by kind and name, a translation by the English text, English where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_cycle import RuleBook
from jcm_cycle._labels import LANGUAGES, check_language, has_text, label, text
from jcm_cycle.errors import BookError, LanguageUnknown

HEAD = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'


def test_what_has_no_label_is_called_by_its_name_in_words() -> None:
    """Of a step without its machine."""
    assert label("state", "in_validation") == "in validation"
    assert label("step", "project.submit_pdd") == "submit pdd"
    assert label("form", "F_PDD") == "Project Design Document Form"
    assert label("form", "F_Nothing") == "F Nothing"


@pytest.mark.parametrize("lang", ["de", "", None, "EN"])
def test_another_language_is_an_error_that_names_those_there_are(lang: str) -> None:
    """Wherever one is given."""
    for ask in (check_language, lambda lang: label("state", "registered", lang), lambda lang: text("a", lang)):
        with pytest.raises(
            LanguageUnknown, match=f"lang: {lang!r} is no language of this library. Languages are en, ja"
        ):
            ask(lang)
    assert LANGUAGES == ("en", "ja")


def test_a_book_brings_its_texts_in_a_file_beside_it(tmp_path: Path) -> None:
    """They are read when the first of them is asked for."""
    (tmp_path / "book.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "ja.toml").write_text('"slide 9 of a synthetic source" = "架空の資料、9枚目"\n', encoding="utf-8")
    assert text("slide 9 of a synthetic source", "ja") == "slide 9 of a synthetic source"
    RuleBook.read(tmp_path / "book.toml")
    assert text("slide 9 of a synthetic source", "ja") == "架空の資料、9枚目"
    assert text("slide 9 of a synthetic source") == "slide 9 of a synthetic source"
    assert has_text("slide 9 of a synthetic source", "ja")
    assert not has_text("slide 10 of a synthetic source", "ja")


def test_a_broken_file_of_texts_is_named(tmp_path: Path) -> None:
    """And harms the book no further than its texts."""
    (tmp_path / "book.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "ja.toml").write_text("= nonsense", encoding="utf-8")
    assert RuleBook.read(tmp_path / "book.toml").country == "ZZ"
    with pytest.raises(BookError, match=r"ja.toml: cannot be read as TOML") as caught:
        text("anything", "ja")
    assert caught.value.cure == "Mend the file, or take it away."
    (tmp_path / "ja.toml").unlink()
    assert text("anything", "ja") == "anything"
