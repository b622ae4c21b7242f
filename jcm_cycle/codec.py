"""The one place where objects become data and data objects: evidence, findings and rows of books.

Data are plain JSON: days as ISO text, versions as text, amounts as whole numbers, measured values as text of a
decimal number, never a float. Reading is strict: an unknown key, a wrong type or an unknown tag is an error.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import attrs
import cattrs
from cattrs import ClassValidationError, IterableValidationError
from cattrs.errors import ForbiddenExtraKeysError

from jcm_cycle._near import perhaps
from jcm_cycle.days import UNKNOWN, Between, Bound, day_json, parse_day, read_day
from jcm_cycle.errors import EvidenceError, JCMCycleError, NewerSchema, UnknownTag
from jcm_cycle.evidence._base import Evidence, MethodologyVersion, Version, evidence_classes

__all__ = ["dump", "dump_evidence", "read", "read_evidence", "split"]

T = TypeVar("T")

_converter = cattrs.Converter(detailed_validation=True)


def _date(value: Any, _: Any = None) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return parse_day(value)


def _bound(value: Any, _: Any = None) -> Bound:
    if isinstance(value, Bound):
        return value
    if value == "unknown":
        return UNKNOWN
    if isinstance(value, Mapping):
        if not value or not set(value) <= {"after", "by"}:
            why = f"{value!r} is not a bound."
            raise EvidenceError(why, cure="Give after, by, or both.")
        return Bound(**{key: _date(day) for key, day in value.items() if day is not None})
    return Bound(on=_date(value))


def _text(value: Any, cls: Any = str) -> str:
    if cls is not str:  # a subclass of str comes here, too
        return _word(value, cls)
    if not isinstance(value, str):
        why = f"{value!r} is not a text."
        raise EvidenceError(why, cure="Put it in quotation marks.")
    return value


def _word(value: Any, cls: type[StrEnum]) -> StrEnum:
    try:
        return cls(value)
    except ValueError:
        why = f"{value!r} is not one of the words known here."
        raise EvidenceError(why, cure=perhaps(value, cls, f"Words are {', '.join(cls)}.")) from None


def _is_literal(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is Literal


def _one_of(value: Any, cls: Any) -> Any:
    if value not in get_args(cls):
        why = f"{value!r} is not one of the words known here."
        words = get_args(cls)
        raise EvidenceError(why, cure=perhaps(value, words, f"Words are {', '.join(map(str, words))}."))
    return value


def _whole(value: Any, _: Any = None) -> int:
    if type(value) is not int:
        why = f"{value!r} is not a whole number."
        raise EvidenceError(why, cure="Write it without a point and without quotation marks.")
    return value


def _truth(value: Any, _: Any = None) -> bool:
    if not isinstance(value, bool):
        why = f"{value!r} is neither true nor false."
        raise EvidenceError(why, cure="Write true or false.")
    return value


def _decimal(value: Any, _: Any = None) -> Decimal:
    try:
        found = Decimal(_text(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        why = f"{value!r} is not a decimal number."
        raise EvidenceError(why, cure='Write it as text, such as "12.5".')
    return found


def _tuple_hook(cls: Any) -> Any:
    items = get_args(cls)
    if items[1:] == (Ellipsis,):
        return lambda value, _: tuple(_converter.structure(item, items[0]) for item in _list(value))

    def fixed(value: Any, _: Any) -> Any:
        found = _list(value)
        if len(found) != len(items):
            why = f"{value!r} must have {len(items)} parts."
            raise EvidenceError(why, cure="Give each part once.")
        return tuple(_converter.structure(item, kind) for item, kind in zip(found, items, strict=True))

    return fixed


def _is_tuple(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is tuple


def _set_hook(cls: Any) -> Any:
    (item,) = get_args(cls)
    return lambda value, _: frozenset(_converter.structure(found, item) for found in _list(value))


def _is_set(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is frozenset


def _list(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        why = f"{value!r} is not a list."
        raise EvidenceError(why, cure="Put it in square brackets.")
    return value


def _only_a_mapping(cls: Any) -> Any:
    structure = cattrs.gen.make_dict_structure_fn(cls, _converter, _cattrs_forbid_extra_keys=True)

    def hook(value: Any, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            why = f"{value!r} is not a table of fields."
            raise EvidenceError(why, cure=f"Give the fields of {cls.__name__}.")
        return structure(value, kind)

    return hook


_converter.register_structure_hook(date, _date)
_converter.register_structure_hook(Bound, _bound)
_converter.register_structure_hook(str, _text)
_converter.register_structure_hook(int, _whole)
_converter.register_structure_hook(bool, _truth)
_converter.register_structure_hook(Decimal, _decimal)
_converter.register_structure_hook(Version, lambda value, _: Version.parse(value))
_converter.register_structure_hook(MethodologyVersion, lambda value, _: MethodologyVersion.parse(value))
_converter.register_structure_hook(date | Between, lambda value, _: read_day(value))
_converter.register_structure_hook(date | Between | None, lambda value, _: None if value is None else read_day(value))
_converter.register_structure_hook_func(_is_literal, _one_of)
_converter.register_structure_hook_factory(attrs.has, _only_a_mapping)
_converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
_converter.register_structure_hook_factory(_is_set, _set_hook)


def read(cls: type[T], data: Any) -> T:
    """Read one object of a class from plain data.

    Raises:
        EvidenceError: a field is missing, unknown or not what it should be; says which.
    """
    try:
        return _converter.structure(data, cls)
    except JCMCycleError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the data are, the caller gets one kind of error
        found, *others = [_explain(one, cls) for one in _each(error)]
        found.others = others  # type: ignore[attr-defined]
        raise found from None


def _each(error: Exception) -> list[BaseException]:
    """Return what is wrong with each field of an object, as if it were all that is wrong with it."""
    if isinstance(error, ClassValidationError):
        return [error.derive([one]) for one in error.exceptions]
    return [error]


def _explain(error: BaseException, cls: Any) -> EvidenceError:
    path: list[str] = []
    while isinstance(error, ClassValidationError | IterableValidationError):
        notes = getattr(error.exceptions[0], "__notes__", ())
        path += [str(getattr(note, "name", "")) or str(getattr(note, "index", "")) for note in notes[:1]]
        error = error.exceptions[0]
    path = [part for part in path if part]
    key, name = ".".join(path), "wrong-value"
    if isinstance(error, ForbiddenExtraKeysError):
        name = "unknown-key"
        extra = sorted(map(str, error.extra_fields))
        known = [a.name for a in attrs.fields(error.cl)] if attrs.has(error.cl) else []
        why = f"unknown key {', '.join(map(repr, extra))}."
        cure = perhaps(extra[0], known, f"Keys are {', '.join(known)}.")
        key = ".".join([*path, extra[0]])
    elif isinstance(error, KeyError):
        name = "missing-key"
        missing = str(error.args[0])
        why, cure = f"{missing!r} is missing.", f"Add {missing}."
        key = ".".join([*path, *([] if path[-1:] == [missing] else [missing])])
    elif isinstance(error, JCMCycleError):
        why, cure = error.why, error.cure
    else:
        why, cure = f"{error}", f"See the fields of {getattr(cls, '__name__', cls)}."
    found = EvidenceError(f"{key}: {why}" if key and not why.startswith(key) else why, cure=cure)
    found.key, found.name = key, name  # type: ignore[attr-defined]
    return found


def dump(value: Any) -> Any:  # noqa: PLR0911 - one for each kind of value
    """Return plain data for JSON; fields that are as if left out are left out of objects."""
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Between):
        return day_json(value)
    if isinstance(value, Version | MethodologyVersion | Decimal):
        return str(value)
    if isinstance(value, Bound):
        return value.json()
    if isinstance(value, frozenset | set):
        return sorted((dump(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [dump(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): dump(item) for key, item in value.items()}
    if isinstance(value, float):
        why = f"{value!r} is a floating-point number, which has no one text."
        raise EvidenceError(why, cure="Use whole numbers, or Decimal.")
    return {name: dump(item) for name, default, _ in _fields(type(value)) if (item := getattr(value, name)) != default}


_FIELDS: dict[type[Any], tuple[tuple[str, Any, bool], ...]] = {}


def _fields(cls: type[Any]) -> tuple[tuple[str, Any, bool], ...]:
    """Return the fields of a class: name, what it is where it is left out, and whether it is confidential."""
    found = _FIELDS.get(cls)
    if found is None:
        found = _FIELDS[cls] = tuple(
            (a.name, _default(a), bool(a.metadata.get("confidential"))) for a in attrs.fields(cls)
        )
    return found


def _default(a: Any) -> Any:
    return a.default.factory() if isinstance(a.default, attrs.Factory) else a.default  # type: ignore[arg-type]


_CONFIDENTIAL: dict[type[Any], bool] = {}


def _may_hide(cls: Any) -> bool:
    """Tell whether a class has confidential fields, at whatever depth."""
    if get_origin(cls) in (Union, types.UnionType, tuple):
        return any(_may_hide(part) for part in get_args(cls))
    if not (isinstance(cls, type) and attrs.has(cls)):
        return False
    found = _CONFIDENTIAL.get(cls)
    if found is None:
        attrs.resolve_types(cls)
        found = _CONFIDENTIAL[cls] = any(a.metadata.get("confidential") or _may_hide(a.type) for a in attrs.fields(cls))
    return found


def split(value: Any) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the public data of an object, and the confidential ones by the same names, or None."""
    if not _may_hide(type(value)):
        return dump(value), None
    public: dict[str, Any] = {}
    hidden: dict[str, Any] = {}
    for name, default, confidential in _fields(type(value)):
        item = getattr(value, name)
        if item == default:
            continue
        if confidential:
            hidden[name] = dump(item)
        elif isinstance(item, tuple) and any(_may_hide(type(part)) for part in item):
            parts = [split(part) for part in item]
            public[name] = [seen for seen, _ in parts]
            if any(inner for _, inner in parts):
                hidden[name] = [inner or {} for _, inner in parts]
        elif attrs.has(type(item)) and _may_hide(type(item)):
            public[name], inner = split(item)
            if inner:
                hidden[name] = inner
        else:
            public[name] = dump(item)
    return public, hidden or None


def merge(public: Any, hidden: Any) -> Any:
    """Put the confidential data back where `split` took them from."""
    if isinstance(public, dict) and isinstance(hidden, dict):
        return {**public, **{key: merge(public.get(key), item) for key, item in hidden.items()}}
    if isinstance(public, list) and isinstance(hidden, list) and len(public) == len(hidden):
        return [merge(seen, inner) for seen, inner in zip(public, hidden, strict=True)]
    return hidden


def dump_evidence(evidence: Evidence) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return evidence as tagged public data, and its confidential data, if it has any.

    Raises:
        EvidenceError: a field holds what could not be read again, so nothing of it may be written.
    """
    public, hidden = split(evidence)
    if read(type(evidence), merge(public, hidden) if hidden else public) != evidence:
        why = f"{type(evidence).__name__} would not be the same when it is read again."
        raise EvidenceError(why, cure="Give each field what its type says: a tuple, not a list.")
    return {"tag": evidence.tag, "schema": evidence.schema, "public": public}, hidden


_ENVELOPE = {"tag", "schema", "public", "confidential"}


def read_evidence(data: Mapping[str, Any], hidden: Any = None) -> Evidence:
    """Read evidence from its tagged data.

    Raises:
        UnknownTag: this version has no class for the tag.
        NewerSchema: the data were written by a newer version.
        EvidenceError: a field is not what it should be.
    """
    if not isinstance(data, Mapping) or not {"tag", "schema", "public"} <= set(data) <= _ENVELOPE:
        why = "Evidence has the members tag, schema and public, and confidential where a part is kept elsewhere."
        raise EvidenceError(why, cure="Add what is missing, and take out the rest.")
    tag, schema = data["tag"], data["schema"]
    cls = evidence_classes().get(tag) if isinstance(tag, str) else None
    if cls is None:
        why = f"No class of evidence has the tag {tag!r}."
        raise UnknownTag(why, cure="Read it with the version of the library, or the plug-in, that wrote it.")
    if type(schema) is not int or not 1 <= schema <= cls.schema:
        why = f"{tag} has schema {schema!r}; this version knows up to {cls.schema}."
        raise NewerSchema(why, cure="Read it with a newer version of the library.")
    public = data["public"]
    return read(cls, merge(public, hidden) if hidden else public)
