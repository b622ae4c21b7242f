"""The site is built strictly from these pages, leads nowhere into nothing, and needs no network.

It is built once for all processes that share the tests. Where a browser is installed, it opens pages and draws their
diagrams.
"""

from __future__ import annotations

import fcntl
import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[1]
MERMAID = ROOT / "docs" / "assets" / "mermaid.min.js"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)

TARGET = re.compile(r"""<(?P<tag>\w+)\b[^>]*?\s(?:href|src|srcset|data)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s">]+))""")
ID = re.compile(r"""\s(?:id|name)=(?:"([^"]*)"|([^\s">]+))""")
LOADED = ("script", "link", "img", "source", "iframe", "object", "embed", "video", "audio", "use", "image")
"""Elements that load what they name; a link to another page is loaded only when somebody follows it."""

pytestmark = pytest.mark.skipif(not MERMAID.exists(), reason="Mermaid is not part of a source distribution")


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site into a folder, as `make docs` does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, env=env)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site, strictly and once: whatever mkdocs has to say about it is an error."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # that of all processes that share the tests
    folder, told = shared / "site", shared / "site.told"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            run = build(folder)
            told.write_text(f"{run.returncode}\n{run.stdout}{run.stderr}", encoding="utf-8")
    assert told.read_text(encoding="utf-8") == "0\n"
    return folder


@pytest.fixture(scope="module")
def texts(site: Path) -> dict[Path, str]:
    """Read every page of the site."""
    return {
        page: page.read_text(encoding="utf-8")
        for page in sorted(site.rglob("*.html"))
        if not page.name.startswith("probed-")
    }


def dead(texts: dict[Path, str]) -> list[str]:
    """Return every link, picture, style and script of some pages that names a file or an anchor that is not there."""
    anchors = {page: {a or b for a, b in ID.findall(text)} for page, text in texts.items()}
    found = []
    for page, text in texts.items():
        for target in {html.unescape(match["quoted"] or match["bare"] or "") for match in TARGET.finditer(text)}:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            anchor = unquote(parts.fragment)
            if not file.is_file() or (anchor and anchor not in ("__comments", *anchors.get(file, ()))):
                found.append(f"{page.name}: {target}")
    return sorted(found)


def foreign(texts: dict[Path, str]) -> list[str]:
    """Return everything that pages load from elsewhere when they are opened."""
    return sorted(
        f"{page.name}: {match['tag']} {target}"
        for page, text in texts.items()
        for match in TARGET.finditer(text)
        if match["tag"] in LOADED
        and re.match(r"\s*(?:[a-z]+:)?//", target := match["quoted"] or match["bare"] or "", re.IGNORECASE)
    )


def test_every_link_and_anchor_leads_somewhere(texts: dict[Path, str]) -> None:
    """From each page to the others, within pages, and to what they load; the page for what is not found has none."""
    assert len(texts) > 80
    assert not dead({page: text for page, text in texts.items() if page.name != "404.html"})


def test_nothing_is_loaded_from_elsewhere(site: Path, texts: dict[Path, str]) -> None:
    """No script, style, font or picture; styles name none either."""
    assert not foreign(texts)
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", style.read_text(encoding="utf-8")), style


@pytest.mark.parametrize(
    ("page", "dead_ones", "foreign_ones"),
    [
        ('<a href="gone.html">', 1, 0),
        ('<a href="a.html#gone">', 1, 0),
        ('<a href="#here"><p id="here">', 0, 0),
        ("<a href=#gone><p id=here>", 1, 0),
        ('<a class="x" href="https://example.org">', 0, 0),
        ('<img alt="a" src="https://example.org/a.png">', 0, 1),
        ('<script src="//example.org/a.js">', 0, 1),
        ('<link rel="stylesheet" href="HTTPS://example.org/a.css">', 0, 1),
        ('<link href="a.css" rel="stylesheet">', 1, 0),
    ],
)
def test_the_checks_find_what_is_wrong(tmp_path: Path, page: str, dead_ones: int, foreign_ones: int) -> None:
    """A dead link, a dead anchor, and whatever is loaded from elsewhere."""
    file = tmp_path / "a.html"
    file.write_text(page, encoding="utf-8")
    assert (len(dead({file: page})), len(foreign({file: page}))) == (dead_ones, foreign_ones)


def test_every_page_of_the_documentation_is_in_the_site(site: Path) -> None:
    """And nothing else of docs/: no script of ours."""
    docs = ROOT / "docs"
    pages = {path.relative_to(docs).with_suffix(".html") for path in docs.rglob("*.md")}
    assert pages <= {path.relative_to(site) for path in site.rglob("*.html")}
    assert not list(site.rglob("*.py"))


def test_a_japanese_page_says_that_it_is_one(texts: dict[Path, str]) -> None:
    """So that its letters are shown in the right shape; the words around it are Japanese, too."""
    for page, text in texts.items():
        lang = "ja" if page.name.endswith(".ja.html") else "en"
        assert f'<html lang="{lang}"' in text, page
        assert ('aria-label="目次"' in text) is (lang == "ja"), page


def test_what_comes_from_others_carries_its_licence() -> None:
    """Each script that is not ours has its text beside it."""
    assets = ROOT / "docs" / "assets"
    for script in {path.name for path in assets.glob("*.js")} - {"diagrams.js"}:
        licence = (assets / f"{script.partition('.')[0]}.LICENSE.txt").read_text(encoding="utf-8")
        assert "Permission is hereby granted, free of charge" in licence


PROBE = """
<script>addEventListener("load", () => setTimeout(() => {
  const names = performance.getEntriesByType("resource").map((entry) => entry.name);
  document.documentElement.dataset.loaded = names.map(encodeURI).join(" ");
}, 1000));</script>
"""


def opened(page: Path, folder: Path, query: str = "", more: str = "") -> str:
    """Return a page as it stands in a browser after its scripts have run; the browser finds no other machine."""
    probed = page.with_name(f"probed-{os.getpid()}-{page.name}")
    probed.write_text(page.read_text(encoding="utf-8").replace("</body>", f"{PROBE}{more}</body>"), encoding="utf-8")
    assert BROWSER is not None
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}", "--virtual-time-budget=60000",
        "--dump-dom", f"{probed.as_uri()}{query}",
    ]  # fmt: skip
    try:
        return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()
    finally:
        probed.unlink()


def loaded(text: str) -> list[str]:
    """Return the addresses of what an opened page has loaded, or tried to load."""
    found = re.search(r'data-loaded="([^"]*)"', text)
    assert found is not None
    return html.unescape(found[1]).split()


@pytest.mark.skipif(BROWSER is None, reason="no browser is installed: chromium or chrome")
class TestInABrowser:
    """What a reader sees who opens the site from the file system."""

    @pytest.mark.parametrize("page", ["countries/mn.ja.html", "machine-issuance.html"])
    def test_diagrams_are_drawn_and_nothing_is_asked_of_others(self, site: Path, tmp_path: Path, page: str) -> None:
        """Each as a picture in the page; everything that was loaded lies in the site."""
        written = (site / page).read_text(encoding="utf-8").count('<pre class="diagram"')
        text = opened(site / page, tmp_path)
        assert 'data-diagrams="drawn"' in text
        assert '<pre class="diagram' not in text
        assert len(re.findall(r'<div class="diagram"><svg [^>]*id="diagram-\d+"', text)) == written > 0
        assert "Syntax error in text" not in text
        assert f'src="{(site / "assets" / "mermaid.min.js").as_uri()}"' in text
        assert all(name.startswith(site.as_uri()) for name in loaded(text))

    def test_the_search_works(self, site: Path, tmp_path: Path) -> None:
        """In Japanese too, without a server; a page without diagrams does not load Mermaid."""
        text = opened(site / "glossary.html", tmp_path, query="?q=二国間文書")
        assert "md-search-result__item" in text
        assert "mermaid.min.js" not in text

    def test_what_is_loaded_from_elsewhere_would_be_seen(self, site: Path, tmp_path: Path) -> None:
        """The check of what was loaded is one."""
        text = opened(site / "glossary.html", tmp_path, more='<script src="https://example.org/a.js"></script>')
        assert "https://example.org/a.js" in loaded(text)
