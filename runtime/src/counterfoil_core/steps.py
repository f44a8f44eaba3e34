"""The steps of a conversation: what the loops in `carry` do for it."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import Future
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

from .response import Reply
from .transport import Request

ResultT = TypeVar("ResultT")


class Send(Struct, frozen=True):
    """Send this, read the answer to its end, and give it back as a Reply; throw a TransportError where none came."""

    request: Request


class Wait(Struct, frozen=True):
    """Wait this many seconds."""

    seconds: float


class Join(Struct, frozen=True):
    """Wait until what another conversation does is done, this many seconds at most."""

    done: Future[Any]
    seconds: float


Conversation: TypeAlias = Generator[Send | Wait | Join, Reply | None, ResultT]
