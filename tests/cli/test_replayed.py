"""`replay`: a public record, row by row, as text and as JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle.record import shipped

SHIPPED = str(shipped())


class TestReplay:
    """`replay`: a public record."""

    def test_json(self, command: Any) -> None:
        """One object with all that the issue of the record asks for; contradictions are no failure."""
        told = command("replay", SHIPPED, "--json")
        assert (told.code, told.err) == (0, "")
        assert list(told.data) == ["schema", "rows", "counts", "unreadable", "groups", "cases"]
        assert told.data["rows"] == sum(told.data["counts"].values())

    def test_one_country(self, command: Any) -> None:
        """Only the rows and cases of one country."""
        told = command("replay", SHIPPED, "--country", "MN", "--json")
        assert {case["country"] for case in told.data["cases"]} == {"MN"}
        assert command("replay", SHIPPED, "--country", "AE", "--json").data["rows"] == 0
        text = command("replay", SHIPPED, "--country", "AE")
        assert text.code == 0
        assert text.out.startswith("0 rows")

    def test_text(self, command: Any) -> None:
        """Counts, a line for each country and machine, and the tonnes of the country."""
        told = command("replay", SHIPPED)
        assert (told.code, told.err) == (0, "")
        counts = command("replay", SHIPPED, "--json").data["counts"]
        assert f"{counts['replayed']} replayed" in told.out
        cases = command("replay", SHIPPED, "--json").data["cases"]
        for country, machine in {(case["country"], case["machine"]) for case in cases}:
            own = sum((case["country"], case["machine"]) == (country, machine) for case in cases)
            assert re.search(rf"^{country} +{own} ", told.out.split(f"\n{machine} ")[1], re.MULTILINE)
        assert re.search(r"^MN +129,112 +123,096 +MN 6,158", told.out, re.MULTILINE)
        assert re.search(r"^LA +not told +207", told.out, re.MULTILINE)
        assert "MN002 2018-11-06: 208 t" in told.out
        assert "missing: " not in told.out

    def test_explained(self, command: Any) -> None:
        """Country by country and rule by rule, where it is asked for."""
        told = command("replay", SHIPPED, "--country", "VN", "--explain")
        (data,) = command("replay", SHIPPED, "--country", "VN", "--explain", "--json").data["countries"]
        head = f"VN: {data['cases']} cases; {data['met']} met, {data['unmet']} unmet, {data['missing']} missing"
        assert head in told.out
        for rule in data["rules"]:
            assert f"{rule['count']} {rule['verdict']}: {rule['sentence']} [{rule['rule']}]" in told.out

    def test_rows(self, command: Any) -> None:
        """Row by row as data and as text, and only where it was asked for."""
        data = command("replay", SHIPPED, "--rows", "--json").data
        assert [row["line"] for row in data["by_row"]] == list(range(2, data["rows"] + 2))
        assert data["by_row"][0] == {
            "line": 2, "as": "observation", "case": "BD001", "seq": 2, "group": None, "why": data["by_row"][0]["why"]
        }  # fmt: skip
        told = command("replay", SHIPPED, "--rows").out
        assert re.search(r"^ *197 +entry +MN002 2018-11-06 +2 ", told, re.MULTILINE)

    def test_contradictions_and_unreadable_rows(self, command: Any, tmp_path: Path) -> None:
        """A contradiction is shown with its rows and is no failure; a row that cannot be read is one."""
        header = Path(SHIPPED).read_text(encoding="utf-8").splitlines()[0]
        two = (
            "PW,project,PW001,A [b]park[/i],registered,2019-03-01,,,,,\nPW,project,PW001,A,registered,2019-03-04,,,,,\n"
        )
        path = tmp_path / "record.csv"
        path.write_text(f"{header}\n{two}", encoding="utf-8")
        told = command("replay", path)
        assert told.code == 0
        assert "PW001 rows 2, 3: " in told.out
        assert "[record.views_agree]" in told.out
        bad = "PW,project,PW002,A,registered,2019-02-30,,,,,\nXX,project,XX001,A,registered,2019-02-28,,,,,\n"
        path.write_text(f"{header}\n{two}{bad}", encoding="utf-8")
        told = command("replay", path)
        assert told.code == 1
        assert "line 4 unreadable: " in told.out
        assert "2019-02-30" in told.out
        told = command("replay", path, "--json")
        assert told.code == 1
        assert [row["line"] for row in told.data["unreadable"]] == [4, 5]
        assert told.data["counts"]["unreadable"] == 2
        assert len(told.data["cases"]) == 1

    @pytest.mark.parametrize(
        ("data", "line"),
        [
            (b"", 1),
            (b"\xff\xfe\x00", 1),
            (b"country,subject_type\nMN,project\n", 1),
            (b"nothing of the kind\n", 1),
            (b"PK\x03\x04 zip", 1),
        ],
    )
    def test_a_file_that_is_no_record(self, command: Any, tmp_path: Path, data: bytes, line: int) -> None:
        """It stops with 1, and names file and line."""
        path = tmp_path / "record.csv"
        path.write_bytes(data)
        told = command("replay", path, "--json")
        assert (told.code, told.error["kind"]) == (1, "RecordError")
        assert (told.error["file"], told.error["line"]) == (str(path), line)
        assert command("replay", path).err.startswith(f"RecordError: {path}:{line}: ")

    @pytest.mark.parametrize("country", ["ZZ", "mn", "", "MN "])
    def test_an_unknown_country(self, command: Any, country: str) -> None:
        """It is misuse, and the codes there are, are named."""
        told = command("replay", SHIPPED, "--country", country, "--json")
        assert (told.code, told.error["kind"]) == (2, "Misuse")
        assert "MN" in told.error["cure"]

    def test_a_file_that_is_not_there(self, command: Any, tmp_path: Path) -> None:
        """Neither is a folder a file."""
        for path in (tmp_path / "nowhere.csv", tmp_path):
            told = command("replay", path, "--json")
            assert (told.code, told.error["kind"]) == (2, "Misuse")
