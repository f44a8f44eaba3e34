"""Points in time as callers pass them: datetimes, days and ISO strings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeAlias

from .errors import WindowError

When: TypeAlias = datetime | date | str
"""A datetime with a time zone, a day (from midnight), or an ISO string of either."""

EXAMPLE = "datetime(2026, 10, 1, tzinfo=UTC)"


def read_when(name: str, given: When, zone: tzinfo | None) -> datetime:
    """Return the datetime of an argument. A day begins at midnight in `zone`, or else in UTC.

    Raises WindowError, with the argument's name, if the value is not a `When` or has no offset.
    """
    value: object = _parse(name, given) if isinstance(given, str) else given
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(), zone or UTC)
    if not isinstance(value, datetime):
        wanted = "a datetime, a date or an ISO text such as 2026-10-01"
        raise WindowError(f"{name} must be {wanted}, is a {type(value).__name__}")
    if value.utcoffset() is None:
        raise WindowError(f"since and until need a time zone, such as {EXAMPLE}: {name} has none")
    try:
        value.astimezone(UTC)
    except OverflowError:
        raise WindowError(f"{name} is {value}, which is out of range") from None
    return value


def _parse(name: str, text: str) -> datetime | date:
    """Parse a day, or a time with its offset."""
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    wanted = "2026-10-01 or 2026-10-01T08:00+02:00"
    raise WindowError(f"{name} must be a time such as {wanted}, not {text!r}")
