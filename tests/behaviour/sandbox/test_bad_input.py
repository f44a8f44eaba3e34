"""Whatever is sent, each API answers in its own form, never with a 500 of its own making, never with a stack trace."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from counterfoil_sandbox import Sandbox

from .conftest import MEBIBYTE

FORMS: dict[str, Any] = {
    "amazon": lambda answer: answer.json()["errors"][0].keys() == {"code", "message", "details"},
    "flow": lambda answer: answer.content == b"" or answer.json()["messages"],
    "open2b-admin": lambda answer: answer.text.startswith(str(answer.status_code)) or answer.json()["error"]["type"],
    "open2b-storefront": lambda answer: answer.text.startswith(str(answer.status_code)) or answer.json()["error"]["type"],
    "vtex": lambda answer: answer.json()["error"].keys() == {"code", "message", "exception"},
}
WRITES = {
    "amazon": ("POST", "/tokens/2021-03-01/restrictedDataToken"),
    "flow": ("PUT", "/lantern-house/consumer/invoices/order/W-9"),
    "open2b-admin": ("POST", "/api/v6/commerce.invoices.create"),
    "open2b-storefront": ("POST", "/api/v10/storefront.invoices"),
    "vtex": ("POST", "/api/oms/pvt/orders/1172452900001-01/invoice"),
}


@pytest.fixture
def outsider(box: Sandbox) -> Iterator[httpx2.Client]:
    """A caller with every key in its headers."""
    shop, store, customer = (box.credentials(name) for name in ("vtex", "open2b-admin", "open2b-storefront"))
    keys = {"X-VTEX-API-AppKey": shop["app_key"], "X-VTEX-API-AppToken": shop["app_token"]}
    keys |= {"X-Key": store["key"], "X-Customer-Key": customer["customer_key"]}
    keys["x-amz-access-token"] = box.credentials("amazon")["restricted_data_token"]
    with httpx2.Client(transport=box.transport("flow"), headers=keys, auth=("sandbox-flow-token", "")) as http:
        login = {name: box.credentials("amazon")[name] for name in ("refresh_token", "client_id", "client_secret")}
        token = http.post("http://sandbox/amazon/auth/o2/token", data={"grant_type": "refresh_token", **login})
        http.headers["x-amz-access-token"] = token.json()["access_token"]
        yield http


def write(http: httpx2.Client, api: str, body: bytes, media_type: str = "application/json") -> httpx2.Response:
    method, path = WRITES[api]
    return http.request(method, f"http://sandbox/{api}{path}", content=body, headers={"content-type": media_type})


@pytest.mark.parametrize("api", FORMS)
@pytest.mark.parametrize(
    "path", ["", "/", "//", "/nowhere", "/%2e%2e/%2e%2e/etc/passwd", "/a/..%2f..%2fetc%2fpasswd", "/%00", "/%ff%fe"]
)
def test_an_unknown_path_is_not_found(api: str, path: str, outsider: httpx2.Client) -> None:
    answer = outsider.get(f"http://sandbox/{api}{path}")

    assert answer.status_code == 404
    assert FORMS[api](answer)


@pytest.mark.parametrize("api", FORMS)
def test_a_wrong_method_is_not_allowed(api: str, outsider: httpx2.Client) -> None:
    answer = outsider.request("SPELL", f"http://sandbox/{api}{WRITES[api][1]}")

    assert (answer.status_code, WRITES[api][0] in answer.headers["allow"]) == (405, True)
    assert FORMS[api](answer)


@pytest.mark.parametrize("api", FORMS)
@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/jsonp"])
def test_another_media_type_is_refused(api: str, media_type: str, outsider: httpx2.Client) -> None:
    answer = write(outsider, api, b"{}", media_type)

    assert answer.status_code == 415
    assert FORMS[api](answer)


BROKEN = [b"", b"{", b"nonsense", b"\xff\xfe", b"[]", b"null", b'"\\ud800"', b'{"a": NaN}', b"[" * 100_000, b'{"\\ud800": 1}']


@pytest.mark.parametrize("api", FORMS)
@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:12]))
def test_a_broken_body_is_refused(api: str, body: bytes, outsider: httpx2.Client) -> None:
    answer = write(outsider, api, body)

    assert answer.status_code in (200, 400, 422)
    assert FORMS[api](answer)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("api", FORMS)
@pytest.mark.parametrize("size", [MEBIBYTE + 1, 17 * MEBIBYTE])
def test_a_body_over_a_mebibyte_is_refused(api: str, size: int, outsider: httpx2.Client) -> None:
    answer = write(outsider, api, b" " * size)

    assert answer.status_code == 413
    assert FORMS[api](answer)


ODD = ["' OR 1=1 --", "'; DROP TABLE invoice; --", "%", "\x00", "\N{PILE OF POO}", "../..", "9" * 400, ""]


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_odd_text_in_a_filter_is_only_text(value: str, outsider: httpx2.Client) -> None:
    flow = "http://sandbox/flow/lantern-house/consumer/invoices"
    vtex = "http://sandbox/vtex/api/oms/pvt/orders"

    assert [outsider.get(flow, params={name: value}).json() for name in ("id", "key", "order_number")] == [[]] * 3
    assert outsider.get(vtex, params={"q": value}).json()["paging"]["total"] == (0 if value else 60)
    assert outsider.get(vtex, params={"orderBy": value, "f_creationDate": value}).status_code == 200
    assert outsider.get(flow, params={"sort": value}).status_code == 422
    assert len(outsider.get(flow).json()) == 25


def test_numbers_out_of_bounds_are_refused_in_queries(outsider: httpx2.Client) -> None:
    flow = "http://sandbox/flow/lantern-house/consumer/invoices"
    wrong = [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"offset": -1}, {"limit": ["1", "2"]}, {"id": ["a"] * 101}]

    assert {outsider.get(flow, params=query).status_code for query in wrong} == {422}
    assert outsider.get(flow, params={"offset": 10**30}).json() == []


VALUES = [None, True, 0, -1, 2**63, 10**30, 1.5, "", "a", "\x00", "9" * 300, [], [[]], {}, {"a": 1}]


@pytest.mark.parametrize("api", FORMS)
def test_random_bodies_never_make_it_fail(api: str, outsider: httpx2.Client) -> None:
    chance = random.Random(api)
    names = json.dumps(sorted({name for each in VALID.values() for name in find_names(each)}))
    for _ in range(150):
        body = spoil(VALID[api], chance, json.loads(names))
        answer = write(outsider, api, json.dumps(body).encode())
        assert answer.status_code < 500, (body, answer.text)


LINE = {
    "discriminator": "item",
    "item_number": "LMP-204",
    "quantity": 1,
    "unit_price": "1",
    "unit_tax": {"rate": "1", "amount": "1"},
}
ADDRESS = {
    "firstName": "A",
    "lastName": "B",
    "street1": "C",
    "city": "D",
    "postalCode": "E",
    "country": "IT",
    "email": "a@b.example",
}
VALID: dict[str, Any] = {
    "amazon": {"restrictedResources": [{"method": "GET", "path": "/x"}]},
    "flow": {"attributes": {"a": "b"}, "refund_key": "R", "lines": [LINE], "order_number": "W-9"},
    "open2b-admin": {
        "invoice": {
            "billingAddress": ADDRESS,
            "items": [{"quantity": 1, "price": 1, "taxClass": 2}],
            "discounts": [{"type": "AmountOff", "value": 1}],
            "shippingMethod": 3,
        }
    },
    "open2b-storefront": {"conditions": {"ids": [1], "type": "Invoice", "after": 0}, "fields": ["id"], "limit": 1, "first": 0},
    "vtex": {
        "type": "Output",
        "issuanceDate": "2026-10-06T12:30:00Z",
        "invoiceNumber": "1",
        "invoiceValue": "1",
        "items": [{"id": "1", "price": 1, "quantity": 1}],
    },
}


def find_names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from find_names(part)


def spoil(value: Any, chance: random.Random, names: list[str]) -> Any:
    """Change something somewhere: a value, a member that is gone, or one too many."""
    if chance.random() < 0.15:
        return chance.choice(VALUES)
    if isinstance(value, dict):
        kept = {name: spoil(part, chance, names) for name, part in value.items() if chance.random() > 0.1}
        return kept | ({chance.choice(names): chance.choice(VALUES)} if chance.random() < 0.1 else {})
    return [spoil(part, chance, names) for part in value] if isinstance(value, list) else value
