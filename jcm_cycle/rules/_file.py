"""The file of a book: how it is read, and days in it that stand in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jcm_cycle._toml import LARGEST, MOST_DOTS, load, load_text

__all__ = ["DAYS", "LARGEST", "MOST_DOTS", "load", "load_text", "quoted_day"]

DAYS = ("since", "until", "adopted", "reviewed_on", "accredited_until", "value", "after", "by")
"""The keys under which a day stands."""


def quoted_day(row: Any) -> tuple[str, str] | None:
    """Return the first key of a row, or of a table in it, under which a day stands in quotation marks, and the day."""
    if not isinstance(row, Mapping):
        return None
    for key, value in row.items():
        if key in DAYS and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return key, value
        if key in DAYS and (inner := quoted_day(value)) is not None:
            return f"{key}.{inner[0]}", inner[1]
    return None
