"""The commands that show a rule book: the page of a country, and a machine as a diagram."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import books, project
from jcm_cycle.pictures import MARK, diagram, page


class TestPage:
    """`jcm-cycle page`."""

    @pytest.mark.parametrize("lang", ["en", "ja"])
    def test_it_is_the_page_of_the_country(self, command: Any, lang: str) -> None:
        """On the day of its review, in the language that is asked for."""
        told = command("page", "MN", "--lang", lang)
        assert told == type(told)(0, page(books["MN"], lang), "")

    def test_it_is_that_of_a_track_and_of_a_day(self, command: Any) -> None:
        """Where they are named."""
        told = command("page", "TH", "--track", "existing", "--on", "2020-01-01")
        assert told.out == page(books["TH"].of_track("existing"), on=date(2020, 1, 1))

    def test_it_is_written_to_a_file_and_written_anew(self, command: Any, tmp_path: Path) -> None:
        """In UTF-8; nothing is printed."""
        at = tmp_path / "mongolia.md"
        for lang in ("ja", "en"):
            told = command("page", "MN", "--at", at, "--lang", lang)
            assert (told.code, told.out, told.err) == (0, "", "")
            assert at.read_text(encoding="utf-8") == page(books["MN"], lang)

    @pytest.mark.parametrize("words", [("page", "MN"), ("diagram", "project", "MN", "--on", "2026-01-01")])
    def test_no_other_file_is_written_over(self, command: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
        """A rule book, say."""
        at = tmp_path / "book.toml"
        at.write_bytes(b"\xff my book")
        told = command(*words, "--at", at)
        assert (told.code, told.out) == (2, "")
        assert "book.toml is there, and no page written by this command." in told.err
        assert at.read_bytes() == b"\xff my book"

    def test_a_file_that_cannot_be_written_is_told(self, command: Any, tmp_path: Path) -> None:
        """With what to do."""
        told = command("page", "MN", "--at", tmp_path / "none" / "mongolia.md")
        assert told.code == 2
        assert "cannot be written: No such file or directory. Name a file in a folder that is there." in told.err

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (("page", "XX"), "There is no rule book for 'XX'."),
            (("page", "MN", "--track", "redd"), "MN has no track 'redd'."),
            (("page", "MN", "--lang", "de"), "'de' is no language of this library."),
            (("page", "MN", "--on", "2026-13-01"), "'2026-13-01' is not a day."),
            (("diagram", "projct", "MN", "--on", "2026-01-01"), "'projct' is no machine. Did you mean 'project'?"),
            (("diagram", "project", "MN", "--on", "2012-01-01"), "Mongolia had no rule in force on 2012-01-01"),
            (("diagram", "project", "MN", "--on", "2026-01-01", "--lang", "de"), "'de' is no language"),
            (
                ("diagram", "project", "MN", "--on", "2026-01-01", "--procedure", "PCP 7.0"),
                "MN has no procedure 'PCP 7.0'. Did you mean 'PCP 07.0'?",
            ),
        ],
    )
    def test_what_cannot_be_shown_is_told(self, command: Any, words: tuple[str, ...], why: str) -> None:
        """Nothing is printed but the error."""
        told = command(*words)
        assert (told.code, told.out) == (2, "")
        assert why in told.err

    def test_it_is_printed_in_utf_8_whatever_the_terminal_speaks(self, command: Any) -> None:
        """As it would be written to a file."""
        told = command.alone("page", "MN", "--lang", "ja", PYTHONIOENCODING="ascii")
        assert told.code == 0
        assert told.out == page(books["MN"], "ja")


class TestDiagram:
    """`jcm-cycle diagram`."""

    def test_it_is_the_machine_under_the_rules_of_the_day(self, command: Any) -> None:
        """With everything that a procedure of the day has or may have."""
        told = command("diagram", "project", "MN", "--on", "2020-01-01")
        assert told.out == diagram(project, books["MN"].edition(date(2020, 1, 1)))

    def test_a_procedure_can_be_named(self, command: Any) -> None:
        """Then only what it has or may have."""
        one, other = (
            command("diagram", "project", "MN", "--on", "2020-01-01", "--procedure", name).out
            for name in ("2013 set", "PCP 07.0")
        )
        assert "s_crediting_ended" not in one
        assert "s_crediting_ended" in other
        assert "`project.submit_implementation_report`" not in one
        assert "`project.submit_implementation_report`" in other, "it may have it, for all that is known"
        assert one == diagram(project, books["MN"].edition(date(2020, 1, 1)), capabilities=())

    def test_it_is_written_to_a_file(self, command: Any, tmp_path: Path) -> None:
        """Which is known again by its mark."""
        at = tmp_path / "project.md"
        for _ in range(2):
            assert command("diagram", "project", "ID", "--on", "2026-01-01", "--at", at, "--lang", "ja").code == 0
        made = at.read_text(encoding="utf-8")
        assert made.startswith(f"{MARK} of ID. -->\n\n```mermaid\n")
