"""What lint looks for in the code of the rules that a book adopts: whether it is pure, and what its revision meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jcm_cycle.errors import BookError
from jcm_cycle.rules._book import RuleBook
from jcm_cycle.rules._lint_code import impurities
from jcm_cycle.rules._lint_finding import ADVICE, ERROR, LintFinding, of_error
from jcm_cycle.rules._lint_sense import NAME, Recorded, fingerprint, recorded
from jcm_cycle.rules._lint_source import BESIDE, Written, file_of, written_in
from jcm_cycle.rules._rule import rules

__all__ = ["folders", "look_at_rules"]

ACCEPT = "`jcm-cycle lint --accept`"


def look_at_rules(book: RuleBook) -> Iterator[LintFinding]:
    """Yield what is wrong with the rules of a book; none of their code is run."""
    kept: dict[Path, Mapping[str, Recorded]] = {}
    for name, file in _files(book).items():
        try:
            rule = written_in(file).get(name)
            if rule is None:  # made by code that made its id, too
                continue
            if file.parent not in kept:
                kept[file.parent] = recorded(file.parent)
        except BookError as error:
            yield of_error(error, file)
            kept.setdefault(file.parent, {})
            continue
        yield from _impure(rule)
        yield from _sense(rule, kept[file.parent].get(name))


def folders(book: RuleBook) -> tuple[Path, ...]:
    """Return the folders in which the rules of a book are written, and that of the book where there are rules in it."""
    beside = Path(str(book.path)).with_name(BESIDE)
    own = {beside.parent} if written_in(beside) else set()
    return tuple(sorted(own | {file.parent for file in _files(book).values()}))


def _files(book: RuleBook) -> dict[str, Path]:
    """Return the file of each rule that a book adopts: that of the loaded rule, or the one beside the book."""
    beside = Path(str(book.path)).with_name(BESIDE)
    own = written_in(beside) if book.foreseen else {}
    found: dict[str, Path] = {}
    for row in book.rows["adopt"]:
        if row.rule in own:
            found[row.rule] = beside
        elif row.rule in rules():
            found[row.rule] = file_of(rules()[row.rule])
    return found


def _impure(rule: Written) -> Iterator[LintFinding]:
    for one in impurities(rule):
        why = f"the rule {rule.id} {one.what}: {one.text}"
        cure = "Take what it needs from the act, the case, the edition or the register."
        yield LintFinding(
            file=str(rule.source.file), line=one.line, key=rule.id, name="impure-rule", why=f"{why}.", cure=cure
        )


def _sense(rule: Written, then: Recorded | None) -> Iterator[LintFinding]:
    now = rule.revision
    if then is None:
        name, level, why = "sense-not-recorded", ADVICE, f"the sense of {rule.id} is not recorded in {NAME}."
        cure = f"Record it with {ACCEPT}, so that a change of it is noticed."
    elif now > then.revision:
        name, level, why = "sense-not-recorded", ADVICE, f"revision {now} of {rule.id} is not recorded in {NAME}."
        cure = f"Record it with {ACCEPT}."
    elif now < then.revision:
        name, level, why = "sense-changed", ERROR, f"{rule.id} has revision {now}, and had {then.revision} before."
        cure = f"Raise the revision to {then.revision + 1}."
    elif fingerprint(rule) != then.fingerprint:
        name, level, why = "sense-changed", ERROR, f"{rule.id} is not what its revision {now} was."
        cure = (
            f"Raise its revision to {now + 1} and record it with {ACCEPT}; "
            f"if it means the same as before, with `--same-sense {rule.id}`."
        )
    else:
        return
    yield LintFinding(
        file=str(rule.source.file), line=rule.node.lineno, key=rule.id, name=name, level=level, why=why, cure=cure
    )
