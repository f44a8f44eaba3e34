"""The sandbox as a transport of httpx2: clients reach it in process, without a port, a thread or an event loop."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator

import anyio
import httpx2

from .exchange import LARGEST_BODY, Answer, Request


class SandboxTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """For `httpx2.Client(transport=...)`, `httpx2.AsyncClient(transport=...)`, and every Counterfoil client.

    It serves threads and tasks, many at once. What a fault does to a connection is raised as httpx2 raises it.
    """

    def __init__(self, exchange: Callable[[Request], Answer]) -> None:
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
    """Half a body, and then the connection is gone."""

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
    return Request(request.method, path, query, headers, body if len(body) <= LARGEST_BODY else None)


def _wait(request: httpx2.Request, answer: Answer) -> float:
    """The seconds until the answer comes, at most until the client gives up."""
    patience = request.extensions.get("timeout", {}).get("read")
    return answer.delay if patience is None else min(answer.delay, patience)


def _respond(request: httpx2.Request, answer: Answer) -> httpx2.Response:
    if answer.delay > _wait(request, answer):
        raise httpx2.ReadTimeout("The sandbox's answer takes longer than the client waits", request=request)
    if answer.breaks == "before":
        raise httpx2.ReadError("The connection was reset before an answer came", request=request)
    if answer.breaks == "within":
        return httpx2.Response(answer.status, headers=answer.list_headers(), stream=_BrokenBody(answer.body))
    body = b"" if request.method == "HEAD" else answer.body
    return httpx2.Response(answer.status, headers=answer.list_headers(), stream=httpx2.ByteStream(body))
