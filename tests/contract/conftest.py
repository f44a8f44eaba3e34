from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.contract.calls import apis, document


@pytest.fixture(scope="session")
def prisms() -> Iterator[dict[str, str]]:
    """Start Prism for every API on a free loopback port and return their URLs; `nox -s contract` installs it."""
    program = os.environ.get("PRISM")
    if not program:
        pytest.fail("PRISM does not name Prism's program: run these tests by `nox -s contract`")
    ports = {api: free_port() for api in apis()}
    command = {api: [program, "mock", "--errors", "--host", "127.0.0.1", "--port", str(port)] for api, port in ports.items()}
    running = [subprocess.Popen([*words, str(document(api))], stdout=subprocess.DEVNULL) for api, words in command.items()]
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
