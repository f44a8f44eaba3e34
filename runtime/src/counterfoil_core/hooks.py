"""Hooks: functions called before each request and after its response or failure."""

from __future__ import annotations

from collections.abc import Callable
from logging import getLogger
from typing import Any

from msgspec import Struct

from .errors import CounterfoilError


class Attempt(Struct):
    """One request, without credentials; `url` has no query string.

    `status`, `request_id`, `fault`, `seconds` and `server_time` are None before the request is
    sent. `server_time` is the Date header of the response as Unix time in seconds. If the call is
    cancelled, neither `status` nor `fault`, the error without a response, is set. `note` is for use
    by the hooks.
    """

    provider: str
    operation: str
    number: int
    method: str
    url: str
    status: int | None = None
    request_id: str | None = None
    fault: CounterfoilError | None = None
    seconds: float | None = None
    server_time: float | None = None
    note: Any = None  # Any, so that hooks can use their own type without a cast


class Hooks:
    """Functions to set on `client.hooks`. Both receive the same Attempt object.

    They run in the thread or task of the call and must not block. An exception that a hook raises
    is dropped and logged as a warning.
    """

    before_request: Callable[[Attempt], object] | None = None
    after_response: Callable[[Attempt], object] | None = None

    def are_set(self) -> bool:
        """Return whether there is a hook to call."""
        return self.before_request is not None or self.after_response is not None

    def tell(self, hook: Callable[[Attempt], object] | None, attempt: Attempt) -> None:
        """Call a hook, if it is set."""
        try:
            if hook is not None:
                hook(attempt)
        except Exception as error:
            getLogger("counterfoil").warning(
                "%s %s: a hook raised %s", attempt.provider, attempt.operation, type(error).__name__
            )
