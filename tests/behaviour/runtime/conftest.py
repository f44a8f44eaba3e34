"""Both clients, and servers that misbehave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from .clients import Way


@pytest.fixture(params=["sync", "async"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    for name in ("SHOP", "REGION", "KEY", "TOKEN", "BASE_URL", "ORGANIZATION"):
        monkeypatch.delenv(f"COUNTERFOIL_PARCEL_POST_{name}", raising=False)
    made = Way(request.param)
    with made.runner:
        yield made


@pytest.fixture
def raw_server() -> Iterator[Callable[..., str]]:
    """Start a server that passes each connection and its first bytes to a function."""
    servers: list[socket.socket] = []

    def start(treat: Callable[[socket.socket, bytes], None]) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=_treat, args=(connection, treat), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}"

    yield start
    for server in servers:
        server.close()


def _treat(connection: socket.socket, treat: Callable[[socket.socket, bytes], None]) -> None:
    with connection:
        connection.settimeout(60)
        try:
            received = connection.recv(65_536)
            if received:
                treat(connection, received)
        except OSError:
            pass
