"""Valid and invalid settings of the environment have the same effect for every transport."""

from __future__ import annotations

import os
import socket
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from counterfoil_core import ConfigurationError, CounterfoilError

from .clients import Way
from .fake_api import CREATE, ParcelForm

RawServer = Callable[[Callable[[socket.socket, bytes], None]], str]
PASSWORD = "proxy-word-41"  # part of a proxy's address, and shown nowhere else
CREATED = b'{"status": "ok", "id": 7}'


@pytest.fixture(params=["sync", "async", "aiohttp"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("SSL_CERT_"):
            monkeypatch.delenv(name)
    made = Way(request.param)
    with made.runner:
        yield made


@pytest.fixture
def heard(raw_server: RawServer) -> tuple[str, list[bytes]]:
    """Start a server that answers every request; return its address and its list of requests."""
    received: list[bytes] = []

    def treat(connection: socket.socket, request: bytes) -> None:
        received.append(request)
        head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        connection.sendall(head % len(CREATED) + CREATED)

    return raw_server(treat), received


def create(way: Way, url: str, **options: Any) -> Any:
    """Create an invoice: it is never sent twice, and an unknown outcome would be reported."""
    client = way.connect(base_url=url, **{"timeout": 5, **options})
    try:
        return way.call(client, CREATE, invoice=ParcelForm(total=1)).id
    finally:
        way.close(client)


def make_bad_proxies() -> list[tuple[str, str]]:
    addresses = [
        f"ftp://user:{PASSWORD}@proxy.example",
        f"http://user:{PASSWORD}@proxy.example:port",
        f"http://user:{PASSWORD}@proxy.example:99999",
        f"http://user:{PASSWORD}@proxy.example:0",
        f"http://user:{PASSWORD}@a..b",
        f"http://user:{PASSWORD}@[::1",
        f"http://user:{PASSWORD}@[nowhere]",
        f"http://user:{PASSWORD}@{'a' * 64}.example",
        f"http://user:{PASSWORD}@two words",
        f"user:{PASSWORD}@:9",
        "://x",
        "http://",
        "http://:3128",
    ]
    names = ["HTTP_PROXY", "https_proxy", "ALL_PROXY"]
    return [(names[number % 3], address) for number, address in enumerate(addresses)]


@pytest.mark.parametrize(("name", "address"), make_bad_proxies())
def test_a_proxy_that_makes_no_sense_is_named_before_anything_is_sent(
    way: Way,
    monkeypatch: pytest.MonkeyPatch,
    heard: tuple[str, list[bytes]],
    name: str,
    address: str,
) -> None:
    monkeypatch.setenv(name, address)
    with pytest.raises(ConfigurationError, match=f"environment variable {name.upper()}") as caught:
        create(way, heard[0])

    assert heard[1] == []
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


BAD_CERTIFICATES = {
    "no such file": ("SSL_CERT_FILE", "nowhere.pem"),
    "an empty file": ("SSL_CERT_FILE", os.devnull),
    "a folder": ("SSL_CERT_FILE", "."),
    "a file of something else": ("SSL_CERT_FILE", __file__),
    "no such folder": ("SSL_CERT_DIR", "nowhere"),
    "a file for a folder": ("SSL_CERT_DIR", __file__),
}


@pytest.mark.parametrize("case", BAD_CERTIFICATES)
def test_certificates_that_are_none_are_named_before_anything_is_sent(
    way: Way, monkeypatch: pytest.MonkeyPatch, heard: tuple[str, list[bytes]], case: str
) -> None:
    name, value = BAD_CERTIFICATES[case]
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name):
        create(way, heard[0])

    assert heard[1] == []


def test_a_folder_of_certificates_may_be_one_of_several(
    way: Way, monkeypatch: pytest.MonkeyPatch, heard: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join(["nowhere", str(tmp_path)]))

    assert create(way, heard[0]) == 7


def make_exceptions(port: int) -> dict[str, bool]:
    """What NO_PROXY may say of 127.0.0.1, and whether it then goes there without a proxy."""
    return {
        "127.0.0.1": True,
        f"127.0.0.1:{port}": True,
        f"127.0.0.1:{port + 1}": False,
        "127.0.0.0/8": True,
        "127.0.0.0/24, example.com": True,
        "10.0.0.0/8": False,
        "0.0.0.0/0": True,
        "::1": False,
        "[::1]:80": False,
        "http://127.0.0.1": True,
        "https://127.0.0.1": False,
        "all://127.0.0.1": True,
        "*": True,
        "example.com,*": True,
        "localhost": False,
        "0.0.1": True,
        "127.0.0.1/99": False,
        "[": False,
        "": False,
    }


@pytest.mark.parametrize("text", make_exceptions(0))
def test_no_proxy_is_read_alike(
    way: Way, monkeypatch: pytest.MonkeyPatch, heard: tuple[str, list[bytes]], text: str
) -> None:
    port = int(heard[0].rpartition(":")[2])
    number = list(make_exceptions(0)).index(text)
    said, goes_directly = list(make_exceptions(port).items())[number]
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("NO_PROXY", said)

    if goes_directly:
        assert create(way, heard[0]) == 7
    else:
        with pytest.raises(CounterfoilError, match="no connection"):
            create(way, heard[0])
        assert heard[1] == []


def test_a_socks_proxy_wants_what_is_not_there(
    way: Way, monkeypatch: pytest.MonkeyPatch, heard: tuple[str, list[bytes]]
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"socks5h://user:{PASSWORD}@127.0.0.1:9")
    with pytest.raises(ConfigurationError, match=r"socksio|httpx2\[socks\]") as caught:
        create(way, heard[0])

    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "timeout", [1e10, 2**63 - 1, 10**400, 1.7e308], ids=lambda value: f"{len(str(value))} digits"
)
def test_a_timeout_beyond_what_the_system_takes_is_a_long_one(
    way: Way, heard: tuple[str, list[bytes]], timeout: float
) -> None:
    assert create(way, heard[0], timeout=timeout) == 7
    assert "timeout=1e+06" in repr(way.connect(timeout=timeout))


@pytest.mark.parametrize(
    "timeout", [0, -1, float("nan"), float("inf"), "5", b"5", True, [5]], ids=repr
)
def test_a_timeout_that_is_none_is_refused_when_the_client_is_made(way: Way, timeout: Any) -> None:
    with pytest.raises(ConfigurationError, match="timeout must be"):
        way.connect(timeout=timeout)
    with pytest.raises(ConfigurationError, match="timeout must be"):
        way.connect().with_options(timeout=timeout)


BAD_ADDRESSES = [
    "http://a..b",
    f"http://{'a' * 64}.example",
    f"http://{'a.' * 130}example",
    "http://shop.example:port",
    "http://shop.example:99999",
    "http://shop.example:0",
    "http://shop.example:-1",
    "http://[::1",
    "http://[nowhere]",
    "http://[1.2.3.4]",
    "http://\u2603.example",
    "http://shop.example/a\0b",
    "http://shop.example/a\x7fb",
    "http://shop.example/a\ud800b",
    "http://shop.example/a b",
    "http://\ud800.example",
    "ftp://shop.example",
    "http://",
    b"http://shop.example",
    5,
]


@pytest.mark.parametrize("url", BAD_ADDRESSES, ids=lambda url: ascii(url)[:30])
def test_an_address_that_is_none_is_refused_when_the_client_is_made(way: Way, url: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"base_url|the server's address"):
        way.connect(base_url=url)


def test_an_address_that_the_variables_make_is_checked_too(way: Way) -> None:
    with pytest.raises(ConfigurationError, match="the server's address"):
        way.connect(arguments={"shop": "a..b"})


@pytest.mark.parametrize("value", [5, b"key", object()], ids=lambda value: type(value).__name__)
def test_a_credential_that_is_no_text_is_refused_when_the_client_is_made(
    way: Way, value: Any
) -> None:
    with pytest.raises(ConfigurationError, match="key must be a text"):
        way.connect(arguments={"key": value})


def test_the_path_of_a_base_url_is_sent_encoded_and_the_same(
    way: Way, heard: tuple[str, list[bytes]]
) -> None:
    create(way, f"{heard[0]}/gr\u00f6\u00dfe/%41")

    assert heard[1][0].startswith(b"POST /gr%C3%B6%C3%9Fe/%41/")
