"""Forks while other threads are in the middle of calls: the child can call without waiting."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from .callers import GET
from .server import FaultServer, answer

PATIENCE = 30  # seconds until a child is taken to hang; it needs less than one


def fork_while_threads_call(url: str, count: str) -> None:
    """Fork at once, while eight threads make their first calls, and then again and again."""
    import counterfoil_amazon as amazon
    from counterfoil_core import RateLimit

    limit = RateLimit(requests=1_000_000, per=1, burst=1_000_000)
    client = amazon.AmazonClient(base_url=url, rate_limit=limit, timeout=20, **GET.arguments)
    over = threading.Event()
    threads = [threading.Thread(target=call_until, args=(over, client)) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(int(count)):
            call_in_child(lambda: GET.invoke(client) == GET.value)
    finally:
        over.set()
        for thread in threads:
            thread.join()


def call_until(over: threading.Event, client: Any) -> None:
    while not over.is_set():
        GET.invoke(client)


def fork_while_a_lock_is_held(url: str, count: str) -> None:
    """Fork while another thread holds what calls need; it lets go after half a second."""
    import counterfoil_amazon as amazon
    from counterfoil_core import locks

    client = amazon.AmazonClient(base_url=url, timeout=20, **GET.arguments)
    for lock in (locks.FIRST_USE, locks.COUNTS):
        held = threading.Event()
        holder = threading.Thread(target=hold_for_a_while, args=(lock, held))
        holder.start()
        held.wait()
        call_in_child(lambda: GET.invoke(client) == GET.value)
        holder.join()


def hold_for_a_while(lock: Any, held: threading.Event) -> None:
    with lock:
        held.set()
        time.sleep(0.5)


def list_imports(url: str, _: str) -> None:
    """Print the modules that the first call imports without holding FIRST_USE."""
    import counterfoil_amazon as amazon
    from counterfoil_core import errors, locks

    imported: list[str] = []
    client = amazon.AmazonClient(base_url=url, max_attempts=1, **GET.arguments)

    def note(event: str, details: tuple[Any, ...]) -> None:
        if event == "import" and not locks.FIRST_USE._is_owned():  # type: ignore[attr-defined]
            imported.append(details[0])

    sys.addaudithook(note)
    with suppress(errors.ConnectFailed):
        GET.invoke(client)
    print(*imported)


def call_in_child(call: Callable[[], bool]) -> None:
    """Fork, make the call in the child, and see that it ends well."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of Python 3.12, of threads and forks
        child = os.fork()
    if child == 0:
        try:
            os._exit(0 if call() else 1)
        finally:
            os._exit(2)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0, f"the child ended with {status}"
            return
        time.sleep(0.005)
    os.kill(child, 9)
    os.waitpid(child, 0)
    raise AssertionError("the child hangs")


def run_alone(function: str, url: str, count: int) -> subprocess.CompletedProcess[str]:
    """In a process of its own, which has no other threads than these."""
    module = "tests.behaviour.faults.test_forks"
    program = f"import sys; from {module} import {function}; {function}(*sys.argv[1:])"
    command = [sys.executable, "-c", program, url, str(count)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def see_that_no_child_hangs(function: str, count: int = 1) -> None:
    with FaultServer() as server:
        server.order(answer(), good=GET.good)
        done = run_alone(function, server.url, count)

        assert (done.returncode, done.stderr) == (0, "")


def test_a_fork_while_threads_make_their_first_calls_leaves_a_child_that_can_call() -> None:
    see_that_no_child_hangs("fork_while_threads_call", 3)


@pytest.mark.parametrize("other", [None, "http://[::1]:9", "https://localhost:9"])
def test_a_first_call_imports_only_while_a_fork_would_wait(other: str | None) -> None:
    """A fork during an import would leave the module locked in the child.

    Nothing listens at the other addresses: it is the way there that imports something.
    """
    with FaultServer() as server:
        server.order(answer(), good=GET.good)
        done = run_alone("list_imports", other or server.url, 0)

    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")


def test_a_fork_waits_for_who_holds_a_lock_of_ours() -> None:
    see_that_no_child_hangs("fork_while_a_lock_is_held")


@pytest.mark.soak
def test_100_forks_in_20_processes_leave_children_that_can_call() -> None:
    for _ in range(20):
        see_that_no_child_hangs("fork_while_threads_call", 5)
