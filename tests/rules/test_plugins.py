"""Books that other distributions bring: real ones, installed beside the library, in a process of their own.

Listing them runs none of their code; one that is broken or clashes is told by name, and harms no other.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from jcm_cycle import RuleBooks, books
from jcm_cycle.rules import builtin

HEAD = '[book]\ncountry = "ZZ"\nname = "Synthetia"\napi = 1\nreviewed_on = 2026-01-01\n'
MODULE = """
print("code of the plug-in runs")
from pathlib import Path
from jcm_cycle import RuleBook

def read(name): return RuleBook.read(Path(__file__).with_name(name))
def whole(): return read("book.toml")
def kenya(): return read("kenya.toml")
def newer(): return read("newer.toml")
def mistaken(): return read("mistaken.toml")
def nothing(): return None
def fails(): raise ZeroDivisionError("no days")
def exits(): raise SystemExit(3)
def endless(): return endless()
class Mute(Exception):
    def __str__(self): raise ValueError
def mute(): raise Mute
def interrupted(): raise KeyboardInterrupt
not_callable = 5
"""


class Site:
    """A folder on the path, with distributions as an installer leaves them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "synthetic_books.py").write_text(MODULE, encoding="utf-8")
        (folder / "no_syntax.py").write_text("def book(:\n", encoding="utf-8")
        (folder / "book.toml").write_text(HEAD, encoding="utf-8")
        (folder / "kenya.toml").write_text(HEAD.replace("ZZ", "KE").replace("Synthetia", "Mine"), encoding="utf-8")
        (folder / "newer.toml").write_text(HEAD.replace("api = 1", "api = 2"), encoding="utf-8")
        (folder / "mistaken.toml").write_text(HEAD + 'colour = "red"\n', encoding="utf-8")

    def install(self, name: str, points: str, *, metadata: str | None = None) -> None:
        """Write what an installer writes of a distribution."""
        info = self.folder / f"{name}-1.0.dist-info"
        info.mkdir()
        told = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n" if metadata is None else metadata
        (info / "METADATA").write_text(told, encoding="utf-8")
        (info / "entry_points.txt").write_text(points, encoding="utf-8", errors="surrogateescape")
        (info / "RECORD").write_text("synthetic_books.py,,\n", encoding="utf-8")

    def books(self, **points: str) -> None:
        """Install one distribution with these books."""
        lines = "".join(f"{country} = {value}\n" for country, value in points.items())
        self.install("synthetic_books", f"[jcm_cycle.books]\n{lines}")

    def run(self, code: str) -> Any:
        """Run code where these distributions are installed, and return what it puts into `found`."""
        path = os.pathsep.join([str(self.folder), *filter(None, [os.environ.get("PYTHONPATH")])])
        whole = f"import json, sys\nfrom jcm_cycle import books\n{code}\nprint(json.dumps(found))"
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", whole],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a folder on the path of a process."""
    return Site(tmp_path)


PROBLEMS = "found = {name: str(error) for name, error in books.problems().items()}"


def test_listing_runs_no_code_and_reads_no_book(site: Site) -> None:
    """Neither of a plug-in nor of the library: no parser of books is even loaded."""
    site.books(ZZ="synthetic_books:whole")
    found = site.run(
        "found = [list(books), len(books), 'ZZ' in books, 'XX' in books, sorted(sys.modules)]",
    )
    assert found[:4] == [sorted([*builtin.FOLDERS, "ZZ"]), len(builtin.FOLDERS) + 1, True, False]
    loaded = set(found[4])
    assert not loaded & {
        "synthetic_books",
        "jcm_cycle.rules.builtin",
        "jcm_cycle.rules._book",
        "tomllib",
        "attr",
        "importlib.metadata",
    }
    own = {name for name in loaded if name.startswith("jcm_cycle.")}
    assert own <= {"jcm_cycle._near", "jcm_cycle.errors", "jcm_cycle.rules", *(
        f"jcm_cycle.rules.{name}" for name in ("_installed", "_names", "_shelf")
    )}  # fmt: skip


def test_a_book_that_is_installed_is_a_book_like_any_other(site: Site) -> None:
    """It is read when it is first asked for, and with it nothing else."""
    site.books(ZZ="synthetic_books:whole", YY="synthetic_books:fails")
    found = site.run(
        "zz = books['ZZ']; found = [zz.head.name, books['ZZ'] is zz, 'jcm_cycle.rules.builtin' in sys.modules]"
    )
    assert found == ["Synthetia", True, False]


BROKEN = {
    "AA": ("no_such_module:book", "ModuleNotFoundError: No module named 'no_such_module'"),
    "BB": ("synthetic_books:no_such_name", "AttributeError: module 'synthetic_books' has no attribute 'no_such_name'"),
    "CC": ("no_syntax:book", "SyntaxError: "),
    "DD": ("synthetic_books:fails", "ZeroDivisionError: no days"),
    "EE": ("synthetic_books:exits", "SystemExit: 3"),
    "FF": ("synthetic_books:mute", "failed: Mute."),
    "GG": ("synthetic_books:endless", "RecursionError"),
    "HH": ("synthetic_books:nothing", "gives a NoneType, not the book of HH"),
    "II": ("synthetic_books:whole", "gives the book of ZZ, not the book of II"),
    "JJ": ("synthetic_books:not_callable", "TypeError: 'int' object is not callable"),
    "KK": ("a value that is none", "failed: "),
    "LL": ("synthetic_books:newer", "newer.toml:4: [book], key 'api': it was written for format 2; this library reads"),
    "OO": ("synthetic_books:mistaken", "mistaken.toml:6: [book], key 'colour': unknown key 'colour'"),
}


def test_each_kind_of_broken_plug_in_is_told_by_name_and_harms_no_other(site: Site) -> None:
    """With the name and version of the distribution, what it points to, and what to do; the others are read."""
    site.books(ZZ="synthetic_books:whole", **{country: value for country, (value, _) in BROKEN.items()})
    found = site.run(f"{PROBLEMS}\nfound['read'] = sorted(c for c in books if c not in found and books[c])")
    assert found.pop("read") == sorted([*builtin.FOLDERS, "ZZ"])
    assert set(found) == set(BROKEN)
    for country, (value, says) in BROKEN.items():
        assert says in found[country], country
        assert "synthetic_books 1.0" in found[country]
        if ".toml:" not in says:
            assert found[country].startswith(f"The plug-in {value!r} of synthetic_books 1.0 ")
    assert found["LL"].endswith("The book comes with synthetic_books 1.0.")


def test_whoever_interrupts_is_obeyed(site: Site) -> None:
    """A plug-in that is running is no reason to go on."""
    site.books(ZZ="synthetic_books:interrupted")
    code = "try: books['ZZ']\nexcept KeyboardInterrupt: found = 'interrupted'"
    assert site.run(code) == "interrupted"


def test_two_distributions_with_a_book_for_one_country(site: Site) -> None:
    """Neither is taken: the error names both, and what to do; other countries work."""
    site.books(ZZ="synthetic_books:whole", YY="synthetic_books:fails")
    site.install("other_books", "[jcm_cycle.books]\nZZ = synthetic_books:kenya\n")
    found = site.run(PROBLEMS)
    assert set(found) == {"ZZ", "YY"}
    told, cure = found["ZZ"].split(". Remove")
    assert told.startswith("Several distributions bring a book for ZZ: ")
    assert set(told.partition(": ")[2].split("; ")) == {
        "'synthetic_books:whole' of synthetic_books 1.0",
        "'synthetic_books:kenya' of other_books 1.0",
    }
    assert cure == ' all but one, or let your program choose: books | {"ZZ": book}.'


def test_nobody_takes_the_place_of_a_book_of_the_library_silently(site: Site) -> None:
    """A distribution with a book for Kenya clashes; the program says which one it wants."""
    site.books(KE="synthetic_books:kenya")
    found = site.run(
        f"{PROBLEMS}\n"
        "from jcm_cycle.rules import builtin\n"
        "import synthetic_books\n"
        "found['own'] = (books | {'KE': builtin.KE()})['KE'].head.name\n"
        "found['other'] = (books | {'KE': synthetic_books.kenya()})['KE'].head.name\n"
    )
    assert (found.pop("own"), found.pop("other")) == ("Kenya", "Mine")
    assert set(found) == {"KE"}
    assert "'jcm_cycle.rules.builtin:KE' of jcm-cycle " in found["KE"]
    assert "'synthetic_books:kenya' of synthetic_books 1.0" in found["KE"]


@pytest.mark.parametrize("points", ["[jcm_cycle.books]\nZZ\n", "[console_scripts]\nzz\n", "\udcff books"])
def test_a_list_of_entry_points_that_cannot_be_read_hides_no_other(site: Site, points: str) -> None:
    """The distribution is told by name where it would bring books; the books of the others are there."""
    site.install("torn", points)
    site.books(ZZ="synthetic_books:whole", YY="synthetic_books:fails")
    again = site.folder / "again"
    again.mkdir()
    Site(again).books(ZZ="synthetic_books:whole")  # the same distribution further down the path is no other one
    found = site.run(
        f"sys.path.append({str(again)!r})\n{PROBLEMS}\nfound['zz'] = books['ZZ'].head.name; found['len'] = len(books)\n"
        "try: books['XX']\nexcept Exception as error: found['none'] = str(error)"
    )
    assert (found.pop("zz"), found.pop("len")) == ("Synthetia", len(builtin.FOLDERS) + 2)
    none = found.pop("none")
    if "books" in points:
        assert "torn 1.0 may bring rule books, and its entry_points.txt cannot be read: " in found.pop("torn 1.0")
        assert none.endswith("Perhaps it is one that cannot be read: torn 1.0; problems() tells why.")
    assert set(found) == {"YY"}


LISTED = (
    "from importlib.metadata import entry_points\n"
    "from jcm_cycle.rules._names import names\n"
    "found = [sorted(names() or ()), sorted({one.name for one in entry_points(group='jcm_cycle.books')}), list(books)]"
)


def test_the_names_are_those_that_the_standard_library_finds(site: Site) -> None:
    """Whatever an installer may write, of however many distributions, once or twice on the path."""
    site.books(ZZ="synthetic_books:whole", YY="synthetic_books:fails")
    odd = "# [jcm_cycle.books]\n[console_scripts]\nQQ = a:b\n\n[ jcm_cycle.books ]\n[jcm_cycle.books]\n# PP = a:b\n"
    site.install("Odd.Books", odd + "XX=a:b\n  WW   =  a:b [extra]\n[other]\nVV = a:b\n")
    again = site.folder / "again"
    again.mkdir()
    Site(again).install("Synthetic.Books", "[jcm_cycle.books]\nTT = a:b\n")
    (site.folder / "torn.dist-info").write_text("a file and no folder", encoding="utf-8")
    own, standard, listed = site.run(f"sys.path.append({str(again)!r}); sys.path.append('/nowhere')\n{LISTED}")
    assert own == standard == listed
    assert {"WW", "XX", "YY", "ZZ"} <= set(own)
    assert not {"PP", "QQ", "TT", "VV"} & set(own)


def test_where_distributions_are_not_only_in_folders_the_standard_library_is_asked(site: Site) -> None:
    """An archive on the path, or a finder of someone else's."""
    archive = site.folder / "books.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("zipped-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: zipped\nVersion: 1.0\n")
        opened.writestr("zipped-1.0.dist-info/entry_points.txt", "[jcm_cycle.books]\nZZ = zipped:book\n")
        opened.writestr(
            "zipped.py",
            f"from jcm_cycle import RuleBook\ndef book(): return RuleBook.read({str(site.folder / 'book.toml')!r})\n",
        )
    finder = "class Finder:\n  def find_spec(*_): return None\n  def find_distributions(*_): return []\n"
    own, standard, listed = site.run(f"sys.path.append({str(archive)!r})\n{LISTED}\nbooks['ZZ']")
    assert (own, "ZZ" in standard, listed) == ([], True, standard)
    own, standard, listed = site.run(f"{finder}sys.meta_path.append(Finder())\n{LISTED}")
    assert (own, listed) == ([], standard)


def test_a_distribution_without_a_name(site: Site) -> None:
    """What it points to is told all the same."""
    site.install("nameless", "[jcm_cycle.books]\nZZ = synthetic_books:fails\n", metadata="")
    site.install("nameless_too", "[jcm_cycle.books]\nYY = synthetic_books:fails\n", metadata="")
    assert {name: text[:37] for name, text in site.run(PROBLEMS).items()} == dict.fromkeys(
        ("YY", "ZZ"), "The plug-in 'synthetic_books:fails' f"
    )
    site.install("torn", "[jcm_cycle.books]\nXX\n", metadata="")
    found = site.run(PROBLEMS)
    assert {"YY", "ZZ"} < set(found)
    (torn,) = set(found) - {"YY", "ZZ"}
    assert torn.startswith("the nameless distribution ")


def test_a_book_of_ones_own_in_the_place_of_another(world: Any) -> None:
    """Nothing is read by putting books together; the last one that has a country counts."""
    mine = world.book()
    put = books | {"ZZ": mine, "KE": mine}
    assert isinstance(put, RuleBooks)
    assert (put["ZZ"], put["KE"], put["MN"]) == (mine, mine, books["MN"])
    assert set(put) == {*books, "ZZ"}
    assert ({"KE": mine} | books)["KE"] is books["KE"]
    assert (RuleBooks({"ZZ": mine}) | books)["ZZ"] is mine
    assert RuleBooks({**books, "KE": mine})["KE"] is mine
    assert put.get("XX") is None


def test_books_that_read_when_asked_are_not_asked_before() -> None:
    """A host may give a mapping of its own, and put it together with others."""
    asked: list[str] = []

    class Asked(dict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            asked.append(key)
            return super().__getitem__(key)

    given = Asked(ZZ=5, YY=6)
    put = RuleBooks(given) | {"XX": books["MN"]}
    assert (list(put), len(put), "ZZ" in put) == (["XX", "YY", "ZZ"], 3, True)
    assert asked == []
    assert put["ZZ"] == 5
    assert put["ZZ"] == 5
    assert asked == ["ZZ"]
