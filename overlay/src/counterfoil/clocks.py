"""Measures how far this machine's clock is ahead of a provider's, from the Date header."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any


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
