"""The time limit of one call."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


LONGEST = 1_000_000.0
"""Longest timeout in seconds, eleven days; operating systems do not accept longer ones."""


class Deadline:
    """Counts down the seconds of a call, including connecting, waiting, retrying and reading."""

    __slots__ = ("_clock", "_end", "_start")

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._start = clock()
        self._end = self._start + min(seconds, LONGEST)

    def remaining(self) -> float:
        """Return the seconds left, at least 0."""
        return max(0.0, self._end - self._clock())

    def elapsed(self) -> float:
        """Return the seconds since the call began."""
        return self._clock() - self._start
