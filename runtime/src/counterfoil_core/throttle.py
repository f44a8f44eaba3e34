"""Token buckets that keep a client within an API's usage plan, shared by its threads and tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from threading import Lock
from typing import Any

from .operation import Operation, RateLimit

SLOWEST = 1 / 64  # of the documented rate: repeated 429s stop halving here
RECOVERY = 0.05  # of the documented rate: regained with each good answer


class Bucket:
    """Fills at the plan's rate, holds its burst; who finds it empty is told how long to wait.

    It only keeps the books: the waiting is the caller's. That lets threads and tasks share it.
    """

    def __init__(self, limit: RateLimit, clock: Callable[[], float]) -> None:
        self._ceiling = self._rate = limit.requests / limit.per
        self._tokens = self._burst = float(max(1, limit.burst))
        self._clock = clock
        self._filled = clock()
        self._lock = Lock()

    def reserve(self, longest: float) -> float:
        """Take a token and give the seconds to wait before using it.

        Where that is more than `longest`, no token is taken.
        """
        with self._lock:
            self._fill()
            wait = max(0.0, (1 - self._tokens) / self._rate)
            if wait <= longest:
                self._tokens -= 1
            return wait

    def slow_down(self) -> None:
        """The server said 429: halve the rate, and let nobody burst on."""
        with self._lock:
            self._fill()
            self._rate = max(self._ceiling * SLOWEST, self._rate / 2)
            self._tokens = min(self._tokens, 0.0)

    def speed_up(self, told: float | None) -> None:
        """A good answer came, in which the server may have `told` its rate (requests a second): approach it."""
        with self._lock:
            self._fill()
            if told is not None and told != self._ceiling:
                self._rate *= told / self._ceiling
                self._ceiling = told
            self._rate = min(self._ceiling, self._rate + self._ceiling * RECOVERY)

    def _fill(self) -> None:
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * self._rate)
        self._filled = now


class Throttle:
    """The buckets of one client: one for each operation or one for all, as the plan says."""

    def __init__(self, override: RateLimit | None, documented: RateLimit | None, clock: Callable[[], float]) -> None:
        self._override = override
        self._documented = documented
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}
        self._lock = Lock()

    def find_bucket(self, operation: Operation[Any]) -> Bucket | None:
        """The bucket that `operation` draws from; None where no limit is documented or given."""
        limit = self._override or operation.rate_limit or self._documented
        if limit is None:
            return None
        key = operation.name if limit.scope == "operation" else ""
        with self._lock:
            if key not in self._buckets:
                self._buckets[key] = Bucket(limit, self._clock)
            return self._buckets[key]


def read_rate(headers: Mapping[str, str]) -> float | None:
    """The rate that Amazon's x-amzn-RateLimit-Limit tells, in requests a second; None where it says nothing usable."""
    try:
        rate = float(headers["x-amzn-ratelimit-limit"])
    except (KeyError, ValueError):
        return None
    return rate if isfinite(rate) and rate > 0 else None
