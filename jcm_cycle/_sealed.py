"""Entries as members of a journal line, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson

from jcm_cycle.codec import dump, dump_evidence, read, read_evidence
from jcm_cycle.days import day_json, parse_day, read_day
from jcm_cycle.entries import Basis, Draft, Entry, Source
from jcm_cycle.errors import BrokenJournal, EvidenceError, JCMCycleError, JournalError
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.findings import Effect, Finding, Ground, Standing, Verdict, plain
from jcm_cycle.parties import Actor

__all__ = ["Reader", "members"]


def members(draft: Draft, salt: str) -> tuple[dict[str, Any], dict[str, Any] | None, str]:
    """Return the public members of an entry's line, the confidential part of its evidence, and the salt."""
    found: dict[str, Any] = {
        "case": draft.case,
        "machine": draft.machine,
        "step": draft.step,
        "on": day_json(draft.on),
        "basis": str(draft.basis),
    }
    hidden = None
    if draft.outcome is not None:
        found["outcome"] = str(draft.outcome)
    if draft.by is not None:
        found["by"] = {"role": str(draft.by.role), **({"name": draft.by.name} if draft.by.name else {})}
    if draft.evidence is not None:
        found["evidence"], hidden = dump_evidence(draft.evidence)
        if hidden is not None:
            part = orjson.dumps(hidden, option=orjson.OPT_SORT_KEYS)
            found["evidence"]["confidential"] = sha256(salt.encode() + part).hexdigest()
    if draft.editions:
        found["editions"] = [edition.fingerprint for edition in draft.editions]
    if draft.findings:
        found["findings"] = [_finding(finding) for finding in draft.findings]
    if draft.state is not None:
        found["state"] = draft.state
    if draft.sources:
        found["sources"] = [dump(source) for source in draft.sources]
    if draft.replaces is not None:
        found["replaces"] = draft.replaces
    return found, hidden, salt


def _finding(finding: Finding) -> dict[str, Any]:
    """Keep what was judged; sentence and source stand in the archived edition."""
    ground = finding.ground
    found = {
        "rule": finding.rule,
        "revision": ground.revision if ground else 0,
        "verdict": str(finding.verdict),
        "effect": str(finding.effect),
        "standing": str(finding.standing),
        "facts": {name: plain(value) for name, value in finding.facts.items()},
    }
    if finding.earliest is not None:
        found["earliest"] = finding.earliest.isoformat()
    if finding.despite is not None:
        found["despite"] = finding.despite
    if ground is not None and ground.rule.startswith("procedure."):
        found["ground"] = dump(ground)
    return found


class Reader:
    """Reads entries from the objects of their lines.

    Args:
        editions: the archived editions by fingerprint.
        hidden: the confidential parts at hand, by their digest.
    """

    def __init__(self, editions: Mapping[str, Mapping[str, Any]], hidden: Mapping[str, dict[str, Any]]) -> None:
        self._editions = editions
        self._hidden = hidden
        self._known: dict[tuple[str, str], dict[str, Ground]] = {}

    def entry(self, line: Mapping[str, Any]) -> Entry:
        """Read one entry.

        Raises:
            UnknownTag, NewerSchema: its evidence is not known to this version.
            BrokenJournal: a member is missing or cannot be read.
        """
        try:
            return self._entry(line)
        except JournalError:
            raise
        except EvidenceError as error:
            raise BrokenJournal(f"the entry cannot be read: {error.why}", cure=error.cure) from None
        except (JCMCycleError, KeyError, TypeError, ValueError, AttributeError) as error:
            why = f"the entry cannot be read: {error!r}."
            raise BrokenJournal(why, cure="Compare with a copy.") from None

    def _entry(self, line: Mapping[str, Any]) -> Entry:
        paper = line.get("evidence")
        digest = paper.get("confidential") if paper else None
        part = self._hidden.get(digest) if digest else None
        by, outcome = line.get("by"), line.get("outcome")
        fingerprints = tuple(line.get("editions", ()))
        step = f"{line['machine']}.{line['step']}"
        grounds = {rule: ground for key in fingerprints for rule, ground in self._grounds(key, step).items()}
        return Entry(
            seq=line["seq"],
            recorded_at=datetime.fromisoformat(line["recorded_at"]),
            case=_text(line["case"]),
            machine=_text(line["machine"]),
            step=_text(line["step"]),
            outcome=Outcome(outcome) if outcome else None,
            on=read_day(line["on"]),
            by=read(Actor, by) if by else None,
            evidence=read_evidence(paper, part) if paper else None,
            basis=Basis(line["basis"]),
            findings=tuple(_read_finding(found, grounds) for found in line.get("findings", ())),
            editions=fingerprints,
            state=line.get("state"),
            sources=tuple(read(Source, source) for source in line.get("sources", ())),
            replaces=line.get("replaces"),
            withheld=bool(digest) and part is None,
        )

    def _grounds(self, fingerprint: str, step: str) -> dict[str, Ground]:
        """Return the rules of a step as the archived edition has them."""
        found = self._known.get((fingerprint, step))
        if found is None:
            found = {}
            for row in self._editions[fingerprint]["rules"]:
                if row["step"] == step:
                    kept = {key: item for key, item in row.items() if key not in ("step", "outcome", "determined")}
                    found[row["rule"]] = read(Ground, kept)
            self._known[fingerprint, step] = found
        return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _read_finding(found: Mapping[str, Any], grounds: Mapping[str, Ground]) -> Finding:
    earliest: date | None = parse_day(found["earliest"]) if found.get("earliest") else None
    ground = read(Ground, found["ground"]) if "ground" in found else grounds.get(found["rule"])
    if ground is None:
        ground = Ground(
            rule=found["rule"],
            revision=found["revision"],
            sentence="(not in the archived edition)",
            effect=Effect(found["effect"]),
            standing=Standing(found["standing"]),
            cites="not in the archived edition",
        )
    return Finding(
        Verdict(found["verdict"]),
        found["facts"],
        earliest,
        Standing(found["standing"]),
        Effect(found["effect"]),
        ground,
        found.get("despite"),
    )
