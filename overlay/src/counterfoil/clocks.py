"""Measures how far this machine's clock is ahead of a provider's, from the Date header."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import structs

from .cursors import Cursor
from .slices import CLOCKS


class ClockWatch(AbstractContextManager["ClockWatch"]):
    """Compares the clocks at each response of a client while the context is entered.

    A response takes time to arrive, which makes the local clock appear to be ahead. So `ahead` is
    the smallest difference of all responses. It is None if no response had a Date header, or the
    client has no hooks.
    """

    def __init__(self, client: Any, now: Callable[[], datetime]) -> None:
        self._hooks = getattr(client, "hooks", None)
        self._now = now
        self._before: Callable[[object], object] | None = None
        self.ahead: timedelta | None = None

    def __enter__(self) -> ClockWatch:
        if self._hooks is not None:
            self._before = self._hooks.after_response
            self._hooks.after_response = self._compare
        return self

    def __exit__(self, *_: object) -> None:
        if self._hooks is not None:
            self._hooks.after_response = self._before

    def _compare(self, attempt: object) -> None:
        if self._before is not None:
            self._before(attempt)
        server_time = getattr(attempt, "server_time", None)
        if server_time is None:
            return
        ahead = self._now() - datetime.fromtimestamp(server_time, UTC)
        self.ahead = ahead if self.ahead is None else min(self.ahead, ahead)

    def hold_back(self, cursor: Cursor) -> Cursor:
        """Return a cursor that is not ahead of the provider's clock, so no invoice is missed."""
        if not self.is_ahead or self.ahead is None:
            return cursor
        return structs.replace(cursor, since=min(cursor.since, self._now() - self.ahead))

    @property
    def is_ahead(self) -> bool:
        """Whether this machine's clock is further ahead than clocks usually are."""
        return self.ahead is not None and self.ahead > CLOCKS

    def describe(self, provider: str) -> str:
        """Return the sentence that says how far this machine's clock is ahead."""
        minutes = (self.ahead or timedelta()).total_seconds() / 60
        return f"this machine's clock is ahead of {provider}'s by {minutes:.0f} minutes"
