"""What `client.with_streaming` consists of: methods that return a response before its body.

As in `with_response`, the methods of a resource are reused with another client behind them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from .streaming import AsyncDownload, Download

ArgumentsT = ParamSpec("ArgumentsT")
ClientT = TypeVar("ClientT")


class _StreamingClient:
    """A client for resources, whose `call` returns a context manager for the open response."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def call(self) -> Any:
        return self._client.stream


class _AsyncStreamingClient:
    def __init__(self, client: Any) -> None:
        self._client = client

    async def call(self, *arguments: Any) -> Any:
        return self._client.stream(*arguments)


def wrap_streaming_client(client: ClientT) -> ClientT:
    """Return a client for a resource, which makes the resource's methods return downloads."""
    wrapped: Any = _StreamingClient(client)
    result: ClientT = wrapped
    return result


def wrap_async_streaming_client(client: ClientT) -> ClientT:
    """`wrap_streaming_client` for an async client."""
    wrapped: Any = _AsyncStreamingClient(client)
    result: ClientT = wrapped
    return result


def wrap_streaming_method(
    method: Callable[ArgumentsT, Any],
) -> Callable[ArgumentsT, AbstractContextManager[Download]]:
    """Return a method of a resource that was made with such a client, with its true type."""
    return method


def wrap_async_streaming_method(
    method: Callable[ArgumentsT, Coroutine[Any, Any, Any]],
) -> Callable[ArgumentsT, AbstractAsyncContextManager[AsyncDownload]]:
    """Return an async method of such a resource, so that `async with` alone opens the response."""

    @wraps(method)
    @asynccontextmanager
    async def open_download(
        *arguments: ArgumentsT.args, **options: ArgumentsT.kwargs
    ) -> AsyncIterator[AsyncDownload]:
        async with await method(*arguments, **options) as download:
            yield download

    return open_download
