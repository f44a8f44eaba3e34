"""The clients that generated packages build on. httpx2 is imported, and a pool made, at the first request."""

from __future__ import annotations

import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from threading import Lock
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

from .carry import exchange, exchange_async, hold, hold_async
from .configuration import check_options, read_settings
from .conversation import Desk, Options, converse
from .errors import ConfigurationError
from .hooks import Hooks
from .operation import Api, Operation, Pagination, RateLimit
from .paging import Page, Pager
from .response import Reply, Response
from .throttle import Throttle
from .transport import AsyncTransport, Request, Transport

ResultT = TypeVar("ResultT")
ItemT = TypeVar("ItemT")
CarrierT = TypeVar("CarrierT")


class Configured(ABC, Generic[CarrierT]):
    """What both clients are: settings, options, and what their calls share.

    `timeout` is the seconds a call may take in total, with its waits and retries; `max_attempts` the requests it
    may send. `rate_limit` replaces the documented usage plan. `transport` is an httpx2 client or transport, or an
    object with the methods of `Transport` or `AsyncTransport`; what is passed in is not closed by this client.
    """

    def __init__(
        self,
        api: Api,
        arguments: Mapping[str, str | None],
        *,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Any = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
    ) -> None:
        """Raises ConfigurationError where a setting is missing in arguments and environment, or makes no sense."""
        check_options(timeout, max_attempts)
        settings = read_settings(api, arguments, base_url)
        self._desk = Desk(settings, Throttle(rate_limit, api.rate_limit, time.monotonic))
        self._options = Options(timeout, max_attempts)
        self._carrier: _Carrier[CarrierT] = _Carrier(transport, self._open_transport)

    def with_options(
        self, *, timeout: float | None = None, max_attempts: int | None = None, validate: bool | None = None
    ) -> Self:
        """This client with other options: it shares connections, limits and quota, and closing one closes both.

        With `validate` off, requests leave without a check of types and limits.
        """
        options = Options(
            self._options.timeout if timeout is None else timeout,
            self._options.max_attempts if max_attempts is None else max_attempts,
            self._options.validate if validate is None else validate,
        )
        check_options(options.timeout, options.max_attempts)
        changed = object.__new__(type(self))  # not copied: resources that were looked up belong to this client
        changed._desk, changed._options, changed._carrier = self._desk, options, self._carrier
        return changed

    @property
    def hooks(self) -> Hooks:
        """Functions of yours that watch each request: set `before_request` and `after_response` on it."""
        return self._desk.hooks

    @staticmethod
    @abstractmethod
    def _open_transport(given: Any) -> CarrierT: ...

    def __repr__(self) -> str:
        server = self._desk.settings.find_server()
        return f"{type(self).__name__}({server!r}, timeout={self._options.timeout:g})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} holds credentials and connections: make a new one instead of pickling")


class Client(Configured[Transport]):
    """A client that blocks. Threads may share it; use it in a `with`, or `close()` it, to give connections back."""

    @staticmethod
    def _open_transport(given: Any) -> Transport:
        from .httpx2_transport import Httpx2Transport, adapt

        adapted = Httpx2Transport() if given is None else adapt(given)
        if adapted is None and (not isinstance(given, Transport) or hasattr(given, "build_request")):
            raise _refuse_transport(given, "an httpx2.Client or BaseTransport, or an object with send and close")
        return adapted or given

    def call(self, operation: Operation[ResultT], arguments: Mapping[str, Any]) -> ResultT:
        """Call an operation and give its result. Raises CounterfoilError, and nothing else."""
        return self.call_with_response(operation, arguments).value

    def call_with_response(self, operation: Operation[ResultT], arguments: Mapping[str, Any]) -> Response[ResultT]:
        """Call an operation and give its result with status, headers, request id, attempts and raw body."""
        return hold(converse(self._desk, self._options, operation, arguments), self._exchange, self._desk.sleep)

    def iterate(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        max_pages: int | None = None,
    ) -> Iterator[ItemT]:
        """Give the items of all pages, fetching each page when it is reached; see `pages`."""
        for page in self.pages(operation, pagination, arguments, max_pages=max_pages):
            yield from page.items

    def pages(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        cursor: str | None = None,
        max_pages: int | None = None,
    ) -> Iterator[Page[ItemT]]:
        """Give page after page, from `cursor` (a stored `Page.cursor`) on, `max_pages` at most.

        Raises InvalidRequest for a cursor of another operation, PaginationLoop where the server repeats one.
        """
        pager = Pager(self._desk.settings.api, operation, pagination, arguments, cursor, max_pages)
        while (turned := pager.turn()) is not None:
            yield pager.accept(self.call(operation, turned))

    def close(self) -> None:
        """Close the connections that this client opened; it cannot be used afterwards."""
        opened = self._carrier.shut()
        if opened is not None:
            opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _exchange(self, request: Request) -> Reply:
        return exchange(self._carrier.find(os.getpid()), request)


class AsyncClient(Configured[AsyncTransport]):
    """`Client` for asyncio: tasks may share it; use it in an `async with`, or `aclose()` it."""

    @staticmethod
    def _open_transport(given: Any) -> AsyncTransport:
        if isinstance(given, AsyncTransport):
            return given() if isinstance(given, type) else given
        aiohttp = sys.modules.get("aiohttp")  # who passes a session has imported it
        if aiohttp is not None and isinstance(given, aiohttp.ClientSession):
            from .aiohttp_transport import AiohttpTransport

            return AiohttpTransport(given)
        from .httpx2_transport import AsyncHttpx2Transport, adapt_async

        adapted = AsyncHttpx2Transport() if given is None else adapt_async(given)
        if adapted is None:
            wanted = "an httpx2.AsyncClient or AsyncBaseTransport, an aiohttp.ClientSession, or one with asend and aclose"
            raise _refuse_transport(given, wanted)
        return adapted

    async def call(self, operation: Operation[ResultT], arguments: Mapping[str, Any]) -> ResultT:
        """Call an operation and give its result. Raises CounterfoilError or CancelledError, and nothing else."""
        return (await self.call_with_response(operation, arguments)).value

    async def call_with_response(self, operation: Operation[ResultT], arguments: Mapping[str, Any]) -> Response[ResultT]:
        """Call an operation and give its result with status, headers, request id, attempts and raw body."""
        conversation = converse(self._desk, self._options, operation, arguments)
        return await hold_async(conversation, self._exchange, self._desk.sleep_async)

    async def iterate(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        max_pages: int | None = None,
    ) -> AsyncIterator[ItemT]:
        """Give the items of all pages, fetching each page when it is reached; see `Client.pages`."""
        async for page in self.pages(operation, pagination, arguments, max_pages=max_pages):
            for item in page.items:
                yield item

    async def pages(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        cursor: str | None = None,
        max_pages: int | None = None,
    ) -> AsyncIterator[Page[ItemT]]:
        """Give page after page; see `Client.pages`."""
        pager = Pager(self._desk.settings.api, operation, pagination, arguments, cursor, max_pages)
        while (turned := pager.turn()) is not None:
            yield pager.accept(await self.call(operation, turned))

    async def aclose(self) -> None:
        """Close the connections that this client opened; it cannot be used afterwards."""
        opened = self._carrier.shut()
        if opened is not None:
            with suppress(RuntimeError):  # where its event loop has ended, its connections are gone already
                await opened.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.aclose()

    async def _exchange(self, request: Request) -> Reply:
        from asyncio import get_running_loop

        return await exchange_async(self._carrier.find((os.getpid(), get_running_loop())), request)


class _Carrier(Generic[CarrierT]):
    """The transport, opened at the first request, and again in a forked process or another event loop."""

    def __init__(self, given: Any, open_transport: Callable[[Any], CarrierT]) -> None:
        self._given = given
        self._is_lent = given is not None and not isinstance(given, type)  # a class is opened, and closed, here
        self._open = open_transport
        self._opened: tuple[object, CarrierT] | None = None
        self._closed = False
        self._lock = Lock()

    def find(self, place: object) -> CarrierT:
        """The open transport of this process (and loop). Raises ConfigurationError after closing."""
        opened = self._opened
        if opened is None or opened[0] != place:
            with self._lock:
                opened = self._opened = self._open_in(place)
        return opened[1]

    def shut(self) -> CarrierT | None:
        """Refuse further requests, and give the transport if it was opened here and has to be closed."""
        with self._lock:
            opened, self._opened, self._closed = self._opened, None, True
        return opened[1] if opened and not self._is_lent else None

    def _open_in(self, place: object) -> tuple[object, CarrierT]:
        if self._closed:
            raise ConfigurationError("this client is closed; make a new one")
        if self._opened is not None and (self._opened[0] == place or self._given is not None):
            return place, self._opened[1]
        try:
            return place, self._open(self._given)
        except ImportError as error:  # a proxy of the environment wants a package that is not there
            raise ConfigurationError(f"no connection can be made from here: {error}") from error


def _refuse_transport(given: object, wanted: str) -> ConfigurationError:
    return ConfigurationError(f"transport must be {wanted}, not a {type(given).__name__}")
