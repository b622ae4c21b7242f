"""Which of many cases are tied to an entity, a participant or a methodology, or stand in a state."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from attrs import evolve, frozen

from jcm_cycle._claimed import name_key
from jcm_cycle.case import Case, once
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.evidence._base import REFERENCE_KINDS, check_country, check_name
from jcm_cycle.states import MACHINES, Machine, machine as machine_of

__all__ = ["Names", "cases", "names_of", "projects_of", "read_name"]

UNVERIFIED = frozenset({"monitoring", "reported", "verification_negative"})
"""States of an issuance in which a verification is still to be concluded."""

NUMBER = re.compile(r"TPE-([A-Z]{2})-[0-9]{3}", re.IGNORECASE)
"""The pattern of the number of an entity, with its country, in capitals or not."""

Test = Callable[[Case[Any]], bool]


@frozen
class Names:
    """What an entity is known by: its name, the names before it, and its number.

    Attributes:
        shown: the name to print and to ask a register for.
        keys: all of them, without regard to capitals and blanks.
        country: the country of its designation; None for any.
    """

    shown: str
    keys: frozenset[str]
    country: str | None

    @classmethod
    def of(cls, entity: Case[Any] | str, country: str | None = None) -> Names:
        """Read an entity that is given as a case of `tpe`, or by name or number; a number tells its country.

        Raises:
            EvidenceError: it is neither, the case has neither a name nor a number, or the country is another one.
        """
        if isinstance(entity, str):
            shown = read_name("entity", entity)
            number = NUMBER.fullmatch(shown)
            return cls(shown, frozenset({name_key(shown)}), _place(shown, number and number[1].upper(), country))
        if not isinstance(entity, Case) or entity.machine != "tpe":
            given = f"{entity.id} is a case of {entity.machine}" if isinstance(entity, Case) else f"{entity!r} is none"
            raise EvidenceError(f"entity: {given}.", cure="Give a case of tpe, or the name or number of an entity.")
        place = _place(entity.id, entity.country, country)
        known = names_of(entity)
        if not known:
            why = f"entity: {entity.id} has neither a name nor a number."
            raise EvidenceError(why, cure="Record its application first, or give the name.")
        return cls(known[-1], frozenset(map(name_key, known)), place)

    def widened(self, more: Iterable[tuple[str, Iterable[str]]]) -> Names:
        """Return them with all names of each entity that bears one of them, given as its country and its names."""
        keys = set(self.keys)
        for country, names in more:
            others = set(map(name_key, names))
            if self.country in (None, country) and not keys.isdisjoint(others):
                keys |= others
        return evolve(self, keys=frozenset(keys))

    def __contains__(self, name: str | None) -> bool:
        return name is not None and name_key(name) in self.keys

    def among(self, names: Iterable[str] | None) -> bool:
        """Tell whether one of several names is a name of it."""
        return any(name in self for name in names or ())


def _place(shown: str, known: str | None, given: str | None) -> str | None:
    if known is not None and given is not None and known != given:
        why = f"entity: {shown} is designated in {known}, not in {given}."
        raise EvidenceError(why, cure="Leave the country out.")
    return known or given


def names_of(entity: Case[Any]) -> tuple[str, ...]:
    """Return number and names of a case of `tpe`, the name of now last."""
    return tuple(filter(None, (*entity.references, *entity.file.former_names, entity.file.title)))


def read_name(what: str, given: Any) -> str:
    """Read a name that is not blank.

    Raises:
        EvidenceError: it is none.
    """
    check_name(what, given)
    return str(given).strip()


def projects_of(among: Iterable[Case[Any]]) -> Callable[[Case[Any]], Case[Any] | None]:
    """Return what finds the project to which a case belongs, by its id or its number."""
    known: dict[str, Case[Any]] = {}
    for case in among:
        if case.machine == "project":
            known.update(dict.fromkeys((*case.references, case.id), case))

    def find(case: Case[Any]) -> Case[Any] | None:
        of = getattr(case.file, "of", None), getattr(case.file, "of_reference", None)
        return next((known[name] for name in of if name in known), None)

    return find


def cases(
    among: Iterable[Case[Any]],
    /,
    *,
    entity: Case[Any] | str | None = None,
    participant: str | None = None,
    methodology: MethodologyVersion | str | None = None,
    machine: Machine[Any] | str | None = None,
    state: str | Collection[str] | None = None,
    country: str | None = None,
) -> tuple[Case[Any], ...]:
    """Return those of many cases that are tied to an entity, a participant or a methodology, in the order given.

    What is asked for in several ways has to hold in all of them. Names are compared without regard to capitals and
    blanks.

    Args:
        among: cases of any machine, each as it stands.
        entity: a case of `tpe`, or the name or number of an entity: its own case, projects whose modalities of
            communication name it or that it has validated, issuances that it has verified, and issuances still to
            be verified whose project among the cases names it.
        participant: a name: projects with this participant or focal point, idea notes, and methodologies proposed.
        methodology: a version, such as MN_AM003 Ver2.0, or a number for all versions: projects that cite it, and
            proposals by which it was approved or is revised.
        machine: a machine, or its name.
        state: a state, or several.
        country: two-letter code.

    Raises:
        EvidenceError: the cases are no list of cases, a case stands twice, or what is asked for cannot be.
        UnknownStep: there is no such machine.
    """
    found = list(once(among))
    tests: list[Test] = []
    if country is not None:
        check_country("country", country)
        tests.append(lambda case: case.country == country)
    kind = None
    if machine is not None:
        kind = machine_of(machine.name if isinstance(machine, Machine) else machine)
        tests.append(lambda case: case.machine == kind.name)
    if state is not None:
        states = _states(state, kind)
        tests.append(lambda case: case.state in states)
    if entity is not None:
        entities = ((case.country, names_of(case)) for case in found if case.machine == "tpe")
        names, whole = Names.of(entity, country).widened(entities), projects_of(found)
        tests.append(lambda case: _tied(case, names, whole(case)))
    if participant is not None:
        key = name_key(read_name("participant", participant))
        tests.append(lambda case: any(name_key(name) == key for name in _participants(case)))
    if methodology is not None:
        wanted = _methodology(methodology)
        tests.append(lambda case: any(wanted in (one, one.reference) for one in _methodologies(case)))
    return tuple(case for case in found if all(test(case) for test in tests))


def _states(given: str | Collection[str], kind: Machine[Any] | None) -> frozenset[str]:
    asked = [given] if isinstance(given, str) else list(given)
    machines = MACHINES.values() if kind is None else (kind,)
    known = {str(name): None for one in machines for name in (one.start, *one.states)}
    for one in asked:
        if one not in known:
            why = f"state: {'no machine' if kind is None else f'the machine {kind.name}'} has a state {one!r}."
            raise EvidenceError(why, cure=f"States are {', '.join(known)}.")
    return frozenset(asked)


def _methodology(given: MethodologyVersion | str) -> MethodologyVersion | str:
    if isinstance(given, str) and REFERENCE_KINDS["approved methodology"].fullmatch(given):
        return given
    return MethodologyVersion.parse(given)


def _tied(case: Case[Any], names: Names, whole: Case[Any] | None) -> bool:
    if names.country not in (None, case.country):
        return False
    file = case.file
    if case.machine == "tpe":
        return names.among(names_of(case))
    if case.machine == "project":
        return names.among(file.entities) or (file.validation is not None and file.validation.entity in names)
    if case.machine == "issuance":
        if case.state in UNVERIFIED and whole is not None and names.among(whole.file.entities):
            return True
        return file.verification is not None and file.verification.entity in names
    return False


def _participants(case: Case[Any]) -> tuple[str, ...]:
    file = case.file
    if case.machine == "project":
        return tuple(filter(None, (*(file.participants or ()), file.focal_point)))
    if case.machine == "idea":
        return file.participants or ()
    return (file.proponents or ()) if case.machine == "methodology" else ()


def _methodologies(case: Case[Any]) -> tuple[MethodologyVersion, ...]:
    if case.machine == "project":
        return case.file.methodologies or ()
    if case.machine == "methodology":
        return tuple(filter(None, (case.file.approved, case.file.revises)))
    return ()
