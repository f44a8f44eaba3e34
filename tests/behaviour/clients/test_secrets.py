"""No credential is shown: by an error, its cause, or the local variables of any frame."""

from __future__ import annotations

import asyncio
import html
import json
import socket
import socketserver
import struct
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from counterfoil_core import ConfigurationError, CounterfoilError
from counterfoil_core.api import RateLimit
from counterfoil_core.settings import list_secret_names
from counterfoil_core.transports.aiohttp import AiohttpTransport
from msgspec import structs

from .packages import apis, description, operations, package

MARK = "M4rK"
FREELY = RateLimit(requests=1_000_000, per=1, burst=1_000_000)
Connection = socket.socket
StreamedResponse = Callable[[Connection, bytes], None]


def send(connection: Connection, status: str, body: bytes, kind: str = "application/json") -> None:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    connection.sendall(head.encode() + body)


def echo(connection: Connection, request: bytes) -> None:
    send(connection, "400 Bad Request", b"I do not like " + request * 30, "text/plain")


def echo_as_json(connection: Connection, request: bytes) -> None:
    body = {
        "error": {"code": request.decode(), "message": request.decode(), "field": request.decode()}
    }
    send(connection, "403 Forbidden", json.dumps(body).encode())


def reset(connection: Connection, request: bytes) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


ANSWERS: dict[str, StreamedResponse] = {
    "echo": echo,
    "echo in JSON": echo_as_json,
    "empty 401": lambda connection, _: send(connection, "401 Unauthorized", b""),
    "500": lambda connection, request: send(connection, "500 Oh", b"<html>" + request, "text/html"),
    "no JSON": lambda connection, request: send(connection, "200 OK", request),
    "unknown": lambda connection, request: send(
        connection, "200 OK", json.dumps({"status": request.decode()}).encode()
    ),
    "reset": reset,
    "no HTTP": lambda connection, request: connection.sendall(b"?" + request),
    "cut off": lambda connection, request: connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + request
    ),
    "silence": lambda connection, _: (
        [None for _ in iter(lambda: connection.recv(99), b"")] and None
    ),
}


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        content = b""
        while b"\r\n\r\n" not in content:
            content += self.request.recv(65_536)
        self.server.answer(self.request, content)  # type: ignore[attr-defined]


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are expected here."""


@pytest.fixture(params=list(ANSWERS))
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.answer = ANSWERS[request.param]  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def settings(api: str) -> dict[str, str]:
    """All that a client of this API wants to know, with credentials that bear the mark."""
    known = description(api)
    found = {name: f"{MARK}-of-{name}/+&" for name in list_secret_names(known)}
    for scheme in known.security:
        if scheme.exchanges:
            del found[scheme.name]
    plain = [each.name for each in known.variables if not each.default]
    return found | dict.fromkeys([*plain, *known.defaults], "shop")


def choose_operation(api: str) -> tuple[Any, dict[str, Any]]:
    """An operation that needs credentials, and whatever arguments it must have."""
    for operation in operations(api).values():
        needed = [each.name for each in operation.parameters if each.required]
        body = operation.body
        body_fields = structs.fields(body.type) if body else ()
        is_bare = not any(each.required for each in body_fields)
        if operation.security and is_bare and operation.window is None:
            return operation, dict.fromkeys(needed, "1")
    raise AssertionError(f"{api} has no operation that could be called here")


def call(api: str, way: str, **options: Any) -> None:
    operation, arguments = choose_operation(api)
    name = next(
        name
        for name in package(api).__all__
        if name.endswith("Client") and not name.startswith("Async")
    )
    options = {**settings(api), "max_attempts": 1, "timeout": 0.5, "rate_limit": FREELY, **options}
    if way == "sync":
        with getattr(package(api), name)(**options) as client:
            client.with_options(validate=False).call(operation, arguments)
        return

    async def run() -> None:
        if way == "aiohttp":
            options["transport"] = AiohttpTransport
        async with getattr(package(api), f"Async{name}")(**options) as client:
            await client.with_options(validate=False).call(operation, arguments)

    asyncio.run(run())


def list_shown(error: BaseException | None, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Print an error as tools do, with its causes and the local variables of their frames."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    yield type(error).__name__, f"{error} {error!r} {vars(error)!r}"
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename != __file__:
            for name, value in trace.tb_frame.f_locals.items():
                yield f"{code.co_filename}:{code.co_name}: {name}", repr(value)
        trace = trace.tb_next
    yield from list_shown(error.__cause__, seen)
    yield from list_shown(error.__context__, seen)


def find_leaks(error: BaseException) -> list[str]:
    coded = b64encode(f"{MARK}-of-".encode()).decode()[:-2]
    return [place for place, text in list_shown(error, set()) if MARK in text or coded in text]


WAYS = ["sync", "async", "aiohttp"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("api", apis())
def test_no_local_variable_of_any_frame_shows_a_credential(api: str, way: str, url: str) -> None:
    with pytest.raises(CounterfoilError) as caught:
        call(api, way, base_url=url)
    assert find_leaks(caught.value) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("api", apis())
def test_nothing_is_shown_where_no_connection_can_be_made(api: str, way: str) -> None:
    with pytest.raises(CounterfoilError) as caught:
        call(api, way, base_url="http://127.0.0.1:9")
    assert find_leaks(caught.value) == []


@pytest.mark.parametrize(
    "options", [{"base_url": "nonsense"}, {"timeout": -1}, {"base_url": "http://[::1"}]
)
@pytest.mark.parametrize("api", apis())
def test_nothing_is_shown_where_no_client_can_be_made(api: str, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        call(api, "sync", **options)
    assert find_leaks(caught.value) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("host", ["[::1", "h:port", "h:99999999", "127.0.0.1:9", "a b"])
@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_the_password_of_a_proxy_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, way: str, host: str, scheme: str
) -> None:
    monkeypatch.setenv("http_proxy", f"{scheme}://user:{MARK}@{host}")
    with pytest.raises(CounterfoilError) as caught:
        call(apis()[0], way, base_url="http://shop.example")
    assert find_leaks(caught.value) == []


def test_what_holds_credentials_masks_them_when_a_transport_is_interrupted() -> None:
    class Interrupted:
        def send(self, request: Any) -> Any:
            raise KeyboardInterrupt

        def close(self) -> None:
            """Nothing is open."""

    for api in apis():
        with pytest.raises(KeyboardInterrupt) as caught:
            call(api, "sync", transport=Interrupted())
        assert find_leaks(caught.value) == []


KEY = "a\"b'c<d>&e/f+g h\\i\u00e9-0042"
HTML_KEY = html.escape(KEY)
JSON_KEY = json.dumps(KEY)[1:-1]
BASE64_KEY = b64encode(KEY.encode()).decode()
FORMS = {
    "as it is": KEY,
    "URL": quote(KEY, safe=""),
    "URL in lower case": quote(KEY, safe="").replace("%2F", "%2f").replace("%3C", "%3c"),
    "URL, twice": quote(quote(KEY, safe=""), safe=""),
    "form": quote(KEY, safe="").replace("%20", "+"),
    "HTML": HTML_KEY,
    "HTML by numbers": HTML_KEY.replace("&quot;", "&#34;").replace("&lt;", "&#x3C;"),
    "HTML by names": HTML_KEY.replace("&#x27;", "&apos;").replace("+", "&plus;"),
    "JSON": JSON_KEY,
    "JSON with letters": json.dumps(KEY, ensure_ascii=False)[1:-1],
    "JSON of PHP": JSON_KEY.replace("/", "\\/"),
    "JSON of Go": JSON_KEY.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003E"),
    "JSON in JSON": json.dumps(JSON_KEY)[1:-1],
    "base64": BASE64_KEY,
    "base64 in a URL": quote(BASE64_KEY, safe=""),
    "Basic, as user": b64encode(f"{KEY}:".encode()).decode(),
    "Basic, as password": b64encode(f"us:{KEY}".encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_credential_is_found_in_every_form(form: str) -> None:
    from counterfoil_core.redaction import make_redactor

    shown = make_redactor([KEY])(f"before {FORMS[form]} after")
    assert shown.startswith("before ")
    assert shown.endswith(" after")
    assert "***" in shown
    assert len(shown) < len("before *** after") + 10
    assert not any(piece in shown for piece in ("0042", "c<d", BASE64_KEY[8:16]))


@pytest.mark.parametrize(
    "place", [*range(1960, 2004), *range(440, 504), 9_990, 10_190, 31_990, 40_180]
)
@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_a_credential_is_found_where_a_body_is_cut(place: int, kind: str) -> None:
    import httpx2

    secret = "MaRkEr-SeCrEt-0042-keyvalue"
    body = "x" * place + secret + " rest " * 9_000
    in_json = json.dumps({"error": {"code": body, "message": body}})
    text = in_json if kind.endswith("json") else body
    answer = httpx2.Response(400, content=text, headers={"content-type": kind})
    client = package("flow").FlowClient
    transport = httpx2.MockTransport(lambda _: answer)
    with (
        client(organization="o", token=secret, transport=transport) as flow,
        pytest.raises(CounterfoilError) as caught,
    ):
        flow.consumer_invoices.get("1")
    shown = f"{caught.value} {vars(caught.value)}"
    assert secret[:6] not in shown
    assert len(shown) < 20_000


@pytest.mark.parametrize(
    "word", ["wrong", "missing", "credentials", "expired", "answer", "value", "Check"]
)
def test_our_own_sentences_stay_where_a_token_is_a_word_of_them(word: str) -> None:
    import httpx2

    client = package("flow").FlowClient
    transport = httpx2.MockTransport(lambda _: httpx2.Response(401, content=f"your {word} is bad"))
    with (
        client(organization="o", token=word, transport=transport) as flow,
        pytest.raises(CounterfoilError) as caught,
    ):
        flow.consumer_invoices.get("1")
    advice = "Check the credentials: they are missing, wrong, expired or for another host."
    assert str(caught.value) == f"flow consumer_invoices.get: 401: your *** is bad. {advice}"
