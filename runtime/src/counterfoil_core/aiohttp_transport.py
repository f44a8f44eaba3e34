"""A second transport for async clients, over aiohttp: the only module that imports it. It carries many requests at once faster.

    async with AiohttpTransport() as transport:  # one pool, for as many clients as you like
        client = AsyncVtexClient(transport=transport)

A client that is given the class, `transport=AiohttpTransport`, opens one for itself and closes it; a client that is
given an `aiohttp.ClientSession` sends through that and leaves it open.
"""

from __future__ import annotations

import os
from asyncio import AbstractEventLoop, get_running_loop, sleep
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from io import BytesIO
from types import TracebackType
from typing import Any, Self
from urllib.request import getproxies, proxy_bypass

try:
    import aiohttp
except ImportError as missing:
    raise ImportError('aiohttp is not installed: pip install "counterfoil-core[aiohttp]"') from missing

from yarl import URL

from .deadline import Deadline
from .errors import ConfigurationError, ConnectFailed, DeadlineExceeded, TransportError
from .transport import AsyncAnswer, Request

_LONGEST_LINE = 100 * 1024  # bytes of a header, as httpx2 takes them
_GRACE = 0.05  # seconds: the timeout of connecting comes before that of the whole, for it proves that nothing was sent


class AiohttpTransport:
    """Sends through an aiohttp.ClientSession: one that it is given, or one of its own for each event loop and process.

    One of its own takes proxies from the environment, as httpx2 does, and at most 100 connections.
    """

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._given = session
        self._opened: dict[tuple[int, AbstractEventLoop], aiohttp.ClientSession] = {}
        self._proxies = {} if session else getproxies()
        self._closed = False

    async def asend(self, request: Request) -> AsyncAnswer:
        """Send a request. Raises ConfigurationError after closing, and TransportError; see AsyncTransport."""
        session = self._given or await self._find_session()
        if session.closed:
            raise ConfigurationError("the aiohttp.ClientSession is closed; pass an open one")
        for _ in range(2):  # turns of the event loop, in which it hears which idle connections were closed meanwhile
            await sleep(0)
        url = URL(request.url, encoded=True)
        with _translate():
            response = await session.request(
                request.method,
                url,
                headers=request.headers,
                skip_auto_headers=("user-agent", "content-type"),
                data=None if request.body is None else BytesIO(request.body),  # bytes would warn above 1 MiB
                proxy=self._find_proxy(url),
                timeout=_count_down(request.deadline),
                middlewares=(_send_once, *session._middlewares),
                allow_redirects=False,
                auto_decompress=True,
                raise_for_status=False,
            )
        if response.status < 200:
            response.close()
            raise TransportError(f"the server wants another protocol, or says nothing: {response.status}")

        async def close() -> None:
            response.close()

        return AsyncAnswer(status=response.status, headers=_join_headers(response), body=_read(response), close=close)

    async def aclose(self) -> None:
        """Close the connections that were opened here; it cannot be used afterwards."""
        self._closed = True
        here = self._opened.pop((os.getpid(), get_running_loop()), None)
        if here is not None:
            await here.close()
        await self._forget_ended_loops()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.aclose()

    async def _find_session(self) -> aiohttp.ClientSession:
        if self._closed:
            raise ConfigurationError("this AiohttpTransport is closed; make a new one")
        place = os.getpid(), get_running_loop()
        if place not in self._opened:
            await self._forget_ended_loops()
            self._opened[place] = _open_session()
        return self._opened[place]

    async def _forget_ended_loops(self) -> None:
        # What a parent process opened is kept, unused: to close it would disturb the parent.
        for place in [place for place in self._opened if place[1].is_closed()]:
            await self._opened.pop(place).close()

    def _find_proxy(self, url: URL) -> str | None:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or proxy_bypass(url.host or ""):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"


class _Connector(aiohttp.TCPConnector):
    """A pool that drops a connection on which something came unasked: it would pass for the next answer."""

    async def connect(self, *arguments: Any, **options: Any) -> aiohttp.connector.Connection:
        while True:
            connection = await super().connect(*arguments, **options)
            if connection.protocol is None or not connection.protocol.should_close:
                return connection
            connection.close()


def _open_session() -> aiohttp.ClientSession:
    # Not trust_env: with the proxies it would take credentials from .netrc, and a thread for each request.
    return aiohttp.ClientSession(
        connector=_Connector(limit=100, keepalive_timeout=5),
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=_LONGEST_LINE,
        max_field_size=_LONGEST_LINE,
    )


def _count_down(deadline: Deadline) -> aiohttp.ClientTimeout:
    left = max(deadline.remaining(), 0.001)  # zero would mean "no limit"
    return aiohttp.ClientTimeout(total=left + _GRACE, connect=left, ceil_threshold=float("inf"))


async def _send_once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """A middleware: no cookies, and no second attempt, which aiohttp would make where it knows the exception."""
    request.headers.pop("cookie", None)
    with _translate():
        return await send(request)


def _join_headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in response.raw_headers:
        key, text = name.decode("latin-1").lower(), value.decode("utf-8", "replace")
        joined[key] = f"{joined[key]}, {text}" if key in joined else text
    return joined


async def _read(response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    with _translate():
        async for chunk in response.content.iter_any():
            yield chunk


_NOTHING_SENT = (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError, aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)


@contextmanager
def _translate() -> Generator[None]:
    """Turn aiohttp's exceptions into ours, by whether anything was sent."""
    try:
        yield
    except aiohttp.ConnectionTimeoutError as fault:
        raise DeadlineExceeded("no connection in time", sent=False) from fault
    except TimeoutError as fault:
        raise DeadlineExceeded("no answer in time") from fault
    except aiohttp.ClientResponseError as fault:  # its repr shows the request, with credentials: it must not be the cause
        kind = ConnectFailed if isinstance(fault, _NOTHING_SENT) else TransportError
        raise kind(f"{type(fault).__name__}: {fault.message}") from None
    except _NOTHING_SENT as fault:
        raise ConnectFailed(f"no connection: {fault}") from fault
    except aiohttp.ClientError as fault:
        raise TransportError(f"{type(fault).__name__}: {fault}") from fault
