"""A server on a raw socket that counts requests and misbehaves in a given way."""

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
PATIENCE = 60.0  # seconds; what takes longer has gone wrong, however slow the machine is


class Line:
    """One request on one connection; `good` is the body of the right response to it."""

    def __init__(self, server: FaultServer, connection: socket.socket) -> None:
        self.server = server
        self.good = server.good
        self._connection = connection

    def receive(self) -> bytes:
        """Read the whole request. Raises ConnectionError if the client goes away before its end."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._read()
        head, _, body = received.partition(b"\r\n\r\n")
        length = next(
            (
                int(line[15:])
                for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length:")
            ),
            0,
        )
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

    def wait_for_caller(self) -> None:
        """Wait until the caller has a response or an error; see `FaultServer.tell_call_ended`."""
        self.server.call_ended.wait(PATIENCE)

    def stall(self) -> None:
        """Keep the connection open until the client closes it."""
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
    """A server on a loopback port; `attempts` counts the requests that it received.

    With `backlog`, nothing is accepted until `accept()` is called: connecting hangs once more than
    that many connections wait.
    With `window`, no more than about that many bytes are taken in before somebody reads them.
    """

    def __init__(self, backlog: int | None = None, window: int | None = None) -> None:
        self.good = b""
        self.headers = b""  # raw lines, sent with every answer of `answer`
        self.requests: list[bytes] = []
        self.attempts = 0
        self.connections = 0
        self.call_ended = threading.Event()
        self._busy = 0  # behaviours at work
        self._changed = threading.Condition()
        self._behaviours: list[Behaviour] = []
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(
            ("127.0.0.1", 0), backlog=128 if backlog is None else backlog
        )
        if window is not None:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        if backlog is None:
            self.accept()

    def order(self, *behaviours: Behaviour, good: bytes | None = None) -> None:
        """Apply each behaviour to one request in turn, and the last to all others; count from 0."""
        self.call_ended.clear()
        with self._lock:
            self.attempts = 0
            self._behaviours = list(behaviours)
            self.good = self.good if good is None else good

    def tell_call_ended(self) -> None:
        """Let behaviours go on that wait until the caller has an answer."""
        self.call_ended.set()

    def settle(self) -> None:
        """Wait until all behaviours have ended; on loopback, all they sent has then arrived."""
        self._wait(lambda: self._busy == 0)

    def wait_until_left(self) -> None:
        """Wait until every connection is over, those included that nobody has accepted yet."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)) as last:
            last.shutdown(socket.SHUT_WR)
            # Connections are accepted in turn: the last one ends after all before it.
            last.recv(1)
        self._wait(lambda: not self._open)

    def wait_for_attempts(self, attempts: int) -> bool:
        """Wait for that many requests, at most 5 seconds; return whether they came."""
        with self._changed:
            return self._changed.wait_for(lambda: self.attempts >= attempts, 5)

    def _wait(self, is_so: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(is_so, PATIENCE), "the server did not come to rest"

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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(PATIENCE)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while connection.recv(1, socket.MSG_PEEK):
                self._behave(connection)
        with self._changed:
            self._open.discard(connection)
            self._changed.notify_all()

    def _behave(self, connection: socket.socket) -> None:
        with self._changed:
            self._busy += 1
            behaviour = self._take_behaviour()
            self._changed.notify_all()
        try:
            behaviour(Line(self, connection))
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _take_behaviour(self) -> Behaviour:
        with self._lock:
            self.attempts += 1
            if len(self._behaviours) > 1:
                return self._behaviours.pop(0)
            return self._behaviours[0]


def answer(
    body: bytes | Callable[[bytes], bytes] = lambda good: good,
    *,
    status: str = "200 OK",
    kind: str | None = "application/json",
    headers: bytes | Callable[[bytes], bytes] = b"",
) -> Behaviour:
    """Send a body, or one made from the good body; with `headers`, as raw lines or a function."""

    def behave(line: Line) -> None:
        request = line.receive()
        content = body(line.good) if callable(body) else body
        lines = headers(request) if callable(headers) else headers
        typed = b"" if kind is None else f"Content-Type: {kind}\r\n".encode()
        length = (
            b""
            if b"Content-Length" in lines or b"Transfer-Encoding" in lines
            else b"Content-Length: %d\r\n" % len(content)
        )
        line.send(
            f"HTTP/1.1 {status}\r\n".encode()
            + typed
            + line.server.headers
            + lines
            + length
            + b"\r\n"
            + content
        )

    return behave
