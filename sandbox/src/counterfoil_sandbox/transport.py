"""The sandbox as a transport of httpx2: clients reach it in process, without a port."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator

import anyio
import httpx2

from .http import LARGEST_BODY, Request, Response


class SandboxTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport for Counterfoil clients, `httpx2.Client` and `httpx2.AsyncClient`.

    Threads and tasks may share it. A fault of the connection raises the exception of httpx2.
    """

    def __init__(self, exchange: Callable[[Request], Response]) -> None:
        self._exchange = exchange

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request of a sync client."""
        answer = self._exchange(_read(request, request.read()))
        time.sleep(_wait(request, answer))
        return _respond(request, answer)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request of an async client."""
        answer = self._exchange(_read(request, await request.aread()))
        await anyio.sleep(_wait(request, answer))
        return _respond(request, answer)


class _BrokenBody(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """Half a body, then a reset connection."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise httpx2.ReadError("The connection was reset within the body")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


def _read(request: httpx2.Request, body: bytes) -> Request:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    kept = body if len(body) <= LARGEST_BODY else None
    return Request(request.method, path, query, headers, kept)


def _wait(request: httpx2.Request, answer: Response) -> float:
    """Return the seconds until the response, at most the client's timeout."""
    patience = request.extensions.get("timeout", {}).get("read")
    return answer.delay if patience is None else min(answer.delay, patience)


def _respond(request: httpx2.Request, answer: Response) -> httpx2.Response:
    if answer.delay > _wait(request, answer):
        message = "The sandbox's response takes longer than the client's timeout"
        raise httpx2.ReadTimeout(message, request=request)
    if answer.breaks == "before":
        raise httpx2.ReadError("The connection was reset before a response came", request=request)
    headers = answer.list_headers()
    if answer.breaks == "within":
        broken = _BrokenBody(answer.body)
        return httpx2.Response(answer.status, headers=headers, stream=broken)
    body = b"" if request.method == "HEAD" else answer.body
    return httpx2.Response(answer.status, headers=headers, stream=httpx2.ByteStream(body))
