"""The rules that several countries share, one module a machine; a country's book adopts them by id."""

from __future__ import annotations

from jcm_cycle.rules.common import (
    changes,
    designation,
    filings,
    issuance,
    methodology,
    moc,
    monitoring,
    registration,
    transfers,
    validation,
)

__all__ = [
    "changes",
    "designation",
    "filings",
    "issuance",
    "methodology",
    "moc",
    "monitoring",
    "registration",
    "transfers",
    "validation",
]
