"""flow for the shared tests."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from counterfoil_flow import (
    ConsumerInvoiceFormByOrder,
    ConsumerInvoiceLineShippingForm,
    CreditMemoForm,
    FlowClient,
)

from tests.described_apis import NO_CREDENTIALS, AsInvoices, DescribedApi, InSandbox

LINE = {
    "discriminator": "item",
    "item_number": "LMP-204",
    "quantity": 1,
    "unit_price": "1",
    "unit_tax": {"rate": "1", "amount": "1"},
}


def use(flow: FlowClient) -> None:
    assert list(flow.consumer_invoices.iterate(limit=10))
    [made] = flow.consumer_invoices.replace_for_order("W-9001", ConsumerInvoiceFormByOrder())
    assert flow.consumer_invoices.get(made.key) == made
    lines = [ConsumerInvoiceLineShippingForm(price=Decimal("5.00"))]
    memo = flow.credit_memos.create(made.key, CreditMemoForm(refund_id="rfd-77", lines=lines))
    assert [one.key for one in flow.credit_memos.iterate(limit=10)] == [memo.key]
    flow.credit_memos.delete(made.key, memo.key)


def make_headers(given: Mapping[str, str]) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{given['token']}:".encode()).decode()}


def is_error_form(response: Any) -> Any:
    return response.content == b"" or response.json()["messages"]


API = DescribedApi(
    credentials={"organization": "lantern-house", "token": "example-token"},
    credential_headers=("authorization",),
    wrong={
        "consumer_invoices.list": {"limit": 101},
        "consumer_invoices.get": NO_CREDENTIALS,
        "consumer_invoices.export": {"form": "all of them"},
        "consumer_invoices.replace_for_order": {"form": {"attributes": "none"}},
        "consumer_invoices.replace": {"form": {"order_number": 7}},
        "consumer_invoices.delete": NO_CREDENTIALS,
        "credit_memos.list": {"limit": 101},
        "credit_memos.create": {"form": {"lines": "none"}},
        "credit_memos.replace": {"form": {"lines": "none"}},
        "credit_memos.delete": NO_CREDENTIALS,
    },
    vendor_file="flow.service.json",
    sandbox=InSandbox(
        use=use,
        headers=make_headers,
        is_error_form=is_error_form,
        write=("PUT", "/lantern-house/consumer/invoices/order/W-9"),
        valid_body={
            "attributes": {"a": "b"},
            "refund_key": "R",
            "lines": [LINE],
            "order_number": "W-9",
        },
        list_invoices=("GET", "/lantern-house/consumer/invoices?sort=id&limit=100", None),
        digest="f91f52ea0e14e31b",
    ),
    invoices=AsInvoices(
        settings={"organization": "lantern-house", "token": "invented"},
        models=("ConsumerInvoice", "CreditMemo"),
        example=("consumer_invoices.get", ""),
        undecodable=("lines", 7),
    ),
)
