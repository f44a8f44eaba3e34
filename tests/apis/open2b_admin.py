"""open2b-admin for the shared tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterfoil_core import UNSET
from counterfoil_open2b_admin import (
    BillingAddressForm,
    InvoiceForm,
    InvoiceUpdateForm,
    Open2bAdminClient,
)

from tests.described_apis import AsInvoices, DescribedApi, InSandbox

FORM_ADDRESS = BillingAddressForm(
    first_name="Nives",
    last_name="Tarabelli",
    street1="Corso Garibaldi 41",
    city="Parma",
    postal_code="43121",
    country="IT",
    email="studio@tarabelli.example",
)
ADDRESS = {
    "firstName": "A",
    "lastName": "B",
    "street1": "C",
    "city": "D",
    "postalCode": "E",
    "country": "IT",
    "email": "a@b.example",
}


def use(shop: Open2bAdminClient) -> None:
    made = shop.invoices.create(InvoiceForm(billing_address=FORM_ADDRESS))
    shop.invoices.update(id=made, invoice=InvoiceUpdateForm(number="2026/901"))
    assert shop.invoices.get(made).number == "2026/901"  # type: ignore[union-attr]
    assert len(list(shop.invoices.iterate(limit=15))) == shop.invoices.count()
    shop.invoices.delete([made])


def make_headers(given: Mapping[str, str]) -> dict[str, str]:
    return {"X-Key": given["key"]}


def is_error_form(response: Any) -> Any:
    return response.text.startswith(str(response.status_code)) or response.json()["error"]["type"]


API = DescribedApi(
    credentials={"store": "shop.example.com", "key": "example-key"},
    credential_headers=(),
    wrong={
        "invoices.list": {"limit": 0},
        "invoices.get": {"id": 0},
        "invoices.count": {"conditions": {"after": -1}},
        "invoices.create": {"invoice": InvoiceForm(billing_address=UNSET)},  # type: ignore[arg-type]
        "invoices.update": {"id": 0},
        "invoices.delete": {"ids": [0]},
    },
    vendor_file="open2b-admin.html",
    sandbox=InSandbox(
        use=use,
        headers=make_headers,
        is_error_form=is_error_form,
        write=("POST", "/api/v6/commerce.invoices.create"),
        valid_body={
            "invoice": {
                "billingAddress": ADDRESS,
                "items": [{"quantity": 1, "price": 1, "taxClass": 2}],
                "discounts": [{"type": "AmountOff", "value": 1}],
                "shippingMethod": 3,
            }
        },
        list_invoices=("POST", "/api/v6/commerce.invoices.find", {}),
        digest="5ee68a7a7d2df94b",
    ),
    invoices=AsInvoices(
        settings={"store": "shop.example.com", "key": "invented"},
        models=("Invoice",),
        example=("invoices.get", "invoice"),
        undecodable=("terms", 7),
    ),
)
