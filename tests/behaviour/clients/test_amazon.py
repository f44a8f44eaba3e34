"""An app developer's calls of counterfoil-amazon, and what they put on the wire."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs

import pytest
from counterfoil_amazon import (
    AmazonClient,
    AsyncAmazonClient,
    GrantType,
    RestrictedMethod,
    RestrictedResource,
)
from counterfoil_core import InvalidRequest, NotFound, PermissionDenied
from counterfoil_sandbox import Sandbox

LIST_PATH = "/vendor/directFulfillment/shipping/v1/customerInvoices"


@pytest.fixture
def amazon(box: Sandbox) -> Any:
    with AmazonClient(**box.client_arguments("amazon")) as client:
        yield client


def week() -> dict[str, datetime]:
    now = datetime.now(UTC).replace(microsecond=0)
    return {"created_after": now - timedelta(days=7), "created_before": now}


def test_the_token_pages_are_followed_and_the_dates_sent_again(
    box: Sandbox, amazon: AmazonClient
) -> None:
    found = list(amazon.customer_invoices.iterate(**week(), limit=3))

    queries = [parse_qs(one.query) for one in box.requests if one.method == "GET"]
    assert len(found) > 3
    assert len({invoice.purchase_order_number for invoice in found}) == len(found)
    assert all({"createdAfter", "createdBefore", "limit"} <= query.keys() for query in queries)
    first, *others = queries
    assert "nextToken" not in first
    assert all("nextToken" in query for query in others)
    token = box.requests[-1].query.partition("nextToken=")[2].partition("&")[0]
    assert "=" not in token


def test_the_content_is_a_pdf(amazon: AmazonClient) -> None:
    invoice = next(amazon.customer_invoices.iterate(**week()))

    assert b64decode(
        amazon.customer_invoices.get(invoice.purchase_order_number).content, validate=True
    ).startswith(b"%PDF-")


def test_dates_are_sent_in_utc(box: Sandbox, amazon: AmazonClient) -> None:
    zone = timezone(timedelta(hours=5, minutes=30))
    end = datetime.now(UTC).replace(microsecond=0)

    amazon.customer_invoices.list(
        created_after=(end - timedelta(days=1)).astimezone(zone), created_before=end
    )

    query = parse_qs(box.requests[-1].query)
    assert query["createdAfter"] == [(end - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")]
    assert query["createdBefore"] == [end.strftime("%Y-%m-%dT%H:%M:%SZ")]


NOW = datetime.now(UTC)
WINDOWS = {
    "more than 7 days": (NOW - timedelta(days=8), NOW),
    "more than six months ago": (NOW - timedelta(days=200), NOW - timedelta(days=195)),
    "end before start": (NOW, NOW - timedelta(days=1)),
    "no zone": (datetime(2026, 11, 1), datetime(2026, 11, 2)),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_a_window_that_the_api_would_refuse_is_not_sent(
    case: str, box: Sandbox, amazon: AmazonClient
) -> None:
    start, end = WINDOWS[case]

    with pytest.raises(InvalidRequest, match="not sent"):
        amazon.customer_invoices.list(created_after=start, created_before=end)

    assert not box.requests


def test_a_purchase_order_number_outside_its_pattern_is_not_sent(
    box: Sandbox, amazon: AmazonClient
) -> None:
    with pytest.raises(InvalidRequest, match="purchase_order_number"):
        amazon.customer_invoices.get("PO/1")

    assert not box.requests


def test_without_validation_a_path_segment_is_percent_encoded(
    box: Sandbox, amazon: AmazonClient
) -> None:
    with pytest.raises((InvalidRequest, NotFound)):
        amazon.with_options(validate=False).customer_invoices.get("PO/1?x#y z")

    assert box.requests[-1].path.endswith("/customerInvoices/PO%2F1%3Fx%23y%20z")


def test_an_unknown_purchase_order_is_not_found_with_the_request_id(amazon: AmazonClient) -> None:
    with pytest.raises(NotFound) as caught:
        amazon.customer_invoices.get("NOSUCHORDER")

    assert caught.value.status == 404
    assert caught.value.request_id


def test_a_wrong_token_is_refused_and_stands_nowhere(box: Sandbox) -> None:
    wrong = {**box.client_arguments("amazon"), "restricted_data_token": "Atz|wrong-token"}
    with AmazonClient(**wrong) as amazon, pytest.raises(PermissionDenied) as caught:
        amazon.customer_invoices.get("NOSUCHORDER")

    assert caught.value.code == "Unauthorized"
    assert (
        "wrong-token" not in f"{caught.value!r} {caught.value} {amazon!r} {caught.value.__dict__}"
    )


def test_tokens_can_be_traded_by_hand_and_are_not_shown(box: Sandbox) -> None:
    given = box.credentials("amazon")
    with AmazonClient(**box.client_arguments("amazon")) as login:
        token = login.access_tokens.create(
            grant_type=GrantType.REFRESH_TOKEN,
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            refresh_token=given["refresh_token"],
        )
    with AmazonClient(
        **{**box.client_arguments("amazon"), "access_token": token.access_token}
    ) as plain:
        restricted = plain.restricted_data_tokens.create(
            [RestrictedResource(method=RestrictedMethod.GET, path=LIST_PATH)]
        )
    with AmazonClient(
        **{
            **box.client_arguments("amazon"),
            "restricted_data_token": str(restricted.restricted_data_token),
        }
    ) as amazon:
        found = amazon.customer_invoices.list(**week())

    assert found.customer_invoices
    assert token.access_token not in repr(token)
    assert str(restricted.restricted_data_token) not in repr(restricted)


def test_the_async_client_does_the_same(box: Sandbox) -> None:
    async def use() -> list[str]:
        async with AsyncAmazonClient(**box.client_arguments("amazon")) as amazon:
            return [
                one.purchase_order_number
                async for one in amazon.customer_invoices.iterate(**week(), limit=2)
            ]

    with AmazonClient(**box.client_arguments("amazon")) as amazon:
        assert asyncio.run(use()) == [
            one.purchase_order_number for one in amazon.customer_invoices.iterate(**week())
        ]


def test_what_is_wrong_with_a_secret_is_told_without_showing_it(
    box: Sandbox, amazon: AmazonClient
) -> None:
    with pytest.raises(InvalidRequest, match="client_secret: must be str") as caught:
        amazon.access_tokens.create(
            grant_type=GrantType.REFRESH_TOKEN,
            client_id="c",
            client_secret=48151623,  # type: ignore[arg-type]
            refresh_token="a-refresh-token",
        )

    assert "48151623" not in f"{caught.value!r} {caught.value.violations}"
    assert not box.requests
