"""To errors before an operation is reached, each API responds in its own form, never with a 500."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest
from counterfoil import Account
from counterfoil_sandbox import Sandbox, UnknownApi
from httpx2 import ASGITransport, AsyncClient, Response
from starlette.testclient import TestClient

from tests.described_apis import SANDBOXES

from .conftest import Clock, Open2b

FIND = "/open2b-admin/api/v6/commerce.invoices.find"
LIST = "/amazon/vendor/directFulfillment/shipping/v1/customerInvoices"
TOKENS = "/amazon/tokens/2021-03-01/restrictedDataToken"
MEBIBYTE = 1024 * 1024


@pytest.fixture
def keys(box: Sandbox, http: TestClient) -> dict[str, dict[str, str]]:
    form = {
        name: box.credentials("amazon")[name]
        for name in ("refresh_token", "client_id", "client_secret")
    }
    token = http.post("/amazon/auth/o2/token", data={"grant_type": "refresh_token", **form}).json()[
        "access_token"
    ]
    return {
        FIND: {"X-Key": box.client_arguments("open2b-admin")["key"]},
        TOKENS: {"x-amz-access-token": token},
        LIST: {"x-amz-access-token": box.credentials("amazon")["restricted_data_token"]},
    }


def assert_own_form(path: str, answer: Response, status: int, *, body: bool = True) -> None:
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text
    if path.startswith("/amazon"):
        [error] = answer.json()["errors"]
        assert error["code"]
        assert answer.headers["x-amzn-RequestId"]
    elif status != 200:
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.text.startswith(str(status))


OWN = [
    "/amazon/",
    "/amazon/nowhere",
    f"{LIST}/",
    f"{LIST}/a/b",
    "/amazon/vendor/../../etc/passwd",
    "/amazon//",
]
OWN += [
    "/open2b-admin/",
    f"{FIND}/",
    "/open2b-admin/api/v6/commerce.orders.find",
    "/open2b-admin/api/v6/../v6/x",
    f"/{FIND}",
]


@pytest.mark.parametrize("path", OWN)
def test_an_unknown_route_is_not_found(http: TestClient, path: str) -> None:
    answer = http.post(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith(
        "text/plain" if path.startswith("/open2b-admin") else "application/json"
    )


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "SPELL"])
def test_a_wrong_method_is_not_allowed(http: TestClient, method: str) -> None:
    answer = http.request(method, FIND)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    answer = http.request(method, TOKENS)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({}, "403 Forbidden, missing key"),
        ({"X-Key": "wrong"}, "403 Forbidden, malformed key"),
        ({"X-Key": ""}, "403 Forbidden, missing key"),
    ],
)
def test_open2b_wants_its_key(http: TestClient, headers: dict[str, str], text: str) -> None:
    answer = http.post(FIND, json={}, headers=headers)
    assert (answer.status_code, answer.text) == (403, text)
    assert answer.headers["content-type"].startswith("text/plain")


def test_open2b_takes_its_key_under_the_newer_name(open2b: Open2b, http: TestClient) -> None:
    assert http.post(FIND, json={}, headers={"X-Secret-Key": open2b.key}).json()["status"] == "ok"


def test_amazon_wants_its_token(http: TestClient) -> None:
    assert_own_form(LIST, http.get(LIST), 403)


@pytest.mark.parametrize("path", [FIND, TOKENS])
@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"]
)
def test_a_wrong_media_type_is_refused(
    http: TestClient, keys: dict[str, dict[str, str]], path: str, media_type: str
) -> None:
    answer = http.post(path, content=b"{}", headers={**keys[path], "Content-Type": media_type})
    assert_own_form(path, answer, 415)


def test_the_media_type_may_have_parameters(
    http: TestClient, keys: dict[str, dict[str, str]]
) -> None:
    answer = http.post(
        FIND,
        content=b"{}",
        headers={**keys[FIND], "Content-Type": "Application/JSON; charset=utf-8"},
    )
    assert answer.json()["status"] == "ok"


BROKEN = [
    b"",
    b"{",
    b"nonsense",
    b"\xff\xfe",
    b"{'limit': 1}",
    b'{"limit": NaN}',
    b'{"limit": Infinity}',
    b'"\\ud800"',
]
BROKEN += [
    b"[" * 100_000,
    b'{"limit": 1e99999999999999999999}',
    b'{"limit": ' + b"1" * 10_000 + b"}",
    b"\xef\xbb\xbf{}",
]


@pytest.mark.parametrize("path", [FIND, TOKENS])
@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:24]))
def test_broken_json_is_refused(
    http: TestClient, keys: dict[str, dict[str, str]], path: str, body: bytes
) -> None:
    answer = http.post(
        path, content=body, headers={**keys[path], "Content-Type": "application/json"}
    )
    assert_own_form(path, answer, 200 if path == FIND else 400)
    if path == FIND:
        assert answer.json()["error"]["type"] == "Malformed"


@pytest.mark.parametrize("path", [FIND, TOKENS])
@pytest.mark.parametrize("size", [MEBIBYTE + 1, 3 * MEBIBYTE, 17 * MEBIBYTE])
def test_a_body_over_a_mebibyte_is_refused(
    http: TestClient, keys: dict[str, dict[str, str]], path: str, size: int
) -> None:
    answer = http.post(
        path, content=b" " * size, headers={**keys[path], "Content-Type": "application/json"}
    )
    assert_own_form(path, answer, 413)


def test_a_body_of_a_mebibyte_is_read(http: TestClient, keys: dict[str, dict[str, str]]) -> None:
    body = b"{}" + b" " * (MEBIBYTE - 2)
    answer = http.post(
        FIND, content=body, headers={**keys[FIND], "Content-Type": "application/json"}
    )
    assert answer.json()["status"] == "ok"


@pytest.mark.parametrize("value", ["\x00", "' OR 1=1 --", "../../etc", "\N{PILE OF POO}", "%00"])
def test_odd_text_is_only_text(
    open2b: Open2b, http: TestClient, keys: dict[str, dict[str, str]], value: str
) -> None:
    assert (
        open2b.call("find", conditions={"address": value, "fromNumber": value, "toNumber": value})[
            "invoices"
        ]
        == []
    )
    period = {"createdAfter": "2026-05-19T00:00:00Z", "createdBefore": "2026-05-20T00:00:00Z"}
    answer = http.get(LIST, params={**period, "shipFromPartyId": value}, headers=keys[LIST])
    assert answer.json() == {"payload": {"customerInvoices": []}}


def test_open2b_allows_a_thousand_calls_in_five_minutes(open2b: Open2b, clock: Clock) -> None:
    statuses = [
        open2b.http.post(FIND, json={"limit": 1}, headers={"X-Key": open2b.key}).status_code
        for _ in range(1001)
    ]
    assert statuses == [200] * 1000 + [429]
    assert open2b.send("count", b"{}").text == "429 Too Many Requests"  # one limit for all methods
    clock.advance(minutes=5)
    assert open2b.call("count") == {"status": "ok", "count": 60}


def test_the_limits_can_be_turned_off(clock: Clock) -> None:
    box = Sandbox(["amazon"], invoices=1, rate_limits=False, clock=clock)
    http = TestClient(box.app)
    headers = {"x-amz-access-token": box.credentials("amazon")["restricted_data_token"]}
    assert {http.get(f"{LIST}/LX1", headers=headers).status_code for _ in range(50)} == {404}


def test_requests_are_logged_without_their_secrets(
    box: Sandbox, open2b: Open2b, http: TestClient
) -> None:
    open2b.call("count", conditions={"type": "Invoice"})
    http.get(f"{LIST}?limit=3", headers={"x-amz-access-token": "private"})
    http.post(
        "/amazon/auth/o2/token",
        data={"client_id": "mine", "client_secret": "private", "refresh_token": "private"},
    )
    count, page, login = box.requests
    assert (count.number, count.api, count.method) == (1, "open2b-admin", "POST")
    assert count.path == "/open2b-admin/api/v6/commerce.invoices.count"
    assert (count.headers["x-key"], count.headers["content-type"]) == ("***", "application/json")
    assert count.body == b'{"conditions": {"type": "Invoice"}}'
    assert (count.status, count.outcome, count.reasons) == (200, "answered", ())
    assert count.response_body.startswith(b'{"status":"ok","count":')
    assert count.response_headers["content-type"] == "application/json"
    assert count.response_size == len(count.response_body)
    assert count.seconds > 0
    assert page.method == "GET"
    assert page.path == LIST
    assert page.query == "limit=3"
    assert page.status == 403
    assert login.body == b"client_id=mine&client_secret=***&refresh_token=***"
    assert open2b.key not in repr(box.requests)
    assert "private" not in repr(box.requests)


def test_the_log_forgets_the_oldest_requests(box: Sandbox, http: TestClient) -> None:
    for number in range(1002):
        http.get(f"/amazon/{number}")
    assert len(box.requests) == 1000
    assert box.requests[0].path == "/amazon/2"
    assert box.requests[-1].path == "/amazon/1001"


def test_a_defect_of_the_sandbox_is_told_without_a_stack_trace(
    open2b: Open2b, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr("counterfoil_sandbox.providers.open2b.invoices.Invoices.count", fail)
    answer = open2b.send("count", b"{}")
    assert (answer.status_code, answer.text) == (500, "500 Internal Server Error")
    assert "a secret detail" in caplog.text


def test_the_root_says_what_runs(http: TestClient) -> None:
    apis = http.get("/").json()["apis"]
    assert {name: each["url"] for name, each in apis.items()} == {
        name: f"http://testserver/{name}" for name in SANDBOXES
    }
    assert http.get("/nowhere").status_code == 404


def test_one_api_can_run_alone(clock: Clock) -> None:
    box = Sandbox(["amazon"], clock=clock)
    assert list(TestClient(box.app).get("/").json()["apis"]) == ["amazon"]
    with pytest.raises(UnknownApi, match=re.escape("'open2b-admin'")):
        box.client_arguments("open2b-admin")


def test_an_api_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownApi, match=re.escape(f"it has {', '.join(SANDBOXES)}.")):
        Sandbox(["ebay"])


def test_an_account_has_the_arguments_of_an_account(box: Sandbox) -> None:
    given = box.account("flow")

    assert Account(**given).settings.keys() == {"organization", "token"}
    assert (given["name"], given["provider"]) == ("flow", "flow")
    assert given["base_url"] == "http://sandbox/flow"


def test_client_arguments_are_what_a_client_is_made_with(box: Sandbox) -> None:
    assert box.client_arguments("amazon").keys() == {
        "refresh_token",
        "client_id",
        "client_secret",
        "base_url",
    }
    assert box.client_arguments("open2b-admin").keys() == {"store", "key", "base_url"}
    assert box.client_arguments("open2b-admin")["base_url"] == "http://sandbox/open2b-admin"


def test_it_works_in_process_without_a_thread(box: Sandbox) -> None:
    async def call() -> Any:
        account = box.client_arguments("open2b-admin")
        async with AsyncClient(
            transport=ASGITransport(app=box.app), base_url=account["base_url"]
        ) as http:
            path = "/api/v6/commerce.invoices.count"
            return (await http.post(path, json={}, headers={"X-Key": account["key"]})).json()

    assert json.dumps(asyncio.run(call())) == '{"status": "ok", "count": 60}'
