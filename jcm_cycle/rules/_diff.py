"""What differs between two editions: of two days, two countries, or two tracks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from attrs import evolve, field, frozen

from jcm_cycle._words import joined, named, say, word
from jcm_cycle.errors import EvidenceError
from jcm_cycle.rules._counted import Counted, counted
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._provenance import apart
from jcm_cycle.rules._said import ASPECTS, OPEN_POINT, PLACES, SUBJECTS, Said, Subject, called_so, parted, said

__all__ = ["Difference", "Differences", "diff"]


@frozen(kw_only=True)
class Difference:
    """One thing that two editions do not say alike.

    Attributes:
        what: rule, value, form, source, bilateral, procedure, capability, transition, overlay, gate or open_point;
            in_force, for whether there were rules at all; standing, where only that differs; citation, where only the
            place does; note, where only the remark does.
        id: which of them; of a rule with its step, such as `common.entity_usable at project.conclude_validation`; of a
            standing, citation or note with what it is of, such as `value project.public_inputs`; of an open point its
            text.
        a: what the one edition says, with its standing; None where it says nothing.
        b: what the other says.
        cites_a: where the one was read; None where it says nothing, or no place is given.
        cites_b: where the other was read.
        note_a: the remark of the one, where the other of the same book has another, or none; None else.
        note_b: the remark of the other.
    """

    what: str
    id: str
    a: str | None
    b: str | None
    cites_a: str | None
    cites_b: str | None
    note_a: str | None = None
    note_b: str | None = None

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "what": self.what,
            "id": self.id,
            "a": self.a,
            "b": self.b,
            "cites_a": self.cites_a,
            "cites_b": self.cites_b,
            "note_a": self.note_a,
            "note_b": self.note_b,
        }


@frozen(kw_only=True)
class Differences:
    """Everything in which two editions differ; iterates over the differences.

    Attributes:
        a: what the one edition is called: its country and track; where the other is of the same, with its days or its
            file, or `(a)` where these are the same, too.
        b: what the other is called.
        items: the differences, each thing once.
        open: what neither edition knows, in the same words: whether it differs cannot be told.
        sides: the two editions, for telling it in another language.
    """

    a: str
    b: str
    items: tuple[Difference, ...]
    open: tuple[Subject, ...]
    sides: tuple[Edition, Edition] | None = field(default=None, eq=False, repr=False)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def counts(self) -> tuple[Counted, ...]:
        """How many rules, values, forms and so on were added, removed or changed; a rule counts once for all steps."""
        return tuple(counted(self.items))

    def json(self) -> dict[str, Any]:
        """Return all differences as data, with what the sides are called and how much differs."""
        return {
            "schema": 1,
            "sides": {"a": self.a, "b": self.b},
            "counts": [count.json() for count in self.counts],
            "differences": [item.json() for item in self.items],
        }

    def explain(self, *, lang: str = "en") -> str:
        """Return all differences as text, headed by how many there are of each kind.

        Steps at which a rule differs in the same way stand together.

        Args:
            lang: code of the language, en or ja.

        Raises:
            LanguageUnknown: the library does not speak the language.
        """
        items = self.items
        if lang != "en" and self.sides is not None:
            items = _differences(self.sides, tuple(map(said, self.sides)), lang)
        head = say(lang, "DIFFERENCES  {a}, {b}: {count}", a=self.a, b=self.b, count=len(self.items))
        lines = [head, *(f"  {count.explain(lang=lang)}" for count in self.counts)]
        wide = max(len(self.a), len(self.b))
        for item, steps in _gathered(items).items():
            lines.append(_headed(item.what, item.id, lang))
            at = joined((named("step", step, lang) for step in steps), lang)
            lines += [say(lang, "  at {steps}", steps=at)] if steps else []
            lines.append(f"    {self.a:{wide}}  {_side(item, item.a, item.cites_a, item.note_a, lang)}")
            lines.append(f"    {self.b:{wide}}  {_side(item, item.b, item.cites_b, item.note_b, lang)}")
        if self.open:
            lines.append(say(lang, "NOT KNOWN  on either side, so that nothing can be compared"))
            for what, names in _named(self.open).items():
                shown = joined((called_so(what, name, lang) for name in names), lang)
                lines.append(f"  {say(lang, what)} {shown}".rstrip())
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()


def diff(a: Edition, b: Edition) -> Differences:
    """Return what differs between two editions of any books, or of one; nothing where both say the same.

    Rows that say the same on both sides, as well founded, are no difference, whichever rows they are. A citation or a
    remark alone is one between two editions of one country or track, and so is a point that is open on one side alone;
    between two countries or tracks these always are others, and tell nothing.
    What an edition does not know differs from what another knows; where neither does, in the same words, it is `open`.

    Raises:
        EvidenceError: one of them is no edition.
    """
    for name, edition in (("a", a), ("b", b)):
        if not isinstance(cast(object, edition), Edition):
            why = f"{name}: {edition!r} is no edition."
            raise EvidenceError(why, cure='Give that of a day, such as books["MN"].on(day).')
    ours, theirs = said(a), said(b)
    names = apart(_called(a), a.provenance, b.provenance) if _same_book(a, b) else (_called(a), _called(b))
    return Differences(
        a=names[0],
        b=names[1],
        items=_differences((a, b), (ours, theirs)),
        open=tuple(one for one in _in_order({**ours, **theirs}) if _is_open(ours.get(one), theirs.get(one))),
        sides=(a, b),
    )


def _same_book(a: Edition, b: Edition) -> bool:
    return (a.country, a.track) == (b.country, b.track)


def _differences(
    sides: tuple[Edition, Edition], words: tuple[dict[Subject, Said], ...], lang: str = "en"
) -> tuple[Difference, ...]:
    """Return the differences between two editions, told in a language; what differs is decided in English."""
    ours, theirs = words
    told_ours, told_theirs = (said(side, lang) for side in sides) if lang != "en" else words
    same_book = _same_book(*sides)
    found = []
    for one in _in_order({**ours, **theirs}):
        if one[0] == OPEN_POINT and not same_book:
            continue
        what = _differs(ours.get(one), theirs.get(one), same_book=same_book)
        if what is not None:
            found.append(_difference(one, what, told_ours.get(one), told_theirs.get(one), lang, same_book=same_book))
    return tuple(found)


def _called(edition: Edition) -> str:
    return edition.country if edition.track is None else f"{edition.country}/{edition.track}"


def _in_order(subjects: Iterable[Subject]) -> list[Subject]:
    """Return subjects in an order that does not depend on the edition: rules by their steps, others by name."""
    return sorted(subjects, key=lambda one: (SUBJECTS.index(one[0]), PLACES.get(parted(one[1])[1], -1), one[1]))


def _differs(a: Said | None, b: Said | None, *, same_book: bool) -> str | None:
    """Return what differs: all of it, the standing, the citation or the remark; None where nothing does."""
    if a is None or b is None or a.text != b.text:
        return "all"
    if a.standing is not b.standing:
        return "standing"
    if not same_book or (a.cites, a.note) == (b.cites, b.note):
        return None
    return "citation" if a.cites != b.cites else "note"


def _difference(
    subject: Subject, differs: str, a: Said | None, b: Said | None, lang: str, *, same_book: bool
) -> Difference:
    what, name = subject
    cites_a, cites_b = a.cites if a else None, b.cites if b else None
    told_a, told_b = str(a) if a else None, str(b) if b else None
    note_a, note_b = (a.note, b.note) if a and b and same_book and a.note != b.note else (None, None)
    if a and b and differs != "all":
        what, name = differs, f"{what} {name}"
        told_a, told_b = (note_a, note_b) if differs == "note" else (cites_a, cites_b)
        if differs == "standing":
            told_a, told_b = _standing(a, lang), _standing(b, lang)
    return Difference(
        what=what, id=name, a=told_a, b=told_b, cites_a=cites_a, cites_b=cites_b, note_a=note_a, note_b=note_b
    )


def _standing(one: Said, lang: str) -> str:
    return str(one.standing) if one.standing is None else word("standing", one.standing, lang)


def _headed(what: str, name: str, lang: str) -> str:
    """Return what a difference is about, in words: its kind and its name."""
    if what in ASPECTS:
        of, _, bare = name.partition(" ")
        return say(lang, "{what} of {name}", what=say(lang, what), name=_headed(of, bare, lang))
    return f"{say(lang, what)} {called_so(what, name, lang)}".rstrip()


def _is_open(a: Said | None, b: Said | None) -> bool:
    return a is not None and b is not None and not a.known and str(a) == str(b)


def _gathered(items: Iterable[Difference]) -> dict[Difference, list[str]]:
    """Return the differences, each with the steps at which it is the same, where it has any."""
    found: dict[Difference, list[str]] = {}
    for item in items:
        name, step = parted(item.id)
        found.setdefault(evolve(item, id=name), []).extend([step] if step else [])
    return found


def _side(item: Difference, text: str | None, cites: str | None, note: str | None, lang: str) -> str:
    """Return what one side says, with its place, and its remark where the other has another."""
    if text is None:
        return say(lang, "nothing")
    if item.what == "note":
        return text
    words = f"{text}: {cites}" if cites is not None and cites != text else text
    if item.note_a is None and item.note_b is None:
        return words
    return say(lang, "{words}; note: {note}", words=words, note=note or say(lang, "none"))


def _named(subjects: Iterable[Subject]) -> dict[str, list[str]]:
    """Return the names of subjects by what they are, a rule once for all its steps."""
    found: dict[str, list[str]] = {}
    for what, name in subjects:
        bare, _ = parted(name)
        if bare not in found.setdefault(what, []):
            found[what].append(bare)
    return found
