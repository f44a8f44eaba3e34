"""What the log says of a request: why it was refused, where the spec says so, and no secret."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from counterfoil_sandbox import FaultRule, Sandbox
from counterfoil_sandbox.request_log import LoggedRequest
from starlette.testclient import TestClient

SPECS = Path(__file__).parents[3] / "specs"
ADMIN = "/open2b-admin/api/v6/commerce.invoices"


def post(http: TestClient, box: Sandbox, method: str, body: Any, **headers: str) -> LoggedRequest:
    key = box.credentials("open2b-admin")["key"]
    http.post(f"{ADMIN}.{method}", json=body, headers={"X-Key": key, **headers})
    return box.requests[-1]


def line_of(logged: LoggedRequest, index: int = 0) -> str:
    """Return the line of the spec that a reason points to."""
    line = logged.reasons[index].line
    assert line is not None
    return (SPECS / logged.api / "openapi.yaml").read_text().splitlines()[line - 1].strip()


def test_a_violation_names_the_field_and_the_line_of_the_spec(
    box: Sandbox, http: TestClient
) -> None:
    page = post(http, box, "find", {"limit": 0})
    nested = post(http, box, "update", {"id": 1, "invoice": {"items": [{}, {"sku": "x" * 99}]}})

    assert page.outcome == "refused"
    assert page.status == 200  # so does this platform
    assert page.reasons[0].message == "body.limit: 0 is less than the minimum of 1"
    assert line_of(page).startswith("limit:")
    assert nested.reasons[0].message.startswith("body.invoice.items.1.sku: ")
    assert line_of(nested).startswith("sku:")


def test_a_field_behind_a_union_with_null_points_to_its_line(
    box: Sandbox, http: TestClient
) -> None:
    logged = post(http, box, "update", {"id": 1, "invoice": {"shippingAddress": {"name": 7}}})

    [name] = [index for index, one in enumerate(logged.reasons) if "name: 7" in one.message]
    assert line_of(logged, name).startswith("name:")


def test_each_violation_is_a_reason(box: Sandbox, http: TestClient) -> None:
    logged = post(http, box, "find", {"limit": 0, "first": -1, "odd": 1})

    assert len(logged.reasons) == 3
    assert {line_of(logged, index).partition(":")[0] for index in range(3)} >= {"limit", "first"}


def test_a_missing_field_points_to_its_description(box: Sandbox, http: TestClient) -> None:
    logged = post(http, box, "create", {"invoice": {"billingAddress": {"firstName": "Ada"}}})

    missing = [one.message for one in logged.reasons if "lastName" in one.message]
    assert missing == ['body.invoice.billingAddress.lastName: "lastName" is a required property']
    index = [one.message for one in logged.reasons].index(missing[0])
    assert line_of(logged, index).startswith("lastName:")


def test_a_parameter_points_to_its_line(box: Sandbox, http: TestClient) -> None:
    token = box.credentials("amazon")["restricted_data_token"]
    http.get(
        "/amazon/vendor/directFulfillment/shipping/v1/customerInvoices?limit=abc",
        headers={"x-amz-access-token": token},
    )

    logged = box.requests[-1]
    [limit] = [index for index, one in enumerate(logged.reasons) if "limit" in one.message]
    assert "query.limit" in logged.reasons[limit].message
    assert "limit" in line_of(logged, limit)


def test_a_rule_of_the_platform_is_told(box: Sandbox, http: TestClient) -> None:
    logged = post(http, box, "update", {"id": 7_000_000, "invoice": {}})

    assert logged.outcome == "refused"
    assert "7000000" in logged.reasons[0].message


def test_wrong_credentials_are_told(box: Sandbox, http: TestClient) -> None:
    logged = post(http, box, "count", {}, **{"X-Key": "wrong-key-of-mine"})

    assert (logged.status, logged.outcome) == (403, "refused")
    assert logged.reasons[0].message.startswith("The credentials are missing")
    assert logged.reasons[0].line
    assert "wrong-key-of-mine" not in repr(logged)


@pytest.mark.parametrize(
    ("method", "path", "words"),
    [
        ("GET", "/flow/nothing/of/this", "no such path"),
        ("PATCH", f"{ADMIN}.find", "no operation for this method"),
    ],
)
def test_a_request_that_reaches_no_operation_is_told(
    box: Sandbox, http: TestClient, method: str, path: str, words: str
) -> None:
    http.request(method, path)

    assert words in box.requests[-1].reasons[0].message
    assert box.requests[-1].outcome == "refused"


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        (FaultRule(kind="server-error"), "failed"),
        (FaultRule(kind="rate-limit"), "limited"),
        (FaultRule(kind="reset"), "broken"),
        (FaultRule(kind="latency", delay_ms=20), "answered"),
    ],
)
def test_faults_are_told_and_delays_counted(rule: FaultRule, outcome: str, box: Sandbox) -> None:
    box.faults = [rule]
    with box.serve() as url:
        try:
            httpx2.get(
                f"{url}/flow/lantern-house/consumer/invoices", auth=("sandbox-flow-token", "")
            )
        except httpx2.TransportError:
            assert rule.kind == "reset"

    logged = box.requests[-1]
    assert logged.outcome == outcome
    assert [one.message for one in logged.reasons] == [
        f"A fault rule of this sandbox: {rule.kind}."
    ]
    assert logged.seconds >= rule.delay_ms / 1000


def test_secrets_in_answers_and_reasons_are_hidden(box: Sandbox, http: TestClient) -> None:
    given = box.client_arguments("amazon")
    answer = http.post(
        "/amazon/auth/o2/token",
        data={
            "grant_type": "refresh_token",
            "refresh_token": given["refresh_token"],
            "client_id": given["client_id"],
            "client_secret": given["client_secret"],
        },
    )
    http.post(
        "/open2b-storefront/api/v10/storefront.login", json={"email": "a", "password": 777123}
    )

    token, login = box.requests
    assert json.loads(answer.content)["access_token"]
    assert json.loads(token.response_body)["access_token"] == "***"
    assert json.loads(token.response_body)["token_type"] == "***"
    assert answer.json()["access_token"] not in repr(box.requests)
    assert "777123" not in repr(login)
    assert any("value not shown" in one.message for one in login.reasons)


def test_a_key_that_is_returned_in_a_header_is_hidden(box: Sandbox, http: TestClient) -> None:
    login = {"email": "studio@tarabelli.example", "password": "Vetro-41b"}
    answer = http.post("/open2b-storefront/api/v10/storefront.login", json=login)

    key = answer.headers["X-Customer-Key"]
    assert key not in repr(box.requests[-1])


def test_the_next_token_of_a_page_is_no_secret(box: Sandbox, http: TestClient) -> None:
    headers = {"x-amz-access-token": box.credentials("amazon")["restricted_data_token"]}
    now = box.read_time()
    period = {
        "createdAfter": (now - timedelta(days=6)).isoformat(),
        "createdBefore": now.isoformat(),
        "limit": 1,
    }
    path = "/amazon/vendor/directFulfillment/shipping/v1/customerInvoices"
    answer = http.get(path, params=period, headers=headers)

    following = answer.json()["payload"]["pagination"]["nextToken"]
    assert following in box.requests[-1].response_body.decode()


def test_an_answer_is_kept_up_to_16_kib(box: Sandbox, http: TestClient) -> None:
    logged = post(http, box, "find", {"limit": 60})

    assert len(logged.response_body) == 16 * 1024
    assert logged.response_size > 16 * 1024


def test_the_control_endpoint_tells_outcome_and_reasons(box: Sandbox, http: TestClient) -> None:
    post(http, box, "find", {"limit": 0})

    [logged] = http.get("/_control/requests").json()["requests"]
    assert (logged["number"], logged["outcome"]) == (1, "refused")
    assert logged["reasons"][0]["message"].startswith("body.limit")
    assert logged["milliseconds"] > 0
