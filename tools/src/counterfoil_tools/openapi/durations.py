"""Durations in specs: `1s`, `5m`, or ISO 8601 with days and months (`P7D`, `P6M`)."""

from __future__ import annotations

import re

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
ISO = re.compile(r"P(?:(\d+)M)?(?:(\d+)D)?")
LONGEST_MONTH = 31  # days; a client must not refuse a span that the vendor still accepts


def seconds(text: str) -> int:
    """Return a duration in seconds. Raises ValueError if it has neither form."""
    if short := re.fullmatch(r"(\d+)([smhd])", text):
        return int(short[1]) * UNITS[short[2]]
    iso = ISO.fullmatch(text)
    if iso and (iso[1] or iso[2]):
        months = int(iso[1] or 0)
        days = int(iso[2] or 0)
        return (months * LONGEST_MONTH + days) * UNITS["d"]
    raise ValueError(f"{text!r} is not a duration")
