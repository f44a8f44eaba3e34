"""The two process-wide locks, which all clients share.

A thread that forks acquires both first, so the child process finds them free and no shared state
half changed. Locks of single objects could only be replaced after the fork, together with any
unfinished state of other threads. Both locks are reentrant, because the garbage collector can
clean up a cancelled call anywhere, including within a locked block.
"""

from __future__ import annotations

import os
from threading import RLock

FIRST_USE = RLock()
"""Guards one-time initialization: type information, transports and deferred imports."""

COUNTS = RLock()
"""Guards counters and caches that calls share; acquired for microseconds only."""


def _acquire_all() -> None:
    FIRST_USE.acquire()
    COUNTS.acquire()


def _release_all() -> None:
    COUNTS.release()
    FIRST_USE.release()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(
        before=_acquire_all,
        after_in_parent=_release_all,
        after_in_child=_release_all,
    )
