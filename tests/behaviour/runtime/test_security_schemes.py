"""Keys in queries and cookies, and tokens from the token endpoints of OAuth 2.0."""

from __future__ import annotations

import logging
import traceback
from base64 import b64decode
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest
from counterfoil_core import AuthenticationFailed, ConfigurationError, ServerError
from counterfoil_core.api import (
    Api,
    Operation,
    Pagination,
    Parameter,
    SecurityScheme,
    TokenExchange,
)
from msgspec import Struct, structs

from . import clients
from .clients import Way

KEY = "s3cr3t+key/9="
URL = "https://login.example/oauth/token"


class Listed(Struct):
    items: list[int]
    next: str | None = None


def make_api(*schemes: SecurityScheme) -> Api:
    return Api(
        name="parcel-post",
        distribution="counterfoil-parcel-post",
        version="0.3.0",
        api_version="v6",
        server="https://api.example",
        security=schemes,
        credentials=tuple((scheme.name,) for scheme in schemes),
    )


def make_operation(*alternatives: tuple[str, ...]) -> Operation[Listed]:
    return Operation(
        name="parcels.list",
        operation_id="list",
        method="GET",
        path="/parcels",
        retry="safe",
        parameters=(
            Parameter(name="limit", wire="limit", location="query", type=int),
            Parameter(name="locale", wire="locale", location="cookie", type=str),
        ),
        responses={200: Listed},
        security=alternatives,
    )


QUERY = SecurityScheme(name="key", kind="query", header="api_key")
COOKIE = SecurityScheme(name="session", kind="cookie", header="sid")
REFRESH = TokenExchange(
    operation=URL,
    body={"grant_type": "refresh_token", "refresh_token": "{refresh_token}"},
    credentials=("client_id", "refresh_token"),
    optional=("scope",),
    basic=("client_id", "client_secret"),
    token=("access_token",),
    lifetime=("expires_in",),
    renewed=("refresh_token",),
    renews="refresh_token",
)
PASSWORD = TokenExchange(
    operation=URL,
    body={"grant_type": "password", "username": "{username}", "password": "{password}"},
    credentials=("client_id", "username", "password"),
    optional=("scope",),
    basic=("client_id", "client_secret"),
    token=("access_token",),
    lifetime=("expires_in",),
)
CLIENT = TokenExchange(
    operation=URL,
    body={"grant_type": "client_credentials"},
    credentials=("client_id", "client_secret"),
    optional=("scope",),
    basic=("client_id", "client_secret"),
    token=("access_token",),
    lifetime=("expires_in",),
)
OAUTH2 = SecurityScheme(name="access_token", kind="bearer", exchanges=(REFRESH, PASSWORD, CLIENT))
LIST = make_operation(("access_token",))
LIST_BY_KEY = make_operation(("key",))
LIST_BY_COOKIE = make_operation(("session",))
GIVEN = ("client_id", "client_secret", "refresh_token", "username", "password", "scope")


@pytest.fixture(autouse=True)
def without_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEY", "SESSION", "ACCESS_TOKEN", *map(str.upper, GIVEN)):
        monkeypatch.delenv(f"COUNTERFOIL_PARCEL_POST_{name}", raising=False)


def connect(
    way: Way, scheme: SecurityScheme, answer: Any, monkeypatch: pytest.MonkeyPatch, **given: Any
) -> Any:
    monkeypatch.setattr(clients, "API", make_api(scheme))
    names = (scheme.name, *GIVEN)
    arguments = dict.fromkeys(("shop", "region", "key", "token", "organization"))
    return way.connect(answer, arguments={**arguments, **dict.fromkeys(names), **given})


OK = httpx2.Response(200, content=b'{"items": []}')


# keys in a query and in a cookie


def test_a_key_in_a_query_is_sent_encoded_beside_the_arguments(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = connect(way, QUERY, OK, monkeypatch, key=KEY)
    way.call(client, LIST_BY_KEY, limit=3)
    assert way.requests[0].url.query == b"limit=3&api_key=s3cr3t%2Bkey%2F9%3D"
    assert "authorization" not in way.requests[0].headers


def test_a_key_in_a_cookie_is_sent_with_the_arguments_own(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = connect(way, COOKIE, OK, monkeypatch, session="abc123")
    way.call(client, LIST_BY_COOKIE, locale="it")
    assert way.requests[0].headers["cookie"] == "locale=it; sid=abc123"


@pytest.mark.parametrize("value", ["a;b=c", "a\r\nSet-Cookie: x", 'a"b', "a,b", "ü"])
def test_a_cookie_cannot_smuggle_another(
    way: Way, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigurationError, match="session") as caught:
        connect(way, COOKIE, OK, monkeypatch, session=value)
    assert value not in str(caught.value)


def test_a_key_in_a_query_is_shown_nowhere(
    way: Way, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        text = f"no such key: {KEY} in {request.url}"
        return httpx2.Response(403, content=text.encode(), headers={"x-request-id": KEY})

    caplog.set_level(logging.DEBUG, "counterfoil")
    client = connect(way, QUERY, refuse, monkeypatch, key=KEY)
    with pytest.raises(Exception, match="403") as caught:
        way.call(client, LIST_BY_KEY)
    shown = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )
    told = shown + repr(vars(caught.value)) + caplog.text + repr(client)
    assert KEY not in told
    assert "s3cr3t%2Bkey" not in told


def test_a_cursor_does_not_contain_the_key_that_the_server_repeats(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(request: httpx2.Request) -> httpx2.Response:
        if b"page=2" in request.url.query:
            return httpx2.Response(200, content=b'{"items": [2]}')
        link = f"https://api.example{request.url.raw_path.decode()}&page=2"
        return httpx2.Response(200, content=f'{{"items": [1], "next": "{link}"}}'.encode())

    pages = Pagination[Listed, int](
        style="next-url", items=("items",), item=int, next=("next",), end="no-next"
    )
    client = connect(way, QUERY, page, monkeypatch, key=KEY)
    found = way.collect(client.pages(LIST_BY_KEY, pages, {"limit": 1}))
    assert [one.items for one in found] == [[1], [2]]
    queries = [request.url.query for request in way.requests]
    assert queries == [
        b"limit=1&api_key=s3cr3t%2Bkey%2F9%3D",
        b"limit=1&page=2&api_key=s3cr3t%2Bkey%2F9%3D",
    ]
    assert "s3cr3t" not in str(found[0].cursor)


def test_the_first_complete_alternative_is_used(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    operation = make_operation(("key", "session"), ("session",))
    for given, query in (({"key": KEY}, b"api_key=s3cr3t%2Bkey%2F9%3D"), ({}, b"")):
        monkeypatch.setattr(clients, "API", make_api(QUERY, COOKIE))
        names = ("shop", "region", "token", "organization", "key", "session")
        client = way.connect(OK, arguments={**dict.fromkeys(names), "session": "abc123", **given})
        way.call(client, operation)
        assert way.requests[-1].url.query == query
        assert way.requests[-1].headers["cookie"] == "sid=abc123"


# OAuth 2.0


class Server:
    """A token endpoint and an API that takes its tokens."""

    def __init__(self, *, rotates: bool = False, lifetime: Any = 3600) -> None:
        self.rotates = rotates
        self.lifetime = lifetime
        self.forms: list[dict[str, str]] = []
        self.authorizations: list[str | None] = []
        self.good = ""
        self.used: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        authorization = request.headers.get("authorization")
        if request.url.host == "login.example":
            form = parse_qs(request.content.decode())
            self.forms.append({name: values[0] for name, values in form.items()})
            self.authorizations.append(authorization)
            self.good = f"token-{len(self.forms)}"
            content: dict[str, Any] = {"access_token": self.good, "expires_in": self.lifetime}
            if self.rotates:
                content["refresh_token"] = f"refresh-{len(self.forms)}"
            return httpx2.Response(200, json=content)
        self.used.append(str(authorization))
        if authorization != f"Bearer {self.good}":
            return httpx2.Response(401)
        return httpx2.Response(200, content=b'{"items": []}')


def test_client_credentials_are_exchanged_once_and_renewed_before_their_end(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    client = connect(
        way, OAUTH2, server, monkeypatch, client_id="shop:1", client_secret="s%cret", scope="read"
    )
    way.call(client, LIST)
    way.call(client, LIST)
    assert server.forms == [{"grant_type": "client_credentials", "scope": "read"}]
    basic = b64decode(str(server.authorizations[0]).removeprefix("Basic ")).decode()
    assert basic == "shop%3A1:s%25cret", "both are encoded, by RFC 6749, section 2.3.1"
    assert server.used == ["Bearer token-1", "Bearer token-1"]
    way.time.now += 3600
    way.call(client, LIST)
    assert len(server.forms) == 2


def test_a_token_that_is_given_is_used_without_an_exchange(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    server.good = "mine"
    client = connect(
        way, OAUTH2, server, monkeypatch, access_token="mine", client_id="a", client_secret="b"
    )
    way.call(client, LIST)
    assert server.forms == []


def test_a_refresh_token_is_replaced_by_the_one_that_the_server_sends(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(rotates=True)
    client = connect(
        way, OAUTH2, server, monkeypatch, client_id="a", client_secret="b", refresh_token="first"
    )
    for _ in range(3):
        way.call(client, LIST)
        way.time.now += 3600
    assert [form["refresh_token"] for form in server.forms] == ["first", "refresh-1", "refresh-2"]


def test_a_public_client_names_itself_in_the_form(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    client = connect(way, OAUTH2, server, monkeypatch, client_id="a", refresh_token="first")
    way.call(client, LIST)
    assert server.forms == [
        {"grant_type": "refresh_token", "refresh_token": "first", "client_id": "a"}
    ]
    assert server.authorizations == [None]


def test_a_client_that_authenticates_in_the_body(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    in_body = structs.replace(CLIENT, basic=(), optional=("client_id", "client_secret", "scope"))
    scheme = structs.replace(OAUTH2, exchanges=(in_body,))
    client = connect(way, scheme, server, monkeypatch, client_id="a", client_secret="b")
    way.call(client, LIST)
    assert server.forms[0] == {
        "grant_type": "client_credentials",
        "client_id": "a",
        "client_secret": "b",
    }
    assert server.authorizations == [None]


def test_name_and_password_are_exchanged(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(lifetime="3600")
    client = connect(way, OAUTH2, server, monkeypatch, client_id="a", username="u", password="p w")
    way.call(client, LIST)
    assert server.forms[0]["password"] == "p w"
    assert server.forms[0]["grant_type"] == "password"


def test_a_rejected_token_is_replaced_once(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    client = connect(way, OAUTH2, server, monkeypatch, client_id="a", client_secret="b")
    way.call(client, LIST)
    server.good = "revoked"
    way.call(client, LIST)
    assert len(server.forms) == 2


def test_secrets_of_an_exchange_are_shown_nowhere(
    way: Way, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        text = request.content.decode() + str(request.headers.get("authorization"))
        return httpx2.Response(400, content=text.encode())

    caplog.set_level(logging.DEBUG, "counterfoil")
    client = connect(
        way, OAUTH2, refuse, monkeypatch, client_id="a-client", client_secret="v3ry-s3cret"
    )
    with pytest.raises(AuthenticationFailed) as caught:
        way.call(client, LIST)
    shown = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )
    assert "v3ry-s3cret" not in shown + caplog.text + repr(vars(caught.value))


def test_a_busy_token_endpoint_is_asked_again(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    statuses: Iterator[int] = iter([503, 200])
    server = Server()

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "login.example" and next(statuses, 200) == 503:
            return httpx2.Response(503)
        return server(request)

    client = connect(way, OAUTH2, answer, monkeypatch, client_id="a", client_secret="b")
    way.call(client, LIST)
    assert len(server.forms) == 1
    always = httpx2.Response(503)
    busy = connect(way, OAUTH2, always, monkeypatch, client_id="a", client_secret="b")
    with pytest.raises(ServerError):
        way.call(busy, LIST)


def test_missing_credentials_are_listed_with_all_ways(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        connect(way, OAUTH2, OK, monkeypatch, client_id="a")
    for name in ("access_token", "client_secret", "refresh_token", "username"):
        assert f"`{name}`" in str(caught.value)
