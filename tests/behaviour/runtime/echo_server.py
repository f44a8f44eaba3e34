"""A server on loopback that records what arrives, byte for byte."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PLAIN = (200, {"Content-Type": "application/json"}, b"{}")


@dataclass
class Received:
    """One request as it arrived."""

    method: str
    target: str
    headers: Message
    body: bytes

    def parts(self) -> list[tuple[str, str | None, str, bytes]]:
        """Return the parts of a multipart form: name, file name, media type, content."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head + self.body)
        assert not message.defects
        found = []
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            found.append((str(name), part.get_filename(), part.get_content_type(), content))
        return found


@dataclass
class Echo:
    """The server's address, what it received, and its answers: (status, headers, body)."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], Any]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    """Records each request and sends the next answer."""

    echo: Echo
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        try:
            body = self._read_body()
        except (OSError, ValueError):
            self.close_connection = True
            return
        self.echo.received.append(Received(self.command, self.path, self.headers, body))
        json = {"Content-Type": "application/json"}
        status, headers, content = (
            self.echo.answers.pop(0) if self.echo.answers else (200, json, b"{}")
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if isinstance(content, bytes):
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        else:
            self._send_chunks(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

    def _read_body(self) -> bytes:
        if self.headers.get("transfer-encoding") != "chunked":
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                raise ValueError("the request was given up")
            return body
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _send_chunks(self, content: Any) -> None:
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in content:
            if isinstance(piece, threading.Event):
                piece.wait(60)
            elif piece is None:
                self.close_connection = True
                return
            else:
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def serve() -> Iterator[Echo]:
    """Run a server. Its answers are used up in turn; then it answers 200 with `{}`.

    A body that is a list of bytes is sent chunk by chunk, and an exception in it cuts the
    connection.
    """
    echo = Echo()
    handler = type("Handler", (_Handler,), {"echo": echo})

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        echo.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield echo
        finally:
            server.shutdown()
            thread.join()
