"""Spans of time, as specs write them: `1s`, `5m`, or ISO 8601 with days and months (`P7D`, `P6M`)."""

from __future__ import annotations

import re

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
ISO = re.compile(r"P(?:(\d+)M)?(?:(\d+)D)?")
LONGEST_MONTH = 31  # a client must not refuse what the vendor would still serve


def seconds(text: str) -> int:
    """Return a span in seconds; ValueError if it is not spelled in one of the two ways."""
    if short := re.fullmatch(r"(\d+)([smhd])", text):
        return int(short[1]) * UNITS[short[2]]
    if (iso := ISO.fullmatch(text)) and (iso[1] or iso[2]):
        return (int(iso[1] or 0) * LONGEST_MONTH + int(iso[2] or 0)) * UNITS["d"]
    raise ValueError(f"{text!r} is no span of time")
