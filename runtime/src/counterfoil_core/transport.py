"""The small protocol by which the runtime speaks to whatever carries requests.

httpx2 is the default carrier (`httpx2_transport`); an object of your own with these methods serves as well.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping
from typing import Protocol, runtime_checkable

from msgspec import Struct

from .deadline import Deadline


class Request(Struct, frozen=True, kw_only=True):
    """One request, ready to be sent: `url` is absolute and encoded, header names are lower case.

    `deadline.remaining()` is the seconds that sending it and reading the answer may still take. Its repr
    shows neither headers nor body, because they hold credentials and customers' data.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    deadline: Deadline

    def __repr__(self) -> str:
        return f"Request({self.method} {self.url.partition('?')[0]})"


def _do_nothing() -> None:
    pass


async def _await_nothing() -> None:
    pass


class Answer(Struct, frozen=True, kw_only=True):
    """The beginning of an answer: header names in lower case, and the decompressed body still to be read.

    `close` is called once when the body was read or is not wanted.
    """

    status: int
    headers: Mapping[str, str]
    body: Iterable[bytes]
    close: Callable[[], None] = _do_nothing


class AsyncAnswer(Struct, frozen=True, kw_only=True):
    """`Answer` for an async transport."""

    status: int
    headers: Mapping[str, str]
    body: AsyncIterable[bytes]
    close: Callable[[], Awaitable[None]] = _await_nothing


@runtime_checkable
class Transport(Protocol):
    """Carries requests, one thread a request, many at once.

    `send` must not follow redirects, and must give up when `request.deadline` has nothing left. It raises
    ConnectFailed where it is proven that nothing was sent, and TransportError where no answer came; anything else
    it raises counts as TransportError.
    """

    def send(self, request: Request) -> Answer: ...

    def close(self) -> None: ...


@runtime_checkable
class AsyncTransport(Protocol):
    """Carries requests, one task a request; see Transport. One object may be both."""

    async def asend(self, request: Request) -> AsyncAnswer: ...

    async def aclose(self) -> None: ...
