"""What differs between two editions: of two days, two countries, or two tracks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from attrs import frozen

from jcm_cycle.errors import EvidenceError
from jcm_cycle.rules._edition import Edition
from jcm_cycle.rules._said import AT, SUBJECTS, Said, Subject, said
from jcm_cycle.states import MACHINES

__all__ = ["Difference", "Differences", "diff"]

STEPS = {
    step: place
    for place, step in enumerate(step.id for machine in MACHINES.values() for step in machine.steps.values())
}
"""Every step with its place in the order in which procedures are told."""


@frozen(kw_only=True)
class Difference:
    """One thing that two editions do not say alike.

    Attributes:
        what: rule, value, form, source, bilateral, procedure, capability, transition, overlay or gate; in_force, for
            whether there were rules at all; standing, where only that differs; citation, where only the place does.
        id: which of them; of a rule with its step, such as `common.entity_usable at project.conclude_validation`; of a
            standing or citation with what it is of, such as `value project.public_inputs`.
        a: what the one edition says, with its standing; None where it says nothing.
        b: what the other says.
        cites_a: where the one was read; None where it says nothing, or no place is given.
        cites_b: where the other was read.
    """

    what: str
    id: str
    a: str | None
    b: str | None
    cites_a: str | None
    cites_b: str | None

    def json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "what": self.what,
            "id": self.id,
            "a": self.a,
            "b": self.b,
            "cites_a": self.cites_a,
            "cites_b": self.cites_b,
        }


@frozen(kw_only=True)
class Differences:
    """Everything in which two editions differ; iterates over the differences.

    Attributes:
        a: what the one edition is called in the text: its country and track, `(a)` where the other is of the same.
        b: what the other is called.
        items: the differences, each thing once.
        open: what neither edition knows, in the same words: whether it differs cannot be told.
    """

    a: str
    b: str
    items: tuple[Difference, ...]
    open: tuple[Subject, ...]

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def json(self) -> dict[str, Any]:
        """Return all differences as data."""
        return {"schema": 1, "differences": [item.json() for item in self.items]}

    def explain(self) -> str:
        """Return all differences as text: steps at which a rule differs in the same way stand together."""
        lines = [f"DIFFERENCES  {self.a}, {self.b}: {len(self.items)}"]
        wide = max(len(self.a), len(self.b))
        for (what, name, *sides), steps in _gathered(self.items).items():
            lines.append(f"{what} of {name}" if what in ("standing", "citation") else f"{what} {name}")
            lines += [f"  at {', '.join(steps)}"] if steps else []
            told = zip((self.a, self.b), sides[:2], sides[2:], strict=True)
            lines += [f"    {side:{wide}}  {_with_place(text, cites)}" for side, text, cites in told]
        if self.open:
            lines.append("NOT KNOWN  on either side, so that nothing can be compared")
            lines += [f"  {what} {', '.join(names)}" for what, names in _named(self.open).items()]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()


def diff(a: Edition, b: Edition) -> Differences:
    """Return what differs between two editions of any books, or of one; nothing where both say the same.

    Rows that say the same on both sides, as well founded, are no difference, whichever rows they are. A citation alone
    is one between two days of one book; between two countries or tracks it always is another one, and tells nothing.
    What an edition does not know differs from what another knows; where neither does, in the same words, it is `open`.

    Raises:
        EvidenceError: one of them is no edition.
    """
    for name, edition in (("a", a), ("b", b)):
        if not isinstance(cast(object, edition), Edition):
            why = f"{name}: {edition!r} is no edition."
            raise EvidenceError(why, cure='Give that of a day, such as books["MN"].on(day).')
    ours, theirs = said(a), said(b)
    same_book = (a.country, a.track) == (b.country, b.track)
    subjects = _in_order({**ours, **theirs})
    found = (_difference(one, ours.get(one), theirs.get(one), same_book=same_book) for one in subjects)
    names = [_called(a), _called(b)]
    return Differences(
        a=f"{names[0]} (a)" if same_book else names[0],
        b=f"{names[1]} (b)" if same_book else names[1],
        items=tuple(filter(None, found)),
        open=tuple(one for one in subjects if _is_open(ours.get(one), theirs.get(one))),
    )


def _called(edition: Edition) -> str:
    return edition.country if edition.track is None else f"{edition.country}/{edition.track}"


def _in_order(subjects: Iterable[Subject]) -> list[Subject]:
    """Return subjects in an order that does not depend on the edition: rules by their steps, others by name."""
    return sorted(subjects, key=lambda one: (SUBJECTS.index(one[0]), STEPS.get(_parted(one[1])[1], -1), one[1]))


def _parted(name: str) -> tuple[str, str]:
    """Return the name of a thing and the step at which it is judged; an empty text where it is no rule."""
    bare, _, step = name.rpartition(AT)
    return (bare, step) if step in STEPS else (name, "")


def _difference(subject: Subject, a: Said | None, b: Said | None, *, same_book: bool) -> Difference | None:
    what, name = subject
    cites_a, cites_b = a.cites if a else None, b.cites if b else None
    told_a, told_b = str(a) if a else None, str(b) if b else None
    if a and b and a.text == b.text:
        name = f"{what} {name}"
        if a.standing is not b.standing:
            what, told_a, told_b = "standing", str(a.standing), str(b.standing)
        elif same_book and cites_a != cites_b:
            what, told_a, told_b = "citation", cites_a, cites_b
        else:
            return None
    return Difference(what=what, id=name, a=told_a, b=told_b, cites_a=cites_a, cites_b=cites_b)


def _is_open(a: Said | None, b: Said | None) -> bool:
    return a is not None and b is not None and not a.known and str(a) == str(b)


def _gathered(items: Iterable[Difference]) -> dict[tuple[str | None, ...], list[str]]:
    """Return the differences, each with the steps at which it is the same, where it has any."""
    found: dict[tuple[str | None, ...], list[str]] = {}
    for item in items:
        name, step = _parted(item.id)
        steps = found.setdefault((item.what, name, item.a, item.b, item.cites_a, item.cites_b), [])
        steps += [step] if step else []
    return found


def _with_place(text: str | None, cites: str | None) -> str:
    if text is None:
        return "nothing"
    return f"{text}: {cites}" if cites is not None and cites != text else text


def _named(subjects: Iterable[Subject]) -> dict[str, list[str]]:
    """Return the names of subjects by what they are, a rule once for all its steps."""
    found: dict[str, list[str]] = {}
    for what, name in subjects:
        bare, _ = _parted(name)
        if bare not in found.setdefault(what, []):
            found[what].append(bare)
    return found
