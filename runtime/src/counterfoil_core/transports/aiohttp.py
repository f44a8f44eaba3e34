"""A second transport for async clients, with aiohttp, which is faster for many requests at once.

    async with AiohttpTransport() as transport:  # one pool for any number of clients
        client = AsyncVtexClient(transport=transport)

A client with the class, `transport=AiohttpTransport`, opens its own and closes it. A client with an
`aiohttp.ClientSession` uses it and leaves it open. No other module imports aiohttp.
"""

from __future__ import annotations

import os
from asyncio import AbstractEventLoop, get_running_loop, sleep
from collections.abc import AsyncIterator, Iterator
from functools import partial
from io import BytesIO
from ssl import SSLContext
from types import TracebackType
from typing import Any, NoReturn, Self

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
        try:
            response = await session.request(
                request.method,
                _read_url(request.url),
                headers={"accept-encoding": ACCEPTED, **request.headers},
                data=_wrap_body(request.body),
                proxy=self._find_proxy(request.url),
                ssl=self._find_tls(request.url),
                timeout=_limit_connecting(request.deadline),
                allow_redirects=False,
                **self._list_options(request),
            )
        except Exception as fault:
            _raise_translated(fault)
        if response.status < 200:
            response.close()
            problem = "the server wants another protocol, or says nothing"
            raise TransportError(f"{problem}: {response.status}")

        headers = _join_headers(response)
        body = _Body(response, Decompressor(headers, request.max_bytes))
        return AsyncStreamedResponse(
            status=response.status, headers=headers, body=body, close=body.close
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

    def _list_options(self, request: Request) -> dict[str, Any]:
        """Return what a session of the caller has to be told with each request.

        A session that was opened here has it among its settings.
        """
        if self._given is None:
            return {}
        send_once = partial(_send_once, request.headers.get("cookie"))
        return {**_SESSION_OPTIONS, "middlewares": (send_once, *self._given._middlewares)}

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


class _Response(aiohttp.ClientResponse):
    """A response whose errors are ours, so that aiohttp does not send the request again."""

    async def start(self, connection: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
        try:
            return await super().start(connection)
        except Exception as fault:
            _raise_translated(fault)


_SESSION_OPTIONS: dict[str, Any] = {
    "skip_auto_headers": ("user-agent", "content-type"),
    "auto_decompress": False,
    "raise_for_status": False,
}


def _open_session() -> aiohttp.ClientSession:
    # Not trust_env: it would also use credentials from .netrc, and a thread for each request.
    return aiohttp.ClientSession(
        connector=_Connector(limit=100, keepalive_timeout=5),
        response_class=_Response,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=_LONGEST_LINE,
        max_field_size=_LONGEST_LINE,
        **_SESSION_OPTIONS,
    )


def _limit_connecting(deadline: Deadline) -> aiohttp.ClientTimeout:
    """Return the limit of connecting; for the whole exchange, `exchange_async` has a timer."""
    left = max(deadline.remaining(), 0.001)  # zero would mean "no limit"
    return aiohttp.ClientTimeout(total=None, connect=left, ceil_threshold=float("inf"))


async def _send_once(
    cookie: str | None, request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Send without the cookies that servers set, and without aiohttp's own second attempt.

    `cookie` is the header that the caller's parameters make.
    """
    request.headers.pop("cookie", None)
    if cookie is not None:
        request.headers["cookie"] = cookie
    try:
        return await send(request)
    except Exception as fault:
        _raise_translated(fault)


def _join_headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in response.raw_headers:
        key = name.decode("latin-1").lower()
        text = value.decode("utf-8", "replace")
        joined[key] = f"{joined[key]}, {text}" if key in joined else text
    return joined


class _Body:
    """The body of a response, decompressed. It is no generator, because those take longer."""

    def __init__(self, response: aiohttp.ClientResponse, decompressor: Decompressor) -> None:
        self._response = response
        self._decompressor = decompressor
        self._pieces: Iterator[bytes] = iter(())

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        try:
            while (piece := next(self._pieces, None)) is None:
                chunk = await self._response.content.readany()
                if not chunk:
                    self._decompressor.finish()
                    raise StopAsyncIteration
                self._pieces = self._decompressor.feed(chunk)
            return piece
        except (aiohttp.ClientError, TimeoutError) as fault:
            _raise_translated(fault)

    async def close(self) -> None:
        self._response.close()


_NOTHING_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


def _raise_translated(fault: Exception) -> NoReturn:
    """Raise an exception of aiohttp as ours, by whether anything was sent."""
    if isinstance(fault, aiohttp.ConnectionTimeoutError):
        raise DeadlineExceeded("no connection in time", sent=False) from fault
    if isinstance(fault, TimeoutError):
        raise DeadlineExceeded("no answer in time") from fault
    if isinstance(fault, aiohttp.ClientResponseError):
        # Its repr shows the request, with credentials: it must not be the cause.
        kind = ConnectFailed if isinstance(fault, _NOTHING_SENT) else TransportError
        raise kind(f"{type(fault).__name__}: {fault.message}") from None
    if isinstance(fault, _NOTHING_SENT):
        raise ConnectFailed(f"no connection: {fault}") from fault
    if isinstance(fault, aiohttp.ClientError):
        raise TransportError(f"{type(fault).__name__}: {fault}") from fault
    raise fault
