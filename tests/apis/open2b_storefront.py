"""open2b-storefront for the shared tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterfoil_open2b_storefront import Open2bStorefrontClient

from tests.described_apis import AsInvoices, DescribedApi, InSandbox


def use(shop: Open2bStorefrontClient) -> None:
    assert len(list(shop.invoices.iterate(limit=5))) == shop.invoices.list(limit=1).count


def make_headers(given: Mapping[str, str]) -> dict[str, str]:
    return {"X-Customer-Key": given["customer_key"]}


def is_error_form(response: Any) -> Any:
    return response.text.startswith(str(response.status_code)) or response.json()["error"]["type"]


API = DescribedApi(
    credentials={
        "store": "shop.example.com",
        "customer_key": "example-key",
        "public_key": "example-key",
    },
    credential_headers=(),
    wrong={
        "invoices.list": {"limit": 0},
        "session.login": {"email": "x"},
    },
    vendor_file="open2b-storefront.html",
    sandbox=InSandbox(
        use=use,
        headers=make_headers,
        is_error_form=is_error_form,
        write=("POST", "/api/v10/storefront.invoices"),
        valid_body={
            "conditions": {"ids": [1], "type": "Invoice", "after": 0},
            "fields": ["id"],
            "limit": 1,
            "first": 0,
        },
        list_invoices=("POST", "/api/v10/storefront.invoices", {}),
        digest="6291d7ea29033819",
    ),
    invoices=AsInvoices(
        settings={"store": "shop.example.com", "customer_key": "invented"},
        models=("Invoice",),
        example=("invoices.list", "invoices"),
        undecodable=("terms", 7),
    ),
)
