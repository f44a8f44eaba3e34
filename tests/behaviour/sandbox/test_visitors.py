"""Requests that pages of other sites make a browser send, and keys in the wrong places."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from counterfoil_sandbox import Sandbox
from httpx2 import Client
from starlette.testclient import TestClient

OWN = [
    "/",
    "/_page/log.html",
    "/_page/flow.json",
    "/_control/requests",
    "/_control/faults",
    "/_page/page.js",
]
COUNT = "/open2b-admin/api/v6/commerce.invoices.count"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Sandbox, Client]]:
    with Sandbox(invoices=1) as box, box.serve() as url, Client(base_url=url) as http:
        yield box, http


FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:80",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.",
    "",
    "a b",
    "evil.local",
]
FOREIGN_HOSTS += [
    "127.0.0.1@evil.example",
    "1evil",
    "evil.example#127.0.0.1",
    "127.1",
    "2130706433",
    'x"><script>alert(1)</script>',
    "[::1",
]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_name_that_is_not_its_own_is_not_answered(
    http: TestClient, box: Sandbox, host: str
) -> None:
    headers = {"Host": host, "Accept": "text/html"}

    answers = [http.get(path, headers=headers) for path in [*OWN, COUNT, "/nowhere"]]

    assert {answer.status_code for answer in answers} == {421}
    assert all("allow the name" in answer.json()["error"] for answer in answers)
    assert not [key for _, key in list_credentials(box) for answer in answers if key in answer.text]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8000",
        "LOCALHOST:1",
        "box.localhost",
        "[::1]:80",
        "192.168.1.5:8000",
        "container-1:80",
    ],
)
def test_addresses_and_names_that_are_no_sites_are_answered(http: TestClient, host: str) -> None:
    assert http.get("/_page/log.html", headers={"Host": host}).status_code == 200


def test_names_that_were_allowed_are_answered() -> None:
    with Sandbox(["flow"], invoices=1, allow_hosts=["Shop.Example"]) as box:
        http = TestClient(box.app)
        assert http.get("/", headers={"Host": "shop.example:8080"}).status_code == 200
        assert http.get("/", headers={"Host": "other.example"}).status_code == 421


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:8123.evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
]
HERE = {"Host": "127.0.0.1:8123"}


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_foreign_page_neither_reads_nor_steers(
    box: Sandbox, http: TestClient, headers: dict[str, str]
) -> None:
    http.get("/flow/acme/consumer-invoices")
    before = len(box.requests)

    asked = [http.get(path, headers=HERE | headers) for path in OWN]
    asked += [
        http.post(f"/_control/{action}", headers=HERE | headers) for action in ("reset", "revoke")
    ]
    asked += [http.put("/_control/faults", headers=HERE | headers, json={"fault": []})]
    asked += [http.delete("/_control/faults", headers=HERE | headers)]

    assert {answer.status_code for answer in asked} == {403}
    assert len(box.requests) == before == 1


def test_a_form_that_navigates_here_from_elsewhere_does_nothing(http: TestClient) -> None:
    headers = {**HERE, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    assert http.post("/_control/reset", headers=headers).status_code == 403
    assert http.get("/", headers=headers).status_code == 200, "a link to the page may be followed"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:8123"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
def test_its_own_page_and_programs_may(http: TestClient, headers: dict[str, str]) -> None:
    assert http.get("/_page/log.html", headers=HERE | headers).status_code == 200
    assert http.post("/_control/reset", headers=HERE | headers).status_code == 200


def test_it_holds_over_a_socket(served: tuple[Sandbox, Client]) -> None:
    _, http = served

    assert http.get("/_page/log.html").status_code == 200
    assert http.get("/_page/log.html", headers={"Host": "evil.example"}).status_code == 421
    assert (
        http.post("/_control/revoke", headers={"Origin": "http://evil.example"}).status_code == 403
    )


def list_credentials(box: Sandbox) -> list[tuple[str, str]]:
    secret = {
        "amazon": ["refresh_token", "client_secret", "restricted_data_token"],
        "flow": ["token"],
        "open2b-admin": ["key"],
    }
    secret |= {
        "open2b-storefront": ["password", "customer_key"],
        "vtex": ["app_key", "app_token", "user_token"],
    }
    return [(api, box.credentials(api)[name]) for api, names in secret.items() for name in names]


def test_no_key_is_logged_wherever_it_stands(box: Sandbox, http: TestClient) -> None:
    for api, key in list_credentials(box):
        basic = b64encode(f"{key}:".encode()).decode()
        quoted = quote(key, safe="")
        http.get(f"/{api}/{quoted}/x?q={quoted}&other=1&{quoted}=2", headers={"X-Copy": key})
        http.post(
            f"/{api}/x", headers={"X-Copy": f"a {basic} b", "Authorization": f"Basic {basic}"}
        )
        http.post(f"/{api}/x", content=json.dumps({"a": [key]}))
        http.post(f"/{api}/x", data={"a": key})

    shown = repr(box.requests) + http.get("/_control/requests").text
    for _, key in list_credentials(box):
        for form in (key, quote(key, safe=""), b64encode(f"{key}:".encode()).decode()):
            assert form not in shown, form
    assert "other=1" in shown


WRONG = "live-key-that-came-here-by-mistake"


@pytest.mark.parametrize(
    "name",
    [
        "key",
        "api_key",
        "apikey",
        "X-Key",
        "access_token",
        "token",
        "password",
        "secret",
        "Signature",
    ],
)
def test_a_key_of_somebody_else_is_not_logged_where_its_name_tells_it(
    box: Sandbox, http: TestClient, name: str
) -> None:
    http.post(f"{COUNT}?a=1&{name}={WRONG}&b=2", json={}, headers={name: WRONG})
    http.get(f"/nowhere/at/all?{name}={WRONG}", headers={"X-Key": WRONG, "X-Copy-Of-It": WRONG})
    http.get(
        f"/flow/nowhere?{name}={WRONG}",
        headers={"Authorization": f"Bearer {WRONG}", "X-Copy-Of-It": WRONG},
    )

    assert WRONG not in repr(box.requests)
    assert f"a=1&{name}=***&b=2" in [request.query for request in box.requests]


def test_what_an_operation_documents_is_logged_though_it_is_called_like_a_key(
    box: Sandbox, http: TestClient
) -> None:
    http.get(
        "/amazon/vendor/directFulfillment/shipping/v1/customerInvoices?nextToken=page-2&limit=3"
    )

    assert box.requests[-1].query == "nextToken=page-2&limit=3"
