"""Which of many cases a suspended or expired entity, a superseded methodology or changed modalities touch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jcm_cycle._affected import Affected
from jcm_cycle._cases import Names, cases as cases_of, names_of
from jcm_cycle._modalities import Difference, by_modalities
from jcm_cycle._touching import World, by_entity, by_methodology
from jcm_cycle.case import Case, check_register, once
from jcm_cycle.days import check_date
from jcm_cycle.errors import EvidenceError
from jcm_cycle.evidence import MethodologyVersion
from jcm_cycle.evidence._base import check_country
from jcm_cycle.register import NOTHING_KNOWN, Register, first_of, of
from jcm_cycle.rules import books
from jcm_cycle.rules._books import Books, check_books
from jcm_cycle.states import MACHINES

__all__ = ["affected_by"]


def affected_by(
    cases: Iterable[Case[Any]],
    on: date,
    *,
    entity: Case[Any] | str | None = None,
    country: str | None = None,
    methodology: MethodologyVersion | str | None = None,
    moc: Case[Any] | str | None = None,
    rules: Books = books,
    register: Register = NOTHING_KNOWN,
) -> Affected:
    """List the cases that a change touches on a day: how, which steps ahead depend on it, and on what ground.

    It decides nothing and changes nothing. One change is asked about at a time:

    * an entity that is suspended, withdrawn or expired, wholly or for single scopes: the projects whose modalities of
      communication name it or that it has validated, and the issuances that it has verified or is to verify. Left out
      is where the register says that it is usable on the day for what it does there. A project that is registered
      rests on its validation no more, and an issuance that is decided not on its verification.
    * a methodology version that is superseded: projects that cite it, and requests to revise it; none where the
      register says that it is approved and valid on the day. A registered project keeps what it cites, and is listed
      where its procedure has a renewal, or may have one.
    * modalities of communication that were changed: the project and what belongs to it, as far as they depend on what
      the last change by the day has changed.

    Where it is not known how the change stands on the day, cases are listed all the same, and are not `sure`.

    Args:
        cases: cases of any machine, each as it stands.
        on: the day asked about.
        entity: a case of `tpe`, or the name or number of an entity.
        country: for an entity given by name, the country of its designation, as a two-letter code.
        methodology: the version, such as MN_AM003 Ver2.0.
        moc: the project whose modalities of communication were changed, or its id or number among the cases.
        rules: the rule book of each country, or of the only one.
        register: what is known of entities and methodologies, beside what the cases say of them.

    Raises:
        EvidenceError: the cases are no list of cases, a case stands twice, the day is none, nothing or several things
            are asked about, or what is asked about cannot be.
    """
    found = list(once(cases))
    check_date(on)
    check_books(rules)
    check_register(register)
    given = [name for name, one in (("entity", entity), ("methodology", methodology), ("moc", moc)) if one is not None]
    if len(given) != 1:
        why = f"{' and '.join(given)} are asked about at once." if given else "Nothing that has changed is given."
        raise EvidenceError(why, cure="Give one of entity, methodology and moc.")
    if country is not None and entity is None:
        raise EvidenceError("country: only an entity needs one.", cure="Leave it out.")
    if entity is not None:
        names, known = _entity(entity, country, found, on, register)
        return _sorted(
            on,
            f"the entity {names.shown} in {names.country}",
            by_entity(found, names, World(on, known, rules)),
        )
    told = [case for case in found if case.machine == "methodology"]
    world = World(on, first_of(of(told), register), rules)
    if methodology is not None:
        version = MethodologyVersion.parse(methodology)
        return _sorted(on, f"the methodology {version}", by_methodology(found, version, world))
    whole = _project(moc, found)
    change = Difference.of(whole, on)
    if change is None:
        return _sorted(on, f"the modalities of communication of {whole.id}, which have not changed by then", ())
    what = f"the modalities of communication of {whole.id} of {change.since} ({change})"
    return _sorted(on, what, by_modalities(found, whole, change, world))


def _sorted(on: date, change: str, items: Iterable[Any]) -> Affected:
    order = list(MACHINES)
    found = sorted(items, key=lambda one: (order.index(one.machine), one.case))
    return Affected(on=on, change=change, items=tuple(found))


def _entity(
    entity: Case[Any] | str, country: str | None, cases: list[Case[Any]], on: date, register: Register
) -> tuple[Names, Register]:
    """Return all names of the entity in its country, and the register with what the cases say of entities."""
    if country is not None:
        check_country("country", country)
    names = Names.of(entity, country)
    if names.country is None:
        why = f"entity: in which country {names.shown} is designated is not given."
        raise EvidenceError(why, cure="Give country=, such as MN, or its number, or its case.")
    own = [entity] if isinstance(entity, Case) else []
    ids = {case.id for case in own}
    told = own + [case for case in cases if case.machine == "tpe" and case.id not in ids]
    known = first_of(of(told), register)
    listed = known.entities(names.country, "validation", (1,), on).known
    if not (own or cases_of(cases, entity=names.shown, country=names.country)) and all(
        names.keys.isdisjoint(one.keys) for one in listed
    ):
        why = f"entity: no case and no register knows {names.shown} in {names.country}."
        raise EvidenceError(why, cure="Give its name as it is written there, its number, or its case.")
    more: list[tuple[str, Iterable[str]]] = [(case.country, names_of(case)) for case in told]
    more += [(names.country, one.keys) for one in listed]
    return names.widened(more), known


def _project(moc: Case[Any] | str | None, cases: list[Case[Any]]) -> Case[Any]:
    if isinstance(moc, str):
        for case in cases:
            if case.machine == "project" and moc in (case.id, *case.references):
                return case
        why = f"moc: no project {moc!r} is among the cases."
        raise EvidenceError(why, cure="Give its case, or its id or number as it stands there.")
    if not isinstance(moc, Case) or moc.machine != "project":
        given = f"{moc.id} is a case of {moc.machine}" if isinstance(moc, Case) else f"{moc!r} is none"
        raise EvidenceError(f"moc: {given}.", cure="Give the case of the project whose modalities were changed.")
    return moc
