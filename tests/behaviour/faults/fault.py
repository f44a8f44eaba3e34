"""One fault: the server's behaviour, and the result for each kind of operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from counterfoil_core import (
    CounterfoilError,
    DeadlineExceeded,
    DecodeError,
    OutcomeUnknown,
    TransportError,
)

from .callers import CREATE, GET, UPDATE, Call
from .server import Behaviour

VALUE = "the value"
NOTHING = "None"
# An exception, VALUE or NOTHING; and how often the request reached the server.
Seen = tuple[type[CounterfoilError] | str, int]


@dataclass(frozen=True)
class Fault:
    """One fault of every attempt; `safe`, `keyed` and `never` are the results that callers see."""

    name: str
    does: str
    serve: Behaviour
    safe: Seen
    keyed: Seen
    never: Seen
    read: Call = GET  # the safe operation that meets it
    options: Mapping[str, Any] = field(default_factory=dict)  # of the client
    warm: Behaviour | None = None  # what happens to a first call on the same connection
    # Whether the server goes on after the call has ended, and the next call waits for that.
    settles: bool = False
    listens: bool = True
    # The results over aiohttp, if they differ.
    aiohttp: Mapping[str, Seen] = field(default_factory=dict)
    reason: str = ""  # why it differs

    @property
    def calls(self) -> dict[str, tuple[Call, Seen]]:
        return {
            "safe": (self.read, self.safe),
            "keyed": (UPDATE, self.keyed),
            "never": (CREATE, self.never),
        }

    def seen(self, retry: str, way: str) -> Seen:
        return (
            self.aiohttp.get(retry, self.calls[retry][1])
            if way == "aiohttp"
            else self.calls[retry][1]
        )


def alike(seen: Seen) -> dict[str, Seen]:
    """The same for all three operations."""
    return {"safe": seen, "keyed": seen, "never": seen}


def retried(
    kind: type[CounterfoilError], never: type[CounterfoilError] | None = None
) -> dict[str, Seen]:
    """Three attempts, but one where the operation must not be repeated."""
    return {"safe": (kind, 3), "keyed": (kind, 3), "never": (never or kind, 1)}


LOST = retried(TransportError, OutcomeUnknown)
LATE: dict[str, Seen] = {
    "safe": (DeadlineExceeded, 1),
    "keyed": (DeadlineExceeded, 1),
    "never": (OutcomeUnknown, 1),
}
READABLE = alike((VALUE, 1))
UNREADABLE = alike((DecodeError, 1))
# Seconds; `meet_fault` allows more if the machine is too slow to send anything in time.
SOON = {"timeout": 0.4}
