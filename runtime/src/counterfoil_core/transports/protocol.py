"""The protocol of transports, which send requests.

The default transport uses httpx2 (`transports.httpx2`). Any other object with these methods can be
passed to a client.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from msgspec import Struct

from ..deadline import Deadline

if TYPE_CHECKING:
    from ..multipart import BodyStream


MOST_BYTES = 64 * 1024 * 1024  # of a response's body that is kept in memory


class Headers(dict[str, str]):
    """Headers by name. The repr shows the names alone, because values are credentials."""

    def __repr__(self) -> str:
        return f"<Headers {', '.join(self)}>"


class Request(Struct, frozen=True, kw_only=True):
    """A request, ready to be sent. `url` is absolute and encoded, header names are lower case.

    `deadline.remaining()` is the time in seconds that is left for sending it and reading the
    response. A `BodyStream` is iterated, sync or async, while it is sent; `content-length` is among
    the headers if its size is known. The repr shows neither headers nor body, which contain
    credentials and customer data.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | BodyStream | None
    deadline: Deadline
    # The largest compressed body of the response that is read; None: any, for one that is streamed.
    max_bytes: int | None = MOST_BYTES

    def __repr__(self) -> str:
        return f"Request({self.method} {self.url.partition('?')[0]})"


def _do_nothing() -> None:
    pass


async def _await_nothing() -> None:
    pass


class StreamedResponse(Struct, frozen=True, kw_only=True):
    """A response whose body is still to be read. Header names are lower case.

    `body` yields decompressed chunks. `close` is called once, after reading or instead of it.
    """

    status: int
    headers: Mapping[str, str]
    body: Iterable[bytes]
    close: Callable[[], None] = _do_nothing

    def __repr__(self) -> str:
        return f"<StreamedResponse {self.status}>"


class AsyncStreamedResponse(Struct, frozen=True, kw_only=True):
    """`StreamedResponse` for an async transport."""

    status: int
    headers: Mapping[str, str]
    body: AsyncIterable[bytes]
    close: Callable[[], Awaitable[None]] = _await_nothing

    def __repr__(self) -> str:
        return f"<AsyncStreamedResponse {self.status}>"


@runtime_checkable
class Transport(Protocol):
    """Sends requests. Several threads may call it at the same time.

    `send` must not follow redirects, and must stop when `request.deadline` has no time left. It
    raises ConnectFailed if it is proven that nothing was sent, and TransportError if no response
    came. All other exceptions are converted to TransportError.
    """

    def send(self, request: Request) -> StreamedResponse: ...

    def close(self) -> None: ...


@runtime_checkable
class AsyncTransport(Protocol):
    """Sends requests for several tasks; see Transport. One object may be both.

    The client cancels `asend` and the reading of the body when the deadline has no time left, so a
    timer is only needed to know that nothing was sent.
    """

    async def asend(self, request: Request) -> AsyncStreamedResponse: ...

    async def aclose(self) -> None: ...
