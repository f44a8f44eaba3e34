"""A bearer token, or name and password, over each transport: sent, and shown nowhere."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from counterfoil_core import AsyncClient, Client, ConfigurationError, CounterfoilError
from counterfoil_core.api import Api, Operation, SecurityScheme
from counterfoil_core.transports.aiohttp import AiohttpTransport
from counterfoil_core.types import Secret
from msgspec import structs

from .clients import Way
from .fake_api import API, GET, INVOICE

RawServer = Callable[[Callable[[socket.socket, bytes], None]], str]
TOKEN = Secret("t0k-9.~+/==")
PASSWORD = Secret("AC1:s3cret-9")
REPEATED = b"s3cret-9 QUMxOnMzY3JldC05 AC1:s3cret-9"
BEARER_API = structs.replace(API, security=(SecurityScheme(name="token", kind="bearer"),))
PASSWORD_API = structs.replace(API, security=(SecurityScheme(name="token", kind="password"),))
BEARER_GET: Operation[Any] = structs.replace(GET, security=(("token",),))


@pytest.fixture(params=["sync", "async", "aiohttp"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    made = Way(request.param)
    with made.runner:
        yield made


def connect(way: Way, url: str, token: str, api: Api = BEARER_API) -> Any:
    arguments = {"shop": "shop", "region": None, "token": token, "organization": "acme"}
    settings: dict[str, Any] = {"transport": AiohttpTransport} if way.name == "aiohttp" else {}
    return (AsyncClient if way.is_async else Client)(
        api, arguments, base_url=url, max_attempts=1, **settings
    )


def call(way: Way, url: str, token: str = TOKEN, api: Api = BEARER_API) -> None:
    client = connect(way, url, token, api)
    try:
        way.call(client, BEARER_GET, id="1")
    finally:
        way.close(client)


def answer(connection: socket.socket, status: bytes, body: bytes) -> None:
    head = (
        b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\nConnection: close\r\n\r\n"
    )
    connection.sendall(head % (status, len(body)) + body)


def test_the_token_is_sent_with_its_prefix_once(way: Way, raw_server: RawServer) -> None:
    requests: list[bytes] = []

    def treat(connection: socket.socket, received: bytes) -> None:
        requests.append(received)
        answer(connection, b"200 OK", INVOICE)

    call(way, raw_server(treat))

    lines = [
        line for line in requests[0].split(b"\r\n") if line.lower().startswith(b"authorization:")
    ]
    assert [line.partition(b":")[2].strip() for line in lines] == [b"Bearer t0k-9.~+/=="]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("AC1:s3cret-9", b"Basic QUMxOnMzY3JldC05"),
        ("AC1:", b"Basic QUMxOg=="),
        ("a:b:c", b"Basic YTpiOmM="),
    ],
)
def test_name_and_password_are_sent_as_given(
    way: Way, raw_server: RawServer, given: str, sent: bytes
) -> None:
    requests: list[bytes] = []

    def treat(connection: socket.socket, received: bytes) -> None:
        requests.append(received)
        answer(connection, b"200 OK", INVOICE)

    call(way, raw_server(treat), given, PASSWORD_API)

    assert b"uthorization: " + sent + b"\r\n" in requests[0]


def test_a_password_that_a_server_repeats_is_not_shown(way: Way, raw_server: RawServer) -> None:
    url = raw_server(
        lambda connection, received: answer(connection, b"400 Bad Request", REPEATED + received)
    )

    with pytest.raises(CounterfoilError) as caught:
        call(way, url, PASSWORD, PASSWORD_API)

    shown = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )
    shown += repr(vars(caught.value))
    assert "s3cret" not in shown
    assert "QUMxOnMz" not in shown


def test_a_name_without_a_password_is_refused(way: Way) -> None:
    with pytest.raises(ConfigurationError, match="as `name:password`") as caught:
        connect(way, "http://127.0.0.1:9", "s3cret-9", PASSWORD_API)
    assert "s3cret" not in str(caught.value)


def test_a_token_that_a_server_repeats_is_not_shown(way: Way, raw_server: RawServer) -> None:
    url = raw_server(
        lambda connection, received: answer(connection, b"400 Bad Request", received * 3)
    )

    with pytest.raises(CounterfoilError) as caught:
        call(way, url)

    shown = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )
    assert "t0k-9" not in shown + repr(vars(caught.value))


@pytest.mark.parametrize("token", ["Bearer t0k-9", "t0k-9 x", " t0k-9", "t0k-9\n", "t0k-9ü"])
def test_a_token_that_is_none_is_refused_and_not_shown(way: Way, token: str) -> None:
    with pytest.raises(ConfigurationError, match="token holds") as caught:
        connect(way, "http://127.0.0.1:9", token)
    assert "t0k" not in str(caught.value)


def test_a_missing_token_is_named_with_its_environment_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COUNTERFOIL_PARCEL_POST_TOKEN", raising=False)
    api = structs.replace(BEARER_API, credentials=(("token",),))
    with pytest.raises(
        ConfigurationError,
        match=r"`token` \(or the environment variable COUNTERFOIL_PARCEL_POST_TOKEN\)",
    ):
        Client(api, {"shop": "shop", "token": None}, base_url="http://127.0.0.1:9")
