"""Entries as members of a journal line, and back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NoReturn

import orjson
from attrs import frozen

from jcm_cycle._chain import Chain, Line, seal
from jcm_cycle._fold import MOVE, OBSERVE, OPEN, VOID
from jcm_cycle.codec import dump, dump_evidence, read, read_evidence
from jcm_cycle.days import day_json, parse_day, read_day
from jcm_cycle.entries import Basis, Draft, Entry, Source
from jcm_cycle.errors import BrokenJournal, EvidenceError, JCMCycleError, JournalError
from jcm_cycle.evidence._base import Outcome
from jcm_cycle.evidence.openings import Move, Opening
from jcm_cycle.findings import Effect, Finding, Ground, Standing, Support, Verdict, plain, rested
from jcm_cycle.parties import Actor
from jcm_cycle.states import MACHINES

__all__ = ["Reader", "Sealed", "salted", "sealed"]


def salted(salt: str, part: dict[str, Any]) -> str:
    """Return the digest that the chain keeps of a confidential part."""
    return sha256(salt.encode() + orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _members(draft: Draft, salt: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the public members of an entry's line, and the confidential part of its evidence or None."""
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
            found["evidence"]["confidential"] = salted(salt, hidden)
    if draft.editions:
        found["editions"] = [edition.fingerprint for edition in draft.editions]
    if draft.findings:
        found["findings"] = [_finding(finding, archived=bool(draft.editions)) for finding in draft.findings]
    if draft.state is not None:
        found["state"] = draft.state
    if draft.sources:
        found["sources"] = [dump(source) for source in draft.sources]
    if draft.replaces is not None:
        found["replaces"] = draft.replaces
    return found, hidden


def _finding(finding: Finding, *, archived: bool) -> dict[str, Any]:
    """Keep what was judged; sentence and source stand in the archived edition, where there is one."""
    ground = finding.ground
    found = {
        "rule": finding.rule,
        "revision": ground.revision if ground else 0,
        "verdict": str(finding.verdict),
        "effect": str(finding.effect),
        "standing": str(finding.standing),
        "facts": {name: plain(value) for name, value in finding.facts.items()},
    }
    if finding.rests_on is not None:
        found["rests_on"] = rested(finding.rests_on)
    if finding.earliest is not None:
        found["earliest"] = finding.earliest.isoformat()
    if finding.despite is not None:
        found["despite"] = finding.despite
    if ground is not None and (ground.rule.startswith("procedure.") or not archived):
        found["ground"] = dump(ground)
    return found


class Reader:
    """Reads entries from the objects of their lines.

    Args:
        editions: the archived editions by fingerprint.
        hidden: the confidential parts at hand, by their digest.
        grounds: the rules of archived editions that were read before, by edition and step; filled as needed.
    """

    def __init__(
        self,
        editions: Mapping[str, Mapping[str, Any]],
        hidden: Mapping[str, dict[str, Any]],
        grounds: dict[tuple[str, str], dict[str, Ground]],
    ) -> None:
        self._editions = editions
        self._hidden = hidden
        self._known = grounds

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
            why = f"the entry cannot be read: {error.why}"
            raise BrokenJournal(why, cure=error.cure) from None
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
        replaces = line.get("replaces")
        if replaces is not None and type(replaces) is not int:
            _cannot(f"{replaces!r} is the number of no entry")
        entry = Entry(
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
            replaces=replaces,
            withheld=bool(digest) and part is None,
        )
        _check(entry)
        return entry

    def _grounds(self, fingerprint: str, step: str) -> dict[str, Ground]:
        """Return the rules of a step as the archived edition has them."""
        found = self._known.get((fingerprint, step))
        if found is None:
            found = {}
            for row in self._editions[fingerprint]["rules"]:
                if row["step"] == step:
                    found[row["rule"]] = read(Ground, {k: v for k, v in row.items() if k not in _OF_BINDING})
            self._known[fingerprint, step] = found
        return found


def _check(entry: Entry) -> None:
    """Refuse what no fold could take: a state that the machine does not have, the evidence of another step."""
    steps = MACHINES[entry.machine]
    if entry.state is not None and entry.state not in steps.states:
        _cannot(f"there is no state {entry.state!r}")
    step, own = steps.steps.get(entry.step), _OWN.get(entry.step)
    if step is None and entry.step not in (OPEN, OBSERVE, MOVE, VOID):
        _cannot(f"there is no step {entry.step!r}")
    if step is not None:
        step.check_fact(entry.outcome, entry.evidence)
    if own is not None and not isinstance(entry.evidence, own):
        _cannot(f"{entry.step} rests on {own.__name__}")


_OWN: Mapping[str, type[Any]] = {OPEN: Opening, MOVE: Move}
_OF_BINDING = ("step", "outcome", "determined")


def _cannot(why: str) -> NoReturn:
    why = f"the entry cannot be read: {why}."
    raise BrokenJournal(why, cure="Compare with a copy.")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        _cannot(f"{value!r} is not a text")
    return value


def _read_finding(found: Mapping[str, Any], grounds: Mapping[str, Ground]) -> Finding:
    earliest: date | None = parse_day(found["earliest"]) if found.get("earliest") else None
    ground = read(Ground, found["ground"]) if "ground" in found else grounds.get(_text(found["rule"]))
    facts, despite = found["facts"], found.get("despite")
    if not isinstance(facts, dict) or not (despite is None or isinstance(despite, str)):
        _cannot(f"the finding of {found['rule']} cannot be read")
    if ground is None:
        ground = Ground(
            rule=found["rule"],
            revision=found["revision"],
            sentence="(not in the archived edition)",
            effect=Effect(found["effect"]),
            standing=Standing(found["standing"]),
            cites="not in the archived edition",
        )
    standing, rests_on = Standing(found["standing"]), _read_support(found.get("rests_on"))
    if rests_on is None and standing is not ground.standing:  # once it was not kept on what a finding rests
        rests_on = standing
    return Finding(
        Verdict(found["verdict"]),
        facts,
        earliest,
        rests_on,
        standing,
        Effect(found["effect"]),
        ground,
        despite,
    )


def _read_support(found: Any) -> Support | Standing | None:
    if found is None:
        return None
    return Standing(found) if isinstance(found, str) else read(Support, found)


@frozen
class Sealed:
    """A draft, sealed and read again.

    Attributes:
        entry: the entry as any reader will read it.
        lines: its lines, an edition that is not archived yet before it.
        digest: digest of its confidential part, if it has one.
        salt, hidden: what that is the digest of.
    """

    entry: Entry
    lines: tuple[bytes, ...]
    digest: str | None
    salt: str
    hidden: dict[str, Any]


def sealed(draft: Draft, chain: Chain, grounds: dict[tuple[str, str], dict[str, Ground]], **more: Any) -> Sealed:
    """Seal a draft at the end of a chain, which grows by it."""
    salt = secrets.token_hex(16)
    public, hidden = _members(draft, salt)
    digest = public["evidence"]["confidential"] if hidden is not None else None
    fresh = {e.fingerprint: e.content for e in draft.editions if e.fingerprint not in chain.editions}
    bodies = [{"kind": "edition", "fingerprint": key, "content": fresh[key]} for key in fresh]
    bodies.append({"kind": "entry", **more, **public})
    lines = []
    for body in bodies:
        line, _ = seal(body, chain.head)
        found = chain.take(Line(0, line[:-1]))
        lines.append(line)
    parts = {digest: hidden} if digest is not None and hidden is not None else {}
    entry = Reader(chain.editions, parts, grounds).entry(found)
    return Sealed(entry, tuple(lines), digest, salt, hidden or {})
