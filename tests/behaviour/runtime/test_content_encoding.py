"""Compressed answers: the same over every transport."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator

import httpx2
import pytest
from counterfoil_core import Client, CounterfoilError, DecodeError, TransportError
from counterfoil_core.transports.content_encoding import Decompressor

from .clients import Way
from .fake_api import API, GET, INVOICE

RawServer = Callable[[Callable[[socket.socket, bytes], None]], str]
HALF = len(INVOICE) // 2
MEMBER = gzip.compress(INVOICE)
FIRST = gzip.compress(INVOICE[:HALF])
SECOND = gzip.compress(INVOICE[HALF:])
NOTHING = gzip.compress(b"")
READABLE = {
    "one member": ("gzip", MEMBER),
    "two members": ("gzip", FIRST + SECOND),
    "empty members around": ("gzip", NOTHING * 3 + MEMBER + NOTHING),
    "zeros behind": ("gzip", MEMBER + bytes(8)),
    "zeros between": ("gzip", FIRST + bytes(512) + SECOND),
    "old name": ("x-gzip", MEMBER),
    "in capitals": ("GZIP", MEMBER),
    "twice": ("gzip, gzip", gzip.compress(MEMBER)),
    "deflate": ("deflate", zlib.compress(INVOICE)),
    "deflate without its header": ("deflate", zlib.compress(INVOICE)[2:-4]),
    "deflate in gzip": ("deflate, gzip", gzip.compress(zlib.compress(INVOICE))),
    "identity": ("identity", INVOICE),
    "an empty name": ("", INVOICE),
    "a name that is not true": ("aws-chunked", INVOICE),
}
UNREADABLE: dict[str, tuple[str, bytes, type[CounterfoilError], str]] = {
    "not gzip": ("gzip", INVOICE, TransportError, "gzip data is damaged"),
    "something behind": ("gzip", MEMBER + b"more", TransportError, "gzip data is damaged"),
    "something behind zeros": ("gzip", MEMBER + b"\0more", TransportError, "gzip data is damaged"),
    "half a magic behind": ("gzip", MEMBER + b"\x1f", DecodeError, "gzip data ends too early"),
    "a wrong checksum": ("gzip", MEMBER[:-8] + bytes(8), TransportError, "gzip data is damaged"),
    "no checksum": ("gzip", MEMBER[:-8], DecodeError, "gzip data ends too early"),
    "the second member cut": ("gzip", FIRST + SECOND[:-9], DecodeError, "ends too early"),
    "deflate cut": (
        "deflate",
        zlib.compress(INVOICE)[:-5],
        DecodeError,
        "deflate data ends too early",
    ),
    "something behind deflate": (
        "deflate",
        zlib.compress(INVOICE) + b"x",
        TransportError,
        "damaged",
    ),
    "brotli": ("br", b"\x0b\x02\x80", TransportError, "compressed as br, which was not asked for"),
    "six times": (", ".join(["gzip"] * 6), MEMBER, TransportError, "compressed 6 times"),
}


@pytest.fixture(params=["sync", "async", "aiohttp"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    made = Way(request.param)
    with made.runner:
        yield made


def answer(name: str, content: bytes) -> Callable[[socket.socket, bytes], None]:
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\nContent-Length: {len(content)}\r\n\r\n"

    def treat(connection: socket.socket, received: bytes) -> None:
        connection.sendall(head.encode() + content)
        connection.recv(1)

    return treat


@pytest.mark.parametrize("case", READABLE)
def test_a_compressed_answer_is_read(way: Way, raw_server: RawServer, case: str) -> None:
    client = way.connect(base_url=raw_server(answer(*READABLE[case])), max_attempts=1)

    response = way.respond(client, GET, id="1")
    way.close(client)
    assert response.raw == INVOICE


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_damaged_answer_is_named(way: Way, raw_server: RawServer, case: str) -> None:
    name, content, kind, said = UNREADABLE[case]
    client = way.connect(base_url=raw_server(answer(name, content)), max_attempts=1)

    with pytest.raises(kind, match=said):
        way.call(client, GET, id="1")
    way.close(client)


def test_only_what_is_read_is_asked_for(way: Way, raw_server: RawServer) -> None:
    heard: list[bytes] = []

    def listen(connection: socket.socket, received: bytes) -> None:
        heard.append(received)
        answer("identity", INVOICE)(connection, received)

    client = way.connect(base_url=raw_server(listen))
    way.call(client, GET, id="1")
    way.close(client)
    assert b"\r\naccept-encoding: gzip, deflate\r\n" in heard[0].lower()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("case", READABLE)
def test_where_the_bytes_are_cut_makes_no_difference(case: str, size: int) -> None:
    name, content = READABLE[case]
    decompressor = Decompressor({"content-encoding": name})
    pieces = [content[start : start + size] for start in range(0, len(content), size)]

    read = b"".join(part for piece in pieces for part in decompressor.feed(piece))
    decompressor.finish()
    assert read == INVOICE


def test_an_answer_that_a_mock_transport_made_is_read_once() -> None:
    headers = {"content-encoding": "gzip"}
    transport = httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers=headers, content=MEMBER)
    )
    settings = {"shop": "shop", "region": None, "key": "k-123", "token": None}

    with Client(API, settings, transport=transport) as client:
        response = client.call_with_response(GET, {"organization": "acme", "id": "1"})
    assert response.raw == INVOICE


def test_compressed_bytes_that_stand_for_nothing_are_counted() -> None:
    decompressor = Decompressor({"content-encoding": "gzip"})
    beginning = b"\x1f\x8b\x08\x08" + bytes(5) + b"\xff"  # a name follows, which has no end

    assert b"".join(decompressor.feed(beginning)) == b""
    for _ in range(63):
        assert b"".join(decompressor.feed(b"a" * 1024 * 1024)) == b""
    with pytest.raises(DecodeError, match="longer than 64 MiB, still compressed"):
        list(decompressor.feed(b"a" * 1024 * 1024))


def test_who_reads_can_look_at_the_clock_while_nothing_comes_of_it() -> None:
    decompressor = Decompressor({"content-encoding": "gzip"})

    pieces = list(decompressor.feed(NOTHING * 10_000))
    assert len(pieces) >= 10
    assert not any(pieces)
