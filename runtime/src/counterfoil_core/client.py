"""The base classes of generated clients. httpx2 is imported at the first request."""

from __future__ import annotations

import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

from .api import Api, Operation, Pagination, RateLimit
from .call import CallOptions, ClientState, perform_call
from .deadline import LONGEST
from .drivers import run, run_async
from .errors import ConfigurationError, CounterfoilError, DecodeError
from .hooks import Hooks
from .locks import FIRST_USE
from .pagination import Page, Pager
from .rate_limits import RateLimiter
from .response import RawResponse, Response
from .settings import check_options, check_rate_limit, read_settings
from .transports.protocol import AsyncTransport, Request, Transport
from .transports.sending import exchange, exchange_async

ResultT = TypeVar("ResultT")
ItemT = TypeVar("ItemT")
CarrierT = TypeVar("CarrierT")
# Methods of clients of httpx and requests, whose `send` is a different one.
_OF_SESSIONS = ("build_request", "prepare_request")


class Configured(ABC, Generic[CarrierT]):
    """The base class of both clients, with the settings, options and state that their calls share.

    `timeout` is the time of a whole call in seconds, waits and retries included. `max_attempts` is
    the number of requests that a call may send. `rate_limit` replaces the documented usage plan.
    `transport` is an httpx2 client or transport, or an object with the methods of `Transport` or
    `AsyncTransport`. This client does not close a transport that was passed in.
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
        """Raises ConfigurationError if a setting is invalid, or required and missing."""
        check_options(timeout, max_attempts)
        check_rate_limit(rate_limit)
        settings = read_settings(api, arguments, base_url)
        if transport is not None:
            self._check_transport(transport)
        self._state = ClientState(settings, RateLimiter(rate_limit, api.rate_limit, time.monotonic))
        self._options = CallOptions(timeout, max_attempts)
        self._carrier: _Carrier[CarrierT] = _Carrier(transport, self._open_transport)

    def __init_subclass__(cls) -> None:
        """Create resources, which import the models, under the lock that a fork waits for."""
        super().__init_subclass__()
        for attribute in vars(cls).values():
            if isinstance(attribute, cached_property) and hasattr(attribute, "lock"):  # Python 3.11
                attribute.lock = FIRST_USE

    def with_options(
        self,
        *,
        timeout: float | None = None,
        max_attempts: int | None = None,
        validate: bool | None = None,
        keep_unreadable: bool | None = None,
    ) -> Self:
        """Return a client with other options.

        It shares connections, rate limits and retry quota with this one; closing one closes both.
        If `validate` is False, requests are sent without a check of types and limits. If
        `keep_unreadable` is True, a record that cannot be decoded does not fail its page: `pages`
        returns it in `Page.unreadable`, and `iterate` skips it.
        """
        options = CallOptions(
            self._options.timeout if timeout is None else timeout,
            self._options.max_attempts if max_attempts is None else max_attempts,
            self._options.validate if validate is None else validate,
            self._options.keep_unreadable if keep_unreadable is None else keep_unreadable,
        )
        check_options(options.timeout, options.max_attempts)
        # Not a copy, because resources that were used belong to this client.
        changed = object.__new__(type(self))
        changed._state = self._state
        changed._options = options
        changed._carrier = self._carrier
        return changed

    @property
    def hooks(self) -> Hooks:
        """Functions that are called for each request: set `before_request`, `after_response`."""
        return self._state.hooks

    @staticmethod
    @abstractmethod
    def _check_transport(given: Any) -> None:
        """Raise ConfigurationError if it is not a transport of this client's kind.

        httpx2 is imported only if the caller has imported it.
        """

    @staticmethod
    @abstractmethod
    def _open_transport(given: Any) -> CarrierT: ...

    def __repr__(self) -> str:
        if "_state" not in vars(self):  # in a traceback of its own __init__
            return f"<{type(self).__name__}, not made>"
        server = self._state.settings.find_server()
        timeout = min(self._options.timeout, LONGEST)
        return f"{type(self).__name__}({server!r}, timeout={timeout:g})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} holds credentials and connections: "
            "make a new one instead of pickling"
        )


class Client(Configured[Transport]):
    """A blocking client. Threads may share it. `with` or `close()` closes its connections."""

    @staticmethod
    def _check_transport(given: Any) -> None:
        from inspect import iscoroutinefunction

        if _is_instance(given, "httpx2", "Client", "BaseTransport"):
            return
        is_session = any(hasattr(given, name) for name in _OF_SESSIONS)
        is_async = iscoroutinefunction(getattr(given, "send", None))
        if not isinstance(given, Transport) or isinstance(given, type) or is_session or is_async:
            wanted = "an httpx2.Client or BaseTransport, or an object with send and close"
            raise _refuse_transport(given, wanted)

    @staticmethod
    def _open_transport(given: Any) -> Transport:
        from .transports.httpx2 import Httpx2Transport, adapt

        adapted = Httpx2Transport() if given is None else adapt(given)
        return adapted or given

    def call(self, operation: Operation[ResultT], arguments: Mapping[str, Any]) -> ResultT:
        """Call an operation and return its result. Raises CounterfoilError, and nothing else."""
        return self.call_with_response(operation, arguments).value

    def call_with_response(
        self, operation: Operation[ResultT], arguments: Mapping[str, Any]
    ) -> Response[ResultT]:
        """Call an operation and return its response: result, status, headers, raw body."""
        effects = perform_call(self._state, self._options, operation, arguments)
        return run(effects, self._exchange, self._state.sleep)

    def iterate(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        max_pages: int | None = None,
    ) -> Iterator[ItemT]:
        """Yield the items of all pages. Each page is requested when it is reached; see `pages`."""
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
        """Yield the pages from `cursor` (a stored `Page.cursor`) on, `max_pages` at most.

        Raises InvalidRequest for a cursor of another operation, and PaginationLoop if the server
        repeats one.
        """
        pager = Pager(self._state.settings, operation, pagination, arguments, cursor, max_pages)
        while (turned := pager.turn()) is not None:
            effects = perform_call(
                self._state, self._options, operation, turned, target=pager.target
            )
            try:
                response = run(effects, self._exchange, self._state.sleep)
                page = pager.accept(response.value, link=response.headers.get("link", ""))
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


class AsyncClient(Configured[AsyncTransport]):
    """`Client` for asyncio. Tasks may share it. Close it with `async with` or `aclose()`."""

    @staticmethod
    def _check_transport(given: Any) -> None:
        if _is_instance(given, "httpx2", "AsyncClient", "AsyncBaseTransport"):
            return
        if _is_instance(given, "aiohttp", "ClientSession"):
            return
        if not isinstance(given, AsyncTransport):
            wanted = (
                "an httpx2.AsyncClient or AsyncBaseTransport, an aiohttp.ClientSession, "
                "or one with asend and aclose"
            )
            raise _refuse_transport(given, wanted)

    @staticmethod
    def _open_transport(given: Any) -> AsyncTransport:
        if isinstance(given, AsyncTransport):
            return given() if isinstance(given, type) else given
        if _is_instance(given, "aiohttp", "ClientSession"):
            from .transports.aiohttp import AiohttpTransport

            return AiohttpTransport(given)
        from .transports.httpx2 import AsyncHttpx2Transport, adapt_async

        adapted = AsyncHttpx2Transport() if given is None else adapt_async(given)
        return adapted or given

    async def call(self, operation: Operation[ResultT], arguments: Mapping[str, Any]) -> ResultT:
        """Call an operation and return its result. See `Client.call`; it can be cancelled."""
        return (await self.call_with_response(operation, arguments)).value

    async def call_with_response(
        self, operation: Operation[ResultT], arguments: Mapping[str, Any]
    ) -> Response[ResultT]:
        """Call an operation and return its response: result, status, headers, raw body."""
        effects = perform_call(self._state, self._options, operation, arguments)
        return await run_async(effects, self._exchange, self._state.sleep_async)

    async def iterate(
        self,
        operation: Operation[ResultT],
        pagination: Pagination[ResultT, ItemT],
        arguments: Mapping[str, Any],
        *,
        max_pages: int | None = None,
    ) -> AsyncIterator[ItemT]:
        """Yield the items of all pages; see `Client.iterate`."""
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
        """Yield the pages; see `Client.pages`."""
        pager = Pager(self._state.settings, operation, pagination, arguments, cursor, max_pages)
        while (turned := pager.turn()) is not None:
            effects = perform_call(
                self._state, self._options, operation, turned, target=pager.target
            )
            try:
                response = await run_async(effects, self._exchange, self._state.sleep_async)
                page = pager.accept(response.value, link=response.headers.get("link", ""))
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
        from asyncio import get_running_loop

        return await exchange_async(self._carrier.find((os.getpid(), get_running_loop())), request)


class _Carrier(Generic[CarrierT]):
    """The transport. It is opened at the first request, for each process and event loop."""

    def __init__(self, given: Any, open_transport: Callable[[Any], CarrierT]) -> None:
        self._given = given
        # A class is opened, and closed, here.
        self._is_lent = given is not None and not isinstance(given, type)
        self._open = open_transport
        self._opened: tuple[object, CarrierT] | None = None
        self._closed = False

    def find(self, place: object) -> CarrierT:
        """Return the open transport of a process (and loop). Raises ConfigurationError."""
        opened = self._opened
        if opened is None or opened[0] != place:
            with FIRST_USE:
                opened = self._opened = self._open_in(place)
        return opened[1]

    def shut(self) -> CarrierT | None:
        """Refuse further requests. Returns the transport if it was opened here, to be closed."""
        with FIRST_USE:
            opened = self._opened
            self._opened = None
            self._closed = True
        return opened[1] if opened and not self._is_lent else None

    def _open_in(self, place: object) -> tuple[object, CarrierT]:
        if self._closed:
            raise ConfigurationError("this client is closed; make a new one")
        if self._opened is not None:
            opened_place, transport = self._opened
            if opened_place == place or self._given is not None:
                return place, transport
        try:
            return place, self._open(self._given)
        except CounterfoilError:
            raise
        except (ImportError, OSError) as error:  # such as a package that a proxy requires
            raise ConfigurationError(f"no connection can be made from here: {error}") from error
        except Exception as error:  # its text may contain a proxy's password
            kind = type(error).__name__
            raise ConfigurationError(f"the transport cannot be opened: {kind}") from None


def _is_instance(given: object, module: str, *names: str) -> bool:
    """Return whether an object is an instance of one of a module's classes, without importing it.

    If the module is not imported, an instance cannot exist. Another thread may be importing it at
    this moment; a class that it does not have yet has no instances.
    """
    loaded = sys.modules.get(module)
    classes = tuple(getattr(loaded, name) for name in names if hasattr(loaded, name))
    return isinstance(given, classes)


def _refuse_transport(given: object, wanted: str) -> ConfigurationError:
    return ConfigurationError(f"transport must be {wanted}, not a {type(given).__name__}")
