"""Custom transports: aiohttp in each of its forms, and the guarantees to a user's transport."""

from __future__ import annotations

import asyncio
import gzip
import re
import subprocess
import sys
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from decimal import Decimal
from typing import Any

import aiohttp
import pytest
from counterfoil_core import (
    AsyncClient,
    AsyncStreamedResponse,
    Client,
    ConfigurationError,
    DeadlineExceeded,
    DecodeError,
    NotFound,
    OutcomeUnknown,
    Request,
    StreamedResponse,
    TransportError,
)
from counterfoil_core.transports.aiohttp import AiohttpTransport

from .clients import Way
from .fake_api import API, CREATE, GET, INVOICE, ParcelForm

Treat = Callable[[Any, bytes], None]
RawServer = Callable[[Treat], str]
SETTINGS = {"shop": "shop", "region": None, "key": "k-123", "token": None, "organization": "acme"}
GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % len(INVOICE)
CLOSING = GOOD + b"Set-Cookie: trace=7\r\nConnection: close\r\n\r\n" + INVOICE


@pytest.fixture
def heard(raw_server: RawServer) -> tuple[str, list[bytes]]:
    """Start a server that answers well; return it with the requests that it received."""
    received: list[bytes] = []

    def treat(connection: Any, request: bytes) -> None:
        length = re.search(rb"content-length: (\d+)", request.lower())
        while length and len(request.partition(b"\r\n\r\n")[2]) < int(length[1]):
            request += connection.recv(65_536)
        received.append(request)
        connection.sendall(CLOSING)

    return raw_server(treat), received


async def get_twice(url: str, transport: Any) -> None:
    async with AsyncClient(API, SETTINGS, base_url=url, transport=transport) as client:
        for _ in range(2):
            assert (await client.call(GET, {"id": "1"})).total == Decimal("10.50")


def test_a_session_that_is_passed_in_carries_requests_without_its_cookies_and_stays_open(
    heard: tuple[str, list[bytes]],
) -> None:
    url, received = heard
    seen: list[str] = []

    async def watch(
        request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        seen.append(request.method)
        return await send(request)

    async def scenario() -> None:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(
            headers={"X-Team": "till", "Cookie": "own=1"}, cookie_jar=jar, middlewares=[watch]
        ) as session:
            await get_twice(url, session)
            assert not session.closed

    asyncio.run(scenario())

    assert len(received) == 2
    assert all(b"X-Team: till" in each and b"cookie" not in each.lower() for each in received)
    assert seen == ["GET", "GET"], "what a session's middlewares do is kept"


def test_a_session_that_raises_by_status_leaves_errors_to_the_client(raw_server: RawServer) -> None:
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    async def scenario() -> None:
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            with pytest.raises(NotFound):
                await get_twice(
                    raw_server(lambda connection, _: connection.sendall(missing)), session
                )

    asyncio.run(scenario())


def test_a_transport_that_is_passed_in_stays_open_and_one_that_the_client_opened_is_closed(
    heard: tuple[str, list[bytes]],
) -> None:
    async def scenario() -> None:
        async with AiohttpTransport() as transport:
            await get_twice(heard[0], transport)
            await get_twice(heard[0], transport)
        with pytest.raises(ConfigurationError, match="is closed"):
            await get_twice(heard[0], transport)
        client = AsyncClient(API, SETTINGS, base_url=heard[0], transport="aiohttp")
        await client.call(GET, {"id": "1"})
        opened = client._carrier._opened[1]
        session = next(iter(opened._opened.values()))
        await client.aclose()
        assert session.closed

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["aiohttp", "httpx2"])
def test_a_transport_can_be_chosen_by_its_name(heard: tuple[str, list[bytes]], name: str) -> None:
    async def scenario() -> str:
        async with AsyncClient(API, SETTINGS, base_url=heard[0], transport=name) as client:
            await client.call(GET, {"id": "1"})
            return type(client._carrier._opened[1]).__name__

    assert asyncio.run(scenario()).lower() in (f"{name}transport", f"async{name}transport")
    assert len(heard[1]) == 1


def test_a_name_that_is_no_transport_and_one_of_a_sync_client_are_refused() -> None:
    with pytest.raises(ConfigurationError, match=r'must be "aiohttp", "httpx2", .*, not a str'):
        AsyncClient(API, SETTINGS, transport="requests")
    with pytest.raises(ConfigurationError, match=r"must be an httpx2\.Client .*, not a str"):
        Client(API, SETTINGS, transport="aiohttp")


def test_a_transport_that_is_not_installed_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "counterfoil_core.transports.aiohttp")

    with pytest.raises(ConfigurationError, match=r'pip install "counterfoil-core\[aiohttp\]"'):
        AsyncClient(API, SETTINGS, transport="aiohttp")


def test_a_closed_session_is_named(heard: tuple[str, list[bytes]]) -> None:
    async def scenario() -> None:
        async with aiohttp.ClientSession() as session:
            pass
        with pytest.raises(ConfigurationError, match="ClientSession is closed"):
            await get_twice(heard[0], session)

    asyncio.run(scenario())


def test_a_sync_client_refuses_what_only_an_async_one_can_use() -> None:
    async def scenario() -> None:
        async with aiohttp.ClientSession() as session:
            for given in (session, AiohttpTransport()):
                with pytest.raises(
                    ConfigurationError, match=f"with send and close, not a {type(given).__name__}"
                ):
                    Client(API, SETTINGS, transport=given)

    asyncio.run(scenario())


def test_a_request_is_the_same_over_aiohttp_as_over_httpx2(heard: tuple[str, list[bytes]]) -> None:
    url, received = heard
    form = ParcelForm(total=Decimal(1), note="à % + ~ /")
    for name in ("async", "aiohttp"):
        way = Way(name)
        with way.runner:
            client = way.connect(base_url=f"{url}/a%2Fb~%7E'()*;@", max_attempts=1)
            way.call(client, GET, id="x/y?ü %")
            with pytest.raises(DecodeError):
                way.call(client, CREATE, invoice=form)
            way.close(client)

    own = (b"accept-encoding", b"connection")  # each transport sends its own values
    texts = [each.partition(b"\r\n\r\n") for each in received]
    lines = [
        sorted(
            line
            for line in (head + b"\r\n").lower().split(b"\r\n")[1:]
            if line and not line.startswith(own)
        )
        for head, _, _ in texts
    ]
    firsts = [head.split(b"\r\n")[0] for head, _, _ in texts]
    assert lines[:2] == lines[2:]
    assert firsts[:2] == firsts[2:]
    assert texts[1][2] == texts[3][2] != b""
    assert b"/a%2Fb~%7E'()*;@/" in firsts[0]


@pytest.mark.parametrize("times", [1, 2])
def test_aiohttp_sends_nothing_again_by_itself(raw_server: RawServer, times: int) -> None:
    received: list[bytes] = []
    url = raw_server(lambda _, request: received.append(request))

    async def scenario() -> None:
        async with AsyncClient(
            API, SETTINGS, base_url=url, transport=AiohttpTransport, max_attempts=times
        ) as client:
            client._state.sleep_async = lambda _: asyncio.sleep(0)
            with pytest.raises(TransportError):
                await client.call(GET, {"id": "1"})
            assert len(received) == times
            with pytest.raises(OutcomeUnknown):
                await client.call(CREATE, {"invoice": ParcelForm(total=Decimal(1))})
            assert len(received) == times + 1

    asyncio.run(scenario())


@pytest.mark.parametrize(("no_proxy", "goes_there"), [("", True), ("*", False)])
def test_aiohttp_takes_the_proxy_of_the_environment(
    heard: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch, no_proxy: str, goes_there: bool
) -> None:
    monkeypatch.setenv("http_proxy", heard[0].removeprefix("http://"))
    monkeypatch.setenv("no_proxy", no_proxy)

    async def scenario() -> None:
        async with AsyncClient(
            API,
            SETTINGS,
            base_url="http://shop.invalid",
            transport=AiohttpTransport,
            max_attempts=1,
        ) as client:
            await client.call(GET, {"id": "1"})

    if goes_there:
        asyncio.run(scenario())
        assert heard[1][0].startswith(b"GET http://shop.invalid/")
    else:
        with pytest.raises(TransportError, match="no connection"):
            asyncio.run(scenario())
        assert heard[1] == []


@pytest.mark.parametrize("name", ["sync", "async", "aiohttp"])
def test_a_bomb_is_never_inflated_in_one_piece(raw_server: RawServer, name: str) -> None:
    bomb = gzip.compress(b" " * (500 * 1024 * 1024), 1)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    way = Way(name)
    with way.runner:
        client = way.connect(
            base_url=raw_server(lambda connection, _: connection.sendall(head + bomb))
        )
        tracemalloc.start()
        with pytest.raises(DecodeError, match="longer than 64 MiB"):
            way.call(client, GET, id="1")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        way.close(client)

    assert most < 200 * 1024 * 1024


def test_aiohttp_is_imported_by_nobody_who_does_not_ask_for_it() -> None:
    program = (
        "import sys, counterfoil_core; from counterfoil_core import *;"
        " print('aiohttp' in sys.modules)"
    )

    assert (
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout
        == "False\n"
    )


def test_where_aiohttp_is_missing_the_error_says_how_to_get_it() -> None:
    program = (
        "import sys; sys.modules['aiohttp'] = None; import counterfoil_core.transports.aiohttp"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (
        done.stderr.splitlines()[-1]
        == 'ImportError: aiohttp is not installed: pip install "counterfoil-core[aiohttp]"'
    )


class Own:
    """A user's transport, async and sync; an exception among the `pieces` of the body is raised."""

    def __init__(self, *pieces: bytes | Exception | None) -> None:
        self.pieces = pieces
        self.closed = 0
        self.began = asyncio.Event()

    def send(self, request: Request) -> StreamedResponse:
        return StreamedResponse(status=200, headers={}, body=self._read(), close=self._count)

    async def asend(self, request: Request) -> AsyncStreamedResponse:
        return AsyncStreamedResponse(status=200, headers={}, body=self._aread(), close=self._acount)

    def close(self) -> None: ...

    async def aclose(self) -> None: ...

    def _read(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece or b""

    async def _aread(self) -> AsyncIterator[bytes]:
        for piece in self._read():
            yield piece
            if not piece:
                self.began.set()
                await asyncio.sleep(60)

    def _count(self) -> None:
        self.closed += 1

    async def _acount(self) -> None:
        self._count()


def test_an_answer_is_closed_where_its_reading_is_cancelled() -> None:
    async def scenario() -> None:
        own = Own(None)
        async with AsyncClient(API, SETTINGS, transport=own) as client:
            task = asyncio.create_task(client.call(GET, {"id": "1"}))
            async with asyncio.timeout(60):
                await own.began.wait()
            assert own.closed == 0
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert own.closed == 1

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (TimeoutError("slow"), DeadlineExceeded),
        (OSError("gone"), TransportError),
        (KeyError(7), TransportError),
    ],
)
def test_what_a_transport_raises_while_the_body_is_read_is_told_by_what_it_means(
    way: Way, fault: Exception, kind: type[TransportError]
) -> None:
    own = Own(b"{", fault)
    client = way.connect(transport=own, max_attempts=1)

    with pytest.raises(TransportError) as read:
        way.call(client, GET, id="1")
    with pytest.raises(OutcomeUnknown) as written:
        way.call(client, CREATE, invoice=ParcelForm(total=Decimal(1)))

    assert type(read.value) is kind
    assert read.value.__cause__ is fault
    assert type(written.value.__cause__) is kind
    assert own.closed == 2


def test_an_answer_is_closed_once_when_it_was_read(way: Way) -> None:
    own = Own(INVOICE)

    assert way.call(way.connect(transport=own), GET, id="1").total == Decimal("10.50")
    assert own.closed == 1
