"""Filters of Spark that limit what is requested. Spark evaluates all of them again itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from ..accounts import Account
from ..cursors import Cursor
from ..moments import When
from ..registry import find_description
from ..slices import CLOCKS, ZONES

# Columns with the time by which a provider selects. Days and moments of issue are widened: a day
# begins at another moment in each time zone.
TIMES = {"created": ("created_at",), "updated": ("updated_at",), "issued": ("issue_date",)}
BELOW = {"LessThan", "LessThanOrEqual"}
ABOVE = {"GreaterThan", "GreaterThanOrEqual"}


class PushedFilters(Struct, kw_only=True):
    """The bounds that the filters of a query set, by column."""

    equal: dict[str, set[object]] = {}
    after: dict[str, datetime] = {}
    before: dict[str, datetime] = {}

    def take(self, filters: Iterable[Any]) -> None:
        """Note the filters that limit accounts or times."""
        for one in filters:
            name = ".".join(getattr(one, "attribute", ()))
            kind = type(one).__name__
            if kind == "EqualTo":
                self._take_values(name, [one.value])
                self._take_time(name, one.value, above=True, below=True)
            elif kind == "In":
                self._take_values(name, one.value)
            elif kind in ABOVE | BELOW:
                self._take_time(name, one.value, above=kind in ABOVE, below=kind in BELOW)

    def _take_values(self, name: str, values: Iterable[object]) -> None:
        if name in ("account", "provider"):
            found = set(values)
            self.equal[name] = self.equal.get(name, found) & found

    def _take_time(self, name: str, value: object, *, above: bool, below: bool) -> None:
        if not any(name in columns for columns in TIMES.values()):
            return
        if isinstance(value, datetime):
            slack = CLOCKS
            moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        elif isinstance(value, date):
            slack = ZONES + timedelta(days=1)
            moment = datetime.combine(value, time(), UTC)
        else:
            return
        if above:
            start = _move(moment, -slack)
            self.after[name] = max(self.after.get(name, start), start)
        if below:
            end = _move(moment, slack)
            self.before[name] = min(self.before.get(name, end), end)

    def accepts(self, account: Account[str]) -> bool:
        """Return whether rows of an account can pass the filters."""
        names = {"account": account.name, "provider": account.provider}
        return all(names[column] in values for column, values in self.equal.items())

    def narrow(
        self, account: Account[str], by: str | None, start: datetime | Cursor, end: datetime
    ) -> tuple[When | Cursor, datetime]:
        """Return the start and the end of what is requested of an account.

        A cursor stays as it is: its end is stored, so nothing before it may be left out.
        """
        if isinstance(start, Cursor):
            return start, end
        chosen = by or find_description(account.provider).capabilities.times[0]
        for column in TIMES.get(chosen, ()):
            start = max(start, self.after.get(column, start))
            end = min(end, self.before.get(column, end))
        return start, max(start, end)


def _move(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return moment
