"""What came of a story, and of a file of them: as text for its reader, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from jcm_cycle._outcomes import finding_text
from jcm_cycle.findings import Finding
from jcm_cycle.testing._story import Story

__all__ = ["Played", "Told"]


@frozen(kw_only=True)
class Told:
    """What came of one story: true where all is as it says.

    Attributes:
        story: the story.
        step: id of the step that it attempts; empty where it attempts none, or could not be played.
        expected: what it says, in one sentence.
        happened: what came of it, in one sentence.
        against: everything in which the two differ; nothing where it passes.
        findings: what every rule said of the act.
        accepted: whether the act was accepted; None where there is none.
    """

    story: Story
    step: str = ""
    expected: str = ""
    happened: str = ""
    against: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: bool | None = None

    def __bool__(self) -> bool:
        return not self.against

    @property
    def concerned(self) -> tuple[Finding, ...]:
        """The findings of the rules that it names, and of those that refuse."""
        return tuple(found for found in self.findings if found.rule in self.story.rules or found.refuses)

    def explain(self) -> str:
        """Return what the story says, what happened, and each rule concerned with its facts and source."""
        story = self.story
        lines = [f"{story.place}: {story.title}"]
        if self.step:
            track = f"/{story.track}" if story.track else ""
            lines.append(f"  {story.country}{track}, {self.step}" + (f" on {story.when.on}" if story.when else ""))
        lines += [f"  expected  {self.expected}", f"  happened  {self.happened}"] if self.expected else []
        lines += [f"  - {one}" for one in self.against]
        if self.against and self.concerned:
            lines += ["the rules concerned:", *map(finding_text, self.concerned)]
        return "\n".join(lines)

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        story = self.story
        return {
            "title": story.title,
            "file": str(story.file),
            "line": story.line,
            "country": story.country or None,
            "track": story.track,
            "step": self.step or None,
            "passed": bool(self),
            "expected": self.expected or None,
            "happened": self.happened or None,
            "against": list(self.against),
            "findings": [found.json() for found in self.concerned],
        }

    def __str__(self) -> str:
        return self.explain()


@frozen(kw_only=True)
class Played:
    """What came of a file of stories: true where every story and every edge is as it should be.

    Attributes:
        file: the file.
        stories: what came of each story.
        edges: what is wrong at the bounds of the rows that the file has tested.
        tested: how many such days were tested.
    """

    file: Path
    stories: tuple[Told, ...]
    edges: tuple[str, ...] = ()
    tested: int = 0

    def __bool__(self) -> bool:
        return not self.edges and all(self.stories)

    def __iter__(self) -> Iterator[Told]:
        return iter(self.stories)

    def __len__(self) -> int:
        return len(self.stories)

    @property
    def failed(self) -> tuple[Told, ...]:
        """The stories that do not pass."""
        return tuple(told for told in self.stories if not told)

    @property
    def verdict(self) -> Literal["passed", "failed"]:
        """The word for it."""
        return "passed" if self else "failed"

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "file": str(self.file),
            "passed": bool(self),
            "stories": [told.json() for told in self.stories],
            "edges": {"tested": self.tested, "wrong": list(self.edges)},
        }

    def explain(self) -> str:
        """Return a line for each story that passes, and all of what is wrong with the others."""
        lines = [f"  passed  {told.story.title}" if told else f"  FAILED  {told.explain()}" for told in self.stories]
        lines += [f"  FAILED  {wrong}" for wrong in self.edges]
        count = f"{len(self.stories) - len(self.failed)} of {len(self.stories)} stories pass"
        days = f", {self.tested - len(self.edges)} of {self.tested} days at bounds" if self.tested else ""
        return "\n".join([f"{self.verdict.upper()}  {self.file}: {count}{days}", *lines])

    def __str__(self) -> str:
        return self.explain()
