"""The arguments of a client are checked at once: credentials, their types, and the transport."""

from __future__ import annotations

from typing import Any

import aiohttp
import httpx2
import pytest
from counterfoil_core import ConfigurationError
from counterfoil_flow import FlowClient
from counterfoil_open2b_admin import AsyncOpen2bAdminClient, Open2bAdminClient

from tests.described_apis import find_client

AMAZON = {
    "refresh_token": "Atzr|invented",
    "client_id": "an application",
    "client_secret": "invented",
}
SHOP = {"store": "shop.example.com"}
LOGIN = {"email": "ada@thornby.example", "password": "invented"}


@pytest.mark.parametrize("kind", [0, 1], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("api", "arguments", "named"),
    [
        ("vtex", {"account": "a"}, ["app_key", "app_token", "user_token"]),
        ("vtex", {"account": "a", "app_key": "key-4711"}, ["app_token"]),
        ("vtex", {"account": "a", "app_key": "key-4711", "app_token": ""}, ["app_token"]),
        ("vtex", {"account": "a", "user_token": ""}, ["user_token"]),
        ("open2b-admin", SHOP, ["key", "COUNTERFOIL_OPEN2B_ADMIN_KEY"]),
        ("open2b-admin", {**SHOP, "key": ""}, ["key"]),
        ("flow", {"organization": ""}, ["token", "COUNTERFOIL_FLOW_TOKEN"]),
        ("flow", {"organization": "lanterns", "token": None}, ["token"]),
        ("open2b-storefront", {**SHOP, "customer_key": ""}, ["customer_key", "email", "password"]),
        ("open2b-storefront", {**SHOP, "email": "ada@thornby.example"}, ["password"]),
        (
            "amazon",
            {"client_id": "an application"},
            ["restricted_data_token", "access_token", "refresh_token"],
        ),
        ("amazon", {**AMAZON, "client_secret": ""}, ["client_secret"]),
        ("amazon", {"access_token": ""}, ["access_token"]),
    ],
)
def test_missing_and_empty_credentials_are_told_when_the_client_is_made(
    kind: int, api: str, arguments: dict[str, Any], named: list[str]
) -> None:
    with pytest.raises(ConfigurationError, match="credentials are missing: give ") as raised:
        find_client(api, is_async=bool(kind))(**arguments)

    message = str(raised.value)
    assert all(name in message for name in named)


@pytest.mark.parametrize("kind", [0, 1], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("api", "arguments"),
    [
        ("vtex", {"account": "a", "app_key": "key-4711", "app_token": "token-4711"}),
        ("vtex", {"account": "a", "user_token": "token-4711"}),
        ("amazon", AMAZON),
        ("amazon", {"access_token": "Atza|invented"}),
        ("amazon", {"restricted_data_token": "Atz.sprdt|invented"}),
        ("open2b-storefront", {**SHOP, "customer_key": "customer-4711"}),
        ("open2b-storefront", {**SHOP, **LOGIN}),
        ("open2b-storefront", {**SHOP, **LOGIN, "public_key": "public"}),
    ],
)
def test_credentials_or_what_they_are_traded_for_are_enough(
    kind: int, api: str, arguments: dict[str, Any]
) -> None:
    assert find_client(api, is_async=bool(kind))(**arguments)


@pytest.mark.parametrize("kind", [0, 1], ids=["sync", "async"])
@pytest.mark.parametrize("api", ["amazon", "open2b-storefront"])
def test_a_client_without_any_can_log_in(kind: int, api: str) -> None:
    shop = SHOP if api == "open2b-storefront" else {}

    assert find_client(api, is_async=bool(kind))(**shop)
    if shop:
        assert find_client(api, is_async=bool(kind))(**shop, public_key="public")


def test_credentials_of_the_environment_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERFOIL_FLOW_TOKEN", "t0ken-4711")
    assert FlowClient(organization="lanterns")

    with pytest.raises(ConfigurationError, match="credentials are missing"):
        FlowClient(organization="lanterns", token="")


@pytest.mark.parametrize("kind", [0, 1], ids=["sync", "async"])
@pytest.mark.parametrize("wrong", [4711, b"key-4711", 1.5, True, ["key"], {"key": "x"}])
def test_a_credential_of_another_type_is_told_without_showing_it(kind: int, wrong: Any) -> None:
    with pytest.raises(ConfigurationError) as raised:
        find_client("open2b-admin", is_async=bool(kind))(**SHOP, key=wrong)

    assert str(raised.value) == f"key must be a text, not a value of type {type(wrong).__name__}"
    assert "4711" not in str(raised.value)


class Sender:
    def send(self, request: Any) -> None: ...


class AsyncSender:
    async def send(self, request: Any) -> None: ...

    def close(self) -> None: ...


class Session:
    """As the clients of requests are: they have a send and a close of their own."""

    def prepare_request(self, request: Any) -> None: ...

    def send(self, request: Any) -> None: ...

    def close(self) -> None: ...


@pytest.mark.parametrize(
    "wrong",
    [
        httpx2.AsyncClient(),
        object(),
        "http://proxy.example:8080",
        7,
        Sender(),
        AsyncSender(),
        Session(),
        httpx2.Client,
    ],
    ids=lambda wrong: getattr(wrong, "__name__", type(wrong).__name__),
)
def test_a_transport_of_the_wrong_kind_is_told_when_a_client_is_made(wrong: Any) -> None:
    with pytest.raises(
        ConfigurationError, match=r"transport must be an httpx2\.Client or BaseTransport"
    ):
        Open2bAdminClient(**SHOP, key="key-4711", transport=wrong)


@pytest.mark.parametrize(
    "wrong",
    [httpx2.Client(), object(), "http://proxy.example:8080", Session(), aiohttp.ClientSession],
    ids=lambda wrong: getattr(wrong, "__name__", type(wrong).__name__),
)
def test_a_transport_of_the_wrong_kind_is_told_when_an_async_client_is_made(wrong: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"must be .*an httpx2\.AsyncClient"):
        AsyncOpen2bAdminClient(**SHOP, key="key-4711", transport=wrong)
