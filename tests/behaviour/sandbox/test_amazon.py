"""Amazon's invoices: windows, pages, tokens and real PDFs."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from counterfoil_sandbox import Sandbox
from httpx2 import Response
from starlette.testclient import TestClient

from .conftest import Clock, assert_documented

PATH = "/vendor/directFulfillment/shipping/v1/customerInvoices"
ONE = f"{PATH}/{{purchaseOrderNumber}}"
TOKENS = "/tokens/2021-03-01/restrictedDataToken"


class Amazon:
    """Calls operations, and holds every answer against the specification."""

    def __init__(self, box: Sandbox, http: TestClient, now: datetime) -> None:
        self.http = http
        self.now = now
        self.headers = {"x-amz-access-token": box.credentials("amazon")["restricted_data_token"]}
        self.credentials = dict(box.credentials("amazon"))

    def list(self, **query: Any) -> Response:
        period = {
            "createdAfter": stamp(self.now - timedelta(days=7)),
            "createdBefore": stamp(self.now),
        }
        answer = self.http.get(f"/amazon{PATH}", params={**period, **query}, headers=self.headers)
        assert_documented("amazon", PATH, "get", answer)
        return answer

    def get(self, number: str) -> Response:
        answer = self.http.get(f"/amazon{PATH}/{number}", headers=self.headers)
        assert_documented("amazon", ONE, "get", answer)
        return answer

    def log_in(self, **form: str) -> Response:
        wanted = {
            name: self.credentials[name] for name in ("refresh_token", "client_id", "client_secret")
        }
        answer = self.http.post(
            "/amazon/auth/o2/token", data={"grant_type": "refresh_token", **wanted, **form}
        )
        assert_documented("amazon", "/auth/o2/token", "post", answer)
        return answer

    def restrict(self, token: str, *paths: str, method: str = "GET") -> Response:
        resources = [{"method": method, "path": path} for path in paths]
        headers = {"x-amz-access-token": token}
        answer = self.http.post(
            f"/amazon{TOKENS}", json={"restrictedResources": resources}, headers=headers
        )
        assert_documented("amazon", TOKENS, "post", answer)
        return answer


@pytest.fixture
def amazon(box: Sandbox, http: TestClient, clock: Clock) -> Amazon:
    return Amazon(box, http, clock.now)


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def numbers(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["purchaseOrderNumber"] for each in answer.json()["payload"]["customerInvoices"]]


def read_pages(amazon: Amazon, **query: Any) -> list[list[str]]:
    answer = amazon.list(**query)
    pages = [numbers(answer)]
    while token := answer.json()["payload"].get("pagination", {}).get("nextToken"):
        assert token.endswith("==")
        answer = amazon.list(**query, nextToken=token)
        pages.append(numbers(answer))
    return pages


def test_the_last_week_has_invoices_and_the_next_none(amazon: Amazon) -> None:
    assert 10 <= len(numbers(amazon.list())) <= 18
    later = {
        "createdAfter": stamp(amazon.now),
        "createdBefore": stamp(amazon.now + timedelta(days=7)),
    }
    assert amazon.list(**later).json() == {"payload": {"customerInvoices": []}}


def test_five_windows_hold_the_whole_month(amazon: Amazon) -> None:
    edges = [stamp(amazon.now - timedelta(days=7 * weeks)) for weeks in range(6)]
    found = [
        each
        for n in range(5)
        for each in numbers(amazon.list(createdAfter=edges[n + 1], createdBefore=edges[n]))
    ]
    assert len(set(found)) == len(found) == 60


@pytest.mark.parametrize("order", ["ASC", "DESC"])
def test_pages_hold_every_invoice_of_the_window_once(amazon: Amazon, order: str) -> None:
    whole = numbers(amazon.list(sortOrder=order))
    pages = read_pages(amazon, sortOrder=order, limit=4)
    assert [each for page in pages for each in page] == whole
    assert {len(page) for page in pages[:-1]} == {4}
    assert 1 <= len(pages[-1]) <= 4


def test_the_order_can_be_reversed(amazon: Amazon) -> None:
    rising = numbers(amazon.list(sortOrder="ASC"))
    assert numbers(amazon.list(sortOrder="DESC")) == rising[::-1]


def test_a_full_last_page_has_no_token(amazon: Amazon) -> None:
    count = len(numbers(amazon.list()))
    assert "pagination" not in amazon.list(limit=count).json()["payload"]


def test_a_warehouse_can_be_chosen(amazon: Amazon) -> None:
    found = [
        numbers(amazon.list(shipFromPartyId=each)) for each in ("BLR7", "DEL4", "BOM5", "XXX1")
    ]
    assert sorted(each for part in found for each in part) == sorted(numbers(amazon.list()))
    assert found[3] == [] != found[0]


def test_a_token_serves_only_the_request_it_was_given_for(amazon: Amazon) -> None:
    token = amazon.list(limit=2).json()["payload"]["pagination"]["nextToken"]
    for query in (
        {"sortOrder": "DESC"},
        {"shipFromPartyId": "BLR7"},
        {"createdAfter": stamp(amazon.now - timedelta(days=6))},
    ):
        refusal = amazon.list(limit=2, nextToken=token, **query)
        assert refusal.status_code == 400
        assert refusal.json()["errors"][0]["code"] == "InvalidInput"


@pytest.mark.parametrize("token", ["", "abc", "W10=", "WzEsMiwzXQ==", "bnVsbA==", "é"])
def test_a_token_that_was_never_given_is_refused(amazon: Amazon, token: str) -> None:
    assert amazon.list(nextToken=token).status_code == 400


@pytest.mark.parametrize(
    ("after", "before", "status", "code"),
    [
        ("2026-05-13T12:00:00Z", "2026-05-20T12:00:00Z", 200, ""),
        ("2026-05-13T17:30:00%2B05:30", "2026-05-20T12:00:00Z", 200, ""),
        ("2026-05-13T12:00:00Z", "2026-05-20T12:00:01Z", 400, "InvalidInput"),
        ("2026-05-20T12:00:00Z", "2026-05-20T12:00:00Z", 400, "InvalidInput"),
        ("2025-11-20T12:00:00Z", "2025-11-21T12:00:00Z", 200, ""),
        ("2025-11-15T12:00:00Z", "2025-11-16T12:00:00Z", 400, "InvalidInput"),
        ("2026-05-13T12:00:00", "2026-05-20T12:00:00Z", 403, "InvalidRequest"),
        ("2026-05-13T17:30:00+05:30", "2026-05-20T12:00:00Z", 403, "InvalidRequest"),
        ("2026-05-1312:00:00", "2026-05-20T12:00:00Z", 403, "InvalidRequest"),
        ("2026-05-13T23:59:60Z", "2026-05-20T12:00:00Z", 403, "InvalidRequest"),
        ("0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59Z", 400, "InvalidInput"),
    ],
)
def test_windows(amazon: Amazon, after: str, before: str, status: int, code: str) -> None:
    url = f"/amazon{PATH}?createdAfter={after}&createdBefore={before}"
    answer = amazon.http.get(url, headers=amazon.headers)
    assert_documented("amazon", PATH, "get", answer)
    assert answer.status_code == status
    assert answer.json().get("errors", [{"code": ""}])[0]["code"] == code


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=many",
        "limit=1&limit=2",
        "limit=" + "9" * 5000,
        "sortOrder=asc",
    ],
)
def test_wrong_parameters_are_named(amazon: Amazon, query: str) -> None:
    period = (
        f"createdAfter={stamp(amazon.now - timedelta(days=1))}&createdBefore={stamp(amazon.now)}"
    )
    answer = amazon.http.get(f"/amazon{PATH}?{period}&{query}", headers=amazon.headers)
    assert_documented("amazon", PATH, "get", answer)
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["errors"][0]["details"]


def test_the_period_must_be_given(amazon: Amazon) -> None:
    answer = amazon.http.get(f"/amazon{PATH}", headers=amazon.headers)
    assert answer.status_code == 400
    assert "createdAfter" in answer.json()["errors"][0]["details"]


def test_each_invoice_is_a_real_pdf_of_one_page(amazon: Amazon) -> None:
    for number in numbers(amazon.list(limit=5)):
        payload = amazon.get(number).json()["payload"]
        pdf = base64.b64decode(payload["content"], validate=True)
        assert pdf.startswith(b"%PDF-1.")
        assert pdf.rstrip().endswith(b"%%EOF")
        assert number.encode() in pdf
        assert_cross_references(pdf)
    assert pdf == base64.b64decode(amazon.get(number).json()["payload"]["content"])


def assert_cross_references(pdf: bytes) -> None:
    """Every offset in the table is where its object begins, and there is one page."""
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    assert pdf[start : start + 4] == b"xref"
    offsets = [int(each) for each in re.findall(rb"(\d{10}) 00000 n ", pdf[start:])]
    assert [pdf[offset:].split(maxsplit=1)[0] for offset in offsets] == [
        b"%d" % n for n in range(1, len(offsets) + 1)
    ]
    stream = re.search(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", pdf, re.S)
    assert stream
    assert int(stream[1]) == len(stream[2])
    assert pdf.count(b"/Type /Page ") == 1


def test_an_unknown_purchase_order_is_not_found(amazon: Amazon) -> None:
    answer = amazon.get("LX0000000")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "NotFound"
    assert amazon.get("LX-1").status_code == 400


def test_the_same_seed_gives_the_same_invoices(clock: Clock) -> None:
    def view(seed: int) -> str:
        box = Sandbox(["amazon"], seed, 40, clock=clock)
        return Amazon(box, TestClient(box.app), clock.now).list().text

    assert view(1) == view(1) != view(2)


def test_ten_calls_at_once_and_ten_a_second(amazon: Amazon, clock: Clock) -> None:
    statuses = [amazon.list(limit=1).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    refusal = amazon.list()
    assert refusal.json()["errors"][0]["code"] == "QuotaExceeded"
    assert "x-amzn-RateLimit-Limit" not in refusal.headers
    assert amazon.get("LX0000000").status_code == 404  # each operation has a plan of its own
    clock.advance(seconds=0.25)
    assert [amazon.list(limit=1).status_code for _ in range(3)] == [200, 200, 429]


def test_the_rate_is_named(amazon: Amazon) -> None:
    assert amazon.list().headers["x-amzn-RateLimit-Limit"] == "10.0"
    assert amazon.list().headers["x-amzn-RequestId"] != amazon.list().headers["x-amzn-RequestId"]


@pytest.mark.parametrize("token", ["", "wrong", "Atza|sandbox-1"])
def test_without_a_restricted_token_access_is_denied(amazon: Amazon, token: str) -> None:
    assert amazon.log_in().json()["access_token"] == "Atza|sandbox-1"
    amazon.headers = {"x-amz-access-token": token}
    for refusal in (amazon.list(), amazon.get("LX0000000")):
        assert refusal.status_code == 403
        assert refusal.json()["errors"][0]["code"] == "Unauthorized"


def test_a_refresh_token_becomes_a_restricted_token_that_opens_what_it_names(
    amazon: Amazon, clock: Clock
) -> None:
    [number, *_] = numbers(amazon.list())
    restricted = amazon.restrict(amazon.log_in().json()["access_token"], ONE).json()
    amazon.headers = {"x-amz-access-token": restricted["restrictedDataToken"]}
    assert restricted["expiresIn"] == 3600
    assert (amazon.get(number).status_code, amazon.list().status_code) == (200, 403)
    clock.advance(hours=1)
    assert amazon.get(number).status_code == 403


def test_a_restricted_token_can_be_for_one_purchase_order(amazon: Amazon) -> None:
    [one, other, *_] = numbers(amazon.list())
    restricted = amazon.restrict(amazon.log_in().json()["access_token"], f"{PATH}/{one}")
    amazon.headers = {"x-amz-access-token": restricted.json()["restrictedDataToken"]}
    assert amazon.get(one).status_code == 200
    assert amazon.get(other).status_code == 403


def test_restricted_tokens_are_refused(amazon: Amazon) -> None:
    token = amazon.log_in().json()["access_token"]
    assert amazon.restrict(token, "/orders/v0/orders").status_code == 400
    assert amazon.restrict(token, PATH, method="POST").status_code == 400
    assert amazon.restrict(token, PATH, method="PATCH").status_code == 400
    assert amazon.restrict(token, *[PATH] * 51).status_code == 400
    assert amazon.restrict("wrong", PATH).status_code == 403
    assert amazon.restrict(amazon.headers["x-amz-access-token"], PATH).status_code == 403


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"refresh_token": "Atzr|revoked"}, 400, "invalid_grant"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "invalid_request"),
        ({"grant_type": "client_credentials"}, 400, "invalid_request"),
        ({"grant_type": "client_credentials", "scope": "everything"}, 400, "invalid_scope"),
        ({"colour": "red"}, 400, "invalid_request"),
    ],
)
def test_logins_are_refused(amazon: Amazon, form: dict[str, str], status: int, error: str) -> None:
    refusal = amazon.log_in(**form)
    assert (refusal.status_code, refusal.json()["error"]) == (status, error)


def test_a_token_that_no_seller_granted_opens_nothing(amazon: Amazon) -> None:
    answer = amazon.log_in(
        grant_type="client_credentials", scope="sellingpartnerapi::notifications"
    ).json()
    assert "refresh_token" not in answer
    assert amazon.restrict(answer["access_token"], PATH).status_code == 403


def test_revoked_tokens_open_nothing_and_new_ones_do(box: Sandbox, amazon: Amazon) -> None:
    before = amazon.log_in().json()["access_token"]
    restricted = amazon.restrict(before, PATH).json()["restrictedDataToken"]
    box.revoke()
    amazon.headers = {"x-amz-access-token": restricted}

    assert amazon.list().status_code == 403
    assert amazon.restrict(before, PATH).status_code == 403
    amazon.headers = {
        "x-amz-access-token": amazon.restrict(amazon.log_in().json()["access_token"], PATH).json()[
            "restrictedDataToken"
        ]
    }
    assert amazon.list().status_code == 200


def test_the_control_endpoint_revokes(http: TestClient, amazon: Amazon) -> None:
    token = amazon.log_in().json()["access_token"]

    assert http.post("/_control/revoke").status_code == 200
    assert amazon.restrict(token, PATH).status_code == 403


@pytest.fixture
def static(clock: Clock) -> Iterator[Amazon]:
    """Amazon's own sandbox."""
    with Sandbox(["amazon"], options={"amazon": {"static": True}}, clock=clock) as box:
        yield Amazon(box, TestClient(box.app), clock.now)


WINDOW = {
    "createdAfter": "2020-02-15T14:00:00-08:00",
    "createdBefore": "2020-02-20T00:00:00-08:00",
    "limit": 2,
    "sortOrder": "DESC",
}


@pytest.mark.parametrize(
    ("query", "number"), [(WINDOW, "PO98676856"), ({}, "mockpurchaseOrderNumber")]
)
def test_the_static_list_is_one_page_that_never_ends(
    static: Amazon, query: dict[str, Any], number: str
) -> None:
    payload = static.list(**query).json()["payload"]

    assert payload["pagination"] == {"nextToken": "MDAwMDAwMDAwMQ=="}
    assert payload["customerInvoices"] == [
        {"purchaseOrderNumber": number, "content": "base 64 content goes here"}
    ]


@pytest.mark.parametrize(
    ("asked", "number"), [("PO98676856", "PO98676856"), ("PO7", "mockpurchaseOrderNumber")]
)
def test_the_static_invoice_holds_text_where_a_pdf_belongs(
    static: Amazon, asked: str, number: str
) -> None:
    assert static.get(asked).json()["payload"] == {
        "purchaseOrderNumber": number,
        "content": "base 64 encoded string",
    }


def test_the_static_refusals_are_amazons(static: Amazon) -> None:
    refusal = {
        "errors": [{"code": "InvalidInput", "message": "Invalid transmission ID.", "details": ""}]
    }

    for answer in (
        static.list(shipFromPartyId="dummy"),
        static.get("mockpurchaseOrderNumberDummy"),
    ):
        assert (answer.status_code, answer.json()) == (400, refusal)
    broken = static.list(createdBefore="2019-09-2100:00:00", createdAfter="2019-08-20T14:00:00")
    assert broken.status_code == 403
    assert broken.json()["errors"][0]["code"] == "InvalidRequest"
