"""The short names of what lint finds, each with what it means; a name once given stays."""

from __future__ import annotations

__all__ = ["NAMES"]

NAMES = {
    "another-format": "the book was written for another format",
    "another-track": "the book beside that of a country is not the one of its track",
    "before-bilateral": "a row begins before the bilateral document",
    "effect-without-why": "the effect of a rule is changed without a reason",
    "ends-before-it-begins": "a row ends on or before the day on which it begins",
    "form-without-version": "a form has no version, and the row does not say that none is shown",
    "gap": "nothing is said of the days between two rows on one thing",
    "impossible-day": "no day can lie where a bound says",
    "impure-rule": "a rule reads a clock, does I/O, depends on chance or keeps something between two calls",
    "main-without-a-track": "[main] stands in a book that is not that of a track",
    "measure-of-a-measure": "a measure relaxes another measure instead of a rule",
    "missing-key": "a key or table is missing",
    "missing-label": "a form has no label in a language",
    "missing-text": "a text has no translation into a language",
    "nothing-relaxed": "a measure relaxes a rule that the book does not have on its days",
    "overlap": "two rows on one thing speak of the same days",
    "review-in-future": "the book is said to have been compared with its sources on a day that is still to come",
    "rule-of-integrity": "a rule that holds without a book is adopted",
    "sense-changed": "a rule has another sense, and the revision that it had before",
    "sense-not-recorded": "the sense of a rule, or of its new revision, is not recorded beside it",
    "shared-cut-short": "a row takes the place of a shared one, and leaves days or steps of it without any",
    "shared-key": "a source has the key of one that all books share",
    "stale-review": "the book was last compared with its sources too long ago, or before a day that it knows of",
    "standing-too-good": "a row is founded better than its source allows",
    "twice": "two rows have one name, or speak of the same",
    "unknown-capability": "there is no such capability",
    "unknown-form": "nothing is submitted on such a form, and no label names it",
    "unknown-key": "there is no such key",
    "unknown-procedure": "the book has no such procedure",
    "unknown-row": "nothing that can be named there bears the name",
    "unknown-rule": "there is no such rule",
    "unknown-source": "the book has no such source",
    "unknown-state": "no machine has such a state",
    "unknown-step": "there is no such step, or the rule does not bind to it",
    "unknown-table": "a book has no such table",
    "unknown-value": "nothing reads the value",
    "unreadable": "the file cannot be read, or a plug-in fails",
    "unsourced": "a row does not say what it rests on",
    "wrong-track-name": "the name of a track could not be that of its file",
    "wrong-value": "a value is not what can stand there",
}
"""What each name means."""
