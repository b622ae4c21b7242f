"""How many things two editions do not say alike, by what they are: a rule counts once, at however many steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attrs import asdict, frozen

from jcm_cycle._words import joined, say
from jcm_cycle.rules._said import ASPECTS, SUBJECTS, parted

if TYPE_CHECKING:
    from jcm_cycle.rules._diff import Difference

__all__ = ["Counted", "counted"]


@frozen(kw_only=True)
class Counted:
    """How many things of one kind differ, and how.

    Attributes:
        what: rule, value, form and so on.
        added: what only the second edition has.
        removed: what only the first has.
        changed: what they do not say alike.
        standing: what they say alike, and not as well founded.
        citation: what they say alike, with another place.
        note: what they say alike, with another remark.
    """

    what: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    standing: int = 0
    citation: int = 0
    note: int = 0

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return asdict(self)

    def explain(self, *, lang: str = "en") -> str:
        """Return it in words, such as "rule: 1 added, 3 changed".

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        told = [
            say(lang, "{count} added", count=self.added) if self.added else "",
            say(lang, "{count} removed", count=self.removed) if self.removed else "",
            say(lang, "{count} changed", count=self.changed) if self.changed else "",
            say(lang, "{count} in standing alone", count=self.standing) if self.standing else "",
            say(lang, "{count} in citation alone", count=self.citation) if self.citation else "",
            say(lang, "{count} in note alone", count=self.note) if self.note else "",
        ]
        return say(lang, "{what}: {counts}", what=say(lang, self.what), counts=joined(filter(None, told), lang))


def counted(differences: Iterable[Difference]) -> Iterator[Counted]:
    """Yield what differs, kind by kind in the order of `SUBJECTS`; a kind in which nothing differs is left out."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in differences:
        what, name, how = one.what, one.id, one.what
        if what in ASPECTS:
            what, _, name = name.partition(" ")
        else:
            how = "added" if one.a is None else "removed" if one.b is None else "changed"
        found.setdefault((what, how), set()).add(parted(name)[0])
    for what in SUBJECTS:
        numbers = {how: len(names) for (of, how), names in found.items() if of == what}
        if numbers:
            yield Counted(what=what, **numbers)
