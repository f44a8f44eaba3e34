"""Token buckets that keep a client within an API's rate limits; threads and tasks share them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from .api import Operation, RateLimit
from .locks import COUNTS

SLOWEST = 1 / 64  # of the documented rate; repeated 429s do not halve the rate below it
RECOVERY = 0.05  # of the documented rate; regained with each success
LOWEST_ANNOUNCED = 1 / 20  # of the documented rate; lower rates from a server are raised to it


class TokenBucket:
    """A bucket that fills at the documented rate up to its burst.

    It only computes how long to wait. The caller waits, so threads and tasks can share a bucket.
    """

    def __init__(self, limit: RateLimit, clock: Callable[[], float]) -> None:
        self._plan = limit.requests / limit.per  # requests per second; the upper limit of the rate
        self._ceiling = self._plan
        self._rate = self._plan
        self._burst = float(max(1, limit.burst))
        self._tokens = self._burst
        self._clock = clock
        self._filled = clock()

    def reserve(self, longest: float) -> float:
        """Take a token and return the seconds to wait before using it.

        If the wait is more than `longest`, no token is taken.
        """
        with COUNTS:
            self._fill()
            wait = max(0.0, (1 - self._tokens) / self._rate)
            if wait <= longest:
                self._tokens -= 1
            return wait

    def give_back(self) -> None:
        """Return the token of a request that was not sent."""
        with COUNTS:
            self._fill()
            self._tokens = min(self._burst, self._tokens + 1)

    def slow_down(self) -> None:
        """Halve the rate and empty the bucket, after a response with status 429."""
        with COUNTS:
            self._fill()
            self._rate = max(self._plan * SLOWEST, self._rate / 2)
            self._tokens = min(self._tokens, 0.0)

    def speed_up(self, announced: float | None) -> None:
        """Raise the rate after a success.

        `announced` is the server's rate in requests per second, if its response has one.
        The rate approaches the server's, limited to between a twentieth of the documented rate and
        the documented rate. A server can neither lift a limit set by the user or the documentation,
        nor stop a client with one header.
        """
        if announced is None and self._rate == self._ceiling:
            return
        with COUNTS:
            self._fill()
            if announced is not None:
                ceiling = min(self._plan, max(self._plan * LOWEST_ANNOUNCED, announced))
                self._rate *= ceiling / self._ceiling
                self._ceiling = ceiling
            self._rate = min(self._ceiling, self._rate + self._ceiling * RECOVERY)

    def _fill(self) -> None:
        now = self._clock()
        gained = (now - self._filled) * self._rate
        self._tokens = min(self._burst, self._tokens + gained)
        self._filled = now


class RateLimiter:
    """The buckets of one client: one for each operation or one for all, depending on the scope."""

    def __init__(
        self, override: RateLimit | None, documented: RateLimit | None, clock: Callable[[], float]
    ) -> None:
        self._override = override
        self._documented = documented
        self._clock = clock
        self._buckets: dict[str, TokenBucket] = {}

    def find_bucket(self, operation: Operation[Any]) -> TokenBucket | None:
        """Return the bucket of `operation`, or None if no limit is documented or configured."""
        limit = self._override or operation.rate_limit or self._documented
        if limit is None:
            return None
        # Requests of `client.request` share one bucket: their paths are too many for one each.
        name = operation.name if operation.is_documented else "request"
        key = name if limit.scope == "operation" else ""
        with COUNTS:
            if key not in self._buckets:
                self._buckets[key] = TokenBucket(limit, self._clock)
            return self._buckets[key]


def read_rate(headers: Mapping[str, str], name: str | None) -> float | None:
    """Return the rate in the header `name`, in requests per second.

    Returns None if the API has no such header or its value is invalid.
    """
    if name is None:
        return None
    try:
        rate = float(headers[name.lower()])
    except (KeyError, ValueError):
        return None
    return rate if isfinite(rate) and rate > 0 else None
