"""What mkdocs is told beyond mkdocs.yml: the countries in the navigation, languages, and links out of docs/.

Pages link to files of the project, as they are read where the project is. In the site a page outside docs/ that is
text becomes a page of its own, and a link to any other file of the project is only its name.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[1]
BROUGHT = {
    "README.md": "project/readme.md",
    "CHANGELOG.md": "project/changelog.md",
    "jcm_cycle/states/sources.md": "project/sources.md",
}
"""Pages of the project outside docs/, and where they lie in the site."""

LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\n]*)\]\((?P<target>[^)\s#]+)(?P<anchor>#[^)\s]*)?\)")
TAG, DAY = re.compile(r"(<[^>]*>)"), re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def on_config(config: Any) -> Any:
    """Put every country into the navigation, by the heading of its page, once for each language."""
    folder = Path(config["docs_dir"]) / "countries"
    for name, ending in (("Countries", ""), ("各国（日本語）", ".ja")):
        first = [f"countries/{page}{ending}.md" for page in ("index", "comparison")]
        found = sorted(path for path in folder.glob("*.md") if (path.name.count(".") == 2) == bool(ending))  # noqa: PLR2004 - name, language, md
        rest = {f"countries/{path.name}": _heading(path) for path in found}
        ordered = sorted((page for page in rest if page not in first), key=rest.__getitem__)
        config["nav"].append({name: [{rest[page]: page} for page in [*first, *ordered] if page in rest]})
    return config


def _heading(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return re.split("[:：]", file.readline().removeprefix("# ").strip())[0]


def on_files(files: Any, config: Any) -> Any:
    """Bring in the pages of the project that lie outside docs/."""
    for path, place in BROUGHT.items():
        files.append(File.generated(config, place, content=(ROOT / path).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:  # noqa: ARG001 - called by name
    """Mend links that leave docs/; what is shown as code stays as it is."""
    place = page.file.src_uri
    here = next((ROOT / path for path, name in BROUGHT.items() if name == place), ROOT / "docs" / place).parent
    parts, last = [], 0
    for block in FENCED.finditer(markdown):
        parts += [_mended(markdown[last : block.start()], here, place), block[0]]
        last = block.end()
    return "".join([*parts, _mended(markdown[last:], here, place)])


def _mended(markdown: str, here: Path, place: str) -> str:
    return LINK.sub(lambda found: _link(found, here, place), markdown)


def _link(found: re.Match[str], here: Path, place: str) -> str:
    if re.match(r"[a-z]+:", found["target"]):
        return found[0]
    target = (here / found["target"]).resolve()
    if not target.exists() or not target.is_relative_to(ROOT):
        return found[0]  # mkdocs tells that it leads nowhere
    inside = target.relative_to(ROOT).as_posix()
    up = "../" * place.count("/")
    if inside in BROUGHT:
        return f"[{found['text']}]({up}{BROUGHT[inside]}{found['anchor'] or ''})"
    if inside.startswith("docs/"):
        return f"[{found['text']}]({up}{inside.removeprefix('docs/')}{found['anchor'] or ''})"
    return f"{found['text']} (`{inside}`)"


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:  # noqa: ARG001 - called by name
    """Keep the rules of single steps out of the search, which all countries together would slow, and days in a line."""
    if not page.file.src_uri.startswith("countries/"):
        return html
    parts = TAG.split(html.replace("<h4 ", "<h4 data-search-exclude "))
    parts[::2] = [DAY.sub(r'<span class="day">\g<0></span>', text) for text in parts[::2]]
    return "".join(parts)


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:  # noqa: ARG001 - called by name
    """Let the words around a page be in its language, and say which it is, so that letters have the right shape."""
    config.theme["language"] = "ja" if page.file.src_uri.endswith(".ja.md") else "en"
    return context
