from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from counterfoil_sandbox import Sandbox

from tests.contract.calls import apis, document


@pytest.fixture(scope="session")
def prisms() -> Iterator[dict[str, str]]:
    """Start Prism for every API and return the loopback URLs; `nox -s contract` installs it."""
    words = {api: ["mock", "--errors", str(document(api))] for api in apis()}
    with run_prisms(words) as urls:
        yield urls


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(invoices=40, rate_limits=False) as box, box.serve():
        yield box


@pytest.fixture(scope="module")
def proxies(box: Sandbox) -> Iterator[dict[str, str]]:
    """Prism between client and sandbox; a header lists both sides' violations of the spec."""
    with run_prisms(
        {api: ["proxy", str(document(api)), box.name_base_url(api)] for api in apis()}
    ) as urls:
        yield urls


@contextmanager
def run_prisms(words: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    program = os.environ.get("PRISM")
    if not program:
        pytest.fail("PRISM does not name Prism's program: run these tests by `nox -s contract`")
    ports = {api: free_port() for api in words}
    place = ["--host", "127.0.0.1", "--port"]
    commands = [[program, *words[api], *place, str(port)] for api, port in ports.items()]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    try:
        for port in ports.values():
            wait_for(port)
        yield {api: f"http://127.0.0.1:{port}" for api, port in ports.items()}
    finally:
        for process in running:
            process.terminate()
            process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"Prism did not listen on port {port} within {seconds:.0f} s")
