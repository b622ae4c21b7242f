"""The rules that several countries share, one module a machine; a country's book adopts them by id."""

from __future__ import annotations

from jcm_cycle.rules.common import filings, issuance, moc, monitoring, registration, validation

__all__ = ["filings", "issuance", "moc", "monitoring", "registration", "validation"]
