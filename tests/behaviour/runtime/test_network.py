"""Faults that need a socket: refused, reset, stalled, dripping and cut off connections, bombs."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_core import (
    AsyncClient,
    AsyncStreamedResponse,
    ConnectFailed,
    DeadlineExceeded,
    DecodeError,
    OutcomeUnknown,
    Request,
    TransportError,
)

from .clients import Way
from .fake_api import API, CREATE, FETCH, GET, INVOICE, ParcelForm

RawServer = Callable[[Callable[[socket.socket, bytes], None]], str]
FORM = ParcelForm(total=Decimal(1))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
GOOD = HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(INVOICE) + INVOICE


@pytest.fixture(params=["sync", "async", "aiohttp"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    made = Way(request.param)
    with made.runner:
        yield made


@contextmanager
def in_time() -> Iterator[None]:
    """Where a deadline is not kept, the servers of this module hold a call for a minute."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 30


@contextmanager
def opened(way: Way, url: str, **settings: Any) -> Iterator[Any]:
    client = way.connect(base_url=url, **settings)
    try:
        yield client
    finally:
        way.close(client)


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def stall(connection: socket.socket) -> None:
    """Keep the connection open until the client closes it."""
    while connection.recv(1024):
        pass


def call(way: Way, client: Any, *, write: bool = False) -> Any:
    """In one event loop, so that the pool is closed where it was opened."""
    operation, arguments = (CREATE, {"invoice": FORM}) if write else (GET, {"id": "1"})
    return way.call(client, operation, **arguments)


def test_an_answer_comes_over_a_real_connection(way: Way, raw_server: RawServer) -> None:
    with opened(way, raw_server(lambda connection, _: connection.sendall(GOOD))) as client:
        assert call(way, client).total == Decimal("10.50")


def test_nobody_listens(way: Way) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with opened(way, url) as client, pytest.raises(ConnectFailed):
        call(way, client, write=True)
    assert way.time.waits == [0.05, 0.1]  # nothing was sent, so that even a write is tried again


def test_a_host_that_is_no_host(way: Way) -> None:
    with (
        opened(way, "http://no-such-host.invalid", max_attempts=1) as client,
        pytest.raises(ConnectFailed),
    ):
        call(way, client)


def test_a_read_whose_connection_is_reset_is_tried_again(way: Way, raw_server: RawServer) -> None:
    seen: list[bytes] = []

    def treat(connection: socket.socket, received: bytes) -> None:
        seen.append(received)
        reset(connection) if len(seen) == 1 else connection.sendall(GOOD)

    with opened(way, raw_server(treat)) as client:
        assert call(way, client).id == 7
    assert len(seen) == 2


def test_a_write_whose_connection_is_reset_has_an_unknown_outcome(
    way: Way, raw_server: RawServer
) -> None:
    seen: list[bytes] = []

    def treat(connection: socket.socket, received: bytes) -> None:
        seen.append(received)
        reset(connection)

    with opened(way, raw_server(treat)) as client, pytest.raises(OutcomeUnknown):
        call(way, client, write=True)
    assert len(seen) == 1


@pytest.mark.parametrize(("write", "kind"), [(False, DeadlineExceeded), (True, OutcomeUnknown)])
def test_a_server_that_never_answers(
    way: Way, raw_server: RawServer, write: bool, kind: type[TransportError]
) -> None:
    asked = threading.Event()

    def run(connection: socket.socket, _: bytes) -> None:
        asked.set()
        stall(connection)

    with opened(way, raw_server(run)) as client:
        # A longer timeout if the machine is too slow to send anything in time.
        for timeout in (0.3, 1.5, 7.5):
            with in_time(), pytest.raises(TransportError) as caught:
                call(way, client.with_options(timeout=timeout), write=write)
            if asked.wait(5):
                break
    assert type(caught.value) is kind


def test_a_server_that_drips(way: Way, raw_server: RawServer) -> None:
    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(HEAD + b"Content-Length: 10000\r\n\r\n")
        for _ in range(1200):
            connection.sendall(b" ")
            time.sleep(0.05)

    with (
        opened(way, raw_server(drip), timeout=0.4) as client,
        in_time(),
        pytest.raises(DeadlineExceeded),
    ):
        call(way, client)


# The async clients have one timer for all of a call.
@pytest.mark.parametrize("way", ["sync"], indirect=True)
def test_a_body_that_stalls_has_the_time_that_is_left(way: Way, raw_server: RawServer) -> None:
    """Not the whole time again: of a minute, the head takes all but half a second."""
    passed = 0.0

    def begin(connection: socket.socket, _: bytes) -> None:
        nonlocal passed
        passed = 59.5
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
        stall(connection)

    with opened(way, raw_server(begin), timeout=60) as client:
        client._state.clock = lambda: time.monotonic() + passed
        with in_time(), pytest.raises(DeadlineExceeded):
            call(way, client)


def test_a_body_that_stalls(way: Way, raw_server: RawServer) -> None:
    def begin(connection: socket.socket, _: bytes) -> None:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
        stall(connection)

    with (
        opened(way, raw_server(begin), timeout=0.4) as client,
        in_time(),
        pytest.raises(DeadlineExceeded),
    ):
        call(way, client)


def test_an_answer_that_is_cut_off_is_not_taken_for_whole(way: Way, raw_server: RawServer) -> None:
    cut = HEAD + b"Content-Length: 500\r\nConnection: close\r\n\r\n" + INVOICE
    with (
        opened(
            way, raw_server(lambda connection, _: connection.sendall(cut)), max_attempts=1
        ) as client,
        pytest.raises(TransportError),
    ):
        call(way, client)


def test_garbage_instead_of_http(way: Way, raw_server: RawServer) -> None:
    url = raw_server(lambda connection, _: connection.sendall(b"SSH-2.0-OpenSSH\r\n"))
    with opened(way, url, max_attempts=1) as client, pytest.raises(TransportError):
        call(way, client)


@pytest.mark.parametrize("encoding", [b"gzip", b"br-nonsense"])
def test_a_body_that_is_not_compressed_as_it_says(
    way: Way, raw_server: RawServer, encoding: bytes
) -> None:
    wrong = HEAD + b"Content-Encoding: %s\r\nContent-Length: 3\r\n\r\n\xff\xfe\xfd" % encoding
    with (
        opened(
            way, raw_server(lambda connection, _: connection.sendall(wrong)), max_attempts=1
        ) as client,
        pytest.raises((TransportError, DecodeError)),
    ):
        call(way, client)


def test_a_bomb_is_put_down_before_it_fills_the_memory(way: Way, raw_server: RawServer) -> None:
    bomb = gzip.compress(b" " * (80 * 1024 * 1024))
    answer = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb
    with (
        opened(way, raw_server(lambda connection, _: connection.sendall(answer))) as client,
        pytest.raises(DecodeError, match="longer than 64 MiB"),
    ):
        call(way, client)


def test_a_redirect_is_not_followed_to_another_host(way: Way, raw_server: RawServer) -> None:
    visits: list[bytes] = []
    other = raw_server(lambda _, received: visits.append(received))
    moved = b"HTTP/1.1 307 Moved\r\nLocation: %s/\r\nContent-Length: 0\r\n\r\n" % other.encode()
    with (
        opened(way, raw_server(lambda connection, _: connection.sendall(moved))) as client,
        pytest.raises(Exception, match="a redirect, which is not followed"),
    ):
        call(way, client)
    assert visits == []


def test_an_async_transport_that_hangs_is_left_at_the_deadline() -> None:
    class Hanging:
        async def asend(self, request: Request) -> AsyncStreamedResponse:
            await asyncio.sleep(60)
            raise AssertionError

        async def aclose(self) -> None:
            pass

    async def scenario() -> None:
        async with AsyncClient(
            API, {"shop": "shop", "key": "k-123"}, transport=Hanging(), timeout=0.2
        ) as client:
            with pytest.raises(DeadlineExceeded):
                await client.call(FETCH, {})

    with in_time():
        asyncio.run(scenario())


def test_threads_share_a_client(raw_server: RawServer) -> None:
    way = Way("sync")
    results: list[int] = []
    with opened(way, raw_server(lambda connection, _: connection.sendall(GOOD))) as client:

        def work() -> None:
            results.append(call(way, client).id)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [7] * 8


@pytest.mark.parametrize("name", ["async", "aiohttp"])
def test_cancelled_tasks_leave_the_client_usable(raw_server: RawServer, name: str) -> None:
    calm = threading.Event()

    def treat(connection: socket.socket, _: bytes) -> None:
        connection.sendall(GOOD) if calm.is_set() else stall(connection)

    async def scenario() -> list[int]:
        async with Way(name).connect(base_url=raw_server(treat)) as client:
            tasks = [asyncio.create_task(client.call(GET, {"id": "1"})) for _ in range(120)]
            await asyncio.sleep(0.1)
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            assert {type(outcome) for outcome in outcomes} == {asyncio.CancelledError}
            calm.set()
            calls = [client.call(GET, {"id": "1"}) for _ in range(10)]
            responses = await asyncio.gather(*calls)
        return [answer.id for answer in responses]

    assert asyncio.run(scenario()) == [7] * 10
