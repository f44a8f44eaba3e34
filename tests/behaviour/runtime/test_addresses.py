"""Addresses: every transport sends a path in the same bytes, percent-encoded once."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import msgspec
import pytest

from .clients import Way
from .fake_api import GET, INVOICE

RawServer = Callable[[Callable[[socket.socket, bytes], None]], str]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
GOOD = HEAD + b"Content-Length: %d\r\n\r\n" % len(INVOICE) + INVOICE


@pytest.fixture(params=["sync", "async", "aiohttp"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    made = Way(request.param)
    with made.runner:
        yield made


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/größe/a b/{id}", b"/gr%C3%B6%C3%9Fe/a%20b/1%2F2"),
        ("/a%20b/50%/{id}", b"/a%20b/50%25/1%2F2"),
        ("/'x';v=1,2/a:b@c/{id}", b"/'x';v=1,2/a:b@c/1%2F2"),
        ('/[1]/"<>^`|{id}', b"/%5B1%5D/%22%3C%3E%5E%60%7C1%2F2"),
    ],
)
def test_a_path_is_sent_alike_by_every_transport(
    way: Way, raw_server: RawServer, path: str, sent: bytes
) -> None:
    lines: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        lines.append(request.split(b"\r\n")[0])
        connection.sendall(GOOD)

    client = way.connect(base_url=raw_server(answer) + "/straße")
    try:
        way.call(client, msgspec.structs.replace(GET, path=path), id="1/2")
    finally:
        way.close(client)

    assert lines == [b"GET /stra%C3%9Fe" + sent + b" HTTP/1.1"]
