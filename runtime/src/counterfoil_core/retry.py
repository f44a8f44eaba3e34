"""Retry decisions, wait times, and the quota that limits retries."""

from __future__ import annotations

from collections.abc import Mapping

from .api import Retry
from .errors import ApiError, CounterfoilError, DeadlineExceeded, RateLimited, TransportError
from .locks import COUNTS, FIRST_USE

REPEATABLE = frozenset({408, 429, 500, 502, 503, 504})
FIRST_WAIT = 0.05  # seconds
FIRST_WAIT_THROTTLED = 1.0  # seconds
LONGEST_WAIT = 20.0  # seconds


def may_repeat(retry: Retry, failure: CounterfoilError) -> bool:
    """Whether another attempt after `failure` is safe and could succeed."""
    if isinstance(failure, DeadlineExceeded):
        return False
    if isinstance(failure, TransportError):
        return retry != "never" or not failure.sent
    if retry == "never" or not isinstance(failure, ApiError):
        return False
    return failure.status in REPEATABLE


def wait_before_retry(failure: CounterfoilError, attempt: int, chance: float) -> float:
    """Return the seconds to wait after the failure of attempt number `attempt`.

    The wait is the one that the server requested, else exponential backoff with full jitter.
    `chance` is a new random number between 0 and 1 for each wait.
    """
    asked = getattr(failure, "retry_after", None)
    if asked is not None:
        return float(asked)
    first = FIRST_WAIT_THROTTLED if isinstance(failure, RateLimited) else FIRST_WAIT
    doublings = min(attempt - 1, 30)  # larger powers overflow a float
    return chance * min(LONGEST_WAIT, float(first * 2**doublings))


def read_retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that a Retry-After header requests, or None if it is absent or invalid.

    A date counts from the Date header of the same response, so that the clocks need not agree,
    else from `now` (Unix time in seconds).
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return min(float(text), 1e9)  # time functions do not accept more
    end = read_date(text)
    if end is None:
        return None
    start = read_date(headers.get("date", ""))
    return max(0.0, end - (now if start is None else start))


def read_date(text: str) -> float | None:
    """Return the Unix time of an HTTP date, or None if it is invalid."""
    if not text:
        return None
    with FIRST_USE:  # a fork during an import would leave the module locked in the child
        from email.utils import mktime_tz, parsedate_tz

    try:
        parts = parsedate_tz(text)
        return None if parts is None else float(mktime_tz(parts))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None  # the parser is lenient, and accepts some texts that are not dates


class RetryQuota:
    """A client's budget for retries: a failing server does not receive every call three times.

    The budget has 500 tokens. A retry costs 14 of them, or 5 if the server only throttles. A
    success after a retry returns its tokens; any other success returns 1.
    """

    def __init__(self, tokens: int = 500) -> None:
        self._capacity = tokens
        self._tokens = tokens

    def take(self, failure: CounterfoilError) -> int:
        """Take the tokens for a retry after `failure` and return their number.

        Returns 0 if too few are left.
        """
        cost = 5 if isinstance(failure, RateLimited) else 14
        with COUNTS:
            if self._tokens < cost:
                return 0
            self._tokens -= cost
            return cost

    def return_unused(self, tokens: int) -> None:
        """Return the tokens of a retry that was not made because its call was cancelled."""
        with COUNTS:
            self._tokens = min(self._capacity, self._tokens + tokens)

    def give_back(self, tokens: int) -> None:
        """Record a success; `tokens` is the cost of the retry before it, or 0."""
        with COUNTS:
            self._tokens = min(self._capacity, self._tokens + (tokens or 1))
