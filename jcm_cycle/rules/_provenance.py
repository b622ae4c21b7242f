"""Where an edition comes from: the file of its book and its days, by which a reader tells it apart from another."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

__all__ = ["Provenance", "apart"]


@frozen(kw_only=True)
class Provenance:
    """The file and the days of an edition.

    Attributes:
        file: the file of its book.
        since: its first day; None where no day comes before it.
        until: the first day of the one that follows; None where none does.
    """

    file: str
    since: date | None = None
    until: date | None = None

    @property
    def days(self) -> str:
        """The first day and the last, with a dash between them."""
        last = self.until - timedelta(days=1) if self.until is not None else None
        return "–".join(str(day) if day is not None else "" for day in (self.since, last))


def apart(name: str, a: Provenance | None, b: Provenance | None) -> tuple[str, str]:
    """Return what two editions of one country are called: by their files, their days or both, where these differ."""
    if a is None or b is None or a == b:
        return f"{name} (a)", f"{name} (b)"
    parts = [(one, other) for one, other in ((a.file, b.file), (a.days, b.days)) if one != other]
    ours, theirs = zip(*parts, strict=True)
    return " ".join((name, *ours)), " ".join((name, *theirs))
