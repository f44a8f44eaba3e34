"""A server on a raw socket that misbehaves on order: it counts what reaches it, and does to it what it is told."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

Behaviour = Callable[["Line"], None]


class Line:
    """One request on one connection, as a behaviour sees it; `good` is the body of a right answer to it."""

    def __init__(self, server: FaultServer, connection: socket.socket) -> None:
        self.server = server
        self.good = server.good
        self._connection = connection

    def receive(self) -> bytes:
        """Read the whole request. Raises ConnectionError where the client goes away before its end."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._read()
        head, _, body = received.partition(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
        while len(body) < length:
            body += self._read()
        self.server.requests.append(head + b"\r\n\r\n" + body)
        return self.server.requests[-1]

    def send(self, content: bytes) -> None:
        self._connection.sendall(content)

    def drip(self, content: bytes, seconds: float) -> None:
        """Send byte after byte, with a pause after each."""
        for code in content:
            self.send(bytes([code]))
            time.sleep(seconds)

    def stall(self) -> None:
        """Hold the connection until the client lets go."""
        while self._connection.recv(1024):
            pass

    def close(self) -> None:
        """Close in an orderly way; the behaviour ends here."""
        self._connection.close()
        raise ConnectionAbortedError

    def reset(self) -> None:
        """Close with a TCP reset; the behaviour ends here."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def _read(self) -> bytes:
        chunk = self._connection.recv(65_536)
        if not chunk:
            raise ConnectionError("the client went away")
        return chunk


class FaultServer:
    """Listens on a loopback port. `attempts` counts the connections on which something came, and what came later on them.

    With `backlog`, nobody accepts until `accept()` is called: connecting hangs once more than that many wait.
    """

    def __init__(self, backlog: int | None = None) -> None:
        self.good = b""
        self.headers = b""  # raw lines, sent with every answer of `answer`
        self.requests: list[bytes] = []
        self.attempts = 0
        self.connections = 0
        self._behaviours: list[Behaviour] = []
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128 if backlog is None else backlog)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        if backlog is None:
            self.accept()

    def order(self, *behaviours: Behaviour, good: bytes | None = None) -> None:
        """From now on behave so: each behaviour once, in turn, the last one from then on. Starts counting anew."""
        with self._lock:
            self.attempts, self._behaviours = 0, list(behaviours)
            self.good = self.good if good is None else good

    def accept(self) -> None:
        self._listener.listen(128)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.add(connection)
        with connection, suppress(OSError):
            while connection.recv(1, socket.MSG_PEEK):
                self._take_behaviour()(Line(self, connection))
        self._open.discard(connection)

    def _take_behaviour(self) -> Behaviour:
        with self._lock:
            self.attempts += 1
            return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]


def answer(
    body: bytes | Callable[[bytes], bytes] = lambda good: good,
    *,
    status: str = "200 OK",
    kind: str | None = "application/json",
    headers: bytes | Callable[[bytes], bytes] = b"",
) -> Behaviour:
    """Answer with a body, or with one made of the good body; `headers` are raw lines, or made of the request."""

    def behave(line: Line) -> None:
        request = line.receive()
        content = body(line.good) if callable(body) else body
        lines = headers(request) if callable(headers) else headers
        typed = b"" if kind is None else f"Content-Type: {kind}\r\n".encode()
        length = b"" if b"Content-Length" in lines or b"Transfer-Encoding" in lines else b"Content-Length: %d\r\n" % len(content)
        line.send(f"HTTP/1.1 {status}\r\n".encode() + typed + line.server.headers + lines + length + b"\r\n" + content)

    return behave
