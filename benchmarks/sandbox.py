"""Small reads from the sandbox, beside a bare Starlette route that returns the same bytes.

The same uvicorn with the same settings serves both, each in a process of its own, over one
connection.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from .timing import Row, medians

REQUESTS = 300
BODY = b'{"id":1,"fields":["id","number","taxedTotal"]}'
READ = """
from counterfoil_sandbox import Sandbox
box = Sandbox(["open2b-admin"], rate_limits=False)
app, path = box.app, "/open2b-admin/api/v6/commerce.invoices.get"
"""
BARE = """
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def answer(request):
    return Response({answer!r}, media_type="application/json")
path = "/open2b-admin/api/v6/commerce.invoices.get"
app = Starlette(routes=[Route(path, answer, methods=["POST"])])
"""
SERVE = """
import sys
from counterfoil_sandbox.server import serve_in_thread
with serve_in_thread(app, "127.0.0.1", 0) as url:
    print(url + path, flush=True)
    sys.stdin.read()
"""


class Caller:
    """Sends the same request over one connection, again and again."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._socket = socket.create_connection((parts.hostname, parts.port))
        head = (
            f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\nx-key: sandbox-5f2c7d90e1\r\n"
        )
        self._request = (
            f"{head}content-type: application/json\r\ncontent-length: {len(BODY)}\r\n\r\n".encode()
            + BODY
        )

    def call(self) -> bytes:
        self._socket.sendall(self._request)
        head, _, body = self._socket.recv(65536).partition(b"\r\n\r\n")
        length_on = head.lower().partition(b"content-length: ")[2]
        length = int(length_on.partition(b"\r\n")[0])
        while len(body) < length:
            body += self._socket.recv(65536)
        return body

    def call_many(self) -> None:
        for _ in range(REQUESTS):
            self.call()


@contextmanager
def serve(program: str) -> Iterator[Caller]:
    """Run a program that defines app and path, and serve that."""
    command = [sys.executable, "-c", program + SERVE]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Caller(process.stdout.readline().strip() if process.stdout else "")
        process.terminate()


def report() -> Iterator[Row]:
    with serve(READ) as sandbox, serve(BARE.format(answer=sandbox.call())) as bare:
        times = medians({"sandbox": sandbox.call_many, "bare": bare.call_many}, rounds=15)
        assert sandbox.call() == bare.call()  # noqa: S101 -- the same bytes, or the figures say nothing
    each = times["sandbox"] / REQUESTS
    yield Row(
        "a small read from the sandbox, over a port",
        f"{1 / each:.0f}/s",
        times["sandbox"] / times["bare"],
        "Starlette",
        3.3,
    )
