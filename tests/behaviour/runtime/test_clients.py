"""Clients as objects: what they show, share, open and close; transports; examples; the log."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import pickle
import subprocess
import sys
import warnings
from collections.abc import AsyncIterator
from copy import copy
from enum import EnumMeta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from counterfoil_core import (
    AsyncClient,
    AsyncStreamedResponse,
    ConfigurationError,
    Request,
    StreamedResponse,
    TransportError,
)
from counterfoil_core.testing import ExampleTransport
from counterfoil_core.types import NaiveDateTime, OpenIntEnum, OpenStrEnum, Secret

from .clients import Way
from .fake_api import API, FIND, GET, INVOICE

OK = httpx2.Response(200, content=INVOICE)


class Pigeon:
    """A transport of a user's own, for both ways."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.requests: list[Request] = []
        self.closed = 0

    def send(self, request: Request) -> StreamedResponse:
        self.requests.append(request)
        if self.fault:
            raise self.fault
        return StreamedResponse(status=200, headers={}, body=[INVOICE[:5], INVOICE[5:]])

    async def asend(self, request: Request) -> AsyncStreamedResponse:
        async def stream() -> AsyncIterator[bytes]:
            yield INVOICE

        self.send(request)
        return AsyncStreamedResponse(status=200, headers={}, body=stream())

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def test_a_client_shows_no_credential(way: Way) -> None:
    client = way.connect(OK)
    assert repr(client) == f"{type(client).__name__}('https://shop.eu.example', timeout=60)"
    assert "k-123" not in repr(vars(client)) + repr(vars(client._state))


@pytest.mark.parametrize("attempt", [pickle.dumps, copy])
def test_a_client_does_not_pickle(way: Way, attempt: Any) -> None:
    with pytest.raises(TypeError, match="credentials"):
        attempt(way.connect(OK))


def test_a_transport_of_ones_own_carries_requests_and_stays_open(way: Way) -> None:
    pigeon = Pigeon()
    client = way.connect(transport=pigeon)
    assert way.call(client, GET, id="1").id == 7
    assert pigeon.requests[0].url == "https://shop.eu.example/acme/invoices/1"
    assert 0 < pigeon.requests[0].deadline.remaining() <= 60
    assert "k-123" not in repr(pigeon.requests[0])
    way.close(client)
    assert pigeon.closed == 0


@pytest.mark.parametrize(
    "fault", [ValueError("wings"), OSError(5, "storm"), StopIteration(), AssertionError()]
)
def test_whatever_a_transport_raises_comes_out_as_our_error(way: Way, fault: Exception) -> None:
    with pytest.raises(TransportError, match="the transport failed"):
        way.call(way.connect(transport=Pigeon(fault), max_attempts=1), GET, id="1")


def test_what_is_no_transport_is_refused(way: Way) -> None:
    wrong = httpx2.Client() if way.is_async else httpx2.AsyncClient()
    for each in (wrong, object()):
        with pytest.raises(ConfigurationError, match="transport must be"):
            way.call(way.connect(transport=each), GET, id="1")


def test_an_httpx2_client_is_used_with_its_settings_and_stays_open(way: Way) -> None:
    seen: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, content=INVOICE)

    kind = httpx2.AsyncClient if way.is_async else httpx2.Client
    theirs = kind(
        transport=httpx2.MockTransport(handle),
        headers={"X-Trace": "t-1"},
        cookies={"a": "b"},
        follow_redirects=True,
        auth=("someone", "else"),
    )
    client = way.connect(transport=theirs, arguments={"key": None, "token": "tok"})
    way.call(client, GET, id="1")
    assert seen[0].headers["x-trace"] == "t-1"
    assert seen[0].headers["authorization"] == "Basic dG9rOg=="
    assert "cookie" not in seen[0].headers
    way.close(client)
    assert not theirs.is_closed


def test_a_closed_client_says_so(way: Way) -> None:
    client = way.connect()
    way.close(client)
    way.close(client)
    with pytest.raises(ConfigurationError, match="closed"):
        way.call(client, GET, id="1")


def test_leaving_the_with_block_closes(way: Way) -> None:
    async def leave(client: Any) -> None:
        async with client as entered:
            assert entered is client

    client = way.connect(OK)
    if way.is_async:
        way.runner.run(leave(client))
    else:
        with client as entered:
            assert entered is client
    with pytest.raises(ConfigurationError, match="closed"):
        way.call(client, GET, id="1")


def test_changed_options_leave_the_client_as_it_was(way: Way) -> None:
    client = way.connect(OK)
    changed = client.with_options(timeout=5, max_attempts=1)
    assert type(changed) is type(client)
    assert repr(changed).endswith(" timeout=5)")
    assert repr(client).endswith(" timeout=60)")
    assert changed._state is client._state
    with pytest.raises(ConfigurationError):
        client.with_options(timeout=-1)


def test_the_log_tells_requests_without_secrets(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="counterfoil")
    answer = httpx2.Response(
        200, content=INVOICE, headers={"x-request-id": "r-9", "X-Session": "s3cret"}
    )
    way.call(way.connect(answer), GET, id="1", expand=["private"])
    (line,) = caplog.messages
    assert line == (
        "parcel-post invoices.get: GET https://shop.eu.example/acme/invoices/1"
        " -> 200, 25 bytes in 0 ms, "
        "attempt 1, request id r-9, headers {'x-request-id': 'r-9', 'content-length': '25'}"
    )


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "counterfoil_parcels"
    folder.mkdir()
    (folder / "__init__.py").touch()
    find = {
        "operation": "invoices.find",
        "method": "POST",
        "path": "/find",
        "status": 200,
        "request": {},
    }
    get = {
        "operation": "invoices.get",
        "method": "GET",
        "path": "/{org}/invoices/{id}",
        "media_type": "application/json",
    }
    page = {"invoices": [{"id": 1, "total": 2}]}
    examples = [
        {**get, "name": "missing", "status": 404, "body": {"message": "no such parcel"}},
        {**get, "name": "typical", "status": 200, "body": "DIGITS"},
        {
            **get,
            "name": "broken",
            "status": 502,
            "media_type": "text/html",
            "body": "<title>Down</title>",
        },
        {**find, "name": "first-page", "body": page},
        {**find, "name": "last-page", "body": {}},
    ]
    text = json.dumps(examples).replace('"DIGITS"', '{"id": 7, "total": 10.500}')
    (folder / "examples.json").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder.name


def test_examples_answer_and_calls_are_recorded(way: Way, package: str) -> None:
    transport = ExampleTransport(package)
    client = way.connect(transport=transport)
    response = way.respond(client, GET, id="1")
    assert response.raw == b'{"id": 7, "total": 10.500}'
    assert [(call.method, call.url) for call in transport.calls] == [
        ("GET", "https://shop.eu.example/acme/invoices/1")
    ]


def test_other_examples_can_be_chosen_in_turn(way: Way, package: str) -> None:
    transport = ExampleTransport(package)
    client = way.connect(transport=transport, max_attempts=1)
    transport.answer_with("invoices.find", "first-page", "last-page")
    lengths = [len(way.call(client, FIND).invoices or []) for _ in range(3)]
    assert lengths == [1, 0, 0]
    for name, message in [("missing", "no such parcel"), ("broken", "502: Down")]:
        transport.answer_with("invoices.get", name)
        with pytest.raises(Exception, match=message):
            way.call(client, GET, id="1")


def test_an_example_that_is_not_there_is_named(package: str) -> None:
    with pytest.raises(ConfigurationError, match="missing, typical, broken"):
        ExampleTransport(package).answer_with("invoices.get", "other")
    with pytest.raises(ConfigurationError, match=r"examples\.json"):
        ExampleTransport("json")


class Colour(OpenStrEnum):
    RED = "red"


class Size(OpenIntEnum):
    SMALL = 1


@pytest.mark.parametrize(("kind", "known", "unknown"), [(Colour, "red", "blue"), (Size, 1, 99)])
def test_an_open_enum_takes_what_it_does_not_list(kind: EnumMeta, known: Any, unknown: Any) -> None:
    for value in (known, unknown):
        member = kind(value)
        assert isinstance(member, kind)
        assert member == value
        assert hash(member) == hash(value)
        assert pickle.loads(pickle.dumps(member)) == member
        assert type(member.value) is type(value)
    assert list(kind) == [kind(known)]
    with pytest.raises(ValueError, match="not a valid"):
        kind(None)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30 00:00:00", "2026-02-03T00:00:00", "2026-02-03 00:00", "2026-W05-1 14:05:09"],
)
def test_a_naive_time_has_one_form(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        NaiveDateTime.parse(text)


def test_a_naive_time_pickles_and_prints_as_on_the_wire() -> None:
    moment = pickle.loads(pickle.dumps(NaiveDateTime.parse("0926-02-03 04:05:06")))
    assert type(moment) is NaiveDateTime
    assert str(moment) == "0926-02-03 04:05:06"


def test_a_secret_hides_in_reprs_alone() -> None:
    secret = Secret("hunter2")
    assert (repr(secret), f"{secret}", secret == "hunter2") == ("Secret('***')", "hunter2", True)
    assert "hunter2" not in repr({"password": secret})


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules);"
        " import counterfoil_core; print(sorted(set(sys.modules) - before))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout
    assert shown.strip() == "['counterfoil_core']"


def test_making_a_client_does_not_import_httpx2() -> None:
    code = (
        "import sys; from counterfoil_core import Client; from counterfoil_core.api import Api;"
        "api = Api(name='a', distribution='d', version='1', api_version='v1',"
        " server='https://a.example');"
        "Client(api, {});"
        "print([name for name in sys.modules"
        " if name.startswith(('httpx2', 'httpcore2', 'asyncio', 'ssl'))])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout
    assert shown.strip() == "[]"


def test_the_environment_turns_the_log_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERFOIL_LOG", "debug")
    code = "import counterfoil_core.log as log; log.logger.debug('hello')"
    shown = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stderr
    assert shown.strip().endswith("counterfoil DEBUG hello")


def test_a_proxy_that_needs_a_missing_package_is_a_configuration_error(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    client = way.connect()
    with pytest.raises(ConfigurationError, match=r"no connection can be made from here.*socksio"):
        way.call(client, GET, id="1")


def test_an_async_client_can_be_closed_after_its_event_loop_ended(raw_server: Any) -> None:
    def answer(connection: Any, received: bytes) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(INVOICE), INVOICE)
        )
        connection.recv(1)

    client = AsyncClient(
        API, {"shop": "s", "key": "k-123", "organization": "acme"}, base_url=raw_server(answer)
    )
    with warnings.catch_warnings():
        # asyncio warns of the socket that its ended loop leaves open.
        warnings.simplefilter("ignore", ResourceWarning)
        assert asyncio.run(client.call(GET, {"organization": "acme", "id": "1"})).id == 7
        asyncio.run(client.aclose())
        del client
        gc.collect()
