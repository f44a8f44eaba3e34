"""What is sent again, and after how long: pure decisions, and the quota that bounds them."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from .errors import ApiError, CounterfoilError, DeadlineExceeded, RateLimited, TransportError
from .operation import Retry

REPEATABLE = frozenset({408, 429, 500, 502, 503, 504})
FIRST_WAIT, FIRST_WAIT_THROTTLED, LONGEST_WAIT = 0.05, 1.0, 20.0  # seconds


def may_repeat(retry: Retry, failure: CounterfoilError) -> bool:
    """Whether sending again is safe after `failure`, and could help."""
    if isinstance(failure, TransportError):
        return not isinstance(failure, DeadlineExceeded) and (retry != "never" or not failure.sent)
    return retry != "never" and isinstance(failure, ApiError) and failure.status in REPEATABLE


def wait_before_retry(failure: CounterfoilError, attempt: int, chance: float) -> float:
    """Seconds to wait after the `attempt`-th failure: what the server asked for, else exponential with full jitter.

    `chance` is between 0 and 1, and drawn anew for each wait.
    """
    asked = getattr(failure, "retry_after", None)
    if asked is not None:
        return float(asked)
    first = FIRST_WAIT_THROTTLED if isinstance(failure, RateLimited) else FIRST_WAIT
    return chance * min(LONGEST_WAIT, float(first * 2 ** (attempt - 1)))


def read_retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that a Retry-After header asks for, written as a number or as a date; None where it says nothing.

    A date counts from the answer's own Date header, so that the clocks need not agree, else from `now` (Unix time).
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return min(float(text), 1e9)  # nobody can wait longer, and time functions take no more
    end, start = _read_date(text), _read_date(headers.get("date", ""))
    return None if end is None else max(0.0, end - (now if start is None else start))


def _read_date(text: str) -> float | None:
    from email.utils import mktime_tz, parsedate_tz

    try:
        parts = parsedate_tz(text)
        return None if parts is None else float(mktime_tz(parts))
    except (ValueError, OverflowError, IndexError, TypeError):  # the parser is lenient, what it finds need not be a date
        return None


class RetryQuota:
    """A client's allowance for retries, so that a failing server is not flooded by everyone's third attempts.

    A retry costs 14 of 500 tokens, 5 where the server only throttles; the answer that it brings gives them
    back, and any other good answer gives 1.
    """

    def __init__(self, tokens: int = 500) -> None:
        self._capacity = self._tokens = tokens
        self._lock = Lock()

    def take(self, failure: CounterfoilError) -> int:
        """The tokens that a retry after `failure` costs, taken; 0 where there are not enough left."""
        cost = 5 if isinstance(failure, RateLimited) else 14
        with self._lock:
            if self._tokens < cost:
                return 0
            self._tokens -= cost
            return cost

    def give_back(self, tokens: int) -> None:
        """Record a good answer; `tokens` is what the retry before it took, 0 where it came at once."""
        with self._lock:
            self._tokens = min(self._capacity, self._tokens + (tokens or 1))
