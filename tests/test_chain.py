"""The chain: whatever is done to a journal, the first line that is not what was sealed is named, with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, strategies as st

from jcm_cycle import Basis, Case, JCMCycleError, Journal, audit, evidence as ev, fold, project, rejudge, verify
from jcm_cycle._chain import SCHEMA, START, Chain, Line, seal, split_lines
from jcm_cycle.errors import BrokenJournal, CutJournal, JournalError, NewerSchema, UnknownTag
from jcm_cycle.review import Verification

HEX = re.compile(rb"[0-9a-f]{64}")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, walk: Callable[..., Case[Any]]) -> Path:
    """Return a journal of eight lines: an edition, an opening, four acts, a fact, a correction."""
    journal = Journal(tmp_path_factory.mktemp("chain") / "journal.jsonl")
    case = walk(journal, "submit_pdd", "publish_pdd", "close_public_inputs", "conclude_validation")
    paper = ev.Publication(reference="ZZ001")
    journal.append(case.record(project.publish_pdd.fact(on=case.days["publish_pdd"], evidence=paper)))
    journal.append(case.void(replaces=6, reason="known already", on=case.days["publish_pdd"]))
    return journal.path


@pytest.fixture(scope="module")
def whole(path: Path) -> bytes:
    """Return its bytes."""
    return path.read_bytes()


@pytest.fixture(scope="module")
def lines(whole: bytes) -> list[bytes]:
    """Return its lines."""
    found = whole.splitlines(keepends=True)
    assert len(found) == 8
    return found


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file to spoil."""
    return tmp_path_factory.mktemp("spoilt") / "journal.jsonl"


def looked_at(scratch: Path, data: bytes, *, head: str | None = None) -> Verification:
    """Return what verification says of these bytes."""
    scratch.write_bytes(data)
    return verify(scratch, head=head)


def resealed(bodies: list[dict[str, Any]]) -> bytes:
    """Return a journal of these lines as somebody seals them who knows how."""
    head, found = START, b""
    for body in bodies:
        kept = {name: item for name, item in body.items() if name not in ("hash", "prev", "schema")}
        data = orjson.dumps({"schema": SCHEMA, **kept, "prev": head, **_schema(body)}, option=orjson.OPT_SORT_KEYS)
        head = sha256(data).hexdigest()
        found += data[:-1] + b',"hash":"' + head.encode() + b'"}\n'
    return found


def _schema(body: dict[str, Any]) -> dict[str, Any]:
    return {"schema": body["schema"]} if "schema" in body else {}


def broken(found: Verification) -> tuple[int, str]:
    """Return the first broken line, and why."""
    assert found.first_broken is not None
    assert not found.intact
    return found.first_broken.line, found.first_broken.why


def test_a_journal_that_nobody_touched_is_intact(path: Path, whole: bytes, lines: list[bytes]) -> None:
    """All entries are counted, and the head is the hash of the last line."""
    found = verify(path)
    assert (found.intact, found.entries, found.first_broken) == (True, 7, None)
    assert found.head == lines[-1][-67:-3].decode() == Journal(path).head
    assert verify(path, head=found.head).intact
    assert path.read_bytes() == whole


def test_what_is_sealed_here_is_what_the_library_seals(scratch: Path, lines: list[bytes], whole: bytes) -> None:
    """Lines forged here are betrayed by their neighbours only."""
    assert resealed([orjson.loads(line) for line in lines]) == whole
    line, head = seal({"kind": "entry"}, START)
    assert resealed([{"kind": "entry"}]) == line
    assert head.encode() in line
    assert looked_at(scratch, whole).intact


def test_the_hash_is_over_the_stored_bytes_and_over_no_encoding_of_them(scratch: Path, lines: list[bytes]) -> None:
    """Another version may have written other spaces, or another order: what it sealed is whole."""
    head, found = START, b""
    for line in lines:
        body = {name: item for name, item in reversed(orjson.loads(line).items()) if name not in ("hash", "prev")}
        data = json.dumps({"prev": head, **body}, ensure_ascii=True).encode()
        head = sha256(data).hexdigest()
        found += data[:-1] + b',"hash":"' + head.encode() + b'"}\n'
    assert found != b"".join(lines)
    assert looked_at(scratch, found, head=head).intact
    assert len(Journal(scratch)) == 7
    assert broken(looked_at(scratch, found.replace(b'"kind": ', b'"kind":', 1)))[0] == 1


@given(data=st.data())
def test_a_changed_byte_is_seen_in_its_line(data: st.DataObject, scratch: Path, whole: bytes) -> None:
    """Wherever it stands, whatever it becomes: that line is the first broken one."""
    place = data.draw(st.integers(0, len(whole) - 2))
    old = whole[place]
    new = data.draw(st.integers(0, 255).filter(lambda byte: byte != old))
    changed = whole[:place] + bytes([new]) + whole[place + 1 :]
    number, why = broken(looked_at(scratch, changed))
    assert number == whole[:place].count(b"\n") + 1
    assert why.endswith(".")
    with pytest.raises(BrokenJournal) as caught:
        Journal(scratch)
    assert (caught.value.file, caught.value.line) == (str(scratch), number)
    assert caught.value.why == why


@given(data=st.data())
def test_bytes_put_in_or_taken_out_are_seen_in_their_line(data: st.DataObject, scratch: Path, whole: bytes) -> None:
    """Some bytes more or less: the line in which the journal ceases to be the same is the first broken one."""
    place = data.draw(st.integers(0, len(whole) - 2))
    more = data.draw(st.binary(max_size=4))
    less = data.draw(st.integers(0, 4))
    changed = whole[:place] + more + whole[place + less :]
    if changed == whole:
        return
    number, _ = broken(looked_at(scratch, changed))
    same = next(n for n, pair in enumerate(zip_longest(changed, whole)) if pair[0] != pair[1])
    assert number == whole[:same].count(b"\n") + 1


def test_every_line_is_missed(scratch: Path, lines: list[bytes]) -> None:
    """A line that was taken out is seen at the one that followed it; the last is missed by the head alone."""
    head = lines[-1][-67:-3].decode()
    for number in range(1, 9):
        rest = b"".join(lines[: number - 1] + lines[number:])
        if number < 8:
            assert broken(looked_at(scratch, rest)) == (
                number,
                "the line does not follow the one before: a line was removed, inserted or moved.",
            )
        else:
            assert looked_at(scratch, rest).intact
            line, why = broken(looked_at(scratch, rest, head=head))
            assert line == 8
            assert "lines are missing" in why


def test_every_line_put_in_is_seen(scratch: Path, lines: list[bytes]) -> None:
    """Copied from elsewhere in the journal, or sealed to follow its neighbour."""
    for number in range(1, 10):
        for other in range(8):
            put = b"".join([*lines[: number - 1], lines[other], *lines[number - 1 :]])
            line, why = broken(looked_at(scratch, put))
            assert line in (number, number + 1)
            assert "does not follow" in why
        before = START if number == 1 else lines[number - 2][-67:-3].decode()
        entry = orjson.loads(lines[1]) | {"seq": max(number - 1, 1)}
        forged, _ = seal({name: entry[name] for name in entry if name != "hash"}, before)
        line, _ = broken(looked_at(scratch, b"".join([*lines[: number - 1], forged, *lines[number - 1 :]])))
        assert line in (number, number + 1)


def test_every_two_lines_that_change_places_are_seen(scratch: Path, lines: list[bytes]) -> None:
    """At the first of the two places."""
    for one in range(8):
        for other in range(one + 1, 8):
            moved = list(lines)
            moved[one], moved[other] = moved[other], moved[one]
            line, why = broken(looked_at(scratch, b"".join(moved)))
            assert line == one + 1
            assert "does not follow" in why


def test_a_line_that_stands_twice_is_seen_at_its_second_place(scratch: Path, lines: list[bytes]) -> None:
    """Its number and its predecessor are those of another place."""
    for number in range(1, 9):
        twice = b"".join([*lines[:number], *lines[number - 1 :]])
        assert broken(looked_at(scratch, twice))[0] == number + 1


def test_a_line_that_was_sealed_anew_is_betrayed_by_the_next(scratch: Path, lines: list[bytes]) -> None:
    """Only the last line can be sealed anew, and there the head tells."""
    head = lines[-1][-67:-3].decode()
    for number in range(2, 9):
        body = orjson.loads(lines[number - 1]) | {"by": {"role": "secretariat", "name": "Somebody else"}}
        body = {name: body[name] for name in body if name not in ("hash", "prev")}
        forged, _ = seal(body, lines[number - 2][-67:-3].decode())
        changed = b"".join([*lines[: number - 1], forged, *lines[number:]])
        if number < 8:
            assert broken(looked_at(scratch, changed))[0] == number + 1
        else:
            assert looked_at(scratch, changed).intact
            assert broken(looked_at(scratch, changed, head=head))[0] == 9


def test_lines_cut_off_the_end_are_seen_by_the_head_alone(scratch: Path, lines: list[bytes]) -> None:
    """Whoever keeps the head elsewhere sees it; who does not, cannot."""
    head = lines[-1][-67:-3].decode()
    for left in range(8):
        rest = b"".join(lines[:left])
        assert looked_at(scratch, rest).intact
        assert broken(looked_at(scratch, rest, head=head))[0] == left + 1


def test_a_journal_cut_in_the_middle_of_a_line_is_broken_there(scratch: Path, whole: bytes) -> None:
    """Also where nothing is missing but the end of the line."""
    for left in range(1, len(whole), 97):
        if whole[:left].endswith(b"\n"):
            continue
        number, why = broken(looked_at(scratch, whole[:left]))
        assert number == whole[:left].count(b"\n") + 1
        assert "middle of a line" in why
    assert broken(looked_at(scratch, whole[:-1]))[0] == 8
    with pytest.raises(CutJournal):
        Journal(scratch)


def test_there_is_nothing_to_verify_where_there_is_no_journal(tmp_path: Path) -> None:
    """A journal that was deleted is not an intact one."""
    for place in (tmp_path / "journal.jsonl", tmp_path):
        with pytest.raises(JournalError):
            verify(place)


# Lines sealed by somebody who knows how, and wrong all the same


def spoilt(lines: list[bytes], number: int, **changes: Any) -> bytes:
    """Return the journal with members of one line changed, and every line sealed anew; `...` takes one out."""
    bodies = [orjson.loads(line) for line in lines]
    body = {**bodies[number - 1], **changes}
    bodies[number - 1] = {name: item for name, item in body.items() if item is not ...}
    return resealed(bodies)


EDITION: dict[str, Any] = {"schema": 1, "country": "ZZ"}


@pytest.mark.parametrize(
    ("number", "changes", "why"),
    [
        (3, {"kind": "note"}, "neither an entry nor an edition"),
        (3, {"kind": ...}, "neither an entry nor an edition"),
        (3, {"seq": 7}, "entry 7 stands where 2 is due"),
        (3, {"seq": True}, "entry True stands where 2 is due"),
        (2, {"seq": True}, "entry True stands where 1 is due"),
        (3, {"seq": "2"}, "entry '2' stands where 2 is due"),
        (3, {"seq": 2.0}, "entry 2.0 stands where 2 is due"),
        (3, {"seq": ...}, "entry None stands where 2 is due"),
        (3, {"recorded_at": "2024-01-01T00:00:00+00:00"}, "lies before that of the line before"),
        (3, {"recorded_at": "2024-05-01T00:00:00"}, "instant of recording cannot be read"),
        (3, {"recorded_at": "yesterday"}, "instant of recording cannot be read"),
        (3, {"recorded_at": 1_700_000_000}, "instant of recording cannot be read"),
        (3, {"recorded_at": ...}, "instant of recording cannot be read"),
        (3, {"editions": ["0" * 64]}, "the edition 000000000000 was not archived before"),
        (3, {"editions": [["0"]]}, "was not archived before"),
        (3, {"editions": 5}, "editions is not a list"),
        (3, {"editions": None}, "editions is not a list"),
        (3, {"findings": 5}, "findings is not a list"),
        (3, {"findings": {}}, "findings is not a list"),
        (3, {"findings": ["met"]}, "a finding cannot be read"),
        (1, {"content": EDITION}, "does not have the fingerprint"),
        (1, {"content": ...}, "does not have the fingerprint"),
        (1, {"fingerprint": ...}, "does not have the fingerprint"),
        (1, {"fingerprint": sha256(b"[]").hexdigest(), "content": []}, "archived edition cannot be read"),
        (1, {"kind": "entry"}, "entry None stands where 1 is due"),
    ],
)
def test_a_line_that_could_not_have_been_written_is_broken(
    scratch: Path, lines: list[bytes], number: int, changes: dict[str, Any], why: str
) -> None:
    """However well it is sealed."""
    line, said = broken(looked_at(scratch, spoilt(lines, number, **changes)))
    assert line == number
    assert why in said
    with pytest.raises(BrokenJournal) as caught:
        Journal(scratch)
    assert (caught.value.line, caught.value.why) == (number, said)


@pytest.mark.parametrize("body", [b"[1]", b"7", b'{"kind":', b"\xff"])
def test_a_sealed_line_that_is_no_json_object_is_broken(scratch: Path, lines: list[bytes], body: bytes) -> None:
    """The hash is that of the bytes, and the bytes are nothing."""
    seal_of = sha256(body[:-1] + b"}").hexdigest().encode()
    forged = body[:-1] + b',"hash":"' + seal_of + b'"}\n'
    assert broken(looked_at(scratch, b"".join([lines[0], forged]))) == (2, "the line is not a JSON object.")


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({"verdict": "unmet", "effect": "blocks"}, False),
        ({"verdict": "unmet", "effect": "blocks", "despite": "a reason"}, False),
        ({"verdict": "missing", "effect": "blocks"}, False),
        ({"verdict": "missing", "effect": "blocks", "despite": "a reason"}, True),
        ({"verdict": "unmet", "effect": "holds"}, False),
        ({"verdict": "unmet", "effect": "holds", "despite": ""}, False),
        ({"verdict": "unmet", "effect": "holds", "despite": "a reason"}, True),
        ({"verdict": "unmet", "effect": "advises"}, True),
        ({"verdict": "unmet", "effect": "duty"}, True),
        ({"verdict": "missing", "effect": "advises"}, True),
        ({"verdict": "met", "effect": "blocks"}, True),
        ({"verdict": "splendid", "effect": "blocks"}, False),
        ({"verdict": "unmet", "effect": "mild"}, False),
        ({"verdict": ["met"], "effect": "blocks"}, False),
    ],
)
def test_a_finding_must_fit_that_the_act_was_accepted(
    scratch: Path, lines: list[bytes], changes: dict[str, Any], *, accepted: bool
) -> None:
    """Verification needs no code for it: verdict, effect and reason are in the line."""
    findings = orjson.loads(lines[2])["findings"]
    findings[0] |= changes
    found = looked_at(scratch, spoilt(lines, 3, findings=findings))
    if accepted:
        assert found.intact
        return
    rule, verdict, effect = (findings[0][name] for name in ("rule", "verdict", "effect"))
    assert broken(found) == (3, f"the entry was accepted although {rule} {effect} and is {verdict}.")


@pytest.mark.parametrize("schema", [SCHEMA + 1, "1", None, True, 1.0])
@pytest.mark.parametrize("kind", ["entry", "novelty"])
def test_a_journal_of_a_newer_schema_is_not_read_and_says_so(
    scratch: Path, lines: list[bytes], schema: Any, kind: str
) -> None:
    """Also where the newer schema brings lines of a new kind."""
    data = spoilt(lines, 3, schema=schema, kind=kind)
    assert broken(looked_at(scratch, data)) == (
        3,
        f"the line has schema {schema!r}; this version reads up to {SCHEMA}.",
    )
    with pytest.raises(NewerSchema) as caught:
        Journal(scratch)
    assert (caught.value.file, caught.value.line) == (str(scratch), 3)


def paper(lines: list[bytes], number: int, **changes: Any) -> dict[str, Any]:
    """Return the evidence of a line with members changed."""
    return {**orjson.loads(lines[number - 1])["evidence"], **changes}


def test_evidence_of_an_unknown_class_is_named_with_file_and_line(scratch: Path, lines: list[bytes]) -> None:
    """A plug-in wrote it, or a newer version; verification needs neither."""
    data = spoilt(lines, 4, evidence=paper(lines, 4, tag="horoscope"))
    assert looked_at(scratch, data).intact
    with pytest.raises(UnknownTag, match="horoscope") as caught:
        Journal(scratch)
    assert (caught.value.file, caught.value.line) == (str(scratch), 4)


def test_evidence_of_a_newer_schema_is_named_with_file_and_line(scratch: Path, lines: list[bytes]) -> None:
    """Each class of evidence has a schema of its own."""
    data = spoilt(lines, 4, evidence=paper(lines, 4, schema=2))
    assert looked_at(scratch, data).intact
    with pytest.raises(NewerSchema, match="publication has schema 2") as caught:
        Journal(scratch)
    assert (caught.value.file, caught.value.line) == (str(scratch), 4)


UNREADABLE: list[tuple[int, dict[str, Any]]] = [
    (4, {"evidence": {"tag": "publication", "schema": 1, "public": {"colour": "blue"}}}),
    (4, {"evidence": {"tag": "publication", "schema": 1, "public": {"reference": "number one"}}}),
    (4, {"evidence": {"tag": "publication", "schema": 1, "public": []}}),
    (4, {"evidence": {"tag": "receipt", "schema": 1, "public": {}}}),
    (4, {"evidence": "a letter"}),
    (4, {"evidence": [1]}),
    (4, {"evidence": {"tag": "publication", "schema": 1, "public": {}, "confidential": ["x"]}}),
    (2, {"evidence": ...}),
    (2, {"evidence": {"tag": "receipt", "schema": 1, "public": {}}}),
    (4, {"case": 7}),
    (4, {"case": ...}),
    (4, {"step": ["publish_pdd"]}),
    (4, {"machine": "issuance"}),
    (4, {"machine": ["project"]}),
    (4, {"on": ...}),
    (4, {"on": "2024-02-30"}),
    (4, {"on": "2024-W09-4"}),
    (4, {"on": 5}),
    (4, {"on": {"not_before": "2024-03-01"}}),
    (4, {"on": {"not_before": "2024-03-02", "not_after": "2024-03-01"}}),
    (4, {"on": {"not_before": 5, "not_after": None}}),
    (4, {"basis": "rumour"}),
    (4, {"basis": ...}),
    (4, {"by": {"role": "king"}}),
    (4, {"by": "king"}),
    (4, {"outcome": "splendid"}),
    (4, {"outcome": ["positive"]}),
    (4, {"outcome": "positive"}),
    (4, {"state": "paradise"}),
    (4, {"state": ["drafting"]}),
    (4, {"sources": 5}),
    (4, {"sources": [{"page": 1}]}),
    (4, {"replaces": "2"}),
    (4, {"replaces": True}),
    (4, {"findings": [{"verdict": "met"}]}),
    (4, {"findings": [{"rule": 7, "revision": 1, "verdict": "met", "effect": "blocks", "standing": "cited",
                       "facts": {}}]}),
    (4, {"findings": [{"rule": "a", "revision": 1, "verdict": "met", "effect": "blocks", "standing": "cited",
                       "facts": []}]}),
    (4, {"findings": [{"rule": "a", "revision": 1, "verdict": "met", "effect": "blocks", "standing": "cited",
                       "facts": {}, "despite": 7}]}),
    (4, {"findings": [{"rule": "a", "revision": 1, "verdict": "met", "effect": "blocks", "standing": "cited",
                       "facts": {}, "earliest": "soon"}]}),
    (4, {"findings": [{"rule": "a", "revision": 1, "verdict": "met", "effect": "blocks", "standing": "cited",
                       "facts": {}, "ground": {"rule": "a"}}]}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "changes"), UNREADABLE)
def test_an_entry_that_cannot_be_read_is_named_with_file_and_line(
    scratch: Path, lines: list[bytes], number: int, changes: dict[str, Any]
) -> None:
    """The chain may be whole all the same: only who reads the entry can tell."""
    scratch.write_bytes(spoilt(lines, number, **changes))
    with pytest.raises(JournalError) as caught:
        Journal(scratch)
    assert (caught.value.file, caught.value.line) == (str(scratch), number)
    assert caught.value.why


def test_an_archived_edition_that_was_changed_is_broken(scratch: Path, lines: list[bytes]) -> None:
    """Whether the line is sealed anew or not: the fingerprint by which entries name it is of the content."""
    changed = lines[0].replace(b'"value":30', b'"value":31')
    assert changed != lines[0]
    assert broken(looked_at(scratch, b"".join([changed, *lines[1:]])))[0] == 1
    content = orjson.loads(changed)["content"]
    assert "fingerprint" in broken(looked_at(scratch, spoilt(lines, 1, content=content)))[1]
    renamed = sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    line, why = broken(looked_at(scratch, spoilt(lines, 1, content=content, fingerprint=renamed)))
    assert (line, "not archived before" in why) == (2, True)


def test_an_archived_edition_of_another_shape_is_an_error_of_the_tree(scratch: Path, lines: list[bytes]) -> None:
    """Sealed and filed under its own fingerprint, but nothing that a book could say."""
    bodies = [orjson.loads(line) for line in lines]
    for content in ({}, {"rules": 5}, {"rules": [{}]}, {"rules": [{"step": "project.submit_pdd"}]}, {"rules": []}):
        filed = sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
        again = [{**bodies[0], "content": content, "fingerprint": filed}]
        again += [{**body, "editions": [filed]} if "editions" in body else body for body in bodies[1:]]
        assert looked_at(scratch, resealed(again)).intact
        with pytest.raises(JCMCycleError):
            rejudge(Journal(scratch))


# Anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def used(path: Path) -> Iterator[None]:
    """Open a journal and use all of it; what goes wrong is an error of the tree."""
    yield verify(path) and None
    journal = Journal(path)
    for name in journal.cases:
        case = journal.case(name)
        assert case.state in project.states
        yield audit(journal.entries(name)) and None
    yield rejudge(journal) and None
    for entry in journal:
        assert isinstance(entry.basis, Basis)
        for finding in entry.findings:
            finding.json()


def survives(path: Path) -> None:
    """Use a journal, and let pass the errors of the tree only."""
    with suppress(JCMCycleError):
        list(used(path))


@given(data=st.binary(max_size=300))
def test_random_bytes_are_an_error_of_the_tree(data: bytes, scratch: Path) -> None:
    """Or an empty journal."""
    scratch.write_bytes(data)
    if data:
        with pytest.raises(JournalError):
            Journal(scratch)
    survives(scratch)


@given(bodies=st.lists(st.dictionaries(st.text(max_size=8), JSON, max_size=4) | JSON, min_size=1, max_size=3))
def test_random_lines_that_are_well_sealed_are_an_error_of_the_tree(bodies: list[Any], scratch: Path) -> None:
    """Random JSON is no journal, whatever its hashes say."""
    head, found = START, b""
    for body in bodies:
        if isinstance(body, dict):
            line, head = seal({**body, "kind": "entry"}, head)
            found += line
        else:
            found += orjson.dumps(body) + b"\n"
    scratch.write_bytes(found)
    with pytest.raises(BrokenJournal):
        Journal(scratch)
    survives(scratch)


MEMBERS = (
    "kind", "case", "machine", "step", "on", "basis", "outcome", "by", "evidence", "editions", "findings", "state",
    "sources", "replaces", "seq", "recorded_at", "content", "fingerprint",
)  # fmt: skip
WORDS = st.sampled_from(
    ["entry", "edition", "case-1", "case-2", "project", "open", "observe", "move", "void", "submit_pdd", "judged",
     "imported", "correction", "positive", "registered", "unknown", "2024-05-01", "2024-05-01T00:00:00+00:00", 1, 2, 3]
)  # fmt: skip


@given(data=st.data())
def test_a_journal_with_members_changed_and_sealed_anew_is_used_without_surprise(
    data: st.DataObject, scratch: Path, lines: list[bytes]
) -> None:
    """It reads, or it gives an error of the tree: no other exception, no state that the table does not have."""
    bodies = [orjson.loads(line) for line in lines]
    for _ in range(data.draw(st.integers(1, 3))):
        body = bodies[data.draw(st.integers(0, 7))]
        name = data.draw(st.sampled_from(MEMBERS))
        kind = data.draw(st.sampled_from(("random", "word", "swap", "inside", "gone")))
        if kind == "random":
            body[name] = data.draw(JSON)
        elif kind == "word":
            body[name] = data.draw(WORDS)
        elif kind == "swap":
            body[name] = data.draw(st.sampled_from(bodies)).get(name)
        elif kind == "gone":
            body.pop(name, None)
        else:
            _spoil(data, body.get(name))
    scratch.write_bytes(resealed(bodies))
    survives(scratch)


def _spoil(data: st.DataObject, part: Any) -> None:
    """Change something inside of a member."""
    while isinstance(part, dict | list) and part:
        place = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        inner = part[place]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            part[place] = data.draw(JSON | WORDS)
            return
        part = inner


def test_a_chain_that_met_a_broken_line_goes_on_from_the_last_whole_one(lines: list[bytes]) -> None:
    """A line that is refused leaves no trace."""
    chain = Chain()
    for number, raw in enumerate(lines, 1):
        before = (chain.head, chain.seq, chain.at, dict(chain.editions))
        with pytest.raises(BrokenJournal):
            chain.take(Line(number, raw.replace(b"a", b"b").rstrip(b"\n")))
        assert (chain.head, chain.seq, chain.at, dict(chain.editions)) == before
        chain.take(Line(number, raw.rstrip(b"\n")))
    assert chain.seq == 7


@given(data=st.binary(max_size=60))
def test_lines_are_split_at_line_feeds_and_nowhere_else(data: bytes) -> None:
    """No other byte ends a line, and nothing is lost."""
    lines, rest = split_lines(data)
    assert b"".join(line + b"\n" for line in lines) + rest == data
    assert b"\n" not in rest


def test_case_and_fold_agree_after_verification(path: Path) -> None:
    """What verifies, folds."""
    journal = Journal(path)
    assert fold(journal) == journal.case()
    assert HEX.fullmatch(journal.head.encode())
