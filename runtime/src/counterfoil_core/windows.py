"""Validation of the time span that two arguments of a call delimit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from .api import Window


def check_window(window: Window, arguments: Mapping[str, object], now: datetime) -> Iterator[str]:
    """Yield the violations of the time span that two arguments delimit; `now` is aware."""
    start = arguments.get(window.start)
    end = arguments.get(window.end)
    if not isinstance(start, datetime) or start.utcoffset() is None:
        return
    if window.history is not None and (now - start).total_seconds() > window.history:
        yield f"{window.start}: {start} is more than {_format_span(window.history)} ago"
    if not isinstance(end, datetime) or end.utcoffset() is None:
        return
    if end <= start:
        yield f"{window.end}: {end} is not after {window.start}, {start}"
    elif window.longest is not None and (end - start).total_seconds() > window.longest:
        longest = _format_span(window.longest)
        yield f"{window.end}: {end} is more than {longest} after {window.start}, {start}"


def _format_span(seconds: float) -> str:
    return f"{seconds / 86_400:g} days" if seconds >= 86_400 else f"{seconds:g} seconds"
