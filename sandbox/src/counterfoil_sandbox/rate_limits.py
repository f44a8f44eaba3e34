"""Rate limits of operations and accounts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from .specification import Operation, RateLimit, Specification


@dataclass
class Limiter(ABC):
    """Counts calls against one documented rate limit."""

    limit: RateLimit

    @abstractmethod
    def admit(self, now: float) -> bool:
        """Count a call at a time in seconds; return False if it exceeds the limit."""


class FixedWindow(Limiter):
    """A number of calls per window. The first call after a window begins the next one."""

    begun: float = float("-inf")
    calls: int = 0

    def admit(self, now: float) -> bool:
        """Count a call. A refused call does not extend the window."""
        if now - self.begun >= self.limit.seconds:
            self.begun = now
            self.calls = 0
        self.calls += 1
        return self.calls <= self.limit.requests


class TokenBucket(Limiter):
    """A bucket of tokens for a burst, refilled at a steady rate."""

    tokens: float = float("inf")
    seen: float = 0.0

    def admit(self, now: float) -> bool:
        """Take a token, if a whole one is left."""
        rate = self.limit.requests / self.limit.seconds
        refilled = self.tokens + (now - self.seen) * rate
        self.tokens = min(self.limit.burst, refilled)
        self.seen = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Plan:
    """The limiters of one API: one per operation with its own limit, one for all others."""

    def __init__(
        self, specification: Specification, limiter: Callable[[RateLimit], Limiter]
    ) -> None:
        self._shared = limiter(specification.rate_limit) if specification.rate_limit else None
        self._own = {}
        for operation in specification.operations:
            if operation.rate_limit:
                self._own[operation.id] = limiter(operation.rate_limit)

    def admit(self, operation: Operation, now: float) -> bool:
        """Count a call of an operation; return False if it exceeds the limit."""
        limiter = self._own.get(operation.id, self._shared)
        return limiter is None or limiter.admit(now)
