"""The plug-in for pytest: every file whose name ends with `.stories.toml` is collected, each story as one test.

It comes with `pip install 'jcm-cycle[testing]'` and needs no setting. What the file says under `edges` becomes one
test for each day at the bound of a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from jcm_cycle.testing._edges import Edge
    from jcm_cycle.testing._story import Story

__all__ = ["EdgeItem", "StoriesFile", "StoryItem"]

SUFFIX = ".stories.toml"


class Failed(Exception):
    """A story or an edge is not as it should be; its text is the whole report."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the files of stories."""
    if not file_path.name.endswith(SUFFIX):
        return None
    made: pytest.Collector = StoriesFile.from_parent(parent, path=file_path)
    return made


class StoriesFile(pytest.File):
    """A file of stories."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each story, and for each day at a bound of the books that the file names."""
        from jcm_cycle.errors import JCMCycleError  # noqa: PLC0415 - a run without stories does not pay for it
        from jcm_cycle.testing._edges import edges_of  # noqa: PLC0415
        from jcm_cycle.testing._play import books_of  # noqa: PLC0415
        from jcm_cycle.testing._reading import read_stories  # noqa: PLC0415

        try:
            found = read_stories(self.path)
            books = books_of(found)
            edges = [edge for name in found.head.edges for edge in edges_of(name, books, self.path)]
        except JCMCycleError as error:
            raise self.CollectError(str(error)) from None
        for place, story in enumerate(found.stories, 1):
            name = story.title if not story.broken else f"{place}: {story.title}"
            yield StoryItem.from_parent(self, name=name, story=story, books=books)
        for edge in edges:
            yield EdgeItem.from_parent(self, name=str(edge), edge=edge)


class _Item(pytest.Item):
    """One test; what it fails with is shown as it stands, without a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what is shown of a failure."""
        if isinstance(excinfo.value, Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class StoryItem(_Item):
    """One story."""

    def __init__(self, *, story: Story, books: Any, **more: Any) -> None:
        super().__init__(**more)
        self._story = story
        self._books = books

    def runtest(self) -> None:
        """Play the story."""
        from jcm_cycle.testing._play import play_story  # noqa: PLC0415

        told = play_story(self._story, self._books)
        if not told:
            raise Failed(told.explain())

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the story stands."""
        return self.path, self._story.line - 1, self._story.title


class EdgeItem(_Item):
    """One day at the bound of a row."""

    def __init__(self, *, edge: Edge, **more: Any) -> None:
        super().__init__(**more)
        self._edge = edge

    def runtest(self) -> None:
        """Ask the book about the day."""
        wrong = self._edge.wrong()
        if wrong is not None:
            raise Failed(wrong)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file that asks for it."""
        return self.path, None, str(self._edge)
