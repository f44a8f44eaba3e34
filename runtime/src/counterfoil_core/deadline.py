"""The time that one call has, all in all."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Deadline:
    """Counts a call's seconds down, over connecting, waiting, retrying and reading together."""

    __slots__ = ("_clock", "_end", "_start")

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._start = clock()
        self._end = self._start + seconds

    def remaining(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._end - self._clock())

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return self._clock() - self._start
