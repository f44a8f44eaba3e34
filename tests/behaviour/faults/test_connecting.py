"""Connecting that takes long, in each of its steps: the call ends within its time all the same."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from counterfoil_core import ConnectFailed, CounterfoilError, DeadlineExceeded, OutcomeUnknown
from counterfoil_core.deadline import Deadline
from counterfoil_core.transports.httpx2_network import resolve

from .callers import CREATE, GET, WAYS, Runner, running
from .server import FaultServer, Line, answer
from .test_sharing import FAST, LONG_CREATE, Ignored, crowded

TIMEOUT = 0.5
LATE = TIMEOUT + 3  # seconds: ten times the limit, for a busy machine
every_way = pytest.mark.parametrize("way", WAYS)


@contextmanager
def named(
    monkeypatch: pytest.MonkeyPatch, name: str, find: Callable[[int], list[Any]]
) -> Iterator[None]:
    """Replace the system's resolver with a function."""
    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", answer_for(name, find))
        yield


def answer_for(name: str, find: Callable[[int], list[Any]]) -> Callable[..., list[Any]]:
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *rest: Any, **options: Any) -> list[Any]:
        text = host.decode() if isinstance(host, bytes) else host
        if text == name:
            return find(int(port))
        return real(host, port, *rest, **options)

    return look_up


def address(port: int) -> tuple[Any, ...]:
    return (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))


def fail_in_time(runner: Runner, url: str, call: Any = CREATE) -> CounterfoilError:
    """Call, and return how it failed; it must not take long."""
    client = runner.open(call, url, timeout=TIMEOUT, rate_limit=FAST)
    began = time.monotonic()
    with pytest.raises(CounterfoilError) as caught:
        runner.run(call.invoke(client))
    seconds = time.monotonic() - began
    runner.close(client)
    assert seconds < LATE
    return caught.value


def assert_late(error: CounterfoilError, way: str) -> None:
    """The time was up, and nothing was sent.

    An event loop that a busy machine delays at the deadline does not know whether anything was.
    """
    if way != "sync" and isinstance(error, OutcomeUnknown):
        return
    assert isinstance(error, (DeadlineExceeded, ConnectFailed))
    assert error.sent is False


@every_way
def test_a_resolver_that_hangs_is_left_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    over = threading.Event()

    def hang(port: int) -> list[Any]:
        over.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with running(way) as runner, named(monkeypatch, "slow.example", hang):
        error = fail_in_time(runner, "http://slow.example")
        over.set()
    assert_late(error, way)


def test_calls_for_one_host_wait_for_one_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    asked = []

    def hang(port: int) -> list[Any]:
        asked.append(port)
        over.wait(20)
        return [address(port)]

    with named(monkeypatch, "slow.example", hang):
        for _ in range(20):
            with pytest.raises(TimeoutError):
                resolve("slow.example", 80, Deadline(0.01, time.monotonic))
        over.set()
        assert resolve("slow.example", 80, Deadline(20, time.monotonic)) == [address(80)]
    assert len(asked) <= 2  # the last call may come after the first lookup has ended


@every_way
def test_a_host_of_many_addresses_that_hang_is_left_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with FaultServer(backlog=0) as server, crowded(server), running(way) as runner:
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            answer_for("many.example", lambda port: [address(server.port)] * 4),
        )
        error = fail_in_time(runner, f"http://many.example:{server.port}")
    assert_late(error, way)
    assert server.requests == []


def test_an_address_that_hangs_does_not_hide_one_that_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with (
        FaultServer(backlog=0) as silent,
        crowded(silent),
        FaultServer() as server,
        running("sync") as runner,
    ):
        server.order(answer(), good=GET.good)
        both = [address(silent.port), address(server.port)]
        with named(monkeypatch, "both.example", lambda port: both):
            client = runner.open(GET, "http://both.example", timeout=4, rate_limit=FAST)

            assert runner.run(GET.invoke(client)) == GET.value
            runner.close(client)


@every_way
def test_a_name_that_is_not_known_leaves_no_doubt(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    def fail(port: int) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with running(way) as runner, named(monkeypatch, "nowhere.example", fail):
        error = fail_in_time(runner, "http://nowhere.example")
    assert isinstance(error, ConnectFailed)


@every_way
def test_a_handshake_has_what_is_left_of_the_time(way: str) -> None:
    with FaultServer() as server, running(way) as runner:
        server.order(Line.stall)
        error = fail_in_time(runner, server.url.replace("http:", "https:"))
    assert_late(error, way)


@every_way
def test_a_handshake_that_drips_ends_too(way: str) -> None:
    def drip(line: Line) -> None:
        line._read()
        line.send(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb\x03\x03")  # the promise of a long record
        line.drip(b"a" * 500, 0.02)

    with FaultServer() as server, running(way) as runner:
        server.order(drip)
        error = fail_in_time(runner, server.url.replace("http:", "https:"))
    assert_late(error, way)


@every_way
def test_a_server_that_reads_slowly_is_left_at_the_deadline(way: str) -> None:
    class Slow(Ignored):
        def __call__(self, line: Line) -> None:
            while not self._over.wait(0.02):
                line._connection.recv(100_000)
            line.reset()

    with FaultServer() as server, running(way) as runner:
        slow = Slow()
        server.order(slow)
        fail_in_time(runner, server.url, LONG_CREATE)
        slow.end(runner)
