"""Writes the page on what is covered, docs/cover.md, from the built-in books and their stories.

python docs/_cover.py            write the page
python docs/_cover.py --check    write nothing; exit with 1 where the page is another one
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import sys
from pathlib import Path

from jcm_cycle import books
from jcm_cycle.rules.builtin import FOLDERS
from jcm_cycle.testing import cover, play
from jcm_cycle.testing._cover_page import page

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "cover.md"
STORIES = DOCS.parent / "tests" / "stories"


def main(arguments: list[str]) -> int:
    """Write the page, or check it; return the exit code."""
    played = [play(file) for file in sorted(STORIES.glob("*.stories.toml"))]
    made = page(cover(book, played) for country in sorted(FOLDERS) for book in books[country].with_tracks())
    if "--check" not in arguments:
        PAGE.write_text(made, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
        sys.stdout.write(f"{PAGE.name} is not what books and stories say: run python docs/_cover.py\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
