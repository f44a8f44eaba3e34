"""The base classes of generated clients. httpx2 is imported at the first request."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

from .api import Operation, Pagination
from .call import perform_call
from .carrier import is_instance, refuse_transport
from .codec import find_codec
from .configured import Configured
from .drivers import run, run_async
from .errors import DecodeError
from .options import (
    NO_OPTIONS,
    CallOptions,
    RequestOptions,
)
from .pagination import Page, Pager
from .plain_requests import PlainRequest, plan_request, read_plain_response
from .response import RawResponse, Response
from .streaming import AsyncDownload, AsyncEventStream, Download, EventStream
from .transports.names import find_transport
from .transports.protocol import AsyncTransport, Request, Transport
from .transports.sending import exchange, exchange_async, open_exchange, open_exchange_async

ResultT = TypeVar("ResultT")
ItemT = TypeVar("ItemT")
DataT = TypeVar("DataT")
CarrierT = TypeVar("CarrierT")
# Methods of clients of httpx and requests, whose `send` is a different one.
_OF_SESSIONS = ("build_request", "prepare_request")


class Client(Configured[Transport]):
    """A blocking client. Threads may share it. `with` or `close()` closes its connections."""

    @staticmethod
    def _check_transport(given: Any) -> None:
        from inspect import iscoroutinefunction

        if is_instance(given, "httpx2", "Client", "BaseTransport"):
            return
        is_session = any(hasattr(given, name) for name in _OF_SESSIONS)
        is_async = iscoroutinefunction(getattr(given, "send", None))
        if not isinstance(given, Transport) or isinstance(given, type) or is_session or is_async:
            wanted = "an httpx2.Client or BaseTransport, or an object with send and close"
            raise refuse_transport(given, wanted)

    @staticmethod
    def _open_transport(given: Any) -> Transport:
        from .transports.httpx2 import Httpx2Transport, adapt

        adapted = Httpx2Transport() if given is None else adapt(given)
        return adapted or given

    def call(
        self,
        operation: Operation[ResultT],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> ResultT:
        """Call an operation and return its result.

        Raises CounterfoilError, and TypeError for an option that does not exist.
        """
        return self.call_with_response(operation, arguments, options).value

    def call_with_response(
        self,
        operation: Operation[ResultT],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> Response[ResultT]:
        """Call an operation and return its response: result, status, headers, raw body."""
        merged = self._options.merge(options, operation)
        effects = perform_call(self._state, merged, operation, arguments)
        return run(effects, self._exchange, self._state.sleep)

    @contextmanager
    def stream(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> Iterator[Download]:
        """Call an operation, and yield its response while the body arrives."""
        with self._open(operation, arguments, options) as response:
            yield Download(response, response.value, self._name_error(operation))

    @contextmanager
    def stream_events(
        self,
        operation: Operation[DataT],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> Iterator[EventStream[DataT]]:
        """Call an operation, and yield the events of its response as they arrive."""
        with self._open(operation, arguments, options) as response:
            kind = find_codec(self._state.settings.api, operation).find_kind(response.status)
            yield EventStream(response, response.value, kind, self._name_error(operation))

    @contextmanager
    def _open(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, Any],
        options: RequestOptions,
    ) -> Iterator[Response[Any]]:
        merged = self._options.merge(options, operation)
        effects = perform_call(self._state, merged, operation, arguments)
        response = run(effects, self._open_exchange, self._state.sleep)
        try:
            yield response
        finally:
            response.value.close()

    def request(self, method: str, path: str, **request: Unpack[PlainRequest]) -> Response[Any]:
        """Send a request that the API's description lacks, and return its response.

        It has the client's credentials, rate limit, deadline and errors. `path` follows the
        server's address, and begins with a slash. `json` is a body of plain values, structs or
        models, `content` one of bytes. The response's `value` is the decoded JSON with decimals for
        all numbers with a point, else a text or bytes; None if the body is empty.

        GET, HEAD and OPTIONS are retried; others only with `retry="keyed"`, for requests that have
        the same effect if they are sent twice. Raises CounterfoilError as methods do.
        """
        planned = plan_request(self._state.settings.api, method, path, request)
        response = self.call_with_response(planned.operation, planned.arguments, planned.options)
        return read_plain_response(response)

    def iterate(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        max_pages: int | None = None,
        options: RequestOptions = NO_OPTIONS,
    ) -> Iterator[ItemT]:
        """Yield the items of all pages. Each page is requested when it is reached; see `pages`."""
        pages = self.pages(operation, pagination, arguments, max_pages=max_pages, options=options)
        return (item for page in pages for item in page.items)

    def pages(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        cursor: str | None = None,
        max_pages: int | None = None,
        options: RequestOptions = NO_OPTIONS,
    ) -> Iterator[Page[ItemT]]:
        """Yield the pages from `cursor` (a stored `Page.cursor`) on, `max_pages` at most.

        `options` hold for each page's request. Raises InvalidRequest for a cursor of another
        operation, and PaginationLoop if the server repeats one.
        """
        merged = self._options.merge(options, operation)
        given = (operation, pagination, arguments, cursor, max_pages, merged.keep_raw)
        pager = partial(Pager, self._state.settings, *given)
        return self._read_pages(operation, merged, pager)

    def _read_pages(
        self,
        operation: Operation[ResultT],
        options: CallOptions,
        make_pager: Callable[[], Pager[ItemT]],
    ) -> Iterator[Page[ItemT]]:
        pager = make_pager()
        while (turned := pager.turn()) is not None:
            effects = perform_call(self._state, options, operation, turned, target=pager.target)
            try:
                response = run(effects, self._exchange, self._state.sleep)
                link = response.headers.get("link", "")
                page = pager.accept(response.value, link=link, content=response.raw)
            except DecodeError as error:
                if not self._options.keep_unreadable:
                    raise
                page = pager.accept_records(error)
            yield page

    def close(self) -> None:
        """Close the connections that this client opened; it cannot be used afterwards."""
        opened = self._carrier.shut()
        if opened is not None:
            opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _exchange(self, request: Request) -> RawResponse:
        return exchange(self._carrier.find(os.getpid()), request)

    def _open_exchange(self, request: Request) -> RawResponse:
        return open_exchange(self._carrier.find(os.getpid()), request)


class AsyncClient(Configured[AsyncTransport]):
    """`Client` for asyncio. Tasks may share it. Close it with `async with` or `aclose()`."""

    _name_transport = staticmethod(find_transport)

    @staticmethod
    def _check_transport(given: Any) -> None:
        if is_instance(given, "httpx2", "AsyncClient", "AsyncBaseTransport"):
            return
        if is_instance(given, "aiohttp", "ClientSession"):
            return
        if not isinstance(given, AsyncTransport):
            wanted = (
                '"aiohttp", "httpx2", an httpx2.AsyncClient or AsyncBaseTransport, an '
                "aiohttp.ClientSession, or one with asend and aclose"
            )
            raise refuse_transport(given, wanted)

    @staticmethod
    def _open_transport(given: Any) -> AsyncTransport:
        if isinstance(given, AsyncTransport):
            return given() if isinstance(given, type) else given
        if is_instance(given, "aiohttp", "ClientSession"):
            from .transports.aiohttp import AiohttpTransport

            return AiohttpTransport(given)
        from .transports.httpx2 import AsyncHttpx2Transport, adapt_async

        adapted = AsyncHttpx2Transport() if given is None else adapt_async(given)
        return adapted or given

    async def call(
        self,
        operation: Operation[ResultT],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> ResultT:
        """Call an operation and return its result. See `Client.call`; it can be cancelled."""
        return (await self.call_with_response(operation, arguments, options)).value

    async def call_with_response(
        self,
        operation: Operation[ResultT],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> Response[ResultT]:
        """Call an operation and return its response: result, status, headers, raw body."""
        merged = self._options.merge(options, operation)
        effects = perform_call(self._state, merged, operation, arguments)
        return await run_async(effects, self._exchange, self._state.sleep_async)

    @asynccontextmanager
    async def stream(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> AsyncIterator[AsyncDownload]:
        """Call an operation, and yield its response while the body arrives."""
        async with self._open(operation, arguments, options) as response:
            yield AsyncDownload(response, response.value, self._name_error(operation))

    @asynccontextmanager
    async def stream_events(
        self,
        operation: Operation[DataT],
        arguments: Mapping[str, Any],
        options: RequestOptions = NO_OPTIONS,
    ) -> AsyncIterator[AsyncEventStream[DataT]]:
        """Call an operation, and yield the events of its response as they arrive."""
        async with self._open(operation, arguments, options) as response:
            kind = find_codec(self._state.settings.api, operation).find_kind(response.status)
            yield AsyncEventStream(response, response.value, kind, self._name_error(operation))

    @asynccontextmanager
    async def _open(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, Any],
        options: RequestOptions,
    ) -> AsyncIterator[Response[Any]]:
        merged = self._options.merge(options, operation)
        effects = perform_call(self._state, merged, operation, arguments)
        response = await run_async(effects, self._open_exchange, self._state.sleep_async)
        try:
            yield response
        finally:
            await response.value.aclose()

    async def request(
        self, method: str, path: str, **request: Unpack[PlainRequest]
    ) -> Response[Any]:
        """Send a request that the API's description lacks; see `Client.request`."""
        planned = plan_request(self._state.settings.api, method, path, request)
        response = await self.call_with_response(
            planned.operation, planned.arguments, planned.options
        )
        return read_plain_response(response)

    def iterate(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        max_pages: int | None = None,
        options: RequestOptions = NO_OPTIONS,
    ) -> AsyncIterator[ItemT]:
        """Yield the items of all pages; see `Client.iterate`."""
        pages = self.pages(operation, pagination, arguments, max_pages=max_pages, options=options)
        return (item async for page in pages for item in page.items)

    def pages(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        cursor: str | None = None,
        max_pages: int | None = None,
        options: RequestOptions = NO_OPTIONS,
    ) -> AsyncIterator[Page[ItemT]]:
        """Yield the pages; see `Client.pages`."""
        merged = self._options.merge(options, operation)
        given = (operation, pagination, arguments, cursor, max_pages, merged.keep_raw)
        pager = partial(Pager, self._state.settings, *given)
        return self._read_pages(operation, merged, pager)

    async def _read_pages(
        self,
        operation: Operation[ResultT],
        options: CallOptions,
        make_pager: Callable[[], Pager[ItemT]],
    ) -> AsyncIterator[Page[ItemT]]:
        pager = make_pager()
        while (turned := pager.turn()) is not None:
            effects = perform_call(self._state, options, operation, turned, target=pager.target)
            try:
                response = await run_async(effects, self._exchange, self._state.sleep_async)
                link = response.headers.get("link", "")
                page = pager.accept(response.value, link=link, content=response.raw)
            except DecodeError as error:
                if not self._options.keep_unreadable:
                    raise
                page = pager.accept_records(error)
            yield page

    async def aclose(self) -> None:
        """Close the connections that this client opened; it cannot be used afterwards."""
        opened = self._carrier.shut()
        if opened is not None:
            # If its event loop has ended, its connections are closed already.
            with suppress(RuntimeError):
                await opened.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def _exchange(self, request: Request) -> RawResponse:
        return await exchange_async(self._find_transport(), request)

    async def _open_exchange(self, request: Request) -> RawResponse:
        return await open_exchange_async(self._find_transport(), request)

    def _find_transport(self) -> AsyncTransport:
        import asyncio

        return self._carrier.find((os.getpid(), asyncio.get_running_loop()))
