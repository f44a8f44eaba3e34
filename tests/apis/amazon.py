"""amazon for the shared tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from counterfoil_amazon import AmazonClient

from tests.described_apis import AsInvoices, DescribedApi, InSandbox


def use(amazon: AmazonClient) -> None:
    now = datetime.now(UTC)
    for invoice in amazon.customer_invoices.iterate(
        created_after=now - timedelta(days=6), created_before=now, limit=2
    ):
        amazon.customer_invoices.get(invoice.purchase_order_number)


def make_headers(given: Mapping[str, str]) -> dict[str, str]:
    return {"x-amz-access-token": given["restricted_data_token"]}


def is_error_form(response: Any) -> Any:
    return response.json()["errors"][0].keys() == {"code", "message", "details"}


API = DescribedApi(
    credentials={"restricted_data_token": "Atc|example", "access_token": "Atc|example"},
    credential_headers=(),
    wrong={
        "customer_invoices.list": {"limit": 0},
        "customer_invoices.get": {"purchase_order_number": "PO-1"},
        "access_tokens.create": {"grant_type": "password"},
        "restricted_data_tokens.create": {"restricted_resources": "all of them"},
    },
    vendor_file="amazon.swagger.json",
    sandbox=InSandbox(
        use=use,
        headers=make_headers,
        is_error_form=is_error_form,
        write=("POST", "/tokens/2021-03-01/restrictedDataToken"),
        valid_body={"restrictedResources": [{"method": "GET", "path": "/x"}]},
        list_invoices=(
            "GET",
            "/vendor/directFulfillment/shipping/v1/customerInvoices"
            "?createdAfter=2026-05-14T00:00:00Z&createdBefore=2026-05-20T00:00:00Z",
            None,
        ),
        digest="a291cf0ac87a6ce0",
    ),
    invoices=AsInvoices(
        settings={"access_token": "Atza|invented"},
        models=("CustomerInvoice",),
        example=("customer_invoices.get", "payload"),
        undecodable=("content", 7),
    ),
)
