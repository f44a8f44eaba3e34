"""The effects that a call yields; the loops in `drivers` perform them."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import Future
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

from .response import RawResponse
from .transports.protocol import Request

ResultT = TypeVar("ResultT")


class Send(Struct, frozen=True):
    """Send a request and read its response to the end.

    The driver sends back a RawResponse, or throws a TransportError if no response was received.
    """

    request: Request


class Sleep(Struct, frozen=True):
    """Wait for a number of seconds."""

    seconds: float


class AwaitFuture(Struct, frozen=True):
    """Wait until another call completes a future, at most `seconds`."""

    done: Future[Any]
    seconds: float


CallEffects: TypeAlias = Generator[Send | Sleep | AwaitFuture, RawResponse | None, ResultT]
