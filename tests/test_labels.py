"""What things are called: a label by kind and name, a translation by the English text, English where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jcm_cycle import RuleBook, books, untranslated
from jcm_cycle._labels import LANGUAGES, check_language, has_text, label, text
from jcm_cycle._toml import LARGEST
from jcm_cycle._words import told
from jcm_cycle.errors import BookError, LanguageUnknown
from jcm_cycle.pictures import page
from jcm_cycle.rules._rule import rules

HEAD = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'


def alone(tmp_path: Path, folder: str = "") -> RuleBook:
    """Write and read a book that says one text alone, the name of its country."""
    (tmp_path / folder / "book.toml").write_text(HEAD.replace("Synthetia", tmp_path.name), encoding="utf-8")
    return RuleBook.read(tmp_path / folder / "book.toml")


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
    """To whoever asks for the page of the book, or what it lacks; elsewhere its texts are told in English."""
    (tmp_path / "ja.toml").write_text("= nonsense", encoding="utf-8")
    book = alone(tmp_path)
    for ask in (page, untranslated):
        with pytest.raises(BookError, match=r"ja.toml:1: is not TOML") as caught:
            ask(book, "ja")
        assert caught.value.cure == "Mend the line it names."
    assert text(book.head.name, "ja") == book.head.name
    assert page(book)
    (tmp_path / "ja.toml").write_text(f'"{book.head.name}" = "架空の国"\n', encoding="utf-8")
    alone(tmp_path)
    assert text(book.head.name, "ja") == "架空の国"


def test_a_broken_file_of_texts_harms_no_other_book(tmp_path: Path) -> None:
    """What others say is there, and what lacks is shown in English; also where the broken book says the same."""
    for name, place in (("broken", "= nonsense"), ("other", '"A place of the other." = "別の場所"\n')):
        (tmp_path / name).mkdir()
        point = f'\n[[open_point]]\ntext = "A place of {name} alone."\n\n[[open_point]]\ntext = "A place of both."\n'
        (tmp_path / name / "book.toml").write_text(HEAD + point, encoding="utf-8")
        (tmp_path / name / "ja.toml").write_text(place, encoding="utf-8")
    _, other = (RuleBook.read(tmp_path / name / "book.toml") for name in ("broken", "other"))
    assert text("A place of the other.", "ja") == "別の場所"
    assert told("Some paper, A place of the other.", "ja") == "Some paper、別の場所"
    for english in ("A place of both.", "A place of broken alone.", "A place of other alone.", "A place of nobody."):
        assert text(english, "ja") == english
    assert told("Some paper, A place of broken alone.", "ja") == "Some paper, A place of broken alone."
    assert [one.text for one in untranslated(other, "ja")][-2:] == ["A place of other alone.", "A place of both."]
    assert text(books["MN"].bilateral.name, "ja") != books["MN"].bilateral.name


def test_what_has_no_label_in_a_language_may_have_a_text(tmp_path: Path) -> None:
    """Such as a fact that a rule of a country alone tells: by its name in words, as the file beside the book has it."""
    assert label("fact", "synthetic_share", "ja") == "synthetic share"
    (tmp_path / "ja.toml").write_text('"synthetic share" = "架空の割合"\n', encoding="utf-8")
    alone(tmp_path)
    assert (label("fact", "synthetic_share", "ja"), label("fact", "synthetic_share")) == (
        "架空の割合",
        "synthetic share",
    )


@pytest.mark.parametrize("value", ["7", "[1]", '""', '" "', '{ a = "b" }'])
def test_a_value_that_is_no_text_is_named(tmp_path: Path, value: str) -> None:
    """With the file, and how it is written."""
    file = tmp_path / "ja.toml"
    file.write_text(f'"A place." = {value}\n', encoding="utf-8")
    book = alone(tmp_path)
    with pytest.raises(BookError, match=r"ja.toml: 'A place.' has no text in the other language") as caught:
        untranslated(book, "ja")
    assert caught.value.cure == 'Write "English text" = "text in the language".'
    file.unlink()


def test_a_file_of_texts_is_read_as_carefully_as_a_book(tmp_path: Path) -> None:
    """A pipe is never opened, a file that is too large or is elsewhere never read."""
    (tmp_path / "here").mkdir()
    book = alone(tmp_path, "here")
    file = tmp_path / "here" / "ja.toml"
    os.mkfifo(file)
    with pytest.raises(BookError, match="it is no plain file"):
        untranslated(book, "ja")
    file.unlink()
    file.write_text("#" * (LARGEST + 1), encoding="utf-8")
    with pytest.raises(BookError, match="is larger than 1 MiB"):
        untranslated(book, "ja")
    file.unlink()
    (tmp_path / "elsewhere.toml").write_text('"A" = "い"\n', encoding="utf-8")
    file.symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(BookError, match="leads out of the folder of the book"):
        untranslated(book, "ja")
    file.unlink()


def test_a_sentence_has_the_label_of_what_it_is_the_sentence_of() -> None:
    """In other words than today's it has none: what an older revision said is not what the label says."""
    sentence = rules()["project.submit_pdd.documents"].sentence
    assert text(sentence, "ja") == label("rule", "project.submit_pdd.documents", "ja")
    assert has_text(sentence, "ja")
    assert text(sentence.replace("together", "apart"), "ja") == sentence.replace("together", "apart")
    assert text(sentence) == sentence
    assert label("rule", "project.submit_pdd.documents") == sentence
    assert label("rule", "procedure.role") == "The step is taken by one of its roles."


def test_a_book_has_names_of_its_own(tmp_path: Path) -> None:
    """They win over those of the library, in each language that the book has; an English one may be translated."""
    own = '[[label]]\nof = "F_PDD"\ntext = "Project Paper"\nstanding = "cited"\n'
    theirs = '[[label]]\nof = "F_PDD"\ntext = "Төслийн баримт"\nlanguage = "mn"\nstanding = "cited"\n'
    (tmp_path / "book.toml").write_text(HEAD + own + theirs, encoding="utf-8")
    book = RuleBook.read(tmp_path / "book.toml")
    assert book.label("F_PDD") == "Project Paper"
    assert book.label("F_PDD", "mn") == "Төслийн баримт"
    assert book.label("F_PDD", "ja") == "プロジェクト設計書様式"
    assert book.label("F_PIN") == "Project Idea Note Form"
    assert book.label("participant", "ja", kind="role") == "プロジェクト参加者"
    with pytest.raises(LanguageUnknown):
        book.label("F_PIN", "mn")
    (tmp_path / "ja.toml").write_text('"Project Paper" = "プロジェクト文書"\n', encoding="utf-8")
    assert book.own_label("F_PDD", "ja") is None  # the texts were read before
    RuleBook.read(tmp_path / "book.toml")
    assert book.label("F_PDD", "ja") == "プロジェクト文書"


def test_a_book_cannot_replace_what_the_library_says(tmp_path: Path) -> None:
    """Nor what a book said that was read before it."""
    for name, place in (("one", "first"), ("two", "second")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "book.toml").write_text(HEAD, encoding="utf-8")
        (tmp_path / name / "ja.toml").write_text(
            f'"no text found" = "{place}"\n"A place of two books." = "{place}"\n', encoding="utf-8"
        )
        RuleBook.read(tmp_path / name / "book.toml")
    assert text("no text found", "ja") == "文書を確認できない"
    assert text("A place of two books.", "ja") == "first"
