"""Usage plans: how often an operation, or an account, may be called."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from .specification import Operation, RateLimit, Specification


@dataclass
class Limiter(ABC):
    """Counts calls against one documented limit."""

    limit: RateLimit

    @abstractmethod
    def admit(self, now: float) -> bool:
        """Count a call at a moment in seconds; False when it is one too many."""


class FixedWindow(Limiter):
    """So many calls in each stretch of time; the first call after a stretch begins the next."""

    begun: float = float("-inf")
    calls: int = 0

    def admit(self, now: float) -> bool:
        """Count a call; a refused one does not lengthen the wait."""
        if now - self.begun >= self.limit.seconds:
            self.begun, self.calls = now, 0
        self.calls += 1
        return self.calls <= self.limit.requests


class TokenBucket(Limiter):
    """A bucket that holds a burst and refills steadily."""

    tokens: float = float("inf")
    seen: float = 0.0

    def admit(self, now: float) -> bool:
        """Take a token, if there is a whole one."""
        refill = (now - self.seen) * self.limit.requests / self.limit.seconds
        self.tokens, self.seen = min(self.limit.burst, self.tokens + refill), now
        admitted = self.tokens >= 1
        self.tokens -= admitted
        return admitted


class Plan:
    """The limiters of one API: one an operation, or one for all of them."""

    def __init__(self, specification: Specification, limiter: Callable[[RateLimit], Limiter]) -> None:
        self._shared = limiter(specification.rate_limit) if specification.rate_limit else None
        self._own = {each.id: limiter(each.rate_limit) for each in specification.operations if each.rate_limit}

    def admit(self, operation: Operation, now: float) -> bool:
        """Count a call of an operation; False when it is one too many."""
        limiter = self._own.get(operation.id, self._shared)
        return limiter is None or limiter.admit(now)
