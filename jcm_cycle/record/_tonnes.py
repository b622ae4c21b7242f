"""The credits of each country, each counted once: what single projects have, and what is told of several only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from jcm_cycle.case import Case
from jcm_cycle.record._bundle import Bundle
from jcm_cycle.record.vocabulary import EventWord

__all__ = ["Tonnes", "tonnes"]


@frozen
class Tonnes:
    """What a record tells of the credits of one country, in whole tonnes, each counted once.

    Attributes:
        notified: notified by the Joint Committee; None where no amount is told.
        issued: issued in the registries; None where no amount is told.
        inferred: what joint amounts leave for single projects; in neither sum.
        outstanding: what each side has still to issue, where that is known.
    """

    notified: int | None
    issued: int | None
    inferred: int | None
    outstanding: Mapping[str, int]


def tonnes(cases: Iterable[tuple[Case[Any], int | None]], alone: Iterable[Bundle]) -> dict[str, Tonnes]:
    """Count each credit once: what single projects have, and joint amounts that none of them has.

    Args:
        cases: the cases, each with what is inferred for it.
        alone: decisions and issuances that no single project has.
    """
    sums: dict[str, dict[str, int]] = {}
    left: dict[str, dict[str, int]] = {}
    for case, inferred in cases:
        if case.machine != "issuance":
            continue
        file, country = case.file, case.country
        told = {"notified": file.notified_total, "inferred": inferred}
        told["issued"] = file.issued_total if file.issued else None
        _add(sums.setdefault(country, {}), told)
        _add(left.setdefault(country, {}), file.outstanding or {})
    for bundle in alone:
        kind = "issued" if bundle.family is EventWord.CREDITS_ISSUED else "notified"
        _add(sums.setdefault(bundle.claims[0].country, {}), {kind: bundle.amount})
    return {
        country: Tonnes(told.get("notified"), told.get("issued"), told.get("inferred"), left.get(country, {}))
        for country, told in sorted(sums.items())
    }


def _add(sums: dict[str, int], more: Mapping[str, int | None]) -> None:
    for name, amount in more.items():
        if amount is not None:
            sums[name] = sums.get(name, 0) + amount
