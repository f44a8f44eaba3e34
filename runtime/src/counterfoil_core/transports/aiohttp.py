"""A second transport for async clients, with aiohttp, which is faster for many requests at once.

    async with AiohttpTransport() as transport:  # one pool for any number of clients
        client = AsyncVtexClient(transport=transport)

A client with the class, `transport=AiohttpTransport`, opens its own and closes it. A client with an
`aiohttp.ClientSession` uses it and leaves it open. No other module imports aiohttp.
"""

from __future__ import annotations

import os
from asyncio import AbstractEventLoop, get_running_loop, sleep
from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from ssl import SSLContext
from types import TracebackType
from typing import Any, Self

try:
    import aiohttp
except ImportError as missing:
    raise ImportError(
        'aiohttp is not installed: pip install "counterfoil-core[aiohttp]"'
    ) from missing

from yarl import URL

from ..deadline import Deadline
from ..errors import ConfigurationError, ConnectFailed, DeadlineExceeded, TransportError
from ..locks import FIRST_USE
from ..multipart import BodyStream
from .content_encoding import ACCEPTED, Decompressor
from .environment import ProxyRules, check_certificate_file, check_environment
from .protocol import AsyncStreamedResponse, Request

_LONGEST_LINE = 100 * 1024  # bytes of a header, as httpx2 takes them
# Seconds for the timeout of connecting to come first, because it proves that nothing was sent.
_GRACE = 0.05


class AiohttpTransport:
    """Sends with the given aiohttp.ClientSession, or with its own for each event loop and process.

    Its own session uses the proxies of the environment, as httpx2 does, and at most 100
    connections.
    """

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._given = session
        self._opened: dict[tuple[int, AbstractEventLoop], aiohttp.ClientSession] = {}
        self._proxies: ProxyRules | None = None if session else _read_environment()
        self._tls: SSLContext | None = None
        self._closed = False

    async def asend(self, request: Request) -> AsyncStreamedResponse:
        """Send a request; see AsyncTransport. Raises ConfigurationError if it is closed."""
        session = self._given or await self._find_session()
        if session.closed:
            raise ConfigurationError("the aiohttp.ClientSession is closed; pass an open one")
        # Two turns of the event loop, in which it notices idle connections that were closed.
        for _ in range(2):
            await sleep(0)
        with _translate():
            response = await session.request(
                request.method,
                _read_url(request.url),
                headers={"accept-encoding": ACCEPTED, **request.headers},
                skip_auto_headers=("user-agent", "content-type"),
                data=_wrap_body(request.body),
                proxy=self._find_proxy(request.url),
                ssl=self._find_tls(request.url),
                timeout=_count_down(request.deadline),
                middlewares=(
                    partial(_send_once, request.headers.get("cookie")),
                    *session._middlewares,
                ),
                allow_redirects=False,
                auto_decompress=False,
                raise_for_status=False,
            )
        if response.status < 200:
            response.close()
            problem = "the server wants another protocol, or says nothing"
            raise TransportError(f"{problem}: {response.status}")

        async def close() -> None:
            response.close()

        headers = _join_headers(response)
        body = _read(response, headers, request.max_bytes)
        return AsyncStreamedResponse(
            status=response.status, headers=headers, body=body, close=close
        )

    async def aclose(self) -> None:
        """Close the connections that were opened here; it cannot be used afterwards."""
        self._closed = True
        here = self._opened.pop((os.getpid(), get_running_loop()), None)
        if here is not None:
            await here.close()
        await self._forget_ended_loops()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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

    def _find_tls(self, url: str) -> SSLContext | bool:
        """Return the certificates of httpx2, because aiohttp reads SSL_CERT_FILE when imported."""
        if self._given is not None or not url.startswith("https:"):
            return True  # the session's own setting
        if self._tls is None:
            with FIRST_USE:
                from httpcore2 import default_ssl_context

            self._tls = default_ssl_context()
        return self._tls

    def _find_proxy(self, url: str) -> str | None:
        proxy = self._proxies.find(url) if self._proxies else None
        if proxy is not None and proxy.startswith("socks"):
            advice = "Use the default transport, with the package httpx2[socks]."
            raise ConfigurationError(
                f"aiohttp cannot use the SOCKS proxy of the environment. {advice}"
            )
        return proxy


def _read_environment() -> ProxyRules:
    check_environment()
    check_certificate_file()
    return ProxyRules()


def _wrap_body(body: bytes | BodyStream | None) -> BytesIO | AsyncIterator[bytes] | None:
    """Wrap a body, because aiohttp warns of bytes above 1 MiB."""
    if isinstance(body, BodyStream):
        return aiter(body)
    return None if body is None else BytesIO(body)


def _read_url(url: str) -> URL:
    try:
        return URL(url, encoded=True)
    except ValueError as error:
        raise ConnectFailed(f"no connection: {error}") from error


class _Connector(aiohttp.TCPConnector):
    """A pool that closes connections with unrequested bytes, which would be read as a response."""

    async def connect(self, *arguments: Any, **options: Any) -> aiohttp.connector.Connection:
        while True:
            connection = await super().connect(*arguments, **options)
            if connection.protocol is None or not connection.protocol.should_close:
                return connection
            connection.close()


def _open_session() -> aiohttp.ClientSession:
    # Not trust_env: it would also use credentials from .netrc, and a thread for each request.
    return aiohttp.ClientSession(
        connector=_Connector(limit=100, keepalive_timeout=5),
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=_LONGEST_LINE,
        max_field_size=_LONGEST_LINE,
    )


def _count_down(deadline: Deadline) -> aiohttp.ClientTimeout:
    left = max(deadline.remaining(), 0.001)  # zero would mean "no limit"
    return aiohttp.ClientTimeout(total=left + _GRACE, connect=left, ceil_threshold=float("inf"))


async def _send_once(
    cookie: str | None, request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Send without the cookies that servers set, and without aiohttp's own second attempt.

    `cookie` is the header that the caller's parameters make.
    """
    request.headers.pop("cookie", None)
    if cookie is not None:
        request.headers["cookie"] = cookie
    with _translate():
        return await send(request)


def _join_headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in response.raw_headers:
        key = name.decode("latin-1").lower()
        text = value.decode("utf-8", "replace")
        joined[key] = f"{joined[key]}, {text}" if key in joined else text
    return joined


async def _read(
    response: aiohttp.ClientResponse, headers: Mapping[str, str], max_bytes: int | None
) -> AsyncIterator[bytes]:
    with _translate():
        decompressor = Decompressor(headers, max_bytes)
        async for chunk in response.content.iter_any():
            for piece in decompressor.feed(chunk):
                yield piece
        decompressor.finish()


_NOTHING_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


@contextmanager
def _translate() -> Generator[None]:
    """Turn aiohttp's exceptions into ours, by whether anything was sent."""
    try:
        yield
    except aiohttp.ConnectionTimeoutError as fault:
        raise DeadlineExceeded("no connection in time", sent=False) from fault
    except TimeoutError as fault:
        raise DeadlineExceeded("no answer in time") from fault
    except (
        aiohttp.ClientResponseError
    ) as fault:  # its repr shows the request, with credentials: it must not be the cause
        kind = ConnectFailed if isinstance(fault, _NOTHING_SENT) else TransportError
        raise kind(f"{type(fault).__name__}: {fault.message}") from None
    except _NOTHING_SENT as fault:
        raise ConnectFailed(f"no connection: {fault}") from fault
    except aiohttp.ClientError as fault:
        raise TransportError(f"{type(fault).__name__}: {fault}") from fault
