"""An app developer's calls of counterfoil-vtex, and what they put on the wire."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx2
import pytest
from counterfoil_core import (
    ConfigurationError,
    InvalidRequest,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    ServerError,
)
from counterfoil_vtex import AsyncVtexClient, InvoicedItem, InvoiceType, VtexClient

from tests.behaviour.clients.packages import raw_examples, to_source
from tests.behaviour.clients.wire import Wire, answer

RECEIPT = {
    "date": "2026-10-06T12:31:02.1234567+00:00",
    "orderId": "1172452900788-01",
    "receipt": "f66c9a8d",
}


def connect(wire: Wire, **options: Any) -> VtexClient:
    given = {"account": "apiexamples", "app_key": "key-4711", "app_token": "token-4711", **options}
    return VtexClient(transport=wire.transport, **given)


def notification(**fields: Any) -> dict[str, Any]:
    given = {
        "type": InvoiceType.OUTPUT,
        "issuance_date": datetime(2026, 10, 6, 23, 30, tzinfo=timezone(timedelta(hours=-3))),
        "invoice_number": "000030711",
        "invoice_value": "10450",
        "items": [InvoicedItem(id="310118", price=8950, quantity=1)],
    }
    return {**given, **fields}


def test_a_notification_is_sent_as_it_was_given() -> None:
    wire = Wire(answer(RECEIPT))

    receipt = connect(wire).invoices.notify("1172452900788-01", **notification())

    assert (
        str(wire.last.url) == "https://apiexamples.vtexcommercestable.com.br"
        "/api/oms/pvt/orders/1172452900788-01/invoice"
    )
    assert json.loads(wire.last.content) == {
        "type": "Output",
        "issuanceDate": "2026-10-07T02:30:00Z",
        "invoiceNumber": "000030711",
        "invoiceValue": "10450",
        "items": [{"id": "310118", "price": 8950, "quantity": 1}],
    }
    assert receipt.receipt == "f66c9a8d"
    assert receipt.date == datetime(2026, 10, 6, 12, 31, 2, 123456, tzinfo=UTC)


def test_both_keys_go_together() -> None:
    wire = Wire(answer(RECEIPT))
    connect(wire).invoices.notify("1-01", **notification())

    with pytest.raises(ConfigurationError, match="app_token"):
        connect(wire, app_token=None)

    assert wire.sent[0].headers["x-vtex-api-appkey"] == "key-4711"
    assert wire.sent[0].headers["x-vtex-api-apptoken"] == "token-4711"
    assert len(wire.sent) == 1


def test_a_user_token_takes_the_place_of_both_keys() -> None:
    wire = Wire(answer(RECEIPT))

    connect(wire, app_key=None, app_token=None, user_token="user-4711").invoices.notify(
        "1-01", **notification()
    )

    assert wire.last.headers["vtexidclientautcookie"] == "user-4711"
    assert "x-vtex-api-appkey" not in wire.last.headers


def test_leading_zeros_of_an_invoice_number_count() -> None:
    wire = Wire(answer({"date": "2026-10-06T12:31:02Z", "orderId": "1-01", "receipt": "r-1"}))

    connect(wire).invoices.add_tracking(
        "1-01",
        "000/30711",
        courier=None,
        tracking_number="BR1",
        tracking_url=None,
        dispatched_date=None,
    )

    assert wire.last.method == "PATCH"
    assert wire.last.url.raw_path == b"/api/oms/pvt/orders/1-01/invoice/000%2F30711"
    body = {"courier": None, "trackingNumber": "BR1", "trackingUrl": None, "dispatchedDate": None}
    assert json.loads(wire.last.content) == body


BREACHES = {
    "invoice_value": notification(invoice_value="104.50"),
    "issuance_date": notification(issuance_date=datetime(2026, 10, 6, 12, 30)),
    "items[0].price": notification(
        items=[InvoicedItem(id="1", price=89.5, quantity=1)],  # type: ignore[arg-type]
    ),
}


@pytest.mark.parametrize("place", BREACHES)
def test_cents_are_digits_and_times_have_zones(place: str) -> None:
    wire = Wire(answer(RECEIPT))

    with pytest.raises(InvalidRequest, match="not sent") as caught:
        connect(wire).invoices.notify("1-01", **BREACHES[place])

    assert place in str(caught.value)
    assert not wire.sent


@pytest.mark.parametrize(
    "failing",
    [answer(status=429), answer(status=503), answer("busy", status=500)],
    ids=["429", "503", "500"],
)
def test_a_notification_is_never_sent_twice(failing: httpx2.Response) -> None:
    wire = Wire(failing)

    with pytest.raises((RateLimited, ServerError)):
        connect(wire).invoices.notify("1-01", **notification())

    assert len(wire.sent) == 1


def test_a_notification_whose_answer_was_lost_is_an_unknown_outcome() -> None:
    def lose(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("connection reset", request=request)

    client = VtexClient(
        account="a",
        app_key="key-4711",
        app_token="token-4711",
        transport=httpx2.MockTransport(lose),
    )

    with pytest.raises(OutcomeUnknown, match="may or may not have been carried out"):
        client.invoices.notify("1-01", **notification())


ENVELOPES = {
    "oms": {"error": {"code": "OMS007", "message": "Order not found", "exception": None}},
    "problem": {"type": "about:blank", "title": "Order not found", "status": 403},
    "plain": {"code": "OMS007", "message": "Order not found"},
}


@pytest.mark.parametrize("shape", ENVELOPES)
def test_the_platforms_error_bodies_are_all_read(shape: str) -> None:
    with pytest.raises(PermissionDenied) as caught:
        connect(Wire(answer(ENVELOPES[shape], status=403))).orders.get("1-01")

    assert caught.value.detail == "Order not found"


def test_an_order_tells_its_packages_with_values_in_cents() -> None:
    row = next(
        row
        for row in raw_examples("vtex")
        if row["operation"] == "orders.get" and row["status"] == 200
    )

    wire = Wire(answer(json.loads(to_source(row["body"]))))
    order = connect(wire).orders.get("1172452900788-01")

    assert order.package_attachment
    assert order.package_attachment.packages
    package = order.package_attachment.packages[0]
    assert isinstance(package.invoice_value, int)


def test_orders_are_listed_by_page_and_at_most_thirty() -> None:
    row = next(
        row
        for row in raw_examples("vtex")
        if row["operation"] == "orders.list" and row["status"] == 200
    )
    page = json.loads(to_source(row["body"]))
    page["paging"]["total"] = 4000
    pages = [
        {**page, "list": [{**page["list"][0], "orderId": f"{number}-01"}]}
        for number in range(1, 40)
    ]
    wire = Wire(*map(answer, pages))

    with pytest.raises(InvalidRequest, match="30 pages at most"):
        list(connect(wire).orders.iterate(per_page=1))

    assert [request.url.params.get("page") for request in wire.sent] == [
        None,
        *map(str, range(2, 31)),
    ]


def test_the_async_client_does_the_same() -> None:
    wire = Wire(answer(RECEIPT))

    async def use() -> Any:
        async with AsyncVtexClient(
            account="a", app_key="key-4711", app_token="token-4711", transport=wire.transport
        ) as vtex:
            return await vtex.with_response.invoices.notify(
                "1-01", **notification(type=InvoiceType.INPUT)
            )

    response = asyncio.run(use())

    assert json.loads(wire.last.content)["type"] == "Input"
    assert response.value.order_id == "1172452900788-01"
    assert json.loads(response.raw) == RECEIPT
