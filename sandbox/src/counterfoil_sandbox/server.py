"""Serves an ASGI application on a socket, in a thread."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .asgi import AsgiApplication

PATIENCE = 10.0  # seconds for the server to start


class _Protocol(H11Protocol):
    """HTTP with the connection in the scope's state, so that a fault can reset it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


@contextmanager
def serve_in_thread(app: AsgiApplication, host: str, port: int) -> Iterator[str]:
    """Serve while the block runs; yield the base URL.

    Raises:
        OSError: the address cannot be bound.
    """
    with bind(host, port) as listener:
        config = uvicorn.Config(
            app, lifespan="off", access_log=False, log_level="warning", http=_Protocol, ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, args=([listener],), name="counterfoil-sandbox", daemon=True
        )
        thread.start()
        try:
            _await_start(server, thread)
            yield name_url(listener)
        finally:
            server.should_exit = True
            thread.join()


def bind(host: str, port: int) -> socket.socket:
    """Bind a socket. Port 0 chooses a free port."""
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    family, kind, _, _, address = addresses[0]
    # asyncio sets TCP_NODELAY only on sockets whose protocol is TCP. Without it a small response
    # takes 45 ms.
    listener = socket.socket(family, kind, proto=socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


def name_url(listener: socket.socket) -> str:
    """Return the URL of a bound socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    address = socket.getaddrinfo(host, None)[0][4][0]
    return ipaddress.ip_address(address).is_loopback


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("The sandbox's server did not start")
        time.sleep(0.002)
