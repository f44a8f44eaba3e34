"""To any request, each API responds in its own form, never with its own 500 or a stack trace."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from counterfoil_sandbox import Sandbox

from tests.described_apis import SANDBOXES

from .conftest import MEBIBYTE


@pytest.fixture
def outsider(box: Sandbox) -> Iterator[httpx2.Client]:
    """A caller with every key in its headers."""
    keys = {
        name: value
        for api, each in SANDBOXES.items()
        for name, value in each.headers(box.credentials(api)).items()
    }
    with httpx2.Client(transport=box.transport("flow"), headers=keys) as http:
        login = {
            name: box.credentials("amazon")[name]
            for name in ("refresh_token", "client_id", "client_secret")
        }
        token = http.post(
            "http://sandbox/amazon/auth/o2/token", data={"grant_type": "refresh_token", **login}
        )
        http.headers["x-amz-access-token"] = token.json()["access_token"]
        yield http


def write(
    http: httpx2.Client, api: str, body: bytes, media_type: str = "application/json"
) -> httpx2.Response:
    method, path = SANDBOXES[api].write
    return http.request(
        method, f"http://sandbox/{api}{path}", content=body, headers={"content-type": media_type}
    )


@pytest.mark.parametrize("api", SANDBOXES)
@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "//",
        "/nowhere",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/a/..%2f..%2fetc%2fpasswd",
        "/%00",
        "/%ff%fe",
    ],
)
def test_an_unknown_path_is_not_found(api: str, path: str, outsider: httpx2.Client) -> None:
    answer = outsider.get(f"http://sandbox/{api}{path}")

    assert answer.status_code == 404
    assert SANDBOXES[api].is_error_form(answer)


@pytest.mark.parametrize("api", SANDBOXES)
def test_a_wrong_method_is_not_allowed(api: str, outsider: httpx2.Client) -> None:
    answer = outsider.request("SPELL", f"http://sandbox/{api}{SANDBOXES[api].write[1]}")

    assert answer.status_code == 405
    assert SANDBOXES[api].write[0] in answer.headers["allow"]
    assert SANDBOXES[api].is_error_form(answer)


@pytest.mark.parametrize("api", SANDBOXES)
@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/jsonp"])
def test_another_media_type_is_refused(api: str, media_type: str, outsider: httpx2.Client) -> None:
    answer = write(outsider, api, b"{}", media_type)

    assert answer.status_code == 415
    assert SANDBOXES[api].is_error_form(answer)


BROKEN = [
    b"",
    b"{",
    b"nonsense",
    b"\xff\xfe",
    b"[]",
    b"null",
    b'"\\ud800"',
    b'{"a": NaN}',
    b"[" * 100_000,
    b'{"\\ud800": 1}',
]


@pytest.mark.parametrize("api", SANDBOXES)
@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:12]))
def test_a_broken_body_is_refused(api: str, body: bytes, outsider: httpx2.Client) -> None:
    answer = write(outsider, api, body)

    assert answer.status_code in (200, 400, 422)
    assert SANDBOXES[api].is_error_form(answer)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("api", SANDBOXES)
@pytest.mark.parametrize("size", [MEBIBYTE + 1, 17 * MEBIBYTE])
def test_a_body_over_a_mebibyte_is_refused(api: str, size: int, outsider: httpx2.Client) -> None:
    answer = write(outsider, api, b" " * size)

    assert answer.status_code == 413
    assert SANDBOXES[api].is_error_form(answer)


ODD = [
    "' OR 1=1 --",
    "'; DROP TABLE invoice; --",
    "%",
    "\x00",
    "\N{PILE OF POO}",
    "../..",
    "9" * 400,
    "",
]


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_odd_text_in_a_filter_is_only_text(value: str, outsider: httpx2.Client) -> None:
    flow = "http://sandbox/flow/lantern-house/consumer/invoices"
    vtex = "http://sandbox/vtex/api/oms/pvt/orders"

    assert [
        outsider.get(flow, params={name: value}).json() for name in ("id", "key", "order_number")
    ] == [[]] * 3
    found = outsider.get(vtex, params={"q": value}).json()
    assert found["paging"]["total"] == (0 if value else 60)
    assert outsider.get(vtex, params={"orderBy": value, "f_creationDate": value}).status_code == 200
    assert outsider.get(flow, params={"sort": value}).status_code == 422
    assert len(outsider.get(flow).json()) == 25


def test_numbers_out_of_bounds_are_refused_in_queries(outsider: httpx2.Client) -> None:
    flow = "http://sandbox/flow/lantern-house/consumer/invoices"
    wrong = [
        {"limit": 0},
        {"limit": 101},
        {"limit": "x"},
        {"offset": -1},
        {"limit": ["1", "2"]},
        {"id": ["a"] * 101},
    ]

    assert {outsider.get(flow, params=query).status_code for query in wrong} == {422}
    assert outsider.get(flow, params={"offset": 10**30}).json() == []


VALUES = [None, True, 0, -1, 2**63, 10**30, 1.5, "", "a", "\x00", "9" * 300, [], [[]], {}, {"a": 1}]


@pytest.mark.parametrize("api", SANDBOXES)
def test_random_bodies_never_make_it_fail(api: str, outsider: httpx2.Client) -> None:
    chance = random.Random(api)
    names = json.dumps(
        sorted({name for each in SANDBOXES.values() for name in find_names(each.valid_body)})
    )
    for _ in range(150):
        body = spoil(SANDBOXES[api].valid_body, chance, json.loads(names))
        answer = write(outsider, api, json.dumps(body).encode())
        assert answer.status_code < 500, (body, answer.text)


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
        kept = {
            name: spoil(part, chance, names)
            for name, part in value.items()
            if chance.random() > 0.1
        }
        return kept | (
            {chance.choice(names): chance.choice(VALUES)} if chance.random() < 0.1 else {}
        )
    return [spoil(part, chance, names) for part in value] if isinstance(value, list) else value
