"""The record in adopt.toml: how many of the vendor's operations an adopted spec has."""

from __future__ import annotations

import tomllib

from .document import AdoptionCounts


def read_counts(text: str) -> AdoptionCounts | None:
    """Return the counts in an adopt.toml, or None. Raises ValueError if it is not TOML."""
    record = tomllib.loads(text).get("record")
    if not isinstance(record, dict):
        return None
    operations = record.get("operations")
    left_out = record.get("left_out")
    if isinstance(operations, int) and isinstance(left_out, int):
        return AdoptionCounts(operations, left_out)
    return None
