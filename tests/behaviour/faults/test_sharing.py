"""Clients that are shared and interrupted: cancelled tasks, many threads, forks."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import counterfoil_amazon as amazon
import counterfoil_open2b_admin as open2b
import pytest
from counterfoil_core import CounterfoilError, DeadlineExceeded, OutcomeUnknown, RateLimit
from counterfoil_core.transports.aiohttp import AiohttpTransport

from .behaviours import begin_and, receive_and
from .callers import ADDRESS, ASYNC_WAYS, CREATE, GET, UPDATE, WAYS, Call, Runner, running
from .server import PATIENCE, Behaviour, FaultServer, Line, answer

TASKS = 110  # more connections than httpx2's pool has
FAST = RateLimit(requests=100_000, per=1, burst=100_000)
# More than the buffers of the system and of a server with a narrow window can store.
LONG = "9" * 6_000_000
LONG_UPDATE = replace(
    UPDATE,
    invoke=lambda client: client.with_options(validate=False).invoices.update(
        id=7, invoice=open2b.InvoiceUpdateForm(number=LONG)
    ),
)
LONG_CREATE = replace(
    CREATE,
    invoke=lambda client: client.with_options(validate=False).invoices.create(
        open2b.InvoiceForm(billing_address=ADDRESS, number=LONG)
    ),
)
every_way = pytest.mark.parametrize("way", ASYNC_WAYS)
every_call = pytest.mark.parametrize("call", [GET, UPDATE, CREATE], ids=["safe", "keyed", "never"])


async def cancel_all(
    client: Any, call: Call, ready: Callable[[], bool], count: int = TASKS
) -> None:
    """Start tasks, cancel them when `ready`, and see that cancelled is all they are."""
    tasks = [asyncio.create_task(call.invoke(client)) for _ in range(count)]
    async with asyncio.timeout(PATIENCE):
        while not ready():
            await asyncio.sleep(0.005)
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {asyncio.CancelledError}


@every_way
@every_call
@pytest.mark.parametrize(
    "phase",
    [receive_and("stall"), begin_and("stall")],
    ids=["waiting for the head", "reading the body"],
)
def test_tasks_cancelled_while_an_answer_comes_leave_the_pool_usable(
    call: Call, phase: Behaviour, way: str
) -> None:
    with FaultServer() as server, running(way) as runner:
        server.order(phase, good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, rate_limit=FAST)
        runner.run(cancel_all(client, call, lambda: len(server.requests) >= 100))
        server.wait_until_left()
        server.order(answer())

        assert runner.run(call_at_once(client, call, 20)) == [call.value] * 20
        runner.close(client)
        assert server.attempts == 20


@every_way
@every_call
def test_tasks_cancelled_while_connecting_leave_the_pool_usable(call: Call, way: str) -> None:
    with FaultServer(backlog=0) as server, running(way) as runner, crowded(server):
        server.order(answer(), good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, rate_limit=FAST)
        runner.run(cancel_all(client, call, Countdown(10)))
        assert server.requests == []
        server.accept()

        assert runner.run(call_at_once(client, call, 20)) == [call.value] * 20
        runner.close(client)


@every_way
@pytest.mark.parametrize("call", [LONG_UPDATE, LONG_CREATE], ids=["keyed", "never"])
def test_tasks_cancelled_while_sending_leave_the_pool_usable(call: Call, way: str) -> None:
    with FaultServer(window=65_536) as server, running(way) as runner:
        ignored = Ignored()
        server.order(ignored, good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, rate_limit=FAST)
        runner.run(cancel_all(client, call, lambda: server.attempts >= 5, count=5))
        assert server.requests == [], "none was sent to its end"
        ignored.end(runner)
        server.order(answer())

        assert runner.run(call_at_once(client, call, 2)) == [call.value] * 2
        runner.close(client)


@every_way
@pytest.mark.parametrize("call", [GET, UPDATE], ids=["safe", "keyed"])
def test_tasks_cancelled_while_they_wait_for_a_retry_leave_the_pool_usable(
    call: Call, way: str
) -> None:
    with FaultServer() as server, running(way) as runner:
        server.order(answer(b"", status="503 Busy", headers=b"Retry-After: 4\r\n"), good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, rate_limit=FAST)
        waiting: list[float] = []

        async def wait(seconds: float) -> None:
            waiting.append(seconds)
            await asyncio.Event().wait()  # until the task is cancelled

        client._state.sleep_async = wait
        runner.run(cancel_all(client, call, lambda: len(waiting) == 20, count=20))
        assert waiting == [4.0] * 20
        server.order(answer())

        assert runner.run(call_at_once(client, call, 20)) == [call.value] * 20
        runner.close(client)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("call", "kind"),
    [(LONG_UPDATE, DeadlineExceeded), (LONG_CREATE, OutcomeUnknown)],
    ids=["keyed", "never"],
)
def test_a_server_that_does_not_read_is_left_at_the_deadline(
    call: Call, kind: type[CounterfoilError], way: str
) -> None:
    with FaultServer(window=65_536) as server, running(way) as runner:
        ignored = Ignored()
        server.order(ignored, good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, rate_limit=FAST)
        for timeout in (1, 5, 25):  # more, where the machine is too slow to begin sending in it
            began = time.monotonic()
            with pytest.raises(CounterfoilError) as caught:
                runner.run(call.invoke(client.with_options(timeout=timeout)))
            seconds = time.monotonic() - began
            if server.wait_for_attempts(1):
                break
        ignored.end(runner)
        runner.close(client)
        assert type(caught.value) is kind
        assert 0.9 * timeout < seconds < PATIENCE / 2, (
            "where the deadline is ignored, it takes a minute"
        )


@pytest.mark.parametrize("way", WAYS)
@every_call
def test_a_connection_that_is_not_made_in_time_leaves_no_doubt(call: Call, way: str) -> None:
    with FaultServer(backlog=0) as server, running(way) as runner, crowded(server):
        client = runner.open(call, server.url, timeout=0.2)
        # If the machine is suspended as the time ends, less is known: try again.
        for _ in range(8):
            with pytest.raises(CounterfoilError) as caught:
                runner.run(call.invoke(client))
            if "no connection in time" in str(caught.value):
                break
        runner.close(client)

    assert type(caught.value) is DeadlineExceeded
    assert "no connection in time" in str(caught.value)
    assert caught.value.sent is False
    assert server.requests == []


@every_way
@every_call
def test_a_connection_that_was_closed_while_the_event_loop_stood_still_is_not_used(
    call: Call, way: str
) -> None:
    def answer_and_close(line: Line) -> None:
        answer()(line)
        line.close()

    async def call_twice(client: Any) -> list[Any]:
        first = await call.invoke(client)
        # On purpose in the event loop's thread, like an app with a long computation.
        server.wait_until_left()
        return [first, await call.invoke(client)]

    with FaultServer() as server, running(way) as runner:
        server.order(answer_and_close, answer(), good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, max_attempts=1)

        assert runner.run(call_twice(client)) == [call.value] * 2
        runner.close(client)


@every_way
@every_call
def test_100_tasks_are_in_flight_at_once(call: Call, way: str) -> None:
    gathered = threading.Barrier(100, timeout=PATIENCE)

    def wait_for_all(line: Line) -> None:
        gathered.wait()
        answer()(line)

    with FaultServer() as server, running(way) as runner:
        server.order(wait_for_all, good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, rate_limit=FAST)

        assert runner.run(call_at_once(client, call, 100)) == [call.value] * 100
        runner.close(client)
        assert server.attempts == server.connections == 100


class Ignored:
    """Reads nothing, and in the end resets the connections, which unsent data would keep open."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def __call__(self, line: Line) -> None:
        self._over.wait(PATIENCE)
        line.reset()

    def end(self, runner: Runner) -> None:
        self._over.set()
        if runner.is_async:
            runner.run(asyncio.sleep(0.1))


@contextmanager
def crowded(server: FaultServer) -> Iterator[None]:
    """Fill the queue of those who wait to be accepted."""
    waiting = [socket.socket() for _ in range(3)]
    for each in waiting:
        each.setblocking(False)
        each.connect_ex(("127.0.0.1", server.port))
    try:
        yield
    finally:
        for each in waiting:
            each.close()


class Countdown:
    """Says no some times, then yes."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


async def call_at_once(client: Any, call: Call, count: int) -> list[Any]:
    return list(await asyncio.gather(*(call.invoke(client) for _ in range(count))))


@every_call
def test_32_threads_share_a_client_through_faults(call: Call) -> None:
    turns = iter(range(1_000_000))

    def stumble(line: Line) -> None:
        is_busy = call.retry != "never" and next(turns) % 5 == 0
        behave = answer(b"", status="503 Busy") if is_busy else answer()
        behave(line)

    outcomes: list[Any] = []
    with FaultServer() as server, running("sync") as runner:
        server.order(stumble, good=call.good)
        client = runner.open(call, server.url, timeout=PATIENCE, rate_limit=FAST, max_attempts=12)

        def work() -> None:
            for _ in range(5):
                try:
                    outcomes.append(call.invoke(client))
                except Exception as error:  # whatever it is, it is not the value
                    outcomes.append(error)

        threads = [threading.Thread(target=work) for _ in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        runner.close(client)

    assert outcomes == [call.value] * 160
    assert server.attempts >= 160
    assert call.retry != "never" or server.attempts == 160


def fork_and_call(way: str, url: str) -> None:
    """Use a client before a fork, in the child and in the parent: each has its own connections."""
    with running(way) as runner:
        client = open_simply(way, url)
        assert runner.run(GET.invoke(client)) == GET.value
        child = os.fork()
        if child == 0:
            with running(way) as own:
                values = [own.run(GET.invoke(client)) for _ in range(2)]
                os._exit(0 if values == [GET.value, GET.value] else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert runner.run(GET.invoke(client)) == GET.value
        runner.run(client.aclose()) if runner.is_async else client.close()


def call_in_two_loops(way: str, url: str) -> None:
    """Use a client in an event loop, which ends, and in another."""
    client = open_simply(way, url)
    with running(way) as runner:
        assert runner.run(GET.invoke(client)) == GET.value
    with running(way) as runner:
        assert runner.run(GET.invoke(client)) == GET.value
        runner.run(client.aclose())


def open_simply(way: str, url: str) -> Any:
    """With the transport that the client makes itself."""
    if way == "sync":
        return amazon.AmazonClient(base_url=url, **GET.arguments)
    return amazon.AsyncAmazonClient(
        base_url=url, transport=AiohttpTransport if way == "aiohttp" else None, **GET.arguments
    )


def run_alone(function: str, way: str, url: str) -> subprocess.CompletedProcess[str]:
    """Run a function of this module in a new process: forking this one, with threads, is luck."""
    program = (
        f"import sys; from tests.behaviour.faults.test_sharing import {function};"
        f" {function}(*sys.argv[1:])"
    )
    return subprocess.run(
        [sys.executable, "-c", program, way, url],
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_client_that_was_used_serves_in_a_forked_process(way: str) -> None:
    with FaultServer() as server:
        server.order(answer(), good=GET.good)
        done = run_alone("fork_and_call", way, server.url)

        assert (done.returncode, done.stderr) == (0, "")
        assert server.attempts == 4
        assert server.connections == 2


@every_way
def test_a_client_that_was_used_serves_in_another_event_loop_without_a_word(way: str) -> None:
    with FaultServer() as server:
        server.order(answer(), good=GET.good)
        done = run_alone("call_in_two_loops", way, server.url)

        assert (done.returncode, done.stderr) == (0, "")
        assert server.attempts == server.connections == 2
