"""The countries for which something that is installed names a book, found in the files that installers leave.

What the standard library has for this takes longer to load than these files to read; it is asked where a distribution
could be elsewhere than in a folder, and for whatever is done with a name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path

__all__ = ["GROUP", "names"]

GROUP = "jcm_cycle.books"
INFO = (".dist-info", ".egg-info")


def names() -> frozenset[str] | None:
    """Return the countries, or None where distributions are not only to be found in folders."""
    if any(hasattr(finder, "find_distributions") for finder in sys.meta_path if finder is not PathFinder):
        return None
    found: set[str] = set()
    seen: set[str] = set()
    for folder in sys.path:
        try:
            infos = [one for one in Path(folder).iterdir() if one.suffix in INFO]
        except NotADirectoryError:  # an archive, say
            return None
        except OSError:  # a folder that is not there
            continue
        for info in infos:
            distribution = info.name.partition("-")[0].lower().replace(".", "_")
            if distribution not in seen:  # else the same one again, further down the path
                seen.add(distribution)
                found.update(_named(info / "entry_points.txt"))
    return frozenset(found)


def _named(file: Path) -> Iterator[str]:
    """Yield the names in the group of a file of entry points; none where there is no such file or group."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    group = ""
    for line in text.splitlines() if GROUP in text else ():
        name, equals, _ = line.partition("=")
        if line.startswith("["):
            group = line.strip().strip("[]")
        elif group == GROUP and equals and not line.startswith("#"):
            yield name.strip()
