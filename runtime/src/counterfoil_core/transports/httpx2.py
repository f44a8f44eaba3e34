"""The default transport, over httpx2: the only module that imports it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any, NoReturn, TypeAlias, TypeVar

import httpx2

from ..errors import ConnectFailed, DeadlineExceeded, TransportError
from ..multipart import BodyStream
from .content_encoding import ACCEPTED, Decompressor
from .environment import check_certificate_file, check_environment
from .httpx2_network import Countdown, bound_connections
from .protocol import AsyncStreamedResponse, Request, StreamedResponse


class Httpx2Transport:
    """Sends through an httpx2.Client, by default one of its own."""

    def __init__(self, client: httpx2.Client | None = None) -> None:
        self._client = client or _open(httpx2.Client)
        bound_connections(self._client)

    def send(self, request: Request) -> StreamedResponse:
        try:
            body = request.body
            content = iter(body) if isinstance(body, BodyStream) else body
            built = _build(self._client, request, content)
            response = self._client.send(built, stream=True, auth=None, follow_redirects=False)
        except Exception as fault:
            _raise_translated(fault)
        _watch_rest(response)
        return StreamedResponse(
            status=response.status_code,
            headers=dict(response.headers),
            body=_read(response, request.max_bytes),
            close=response.close,
        )

    def close(self) -> None:
        self._client.close()


class AsyncHttpx2Transport:
    """Sends through an httpx2.AsyncClient, by default one of its own."""

    def __init__(self, client: httpx2.AsyncClient | None = None) -> None:
        self._client = client or _open(httpx2.AsyncClient)

    async def asend(self, request: Request) -> AsyncStreamedResponse:
        try:
            body = request.body
            content = aiter(body) if isinstance(body, BodyStream) else body
            built = _build(self._client, request, content)
            response = await self._client.send(
                built, stream=True, auth=None, follow_redirects=False
            )
        except Exception as fault:
            _raise_translated(fault)
        _watch_rest(response)
        return AsyncStreamedResponse(
            status=response.status_code,
            headers=dict(response.headers),
            body=_read_async(response, request.max_bytes),
            close=response.aclose,
        )

    async def aclose(self) -> None:
        await self._client.aclose()


Content: TypeAlias = bytes | Iterator[bytes] | AsyncIterator[bytes] | None
ClientT = TypeVar("ClientT", httpx2.Client, httpx2.AsyncClient)


def _open(kind: type[ClientT]) -> ClientT:
    """Return a new client. Raises ConfigurationError if a setting of the environment is invalid."""
    check_environment()
    try:
        return kind()
    except OSError:
        check_certificate_file()
        raise


def adapt(given: object) -> Httpx2Transport | None:
    """Wrap a client or transport of httpx2. Returns None for other objects."""
    if isinstance(given, httpx2.Client):
        return Httpx2Transport(given)
    if isinstance(given, httpx2.BaseTransport):
        return Httpx2Transport(httpx2.Client(transport=given))
    return None


def adapt_async(given: object) -> AsyncHttpx2Transport | None:
    """`adapt` for async clients and transports."""
    if isinstance(given, httpx2.AsyncClient):
        return AsyncHttpx2Transport(given)
    if isinstance(given, httpx2.AsyncBaseTransport):
        return AsyncHttpx2Transport(httpx2.AsyncClient(transport=given))
    return None


def _build(
    client: httpx2.Client | httpx2.AsyncClient, request: Request, content: Content
) -> httpx2.Request:
    built = client.build_request(
        request.method,
        request.url,
        headers={"accept-encoding": ACCEPTED, **request.headers},
        content=content,
        extensions={"timeout": Countdown(request.deadline)},
    )
    built.headers.pop("cookie", None)  # cookies that servers set are never sent back
    if "cookie" in request.headers:
        built.headers["cookie"] = request.headers["cookie"]
    return built


_find_parser = attrgetter("_stream._httpcore_stream._stream._connection._h11_state")


def _watch_rest(response: httpx2.Response) -> None:
    """Make the pool close a connection with bytes after the response.

    They would be read as the next response. The pool itself checks only bytes that its parser has
    not read yet.
    """
    stream: Any = response.extensions.get("network_stream")
    try:
        parser = _find_parser(response.stream)
    except AttributeError:  # HTTP/2, or a transport without connections
        return
    if "get_extra_info" not in vars(stream):
        stream.get_extra_info = partial(_look_for_rest, parser, stream.get_extra_info)


def _look_for_rest(parser: Any, ask: Callable[[str], Any], name: str) -> Any:
    if name == "is_readable" and parser.trailing_data[0]:
        return True
    return ask(name)


def _read(response: httpx2.Response, max_bytes: int | None) -> Iterator[bytes]:
    try:
        if response.is_stream_consumed:  # made by a mock transport, and read when it was made
            yield response.content
            return
        decompressor = Decompressor(response.headers, max_bytes)
        for chunk in response.iter_raw():
            yield from decompressor.feed(chunk)
        decompressor.finish()
    except Exception as fault:
        _raise_translated(fault)


async def _read_async(response: httpx2.Response, max_bytes: int | None) -> AsyncIterator[bytes]:
    try:
        if response.is_stream_consumed:
            yield response.content
            return
        decompressor = Decompressor(response.headers, max_bytes)
        async for chunk in response.aiter_raw():
            for piece in decompressor.feed(chunk):
                yield piece
        decompressor.finish()
    except Exception as fault:
        _raise_translated(fault)


_NOTHING_SENT = (
    httpx2.ConnectError,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)


def _raise_translated(fault: Exception) -> NoReturn:
    """Raise an exception of httpx2 as ours, by whether anything was sent."""
    kind = type(fault).__name__
    if isinstance(fault, (httpx2.ConnectTimeout, httpx2.PoolTimeout)):
        raise DeadlineExceeded(f"no connection in time ({kind})", sent=False) from fault
    if isinstance(fault, httpx2.TimeoutException):
        raise DeadlineExceeded(f"no answer in time ({kind})") from fault
    if isinstance(fault, _NOTHING_SENT):
        raise ConnectFailed(f"no connection: {fault}") from fault
    if isinstance(fault, httpx2.HTTPError):
        raise TransportError(f"{kind}: {fault}") from fault
    raise fault
