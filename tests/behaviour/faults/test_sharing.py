"""Clients that are shared and interrupted: cancelled tasks, many threads, forks."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import counterfoil_amazon as amazon
import pytest
from counterfoil_core import RateLimit

from .callers import CREATE, GET, UPDATE, Call, running
from .matrix import begin_and, receive_and
from .server import Behaviour, FaultServer, Line, answer

TASKS = 110  # more than httpx2's pool holds
FAST = RateLimit(requests=100_000, per=1, burst=100_000)
every_call = pytest.mark.parametrize("call", [GET, UPDATE, CREATE], ids=["safe", "keyed", "never"])


async def cancel_all(client: Any, call: Call, ready: Callable[[], bool]) -> None:
    """Start tasks, cancel them when `ready`, and see that cancelled is all they are."""
    tasks = [asyncio.create_task(call.invoke(client)) for _ in range(TASKS)]
    async with asyncio.timeout(5):
        while not ready():
            await asyncio.sleep(0.005)
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {asyncio.CancelledError}


@every_call
@pytest.mark.parametrize("phase", [receive_and("stall"), begin_and("stall")], ids=["waiting for the head", "reading the body"])
def test_tasks_cancelled_while_an_answer_comes_leave_the_pool_usable(call: Call, phase: Behaviour) -> None:
    with FaultServer() as server, running("async") as runner:
        server.order(phase, good=call.good)
        client = runner.open(call, server.url, timeout=5, rate_limit=FAST)
        runner.run(cancel_all(client, call, lambda: len(server.requests) >= 100))
        server.order(answer())

        assert runner.run(call_at_once(client, call, 20)) == [call.value] * 20
        runner.close(client)
        assert server.attempts == 20


@every_call
def test_tasks_cancelled_while_connecting_leave_the_pool_usable(call: Call) -> None:
    with FaultServer(backlog=0) as server, running("async") as runner:
        waiting = [socket.socket() for _ in range(3)]  # fill the queue of those who wait to be accepted
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", server.port))
        server.order(answer(), good=call.good)
        client = runner.open(call, server.url, timeout=5, rate_limit=FAST)
        runner.run(cancel_all(client, call, Countdown(10)))
        assert server.requests == []
        for each in waiting:
            each.close()
        server.accept()
        time.sleep(0.1)  # until those who waited are dealt with

        assert runner.run(call_at_once(client, call, 20)) == [call.value] * 20
        runner.close(client)


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
        answer(b"", status="503 Busy")(line) if call.retry != "never" and next(turns) % 5 == 0 else answer()(line)

    outcomes: list[Any] = []
    with FaultServer() as server, running("sync") as runner:
        server.order(stumble, good=call.good)
        client = runner.open(call, server.url, timeout=10, rate_limit=FAST, max_attempts=12)

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


def fork_and_call(url: str) -> None:
    """Use a client, fork, use it in the child, then again in the parent: each process has connections of its own."""
    with amazon.AmazonClient(base_url=url, **GET.arguments) as client:  # with the transport that it makes itself
        assert GET.invoke(client) == GET.value
        child = os.fork()
        if child == 0:
            os._exit(0 if GET.invoke(client) == GET.value and GET.invoke(client) == GET.value else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert GET.invoke(client) == GET.value


def test_a_client_that_was_used_serves_in_a_forked_process() -> None:
    """In a process of its own: a fork of this one, with its threads, would prove nothing but luck."""
    with FaultServer() as server:
        server.order(answer(), good=GET.good)
        program = "import sys; from tests.behaviour.faults.test_sharing import fork_and_call; fork_and_call(sys.argv[1])"
        done = subprocess.run([sys.executable, "-c", program, server.url], capture_output=True, text=True, timeout=20)

        assert done.returncode == 0, done.stderr
        assert server.attempts == 4
        assert server.connections == 2
