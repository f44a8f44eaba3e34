"""What an app may watch: each request before it leaves, and again when it is answered or lost."""

from __future__ import annotations

from collections.abc import Callable
from logging import getLogger
from typing import Any

from msgspec import Struct

from .errors import CounterfoilError


class Attempt(Struct):
    """One request, without credentials; `url` has no query. What is not known before it is None until it is over.

    Neither `status` nor `fault` (why no answer came) is set where the call was cancelled. `note` is yours.
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
    note: Any = None


class Hooks:
    """Set these on `client.hooks`: functions that get each Attempt, the same object before and after.

    They run in the call's thread or task, and must not block. What they raise is dropped, with a warning in the log.
    """

    before_request: Callable[[Attempt], object] | None = None
    after_response: Callable[[Attempt], object] | None = None

    def tell(self, hook: Callable[[Attempt], object] | None, attempt: Attempt) -> None:
        try:
            if hook is not None:
                hook(attempt)
        except Exception as error:
            getLogger("counterfoil").warning("%s %s: a hook raised %s", attempt.provider, attempt.operation, type(error).__name__)
