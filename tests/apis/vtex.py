"""vtex for the shared tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from counterfoil_vtex import InvoicedItem, InvoiceType, VtexClient

from tests.described_apis import NO_CREDENTIALS, AsInvoices, DescribedApi, InSandbox


def use(vtex: VtexClient) -> None:
    listed = vtex.orders.list(per_page=20).list
    orders = [vtex.orders.get(str(one.order_id)) for one in listed]
    order = next(one for one in orders if one.status == "handling")
    items = [
        InvoicedItem(id=str(item.id), price=item.price, quantity=item.quantity)
        for item in order.items
    ]
    value = sum(item.price * item.quantity for item in items)
    vtex.invoices.notify(
        str(order.order_id),
        type=InvoiceType.OUTPUT,
        invoice_number="9001/A",
        invoice_value=str(value),
        issuance_date=datetime.now(UTC),
        items=items,
    )
    vtex.invoices.add_tracking(
        str(order.order_id),
        "9001/A",
        tracking_number="T-1",
        tracking_url=None,
        courier=None,
        dispatched_date=None,
    )


def make_headers(given: Mapping[str, str]) -> dict[str, str]:
    return {"X-VTEX-API-AppKey": given["app_key"], "X-VTEX-API-AppToken": given["app_token"]}


def is_error_form(response: Any) -> Any:
    return response.json()["error"].keys() == {"code", "message", "exception"}


API = DescribedApi(
    credentials={"account": "apiexamples", "app_key": "example-key", "app_token": "example-token"},
    credential_headers=("x-vtex-api-appkey", "x-vtex-api-apptoken"),
    wrong={
        "invoices.notify": {"invoice_value": "104.50"},
        "invoices.add_tracking": {"courier": 7},
        "orders.list": {"page": 31},
        "orders.get": NO_CREDENTIALS,
    },
    vendor_file="vtex.openapi.json",
    sandbox=InSandbox(
        use=use,
        headers=make_headers,
        is_error_form=is_error_form,
        write=("POST", "/api/oms/pvt/orders/1172452900001-01/invoice"),
        valid_body={
            "type": "Output",
            "issuanceDate": "2026-10-06T12:30:00Z",
            "invoiceNumber": "1",
            "invoiceValue": "1",
            "items": [{"id": "1", "price": 1, "quantity": 1}],
        },
        list_invoices=("GET", "/api/oms/pvt/orders?per_page=100&orderBy=orderId,asc", None),
        digest="6c3bf5a889ae2edc",
    ),
    invoices=AsInvoices(
        settings={"account": "lanterns", "app_key": "invented", "app_token": "invented"},
        models=("Order",),
        example=("orders.get", ""),
        undecodable=("packageAttachment", 7),
    ),
)
